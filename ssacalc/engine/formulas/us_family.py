"""What a family can be paid on a worker's record: maximum, shares, lump sum at death.

Everything rests on the pro rata amount where the worker's is one (POMS GN 01701.210, 01701.225).
Amounts are whole dimes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ssacalc.domain.money import Money, Per
from ssacalc.domain.trace import Step
from ssacalc.engine.formulas import us_amounts
from ssacalc.engine.formulas.united_states import Amount, ProRata, payable
from ssacalc.engine.formulas.us_ages import UNCHANGED, Adjustment, spouse_factor, widow_factor
from ssacalc.engine.formulas.us_law import DIMES, UnitedStatesLaw
from ssacalc.engine.formulas.us_record import Kind, Record
from ssacalc.engine.formulas.us_steps import Arguments


class Role(StrEnum):
    """What a family member is to the worker."""

    SPOUSE = "spouse"
    SPOUSE_WITH_CHILD = "spouse-with-child"
    CHILD = "child"
    WIDOW = "widow"
    SURVIVING_PARENT = "surviving-parent"
    SURVIVING_CHILD = "surviving-child"


SHARES: dict[Role, str] = {
    Role.SPOUSE: "spouse-share",
    Role.SPOUSE_WITH_CHILD: "spouse-share",
    Role.CHILD: "child-share",
    Role.WIDOW: "widow-share",
    Role.SURVIVING_PARENT: "surviving-parent-share",
    Role.SURVIVING_CHILD: "surviving-child-share",
}
"""The figure that is each member's share of the primary insurance amount."""


@dataclass(frozen=True, slots=True)
class Member:
    """A family member. A spouse's or widow's benefit depends on age and first month."""

    role: Role
    born: date | None = None
    entitled: date | None = None


@dataclass(frozen=True, slots=True)
class Maximum:
    """The most a family is paid in all, in dimes, with its step."""

    dimes: int
    step: Step


def family_maximum(law: UnitedStatesLaw, record: Record, worker: Amount | ProRata) -> Maximum:
    """Return the family maximum of an amount.

    The amount is divided back to the year of eligibility, each increase undone, the maximum of
    that year's formula taken and the increases applied again: the route of the reference program,
    which all its totalized cases follow. Disability has its own maximum.
    """
    back = us_amounts.divided_back(worker.dimes, worker.increases)
    if record.kind is Kind.DISABILITY:
        base = _disability_maximum(law, worker.eligibility, back)
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
    key = "us-family-maximum-disability" if record.kind is Kind.DISABILITY else "us-family-maximum"
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


def _disability_maximum(law: UnitedStatesLaw, eligibility: int, dimes: int) -> int:
    """Return the lesser of 150 % of the amount and 85 % of artificial earnings; at least it."""
    average = artificial_average(law, eligibility, dimes)
    amount = Fraction(dimes, DIMES) * law.figure("disability-family-rate")
    most = min(amount, average * law.figure("disability-family-earnings-rate"))
    up = us_amounts.formula_rounds_up(law, eligibility)
    return max(us_amounts.to_dime(most.numerator, most.denominator, up=up), dimes)


def family_benefits(
    law: UnitedStatesLaw,
    record: Record,
    worker: Amount | ProRata,
    maximum: Maximum,
    members: Sequence[Member],
) -> tuple[Step, ...]:
    """Return what each member is paid.

    Full shares are lowered in one proportion where they exceed the maximum (less the worker's own
    amount while the worker lives); after that a spouse's or widow's benefit is reduced for age
    (42 USC 402(b) to (g), 403(a)).
    """
    up = us_amounts.benefit_rounds_up(law, record.month)
    full = [_full_share(law, worker.dimes, member, up=up) for member in members]
    total = sum(full)
    own = 0 if record.kind is Kind.SURVIVORS else worker.dimes
    available = max(maximum.dimes - own, 0)
    paid: list[Step] = []
    for member, share in zip(members, full, strict=True):
        kept = share
        if total > available:
            kept = us_amounts.to_dime(share * available, DIMES * total, up=up)
        factor = _age(law, member).factor
        dimes = us_amounts.to_dime(kept * factor.numerator, DIMES * factor.denominator, up=up)
        args: Arguments = (
            ("role", member.role.value),
            ("full", law.money(share, DIMES)),
            ("kept", law.money(kept, DIMES)),
            ("factor", factor),
            ("benefit", law.money(dimes, DIMES)),
        )
        cited = law.cite(SHARES[member.role])
        uses = (worker.step, maximum.step)
        step = Step(
            "family_benefit", law.money(dimes, DIMES), "us-family-benefit", args, cited, uses
        )
        paid.append(payable(law, record, dimes, step))
    return tuple(paid)


def _full_share(law: UnitedStatesLaw, dimes: int, member: Member, *, up: bool) -> int:
    rate = law.figure(SHARES[member.role])
    return us_amounts.to_dime(dimes * rate.numerator, DIMES * rate.denominator, up=up)


def _age(law: UnitedStatesLaw, member: Member) -> Adjustment:
    if member.born is None or member.entitled is None:
        return UNCHANGED
    match member.role:
        case Role.SPOUSE:
            return spouse_factor(law, member.born, member.entitled)
        case Role.WIDOW:
            return widow_factor(law, member.born, member.entitled)
        case _:
            return UNCHANGED


def excess(own: Fraction, other: Fraction) -> Fraction:
    """Return what is paid on another record to a person with an own benefit: the excess over it.

    POMS GN 01701.140 C, 01701.225 A.2: where the own pro rata amount is higher, nothing; the
    entitlement is then technical only.

    >>> excess(Fraction(140), Fraction(125))
    Fraction(0, 1)
    """
    return max(other - own, Fraction(0))


def lump_sum(law: UnitedStatesLaw, worker: Amount | ProRata) -> Step:
    """Return the lump-sum death payment: three times the amount, at most 255 dollars.

    POMS GN 01701.220.
    """
    times = law.figure("lump-sum-multiple")
    most = law.figure("lump-sum")
    amount = Fraction(worker.dimes, DIMES)
    value = Money(min(times * amount, most), law.currency, Per.ONCE)
    args: Arguments = (
        ("amount", law.money(worker.dimes, DIMES)),
        ("times", times),
        ("most", Money(most, law.currency, Per.ONCE)),
        ("lump", value),
    )
    cited = law.cite("lump-sum", "lump-sum-multiple")
    return Step("lump_sum", value, "us-lump-sum", args, cited, (worker.step,))
