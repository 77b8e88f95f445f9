"""Colours that can be read, print that grows."""

import pytest
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from ssacalc.domain.case import PeriodFamily
from ssacalc.ui import dress, look
from ssacalc.ui.look import DARK, LIGHT, Appearance, Colours, Look
from ssacalc.ui.style import stylesheet

READABLE = 4.5
"""The contrast that WCAG 2 asks of text (level AA)."""


def luminance(colour: str) -> float:
    parts = QColor(colour).getRgbF()[:3]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "surface", "raised", "accent_soft"])
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "yes", "no", "unknown"])
def test_every_text_can_be_read_on_every_ground(colours: Colours, ground: str, ink: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= READABLE


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_on_the_accent_and_on_warnings_can_be_read(colours: Colours) -> None:
    assert contrast(colours.on_accent, colours.accent) >= READABLE
    assert contrast(colours.on_accent, colours.compulsory) >= READABLE
    assert contrast(colours.text, colours.warning_soft) >= READABLE


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("family", list(PeriodFamily))
def test_every_family_stands_out_from_the_page(colours: Colours, family: PeriodFamily) -> None:
    assert contrast(colours.family(family).name(), colours.surface) >= 3


def test_print_grows_and_shrinks_within_bounds() -> None:
    assert look.scaled(1.0, look.STEP) == 1.1
    assert look.scaled(look.LARGEST, look.STEP) == look.LARGEST
    assert look.scaled(look.SMALLEST, -look.STEP) == look.SMALLEST


def test_figures_have_one_width(qapp: QApplication) -> None:
    font = look.figures_font(QFont(dress.base_font()), bold=True)
    assert font.featureValue(QFont.Tag("tnum")) == 1
    assert font.weight() == QFont.Weight.DemiBold


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_leaves_no_gap_open(colours: Colours) -> None:
    assert "$" not in stylesheet(Look(colours, 1.5), 15)


@pytest.mark.parametrize(
    ("appearance", "colours"), [(Appearance.LIGHT, LIGHT), (Appearance.DARK, DARK)]
)
@pytest.mark.usefixtures("qapp")
def test_a_dress_chosen_is_put_on(appearance: Appearance, colours: Colours) -> None:
    assert dress.colours(appearance) is colours
    dress.put_on(Look(colours))
    assert QApplication.palette().window().color() == QColor(colours.window)
    dress.put_on(Look())
