"""Time that only earnings tell: quarters of coverage of the United States, for the other State.

A worker states earnings, from which the quarters of coverage of a year follow (42 USC 413). The
other State adds these quarters as it adds certified ones.
"""

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from ssacalc.domain.case import Case, InsurancePeriod, PeriodKind, UncertainDate
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.spans import Span, calendar_year
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.formulas.us_career import has_primary_insurance_amount
from ssacalc.engine.us_insured import home_time


def from_earnings(
    case: Case,
    schemes: Iterable[Scheme],
    states: Collection[str],
    stated: Sequence[InsurancePeriod],
) -> list[InsurancePeriod]:
    """Return a period for each calendar year in which earnings alone tell quarters of coverage.

    A year that a stated period of the State touches is told by that period; where the State's
    periods have no dates they tell everything.
    """
    found: list[InsurancePeriod] = []
    for scheme in schemes:
        if scheme.country not in states or not has_primary_insurance_amount(scheme):
            continue
        own = [period for period in stated if period.country == scheme.country]
        spans = [span for period in own if (span := period.shortest) is not None]
        earnings = [
            e
            for e in case.earnings
            if e.country == scheme.country and e.scheme in (None, scheme.id)
        ]
        if not earnings or len(spans) < len(own):
            continue
        _, home = home_time(case, scheme, (), earnings)
        found.extend(
            _year(scheme, year, number)
            for year, number in home.floating
            if not any(span.meets(calendar_year(year)) for span in spans)
        )
    return found


def _year(scheme: Scheme, year: int, quarters: int) -> InsurancePeriod:
    span: Span = calendar_year(year)
    return InsurancePeriod(
        country=scheme.country,
        kind=PeriodKind.EMPLOYED,
        first=UncertainDate(span.first, span.first),
        last=UncertainDate(span.last, span.last),
        certified=Duration(Fraction(quarters), Unit.QUARTER),
        scheme=scheme.id,
    )
