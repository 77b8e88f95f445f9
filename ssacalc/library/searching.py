"""Full text over the library: clauses, notes, histories, and the texts an office attached."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import log

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.law import Law
from ssacalc.library.compiled import stamp
from ssacalc.library.indexing import Index, Passage, keep, kept, made
from ssacalc.library.tables import said
from ssacalc.library.taxonomy import taxonomy
from ssacalc.library.words import folded, words
from ssacalc.resources import cache_folder

NAME = "search.index"

TITLE = "title"
"""The place of an instrument's names, in which a hit counts more."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, and how well it fits; the best have the highest number."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The best passages, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def search(
    indexes: Iterable[Index], query: str, within: Collection[str] | None = None, most: int = 20
) -> Found:
    """Return the passages that hold all the words asked for, the best first.

    Words that stand together in the passage as in the query count most. A word ending in ``*``
    stands for all that begin so; where no passage holds the words as written all are taken so.
    ``within`` names the instruments looked at.
    """
    best: list[Hit] = []
    total = 0
    names = None if within is None else frozenset(name.encode() for name in within)
    for index in indexes:
        ranked = _ranked(index, query, names)
        total += len(ranked)
        best += [Hit(index.passage(number), -score) for score, number in nsmallest(most, ranked)]
    best.sort(key=lambda hit: -hit.score)
    return Found(tuple(best[:most]), total)


def _ranked(index: Index, query: str, within: frozenset[bytes] | None) -> list[tuple[float, int]]:
    """Return the numbers of the passages that fit, each after its score below nought."""
    asked = tuple(dict.fromkeys(words(query)))
    matches = _matches(index, asked, _starred(query))
    if not matches:
        return []
    score = 1 + sum(log(len(index.lines) / len(match)) for match in matches)
    together = _together(query) if len(asked) > 1 else None
    ranked: list[tuple[float, int]] = []
    for number in frozenset.intersection(*matches):
        line = index.line(number)
        instrument, place, rest = line.split(b"\t", 2)
        if within is None or instrument in within:
            near = together is not None and together.search(_plain(rest))
            ranked.append((-score * _weight(place, rest, near=bool(near)), number))
    return ranked


def _matches(index: Index, asked: Sequence[str], starred: Collection[str]) -> list[frozenset[int]]:
    """Return for each word the passages that hold it; none where no passage holds all."""
    exact = [index.holding(word, beginning=word in starred) for word in asked]
    if exact and not frozenset.intersection(*exact):
        exact = [index.holding(word, beginning=True) for word in asked]
    return exact if exact and frozenset.intersection(*exact) else []


def _starred(query: str) -> frozenset[str]:
    """Return the words of a query that stand for all that begin so."""
    ends = (part for part in query.split() if part.endswith("*"))
    return frozenset(word for part in ends for word in list(words(part))[-1:])


def _together(query: str) -> re.Pattern[str]:
    """Return the pattern of the words of a query one after the other, singular or plural."""
    return re.compile(r"\W+".join(rf"\b{re.escape(word)}\w{{0,3}}" for word in words(query)))


def _plain(text: bytes) -> str:
    return text.decode().lower() if text.isascii() else folded(text.decode())


def _weight(place: bytes, rest: bytes, *, near: bool) -> float:
    """Return how much a passage counts: names more, long ones and silent clauses less."""
    weight = (2 if near else 1) * (1.5 if place == _TITLE else 1) / (1 + len(rest) / _LONG)
    return weight / 2 if _SILENT.search(rest) else weight


_TITLE = TITLE.encode()
_SILENT = re.compile(rb": (silent|not-applicable)\.( |$)")

_LONG = 1000
"""Bytes of a passage in which a word says half as much as in the shortest."""


def library_index(law: Law) -> Index:
    """Return the index over the instruments, from the cache where it fits them."""
    return remembered(NAME, law.edition, lambda: made(passages(law.instruments)))


def remembered(name: str, edition: str, make: Callable[[], Index]) -> Index:
    """Return the index of a name from the cache, or make and keep it."""
    place = cache_folder()
    told = f"{stamp()} {edition}"
    index = kept(place / name, told) if place else None
    if index is None:
        index = make()
        if place:
            keep(index, place / name, told)
    return index


def passages(instruments: Iterable[Instrument]) -> Iterator[Passage]:
    """Yield what there is to find in instruments: title, history, branches, clauses, sources."""
    titles = taxonomy().clauses
    for i in instruments:
        yield Passage(i.id, TITLE, "", f"{i.short}. {i.title}")
        if i.note:
            yield Passage(i.id, "note", "", i.note)
        for event in i.events:
            told = f"{event.kind.value} {event.on} {event.party or ''} {event.note}"
            yield Passage(i.id, "history", event.law.article if event.law else "", told)
        for row in i.branches:
            if row.note:
                told = f"{row.branch.value} {row.party}: {row.cover.value}. {row.note}"
                yield Passage(i.id, "branches", row.law.article if row.law else "", told)
        for clause in i.clauses:
            narrowed = (clause.party, clause.scheme, clause.branch, clause.part)
            to = ", ".join(name for name in narrowed if name)
            held = "; ".join(f"{n} {said(v)}" for n, v in clause.parameters.items())
            told = f"{titles[clause.id].title}: {clause.option}. {held} {clause.note}"
            place = f"{clause.id} [{to}]" if to else clause.id
            yield Passage(i.id, place, clause.law.article, told)
        for source in i.sources:
            yield Passage(i.id, "source", "", f"{source.title} {source.passage}")
