"""Adaptations since the award: a percentage or a fixed amount, applied to what was awarded.

They act on the share itself and bring no new calculation (883/2004, art. 59(2); Rhine boatmen,
art. 38(1)); a new method of the national law does: then the case is determined on the new day.
"""

from dataclasses import replace
from fractions import Fraction

from ssacalc.domain.case import Case, Fact
from ssacalc.domain.determination import BenefitResult, ClaimantShare
from ssacalc.domain.money import Rounding
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Step
from ssacalc.engine.award import rounding_of

BY_PERCENT = "adapted-by-percent"
BY_AMOUNT = "adapted-by-amount"
"""Facts of a State: how its benefits were adapted since the award, one after the other."""
PERCENT = 100


def adapted(result: BenefitResult, scheme: Scheme, case: Case) -> BenefitResult:
    """Return a result with the adaptations that the case states for its State, each rounded.

    The shares of several survivors are adapted one by one, a fixed amount in proportion.
    """
    for fact in case.facts:
        if fact.country == result.country and fact.name in (BY_PERCENT, BY_AMOUNT):
            result = _by_one(result, scheme, fact)
    return result


def _by_one(result: BenefitResult, scheme: Scheme, fact: Fact) -> BenefitResult:
    paid = result.payable
    if paid is None or not paid.amount:
        return result
    by_percent = fact.name == BY_PERCENT
    whole = paid.amount * fact.value / PERCENT if by_percent else fact.value
    factor = 1 + whole / paid.amount
    rounding = rounding_of(scheme)
    key = "adapted-percent" if by_percent else "adapted-amount"
    claimants = tuple(_claimant(claimant, factor, rounding) for claimant in result.claimants)
    new = replace(paid, amount=paid.amount + whole).rounded(rounding)
    if claimants:
        new = replace(paid, amount=sum((c.amount.amount for c in claimants), Fraction(0)))
    stated = fact.value if by_percent else replace(paid, amount=fact.value)
    args: tuple[tuple[str, Argument], ...] = (("paid", paid), ("by", stated), ("amount", new))
    last = result.result
    step = Step("adapted_amount", new, key, args, (), (last,))
    told = (*last.args[:-1], ("amount", new))
    again = Step(last.name, new, last.key, told, last.law, (step,))
    return replace(result, payable=new, claimants=claimants, result=again)


def _claimant(claimant: ClaimantShare, factor: Fraction, rounding: Rounding) -> ClaimantShare:
    """Return one survivor's share adapted like the whole."""
    paid = claimant.amount
    new = replace(paid, amount=paid.amount * factor).rounded(rounding)
    percent = (factor - 1) * PERCENT
    args: tuple[tuple[str, Argument], ...] = (("paid", paid), ("by", percent), ("amount", new))
    step = Step("claimant_share", new, "adapted-percent", args, (), (claimant.step,))
    return replace(claimant, amount=new, step=step)
