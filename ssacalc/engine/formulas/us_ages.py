"""What the age at entitlement does to an amount: a reduction, or delayed retirement credits.

42 USC 402(q), (w). Rates stay fractions: the manual warns that decimals lose a dime (POMS RS
00615.692).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ssacalc.engine.formulas.us_law import UnitedStatesLaw, month_index
from ssacalc.engine.formulas.us_record import Kind, Record, age_in_months, month_of_age


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Months before (negative) or after full retirement age that count, and their factor."""

    months: int
    factor: Fraction


UNCHANGED = Adjustment(0, Fraction(1))


def adjustment(law: UnitedStatesLaw, record: Record) -> Adjustment:
    """Return the reduction or credits of the worker's own benefit."""
    if record.kind is not Kind.OLD_AGE:
        return UNCHANGED
    full = law.whole("full-retirement-age", record.month, record.born)
    early = full - age_in_months(record.born, record.entitled)
    if early > 0:
        return Adjustment(-early, 1 - early_reduction(law, early, "early-rate"))
    months = credit_months(law, record, full)
    rate = law.figure("credit-rate", record.month, record.born)
    return Adjustment(months, 1 + months * rate) if months else UNCHANGED


def early_reduction(law: UnitedStatesLaw, months: int, rate: str) -> Fraction:
    """Return the part of a benefit lost for months before full retirement age.

    The named rate for each of the first 36 months and the second rate for each further one.
    """
    first = min(months, law.whole("early-months"))
    beyond = months - first
    lost = first * law.figure(rate)
    return lost + beyond * law.figure("early-rate-beyond") if beyond else lost


def credit_months(law: UnitedStatesLaw, record: Record, full: int) -> int:
    """Return the months of delayed retirement credit in force in the record's month.

    They run from full retirement age (or the month insured) to entitlement or age 70. Those of
    the year of entitlement count from the January after it, or from age 70 (42 USC 402(w)(2),
    (3)).
    """
    begins = month_of_age(record.born, full)
    if record.insured_since is not None:
        begins = max(begins, month_index(record.insured_since))
    seventy = month_of_age(record.born, law.whole("credit-last-age"))
    entitled, month = month_index(record.entitled), month_index(record.month)
    if seventy <= entitled:
        ends = seventy
    elif seventy <= month or record.month.year > record.entitled.year:
        ends = entitled
    else:
        ends = month_index(date(record.entitled.year, 1, 1))
    return max(ends - begins, 0)


def widow_factor(law: UnitedStatesLaw, born: date, entitled: date) -> Adjustment:
    """Return the reduction of a widow's or widower's benefit.

    At most 28.5 % is lost at 60, in equal parts for each month to full retirement age; before 60
    (disability) no more is lost.
    """
    full = law.whole("full-retirement-age-survivor", None, born)
    possible = full - law.whole("widow-earliest-age")
    early = min(full - age_in_months(born, entitled), possible)
    if early <= 0:
        return UNCHANGED
    most = law.figure("widow-reduction-most")
    return Adjustment(-early, 1 - most * early / possible)


def spouse_factor(law: UnitedStatesLaw, born: date, entitled: date) -> Adjustment:
    """Return the reduction of a wife's or husband's benefit for age."""
    full = law.whole("full-retirement-age", None, born)
    early = full - age_in_months(born, entitled)
    if early <= 0:
        return UNCHANGED
    return Adjustment(-early, 1 - early_reduction(law, early, "spouse-early-rate"))
