"""Answers of the library as tables: what each column means, and the forms they are given in.

Every table names its columns with their meaning once; JSON, CSV and the code book are made from
the same columns, so that the code book cannot fall behind.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from ssacalc.codes import meant
from ssacalc.domain.errors import InvalidLaw, Problem

Value = str | int | bool | date | None | tuple[str, ...] | dict[str, object]
"""What a cell may hold; ``None``: not known, or nothing is said."""

SEPARATOR = "; "
"""Between several values in one cell of a CSV file."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in files, what it means, and the list of codes it is filled from."""

    name: str
    meaning: str
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: the name it has in files, what a row is, and its columns."""

    name: str
    row: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind."""

    kind: Kind
    rows: tuple[tuple[Value, ...], ...]


def table(kind: Kind, rows: Iterable[Sequence[Value]]) -> Table:
    """Return a table; every row has a value for every column."""
    held = tuple(tuple(row) for row in rows)
    if any(len(row) != len(kind.columns) for row in held):
        raise AssertionError(f"a row of {kind.name} does not fit its columns")
    return Table(kind, held)


def chosen(tables: Sequence[Table], name: str | None) -> Table:
    """Return the table of a name, the first where none is named; raises :class:`InvalidLaw`."""
    held = {table.kind.name: table for table in tables}
    if name is None:
        return tables[0]
    if name in held:
        return held[name]
    problem = Problem(name, "there is no such table in this answer.", meant(name, held))
    raise InvalidLaw("The table is not known.", (problem,))


def as_json(tables: Sequence[Table]) -> str:
    """Return tables as one JSON object: a list of rows under the name of each table."""
    shown = {held.kind.name: [_named(held.kind, row) for row in held.rows] for held in tables}
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _named(kind: Kind, row: Sequence[Value]) -> dict[str, object]:
    return {column.name: plain(v) for column, v in zip(kind.columns, row, strict=True)}


def as_csv(held: Table) -> str:
    """Return a table as CSV with a line of column names; several values stand in one cell."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(column.name for column in held.kind.columns)
    writer.writerows([_cell(value) for value in row] for row in held.rows)
    return written.getvalue().rstrip("\n")


def _cell(value: Value) -> str:
    """Return a value for a cell; text that a spreadsheet would take for a formula is kept text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        value = SEPARATOR.join(value)
    if isinstance(value, dict):
        value = SEPARATOR.join(f"{name} = {said(v)}" for name, v in value.items())
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def plain(value: object) -> object:
    """Return a value of a coded clause as JSON can write it; numbers stay numbers if whole."""
    match value:
        case Enum():
            return value.value
        case Decimal() | Fraction():
            return int(value) if value == int(value) else str(value)
        case date():
            return value.isoformat()
        case dict():
            return {str(name): plain(v) for name, v in value.items()}
        case list() | tuple():
            return [plain(v) for v in value]
        case _:
            return value


def said(value: object) -> str:
    """Return a value of a coded clause in one line of words."""
    match plain(value):
        case bool() as answer:
            return "yes" if answer else "no"
        case {"number": number, "unit": unit}:
            return f"{number} {unit}{'' if number == 1 else 's'}"
        case dict() as named:
            return "{" + ", ".join(f"{name} {said(v)}" for name, v in named.items()) + "}"
        case list() as several:
            return ", ".join(said(v) for v in several)
        case None:
            return "not known"
        case other:
            return str(other)


def place_words(article: str, *, verified: bool) -> str:
    """Return where something stands, in brackets, and whether the text was read."""
    told = [article] if article else []
    if not verified:
        told.append("not verified")
    return f" ({', '.join(told)})" if told else ""
