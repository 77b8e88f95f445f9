"""``ssacalc agreements``: each action from the command line, in its three formats."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from ssacalc import cli
from ssacalc.library import attaching, searching
from ssacalc.resources import folder

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attaching, "data_folder", lambda: tmp_path / "data")
    monkeypatch.setattr(searching, "cache_folder", lambda: tmp_path / "cache")


def run(*arguments: object) -> int:
    return cli.main(["agreements", *map(str, arguments)])


def told(capsys: Capture, *arguments: object) -> str:
    assert run(*arguments) == 0
    return capsys.readouterr().out


def tables(capsys: Capture, *arguments: object) -> dict[str, list[dict[str, object]]]:
    held: dict[str, list[dict[str, object]]] = json.loads(
        told(capsys, *arguments, "--format", "json")
    )
    return held


def rows(capsys: Capture, *arguments: object) -> list[dict[str, str]]:
    text = told(capsys, *arguments, "--format", "csv")
    return list(csv.DictReader(io.StringIO(text)))


def test_instruments_are_listed_by_party_day_and_branch(capsys: Capture) -> None:
    asked = ("list", "--party", "ma", "--on", "2020-01-01", "--branch", "old-age")
    assert "ca-ma-1998" in told(capsys, *asked)
    assert "ca-in-2012" not in told(capsys, *asked)
    assert "ca-ma-1998" in [row["id"] for row in tables(capsys, *asked)["instruments"]]
    held = {row["id"]: row for row in rows(capsys, *asked)}
    assert held["ca-ma-1998"]["standing"] == "in-force"


def test_one_instrument_is_shown_whole(capsys: Capture) -> None:
    text = told(capsys, "show", "ca-in-2012")
    assert "T05 Minimum period of a State's own: no-duty (art. 14)" in text
    assert "minimum = 1 year" in text
    held = tables(capsys, "show", "ca-in-2012")
    assert held["parties"][0]["country"] == "CA"
    assert rows(capsys, "show", "ca-in-2012")[0]["clause"] == "G02"
    assert rows(capsys, "show", "ca-in-2012", "--table", "sources")[0]["source"] == "si-2015-72"


def test_an_instrument_is_shown_as_it_held_on_a_day(capsys: Capture) -> None:
    whole = rows(capsys, "show", "eu-883-2004")
    then = rows(capsys, "show", "eu-883-2004", "--on", "2005-01-01")
    assert len(then) <= len(whole)
    assert run("show", "eu-883-2004", "--on", "2020-01-01") == 0


def test_words_are_found_in_clauses(capsys: Capture) -> None:
    text = told(capsys, "search", "third", "state", "--party", "IN", "--most", "3")
    assert "T06" in text
    assert "3 shown" in text
    found = tables(capsys, "search", "third state", "--in", "ca-in-2012")["passages"]
    assert {row["instrument"] for row in found} == {"ca-in-2012"}
    assert rows(capsys, "search", "third state", "--most", 2)[0]["text"]


def test_differences_come_first(capsys: Capture) -> None:
    text = told(capsys, "compare", "ca-in-2012", "ca-us-1981", "--topic", "T05")
    assert text.index("They differ") < text.index("Not known for all")
    assert "option no-duty → not-counted" in text
    assert "five principles" not in text
    held = tables(capsys, "compare", "ca-in-2012", "ca-us-1981")
    assert held["comparison"][0]["verdict"] == "different"
    assert len(held["profiles"]) == 10
    grid = rows(capsys, "compare", "ca-in-2012", "ca-us-1981", "--table", "grid")
    assert {"ca-in-2012", "ca-us-1981"} <= grid[0].keys()


def test_an_agreement_is_set_against_the_model_provisions(capsys: Capture) -> None:
    text = told(capsys, "compare", "ca-in-2012", "--against", "model")
    assert "ilo-r167" in text
    assert "unlike it" in text


def test_a_draft_in_a_file_is_compared_too(tmp_path: Path, capsys: Capture) -> None:
    text = (folder("agreements") / "ca-in-2012.toml").read_text(encoding="utf-8")
    draft = tmp_path / "draft.toml"
    draft.write_text(
        text.replace('id = "ca-in-2012"', 'id = "draft"').replace("months = 60", "months = 24"),
        encoding="utf-8",
    )
    found = told(capsys, "compare", draft, "ca-in-2012", "--topic", "posting")
    assert "months 24 → 60" in found


def test_a_folder_of_further_instruments_is_read_too(tmp_path: Path, capsys: Capture) -> None:
    text = (folder("agreements") / "ca-in-2012.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(text.replace('"ca-in-2012"', '"own"'), encoding="utf-8")
    assert "own " in told(capsys, "list", "--law", tmp_path)


def test_a_corridor_shows_what_binds_and_what_else_protects(capsys: Capture) -> None:
    text = told(capsys, "corridor", "ca", "ch", "--on", "2024-01-01")
    for words in ("What binds them", "ca-ch-1994", "Third States", "ILO C019", "art. 18(2)"):
        assert words in text
    held = tables(capsys, "corridor", "CA", "CH", "--on", "2024-01-01")
    assert {row["instrument"] for row in held["bindings"]} == {"ca-ch-1994"}
    some = rows(capsys, "corridor", "CA", "CH", "--on", "2024-01-01", "--branch", "survivors")
    assert {row["branch"] for row in some} == {"survivors"}


def test_a_corridor_without_an_instrument_says_so(capsys: Capture) -> None:
    text = told(capsys, "corridor", "MA", "JP", "--on", "2024-01-01")
    assert "No instrument of the library binds them" in text
    assert "MA  nothing is coded yet: not known" in text


def test_an_own_text_is_attached_found_listed_and_removed(tmp_path: Path, capsys: Capture) -> None:
    text = tmp_path / "official.txt"
    text.write_text("Article 1\nXylophonists are insured too.\n", encoding="utf-8")
    assert "as official: Full text" in told(
        capsys, "attach", "ca-in-2012", text, "--title", "Full text"
    )
    found = told(capsys, "search", "xylophonist")
    assert "ca-in-2012  text official, Article 1" in found
    assert "official" in told(capsys, "texts")
    assert "Texts you attached" in told(capsys, "show", "ca-in-2012")
    assert rows(capsys, "texts", "ca-in-2012")[0]["title"] == "Full text"
    assert "Removed official" in told(capsys, "detach", "ca-in-2012", "official")
    assert told(capsys, "texts") == "0 texts\n"


def test_the_check_groups_what_is_to_be_looked_at(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "ca-in-2012.toml"
    shutil.copy(folder("agreements") / file.name, file)
    text = told(capsys, "check", file)
    assert "Unverified, though a determination computes with it: 1\n  ca-in-2012: [IN] P07" in text
    assert text.endswith("1 file: 0 with faults, 1 thing to look at.\n")
    assert rows(capsys, "check", file)[0]["concern"] == "unverified"


def test_a_file_with_faults_fails_the_check_in_every_format(
    tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("format", encoding="utf-8")
    assert run("check", file) == 2
    assert "not well formed" in capsys.readouterr().out
    assert run("check", file, "--format", "json") == 2
    shown = capsys.readouterr()
    assert "not well formed" in shown.err
    assert json.loads(shown.out) == {"findings": []}


def test_the_code_book_explains_columns_and_codes(capsys: Capture) -> None:
    text = told(capsys, "codebook")
    assert "Table clauses: a coded clause" in text
    assert "T05 no-duty" in text
    codes = rows(capsys, "codebook", "--table", "codes")
    assert {"list", "code", "of", "meaning"} == codes[0].keys()


def test_the_coverage_is_a_page_and_a_table(capsys: Capture) -> None:
    page = told(capsys, "coverage")
    assert page.startswith("# What the library covers")
    assert "| Canada (CA) |" in page
    assert "CA" in [row["state"] for row in tables(capsys, "coverage")["coverage"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "--party", "Morocco"), "Write MA"),
        (("list", "--branch", "oldage"), "Did you mean old-age"),
        (("show", "ca-in-2013"), "Did you mean ca-in-2012"),
        (("compare", "nothing"), "agreements list shows them"),
        (("compare", "ca-in-2012", "--topic", "postings"), "Did you mean posting"),
        (("compare", "ca-in-2012", "--format", "csv", "--table", "x"), "no such table"),
        (("corridor", "CA", "QQ"), "code of no State"),
        (("corridor", "CA", "ca"), "this is one State"),
        (("attach", "ca-in-2012", "nowhere.txt"), "no such file"),
        (("detach", "ca-in-2012", "x"), "no such text is attached"),
    ],
)
def test_what_is_not_known_gets_one_message_and_status_two(
    arguments: tuple[object, ...], words: str, capsys: Capture
) -> None:
    assert run(*arguments) == 2
    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.out == ""


@pytest.mark.parametrize("what", ["ratifications", "provisions"])
def test_the_schema_of_national_files_is_printed(what: str, capsys: Capture) -> None:
    assert cli.main(["schema", what]) == 0
    assert what in json.loads(capsys.readouterr().out)["properties"]


LIST = """format = "ssacalc-list/1"
title = "A list"
checked = 2026-01-01
sources = [{ id = "list", title = "A list of ours", address = "https://example.org/list" }]

