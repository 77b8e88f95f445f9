"""Parts of a scheme's amount that follow a method of their own (clause P01 narrowed to a part)."""

from fractions import Fraction

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.determination import Doubt
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Calculation, Method
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import Amounts, Position, Ratio, qualifying
from ssacalc.engine.denominators import fixed_duration, own_denominator
from ssacalc.engine.formulas.evaluate import Evaluation


def by_parts(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    evaluation: Evaluation,
    law: tuple[Citation, ...],
) -> Step | None:
    """Return the sum of a scheme's parts, each by its own method; a part without one is whole.

    ``None``, with a doubt, where a part has a method whose ratio is not known.
    """
    scheme = position.scheme
    steps: list[Step] = []
    total = Fraction(0)
    currency = scheme.currency.at(position.case.claim.on).value
    for part, block in scheme.parts:
        clause = _clause(position, instrument, part)
        rule = clause.rule if clause is not None and clause.part == part else None
        own = _ratio(position, rule)
        if own is None and clause is not None and _divides(rule):
            told = (("part", part), ("instrument", instrument.short))
            amounts.doubts.append(Doubt("missing", "part-ratio-unknown", told, (clause.law,)))
            return None
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


def _clause(position: Position, instrument: Instrument, part: str) -> Clause | None:
    scheme, claim = position.scheme, position.case.claim
    return instrument.clause(
        "P01",
        claim.on,
        party=scheme.country,
        scheme=scheme.named,
        branch=claim.benefit,
        part=part,
    )


def _ratio(position: Position, rule: object) -> Ratio | None:
    """Return own time over what the part's method sets it over; ``None`` where it names nothing.

    M1 over all time, M4 over the minimum qualifying period, M7, M14 and M17 over a number or a
    span of the text's own.
    """
    if not isinstance(rule, Calculation):
        return None
    match rule.method:
        case Method.OWN_OVER_MINIMUM:
            over = qualifying(position)
        case Method.INDEPENDENT_OF_DURATION | Method.FIXED_SUM:
            over = fixed_duration(position, rule)
        case Method.RESIDENCE_FRACTION:
            over = own_denominator(position, rule)
        case Method.PRO_RATA:
            over = position.total
        case Method.OWN_OVER_NEEDED:
            minimum = qualifying(position)
            over = minimum and max(position.own, min(position.total, minimum))
        case _:
            over = None
    return (min(position.own, over), over) if over else None


def _divides(rule: object) -> bool:
    """Tell whether a part's own method pays it less than whole."""
    whole = (Method.DIRECT, Method.NATIONAL_ONLY)
    return isinstance(rule, Calculation) and rule.method not in whole
