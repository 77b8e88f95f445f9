"""Instruments clause by clause: who agreed what, where they differ, and how far from a model.

A row is one clause as far as it can be set side by side: for one party (the State that all the
instruments share, or its partner), scheme, branch or part. What nobody coded is not known; it is
never taken for "no" nor for a difference.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from ssacalc.codes import meant
from ssacalc.domain.agreement import BranchCover, Clause, Instrument
from ssacalc.domain.case import Branch
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.library.catalogue import row_holds
from ssacalc.library.instrument_file import ENGINE_CLAUSES, UNIVERSAL_OPTIONS
from ssacalc.library.instruments import Taxonomy, taxonomy
from ssacalc.library.tables import plain

PARTNER = "partner"
"""Stands for the party that the instruments compared do not share."""

BRANCH = "branch"
"""The rows on branches covered, which come before those on clauses."""


class Verdict(StrEnum):
    """What a row shows."""

    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """Nothing differs among what is known, but not all is known."""
    SAME = "same"


class Told(StrEnum):
    """How an instrument stands to the clause of a row."""

    CODED = "coded"
    GENERAL = "general"
    """By its general clause; it has none so narrow."""
    ELSEWHERE = "narrowed"
    """Only by narrower clauses, which have rows of their own."""
    INCONCLUSIVE = "inconclusive"
    NOT_CODED = "not-coded"


@dataclass(frozen=True, slots=True)
class Said:
    """What an instrument says in one clause: option, parameters, place, how well read."""

    option: str
    parameters: tuple[tuple[str, object], ...] = ()
    article: str = ""
    verified: bool = True
    narrowed: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one instrument says in a row."""

    told: Told
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a row is narrowed to; ``None``: everybody, everything."""

    party: str | None = None
    scheme: str | None = None
    branch: Branch | None = None
    part: str | None = None

    def words(self) -> tuple[str, ...]:
        """Return what the scope names."""
        named = (self.party, self.scheme, self.branch and self.branch.value, self.part)
        return tuple(name for name in named if name)


@dataclass(frozen=True, slots=True)
class Row:
    """One clause in all the instruments; ``differs`` names what differs, as far as it can."""

    clause: str
    title: str
    scope: Scope
    cells: tuple[Cell, ...]
    verdict: Verdict
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows over instruments, differences first. With ``model`` the first instrument is one."""

    instruments: tuple[Instrument, ...]
    rows: tuple[Row, ...]
    model: bool = False


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
    judged = [_judged(row, reads, against=model is not None) for row in rows]
    order = list(Verdict)
    judged.sort(key=lambda row: order.index(row.verdict))
    return Comparison(columns, tuple(judged), model is not None)


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
            cells = found.setdefault(
                Scope(role, None, cover.branch), [[] for _ in reads.columns]
            )
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


Meaning = tuple[tuple[str, object], ...]
"""What a cell says, put so that equal meanings are equal: option and parameters by name."""


def _judged(row: Row, reads: _Reader, *, against: bool) -> Row:
    meanings = [
        [_meaning(row.clause, said, reads.names(number)) for said in cell.said]
        if cell.told in (Told.CODED, Told.GENERAL)
        else None
        for number, cell in enumerate(row.cells)
    ]
    known = [m for m in meanings if m is not None]
    first = meanings[0] if against else (known[0] if known else None)
    others = [m for m in meanings[1:] if m is not None] if against else known[1:]
    differing = [m for m in others if first is not None and _unlike(first, m)]
    if differing and first is not None:
        names = {name for other in differing for name in _names_unlike(first, other)}
        return replace(row, verdict=Verdict.DIFFERENT, differs=tuple(sorted(names)))
    return row if len(known) == len(meanings) else replace(row, verdict=Verdict.UNKNOWN)


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
    given = {name: plain(f.default) for name, f in form.model_fields.items()} if form else {}
    return {name: value for name, value in given.items() if value not in (None, [])}


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


def _unlike(one: Sequence[Meaning], other: Sequence[Meaning]) -> bool:
    return not all(m in other for m in one) or not all(m in one for m in other)


def _names_unlike(one: Sequence[Meaning], other: Sequence[Meaning]) -> Iterable[str]:
    """Name what differs; where several clauses stand in a cell only options can be told apart."""
    if len(one) != 1 or len(other) != 1:
        return ("option",)
    left, right = dict(one[0]), dict(other[0])
    return (n for n in {*left, *right} if left.get(n) != right.get(n) or (n in left) != (n in right))
