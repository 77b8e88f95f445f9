"""Invalidity that grew worse: the State that paid before pays no less (883/2004, art. 47(2)).

The case states the benefit received before as a fact of the State that paid it, in the currency
and period of that State's scheme; the award itself is a new one, like any other.
"""

from collections.abc import Sequence
from dataclasses import replace

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import Branch
from ssacalc.domain.determination import BenefitResult, Doubt
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Aggravation
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.award import rounding_of
from ssacalc.engine.joining import Ground
from ssacalc.engine.share import Share
from ssacalc.engine.supplement import difference, raised_by

FORMER_BENEFIT = "benefit-before-aggravation"
"""The fact by which a case states what the State paid before the invalidity grew worse."""


def with_former_benefit(
    instrument: Instrument,
    shares: Sequence[Share],
    results: Sequence[BenefitResult],
    ground: Ground,
) -> list[BenefitResult]:
    """Return the results, the one of the State that paid before raised where all are less."""
    raised = list(results)
    if ground.case.claim.benefit is not Branch.INVALIDITY:
        return raised
    for number, share in enumerate(shares):
        clause = ground.clause(instrument, "P13", share.standing.scheme)
        before = _before(share, ground)
        if before is None or clause is None or clause.rule is not Aggravation.FORMER_PAYER_ADDS:
            continue
        raised[number] = _raised(share, raised[number], raised, before, clause.law, ground)
        break
    return raised


def _before(share: Share, ground: Ground) -> Step | None:
    scheme = share.standing.scheme
    stated = [
        fact
        for fact in ground.case.facts
        if fact.country == scheme.country and fact.name == FORMER_BENEFIT
    ]
    if not stated:
        return None
    currency = scheme.currency.at(ground.case.claim.on).value
    amount = Money(stated[0].value, currency, scheme.per)
    args: tuple[tuple[str, Argument], ...] = (("amount", amount), ("country", scheme.country))
    return Step("former_benefit", amount, "benefit-before-aggravation", args)


def _raised(
    share: Share,
    result: BenefitResult,
    results: Sequence[BenefitResult],
    before: Step,
    law: Citation,
    ground: Ground,
) -> BenefitResult:
    held = _due_nothing(result, before) if result.with_agreement is False else result
    due = [held if one is result else one for one in results]
    found = difference(held, due, before, ground)
    args: tuple[tuple[str, Argument], ...] = (("country", result.country),)
    if found is None:
        doubt = Doubt("missing", "former-benefit-not-compared", args, (law,))
        return replace(result, doubts=(*result.doubts, doubt))
    if found.added.amount <= 0:
        return result
    added = found.added.rounded(rounding_of(share.standing.scheme))
    args = (
        ("total", found.total),
        ("before", found.least),
        ("country", result.country),
        ("supplement", added),
    )
    uses = (before, *(one.result for one in results if one.payable and one is not result))
    return raised_by(held, Step("supplement", added, "former-payer-adds", args, (law,), uses))


def _due_nothing(result: BenefitResult, before: Step) -> BenefitResult:
    """Return the result of a State that owes no benefit of its own, as a payment of nought."""
    value = before.value
    if not isinstance(value, Money):
        return result
    nought = Money(value.amount * 0, value.currency, value.per)
    scheme = dict(result.result.args).get("scheme", result.scheme_title)
    args: tuple[tuple[str, Argument], ...] = (("scheme", scheme), ("amount", nought))
    last = Step("result", nought, "result-payable", args, (), (result.result,))
    return replace(result, payable=nought, with_agreement=True, shortfall=None, result=last)
