"""Dated time counted in a scheme's unit."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.scheme import Counting, CountingKind
from ssacalc.domain.spans import Span, union
from ssacalc.domain.units import Remainder, Unit
from ssacalc.engine.counting import (
    Tally,
    anniversary,
    bounded,
    by_calendar_year,
    count,
    in_calendar_unit,
    months_and_days,
    subtract,
)
from tests.engine.build import BORN, COUNTINGS, DAYS, MONTHS, span
from tests.engine.strategies import countings, covered, spans

CALENDAR = [
    Counting(CountingKind.CALENDAR_MONTHS),
    Counting(CountingKind.CALENDAR_QUARTERS),
    Counting(CountingKind.CALENDAR_YEARS),
]
lists = st.lists(spans(), max_size=12)


@given(lists)
def test_no_day_counts_twice(held: list[Span]) -> None:
    assert count(held, DAYS) == len(covered(held))


@given(lists, lists, st.sampled_from([DAYS, *CALENDAR]))
def test_time_added_later_counts_as_if_added_at_once(
    held: list[Span], more: list[Span], counting: Counting
) -> None:
    tally = Tally(counting, held)
    tally.add(more)
    assert tally.units == count([*held, *more], counting)


@given(lists, countings(), st.randoms())
def test_the_order_of_spans_does_not_matter(
    held: list[Span], counting: Counting, random: "st.random_module"
) -> None:
    shuffled = held[:]
    random.shuffle(shuffled)
    assert count(shuffled, counting) == count(held, counting)


@given(lists, countings())
def test_a_span_stated_twice_counts_once(held: list[Span], counting: Counting) -> None:
    assert count([*held, *held], counting) == count(held, counting)


@given(lists, spans(), st.sampled_from([DAYS, *CALENDAR]))
def test_more_time_never_counts_for_less(held: list[Span], more: Span, counting: Counting) -> None:
    assert count([*held, more], counting) >= count(held, counting)


@given(spans(), st.integers(1, 4000), countings())
def test_a_span_that_goes_on_never_counts_for_less(
    held: Span, further: int, counting: Counting
) -> None:
    longer = Span(held.first, held.last + timedelta(days=further))
    assert count([longer], counting) >= count([held], counting)


@given(spans(), st.integers(1, 4000), countings())
def test_a_span_that_begins_earlier_never_counts_for_less(
    held: Span, earlier: int, counting: Counting
) -> None:
    longer = Span(held.first - timedelta(days=earlier), held.last)
    assert count([longer], counting) >= count([held], counting)


@given(spans(), st.integers(0, 5999), countings())
def test_a_span_cut_in_two_counts_as_before(held: Span, at: int, counting: Counting) -> None:
    cut = held.first + timedelta(days=at % held.days)
    parts = [Span(held.first, cut)]
    if cut < held.last:
        parts.append(Span(cut + timedelta(days=1), held.last))
    assert count(parts, counting) == count([held], counting)


@given(lists)
def test_odd_days_make_at_most_a_month_more_or_less_than_the_days_say(held: list[Span]) -> None:
    exact = replace(MONTHS, remainder=Remainder.EXACT)
    months = count(held, exact)
    number = sum(s.days for s in union(held))
    pieces = len(held)
    assert abs(months - Fraction(number * 12 * 4, 1461)) <= Fraction(number, 1000) + pieces + 1


@given(lists, st.sampled_from([Remainder.UP, Remainder.HALF_UP, Remainder.DOWN]))
def test_the_remainder_is_settled_once_for_the_whole(
    held: list[Span], remainder: Remainder
) -> None:
    exact = count(held, replace(MONTHS, remainder=Remainder.EXACT))
    whole = count(held, replace(MONTHS, remainder=remainder))
    assert whole.denominator == 1
    assert abs(whole - exact) < 1


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("1966-07-05", "1976-08-17", (121, 13)),
        ("1985-09-19", "1990-03-16", (53, 26)),
        ("2011-03-03", "2011-04-02", (1, 0)),
        ("1988-07-17", "1989-07-16", (12, 0)),
        ("2020-02-01", "2020-02-29", (1, 0)),
        ("2019-02-01", "2019-02-28", (1, 0)),
        ("2020-02-29", "2020-02-29", (0, 1)),
        ("2020-02-29", "2021-02-28", (12, 1)),
        ("2020-01-31", "2020-02-28", (0, 29)),
        ("1992-10-03", "2004-12-31", (146, 29)),
    ],
)
def test_months_run_from_date_to_date_with_both_ends(
    first: str, last: str, expected: tuple[int, int]
) -> None:
    assert months_and_days(span(first, last)) == expected


@given(spans())
def test_a_leap_day_lies_in_february_only(held: Span) -> None:
    months, odd = months_and_days(held)
    assert months >= 0
    assert 0 <= odd <= 30


def test_whole_calendar_years_are_whole_in_every_unit() -> None:
    years = span("1996-01-01", "1999-12-31")
    found = {c.kind: count([years], c) for c in COUNTINGS}
    assert found == {
        CountingKind.DAYS: 1461,
        CountingKind.CALENDAR_MONTHS: 48,
        CountingKind.MONTHS_AND_DAYS: 48,
        CountingKind.CALENDAR_WEEKS: 209,
        CountingKind.CALENDAR_QUARTERS: 16,
        CountingKind.CALENDAR_YEARS: 4,
    }


def test_a_month_of_two_states_is_one_calendar_month() -> None:
    shared = [span("2000-01-01", "2000-01-15"), span("2000-01-16", "2000-03-31")]
    assert count(shared, CALENDAR[0]) == 3


def test_a_yearly_ceiling_holds_in_every_year() -> None:
    capped = replace(DAYS, yearly_cap=Fraction(312))
    assert count([span("2000-01-01", "2001-12-31")], capped) == 624
    assert count([span("2000-01-01", "2000-03-31")], capped) == 91


def test_working_days_are_counted_up() -> None:
    assert count([span("2000-01-01", "2000-01-08")], replace(DAYS, days_per_week=5)) == 6


@pytest.mark.parametrize(
    ("born", "years", "expected"),
    [
        (date(2000, 2, 29), 18, date(2018, 3, 1)),
        (date(2000, 2, 29), 20, date(2020, 2, 29)),
        (date(1950, 12, 31), 65, date(2015, 12, 31)),
    ],
)
def test_an_age_is_reached_on_its_day(born: date, years: int, expected: date) -> None:
    assert anniversary(born, years) == expected


def test_only_the_years_of_life_that_a_scheme_counts_are_counted() -> None:
    counting = replace(MONTHS, since_age=20, until_age=65)
    kept = bounded([span("1960-01-01", "2020-12-31")], counting, BORN)
    assert kept == (span("1970-01-01", "2014-12-31"),)


def test_time_before_a_scheme_began_does_not_count() -> None:
    counting = replace(MONTHS, counted_from=date(1966, 1, 1), since_age=18)
    assert bounded([span("1960-01-01", "1966-12-31")], counting, date(1940, 1, 1)) == (
        span("1966-01-01", "1966-12-31"),
    )


@given(spans(), st.lists(spans(), max_size=6))
def test_what_is_taken_away_is_gone_and_nothing_else(held: Span, away: list[Span]) -> None:
    taken = union(away)
    left = subtract(held, taken, [s.first for s in taken])
    assert covered(left) == covered([held]) - covered(away)


@given(spans())
def test_a_span_cut_at_the_turn_of_years_has_the_same_days(held: Span) -> None:
    parts = list(by_calendar_year(held))
    assert covered(parts) == covered([held])
    assert [p.first.year for p in parts] == list(range(held.first.year, held.last.year + 1))


@given(
    st.fractions(0, 500, max_denominator=12),
    st.sampled_from([Unit.MONTH, Unit.QUARTER, Unit.YEAR]),
    st.sampled_from([Unit.MONTH, Unit.QUARTER, Unit.YEAR]),
)
def test_calendar_units_converted_forth_and_back_are_unchanged(
    number: Fraction, source: Unit, target: Unit
) -> None:
    there = in_calendar_unit(number, source, target)
    assert there is not None
    assert in_calendar_unit(there, target, source) == number


def test_days_and_months_do_not_convert_without_a_rule() -> None:
    assert in_calendar_unit(Fraction(30), Unit.DAY, Unit.MONTH) is None
    assert in_calendar_unit(Fraction(52), Unit.WEEK, Unit.YEAR) is None
