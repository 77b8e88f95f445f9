"""National rules against overlapping, within Reg. (EC) 883/2004, art. 53-55, and 987/2009, art. 10.

State XA has 240 of 360 months, XB 120. Amounts are certified, so that every figure can be worked
out by hand: XA's share of a theoretical 900 is 900 × 240/360 = 600.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ssacalc.domain.case import Case, Certified, ExchangeRate
from ssacalc.domain.determination import BenefitResult, Determination
from ssacalc.domain.errors import InvalidCase
from ssacalc.domain.money import Money, Per
from ssacalc.domain.overlap import (
    Counted,
    Divided,
    Division,
    Nature,
    OverlapKind,
    OverlapRegime,
    Reducible,
    Reduction,
    Regime,
)
from ssacalc.domain.rules import Calculation, Method
from ssacalc.domain.trace import walk
from ssacalc.engine.determination import determine
from ssacalc.library.instruments import read_instrument
from ssacalc.resources import folder
from tests.engine.build import alone, case, clause, doubts, law, money, period, result, time, union

INDEPENDENT, CREDITED = Nature.INDEPENDENT_OF_DURATION, Nature.CREDITED_TIME
EU = OverlapRegime(Regime.SPECIAL, Division.COUNTED, mutual=True)
FORMER = OverlapRegime(Regime.SPECIAL, Division.NOT_PAID)
WHOLE, SHARE = {"independent": 800}, {"theoretical": 900, "own_right": False}


def certified(country: str, amounts: dict[str, object]) -> Certified:
    stated = {
        name: money(value) if name in ("independent", "theoretical") else value
        for name, value in amounts.items()
    }
    return Certified(country, **{"own_right": True, **stated})  # type: ignore[arg-type]


def counted(amount: object, name: str = "work", **other: object) -> Counted:
    return Counted(name, money(amount), **other)  # type: ignore[arg-type]


def rule(
    country: str = "XA",
    *amounts: Counted,
    kind: OverlapKind = OverlapKind.INCOME,
    free: object = None,
    ceiling: object = None,
    rate: object = 1,
    **other: object,
) -> Reduction:
    return Reduction(
        country,
        kind,
        amounts or (counted(1000),),
        free=None if free is None else money(free),
        ceiling=None if ceiling is None else money(ceiling),
        rate=Fraction(str(rate)),
        **other,  # type: ignore[arg-type]
    )


TAPER = {"free": 400, "rate": "0.4"}
"""Of 1,000: (1,000 - 400) × 40 % = 240."""


def stated(
    *rules: Reduction,
    xa: dict[str, object] = WHOLE,
    xb: dict[str, object] = SHARE,
    rates: tuple[ExchangeRate, ...] = (),
    conventions: tuple[tuple[str, str], ...] = (),
) -> Case:
    held = case(
        period("XA", certified=time(240)),
        period("XB", certified=time(120)),
        certified=(certified("XA", xa), certified("XB", xb)),
    )
    return replace(held, reductions=rules, rates=rates, conventions=conventions)


def determined(
    held: Case, regime: OverlapRegime | None = EU, listed: dict[str, Reducible] | None = None
) -> Determination:
    further = [clause("G13", found, party=country) for country, found in (listed or {}).items()]
    if regime is not None:
        further.append(clause("G10", regime))
    return determine(held, law(union("XA", "XB", further=further)))


def paid(held: Case, country: str = "XA", **how: object) -> Fraction | None:
    payable = result(determined(held, **how), country).payable  # type: ignore[arg-type]
    return payable.amount if payable else None


def keys(found: BenefitResult) -> set[str]:
    return {step.key for step in walk(found.result)}


# The same kind: art. 54


def test_a_share_is_never_cut_by_a_benefit_of_the_same_kind() -> None:
    held = stated(rule(kind=OverlapKind.SAME), xa=SHARE)
    found = result(determined(held), "XA")
    assert found.payable == money(600)
    assert "reduction-not-on-share" in keys(found)


def test_an_independent_benefit_that_annex_ix_does_not_list_is_not_cut() -> None:
    found = result(determined(stated(rule(kind=OverlapKind.SAME))), "XA")
    assert found.payable == money(800)
    assert "reduction-not-admitted" in keys(found)


def test_a_benefit_independent_of_duration_is_cut_by_any_of_the_same_kind() -> None:
    held = stated(rule("XA", counted(200), kind=OverlapKind.SAME, free=50))
    assert paid(held, listed={"XA": Reducible(INDEPENDENT)}) == 800 - (200 - 50)


@pytest.mark.parametrize(
    ("nature", "left"),
    [(INDEPENDENT, 600), (CREDITED, 600), (Nature.BY_DURATION, 800), (None, 800)],
)
def test_credited_time_gives_way_only_to_credited_or_independent_benefits(
    nature: Nature | None, left: int
) -> None:
    other = counted(200, nature=nature, country="XB")
    held = stated(rule("XA", other, kind=OverlapKind.SAME))
    assert paid(held, listed={"XA": Reducible(CREDITED)}) == left


def test_the_other_benefit_may_be_known_by_the_annex_too() -> None:
    held = stated(rule("XA", counted(200, country="XB"), kind=OverlapKind.SAME))
    listed = {"XA": Reducible(CREDITED), "XB": Reducible(CREDITED)}
    assert paid(held, listed=listed) == 600


def test_states_may_agree_not_to_count_credited_time_twice() -> None:
    held = stated(rule("XA", counted(200, country="XB"), kind=OverlapKind.SAME))
    listed = {"XA": Reducible(CREDITED, except_with=("XB",)), "XB": Reducible(CREDITED)}
    assert paid(held, listed=listed) == 800


def test_a_law_with_benefits_of_both_natures_has_to_be_told_which() -> None:
    listed = {"XA": Reducible(INDEPENDENT, only_if_stated=True)}
    silent = determined(stated(rule(kind=OverlapKind.SAME, free=900)), listed=listed)
    assert result(silent, "XA").payable == money(800)
    assert "reduction-nature-not-stated" in doubts(result(silent, "XA"))
    said = rule(kind=OverlapKind.SAME, free=900, nature=INDEPENDENT)
    assert paid(stated(said), listed=listed) == 700


def test_a_benefit_said_to_rest_on_duration_is_not_the_one_listed() -> None:
    said = rule(kind=OverlapKind.SAME, nature=Nature.BY_DURATION)
    assert paid(stated(said), listed={"XA": Reducible(INDEPENDENT)}) == 800


# Different kinds and income: art. 55


def test_one_independent_benefit_is_cut_as_national_law_says() -> None:
    assert paid(stated(rule(**TAPER))) == 800 - 240


def test_amounts_are_divided_by_the_number_of_independent_benefits() -> None:
    # (1,000 / 2 - 400) × 40 % = 40, from each (art. 55(1)(a)).
    held = stated(rule(**TAPER), rule("XB", **TAPER), xb={"independent": 700})
    assert paid(held) == 760
    assert paid(held, "XB") == 660


def test_a_state_may_divide_only_what_exceeds_its_bound() -> None:
    # (1,000 - 400) / 2 × 40 % = 120 (CJEU C-45/22).
    excess = rule(**TAPER, divides=Divided.EXCESS)
    held = stated(excess, rule("XB", **TAPER), xb={"independent": 700})
    assert paid(held) == 680
    assert paid(held, "XB") == 660


def test_the_choice_between_the_two_is_told_where_the_case_leaves_it_open() -> None:
    both = stated(rule(**TAPER), rule("XB", **TAPER), xb={"independent": 700})
    found = result(determined(both), "XA")
    told = next(d for d in found.doubts if d.key == "reduction-divides")
    assert dict(told.args)["amount"] == money(760)
    assert dict(told.args)["other"] == money(680)
    said = rule(**TAPER, divides=Divided.AMOUNTS)
    settled = stated(said, rule("XB", **TAPER), xb={"independent": 700})
    assert "reduction-divides" not in doubts(result(determined(settled), "XA"))


def test_before_883_what_would_not_be_paid_was_divided() -> None:
    # 240 / 2 = 120 (Reg. (EEC) 1408/71, art. 46c(1)).
    held = stated(rule(**TAPER), rule("XB", **TAPER), xb={"independent": 700})
    assert paid(held, regime=FORMER) == 680


def test_benefits_cut_because_of_different_things_are_not_counted_together() -> None:
    pension = rule("XB", counted(1000, "own pension"), **TAPER)
    held = stated(rule(**TAPER), pension, xb={"independent": 700})
    assert paid(held) == 560
    assert paid(held, "XB") == 460


def test_a_benefit_that_the_rule_would_not_cut_is_not_counted() -> None:
    held = stated(rule(**TAPER), rule("XB", free=1000), xb={"independent": 700})
    assert paid(held) == 560


def test_a_share_counts_its_own_part_of_every_element() -> None:
    # (1,000 × 2/3 - 400 × 2/3) × 40 % = 160 (art. 55(1)(b)).
    assert paid(stated(rule(**TAPER), xa=SHARE)) == 440


def test_each_group_follows_its_own_rule() -> None:
    # Art. 55(1)(c). XA independent and alone: 240. XB a share of 300, cut by 240 × 120/360.
    held = stated(rule(**TAPER), rule("XB", **TAPER))
    assert paid(held) == 560
    assert paid(held, "XB") == 300 - 80


def test_nothing_is_divided_where_national_law_counts_shares_itself() -> None:
    # 240 × 240/360 = 160, and the other benefit is divided all the same (art. 55(2)).
    scaled = rule(**TAPER, scaled=True)
    held = stated(scaled, rule("XB", **TAPER), xb={"independent": 700})
    assert paid(held) == 640
    assert paid(held, "XB") == 660


def test_a_bar_of_the_right_takes_the_whole_benefit_where_something_exceeds() -> None:
    # Art. 55(3); with one State alone no more than the income itself (art. 53(3)(d)).
    assert paid(stated(rule(free=400, suspends=True))) == 0
    assert paid(stated(rule(free=1000, suspends=True))) == 800
    assert paid(stated(rule("XA", counted(300), free=100, suspends=True))) == 500


def test_a_ceiling_holds_for_the_benefit_and_the_amounts_together() -> None:
    # 800 + 1,000 - 1,500 = 300; for a share 600 + 666.67 - 1,000 = 266.67.
    assert paid(stated(rule(ceiling=1500))) == 500
    assert paid(stated(rule(ceiling=1500), xa=SHARE)) == Fraction("333.33")


def test_an_amount_that_is_cut_stands_beside_the_one_that_is_not() -> None:
    found = result(determined(stated(rule(**TAPER))), "XA")
    assert found.independent == money(800)
    assert {"reduction-counted", "reduction-excess-free", "reduction-cut"} <= keys(found)


# What counts: art. 53(3)


def test_what_is_acquired_abroad_counts_only_where_national_law_says_so() -> None:
    foreign, home = counted(1000, "a", country="XB"), counted(500, "b", country="XA")
    assert paid(stated(rule("XA", foreign, home, **TAPER, foreign=False))) == 760
    assert paid(stated(rule("XA", foreign, home, **TAPER))) == 360


def test_amounts_count_before_deductions_unless_national_law_says_otherwise() -> None:
    work = counted(1000, net=Fraction(700))
    assert paid(stated(rule("XA", work, **TAPER))) == 560
    assert paid(stated(rule("XA", work, **TAPER, after_deductions=True))) == 800 - 120


def test_what_is_left_after_deductions_is_asked_for() -> None:
    found = result(determined(stated(rule(**TAPER, after_deductions=True))), "XA")
    assert found.payable == money(560)
    assert "reduction-net-missing" in doubts(found)


def test_voluntary_insurance_abroad_is_left_out() -> None:
    # (1,000 - 250 - 400) × 40 % = 140.
    pension = counted(1000, country="XB", voluntary=Fraction(250))
    held = stated(rule("XA", pension, **TAPER, kind=OverlapKind.DIFFERENT))
    assert paid(held) == 660
    own = replace(pension, country="XA")
    assert paid(stated(rule("XA", own, **TAPER, kind=OverlapKind.DIFFERENT))) == 560


def test_voluntary_insurance_is_left_out_in_proportion_after_deductions() -> None:
    # 800 net × (1 - 250/1,000) = 600; (600 - 400) × 40 % = 80.
    pension = counted(1000, country="XB", voluntary=Fraction(250), net=Fraction(800))
    assert paid(stated(rule("XA", pension, **TAPER, after_deductions=True))) == 720


def test_a_single_state_cuts_no_more_than_what_it_counts() -> None:
    # 800 + 100 - 600 = 300 exceed the ceiling, but only 100 come from abroad.
    found = result(determined(stated(rule("XA", counted(100), ceiling=600))), "XA")
    assert found.payable == money(700)
    assert "reduction-cut-limited" in keys(found)


def test_two_states_are_not_so_bound() -> None:
    held = stated(
        rule("XA", counted(100, "a"), ceiling=600),
        rule("XB", counted(100, "b")),
        xb={"independent": 700},
    )
    assert paid(held) == 500


# Benefits that cut each other: 987/2009, art. 10


def test_what_is_not_paid_is_divided_where_benefits_cut_each_other() -> None:
    # Strictly XA loses 200 and XB 300; each loses half.
    held = stated(
        rule("XA", counted(200, "XB's", country="XB"), kind=OverlapKind.DIFFERENT),
        rule("XB", counted(300, "XA's", country="XA"), kind=OverlapKind.DIFFERENT),
        xb={"independent": 700},
    )
    assert paid(held) == 800 - 100
    assert paid(held, "XB") == 700 - 150


def test_a_benefit_outside_the_case_may_be_said_to_be_cut_in_turn() -> None:
    other = counted(200, "old age", country="XC", mutual=True)
    assert paid(stated(rule("XA", other, kind=OverlapKind.DIFFERENT))) == 700


def test_a_rule_that_does_not_reach_the_other_benefit_is_not_mutual() -> None:
    # XB's benefit is a share: one of the same kind never cuts it, so nothing is divided.
    held = stated(
        rule("XA", counted(200, country="XB"), kind=OverlapKind.SAME),
        rule("XB", counted(300, country="XA"), kind=OverlapKind.SAME),
    )
    assert paid(held, listed={"XA": Reducible(INDEPENDENT)}) == 600
    assert paid(held, "XB", listed={"XA": Reducible(INDEPENDENT)}) == 300


# Comparison, waiver, other instruments


def test_amounts_are_compared_after_reductions() -> None:
    # Independent 800 - 700 = 100, share 600 - 0: the same kind does not cut it (art. 52(2)-(3)).
    both = {"independent": 800, "theoretical": 900}
    held = stated(rule("XA", counted(700), kind=OverlapKind.SAME), xa=both)
    found = result(determined(held, listed={"XA": Reducible(INDEPENDENT)}), "XA")
    assert found.payable == money(600)
    told = next(d for d in found.doubts if d.key == "reduction-compared")
    assert dict(told.args)["before"] == money(100)


def test_the_other_order_is_a_named_convention() -> None:
    both = {"independent": 800, "theoretical": 900}
    chosen = (("reduction-compared", "before-reductions"),)
    held = stated(rule("XA", counted(700), kind=OverlapKind.SAME), xa=both, conventions=chosen)
    listed = {"XA": Reducible(INDEPENDENT)}
    assert paid(held, listed=listed) == 100
    wrong = replace(held, conventions=(("reduction-compared", "whenever"),))
    with pytest.raises(InvalidCase):
        determined(wrong, listed=listed)


def test_the_order_is_not_mentioned_where_it_changes_nothing() -> None:
    both = {"independent": 800, "theoretical": 900}
    found = result(determined(stated(rule("XA", counted(10)), xa=both)), "XA")
    assert "reduction-compared" not in doubts(found)


def test_the_share_is_not_waived_where_a_rule_against_overlapping_applies() -> None:
    # Art. 52(4): with a rule both amounts are computed, unless national law scales itself (55(2)).
    both = {"independent": 800, "theoretical": 900}
    method = Calculation(Method.PRO_RATA, waives_pro_rata=True)

    def of(*rules: Reduction) -> BenefitResult:
        instrument = union("XA", "XB", method=method, further=[clause("G10", EU)])
        return result(determine(stated(*rules, xa=both), law(instrument)), "XA")

    assert of().pro_rata is None
    assert of(rule(**TAPER)).pro_rata == money(600)
    assert of(rule(**TAPER, scaled=True)).pro_rata is None


def test_national_law_alone_knows_no_limits() -> None:
    pension = counted(1000, country="XB", voluntary=Fraction(250))
    held = stated(rule("XA", pension, kind=OverlapKind.SAME, **TAPER))
    assert alone(determined(held), "XA").payable == money(560)


def test_several_rules_work_one_after_the_other() -> None:
    held = stated(rule(**TAPER), rule("XA", counted(60, "rent")))
    assert paid(held) == 800 - 240 - 60
    assert alone(determined(held), "XA").payable == money(500)


def test_an_agreement_may_leave_national_rules_as_they_stand() -> None:
    held = stated(rule(kind=OverlapKind.SAME, **TAPER), xa=SHARE)
    assert paid(held, regime=OverlapRegime(Regime.NATIONAL)) == 360


def test_an_agreement_may_spare_shares_from_benefits_but_not_from_income() -> None:
    spared = OverlapRegime(Regime.NO_CUT_OF_SHARES)
    for kind, left in ((OverlapKind.SAME, 600), (OverlapKind.DIFFERENT, 600)):
        assert paid(stated(rule(kind=kind, **TAPER), xa=SHARE), regime=spared) == left
    assert paid(stated(rule(**TAPER), xa=SHARE), regime=spared) == 360
    assert paid(stated(rule(kind=OverlapKind.SAME, **TAPER)), regime=spared) == 560


@pytest.mark.parametrize("regime", [None, OverlapRegime(Regime.SPECIAL)])
def test_a_limit_that_is_not_coded_is_told(regime: OverlapRegime | None) -> None:
    found = result(determined(stated(rule(**TAPER), xa=SHARE), regime), "XA")
    assert found.payable == money(360)
    assert "reduction-regime-not-coded" in doubts(found)


def test_amounts_are_brought_to_the_benefits_currency_and_month() -> None:
    # 12,000 XBC a year at 0.5 are 500 a month: (500 - 400) × 40 % = 40.
    yearly = Counted("work", Money(Fraction(12000), "USD", Per.YEAR))
    rate = ExchangeRate("USD", "EUR", Fraction(1, 2), date(2015, 1, 1))
    assert paid(stated(rule("XA", yearly, **TAPER), rates=(rate,))) == 760


@pytest.mark.parametrize("per", [Per.WEEK, Per.MONTH])
def test_what_cannot_be_compared_cuts_nothing_and_is_told(per: Per) -> None:
    currency = "EUR" if per is Per.WEEK else "USD"
    other = Counted("work", Money(Fraction(1000), currency, per))
    found = result(determined(stated(rule("XA", other, **TAPER))), "XA")
    assert found.payable == money(800)
    assert "reduction-not-comparable" in doubts(found)
    assert "reduction-not-comparable" in doubts(alone(determined(stated(rule("XA", other))), "XA"))


def test_a_rule_that_reaches_no_benefit_is_a_problem() -> None:
    held = stated(replace(rule("XC"), place="reductions[1]"))
    (problem,) = determined(held).problems
    assert problem.place == "reductions[1]"


def test_the_regulation_is_coded_by_date_state_and_scheme() -> None:
    coded = read_instrument(folder("agreements") / "eu-883-2004.toml")
    now, before = date(2015, 1, 1), date(2009, 1, 1)

    def found(name: str, on: date, **narrowed: str) -> object:
        one = coded.clause(name, on, **narrowed)  # type: ignore[arg-type]
        return one.rule if one else None

    assert found("G10", now) == EU
    assert found("G10", before) == FORMER
    assert found("G13", now, party="SE", branch="old-age") is None
    assert found("G13", now, party="FR", branch="invalidity") == Reducible(INDEPENDENT)
    finnish = found("G13", now, party="FI", scheme="fi-earnings-related", branch="survivors")
    assert isinstance(finnish, Reducible)
    assert {"DE", "LU", "SE"} <= set(finnish.except_with)
    assert finnish.only_if_stated
