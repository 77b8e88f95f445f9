"""Facts known only within bounds: what the outcome lies between."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.case import Case, InsurancePeriod, UncertainDate
from ssacalc.domain.determination import Determination
from ssacalc.domain.scheme import CountingKind
from ssacalc.engine.determination import determine
from tests.engine.build import MONTHS, case, law, period, scheme, union

BEGINS, ENDS = date(2000, 5, 1), date(2006, 8, 31)
Four = tuple[timedelta, timedelta, timedelta, timedelta]
margins = st.integers(0, 500).map(timedelta)
fours = st.tuples(margins, margins, margins, margins)
LAW = law(
    scheme("XA", minimum=60, counting=replace(MONTHS, kind=CountingKind.CALENDAR_MONTHS)),
    scheme("XB", minimum=60),
    union("XA", "XB"),
)
CERTAIN = (period("XA", "1990-01-01", "1995-12-31"), period("XB", "2007-01-01", "2012-06-30"))


def within(before: timedelta, after: timedelta, until: timedelta, since: timedelta) -> Case:
    """Return a case with a period whose first and last day are known within margins."""
    first = UncertainDate(BEGINS - before, BEGINS + after)
    last = UncertainDate(ENDS - until, ENDS + since)
    uncertain = InsurancePeriod("XA", CERTAIN[0].kind, first, last)
    return case(*CERTAIN, uncertain)


def bounds(found: Determination) -> dict[str, tuple[Fraction, Fraction, Fraction, Fraction]]:
    """Return between what own and all time of each State lie."""
    lying = {r.country: (r.own, r.own, r.total, r.total) for r in found.with_instruments}
    lying |= {r.country: (*r.own, *r.total) for r in found.ranges}
    return lying


@given(fours, fours)
def test_a_wider_bound_gives_a_wider_range(margin: Four, wider: Four) -> None:
    narrow = bounds(determine(within(*margin), LAW))
    wide = bounds(determine(within(*(a + b for a, b in zip(margin, wider, strict=True))), LAW))
    for country, (own_least, own_most, least, most) in narrow.items():
        assert wide[country][0] <= own_least <= own_most <= wide[country][1]
        assert wide[country][2] <= least <= most <= wide[country][3]


@given(fours, st.integers(0, 1000), st.integers(0, 1000))
def test_what_the_days_may_be_lies_within_the_range(margin: Four, begins: int, ends: int) -> None:
    before, after, until, since = margin
    stated = within(before, after, until, since)
    first = BEGINS - before + (before + after) * begins / 1000
    last = ENDS - until + (until + since) * ends / 1000
    known = period("XA", first, last)
    range_ = bounds(determine(stated, LAW))
    exact = bounds(determine(case(*CERTAIN, known), LAW))
    for country, (own, _, total, _) in exact.items():
        assert range_[country][0] <= own <= range_[country][1]
        assert range_[country][2] <= total <= range_[country][3]
