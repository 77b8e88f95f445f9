"""What becomes of an award when another State's right arises later (clause P08).

883/2004, art. 50(4): a new calculation of the institution's own motion, unless the periods of
that State were counted already. Adaptations by a percentage or a fixed amount bring none (art.
59(2)).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.determination import BenefitResult, Determination
from ssacalc.domain.rules import NewCalculation
from ssacalc.domain.trace import Argument, Step
from ssacalc.engine.joining import Ground
from ssacalc.engine.share import Share

_KEYS = {
    NewCalculation.AUTOMATIC: "calculated-anew",
    NewCalculation.ON_REQUEST: "calculated-anew-on-request",
    NewCalculation.NONE: "not-calculated-anew",
}


def with_new_calculation(
    instrument: Instrument,
    share: Share,
    counted: BenefitResult,
    chosen: BenefitResult,
    not_met: Collection[str],
    ground: Ground,
) -> BenefitResult:
    """Return a result with what happens when the conditions of the other States are met.

    ``counted`` is the result with the periods of all States, ``chosen`` the one that is paid now.
    """
    scheme = share.standing.scheme
    clause = ground.clause(instrument, "P08", scheme)
    if (
        clause is None
        or not isinstance(clause.rule, NewCalculation)
        or chosen.payable is None
        or scheme.country in not_met
    ):
        return chosen
    left_out = chosen is not counted
    automatic = clause.rule is NewCalculation.AUTOMATIC
    key = _KEYS[clause.rule] if left_out or not automatic else "counted-already"
    args: tuple[tuple[str, Argument], ...] = (
        ("countries", ", ".join(sorted(not_met))),
        ("amount", counted.payable),
    )
    step = Step("new_calculation", counted.payable, key, args, (clause.law,))
    return replace(chosen, result=replace(chosen.result, uses=(*chosen.result.uses, step)))


def later_rights(found: Determination) -> tuple[date, ...]:
    """Return the days on which further rights of a case arise, as far as they are known today.

    An age is reached or a claim put off falls due. The awards of such a day are those of the same
    case claimed on it: see :func:`ssacalc.engine.determination.determine_on`.
    """
    days = {result.payable_from for result in found.with_instruments if result.payable_from}
    for result in found.with_instruments:
        shortfall = result.shortfall
        if shortfall is not None and shortfall.condition == "age" and shortfall.closed_on:
            days.add(shortfall.closed_on)
    return tuple(sorted(days))
