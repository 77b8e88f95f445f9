"""The day on which a risk materialised: what lies after it is not in the ratio."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from ssacalc.domain.case import Branch, Case
from ssacalc.domain.rules import Calculation, Method, ThirdStateRule, ThirdStates
from ssacalc.domain.scheme import Condition, ConditionKind
from ssacalc.domain.trace import walk
from ssacalc.engine.determination import determine
from ssacalc.engine.risk import before, risk_of
from tests.engine.build import (
    LAW,
    agreement,
    case,
    doubts,
    figure,
    law,
    period,
    result,
    scheme,
    time,
    union,
)

BEFORE = Calculation(Method.PRO_RATA, before_risk=True)


def invalid(*periods: object, since: date, on: date = date(2020, 1, 1)) -> Case:
    held = case(*periods, on=on, branch=Branch.INVALIDITY)  # type: ignore[arg-type]
    return replace(held, person=replace(held.person, disabled_since=since))


def test_a_period_is_read_up_to_the_eve_and_its_certified_time_in_proportion() -> None:
    held = invalid(
        period("XA", "2010-01-01", "2019-12-31", certified=time(60)),
        period("XB", "2016-01-01", "2019-12-31"),
        period("XC", certified=time(24)),
        since=date(2015, 1, 1),
    )
    first, undated = before(held, date(2015, 1, 1)).periods
    assert first.shortest is not None
    assert first.shortest.last == date(2014, 12, 31)
    assert first.certified == time(30)
    assert undated == held.periods[2]
    assert held.periods[0].certified == time(60)


def test_nothing_is_read_otherwise_where_all_time_lies_before() -> None:
    held = invalid(period("XA", "2010-01-01", "2014-12-31"), since=date(2015, 1, 1))
    assert before(held, date(2015, 1, 1)) is held


def test_old_age_has_no_risk_day() -> None:
    assert risk_of(replace(invalid(since=date(2015, 1, 1)), claim=case().claim)) is None


def test_time_after_the_invalidity_is_not_in_the_ratio() -> None:
    """883/2004, art. 52(1)(b): theoretical amount on all time, ratio on time before the risk."""
    held = invalid(
        period("XA", "2005-01-01", "2009-12-31"),
        period("XB", "2010-01-01", "2019-12-31"),
        since=date(2015, 1, 1),
    )
    known = [replace(scheme(c, minimum=1), branch=Branch.INVALIDITY) for c in ("XA", "XB")]
    branches = [replace(b, branch=Branch.INVALIDITY) for b in union("XA", "XB").branches]
    instrument = replace(union("XA", "XB", method=BEFORE), branches=tuple(branches))
    found = result(determine(held, law(*known, instrument)), "XA")
    assert found.ratio == (60, 120)
    assert found.theoretical is not None
    assert found.theoretical.amount == 180
    assert any(step.key == "ratio-before-risk" for step in walk(found.result))


def test_the_theoretical_amount_may_rest_on_the_two_parties_alone() -> None:
    """Canada-India, art. 17(3): a third State opens the right and is in neither amount."""
    held = case(
        period("XA", certified=time(60)),
        period("XB", certified=time(30)),
        period("XC", certified=time(40)),
    )
    two_only = Calculation(
        Method.PRO_RATA, includes_third_states=False, theoretical_of_parties_only=True
    )
    third = ThirdStateRule(ThirdStates.BOUND_TO_BOTH)
    instruments = (
        agreement("XA", "XB", method=two_only, third=third),
        agreement("XA", "XC"),
        agreement("XB", "XC"),
    )
    found = result(determine(held, law(scheme("XA", minimum=120), *instruments)), "XA")
    assert (found.with_agreement, found.total) == (True, 130)
    assert found.ratio == (60, 90)
    assert found.theoretical is not None
    assert found.theoretical.amount == 90
    assert found.payable is not None
    assert found.payable.amount == Fraction(60)


def test_the_day_of_the_event_is_asked_for_where_a_condition_looks_at_it() -> None:
    asked = Condition(ConditionKind.INSURED_AT_EVENT, "window", LAW)
    window = {"window": figure("window", 1, "year")}
    known = replace(scheme("XA", conditions=[asked], figures=window), branch=Branch.INVALIDITY)
    stated = invalid(period("XA", "2005-01-01", "2014-12-31"), since=date(2015, 1, 1))
    unstated = replace(stated, person=replace(stated.person, disabled_since=None))
    told = doubts(result(determine(unstated, law(known)), "XA"))
    assert "disabled-since-not-stated" in told
    assert "disabled-since-not-stated" not in doubts(result(determine(stated, law(known)), "XA"))
