"""The result by State as a table of worded figures, each with the step that explains it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from ssacalc.domain.determination import BenefitResult, Determination
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Payment
from ssacalc.domain.trace import Step, walk
from ssacalc.domain.units import Duration
from ssacalc.report.abroad import payment
from ssacalc.report.claimants import refusals
from ssacalc.report.outcomes import conditions, counterfactual, entitled, refused
from ssacalc.report.overlapping import reduced_amounts, reduced_payable, rules_stated
from ssacalc.report.wording import Wording

translate = QCoreApplication.translate


class Tone(StrEnum):
    """What sort of figure a cell holds; never the only thing that tells it."""

    PLAIN = "plain"
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell: its text, the steps it rests on and the sentence a screen reader says.

    ``name`` says what the figure is. ``unverified`` tells that it rests on a text not read.
    """

    text: str
    tone: Tone
    steps: tuple[Step, ...]
    name: str
    spoken: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A scheme of a State. ``note`` says how often it pays, and that it is a draft."""

    state: str
    scheme: str
    note: str
    result: BenefitResult


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: what its figures are."""

    key: str
    label: str
    figures: tuple[Figure, ...]

    @property
    def outcome(self) -> bool:
        """Tell whether this row is the outcome that all others lead to."""
        return self.key == "row-payable"


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The whole table."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    tone: Tone = Tone.PLAIN
    names: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """What cells are worded from."""

    determination: Determination
    wording: Wording

    @property
    def none(self) -> str:
        return self.wording.text("none")

    def absent(self, *names: str) -> _Cell:
        return _Cell(self.none, Tone.ABSENT, names)

    def unknown(self, *names: str) -> _Cell:
        return _Cell(self.wording.yes_no(None), Tone.UNKNOWN, names)

    def answer(self, answer: bool | None, steps: tuple[Step, ...]) -> _Cell:
        tone = {True: Tone.YES, False: Tone.NO, None: Tone.UNKNOWN}[answer]
        return _Cell(self.wording.yes_no(answer), tone, ("condition",), steps)

    def money(self, money: Money, *names: str) -> _Cell:
        return _Cell(self.wording.settled(money), Tone.PLAIN, names)

    def time(self, number: Fraction, result: BenefitResult, *names: str) -> _Cell:
        return _Cell(self.wording.duration(Duration(number, result.unit)), Tone.PLAIN, names)


def result_table(determination: Determination, wording: Wording) -> ResultTable:
    """Return the table; rows in which no scheme has a figure are left out."""
    words = _Words(determination, wording)
    columns = tuple(_column(words, result) for result in determination.with_instruments)
    if not columns:
        return ResultTable()
    return ResultTable(columns, tuple(_rows(words, columns)))


def _column(words: _Words, result: BenefitResult) -> Column:
    moneys = (result.payable, result.pro_rata, result.theoretical, result.independent)
    per = next((words.wording.name("per", m.per.value) for m in moneys if m), "")
    draft = any(doubt.kind == "draft" for doubt in result.doubts)
    notes = [per, words.wording.name("doubt", "draft").lower() if draft else ""]
    return Column(
        state=words.wording.name("country", result.country),
        scheme=words.wording.name("scheme", result.scheme_title),
        note=" · ".join(note for note in notes if note),
        result=result,
    )


def _label(words: _Words, key: str) -> str:
    own = {
        "row-missing": translate("figures", "Missing for a right"),
        "row-range": translate("figures", "Within uncertain dates"),
    }
    residence = words.determination.case.person.residence
    return own.get(key) or words.wording.text(key, residence=residence)


def _rows(words: _Words, columns: tuple[Column, ...]) -> Iterator[Row]:
    for key, cell in LINES:
        cells = [cell(words, column.result) for column in columns]
        if key not in ALWAYS and all(cell.tone is Tone.ABSENT for cell in cells):
            continue
        label = _label(words, key)
        figures = (
            _figure(label, cell, column) for cell, column in zip(cells, columns, strict=True)
        )
        yield Row(key, label, tuple(figures))


def _figure(label: str, cell: _Cell, column: Column) -> Figure:
    steps = cell.steps or (_found(column.result, cell.names),)
    unverified = any(not law.verified for step in steps for used in walk(step) for law in used.law)
    name = ", ".join((column.state, column.scheme, label))
    text = cell.text if cell.tone is not Tone.ABSENT else translate("figures", "does not arise")
    spoken = f"{name}: {text}"
    if unverified:
        spoken += translate("figures", ", rests on a text that was not read")
    return Figure(cell.text, cell.tone, steps, name, spoken, unverified)


def _found(result: BenefitResult, names: tuple[str, ...]) -> Step:
    """Return the last step of a result that has one of the names, else the last of all."""
    steps = list(walk(result.result))
    for name in names:
        for step in reversed(steps):
            if step.name == name:
                return step
    return result.result


def _instrument(words: _Words, result: BenefitResult) -> _Cell:
    if result.instrument is None:
        return _Cell(words.wording.text("no-instrument"), Tone.ABSENT, ("instrument",))
    return _Cell(instrument_name(result, words.wording), names=("instrument",))


def instrument_name(result: BenefitResult, wording: Wording) -> str:
    """Name the instrument that a result was found under."""
    named = wording.name("instrument", result.instrument or "")
    return (result.instrument_name or named) if named == result.instrument else named


def _own_right(words: _Words, result: BenefitResult) -> _Cell:
    return words.answer(result.own_right, conditions(result, "own_periods"))


