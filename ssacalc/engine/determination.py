"""``determine(case, law)``: the stages in the order of the law, for every State of a case."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import Case, InsurancePeriod, UncertainDate
from ssacalc.domain.determination import (
    Alternative,
    BenefitResult,
    Determination,
    Doubt,
    Shortfall,
)
from ssacalc.domain.errors import Problem
from ssacalc.domain.law import Law
from ssacalc.domain.money import Money
from ssacalc.domain.scheme import Maturity, Scheme
from ssacalc.domain.trace import Argument, Citation, Step, walk
from ssacalc.engine.amounts import Amounts
from ssacalc.engine.award import award, shown
from ssacalc.engine.instruments import candidates, ranked
from ssacalc.engine.portability import Looked, paid_from, portability
from ssacalc.engine.share import Share, national, under
from ssacalc.engine.standing import Standing, certified_for, schemes_of, standing


def determine(case: Case, law: Law, *, instruments: Collection[str] | None = None) -> Determination:
    """Return what each State owes the person, with and without instruments, and why.

    ``instruments`` confines the instruments to those named (an empty collection: none). Nothing
    but the arguments is looked at: no clock, no locale, no settings.
    """
    certain = _certain(case)
    usable = tuple(i for i in law.instruments if instruments is None or i.id in instruments)
    standings = _standings(certain, law)
    schemes = {s.id: s for s in law.schemes} | {s.scheme.id: s.scheme for s in standings}
    without = tuple(_without(certain, s) for s in standings)
    shares = _shares(certain, law, usable, standings, schemes)
    results = tuple(
        _best(certain, s, counterfactual, shares, usable)
        for s, counterfactual in zip(standings, without, strict=True)
    )
    return Determination(case, law.edition, results, without, _problems(case, standings))


def _certain(case: Case) -> Case:
    """Return the case with every uncertain date read so that the period is certainly covered."""
    if all(period.known for period in case.periods):
        return case
    return replace(case, periods=tuple(_shortest(period) for period in case.periods))


def _shortest(period: InsurancePeriod) -> InsurancePeriod:
    if period.known:
        return period
    span = period.shortest
    if span is None:
        return replace(period, first=None, last=None)
    return replace(
        period,
        first=UncertainDate(span.first, span.first),
        last=UncertainDate(span.last, span.last),
    )


def _standings(case: Case, law: Law) -> tuple[Standing, ...]:
    schemes = schemes_of(case, law)
    alone = {c: sum(s.country == c for s in schemes) == 1 for c in {s.country for s in schemes}}
    return tuple(
        standing(case, scheme, certified_for(case, scheme, alone=alone[scheme.country]))
        for scheme in schemes
    )


def _shares(
    case: Case,
    law: Law,
    usable: Sequence[Instrument],
    standings: Sequence[Standing],
    schemes: dict[str, Scheme],
) -> dict[str, list[Share]]:
    """Return, by scheme, what each applicable instrument gives; never the sum of several."""
    found: dict[str, list[Share]] = {s.scheme.id: [] for s in standings}
    for entry in standings:
        applicable, _ = candidates(usable, entry.scheme.country, entry.scheme.id, case)
        for instrument in ranked(applicable):
            found[entry.scheme.id].append(under(instrument, entry, standings, case, law, schemes))
    return found


def _without(case: Case, entry: Standing) -> BenefitResult:
    return _result(case, national(case, entry), ())


def _best(
    case: Case,
    entry: Standing,
    counterfactual: BenefitResult,
    shares: dict[str, list[Share]],
    usable: Sequence[Instrument],
) -> BenefitResult:
    """Return the most favourable single instrument's result, the others as alternatives."""
    results = [_result(case, share, ()) for share in shares[entry.scheme.id]]
    _, looked_at = candidates(usable, entry.scheme.country, entry.scheme.id, case)
    refused = tuple(step for step in looked_at if step.value is False)
    if not results:
        return _explained(counterfactual, refused)
    best = max(results, key=_worth)
    others = tuple(
        Alternative("instrument", r.instrument, r.with_agreement, r.payable)
        for r in results
        if r is not best
    )
    return _explained(replace(best, alternatives=others), refused)


def _worth(result: BenefitResult) -> tuple[int, Fraction]:
    right = {True: 2, None: 1, False: 0}[result.with_agreement]
    return right, result.payable.amount if result.payable else Fraction(-1)


def _explained(result: BenefitResult, steps: tuple[Step, ...]) -> BenefitResult:
    if not steps:
        return result
    return replace(result, result=replace(result.result, uses=(*steps, *result.result.uses)))


