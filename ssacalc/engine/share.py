"""One scheme under one instrument (or none): totalising, the right, and the amounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.case import Case, InsurancePeriod
from ssacalc.domain.determination import Doubt, Shortfall
from ssacalc.domain.law import Law
from ssacalc.domain.rules import (
    Calculation,
    ConversionRules,
    MinimumPeriod,
    Overlapping,
    OverlapRule,
    ThirdStateRule,
    ThirdStates,
)
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.amounts import Amounts, Position, by_method, independent
from ssacalc.engine.career import Career, career
from ssacalc.engine.conversion import by_year, foreign_time, table_conversion
from ssacalc.engine.counting import in_calendar_unit
from ssacalc.engine.crediting import Time
from ssacalc.engine.instruments import APPLIED
from ssacalc.engine.overlaps import Piece, resolve, whole
from ssacalc.engine.standing import Standing, standing
from ssacalc.engine.totalisation import Right, right, totalised


@dataclass(frozen=True, slots=True)
class Share:
    """What one scheme owes under one instrument, before the award."""

    standing: Standing
    instrument: Instrument | None
    right: Right
    position: Position
    amounts: Amounts
    total_units: Fraction
    released: bool = False
    released_by: tuple[Citation, ...] = ()
    below_minimum: Shortfall | None = None
    steps: tuple[Step, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def national(case: Case, entry: Standing) -> Share:
    """Return the scheme by national law alone: the counterfactual."""
    position = _position(case, entry, entry.time.units, entry.time.units, entry.time.step)
    amounts = Amounts()
    independent(position, amounts)
    return Share(entry, None, entry.right, position, amounts, entry.time.units)


def _position(
    case: Case, entry: Standing, total: Fraction, all_units: Fraction, step: Step
) -> Position:
    return Position(
        scheme=entry.scheme,
        case=case,
        certified=entry.certified,
        career=career_of(case, entry),
        own=entry.time.units,
        total=total,
        all_units=all_units,
        own_right=entry.right.met,
        total_step=step,
    )


def career_of(case: Case, entry: Standing) -> Career:
    """Return the person's career under the scheme by own time."""
    quarters = _quarters(entry.periods) if entry.scheme.unit is Unit.QUARTER else {}
    units = entry.time.units
    return career(case, entry.scheme, units, units, quarters, entry.time.step)


def _quarters(periods: Sequence[InsurancePeriod]) -> dict[int, int]:
    quarters: dict[int, int] = {}
    for period in periods:
        for year, number in (by_year(whole(period), Unit.QUARTER) or {}).items():
            quarters[year] = quarters.get(year, 0) + int(number)
    return quarters


def under(
    instrument: Instrument,
    entry: Standing,
    standings: Sequence[Standing],
    case: Case,
    law: Law,
    schemes: dict[str, Scheme],
) -> Share:
    """Return the scheme under one instrument.

    Foreign periods of the instrument's other States are converted, overlaps resolved, the right
    looked at again with all time; third States' periods are added where the text lets them be and
    (where it says so) only if the right is not reached without them. Then the method's amounts.
    """
    members = _members(instrument, entry.scheme.country, case)
    first = _totalise(instrument, entry, members, case, law, schemes)
    if first.right.met is not True:
        third = _third_states(instrument, entry.scheme, case, law)
        if third:
            wider = _totalise(instrument, entry, (*members, *third), case, law, schemes)
            if wider.right.met is not False or first.right.met is False:
                first = wider if _better(wider.right, first.right) else first
    released, released_law, below = _released(instrument, entry, case)
    amounts = Amounts()
    total = _ratio_total(instrument, first, standings, case, law, schemes)
    position = _position(case, first.entry, total, first.all_units, first.step)
    independent(position, amounts)
    if first.right.met is not False and not released:
        by_method(position, amounts, instrument)
    return Share(
        standing=first.entry,
        instrument=instrument,
        right=first.right,
        position=position,
        amounts=amounts,
        total_units=first.all_units,
        released=released,
        released_by=released_law,
        below_minimum=below,
        steps=first.steps,
        doubts=first.time.doubts,
    )


def _better(one: Right, other: Right) -> bool:
    order = {True: 2, None: 1, False: 0}
    return order[one.met] > order[other.met]


@dataclass(frozen=True, slots=True)
class _Totalised:
    """Own and foreign time together, and the right by it."""

    entry: Standing
    time: Time
    right: Right
    all_units: Fraction
    step: Step
    steps: tuple[Step, ...]
    members: tuple[str, ...]


