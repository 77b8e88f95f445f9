"""The family of a worker as a case states it, and what each member is paid in the United States.

42 USC 402(b) to (i), 403(a); 20 CFR 404.330 to 404.392. A living worker's spouse, divorced spouse
and children are paid beside the worker, survivors after the worker's death.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ssacalc.domain.case import Relative
from ssacalc.domain.determination import Doubt
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Step
from ssacalc.engine.career import Career
from ssacalc.engine.formulas.united_states import Amount, ProRata
from ssacalc.engine.formulas.us_career import record_of
from ssacalc.engine.formulas.us_family import (
    Maximum,
    Member,
    Portion,
    Role,
    benefit,
    held_together,
    within_maximum,
)
from ssacalc.engine.formulas.us_kin import CHILDREN, Basis, Kin, Obstacle, member
from ssacalc.engine.formulas.us_law import law_of
from ssacalc.engine.formulas.us_lump_sum import (
    claimed_in_time,
    divided,
    lump_sum,
    whole_lump_sum,
)
from ssacalc.engine.formulas.us_unsaid import tell


@dataclass(frozen=True, slots=True)
class Paid:
    """What the family is paid, in the order of the case, and who gets nothing and why.

    ``once`` are parts of the lump sum at death, with the role of who gets it.
    """

    claimants: tuple[tuple[Relative, Step], ...] = ()
    once: tuple[tuple[str, Step], ...] = ()
    others: tuple[Step, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def family_paid(
    scheme: Scheme, career: Career, relatives: Sequence[Relative], basis: Basis
) -> Paid:
    """Return each member's monthly benefit within the family maximum, and the lump sum at death.

    On the pro rata amount where the worker's right rests on totalising, else on the ordinary one.
    """
    record = record_of(career)
    kin = Kin(law_of(scheme, record.month), record, career, basis, relatives)
    paid = _monthly(kin)
    once = _lump_sum(kin) if kin.dead else ()
    return Paid(paid, once, tuple(kin.others), tuple(kin.doubts))


def _monthly(kin: Kin) -> tuple[tuple[Relative, Step], ...]:
    law, record = kin.law, kin.record
    eligible: list[tuple[Relative, Member]] = []
    for relative in kin.relatives:
        found = member(kin, relative)
        if found is not None:
            tell(kin, relative, found)
            eligible.append((relative, found))
    portions = _portions(kin, [held for _, held in eligible])
    return tuple(
        (relative, benefit(law, record, portion))
        for (relative, _), portion in zip(eligible, portions, strict=True)
    )


def _portions(kin: Kin, members: Sequence[Member]) -> list[Portion]:
    """Return what the maximum leaves each member, those on either amount within its own."""
    law, record = kin.law, kin.record
    groups: dict[int, tuple[Amount | ProRata, Maximum, list[int]]] = {}
    for number, held in enumerate(members):
        found = kin.amount_for(held.role)
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
        return held_together(law, record, portions, kin.ordinary()[1])
    return portions


def _lump_sum(kin: Kin) -> tuple[tuple[str, Step], ...]:
    """Return the parts of the lump sum at death and who gets them."""
    died, law = kin.record.died, kin.law
    if died is None:
        return ()
    at_death = _at_death(kin, died)
    obstacle, roles, unsaid = _no_lump_sum(kin, died), None, False
    if obstacle is None:
        roles = _entitled_to_lump_sum(at_death)
        unsaid = roles is None
        key = "us-lump-sum-household" if unsaid else "us-lump-sum-nobody"
        obstacle = key, ("lump-sum-claim-years",)
    if not roles:
        cited = law.cite(*obstacle[1])
        value = None if unsaid else False
        kin.others.append(Step("lump_sum", value=value, key=obstacle[0], law=cited))
        if unsaid:
            kin.doubts.append(Doubt("missing", obstacle[0], (), cited))
        return ()
    totalised = kin.basis.totalised
    lump = lump_sum(law, at_death.totalised()[0]) if totalised else whole_lump_sum(law)
    return tuple(zip(roles, divided(law, lump, roles), strict=True))


def _no_lump_sum(kin: Kin, died: date) -> Obstacle | None:
    """Return why no lump sum is paid whoever survives, and the figure that says so."""
    law, basis = kin.law, kin.basis
    if law.figure("lump-sum-as-coded", died) != 1:
        return "us-lump-sum-older", ("lump-sum-as-coded",)
    if not claimed_in_time(law, died, kin.career.on):
        return "us-lump-sum-late", ("lump-sum-claim-years",)
    if basis.totalised and not basis.bound_at_death:
        return "us-lump-sum-not-bound", ("lump-sum-multiple",)
    return None


def _at_death(kin: Kin, died: date) -> Kin:
    """Return the family as it stood in the month of death, as if all had claimed in time."""
    relatives = tuple(replace(r, claims_from=died) for r in kin.relatives)
    record = replace(kin.record, month=died)
    law = law_of(kin.law.scheme, died)
    found = Kin(law, record, kin.career, kin.basis, relatives)
    if law is kin.law:
        found.national, found.shared = kin.national, kin.shared
    return found


def _entitled_to_lump_sum(at_death: Kin) -> tuple[str, ...] | None:
    """Return who gets the lump sum, in the order of the law; ``None``: it cannot be told.

    The widow or widower of the same household; else one due a widow's or parent's benefit for the
    month of death, never a divorced one; else the children due a benefit for it, in equal parts.
    """
    spouses = [r for r in at_death.relatives if _is_spouse(at_death, r)]
    together = [r for r in spouses if r.same_household]
    if together:
        return _roles(together)
    due = [r for r in spouses if member(at_death, r) is not None]
    if due:
        return _roles(due)
    if any(r.same_household is None for r in spouses):
        return None
    children = [r for r in at_death.relatives if at_death.role(r) in CHILDREN]
    return _roles(r for r in children if member(at_death, r) is not None)


def _is_spouse(kin: Kin, relative: Relative) -> bool:
    return kin.role(relative) in (Role.WIDOW, Role.SURVIVING_PARENT)


def _roles(relatives: Iterable[Relative]) -> tuple[str, ...]:
    return tuple(relative.role for relative in relatives)
