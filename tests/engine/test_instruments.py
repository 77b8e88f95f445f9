"""Which instruments can be applied, and why the others cannot."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.agreement import BranchCover, Cover, Instrument, InstrumentKind
from ssacalc.domain.case import Branch, Case
from ssacalc.domain.rules import PersonalScope, Persons
from ssacalc.engine.instruments import candidates, ranked
from tests.engine.build import agreement, case, clause, period, time

HERE = "xa-scheme"
CASE = case(period("XA", certified=time(60)), period("XB", certified=time(60)))


def applied(instrument: Instrument, of: Case = CASE, country: str = "XA") -> tuple[bool, list[str]]:
    found, steps = candidates([instrument], country, HERE, of)
    return bool(found), [step.key for step in steps]


def test_an_instrument_in_force_between_two_states_of_the_case_applies() -> None:
    assert applied(agreement("XA", "XB")) == (True, ["instrument-binds"])


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2015, 1, 1), None, True),
        (date(2015, 1, 2), None, False),
        (date(2000, 1, 1), date(2015, 1, 1), True),
        (date(2000, 1, 1), date(2014, 12, 31), False),
    ],
)
def test_an_instrument_applies_only_while_it_is_in_force_on_the_day_of_the_claim(
    since: date, until: date | None, expected: bool
) -> None:
    found, keys = applied(agreement("XA", "XB", since=since, until=until))
    assert found is expected
    assert keys == ["instrument-binds" if expected else "instrument-not-in-force"]


def test_a_party_without_a_date_is_not_bound() -> None:
    found = agreement("XA", "XB")
    pending = replace(found, parties=tuple(replace(p, since=None) for p in found.parties))
    assert applied(pending) == (False, ["instrument-not-in-force"])


def test_an_instrument_that_concerns_no_other_state_of_the_case_is_not_mentioned() -> None:
    assert applied(agreement("XA", "XD")) == (False, [])
    assert applied(agreement("XB", "XD")) == (False, [])


def test_a_multilateral_instrument_needs_two_states_of_the_case_bound() -> None:
    later = agreement("XA", "XB", "XD", kind=InstrumentKind.MULTILATERAL)
    parties = tuple(
        replace(p, since=date(2020, 1, 1) if p.country == "XB" else p.since) for p in later.parties
    )
    assert applied(replace(later, parties=parties)) == (False, ["instrument-not-in-force"])


def test_parties_of_one_side_are_not_bound_to_each_other() -> None:
    found = agreement("XA", "XB", "XC")
    sides = {"XA": "union", "XB": "union", "XC": ""}
    parties = tuple(replace(p, side=sides[p.country]) for p in found.parties)
    assert applied(replace(found, parties=parties)) == (False, ["instrument-not-in-force"])


@pytest.mark.parametrize("cover", [c for c in Cover if c is not Cover.COVERED])
def test_a_branch_that_is_not_covered_is_an_obstacle_that_is_named(cover: Cover) -> None:
    assert applied(agreement("XA", "XB", cover=cover)) == (
        False,
        [f"instrument-branch-{cover.value}"],
    )


def test_a_branch_of_which_the_text_says_nothing_is_unknown_not_excluded() -> None:
    silent = replace(agreement("XA", "XB"), branches=())
    assert applied(silent) == (False, ["instrument-branch-unknown"])


def test_a_row_that_names_schemes_covers_these_and_no_others() -> None:
    found = agreement("XA", "XB")
    rows = (BranchCover("XA", Branch.OLD_AGE, Cover.COVERED, ("xa-scheme",)),)
    assert applied(replace(found, branches=rows))[0]
    rows = (BranchCover("XA", Branch.OLD_AGE, Cover.COVERED, ("xa-other",)),)
    assert applied(replace(found, branches=rows)) == (False, ["instrument-branch-unknown"])


def test_a_row_that_has_ended_does_not_cover() -> None:
    found = agreement("XA", "XB")
    rows = (BranchCover("XA", Branch.OLD_AGE, Cover.COVERED, until=date(2010, 12, 31)),)
    assert applied(replace(found, branches=rows)) == (False, ["instrument-branch-unknown"])


def scoped(persons: Persons, **more: object) -> Instrument:
    scope = PersonalScope(persons, **more)  # type: ignore[arg-type]
    return agreement("XA", "XB", further=[clause("G05", scope)])


@pytest.mark.parametrize(
    ("persons", "nationality", "expected"),
    [
        (Persons.ALL_INSURED, "XD", True),
        (Persons.NATIONALS, "XD", False),
        (Persons.NATIONALS, "XB", True),
        (Persons.NATIONALS, None, True),
    ],
)
def test_the_personal_scope_is_asked_of_people_whose_nationality_is_stated(
    persons: Persons, nationality: str | None, expected: bool
) -> None:
    stated = (nationality,) if nationality else ()
    person = replace(CASE.person, nationalities=stated)
    found, keys = applied(scoped(persons), replace(CASE, person=person))
    assert found is expected
    assert expected or keys == ["instrument-person-not-covered"]


def test_refugees_and_stateless_people_are_covered_where_the_text_says_so() -> None:
    person = replace(CASE.person, nationalities=("XD",), refugee_or_stateless=True)
    refugee = replace(CASE, person=person)
    assert applied(scoped(Persons.NATIONALS_REFUGEES_STATELESS), refugee)[0]
    assert not applied(scoped(Persons.NATIONALS), refugee)[0]


@pytest.mark.parametrize(
    ("residence", "legally", "not_bound", "expected"),
    [
        ("XA", True, (), True),
        ("XA", False, (), False),
        ("XD", True, (), False),
        ("XA", True, ("XA",), False),
    ],
)
def test_nationals_of_third_states_are_covered_where_they_legally_reside(
    residence: str, legally: bool, not_bound: tuple[str, ...], expected: bool
) -> None:
    # Reg. (EU) 1231/2010, art. 1
    person = replace(
        CASE.person, nationalities=("XD",), residence=residence, legally_resident=legally
    )
    instrument = scoped(
        Persons.NATIONALS_REFUGEES_STATELESS,
        third_country_nationals_since=date(2011, 1, 1),
        not_bound_to_third_country_nationals=not_bound,
    )
    assert applied(instrument, replace(CASE, person=person))[0] is expected


def test_a_protocol_is_not_applied_by_itself() -> None:
    assert applied(agreement("XA", "XB", kind=InstrumentKind.PROTOCOL)) == (False, [])


@given(st.permutations(["c", "a", "b"]))
def test_ties_go_to_union_law_then_conventions_then_agreements(order: list[str]) -> None:
    held = {
        "c": agreement("XA", "XB", name="c", kind=InstrumentKind.SUPRANATIONAL),
        "a": agreement("XA", "XB", name="a", kind=InstrumentKind.BILATERAL),
        "b": agreement("XA", "XB", name="b", kind=InstrumentKind.MULTILATERAL),
    }
    assert [i.id for i in ranked([held[name] for name in order])] == ["c", "b", "a"]
