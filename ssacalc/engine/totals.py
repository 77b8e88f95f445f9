"""All benefits together, by currency and period; in one currency only by a rate the case states."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ssacalc.domain.case import ExchangeRate
from ssacalc.domain.determination import BenefitResult, Total
from ssacalc.domain.money import CENT, Money, Per
from ssacalc.domain.rules import Payment
from ssacalc.domain.trace import Argument, Step

NOT_PAID = (Payment.NO, Payment.SUSPENDED)
"""How a benefit is not paid to a person who lives where the case says."""


def totals(results: Iterable[BenefitResult], rates: Sequence[ExchangeRate]) -> tuple[Total, ...]:
    """Return what all schemes pay together, one total for each currency and period.

    What is not paid where the person lives is left out. An amount is converted only where the case
    states a dated rate for its currency; rates are never assumed, and weeks and months are never
    added together.
    """
    sums: dict[tuple[str, Per], list[Step]] = {}
    for result in results:
        if result.payable is None or result.portability.payment in NOT_PAID:
            continue
        step = _converted(result, rates)
        amount = step.value
        if isinstance(amount, Money):
            sums.setdefault((amount.currency, amount.per), []).append(step)
    return tuple(_total(currency, per, steps) for (currency, per), steps in sums.items())


def _converted(result: BenefitResult, rates: Sequence[ExchangeRate]) -> Step:
    paid = result.payable
    rate = next((r for r in rates if paid is not None and r.currency == paid.currency), None)
    if paid is None or rate is None:
        return result.result
    exact = Money(paid.amount * rate.rate, rate.into, paid.per)
    amount = exact.rounded(CENT)
    args: tuple[tuple[str, Argument], ...] = (
        ("paid", paid),
        ("rate", rate.rate),
        ("on", rate.on),
        ("source", rate.source),
        ("amount", amount),
    )
    key = "converted-at-rate" if rate.source else "converted-at-rate-unsourced"
    return Step("converted_amount", amount, key, args, (), (result.result,))


def _total(currency: str, per: Per, steps: Sequence[Step]) -> Total:
    amount = sum(
        (step.value.amount for step in steps if isinstance(step.value, Money)), Fraction(0)
    )
    money = Money(amount, currency, per)
    args: tuple[tuple[str, Argument], ...] = (("amount", money), ("benefits", len(steps)))
    return Total(money, Step("total", money, "total-of-benefits", args, (), tuple(steps)))
