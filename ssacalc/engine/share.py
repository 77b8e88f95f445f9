"""One scheme under one instrument (or none): the right and the amounts, before the award."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.case import Case
from ssacalc.domain.determination import Doubt, Shortfall
from ssacalc.domain.rules import Calculation, ConditionsNotMet
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.domain.units import Duration
from ssacalc.engine.amounts import Amounts, Position, independent, theoretical_in_full
from ssacalc.engine.career import Career, career
from ssacalc.engine.conditions import Outcome
from ssacalc.engine.cuts import needs_both_amounts
from ssacalc.engine.joining import (
    Ground,
    Joined,
    join,
    members,
    third_states,
)
from ssacalc.engine.methods import by_method
from ssacalc.engine.risk import before, risk_of
from ssacalc.engine.short_periods import absorbed, incomparable, released
from ssacalc.engine.standing import Standing, standing
from ssacalc.engine.totalisation import Right


@dataclass(frozen=True, slots=True)
class Share:
    """What one scheme owes under one instrument, before the award.

    ``released`` is the clause by which the State need not pay because its own time is short,
    ``below`` by how much it is. ``elsewhere`` is the step that tells that another State alone
    pays (883/2004, art. 44(2)).
    """

    standing: Standing
    instrument: Instrument | None
    right: Right
    position: Position
    amounts: Amounts
    total_units: Fraction
    released: Citation | None = None
    below: Shortfall | None = None
    assumes_all: bool = False
    elsewhere: Step | None = None
    steps: tuple[Step, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def entitled(self) -> bool | None:
        """Whether there is a right that the State must honour."""
        if self.elsewhere is not None:
            return False
        return self.standing.right.met if self.released else self.right.met


def national(case: Case, entry: Standing) -> Share:
    """Return the scheme by national law alone: the counterfactual."""
    mine = _standing_in(case.for_amount, entry, case)
    units = mine.time.units
    position = _position(case, mine, units, units, mine.time.step)
    amounts = Amounts()
    independent(position, amounts)
    return Share(entry, None, entry.right, position, amounts, units)


def _position(
    case: Case, entry: Standing, total: Fraction, all_units: Fraction, step: Step
) -> Position:
    return Position(
        scheme=entry.scheme,
        case=case,
        certified=entry.certified,
        career=_career(case, entry),
        own=entry.time.units,
        total=total,
        all_units=all_units,
        own_right=entry.right.met,
        total_step=step,
    )


def _career(case: Case, entry: Standing) -> Career:
    quarters = entry.home.by_year() if entry.home else {}
    units = entry.time.units
    return career(case, entry.scheme, units, units, quarters, entry.time.step)


def under(
    instrument: Instrument,
    entry: Standing,
    standings: Sequence[Standing],
    ground: Ground,
    *,
    left_out: frozenset[str] = frozenset(),
) -> Share:
    """Return the scheme under one instrument.

    Foreign time of the instrument's other States is converted, overlaps resolved and the right
    looked at with all time; third States' time is added where the text lets it be and the right
    is not reached without. ``left_out`` States enter the right but not the calculation.
    """
    case, scheme = ground.case, entry.scheme
    released_by = released(instrument, entry, standings, ground)
    joined = _joined(instrument, entry, ground)
    if released_by is None:
        joined = _with_own_time(joined)
    paid_for = ground if case.for_amount is case else replace(ground, case=case.for_amount)
    mine = _standing_in(paid_for.case, entry, case)
    rule = _method(instrument, scheme, ground)
    if rule is not None and rule.theoretical_of_parties_only:
        on = case.claim.on
        left_out |= {state for state in joined.members if not instrument.binds(state, on)}
    counted = _calculated(instrument, mine, joined, paid_for, left_out, again=mine is not entry)
    ratio = _in_ratio(
        instrument, mine, counted, paid_for, short=_short(instrument, joined, standings, ground)
    )
    total = ratio.total
    amounts = Amounts()
    position = _position(case, counted.entry, total, counted.units, counted.step)
    if ratio.own != position.own:
        position = replace(position, own=ratio.own)
    own_units = mine.time.units
    independent(_position(case, mine, own_units, own_units, mine.time.step), amounts)
    if joined.right.met is not False and released_by is None:
        needs_both = total != counted.units or needs_both_amounts(case, scheme)
        complete = counted.entry.time.complete and counted.foreign.complete
        by_method(position, amounts, instrument, needs_both=needs_both, complete=complete)
        _add_back(position, amounts, counted)
    return Share(
        standing=counted.entry if mine is entry else joined.entry,
        instrument=instrument,
        right=joined.right,
        position=position,
        amounts=amounts,
        total_units=joined.units,
        released=released_by[0] if released_by else None,
        below=released_by[1] if released_by else None,
        steps=(joined.step, *(() if joined is counted else (counted.step,)), *ratio.steps),
        doubts=(*incomparable(instrument, entry, ground), *joined.foreign.doubts),
    )


def _standing_in(read: Case, entry: Standing, case: Case) -> Standing:
    """Return how a scheme stands by the periods of another reading of the case, its right kept."""
    if read is case:
        return entry
    return replace(standing(read, entry.scheme, entry.certified), right=entry.right)


def _joined(instrument: Instrument, entry: Standing, ground: Ground) -> Joined:
    purpose = ground.clause(instrument, "T01", entry.scheme)
    if purpose is not None and purpose.option == "none":
        return _own_alone(instrument, entry, purpose, ground)
    first = join(instrument, entry, members(instrument, entry.scheme.country, ground.case), ground)
    third, always = third_states(instrument, entry.scheme, ground)
    if not third or (first.right.met is True and not always):
        return first
    wider = join(instrument, entry, (*first.members, *third), ground)
    if always:
        return wider
    order = {True: 2, None: 1, False: 0}
    return wider if order[wider.right.met] > order[first.right.met] else first


def _with_own_time(joined: Joined) -> Joined:
    """Refuse where there is no own time at all: a State owes nothing for other States' time."""
    entry, right = joined.entry, joined.right
    certified = entry.certified
    stated = certified is not None and (certified.theoretical or certified.independent)
    if entry.time.units or not entry.time.complete or stated or right.met is False:
        return joined
    if entry.right.met is True:
        return joined
    args: tuple[tuple[str, Argument], ...] = (("scheme", entry.scheme.title),)
    step = Step("condition", value=False, key="no-own-time", args=args, uses=(entry.time.step,))
    shortfall = Shortfall(Fraction(1), entry.scheme.unit, "own-units")
    outcome = Outcome("own-units", met=False, shortfall=shortfall, step=step)
    refused = Right(met=False, shortfall=shortfall, outcomes=(*right.outcomes, outcome))
    return replace(joined, right=refused)


