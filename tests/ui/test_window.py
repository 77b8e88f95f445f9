"""One test for each thing that the person before the window can do with a case shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from ssacalc.domain.errors import InvalidCase, InvalidLaw, Problem
from ssacalc.report.wording import Wording
from ssacalc.ui.look import Appearance
from ssacalc.ui.memory import Memory
from ssacalc.ui.window import MainWindow
from tests.ui import samples

Key, Button, Control = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier.ControlModifier
PAYABLE = 9


def page(window: MainWindow) -> object:
    return window._pages.currentWidget()


def action(window: MainWindow, text: str) -> QAction:
    return next(a for a in window.findChildren(QAction) if a.text().replace("&", "") == text)


# What is shown


def test_at_first_the_window_says_what_to_do(window: MainWindow) -> None:
    assert page(window) is window.start
    assert window.start.open.isVisible()
    assert window.start.example.isVisible()


def test_a_case_shows_the_person_the_claim_and_both_outcomes(shown: MainWindow) -> None:
    banner = shown.case.banner
    assert banner._name.text() == "Amina Benali"
    assert banner._claim.text() == "Old age from 1 May 2026"
    assert banner._facts.text().endswith("lives in Spain")
    assert banner._with.text().startswith("672.00")
    assert banner._without.text().startswith("640.50")
    assert shown.windowTitle() == "Amina Benali – ssacalc"


def test_the_edition_of_the_law_stands_in_the_status_bar(shown: MainWindow) -> None:
    assert shown._edition.text() == "Law: 2026-11 (abc)"


def test_the_first_outcome_is_explained_at_once(shown: MainWindow) -> None:
    assert shown.case.explanation._figure.text() == "France, General scheme, Payable"
    assert shown.case.explanation._value.text() == "672.00 EUR"


def test_a_bad_file_shows_every_fault_with_place_and_remedy(
    window: MainWindow, case_file: Path
) -> None:
    faults = (
        Problem("claim.on", "this is no day.", "Write it as 2026-05-01."),
        Problem("", "odd."),
    )
    window.show_faults(InvalidCase("amina.toml has 2 faults.", faults), case_file)
    assert page(window) is window.faults
    first, second = window.faults.list.entries
    assert first.title == "claim.on"
    assert first.body == "This is no day."
    assert first.notes[0].text == "→ Write it as 2026-05-01."
    assert second.title == "Odd."
    assert window.faults._path.text() == str(case_file)


def test_a_fault_of_the_law_is_not_blamed_on_the_case(window: MainWindow, case_file: Path) -> None:
    window.show_faults(InvalidLaw("The law cannot be read.", ()), case_file)
    assert "law" in window.faults._card.title.text()
    assert not window.faults._path.isVisible()


def test_the_list_of_faults_can_be_copied(
    qtbot: QtBot, window: MainWindow, case_file: Path
) -> None:
    window.show_faults(InvalidCase("x", (Problem("a", "is wrong.", "Mend it."),)), case_file)
    qtbot.mouseClick(window.faults.copy, Button.LeftButton)
    assert QApplication.clipboard().text() == "a\n  Is wrong.\n  → Mend it."


def test_a_refusal_shows_nothing_payable_and_what_is_missing(
    window: MainWindow, words: Wording, case_file: Path
) -> None:
    window.show_determination(samples.REFUSAL, words, case_file)
    assert window.case.banner._with.text() == "nothing"
    assert window.case.problems.list.entries[0].title == "No right"


def test_a_case_without_periods_and_schemes_is_shown(
    window: MainWindow, words: Wording, case_file: Path
) -> None:
    window.show_determination(samples.EMPTY, words, case_file)
    assert page(window) is window.case
    assert window.case.explanation.copy.isEnabled() is False
    window.go_to_pane(1)


def test_another_case_replaces_the_one_before(
    shown: MainWindow, words: Wording, case_file: Path
) -> None:
    shown.show_determination(samples.REFUSAL, words, case_file)
    assert shown.case.result.view.model().columnCount() == 1
    assert shown.case.explanation._figure.text() == "France, General scheme, Payable"
    assert shown.case.explanation._value.text() == "nothing"


def test_work_is_announced_on_the_start_page_at_once(window: MainWindow) -> None:
    window.show_work()
    assert page(window) is window._work


def test_a_case_stays_in_sight_while_it_is_read_again(shown: MainWindow) -> None:
    shown.show_work()
    assert page(shown) is shown.case


# Asking for reasons


def test_moving_to_a_figure_shows_its_steps(qtbot: QtBot, shown: MainWindow) -> None:
    view = shown.case.result.view
    for _ in range(3):
        qtbot.keyClick(view, Key.Key_Up)
    assert shown.case.explanation._figure.text().endswith("Theoretical amount")
    assert shown.case.explanation.tree.entries[0].title == "Theoretical amount"


def test_a_click_on_a_figure_shows_its_steps(qtbot: QtBot, shown: MainWindow) -> None:
    view = shown.case.result.view
    rect = view.visualRect(view.model().index(3, 1))
    qtbot.mouseClick(view.viewport(), Button.LeftButton, pos=rect.center())
    assert shown.case.explanation._figure.text() == "Spain, Régimen general, Own periods"


def test_enter_goes_to_the_steps_and_escape_comes_back(qtbot: QtBot, shown: MainWindow) -> None:
    qtbot.keyClick(shown.case.result.view, Key.Key_Return)
    assert shown.case.explanation.tree.hasFocus()
    qtbot.keyClick(shown.case.explanation.tree, Key.Key_Escape)
    assert shown.case.result.view.hasFocus()


def test_steps_are_opened_and_closed_by_the_keyboard(qtbot: QtBot, shown: MainWindow) -> None:
    tree = shown.case.explanation.tree
    first = tree.model().index(0, 0)
    tree.setCurrentIndex(first)
    assert tree.isExpanded(first)
    qtbot.keyClick(tree, Key.Key_Left)
    assert not tree.isExpanded(first)
    qtbot.keyClick(tree, Key.Key_Right)
    assert tree.isExpanded(first)


def test_an_explanation_is_copied_by_the_keyboard(qtbot: QtBot, shown: MainWindow) -> None:
    action(shown, "Copy explanation as text").trigger()
    assert QApplication.clipboard().text().startswith("France, General scheme, Payable: 672.00 EUR")
    qtbot.keyClick(shown.case.explanation.tree, Key.Key_C, Control)
    assert QApplication.clipboard().text().startswith("Result: 672.00 EUR")


def test_figures_are_copied_as_they_are_shown(qtbot: QtBot, shown: MainWindow) -> None:
    qtbot.keyClick(shown.case.result.view, Key.Key_C, Control)
    assert QApplication.clipboard().text() == "672.00 EUR"
    qtbot.keyClick(shown.case.periods.table, Key.Key_C, Control)
    assert QApplication.clipboard().text().split("\t")[0] == "Spain"


def test_a_doubt_leads_to_the_result_it_touches(qtbot: QtBot, shown: MainWindow) -> None:
    problems = shown.case.problems.list
    place = [entry.title for entry in problems.entries].index("Missing")
    problems.setCurrentIndex(problems.model().index(place, 0))
    qtbot.keyClick(problems, Key.Key_Return)
    assert shown.case.result.view.hasFocus()
    assert shown.case.result.view.currentIndex().column() == 1


@pytest.mark.parametrize(("title", "row"), [("Facts of the case", 1), ("Not proved yet", 2)])
def test_a_problem_leads_to_its_period(
    qtbot: QtBot, shown: MainWindow, title: str, row: int
) -> None:
    problems = shown.case.problems.list
    place = [entry.title for entry in problems.entries].index(title)
    problems.setCurrentIndex(problems.model().index(place, 0))
    qtbot.keyClick(problems, Key.Key_Return)
    assert shown.case.periods.table.hasFocus()
    assert shown.case.periods.table.currentIndex().row() == row


def test_table_and_timeline_have_the_same_period(qtbot: QtBot, shown: MainWindow) -> None:
    qtbot.keyClick(shown.case.life.timeline, Key.Key_End)
    assert shown.case.periods.table.currentIndex().row() == 3
    qtbot.keyClick(shown.case.periods.table, Key.Key_Up)
    assert shown.case.life.timeline.current == 2


def test_what_is_remarked_of_a_period_stands_below_the_table(
    qtbot: QtBot, shown: MainWindow
) -> None:
    assert "art. 52" in shown.case.periods._remarks.text()
    qtbot.keyClick(shown.case.life.timeline, Key.Key_End)
    assert not shown.case.periods._remarks.isVisible()


# Files


def test_open_asks_for_a_file(
    qtbot: QtBot, window: MainWindow, case_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(case_file), ""))
    with qtbot.waitSignal(window.open_wished) as told:
        qtbot.mouseClick(window.start.open, Button.LeftButton)
    assert told.args == [case_file]


def test_a_dialog_put_away_wishes_nothing(
    qtbot: QtBot, shown: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    with qtbot.assertNotEmitted(shown.open_wished), qtbot.assertNotEmitted(shown.save_wished):
        shown.ask_for_case()
        shown.ask_where_to_save()


@pytest.mark.parametrize("given", ["statement", "statement.pdf"])
def test_save_asks_where_and_minds_the_ending(
    qtbot: QtBot, shown: MainWindow, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (given, ""))
    with qtbot.waitSignal(shown.save_wished) as told:
        qtbot.mouseClick(shown.case.banner.save, Button.LeftButton)
    assert told.args == [Path("statement.pdf")]


def test_the_example_can_be_opened(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.example_wished):
        qtbot.mouseClick(window.start.example, Button.LeftButton)


def test_a_file_opened_before_can_be_opened_again(
    qtbot: QtBot, shown: MainWindow, case_file: Path
) -> None:
    shown.show_start()
    (link,) = shown.start._recent
    with qtbot.waitSignal(shown.open_wished) as told:
        qtbot.mouseClick(link, Button.LeftButton)
    assert told.args == [case_file]
    shown._fill_recent()
    with qtbot.waitSignal(shown.open_wished) as told:
        shown._menus.recent.actions()[0].trigger()
    assert told.args == [case_file]


def test_the_list_of_files_opened_before_can_be_cleared(shown: MainWindow, memory: Memory) -> None:
    shown._fill_recent()
    shown._menus.recent.actions()[-1].trigger()
    assert memory.recent == ()
    shown._fill_recent()
    assert not shown._menus.recent.actions()[0].isEnabled()


def dropped(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def test_a_case_dropped_on_the_window_is_opened(qtbot: QtBot, window: MainWindow) -> None:
    data = dropped("/cases/amina.toml")
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.setAccepted(False)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(window.open_wished) as told:
        window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))
    assert told.args == [Path("/cases/amina.toml")]


@pytest.mark.parametrize("paths", [("/a.docx",), ("/a.toml", "/b.toml"), ()])
def test_what_is_no_single_case_is_not_taken(
    qtbot: QtBot, window: MainWindow, paths: tuple[str, ...]
) -> None:
    data = dropped(*paths)
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.setAccepted(False)
    window.dragEnterEvent(enter)
    assert not enter.isAccepted()
    with qtbot.assertNotEmitted(window.open_wished):
        window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))


def test_actions_that_need_a_case_can_be_had_only_with_one(
    window: MainWindow, words: Wording, case_file: Path
) -> None:
    names = ("Save statement as PDF…", "Print statement…", "Copy explanation as text", "Result")
    assert not any(action(window, name).isEnabled() for name in (*names, "Reload", "Close case"))
    window.show_faults(InvalidCase("x", ()), case_file)
    assert action(window, "Reload").isEnabled()
    assert not any(action(window, name).isEnabled() for name in names)
    window.show_determination(samples.TWO, words, case_file)
    assert all(action(window, name).isEnabled() for name in names)


@pytest.mark.parametrize("key", ["reload_wished", "print_wished", "close_wished"])
def test_reload_print_and_close_are_wished_from_the_menu(
    qtbot: QtBot, shown: MainWindow, key: str
) -> None:
    names = {
        "reload_wished": "Reload",
        "print_wished": "Print statement…",
        "close_wished": "Close case",
    }
    with qtbot.waitSignal(getattr(shown, key)):
        action(shown, names[key]).trigger()


# How it looks


def test_print_grows_shrinks_and_comes_back(qtbot: QtBot, shown: MainWindow) -> None:
    before = QApplication.font().pointSizeF()
    qtbot.keyClick(shown, Key.Key_Plus, Control)
    qtbot.keyClick(shown, Key.Key_Equal, Control)
    assert QApplication.font().pointSizeF() == pytest.approx(before * 1.2)
    qtbot.keyClick(shown, Key.Key_Minus, Control)
    assert shown.look.scale == 1.1
    qtbot.keyClick(shown, Key.Key_0, Control)
    assert QApplication.font().pointSizeF() == pytest.approx(before)


def test_at_twice_the_print_the_columns_stand_below_one_another(shown: MainWindow) -> None:
    shown.resize(1280, 800)
    QApplication.processEvents()
    assert shown.case._narrow is False
    shown.zoom(1.0)
    QApplication.processEvents()
    assert shown.case._narrow is True
    assert shown.case._body.isAncestorOf(shown.case.explanation)
    shown.zoom(-1.0)
    assert not shown.case._body.isAncestorOf(shown.case.explanation)


def test_at_twice_the_print_what_the_keyboard_reaches_is_in_sight(
    qtbot: QtBot, shown: MainWindow
) -> None:
    shown.resize(1000, 700)
    shown.zoom(1.0)
    for number, pane in enumerate(shown.case.panes):
        shown.go_to_pane(number)
        QApplication.processEvents()
        top = pane.mapTo(shown.case._scroll, QPoint(0, 0)).y()
        assert -1 <= top < shown.case._scroll.height() or number == 1
    view = shown.case.result.view
    shown.go_to_pane(1)
    qtbot.keyClick(view, Key.Key_Down)
    cell = view.visualRect(view.currentIndex())
    at = view.viewport().mapTo(shown.case._scroll, cell.center()).y()
    assert 0 <= at <= shown.case._scroll.height()


@pytest.mark.parametrize("name", ["Light", "Dark", "As the system"])
def test_the_dress_is_chosen_from_the_menu_and_remembered(
    shown: MainWindow, memory: Memory, name: str
) -> None:
    action(shown, name).trigger()
    dark = {"Light": False, "Dark": True}.get(name, False)
    assert shown.look.colours.dark is dark
    assert memory.appearance.value == {"As the system": "system"}.get(name, name.lower())
    assert not shown.grab().isNull()


def test_full_screen_comes_and_goes(shown: MainWindow) -> None:
    action(shown, "Full screen").trigger()
    assert shown.isFullScreen()
    action(shown, "Full screen").trigger()
    assert not shown.isFullScreen()


def test_about_names_the_program(shown: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "about", lambda *args: told.append(args[-1]))
    action(shown, "About ssacalc").trigger()
    assert told[0].startswith("ssacalc 0.")


def test_a_message_can_be_put_away(qtbot: QtBot, shown: MainWindow) -> None:
    shown.notice.tell("The stick is full.")
    assert shown.notice.isVisible()
    qtbot.mouseClick(shown.notice.away, Button.LeftButton)
    assert not shown.notice.isVisible()


# What is remembered


def test_files_dress_and_size_are_remembered_and_nothing_of_the_case(
    shown: MainWindow, memory: Memory, case_file: Path
) -> None:
    shown.zoom(0.3)
    shown.appear(Appearance.DARK)
    shown.close()
    assert memory.recent == (case_file,)
    assert (memory.scale, memory.appearance) == (1.3, Appearance.DARK)
    assert memory.geometry is not None
    assert "Benali" not in Path(memory._settings.fileName()).read_text(encoding="utf-8")


def test_settings_that_make_no_sense_are_as_if_never_written(memory: Memory) -> None:
    memory._settings.setValue("scale", "huge")
    memory._settings.setValue("appearance", "pink")
    memory._settings.setValue("recent", "/no/such/file.toml")
    assert (memory.scale, memory.appearance, memory.recent) == (1.0, Appearance.SYSTEM, ())


def test_a_window_stands_where_it_stood(qtbot: QtBot, window: MainWindow, memory: Memory) -> None:
    window.resize(700, 555)
    window.close()
    again = MainWindow(memory)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (700, 555)
