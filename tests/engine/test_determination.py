"""The whole engine: what holds for every case, and the rules that need all States together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.agreement import Instrument, InstrumentKind
from ssacalc.domain.case import Case, Certified, Earnings, InsurancePeriod, PeriodKind
from ssacalc.domain.determination import BenefitResult, Determination
from ssacalc.domain.law import Law
from ssacalc.domain.rules import (
    Calculation,
    ConditionsNotMet,
    Method,
    MinimumPeriod,
    ShortPeriod,
    ThirdStateRule,
    ThirdStates,
)
from ssacalc.domain.scheme import CountingKind, Scheme
from ssacalc.domain.trace import walk
from ssacalc.domain.units import Unit
from ssacalc.engine.determination import determine
from ssacalc.library.law import load_law
from tests.engine.build import (
    CALENDAR_MONTHS,
    CLAIM,
    DAYS,
    MONTHS,
    QUARTERS,
    SAME,
    Counting,
    agreement,
    alone,
    case,
    doubts,
    law,
    money,
    period,
    result,
    scheme,
    time,
    union,
)
from tests.engine.strategies import STATES, careers, covered, dated_careers

WEEKS = Counting(CountingKind.CALENDAR_WEEKS)


@st.composite
def schemes(draw: st.DrawFn, country: str) -> Scheme:
    minimum = draw(st.one_of(st.none(), st.integers(1, 300)))
    full = draw(st.one_of(st.none(), st.integers(300, 480)))
    rate = draw(st.integers(1, 9))
    return scheme(country, rate=rate, minimum=minimum, full=full)


@st.composite
def laws(draw: st.DrawFn) -> Law:
    held = [draw(schemes(country)) for country in STATES]
    held[1] = (
        replace(held[1], unit=Unit.QUARTER, counting=QUARTERS) if draw(st.booleans()) else held[1]
    )
    choices: list[list[Instrument]] = [
        [union(*STATES)],
        [agreement("XA", "XB"), agreement("XA", "XC")],
        [union("XA", "XB"), agreement("XB", "XC", third=ThirdStateRule(ThirdStates.BOUND_TO_BOTH))],
        [agreement("XA", "XB", name="new"), agreement("XA", "XB", name="old")],
        [],
    ]
    return law(*held, *draw(st.sampled_from(choices)))


def outcomes(of: Determination) -> dict[str, tuple[object, ...]]:
    return {
        r.country: (
            r.instrument,
            r.own_right,
            r.with_agreement,
            r.own,
            r.total,
            r.ratio,
            r.independent,
            r.theoretical,
            r.pro_rata,
            r.payable,
            r.portability.payment,
            r.shortfall,
        )
        for r in of.with_instruments
    }


@given(careers(), laws(), st.randoms())
def test_the_order_in_which_periods_and_states_are_entered_does_not_matter(
    held: list[InsurancePeriod], of_law: Law, random: "st.random_module"
) -> None:
    shuffled = held[:]
    random.shuffle(shuffled)
    one, other = determine(case(*held), of_law), determine(case(*shuffled), of_law)
    assert outcomes(one) == outcomes(other)


@given(careers(), laws(), st.randoms())
def test_the_order_of_the_law_does_not_matter(
    held: list[InsurancePeriod], of_law: Law, random: "st.random_module"
) -> None:
    instruments, known = list(of_law.instruments), list(of_law.schemes)
    random.shuffle(instruments)
    random.shuffle(known)
    turned = Law(tuple(instruments), tuple(known), of_law.edition)
    assert outcomes(determine(case(*held), turned)) == outcomes(determine(case(*held), of_law))


@given(careers(), laws())
def test_without_instruments_the_counterfactual_comes_out(
    held: list[InsurancePeriod], of_law: Law
) -> None:
    both = determine(case(*held), of_law)
    national = determine(case(*held), of_law, instruments=())
    plain = tuple(replace(r, alternatives=()) for r in national.with_instruments)
    assert plain == national.without == both.without


@given(careers(), laws())
def test_nobody_is_paid_less_than_by_national_law_where_the_text_compares(
    held: list[InsurancePeriod], of_law: Law
) -> None:
    found = determine(case(*held), of_law)
    for one, national in zip(found.with_instruments, found.without, strict=True):
        assert one.independent == national.independent
        assert one.own_right is national.own_right
        if national.payable is not None:
            assert one.payable is not None
            assert one.payable.amount >= national.payable.amount


@given(careers(), laws())
def test_a_share_never_exceeds_its_theoretical_amount(
    held: list[InsurancePeriod], of_law: Law
) -> None:
    for found in determine(case(*held), of_law).with_instruments:
        if found.pro_rata is not None and found.theoretical is not None:
            assert found.pro_rata.amount <= found.theoretical.amount
        if found.ratio is not None:
            assert found.ratio[0] <= found.ratio[1]


@given(careers(), laws())
def test_a_refusal_rests_on_a_condition_that_fails_and_says_what_is_missing(
    held: list[InsurancePeriod], of_law: Law
) -> None:
    for found in determine(case(*held), of_law).with_instruments:
        if found.with_agreement is False:
            assert found.shortfall is not None
            assert found.shortfall.missing > 0
            assert found.payable is None
            assert "period-not-convertible" not in doubts(found)
        else:
            assert found.shortfall is None


@given(careers(), laws())
def test_every_amount_hangs_from_the_last_step(held: list[InsurancePeriod], of_law: Law) -> None:
    for found in determine(case(*held), of_law).with_instruments:
        steps = list(walk(found.result))
        assert steps[-1] is found.result
        assert found.result.value == found.payable
        if found.payable is not None:
            assert found.payable in [s.value for s in steps if s.name == "payable_amount"]
        assert all(step.key and step.name for step in steps)


@given(dated_careers(), st.booleans())
def test_all_time_together_is_every_day_once_for_every_state(
    held: list[InsurancePeriod], ranked: bool
) -> None:
    instrument = union(*STATES, conversion=SAME) if ranked else agreement(*STATES)
    by_days = (scheme(c, unit=Unit.DAY, counting=DAYS) for c in STATES)
    found = determine(case(*held), law(*by_days, instrument))
    days = covered([s for p in held if (s := p.shortest)])
    for one in found.with_instruments:
        if one.instrument is not None:
            assert one.total == len(days)


@given(st.lists(st.integers(12, 200), min_size=3, max_size=3))
def test_shares_over_the_same_total_add_up_to_one(durations: list[int]) -> None:
    held = [period(c, certified=time(n)) for c, n in zip(STATES, durations, strict=True)]
    found = determine(case(*held), law(*(scheme(c) for c in STATES), union(*STATES)))
    ratios = [r.ratio[0] / r.ratio[1] for r in found.with_instruments if r.ratio]
    assert len(ratios) == 3
    assert sum(ratios) == 1


@given(dated_careers(), st.sampled_from(STATES), laws())
def test_a_longer_record_never_loses_a_right(
    held: list[InsurancePeriod], country: str, of_law: Law
) -> None:
    earlier = [p for p in held if p.last and p.last.latest < date(2010, 1, 1)]
    further = period(country, "2010-01-01", "2014-12-31")
    before = determine(case(*earlier, period(country, "1967-01-01", "1967-01-31")), of_law)
    after = determine(case(*earlier, period(country, "1967-01-01", "1967-01-31"), further), of_law)
    rank = {True: 2, None: 1, False: 0}
    one, other = result(before, country), result(after, country)
    assert rank[other.with_agreement] >= rank[one.with_agreement]
    assert rank[other.own_right] >= rank[one.own_right]


@given(careers(), laws())
def test_another_currency_changes_no_ratio(held: list[InsurancePeriod], of_law: Law) -> None:
    def in_tunisia(one: Scheme) -> Scheme:
        values = tuple(replace(v, value="TND") for v in one.currency.values)
        return replace(one, currency=replace(one.currency, values=values))

    changed = replace(of_law, schemes=tuple(in_tunisia(s) for s in of_law.schemes))
    one, other = determine(case(*held), of_law), determine(case(*held), changed)
    for before, after in zip(one.with_instruments, other.with_instruments, strict=True):
        assert (before.ratio, before.own, before.total) == (after.ratio, after.own, after.total)


# Short periods: 883/2004, art. 57


def shared(*durations: int, minima: Sequence[int] = (0, 0, 0), **more: object) -> Determination:
    """Determine a career of so many months in each State under the rules of the Union."""
    held = [period(c, certified=time(n)) for c, n in zip(STATES, durations, strict=False)]
    known = [scheme(c, minimum=m or None) for c, m in zip(STATES, minima, strict=True)]
    return determine(case(*held), law(*known, union(*STATES, **more)))


def ratio(of: BenefitResult) -> tuple[int, int] | None:
    return None if of.ratio is None else (int(of.ratio[0]), int(of.ratio[1]))


def test_a_released_states_time_is_in_the_theoretical_amount_and_not_in_the_ratio() -> None:
    # 883/2004, art. 57(1) and (2)
    found = shared(240, 120, 11, minima=(0, 0, 60))
    released = result(found, "XC")
    assert (released.own_right, released.with_agreement) == (False, False)
    assert released.shortfall is not None
    assert released.shortfall.condition == "minimum-own-period"
    assert released.shortfall.missing == 1
    for country, own in (("XA", 240), ("XB", 120)):
        one = result(found, country)
        assert one.theoretical == money(371)
        assert one.total == 371
        assert ratio(one) == (own, 360)


def test_a_short_period_still_displaces_voluntary_time_from_every_ratio() -> None:
    # 987/2009, art. 12(3) and 43(1), with 883/2004, art. 57(2)
    held = [
        period("XA", "1990-01-01", "1999-12-31", kind=PeriodKind.VOLUNTARY),
        period("XB", "1995-01-01", "1995-03-31"),
        period("XC", "2000-01-01", "2009-12-31"),
    ]
    schemes = (scheme(c, counting=CALENDAR_MONTHS, minimum=100) for c in STATES)
    of_law = law(*schemes, union(*STATES, not_met=ConditionsNotMet.COUNTED))
    found = determine(case(*held), of_law)
    assert [ratio(result(found, c)) for c in ("XA", "XC")] == [(117, 237), (120, 237)]


def test_a_year_exactly_is_no_short_period() -> None:
    found = shared(240, 120, 12, minima=(0, 0, 60))
    assert result(found, "XC").with_agreement is True
    assert ratio(result(found, "XA")) == (240, 372)


def test_a_short_period_that_gives_a_right_alone_is_no_short_period() -> None:
    found = shared(240, 120, 11, minima=(0, 0, 6))
    assert result(found, "XC").with_agreement is True
    assert ratio(result(found, "XC")) == (11, 371)


def test_where_every_state_would_be_released_the_last_one_takes_all_time_as_its_own() -> None:
    # 883/2004, art. 57(3)
    held = case(
        period("XA", "2000-01-01", "2000-06-30"),
        period("XB", "2001-01-01", "2001-08-31"),
        period("XC", "2002-01-01", "2002-10-31"),
    )
    known = [scheme("XA", minimum=12), scheme("XB", minimum=24), scheme("XC", minimum=36)]
    found = determine(held, law(*known, union(*STATES)))
    assert result(found, "XA").with_agreement is False
    assert result(found, "XC").with_agreement is False
    last = result(found, "XB")
    assert last.with_agreement is True
    assert last.payable == money(24)
    assert last.ratio is None


def test_where_no_states_conditions_are_met_nobody_takes_the_short_periods() -> None:
    found = shared(6, 8, 10, minima=(100, 100, 100))
    assert [r.with_agreement for r in found.with_instruments] == [False, False, False]


@pytest.mark.parametrize(
    ("unless_own_right", "minimum", "expected"),
    [(True, 6, True), (False, 6, True), (False, 60, False)],
)
def test_a_minimum_period_with_and_without_regard_to_an_own_right(
    unless_own_right: bool, minimum: int, expected: bool
) -> None:
    rule = MinimumPeriod(time(1, Unit.YEAR), unless_own_right=unless_own_right)
    held = case(period("XA", certified=time(11)), period("XB", certified=time(120)))
    instrument = agreement("XA", "XB", minimum=rule)
    found = result(
        determine(held, law(scheme("XA", minimum=minimum), scheme("XB"), instrument)), "XA"
    )
    assert found.with_agreement is expected
    # a released State still owes what its own law gives
    assert found.payable == (money(11) if expected else None)
    assert (found.pro_rata is not None) is unless_own_right


def test_a_minimum_for_people_abroad_is_not_asked_at_home() -> None:
    rule = MinimumPeriod(time(1, Unit.YEAR), where_abroad_only=True)
    held = law(scheme("XA", minimum=60), scheme("XB"), agreement("XA", "XB", minimum=rule))
    periods = (period("XA", certified=time(11)), period("XB", certified=time(120)))
    assert result(determine(case(*periods), held), "XA").with_agreement is True
    abroad = determine(case(*periods, residence="XB"), held)
    assert result(abroad, "XA").with_agreement is False


def test_a_minimum_in_a_unit_that_cannot_be_compared_is_a_doubt_not_a_refusal() -> None:
    rule = MinimumPeriod(time(52, Unit.WEEK))
    held = law(scheme("XA", minimum=60), scheme("XB"), agreement("XA", "XB", minimum=rule))
    periods = (period("XA", certified=time(11)), period("XB", certified=time(120)))
    found = result(determine(case(*periods), held), "XA")
    assert found.with_agreement is True
    assert "minimum-not-comparable" in doubts(found)


def test_short_time_that_the_text_does_not_make_others_count_is_still_totalised() -> None:
    rule = MinimumPeriod(time(1, Unit.YEAR), ShortPeriod.NOT_COUNTED)
    held = law(scheme("XA", minimum=60), scheme("XB"), agreement("XA", "XB", minimum=rule))
    found = determine(
        case(period("XA", certified=time(11)), period("XB", certified=time(120))), held
    )
    assert result(found, "XA").with_agreement is False
    assert result(found, "XB").total == 131


# States whose conditions are not met: 883/2004, art. 50(2)


def steep(country: str, *, minimum: int | None = None) -> Scheme:
    """Return a scheme with a fixed amount: more time makes no higher theoretical amount."""
    held = scheme(country, minimum=minimum)
    blocks = (replace(held.blocks[0], factors=("rate",)),)
    return replace(held, blocks=blocks)


def test_time_of_a_state_not_yet_paying_is_left_out_where_counting_it_gives_less() -> None:
    held = case(period("XA", certified=time(60)), period("XB", certified=time(60)))
    known = (steep("XA", minimum=120), scheme("XB", minimum=1000))
    found = result(determine(held, law(*known, union("XA", "XB"))), "XA")
    assert found.with_agreement is True
    assert ratio(found) == (60, 60)
    assert found.payable == money(1)


def test_time_of_a_state_not_yet_paying_stays_where_counting_it_gives_no_less() -> None:
    held = case(period("XA", certified=time(60)), period("XB", certified=time(60)))
    known = (scheme("XA", minimum=120), scheme("XB", minimum=1000))
    found = result(determine(held, law(*known, union("XA", "XB"))), "XA")
    assert ratio(found) == (60, 120)


def test_time_of_a_state_not_yet_paying_is_counted_where_the_text_does_not_leave_it_out() -> None:
    held = case(period("XA", certified=time(60)), period("XB", certified=time(60)))
    known = (steep("XA", minimum=120), scheme("XB", minimum=1000))
    instrument = union("XA", "XB", not_met=ConditionsNotMet.COUNTED)
    assert ratio(result(determine(held, law(*known, instrument)), "XA")) == (60, 120)


def test_of_several_states_not_yet_paying_the_best_combination_is_left_out() -> None:
    """The theoretical amount needs XC's time, and XB's only makes the share smaller."""
    held = case(
        period("XA", certified=time(60)),
        period("XB", certified=time(60)),
        period("XC", certified=time(60)),
    )
    first = scheme("XA", minimum=120)
    table = (replace(first.blocks[0], factors=("rate",)),)
    bounded = replace(first, blocks=table)
    known = (bounded, scheme("XB", minimum=1000), scheme("XC", minimum=1000))
    found = result(determine(held, law(*known, union("XA", "XB", "XC"))), "XA")
    assert ratio(found) == (60, 60)
    assert found.payable == money(1)


def test_time_left_out_of_the_amount_still_opens_the_right() -> None:
    held = case(period("XA", certified=time(60)), period("XB", certified=time(60)))
    known = (steep("XA", minimum=120), scheme("XB", minimum=1000))
    found = result(determine(held, law(*known, union("XA", "XB"))), "XA")
    assert (found.own_right, found.with_agreement, found.total) == (False, True, 120)


def test_a_certified_theoretical_amount_is_not_used_for_less_time_than_it_was_certified_for() -> (
    None
):
    held = case(
        period("XA", certified=time(60)),
        period("XB", certified=time(120)),
        certified=[
            Certified("XA", theoretical=money(600), own_right=False, condition_met=True),
            Certified("XB", minimum=time(1000)),
        ],
    )
    found = result(determine(held, law(union("XA", "XB"))), "XA")
    assert found.payable == money(200)
    assert "left-out-needs-amount" in doubts(found)


def test_a_deferred_claim_is_put_off_in_that_state_alone() -> None:
    # 883/2004, art. 50(1) and (3)
    until = date(2017, 1, 1)
    held = case(
        period("XA", certified=time(60)),
        period("XB", certified=time(120)),
        deferred=(("XB", until),),
    )
    found = determine(held, law(scheme("XA"), scheme("XB"), union("XA", "XB")))
    waiting, paid = result(found, "XB"), result(found, "XA")
    assert (waiting.payable, waiting.payable_from) == (None, until)
    assert paid.payable == money(60)
    assert paid.payable_from is None


# Overlaps between the States


def test_displaced_voluntary_time_leaves_the_share_and_not_the_national_amount() -> None:
    # 987/2009, art. 12(3) and 43(1)
    held = case(
        period("XA", "2000-01-01", "2009-12-31"),
        period("XA", "2010-01-01", "2011-12-31", kind=PeriodKind.VOLUNTARY),
        period("XB", "2010-01-01", "2011-12-31"),
    )
    found = determine(held, law(scheme("XA"), scheme("XB"), union("XA", "XB")))
    one = result(found, "XA")
    assert one.independent == alone(found, "XA").independent == money(144)
    assert ratio(one) == (120, 144)
    assert one.payable == money(144)
    assert "displaced-voluntary-amount" in doubts(one)


def test_the_amount_for_displaced_voluntary_time_is_added_to_the_share() -> None:
    # 987/2009, art. 43(2)
    held = case(
        period("XA", "2000-01-01", "2009-12-31"),
        period("XA", "2010-01-01", "2011-12-31", kind=PeriodKind.VOLUNTARY),
        period("XB", "2010-01-01", "2011-12-31"),
        certified=[Certified("XA", displaced_voluntary=money(50))],
    )
    found = result(determine(held, law(scheme("XA"), scheme("XB"), union("XA", "XB"))), "XA")
    assert found.pro_rata == money(170)
    assert found.payable == money(170)


@pytest.mark.parametrize("certified", [False, True])
def test_equivalent_time_counts_for_the_state_of_the_actual_period_alone(certified: bool) -> None:
    # 987/2009, art. 12(4)
    def month(n: int) -> object:
        return time(n) if certified else None

    held = case(
        period("XA", "2000-01-01", "2009-12-31", certified=month(120)),  # type: ignore[arg-type]
        period(
            "XA",
            "2010-01-01",
            "2011-12-31",
            kind=PeriodKind.UNEMPLOYED,
            certified=month(24),  # type: ignore[arg-type]
        ),
        period("XB", "2010-01-01", "2011-12-31", certified=month(24)),  # type: ignore[arg-type]
    )
    found = determine(held, law(scheme("XA"), scheme("XB"), union("XA", "XB")))
    assert ratio(result(found, "XA")) == (120, 144)
    assert ratio(result(found, "XB")) == (24, 144)
    assert result(found, "XA").payable == alone(found, "XA").payable == money(144)


# Third States


def chain(rule: ThirdStates | None, *links: Instrument, **more: object) -> Determination:
    """Determine 60 months in each of three States, XA asking for 170, under XA–XB."""
    held = case(*(period(c, certified=time(60)) for c in STATES))
    third = ThirdStateRule(rule, **more) if rule else None  # type: ignore[arg-type]
    known = (scheme("XA", minimum=170), scheme("XB"), scheme("XC"))
    return determine(held, law(*known, agreement("XA", "XB", third=third), *links))


HERE, THERE = agreement("XA", "XC"), agreement("XB", "XC")


@pytest.mark.parametrize(
    ("rule", "links", "total"),
    [
        (None, (HERE, THERE), 120),
        (ThirdStates.NONE, (HERE, THERE), 120),
        (ThirdStates.BOUND_TO_BOTH, (HERE, THERE), 180),
        (ThirdStates.BOUND_TO_BOTH, (HERE,), 120),
        (ThirdStates.BOUND_TO_BOTH, (THERE,), 120),
        (ThirdStates.BOUND_TO_ONE, (HERE,), 180),
        (ThirdStates.BOUND_TO_ONE, (THERE,), 180),
        (ThirdStates.BOUND_TO_ONE, (), 120),
    ],
)
def test_a_third_state_counts_only_where_the_text_and_its_own_agreements_let_it(
    rule: ThirdStates | None, links: tuple[Instrument, ...], total: int
) -> None:
    found = result(chain(rule, *links), "XA")
    assert found.total == total
    assert found.with_agreement is (total == 180)


def test_three_states_with_separate_agreements_are_never_added_together() -> None:
    found = chain(None, HERE, THERE)
    one = result(found, "XA")
    assert one.total == 120
    assert [a.instrument for a in one.alternatives if a.what == "instrument"] == ["xa-xc"]


def test_third_states_stay_out_where_the_right_is_reached_without_them() -> None:
    held = case(*(period(c, certified=time(60)) for c in STATES))
    third = ThirdStateRule(ThirdStates.BOUND_TO_BOTH)
    known = (scheme("XA", minimum=100), scheme("XB"), scheme("XC"))
    needed = determine(held, law(*known, agreement("XA", "XB", third=third), HERE, THERE))
    assert ratio(result(needed, "XA")) == (60, 120)
    always = agreement("XA", "XB", third=replace(third, only_if_needed=False))
    assert ratio(result(determine(held, law(*known, always, THERE)), "XA")) == (60, 120)
    both = determine(held, law(*known, always, HERE, THERE), instruments=["xa-xb"])
    assert ratio(result(both, "XA")) == (60, 120)


def test_third_states_are_always_added_where_the_text_says_so() -> None:
    held = case(*(period(c, certified=time(60)) for c in STATES))
    third = ThirdStateRule(ThirdStates.BOUND_TO_BOTH, only_if_needed=False)
    known = (steep("XA", minimum=100), scheme("XB"), scheme("XC"))
    found = determine(held, law(*known, agreement("XA", "XB", third=third), HERE, THERE))
    shares = {a.instrument for a in result(found, "XA").alternatives} | {
        result(found, "XA").instrument
    }
    assert shares >= {"xa-xb", "xa-xc"}
    assert result(found, "XA").total in (120, 180)


def test_a_share_of_the_two_parties_time_leaves_third_states_out_of_the_ratio() -> None:
    two_only = Calculation(Method.PRO_RATA, includes_third_states=False)
    held = case(*(period(c, certified=time(60)) for c in STATES))
    third = ThirdStateRule(ThirdStates.BOUND_TO_BOTH)
    known = (scheme("XA", minimum=170), scheme("XB"), scheme("XC"))
    instrument = agreement("XA", "XB", third=third, method=two_only)
    found = result(determine(held, law(*known, instrument, HERE, THERE)), "XA")
    assert found.theoretical == money(180)
    assert ratio(found) == (60, 120)


# Several instruments


def test_of_two_instruments_the_better_is_applied_and_the_other_shown() -> None:
    held = case(period("XA", certified=time(60)), period("XB", certified=time(60)))
    known = (steep("XA", minimum=100), scheme("XB"))
    poor = agreement("XA", "XB", name="poor")
    rich = agreement("XA", "XB", name="rich", method=Calculation(Method.DIRECT))
    found = result(determine(held, law(*known, poor, rich)), "XA")
    assert (found.instrument, found.payable) == ("rich", money(1))
    assert [(a.instrument, a.payable) for a in found.alternatives] == [("poor", money("0.5"))]


def test_a_tie_between_instruments_does_not_hang_on_the_order_of_the_states() -> None:
    multilateral = agreement("XA", "XB", "XC", name="m", kind=InstrumentKind.MULTILATERAL)
    bilateral = agreement("XA", "XB", name="b")
    held = law(*(scheme(c) for c in STATES), multilateral, bilateral)
    periods = [period("XA", certified=time(60)), period("XB", certified=time(60))]
    for order in (periods, periods[::-1]):
        found = determine(case(*order), held)
        assert {r.instrument for r in found.with_instruments} == {"m"}


def test_an_instrument_that_is_not_named_takes_no_part() -> None:
    third = ThirdStateRule(ThirdStates.BOUND_TO_BOTH)
    held = case(*(period(c, certified=time(60)) for c in STATES))
    known = (scheme("XA", minimum=170), scheme("XB"), scheme("XC"))
    every = law(*known, agreement("XA", "XB", third=third), HERE, THERE)
    found = result(determine(held, every, instruments=["xa-xb"]), "XA")
    assert (found.total, found.with_agreement) == (120, False)


def test_why_no_instrument_applies_is_told() -> None:
    held = case(period("XA", certified=time(60)), period("XB", certified=time(60)))
    ended = agreement("XA", "XB", until=date(2010, 12, 31))
    found = result(determine(held, law(scheme("XA"), scheme("XB"), ended)), "XA")
    assert found.instrument is None
    assert "instrument-not-in-force" in [step.key for step in walk(found.result)]


# Facts that do not agree, or are not there


def test_a_certified_duration_against_its_dates_is_a_doubt_and_nothing_is_repaired() -> None:
    held = case(
        period("XA", "2000-01-01", "2009-12-31", certified=time(60)),
        period("XB", certified=time(60)),
    )
    found = result(determine(held, law(scheme("XA"), scheme("XB"), union("XA", "XB"))), "XA")
    assert found.own == 60
    assert "certified-differs-from-dates" in doubts(found)
    assert held.periods[0].certified == time(60)


def test_a_case_without_periods_is_determined_and_the_gap_is_told() -> None:
    found = determine(case(), law(scheme("XA")))
    assert found.with_instruments == ()
    assert [p.place for p in found.problems] == ["periods"]


def test_a_state_with_certified_amounts_alone_is_determined() -> None:
    held = case(certified=[Certified("XA", independent=money(100))])
    found = result(determine(held, law()), "XA")
    assert (found.own, found.own_right, found.payable) == (0, True, money(100))


def test_a_period_under_an_unknown_scheme_makes_a_scheme_of_its_own() -> None:
    held = case(period("XA", certified=time(60), scheme="xa-unknown"))
    found = determine(held, law(scheme("XA")))
    assert [r.scheme for r in found.with_instruments] == ["xa-unknown"]
    assert found.with_instruments[0].own_right is None


def test_a_period_that_no_scheme_counts_is_a_problem() -> None:
    held = case(period("XA", "2000-01-01", "2000-12-31"))
    found = determine(held, law(scheme("XA", kinds=("residence",))))
    assert len(found.problems) == 1


def test_time_that_cannot_be_converted_leaves_the_right_open() -> None:
    weeks = scheme("XB", unit=Unit.WEEK, counting=WEEKS)
    held = case(period("XA", certified=time(60)), period("XB", certified=time(500, Unit.WEEK)))
    found = determine(held, law(scheme("XA", minimum=120), weeks, agreement("XA", "XB")))
    one = result(found, "XA")
    assert one.with_agreement is None
    assert one.shortfall is None
    assert "period-not-convertible" in doubts(one)


def test_the_edition_of_the_law_is_named() -> None:
    assert determine(case(), law()).edition == "test"


def test_a_month_counts_once_for_two_states() -> None:
    calendar = Counting(CountingKind.CALENDAR_MONTHS)
    held = case(period("XA", "2000-01-01", "2000-01-15"), period("XB", "2000-01-16", "2000-12-31"))
    known = (scheme("XA", counting=calendar), scheme("XB", counting=calendar))
    found = determine(held, law(*known, agreement("XA", "XB")))
    assert [(r.own, r.total) for r in found.with_instruments] == [(1, 12), (12, 12)]


def test_claims_of_the_same_person_on_two_days_differ_only_by_the_law_of_the_day() -> None:
    held = case(period("XA", certified=time(60)), period("XB", certified=time(60)))
    known = law(scheme("XA"), scheme("XB"), agreement("XA", "XB", since=CLAIM))
    before = replace(held, claim=replace(held.claim, on=date(2014, 12, 31)))
    assert result(determine(held, known), "XA").instrument == "xa-xb"
    assert result(determine(before, known), "XA").instrument is None


def test_uncertain_dates_are_read_at_their_shortest() -> None:
    uncertain = period("XA", "2000-01-01", "2000-12-31")
    assert uncertain.first is not None
    uncertain = replace(uncertain, first=replace(uncertain.first, latest=date(2000, 6, 30)))
    found = determine(case(uncertain), law(scheme("XA", counting=MONTHS)))
    assert result(found, "XA").own == Fraction(7)


def test_the_case_that_was_determined_is_returned_as_it_was_stated() -> None:
    stated = case(period("XA", "2000-01-01", "2000-12-31"))
    found: Case = determine(stated, law(scheme("XA"))).case
    assert found is stated


def test_an_absurd_minimum_is_a_refusal_without_a_day() -> None:
    held = case(period("XA", certified=time(60)))
    found = result(determine(held, law(scheme("XA", minimum=10**7))), "XA")
    assert found.with_agreement is False
    assert found.shortfall is not None
    assert found.shortfall.closed_on is None


def test_a_certified_total_in_a_foreign_unit_is_told_and_leaves_the_right_open() -> None:
    held = case(
        period("XA", certified=time(60)),
        certified=[Certified("XA", own=time(500, Unit.WEEK))],
    )
    found = result(determine(held, law(scheme("XA", minimum=100))), "XA")
    assert found.own_right is None
    assert "period-not-convertible" in doubts(found)


def test_a_case_of_leap_days_is_determined() -> None:
    held = case(
        period("XA", "2000-02-29", "2004-02-29"),
        period("XB", "2004-02-29", "2008-02-29"),
        on=date(2016, 2, 29),
        born=date(1952, 2, 29),
    )
    found = determine(held, law(scheme("XA"), scheme("XB"), union("XA", "XB")))
    assert [(r.own, r.total) for r in found.with_instruments] == [(49, 97), (49, 97)]


@pytest.mark.slow
def test_ten_thousand_overlapping_periods_are_determined() -> None:
    kinds = (PeriodKind.EMPLOYED, PeriodKind.VOLUNTARY, PeriodKind.UNEMPLOYED)
    begins = date(1970, 1, 1).toordinal()
    held = [
        period(
            STATES[n % 3],
            date.fromordinal(begins + n * 7 % 15_000),
            date.fromordinal(begins + n * 7 % 15_000 + n % 9),
            kind=kinds[n % 7 % 3],
        )
        for n in range(10_000)
    ]
    found = determine(case(*held), law(*(scheme(c) for c in STATES), union(*STATES)))
    assert len({r.total for r in found.with_instruments}) <= 3
    assert all(r.own <= r.total for r in found.with_instruments)


def test_without_an_instrument_all_time_is_own_time_also_where_it_is_not_for_the_amount() -> None:
    held = replace(period("XA", certified=time(24)), counts_for_amount=False)
    found = alone(determine(case(held), law(scheme("XA"))), "XA")
    assert (found.own, found.total) == (24, 24)


def test_over_no_time_at_all_there_is_no_share() -> None:
    stated = Certified("XA", theoretical=money(900), own_right=True)
    held = case(period("XB"), certified=[stated])
    of_law = law(scheme("XA", rate=None), scheme("XB"), agreement("XA", "XB"))
    found = result(determine(held, of_law), "XA")
    assert (found.ratio, found.pro_rata, found.payable) == (None, None, None)
    assert "share-without-time" in doubts(found)


def test_a_certified_total_that_cannot_be_turned_into_the_unit_is_told() -> None:
    stated = Certified("XA", total=time(500, Unit.WEEK))
    held = case(
        period("XA", certified=time(60)), period("XB", certified=time(60)), certified=[stated]
    )
    found = result(determine(held, law(scheme("XA"), scheme("XB"), agreement("XA", "XB"))), "XA")
    assert found.total == 120
    assert "period-not-convertible" in doubts(found)


@pytest.mark.parametrize("turned", [False, True])
def test_the_unit_of_a_scheme_known_by_certificates_is_that_of_most_of_them(
    *, turned: bool
) -> None:
    held = [
        period("XA", certified=time(2, Unit.YEAR)),
        period("XA", certified=time(6, Unit.QUARTER)),
        period("XA", certified=time(3, Unit.QUARTER)),
    ]
    found = determine(case(*(held[::-1] if turned else held)), law())
    assert (alone(found, "XA").own, alone(found, "XA").unit) == (17, Unit.QUARTER)


def test_what_the_institution_certified_of_own_periods_is_not_reduced_for_age_again() -> None:
    stated = Certified("US", independent=money(144, "USD"))
    held = case(
        period("DE", "1985-01-01", "1985-12-31"),
        on=date(2026, 2, 1),
        born=date(1964, 1, 15),
        certified=[stated],
    )
    earned = tuple(Earnings("US", year, Fraction(30000)) for year in range(1990, 2026))
    found = determine(replace(held, earnings=earned), load_law(("DE", "US")))
    assert result(found, "US").instrument == "de-us-1976"
    assert result(found, "US").payable == alone(found, "US").payable == money(144, "USD")


def test_schemes_of_the_same_name_in_two_states_are_not_confused() -> None:
    held = [
        period("XB", certified=time(60), scheme="general"),
        period("XC", certified=time(24), scheme="general"),
    ]
    stated = [
        Certified("XB", scheme="general", independent=money(600)),
        Certified("XC", scheme="general", independent=money(240)),
    ]
    of_law = law(scheme("XA"), union(*STATES))
    for turned in (1, -1):
        found = determine(case(*held[::turned], certified=stated[::turned]), of_law)
        told = {r.country: (r.own, r.payable) for r in found.with_instruments}
        assert told == {"XB": (60, money(600)), "XC": (24, money(240))}
