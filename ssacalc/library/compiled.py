"""The compiled law: every file as last read, in one file of the user's cache.

It only saves time. What does not fit the files as they are now, is damaged or was written by
another edition of the program is read anew from the files; a cache that cannot be written is
done without. It holds plain data only (JSON), so that nothing in it can run.

The long fields of an instrument stand in lines of their own that are decoded when somebody
first asks for the field: a list of all instruments decodes none.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, BinaryIO

from ssacalc import __version__
from ssacalc.domain.agreement import LATER, Instrument
from ssacalc.domain.scheme import Scheme
from ssacalc.library.codec import Codec, FieldsCodec
from ssacalc.resources import cache_folder, folder

NAME = "law.cache"
INSTRUMENT, SCHEME, SERIES, LIST = "instrument", "scheme", "series", "list"

_SCHEME = Codec(Scheme)
_HEAD = FieldsCodec(Instrument, [f.name for f in fields(Instrument) if f.name not in LATER])
_LATER = {name: FieldsCodec(Instrument, [name]) for name in LATER}

State = tuple[int, int]
"""Size and time of last change of a file."""


Place = tuple[int, int, int]
"""Where the bytes of a value lie in the cache: from, how many, and their checksum."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one file of the law without decoding it.

    A list has an entry of its own and one for each of its instruments. ``beside`` are the files,
    with their state, of which the entry is made too. ``read`` is false where the file concerned
    nobody yet and was only looked through. ``place`` tells where in the cache the encoded value
    lies; ``None`` where there is none.
    """

    path: str
    state: State
    digest: str
    kind: str
    id: str
    countries: tuple[str, ...]
    checked: str
    beside: tuple[tuple[str, State], ...]
    read: bool = True
    place: Place | None = None

    @property
    def key(self) -> "Key":
        """Return what tells the entry from all others."""
        return self.path, self.id


Key = tuple[str, str]
"""The file of an entry and the id of what it holds."""


def encoded(value: Instrument | Scheme) -> bytes | None:
    """Return a value of the law as bytes; ``None`` where it holds what cannot be kept."""
    try:
        if isinstance(value, Scheme):
            return _line(_SCHEME.encode(value))
        return b"\n".join(_line(codec.encode(value)) for codec in (_HEAD, *_LATER.values()))
    except TypeError:
        return None


def _line(plain: object) -> bytes:
    return _WRITTEN.encode(plain).encode()


_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def _decoded(entry: Entry, blob: bytes) -> Instrument | Scheme:
    if entry.kind == SCHEME:
        return _SCHEME.decode(json.loads(blob))
    head, *rest = blob.split(b"\n")
    lines = dict(zip(LATER, rest, strict=True))

    def fill(name: str) -> object:
        return _LATER[name].decode(json.loads(lines[name]))[name]

    return Instrument.later(_HEAD.decode(json.loads(head)), fill)


class Cache:
    """The cache as it was found: its entries by path, and the bytes behind them when asked for."""

    def __init__(self) -> None:
        place = cache_folder()
        self._path = place and place / NAME
        self.entries: dict[str, tuple[Entry, ...]] = {}
        if self._path is not None:
            with (
                suppress(OSError, ValueError, TypeError, LookupError),
                self._path.open("rb") as file,
            ):
                self.entries = _entries(file)

    def values(self, entries: Iterable[Entry]) -> dict[Key, Any]:
        """Return the values of entries by key; those whose bytes are no value are left out."""
        found: dict[Key, Any] = {}
        for entry, blob in self.blobs(entries):
            with suppress(ValueError, TypeError, LookupError):
                found[entry.key] = _decoded(entry, blob)
        return found

    def blobs(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, bytes]]:
        """Yield the bytes of the entries that have sound ones."""
        if self._path is None:
            return
        with suppress(OSError), self._path.open("rb") as file:
            for entry in entries:
                if entry.place is None:
                    continue
                start, length, check = entry.place
                file.seek(start)
                blob = file.read(length)
                if zlib.crc32(blob) == check:
                    yield entry, blob

    def write(self, entries: Sequence[Entry], fresh: Mapping[Key, bytes]) -> None:
        """Keep entries for the next time, whole or not at all; ``fresh`` holds new bytes."""
        if self._path is None:
            return
        held = {entry.key: blob for entry, blob in self.blobs(entries)} | dict(fresh)
        index: list[list[Any]] = []
        blobs: list[bytes] = []
        at = 0
        for entry in entries:
            blob = held.get(entry.key, b"")
            place = (at, len(blob), zlib.crc32(blob)) if blob else None
            index.append(_row(replace(entry, place=place)))
            blobs.append(blob)
            at += len(blob)
        line = _line(index)
        _replace(self._path, b"\n".join([_sealed(line), line, b"".join(blobs)]))


def _row(entry: Entry) -> list[Any]:
    return [getattr(entry, field.name) for field in fields(Entry)]


def _replace(path: Path, content: bytes) -> None:
    passing = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        passing.write_bytes(content)
        passing.replace(path)
    except OSError:
        with suppress(OSError):
            passing.unlink()


def fresh(entry: Entry, states: Mapping[str, State]) -> bool:
    """Tell whether an entry is what its file, and those beside it, hold now."""
    own = entry.state == states.get(entry.path)
    return own and all(states.get(path) == state for path, state in entry.beside)


def _sealed(head: bytes) -> bytes:
    return f"{stamp()} {zlib.crc32(head)}".encode()


def _entries(file: BinaryIO) -> dict[str, tuple[Entry, ...]]:
    seal, head = file.readline().rstrip(b"\n"), file.readline().rstrip(b"\n")
    if seal != _sealed(head):
        return {}
    start = file.tell()
    found: dict[str, tuple[Entry, ...]] = {}
    for row in json.loads(head):
        entry = _entry(row, start)
        found[entry.path] = (*found.get(entry.path, ()), entry)
    return found


def _entry(row: list[Any], start: int) -> Entry:
    """Return the entry of a row of the index; the bytes of values begin at ``start``."""
    path, state, digest, kind, name, countries, checked, beside, read, kept = row
    return Entry(
        path=path,
        state=(state[0], state[1]),
        digest=digest,
        kind=kind,
        id=name,
        countries=tuple(countries),
        checked=checked,
        beside=tuple((where, (s[0], s[1])) for where, s in beside),
        read=read,
        place=None if kept is None else (start + kept[0], kept[1], kept[2]),
    )


def stamp() -> str:
    """Return what tells this edition of the program from others that would read otherwise."""
    package = Path(__file__).parent.parent
    sources = [package / "models.py", package / "files.py", folder("resources") / "taxonomy.toml"]
    with suppress(OSError):
        sources += sorted(Path(__file__).parent.glob("*.py"))
    codecs = (_SCHEME, _HEAD, *_LATER.values())
    told = [__version__, *(line for codec in codecs for line in codec.shape)]
    for source in sources:
        with suppress(OSError):
            stat = source.stat()
            told.append(f"{source.name} {stat.st_size} {stat.st_mtime_ns}")
    return "ssacalc-law " + hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
