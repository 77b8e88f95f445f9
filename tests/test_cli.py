import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ssacalc import __version__
from ssacalc.cli import main

EXAMPLE = Path(__file__).parent.parent / "resources" / "examples" / "first-case.toml"


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_the_version_is_told_without_loading_anything() -> None:
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import sys; from ssacalc.cli import main; main(['--version']);"
                "print([m for m in ('pydantic', 'PySide6', 'sqlalchemy', 'reportlab', 'tomllib')"
                " if m in sys.modules])"
            ),
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=EXAMPLE.parent.parent.parent,
    )
    assert loaded.stdout.splitlines() == [f"ssacalc {__version__}", "[]"]


def test_a_determination_is_printed_and_the_statement_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "statement.pdf"
    assert run("determine", EXAMPLE, "--pdf", paper) == 0
    shown = capsys.readouterr().out
    assert "1,780.34 INR a month is payable under Canada–India" in shown
    assert "art. 17(3)" in shown
    assert paper.read_bytes().startswith(b"%PDF-")


def test_the_json_result_has_the_published_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("determine", EXAMPLE, "--format", "json") == 0
    result = json.loads(capsys.readouterr().out)
    india = result["states"]["IN"]
    assert (india["ratio"], india["payable_amount"]) == ("92/293", "1780.34")
    assert result["without_agreements"]["IN"]["payable_amount"] is None


def test_without_agreements_is_the_counterfactual(capsys: pytest.CaptureFixture[str]) -> None:
    run("determine", EXAMPLE, "--format", "json")
    both = json.loads(capsys.readouterr().out)
    run("determine", EXAMPLE, "--format", "json", "--no-agreements")
    alone = json.loads(capsys.readouterr().out)
    for country, state in both["without_agreements"].items():
        assert alone["states"][country]["payable_amount"] == state["payable_amount"]
        assert alone["states"][country]["instrument"] is None


def test_several_days_give_a_result_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    run("determine", EXAMPLE, "--format", "json", "--on", "2014-06-01", "--on", "2025-06-01")
    days = json.loads(capsys.readouterr().out)["on"]
    assert days["2014-06-01"]["states"]["IN"]["instrument"] is None
    assert days["2025-06-01"]["states"]["IN"]["instrument"] == "ca-in-2012"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("determine", "nowhere.toml"), "there is no such file"),
        (("determine", EXAMPLE, "--instrument", "nope"), "there is no such instrument"),
        (("determine", EXAMPLE, "--instrument", "eu-883-2004"), "does not concern the States"),
        (("determine", EXAMPLE, "--pdf", "/nowhere/at/all.pdf"), "cannot be written here"),
        (("agreements", "show", "ca-in-2013"), "ca-in-2012"),
        (("schemes", "show", "ca-oes"), "ca-oas"),
    ],
)
def test_bad_input_gets_one_message_and_status_two(
    arguments: tuple[object, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    shown = capsys.readouterr()
    assert told in shown.err
    assert "Traceback" not in shown.err


@pytest.mark.parametrize("wrong", [("--on", "31 May"), ("--format", "xml"), ("--language", "xx")])
def test_a_wrong_option_is_refused_with_status_two(wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as refused:
        run("determine", EXAMPLE, *wrong)
    assert refused.value.code == 2


def test_every_fault_of_a_case_is_listed_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace('residence = "IN"', 'residence = "XQQ"')
    text = text.replace('kind = "residence"', 'kind = "residense"')
    text = text.replace("to = 2003-08-31", "to = 1993-08-31")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text, encoding="utf-8")
    assert run("determine", wrong, "--pdf", tmp_path / "none.pdf") == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    for place in ("person.residence", "periods[2].kind", "periods[1]"):
        assert place in shown.err
    assert not (tmp_path / "none.pdf").exists()


def test_the_library_lists_shows_and_checks(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("agreements", "list", "--party", "IN", "--on", "2020-01-01") == 0
    assert "ca-in-2012" in capsys.readouterr().out
    assert run("agreements", "show", "ca-in-2012") == 0
    assert re.search(r"T05 .*no-duty.*art\. 14", capsys.readouterr().out)
    assert run("agreements", "check") == 0
    assert run("schemes", "check") == 0
    assert run("schemes", "list") == 0
    assert "ca-oas" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["instrument", "scheme", "case", "result"])
def test_schemas_are_printed(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema", what) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema.get("properties") or schema.get("$ref") or schema.get("allOf")
