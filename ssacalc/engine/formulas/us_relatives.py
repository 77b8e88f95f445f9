"""The family of a worker as a case states it, and what each member is paid in the United States.

42 USC 402(b) to (i), 403(a); 20 CFR 404.330 to 404.392. A living worker's spouse, divorced spouse
and children are paid beside the worker, survivors after the worker's death.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ssacalc.domain.case import Relative
from ssacalc.domain.determination import Doubt
from ssacalc.domain.errors import MissingFigure, Problem
from ssacalc.domain.money import Money
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Step
from ssacalc.engine.career import Career
from ssacalc.engine.formulas.united_states import (
    Amount,
    ProRata,
    ordinary_amount,
    pro_rata,
    theoretical_amount,
)
from ssacalc.engine.formulas.us_career import CREDITED, REDUCED, record_of
from ssacalc.engine.formulas.us_family import (
    OUTSIDE,
    SPOUSES,
    WIDOWED,
    Maximum,
    Member,
    Own,
    Portion,
    Role,
    benefit,
    family_maximum,
    full_share,
    held_together,
    share_of,
    within_maximum,
)
from ssacalc.engine.formulas.us_law import DIMES, MONTHS, UnitedStatesLaw, law_of, month_index
from ssacalc.engine.formulas.us_lump_sum import (
    claimed_in_time,
    divided,
    lump_sum,
    whole_lump_sum,
)
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


@dataclass(frozen=True, slots=True)
class Paid:
    """What the family is paid, in the order of the case, and who gets nothing and why.

    ``once`` are parts of the lump sum at death, with the role of who gets it.
    """

    claimants: tuple[tuple[Relative, Step], ...] = ()
    once: tuple[tuple[str, Step], ...] = ()
    others: tuple[Step, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Working:
    """A family being looked at. Mutable, and never seen outside :func:`family_paid`."""

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


def family_paid(
    scheme: Scheme, career: Career, relatives: Sequence[Relative], basis: Basis
) -> Paid:
    """Return each member's monthly benefit within the family maximum, and the lump sum at death.

    On the pro rata amount where the worker's right rests on totalising, else on the ordinary one.
    """
    record = record_of(career)
    working = _Working(law_of(scheme, record.month), record, career, basis, relatives)
    paid = _monthly(working)
    once = _lump_sum(working) if working.dead else ()
    return Paid(paid, once, tuple(working.others), tuple(working.doubts))


def _monthly(working: _Working) -> tuple[tuple[Relative, Step], ...]:
    law, record = working.law, working.record
    eligible: list[tuple[Relative, Member]] = []
    for relative in working.relatives:
        member = _member(working, relative)
        if member is not None:
            _tell(working, relative, member)
            eligible.append((relative, member))
    portions = _portions(working, [member for _, member in eligible])
    return tuple(
        (relative, benefit(law, record, portion))
        for (relative, _), portion in zip(eligible, portions, strict=True)
    )


def _portions(working: _Working, members: Sequence[Member]) -> list[Portion]:
    """Return what the maximum leaves each member, those on either amount within its own."""
    law, record = working.law, working.record
    groups: dict[int, tuple[Amount | ProRata, Maximum, list[int]]] = {}
    for number, member in enumerate(members):
        found = working.amount_for(member.role)
        if found is not None:
            groups.setdefault(id(found[0]), (*found, []))[2].append(number)
    placed: dict[int, Portion] = {}
    for amount, maximum, numbers in groups.values():
        group = [members[n] for n in numbers]
        placed.update(
            zip(numbers, within_maximum(law, record, amount, maximum, group), strict=True)
        )
    portions = [placed[number] for number in range(len(members))]
    if len(groups) > 1:
        return held_together(law, record, portions, working.ordinary()[1])
    return portions


def _member(working: _Working, relative: Relative) -> Member | None:
    """Return a relative as a member who is due a benefit; ``None``, with the reason noted."""
    role = working.role(relative)
    if role is None:
        working.refused(relative, "claimant-not-named")
        return None
    role, obstacle = _claimed(working, relative, role)
    if obstacle is None and month_index(working.entitled(relative)) > month_index(
        working.record.month
    ):
        obstacle = "us-claim-later", ()
    if obstacle is None:
        obstacle = _barred(working, relative, role)
    if obstacle is not None:
        working.refused(relative, obstacle[0], *obstacle[1])
        if obstacle[0] == TOO_YOUNG and any(_in_care(working, r) for r in working.relatives):
            args: Arguments = (("role", relative.role), ("born", relative.born))
            working.doubts.append(Doubt("missing", TOO_YOUNG, args))
        return None
    return Member(role, relative.born, working.entitled(relative), _own(working, relative))


Obstacle = tuple[str, tuple[str, ...]]
TOO_YOUNG = "us-widow-too-young"
"""A widow or widower below the age, unless a child is in care, which the case may leave out."""


def _claimed(working: _Working, relative: Relative, role: Role) -> tuple[Role, Obstacle | None]:
    """Return in what role a relative is paid, and what stands against it by age, care or marriage.

    Without a child in care only age or disability counts; a surviving parent of full retirement
    age is a widow or widower (20 CFR 404.335(b)(2), 404.339(d)).
    """
    aged = WITH_CHILD.get(role)
    if aged is not None:
        cares = any(_in_care(working, other) for other in working.relatives)
        obstacle = _by_age(working, relative, aged)
        if not cares:
            return aged, ("us-no-child-in-care", ("care-age-limit",)) if obstacle else None
        grown = aged is Role.WIDOW and obstacle is None and _of_full_age(working, relative)
        return aged if grown else role, _by_marriage(working, relative, role)
    return role, _by_age(working, relative, role) or _by_marriage(working, relative, role)


def _of_full_age(working: _Working, relative: Relative) -> bool:
    if relative.born is None:
        return False
    full = working.law.whole("full-retirement-age-survivor", None, relative.born)
    return age_in_months(relative.born, working.record.month) >= full


def _in_care(working: _Working, relative: Relative) -> bool:
    """Tell whether a relative is a child whose care gives the other parent a benefit."""
    role = working.role(relative)
    if role not in CHILDREN or relative.born is None:
        return False
    if _by_age(working, relative, role) is not None:
        return False
    limit = working.law.whole("care-age-limit") * MONTHS
    return relative.disabled or age_in_months(relative.born, working.record.month) < limit


def _by_age(working: _Working, relative: Relative, role: Role) -> Obstacle | None:
    if role in CHILDREN:
        return _grown_up(working, relative)
    figure, key = _EARLIEST[role]
    if relative.disabled and role in WIDOWED:
        figure = "disabled-widow-earliest-age"
    if relative.born is None:
        return "claimant-age-missing", (figure,)
    months = age_in_months(relative.born, working.entitled(relative))
    if role in SPOUSES and reaching(relative.born).day > 1:
        months -= 1
    return None if months >= working.law.whole(figure) else (key, (figure,))


_EARLIEST = {
    Role.SPOUSE: ("spouse-earliest-age", "us-spouse-too-young"),
    Role.DIVORCED_SPOUSE: ("spouse-earliest-age", "claimant-too-young"),
    Role.WIDOW: ("widow-earliest-age", TOO_YOUNG),
    Role.SURVIVING_DIVORCED_SPOUSE: ("widow-earliest-age", "claimant-too-young"),
    Role.PARENT: ("parent-earliest-age", "claimant-too-young"),
}


def _grown_up(working: _Working, relative: Relative) -> Obstacle | None:
    """Return why a child is not paid: 18, as a pupil 19, disabled since before 22 never."""
    law = working.law
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
    months = age_in_months(relative.born, working.record.month)
    if months < law.whole(figure) * MONTHS:
        return None
    return "us-pupil-too-old" if relative.pupil else "claimant-too-old", (figure,)


def _by_marriage(working: _Working, relative: Relative, role: Role) -> Obstacle | None:
    """Refuse a divorced spouse whose marriage, as stated, lasted less than ten years."""
    if role not in OUTSIDE or relative.married is None or relative.divorced is None:
        return None
    least = working.law.whole("marriage-least-divorced")
    short = _lasted(relative.married, relative.divorced) < least
    return ("us-marriage-too-short", ("marriage-least-divorced",)) if short else None


def _lasted(married: date, until: date) -> int:
    """Return the whole months from a day to another."""
    return month_index(until) - month_index(married) - (until.day < married.day)


def _barred(working: _Working, relative: Relative, role: Role) -> Obstacle | None:
    """Return whether the insurance of the worker or an own benefit bars the claim."""
    found = working.amount_for(role)
    if found is None:
        return "us-not-fully-insured", ("fully-insured-least", "widow-share")
    own = _own(working, relative)
    if own is None or role in CHILDREN:
        return None
    share = full_share(working.law, working.record, found[0].dimes, Member(role))
    bar = found[0].dimes if role in WIDOWED else share
    mine = own.base if role in (*SPOUSES, Role.SPOUSE_WITH_CHILD) else own.paid
    names = (share_of(role), "own-benefit-offset")
    return ("us-own-benefit-higher", names) if mine >= bar else None


def _own(working: _Working, relative: Relative) -> Own | None:
    """Return a member's own benefit; where only one of its amounts is stated, it is both."""
    base = relative.own_base or relative.own_benefit
    paid = relative.own_benefit or relative.own_base
    if base is None or paid is None:
        return None
    return Own(_dimes(working, base), _dimes(working, paid))


