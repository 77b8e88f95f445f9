"""Lists of instruments read and made domain values: what is known of those nobody coded."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ssacalc.codes import countries
from ssacalc.domain.agreement import (
    BranchCover,
    Cover,
    Event,
    EventKind,
    Instrument,
    InstrumentKind,
    Party,
    Source,
)
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.trace import Citation
from ssacalc.files import read_plain
from ssacalc.library.instrument_file import Status
from ssacalc.library.list_file import NAMED, PAIR, ListedFile, ListFile
from ssacalc.models import counted, problems_of

CONTRIBUTIONS_ONLY = "It settles only which law applies; no benefits are co-ordinated."
BY = "Bound by this day for certain; since when is not known."
"""Note of a party of which no day is known on which it came to be bound."""

_TITLES = {
    InstrumentKind.ADMINISTRATIVE: "Administrative arrangement on social security",
    InstrumentKind.PROTOCOL: "Protocol on social security",
    InstrumentKind.LABOUR: "Agreement on labour with clauses on social security",
}
_FORMAT = re.compile(rb"""^\s*["']?format["']?\s*=\s*["']ssacalc-list/""", re.MULTILINE)
_ENTRY = re.compile(r"instruments\[([0-9]+)\]")


def is_list(path: Path) -> bool:
    """Tell whether a file says that it is a list."""
    try:
        return _FORMAT.search(path.read_bytes()) is not None
    except OSError:
        return False


def read_list(path: Path) -> tuple[Instrument, ...]:
    """Return the instruments of a list; raises :class:`InvalidLaw` with every fault it has."""
    data = read_plain(path, InvalidLaw)
    problems: list[Problem] = []
    file: ListFile | None = None
    try:
        file = ListFile.model_validate(data)
    except ValidationError as faults:
        problems += problems_of(faults)
    problems += _faults_between(data)
    if file is None or problems:
        told = tuple(Problem(_named(p.place, data), p.fault, p.remedy) for p in problems)
        raise InvalidLaw(f"{path.name} has {counted(told)}.", told)
    return tuple(_instruments(file))


def _faults_between(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what the parts of a list say of each other, whatever else is wrong with them."""
    sources = _ids(data, "sources")
    seen: dict[str, int] = {}
    for number, entry in enumerate(_tables(data, "instruments"), 1):
        name, source = entry.get("id"), entry.get("source")
        place = f"instruments[{number}]"
        if isinstance(name, str):
            if name in seen:
                told = f"{name!r} is the id of instruments[{seen[name]}] already."
                yield Problem(f"{place}.id", told, "Give it an id of its own, or remove one.")
            seen.setdefault(name, number)
        if isinstance(source, str) and source not in sources:
            told = f"{source!r} is not among the sources."
            known = ", ".join(sources) or "none"
            yield Problem(f"{place}.source", told, f"Known: {known}.")
    for name in sorted({name for name in sources if sources.count(name) > 1}):
        yield Problem("sources", f"the id {name!r} is there twice.", "Give each an id of its own.")


def _tables(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    held = data.get(name)
    entries = held if isinstance(held, list) else []
    return [entry if isinstance(entry, dict) else {} for entry in entries]


def _ids(data: Mapping[str, Any], name: str) -> list[str]:
    return [entry["id"] for entry in _tables(data, name) if isinstance(entry.get("id"), str)]


def _named(place: str, data: Mapping[str, Any]) -> str:
    """Return a place with the id of the instrument beside its number."""
    found = _ENTRY.match(place)
    if found is None:
        return place
    name = _tables(data, "instruments")[int(found[1]) - 1].get("id")
    shown = f" ({name})" if isinstance(name, str) and name.isprintable() else ""
    return f"{found[0]}{shown}{place[found.end() :]}"


def _instruments(file: ListFile) -> Iterator[Instrument]:
    sources = {
        s.id: Source(s.id, s.title, s.address, s.language, s.read, s.passage) for s in file.sources
    }
    for entry in file.instruments:
        source = sources[entry.source or file.sources[0].id]
        yield _instrument(entry, source, file)


def _instrument(entry: ListedFile, source: Source, file: ListFile) -> Instrument:
    short = _short(entry)
    verified = entry.status is Status.VERIFIED
    law = Citation(short, "", source.title, source.address, verified=verified)
    law_only = Cover.CONTRIBUTIONS_ONLY
    covers = [
        *(
            (branch, law_only if entry.contributions_only else Cover.COVERED)
            for branch in entry.branches
        ),
        *((branch, law_only) for branch in entry.branches_contributions_only),
    ]
    days = (
        (EventKind.SIGNED, entry.signed),
        (EventKind.IN_FORCE, entry.in_force),
        (EventKind.ENDED, entry.ended),
    )
    told = (CONTRIBUTIONS_ONLY if entry.contributions_only else "", entry.note)
    return Instrument(
        id=entry.id,
        kind=entry.kind,
        title=entry.title or _title(entry),
        short=short,
        parties=tuple(_party(code, entry) for code in entry.parties),
        events=tuple(Event(kind, day, law=law) for kind, day in days if day),
        branches=tuple(
            BranchCover(code, branch, cover, law=law)
            for code in entry.parties
            for branch, cover in covers
        ),
        sources=(source,),
        replaces=entry.replaces,
        amends=entry.amends,
        totalises=False if entry.contributions_only else entry.totalises,
        checked_on=file.checked,
        verified=verified,
        note=" ".join(part for part in told if part),
        listed=True,
        not_in_force=entry.not_in_force,
    )


def _party(code: str, entry: ListedFile) -> Party:
    note = BY if entry.in_force_by else ""
    since = entry.in_force or entry.in_force_by
    return Party(code, since, entry.ended, note, entry.sides.get(code, ""))


_TITLE = "Agreement on social security"
_YEAR = re.compile(r"-((?:18|19|20)[0-9]{2})(?:-|$)")


def _short(entry: ListedFile) -> str:
    """Return the name in citations: the States and the year, which parts their agreements."""
    if not PAIR <= len(entry.parties) <= NAMED:
        return entry.title
    day = entry.signed or entry.in_force
    year = _YEAR.search(entry.id)
    told = year[1] if year else str(day.year) if day else ""
    names = countries().names
    return f"{'–'.join(names[code] for code in entry.parties)} {told}".rstrip()


def _title(entry: ListedFile) -> str:
    names = countries().names
    *most, last = (names[code] for code in entry.parties)
    return f"{_TITLES.get(entry.kind, _TITLE)} between {', '.join(most)} and {last}"
