"""Time against a scheme's conditions: a right, no right, or not to be told."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.case import Case, Fact
from ssacalc.domain.dated import Dated, DatedValue
from ssacalc.domain.scheme import Condition, ConditionKind, Scheme
from ssacalc.domain.spans import Span
from ssacalc.domain.trace import Step
from ssacalc.domain.units import Remainder, Unit
from ssacalc.engine.conditions import Record
from ssacalc.engine.counting import months_between
from ssacalc.engine.crediting import Time
from ssacalc.engine.totalisation import Right, right, totalised
from tests.engine.build import LAW, case, figure, scheme, span

STEP = Step("own_periods", None, "own-as-certified")


def record(units: object, *spans: Span, own: object | None = None, complete: bool = True) -> Record:
    number = Fraction(str(units))
    return Record(number, number if own is None else Fraction(str(own)), spans, STEP, complete)


def asked(kind: ConditionKind, value: object, unit: str, **more: object) -> Scheme:
    window = more.pop("window", None)
    figures = {"asked": figure("asked", value, unit)}
    if window is not None:
        figures["window"] = figure("window", window, "year")
    condition = Condition(
        kind,
        "asked",
        LAW,
        window="window" if window is not None else None,
        **more,  # type: ignore[arg-type]
    )
    return scheme("XA", conditions=[condition], figures=figures)


def found(held: Scheme, looked_at: Record, of: Case | None = None) -> Right:
    return right(held, looked_at, of or case())


@pytest.mark.parametrize(("units", "met"), [(119, False), (120, True), (121, True)])
def test_a_right_needs_the_whole_of_the_time_asked_for(units: int, met: bool) -> None:
    assert found(scheme("XA", minimum=120), record(units)).met is met


def test_a_refusal_says_how_much_is_missing_in_the_schemes_unit() -> None:
    refused = found(asked(ConditionKind.UNITS, 10, "year"), record(119))
    assert refused.met is False
    assert refused.shortfall is not None
    assert (refused.shortfall.missing, refused.shortfall.unit) == (1, Unit.MONTH)


@given(st.integers(0, 600), st.integers(0, 600), st.integers(0, 600))
def test_a_longer_record_never_loses_a_right(minimum: int, units: int, more: int) -> None:
    held = scheme("XA", minimum=minimum)
    if found(held, record(units)).met:
        assert found(held, record(units + more)).met


@given(st.integers(0, 600), st.integers(0, 600), st.integers(0, 600))
def test_foreign_time_never_takes_a_right_away(minimum: int, units: int, foreign: int) -> None:
    held = scheme("XA", minimum=minimum)
    own = record(units)
    if found(held, own).met:
        assert found(held, totalised(own, Time(Fraction(foreign), (), STEP))).met


def test_foreign_time_does_not_meet_a_condition_on_own_time() -> None:
    held = asked(ConditionKind.OWN_UNITS, 12, "month")
    joined = totalised(record(11), Time(Fraction(100), (), STEP))
    assert found(held, joined).met is False


def test_a_condition_in_a_unit_that_cannot_be_compared_is_not_to_be_told() -> None:
    assert found(asked(ConditionKind.UNITS, 520, "week"), record(600)).met is None


def test_a_scheme_without_conditions_tells_nothing() -> None:
    assert found(replace(scheme("XA"), conditions=()), record(600)).met is None


def test_time_that_could_not_be_counted_makes_no_refusal() -> None:
    held = scheme("XA", minimum=120)
    assert found(held, record(60, complete=False)).met is None
    assert found(held, record(120, complete=False)).met is True


def test_an_age_not_reached_is_a_refusal_even_where_time_is_not_known() -> None:
    held = asked(ConditionKind.AGE, 70, "year")
    assert found(held, record(0, complete=False)).met is False


@pytest.mark.parametrize(
    ("born", "met"), [(date(1950, 1, 1), True), (date(1950, 1, 2), False), (date(1949, 1, 1), True)]
)
def test_an_age_is_reached_on_the_birthday(born: date, met: bool) -> None:
    held = asked(ConditionKind.AGE, 65, "year")
    assert found(held, record(0), case(born=born)).met is met


def test_the_shortfall_of_time_is_told_before_that_of_age() -> None:
    figures = {"age": figure("age", 70, "year"), "time": figure("time", 120, "month")}
    conditions = [
        Condition(ConditionKind.AGE, "age", LAW),
        Condition(ConditionKind.UNITS, "time", LAW),
    ]
    refused = found(scheme("XA", conditions=conditions, figures=figures), record(60))
    assert refused.shortfall is not None
    assert refused.shortfall.condition == "units"


WINDOW = asked(ConditionKind.UNITS_IN_WINDOW, 24, "month", window=5)


def test_only_time_in_the_years_before_the_claim_counts_in_a_window() -> None:
    inside = span("2013-01-01", "2014-12-31")
    assert found(WINDOW, record(24, inside)).met is True
    assert found(WINDOW, record(24, span("2005-01-01", "2006-12-31"))).met is False


def test_a_window_of_years_ends_on_the_day_before_the_claim() -> None:
    held = asked(ConditionKind.UNITS_IN_WINDOW, 61, "month", window=5)
    assert found(held, record(62, span("2009-12-01", "2015-01-01"))).met is False


def test_a_window_without_dated_time_is_not_to_be_told() -> None:
    assert found(WINDOW, record(120)).met is None


def test_undated_time_beside_dated_time_makes_no_refusal_in_a_window() -> None:
    assert found(WINDOW, record(25, span("2010-01-01", "2010-01-31"))).met is None


def test_a_window_met_by_dated_time_needs_no_other() -> None:
    assert found(WINDOW, record(500, span("2013-01-01", "2014-12-31"))).met is True


def of_average(years: object | None) -> Case:
    stated = (Fact("XA", "years-since-entry", Fraction(str(years))),) if years is not None else ()
    return replace(case(), facts=stated)


def test_a_yearly_average_rests_on_the_years_since_entry() -> None:
    held = asked(ConditionKind.YEARLY_AVERAGE, 10, "week")
    assert found(held, record(364), of_average(40)).met is False
    assert found(held, record(400), of_average(40)).met is True


@pytest.mark.parametrize("years", [None, 0])
def test_a_yearly_average_without_its_years_is_not_to_be_told(years: int | None) -> None:
    held = asked(ConditionKind.YEARLY_AVERAGE, 10, "week")
    assert found(held, record(364), of_average(years)).met is None


def test_a_condition_for_people_abroad_is_not_asked_at_home() -> None:
    held = asked(ConditionKind.UNITS, 240, "month", abroad=True)
    home = found(held, record(120))
    abroad = found(held, record(120), case(residence="XB"))
    assert home.outcomes == ()
    assert abroad.met is False


def test_a_part_of_a_unit_is_settled_as_the_condition_says() -> None:
    down = asked(ConditionKind.UNITS, 10, "year", remainder=Remainder.DOWN)
    half = asked(ConditionKind.UNITS, 10, "year", remainder=Remainder.HALF_UP)
    assert found(down, record(119)).met is False
    assert found(half, record(114)).met is True


def test_a_condition_whose_figure_is_lacking_cannot_be_told() -> None:
    broken = scheme("XA", conditions=[Condition(ConditionKind.UNITS, "nowhere", LAW)])
    looked = found(broken, record(1))
    assert looked.met is None
    assert looked.steps[0].key == "condition-figure-missing"
    assert "nowhere" in str(dict(looked.steps[0].args)["fault"])


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (date(1960, 3, 15), date(1960, 4, 14), 0),
        (date(1960, 3, 15), date(1960, 4, 15), 1),
        (date(1960, 4, 15), date(1960, 3, 15), -1),
    ],
)
def test_months_between_two_days_are_whole(first: date, then: date, expected: int) -> None:
    assert months_between(first, then) == expected


def by_routes() -> Scheme:
    """Return a scheme open at 65 with 10 years, or at 63 with 35."""
    figures = {
        "late": figure("late", 65, "year"),
        "few": figure("few", 120, "month"),
        "early": figure("early", 63, "year"),
        "many": figure("many", 420, "month"),
    }
    age, units = ConditionKind.AGE, ConditionKind.UNITS
    conditions = [
        Condition(age, "late", LAW, route="standard"),
        Condition(units, "few", LAW, route="standard"),
        Condition(age, "early", LAW, route="long insured"),
        Condition(units, "many", LAW, route="long insured"),
    ]
    return scheme("XA", conditions=conditions, figures=figures)


@pytest.mark.parametrize(
    ("age", "units", "met"),
    [(65, 120, True), (63, 420, True), (63, 419, False), (62, 500, False), (66, 119, False)],
)
def test_one_of_several_ways_to_a_right_is_enough(age: int, units: int, met: bool) -> None:
    claimed = date(2024, 7, 1)
    of = case(born=claimed.replace(year=claimed.year - age), on=claimed)
    assert found(by_routes(), record(units), of).met is met


def test_the_nearest_way_tells_what_is_missing() -> None:
    of = case(born=date(1961, 7, 1), on=date(2024, 7, 1))
    refused = found(by_routes(), record(417), of)
    assert refused.shortfall is not None
    assert (refused.shortfall.condition, refused.shortfall.missing) == ("units", 3)
    assert refused.shortfall.closed_on == date(2024, 10, 1)
    (step,) = refused.steps
    assert step.key == "routes-none-met"
    assert dict(step.args)["route"] == "long insured"
    assert len(step.uses) == 2


def test_a_way_that_cannot_be_told_leaves_the_right_open() -> None:
    of = case(born=date(1961, 7, 1), on=date(2024, 7, 1))
    assert found(by_routes(), record(417, complete=False), of).met is None


@pytest.mark.parametrize(("first", "met"), [("1999-06-30", True), ("2001-07-01", False)])
def test_the_age_at_entry_is_that_of_the_first_insured_day(first: str, met: bool) -> None:
    held = asked(ConditionKind.AGE_OR_LESS, 40, "year")
    of = case(born=date(1960, 6, 30), on=date(2024, 7, 1))
    looked_at = record(60, span(first, "2020-12-31"))
    assert found(held, looked_at, of).met is met


def test_the_age_at_entry_is_not_told_without_dates() -> None:
    held = asked(ConditionKind.AGE_OR_LESS, 40, "year")
    assert found(held, record(60)).met is None


@pytest.mark.parametrize(
    ("lying", "met"),
    [
        ((Fraction(36), (span("2019-07-01", "2024-06-30"),)), True),
        ((Fraction(36), (span("2018-07-01", "2024-06-30"),)), None),
        ((Fraction(70), (span("2018-07-01", "2024-06-30"),)), True),
        ((Fraction(36), (span("2010-01-01", "2018-12-31"),)), False),
        ((Fraction(36), ()), None),
    ],
)
def test_certified_time_is_looked_for_where_it_lies(
    lying: tuple[Fraction, tuple[Span, ...]], met: bool | None
) -> None:
    held = asked(ConditionKind.UNITS_IN_WINDOW, 36, "month", window=5)
    looked_at = Record(lying[0], lying[0], (), STEP, lying=(lying,))
    assert found(held, looked_at, case(on=date(2024, 7, 1))).met is met


@pytest.mark.parametrize(
    ("lying", "met"),
    [
        ((Fraction(6), (span("2024-01-01", "2024-12-31"),)), True),
        ((Fraction(6), (span("2023-01-01", "2024-12-31"),)), None),
        ((Fraction(6), (span("2020-01-01", "2020-12-31"),)), False),
        ((Fraction(6), ()), None),
    ],
)
def test_certified_time_may_be_insurance_at_the_event(
    lying: tuple[Fraction, tuple[Span, ...]], met: bool | None
) -> None:
    held = asked(ConditionKind.INSURED_AT_EVENT, 1, "year")
    looked_at = Record(lying[0], lying[0], (), STEP, lying=(lying,))
    assert found(held, looked_at, case(on=date(2025, 1, 1))).met is met


@pytest.mark.parametrize(
    ("on", "by_month", "met"),
    [
        (date(2025, 6, 19), False, False),
        (date(2025, 6, 20), False, True),
        (date(2025, 6, 1), True, True),
        (date(2025, 5, 31), True, False),
    ],
)
def test_an_age_may_be_reached_on_the_first_of_its_month(
    on: date, by_month: bool, met: bool
) -> None:
    held = asked(ConditionKind.AGE, 65, "year", by_month=by_month)
    result = found(held, record(600), case(born=date(1960, 6, 20), on=on))
    assert result.met is met
    if not met:
        assert result.shortfall is not None
        assert result.shortfall.closed_on == date(2025, 6, 1 if by_month else 20)


@pytest.mark.parametrize(
    ("entered", "met"),
    [(date(2019, 11, 12), True), (date(2019, 11, 13), False), (None, None)],
)
def test_a_threshold_may_be_that_of_the_day_of_first_insurance(
    entered: date | None, met: bool | None
) -> None:
    """Brazil, EC 103/2019, art. 18 and 19: men first insured since 13 November 2019."""
    by_entry = (
        DatedValue(Fraction(180), None, date(2019, 11, 12), None, None, LAW),
        DatedValue(Fraction(240), date(2019, 11, 13), None, None, None, LAW),
    )
    condition = Condition(ConditionKind.UNITS, "asked", LAW, at_entry=True)
    figures = {"asked": Dated("asked", "month", by_entry)}
    held = scheme("XA", conditions=[condition], figures=figures)
    looked_at = replace(record(200), entered=entered)
    assert found(held, looked_at, case(on=date(2040, 1, 1))).met is met
