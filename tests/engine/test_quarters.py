"""Quarters of coverage: own ones, foreign ones placed in the calendar, insured status."""

import itertools
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.case import InsurancePeriod, PeriodKind, UncertainDate
from ssacalc.domain.rules import Basis, Conversion, ConversionKind, Placing
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.spans import Span
from ssacalc.domain.units import Duration, Remainder, Unit
from ssacalc.engine.foreign_quarters import dated, foreign_blocks
from ssacalc.engine.formulas.us_law import UnitedStatesLaw, law_of
from ssacalc.engine.insured import (
    currently_insured,
    for_disability,
    for_old_age,
    for_survivors,
    in_window,
    quarters_needed,
    recently_insured,
)
from ssacalc.engine.quarters import (
    Block,
    HomeQuarters,
    credit,
    home_quarters,
    pattern,
    quarter_of,
)
from ssacalc.library.schemes import read_scheme
from ssacalc.resources import folder

CASES = Path(__file__).parent.parent / "cases" / "united-states"
RULES = {
    case["id"]: case
    for case in json.loads((CASES / "rules.json").read_text("utf-8"), parse_float=Decimal)
}
NONE = HomeQuarters(frozenset(), ())


@cache
def scheme() -> Scheme:
    return read_scheme(folder("resources") / "schemes" / "us" / "us-oasdi.toml")


def law() -> UnitedStatesLaw:
    return law_of(scheme(), date(2024, 1, 1))


def period(first: str, last: str, number: object = None, unit: Unit = Unit.WEEK) -> InsurancePeriod:
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    certified = None if number is None else Duration(Fraction(str(number)), unit)
    return InsurancePeriod(
        "IT",
        PeriodKind.EMPLOYED,
        UncertainDate(begins, begins),
        UncertainDate(ends, ends),
        certified,
    )


def undated(number: int, unit: Unit) -> InsurancePeriod:
    return InsurancePeriod("IT", PeriodKind.EMPLOYED, certified=Duration(Fraction(number), unit))


def row(
    count: int,
    unit: Unit,
    basis: Basis = Basis.PERIOD,
    kind: ConversionKind = ConversionKind.RATIO,
    gives: int = 1,
) -> Conversion:
    return Conversion(
        "IT",
        kind,
        Fraction(count),
        unit,
        Fraction(gives),
        Unit.QUARTER,
        basis,
        Remainder.UP,
        Fraction(4),
        date(1937, 1, 1),
        placing=Placing.HOME_QUARTERS_FREE,
        only_as_needed=True,
    )


ITALY = row(13, Unit.WEEK)


def patterns(case: dict[str, Any]) -> dict[int, str]:
    return {int(year): letters for year, letters in case["expected"]["pattern"].items()}


def in_case(case: dict[str, Any]) -> tuple[Block, ...]:
    return foreign_blocks(
        [period(p["from"], p["to"], p["weeks"]) for p in case["inputs"]["periods"]], ITALY
    )


# Published examples


def test_weeks_are_credited_forwards_from_the_quarter_the_period_begins() -> None:
    case = RULES["poms-gn01706.026-A"]
    credited = credit(in_case(case), NONE)
    assert credited.total == case["expected"]["foreign_qcs"]
    assert pattern(NONE, credited.quarters) == patterns(case)


def test_weeks_are_credited_backwards_where_recent_quarters_are_wanting() -> None:
    case = RULES["poms-gn01706.031"]
    blocks, died = in_case(case), date.fromisoformat(case["inputs"]["death"])
    forwards, backwards = credit(blocks, NONE), credit(blocks, NONE, backwards=True)
    assert pattern(NONE, backwards.quarters) == patterns(case)
    expected = case["expected"]
    forward_test = currently_insured(law(), NONE, forwards, died)
    backward_test = currently_insured(law(), NONE, backwards, died)
    assert forward_test.met is expected["currently_insured_forward_method"]
    assert backward_test.met is expected["currently_insured_backward_method"]
    assert (forward_test.has, backward_test.has) == (5, 7)


def test_survivors_are_looked_at_backwards_only_where_nothing_else_helps() -> None:
    blocks = foreign_blocks([period("1958-06-15", "1960-09-21", 95)], ITALY)
    status = for_survivors(law(), date(1920, 1, 1), NONE, blocks, date(1962, 2, 15))
    assert status.met
    assert status.credited.backwards
    assert [(test.has, test.needed) for test in status.tests] == [(8, 11), (5, 6), (7, 6)]


