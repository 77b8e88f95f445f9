"""Exact amounts of money and the rounding the laws name."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ssacalc.domain.units import Remainder, settle


class Per(StrEnum):
    """How often an amount is due."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Rounding:
    """To which ``step`` an amount is brought, and in which direction.

    >>> Rounding("dime-down", Fraction(1, 10), Remainder.DOWN)(Fraction(126308, 1000))
    Fraction(1263, 10)
    """

    name: str
    step: Fraction
    direction: Remainder

    def __call__(self, amount: Fraction) -> Fraction:
        """Return ``amount`` rounded."""
        return settle(amount / self.step, self.direction) * self.step


CENT = Rounding("cent-half-up", Fraction(1, 100), Remainder.HALF_UP)
"""The convention where neither the scheme nor the instrument names a rounding."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in a currency, due ``per`` week, month or year."""

    amount: Fraction
    currency: str
    per: Per = Per.MONTH

    def rounded(self, rounding: Rounding) -> "Money":
        """Return the amount rounded by the named rule."""
        return Money(rounding(self.amount), self.currency, self.per)

    def __str__(self) -> str:
        return f"{decimal_string(self.amount)} {self.currency}"


def decimal_string(amount: Fraction, places: int = 2) -> str:
    """Write an amount as a decimal string, half-up where it has more digits than shown.

    >>> decimal_string(Fraction(1, 3)), decimal_string(Fraction(-5, 1))
    ('0.33', '-5.00')
    """
    scaled = settle(abs(amount) * 10**places, Remainder.HALF_UP)
    digits = f"{int(scaled):0{places + 1}d}"
    sign = "-" if amount < 0 and scaled else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def exact(number: Decimal | int | str) -> Fraction:
    """Return a decimal number as the fraction it is.

    >>> exact("0.6")
    Fraction(3, 5)
    """
    return Fraction(number)
