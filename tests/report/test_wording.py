"""Values, steps and citations in the reader's words."""

from datetime import date
from fractions import Fraction

import pytest

from ssacalc.domain.determination import Doubt
from ssacalc.domain.money import Money
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.domain.units import Duration, Unit
from ssacalc.report.wording import Wording, languages

ENGLISH, FRENCH = Wording("en"), Wording("fr")
NBSP = "\N{NO-BREAK SPACE}"


def test_english_is_the_first_language_and_the_one_for_an_unknown_language() -> None:
    assert languages()[0] == "en"
    assert Wording("xx").language == "en"


def test_a_language_tells_its_direction() -> None:
    assert ENGLISH.direction == "ltr"


def test_a_day_is_written_as_the_reader_writes_it() -> None:
    assert ENGLISH.date(date(2026, 5, 1)) == "1 May 2026"
    assert FRENCH.date(date(2026, 5, 1)) == "1er mai 2026"
    assert FRENCH.date(date(2026, 5, 2)) == "2 mai 2026"


@pytest.mark.parametrize(
    ("amount", "english", "french"),
    [
        ("1234.5", "1,234.50 CAD", f"1{NBSP}234,50{NBSP}CAD"),
        ("0", "0.00 CAD", f"0,00{NBSP}CAD"),
        ("-1234567.891", "-1,234,567.891 CAD", f"-1{NBSP}234{NBSP}567,891{NBSP}CAD"),
        ("1/3", "0.3333… CAD", f"0,3333…{NBSP}CAD"),
        ("0.00005", "0.0000… CAD", f"0,0000…{NBSP}CAD"),
    ],
)
def test_an_amount_in_a_working_shows_what_it_leaves_out(
    amount: str, english: str, french: str
) -> None:
    money = Money(Fraction(amount), "CAD")
    assert ENGLISH.money(money) == english
    assert FRENCH.money(money) == french


def test_an_amount_that_is_paid_is_written_in_cents() -> None:
    assert ENGLISH.settled(Money(Fraction(1, 3), "CAD")) == "0.33 CAD"
    assert ENGLISH.settled(Money(Fraction("12.345"), "KWD")) == "12.345 KWD"


@pytest.mark.parametrize(
    ("number", "worded"),
    [
        (Fraction(26), "26"),
        (Fraction(7980), "7,980"),
        (Fraction("0.0125"), "0.0125"),
        (Fraction(95, 13), "7 4/13"),
        (Fraction(1, 12345), "0.000081…"),
    ],
)
def test_a_number_is_exact_or_says_that_it_is_cut(number: Fraction, worded: str) -> None:
    assert ENGLISH.number(number) == worded


def test_a_ratio_stays_unreduced() -> None:
    assert ENGLISH.ratio((Fraction(26), Fraction(104))) == "26/104"
    assert ENGLISH.ratio((Fraction(53, 2), Fraction(1040))) == "26.5/1,040"


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        ("1", "1 year", "1 an"),
        ("1.5", "1 year and 6 months", "1 an et 6 mois"),
        ("2", "2 years", "2 ans"),
    ],
)
def test_a_duration_takes_the_plural_of_its_language(
    number: str, english: str, french: str
) -> None:
    duration = Duration(Fraction(number), Unit.YEAR)
    assert ENGLISH.duration(duration) == english
    assert FRENCH.duration(duration) == french


def test_years_that_no_decimals_write_are_years_and_months() -> None:
    assert ENGLISH.duration(Duration(Fraction(23, 3), Unit.YEAR)) == "7 years and 8 months"
    assert FRENCH.duration(Duration(Fraction(1, 12), Unit.YEAR)) == "1 mois"


def test_a_count_of_days_tells_the_week_it_was_certified_in() -> None:
    days = Duration(Fraction(1350), Unit.DAY, days_per_week=5)
    assert ENGLISH.duration(days) == "1,350 days (5-day week)"


