"""``determine(case, law)``: the stages in the order of the law, for every State of a case."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import combinations

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import Case
from ssacalc.domain.determination import Alternative, BenefitResult, Determination, Doubt
from ssacalc.domain.errors import Problem
from ssacalc.domain.law import Law
from ssacalc.domain.rules import ConditionsNotMet
from ssacalc.domain.trace import Argument, Step
from ssacalc.engine.adapting import adapted
from ssacalc.engine.aggravation import with_former_benefit
from ssacalc.engine.cuts import rules_of
from ssacalc.engine.guarantee import with_guarantee
from ssacalc.engine.instruments import NOT_CODED, NOT_TOLD, candidates, ranked
from ssacalc.engine.invalidity import one_state, type_doubts
from ssacalc.engine.joining import Ground, minimum_of
from ssacalc.engine.outcome import outcome
from ssacalc.engine.portability import paid_from
from ssacalc.engine.provisional import with_provisional
from ssacalc.engine.reductions import by_national_law, reduced
from ssacalc.engine.reopening import with_new_calculation
from ssacalc.engine.share import (
    Share,
    assume_all,
    last_insured,
    leaves_out,
    met_without,
    national,
    under,
)
from ssacalc.engine.small_pensions import with_one_sum
from ssacalc.engine.standing import Standing, certified_for, schemes_of, standing
from ssacalc.engine.supplement import with_supplement
from ssacalc.engine.totals import totals
from ssacalc.engine.uncertainty import Looked, choices, ranges, shortest, worths


def determine(case: Case, law: Law, *, instruments: Collection[str] | None = None) -> Determination:
    """Return what each State owes the person, with and without instruments, and why.

    ``instruments`` confines the instruments to those named (an empty collection: none). Nothing
    but the arguments is looked at: no clock, no locale, no settings.

    Periods with uncertain dates are read at their shortest; the bounds of the outcome, the worth
    of every period not yet proved and what other lawful choices would give are added.
    """
    usable = tuple(i for i in law.instruments if instruments is None or i.id in instruments)

    def look(read: Case) -> Looked:
        return look_at(read, law, usable)

    certain = shortest(case)
    looked = look(certain)
    chosen = tuple(
        replace(result, alternatives=(*result.alternatives, *others)) if others else result
        for result, others in zip(looked.results, choices(certain, looked, look), strict=True)
    )
    return Determination(
        case=case,
        edition=law.edition,
        with_instruments=chosen,
        without=looked.without,
        problems=_problems(certain, looked.standings),
        ranges=ranges(case, look),
        worths=worths(certain, looked, look),
        totals=totals(looked.results, case.rates),
        totals_without=totals(looked.without, case.rates),
    )


def determine_on(
    case: Case, law: Law, dates: Sequence[date], *, instruments: Collection[str] | None = None
) -> tuple[Determination, ...]:
    """Return the determination of the same case claimed on each of several days."""
    return tuple(
        determine(replace(case, claim=replace(case.claim, on=day)), law, instruments=instruments)
        for day in dates
    )


def look_at(case: Case, law: Law, usable: Sequence[Instrument]) -> Looked:
    """Determine a case whose facts are certain, every stage once."""
    standings = _standings(case, law)
    schemes = {s.id: s for s in law.schemes} | {s.scheme.id: s.scheme for s in standings}
    ground = Ground(case, replace(law, instruments=tuple(usable)), schemes)
    without = tuple(
        adapted(outcome(case, by_national_law(case, national(case, entry))), entry.scheme, case)
        for entry in standings
    )
    results: dict[str, list[BenefitResult]] = {entry.scheme.id: [] for entry in standings}
    refused: dict[str, tuple[Step, ...]] = {}
    applicable: dict[str, tuple[Instrument, list[Standing]]] = {}
    for entry in standings:
        found, looked_at = candidates(usable, entry.scheme.country, entry.scheme.named, case)
        refused[entry.scheme.id] = tuple(step for step in looked_at if step.value is not True)
        for instrument in ranked(found):
            applicable.setdefault(instrument.id, (instrument, []))[1].append(entry)
    for instrument in ranked([instrument for instrument, _ in applicable.values()]):
        entries = applicable[instrument.id][1]
        for result in _by_instrument(instrument, entries, ground):
            results[result.scheme].append(adapted(result, schemes[result.scheme], case))
    best = tuple(
        _best(results[entry.scheme.id], counterfactual, refused[entry.scheme.id])
        for entry, counterfactual in zip(standings, without, strict=True)
    )
    return Looked(standings, best, without)


def _standings(case: Case, law: Law) -> tuple[Standing, ...]:
    schemes = schemes_of(case, law)
    countries = [scheme.country for scheme in schemes]
    return tuple(
        standing(
            case,
            scheme,
            certified_for(case, scheme, alone=countries.count(scheme.country) == 1),
        )
        for scheme in schemes
    )


def _by_instrument(
    instrument: Instrument, entries: Sequence[Standing], ground: Ground
) -> list[BenefitResult]:
    """Return every scheme's result under one instrument; what depends on all of them comes last.

    Under laws on invalidity of type A one State pays alone (883/2004, art. 44). Else:
    If all States would be released for short periods, the last one takes all time as its own
    (883/2004, art. 57(3)); periods of States whose conditions are not met are left out where that
    is better (art. 50(2)); national rules against overlapping are kept within their limits (art.
    53 to 55); the residence State tops up to its minimum (art. 58).
    """
    alone = one_state(instrument, entries, ground)
    if alone is not None:
        paid = [outcome(ground.case, share) for share in reduced(instrument, alone, ground)]
        return with_former_benefit(instrument, alone, paid, ground)
    shares = [_under(instrument, entry, entries, ground) for entry in entries]
    shares = _last_state_assumes(instrument, shares, ground)
    results = [outcome(ground.case, share) for share in reduced(instrument, shares, ground)]
    results = _leaving_out(instrument, entries, shares, results, ground)
    for further in _FURTHER:
        results = further(instrument, shares, results, ground)
    return results


_FURTHER = (
    with_former_benefit,
    with_guarantee,
    with_supplement,
    with_provisional,
    with_one_sum,
)
"""What is added to awards or told of them once all are known, in this order."""


def _under(
    instrument: Instrument, entry: Standing, entries: Sequence[Standing], ground: Ground
) -> Share:
    share = under(instrument, entry, entries, ground)
    doubts = tuple(type_doubts(instrument, entry, ground))
    return replace(share, doubts=(*share.doubts, *doubts)) if doubts else share


def _last_state_assumes(instrument: Instrument, shares: list[Share], ground: Ground) -> list[Share]:
    if not shares or any(share.released is None for share in shares):
        return shares
    found = minimum_of(instrument, shares[0].standing.scheme, ground)
    if found is None or not found[0].last_state_assumes:
        return shares
    last = last_insured(shares)
    return [assume_all(share, shares) if share is last else share for share in shares]


def _countries_not_met(results: Sequence[BenefitResult], case: Case) -> frozenset[str]:
    """Return the States none of whose schemes pays now: conditions not met, or claim deferred."""
    paying = {r.country for r in results if r.with_agreement is not False}
    unmet = {
        r.country
        for r in results
        if r.country not in paying
        and (r.shortfall is None or r.shortfall.condition != "minimum-own-period")
    }
    deferred = {r.country for r in results if paid_from(case, r.country) > case.claim.on}
    return frozenset(unmet | deferred)


def _leaving_out(
    instrument: Instrument,
    entries: Sequence[Standing],
    shares: Sequence[Share],
    results: list[BenefitResult],
    ground: Ground,
) -> list[BenefitResult]:
    """Return the results with periods of States whose conditions are not met left out (P11)."""
    not_met = _countries_not_met(results, ground.case)
    if not not_met:
        return results
    unneeded = _unneeded(instrument, shares, results, not_met, ground)

    def without(number: int, states: frozenset[str]) -> BenefitResult:
        entry = entries[number]
        left_out = states - {entry.scheme.country}
        narrower = list(shares)
        narrower[number] = under(instrument, entry, entries, ground, left_out=left_out)
        found = outcome(ground.case, reduced(instrument, narrower, ground)[number])
        clause = ground.clause(instrument, "P11", entry.scheme)
        args: tuple[tuple[str, Argument], ...] = (("countries", ", ".join(sorted(left_out))),)
        law = (clause.law,) if clause else ()
        return _explained(found, (Step("left_out", None, "periods-left-out", args, law),))

    paid = [
        _without_unmet(
            instrument, share, result, not_met, ground, partial(without, number), unneeded=unneeded
        )
        for number, (share, result) in enumerate(zip(shares, results, strict=True))
    ]
    return [
        with_new_calculation(instrument, share, result, chosen, not_met, ground)
        for share, result, chosen in zip(shares, results, paid, strict=True)
    ]


def _unneeded(
    instrument: Instrument,
    shares: Sequence[Share],
    results: Sequence[BenefitResult],
    not_met: frozenset[str],
    ground: Ground,
) -> bool:
    """Tell whether two States' conditions are met without the time of those where they are not."""
    met = {
        result.country
        for share, result in zip(shares, results, strict=True)
        if result.country not in not_met
        and leaves_out(instrument, share, ground) is ConditionsNotMet.LEFT_OUT_IF_UNNEEDED
        and met_without(instrument, share, not_met, ground)
    }
    return len(met) > 1


