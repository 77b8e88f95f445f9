"""Parts of a scheme's amount that follow a method of their own (clause P01 narrowed to a part)."""

from fractions import Fraction

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Calculation, Method
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import Amounts, Position, Ratio, qualifying
from ssacalc.engine.formulas.evaluate import Evaluation


def by_parts(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    evaluation: Evaluation,
    law: tuple[Citation, ...],
) -> Step:
    """Return the sum of a scheme's parts, each by its own method; a part without one is whole."""
    scheme = position.scheme
    steps: list[Step] = []
    total = Fraction(0)
    currency = scheme.currency.at(position.case.claim.on).value
    for part, block in scheme.parts:
        clause = position.clause(instrument, "P01", part)
        own = _ratio(position, clause.rule) if clause and clause.part == part else None
        if own is not None:
            amounts.ratio = own
        ratio = Fraction(1) if own is None else own[0] / own[1]
        whole = Money(evaluation.values[block], currency, scheme.per)
        amount = Money(whole.amount * ratio, currency, scheme.per)
        total += amount.amount
        args: tuple[tuple[str, Argument], ...] = (
            ("part", part),
            ("whole", whole),
            ("ratio", ratio),
            ("amount", amount),
        )
        cited = (clause.law,) if clause is not None else law
        steps.append(Step("part", amount, "part-amount", args, cited, (evaluation.amount(block),)))
    amount = Money(total, currency, scheme.per)
    return Step("pro_rata_amount", amount, "sum-of-parts", (("amount", amount),), law, tuple(steps))


def _ratio(position: Position, rule: object) -> Ratio | None:
    """Return own time over what the part's method sets it over; ``None``: the part is whole.

    M4 over the minimum qualifying period, M14 and M17 over a fixed duration.
    """
    if not isinstance(rule, Calculation):
        return None
    match rule.method:
        case Method.OWN_OVER_MINIMUM:
            over = qualifying(position)
        case Method.INDEPENDENT_OF_DURATION | Method.FIXED_SUM:
            over = rule.fixed_duration
        case Method.OWN_OVER_NEEDED:
            minimum = qualifying(position)
            over = minimum and max(position.own, min(position.total, minimum))
        case _:
            over = None
    return (min(position.own, over), over) if over else None