def _result(case: Case, share: Share, steps: tuple[Step, ...]) -> BenefitResult:
    """Put one scheme's outcome together: amounts, payment abroad, the last step, the doubts."""
    entry, amounts, scheme = share.standing, share.amounts, share.standing.scheme
    payable = award(
        share.position,
        amounts,
        share.instrument,
        totalised_right=share.right.met,
        released=share.released,
    )
    abroad = portability(
        Looked(scheme, case, share.position.own, share.position.all_units, share.instrument)
    )
    entitled = share.right.met if not share.released else entry.right.met
    due_from = paid_from(case, scheme.country)
    amount = payable.step.value if payable.step else None
    money = amount if isinstance(amount, Money) and entitled is not False else None
    deferred = due_from > case.claim.on
    last = _last_step(share, payable.step, money, entitled, deferred=deferred)
    result = Step(
        "result",
        money,
        last[0],
        last[1],
        last[2],
        (*steps, *_used(share, payable.step), abroad.step),
    )
    doubts = (
        *share.doubts,
        *entry.time.doubts,
        *amounts.doubts,
        *payable.doubts,
        *_draft(scheme, amounts),
    )
    return BenefitResult(
        country=scheme.country,
        scheme=scheme.id,
        scheme_title=scheme.title,
        instrument=share.instrument.id if share.instrument else None,
        own_right=entry.right.met,
        with_agreement=entitled,
        unit=scheme.unit,
        own=entry.time.units,
        total=share.total_units,
        ratio=amounts.ratio,
        independent=shown(amounts.independent, scheme),
        theoretical=shown(amounts.theoretical, scheme),
        pro_rata=shown(amounts.pro_rata, scheme),
        payable=None if deferred else money,
        portability=abroad,
        shortfall=_shortfall(share) if entitled is False else None,
        result=result,
        doubts=_distinct((*doubts, *_unverified(result))),
        payable_from=due_from if deferred else None,
    )


def _shortfall(share: Share) -> Shortfall | None:
    return share.below_minimum if share.released and share.right.met else share.right.shortfall


def _used(share: Share, payable: Step | None) -> tuple[Step, ...]:
    amounts = share.amounts
    parts = (
        *share.steps,
        *share.standing.right.steps,
        *share.right.steps,
        amounts.independent,
        amounts.theoretical,
        amounts.pro_rata,
        payable,
    )
    return tuple(_once(parts))


def _once(parts: Iterable[Step | None]) -> Iterable[Step]:
    seen: set[int] = set()
    for part in parts:
        if part is not None and id(part) not in seen:
            seen.add(id(part))
            yield part


def _last_step(
    share: Share,
    payable: Step | None,
    money: Money | None,
    entitled: bool | None,  # noqa: FBT001 - the outcome told
    *,
    deferred: bool,
) -> tuple[str, tuple[tuple[str, Argument], ...], tuple[Citation, ...]]:
    scheme = share.standing.scheme
    args: tuple[tuple[str, Argument], ...] = (
        ("scheme", scheme.title),
        ("country", scheme.country),
        ("instrument", share.instrument.short if share.instrument else ""),
    )
    if deferred:
        return "result-deferred", args, ()
    if entitled is False:
        key = "result-released" if share.released and share.right.met else "result-no-right"
        return key, args, share.released_by
    if money is None:
        return "result-amount-unknown", args, ()
    args = (*args, ("amount", money))
    return ("result-payable" if entitled else "result-payable-if-right"), args, ()


def _draft(scheme: Scheme, amounts: Amounts) -> Iterable[Doubt]:
    if scheme.maturity is Maturity.DRAFT:
        yield Doubt("draft", "scheme-draft", (("scheme", scheme.title),))


def _unverified(result: Step) -> Iterable[Doubt]:
    seen: set[Citation] = set()
    for step in walk(result):
        for citation in step.law:
            if not citation.verified and citation not in seen:
                seen.add(citation)
                args: tuple[tuple[str, Argument], ...] = (("citation", str(citation)),)
                yield Doubt("unverified", "datum-unverified", args, (citation,))


def _distinct(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    return tuple(dict.fromkeys(doubts))


def _problems(case: Case, standings: Sequence[Standing]) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    if not case.periods:
        problems.append(
            Problem("periods", "the case has no periods.", "Enter at least one period.")
        )
    counted = {id(p) for s in standings for p in s.periods}
    by_certain = {p.place for s in standings for p in s.periods}
    for period in case.periods:
        if id(period) in counted or period.place in by_certain or not period.counts_for_right:
            continue
        problems.append(
            Problem(
                period.place or period.country,
                f"no scheme of {period.country} in the library counts this {period.kind.value}"
                " period as its own.",
                "Name the scheme in the period, or check its kind.",
            )
        )
    return tuple(problems)
