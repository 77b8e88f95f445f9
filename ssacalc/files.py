"""Reading a TOML or JSON file into plain data, numbers exact, every failure told in words."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from ssacalc.domain.errors import Problem, SsacalcError

try:
    from tomli import loads  # the standard library's parser, compiled: five times as fast
except ModuleNotFoundError:
    from tomllib import loads

LARGEST_FILE = 10_000_000
"""Bytes: a thousand times the size of a long case."""

_CUT_OFF = "Check the line named; a file that was cut off ends in the middle of a line."


def read_plain(path: Path, error: type[SsacalcError]) -> dict[str, Any]:
    """Return the plain data of a TOML or JSON file, numbers exact.

    Raises ``error`` with one clear message where the file is missing, too large, not text, or
    not well formed.
    """
    return parse_plain(
        read_text(path, error), str(path), error, json_form=path.suffix.lower() == ".json"
    )


def read_text(path: Path, error: type[SsacalcError]) -> str:
    """Return the text of a file; raises ``error`` where there is none or it is no text."""

    def fail(fault: str, remedy: str) -> SsacalcError:
        return error(f"{path.name} cannot be read.", (Problem(str(path), fault, remedy),))

    try:
        if path.is_dir():
            raise fail("this is a folder.", "Name a file in it.")
        if not path.is_file():
            raise fail("there is no such file.", "Check the name and the folder.")
        size, most = path.stat().st_size / 1e6, LARGEST_FILE / 1e6
        if size > most:
            raise fail(
                f"the file has {size:,.0f} MB; at most {most:,.0f} MB are read.",
                "Check that it is the right file.",
            )
        with path.open("rb") as file:
            text = file.read(LARGEST_FILE).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise fail(
            "this is not a text file in UTF-8.", "Choose a TOML or JSON file, or save it as UTF-8."
        ) from None
    except (OSError, ValueError) as unreadable:  # ValueError: a name no file system can hold
        why = getattr(unreadable, "strerror", None) or str(unreadable)
        raise fail(f"the file cannot be opened ({why}).", "Check its permissions.") from None
    if "\x00" in text:
        raise fail("this is not a text file.", "Choose a TOML or JSON file.")
    return text


def parse_plain(
    text: str, place: str, error: type[SsacalcError], *, json_form: bool = False
) -> dict[str, Any]:
    """Return the plain data of TOML (or JSON) text; raises ``error`` where it is malformed."""

    def fail(fault: str, remedy: str = "") -> SsacalcError:
        return error(f"{Path(place).name} cannot be read.", (Problem(place, fault, remedy),))

    try:
        data = _json(text) if json_form else loads(text, parse_float=Decimal)
    except RecursionError:
        raise fail("the text is nested too deeply.") from None
    except ArithmeticError:
        raise fail("the text holds a number beyond all bounds.", "Correct it.") from None
    except ValueError as broken:  # what both parsers raise, and int() for endless digits
        raise fail(f"the text is not well formed: {broken}.", _CUT_OFF) from None
    if not isinstance(data, dict):
        raise fail("the file must hold named values, not a list.")
    return data


def _json(text: str) -> Any:  # noqa: ANN401 - whatever the text holds
    return json.loads(
        text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_named_once
    )


def _no_number(name: str) -> NoReturn:
    msg = f"{name} is not a number"
    raise ValueError(msg)


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        msg = f"{twice!r} is stated twice"
        raise ValueError(msg)
    return data
