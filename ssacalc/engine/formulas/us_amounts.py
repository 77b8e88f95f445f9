"""From average earnings to a primary insurance amount, through increases, to a share of it.

Amounts are whole dimes, as the law rounds every one of them (POMS RS 00601.020).
"""

from collections.abc import Iterable
from datetime import date

from ssacalc.engine.formulas.us_earnings import half_up
from ssacalc.engine.formulas.us_law import (
    DIMES,
    Increase,
    Slices,
    UnitedStatesLaw,
    missing,
    month_index,
)

LOOKED_AT = 10**4
"""Digits after the fourth decimal of a dollar are dropped before an amount is rounded up."""


def to_dime(number: int, by: int, *, up: bool) -> int:
    """Return the dollars ``number``/``by`` in whole dimes, up or down.

    >>> to_dime(902003, 10**4, up=True), to_dime(902003, 10**4, up=False)
    (903, 902)
    >>> to_dime(90200099, 10**6, up=True)
    902
    """
    if not up:
        return number * DIMES // by
    return -(-(number * LOOKED_AT // by) // (LOOKED_AT // DIMES))


def bend_points(law: UnitedStatesLaw, slices: Slices, eligibility: int) -> tuple[int, ...]:
    """Return the bend points of a year of eligibility, in dollars.

    Those of the base year times the average wage of the second year before eligibility over that
    of the second year before the base year, to the nearest dollar (42 USC 415(a)(1)(B)).
    """
    lag = law.career.index_lag
    wage, base = law.wage(eligibility - lag), law.wage(law.bend_year - lag)
    return tuple(half_up(bend * wage, base) for bend in slices.bends)


def sliced(slices: Slices, bends: Iterable[int], amount: int) -> int:
    """Return the sum of the rates applied to the slices of an amount, over ``slices.per``."""
    total = lower = 0
    for rate, upper in zip(slices.rates, (*bends, None), strict=True):
        top = amount if upper is None or amount < upper else upper
        if top > lower:
            total += rate * (top - lower)
            lower = top
    return total


def formula_rounds_up(law: UnitedStatesLaw, eligibility: int) -> bool:
    """Tell whether amounts of the formula for a year of eligibility are rounded up."""
    return law.figure("formula-rounds-up", date(eligibility, 1, 1)) == 1


def benefit_rounds_up(law: UnitedStatesLaw, month: date) -> bool:
    """Tell whether amounts for a month are rounded up."""
    return law.figure("benefit-rounds-up", month) == 1


def of_average(law: UnitedStatesLaw, eligibility: int, bends: tuple[int, ...], monthly: int) -> int:
    """Return the primary insurance amount at eligibility, in dimes, of an average in dollars."""
    raw = sliced(law.formula, bends, monthly)
    return to_dime(raw, law.formula.per, up=formula_rounds_up(law, eligibility))


def increases(law: UnitedStatesLaw, eligibility: int, month: date) -> tuple[Increase, ...]:
    """Return the increases from the year of eligibility on that are in force in a month.

    Raises :class:`MissingFigure` where an increase has taken effect that the data do not hold.
    """
    until = month_index(month)
    found: list[Increase] = []
    year = eligibility
    while True:
        increase = law.tables.increases.get(year)
        if increase is None:
            if month_index(date(year, law.whole("increase-month", date(year, 1, 1)), 1)) > until:
                return tuple(found)
            raise missing(law.scheme, law.block.increase, year)
        if increase.month > until:
            return tuple(found)
        found.append(increase)
        year += 1


def increased(amount: int, steps: Iterable[Increase]) -> int:
    """Return an amount in dimes with increases applied, rounded after each."""
    for step in steps:
        amount = to_dime(amount * step.num, DIMES * step.den, up=step.up)
    return amount


def divided_back(amount: int, steps: tuple[Increase, ...]) -> int:
    """Return an amount in dimes with increases undone, each step rounded the other way.

    Increases that were rounded down are undone up to the dime, so that the way forward leads
    back to the amount (digits after the fourth decimal are dropped here too).
    """
    for step in reversed(steps):
        amount = to_dime(amount * step.den, DIMES * step.num, up=not step.up)
    return amount


def share(law: UnitedStatesLaw, amount: int, own: int, lifetime: int, month: date) -> int:
    """Return the pro rata amount in dimes: amount × own quarters / quarters of the lifetime."""
    return to_dime(amount * own, DIMES * lifetime, up=benefit_rounds_up(law, month))
