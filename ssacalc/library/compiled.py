"""The compiled law: every file as last read, in one file of the user's cache.

It only saves time. What does not fit the files as they are now, is damaged or was written by
another edition of the program is read anew from the files; a cache that cannot be written is
done without. It holds plain data only (JSON), so that nothing in it can run.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one file of the law without decoding it.

    ``beside`` are the files, with their state, of which the entry is made too. ``blob`` is the
    encoded value, ``None`` where there is none to keep.
    """

    path: str
    state: State
    digest: str
    kind: str
    id: str
    countries: tuple[str, ...]
    checked: str
    beside: tuple[tuple[str, State], ...]
    blob: bytes | None


def encoded(value: Instrument | Scheme) -> bytes | None:
    """Return a value of the law as bytes; ``None`` where it holds what cannot be kept."""
    kind = INSTRUMENT if isinstance(value, Instrument) else SCHEME
    try:
        plain = _CODECS[kind].encode(value)
    except TypeError:
        return None
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def decoded(entry: Entry) -> Any:  # noqa: ANN401 - an instrument or a scheme, by kind
    """Return the value of an entry; ``None`` where its bytes are no value."""
    if entry.blob is None or entry.kind not in _CODECS:
        return None
    try:
        return _CODECS[entry.kind].decode(json.loads(entry.blob))
    except (ValueError, TypeError, LookupError):
        return None


def read_cache() -> dict[str, Entry]:
    """Return the entries of the cache by path; none where there is no cache fit for use."""
    path = _path()
    if path is None:
        return {}
    try:
        return _entries(path.read_bytes())
    except (OSError, ValueError, TypeError, LookupError):
        return {}


def write_cache(entries: Iterable[Entry]) -> None:
    """Keep entries for the next time, whole or not at all."""
    path = _path()
    if path is None:
        return
    blobs: list[bytes] = []
    index = []
    for entry in entries:
        plain = asdict(entry)
        blob = plain.pop("blob")
        index.append([*plain.values(), None if blob is None else [len(blob), zlib.crc32(blob)]])
        blobs.append(blob or b"")
    head = json.dumps(index, separators=(",", ":")).encode()
    text = b"\n".join([f"{_stamp()} {zlib.crc32(head)}".encode(), head, b"".join(blobs)])
    passing = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        passing.write_bytes(text)
        passing.replace(path)
    except OSError:
        with suppress(OSError):
            passing.unlink()


def fresh(entry: Entry | None, states: Mapping[str, State]) -> bool:
    """Tell whether an entry is what its file, and those beside it, hold now."""
    return (
        entry is not None
        and entry.state == states.get(entry.path)
        and all(states.get(path) == state for path, state in entry.beside)
    )


def _path() -> Path | None:
    place = cache_folder()
    return place and place / NAME


def _entries(text: bytes) -> dict[str, Entry]:
    first, head, rest = text.split(b"\n", 2)
    if first != f"{_stamp()} {zlib.crc32(head)}".encode():
        return {}
    entries: dict[str, Entry] = {}
    at = 0
    for path, state, digest, kind, name, countries, checked, beside, kept in json.loads(head):
        blob = None
        if kept is not None:
            blob = rest[at : at + kept[0]]
            at += kept[0]
            if zlib.crc32(blob) != kept[1]:
                continue
        near = tuple((where, (s[0], s[1])) for where, s in beside)
        size = (state[0], state[1])
        entries[path] = Entry(path, size, digest, kind, name, tuple(countries), checked, near, blob)
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
