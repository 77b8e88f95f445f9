"""The dress of the program: font, palette and style sheet for a look."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ssacalc import resources
from ssacalc.ui.look import DARK, LIGHT, Appearance, Colours, Look, palette
from ssacalc.ui.style import stylesheet

OWN_FONT = "Noto Sans"
NO_CHOICE = ("Sans Serif", "Sans", "DejaVu Sans", "")
"""Names under which a system without a font of its own choice answers."""
SMALLEST_FONT = 9.5

SCHEMES = {
    Appearance.SYSTEM: Qt.ColorScheme.Unknown,
    Appearance.LIGHT: Qt.ColorScheme.Light,
    Appearance.DARK: Qt.ColorScheme.Dark,
}


def own_fonts() -> None:
    """Make the fonts that travel with the program known to Qt."""
    for weight in ("Regular", "Bold"):
        path: Path = resources.folder("resources") / "fonts" / f"NotoSans-{weight}.ttf"
        if path.is_file():
            QFontDatabase.addApplicationFont(str(path))


def base_font() -> QFont:
    """Return the system's font; our own where the system has made no choice."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if font.family() in NO_CHOICE or QFontInfo(font).family() in NO_CHOICE:
        font.setFamilies([OWN_FONT, font.family()])
    font.setPointSizeF(max(SMALLEST_FONT, font.pointSizeF()))
    return font


def choose(appearance: Appearance) -> None:
    """Tell Qt, and through it the window's frame, which dress was chosen."""
    QGuiApplication.styleHints().setColorScheme(SCHEMES[appearance])


def colours(appearance: Appearance) -> Colours:
    """Return the colours of a dress, as the system has it where none was chosen."""
    if appearance is Appearance.SYSTEM:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if appearance is Appearance.DARK else LIGHT


def put_on(look: Look, window: QWidget | None = None) -> None:
    """Give the whole program a look; the style sheet is the window's, which is far quicker."""
    font = base_font()
    font.setPointSizeF(font.pointSizeF() * look.scale)
    QApplication.setFont(font)
    QApplication.setPalette(palette(look.colours))
    QToolTip.setFont(font)
    QToolTip.setPalette(palette(look.colours))
    if window is not None:
        window.setStyleSheet(stylesheet(look, font.pointSizeF()))
