"""The code book: what every column of every table means, and every code it can hold."""

from collections.abc import Iterator
from enum import StrEnum

from ssacalc.codes import countries
from ssacalc.domain.agreement import Cover, EventKind, InstrumentKind
from ssacalc.domain.case import Branch
from ssacalc.domain.national import PaymentAbroad
from ssacalc.domain.rules import Payment
from ssacalc.library import answer_tables, comparison_tables, corridor_tables, instrument_tables
from ssacalc.library.catalogue import Coding, Standing
from ssacalc.library.comparison import Told, Verdict
from ssacalc.library.corridors import Binds
from ssacalc.library.coverage import COVERAGE
from ssacalc.library.engine_clauses import UNIVERSAL_OPTIONS
from ssacalc.library.instrument_checks import Concern
from ssacalc.library.tables import Column, Kind, Table, table
from ssacalc.library.taxonomy import Taxonomy, taxonomy

COLUMNS = Kind(
    "columns",
    "a column of a table",
    (
        Column("table", "name of the table"),
        Column("row", "what a row of the table is"),
        Column("column", "name of the column"),
        Column("meaning", "what it holds; in CSV several values are parted by semicolons"),
        Column("codes", "the list of codes it is filled from; empty: free"),
    ),
)
CODES = Kind(
    "codes",
    "a code of a list",
    (
        Column("list", "name of the list"),
        Column("code", "the code"),
        Column("of", "the clause whose code it is; empty: no clause's"),
        Column("meaning", "what it stands for; empty: the code says it"),
    ),
)
KINDS = (
    instrument_tables.INSTRUMENTS,
    instrument_tables.PARTIES,
    instrument_tables.EVENTS,
    instrument_tables.BRANCHES,
    instrument_tables.CLAUSES,
    instrument_tables.SOURCES,
    comparison_tables.COMPARISON,
    comparison_tables.GRID,
    comparison_tables.PROFILES,
    corridor_tables.BINDINGS,
    corridor_tables.IN_FORCE,
    corridor_tables.OTHERS,
    corridor_tables.BRIDGES,
    corridor_tables.RATIFICATIONS,
    corridor_tables.PROVISIONS,
    corridor_tables.ABROAD,
    answer_tables.PASSAGES,
    answer_tables.TEXTS,
    answer_tables.FINDINGS,
    COVERAGE,
    COLUMNS,
    CODES,
)
"""Every kind of table the library gives out."""

_LISTS: dict[str, type[StrEnum]] = {
    "instrument-kind": InstrumentKind,
    "event": EventKind,
    "branch": Branch,
    "cover": Cover,
    "standing": Standing,
    "coding": Coding,
    "verdict": Verdict,
    "told": Told,
    "binds": Binds,
    "payment-abroad": PaymentAbroad,
    "payment": Payment,
    "concern": Concern,
}

_MEANINGS = {
    ("cover", Cover.CONTRIBUTIONS_ONLY): "only which law applies is settled, not the benefits",
    ("cover", Cover.UNKNOWN): "nobody read how it stands",
    ("standing", Standing.IN_FORCE): "two parties at least are bound on the day",
    ("standing", Standing.NOT_IN_FORCE): "no day is known from which two parties were bound",
    (
        "standing",
        Standing.UNDATED,
    ): "in a list that does not say from which day; it may bind",
    ("standing", Standing.NOT_YET): "in force from a later day that is known",
    ("standing", Standing.MODEL): "model provisions, which bind nobody",
    ("coding", Coding.LISTED): "known from a list; nothing is computed with it",
    ("verdict", Verdict.UNKNOWN): "nothing differs among what is known, but not all is known",
    ("told", Told.GENERAL): "by its general clause; it has none so narrow",
    ("told", Told.ELSEWHERE): "only by narrower clauses, which have rows of their own",
    ("told", Told.INCONCLUSIVE): "the text can be read more than one way",
    ("told", Told.NOT_CODED): "not known: nobody coded it",
    ("binds", Binds.BOTH): "covered for both States",
    ("binds", Binds.ONE): "covered for one of them only, as far as known",
    ("binds", Binds.CONTRIBUTIONS): "only which law applies is settled, not the benefits",
    ("payment-abroad", PaymentAbroad.LIMITED): "for a time, after a time, or in part",
    ("payment-abroad", PaymentAbroad.OWN_NATIONALS): "to own nationals; others by agreement",
    ("concern", Concern.UNUSABLE): "an option that the engine does not compute",
    ("concern", Concern.UNVERIFIED): "not read, though a determination computes with it",
    ("concern", Concern.NAME): "an id that does not say the parties or the year",
    ("concern", Concern.TWICE): "in a list, and elsewhere in the library too",
    ("concern", Concern.SCHEME): "a scheme that the library may know by another name",
    ("concern", Concern.SOURCE): "an address at which the text cannot be found",
    ("concern", Concern.STALE): "not checked in the last three years",
}


def codebook() -> tuple[Table, ...]:
    """Return the columns of all tables, and all codes."""
    columns = (
        (kind.name, kind.row, column.name, column.meaning, column.codes)
        for kind in KINDS
        for column in kind.columns
    )
    return table(COLUMNS, columns), table(CODES, _codes())


def _codes() -> Iterator[tuple[str, str, str, str]]:
    for name, members in _LISTS.items():
        yield from ((name, m.value, "", _MEANINGS.get((name, m), "")) for m in members)
    yield from _of_clauses(taxonomy())
    for topic, told in taxonomy().topics.items():
        principle = " (principle)" if told.principle else ""
        yield "topic", topic, "", f"{told.title}{principle}: {', '.join(told.clauses)}"
    yield from (("country", code, "", name) for code, name in countries().names.items())


def _of_clauses(known: Taxonomy) -> Iterator[tuple[str, str, str, str]]:
    for code, clause in known.clauses.items():
        yield "clause", code, "", f"{known.groups[code[0]]}: {clause.title}"
        for option in (*clause.options, *UNIVERSAL_OPTIONS):
            yield "clause-option", option, code, _UNIVERSAL.get(option, "")
        for parameter, unit in clause.parameters.items():
            yield "clause-parameter", parameter, code, unit


_UNIVERSAL = {
    "silent": "the text says nothing",
    "inconclusive": "the text can be read more than one way",
    "not-applicable": "the matter cannot arise under the text",
}