@pytest.mark.parametrize(
    ("value", "name", "worded"),
    [
        (2026, "", "2026"),
        (12026, "", "12,026"),
        (True, "", "yes"),
        (None, "", "not known"),
        ("CA", "country", "Canada"),
        ("CA, IT", "countries", "Canada, Italy"),
        ("month", "unit", "months"),
        ("self-employed", "kind", "self-employment"),
        ("XX", "country", "XX"),
        ("as it is", "anything", "as it is"),
        (date(2020, 2, 29), "", "29 February 2020"),
    ],
)
def test_an_argument_is_worded_by_its_type_and_name(
    value: Argument, name: str, worded: str
) -> None:
    assert ENGLISH.argument(value, name) == worded


def test_a_message_is_filled_by_the_kind_its_placeholder_names() -> None:
    args: tuple[tuple[str, Argument], ...] = (
        ("periods", 1),
        ("scheme", "CA"),
        ("units", Duration(Fraction(176), Unit.MONTH)),
        ("remainder", "up"),
        ("month_days", 30),
    )
    assert ENGLISH.message("own-by-months-and-days", args) == (
        "1 period of CA, in whole months from date to date, odd days added up at 30 to the month,"
        " the rest rounded up: 176 months."
    )


def test_a_rate_is_written_in_percent() -> None:
    args = (("years", 2), ("rate", Fraction("0.0765")), ("balance", Fraction(10)))
    assert "7.65%" in ENGLISH.message("account", args)
    assert f"7,65{NBSP}%" in FRENCH.message("account", args)


def test_an_argument_that_is_not_given_stays_visible() -> None:
    assert ENGLISH.message("totalised", (("own", 1),)).startswith("1 own and {foreign}")


def test_an_unknown_key_is_shown_with_its_arguments() -> None:
    assert FRENCH.message("no-such-key", (("country", "IT"),)) == "no-such-key: country = Italie"
    assert ENGLISH.doubt(Doubt("fact", "no-such-key")) == "no-such-key"
    assert ENGLISH.text("no-such-text") == "no-such-text"


def test_what_a_language_lacks_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    from ssacalc.report import wording

    english = wording.messages("en")
    monkeypatch.setattr(wording, "messages", lambda code: english if code == "en" else {})
    assert FRENCH.message("totalised", ()).startswith("{own} own")


def test_a_step_without_a_name_in_the_catalogue_is_named_after_itself() -> None:
    assert ENGLISH.label(Step("basic-pension", Fraction(1), "sum")) == "Basic pension"
    assert ENGLISH.label(Step("own_periods", Fraction(1), "sum")) == "Own periods"


@pytest.mark.parametrize(
    ("step", "worded"),
    [
        (
            Step("own_periods", Fraction(3), "k", (("u", Duration(Fraction(3), Unit.YEAR)),)),
            "3 years",
        ),
        (Step("overlap", 1200, "k"), "1,200 days"),
        (Step("rate", Fraction(1, 40), "k"), "0.025"),
        (Step("portability", "full", "k"), "in full"),
        (Step("payable_amount", None, "k"), "–"),
        (Step("condition", None, "k"), "not known"),
        (Step("condition", True, "k"), "yes"),
    ],
)
def test_the_value_of_a_step_has_its_unit(step: Step, worded: str) -> None:
    assert ENGLISH.value(step) == worded


def test_a_citation_whose_text_was_not_read_says_so() -> None:
    assert ENGLISH.citation(Citation("Act", "s. 3")) == "Act, s. 3"
    assert ENGLISH.citation(Citation("Act", "", verified=False)) == "Act (text not read)"


def test_an_instrument_is_named_by_the_title_given_for_it() -> None:
    assert Wording("en", {"ca-in-2012": "Canada–India"}).name("instrument", "ca-in-2012") == (
        "Canada–India"
    )
    assert ENGLISH.name("instrument", "ca-in-2012") == "ca-in-2012"
