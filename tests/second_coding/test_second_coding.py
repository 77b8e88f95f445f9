"""Two codings of a sample: the page, the settlements and the live files belong together."""

from dataclasses import replace
from fractions import Fraction

import pytest

from ssacalc.library.instruments import read_instrument
from ssacalc.resources import folder
from tests.second_coding.page import PAGE, page
from tests.second_coding.rate import (
    Comparison,
    Outcome,
    answer,
    comparisons,
    content,
    rate,
    sample,
)
from tests.second_coding.settlement import Prevailed, Settled, entries, rules, settlement

DIFFERING = tuple(c for c in comparisons() if not c.agrees)
SETTLED = tuple((c, s) for c in DIFFERING if (s := settlement(c)) is not None)


def name(value: object) -> str:
    if isinstance(value, Comparison):
        return f"{value.agreement}-{value.clause}-{value.questions[0].party}"
    return value.prevailed if isinstance(value, Settled) else ""


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_at_least_fifteen_agreements_were_coded_twice() -> None:
    assert len(sample()) >= 15


def test_a_rate_is_exact() -> None:
    found = rate(comparisons())
    assert found.share == Fraction(found.agreed, found.compared)
    assert found.compared - found.agreed == len(DIFFERING)


def test_a_clause_for_all_parties_says_what_one_for_each_says() -> None:
    held = {(c.agreement, c.clause): c for c in comparisons() if c.agrees}
    one = held["ca-tt-1997", "T01"]
    assert {clause.party for clause in one.first} != {clause.party for clause in one.second}


def test_every_disagreement_on_a_clause_of_determinations_is_settled() -> None:
    assert [name(c) for c in DIFFERING if c.engine and settlement(c) is None] == []


def test_every_settlement_is_of_a_disagreement() -> None:
    used = {entry for _, entry in SETTLED}
    assert [entry for entry in entries() if entry not in used] == []


def test_every_rule_named_is_there() -> None:
    known = {rule.id for rule in rules()}
    assert {entry.rule for entry in entries() if entry.rule} == known


@pytest.mark.parametrize(("comparison", "entry"), SETTLED, ids=name)
def test_the_live_file_follows_the_settlement(comparison: Comparison, entry: Settled) -> None:
    live = read_instrument(folder("agreements") / f"{comparison.agreement}.toml")
    clauses = [c for c in live.clauses if c.id == comparison.clause]
    parties = [party.country for party in live.parties]
    says = frozenset[tuple[str, str]]().union(
        *(
            content(answer(clauses, replace(question, party=party)))
            for question in comparison.questions
            for party in ([question.party] if question.party else parties)
        )
    )
    one, other = content(comparison.first), content(comparison.second)
    match entry.prevailed:
        case Prevailed.FIRST:
            assert says == one
        case Prevailed.SECOND:
            assert says == other
        case Prevailed.THIRD:
            assert says not in (one, other)


def test_the_four_outcomes_are_told_apart() -> None:
    assert {c.outcome for c in comparisons()} == set(Outcome)
