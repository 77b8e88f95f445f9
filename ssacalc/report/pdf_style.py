"""Fonts, colours and paragraph styles of the printed statement."""

import unicodedata
from functools import cache
from html import escape
from itertools import groupby

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ssacalc import resources

REGULAR, BOLD, SYMBOLS = "NotoSans-Regular", "NotoSans-Bold", "NotoSansMath-Regular"
FAMILY = "NotoSans"

LACKED = "\ufffd"
"""What stands on paper for a sign that no font of the program has."""

INK = HexColor("#1b1f27")
QUIET = HexColor("#59616e")
ACCENT = HexColor("#1d3f66")
RULE = HexColor("#c8ced8")
HAIR = HexColor("#e2e6ec")
TINT = HexColor("#eef2f7")
WARN = HexColor("#a15c00")
WARN_TINT = HexColor("#fbf4e8")
VOLUNTARY = HexColor("#8fa9c6")
POSSIBLE = HexColor("#ffffff")

MARGIN = 22 * mm
FOOT = 24 * mm


@cache
def register() -> None:
    """Make the program's own fonts known; no font of the computer is ever used."""
    folder = resources.folder("resources") / "fonts"
    for name in (REGULAR, BOLD, SYMBOLS):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(
        FAMILY, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD
    )


@cache
def _known(font: str) -> frozenset[int]:
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def markup(text: str) -> str:
    """Return plain text as paragraph markup; a sign the text font lacks is set in the other.

    Text is composed first, so that an accent and its letter are one sign. A sign that neither font
    has is set as :data:`LACKED`: nothing vanishes from paper.
    """
    register()
    parts = []
    composed = unicodedata.normalize("NFC", text)
    shown = (LACKED if _is_lacked(sign) else sign for sign in composed)
    for symbols, run in groupby(shown, _is_symbol):
        told = escape("".join(run), quote=False)
        parts.append(f'<font name="{SYMBOLS}">{told}</font>' if symbols else told)
    return "".join(parts)


def lacked(text: str) -> bool:
    """Tell whether a text has signs that none of the program's fonts has."""
    register()
    return any(map(_is_lacked, unicodedata.normalize("NFC", text)))


def _is_lacked(sign: str) -> bool:
    code = ord(sign)
    return not sign.isspace() and code not in _known(REGULAR) and code not in _known(SYMBOLS)


def _is_symbol(sign: str) -> bool:
    return ord(sign) not in _known(REGULAR) and ord(sign) in _known(SYMBOLS)


def _style(name: str, **changes: object) -> ParagraphStyle:
    base = {
        "fontName": REGULAR,
        "bulletFontName": REGULAR,
        "fontSize": 9.5,
        "leading": 13.5,
        "textColor": INK,
        "splitLongWords": 1,
        "allowWidows": 0,
        "allowOrphans": 0,
    }
    return ParagraphStyle(name, **(base | changes))


TITLE = _style("title", fontName=BOLD, fontSize=20, leading=25, textColor=ACCENT)
SUBTITLE = _style("subtitle", fontSize=11, leading=15, textColor=QUIET)
HEADINGS = {
    1: _style(
        "heading1",
        fontName=BOLD,
        fontSize=13,
        leading=17,
        textColor=ACCENT,
        spaceBefore=18,
        spaceAfter=6,
    ),
    2: _style(
        "heading2",
        fontName=BOLD,
        fontSize=10,
        leading=14,
        textColor=INK,
        spaceBefore=12,
        spaceAfter=4,
    ),
    3: _style("heading3", fontName=BOLD, fontSize=9.5, leading=13.5, spaceBefore=8, spaceAfter=3),
}
BODY = _style("body", spaceBefore=4, spaceAfter=5)
SMALL = _style("small", fontSize=8, leading=11.5, textColor=QUIET, spaceAfter=5)
WARNING = _style("warning", leading=13.5)
POINT = _style("point", leftIndent=11, bulletIndent=1, spaceAfter=2)
POINT_NOTE = _style(
    "point-note", leftIndent=11, fontSize=8.5, leading=12, textColor=QUIET, spaceAfter=4
)
FACT_NAME = _style("fact-name", fontSize=8, leading=12, textColor=QUIET)
FACT_VALUE = _style("fact-value", fontSize=9.5, leading=12.5)
HEAD = _style("head", fontName=BOLD, fontSize=8.5, leading=11.5)
HEAD_RIGHT = _style("head-right", fontName=BOLD, fontSize=8.5, leading=11.5, alignment=TA_RIGHT)
CELL = _style("cell", fontSize=8.5, leading=11.5)
CELL_RIGHT = _style("cell-right", fontSize=8.5, leading=11.5, alignment=TA_RIGHT)
ASIDE = _style("aside", fontSize=8.5, leading=11.5, textColor=QUIET)
ASIDE_RIGHT = _style("aside-right", fontSize=8.5, leading=11.5, textColor=QUIET, alignment=TA_RIGHT)
RESULT = _style("result", fontName=BOLD, fontSize=9.5, leading=12.5)
RESULT_RIGHT = _style("result-right", fontName=BOLD, fontSize=9.5, leading=12.5, alignment=TA_RIGHT)
STEP_NUMBER = _style("step-number", fontSize=8, leading=12, textColor=QUIET)
STEP_LABEL = _style("step-label", fontName=BOLD, fontSize=8.5, leading=12)
STEP_WORKING = _style("step-working", fontSize=8.5, leading=12)
STEP_LAW = _style("step-law", fontSize=7.5, leading=10.5, textColor=QUIET)
STEP_VALUE = _style("step-value", fontName=BOLD, fontSize=8.5, leading=12, alignment=TA_RIGHT)
