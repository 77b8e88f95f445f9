"""The facts of a case beside its periods, in the window."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ssacalc.domain.case import Certified, Relative
from ssacalc.domain.overlap import Counted, OverlapKind, Reduction
from ssacalc.report.wording import Wording
from ssacalc.ui.entries import Entry, as_text
from ssacalc.ui.entry_tree import EntryTree
from ssacalc.ui.facts import Facts, fact_entries
from ssacalc.ui.window import MainWindow
from tests.ui import samples

RULE = Reduction(
    "FR",
    OverlapKind.INCOME,
    (Counted("work", samples.eur("1000")),),
    free=samples.eur("400"),
    rate=Fraction(2, 5),
    place="reductions[1]",
)
CASE = replace(
    samples.CASE,
    person=replace(samples.CASE.person, relatives=(Relative("child", date(2010, 6, 1)),)),
    certified=(Certified("FR", independent=samples.eur("5"), own_right=True, place="c[1]"),),
    reductions=(RULE,),
)
STATED = samples.determination(samples.FRANCE, case=CASE)


def test_the_facts_are_grouped_and_those_of_one_certificate_stand_together(
    words: Wording,
) -> None:
    entries = fact_entries(STATED, words)
    assert [entry.title for entry in entries] == [
        "Family",
        "Certified by institutions",
        "Rules against overlapping benefits",
    ]
    (certificate,) = entries[1].children
    assert certificate.title == "France"
    assert certificate.body.count("\n") == 1


def test_the_window_shows_family_certificates_and_rules(
    window: MainWindow, words: Wording, case_file: Path
) -> None:
    window.show_determination(STATED, words, case_file)
    told = as_text(window.case.facts.tree.entries)
    assert "child, born on 1 June 2010" in told
    assert "It takes 40% of what exceeds 400.00 EUR a month." in told
    assert "work, 1,000.00 EUR a month" in told


def test_a_problem_with_a_rule_leads_to_the_rule(
    window: MainWindow, words: Wording, case_file: Path
) -> None:
    window.show_determination(STATED, words, case_file)
    window.case.problems.list.chosen.emit("reductions[1]")
    facts = window.case.facts.tree
    assert facts.hasFocus()
    assert facts.currentIndex().parent().data() == "Rules against overlapping benefits"


def test_a_case_without_further_facts_says_so(qapp: object, words: Wording) -> None:
    card = Facts()
    card.show_determination(samples.EMPTY, words)
    assert [entry.title for entry in card.tree.entries] == ["No other fact is stated."]
    assert not card.go_to("")


def test_from_right_to_left_the_value_of_an_entry_stands_at_the_left(qapp: QApplication) -> None:
    tree = EntryTree("Steps", nested=True)
    entry = Entry("Result", "588")

    def cells() -> list[str]:
        return re.findall(">(Result|588)<", tree.itemDelegate()._html(entry))

    assert cells() == ["Result", "588"]
    tree.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert cells() == ["588", "Result"]
