"""What a family can be paid on a worker's record: the maximum, and each member's benefit within it.

Everything rests on the pro rata amount where the worker's is one (20 CFR 404.1918(f); POMS GN
01701.210, 01701.225). The maximum comes first, then the reduction for age, then the person's own
benefit (404.402(b), 404.411). Amounts are whole dimes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ssacalc.domain.trace import Step
from ssacalc.engine.formulas import us_amounts
from ssacalc.engine.formulas.united_states import Amount, ProRata, payable
from ssacalc.engine.formulas.us_ages import (
    UNCHANGED,
    Adjustment,
    early_reduction,
    spouse_factor,
    widow_factor,
)
from ssacalc.engine.formulas.us_earnings import half_up
from ssacalc.engine.formulas.us_law import DIMES, UnitedStatesLaw
from ssacalc.engine.formulas.us_record import Kind, Record
from ssacalc.engine.formulas.us_steps import Arguments


class Role(StrEnum):
    """What a family member is to the worker."""

    SPOUSE = "spouse"
    SPOUSE_WITH_CHILD = "spouse-with-child"
    DIVORCED_SPOUSE = "divorced-spouse"
    CHILD = "child"
    WIDOW = "widow"
    SURVIVING_DIVORCED_SPOUSE = "surviving-divorced-spouse"
    SURVIVING_PARENT = "surviving-parent"
    SURVIVING_CHILD = "surviving-child"
    PARENT = "parent"


SHARES: dict[Role, str] = {
    Role.SPOUSE: "spouse-share",
    Role.SPOUSE_WITH_CHILD: "spouse-share",
    Role.DIVORCED_SPOUSE: "spouse-share",
    Role.CHILD: "child-share",
    Role.WIDOW: "widow-share",
    Role.SURVIVING_DIVORCED_SPOUSE: "widow-share",
    Role.SURVIVING_PARENT: "surviving-parent-share",
    Role.SURVIVING_CHILD: "surviving-child-share",
    Role.PARENT: "parent-share",
}
"""The figure that is each member's share of the primary insurance amount."""

SPOUSES = frozenset({Role.SPOUSE, Role.DIVORCED_SPOUSE})
WIDOWED = frozenset({Role.WIDOW, Role.SURVIVING_DIVORCED_SPOUSE})
OUTSIDE = frozenset({Role.DIVORCED_SPOUSE, Role.SURVIVING_DIVORCED_SPOUSE})
"""Who is paid outside the family maximum (20 CFR 404.403(a)(3))."""


@dataclass(frozen=True, slots=True)
class Own:
    """A member's benefit on the member's own record, in dimes: before changes for age, and paid."""

    base: int
    paid: int


@dataclass(frozen=True, slots=True)
class Member:
    """A family member. A spouse's or widow's benefit depends on age and first month."""

    role: Role
    born: date | None = None
    entitled: date | None = None
    own: Own | None = None


@dataclass(frozen=True, slots=True)
class Maximum:
    """The most a family is paid in all, in dimes, with its step."""

    dimes: int
    step: Step


@dataclass(frozen=True, slots=True)
class Portion:
    """A member's full share and what the maximum leaves of it, in dimes; ``base`` is the amount.

    ``uses`` are the steps it rests on.
    """

    member: Member
    base: int
    share: str
    full: int
    kept: int
    uses: tuple[Step, ...]


