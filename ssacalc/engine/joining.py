"""Own and foreign time joined under one instrument: the States, the overlaps, the sum."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.case import Case, InsurancePeriod, PeriodKind
from ssacalc.domain.determination import Doubt, Shortfall
from ssacalc.domain.law import Law
from ssacalc.domain.rules import (
    ConversionRules,
    InsuredAtEvent,
    MinimumPeriod,
    Overlapping,
    OverlapRule,
    SpecialTime,
    ThirdStateRule,
    ThirdStates,
)
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.spans import Span
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.clauses import clause_for
from ssacalc.engine.conditions import Outcome
from ssacalc.engine.conversion import foreign_time
from ssacalc.engine.counting import Tally, in_calendar_unit
from ssacalc.engine.crediting import Time
from ssacalc.engine.day_table import table_conversion
from ssacalc.engine.from_earnings import from_earnings
from ssacalc.engine.instruments import APPLIED
from ssacalc.engine.measuring import Held
from ssacalc.engine.overlaps import Piece, Simultaneous, resolve
from ssacalc.engine.standing import Standing, standing
from ssacalc.engine.totalisation import Right, right, totalised
from ssacalc.engine.us_insured import credits_quarters, with_foreign


@dataclass(frozen=True)
class Ground:
    """What joining needs to know beside the scheme: the case, the law, all schemes by name."""

    case: Case
    law: Law
    schemes: dict[str, Scheme]

    @cached_property
    def released(
        self,
    ) -> dict[tuple[str, int, frozenset[int]], tuple[Citation, Shortfall] | None]:
        """Which schemes (by ``id``) an instrument releases beside others, as far as asked."""
        return {}

    @cached_property
    def simultaneous(self) -> Simultaneous:
        """The periods of the case that share a day with one of another State."""
        return Simultaneous(self.case.periods)

    def clause(self, instrument: Instrument, name: str, scheme: Scheme) -> Clause | None:
        """Return an instrument's clause that speaks most particularly of a scheme."""
        return clause_for(instrument, name, scheme, self.case)


OVERLAP = "certified-time"
"""The convention on certified time that does not fill its dates, where no text speaks of it."""
APART = "lies-apart"
"""It lies apart from other States' time as far as it can (in the Union: 987/2009, art. 12(6))."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Own and foreign time together, the right by it, and own voluntary time displaced."""

    entry: Standing
    members: tuple[str, ...]
    foreign: Time
    right: Right
    units: Fraction
    step: Step
    displaced_voluntary: tuple[InsurancePeriod, ...] = ()
    displaced_law: tuple[Citation, ...] = ()


def members(instrument: Instrument, country: str, case: Case) -> tuple[str, ...]:
    """Return the other States of the case that the instrument binds on the day of the claim."""
    return tuple(c for c in case.countries if c != country and instrument.binds(c, case.claim.on))


def join(
    instrument: Instrument,
    entry: Standing,
    states: Sequence[str],
    ground: Ground,
    *,
    insured_in: Sequence[str] = (),
    beside: Sequence[str] = (),
) -> Joined:
    """Return own time and the time of ``states`` together, overlaps resolved, each day once.

    ``insured_in`` are States whose time is not added, but whose insurance at the event may stand
    for insurance here (clause T09). ``beside`` are States whose time is not added either, but
    displaces other time as if it were.

    Own time that a period of another State displaces is left out of the sum and of the share; the
    right by own periods alone stays as it is (987/2009, art. 12 and 43(1)).
    """
    case, scheme = ground.case, entry.scheme
    foreign = [p for p in case.periods if p.country in states and p.counts_for_right]
    there = [p for p in case.periods if p.country in insured_in and p.counts_for_right]
    told = from_earnings(case, ground.schemes.values(), states, foreign)
    among = None if told else ground.simultaneous
    foreign += told
    crediting = ground.clause(instrument, "T03", scheme)
    if entry.home is not None and crediting is not None and credits_quarters(crediting):
        time, insured = with_foreign(case, scheme, entry.home, foreign, crediting, ground.schemes)
        return _together(
            entry, [time], (), case, tuple(states), displaced=(), law=(), insured=insured
        )
    foreign, special = _of_occupation(instrument, entry, foreign, ground)
    clause = ground.clause(instrument, "T04", scheme)
    rule = clause.rule if clause and isinstance(clause.rule, Overlapping) else None
    law = (clause.law,) if clause else ()
    overlaps = rule.rule if rule else OverlapRule.HOME_PREVAILS
    apart = dict(case.conventions).get(OVERLAP) == APART
    others = [p for p in case.periods if p.country in beside and p.counts_for_right]
    resolved = resolve(entry.periods, foreign, overlaps, law, among, presumed=apart, beside=others)
    own = entry
    if any(piece.share < 1 for piece in resolved.own):
        own = replace(standing(case, scheme, entry.certified, resolved.own), right=entry.right)
    times: list[Time] = []
    tally = Tally(scheme.counting, own.time.spans)
    held = Held(resolved.own, scheme, presumed=apart or overlaps is OverlapRule.RANKED)
    for linking, group in _by_instrument(instrument, resolved.foreign, scheme, ground):
        conversion = ground.clause(linking, "T03", scheme)
        time = foreign_time(
            scheme,
            tally,
            group,
            conversion,
            ground.schemes,
            born=case.person.born,
            held=held,
        )
        times.append(time)
    added_back = rule is not None and rule.add_back_voluntary
    return _together(
        own,
        times,
        (*special, *resolved.steps),
        case,
        tuple(states),
        elsewhere=_deemed(instrument, scheme, (*foreign, *there), ground),
        displaced=resolved.displaced_voluntary if added_back else (),
        law=law,
    )


