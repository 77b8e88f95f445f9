"""The form of formula blocks in a scheme's file, made from the blocks of the domain.

A block of the file has the fields of its class in :mod:`ssacalc.domain.blocks`; ``block`` is the
name of the class in lower case with hyphens. There is no second list of fields to keep.
"""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_type_hints

from pydantic import StringConstraints, create_model

from ssacalc.codes import meant
from ssacalc.domain.blocks import FormulaBlock
from ssacalc.domain.errors import Problem
from ssacalc.domain.money import Rounding
from ssacalc.domain.trace import Citation
from ssacalc.domain.units import Remainder
from ssacalc.library.instrument_file import Status
from ssacalc.models import FileModel, Number, attempted

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_.][a-z0-9]+)*$")]
"""The name of a figure, table, series, fact or block."""


class RoundingFile(FileModel):
    """To which step an amount is brought, and in which direction."""

    name: str
    step: Number
    direction: Remainder


def rounding(file: RoundingFile | None) -> Rounding | None:
    """Return the domain's value of a rounding that may be left out."""
    return None if file is None else Rounding(file.name, file.step, file.direction)


class BlockFile(FileModel):
    """What every block has beside its operands."""

    name: Name
    block: str
    rounding: RoundingFile | None = None
    article: str = ""
    source: str | None = None
    status: Status | None = None
    note: str = ""


_COMMON = ("name", "law", "rounding")


def _kebab(name: str) -> str:
    return re.sub(r"(?<=.)(?=[A-Z])", "-", name).lower()


BLOCKS: dict[str, type[FormulaBlock]] = {
    _kebab(cls.__name__): cls for cls in get_args(FormulaBlock)
}
"""The blocks by the names that files use."""


def _form(name: str, cls: type[FormulaBlock]) -> type[BlockFile]:
    hints = get_type_hints(cls)
    own: dict[str, Any] = {"block": (Literal[name], ...)}
    for entry in fields(cls):
        if entry.name not in _COMMON:
            hint = hints[entry.name]
            hint = RoundingFile | None if hint == Rounding | None else hint
            own[entry.name] = (hint, ... if entry.default is MISSING else entry.default)
    return create_model(f"{cls.__name__}File", __base__=BlockFile, **own)


_FORMS = {name: _form(name, cls) for name, cls in BLOCKS.items()}

if TYPE_CHECKING:
    AnyBlock = BlockFile
else:
    AnyBlock = Union[tuple(_FORMS.values())]  # noqa: UP007 - made, not written


def read_block(given: object, place: str, problems: list[Problem]) -> BlockFile | None:
    """Return a block in the form of its own kind, or add its faults to ``problems``."""
    kind = given.get("block") if isinstance(given, dict) else None
    if kind is None:
        fault = "this must be a table that says what block it is."
        problems.append(Problem(place, fault, f"block is one of: {', '.join(BLOCKS)}."))
        return None
    if kind not in _FORMS:
        fault = f"the block {kind!r} is not known."
        problems.append(Problem(f"{place}.block", fault, meant(str(kind), BLOCKS)))
        return None
    return attempted(_FORMS[kind], given, place, problems)


def settled(file: BlockFile, law: Citation) -> FormulaBlock:
    """Return the domain's block."""
    cls = BLOCKS[file.block]
    own: dict[str, Any] = {}
    for entry in fields(cls):
        if entry.name not in _COMMON:
            stated = getattr(file, entry.name)
            own[entry.name] = rounding(stated) if isinstance(stated, RoundingFile) else stated
    return cls(name=file.name, law=law, rounding=rounding(file.rounding), **own)


_NAMED = {
    "table": "table",
    **dict.fromkeys(("ceiling", "revaluation", "index", "average", "provisional"), "series"),
    **dict.fromkeys(("above", "exemption"), "series"),
    **dict.fromkeys(("average_wage", "wage_base", "increase"), "series"),
    **dict.fromkeys(("first_bend", "second_bend"), "value or series"),
}
_NO_OPERANDS = (*_COMMON, "kind", "unit", "remainder")


def operands(file: BlockFile) -> Iterator[tuple[str, str, str]]:
    """Yield what a block names: the field, whether a value, table or series, and the name."""
    for entry in fields(BLOCKS[file.block]):
        stated = getattr(file, entry.name, None)
        if entry.name in _NO_OPERANDS or not isinstance(stated, str | tuple):
            continue
        for operand in [stated] if isinstance(stated, str) else stated:
            yield entry.name, _NAMED.get(entry.name, "value"), operand
