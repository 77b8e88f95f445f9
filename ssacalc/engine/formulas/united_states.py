"""Amounts of United States benefits: theoretical and ordinary primary insurance amount, pro rata share, benefit.

The theoretical amount of a totalization case is the ordinary formula on a record attributed to a
whole career at the worker's relative earnings position; its share is own quarters over the
quarters of the coverage lifetime, never own over own and foreign (20 CFR 404.1918). Every result
carries its steps; amounts are whole dimes inside and money at the edges.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ssacalc.domain.errors import InvalidCase, MissingFigure, Problem
from ssacalc.domain.money import Money, decimal_string
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.formulas import us_amounts, us_earnings
from ssacalc.engine.formulas.us_ages import adjustment
from ssacalc.engine.formulas.us_earnings import SCALE, Average, Ratio
from ssacalc.engine.formulas.us_law import CENTS, DIMES, Increase, Slices, UnitedStatesLaw
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
    """A primary insurance amount in dimes, at eligibility and for the month, with its steps."""

    dimes: int
    at_eligibility: int
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
    position_step = _position_step(law, ratios, position, last_wage, counted)
    record_step = _record_step(law, attributed, position, last_wage, position_step)
    return _amount(law, record, eligibility, attributed, record_step, "theoretical_amount")


def ordinary_amount(law: UnitedStatesLaw, record: Record, counted: Step | None = None) -> Amount:
    """Return the primary insurance amount on the person's own earnings alone (42 USC 415)."""
    eligibility = eligibility_year(law, record)
    own = us_earnings.own_record(law, record)
    if not sum(own.values()):
        raise _no_earnings(law)
    step = _own_step(law, own, counted)
    return _amount(law, record, eligibility, own, step, "primary_insurance_amount")