def _of_occupation(
    instrument: Instrument,
    entry: Standing,
    foreign: list[InsurancePeriod],
    ground: Ground,
) -> tuple[list[InsurancePeriod], tuple[Step, ...]]:
    """Keep the foreign time that counts for a scheme of one occupation (clause T07).

    A right tied to an occupation takes time from a corresponding scheme abroad, failing that time
    in the same occupation; other time serves the general scheme.
    """
    special = {p.special_scheme for p in entry.periods}
    clause = ground.clause(instrument, "T07", entry.scheme)
    if len(special) != 1 or "" in special or clause is None:
        return foreign, ()
    if not isinstance(clause.rule, SpecialTime):
        return foreign, ()
    activity = special.pop()
    kept = [p for p in foreign if activity in (p.special_scheme, p.occupation)]
    if len(kept) == len(foreign):
        return foreign, ()
    args: tuple[tuple[str, Argument], ...] = (
        ("activity", activity),
        ("left_out", len(foreign) - len(kept)),
    )
    step = Step("special_time", len(kept), "special-time-only", args, (clause.law,))
    return kept, (step,)


def _deemed(
    instrument: Instrument, scheme: Scheme, foreign: Sequence[InsurancePeriod], ground: Ground
) -> tuple[Span, ...]:
    """Return the days on which insurance elsewhere stands for insurance here (clause T09)."""
    clause = ground.clause(instrument, "T09", scheme)
    if clause is None or not isinstance(clause.rule, InsuredAtEvent):
        return ()
    pensions = (PeriodKind.PENSION, PeriodKind.DISABILITY)
    return tuple(
        span
        for p in foreign
        if (span := p.shortest) is not None
        and (clause.rule is InsuredAtEvent.ELSEWHERE_OR_PENSIONER or p.kind not in pensions)
    )


def _together(
    own: Standing,
    times: Sequence[Time],
    overlap_steps: tuple[Step, ...],
    case: Case,
    states: tuple[str, ...],
    *,
    displaced: tuple[InsurancePeriod, ...],
    law: tuple[Citation, ...],
    insured: Outcome | None = None,
    elsewhere: tuple[Span, ...] = (),
) -> Joined:
    scheme = own.scheme
    foreign = sum((time.units for time in times), Fraction(0))
    units = own.time.units + foreign
    stated = own.certified.total if own.certified else None
    certified = (
        in_calendar_unit(stated.number, stated.unit, scheme.unit) if stated is not None else None
    )
    below: tuple[Doubt, ...] = ()
    if stated is not None and certified is None and own.certified is not None:
        told = (
            ("country", scheme.country),
            ("certified", stated),
            ("unit", scheme.unit.value),
            ("place", own.certified.place),
        )
        below = (Doubt("missing", "period-not-convertible", told),)
    if certified is not None:
        units, foreign = certified, certified - own.time.units
        if foreign < 0:
            stated_less = (
                ("scheme", scheme.title),
                ("total", Duration(certified, scheme.unit)),
                ("own", Duration(own.time.units, scheme.unit)),
            )
            below = (Doubt("fact", "certified-total-below-own", stated_less),)
    args: tuple[tuple[str, Argument], ...] = (
        ("own", Duration(own.time.units, scheme.unit)),
        ("foreign", Duration(foreign, scheme.unit)),
        ("total", Duration(units, scheme.unit)),
    )
    key = "totalised-as-certified" if certified is not None else "totalised"
    uses = (own.time.step, *overlap_steps, *(time.step for time in times))
    step = Step("total_periods", units, key, args, (), uses)
    spans = tuple(span for time in times for span in time.spans)
    complete = all(time.complete for time in times)
    lying = tuple(entry for time in times for entry in time.lying)
    added = Time(foreign, spans, step, lying=lying)
    record = totalised(own.record, added, complete=complete, elsewhere=elsewhere)
    found = _right(own, right(scheme, record, case, insured))
    doubts = (*below, *(doubt for time in times for doubt in time.doubts))
    joined = Time(foreign, spans, step, doubts)
    return Joined(own, states, joined, found, units, step, displaced, law)


