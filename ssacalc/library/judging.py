"""Whether the cells of a row mean the same: parties by their role, parameters with defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from ssacalc.library.comparison import PARTNER, Row, Said, Told, Verdict
from ssacalc.library.engine_clauses import ENGINE_CLAUSES, UNIVERSAL_OPTIONS
from ssacalc.library.tables import plain

Meaning = tuple[tuple[str, object], ...]
"""What a cell says, put so that equal meanings are equal: option and parameters by name."""


def judged(row: Row, names: Sequence[Mapping[str, str]], *, against: bool) -> Row:
    """Return a row with its verdict: against the first cell, or of all cells with each other.

    ``names`` holds for each column the codes of its parties and what they are called in rows.
    """
    meanings = [
        [_meaning(row.clause, said, names[number]) for said in cell.said]
        if cell.told in (Told.CODED, Told.GENERAL)
        else None
        for number, cell in enumerate(row.cells)
    ]
    known = [m for m in meanings if m is not None]
    first = meanings[0] if against else next(iter(known), None)
    others = [m for m in meanings[1:] if m is not None] if against else known[1:]
    told = [_compared(first, other) for other in others] if first is not None else []
    unlike = {name for names, _ in told for name in names}
    if unlike:
        return replace(row, verdict=Verdict.DIFFERENT, differs=tuple(sorted(unlike)))
    whole = len(known) == len(meanings) and all(known for _, known in told)
    return row if whole else replace(row, verdict=Verdict.UNKNOWN)


def _compared(one: Sequence[Meaning], other: Sequence[Meaning]) -> tuple[frozenset[str], bool]:
    """Return what differs between two cells, and whether all of both could be compared.

    Where several clauses stand in a cell only whether all are the same can be told.
    """
    if len(one) != 1 or len(other) != 1:
        alike = all(m in other for m in one) and all(m in one for m in other)
        return frozenset(() if alike else ("option",)), True
    left, right = dict(one[0]), dict(other[0])
    both = left.keys() & right.keys()
    unlike = frozenset(name for name in both if left[name] != right[name])
    return unlike, left.keys() == right.keys()


def _meaning(clause: str, said: Said, names: Mapping[str, str]) -> Meaning:
    held: dict[str, object] = {}
    if said.option not in UNIVERSAL_OPTIONS:
        held = {**_presumed(clause)}
        held.update((name, _neutral(plain(value), names)) for name, value in said.parameters)
    return tuple(sorted({**held, "option": said.option}.items()))


@cache
def _presumed(clause: str) -> Mapping[str, object]:
    """Return what the parameters of a clause are where a text does not state them."""
    form = ENGINE_CLAUSES.get(clause)
    return {name: plain(f.default) for name, f in form.model_fields.items()} if form else {}


def _neutral(value: object, names: Mapping[str, str]) -> object:
    """Return a parameter with each party, and its schemes, called as in the other instruments."""
    if isinstance(value, dict):
        return {name: _neutral(v, names) for name, v in value.items()}
    if isinstance(value, list):
        return [_neutral(v, names) for v in value]
    if isinstance(value, str):
        state = value if value in names else value.partition("-")[0].upper()
        called = names.get(state, value)
        return called if called == PARTNER else value
    return value
