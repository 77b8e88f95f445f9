"""The library of instruments for readers: what there is, how it stands, a name looked up."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum

from ssacalc.codes import countries, country_meant, meant
from ssacalc.domain.agreement import BranchCover, Cover, EventKind, Instrument, Party
from ssacalc.domain.case import Branch
from ssacalc.domain.errors import InvalidLaw, Problem


class Standing(StrEnum):
    """How an instrument stands on a day."""

    IN_FORCE = "in-force"
    """Two parties at least are bound."""
    ENDED = "ended"
    NOT_YET = "not-yet"
    """Two parties at least will be bound from a later day that is known."""
    NOT_IN_FORCE = "not-in-force"
    """Two parties at least are not bound, or nobody knows from which day."""
    UNDATED = "day-not-known"
    """Known from a list that does not say from which day two parties are or were bound."""
    MODEL = "model"
    """Model provisions: there are no parties."""


class Coding(StrEnum):
    """How far an instrument is coded."""

    CLAUSES = "clause-by-clause"
    LISTED = "catalogue-only"
    """Its parties, days and branches were read in a list; no clause is coded."""


def coding(instrument: Instrument) -> Coding:
    """Return how far an instrument is coded."""
    return Coding.LISTED if instrument.listed else Coding.CLAUSES


def named(instruments: Iterable[Instrument], name: str) -> Instrument:
    """Return the instrument of an id; raises :class:`InvalidLaw` with what may be meant."""
    held = {instrument.id: instrument for instrument in instruments}
    if name in held:
        return held[name]
    near = meant(name, held)
    remedy = near if near.startswith("Did") else "ssacalc agreements list shows them."
    raise InvalidLaw(
        "The instrument cannot be shown.", (Problem(name, "there is no such instrument.", remedy),)
    )


def state_of(code: str) -> str:
    """Return the code of a State as the library writes it; raises :class:`InvalidLaw`."""
    written = code.strip().upper()
    if written in countries().names or "-" in written:
        return written
    problem = Problem(code, "this is the code of no State.", country_meant(code))
    raise InvalidLaw("The State is not known.", (problem,))


def two_states(one: str, other: str) -> tuple[str, str]:
    """Return the codes of two different States; raises :class:`InvalidLaw`."""
    codes = state_of(one), state_of(other)
    if codes[0] == codes[1]:
        problem = Problem(codes[0], "this is one State.", "Name two.")
        raise InvalidLaw("There is no corridor.", (problem,))
    return codes


def branch_of(code: str) -> Branch:
    """Return the branch of a code; raises :class:`InvalidLaw`."""
    known = [branch.value for branch in Branch]
    if code in known:
        return Branch(code)
    problem = Problem(code, "this is no branch.", meant(code, known))
    raise InvalidLaw("The branch is not known.", (problem,))


def selected(
    instruments: Iterable[Instrument],
    parties: Sequence[str] = (),
    on: date | None = None,
    branch: Branch | None = None,
) -> tuple[Instrument, ...]:
    """Return the instruments of all the parties named, in force on a day, covering a branch.

    With a day the parties named must be bound on it; with parties one of them must have the
    branch covered.
    """
    return tuple(
        i
        for i in instruments
        if all(_concerns(i.party(p), on) for p in parties)
        and (on is None or standing(i, on) is Standing.IN_FORCE)
        and (branch is None or any(_covers(b, branch, parties, on) for b in i.branches))
    )


def _concerns(party: Party | None, on: date | None) -> bool:
    return party is not None and (on is None or party.bound(on))


def _covers(row: BranchCover, branch: Branch, parties: Sequence[str], on: date | None) -> bool:
    return (
        row.branch is branch
        and row.cover is Cover.COVERED
        and (not parties or row.party in parties)
        and (on is None or row_holds(row, on))
    )


def row_holds(row: BranchCover, on: date) -> bool:
    """Tell whether a row on a branch is valid on a day."""
    return not ((row.since and on < row.since) or (row.until and on > row.until))


def standing(instrument: Instrument, on: date, states: Collection[str] = ()) -> Standing:
    """Return how an instrument stands on a day, or how it stands between some of its States."""
    if not instrument.parties and not instrument.listed:
        return Standing.MODEL
    parties = _among(instrument, states)
    if sum(party.bound(on) for party in parties) >= _LEAST:
        return Standing.IN_FORCE
    first, _ = span(instrument, states)
    if first is not None:
        return Standing.NOT_YET if on < first else Standing.ENDED
    known = sum(party.since is not None for party in parties) >= _LEAST
    if known or not instrument.listed or awaited(instrument, on):
        return Standing.NOT_IN_FORCE
    return Standing.UNDATED


def awaited(instrument: Instrument, on: date) -> bool:
    """Tell whether a list says that an instrument was not in force on a day or later."""
    return instrument.not_in_force is not None and on <= instrument.not_in_force


def _among(instrument: Instrument, states: Collection[str]) -> tuple[Party, ...]:
    return tuple(p for p in instrument.parties if not states or p.country in states)


_LEAST = 2
"""How many States an instrument needs to be in force."""


def span(instrument: Instrument, states: Collection[str] = ()) -> tuple[date | None, date | None]:
    """Return the first and the last day on which an instrument binds two of its States.

    With two States named, those on which it binds these two to each other. ``None`` for the first
    where no day is known or there never was one, for the last where there is no end.
    """
    dated = [(p.since, p.until or date.max) for p in _among(instrument, states) if p.since]
    if len(dated) < _LEAST:
        return None, None
    first = sorted(since for since, _ in dated)[_LEAST - 1]
    last = sorted(until for _, until in dated)[-_LEAST]
    if last < first:
        return None, None
    return first, None if last == date.max else last


def state(instrument: Instrument, states: Collection[str] = ()) -> str:
    """Return in words from when to when an instrument is in force, or binds two of its States."""
    if not instrument.parties:
        return "parties not known" if instrument.listed else "model provisions"
    first, last = span(instrument, states)
    if first is None:
        if instrument.not_in_force:
            return f"not in force on {instrument.not_in_force}"
        return "day not known" if instrument.listed else "not in force"
    begun = f"by {first}" if by(instrument) else str(first)
    return f"{begun} to {last}" if last else f"in force {begun}"


def by(instrument: Instrument) -> bool:
    """Tell whether an instrument was in force before the first day known of it, for all we know."""
    return instrument.listed and not any(e.kind is EventKind.IN_FORCE for e in instrument.events)
