"""What a national formula is applied to: the person's time and earnings under one scheme."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ssacalc.domain.case import Branch, Case, Earnings
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Step
from ssacalc.domain.units import Unit
from ssacalc.engine.counting import months_between


@dataclass(frozen=True, slots=True)
class Career:
    """Time and earnings as one scheme sees them.

    ``units`` is the time the formula is applied to, ``own_units`` the scheme's own time, both in
    ``unit``: equal for the independent amount, own and foreign together for the theoretical one.
    ``earnings`` are always the person's own under the scheme. ``quarters`` are own quarters by
    calendar year where a scheme counts in them; ``facts`` numbers stated in the case.
    """

    born: date
    on: date
    unit: Unit
    units: Fraction
    own_units: Fraction
    earnings: tuple[Earnings, ...]
    quarters: Mapping[int, int]
    facts: Mapping[str, Fraction]
    conventions: Mapping[str, str]
    step: Step
    branch: Branch = Branch.OLD_AGE
    sex: str | None = None
    died: date | None = None
    disabled_since: date | None = None
    paid_on: date | None = None

    @property
    def event(self) -> date | None:
        """The day of the invalidity or death claimed for, where it is stated."""
        match self.branch:
            case Branch.INVALIDITY:
                return self.disabled_since
            case Branch.SURVIVORS | Branch.DEATH_GRANT:
                return self.died
            case _:
                return None


def career(
    case: Case,
    scheme: Scheme,
    units: Fraction,
    own: Fraction,
    quarters: Mapping[int, int],
    step: Step,
) -> Career:
    """Return the career that a scheme's formula is applied to."""
    return Career(
        born=case.person.born,
        on=case.claim.on,
        unit=scheme.unit,
        units=units,
        own_units=own,
        earnings=tuple(e for e in case.earnings if _under(e, scheme)),
        quarters=quarters,
        facts=_survivor(case)
        | {f.name: f.value for f in case.facts if f.country == scheme.country},
        conventions=dict(case.conventions),
        step=step,
        branch=case.claim.benefit,
        sex=case.person.sex,
        died=case.person.died,
        disabled_since=case.person.disabled_since,
        paid_on=case.claim.paid_on,
    )


def _survivor(case: Case) -> dict[str, Fraction]:
    """Return the age of the one adult survivor, where the case states one and the day of birth."""
    if case.claim.benefit is not Branch.SURVIVORS:
        return {}
    adults = [r for r in case.person.relatives if not r.role.startswith(("child", "orphan"))]
    if len(adults) != 1 or adults[0].born is None:
        return {}
    return {"survivor-age-months": Fraction(months_between(adults[0].born, case.claim.on))}


def _under(earnings: Earnings, scheme: Scheme) -> bool:
    if earnings.scheme is not None:
        return scheme.meant_by(earnings.scheme)
    return earnings.country == scheme.country
