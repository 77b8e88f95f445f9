"""Every parameter of clause P01 that bounds an amount: legal minimum, one sum, national amount.

XA has 120 of 360 months: its share of a theoretical 900 is 300.
"""

from dataclasses import replace
from fractions import Fraction

from ssacalc.domain.blocks import Product, Sum
from ssacalc.domain.case import Case, Certified
from ssacalc.domain.determination import Alternative, BenefitResult
from ssacalc.domain.money import Money, Per
from ssacalc.domain.rules import Calculation, Method
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Step, walk
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
)


def stated(minimum: Money | None = None, theoretical: object = 900, **other: object) -> Case:
    held = Certified(
        "XA",
        theoretical=money(theoretical),
        minimum_benefit=minimum,
        **{"own_right": False, "condition_met": True, **other},  # type: ignore[arg-type]
    )
    return case(
        period("XA", certified=time(120)),
        period("XB", certified=time(240)),
        certified=(held, Certified("XB", independent=money(1))),
    )


def under(held: Case, *schemes: Scheme, **method: object) -> BenefitResult:
    rule = Calculation(Method.PRO_RATA, **method)  # type: ignore[arg-type]
    return result(determine(held, law(agreement("XA", "XB", method=rule), *schemes)), "XA")


def step(found: BenefitResult, key: str) -> Step:
    return next(s for s in walk(found.result) if s.key == key)


def test_the_theoretical_amount_is_not_taken_below_the_legal_minimum() -> None:
    # 1,200 instead of 900: 1,200 × 120/360 = 400 (Canada–Brazil, art. 16(2)(c)).
    found = under(stated(money(1200)), theoretical_not_below_minimum=True)
    assert found.theoretical == money(1200)
    assert found.payable == money(400)
    assert step(found, "theoretical-raised").value == money(1200)
    assert under(stated(money(800)), theoretical_not_below_minimum=True).payable == money(300)


def test_a_minimum_that_is_not_known_is_asked_for() -> None:
    found = under(stated(), theoretical_not_below_minimum=True)
    assert found.payable == money(300)
    assert "minimum-benefit-unknown" in doubts(found)
    assert "minimum-benefit-unknown" not in doubts(under(stated()))


def test_a_minimum_in_another_currency_raises_nothing() -> None:
    other = stated(money(1200, "USD"))
    assert under(other, theoretical_not_below_minimum=True).payable == money(300)


def test_the_share_is_raised_to_the_minimum_itself_where_the_text_says_so() -> None:
    # Germany–Türkiye, art. 29(3)(b): not the theoretical amount but the share is raised.
    found = under(stated(money(500)), raise_to_minimum=True)
    assert found.payable == money(500)
    assert step(found, "raised-to-minimum").name == "minimum_amount"
    assert under(stated(money(200)), raise_to_minimum=True).payable == money(300)


def test_a_small_share_may_be_taken_in_one_sum() -> None:
    # 300 is below 500: five years are 60 payments, 18,000 (Canada–Mexico, art. 17(2)(c)).
    found = under(stated(money(500)), lump_sum_years=Fraction(5))
    total = Money(Fraction(18000), "EUR", Per.ONCE)
    assert found.payable == money(300)
    assert Alternative("lump-sum", "xa-xb", True, total) in found.alternatives
    assert step(found, "lump-sum-option").value == total


def test_no_sum_is_offered_where_the_share_reaches_the_minimum() -> None:
    found = under(stated(money(300)), lump_sum_years=Fraction(5))
    assert all(other.what != "lump-sum" for other in found.alternatives)
    assert "minimum-benefit-unknown" in doubts(under(stated(), lump_sum_years=Fraction(5)))


def test_nor_where_the_right_is_the_persons_own_or_there_is_none() -> None:
    own = stated(money(5000), own_right=True, independent=money(400))
    assert not under(own, lump_sum_years=Fraction(5)).alternatives
    none = stated(money(500), condition_met=False)
    assert not under(none, lump_sum_years=Fraction(5)).alternatives


