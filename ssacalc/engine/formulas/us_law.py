"""The law of the United States as its computations need it, looked up once for a scheme and a day.

Money is in whole cents or dimes, relative earnings in ten-millionths and rates in numerators over
one denominator: integers are exact and, in the loops over forty years of earnings, several times
quicker than fractions. No number of the law stands here; all are figures and series of the scheme.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm

from ssacalc.domain.blocks import PrimaryInsuranceAmount, Series
from ssacalc.domain.dated import Dated
from ssacalc.domain.errors import MissingFigure, Problem
from ssacalc.domain.money import Money, decimal_string
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Citation

CENTS = 100
DIMES = 10
MONTHS = 12
QUARTERS = 4
RECENT = "-recent"
"""What the name of a series ends in that goes on with another and was not read officially."""

AMOUNTS = "quarter-amount"


@dataclass(frozen=True, slots=True)
class Increase:
    """A cost-of-living increase: from which month on, times ``num``/``den``, and rounded how."""

    year: int
    month: int
    percent: Fraction
    num: int
    den: int
    up: bool
    shown: str


@dataclass(frozen=True, slots=True)
class Slices:
    """A formula in slices: its bend points in the base year, and ``rates`` over ``per``."""

    bends: tuple[int, ...]
    rates: tuple[int, ...]
    per: int
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CareerRules:
    """Which years count (42 USC 415(b)): ages and numbers of years."""

    elapsed_from_age: int
    elapsed_to_age: int
    elapsed_not_before: int
    record_from_age: int
    index_lag: int
    dropout: int
    disability_divisor: int
    least_years: int
    lifetime_quarters: int


@dataclass(frozen=True, slots=True)
class InsuredRules:
    """How many quarters of coverage insure (42 USC 414, 423(c)); windows in quarters."""

    least: int
    most: int
    current: int
    current_window: int
    disability: int
    disability_window: int
    young_age: int
    young_least: int
    young_window: int
    flexible_from: int


@dataclass(frozen=True, slots=True)
class Tables:
    """The yearly series: cents by year, and the increases; and where each datum stands."""

    wages: Mapping[int, int]
    wages_shown: Mapping[int, Money]
    bases: Mapping[int, int]
    amounts: Mapping[int, int]
    increases: Mapping[int, Increase]
    citations: Mapping[str, Citation]


@dataclass(frozen=True, slots=True)
class UnitedStatesLaw:
    """Figures and series of the scheme as they stand for amounts due in the month ``on``."""

    scheme: Scheme
    block: PrimaryInsuranceAmount
    on: date
    currency: str
    tables: Tables
    career: CareerRules
    insured: InsuredRules
    formula: Slices
    family: Slices
    bend_year: int

    def figure(self, name: str, on: date | None = None, born: date | None = None) -> Fraction:
        """Return a figure on a day (by default ``on``) for a person born on ``born``."""
        return figure(self.scheme, name, on or self.on, born)

    def whole(self, name: str, on: date | None = None, born: date | None = None) -> int:
        """Return a figure that is a whole number."""
        return int(self.figure(name, on, born))

    def cite(self, *names: str) -> tuple[Citation, ...]:
        """Return where figures and series stand, each place once."""
        citations = self.tables.citations
        found: list[Citation] = []
        for name in names:
            if name in citations and citations[name] not in found:
                found.append(citations[name])
        return tuple(found)

    def cite_years(self, series: str, last: int) -> tuple[Citation, ...]:
        """Return where a series stands whose years up to ``last`` were used."""
        recent = self.scheme.series.get(series + RECENT, {})
        return self.cite(series, series + RECENT) if last in recent else self.cite(series)

    def wage(self, year: int) -> int:
        """Return the national average wage of a year, in cents."""
        try:
            return self.tables.wages[year]
        except KeyError:
            raise missing(self.scheme, self.block.average_wage, year) from None

    def base(self, year: int) -> int:
        """Return the most earnings that count in a year, in cents."""
        try:
            return self.tables.bases[year]
        except KeyError:
            raise missing(self.scheme, self.block.wage_base, year) from None

    def money(self, amount: int, per_unit: int) -> Money:
        """Return an amount in cents (``per_unit`` 100) or dimes (10) as money."""
        return Money(Fraction(amount, per_unit), self.currency)


def figure(scheme: Scheme, name: str, on: date, born: date | None = None) -> Fraction:
    """Return a scheme's figure on a day; raises :class:`MissingFigure` where it has none."""
    dated: Dated[Fraction] | None = scheme.figures.get(name)
    if dated is None:
        problem = Problem(name, f"{scheme.title} has no figure of this name.", "Add it.")
        raise MissingFigure(f"{scheme.title} lacks a figure.", (problem,))
    return dated.at(on, born).value


def missing(scheme: Scheme, series: str, year: int) -> MissingFigure:
    """Return the error that says a series has no value for a year."""
    problem = Problem(series, f"there is no {series} for {year}.", "Add it with its source.")
    return MissingFigure(f"{scheme.title} lacks a figure.", (problem,))


class _Key:
    """A scheme as the key of what was prepared from it: equal only to itself."""

    __slots__ = ("scheme",)

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    def __hash__(self) -> int:
        return id(self.scheme)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.scheme is self.scheme


