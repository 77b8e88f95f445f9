"""A fault of the program itself: told, reported, nothing lost."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ssacalc.ui.bug import BugDialog, report_text


def failed(text: str = "no such thing") -> ValueError:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


@pytest.fixture
def dialog(qtbot: QtBot) -> BugDialog:
    dialog = BugDialog()
    qtbot.addWidget(dialog)
    dialog.tell(failed())
    return dialog


def test_a_report_names_the_versions_and_the_place() -> None:
    told = report_text(failed())
    assert told.startswith("ssacalc 0.")
    assert "Python 3." in told
    assert "ValueError: no such thing" in told
    assert "test_bug.py" in told


def test_a_second_fault_joins_the_report_of_the_first(dialog: BugDialog) -> None:
    dialog.tell(failed("another thing"))
    told = dialog.report.toPlainText()
    assert "no such thing" in told
    assert "another thing" in told


def test_a_report_put_away_is_not_told_again(dialog: BugDialog) -> None:
    dialog.close_button.click()
    dialog.tell(failed("another thing"))
    assert "no such thing" not in dialog.report.toPlainText()


def test_the_report_can_be_copied(dialog: BugDialog) -> None:
    dialog.copy.click()
    assert QApplication.clipboard().text() == dialog.report.toPlainText()


def test_the_report_can_be_saved(
    dialog: BugDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog.save.click()
    assert path.read_text(encoding="utf-8") == dialog.report.toPlainText()
    assert str(path) in dialog._asked.text()


def test_a_report_that_cannot_be_saved_says_why(
    dialog: BugDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = str(tmp_path / "no" / "folder.txt")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (name, ""))
    dialog.save.click()
    assert "No such file" in dialog._asked.text()


def test_saving_put_away_saves_nothing(
    dialog: BugDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    dialog.save.click()
    assert list(tmp_path.iterdir()) == []
