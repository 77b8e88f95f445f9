"""What binds two States to each other on a day, branch by branch, and what else protects.

Beside the instruments that bind them: those that did or will, bridges over third States, the
standards they ratified, and what the law of each of them gives without any agreement.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ssacalc.domain.agreement import (
    COORDINATING,
    Clause,
    Cover,
    EventKind,
    Instrument,
    InstrumentKind,
    supersedes,
)
from ssacalc.domain.case import Branch
from ssacalc.domain.law import Law
from ssacalc.domain.national import Provision, Ratification
from ssacalc.domain.scheme import AbroadRule, Scheme
from ssacalc.library.bridges import Bridge, bridges, linked
from ssacalc.library.catalogue import awaited, by, row_holds


class Binds(StrEnum):
    """How an instrument stands to a branch between two States."""

    BOTH = "both"
    """Covered for both."""
    ONE = "one"
    """Covered for one of them; not for the other, or nobody coded it."""
    CONTRIBUTIONS = "contributions-only"
    """Only which law applies is settled, not the benefits."""
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Side:
    """What an instrument says of a branch for one of the States.

    ``cover`` is ``None`` where nobody coded it. ``clauses`` are those of :data:`SHOWN` that hold
    for the State and the branch, several of a name where schemes or parts differ.
    """

    country: str
    cover: Cover | None
    article: str = ""
    verified: bool = False
    clauses: tuple[Clause, ...] = ()

    def said(self, name: str) -> tuple[Clause, ...]:
        """Return the clauses of a name."""
        return tuple(clause for clause in self.clauses if clause.id == name)


@dataclass(frozen=True, slots=True)
class Binding:
    """One instrument in force between two States, for one branch.

    ``yields_to`` names the instruments between the same States that replace it in the branch.
    """

    branch: Branch
    instrument: Instrument
    binds: Binds
    sides: tuple[Side, Side]
    yields_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Protection:
    """A standard that one of the States ratified at least.

    ``parties`` tells for each State how it is bound; ``None``: nothing is known of it.
    """

    standard: Instrument
    parties: tuple[Ratification | None, Ratification | None]


@dataclass(frozen=True, slots=True)
class Corridor:
    """Everything known between two States on a day.

    ``instruments`` bind them, ``bindings`` says how for each branch that is known to be covered
    or not; ``other`` instruments do not bind them on the day, as far as is known. ``yields`` names
    for each instrument that binds or may bind those that replace it, in some branches at least.
    """

    states: tuple[str, str]
    on: date
    instruments: tuple[Instrument, ...]
    bindings: tuple[Binding, ...]
    other: tuple[Instrument, ...]
    bridges: tuple[Bridge, ...]
    protections: tuple[Protection, ...]
    provisions: tuple[Provision, ...]
    abroad: tuple[tuple[Scheme, AbroadRule], ...]
    yields: Mapping[str, tuple[Instrument, ...]] = field(default_factory=dict)

    def bare(self) -> tuple[Branch, ...]:
        """Return the branches for which no instrument for everybody covers both States."""
        general = (b for b in self.bindings if not b.instrument.occupation)
        held = {b.branch for b in general if b.binds is Binds.BOTH}
        return tuple(branch for branch in Branch if branch not in held)

    def maybe_replaced(self, instrument: Instrument) -> tuple[Instrument, ...]:
        """Return the instruments of a day that is not known which replace one that binds."""
        return tuple(other for other in self.undated() if instrument.id in other.replaces)

    def undated(self) -> tuple[Instrument, ...]:
        """Return the agreements that may bind the States: the days are not known."""
        return tuple(i for i in self.other if _may_bind(i, self.on))


def _may_bind(instrument: Instrument, on: date) -> bool:
    """Tell whether nothing says that a listed instrument has ended or is not yet there."""
    return (
        instrument.listed
        and instrument.kind in COORDINATING
        and not awaited(instrument, on)
        and by(instrument)
        and all((e.on > on) is (e.kind is EventKind.ENDED) for e in instrument.events)
    )


SHOWN = ("P01", "T05", "T06", "G08")
"""The clauses a corridor shows: method, minimum period, third States, payment abroad."""


def corridor(
    law: Law,
    states: tuple[str, str],
    on: date,
    ratified: Iterable[Ratification] = (),
    provisions: Iterable[Provision] = (),
) -> Corridor:
    """Return what binds and protects between two States on a day."""
    coordinating = [i for i in law.instruments if i.kind in COORDINATING]
    binding = [i for i in coordinating if i.links(*states, on)]
    binding.sort(key=lambda i: (COORDINATING.index(i.kind), i.id))
    names = {instrument.id for instrument in binding}
    other = tuple(i for i in law.instruments if i.id not in names and _between(i, states))
    may = [*binding, *(i for i in other if _may_bind(i, on))]
    yields = {i.id: tuple(o for o in binding if _replaces(o, i, states, on)) for i in may}
    return Corridor(
        states,
        on,
        tuple(binding),
        tuple(_bindings(binding, states, on, yields)),
        other,
        tuple(bridges(coordinating, states, on)),
        tuple(_protections(law.instruments, tuple(ratified), states)),
        tuple(p for p in provisions if p.country in states and p.holds(on)),
        tuple((s, rule) for s in law.schemes if s.country in states for rule in s.abroad),
        {name: by for name, by in yields.items() if by},
    )


def _between(instrument: Instrument, states: Sequence[str]) -> bool:
    """Tell whether an instrument is or was between two States, beside the standards."""
    parties = [instrument.party(state) for state in states]
    if instrument.kind is InstrumentKind.STANDARD:
        return False
    sides = [party.side for party in parties if party is not None]
    return len(sides) == len(states) and (not sides[0] or sides[0] != sides[1])


def _bindings(
    binding: Sequence[Instrument],
    states: tuple[str, str],
    on: date,
    yields: Mapping[str, Sequence[Instrument]],
) -> Iterator[Binding]:
    for branch in Branch:
        for instrument in binding:
            sides = (
                _side(instrument, states[0], branch, on),
                _side(instrument, states[1], branch, on),
            )
            if any(side.cover is not None for side in sides):
                by = (o for o in yields[instrument.id] if _takes(o, instrument, branch, states, on))
                yield Binding(
                    branch, instrument, _binds(sides), sides, yields_to=tuple(o.id for o in by)
                )


def _replaces(one: Instrument, other: Instrument, states: Sequence[str], on: date) -> bool:
    """Tell whether an instrument that binds two States replaces another one between them.

    It says so of that one, or of all that it goes before. One for an occupation replaces none of
    the others: they stay for everybody else.
    """
    if one.occupation and one.occupation != other.occupation:
        return False
    return other.id in one.replaces or any(supersedes(one, other, s, on) for s in states)


def _takes(
    one: Instrument, other: Instrument, branch: Branch, states: Sequence[str], on: date
) -> bool:
    """Tell whether an instrument that replaces another does so in a branch.

    One that goes before others takes their place where it covers the branch itself.
    """
    return other.id in one.replaces or any(
        row.branch is branch
        and row.party == state
        and row.cover is Cover.COVERED
        and row_holds(row, on)
        and supersedes(one, other, state, on)
        for state in states
        for row in one.branches
    )


def _binds(sides: tuple[Side, Side]) -> Binds:
    covers = [side.cover for side in sides]
    covered = covers.count(Cover.COVERED)
    if covered:
        return Binds.BOTH if covered == len(covers) else Binds.ONE
    if Cover.CONTRIBUTIONS_ONLY in covers:
        return Binds.CONTRIBUTIONS
    known = [c for c in covers if c not in (None, Cover.UNKNOWN)]
    return Binds.EXCLUDED if len(known) == len(covers) else Binds.UNKNOWN


def _side(instrument: Instrument, country: str, branch: Branch, on: date) -> Side:
    rows = [
        row
        for row in instrument.branches
        if row.party == country and row.branch is branch and row_holds(row, on)
    ]
    if not rows:
        return Side(country, None)
    row = next((row for row in rows if row.cover is Cover.COVERED), rows[0])
    article, verified = (row.law.article, row.law.verified) if row.law else ("", False)
    clauses = (c for name in SHOWN for c in _clauses(instrument, name, country, branch, on))
    return Side(country, row.cover, article, verified, tuple(clauses))


def _clauses(
    instrument: Instrument, name: str, country: str, branch: Branch, on: date
) -> Iterator[Clause]:
    """Yield the clauses of a name that hold for a State and branch: for all and each scheme."""
    near = [c for c in instrument.clauses if c.id == name and c.party in (None, country)]
    asked = {(None, None): None} | {(c.scheme, c.part): None for c in near}
    found = (
        instrument.clause(name, on, party=country, scheme=scheme, branch=branch, part=part)
        for scheme, part in asked
        if scheme is None or scheme.startswith(country.lower())
    )
    yield from {id(clause): clause for clause in found if clause is not None}.values()


def _protections(
    instruments: Iterable[Instrument], ratified: Sequence[Ratification], states: tuple[str, str]
) -> Iterator[Protection]:
    for standard in instruments:
        if standard.kind is not InstrumentKind.STANDARD:
            continue
        found = {r.country: r for r in ratified if r.standard == standard.id}
        parties = (found.get(states[0]), found.get(states[1]))
        if any(parties):
            yield Protection(standard, parties)


def partners(instruments: Iterable[Instrument], country: str, on: date) -> tuple[str, ...]:
    """Return the States that some coordinating instrument binds to a State on a day."""
    coordinating = [i for i in instruments if i.kind in COORDINATING]
    return tuple(sorted(linked(coordinating, country, on)))
