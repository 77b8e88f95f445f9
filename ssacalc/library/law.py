"""The law that concerns some States, from the program's own files and an office's further ones."""

import gc
import hashlib
import os
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.law import Law
from ssacalc.domain.scheme import Scheme
from ssacalc.library.compiled import (
    INSTRUMENT,
    SCHEME,
    SERIES,
    Cache,
    Entry,
    State,
    encoded,
    fresh,
)
from ssacalc.resources import folder

_FORMAT = re.compile(rb'^\s*format\s*=\s*"ssacalc-([a-z]+)/', re.MULTILINE)
_COUNTRY = re.compile(rb"""\bcountry["']?\s*=\s*["']([A-Z]{2}(?:-[A-Z0-9]{1,3})?)["']""")
_COUNTRY_KEY = re.compile(rb"\bcountry[\"']?\s*=")
_TABLE = re.compile(rb"^\s*\[+\s*[A-Za-z]", re.MULTILINE)
_ID = re.compile(rb"""^\s*id\s*=\s*["']([a-z0-9.-]+)["']""", re.MULTILINE)
_CHECKED = re.compile(rb"""^\s*checked\s*=\s*["']?([0-9]{4}-[0-9]{2}-[0-9]{2})""", re.MULTILINE)


def load_law(countries: Collection[str] | None = None, extra: Sequence[Path] = ()) -> Law:
    """Return the law that concerns some States; ``None`` = all there is.

    Of the instruments those to which at least two of the States are parties (a part of a State,
    such as ``CA-QC``, stands for the State too), of the schemes those of the States. Folders in
    ``extra`` hold further files of the same formats. Raises :class:`InvalidLaw` with the faults
    of every file that may concern the States and cannot be used: a determination never rests on
    less law than was given.
    """
    library = _Library(None if countries is None else _states(countries))
    library.look(folder("agreements"), "agreements")
    for place in _subfolders(folder("resources") / "schemes"):
        library.look(place, f"schemes/{place.name}")
    return _loaded(library, extra)


def load_agreements(extra: Sequence[Path] = ()) -> Law:
    """Return the instruments alone, for those who read them and compute nothing.

    ``edition`` then names these files only. Raises :class:`InvalidLaw` as :func:`load_law` does.
    """
    library = _Library(None)
    library.look(folder("agreements"), "agreements")
    return _loaded(library, extra)


def _loaded(library: "_Library", extra: Sequence[Path]) -> Law:
    for place in extra:
        library.look(place, "")
    library.read()
    instruments, schemes = ((), ()) if library.problems else library.values()
    library.keep()
    if library.problems:
        raise InvalidLaw("The law cannot be read.", tuple(library.problems))
    return Law(instruments, schemes, library.edition())


def _subfolders(place: Path) -> list[Path]:
    return sorted(p for p in place.iterdir() if p.is_dir()) if place.is_dir() else []


def _states(countries: Collection[str]) -> frozenset[str]:
    return frozenset(countries) | {code.partition("-")[0] for code in countries}


