"""How the table of results is painted: figures, headings of schemes, names of rows."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ssacalc.ui.figures import Column, Figure, Row, Tone
from ssacalc.ui.look import Look, figures_font, resized
from ssacalc.ui.result_model import COLUMN, FIGURE, ResultModel
from ssacalc.ui.tables import FIGURES, Index

LEFT, RIGHT = 4, 15
"""Room beside a figure; on the right the mark of what was not read has its place."""
TITLE = int(FIGURES) | int(Qt.TextFlag.TextWordWrap)


class FigurePainter(QStyledItemDelegate):
    """Paints figures: aligned, in the tone of their answer, the outcome stronger."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.look = Look()

    def _outcome(self, index: Index) -> bool:
        model = index.model()
        return isinstance(model, ResultModel) and model.table.rows[index.row()].outcome

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
        """Return the width that State and note ask for; titles of schemes are wrapped."""
        column = self._column(section)
        state = QFontMetrics(self._state_font()).horizontalAdvance(column.state)
        note = QFontMetrics(self.font()).horizontalAdvance(column.note)
        return max(state, note) + self.look.px(LEFT + RIGHT)

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

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.look = Look()

    def _rows(self) -> tuple[Row, ...]:
        model = self.model()
        return model.table.rows if isinstance(model, ResultModel) else ()

    def _font(self, section: int) -> QFont:
        return resized(self.font(), 1.0, bold=self._rows()[section].outcome)

    def sizeHint(self) -> QSize:
        """Return the width of the longest name."""
        rows = self._rows()
        widths = [
            QFontMetrics(self._font(n)).horizontalAdvance(row.label) for n, row in enumerate(rows)
        ]
        return QSize(max(widths, default=0) + self.look.px(20), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint the name of a row."""
        row, colours = self._rows()[logical], self.look.colours
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
