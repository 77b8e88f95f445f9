"""A small inverted index: which passages hold a word, as plain data in one file.

The file has a seal line, a line of sizes, and then words, numbers and passages. It only saves
time: one that does not fit its sources, or is damaged, is made anew.
"""

import json
import os
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ssacalc.library.words import words

_NUMBERS = "I"
_LINE = "\n"
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text with where it stands: the instrument, the place in it, the article."""

    instrument: str
    place: str
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Index:
    """Words in order, where the numbers of each begin, the numbers, and the passages.

    The passages are one text, a line each; ``lines`` tells where each begins.
    """

    words: Sequence[str]
    starts: Sequence[int]
    numbers: Sequence[int]
    lines: Sequence[int]
    text: bytes

    def holding(self, word: str, *, beginning: bool = False) -> frozenset[int]:
        """Return the passages that hold a word, or a word that begins so."""
        first = last = bisect_left(self.words, word)
        while last < len(self.words) and (
            self.words[last].startswith(word) if beginning else self.words[last] == word
        ):
            last += 1
        return frozenset(self.numbers[self.starts[first] : self.starts[last]])

    def passage(self, number: int) -> Passage:
        """Return a passage by its number."""
        return Passage(*self.line(number).decode().split("\t", _PARTS - 1))

    def line(self, number: int) -> bytes:
        """Return the parts of a passage with tabs between them."""
        return self.text[self.lines[number] : self.lines[number + 1] - 1]


def made(passages: Iterable[Passage]) -> Index:
    """Return the index of some passages."""
    found: dict[str, array[int]] = {}
    lines = array(_NUMBERS, [0])
    text: list[bytes] = []
    at = 0
    for number, passage in enumerate(passages):
        parts = (passage.instrument, passage.place, passage.article, passage.text)
        line = "\t".join(" ".join(part.split()) for part in parts).encode() + b"\n"
        text.append(line)
        at += len(line)
        lines.append(at)
        for word in set(words(" ".join(parts[1:]))):
            held = found.get(word)
            if held is None:
                held = found[word] = array(_NUMBERS)
            held.append(number)
    known = sorted(found)
    starts = array(_NUMBERS, [0])
    numbers = array(_NUMBERS)
    for word in known:
        numbers.extend(found[word])
        starts.append(len(numbers))
    return Index(known, starts, numbers, lines, b"".join(text))


def keep(index: Index, path: Path, stamp: str) -> None:
    """Write an index; where that cannot be done it is made anew next time."""
    parts = (
        _LINE.join(index.words).encode(),
        *(array(_NUMBERS, n).tobytes() for n in (index.starts, index.numbers, index.lines)),
        index.text,
    )
    body = b"".join(parts)
    sizes = json.dumps([len(part) for part in parts]).encode()
    passing = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        passing.write_bytes(b"\n".join([_seal(stamp, body), sizes, body]))
        passing.replace(path)


def kept(path: Path, stamp: str) -> Index | None:
    """Return the index in a file if it was made of the same sources and is sound."""
    with suppress(OSError, ValueError, LookupError):
        seal, sizes, body = path.read_bytes().split(b"\n", 2)
        if seal == _seal(stamp, body):
            return _parted(json.loads(sizes), body)
    return None


def _parted(sizes: Sequence[int], body: bytes) -> Index:
    parts: list[bytes] = []
    at = 0
    for size in sizes:
        parts.append(body[at : at + size])
        at += size
    known, *numbers, text = parts
    starts, held, lines = (_array(part) for part in numbers)
    return Index(known.decode().split(_LINE) if known else [], starts, held, lines, text)


def _array(content: bytes) -> "array[int]":
    numbers = array(_NUMBERS)
    numbers.frombytes(content)
    return numbers


def _seal(stamp: str, body: bytes) -> bytes:
    form = f"{sys.byteorder} {array(_NUMBERS).itemsize}"
    return f"ssacalc-index/1 {form} {zlib.adler32(body)} {stamp}".encode()
