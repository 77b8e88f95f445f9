"""What file formats are made of: models that name every fault, and the values files share."""

import re
from collections.abc import Iterator, Sized
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from ssacalc.domain.errors import Problem, SsacalcError

M = TypeVar("M", bound=BaseModel)

_LABEL = re.compile(r"\[key\]|function-.*|constrained-str|literal\[.*")
"""What pydantic puts into a place beside the names of the file."""

MOST_DIGITS = 30
"""Digits before or after the decimal point: beyond any law, wage or career."""


_NUMBER = re.compile(r"^-?[0-9]{1,30}(\.[0-9]{1,30}|/0*[1-9][0-9]{0,29})?$")


class FileModel(BaseModel):
    """A part of a file: unknown names are faults, values are not guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


def refused(fault: str, remedy: str = "") -> PydanticCustomError:
    """Return the error by which a validator refuses a value: the fault and what cures it."""
    told = {"fault": fault, "remedy": remedy}
    return PydanticCustomError("refused", "{fault}", told)


def to_fraction(given: object) -> Fraction:
    """Return a number of a file as the fraction it is; a float never gets here unnoticed."""
    if isinstance(given, Fraction):
        return given
    if isinstance(given, int) and not isinstance(given, bool) and abs(given) < 10**MOST_DIGITS:
        return Fraction(given)
    if isinstance(given, str) and re.fullmatch(
        r"-?[0-9]{1,30}(\.[0-9]{1,30}|/0*[1-9][0-9]{0,29})?", given
    ):
        return Fraction(given)
    if isinstance(given, Decimal) and given.is_finite() and _bounded(given):
        return Fraction(given)
    raise refused("this is not a number.", 'Write it as 12 or 12.50, or as the text "1/3".')


def _bounded(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return (
        isinstance(exponent, int) and exponent >= -MOST_DIGITS and number.adjusted() < MOST_DIGITS
    )


def to_day(given: object) -> date:
    """Return a day of a file: a date, or the text of one as JSON has to write it."""
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    if isinstance(given, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise refused("the calendar has no such day.", "Correct the day.") from None
    raise refused("this is not a day.", "Write it as 1994-03-15, without quotes or a time.")


def to_shown(given: object) -> str:
    """Return text of a file; characters that no screen or paper can show are refused."""
    if not isinstance(given, str):
        raise refused("this must be text.", "Put it in quotes.")
    if _HIDDEN.search(given):
        raise refused("this text holds characters that cannot be shown.", "Remove them.")
    return given


_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control signs other than tabs and line ends, signs that turn the order of others round, halves
of pairs, and what is no character."""


Number = Annotated[
    Fraction,
    PlainValidator(to_fraction),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": _NUMBER.pattern}]}),
]
"""An exact number: an integer, a decimal number, or a fraction as text."""

Day = Annotated[date, BeforeValidator(to_day)]
"""A day, never a point in time nor a number of seconds."""

Text = Annotated[str, PlainValidator(to_shown), WithJsonSchema({"type": "string"})]
"""Text fit to be shown."""


def validated(model: type[M], data: dict[str, Any], place: str, error: type[SsacalcError]) -> M:
    """Return the data as the model, or raise ``error`` with every fault and its place."""
    try:
        return model.model_validate(data)
    except ValidationError as faults:
        problems = tuple(problems_of(faults))
        raise error(f"{place} has {counted(problems)}.", problems) from None


def attempted(model: type[M], data: object, place: str, problems: list[Problem]) -> M | None:
    """Return a part of a file as its model, or add its faults to ``problems``."""
    try:
        return model.model_validate(data)
    except ValidationError as faults:
        problems.extend(problems_of(faults, place))
        return None


def counted(problems: Sized) -> str:
    """Say how many faults there are."""
    return "one fault" if len(problems) == 1 else f"{len(problems)} faults"


def problems_of(faults: ValidationError, within: str = "") -> Iterator[Problem]:
    """Yield what a model found at fault, in words, each with its place ``within`` the file."""
    for fault in faults.errors(include_url=False):
        yield _problem(fault, within)


def _problem(fault: Any, within: str) -> Problem:  # noqa: ANN401 - pydantic's own record
    place = _place(fault["loc"], within)
    shown = _shown(fault.get("input"))
    match fault["type"]:
        case "refused":
            return Problem(place, _with(fault["ctx"]["fault"], shown), fault["ctx"]["remedy"])
        case "missing":
            return Problem(place, "this is required and missing.", "Add it.")
        case "extra_forbidden":
            return Problem(
                place, "this name is not known here.", "Remove it or correct its spelling."
            )
        case "enum" | "literal_error":
            return Problem(
                place, f"{fault.get('input')!r} is not known.", f"Use one of: {_choices(fault)}."
            )
        case kind:
            told = _WORDS.get(kind) or _lowered(fault["msg"])
            return Problem(place, _with(told, shown))


def _place(parts: tuple[int | str, ...], within: str) -> str:
    place = within
    for part in parts:
        if isinstance(part, int):
            place += f"[{part + 1}]"
        elif not _LABEL.fullmatch(part):
            place += f".{part}" if place else part
    return place


def _shown(given: object) -> str:
    if given is None or isinstance(given, dict | list | tuple):
        return ""
    return f" (found {str(given)[:60]!r})"


def _with(fault: str, shown: str) -> str:
    return f"{fault.rstrip('.')}{shown}."


def _lowered(message: str) -> str:
    bare = message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return bare[:1].lower() + bare[1:]


_WORDS = {
    "model_type": "this must be a table of named values.",
    "model_attributes_type": "this must be a table of named values.",
    "dict_type": "this must be a table of named values.",
    "tuple_type": "this must be a list.",
    "list_type": "this must be a list.",
    "string_type": "this must be text, in quotes.",
    "bool_type": "this must be true or false.",
    "bool_parsing": "this must be true or false.",
    "int_type": "this must be a whole number.",
    "int_parsing": "this must be a whole number.",
    "int_from_float": "this must be a whole number.",
    "too_short": "this needs at least one entry.",
    "string_unicode": "this text holds characters that cannot be shown.",
}


def _choices(fault: Any) -> str:  # noqa: ANN401 - pydantic's own record
    return str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
