"""The record a United States amount is computed from, and the years that count in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ssacalc.domain.errors import MissingFigure, Problem
from ssacalc.engine.formulas.us_law import MONTHS, UnitedStatesLaw, month_index


class Kind(StrEnum):
    """On what a benefit rests."""

    OLD_AGE = "old-age"
    SURVIVORS = "survivors"
    DISABILITY = "disability"


@dataclass(frozen=True, slots=True)
class Record:
    """A worker's facts.

    ``entitled`` is a day of the first month of entitlement and ``month`` of the month that the
    amount is for. ``earnings`` are covered earnings in cents and ``quarters`` the quarters of
    coverage, both under United States law, by calendar year. ``disabled`` is the day a disability
    began. ``insured_since`` is the month from which delayed retirement credits can accrue where
    that is later than full retirement age. ``months_reduced`` and ``months_credited`` are those
    that lowered or raised the old-age benefit of a worker who has died.
    """

    born: date
    entitled: date
    month: date
    earnings: Mapping[int, int]
    quarters: Mapping[int, int]
    kind: Kind = Kind.OLD_AGE
    died: date | None = None
    disabled: date | None = None
    insured_since: date | None = None
    months_reduced: int = 0
    months_credited: int = 0
    conventions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Years:
    """Elapsed years, those dropped, and the computation years left (42 USC 415(b)(2))."""

    elapsed: int
    dropped: int
    computed: int


def reaching(born: date) -> date:
    """Return the day that ages count from: an age is reached on the day before the birthday.

    >>> reaching(date(1940, 1, 1))
    datetime.date(1939, 12, 31)
    """
    return date.fromordinal(born.toordinal() - 1)


def year_of_age(born: date, age: int) -> int:
    """Return the calendar year in which a person reaches an age in years."""
    return reaching(born).year + age


def age_in_months(born: date, on: date) -> int:
    """Return how many months old a person is by the end of a month."""
    return month_index(on) - month_index(reaching(born))


def month_of_age(born: date, months: int) -> int:
    """Return the index of the month in which a person reaches an age in months."""
    return month_index(reaching(born)) + months


def first_of(index: int) -> date:
    """Return the first day of the month of an index."""
    return date(index // MONTHS, index % MONTHS + 1, 1)


def eligibility_year(law: UnitedStatesLaw, record: Record) -> int:
    """Return the year of age 62, or of death or the onset of disability before it.

    42 USC 415(a)(3)(B). Raises :class:`MissingFigure` for years before the formula begins.
    """
    year = year_of_age(record.born, law.career.elapsed_to_age)
    before = record.died if record.kind is Kind.SURVIVORS else record.disabled
    if record.kind is not Kind.OLD_AGE and before is not None:
        year = min(year, before.year)
    if year < law.bend_year:
        fault = f"the law for people first eligible in {year} is not coded."
        problem = Problem("bend-base-year", fault, "State the amounts the institution certified.")
        raise MissingFigure(f"{law.scheme.title} lacks a formula.", (problem,))
    return year


def computation_years(law: UnitedStatesLaw, record: Record, eligibility: int) -> Years:
    """Return the years whose best earnings are averaged.

    Elapsed are the calendar years after 1950 or the year of age 21, whichever is later, up to the
    year before eligibility or death. Five are dropped (disability: one for each five elapsed),
    and two are always left (42 USC 415(b)(2)).
    """
    rules = law.career
    after = max(rules.elapsed_not_before, year_of_age(record.born, rules.elapsed_from_age))
    elapsed = max(eligibility - 1 - after, 0)
    dropped = rules.dropout
    if record.kind is Kind.DISABILITY:
        dropped = min(dropped, elapsed // rules.disability_divisor)
    return Years(elapsed, dropped, max(elapsed - dropped, rules.least_years))


def last_year(record: Record) -> int:
    """Return the last year whose earnings count.

    The year before the month's year, or the year of death (POMS GN 01701.200 B.1; years since
    entitlement enter by recomputation, GN 01701.255).
    """
    if record.kind is Kind.SURVIVORS and record.died is not None:
        return record.died.year
    return record.month.year - 1
