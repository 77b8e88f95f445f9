"""What the engine really says, in every form."""

import json
import re
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from ssacalc import resources
from ssacalc.domain.determination import Determination
from ssacalc.engine.determination import determine
from ssacalc.exchange.case_file import read_case
from ssacalc.library.law import load_law
from ssacalc.report import pdf
from ssacalc.report.result import as_plain
from ssacalc.report.result_schema import result_schema
from ssacalc.report.statement import statement
from ssacalc.report.text import as_text
from ssacalc.report.wording import Wording

ARGUMENT = re.compile(r"^\s*[a-z]+(-[a-z]+)+: \w+ = ", re.MULTILINE)
"""What a message looks like that the catalogue does not have."""


@pytest.fixture(scope="module")
def determination() -> Determination:
    case = read_case(resources.folder("resources") / "examples" / "first-case.toml")
    return determine(case, load_law(case.countries))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_the_engine_says_is_left_without_words(
    determination: Determination, language: str
) -> None:
    text = as_text(determination, Wording(language))
    assert not re.search(r"[{}]", text)
    assert not ARGUMENT.search(text)


def test_what_the_engine_finds_keeps_to_the_published_schema(
    determination: Determination,
) -> None:
    plain = json.loads(json.dumps(as_plain(determination, Wording())))
    Draft202012Validator(result_schema()).validate(plain)
    assert list(plain["states"]) == ["IN", "CA"]


def test_what_the_engine_finds_can_be_printed(determination: Determination) -> None:
    made = statement(determination, Wording(), date(2026, 11, 22))
    assert pdf.render(made).startswith(b"%PDF")


SURVIVORS = """
format = "ssacalc-case/1"
id = "survivors"
[person]
name = "Worker"
born = 1975-05-10
died = 2020-03-15
residence = "US"
[[person.relatives]]
role = "widow"
born = 1980-04-04
[[person.relatives]]
role = "child"
born = 2010-06-15
[claim]
benefit = "survivors"
on = 2020-03-15
[[periods]]
country = "US"
kind = "employed"
unit = "quarter"
years = { 2006 = 4, 2007 = 4, 2008 = 4, 2009 = 4, 2010 = 4, 2011 = 4 }
[earnings.US]
2006 = 32000
2007 = 34000
2008 = 36000
2009 = 38000
2010 = 38000
2011 = 38000
"""


def test_a_claimant_who_receives_nothing_is_told_why_on_the_first_pages() -> None:
    from ssacalc.engine.determination import determine
    from ssacalc.exchange.case_file import case_from_text
    from ssacalc.library.law import load_law
    from ssacalc.report.text import as_text
    from ssacalc.report.wording import Wording

    found = determine(case_from_text(SURVIVORS), load_law(["US"]))
    shown = " ".join(as_text(found, Wording("en"), brief=True).split())
    assert "widow or widower, born on 4 April 1980: too young for a share" in shown
    assert "a child of the person who died in this person’s care?" in shown
