"""Twenty corridors answered by hand from the sources, and the library held to the answers.

``corridors_by_hand.toml`` beside this module tells for each what was read where. Its keys:

* ``draw``: the number of the draw, see :func:`draws`;
* ``instruments``: those that bind both States, or may; ``standing`` says how (:class:`Standing`),
  ``since`` from which day each State is bound, ``branches`` what is covered for both, ``one_sided``
  what is covered for one State alone, ``also`` what the library holds under a name of its own
  besides, ``totalises`` whether periods are added by one State at least;
* ``bridges``: third States over which a bridge plainly leads, the library may know more;
* ``standards``: who is bound by an international standard, with the branches accepted;
* ``unknown``: what no source told. There the library may say what it likes.

What is left out was not read, and the library is not held to it.
"""

import random
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from ssacalc.domain.agreement import Cover, Instrument
from ssacalc.domain.case import Branch
from ssacalc.domain.law import Law
from ssacalc.domain.national import Ratification
from ssacalc.library.catalogue import span
from ssacalc.library.corridors import Binds, Corridor, corridor
from ssacalc.library.law import load_agreements
from ssacalc.library.national import provisions, ratifications

FIRST, LAST = date(1990, 1, 1), date(2026, 12, 31)
CORRIDORS = 20


class Plain(BaseModel):
    """A table of the file: nothing unknown in it."""

    model_config = ConfigDict(extra="forbid")


class Standing(StrEnum):
    """How an instrument stands between two States on a day."""

    BINDS = "binds"
    YIELDS = "yields"
    """It binds, and another that binds them too takes its place."""
    NOT_KNOWN = "not-known"
    """The sources leave it open: the library must show it, as binding or as one that may bind."""
    LATER = "later"


class Expected(Plain):
    """One instrument of an answer."""

    id: str
    standing: Standing
    since: dict[str, date] = {}
    branches: list[Branch] | None = None
    also: list[Branch] = []
    one_sided: dict[str, list[Branch]] = {}
    totalises: bool | None = None


class Standard(Plain):
    """Whether a State is bound by an international standard."""

    standard: str
    country: str
    bound: bool
    accepts: list[Branch] = []


class Read(Plain):
    """A source and what was read there."""

    address: str
    read: str


class Answer(Plain):
    """A corridor answered by hand."""

    draw: int
    states: tuple[str, str]
    on: date
    note: str
    sources: list[Read]
    instruments: list[Expected] = []
    bridges: list[str] = []
    standards: list[Standard] = []
    unknown: list[str] = []

    def __str__(self) -> str:
        return f"{'-'.join(self.states)}-{self.on}"


def _read() -> tuple[int, list[str], list[Answer]]:
    text = Path(__file__).with_name("corridors_by_hand.toml").read_text("utf-8")
    plain = tomllib.loads(text)
    told = plain["corridors"]
    answers = [Answer(states=(c.pop("from"), c.pop("to")), **c) for c in told]
    return plain["seed"], plain["states"], answers


SEED, STATES, ANSWERS = _read()


def draws() -> Iterator[tuple[str, str, date]]:
    """Yield ordered pairs of States and days from 1990 to 2026, as chance has it.

    The States are those that instruments of the library bound since some day when the corridors
    were picked, on 22 November 2026, without parts of States and without Yugoslavia. Taken were the
    first six draws between whose States the library knew nothing that binds on the day and the
    first fourteen of the others; left out were a pair drawn again, and what rests on one
    multilateral instrument from the third time on.
    """
    chance = random.Random(SEED)  # noqa: S311 - a sample, no secret
    while True:
        one, other = chance.sample(STATES, 2)
        yield one, other, FIRST + timedelta(chance.randrange((LAST - FIRST).days + 1))


def test_the_corridors_were_drawn_by_chance() -> None:
    drawn = list(islice(draws(), ANSWERS[-1].draw + 1))
    assert [drawn[a.draw] for a in ANSWERS] == [(*a.states, a.on) for a in ANSWERS]
    assert len(ANSWERS) == len({a.states for a in ANSWERS}) == CORRIDORS


def test_every_answer_tells_where_it_was_read() -> None:
    for answer in ANSWERS:
        assert answer.sources, answer
        assert all(s.address.startswith(("https://", "http://")) for s in answer.sources), answer
        assert all(s.read for s in answer.sources), answer
        assert answer.note, answer


