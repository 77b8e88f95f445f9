"""Which of two simultaneous periods counts."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.case import InsurancePeriod, PeriodKind
from ssacalc.domain.rules import OverlapRule
from ssacalc.domain.units import Unit
from ssacalc.engine.overlaps import Piece, Resolved, Simultaneous, resolve
from tests.engine.build import LAW, period, span, time
from tests.engine.strategies import STATES, covered, dated_careers

HOME = STATES[0]
RULES = list(OverlapRule)


def resolved(held: Sequence[InsurancePeriod], rule: OverlapRule, home: str = HOME) -> Resolved:
    own = [p for p in held if p.country == home]
    return resolve(own, [p for p in held if p.country != home], rule, (LAW,))


def days(pieces: Sequence[Piece], country: str = "") -> set[int]:
    return covered([s for p in pieces if country in ("", p.country) for s in p.spans])


def all_days(held: Sequence[InsurancePeriod]) -> set[int]:
    return covered([s for p in held if (s := p.shortest)])


@given(dated_careers(), st.sampled_from(RULES))
def test_no_day_counts_for_two_states(held: list[InsurancePeriod], rule: OverlapRule) -> None:
    found = resolved(held, rule)
    pieces = (*found.own, *found.foreign)
    by_state = [days(pieces, country) for country in STATES]
    assert sum(len(held) for held in by_state) == len(set().union(*by_state))


@given(dated_careers(), st.sampled_from(RULES))
def test_no_day_is_lost_to_everybody(held: list[InsurancePeriod], rule: OverlapRule) -> None:
    found = resolved(held, rule)
    assert days((*found.own, *found.foreign)) == all_days(held)


@given(dated_careers(), st.sampled_from(RULES), st.randoms())
def test_the_order_in_which_periods_are_entered_does_not_matter(
    held: list[InsurancePeriod], rule: OverlapRule, random: "st.random_module"
) -> None:
    shuffled = held[:]
    random.shuffle(shuffled)
    one, other = resolved(held, rule), resolved(shuffled, rule)
    for country in STATES:
        assert days(one.own, country) == days(other.own, country)
        assert days(one.foreign, country) == days(other.foreign, country)


@given(dated_careers())
def test_own_time_prevails_where_the_text_says_no_more(held: list[InsurancePeriod]) -> None:
    own = [p for p in held if p.country == HOME]
    found = resolved(held, OverlapRule.HOME_PREVAILS)
    assert days(found.own) == all_days(own)
    assert all(piece.share == 1 for piece in found.own)


@given(dated_careers(), st.sampled_from(RULES))
def test_the_share_of_a_period_is_the_share_of_its_days(
    held: list[InsurancePeriod], rule: OverlapRule
) -> None:
    found = resolved(held, rule)
    for piece in (*found.own, *found.foreign):
        whole = piece.period.shortest
        assert whole is not None
        assert piece.share * whole.days == sum(s.days for s in piece.spans)


@given(dated_careers(), st.sampled_from(RULES))
def test_every_cut_is_told_with_what_is_left(
    held: list[InsurancePeriod], rule: OverlapRule
) -> None:
    found = resolved(held, rule)
    cut = [piece for piece in (*found.own, *found.foreign) if piece.share < 1]
    assert bool(cut) == bool(found.steps)
    assert all(step.key == "overlap-cut" and step.law == (LAW,) for step in found.steps)


YEAR, MIDDLE = ("2000-01-01", "2000-12-31"), ("2000-04-01", "2000-06-30")


@pytest.mark.parametrize("home", ["XA", "XB"])
def test_compulsory_time_goes_before_voluntary_time(home: str) -> None:
    # 987/2009, art. 12(3)
    held = [period("XA", *YEAR, kind=PeriodKind.VOLUNTARY), period("XB", *MIDDLE)]
    found = resolved(held, OverlapRule.RANKED, home)
    pieces = (*found.own, *found.foreign)
    assert days(pieces, "XB") == covered([span(*MIDDLE)])
    assert days(pieces, "XA") == covered([span(*YEAR)]) - covered([span(*MIDDLE)])
    assert bool(found.displaced_voluntary) is (home == "XA")


@pytest.mark.parametrize("home", ["XA", "XB"])
def test_actual_time_goes_before_equivalent_time(home: str) -> None:
    # 987/2009, art. 12(4)
    held = [
        period("XA", *YEAR, kind=PeriodKind.UNEMPLOYED),
        period("XB", *MIDDLE, kind=PeriodKind.VOLUNTARY),
    ]
    found = resolved(held, OverlapRule.RANKED, home)
    assert days((*found.own, *found.foreign), "XB") == covered([span(*MIDDLE)])
    assert not found.displaced_voluntary


def test_a_compulsory_period_in_a_third_state_is_not_lost_in_the_gap_it_makes() -> None:
    held = [
        period("XB", *YEAR, kind=PeriodKind.VOLUNTARY),
        period("XC", *MIDDLE),
    ]
    found = resolved(held, OverlapRule.RANKED)
    assert days(found.foreign, "XC") == covered([span(*MIDDLE)])
    assert days(found.foreign) == covered([span(*YEAR)])


@pytest.mark.parametrize(
    ("before", "after", "keeper"),
    [("XA", "XB", "XA"), ("XB", "XA", "XB"), (None, "XB", "XB"), (None, "XA", "XA")],
)
def test_of_equivalent_times_the_state_of_last_compulsory_insurance_keeps_its_own(
    before: str | None, after: str, keeper: str
) -> None:
    # 987/2009, art. 12(5): before the period, failing that first after it
    held = [
        period("XA", *YEAR, kind=PeriodKind.MILITARY),
        period("XB", *YEAR, kind=PeriodKind.TRAINING),
        period(after, "2002-01-01", "2002-12-31"),
    ]
    if before:
        held.append(period(before, "1999-01-01", "1999-06-30"))
    found = resolved(held, OverlapRule.RANKED, "XB")
    other = "XB" if keeper == "XA" else "XA"
    pieces = (*found.own, *found.foreign)
    assert covered([span(*YEAR)]) <= days(pieces, keeper)
    assert not covered([span(*YEAR)]) & days(pieces, other)


@pytest.mark.parametrize("kind", [PeriodKind.RESIDENCE, PeriodKind.SELF_EMPLOYED])
def test_residence_that_insures_is_compulsory_insurance_for_equivalent_times(
    kind: PeriodKind,
) -> None:
    # 987/2009, art. 12(3) and (5)
    held = [
        period("XA", *YEAR, kind=PeriodKind.MILITARY),
        period("XB", *YEAR, kind=PeriodKind.TRAINING),
        period("XB", "1999-01-01", "1999-06-30", kind=kind),
        period("XA", "2002-01-01", "2002-12-31"),
    ]
    pieces = resolved(held, OverlapRule.RANKED, "XA")
    assert not days(pieces.own) & covered([span(*YEAR)])


def test_compulsory_insurance_in_another_scheme_of_the_state_keeps_its_equivalent_times() -> None:
    # 987/2009, art. 12(5) asks for the State, not for the scheme
    held = [
        period("XA", "1999-01-01", "1999-06-30", scheme="one"),
        period("XA", *YEAR, kind=PeriodKind.MILITARY, scheme="two"),
        period("XB", *YEAR, kind=PeriodKind.TRAINING),
        period("XB", "2002-01-01", "2002-12-31"),
    ]
    own, foreign = [held[1]], held[2:]
    found = resolve(own, foreign, OverlapRule.RANKED, (LAW,), Simultaneous(held))
    assert days(found.own) == covered([span(*YEAR)])


def test_equivalent_times_without_any_compulsory_insurance_are_left_to_own_time_first() -> None:
    held = [
        period("XA", *YEAR, kind=PeriodKind.MILITARY),
        period("XB", *YEAR, kind=PeriodKind.TRAINING),
    ]
    for home in ("XA", "XB"):
        found = resolved(held, OverlapRule.RANKED, home)
        assert days(found.own) == covered([span(*YEAR)])
        assert not days(found.foreign)


def test_time_without_dates_is_presumed_not_to_overlap() -> None:
    # 987/2009, art. 12(6)
    held = [period("XA", *YEAR), period("XB", certified=time(12))]
    found = resolved(held, OverlapRule.RANKED)
    assert [piece.share for piece in found.foreign] == [1]


def test_a_certified_duration_is_cut_in_proportion_to_its_months() -> None:
    held = [period("XA", "2000-07-01", "2000-12-31"), period("XB", *YEAR, certified=time(12))]
    (piece,) = resolved(held, OverlapRule.HOME_PREVAILS).foreign
    assert piece.share == Fraction(1, 2)


QUARTERS = Unit.QUARTER


def test_own_time_that_does_not_fill_its_dates_leaves_room_for_foreign_time() -> None:
    # 987/2009, art. 12(6): three quarters of a year are certified, the fourth is free
    held = [
        period("XA", *YEAR, certified=time(3, QUARTERS)),
        period("XB", *YEAR, certified=time(4, QUARTERS)),
    ]
    (piece,) = resolved(held, OverlapRule.RANKED).foreign
    assert piece.share * 4 == 1
    assert resolved(held, OverlapRule.HOME_PREVAILS).foreign[0].share == 0


def test_own_time_is_presumed_to_lie_where_foreign_time_does_not() -> None:
    # 987/2009, art. 12(6)
    held = [
        period("XA", *YEAR, certified=time(2, QUARTERS)),
        period("XB", "2000-07-01", "2000-12-31"),
    ]
    assert resolved(held, OverlapRule.RANKED).foreign[0].share == 1


def test_foreign_time_that_fits_into_the_days_left_to_it_is_not_cut() -> None:
    # 987/2009, art. 12(6)
    held = [
        period("XA", "2000-01-01", "2000-06-30"),
        period("XB", *YEAR, certified=time(2, QUARTERS)),
    ]
    assert resolved(held, OverlapRule.RANKED).foreign[0].share == 1


def test_periods_of_one_state_do_not_displace_one_another() -> None:
    held = [period("XB", *YEAR), period("XB", *MIDDLE, kind=PeriodKind.SELF_EMPLOYED)]
    for rule in RULES:
        assert all(piece.share == 1 for piece in resolved(held, rule).foreign)


def test_three_states_on_the_same_days_count_them_once() -> None:
    held = [period("XA", *MIDDLE), period("XB", *YEAR), period("XC", *YEAR)]
    found = resolved(held, OverlapRule.HOME_PREVAILS)
    assert days(found.foreign) == covered([span(*YEAR)]) - covered([span(*MIDDLE)])
    assert not days(found.foreign, "XC")
