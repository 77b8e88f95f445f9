"""Instruments clause by clause: who agreed what, where they differ, and how far from a model.

A row is one clause as far as it can be set side by side: for one party (the State that all the
instruments share, or its partner), scheme, branch or part. What nobody coded is not known; it is
never taken for "no" nor for a difference.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ssacalc.codes import meant
from ssacalc.domain.agreement import BranchCover, Clause, Instrument
from ssacalc.domain.case import Branch
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.library.catalogue import row_holds
from ssacalc.library.comparison import (
    BRANCH,
    PARTNER,
    Cell,
    Comparison,
    Row,
    Said,
    Scope,
    Told,
    Verdict,
)
from ssacalc.library.judging import judged
from ssacalc.library.taxonomy import Taxonomy, taxonomy


def compare(
    instruments: Sequence[Instrument],
    on: date,
    topics: Iterable[str] = (),
    *,
    model: Instrument | None = None,
) -> Comparison:
    """Set instruments side by side as they hold on a day, against a model if one is given."""
    columns = (*((model,) if model else ()), *instruments)
    wanted = clauses_of(topics)
    reads = _Reader(columns, on)
    rows = [row for row in (*_branch_rows(reads), *_clause_rows(reads)) if row.clause in wanted]
    names = [reads.names(column) for column in range(len(columns))]
    told = [judged(row, names, against=model is not None) for row in rows]
    told.sort(key=lambda row: list(Verdict).index(row.verdict))
    return Comparison(columns, tuple(told), model is not None)


def clauses_of(topics: Iterable[str]) -> frozenset[str]:
    """Return the clauses of topics, groups or clauses by name; all where none is named."""
    known = taxonomy()
    chosen: set[str] = set()
    for topic in topics:
        chosen.update(_of_topic(topic, known))
    return frozenset(chosen or {*known.clauses, BRANCH})


def _of_topic(topic: str, known: Taxonomy) -> Iterable[str]:
    if topic in known.topics:
        clauses = known.topics[topic].clauses
        return (*clauses, BRANCH) if topic == "scope" else clauses
    code = topic.upper()
    if code in known.groups:
        return (clause for clause in known.clauses if clause.startswith(code))
    if code in known.clauses:
        return (code,)
    problem = Problem(
        topic, "there is no such topic.", meant(topic, [*known.topics, *known.groups])
    )
    raise InvalidLaw("The topic is not known.", (problem,))


class _Reader:
    """The instruments as columns, and what each calls the parties they do not share."""

    def __init__(self, columns: Sequence[Instrument], on: date) -> None:
        self.columns = columns
        self.on = on
        parties = [{p.country for p in i.parties} for i in columns if i.parties]
        self.shared = frozenset(set.intersection(*parties)) if len(parties) > 1 else frozenset()
        self.roles = [self._roles(instrument) for instrument in columns]
        self.held = [self._held(column) for column in range(len(columns))]

    def _held(self, column: int) -> Mapping[str, Mapping[Scope, list[Clause]]]:
        """Return the clauses valid on the day by name and by the scope of their row."""
        found: dict[str, dict[Scope, list[Clause]]] = {}
        for clause in self.columns[column].clauses:
            if clause.applies(self.on):
                scopes = found.setdefault(clause.id, {})
                scopes.setdefault(self.scope(clause, column), []).append(clause)
        return found

    def _roles(self, instrument: Instrument) -> Mapping[str, str]:
        """Return what each party is called in the rows; empty: no row is kept for it."""
        others = [p.country for p in instrument.parties if p.country not in self.shared]
        if not self.shared:
            return dict.fromkeys(others, "")
        called = PARTNER if len(others) == 1 else ""
        return {**{code: code for code in self.shared}, **dict.fromkeys(others, called)}

    def scope(self, clause: Clause, column: int) -> Scope:
        """Return the scope of the row in which a clause stands."""
        party = self.roles[column].get(clause.party or "") or None
        scheme = clause.scheme if party in self.shared else None
        return Scope(party, scheme, clause.branch, clause.part)

    def party(self, role: str | None, column: int) -> str | None:
        """Return the party of a column that a row's name for it stands for."""
        if role != PARTNER:
            return role
        return next((code for code, name in self.roles[column].items() if name == role), None)

    def names(self, column: int) -> Mapping[str, str]:
        """Return the codes of a column's parties that mean the same in the others."""
        return {code: name or PARTNER for code, name in self.roles[column].items()}


