"""What is written is read again as the same case."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ssacalc.codes import countries, currencies
from ssacalc.domain.case import (
    Branch,
    Case,
    Certified,
    Claim,
    Earnings,
    Evidence,
    ExchangeRate,
    Fact,
    InsurancePeriod,
    PeriodKind,
    Person,
    Relative,
    UncertainDate,
)
from ssacalc.domain.money import Money, Per
from ssacalc.domain.overlap import Counted, Divided, Nature, OverlapKind, Reduction
from ssacalc.domain.units import Duration, Unit
from ssacalc.exchange.case_file import case_from_text
from ssacalc.exchange.case_text import to_text

BORN, CLAIMED = date(1950, 1, 1), date(2024, 6, 30)
FORMER = {state.code for state in countries().former}
codes = st.sampled_from(sorted(set(countries().names) - FORMER))
words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"), max_size=20
)
filled = words.map(lambda text: f"x{text}")
days = st.dates(BORN, CLAIMED)
small = st.fractions(0, 400, max_denominator=1000)
numbers = small | st.decimals(0, 10**12, places=4, allow_nan=False).map(Fraction)
moneys = st.builds(
    Money, numbers, st.sampled_from(sorted(currencies())), st.sampled_from(list(Per))
)


@st.composite
def durations(draw: st.DrawFn) -> Duration:
    unit = draw(st.sampled_from(list(Unit)))
    week = draw(st.sampled_from([None, 5, 6, 7])) if unit is Unit.DAY else None
    return Duration(draw(st.fractions(0, 70, max_denominator=30)), unit, week)


@st.composite
def periods(draw: st.DrawFn) -> InsurancePeriod:
    bounds = sorted(draw(st.lists(days, min_size=4, max_size=4)))
    dated = draw(st.booleans())
    return InsurancePeriod(
        country=draw(codes),
        kind=draw(st.sampled_from(list(PeriodKind))),
        first=UncertainDate(bounds[0], bounds[1]) if dated else None,
        last=UncertainDate(bounds[2], bounds[3]) if dated else None,
        certified=draw(durations() if not dated else st.none() | durations()),
        scheme=draw(st.none() | filled),
        counts_for_right=draw(st.booleans()),
        counts_for_amount=draw(st.booleans()),
        evidence=draw(st.sampled_from(list(Evidence))),
        reference=draw(words),
        occupation=draw(words),
        special_scheme=draw(words),
        note=draw(words),
    )


def relatives(married: date | None) -> st.SearchStrategy[Relative]:
    return st.builds(
        Relative,
        filled,
        st.none(),
        st.just(married),
        st.booleans(),
        divorced=st.just(married),
        disabled_since=st.none() | days,
        claims_from=st.none() | days,
        pupil=st.booleans(),
        same_household=st.none() | st.booleans(),
        own_benefit=st.none() | moneys,
        own_base=st.none() | moneys,
    )


@st.composite
def persons(draw: st.DrawFn) -> Person:
    married = draw(st.none() | days)
    return Person(
        name=draw(filled),
        born=BORN,
        residence=draw(codes),
        nationalities=tuple(draw(st.lists(codes, max_size=2))),
        sex=draw(st.sampled_from([None, "M", "F", "X"])),
        legally_resident=draw(st.sampled_from([None, True, False])),
        refugee_or_stateless=draw(st.booleans()),
        disabled_since=draw(st.none() | days),
        relatives=tuple(draw(st.lists(relatives(married), max_size=2))),
    )


@st.composite
def earnings(draw: st.DrawFn) -> tuple[Earnings, ...]:
    owners = [("US", None), ("US", "us-oasdi"), ("CA-QC", "ca-qc-qpp"), ("FR", "our scheme")]
    years = st.dictionaries(st.integers(1950, 2024), numbers, min_size=1, max_size=3)
    chosen = draw(st.lists(st.sampled_from(owners), unique=True))
    return tuple(
        Earnings(country, year, amount, scheme)
        for country, scheme in chosen
        for year, amount in draw(years).items()
    )


stated = st.builds(
    Certified,
    country=codes,
    scheme=st.none() | filled,
    independent=st.none() | moneys,
    theoretical=st.none() | moneys,
    minimum=st.none() | durations(),
    total=st.none() | durations(),
    own_right=st.sampled_from([None, True, False]),
    displaced_voluntary=st.none() | moneys,
    reference=words,
)


@st.composite
def amounts(draw: st.DrawFn) -> Counted:
    amount = draw(moneys)
    parts = st.fractions(0, 1, max_denominator=4).map(lambda part: part * amount.amount)
    return Counted(
        name=draw(words),
        amount=amount,
        country=draw(st.none() | codes),
        scheme=draw(st.none() | filled),
        net=draw(st.none() | parts),
        voluntary=draw(parts),
        nature=draw(st.sampled_from([None, *Nature])),
        mutual=draw(st.booleans()),
    )


@st.composite
def reductions(draw: st.DrawFn) -> Reduction:
    bound = draw(st.none() | moneys)
    ceiling = draw(st.booleans())
    return Reduction(
        country=draw(codes),
        kind=draw(st.sampled_from(list(OverlapKind))),
        amounts=tuple(draw(st.lists(amounts(), min_size=1, max_size=2))),
        scheme=draw(st.none() | filled),
        free=None if ceiling else bound,
        ceiling=bound if ceiling else None,
        rate=draw(st.fractions(0, 1, max_denominator=100)),
        suspends=draw(st.booleans()),
        scaled=draw(st.booleans()),
        foreign=draw(st.booleans()),
        after_deductions=draw(st.booleans()),
        nature=draw(st.sampled_from([None, *Nature])),
        divides=draw(st.sampled_from([None, *Divided])),
        law=draw(words),
    )


cases = st.builds(
    Case,
    id=filled,
    person=persons(),
    claim=st.builds(
        Claim,
        st.sampled_from(list(Branch)),
        st.just(CLAIMED),
        st.dictionaries(codes, st.dates(CLAIMED, date(2030, 1, 1)), max_size=2).map(
            lambda held: tuple(held.items())
        ),
        st.none() | st.just(CLAIMED),
    ).map(lambda claim: replace(claim, asserts_old_age=claim.benefit is Branch.INVALIDITY)),
    periods=st.lists(periods(), max_size=3).map(tuple),
    earnings=earnings(),
    certified=st.lists(stated, max_size=2, unique_by=lambda c: (c.country, c.scheme)).map(tuple),
    facts=st.lists(
        st.builds(Fact, codes, filled, numbers | numbers.map(lambda n: -n), words),
        max_size=2,
        unique_by=lambda f: (f.country, f.name),
    ).map(tuple),
    conventions=st.dictionaries(filled, filled, max_size=2).map(lambda held: tuple(held.items())),
    rates=st.lists(
        st.builds(ExchangeRate, st.just("IEP"), st.just("EUR"), numbers, days, words), max_size=1
    ).map(tuple),
    reductions=st.lists(reductions(), max_size=2).map(tuple),
    title=words,
    source=words,
    note=words,
)


def unplaced(case: Case) -> Case:
    return replace(
        case,
        periods=tuple(replace(p, place="") for p in case.periods),
        certified=tuple(replace(c, place="") for c in case.certified),
        reductions=tuple(replace(r, place="") for r in case.reductions),
    )


@given(cases)
def test_a_case_written_and_read_is_the_same_case(case: Case) -> None:
    text = to_text(case)
    again = case_from_text(text)
    assert unplaced(again) == case
    assert to_text(again) == text


def test_numbers_are_written_as_people_write_them() -> None:
    person = Person("A", BORN, "MA")
    facts = tuple(
        Fact("MA", name, Fraction(value))
        for name, value in (("a", "3"), ("b", "-0.05"), ("c", "1/3"), ("d", "180.70"))
    )
    text = to_text(Case("x", person, Claim(Branch.OLD_AGE, CLAIMED), facts=facts))
    values = [line for line in text.splitlines() if line.startswith("value")]
    assert values == ["value = 3", "value = -0.05", 'value = "1/3"', "value = 180.7"]
