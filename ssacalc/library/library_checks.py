"""What the instruments of the library say of each other, held against each other."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from ssacalc.domain.agreement import EventKind, Instrument, InstrumentKind
from ssacalc.library.catalogue import by, span
from ssacalc.library.instrument_checks import YEAR, Concern, Finding


def check_together(instruments: Sequence[Instrument]) -> Iterator[Finding]:
    """Yield instruments that contradict each other, or name what is not there."""
    known = {instrument.id: instrument for instrument in instruments}
    for instrument in instruments:
        yield from _named(instrument, known)
        yield from _replaced(instrument, known)
    yield from _at_once(instruments)


def _named(instrument: Instrument, known: dict[str, Instrument]) -> Iterator[Finding]:
    for what, names in (("replaces", instrument.replaces), ("amends", instrument.amends)):
        for name in names:
            if name not in known:
                told = f"{name} is not in the library"
                remedy = "Code it, or mend the id."
                yield Finding(instrument.id, Concern.MISSING, what, told, remedy)


def _replaced(instrument: Instrument, known: dict[str, Instrument]) -> Iterator[Finding]:
    """Yield replaced instruments that go on, or end on another day than the new one begins."""
    begins = span(instrument)[0]
    states = [party.country for party in instrument.parties]
    for name in instrument.replaces:
        old = known.get(name)
        if old is None or begins is None or by(instrument) or span(old)[0] is None:
            continue
        ends = span(old)[1]
        if any(old.links(a, b, begins) for a, b in combinations(states, 2)):
            told = f"{name} is replaced from {begins}, but still binds on that day"
            yield Finding(
                instrument.id, Concern.OVERLAP, "replaces", told, f"End {name} the day before."
            )
        elif ends and ends < begins - timedelta(days=1) and not _told(old, instrument.id):
            told = f"{name} ends on {ends}, {instrument.id} begins on {begins}"
            yield Finding(instrument.id, Concern.DATES, "replaces", told, "Check the days between.")


def _told(old: Instrument, by: str) -> bool:
    return any(event.kind is EventKind.REPLACED and event.by == by for event in old.events)


def _at_once(instruments: Sequence[Instrument]) -> Iterator[Finding]:
    """Yield two agreements of the same two States in force at once, where neither says why.

    Those known from a list are held against all others: the same one may be there twice.
    """
    pairs: dict[frozenset[str], list[Instrument]] = {}
    for instrument in instruments:
        if instrument.kind is InstrumentKind.BILATERAL:
            pair = frozenset(party.country for party in instrument.parties)
            pairs.setdefault(pair, []).append(instrument)
    for held in pairs.values():
        for one, other in combinations(sorted(held, key=lambda i: not i.listed), 2):
            if _relates(one, other) or _relates(other, one) or _apart(one, other):
                continue
            listed = one.listed or other.listed
            if listed and _same(one, other):
                told = f"this seems to be {other.id}, which is {_coded(other)}"
                remedy = "Remove it from the list, or correct its days."
                yield Finding(one.id, Concern.TWICE, "parties", told, remedy)
            elif (listed or (one.totalises and other.totalises)) and _overlap(one, other):
                told = f"in force together with {other.id} between the same States"
                remedy = "Say which replaces or amends the other, or end one."
                yield Finding(one.id, Concern.OVERLAP, "parties", told, remedy)


def _apart(one: Instrument, other: Instrument) -> bool:
    """Tell whether two instruments of which one is listed are known to be of other branches."""
    if not (one.listed or other.listed):
        return False
    branches, others = ({row.branch for row in i.branches} for i in (one, other))
    return bool(branches and others) and not branches & others


def _coded(instrument: Instrument) -> str:
    return "in a list too" if instrument.listed else "coded in a file of its own"


def _same(one: Instrument, other: Instrument) -> bool:
    """Tell whether two instruments have their days in common, or the year where one is missing."""
    kinds = (EventKind.SIGNED, EventKind.IN_FORCE)
    pairs = [(_days(one, kind), _days(other, kind)) for kind in kinds]
    common = [bool(days & others) for days, others in pairs if days and others]
    if common:
        return all(common)
    years = _years(one) & _years(other)
    return bool(years) and not (_known(one) and _known(other))


def _days(instrument: Instrument, kind: EventKind) -> set[date]:
    return {event.on for event in instrument.events if event.kind is kind and not event.party}


def _known(instrument: Instrument) -> bool:
    return all(_days(instrument, kind) for kind in (EventKind.SIGNED, EventKind.IN_FORCE))


def _years(instrument: Instrument) -> set[str]:
    days = _days(instrument, EventKind.SIGNED) | _days(instrument, EventKind.IN_FORCE)
    return {str(day.year) for day in days} | set(YEAR.findall(instrument.id))


def _overlap(one: Instrument, other: Instrument) -> bool:
    (begins, ends), (starts, stops) = span(one), span(other)
    if begins is None or starts is None:
        return False
    return begins <= (stops or date.max) and starts <= (ends or date.max)


def _relates(one: Instrument, other: Instrument) -> bool:
    named = {*one.replaces, *one.amends, *(e.by for e in one.events if e.by)}
    said = {clause.option for clause in one.clauses if clause.id == "G11"}
    return other.id in named or "supplements" in said
