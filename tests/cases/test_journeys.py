"""Whole cases as an office has them: nothing said twice, no "no" that is not known, no dead end."""

import pytest

from ssacalc.domain.determination import Determination
from ssacalc.engine.determination import determine
from ssacalc.exchange.case_file import case_from_text
from ssacalc.library.law import load_law
from ssacalc.report.text import as_text
from ssacalc.report.wording import Wording

HEAD = """
format = "ssacalc-case/1"
id = "journey"

[person]
name = "A person"
"""


def determined(text: str) -> Determination:
    case = case_from_text(HEAD + text)
    return determine(case, load_law(case.concerned))


def told(found: Determination, language: str = "en") -> str:
    return " ".join(as_text(found, Wording(language)).split())


def keys(found: Determination) -> set[str]:
    return {doubt.key for result in found.with_instruments for doubt in result.doubts}


def period(country: str, first: str, last: str, kind: str = "employed") -> str:
    return f"""
[[periods]]
country = "{country}"
kind = "{kind}"
from = {first}
to = {last}
"""


WORKER = """
born = 1959-02-06
residence = "JP"
nationalities = ["JP"]
[claim]
benefit = "old-age"
on = 2025-03-01
[earnings.US]
1990 = 20000
1991 = 20000
1992 = 21000
1993 = 22000
1994 = 23000
[[periods]]
country = "US"
kind = "employed"
"""


def test_quarters_certified_without_dates_are_not_added_to_those_that_earnings_show() -> None:
    found = determined(WORKER + 'certified = { number = 20, unit = "quarter" }')
    (result,) = found.with_instruments
    assert (result.own, result.own_right) == (20, False)
    assert "us-quarters-perhaps-twice" in keys(found)


def test_quarters_certified_without_dates_beyond_those_that_earnings_show_count() -> None:
    found = determined(WORKER + 'certified = { number = 44, unit = "quarter" }')
    (result,) = found.with_instruments
    assert (result.own, result.own_right) == (44, True)


def test_a_year_certified_with_other_quarters_than_its_earnings_give_is_told() -> None:
    found = determined(WORKER + 'years = { 1990 = 3 }\nunit = "quarter"')
    assert "us-quarters-differ" in keys(found)
    assert "1990: 3 quarters of coverage certified, 4 by the earnings" in told(found)


def test_no_is_not_known_where_an_agreement_that_was_not_computed_may_help() -> None:
    found = determined(
        """
born = 1961-03-14
residence = "MA"
nationalities = ["MA"]
[claim]
benefit = "old-age"
on = 2026-05-01
"""
        + period("MA", "1980-01-01", "1984-06-30")
        + period("ES", "2006-02-01", "2020-12-31")
    )
    spain = next(result for result in found.with_instruments if result.country == "ES")
    assert (spain.own_right, spain.with_agreement) == (False, None)
    said = told(found)
    assert "an agreement that was not computed may help" in said
    assert "the conditions are not met. " not in said
    assert "Agreement applies: not known Spain–Morocco" in said


def test_days_that_no_reading_of_a_year_exceeds_reach_a_minimum_of_a_year() -> None:
    found = determined(
        """
born = 1959-07-01
residence = "AR"
nationalities = ["CL"]
[claim]
benefit = "old-age"
on = 2025-10-01
"""
        + period("AR", "1990-02-01", "2001-12-31")
        + period("ES", "2002-02-01", "2015-12-31")
    )
    assert "minimum-not-comparable" not in keys(found)
    assert "no-scheme" in keys(found)  # Argentina has no scheme in the library


def test_a_pension_without_the_facts_it_is_computed_from_is_not_nought() -> None:
    found = determined(
        """
born = 1958-07-01
residence = "TR"
nationalities = ["TR"]
[claim]
benefit = "old-age"
on = 2025-08-01
"""
        + period("TR", "1976-01-01", "1990-12-31")
    )
    (result,) = found.with_instruments
    assert result.independent is None
    assert result.payable is None
    assert "conditions-not-coded" in keys(found)


