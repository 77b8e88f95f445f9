"""What is paid: comparison of the amounts, supplements, the one rounding."""

from dataclasses import dataclass

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.determination import Doubt
from ssacalc.domain.money import CENT, Money, Rounding
from ssacalc.domain.rules import Calculation, WhenOwnRight
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import Amounts, Position, money_of


@dataclass(frozen=True, slots=True)
class Award:
    """The amount payable with its step; ``None`` where nothing is payable or it is not known."""

    step: Step | None
    doubts: tuple[Doubt, ...] = ()


def award(
    position: Position,
    amounts: Amounts,
    instrument: Instrument | None,
    totalised: bool | None,  # noqa: FBT001 - a value of three
    released: Citation | None,
) -> Award:
    """Return what the scheme pays.

    By national law alone the independent amount. Under an instrument, a person with an own right
    gets what clause P07 says (the national amount, the higher of both, or the share alone);
    a person whose right rests on totalising gets the share. The amount is rounded once, here.
    """
    chosen, doubts = _chosen(position, amounts, instrument, totalised, released)
    if chosen is None:
        return Award(None, doubts)
    if amounts.paid is not None:
        return Award(amounts.paid(chosen), doubts)
    chosen = _raised_to_minimum(position, chosen, instrument)
    return Award(_rounded(position.scheme, chosen), doubts)


def _chosen(
    position: Position,
    amounts: Amounts,
    instrument: Instrument | None,
    totalised: bool | None,  # noqa: FBT001 - a value of three
    released: Citation | None,
) -> tuple[Step | None, tuple[Doubt, ...]]:
    own_right = position.own_right
    has_independent = amounts.independent is not None and own_right is not False
    if instrument is None or released is not None:
        return (amounts.independent if has_independent else None), ()
    if not has_independent:
        return (None if totalised is False else amounts.pro_rata), ()
    rule, law, doubts = _when_own_right(position, instrument)
    match rule:
        case WhenOwnRight.NATIONAL:
            return amounts.independent, doubts
        case WhenOwnRight.PRO_RATA:
            return amounts.pro_rata or amounts.independent, doubts
        case WhenOwnRight.HIGHER:
            return _higher(amounts, law, doubts)


def _when_own_right(
    position: Position, instrument: Instrument
) -> tuple[WhenOwnRight, tuple[Citation, ...], tuple[Doubt, ...]]:
    """Return clause P07; where the text is silent the higher amount is a named convention."""
    clause = instrument.clause(
        "P07",
        position.case.claim.on,
        party=position.scheme.country,
        scheme=position.scheme.id,
        branch=position.case.claim.benefit,
    )
    if clause is not None and isinstance(clause.rule, WhenOwnRight):
        return clause.rule, (clause.law,), ()
    args: tuple[tuple[str, Argument], ...] = (("instrument", instrument.short),)
    return WhenOwnRight.HIGHER, (), (Doubt("convention", "own-right-silent", args),)


def _higher(
    amounts: Amounts, law: tuple[Citation, ...], doubts: tuple[Doubt, ...]
) -> tuple[Step | None, tuple[Doubt, ...]]:
    """Return the higher of the national amount and the share; a tie is the national amount."""
    national, share = money_of(amounts.independent), money_of(amounts.pro_rata)
    if amounts.waived is not None and amounts.independent is not None and national is not None:
        told = (("amount", national),)
        waived = Step(
            "higher_amount",
            national,
            "pro-rata-waived",
            told,
            (amounts.waived,),
            (amounts.independent,),
        )
        return waived, doubts
    if national is None or share is None:
        return amounts.independent or amounts.pro_rata, doubts
    if (national.currency, national.per) != (share.currency, share.per):
        mixed = Doubt(
            "fact", "amounts-not-comparable", (("independent", national), ("pro_rata", share))
        )
        return amounts.independent, (*doubts, mixed)
    higher = national if national.amount >= share.amount else share
    key = "higher-national" if higher is national else "higher-pro-rata"
    args: tuple[tuple[str, Argument], ...] = (
        ("independent", national),
        ("pro_rata", share),
        ("amount", higher),
    )
    uses = tuple(s for s in (amounts.independent, amounts.pro_rata) if s is not None)
    return Step("higher_amount", higher, key, args, law, uses), doubts


def _raised_to_minimum(position: Position, chosen: Step, instrument: Instrument | None) -> Step:
    """M16: raise the share to the legal minimum where the instrument says so."""
    certified = position.certified
    amount = money_of(chosen)
    if instrument is None or certified is None or certified.minimum_benefit is None:
        return chosen
    clause = instrument.clause(
        "P01",
        position.case.claim.on,
        party=position.scheme.country,
        scheme=position.scheme.id,
        branch=position.case.claim.benefit,
    )
    minimum = certified.minimum_benefit
    if (
        clause is None
        or not isinstance(clause.rule, Calculation)
        or not clause.rule.raise_to_minimum
        or amount is None
        or amount.amount >= minimum.amount
    ):
        return chosen
    args: tuple[tuple[str, Argument], ...] = (("amount", amount), ("minimum", minimum))
    return Step("minimum_amount", minimum, "raised-to-minimum", args, (clause.law,), (chosen,))


def rounding_of(scheme: Scheme) -> Rounding:
    """Return the scheme's rounding, or the convention where its law names none."""
    return scheme.rounding or CENT


def _rounded(scheme: Scheme, chosen: Step) -> Step:
    amount = money_of(chosen)
    rounding = rounding_of(scheme)
    if amount is None:
        return chosen
    rounded = amount.rounded(rounding)
    args: tuple[tuple[str, Argument], ...] = (
        ("amount", rounded),
        ("rounding", rounding.name),
        ("per", amount.per.value),
    )
    key = "payable-rounded" if rounded != amount else "payable"
    law = (scheme.law,) if scheme.law and scheme.rounding else ()
    return Step("payable_amount", rounded, key, args, law, (chosen,))


def shown(step: Step | None, scheme: Scheme) -> Money | None:
    """Return the amount of a step rounded for display by the scheme's rule."""
    amount = money_of(step)
    return None if amount is None else amount.rounded(rounding_of(scheme))
