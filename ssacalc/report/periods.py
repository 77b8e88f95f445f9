"""A person's periods: as stated, as used, and along the years."""

from collections.abc import Iterator

from ssacalc.domain.case import Case, InsurancePeriod, UncertainDate
from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.trace import Step, walk
from ssacalc.domain.units import Duration
from ssacalc.report.draft import Draft
from ssacalc.report.stated import Stated, stated
from ssacalc.report.timeline import timeline
from ssacalc.report.tree import Block, Cell, Column, Heading, Item, Paragraph, Points, Row, Table

TOLD = ("overlap", "conversion", "short_period", "crediting")
"""Names of the steps that tell how stated periods became periods used."""


def periods(draft: Draft) -> Iterator[Block]:
    """Show the periods and other facts of the case, and the time counted from them."""
    yield Heading(draft.text("periods"))
    case = draft.determination.case
    if case.periods:
        drawn = timeline(case, draft.wording)
        if drawn is not None:
            yield drawn
        yield Heading(draft.text("periods-stated"), 2)
        yield _stated(draft, case)
    else:
        yield Paragraph(draft.text("no-periods"))
    if draft.determination.with_instruments:
        yield Heading(draft.text("periods-used"), 2)
        yield _used(draft)
        yield from _how(draft)
    yield from _other_facts(draft)


def _stated(draft: Draft, case: Case) -> Table:
    columns = (
        Column(draft.text("column-state"), 15),
        Column(draft.text("column-kind"), 21),
        Column(draft.text("column-from"), 20),
        Column(draft.text("column-to"), 20),
        Column(draft.text("column-certified"), 12, figures=True),
        Column(draft.text("column-evidence"), 12),
    )
    return Table(columns, tuple(_period(draft, period) for period in case.periods))


def _period(draft: Draft, period: InsurancePeriod) -> Row:
    wording = draft.wording
    kind = wording.name("kind", period.kind.value)
    limits = [
        draft.text(key)
        for key, counts in (
            ("period-note-right", period.counts_for_right),
            ("period-note-amount", period.counts_for_amount),
        )
        if not counts
    ]
    certified = wording.duration(period.certified) if period.certified else draft.text("none")
    return Row(
        (
            Cell(wording.name("country", period.country)),
            Cell(", ".join([kind, *limits])),
            Cell(_day(draft, period.first)),
            Cell(_day(draft, period.last)),
            Cell(certified),
            Cell(wording.name("evidence", period.evidence.value)),
        )
    )


def _day(draft: Draft, day: UncertainDate | None) -> str:
    if day is None:
        return draft.text("none")
    if day.known:
        return _unbroken(draft.wording.date(day.earliest))
    ends = (_unbroken(draft.wording.date(end)) for end in (day.earliest, day.latest))
    return draft.text("date-between", **dict(zip(("earliest", "latest"), ends, strict=True)))


def _unbroken(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _used(draft: Draft) -> Table:
    columns = (
        Column(draft.text("column-state"), 18),
        Column(draft.text("column-scheme"), 34),
        Column(draft.text("column-own"), 16, figures=True),
        Column(draft.text("column-other"), 16, figures=True),
        Column(draft.text("column-all"), 16, figures=True),
    )
    results = draft.determination.with_instruments
    return Table(columns, tuple(_counted(draft, result) for result in results))


def _counted(draft: Draft, result: BenefitResult) -> Row:
    own = draft.wording.duration(Duration(result.own, result.unit))
    other = draft.wording.duration(Duration(result.total - result.own, result.unit))
    every = draft.wording.duration(Duration(result.total, result.unit))
    return Row(
        (
            Cell(draft.wording.name("country", result.country)),
            Cell(draft.scheme(result)),
            draft.cell(own, result, "own_periods"),
            draft.cell(other, result, "foreign_periods"),
            draft.cell(every, result, "total_periods"),
        )
    )


def _how(draft: Draft) -> Iterator[Block]:
    """Tell overlaps and conversions, each once, in words."""
    told: dict[int, Step] = {}
    for result in draft.determination.with_instruments:
        for step in walk(result.result):
            if step.name in TOLD:
                told.setdefault(draft.number(step), step)
    if told:
        yield Heading(draft.text("periods-set-right"), 2)
        yield Points(
            tuple(
                draft.item(f"{draft.wording.working(step)} ({number})", step.law)
                for number, step in sorted(told.items())
            )
        )


def _other_facts(draft: Draft) -> Iterator[Block]:
    groups = stated(draft.determination, draft.wording)
    if groups:
        yield Heading(draft.text("other-facts"), 2)
    for group in groups:
        yield Heading(group.title, 3)
        yield Points(tuple(_fact(draft, row) for row in group.rows))


def _fact(draft: Draft, row: Stated) -> Item:
    text = draft.text("stated-of", owner=row.owner, told=row.text) if row.owner else row.text
    return Item(text, " ".join(row.details))
