"""One scheme under one instrument: what its clauses add to a right, and what they leave alone."""

from dataclasses import replace
from fractions import Fraction

import pytest

from ssacalc.domain.agreement import Clause
from ssacalc.domain.case import Case, Certified
from ssacalc.domain.rules import (
    Export,
    ExportScope,
    InsuredAtEvent,
    Payment,
    Rule,
    ThirdStateRule,
    ThirdStates,
    Totalising,
    Use,
)
from ssacalc.domain.scheme import AbroadRule, Condition, ConditionKind, Scheme
from ssacalc.domain.trace import walk
from ssacalc.engine.determination import determine
from tests.engine.build import (
    LAW,
    agreement,
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


def test_a_text_that_adds_nothing_for_a_benefit_refuses_what_own_time_does_not_give() -> None:
    held = case(period("XA", certified=time(60)), period("XB", certified=time(60)))
    none = replace(clause("T01", Totalising(Use.ALWAYS)), option="none", rule=None, party="XA")
    known = (scheme("XA", minimum=120), scheme("XB", minimum=120))
    found = determine(held, law(*known, agreement("XA", "XB", further=[none])))
    refused, paid = result(found, "XA"), result(found, "XB")
    assert (refused.with_agreement, refused.total) == (False, 60)
    assert any(step.key == "not-totalised" for step in walk(refused.result))
    assert (paid.with_agreement, paid.total) == (True, 120)


@pytest.mark.parametrize(
    ("use", "payable", "doubted"),
    [(Use.ONLY_IF_NEEDED, 60, False), (Use.ALWAYS, 100, True)],
)
def test_time_added_only_if_needed_leaves_an_own_right_as_it_is(
    use: Use, payable: int, doubted: bool
) -> None:
    held = case(
        period("XA", certified=time(60)),
        period("XB", certified=time(60)),
        certified=[Certified("XA", independent=money(60), theoretical=money(200), own_right=True)],
    )
    text = agreement("XA", "XB", further=[clause("T02", Totalising(use))])
    text = replace(text, clauses=tuple(c for c in text.clauses if c.id != "P07"))
    found = result(determine(held, law(text)), "XA")
    assert found.payable == money(payable)
    assert ("own-right-silent" in doubts(found)) is doubted


def test_a_total_certified_below_own_time_is_doubted() -> None:
    held = case(
        period("XA", certified=time(60)),
        period("XB", certified=time(60)),
        certified=[Certified("XA", total=time(50))],
    )
    found = result(determine(held, law(scheme("XA"), agreement("XA", "XB"))), "XA")
    assert "certified-total-below-own" in doubts(found)


def test_a_state_without_own_time_owes_nothing() -> None:
    held = case(period("XB", certified=time(60)), certified=[Certified("XA", minimum=time(12))])
    found = result(determine(held, law(agreement("XA", "XB"))), "XA")
    assert found.with_agreement is False
    assert found.shortfall is not None
    assert found.shortfall.condition == "own-units"


def payments(held: Case, known: Scheme, *further: Rule) -> Payment:
    text = agreement("XA", "XB", further=[clause("G08", rule) for rule in further])
    return result(determine(held, law(known, text)), "XA").portability.payment


THIRD = Export(ExportScope.WORLDWIDE, only_instrument_benefits_to_third=True)


@pytest.mark.parametrize(("minimum", "expected"), [(60, Payment.NO), (100, Payment.FULL)])
def test_only_what_is_due_through_the_text_is_paid_in_third_states(
    minimum: int, expected: Payment
) -> None:
    held = case(period("XA", certified=time(60)), period("XB", certified=time(60)), residence="XZ")
    known = scheme("XA", minimum=minimum, abroad=(AbroadRule(Payment.NO, LAW),))
    assert payments(held, known, THIRD) is expected


@pytest.mark.parametrize(
    ("nationalities", "residence", "expected"),
    [
        (("XA",), "XZ", Payment.FULL),
        (("XB",), "XZ", Payment.SUSPENDED),
        (("XB",), "XY", Payment.REDUCED),
        ((), "XZ", Payment.UNKNOWN),
    ],
)
def test_the_first_rule_that_speaks_of_the_person_decides_on_payment_abroad(
    nationalities: tuple[str, ...], residence: str, expected: Payment
) -> None:
    rules = (
        AbroadRule(Payment.REDUCED, LAW, places=("XY",)),
        AbroadRule(Payment.FULL, LAW, nationals=True),
        AbroadRule(Payment.SUSPENDED, LAW, nationals=False),
    )
    held = case(
        period("XA", certified=time(Fraction(60))), residence=residence, nationalities=nationalities
    )
    found = result(determine(held, law(scheme("XA", abroad=rules))), "XA")
    assert found.portability.payment is expected


@pytest.mark.parametrize(("saved", "instruments"), [((), 1), (("agreement-of-boatmen",), 2)])
def test_a_regulation_that_replaces_leaves_the_instruments_it_saves(
    saved: tuple[str, ...], instruments: int
) -> None:
    held = case(period("XA", certified=time(60)), period("XB", certified=time(60)))
    replaces = Clause("G11", "replaces", LAW, {"save": list(saved)})
    boatmen = agreement("XA", "XB", name="agreement-of-boatmen")
    known = law(scheme("XA"), scheme("XB"), union("XA", "XB", further=[replaces]), boatmen)
    found = result(determine(held, known), "XA")
    others = [a for a in found.alternatives if a.what == "instrument"]
    assert 1 + len(others) == instruments


def test_a_text_that_adds_no_time_may_still_take_insurance_elsewhere_for_its_own() -> None:
    """Netherlands-United States: survivors of somebody insured in the other State at death."""
    asked = Condition(ConditionKind.INSURED_AT_EVENT, "window", LAW)
    known = scheme("XA", conditions=[asked], figures={"window": figure("window", 0, "year")})
    none = replace(clause("T01", Totalising(Use.ALWAYS)), option="none", rule=None, party="XA")
    held = case(period("XA", "1990-01-01", "1999-12-31"), period("XB", "2000-01-01", "2025-12-31"))
    insured = clause("T09", InsuredAtEvent.ELSEWHERE)
    alone = result(determine(held, law(known, agreement("XA", "XB", further=[none]))), "XA")
    both = result(determine(held, law(known, agreement("XA", "XB", further=[none, insured]))), "XA")
    assert (alone.with_agreement, both.with_agreement) == (False, True)
    assert both.total == both.own


@pytest.mark.parametrize(("nationalities", "total"), [(("XA",), 130), (("XZ",), 90), ((), 130)])
def test_who_is_no_national_has_the_general_rule_on_third_states(
    nationalities: tuple[str, ...], total: int
) -> None:
    held = case(
        period("XA", certified=time(60)),
        period("XB", certified=time(30)),
        period("XC", certified=time(40)),
        nationalities=nationalities,
    )
    narrow = ThirdStateRule(ThirdStates.BOUND_TO_ONE, nationals_of=("XA",))
    text = agreement("XA", "XB", third=ThirdStateRule(ThirdStates.BOUND_TO_BOTH))
    own = replace(clause("T06", narrow), party="XA")
    text = replace(text, clauses=(*text.clauses, own))
    known = law(scheme("XA", minimum=120), text, agreement("XA", "XC"))
    assert result(determine(held, known), "XA").total == total