SURVIVORS = """
born = 1959-01-15
residence = "DE"
nationalities = ["DE"]
died = 2025-01-01
{relatives}
[claim]
benefit = "survivors"
on = 2025-02-01
"""


@pytest.mark.parametrize("relatives", ["", '[[person.relatives]]\nrole = "cousin"'])
def test_there_is_no_right_of_nobody(relatives: str) -> None:
    text = SURVIVORS.format(relatives=relatives) + period("DE", "1980-01-01", "2000-12-31")
    found = determined(text)
    assert {result.own_right for result in found.with_instruments} == {None}
    assert "nobody-claims" in keys(found)


def test_a_benefit_that_the_library_does_not_hold_is_not_said_to_be_nothing() -> None:
    found = determined(
        """
born = 1988-02-06
residence = "DE"
nationalities = ["FR"]
[claim]
benefit = "sickness"
on = 2025-03-01
"""
        + period("FR", "2015-02-06", "2024-05-31")
        + period("DE", "2024-06-15", "2025-02-20")
    )
    said = told(found)
    assert "Nothing is payable" not in said
    assert "No scheme of France for this benefit is in the library" in said


def test_a_young_widow_beside_children_is_asked_whether_they_are_in_her_care() -> None:
    years = "\n".join(f"{year} = 40000" for year in range(2003, 2025))
    found = determined(
        f"""
born = 1980-01-10
residence = "US"
nationalities = ["US"]
died = 2025-02-02
[[person.relatives]]
role = "widow"
born = 1982-05-05
married = 2008-01-01
[[person.relatives]]
role = "child"
born = 2014-05-05
[claim]
benefit = "survivors"
on = 2025-03-01
[earnings.US]
{years}
"""
    )
    assert {"us-widow-too-young", "us-lump-sum-household"} <= keys(found)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "only 40 years old"), ("fr", "n’a que 40 ans")]
)
def test_ages_are_worded_as_people_say_them(language: str, words: str) -> None:
    found = determined(
        """
born = 1985-02-01
residence = "CA"
nationalities = ["CA"]
[claim]
benefit = "old-age"
on = 2025-02-01
"""
        + period("CA", "2005-01-01", "2015-12-31")
    )
    said = told(found, language)
    assert words in said
    assert "0 months" not in said
    assert "240" not in said


def test_days_of_a_week_of_six_are_said_to_be_so() -> None:
    found = determined(
        """
born = 1959-03-14
residence = "BE"
nationalities = ["BE"]
[claim]
benefit = "old-age"
on = 2025-11-01
"""
        + period("DE", "2001-01-01", "2019-12-31")
        + period("BE", "2020-01-01", "2020-10-31")
    )
    assert "counted at 6 days to the week, rounded up: 262 days" in told(found)


def test_time_that_is_short_does_not_hide_an_age_that_is_not_reached() -> None:
    found = determined(
        """
born = 1961-03-14
sex = "F"
residence = "IT"
nationalities = ["IT"]
[claim]
benefit = "old-age"
on = 2026-05-01
"""
        + period("IT", "2006-02-01", "2020-12-31")
    )
    said = told(found)
    assert "short of the qualifying period" in said
    assert "The age is wanting too: Age required 67 years" in said


def test_the_long_career_of_spain_is_opened_by_time_in_another_state() -> None:
    found = determined(
        """
born = 1959-07-01
residence = "ES"
nationalities = ["ES"]
[claim]
benefit = "old-age"
on = 2025-10-01
"""
        + period("DE", "1980-01-01", "2005-12-31")
        + period("ES", "2006-01-01", "2025-09-30")
    )
    spain = next(result for result in found.with_instruments if result.country == "ES")
    assert (spain.own_right, spain.with_agreement) == (False, True)
