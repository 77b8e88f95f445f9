"""What own time is set over: the total, bounded where the instrument says so, or its own number."""

from fractions import Fraction

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.rules import Calculation, Cap
from ssacalc.domain.trace import Citation
from ssacalc.engine.amounts import Position, full_career, qualifying


def bounded_total(
    position: Position, instrument: Instrument, law: tuple[Citation, ...]
) -> tuple[Fraction, Fraction, tuple[Citation, ...]]:
    """Return own and total time as they enter the ratio, the total bounded by clause P03."""
    own, total = position.own, position.total
    bound, clause = _bound(position, instrument)
    if bound is None or clause is None or total <= bound:
        return own, total, law
    return min(own, bound), bound, (*law, clause.law)


def theoretical_time(position: Position, instrument: Instrument) -> Fraction:
    """Return the time of the theoretical amount: all of it, at most that of the full benefit.

    883/2004, art. 56(1)(a): the maximum replaces the total, in both amounts; short time of other
    States (art. 57(2)), which is not in the ratio, fills it up and does not exceed it.
    """
    bound, clause = _bound(position, instrument)
    if bound is None or clause is None or clause.rule is not Cap.FULL_CAREER:
        return position.all_units
    return min(position.all_units, bound)


def _bound(position: Position, instrument: Instrument) -> tuple[Fraction | None, Clause | None]:
    clause = instrument.clause(
        "P03",
        position.case.claim.on,
        party=position.scheme.country,
        scheme=position.scheme.id,
        branch=position.case.claim.benefit,
    )
    if clause is None or not isinstance(clause.rule, Cap) or clause.rule is Cap.NONE:
        return None, None
    full = clause.rule is Cap.FULL_CAREER
    return (full_career(position) if full else qualifying(position)), clause


def own_denominator(position: Position, rule: Calculation) -> Fraction | None:
    """Return the instrument's own denominator by birth or move; ``None`` where it names none."""
    born, moved = position.career.born, position.career.facts.get("moved-on")
    for row in rule.denominators:
        if row.born_since and born < row.born_since:
            continue
        if row.born_until and born > row.born_until:
            continue
        day = int(moved) if moved is not None else None
        if row.moved_since and (day is None or day < _as_number(row.moved_since)):
            continue
        if row.moved_until and (day is None or day > _as_number(row.moved_until)):
            continue
        return row.value
    return None


def _as_number(day: object) -> int:
    return int(str(day).replace("-", ""))
