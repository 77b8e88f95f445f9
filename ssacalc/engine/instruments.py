"""Which instruments bind the States of a case, for person, branch and day; why others do not."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ssacalc.domain.agreement import (
    COORDINATING,
    Cover,
    Instrument,
    InstrumentKind,
    supersedes,
)
from ssacalc.domain.case import Branch, Case, Person
from ssacalc.domain.rules import PersonalScope, Persons
from ssacalc.domain.trace import Citation, Step

APPLIED = {
    InstrumentKind.BILATERAL,
    InstrumentKind.MULTILATERAL,
    InstrumentKind.SUPRANATIONAL,
}
"""Kinds whose clauses can open a right; protocols work through the instrument they amend."""


UNNAMED = "-certified"
"""How the id of a scheme ends that neither the case nor the law names."""


def partners(instrument: Instrument, country: str, case: Case, on: date) -> tuple[str, ...]:
    """Return the other States to which the instrument binds this one on a day.

    Those under whose law the person was, and the one where the person lives: an instrument can
    forbid a reduction there though no period was completed there.
    """
    return tuple(c for c in case.concerned if c != country and instrument.links(country, c, on))


def candidates(
    instruments: Iterable[Instrument], country: str, scheme: str, case: Case
) -> tuple[tuple[Instrument, ...], tuple[Step, ...]]:
    """Return the instruments that can be applied for one State's scheme, and a step for each.

    An instrument applies where, on the day of the claim, it binds the State and another State
    under whose law the person was or where the person lives, covers the branch for this State,
    and protects the person.
    """
    on = case.claim.on
    found: list[Instrument] = []
    listed: list[Instrument] = []
    steps: list[Step] = []
    for instrument in instruments:
        if instrument.kind not in APPLIED or instrument.party(country) is None:
            continue
        if not any(instrument.party(c) for c in case.concerned if c != country):
            continue
        if instrument.listed:
            listed.append(instrument)
            continue
        key, law = _obstacle(instrument, country, scheme, case, on)
        args = (("instrument", instrument.short), ("country", country), ("on", on))
        value = None if key == NOT_TOLD else key is None
        steps.append(Step("instrument", value, key or "instrument-binds", args, law))
        if key is None:
            found.append(instrument)
    steps.extend(_not_coded(listed, found, country, case))
    return _not_replaced(tuple(found), country, case, steps), tuple(steps)


NOT_CODED = "instrument-not-coded"
"""The message about an instrument that may bind two States and with which nothing is computed."""
NOT_TOLD = f"instrument-branch-{Cover.UNKNOWN.value}"
"""The message about an instrument of which nobody coded whether it covers the benefit."""


def _not_coded(
    listed: Sequence[Instrument], found: Sequence[Instrument], country: str, case: Case
) -> Iterator[Step]:
    """Yield a step for each instrument known from a list alone that may bind States of the case.

    None where a coded instrument binds the same States, or where it has ended by the day or
    another one that is in force replaces it.
    """
    on = case.claim.on
    replaced = {
        other
        for one in listed
        if any(party.bound(on) for party in one.parties)
        for other in one.replaces
    }
    bound = {state for one in found for state in partners(one, country, case, on)}
    for instrument in listed:
        if instrument.totalises is False or instrument.id in replaced:
            continue
        if instrument.not_in_force is not None and on <= instrument.not_in_force:
            continue
        others = {
            party.country
            for party in instrument.parties
            if party.country in case.countries
            and party.country != country
            and (party.since is None or party.since <= on)
        }
        over = any(party.until is not None and party.until < on for party in instrument.parties)
        if others - bound and not over:
            args = (("instrument", instrument.short), ("country", country), ("on", on))
            in_force = tuple(e.law for e in instrument.events if e.law)
            yield Step("instrument", value=None, key=NOT_CODED, args=args, law=in_force[:1])


def _not_replaced(
    found: tuple[Instrument, ...], country: str, case: Case, steps: list[Step]
) -> tuple[Instrument, ...]:
    """Leave out instruments that another one replaces between the same States (clause G11).

    Where the texts let the more favourable one apply, or say nothing, both are looked at.
    """
    on = case.claim.on
    kept: list[Instrument] = []
    for instrument in found:
        by = next((o for o in found if _replaces(o, instrument, country, case)), None)
        if by is None:
            kept.append(instrument)
            continue
        clause = by.clause("G11", on, party=country)
        args = (("instrument", instrument.short), ("by", by.short))
        law = (clause.law,) if clause else ()
        steps.append(Step("instrument", value=False, key="instrument-replaced", args=args, law=law))
    return tuple(kept)


def _replaces(one: Instrument, other: Instrument, country: str, case: Case) -> bool:
    on = case.claim.on
    if not supersedes(one, other, country, on):
        return False
    return set(partners(other, country, case, on)) <= set(partners(one, country, case, on))


def _obstacle(
    instrument: Instrument, country: str, scheme: str, case: Case, on: date
) -> tuple[str | None, tuple[Citation, ...]]:
    """Return why the instrument does not apply (``None``: it does), with the law."""
    in_force = tuple(e.law for e in instrument.events if e.kind.value == "in-force" and e.law)
    if not partners(instrument, country, case, on):
        return "instrument-not-in-force", in_force
    if not _has_occupation(instrument, case):
        return "instrument-other-occupation", in_force
    cover, law = _cover(instrument, country, scheme, case.claim.benefit, on)
    if cover is not Cover.COVERED:
        return f"instrument-branch-{cover.value}", law
    protected, scope = protects(instrument, case.person, country, on)
    if not protected:
        return "instrument-person-not-covered", scope
    return None, (*in_force, *law, *scope)


def _has_occupation(instrument: Instrument, case: Case) -> bool:
    """Tell whether the person worked in the occupation the instrument is for, if it is for one."""
    asked = instrument.occupation
    return not asked or any(asked in (p.occupation, p.special_scheme) for p in case.periods)


def _cover(
    instrument: Instrument, country: str, scheme: str, branch: Branch, on: date
) -> tuple[Cover, tuple[Citation, ...]]:
    rows = [
        row
        for row in instrument.branches
        if row.party == country
        and row.branch is branch
        and (row.since is None or row.since <= on)
        and (row.until is None or on <= row.until)
    ]
    if not rows:
        return Cover.UNKNOWN, ()
    named = [row for row in rows if scheme in row.schemes]
    open_ended = [row for row in rows if not row.schemes or scheme.endswith(UNNAMED)]
    chosen = named or open_ended or [row for row in rows if row.cover is not Cover.COVERED]
    if not chosen:
        return Cover.UNKNOWN, tuple(row.law for row in rows if row.law)
    return chosen[0].cover, tuple(row.law for row in chosen if row.law)


def protects(
    instrument: Instrument, person: Person, country: str, on: date
) -> tuple[bool, tuple[Citation, ...]]:
    """Tell whether the personal scope (clause G05) takes the person in, with the law.

    Where the case states no nationality the person is presumed to be within the scope.
    """
    clause = instrument.clause("G05", on, party=country)
    if clause is None or not isinstance(clause.rule, PersonalScope):
        return True, ()
    law = (clause.law,)
    scope = clause.rule
    if scope.persons is Persons.ALL_INSURED or not person.nationalities:
        return True, law
    parties = {p.country for p in instrument.parties if p.bound(on)}
    if parties.intersection(person.nationalities):
        return True, law
    if person.refugee_or_stateless and scope.persons is Persons.NATIONALS_REFUGEES_STATELESS:
        return True, law
    since = scope.third_country_nationals_since
    extended = (
        since is not None
        and since <= on
        and country not in scope.not_bound_to_third_country_nationals
        and person.legally_resident is not False
        and person.residence in parties
    )
    return extended, law


def ranked(instruments: Sequence[Instrument]) -> tuple[Instrument, ...]:
    """Return instruments in the order in which ties between them are settled.

    Union law before multilateral conventions before bilateral agreements, then by name: a
    convention of ssacalc, used only where two instruments give the same amount.
    """
    return tuple(sorted(instruments, key=lambda i: (COORDINATING.index(i.kind), i.id)))
