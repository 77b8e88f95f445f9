"""Texts with placeholders: ``{name}``, ``{name:kind}``, ``{name:plural=one|many}``."""

from dataclasses import dataclass
from functools import cache
from string import Formatter


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text (``name`` is ``None``) or a placeholder."""

    text: str = ""
    name: str | None = None
    kind: str = ""
    forms: tuple[str, str] = ("", "")


@cache
def pieces(text: str) -> tuple[Piece, ...]:
    """Cut a text into plain stretches and placeholders.

    Raises :class:`ValueError` where braces do not pair or a plural has not two forms.
    """
    cut: list[Piece] = []
    for plain, name, kind, _ in Formatter().parse(text):
        if plain:
            cut.append(Piece(plain))
        if name is not None:
            cut.append(_placeholder(name, kind or ""))
    return tuple(cut)


def _placeholder(name: str, kind: str) -> Piece:
    if not kind.startswith("plural="):
        return Piece(name=name, kind=kind)
    one, bar, many = kind.removeprefix("plural=").partition("|")
    if not bar:
        msg = f"the plural of {name} needs two forms: {{{name}:plural=one|many}}"
        raise ValueError(msg)
    return Piece(name=name, kind="plural", forms=(one, many))


def placeholders(text: str) -> frozenset[str]:
    """Return the names a text asks for."""
    return frozenset(piece.name for piece in pieces(text) if piece.name is not None)
