"""Files that are none, too large, cut off, or not what they say."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssacalc.domain.errors import InvalidCase
from ssacalc.files import LARGEST_FILE, parse_plain, read_plain


def refusal(path: Path) -> str:
    with pytest.raises(InvalidCase) as caught:
        read_plain(path, InvalidCase)
    return str(caught.value)


def test_a_missing_file_is_told_so(tmp_path: Path) -> None:
    assert "there is no such file. Check the name" in refusal(tmp_path / "none.toml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "this is a folder" in refusal(tmp_path)


def test_two_hundred_megabytes_are_refused_without_reading_them(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert "the file has 200 MB; at most 10 MB are read." in refusal(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_an_endless_device_is_no_file() -> None:
    assert "there is no such file" in refusal(Path("/dev/zero"))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00a", b"a = \x80", b'a = "\x00"', bytes(100)])
def test_what_is_not_text_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(content)
    assert "not a text file" in refusal(path)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="permissions are not asked"
)
def test_an_unreadable_file_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.touch(mode=0)
    assert "cannot be opened" in refusal(path)


def test_a_name_that_no_file_can_have_is_told_so(tmp_path: Path) -> None:
    assert "x\x00y" in refusal(tmp_path / "x\x00y.toml")


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\nb = ",
        "a = [" * 5000,
        "a = 1\na = 2",
        "a = " + "9" * 5000,
        "a = 1e99999999999999999999",
        "a = 2021-02-30",
    ],
)
def test_malformed_toml_is_told_in_words(text: str) -> None:
    with pytest.raises(InvalidCase, match="cannot be read"):
        parse_plain(text, "x.toml", InvalidCase)


NO_JSON = ("{", "[1]", '{"a": NaN}', '{"a": 1, "a": 2}', "[" * 100_000, '{"a": ' + "9" * 5000)


@pytest.mark.parametrize("text", NO_JSON)
def test_malformed_json_is_told_in_words(text: str) -> None:
    with pytest.raises(InvalidCase):
        parse_plain(text, "x.json", InvalidCase, json_form=True)


def test_numbers_stay_exact() -> None:
    assert parse_plain("a = 0.1", "x", InvalidCase) == {"a": Decimal("0.1")}
    assert parse_plain('{"a": 0.1}', "x", InvalidCase, json_form=True) == {"a": Decimal("0.1")}


@given(st.text(max_size=200), st.booleans())
def test_any_text_is_data_or_refused_in_words(text: str, json_form: bool) -> None:
    with suppress(InvalidCase):
        assert isinstance(parse_plain(text, "x", InvalidCase, json_form=json_form), dict)


@given(st.binary(max_size=200))
def test_any_bytes_are_data_or_refused_in_words(content: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(InvalidCase):
        path = Path(folder, "case.toml")
        path.write_bytes(content)
        assert isinstance(read_plain(path, InvalidCase), dict)


def test_the_largest_file_that_is_read_holds_a_very_long_case() -> None:
    period = json.dumps({"country": "MA", "kind": "employed", "from": "1980-01-01"})
    assert 10_000 * len(period) < LARGEST_FILE


def test_without_the_compiled_parser_the_standard_one_reads() -> None:
    program = (
        "import sys; sys.modules['tomli'] = None\n"
        "from ssacalc.files import parse_plain\n"
        "from ssacalc.domain.errors import InvalidLaw\n"
        "print(parse_plain('a = 1.10', 'a.toml', InvalidLaw)['a'])"
    )
    command = [sys.executable, "-c", program]
    root = Path(__file__).parent.parent
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    assert told.strip() == "1.10"
