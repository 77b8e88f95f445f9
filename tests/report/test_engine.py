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
