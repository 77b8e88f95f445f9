"""The clause taxonomy: what an instrument can say, as closed options."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.files import read_plain
from ssacalc.resources import folder


@dataclass(frozen=True, slots=True)
class TaxonomyClause:
    """What one clause of the taxonomy admits."""

    title: str
    options: tuple[str, ...]
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Topic:
    """Clauses that are compared together; the five principles of agreements are marked."""

    title: str
    clauses: tuple[str, ...]
    principle: bool = False


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Groups, clauses with their options and parameters, topics."""

    groups: dict[str, str]
    clauses: dict[str, TaxonomyClause]
    topics: dict[str, Topic]


@cache
def taxonomy() -> Taxonomy:
    """Return the clause taxonomy. Raises :class:`InvalidLaw` where its file is damaged."""
    path = folder("resources") / "taxonomy.toml"
    data = read_plain(path, InvalidLaw)
    try:
        return Taxonomy(
            dict(data["groups"]),
            {name: _clause(held) for name, held in data["clauses"].items()},
            {name: _topic(held) for name, held in data.get("topics", {}).items()},
        )
    except (LookupError, TypeError, AttributeError) as damaged:
        problem = Problem(path.name, f"it has not the form of a taxonomy ({damaged!r}).")
        raise InvalidLaw("The taxonomy cannot be used.", (problem,)) from None


def _clause(held: dict[str, Any]) -> TaxonomyClause:
    return TaxonomyClause(held["title"], tuple(held["options"]), dict(held["parameters"]))


def _topic(held: dict[str, Any]) -> Topic:
    return Topic(held["title"], tuple(held["clauses"]), bool(held.get("principle", False)))
