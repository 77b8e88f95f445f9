"""The day on which a risk materialised, and the periods completed before it."""

from dataclasses import replace
from datetime import date

from ssacalc.domain.case import Case, InsurancePeriod, UncertainDate
from ssacalc.domain.spans import Span
from ssacalc.engine.counting import ONE_DAY
from ssacalc.engine.portions import part


def risk_of(case: Case) -> date | None:
    """Return the day of the invalidity or death claimed for, where it lies before the claim."""
    return case.event if case.event < case.claim.on else None


def before(case: Case, day: date) -> Case:
    """Return the case with its periods read up to the eve of a day; itself where none lasts on.

    A duration certified for a period that the day cuts is taken for the part before it, by its
    calendar months. Time without dates is read as it stands.
    """
    read = tuple(_before(period, day) for period in case.periods)
    if read == case.periods:
        return case
    return replace(case, periods=tuple(period for period in read if period is not None))


def _before(period: InsurancePeriod, day: date) -> InsurancePeriod | None:
    span = period.shortest
    if span is None or span.last < day:
        return period
    if span.first >= day:
        return None
    eve = day - ONE_DAY
    cut = replace(period, last=UncertainDate(eve, eve))
    if period.certified is None:
        return cut
    share = part(period, (span,), (Span(span.first, eve),))
    certified = replace(period.certified, number=period.certified.number * share)
    return replace(cut, certified=certified)
