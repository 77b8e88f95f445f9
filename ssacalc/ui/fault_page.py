"""A file that cannot be used: every fault at once, with its place and its remedy."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ssacalc.domain.errors import InvalidCase, SsacalcError
from ssacalc.ui.cards import Card, label, selectable
from ssacalc.ui.entries import Entry, Note
from ssacalc.ui.entry_tree import EntryTree
from ssacalc.ui.look import Look


def sentence(fault: str) -> str:
    """Return a fault as a sentence of its own."""
    return fault[:1].upper() + fault[1:]


def fault_entries(error: SsacalcError) -> tuple[Entry, ...]:
    """Return every fault of an error."""
    return tuple(
        Entry(
            problem.place or sentence(problem.fault),
            body=sentence(problem.fault) if problem.place else "",
            notes=(Note(f"→ {problem.remedy}"),) if problem.remedy else (),
        )
        for problem in error.problems
    )


class FaultPage(QWidget):
    """Lists the faults of a file, and offers to read it again once it is mended."""

    reload_wished = Signal()
    open_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._card = Card("")
        self._subject, self._path = label("subject"), label("muted")
        selectable(self._subject, self._path)
        self.list = EntryTree(self.tr("Faults of the file"), nested=False)
        self.reload = QPushButton(self.tr("Read the file again"))
        self.reload.setProperty("role", "primary")
        self.copy = QPushButton(self.tr("Copy the list"))
        self.other = QPushButton(self.tr("Open another file…"))
        self.reload.clicked.connect(self.reload_wished)
        self.copy.clicked.connect(self.list.copy)
        self.other.clicked.connect(self.open_wished)
        self._advice = label("muted")
        self._buttons = QHBoxLayout()
        for button in (self.reload, self.copy, self.other):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        for widget in (self._subject, self._path):
            self._card.body.addWidget(widget)
        self._card.body.addWidget(self._advice)
        self._card.body.addLayout(self._buttons)
        self._card.body.addWidget(self.list, 1)
        self._page = QVBoxLayout(self)
        self._page.addWidget(self._card)

    def show_error(self, error: SsacalcError, path: Path) -> None:
        """Show the faults of another file."""
        self._subject.setText(error.subject)
        case = isinstance(error, InvalidCase)
        self._card.title.setText(
            self.tr("This case cannot be used as it stands")
            if case
            else self.tr("The law cannot be used as it stands")
        )
        self._advice.setText(
            self.tr("Mend the file in a text editor, save it there and read it again (F5).")
            if case
            else self.tr("Mend the files of the law named below, or install them anew.")
        )
        self._path.setText(str(path))
        self._path.setVisible(case)
        entries = fault_entries(error)
        self.list.show_entries(entries)
        self.list.setVisible(bool(entries))

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        self._card.set_look(look)
        self.list.set_look(look)
        self._buttons.setSpacing(look.px(8))
        self._buttons.setContentsMargins(0, look.px(6), 0, look.px(8))
        side = look.px(24)
        self._page.setContentsMargins(side, side, side, side)
