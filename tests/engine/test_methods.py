"""The amounts that each method of apportionment gives."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.blocks import Sum
from ssacalc.domain.case import Case, Certified, Fact
from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.law import Law
from ssacalc.domain.money import Per
from ssacalc.domain.rules import (
    Calculation,
    Cap,
    Denominator,
    Method,
    WhenOwnRight,
)
from ssacalc.domain.scheme import Maturity, Scheme
from ssacalc.engine.determination import determine
from tests.engine.build import (
    LAW,
    agreement,
    alone,
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
)


def career(own: int, foreign: int, **more: object) -> Case:
    held = (period("XA", certified=time(own)), period("XB", certified=time(foreign)))
    return case(*held, **more)  # type: ignore[arg-type]


def found(of: Case, held: Scheme, instrument: Instrument) -> BenefitResult:
    return result(determine(of, law(held, scheme("XB"), instrument)), "XA")


def by(method: Method, **more: object) -> Calculation:
    return Calculation(method, **more)  # type: ignore[arg-type]


def ratio_of(of: BenefitResult) -> tuple[int, int]:
    assert of.ratio is not None
    return int(of.ratio[0]), int(of.ratio[1])


def amount(of: BenefitResult) -> Fraction:
    assert of.payable is not None
    return of.payable.amount


months = st.integers(1, 600)


@given(months, months)
def test_a_share_never_exceeds_the_theoretical_amount(own: int, foreign: int) -> None:
    held = found(career(own, foreign), scheme("XA", minimum=1200, full=480), agreement("XA", "XB"))
    if held.theoretical is not None and held.pro_rata is not None:
        assert held.pro_rata.amount <= held.theoretical.amount


def test_m1_is_the_theoretical_amount_times_own_over_all_time() -> None:
    held = found(career(60, 180), scheme("XA", minimum=120), agreement("XA", "XB"))
    assert held.theoretical == money(240)
    assert ratio_of(held) == (60, 240)
    assert held.pro_rata == money(60)


@pytest.mark.parametrize(
    ("own", "foreign", "expected"),
    [(100, 200, (100, 240)), (300, 100, (240, 240)), (60, 60, (60, 120))],
)
def test_m2_bounds_both_terms_at_the_full_career(
    own: int, foreign: int, expected: tuple[int, int]
) -> None:
    # 883/2004, art. 56(1)(a)
    instrument = agreement("XA", "XB", cap=Cap.FULL_CAREER, own_right=WhenOwnRight.PRO_RATA)
    assert ratio_of(found(career(own, foreign), scheme("XA", full=240), instrument)) == expected


def test_m2_without_a_known_full_career_leaves_the_total() -> None:
    instrument = agreement("XA", "XB", cap=Cap.FULL_CAREER)
    assert ratio_of(found(career(300, 300), scheme("XA"), instrument)) == (300, 600)


def test_m3_bounds_the_total_at_the_qualifying_period() -> None:
    instrument = agreement("XA", "XB", cap=Cap.QUALIFYING)
    held = found(career(60, 300), scheme("XA", minimum=180), instrument)
    assert ratio_of(held) == (60, 180)


def test_m4_takes_the_amount_on_the_qualifying_period_over_that_period() -> None:
    instrument = agreement("XA", "XB", method=by(Method.OWN_OVER_MINIMUM))
    held = found(career(48, 120), scheme("XA", minimum=120), instrument)
    assert held.theoretical == money(120)
    assert ratio_of(held) == (48, 120)
    assert amount(held) == 48


def test_m5_takes_only_the_foreign_time_that_is_needed() -> None:
    instrument = agreement("XA", "XB", method=by(Method.OWN_OVER_NEEDED))
    held = found(career(48, 300), scheme("XA", minimum=120), instrument)
    assert held.theoretical == money(120)
    assert ratio_of(held) == (48, 120)


@pytest.mark.parametrize("method", [Method.OWN_OVER_MINIMUM, Method.OWN_OVER_NEEDED])
def test_a_method_that_needs_the_qualifying_period_says_when_it_is_unknown(method: Method) -> None:
    held = found(career(48, 120), scheme("XA"), agreement("XA", "XB", method=by(method)))
    assert "minimum-period-unknown" in doubts(held)


def test_m6_pays_for_own_time_alone() -> None:
    instrument = agreement("XA", "XB", method=by(Method.DIRECT))
    held = found(career(60, 180), scheme("XA", minimum=120), instrument)
    assert held.theoretical is None
    assert amount(held) == 60


@given(months, months)
def test_direct_and_shared_amounts_agree_where_the_formula_is_linear(
    own: int, foreign: int
) -> None:
    held = scheme("XA", minimum=1201)
    opened = replace(career(own, foreign), certified=(Certified("XA", condition_met=True),))
    direct = found(opened, held, agreement("XA", "XB", method=by(Method.DIRECT)))
    shared = found(opened, held, agreement("XA", "XB"))
    assert amount(direct) == amount(shared) == own


def test_m6_pays_a_part_by_a_method_of_its_own() -> None:
    flat = {"flat": figure("flat", 600, "money")}
    blocks = (
        Sum("flat-part", LAW, None, ("flat",)),
        Sum("other-part", LAW, None, ("rate",)),
        Sum("pension", LAW, None, ("flat-part", "other-part")),
    )
    held = replace(
        scheme("XA", minimum=48, rate=90, figures=flat, blocks=blocks),
        parts=(("flat", "flat-part"), ("other", "other-part")),
    )
    instrument = agreement(
        "XA",
        "XB",
        method=by(Method.DIRECT),
        further=[clause("P01", by(Method.OWN_OVER_MINIMUM), part="flat")],
    )
    shared = found(career(24, 100), held, instrument)
    assert amount(shared) == 600 * Fraction(24, 48) + 90
    assert ratio_of(shared) == (24, 48)


@pytest.mark.parametrize(
    ("born", "own", "expected"),
    [
        (date(1932, 3, 31), 270, (270, 480)),
        (date(1932, 4, 1), 270, (270, 492)),
        (date(1932, 4, 1), 500, (492, 492)),
    ],
)
def test_m7_uses_the_instruments_own_denominator(
    born: date, own: int, expected: tuple[int, int]
) -> None:
    rows = (
        Denominator(Fraction(480), born_until=date(1932, 3, 31)),
        Denominator(Fraction(492), born_since=date(1932, 4, 1)),
    )
    instrument = agreement("XA", "XB", method=by(Method.RESIDENCE_FRACTION, denominators=rows))
    held = found(career(own, 100, born=born), scheme("XA", minimum=300), instrument)
    assert ratio_of(held) == expected


def test_m7_counts_further_units_where_the_text_adds_them() -> None:
    method = by(
        Method.RESIDENCE_FRACTION,
        denominators=(Denominator(Fraction(300)),),
        plus_units=Fraction(1),
    )
    held = found(career(120, 300), scheme("XA", minimum=400), agreement("XA", "XB", method=method))
    assert ratio_of(held) == (121, 300)


def test_m7_says_so_where_no_denominator_fits() -> None:
    rows = (Denominator(Fraction(480), born_until=date(1932, 3, 31)),)
    instrument = agreement("XA", "XB", method=by(Method.RESIDENCE_FRACTION, denominators=rows))
    held = found(career(120, 300), scheme("XA", minimum=400), instrument)
    assert held.payable is None
    assert "denominator-gap" in doubts(held)


@pytest.mark.parametrize(("day", "expected"), [(20080630, 44), (20080701, 25)])
def test_m7_follows_the_day_of_the_move(day: int, expected: int) -> None:
    rows = (
        Denominator(Fraction(44), moved_until=date(2008, 6, 30)),
        Denominator(Fraction(25), moved_since=date(2008, 7, 1)),
    )
    instrument = agreement("XA", "XB", method=by(Method.RESIDENCE_FRACTION, denominators=rows))
    of = replace(career(13, 300), facts=(Fact("XA", "moved-on", Fraction(day)),))
    held = found(of, scheme("XA", minimum=100), instrument)
    assert held.ratio is not None
    assert held.ratio[1] == expected


def test_m12_takes_a_share_of_the_partners_pension_into_the_means_test() -> None:
    blocks = (Sum("pension", LAW, None, ("rate",), ("income",)),)
    held = replace(scheme("XA", minimum=12, rate=1000, blocks=blocks), facts=("income",))
    method = by(Method.PROPORTIONAL_INCOME, denominators=(Denominator(Fraction(300)),))
    facts = (Fact("XA", "partner-pension", Fraction(600)), Fact("XA", "income", Fraction(100)))
    instrument = agreement("XA", "XB", method=method, own_right=WhenOwnRight.PRO_RATA)
    shared = found(replace(career(150, 100), facts=facts), held, instrument)
    assert amount(shared) == 1000 - 100 - 300


def test_m14_is_due_at_own_time_over_a_fixed_duration() -> None:
    method = by(Method.INDEPENDENT_OF_DURATION, fixed_duration=Fraction(360))
    blocks = (Sum("pension", LAW, None, ("rate",)),)
    held = scheme("XA", minimum=200, rate=720, blocks=blocks)
    shared = found(career(90, 200), held, agreement("XA", "XB", method=method))
    assert ratio_of(shared) == (90, 360)
    assert amount(shared) == 180


def test_a_scheme_outside_apportionment_pays_its_national_amount() -> None:
    held = found(
        career(60, 60), scheme("XA"), agreement("XA", "XB", method=by(Method.NATIONAL_ONLY))
    )
    assert held.pro_rata is None
    assert amount(held) == 60


def test_a_method_that_is_not_coded_is_a_doubt_and_no_amount() -> None:
    silent = agreement("XA", "XB")
    silent = replace(silent, clauses=tuple(c for c in silent.clauses if c.id != "P01"))
    held = found(career(60, 180), scheme("XA", minimum=120), silent)
    assert held.with_agreement is True
    assert held.payable is None
    assert "method-not-coded" in doubts(held)


def test_certified_amounts_serve_where_there_is_no_formula() -> None:
    of = case(
        period("XA", certified=time(60)),
        period("XB", certified=time(180)),
        certified=[
            Certified("XA", theoretical=money(400), minimum=time(120)),
            Certified("XB", independent=money(90), theoretical=money(100)),
        ],
    )
    determined = determine(of, law(agreement("XA", "XB")))
    assert amount(result(determined, "XA")) == 100
    assert amount(result(determined, "XB")) == 90
    assert result(determined, "XA").own_right is False


def test_amounts_keep_their_fractions_until_the_last_step() -> None:
    of = case(
        period("XA", certified=time(1)),
        period("XB", certified=time(2)),
        certified=[Certified("XA", theoretical=money(100), minimum=time(3))],
    )
    held = result(determine(of, law(agreement("XA", "XB"))), "XA")
    step = next(s for s in held.result.uses if s.name == "pro_rata_amount")
    assert step.value == money(Fraction(100, 3))
    assert held.payable == money("33.33")


def test_a_currency_changes_no_ratio() -> None:
    def under(currency: str) -> BenefitResult:
        return found(
            career(60, 180), scheme("XA", minimum=120, currency=currency), agreement("XA", "XB")
        )

    one, other = under("EUR"), under("TND")
    assert one.ratio == other.ratio
    assert one.payable is not None
    assert other.payable is not None
    assert (one.payable.amount, other.payable.currency) == (other.payable.amount, "TND")


def test_amounts_due_by_the_week_and_by_the_month_are_not_compared() -> None:
    of = case(
        period("XA", certified=time(60)),
        period("XB", certified=time(180)),
        certified=[
            Certified("XA", independent=money(50, per=Per.WEEK), theoretical=money(400)),
        ],
    )
    held = result(determine(of, law(agreement("XA", "XB"))), "XA")
    assert held.payable == money(50, per=Per.WEEK)
    assert "amounts-not-comparable" in doubts(held)


def test_a_figure_that_is_missing_makes_no_amount_and_is_told() -> None:
    held = scheme("XA", minimum=60)
    held = replace(held, figures={k: v for k, v in held.figures.items() if k != "rate"})
    shared = found(career(60, 180), held, agreement("XA", "XB"))
    assert shared.own_right is True
    assert shared.payable is None
    assert "fact-asked" in doubts(shared)


def test_a_scheme_without_a_formula_has_a_right_and_no_amount() -> None:
    held = replace(scheme("XA", minimum=60, rate=None), maturity=Maturity.CERTIFIED_ONLY)
    shared = found(career(60, 180), held, agreement("XA", "XB"))
    assert (shared.own_right, shared.payable) == (True, None)


def test_the_independent_amount_is_the_same_with_and_without_an_instrument() -> None:
    determined = determine(
        career(60, 180), Law((agreement("XA", "XB"),), (scheme("XA"), scheme("XB")), "test")
    )
    for country in ("XA", "XB"):
        assert result(determined, country).independent == alone(determined, country).independent
