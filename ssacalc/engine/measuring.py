"""Pieces of time measured in a unit, in all or by calendar year."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import lcm

from ssacalc.domain.rules import Months
from ssacalc.domain.scheme import Counting, CountingKind, Scheme
from ssacalc.domain.spans import Span, union, without
from ssacalc.domain.units import MONTHS_IN, Remainder, Unit, settle
from ssacalc.engine.counting import (
    DAYS_IN_WEEK,
    NATURAL_UNIT,
    ONE_DAY,
    Tally,
    by_calendar_year,
    count,
    in_calendar_unit,
)
from ssacalc.engine.overlaps import Piece
from ssacalc.engine.portions import PARTS_IN_YEAR, filled, place, placed

NOUGHT = Fraction(0)

Lying = tuple[Fraction, tuple[Span, ...]]
"""A duration and the days between which it lies; no days where they are not known."""


def within(lying: Lying, window: Span, unit: Unit) -> tuple[Fraction, Fraction]:
    """Return how much of a duration lies in a window at the least and at the most.

    >>> half = Fraction(6), (Span(date(2020, 1, 1), date(2020, 12, 31)),)
    >>> within(half, Span(date(2020, 4, 1), date(2021, 3, 31)), Unit.MONTH)
    (Fraction(3, 1), Fraction(6, 1))
    """
    units, spans = lying
    inside = [part for span in spans if (part := span.within(window)) is not None]
    outside = [left for span in spans for left in without(span, (window,))]
    if not outside and spans:
        return units, units
    beyond = dated(outside, unit) if spans else units
    return max(units - beyond, NOUGHT), min(units, dated(inside, unit)) if spans else units


def dated(spans: Iterable[Span], unit: Unit, months: Months = Months.TOUCHED) -> Fraction:
    """Return dated time in a unit: each calendar month, quarter or year touched, days, weeks of 7.

    ``months`` tells which months count where not every one touched does.

    >>> dated([Span(date(2020, 1, 31), date(2020, 3, 1))], Unit.MONTH)
    Fraction(3, 1)
    """
    match unit:
        case Unit.DAY:
            return Fraction(sum(span.days for span in spans))
        case Unit.WEEK:
            return Fraction(sum(span.days for span in spans), DAYS_IN_WEEK)
        case _ if months is Months.FROM_DATE:
            return count(spans, FROM_DATE) / MONTHS_IN[unit]
        case _ if months is Months.COMPLETE:
            complete = sum(_complete(span) for span in union(spans))
            return Fraction(complete, MONTHS_IN[unit])
        case _:
            touched = {
                block
                for span in spans
                for block in range(_block(span.first, unit), _block(span.last, unit) + 1)
            }
            return Fraction(len(touched))


FROM_DATE = Counting(CountingKind.MONTHS_AND_DAYS, Remainder.EXACT)


def _complete(span: Span) -> int:
    """Return how many calendar months lie whole in a span."""
    after = span.last + ONE_DAY
    begins = span.first.year * 12 + span.first.month - (span.first.day == 1)
    return max(after.year * 12 + after.month - 1 - begins, 0)


def _block(day: date, unit: Unit) -> int:
    return (day.year * 12 + day.month - 1) // MONTHS_IN[unit]


def measured(piece: Piece, unit: Unit, months: Months = Months.TOUCHED) -> Fraction | None:
    """Return a piece in a unit: as certified, else by its dates; ``None`` where neither serves.

    A duration certified in a unit that does not turn into this one still tells which part of the
    dates it fills: two months certified between January and December are a sixth of their days.
    """
    certified = piece.period.certified
    if certified is not None:
        in_unit = in_calendar_unit(certified.number, certified.unit, unit)
        if in_unit is not None:
            return in_unit * piece.share
    return dated(piece.spans, unit, months) * filled(piece.period) if piece.spans else None


def by_year(
    piece: Piece, unit: Unit, months: Months = Months.TOUCHED
) -> dict[int, Fraction] | None:
    """Return a piece's time in each calendar year, in a unit; ``None`` where it has no dates.

    A certified duration is filled into the years of its dates from the first on, each year at
    most what its dates can hold: the institution certified how much, the dates tell when.
    """
    if not piece.spans:
        return None
    held = dated_by_year(piece.spans, unit, months)
    total = measured(piece, unit, months)
    if piece.period.certified is None or total is None:
        return held
    for year in sorted(held):
        held[year] = min(held[year], total)
        total -= held[year]
    return held


def dated_by_year(
    spans: Iterable[Span], unit: Unit, months: Months = Months.TOUCHED
) -> dict[int, Fraction]:
    """Return dated time in each calendar year, in a unit."""
    return {year: dated(parts, unit, months) for year, parts in spans_by_year(spans).items()}


def calendar_years(pieces: Iterable[Piece]) -> int:
    """Return in how many calendar years pieces lie."""
    return len(
        {
            year
            for piece in pieces
            for span in piece.spans
            for year in range(span.first.year, span.last.year + 1)
        }
    )


class Held:
    """How much time calendar years hold already, in a scheme's unit, told year by year when asked.

    A State's own time is counted by its own rule, not yet settled, together with other States'
    time that counts by its dates; to it is added what else is credited for other States.
    ``presumed``: time of which it is not known in which years it lies
    takes no year's room (987/2009, art. 12(6)); else it is filled into the years of its dates
    from the first on. All that was added is kept over one common denominator.
    """

    def __init__(self, own: Sequence[Piece], scheme: Scheme, *, presumed: bool = False) -> None:
        self._scheme = scheme
        self._certified: dict[int, Fraction] = {}
        self._own: dict[int, Fraction] = {}
        self._added: dict[int, int] = {}
        self._denominator = 1
        spans: list[Span] = []
        for piece in own:
            if presumed and not placed(piece.period):
                continue
            if in_unit_of(piece, scheme.unit):
                for year, number in (by_year(piece, scheme.unit) or {}).items():
                    self._certified[year] = self._certified.get(year, NOUGHT) + number
            else:
                spans.extend(piece.spans)
        self._dated = spans_by_year(union(spans))

    def years(self) -> tuple[int, ...]:
        """Return the years that hold own time, in order."""
        return tuple(sorted({*self._certified, *self._dated}))

    def __getitem__(self, year: int) -> Fraction:
        """Return what a year holds."""
        return self._own_time(year) + Fraction(self._added.get(year, 0), self._denominator)

    def _own_time(self, year: int) -> Fraction:
        known = self._own.get(year)
        if known is None:
            known = self._certified.get(year, NOUGHT)
            if year in self._dated:
                counted = Tally(self._scheme.counting, self._dated[year]).exact
                unit = NATURAL_UNIT[self._scheme.counting.kind]
                in_unit = in_calendar_unit(counted, unit, self._scheme.unit)
                by_dates = counted if in_unit is None else in_unit
                known = known + by_dates if known else by_dates
            self._own[year] = known
        return known

    def free(self, years: Iterable[int], ceiling: Fraction) -> Fraction:
        """Return the whole units for which years together have room, up to a ceiling each."""
        own = [(year, self._own_time(year)) for year in years]
        parts = (time.denominator for _, time in own)
        common = lcm(self._denominator, ceiling.denominator, *parts)
        grown = common // self._denominator
        most = ceiling.numerator * (common // ceiling.denominator)
        left = 0
        for year, time in own:
            held = time.numerator * (common // time.denominator)
            left += max(most - held - self._added.get(year, 0) * grown, 0)
        return settle(Fraction(left, common), Remainder.DOWN)

    def add(self, number: Fraction, spans: Sequence[Span]) -> None:
        """Add time that lies evenly on the months of spans."""
        parts = parts_by_year(spans)
        self._add(number / sum(parts.values()), parts)

    def add_to_year(self, year: int, number: Fraction) -> None:
        """Add time to one year."""
        self._add(number, {year: 1})

    def add_dated(self, spans: Sequence[Span]) -> None:
        """Add days that are counted jointly with the State's own: each in the year it lies in."""
        for year, parts in spans_by_year(spans).items():
            self._dated[year] = [*self._dated.get(year, ()), *parts]
            self._own.pop(year, None)

    def _add(self, each: Fraction, parts: dict[int, int]) -> None:
        common = lcm(self._denominator, each.denominator)
        if common != self._denominator:
            grown = common // self._denominator
            self._added = {year: held * grown for year, held in self._added.items()}
            self._denominator = common
        share = each.numerator * (common // each.denominator)
        for year, number in parts.items():
            self._added[year] = self._added.get(year, 0) + share * number


def in_unit_of(piece: Piece, unit: Unit) -> bool:
    """Tell whether a piece was certified in a unit that turns into this one by the calendar."""
    certified = piece.period.certified
    return certified is not None and (
        in_calendar_unit(certified.number, certified.unit, unit) is not None
    )


def parts_by_year(spans: Iterable[Span]) -> dict[int, int]:
    """Return how many parts of months (see ``portions``) lie in each calendar year."""
    years: dict[int, int] = {}
    for span in spans:
        begins, ends = place(span.first, 0), place(span.last, 1)
        for year in range(span.first.year, span.last.year + 1):
            turn = (year + 1) * PARTS_IN_YEAR
            years[year] = years.get(year, 0) + min(ends, turn) - begins
            begins = turn
    return years


def spans_by_year(spans: Iterable[Span]) -> dict[int, list[Span]]:
    """Return spans cut at each turn of the year, by year."""
    years: dict[int, list[Span]] = {}
    for span in spans:
        for part in by_calendar_year(span):
            years.setdefault(part.first.year, []).append(part)
    return years
