"""The whole program: from the file on disk to the figure on screen and the statement on paper."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QSettings, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ssacalc import desktop
from ssacalc.ui.background import Background
from ssacalc.ui.window import MainWindow

BAD = """format = "ssacalc-case/1"
id = "bad"
[person]
name = "Nobody"
born = 1960-01-01
residence = "UK"
[claim]
benefit = "old age"
on = 2026-05-01
"""


@pytest.fixture
def desk(window: MainWindow) -> desktop.Desk:
    return desktop.Desk(window)


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, desk: desktop.Desk) -> desktop.Desk:
    desk.open(desktop.example())
    wait_for_case(qtbot, window)
    return desk


def wait_for_case(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window._pages.currentWidget() is window.case, timeout=20_000)


def wait_for_faults(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window._pages.currentWidget() is window.faults, timeout=20_000)


@pytest.mark.usefixtures("desk")
def test_the_example_is_opened_determined_and_shown(qtbot: QtBot, window: MainWindow) -> None:
    window.example_wished.emit()
    wait_for_case(qtbot, window)
    assert window.case.banner._name.text() == "Asha R."
    assert window.case.result.view.model().columnCount() >= 2
    assert window.case.explanation.tree.entries
    assert window.case.life.timeline.current == 0
    assert window._edition.text().startswith("Law: ")


@pytest.mark.usefixtures("opened")
def test_every_figure_of_the_example_can_be_asked_for_its_steps(window: MainWindow) -> None:
    view = window.case.result.view
    for row in range(view.model().rowCount()):
        for column in range(view.model().columnCount()):
            view.setCurrentIndex(view.model().index(row, column))
            assert window.case.explanation.tree.entries


def test_a_bad_file_lists_its_faults_and_is_shown_once_it_is_mended(
    qtbot: QtBot, window: MainWindow, desk: desktop.Desk, tmp_path: Path
) -> None:
    path = tmp_path / "case.toml"
    path.write_text(BAD, encoding="utf-8")
    desk.open(path)
    wait_for_faults(qtbot, window)
    assert {"person.residence", "claim.benefit"} <= {e.title for e in window.faults.list.entries}
    path.write_text(desktop.example().read_text(encoding="utf-8"), encoding="utf-8")
    window.faults.reload.click()
    wait_for_case(qtbot, window)


def test_a_file_that_is_gone_is_told_like_any_other_fault(
    qtbot: QtBot, window: MainWindow, desk: desktop.Desk, tmp_path: Path
) -> None:
    desk.open(tmp_path / "gone.toml")
    wait_for_faults(qtbot, window)
    assert "gone.toml" in window.faults._path.text()


def test_the_case_wished_last_is_the_one_shown(
    qtbot: QtBot, window: MainWindow, desk: desktop.Desk, tmp_path: Path
) -> None:
    other = tmp_path / "other.toml"
    text = desktop.example().read_text(encoding="utf-8").replace("Asha R.", "Binita S.")
    other.write_text(text, encoding="utf-8")
    desk.open(desktop.example())
    desk.open(other)
    wait_for_case(qtbot, window)
    qtbot.wait(50)
    assert window.case.banner._name.text() == "Binita S."


def test_closing_the_case_goes_back_to_the_start(window: MainWindow, opened: desktop.Desk) -> None:
    window.close_wished.emit()
    assert window._pages.currentWidget() is window.start
    opened.reload()
    opened.print()
    assert window._pages.currentWidget() is window.start


def test_the_statement_is_saved_as_pdf(
    window: MainWindow, opened: desktop.Desk, tmp_path: Path
) -> None:
    path = tmp_path / "statement.pdf"
    window.save_wished.emit(path)
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Asha R." in text
    assert "statement.pdf" in window.statusBar().currentMessage()


def test_a_statement_that_cannot_be_saved_says_why_and_loses_nothing(
    window: MainWindow, opened: desktop.Desk, tmp_path: Path
) -> None:
    opened.save(tmp_path / "no" / "folder.pdf")
    assert window.notice.isVisible()
    assert "could not be written" in window.notice.text.text()
    assert window._pages.currentWidget() is window.case


def test_printing_hands_the_statement_to_the_systems_program(
    window: MainWindow, opened: desktop.Desk
) -> None:
    handed: list[bytes] = []
    opened.open_file = lambda path: handed.append(path.read_bytes()) or True
    window.print_wished.emit()
    assert handed[0].startswith(b"%PDF")
    assert "print it there" in window.statusBar().currentMessage()


def test_without_a_program_for_pdf_printing_says_what_to_do(
    window: MainWindow, opened: desktop.Desk
) -> None:
    opened.open_file = lambda _: False
    window.print_wished.emit()
    assert "Save the statement" in window.notice.text.text()


def test_papers_made_for_printing_are_gone_when_the_case_is_closed(
    window: MainWindow, opened: desktop.Desk
) -> None:
    handed: list[Path] = []
    opened.open_file = lambda path: handed.append(path) or True
    opened.print()
    opened.print()
    assert handed[0].exists()
    window.close_wished.emit()
    assert not handed[0].parent.exists()


def test_the_edition_of_the_law_is_shown_before_any_case(
    qtbot: QtBot, window: MainWindow, desk: desktop.Desk
) -> None:
    desk.look_at_law()
    qtbot.waitUntil(lambda: window._edition.text().startswith("Law: "), timeout=20_000)


# Faults of the program


def test_a_fault_of_the_program_reaches_the_report_and_the_window_lives_on(
    qtbot: QtBot, window: MainWindow, desk: desktop.Desk
) -> None:
    desk._background.run(lambda: 1 // 0, desk._show, desk._fail)
    qtbot.waitUntil(desk._bugs.isVisible)
    assert "ZeroDivisionError" in desk._bugs.report.toPlainText()
    assert window.isVisible()


def test_a_fault_of_the_program_takes_no_case_from_the_screen(
    qtbot: QtBot, window: MainWindow, opened: desktop.Desk
) -> None:
    window.show_work()
    opened._background.run(lambda: 1 // 0, opened._show, opened._fail)
    qtbot.waitUntil(opened._bugs.isVisible)
    qtbot.wait(300)
    assert window._pages.currentWidget() is window.case


@pytest.fixture
def hooked(desk: desktop.Desk) -> Iterator[desktop.Desk]:
    before = sys.excepthook
    sys.excepthook = lambda *_: None
    desktop._hook(desk)
    yield desk
    sys.excepthook = before


def test_an_exception_that_nobody_caught_reaches_the_report(hooked: desktop.Desk) -> None:
    sys.excepthook(KeyError, KeyError("payable"), None)
    assert "KeyError: 'payable'" in hooked._bugs.report.toPlainText()


def test_an_interruption_from_the_terminal_is_no_fault(hooked: desktop.Desk) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not hooked._bugs.isVisible()


def test_work_that_was_dropped_is_never_told(qtbot: QtBot, window: MainWindow) -> None:
    background = Background(window)
    told: list[object] = []
    background.run(lambda: "dropped", told.append, told.append)
    background.finish()
    QApplication.processEvents()
    assert told == []


# Starting


def test_the_screen_speaks_english_where_it_has_no_other_words() -> None:
    assert desktop._language() == "en"
    desktop._translate(desktop._application(), "fr")


@pytest.mark.parametrize("case", [None, desktop.example()], ids=["no case", "a case"])
def test_the_program_starts_and_ends(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Path | None
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    monkeypatch.setattr(desktop, "on_disk", lambda: settings)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    seen: list[MainWindow] = []
    waited = iter(range(400))

    def leave() -> None:
        (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        ready = bool(window._edition.text())
        if not ready and next(waited, None) is not None:
            QTimer.singleShot(50, leave)
            return
        seen.append(window)
        window.close()
        QCoreApplication.exit(7 if ready else 1)

    QTimer.singleShot(50, leave)
    with capture_exceptions() as faults:
        assert desktop.start(case) == 7
    assert not faults
    delete(seen[0])


def test_a_picture_of_a_case_is_made_without_a_screen(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "window.png"
    desktop.screenshot(desktop.example(), path)
    picture = QImage(str(path))
    assert picture.width() >= 1280


@pytest.mark.slow
def test_the_program_starts_as_a_process_of_its_own(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from ssacalc import desktop;"
        "desktop.screenshot(desktop.example(), Path(sys.argv[1]))"
    )
    path = tmp_path / "window.png"
    ran = subprocess.run(
        [sys.executable, "-c", program, str(path)], check=False, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert path.is_file()