def family_maximum(law: UnitedStatesLaw, record: Record, worker: Amount | ProRata) -> Maximum:
    """Return the family maximum of an amount.

    The formula is applied to the amount at eligibility, and the increases to what it gives (POMS
    RS 00615.736). A pro rata amount is divided back to the year of eligibility, each increase
    undone: the route of the reference program, which all its totalized cases follow. Disability
    has a maximum of its own.
    """
    if isinstance(worker, Amount):
        back = worker.at_eligibility
    else:
        back = us_amounts.divided_back(worker.dimes, worker.increases)
    disabled = (
        record.kind is Kind.DISABILITY
        and law.figure("disability-family-maximum", record.entitled) == 1
    )
    if disabled:
        base = _disability_maximum(law, worker, back)
        cited = ("disability-family-rate", "disability-family-earnings-rate")
    else:
        bends = us_amounts.bend_points(law, law.family, worker.eligibility)
        total = us_amounts.sliced(law.family, [DIMES * bend for bend in bends], back)
        up = us_amounts.formula_rounds_up(law, worker.eligibility)
        base = us_amounts.to_dime(total, DIMES * law.family.per, up=up)
        cited = ("first-family-bend-base", "family-rate-1")
    dimes = us_amounts.increased(base, worker.increases)
    args: Arguments = (
        ("amount", law.money(worker.dimes, DIMES)),
        ("back", law.money(back, DIMES)),
        ("eligibility", worker.eligibility),
        ("base", law.money(base, DIMES)),
        ("maximum", law.money(dimes, DIMES)),
    )
    key = "us-family-maximum-disability" if disabled else "us-family-maximum"
    money = law.money(dimes, DIMES)
    return Maximum(
        dimes, Step("family_maximum", money, key, args, law.cite(*cited), (worker.step,))
    )


