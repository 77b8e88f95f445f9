"""The page of one case: timeline, results, periods, other facts, reasons and problems."""

from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from ssacalc.domain.determination import BenefitResult, Determination
from ssacalc.report.wording import Wording
from ssacalc.ui.banner import Banner
from ssacalc.ui.cards import Card, label, selectable
from ssacalc.ui.explanation import Explanation
from ssacalc.ui.facts import Facts
from ssacalc.ui.figures import Figure, result_table
from ssacalc.ui.headline import headline
from ssacalc.ui.look import Look
from ssacalc.ui.periods import PeriodLine, headings, period_lines
from ssacalc.ui.problems import Problems, problem_entries
from ssacalc.ui.result_view import ResultView
from ssacalc.ui.tables import PeriodTable
from ssacalc.ui.timeline import Timeline

NARROW = 1000
"""Below this width, in pixels of normal print, the columns of the page stand below one another."""


class TimelineCard(Card):
    """The timeline, and in one line what is current on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Timeline"), parent)
        self.timeline = Timeline()
        self._claim = label("accent")
        self._claim.setWordWrap(False)
        self.beside.addWidget(self._claim)
        self.body.addWidget(self.timeline)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_lines(self, lines: tuple[PeriodLine, ...], claim: date, wording: Wording) -> None:
        """Show the periods of another case."""
        self.timeline.show_lines(lines, claim)
        self._claim.setText(self.tr("claimed from {day}").format(day=wording.date(claim)))

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        super().set_look(look)
        self.timeline.set_look(look)


class PeriodsCard(Card):
    """The table twin of the timeline, with what is remarked of the current period."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Periods"), parent)
        self.table = PeriodTable()
        self.lines: tuple[PeriodLine, ...] = ()
        self._remarks = label("muted")
        selectable(self._remarks)
        self.table.current_changed.connect(self._remark)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._remarks)

    def show_lines(self, lines: tuple[PeriodLine, ...], wording: Wording) -> None:
        """Show the periods of another case."""
        self.lines = lines
        self.table.show_lines(lines, headings(wording))
        self._remark(self.table.currentIndex().row())

    def _remark(self, number: int) -> None:
        remarks = self.lines[number].remarks if 0 <= number < len(self.lines) else ()
        self._remarks.setText("\n".join(remarks))
        self._remarks.setVisible(bool(remarks))

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        super().set_look(look)
        self.table.set_look(look)


