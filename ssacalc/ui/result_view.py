"""The result by State: a table in which every figure can be asked for its reasons."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ssacalc.domain.determination import BenefitResult
from ssacalc.ui.figures import Column, Figure, ResultTable, Tone
from ssacalc.ui.look import Look, figures_font, resized
from ssacalc.ui.tables import FIGURES, Index, Roles, Table

FIGURE = Roles.UserRole
COLUMN = Roles.UserRole + 1
LEFT, RIGHT = 4, 15
"""Room beside a figure; on the right the mark of what was not read has its place."""
NARROWEST, WIDEST = 104, 240
"""Least and greatest width of a column."""
TITLE = int(FIGURES) | int(Qt.TextFlag.TextWordWrap)


class ResultModel(QAbstractTableModel):
    """The table of results; made anew for every change."""

    def __init__(self, table: ResultTable, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = table

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many schemes there are."""
        return 0 if parent.isValid() else len(self.table.columns)

    def figure(self, index: Index) -> Figure:
        """Return the figure at a valid index."""
        return self.table.rows[index.row()].figures[index.column()]

    def data(self, index: Index, role: int = Roles.DisplayRole) -> object:
        """Return a figure for painting, for reading aloud or for copying."""
        if not index.isValid():
            return None
        figure = self.figure(index)
        match role:
            case Roles.DisplayRole:
                return figure.text
            case Roles.AccessibleTextRole | Roles.ToolTipRole:
                return figure.spoken
            case Roles.TextAlignmentRole:
                return FIGURES | Qt.AlignmentFlag.AlignVCenter
            case _:
                return figure if role == FIGURE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Roles.DisplayRole
    ) -> object:
        """Return a row's name, or a column's State, scheme and how often it pays."""
        if orientation is Qt.Orientation.Vertical:
            row = self.table.rows[section]
            return row.label if role in (Roles.DisplayRole, Roles.ToolTipRole) else None
        column = self.table.columns[section]
        if role == COLUMN:
            return column
        if role in (Roles.DisplayRole, Roles.ToolTipRole):
            return ", ".join(part for part in (column.state, column.scheme, column.note) if part)
        return None