def flat(rate: object = 1) -> Scheme:
    """Return a scheme that pays ``rate`` a month of time and 60 beside, for 200 months at least."""
    blocks = (
        Product("earned", LAW, None, ("units", "rate")),
        Sum("basic", LAW, None, ("beside",)),
        Sum("pension", LAW, None, ("earned", "basic")),
    )
    figures = {"beside": figure("beside", 60, "money")}
    return scheme("XA", rate=rate, minimum=200, figures=figures, blocks=blocks)


def counted() -> Case:
    return case(
        period("XA", certified=time(120)),
        period("XB", certified=time(240)),
        certified=(Certified("XB", independent=money(1)),),
    )


def test_the_minimum_may_come_from_the_scheme_s_own_file() -> None:
    # The theoretical 420 rises to the 600 that the file names: 600 × 120/360 = 200.
    figures = {"least": figure("least", 600, "money")}
    named = replace(flat(), figures={**flat().figures, **figures}, minimum_amount="least")
    found = under(counted(), named, theoretical_not_below_minimum=True)
    assert found.theoretical == money(600)
    assert found.payable == money(200)


def test_or_from_a_block_of_its_formula() -> None:
    named = replace(flat(), minimum_amount="earned", amount="basic")
    # The formula's 60 rises to 1 a month for all 360 months: 360 × 120/360 = 120.
    found = under(counted(), named, theoretical_not_below_minimum=True)
    assert found.theoretical == money(360)
    assert found.payable == money(120)


def test_a_share_may_be_bounded_at_the_amount_on_own_periods_alone() -> None:
    # Theoretical 420 × 120/360 = 140; on own periods alone 120 + 60 = 180: not bounded.
    assert under(counted(), flat(), capped_at_national=True).payable == money(140)
    # Certified: a share of 300 and 250 on own periods alone.
    both = stated(independent=money(250), own_right=True)
    assert under(both, capped_at_national=True).pro_rata == money(250)
    assert under(both).pro_rata == money(300)
    assert step(under(both, capped_at_national=True), "capped-at-national").value == money(250)


def test_a_bound_that_is_not_known_is_asked_for() -> None:
    found = under(stated(), capped_at_national=True)
    assert found.payable == money(300)
    assert "cap-needs-national-amount" in doubts(found)


def test_the_waived_share_of_a_scheme_stays_waived() -> None:
    both = stated(independent=money(400), own_right=True)
    assert under(both, waives_pro_rata=True).pro_rata is None
    assert under(both, waives_pro_rata=True).payable == money(400)


def parts(**part: Calculation) -> BenefitResult:
    """Return XA's result with its basic amount as a part of its own, the rest direct."""
    made = replace(flat(), parts=(("earned", "earned"), ("basic", "basic")))
    further = [clause("P01", rule, part=name) for name, rule in part.items()]
    instrument = agreement("XA", "XB", method=Calculation(Method.DIRECT), further=further)
    return result(determine(counted(), law(instrument, made)), "XA")


def test_a_part_that_does_not_depend_on_time_is_due_at_own_over_a_fixed_duration() -> None:
    # 120 earned + 60 × 120/360 = 140 (Austria–Canada, art. 13(2)(a)).
    rule = Calculation(Method.INDEPENDENT_OF_DURATION, fixed_duration=Fraction(360))
    assert parts(basic=rule).payable == money(140)
    assert parts(basic=replace(rule, fixed_duration=Fraction(100))).payable == money(180)
    assert parts(basic=replace(rule, method=Method.FIXED_SUM)).payable == money(140)
    unknown = parts(basic=replace(rule, fixed_duration=None))
    assert unknown.payable is None
    assert "part-ratio-unknown" in doubts(unknown)


def test_a_part_may_be_set_over_the_minimum_or_over_what_was_needed() -> None:
    # The minimum is 200: 60 × 120/200 = 36.
    assert parts(basic=Calculation(Method.OWN_OVER_MINIMUM)).payable == money(156)
    assert parts(basic=Calculation(Method.OWN_OVER_NEEDED)).payable == money(156)


def test_a_part_without_a_method_of_its_own_is_paid_whole() -> None:
    assert parts().payable == money(180)
    assert parts(basic=Calculation(Method.DIRECT)).payable == money(180)
