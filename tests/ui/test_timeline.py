"""The timeline as a widget: keys, mouse, tooltip, paint."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from ssacalc.report.wording import Wording
from ssacalc.ui.look import DARK, LIGHT, Look
from ssacalc.ui.periods import period_lines
from ssacalc.ui.timeline import Timeline
from tests.ui import samples

Key = Qt.Key


@pytest.fixture
def timeline(qtbot: QtBot, words: Wording) -> Timeline:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(800, 200)
    timeline.set_look(Look())
    timeline.show_lines(period_lines(samples.TWO, words), samples.CASE.claim.on)
    timeline.show()
    return timeline


def middle(timeline: Timeline, number: int) -> QPoint:
    bar = timeline._bar(number)
    assert bar is not None
    return bar.rect.center().toPoint()


@pytest.mark.parametrize(
    ("keys", "reached"),
    [
        ([Key.Key_Right], 1),
        ([Key.Key_Right, Key.Key_Left, Key.Key_Left], 0),
        ([Key.Key_End], 3),
        ([Key.Key_End, Key.Key_Right], 3),
        ([Key.Key_End, Key.Key_Home], 0),
        ([Key.Key_Down], 3),
        ([Key.Key_Down, Key.Key_Down], 3),
        ([Key.Key_Down, Key.Key_Up], 2),
    ],
)
def test_arrow_keys_walk_through_the_periods(
    qtbot: QtBot, timeline: Timeline, keys: list[Qt.Key], reached: int
) -> None:
    for key in keys:
        qtbot.keyClick(timeline, key)
    assert timeline.current == reached


def test_read_from_right_to_left_the_keys_are_mirrored(qtbot: QtBot, timeline: Timeline) -> None:
    timeline.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.keyClick(timeline, Key.Key_Left)
    assert timeline.current == 1


def test_other_keys_are_left_to_the_window(qtbot: QtBot, timeline: Timeline) -> None:
    qtbot.keyClick(timeline, Key.Key_A)
    assert timeline.current == 0


def test_a_click_makes_a_period_the_current_one(qtbot: QtBot, timeline: Timeline) -> None:
    with qtbot.waitSignal(timeline.current_changed) as told:
        qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=middle(timeline, 3))
    assert told.args == [3]


def test_a_click_beside_the_periods_changes_nothing(qtbot: QtBot, timeline: Timeline) -> None:
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert timeline.current == 0


def test_the_current_period_is_read_aloud(qtbot: QtBot, timeline: Timeline) -> None:
    qtbot.keyClick(timeline, Key.Key_End)
    assert "France, employment: 1 January 1980" in timeline.accessibleName()


def hover(timeline: Timeline, at: QPoint) -> None:
    event = QHelpEvent(QEvent.Type.ToolTip, at, timeline.mapToGlobal(at))
    QApplication.sendEvent(timeline, event)


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_the_tooltip_tells_what_displaced_a_period(timeline: Timeline) -> None:
    hover(timeline, middle(timeline, 0))
    assert "voluntary insurance" in QToolTip.text()
    assert "art. 52" in QToolTip.text()
    hover(timeline, QPoint(1, 1))


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_kind_of_period_is_painted_at_every_size(
    timeline: Timeline, words: Wording, colours: object, scale: float
) -> None:
    timeline.set_look(Look(colours, scale))  # type: ignore[arg-type]
    timeline.show_lines(period_lines(samples.FIVE, words), samples.CASE.claim.on)
    assert not timeline.grab().isNull()
    assert len(timeline._places) == len(timeline._keys) == 4


def test_colours_are_not_all_that_tells_the_families_apart(
    timeline: Timeline, words: Wording
) -> None:
    timeline.show_lines(period_lines(samples.FIVE, words), None)
    picture = timeline.grab().toImage()
    families: dict[str, set[int]] = {}
    for bar in timeline._arranged.bars:
        inner = bar.rect.adjusted(2, 2, -2, -2)
        greys = {
            picture.pixelColor(x, y).lightness() // 12
            for x in range(int(inner.left()), int(inner.right()))
            for y in range(int(inner.top()), int(inner.bottom()))
        }
        families.setdefault(timeline._lines[bar.line].period.kind.family, set()).update(greys)
    plain = families.pop("compulsory")
    assert all(len(found) > 1 for found in families.values())
    assert plain


def test_where_there_is_no_period_there_is_nothing_current(qtbot: QtBot, words: Wording) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.show_lines((), None)
    timeline.show()
    qtbot.keyClick(timeline, Key.Key_Down)
    assert timeline.current == -1
    assert not timeline.grab().isNull()
    assert timeline.sizeHint().width() > 0
    assert timeline._arranged.at(*QPointF(5, 5).toTuple()) is None
