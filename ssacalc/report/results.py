"""The result by State: in short and as a table."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Payment
from ssacalc.domain.units import Duration
from ssacalc.report.abroad import payment
from ssacalc.report.draft import Draft
from ssacalc.report.outcomes import (
    counterfactual,
    due,
    entitled,
    refused,
    settled,
    total,
)
from ssacalc.report.overlapping import reduced_payable, rules_stated
from ssacalc.report.tree import (
    Block,
    Cell,
    Column,
    Heading,
    Item,
    Paragraph,
    Points,
    Row,
    Table,
    Tone,
    Weight,
)

MOST_COLUMNS = 4
"""Results beside one another in one table; more go into a second table below."""
WIDTHS = {1: (34, 34), 2: (34, 28), 3: (28, 24), 4: (24, 19)}
"""Hundredths of the page for the labels and for each result, by how many results there are."""

Line = tuple[str, Callable[[Draft, BenefitResult], Cell], Weight]


def in_short(draft: Draft) -> Iterator[Block]:
    """Say for each State in one sentence what follows, and what would without agreements."""
    yield Heading(draft.text("summary"))
    results = draft.determination.with_instruments
    if not results:
        yield Paragraph(draft.text("no-results"))
        return
    yield Points(tuple(_short(draft, result) for result in results))
    if all(settled(result) and due(result) is None for result in results):
        yield Paragraph(draft.text("nothing-at-all"))
    yield Paragraph(_without(draft))


def _short(draft: Draft, result: BenefitResult) -> Item:
    owed = due(result)
    if owed is not None:
        key = "payable" if result.instrument else "payable-national"
        key = key if entitled(result) else "payable-if-right"
        under = draft.instrument(result)
        amount, per = draft.wording.settled(owed), draft.wording.name("per", owed.per.value)
        text = draft.of_result(key, result, amount=amount, per=per, instrument=under)
        return Item(text, _remarks(draft, result))
    if entitled(result) and result.payable is None and _deferred(draft, result):
        return Item(draft.of_result("deferred", result, on=result.payable_from))
    if entitled(result):
        key = "right-no-amount" if result.payable is None else "nothing-payable"
        return Item(draft.of_result(key, result), _taken(draft, result))
    return Item(draft.of_result("no-right" if settled(result) else "right-unknown", result))


def _deferred(draft: Draft, result: BenefitResult) -> bool:
    since = result.payable_from
    return since is not None and since > draft.determination.case.claim.on


def _remarks(draft: Draft, result: BenefitResult) -> str:
    """Say from when, for how many, after what cut and how abroad an amount is paid."""
    told = []
    if _deferred(draft, result):
        told.append(draft.text("payable-since", on=result.payable_from))
    if len(result.sharing) > 1:
        told.append(draft.text("payable-together", claimants=len(result.sharing)))
    told.append(_taken(draft, result))
    if result.portability.payment is not Payment.FULL:
        words = payment(result.portability, draft.wording)
        told.append(draft.text("payable-abroad", residence=draft.residence, told=words))
    return " ".join(part for part in told if part)


def _taken(draft: Draft, result: BenefitResult) -> str:
    reduced = reduced_payable(result)
    if reduced is None or not reduced.taken.amount:
        return ""
    return draft.text("payable-cut", amount=draft.amount(reduced.taken))


def _without(draft: Draft) -> str:
    results = draft.determination.without
    sums = total(due(result) for result in results)
    known = all(settled(result) or result.own_right is False for result in results)
    if not sums:
        return draft.text("without-agreements-none" if known else "without-agreements-unknown")
    amounts = draft.text("and").join(draft.amount(money) for money in sums)
    key = "without-agreements-total" if known else "without-agreements-partly"
    return draft.text(key, amounts=amounts)


def result_tables(draft: Draft) -> Iterator[Block]:
    """Set the results side by side, each figure tied to its step."""
    results = draft.determination.with_instruments
    if not results:
        return
    yield Heading(draft.text("results"))
    for group in _groups(results):
        yield _table(draft, group)
    yield Paragraph(draft.text("results-note"), Tone.QUIET)


def _groups(results: Sequence[BenefitResult]) -> Iterator[Sequence[BenefitResult]]:
    """Cut results into tables of about the same width."""
    tables = -(-len(results) // MOST_COLUMNS)
    size = -(-len(results) // tables)
    for start in range(0, len(results), size):
        yield results[start : start + size]


def _table(draft: Draft, results: Sequence[BenefitResult]) -> Table:
    label_width, width = WIDTHS[len(results)]
    columns = [Column("", label_width)]
    for result in results:
        country = draft.wording.name("country", result.country)
        columns.append(Column(country, width, figures=True, note=draft.scheme(result)))
    rows = []
    for key, cell, weight in LINES:
        cells = [cell(draft, result) for result in results]
        if weight is Weight.RESULT or any(cell.text != draft.text("none") for cell in cells):
            label = Cell(draft.text(key, residence=draft.residence))
            rows.append(Row((label, *cells), weight))
    return Table(tuple(columns), tuple(rows))


def _instrument(draft: Draft, result: BenefitResult) -> Cell:
    return Cell(draft.instrument(result))


def _own_right(draft: Draft, result: BenefitResult) -> Cell:
    answer = draft.wording.yes_no(result.own_right)
    return Cell(answer, draft.conditions(result, "own_periods"))


def _with_agreement(draft: Draft, result: BenefitResult) -> Cell:
    if result.instrument is None:
        return Cell(draft.text("none"))
    answer = draft.wording.yes_no(result.with_agreement)
    return Cell(answer, draft.conditions(result, "total_periods"))


def _own(draft: Draft, result: BenefitResult) -> Cell:
    return draft.cell(_time(draft, result, result.own), result, "own_periods")


def _total(draft: Draft, result: BenefitResult) -> Cell:
    text = _time(draft, result, result.total)
    return draft.cell(text, result, "total_periods", "foreign_periods", "own_periods")


def _time(draft: Draft, result: BenefitResult, number: Fraction) -> str:
    return draft.wording.duration(Duration(number, result.unit))


def _independent(draft: Draft, result: BenefitResult) -> Cell:
    return _money(draft, result, result.independent, "independent_amount")


def _theoretical(draft: Draft, result: BenefitResult) -> Cell:
    return _money(draft, result, result.theoretical, "theoretical_amount")


def _pro_rata(draft: Draft, result: BenefitResult) -> Cell:
    return _money(draft, result, result.pro_rata, "pro_rata_amount")


def _money(draft: Draft, result: BenefitResult, money: Money | None, name: str) -> Cell:
    if money is None:
        return Cell(draft.text("none"))
    return draft.cell(draft.wording.settled(money), result, name)


def _ratio(draft: Draft, result: BenefitResult) -> Cell:
    if result.ratio is None:
        return Cell(draft.text("none"))
    return draft.cell(draft.wording.ratio(result.ratio), result, "ratio", "pro_rata_amount")


def _reduced(draft: Draft, result: BenefitResult) -> Cell:
    reduced = reduced_payable(result)
    if reduced is None:
        stated = rules_stated(draft.determination.case, result) and not refused(result)
        return Cell(draft.text("not-told" if stated else "none"))
    taken = draft.wording.settled(reduced.taken) if reduced.taken.amount else draft.text("nothing")
    return Cell(taken, (draft.number(reduced.step),))


def _payable(draft: Draft, result: BenefitResult) -> Cell:
    if result.payable is None:
        return Cell(_no_amount(draft, result), (draft.number(result.result),))
    text = draft.wording.settled(result.payable)
    note = draft.wording.name("per", result.payable.per.value)
    if not entitled(result):
        note = draft.text("if-right", per=note)
    return Cell(text, (draft.number(result.result),), note=note)


def _no_amount(draft: Draft, result: BenefitResult) -> str:
    """Say why there is no amount: nothing is due, it is due later, or it is not known."""
    if refused(result):
        return draft.text("nothing")
    return draft.text("none" if result.payable_from is not None else "not-told")


def _claimants(draft: Draft, result: BenefitResult) -> Cell:
    if not result.sharing:
        return Cell(draft.text("none"))
    numbers = tuple(dict.fromkeys(draft.number(share.step) for share in result.sharing))
    return Cell(draft.text("claimants-number", claimants=len(result.sharing)), numbers)


def _from(draft: Draft, result: BenefitResult) -> Cell:
    if result.payable_from is None or not entitled(result):
        return Cell(draft.text("none"))
    return Cell(draft.wording.date(result.payable_from))


def _abroad(draft: Draft, result: BenefitResult) -> Cell:
    if due(result) is None and not (entitled(result) and result.payable is None):
        return Cell(draft.text("none"))
    text = payment(result.portability, draft.wording)
    return Cell(text, (draft.number(result.portability.step),))


def _counterfactual(draft: Draft, result: BenefitResult) -> Cell:
    other = counterfactual(draft.determination, result)
    if other is None:
        return Cell(draft.text("none"))
    if other.payable is None:
        nothing = other.own_right is False
        return Cell(draft.text("nothing") if nothing else _no_amount(draft, other))
    return Cell(draft.wording.settled(other.payable), (draft.number(other.result),))


LINES: tuple[Line, ...] = (
    ("row-instrument", _instrument, Weight.PLAIN),
    ("row-own-right", _own_right, Weight.PLAIN),
    ("row-with-agreement", _with_agreement, Weight.PLAIN),
    ("row-own", _own, Weight.PLAIN),
    ("row-total", _total, Weight.PLAIN),
    ("row-independent", _independent, Weight.PLAIN),
    ("row-theoretical", _theoretical, Weight.PLAIN),
    ("row-ratio", _ratio, Weight.PLAIN),
    ("row-pro-rata", _pro_rata, Weight.PLAIN),
    ("row-reduced", _reduced, Weight.PLAIN),
    ("row-payable", _payable, Weight.RESULT),
    ("row-claimants", _claimants, Weight.PLAIN),
    ("row-from", _from, Weight.PLAIN),
    ("row-abroad", _abroad, Weight.PLAIN),
    ("row-counterfactual", _counterfactual, Weight.ASIDE),
)
"""The rows of the table, in the order in which the law comes to them."""
