"""The table of results: worded figures, each with its reasons."""

from dataclasses import replace
from fractions import Fraction

import pytest

from ssacalc.domain.determination import Determination
from ssacalc.domain.money import Money, Per
from ssacalc.domain.overlap import Counted
from ssacalc.domain.rules import Payment
from ssacalc.report.wording import Wording
from ssacalc.ui.figures import Figure, ResultTable, Tone, result_table
from ssacalc.ui.headline import headline
from tests.engine.build import result
from tests.engine.test_reductions import TAPER, counted, determined, rule, stated
from tests.report.test_claimants import survivors
from tests.ui import samples


def row(table: ResultTable, key: str) -> tuple[Figure, ...]:
    return next(row.figures for row in table.rows if row.key == key)


def texts(table: ResultTable, key: str) -> tuple[str, ...]:
    return tuple(figure.text for figure in row(table, key))


@pytest.fixture
def table(words: Wording) -> ResultTable:
    return result_table(samples.TWO, words)


def test_each_scheme_has_a_column_with_its_state_and_how_often_it_pays(table: ResultTable) -> None:
    assert [column.state for column in table.columns] == ["France", "Spain"]
    assert table.columns[0].scheme == "General scheme"
    assert table.columns[0].note == "a month · draft"


def test_the_rows_stand_in_the_order_of_the_law(table: ResultTable) -> None:
    assert [row.key for row in table.rows] == [
        "row-instrument",
        "row-own-right",
        "row-with-agreement",
        "row-own",
        "row-total",
        "row-independent",
        "row-theoretical",
        "row-ratio",
        "row-pro-rata",
        "row-payable",
        "row-range",
        "row-abroad",
        "row-counterfactual",
    ]


def test_what_is_not_known_is_never_shown_as_no(table: ResultTable) -> None:
    for key in ("row-own-right", "row-with-agreement", "row-independent", "row-payable"):
        unknown = row(table, key)[1]
        assert (unknown.text, unknown.tone) == ("not known", Tone.UNKNOWN)


def test_figures_are_worded_in_the_readers_form(table: ResultTable) -> None:
    assert texts(table, "row-theoretical")[0] == "1,302.00 EUR"
    assert texts(table, "row-own")[0] == "192 months"
    assert texts(table, "row-ratio")[0] == "192/372"
    assert texts(table, "row-payable")[0] == "672.00 EUR"
    assert texts(table, "row-counterfactual")[0] == "640.50 EUR"
    assert texts(table, "row-abroad") == ("in full", "not known")


def test_bounds_of_uncertain_dates_are_shown_as_amounts_or_as_answers(table: ResultTable) -> None:
    assert texts(table, "row-range") == ("652.70 EUR – 672.00 EUR", "right: yes / not known")


def test_every_figure_has_a_step(table: ResultTable) -> None:
    assert all(figure.steps for row in table.rows for figure in row.figures)
    assert row(table, "row-theoretical")[0].steps == (samples.THEORETICAL,)
    assert row(table, "row-own-right")[0].steps == (samples.MET,)
    assert row(table, "row-with-agreement")[0].steps == (samples.MET_TOGETHER,)
    assert row(table, "row-payable")[0].steps == (samples.RESULT,)


def test_a_figure_that_rests_on_an_unread_text_is_marked(table: ResultTable) -> None:
    assert row(table, "row-theoretical")[0].unverified
    assert row(table, "row-pro-rata")[0].unverified
    assert not row(table, "row-own")[0].unverified
    assert "text that was not read" in row(table, "row-theoretical")[0].spoken


def test_a_screen_reader_is_told_state_scheme_row_and_figure(table: ResultTable) -> None:
    assert row(table, "row-own")[0].spoken == "France, General scheme, Own periods: 192 months"


def test_a_refusal_tells_what_is_missing_and_shows_no_empty_rows(words: Wording) -> None:
    table = result_table(samples.REFUSAL, words)
    assert texts(table, "row-missing") == ("14 months",)
    assert row(table, "row-missing")[0].steps == (samples.LACKING,)
    assert "row-pro-rata" not in [row.key for row in table.rows]
    assert texts(table, "row-payable") == texts(table, "row-counterfactual") == ("nothing",)


