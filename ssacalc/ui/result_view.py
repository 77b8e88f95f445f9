"""The result by State: a table in which every figure can be asked for its reasons."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QWidget

from ssacalc.domain.determination import BenefitResult
from ssacalc.ui.figures import ResultTable
from ssacalc.ui.look import Look
from ssacalc.ui.result_model import FIGURE, ResultModel
from ssacalc.ui.result_paint import FigurePainter, RowHeader, SchemeHeader
from ssacalc.ui.tables import Table

NARROWEST, WIDEST = 104, 240
"""Least and greatest width of a column."""


class ResultView(Table):
    """Shows the results. ``figure_chosen`` tells the figure and the result it belongs to."""

    figure_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Result by State"), parent)
        self.table = ResultTable()
        self._heads = SchemeHeader(self)
        self._names = RowHeader(self)
        self.setHorizontalHeader(self._heads)
        self.setVerticalHeader(self._names)
        for header in (self._heads, self._names):
            header.setSectionsClickable(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._painter = FigurePainter(self)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        for painted in (self._painter, self._heads, self._names):
            painted.look = look
        super().set_look(look)
        for header in (self._heads, self._names):
            header.setFont(self.font())
        self.fit()

    def show_table(self, table: ResultTable) -> None:
        """Show other results, the outcome of the first scheme chosen."""
        self.table = table
        self.replace_model(ResultModel(table, self))
        self.selectionModel().currentChanged.connect(self._choose)
        self.fit()
        if table.columns:
            self.choose(table.columns[0].result)

    def choose(self, result: BenefitResult) -> None:
        """Choose the outcome of a result."""
        for number, column in enumerate(self.table.columns):
            if (column.result.country, column.result.scheme) == (result.country, result.scheme):
                row = next(n for n, row in enumerate(self.table.rows) if row.outcome)
                self.setCurrentIndex(self.model().index(row, number))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            figure = index.data(FIGURE)
            self.figure_chosen.emit(figure, self.table.columns[index.column()].result)

    def fit(self) -> None:
        """Give every scheme the room it asks for, share out what is left, show every row."""
        if not self.filled:
            return
        look = self._painter.look
        wanted = [self._wanted(number) for number in range(len(self.table.columns))]
        room = self.width() - self._names.sizeHint().width() - 2 * self.frameWidth()
        spare = max(0, room - sum(wanted)) // max(1, len(wanted))
        for number, width in enumerate(wanted):
            most = max(width, look.px(WIDEST))
            self.setColumnWidth(number, min(most, width + spare))
        self._heads.setFixedHeight(self._heads.sizeHint().height())
        rows = len(self.table.rows) * self._names.defaultSectionSize()
        too_wide = sum(wanted) > room
        policies = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            policies.ScrollBarAlwaysOn if too_wide else policies.ScrollBarAlwaysOff
        )
        bar = self.horizontalScrollBar().sizeHint().height() if too_wide else 0
        self.setMinimumHeight(self._heads.height() + rows + bar + 2 * self.frameWidth())

    def _wanted(self, number: int) -> int:
        """Return the width a column asks for; the name of an instrument may be shortened."""
        option = QStyleOptionViewItem()
        widths = [
            self._painter.sizeHint(option, self.model().index(place, number)).width()
            for place, row in enumerate(self.table.rows)
            if row.key != "row-instrument"
        ]
        least = self._painter.look.px(NARROWEST)
        return max(least, self._heads.wanted(number), *widths)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Carry the lines of the rows on to the edge of the table."""
        super().paintEvent(event)
        right = sum(self.columnWidth(n) for n in range(len(self.table.columns)))
        left = right - self.horizontalScrollBar().value()
        width = self.viewport().width()
        if left >= width or self.isRightToLeft():
            return
        painter = QPainter(self.viewport())
        colours = self._painter.look.colours
        for number, row in enumerate(self.table.rows):
            top, height = self.rowViewportPosition(number), self.rowHeight(number)
            if row.outcome:
                painter.fillRect(left, top, width - left, height, QColor(colours.raised))
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(left, top + height - 1, width, top + height - 1)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
