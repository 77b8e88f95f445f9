"""Answers as tables: JSON, CSV, and a code book that leaves nothing out."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from ssacalc.domain.agreement import InstrumentKind
from ssacalc.domain.case import Branch
from ssacalc.domain.errors import InvalidLaw
from ssacalc.domain.law import Law
from ssacalc.library.catalogue import (
    Standing,
    branch_of,
    named,
    selected,
    span,
    standing,
    state,
    state_of,
)
from ssacalc.library.codebook import KINDS, codebook
from ssacalc.library.comparing import compare
from ssacalc.library.comparison_tables import comparison_table, grid_table, profiles_table
from ssacalc.library.corridor_tables import corridor_tables
from ssacalc.library.corridors import corridor
from ssacalc.library.coverage import coverage_table, totals
from ssacalc.library.instrument_tables import instrument_tables
from ssacalc.library.profiles import profiles
from ssacalc.library.tables import Column, Kind, Table, as_csv, as_json, chosen, said, table
from tests.library.build import SINCE, TODAY, clause, instrument

KIND = Kind("things", "a thing", (Column("name", "its name"), Column("value", "its value")))
HELD = instrument(
    "MA FR",
    clause("P01", "pro-rata", party="MA", note="=1+1"),
    clause("T05", "no-duty", minimum={"number": Decimal(1), "unit": "year"}),
    clause("A14", "silent", until=date(2010, 1, 1)),
)


def rows(held: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(held))))


@pytest.mark.parametrize(
    ("value", "cell", "plain"),
    [
        (None, "", None),
        (True, "yes", True),
        (False, "no", False),
        (12, "12", 12),
        ("text, with a comma", "text, with a comma", "text, with a comma"),
        (date(2020, 1, 31), "2020-01-31", "2020-01-31"),
        (("MA", "FR"), "MA; FR", ["MA", "FR"]),
        ((), "", []),
        ({"months": Decimal("24"), "own": False}, "months = 24; own = no", None),
        ("=SUM(A1)", "'=SUM(A1)", "=SUM(A1)"),
        ("-5", "'-5", "-5"),
        ("", "", ""),
    ],
)
def test_a_value_stands_in_csv_and_json(value: object, cell: str, plain: object) -> None:
    held = table(KIND, [("a", value)])  # type: ignore[list-item]
    assert rows(held)[0]["value"] == cell
    if plain is not None:
        assert json.loads(as_json([held]))["things"][0]["value"] == plain


def test_a_row_that_does_not_fit_its_columns_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="does not fit"):
        table(KIND, [("a",)])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"number": Decimal(1), "unit": "year"}, "1 year"),
        ({"number": 6, "unit": "quarter"}, "6 quarters"),
        ([{"source": "MA", "kind": "same"}], "{source MA, kind same}"),
        (Fraction(1, 3), "1/3"),
        (True, "yes"),
        (None, "not known"),
    ],
)
def test_a_parameter_is_put_in_words(value: object, words: str) -> None:
    assert said(value) == words


def test_the_table_for_csv_is_chosen_by_name() -> None:
    held = instrument_tables(HELD, TODAY)
    assert chosen(held, None) is held[0]
    assert chosen(held, "clauses").kind.name == "clauses"
    with pytest.raises(InvalidLaw, match="Did you mean clauses"):
        chosen(held, "clause")


def test_an_instrument_is_given_with_everything_coded() -> None:
    held = {t.kind.name: rows(t) for t in instrument_tables(HELD, TODAY)}
    assert held["instruments"][0]["parties"] == "MA; FR"
    assert held["instruments"][0]["methods"] == "pro-rata"
    assert len(held["branches"]) == 2
    assert {c["clause"]: c["option"] for c in held["clauses"]} == {
        "T05": "no-duty",
        "P01": "pro-rata",
        "A14": "silent",
    }
    assert held["clauses"][0]["parameters"] == "minimum = 1 year"


def test_only_clauses_valid_on_a_day_can_be_given() -> None:
    held = {t.kind.name: rows(t) for t in instrument_tables(HELD, TODAY, TODAY)}
    assert [c["clause"] for c in held["clauses"]] == ["T05", "P01"]


def test_a_comparison_is_given_long_and_as_a_grid() -> None:
    held = compare([HELD, instrument("MA ES")], TODAY, ["T05"])
    long, grid = rows(comparison_table(held)), rows(grid_table(held))
    assert [r["instrument"] for r in long] == ["ma-fr", "ma-es"]
    assert long[1]["told"] == "not-coded"
    assert grid[0]["ma-fr"] == "no-duty; minimum 1 year (art. 1)"
    assert grid[0]["ma-es"] == "not-coded"
    assert {r["topic"] for r in rows(profiles_table(profiles(held, TODAY)))} >= {"totalisation"}


def test_a_corridor_is_given_with_a_row_for_each_side() -> None:
    held = Law((HELD, instrument("MA ES"), instrument("FR ES")), (), "")
    found = {t.kind.name: rows(t) for t in corridor_tables(corridor(held, ("MA", "FR"), TODAY))}
    assert [(r["branch"], r["state"]) for r in found["bindings"]] == [
        ("old-age", "MA"),
        ("old-age", "FR"),
    ]
    assert found["bindings"][0]["minimum"] == "no-duty 1 year"
    assert [r["third"] for r in found["bridges"]] == ["ES"]


def test_every_column_has_a_meaning_and_every_list_its_codes() -> None:
    columns, codes = (rows(held) for held in codebook())
    assert all(row["meaning"] for row in columns)
    lists = {row["list"] for row in codes}
    assert {row["codes"] for row in columns} - {""} <= lists
    assert len({kind.name for kind in KINDS}) == len(KINDS)


def test_every_table_given_out_is_in_the_code_book() -> None:
    held = compare([HELD], TODAY)
    given = [
        *instrument_tables(HELD, TODAY),
        *corridor_tables(corridor(Law((HELD,), (), ""), ("MA", "FR"), TODAY)),
        comparison_table(held),
        profiles_table(profiles(held, TODAY)),
        coverage_table([HELD], [], TODAY),
        *codebook(),
    ]
    assert {t.kind for t in given} <= set(KINDS)


def test_the_coverage_counts_what_binds_and_names_partners() -> None:
    held = [HELD, instrument("MA ES"), instrument("MA SE", kind=InstrumentKind.STANDARD)]
    states = {r["state"]: r for r in rows(coverage_table(held, [], TODAY))}
    assert (states["MA"]["in_force"], states["MA"]["partners"]) == ("2", "ES; FR")
    assert states["SE"]["standards"] == "ma-se"
    counted = totals(held, TODAY)
    assert (counted.instruments, counted.states, counted.clauses) == (3, 4, 3)


# Looked up and selected


def test_instruments_are_selected_by_party_day_and_branch() -> None:
    held = [HELD, instrument("MA ES"), instrument("US FR")]
    assert [i.id for i in selected(held, ["MA"])] == ["ma-fr", "ma-es"]
    assert [i.id for i in selected(held, ["MA", "FR"])] == ["ma-fr"]
    assert selected(held, ["MA"], date(1999, 1, 1)) == ()
    assert len(selected(held, on=TODAY, branch=Branch.OLD_AGE)) == 3
    assert selected(held, ["MA"], TODAY, Branch.FAMILY) == ()


def test_a_party_that_left_is_not_selected_on_a_later_day() -> None:
    from ssacalc.domain.agreement import Party

    parties = (Party("MA", SINCE, date(2010, 1, 1)), Party("FR", SINCE), Party("ES", SINCE))
    held = [instrument("MA FR ES", parties=parties, kind=InstrumentKind.MULTILATERAL)]
    assert selected(held, ["MA"], TODAY) == ()
    assert len(selected(held, ["FR"], TODAY)) == 1


@pytest.mark.parametrize(
    ("since", "until", "expected", "words"),
    [
        (SINCE, None, Standing.IN_FORCE, "in force 2000-01-01"),
        (SINCE, date(2010, 1, 1), Standing.ENDED, "2000-01-01 to 2010-01-01"),
        (date(2030, 1, 1), None, Standing.NOT_YET, "in force 2030-01-01"),
        (None, None, Standing.NOT_IN_FORCE, "not in force"),
    ],
)
def test_an_instrument_stands_as_its_parties_dates_say(
    since: date | None, until: date | None, expected: Standing, words: str
) -> None:
    from ssacalc.domain.agreement import Party

    held = instrument("MA FR", parties=(Party("MA", since, until), Party("FR", since, until)))
    assert standing(held, TODAY) is expected
    assert state(held) == words


def test_model_provisions_bind_nobody() -> None:
    held = instrument("", name="model", kind=InstrumentKind.STANDARD, covers=())
    assert standing(held, TODAY) is Standing.MODEL
    assert span(held) == (None, None)
    assert state(held) == "model provisions"


def test_what_is_not_known_is_refused_with_what_may_be_meant() -> None:
    assert state_of(" ma ") == "MA"
    with pytest.raises(InvalidLaw, match="Write MA"):
        state_of("Morocco")
    assert branch_of("old-age") is Branch.OLD_AGE
    with pytest.raises(InvalidLaw, match="Did you mean old-age"):
        branch_of("oldage")
    with pytest.raises(InvalidLaw, match="Did you mean ma-fr"):
        named([HELD], "ma-fx")
    with pytest.raises(InvalidLaw, match="agreements list shows them"):
        named([HELD], "zzzzzz")
