"""The monthly average of a contributory period, its lowest months left out.

The person's own period and earnings, whatever amount is computed: no time of other States.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ssacalc.domain.blocks import PeriodAverage
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument
from ssacalc.domain.units import Remainder, settle
from ssacalc.engine.career import Career
from ssacalc.engine.formulas.earnings import Made, Yearly, as_stated, required

MONTHS = 12
"""Months of a year: a fact of the calendar, not of any law."""


@dataclass(frozen=True, slots=True)
class _Period:
    """Months as numbers since year nought, both ends included."""

    first: int
    last: int

    @property
    def months(self) -> int:
        return max(self.last - self.first + 1, 0)

    def in_year(self, year: int) -> int:
        first = max(self.first, year * MONTHS)
        return max(min(self.last, year * MONTHS + MONTHS - 1) - first + 1, 0)


def period_average(
    block: PeriodAverage, scheme: Scheme, career: Career, value: Callable[[str], Fraction]
) -> Made:
    """Return the average month of the period, each month brought to the level of the award."""
    stated = as_stated(block.stated, career)
    if stated is not None:
        return stated
    period = _period(block, career, value)
    if not period.months:
        return Made(Fraction(0), "period-none", (), (block.since,))
    yearly = Yearly(scheme)
    months = _monthly(block, scheme, career, period, yearly, value)
    excluded = min(int(value(block.excluded)), len(months)) if block.excluded else 0
    kept = sorted(months)[excluded:]
    if block.divisor is not None:
        divisor = value(block.divisor)
        kept = kept[max(len(kept) - int(divisor), 0) :]
        left_out = len(months) - excluded - len(kept)
    else:
        left_out = _left_out(block, career, period, len(kept), value)
        kept = kept[left_out:]
        least = value(block.least) if block.least else Fraction(1)
        divisor = max(Fraction(len(kept)), least)
    total = sum(kept, Fraction(0))
    args: tuple[tuple[str, Argument], ...] = (
        ("months", period.months),
        ("first", _day(period.first)),
        ("last", date.fromordinal(_day(period.last + 1).toordinal() - 1)),
        ("excluded", excluded),
        ("left_out", left_out),
        ("total", total),
        ("divisor", divisor),
    )
    uses = (block.index_years, block.left_out, block.least, block.divisor, block.excluded)
    return Made(total / divisor, "period-average", args, uses, yearly.law)


def _period(block: PeriodAverage, career: Career, value: Callable[[str], Fraction]) -> _Period:
    of_age = _reached(career, value(block.from_age))
    until = _reached(career, value(block.until_age)) - 1
    before = career.on.year * MONTHS + career.on.month - 2
    return _Period(max(int(value(block.since)) * MONTHS, of_age), min(before, until))


def _reached(career: Career, age: Fraction) -> int:
    """Return the month after the one in which an age in months is reached."""
    return career.born.year * MONTHS + career.born.month + int(age)


def _monthly(
    block: PeriodAverage,
    scheme: Scheme,
    career: Career,
    period: _Period,
    yearly: Yearly,
    value: Callable[[str], Fraction],
) -> list[Fraction]:
    """Return the earnings of every month of the period."""
    earned: dict[int, Fraction] = {}
    for entry in required(scheme, career):
        earned[entry.year] = earned.get(entry.year, Fraction(0)) + entry.amount
    months: list[Fraction] = []
    for year, amount in earned.items():
        in_period = period.in_year(year)
        counted = _counted(block, amount, year, Fraction(in_period, MONTHS), yearly)
        if counted:
            years = int(value(block.index_years))
            level = _level(block.index, career.on.year, years, yearly) / yearly(block.index, year)
            months.extend([counted / in_period * level] * in_period)
    months.extend([Fraction(0)] * (period.months - len(months)))
    return months


def _counted(
    block: PeriodAverage, amount: Fraction, year: int, part: Fraction, yearly: Yearly
) -> Fraction:
    """Return what counts of a year's earnings, ``part`` of the year lying in the period."""
    if not part or not amount:
        return Fraction(0)
    if block.exemption is not None and amount <= yearly(block.exemption, year) * part:
        return Fraction(0)
    counted = min(amount, yearly(block.ceiling, year) * part)
    if block.above is not None:
        counted = max(counted - yearly(block.above, year) * part, Fraction(0))
    return counted * (yearly(block.revaluation, year) if block.revaluation else 1)


def _level(index: str, year: int, years: int, yearly: Yearly) -> Fraction:
    """Return the average of an index over so many years up to a year."""
    return sum((yearly(index, year - back) for back in range(years)), Fraction(0)) / years


def _left_out(
    block: PeriodAverage,
    career: Career,
    period: _Period,
    months: int,
    value: Callable[[str], Fraction],
) -> int:
    """Return how many of the lowest months are left out."""
    least = int(value(block.least)) if block.least else 0
    late = 0
    if block.late_age is not None:
        late = max(period.last - max(_reached(career, value(block.late_age)), period.first) + 1, 0)
    after = min(late, max(months - least, 0))
    rest = months - after
    if block.left_out is None or rest <= least:
        return after
    share = int(settle(rest * value(block.left_out), Remainder.UP))
    return after + min(share, rest - least)


def _day(month: int) -> date:
    return date(month // MONTHS, month % MONTHS + 1, 1)
