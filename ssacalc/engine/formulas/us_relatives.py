"""Survivors of a worker as a case states them, and what each is paid under United States law."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ssacalc.domain.case import Relative
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Step
from ssacalc.engine.career import Career
from ssacalc.engine.formulas.united_states import ordinary_amount, pro_rata, theoretical_amount
from ssacalc.engine.formulas.us_career import record_of
from ssacalc.engine.formulas.us_family import Member, Role, family_benefits, family_maximum
from ssacalc.engine.formulas.us_law import MONTHS, UnitedStatesLaw, law_of
from ssacalc.engine.formulas.us_record import age_in_months
from ssacalc.engine.formulas.us_steps import Arguments

ROLES: dict[str, Role] = {
    "spouse": Role.WIDOW,
    "widow": Role.WIDOW,
    "widower": Role.WIDOW,
    "spouse-with-child": Role.SURVIVING_PARENT,
    "surviving-parent": Role.SURVIVING_PARENT,
    "child": Role.SURVIVING_CHILD,
    "surviving-child": Role.SURVIVING_CHILD,
}
"""What a relative of a case is to a worker who has died."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What the survivors are paid, in the order of the case, and who gets nothing and why."""

    claimants: tuple[tuple[Relative, Step], ...]
    others: tuple[Step, ...]


def survivors_benefits(
    scheme: Scheme, career: Career, relatives: Sequence[Relative], *, totalised: bool
) -> Paid:
    """Return each survivor's monthly benefit within the family maximum.

    On the pro rata amount where the worker's right rests on totalising, else on the ordinary one.
    """
    record = record_of(career)
    law = law_of(scheme, record.month)
    others = tuple(_not_paid(law, career, relatives))
    eligible = [r for r in relatives if _obstacle(law, career, r) is None]
    if not eligible:
        return Paid((), others)
    counted = career.step
    if totalised:
        found = theoretical_amount(law, record, counted)
        worker = pro_rata(law, record, found, counted)
        maximum = family_maximum(law, record, worker)
        steps = family_benefits(law, record, worker, maximum, list(_members(eligible, career)))
    else:
        amount = ordinary_amount(law, record, counted)
        maximum = family_maximum(law, record, amount)
        steps = family_benefits(law, record, amount, maximum, list(_members(eligible, career)))
    return Paid(tuple(zip(eligible, steps, strict=True)), others)


def _members(relatives: Iterable[Relative], career: Career) -> Iterator[Member]:
    for relative in relatives:
        yield Member(ROLES[relative.role], relative.born, career.on)


def _not_paid(
    law: UnitedStatesLaw, career: Career, relatives: Iterable[Relative]
) -> Iterator[Step]:
    for relative in relatives:
        key = _obstacle(law, career, relative)
        if key is not None:
            args: Arguments = (("role", relative.role), ("born", relative.born))
            cited = law.cite("widow-earliest-age", "child-age-limit")
            yield Step("claimant", value=False, key=key, args=args, law=cited)


def _obstacle(law: UnitedStatesLaw, career: Career, relative: Relative) -> str | None:
    """Return why a relative is paid nothing; ``None`` where a benefit is due.

    A widow or widower from 60, disabled from 50, with a child in care at any age; a child below
    18, disabled at any age (42 USC 402(d) to (g)).
    """
    role = ROLES.get(relative.role)
    if role is None:
        return "claimant-not-named"
    if role is Role.SURVIVING_PARENT or (role is Role.SURVIVING_CHILD and relative.disabled):
        return None
    if relative.born is None:
        return "claimant-age-missing"
    months = age_in_months(relative.born, career.on)
    if role is Role.SURVIVING_CHILD:
        young = months < law.whole("child-age-limit") * MONTHS
        return None if young else "claimant-too-old"
    name = "disabled-widow-earliest-age" if relative.disabled else "widow-earliest-age"
    return None if months >= law.whole(name) else "us-widow-too-young"
