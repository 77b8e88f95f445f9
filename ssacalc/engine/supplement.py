"""The supplement of the State of residence to its minimum (883/2004, art. 58; clause P06).

Only the State where the person lives, only if a benefit is payable by its law, and only for
benefits due under the chapter on pensions: the caller leaves out what one State pays alone. The
minimum is the one for a period as long as all periods counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.determination import BenefitResult, Doubt
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Supplement
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import money_of
from ssacalc.engine.award import rounding_of
from ssacalc.engine.common_money import in_terms_of
from ssacalc.engine.joining import Ground
from ssacalc.engine.minimum import legal_minimum
from ssacalc.engine.share import Share

Arguments = tuple[tuple[str, Argument], ...]


def with_supplement(
    instrument: Instrument,
    shares: Sequence[Share],
    results: Sequence[BenefitResult],
    ground: Ground,
) -> list[BenefitResult]:
    """Return the results, the one of the State of residence raised where all together are less.

    Where that State pays several benefits, the first whose minimum is known carries it.
    """
    raised = list(results)
    for number, share in enumerate(shares):
        found = _supplement(instrument, share, raised[number], raised, ground)
        if found is None:
            continue
        raised[number] = found
        if legal_minimum(share.position, share.amounts) is not None:
            break
    return raised


def _supplement(
    instrument: Instrument,
    share: Share,
    result: BenefitResult,
    results: Sequence[BenefitResult],
    ground: Ground,
) -> BenefitResult | None:
    clause = ground.clause(instrument, "P06", share.standing.scheme)
    if (
        result.country != ground.case.person.residence
        or result.payable is None
        or clause is None
        or clause.rule is not Supplement.RESIDENCE_STATE
    ):
        return None
    minimum = legal_minimum(share.position, share.amounts)
    if minimum is None:
        args: Arguments = (("country", result.country),)
        step = Step("supplement", None, "supplement-minimum-unknown", args, (clause.law,))
        last = replace(result.result, uses=(*result.result.uses, step))
        return replace(result, result=last)
    return supplemented(share, result, results, minimum, clause.law, ground)


def supplemented(
    share: Share,
    result: BenefitResult,
    results: Sequence[BenefitResult],
    minimum: Step,
    law: Citation,
    ground: Ground,
) -> BenefitResult:
    """Return a result with its supplement, or with the reason why it cannot be told.

    The supplement is the minimum less the total of all benefits due, each in the currency of the
    benefit by a rate that the case states.
    """
    found = difference(result, results, minimum, ground)
    if found is None:
        args: Arguments = (("country", result.country),)
        doubt = Doubt("missing", "supplement-not-told", args, (law,))
        return replace(result, doubts=(*result.doubts, doubt))
    if found.added.amount <= 0:
        return result
    args = (("total", found.total), ("minimum", found.least), ("supplement", found.added))
    added = found.added.rounded(rounding_of(share.standing.scheme))
    uses = (minimum, *(r.result for r in results if r.payable and r is not result))
    return raised_by(result, Step("supplement", added, "supplement", args, (law,), uses))


@dataclass(frozen=True, slots=True)
class Difference:
    """What all benefits together are, what they are raised to, and by how much (or less)."""

    total: Money
    least: Money
    added: Money


def difference(
    result: BenefitResult, results: Sequence[BenefitResult], bound: Step, ground: Ground
) -> Difference | None:
    """Return an amount less all benefits due, in the money of one; ``None``: it cannot be told."""
    paid, stated = result.payable, money_of(bound)
    rates = ground.case.rates
    least = None if paid is None or stated is None else in_terms_of(stated, paid, rates)
    if paid is None or least is None or _amount_missing(results):
        return None
    due = [in_terms_of(r.payable, paid, rates) for r in results if r.payable]
    if any(amount is None for amount in due):
        return None
    sum_due = sum((m.amount for m in due if m), start=paid.amount * 0)
    total = Money(sum_due, paid.currency, paid.per)
    return Difference(total, least, replace(paid, amount=least.amount - sum_due))


def raised_by(result: BenefitResult, step: Step) -> BenefitResult:
    """Return a result with what a step adds to its amount.

    No text read says how an addition is divided among several survivors.
    """
    paid, added = result.payable, money_of(step)
    if paid is None or added is None:
        return result
    payable = replace(paid, amount=paid.amount + added.amount)
    last = replace(
        result.result,
        value=payable,
        args=(*result.result.args[:-1], ("amount", payable)),
        uses=(*result.result.uses, step),
    )
    told: Arguments = (("amount", added), ("scheme", result.scheme_title))
    open_question = (Doubt("convention", "addition-not-divided", told),) if result.claimants else ()
    doubts = (*result.doubts, *open_question)
    return replace(result, payable=payable, result=last, doubts=doubts)


def _amount_missing(results: Sequence[BenefitResult]) -> bool:
    """Tell whether a benefit that may be due has no amount: then the total is not known."""
    return any(
        r.with_agreement is not False and r.payable is None and r.payable_from is None
        for r in results
    )
