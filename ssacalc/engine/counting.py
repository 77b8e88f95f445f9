"""Counting dated periods in a scheme's unit.

All functions take spans whose days belong to them at both ends. Nothing here knows a State, an
agreement or a number of the law: those arrive as a :class:`~ssacalc.domain.scheme.Counting`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import MAXYEAR, date, timedelta
from fractions import Fraction
from functools import lru_cache

from ssacalc.domain.scheme import Counting, CountingKind
from ssacalc.domain.spans import Span, union
from ssacalc.domain.units import MONTHS_IN, Remainder, Unit, settle

NATURAL_UNIT: dict[CountingKind, Unit] = {
    CountingKind.DAYS: Unit.DAY,
    CountingKind.CALENDAR_MONTHS: Unit.MONTH,
    CountingKind.MONTHS_AND_DAYS: Unit.MONTH,
    CountingKind.CALENDAR_WEEKS: Unit.WEEK,
    CountingKind.CALENDAR_QUARTERS: Unit.QUARTER,
    CountingKind.CALENDAR_YEARS: Unit.YEAR,
}

DAYS_IN_WEEK = 7
ONE_DAY = timedelta(days=1)
LONGEST_YEAR = {Unit.DAY: 366, Unit.WEEK: 53}
"""The most days and weeks that a calendar year can have: a fact of the calendar, not of any law."""


def anniversary(born: date, years: int) -> date:
    """Return the day a person reaches an age; 29 February becomes 1 March in a common year.

    >>> anniversary(date(2000, 2, 29), 18)
    datetime.date(2018, 3, 1)
    """
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def subtract(span: Span, taken: Sequence[Span], starts: Sequence[date]) -> tuple[Span, ...]:
    """Return the days of ``span`` in none of ``taken`` (disjoint, in order; ``starts`` theirs)."""
    first, last = span
    index = bisect_right(starts, first)
    if index and taken[index - 1].last >= first:
        index -= 1
    elif index == len(taken) or starts[index] > last:
        return (span,)
    left: list[Span] = []
    while index < len(taken) and starts[index] <= last:
        begins, ends = taken[index]
        if begins > first:
            left.append(Span(first, begins - ONE_DAY))
        if ends >= last:
            return tuple(left)
        first = ends + ONE_DAY
        index += 1
    left.append(Span(first, last))
    return tuple(left)


def bounded(spans: Iterable[Span], counting: Counting, born: date) -> tuple[Span, ...]:
    """Return the parts of the spans that the scheme's bounds of age and date let count."""
    first = counting.counted_from
    last = None
    if counting.since_age is not None:
        of_age = anniversary(born, counting.since_age)
        first = max(first, of_age) if first else of_age
    if counting.until_age is not None:
        last = date.fromordinal(anniversary(born, counting.until_age).toordinal() - 1)
    if first is None and last is None:
        return tuple(spans)
    cut: list[Span] = []
    for span in spans:
        begins = max(span.first, first) if first else span.first
        ends = min(span.last, last) if last else span.last
        if begins <= ends:
            cut.append(Span(begins, ends))
    return tuple(cut)


def count(spans: Iterable[Span], counting: Counting) -> Fraction:
    """Return how many of the counting rule's natural units the spans hold.

    No day counts twice. The parts of units left over are treated once, after the final addition.
    """
    return Tally(counting, spans).units