def test_any_fraction_of_a_certified_quarter_is_a_quarter() -> None:
    case = RULES["poms-gn01748.106-denmark"]
    factors = case["inputs"]["qc_employment_factor"]
    blocks = foreign_blocks(
        [period("1990-01-01", "1991-12-31", f, Unit.QUARTER) for f in factors],
        row(1, Unit.QUARTER),
    )
    assert [block.number for block in blocks] == case["expected"]["foreign_qcs"]


# Conversion


def test_months_of_a_calendar_year_are_added_up_before_they_are_divided() -> None:
    """Germany: three months or a remaining fraction, a calendar year; none outside its months."""
    periods = [
        period("1970-01-10", "1970-01-20", 1, Unit.MONTH),
        period("1970-08-01", "1970-09-30", 2, Unit.MONTH),
        period("1971-11-01", "1972-02-28", 4, Unit.MONTH),
    ]
    blocks = foreign_blocks(periods, row(3, Unit.MONTH, Basis.CALENDAR_YEAR))
    assert [block.number for block in blocks] == [1, 1, 1]
    assert pattern(NONE, credit(blocks, NONE).quarters) == {
        1970: "FNNN",
        1971: "NNNF",
        1972: "FNNN",
    }


def test_months_of_each_period_are_divided_for_themselves() -> None:
    """Spain, Portugal, Japan: a remainder of each period is one quarter more."""
    periods = [
        period("1970-01-10", "1970-01-20", 1, Unit.MONTH),
        period("1970-08-01", "1970-09-30", 2, Unit.MONTH),
    ]
    blocks = foreign_blocks(periods, row(3, Unit.MONTH))
    assert [block.number for block in blocks] == [1, 1]
    assert foreign_blocks(periods, row(3, Unit.MONTH, Basis.AGGREGATE))[0].number == 1


def test_a_contribution_year_fills_the_quarters_without_own_coverage() -> None:
    """Canada: four quarters for each year, none beside quarters already covered."""
    canada = row(1, Unit.DAY, kind=ConversionKind.YEAR_CONTAINING, gives=4)
    home = HomeQuarters(frozenset({quarter_of(date(1970, 4, 1))}), ((1980, 3),))
    blocks = foreign_blocks(
        [
            period("1970-06-01", "1971-03-31", 2, Unit.YEAR),
            period("1980-01-01", "1989-12-31", 1, Unit.YEAR),
        ],
        canada,
    )
    credited = credit(blocks, home)
    assert pattern(home, credited.quarters) == {1970: "FCFF", 1971: "FFFF", 1980: "FCCC"}


def test_days_and_weeks_turn_into_one_another() -> None:
    weeks = foreign_blocks([period("1970-01-01", "1970-12-31", 70, Unit.DAY)], ITALY)
    days = foreign_blocks([period("1970-01-01", "1970-12-31", 13, Unit.WEEK)], row(91, Unit.DAY))
    assert [weeks[0].number, days[0].number] == [1, 1]


def test_a_period_without_a_certified_duration_is_measured_by_its_dates() -> None:
    blocks = foreign_blocks([period("1970-01-31", "1970-05-01")], row(3, Unit.MONTH))
    assert blocks[0].number == 2
    assert dated(Span(date(1970, 1, 1), date(1970, 1, 13)), Unit.WEEK) == Fraction(13, 7)
    assert dated(Span(date(1970, 1, 1), date(1970, 1, 13)), Unit.DAY) == 13


def test_time_that_does_not_count_gives_no_block() -> None:
    assert (
        foreign_blocks([period("1970-01-01", "1970-12-31")], Conversion("IT", ConversionKind.NONE))
        == ()
    )


def test_quarters_certified_without_dates_count_and_lie_nowhere() -> None:
    for basis in (Basis.PERIOD, Basis.CALENDAR_YEAR):
        blocks = foreign_blocks([undated(9, Unit.MONTH)], row(3, Unit.MONTH, basis))
        credited = credit(blocks, NONE)
        assert (credited.quarters, credited.unplaced) == ((), 3)
        assert credit(blocks, NONE, needed=2).total == 2
    years = row(1, Unit.DAY, kind=ConversionKind.YEAR_CONTAINING, gives=4)
    assert credit(foreign_blocks([undated(2, Unit.YEAR)], years), NONE).total == 8


# Placing


