"""A line above the page for what went wrong but stops nothing; it never asks to be answered."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ssacalc.ui.cards import label, selectable
from ssacalc.ui.look import Look


class Notice(QFrame):
    """Shows one message until it is put away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.text = label("plain")
        selectable(self.text)
        self.away = QPushButton(self.tr("Put away"))
        self.away.setAccessibleName(self.tr("Put the message away"))
        self.away.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.away, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, text: str) -> None:
        """Show a message and have it read aloud."""
        self.text.setText(text)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        side = look.px(20)
        self._row.setContentsMargins(side, look.px(8), side, look.px(8))
