"""What is paid: comparison of the amounts, supplements, the one rounding."""

from dataclasses import dataclass, replace

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.determination import Doubt
from ssacalc.domain.errors import InvalidCase, Problem
from ssacalc.domain.money import CENT, Money, Rounding
from ssacalc.domain.rules import Totalising, Use, WhenOwnRight
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import FACT_ASKED, Amounts, Position, money_of
from ssacalc.engine.minimum import calculation, raised


@dataclass(frozen=True, slots=True)
class Award:
    """The amount payable with its step; ``None`` where nothing is payable or it is not known.

    ``exact`` is the amount before the one rounding.
    """

    step: Step | None
    doubts: tuple[Doubt, ...] = ()
    exact: Step | None = None


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
    if amounts.paid is not None and not (_certified(position) and chosen is amounts.due_alone):
        return Award(amounts.paid(chosen), doubts, chosen)
    chosen = _raised_to_minimum(position, amounts, chosen, instrument)
    return Award(_rounded(position.scheme, chosen), doubts, chosen)


def _certified(position: Position) -> bool:
    """Tell whether the institution certified what it pays on own periods alone, age and all."""
    return position.certified is not None and position.certified.independent is not None


def _chosen(
    position: Position,
    amounts: Amounts,
    instrument: Instrument | None,
    totalised: bool | None,  # noqa: FBT001 - a value of three
    released: Citation | None,
) -> tuple[Step | None, tuple[Doubt, ...]]:
    alone, share = amounts.due_alone, amounts.due_share
    if position.own_right is False:
        alone = None
    if instrument is None or released is not None:
        return alone, ()
    if alone is None and position.own_right is not True:
        return (None if totalised is False else share), ()
    rule, law, doubts = _when_own_right(position, instrument)
    if alone is None:
        return _national_unknown(position, amounts, rule, law, doubts)
    match rule:
        case WhenOwnRight.NATIONAL:
            return alone, doubts
        case WhenOwnRight.PRO_RATA | WhenOwnRight.GUARANTEED:
            return share or alone, doubts
        case WhenOwnRight.HIGHER | WhenOwnRight.CHOICE:
            return _higher(position, amounts, law, doubts)


def _national_unknown(
    position: Position,
    amounts: Amounts,
    rule: WhenOwnRight,
    law: tuple[Citation, ...],
    doubts: tuple[Doubt, ...],
) -> tuple[Step | None, tuple[Doubt, ...]]:
    """Return what can be told of a person with an own right whose national amount is not known."""
    share, told = (
        amounts.due_share,
        any(d.key in ("figure-missing", FACT_ASKED) for d in amounts.doubts),
    )
    if rule in (WhenOwnRight.PRO_RATA, WhenOwnRight.GUARANTEED):
        return share, doubts
    national = rule is WhenOwnRight.NATIONAL
    if told and (national or share is None):
        return None, doubts
    key = "national-amount-unknown" if national else "higher-needs-national"
    unknown = Doubt("missing", key, (("scheme", position.scheme.title),), law)
    return (None if national else share), (*doubts, unknown)


def other_choice(
    position: Position, amounts: Amounts, instrument: Instrument | None
) -> Step | None:
    """Return the lower of the two amounts where the person may choose between them (P07)."""
    alone, part = amounts.due_alone, amounts.due_share
    national, share = money_of(alone), money_of(part)
    if instrument is None or position.own_right is not True or national is None or share is None:
        return None
    if _when_own_right(position, instrument)[0] is not WhenOwnRight.CHOICE:
        return None
    return part if national.amount >= share.amount else alone


