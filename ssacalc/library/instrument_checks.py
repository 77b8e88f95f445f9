"""What a careful keeper of the law would ask about one instrument that can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from ssacalc.domain.agreement import Clause, Cover, EventKind, Instrument, InstrumentKind
from ssacalc.domain.case import Branch
from ssacalc.domain.rules import Calculation
from ssacalc.domain.trace import Citation
from ssacalc.library.catalogue import row_holds, span
from ssacalc.library.engine_clauses import ENGINE_CLAUSES, UNIVERSAL_OPTIONS

NEEDED = ("T03", "T04", "T05", "T06", "P01", "G08")
"""Clauses without which a totalising instrument cannot be computed with."""

PENSIONS = (Branch.OLD_AGE, Branch.SURVIVORS, Branch.INVALIDITY)

STALEYEARS = 3
"""Years after which an instrument that nobody checked is said to be stale."""


class Concern(StrEnum):
    """What sort of thing there is to look at."""

    DATES = "dates-out-of-order"
    OVERLAP = "overlapping-validity"
    PARTIES = "asymmetric-parties"
    MISSING = "not-coded"
    ARTICLE = "missing-article"
    UNUSABLE = "not-computed"
    UNVERIFIED = "unverified"
    UNCLEAR = "inconclusive"
    STALE = "stale"
    NAME = "id"
    TWICE = "listed-twice"
    SCHEME = "scheme-name"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: in which instrument, where, what and what to do about it."""

    instrument: str
    concern: Concern
    place: str
    told: str
    remedy: str = ""


def check_instrument(instrument: Instrument, on: date) -> Iterator[Finding]:
    """Yield what is missing, odd or stale in an instrument as seen on a day."""
    if instrument.listed:
        found: tuple[Found, ...] = (
            *_dates(instrument),
            *_named(instrument),
            *_bare(instrument),
            *_addresses(instrument),
            *_stale(instrument, on),
        )
    else:
        found = _of_coded(instrument, on)
    for concern, place, told, remedy in found:
        yield Finding(instrument.id, concern, place, told, remedy)


Found = tuple[Concern, str, str, str]


def _of_coded(instrument: Instrument, on: date) -> tuple[Found, ...]:
    return (
        *_dates(instrument),
        *_ends(instrument),
        *_twice(instrument),
        *_parties(instrument),
        *_one_sided(instrument),
        *_missing(instrument, on),
        *_articles(instrument),
        *_usable(instrument, on),
        *_addresses(instrument),
        *_stale(instrument, on),
    )


def _named(instrument: Instrument) -> Iterator[Found]:
    """Yield an id that does not say the parties and the year, by which twins would be noticed."""
    codes = "-".join(sorted(party.country.lower() for party in instrument.parties))
    if len(instrument.parties) == _PAIR and not f"{instrument.id}-".startswith(f"{codes}-"):
        yield Concern.NAME, "id", f"it does not begin with {codes}", "Correct it."
    signed = [e.on for e in instrument.events if e.kind is EventKind.SIGNED]
    force = [e.on for e in instrument.events if e.kind is EventKind.IN_FORCE]
    for year in YEAR.findall(instrument.id):
        if any(str(day.year) != year for day in signed) or any(str(d.year) < year for d in force):
            told = f"it says {year}, the days {' and '.join(str(d) for d in (*signed, *force))}"
            yield Concern.NAME, "id", told, "Use the year of signing."


YEAR = re.compile(r"(?<=-)[0-9]{4}(?=-|$)")
"""The year in an id."""


def _bare(instrument: Instrument) -> Iterator[Found]:
    if instrument.verified and not instrument.events and not instrument.note:
        told = "verified, though neither a day nor a note tells how it stands"
        yield Concern.UNVERIFIED, "events", told, "Add what the source says."


def _addresses(instrument: Instrument) -> Iterator[Found]:
    for source in instrument.sources:
        if _SITE.fullmatch(source.address):
            told = f"{source.address} is a site, not the page that was read"
            yield Concern.SOURCE, source.id, told, "Give the page's own address."


_SITE = re.compile(r"https?://[^/]*/?")
"""An address that names no page."""

