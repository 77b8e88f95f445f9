"""Reading a TOML or JSON file into plain data and naming every fault it has."""

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ssacalc.domain.errors import Problem, SsacalcError

LARGEST_FILE = 10_000_000
"""Bytes: a thousand times the size of a long case."""

M = TypeVar("M", bound=BaseModel)


class FileModel(BaseModel):
    """A part of a file: unknown names are faults, values are not guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


def read_plain(path: Path, error: type[SsacalcError]) -> dict[str, Any]:
    """Return the plain data of a TOML or JSON file, numbers exact.

    Raises ``error`` with one clear message where the file is missing, too large, not text, or
    not well formed.
    """
    subject = f"{path.name} cannot be read."

    def fail(fault: str, remedy: str) -> SsacalcError:
        return error(subject, (Problem(str(path), fault, remedy),))

    try:
        size = path.stat().st_size
    except OSError:
        raise fail("there is no such file.", "Check the name and the folder.") from None
    if path.is_dir():
        raise fail("this is a folder.", "Name a file in it.")
    if size > LARGEST_FILE:
        raise fail(
            f"the file has {size / 1e6:,.0f} MB; at most {LARGEST_FILE / 1e6:,.0f} MB are read.",
            "Check that it is the right file.",
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise fail("this is not a text file in UTF-8.", "Choose a case file, or save it as UTF-8.") from None
    except OSError as unreadable:
        raise fail(f"the file cannot be opened ({unreadable.strerror}).", "Check its permissions.") from None
    if "\x00" in text:
        raise fail("this is not a text file.", "Choose a TOML or JSON file.")
    return parse_plain(text, str(path), error, json_form=path.suffix.lower() == ".json")


def parse_plain(
    text: str, place: str, error: type[SsacalcError], *, json_form: bool = False
) -> dict[str, Any]:
    """Return the plain data of TOML (or JSON) text; raises ``error`` where it is malformed."""
    subject = f"{Path(place).name} cannot be read."
    try:
        data = (
            json.loads(text, parse_float=Decimal)
            if json_form
            else tomllib.loads(text, parse_float=Decimal)
        )
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as broken:
        remedy = "Check the line named; a file that was cut off ends in the middle of a line."
        raise error(subject, (Problem(place, f"the text is not well formed: {broken}.", remedy),)) from None
    except RecursionError:
        raise error(subject, (Problem(place, "the text is nested too deeply."),)) from None
    if not isinstance(data, dict):
        raise error(subject, (Problem(place, "the file must hold named values, not a list."),))
    return data


def validated(
    model: type[M], data: dict[str, Any], place: str, error: type[SsacalcError]
) -> M:
    """Return the data as the model, or raise ``error`` with every fault and its place."""
    try:
        return model.model_validate(data)
    except ValidationError as faults:
        problems = tuple(_problem(fault) for fault in faults.errors())
        raise error(f"{place} has {_count(len(problems))}.", problems) from None


def _count(number: int) -> str:
    return "one fault" if number == 1 else f"{number} faults"


def _problem(fault: Any) -> Problem:  # noqa: ANN401 - pydantic's own record
    place = ""
    for part in fault["loc"]:
        if isinstance(part, int):
            place += f"[{part + 1}]"
        elif not (part.startswith("function-") or part[:1].isupper()):
            place += f".{part}" if place else part
    message = fault["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    match fault["type"]:
        case "missing":
            return Problem(place, "this is required and missing.", "Add it.")
        case "extra_forbidden":
            return Problem(place, "this name is not known here.", "Remove it or correct its spelling.")
        case "enum" | "literal_error":
            given = fault.get("input")
            return Problem(place, f"{given!r} is not known.", f"Use one of: {_choices(fault)}.")
        case _:
            given = fault.get("input")
            shown = "" if isinstance(given, dict | list) or given is None else f" (found {str(given)[:60]!r})"
            return Problem(place, f"{message[:1].lower()}{message[1:]}{shown}.".replace("..", "."))


def _choices(fault: Any) -> str:  # noqa: ANN401 - pydantic's own record
    return str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
