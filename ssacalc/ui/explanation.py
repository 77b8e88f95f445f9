"""Why a figure is what it is: its steps, their working and their articles, as a tree."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ssacalc.domain.determination import Alternative, BenefitResult
from ssacalc.domain.trace import Citation, Step
from ssacalc.report.wording import Wording
from ssacalc.ui.cards import Card
from ssacalc.ui.entries import Entry, EntryTree, Manner, Note, as_text
from ssacalc.ui.figures import Figure
from ssacalc.ui.look import Look

translate = QCoreApplication.translate
OPENED = 2
"""How many levels of steps lie open at first."""


def steps_of(steps: tuple[Step, ...], wording: Wording) -> tuple[Entry, ...]:
    """Return steps and all they rest on; what was explained before is not explained twice."""
    explained: set[int] = set()
    return tuple(_entry(step, wording, explained) for step in steps)


def _entry(step: Step, wording: Wording, explained: set[int]) -> Entry:
    again = id(step) in explained and bool(step.uses)
    explained.add(id(step))
    working = wording.working(step)
    value = wording.value(step)
    if again:
        above = Note(translate("explanation", "Explained above."))
        return Entry(wording.label(step), value, working, (above,))
    notes = tuple(note for law in dict.fromkeys(step.law) for note in _law(law, wording))
    children = tuple(_entry(used, wording, explained) for used in step.uses)
    return Entry(wording.label(step), value, working, notes, children)


def _law(law: Citation, wording: Wording) -> tuple[Note, ...]:
    manner = Manner.LAW if law.verified else Manner.WARNING
    cited = Note(wording.citation(law), manner)
    source = ", ".join(part for part in (law.source, law.address) if part)
    if not source:
        return (cited,)
    return cited, Note(translate("explanation", "Read in {source}").format(source=source))


def law_notes(laws: tuple[Citation, ...], wording: Wording) -> tuple[Note, ...]:
    """Return citations as lines of an entry."""
    return tuple(note for law in dict.fromkeys(laws) for note in _law(law, wording))


def other_ways(result: BenefitResult, wording: Wording) -> Entry | None:
    """Return the other lawful ways to the same benefit, or ``None`` where there is none."""
    if not result.alternatives:
        return None
    found = tuple(_way(way, wording) for way in result.alternatives)
    title = translate("explanation", "Other lawful ways that were tried")
    return Entry(title, children=found)


def _way(way: Alternative, wording: Wording) -> Entry:
    amount = wording.text("no-amount") if way.payable is None else wording.settled(way.payable)
    under = "" if way.instrument is None else wording.name("instrument", way.instrument)
    return Entry(wording.name("alternative", way.what), amount, under)


class Explanation(Card):
    """Shows one figure with its steps. ``left`` asks to go back to the figures."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Why?"), parent)
        self._figure = QLabel()
        self._figure.setProperty("role", "muted")
        self._value = QLabel()
        for label in (self._figure, self._value):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tree = EntryTree(self.tr("Steps and articles of the figure"), nested=True)
        self.tree.left.connect(self.left)
        self.setFocusProxy(self.tree)
        self.body.addLayout(self._head())
        self.body.addWidget(self.tree, 1)
        self.clear()

    def _head(self) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._figure)
        texts.addWidget(self._value)
        self.copy = QPushButton(self.tr("Copy as text"))
        self.copy.setProperty("role", "quiet")
        self.copy.setAccessibleName(self.tr("Copy the explanation as text"))
        self.copy.clicked.connect(self.copy_text)
        head = QHBoxLayout()
        head.addLayout(texts, 1)
        head.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def clear(self) -> None:
        """Show no figure."""
        self._figure.setText(self.tr("Choose a figure to see how it was found."))
        self._value.clear()
        self.copy.setEnabled(False)
        self.tree.show_entries(())

    def show_figure(self, figure: Figure, result: BenefitResult, wording: Wording) -> None:
        """Show how a figure was found."""
        self._figure.setText(figure.name)
        self._value.setText(figure.text)
        entries = list(steps_of(figure.steps, wording))
        others = other_ways(result, wording) if result.result in figure.steps else None
        if others is not None:
            entries.append(others)
        self.copy.setEnabled(True)
        self.tree.show_entries(tuple(entries), OPENED)

    def copy_text(self) -> None:
        """Put the figure and its whole explanation on the clipboard."""
        title = f"{self._figure.text()}: {self._value.text()}"
        QApplication.clipboard().setText(f"{title}\n\n{as_text(self.tree.entries)}\n")

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        super().set_look(look)
        self.tree.set_look(look)
        self.enlarge(self._value, 1.5)
