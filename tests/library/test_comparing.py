"""Instruments side by side: what differs, what is not known, what agrees."""

from datetime import date
from decimal import Decimal

import pytest

from ssacalc.domain.agreement import Cover, Instrument, InstrumentKind
from ssacalc.domain.case import Branch
from ssacalc.domain.errors import InvalidLaw
from ssacalc.library.comparing import clauses_of, compare
from ssacalc.library.comparison import BRANCH, PARTNER, Comparison, Row, Told, Verdict
from ssacalc.library.profiles import profiles
from tests.library.build import TODAY, clause, cover, instrument


def rows(comparison: Comparison, name: str) -> list[Row]:
    return [row for row in comparison.rows if row.clause == name]


def row(one: Instrument, other: Instrument, name: str) -> Row:
    return rows(compare([one, other], TODAY), name)[0]


def test_another_option_is_a_difference() -> None:
    found = row(
        instrument("MA FR", clause("A14", "negotiation")),
        instrument("MA ES", clause("A14", "arbitration")),
        "A14",
    )
    assert (found.verdict, found.differs) == (Verdict.DIFFERENT, ("option",))


def test_another_number_is_a_difference_by_its_name() -> None:
    found = row(
        instrument("MA FR", clause("L05", "fixed", months=24)),
        instrument("MA ES", clause("L05", "fixed", months=Decimal(60))),
        "L05",
    )
    assert (found.verdict, found.differs) == (Verdict.DIFFERENT, ("months",))


def test_what_nobody_coded_is_not_known_and_no_difference() -> None:
    found = row(instrument("MA FR", clause("A14", "negotiation")), instrument("MA ES"), "A14")
    assert found.verdict is Verdict.UNKNOWN
    assert [cell.told for cell in found.cells] == [Told.CODED, Told.NOT_CODED]


def test_a_parameter_that_only_one_text_states_is_not_known_of_the_other() -> None:
    found = row(
        instrument("MA FR", clause("L05", "fixed", months=24)),
        instrument("MA ES", clause("L05", "fixed", months=24, affiliates=True)),
        "L05",
    )
    assert found.verdict is Verdict.UNKNOWN


def test_a_computed_parameter_left_out_has_its_default() -> None:
    found = row(
        instrument("MA FR", clause("T06", "bound-to-both", only_if_needed=True)),
        instrument("MA ES", clause("T06", "bound-to-both")),
        "T06",
    )
    assert found.verdict is Verdict.SAME


def test_inconclusive_is_not_known() -> None:
    found = row(
        instrument("MA FR", clause("A14", "negotiation")),
        instrument("MA ES", clause("A14", "inconclusive")),
        "A14",
    )
    assert found.verdict is Verdict.UNKNOWN


def test_silence_is_known_and_differs_from_an_option() -> None:
    found = row(
        instrument("MA FR", clause("A14", "silent")),
        instrument("MA ES", clause("A14", "negotiation")),
        "A14",
    )
    assert found.verdict is Verdict.DIFFERENT


def test_differences_come_first_then_what_is_not_known() -> None:
    one = instrument(
        "MA FR", clause("A03", "free"), clause("A05", "valid"), clause("A14", "silent")
    )
    other = instrument("MA ES", clause("A03", "free"), clause("A14", "negotiation"))
    verdicts = [r.verdict for r in compare([one, other], TODAY, ["A"]).rows]
    assert verdicts == [Verdict.DIFFERENT, Verdict.UNKNOWN, Verdict.SAME]


def test_the_partner_of_one_is_held_against_the_partner_of_the_other() -> None:
    one = instrument("MA FR", clause("P01", "pro-rata", party="FR"))
    other = instrument("MA ES", clause("P01", "direct", party="ES"))
    found = row(one, other, "P01")
    assert found.scope.party == PARTNER
    assert found.differs == ("option",)


def test_a_parameter_that_names_the_partner_does_not_differ_by_its_name() -> None:
    def reads(state: str) -> Instrument:
        held = [{"source": state, "kind": "same"}, {"source": f"{state.lower()}-x", "kind": "none"}]
        return instrument(f"MA {state}", clause("T03", "converted", party="MA", rows=held))

    assert row(reads("FR"), reads("ES"), "T03").verdict is Verdict.SAME


