"""Entries of several lines, in a tree or a list: steps, doubts and faults look alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole


class Manner(StrEnum):
    """How a line of an entry speaks."""

    LAW = "law"
    WARNING = "warning"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Note:
    """A further line of an entry."""

    text: str
    manner: Manner = Manner.QUIET


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a title with its value, a body, further lines, and the entries below it.

    ``about`` is what the entry speaks of, for the one who is told that it was chosen.
    """

    title: str
    value: str = ""
    body: str = ""
    notes: tuple[Note, ...] = ()
    children: tuple["Entry", ...] = ()
    about: object = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The entry in plain lines, without those below it."""
        first = f"{self.title}: {self.value}" if self.value else self.title
        return tuple(line for line in (first, self.body, *(n.text for n in self.notes)) if line)

    @property
    def spoken(self) -> str:
        """The entry as a screen reader says it."""
        return ". ".join(line.rstrip(".") for line in self.lines) + "."


def as_text(entries: tuple[Entry, ...], depth: int = 0) -> str:
    """Return entries as indented plain text."""
    indent = "    " * depth
    parts = []
    for entry in entries:
        parts.append("\n  ".join(f"{indent}{line}" for line in entry.lines))
        if entry.children:
            parts.append(as_text(entry.children, depth + 1))
    return "\n".join(parts)


@dataclass(frozen=True, slots=True)
class _Node:
    entry: Entry
    parent: int | None
    row: int
    children: tuple[int, ...]


class EntryModel(QAbstractItemModel):
    """A tree of entries; made anew for every change."""

    def __init__(self, entries: tuple[Entry, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.entries = entries
        self._nodes: dict[int, _Node] = {}
        self._top = tuple(self._grow(entries, None))

    def _grow(self, entries: tuple[Entry, ...], parent: int | None) -> Iterator[int]:
        for row, entry in enumerate(entries):
            number = len(self._nodes)
            self._nodes[number] = _Node(entry, parent, row, ())
            children = tuple(self._grow(entry.children, number))
            self._nodes[number] = _Node(entry, parent, row, children)
            yield number

    def _children(self, parent: Index) -> tuple[int, ...]:
        return self._nodes[parent.internalId()].children if parent.isValid() else self._top

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        """Return where a child stands."""
        children = self._children(parent)
        if column or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, column, children[row])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        """Return where the parent of an entry stands."""
        above = self._nodes[index.internalId()].parent if index.isValid() else None
        return (
            QModelIndex() if above is None else self.createIndex(self._nodes[above].row, 0, above)
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many entries stand below one."""
        return len(self._children(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return that there is one column."""
        return 1

    def entry(self, index: Index) -> Entry:
        """Return the entry at a valid index."""
        return self._nodes[index.internalId()].entry

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return an entry for painting, for reading aloud or for finding by typing."""
        if not index.isValid():
            return None
        entry = self.entry(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return entry.spoken
            case _:
                return entry if role == ENTRY else None
