"""Amounts brought to one currency and period: by the case's rates and the calendar, else not."""

from collections.abc import Sequence
from fractions import Fraction

from ssacalc.domain.case import ExchangeRate
from ssacalc.domain.money import Money, Per

IN_YEAR: dict[Per, int] = {Per.MONTH: 12, Per.YEAR: 1}
"""Periods that the calendar turns into one another; weeks are no part of a month."""


def in_terms_of(money: Money, like: Money, rates: Sequence[ExchangeRate]) -> Money | None:
    """Return an amount in the currency and period of another; ``None`` where nothing tells how.

    A rate is used only where the case states it. Exact: no cent is rounded here.

    >>> yearly = Money(Fraction(1200), "EUR", Per.YEAR)
    >>> in_terms_of(yearly, Money(Fraction(0), "EUR"), ()).amount
    Fraction(100, 1)
    """
    rate = _rate(money.currency, like.currency, rates)
    if rate is None:
        return None
    if money.per is like.per:
        return Money(money.amount * rate, like.currency, like.per)
    if money.per not in IN_YEAR or like.per not in IN_YEAR:
        return None
    periods = Fraction(IN_YEAR[money.per], IN_YEAR[like.per])
    return Money(money.amount * rate * periods, like.currency, like.per)


def _rate(one: str, other: str, rates: Sequence[ExchangeRate]) -> Fraction | None:
    if one == other:
        return Fraction(1)
    return next((r.rate for r in rates if (r.currency, r.into) == (one, other)), None)
