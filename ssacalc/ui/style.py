"""The style sheet that a look stands for."""

from dataclasses import asdict
from string import Template

from ssacalc.ui.look import Look

_SHEET = Template("""
* { font-size: ${f100}pt; }
QMainWindow, QWidget#page, QScrollArea, QScrollArea > QWidget > QWidget#page {
    background: $window;
}
QMenuBar { background: $surface; border-bottom: 1px solid $line; padding: ${p2}px ${p6}px; }
QMenuBar::item { padding: ${p4}px ${p10}px; border-radius: ${p4}px; background: transparent; }
QMenuBar::item:selected { background: $accent_soft; color: $text; }
QMenu { background: $surface; border: 1px solid $line; padding: ${p4}px; }
QMenu::item { padding: ${p6}px ${p24}px; border-radius: ${p4}px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p8}px; }
QStatusBar { background: $surface; border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $muted; padding: ${p2}px ${p12}px; }
QToolTip {
    background: $surface; color: $text; border: 1px solid $line; padding: ${p6}px;
}
QFrame#card { background: $surface; border: 1px solid $line; border-radius: ${p8}px; }
QFrame#banner { background: $surface; border: 0; border-bottom: 1px solid $line; }
QFrame#notice { background: $warning_soft; border: 0; border-bottom: 1px solid $line; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="accent"] { color: $accent; }
QLabel[role="unknown"] { color: $unknown; }
QLabel[role="section"] { font-weight: 600; font-size: ${f105}pt; }
QLabel[role="display"] { font-weight: 600; font-size: ${f220}pt; }
QLabel[role="name"] { font-weight: 600; font-size: ${f150}pt; }
QLabel[role="figure"] { font-weight: 600; font-size: ${f125}pt; }
QLabel[role="figure-aside"] { font-size: ${f125}pt; }
QLabel[role="subject"] { font-size: ${f115}pt; }
QPushButton {
    background: $surface; border: 1px solid $line; border-radius: ${p6}px;
    padding: ${p6}px ${p14}px; color: $text;
}
QPushButton:hover { background: $raised; border-color: $muted; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 2px solid $accent; padding: ${q5}px ${q13}px; }
QPushButton:disabled { color: $muted; background: $window; }
QPushButton[role="primary"] { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[role="primary"]:hover { border-color: $text; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton[role="quiet"] {
    border-color: transparent; background: transparent; color: $accent;
    padding: ${p2}px ${p8}px;
}
QPushButton[role="quiet"]:hover { background: $accent_soft; }
QPushButton[role="quiet"]:focus { border: 2px solid $accent; padding: ${q1}px ${q7}px; }
QPushButton[role="quiet"]:disabled { color: $muted; }
QPushButton[role="link"] {
    border: 1px solid transparent; background: transparent; color: $accent; text-align: left;
    padding: ${p4}px ${p8}px;
}
QPushButton[role="link"]:hover { background: $accent_soft; }
QPushButton[role="link"]:focus { border: 2px solid $accent; padding: ${q3}px ${q7}px; }
QAbstractItemView {
    background: $surface; border: 1px solid transparent; border-radius: ${p4}px;
    outline: 0; gridline-color: $line;
    selection-background-color: $accent_soft; selection-color: $text;
}
QTreeView { show-decoration-selected: 0; }
QTableView::item { padding: 0 ${p6}px; }
QPlainTextEdit {
    background: $surface; color: $text; border: 1px solid $line; border-radius: ${p4}px;
}
QPlainTextEdit:focus { border: 1px solid $accent; }
QHeaderView, QTableCornerButton::section { background: transparent; border: 0; }
QHeaderView::section {
    background: $surface; color: $muted; border: 0; border-bottom: 1px solid $line;
    padding: ${p4}px ${p8}px;
}
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $accent_soft; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: ${p12}px; }
QScrollBar:horizontal { height: ${p12}px; }
QScrollBar::handle {
    background: $handle; border-radius: ${p4}px; margin: ${p2}px;
    min-height: ${p24}px; min-width: ${p24}px;
}
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def stylesheet(look: Look, points: float) -> str:
    """Return the style sheet of a look whose print has so many points."""
    values: dict[str, object] = asdict(look.colours)
    values["handle"] = "#5A6673" if look.colours.dark else "#AEB7C2"
    for size in (2, 4, 6, 8, 10, 12, 14, 24):
        values[f"p{size}"] = look.px(size)
    for size in (2, 4, 6, 8, 14):
        values[f"q{size - 1}"] = look.px(size) - 1
    for percent in (100, 105, 115, 125, 150, 220):
        values[f"f{percent}"] = round(points * percent / 100, 2)
    return _SHEET.substitute(values)
