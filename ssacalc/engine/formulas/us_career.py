"""United States amounts of a career: how the engine's stages ask for them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ssacalc.domain.blocks import PrimaryInsuranceAmount
from ssacalc.domain.case import Branch, Earnings
from ssacalc.domain.errors import MissingFigure, Problem
from ssacalc.domain.money import Money
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Step
from ssacalc.engine.career import Career
from ssacalc.engine.formulas.united_states import (
    monthly_benefit,
    ordinary_amount,
    pro_rata,
    theoretical_amount,
)
from ssacalc.engine.formulas.us_earnings import half_up
from ssacalc.engine.formulas.us_law import CENTS, DIMES, law_of
from ssacalc.engine.formulas.us_record import Kind, Record

REDUCED = "worker-months-reduced"
CREDITED = "worker-months-credited"
"""Facts of a case: by how many months the old-age benefit of the deceased was changed for age."""


@dataclass(frozen=True, slots=True)
class Totalised:
    """A benefit that rests on totalised periods: its amounts as steps, and its ratio.

    ``ratio`` is own quarters of coverage over the quarters of the coverage lifetime.
    """

    theoretical: Step
    pro_rata: Step
    ratio: tuple[int, int]
    payable: Step


@dataclass(frozen=True, slots=True)
class National:
    """A benefit on United States work alone: its primary insurance amount and what is paid."""

    amount: Step
    payable: Step


def totalised_benefit(
    scheme: Scheme, career: Career, *, month: date | None = None, disabled: date | None = None
) -> Totalised:
    """Return the pro rata benefit of a career (20 CFR 404.1918).

    ``month`` is the month the benefit is for, by default the first one; ``disabled`` the day a
    disability began, where the benefit rests on one.
    """
    record = record_of(career, month=month, disabled=disabled)
    law = law_of(scheme, record.month)
    theoretical = theoretical_amount(law, record, career.step)
    share = pro_rata(law, record, theoretical, career.step)
    paid = monthly_benefit(law, record, share.dimes, share.step)
    return Totalised(theoretical.step, share.step, share.ratio, paid)


def national_benefit(
    scheme: Scheme, career: Career, *, month: date | None = None, disabled: date | None = None
) -> National:
    """Return the ordinary benefit of a career (42 USC 402(a), 415)."""
    record = record_of(career, month=month, disabled=disabled)
    law = law_of(scheme, record.month)
    amount = ordinary_amount(law, record, career.step)
    return National(amount.step, monthly_benefit(law, record, amount.dimes, amount.step))


def primary_insurance_amount(scheme: Scheme, career: Career, *, theoretical: bool) -> Step:
    """Return the primary insurance amount for the month of the award.

    On the record attributed to a whole career (``theoretical``) or on own earnings alone.
    """
    record = record_of(career)
    law = law_of(scheme, record.month)
    found = theoretical_amount if theoretical else ordinary_amount
    return found(law, record, career.step).step


def benefit_of(scheme: Scheme, career: Career) -> Callable[[Step], Step]:
    """Return how the amount chosen becomes the benefit paid: age, dime, whole dollar."""
    record = record_of(career)
    law = law_of(scheme, record.month)

    def paid(chosen: Step) -> Step:
        amount = chosen.value
        if not isinstance(amount, Money):
            return chosen
        return monthly_benefit(law, record, int(amount.amount * DIMES), chosen)

    return paid


def has_primary_insurance_amount(scheme: Scheme) -> bool:
    """Tell whether a scheme's formula is the United States primary insurance amount."""
    return any(isinstance(block, PrimaryInsuranceAmount) for block in scheme.blocks)


def record_of(career: Career, *, month: date | None = None, disabled: date | None = None) -> Record:
    """Return a career as the record that United States amounts are computed from.

    Raises :class:`MissingFigure` where the day of death or of the disability is not stated.
    """
    onset = disabled or career.disabled_since
    kind = _KINDS.get(career.branch, Kind.OLD_AGE)
    if kind is Kind.SURVIVORS and career.died is None:
        raise _day_missing("died")
    if kind is Kind.DISABILITY and onset is None:
        raise _day_missing("disabled_since")
    return Record(
        born=career.born,
        entitled=career.on,
        month=month or career.paid_on or career.on,
        earnings=in_cents(career.earnings),
        quarters=career.quarters,
        kind=kind,
        died=career.died,
        disabled=onset,
        months_reduced=int(career.facts.get(REDUCED, 0)),
        months_credited=int(career.facts.get(CREDITED, 0)),
        conventions=career.conventions,
    )


def _day_missing(name: str) -> MissingFigure:
    problem = Problem(f"person.{name}", f"the case does not state {name}.", "Add the day.")
    return MissingFigure("The case lacks a day.", (problem,))


_KINDS = {
    Branch.SURVIVORS: Kind.SURVIVORS,
    Branch.DEATH_GRANT: Kind.SURVIVORS,
    Branch.INVALIDITY: Kind.DISABILITY,
}


def in_cents(earnings: Iterable[Earnings]) -> dict[int, int]:
    """Return each year's earnings in whole cents, halves up; several entries of a year together."""
    cents: dict[int, int] = {}
    for earned in earnings:
        found = half_up(earned.amount.numerator * CENTS, earned.amount.denominator)
        cents[earned.year] = cents.get(earned.year, 0) + found
    return cents
