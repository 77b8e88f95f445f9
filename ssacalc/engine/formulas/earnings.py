"""Blocks over a person's earnings: reference earnings, points, accounts.

A theoretical amount uses the person's own earnings only (Reg. (EC) 883/2004, art. 56(1)(c)(i));
sums of own elements (points, account credits) are carried over to all time in proportion.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from ssacalc.domain.blocks import Account, EarningsKind, Points, ReferenceEarnings, Series
from ssacalc.domain.case import Earnings
from ssacalc.domain.errors import MissingFigure, Problem
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument
from ssacalc.engine.career import Career


@dataclass(frozen=True, slots=True)
class Made:
    """A block's value with its message and the operands it used."""

    value: Fraction
    key: str
    args: tuple[tuple[str, Argument], ...]
    uses: tuple[str | None, ...]


def of_series(scheme: Scheme, name: str, year: int) -> Fraction:
    """Return a yearly series' figure; raises :class:`MissingFigure` where it has none."""
    series = scheme.series.get(name, {})
    try:
        return series[year]
    except KeyError:
        raise MissingFigure(
            f"{scheme.title}: {name}", (Problem(name, _gap(name, year, series)),)
        ) from None


def _gap(name: str, year: int, series: Series) -> str:
    if not series:
        return f"the scheme has no series {name}."
    if year < min(series):
        return f"no figure for {name} before {min(series)}, asked for {year}."
    if year > max(series):
        return f"no figure for {name} after {max(series)}, asked for {year}."
    return f"no figure for {name} in {year}."


def _required(scheme: Scheme, career: Career) -> tuple[Earnings, ...]:
    if career.earnings:
        return career.earnings
    problem = Problem(
        "earnings",
        f"no earnings are stated for {scheme.title}.",
        "Enter them by calendar year, or the amount that the institution certified.",
    )
    raise MissingFigure(f"{scheme.title} needs earnings.", (problem,))


def reference_earnings(
    block: ReferenceEarnings,
    scheme: Scheme,
    career: Career,
    value: Callable[[str], Fraction],
) -> Made:
    """Return the average of the best, last or all years, each capped, revalued and rounded."""
    earned = _required(scheme, career)
    years = [(e.year, _revalued(block, scheme, career, e)) for e in earned]
    wanted = int(value(block.years)) if block.years else len(years)
    taken = _taken(block.kind, years, wanted)
    divisor = value(block.divisor) if block.divisor else Fraction(len(taken))
    total = sum((amount for _, amount in taken), Fraction(0))
    args: tuple[tuple[str, Argument], ...] = (
        ("years", len(taken)),
        ("total", total),
        ("divisor", divisor),
    )
    return Made(
        total / divisor, f"reference-{block.kind.value}", args, (block.years, block.divisor)
    )


def _taken(
    kind: EarningsKind, years: list[tuple[int, Fraction]], wanted: int
) -> list[tuple[int, Fraction]]:
    match kind:
        case EarningsKind.BEST:
            return sorted(years, key=lambda y: -y[1])[:wanted]
        case EarningsKind.LAST:
            return sorted(years, key=lambda y: -y[0])[:wanted]
        case EarningsKind.CAREER:
            return years


def _revalued(
    block: ReferenceEarnings, scheme: Scheme, career: Career, earned: Earnings
) -> Fraction:
    amount = earned.amount
    if block.ceiling is not None:
        amount = min(amount, of_series(scheme, block.ceiling, earned.year))
    if block.revaluation is not None:
        amount *= of_series(scheme, block.revaluation, earned.year)
    if block.index is not None:
        reference = career.on.year - block.index_lag
        if earned.year < reference:
            amount *= of_series(scheme, block.index, reference)
            amount /= of_series(scheme, block.index, earned.year)
    return amount if block.year_rounding is None else block.year_rounding(amount)


def points(block: Points, scheme: Scheme, career: Career) -> Made:
    """Return the points of own earnings: each year over the average earnings of that year."""
    total = Fraction(0)
    for earned in _required(scheme, career):
        amount = earned.amount
        if block.ceiling is not None:
            amount = min(amount, of_series(scheme, block.ceiling, earned.year))
        year = amount / of_series(scheme, block.average, earned.year)
        total += year if block.point_rounding is None else block.point_rounding(year)
    args: tuple[tuple[str, Argument], ...] = (("years", len(career.earnings)), ("points", total))
    return Made(total, "points", args, ())


def account(
    block: Account, scheme: Scheme, career: Career, value: Callable[[str], Fraction]
) -> Made:
    """Return the account: yearly credits of own earnings, each year's balance revalued."""
    balance = Fraction(0)
    rate = value(block.rate)
    last: int | None = None
    for earned in sorted(_required(scheme, career), key=lambda e: e.year):
        amount = earned.amount
        if block.ceiling is not None:
            amount = min(amount, of_series(scheme, block.ceiling, earned.year))
        if last is not None and block.revaluation is not None:
            for year in range(last + 1, earned.year + 1):
                balance *= of_series(scheme, block.revaluation, year)
        balance += amount * rate
        last = earned.year
    args: tuple[tuple[str, Argument], ...] = (
        ("years", len(career.earnings)),
        ("rate", rate),
        ("balance", balance),
    )
    return Made(balance, "account", args, (block.rate,))
