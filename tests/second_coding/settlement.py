"""How the disagreements of the two codings were settled, and whether the live files follow."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tests.second_coding.rate import HERE, Comparison


class Prevailed(StrEnum):
    """Which answer the live file follows."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


@dataclass(frozen=True, slots=True)
class Settled:
    """A disagreement settled against the text; narrowed as far as the answers differ."""

    agreement: str
    clause: str
    prevailed: Prevailed
    reason: str
    article: str
    party: str | None = None
    branch: str | None = None
    rule: str | None = None

    def takes_in(self, comparison: Comparison) -> bool:
        """Tell whether the entry is about a comparison."""
        return (
            (self.agreement, self.clause) == (comparison.agreement, comparison.clause)
            and (self.party is None or self.party in {q.party for q in comparison.questions})
            and (self.branch is None or self.branch in {q.branch for q in comparison.questions})
        )

    @property
    def narrowness(self) -> int:
        """Return by how many of the two it is narrowed."""
        return (self.party is not None) + (self.branch is not None)


@dataclass(frozen=True, slots=True)
class CodingRule:
    """A rule of the coding guide that settles disagreements of one kind."""

    id: str
    clause: str
    text: str


@cache
def _file() -> dict[str, list[dict[str, str]]]:
    data: dict[str, list[dict[str, str]]] = tomllib.loads(
        (HERE / "settled.toml").read_text(encoding="utf-8")
    )
    return data


def rules() -> tuple[CodingRule, ...]:
    """Return the rules by kind."""
    return tuple(CodingRule(**rule) for rule in _file()["rules"])


@cache
def entries() -> tuple[Settled, ...]:
    """Return every settlement."""
    return tuple(
        Settled(**{**entry, "prevailed": Prevailed(entry["prevailed"])})  # type: ignore[arg-type]
        for entry in _file()["settled"]
    )


def settlement(comparison: Comparison) -> Settled | None:
    """Return the entry that settles a disagreement, the narrowest; ``None`` where it is open."""
    found = [entry for entry in entries() if entry.takes_in(comparison)]
    return max(found, key=lambda entry: entry.narrowness, default=None)
