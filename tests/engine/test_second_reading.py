"""What a second reading of the texts found: cases that were wrong, and a few guards beside them."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest

from ssacalc.domain.case import Case, Earnings, InsurancePeriod, PeriodKind
from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.rules import (
    Conversion,
    ConversionKind,
    ConversionRules,
    MinimumPeriod,
    OverlapRule,
    ThirdStateRule,
    ThirdStates,
)
from ssacalc.domain.scheme import Counting, CountingKind, Scheme
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.conversion import foreign_time
from ssacalc.engine.counting import Tally
from ssacalc.engine.crediting import Time, own_time
from ssacalc.engine.determination import determine
from ssacalc.engine.measuring import Held
from ssacalc.engine.overlaps import Resolved, resolve, whole
from ssacalc.library.law import load_law
from tests.engine.build import (
    BORN,
    BY_TABLE,
    CALENDAR_MONTHS,
    DAYS,
    LAW,
    SAME,
    YEARS,
    agreement,
    case,
    clause,
    doubts,
    law,
    money,
    period,
    result,
    scheme,
    time,
    union,
)

YEAR = ("2003-01-01", "2003-12-31")
FIRST_HALF, SECOND_HALF = ("2003-01-01", "2003-06-30"), ("2003-07-01", "2003-12-31")


def converted(
    held: Scheme,
    rules: ConversionRules,
    foreign: Sequence[InsurancePeriod],
    own: Sequence[InsurancePeriod] = (),
    others: Sequence[Scheme] = (),
) -> Time:
    """Return foreign time of a scheme, overlaps with own time resolved."""
    found = resolve(own, foreign, OverlapRule.RANKED, (LAW,))
    return foreign_time(
        held,
        Tally(held.counting, own_time(held, found.own, BORN).spans),
        found.foreign,
        clause("T03", rules),
        {s.id: s for s in others},
        born=BORN,
        held=Held(found.own, held, presumed=rules.table != ()),
    )


def ranked(*held: InsurancePeriod, home: str = "XA") -> Resolved:
    own = [p for p in held if p.country == home]
    return resolve(own, [p for p in held if p.country != home], OverlapRule.RANKED, (LAW,))


def quarters(number: object) -> Duration:
    return time(number, Unit.QUARTER)


def under(name: str, of_case: Case, country: str, scheme_id: str = "") -> BenefitResult:
    """Return one result of a case under one instrument of the library."""
    found = determine(of_case, load_law(of_case.countries), instruments=[name])
    return result(found, country, scheme_id)


def test_time_without_dates_is_not_bounded_by_the_years_of_time_with_dates() -> None:
    """987/2009, art. 13(2): the ceiling is that of the calendar years the time lies in."""
    foreign = [period("XB", certified=quarters(40)), period("XB", *YEAR, certified=quarters(4))]
    assert converted(scheme("XA"), BY_TABLE, foreign).units == 132


def test_two_rows_for_one_calendar_year_give_no_more_than_the_year() -> None:
    """987/2009, art. 13(2), first subparagraph: the total sum of a calendar year."""
    foreign = [
        period("XB", *YEAR, certified=quarters(3)),
        period("XB", *YEAR, certified=quarters(2), kind=PeriodKind.SELF_EMPLOYED),
    ]
    assert converted(scheme("XA"), BY_TABLE, foreign).units == 12


def test_time_notified_year_by_year_may_begin_within_a_year() -> None:
    """987/2009, art. 13(3): each year is converted for itself, the first part year too."""
    days = time(70, Unit.DAY, 6)
    foreign = [
        period("XB", "2002-05-01", "2002-12-31", certified=days),
        *(period("XB", f"{y}-01-01", f"{y}-12-31", certified=days) for y in (2003, 2004, 2005)),
    ]
    assert converted(scheme("XA"), BY_TABLE, foreign).units == 4 * 3


def test_an_overlap_in_one_year_does_not_change_how_the_others_are_converted() -> None:
    """987/2009, art. 13(3): how time was notified decides, not what is left of it."""
    days = time(70, Unit.DAY, 6)
    foreign = [period("XB", f"{y}-01-01", f"{y}-12-31", certified=days) for y in (2003, 2004, 2005)]
    own = [period("XA", "2003-12-01", "2003-12-31")]
    assert converted(scheme("XA"), BY_TABLE, foreign, own).units == 3 * 3


@pytest.mark.parametrize(
    "certified", [time(12), time(52, Unit.WEEK), time(312, Unit.DAY, 6), quarters(4)]
)
def test_half_of_a_full_year_is_six_months(certified: Duration) -> None:
    """987/2009, art. 12(2) and 13(2): 184 days of 365 are not seven months."""
    foreign = [period("XB", *YEAR, certified=certified)]
    own = [period("XA", *FIRST_HALF)]
    assert converted(scheme("XA"), BY_TABLE, foreign, own).units == 6


def test_a_calendar_year_holds_no_more_than_twelve_months_of_all_states() -> None:
    """987/2009, art. 13(2): 184 days are seven months, but own time took six."""
    foreign = [period("XB", *SECOND_HALF, certified=time(184, Unit.DAY, 7))]
    own = [period("XA", *FIRST_HALF, certified=time(6))]
    assert converted(scheme("XA"), BY_TABLE, foreign, own).units == 6


def test_full_years_stay_full_in_a_scheme_of_five_days() -> None:
    """987/2009, art. 13(2), second subparagraph: 52 weeks are 264 days, not 260."""
    by_days = scheme("XA", unit=Unit.DAY, counting=Counting(CountingKind.DAYS, days_per_week=5))
    foreign = [period("XB", "2000-01-01", "2009-12-31", certified=time(520, Unit.WEEK))]
    assert converted(by_days, BY_TABLE, foreign).units == 2640


def test_months_by_their_dates_become_whole_quarters() -> None:
    """987/2009, art. 13(1)(e): the next higher integer unit."""
    held = scheme("XA", unit=Unit.QUARTER, counting=CALENDAR_MONTHS)
    foreign = [period("XB", "2000-01-01", "2000-10-31")]
    assert converted(held, BY_TABLE, foreign).units == 4


def test_time_of_another_member_state_counts_whatever_the_age_it_was_completed_at() -> None:
    """883/2004, art. 1(t) and 6; Decision H6, point 2: no question about its quality."""
    held = scheme("XA", counting=Counting(CountingKind.CALENDAR_MONTHS, since_age=18))
    foreign = [period("XB", "1966-01-01", "1967-12-31")]
    assert converted(held, BY_TABLE, foreign).units == 24


def test_compulsory_insurance_that_goes_on_is_the_last_before_an_equivalent_period() -> None:
    """987/2009, art. 12(5): last compulsorily subject before that period."""
    held = (
        period("XA", "1990-01-01", "1995-12-31"),
        period("XB", "1999-01-01", "2003-06-30"),
        period("XA", *YEAR, kind=PeriodKind.UNEMPLOYED),
        period("XB", *YEAR, kind=PeriodKind.CHILD_CARE),
    )
    found = ranked(*held)
    kept = {p.country for p in (*found.own, *found.foreign) if p.period in held[2:] and p.spans}
    assert kept == {"XB"}


@pytest.mark.parametrize("home", ["XA", "XB"])
def test_a_duration_that_leaves_room_between_its_dates_is_presumed_not_to_overlap(
    home: str,
) -> None:
    """987/2009, art. 12(6): two quarters of a year leave six months to another State."""
    found = ranked(
        period("XA", *FIRST_HALF, certified=time(6)),
        period("XB", *YEAR, certified=quarters(2)),
        home=home,
    )
    assert [piece.share for piece in found.foreign] == [1]


def test_a_duration_with_room_between_its_dates_does_not_displace_a_third_state() -> None:
    """987/2009, art. 12(6): five years between 1980 and 1999 need not be those of the other."""
    found = ranked(
        period("XA", "1970-01-01", "1970-12-31"),
        period("XB", "1980-01-01", "1999-12-31", certified=time(60)),
        period("XC", "1995-01-01", "1999-12-31"),
    )
    assert [piece.share for piece in found.foreign] == [1, 1]


def test_years_of_360_days_leave_no_room_between_their_dates() -> None:
    """987/2009, art. 13(1)(b): 360 days are the most that a calendar year of seven days gives."""
    found = ranked(
        period("XA", "1990-01-01", "1999-12-31", certified=time(3600, Unit.DAY, 7)),
        period("XB", "1995-01-01", "1995-06-30", certified=time(6)),
    )
    assert [piece.share for piece in found.foreign] == [0]


def test_own_time_that_may_lie_in_other_years_takes_no_years_room() -> None:
    """987/2009, art. 12(6) and 13(2): fifteen of 25 years leave the year 1985 to the other."""
    held = scheme("XA", unit=Unit.QUARTER, counting=CALENDAR_MONTHS)
    own = [period("XA", "1980-01-01", "2004-12-31", certified=quarters(60))]
    foreign = [period("XB", "1985-01-01", "1985-12-31", certified=time(12))]
    assert converted(held, BY_TABLE, foreign, own).units == 4


def test_what_is_left_of_a_full_duration_is_what_the_days_left_can_hold() -> None:
    """987/2009, art. 12(2) and (6): a full year cannot lie beside nine months of the same year."""
    found = ranked(
        period("XA", "2003-01-01", "2003-09-30"), period("XB", *YEAR, certified=quarters(4))
    )
    assert [piece.share for piece in found.foreign] == [Fraction(1, 4)]


def test_months_that_another_row_counts_are_left_out_of_a_ratio_too() -> None:
    """Canada–Portugal XII(4)(b)(iii), Canada–Greece IX(3)(b): not part of a year of the Plan."""
    plan = scheme("XB", name="xb-plan", kinds=("employed",))
    residence = scheme("XB", name="xb-residence", kinds=("residence",))
    one = Fraction(1)
    rules = ConversionRules(
        (
            Conversion(
                "xb-plan",
                ConversionKind.YEAR_CONTAINING,
                one,
                Unit.DAY,
                Fraction(12),
                Unit.MONTH,
            ),
            Conversion(
                "xb-residence",
                ConversionKind.RATIO,
                one,
                Unit.MONTH,
                one,
                Unit.MONTH,
                unless="xb-plan",
            ),
        )
    )
    foreign = [
        period("XB", "1990-01-01", "1999-12-31", scheme="xb-plan"),
        period("XB", "1990-01-01", "2001-12-31", scheme="xb-residence", kind=PeriodKind.RESIDENCE),
    ]
    found = converted(scheme("XA"), rules, foreign, others=(plan, residence))
    assert found.units == 120 + 24


@pytest.mark.parametrize("certified", [None, time(48)])
def test_certified_time_before_the_age_of_residence_is_left_out_as_dated_time_is(
    certified: Duration | None,
) -> None:
    """Canada–India 12(4)(a); Old Age Security Act s. 3: residence counts from 18."""
    held = scheme("XA", counting=Counting(CountingKind.MONTHS_AND_DAYS, since_age=18))
    foreign = [period("XB", "1966-01-01", "1969-12-31", certified=certified)]
    assert converted(held, SAME, foreign).units == 24


def test_american_quarters_before_eighteen_are_no_residence_in_canada() -> None:
    """Canada–United States VIII(2)(a) (1996, art. 5)."""
    of_case = case(
        period("US", "1966-01-01", "1969-12-31", certified=quarters(16)),
        period("CA", "1990-01-01", "1997-12-31", kind=PeriodKind.RESIDENCE, scheme="ca-oas"),
        residence="CA",
    )
    assert under("ca-us-1981", of_case, "CA", "ca-oas").total == 96 + 24


def test_residence_in_new_zealand_before_twenty_is_no_residence_in_canada() -> None:
    """Canada–New Zealand XI(2)(a)."""
    of_case = case(
        period("NZ", "1968-01-01", "1971-12-31", kind=PeriodKind.RESIDENCE),
        period("CA", "1990-01-01", "1997-12-31", kind=PeriodKind.RESIDENCE, scheme="ca-oas"),
        residence="CA",
    )
    assert under("ca-nz-1996", of_case, "CA", "ca-oas").total == 96 + 24


@pytest.mark.parametrize(
    ("certified", "years"),
    [(time(2), 3), (time(3), 4), (time(77, Unit.DAY, 6), 3), (time(78, Unit.DAY, 6), 4)],
)
def test_three_months_or_78_days_of_morocco_are_a_year_of_the_plan(
    certified: Duration, years: int
) -> None:
    """Canada–Morocco 8(2)(b): the duration certified decides, not the dates around it."""
    of_case = case(
        period("MA", "2000-01-01", "2000-12-31", certified=certified),
        period("CA", "1990-01-01", "1992-12-31", scheme="ca-cpp"),
        residence="CA",
    )
    assert under("ca-ma-1998", of_case, "CA", "ca-cpp").total == years


def test_a_duration_in_another_unit_is_the_part_of_its_dates_that_it_fills() -> None:
    """987/2009, art. 13(1)(a), in spirit everywhere: what was communicated is the basis."""
    by_days = scheme("XA", unit=Unit.DAY, counting=DAYS)
    own = [whole(period("XA", *YEAR, certified=time(2)))]
    assert own_time(by_days, own, BORN).units == 61


def test_a_year_of_the_plan_gives_the_months_that_own_time_left() -> None:
    """Canada–India 12(2)(a): the year is twelve months, less those that overlap."""
    of_case = case(
        period("IN", "2010-03-01", "2010-06-30", scheme="in-eps"),
        period("CA", "2010-03-01", "2010-06-30", scheme="ca-cpp"),
        on=date(2020, 1, 1),
    )
    assert under("ca-in-2012", of_case, "IN").total == 12


def test_a_calendar_year_is_not_credited_again_for_a_third_state() -> None:
    """Canada–India 12(4)(b), 13: one calendar year is one year of the Plan."""
    row = Conversion(
        "*", ConversionKind.YEAR_CONTAINING, Fraction(3), Unit.MONTH, Fraction(1), Unit.YEAR
    )
    rules = ConversionRules((row,))
    by_years = scheme("XA", unit=Unit.YEAR, counting=YEARS, minimum=10)
    first = agreement("XA", "XB", conversion=rules, third=ThirdStateRule(ThirdStates.BOUND_TO_ONE))
    second = agreement("XA", "XC", conversion=rules)
    held = (
        period("XA", "1990-01-01", "1997-12-31"),
        period("XB", "2003-01-01", "2003-04-30"),
        period("XC", "2003-06-01", "2004-12-31"),
    )
    of_law = law(by_years, scheme("XB"), scheme("XC"), first, second)
    found = determine(case(*held), of_law)
    assert result(found, "XA").total == 8 + 2


def test_a_period_that_counts_for_the_right_only_is_not_in_the_amount() -> None:
    """883/2004, art. 52(1)(b); form P5000, relevance and calculation codes."""
    waiting = period("XA", certified=time(50))
    only_right = InsurancePeriod("XA", waiting.kind, certified=time(50), counts_for_amount=False)
    held = (period("XA", certified=time(100)), only_right, period("XB", certified=time(120)))
    of_law = law(scheme("XA", minimum=150), scheme("XB"), union("XA", "XB"))
    found = result(determine(case(*held), of_law), "XA")
    assert found.own == 150
    assert found.total == 270
    assert found.own_right is True
    assert found.ratio == (Fraction(100), Fraction(220))
    assert found.independent == money(100)


def test_a_period_that_counts_for_the_amount_only_keeps_a_state_from_being_released() -> None:
    """883/2004, art. 57(1), second subparagraph: periods that increase the benefit count."""
    only_amount = InsurancePeriod(
        "XA", PeriodKind.EMPLOYED, certified=time(6), counts_for_right=False
    )
    held = (period("XA", certified=time(8)), only_amount, period("XB", certified=time(120)))
    of_law = law(scheme("XA", minimum=120), scheme("XB"), union("XA", "XB"))
    found = determine(case(*held), of_law)
    assert result(found, "XA").ratio == (Fraction(14), Fraction(134))
    assert result(found, "XB").ratio == (Fraction(120), Fraction(134))


def test_the_minimum_is_measured_over_all_schemes_of_a_state() -> None:
    """Canada–India 14, Canada–Philippines X: all periods under the legislation of the State."""
    one, other = scheme("XA", name="xa-1", minimum=60), scheme("XA", name="xa-2", minimum=60)
    held = (
        period("XA", certified=time(8), scheme="xa-1"),
        period("XA", certified=time(8), scheme="xa-2"),
        period("XB", certified=time(120)),
    )
    short = MinimumPeriod(time(1, Unit.YEAR), unless_own_right=True)
    of_law = law(one, other, scheme("XB"), agreement("XA", "XB", minimum=short))
    assert result(determine(case(*held), of_law), "XA", "xa-1").with_agreement is True
    alone = determine(case(held[0], held[2]), of_law)
    assert result(alone, "XA", "xa-1").with_agreement is False


def test_the_theoretical_amount_never_exceeds_the_full_benefit() -> None:
    """883/2004, art. 56(1)(a): the maximum period replaces the total in both amounts."""
    held = (period("XA", certified=time(100)), period("XB", certified=time(500)))
    of_law = law(scheme("XA", full=480, minimum=120), scheme("XB"), union("XA", "XB"))
    found = result(determine(case(*held), of_law), "XA")
    assert found.theoretical == money(480)
    assert found.ratio == (Fraction(100), Fraction(480))
    assert found.pro_rata == money(100)


def test_the_fraction_of_new_zealand_is_not_for_people_who_live_there() -> None:
    """Canada–New Zealand VII: if a person who is ordinarily resident in Canada."""
    found = load_law(["CA", "NZ"]).instruments
    instrument = next(i for i in found if i.id == "ca-nz-1996")
    on = date(2020, 1, 1)
    inside = instrument.clause("P01", on, party="NZ", part="inside")
    assert inside is not None
    assert inside.option == "direct"


@pytest.mark.parametrize("named", ["ca-cpp", None])
def test_a_canadian_year_is_credited_in_the_united_states_with_or_without_its_scheme(
    named: str | None,
) -> None:
    """Canada–United States VII(2): every year of contributions under the Plan."""
    of_case = case(
        period("US", "1990-01-01", "1996-12-31", certified=quarters(28)),
        period("CA", "1998-01-01", "2002-12-31", scheme=named),
        residence="US",
    )
    assert under("ca-us-1981", of_case, "US").total == 40


def test_quarters_that_earnings_alone_tell_are_added_by_the_other_state() -> None:
    """Canada–United States VIII(2): a quarter of coverage is three months of residence."""
    home = period("CA", "1998-01-01", "2009-12-31", kind=PeriodKind.RESIDENCE, scheme="ca-oas")
    stated = case(home, residence="CA")
    earned = tuple(Earnings("US", year, Fraction(60000)) for year in range(1990, 1997))
    of_case = Case("test", stated.person, stated.claim, stated.periods, earned)
    assert under("ca-us-1981", of_case, "CA", "ca-oas").total == 144 + 84
    again = (*of_case.periods, period("US", "1990-01-01", "1996-12-31", certified=quarters(28)))
    twice = Case("test", stated.person, stated.claim, again, earned)
    assert under("ca-us-1981", twice, "CA", "ca-oas").total == 144 + 84


def test_a_refusal_because_simultaneous_periods_collapse_is_to_be_looked_at_again() -> None:
    """POMS GN 01706.035: 26 weeks of work and 26 of unemployment are not two quarters."""
    year = ("1980-01-01", "1980-12-31")
    of_case = case(
        period("US", "1990-01-01", "1998-12-31", certified=quarters(36)),
        period("IT", *year, certified=time(26, Unit.WEEK)),
        period("IT", *year, certified=time(26, Unit.WEEK), kind=PeriodKind.UNEMPLOYED),
        residence="US",
    )
    found = under("it-us-1973", of_case, "US")
    assert found.total == 38
    assert "us-quarters-coincide" in doubts(found)


def test_more_certified_than_a_calendar_year_holds_is_a_doubt_and_nothing_is_repaired() -> None:
    """987/2009, art. 5 and 12(2): the certificate stands until it is withdrawn."""
    own = [
        whole(period("XA", *YEAR, certified=time(12))),
        whole(period("XA", *YEAR, certified=time(12), kind=PeriodKind.CHILD_CARE)),
    ]
    found = own_time(scheme("XA"), own, BORN)
    assert found.units == 24
    assert [doubt.key for doubt in found.doubts] == ["certified-beyond-year"]


def test_a_duration_spread_over_years_is_said_to_be_put_into_the_first_ones() -> None:
    """Canada–United States VIII(2)(b): ten quarters may lie in three years or in ten."""
    row = Conversion(
        "*", ConversionKind.YEAR_CONTAINING, Fraction(1), Unit.QUARTER, Fraction(1), Unit.YEAR
    )
    by_years = scheme("XA", unit=Unit.YEAR, counting=YEARS)
    foreign = [period("XB", "1990-01-01", "1999-12-31", certified=quarters(10))]
    found = converted(by_years, ConversionRules((row,)), foreign)
    assert found.units == 3
    assert [doubt.key for doubt in found.doubts] == ["years-filled-first"]


def test_two_durations_without_dates_may_have_lain_in_one_calendar_year() -> None:
    """Canada–India 12(4)(b): five months and five months are at least one year, not two."""
    row = Conversion(
        "*", ConversionKind.YEAR_CONTAINING, Fraction(3), Unit.MONTH, Fraction(1), Unit.YEAR
    )
    by_years = scheme("XA", unit=Unit.YEAR, counting=YEARS)
    foreign = [period("XB", certified=time(5)), period("XB", certified=time(5))]
    assert converted(by_years, ConversionRules((row,)), foreign).units == 1


def test_which_state_was_the_last_is_open_where_periods_have_no_dates() -> None:
    """883/2004, art. 57(3): the last of those Member States whose conditions are satisfied."""
    held = (period("XA", certified=time(10)), period("XB", certified=time(9)))
    of_law = law(scheme("XA", minimum=12), scheme("XB", minimum=12), union("XA", "XB"))
    found = determine(case(*held), of_law).with_instruments
    paying = [one for one in found if one.payable is not None]
    assert len(paying) == 1
    assert "last-state-undated" in doubts(paying[0])


def test_certified_time_that_may_lie_apart_is_offered_as_another_reading() -> None:
    """Canada-India, art. 12: periods must not overlap; the text does not say when they do."""
    held = case(
        period("XA", "2010-01-01", "2010-12-31", certified=time(6)),
        period("XB", "2010-01-01", "2010-12-31"),
    )
    known = (scheme("XA", minimum=12), scheme("XB", minimum=12))
    found = result(determine(held, law(*known, agreement("XA", "XB"))), "XA")
    assert (found.with_agreement, found.total) == (False, 6)
    (other,) = [a for a in found.alternatives if a.what == "lies-apart"]
    assert other.with_agreement is True


def test_a_year_that_is_full_by_its_own_law_is_a_full_year_elsewhere() -> None:
    """987/2009, art. 13(2): Greece notifies 300 days a year; ten years are ten years."""
    days = Counting(CountingKind.DAYS, days_per_week=6, yearly_cap=Fraction(300))
    greek = scheme("XB", unit=Unit.DAY, counting=days)
    certified = Duration(Fraction(3000), Unit.DAY, 6)
    foreign = [period("XB", "2001-01-01", "2010-12-31", certified=certified)]
    assert converted(scheme("XA"), BY_TABLE, foreign).units == 116
    assert converted(scheme("XA"), BY_TABLE, foreign, others=[greek]).units == 120
