"""Relative earnings position, theoretical record and average indexed monthly earnings.

20 CFR 404.1918(b); POMS GN 01701.200; 42 USC 415(b). Amounts are in cents, ratios in
ten-millionths. Every rounding is the one the manual names: seven decimals half-up for ratios and
the position, cents half-up for attributed and indexed years, whole dollars down for the average.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ssacalc.engine.formulas.us_law import CENTS, MONTHS, QUARTERS, UnitedStatesLaw
from ssacalc.engine.formulas.us_record import Kind, Record, last_year, year_of_age

SCALE = 10**7
"""Relative earnings are kept in seven decimals."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One year's earnings against the average wage of ``wage_year``; amounts in cents."""

    year: int
    quarters: int
    earnings: int
    counted: int
    wage_year: int
    ratio: int


@dataclass(frozen=True, slots=True)
class Average:
    """The best years' sum in cents, over how many months, and whole dollars a month."""

    total: int
    months: int
    monthly: int
    used: int


def half_up(number: int, by: int) -> int:
    """Return a quotient to the nearest whole number, halves up.

    >>> half_up(5, 2), half_up(7, 3)
    (3, 2)
    """
    return (2 * number + by) // (2 * by)


def last_wage_year(law: UnitedStatesLaw, record: Record, eligibility: int) -> int:
    """Return the last year whose average wage is used; later years take that year's.

    The second year before eligibility, before entitlement if that is later, or before death: the
    last average published by then. New earnings after entitlement move it to the year before
    them. An average counts as available on 1 January of the year after that of its publication (20
    CFR 404.1918(b)(2)); for which of these years it is the last, the reference program is followed.
    """
    lag = law.career.index_lag
    if record.kind is Kind.SURVIVORS and record.died is not None:
        return record.died.year - lag
    last = max(eligibility, record.entitled.year) - lag
    end = min(record.month.year - 1, max([eligibility, *record.earnings]))
    added = [y for y in record.earnings if record.entitled.year <= y <= end and record.earnings[y]]
    return max(added) - 1 if added else last


def covered_quarters(record: Record) -> int:
    """Return the quarters of coverage of the years whose earnings count."""
    until = last_year(record)
    return sum(quarters for year, quarters in record.quarters.items() if year <= until)


def ratios(law: UnitedStatesLaw, record: Record, last_wage: int) -> tuple[Ratio, ...]:
    """Return each covered year's earnings over the national average wage.

    Only years with a quarter of coverage count; of earnings in a year with one, two or three
    quarters at most that many fourths of the wage base are usable (POMS GN 01701.200 B.1).
    """
    until = last_year(record)
    found: list[Ratio] = []
    for year in sorted(record.quarters):
        quarters = record.quarters[year]
        if quarters <= 0 or year > until:
            continue
        earned = record.earnings.get(year, 0)
        counted = min(earned, law.base(year) * min(quarters, QUARTERS) // QUARTERS)
        of = min(year, last_wage)
        ratio = half_up(counted * SCALE, law.wage(of))
        found.append(Ratio(year, quarters, earned, counted, of, ratio))
    return tuple(found)


def relative_earnings_position(years: tuple[Ratio, ...]) -> int:
    """Return the sum of the ratios, over all quarters of coverage, times four.

    >>> relative_earnings_position((Ratio(1974, 2, 0, 0, 1974, 2546558),))
    5093116
    """
    quarters = sum(year.quarters for year in years)
    return half_up(QUARTERS * sum(year.ratio for year in years), quarters) if quarters else 0


def theoretical_record(
    law: UnitedStatesLaw, record: Record, eligibility: int, position: int, last_wage: int
) -> dict[int, int]:
    """Return the attributed earnings by year: the position times each year's average wage.

    From the year of age 22 to the year before eligibility, and every other year with a quarter of
    coverage; the year of death in proportion to its quarters. To the cent, then at most the wage
    base (20 CFR 404.1918(b); POMS GN 01701.255 for later years).
    """
    first = year_of_age(record.born, law.career.record_from_age)
    until = last_year(record)
    full = eligibility - 1
    death = record.died if record.kind is Kind.SURVIVORS else None
    if death is not None and death.year == eligibility:
        full = eligibility
    covered = {y for y, quarters in record.quarters.items() if quarters > 0}
    years = sorted(covered.union(range(first, full + 1)))
    wages, bases = law.tables.wages, law.tables.bases
    attributed: dict[int, int] = {}
    for year in years:
        if year > until:
            break
        of = year if year < last_wage else last_wage
        cents = (2 * position * (wages.get(of) or law.wage(of)) + SCALE) // (2 * SCALE)
        if death is not None and year == death.year:
            quarters = (death.month + 2) // 3
            cents = half_up(position * law.wage(of) * quarters, SCALE * QUARTERS)
        base = bases.get(year) or law.base(year)
        attributed[year] = cents if cents < base else base
    return attributed


def own_record(law: UnitedStatesLaw, record: Record) -> dict[int, int]:
    """Return the person's own earnings by year, each at most the wage base."""
    until = last_year(record)
    return {y: min(e, law.base(y)) for y, e in record.earnings.items() if y <= until}


def average_indexed(
    law: UnitedStatesLaw, earnings: Mapping[int, int], eligibility: int, years: int
) -> Average:
    """Return the average indexed monthly earnings of the best ``years``, in whole dollars down.

    Earnings before the second year before eligibility are multiplied by the average wage of that
    year over that of their own and rounded to the cent; later ones count as they are. Years
    before 1951 do not count (42 USC 415(b)(1), (3); POMS RS 00605.018, 00605.021).
    """
    index_year = eligibility - law.career.index_lag
    index = law.wage(index_year)
    not_before = law.career.elapsed_not_before
    wages = law.tables.wages
    indexed: list[int] = []
    for year, amount in earnings.items():
        if year <= not_before:
            continue
        if year < index_year:
            wage = wages[year] if year in wages else law.wage(year)
            indexed.append((2 * amount * index + wage) // (2 * wage))
        else:
            indexed.append(amount)
    indexed.sort(reverse=True)
    total = sum(indexed[:years])
    months = years * MONTHS
    return Average(total, months, total // (CENTS * months), min(years, len(indexed)))
