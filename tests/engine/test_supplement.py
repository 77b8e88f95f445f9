"""The supplement to the minimum of the State of residence: Reg. (EC) 883/2004, art. 58.

XA has 240 of 360 months and XB 120; XA's share of 900 is 600, XB's share of 600 is 200. The person
lives in XA, whose minimum for 360 months is given.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ssacalc.domain.case import Case, Certified, ExchangeRate
from ssacalc.domain.determination import Determination
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Supplement
from ssacalc.domain.trace import walk
from ssacalc.engine.determination import determine
from tests.engine.build import (
    case,
    clause,
    doubts,
    figure,
    law,
    money,
    period,
    result,
    scheme,
    time,
    union,
)

SIX_HUNDRED = money(600)


def living(
    residence: str = "XA",
    minimum: Money | None = None,
    xb: Money | None = SIX_HUNDRED,
    deferred: tuple[tuple[str, date], ...] = (),
) -> Case:
    return case(
        period("XA", certified=time(240)),
        period("XB", certified=time(120)),
        residence=residence,
        deferred=deferred,
        certified=(
            Certified(
                "XA",
                theoretical=money(900),
                condition_met=True,
                own_right=False,
                minimum_benefit=minimum or money(1000),
            ),
            Certified("XB", theoretical=xb, condition_met=True, own_right=False),
        ),
    )


def determined(held: Case, who: Supplement = Supplement.RESIDENCE_STATE) -> Determination:
    return determine(held, law(union("XA", "XB", further=[clause("P06", who)])))


def test_the_supplement_is_the_minimum_less_all_benefits_due() -> None:
    # 1,000 - (600 + 200) = 200 on top of XA's 600 (art. 58(2)).
    found = determined(living())
    assert result(found, "XA").payable == money(800)
    assert result(found, "XA").pro_rata == money(600)
    assert result(found, "XB").payable == money(200)
    step = next(s for s in walk(result(found, "XA").result) if s.name == "supplement")
    assert step.value == money(200)
    assert "result-payable" in {s.key for s in walk(step)}


@pytest.mark.parametrize("minimum", [800, 700])
def test_none_is_due_where_all_benefits_reach_the_minimum(minimum: int) -> None:
    assert result(determined(living(minimum=money(minimum))), "XA").payable == money(600)


def test_only_the_state_of_residence_owes_it() -> None:
    # Living in XB, whose minimum is not stated, XA's minimum does not matter (art. 58(1)).
    found = determined(living("XB"))
    assert result(found, "XA").payable == money(600)
    assert result(found, "XB").payable == money(200)


def test_a_state_that_pays_no_benefit_owes_none() -> None:
    held = living()
    refused = replace(held.certified[0], condition_met=False)
    found = determined(replace(held, certified=(refused, held.certified[1])))
    assert result(found, "XA").payable is None


def test_another_clause_gives_none() -> None:
    found = determined(living(), Supplement.NEVER_EXPORTED)
    assert result(found, "XA").payable == money(600)


def test_a_benefit_that_the_person_put_off_is_not_due() -> None:
    # XB is asked to wait: 1,000 - 600 = 400.
    found = determined(living(deferred=(("XB", date(2017, 1, 1)),)))
    assert result(found, "XA").payable == money(1000)


def test_a_benefit_of_unknown_amount_leaves_the_supplement_open() -> None:
    found = determined(living(xb=None))
    assert result(found, "XA").payable == money(600)
    assert "supplement-not-told" in doubts(result(found, "XA"))


def test_another_currency_is_counted_by_the_rate_the_case_states() -> None:
    # XB pays 600 USD × 120/360 = 200 USD = 100 EUR: 1,000 - 700 = 300.
    held = living(xb=money(600, "USD"))
    found = determined(held)
    assert result(found, "XA").payable == money(600)
    assert "supplement-not-told" in doubts(result(found, "XA"))
    rate = ExchangeRate("USD", "EUR", Fraction(1, 2), date(2015, 1, 1))
    rated = determined(replace(held, rates=(rate,)))
    assert result(rated, "XA").payable == money(900)


def test_the_scheme_s_own_minimum_serves_where_none_is_certified() -> None:
    # XA pays 1 a month: 360 × 240/360 = 240; XB 600 × 120/360 = 200; its file's minimum is 500.
    held = living()
    home = scheme("XA", minimum=300, full=360, figures={"least": figure("least", 500, "money")})
    named = replace(home, minimum_amount="least")
    certified = (held.certified[1],)
    instrument = union("XA", "XB", further=[clause("P06", Supplement.RESIDENCE_STATE)])
    found = determine(replace(held, certified=certified), law(instrument, named))
    assert result(found, "XA").payable == money(240 + 60)


def test_the_supplement_is_given_once_where_the_state_pays_two_benefits() -> None:
    held = case(
        period("XA", certified=time(240), scheme="one"),
        period("XA", certified=time(120), scheme="two"),
        period("XB", certified=time(120)),
        certified=(
            Certified("XA", "one", independent=money(300), minimum_benefit=money(1000)),
            Certified("XA", "two", independent=money(200), minimum_benefit=money(1000)),
            Certified("XB", independent=money(100)),
        ),
    )
    found = determined(held)
    assert result(found, "XA", "one").payable == money(300 + 400)
    assert result(found, "XA", "two").payable == money(200)
