"""What own time is set over: the total, bounded where the instrument says so, or its own number."""

from fractions import Fraction

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.rules import Calculation, Cap
from ssacalc.domain.trace import Citation
from ssacalc.engine.amounts import Position, full_career, qualifying


def bounded_total(
    position: Position, instrument: Instrument, law: tuple[Citation, ...]
) -> tuple[Fraction, Fraction, tuple[Citation, ...]]:
    clause = instrument.clause(
        "P03",
        position.case.claim.on,
        party=position.scheme.country,
        scheme=position.scheme.id,
        branch=position.case.claim.benefit,
    )
    own, total = position.own, position.total
    if clause is None or not isinstance(clause.rule, Cap) or clause.rule is Cap.NONE:
        return own, total, law
    bound = full_career(position) if clause.rule is Cap.FULL_CAREER else qualifying(position)
    if bound is None or total <= bound:
        return own, total, law
    return min(own, bound), bound, (*law, clause.law)


def own_denominator(position: Position, rule: Calculation) -> Fraction | None:
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
