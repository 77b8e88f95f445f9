"""The relatives of a worker in the United States: who of them is due a benefit, and who is not.

42 USC 402(b) to (i); 20 CFR 404.330 to 404.374. Age, care, marriage, the worker's insurance and a
benefit of one's own decide; the reason of each refusal is noted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ssacalc.domain.case import Relative
from ssacalc.domain.determination import Doubt
from ssacalc.domain.errors import MissingFigure, Problem
from ssacalc.domain.money import Money
from ssacalc.domain.trace import Step
from ssacalc.engine.career import Career
from ssacalc.engine.formulas.united_states import (
    Amount,
    ProRata,
    ordinary_amount,
    pro_rata,
    theoretical_amount,
)
from ssacalc.engine.formulas.us_family import (
    OUTSIDE,
    SPOUSES,
    WIDOWED,
    Maximum,
    Member,
    Own,
    Role,
    family_maximum,
    full_share,
    share_of,
)
from ssacalc.engine.formulas.us_law import DIMES, MONTHS, UnitedStatesLaw, month_index
from ssacalc.engine.formulas.us_record import Kind, Record, age_in_months, reaching
from ssacalc.engine.formulas.us_steps import Arguments

OF_THE_LIVING: dict[str, Role] = {
    "spouse": Role.SPOUSE,
    "spouse-with-child": Role.SPOUSE_WITH_CHILD,
    "divorced-spouse": Role.DIVORCED_SPOUSE,
    "child": Role.CHILD,
    "stepchild": Role.CHILD,
}
"""What a relative of a case is to a worker who lives."""

OF_THE_DEAD: dict[str, Role] = {
    "spouse": Role.WIDOW,
    "widow": Role.WIDOW,
    "widower": Role.WIDOW,
    "divorced-spouse": Role.SURVIVING_DIVORCED_SPOUSE,
    "surviving-divorced-spouse": Role.SURVIVING_DIVORCED_SPOUSE,
    "spouse-with-child": Role.SURVIVING_PARENT,
    "surviving-parent": Role.SURVIVING_PARENT,
    "child": Role.SURVIVING_CHILD,
    "surviving-child": Role.SURVIVING_CHILD,
    "orphan": Role.SURVIVING_CHILD,
    "stepchild": Role.SURVIVING_CHILD,
    "parent": Role.PARENT,
}
"""What a relative of a case is to a worker who has died."""

CHILDREN = frozenset({Role.CHILD, Role.SURVIVING_CHILD})
WITH_CHILD = {Role.SPOUSE_WITH_CHILD: Role.SPOUSE, Role.SURVIVING_PARENT: Role.WIDOW}
"""Who has a child in care, and what such a person is without one."""

OF_FULLY_INSURED = frozenset({Role.WIDOW, Role.SURVIVING_DIVORCED_SPOUSE, Role.PARENT})
"""Whose benefit asks that the worker died fully insured; for others currently is enough."""

STEPCHILD = "stepchild"


@dataclass(frozen=True, slots=True)
class Basis:
    """On what the worker's right rests.

    ``totalised``: on foreign periods. ``fully`` and ``fully_totalised`` tell whether the worker is
    fully insured, and not only currently, by United States quarters and with foreign ones.
    ``bound_at_death``: the agreement was in force when the worker died.
    """

    totalised: bool
    fully: bool = True
    fully_totalised: bool = True
    bound_at_death: bool = True


@dataclass(slots=True)
class Kin:
    """A worker's family being looked at. Mutable, and never seen outside one determination."""

    law: UnitedStatesLaw
    record: Record
    career: Career
    basis: Basis
    relatives: Sequence[Relative]
    others: list[Step] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    national: tuple[Amount, Maximum] | None = None
    shared: tuple[ProRata, Maximum] | None = None

    @property
    def dead(self) -> bool:
        """Tell whether the members are survivors."""
        return self.record.kind is Kind.SURVIVORS

    def role(self, relative: Relative) -> Role | None:
        """Return what a relative is to the worker."""
        return (OF_THE_DEAD if self.dead else OF_THE_LIVING).get(relative.role)

    def entitled(self, relative: Relative) -> date:
        """Return a day of the member's first month: never before a living worker's."""
        stated = relative.claims_from or self.career.on
        return stated if self.dead else max(stated, self.career.on)

    def ordinary(self) -> tuple[Amount, Maximum]:
        """Return the amount on United States work alone and its maximum."""
        if self.national is None:
            amount = ordinary_amount(self.law, self.record, self.career.step)
            self.national = amount, family_maximum(self.law, self.record, amount)
        return self.national

    def totalised(self) -> tuple[ProRata, Maximum]:
        """Return the pro rata amount and its maximum."""
        if self.shared is None:
            counted = self.career.step
            found = theoretical_amount(self.law, self.record, counted)
            share = pro_rata(self.law, self.record, found, counted)
            self.shared = share, family_maximum(self.law, self.record, share)
        return self.shared

    def amount_for(self, role: Role) -> tuple[Amount | ProRata, Maximum] | None:
        """Return the amount a member is paid on; ``None``: the worker was not fully insured."""
        basis = self.basis
        if role not in OF_FULLY_INSURED:
            return self.totalised() if basis.totalised else self.ordinary()
        if basis.fully and not basis.totalised:
            return self.ordinary()
        return self.totalised() if basis.fully_totalised else None

    def refused(self, relative: Relative, key: str, *names: str) -> None:
        """Note why a relative is paid nothing."""
        args: Arguments = (("role", relative.role), ("born", relative.born))
        cited = self.law.cite(*names)
        self.others.append(Step("claimant", value=False, key=key, args=args, law=cited))

    def doubt(self, key: str, relative: Relative) -> None:
        """Note what a case does not say and the benefit depends on."""
        found = Doubt("fact", key, (("role", relative.role),))
        if found not in self.doubts:
            self.doubts.append(found)