MOST_LEFT_OUT = 4
"""Of how many States every combination is tried; beyond, each alone and all together."""


def _combinations(states: frozenset[str]) -> Iterator[frozenset[str]]:
    """Yield all the States, then fewer of them."""
    ordered = sorted(states)
    sizes = range(len(ordered) - 1, 0, -1) if len(ordered) <= MOST_LEFT_OUT else (1,)
    yield states
    for size in sizes:
        yield from map(frozenset, combinations(ordered, size))


def _without_unmet(
    instrument: Instrument,
    share: Share,
    result: BenefitResult,
    not_met: frozenset[str],
    ground: Ground,
    without: Callable[[frozenset[str]], BenefitResult],
    *,
    unneeded: bool,
) -> BenefitResult:
    rule = leaves_out(instrument, share, ground)
    if rule is ConditionsNotMet.LEFT_OUT_IF_UNNEEDED:
        rule = ConditionsNotMet.LEFT_OUT if unneeded else ConditionsNotMet.COUNTED
    mine = share.standing.scheme.country
    if rule is ConditionsNotMet.COUNTED or result.payable is None or mine in not_met:
        return result
    certified = share.standing.certified
    if certified is not None and certified.theoretical is not None:
        doubt = _needs_other_amount(instrument, share, not_met, ground)
        return replace(result, doubts=(*result.doubts, doubt))
    if rule is ConditionsNotMet.LEFT_OUT:
        return without(not_met)
    return max((result, *map(without, _combinations(not_met))), key=_worth)


