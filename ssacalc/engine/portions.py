"""Which part of a certified duration some of the days of its period are.

An institution certifies how much time a period held, its dates tell between which days. Where
only some of these days count, the duration is spread evenly over the calendar months of the
period, so that half a year of twelve months is six of them and not 183/365.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm

from ssacalc.domain.case import InsurancePeriod
from ssacalc.domain.spans import Span
from ssacalc.domain.units import MONTHS_IN, Duration, Unit

DAYS_IN_WEEK = 7
WHOLE = Fraction(1)
SHORTEST_YEAR = Fraction(360, 366)
"""Institutions that certify days or weeks may count a full year as 360 days or 52 weeks."""


PARTS_IN_MONTH = lcm(28, 29, 30, 31)
"""A day is a whole number of these parts of its month, however long the month is."""
PARTS_IN_YEAR = 12 * PARTS_IN_MONTH


def months_in(spans: Iterable[Span]) -> Fraction:
    """Return how many calendar months spans fill, a part of a month by its days.

    >>> months_in([Span(date(2003, 1, 1), date(2003, 6, 30)),
    ...            Span(date(2003, 9, 1), date(2003, 9, 15))])
    Fraction(13, 2)
    """
    return Fraction(month_parts(spans), PARTS_IN_MONTH)


def month_parts(spans: Iterable[Span]) -> int:
    """Return how many parts of months (:data:`PARTS_IN_MONTH`) spans fill."""
    return sum(place(span.last, 1) - place(span.first, 0) for span in spans)


@lru_cache(maxsize=16384)
def place(day: date, further: int) -> int:
    """Return where in time a day begins (``further`` 1: ends), in parts of months."""
    longest = monthrange(day.year, day.month)[1]
    months = day.year * 12 + day.month - 1
    return months * PARTS_IN_MONTH + (day.day - 1 + further) * (PARTS_IN_MONTH // longest)


def days_in(spans: Iterable[Span]) -> int:
    """Return how many days spans hold."""
    return sum(span.days for span in spans)


def room(spans: Iterable[Span], duration: Duration) -> Fraction:
    """Return how many units of the kind certified the spans can hold, by the calendar."""
    held = tuple(spans)
    match duration.unit:
        case Unit.DAY:
            return Fraction(days_in(held) * (duration.days_per_week or DAYS_IN_WEEK), DAYS_IN_WEEK)
        case Unit.WEEK:
            return Fraction(days_in(held), DAYS_IN_WEEK)
        case unit:
            return months_in(held) / MONTHS_IN[unit]


def filled(period: InsurancePeriod) -> Fraction:
    """Return which part of its dates a certified duration fills: at most all of them."""
    span, certified = period.shortest, period.certified
    if span is None or certified is None:
        return WHOLE
    held = room((span,), certified)
    nearly = certified.unit in (Unit.DAY, Unit.WEEK) and certified.number >= held * SHORTEST_YEAR
    return WHOLE if nearly else min(certified.number / held, WHOLE)


def placed(period: InsurancePeriod) -> bool:
    """Tell whether it is known in which calendar years a period's time lies.

    It is where the time fills its dates, or all of them lie in one year.
    """
    span = period.shortest
    return span is not None and (span.first.year == span.last.year or filled(period) == 1)


def part(period: InsurancePeriod, before: tuple[Span, ...], after: tuple[Span, ...]) -> Fraction:
    """Return which part of a period's time some of its spans are."""
    if period.certified is None:
        return Fraction(days_in(after), days_in(before))
    return Fraction(month_parts(after), month_parts(before))


def part_presumed(period: InsurancePeriod, spans: tuple[Span, ...], share: Fraction) -> Fraction:
    """Return the share raised to what the spans left can hold of the duration certified.

    Time whose place cannot be fixed is presumed not to overlap as far as it can lie elsewhere
    (987/2009, art. 12(6)).
    """
    certified = period.certified
    if certified is None or not certified.number:
        return share
    return max(share, min(room(spans, certified) / certified.number, Fraction(1)))
