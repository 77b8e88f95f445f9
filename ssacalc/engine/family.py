"""One benefit and several claimants: shares by role, equal parts, the most of all.

The scheme's own rows say who of several survivors gets what (B16); the United States have a law of
their own, with a family maximum, that pays a living worker's family too.
Each claimant's amount is rounded by itself, a named convention: no text read says what becomes of
a cent that is left over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from ssacalc.domain.case import Branch, Relative
from ssacalc.domain.determination import ClaimantShare, Doubt
from ssacalc.domain.errors import MissingFigure
from ssacalc.domain.money import Money
from ssacalc.domain.scheme import Scheme, SurvivorShare
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import lacking, money_of
from ssacalc.engine.award import Award, rounding_of
from ssacalc.engine.conditions import figure_of
from ssacalc.engine.counting import months_between
from ssacalc.engine.formulas.us_career import has_primary_insurance_amount
from ssacalc.engine.formulas.us_relatives import Basis, family_paid
from ssacalc.engine.share import Share
from ssacalc.engine.us_insured import fully_insured

Arguments = tuple[tuple[str, Argument], ...]

WORKER = "worker"
"""The role of a living worker among those who are paid."""


@dataclass(frozen=True, slots=True)
class Family:
    """What the claimants get, one by one and together (``None``: it could not be told)."""

    claimants: tuple[ClaimantShare, ...] = ()
    total: Step | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Working:
    """A benefit being divided. Mutable, and never seen outside :func:`divided`."""

    scheme: Scheme
    share: Share
    whole: Step
    others: list[Step] = field(default_factory=list)

    def figure(self, name: str) -> tuple[Fraction, Citation]:
        """Return a figure of the scheme for the day of the claim."""
        case = self.share.position.case
        found = figure_of(self.scheme, name).at(case.claim.on, case.person.born)
        return found.value, found.law


def divided(share: Share, awarded: Award) -> Family | None:
    """Return what each member gets of a benefit; ``None`` where there is nothing to divide.

    A living worker's family is paid beside the worker where the scheme is the United States'.
    """
    scheme, case = share.standing.scheme, share.position.case
    chosen, worker = awarded.exact, awarded.step
    if share.entitled is False or worker is None or chosen is None or not _has_shares(share):
        return None
    if not case.person.relatives:
        args: Arguments = (("scheme", scheme.title),)
        return Family(doubts=(Doubt("missing", "survivors-not-stated", args),))
    try:
        if has_primary_insurance_amount(scheme):
            return _united_states(share, worker, chosen)
        return _by_rows(_Working(scheme, share, chosen), case.person.relatives)
    except MissingFigure as missing:
        return Family(doubts=(lacking(scheme, missing),))


def _has_shares(share: Share) -> bool:
    """Tell whether a scheme pays a family: survivors, or relatives beside a living worker."""
    scheme, case = share.standing.scheme, share.position.case
    own_law = has_primary_insurance_amount(scheme)
    if case.claim.benefit is Branch.SURVIVORS:
        return own_law or bool(scheme.survivors)
    return own_law and bool(case.person.relatives)


def _united_states(share: Share, worker: Step, chosen: Step) -> Family:
    """Pay by 42 USC 402 and 403: full shares within the family maximum.

    While the worker lives the worker is the first of those who are paid. The lump sum at death is
    told beside the monthly benefits and is no part of what they add up to.
    """
    position, case = share.position, share.position.case
    found = family_paid(
        position.scheme, position.career, case.person.relatives, _basis(share, chosen)
    )
    claimants = tuple(
        ClaimantShare(relative.role, amount, step)
        for relative, step in found.claimants
        if (amount := money_of(step)) is not None
    )
    own = money_of(worker)
    if case.claim.benefit is not Branch.SURVIVORS and own is not None:
        claimants = (ClaimantShare(WORKER, own, worker), *claimants)
    once = tuple(
        ClaimantShare(role, amount, step)
        for role, step in found.once
        if (amount := money_of(step)) is not None
    )
    others = (*found.others, *(part.step for part in once))
    together = _together(claimants, others, chosen)
    return replace(
        together,
        claimants=(*together.claimants, *once),
        doubts=(*together.doubts, *found.doubts),
    )


def _basis(share: Share, chosen: Step) -> Basis:
    """Return on what the worker's right rests: whether on totalising, and how insured."""
    case, instrument, amounts = share.position.case, share.instrument, share.amounts
    on = case.person.died or case.claim.on
    home = share.standing.scheme.country
    return Basis(
        totalised=chosen is amounts.due_share or chosen.key == "higher-pro-rata",
        fully=fully_insured(share.standing.right),
        fully_totalised=amounts.pro_rata is not None and fully_insured(share.right),
        bound_at_death=instrument is not None
        and any(instrument.links(home, c, on) for c in case.concerned if c != home),
    )


