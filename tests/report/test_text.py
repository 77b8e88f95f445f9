"""A determination as text for the terminal."""

import pytest

from ssacalc.domain.determination import Determination
from ssacalc.report.text import WIDTH, as_text, wrap
from ssacalc.report.wording import Wording
from tests.report import samples

TITLES = {"ca-in-2012": "Canada–India"}
EVERY = [samples.determination(), samples.NOTHING, samples.EMPTY, samples.large()]


def told(determination: Determination, *, brief: bool = False, language: str = "en") -> str:
    return as_text(determination, Wording(language, TITLES), brief=brief)


@pytest.mark.parametrize("determination", EVERY)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_line_is_wider_than_the_page_or_ends_in_blanks(
    determination: Determination, language: str
) -> None:
    for line in told(determination, language=language).splitlines():
        assert len(line) <= WIDTH
        assert line == line.rstrip()


def test_the_figures_of_a_row_stand_under_their_state() -> None:
    lines = told(samples.determination()).splitlines()
    scheme = next(line for line in lines if "Canada Pension Plan" in line and "Security" in line)
    payable = next(line for line in lines if line.startswith("Payable   "))
    assert payable.index("(8)") + 3 == scheme.index("Security") + len("Security")
    assert "239.02 CAD (8)" in payable
    assert lines[lines.index(payable) + 1].split() == ["a", "month", "a", "month"]


def test_the_result_stands_beside_the_counterfactual() -> None:
    text = told(samples.determination())
    assert "Payable without agreements" in text
    assert "Without any agreement 412.10 CAD a month would be payable." in text


def test_a_refusal_says_what_is_missing_and_what_would_help() -> None:
    text = told(samples.NOTHING)
    assert "14 months short of the qualifying period" in text
    assert "would close the gap" in text
    assert "No State named in this case pays a benefit at this date." in text


def test_the_brief_form_leaves_out_the_steps() -> None:
    full, brief = told(samples.determination()), told(samples.determination(), brief=True)
    assert full.startswith(brief.rstrip("\n"))
    assert "(6)   Pro-rata amount" in full
    assert "Annex" not in brief


def test_every_step_is_told_with_its_law_and_the_steps_it_rests_on() -> None:
    text = told(samples.determination())
    assert "(6)   Pro-rata amount: 239.0212… CAD  <- (5), (2)" in text
    assert "§ Canada–India, 12(2)(a) [S2]" in text
    assert "S2    Agreement on Social Security" in text


def test_an_address_is_not_broken_at_a_hyphen() -> None:
    assert wrap("see https://www.example.org/a-b", 28) == ["see", "https://www.example.org/a-b"]


def test_the_timeline_is_drawn_to_scale() -> None:
    lines = told(samples.determination()).splitlines()
    years = next(line for line in lines if "1980" in line and "2010" in line)
    canada = next(line for line in lines if line.startswith("Canada ") and "#" in line)
    assert abs(canada.index("#") - years.index("1985")) <= 1


def test_a_case_without_anything_is_still_told() -> None:
    text = told(samples.EMPTY)
    assert "No scheme in the library answers this case." in text
    assert "No periods were stated." in text