class ResultCard(Card):
    """The table of results with the key to its marks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Result by State"), parent)
        self.view = ResultView()
        self._key = label("unknown", self.tr("○ rests on a text that was not read"))
        self._key.setWordWrap(False)
        self.beside.addWidget(self._key)
        self.body.addWidget(self.view, 1)

    def show_determination(self, determination: Determination, wording: Wording) -> None:
        """Show other results."""
        table = result_table(determination, wording)
        self.view.show_table(table)
        marked = any(figure.unverified for row in table.rows for figure in row.figures)
        self._key.setVisible(marked)

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        super().set_look(look)
        self.view.set_look(look)


class CasePage(QWidget):
    """Shows a determination. ``panes`` are its parts in the order of F6."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._wording: Wording | None = None
        self._look = Look()
        self._still = False
        self.banner, self.life = Banner(), TimelineCard()
        self.result, self.periods, self.facts = ResultCard(), PeriodsCard(), Facts()
        self.explanation, self.problems = Explanation(), Problems()
        self._left = self._column(self.life, self.result, self.periods, self.facts)
        self._right = self._column(self.explanation, self.problems)
        self._right.setStretchFactor(0, 2)
        self._right.setStretchFactor(1, 1)
        self._aside, self._in_aside = _room(self._right)
        inner, self._in_inner = _room(self._left)
        self._body, self._in_body = _room(inner)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._body)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.setChildrenCollapsible(False)
        self._columns.addWidget(self._scroll)
        self._page = QVBoxLayout(self)
        self._page.addWidget(self.banner)
        self._page.addWidget(self._columns, 1)
        for layout in (self._page, self._in_body):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._narrow: bool | None = None
        self._connect()

    def _column(self, *cards: Card) -> QSplitter:
        column = QSplitter(Qt.Orientation.Vertical)
        column.setChildrenCollapsible(False)
        for card in cards:
            column.addWidget(card)
        return column

    def _connect(self) -> None:
        self.result.view.figure_chosen.connect(self._explain)
        self.life.timeline.current_changed.connect(self.periods.table.set_current)
        self.periods.table.current_changed.connect(self.life.timeline.set_current)
        self.result.view.entered.connect(lambda _: self.explanation.tree.setFocus())
        self.explanation.left.connect(self.result.view.setFocus)
        self.problems.chosen.connect(self._go_to)

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """The panes in the order of F6."""
        return (
            self.life.timeline,
            self.result.view,
            self.periods.table,
            self.facts.tree,
            self.explanation.tree,
            self.problems.list,
        )

    def show_determination(self, determination: Determination, wording: Wording) -> None:
        """Show another determination, the first outcome explained."""
        self._wording = wording
        self.explanation.clear()
        self.banner.show_case(determination.case, headline(determination, wording), wording)
        lines = period_lines(determination, wording)
        self.life.show_lines(lines, determination.case.claim.on, wording)
        self.periods.show_lines(lines, wording)
        self.facts.show_determination(determination, wording)
        self.problems.show_entries(problem_entries(determination, wording))
        self.result.show_determination(determination, wording)

    def arrive(self) -> None:
        """Bring the keyboard to the results with the head of the page in sight."""
        self._still = True
        self.result.view.setFocus()
        self._still = False
        self._scroll.verticalScrollBar().setValue(0)

    def _explain(self, figure: Figure, result: BenefitResult) -> None:
        if self._wording is not None:
            self.explanation.show_figure(figure, result, self._wording)
            if self.result.view.hasFocus():
                self.reveal(self.result.view)

    def _go_to(self, cause: object) -> None:
        """Go to what a problem or doubt is about: a result, a fact or a period."""
        if isinstance(cause, BenefitResult):
            self.result.view.choose(cause)
            self.result.view.setFocus()
            return
        if isinstance(cause, str) and self.facts.go_to(cause):
            self.facts.tree.setFocus()
            return
        for number, line in enumerate(self.periods.lines):
            if cause in (line.period, line.period.place):
                self.periods.table.set_current(number)
        self.periods.table.setFocus()

    def reveal(self, widget: QWidget) -> None:
        """Scroll the page so far that a pane, or what is current in it, can be seen."""
        if self._still or not self._body.isAncestorOf(widget):
            return
        part = widget.rect()
        if widget is self.result.view:
            view = self.result.view
            part = view.visualRect(view.currentIndex()).translated(view.viewport().pos())
        around = QRect(widget.mapTo(self._body, QPoint(0, 0)) + part.topLeft(), part.size())
        margin = self._look.px(40)
        bottom = min(around.bottom(), around.top() + self._scroll.viewport().height() - 2 * margin)
        self._scroll.ensureVisible(around.left(), bottom, 0, margin)
        self._scroll.ensureVisible(around.left(), around.top(), 0, margin)

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        self._look = look
        for part in (self.banner, self.life, self.result, self.periods, self.facts):
            part.set_look(look)
        self.explanation.set_look(look)
        self.problems.set_look(look)
        for splitter in (self._left, self._right):
            splitter.setHandleWidth(look.px(12))
        self._columns.setHandleWidth(look.px(8))
        self.explanation.setMinimumHeight(look.px(240))
        self.problems.setMinimumHeight(look.px(150))
        self._narrow = None
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the columns beside or below one another, as the width allows."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Beside one another each column scrolls by itself; below one another all scroll."""
        narrow = self.width() < self._look.px(NARROW)
        if narrow is self._narrow:
            return
        self._narrow = narrow
        gap, little = self._look.px(12), self._look.px(4)
        self.banner.set_narrow(narrow)
        self._in_inner.setContentsMargins(gap, gap, gap if narrow else little, gap)
        self._in_aside.setContentsMargins(gap if narrow else 0, 0 if narrow else gap, gap, gap)
        if narrow:
            self._in_body.insertWidget(0, self.banner)
            self._in_body.addWidget(self._aside)
        else:
            self._page.insertWidget(0, self.banner)
            self._columns.addWidget(self._aside)
            self._columns.setSizes([self.width() * 63 // 100, self.width() * 37 // 100])


def _room(widget: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """Return a plain room around a widget, and the layout that tells its margins."""
    around = QWidget()
    around.setObjectName("page")
    layout = QVBoxLayout(around)
    layout.addWidget(widget)
    return around, layout
