"""Figures that a case states in place of a computation, and yearly series of two sources."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ssacalc.domain.blocks import Choose, FormulaBlock, Points, Product, ReferenceEarnings, Stated
from ssacalc.domain.blocks import EarningsKind as Kind
from ssacalc.domain.case import Branch, Earnings
from ssacalc.domain.dated import Dated, DatedValue
from ssacalc.domain.errors import MissingFigure
from ssacalc.domain.money import Per
from ssacalc.domain.scheme import Counting, CountingKind, Maturity, Scheme
from ssacalc.domain.trace import Citation, Step
from ssacalc.domain.units import Unit
from ssacalc.engine.career import Career
from ssacalc.engine.formulas.evaluate import Evaluation, evaluate

READ = Citation("Act", "s. 1")
UNREAD = Citation("Press", "", verified=False)


def figure(value: object) -> Dated[Fraction]:
    return Dated("", "", (DatedValue(Fraction(str(value)), None, None, None, None, READ),))


def evaluated(
    *blocks: FormulaBlock, facts: dict[str, int] | None = None, on: int = 2020
) -> Evaluation:
    scheme = Scheme(
        id="xa-test",
        country="XA",
        title="Test",
        branch=Branch.OLD_AGE,
        unit=Unit.MONTH,
        per=Per.MONTH,
        counting=Counting(CountingKind.CALENDAR_MONTHS),
        maturity=Maturity.VERIFIED,
        figures={"one": figure(1), "default": figure(7)},
        currency=Dated("", "", (DatedValue("EUR", None, None, None, None, READ),)),
        series={
            "wage": {2017: Fraction(100), 2018: Fraction(200)},
            "wage-recent": {2019: Fraction(400)},
            "forecast": {2019: Fraction(500), 2020: Fraction(800)},
        },
        series_law={"wage": READ, "wage-recent": UNREAD, "forecast": READ},
        blocks=blocks,
        amount=blocks[-1].name,
    )
    months = Fraction(120)
    earned = tuple(Earnings("XA", year, Fraction(400)) for year in (2018, 2019))
    career = Career(
        born=date(1955, 1, 1),
        on=date(on, 7, 1),
        unit=Unit.MONTH,
        units=months,
        own_units=months,
        earnings=earned,
        quarters={},
        facts={name: Fraction(value) for name, value in (facts or {}).items()},
        conventions={},
        step=Step("units", months, "units"),
    )
    return evaluate(scheme, career)


POINTS = Points("points", READ, None, average="wage", stated="counted")


def test_a_stated_fact_stands_for_an_operand() -> None:
    block = Stated("chosen", READ, None, fact="given", otherwise="default")
    assert evaluated(block, facts={"given": 3}).values["chosen"] == 3
    assert evaluated(block).values["chosen"] == 7


def test_stated_points_stand_for_those_of_earnings() -> None:
    assert evaluated(POINTS, on=2025).values["points"] == 3
    assert evaluated(POINTS, facts={"counted": 40}).values["points"] == 40


def test_a_stated_average_stands_for_that_of_earnings() -> None:
    block = ReferenceEarnings("average", READ, None, kind=Kind.CAREER, stated="certified")
    assert evaluated(block).values["average"] == 400
    assert evaluated(block, facts={"certified": 55}).values["average"] == 55


def test_the_year_of_the_award_and_the_one_before_take_the_provisional_average() -> None:
    block = replace(POINTS, provisional="forecast")
    assert evaluated(block, on=2020).values["points"] == 2 + Fraction(400, 500)
    assert evaluated(block, on=2021).values["points"] == 3


def test_a_series_goes_on_in_the_recent_one_and_both_are_cited() -> None:
    assert evaluated(POINTS).steps["points"].law == (READ, READ, UNREAD)


def test_what_nothing_asks_for_may_be_missing() -> None:
    lacking = Product("lacking", READ, None, factors=("not-stated",))
    unasked = Choose(
        "amount", READ, None, of="one", at_least="one", then="default", otherwise="lacking"
    )
    assert evaluated(lacking, unasked).values["amount"] == 7
    with pytest.raises(MissingFigure):
        evaluated(lacking, Product("amount", READ, None, factors=("lacking", "one")))