def artificial_average(law: UnitedStatesLaw, eligibility: int, dimes: int) -> int:
    """Return the monthly earnings, in whole dollars up, whose formula gives an amount at least.

    POMS GN 01701.210 C.2: the formula of the primary insurance amount read backwards.
    """
    bends = us_amounts.bend_points(law, law.formula, eligibility)
    *inner, outermost = law.formula.rates
    left = dimes * law.formula.per
    lower = 0
    for rate, upper in zip(inner, bends, strict=True):
        full = rate * (upper - lower) * DIMES
        if left <= full:
            return lower - (-left // (rate * DIMES))
        left -= full
        lower = upper
    return lower - (-left // (outermost * DIMES))


def _disability_maximum(law: UnitedStatesLaw, worker: Amount | ProRata, dimes: int) -> int:
    """Return the lesser of 150 % of the amount and 85 % of the average earnings; at least it.

    The average of a pro rata amount is an artificial one (42 USC 403(a)(6); 20 CFR 404.403(d-1);
    POMS GN 01701.210).
    """
    if isinstance(worker, Amount):
        average = worker.average.monthly
    else:
        average = artificial_average(law, worker.eligibility, dimes)
    amount = Fraction(dimes, DIMES) * law.figure("disability-family-rate")
    most = min(amount, average * law.figure("disability-family-earnings-rate"))
    up = us_amounts.formula_rounds_up(law, worker.eligibility)
    return max(us_amounts.to_dime(most.numerator, most.denominator, up=up), dimes)


def family_benefits(
    law: UnitedStatesLaw,
    record: Record,
    worker: Amount | ProRata,
    maximum: Maximum,
    members: Sequence[Member],
) -> tuple[Step, ...]:
    """Return what each member is paid on one amount (42 USC 402(b) to (h), 403(a))."""
    portions = within_maximum(law, record, worker, maximum, members)
    return tuple(benefit(law, record, portion) for portion in portions)


def share_of(role: Role, parents: int = 1) -> str:
    """Return the figure that is a member's share; of two or more parents each has a lower one."""
    return SHARE_OF_SEVERAL if role is Role.PARENT and parents > 1 else SHARES[role]


SHARE_OF_SEVERAL = "parent-share-several"


def full_share(
    law: UnitedStatesLaw, record: Record, dimes: int, member: Member, parents: int = 1
) -> int:
    """Return a member's share of an amount, in dimes, before the maximum and changes for age.

    A widow's rests on the amount with the delayed retirement credits of the deceased (20 CFR
    404.313(e)).
    """
    rate = law.figure(share_of(member.role, parents))
    if member.role in WIDOWED and record.months_credited:
        rate *= 1 + record.months_credited * law.figure("credit-rate", record.month, record.born)
    up = us_amounts.benefit_rounds_up(law, record.month)
    return us_amounts.to_dime(dimes * rate.numerator, DIMES * rate.denominator, up=up)


def within_maximum(
    law: UnitedStatesLaw,
    record: Record,
    worker: Amount | ProRata,
    maximum: Maximum,
    members: Sequence[Member],
) -> list[Portion]:
    """Return full shares lowered in one proportion where they exceed the maximum.

    While the worker lives the worker's own amount counts first. A divorced spouse's share is
    neither lowered nor counted. Of a member with an own benefit only what is due here counts
    (20 CFR 404.403(a)(3), (5)).
    """
    parents = sum(1 for member in members if member.role is Role.PARENT)
    uses = (worker.step, maximum.step)
    portions: list[Portion] = []
    for member in members:
        name = share_of(member.role, parents)
        full = full_share(law, record, worker.dimes, member, parents)
        outside = member.role in OUTSIDE
        used = uses[:1] if outside else uses
        portions.append(Portion(member, worker.dimes, name, full, full, used))
    own = 0 if record.kind is Kind.SURVIVORS else worker.dimes
    return _lowered(law, record, portions, max(maximum.dimes - own, 0))


def _lowered(
    law: UnitedStatesLaw, record: Record, portions: list[Portion], available: int
) -> list[Portion]:
    inside = [portion for portion in portions if portion.member.role not in OUTSIDE]
    up = us_amounts.benefit_rounds_up(law, record.month)
    total = sum(portion.full for portion in inside)
    if total <= available:
        return portions
    kept = {id(p): us_amounts.to_dime(p.full * available, DIMES * total, up=up) for p in inside}
    free = [p for p in inside if p.member.own is None]
    if free and law.figure("maximum-counts-what-is-payable", record.month) == 1:
        due = sum(
            max(kept[id(p)] - _counted(law, p.member), 0)
            for p in inside
            if p.member.own is not None
        )
        left, wanted = available - due, sum(p.full for p in free)
        for p in free:
            part = us_amounts.to_dime(p.full * left, DIMES * wanted, up=up)
            kept[id(p)] = min(part, p.full)
    return [replace(p, kept=kept.get(id(p), p.kept)) for p in portions]


def _counted(law: UnitedStatesLaw, member: Member) -> int:
    """Return what is taken off a member's share before any reduction for age."""
    if member.own is None:
        return 0
    amount = member.own.base if member.role in SPOUSES else member.own.paid
    return int(amount * law.figure("own-benefit-offset"))


def held_together(
    law: UnitedStatesLaw, record: Record, portions: Sequence[Portion], most: Maximum
) -> list[Portion]:
    """Return portions on the pro rata and on the national amount within the national maximum.

    Each gets the percentage of the maximum that its full share is of all of them (POMS GN
    01701.215).
    """
    inside = [portion for portion in portions if portion.member.role not in OUTSIDE]
    total = sum(portion.full for portion in inside)
    if sum(portion.kept for portion in inside) <= most.dimes or not total:
        return list(portions)
    steps = int(1 / law.figure("mixed-family-percent-step"))
    up = us_amounts.benefit_rounds_up(law, record.month)
    held: list[Portion] = []
    for portion in portions:
        if portion.member.role in OUTSIDE:
            held.append(portion)
            continue
        percent = half_up(portion.full * steps, total)
        kept = us_amounts.to_dime(most.dimes * percent, DIMES * steps, up=up)
        args: Arguments = (
            ("full", law.money(portion.full, DIMES)),
            ("total", law.money(total, DIMES)),
            ("percent", Fraction(percent, steps)),
            ("maximum", law.money(most.dimes, DIMES)),
            ("kept", law.money(kept, DIMES)),
        )
        cited = law.cite("mixed-family-percent-step")
        money = law.money(kept, DIMES)
        step = Step("family_maximum", money, "us-family-mixed", args, cited, portion.uses)
        held.append(replace(portion, kept=kept, uses=(step, most.step)))
    return held


def benefit(law: UnitedStatesLaw, record: Record, portion: Portion) -> Step:
    """Return what a member is paid: the portion reduced for age, less the own benefit."""
    member = portion.member
    factor = _age(law, member).factor
    up = us_amounts.benefit_rounds_up(law, record.month)
    excess = portion.kept
    if member.own is not None and member.role in SPOUSES:
        excess = max(portion.kept - _counted(law, member), 0)
    dimes = us_amounts.to_dime(excess * factor.numerator, DIMES * factor.denominator, up=up)
    if excess != portion.kept:
        key = "us-family-benefit-excess"
    else:
        key = "us-family-benefit-outside" if member.role in OUTSIDE else "us-family-benefit"
    args: Arguments = (
        ("role", member.role.value),
        ("full", law.money(portion.full, DIMES)),
        ("kept", law.money(portion.kept, DIMES)),
        ("excess", law.money(excess, DIMES)),
        ("own", law.money(portion.kept - excess, DIMES)),
        ("factor", factor),
        ("benefit", law.money(dimes, DIMES)),
    )
    cited = law.cite(portion.share, *_AGE_FIGURES.get(member.role, ()))
    money = law.money(dimes, DIMES)
    step = Step("family_benefit", money, key, args, cited, portion.uses)
    dimes, step = _limited(law, record, portion, dimes, step)
    dimes, step = _less_own(law, member, dimes, step)
    return payable(law, record, dimes, step)


_AGE_FIGURES: dict[Role, tuple[str, ...]] = {
    Role.SPOUSE: ("spouse-early-rate",),
    Role.DIVORCED_SPOUSE: ("spouse-early-rate", "marriage-least-divorced"),
    Role.WIDOW: ("widow-reduction-most",),
    Role.SURVIVING_DIVORCED_SPOUSE: ("widow-reduction-most", "marriage-least-divorced"),
}


def _limited(
    law: UnitedStatesLaw, record: Record, portion: Portion, dimes: int, step: Step
) -> tuple[int, Step]:
    """Hold a widow's benefit to what the deceased drew, if that was reduced (404.338(c))."""
    if portion.member.role not in WIDOWED or not record.months_reduced:
        return dimes, step
    up = us_amounts.benefit_rounds_up(law, record.month)
    rates = (
        law.figure("widow-limit-rate"),
        1 - early_reduction(law, record.months_reduced, "early-rate"),
    )
    most = max(
        us_amounts.to_dime(portion.base * r.numerator, DIMES * r.denominator, up=up) for r in rates
    )
    if dimes <= most:
        return dimes, step
    args: Arguments = (
        ("benefit", law.money(dimes, DIMES)),
        ("months", record.months_reduced),
        ("amount", law.money(most, DIMES)),
    )
    cited = law.cite("widow-limit-rate")
    money = law.money(most, DIMES)
    return most, Step("family_benefit", money, "us-widow-limited", args, cited, (step,))


def _less_own(law: UnitedStatesLaw, member: Member, dimes: int, step: Step) -> tuple[int, Step]:
    """Take off the member's own benefit, of a spouse's only its delayed retirement credits.

    Of a spouse's benefit the own amount was taken off before the reduction for age (POMS RS
    00615.250, 00615.694).
    """
    if member.own is None:
        return dimes, step
    paid = member.own.paid
    taken = max(paid - member.own.base, 0) if member.role in SPOUSES else paid
    taken = int(taken * law.figure("own-benefit-offset"))
    if not taken:
        return dimes, step
    left = max(dimes - taken, 0)
    args: Arguments = (
        ("benefit", law.money(dimes, DIMES)),
        ("own", law.money(taken, DIMES)),
        ("amount", law.money(left, DIMES)),
    )
    cited = law.cite("own-benefit-offset")
    money = law.money(left, DIMES)
    key = "us-own-credits" if member.role in SPOUSES else "us-own-benefit"
    return left, Step("family_benefit", money, key, args, cited, (step,))


def _age(law: UnitedStatesLaw, member: Member) -> Adjustment:
    if member.born is None or member.entitled is None:
        return UNCHANGED
    if member.role in SPOUSES:
        return spouse_factor(law, member.born, member.entitled)
    if member.role in WIDOWED:
        return widow_factor(law, member.born, member.entitled)
    return UNCHANGED
