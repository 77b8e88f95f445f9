"""What own time is set over: the total, bounded where the instrument says so, or its own number."""

from fractions import Fraction

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.case import Branch
from ssacalc.domain.rules import Calculation, Cap
from ssacalc.domain.spans import Span
from ssacalc.domain.trace import Citation
from ssacalc.engine.amounts import Position, full_career, qualifying
from ssacalc.engine.counting import NATURAL_UNIT, ONE_DAY, anniversary, count, in_calendar_unit
from ssacalc.engine.risk import risk_of


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
        scheme=position.scheme.named,
        branch=position.case.claim.benefit,
    )
    if clause is None or not isinstance(clause.rule, Cap) or clause.rule is Cap.NONE:
        return None, None
    full = clause.rule is Cap.FULL_CAREER
    return (full_career(position) if full else qualifying(position)), clause


def own_denominator(position: Position, rule: Calculation) -> Fraction | None:
    """Return the instrument's own denominator; ``None`` where it names none.

    By birth or move, or the time between two ages, in the scheme's unit, to the event or the award
    at the most. ``None`` too where the text's unit is not to be had from the scheme's.
    """
    if rule.from_age is not None:
        return _between_ages(position, rule, rule.from_age)
    value = by_birth_or_move(position, rule)
    return None if value is None else in_calendar_unit(value, rule.unit, position.scheme.unit)


def by_birth_or_move(position: Position, rule: Calculation) -> Fraction | None:
    """Return the denominator as the text names it for the person, in the text's unit."""
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


def fixed_duration(position: Position, rule: Calculation) -> Fraction | None:
    """Return over what a sum that does not depend on time is set, in the scheme's unit."""
    if rule.fixed_duration is None:
        return own_denominator(position, rule)
    return in_calendar_unit(rule.fixed_duration, rule.unit, position.scheme.unit)


def further_units(position: Position, rule: Calculation) -> Fraction:
    """Return the units that the text adds to own time, in the scheme's unit."""
    return in_calendar_unit(rule.plus_units, rule.unit, position.scheme.unit) or Fraction(0)


def _between_ages(position: Position, rule: Calculation, from_age: int) -> Fraction | None:
    case, scheme = position.case, position.scheme
    born, risk = case.person.born, risk_of(case)
    if rule.before_risk and risk is None and case.claim.benefit is not Branch.OLD_AGE:
        return None
    ends = (risk if rule.before_risk else None) or case.claim.on
    if rule.until_age is not None:
        ends = min(ends, anniversary(born, rule.until_age))
    begins = anniversary(born, from_age)
    if begins >= ends:
        return None
    counted = count([Span(begins, ends - ONE_DAY)], scheme.counting)
    return in_calendar_unit(counted, NATURAL_UNIT[scheme.counting.kind], scheme.unit)


def _as_number(day: object) -> int:
    return int(str(day).replace("-", ""))
