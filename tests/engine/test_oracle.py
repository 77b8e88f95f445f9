"""The engine's counting against the slow one, day by day, of :mod:`tests.engine.oracle`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import InsurancePeriod, PeriodKind
from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.rules import ConditionsNotMet, OverlapRule
from ssacalc.domain.scheme import Counting, CountingKind, Scheme
from ssacalc.domain.units import MONTHS_IN, Remainder, Unit
from ssacalc.engine.determination import determine
from ssacalc.engine.overlaps import Resolved, Simultaneous, resolve
from tests.engine import oracle
from tests.engine.build import (
    LAW,
    SAME,
    agreement,
    case,
    known,
    law,
    period,
    result,
    scheme,
    time,
    union,
)
from tests.engine.strategies import covered

STATES = ("XA", "XB", "XC", "XD")
HOME = STATES[0]
TURNS = (
    date(1999, 12, 31),
    date(2000, 1, 1),
    date(2000, 1, 31),
    date(2000, 2, 28),
    date(2000, 2, 29),
    date(2000, 3, 1),
    date(2000, 12, 31),
    date(2001, 1, 1),
    date(2001, 2, 28),
)
"""Days on which counting goes wrong if it does: turns of the year, leap days, ends of months."""

KINDS = (
    PeriodKind.EMPLOYED,
    PeriodKind.RESIDENCE,
    PeriodKind.VOLUNTARY,
    PeriodKind.MILITARY,
    PeriodKind.UNEMPLOYED,
)
days = st.one_of(st.sampled_from(TURNS), st.dates(date(1999, 1, 1), date(2001, 12, 31)))
lengths = st.one_of(st.sampled_from([0, 0, 6, 27, 28, 29, 30, 89, 365]), st.integers(0, 800))


@st.composite
def many(draw: st.DrawFn, most: int = 7) -> list[InsurancePeriod]:
    """Draw careers of up to four States whose periods touch, nest and repeat one another."""
    states = STATES[: draw(st.integers(2, 4))]
    held: list[InsurancePeriod] = []
    for _ in range(draw(st.integers(0, most))):
        first, length = draw(days), draw(lengths)
        if held and draw(st.booleans()):
            other = draw(st.sampled_from(held))
            span = other.shortest
            assert span is not None
            like = ["after", "same", "inside", "from"]
            match draw(st.sampled_from(like)):
                case "after":
                    first = span.last + timedelta(days=1)
                case "same":
                    first, length = span.first, span.days - 1
                case "inside":
                    first = span.first + timedelta(days=span.days // 3)
                    length = span.days // 3
                case _:
                    first = span.first
        last = first + timedelta(days=length)
        kind = draw(st.sampled_from(KINDS))
        held.append(period(draw(st.sampled_from(states)), first, last, kind=kind))
    return held


@st.composite
def many_short(draw: st.DrawFn) -> list[InsurancePeriod]:
    """Draw careers of many periods of a few days."""
    starts = draw(st.lists(st.integers(0, 500), max_size=30))
    held = []
    for start in starts:
        first = date(2000, 1, 1) + timedelta(days=start)
        last = first + timedelta(days=draw(st.integers(0, 12)))
        kind = draw(st.sampled_from(KINDS))
        held.append(period(draw(st.sampled_from(STATES[:3])), first, last, kind=kind))
    return held


careers = st.one_of(many(), many(), many_short())
rules = st.sampled_from(list(OverlapRule))


@st.composite
def countings(draw: st.DrawFn) -> Counting:
    kind = draw(st.sampled_from(list(CountingKind)))
    remainder = draw(st.sampled_from([Remainder.UP, Remainder.DOWN, Remainder.HALF_UP]))
    return Counting(kind, remainder, draw(st.sampled_from([30, 31])))


def mine(held: Sequence[InsurancePeriod]) -> list[InsurancePeriod]:
    return [p for p in held if p.country == HOME]


def theirs(held: Sequence[InsurancePeriod]) -> list[InsurancePeriod]:
    return [p for p in held if p.country != HOME]


def counted(of: Resolved) -> dict[str, set[int]]:
    pieces = (*of.own, *of.foreign)
    return {c: covered([s for p in pieces if p.country == c for s in p.spans]) for c in STATES}


def numbers(held: Sequence[oracle.Run]) -> set[int]:
    return {day.toordinal() for run in held for day in run}


@given(careers, rules)
def test_the_same_days_of_each_state_count_as_day_by_day(
    held: list[InsurancePeriod], rule: OverlapRule
) -> None:
    told = oracle.left(held, mine(held), ranked=rule is OverlapRule.RANKED)
    found = counted(resolve(mine(held), theirs(held), rule, (LAW,)))
    assert found[HOME] == numbers(told.own)
    for country in STATES[1:]:
        assert found[country] == numbers(told.foreign.get(country, []))


@given(careers, rules, st.sets(st.sampled_from(STATES[1:])))
def test_it_does_not_matter_which_further_periods_are_known(
    held: list[InsurancePeriod], rule: OverlapRule, states: set[str]
) -> None:
    some = [p for p in theirs(held) if p.country in states]
    every = Simultaneous(held)
    alone = resolve(mine(held), some, rule, (LAW,))
    for _ in range(2):
        assert resolve(mine(held), some, rule, (LAW,), every) == alone


def scheme_of(country: str, counting: Counting, minimum: int | None = None) -> Scheme:
    return scheme(country, unit=oracle.UNIT[counting.kind], counting=counting, minimum=minimum)


def determined(
    held: Sequence[InsurancePeriod],
    instrument: Instrument,
    countings: Sequence[Counting],
    minimum: int | None = None,
) -> dict[str, BenefitResult]:
    schemes = [
        scheme_of(country, counting, minimum if country == HOME else None)
        for country, counting in zip(STATES, countings, strict=False)
    ]
    found = determine(case(*held), law(*schemes, instrument))
    return {r.country: r for r in found.with_instruments if r.instrument}


@given(careers, countings(), rules)
def test_time_added_as_if_completed_here_is_that_counted_day_by_day(
    held: list[InsurancePeriod], counting: Counting, rule: OverlapRule
) -> None:
    ranked = rule is OverlapRule.RANKED
    instrument = union(*STATES, conversion=SAME) if ranked else agreement(*STATES)
    results = determined(held, instrument, [counting] * 4)
    for country, one in results.items():
        own = [p for p in held if p.country == country]
        told = oracle.found(held, own, counting, ranked=ranked)
        assert (one.own, one.total) == (told.own, told.total)


def by_blocks(counting: Counting) -> bool:
    return counting.kind.value.startswith("calendar")


@given(careers, countings())
def test_time_added_under_the_regulations_is_that_counted_day_by_day(
    held: list[InsurancePeriod], counting: Counting
) -> None:
    results = determined(held, union(*STATES), [counting] * 4)
    for country, one in results.items():
        own = [p for p in held if p.country == country]
        others = {p.country for p in held} - {country}
        told = oracle.found(held, own, counting, ranked=True)
        assert one.own == told.own
        if by_blocks(counting) or counting.kind is CountingKind.DAYS:
            assert one.total == told.total
        elif len(others) == 1:
            assert one.total == min(told.total, told.own + floor(told.most - told.own))
        else:
            assert one.total <= max(told.total, told.own)
            assert one.total <= max(told.most, told.own)
            # what each State's time loses to the ceilings is rounded for each
            least = min(told.total, told.own + floor(told.most - told.own))
            assert one.total >= least - len(others)


@given(careers, countings(), st.integers(1, 40), rules)
def test_the_right_is_that_of_the_time_counted_day_by_day(
    held: list[InsurancePeriod], counting: Counting, minimum: int, rule: OverlapRule
) -> None:
    ranked = rule is OverlapRule.RANKED
    instrument = union(*STATES, conversion=SAME) if ranked else agreement(*STATES)
    one = determined(held, instrument, [counting] * 4, minimum).get(HOME)
    if one is None or not mine(held):
        return
    told = oracle.found(held, mine(held), counting, ranked=ranked)
    alone = told.alone >= minimum
    right = alone or (told.total >= minimum and told.own > 0)
    assert one.own_right is alone
    others = [
        oracle.found(held, own, counting, ranked=True)
        for country in STATES[1:]
        if (own := [p for p in held if p.country == country])
    ]
    # without a table a year cannot be compared with days or weeks, and nobody is released
    comparable = ranked and oracle.UNIT[counting.kind] in MONTHS_IN
    short = comparable and not alone and oracle.is_short(told.alone, counting)
    if short and not others:
        return
    # the others' only condition is an age: they have a right alone and are never released
    assert one.with_agreement is (False if short else right)


@given(careers, countings(), rules, st.randoms(), st.integers(-2, 2))
def test_neither_the_order_of_periods_nor_the_time_in_which_they_lie_matters(
    held: list[InsurancePeriod],
    counting: Counting,
    rule: OverlapRule,
    random: "st.random_module",
    cycles: int,
) -> None:
    instrument = union(*STATES) if rule is OverlapRule.RANKED else agreement(*STATES)
    before = determined(held, instrument, [counting] * 4)
    # four years are as long as any four, and begin with the same months, save over 1900 and 2100
    moved = [shifted(p, 4 * cycles) for p in held]
    random.shuffle(moved)
    after = determined(moved, instrument, [counting] * 4)
    for country, one in before.items():
        other = after[country]
        assert (one.own, one.total, one.ratio, one.with_agreement) == (
            other.own,
            other.total,
            other.ratio,
            other.with_agreement,
        )


def shifted(held: InsurancePeriod, years: int) -> InsurancePeriod:
    span = held.shortest
    assert span is not None
    first, last = (day.replace(year=day.year + years) for day in span)
    return replace(held, first=known(first), last=known(last))


@given(careers, countings())
def test_schemes_of_one_state_each_count_their_own_time_and_that_of_other_states(
    held: list[InsurancePeriod], counting: Counting
) -> None:
    # every second period of the State belongs to its second scheme
    named, seen = [], 0
    for p in held:
        if p.country == HOME:
            seen += 1
            named.append(replace(p, scheme=("one", "two")[seen % 2]))
        else:
            named.append(p)
    schemes = [
        scheme(HOME, unit=oracle.UNIT[counting.kind], counting=counting, name=name)
        for name in ("one", "two")
    ]
    schemes += [scheme_of(country, counting) for country in STATES[1:]]
    found = determine(case(*named), law(*schemes, union(*STATES, conversion=SAME)))
    for one in found.with_instruments:
        if one.instrument is None or one.country != HOME:
            continue
        own = [p for p in named if p.scheme == one.scheme]
        if not own:
            continue
        told = oracle.found(named, own, counting, ranked=True)
        assert (one.own, one.total) == (told.own, told.total)


@st.composite
def of_whole_months(draw: st.DrawFn) -> list[InsurancePeriod]:
    """Draw whole calendar months, certified or not; none overlaps one of its own State."""
    held: list[InsurancePeriod] = []
    for country in STATES[: draw(st.integers(2, 3))]:
        month = draw(st.integers(0, 12))
        for _ in range(draw(st.integers(0, 3))):
            number = draw(st.integers(1, 20))
            kind = draw(st.sampled_from(KINDS))
            first = date(1999 + month // 12, month % 12 + 1, 1)
            after = month + number
            last = date(1999 + after // 12, after % 12 + 1, 1) - timedelta(days=1)
            certified = time(number) if draw(st.booleans()) else None
            held.append(period(country, first, last, kind=kind, certified=certified))
            month = after + draw(st.integers(0, 12))
    return held


@given(of_whole_months(), rules)
def test_certified_months_that_fill_their_dates_are_counted_as_these(
    held: list[InsurancePeriod], rule: OverlapRule
) -> None:
    ranked = rule is OverlapRule.RANKED
    months = Counting(CountingKind.CALENDAR_MONTHS)
    results = determined(held, union(*STATES) if ranked else agreement(*STATES), [months] * 4)
    for country, one in results.items():
        own = [p for p in held if p.country == country]
        told = oracle.found(held, own, months, ranked=ranked)
        assert (one.own, one.total) == (told.own, told.total)


@given(many())
def test_own_time_of_a_scheme_of_fewer_units_is_not_more(held: list[InsurancePeriod]) -> None:
    own = [replace(p, country=HOME) for p in held]
    found = {
        kind: result(determine(case(*own), law(scheme_of(HOME, Counting(kind)))), HOME).own
        for kind in CountingKind
        if own
    }
    for kind, number in found.items():
        assert number == oracle.units([oracle.days_of(p) for p in own], Counting(kind))
    if own:
        assert found[CountingKind.CALENDAR_YEARS] <= found[CountingKind.CALENDAR_QUARTERS]
        assert ceil(Fraction(found[CountingKind.DAYS], 31)) <= found[CountingKind.CALENDAR_MONTHS]
        assert time(1, Unit.DAY).number <= found[CountingKind.CALENDAR_MONTHS]


never_bounded = countings().filter(lambda c: c.kind is CountingKind.DAYS or by_blocks(c))
"""Countings of which a calendar year of dated time never gives more than the Regulation's year."""


