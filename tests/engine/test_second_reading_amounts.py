"""What a second reading of amounts found: cases that were wrong or silent, computed by hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ssacalc.domain.agreement import BranchCover, Cover, Instrument
from ssacalc.domain.blocks import Sum
from ssacalc.domain.case import Branch, Case, Certified, Evidence, Fact, Relative
from ssacalc.domain.determination import BenefitResult, Determination
from ssacalc.domain.money import Money
from ssacalc.domain.overlap import Counted, Division, OverlapKind, OverlapRegime, Reduction, Regime
from ssacalc.domain.rules import (
    Aggravation,
    Calculation,
    ConditionsNotMet,
    Denominator,
    Export,
    ExportScope,
    Method,
    NewCalculation,
    Payment,
    Provisional,
    SmallPension,
    WhenOwnRight,
)
from ssacalc.domain.scheme import AbroadRule, Scheme, SurvivorShare
from ssacalc.domain.trace import walk
from ssacalc.domain.units import Unit
from ssacalc.engine.determination import determine
from ssacalc.engine.reopening import later_rights
from ssacalc.library.law import load_law
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
    union,
)

XB = scheme("XB")


def career(own: int, foreign: int, **more: object) -> Case:
    held = (period("XA", certified=time(own)), period("XB", certified=time(foreign)))
    return case(*held, **more)  # type: ignore[arg-type]


def found(of: Case, *of_law: Scheme | Instrument, country: str = "XA") -> BenefitResult:
    return result(determine(of, law(*of_law)), country)


def by(method: Method, **more: object) -> Calculation:
    return Calculation(method, **more)  # type: ignore[arg-type]


def keys(of: BenefitResult) -> set[str]:
    return {step.key for step in walk(of.result)}


def ratio_of(of: BenefitResult) -> tuple[int, int] | None:
    return None if of.ratio is None else (int(of.ratio[0]), int(of.ratio[1]))


# Schemes outside apportionment


def test_a_scheme_of_annex_viii_part_2_pays_own_time_where_adding_opened_the_right() -> None:
    """883/2004, art. 52(5): the benefit by national law, here 60 months of two euros."""
    held = scheme("XA", rate=2, minimum=180)
    instrument = union("XA", "XB", method=by(Method.NATIONAL_ONLY))
    paid = found(career(60, 300), held, XB, instrument)
    assert (paid.own_right, paid.with_agreement) == (False, True)
    assert paid.payable == money(120)


def test_an_own_right_under_such_a_scheme_is_paid_by_national_law_as_before() -> None:
    held = scheme("XA", rate=2, minimum=180)
    instrument = union("XA", "XB", method=by(Method.NATIONAL_ONLY))
    paid = found(career(240, 300), held, XB, instrument)
    assert (paid.payable, paid.pro_rata) == (money(480), None)


@pytest.mark.parametrize("method", [Method.DIRECT, Method.NATIONAL_ONLY])
def test_an_amount_certified_for_own_periods_serves_a_right_by_adding(method: Method) -> None:
    stated = Certified("XA", independent=money(130), own_right=False, condition_met=True)
    paid = found(career(60, 300, certified=[stated]), XB, agreement("XA", "XB", method=by(method)))
    assert paid.payable == money(130)


# A person with an own right


def own_right(rule: WhenOwnRight) -> BenefitResult:
    stated = Certified("XA", theoretical=money(900), own_right=True)
    return found(career(240, 120, certified=[stated]), XB, union("XA", "XB", own_right=rule))


def test_without_the_national_amount_the_share_is_not_paid_in_its_place() -> None:
    paid = own_right(WhenOwnRight.NATIONAL)
    assert paid.pro_rata == money(600)
    assert paid.payable is None
    assert "national-amount-unknown" in doubts(paid)


def test_without_the_national_amount_the_higher_one_cannot_be_told() -> None:
    paid = own_right(WhenOwnRight.HIGHER)
    assert paid.payable == money(600)
    assert "higher-needs-national" in doubts(paid)


def test_where_the_share_alone_is_due_the_national_amount_is_not_asked_for() -> None:
    paid = own_right(WhenOwnRight.PRO_RATA)
    assert paid.payable == money(600)
    assert not doubts(paid)


def test_a_choice_of_the_person_shows_both_amounts() -> None:
    stated = Certified("XA", independent=money(500), theoretical=money(900), own_right=True)
    choice = agreement("XA", "XB", own_right=WhenOwnRight.CHOICE)
    paid = found(career(240, 120, certified=[stated]), XB, choice)
    assert paid.payable == money(600)
    assert [(other.what, other.payable) for other in paid.alternatives] == [("choice", money(500))]


@pytest.mark.parametrize(("residence", "expected"), [("XA", 500), ("XB", 600)])
def test_what_an_own_right_gives_may_depend_on_living_there(residence: str, expected: int) -> None:
    """Canada–Australia 2001, 7(1) and 7(3): the national rate inside, the concession abroad."""
    stated = Certified("XA", independent=money(500), theoretical=money(900), own_right=True)
    inside = clause("P07", WhenOwnRight.NATIONAL, part="inside")
    instrument = agreement("XA", "XB", own_right=WhenOwnRight.PRO_RATA, further=[inside])
    paid = found(career(240, 120, certified=[stated], residence=residence), XB, instrument)
    assert paid.payable == money(expected)


# The text's own denominators


def test_a_fixed_duration_is_in_the_texts_unit() -> None:
    """Thirty years are 360 months: for a scheme in years 30, for one in days not to be told."""
    rule = by(Method.INDEPENDENT_OF_DURATION, fixed_duration=Fraction(360))
    stated = Certified("XA", theoretical=money(300), condition_met=True, own_right=False)

    def paid(unit: Unit, number: int) -> BenefitResult:
        own = period("XA", certified=time(number, unit, 7 if unit is Unit.DAY else None))
        of = case(own, period("XB", certified=time(300)), certified=[stated])
        return found(of, XB, union("XA", "XB", method=rule))

    assert paid(Unit.MONTH, 60).payable == money(50)
    assert paid(Unit.YEAR, 5).payable == money(50)
    days = paid(Unit.DAY, 1800)
    assert days.payable is None
    assert "denominator-not-coded" in doubts(days)


def test_a_residence_fraction_is_in_the_texts_unit() -> None:
    rule = by(Method.RESIDENCE_FRACTION, denominators=(Denominator(Fraction(480)),))
    stated = Certified("XA", theoretical=money(400), condition_met=True, own_right=False)
    own = period("XA", certified=time(10, Unit.YEAR))
    of = case(own, period("XB", certified=time(300)), certified=[stated])
    assert found(of, XB, agreement("XA", "XB", method=rule)).payable == money(100)


def invalidity(name: str, of: Case) -> BenefitResult:
    paid = determine(of, load_law(of.countries), instruments=[name])
    return result(paid, "NL")


def test_a_dutch_invalidity_pension_is_set_over_the_time_since_fifteen() -> None:
    """Canada–Netherlands 2001, XIII(1): 60 months of the 300 from 15 to the incapacity at 40."""
    stated = Certified("NL", theoretical=money(1500), condition_met=True, own_right=False)
    of = case(
        period("NL", "1990-01-01", "1994-12-31"),
        period("CA", "1995-01-01", "1999-12-31"),
        on=date(2005, 1, 1),
        born=date(1960, 1, 1),
        residence="CA",
        certified=[stated],
        branch=Branch.INVALIDITY,
    )
    paid = invalidity("ca-nl-2001", replace(of, person=replace(of.person, disabled_since=None)))
    assert paid.payable is None
    assert "denominator-not-coded" in doubts(paid)
    since = replace(of, person=replace(of.person, disabled_since=date(2000, 1, 1)))
    paid = invalidity("ca-nl-2001", since)
    assert ratio_of(paid) == (60, 300)
    assert paid.pro_rata == money(300)


# Means tests and minima


def means(income: str = "income") -> Scheme:
    blocks = (Sum("pension", LAW, None, ("rate",), (income,)),)
    return replace(scheme("XA", rate=1000, blocks=blocks, minimum=12), facts=(income,))


FACTS = (Fact("XA", "partner-pension", Fraction(600)), Fact("XA", "income", Fraction(0)))
CONCESSION = by(Method.PROPORTIONAL_INCOME, denominators=(Denominator(Fraction(300)),))


def test_a_share_of_a_pension_is_not_left_uncounted_where_there_is_no_means_test() -> None:
    """The formula of the Age Pension asks for the reduction, not for income."""
    of = replace(career(6, 100), facts=(*FACTS, Fact("XA", "reduction", Fraction(100))))
    paid = found(of, means("reduction"), XB, agreement("XA", "XB", method=CONCESSION))
    assert paid.payable is None
    assert "method-needs-certified-amount" in doubts(paid)


def test_a_pension_that_is_to_be_counted_is_asked_for() -> None:
    paid = found(career(6, 100), means(), XB, agreement("XA", "XB", method=CONCESSION))
    assert "partner-pension-missing" in doubts(paid)


def floored(pension: int) -> BenefitResult:
    """XA deducts the pension at home, and counts 6/300 of it as income abroad."""
    further = [
        clause("P01", by(Method.DEDUCTION), part="inside"),
        clause("P01", by(Method.DEDUCTION), part="inside-not-less-than-abroad"),
    ]
    instrument = agreement("XA", "XB", method=CONCESSION, further=further)
    facts = (Fact("XA", "partner-pension", Fraction(pension)), FACTS[1])
    return found(replace(career(6, 100), facts=facts), means(), XB, instrument)


def test_at_home_no_less_is_paid_than_abroad() -> None:
    """Canada–Australia 2001, 7(4): 1,000 - 600 = 400 at home; 1,000 - 600 × 6/300 = 988 abroad."""
    paid = floored(600)
    assert paid.payable == money(988)
    assert "raised-to-rate-abroad" in keys(paid)
    assert floored(0).payable == money(1000)


def test_a_rate_abroad_that_is_not_known_is_told() -> None:
    further = [
        clause("P01", by(Method.DEDUCTION), part="inside"),
        clause("P01", by(Method.DEDUCTION), part="inside-not-less-than-abroad"),
    ]
    no_denominator = by(Method.RESIDENCE_FRACTION)
    instrument = agreement("XA", "XB", method=no_denominator, further=further)
    paid = found(replace(career(6, 100), facts=FACTS), means(), XB, instrument)
    assert paid.payable == money(400)
    assert "rate-abroad-not-compared" in doubts(paid)


def test_an_account_that_is_not_stated_is_not_taken_for_nought() -> None:
    """Canada–Chile, XVI(1) and (6): 900 × 60/180 = 300, less what the account pays."""
    minimum = by(Method.MINIMUM_TOP_UP)
    stated = Certified("XA", minimum_benefit=money(900), condition_met=True, own_right=False)
    paid = found(career(60, 120, certified=[stated]), XB, agreement("XA", "XB", method=minimum))
    assert paid.payable is None
    assert "account-pension-unknown" in doubts(paid)
    stated = replace(stated, independent=money(100))
    paid = found(career(60, 120, certified=[stated]), XB, agreement("XA", "XB", method=minimum))
    assert paid.payable == money(300)


# The guarantee on the sum


def guaranteed(a: int, b: int, currency: str = "EUR") -> Determination:
    """Shares of 400 and 100; the national rights alone give a and b."""
    certified = (
        Certified("XA", independent=money(a), theoretical=money(600), own_right=True),
        Certified(
            "XB",
            independent=money(b, currency),
            theoretical=money(300, currency),
            own_right=True,
        ),
    )
    of = career(240, 120, certified=certified)
    return determine(of, law(agreement("XA", "XB", own_right=WhenOwnRight.GUARANTEED)))


@pytest.mark.parametrize(
    ("a", "b", "paid"),
    [
        (500, 100, (400, 100)),
        (550, 100, (450, 100)),
        (550, 510, (450, 100)),
        (510, 550, (400, 150)),
    ],
)
def test_all_benefits_reach_the_highest_national_right(
    a: int, b: int, paid: tuple[int, int]
) -> None:
    """European Convention, 34(1) and (2); Rhine boatmen, 37: the largest difference alone."""
    together = guaranteed(a, b)
    assert result(together, "XA").payable == money(paid[0])
    assert result(together, "XB").payable == money(paid[1])


def test_a_guarantee_that_cannot_be_compared_is_told() -> None:
    together = guaranteed(550, 510, "USD")
    assert result(together, "XA").payable == money(400)
    assert "guarantee-not-told" in doubts(result(together, "XA"))


# Periods of States whose conditions are not met


def unneeded(minimum: int) -> BenefitResult:
    """XC refuses; XA is met by its own time, XB by XA's and its own or with XC's."""
    of = case(
        period("XA", certified=time(120)),
        period("XB", certified=time(120)),
        period("XC", certified=time(60)),
        certified=[Certified("XC", condition_met=False)],
    )
    not_met, rule = ConditionsNotMet.LEFT_OUT_IF_UNNEEDED, WhenOwnRight.PRO_RATA
    instrument = agreement("XA", "XB", "XC", not_met=not_met, own_right=rule)
    held, other = scheme("XA", minimum=100, rate=2), scheme("XB", minimum=minimum)
    return found(of, held, other, instrument)


def test_time_of_a_state_not_yet_paying_is_left_out_where_two_rights_do_without_it() -> None:
    """European Convention, 33(1)(b)(i): ratio 120/240, and 120/300 where XB needs the time."""
    assert ratio_of(unneeded(240)) == (120, 240)
    assert ratio_of(unneeded(241)) == (120, 300)


@pytest.mark.parametrize(
    ("rule", "not_met", "key"),
    [
        (NewCalculation.AUTOMATIC, ConditionsNotMet.LEFT_OUT, "calculated-anew"),
        (NewCalculation.ON_REQUEST, ConditionsNotMet.LEFT_OUT, "calculated-anew-on-request"),
        (NewCalculation.NONE, ConditionsNotMet.LEFT_OUT, "not-calculated-anew"),
        (NewCalculation.AUTOMATIC, ConditionsNotMet.LEFT_OUT_IF_LOWER, "counted-already"),
    ],
)
def test_a_later_right_reopens_an_award_as_the_text_says(
    rule: NewCalculation, not_met: ConditionsNotMet, key: str
) -> None:
    """883/2004, art. 50(4): not where the periods were counted already (art. 50(2))."""
    held = scheme("XA", minimum=12, rate=1)
    instrument = union("XA", "XB", not_met=not_met, further=[clause("P08", rule)])
    of = career(120, 60, deferred=(("XB", date(2017, 1, 1)),))
    whole = determine(of, law(held, XB, instrument))
    assert key in keys(result(whole, "XA"))
    assert later_rights(whole) == (date(2017, 1, 1),)


# Adaptations


def test_an_adaptation_acts_on_the_share_and_opens_nothing_anew() -> None:
    """883/2004, art. 59(2): 100 of 300, two per cent more, then five euros."""
    stated = Certified("XA", theoretical=money(300), condition_met=True, own_right=False)
    facts = (
        Fact("XA", "adapted-by-percent", Fraction(2)),
        Fact("XA", "adapted-by-amount", Fraction(5)),
        Fact("XB", "adapted-by-percent", Fraction(50)),
    )
    of = replace(career(60, 120, certified=[stated]), facts=facts)
    paid = found(of, XB, union("XA", "XB"))
    assert (paid.pro_rata, paid.payable) == (money(100), money(107))
    assert ratio_of(paid) == (60, 180)


# Before all is known


def stated_only(own: int, **certified: object) -> BenefitResult:
    held = Certified("XA", theoretical=money(900), **certified)  # type: ignore[arg-type]
    of = career(own, 120, certified=[held])
    told = tuple(
        replace(p, evidence=Evidence.STATEMENT) if p.country == "XB" else p for p in of.periods
    )
    rule = clause("P12", Provisional.INDEPENDENT_AND_ADVANCE)
    return found(replace(of, periods=told), XB, union("XA", "XB", further=[rule]))


def test_a_national_benefit_is_paid_provisionally_until_periods_are_certified() -> None:
    """987/2009, art. 50(1)."""
    paid = stated_only(240, independent=money(500), own_right=True)
    assert paid.payable == money(600)
    assert [(o.what, o.payable) for o in paid.alternatives] == [("provisional", money(500))]


def test_an_advance_is_paid_on_a_share() -> None:
    """987/2009, art. 50(2)."""
    paid = stated_only(240, own_right=False, condition_met=True)
    assert [(o.what, o.payable) for o in paid.alternatives] == [("advance", money(600))]


# Invalidity that grew worse


def worse(before: int, *, refused: bool = False) -> Determination:
    """XA's share is 100 of 300, XB's 120 of 180; before, XA alone paid."""
    certified = (
        Certified("XA", theoretical=money(300), condition_met=not refused, own_right=False),
        Certified("XB", theoretical=money(180), condition_met=True, own_right=False),
    )
    of = career(60, 120, certified=certified, branch=Branch.INVALIDITY)
    of = replace(of, facts=(Fact("XA", "benefit-before-aggravation", Fraction(before)),))
    instrument = union("XA", "XB", further=[clause("P13", Aggravation.FORMER_PAYER_ADDS)])
    branches = tuple(BranchCover(p, Branch.INVALIDITY, Cover.COVERED) for p in ("XA", "XB"))
    return determine(of, law(replace(instrument, branches=branches)))


@pytest.mark.parametrize(("before", "paid"), [(220, 100), (200, 100), (250, 130)])
def test_the_state_that_paid_before_adds_what_all_are_less(before: int, paid: int) -> None:
    """883/2004, art. 47(2): 100 + 120 = 220."""
    together = worse(before)
    assert result(together, "XA").payable == money(paid)
    assert result(together, "XB").payable == money(120)


def test_it_adds_it_also_where_it_owes_no_benefit_any_more() -> None:
    """Without XA's share XB pays 180 × 120/120: XA's time is counted where it is not lower."""
    together = worse(250, refused=True)
    assert result(together, "XB").payable == money(120)
    assert result(together, "XA").payable == money(130)


# Overlapping benefits


def test_a_share_may_count_a_part_of_the_income_and_leave_the_whole_free() -> None:
    """Supplementary Agreement, 8(b): 600 - (300 × 240/360 - 50) = 450; by Union law 433.33."""
    held = Certified("XA", theoretical=money(900), condition_met=True, own_right=False)
    item = Counted("work", money(300), "XB")
    rule = Reduction("XA", OverlapKind.INCOME, (item,), free=money(50))
    of = replace(career(240, 120, certified=[held]), reductions=(rule,))

    def paid(*, amounts_only: bool) -> Money | None:
        regime = OverlapRegime(Regime.SPECIAL, Division.NOT_PAID, amounts_only=amounts_only)
        instrument = union("XA", "XB", further=[clause("G10", regime)])
        return found(of, XB, instrument).payable

    assert paid(amounts_only=True) == money(450)
    assert paid(amounts_only=False) == money("433.33")


@pytest.mark.parametrize(
    "name", ["nordic-2012", "eea-efta-uk-2020", "eea-efta-uk-2023", "at-li-2013", "eu-uk-2020"]
)
def test_instruments_that_bring_in_union_law_bring_in_its_limits(name: str) -> None:
    held = next(i for i in load_law().instruments if i.id == name)
    on = date(2024, 6, 1)
    party = held.parties[0].country
    regime = held.clause("G10", on, party=party)
    assert regime is not None
    assert isinstance(regime.rule, OverlapRegime)
    assert (regime.rule.division, regime.rule.mutual) == (Division.COUNTED, True)
    left_out = held.clause("P11", on, party=party)
    assert left_out is not None
    assert left_out.rule is ConditionsNotMet.LEFT_OUT_IF_LOWER


# Payment abroad


def abroad(export: Export, own: int, foreign: int, residence: str = "XB") -> Payment:
    stops = AbroadRule(Payment.SUSPENDED, LAW, after_months=6)
    held = scheme("XA", minimum=120, abroad=(stops,))
    instrument = agreement("XA", "XB", further=[clause("G08", export)])
    paid = found(career(own, foreign, residence=residence), held, XB, instrument)
    return paid.portability.payment


@pytest.mark.parametrize(("foreign", "expected"), [(180, Payment.FULL), (179, Payment.SUSPENDED)])
def test_a_text_may_ask_for_a_time_of_its_own_before_it_pays_abroad(
    foreign: int, expected: Payment
) -> None:
    """Canada–Sweden, XVIII: guaranteed pension only with twenty years after totalising."""
    export = Export(ExportScope.WORLDWIDE, minimum=time(20, Unit.YEAR))
    assert abroad(export, 60, foreign) is expected


@pytest.mark.parametrize(("own", "expected"), [(60, Payment.FULL), (120, Payment.SUSPENDED)])
def test_a_text_may_pay_in_third_states_only_what_is_due_by_it(own: int, expected: Payment) -> None:
    """Canada–India, 5(2): benefits payable under the Agreement."""
    export = Export(ExportScope.WORLDWIDE, only_instrument_benefits_to_third=True)
    assert abroad(export, own, 120, "XD") is expected
    assert abroad(export, own, 120, "XB") is Payment.FULL


def test_what_is_not_paid_where_the_person_lives_is_in_no_total() -> None:
    held = scheme("XA", abroad=(AbroadRule(Payment.NO, LAW),))
    whole = determine(career(60, 120, residence="XB"), law(held, XB))
    assert [total.amount for total in whole.totals] == [money(120)]


def test_the_counterfactual_is_adapted_too() -> None:
    facts = (Fact("XA", "adapted-by-percent", Fraction(10)),)
    whole = determine(replace(career(60, 120), facts=facts), law(scheme("XA"), XB))
    assert alone(whole, "XA").payable == money(66)


def test_a_share_over_the_minimum_may_rest_on_own_time() -> None:
    """Canada–Dominica, XIII(1): 60 months at two euros, times 60/100; else 100 months at two."""
    held = scheme("XA", rate=2, minimum=100)
    for on_own, expected in ((True, 72), (False, 120)):
        rule = by(Method.OWN_OVER_MINIMUM, theoretical_on_own_periods=on_own)
        paid = found(career(60, 60), held, XB, agreement("XA", "XB", method=rule))
        assert paid.payable == money(expected)


def small(own: int, nationality: str = "XB", residence: str = "XB") -> BenefitResult:
    """A full pension of 480 after 480 months; ten and twenty percent."""
    rule = clause("P14", SmallPension(Fraction(10), Fraction(20)))
    instrument = agreement("XA", "XB", method=by(Method.NATIONAL_ONLY), further=[rule])
    of = career(own, 12, residence=residence, nationalities=(nationality,))
    return found(of, scheme("XA", full=480), XB, instrument)


def test_a_small_pension_is_paid_abroad_in_one_sum() -> None:
    """Switzerland–Chile, 15(1) and (2)."""
    assert small(48).payable is None
    assert "small-pension-settled" in doubts(small(48))
    choice = small(49)
    assert choice.payable == money(49)
    assert [other.what for other in choice.alternatives] == ["one-sum"]
    assert small(97).alternatives == ()


@pytest.mark.parametrize(("nationality", "residence"), [("XA", "XB"), ("XB", "XA"), ("XZ", "XB")])
def test_own_nationals_residents_and_others_keep_a_small_pension(
    nationality: str, residence: str
) -> None:
    assert small(48, nationality, residence).payable == money(48)


def test_a_benefit_divided_away_leaves_the_status_of_a_pensioner() -> None:
    """883/2004, art. 55(1)(a), second subparagraph: 40 - (300/2 - 100) is nought."""
    certified = tuple(Certified(c, independent=money(40), own_right=True) for c in ("XA", "XB"))
    rent = Counted("rent", money(300), "XC")
    rules = tuple(Reduction(c, OverlapKind.INCOME, (rent,), free=money(100)) for c in ("XA", "XB"))
    regime = clause("G10", OverlapRegime(Regime.SPECIAL, Division.COUNTED, mutual=True))
    of = replace(career(240, 120, certified=certified), reductions=rules)
    paid = found(of, union("XA", "XB", further=[regime]))
    assert paid.payable == money(0)
    assert "pensioner-status-kept" in doubts(paid)


def test_the_austrian_account_is_paid_where_german_time_opens_the_right() -> None:
    """883/2004, art. 52(5) and Annex VIII part 2: 60 of 180 months; 10,000 / 14 at 65."""
    of = case(
        period("AT", "2010-01-01", "2014-12-31"),
        period("DE", "1980-01-01", "2004-12-31"),
        born=date(1955, 1, 15),
        on=date(2020, 2, 1),
        residence="AT",
        nationalities=("DE",),
    )
    person = replace(of.person, sex="M")
    of = replace(of, person=person, facts=(Fact("AT", "total-credit", Fraction(10000)),))
    paid = result(determine(of, load_law(of.countries)), "AT")
    assert (paid.own_right, paid.instrument) == (False, "eu-883-2004")
    assert paid.payable == money("714.29")


def test_a_swiss_pension_of_four_years_is_not_paid_to_chile_by_the_month() -> None:
    """Switzerland–Chile, 15(1): four of 44 years are nine percent."""
    of = case(
        period("CH", "1990-01-01", "1993-12-31"),
        period("CL", "1994-01-01", "2015-12-31"),
        born=date(1955, 1, 1),
        on=date(2021, 1, 1),
        residence="CL",
        nationalities=("CL",),
    )
    person = replace(of.person, sex="M")
    of = replace(of, person=person, facts=(Fact("CH", "average-yearly-income", Fraction(40000)),))
    paid = result(determine(of, load_law(of.countries)), "CH")
    assert paid.independent is not None
    assert paid.payable is None
    assert "small-pension-settled" in doubts(paid)


def test_survivors_shares_are_adapted_one_by_one() -> None:
    """600 for a widow of half and a child of a fifth: 300 and 120, ten percent more each."""
    rows = (SurvivorShare("widow", "half", LAW), SurvivorShare("child", "fifth", LAW))
    rates = {name: figure(name, value, "rate") for name, value in (("half", 0.5), ("fifth", 0.2))}
    held = replace(scheme("XA", rate=2, figures=rates), branch=Branch.SURVIVORS, survivors=rows)
    of = case(period("XA", certified=time(300)), branch=Branch.SURVIVORS)
    family = (Relative("widow"), Relative("child"))
    person = replace(of.person, died=date(2014, 12, 1), relatives=family)
    facts = (Fact("XA", "adapted-by-percent", Fraction(10)),)
    paid = alone(determine(replace(of, person=person, facts=facts), law(held)), "XA")
    assert [claimant.amount for claimant in paid.claimants] == [money(330), money(132)]
    assert paid.payable == money(462)


def at_event(method: Method, last: str, *, own_rate: bool = False) -> Determination:
    """Both texts speak of one State; XA asks for 60 months and pays 2, XB 3 a month."""
    other = "XB" if last == "XA" else "XA"
    of = case(
        period(other, "2000-01-01", "2004-12-31"),
        period(last, "2012-01-01", "2014-12-31"),
        branch=Branch.INVALIDITY,
    )
    of = replace(of, person=replace(of.person, disabled_since=date(2014, 12, 1)))
    method_of = by(method, theoretical_on_own_periods=own_rate)
    rule = clause("P01", method_of, branch="invalidity")
    instrument = agreement("XA", "XB", further=[rule])
    branches = tuple(BranchCover(p, Branch.INVALIDITY, Cover.COVERED) for p in ("XA", "XB"))
    schemes = [
        replace(scheme(c, minimum=60, rate=rate), branch=Branch.INVALIDITY)
        for c, rate in (("XA", 2), ("XB", 3))
    ]
    return determine(of, law(*schemes, replace(instrument, branches=branches)))


def test_a_bilateral_text_may_have_the_state_of_the_event_pay_alone() -> None:
    """Israel–Netherlands, 12(1): 36 own and 60 other months, 96 in all, by the last State's law."""
    for last, other, paid in (("XA", "XB", 192), ("XB", "XA", 288)):
        together = at_event(Method.INTEGRATION, last)
        assert result(together, last).payable == money(paid)
        assert result(together, other).payable is None
        assert "invalidity-elsewhere" in keys(result(together, other))


def test_its_rate_may_rest_on_its_own_periods() -> None:
    """United Kingdom–Netherlands, 16(3): Jersey."""
    together = at_event(Method.INTEGRATION, "XA", own_rate=True)
    assert result(together, "XA").payable == money(72)
