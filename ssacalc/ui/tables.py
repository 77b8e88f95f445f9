"""Tables of text: the periods line by line, and what every table of the window has in common."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from ssacalc.ui.look import Look, figures_font
from ssacalc.ui.periods import PeriodLine

Index = QModelIndex | QPersistentModelIndex
Roles = Qt.ItemDataRole
FIGURES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


class PeriodModel(QAbstractTableModel):
    """The lines of the periods; made anew for every change."""

    CERTIFIED = 4

    def __init__(
        self, lines: tuple[PeriodLine, ...], headings: tuple[str, ...], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._lines, self._headings = lines, headings

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many periods there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many cells a line has."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Roles.DisplayRole) -> object:
        """Return a cell's text, its place, or all that is known of the period."""
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        side = FIGURES if column == self.CERTIFIED else Qt.AlignmentFlag.AlignLeading
        answers: dict[int, object] = {
            Roles.DisplayRole: line.cells[column],
            Roles.ToolTipRole: "\n".join(line.told),
            Roles.AccessibleTextRole: f"{self._headings[column]}: {line.cells[column]}",
            Roles.AccessibleDescriptionRole: line.spoken,
            Roles.TextAlignmentRole: side | Qt.AlignmentFlag.AlignVCenter,
        }
        return answers.get(role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Roles.DisplayRole
    ) -> object:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Roles.DisplayRole:
            return self._headings[section]
        if role == Roles.TextAlignmentRole:
            side = FIGURES if section == self.CERTIFIED else Qt.AlignmentFlag.AlignLeading
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class Table(QTableView):
    """A calm table: no grid, Tab leaves it, Ctrl+C copies what is selected."""

    entered = Signal(QModelIndex)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.filled = False
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        self.setFont(figures_font(QApplication.font()))
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + look.px(8))

    def replace_model(self, model: QAbstractTableModel) -> None:
        """Show another model and let go of the one shown before."""
        gone = (self.selectionModel(), self.model()) if self.filled else ()
        self.setModel(model)
        self.filled = True
        for old in gone:
            old.deleteLater()

    def copy(self) -> None:
        """Put the selected cells on the clipboard, tabs between them."""
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            rows.setdefault(index.row(), []).append(str(index.data()))
        QApplication.clipboard().setText("\n".join("\t".join(row) for row in rows.values()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy by Ctrl+C; tell when Enter is pressed."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class PeriodTable(Table):
    """The table twin of the timeline. ``current_changed`` tells the number of the line."""

    current_changed = Signal(int)
    KIND = 1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Periods"), parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()

    def show_lines(self, lines: tuple[PeriodLine, ...], headings: tuple[str, ...]) -> None:
        """Show other periods."""
        self.replace_model(PeriodModel(lines, headings, self))
        self.selectionModel().currentRowChanged.connect(
            lambda current, _: self.current_changed.emit(current.row())
        )
        self.fit()
        self.set_current(0)

    def set_current(self, number: int) -> None:
        """Make a line the current one, its cell kept."""
        if not self.filled or not 0 <= number < self.model().rowCount():
            return
        column = max(0, self.currentIndex().column())
        if self.currentIndex().row() != number:
            self.setCurrentIndex(self.model().index(number, column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """Make every column as wide as its texts; what lacks is taken from the kind."""
        if not self.filled:
            return
        self.resizeColumnsToContents()
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        widths = [header.sectionSize(number) for number in range(header.count())]
        spare = self.viewport().width() - sum(widths)
        each = min(spare // max(1, len(widths)), self.fontMetrics().height() * 3)
        for number, width in enumerate(widths):
            if spare >= 0:
                self.setColumnWidth(number, width + each)
            elif number == self.KIND:
                self.setColumnWidth(number, max(width + spare, width // 2))

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on, with room for three lines at least."""
        super().set_look(look)
        row = self.verticalHeader().defaultSectionSize()
        self.setMinimumHeight(row * 4 + look.px(10))
        self.fit()
