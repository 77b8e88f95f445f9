"""The law that concerns some States, from the program's own files and an office's further ones."""

import gc
import hashlib
import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.law import Law
from ssacalc.domain.scheme import Scheme
from ssacalc.library.compiled import (
    INSTRUMENT,
    LIST,
    SCHEME,
    SERIES,
    Cache,
    Entry,
    Key,
    State,
    encoded,
    fresh,
)
from ssacalc.resources import folder

LISTS = "lists"
"""The folder, within one of agreements, of the lists of those whose clauses nobody coded."""

_FORMAT = re.compile(rb'^\s*format\s*=\s*"ssacalc-([a-z]+)/', re.MULTILINE)
_COUNTRY = re.compile(rb"""\bcountry["']?\s*=\s*["']([A-Z]{2}(?:-[A-Z0-9]{1,3})?)["']""")
_CODE = re.compile(rb"""["']([A-Z]{2}(?:-[A-Z0-9]{1,3})?)["']""")
_COUNTRY_KEY = re.compile(rb"\bcountry[\"']?\s*=")
_TABLE = re.compile(rb"^\s*\[+\s*[A-Za-z]", re.MULTILINE)
_ID = re.compile(rb"""^\s*id\s*=\s*["']([a-z0-9.-]+)["']""", re.MULTILINE)
_CHECKED = re.compile(rb"""^\s*checked\s*=\s*["']?([0-9]{4}-[0-9]{2}-[0-9]{2})""", re.MULTILINE)


def load_law(countries: Collection[str] | None = None, extra: Sequence[Path] = ()) -> Law:
    """Return the law that concerns some States; ``None`` = all there is.

    Of the instruments those to which at least two of the States are parties (a part of a State,
    such as ``CA-QC``, stands for the State too), of the schemes those of the States. Folders in
    ``extra``, and folders ``lists`` in them, hold further files of the same formats. Raises
    :class:`InvalidLaw` with the faults of every file that may concern the States and cannot be
    used: a determination never rests on less law than was given.
    """
    library = _Library(None if countries is None else _states(countries))
    library.look_at_agreements(folder("agreements"), "agreements")
    library.look_at_schemes()
    return _loaded(library, extra)


def load_agreements(extra: Sequence[Path] = ()) -> Law:
    """Return the instruments alone, for those who read them and compute nothing.

    ``edition`` then names these files only. Raises :class:`InvalidLaw` as :func:`load_law` does.
    """
    library = _Library(None)
    library.look_at_agreements(folder("agreements"), "agreements")
    return _loaded(library, extra)


def load_schemes() -> tuple[Scheme, ...]:
    """Return the schemes alone. Raises :class:`InvalidLaw` as :func:`load_law` does."""
    library = _Library(None)
    library.look_at_schemes()
    return _loaded(library, ()).schemes


