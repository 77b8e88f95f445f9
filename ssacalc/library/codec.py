"""Domain values as plain data and back, for the compiled law in the cache.

The types of the fields direct both ways, so that only the classes they name come back: nothing
in the data chooses what is made. ``shape`` tells what these classes look like; data of another
shape must not be decoded. Citations, which recur, are kept once and referred to by number. A
codec of some fields of a class makes these alone, by name.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from ssacalc.domain.trace import Citation

T = TypeVar("T")

Encoder = Callable[[Any, dict[Citation, int]], Any]
Decoder = Callable[[Any, list[Citation]], Any]


@dataclass(frozen=True, slots=True)
class Way:
    """Both ways for one type; ``None`` where its values are plain data already."""

    encode: Encoder | None = None
    decode: Decoder | None = None


class Codec(Generic[T]):
    """Both ways between the values of one class and plain data fit for JSON."""

    def __init__(self, cls: type[T]) -> None:
        self.shape: list[str] = []
        self._known: dict[object, Way] = {}
        self._way = self._top(cls)

    def _top(self, cls: Any) -> Way:  # noqa: ANN401 - a class
        return self._of(cls, {})

    def encode(self, value: T) -> list[Any]:
        """Return a value as plain data; raises ``TypeError`` where it holds what has no form."""
        citations: dict[Citation, int] = {}
        plain = self._way.encode(value, citations) if self._way.encode else value
        return [[_parts(law) for law in citations], plain]

    def decode(self, data: list[Any]) -> T:
        """Return the value that was encoded; the data are used up."""
        citations = [Citation(*law) for law in data[0]]
        value: T = self._way.decode(data[1], citations) if self._way.decode else data[1]
        return value

    def _of(self, hint: Any, given: dict[Any, Any]) -> Way:  # noqa: ANN401 - a type
        """Return both ways for a type; ``None`` beside it is left to whoever holds the value."""
        hint = given.get(hint, hint)
        origin, args = get_origin(hint), get_args(hint)
        if hint in _WAYS:
            return _WAYS[hint]
        if origin in (Union, UnionType):
            return self._of_union([a for a in args if a is not NoneType], given)
        if origin in (tuple, dict):
            items = [self._of(a, given) for a in args if a is not ...]
            if origin is dict:
                return _mapping(_fixed(items))
            return _sequence(items[0]) if args[1:] == (...,) else _fixed(items)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            self.shape.append(f"{hint.__name__}: {[member.value for member in hint]}")
            return _choice(hint)
        return self._of_class(hint, given)

    def _of_union(self, choices: list[Any], given: dict[Any, Any]) -> Way:
        if len(choices) == 1:
            return self._of(choices[0], given)
        ways = [self._of(choice, given) for choice in choices]

        def encode(value: Any, laws: dict[Citation, int]) -> Any:  # noqa: ANN401
            number = choices.index(type(value))
            way = ways[number].encode
            return [number, way(value, laws) if way else value]

        def decode(data: Any, laws: list[Citation]) -> Any:  # noqa: ANN401
            way = ways[data[0]].decode
            return way(data[1], laws) if way else data[1]

        return Way(encode, decode)

    def _of_class(self, hint: Any, given: dict[Any, Any]) -> Way:  # noqa: ANN401 - a class
        cls: type[Any] = get_origin(hint) or hint
        if not is_dataclass(cls):
            msg = f"{hint} has no plain form"
            raise TypeError(msg)
        parameters = getattr(cls, "__parameters__", ())
        own = dict(zip(parameters, (given.get(a, a) for a in get_args(hint)), strict=True))
        key = (cls, *own.values())
        if key not in self._known:
            self._known[key] = _class(cls, self._named(cls, own))
        return self._known[key]

    def _named(
        self,
        cls: Any,  # noqa: ANN401 - a class
        own: dict[Any, Any],
        only: Collection[str] | None = None,
    ) -> list[tuple[str, Way]]:
        hints = get_type_hints(cls)
        chosen = [f.name for f in fields(cls) if only is None or f.name in only]
        named = [(name, self._of(hints[name], own)) for name in chosen]
        self.shape.append(f"{cls.__name__}: {[(n, str(hints[n])) for n, _ in named]}")
        return named


class FieldsCodec(Codec[Any]):
    """Both ways between some fields of a class and plain data; decoded they are a dict."""

    def __init__(self, cls: type[Any], only: Collection[str]) -> None:
        self._only = only
        super().__init__(cls)

    def _top(self, cls: Any) -> Way:  # noqa: ANN401 - a class
        named = self._named(cls, {}, self._only)
        names = [name for name, _ in named]
        return _class(lambda *values: dict(zip(names, values, strict=True)), named)


def _class(make: Callable[..., Any], named: list[tuple[str, Way]]) -> Way:
    worked = [(n, way.decode) for n, (_, way) in enumerate(named) if way.decode]
    written = [(n, way.encode) for n, (_, way) in enumerate(named) if way.encode]
    taken = _taken([name for name, _ in named])

    def encode(value: Any, laws: dict[Citation, int]) -> Any:  # noqa: ANN401
        data = taken(value)
        for number, way in written:
            held = data[number]
            if held is not None:
                data[number] = way(held, laws)
        return data

    def decode(data: Any, laws: list[Citation]) -> Any:  # noqa: ANN401
        for number, way in worked:
            held = data[number]
            if held is not None:
                data[number] = way(held, laws)
        return make(*data)

    return Way(encode, decode)


def _taken(names: list[str]) -> Callable[[Any], list[Any]]:
    """Return what takes the fields of a value, all at one call where there are several."""
    if len(names) < 2:  # of one name the value itself would be taken, not a list
        return lambda value: [getattr(value, name) for name in names]
    get = attrgetter(*names)
    return lambda value: list(get(value))


def _sequence(item: Way) -> Way:
    into, back = item.encode, item.decode
    if into is None or back is None:
        return Way(lambda value, _: list(value), lambda data, _: tuple(data))
    return Way(
        lambda value, laws: [into(x, laws) for x in value],
        lambda data, laws: tuple([back(x, laws) for x in data]),
    )


def _fixed(items: list[Way]) -> Way:
    def encode(value: Any, laws: dict[Citation, int]) -> Any:  # noqa: ANN401
        pairs = zip(items, value, strict=True)
        return [way.encode(x, laws) if way.encode else x for way, x in pairs]

    def decode(data: Any, laws: list[Citation]) -> Any:  # noqa: ANN401
        pairs = zip(items, data, strict=True)
        return tuple([way.decode(x, laws) if way.decode else x for way, x in pairs])

    return Way(encode, decode)


def _mapping(pair: Way) -> Way:
    items = _sequence(pair)
    into, back = items.encode, items.decode
    if into is None or back is None:
        raise AssertionError("a pair has both ways")
    return Way(
        lambda value, laws: into(value.items(), laws), lambda data, laws: dict(back(data, laws))
    )


def _choice(cls: type[StrEnum]) -> Way:
    members = {member.value: member for member in cls}
    return Way(lambda value, _: value.value, lambda data, _: members[data])


def _parts(law: Citation) -> list[Any]:
    return [law.document, law.article, law.source, law.address, law.verified]


def _any_into(value: object, laws: dict[Citation, int]) -> Any:  # noqa: ANN401
    """Encode what a file may hold where no type is named; a list begins with what it stands for."""
    match value:
        case None | bool() | int() | str():
            return value
        case list():
            return ["list", [_any_into(x, laws) for x in value]]
        case dict():
            return ["dict", [[k, _any_into(v, laws)] for k, v in value.items()]]
        case Decimal():
            return ["decimal", str(value)]
        case _ if type(value) is date:
            return ["date", value.toordinal()]
    msg = f"{type(value).__name__} has no plain form"
    raise TypeError(msg)


def _any_back(data: Any, laws: list[Citation]) -> Any:  # noqa: ANN401
    if not isinstance(data, list):
        return data
    kind, held = data
    match kind:
        case "list":
            return [_any_back(x, laws) for x in held]
        case "dict":
            return {k: _any_back(v, laws) for k, v in held}
        case "decimal":
            return Decimal(held)
        case _:
            return date.fromordinal(held)


_WAYS: dict[Any, Way] = {
    str: Way(),
    int: Way(),
    bool: Way(),
    object: Way(_any_into, _any_back),
    date: Way(lambda value, _: value.toordinal(), lambda data, _: date.fromordinal(data)),
    Fraction: Way(
        lambda value, _: [value.numerator, value.denominator],
        lambda data, _: Fraction(data[0], data[1]),
    ),
    Citation: Way(
        lambda value, laws: laws.setdefault(value, len(laws)), lambda data, laws: laws[data]
    ),
}
