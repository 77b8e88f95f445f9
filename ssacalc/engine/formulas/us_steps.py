"""The steps that explain a United States amount: one for each stage of the computation."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from ssacalc.domain.trace import Argument, Step
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.formulas.us_earnings import SCALE, Average, Ratio
from ssacalc.engine.formulas.us_law import CENTS, DIMES, Increase, Slices, UnitedStatesLaw
from ssacalc.engine.formulas.us_record import Years

Arguments = tuple[tuple[str, Argument], ...]


def seven_decimals(ratio: int) -> str:
    """Write a number kept in ten-millionths.

    >>> seven_decimals(9585467)
    '0.9585467'
    """
    return f"{ratio // SCALE}.{ratio % SCALE:07d}"


def quarters(number: int) -> Duration:
    """Return a number of quarters as a duration."""
    return Duration(Fraction(number), Unit.QUARTER)


def present(*steps: Step | None) -> tuple[Step, ...]:
    """Return the steps there are."""
    return tuple(step for step in steps if step is not None)


def position_step(
    law: UnitedStatesLaw,
    ratios: tuple[Ratio, ...],
    position: int,
    last_wage: int,
    counted: Step | None,
) -> Step:
    """Tell the relative earnings position, each year's ratio below it."""
    covered = sum(ratio.quarters for ratio in ratios)
    args: Arguments = (
        ("sum", seven_decimals(sum(ratio.ratio for ratio in ratios))),
        ("quarters", quarters(covered)),
        ("years", len(ratios)),
        ("position", seven_decimals(position)),
    )
    series = law.block.average_wage
    cited = (law.block.law, *law.cite_years(series, min(ratios[-1].year, last_wage)))
    uses = (*present(counted), *(ratio_step(law, ratio) for ratio in ratios))
    value = Fraction(position, SCALE)
    return Step("relative_earnings_position", value, "us-position", args, cited, uses)


def ratio_step(law: UnitedStatesLaw, ratio: Ratio) -> Step:
    """Tell one year's ratio, and whether few quarters limited the earnings."""
    earnings = counted = law.money(ratio.earnings, CENTS)
    limited = ratio.counted != ratio.earnings
    if limited:
        counted = law.money(ratio.counted, CENTS)
    args: Arguments = (
        ("year", ratio.year),
        ("quarters", ratio.quarters),
        ("earnings", earnings),
        ("counted", counted),
        ("wage", law.tables.wages_shown[ratio.wage_year]),
        ("ratio", seven_decimals(ratio.ratio)),
    )
    key = "us-ratio-limited" if limited else "us-ratio"
    return Step("earnings_ratio", Fraction(ratio.ratio, SCALE), key, args)


def record_step(
    law: UnitedStatesLaw,
    attributed: Mapping[int, int],
    position: int,
    last_wage: int,
    used: Step,
) -> Step:
    """Tell the attributed record in short; the years themselves can be asked for."""
    years = list(attributed)
    total = law.money(sum(attributed.values()), CENTS)
    args: Arguments = (
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
    key = "us-record-held" if years[-1] > last_wage else "us-record"
    return Step("theoretical_record", total, key, args, cited, (used,))


def own_step(law: UnitedStatesLaw, own: Mapping[int, int], counted: Step | None) -> Step:
    """Tell the person's own record in short."""
    total = law.money(sum(own.values()), CENTS)
    last = max(own)
    args: Arguments = (
        ("first", min(own)),
        ("last", last),
        ("years", len(own)),
        ("total", total),
    )
    cited = law.cite_years(law.block.wage_base, last)
    return Step("own_record", total, "us-own-record", args, cited, present(counted))


def average_step(
    law: UnitedStatesLaw, years: Years, average: Average, eligibility: int, record: Step
) -> Step:
    """Tell the average indexed monthly earnings."""
    monthly = law.money(average.monthly, 1)
    args: Arguments = (
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


def formula_step(
    law: UnitedStatesLaw,
    eligibility: int,
    bends: tuple[int, ...],
    monthly: int,
    base: int,
    average: Step,
) -> Step:
    """Tell the amount of the formula at eligibility."""
    amount = law.money(base, DIMES)
    args: Arguments = (
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

    >>> listed_slices(Slices((), (90, 32, 15), 100, ("90%", "32%", "15%")), (180, 1085), 682)
    '90% × 180 + 32% × 502'
    """
    parts: list[str] = []
    lower = 0
    for shown, upper in zip(slices.shown, (*bends, None), strict=True):
        top = amount if upper is None else min(amount, upper)
        if top <= lower and parts:
            break
        parts.append(f"{shown} × {top - lower}")
        lower = top
    return " + ".join(parts)


def increased_step(
    law: UnitedStatesLaw,
    name: str,
    month: date,
    steps: tuple[Increase, ...],
    dimes: int,
    base: Step,
) -> Step:
    """Tell the amount for the month, and the increases that led to it."""
    amount = law.money(dimes, DIMES)
    if not steps:
        args: Arguments = (("amount", amount), ("month", month))
        return Step(name, amount, "us-not-increased", args, (), (base,))
    args = (
        ("first", steps[0].year),
        ("last", steps[-1].year),
        ("listed", ", ".join(step.shown for step in steps)),
        ("month", month),
        ("amount", amount),
    )
    cited = law.cite_years(law.block.increase, steps[-1].year)
    return Step(name, amount, "us-increased", args, cited, (base,))


def share_step(
    law: UnitedStatesLaw,
    name: str,
    theoretical: Step,
    own: int,
    lifetime: int,
    years: int,
    part: int,
) -> Step:
    """Tell the share of the theoretical amount."""
    amount = law.money(part, DIMES)
    args: Arguments = (
        ("theoretical", theoretical.value),
        ("own", quarters(own)),
        ("lifetime", quarters(lifetime)),
        ("years", years),
        ("amount", amount),
    )
    cited = (law.block.law, *law.cite("lifetime-quarters-per-year", "benefit-rounds-up"))
    return Step(name, amount, "us-pro-rata", args, cited, (theoretical,))
