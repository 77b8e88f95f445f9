"""Adaptations since the award: a percentage or a fixed amount, applied to what was awarded.

They act on the share itself and bring no new calculation (883/2004, art. 59(2); Rhine boatmen,
art. 38(1)); a new method of the national law does: then the case is determined on the new day.
"""

from dataclasses import replace
from fractions import Fraction

from ssacalc.domain.case import Case, Fact
from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.money import Money
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Step
from ssacalc.engine.award import rounding_of

BY_PERCENT = "adapted-by-percent"
BY_AMOUNT = "adapted-by-amount"
"""Facts of a State: how its benefits were adapted since the award, one after the other."""


def adapted(result: BenefitResult, scheme: Scheme, case: Case) -> BenefitResult:
    """Return a result with the adaptations that the case states for its State, each rounded."""
    for fact in case.facts:
        paid = result.payable
        if (
            paid is None
            or fact.country != result.country
            or fact.name not in (BY_PERCENT, BY_AMOUNT)
        ):
            continue
        new = _adapted(paid, fact).rounded(rounding_of(scheme))
        key = "adapted-percent" if fact.name == BY_PERCENT else "adapted-amount"
        stated = fact.value if fact.name == BY_PERCENT else replace(paid, amount=fact.value)
        args: tuple[tuple[str, Argument], ...] = (("paid", paid), ("by", stated), ("amount", new))
        last = result.result
        step = Step("adapted_amount", new, key, args, (), (last,))
        told = (*last.args[:-1], ("amount", new))
        again = Step(last.name, new, last.key, told, last.law, (step,))
        result = replace(result, payable=new, result=again)
    return result


def _adapted(paid: Money, fact: Fact) -> Money:
    if fact.name == BY_PERCENT:
        return replace(paid, amount=paid.amount * (1 + fact.value / Fraction(100)))
    return replace(paid, amount=paid.amount + fact.value)
