"""The emblem of the program: periods in three States, one after another."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from ssacalc.ui.look import LIGHT

BARS = ((0.18, 0.26, 0.42), (0.36, 0.44, 0.34), (0.50, 0.62, 0.32))
"""Left, top and width of each bar, in parts of the emblem."""
THICKNESS, ROUNDING = 0.13, 0.22


def emblem(size: int, ratio: float = 1.0) -> QPixmap:
    """Return the emblem, sharp on a screen with so many dots to a pixel."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.accent))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * ROUNDING, size * ROUNDING)
    painter.setBrush(QColor(LIGHT.on_accent))
    for left, top, width in BARS:
        bar = QRectF(left * size, top * size, width * size, THICKNESS * size)
        painter.drawRoundedRect(bar, size * 0.04, size * 0.04)
    painter.end()
    return picture


def icon() -> QIcon:
    """Return the emblem in the sizes that systems ask for."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(emblem(size))
    return made
