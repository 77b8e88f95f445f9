"""PySide6 6.12.0 gives away a reference to None with every call, until Python 3.11 aborts."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

CALLS = 500


def drift(constant: object, call: Callable[[], object]) -> int:
    before = sys.getrefcount(constant)
    for _ in range(CALLS):
        call()
    return abs(sys.getrefcount(constant) - before)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal and cannot drift")
@pytest.mark.usefixtures("qapp")
def test_qt_keeps_the_references_to_none_and_the_truth_values() -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    brush = QBrush(QColor("black"))
    painter = QPainter(image)
    try:
        assert drift(None, lambda: painter.setBrush(brush)) < CALLS // 10
        assert drift(True, painter.isActive) < CALLS // 10
        assert drift(False, image.isNull) < CALLS // 10
    finally:
        painter.end()
