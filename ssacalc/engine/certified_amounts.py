"""Amounts that have to come from the institution, because its formula is not in the library."""

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import Certified
from ssacalc.domain.determination import Doubt
from ssacalc.domain.rules import Calculation
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import Amounts, Position, certified_step


def direct_certified(
    position: Position, amounts: Amounts, certified: Certified, law: tuple[Citation, ...]
) -> None:
    """Set the share to the amount that the institution certified under the instrument.

    Without one, and without an own right, what it certified for its own periods alone.
    """
    name, amount = "theoretical_amount", certified.theoretical
    if amount is None and position.own_right is False:
        name, amount = "independent_amount", certified.independent
    if amount is None:
        return
    step = certified_step(name, amount, certified)
    amounts.pro_rata = Step(
        "pro_rata_amount", amount, "direct-amount-certified", (("amount", amount),), law, (step,)
    )


def not_computed(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """Say that a method's amount has to come from the institution."""
    certified = position.certified
    if certified is not None and certified.theoretical is not None:
        direct_certified(position, amounts, certified, law)
        return
    args: tuple[tuple[str, Argument], ...] = (
        ("method", rule.method.value),
        ("instrument", instrument.short),
    )
    amounts.doubts.append(Doubt("missing", "method-needs-certified-amount", args, law))
