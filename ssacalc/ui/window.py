"""The window: it shows what it is given and says what the person before it wishes."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ssacalc import __version__
from ssacalc.domain.determination import Determination
from ssacalc.domain.errors import SsacalcError
from ssacalc.report.wording import Wording
from ssacalc.ui import dress, menus
from ssacalc.ui.cards import label
from ssacalc.ui.case_page import CasePage
from ssacalc.ui.emblem import icon
from ssacalc.ui.fault_page import FaultPage
from ssacalc.ui.look import NORMAL, STEP, Appearance, Look, scaled
from ssacalc.ui.memory import Memory
from ssacalc.ui.notice import Notice
from ssacalc.ui.start_page import StartPage

KINDS = (".toml", ".json")
PATIENCE = 200
"""Milliseconds before the window says that it is at work."""


class MainWindow(QMainWindow):
    """Four pages, one at a time: start, at work, case, faults. The signals are wishes."""

    open_wished = Signal(object)
    example_wished = Signal()
    reload_wished = Signal()
    close_wished = Signal()
    save_wished = Signal(object)
    print_wished = Signal()

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._memory = memory
        self.look = Look()
        self.notice = Notice()
        self.start, self.case, self.faults = StartPage(), CasePage(), FaultPage()
        self._work = label("muted", self.tr("Working the case out…"))
        self._pages = QStackedWidget()
        for page in (self.start, self._work, self.case, self.faults):
            self._pages.addWidget(page)
        middle = QWidget()
        middle.setObjectName("page")
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(middle)
        self._edition = QLabel()
        self.statusBar().addPermanentWidget(self._edition)
        self._menus = menus.build(self, self._wishes())
        self._menus.recent.aboutToShow.connect(self._fill_recent)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(lambda: self._pages.setCurrentWidget(self._work))
        self.setAcceptDrops(True)
        self.setWindowIcon(icon())
        self.setMinimumSize(480, 360)
        self._connect()
        self._stand()
        self.show_start()

    def _wishes(self) -> menus.Wishes:
        return menus.Wishes(
            open=self.ask_for_case,
            example=self.example_wished.emit,
            reload=self.reload_wished.emit,
            save=self.ask_where_to_save,
            print=self.print_wished.emit,
            close=self.close_wished.emit,
            quit=self.close,
            copy=self.case.explanation.copy_text,
            larger=lambda: self.zoom(STEP),
            smaller=lambda: self.zoom(-STEP),
            normal=lambda: self.zoom(NORMAL - self.look.scale),
            full=self._toggle_full,
            appear=self.appear,
            pane=self.go_to_pane,
            other_pane=self.go_to_other_pane,
            about=self._about,
        )

    def _connect(self) -> None:
        self.start.open_wished.connect(self.ask_for_case)
        self.start.example_wished.connect(self.example_wished)
        self.start.recent_wished.connect(self.open_wished)
        self.faults.reload_wished.connect(self.reload_wished)
        self.faults.open_wished.connect(self.ask_for_case)
        self.case.banner.save.clicked.connect(self.ask_where_to_save)
        self.case.banner.print.clicked.connect(self.print_wished)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _stand(self) -> None:
        """Stand where and look as the last time."""
        geometry = self._memory.geometry
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(1280, 800)
        dress.choose(self._memory.appearance)
        self._dress()

    # What is shown

    def show_start(self) -> None:
        """Show what to do first."""
        self._waiting.stop()
        self.start.show_recent(self._memory.recent)
        self._turn_to(self.start, "")
        self.statusBar().clearMessage()

    def show_work(self) -> None:
        """Show, after a moment, that the program is at work."""
        self.notice.hide()
        if self._pages.currentWidget() is self.start:
            self._pages.setCurrentWidget(self._work)
        else:
            self._waiting.start(PATIENCE)

    def resume(self, *, with_case: bool) -> None:
        """Go back to the case that was shown before, or to the start where there is none."""
        self._waiting.stop()
        if with_case:
            self._pages.setCurrentWidget(self.case)
        else:
            self.show_start()

    def show_determination(
        self, determination: Determination, wording: Wording, path: Path
    ) -> None:
        """Show a case."""
        self._waiting.stop()
        self._memory.remember(path)
        self.case.show_determination(determination, wording)
        self.show_edition(determination.edition)
        self._turn_to(self.case, determination.case.person.name)
        self.case.arrive()

    def show_faults(self, error: SsacalcError, path: Path) -> None:
        """Show every fault of a file."""
        self._waiting.stop()
        self.faults.show_error(error, path)
        self._turn_to(self.faults, path.name)
        self.faults.list.setFocus()

    def show_edition(self, edition: str) -> None:
        """Show which edition of the law is used."""
        self._edition.setText(self.tr("Law: {edition}").format(edition=edition))

    def say(self, text: str) -> None:
        """Say something in passing."""
        self.statusBar().showMessage(text)

    def _turn_to(self, page: QWidget, name: str) -> None:
        self._pages.setCurrentWidget(page)
        self.setWindowTitle(f"{name} – ssacalc" if name else "ssacalc")
        for action in self._menus.with_file:
            action.setEnabled(page is not self.start)
        for action in self._menus.with_case:
            action.setEnabled(page is self.case)

    # What is wished

    def ask_for_case(self) -> None:
        """Ask which case to open."""
        recent = self._memory.recent
        folder = str(recent[0].parent) if recent else ""
        kinds = " ".join(f"*{kind}" for kind in KINDS)
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Open a case"),
            folder,
            self.tr("Case files ({kinds})").format(kinds=kinds),
        )
        if name:
            self.open_wished.emit(Path(name))

    def ask_where_to_save(self) -> None:
        """Ask where the statement shall be kept."""
        recent = self._memory.recent
        proposed = recent[0].with_suffix(".pdf") if recent else Path("statement.pdf")
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the statement"), str(proposed), self.tr("PDF (*.pdf)")
        )
        if name:
            path = Path(name)
            self.save_wished.emit(path if path.suffix else path.with_suffix(".pdf"))

    def _fill_recent(self) -> None:
        menu = self._menus.recent
        menu.clear()
        for path in self._memory.recent:
            name = path.name.replace("&", "&&")
            menu.addAction(name).triggered.connect(lambda _=False, p=path: self.open_wished.emit(p))
        if menu.isEmpty():
            menu.addAction(self.tr("None yet")).setEnabled(False)
        else:
            menu.addSeparator()
            menu.addAction(self.tr("Clear this list")).triggered.connect(self._forget)

    def _forget(self) -> None:
        self._memory.forget()
        self.start.show_recent(())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one case file."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the case file dropped."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.open_wished.emit(path)

    # How it looks

    def zoom(self, by: float) -> None:
        """Make the print larger or smaller."""
        self._memory.scale = scaled(self.look.scale, by)
        self._dress()
        self.say(self.tr("Print at {percent} %").format(percent=round(self.look.scale * 100)))

    def appear(self, appearance: Appearance) -> None:
        """Put on another dress."""
        self._memory.appearance = appearance
        dress.choose(appearance)
        self._dress()

    def _dress(self) -> None:
        appearance = self._memory.appearance
        look = Look(dress.colours(appearance), self._memory.scale)
        self._menus.appearances[appearance].setChecked(True)
        self.look = look
        self.setUpdatesEnabled(False)
        dress.put_on(look, self)
        for part in (self.notice, self.start, self.case, self.faults):
            part.set_look(look)
        side = look.px(24)
        self._work.setContentsMargins(side, side, side, side)
        self.setUpdatesEnabled(True)

    def _toggle_full(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # Where the keyboard is

    def go_to_pane(self, number: int) -> None:
        """Bring the keyboard to a pane of the case."""
        self.case.panes[number].setFocus()

    def go_to_other_pane(self, by: int) -> None:
        """Bring the keyboard to the next or the previous pane of the case."""
        focused = [pane.hasFocus() for pane in self.case.panes]
        here = focused.index(True) if True in focused else -1 if by > 0 else 0
        self.go_to_pane((here + by) % len(focused))

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        """Keep in sight what the keyboard reaches; coming back to the window moves nothing."""
        if before is not None and now is not None and self.case.isAncestorOf(now):
            self.case.reveal(now)

    def _about(self) -> None:
        QMessageBox.about(
            self,
            self.tr("About ssacalc"),
            self.tr(
                "ssacalc {version}\n\nIt works out what social security agreements give. "
                "It never decides: only the institutions of the States can."
            ).format(version=__version__),
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood."""
        self._memory.geometry = self.saveGeometry()
        self.close_wished.emit()
        super().closeEvent(event)


def _dropped(event: QDropEvent) -> Path | None:
    """Return the one case file that is dragged, or ``None``."""
    addresses = event.mimeData().urls()
    if len(addresses) != 1 or not addresses[0].isLocalFile():
        return None
    path = Path(addresses[0].toLocalFile())
    return path if path.suffix.lower() in KINDS else None