@given(many(), never_bounded, st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_short_periods_release_a_state_and_stay_out_of_the_ratio(
    held: list[InsurancePeriod], counting: Counting, minima: list[int]
) -> None:
    # 883/2004, art. 57(1) to (3)
    schemes = [
        scheme_of(country, counting, minimum)
        for country, minimum in zip(STATES, minima, strict=True)
    ]
    instrument = union(*STATES, not_met=ConditionsNotMet.COUNTED)
    found = determine(case(*held), law(*schemes, instrument)).with_instruments
    states = {country: [p for p in held if p.country == country] for country in STATES}
    told = {c: oracle.found(held, own, counting, ranked=True) for c, own in states.items() if own}
    alone = {c: told[c].alone >= minima[STATES.index(c)] for c in told}
    short = {c for c in told if not alone[c] and oracle.is_short(told[c].alone, counting)}
    met = {
        c: alone[c] or (told[c].total >= minima[STATES.index(c)] and told[c].own > 0) for c in told
    }
    for one in found:
        if one.instrument is None:
            continue
        country = one.country
        if short == set(told):
            assert one.with_agreement in (False, met[country])
            continue
        assert one.with_agreement is (alone[country] if country in short else met[country])
        if one.ratio is not None and country not in short:
            others = set(told) - short - {country}
            counts = oracle.found(held, states[country], counting, ranked=True, states=others)
            assert one.ratio == (counts.own, counts.total)
    if short == set(told) and found:
        paying = [r for r in found if r.with_agreement is True]
        ends = {c: max(oracle.days_of(p)[-1] for p in states[c]) for c in told if met[c]}
        assert len(paying) == bool(ends)
        assert all(ends[r.country] == max(ends.values()) for r in paying)
