"""A survivors' benefit divided among several claimants, by the scheme's own rows (B16)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from ssacalc.domain.agreement import BranchCover, Cover
from ssacalc.domain.case import Branch, Case, Earnings, Relative
from ssacalc.domain.dated import Dated
from ssacalc.domain.determination import BenefitResult, ClaimantShare
from ssacalc.domain.errors import InvalidLaw
from ssacalc.domain.money import Per
from ssacalc.domain.scheme import Scheme, SurvivorShare
from ssacalc.domain.trace import walk
from ssacalc.engine.determination import determine
from ssacalc.library.schemes import read_scheme
from ssacalc.resources import folder
from tests.engine.build import (
    LAW,
    alone,
    case,
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

CLAIM = date(2015, 1, 1)
WIDOW = SurvivorShare("widow", "half", LAW, divided=True)
CHILD = SurvivorShare("child", "fifth", LAW, cap="most-children", until_age="grown-up")
FIGURES = {
    name: figure(name, value, unit)
    for name, value, unit in (
        ("half", "0.5", "rate"),
        ("fifth", "0.2", "rate"),
        ("most-children", "0.5", "rate"),
        ("grown-up", 18, "year"),
        ("sixty", 60, "year"),
        ("most", "0.8", "rate"),
    )
}


def of(
    *rows: SurvivorShare, cap: str | None = None, extra: dict[str, Dated[Fraction]] | None = None
) -> Scheme:
    """Return a scheme that pays 3 a month of time: 900 for 300 months."""
    made = scheme("XA", rate=3, figures={**FIGURES, **(extra or {})})
    return replace(
        made, branch=Branch.SURVIVORS, survivors=rows or (WIDOW, CHILD), survivors_cap=cap
    )


def child(born: int = 2005, **how: bool) -> Relative:
    return Relative("child", date(born, 6, 1), **how)


def dead(*relatives: Relative) -> Case:
    held = case(period("XA", certified=time(300)), branch=Branch.SURVIVORS)
    person = replace(held.person, died=date(2014, 12, 1), relatives=relatives)
    return replace(held, person=person)


def determined(held: Case, using: Scheme | None = None) -> BenefitResult:
    return alone(determine(held, law(using or of())), "XA")


def paid(held: Case, using: Scheme | None = None) -> list[tuple[str, Fraction]]:
    return [(c.role, c.amount.amount) for c in determined(held, using).claimants]


def test_each_role_has_its_share_and_payable_is_the_sum() -> None:
    # 900: 50 % to the widow, 20 % to the child.
    found = determined(dead(Relative("widow"), child()))
    assert [(c.role, c.amount) for c in found.claimants] == [
        ("widow", money(450)),
        ("child", money(180)),
    ]
    assert found.payable == money(630)
    assert {step.key for step in walk(found.result)} >= {"claimant-alone", "claimants-together"}


def test_several_widows_divide_one_share_equally() -> None:
    assert paid(dead(Relative("widow"), Relative("widow"))) == [("widow", 225), ("widow", 225)]


def test_every_child_has_a_share_of_its_own_up_to_the_most_of_all() -> None:
    # Two children 40 %; three would have 60 %, but together no more than 50 %: 150 each.
    assert paid(dead(child(), child())) == [("child", 180)] * 2
    assert paid(dead(child(), child(), child())) == [("child", 150)] * 3


def test_all_give_way_in_proportion_where_together_they_exceed_the_most() -> None:
    # 50 % + 40 % = 90 %, at most 80 %: × 8/9.
    held = dead(Relative("widow"), child(), child())
    found = determined(held, of(WIDOW, CHILD, cap="most"))
    assert [c.amount for c in found.claimants] == [money(400), money(160), money(160)]
    assert found.payable == money(720)
    assert "survivors-cap" in {step.key for step in walk(found.result)}
    assert determined(dead(child()), of(WIDOW, CHILD, cap="most")).payable == money(180)


def test_each_share_is_rounded_by_itself() -> None:
    # 450 among seven: 64.2857... each.
    held = dead(*(Relative("widow") for _ in range(7)))
    found = determined(held)
    assert {c.amount for c in found.claimants} == {money("64.29")}
    assert found.payable == money("450.03")


def test_age_bounds_a_role_and_disability_lifts_it() -> None:
    held = dead(child(1990), child(1990, disabled=True), child(2005))
    found = determined(held)
    assert [c.amount for c in found.claimants] == [money(180)] * 2
    assert "claimant-too-old" in {step.key for step in walk(found.result)}
    old = replace(WIDOW, from_age="sixty")
    widows = dead(Relative("widow", date(1950, 1, 1)), Relative("widow", date(1980, 1, 1)))
    assert paid(widows, of(old)) == [("widow", 450)]
    told = determined(widows, of(old))
    assert "claimant-too-young" in {step.key for step in walk(told.result)}


def test_the_first_row_that_takes_a_claimant_does() -> None:
    """A widow of 60 has the great share, a younger one the small one, and neither is refused."""
    great = replace(WIDOW, from_age="sixty")
    small = replace(WIDOW, share="fifth")
    older, younger = Relative("widow", date(1950, 1, 1)), Relative("widow", date(1980, 1, 1))
    found = determined(dead(older, younger), of(great, small))
    assert [c.amount for c in found.claimants] == [money(450), money(180)]
    assert not [s for s in walk(found.result) if s.name == "claimant" and s.value is False]
    assert paid(dead(replace(younger, disabled=True)), of(great, small)) == [("widow", 450)]


def test_an_age_may_bound_the_disabled_too() -> None:
    bounded = replace(CHILD, disabled_until_age="sixty")
    assert paid(dead(child(1990, disabled=True)), of(bounded)) == [("child", 180)]
    assert paid(dead(child(1950, disabled=True)), of(bounded)) == []


def test_a_claimant_of_unknown_age_gets_nothing_where_age_decides() -> None:
    found = determined(dead(Relative("child"), Relative("widow")))
    assert [c.role for c in found.claimants] == ["widow"]
    assert "claimant-age-missing" in {step.key for step in walk(found.result)}


def test_a_relative_whom_the_scheme_does_not_name_is_told() -> None:
    found = determined(dead(Relative("cousin"), Relative("widow")))
    assert len(found.claimants) == 1
    assert "claimant-not-named" in {step.key for step in walk(found.result)}


def test_nothing_is_payable_where_nobody_has_a_share() -> None:
    found = determined(dead(child(1980)))
    assert found.payable == money(0)
    assert "claimants-none" in {step.key for step in walk(found.result)}


def test_without_survivors_stated_the_whole_amount_is_shown_and_told() -> None:
    found = determined(dead())
    assert found.payable == money(900)
    assert found.claimants == ()
    assert "survivors-not-stated" in doubts(found)


def test_a_share_lacking_its_figure_is_told() -> None:
    row = SurvivorShare("widow", "unheard-of", LAW)
    assert "figure-missing" in doubts(determined(dead(Relative("widow")), of(row)))


def test_an_old_age_pension_is_not_divided() -> None:
    held = dead(Relative("widow"))
    old = replace(held, claim=replace(held.claim, benefit=Branch.OLD_AGE))
    found = determined(old, replace(of(), also=(Branch.OLD_AGE,)))
    assert found.payable == money(900)
    assert found.claimants == ()


def test_a_share_of_an_agreement_is_divided_like_any_amount() -> None:
    # 900 on 300 months of which 100 are own: 900 × 100/300 = 300; half of it to the widow.
    held = dead(Relative("widow"))
    held = replace(
        held, periods=(period("XA", certified=time(100)), period("XB", certified=time(200)))
    )
    needs = of(extra={"minimum": figure("minimum", 200, "month")})
    conditions = scheme("XA", minimum=200).conditions
    instrument = union("XA", "XB")
    covers = tuple(BranchCover(p, Branch.SURVIVORS, Cover.COVERED) for p in ("XA", "XB"))
    made = law(replace(instrument, branches=covers), replace(needs, conditions=conditions))
    found = result(determine(held, made), "XA")
    assert found.pro_rata == money(300)
    assert found.payable == money(150)


# The United States


US = read_scheme(folder("resources") / "schemes" / "us" / "us-oasdi.toml")


def american(relatives: Sequence[Relative], earned: int = 20) -> BenefitResult:
    """Return the benefit of a worker born in 1960 who dies in June 2020, insured alone."""
    held = case(
        period("US", "1985-01-01", f"{1984 + earned}-12-31"),
        born=date(1960, 3, 10),
        on=date(2020, 6, 30),
        residence="US",
        branch=Branch.SURVIVORS,
    )
    years = tuple(Earnings("US", y, Fraction(30000)) for y in range(1985, 1985 + earned))
    person = replace(held.person, died=date(2020, 6, 1), relatives=tuple(relatives))
    return alone(determine(replace(held, person=person, earnings=years), law(US)), "US")


def monthly(found: BenefitResult) -> list[ClaimantShare]:
    return [c for c in found.claimants if c.amount.per is Per.MONTH]


def once(found: BenefitResult) -> list[tuple[str, Fraction]]:
    return [(c.role, c.amount.amount) for c in found.claimants if c.amount.per is Per.ONCE]


def test_a_widow_and_children_share_the_family_maximum() -> None:
    young = [Relative("child", date(2008, 1, 1)), Relative("child", date(2010, 1, 1))]
    found = american([Relative("surviving-parent"), *young])
    assert [c.role for c in monthly(found)] == ["surviving-parent", "child", "child"]
    one, *others = (c.amount.amount for c in monthly(found))
    assert others == [one, one]
    assert found.payable is not None
    assert found.payable.amount == 3 * one
    whole = found.independent
    assert whole is not None
    alone_ = american(young[:1]).claimants[0].amount
    assert alone_.amount == whole.amount * Fraction(3, 4) // 1
    assert one < alone_.amount


def test_the_united_states_ask_for_an_age_or_a_child_in_care() -> None:
    relatives = [
        Relative("widow", date(1965, 1, 1)),
        Relative("widow", date(1965, 1, 1), disabled=True),
        Relative("child", date(1990, 1, 1)),
        Relative("child", date(1990, 1, 1), disabled=True),
        Relative("child"),
        Relative("cousin", date(1990, 1, 1)),
    ]
    found = american(relatives)
    assert [c.role for c in monthly(found)] == ["widow", "child"]
    keys = {step.key for step in walk(found.result)}
    assert {"us-widow-too-young", "claimant-too-old", "claimant-not-named"} <= keys
    assert "claimant-age-missing" in keys


def test_nobody_is_paid_where_no_survivor_has_a_claim() -> None:
    found = american([Relative("child", date(1990, 1, 1))])
    assert found.payable == money(0, "USD")


def test_a_young_worker_needs_no_pension_age() -> None:
    found = american([Relative("child", date(2010, 1, 1))])
    assert found.own_right is True
    assert "condition-age-missing" not in {step.key for step in walk(found.result)}


@pytest.mark.parametrize("branch", [Branch.SURVIVORS, Branch.INVALIDITY])
def test_the_day_of_death_or_disability_is_asked_for(branch: Branch) -> None:
    held = case(
        period("US", "1985-01-01", "2004-12-31"),
        born=date(1960, 3, 10),
        on=date(2020, 6, 30),
        residence="US",
        branch=branch,
    )
    years = tuple(Earnings("US", year, Fraction(30000)) for year in range(1985, 2005))
    found = alone(determine(replace(held, earnings=years), law(US)), "US")
    assert found.payable is None
    assert "figure-missing" in doubts(found)


# The file


def test_rows_for_survivors_are_read_with_their_figures(tmp_path: Path) -> None:
    text = (folder("resources").parent / "tests/law/formulas/xa-flat.toml").read_text("utf-8")
    rows = """
survivors_cap = "all"
[[figures]]
name = "widow-part"
unit = "rate"
values = [{ value = "0.5" }]
[[figures]]
name = "all"
unit = "rate"
values = [{ value = 1 }]
[[survivors]]
role = "widow"
share = "widow-part"
divided = true
"""
    head, rest = text.split("\n[", 1)
    cap, tables = rows.strip().split("\n", 1)
    path = tmp_path / "xa-flat.toml"
    path.write_text(f"{head}\n{cap}\nalso = ['survivors']\n[{rest}\n{tables}\n", encoding="utf-8")
    read = read_scheme(path)
    assert read.survivors_cap == "all"
    assert read.pays(Branch.SURVIVORS)
    (row,) = read.survivors
    assert (row.role, row.share, row.divided) == ("widow", "widow-part", True)
    path.write_text(path.read_text("utf-8").replace('share = "widow-part"', 'share = "w"'), "utf-8")
    with pytest.raises(InvalidLaw, match=r"survivors\[1\].share"):
        read_scheme(path)