def _by_rows(working: _Working, relatives: Sequence[Relative]) -> Family:
    """Divide by the scheme's rows: each role's part, and no more than the most of all."""
    taken = _taken(working, relatives)
    roles = [
        (row, eligible)
        for row in working.scheme.survivors
        if (eligible := [relative for relative, by in taken if by is row])
    ]
    parts = [(row, eligible, _part(working, row, len(eligible))) for row, eligible in roles]
    factor, cap = _factor(working, [part for _, _, part in parts])
    claimants = tuple(
        claimant
        for row, eligible, part in parts
        for claimant in _of_role(working, row, eligible, part, factor, cap)
    )
    return _together(claimants, working.others, working.whole)


def _taken(
    working: _Working, relatives: Iterable[Relative]
) -> list[tuple[Relative, SurvivorShare]]:
    """Return each relative with the first row of the role whose bounds of age it meets.

    Who meets none is noted with the reason of the first, who is named by none as such.
    """
    taken: list[tuple[Relative, SurvivorShare]] = []
    for relative in relatives:
        args: Arguments = (("role", relative.role), ("born", relative.born))
        rows = [row for row in working.scheme.survivors if row.role == relative.role]
        found = [(row, *_obstacle(working, row, relative)) for row in rows]
        row = next((row for row, key, _ in found if key is None), None)
        if row is not None:
            taken.append((relative, row))
            continue
        key, law = found[0][1:] if found else ("claimant-not-named", ())
        told = key or "claimant-not-named"
        working.others.append(Step("claimant", value=False, key=told, args=args, law=law))
    return taken


def _obstacle(
    working: _Working, row: SurvivorShare, relative: Relative
) -> tuple[str | None, tuple[Citation, ...]]:
    until = row.disabled_until_age if relative.disabled else row.until_age
    from_age = None if relative.disabled else row.from_age
    if from_age is None and until is None:
        return None, ()
    if relative.born is None:
        return "claimant-age-missing", (row.law,)
    months = months_between(relative.born, working.share.position.case.claim.on)
    if from_age is not None:
        age, law = working.figure(from_age)
        if months < age * 12:
            return "claimant-too-young", (law,)
    if until is not None:
        age, law = working.figure(until)
        if months >= age * 12:
            return "claimant-too-old", (law,)
    return None, ()


def _part(working: _Working, row: SurvivorShare, number: int) -> Fraction:
    """Return what all claimants of a role get together, as a part of the whole."""
    share, _ = working.figure(row.share)
    part = share if row.divided else share * number
    return part if row.cap is None else min(part, working.figure(row.cap)[0])


def _factor(working: _Working, parts: Sequence[Fraction]) -> tuple[Fraction, Step | None]:
    """Return by what all parts are lowered alike, and the step that tells it.

    Where the text does not say who gives way, all do in proportion: a named convention.
    """
    name = working.scheme.survivors_cap
    total = sum(parts, Fraction(0))
    if name is None:
        return Fraction(1), None
    most, law = working.figure(name)
    if total <= most:
        return Fraction(1), None
    factor = most / total
    args: Arguments = (("total", total), ("most", most), ("factor", factor))
    return factor, Step("survivors_cap", factor, "survivors-cap", args, (law,))


def _of_role(
    working: _Working,
    row: SurvivorShare,
    eligible: Sequence[Relative],
    part: Fraction,
    factor: Fraction,
    cap: Step | None,
) -> Iterable[ClaimantShare]:
    whole = money_of(working.whole)
    if whole is None:
        return
    _, law = working.figure(row.share)
    number = len(eligible)
    exact = whole.amount * part * factor / number
    amount = Money(exact, whole.currency, whole.per).rounded(rounding_of(working.scheme))
    key = "claimant-one-of" if number > 1 else "claimant-alone"
    args: Arguments = (
        ("role", row.role),
        ("whole", whole),
        ("share", part),
        ("number", number),
        ("factor", factor),
        ("amount", amount),
    )
    uses = (working.whole,) if cap is None else (working.whole, cap)
    for relative in eligible:
        told = (*args, ("born", relative.born))
        step = Step("claimant_share", amount, key, told, (row.law, law), uses)
        yield ClaimantShare(row.role, amount, step)


def _together(claimants: tuple[ClaimantShare, ...], others: Iterable[Step], whole: Step) -> Family:
    """Return the family with the sum of what its members get."""
    like = money_of(whole)
    if like is None:
        return Family()
    first = claimants[0].amount if claimants else Money(Fraction(0), like.currency, like.per)
    amount = sum((c.amount.amount for c in claimants), Fraction(0))
    total = Money(amount, first.currency, first.per)
    args: Arguments = (("claimants", len(claimants)), ("amount", total))
    key = "claimants-together" if claimants else "claimants-none"
    uses = (*(c.step for c in claimants), *others, *(() if claimants else (whole,)))
    return Family(claimants, Step("payable_amount", total, key, args, (), uses))
