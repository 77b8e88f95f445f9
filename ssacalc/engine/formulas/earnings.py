"""Blocks over a person's earnings: reference earnings, points, accounts.

A theoretical amount uses the person's own earnings only (Reg. (EC) 883/2004, art. 56(1)(c)(i));
sums of own elements (points, account credits) are carried over to all time in proportion.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from ssacalc.domain.blocks import Account, EarningsKind, Points, ReferenceEarnings, Series
from ssacalc.domain.case import Earnings
from ssacalc.domain.errors import MissingFigure, Problem
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Citation
from ssacalc.engine.career import Career


@dataclass(frozen=True, slots=True)
class Made:
    """A block's value with its message, the operands it used and where its series stand."""

    value: Fraction
    key: str
    args: tuple[tuple[str, Argument], ...]
    uses: tuple[str | None, ...]
    law: tuple[Citation, ...] = ()


RECENT = "-recent"
"""What the name of a series ends in that continues another with years of another source."""


@dataclass(slots=True)
class Yearly:
    """Yearly figures of a scheme, and where those that were asked for stand."""

    scheme: Scheme
    used: dict[str, Citation | None] = field(default_factory=dict)

    def __call__(self, name: str, year: int) -> Fraction:
        """Return a series' figure; raises :class:`MissingFigure` where it has none."""
        for kept in (name, name + RECENT):
            found = self.scheme.series.get(kept, {}).get(year)
            if found is not None:
                self.used[kept] = self.scheme.series_law.get(kept)
                return found
        series = {**self.scheme.series.get(name, {}), **self.scheme.series.get(name + RECENT, {})}
        raise MissingFigure(
            f"{self.scheme.title}: {name}", (Problem(name, _gap(name, year, series)),)
        )

    @property
    def law(self) -> tuple[Citation, ...]:
        """Where the figures used stand."""
        return tuple(law for law in self.used.values() if law is not None)


def _gap(name: str, year: int, series: Series) -> str:
    if not series:
        return f"the scheme has no series {name}."
    if year < min(series):
        return f"no figure for {name} before {min(series)}, asked for {year}."
    if year > max(series):
        return f"no figure for {name} after {max(series)}, asked for {year}."
    return f"no figure for {name} in {year}."


def required(scheme: Scheme, career: Career) -> tuple[Earnings, ...]:
    """Return the person's earnings; raises :class:`MissingFigure` where the case states none."""
    if career.earnings:
        return career.earnings
    problem = Problem(
        "earnings",
        f"no earnings are stated for {scheme.title}.",
        "Enter them by calendar year, or the amount that the institution certified.",
    )
    raise MissingFigure(f"{scheme.title} needs earnings.", (problem,))


def as_stated(fact: str | None, career: Career) -> Made | None:
    """Return the institution's own figure where the block allows for one and the case states it."""
    if fact is None or fact not in career.facts:
        return None
    value = career.facts[fact]
    return Made(value, "fact-stated", (("value", value),), ())


def reference_earnings(
    block: ReferenceEarnings,
    scheme: Scheme,
    career: Career,
    value: Callable[[str], Fraction],
) -> Made:
    """Return the average of the best, last or all years, each capped, revalued and rounded."""
    stated = as_stated(block.stated, career)
    if stated is not None:
        return stated
    earned = required(scheme, career)
    yearly = Yearly(scheme)
    years = [(e.year, _revalued(block, yearly, career, e)) for e in earned]
    wanted = int(value(block.years)) if block.years else len(years)
    taken = _taken(block.kind, years, wanted)
    divisor = value(block.divisor) if block.divisor else Fraction(len(taken))
    total = sum((amount for _, amount in taken), Fraction(0))
    args: tuple[tuple[str, Argument], ...] = (
        ("years", len(taken)),
        ("total", total),
        ("divisor", divisor),
    )
    key, used = f"reference-{block.kind.value}", (block.years, block.divisor)
    return Made(total / divisor, key, args, used, yearly.law)


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
    block: ReferenceEarnings, yearly: Yearly, career: Career, earned: Earnings
) -> Fraction:
    amount = earned.amount
    if block.ceiling is not None:
        amount = min(amount, yearly(block.ceiling, earned.year))
    if block.revaluation is not None:
        amount *= yearly(block.revaluation, earned.year)
    if block.table is not None:
        amount *= _factor(block.table, yearly, career, earned.year)
    if block.index is not None:
        reference = career.on.year - block.index_lag
        if earned.year < reference:
            amount *= yearly(block.index, reference)
            amount /= yearly(block.index, earned.year)
    return amount if block.year_rounding is None else block.year_rounding(amount)


def _factor(name: str, yearly: Yearly, career: Career, year: int) -> Fraction:
    """Return the factor of a year in the table in force on the day of the award."""
    table = yearly.scheme.tables[name].at(career.on, career.born)
    yearly.used[name] = table.law
    factors = dict(table.value)
    if Fraction(year) not in factors:
        problem = Problem(name, f"no figure for {name} in {year}.", "Add it with its source.")
        raise MissingFigure(f"{yearly.scheme.title}: {name}", (problem,))
    return factors[Fraction(year)]


def points(block: Points, scheme: Scheme, career: Career) -> Made:
    """Return the points of own earnings: each year over the average earnings of that year."""
    stated = as_stated(block.stated, career)
    if stated is not None:
        return stated
    yearly = Yearly(scheme)
    total = Fraction(0)
    for earned in required(scheme, career):
        amount = earned.amount
        if block.ceiling is not None:
            amount = min(amount, yearly(block.ceiling, earned.year))
        recent = block.provisional is not None and earned.year >= career.on.year - 1
        average = block.provisional if recent and block.provisional else block.average
        year = amount / yearly(average, earned.year)
        total += year if block.point_rounding is None else block.point_rounding(year)
    args: tuple[tuple[str, Argument], ...] = (("years", len(career.earnings)), ("points", total))
    return Made(total, "points", args, (), yearly.law)


def account(
    block: Account, scheme: Scheme, career: Career, value: Callable[[str], Fraction]
) -> Made:
    """Return the account: yearly credits of own earnings, each year's balance revalued.

    Each year after that of a credit revalues it, the last being so many years (``lag``) before
    that of the award.
    """
    stated = as_stated(block.stated, career)
    if stated is not None:
        return stated
    yearly = Yearly(scheme)
    balance = Fraction(0)
    rate = value(block.rate)
    last: int | None = None
    final = career.on.year - block.lag
    for earned in sorted(required(scheme, career), key=lambda e: e.year):
        amount = earned.amount
        if block.ceiling is not None:
            amount = min(amount, yearly(block.ceiling, earned.year))
        if last is not None and block.revaluation is not None:
            for year in range(last + 1, min(earned.year, final) + 1):
                balance *= yearly(block.revaluation, year)
        balance += amount * rate
        last = earned.year
    if last is not None and block.revaluation is not None:
        for year in range(last + 1, final + 1):
            balance *= yearly(block.revaluation, year)
    args: tuple[tuple[str, Argument], ...] = (
        ("years", len(career.earnings)),
        ("rate", rate),
        ("balance", balance),
    )
    return Made(balance, "account", args, (block.rate,), yearly.law)
