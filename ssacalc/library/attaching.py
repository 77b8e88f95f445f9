"""Official texts that an office attaches to instruments: kept in its own data folder only."""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.files import read_text
from ssacalc.library.indexing import Index, Passage, made
from ssacalc.library.passages import Cut, cut
from ssacalc.library.pdf_text import pdf_text, refused
from ssacalc.library.searching import remembered
from ssacalc.library.xml_passages import cut_xml
from ssacalc.resources import data_folder

FORMAT = "ssacalc-text/1"
INDEX = "texts.index"


@dataclass(frozen=True, slots=True)
class AttachedText:
    """A text attached to an instrument: its name there, its title, where the original is kept."""

    instrument: str
    name: str
    title: str
    original: Path
    attached: date
    digest: str
    passages: tuple[Cut, ...]


def attach(instrument: str, path: Path, on: date, title: str = "") -> AttachedText:
    """Keep a copy of an official text and its passages; one of the same name gives way.

    Raises :class:`InvalidLaw` where the file is no text, PDF or XML that can be read.
    """
    found, cuts = read_official(path)
    name = _slug(path.stem)
    place = _folder(instrument)
    content = path.read_bytes()
    text = AttachedText(
        instrument,
        name,
        title or found or path.stem,
        place / f"{name}{path.suffix.lower()}",
        on,
        hashlib.sha256(content).hexdigest(),
        cuts,
    )
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(text.original, content)
        _write(place / f"{name}.json", json.dumps(_plain(text), ensure_ascii=False).encode())
    except OSError as failed:
        raise refused(path, f"it cannot be kept in {place} ({failed.strerror}).") from None
    return text


def _slug(name: str) -> str:
    """Return a file's name as one that every system can hold."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80] or "text"


def _write(path: Path, content: bytes) -> None:
    passing = path.with_name(f"{path.name}.{os.getpid()}")
    passing.write_bytes(content)
    passing.replace(path)


def _plain(text: AttachedText) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "instrument": text.instrument,
        "title": text.title,
        "original": text.original.name,
        "attached": text.attached.isoformat(),
        "digest": text.digest,
        "passages": [[cut.place, cut.text] for cut in text.passages],
    }


def read_official(path: Path) -> tuple[str, tuple[Cut, ...]]:
    """Return the title, where the file tells one, and the passages of an official text."""
    if path.suffix.lower() == ".pdf":
        cuts = tuple(cut(pdf_text(path)))
        title = ""
    else:
        text = read_text(path, InvalidLaw)
        marked = text.lstrip().startswith("<")
        title, cuts = cut_xml(path, text) if marked else ("", tuple(cut(text)))
    if not cuts:
        raise refused(path, "it holds no text.", "A scanned PDF needs text recognition first.")
    return title, cuts


def detach(instrument: str, name: str) -> AttachedText:
    """Remove an attached text with its original; raises :class:`InvalidLaw` if there is none."""
    for text in attached(instrument):
        if text.name == name:
            (_folder(instrument) / f"{name}.json").unlink(missing_ok=True)
            text.original.unlink(missing_ok=True)
            with suppress(OSError):
                _folder(instrument).rmdir()
            return text
    problem = Problem(name, f"no such text is attached to {instrument}.")
    raise InvalidLaw("The text cannot be removed.", (problem,))


def attached(instrument: str | None = None) -> tuple[AttachedText, ...]:
    """Return the texts attached to an instrument; ``None`` = to any."""
    return tuple(_read(path) for path in _kept(instrument))


def _kept(instrument: str | None = None) -> Sequence[Path]:
    folder = _texts()
    if folder is None or not (instrument is None or _ID.fullmatch(instrument)):
        return ()
    return sorted(folder.glob(f"{instrument or '*'}/*.json"))


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9.]+)*")
"""What the id of an instrument looks like: it names a folder and no other place."""


def _read(path: Path) -> AttachedText:
    """Return a text as it was kept; raises :class:`InvalidLaw` where its file is damaged."""
    try:
        held = json.loads(path.read_bytes())
        if held["format"] != FORMAT:
            raise ValueError
        return AttachedText(
            held["instrument"],
            path.stem,
            held["title"],
            path.with_name(held["original"]),
            date.fromisoformat(held["attached"]),
            held["digest"],
            tuple(Cut(place, text) for place, text in held["passages"]),
        )
    except (OSError, ValueError, LookupError, TypeError):
        fault = "the file of this attached text is damaged."
        problem = Problem(str(path), fault, "Remove it and attach the text again.")
        raise InvalidLaw("An attached text cannot be read.", (problem,)) from None


def texts_index() -> Index | None:
    """Return the index over all attached texts; ``None`` where there are none."""
    paths = _kept()
    if not paths:
        return None
    told = hashlib.sha256()
    for path in paths:
        stat = path.stat()
        told.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return remembered(INDEX, told.hexdigest()[:16], lambda: made(_passages()))


def _passages() -> Iterator[Passage]:
    for text in attached():
        for part in text.passages:
            yield Passage(text.instrument, f"text {text.name}", part.place, part.text)


def _texts() -> Path | None:
    data = data_folder()
    return data / "texts" if data else None


def _folder(instrument: str) -> Path:
    texts = _texts()
    if texts is None:
        problem = Problem("", "this account has no folder for data.", "Set XDG_DATA_HOME or HOME.")
        raise InvalidLaw("The text cannot be kept.", (problem,))
    return texts / instrument