_ORDER = {
    EventKind.SIGNED: 0,
    EventKind.RATIFIED: 1,
    EventKind.PROVISIONAL: 1,
    EventKind.IN_FORCE: 2,
    EventKind.ENDED: 3,
    EventKind.REPLACED: 3,
}
"""The order in which the steps of an instrument's life follow each other."""


def _dates(instrument: Instrument) -> Iterator[Found]:
    if not instrument.events and instrument.parties and not instrument.listed:
        yield Concern.MISSING, "events", "no events are coded", "Add signing and entry into force."
    signed = min((e.on for e in instrument.events if e.kind is EventKind.SIGNED), default=None)
    ordered = [e for e in instrument.events if e.kind in _ORDER]
    for one, other in combinations(ordered, 2):
        first, then = sorted((one, other), key=lambda e: _ORDER[e.kind])
        if first.on > then.on and first.party in (None, then.party) and first.kind != then.kind:
            told = f"{then.kind.value} on {then.on}, before {first.kind.value} on {first.on}"
            yield Concern.DATES, "events", told, "Correct one of the days."
    for party in instrument.parties:
        if signed and party.since and party.since < signed:
            told = f"{party.country} is bound since {party.since}, before signing on {signed}"
            yield Concern.DATES, "parties", told, "Correct it, or say why in a note."


def _ends(instrument: Instrument) -> Iterator[Found]:
    """Yield ends that the history tells and the parties do not."""
    ends = (EventKind.ENDED, EventKind.REPLACED)
    whole = [e for e in instrument.events if e.kind in ends and e.party is None]
    if whole and span(instrument)[1] is None and span(instrument)[0] is not None:
        told = f"{whole[0].kind.value} on {whole[0].on}, but parties stay bound"
        yield Concern.DATES, "parties", told, "Give the parties their last day."


def _twice(instrument: Instrument) -> Iterator[Found]:
    groups: dict[tuple[object, ...], list[Clause]] = {}
    for clause in instrument.clauses:
        key = (clause.id, clause.party, clause.scheme, clause.branch, clause.part)
        groups.setdefault(key, []).append(clause)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if _meet(one, other) and _unlike(one, other):
                told = f"coded twice for the same days ({one.option}, {other.option})"
                yield Concern.OVERLAP, place_of(one), told, "Give each its dates, or keep one."


def _unlike(one: Clause, other: Clause) -> bool:
    """Tell whether only one of two clauses is looked at: the computed ones give one answer."""
    if one.id not in ENGINE_CLAUSES:
        return one.option != other.option
    return (one.option, one.parameters) != (other.option, other.parameters)


def _meet(one: Clause, other: Clause) -> bool:
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (
        one.until or date.max
    )


def _parties(instrument: Instrument) -> Iterator[Found]:
    if not instrument.parties:
        return
    if not instrument.branches:
        if instrument.kind not in _WORKS_THROUGH:
            yield Concern.MISSING, "branches", "no branches are coded", "Say what it covers."
        return
    coded = {row.party for row in instrument.branches}
    without = [p.country for p in instrument.parties if p.country not in coded]
    if without:
        told = f"no branch is coded for {', '.join(without)}"
        yield Concern.PARTIES, "branches", told, "Add what it covers there."
    days = {(p.since, p.until) for p in instrument.parties}
    bilateral = instrument.kind is InstrumentKind.BILATERAL
    if bilateral and len(instrument.parties) == _PAIR and len(days) > 1:
        told = "its two parties are not bound for the same days"
        yield Concern.PARTIES, "parties", told, "Correct it, or say why in a note."


_PAIR = 2
_WORKS_THROUGH = (InstrumentKind.PROTOCOL, InstrumentKind.ADMINISTRATIVE)
"""Kinds that may leave it to the instrument they belong to what is covered."""


def _one_sided(instrument: Instrument) -> Iterator[Found]:
    """Yield computed clauses that one party has and another, which pays pensions, lacks."""
    if not _computes(instrument) or instrument.kind is not InstrumentKind.BILATERAL:
        return
    alone = {c.party for c in instrument.clauses if (c.id, c.option) in _ALONE}
    paying = {r.party for r in instrument.branches if _pension(r.branch, r.cover)} - alone
    for name in NEEDED:
        clauses = [c for c in instrument.clauses if c.id == name]
        if not clauses or any(c.party is None for c in clauses):
            continue
        without = sorted(paying - {c.party for c in clauses})
        if without:
            told = f"coded for one party, not for {', '.join(without)}"
            yield Concern.PARTIES, name, told, "Code it for both; silence is coded too."


