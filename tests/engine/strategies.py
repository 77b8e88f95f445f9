"""What hypothesis draws: periods, spans and careers of a few invented States."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from ssacalc.domain.case import InsurancePeriod, PeriodKind
from ssacalc.domain.scheme import Counting, CountingKind
from ssacalc.domain.spans import Span
from ssacalc.domain.units import Duration, Remainder, Unit
from tests.engine.build import CLAIM, known

STATES = ("XA", "XB", "XC")
FIRST, LAST = date(1968, 1, 1), CLAIM - timedelta(days=1)

days = st.dates(FIRST, LAST)


@st.composite
def spans(draw: st.DrawFn, longest: int = 6000) -> Span:
    first = draw(days)
    last = min(first + timedelta(days=draw(st.integers(0, longest))), LAST)
    return Span(first, last)


kinds = st.sampled_from(
    [
        PeriodKind.EMPLOYED,
        PeriodKind.COMPULSORY,
        PeriodKind.VOLUNTARY,
        PeriodKind.UNEMPLOYED,
        PeriodKind.MILITARY,
        PeriodKind.RESIDENCE,
    ]
)


@st.composite
def dated_periods(draw: st.DrawFn, states: tuple[str, ...] = STATES) -> InsurancePeriod:
    span = draw(spans())
    return InsurancePeriod(
        draw(st.sampled_from(states)), draw(kinds), known(span.first), known(span.last)
    )


@st.composite
def certified_periods(draw: st.DrawFn, states: tuple[str, ...] = STATES) -> InsurancePeriod:
    unit = draw(st.sampled_from(list(Unit)))
    most = {Unit.DAY: 3000, Unit.WEEK: 500, Unit.MONTH: 120, Unit.QUARTER: 40, Unit.YEAR: 10}
    number = Fraction(draw(st.integers(1, most[unit])))
    per_week = draw(st.sampled_from([5, 6, 7])) if unit is Unit.DAY else None
    certified = Duration(number, unit, per_week)
    dates = draw(st.one_of(st.none(), spans()))
    return InsurancePeriod(
        draw(st.sampled_from(states)),
        draw(kinds),
        known(dates.first) if dates else None,
        known(dates.last) if dates else None,
        certified,
    )


def careers(
    states: tuple[str, ...] = STATES, most: int = 8
) -> st.SearchStrategy[list[InsurancePeriod]]:
    """Careers whose periods overlap as they like, some dated, some certified, some both."""
    one = st.one_of(dated_periods(states), dated_periods(states), certified_periods(states))
    return st.lists(one, max_size=most)


def dated_careers(
    states: tuple[str, ...] = STATES, most: int = 8
) -> st.SearchStrategy[list[InsurancePeriod]]:
    return st.lists(dated_periods(states), max_size=most)


@st.composite
def countings(draw: st.DrawFn) -> Counting:
    return Counting(
        draw(st.sampled_from(list(CountingKind))),
        draw(st.sampled_from(list(Remainder))),
        month_days=draw(st.sampled_from([30, 31])),
    )


def covered(held: list[Span] | tuple[Span, ...]) -> set[int]:
    """Return the days of some spans as numbers."""
    return {n for s in held for n in range(s.first.toordinal(), s.last.toordinal() + 1)}
