"""Codes of States and currencies, and what somebody who wrote another may have meant."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache

from ssacalc.domain.errors import InvalidLaw
from ssacalc.files import read_plain
from ssacalc.resources import folder


@dataclass(frozen=True, slots=True)
class FormerState:
    """A State that is no more: the days it existed and the codes of those who came after."""

    code: str
    name: str
    since: date
    until: date
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Countries:
    """Every admitted code of a State or territory with its English name."""

    names: Mapping[str, str]
    former: tuple[FormerState, ...]
    aliases: Mapping[str, str]
    southern: frozenset[str]

    def existed(self, code: str, on: date) -> bool:
        """Tell whether a State was there on a day; States of today are not asked for dates."""
        lives = [state for state in self.former if state.code == code]
        return not lives or any(state.since <= on <= state.until for state in lives)


@cache
def countries() -> Countries:
    """Return the codes of States; read once."""
    data = read_plain(folder("resources") / "countries.toml", InvalidLaw)
    former = tuple(
        FormerState(f["code"], f["name"], f["since"], f["until"], tuple(f["successors"]))
        for f in data["former"]
    )
    past: dict[str, str] = {}
    for state in former:
        past[state.code] = f"{past[state.code]}; {state.name}" if state.code in past else state.name
    return Countries(
        {**data["names"], **data["parts"], **data["user_assigned"], **past},
        former,
        data["aliases"],
        frozenset(data["southern"]),
    )


@cache
def currencies() -> Mapping[str, str]:
    """Return the codes of currencies, those of the past included, with their names."""
    data = read_plain(folder("resources") / "currencies.toml", InvalidLaw)
    return {**data["current"], **data["historic"]}


def country_meant(written: str) -> str:
    """Return the remedy for a code of no State: the code that was probably meant."""
    known = countries()
    asked = written.strip()
    by_name = {name.casefold(): code for code, name in known.names.items()}
    code = known.aliases.get(asked.upper()) or by_name.get(asked.casefold())
    if code is None and asked.upper() in known.names:
        code = asked.upper()
    if code is None:
        near = get_close_matches(asked.casefold(), by_name, 1, 0.75)
        code = by_name[near[0]] if near else None
    if code is not None:
        return f"Write {code} ({known.names[code]})."
    return "Write the two letters of ISO 3166-1, such as MA for Morocco."


def meant(written: str, known: Collection[str]) -> str:
    """Return the remedy for an unknown name: the one probably meant, or all there are."""
    near = get_close_matches(written.strip().casefold(), known, 1, 0.6)
    return f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(known)}."


def currency_meant(written: str) -> str:
    """Return the remedy for a code of no currency."""
    known = currencies()
    asked = written.strip()
    code = asked.upper() if asked.upper() in known else None
    if code is None:
        by_name = {name.casefold(): code for code, name in known.items()}
        near = get_close_matches(asked.casefold(), by_name, 1, 0.75)
        code = by_name[near[0]] if near else None
    if code is not None:
        return f"Write {code} ({known[code]})."
    return "Write the three letters of ISO 4217, such as EUR."
