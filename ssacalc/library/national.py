"""Ratifications of standards and provisions of national law, read and made domain values.

The files of the standards are the one source for who is bound by them; a further file holds only
what those cannot tell: a State that is no party there, or the branches it accepted.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ssacalc.codes import countries
from ssacalc.domain.agreement import Cover, EventKind, Instrument, InstrumentKind, Party
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.national import Provision, Ratification
from ssacalc.domain.trace import Citation
from ssacalc.files import read_plain
from ssacalc.library.instrument_file import Status
from ssacalc.library.national_file import (
    ProvisionFile,
    ProvisionsFile,
    RatificationsFile,
    Sourced,
)
from ssacalc.models import validated
from ssacalc.resources import folder


def ratifications(instruments: Iterable[Instrument]) -> tuple[Ratification, ...]:
    """Return who is bound by which standard: the standards' own parties, then the further file.

    Raises :class:`InvalidLaw` where that file tells again what a standard's file tells.
    """
    standards = [i for i in instruments if i.kind is InstrumentKind.STANDARD and i.parties]
    own = [_of_party(standard, party) for standard in standards for party in standard.parties]
    return (*own, *_further(folder("resources") / "ratifications.toml", standards, own))


def _of_party(standard: Instrument, party: Party) -> Ratification:
    on: dict[EventKind, date] = {
        event.kind: event.on for event in standard.events if event.party == party.country
    }
    rows = [row for row in standard.branches if row.party == party.country]
    covered = tuple(row.branch for row in rows if row.cover is Cover.COVERED)
    source = standard.sources[0]
    return Ratification(
        standard=standard.id,
        country=party.country,
        law=Citation(
            *(standard.short, "", source.title, source.address),
            verified=standard.verified and party.since is not None,
        ),
        ratified=on.get(EventKind.RATIFIED),
        since=party.since,
        until=party.until,
        branches=covered or None,
        refused=tuple(row.branch for row in rows if row.cover is Cover.EXCLUDED),
        note=party.note,
    )


def _further(
    path: Path, standards: Iterable[Instrument], own: Iterable[Ratification]
) -> Iterator[Ratification]:
    file = validated(RatificationsFile, read_plain(path, InvalidLaw), path.name, InvalidLaw)
    known = {standard.id: standard.short for standard in standards}
    told = {(r.standard, r.country) for r in own}
    problems: list[Problem] = []
    for number, entry in enumerate(file.ratifications, 1):
        place = f"ratifications[{number}]"
        if entry.standard not in known:
            problems.append(Problem(place, f"{entry.standard} is no standard of the library."))
        if (entry.standard, entry.country) in told:
            fault = f"agreements/{entry.standard}.toml lists {entry.country} already."
            problems.append(Problem(place, fault, "Tell it there."))
        problems.extend(_unknown(entry.country, place))
    if problems:
        raise InvalidLaw(f"{path.name} cannot be used.", tuple(problems))
    cite = _citer(file)
    for entry in file.ratifications:
        yield Ratification(
            entry.standard,
            entry.country,
            cite(entry, known[entry.standard]),
            ratified=entry.ratified,
            since=entry.since,
            until=entry.until,
            year=entry.year,
            branches=entry.branches,
            refused=entry.refused,
            note=entry.note,
        )


def provisions(country: str) -> tuple[Provision, ...]:
    """Return the provisions of a State's own law; none where nobody coded any."""
    path = folder("resources") / "provisions" / f"{country.lower()}.toml"
    return read_provisions(path) if path.is_file() else ()


def read_provisions(path: Path) -> tuple[Provision, ...]:
    """Return the provisions in a file; raises :class:`InvalidLaw` with every fault it has."""
    file = validated(ProvisionsFile, read_plain(path, InvalidLaw), path.name, InvalidLaw)
    problems = list(_unknown(file.country, "country"))
    if file.country.lower() != path.stem:
        problems.append(Problem("country", f"it differs from the file's name {path.stem!r}."))
    if problems:
        raise InvalidLaw(f"{path.name} cannot be used.", tuple(problems))
    cite = _citer(file)
    return tuple(
        Provision(country=file.country, branch=branch, law=cite(entry, ""), **_stated(entry))
        for entry in file.provisions
        for branch in entry.branches
    )


def _stated(entry: ProvisionFile) -> dict[str, Any]:
    """Return what an entry says, by the names that the domain has for it too."""
    return entry.model_dump(exclude={"branches", "article", "source", "status"})


def _unknown(country: str, place: str) -> Iterator[Problem]:
    if country not in countries().names:
        yield Problem(place, f"{country} is the code of no State.")


def _citer(file: RatificationsFile | ProvisionsFile) -> Callable[[Sourced, str], Citation]:
    sources = {source.id: source for source in file.sources}
    first = file.sources[0]

    def cite(entry: Sourced, document: str) -> Citation:
        source = sources[entry.source] if entry.source else first
        verified = (entry.status or file.status) is Status.VERIFIED
        return Citation(
            document or source.title, entry.article, source.title, source.address, verified=verified
        )

    return cite
