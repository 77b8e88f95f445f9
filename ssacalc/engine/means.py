"""Methods that turn on a means test or a minimum: M11, M12 and M13."""

from fractions import Fraction

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.determination import Doubt
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Calculation
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import Amounts, Position, evaluated
from ssacalc.engine.certified_amounts import not_computed
from ssacalc.engine.common_money import in_terms_of
from ssacalc.engine.denominators import bounded_total, further_units, own_denominator
from ssacalc.engine.formulas.evaluate import Evaluation, with_facts, with_units

PARTNER_PENSION = "partner-pension"
INCOME = "income"
"""Facts that a case states for a means test, in the scheme's currency and period."""


def _means_tested(
    position: Position, amounts: Amounts, income: Fraction
) -> tuple[Evaluation, Money] | None:
    """Apply the national means test to an income, on own time."""
    career = with_facts(position.career, {INCOME: income})
    own = with_units(career, position.own, position.career.step)
    evaluation = evaluated(position.scheme, own, amounts.doubts)
    if evaluation is None or position.scheme.amount is None:
        return None
    value = evaluation.values[position.scheme.amount]
    return evaluation, Money(value, evaluation.currency, position.scheme.per)


def _partner_pension(position: Position, amounts: Amounts) -> Fraction | None:
    stated = position.career.facts.get(PARTNER_PENSION)
    if stated is None:
        args: tuple[tuple[str, Argument], ...] = (("country", position.scheme.country),)
        amounts.doubts.append(Doubt("missing", "partner-pension-missing", args))
    return stated


def proportional_income(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M12: only own time / a denominator of the partner's pension enters the means test.

    A scheme whose formula does not ask for income has no means test in the library: what counting
    less of it gives is the institution's to say.
    """
    denominator = own_denominator(position, rule)
    scheme = position.scheme
    if scheme.amount is None or INCOME not in scheme.facts or denominator is None:
        not_computed(position, amounts, instrument, rule, law)
        return
    pension = _partner_pension(position, amounts)
    if pension is None:
        return
    own = min(position.own, denominator) + further_units(position, rule)
    own = min(own, denominator) if rule.at_most_one else own
    counted = pension * own / denominator
    found = _means_tested(
        position, amounts, position.career.facts.get(INCOME, Fraction(0)) + counted
    )
    if found is None:
        return
    evaluation, amount = found
    amounts.ratio = (own, denominator)
    per, currency = position.scheme.per, evaluation.currency
    args: tuple[tuple[str, Argument], ...] = (
        ("pension", Money(pension, currency, per)),
        ("own", own),
        ("total", denominator),
        ("counted", Money(counted, currency, per)),
        ("amount", amount),
    )
    uses = (position.career.step, evaluation.amount(scheme.amount))
    amounts.pro_rata = Step("pro_rata_amount", amount, "proportional-income", args, law, uses)


def deduction(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M11: the partner's pension is deducted from the means-tested amount; never below nought."""
    if position.scheme.amount is None:
        not_computed(position, amounts, instrument, rule, law)
        return
    pension = _partner_pension(position, amounts)
    if pension is None:
        return
    found = _means_tested(position, amounts, position.career.facts.get(INCOME, Fraction(0)))
    if found is None:
        return
    evaluation, whole = found
    left = Money(max(whole.amount - pension, Fraction(0)), whole.currency, whole.per)
    args: tuple[tuple[str, Argument], ...] = (
        ("whole", whole),
        ("pension", Money(pension, whole.currency, whole.per)),
        ("amount", left),
    )
    uses = (evaluation.amount(position.scheme.amount),)
    amounts.pro_rata = Step("pro_rata_amount", left, "pension-deducted", args, law, uses)


def minimum_top_up(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M13: own/total of a State minimum, less what the individual account pays."""
    certified = position.certified
    minimum = certified.minimum_benefit if certified else None
    if minimum is None or certified is None:
        not_computed(position, amounts, instrument, rule, law)
        return
    stated, rates = certified.independent, position.case.rates
    account = None if stated is None else in_terms_of(stated, minimum, rates)
    if account is None:
        missing = (("scheme", position.scheme.title),)
        amounts.doubts.append(Doubt("missing", "account-pension-unknown", missing, law))
        return
    own, total, cited = bounded_total(position, instrument, law)
    share = minimum.amount * own / total if total else Fraction(0)
    top_up = Money(max(share - account.amount, Fraction(0)), minimum.currency, minimum.per)
    amounts.ratio = (own, total)
    whole = Money(account.amount + top_up.amount, minimum.currency, minimum.per)
    args: tuple[tuple[str, Argument], ...] = (
        ("minimum", minimum),
        ("own", own),
        ("total", total),
        ("account", account),
        ("top_up", top_up),
        ("amount", whole),
    )
    uses = (position.career.step, position.total_step)
    amounts.pro_rata = Step("pro_rata_amount", whole, "minimum-top-up", args, cited, uses)