def law_of(scheme: Scheme, on: date) -> UnitedStatesLaw:
    """Return the law for amounts due in the month of ``on``.

    What is prepared is kept for each scheme and month. A scheme is known by its identity, and the
    key holds it, so that no other can come by the same one.
    """
    return _law(_Key(scheme), on.year, on.month)


@lru_cache(maxsize=512)
def _law(key: _Key, year: int, month: int) -> UnitedStatesLaw:
    scheme, on = key.scheme, date(year, month, 1)
    block = next(b for b in scheme.blocks if isinstance(b, PrimaryInsuranceAmount))
    tables = _tables(key)
    return UnitedStatesLaw(
        scheme=scheme,
        block=block,
        on=on,
        currency=scheme.currency.at(on).value,
        tables=replace(tables, increases=_corrected(tables, scheme, on)),
        career=_career(scheme, on),
        insured=_insured(scheme, on),
        formula=_slices(scheme, on, (block.first_bend, block.second_bend), block.rates),
        family=_slices(scheme, on, FAMILY_BENDS, FAMILY_RATES),
        bend_year=int(figure(scheme, "bend-base-year", on)),
    )


FAMILY_BENDS = ("first-family-bend-base", "second-family-bend-base", "third-family-bend-base")
FAMILY_RATES = ("family-rate-1", "family-rate-2", "family-rate-3", "family-rate-4")


@lru_cache(maxsize=16)
def _tables(key: _Key) -> Tables:
    scheme = key.scheme
    block = next(b for b in scheme.blocks if isinstance(b, PrimaryInsuranceAmount))
    percents = _joined(scheme, block.increase)
    wages = _joined(scheme, block.average_wage)
    currency = scheme.currency.values[0].value
    return Tables(
        wages=_cents(wages),
        wages_shown={year: Money(wage, currency) for year, wage in wages.items()},
        bases=_cents(_joined(scheme, block.wage_base)),
        amounts=_cents(_joined(scheme, AMOUNTS)),
        increases={year: _increase(scheme, year, percent) for year, percent in percents.items()},
        citations={
            **scheme.series_law,
            **{name: dated.values[0].law for name, dated in scheme.figures.items()},
        },
    )


def _joined(scheme: Scheme, series: str) -> Series:
    return {**scheme.series.get(series, {}), **scheme.series.get(series + RECENT, {})}


def _cents(series: Series) -> dict[int, int]:
    return {year: int(amount * CENTS) for year, amount in series.items()}


def _increase(scheme: Scheme, year: int, percent: Fraction) -> Increase:
    month = int(figure(scheme, "increase-month", date(year, 1, 1)))
    up = figure(scheme, "benefit-rounds-up", date(year, month, 1)) == 1
    factor = 1 + percent / 100
    index = month_index(date(year, month, 1))
    shown = f"{decimal_string(percent, 1)}%"
    return Increase(year, index, percent, factor.numerator, factor.denominator, up, shown)


def _corrected(tables: Tables, scheme: Scheme, on: date) -> Mapping[int, Increase]:
    """Return the increases with those in place that the law corrected later (P.L. 106-554)."""
    increases = tables.increases
    for year in increases:
        corrected = scheme.figures.get(f"benefit-increase-{year}")
        if corrected is not None:
            percent = corrected.at(on).value
            increases = {**increases, year: _increase(scheme, year, percent)}
    return increases


def month_index(day: date) -> int:
    """Return a month's number in one count through the years."""
    return day.year * MONTHS + day.month - 1


def _career(scheme: Scheme, on: date) -> CareerRules:
    def whole(name: str) -> int:
        return int(figure(scheme, name, on))

    return CareerRules(
        elapsed_from_age=whole("elapsed-from-age"),
        elapsed_to_age=whole("elapsed-to-age"),
        elapsed_not_before=whole("elapsed-not-before-year"),
        record_from_age=whole("record-from-age"),
        index_lag=whole("index-lag"),
        dropout=whole("dropout-years"),
        disability_divisor=whole("disability-dropout-divisor"),
        least_years=whole("computation-years-least"),
        lifetime_quarters=whole("lifetime-quarters-per-year"),
    )


def _insured(scheme: Scheme, on: date) -> InsuredRules:
    def whole(name: str) -> int:
        return int(figure(scheme, name, on))

    return InsuredRules(
        least=whole("fully-insured-least"),
        most=whole("fully-insured-most"),
        current=whole("currently-insured-quarters"),
        current_window=whole("currently-insured-window"),
        disability=whole("disability-quarters"),
        disability_window=whole("disability-window"),
        young_age=whole("young-disability-age"),
        young_least=whole("young-disability-least"),
        young_window=whole("young-disability-window"),
        flexible_from=whole("quarters-flexible-from-year"),
    )


def _slices(scheme: Scheme, on: date, bends: tuple[str, ...], rates: tuple[str, ...]) -> Slices:
    values = [figure(scheme, name, on) for name in rates]
    per = lcm(*(value.denominator for value in values))
    return Slices(
        bends=tuple(int(figure(scheme, name, on)) for name in bends),
        rates=tuple(int(value * per) for value in values),
        per=per,
        shown=tuple(_percent(value) for value in values),
    )


def _percent(rate: Fraction) -> str:
    percent = rate * 100
    return f"{percent if percent.denominator == 1 else decimal_string(percent)}%"
