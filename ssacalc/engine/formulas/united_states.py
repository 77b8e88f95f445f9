"""Amounts of United States benefits: primary insurance amount, pro rata share, monthly benefit.

The theoretical amount of a totalisation case is the ordinary formula on a record attributed to a
whole career at the worker's relative earnings position; its share is own quarters over the
quarters of the coverage lifetime, never own over own and foreign (20 CFR 404.1918). Every result
carries its steps; amounts are whole dimes inside and money at the edges.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ssacalc.domain.errors import InvalidCase, MissingFigure, Problem
from ssacalc.domain.money import Money
from ssacalc.domain.trace import Step
from ssacalc.engine.formulas import us_amounts, us_earnings, us_steps
from ssacalc.engine.formulas.us_ages import adjustment
from ssacalc.engine.formulas.us_earnings import Average
from ssacalc.engine.formulas.us_law import DIMES, MONTHS, Increase, UnitedStatesLaw
from ssacalc.engine.formulas.us_record import (
    Record,
    Years,
    computation_years,
    eligibility_year,
)

ORDER = "us-pro-rata-order"
CAP = "us-totalised-cap"
CONVENTIONS: Mapping[str, tuple[str, ...]] = {
    ORDER: ("after-increases", "before-increases"),
    CAP: ("as-coded", "not-applied"),
}
"""Choices the law or its publication leaves open; the first of each is the default.

Order: the share is taken of the theoretical amount as increased to the month (so the reference
program) or at eligibility, increases following. Cap: 20 CFR 404.1918(a)(4) as the scheme codes
it; the reference program does not apply it.
"""


@dataclass(frozen=True, slots=True)
class Amount:
    """A primary insurance amount in dimes, at eligibility and for the month, with its steps.

    ``quarters`` are the quarters of coverage of the years whose earnings count.
    """

    dimes: int
    at_eligibility: int
    quarters: int
    eligibility: int
    years: Years
    average: Average
    increases: tuple[Increase, ...]
    step: Step


@dataclass(frozen=True, slots=True)
class ProRata:
    """A pro rata amount in dimes, its ratio (own quarters, lifetime quarters) and its steps."""

    dimes: int
    ratio: tuple[int, int]
    eligibility: int
    increases: tuple[Increase, ...]
    step: Step


def convention(record: Record, name: str) -> str:
    """Return the choice a case makes, or the default; raises :class:`InvalidCase` on others."""
    allowed = CONVENTIONS[name]
    chosen = record.conventions.get(name, allowed[0])
    if chosen not in allowed:
        problem = Problem(
            f"conventions.{name}", f"{chosen!r} is not known.", f"Use one of: {', '.join(allowed)}."
        )
        raise InvalidCase("A convention of the case is not known.", (problem,))
    return chosen


def theoretical_amount(law: UnitedStatesLaw, record: Record, counted: Step | None = None) -> Amount:
    """Return the primary insurance amount of a whole career at the person's relative earnings.

    ``counted`` is the step that counted the quarters of coverage.
    """
    eligibility = eligibility_year(law, record)
    last_wage = us_earnings.last_wage_year(law, record, eligibility)
    ratios = us_earnings.ratios(law, record, last_wage)
    if not sum(ratio.earnings for ratio in ratios):
        raise _no_earnings(law)
    position = us_earnings.relative_earnings_position(ratios)
    attributed = us_earnings.theoretical_record(law, record, eligibility, position, last_wage)
    step = us_steps.position_step(law, ratios, position, last_wage, counted)
    step = us_steps.record_step(law, attributed, position, last_wage, step)
    return _amount(law, record, eligibility, attributed, step, "theoretical_amount")


def ordinary_amount(law: UnitedStatesLaw, record: Record, counted: Step | None = None) -> Amount:
    """Return the primary insurance amount on the person's own earnings alone (42 USC 415)."""
    eligibility = eligibility_year(law, record)
    own = us_earnings.own_record(law, record)
    if not sum(own.values()):
        raise _no_earnings(law)
    step = us_steps.own_step(law, own, counted)
    return _amount(law, record, eligibility, own, step, "primary_insurance_amount")


def pro_rata(
    law: UnitedStatesLaw, record: Record, theoretical: Amount, counted: Step | None = None
) -> ProRata:
    """Return the theoretical amount × own quarters / quarters of the coverage lifetime.

    20 CFR 404.1918(a)(3): the lifetime is four quarters for each computation year. Never more
    than the amount on United States work alone (paragraph (a)(4)).
    """
    own, years = theoretical.quarters, theoretical.years.computed
    lifetime = years * law.career.lifetime_quarters
    if convention(record, ORDER) == "after-increases":
        part = us_amounts.share(law, theoretical.dimes, own, lifetime, record.month)
    else:
        raw = us_amounts.to_dime(
            theoretical.at_eligibility * own,
            DIMES * lifetime,
            up=us_amounts.formula_rounds_up(law, theoretical.eligibility),
        )
        part = us_amounts.increased(raw, theoretical.increases)
    capped = convention(record, CAP) == "as-coded" and law.figure("totalised-cap") == 1
    name = "pro_rata_share" if capped else "pro_rata_amount"
    step = us_steps.share_step(law, name, theoretical.step, own, lifetime, years, part)
    if capped:
        part, step = _capped(law, record, part, step, counted)
    return ProRata(part, (own, lifetime), theoretical.eligibility, theoretical.increases, step)