def test_a_general_clause_speaks_where_there_is_none_so_narrow() -> None:
    one = instrument("MA FR", clause("T05", "none"))
    other = instrument("MA ES", clause("T05", "no-duty", party="MA"))
    found = {r.scope.party: r for r in rows(compare([one, other], TODAY), "T05")}
    assert [cell.told for cell in found["MA"].cells] == [Told.GENERAL, Told.CODED]
    assert [cell.told for cell in found[None].cells] == [Told.CODED, Told.ELSEWHERE]


def test_agreements_without_a_common_state_are_compared_as_wholes() -> None:
    one = instrument("MA FR", clause("P01", "pro-rata", party="FR"), clause("P01", "direct"))
    other = instrument("US JP", clause("P01", "direct", party="US"), clause("P01", "pro-rata"))
    (found,) = rows(compare([one, other], TODAY), "P01")
    assert len(found.cells[0].said) == 2
    assert found.verdict is Verdict.SAME


def test_only_what_is_valid_on_the_day_is_compared() -> None:
    one = instrument("MA FR", clause("A14", "negotiation", until=date(2010, 1, 1)))
    assert rows(compare([one, instrument("MA ES")], TODAY), "A14") == []
    assert len(rows(compare([one, instrument("MA ES")], date(2009, 1, 1)), "A14")) == 1


def test_branches_are_compared_before_clauses() -> None:
    one = instrument("MA FR", covers=(cover("MA"), cover("FR")))
    other = instrument("MA ES", covers=(cover("MA", how=Cover.EXCLUDED),))
    found = {r.scope.party: r.verdict for r in rows(compare([one, other], TODAY), BRANCH)}
    assert found == {"MA": Verdict.DIFFERENT, PARTNER: Verdict.UNKNOWN}


def test_parties_of_whom_a_text_says_the_same_go_together() -> None:
    many = instrument("MA FR ES", kind=InstrumentKind.MULTILATERAL)
    model = instrument("", kind=InstrumentKind.STANDARD, name="model", covers=())
    found = rows(compare([many], TODAY, model=model), BRANCH)[0]
    assert found.cells[1].said[0].narrowed == ("MA", "FR", "ES")


def test_against_a_model_only_differences_from_it_count() -> None:
    model = instrument("", clause("A14", "negotiation"), name="model", covers=())
    one = instrument("MA FR", clause("A14", "negotiation"), clause("A03", "free"))
    other = instrument("MA ES", clause("A14", "silent"), clause("A03", "paid"))
    held = compare([one, other], TODAY, ["A"], model=model)
    assert [i.id for i in held.instruments] == ["model", "ma-fr", "ma-es"]
    verdicts = {r.clause: r.verdict for r in held.rows}
    assert verdicts == {"A14": Verdict.DIFFERENT, "A03": Verdict.UNKNOWN}
    counted = {(p.instrument.id, p.topic): (p.like, p.unlike) for p in profiles(held, TODAY)}
    assert counted["model", "assistance"] == (None, None)


def test_a_profile_counts_and_never_grades() -> None:
    one = instrument(
        "MA FR",
        clause("A03", "free"),
        clause("A04", "silent"),
        clause("A05", "inconclusive"),
    )
    model = instrument("", clause("A03", "free"), name="model", covers=())
    held = compare([one], TODAY, model=model)
    found = next(
        p for p in profiles(held, TODAY) if p.instrument is one and p.topic == "assistance"
    )
    assert (found.coded, found.silent, found.unclear, found.not_coded) == (1, 1, 1, 8)
    assert (found.like, found.unlike) == (1, 0)


@pytest.mark.parametrize(
    ("topic", "within", "without"),
    [
        ("posting", "L05", "T03"),
        ("t", "T03", "L05"),
        ("T05", "T05", "T06"),
        ("scope", BRANCH, "P01"),
    ],
)
def test_a_topic_is_a_name_a_group_or_a_clause(topic: str, within: str, without: str) -> None:
    chosen = clauses_of([topic])
    assert within in chosen
    assert without not in chosen


def test_an_unknown_topic_is_refused_with_the_one_meant() -> None:
    with pytest.raises(InvalidLaw, match="Did you mean posting"):
        clauses_of(["postings"])


def test_a_row_is_narrowed_to_branch_and_scheme_of_the_common_state() -> None:
    held = (clause("T03", "same", party="MA", scheme="ma-x", branch=Branch.SURVIVORS),)
    found = row(instrument("MA FR", *held), instrument("MA ES", *held), "T03")
    assert found.scope.words() == ("MA", "ma-x", "survivors")
    assert found.verdict is Verdict.SAME