def member(kin: Kin, relative: Relative) -> Member | None:
    """Return a relative as a member who is due a benefit; ``None``, with the reason noted."""
    role = kin.role(relative)
    if role is None:
        kin.refused(relative, "claimant-not-named")
        return None
    role, obstacle = _claimed(kin, relative, role)
    if obstacle is None and month_index(kin.entitled(relative)) > month_index(kin.record.month):
        obstacle = "us-claim-later", ()
    if obstacle is None:
        obstacle = _barred(kin, relative, role)
    if obstacle is not None:
        kin.refused(relative, obstacle[0], *obstacle[1])
        if obstacle[0] == TOO_YOUNG and any(_in_care(kin, r) for r in kin.relatives):
            args: Arguments = (("role", relative.role), ("born", relative.born))
            kin.doubts.append(Doubt("missing", TOO_YOUNG, args))
        return None
    return Member(role, relative.born, kin.entitled(relative), _own(kin, relative))


Obstacle = tuple[str, tuple[str, ...]]
TOO_YOUNG = "us-widow-too-young"
"""A widow or widower below the age, unless a child is in care, which the case may leave out."""


def _claimed(kin: Kin, relative: Relative, role: Role) -> tuple[Role, Obstacle | None]:
    """Return in what role a relative is paid, and what stands against it by age, care or marriage.

    Without a child in care only age or disability counts; a surviving parent of full retirement
    age is a widow or widower (20 CFR 404.335(b)(2), 404.339(d)).
    """
    aged = WITH_CHILD.get(role)
    if aged is not None:
        cares = any(_in_care(kin, other) for other in kin.relatives)
        obstacle = _by_age(kin, relative, aged)
        if not cares:
            return aged, ("us-no-child-in-care", ("care-age-limit",)) if obstacle else None
        grown = aged is Role.WIDOW and obstacle is None and _of_full_age(kin, relative)
        return aged if grown else role, _by_marriage(kin, relative, role)
    return role, _by_age(kin, relative, role) or _by_marriage(kin, relative, role)


def _of_full_age(kin: Kin, relative: Relative) -> bool:
    if relative.born is None:
        return False
    full = kin.law.whole("full-retirement-age-survivor", None, relative.born)
    return age_in_months(relative.born, kin.record.month) >= full


def _in_care(kin: Kin, relative: Relative) -> bool:
    """Tell whether a relative is a child whose care gives the other parent a benefit."""
    role = kin.role(relative)
    if role not in CHILDREN or relative.born is None:
        return False
    if _by_age(kin, relative, role) is not None:
        return False
    limit = kin.law.whole("care-age-limit") * MONTHS
    return relative.disabled or age_in_months(relative.born, kin.record.month) < limit


