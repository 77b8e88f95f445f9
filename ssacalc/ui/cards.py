"""Cards: the framed parts of a page, each with a title."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ssacalc.ui.look import Look, resized


def enlarge(label: QLabel, factor: float, *, bold: bool = True) -> None:
    """Set a label in larger print than the text around it."""
    label.setFont(resized(QApplication.font(), factor, bold=bold))


class Card(QFrame):
    """A framed part of a page with a title and, beside it, room for what belongs to it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.title = QLabel(title)
        self.title.setProperty("role", "section")
        self.beside = QHBoxLayout()
        self.beside.addWidget(self.title)
        self.beside.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.addLayout(self.beside)
        self.look = Look()

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        self.look = look
        self.enlarge(self.title, 1.1)
        margin = look.px(14)
        self.body.setContentsMargins(margin, look.px(10), margin, look.px(12))
        self.body.setSpacing(look.px(6))

    def enlarge(self, label: QLabel, factor: float, *, bold: bool = True) -> None:
        """Set a label in larger print than the text around it."""
        enlarge(label, factor, bold=bold)


def muted(text: str = "") -> QLabel:
    """Return a label that speaks softly and wraps."""
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
