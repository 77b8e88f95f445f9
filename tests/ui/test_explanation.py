"""Why a figure is what it is, and what a reader must know before relying on it."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from ssacalc.domain.determination import Determination
from ssacalc.domain.trace import Step
from ssacalc.report.wording import Wording
from ssacalc.ui.entries import Entry, Manner, as_text
from ssacalc.ui.explanation import Explanation, missing, other_ways, sources_of, steps_of
from ssacalc.ui.figures import result_table
from ssacalc.ui.problems import problem_entries
from tests.ui import samples


def everything(entries: tuple[Entry, ...]) -> list[Entry]:
    return [found for e in entries for found in (e, *everything(e.children))]


def test_a_step_shows_its_value_its_working_and_its_article(words: Wording) -> None:
    entry = steps_of((samples.THEORETICAL,), words)[0]
    assert (entry.title, entry.value) == ("Theoretical amount", "1,302.00 EUR")
    assert entry.body == words.working(samples.THEORETICAL)
    assert entry.notes[0].text.startswith("Pension Act, s. 7")


def test_an_article_that_was_not_read_stands_out(words: Wording) -> None:
    unread = steps_of((samples.THEORETICAL,), words)[0].notes[0]
    read = steps_of((samples.MET,), words)[0].notes[0]
    assert (unread.manner, read.manner) == (Manner.WARNING, Manner.LAW)
    assert "not read" in unread.text


def test_all_the_steps_a_figure_rests_on_are_shown(words: Wording) -> None:
    titles = [entry.title for entry in everything(steps_of((samples.PRO_RATA,), words))]
    for title in ("Theoretical amount", "All periods", "Own periods", "Overlapping periods"):
        assert title in titles


def test_what_was_explained_above_is_not_explained_again(words: Wording) -> None:
    entries = everything(steps_of((samples.PRO_RATA,), words))
    totals = [entry for entry in entries if entry.title == "All periods"]
    assert len(totals) == 2
    assert totals[0].children
    assert not totals[1].children
    assert totals[1].notes[0].text == "Explained above."


def test_a_chain_of_shared_steps_stays_short(words: Wording) -> None:
    step = samples.OWN
    for _ in range(40):
        step = Step("sum", None, "twice", (), (), (step, step))
    assert len(everything(steps_of((step,), words))) < 100


def test_where_the_articles_can_be_read_is_said_once_for_each_place() -> None:
    (told,) = sources_of((samples.RESULT,))
    assert [(entry.title, entry.body) for entry in told.children] == [
        ("EUR-Lex", "https://www.example.org/883"),
        ("Pension Act", ""),
    ]
    assert sources_of((samples.OWN,)) == ()


def test_other_lawful_ways_are_shown_with_their_amount(words: Wording) -> None:
    (told,) = other_ways(samples.FRANCE, words)
    assert "655.10 EUR" in [entry.value for entry in told.children]
    assert other_ways(samples.SPAIN, words) == ()


def test_a_refusal_says_what_is_missing_and_what_would_help(words: Wording) -> None:
    (told,) = missing(samples.REFUSED, words)
    assert "14 months" in told.body
    assert "qualifying period" in told.body
    assert "full record" in told.notes[0].text
    assert missing(samples.FRANCE, words) == ()


def test_copied_text_is_indented_and_complete(words: Wording) -> None:
    text = as_text(steps_of((samples.MET,), words))
    assert text.splitlines()[0].startswith("Condition: yes")
    assert "  Regulation (EC) 883/2004, art. 52" in text
    assert "    Own periods: 192 months" in text


def test_the_explanation_is_copied_with_the_figure_it_is_about(
    qtbot: object, words: Wording
) -> None:
    explanation = Explanation()
    table = result_table(samples.TWO, words)
    explanation.show_figure(table.rows[6].figures[0], samples.FRANCE, words)
    explanation.copy_text()
    text = QApplication.clipboard().text()
    assert text.startswith("France, General scheme, Theoretical amount: 1,302.00 EUR\n")
    assert "Pension Act" in text


def titles(determination: Determination, words: Wording) -> list[str]:
    return [entry.title for entry in problem_entries(determination, words)]


def test_every_doubt_and_problem_is_listed(words: Wording) -> None:
    assert titles(samples.TWO, words) == [
        "Facts of the case",
        "Not proved yet",
        "Not proved yet",
        "Missing",
        "A choice the law leaves open",
        "Draft",
    ]


def test_a_refusal_stands_first_among_the_problems(words: Wording) -> None:
    assert titles(samples.REFUSAL, words) == ["No right"]


def test_every_problem_says_what_to_do(words: Wording) -> None:
    for entry in problem_entries(samples.TWO, words):
        assert entry.notes[-1].text.startswith("→ ")


def test_an_unproved_period_says_what_it_is_worth(words: Wording) -> None:
    told = [e.body for e in problem_entries(samples.TWO, words) if e.title == "Not proved yet"]
    assert told == [
        "Spain, unemployment: with it 672.00 EUR a month; without it 684.20 EUR a month.",
        "Spain, unemployment: with it a right not known; without it no right.",
    ]


def test_a_doubt_of_several_results_is_listed_once_with_its_states(words: Wording) -> None:
    shared = samples.SPAIN.doubts
    both = samples.determination(replace(samples.FRANCE, doubts=shared), samples.SPAIN)
    (entry,) = [e for e in problem_entries(both, words) if e.title == "Missing"]
    assert entry.value == "France, Spain"


def test_unread_texts_without_a_doubt_of_their_own_are_still_told(words: Wording) -> None:
    silent = samples.determination(replace(samples.FRANCE, doubts=()))
    assert titles(silent, words) == ["Not verified"]
