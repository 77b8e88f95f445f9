"""A comparison as tables: a row for each clause and instrument, the grid, and the profiles."""

from collections.abc import Iterable, Iterator

from ssacalc.library.comparison import Cell, Comparison, Row, Said
from ssacalc.library.profiles import Profile
from ssacalc.library.tables import Column, Kind, Table, Value, place_words, said, table

_ROW = (
    Column("clause", "id of the clause; branch: the rows on branches covered", "clause"),
    Column("title", "what the clause is about"),
    Column("party", "the State the row is narrowed to; partner: the one not shared", "country"),
    Column("scheme", "the scheme the row is narrowed to"),
    Column("branch", "the branch the row is narrowed to", "branch"),
    Column("part", "the part of the amount the row is narrowed to"),
    Column("verdict", "what the row shows", "verdict"),
    Column("differs", "what differs: option, or names of parameters"),
)
COMPARISON = Kind(
    "comparison",
    "what one instrument says in one row of the comparison",
    (
        *_ROW,
        Column("instrument", "id of the instrument"),
        Column("told", "how the instrument stands to the clause", "told"),
        Column("narrowed", "what the instrument's own clause is narrowed to beyond the row"),
        Column("option", "which of the closed options the text takes", "clause-option"),
        Column("parameters", "numbers and lists of the clause, by name", "clause-parameter"),
        Column("article", "where it stands in the text"),
        Column("verified", "yes: the text was read; no: recalled or inferred"),
        Column("note", "in the coder's own words"),
    ),
)
GRID = Kind(
    "grid",
    "a row of the comparison, with a column for each instrument named after it",
    _ROW,
)
PROFILES = Kind(
    "profiles",
    "one of the five principles in one instrument, in numbers of clauses",
    (
        Column("topic", "the principle", "topic"),
        Column("instrument", "id of the instrument"),
        Column("coded", "clauses that say something"),
        Column("silent", "clauses the text says nothing of"),
        Column("inconclusive", "clauses that can be read more than one way"),
        Column("not_coded", "clauses that nobody coded: not known"),
        Column("like_model", "clauses that agree with the model; empty: no model"),
        Column("unlike_model", "clauses that differ from the model; empty: no model"),
    ),
)


def comparison_table(comparison: Comparison) -> Table:
    """Return a row for every clause and instrument, differences first."""
    return table(
        COMPARISON,
        (
            (*_place(row), instrument.id, cell.told.value, *_said(what))
            for row in comparison.rows
            for instrument, cell in zip(comparison.instruments, row.cells, strict=True)
            for what in cell.said or (None,)
        ),
    )


def grid_table(comparison: Comparison) -> Table:
    """Return the comparison as people lay it side by side: an instrument a column."""
    own = tuple(Column(i.id, f"what {i.short} says") for i in comparison.instruments)
    kind = Kind(GRID.name, GRID.row, (*_ROW, *own))
    rows = ((*_place(row), *(cell_words(cell) for cell in row.cells)) for row in comparison.rows)
    return table(kind, rows)


def profiles_table(profiles: Iterable[Profile]) -> Table:
    """Return the profiles over the five principles."""
    return table(
        PROFILES,
        (
            (
                *(p.topic, p.instrument.id, p.coded, p.silent, p.unclear, p.not_coded),
                *(p.like, p.unlike),
            )
            for p in profiles
        ),
    )


def _place(row: Row) -> Iterator[Value]:
    scope = row.scope
    yield from (row.clause, row.title, scope.party, scope.scheme)
    yield from (scope.branch and scope.branch.value, scope.part, row.verdict.value, row.differs)


def _said(what: Said | None) -> tuple[Value, ...]:
    if what is None:
        return (None,) * 6
    return (
        *(what.narrowed, what.option, dict(what.parameters)),
        *(what.article, what.verified, what.note),
    )


def cell_words(cell: Cell) -> str:
    """Return what a cell says in one line; where nothing is said how that stands."""
    return " | ".join(said_words(what) for what in cell.said) or cell.told.value


def said_words(what: Said) -> str:
    """Return option, parameters and article in one line."""
    to = f"[{', '.join(what.narrowed)}] " if what.narrowed else ""
    held = "".join(f"; {name} {said(value)}" for name, value in what.parameters)
    return f"{to}{what.option}{held}{place_words(what.article, verified=what.verified)}"
