"""From periods to a scheme's own time."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.case import InsurancePeriod, PeriodKind
from ssacalc.domain.scheme import CountingKind, Scheme
from ssacalc.domain.units import Unit
from ssacalc.engine.crediting import Time, belongs, own_time
from ssacalc.engine.overlaps import whole
from tests.engine.build import (
    BORN,
    CALENDAR_MONTHS,
    COUNTINGS,
    DAYS,
    MONTHS,
    QUARTERS,
    YEARS,
    Counting,
    period,
    scheme,
    time,
)
from tests.engine.strategies import careers

WEEKS = Counting(CountingKind.CALENDAR_WEEKS)


def own(held: Scheme, *periods: InsurancePeriod) -> Time:
    return own_time(held, [whole(p) for p in periods], BORN)


@given(careers(("XA",)), st.sampled_from(COUNTINGS), st.randoms())
def test_the_order_in_which_periods_are_entered_does_not_matter(
    held: list[InsurancePeriod], counting: Counting, random: "st.random_module"
) -> None:
    counted_in = scheme("XA", counting=counting)
    shuffled = held[:]
    random.shuffle(shuffled)
    assert own(counted_in, *shuffled).units == own(counted_in, *held).units


@given(careers(("XA",)), careers(("XA",), most=1), st.sampled_from([DAYS, CALENDAR_MONTHS]))
def test_a_further_period_in_the_schemes_unit_never_takes_time_away(
    held: list[InsurancePeriod], more: list[InsurancePeriod], counting: Counting
) -> None:
    dated = [replace(p, certified=None) for p in (*held, *more) if p.first]
    counted_in = scheme("XA", unit=Unit.DAY if counting is DAYS else Unit.MONTH, counting=counting)
    before = own(counted_in, *dated[: len(dated) - len(more)])
    assert own(counted_in, *dated).units >= before.units


def test_what_an_institution_certified_governs() -> None:
    found = own(scheme("XA"), period("XA", "2000-01-01", "2000-12-31", certified=time(11)))
    assert found.units == 11
    assert found.spans == ()


def test_a_certified_duration_that_differs_from_its_dates_is_a_doubt_and_nothing_is_repaired() -> (
    None
):
    held = period("XA", "2000-01-01", "2000-12-31", certified=time(6))
    found = own(scheme("XA"), held)
    assert found.units == 6
    assert [doubt.key for doubt in found.doubts] == ["certified-differs-from-dates"]
    assert dict(found.doubts[0].args)["by_dates"] == time(12)


def test_a_difference_of_one_unit_is_no_doubt() -> None:
    held = period("XA", "2000-01-01", "2000-12-31", certified=time(11))
    assert own(scheme("XA"), held).doubts == ()


def test_days_already_certified_do_not_count_again_by_their_dates() -> None:
    found = own(
        scheme("XA"),
        period("XA", "2010-01-01", "2010-12-31", certified=time(12)),
        period("XA", "2010-06-01", "2011-01-31"),
    )
    assert found.units == 13


def test_calendar_units_certified_become_the_schemes_own() -> None:
    assert own(scheme("XA"), period("XA", certified=time(5, Unit.QUARTER))).units == 15
    quarters = scheme("XA", unit=Unit.QUARTER, counting=QUARTERS)
    assert own(quarters, period("XA", certified=time(2, Unit.YEAR))).units == 8
    years = scheme("XA", unit=Unit.YEAR, counting=YEARS)
    assert own(years, period("XA", certified=time(18))).units == Fraction(3, 2)


def test_weeks_and_days_become_one_another_by_the_days_of_the_week() -> None:
    weeks = scheme("XA", unit=Unit.WEEK, counting=WEEKS)
    assert own(weeks, period("XA", certified=time(60, Unit.DAY, 6))).units == 10
    days = scheme("XA", unit=Unit.DAY, counting=replace(DAYS, days_per_week=6))
    assert own(days, period("XA", certified=time(10, Unit.WEEK))).units == 60


def test_a_duration_in_a_foreign_unit_without_dates_is_told_and_leaves_the_time_open() -> None:
    found = own(scheme("XA"), period("XA", certified=time(100, Unit.WEEK)))
    assert found.units == 0
    assert [doubt.key for doubt in found.doubts] == ["period-not-convertible"]
    assert not found.complete


def test_a_duration_in_a_foreign_unit_with_dates_is_counted_by_them() -> None:
    held = period("XA", "2000-01-01", "2000-12-31", certified=time(52, Unit.WEEK))
    found = own(scheme("XA"), held)
    assert found.units == 12
    assert found.complete


def test_nothing_is_counted_where_there_are_no_periods() -> None:
    found = own(scheme("XA"))
    assert found.units == 0
    assert found.step.name == "own_periods"


def test_the_years_before_an_age_do_not_count() -> None:
    held = scheme("XA", counting=replace(MONTHS, since_age=18))
    assert own(held, period("XA", "1960-01-01", "1968-12-31")).units == 12


def test_a_named_scheme_decides_where_a_period_belongs() -> None:
    assert belongs(period("XA", scheme="xa-scheme"), scheme("XA"))
    assert not belongs(period("XA", scheme="xa-other"), scheme("XA"))
    assert not belongs(period("XB"), scheme("XA"))


def test_a_residence_scheme_counts_residence_only() -> None:
    held = scheme("XA", kinds=("residence",))
    assert belongs(period("XA", kind=PeriodKind.RESIDENCE), held)
    assert not belongs(period("XA"), held)


def test_a_step_tells_every_period() -> None:
    found = own(
        scheme("XA"),
        period("XA", "2000-01-01", "2000-12-31"),
        period("XA", "2001-01-01", "2001-01-31"),
    )
    assert [step.key for step in found.step.uses] == ["period-dated"] * 2
    assert dict(found.step.uses[0].args)["first"] == date(2000, 1, 1)
