"""A comparison of instruments as plain values: rows of clauses, a cell for each instrument."""

from dataclasses import dataclass
from enum import StrEnum

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import Branch

PARTNER = "partner"
"""Stands for the party that the instruments compared do not share."""

BRANCH = "branch"
"""The rows on branches covered, which come before those on clauses."""


class Verdict(StrEnum):
    """What a row shows."""

    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """Nothing differs among what is known, but not all is known."""
    SAME = "same"


class Told(StrEnum):
    """How an instrument stands to the clause of a row."""

    CODED = "coded"
    GENERAL = "general"
    """By its general clause; it has none so narrow."""
    ELSEWHERE = "narrowed"
    """Only by narrower clauses, which have rows of their own."""
    INCONCLUSIVE = "inconclusive"
    NOT_CODED = "not-coded"


@dataclass(frozen=True, slots=True)
class Said:
    """What an instrument says in one clause: option, parameters, place, how well read."""

    option: str
    parameters: tuple[tuple[str, object], ...] = ()
    article: str = ""
    verified: bool = True
    narrowed: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one instrument says in a row."""

    told: Told
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a row is narrowed to; ``None``: everybody, everything."""

    party: str | None = None
    scheme: str | None = None
    branch: Branch | None = None
    part: str | None = None

    def words(self) -> tuple[str, ...]:
        """Return what the scope names."""
        named = (self.party, self.scheme, self.branch and self.branch.value, self.part)
        return tuple(name for name in named if name)


@dataclass(frozen=True, slots=True)
class Row:
    """One clause in all the instruments; ``differs`` names what differs, as far as it can."""

    clause: str
    title: str
    scope: Scope
    cells: tuple[Cell, ...]
    verdict: Verdict
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows over instruments, differences first. With ``model`` the first instrument is one."""

    instruments: tuple[Instrument, ...]
    rows: tuple[Row, ...]
    model: bool = False