def test_an_amount_that_is_due_later_says_from_when(words: Wording) -> None:
    assert texts(result_table(samples.DEFERRED, words), "row-payable") == ("from 1 March 2028",)


def test_a_reduced_amount_says_to_what(words: Wording) -> None:
    reduced = replace(samples.HOME, payment=Payment.REDUCED, reduced_to=samples.eur("500"))
    changed = samples.determination(replace(samples.FRANCE, portability=reduced))
    table = result_table(changed, words)
    assert texts(table, "row-abroad") == ("reduced: 500.00 EUR",)


def test_without_an_instrument_the_agreement_gives_no_answer(words: Wording) -> None:
    alone = samples.alone(samples.FRANCE)
    table = result_table(samples.determination(alone, samples.SPAIN), words)
    assert texts(table, "row-instrument") == ("none", "Reg. 883/2004")
    assert row(table, "row-with-agreement")[0].tone is Tone.ABSENT


def test_a_right_whose_amount_is_not_known_says_so(words: Wording) -> None:
    open_amount = replace(samples.FRANCE, pro_rata=None, payable=None)
    table = result_table(samples.determination(open_amount), words)
    assert texts(table, "row-pro-rata") == ("not known",)


def test_a_missing_counterfactual_is_not_known(words: Wording) -> None:
    table = result_table(replace(samples.TWO, without=()), words)
    assert set(texts(table, "row-counterfactual")) == {"not known"}


def test_a_case_without_a_scheme_gives_an_empty_table(words: Wording) -> None:
    assert result_table(samples.EMPTY, words) == ResultTable()


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_rules_against_overlapping_take_is_a_row_with_its_steps(words: Wording) -> None:
    found = determined(stated(rule("XA", counted(1000), **TAPER)))
    table = result_table(found, words)
    reduced, other = row(table, "row-reduced")
    assert (reduced.text, other.tone) == ("240.00 EUR", Tone.ABSENT)
    assert reduced.steps[0].name == "reduced_amount"
    assert reduced.steps[0].value == result(found, "XA").payable
    assert "row-reduced" not in [r.key for r in result_table(samples.TWO, words).rows]


def test_a_rule_that_takes_nothing_and_one_not_applied_are_told_apart(words: Wording) -> None:
    idle = rule("XA", counted(100), **TAPER)
    foreign = rule("XA", Counted("work", Money(Fraction(1000), "USD")), **TAPER)
    told = [row(result_table(determined(stated(r)), words), "row-reduced") for r in (idle, foreign)]
    assert [figures[0].text for figures in told] == ["nothing", "not known"]


def test_who_shares_a_benefit_is_a_row_with_a_step_for_each(words: Wording) -> None:
    divided = row(result_table(survivors(grown_up=True), words), "row-claimants")[0]
    assert divided.text == "2 claimants"
    assert [step.name for step in divided.steps] == [
        "payable_amount",
        "payable_amount",
        "lump_sum",
        "claimant",
    ]


def test_a_benefit_that_stops_abroad_says_when(words: Wording) -> None:
    stopped = replace(samples.HOME, payment=Payment.SUSPENDED, after_months=6)
    changed = samples.determination(replace(samples.FRANCE, portability=stopped))
    assert texts(result_table(changed, words), "row-abroad") == ("for 6 months only",)


def test_the_headline_adds_what_is_payable_and_names_what_is_not_known(words: Wording) -> None:
    told = headline(samples.TWO, words)
    assert plain(told.with_agreements) == "672.00 EUR a month + amounts not known (Spain)"
    assert plain(told.without) == "640.50 EUR a month + amounts not known (Spain)"


def test_sums_of_different_currencies_and_rhythms_stay_apart(words: Wording) -> None:
    weekly = replace(samples.FRANCE, scheme="x", payable=Money(Fraction(90), "GBP", Per.WEEK))
    twice = samples.determination(samples.FRANCE, replace(samples.FRANCE, scheme="y"), weekly)
    told = plain(headline(twice, words).with_agreements)
    assert told == "1,344.00 EUR a month + 90.00 GBP a week"


@pytest.mark.parametrize("case", [samples.REFUSAL, samples.EMPTY], ids=["refusal", "no scheme"])
def test_nothing_payable_is_said_plainly(case: Determination, words: Wording) -> None:
    assert headline(case, words).with_agreements == "nothing"
