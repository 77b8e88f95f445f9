"""Instruments as tables: a row for each, and for each party, event, branch, clause and source."""

from collections.abc import Iterable, Sequence
from datetime import date

from ssacalc.domain.agreement import Clause, Cover, Instrument
from ssacalc.domain.trace import Citation
from ssacalc.library.catalogue import coding, span, standing
from ssacalc.library.tables import Column, Kind, Table, Value, table
from ssacalc.library.taxonomy import taxonomy

_INSTRUMENT = Column("instrument", "id of the instrument")
_ARTICLE = Column("article", "where it stands in the text; empty where no article was coded")
_VERIFIED = Column("verified", "yes: the text was read; no: recalled or inferred")
_NOTE = Column("note", "in the coder's own words")

INSTRUMENTS = Kind(
    "instruments",
    "an instrument",
    (
        Column("id", "id of the instrument, the name of its file"),
        Column("kind", "what sort of act it is", "instrument-kind"),
        Column("title", "full title"),
        Column("short", "name in citations"),
        Column("coding", "whether its clauses are coded, or what a list tells of it", "coding"),
        Column("parties", "States that are or were parties", "country"),
        Column("standing", "how it stands on the day asked for", "standing"),
        Column("since", "first day on which two parties are bound"),
        Column("until", "last day on which two parties are bound; empty: no end"),
        Column("totalises", "whether it adds up periods; empty: not known"),
        Column("branches", "branches covered for one party at least", "branch"),
        Column("methods", "methods of calculation coded (clause P01)", "clause-option"),
        Column("replaces", "ids of the instruments it replaces"),
        Column("amends", "ids of the instruments it amends"),
        Column("verified", "yes: coded from the text, except where a part says otherwise"),
        Column("checked", "day on which somebody last held it against its text"),
        _NOTE,
    ),
)
PARTIES = Kind(
    "parties",
    "a party of an instrument",
    (
        _INSTRUMENT,
        Column("country", "code of the State or of a part of it", "country"),
        Column("since", "first day bound; empty: not known or not yet"),
        Column("until", "last day bound; empty: still bound"),
        Column("side", "parties of one side are not bound to each other"),
        _NOTE,
    ),
)
EVENTS = Kind(
    "events",
    "a step in an instrument's life",
    (
        _INSTRUMENT,
        Column("on", "day"),
        Column("event", "what happened", "event"),
        Column("party", "the State it concerns; empty: all", "country"),
        Column("by", "id of the amending or replacing instrument"),
        _ARTICLE,
        _VERIFIED,
        _NOTE,
    ),
)
BRANCHES = Kind(
    "branches",
    "a branch for one party",
    (
        _INSTRUMENT,
        Column("party", "the State whose legislation is meant", "country"),
        Column("branch", "branch of social security", "branch"),
        Column("cover", "how it stands in the instrument", "cover"),
        Column("schemes", "schemes of the library that are meant; empty: all"),
        Column("since", "first day of validity"),
        Column("until", "last day of validity"),
        _ARTICLE,
        _VERIFIED,
        _NOTE,
    ),
)
CLAUSES = Kind(
    "clauses",
    "a coded clause",
    (
        _INSTRUMENT,
        Column("clause", "id of the clause in the taxonomy", "clause"),
        Column("title", "what the clause is about"),
        Column("option", "which of the closed options the text takes", "clause-option"),
        Column("party", "only where this State's benefit is determined; empty: all", "country"),
        Column("scheme", "only for this scheme; empty: all"),
        Column("branch", "only for this branch; empty: all", "branch"),
        Column("part", "only for this part of the amount; empty: all"),
        Column("parameters", "numbers and lists of the clause, by name", "clause-parameter"),
        Column("nature", "right, discretion or best-effort"),
        Column("since", "first day of validity"),
        Column("until", "last day of validity"),
        _ARTICLE,
        _VERIFIED,
        Column("checked", "day on which somebody last held it against the text"),
        _NOTE,
    ),
)
SOURCES = Kind(
    "sources",
    "a text the coding rests on",
    (
        _INSTRUMENT,
        Column("source", "id of the source within the instrument"),
        Column("title", "title"),
        Column("address", "public address"),
        Column("language", "language read"),
        Column("read", "day it was read"),
        Column("passage", "what was read, where not all"),
    ),
)


def instruments_table(instruments: Iterable[Instrument], on: date) -> Table:
    """Return a row for each instrument as it stands on a day."""
    return table(INSTRUMENTS, ((*_head(i, on), i.note) for i in instruments))


def _head(i: Instrument, on: date) -> tuple[Value, ...]:
    covered = {row.branch.value for row in i.branches if row.cover is Cover.COVERED}
    methods = {clause.option for clause in i.clauses if clause.id == "P01"}
    return (
        *(i.id, i.kind.value, i.title, i.short, coding(i).value),
        tuple(p.country for p in i.parties),
        *(standing(i, on).value, *span(i), i.totalises),
        *(tuple(sorted(covered)), tuple(sorted(methods)), i.replaces, i.amends),
        *(i.verified, i.checked_on),
    )


def clauses_table(instrument: Instrument, on: date | None = None) -> Table:
    """Return the clauses in the order of the taxonomy; with a day only those valid on it."""
    titles = taxonomy().clauses
    rows = (
        (
            *(instrument.id, c.id, titles[c.id].title, c.option, c.party, c.scheme),
            *(c.branch and c.branch.value, c.part, c.parameters, c.nature, c.since, c.until),
            *(*cited(c.law), c.checked_on, c.note),
        )
        for c in in_order(instrument.clauses)
        if on is None or c.applies(on)
    )
    return table(CLAUSES, rows)


def in_order(clauses: Iterable[Clause]) -> list[Clause]:
    """Return clauses in the order of the taxonomy, the general before the particular."""
    order = {name: number for number, name in enumerate(taxonomy().clauses)}
    return sorted(
        clauses,
        key=lambda c: (order[c.id], c.party or "", c.scheme or "", c.branch or "", c.part or ""),
    )


def instrument_tables(
    instrument: Instrument, on: date, valid_on: date | None = None
) -> tuple[Table, ...]:
    """Return everything that is coded of an instrument; with a day only clauses valid on it."""
    name = instrument.id
    return (
        instruments_table([instrument], on),
        table(
            PARTIES,
            ((name, p.country, p.since, p.until, p.side, p.note) for p in instrument.parties),
        ),
        table(
            EVENTS,
            (
                (name, e.on, e.kind.value, e.party, e.by, *cited(e.law), e.note)
                for e in instrument.events
            ),
        ),
        table(
            BRANCHES,
            (
                (
                    *(name, b.party, b.branch.value, b.cover.value, b.schemes, b.since, b.until),
                    *(*cited(b.law), b.note),
                )
                for b in instrument.branches
            ),
        ),
        clauses_table(instrument, valid_on),
        table(
            SOURCES,
            (
                (name, s.id, s.title, s.address, s.language, s.read_on, s.passage)
                for s in instrument.sources
            ),
        ),
    )


def cited(law: Citation | None) -> Sequence[str | bool | None]:
    """Return the article of a citation and whether its text was read."""
    return (law.article, law.verified) if law else (None, None)
