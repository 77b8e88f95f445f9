"""A comparison in plain English for the terminal: differences first, then what is not known."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ssacalc.commands.agreement_text import marks
from ssacalc.library.catalogue import state
from ssacalc.library.comparison import PARTNER, Comparison, Row, Said, Told, Verdict
from ssacalc.library.comparison_tables import said_words
from ssacalc.library.profiles import Profile
from ssacalc.library.tables import said
from ssacalc.library.taxonomy import taxonomy

_HEADS = {
    Verdict.DIFFERENT: "They differ",
    Verdict.UNKNOWN: "Not known for all (nobody coded it, or the text is unclear)",
    Verdict.SAME: "They agree",
}
_TOLD = {
    Told.ELSEWHERE: "only for some: see the narrower rows",
    Told.NOT_CODED: "not coded",
    Told.GENERAL: "by its general clause",
}


def compared(comparison: Comparison, profiles: Sequence[Profile]) -> str:
    """Return the comparison clause by clause, and the profiles over the five principles."""
    return "\n".join([*_head(comparison), *_rows(comparison), *_profiles(profiles)])


def _head(comparison: Comparison) -> Iterator[str]:
    width = _width(comparison)
    for number, instrument in enumerate(comparison.instruments):
        role = " (the others are set against it)" if comparison.model and number == 0 else ""
        told = f"{instrument.short}, {state(instrument)}, {marks(instrument)}"
        yield f"{instrument.id:<{width}}  {told}{role}"


def _width(comparison: Comparison) -> int:
    return max(len(instrument.id) for instrument in comparison.instruments)


def _rows(comparison: Comparison) -> Iterator[str]:
    width = _width(comparison)
    for verdict, group in groupby(comparison.rows, key=lambda row: row.verdict):
        rows = list(group)
        yield f"\n{_HEADS[verdict]}: {len(rows)}"
        for row in rows:
            yield f"\n  {_title(row)}{_redline(row)}"
            for instrument, cell in zip(comparison.instruments, row.cells, strict=True):
                held = " | ".join(said_words(what) for what in cell.said)
                told = _TOLD.get(cell.told, "")
                how = f" – {told}" if held and told else told
                yield f"    {instrument.id:<{width}}  {held}{how}"


def _title(row: Row) -> str:
    words = ["the partner" if word == PARTNER else word for word in row.scope.words()]
    to = f" [{', '.join(words)}]" if words else ""
    code = "" if row.clause == "branch" else f"{row.clause} "
    return f"{code}{row.title}{to}"


def _redline(row: Row) -> str:
    """Return what differs; of two instruments also from what to what."""
    if row.verdict is not Verdict.DIFFERENT:
        return ""
    held = [cell.said[0] for cell in row.cells if len(cell.said) == 1]
    if len(row.cells) != _PAIR or len(held) != _PAIR:
        return f"  ({', '.join(row.differs)})"
    one, other = held
    changes = (f"{name} {_value(one, name)} → {_value(other, name)}" for name in row.differs)
    return f"  ({'; '.join(change for change in changes if len(change) < _LONG)})"


_PAIR = 2
_LONG = 80
"""Characters of a change that is left to the lines below."""


def _value(what: Said, name: str) -> str:
    if name == "option":
        return what.option
    held = dict(what.parameters)
    return said(held[name]) if name in held else "not stated"


def _profiles(profiles: Sequence[Profile]) -> Iterator[str]:
    if not profiles:
        return
    topics = taxonomy().topics
    width = max(len(p.instrument.id) for p in profiles)
    yield "\nThe five principles, in numbers of clauses"
    for topic, group in groupby(profiles, key=lambda p: p.topic):
        yield f"\n  {topics[topic].title}"
        for p in group:
            model = "" if p.like is None else f", {p.like} like the model, {p.unlike} unlike it"
            yield (
                f"    {p.instrument.id:<{width}}  {p.coded} coded, {p.silent} silent,"
                f" {p.unclear} unclear, {p.not_coded} not coded{model}"
            )
