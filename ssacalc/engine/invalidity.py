"""Invalidity that one State pays alone: laws of type A (883/2004, art. 44 to 46), integration.

Bilateral texts may have the State pay alone whose law applied at the event (clause P01). Which law
is of type A is coded (clause P02). A person who was under such laws alone is paid by
the State whose law applied when the incapacity began; with any other law in the career Chapter 5
applies to all, save where art. 46(2) lets the law of type A pay alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.case import Branch
from ssacalc.domain.determination import Doubt
from ssacalc.domain.rules import Calculation, InvalidityLaw, LawType, Method
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import Amounts, theoretical_in_full
from ssacalc.engine.joining import Ground
from ssacalc.engine.share import Share, under
from ssacalc.engine.standing import Standing

Arguments = tuple[tuple[str, Argument], ...]


def one_state(
    instrument: Instrument, entries: Sequence[Standing], ground: Ground
) -> list[Share] | None:
    """Return every scheme's share where one State alone pays; ``None`` where Chapter 5 applies."""
    if ground.case.claim.benefit is not Branch.INVALIDITY:
        return None
    career = [entry for entry in entries if entry.periods or entry.time.units]
    listed = [entry for entry in entries if _of_type_a(instrument, entry, ground)]
    if career and all(_integrated(instrument, entry, ground) for entry in career):
        listed = career
    others = [entry for entry in career if entry not in listed]
    if not listed or (others and not _type_a_at_onset(listed, others, ground)):
        return None
    alone = _only_under(listed, ground) if others else ground
    order = _order(listed, _onset(ground))
    shares = {e.scheme.id: under(instrument, e, listed, alone) for e in order}
    payer = next((s for s in shares.values() if _has_right(s, exactly=bool(others))), None)
    if others and payer is None:
        return None
    return [_settled(instrument, entry, shares, payer, ground) for entry in entries]


def type_doubts(instrument: Instrument, entry: Standing, ground: Ground) -> Iterator[Doubt]:
    """Say where a State has laws of both types and the case does not name the law."""
    clause = _clause(instrument, entry, ground)
    rule = clause.rule if clause else None
    if ground.case.claim.benefit is not Branch.INVALIDITY or not isinstance(rule, InvalidityLaw):
        return
    if rule.type is LawType.MIXED:
        args: Arguments = (
            ("scheme", entry.scheme.title),
            ("country", entry.scheme.country),
            ("laws", "; ".join(rule.laws)),
        )
        yield Doubt("missing", "invalidity-type-unknown", args, (clause.law,) if clause else ())


def _clause(instrument: Instrument, entry: Standing, ground: Ground) -> Clause | None:
    return ground.clause(instrument, "P02", entry.scheme)


def _of_type_a(instrument: Instrument, entry: Standing, ground: Ground) -> bool:
    clause = _clause(instrument, entry, ground)
    rule = clause.rule if clause else None
    return isinstance(rule, InvalidityLaw) and rule.type is LawType.A and rule.one_state_pays


def _integrated(instrument: Instrument, entry: Standing, ground: Ground) -> bool:
    clause = ground.clause(instrument, "P01", entry.scheme)
    rule = clause.rule if clause else None
    return isinstance(rule, Calculation) and rule.method is Method.INTEGRATION


def _law(instrument: Instrument, entry: Standing, ground: Ground) -> tuple[Citation, ...]:
    """Return the clause by which one State pays alone."""
    by_event = _integrated(instrument, entry, ground)
    clause = ground.clause(instrument, "P01" if by_event else "P02", entry.scheme)
    return (clause.law,) if clause else ()


def _onset(ground: Ground) -> date:
    """Return the day the incapacity began; the day of the claim where it is not stated."""
    return ground.case.person.disabled_since or ground.case.claim.on


