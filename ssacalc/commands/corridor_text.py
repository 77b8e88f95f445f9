"""A corridor in plain English for the terminal."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from ssacalc.codes import countries
from ssacalc.commands.agreement_text import CATALOGUE, WIDTH
from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import Branch
from ssacalc.domain.national import PaymentAbroad, Provision, Ratification
from ssacalc.library.bridges import Bridge
from ssacalc.library.catalogue import state
from ssacalc.library.corridor_tables import clause_words, spoken
from ssacalc.library.corridors import Binding, Binds, Corridor, Protection, Side
from ssacalc.library.tables import place_words

_BINDS = {
    Binds.BOTH: "covered for both",
    Binds.ONE: "covered for one of them",
    Binds.CONTRIBUTIONS: "only which law applies, no benefits",
    Binds.EXCLUDED: "excluded",
    Binds.UNKNOWN: "not known how it stands",
}
_NAMES = {
    "P01": "method",
    "T05": "short own period",
    "T06": "third States",
    "G08": "payment abroad",
}
_ABROAD = {
    PaymentAbroad.YES: "paid abroad to everybody",
    PaymentAbroad.LIMITED: "paid abroad within limits",
    PaymentAbroad.OWN_NATIONALS: "paid abroad to own nationals, to others by agreement",
    PaymentAbroad.AGREEMENT_ONLY: "paid abroad by agreement only",
    PaymentAbroad.NO: "not paid abroad",
    PaymentAbroad.UNKNOWN: "payment abroad not known",
}


_NO_BRANCH = {False: "no branch covered throughout", True: "branches not known"}
"""What is said of a bridge without branches; by whether a list alone knows of it."""


def corridor_words(corridor: Corridor) -> str:
    """Return what binds, what did, bridges, standards and national law."""
    parts = (_head, _bindings, _bare, _undated, _others, _bridges, _standards, _national)
    return "\n".join(line for part in parts for line in part(corridor))


def _head(corridor: Corridor) -> Iterator[str]:
    names = countries().names
    one, other = (f"{names.get(code, code)} ({code})" for code in corridor.states)
    yield f"{one} and {other} on {corridor.on}"


def _bindings(corridor: Corridor) -> Iterator[str]:
    if not corridor.instruments:
        known = "is known to bind" if corridor.undated() else "binds"
        yield f"\nNo instrument of the library {known} them to each other on this day."
        return
    yield "\nWhat binds them"
    for instrument in corridor.instruments:
        yield f"  {instrument.short} ({instrument.id}): {state(instrument, corridor.states)}"
        yield from (f"    {line}" for line in _particular(instrument, corridor))
    for branch, group in groupby(corridor.bindings, key=lambda b: b.branch):
        yield f"\n  {branch.value}"
        for binding in group:
            yield from _binding(binding)


def _particular(instrument: Instrument, corridor: Corridor) -> Iterator[str]:
    """Say for whom an instrument is, what takes its place, and what is not known of it."""
    if instrument.occupation:
        yield f"Only for people of one occupation: {instrument.occupation}."
    yield from _replaced(instrument, corridor)
    if instrument.listed:
        yield f"{CATALOGUE}."
    if not spoken(instrument, corridor):
        yield "Which branches it covers is not known to the library."
    yield from _maybe_replaced(instrument, corridor)
    if instrument.listed and instrument.note:
        yield from textwrap.wrap(instrument.note, WIDTH)


def _maybe_replaced(instrument: Instrument, corridor: Corridor) -> Iterator[str]:
    for other in corridor.maybe_replaced(instrument):
        yield f"It may have been replaced by {other.short} ({other.id}): the day is not known."


def _replaced(instrument: Instrument, corridor: Corridor) -> Iterator[str]:
    for other in corridor.yields.get(instrument.id, ()):
        named = f"{other.short} ({other.id})"
        if instrument.id in other.replaces:
            yield f"Replaced by {named}."
        else:
            yield f"Replaced between them by {named} in the branches that this covers."


def _undated(corridor: Corridor) -> Iterator[str]:
    undated = corridor.undated()
    if undated:
        yield "\nAgreements between them of which no day of entry into force is known"
    for instrument in undated:
        yield f"  {instrument.short} ({instrument.id}): {CATALOGUE}."
        told = (*_replaced(instrument, corridor), *_maybe_replaced(instrument, corridor))
        yield from (f"    {line}" for line in (*told, *textwrap.wrap(instrument.note, WIDTH)))


def _binding(binding: Binding) -> Iterator[str]:
    replaced = f"; replaced by {', '.join(binding.yields_to)}" if binding.yields_to else ""
    instrument = binding.instrument
    replaced += "; clauses not coded" if instrument.listed else ""
    replaced += f"; only {instrument.occupation}" if instrument.occupation else ""
    yield f"    {instrument.short} ({instrument.id}): {_BINDS[binding.binds]}{replaced}"
    for side in binding.sides:
        yield f"      {side.country}  {_side(side)}"


def _side(side: Side) -> str:
    if side.cover is None:
        return "not coded"
    told = [f"{side.cover.value}{place_words(side.article, verified=side.verified)}"]
    for name, title in _NAMES.items():
        words = clause_words(side, name)
        if words:
            told.append(f"{title}: {' and '.join(words)}")
    return "; ".join(told)


def _bare(corridor: Corridor) -> Iterator[str]:
    bare = corridor.bare()
    if bare and corridor.instruments:
        whole = all(spoken(i, corridor) for i in corridor.instruments)
        told = "Not covered for both" if whole else "Not known to be covered for both"
        yield f"\n{told}: {', '.join(branch.value for branch in bare)}"


def _others(corridor: Corridor) -> Iterator[str]:
    undated = corridor.undated()
    others = [i for i in corridor.other if i not in undated]
    if others:
        yield "\nOther instruments between them: not binding on this day, or of another kind"
    for instrument in others:
        kind = instrument.kind.value
        when = state(instrument, corridor.states)
        yield f"  {instrument.short} ({instrument.id}, {kind}): {when}"


def _bridges(corridor: Corridor) -> Iterator[str]:
    for occupation in sorted({b.occupation for b in corridor.bridges}):
        whom = f", for people of one occupation: {occupation}" if occupation else ""
        yield f"\nThird States bound to both of them{whom}"
        held = [b for b in corridor.bridges if b.occupation == occupation]
        yield from _bridged(held, corridor.states)


def _bridged(bridges: Sequence[Bridge], states: tuple[str, str]) -> Iterator[str]:
    one, other = states
    titles = (f"time of {other} counts in {one}", f"time of {one} counts in {other}")
    for number, title in enumerate(titles):
        yes = [b for b in bridges if b.counts[number]]
        if yes:
            yield f"  By the instrument with the third State {title}:"
            yield from (f"    {line}" for line in _bridge_lines(yes))
    rest = [b for b in bridges if not any(b.counts)]
    groups = (
        ("Own rights with each of them, without adding the time of all three", False),
        ("Whether the time of all three is added is not known", True),
    )
    for title, unknown in groups:
        held = [b for b in rest if (None in b.counts) is unknown]
        if held:
            yield f"  {title}:"
            yield from (f"    {line}" for line in _bridge_lines(held))


def _bridge_lines(bridges: Sequence[Bridge]) -> Iterator[str]:
    for third, group in groupby(bridges, key=lambda b: b.third):
        held = list(group)
        listed = any(i.listed for b in held for i in b.instruments)
        ways = ", ".join(f"{b.instruments[0].id} + {b.instruments[1].id}" for b in held)
        branches = {branch: None for b in held for branch in b.branches}
        told = ", ".join(branch.value for branch in branches) or _NO_BRANCH[listed]
        yield f"{third}  {ways} ({told})"


def _standards(corridor: Corridor) -> Iterator[str]:
    if corridor.protections:
        yield "\nInternational standards"
    for protection in corridor.protections:
        yield f"  {protection.standard.short}: {_protection(protection, corridor)}"


def _protection(protection: Protection, corridor: Corridor) -> str:
    told = [
        f"{country} {_bound(party, corridor)}"
        for country, party in zip(corridor.states, protection.parties, strict=True)
    ]
    return "; ".join(told)


def _bound(party: Ratification | None, corridor: Corridor) -> str:
    if party is None:
        return "no ratification known to the library"
    bound = party.bound(corridor.on)
    if bound is None:
        told = f"ratified {party.year}" if party.year else "party, the day is not known"
        told += f", bound by {party.latest} at the latest" if party.latest else ""
    elif bound:
        since = f"since {party.since}" if party.since else f"by {party.latest} at the latest"
        told = f"bound {since}{'' if party.since else f' (ratified {party.year})'}"
    elif party.latest and not party.until:
        told = f"not bound on this day (ratified {party.year})"
    else:
        told = f"not bound on this day ({party.since or ''} to {party.until or ''})"
    accepted = party.branches
    if accepted is not None and len(accepted) < len(Branch):
        told += f" for {', '.join(branch.value for branch in accepted)}"
    return told + ("" if party.law.verified else " (not verified)")


def _national(corridor: Corridor) -> Iterator[str]:
    yield "\nWhat national law gives without an agreement"
    told = {p.country for p in corridor.provisions} | {s.country for s, _ in corridor.abroad}
    for provision in corridor.provisions:
        yield f"  {provision.country}  {provision.branch.value}: {_provision(provision)}"
    for scheme, rule in corridor.abroad:
        after = f" after {rule.after_months} months" if rule.after_months else ""
        place = place_words(rule.law.article, verified=rule.law.verified)
        yield (
            f"  {scheme.country}  as determinations compute it, {scheme.id}:"
            f" {rule.payment.value}{after}{place}{f' – {rule.note}' if rule.note else ''}"
        )
    for country in corridor.states:
        if country not in told:
            yield f"  {country}  nothing is coded yet: not known"


def _provision(provision: Provision) -> str:
    told = [_ABROAD[provision.abroad]]
    for months, words in (
        (provision.absence_months, "for {} months"),
        (provision.residence_months, "after {} months of residence"),
        (provision.contribution_months, "after {} months of contributions"),
    ):
        if months is not None:
            told.append(words.format(months))
    for answer, yes, no in (
        (provision.nationals_only, "nationals only", "foreigners too"),
        (provision.refund, "contributions can be refunded", "no refund"),
        (provision.voluntary, "voluntary insurance abroad for some", "no voluntary insurance"),
    ):
        if answer is not None:
            told.append(yes if answer else no)
    place = place_words(provision.law.article, verified=provision.law.verified)
    return f"{'; '.join(told)}{place}{f' – {provision.note}' if provision.note else ''}"
