"""Findings, passages found and attached texts as tables."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ssacalc.library.tables import Column, Kind, Table, table

if TYPE_CHECKING:
    from ssacalc.library.attaching import AttachedText
    from ssacalc.library.instrument_checks import Finding
    from ssacalc.library.searching import Found

_INSTRUMENT = Column("instrument", "id of the instrument")

FINDINGS = Kind(
    "findings",
    "a thing to look at in an instrument that can be used",
    (
        _INSTRUMENT,
        Column("concern", "what sort of thing it is", "concern"),
        Column("place", "where it is: a clause with what it is narrowed to, or a part"),
        Column("told", "what was found"),
        Column("remedy", "what to do about it"),
    ),
)
PASSAGES = Kind(
    "passages",
    "a passage that holds the words looked for, the best first",
    (
        _INSTRUMENT,
        Column("place", "clause, title, note, history, branches, source, or text and its name"),
        Column("article", "where it stands in the instrument or the text"),
        Column("text", "the passage"),
    ),
)
TEXTS = Kind(
    "texts",
    "a text that this office attached to an instrument",
    (
        _INSTRUMENT,
        Column("name", "name of the text beside the instrument"),
        Column("title", "title"),
        Column("original", "where the office's copy lies"),
        Column("attached", "day it was attached"),
        Column("passages", "into how many passages it was cut"),
    ),
)


def findings_table(findings: "Iterable[Finding]") -> Table:
    """Return findings, a row each."""
    rows = ((f.instrument, f.concern.value, f.place, f.told, f.remedy) for f in findings)
    return table(FINDINGS, rows)


def passages_table(found: "Found") -> Table:
    """Return the passages found, the best first."""
    held = (hit.passage for hit in found.hits)
    return table(PASSAGES, ((p.instrument, p.place, p.article, p.text) for p in held))


def texts_table(texts: "Iterable[AttachedText]") -> Table:
    """Return the texts that the office attached."""
    return table(
        TEXTS,
        (
            (t.instrument, t.name, t.title, str(t.original), t.attached, len(t.passages))
            for t in texts
        ),
    )