@cache
def law() -> tuple[Law, tuple[Ratification, ...]]:
    read = load_agreements()
    return read, ratifications(read.instruments)


def known(answer: Answer) -> Corridor:
    read, ratified = law()
    given = [p for state in answer.states for p in provisions(state)]
    return corridor(read, answer.states, answer.on, ratified, given)


@pytest.mark.parametrize("answer", ANSWERS, ids=str)
def test_the_same_instruments_bind(answer: Answer) -> None:
    found = known(answer)
    told = {e.id: e.standing for e in answer.instruments}
    bound = {i.id for i in found.instruments}
    sure = {name for name, how in told.items() if how in (Standing.BINDS, Standing.YIELDS)}
    may = {name for name, how in told.items() if how is Standing.NOT_KNOWN}
    assert sure <= bound <= sure | may
    assert may <= bound | {i.id for i in found.undated()}
    later = {name for name, how in told.items() if how is Standing.LATER}
    assert later <= {i.id for i in found.other}


def pairs(*standings: Standing) -> list[tuple[Answer, Expected]]:
    return [(a, e) for a in ANSWERS for e in a.instruments if e.standing in standings]


def of(found: Corridor, name: str) -> Instrument:
    return next(i for i in (*found.instruments, *found.other) if i.id == name)


@pytest.mark.parametrize(("answer", "expected"), pairs(*Standing), ids=str)
def test_it_binds_each_since_the_same_day(answer: Answer, expected: Expected) -> None:
    instrument = of(known(answer), expected.id)
    held = {p.country: p.since for p in instrument.parties if p.country in expected.since}
    assert held == expected.since
    if len(held) == len(answer.states):
        assert span(instrument, answer.states)[0] == max(expected.since.values())


@pytest.mark.parametrize(("answer", "expected"), pairs(Standing.BINDS), ids=str)
def test_it_covers_the_same_branches(answer: Answer, expected: Expected) -> None:
    rows = [b for b in known(answer).bindings if b.instrument.id == expected.id]
    if expected.branches is not None:
        both = {row.branch for row in rows if row.binds is Binds.BOTH}
        assert both == {*expected.branches, *expected.also}
    for row in rows:
        covered = [side.country for side in row.sides if side.cover is Cover.COVERED]
        alone = [s for s in answer.states if row.branch in expected.one_sided.get(s, ())]
        if row.binds is Binds.ONE or alone:
            assert covered == alone


@pytest.mark.parametrize(("answer", "expected"), pairs(Standing.BINDS, Standing.NOT_KNOWN), ids=str)
def test_it_adds_periods_or_does_not(answer: Answer, expected: Expected) -> None:
    if expected.totalises is not None:
        assert of(known(answer), expected.id).totalises is expected.totalises


@pytest.mark.parametrize(("answer", "expected"), pairs(Standing.YIELDS), ids=str)
def test_it_yields_to_another(answer: Answer, expected: Expected) -> None:
    assert known(answer).yields[expected.id]


@pytest.mark.parametrize("answer", ANSWERS, ids=str)
def test_the_plain_bridges_are_found(answer: Answer) -> None:
    assert set(answer.bridges) <= {b.third for b in known(answer).bridges}


@pytest.mark.parametrize("answer", ANSWERS, ids=str)
def test_the_same_standards_bind(answer: Answer) -> None:
    protections = {p.standard.id: p.parties for p in known(answer).protections}
    for told in answer.standards:
        sides = protections.get(told.standard, (None, None))
        held = sides[answer.states.index(told.country)]
        if not told.bound:
            assert held is None or held.bound(answer.on) is False, told
            continue
        assert held is not None, told
        assert held.bound(answer.on) is not False, told
        assert all(held.accepts(branch) for branch in told.accepts), told


def test_no_provision_is_told_for_a_day_before_its_law() -> None:
    """The Norwegian Act read is in force from 1 May 1997: of 1992 it says nothing."""
    answer = next(a for a in ANSWERS if a.states == ("NO", "AM"))
    assert [p.country for p in known(answer).provisions] == []


def test_successors_of_one_state_are_not_bound_to_each_other_by_its_treaty() -> None:
    read, _ = law()
    treaty = next(i for i in read.instruments if i.id == "ch-yu-1962")
    assert treaty.links("CH", "BA", date(1997, 4, 17))
    assert not treaty.links("BA", "RS", date(1997, 4, 17))