def _own_alone(instrument: Instrument, entry: Standing, purpose: Clause, ground: Ground) -> Joined:
    """Return own time alone: the text adds no other for this benefit (clause T01).

    Insurance in another State at the event may still open the right (clause T09).
    """
    others = members(instrument, entry.scheme.country, ground.case)
    joined = join(instrument, entry, (), ground, insured_in=others)
    args: tuple[tuple[str, Argument], ...] = (
        ("instrument", instrument.short),
        ("scheme", entry.scheme.title),
    )
    units = joined.units
    step = Step("total_periods", units, "not-totalised", args, (purpose.law,), (joined.step,))
    return replace(joined, step=step)


def _calculated(
    instrument: Instrument,
    entry: Standing,
    joined: Joined,
    ground: Ground,
    left_out: frozenset[str],
    *,
    again: bool,
) -> Joined:
    if not again and not left_out.intersection(joined.members):
        return joined
    kept = [state for state in joined.members if state not in left_out]
    return join(instrument, entry, kept, ground)


def _short(
    instrument: Instrument, joined: Joined, standings: Sequence[Standing], ground: Ground
) -> frozenset[str]:
    """Return the States whose short time enters the theoretical amount only."""
    return frozenset(
        state for state in joined.members if absorbed(instrument, state, standings, ground)
    )


@dataclass(frozen=True, slots=True)
class Ratio:
    """The time that enters the ratio of a share, and the steps that tell why it is not all."""

    own: Fraction
    total: Fraction
    steps: tuple[Step, ...] = ()


def _method(instrument: Instrument, scheme: Scheme, ground: Ground) -> Calculation | None:
    clause = ground.clause(instrument, "P01", scheme)
    return clause.rule if clause is not None and isinstance(clause.rule, Calculation) else None


