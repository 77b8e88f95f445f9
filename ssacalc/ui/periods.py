"""A person's periods as lines of text, in the order of the timeline, with what displaced them."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ssacalc.domain.case import Case, InsurancePeriod, UncertainDate
from ssacalc.domain.determination import Determination
from ssacalc.domain.spans import Span, union
from ssacalc.domain.trace import Argument, Step, walk
from ssacalc.report.wording import Wording

translate = QCoreApplication.translate
CELLS = 6


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period in words.

    ``cells`` are State, kind, from, to, certified and evidence. ``displaced`` are the days that
    some State's determination sets aside because another period covers them; ``remarks`` say so.
    """

    period: InsurancePeriod
    cells: tuple[str, ...]
    remarks: tuple[str, ...]
    displaced: tuple[Span, ...]

    @property
    def state(self) -> str:
        """The State in whose lane the period lies."""
        return self.cells[0]

    @property
    def kind(self) -> str:
        """What the period is."""
        return self.cells[1]

    @property
    def told(self) -> tuple[str, ...]:
        """All that is known of the period, a sentence each."""
        state, kind, first, last, certified, evidence = self.cells
        dates = f"{first} – {last}" if self.period.first else translate("periods", "without dates")
        told = [f"{state}, {kind}: {dates}"]
        if self.period.certified:
            told.append(certified)
        return (*told, evidence, *self.remarks)

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        return ". ".join(self.told)


def headings(wording: Wording) -> tuple[str, ...]:
    """Return the headings of the cells."""
    names = ("state", "kind", "from", "to", "certified", "evidence")
    return tuple(wording.text(f"column-{name}") for name in names)


def period_lines(determination: Determination, wording: Wording) -> tuple[PeriodLine, ...]:
    """Return the periods State by State in the order of the case, then by date."""
    case = determination.case
    order = {country: place for place, country in enumerate(case.countries)}
    cuts = tuple(_cuts(determination, wording))
    listed = sorted(
        enumerate(case.periods), key=lambda item: (order[item[1].country], _begins(*item))
    )
    return tuple(_line(period, case, cuts, wording) for _, period in listed)


def _begins(place: int, period: InsurancePeriod) -> tuple[bool, int, int]:
    first = period.first
    return first is None, first.earliest.toordinal() if first else 0, place


def day(day: UncertainDate | None, wording: Wording) -> str:
    """Word a day, or the bounds within which it lies."""
    if day is None:
        return wording.text("none")
    if day.known:
        return wording.date(day.earliest)
    return wording.text("date-between", earliest=day.earliest, latest=day.latest)


@dataclass(frozen=True, slots=True)
class _Cut:
    """An overlap that a State's determination settled against one period."""

    args: dict[str, Argument]
    told: str

    def touches(self, period: InsurancePeriod) -> bool:
        span, first = period.shortest, self.args.get("first")
        return (
            span is not None
            and self.args.get("country") == period.country
            and self.args.get("kind") == period.kind.value
            and span.first <= first <= span.last  # type: ignore[operator]
        )


def _cuts(determination: Determination, wording: Wording) -> Iterator[_Cut]:
    for result in determination.with_instruments:
        state = wording.name("country", result.country)
        for step in walk(result.result):
            if step.name == "overlap" and "first" in dict(step.args):
                yield _Cut(dict(step.args), f"{state}: {_told(step, wording)}")


def _told(step: Step, wording: Wording) -> str:
    law = "; ".join(wording.citation(citation) for citation in step.law)
    return f"{wording.working(step)} ({law})" if law else wording.working(step)


def _line(
    period: InsurancePeriod, case: Case, cuts: tuple[_Cut, ...], wording: Wording
) -> PeriodLine:
    certified = wording.duration(period.certified) if period.certified else wording.text("none")
    cells = (
        wording.name("country", period.country),
        wording.name("kind", period.kind.value),
        day(period.first, wording),
        day(period.last, wording),
        certified,
        wording.name("evidence", period.evidence.value),
    )
    touched = [cut.told for cut in cuts if cut.touches(period)]
    remarks = [
        wording.text(key)
        for key, counts in (
            ("period-note-right", period.counts_for_right),
            ("period-note-amount", period.counts_for_amount),
        )
        if not counts
    ]
    remarks.extend(part for part in (period.reference, period.note) if part)
    displaced = _shared(period, case) if touched else ()
    return PeriodLine(period, cells, (*remarks, *dict.fromkeys(touched)), displaced)


def _shared(period: InsurancePeriod, case: Case) -> tuple[Span, ...]:
    """Return the days of a period that a period of another State covers too."""
    own = period.shortest
    others = (p.shortest for p in case.periods if p.country != period.country)
    if own is None:
        return ()
    return union(days for span in others if span and (days := own.within(span)))
