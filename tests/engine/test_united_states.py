"""United States amounts: published examples, runs of SSA's own calculator, the rules one by one."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.case import Branch, Earnings
from ssacalc.domain.errors import InvalidCase, MissingFigure
from ssacalc.domain.money import Money, Per
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Step, walk
from ssacalc.domain.units import Unit
from ssacalc.engine.career import Career
from ssacalc.engine.formulas import us_amounts, us_earnings
from ssacalc.engine.formulas.united_states import (
    CAP,
    ORDER,
    monthly_benefit,
    ordinary_amount,
    pro_rata,
    recomputed,
    theoretical_amount,
)
from ssacalc.engine.formulas.us_ages import adjustment, spouse_factor, widow_factor
from ssacalc.engine.formulas.us_career import (
    national_benefit,
    primary_insurance_amount,
    totalised_benefit,
)
from ssacalc.engine.formulas.us_family import (
    Member,
    Role,
    artificial_average,
    family_benefits,
    family_maximum,
)
from ssacalc.engine.formulas.us_law import UnitedStatesLaw, law_of
from ssacalc.engine.formulas.us_lump_sum import lump_sum
from ssacalc.engine.formulas.us_record import (
    Kind,
    Record,
    computation_years,
    eligibility_year,
    year_of_age,
)
from ssacalc.engine.insured import quarters_needed
from ssacalc.library.schemes import read_scheme
from ssacalc.resources import folder

CASES = Path(__file__).parent.parent / "cases" / "united-states"


@cache
def scheme() -> Scheme:
    return read_scheme(folder("resources") / "schemes" / "us" / "us-oasdi.toml")


def read(name: str) -> Any:  # noqa: ANN401 - plain data of a file
    return json.loads((CASES / name).read_text(encoding="utf-8"), parse_float=Decimal)


TOTALIZATION = {case["id"]: case for case in read("totalization.json")}
RULES = {case["id"]: case for case in read("rules.json")}
BENDS = read("bend-points.json")


def month(text: str) -> date:
    return date(int(text[:4]), int(text[5:7]), 1)


def law_in(year: int, number: int = 1) -> UnitedStatesLaw:
    return law_of(scheme(), date(year, number, 1))


def record_in(worker: dict[str, Any]) -> Record:
    return Record(
        born=date.fromisoformat(worker["born"]),
        entitled=month(worker["entitled"]),
        month=month(worker["month"]),
        earnings={int(y): int(Fraction(e) * 100) for y, e in worker["earnings"].items()},
        quarters={int(y): q for y, q in worker["quarters"].items()},
        kind=Kind(worker["kind"]),
        died=date.fromisoformat(worker["died"]) if worker["died"] else None,
    )


WORKER = record_in(TOTALIZATION["anypia-sample24"]["worker"])


def amount(step: Step) -> Fraction:
    assert isinstance(step.value, Money)
    return step.value.amount


# Golden cases


@pytest.mark.parametrize("name", TOTALIZATION)
def test_every_stage_of_a_totalization_case_is_as_published(name: str) -> None:
    case = TOTALIZATION[name]
    steps, record = case["steps"], record_in(case["worker"])
    law = law_of(scheme(), record.month)
    eligibility = eligibility_year(law, record)
    last_wage = us_earnings.last_wage_year(law, record, eligibility)
    ratios = us_earnings.ratios(law, record, last_wage)
    position = us_earnings.relative_earnings_position(ratios)
    attributed = us_earnings.theoretical_record(law, record, eligibility, position, last_wage)
    theoretical = theoretical_amount(law, record)
    share = pro_rata(law, record, theoretical)
    found = {
        "ratios": {str(r.year): Fraction(r.ratio, 10**7) for r in ratios},
        "position": Fraction(position, 10**7),
        "computation_years": theoretical.years.computed,
        "dividend": Fraction(theoretical.average.total, 100),
        "monthly": Fraction(theoretical.average.monthly),
        "at_eligibility": Fraction(theoretical.at_eligibility, 10),
        "theoretical": Fraction(theoretical.dimes, 10),
        "ratio": "/".join(map(str, share.ratio)),
        "record": {str(year): Fraction(cents, 100) for year, cents in attributed.items()},
        "quarters_needed": quarters_needed(law, record.born, record.died),
        "artificial_average": artificial_average(
            law, eligibility, us_amounts.divided_back(share.dimes, share.increases)
        ),
    }
    for stage, stated in steps.items():
        if stage in found:
            assert found[stage] == exactly(stated), stage
    assert amount(theoretical.step) == found["theoretical"]


def test_the_theoretical_record_of_the_regulation_is_as_printed() -> None:
    """20 CFR 404.1918(d), example 1, step 1: thirty-one years, each to the cent."""
    case = TOTALIZATION["cfr-404.1918-ex1"]
    record = record_in(case["worker"])
    law = law_of(scheme(), record.month)
    last_wage = us_earnings.last_wage_year(law, record, 1982)
    position = us_earnings.relative_earnings_position(us_earnings.ratios(law, record, last_wage))
    found = us_earnings.theoretical_record(law, record, 1982, position, last_wage)
    printed = case["steps"]["printed_record"]
    assert len(printed) == 31
    assert {year: Fraction(found[int(year)], 100) for year in printed} == exactly(printed)
    assert (453 * 26 * 10 // 104) == 1132


def test_the_coverage_lifetime_of_the_regulation_s_second_example() -> None:
    """20 CFR 404.1918(d), example 2: 62 in 1978, 22 years, 88 quarters."""
    record = replace(WORKER, born=date(1916, 5, 10))
    assert computation_years(law_in(2002), record, 1978).computed == 22


def exactly(stated: object) -> object:
    if isinstance(stated, dict):
        return {key: Fraction(value) for key, value in stated.items()}
    if isinstance(stated, str) and "/" not in stated:
        return Fraction(stated)
    return stated


@pytest.mark.parametrize("name", TOTALIZATION)
def test_every_amount_of_a_totalization_case_is_as_published(name: str) -> None:
    case = TOTALIZATION[name]
    expected, record = case["expected"], record_in(case["worker"])
    law = law_of(scheme(), record.month)
    share = pro_rata(law, record, theoretical_amount(law, record))
    maximum = family_maximum(law, record, share)
    assert amount(share.step) == Fraction(expected["pro_rata"])
    assert amount(maximum.step) == Fraction(expected["family_maximum"])
    paid = monthly_benefit(law, record, share.dimes, share.step)
    if "benefit" in expected:
        assert amount(paid.uses[0]) == Fraction(expected["benefit"])
    if "payable" in expected:
        assert amount(paid) == Fraction(expected["payable"])
    if "factor" in case["steps"]:
        factor = us_earnings.half_up(
            adjustment(law, record).factor.numerator * 10**5,
            adjustment(law, record).factor.denominator,
        )
        assert Fraction(factor, 10**5) == Fraction(case["steps"]["factor"])


def test_the_cap_binds_in_none_of_the_published_cases() -> None:
    for case in TOTALIZATION.values():
        record = record_in(case["worker"])
        law = law_of(scheme(), record.month)
        uncapped = replace(record, conventions={CAP: "not-applied"})
        theoretical = theoretical_amount(law, record)
        capped_share = pro_rata(law, record, theoretical)
        assert capped_share.dimes == pro_rata(law, uncapped, theoretical).dimes
        assert capped_share.step.key == "us-cap-not-reached"


def test_a_mother_and_two_children_share_the_maximum() -> None:
    case = TOTALIZATION["engine-own-survivor-mother-2-children"]
    record = record_in(case["worker"])
    law = law_of(scheme(), record.month)
    share = pro_rata(law, record, theoretical_amount(law, record))
    members = [Member(Role(role)) for role in case["worker"]["family"]]
    paid = family_benefits(law, record, share, family_maximum(law, record, share), members)
    for step, stated in zip(paid, case["expected"]["family"], strict=True):
        assert amount(step) == Fraction(stated["payable"])
        assert dict(step.uses[0].args)["full"] == Money(Fraction(stated["full"]), "USD")


# Published rules


def test_earnings_of_a_year_with_two_quarters_count_to_half_the_wage_base() -> None:
    case = RULES["poms-gn01701.200-qc-cap"]
    record = replace(WORKER, earnings={1970: 420_000}, quarters={1970: case["inputs"]["us_qcs"]})
    (ratio,) = us_earnings.ratios(law_in(2002), record, 1995)
    assert ratio.counted == 100 * Fraction(case["expected"]["earnings_usable_for_rep"])


def test_the_published_computation_with_increases_is_followed_to_the_dime() -> None:
    """POMS RS 00605.021: up to the dime through June 1981, down from June 1982."""
    case = RULES["poms-rs00605.021-staley"]
    law = law_in(1982, 9)
    record = replace(
        WORKER, born=date(1917, 9, 24), entitled=date(1982, 9, 1), month=date(1982, 9, 1)
    )
    assert eligibility_year(law, record) == case["inputs"]["benchmark_year"]
    years = computation_years(law, record, 1979)
    assert years.computed == case["inputs"]["computation_years"]
    total = int(Fraction(case["inputs"]["dividend"]) * 100)
    monthly = total // (100 * case["inputs"]["divisor_months"])
    assert monthly == case["steps"]["aime"]
    bends = us_amounts.bend_points(law, law.formula, 1979)
    assert list(bends) == case["inputs"]["bend_points"]
    assert Fraction(us_amounts.sliced(law.formula, bends, monthly), law.formula.per) == Fraction(
        case["steps"]["raw"]
    )
    base = us_amounts.of_average(law, 1979, bends, monthly)
    assert base == 10 * Fraction(case["steps"]["pia_1979"])
    increases = us_amounts.increases(law, 1979, record.month)
    assert [i.percent for i in increases] == [
        Fraction(p) for p in case["inputs"]["colas_pct"].values()
    ]
    chain = [us_amounts.increased(base, increases[:n]) for n in range(1, 5)]
    stated = [case["steps"][f"after_{y}"] for y in (1979, 1980, 1981)]
    stated.append(case["expected"]["pia_1982_09"])
    assert chain == [10 * Fraction(s) for s in stated]


def test_benefits_and_reductions_are_rounded_the_opposite_way() -> None:
    case = RULES["poms-rs00601.020-rounding"]
    number = int(Fraction(case["inputs"]["amount"]) * 10**4)
    before, after = law_in(1982, 5), law_in(1982, 6)
    for law, when in ((before, "before_1982-06"), (after, "after_1982-05")):
        up = us_amounts.benefit_rounds_up(law, law.on)
        assert us_amounts.to_dime(number, 10**4, up=up) == 10 * Fraction(
            case["expected"][f"benefit_{when}"]
        )
        assert us_amounts.to_dime(number, 10**4, up=not up) == 10 * Fraction(
            case["expected"][f"reduction_amount_{when}"]
        )


def test_a_recomputation_needs_a_whole_dollar() -> None:
    case = RULES["poms-rs00605.501-one-dollar"]["inputs"]
    law = law_in(1999)
    old = int(10 * Fraction(case["pia_1997_12"]))
    assert not recomputed(law, old, old + int(10 * Fraction(case["increase_1998_01"])))
    after = int(10 * Fraction(case["pia_after_cola_1998_12"]))
    assert recomputed(law, after, int(10 * Fraction(case["recomputed_1999_01"])))
    assert after == us_amounts.increased(old, us_amounts.increases(law, 1998, date(1998, 12, 1)))


def test_the_share_is_not_own_quarters_over_all_quarters_counted() -> None:
    case = RULES["misconception-linear"]
    record = record_in(TOTALIZATION["engine-own-claim-at-62-24qc"]["worker"])
    law = law_of(scheme(), record.month)
    share = pro_rata(law, record, theoretical_amount(law, record))
    assert "/".join(map(str, share.ratio)) == case["expected"]["correct_pro_rata_fraction"]


BEND_NAMES = ("first_bend", "second_bend")
FAMILY_NAMES = ("first_family_bend", "second_family_bend", "third_family_bend")


@pytest.mark.parametrize("year", [int(year) for year in BENDS["first_bend"]])
def test_the_formula_of_the_bend_points_gives_the_published_table(year: int) -> None:
    law = law_in(2025)
    assert us_amounts.bend_points(law, law.formula, year) == tuple(
        BENDS[name][str(year)] for name in BEND_NAMES
    )
    assert us_amounts.bend_points(law, law.family, year) == tuple(
        BENDS[name][str(year)] for name in FAMILY_NAMES
    )


def test_the_amount_for_a_quarter_of_coverage_follows_the_statutory_formula() -> None:
    """42 USC 413(d): 250 dollars by average wages, to the nearest 10, never falling."""
    law, reached = law_in(2026), 0
    for year in range(1979, 2027):
        wage = Fraction(250 * law.wage(year - 2), law.wage(1976))
        reached = max(reached, us_earnings.half_up(wage.numerator, wage.denominator * 10) * 10)
        assert law.tables.amounts[year] == reached * 100, year


# Ages


@pytest.mark.parametrize(
    ("born", "age", "year"),
    [
        (date(1940, 1, 1), 62, 2001),
        (date(1940, 1, 2), 62, 2002),
        (date(1940, 2, 29), 62, 2002),
    ],
)
def test_an_age_is_reached_on_the_day_before_the_birthday(born: date, age: int, year: int) -> None:
    assert year_of_age(born, age) == year


@pytest.mark.parametrize(
    ("born", "entitled", "factor"),
    [
        (date(1937, 6, 15), date(1999, 7, 1), 1 - 35 * Fraction(5, 900)),
        (date(1960, 6, 15), date(2022, 7, 1), 1 - Fraction(20, 100) - 23 * Fraction(5, 1200)),
        (date(1960, 6, 1), date(2027, 5, 1), Fraction(1)),
        (date(1943, 5, 10), date(2013, 5, 1), Fraction(132, 100)),
        (date(1943, 5, 10), date(2014, 5, 1), Fraction(132, 100)),
        (date(1924, 5, 10), date(1994, 5, 1), Fraction(115, 100)),
        (date(1925, 5, 10), date(1995, 5, 1), 1 + 60 * Fraction(7, 2400)),
        (date(1939, 5, 10), date(2009, 5, 1), 1 + 56 * Fraction(14, 2400)),
    ],
)
def test_age_at_entitlement_reduces_or_credits(
    born: date, entitled: date, factor: Fraction
) -> None:
    record = replace(WORKER, born=born, entitled=entitled, month=entitled)
    assert adjustment(law_of(scheme(), entitled), record).factor == factor


def test_credits_of_the_year_of_entitlement_wait_for_january() -> None:
    record = replace(
        WORKER, born=date(1943, 5, 10), entitled=date(2011, 11, 1), month=date(2011, 11, 1)
    )
    first = adjustment(law_of(scheme(), record.month), record)
    assert first.months == 20
    later = replace(record, month=date(2012, 1, 1))
    assert adjustment(law_of(scheme(), later.month), later).months == 30


def test_credits_begin_only_when_the_person_is_insured() -> None:
    record = replace(
        WORKER, entitled=date(2002, 1, 1), month=date(2002, 1, 1), insured_since=date(2001, 4, 1)
    )
    assert adjustment(law_in(2002), record).months == 9


def test_a_disability_benefit_is_not_changed_for_age() -> None:
    record = replace(WORKER, kind=Kind.DISABILITY, disabled=date(1990, 3, 1))
    assert adjustment(law_in(2002), record).factor == 1


def test_a_widow_of_sixty_loses_28_and_a_half_percent_and_no_more_before() -> None:
    law, born = law_in(2023), date(1962, 5, 10)
    assert widow_factor(law, born, date(2022, 5, 1)).factor == 1 - Fraction(285, 1000)
    assert widow_factor(law, born, date(2015, 5, 1)).factor == 1 - Fraction(285, 1000)
    assert widow_factor(law, born, date(2025, 11, 1)).factor == 1 - Fraction(1425, 10000)
    assert widow_factor(law, born, date(2029, 5, 1)).factor == 1


def test_a_spouse_is_reduced_by_other_rates() -> None:
    law, born = law_in(2023), date(1955, 3, 15)
    assert spouse_factor(law, born, date(2018, 5, 1)).factor == Fraction(75, 100)
    assert spouse_factor(law, born, date(2021, 5, 1)).factor == 1


# Years


def test_a_disabled_worker_drops_one_year_for_each_five() -> None:
    law = law_in(2010)
    record = replace(
        WORKER,
        born=date(1975, 5, 10),
        entitled=date(2010, 9, 1),
        month=date(2010, 9, 1),
        kind=Kind.DISABILITY,
        disabled=date(2010, 3, 20),
    )
    assert eligibility_year(law, record) == 2010
    years = computation_years(law, record, 2010)
    assert (years.elapsed, years.dropped, years.computed) == (13, 2, 11)
    young = replace(record, born=date(1987, 5, 10))
    assert computation_years(law, young, 2010).computed == 2


def test_death_before_62_fixes_eligibility_and_the_years() -> None:
    record = record_in(TOTALIZATION["engine-own-survivor-mother-2-children"]["worker"])
    law = law_of(scheme(), record.month)
    assert eligibility_year(law, record) == 2020
    assert computation_years(law, record, 2020).elapsed == 23


def test_people_first_eligible_before_1979_are_told_that_the_law_is_not_coded() -> None:
    record = replace(WORKER, born=date(1915, 5, 10))
    with pytest.raises(MissingFigure, match="not coded"):
        theoretical_amount(law_in(2002), record)


def test_new_earnings_after_entitlement_move_the_last_average_wage() -> None:
    law = law_in(2005)
    worked = replace(WORKER, month=date(2005, 3, 1), earnings={**WORKER.earnings, 2003: 10_000})
    assert us_earnings.last_wage_year(law, WORKER, 1997) == 2000
    assert us_earnings.last_wage_year(law, worked, 1997) == 2002


def test_a_case_without_earnings_is_asked_for_them() -> None:
    record = replace(WORKER, earnings={})
    for found in (theoretical_amount, ordinary_amount):
        with pytest.raises(MissingFigure, match="earnings"):
            found(law_in(2002), record)


def test_an_increase_that_the_data_lack_is_missing_not_left_out() -> None:
    record = replace(WORKER, month=date(2031, 1, 1))
    with pytest.raises(MissingFigure, match="benefit-increase"):
        theoretical_amount(law_in(2031), record)


def test_a_wage_base_that_the_data_lack_is_missing() -> None:
    record = replace(WORKER, earnings={2030: 100}, month=date(2031, 1, 1))
    with pytest.raises(MissingFigure, match="wage-base"):
        us_earnings.own_record(law_in(2024), record)


def test_an_average_wage_that_the_data_lack_is_missing() -> None:
    born, claimed = date(1968, 5, 1), date(2030, 6, 1)
    record = replace(WORKER, born=born, entitled=claimed, month=claimed)
    with pytest.raises(MissingFigure, match="average-wage"):
        theoretical_amount(law_of(scheme(), claimed), record)


def test_the_increase_of_december_1999_was_corrected() -> None:
    for number, percent in ((6, Fraction(24, 10)), (7, Fraction(25, 10))):
        law = law_in(2001, number)
        (found,) = [i for i in us_amounts.increases(law, 1997, law.on) if i.year == 1999]
        assert found.percent == percent


# Conventions


def test_the_share_never_exceeds_the_amount_on_own_work_alone() -> None:
    """Eighteen years at a falling position: attributed to later years they would be worth more."""
    years = range(1964, 1982)
    record = replace(
        WORKER, earnings=dict.fromkeys(years, 50_000), quarters=dict.fromkeys(years, 4)
    )
    law = law_in(2002)
    theoretical = theoretical_amount(law, record)
    own = ordinary_amount(law, record)
    free = pro_rata(law, replace(record, conventions={CAP: "not-applied"}), theoretical)
    share = pro_rata(law, record, theoretical)
    assert (free.dimes, own.dimes) == (759, 746)
    assert share.dimes == own.dimes
    assert share.step.key == "us-cap-applied"


def test_the_order_of_share_and_increases_is_a_convention() -> None:
    record = replace(WORKER, conventions={ORDER: "before-increases"})
    law = law_in(2002)
    theoretical = theoretical_amount(law, WORKER)
    first = us_amounts.to_dime(13093 * 12, 10 * 140, up=False)
    assert pro_rata(law, record, theoretical).dimes == us_amounts.increased(
        first, theoretical.increases
    )
    assert pro_rata(law, WORKER, theoretical).dimes == 1263


def test_a_convention_that_nobody_knows_is_refused() -> None:
    record = replace(WORKER, conventions={CAP: "sometimes"})
    law = law_in(2002)
    with pytest.raises(InvalidCase, match="sometimes"):
        pro_rata(law, record, theoretical_amount(law, WORKER))


# Family


def test_a_spouse_and_a_child_of_a_living_worker_share_what_the_maximum_leaves() -> None:
    law = law_in(2002)
    share = pro_rata(law, WORKER, theoretical_amount(law, WORKER))
    maximum = family_maximum(law, WORKER, share)
    spouse = Member(Role.SPOUSE, date(1937, 5, 10), date(2002, 5, 1))
    steps = family_benefits(law, WORKER, share, maximum, [spouse, Member(Role.CHILD)])
    assert maximum.dimes - share.dimes == 633
    assert [amount(step) for step in steps] == [31, 31]
    alone = family_benefits(law, WORKER, share, maximum, [Member(Role.SPOUSE_WITH_CHILD)])
    assert [amount(step) for step in alone] == [63]
    assert not family_benefits(law, WORKER, share, maximum, [])


def test_a_disabled_worker_s_family_has_its_own_maximum() -> None:
    """POMS GN 01701.210: 150 % of the share, or 85 % of artificial earnings, at least the share."""
    record = replace(WORKER, kind=Kind.DISABILITY, disabled=date(1996, 6, 1))
    law = law_in(2002)
    share = pro_rata(law, record, theoretical_amount(law, record))
    back = us_amounts.divided_back(share.dimes, share.increases)
    average = artificial_average(law, share.eligibility, back)
    maximum = family_maximum(law, record, share)
    assert maximum.step.key == "us-family-maximum-disability"
    low = max(back, 10 * (85 * average // 100))
    assert share.dimes <= maximum.dimes <= us_amounts.increased(low + 10, share.increases)


def test_a_widow_of_sixty_is_reduced_after_the_maximum() -> None:
    record = record_in(TOTALIZATION["engine-own-survivor-mother-2-children"]["worker"])
    law = law_of(scheme(), record.month)
    share = pro_rata(law, record, theoretical_amount(law, record))
    maximum = family_maximum(law, record, share)
    widow = Member(Role.WIDOW, date(1960, 3, 10), date(2020, 3, 1))
    (step,) = family_benefits(law, record, share, maximum, [widow])
    assert amount(step) == 3920 * 715 // 10000


@given(st.integers(min_value=1, max_value=40_000))
def test_artificial_earnings_give_back_the_amount(dimes: int) -> None:
    law = law_in(2020)
    average = artificial_average(law, 2020, dimes)
    bends = us_amounts.bend_points(law, law.formula, 2020)
    assert us_amounts.sliced(law.formula, bends, average) * 10 >= dimes * law.formula.per
    assert us_amounts.sliced(law.formula, bends, average - 1) * 10 < dimes * law.formula.per


def test_the_lump_sum_is_three_times_the_share_or_255_dollars() -> None:
    law = law_in(2002)
    share = pro_rata(law, WORKER, theoretical_amount(law, WORKER))
    assert lump_sum(law, share).value == Money(Fraction(255), "USD", Per.ONCE)
    small = replace(share, dimes=400)
    assert lump_sum(law, small).value == Money(Fraction(120), "USD", Per.ONCE)


@given(
    st.integers(min_value=1, max_value=50_000),
    st.integers(min_value=1983, max_value=2024),
)
def test_dividing_back_loses_at_most_a_dime_for_each_increase(dimes: int, year: int) -> None:
    # Digits after the fourth decimal are dropped at each step, so a step can fall a dime short.
    law = law_in(2025)
    increases = us_amounts.increases(law, year, date(2025, 1, 1))
    back = us_amounts.divided_back(dimes, increases)
    assert us_amounts.increased(back, increases) >= dimes - max(len(increases), 1)
    assert us_amounts.increased(back - 1, increases) < dimes


# Careers, as the engine's stages ask


def career(**changes: object) -> Career:
    start = Career(
        born=WORKER.born,
        on=WORKER.entitled,
        unit=Unit.QUARTER,
        units=Fraction(40),
        own_units=Fraction(12),
        earnings=tuple(Earnings("US", y, Fraction(c, 100)) for y, c in WORKER.earnings.items()),
        quarters=WORKER.quarters,
        facts={},
        conventions={},
        step=Step("own_periods", 12, "own-as-certified"),
    )
    return replace(start, **changes)  # type: ignore[arg-type]


def test_a_career_gives_every_amount_with_its_steps() -> None:
    made = totalised_benefit(scheme(), career())
    assert amount(made.theoretical) == Fraction("1473.6")
    assert amount(made.pro_rata) == Fraction("126.3")
    assert made.ratio == (12, 140)
    assert amount(made.payable) == 141
    names = [step.name for step in walk(made.payable)]
    for name in (
        "own_periods",
        "relative_earnings_position",
        "theoretical_amount",
        "pro_rata_amount",
    ):
        assert name in names
    assert all(step.key.startswith(("us-", "own-")) for step in walk(made.payable))


def test_a_career_gives_the_ordinary_benefit() -> None:
    made = national_benefit(scheme(), career())
    assert made.amount == primary_insurance_amount(scheme(), career(), theoretical=False)
    assert primary_insurance_amount(scheme(), career(), theoretical=True).value == Money(
        Fraction("1473.6"), "USD"
    )


def test_a_career_may_be_asked_for_a_later_month_and_for_other_benefits() -> None:
    later = totalised_benefit(scheme(), career(), month=date(2003, 1, 1))
    assert amount(later.theoretical) > Fraction("1473.6")
    died = career(branch=Branch.SURVIVORS, died=date(2001, 12, 5), on=date(2001, 12, 1))
    assert amount(totalised_benefit(scheme(), died).pro_rata) > 0
    disabled = career(branch=Branch.INVALIDITY, on=date(1996, 12, 1))
    assert totalised_benefit(scheme(), disabled, disabled=date(1996, 6, 1)).ratio == (12, 136)


def test_figures_not_read_on_an_official_page_are_told() -> None:
    claimed = date(2026, 6, 1)
    earned = tuple(Earnings("US", year, Fraction(50_000)) for year in range(2015, 2026))
    recent = career(
        born=date(1964, 3, 15),
        on=claimed,
        earnings=earned,
        quarters={e.year: 4 for e in earned},
    )
    unread = {
        str(citation)
        for step in walk(totalised_benefit(scheme(), recent).payable)
        for citation in step.law
        if not citation.verified
    }
    assert "Social Security Act, 215(b)(3)(A)(ii)" in unread
    older = {
        str(citation)
        for step in walk(totalised_benefit(scheme(), career()).payable)
        for citation in step.law
        if not citation.verified
    }
    assert older == set()


def test_the_law_is_prepared_once_for_a_month_and_never_for_another_scheme() -> None:
    assert law_in(2002) is law_of(scheme(), date(2002, 1, 31))
    other = replace(scheme(), title="Another")
    assert law_of(other, date(2002, 1, 1)).scheme.title == "Another"
    without = replace(scheme(), figures={})
    with pytest.raises(MissingFigure, match="no figure"):
        law_of(without, date(2002, 1, 1))


@given(
    st.lists(
        st.tuples(st.integers(1957, 1996), st.integers(1, 4), st.integers(50, 8_000)),
        min_size=2,
        max_size=12,
        unique_by=lambda row: row[0],
    )
)
def test_amounts_keep_their_order(rows: list[tuple[int, int, int]]) -> None:
    """The share never exceeds the ordinary amount, the benefit of age 65 never the share."""
    record = replace(
        WORKER,
        entitled=date(2000, 1, 1),
        month=date(2000, 1, 1),
        earnings={year: 100 * dollars for year, _, dollars in rows},
        quarters={year: number for year, number, _ in rows},
    )
    law = law_in(2000)
    theoretical = theoretical_amount(law, record)
    share = pro_rata(law, record, theoretical)
    assert share.dimes <= ordinary_amount(law, record).dimes
    assert amount(monthly_benefit(law, record, share.dimes, share.step)) * 10 <= share.dimes
    assert share.ratio == (sum(record.quarters.values()), 140)
