"""The compiled law: every file as last read, in one file of the user's cache.

It only saves time. What does not fit the files as they are now, is damaged or was written by
another edition of the program is read anew from the files; a cache that cannot be written is
done without. It holds plain data only (JSON), so that nothing in it can run.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ssacalc import __version__
from ssacalc.domain.agreement import Instrument
from ssacalc.domain.scheme import Scheme
from ssacalc.library.codec import Codec
from ssacalc.resources import cache_folder, folder

NAME = "law.cache"
INSTRUMENT, SCHEME, SERIES = "instrument", "scheme", "series"

_CODECS: dict[str, Codec[Any]] = {INSTRUMENT: Codec(Instrument), SCHEME: Codec(Scheme)}

State = tuple[int, int]
"""Size and time of last change of a file."""


Place = tuple[int, int, int]
"""Where the bytes of a value lie in the cache: from, how many, and their checksum."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one file of the law without decoding it.

    ``beside`` are the files, with their state, of which the entry is made too. ``place`` tells
    where in the cache the encoded value lies; ``None`` where there is none.
    """

    path: str
    state: State
    digest: str
    kind: str
    id: str
    countries: tuple[str, ...]
    checked: str
    beside: tuple[tuple[str, State], ...]
    place: Place | None = None


def encoded(value: Instrument | Scheme) -> bytes | None:
    """Return a value of the law as bytes; ``None`` where it holds what cannot be kept."""
    kind = INSTRUMENT if isinstance(value, Instrument) else SCHEME
    try:
        plain = _CODECS[kind].encode(value)
    except TypeError:
        return None
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


class Cache:
    """The cache as it was found: its entries by path, and the bytes behind them when asked for."""

    def __init__(self) -> None:
        place = cache_folder()
        self._path = place and place / NAME
        self.entries: dict[str, Entry] = {}
        if self._path is not None:
            with (
                suppress(OSError, ValueError, TypeError, LookupError),
                self._path.open("rb") as file,
            ):
                self.entries = _entries(file)

    def values(self, entries: Iterable[Entry]) -> dict[str, Any]:
        """Return the values of entries by path; those whose bytes are no value are left out."""
        found: dict[str, Any] = {}
        for entry, blob in self.blobs(entries):
            with suppress(ValueError, TypeError, LookupError):
                found[entry.path] = _CODECS[entry.kind].decode(json.loads(blob))
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

    def write(self, entries: Sequence[Entry], fresh: Mapping[str, bytes]) -> None:
        """Keep entries for the next time, whole or not at all; ``fresh`` holds new bytes."""
        if self._path is None:
            return
        old = {entry.path: blob for entry, blob in self.blobs(entries)}
        index: list[list[Any]] = []
        blobs: list[bytes] = []
        at = 0
        for entry in entries:
            blob = fresh.get(entry.path, old.get(entry.path))
            kept = None if blob is None else [at, len(blob), zlib.crc32(blob)]
            index.append([*list(asdict(entry).values())[:-1], kept])
            blobs.append(blob or b"")
            at += len(blobs[-1])
        head = json.dumps(index, separators=(",", ":")).encode()
        _replace(self._path, b"\n".join([_sealed(head), head, b"".join(blobs)]))


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
    return f"{_stamp()} {zlib.crc32(head)}".encode()


def _entries(file: BinaryIO) -> dict[str, Entry]:
    seal, head = file.readline().rstrip(b"\n"), file.readline().rstrip(b"\n")
    if seal != _sealed(head):
        return {}
    start = file.tell()
    entries: dict[str, Entry] = {}
    for path, state, digest, kind, name, countries, checked, beside, kept in json.loads(head):
        entries[path] = Entry(
            path=path,
            state=(state[0], state[1]),
            digest=digest,
            kind=kind,
            id=name,
            countries=tuple(countries),
            checked=checked,
            beside=tuple((where, (s[0], s[1])) for where, s in beside),
            place=None if kept is None else (start + kept[0], kept[1], kept[2]),
        )
    return entries


def _stamp() -> str:
    """Return what tells this edition of the program from others that would read otherwise."""
    package = Path(__file__).parent.parent
    sources = [package / "models.py", package / "files.py", folder("resources") / "taxonomy.toml"]
    with suppress(OSError):
        sources += sorted(Path(__file__).parent.glob("*.py"))
    told = [__version__, *(line for codec in _CODECS.values() for line in codec.shape)]
    for source in sources:
        with suppress(OSError):
            stat = source.stat()
            told.append(f"{source.name} {stat.st_size} {stat.st_mtime_ns}")
    return "ssacalc-law " + hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
