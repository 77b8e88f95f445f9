"""What a benefit of a worker's family depends on in the United States, and a case does not say."""

from collections.abc import Callable

from ssacalc.domain.case import Relative
from ssacalc.engine.formulas.us_career import CREDITED, REDUCED
from ssacalc.engine.formulas.us_family import OUTSIDE, WIDOWED, Member, Role
from ssacalc.engine.formulas.us_kin import CHILDREN, STEPCHILD, Kin, lasted
from ssacalc.engine.formulas.us_law import MONTHS
from ssacalc.engine.formulas.us_record import age_in_months


def tell(kin: Kin, relative: Relative, member: Member) -> None:
    """Note what a member's benefit depends on and the case does not say."""
    for asked, key in _UNSAID:
        if asked(kin, relative, member.role):
            kin.doubt(key, relative)


def _marriage_short(kin: Kin, relative: Relative, role: Role) -> bool:
    figure = "marriage-least-widow" if kin.dead else "marriage-least-spouse"
    until = kin.record.died if kin.dead else kin.entitled(relative)
    if role in CHILDREN or role in OUTSIDE or relative.married is None or until is None:
        return False
    return lasted(relative.married, until) < kin.law.whole(figure)


def _divorce_undated(kin: Kin, relative: Relative, role: Role) -> bool:
    return role in OUTSIDE and (relative.married is None or relative.divorced is None)


def _disabled_undated(kin: Kin, relative: Relative, role: Role) -> bool:
    limit = kin.law.whole("child-age-limit") * MONTHS
    return (
        role in CHILDREN
        and relative.disabled
        and relative.disabled_since is None
        and relative.born is not None
        and age_in_months(relative.born, kin.record.month) >= limit
    )


def _worker_benefit_unsaid(kin: Kin, relative: Relative, role: Role) -> bool:
    """Tell whether the deceased may have drawn a reduced benefit, or earned credits."""
    died, facts = kin.record.died, kin.career.facts
    if role not in WIDOWED or died is None or REDUCED in facts or CREDITED in facts:
        return False
    earliest = kin.law.whole("elapsed-to-age") * MONTHS
    return age_in_months(kin.record.born, died) >= earliest


def _supported(kin: Kin, relative: Relative, role: Role) -> bool:
    return relative.role == STEPCHILD or role is Role.PARENT


_UNSAID: tuple[tuple[Callable[[Kin, Relative, Role], bool], str], ...] = (
    (_marriage_short, "us-marriage-short"),
    (_divorce_undated, "us-divorce-undated"),
    (_disabled_undated, "us-disability-undated"),
    (_worker_benefit_unsaid, "us-worker-benefit-not-stated"),
    (_supported, "us-support-not-stated"),
)
