"""What the engine says is in the catalogues, and its placeholders fit."""

from pathlib import Path

import pytest

from ssacalc import resources
from ssacalc.domain.errors import InvalidLaw
from ssacalc.files import read_plain
from ssacalc.report import templates, wording
from tests.report.keys import argument_names, keys_of

ENGINE = Path(wording.__file__).parent.parent / "engine"
OTHERS = [language for language in wording.languages() if language != wording.FALLBACK]
KINDS = {"", "text", "plural", "unit", "countries", *wording.NUMERIC}


def test_every_key_of_the_engine_is_in_the_english_catalogue() -> None:
    known = wording.messages("en")
    lacking = [key for key in keys_of(ENGINE) if not any(key.fits(k) for k in known)]
    assert not lacking


def test_the_keys_of_the_engine_are_found_at_all() -> None:
    found = keys_of(ENGINE)
    for known in ("overlap-cut", "condition-age-missing", "product", "result-no-right"):
        assert any(key.fits(known) for key in found), known


def test_every_placeholder_is_an_argument_that_the_engine_gives() -> None:
    given = argument_names(ENGINE)
    for key, text in wording.messages("en").items():
        assert templates.placeholders(text) <= given, key


@pytest.mark.parametrize("language", wording.languages())
def test_every_placeholder_names_a_kind_that_exists(language: str) -> None:
    kinds = KINDS | set(wording.names("en"))
    for table in (wording.messages(language), wording.texts(language)):
        for key, text in table.items():
            for piece in templates.pieces(text):
                assert piece.kind in kinds, key


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_has_every_key_with_the_same_placeholders(language: str) -> None:
    for tables in (wording.messages, wording.texts):
        english, other = tables("en"), tables(language)
        assert set(other) == set(english)
        for key, text in english.items():
            assert templates.placeholders(other[key]) == templates.placeholders(text), key


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_names_everything_that_english_names(language: str) -> None:
    english, other = wording.names("en"), wording.names(language)
    assert {table: set(rows) for table, rows in other.items()} == {
        table: set(rows) for table, rows in english.items()
    }


@pytest.mark.parametrize("language", wording.languages())
def test_every_state_of_the_program_has_a_name(language: str) -> None:
    known = read_plain(resources.folder("resources") / "countries.toml", InvalidLaw)
    named = wording.names(language)["country"]
    for table in ("names", "parts"):
        codes = known[table]
        assert isinstance(codes, dict)
        assert set(codes) <= set(named)


def test_a_plural_with_one_form_is_a_fault() -> None:
    with pytest.raises(ValueError, match="two forms"):
        templates.pieces("{n:plural=only}")
