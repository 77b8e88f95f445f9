"""Bridges: third States that an agreement binds to the one State and another to the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ssacalc.domain.agreement import Cover, Instrument
from ssacalc.domain.case import Branch
from ssacalc.domain.rules import ThirdStateRule, ThirdStates
from ssacalc.library.catalogue import row_holds


@dataclass(frozen=True, slots=True)
class Bridge:
    """A third State with the instruments that bind it to each of two States.

    ``counts[0]``: time of the second State counts in the first under ``instruments[0]``, because
    its clause on third States (T06) takes it in; ``counts[1]`` the other way round. Where it adds
    no periods at all none does. ``None``
    where the clause is not coded or unclear. ``branches`` are covered on all four sides.
    ``occupation``: one of the instruments is for people of it alone.
    """

    third: str
    instruments: tuple[Instrument, Instrument]
    branches: tuple[Branch, ...]
    counts: tuple[bool | None, bool | None]
    occupation: str = ""


def bridges(
    instruments: Sequence[Instrument], states: tuple[str, str], on: date
) -> Iterator[Bridge]:
    """Yield the bridges between two States on a day.

    A State that one instrument binds to both, and these to each other, is no bridge. Instruments
    for an occupation make bridges of their own; for everybody else they are not there.
    """
    general = [i for i in instruments if not i.occupation]
    yield from _bridges(general, states, on)
    for occupation in sorted({i.occupation for i in instruments} - {""}):
        held = [i for i in instruments if i.occupation in ("", occupation)]
        for bridge in _bridges(held, states, on):
            if any(i.occupation for i in bridge.instruments):
                yield replace(bridge, occupation=occupation)


def _bridges(
    instruments: Sequence[Instrument], states: tuple[str, str], on: date
) -> Iterator[Bridge]:
    one, other = states
    there = linked(instruments, other, on)
    common = {i.id for i in instruments if i.links(one, other, on)}
    direct = bool(common)
    for third, first in sorted(linked(instruments, one, on).items()):
        if common & {i.id for i in first} & {i.id for i in there.get(third, ())}:
            continue
        for here in first:
            for beyond in there.get(third, ()):
                if here is beyond:
                    continue
                sides = ((here, one), (here, third), (beyond, third), (beyond, other))
                counts = (
                    _counts(here, one, on, direct=direct),
                    _counts(beyond, other, on, direct=direct),
                )
                yield Bridge(third, (here, beyond), _branches(sides, on), counts)


def linked(
    instruments: Sequence[Instrument], country: str, on: date
) -> dict[str, tuple[Instrument, ...]]:
    """Return the States bound to a State on a day, and the instruments that bind them."""
    found: dict[str, list[Instrument]] = {}
    for instrument in instruments:
        if not instrument.binds(country, on):
            continue
        for party in instrument.parties:
            if party.country != country and instrument.links(country, party.country, on):
                found.setdefault(party.country, []).append(instrument)
    return {state: tuple(binding) for state, binding in found.items()}


def _branches(sides: Sequence[tuple[Instrument, str]], on: date) -> tuple[Branch, ...]:
    covered = [_covered(instrument, country, on) for instrument, country in sides]
    return tuple(branch for branch in Branch if all(branch in held for held in covered))


def _covered(instrument: Instrument, country: str, on: date) -> frozenset[Branch]:
    return frozenset(
        row.branch
        for row in instrument.branches
        if row.party == country and row.cover is Cover.COVERED and row_holds(row, on)
    )


def _counts(instrument: Instrument, country: str, on: date, *, direct: bool) -> bool | None:
    """Tell whether time of the State beyond counts in a State under its bridge instrument.

    To both parties bound is the State beyond only where an instrument binds the two directly.
    """
    if instrument.totalises is False:
        return False
    clause = instrument.clause("T06", on, party=country)
    if clause is None or clause.option == "inconclusive":
        return None
    if not isinstance(clause.rule, ThirdStateRule):
        return None if clause.option == "silent" else False
    rule = clause.rule.rule
    return rule is ThirdStates.BOUND_TO_ONE or (rule is ThirdStates.BOUND_TO_BOTH and direct)