def _in_ratio(
    instrument: Instrument,
    entry: Standing,
    joined: Joined,
    ground: Ground,
    *,
    short: frozenset[str],
) -> Ratio:
    """Return own and all time of the ratio: all of it, less what the text keeps out.

    Periods of third States where the text's total is of the two Parties, short periods that
    enter the theoretical amount only (883/2004, art. 57(2)), and time after the risk materialised
    (art. 52(1)(b)(ii)).
    """
    rule = _method(instrument, entry.scheme, ground)
    two_only = rule is not None and not rule.includes_third_states
    on = ground.case.claim.on
    kept = [
        state
        for state in joined.members
        if state not in short and not (two_only and not instrument.binds(state, on))
    ]
    risk = risk_of(ground.case) if rule is not None and rule.before_risk else None
    earlier = ground.case if risk is None else before(ground.case, risk)
    if earlier is not ground.case:
        clause = ground.clause(instrument, "P01", entry.scheme)
        stood = _standing_in(earlier, entry, ground.case)
        found = join(instrument, stood, kept, replace(ground, case=earlier))
        own = found.entry.time.units
        told = (
            ("on", risk),
            ("own", Duration(own, entry.scheme.unit)),
            ("total", Duration(found.units, entry.scheme.unit)),
        )
        law = (clause.law,) if clause else ()
        step = Step("ratio_periods", found.units, "ratio-before-risk", told, law, (found.step,))
        return Ratio(own, found.units, (step,))
    own = joined.entry.time.units
    if len(kept) == len(joined.members):
        return Ratio(own, joined.units)
    return Ratio(own, own + join(instrument, entry, kept, ground).foreign.units)


def _add_back(position: Position, amounts: Amounts, joined: Joined) -> None:
    """Add the amount for displaced voluntary time to the share (987/2009, art. 43(2))."""
    if not joined.displaced_voluntary or amounts.pro_rata is None:
        return
    certified = position.certified.displaced_voluntary if position.certified else None
    args: tuple[tuple[str, Argument], ...] = (("scheme", position.scheme.title),)
    if certified is None:
        amounts.doubts.append(
            Doubt("missing", "displaced-voluntary-amount", args, joined.displaced_law)
        )
        return
    amounts.add_to_share(certified, joined.displaced_law)


def assume_all(share: Share, among: Sequence[Share] = ()) -> Share:
    """Return the share of the last State, which pays as if all time were its own (art. 57(3)).

    Where every State would be released, the last one whose conditions are met takes all periods
    as its own: the theoretical amount is paid whole. Which of several was the last cannot be told
    where periods have no dates, and that is said.
    """
    amounts = Amounts(independent=share.amounts.independent)
    law = (share.released,) if share.released else ()
    theoretical_in_full(share.position, amounts, law)
    met = [s for s in among if s.right.met is True]
    undated = any(p.shortest is None for s in met for p in s.standing.periods)
    countries = ", ".join(dict.fromkeys(s.standing.scheme.country for s in met))
    doubts = share.doubts
    if undated and len(met) > 1:
        doubts = (*doubts, Doubt("missing", "last-state-undated", (("countries", countries),), law))
    return replace(
        share, released=None, below=None, assumes_all=True, amounts=amounts, doubts=doubts
    )


def last_insured(shares: Sequence[Share]) -> Share | None:
    """Return the share of the State whose conditions are met and which insured the person last."""
    met = [share for share in shares if share.right.met is True]
    dated = [
        (max(span.last for p in s.standing.periods if (span := p.shortest)), s)
        for s in met
        if any(p.shortest for p in s.standing.periods)
    ]
    if dated:
        return max(dated, key=lambda entry: entry[0])[1]
    return met[-1] if met else None


def met_without(
    instrument: Instrument, share: Share, states: frozenset[str], ground: Ground
) -> bool:
    """Tell whether a scheme's conditions are met without the time of some other States."""
    others = members(instrument, share.standing.scheme.country, ground.case)
    kept = [state for state in others if state not in states]
    return join(instrument, share.standing, kept, ground).right.met is True


def leaves_out(instrument: Instrument, share: Share, ground: Ground) -> ConditionsNotMet:
    """Return clause P11: what becomes of periods of States whose conditions are not met."""
    clause = ground.clause(instrument, "P11", share.standing.scheme)
    if clause is None or not isinstance(clause.rule, ConditionsNotMet):
        return ConditionsNotMet.COUNTED
    return clause.rule