class FigurePainter(QStyledItemDelegate):
    """Paints figures: aligned, in the tone of their answer, the outcome stronger."""

    def __init__(self, view: "ResultView") -> None:
        super().__init__(view)
        self._view = view
        self.look = Look()

    def _outcome(self, index: Index) -> bool:
        return self._view.table.rows[index.row()].outcome

    def _font(self, index: Index) -> QFont:
        return figures_font(self._view.font(), bold=self._outcome(index))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room a figure needs, its mark included."""
        metrics = QFontMetrics(self._font(index))
        width = metrics.horizontalAdvance(str(index.data())) + self.look.px(LEFT + RIGHT)
        return QSize(width, metrics.height() + self.look.px(8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a figure, with a mark where it rests on a text that was not read."""
        figure: Figure = index.data(FIGURE)
        colours, look = self.look.colours, self.look
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._outcome(index):
            painter.fillRect(rect, QColor(colours.raised))
        if state & QStyle.StateFlag.State_Selected:
            self._ground(painter, rect, focused=bool(state & QStyle.StateFlag.State_HasFocus))
        tints = {
            Tone.PLAIN: colours.text,
            Tone.YES: colours.yes,
            Tone.NO: colours.no,
            Tone.UNKNOWN: colours.unknown,
            Tone.ABSENT: colours.muted,
        }
        font = self._font(index)
        font.setItalic(figure.tone is Tone.UNKNOWN)
        painter.setFont(font)
        painter.setPen(QColor(tints[figure.tone]))
        room = rect.adjusted(look.px(LEFT), 0, -look.px(RIGHT), 0)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(figure.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(FIGURES | Qt.AlignmentFlag.AlignVCenter), text)
        if figure.unverified:
            self._mark(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, *, focused: bool) -> None:
        ground = QRectF(rect).adjusted(1, 1, -1, -2)
        painter.setBrush(QColor(self.look.colours.accent_soft))
        accent = QColor(self.look.colours.accent)
        painter.setPen(QPen(accent, self.look.px(2)) if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(ground, self.look.px(4), self.look.px(4))

    def _mark(self, painter: QPainter, rect: QRect) -> None:
        size = self.look.px(6)
        at = QRectF(
            rect.right() - self.look.px(RIGHT - 5), rect.center().y() - size / 2, size, size
        )
        painter.setPen(QPen(QColor(self.look.colours.unknown), self.look.px(1.5)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at)


class SchemeHeader(QHeaderView):
    """Heads each column with the State, the scheme and how often it pays."""

    TITLE_LINES = 3

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.look = Look()

    def _column(self, section: int) -> Column:
        column: Column = self.model().headerData(section, Qt.Orientation.Horizontal, COLUMN)
        return column

    def _state_font(self) -> QFont:
        return resized(self.font(), 1.0, bold=True)

    def _title(self, section: int, width: int) -> QRect:
        """Return the room of a scheme's title, wrapped to a width."""
        metrics = QFontMetrics(self.font())
        most = QRect(0, 0, width, metrics.height() * self.TITLE_LINES)
        return metrics.boundingRect(most, TITLE, self._column(section).scheme).intersected(most)

    def sizeHint(self) -> QSize:
        """Return the room for the State, the longest title and how often it pays."""
        line = QFontMetrics(self.font()).height()
        widths = [self.sectionSize(n) - self.look.px(LEFT + RIGHT) for n in range(self.count())]
        title = max((self._title(n, w).height() for n, w in enumerate(widths)), default=0)
        noted = any(self._column(n).note for n in range(self.count()))
        lines = line * (2 if noted else 1)
        return QSize(super().sizeHint().width(), lines + title + self.look.px(10))

    def wanted(self, section: int) -> int:
        """Return the width that the State's name asks for; titles of schemes are wrapped."""
        state = QFontMetrics(self._state_font()).horizontalAdvance(self._column(section).state)
        return state + self.look.px(LEFT + RIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Carry the line below the headings on to the edge of the table."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(self.look.colours.muted), 1))
        below = self.viewport().height() - 1
        painter.drawLine(0, below, self.viewport().width(), below)
        painter.end()

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint the heading of a column."""
        column, colours = self._column(logical), self.look.colours
        painter.save()
        painter.fillRect(rect, QColor(colours.surface))
        room = rect.adjusted(self.look.px(LEFT), self.look.px(2), -self.look.px(RIGHT), 0)
        painter.setFont(self._state_font())
        painter.setPen(QColor(colours.text))
        line = painter.fontMetrics().height()
        painter.drawText(
            QRect(room.topLeft(), QSize(room.width(), line)), int(FIGURES), column.state
        )
        painter.setFont(self.font())
        painter.setPen(QColor(colours.muted))
        height = self._title(logical, room.width()).height()
        below = QRect(room.left(), room.top() + line, room.width(), height)
        painter.drawText(below, TITLE, column.scheme)
        note = QRect(room.left(), below.bottom() + 1, room.width(), line)
        painter.drawText(note, int(FIGURES), column.note)
        painter.restore()


class RowHeader(QHeaderView):
    """Names the rows, the outcome in stronger print."""

    def __init__(self, parent: "ResultView") -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._view = parent
        self.look = Look()

    def _font(self, section: int) -> QFont:
        return resized(self.font(), 1.0, bold=self._view.table.rows[section].outcome)

    def sizeHint(self) -> QSize:
        """Return the width of the longest name."""
        rows = self._view.table.rows
        widths = [
            QFontMetrics(self._font(n)).horizontalAdvance(row.label) for n, row in enumerate(rows)
        ]
        return QSize(max(widths, default=0) + self.look.px(20), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint the name of a row."""
        row, colours = self._view.table.rows[logical], self.look.colours
        painter.save()
        painter.fillRect(rect, QColor(colours.raised if row.outcome else colours.surface))
        painter.setFont(self._font(logical))
        painter.setPen(QColor(colours.text if row.outcome else colours.muted))
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        room = rect.adjusted(self.look.px(4), 0, -self.look.px(8), 0)
        painter.drawText(room, int(side), row.label)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


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