def _needs_other_amount(
    instrument: Instrument, share: Share, not_met: frozenset[str], ground: Ground
) -> Doubt:
    """Say that an amount certified on all periods does not tell the amount without some."""
    clause = ground.clause(instrument, "P11", share.standing.scheme)
    args: tuple[tuple[str, Argument], ...] = (
        ("scheme", share.standing.scheme.title),
        ("countries", ", ".join(sorted(not_met))),
    )
    return Doubt("missing", "left-out-needs-amount", args, (clause.law,) if clause else ())


def _best(
    results: Sequence[BenefitResult], counterfactual: BenefitResult, refused: tuple[Step, ...]
) -> BenefitResult:
    """Return the most favourable single instrument's result, the others as alternatives.

    Instruments are never added together; where none applies national law alone decides.
    """
    if not results:
        return _not_computed(_explained(counterfactual, refused), refused)
    best = max(results, key=_worth)
    others = tuple(
        Alternative("instrument", r.instrument, r.with_agreement, r.payable)
        for r in results
        if r is not best
    )
    if others:
        best = replace(best, alternatives=(*best.alternatives, *others))
    return _not_computed(_explained(best, refused), refused)


def _not_computed(result: BenefitResult, refused: Sequence[Step]) -> BenefitResult:
    """Say that an agreement which was not coded may give more; then "no" is not known to be so."""
    doubts = [
        Doubt("missing", step.key, step.args, step.law)
        for step in refused
        if step.key in {NOT_CODED, NOT_TOLD}
    ]
    if not doubts:
        return result
    doubted = replace(result, doubts=(*result.doubts, *doubts))
    if result.with_agreement is not False:
        return doubted
    last = result.result
    if last.key == "result-no-right":
        last = replace(last, key="result-no-right-computed")
    return replace(doubted, with_agreement=None, result=last)


def _worth(result: BenefitResult) -> tuple[int, Fraction]:
    right = {True: 2, None: 1, False: 0}[result.with_agreement]
    return right, result.payable.amount if result.payable else Fraction(-1)


def _explained(result: BenefitResult, steps: tuple[Step, ...]) -> BenefitResult:
    if not steps:
        return result
    return replace(result, result=replace(result.result, uses=(*result.result.uses, *steps)))


def _problems(case: Case, standings: Sequence[Standing]) -> tuple[Problem, ...]:
    """Return what is odd about the case's facts as a whole."""
    problems: list[Problem] = []
    if not case.periods:
        problems.append(
            Problem("periods", "the case has no periods.", "Enter at least one period.")
        )
    counted = {id(period) for entry in standings for period in entry.periods}
    for period in case.periods:
        if period.counts_for_right and id(period) not in counted:
            fault = (
                f"no scheme of {period.country} in the library counts this"
                f" {period.kind.value} period as its own."
            )
            remedy = "Name the scheme in the period, or check its kind."
            problems.append(Problem(period.place or period.country, fault, remedy))
    return (*problems, *_rules_for_nobody(case, standings))


def _rules_for_nobody(case: Case, standings: Sequence[Standing]) -> Iterator[Problem]:
    """Yield the rules against overlapping that reach no benefit of the case."""
    reached = {id(rule) for entry in standings for rule in rules_of(case, entry.scheme)}
    for rule in case.reductions:
        if id(rule) not in reached:
            fault = f"no benefit of {rule.scheme or rule.country} in this case could be cut by it."
            remedy = "Name the State or scheme whose benefit the rule cuts."
            yield Problem(rule.place or "reductions", fault, remedy)