def _branch_rows(reads: _Reader) -> Iterable[Row]:
    """Yield a row for every branch that one of the instruments says something about."""
    found: dict[Scope, list[list[BranchCover]]] = {}
    for number, instrument in enumerate(reads.columns):
        for cover in instrument.branches:
            role = reads.roles[number].get(cover.party) or None
            if not row_holds(cover, reads.on) or (reads.shared and role is None):
                continue
            cells = found.setdefault(Scope(role, None, cover.branch), [[] for _ in reads.columns])
            cells[number].append(cover)
    order = list(Branch)
    for scope in sorted(found, key=lambda s: (order.index(s.branch or order[0]), s.party or "")):
        told = (_covered(covers, scope) for covers in found[scope])
        yield Row(BRANCH, "Branch covered", scope, tuple(told), Verdict.SAME)


def _covered(covers: Sequence[BranchCover], scope: Scope) -> Cell:
    """Return what an instrument says of a branch; parties of whom it says the same go together."""
    said: list[Said] = []
    for kind in dict.fromkeys(cover.cover for cover in covers):
        alike = [c for c in covers if c.cover is kind]
        articles = {c.law.article for c in alike if c.law}
        said.append(
            Said(
                kind.value,
                article=articles.pop() if len(articles) == 1 else "",
                verified=all(c.law is not None and c.law.verified for c in alike),
                narrowed=() if scope.party else tuple(dict.fromkeys(c.party for c in alike)),
                note=alike[0].note if len(alike) == 1 else "",
            )
        )
    return Cell(Told.CODED if said else Told.NOT_CODED, tuple(said))


def _clause_rows(reads: _Reader) -> Iterable[Row]:
    """Yield a row for every scope in which one of the instruments speaks of a clause."""
    for name, clause in taxonomy().clauses.items():
        scopes = {scope for held in reads.held for scope in held.get(name, ())}
        for scope in sorted(scopes, key=Scope.words):
            cells = tuple(_cell(reads, n, name, scope) for n in range(len(reads.columns)))
            yield Row(name, clause.title, scope, cells, Verdict.SAME)


def _cell(reads: _Reader, column: int, name: str, scope: Scope) -> Cell:
    instrument = reads.columns[column]
    held = reads.held[column].get(name, {})
    own = held.get(scope)
    if own:
        return Cell(_told(own), tuple(_said(c, scope) for c in own))
    party = reads.party(scope.party, column)
    general = instrument.clause(
        name, reads.on, party=party, scheme=scope.scheme, branch=scope.branch, part=scope.part
    )
    if general is not None:
        told = Told.INCONCLUSIVE if general.option == "inconclusive" else Told.GENERAL
        return Cell(told, (_said(general, scope),))
    return Cell(Told.ELSEWHERE if held else Told.NOT_CODED)


def _told(clauses: Sequence[Clause]) -> Told:
    unclear = all(clause.option == "inconclusive" for clause in clauses)
    return Told.INCONCLUSIVE if unclear else Told.CODED


def _said(clause: Clause, scope: Scope) -> Said:
    narrowed = Scope(clause.party, clause.scheme, clause.branch, clause.part).words()
    return Said(
        clause.option,
        tuple(clause.parameters.items()),
        clause.law.article,
        clause.law.verified,
        tuple(word for word in narrowed if word not in scope.words()),
        clause.note,
    )
