"""Why a figure is what it is: its steps, their working and their articles, as a tree."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ssacalc.domain.determination import Alternative, BenefitResult
from ssacalc.domain.trace import Citation, Step, walk
from ssacalc.domain.units import Duration
from ssacalc.report.outcomes import entitled
from ssacalc.report.shortfalls import ways_told
from ssacalc.report.wording import Wording
from ssacalc.ui.cards import Card, label, selectable
from ssacalc.ui.entries import Entry, Manner, Note, as_text
from ssacalc.ui.entry_tree import EntryTree
from ssacalc.ui.figures import Figure
from ssacalc.ui.look import Look

translate = QCoreApplication.translate
OPENED = 2
"""How many levels of steps lie open at first."""


def steps_of(steps: tuple[Step, ...], wording: Wording) -> tuple[Entry, ...]:
    """Return steps and all they rest on; what was explained before is not explained twice."""
    explained: set[int] = set()
    return tuple(_entry(step, wording, explained) for step in steps)


def sources_of(steps: tuple[Step, ...]) -> tuple[Entry, ...]:
    """Return where the articles of some steps were read, under one heading, each place once."""
    laws = (law for step in steps for used in walk(step) for law in used.law)
    read = dict.fromkeys((law.source or law.document, law.address) for law in laws)
    found = tuple(Entry(source, body=address) for source, address in read if source != address)
    if not found:
        return ()
    return (Entry(translate("explanation", "Where the articles can be read"), children=found),)


def _entry(step: Step, wording: Wording, explained: set[int]) -> Entry:
    again = id(step) in explained and bool(step.uses)
    explained.add(id(step))
    working, value = wording.working(step), wording.value(step)
    if again:
        above = Note(translate("explanation", "Explained above."))
        return Entry(wording.label(step), value, working, (above,))
    children = tuple(_entry(used, wording, explained) for used in step.uses)
    return Entry(wording.label(step), value, working, law_notes(step.law, wording), children)


def law_notes(laws: tuple[Citation, ...], wording: Wording) -> tuple[Note, ...]:
    """Return citations as lines of an entry; those whose text was not read stand out."""
    return tuple(
        Note(wording.citation(law), Manner.LAW if law.verified else Manner.WARNING)
        for law in dict.fromkeys(laws)
    )


def other_ways(result: BenefitResult, wording: Wording) -> tuple[Entry, ...]:
    """Return the other lawful ways to the same benefit, under one heading."""
    if not result.alternatives:
        return ()
    found = tuple(_way(way, wording) for way in result.alternatives)
    return (Entry(translate("explanation", "Other lawful ways that were tried"), children=found),)


def missing(result: BenefitResult, wording: Wording) -> tuple[Entry, ...]:
    """Return what a refused person lacks for a right, and what would help."""
    lacking = result.shortfall
    if lacking is None or entitled(result):
        return ()
    condition, amount = lacking.condition, Duration(lacking.missing, lacking.unit)
    key = f"missing-{condition}" if condition in ("age", "born") else "missing"
    helps = f"help-{condition}"
    told = wording.text(
        key,
        country=result.country,
        scheme=wording.name("scheme", result.scheme_title),
        missing=amount,
        condition=condition,
    )
    help_ = wording.text(helps)
    remedy = wording.text("help-other") if help_ == helps else help_
    return (
        Entry(
            translate("explanation", "No right"),
            wording.name("country", result.country),
            told,
            (Note(f"→ {remedy}"), *(Note(way) for way in ways_told(result, wording))),
            about=result,
        ),
    )


def _way(way: Alternative, wording: Wording) -> Entry:
    amount = wording.without_amount(way.with_agreement)
    if way.payable is not None:
        amount = wording.settled(way.payable)
    under = "" if way.instrument is None else wording.name("instrument", way.instrument)
    return Entry(wording.name("alternative", way.what), amount, under)


class Explanation(Card):
    """Shows one figure with its steps. ``left`` asks to go back to the figures."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Why?"), parent)
        self._figure, self._value = label("muted"), label("figure")
        selectable(self._figure, self._value)
        self.tree = EntryTree(self.tr("Steps and articles of the figure"), nested=True)
        self.tree.left.connect(self.left)
        self.setFocusProxy(self.tree)
        self.body.addLayout(self._head())
        self.body.addWidget(self.tree, 1)
        self.clear()

    def _head(self) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._figure)
        texts.addWidget(self._value)
        self.copy = QPushButton(self.tr("Copy as text"))
        self.copy.setProperty("role", "quiet")
        self.copy.setAccessibleName(self.tr("Copy the explanation as text"))
        self.copy.clicked.connect(self.copy_text)
        head = QHBoxLayout()
        head.addLayout(texts, 1)
        head.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def clear(self) -> None:
        """Show no figure."""
        self._figure.setText(self.tr("Choose a figure to see how it was found."))
        self._value.clear()
        self.copy.setEnabled(False)
        self.tree.show_entries(())

    def show_figure(self, figure: Figure, result: BenefitResult, wording: Wording) -> None:
        """Show how a figure was found."""
        self._figure.setText(figure.name)
        self._value.setText(figure.text)
        others = other_ways(result, wording) if result.result in figure.steps else ()
        entries = (
            *missing(result, wording),
            *steps_of(figure.steps, wording),
            *others,
            *sources_of(figure.steps),
        )
        self.copy.setEnabled(True)
        self.tree.show_entries(entries, OPENED)

    def copy_text(self) -> None:
        """Put the figure and its whole explanation on the clipboard."""
        title = f"{self._figure.text()}: {self._value.text()}"
        QApplication.clipboard().setText(f"{title}\n\n{as_text(self.tree.entries)}\n")

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        super().set_look(look)
        self.tree.set_look(look)
