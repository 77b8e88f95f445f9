"""The library of instruments for readers: lists, one instrument in words, a name looked up."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ssacalc.codes import meant
from ssacalc.domain.agreement import BranchCover, Clause, Cover, Instrument
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.trace import Citation
from ssacalc.library.instruments import taxonomy


def named(instruments: Sequence[Instrument], name: str) -> Instrument:
    """Return the instrument of an id; raises :class:`InvalidLaw` with what may be meant."""
    for instrument in instruments:
        if instrument.id == name:
            return instrument
    remedy = meant(name, [i.id for i in instruments]) or "ssacalc agreements list shows them."
    raise InvalidLaw(
        "The instrument cannot be shown.", (Problem(name, "there is no such instrument.", remedy),)
    )


def selected(
    instruments: Iterable[Instrument],
    parties: Sequence[str] = (),
    on: date | None = None,
    branch: str | None = None,
) -> list[Instrument]:
    """Return the instruments of all the parties named, in force on a day, covering a branch."""
    return [
        i
        for i in instruments
        if all(i.party(p.upper()) for p in parties)
        and (on is None or sum(p.bound(on) for p in i.parties) > 1)
        and (branch is None or any(_covers(b, branch) for b in i.branches))
    ]


def _covers(row: BranchCover, branch: str) -> bool:
    return row.branch.value == branch and row.cover is Cover.COVERED


def listed(
    instruments: Iterable[Instrument],
    parties: Sequence[str] = (),
    on: date | None = None,
    branch: str | None = None,
) -> Iterator[str]:
    """Yield a line for each instrument selected, then how many there are."""
    found = selected(instruments, parties, on, branch)
    width = max((len(i.id) for i in found), default=0)
    for instrument in found:
        marks = "verified  " if instrument.verified else "unverified"
        yield f"{instrument.id:<{width}}  {state(instrument):<24} {marks}  {instrument.short}"
    yield f"{len(found)} {'instrument' if len(found) == 1 else 'instruments'}"


def state(instrument: Instrument) -> str:
    """Return how an instrument stands, by its parties' dates."""
    since = [p.since for p in instrument.parties if p.since]
    if not since:
        return "not in force"
    ended = [p.until for p in instrument.parties if p.until]
    begins = f"in force {min(since)}"
    if len(ended) >= len(instrument.parties) - 1 and ended:
        return f"{min(since)} to {max(ended)}"
    return begins


def described(instrument: Instrument) -> str:
    """Return an instrument in words: parties, history, branches, clauses with their articles."""
    return "\n".join(_lines(instrument))


def _lines(instrument: Instrument) -> Iterator[str]:
    yield instrument.title
    yield f"{instrument.id} · {instrument.kind.value} · {state(instrument)}"
    if instrument.note:
        yield instrument.note
    yield ""
    yield "Parties"
    for party in instrument.parties:
        until = f" to {party.until}" if party.until else ""
        since = f"since {party.since}" if party.since else "date not known or not bound"
        yield f"  {party.country}  {since}{until}{_noted(party.note)}"
    if instrument.events:
        yield "\nHistory"
    for event in instrument.events:
        who = f" {event.party}" if event.party else ""
        by = f" by {event.by}" if event.by else ""
        yield f"  {event.on}  {event.kind.value}{who}{by}{_cited(event.law)}{_noted(event.note)}"
    if instrument.branches:
        yield "\nBranches"
    for row in instrument.branches:
        schemes = f" ({', '.join(row.schemes)})" if row.schemes else ""
        yield (
            f"  {row.party}  {row.branch.value}: {row.cover.value}{schemes}"
            f"{_cited(row.law)}{_noted(row.note)}"
        )
    yield from _clauses(instrument)
    yield "\nSources"
    for source in instrument.sources:
        read = f", read {source.read_on}" if source.read_on else ""
        yield f"  {source.title}{read}\n    {source.address}"


def _clauses(instrument: Instrument) -> Iterator[str]:
    titles = taxonomy()
    group = ""
    for clause in sorted(
        instrument.clauses, key=lambda c: "GLTPBAF".index(c.id[0]) * 100 + int(c.id[1:])
    ):
        if clause.id[0] != group:
            group = clause.id[0]
            yield f"\n{titles.groups[group]}"
        yield f"  {clause.id} {titles.clauses[clause.id].title}: {option(clause)}"
        if clause.parameters:
            yield f"      {parameters(clause)}"
        if clause.note:
            yield f"      {clause.note}"


def option(clause: Clause) -> str:
    """Return a clause's option with what it is narrowed to, its article and its status."""
    narrowed = [clause.party, clause.scheme, clause.branch and clause.branch.value, clause.part]
    to = ", ".join(str(n) for n in narrowed if n)
    return f"{clause.option}{f' [{to}]' if to else ''}{_cited(clause.law)}"


def parameters(clause: Clause) -> str:
    """Return a clause's parameters in one line."""
    return "; ".join(f"{name} = {_plain(value)}" for name, value in clause.parameters.items())


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} {_plain(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return ", ".join(_plain(v) for v in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _cited(law: Citation | None) -> str:
    if law is None or not law.article:
        return ""
    return f" ({law.article}{'' if law.verified else ', not verified'})"


def _noted(note: str) -> str:
    return f" – {note}" if note else ""
