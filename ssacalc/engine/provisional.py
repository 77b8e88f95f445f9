"""What is paid before all is known: clause P12 (Reg. (EC) 987/2009, art. 50).

While a period of another State is not yet certified, a benefit due by national law alone is paid
at once and provisionally; where the right needs the other periods an advance on the share is.
"""

from collections.abc import Sequence
from dataclasses import replace

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import Evidence
from ssacalc.domain.determination import Alternative, BenefitResult
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Provisional
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.award import shown
from ssacalc.engine.joining import Ground, members
from ssacalc.engine.share import Share


def with_provisional(
    instrument: Instrument,
    shares: Sequence[Share],
    results: Sequence[BenefitResult],
    ground: Ground,
) -> list[BenefitResult]:
    """Return the results with what is paid until the other States have certified their periods."""
    return [
        _while_open(instrument, share, result, ground)
        for share, result in zip(shares, results, strict=True)
    ]


def _while_open(
    instrument: Instrument, share: Share, result: BenefitResult, ground: Ground
) -> BenefitResult:
    clause = ground.clause(instrument, "P12", share.standing.scheme)
    rule = clause.rule if clause is not None else None
    if clause is None or not isinstance(rule, Provisional) or result.payable_from is not None:
        return result
    open_states = _not_certified(instrument, share, ground)
    if not open_states or result.with_agreement is False:
        return result
    scheme, alone = share.standing.scheme, share.amounts.due_alone
    if share.position.own_right is not True:
        paid = result.payable if result.own_right is False else None
        return result if paid is None else _told(result, "advance", paid, open_states, clause.law)
    amount = shown(alone, scheme)
    if amount is None or rule is Provisional.ADVANCE:
        return result
    return _told(result, "provisional", amount, open_states, clause.law)


def _not_certified(instrument: Instrument, share: Share, ground: Ground) -> tuple[str, ...]:
    """Return the other States of the instrument with a period that is not yet certified."""
    others = members(instrument, share.standing.scheme.country, ground.case)
    stated = (p.country for p in ground.case.periods if p.evidence is not Evidence.CERTIFIED)
    return tuple(country for country in dict.fromkeys(stated) if country in others)


def _told(
    result: BenefitResult, what: str, amount: Money, states: Sequence[str], law: Citation
) -> BenefitResult:
    args: tuple[tuple[str, Argument], ...] = (
        ("amount", amount),
        ("countries", ", ".join(states)),
    )
    key = "paid-in-advance" if what == "advance" else "paid-provisionally"
    step = Step("provisional", amount, key, args, (law,))
    other = Alternative(what, result.instrument, with_agreement=True, payable=amount)
    last = replace(result.result, uses=(*result.result.uses, step))
    return replace(result, result=last, alternatives=(*result.alternatives, other))
