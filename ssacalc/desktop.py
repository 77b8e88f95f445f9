"""Join library, exchange, engine, report and window, and start the program on screen."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QLibraryInfo,
    QLocale,
    QObject,
    QSettings,
    QTranslator,
    QUrl,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from ssacalc import resources
from ssacalc.domain.determination import Determination
from ssacalc.domain.errors import SsacalcError
from ssacalc.report.wording import FALLBACK, Wording
from ssacalc.ui import dress
from ssacalc.ui.background import Background
from ssacalc.ui.bug import BugDialog
from ssacalc.ui.look import Appearance
from ssacalc.ui.memory import Memory, on_disk
from ssacalc.ui.window import MainWindow

translate = QCoreApplication.translate
ROUNDS = 3
"""How often the layout may ask to be settled again before a picture is taken."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A determination with the file it came from and the words it is shown in."""

    path: Path
    determination: Determination
    wording: Wording


def example() -> Path:
    """Return the case that travels with the program."""
    return resources.folder("resources") / "examples" / "first-case.toml"


def determined(path: Path, language: str) -> Shown:
    """Read a case and the law of its States, and determine it."""
    from ssacalc.engine.determination import determine
    from ssacalc.exchange.case_file import read_case
    from ssacalc.library.law import load_law

    case = read_case(path)
    law = load_law(case.concerned)
    titles = {instrument.id: instrument.short for instrument in law.instruments}
    return Shown(path, determine(case, law), Wording(language, titles))


def write_statement(shown: Shown, path: Path) -> None:
    """Write the statement of today."""
    from ssacalc.report.pdf import write
    from ssacalc.report.statement import statement

    today = datetime.now().astimezone().date()
    write(statement(shown.determination, shown.wording, issued=today), path)


def open_file(path: Path) -> bool:
    """Open a file with the program that the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class Desk(QObject):
    """Fulfils the wishes of one window."""

    def __init__(self, window: MainWindow, language: str = FALLBACK) -> None:
        super().__init__(window)
        self._window, self._language = window, language
        self._background = Background(self)
        self._path: Path | None = None
        self._shown: Shown | None = None
        self._papers: Path | None = None
        self._bugs = BugDialog(window)
        self.open_file: Callable[[Path], bool] = open_file
        window.open_wished.connect(self.open)
        window.example_wished.connect(lambda: self.open(example()))
        window.reload_wished.connect(self.reload)
        window.close_wished.connect(self.close)
        window.save_wished.connect(self.save)
        window.print_wished.connect(self.print)

    def open(self, path: Path) -> None:
        """Open a case file."""
        self._path = path = path.absolute()
        self._window.show_work()
        self._background.run(lambda: determined(path, self._language), self._show, self._fail)

    def reload(self) -> None:
        """Read the same file again."""
        if self._path is not None:
            self.open(self._path)

    def close(self) -> None:
        """Put the case away, and every paper made of it."""
        self._background.finish()
        self._path = self._shown = None
        self._window.show_start()
        if self._papers is not None:
            shutil.rmtree(self._papers, ignore_errors=True)
            self._papers = None

    def look_at_law(self) -> None:
        """Read the law, so that its edition can be shown before a case is opened."""
        from ssacalc.library.law import load_law

        self._background.run(lambda: load_law(()).edition, self._window.show_edition, self._fail)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self._window.show_determination(shown.determination, shown.wording, shown.path)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, SsacalcError):
            self._shown = None
            self._window.show_faults(error, self._path or resources.folder("agreements"))
        else:
            self._window.resume(with_case=self._shown is not None)
            self.tell_bug(error)

    def save(self, path: Path) -> None:
        """Write the statement to a file."""
        if self._shown is not None and self._written(self._shown, path):
            told = translate("desktop", "The statement is saved as {path}.")
            self._window.say(told.format(path=path))

    def print(self) -> None:
        """Hand the statement to the system's program for PDF, which prints it."""
        if self._shown is None:
            return
        if self._papers is None:
            self._papers = Path(tempfile.mkdtemp(prefix="ssacalc-"))
        path = self._papers / f"{self._shown.path.stem}.pdf"
        if not self._written(self._shown, path):
            return
        if self.open_file(path):
            self._window.say(
                translate("desktop", "The statement is open in your PDF program: print it there.")
            )
        else:
            self._window.notice.tell(
                translate(
                    "desktop",
                    "No program for PDF files was found. Save the statement and print the file.",
                )
            )

    def _written(self, shown: Shown, path: Path) -> bool:
        try:
            write_statement(shown, path)
        except OSError as error:
            told = translate("desktop", "{path} could not be written: {why}. Try another folder.")
            why = error.strerror or str(error)
            self._window.notice.tell(told.format(path=path, why=why))
            return False
        return True

    def tell_bug(self, error: BaseException) -> None:
        """Tell of a fault of the program, with a report."""
        self._bugs.tell(error)


def _language() -> str:
    """Return the language of the screen: that of the system where the screen speaks it."""
    language = QLocale().name().partition("_")[0]
    return language if _own_words(language).is_file() else FALLBACK


def _own_words(language: str) -> Path:
    return resources.folder("resources") / "translations" / f"ssacalc_{language}.qm"


def _translate(app: QApplication, language: str) -> None:
    """Load our own words and Qt's for a language."""
    shipped = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name in (f"{shipped}/qtbase_{language}.qm", str(_own_words(language))):
        translator = QTranslator(app)
        if Path(name).is_file() and translator.load(name):
            app.installTranslator(translator)


def _application(*options: str) -> QApplication:
    app = QApplication.instance() or QApplication(["ssacalc", *options])
    if not isinstance(app, QApplication):
        message = "a program without a window is running already"
        raise TypeError(message)
    app.setApplicationName("ssacalc")
    app.setStyle("fusion")
    dress.own_fonts()
    return app


def _hook(desk: Desk) -> None:
    """Bring every exception that nobody caught to the bug dialog."""
    before = sys.excepthook

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        before(kind, error, trace)
        if not isinstance(error, KeyboardInterrupt):
            desk.tell_bug(error)

    sys.excepthook = tell


def start(case_path: Path | None = None) -> int:
    """Start the program on screen and return its exit code."""
    app = _application()
    language = _language()
    _translate(app, language)
    window = MainWindow(Memory(on_disk()))
    desk = Desk(window, language)
    _hook(desk)
    window.show()
    if case_path is None:
        desk.look_at_law()
    else:
        desk.open(case_path)
    return app.exec()


def screenshot(case_path: Path, picture: Path) -> None:
    """Save a picture of the window with a case, without a screen and without settings."""
    app = _application("-platform", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat)
        memory = Memory(settings)
        memory.appearance = Appearance.LIGHT
        window = MainWindow(memory)
        shown = determined(case_path, FALLBACK)
        window.show_determination(shown.determination, shown.wording, case_path)
        window.resize(1280, 800)
        window.show()
        for _ in range(ROUNDS):
            app.processEvents()
        window.grab().save(str(picture))
        window.close()
        delete(window)


if __name__ == "__main__":
    sys.exit(start(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
