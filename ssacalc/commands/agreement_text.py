"""Instruments, passages and texts in plain English for the terminal."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.trace import Citation
from ssacalc.library.catalogue import state
from ssacalc.library.instrument_tables import in_order
from ssacalc.library.tables import Table, place_words, said
from ssacalc.library.taxonomy import taxonomy

if TYPE_CHECKING:
    from ssacalc.library.attaching import AttachedText
    from ssacalc.library.searching import Found

WIDTH = 96


CATALOGUE = "Catalogue only: its clauses are not coded, and nothing is computed with it"
"""Said of an instrument that is known from a list."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(instruments: Sequence[Instrument]) -> Iterator[str]:
    """Yield a line for each instrument, then how many there are."""
    width = max((len(i.id) for i in instruments), default=0)
    for i in instruments:
        yield f"{i.id:<{width}}  {state(i):<24} {marks(i):<21}  {i.short}"
    catalogue = sum(i.listed for i in instruments)
    coded = len(instruments) - catalogue
    parts = f": {coded} coded clause by clause, {catalogue} catalogue only" if catalogue else ""
    yield f"{counted(len(instruments), 'instrument')}{parts}"


def marks(instrument: Instrument) -> str:
    """Say how well an instrument is known."""
    read = "verified" if instrument.verified else "unverified"
    return f"catalogue, {read}" if instrument.listed else read


def described(
    instrument: Instrument, texts: "Sequence[AttachedText]" = (), on: date | None = None
) -> str:
    """Return an instrument in words: parties, history, branches, clauses with their articles."""
    parts = (_head, _parties, _history, _branches)
    lines = [line for part in parts for line in part(instrument)]
    valid = [c for c in instrument.clauses if on is None or c.applies(on)]
    lines += [*_clauses(valid), *_sources(instrument)]
    if texts:
        lines += ["", "Texts you attached", *(f"  {_text(text)}" for text in texts)]
    return "\n".join(lines)


def _head(instrument: Instrument) -> Iterator[str]:
    yield instrument.title
    yield f"{instrument.id} · {instrument.kind.value} · {state(instrument)}"
    if instrument.listed:
        yield f"{CATALOGUE}. What follows was read in a list{_trust(instrument)}."
    if instrument.note:
        yield instrument.note


def _trust(instrument: Instrument) -> str:
    return "" if instrument.verified else " and is not verified"


def _parties(instrument: Instrument) -> Iterator[str]:
    if instrument.parties:
        yield "\nParties"
    for party in instrument.parties:
        until = f" to {party.until}" if party.until else ""
        since = f"since {party.since}" if party.since else "date not known or not bound"
        side = f" (side: {party.side})" if party.side else ""
        yield f"  {party.country}  {since}{until}{side}{_noted(party.note)}"


def _history(instrument: Instrument) -> Iterator[str]:
    if instrument.events:
        yield "\nHistory"
    for event in instrument.events:
        who = f" {event.party}" if event.party else ""
        by = f" by {event.by}" if event.by else ""
        yield f"  {event.on}  {event.kind.value}{who}{by}{_cited(event.law)}{_noted(event.note)}"


def _branches(instrument: Instrument) -> Iterator[str]:
    if instrument.branches:
        yield "\nBranches"
    for row in instrument.branches:
        schemes = f" ({', '.join(row.schemes)})" if row.schemes else ""
        yield (
            f"  {row.party}  {row.branch.value}: {row.cover.value}{schemes}"
            f"{_cited(row.law)}{_noted(row.note)}"
        )


def _clauses(clauses: Sequence[Clause]) -> Iterator[str]:
    known = taxonomy()
    group = ""
    for clause in in_order(clauses):
        if clause.id[0] != group:
            group = clause.id[0]
            yield f"\n{known.groups[group]}"
        yield f"  {clause.id} {known.clauses[clause.id].title}: {_option(clause)}"
        if clause.parameters:
            yield f"      {_parameters(clause)}"
        if clause.note:
            yield f"      {clause.note}"


def _option(clause: Clause) -> str:
    narrowed = (clause.party, clause.scheme, clause.branch and clause.branch.value, clause.part)
    to = ", ".join(name for name in narrowed if name)
    days = f" {clause.since or ''} to {clause.until or ''}".rstrip()
    valid = days if clause.since or clause.until else ""
    return f"{clause.option}{f' [{to}]' if to else ''}{_cited(clause.law)}{valid}"


def _parameters(clause: Clause) -> str:
    return "; ".join(f"{name} = {said(value)}" for name, value in clause.parameters.items())


def _sources(instrument: Instrument) -> Iterator[str]:
    yield "\nSources"
    for source in instrument.sources:
        read = f", read {source.read_on}" if source.read_on else ""
        yield f"  {source.title}{read}\n    {source.address}"


def _cited(law: Citation | None) -> str:
    return place_words(law.article, verified=law.verified) if law and law.article else ""


def _noted(note: str) -> str:
    return f" – {note}" if note else ""


def found_words(found: "Found") -> str:
    """Return the passages found with where each stands."""
    lines: list[str] = []
    for hit in found.hits:
        passage = hit.passage
        where = ", ".join(part for part in (passage.place, passage.article) if part)
        lines.append(f"{passage.instrument}  {where}")
        lines += textwrap.wrap(
            passage.text, WIDTH, initial_indent="    ", subsequent_indent="    ", max_lines=6
        )
    shown, total = len(found.hits), found.total
    left = "" if shown == total else f", {shown} shown (--most {total} shows all)"
    lines.append(f"{counted(total, 'passage')}{left}")
    return "\n".join(lines)


def attached_words(text: "AttachedText") -> str:
    """Tell what was kept, and where."""
    return (
        f"Attached to {text.instrument} as {text.name}: {text.title}"
        f" ({counted(len(text.passages), 'passage')}).\nYour copy: {text.original}"
    )


def detached_words(text: "AttachedText") -> str:
    """Tell what was removed."""
    return f"Removed {text.name} from {text.instrument}; your own file was not touched."


def texts_words(texts: "Sequence[AttachedText]") -> str:
    """Return a line for each attached text."""
    return "\n".join([*(_text(text) for text in texts), counted(len(texts), "text")])


def _text(text: "AttachedText") -> str:
    number = counted(len(text.passages), "passage")
    return f"{text.instrument}  {text.name}  attached {text.attached}  {number}  {text.title}"


def codebook_words(tables: Sequence[Table]) -> str:
    """Return the code book: each table with its columns, then each list of codes."""
    columns, codes = tables
    lines: list[str] = []
    seen = ""
    for name, row, column, meaning, listed_in in columns.rows:
        if name != seen:
            seen = str(name)
            lines += ["", f"Table {name}: {row}"]
        source = f" (codes: {listed_in})" if listed_in else ""
        lines.append(f"  {column}: {meaning}{source}")
    seen = ""
    for name, code, of, meaning in codes.rows:
        if name != seen:
            seen = str(name)
            lines += ["", f"Codes {name}"]
        lines.append(f"  {f'{of} ' if of else ''}{code}{f': {meaning}' if meaning else ''}")
    return "\n".join(lines[1:])
