"""A window in a settings file of its own, and the print and dress as they were afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ssacalc.report.wording import Wording
from ssacalc.ui import dress
from ssacalc.ui.look import Appearance, Look
from ssacalc.ui.memory import Memory
from ssacalc.ui.window import MainWindow
from tests.ui import samples


@pytest.fixture
def words() -> Wording:
    return Wording("en", {"eu-883": "Reg. 883/2004"})


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    memory = Memory(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    memory.appearance = Appearance.LIGHT
    return memory


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, memory: Memory) -> Iterator[MainWindow]:
    qapp.setStyle("fusion")
    window = MainWindow(memory)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield window
    window.close()
    delete(window)
    dress.choose(Appearance.SYSTEM)
    dress.put_on(Look())


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "amina.toml"
    path.write_text("", encoding="utf-8")
    return path


@pytest.fixture
def shown(window: MainWindow, words: Wording, case_file: Path) -> MainWindow:
    window.show_determination(samples.TWO, words, case_file)
    QApplication.processEvents()
    return window
