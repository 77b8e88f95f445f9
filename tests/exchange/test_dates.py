"""Days as people remember them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from ssacalc.domain.case import UncertainDate
from ssacalc.exchange.dates import FIRST_YEAR, LAST_YEAR, names_season, uncertain_date


@pytest.mark.parametrize(
    ("stated", "earliest", "latest"),
    [
        ("1994", "1994-01-01", "1994-12-31"),
        (1994, "1994-01-01", "1994-12-31"),
        ("1994-02", "1994-02-01", "1994-02-28"),
        ("1994-03-15", "1994-03-15", "1994-03-15"),
        (date(1994, 3, 15), "1994-03-15", "1994-03-15"),
        ("spring 1994", "1994-03-01", "1994-05-31"),
        (" Summer  1994 ", "1994-06-01", "1994-08-31"),
        ("autumn 1994", "1994-09-01", "1994-11-30"),
        ("fall 1994", "1994-09-01", "1994-11-30"),
        ("winter 1994", "1994-01-01", "1995-02-28"),
        ("winter 1995/96", "1995-12-01", "1996-02-29"),
        ("winter 1999/2000", "1999-12-01", "2000-02-29"),
        ("about 1994-03-15", "1994-02-15", "1994-04-15"),
        ("about 1994-03-31", "1994-02-28", "1994-04-30"),
        ("about 1994-03", "1994-02-01", "1994-04-30"),
        ("about 1994", "1993-12-01", "1995-01-31"),
        ({"earliest": date(1994, 3, 1), "latest": "1994-05-31"}, "1994-03-01", "1994-05-31"),
    ],
)
def test_a_remembered_day_is_read_as_bounds(stated: object, earliest: str, latest: str) -> None:
    expected = UncertainDate(date.fromisoformat(earliest), date.fromisoformat(latest))
    assert uncertain_date(stated) == expected
    assert uncertain_date(expected) == expected


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "soon",
        "94",
        "1994-3",
        "1994-13",
        "1994-02-30",
        "0000",
        "9999-12-31",
        "1994/95",
        "spring 1994/95",
        "spring 1994-03",
        "winter 1994/96",
        "١٩٩٤",
        True,
        -5,
        10**30,
        1994.5,
        None,
        [],
        {"earliest": date(1994, 1, 1)},
        {"earliest": date(1994, 1, 2), "latest": date(1994, 1, 1)},
        {"earliest": 5, "latest": 6},
        date(1, 1, 1),
    ],
)
def test_what_is_no_day_is_refused(stated: object) -> None:
    with pytest.raises(PydanticCustomError):
        uncertain_date(stated)


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_about_a_day_holds_that_day_and_a_month_either_side(day: date) -> None:
    bounds = uncertain_date(f"about {day}")
    assert bounds.earliest <= day <= bounds.latest
    assert timedelta(56) <= bounds.latest - bounds.earliest <= timedelta(62)


@given(st.text(max_size=30) | st.integers() | st.floats() | st.none())
def test_whatever_is_written_is_bounds_or_refused(stated: object) -> None:
    try:
        bounds = uncertain_date(stated)
    except PydanticCustomError:
        return
    assert bounds.earliest <= bounds.latest


def test_seasons_are_recognised() -> None:
    assert names_season("about WINTER 1994/95")
    assert not names_season("1994")
    assert not names_season(date(1994, 1, 1))
