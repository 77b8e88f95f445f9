"""How entries are shown: a tree that wraps them to its width."""

from html import escape

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QPolygonF,
    QResizeEvent,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ssacalc.ui.entries import ENTRY, Entry, EntryModel, Index, Manner, as_text
from ssacalc.ui.look import Look, figures_font


class EntryPainter(QStyledItemDelegate):
    """Paints entries, wrapped to the width of their tree."""

    MARGIN = 8

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree
        self.look = Look()
        self._heights: dict[tuple[int, int], float] = {}

    def _html(self, entry: Entry) -> str:
        colours = self.look.colours
        cells = [f'<td><span style="font-weight:600">{escape(entry.title)}</span></td>']
        mirrored = self._tree.isRightToLeft()
        far, near = ("left", "right") if mirrored else ("right", "left")
        if entry.value:
            cells.append(
                f'<td align="{far}" style="padding-{near}:12px">'
                f'<span style="font-weight:600">{escape(entry.value)}</span></td>'
            )
        head = "".join(reversed(cells) if mirrored else cells)
        parts = [f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{head}</tr></table>']
        if entry.body:
            body = escape(entry.body).replace("\n", "<br>")
            parts.append(f'<div style="color:{colours.text}">{body}</div>')
        tints = {
            Manner.LAW: colours.accent,
            Manner.WARNING: colours.unknown,
            Manner.QUIET: colours.muted,
        }
        parts.extend(
            f'<div style="color:{tints[note.manner]}">{escape(note.text)}</div>'
            for note in entry.notes
        )
        return "".join(parts)

    def _document(self, entry: Entry, width: int) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(figures_font(self._tree.font()))
        wrapping = QTextOption()
        wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        wrapping.setTextDirection(self._tree.layoutDirection())
        document.setDefaultTextOption(wrapping)
        document.setHtml(self._html(entry))
        document.setTextWidth(max(60, width - 2 * self.look.px(self.MARGIN)))
        return document

    def _width(self, index: Index) -> int:
        depth, above = int(self._tree.rootIsDecorated()), index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return self._tree.viewport().width() - depth * self._tree.indentation()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room an entry needs."""
        width = self._width(index)
        key = index.internalId(), width
        if key not in self._heights:
            self._heights[key] = self._document(index.data(ENTRY), width).size().height()
        return QSize(width, round(self._heights[key]) + 2 * self.look.px(self.MARGIN))

    def measure_anew(self) -> None:
        """Forget how high entries are, for other entries or another print."""
        self._heights.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint an entry, on a tinted ground where it is the current one."""
        colours = self.look.colours
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected and self._tree.hasFocus():
            ground = QRectF(rect).adjusted(1, 1, -2, -1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(ground, self.look.px(5), self.look.px(5))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QColor(colours.accent))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(ground, self.look.px(5), self.look.px(5))
        margin = self.look.px(self.MARGIN)
        painter.translate(QPointF(rect.topLeft()) + QPointF(margin, margin))
        self._document(index.data(ENTRY), rect.width()).drawContents(painter)
        painter.restore()


class EntryTree(QTreeView):
    """Shows entries. ``chosen`` tells what the entry speaks of that Enter or a click chose."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, name: str, *, nested: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(nested)
        self.setItemsExpandable(nested)
        self.setUniformRowHeights(False)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self._painter = EntryPainter(self)
        self.setItemDelegate(self._painter)
        self.clicked.connect(self._choose)
        self.show_entries(())

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        self._painter.look = look
        self._painter.measure_anew()
        self.setIndentation(look.px(18))
        self.scheduleDelayedItemsLayout()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown."""
        model = self.model()
        return model.entries if isinstance(model, EntryModel) else ()

    def show_entries(self, entries: tuple[Entry, ...], depth: int = 0) -> None:
        """Show other entries, opened down to a depth."""
        old = self.model()
        self._painter.measure_anew()
        self.setModel(EntryModel(entries, self))
        if old is not None:
            old.deleteLater()
        if depth:
            self.expandToDepth(depth - 1)
        if entries:
            self.setCurrentIndex(self.model().index(0, 0))

    def copy(self) -> None:
        """Put all that is shown on the clipboard as plain text."""
        QApplication.clipboard().setText(as_text(self.entries))

    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, Entry) and entry.about is not None:
            self.chosen.emit(entry.about)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw the arrow of an entry beside its first line."""
        if not self.model().rowCount(index):
            return
        look, line = self._painter.look, self.fontMetrics().height()
        middle = look.px(EntryPainter.MARGIN) + line / 2
        at = QPointF(rect.right() - self.indentation() / 2, rect.top() + middle)
        size = look.px(3.5)
        arrow = QPolygonF(
            [QPointF(-size, -size / 2), QPointF(0, size / 2), QPointF(size, -size / 2)]
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(at)
        if not self.isExpanded(index):
            painter.rotate(90 if self.isRightToLeft() else -90)
        painter.setPen(QPen(QColor(look.colours.muted), look.px(1.5)))
        painter.drawPolyline(arrow)
        painter.restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter, copy by Ctrl+C, leave by Esc."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew when the width changes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
