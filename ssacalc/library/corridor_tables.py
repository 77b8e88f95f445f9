"""A corridor as tables: what binds, what did, bridges, ratifications and national law."""

from collections.abc import Iterable, Iterator
from datetime import date

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import Branch
from ssacalc.domain.national import Provision, Ratification
from ssacalc.domain.scheme import AbroadRule, Scheme
from ssacalc.library.bridges import Bridge
from ssacalc.library.catalogue import coding, span, standing
from ssacalc.library.corridors import Binding, Corridor, Side
from ssacalc.library.tables import Column, Kind, Table, Value, said, table

_VERIFIED = Column("verified", "yes: the text was read; no: recalled or inferred")
_NOTE = Column("note", "in the coder's own words")
_SIDE = (
    Column("cover", "how the branch stands for the State; empty: not coded", "cover"),
    Column("article", "where the branch stands in the text"),
    Column("method", "how the State's share is computed (P01)", "clause-option"),
    Column("minimum", "what becomes of a short period of the State's own (T05)", "clause-option"),
    Column("third_states", "whether periods of third States count (T06)", "clause-option"),
    Column("payment_abroad", "to where the State pays (G08)", "clause-option"),
    _VERIFIED,
)

BINDINGS = Kind(
    "bindings",
    "one State's side of an instrument in force between two States, for one branch",
    (
        Column("branch", "branch of social security", "branch"),
        Column("instrument", "id of the instrument"),
        Column("short", "name of the instrument in citations"),
        Column("kind", "what sort of act it is", "instrument-kind"),
        Column("binds", "how it stands to the branch between the two States", "binds"),
        Column("yields_to", "instruments between the same States that replace it in the branch"),
        Column("state", "the State whose side this is", "country"),
        *_SIDE,
    ),
)
IN_FORCE = Kind(
    "in_force",
    "an instrument in force between the two States",
    (
        Column("instrument", "id of the instrument"),
        Column("short", "name of the instrument in citations"),
        Column("kind", "what sort of act it is", "instrument-kind"),
        Column("coding", "whether its clauses are coded, or what a list tells of it", "coding"),
        Column("since", "first day on which it binds the two to each other"),
        Column("until", "last day on which it binds the two; empty: no end"),
        Column("occupation", "the occupation it is for; empty: everybody"),
        Column("yields_to", "instruments that replace it between the two, in what they cover"),
        Column("branches", "branches it speaks of for one of the two; empty: not known", "branch"),
        Column("totalises", "whether it adds up periods; empty: not known"),
        _VERIFIED,
        _NOTE,
    ),
)
OTHERS = Kind(
    "others",
    "an instrument between two States not known to co-ordinate benefits on the day",
    (
        Column("instrument", "id of the instrument"),
        Column("short", "name of the instrument in citations"),
        Column("kind", "what sort of act it is", "instrument-kind"),
        Column("coding", "whether its clauses are coded, or what a list tells of it", "coding"),
        Column("standing", "how it stands between the two on the day", "standing"),
        Column("since", "first day on which it binds the two to each other"),
        Column("until", "last day on which it binds the two"),
        Column("yields_to", "instruments that replace it between the two, in what they cover"),
        _NOTE,
    ),
)
BRIDGES = Kind(
    "bridges",
    "a third State that one instrument binds to the first State, another to the second",
    (
        Column("third", "the third State", "country"),
        Column("first_instrument", "id of the instrument with the first State"),
        Column("second_instrument", "id of the instrument with the second State"),
        Column("branches", "branches covered on all four sides", "branch"),
        Column("counts_in_first", "whether time of the second State counts in the first"),
        Column("counts_in_second", "whether time of the first State counts in the second"),
        Column("occupation", "the occupation it is for; empty: everybody"),
    ),
)
RATIFICATIONS = Kind(
    "ratifications",
    "a State bound by an international standard",
    (
        Column("standard", "id of the standard"),
        Column("state", "the State", "country"),
        Column("ratified", "day, or year where the day is not known"),
        Column("since", "first day bound; empty: not known"),
        Column("until", "last day bound; empty: no end known"),
        Column("latest", "day by which it is bound for certain, where only the year is known"),
        Column("bound", "whether bound on the day asked for; empty: not known"),
        Column("branches", "branches accepted; empty: not known", "branch"),
        Column("refused", "branches not accepted", "branch"),
        Column("source", "where it was read"),
        _VERIFIED,
        _NOTE,
    ),
)
PROVISIONS = Kind(
    "provisions",
    "what a State's own law says of foreigners and people abroad, for one branch",
    (
        Column("state", "the State", "country"),
        Column("branch", "branch of social security", "branch"),
        Column("abroad", "whether the benefit is paid abroad", "payment-abroad"),
        Column("nationals_only", "whether only nationals have the benefit"),
        Column("residence_months", "least residence asked for, months"),
        Column("contribution_months", "least contributions asked for, months"),
        Column("absence_months", "how long payment goes on abroad, months"),
        Column("permit", "whether a permit is asked for"),
        Column("refund", "whether contributions are paid back to people who leave"),
        Column("irregular", "whether people without a permit have access"),
        Column("voluntary", "whether people abroad may insure themselves"),
        Column("scheme", "id of the scheme in the library"),
        Column("since", "first day of validity"),
        Column("until", "last day of validity"),
        Column("article", "where it stands in the law"),
        Column("source", "the law read"),
        _VERIFIED,
        _NOTE,
    ),
)
ABROAD = Kind(
    "abroad",
    "a rule of a scheme on payment abroad, as determinations use it",
    (
        Column("scheme", "id of the scheme"),
        Column("state", "the State", "country"),
        Column("payment", "how the amount is paid", "payment"),
        Column("after_months", "stay abroad after which the rule bites, months"),
        Column("unless", "the figure of the scheme that lifts the rule"),
        Column("article", "where it stands in the law"),
        _VERIFIED,
        _NOTE,
    ),
)


