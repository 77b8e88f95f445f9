"""Cards: the framed parts of a page, each with a title."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ssacalc.ui.look import Look


def label(role: str, text: str = "") -> QLabel:
    """Return a label of plain text that wraps; its role tells the style sheet how it looks."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def selectable(*labels: QLabel) -> None:
    """Let the mouse select the text of labels, to copy it."""
    for each in labels:
        each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


class Card(QFrame):
    """A framed part of a page with a title and, beside it, room for what belongs to it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.title = label("section", title)
        self.title.setWordWrap(False)
        self.beside = QHBoxLayout()
        self.beside.addWidget(self.title)
        self.beside.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.addLayout(self.beside)

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        margin = look.px(14)
        self.body.setContentsMargins(margin, look.px(8), margin, look.px(10))
        self.body.setSpacing(look.px(4))
