"""What to do first: open a case, or the example."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ssacalc.ui.cards import Card, label
from ssacalc.ui.emblem import emblem
from ssacalc.ui.look import Look

MOST_RECENT = 5


class StartPage(QWidget):
    """Says what to do first. Its signals are the wishes of the person before it."""

    open_wished = Signal()
    example_wished = Signal()
    recent_wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._title = label("display", "ssacalc")
        self._about = label(
            "muted",
            self.tr(
                "Pensions of people who worked in several States: what each State owes, "
                "with and without agreements, and why."
            ),
        )
        self._begin = Card(self.tr("Open a case"))
        self.open = QPushButton(self.tr("Open a case file…"))
        self.open.setProperty("role", "primary")
        self.example = QPushButton(self.tr("Open the example"))
        self.open.clicked.connect(self.open_wished)
        self.example.clicked.connect(self.example_wished)
        self._drop = label("muted", self.tr("Or drop a case file (.toml or .json) on this window."))
        for widget in (self.open, self.example, self._drop):
            self._begin.body.addWidget(widget)
        self._before = Card(self.tr("Opened before"))
        self._recent: tuple[QPushButton, ...] = ()
        self._column = QWidget()
        self._inner = QVBoxLayout(self._column)
        self._emblem = QLabel()
        head = QHBoxLayout()
        head.addWidget(self._emblem)
        head.addWidget(self._title, 1)
        self._inner.addLayout(head)
        for part in (self._about, self._begin, self._before):
            self._inner.addWidget(part)
        outer = QVBoxLayout(self)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._column)
        middle.addStretch(1)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.show_recent(())

    def show_recent(self, paths: tuple[Path, ...]) -> None:
        """Show other files opened before."""
        for button in self._recent:
            self._before.body.removeWidget(button)
            button.deleteLater()
        self._recent = tuple(self._link(path) for path in paths[:MOST_RECENT])
        for button in self._recent:
            self._before.body.addWidget(button)
        self._before.setVisible(bool(self._recent))

    def _link(self, path: Path) -> QPushButton:
        button = QPushButton(path.name)
        button.setProperty("role", "link")
        button.setToolTip(str(path))
        button.setAccessibleName(self.tr("Open {name} again").format(name=path.name))
        button.clicked.connect(lambda: self.recent_wished.emit(path))
        return button

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        self._emblem.setPixmap(emblem(look.px(40), self.devicePixelRatio()))
        self._begin.set_look(look)
        self._before.set_look(look)
        self._column.setFixedWidth(look.px(440))
        self._inner.setSpacing(look.px(12))
        self._begin.body.setSpacing(look.px(10))
