"""Counting dated periods in a scheme's unit.

All functions take spans whose days belong to them at both ends. Nothing here knows a State, an
agreement or a number of the law: those arrive as a :class:`~ssacalc.domain.scheme.Counting`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import MAXYEAR, date
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter

from ssacalc.domain.scheme import Counting, CountingKind
from ssacalc.domain.spans import Span
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


_BY_FIRST = attrgetter("first", "last")


def anniversary(born: date, years: int) -> date:
    """Return the day a person reaches an age; 29 February becomes 1 March in a common year.

    >>> anniversary(date(2000, 2, 29), 18)
    datetime.date(2018, 3, 1)
    """
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, later ones cut so that no day stands twice; none are joined.

    >>> [s.days for s in disjoint([Span(date(2020, 1, 1), date(2020, 1, 10)),
    ...                            Span(date(2020, 1, 5), date(2020, 1, 12))])]
    [10, 2]
    """
    kept: list[Span] = []
    covered = 0
    for span in sorted(spans, key=_BY_FIRST):
        last = span.last.toordinal()
        if last <= covered:
            continue
        if span.first.toordinal() > covered:
            kept.append(span)
        else:
            kept.append(Span(date.fromordinal(covered + 1), span.last))
        covered = last
    return tuple(kept)


def subtract(span: Span, taken: Sequence[Span], starts: Sequence[date]) -> tuple[Span, ...]:
    """Return the days of ``span`` in none of ``taken`` (disjoint, in order; ``starts`` theirs)."""
    left: list[Span] = []
    start = span.first.toordinal()
    index = max(bisect_right(starts, span.first) - 1, 0)
    while index < len(taken) and taken[index].first <= span.last:
        other = taken[index]
        index += 1
        if other.last < span.first:
            continue
        begins = other.first.toordinal()
        if begins > start:
            left.append(Span(date.fromordinal(start), date.fromordinal(begins - 1)))
        start = max(start, other.last.toordinal() + 1)
    if start <= span.last.toordinal():
        left.append(Span(date.fromordinal(start), span.last))
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
    apart = disjoint(spans)
    match counting.kind:
        case CountingKind.DAYS:
            return _days(apart, counting)
        case CountingKind.CALENDAR_WEEKS:
            days = sum(span.days for span in apart)
            return settle(Fraction(days, DAYS_IN_WEEK), counting.remainder)
        case CountingKind.MONTHS_AND_DAYS:
            return _months_and_days(apart, counting)
        case CountingKind.CALENDAR_MONTHS:
            return Fraction(_touched(apart, 1))
        case CountingKind.CALENDAR_QUARTERS:
            return Fraction(_touched(apart, 3))
        case CountingKind.CALENDAR_YEARS:
            return Fraction(_touched(apart, 12))


def _days(spans: Sequence[Span], counting: Counting) -> Fraction:
    if counting.yearly_cap is None:
        return _workdays(sum(span.days for span in spans), counting)
    per_year: dict[int, int] = {}
    for span in spans:
        for piece in by_calendar_year(span):
            per_year[piece.first.year] = per_year.get(piece.first.year, 0) + piece.days
    return sum(
        (min(_workdays(days, counting), counting.yearly_cap) for days in per_year.values()),
        Fraction(0),
    )


def _workdays(days: int, counting: Counting) -> Fraction:
    if counting.days_per_week in (None, DAYS_IN_WEEK):
        return Fraction(days)
    return settle(Fraction(days * (counting.days_per_week or 0), DAYS_IN_WEEK), Remainder.UP)


def _months_and_days(spans: Sequence[Span], counting: Counting) -> Fraction:
    months = days = 0
    for span in spans:
        whole, odd = months_and_days(span)
        months += whole
        days += odd
    return settle(months + Fraction(days, counting.month_days), counting.remainder)


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


def _touched(spans: Sequence[Span], months: int) -> int:
    """Count the calendar blocks of so many months with at least one day in the ordered spans."""
    counted, number = -1, 0
    for span in spans:
        first = (span.first.year * 12 + span.first.month - 1) // months
        last = (span.last.year * 12 + span.last.month - 1) // months
        first = max(first, counted + 1)
        if last >= first:
            number += last - first + 1
            counted = last
    return number


def by_calendar_year(span: Span) -> Iterator[Span]:
    """Yield the span cut at each turn of the year."""
    for year in range(span.first.year, span.last.year + 1):
        yield Span(max(span.first, date(year, 1, 1)), min(span.last, date(year, 12, 31)))


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