def test_a_period_that_spans_1937_begins_then_with_all_the_quarters_that_fit() -> None:
    # POMS GN 01706.020 A
    blocks = foreign_blocks([period("1935-07-01", "1938-12-31", 60)], ITALY)
    assert blocks[0].number == 5
    assert pattern(NONE, credit(blocks, NONE).quarters) == {1937: "FFFF", 1938: "FNNN"}
    short = foreign_blocks([period("1936-10-01", "1937-03-31", 26)], ITALY)
    assert pattern(NONE, credit(short, NONE).quarters) == {1937: "FNNN"}


def test_a_quarter_of_own_coverage_is_passed_over() -> None:
    home = HomeQuarters(frozenset({quarter_of(date(1951, 1, 1))}), ())
    blocks = foreign_blocks([period("1950-06-15", "1952-09-21", 95)], ITALY)
    assert pattern(home, credit(blocks, home).quarters) == {
        1950: "NFFF",
        1951: "CFFF",
        1952: "FFNN",
    }


def test_own_quarters_since_1978_give_way() -> None:
    home = HomeQuarters(frozenset(), ((1980, 2), (1981, 4)))
    blocks = foreign_blocks([period("1980-07-01", "1982-06-30", 104)], ITALY)
    assert pattern(home, credit(blocks, home).quarters) == {
        1980: "CCFF",
        1981: "CCCC",
        1982: "FFNN",
    }


def test_two_periods_that_meet_in_a_quarter_share_it_and_do_not_skip_ahead() -> None:
    blocks = foreign_blocks(
        [period("1960-01-01", "1960-05-10", 18), period("1960-05-11", "1960-12-31", 20)], ITALY
    )
    credited = credit(blocks, NONE)
    assert [block.number for block in blocks] == [2, 2]
    assert pattern(NONE, credited.quarters) == {1960: "FFFN"}


def test_only_as_many_as_are_needed_are_credited() -> None:
    blocks = foreign_blocks([period("1980-01-01", "1989-12-31", 520)], ITALY)
    home = HomeQuarters(frozenset(), tuple((year, 4) for year in range(1990, 1998)))
    status = for_old_age(law(), date(1955, 3, 15), home, blocks)
    assert status.met
    assert status.credited.total == 8
    assert status.steps[0].key == "us-fully-insured"
    assert status.credited.step.key == "us-credited-forwards-as-needed"
    short = for_old_age(law(), date(1955, 3, 15), NONE, blocks[:0])
    assert not short.met
    assert short.steps[0].key == "us-fully-insured-missing"


# Own quarters


def test_earnings_since_1978_give_a_quarter_for_each_full_amount() -> None:
    found = home_quarters(
        law(), (), {1978: 24_999, 1979: 52_000, 1990: 10_000_000}, date(2020, 1, 1)
    )
    assert found.by_year() == {1979: 2, 1990: 4}
    assert found.total == 6


def test_quarters_before_1978_are_those_certified_from_the_first_on() -> None:
    certified = period("1974-07-01", "1980-12-31", 26, Unit.QUARTER)
    found = home_quarters(law(), [certified], {1979: 0}, date(2020, 1, 1))
    assert found.by_year() == {1974: 2, 1975: 4, 1976: 4, 1977: 4, 1978: 4, 1980: 4}
    few = period("1970-02-01", "1971-12-31", 3, Unit.QUARTER)
    assert home_quarters(law(), [few], {}, date(2020, 1, 1)).by_year() == {1970: 3}
    assert home_quarters(law(), [undated(7, Unit.QUARTER)], {}, date(2020, 1, 1)).total == 7
    assert (
        home_quarters(law(), [period("1970-02-01", "1970-12-31")], {}, date(2020, 1, 1)).total == 4
    )


def test_no_quarter_counts_that_begins_after_the_claim() -> None:
    """20 CFR 404.146: four quarters' earnings in a year of death in February are one quarter."""
    found = home_quarters(law(), (), {2009: 600_000, 2010: 600_000}, date(2010, 2, 15))
    assert found.by_year() == {2009: 4, 2010: 1}
    certified = period("1975-01-01", "1976-12-31")
    assert home_quarters(law(), [certified], {}, date(1976, 5, 1)).total == 6


# Insured status