class Tally:
    """Days counted by a rule, each once, however often they are added.

    >>> tally = Tally(Counting(CountingKind.DAYS), [Span(date(2020, 1, 1), date(2020, 1, 10))])
    >>> tally.add([Span(date(2020, 1, 5), date(2020, 1, 12))])
    >>> tally.units
    Fraction(12, 1)
    """

    def __init__(self, counting: Counting, spans: Iterable[Span] = ()) -> None:
        self._counting = counting
        self._taken: list[Span] = []
        self._starts: list[date] = []
        self._touched: set[int] = set()
        self._days = 0
        self._by_year: dict[int, int] = {}
        self._months = 0
        self._odd_days = 0
        self.add(spans)

    def add(self, spans: Iterable[Span]) -> None:
        """Add the days of spans that were not added before."""
        block = _BLOCK.get(self._counting.kind)
        if block is not None:
            for first, last in spans:
                begins = (first.year * 12 + first.month - 1) // block
                ends = (last.year * 12 + last.month - 1) // block
                self._touched.update(range(begins, ends + 1))
            return
        for span in union(spans):
            if not self._taken or span.first > self._taken[-1].last:
                self._taken.append(span)
                self._starts.append(span.first)
                self._count(span)
            else:
                for left in subtract(span, self._taken, self._starts):
                    place = bisect_right(self._starts, left.first)
                    self._taken.insert(place, left)
                    self._starts.insert(place, left.first)
                    self._count(left)

    def _count(self, span: Span) -> None:
        if self._counting.kind is CountingKind.MONTHS_AND_DAYS:
            months, days = months_and_days(span)
            self._months += months
            self._odd_days += days
        elif self._counting.yearly_cap is not None:
            for part in by_calendar_year(span):
                year = part.first.year
                self._by_year[year] = self._by_year.get(year, 0) + part.days
        else:
            self._days += span.days

    @property
    def units(self) -> Fraction:
        """The units of the rule that all days added hold."""
        kind, exact = self._counting.kind, self.exact
        if kind in (CountingKind.CALENDAR_WEEKS, CountingKind.MONTHS_AND_DAYS):
            return settle(exact, self._counting.remainder)
        return exact

    @property
    def exact(self) -> Fraction:
        """The units before what is left over is settled."""
        counting = self._counting
        match counting.kind:
            case CountingKind.DAYS:
                cap = counting.yearly_cap
                if cap is None:
                    return _workdays(self._days, counting)
                years = (min(_workdays(n, counting), cap) for n in self._by_year.values())
                return sum(years, Fraction(0))
            case CountingKind.CALENDAR_WEEKS:
                return Fraction(self._days, DAYS_IN_WEEK)
            case CountingKind.MONTHS_AND_DAYS:
                odd = self._months * counting.month_days + self._odd_days
                return Fraction(odd, counting.month_days)
            case _:
                return Fraction(len(self._touched))


_BLOCK = {
    CountingKind.CALENDAR_MONTHS: 1,
    CountingKind.CALENDAR_QUARTERS: 3,
    CountingKind.CALENDAR_YEARS: 12,
}
"""How many months are counted as one for a day in them."""


def _workdays(days: int, counting: Counting) -> Fraction:
    if counting.days_per_week in (None, DAYS_IN_WEEK):
        return Fraction(days)
    return settle(Fraction(days * (counting.days_per_week or 0), DAYS_IN_WEEK), Remainder.UP)


@lru_cache(maxsize=4096)
def months_and_days(span: Span) -> tuple[int, int]:
    """Return a span as whole months and odd days, both its ends counted.

    >>> months_and_days(Span(date(1966, 7, 5), date(1976, 8, 17)))
    (121, 13)
    """
    after = date.fromordinal(span.last.toordinal() + 1)
    months = (after.year - span.first.year) * 12 + after.month - span.first.month
    if after.day < span.first.day:
        months -= 1
    reached = _add_months(span.first, months)
    return months, after.toordinal() - reached.toordinal()


def months_between(first: date, then: date) -> int:
    """Return the whole months from one day to another (negative where it lies before).

    >>> months_between(date(1960, 3, 15), date(1960, 4, 14))
    0
    """
    months = (then.year - first.year) * 12 + then.month - first.month
    return months - (then.day < first.day)


def later(day: date, number: Fraction, unit: Unit) -> date | None:
    """Return the day so many units, a part counted whole, after a day.

    ``None`` where it lies beyond the years that the calendar counts.

    >>> later(date(2024, 1, 31), Fraction(1), Unit.MONTH)
    datetime.date(2024, 2, 29)
    """
    whole = int(settle(number, Remainder.UP))
    days = whole * (DAYS_IN_WEEK if unit is Unit.WEEK else 1)
    if unit in MONTHS_IN:
        years = whole * MONTHS_IN[unit] // 12
        return _add_months(day, whole * MONTHS_IN[unit]) if day.year + years < MAXYEAR else None
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if ordinal <= date.max.toordinal() else None


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    longest = following.toordinal() - date(year, month + 1, 1).toordinal()
    return date(year, month + 1, min(day.day, longest))


def by_calendar_year(span: Span) -> Iterator[Span]:
    """Yield the span cut at each turn of the year."""
    first, last = span
    while first.year < last.year:
        yield Span(first, date(first.year, 12, 31))
        first = date(first.year + 1, 1, 1)
    yield Span(first, last)


def in_calendar_unit(number: Fraction, source: Unit, target: Unit) -> Fraction | None:
    """Turn months, quarters and years into one another; ``None`` for other pairs of units.

    >>> in_calendar_unit(Fraction(5), Unit.QUARTER, Unit.MONTH)
    Fraction(15, 1)
    """
    if source is target:
        return number
    if source in MONTHS_IN and target in MONTHS_IN:
        return number * MONTHS_IN[source] / MONTHS_IN[target]
    return None
