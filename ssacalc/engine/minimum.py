"""The legal minimum of a scheme, and what instruments make of it: M3, M15, M16.

The minimum is what the institution certified, else what the scheme's own file names.
"""

from dataclasses import dataclass
from fractions import Fraction

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.determination import Alternative, Doubt
from ssacalc.domain.money import Money, Per
from ssacalc.domain.rules import Calculation
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import Amounts, Position, evaluated, money_of
from ssacalc.engine.formulas.evaluate import with_units

Arguments = tuple[tuple[str, Argument], ...]

PAYMENTS_A_YEAR: dict[Per, int] = {Per.WEEK: 52, Per.MONTH: 12, Per.YEAR: 1}
"""How many payments make a year of benefit."""


def calculation(position: Position, instrument: Instrument) -> tuple[Calculation, Citation] | None:
    """Return clause P01 for a scheme, where it says a method that is computed."""
    clause = position.clause(instrument, "P01")
    if clause is None or not isinstance(clause.rule, Calculation):
        return None
    return clause.rule, clause.law


def legal_minimum(position: Position, amounts: Amounts) -> Step | None:
    """Return the minimum benefit for all time counted; ``None`` where it is not known."""
    certified, scheme = position.certified, position.scheme
    if certified is not None and certified.minimum_benefit is not None:
        minimum = certified.minimum_benefit
        args: Arguments = (
            ("amount", minimum),
            ("country", certified.country),
            ("reference", certified.reference),
        )
        return Step("minimum_benefit", minimum, "minimum-benefit-certified", args)
    if scheme.minimum_amount is None:
        return None
    on, born = position.career.on, position.career.born
    if scheme.minimum_amount in scheme.figures:
        dated = scheme.figures[scheme.minimum_amount].at(on, born)
        return _minimum(position, dated.value, (dated.law,), ())
    career = with_units(position.career, position.all_units, position.total_step)
    evaluation = evaluated(scheme, career, amounts.doubts)
    if evaluation is None or scheme.minimum_amount not in evaluation.values:
        return None
    made = evaluation.amount(scheme.minimum_amount)
    return _minimum(position, evaluation.values[scheme.minimum_amount], (), (made,))


def _minimum(
    position: Position, value: Fraction, law: tuple[Citation, ...], uses: tuple[Step, ...]
) -> Step:
    scheme = position.scheme
    amount = Money(value, scheme.currency.at(position.career.on).value, scheme.per)
    args: Arguments = (("amount", amount), ("scheme", scheme.title))
    return Step("minimum_benefit", amount, "minimum-benefit", args, law, uses)


def raised(
    position: Position, amounts: Amounts, step: Step, law: tuple[Citation, ...], key: str
) -> Step:
    """Return an amount raised to the legal minimum; told where that is not known."""
    minimum, amount = legal_minimum(position, amounts), money_of(step)
    bound = money_of(minimum)
    if bound is None or minimum is None:
        amounts.doubts.append(_unknown(position, law))
        return step
    same = amount is not None and (amount.currency, amount.per) == (bound.currency, bound.per)
    if amount is None or not same or amount.amount >= bound.amount:
        return step
    args: Arguments = (("amount", amount), ("minimum", bound))
    return Step(step.name, bound, key, args, law, (step, minimum))


def _unknown(position: Position, law: tuple[Citation, ...]) -> Doubt:
    args: Arguments = (("scheme", position.scheme.title),)
    return Doubt("missing", "minimum-benefit-unknown", args, law)


@dataclass(frozen=True, slots=True)
class LumpSum:
    """The choice of one sum instead of a benefit below the minimum, with its step."""

    alternative: Alternative
    step: Step


def lump_sum_option(
    position: Position, amounts: Amounts, payable: Step | None, instrument: Instrument | None
) -> LumpSum | None:
    """Return the sum that may be chosen instead of a benefit below the legal minimum (M15).

    So many years of the benefit, as the instrument says; ``None`` where it says nothing of it or
    the benefit reaches the minimum.
    """
    found = calculation(position, instrument) if instrument is not None else None
    paid = money_of(payable)
    if found is None or found[0].lump_sum_years is None or instrument is None or payable is None:
        return None
    years, law = found[0].lump_sum_years, found[1]
    minimum = legal_minimum(position, amounts)
    bound = money_of(minimum)
    if minimum is None or bound is None:
        amounts.doubts.append(_unknown(position, (law,)))
        return None
    if paid is None or paid.per not in PAYMENTS_A_YEAR or paid.amount >= bound.amount:
        return None
    if (paid.currency, paid.per) != (bound.currency, bound.per):
        return None
    payments = years * PAYMENTS_A_YEAR[paid.per]
    total = Money(paid.amount * payments, paid.currency, Per.ONCE)
    args: Arguments = (
        ("amount", paid),
        ("minimum", bound),
        ("years", years),
        ("payments", payments),
        ("sum", total),
    )
    step = Step("lump_sum_option", total, "lump-sum-option", args, (law,), (payable, minimum))
    other = Alternative("lump-sum", instrument.id, with_agreement=True, payable=total)
    return LumpSum(other, step)
