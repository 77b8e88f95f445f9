"""Pensions by the shipped schemes, against figures published or worked by hand from the law."""

import itertools
from datetime import date, timedelta
from fractions import Fraction

import pytest

from ssacalc.domain.errors import MissingFigure
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Step
from ssacalc.engine.career import Career
from ssacalc.engine.formulas.evaluate import evaluate
from ssacalc.library.schemes import read_scheme
from ssacalc.resources import folder


def scheme(name: str) -> Scheme:
    return read_scheme(folder("resources") / "schemes" / name[:2] / f"{name}.toml")


def pension(name: str, born: date, on: date, units: int, **facts: Fraction) -> Fraction:
    read = scheme(name)
    career = Career(
        born=born,
        on=on,
        unit=read.unit,
        units=Fraction(units),
        own_units=Fraction(units),
        earnings=(),
        quarters={},
        facts={fact.replace("_", "-"): value for fact, value in facts.items()},
        conventions={},
        step=Step("units", Fraction(units), "units"),
    )
    return evaluate(read, career).values[read.amount or ""]


BORN = date(1960, 3, 15)
FULL = Fraction("727.67")


@pytest.mark.parametrize(
    ("on", "months", "expected"),
    [
        (date(2025, 4, 1), 40 * 12, FULL),
        (date(2025, 4, 1), 47 * 12, FULL),
        (date(2025, 4, 1), 30 * 12 + 11, FULL * 30 / 40),  # rounded to the lower year: s. 3(4)
        (date(2025, 4, 1), 3 * 12, FULL * 3 / 40),  # a right by totalising alone
    ],
)
def test_old_age_security_is_a_fortieth_for_each_whole_year(
    on: date, months: int, expected: Fraction
) -> None:
    assert pension("ca-oas", BORN, on, months) == expected


def test_a_deferred_pension_grows_by_six_per_mille_a_month_to_36_per_cent() -> None:
    full = Fraction("742.31")
    on = date(2026, 3, 1)
    two_years = pension("ca-oas", date(1959, 2, 10), on, 42 * 12)
    assert two_years == full * (1 + Fraction(6, 1000) * 24)
    six_years = pension("ca-oas", date(1955, 2, 10), on, 46 * 12)
    assert six_years == full * Fraction(136, 100)


def test_the_greater_of_the_deferred_and_the_longer_pension_is_paid() -> None:
    full, on, born = Fraction("742.31"), date(2026, 3, 1), date(1956, 2, 10)
    assert pension("ca-oas", born, on, 35 * 12) == full * 30 / 40 * Fraction(136, 100)
    assert pension("ca-oas", born, on, 15 * 12) == full * 15 / 40
    assert pension("ca-oas", born, on, 13 * 12) == full * 13 / 40


def test_no_month_before_july_2013_defers() -> None:
    born = date(1947, 1, 10)
    amount = pension("ca-oas", born, date(2013, 10, 1), 45 * 12)
    assert amount == Fraction("550.99") * (1 + Fraction(6, 1000) * 3)


def test_people_of_75_get_a_tenth_more_since_july_2022() -> None:
    born, old, new = date(1947, 5, 1), date(2022, 6, 1), date(2022, 7, 1)
    assert pension("ca-oas", born, old, 480) == Fraction("648.67")
    assert pension("ca-oas", born, new, 480) == Fraction("666.83") * Fraction(11, 10)  # 733.51


@pytest.mark.parametrize("on", [date(2009, 1, 1), date(2026, 11, 1)])
def test_a_quarter_without_figure_is_said_to_have_none(on: date) -> None:
    with pytest.raises(MissingFigure, match="full-pension"):
        pension("ca-oas", date(on.year - 65, 1, 1), on, 480)


def test_the_quarters_of_old_age_security_never_fall() -> None:
    amounts = [value.value for value in scheme("ca-oas").figures["full-pension"].values]
    assert amounts == sorted(amounts)