def _type_a_at_onset(
    listed: Sequence[Standing], others: Sequence[Standing], ground: Ground
) -> bool:
    """Tell whether art. 46(2) can apply: type B before, type A at the onset, no old-age claim."""
    day = _onset(ground)
    before = any(
        (span := period.longest) is not None and span.first < day
        for entry in others
        for period in entry.periods
    )
    first = _order([*listed, *others], day)[0]
    known = first in listed and _last_before(first, day) > date.min
    return before and known and not ground.case.claim.asserts_old_age


def _only_under(entries: Sequence[Standing], ground: Ground) -> Ground:
    """Return the ground with the periods of some schemes alone."""
    kept = {id(period) for entry in entries for period in entry.periods}
    periods = tuple(p for p in ground.case.periods if id(p) in kept)
    return replace(ground, case=replace(ground.case, periods=periods))


def _order(entries: Sequence[Standing], day: date) -> list[Standing]:
    """Return the schemes, the one whose law applied on the day first, then the last before it."""
    return sorted(entries, key=lambda entry: _last_before(entry, day), reverse=True)


def _last_before(entry: Standing, day: date) -> date:
    """Return the last day under the law up to a day; the earliest day there is for none."""
    spans = [span for period in entry.periods if (span := period.shortest) is not None]
    return max((min(span.last, day) for span in spans if span.first <= day), default=date.min)


def _has_right(share: Share, *, exactly: bool) -> bool:
    return share.right.met is True if exactly else share.right.met is not False


def _settled(
    instrument: Instrument,
    entry: Standing,
    shares: dict[str, Share],
    payer: Share | None,
    ground: Ground,
) -> Share:
    """Return a scheme's share: whole for the State that pays, nothing for the others."""
    share = shares.get(entry.scheme.id) or under(instrument, entry, [entry], ground)
    law = _law(instrument, entry, ground)
    if payer is None:
        return replace(share, released=None, amounts=Amounts())
    if share is not payer:
        args: Arguments = (("country", payer.standing.scheme.country),)
        step = Step("competent_law", value=False, key="invalidity-elsewhere", args=args, law=law)
        return replace(share, elsewhere=step, released=None, amounts=Amounts())
    first = next(iter(shares.values())) is payer
    step, doubts = _competent(share, law, ground, first=first, alone=len(shares) > 1)
    own_rate = _on_own_periods(instrument, entry, ground)
    return replace(
        _whole(share, law, own_rate=own_rate),
        steps=(*share.steps, step),
        doubts=(*share.doubts, *doubts),
    )


def _on_own_periods(instrument: Instrument, entry: Standing, ground: Ground) -> bool:
    clause = ground.clause(instrument, "P01", entry.scheme)
    rule = clause.rule if clause else None
    return isinstance(rule, Calculation) and rule.theoretical_on_own_periods


def _whole(share: Share, law: tuple[Citation, ...], *, own_rate: bool) -> Share:
    """Return the share of the State that pays in full, by its own law and without apportioning.

    ``own_rate``: the rate rests on the State's own periods alone.
    """
    amounts, position = Amounts(independent=share.amounts.independent), share.position
    if own_rate:
        position = replace(position, all_units=position.own)
    if position.own_right is not True:
        theoretical_in_full(position, amounts, law, "invalidity-in-full")
    return replace(share, released=None, below=None, assumes_all=True, amounts=amounts)


def _competent(
    share: Share, law: tuple[Citation, ...], ground: Ground, *, first: bool, alone: bool
) -> tuple[Step, tuple[Doubt, ...]]:
    """Return the step that tells why this State pays, and what is not certain about it."""
    day, country = _onset(ground), share.standing.scheme.country
    args: Arguments = (("country", country), ("on", day))
    key = "invalidity-competent" if first else "invalidity-next"
    step = Step("competent_law", value=True, key=key, args=args, law=law)
    doubts: list[Doubt] = []
    if ground.case.person.disabled_since is None:
        doubts.append(Doubt("missing", "incapacity-day-missing", args, law))
    if first and alone and _last_before(share.standing, day) != day:
        doubts.append(Doubt("fact", "incapacity-law-presumed", args, law))
    return step, tuple(doubts)
