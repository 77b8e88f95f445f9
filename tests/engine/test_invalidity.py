"""Invalidity under Reg. (EC) 883/2004, art. 44 to 46: one State pays, or Chapter 5 for all.

XA and XB have laws of type A (the amount does not depend on time), XC one of type B that pays 1 a
month. XA asks for 60 months, XB for 24.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ssacalc.domain.agreement import BranchCover, Cover, Instrument
from ssacalc.domain.blocks import Sum
from ssacalc.domain.case import Branch, Case, Certified, InsurancePeriod
from ssacalc.domain.determination import Determination
from ssacalc.domain.overlap import Counted, Division, OverlapKind, OverlapRegime, Reduction, Regime
from ssacalc.domain.rules import InvalidityLaw, LawType
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import walk
from ssacalc.engine.determination import determine
from ssacalc.library.instruments import read_instrument
from ssacalc.resources import folder
from tests.engine.build import (
    LAW,
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
    union,
)

TYPE_A = InvalidityLaw(LawType.A, one_state_pays=True)
TYPE_B = InvalidityLaw(LawType.B)
ONSET = date(2014, 7, 1)


def flat(country: str, amount: int, minimum: int) -> Scheme:
    """Return a scheme whose amount does not depend on time."""
    block = Sum("pension", LAW, None, ("amount",))
    figures = {"amount": figure("amount", amount, "money")}
    made = scheme(country, minimum=minimum, figures=figures, blocks=(block,))
    return replace(made, branch=Branch.INVALIDITY)


XA, XB = flat("XA", 700, 60), flat("XB", 500, 24)
XC = replace(scheme("XC", minimum=60), branch=Branch.INVALIDITY)
SCHEMES = {"XA": XA, "XB": XB, "XC": XC}


def instrument(**types: InvalidityLaw) -> Instrument:
    types = types or {"XA": TYPE_A, "XB": TYPE_A}
    further = [clause("P02", TYPE_B)]
    further += [clause("P02", rule, party=country) for country, rule in types.items()]
    regime = OverlapRegime(Regime.SPECIAL, Division.COUNTED, mutual=True)
    made = union("XA", "XB", "XC", further=[*further, clause("G10", regime)])
    covers = tuple(BranchCover(p, Branch.INVALIDITY, Cover.COVERED) for p in ("XA", "XB", "XC"))
    return replace(made, branches=covers)


def ill(*periods: InsurancePeriod, since: date | None = ONSET, **claim: bool) -> Case:
    held = case(*periods, on=date(2015, 1, 1), branch=Branch.INVALIDITY, residence="XC")
    person = replace(held.person, disabled_since=since)
    return replace(held, person=person, claim=replace(held.claim, **claim))


def determined(held: Case, using: Instrument | None = None) -> Determination:
    concerned: Iterable[Scheme] = (SCHEMES[c] for c in held.countries)
    return determine(held, law(using or instrument(), *concerned))


def keys(found: Determination, country: str) -> set[str]:
    return {step.key for step in walk(result(found, country).result)}


FIRST_XA = period("XA", "2000-01-01", "2004-12-31")
THEN_XB = period("XB", "2005-01-01", "2014-12-31")


def test_the_state_whose_law_applied_when_the_incapacity_began_pays_alone() -> None:
    # Art. 44(2): 60 months in XA give a right there too, but XB pays, and pays whole.
    found = determined(ill(FIRST_XA, THEN_XB))
    assert result(found, "XB").payable == money(500)
    assert result(found, "XA").payable is None
    assert result(found, "XA").with_agreement is False
    assert "invalidity-competent" in keys(found, "XB")
    assert "invalidity-elsewhere" in keys(found, "XA")
    assert alone(found, "XA").payable == money(700)


def test_it_adds_the_time_in_the_other_states_where_it_needs_it() -> None:
    # XA asks for 60 months: 48 own and 60 of XB (art. 45); its benefit stays whole.
    found = determined(
        ill(period("XB", "2005-01-01", "2009-12-31"), period("XA", "2011-01-01", "2014-12-31"))
    )
    paid = result(found, "XA")
    assert paid.own_right is False
    assert paid.payable == money(700)
    assert paid.ratio is None
    assert "invalidity-in-full" in keys(found, "XA")


def test_a_short_time_does_not_free_the_state_that_pays_alone() -> None:
    # Art. 57 belongs to Chapter 5: 6 months in XA, the rest by 60 months of XB.
    found = determined(
        ill(period("XB", "2005-01-01", "2009-12-31"), period("XA", "2014-01-01", "2014-06-30"))
    )
    assert result(found, "XA").payable == money(700)


def test_without_a_right_there_another_state_pays_what_it_still_gives() -> None:
    # Art. 44(3): XA asks for 60 months and finds 36 in all; XB's 24 are enough for XB.
    held = ill(period("XB", "2011-01-01", "2012-12-31"), period("XA", "2014-01-01", "2014-12-31"))
    found = determined(held)
    assert result(found, "XA").payable is None
    assert result(found, "XB").payable == money(500)
    assert "invalidity-next" in keys(found, "XB")


def test_where_no_law_gives_a_right_nothing_is_paid() -> None:
    held = ill(period("XB", "2014-01-01", "2014-03-31"), period("XA", "2014-04-01", "2014-12-31"))
    found = determined(held)
    assert result(found, "XA").payable is None
    assert result(found, "XB").payable is None


def test_with_a_law_of_type_b_chapter_5_applies_to_all() -> None:
    # Art. 46(1). Insured in XC when the incapacity began: XA owes 700 × 60/180, XC 180 × 120/180.
    found = determined(ill(FIRST_XA, period("XC", "2005-01-01", "2014-12-31")))
    assert result(found, "XA").payable == money(700)
    assert result(found, "XA").pro_rata == money("233.33")
    assert result(found, "XC").payable == money(120)


B_THEN_A = (period("XC", "2000-01-01", "2004-12-31"), period("XA", "2005-01-01", "2014-12-31"))


def test_type_a_pays_alone_after_type_b_where_its_own_kind_of_time_is_enough() -> None:
    # Art. 46(2): 120 months under XA's law are enough without those of XC.
    found = determined(ill(*B_THEN_A))
    assert result(found, "XA").payable == money(700)
    assert result(found, "XC").payable is None
    assert "invalidity-elsewhere" in keys(found, "XC")


def test_time_under_laws_of_type_a_is_added_for_that() -> None:
    months = (
        period("XC", "2000-01-01", "2004-12-31"),
        period("XB", "2005-01-01", "2008-12-31"),
        period("XA", "2010-01-01", "2014-12-31"),
    )
    found = determined(ill(*months))
    assert result(found, "XA").payable == money(700)
    assert result(found, "XB").payable is None


def test_it_does_not_where_time_under_type_b_is_needed() -> None:
    # 36 months of XA and 60 of XC: XA's right needs XC's time, so Chapter 5 applies.
    found = determined(
        ill(period("XC", "2000-01-01", "2004-12-31"), period("XA", "2012-01-01", "2014-12-31"))
    )
    assert result(found, "XA").payable == money("262.50")  # 700 × 36/96
    assert result(found, "XC").payable == money(60)


def test_it_does_not_where_old_age_is_claimed_too() -> None:
    found = determined(ill(*B_THEN_A, asserts_old_age=True))
    assert result(found, "XC").payable == money(60)


def test_it_does_not_where_type_b_came_later() -> None:
    found = determined(
        ill(
            period("XA", "2005-01-01", "2014-09-30"),
            period("XC", "2014-10-01", "2014-12-31"),
            since=date(2014, 9, 1),
        )
    )
    assert result(found, "XA").pro_rata is not None


def test_no_share_is_cut_where_one_state_pays() -> None:
    # Art. 44(4) names art. 53(3) and 55(3) alone: (500 - 100) × 1, nothing scaled.
    rule = Reduction("XB", OverlapKind.INCOME, (Counted("work", money(500)),), free=money(100))
    held = replace(ill(FIRST_XA, period("XB", "2010-01-01", "2014-12-31")), reductions=(rule,))
    assert result(determined(held), "XB").payable == money(100)


def test_a_missing_day_is_asked_for() -> None:
    found = determined(ill(FIRST_XA, THEN_XB, since=None))
    assert result(found, "XB").payable == money(500)
    assert "incapacity-day-missing" in doubts(result(found, "XB"))


def test_a_law_that_only_went_before_is_presumed() -> None:
    held = ill(FIRST_XA, period("XB", "2005-01-01", "2012-12-31"))
    assert "incapacity-law-presumed" in doubts(result(determined(held), "XB"))
    assert "incapacity-law-presumed" not in doubts(result(determined(ill(FIRST_XA, THEN_XB)), "XB"))


def test_a_law_of_a_state_with_both_types_has_to_be_named() -> None:
    mixed = InvalidityLaw(LawType.MIXED, ("national pension",))
    found = determined(ill(FIRST_XA, THEN_XB), instrument(XA=TYPE_A, XB=mixed))
    assert "invalidity-type-unknown" in doubts(result(found, "XB"))
    assert result(found, "XA").pro_rata is not None


def test_the_rule_is_one_on_invalidity() -> None:
    held = ill(FIRST_XA, THEN_XB)
    old = replace(held, claim=replace(held.claim, benefit=Branch.OLD_AGE))
    schemes = [replace(s, branch=Branch.OLD_AGE) for s in (XA, XB)]
    using = replace(
        instrument(),
        branches=tuple(BranchCover(p, Branch.OLD_AGE, Cover.COVERED) for p in ("XA", "XB")),
    )
    found = determine(old, law(using, *schemes))
    assert result(found, "XA").payable == money(700)
    assert result(found, "XB").payable == money(500)


def test_annex_vi_is_coded_by_scheme_and_date() -> None:
    coded = read_instrument(folder("agreements") / "eu-883-2004.toml")

    def kind(on: date, party: str, name: str | None = None) -> LawType | None:
        found = coded.clause("P02", on, party=party, scheme=name, branch=Branch.INVALIDITY)
        return found.rule.type if found and isinstance(found.rule, InvalidityLaw) else None

    assert kind(date(2015, 1, 1), "IE", "ie-invalidity") is LawType.A
    assert kind(date(2015, 1, 1), "IE", "ie-other") is LawType.MIXED
    assert kind(date(2015, 1, 1), "DE", "de-grv") is LawType.B
    assert kind(date(2012, 1, 1), "HU", "hu-invalidity") is LawType.B
    assert kind(date(2015, 1, 1), "HU", "hu-invalidity") is LawType.A
    assert kind(date(2017, 4, 11), "EE", "ee-work-ability") is LawType.A
    assert kind(date(2017, 4, 10), "EE", "ee-work-ability") is LawType.MIXED


def test_an_irish_and_a_swedish_career_is_paid_by_the_last_of_the_two() -> None:
    """Both laws stand in Annex VI; the amounts are those the institutions certify."""
    held = ill(
        period("IE", "1995-01-01", "2004-12-31", scheme="ie-invalidity"),
        period("SE", "2005-01-01", "2014-12-31", scheme="se-sickness-compensation"),
    )
    certified = (
        Certified("IE", "ie-invalidity", independent=money(800), own_right=True),
        Certified("SE", "se-sickness-compensation", independent=money(9000, "SEK"), own_right=True),
    )
    coded = read_instrument(folder("agreements") / "eu-883-2004.toml")
    found = determine(replace(held, certified=certified), law(coded))
    assert result(found, "SE").payable == money(9000, "SEK")
    assert result(found, "IE").payable is None
