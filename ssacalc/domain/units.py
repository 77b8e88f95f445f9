"""Units in which the laws count time, and durations certified in them."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Unit(StrEnum):
    """A unit of insurance, contribution or residence time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS_IN: dict[Unit, int] = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
"""Calendar units that are whole months: a fact of the calendar, not of any law."""


@dataclass(frozen=True, slots=True)
class Duration:
    """So many units of time.

    ``days_per_week`` is the day type an institution declares for a count of days (5, 6 or 7:
    Reg. (EC) 987/2009, art. 13(4)); ``None`` means that none was declared or that the unit is
    not the day.
    """

    number: Fraction
    unit: Unit
    days_per_week: int | None = None


class Remainder(StrEnum):
    """What becomes of a part of a unit that is left over."""

    UP = "up"
    DOWN = "down"
    HALF_UP = "half-up"
    EXACT = "exact"


def settle(number: Fraction, remainder: Remainder) -> Fraction:
    """Return ``number`` in whole units, by the named treatment of the remainder.

    >>> settle(Fraction(95, 13), Remainder.UP), settle(Fraction(95, 13), Remainder.DOWN)
    (Fraction(8, 1), Fraction(7, 1))
    """
    match remainder:
        case Remainder.UP:
            return Fraction(-(-number.numerator // number.denominator))
        case Remainder.DOWN:
            return Fraction(number.numerator // number.denominator)
        case Remainder.HALF_UP:
            return Fraction((2 * number.numerator + number.denominator) // (2 * number.denominator))
        case Remainder.EXACT:
            return number
