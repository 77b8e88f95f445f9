"""Instruments: agreements, conventions and regulations, as coded clauses.

The coded clauses are what people read and compare, and they are the engine's parameters: there
is no second copy.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from ssacalc.domain.case import PENSIONS, Branch
from ssacalc.domain.rules import Rule
from ssacalc.domain.trace import Citation


class InstrumentKind(StrEnum):
    """What sort of act an instrument is."""

    BILATERAL = "bilateral"
    MULTILATERAL = "multilateral"
    SUPRANATIONAL = "supranational"
    PROTOCOL = "protocol"
    ADMINISTRATIVE = "administrative"
    STANDARD = "standard"
    UNILATERAL = "unilateral"
    LABOUR = "labour"


COORDINATING = (
    InstrumentKind.SUPRANATIONAL,
    InstrumentKind.MULTILATERAL,
    InstrumentKind.BILATERAL,
)
"""Kinds that co-ordinate schemes between States, the one that goes before first."""


class EventKind(StrEnum):
    """What happened to an instrument."""

    SIGNED = "signed"
    RATIFIED = "ratified"
    PROVISIONAL = "provisional"
    IN_FORCE = "in-force"
    AMENDED = "amended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    DENOUNCED = "denounced"
    ENDED = "ended"
    REPLACED = "replaced"
    SUCCEEDED = "succeeded"


class Cover(StrEnum):
    """How a branch stands in an instrument for one party."""

    COVERED = "covered"
    CONTRIBUTIONS_ONLY = "contributions-only"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an instrument, for all parties or for one."""

    kind: EventKind
    on: date
    party: str | None = None
    by: str | None = None
    law: Citation | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A State bound by an instrument, from ``since`` to ``until`` (``None`` = still bound).

    Parties of one named ``side`` are not bound to each other by the instrument (the Member States
    in an agreement of the Union with another State).
    """

    country: str
    since: date | None
    until: date | None = None
    note: str = ""
    side: str = ""

    def bound(self, on: date) -> bool:
        """Tell whether the State is bound on a day."""
        return (
            self.since is not None and self.since <= on and (self.until is None or on <= self.until)
        )


@dataclass(frozen=True, slots=True)
class BranchCover:
    """One branch for one party: covered or not, and by which schemes of the library."""

    party: str
    branch: Branch
    cover: Cover
    schemes: tuple[str, ...] = ()
    law: Citation | None = None
    since: date | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause as coded: a closed option with parameters, pinned to its article.

    ``party``, ``scheme``, ``branch`` and ``part`` narrow the clause; ``None`` means it holds for
    all. ``nature`` tells a right from a discretion. ``since`` and ``until`` are its validity.
    ``rule`` is the typed form of the parameters for the clauses that the engine computes with.
    """

    id: str
    option: str
    law: Citation
    parameters: dict[str, object]
    party: str | None = None
    scheme: str | None = None
    branch: Branch | None = None
    part: str | None = None
    nature: str = "right"
    since: date | None = None
    until: date | None = None
    note: str = ""
    checked_by: str = ""
    checked_on: date | None = None
    rule: Rule | None = None

    def applies(self, on: date) -> bool:
        """Tell whether the clause is valid on a day."""
        return not ((self.since and on < self.since) or (self.until and on > self.until))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text or figure was read."""

    id: str
    title: str
    address: str
    language: str = ""
    read_on: date | None = None
    passage: str = ""


@dataclass(frozen=True)
class Instrument:
    """One instrument with its parties, history, branches and coded clauses.

    The fields named in ``LATER`` have no default in the class, so that those of an instrument
    made by :meth:`later` can be filled in when they are first asked for.
    """

    id: str
    kind: InstrumentKind
    title: str
    short: str
    parties: tuple[Party, ...]
    events: tuple[Event, ...] = field(default_factory=tuple)
    branches: tuple[BranchCover, ...] = field(default_factory=tuple)
    clauses: tuple[Clause, ...] = field(default_factory=tuple)
    sources: tuple[Source, ...] = field(default_factory=tuple)
    replaces: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    totalises: bool | None = None
    checked_on: date | None = None
    verified: bool = False
    note: str = ""
    occupation: str = ""
    """The one occupation the instrument is for, as periods name it; empty = everybody."""
    listed: bool = False
    """Known from a list of instruments alone: no clause was coded, so that nothing can be computed
    with it."""
    not_in_force: date | None = None
    """A day on which it was not yet in force, as a list says; whether later is not known."""

    @classmethod
    def later(cls, head: Mapping[str, object], fill: Callable[[str], object]) -> "Instrument":
        """Return an instrument whose fields in ``LATER`` are made when first asked for.

        ``head`` holds the other fields, ``fill`` makes one of the rest by its name. Whoever uses
        the instrument cannot tell it from one made at once.
        """
        made = object.__new__(cls)
        made.__dict__.update(head, _fill=fill)
        return made

    if not TYPE_CHECKING:  # to the type checker every field is always there

        def __getattr__(self, name: str) -> object:
            """Make a field that was left for later."""
            held = self.__dict__
            if name not in LATER or "_fill" not in held:
                msg = f"{type(self).__name__!r} object has no attribute {name!r}"
                raise AttributeError(msg)
            value = held[name] = held["_fill"](name)
            return value

        def __getstate__(self) -> dict[str, object]:
            """Copy and pickle the fields alone, all of them."""
            return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def party(self, country: str) -> Party | None:
        """Return the party, or ``None`` where the State is none."""
        return self._by_country.get(country)

    @cached_property
    def _by_country(self) -> dict[str, Party]:
        return {party.country: party for party in self.parties}

    def binds(self, country: str, on: date) -> bool:
        """Tell whether a State is bound by the instrument on a day."""
        party = self.party(country)
        return party is not None and party.bound(on)

    def links(self, one: str, other: str, on: date) -> bool:
        """Tell whether the instrument binds two States to each other on a day."""
        a, b = self.party(one), self.party(other)
        if a is None or b is None or not (a.bound(on) and b.bound(on)):
            return False
        return not a.side or a.side != b.side

    @cached_property
    def _by_id(self) -> dict[str, tuple[Clause, ...]]:
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses:
            found.setdefault(clause.id, []).append(clause)
        return {name: tuple(clauses) for name, clauses in found.items()}

    def clause(
        self,
        id: str,  # noqa: A002 - the taxonomy's own word
        on: date,
        *,
        party: str | None = None,
        scheme: str | None = None,
        branch: Branch | None = None,
        part: str | None = None,
    ) -> Clause | None:
        """Return the clause valid on a day that speaks most particularly of what is asked.

        A clause narrowed to another party, scheme, branch or part does not apply; among those
        that apply the one narrowed by most of the four prevails, the scheme counting most.
        """
        asked = (id, on, party, scheme, branch, part)
        answers = self._answers
        if asked not in answers:
            if len(answers) >= _MOST_ANSWERS:
                answers.clear()
            found = self._by_id.get(id, ())
            answers[asked] = _most_particular(found, on, party, scheme, branch, part)
        return answers[asked]

    @cached_property
    def _answers(self) -> dict[tuple[object, ...], Clause | None]:
        return {}


def supersedes(one: Instrument, other: Instrument, country: str, on: date) -> bool:
    """Tell whether an instrument goes before another and says for a State that it replaces it.

    That is clause G11; its parameter ``save`` names the instruments that stay. It holds between
    States whom both bind: whether they do the caller knows.
    """
    if COORDINATING.index(one.kind) >= COORDINATING.index(other.kind):
        return False
    clause = one.clause("G11", on, party=country)
    if clause is None or clause.option != "replaces":
        return False
    saved = clause.parameters.get("save", ())
    return not (isinstance(saved, (list, tuple)) and other.id in saved)


LATER = ("events", "branches", "clauses", "sources")
"""The fields of an instrument that are large: a list or a search can do without them."""

_MOST_ANSWERS = 4096
"""How many answers an instrument remembers: a determination asks the same few over and over."""


def _most_particular(
    clauses: tuple[Clause, ...],
    on: date,
    party: str | None,
    scheme: str | None,
    branch: Branch | None,
    part: str | None,
) -> Clause | None:
    best: Clause | None = None
    rank = -1
    for clause in clauses:
        if not clause.applies(on) or _of_pensions_only(clause, branch):
            continue
        score = _particularity(clause, party, scheme, branch, part)
        if score > rank:
            best, rank = clause, score
    return best


def _of_pensions_only(clause: Clause, branch: Branch | None) -> bool:
    """Tell whether a clause speaks of pensions and another benefit is asked about.

    Group P and the minimum own period (T05) are rules on pensions unless narrowed to a branch.
    """
    if clause.branch is not None or branch is None or branch in PENSIONS:
        return False
    return clause.id.startswith("P") or clause.id == "T05"


def _particularity(
    clause: Clause,
    party: str | None,
    scheme: str | None,
    branch: Branch | None,
    part: str | None,
) -> int:
    score = 0
    for said, asked, weight in (
        (clause.part, part, 8),
        (clause.scheme, scheme, 4),
        (clause.party, party, 2),
        (clause.branch, branch, 1),
    ):
        if said is None:
            continue
        if said != asked:
            return -1
        score += weight
    return score
