"""Averages over a contributory period, weighted facts, ages by calendar month, yearly factors."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ssacalc.domain.blocks import (
    AgeFactor,
    FormulaBlock,
    PeriodAverage,
    Product,
    ReferenceEarnings,
    Table,
    Weighted,
)
from ssacalc.domain.blocks import EarningsKind as Kind
from ssacalc.domain.case import Branch, Earnings
from ssacalc.domain.dated import Dated, DatedValue
from ssacalc.domain.errors import MissingFigure
from ssacalc.domain.money import Per, Rounding
from ssacalc.domain.scheme import Counting, CountingKind, Maturity, Scheme
from ssacalc.domain.trace import Citation, Step
from ssacalc.domain.units import Remainder, Unit
from ssacalc.engine.career import Career
from ssacalc.engine.formulas.evaluate import Evaluation, evaluate

READ = Citation("Act", "s. 1")
FIGURES = {
    "begins": 1990,
    "of-age": 216,
    "until": 840,
    "late": 780,
    "years": 2,
    "share": "0.17",
    "least": 120,
    "fixed": 480,
    "two": 2,
    "three": 3,
    "rate": "0.006",
}


def dated(value: object) -> Dated[Fraction]:
    return Dated("", "", (DatedValue(Fraction(str(value)), None, None, None, None, READ),))


TABLE: Dated[Table] = Dated(
    "",
    "",
    (
        DatedValue(
            ((Fraction(2018), Fraction(3)), (Fraction(2019), Fraction(2))),
            date(2020, 1, 1),
            date(2020, 12, 31),
            None,
            None,
            READ,
        ),
    ),
)

AVERAGE = PeriodAverage(
    "average",
    READ,
    None,
    since="begins",
    from_age="of-age",
    until_age="until",
    ceiling="ceiling",
    index="ceiling",
    index_years="years",
    late_age="late",
    left_out="share",
    least="least",
    stated="certified",
)


def career(born: date, on: date, earned: dict[int, int], facts: dict[str, int]) -> Career:
    months = Fraction(120)
    return Career(
        born=born,
        on=on,
        unit=Unit.MONTH,
        units=months,
        own_units=months,
        earnings=tuple(Earnings("XA", year, Fraction(sum_)) for year, sum_ in earned.items()),
        quarters={},
        facts={name: Fraction(value) for name, value in facts.items()},
        conventions={},
        step=Step("units", months, "units"),
        sex="F",
    )


def evaluated(
    *blocks: FormulaBlock,
    born: date = date(1955, 1, 1),
    on: date = date(2020, 7, 1),
    earned: dict[int, int] | None = None,
    facts: dict[str, int] | None = None,
) -> Evaluation:
    every = {year: Fraction(1200) for year in range(1990, 2026)}
    scheme = Scheme(
        id="xa-test",
        country="XA",
        title="Test",
        branch=Branch.OLD_AGE,
        unit=Unit.MONTH,
        per=Per.MONTH,
        counting=Counting(CountingKind.CALENDAR_MONTHS),
        maturity=Maturity.VERIFIED,
        figures={name: dated(value) for name, value in FIGURES.items()},
        currency=Dated("", "", (DatedValue("EUR", None, None, None, None, READ),)),
        tables={"factors": TABLE},
        series={
            "ceiling": {**every, 2020: Fraction(2400), 2019: Fraction(2400)},
            "lower": dict.fromkeys(every, Fraction(600)),
            "half": dict.fromkeys(every, Fraction(1, 2)),
        },
        series_law={"ceiling": READ, "lower": READ, "half": READ},
        blocks=blocks,
        amount=blocks[-1].name,
    )
    return evaluate(scheme, career(born, on, earned or {}, facts or {}))


def average(block: PeriodAverage = AVERAGE, **given: object) -> Fraction:
    return evaluated(block, **given).values["average"]  # type: ignore[arg-type]


FULL = dict.fromkeys(range(1990, 2021), 5000)
"""More than the ceiling in every year."""


def test_earnings_count_to_the_ceiling_and_are_brought_to_its_level() -> None:
    assert average(earned=FULL) == Fraction(2400, 12)


def test_the_lowest_months_are_left_out_in_whole_months() -> None:
    # 1990 to June 2020: 366 months, 5 of them after 65; 17 % of 361 are 61.37, counted as 62
    months = 366 - 5 - 62
    assert average(earned={2019: 5000}) == Fraction(12 * 200, months)
    step = evaluated(AVERAGE, earned={2019: 5000}).steps["average"]
    assert dict(step.args)["left_out"] == 67
    assert dict(step.args)["first"] == date(1990, 1, 1)
    assert dict(step.args)["last"] == date(2020, 6, 30)


def test_no_fewer_than_the_least_months_are_left_and_divide() -> None:
    young = date(2000, 5, 20)  # of age in June 2018: 25 months to June 2020
    assert average(born=young, earned={2018: 5000}) == Fraction(7 * 200, 120)


def test_a_year_cut_short_counts_to_its_part_of_the_ceiling() -> None:
    young = date(2000, 5, 20)
    assert average(born=young, earned={2020: 5000}) == Fraction(6 * 200, 120)


def test_earnings_up_to_the_exemption_are_none() -> None:
    block = replace(AVERAGE, exemption="lower")
    assert average(block, earned={2019: 600}) == 0
    assert average(block, earned={2019: 601}) > 0


def test_only_what_lies_above_a_series_counts() -> None:
    block = replace(AVERAGE, above="lower", left_out=None, late_age=None, divisor="fixed")
    assert average(block, earned={2019: 2400}) == Fraction(1800, 480)
    assert average(replace(block, revaluation="half"), earned={2019: 2400}) == Fraction(900, 480)


def test_excluded_months_do_not_count() -> None:
    block = replace(AVERAGE, excluded="two")
    assert dict(evaluated(block, earned={2019: 5000}).steps["average"].args)["left_out"] == 5 + 62
    assert average(block, earned={2019: 5000}) == Fraction(12 * 200, 366 - 2 - 67)


def test_before_the_period_begins_nothing_is_asked_for() -> None:
    assert average(born=date(2005, 1, 1)) == 0


def test_the_institutions_average_stands_for_the_computation() -> None:
    assert average(facts={"certified": 321}) == 321


WEIGHTED = Weighted("sum", READ, None, of=("children", "parents"), by=("two", "three"))


def test_facts_are_weighed_and_those_not_stated_are_nought() -> None:
    assert evaluated(WEIGHTED, facts={"children": 4}).values["sum"] == 8
    assert evaluated(WEIGHTED, facts={"children": 4, "parents": 1}).values["sum"] == 11
    assert evaluated(WEIGHTED).values["sum"] == 0


def test_one_of_the_facts_may_be_needed() -> None:
    with pytest.raises(MissingFigure):
        evaluated(replace(WEIGHTED, needed=True))


def test_an_age_may_be_reached_in_the_month_after_the_birthday() -> None:
    block = AgeFactor(
        "factor", READ, None, age="late", early="rate", late="rate", of="age-in-calendar-months"
    )
    same_day = {"born": date(1955, 7, 1), "on": date(2020, 7, 1)}
    assert evaluated(block, **same_day).values["factor"] == Fraction("0.994")  # type: ignore[arg-type]
    assert evaluated(replace(block, of="age-months"), **same_day).values["factor"] == 1  # type: ignore[arg-type]


def test_the_sex_is_a_fact() -> None:
    assert evaluated(Product("amount", READ, None, factors=("woman", "two"))).values["amount"] == 2


def test_factors_of_years_are_those_in_force_on_the_day() -> None:
    block = ReferenceEarnings("average", READ, None, kind=Kind.CAREER, table="factors")
    assert evaluated(block, earned={2018: 100, 2019: 200}).values["average"] == 350
    for on, year in ((date(2021, 7, 1), 2018), (date(2020, 7, 1), 2017)):
        with pytest.raises(MissingFigure):
            evaluated(block, on=on, earned={year: 100})


def test_a_working_tells_what_was_rounded() -> None:
    rounding = Rounding("whole-down", Fraction(1), Remainder.DOWN)
    block = Product("amount", READ, rounding, factors=("share", "years"))
    assert evaluated(block).steps["amount"].key == "product-rounded"