_ALONE = {("T01", "none"), ("P01", "national-only")}
"""Clauses by which a party pays by its own law alone: the others are not asked of it."""


def _pension(branch: Branch, cover: Cover) -> bool:
    return branch in PENSIONS and cover is Cover.COVERED


def _computes(instrument: Instrument) -> bool:
    """Tell whether a determination can rest on the instrument."""
    return bool(instrument.totalises) and any(
        _pension(row.branch, row.cover) for row in instrument.branches
    )


def _missing(instrument: Instrument, on: date) -> Iterator[Found]:
    if not _computes(instrument) or instrument.kind is InstrumentKind.STANDARD:
        return
    last = min(on, span(instrument)[1] or on)
    coded = {c.id for c in instrument.clauses if c.until is None or c.until >= last}
    for name in NEEDED:
        if name not in coded:
            told = "not coded, though a determination asks for it"
            yield Concern.MISSING, name, told, "Code it; silence is coded too."


def _articles(instrument: Instrument) -> Iterator[Found]:
    places: list[tuple[str, Citation | None]] = []
    places += [
        (place_of(c), c.law)
        for c in instrument.clauses
        if c.option not in (*UNIVERSAL_OPTIONS, "none")
    ]
    places += [
        (f"{b.branch.value} [{b.party}]", b.law)
        for b in instrument.branches
        if b.cover is not Cover.UNKNOWN
    ]
    for place, law in places:
        if law is None or not law.article:
            yield Concern.ARTICLE, place, "no article is named", "Add the article."


def _usable(instrument: Instrument, on: date) -> Iterator[Found]:
    computing = _computes(instrument) and instrument.kind is not InstrumentKind.STANDARD
    for clause in instrument.clauses:
        place = place_of(clause)
        if computing and clause.id in ENGINE_CLAUSES and clause.applies(on):
            yield from _computed(clause, place)
    if computing:
        for row in instrument.branches:
            if _pension(row.branch, row.cover) and row_holds(row, on) and not _read(row.law):
                told = "the branch is unverified, though a determination rests on it"
                yield Concern.UNVERIFIED, f"{row.branch.value} [{row.party}]", told, "Read it."


def _computed(clause: Clause, place: str) -> Iterator[Found]:
    if clause.option == "inconclusive":
        told = "the text can be read more than one way; a determination that needs it says so"
        yield Concern.UNCLEAR, place, told, ""
    if clause.option in UNIVERSAL_OPTIONS:
        if clause.option != "inconclusive" and not clause.law.verified:
            told = f"unverified ({clause.option}), though a determination takes it so"
            yield Concern.UNVERIFIED, place, told, "Read the text."
        return
    if not _rule_fits(clause):
        told = f"the engine does not compute {clause.option!r}"
        yield Concern.UNUSABLE, place, told, "A determination will use national law, or say so."
    if not clause.law.verified:
        what = f" ({', '.join(clause.parameters)})" if clause.parameters else ""
        told = f"unverified{what}, though a determination computes with it"
        yield Concern.UNVERIFIED, place, told, "Read the text."


def _rule_fits(clause: Clause) -> bool:
    if clause.id == "P01":
        return isinstance(clause.rule, Calculation)
    return clause.rule is not None or clause.option in _NOTHING


_NOTHING = ("none", "never")
"""Options that leave nothing to compute."""


def _read(law: Citation | None) -> bool:
    return law is not None and law.verified


def _stale(instrument: Instrument, on: date) -> Iterator[Found]:
    checked = instrument.checked_on
    if checked is None:
        yield Concern.STALE, "checked", "nobody is known to have checked it", "Read it again."
    elif (on.year - checked.year, on.month, on.day) >= (STALEYEARS, checked.month, checked.day):
        told = f"last checked on {checked}, {STALEYEARS} years ago or more"
        yield Concern.STALE, "checked", told, "Hold it against its text again."


def place_of(clause: Clause) -> str:
    """Return a clause with what it is narrowed to."""
    narrowed = (clause.party, clause.scheme, clause.branch and clause.branch.value, clause.part)
    to = ", ".join(name for name in narrowed if name)
    return f"{clause.id} [{to}]" if to else clause.id
