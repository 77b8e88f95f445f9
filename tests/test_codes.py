"""Codes of States and currencies."""

from datetime import date

import pytest

from ssacalc.codes import (
    countries,
    country_meant,
    currencies,
    currency_meant,
    meant,
)


def test_every_code_of_a_state_has_a_name() -> None:
    known = countries()
    assert len(known.names) > 249
    assert all(name.strip() for name in known.names.values())
    assert known.southern <= set(known.names)
    assert set(known.aliases.values()) <= set(known.names)


def test_former_states_name_states_that_came_after() -> None:
    known = countries()
    for state in known.former:
        assert state.since < state.until
        assert set(state.successors) <= set(known.names)


@pytest.mark.parametrize(
    ("code", "on", "there"),
    [
        ("DD", date(1989, 1, 1), True),
        ("DD", date(1995, 1, 1), False),
        ("CS", date(1980, 1, 1), True),
        ("CS", date(1995, 1, 1), False),
        ("CS", date(2005, 1, 1), True),
        ("MA", date(1900, 1, 1), True),
    ],
)
def test_a_former_state_was_there_in_its_time(code: str, on: date, there: bool) -> None:
    assert countries().existed(code, on) is there


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("germany", "Write DE (Germany)."),
        ("Grmany", "Write DE (Germany)."),
        (" EL ", "Write GR (Greece)."),
        ("zzzzzz", "Write the two letters"),
    ],
)
def test_the_country_meant_is_told(written: str, told: str) -> None:
    assert country_meant(written).startswith(told)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("eur", "Write EUR (Euro)."),
        ("shells", "Write the three letters"),
        ("Irish Pond", "Write IEP (Irish Pound)."),
    ],
)
def test_the_currency_meant_is_told(written: str, told: str) -> None:
    assert currency_meant(written).startswith(told)


def test_currencies_of_the_past_are_known() -> None:
    assert {"DEM", "FRF", "ITL", "IEP", "YUD", "SUR", "CSK", "DDM", "XEU", "EUR", "USD"} <= set(
        currencies()
    )


def test_a_name_without_any_like_it_is_told_all() -> None:
    assert meant("zzz", ["one", "two"]) == "Use one of: one, two."