def _right(own: Standing, found: Right) -> Right:
    """Keep an own right, which totalising never takes; else the institution's own word prevails."""
    if own.right.met is True:
        return Right(met=True, shortfall=None, outcomes=found.outcomes)
    if own.certified is not None and own.certified.condition_met is not None:
        return Right(own.certified.condition_met, found.shortfall, found.outcomes)
    return found


def _by_instrument(
    instrument: Instrument, pieces: Sequence[Piece], scheme: Scheme, ground: Ground
) -> list[tuple[Instrument, list[Piece]]]:
    """Return the pieces with the instrument whose conversion clause is used for them.

    The States of the instrument itself together, in one operation; a third State's periods by
    the instrument that binds this State to it.
    """
    on = ground.case.claim.on
    states = dict.fromkeys(piece.country for piece in pieces)
    bound = {state for state in states if instrument.binds(state, on)}
    inside = [piece for piece in pieces if piece.country in bound]
    groups = [(instrument, inside)] if inside else []
    for country in (state for state in states if state not in bound):
        link = linking(scheme.country, country, ground)
        groups.append((link or instrument, [p for p in pieces if p.country == country]))
    return groups


def linking(one: str, other: str, ground: Ground) -> Instrument | None:
    """Return an instrument in force that totalises between two States, or ``None``."""
    on = ground.case.claim.on
    return next(
        (
            i
            for i in ground.law.instruments
            if i.kind in APPLIED and i.totalises is not False and i.links(one, other, on)
        ),
        None,
    )


def third_states(
    instrument: Instrument, scheme: Scheme, ground: Ground
) -> tuple[tuple[str, ...], bool]:
    """Return the third States of the case whose periods the text lets be added (clause T06).

    Who is not a national of the States that a particular clause is for has the general one. And
    whether they are added always, not only where the right is not reached without.
    """
    rule = _third_rule(ground.clause(instrument, "T06", scheme))
    if rule is not None and not _for_person(rule, ground.case):
        rule = _third_rule(instrument.clause("T06", ground.case.claim.on))
        if rule is not None and not _for_person(rule, ground.case):
            rule = None
    if rule is None or rule.rule is ThirdStates.NONE:
        return (), False
    partners = members(instrument, scheme.country, ground.case)
    outside = (
        c
        for c in ground.case.countries
        if c != scheme.country and not instrument.binds(c, ground.case.claim.on)
    )
    found = tuple(c for c in outside if _bound(c, scheme.country, partners, rule.rule, ground))
    return found, not rule.only_if_needed


def _third_rule(clause: Clause | None) -> ThirdStateRule | None:
    return clause.rule if clause and isinstance(clause.rule, ThirdStateRule) else None


def _for_person(rule: ThirdStateRule, case: Case) -> bool:
    """Tell whether a rule on third States is for the person; presumed where none is stated."""
    meant = set(rule.nationals_of)
    stated = case.person.nationalities
    return not meant or not stated or bool(meant.intersection(stated))


def _bound(
    third: str, home: str, partners: Sequence[str], rule: ThirdStates, ground: Ground
) -> bool:
    here = linking(home, third, ground) is not None
    there = any(linking(partner, third, ground) is not None for partner in partners)
    return (here and there) if rule is ThirdStates.BOUND_TO_BOTH else (here or there)


def minimum_of(
    instrument: Instrument, scheme: Scheme, ground: Ground
) -> tuple[MinimumPeriod, Citation] | None:
    """Return clause T05 for a scheme, or ``None`` where the instrument sets no minimum."""
    clause = ground.clause(instrument, "T05", scheme)
    if clause is None or not isinstance(clause.rule, MinimumPeriod):
        return None
    return clause.rule, clause.law


def minimum_in_unit(
    minimum: Duration, instrument: Instrument, scheme: Scheme, ground: Ground
) -> Fraction | None:
    """Return a minimum in the scheme's unit: by the calendar, else by the instrument's table.

    A year is never more than what the scheme's own law gives for a whole one.
    """
    same = in_calendar_unit(minimum.number, minimum.unit, scheme.unit)
    if same is not None:
        return same
    clause = ground.clause(instrument, "T03", scheme)
    if clause is None or not isinstance(clause.rule, ConversionRules):
        return None
    rules = clause.rule
    by_table = table_conversion(
        minimum, scheme.unit, scheme.counting.days_per_week, rules.table, rules.week_month_row
    )
    full = scheme.counting.yearly_cap
    if by_table is None or full is None or minimum.unit is not Unit.YEAR:
        return by_table
    return min(by_table, minimum.number * full)
