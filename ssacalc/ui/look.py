"""Colours, sizes and the style sheet: a light and a dark dress, at any size of print."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PySide6.QtGui import QColor, QFont, QPalette

from ssacalc.domain.case import PeriodFamily

SMALLEST, NORMAL, LARGEST = 0.8, 1.0, 2.0
STEP = 0.1


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one dress. Every text reaches a contrast of 4.5 on what it stands on."""

    dark: bool
    window: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str
    yes: str
    no: str
    unknown: str
    warning_soft: str
    compulsory: str
    voluntary: str
    residence: str
    equivalent: str

    def family(self, family: PeriodFamily) -> QColor:
        """Return the colour of a family of periods."""
        named = {
            PeriodFamily.COMPULSORY: self.compulsory,
            PeriodFamily.VOLUNTARY: self.voluntary,
            PeriodFamily.RESIDENCE: self.residence,
            PeriodFamily.EQUIVALENT: self.equivalent,
        }
        return QColor(named[family])


LIGHT = Colours(
    dark=False,
    window="#F3F5F7",
    surface="#FFFFFF",
    raised="#F8F9FB",
    line="#DCE1E7",
    text="#18212C",
    muted="#56616E",
    accent="#1F5C99",
    accent_soft="#E3EDF7",
    on_accent="#FFFFFF",
    yes="#1C6841",
    no="#9A2F2F",
    unknown="#7A5200",
    warning_soft="#FDF3DC",
    compulsory="#2C679F",
    voluntary="#1D7465",
    residence="#8F5C0E",
    equivalent="#70539B",
)
DARK = Colours(
    dark=True,
    window="#13171C",
    surface="#1B2128",
    raised="#212830",
    line="#36404B",
    text="#E6EBF1",
    muted="#A7B2BF",
    accent="#85B8F0",
    accent_soft="#233B54",
    on_accent="#0F1720",
    yes="#7FCDA0",
    no="#F2A09B",
    unknown="#E6BE70",
    warning_soft="#3A3220",
    compulsory="#85B8F0",
    voluntary="#6FC7B4",
    residence="#DFB169",
    equivalent="#BCA4E6",
)


class Appearance(StrEnum):
    """Which dress the user chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Look:
    """A dress and the size of print (1.0 = the system's own)."""

    colours: Colours = LIGHT
    scale: float = NORMAL

    def px(self, size: float) -> int:
        """Return a length at this size of print."""
        return max(1, round(size * self.scale))


class Dressed(Protocol):
    """A widget that paints by itself and must be told the look."""

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""


def scaled(scale: float, by: float) -> float:
    """Return the next size of print, within what the window can bear."""
    return round(min(LARGEST, max(SMALLEST, scale + by)), 2)


def figures_font(font: QFont, *, bold: bool = False) -> QFont:
    """Return a font whose digits all have one width, so that columns of figures align."""
    aligned = QFont(font)
    aligned.setFeature(QFont.Tag("tnum"), 1)
    if bold:
        aligned.setWeight(QFont.Weight.DemiBold)
    return aligned


def resized(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """Return a font at another size, perhaps bolder."""
    changed = QFont(font)
    changed.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        changed.setWeight(QFont.Weight.DemiBold)
    return changed


def mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """Return a colour thinned by the ground it lies on."""
    rest = 1 - share
    return QColor.fromRgbF(
        colour.redF() * share + ground.redF() * rest,
        colour.greenF() * share + ground.greenF() * rest,
        colour.blueF() * share + ground.blueF() * rest,
    )


def palette(colours: Colours) -> QPalette:
    """Return the palette of a dress, for everything the style paints itself."""
    roles = QPalette.ColorRole
    dress = QPalette()
    for role, colour in (
        (roles.Window, colours.window),
        (roles.WindowText, colours.text),
        (roles.Base, colours.surface),
        (roles.AlternateBase, colours.raised),
        (roles.Text, colours.text),
        (roles.PlaceholderText, colours.muted),
        (roles.Button, colours.surface),
        (roles.ButtonText, colours.text),
        (roles.ToolTipBase, colours.surface),
        (roles.ToolTipText, colours.text),
        (roles.Highlight, colours.accent),
        (roles.HighlightedText, colours.on_accent),
        (roles.Link, colours.accent),
        (roles.Mid, colours.line),
        (roles.Accent, colours.accent),
    ):
        dress.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        faint = mixed(QColor(colours.muted), QColor(colours.surface), 0.6)
        dress.setColor(QPalette.ColorGroup.Disabled, role, faint)
    return dress