@pytest.mark.parametrize(
    ("born", "before", "needed"),
    [
        (date(1920, 3, 15), None, 31),
        (date(1929, 1, 2), None, 40),
        (date(1940, 3, 15), None, 40),
        (date(1975, 5, 10), date(2020, 3, 15), 23),
        (date(1990, 5, 10), date(2014, 3, 15), 6),
        (date(1930, 1, 1), None, 40),
        (date(1923, 1, 1), None, 33),
        (date(1923, 1, 2), None, 34),
    ],
)
def test_a_quarter_is_needed_for_each_year_elapsed(
    born: date, before: date | None, needed: int
) -> None:
    assert quarters_needed(law(), born, before) == needed


def test_disability_asks_for_20_of_the_last_40_quarters() -> None:
    home = HomeQuarters(frozenset(), tuple((year, 4) for year in range(2006, 2011)))
    blocks: tuple[Block, ...] = ()
    assert for_disability(law(), date(1988, 5, 10), home, blocks, date(2020, 5, 1)).met is False
    onset = date(2015, 12, 1)
    assert recently_insured(law(), date(1975, 5, 10), home, credit(blocks, home), onset).met
    assert not for_disability(law(), date(1950, 5, 10), home, blocks, onset).met


def test_a_worker_disabled_young_needs_half_of_the_quarters_after_21() -> None:
    born, onset = date(1990, 5, 10), date(2017, 2, 1)
    home = HomeQuarters(frozenset(), ((2014, 4), (2015, 4), (2016, 3)))
    test = recently_insured(law(), born, home, credit((), home), onset)
    assert (test.has, test.needed, dict(test.step.args)["window"]) == (11, 11, 23)
    younger = recently_insured(law(), date(1995, 5, 10), home, credit((), home), onset)
    assert (younger.needed, dict(younger.step.args)["window"]) == (6, 12)


def test_disability_is_looked_at_backwards_where_recent_quarters_are_wanting() -> None:
    blocks = foreign_blocks([period("1985-01-01", "2000-12-31", 400)], ITALY)
    home = HomeQuarters(frozenset(), ((1981, 4), (1982, 4), (1983, 4)))
    onset = date(2005, 3, 1)
    status = for_disability(law(), date(1955, 3, 15), home, blocks, onset)
    assert status.met
    assert status.credited.backwards
    assert status.home.total + status.credited.total >= quarters_needed(
        law(), date(1955, 3, 15), onset
    )


def test_survivors_have_a_right_by_full_or_current_insurance() -> None:
    home = HomeQuarters(frozenset(), ((2018, 4), (2019, 3)))
    by_recent = for_survivors(law(), date(1960, 5, 10), home, (), date(2020, 2, 1))
    assert by_recent.met
    assert len(by_recent.tests) == 2
    full = HomeQuarters(frozenset(), tuple((year, 4) for year in range(1990, 2000)))
    assert len(for_survivors(law(), date(1960, 5, 10), full, (), date(2020, 2, 1)).tests) == 1
    assert not for_survivors(law(), date(1960, 5, 10), NONE, (), date(2020, 2, 1)).met


def test_own_quarters_of_a_year_cut_by_the_window_are_placed_inside() -> None:
    home = HomeQuarters(frozenset({quarter_of(date(1977, 1, 1))}), ((1980, 3),))
    ends = quarter_of(date(1980, 6, 30))
    assert in_window(home, (), ends - 13, ends) == 3
    assert in_window(home, (ends,), ends - 1, ends) == 2


# Laws of placing


def quarters() -> st.SearchStrategy[int]:
    return st.integers(1950 * 4, 1990 * 4)


@st.composite
def homes(draw: st.DrawFn) -> HomeQuarters:
    fixed = draw(st.frozensets(st.integers(1950 * 4, 1978 * 4 - 1), max_size=30))
    floating = draw(st.dictionaries(st.integers(1978, 1990), st.integers(0, 4), max_size=8))
    return HomeQuarters(fixed, tuple(sorted(floating.items())))


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    first = draw(quarters())
    length = draw(st.integers(1, 40))
    return Block(tuple(range(first, first + length)), draw(st.integers(1, 45)), 1955 * 4)