def _by_age(kin: Kin, relative: Relative, role: Role) -> Obstacle | None:
    if role in CHILDREN:
        return _grown_up(kin, relative)
    figure, key = _EARLIEST[role]
    if relative.disabled and role in WIDOWED:
        figure = "disabled-widow-earliest-age"
    if relative.born is None:
        return "claimant-age-missing", (figure,)
    months = age_in_months(relative.born, kin.entitled(relative))
    if role in SPOUSES and reaching(relative.born).day > 1:
        months -= 1
    return None if months >= kin.law.whole(figure) else (key, (figure,))


_EARLIEST = {
    Role.SPOUSE: ("spouse-earliest-age", "us-spouse-too-young"),
    Role.DIVORCED_SPOUSE: ("spouse-earliest-age", "claimant-too-young"),
    Role.WIDOW: ("widow-earliest-age", TOO_YOUNG),
    Role.SURVIVING_DIVORCED_SPOUSE: ("widow-earliest-age", "claimant-too-young"),
    Role.PARENT: ("parent-earliest-age", "claimant-too-young"),
}


def _grown_up(kin: Kin, relative: Relative) -> Obstacle | None:
    """Return why a child is not paid: 18, as a pupil 19, disabled since before 22 never."""
    law = kin.law
    if relative.disabled:
        since = relative.disabled_since
        if since is None or relative.born is None:
            return None
        reached, begins = reaching(relative.born), law.whole("child-disability-age")
        late = (since.year - begins, since.month, since.day) >= (
            reached.year,
            reached.month,
            reached.day,
        )
        return ("us-disabled-too-late", ("child-disability-age",)) if late else None
    if relative.born is None:
        return "claimant-age-missing", ("child-age-limit",)
    figure = "pupil-age-limit" if relative.pupil else "child-age-limit"
    months = age_in_months(relative.born, kin.record.month)
    if months < law.whole(figure) * MONTHS:
        return None
    return "us-pupil-too-old" if relative.pupil else "claimant-too-old", (figure,)


def _by_marriage(kin: Kin, relative: Relative, role: Role) -> Obstacle | None:
    """Refuse a divorced spouse whose marriage, as stated, lasted less than ten years."""
    if role not in OUTSIDE or relative.married is None or relative.divorced is None:
        return None
    least = kin.law.whole("marriage-least-divorced")
    short = lasted(relative.married, relative.divorced) < least
    return ("us-marriage-too-short", ("marriage-least-divorced",)) if short else None


def lasted(married: date, until: date) -> int:
    """Return the whole months from a day to another."""
    return month_index(until) - month_index(married) - (until.day < married.day)


def _barred(kin: Kin, relative: Relative, role: Role) -> Obstacle | None:
    """Return whether the insurance of the worker or an own benefit bars the claim."""
    found = kin.amount_for(role)
    if found is None:
        return "us-not-fully-insured", ("fully-insured-least", "widow-share")
    own = _own(kin, relative)
    if own is None or role in CHILDREN:
        return None
    share = full_share(kin.law, kin.record, found[0].dimes, Member(role))
    bar = found[0].dimes if role in WIDOWED else share
    mine = own.base if role in (*SPOUSES, Role.SPOUSE_WITH_CHILD) else own.paid
    names = (share_of(role), "own-benefit-offset")
    return ("us-own-benefit-higher", names) if mine >= bar else None


def _own(kin: Kin, relative: Relative) -> Own | None:
    """Return a member's own benefit; where only one of its amounts is stated, it is both."""
    base = relative.own_base or relative.own_benefit
    paid = relative.own_benefit or relative.own_base
    if base is None or paid is None:
        return None
    return Own(_dimes(kin, base), _dimes(kin, paid))


def _dimes(kin: Kin, amount: Money) -> int:
    if amount.currency != kin.law.currency:
        fault = f"an own benefit is stated in {amount.currency}."
        remedy = f"State what the same State pays, in {kin.law.currency}."
        problem = Problem("person.relatives", fault, remedy)
        raise MissingFigure("An own benefit is of another State.", (problem,))
    return int(amount.amount * DIMES)