def _when_own_right(
    position: Position, instrument: Instrument
) -> tuple[WhenOwnRight, tuple[Citation, ...], tuple[Doubt, ...]]:
    """Return clause P07, failing that clause T02: time added only if needed adds nothing else.

    Where the text is silent on both the higher amount is a named convention.
    """
    clause = position.clause(instrument, "P07", position.where)
    if clause is not None and isinstance(clause.rule, WhenOwnRight):
        return clause.rule, (clause.law,), ()
    adding = position.clause(instrument, "T02")
    if adding is not None and adding.rule == Totalising(Use.ONLY_IF_NEEDED):
        return WhenOwnRight.NATIONAL, (adding.law,), ()
    args: tuple[tuple[str, Argument], ...] = (("instrument", instrument.short),)
    return WhenOwnRight.HIGHER, (), (Doubt("convention", "own-right-silent", args),)


COMPARED = "reduction-compared"
"""The named convention on when the two amounts are compared: see :func:`_compared_before`."""
ORDERS = ("after-reductions", "before-reductions")


def _higher(
    position: Position,
    amounts: Amounts,
    law: tuple[Citation, ...],
    doubts: tuple[Doubt, ...],
) -> tuple[Step | None, tuple[Doubt, ...]]:
    """Return the higher of the national amount and the share; a tie is the national amount."""
    alone, part = amounts.due_alone, amounts.due_share
    national, share = money_of(alone), money_of(part)
    if amounts.waived is not None and alone is not None and national is not None:
        told = (("amount", national),)
        waived = Step(
            "higher_amount", national, "pro-rata-waived", told, (amounts.waived,), (alone,)
        )
        return waived, doubts
    if alone is None or part is None or national is None or share is None:
        return alone or part, doubts
    if (national.currency, national.per) != (share.currency, share.per):
        mixed = Doubt(
            "fact", "amounts-not-comparable", (("independent", national), ("pro_rata", share))
        )
        return alone, (*doubts, mixed)
    chosen = alone if national.amount >= share.amount else part
    other = _compared_before(amounts)
    if other is not None and money_of(other) != money_of(chosen):
        first, doubt = _order(position, chosen, other)
        if not first:
            return other, (*doubts, doubt)
        doubts = (*doubts, doubt)
    key = "higher-national" if chosen is alone else "higher-pro-rata"
    args: tuple[tuple[str, Argument], ...] = (
        ("independent", national),
        ("pro_rata", share),
        ("amount", money_of(chosen)),
    )
    return Step("higher_amount", money_of(chosen), key, args, law, (alone, part)), doubts


def _compared_before(amounts: Amounts) -> Step | None:
    """Return what is paid if the amounts are compared first and only the higher one is cut.

    883/2004 does not say in terms which comes first (1408/71, art. 46(3), did: reductions).
    ``None`` where no rule against overlapping was looked at.
    """
    national, share = money_of(amounts.independent), money_of(amounts.pro_rata)
    if amounts.reduced_independent is None and amounts.reduced_share is None:
        return None
    if national is None or share is None:
        return None
    return amounts.due_alone if national.amount >= share.amount else amounts.due_share


def _order(position: Position, after: Step, before: Step) -> tuple[bool, Doubt]:
    """Return whether reductions come before the comparison, and what the other order gives."""
    chosen = dict(position.case.conventions).get(COMPARED, ORDERS[0])
    if chosen not in ORDERS:
        remedy = f"Use one of: {', '.join(ORDERS)}."
        problem = Problem(f"conventions.{COMPARED}", f"{chosen!r} is not known.", remedy)
        raise InvalidCase("A convention of the case is not known.", (problem,))
    args: tuple[tuple[str, Argument], ...] = (
        ("after", money_of(after)),
        ("before", money_of(before)),
    )
    return chosen == ORDERS[0], Doubt("convention", "reduction-compared", args)


def _raised_to_minimum(
    position: Position, amounts: Amounts, chosen: Step, instrument: Instrument | None
) -> Step:
    """M16: raise the share to the legal minimum where the instrument says so."""
    found = calculation(position, instrument) if instrument is not None else None
    if found is None or not found[0].raise_to_minimum:
        return chosen
    lifted = raised(position, amounts, chosen, (found[1],), "raised-to-minimum")
    return lifted if lifted is chosen else replace(lifted, name="minimum_amount")


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
