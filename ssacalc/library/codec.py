"""Domain values as plain data and back, for the compiled law in the cache.

The types of the fields direct both ways, so that only the classes they name come back: nothing
in the data chooses what is made. Where a field may hold one of several classes, the data begin
with the number of one of a closed list. :data:`STAMP` tells the shape of all of these classes;
data of another stamp must not be decoded.

Citations are kept once in each document, in a list that the rest refers to by number.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from inspect import isclass
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from ssacalc.domain import agreement, blocks, case, dated, money, rules, scheme, trace, units
from ssacalc.domain.trace import Citation

T = TypeVar("T")

Plain = Any
Encoder = Callable[[Any, list[Citation]], Plain]
Decoder = Callable[[Plain, list[Citation]], Any]

_MODULES = (agreement, blocks, case, dated, money, rules, scheme, trace, units)
_CLASSES = tuple(
    held
    for module in _MODULES
    for held in vars(module).values()
    if isclass(held) and held.__module__ == module.__name__
)
_CHOICES = tuple(cls for cls in _CLASSES if is_dataclass(cls) and not hasattr(cls, "__orig_bases__"))


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """Both ways between a domain value and plain data."""

    encoder: Encoder | None
    decoder: Decoder | None

    def encode(self, value: T) -> Plain:
        """Return the value as lists, numbers and text."""
        citations: list[Citation] = []
        plain = self.encoder(value, citations) if self.encoder else value
        return [[list(_fields_of(law)) for law in citations], plain]

    def decode(self, data: Plain) -> T:
        """Return the value that was encoded."""
        citations = [Citation(*law) for law in data[0]]
        value: T = self.decoder(data[1], citations) if self.decoder else data[1]
        return value