@dataclass(slots=True)
class _Library:
    """Files found, what is known of them, and what is wrong with those that concern somebody."""

    countries: frozenset[str] | None
    cache: Cache = field(default_factory=Cache)
    states: dict[str, State] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    values_read: dict[str, Instrument | Scheme] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    stale: bool = False
    problems: list[Problem] = field(default_factory=list)

    def look(self, place: Path, name: str) -> None:
        """Find the files of a folder; ``name`` stands for the folder in the edition."""
        try:
            with os.scandir(str(place)) as found:
                for file in found:
                    if file.name.endswith(".toml") and file.is_file():
                        stat = file.stat()
                        path = file.path
                        self.states[path] = (stat.st_size, stat.st_mtime_ns)
                        self.names[path] = f"{name}/{file.name}"
        except OSError as unreadable:
            told = f"the folder cannot be read ({unreadable.strerror})."
            self.problems.append(Problem(str(place), told, "Check its name and permissions."))

    def read(self) -> None:
        """Take from the cache what is fresh there and read the other files."""
        for path in sorted(self.states):
            entry = self.cache.entries.get(path)
            if entry is None or not fresh(entry, self.states) or self.unread(entry):
                entry, self.stale = self.compile(Path(path)), True
            if entry is not None:
                self.entries[path] = entry
        self.no_twins()

    def unread(self, entry: Entry) -> bool:
        """Tell whether a file that was only looked through is wanted now."""
        return not entry.read and _concerns(entry, self.countries)

    def keep(self) -> None:
        """Write the cache where a file was read anew; entries of other folders stay in it."""
        if not self.stale:
            return
        sound = [e for path, e in self.entries.items() if path not in self.broken]
        others = (e for path, e in self.cache.entries.items() if path not in self.states)
        kept = [*sound, *(e for e in others if Path(e.path).is_file())]
        blobs = {path: encoded(value) for path, value in self.values_read.items()}
        self.cache.write(kept, {path: blob for path, blob in blobs.items() if blob})

    def compile(self, path: Path) -> Entry | None:
        """Read a file and return its entry, or note its faults."""
        try:
            content = path.read_bytes().replace(b"\r\n", b"\n")
        except OSError as unreadable:
            told = f"it cannot be opened ({unreadable.strerror})."
            self.problems.append(Problem(path.name, told, "Check its permissions."))
            return None
        form = _FORMAT.search(content)
        kind = form[1].decode() if form else ""
        if kind == SERIES:
            return self.entry(path, content, kind, None)
        glanced = self.glanced(path, content, kind)
        if glanced is not None:
            return glanced
        try:
            value = _read(path, kind)
        except InvalidLaw as invalid:
            return self.unusable(path, content, invalid)
        self.values_read[str(path)] = value
        return self.entry(path, content, kind, value)

    def glanced(self, path: Path, content: bytes, kind: str) -> Entry | None:
        """Return the entry of a file that concerns none of the States, without reading it.

        ``None`` where the file has to be read: where it may concern them, and where it is
        written in a way that does not show its id and countries at a glance.
        """
        table = _TABLE.search(content)
        top = content[: table.start()] if table else content
        name, checked = _ID.search(top), _CHECKED.search(top)
        written = _COUNTRY.findall(content)
        parties = tuple(sorted({code.decode() for code in written}))
        sure = parties and len(written) == len(_COUNTRY_KEY.findall(content))
        if kind not in (INSTRUMENT, SCHEME) or name is None or not sure:
            return None
        entry = replace(
            self.entry(path, content, kind, None),
            id=name[1].decode(),
            countries=parties,
            checked=checked[1].decode() if checked else "",
            read=False,
        )
        return None if self.unread(entry) else entry

    def unusable(self, path: Path, content: bytes, invalid: InvalidLaw) -> Entry:
        """Return the entry of a file with faults, and note these if it may concern the States."""
        entry = self.entry(path, content, "", None)
        parties = tuple(sorted({code.decode() for code in _COUNTRY.findall(content)}))
        entry = replace(entry, countries=parties)
        self.broken.add(str(path))
        if _concerns(entry, self.countries):
            for problem in invalid.problems:
                place = f"{path.name} {problem.place}".rstrip()
                self.problems.append(Problem(place, problem.fault, problem.remedy))
        return entry

    def entry(
        self, path: Path, content: bytes, kind: str, value: Instrument | Scheme | None
    ) -> Entry:
        """Return what is to be known of a file that was read."""
        beside: tuple[tuple[str, State], ...] = ()
        if isinstance(value, Scheme) and value.series:
            near = [p for p in self.states if Path(p).parent == path.parent and p != str(path)]
            beside = tuple((p, self.states[p]) for p in near)
        parties = (
            tuple(p.country for p in value.parties)
            if isinstance(value, Instrument)
            else (value.country,)
            if value
            else ()
        )
        checked = value.checked_on.isoformat() if value and value.checked_on else ""
        return Entry(
            path=str(path),
            state=self.states[str(path)],
            digest=hashlib.sha256(content).hexdigest(),
            kind=kind,
            id=value.id if value else "",
            countries=parties,
            checked=checked,
            beside=beside,
        )

    def no_twins(self) -> None:
        """Note the files that hold what another file holds already."""
        seen: dict[tuple[str, str], str] = {}
        for path, entry in self.entries.items():
            key = entry.kind, entry.id
            if entry.id and key in seen:
                told = f"the {entry.kind} {entry.id} is in {seen[key]} already."
                self.problems.append(Problem(path, told, "Give it an id of its own."))
            seen.setdefault(key, path)

    def values(self) -> tuple[tuple[Instrument, ...], tuple[Scheme, ...]]:
        """Return the instruments and schemes that concern the States, in order of id."""
        wanted = [e for e in self.entries.values() if e.id and _concerns(e, self.countries)]
        wanted.sort(key=lambda e: e.id)
        collecting = gc.isenabled()
        gc.disable()  # many small values and no rubbish: looking for some takes half the time
        try:
            cached = self.cache.values(e for e in wanted if e.path not in self.values_read)
        finally:
            if collecting:
                gc.enable()
        known: dict[str, Instrument | Scheme] = {**cached, **self.values_read}
        held = [known.get(e.path) or _read(Path(e.path), e.kind) for e in wanted]
        return (
            tuple(v for v in held if isinstance(v, Instrument)),
            tuple(v for v in held if isinstance(v, Scheme)),
        )

    def edition(self) -> str:
        """Return the newest day of checking and a digest of all files."""
        digest = hashlib.sha256()
        for name, entry in sorted((self.names[path], e) for path, e in self.entries.items()):
            digest.update(f"{name} {entry.digest}\n".encode())
        newest = max((e.checked for e in self.entries.values()), default="") or "undated"
        return f"{newest} ({digest.hexdigest()[:8]})"


def _concerns(entry: Entry, states: frozenset[str] | None) -> bool:
    if states is None:
        return True
    if entry.kind == INSTRUMENT and entry.id and not entry.countries:
        return False  # model provisions bind nobody
    needed = min(2, len(entry.countries))
    return sum(country in states for country in entry.countries) >= needed


def _read(path: Path, kind: str) -> Instrument | Scheme:
    # Only what the cache does not hold needs these, and they take longer than a determination.
    from ssacalc.library.instruments import read_instrument
    from ssacalc.library.schemes import read_scheme

    if kind == INSTRUMENT:
        return read_instrument(path)
    if kind == SCHEME:
        return read_scheme(path)
    fault = f"it says no format of the law ({kind or 'none'})."
    remedy = 'Begin it with format = "ssacalc-instrument/1" or "ssacalc-scheme/1".'
    raise InvalidLaw(f"{path.name} cannot be used.", (Problem("format", fault, remedy),))