@pytest.mark.parametrize(
    ("weeks", "years", "expected"),
    [
        (600, 34, "180.70"),  # published: 17.65 is rounded to 18
        (1800, 34, "277.30"),  # published: 52.9, the maximum rate
        (1560, 40, "249.30"),
        (494, 52, "110.80"),  # 9.5 is rounded to 10
        (493, 52, "65.80"),  # 9.48 is rounded to 9: the total alone, 23.70 % of 277.30
    ],
)
def test_the_irish_pension_follows_the_yearly_average(
    weeks: int, years: int, expected: str
) -> None:
    entry = Fraction(years)
    amount = pension("ie-spc", date(1958, 1, 1), date(2024, 1, 5), weeks, years_since_entry=entry)
    assert amount == Fraction(expected)


def test_the_irish_pension_has_no_rates_by_average_for_2025() -> None:
    with pytest.raises(MissingFigure):
        pension("ie-spc", date(1959, 1, 1), date(2025, 1, 5), 600, years_since_entry=Fraction(34))


@pytest.mark.parametrize(
    ("months", "average", "expected"),
    [
        (25 * 12, "16000", 300 + 3200 + 16000 * 0.02 * 15 + 1000),
        (25 * 12, "1000", 2400 + 1000),
        (10 * 12, "1000", 1200 + 1000),
        (10 * 12, "16000", 6400 + 1000),
    ],
)
def test_the_philippine_pension_is_the_highest_of_three(
    months: int, average: str, expected: float
) -> None:
    amount = pension(
        "ph-sss",
        date(1957, 1, 1),
        date(2022, 1, 1),
        months,
        average_monthly_salary_credit=Fraction(average),
    )
    assert amount == Fraction(expected)


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("de-grv", "standard-age"),
        ("nl-aow", "pension-age"),
        ("gb-nsp", "pensionable-age"),
        ("au-age", "pension-age"),
        ("nz-super", "minimum-residence"),
        ("fr-general", "full-rate-age"),
    ],
)
def test_what_a_birth_date_asks_for_never_falls_and_no_day_of_birth_is_left_out(
    name: str, figure: str
) -> None:
    values = scheme(name).figures[figure].values
    assert [value.value for value in values] == sorted(value.value for value in values)
    for one, other in itertools.pairwise(values):
        assert one.born_until is not None
        assert other.born_since == one.born_until + timedelta(days=1)


@pytest.mark.parametrize("figure", ["pension-value", "pension-value-east"])
def test_german_pension_values_follow_one_another_and_never_fall(figure: str) -> None:
    values = scheme("de-grv").figures[figure].values
    for one, other in itertools.pairwise(values):
        assert one.until is not None
        assert other.since == one.until + timedelta(days=1)
        assert other.value >= one.value or other.since == date(2002, 1, 1)  # marks to euros


def test_german_points_are_for_every_year_since_1953() -> None:
    series = scheme("de-grv").series
    assert {*series["average-earnings"], *series["average-earnings-recent"]} == {*range(1953, 2025)}
    ceilings = {*series["contribution-ceiling"], *series["contribution-ceiling-recent"]}
    assert ceilings == {*range(1953, 2027)}
    assert series["average-earnings"][2020] == 39167
    assert series["contribution-ceiling"][1992] == 81600


@pytest.mark.parametrize(
    "on", [date(2015, 1, 1), date(2021, 1, 1), date(2024, 1, 1), date(2028, 1, 1)]
)
def test_the_spanish_scale_ends_at_the_whole_base(on: date) -> None:
    read = scheme("es-general")
    days, first, one, two = (
        read.figures[name].at(on).value
        for name in ("full-days", "first-months", "first-rate", "second-rate")
    )
    months = (days - 5475) * 12 / 365
    assert Fraction(1, 2) + first * one + (months - first) * two <= 1
    assert Fraction(1, 2) + first * one + (months + 12 - first) * two >= 1


def test_the_swiss_table_gives_a_scale_to_each_of_44_years() -> None:
    rows = scheme("ch-ahv").tables["partial-pensions"].values[0].value
    for years in range(1, 45):
        share = [value for start, value in rows if start <= Fraction(years * 100, 44)][-1]
        assert abs(share - Fraction(years, 44)) < Fraction(1, 10000)
