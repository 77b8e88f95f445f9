"""The window without a mouse and without eyes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ssacalc.domain.errors import InvalidCase, Problem
from ssacalc.ui.bug import BugDialog
from ssacalc.ui.window import MainWindow

Key = Qt.Key


def reachable(widget: QWidget) -> Iterator[QWidget]:
    """Every widget below one that the keyboard can reach."""
    for child in widget.findChildren(QWidget):
        if (
            child.isVisible()
            and child.isEnabled()
            and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            yield child


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def nameless(widget: QWidget) -> list[QWidget]:
    return [child for child in reachable(widget) if not name_of(child)]


def test_everything_the_keyboard_reaches_in_a_case_has_a_name(shown: MainWindow) -> None:
    assert len(list(reachable(shown))) >= 8
    assert nameless(shown) == []


def test_everything_the_keyboard_reaches_at_the_start_has_a_name(window: MainWindow) -> None:
    assert len(list(reachable(window))) >= 2
    assert nameless(window) == []


def test_everything_the_keyboard_reaches_among_faults_has_a_name(
    window: MainWindow, case_file: Path
) -> None:
    window.show_faults(InvalidCase("x", (Problem("a", "b."),)), case_file)
    assert nameless(window) == []


def test_everything_the_keyboard_reaches_in_the_bug_report_has_a_name(qtbot: QtBot) -> None:
    dialog = BugDialog()
    qtbot.addWidget(dialog)
    dialog.tell(ValueError("x"))
    assert nameless(dialog) == []


def in_menus(actions: list[QAction]) -> Iterator[QAction]:
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from in_menus(menu.actions())
        if not action.isSeparator():
            yield action


def test_every_action_has_a_text_and_no_key_is_given_twice(shown: MainWindow) -> None:
    actions = list(in_menus(shown.menuBar().actions()))
    assert all(a.text() for a in actions)
    keys = [key.toString() for a in actions for key in a.shortcuts()]
    assert len(keys) == len(set(keys))
    assert {"Ctrl+O", "F5", "Ctrl+S", "Ctrl+P", "Ctrl+W", "Ctrl+Q", "F6"} <= set(keys)


def test_every_figure_is_read_aloud_as_a_sentence(shown: MainWindow) -> None:
    model = shown.case.result.view.model()
    told = model.index(6, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("France, General scheme, Theoretical amount: 1,302.00 EUR")


def test_every_step_is_read_aloud_with_working_and_article(shown: MainWindow) -> None:
    tree = shown.case.explanation.tree
    result = tree.model().index(0, 0)
    first = tree.model().index(0, 0, result)
    told = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Condition: yes. ")
    assert "art. 52" in told


def test_the_accessible_tree_of_the_window_can_be_walked(shown: MainWindow) -> None:
    roles = set()
    waiting = [QAccessible.queryAccessibleInterface(shown)]
    while waiting:
        one = waiting.pop()
        roles.add(one.role())
        waiting += [c for n in range(one.childCount()) if (c := one.child(n)) is not None]
    assert {QAccessible.Role.Table, QAccessible.Role.Tree, QAccessible.Role.Button} <= roles


def test_f6_goes_round_the_panes_and_back(qtbot: QtBot, shown: MainWindow) -> None:
    panes = shown.case.panes
    panes[0].setFocus()
    for number in (1, 2, 3, 4, 5, 0):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_F6)
        assert panes[number].hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert panes[5].hasFocus()


def test_f6_from_outside_the_panes_begins_at_either_end(shown: MainWindow) -> None:
    shown.case.banner.save.setFocus()
    shown.go_to_other_pane(1)
    assert shown.case.panes[0].hasFocus()
    shown.case.banner.save.setFocus()
    shown.go_to_other_pane(-1)
    assert shown.case.panes[5].hasFocus()


@pytest.mark.parametrize("number", range(6))
def test_each_pane_has_a_key(qtbot: QtBot, shown: MainWindow, number: int) -> None:
    shown.case.banner.save.setFocus()
    qtbot.keyClick(shown, Key(Key.Key_1 + number), Qt.KeyboardModifier.AltModifier)
    assert shown.case.panes[number].hasFocus()


def test_tab_alone_reaches_every_part_of_a_case(qtbot: QtBot, shown: MainWindow) -> None:
    wanted = set(shown.case.panes) | {shown.case.banner.save, shown.case.banner.print}
    reached: set[QWidget | None] = set()
    for _ in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert wanted <= reached


def test_a_whole_case_is_read_by_the_keyboard_alone(qtbot: QtBot, shown: MainWindow) -> None:
    """From the outcome to its steps, back, to the problems, and to the period one is about."""

    def press(key: Qt.Key) -> None:
        qtbot.keyClick(QApplication.focusWidget(), key)

    assert shown.case.result.view.hasFocus()
    press(Key.Key_Return)
    press(Key.Key_Down)
    assert shown.case.explanation.tree.currentIndex().data() == "Condition"
    press(Key.Key_Escape)
    press(Key.Key_Right)
    assert shown.case.explanation._figure.text() == "Spain, Régimen general, Payable"
    for _ in range(4):
        press(Key.Key_F6)
    assert shown.case.problems.list.hasFocus()
    press(Key.Key_Return)
    assert shown.case.periods.table.hasFocus()