def monthly_benefit(law: UnitedStatesLaw, record: Record, dimes: int, step: Step) -> Step:
    """Return the monthly benefit of a primary insurance amount in dimes, explained by ``step``.

    Reduced or credited for age, to the dime, then down to the dollar (42 USC 402(q), (w), 415(g)).
    """
    changed = adjustment(law, record)
    factor = changed.factor
    up = us_amounts.benefit_rounds_up(law, record.month)
    benefit = us_amounts.to_dime(dimes * factor.numerator, DIMES * factor.denominator, up=up)
    full = law.whole("full-retirement-age", record.month, record.born)
    args: us_steps.Arguments = (
        ("amount", law.money(dimes, DIMES)),
        ("months", abs(changed.months)),
        ("age_years", full // MONTHS),
        ("age_months", full % MONTHS),
        ("factor", factor),
        ("benefit", law.money(benefit, DIMES)),
    )
    kind = "early" if changed.months < 0 else "late" if changed.months else "even"
    aged = Step(
        "age_adjusted_amount",
        law.money(benefit, DIMES),
        f"us-age-{kind}",
        args,
        law.cite("full-retirement-age", *_AGE_FIGURES[kind]),
        (step,),
    )
    return payable(law, record, benefit, aged)


_AGE_FIGURES = {"early": ("early-rate", "early-rate-beyond"), "late": ("credit-rate",), "even": ()}


def payable(law: UnitedStatesLaw, record: Record, dimes: int, step: Step) -> Step:
    """Return the amount paid: an amount in dimes brought down to the whole dollar."""
    unit = law.figure("payment-step", record.month)
    amount = Fraction(dimes, DIMES)
    paid = Money(amount // unit * unit, law.currency)
    args: us_steps.Arguments = (
        ("benefit", law.money(dimes, DIMES)),
        ("unit", Money(unit, law.currency)),
        ("paid", paid),
        ("month", record.month),
    )
    return Step("payable_amount", paid, "us-payable", args, law.cite("payment-step"), (step,))


def recomputed(law: UnitedStatesLaw, old: int, new: int) -> bool:
    """Tell whether new earnings change an amount in dimes: by one dollar at least.

    POMS RS 00605.501.
    """
    return Fraction(new - old, DIMES) >= law.figure("recomputation-least")


def _amount(
    law: UnitedStatesLaw,
    record: Record,
    eligibility: int,
    earnings: Mapping[int, int],
    record_step: Step,
    name: str,
) -> Amount:
    years = computation_years(law, record, eligibility)
    average = us_earnings.average_indexed(law, earnings, eligibility, years.computed)
    bends = us_amounts.bend_points(law, law.formula, eligibility)
    base = us_amounts.of_average(law, eligibility, bends, average.monthly)
    increases = us_amounts.increases(law, eligibility, record.month)
    dimes = us_amounts.increased(base, increases)
    step = us_steps.average_step(law, years, average, eligibility, record_step)
    step = us_steps.formula_step(law, eligibility, bends, average.monthly, base, step)
    step = us_steps.increased_step(law, name, record.month, increases, dimes, step)
    quarters = us_earnings.covered_quarters(record)
    return Amount(dimes, base, quarters, eligibility, years, average, increases, step)


def _capped(
    law: UnitedStatesLaw, record: Record, part: int, step: Step, counted: Step | None
) -> tuple[int, Step]:
    ordinary = ordinary_amount(law, record, counted)
    kept = min(part, ordinary.dimes)
    args: us_steps.Arguments = (
        ("share", law.money(part, DIMES)),
        ("ordinary", law.money(ordinary.dimes, DIMES)),
        ("amount", law.money(kept, DIMES)),
    )
    key = "us-cap-applied" if kept < part else "us-cap-not-reached"
    uses = (step, ordinary.step)
    cited = law.cite("totalised-cap")
    return kept, Step("pro_rata_amount", law.money(kept, DIMES), key, args, cited, uses)


def _no_earnings(law: UnitedStatesLaw) -> MissingFigure:
    problem = Problem(
        "earnings",
        f"the case states no earnings that count under {law.scheme.title}.",
        "Enter the covered earnings of each year.",
    )
    return MissingFigure(f"{law.scheme.title} needs earnings.", (problem,))