[[instruments]]
id = "ca-gl-1990"
parties = ["CA", "GL"]
in_force = 1990-01-01
status = "verified"
note = "Whalers too."

[[instruments]]
id = "gl-in-1991"
parties = ["GL", "IN"]
signed = 1991-01-01
contributions_only = true
status = "unverified"

[[instruments]]
id = "ca-gl-2010"
parties = ["CA", "GL"]
replaces = ["ca-gl-1990"]
status = "verified"
note = "Signed in 2010."
"""


@pytest.fixture
def own(tmp_path: Path) -> tuple[str, Path]:
    """Return the option that adds three agreements of Greenland which nobody coded."""
    (tmp_path / "own" / "lists").mkdir(parents=True)
    (tmp_path / "own" / "lists" / "gl.toml").write_text(LIST, encoding="utf-8")
    return "--law", tmp_path / "own"


def test_an_instrument_nobody_coded_is_listed_and_shown_as_such(
    own: tuple[str, Path], capsys: Capture
) -> None:
    text = told(capsys, "list", "--party", "GL", *own)
    assert "catalogue, verified" in text
    assert "catalogue, unverified" in text
    assert "clause by clause, 3 catalogue only" in text
    held = {row["id"]: row for row in rows(capsys, "list", "--party", "CA", *own)}
    assert held["ca-gl-1990"]["coding"] == "catalogue-only"
    assert held["ca-in-2012"]["coding"] == "clause-by-clause"
    text = told(capsys, "show", "gl-in-1991", *own)
    assert "its clauses are not coded, and nothing is computed with it" in text
    assert "is not verified" in text
    assert tables(capsys, "show", "ca-gl-1990", *own)["clauses"] == []


def test_an_instrument_nobody_coded_is_searched_and_compared(
    own: tuple[str, Path], capsys: Capture
) -> None:
    assert "ca-gl-1990" in told(capsys, "search", "whalers", *own)
    text = told(capsys, "compare", "ca-gl-1990", "ca-in-2012", "--topic", "T05", *own)
    assert "catalogue, verified" in text
    assert "They differ" not in text
    assert "not coded" in text


def test_an_instrument_nobody_coded_binds(own: tuple[str, Path], capsys: Capture) -> None:
    text = told(capsys, "corridor", "CA", "GL", "--on", "2020-01-01", *own)
    assert "What binds them" in text
    assert "Catalogue only" in text
    assert "Which branches it covers is not known" in text
    assert "Not known to be covered for both: medical-care" in text
    assert "Whalers too." in text
    assert "It may have been replaced by Canada–Greenland 2010 (ca-gl-2010)" in text
    asked = ("corridor", "CA", "GL", "--on", "2020-01-01", *own, "--branch", "family")
    assert [row["instrument"] for row in tables(capsys, *asked)["in_force"]] == ["ca-gl-1990"]
    text = told(capsys, "corridor", "GL", "IN", "--on", "2020-01-01", *own)
    assert "No instrument of the library is known to bind them" in text
    assert "of which no day of entry into force is known" in text
    assert "It settles only which law applies" in text
    assert "Whether the time of all three is added is not known" in text
    assert "(branches not known)" in text
    assert "No instrument of the library binds them" in told(capsys, "corridor", "GL", "TV", *own)


def test_a_list_is_checked(own: tuple[str, Path], capsys: Capture) -> None:
    path = own[1] / "lists" / "gl.toml"
    assert "1 file: 0 with faults, 0 things" in told(capsys, "check", path)
    path.write_text(LIST.replace('"GL", "IN"', '"GL", "AB"'), encoding="utf-8")
    assert run("check", path) == 2
    assert "instruments[2] (gl-in-1991).parties[2]" in capsys.readouterr().out


def test_the_page_tells_the_coded_from_the_catalogue(capsys: Capture) -> None:
    text = told(capsys, "coverage")
    assert "are coded clause by" in text
    assert "in the catalogue only" in text
    assert "| State | in force | catalogue | verified |" in text