def _members(instrument: Instrument, country: str, case: Case) -> tuple[str, ...]:
    return tuple(c for c in case.countries if c != country and instrument.binds(c, case.claim.on))


def _totalise(
    instrument: Instrument,
    entry: Standing,
    members: Sequence[str],
    case: Case,
    law: Law,
    schemes: dict[str, Scheme],
) -> _Totalised:
    scheme, on = entry.scheme, case.claim.on
    foreign = [p for p in case.periods if p.country in members and p.counts_for_right]
    overlap = _overlap(instrument, scheme, case)
    rule = overlap.rule if overlap and isinstance(overlap.rule, Overlapping) else None
    resolved = resolve(
        entry.periods,
        foreign,
        rule.rule if rule else OverlapRule.HOME_PREVAILS,
        (overlap.law,) if overlap else (),
    )
    own = entry
    if resolved.displaced_voluntary:
        own = standing(case, scheme, entry.certified, resolved.own)
    times: list[Time] = []
    spans_before = own.time
    for bound_by, group in _by_instrument(instrument, resolved.foreign, scheme, case, law):
        clause = bound_by.clause(
            "T03", on, party=scheme.country, scheme=scheme.id, branch=case.claim.benefit
        )
        time = foreign_time(scheme, spans_before, group, clause, schemes)
        times.append(time)
        spans_before = Time(
            spans_before.units, (*spans_before.spans, *time.spans), spans_before.step
        )
    return _together(own, times, resolved.steps, case, tuple(members))


def _together(
    own: Standing,
    times: Sequence[Time],
    overlap_steps: tuple[Step, ...],
    case: Case,
    members: tuple[str, ...],
) -> _Totalised:
    scheme = own.scheme
    foreign = sum((time.units for time in times), Fraction(0))
    units = own.time.units + foreign
    uses = (own.time.step, *overlap_steps, *(time.step for time in times))
    if own.certified is not None and own.certified.total is not None:
        stated = own.certified.total
        certified = in_calendar_unit(stated.number, stated.unit, scheme.unit)
        if certified is not None:
            units, foreign = certified, certified - own.time.units
    args: tuple[tuple[str, Argument], ...] = (
        ("own", Duration(own.time.units, scheme.unit)),
        ("foreign", Duration(foreign, scheme.unit)),
        ("total", Duration(units, scheme.unit)),
    )
    step = Step("total_periods", units, "totalised", args, (), uses)
    spans = tuple(span for time in times for span in time.spans)
    record = totalised(own.record, foreign, spans, step)
    found = right(scheme, record, case)
    if own.right.met is True:
        found = Right(met=True, shortfall=None, outcomes=found.outcomes)
    elif own.certified is not None and own.certified.condition_met is not None:
        found = Right(own.certified.condition_met, found.shortfall, found.outcomes)
    doubts = tuple(doubt for time in times for doubt in time.doubts)
    time = Time(foreign, spans, step, doubts)
    return _Totalised(own, time, found, units, step, (step,), members)


def _overlap(instrument: Instrument, scheme: Scheme, case: Case) -> Clause | None:
    return instrument.clause(
        "T04", case.claim.on, party=scheme.country, scheme=scheme.id, branch=case.claim.benefit
    )


def _by_instrument(
    instrument: Instrument,
    pieces: Sequence[Piece],
    scheme: Scheme,
    case: Case,
    law: Law,
) -> list[tuple[Instrument, list[Piece]]]:
    """Return the pieces of each State with the instrument whose conversion clause is used.

    The States of the instrument itself together, one operation; a third State's periods by the
    instrument that binds this State to it.
    """
    on = case.claim.on
    inside = [p for p in pieces if instrument.binds(p.country, on)]
    groups: list[tuple[Instrument, list[Piece]]] = [(instrument, inside)] if inside else []
    outside = dict.fromkeys(p.country for p in pieces if not instrument.binds(p.country, on))
    for country in outside:
        other = _linking(scheme.country, country, case, law)
        groups.append((other or instrument, [p for p in pieces if p.country == country]))
    return groups


def _linking(one: str, other: str, case: Case, law: Law) -> Instrument | None:
    on = case.claim.on
    return next(
        (
            i
            for i in law.instruments
            if i.kind in APPLIED
            and i.totalises is not False
            and i.binds(one, on)
            and i.binds(other, on)
        ),
        None,
    )


