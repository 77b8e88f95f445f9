"""Every doubt and problem of a determination, with its cause and what to do about it."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ssacalc.domain.determination import BenefitResult, Determination, Doubt, Worth
from ssacalc.domain.errors import Problem
from ssacalc.domain.money import Money
from ssacalc.report.outcomes import unverified
from ssacalc.report.wording import Wording
from ssacalc.ui.cards import Card
from ssacalc.ui.entries import Entry, Manner, Note
from ssacalc.ui.entry_tree import EntryTree
from ssacalc.ui.explanation import law_notes, missing
from ssacalc.ui.fault_page import sentence
from ssacalc.ui.look import Look

translate = QCoreApplication.translate
ORDER = ("fact", "missing", "convention", "draft", "unverified")


def problem_entries(determination: Determination, wording: Wording) -> tuple[Entry, ...]:
    """Return what a reader must know: what is missing, the facts of the case, the doubts."""
    problems = [_problem(problem, wording) for problem in determination.problems]
    refusals = [
        entry for result in determination.with_instruments for entry in missing(result, wording)
    ]
    worths = [_worth(worth, wording) for worth in determination.worths]
    doubts = _doubts(determination, wording)
    return (*refusals, *problems, *worths, *doubts, *_unread(determination, wording))


def _problem(problem: Problem, wording: Wording) -> Entry:
    return Entry(
        wording.name("doubt", "problem"),
        problem.place,
        sentence(problem.fault),
        _remedy(problem.remedy),
        about=problem.place or None,
    )


def _worth(worth: Worth, wording: Wording) -> Entry:
    """Say what a period that is not proved yet is worth."""
    period = worth.period
    kind = wording.name("kind", period.kind.value)
    told = translate("problems", "{period}: with it {with_it}; without it {without_it}.")
    return Entry(
        translate("problems", "Not proved yet"),
        wording.name("country", worth.country),
        told.format(
            period=f"{wording.name('country', period.country)}, {kind}",
            with_it=_outcome(worth.with_it, wording),
            without_it=_outcome(worth.without_it, wording),
        ),
        _remedy(translate("problems", "Ask for a certificate of this period.")),
        about=period,
    )


def _outcome(outcome: tuple[bool | None, Money | None], wording: Wording) -> str:
    right, amount = outcome
    if amount is not None:
        per = wording.name("per", amount.per.value)
        return wording.text("amount-per", amount=wording.settled(amount), per=per)
    words = {
        True: translate("problems", "a right, its amount not known"),
        False: translate("problems", "no right"),
        None: translate("problems", "a right not known"),
    }
    return words[right]


def _remedy(text: str) -> tuple[Note, ...]:
    return (Note(f"→ {text}"),) if text else ()


def _doubts(determination: Determination, wording: Wording) -> Iterator[Entry]:
    """Yield each doubt once, with the States it touches."""
    touched: dict[Doubt, list[BenefitResult]] = {}
    for result in (*determination.with_instruments, *determination.without):
        for doubt in result.doubts:
            touched.setdefault(doubt, []).append(result)
    for doubt in sorted(touched, key=_rank):
        results = touched[doubt]
        told = wording.doubt(doubt)
        laws = tuple(law for law in doubt.law if str(law) not in told)
        states = dict.fromkeys(wording.name("country", result.country) for result in results)
        yield Entry(
            wording.name("doubt", doubt.kind),
            ", ".join(states),
            told,
            (*law_notes(laws, wording), *_remedy(_cure(doubt.kind))),
            about=results[0],
        )


def _rank(doubt: Doubt) -> int:
    return ORDER.index(doubt.kind) if doubt.kind in ORDER else len(ORDER)


def _cure(kind: str) -> str:
    cures = {
        "fact": translate("problems", "Ask the institution which of the two is right."),
        "missing": translate(
            "problems", "Ask the institution for it and state it in the case file."
        ),
        "convention": translate(
            "problems", "Choose the convention under [conventions] in the case file."
        ),
        "draft": translate(
            "problems", "Compare the amount with the institution's own before relying on it."
        ),
        "unverified": translate("problems", "Read the text cited before relying on the figure."),
    }
    return cures.get(kind, "")


def _unread(determination: Determination, wording: Wording) -> Iterator[Entry]:
    results = (*determination.with_instruments, *determination.without)
    told = any(doubt.kind in ("unverified", "draft") for r in results for doubt in r.doubts)
    if unverified(determination) and not told:
        yield Entry(
            wording.name("doubt", "unverified"),
            body=translate(
                "problems", "Some steps rest on texts that were not read; they are marked."
            ),
            notes=(Note(f"→ {_cure('unverified')}", Manner.QUIET),),
        )


class Problems(Card):
    """Lists doubts and problems. ``chosen`` tells the result, period or place Enter chose."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.list = EntryTree(self.tr("Problems and doubts"), nested=False)
        self.list.chosen.connect(self.chosen)
        self.setFocusProxy(self.list)
        self.body.addWidget(self.list, 1)
        self.show_entries(())

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show other doubts and problems."""
        self.title.setText(
            self.tr("Problems: %n", "", len(entries)) if entries else self.tr("Problems: none")
        )
        nothing = Entry(self.tr("Nothing in the facts or in the law used is in doubt."))
        self.list.show_entries(entries or (nothing,))

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        super().set_look(look)
        self.list.set_look(look)
