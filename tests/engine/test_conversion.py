"""Foreign time made time of a scheme."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.case import InsurancePeriod, PeriodKind
from ssacalc.domain.rules import (
    Basis,
    Conversion,
    ConversionKind,
    ConversionRules,
    DayRow,
)
from ssacalc.domain.scheme import CountingKind, Scheme
from ssacalc.domain.units import Duration, Remainder, Unit, settle
from ssacalc.engine.conversion import foreign_time
from ssacalc.engine.counting import Tally
from ssacalc.engine.crediting import Time, own_time
from ssacalc.engine.day_table import table_conversion, year_ceiling
from ssacalc.engine.determination import determine
from ssacalc.engine.measuring import Held
from ssacalc.engine.overlaps import whole
from ssacalc.library.law import load_law
from tests.engine.build import (
    BORN,
    BY_TABLE,
    CALENDAR_MONTHS,
    MONTHS,
    QUARTERS,
    SAME,
    TABLE,
    YEARS,
    Counting,
    case,
    clause,
    law,
    period,
    ratio,
    result,
    scheme,
    time,
    union,
)

WEEKS = Counting(CountingKind.CALENDAR_WEEKS)
YEAR = ("2005-01-01", "2005-12-31")


def converted(
    held: Scheme,
    rules: ConversionRules | None,
    *foreign: InsurancePeriod,
    own: tuple[InsurancePeriod, ...] = (),
    others: tuple[Scheme, ...] = (),
) -> Time:
    own_pieces = [whole(p) for p in own]
    return foreign_time(
        held,
        Tally(held.counting, own_time(held, own_pieces, BORN).spans),
        [whole(p) for p in foreign],
        clause("T03", rules) if rules else None,
        {s.id: s for s in others},
        born=BORN,
        held=Held(own_pieces, held, presumed=rules is not None and rules.table != ()),
    )


def by_table(duration: Duration, unit: Unit, days_per_week: int | None = None) -> Fraction:
    found = table_conversion(duration, unit, days_per_week, TABLE, 6)
    assert found is not None
    return settle(found, Remainder.UP)


@pytest.mark.parametrize(
    ("duration", "unit", "expected"),
    [
        (time(312, Unit.DAY, 6), Unit.MONTH, 12),
        (time(100, Unit.DAY, 6), Unit.MONTH, 4),
        (time(30, Unit.WEEK), Unit.MONTH, 7),
        (time(200, Unit.DAY, 5), Unit.QUARTER, 4),
        (time(13, Unit.WEEK), Unit.MONTH, 3),
        (time(52, Unit.WEEK), Unit.MONTH, 12),
        (time(10, Unit.WEEK), Unit.MONTH, 3),
        (time("17.65", Unit.YEAR), Unit.MONTH, 212),
        (time("17.65", Unit.YEAR), Unit.QUARTER, 71),
        (time(5, Unit.QUARTER), Unit.MONTH, 15),
        (time(264, Unit.DAY, 5), Unit.YEAR, 1),
        (time(265, Unit.DAY, 5), Unit.YEAR, 2),
    ],
)
def test_the_table_of_the_regulation_gives_the_next_whole_unit(
    duration: Duration, unit: Unit, expected: int
) -> None:
    # 987/2009, art. 13(1)(b) to (e)
    assert by_table(duration, unit) == expected


def test_the_table_stands_in_the_law_as_it_was_printed() -> None:
    regulation = next(i for i in load_law(["DE", "FR"]).instruments if i.id == "eu-883-2004")
    found = regulation.clause("T03", date(2020, 1, 1), party="DE")
    assert found is not None
    assert isinstance(found.rule, ConversionRules)
    assert found.rule.table == TABLE
    assert found.rule.week_month_row == 6
    assert [(r.week, r.month, r.quarter, r.year) for r in found.rule.table] == [
        (5, 22, 66, 264),
        (6, 26, 78, 312),
        (7, 30, 90, 360),
    ]


@given(
    st.integers(1, 20_000),
    st.sampled_from(list(Unit)),
    st.sampled_from(list(Unit)),
    st.sampled_from([5, 6, 7]),
)
def test_units_converted_forth_and_back_stay_within_one_unit(
    number: int, source: Unit, target: Unit, day_type: int
) -> None:
    stated = Duration(Fraction(number), source, day_type if source is Unit.DAY else None)
    there = table_conversion(stated, target, day_type, TABLE, 6)
    assert there is not None
    back = table_conversion(
        Duration(there, target, day_type if target is Unit.DAY else None),
        source,
        day_type,
        TABLE,
        6,
    )
    assert back is not None
    assert abs(back - number) <= 1


@given(st.integers(1, 20_000), st.integers(1, 500), st.sampled_from(list(Unit)))
def test_more_time_never_converts_to_less(number: int, more: int, target: Unit) -> None:
    less = by_table(time(number, Unit.WEEK), target)
    assert by_table(time(number + more, Unit.WEEK), target) >= less


@given(st.sampled_from([5, 6, 7]), st.sampled_from([5, 6, 7]), st.integers(1, 5000))
def test_days_of_one_type_become_days_of_another_by_their_years(
    source: int, target: int, number: int
) -> None:
    rows = {row.days_per_week: row for row in TABLE}
    found = table_conversion(time(number, Unit.DAY, source), Unit.DAY, target, TABLE, 6)
    assert found == Fraction(number * rows[target].year, rows[source].year)


@given(
    st.integers(0, 400),
    st.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER]),
    st.integers(1, 3),
)
def test_a_conversion_never_exceeds_its_ceiling(number: int, source: Unit, years: int) -> None:
    # 987/2009, art. 13(2)
    foreign = [
        period("XB", f"{2000 + n}-01-01", f"{2000 + n}-12-31", certified=time(number, source, None))
        for n in range(years)
    ]
    for unit, counting, most in (
        (Unit.MONTH, MONTHS, 12),
        (Unit.QUARTER, QUARTERS, 4),
        (Unit.WEEK, WEEKS, 52),
        (Unit.YEAR, YEARS, 1),
    ):
        found = converted(scheme("XA", unit=unit, counting=counting), BY_TABLE, *foreign)
        assert found.units <= most * years


@pytest.mark.parametrize(
    ("unit", "days_per_week", "most"),
    [
        (Unit.DAY, 5, 264),
        (Unit.DAY, 6, 312),
        (Unit.DAY, None, 360),
        (Unit.WEEK, None, 52),
        (Unit.MONTH, None, 12),
        (Unit.QUARTER, None, 4),
        (Unit.YEAR, None, 1),
    ],
)
def test_the_ceilings_of_a_calendar_year_are_those_of_the_regulation(
    unit: Unit, days_per_week: int | None, most: int
) -> None:
    assert year_ceiling(unit, days_per_week, TABLE) == most


def test_an_aggregate_is_converted_in_one_operation_with_one_remainder() -> None:
    # 987/2009, art. 13(3)
    halves = [period("XB", certified=time(10, Unit.WEEK)) for _ in range(3)]
    assert converted(scheme("XA"), BY_TABLE, *halves).units == 7


def test_time_notified_year_by_year_is_converted_year_by_year() -> None:
    # 987/2009, art. 13(3)
    years = [
        period("XB", f"{y}-01-01", f"{y}-12-31", certified=time(10, Unit.WEEK))
        for y in (2000, 2001, 2002)
    ]
    assert converted(scheme("XA"), BY_TABLE, *years).units == 9


def test_a_count_of_days_without_its_day_type_is_a_named_convention() -> None:
    found = converted(scheme("XA"), BY_TABLE, period("XB", certified=time(90, Unit.DAY)))
    assert found.units == 3
    assert [doubt.key for doubt in found.doubts] == ["day-type-not-declared"]


def test_a_table_that_is_silent_leaves_the_time_open() -> None:
    rules = ConversionRules((Conversion("*", ConversionKind.TABLE),), (DayRow(5, 5, 22, 66, 264),))
    found = converted(scheme("XA"), rules, period("XB", certified=time(90, Unit.DAY, 7)))
    assert found.units == 0
    assert not found.complete


def test_a_calendar_month_shared_by_two_states_is_one_month() -> None:
    held = scheme("XA", counting=CALENDAR_MONTHS)
    found = converted(
        held,
        SAME,
        period("XB", "2000-01-16", "2000-03-31"),
        own=(period("XA", "1999-12-01", "2000-01-15"),),
    )
    assert found.units == 2


@pytest.mark.parametrize(("last", "expected"), [("2005-02-28", 0), ("2005-03-01", 1)])
def test_a_calendar_year_counts_from_the_least_time_that_it_must_contain(
    last: str, expected: int
) -> None:
    held = scheme("XA", unit=Unit.YEAR, counting=YEARS)
    assert converted(held, _containing(3), period("XB", "2005-01-01", last)).units == expected


def test_two_halves_of_a_month_are_one_month_of_a_calendar_year() -> None:
    held = scheme("XA", unit=Unit.YEAR, counting=YEARS)
    halves = [period("XB", "2005-01-01", "2005-01-15"), period("XB", "2005-01-16", "2005-02-28")]
    assert converted(held, _containing(3), *halves).units == 0


def test_a_calendar_year_of_the_schemes_own_is_not_credited_again() -> None:
    held = scheme("XA", unit=Unit.YEAR, counting=YEARS)
    own = (period("XA", "2005-01-01", "2005-06-30"),)
    later = period("XB", "2005-07-01", "2006-12-31")
    assert converted(held, _containing(3), later, own=own).units == 1


def test_a_calendar_year_credited_whole_holds_twelve_months_with_own_ones() -> None:
    rules = ConversionRules(
        (
            Conversion(
                "*",
                ConversionKind.YEAR_CONTAINING,
                Fraction(1),
                Unit.DAY,
                Fraction(12),
                Unit.MONTH,
            ),
        )
    )
    own = (period("XA", "2005-01-01", "2005-06-30"),)
    later = period("XB", "2005-07-01", "2005-12-31")
    assert converted(scheme("XA"), rules, later, own=own).units == 6


def test_two_states_do_not_credit_one_calendar_year_twice() -> None:
    held = scheme("XA", unit=Unit.YEAR, counting=YEARS)
    foreign = [period("XB", "2005-01-01", "2005-06-30"), period("XC", "2005-07-01", "2005-12-31")]
    assert converted(held, _containing(3), *foreign).units == 1


def _containing(months: int) -> ConversionRules:
    return ConversionRules(
        (
            Conversion(
                "*",
                ConversionKind.YEAR_CONTAINING,
                Fraction(months),
                Unit.MONTH,
                Fraction(1),
                Unit.YEAR,
            ),
        )
    )


def test_years_without_dates_are_a_named_convention() -> None:
    held = scheme("XA", unit=Unit.YEAR, counting=YEARS)
    found = converted(held, _containing(3), period("XB", certified=time(28)))
    assert found.units == 3
    assert [doubt.key for doubt in found.doubts] == ["undated-years"]


def test_a_ratio_settles_its_remainder_once_over_the_aggregate() -> None:
    rules = ratio("*", 3, Unit.MONTH, 1, Unit.QUARTER)
    held = scheme("XA", unit=Unit.QUARTER, counting=QUARTERS)
    foreign = [period("XB", certified=time(4)), period("XB", certified=time(4))]
    assert converted(held, rules, *foreign).units == 3


def test_simultaneous_periods_of_one_state_are_converted_once() -> None:
    rules = ratio("*", 3, Unit.MONTH, 1, Unit.QUARTER)
    held = scheme("XA", unit=Unit.QUARTER, counting=QUARTERS)
    jobs = [period("XB", *YEAR), period("XB", *YEAR, kind=PeriodKind.SELF_EMPLOYED)]
    assert converted(held, rules, *jobs).units == 4


def test_a_ratio_by_calendar_year_is_capped_in_every_year() -> None:
    row = Conversion(
        "*",
        ConversionKind.RATIO,
        Fraction(3),
        Unit.MONTH,
        Fraction(1),
        Unit.QUARTER,
        Basis.CALENDAR_YEAR,
        yearly_cap=Fraction(3),
    )
    held = scheme("XA", unit=Unit.QUARTER, counting=QUARTERS)
    found = converted(held, ConversionRules((row,)), period("XB", "2005-01-01", "2006-04-30"))
    assert found.units == 3 + 2


def test_a_ratio_by_period_settles_each_remainder() -> None:
    row = Conversion(
        "*",
        ConversionKind.RATIO,
        Fraction(3),
        Unit.MONTH,
        Fraction(1),
        Unit.QUARTER,
        Basis.PERIOD,
        Remainder.DOWN,
    )
    held = scheme("XA", unit=Unit.QUARTER, counting=QUARTERS)
    foreign = [period("XB", certified=time(5)), period("XB", certified=time(4))]
    assert converted(held, ConversionRules((row,)), *foreign).units == 2


def test_time_outside_the_days_that_count_is_left_out() -> None:
    row = Conversion("*", ConversionKind.SAME, counted_from=date(2000, 1, 1))
    found = converted(
        scheme("XA"), ConversionRules((row,)), period("XB", "1999-01-01", "2000-12-31")
    )
    assert found.units == 12


def test_foreign_time_before_the_age_from_which_a_scheme_counts_is_left_out() -> None:
    held = scheme("XA", counting=Counting(CountingKind.MONTHS_AND_DAYS, since_age=18))
    assert converted(held, SAME, period("XB", "1960-01-01", "1968-12-31")).units == 12


def test_a_row_that_excludes_a_source_counts_nothing_and_says_so() -> None:
    rules = ConversionRules((Conversion("XB", ConversionKind.NONE),))
    found = converted(scheme("XA"), rules, period("XB", certified=time(12)))
    assert found.units == 0
    assert found.doubts == ()
    assert [step.key for step in found.step.uses] == ["foreign-not-counted"]


def test_time_that_no_row_names_is_not_counted_and_that_is_a_doubt() -> None:
    rules = ConversionRules((Conversion("XC", ConversionKind.SAME),))
    found = converted(scheme("XA"), rules, period("XB", certified=time(12)))
    assert found.units == 0
    assert [doubt.key for doubt in found.doubts] == ["foreign-not-named"]


def test_a_missing_conversion_clause_is_a_doubt() -> None:
    found = converted(scheme("XA"), None, period("XB", certified=time(12)))
    assert found.units == 12
    assert [doubt.key for doubt in found.doubts] == ["conversion-not-coded"]


def test_calendar_years_that_another_row_counts_are_left_out() -> None:
    contributory = scheme("XB", name="xb-plan", kinds=("employed",))
    residence = scheme("XB", name="xb-residence", kinds=("residence",))
    rules = ConversionRules(
        (
            Conversion(
                "xb-plan",
                ConversionKind.YEAR_CONTAINING,
                Fraction(1),
                Unit.DAY,
                Fraction(12),
                Unit.MONTH,
            ),
            Conversion("xb-residence", ConversionKind.SAME, unless="xb-plan"),
        )
    )
    found = converted(
        scheme("XA"),
        rules,
        period("XB", "2005-03-01", "2005-03-31"),
        period("XB", "2004-01-01", "2006-12-31", kind=PeriodKind.RESIDENCE),
        others=(contributory, residence),
    )
    assert found.units == 36


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.randoms())
def test_the_order_of_foreign_periods_does_not_matter(
    durations: list[int], random: "st.random_module"
) -> None:
    foreign = [period("XB", certified=time(n, Unit.WEEK)) for n in durations]
    shuffled = foreign[:]
    random.shuffle(shuffled)
    one = converted(scheme("XA"), BY_TABLE, *foreign)
    assert converted(scheme("XA"), BY_TABLE, *shuffled).units == one.units


def test_rows_of_different_dates_share_a_period_between_them() -> None:
    """Canada–Trinidad and Tobago: weeks of 1972 otherwise than weeks from 1973 on."""
    rows = ConversionRules(
        (
            Conversion("XB", ConversionKind.SAME, counted_from=date(1973, 1, 1), counted_to=None),
            Conversion("XB", ConversionKind.NONE),
        )
    )
    foreign = period("XB", "1972-07-01", "1973-12-31")
    assert converted(scheme("XA"), rows, foreign).units == 12
    both = ConversionRules(
        (
            Conversion("XB", ConversionKind.SAME, counted_from=date(1973, 1, 1)),
            Conversion(
                "XB",
                ConversionKind.RATIO,
                count=Fraction(2),
                unit=Unit.MONTH,
                gives=Fraction(1),
                gives_unit=Unit.MONTH,
            ),
        )
    )
    assert converted(scheme("XA"), both, foreign).units == 12 + 3


@pytest.mark.parametrize("counting", [CALENDAR_MONTHS, MONTHS])
def test_time_over_the_turn_of_a_year_takes_room_in_each_year_by_its_own_days(
    counting: Counting,
) -> None:
    # 987/2009, art. 13(2): a month of 2000 and one of 2001 leave eleven months of 2000 free
    held = [
        period("XA", "1990-01-01", "1992-12-31"),
        period("XB", "2000-12-01", "2001-01-01"),
        period("XC", "2000-01-01", "2000-11-30"),
    ]
    schemes = (scheme(c, counting=counting) for c in ("XA", "XB", "XC"))
    found = determine(case(*held), law(*schemes, union("XA", "XB", "XC")))
    assert result(found, "XA").total == 36 + 13