def _third_states(instrument: Instrument, scheme: Scheme, case: Case, law: Law) -> tuple[str, ...]:
    """Return the third States whose periods the text lets be added (clause T06)."""
    on = case.claim.on
    clause = instrument.clause(
        "T06", on, party=scheme.country, scheme=scheme.id, branch=case.claim.benefit
    )
    if clause is None or not isinstance(clause.rule, ThirdStateRule):
        return ()
    rule = clause.rule.rule
    if rule is ThirdStates.NONE:
        return ()
    partners = [c for c in case.countries if c != scheme.country and instrument.binds(c, on)]
    found: list[str] = []
    for country in case.countries:
        if country == scheme.country or instrument.binds(country, on):
            continue
        here = _linking(scheme.country, country, case, law) is not None
        there = any(_linking(p, country, case, law) is not None for p in partners)
        if (here and there) if rule is ThirdStates.BOUND_TO_BOTH else (here or there):
            found.append(country)
    return tuple(found)


def minimum_of(
    instrument: Instrument, scheme: Scheme, case: Case
) -> tuple[MinimumPeriod, Clause] | None:
    """Return clause T05 for a scheme, or ``None`` where the instrument sets no minimum."""
    clause = instrument.clause(
        "T05", case.claim.on, party=scheme.country, scheme=scheme.id, branch=case.claim.benefit
    )
    if clause is None or not isinstance(clause.rule, MinimumPeriod):
        return None
    return clause.rule, clause


def _released(
    instrument: Instrument, entry: Standing, case: Case
) -> tuple[bool, tuple[Citation, ...], Shortfall | None]:
    """Tell whether the State need not pay because its own time is below the minimum."""
    found = minimum_of(instrument, entry.scheme, case)
    if found is None:
        return False, (), None
    minimum, clause = found
    needed = _in_scheme_unit(minimum.minimum, entry.scheme, instrument, case)
    if needed is None or entry.time.units >= needed:
        return False, (), None
    if minimum.unless_own_right and entry.right.met is True:
        return False, (), None
    if minimum.where_abroad_only and case.person.residence == entry.scheme.country:
        return False, (), None
    missing = Shortfall(needed - entry.time.units, entry.scheme.unit, "minimum-own-period")
    return True, (clause.law,), missing


def _in_scheme_unit(
    minimum: Duration, scheme: Scheme, instrument: Instrument, case: Case
) -> Fraction | None:
    """Return a minimum in the scheme's unit: by the calendar, else by the instrument's table."""
    same = in_calendar_unit(minimum.number, minimum.unit, scheme.unit)
    if same is not None:
        return same
    clause = instrument.clause(
        "T03", case.claim.on, party=scheme.country, scheme=scheme.id, branch=case.claim.benefit
    )
    if clause is None or not isinstance(clause.rule, ConversionRules):
        return None
    per_week = scheme.counting.days_per_week
    rules = clause.rule
    return table_conversion(minimum, scheme.unit, per_week, rules.table, rules.week_month_row)


def _ratio_total(
    instrument: Instrument,
    found: _Totalised,
    standings: Sequence[Standing],
    case: Case,
    law: Law,
    schemes: dict[str, Scheme],
) -> Fraction:
    """Return the denominator's time: all time, less what the text keeps out of the ratio.

    Periods of third States where the text's total is of the two Parties, and short periods that
    enter the theoretical amount only (883/2004, art. 57(2)).
    """
    scheme = found.entry.scheme
    clause = instrument.clause(
        "P01", case.claim.on, party=scheme.country, scheme=scheme.id, branch=case.claim.benefit
    )
    two_only = (
        clause is not None
        and isinstance(clause.rule, Calculation)
        and not clause.rule.includes_third_states
    )
    kept = [
        country
        for country in found.members
        if not (two_only and not instrument.binds(country, case.claim.on))
        and not _enters_theoretical_only(instrument, country, standings, case)
    ]
    if len(kept) == len(found.members):
        return found.all_units
    return _totalise(instrument, found.entry, kept, case, law, schemes).all_units


def _enters_theoretical_only(
    instrument: Instrument, country: str, standings: Sequence[Standing], case: Case
) -> bool:
    """Tell whether all of a State's schemes are released and their time kept out of the ratio."""
    entries = [entry for entry in standings if entry.scheme.country == country]
    for entry in entries:
        found = minimum_of(instrument, entry.scheme, case)
        if found is None or not found[0].enters_theoretical_only:
            return False
        if not _released(instrument, entry, case)[0]:
            return False
    return bool(entries)
