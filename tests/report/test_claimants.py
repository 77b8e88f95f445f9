"""Who shares a benefit: each by what the person is, and what they get together."""

import json
import tomllib
from decimal import Decimal

import pytest

from ssacalc.domain.case import ROLES
from ssacalc.domain.determination import Determination
from ssacalc.engine.determination import determine
from ssacalc.exchange.case_file import case_from_data
from ssacalc.library.law import load_law
from ssacalc.report.outcomes import conditions
from ssacalc.report.result import as_plain
from ssacalc.report.text import as_text
from ssacalc.report.wording import Wording, languages, names
from ssacalc.resources import folder

SCHEMES = folder("resources") / "schemes"


def survivors(grown_up: bool) -> Determination:
    path = folder("tests") / "cases" / "us-engine-survivors-mother-2-children.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    case = data["case"]
    if grown_up:
        case["person"]["relatives"][1]["born"] = "2000-06-01"
    read = case_from_data(case, path.name)
    return determine(read, load_law(read.concerned), instruments=["de-us-1976"])


def shown(found: Determination) -> str:
    return " ".join(as_text(found, Wording("en"), brief=True).split())


def test_each_claimant_is_told_apart_by_birth() -> None:
    told = shown(survivors(grown_up=False))
    insurance = "United States, Old-Age, Survivors, and Disability Insurance"
    assert f"{insurance}: child, born on 1 June 2008 – 196.00 USD a month." in told
    assert f"{insurance}: child, born on 1 June 2010 – 196.00 USD a month." in told
    assert f"{insurance}: all together 588.00 USD a month." in told
    assert "full share 294.00 USD, 196.00 USD within the family maximum" in told


def test_the_first_lines_and_the_table_say_for_how_many_an_amount_is() -> None:
    told = shown(survivors(grown_up=False))
    assert "> For 3 claimants together." in told
    assert "Divided among 3 claimants" in told


def test_a_share_goes_to_the_relative_who_was_not_refused() -> None:
    found = survivors(grown_up=True)
    told = shown(found)
    assert "child, born on 1 June 2010 – 294.00 USD a month." in told
    assert "child, born on 1 June 2000: too old for a share." in told
    plain = json.loads(json.dumps(as_plain(found, Wording("en"))))
    claimants = plain["states"]["US"]["claimants"]
    assert [(c["role"], c["born"], c["payable"]["per"]) for c in claimants] == [
        ("surviving-parent", "1978-01-01", "month"),
        ("child", "2010-06-01", "month"),
        ("surviving-parent", "1978-01-01", "once"),
    ]
    assert "Divided among 2 claimants" in told


def test_conditions_met_with_foreign_quarters_are_not_those_of_the_own_right() -> None:
    insured = next(r for r in survivors(grown_up=False).with_instruments if r.country == "US")
    assert all(step.value is False for step in conditions(insured, "own_periods"))
    assert "us-fully-insured" in {step.key for step in conditions(insured, "total_periods")}


def _named(part: str, key: str) -> set[str]:
    """What the library's schemes name by a key in one of their parts."""
    read = (tomllib.loads(path.read_text(encoding="utf-8")) for path in SCHEMES.rglob("*.toml"))
    return {row[key] for data in read for row in data.get(part, ()) if key in row}


@pytest.mark.parametrize("language", languages())
def test_every_role_of_a_scheme_is_worded_by_what_the_person_is(language: str) -> None:
    assert _named("survivors", "role") | set(ROLES) <= set(names(language)["role"])


@pytest.mark.parametrize("language", languages())
def test_every_way_to_a_right_has_a_name_a_reader_knows(language: str) -> None:
    assert _named("conditions", "route") <= set(names(language)["route"])