@given(homes(), st.lists(blocks(), max_size=6), st.none() | st.integers(0, 60), st.booleans())
def test_no_quarter_is_counted_twice_nor_too_many_a_year(
    home: HomeQuarters, listed: list[Block], needed: int | None, backwards: bool
) -> None:
    found = credit(listed, home, needed=needed, backwards=backwards).quarters
    assert len(set(found)) == len(found)
    assert not set(found) & home.fixed
    assert needed is None or len(found) <= needed
    floating = dict(home.floating)
    for year in {quarter // 4 for quarter in found}:
        used = sum(1 for quarter in (*found, *home.fixed) if quarter // 4 == year)
        assert used + floating.get(year, 0) <= 4


@given(homes(), st.lists(blocks(), max_size=6), st.booleans())
def test_no_quarter_lies_outside_its_period_or_before_the_first_day_that_counts(
    home: HomeQuarters, listed: list[Block], backwards: bool
) -> None:
    found = credit(listed, home, backwards=backwards).quarters
    allowed = {quarter for block in listed for quarter in block.candidates}
    assert set(found) <= allowed
    assert all(quarter >= 1955 * 4 for quarter in found)
    assert len(found) <= sum(block.number for block in listed)


@given(homes(), st.lists(blocks(), max_size=5), st.none() | st.integers(0, 60), st.data())
def test_the_order_of_entry_does_not_matter(
    home: HomeQuarters, listed: list[Block], needed: int | None, data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(listed))
    assert credit(listed, home, needed=needed) == credit(mixed, home, needed=needed)


@given(homes(), st.lists(blocks(), max_size=5))
def test_the_backward_pass_mirrors_the_forward_one(home: HomeQuarters, listed: list[Block]) -> None:
    """Turned about a year's end, a calendar credited forwards is the one credited backwards."""
    free = [Block(block.candidates, block.number) for block in listed]
    turn = 2 * 1970 * 4 - 1

    def turned(found: Sequence[int]) -> tuple[int, ...]:
        return tuple(sorted(turn - quarter for quarter in found))

    there = HomeQuarters(
        frozenset(turned(tuple(home.fixed))),
        tuple((turn // 4 - year, number) for year, number in home.floating),
    )
    mirrored = [Block(turned(block.candidates), block.number) for block in free]
    assert turned(credit(free, home).quarters) == credit(mirrored, there, backwards=True).quarters


@given(homes(), blocks(), st.booleans())
def test_a_period_alone_takes_all_that_fit(
    home: HomeQuarters, block: Block, backwards: bool
) -> None:
    free = Block(block.candidates, block.number)
    found = credit([free], home, backwards=backwards).quarters
    assert len(found) == min(block.number, most_that_fit([free], home))


@given(
    st.dictionaries(st.integers(1980, 1982), st.integers(0, 4), max_size=3),
    st.lists(st.integers(0, 11), min_size=2, max_size=5, unique=True),
    st.lists(st.tuples(st.integers(1, 13), st.booleans()), min_size=4, max_size=4),
    st.booleans(),
)
def test_periods_that_follow_one_another_take_as_many_as_any_placing_of_own_quarters_allows(
    floating: dict[int, int],
    cuts: list[int],
    sizes: list[tuple[int, bool]],
    backwards: bool,
) -> None:
    home = HomeQuarters(frozenset(), tuple(sorted(floating.items())))
    listed = []
    for (first, then), (number, meets) in zip(
        itertools.pairwise(sorted(cuts)), sizes, strict=False
    ):
        last = then if meets else then - 1
        candidates = tuple(range(1980 * 4 + first, 1980 * 4 + last + 1))
        listed.append(Block(candidates, number))
    found = credit(listed, home, backwards=backwards).quarters
    assert len(found) == best_of_all_placings(listed, home, backwards=backwards)


def most_that_fit(listed: Sequence[Block], home: HomeQuarters) -> int:
    floating = dict(home.floating)
    years: dict[int, int] = {}
    for quarter in {q for block in listed for q in block.candidates} - home.fixed:
        years[quarter // 4] = years.get(quarter // 4, 0) + 1
    return sum(min(number, 4 - floating.get(year, 0)) for year, number in years.items())


def best_of_all_placings(listed: Sequence[Block], home: HomeQuarters, *, backwards: bool) -> int:
    """Try every quarter that own coverage since 1978 may lie in."""
    choices = [
        itertools.combinations(range(year * 4, year * 4 + 4), number)
        for year, number in home.floating
    ]
    best = 0
    for placing in itertools.product(*choices):
        covered = {quarter for year in placing for quarter in year}
        taken: set[int] = set()
        for block in listed:
            open_ = [q for q in block.candidates if q not in covered]
            taken.update(open_[::-1][: block.number] if backwards else open_[: block.number])
        best = max(best, len(taken))
    return best