def _dimes(working: _Working, amount: Money) -> int:
    if amount.currency != working.law.currency:
        fault = f"an own benefit is stated in {amount.currency}."
        remedy = f"State what the same State pays, in {working.law.currency}."
        problem = Problem("person.relatives", fault, remedy)
        raise MissingFigure("An own benefit is of another State.", (problem,))
    return int(amount.amount * DIMES)


def _tell(working: _Working, relative: Relative, member: Member) -> None:
    """Note what a member's benefit depends on and the case does not say."""
    for asked, key in _UNSAID:
        if asked(working, relative, member.role):
            working.doubt(key, relative)


def _marriage_short(working: _Working, relative: Relative, role: Role) -> bool:
    figure = "marriage-least-widow" if working.dead else "marriage-least-spouse"
    until = working.record.died if working.dead else working.entitled(relative)
    if role in CHILDREN or role in OUTSIDE or relative.married is None or until is None:
        return False
    return _lasted(relative.married, until) < working.law.whole(figure)


def _divorce_undated(working: _Working, relative: Relative, role: Role) -> bool:
    return role in OUTSIDE and (relative.married is None or relative.divorced is None)


def _disabled_undated(working: _Working, relative: Relative, role: Role) -> bool:
    limit = working.law.whole("child-age-limit") * MONTHS
    return (
        role in CHILDREN
        and relative.disabled
        and relative.disabled_since is None
        and relative.born is not None
        and age_in_months(relative.born, working.record.month) >= limit
    )