def _loaded(library: "_Library", extra: Sequence[Path]) -> Law:
    for place in extra:
        library.look_at_agreements(place, "")
    with _uncollected():
        library.read()
        instruments, schemes = ((), ()) if library.problems else library.values()
        library.keep()
    if library.problems:
        raise InvalidLaw("The law cannot be read.", tuple(library.problems))
    return Law(instruments, schemes, library.edition())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no rubbish: of many small values that are kept it would take half the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


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
    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    values_read: dict[Key, Instrument | Scheme] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    stale: bool = False
    problems: list[Problem] = field(default_factory=list)

    def look_at_agreements(self, place: Path, name: str) -> None:
        """Find the files of a folder of agreements and the lists in it."""
        self.look(place, name)
        if (place / LISTS).is_dir():
            self.look(place / LISTS, f"{name}/{LISTS}")

    def look_at_schemes(self) -> None:
        """Find the files of the program's own schemes."""
        for place in _subfolders(folder("resources") / "schemes"):
            self.look(place, f"schemes/{place.name}")

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
            held = self.cache.entries.get(path, ())
            if not held or not fresh(held[0], self.states) or self.unread(held[0]):
                held, self.stale = tuple(self.compile(Path(path))), True
            if held:
                self.entries[path] = held
        self.no_twins()

    def all(self) -> Iterator[Entry]:
        """Yield the entries of all files."""
        for held in self.entries.values():
            yield from held

    def unread(self, entry: Entry) -> bool:
        """Tell whether a file that was only looked through is wanted now."""
        return not entry.read and _concerns(entry, self.countries)

    def keep(self) -> None:
        """Write the cache where a file was read anew; entries of other folders stay in it."""
        if not self.stale:
            return
        sound = [e for e in self.all() if e.path not in self.broken]
        others = (
            held
            for path, held in self.cache.entries.items()
            if path not in self.states and Path(path).is_file()
        )
        kept = [*sound, *(e for held in others for e in held)]
        blobs = {key: encoded(value) for key, value in self.values_read.items()}
        self.cache.write(kept, {key: blob for key, blob in blobs.items() if blob})

    def compile(self, path: Path) -> Iterator[Entry]:
        """Read a file and yield its entries, or note its faults."""
        try:
            content = path.read_bytes().replace(b"\r\n", b"\n")
        except OSError as unreadable:
            told = f"it cannot be opened ({unreadable.strerror})."
            self.problems.append(Problem(path.name, told, "Check its permissions."))
            return
        form = _FORMAT.search(content)
        kind = form[1].decode() if form else ""
        glanced = self.glanced(path, content, kind)
        if glanced is not None:
            yield glanced
            return
        try:
            values = _read(path, kind) if kind != SERIES else ()
        except InvalidLaw as invalid:
            yield self.unusable(path, content, kind, invalid)
            return
        self.values_read.update(((str(path), value.id), value) for value in values)
        if kind in (SERIES, LIST):
            whole = self.entry(path, content, kind, None)
            listed = [replace(whole, digest="", kind=INSTRUMENT, **_told(v)) for v in values]
            yield replace(whole, checked=max((e.checked for e in listed), default=""))
            yield from listed
        else:
            yield self.entry(path, content, kind, values[0])

    def glanced(self, path: Path, content: bytes, kind: str) -> Entry | None:
        """Return the entry of a file that concerns none of the States, without reading it.

        ``None`` where the file has to be read: where it may concern them, and where it is
        written in a way that does not show its id and countries at a glance.
        """
        if self.countries is None:
            return None
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

    def unusable(self, path: Path, content: bytes, kind: str, invalid: InvalidLaw) -> Entry:
        """Return the entry of a file with faults, and note these if it may concern the States."""
        entry = self.entry(path, content, "", None)
        written = (_CODE if kind == LIST else _COUNTRY).findall(content)
        parties = tuple(sorted({code.decode() for code in written}))
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
        whole = Entry(
            path=str(path),
            state=self.states[str(path)],
            digest=hashlib.sha256(content).hexdigest(),
            kind=kind,
            id="",
            countries=(),
            checked="",
            beside=beside,
        )
        return whole if value is None else replace(whole, **_told(value))

    def no_twins(self) -> None:
        """Note the files that hold what another file holds already, where it concerns somebody."""
        seen: dict[tuple[str, str], Entry] = {}
        for entry in self.all():
            key = entry.kind, entry.id
            twin = seen.get(key)
            if twin and any(_concerns(e, self.countries) for e in (entry, twin) if e.id):
                told = f"the {entry.kind} {entry.id} is in {twin.path} already."
                remedy = "Give it an id of its own, or remove one of them."
                self.problems.append(Problem(entry.path, told, remedy))
            seen.setdefault(key, entry)

    def values(self) -> tuple[tuple[Instrument, ...], tuple[Scheme, ...]]:
        """Return the instruments and schemes that concern the States, in order of id."""
        wanted = [e for e in self.all() if e.id and _concerns(e, self.countries)]
        wanted.sort(key=lambda e: e.id)
        cached = self.cache.values(e for e in wanted if e.key not in self.values_read)
        known: dict[Key, Instrument | Scheme] = {**cached, **self.values_read}
        held = [known.get(e.key) or self.again(e) for e in wanted]
        return (
            tuple(v for v in held if isinstance(v, Instrument)),
            tuple(v for v in held if isinstance(v, Scheme)),
        )

    def again(self, entry: Entry) -> Instrument | Scheme:
        """Return the value of an entry that the cache should hold and does not."""
        kind = self.entries[entry.path][0].kind
        for value in _read(Path(entry.path), kind):
            self.values_read[entry.path, value.id] = value
        self.stale = True
        return self.values_read[entry.key]

    def edition(self) -> str:
        """Return the newest day of checking and a digest of all files."""
        digest = hashlib.sha256()
        files = [held[0] for held in self.entries.values()]
        for name, content in sorted((self.names[file.path], file.digest) for file in files):
            digest.update(f"{name} {content}\n".encode())
        newest = max((file.checked for file in files), default="") or "undated"
        return f"{newest} ({digest.hexdigest()[:8]})"


class _Told(TypedDict):
    """What an entry says of the value in it."""

    id: str
    countries: tuple[str, ...]
    checked: str


def _told(value: Instrument | Scheme) -> _Told:
    own = value.parties if isinstance(value, Instrument) else (value,)
    checked = value.checked_on.isoformat() if value.checked_on else ""
    return {"id": value.id, "countries": tuple(p.country for p in own), "checked": checked}


def _concerns(entry: Entry, states: frozenset[str] | None) -> bool:
    if states is None:
        return True
    if entry.kind == INSTRUMENT and entry.id and not entry.countries:
        return False  # model provisions bind nobody
    needed = min(2, len(entry.countries))
    return sum(country in states for country in entry.countries) >= needed


def _read(path: Path, kind: str) -> Sequence[Instrument | Scheme]:
    # Only what the cache does not hold needs these, and they take longer than a determination.
    if kind == INSTRUMENT:
        from ssacalc.library.instruments import read_instrument

        return (read_instrument(path),)
    if kind == SCHEME:
        from ssacalc.library.schemes import read_scheme

        return (read_scheme(path),)
    if kind == LIST:
        from ssacalc.library.lists import read_list

        return read_list(path)
    fault = f"it says no format of the law ({kind or 'none'})."
    remedy = (
        'Begin it with format = "ssacalc-instrument/1", "ssacalc-list/1" or "ssacalc-scheme/1".'
    )
    raise InvalidLaw(f"{path.name} cannot be used.", (Problem("format", fault, remedy),))