def pro_rata(
    law: UnitedStatesLaw, record: Record, theoretical: Amount, counted: Step | None = None
) -> ProRata:
    """Return the theoretical amount × own quarters / quarters of the coverage lifetime.

    20 CFR 404.1918(a)(3): the lifetime is four quarters for each computation year. Never more
    than the amount on United States work alone (paragraph (a)(4)).
    """
    last_wage = us_earnings.last_wage_year(law, record, theoretical.eligibility)
    own = sum(ratio.quarters for ratio in us_earnings.ratios(law, record, last_wage))
    lifetime = theoretical.years.computed * law.career.lifetime_quarters
    if convention(record, ORDER) == "after-increases":
        part = us_amounts.share(law, theoretical.dimes, own, lifetime, record.month)
    else:
        raw = us_amounts.to_dime(
            theoretical.at_eligibility * own,
            DIMES * lifetime,
            up=us_amounts.formula_rounds_up(law, theoretical.eligibility),
        )
        part = us_amounts.increased(raw, theoretical.increases)
    step = _share_step(law, theoretical, own, lifetime, part)
    if convention(record, CAP) == "as-coded" and law.figure("totalised-cap") == 1:
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
    args: tuple[tuple[str, Argument], ...] = (
        ("amount", law.money(dimes, DIMES)),
        ("months", abs(changed.months)),
        ("age_years", full // 12),
        ("age_months", full % 12),
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
    args: tuple[tuple[str, Argument], ...] = (
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
    base = us_amounts.of_average(law, eligibility, average.monthly)
    steps = us_amounts.increases(law, eligibility, record.month)
    dimes = us_amounts.increased(base, steps)
    average_step = _average_step(law, years, average, eligibility, record_step)
    base_step = _formula_step(law, eligibility, average.monthly, base, average_step)
    final = _increased_step(law, record, name, steps, dimes, base_step)
    return Amount(dimes, base, eligibility, years, average, steps, final)


def _capped(
    law: UnitedStatesLaw, record: Record, part: int, step: Step, counted: Step | None
) -> tuple[int, Step]:
    ordinary = ordinary_amount(law, record, counted)
    kept = min(part, ordinary.dimes)
    args: tuple[tuple[str, Argument], ...] = (
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


def seven_decimals(ratio: int) -> str:
    """Write a number kept in ten-millionths.

    >>> seven_decimals(9585467)
    '0.9585467'
    """
    return decimal_string(Fraction(ratio, SCALE), 7)


def _quarters(number: int) -> Duration:
    return Duration(Fraction(number), Unit.QUARTER)


def _used(*steps: Step | None) -> tuple[Step, ...]:
    return tuple(step for step in steps if step is not None)


def _position_step(
    law: UnitedStatesLaw,
    ratios: tuple[Ratio, ...],
    position: int,
    last_wage: int,
    counted: Step | None,
) -> Step:
    quarters = sum(ratio.quarters for ratio in ratios)
    args: tuple[tuple[str, Argument], ...] = (
        ("sum", seven_decimals(sum(ratio.ratio for ratio in ratios))),
        ("quarters", _quarters(quarters)),
        ("years", len(ratios)),
        ("position", seven_decimals(position)),
    )
    series = law.block.average_wage
    cited = (law.block.law, *law.cite_years(series, min(ratios[-1].year, last_wage)))
    uses = (*_used(counted), *(_ratio_step(law, ratio) for ratio in ratios))
    value = Fraction(position, SCALE)
    return Step("relative_earnings_position", value, "us-position", args, cited, uses)


def _ratio_step(law: UnitedStatesLaw, ratio: Ratio) -> Step:
    args: tuple[tuple[str, Argument], ...] = (
        ("year", ratio.year),
        ("quarters", ratio.quarters),
        ("earnings", law.money(ratio.earnings, CENTS)),
        ("counted", law.money(ratio.counted, CENTS)),
        ("wage", law.money(ratio.wage, CENTS)),
        ("ratio", seven_decimals(ratio.ratio)),
    )
    key = "us-ratio" if ratio.counted == ratio.earnings else "us-ratio-limited"
    return Step("earnings_ratio", Fraction(ratio.ratio, SCALE), key, args)


def _record_step(
    law: UnitedStatesLaw,
    attributed: Mapping[int, int],
    position: int,
    last_wage: int,
    position_step: Step,
) -> Step:
    years = list(attributed)
    total = law.money(sum(attributed.values()), CENTS)
    args: tuple[tuple[str, Argument], ...] = (
        ("first", years[0]),
        ("last", years[-1]),
        ("years", len(years)),
        ("position", seven_decimals(position)),
        ("last_wage", last_wage),
        ("total", total),
    )
    cited = (
        law.block.law,
        *law.cite("record-from-age"),
        *law.cite_years(law.block.average_wage, min(years[-1], last_wage)),
        *law.cite_years(law.block.wage_base, years[-1]),
    )
    return Step("theoretical_record", total, "us-record", args, cited, (position_step,))


def _own_step(law: UnitedStatesLaw, own: Mapping[int, int], counted: Step | None) -> Step:
    total = law.money(sum(own.values()), CENTS)
    last = max(own)
    args: tuple[tuple[str, Argument], ...] = (
        ("first", min(own)),
        ("last", last),
        ("years", len(own)),
        ("total", total),
    )
    cited = law.cite_years(law.block.wage_base, last)
    return Step("own_record", total, "us-own-record", args, cited, _used(counted))


def _average_step(
    law: UnitedStatesLaw, years: Years, average: Average, eligibility: int, record: Step
) -> Step:
    monthly = law.money(average.monthly, 1)
    args: tuple[tuple[str, Argument], ...] = (
        ("elapsed", years.elapsed),
        ("dropped", years.dropped),
        ("computed", years.computed),
        ("index_year", eligibility - law.career.index_lag),
        ("total", law.money(average.total, CENTS)),
        ("months", average.months),
        ("monthly", monthly),
    )
    series = law.block.average_wage
    cited = (
        *law.cite("dropout-years", "index-lag"),
        *law.cite_years(series, eligibility - law.career.index_lag),
    )
    return Step("average_indexed_earnings", monthly, "us-average", args, cited, (record,))


def _formula_step(
    law: UnitedStatesLaw, eligibility: int, monthly: int, base: int, average: Step
) -> Step:
    bends = us_amounts.bend_points(law, law.formula, eligibility)
    amount = law.money(base, DIMES)
    args: tuple[tuple[str, Argument], ...] = (
        ("eligibility", eligibility),
        ("first_bend", law.money(bends[0], 1)),
        ("second_bend", law.money(bends[1], 1)),
        ("listed", listed_slices(law.formula, bends, monthly)),
        ("amount", amount),
    )
    cited = law.cite(law.block.first_bend, law.block.rates[0], "formula-rounds-up")
    return Step("formula_amount", amount, "us-formula", args, cited, (average,))


def listed_slices(slices: Slices, bends: tuple[int, ...], amount: int) -> str:
    """Write what each rate is applied to.

    >>> listed_slices(Slices((), (90, 32, 15), 100), (180, 1085), 682)
    '90% × 180 + 32% × 502'
    """
    parts: list[str] = []
    lower = 0
    for rate, upper in zip(slices.rates, (*bends, None), strict=True):
        top = amount if upper is None else min(amount, upper)
        if top <= lower and parts:
            break
        percent = Fraction(100 * rate, slices.per)
        shown = percent.numerator if percent.denominator == 1 else decimal_string(percent)
        parts.append(f"{shown}% × {top - lower}")
        lower = top
    return " + ".join(parts)


def _increased_step(
    law: UnitedStatesLaw,
    record: Record,
    name: str,
    steps: tuple[Increase, ...],
    dimes: int,
    base: Step,
) -> Step:
    amount = law.money(dimes, DIMES)
    if not steps:
        args: tuple[tuple[str, Argument], ...] = (("amount", amount), ("month", record.month))
        return Step(name, amount, "us-not-increased", args, (), (base,))
    args = (
        ("first", steps[0].year),
        ("last", steps[-1].year),
        ("listed", ", ".join(f"{decimal_string(s.percent, 1)}%" for s in steps)),
        ("month", record.month),
        ("amount", amount),
    )
    cited: tuple[Citation, ...] = law.cite_years(law.block.increase, steps[-1].year)
    return Step(name, amount, "us-increased", args, cited, (base,))


def _share_step(
    law: UnitedStatesLaw, theoretical: Amount, own: int, lifetime: int, part: int
) -> Step:
    amount = law.money(part, DIMES)
    args: tuple[tuple[str, Argument], ...] = (
        ("theoretical", law.money(theoretical.dimes, DIMES)),
        ("own", _quarters(own)),
        ("lifetime", _quarters(lifetime)),
        ("years", theoretical.years.computed),
        ("amount", amount),
    )
    cited = (law.block.law, *law.cite("lifetime-quarters-per-year", "benefit-rounds-up"))
    return Step("pro_rata_amount", amount, "us-pro-rata", args, cited, (theoretical.step,))
