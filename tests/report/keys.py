"""The message keys that the engine's source gives to its steps and doubts, with their arguments.

Nothing is run: the syntax trees are read. A key written as an f-string is a pattern; a key that
a function passes on is looked for where that function is called, in its default, and in what the
functions that choose a key return.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

NODES = {"Step": 2, "Doubt": 1, "Made": 1}
"""The place of the key among the arguments of each node; its own arguments follow it."""


@dataclass(frozen=True)
class Key:
    """A key or pattern of keys, and where it is given."""

    pattern: str
    where: str

    def fits(self, key: str) -> bool:
        return re.fullmatch(self.pattern, key) is not None


def keys_of(folder: Path) -> list[Key]:
    found: list[Key] = []
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += _Module(path, tree).keys()
    return found


def argument_names(folder: Path) -> set[str]:
    """Every name that the engine gives to an argument of a message."""
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                first = node.elts[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    names.add(first.value)
    return names


PLAIN_KEYS = {"product", "sum", "quotient", "greatest", "least", "band", "increment", "brackets"}
"""Keys of one word; other single words that functions return are no keys."""


class _Module:
    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.path = path
        self.functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
        self.passers = {f.name: place for f in self.functions if (place := self._key_place(f))}

    def keys(self) -> list[Key]:
        return [*self._given(), *self._chosen()]

    def _chosen(self) -> Iterator[Key]:
        """Keys that functions return beside other things, and defaults of parameters ``key``."""
        for function in self.functions:
            where = f"{self.path.name}:{function.lineno}"
            for key in (*self._returned(function), *self._defaults(function)):
                for pattern in self._patterns(key, function):
                    if "-" in pattern or pattern in PLAIN_KEYS:
                        yield Key(pattern, where)

    def _returned(self, function: ast.FunctionDef) -> Iterator[ast.expr]:
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                strings = ast.Constant | ast.JoinedStr | ast.IfExp | ast.Name
                yield from (e for e in node.value.elts if isinstance(e, strings))

    def _defaults(self, function: ast.FunctionDef) -> Iterator[ast.expr]:
        named = function.args.args[len(function.args.args) - len(function.args.defaults) :]
        for argument, default in zip(named, function.args.defaults, strict=True):
            if argument.arg == "key":
                yield default

    def _given(self) -> list[Key]:
        return [
            Key(pattern, f"{self.path.name}:{call.lineno}")
            for function in self.functions
            for call in ast.walk(function)
            if isinstance(call, ast.Call) and (key := self._key(call)) is not None
            for pattern in self._patterns(key, function)
        ]

    def _key(self, call: ast.Call) -> ast.expr | None:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        place = NODES.get(name, self.passers.get(name))
        for keyword in call.keywords:
            if keyword.arg == "key":
                return keyword.value
        if place is None or any(isinstance(a, ast.Starred) for a in call.args[: place + 1]):
            return None
        return call.args[place] if place < len(call.args) else None

    def _key_place(self, function: ast.FunctionDef) -> int | None:
        """Where a function that passes a key on to a node takes it."""
        names = [a.arg for a in function.args.args]
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                place = NODES.get(call.func.id)
                if place is not None and place < len(call.args):
                    key = call.args[place]
                    if isinstance(key, ast.Name) and key.id in names:
                        return names.index(key.id)
        return None

    def _patterns(self, key: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
        match key:
            case ast.Constant(value=str() as text):
                yield re.escape(text)
            case ast.JoinedStr(values=parts):
                yield "".join(_of_part(part) for part in parts)
            case ast.Call(func=ast.Name(id="_key"), args=[base, *_]):
                for pattern in self._patterns(base, function):
                    yield from (pattern, f"{pattern}-missing")
            case _:
                for choice in self._choices(key, function):
                    yield from self._patterns(choice, function)

    def _choices(self, key: ast.expr, function: ast.FunctionDef) -> Iterable[ast.expr]:
        match key:
            case ast.IfExp(body=one, orelse=other):
                return (one, other)
            case ast.BoolOp(values=choices):
                return choices
            case ast.Name(id=name):
                return self._assigned(name, function)
            case _:
                return ()

    def _assigned(self, name: str, function: ast.FunctionDef) -> Iterator[ast.expr]:
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == name for t in node.targets
            ):
                yield node.value


def _of_part(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
