"""The closed set of building blocks of which national pension formulas are composed.

A formula is a tuple of blocks in order. Each block has a ``name`` by which later blocks refer to
its result. An operand is a string: the name of an earlier block, of a figure of the scheme, or of
a fact of the career (:data:`FACTS`). No block holds a number of the law: numbers are figures.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ssacalc.domain.money import Rounding
from ssacalc.domain.trace import Citation
from ssacalc.domain.units import Remainder, Unit

FACTS: dict[str, str] = {
    "units": "time counted, in the scheme's unit: own for the independent amount, all for the"
    " theoretical amount",
    "own-units": "the scheme's own time, in its unit, whatever amount is computed",
    "scale": "units / own-units: by how much totals of own elements grow in a theoretical amount",
    "age-months": "age in whole months at the award",
    "age-in-calendar-months": "calendar months from the one after that of birth to the award",
    "woman": "1 for a woman, 0 for a man",
    "age-months-at-event": "age in whole months on the day of the invalidity or death",
    "event-year": "calendar year of the invalidity or death",
    "survivor-age-months": "age in whole months at the award of the one adult survivor stated",
    "claim-year": "calendar year of the award",
    "birth-year": "calendar year of birth",
}
"""The facts of a career that any formula may use; a case may state further ones by name."""


@dataclass(frozen=True, slots=True)
class Block:
    """What every block has: a name, the article it comes from and an optional rounding."""

    name: str
    law: Citation
    rounding: Rounding | None


@dataclass(frozen=True, slots=True)
class Product(Block):
    """B2, B5: the factors multiplied."""

    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum(Block):
    """B14: the terms added; those in ``minus`` taken away; never below nought."""

    terms: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotient(Block):
    """One operand divided by another."""

    of: str
    by: str


@dataclass(frozen=True, slots=True)
class Greatest(Block):
    """B11, B12: the greatest of several (a floor)."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Least(Block):
    """B11, B12: the least of several (a ceiling)."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DurationFraction(Block):
    """B1: time in ``unit``, by the named remainder, over a full duration; at most one.

    ``minimum`` names a figure below which the fraction is nought.
    """

    of: str
    full: str
    unit: Unit
    remainder: Remainder
    minimum: str | None = None


@dataclass(frozen=True, slots=True)
class Band(Block):
    """B3, B18, B20: the value of the band of a table in which ``of`` lies.

    ``table`` names a table of the scheme: rows ``(from, value)``. Below the first row the value
    is nought. ``remainder`` says how ``of`` is brought to whole numbers first.
    """

    of: str
    table: str
    remainder: Remainder


@dataclass(frozen=True, slots=True)
class Increment(Block):
    """B4: a base rate for the first ``base_units`` and so much for each further step of units.

    ``step`` names how many units make a step, ``remainder`` what a part of one does; ``cap``
    names the most the rate can be. Below ``base_units`` the rate is ``below`` × units where that
    is named, else the base rate alone.
    """

    units: str
    base: str
    base_units: str
    per_step: str
    step: str
    remainder: Remainder
    cap: str | None = None


class EarningsKind(StrEnum):
    """Which years' earnings make the reference earnings."""

    BEST = "best"
    LAST = "last"
    CAREER = "career"


