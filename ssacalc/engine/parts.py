"""Parts of a scheme's amount that follow a method of their own (clause P01 narrowed to a part)."""

from fractions import Fraction

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Calculation, Method
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import Amounts, Position, qualifying
from ssacalc.engine.formulas.evaluate import Evaluation


def by_parts(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    evaluation: Evaluation,
    law: tuple[Citation, ...],
) -> Step:
    scheme, case = position.scheme, position.case
    steps: list[Step] = []
    total = Fraction(0)
    currency = scheme.currency.at(case.claim.on).value
    for part, block in scheme.parts:
        clause = instrument.clause(
            "P01",
            case.claim.on,
            party=scheme.country,
            scheme=scheme.id,
            branch=case.claim.benefit,
            part=part,
        )
        value = evaluation.values[block]
        ratio = Fraction(1)
        minimum = qualifying(position)
        own_method = clause is not None and clause.part == part
        if (
            own_method
            and clause is not None
            and isinstance(clause.rule, Calculation)
            and clause.rule.method is Method.OWN_OVER_MINIMUM
            and minimum
        ):
            ratio = min(position.own / minimum, Fraction(1))
            amounts.ratio = (min(position.own, minimum), minimum)
        amount = Money(value * ratio, currency, scheme.per)
        total += amount.amount
        args: tuple[tuple[str, Argument], ...] = (
            ("part", part),
            ("whole", Money(value, currency, scheme.per)),
            ("ratio", ratio),
            ("amount", amount),
        )
        cited = (clause.law,) if clause is not None else law
        steps.append(Step("part", amount, "part-amount", args, cited, (evaluation.amount(block),)))
    amount = Money(total, currency, scheme.per)
    return Step("pro_rata_amount", amount, "sum-of-parts", (("amount", amount),), law, tuple(steps))