def corridor_tables(corridor: Corridor) -> tuple[Table, ...]:
    """Return everything known of a corridor; what binds comes first."""
    on = corridor.on
    known = (r for p in corridor.protections for r in p.parties if r is not None)
    return (
        table(BINDINGS, (row for b in corridor.bindings for row in _binding(b))),
        table(IN_FORCE, (_in_force(i, corridor) for i in corridor.instruments)),
        table(
            OTHERS,
            (_other(i, corridor) for i in corridor.other),
        ),
        table(BRIDGES, (_bridge(bridge) for bridge in corridor.bridges)),
        ratifications_table(known, on),
        provisions_table(corridor.provisions),
        table(ABROAD, (_abroad(scheme, rule) for scheme, rule in corridor.abroad)),
    )


def _named(i: Instrument) -> tuple[Value, ...]:
    return i.id, i.short, i.kind.value, coding(i).value


def _in_force(i: Instrument, corridor: Corridor) -> tuple[Value, ...]:
    branches = tuple(branch.value for branch in spoken(i, corridor))
    return (
        *(*_named(i), *span(i, corridor.states), i.occupation, _yields(i, corridor)),
        *(branches, i.totalises, i.verified, i.note),
    )


def _other(i: Instrument, corridor: Corridor) -> tuple[Value, ...]:
    how = standing(i, corridor.on, corridor.states).value
    return (*_named(i), how, *span(i, corridor.states), _yields(i, corridor), i.note)


def _yields(i: Instrument, corridor: Corridor) -> tuple[str, ...]:
    return tuple(other.id for other in corridor.yields.get(i.id, ()))


def spoken(instrument: Instrument, corridor: Corridor) -> tuple[Branch, ...]:
    """Return the branches of which an instrument that binds says something for the States."""
    return tuple(b.branch for b in corridor.bindings if b.instrument.id == instrument.id)


def _binding(b: Binding) -> Iterator[tuple[Value, ...]]:
    for side in b.sides:
        yield (
            *(b.branch.value, b.instrument.id, b.instrument.short, b.instrument.kind.value),
            *(b.binds.value, b.yields_to, side.country, side.cover and side.cover.value),
            side.article,
            *(clause_words(side, name) for name in ("P01", "T05", "T06", "G08")),
            side.verified if side.cover else None,
        )


def clause_words(side: Side, name: str) -> tuple[str, ...]:
    """Return what a State's clauses of a name say: option, least period, what they are for."""
    told: list[str] = []
    for clause in side.said(name):
        minimum = clause.parameters.get("minimum")
        length = f" {said(minimum)}" if minimum is not None else ""
        to = ", ".join(part for part in (clause.scheme, clause.part) if part)
        told.append(f"{clause.option}{length}{f' [{to}]' if to else ''}")
    return tuple(told)


def _bridge(bridge: Bridge) -> tuple[Value, ...]:
    first, second = bridge.instruments
    branches = tuple(branch.value for branch in bridge.branches)
    return (bridge.third, first.id, second.id, branches, *bridge.counts, bridge.occupation)


def ratifications_table(known: Iterable[Ratification], on: date) -> Table:
    """Return who is bound by which standard on a day."""
    return table(
        RATIFICATIONS,
        (
            (
                *(r.standard, r.country, r.ratified or r.year, r.since, r.until, r.latest),
                r.bound(on),
                None if r.branches is None else tuple(b.value for b in r.branches),
                tuple(b.value for b in r.refused),
                *(r.law.source, r.law.verified, r.note),
            )
            for r in known
        ),
    )


def provisions_table(provisions: Iterable[Provision]) -> Table:
    """Return national provisions."""
    return table(
        PROVISIONS,
        (
            (
                *(p.country, p.branch.value, p.abroad.value, p.nationals_only),
                *(p.residence_months, p.contribution_months, p.absence_months),
                *(p.permit, p.refund, p.irregular, p.voluntary, p.scheme, p.since, p.until),
                *(p.law.article, p.law.source, p.law.verified, p.note),
            )
            for p in provisions
        ),
    )


def _abroad(scheme: Scheme, rule: AbroadRule) -> tuple[Value, ...]:
    return (
        *(scheme.id, scheme.country, rule.payment.value, rule.after_months, rule.unless_units),
        *(rule.law.article, rule.law.verified, rule.note),
    )
