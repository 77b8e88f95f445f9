"""Families under United States law: published examples, then whole cases of living and dead."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from ssacalc.domain.case import Branch, Case, Earnings, Fact, Relative
from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.money import Money, Per
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Step, walk
from ssacalc.engine.determination import determine
from ssacalc.engine.formulas.united_states import ProRata, ordinary_amount
from ssacalc.engine.formulas.us_family import (
    Maximum,
    Member,
    Own,
    Role,
    benefit,
    family_benefits,
    family_maximum,
    held_together,
    within_maximum,
)
from ssacalc.engine.formulas.us_law import law_of
from ssacalc.engine.formulas.us_lump_sum import claimed_in_time, parts
from ssacalc.engine.formulas.us_record import Kind, Record
from ssacalc.library.schemes import read_scheme
from ssacalc.resources import folder
from tests.engine.build import alone, case, doubts, law, money, period

RULES = Path(__file__).parent.parent / "cases" / "united-states" / "rules.json"
TODAY = date(2022, 1, 1)
WORKER = Record(
    born=date(1935, 1, 15), entitled=TODAY, month=TODAY, earnings={2000: 100}, quarters={2000: 4}
)
SPOUSE, CHILD, WIDOW = Member(Role.SPOUSE), Member(Role.CHILD), Member(Role.WIDOW)
ORPHAN = Member(Role.SURVIVING_CHILD)


@cache
def scheme() -> Scheme:
    return read_scheme(folder("resources") / "schemes" / "us" / "us-oasdi.toml")


def dimes(dollars: str) -> int:
    return int(Fraction(dollars) * 10)


def dollars(step: Step) -> Fraction:
    assert isinstance(step.value, Money)
    return step.value.amount


def worker_of(pia: str, most: str, on: date) -> tuple[ProRata, Maximum]:
    """Return an amount and a family maximum as an example states them."""
    of = law_of(scheme(), on)
    told = Step("primary_insurance_amount", of.money(dimes(pia), 10), "us-not-increased")
    top = Step("family_maximum", of.money(dimes(most), 10), "us-family-maximum")
    return ProRata(dimes(pia), (1, 1), 2010, (), told), Maximum(dimes(most), top)


def shares(
    pia: str, most: str, *members: Member, on: date = TODAY, record: Record = WORKER
) -> list[str]:
    """Return what members are due to the dime, before the whole dollar."""
    of = law_of(scheme(), on)
    known = replace(record, entitled=on, month=on)
    steps = family_benefits(of, known, *worker_of(pia, most, on), members)
    return [str(float(dollars(step.uses[0]))) for step in steps]


def dead(on: date = TODAY, **changes: int) -> Record:
    return replace(WORKER, kind=Kind.SURVIVORS, died=on, **changes)  # type: ignore[arg-type]


# Published examples


def test_the_maximum_less_the_worker_s_amount_is_divided_equally() -> None:
    """20 CFR 404.403(a)(5), the first step of each example."""
    assert shares("600", "900", SPOUSE, CHILD) == ["150.0", "150.0"]
    assert shares("1250", "2180", SPOUSE, CHILD, CHILD) == ["310.0"] * 3
    assert shares("1250", "2180", SPOUSE, *[CHILD] * 4) == ["186.0"] * 5


def own(base: str, paid: str | None = None) -> Own:
    return Own(dimes(base), dimes(paid or base))


def test_only_what_is_due_on_the_record_counts_against_the_maximum() -> None:
    """20 CFR 404.403(a)(5), examples 1 to 3."""
    assert shares("600", "900", replace(SPOUSE, own=own("120")), CHILD) == ["30.0", "270.0"]
    first, second = replace(CHILD, own=own("390")), replace(CHILD, own=own("280"))
    assert shares("1250", "2180", SPOUSE, first, second) == ["625.0", "0.0", "30.0"]
    assert shares("1250", "2180", SPOUSE, first, second, CHILD, CHILD) == [
        "310.0",
        "0.0",
        "0.0",
        "310.0",
        "310.0",
    ]


def test_the_age_of_the_one_with_an_own_benefit_frees_nothing() -> None:
    """POMS GN 02603.060; before the amended regulation nothing was freed at all."""
    spouse = Member(Role.SPOUSE, date(1960, 3, 10), date(2022, 4, 1), own("100", "80"))
    assert shares("400", "650", spouse, CHILD, CHILD, on=date(2022, 4, 1)) == [
        "0.0",
        "125.0",
        "125.0",
    ]
    plain = replace(SPOUSE, own=own("100"))
    assert shares("400", "650", plain, CHILD, CHILD, on=date(1998, 1, 1)) == [
        "0.0",
        "83.3",
        "83.3",
    ]


def test_where_all_have_own_benefits_nobody_gains() -> None:
    assert shares("600", "900", replace(SPOUSE, own=own("120")), replace(CHILD, own=own("10"))) == [
        "30.0",
        "140.0",
    ]


def test_a_spouse_is_reduced_for_age() -> None:
    """20 CFR 404.410(b): 412.40 less 28 months; full retirement age 65 years and 4 months."""
    ashley = Member(Role.SPOUSE, date(1939, 5, 10), date(2002, 5, 1))
    assert shares("824.80", "9999", ashley, on=date(2002, 5, 1)) == ["332.2"]
    with_child = replace(ashley, role=Role.SPOUSE_WITH_CHILD)
    assert shares("824.80", "9999", with_child, on=date(2002, 5, 1)) == ["412.4"]


def test_an_own_benefit_is_taken_off_before_the_reduction_for_age() -> None:
    """POMS RS 00615.250: 1000 less 400 is 600, and only this is reduced."""
    ashley = Member(Role.SPOUSE, date(1939, 5, 10), date(2002, 5, 1), own("400", "360"))
    found = Fraction(600) * (144 - 28) / 144
    assert shares("2000", "9999", ashley, on=date(2002, 5, 1)) == [
        str(float(Fraction(int(found * 10), 10)))
    ]


def test_credits_on_the_own_benefit_lower_the_spouse_s() -> None:
    """POMS RS 00615.694: what credits add to the own benefit is taken off."""
    toni = replace(SPOUSE, own=own("500", "510"))
    assert shares("1600", "9999", toni) == ["290.0"]


def test_a_widow_is_reduced_for_age() -> None:
    """20 CFR 404.410(c)(1) and POMS RS 00615.301."""
    bogle = Member(Role.WIDOW, date(1941, 5, 10), date(2005, 5, 1))
    assert shares("785.70", "9999", bogle, on=date(2005, 5, 1), record=dead()) == ["729.7"]
    other = Member(Role.WIDOW, date(1940, 6, 15), date(2002, 7, 1))
    assert shares("987.60", "9999", other, on=date(2002, 7, 1), record=dead()) == ["819.6"]


def test_a_widow_s_own_benefit_is_taken_off_after_the_reduction() -> None:
    """POMS RS 00615.020, method B: 900 less 380."""
    bogle = Member(Role.WIDOW, date(1941, 5, 10), date(2005, 5, 1), own("400", "380"))
    assert shares("785.70", "9999", bogle, on=date(2005, 5, 1), record=dead()) == ["349.7"]


def test_survivors_give_way_in_proportion() -> None:
    """POMS RS 00615.756 B.3: a widow of 65 and seven children."""
    found = shares("492.90", "862.60", WIDOW, *[ORPHAN] * 7, on=date(2001, 1, 1), record=dead())
    assert found == ["138.0", *["103.5"] * 7]


def test_a_widow_has_the_credits_of_the_deceased_before_the_maximum() -> None:
    """POMS RS 00615.710: 410 and 300 within 700; five months at half a percent."""
    found = shares("400", "700", WIDOW, ORPHAN, on=date(2000, 3, 1), record=dead(months_credited=5))
    assert found == ["404.2", "295.7"]


def test_a_divorced_spouse_is_outside_the_maximum() -> None:
    """POMS RS 00615.682: 203.90 reduced by 60 months, and the children as if alone."""
    divorced = Member(Role.SURVIVING_DIVORCED_SPOUSE, date(1939, 5, 10), date(1999, 5, 1))
    found = shares("203.90", "305.90", divorced, ORPHAN, ORPHAN, on=date(1999, 5, 1), record=dead())
    assert found == ["145.7", "152.9", "152.9"]
    living = Member(Role.DIVORCED_SPOUSE)
    assert shares("600", "900", living, CHILD, SPOUSE) == ["300.0", "150.0", "150.0"]


def test_a_widow_gets_no_more_than_the_deceased_drew() -> None:
    """20 CFR 404.338(c): 82.5 percent or what the deceased drew, whichever is more."""
    for months, found in ((36, "825.0"), (12, "933.3"), (0, "1000.0")):
        record = dead(months_reduced=months)
        assert shares("1000", "9999", WIDOW, record=record) == [found]
    young = Member(Role.WIDOW, date(1962, 5, 10), date(2022, 5, 1))
    record = dead(months_reduced=12)
    assert shares("1000", "9999", young, on=date(2022, 5, 1), record=record) == ["715.0"]


def test_parents_get_less_each_where_there_are_two() -> None:
    parent = Member(Role.PARENT)
    assert shares("1000", "9999", parent, record=dead()) == ["825.0"]
    assert shares("1000", "9999", parent, parent, record=dead()) == ["750.0", "750.0"]


def test_benefits_on_two_amounts_stay_within_the_national_maximum() -> None:
    """POMS GN 01701.215 D: 255.80 and 197.10, at most 383.70."""
    on = date(1999, 7, 1)
    of, record = law_of(scheme(), on), replace(dead(on), month=on)
    national, most = worker_of("255.80", "383.70", on)
    shared, top = worker_of("197.10", "295.60", on)
    portions = [
        *within_maximum(of, record, shared, top, [WIDOW]),
        *within_maximum(of, record, national, most, [ORPHAN]),
    ]
    held = held_together(of, record, portions, most)
    assert [portion.kept for portion in held] == [1945, 1891]
    assert [dollars(benefit(of, record, portion)) for portion in held] == [194, 189]
    assert held_together(of, record, portions[:1], most) == portions[:1]
    divorced = within_maximum(of, record, shared, top, [Member(Role.SURVIVING_DIVORCED_SPOUSE)])
    assert held_together(of, record, [*divorced, *portions], most)[0] == divorced[0]


def test_a_spouse_with_a_higher_own_share_is_paid_nothing_on_the_other_record() -> None:
    rules = json.loads(RULES.read_text(encoding="utf-8"), parse_float=Decimal)
    stated = next(rule for rule in rules if rule["id"] == "poms-gn01701.140-dual")["inputs"]
    pia = str(stated["worker_non_totalization_pia"])
    mine = own(str(stated["spouse_own_totalization_pro_rata_pia"]))
    assert shares(pia, "9999", replace(SPOUSE, own=mine)) == ["0.0"]
    assert shares(pia, "9999", replace(SPOUSE, own=own("100"))) == ["25.0"]


def test_the_lump_sum_is_divided_to_the_cent() -> None:
    """POMS RS 00210.015: 255 among seven, among eight."""
    assert parts(25_500, 7) == (*[3643] * 6, 3642)
    assert parts(25_500, 8) == (*[3188] * 4, *[3187] * 4)
    assert parts(100, 3) == (33, 33, 33)


def test_the_lump_sum_is_claimed_within_two_years() -> None:
    of = law_of(scheme(), TODAY)
    assert claimed_in_time(of, date(2020, 2, 29), date(2022, 2, 28))
    assert claimed_in_time(of, date(2020, 6, 1), date(2022, 6, 1))
    assert not claimed_in_time(of, date(2020, 6, 1), date(2022, 6, 2))


def test_a_disabled_worker_s_family_has_a_maximum_by_the_average() -> None:
    """20 CFR 404.403(d-1): 85 percent of the average, at least the amount, at most 150 percent."""
    on = date(2022, 9, 1)
    of = law_of(scheme(), on)
    for yearly, low in ((6_000, True), (40_000, False)):
        record = Record(
            born=date(1980, 5, 10),
            entitled=on,
            month=on,
            earnings=dict.fromkeys(range(2002, 2022), yearly * 100),
            quarters=dict.fromkeys(range(2002, 2022), 4),
            kind=Kind.DISABILITY,
            disabled=date(2022, 3, 15),
        )
        found = ordinary_amount(of, record)
        most = family_maximum(of, record, found)
        assert most.step.key == "us-family-maximum-disability"
        bounded = max(found.average.monthly * 85 // 10, found.dimes)
        assert most.dimes == min(bounded, found.dimes * 3 // 2)
        assert (most.dimes == found.dimes) is low
    early = replace(record, entitled=date(1980, 6, 1))
    assert family_maximum(of, early, found).step.key == "us-family-maximum"


# Whole cases


def worked(
    *relatives: Relative,
    born: date = date(1955, 3, 15),
    on: date = date(2021, 5, 1),
    branch: Branch = Branch.OLD_AGE,
    years: Sequence[int] = range(1985, 2005),
    facts: tuple[Fact, ...] = (),
    **person: date,
) -> Case:
    """Return the case of a worker insured alone, who is of full retirement age in May 2021."""
    held = case(
        period("US", f"{min(years)}-01-01", f"{max(years)}-12-31"),
        born=born,
        on=on,
        residence="US",
        branch=branch,
    )
    known = replace(held.person, relatives=relatives, **person)  # type: ignore[arg-type]
    earned = tuple(Earnings("US", year, Fraction(30_000)) for year in years)
    return replace(held, person=known, earnings=earned, facts=facts)


def died(*relatives: Relative, on: date = date(2020, 6, 30), **changes: object) -> Case:
    """Return the case of a worker who dies in June 2020 at sixty."""
    known = {"born": date(1960, 3, 10), "died": date(2020, 6, 1), **changes}
    return worked(*relatives, on=on, branch=Branch.SURVIVORS, **known)  # type: ignore[arg-type]


def found_for(held: Case) -> BenefitResult:
    return alone(determine(held, law(scheme())), "US")


def paid(held: Case) -> list[tuple[str, int]]:
    return [
        (c.role, int(c.amount.amount))
        for c in found_for(held).claimants
        if c.amount.per is Per.MONTH
    ]


def once(held: Case) -> list[tuple[str, Fraction]]:
    return [
        (c.role, c.amount.amount) for c in found_for(held).claimants if c.amount.per is Per.ONCE
    ]


def keys(held: Case) -> set[str]:
    return {step.key for step in walk(found_for(held).result)}


GIRL = Relative("child", date(2010, 6, 1))


def test_a_family_is_paid_beside_the_living_worker() -> None:
    spouse = Relative("spouse", date(1954, 1, 10))
    found = found_for(worked(spouse))
    assert found.independent is not None
    pia = found.independent.amount
    assert paid(worked(spouse)) == [("worker", int(pia)), ("spouse", int(pia / 2))]
    assert found.payable == money(int(pia) + int(pia / 2), "USD")
    assert paid(worked()) == []
    assert found_for(worked()).payable == money(int(pia), "USD")


def test_a_spouse_s_own_reduction_runs_from_the_own_claim() -> None:
    young = Relative("spouse", date(1958, 5, 10))
    (_, at_62), (_, later) = (
        paid(worked(r))[1] for r in (young, replace(young, born=date(1954, 1, 10)))
    )
    # Full retirement age 66 years and 8 months: at 63, 44 months before it.
    assert at_62 == int(later * (1 - Fraction(25, 100) - 8 * Fraction(5, 1200)))
    waits = replace(young, claims_from=date(2022, 1, 1))
    assert [role for role, _ in paid(worked(waits))] == ["worker"]
    assert "us-claim-later" in keys(worked(waits))


def test_a_spouse_must_be_62_throughout_the_month() -> None:
    for day, roles in ((1, 2), (2, 2), (3, 1)):
        spouse = Relative("spouse", date(1959, 5, day))
        assert len(paid(worked(spouse))) == roles
    assert "us-spouse-too-young" in keys(worked(Relative("spouse", date(1959, 5, 3))))


def test_a_spouse_with_a_child_in_care_needs_no_age() -> None:
    with_child = Relative("spouse-with-child", date(1985, 1, 1))
    assert [role for role, _ in paid(worked(with_child, GIRL))] == [
        "worker",
        "spouse-with-child",
        "child",
    ]
    grown = replace(GIRL, born=date(2004, 6, 1))
    assert [role for role, _ in paid(worked(with_child, grown))] == ["worker", "child"]
    assert "us-no-child-in-care" in keys(worked(with_child, grown))
    disabled = replace(grown, disabled=True)
    assert len(paid(worked(with_child, disabled))) == 3
    aged = replace(with_child, born=date(1954, 1, 10))
    assert len(paid(worked(aged, grown))) == 3


def test_a_pupil_is_paid_to_nineteen() -> None:
    grown = Relative("child", date(2002, 8, 1))
    assert len(paid(worked(grown))) == 1
    assert len(paid(worked(replace(grown, pupil=True)))) == 2
    older = replace(grown, born=date(2002, 4, 1), pupil=True)
    assert len(paid(worked(older))) == 1
    assert "us-pupil-too-old" in keys(worked(older))


def test_a_child_disabled_before_22_is_paid_at_any_age() -> None:
    child = Relative("child", date(1980, 1, 1), disabled=True)
    assert len(paid(worked(child))) == 2
    assert "us-disability-undated" in doubts(found_for(worked(child)))
    early = replace(child, disabled_since=date(2001, 12, 30))
    assert len(paid(worked(early))) == 2
    assert "us-disability-undated" not in doubts(found_for(worked(early)))
    late = replace(child, disabled_since=date(2001, 12, 31))
    assert len(paid(worked(late))) == 1
    assert "us-disabled-too-late" in keys(worked(late))


def test_a_divorced_spouse_takes_nothing_from_the_others() -> None:
    divorced = Relative(
        "divorced-spouse", date(1954, 1, 10), date(1980, 1, 1), divorced=date(1990, 1, 1)
    )
    family = [Relative("spouse", date(1954, 1, 10)), GIRL, GIRL]
    before, after = paid(worked(*family)), paid(worked(*family, divorced))
    assert after[:-1] == before
    assert after[-1][1] > after[1][1]
    short = replace(divorced, divorced=date(1989, 12, 31))
    assert paid(worked(*family, short)) == before
    assert "us-marriage-too-short" in keys(worked(short))
    assert "us-divorce-undated" in doubts(found_for(worked(replace(divorced, divorced=None))))


def test_own_benefits_bar_or_lower_a_share() -> None:
    spouse = Relative("spouse", date(1954, 1, 10))
    (_, pia), (_, half) = paid(worked(spouse))
    assert "us-own-benefit-higher" in keys(worked(replace(spouse, own_base=money(half + 1, "USD"))))
    lower = replace(spouse, own_benefit=money(100, "USD"))
    assert abs(paid(worked(lower))[1][1] - (half - 100)) <= 1
    foreign = replace(spouse, own_benefit=money(100, "EUR"))
    assert "figure-missing" in doubts(found_for(worked(foreign)))
    assert found_for(worked(foreign)).payable == money(pia, "USD")
    child = replace(GIRL, own_benefit=money(5000, "USD"))
    assert paid(worked(child))[1] == ("child", 0)


def test_others_of_a_living_worker_s_household_are_told_that_they_have_no_share() -> None:
    held = worked(Relative("widow", date(1950, 1, 1)), Relative("spouse"), Relative("child"))
    assert paid(held)[1:] == []
    assert {"claimant-not-named", "claimant-age-missing", "claimants-together"} <= keys(held)


def test_a_stepchild_is_a_child_and_support_is_to_be_looked_at() -> None:
    held = worked(replace(GIRL, role="stepchild"))
    assert paid(held)[1][1] == paid(worked(GIRL))[1][1]
    assert "us-support-not-stated" in doubts(found_for(held))


def test_a_short_marriage_is_told() -> None:
    spouse = Relative("spouse", date(1954, 1, 10), date(2020, 6, 1))
    assert "us-marriage-short" in doubts(found_for(worked(spouse)))
    longer = replace(spouse, married=date(2020, 5, 1))
    assert "us-marriage-short" not in doubts(found_for(worked(longer)))
    widow = Relative("widow", date(1955, 1, 1), date(2019, 9, 2))
    assert "us-marriage-short" in doubts(found_for(died(widow)))
    assert "us-marriage-short" not in doubts(
        found_for(died(replace(widow, married=date(2019, 9, 1))))
    )


def test_a_disabled_worker_s_family_is_paid_within_its_own_maximum() -> None:
    held = worked(
        GIRL,
        born=date(1975, 3, 10),
        on=date(2020, 8, 1),
        branch=Branch.INVALIDITY,
        years=range(2000, 2020),
        disabled_since=date(2020, 2, 10),
    )
    (_, own_amount), (_, child) = paid(held)
    assert 0 < child <= own_amount // 2
    assert "us-family-maximum-disability" in keys(held)


# Survivors


def test_a_widow_needs_a_worker_who_was_fully_insured() -> None:
    widow = Relative("widow", date(1955, 1, 1))
    # 12 quarters, all of them recent: currently insured.
    held = died(widow, GIRL, years=range(2017, 2020))
    assert [role for role, _ in paid(held)] == ["child"]
    assert "us-not-fully-insured" in keys(held)
    mother = Relative("surviving-parent", date(1980, 1, 1))
    assert len(paid(died(mother, GIRL, years=range(2017, 2020)))) == 2


def test_a_surviving_parent_of_full_age_is_a_widow() -> None:
    mother = Relative("surviving-parent", date(1950, 1, 1))
    widow = replace(mother, role="widow")
    assert paid(died(mother, GIRL)) == [
        ("surviving-parent", paid(died(widow, GIRL))[0][1]),
        paid(died(widow, GIRL))[1],
    ]
    lonely = Relative("surviving-parent", date(1980, 1, 1))
    assert "us-no-child-in-care" in keys(died(lonely))
    sixty = Relative("surviving-parent", date(1958, 1, 1))
    assert paid(died(sixty)) == [
        ("surviving-parent", paid(died(replace(sixty, role="widow")))[0][1])
    ]


def test_a_parent_of_the_deceased_is_paid_from_62() -> None:
    parent = Relative("parent", date(1935, 1, 1))
    assert [role for role, _ in paid(died(parent))] == ["parent"]
    assert "us-support-not-stated" in doubts(found_for(died(parent)))
    assert "claimant-too-young" in keys(died(replace(parent, born=date(1959, 1, 1))))


def test_what_the_deceased_drew_is_asked_for_and_used() -> None:
    widow = Relative("widow", date(1950, 1, 1))
    old = died(widow, born=date(1955, 3, 15))
    assert "us-worker-benefit-not-stated" in doubts(found_for(old))
    assert "us-worker-benefit-not-stated" not in doubts(found_for(died(widow)))
    drew = replace(old, facts=(Fact("US", "worker-months-reduced", Fraction(36)),))
    assert "us-worker-benefit-not-stated" not in doubts(found_for(drew))
    assert paid(drew)[0][1] < paid(old)[0][1]
    assert "us-widow-limited" in keys(drew)
    put_off = replace(old, facts=(Fact("US", "worker-months-credited", Fraction(12)),))
    assert paid(put_off)[0][1] > paid(old)[0][1]


def test_a_surviving_divorced_spouse_is_paid_from_sixty() -> None:
    divorced = Relative("divorced-spouse", date(1955, 1, 1))
    assert [role for role, _ in paid(died(divorced))] == ["divorced-spouse"]
    assert once(died(divorced)) == []


# The lump sum


def test_the_lump_sum_goes_to_the_spouse_of_the_household() -> None:
    young = Relative("widow", date(1975, 1, 1))
    assert once(died(replace(young, same_household=True), GIRL)) == [("widow", 255)]
    assert paid(died(replace(young, same_household=True))) == []
    assert found_for(died(replace(young, same_household=True))).payable == money(0, "USD")


def test_else_to_a_spouse_due_a_benefit_for_the_month_of_death() -> None:
    widow = Relative("widow", date(1955, 1, 1), same_household=False)
    assert once(died(widow, GIRL)) == [("widow", 255)]
    later = replace(widow, claims_from=date(2021, 1, 1))
    assert once(died(later, GIRL)) == [("widow", 255)]


def test_else_to_the_children_in_equal_parts() -> None:
    apart = Relative("widow", date(1975, 1, 1), same_household=False)
    grown = Relative("child", date(1990, 1, 1))
    assert once(died(apart, GIRL, GIRL, grown)) == [
        ("child", Fraction("127.5")),
        ("child", Fraction("127.5")),
    ]
    unknown = replace(apart, same_household=None)
    assert once(died(unknown, GIRL)) == []
    assert "us-lump-sum-household" in keys(died(unknown, GIRL))


def test_else_to_nobody_and_never_late() -> None:
    apart = Relative("widow", date(1975, 1, 1), same_household=False)
    assert "us-lump-sum-nobody" in keys(died(apart))
    together = replace(apart, same_household=True)
    assert once(died(together, on=date(2022, 6, 1))) == [("widow", 255)]
    late = died(together, on=date(2022, 6, 2))
    assert once(late) == []
    assert "us-lump-sum-late" in keys(late)


def test_the_lump_sum_of_older_deaths_is_not_computed_and_nothing_else_is_lost() -> None:
    widow = Relative("widow", date(1915, 1, 1), same_household=True)
    old = died(
        widow,
        born=date(1919, 3, 10),
        died=date(1981, 6, 1),
        on=date(1981, 7, 1),
        years=range(1955, 1980),
    )
    assert once(old) == []
    assert "us-lump-sum-older" in keys(old)
    assert [role for role, _ in paid(old)] == ["widow"]
