"""The timeline: one lane for each State, one bar for each period."""

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ssacalc.ui import timeline_paint
from ssacalc.ui.look import Look, figures_font
from ssacalc.ui.periods import PeriodLine
from ssacalc.ui.timeline_layout import Arrangement, Bar, Room, arrange

NOTHING = Arrangement((), (), (), None, 0)


class Timeline(QWidget):
    """Shows periods by State and year. ``current_changed`` tells the number of the line."""

    current_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._lines: tuple[PeriodLine, ...] = ()
        self._claim: date | None = None
        self._keys: tuple[timeline_paint.Key, ...] = ()
        self._places: tuple[QPointF, ...] = ()
        self._arranged = NOTHING
        self._current = -1
        self._look = Look()
        self._speak()

    def show_lines(self, lines: tuple[PeriodLine, ...], claim: date | None) -> None:
        """Show other periods and the day claimed from."""
        self._lines, self._claim = lines, claim
        self._keys = timeline_paint.keys(lines)
        self._current = 0 if lines else -1
        self._arrange()
        self._speak()

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        self._look = look
        self._arrange()

    @property
    def current(self) -> int:
        """The number of the current line; -1 where there is none."""
        return self._current

    def set_current(self, number: int) -> None:
        """Make a line the current one."""
        if number == self._current or not 0 <= number < len(self._lines):
            return
        self._current = number
        self._speak()
        self.update()
        self.current_changed.emit(number)

    def _speak(self) -> None:
        """Tell screen readers what is current; the table below says the same line by line."""
        name = self.tr("Timeline of the periods")
        if self._current >= 0:
            name = f"{name}. {self._lines[self._current].spoken}"
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            self.tr("Left and right go through the periods, up and down through the States.")
        )

    def _arrange(self) -> None:
        look, metrics = self._look, QFontMetricsF(self.font())
        states = [line.state for line in self._lines]
        widest = max((metrics.horizontalAdvance(state) for state in states), default=0)
        texts = [
            timeline_paint.undated_label(line) for line in self._lines if not line.period.first
        ]
        room = Room(
            width=self.width(),
            labels=min(widest + look.px(14), self.width() * 0.3),
            year_label=metrics.horizontalAdvance("0000"),
            bar=metrics.height() + look.px(3),
            gap=look.px(4),
            axis=metrics.height() + look.px(8),
            undated=max((metrics.horizontalAdvance(t) for t in texts), default=0) + look.px(16),
            mirrored=self.layoutDirection() == Qt.LayoutDirection.RightToLeft,
        )
        self._arranged = arrange(self._lines, self._claim, room)
        height = self._place_legend(self._arranged.height + look.px(10))
        self.setFixedHeight(max(1, round(height)))
        self.update()

    def _place_legend(self, top: float) -> float:
        """Set the entries of the legend beside one another, on a new line where need be."""
        look, metrics = self._look, QFontMetricsF(self.font())
        places: list[QPointF] = []
        x = 0.0
        for key in self._keys:
            width = look.px(26) + metrics.horizontalAdvance(key.text) + look.px(18)
            if x and x + width > self.width():
                x, top = 0.0, top + metrics.height() + look.px(4)
            places.append(QPointF(x, top))
            x += width
        self._places = tuple(places)
        return top + metrics.height() if places else top

    def sizeHint(self) -> QSize:
        """Return a sensible width, and the height that the lanes need."""
        return QSize(self._look.px(480), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange everything anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Arrange everything anew for another font or reading direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lanes, the bars and the legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(figures_font(self.font()))
        timeline_paint.ground(painter, self._arranged, self._look)
        for bar in self._arranged.bars:
            timeline_paint.bar(painter, bar, self._lines[bar.line], self._look)
        self._paint_current(painter)
        self._paint_legend(painter)
        painter.end()

    def _paint_current(self, painter: QPainter) -> None:
        bar = self._bar(self._current)
        if bar is None:
            return
        focused = self.hasFocus()
        colour = QColor(self._look.colours.text if focused else self._look.colours.muted)
        painter.setPen(QPen(colour, self._look.px(2 if focused else 1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._look.px(4)
        painter.drawRoundedRect(bar.rect.adjusted(-2, -2, 2, 2), radius, radius)

    def _paint_legend(self, painter: QPainter) -> None:
        look, metrics = self._look, QFontMetricsF(self.font())
        for key, place in zip(self._keys, self._places, strict=True):
            height = metrics.height() * 0.7
            top = place.y() + (metrics.height() - height) / 2
            sample = QRectF(place.x() + 0.5, round(top) + 0.5, look.px(20), round(height))
            timeline_paint.swatch(painter, sample, key, look)
            painter.setPen(QColor(look.colours.muted))
            painter.drawText(place + QPointF(look.px(26), metrics.ascent()), key.text)

    def _bar(self, number: int) -> Bar | None:
        return next((bar for bar in self._arranged.bars if bar.line == number), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the period under the mouse the current one."""
        number = self._arranged.at(event.position().x(), event.position().y())
        if number is not None:
            self.set_current(number)
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell in a tooltip all that is known of the period under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._arranged.at(event.pos().x(), event.pos().y())
            if number is None:
                QToolTip.hideText()
            else:
                told = "\n".join(self._lines[number].told)
                QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the periods by the arrow keys."""
        number = self._goal(Qt.Key(event.key()))
        if number is None:
            super().keyPressEvent(event)
        else:
            self.set_current(number)

    def _goal(self, key: Qt.Key) -> int | None:
        forward, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            forward, back = back, forward
        goals = {
            forward: min(self._current + 1, len(self._lines) - 1),
            back: max(self._current - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._lines) - 1,
        }
        if key in goals:
            return goals[key]
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._lines:
            return self._in_other_lane(1 if key == Qt.Key.Key_Down else -1)
        return None

    def _in_other_lane(self, by: int) -> int:
        """Return the period of the next State that lies nearest in time."""
        states = list(dict.fromkeys(line.state for line in self._lines))
        place = states.index(self._lines[self._current].state) + by
        here = self._bar(self._current)
        if here is None or not 0 <= place < len(states):
            return self._current
        near = [bar for bar in self._arranged.bars if self._lines[bar.line].state == states[place]]
        middle = here.rect.center().x()
        return min(near, key=lambda bar: abs(bar.rect.center().x() - middle)).line