@dataclass(frozen=True, slots=True)
class ReferenceEarnings(Block):
    """B6: average of the best, last or all years of the person's own earnings.

    ``years`` names how many; ``divisor`` what the sum is divided by (default: the number of
    years taken); ``ceiling`` a yearly series that caps each year; ``revaluation`` a yearly series
    by which each year is multiplied; ``index`` a wage or price series: each year is multiplied
    by index(reference year)/index(year); ``table`` a table in force on the day of the award, rows
    of a year and the factor for its earnings. ``stated`` names a fact of the case, the
    institution's own figure, that stands for the computation where the case states it.
    """

    kind: EarningsKind
    years: str | None = None
    divisor: str | None = None
    ceiling: str | None = None
    revaluation: str | None = None
    index: str | None = None
    table: str | None = None
    index_lag: int = 1
    year_rounding: Rounding | None = None
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class PeriodAverage(Block):
    """B6: monthly average of a whole contributory period, its lowest months left out.

    The period runs from the year ``since`` or the month after ``from_age`` is reached, whichever
    is later, to the month before the award or the one in which ``until_age`` is reached (ages in
    months). ``excluded`` names how many of its months do not count. The earnings of a year lie
    evenly on its months in the period: none up to ``exemption``, none beyond ``ceiling`` (both in
    proportion to the months), only those ``above`` a lower series where that is named, brought to
    the ``index`` of ``index_years`` years up to that of the award, times ``revaluation``.

    Left out are the lowest months: as many as lie after ``late_age``, then the share
    ``left_out`` of the rest, in whole months; never so many that fewer than ``least`` are left,
    and ``least`` is the smallest divisor. ``divisor`` fixes it instead: the highest so many count.
    """

    since: str
    from_age: str
    until_age: str
    ceiling: str
    index: str
    index_years: str
    above: str | None = None
    exemption: str | None = None
    revaluation: str | None = None
    excluded: str | None = None
    late_age: str | None = None
    left_out: str | None = None
    least: str | None = None
    divisor: str | None = None
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class Weighted(Block):
    """B14: facts of the case times a figure each, added; what the case does not state is nought.

    ``needed`` asks the case for at least one of them.
    """

    of: tuple[str, ...]
    by: tuple[str, ...]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Brackets(Block):
    """B7: rates applied to the slices of an amount between bend points."""

    of: str
    bends: tuple[str, ...]
    rates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Points(Block):
    """B8: points, each year's earnings over the average of that year, times ``scale``.

    For a theoretical amount the points of the own time are carried over to all time in
    proportion (Reg. (EC) 883/2004, art. 56(1)(c)). ``provisional`` names a series used in place
    of the average for the calendar year of the award and the one before. ``stated`` names a fact
    of the case, the points that the institution counted, that stands for the computation.
    """

    average: str
    ceiling: str | None = None
    point_rounding: Rounding | None = None
    provisional: str | None = None
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class Account(Block):
    """B9: yearly credits of earnings × rate, revalued by a series, times ``scale``.

    The series revalues up to the year that lies ``lag`` years before that of the award.

    ``stated`` names a fact of the case, the balance that the institution certified, that stands
    for the computation where the case states it.
    """

    rate: str
    ceiling: str | None = None
    revaluation: str | None = None
    lag: int = 0
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class AgeFactor(Block):
    """B13: one, less ``early`` for each month before or plus ``late`` for each after an age.

    ``age`` names the figure of the age in months; ``most_early`` and ``most_late`` bound the
    months counted. ``period`` is how many months make one step of the rates; ``of`` the age.
    """

    age: str
    early: str | None = None
    late: str | None = None
    most_early: str | None = None
    most_late: str | None = None
    period: int = 1
    of: str = "age-months"


@dataclass(frozen=True, slots=True)
class Taper(Block):
    """B15: a maximum less a share of the income above a free area; never below nought."""

    maximum: str
    income: str
    free: str
    rate: str


@dataclass(frozen=True, slots=True)
class Choose(Block):
    """One of two operands, by whether ``of`` reaches ``at_least``."""

    of: str
    at_least: str
    then: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Stated(Block):
    """A fact where the case states it, else another operand, looked at only then."""

    fact: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class PrimaryInsuranceAmount(Block):
    """B6, B7, B19: the United States primary insurance amount (42 USC 415; 20 CFR 404.1918).

    For the independent amount the indexed average of own earnings; for a theoretical amount the
    imputed career at the person's relative earnings position. Series and figures are named.
    """

    average_wage: str
    wage_base: str
    increase: str
    first_bend: str
    second_bend: str
    rates: tuple[str, ...]


FormulaBlock = (
    Product
    | Sum
    | Quotient
    | Greatest
    | Least
    | DurationFraction
    | Band
    | Increment
    | ReferenceEarnings
    | PeriodAverage
    | Weighted
    | Brackets
    | Points
    | Account
    | AgeFactor
    | Taper
    | Choose
    | Stated
    | PrimaryInsuranceAmount
)

Table = tuple[tuple[Fraction, Fraction], ...]
Series = dict[int, Fraction]
