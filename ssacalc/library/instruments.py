"""Instrument files read, checked against the taxonomy and made domain values."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ssacalc.domain.agreement import (
    BranchCover,
    Clause,
    Event,
    Instrument,
    Party,
    Source,
)
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.rules import Rule
from ssacalc.domain.trace import Citation
from ssacalc.files import read_plain
from ssacalc.library.engine_clauses import ENGINE_CLAUSES, UNIVERSAL_OPTIONS
from ssacalc.library.instrument_file import (
    BranchFile,
    ClauseFile,
    EventFile,
    InstrumentFile,
    Status,
)
from ssacalc.library.taxonomy import taxonomy
from ssacalc.models import problems_of, validated


def read_instrument(path: Path) -> Instrument:
    """Return the instrument in a file; raises :class:`InvalidLaw` with every fault it has."""
    data = read_plain(path, InvalidLaw)
    file = validated(InstrumentFile, data, path.name, InvalidLaw)
    problems = tuple(_faults(file, path))
    if problems:
        raise InvalidLaw(f"{path.name} cannot be used.", problems)
    return to_instrument(file)


def _faults(file: InstrumentFile, path: Path) -> Iterator[Problem]:
    if file.id != path.stem:
        yield Problem(
            "id", f"{file.id!r} differs from the file's name {path.stem!r}.", "Make them equal."
        )
    countries = {party.country for party in file.parties}
    if len(countries) != len(file.parties):
        yield Problem("parties", "a party is listed twice.", "Keep one entry for each State.")
    for number, branch in enumerate(file.branches, 1):
        if branch.party != "*" and branch.party not in countries:
            yield Problem(f"branches[{number}].party", f"{branch.party} is no party.")
    for number, clause in enumerate(file.clauses, 1):
        yield from _clause_faults(clause, f"clauses[{number}] {clause.id}", countries)
    for number, party in enumerate(file.parties, 1):
        if party.since and party.until and party.until < party.since:
            yield Problem(f"parties[{number}]", "it ends before it begins.")


def _clause_faults(clause: ClauseFile, place: str, countries: set[str]) -> Iterator[Problem]:
    known = taxonomy().clauses.get(clause.id)
    if known is None:
        yield Problem(place, "this clause is not in the taxonomy.", "See resources/taxonomy.toml.")
        return
    if clause.option not in (*known.options, *UNIVERSAL_OPTIONS):
        options = ", ".join((*known.options, *UNIVERSAL_OPTIONS))
        yield Problem(
            f"{place}.option", f"{clause.option!r} is not an option.", f"Use one of: {options}."
        )
        return
    admitted = ", ".join(known.parameters) or "none"
    for name in clause.parameters:
        if name not in known.parameters:
            where = f"{place}.parameters.{name}"
            yield Problem(where, "this parameter is not known.", f"Known: {admitted}.")
    if clause.party is not None and clause.party not in countries:
        yield Problem(f"{place}.party", f"{clause.party} is no party.")
    read = clause.status is not Status.UNVERIFIED
    if read and not clause.article and clause.option not in (*UNIVERSAL_OPTIONS, "none"):
        yield Problem(place, "a coded clause needs its article.", "Add the article.")
    yield from _parameter_faults(clause, place)


def _parameter_faults(clause: ClauseFile, place: str) -> Iterator[Problem]:
    try:
        _rule(clause)
    except ValidationError as invalid:
        yield from problems_of(invalid, f"{place}.parameters")
    except ValueError as invalid_value:
        yield Problem(place, str(invalid_value))


def _rule(clause: ClauseFile) -> Rule | None:
    """Return the typed rule of a clause; those of clauses that say the same are one."""
    form = ENGINE_CLAUSES.get(clause.id)
    if (
        form is None
        or clause.option in UNIVERSAL_OPTIONS
        or (clause.option == "none" and clause.id == "T05")
    ):
        return None
    said = clause.id, clause.option, repr(clause.parameters)
    if said not in _rules:
        _rules[said] = form.model_validate(clause.parameters).settled(clause.option)
    return _rules[said]


_rules: dict[tuple[str, str, str], Rule | None] = {}


def to_instrument(file: InstrumentFile) -> Instrument:
    """Return the domain value of a file that has no faults."""
    sources = {
        s.id: Source(s.id, s.title, s.address, s.language, s.read, s.passage) for s in file.sources
    }
    first = file.sources[0].id

    @cache
    def cited(source: str, article: str, status: Status) -> Citation:
        read = sources[source]
        verified = status is Status.VERIFIED
        return Citation(file.short, _article(article), read.title, read.address, verified=verified)

    def citation(entry: EventFile | BranchFile | ClauseFile) -> Citation:
        return cited(entry.source or first, entry.article, entry.status or file.status)

    return Instrument(
        id=file.id,
        kind=file.kind,
        title=file.title,
        short=file.short,
        parties=tuple(Party(p.country, p.since, p.until, p.note, p.side) for p in file.parties),
        events=tuple(Event(e.kind, e.on, e.party, e.by, citation(e), e.note) for e in file.events),
        branches=tuple(
            BranchCover(party, b.branch, b.cover, b.schemes, citation(b), b.since, b.until, b.note)
            for b in file.branches
            for party in ([p.country for p in file.parties] if b.party == "*" else [b.party])
        ),
        clauses=tuple(
            Clause(
                id=c.id,
                option=c.option,
                law=citation(c),
                parameters=_shown(c.parameters),
                party=c.party,
                scheme=c.scheme,
                branch=c.branch,
                part=c.part,
                nature=c.nature,
                since=c.since,
                until=c.until,
                note=c.note,
                checked_by=c.checked_by or file.checked_by,
                checked_on=c.checked or file.checked,
                rule=_rule(c),
            )
            for c in file.clauses
        ),
        sources=tuple(sources.values()),
        replaces=file.replaces,
        amends=file.amends,
        totalises=file.totalises,
        checked_on=file.checked,
        verified=file.status is Status.VERIFIED,
        note=file.note,
        occupation=file.occupation,
    )


_NUMBERED = re.compile(r"(\d|[IVXLC]+\b)")


def _article(written: str) -> str:
    """Return an article as it is cited: numbers are articles, anything else speaks for itself."""
    return f"art. {written}" if _NUMBERED.match(written) else written


def _shown(parameters: dict[str, Any]) -> dict[str, object]:
    return dict(parameters)