def _with_agreement(words: _Words, result: BenefitResult) -> _Cell:
    if result.instrument is None:
        return words.absent("instrument")
    return words.answer(result.with_agreement, conditions(result, "total_periods"))


def _missing(words: _Words, result: BenefitResult) -> _Cell:
    if result.shortfall is None or entitled(result):
        return words.absent("condition")
    missing = Duration(result.shortfall.missing, result.shortfall.unit)
    failed = (s for s in walk(result.result) if s.name == "condition" and s.value is False)
    return _Cell(words.wording.duration(missing), steps=tuple(failed)[-1:])


def _own(words: _Words, result: BenefitResult) -> _Cell:
    return words.time(result.own, result, "own_periods")


def _total(words: _Words, result: BenefitResult) -> _Cell:
    return words.time(result.total, result, "total_periods", "foreign_periods", "own_periods")


def _independent(words: _Words, result: BenefitResult) -> _Cell:
    if result.independent is not None:
        return words.money(result.independent, "independent_amount")
    return words.absent() if result.own_right is False else words.unknown()


def _theoretical(words: _Words, result: BenefitResult) -> _Cell:
    if result.theoretical is None:
        return words.absent("pro_rata_amount")
    return words.money(result.theoretical, "theoretical_amount")


def _ratio(words: _Words, result: BenefitResult) -> _Cell:
    if result.ratio is None:
        return words.absent("pro_rata_amount")
    return _Cell(words.wording.ratio(result.ratio), names=("ratio", "pro_rata_amount"))


def _pro_rata(words: _Words, result: BenefitResult) -> _Cell:
    if result.pro_rata is not None:
        return words.money(result.pro_rata, "pro_rata_amount")
    if result.instrument and result.with_agreement and result.payable is None:
        return words.unknown()
    return words.absent()


def _reduced(words: _Words, result: BenefitResult) -> _Cell:
    """Return what rules against overlapping take of the amount that is paid."""
    reduced = reduced_payable(result)
    if reduced is None:
        stated = rules_stated(words.determination.case, result) and not refused(result)
        return words.unknown() if stated else words.absent()
    others = (found.step for found in reduced_amounts(result) if found.step is not reduced.step)
    steps = (reduced.step, *others)
    if not reduced.taken.amount:
        return _Cell(translate("figures", "nothing"), steps=steps)
    return _Cell(words.wording.settled(reduced.taken), steps=steps)


def _claimants(words: _Words, result: BenefitResult) -> _Cell:
    """Return how many share the benefit; its steps tell who gets how much, and who nothing."""
    steps = (*(share.step for share in result.claimants), *refusals(result))
    if not steps:
        return words.absent()
    number = words.wording.text("claimants-number", claimants=len(result.sharing))
    return _Cell(number, steps=steps)


def _payable(words: _Words, result: BenefitResult) -> _Cell:
    if result.payable is not None:
        return words.money(result.payable)
    if refused(result):
        return _Cell(translate("figures", "nothing"))
    if result.payable_from is not None:
        later = translate("figures", "from {day}")
        return _Cell(later.format(day=words.wording.date(result.payable_from)))
    return words.unknown()


def _range(words: _Words, result: BenefitResult) -> _Cell:
    """Between what the outcome lies where periods are known only within bounds."""
    same = (result.country, result.scheme)
    bounds = next((r for r in words.determination.ranges if (r.country, r.scheme) == same), None)
    if bounds is None:
        return words.absent()
    if bounds.payable is not None:
        least, greatest = (words.wording.settled(money) for money in bounds.payable)
        return _Cell(least if least == greatest else f"{least} – {greatest}")
    answers = (words.wording.yes_no(right) for right in bounds.rights)
    right = translate("figures", "right: {answers}")
    return _Cell(right.format(answers=" / ".join(answers)), Tone.UNKNOWN)


PAID_TONES = {Payment.FULL: Tone.YES, Payment.NO: Tone.NO, Payment.UNKNOWN: Tone.UNKNOWN}


def _abroad(words: _Words, result: BenefitResult) -> _Cell:
    portability = result.portability
    steps = (portability.step,)
    if refused(result):
        return _Cell(words.none, Tone.ABSENT, steps=steps)
    tone = PAID_TONES.get(portability.payment, Tone.PLAIN)
    text = payment(portability, words.wording)
    return _Cell(text, tone, steps=steps)


def _counterfactual(words: _Words, result: BenefitResult) -> _Cell:
    other = counterfactual(words.determination, result)
    if other is None:
        return words.unknown()
    cell = _payable(words, other)
    return _Cell(cell.text, cell.tone, steps=(other.result,))


LINES: tuple[tuple[str, Callable[[_Words, BenefitResult], _Cell]], ...] = (
    ("row-instrument", _instrument),
    ("row-own-right", _own_right),
    ("row-with-agreement", _with_agreement),
    ("row-missing", _missing),
    ("row-own", _own),
    ("row-total", _total),
    ("row-independent", _independent),
    ("row-theoretical", _theoretical),
    ("row-ratio", _ratio),
    ("row-pro-rata", _pro_rata),
    ("row-reduced", _reduced),
    ("row-payable", _payable),
    ("row-claimants", _claimants),
    ("row-range", _range),
    ("row-abroad", _abroad),
    ("row-counterfactual", _counterfactual),
)
"""The rows in the order in which the law comes to them."""
ALWAYS = ("row-payable", "row-counterfactual")
"""Rows that are shown even where nothing arises."""