def _worker_benefit_unsaid(working: _Working, relative: Relative, role: Role) -> bool:
    """Tell whether the deceased may have drawn a reduced benefit, or earned credits."""
    died, facts = working.record.died, working.career.facts
    if role not in WIDOWED or died is None or REDUCED in facts or CREDITED in facts:
        return False
    earliest = working.law.whole("elapsed-to-age") * MONTHS
    return age_in_months(working.record.born, died) >= earliest


def _supported(working: _Working, relative: Relative, role: Role) -> bool:
    return relative.role == STEPCHILD or role is Role.PARENT


_UNSAID: tuple[tuple[Callable[[_Working, Relative, Role], bool], str], ...] = (
    (_marriage_short, "us-marriage-short"),
    (_divorce_undated, "us-divorce-undated"),
    (_disabled_undated, "us-disability-undated"),
    (_worker_benefit_unsaid, "us-worker-benefit-not-stated"),
    (_supported, "us-support-not-stated"),
)


def _lump_sum(working: _Working) -> tuple[tuple[str, Step], ...]:
    """Return the parts of the lump sum at death and who gets them."""
    died, law = working.record.died, working.law
    if died is None:
        return ()
    at_death = _at_death(working, died)
    obstacle, roles, unsaid = _no_lump_sum(working, died), None, False
    if obstacle is None:
        roles = _entitled_to_lump_sum(at_death)
        unsaid = roles is None
        key = "us-lump-sum-household" if unsaid else "us-lump-sum-nobody"
        obstacle = key, ("lump-sum-claim-years",)
    if not roles:
        cited = law.cite(*obstacle[1])
        value = None if unsaid else False
        working.others.append(Step("lump_sum", value=value, key=obstacle[0], law=cited))
        if unsaid:
            working.doubts.append(Doubt("missing", obstacle[0], (), cited))
        return ()
    totalised = working.basis.totalised
    lump = lump_sum(law, at_death.totalised()[0]) if totalised else whole_lump_sum(law)
    return tuple(zip(roles, divided(law, lump, roles), strict=True))


def _no_lump_sum(working: _Working, died: date) -> Obstacle | None:
    """Return why no lump sum is paid whoever survives, and the figure that says so."""
    law, basis = working.law, working.basis
    if law.figure("lump-sum-as-coded", died) != 1:
        return "us-lump-sum-older", ("lump-sum-as-coded",)
    if not claimed_in_time(law, died, working.career.on):
        return "us-lump-sum-late", ("lump-sum-claim-years",)
    if basis.totalised and not basis.bound_at_death:
        return "us-lump-sum-not-bound", ("lump-sum-multiple",)
    return None


def _at_death(working: _Working, died: date) -> _Working:
    """Return the family as it stood in the month of death, as if all had claimed in time."""
    relatives = tuple(replace(r, claims_from=died) for r in working.relatives)
    record = replace(working.record, month=died)
    law = law_of(working.law.scheme, died)
    found = _Working(law, record, working.career, working.basis, relatives)
    if law is working.law:
        found.national, found.shared = working.national, working.shared
    return found


def _entitled_to_lump_sum(at_death: _Working) -> tuple[str, ...] | None:
    """Return who gets the lump sum, in the order of the law; ``None``: it cannot be told.

    The widow or widower of the same household; else one due a widow's or parent's benefit for the
    month of death, never a divorced one; else the children due a benefit for it, in equal parts.
    """
    spouses = [r for r in at_death.relatives if _is_spouse(at_death, r)]
    together = [r for r in spouses if r.same_household]
    if together:
        return _roles(together)
    due = [r for r in spouses if _member(at_death, r) is not None]
    if due:
        return _roles(due)
    if any(r.same_household is None for r in spouses):
        return None
    children = [r for r in at_death.relatives if at_death.role(r) in CHILDREN]
    return _roles(r for r in children if _member(at_death, r) is not None)


def _is_spouse(working: _Working, relative: Relative) -> bool:
    return working.role(relative) in (Role.WIDOW, Role.SURVIVING_PARENT)


def _roles(relatives: Iterable[Relative]) -> tuple[str, ...]:
    return tuple(relative.role for relative in relatives)
