"""What a careful keeper asks about instruments that can be read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ssacalc.commands.check_text import checked
from ssacalc.domain.agreement import (
    Clause,
    Cover,
    Event,
    EventKind,
    Instrument,
    InstrumentKind,
    Party,
    Source,
)
from ssacalc.domain.rules import Calculation, Method, Overlapping, OverlapRule
from ssacalc.library import checking
from ssacalc.library.checking import Report, check_instruments
from ssacalc.library.instrument_checks import NEEDED, Concern, Finding, check_instrument
from ssacalc.library.library_checks import check_together
from tests.library.build import SINCE, TODAY, clause, cover, instrument

PRO_RATA = Calculation(Method.PRO_RATA)
HOME = Overlapping(OverlapRule.HOME_PREVAILS)
SIGNED = Event(EventKind.SIGNED, date(1999, 1, 1))


def sound(*clauses: Clause, events: Sequence[Event] = (SIGNED,), **more: object) -> Instrument:
    """Return an instrument with nothing to look at, but for what a test adds."""
    spoken = {c.id for c in clauses}
    silent = (clause(name, "silent") for name in NEEDED if name not in spoken)
    held = instrument("MA FR", *clauses, *silent)
    return replace(held, events=tuple(events), **more)  # type: ignore[arg-type]


def told(held: Instrument, on: date = TODAY) -> list[tuple[Concern, str]]:
    return [(f.concern, f.place) for f in check_instrument(held, on)]


def test_a_sound_instrument_has_nothing_to_look_at() -> None:
    assert told(sound(clause("P01", "pro-rata", rule=PRO_RATA))) == []


def test_an_instrument_in_force_before_signing_is_out_of_order() -> None:
    late = Event(EventKind.SIGNED, date(2001, 1, 1))
    force = Event(EventKind.IN_FORCE, date(2000, 1, 1))
    found = told(sound(events=(force, late)))
    assert found.count((Concern.DATES, "events")) == 1
    assert found.count((Concern.DATES, "parties")) == 2


def test_what_one_party_does_later_is_not_out_of_order() -> None:
    joined = Event(EventKind.SIGNED, date(2010, 1, 1), party="ES")
    force = Event(EventKind.IN_FORCE, SINCE)
    assert (Concern.DATES, "events") not in told(sound(events=(SIGNED, force, joined)))


def test_an_ended_instrument_whose_parties_stay_bound_is_out_of_order() -> None:
    ended = Event(EventKind.ENDED, date(2010, 1, 1))
    assert (Concern.DATES, "parties") in told(sound(events=(SIGNED, ended)))


def test_two_clauses_for_the_same_days_overlap() -> None:
    one = clause("T04", "home-prevails", rule=HOME, until=date(2010, 1, 1))
    other = clause("T04", "counted-once", rule=HOME, since=date(2010, 1, 1))
    assert (Concern.OVERLAP, "T04") in told(sound(one, other))
    later = replace(other, since=date(2010, 1, 2))
    assert told(sound(one, later)) == []


def test_a_computed_clause_with_other_parameters_overlaps_too() -> None:
    held = sound(clause("A02", "named", bodies=["a"]), clause("A02", "named", bodies=["b"]))
    assert told(held) == []
    rows = [clause("T04", "home-prevails", rule=HOME, add_back_voluntary=yes) for yes in (1, 0)]
    assert (Concern.OVERLAP, "T04") in told(sound(*rows))


def test_a_party_without_branches_is_asymmetric() -> None:
    found = told(sound(branches=(cover("MA"),)))
    assert (Concern.PARTIES, "branches") in found


def test_parties_bound_for_other_days_are_asymmetric() -> None:
    parties = (Party("MA", SINCE), Party("FR", date(2001, 1, 1)))
    assert (Concern.PARTIES, "parties") in told(sound(parties=parties))


def test_a_computed_clause_of_one_party_alone_is_asymmetric() -> None:
    one = clause("P01", "pro-rata", party="MA", rule=PRO_RATA)
    assert (Concern.PARTIES, "P01") in told(sound(one))
    alone = clause("T01", "none", party="FR")
    assert told(sound(one, alone)) == []


def test_a_clause_that_a_determination_asks_for_is_missing() -> None:
    held = sound()
    without = replace(held, clauses=held.clauses[1:])
    assert told(without) == [(Concern.MISSING, NEEDED[0])]


def test_an_instrument_without_branches_or_events_is_incomplete() -> None:
    assert told(sound(events=(), branches=())) == [
        (Concern.MISSING, "events"),
        (Concern.MISSING, "branches"),
    ]


def test_a_clause_or_branch_without_its_article_is_named() -> None:
    bare = replace(clause("A03", "free"), law=replace(clause("A03", "free").law, article=""))
    row = replace(cover("MA"), law=None)
    found = told(sound(bare, branches=(row, cover("FR"))))
    assert (Concern.ARTICLE, "A03") in found
    assert (Concern.ARTICLE, "old-age [MA]") in found


def test_an_option_that_the_engine_does_not_compute_is_named() -> None:
    found = told(sound(clause("P01", "integration-residence")))
    assert found == [(Concern.UNUSABLE, "P01")]


def test_what_is_unverified_and_computed_with_is_named() -> None:
    unread = clause("P01", "pro-rata", rule=PRO_RATA, verified=False)
    branch = cover("MA")
    assert branch.law is not None
    row = replace(branch, law=replace(branch.law, verified=False))
    found = told(sound(unread, branches=(row, cover("FR"))))
    assert found == [(Concern.UNVERIFIED, "P01"), (Concern.UNVERIFIED, "old-age [MA]")]


def test_a_silence_that_nobody_read_is_named_where_it_is_computed_with() -> None:
    found = told(sound(clause("T06", "silent", verified=False)))
    assert found == [(Concern.UNVERIFIED, "T06")]
    assert told(sound(clause("B04", "silent", verified=False))) == []


def test_what_is_unverified_and_not_computed_with_is_left_alone() -> None:
    assert told(sound(clause("A03", "free", verified=False))) == []
    past = clause("P01", "pro-rata", verified=False, until=date(2010, 1, 1))
    assert (Concern.UNVERIFIED, "P01") not in told(sound(past))


def test_an_inconclusive_clause_is_named_where_it_is_computed_with() -> None:
    assert told(sound(clause("T05", "inconclusive"))) == [(Concern.UNCLEAR, "T05")]
    assert told(sound(clause("B04", "inconclusive"))) == []


@pytest.mark.parametrize(
    ("on", "stale"),
    [(date(2023, 5, 31), False), (date(2023, 6, 1), True), (date(2025, 1, 1), True)],
)
def test_three_years_after_the_last_check_it_is_stale(on: date, stale: bool) -> None:
    assert ((Concern.STALE, "checked") in told(sound(), on)) is stale


def test_an_instrument_nobody_checked_is_stale() -> None:
    assert told(sound(checked_on=None)) == [(Concern.STALE, "checked")]


def test_a_standard_is_not_asked_for_clauses_of_a_determination() -> None:
    held = replace(sound(), kind=InstrumentKind.STANDARD, clauses=())
    assert told(held) == []


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://example.org", [(Concern.SOURCE, "text")]),
        ("http://www.example.org/", [(Concern.SOURCE, "text")]),
        ("https://example.org/list", []),
        ("https://example.org/?id=1", []),
    ],
)
def test_a_source_is_a_page(address: str, found: list[tuple[Concern, str]]) -> None:
    assert told(sound(sources=(Source("text", "Official text", address),))) == found


# Held against each other


def together(*instruments: Instrument) -> list[tuple[str, Concern, str]]:
    return [(f.instrument, f.concern, f.place) for f in check_together(instruments)]


def until(day: date | None) -> tuple[Party, Party]:
    return (Party("MA", date(1980, 1, 1), day), Party("FR", date(1980, 1, 1), day))


def test_a_replaced_instrument_must_be_there() -> None:
    new = instrument("MA FR", replaces=("old",))
    assert together(new) == [("ma-fr", Concern.MISSING, "replaces")]


def test_a_replaced_instrument_ends_the_day_before() -> None:
    new = instrument("MA FR", replaces=("old",))
    ends = [
        (date(1999, 12, 31), []),
        (date(2000, 1, 1), [Concern.OVERLAP]),
        (None, [Concern.OVERLAP]),
    ]
    for day, expected in ends:
        old = instrument("MA FR", name="old", parties=until(day))
        assert [concern for _, concern, _ in together(new, old)] == expected


def test_a_gap_between_old_and_new_is_told_unless_the_old_one_names_the_new() -> None:
    new = instrument("MA FR", replaces=("old",))
    old = instrument("MA FR", name="old", parties=until(date(1998, 1, 1)))
    assert together(new, old) == [("ma-fr", Concern.DATES, "replaces")]
    named = replace(old, events=(Event(EventKind.REPLACED, SINCE, by="ma-fr"),))
    assert together(new, named) == []


def test_two_agreements_of_the_same_states_at_once_are_told() -> None:
    twin = instrument("MA FR", name="twin")
    assert together(instrument("MA FR"), twin) == [("ma-fr", Concern.OVERLAP, "parties")]
    supplement = instrument("MA FR", clause("G11", "supplements"), name="twin")
    assert together(instrument("MA FR"), supplement) == []
    assert together(instrument("MA FR"), instrument("MA ES")) == []


def test_faults_of_files_are_told_beside_what_is_to_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.toml").write_text("x", encoding="utf-8")
    monkeypatch.setattr(checking, "folder", lambda _: tmp_path)
    report = check_instruments([], TODAY)
    assert (report.files, len(report.faults), report.findings) == (1, 1, ())


def test_the_shipped_instruments_have_no_fault() -> None:
    report = check_instruments([], TODAY)
    assert report.faults == ()
    assert all(finding.told for finding in report.findings)


def test_two_signed_on_one_day_that_began_on_different_days_are_two() -> None:
    def listed(name: str, begun: date) -> Instrument:
        force = Event(EventKind.IN_FORCE, begun)
        held = instrument("DE GB", name=name, parties=(Party("DE", begun), Party("GB", begun)))
        return replace(held, events=(SIGNED, force), listed=True)

    one = listed("de-gb-1999", date(2000, 8, 1))
    assert [c for _, c, _ in together(one, listed("de-gb-1999-b", date(2000, 8, 1)))] == [
        Concern.TWICE
    ]
    assert [c for _, c, _ in together(one, listed("de-gb-1999-b", date(2000, 9, 1)))] == [
        Concern.OVERLAP
    ]


def test_the_report_brings_together_what_is_alike_and_sums_up() -> None:
    places = ["old-age [MA]", "old-age [FR]", "P01 [MA, ma-x]", "T04"]
    found = [Finding("ma-fr", Concern.UNVERIFIED, place, "unverified") for place in places]
    found.append(Finding("ma-es", Concern.STALE, "checked", "nobody checked it", "Read it."))
    text = checked(Report(2, (), tuple(found)))
    assert "  ma-fr: [MA, FR] old-age; [MA, ma-x] P01; T04\n" in text
    assert "    4  Unverified, though a determination computes with it (1 instrument)\n" in text
    assert text.endswith("2 files: 0 with faults, 5 things to look at.")
    assert "In short" not in checked(Report(1, (), tuple(found[:1])))


def test_cover_is_asked_of_pensions_only() -> None:
    held = sound(
        branches=(cover("MA", how=Cover.CONTRIBUTIONS_ONLY), cover("FR", how=Cover.EXCLUDED))
    )
    assert told(replace(held, clauses=())) == []
