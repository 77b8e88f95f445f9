"""Every action of the window with its key, and the menus that hold them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ssacalc.ui.look import Appearance

translate = QCoreApplication.translate
Standard = QKeySequence.StandardKey
Keys = str | Standard | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """An action: its text, its keys, and what it does."""

    text: str
    keys: Keys
    does: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the menus can ask the window for."""

    open: Callable[[], object]
    example: Callable[[], object]
    reload: Callable[[], object]
    save: Callable[[], object]
    print: Callable[[], object]
    close: Callable[[], object]
    quit: Callable[[], object]
    copy: Callable[[], object]
    larger: Callable[[], object]
    smaller: Callable[[], object]
    normal: Callable[[], object]
    full: Callable[[], object]
    appear: Callable[[Appearance], object]
    pane: Callable[[int], object]
    other_pane: Callable[[int], object]
    about: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Menus:
    """The actions that are not always to be had, and the menu of files opened before."""

    recent: QMenu
    with_file: tuple[QAction, ...]
    with_case: tuple[QAction, ...]
    appearances: dict[Appearance, QAction]


def action(window: QMainWindow, wish: Wish) -> QAction:
    """Return an action of the window."""
    made = QAction(wish.text, window)
    if isinstance(wish.keys, tuple):
        made.setShortcuts([QKeySequence(keys) for keys in wish.keys])
    elif isinstance(wish.keys, Standard):
        made.setShortcuts(wish.keys)
    elif wish.keys:
        made.setShortcut(QKeySequence(wish.keys))
    made.triggered.connect(lambda _=False: wish.does())
    return made


def build(window: QMainWindow, wishes: Wishes) -> Menus:
    """Fill the menu bar of a window."""
    recent, reload, close, save, printing = _file(window, wishes)
    copy = _edit(window, wishes)
    appearances = _view(window, wishes)
    panes = _go(window, wishes)
    help_menu = window.menuBar().addMenu(translate("menus", "&Help"))
    about = Wish(translate("menus", "&About ssacalc"), "", wishes.about)
    help_menu.addAction(action(window, about))
    return Menus(recent, (reload, close), (save, printing, copy, *panes), appearances)


def _file(window: QMainWindow, wishes: Wishes) -> tuple[QMenu, QAction, QAction, QAction, QAction]:
    menu = window.menuBar().addMenu(translate("menus", "&File"))
    menu.addAction(
        action(window, Wish(translate("menus", "&Open case…"), Standard.Open, wishes.open))
    )
    recent = menu.addMenu(translate("menus", "Open &recent"))
    menu.addAction(action(window, Wish(translate("menus", "Open &example"), "", wishes.example)))
    reload_keys = ("F5", "Ctrl+R")
    reload = action(window, Wish(translate("menus", "Re&load"), reload_keys, wishes.reload))
    save = action(
        window, Wish(translate("menus", "&Save statement as PDF…"), Standard.Save, wishes.save)
    )
    printing = action(
        window, Wish(translate("menus", "&Print statement…"), Standard.Print, wishes.print)
    )
    close = action(window, Wish(translate("menus", "&Close case"), "Ctrl+W", wishes.close))
    leave = action(window, Wish(translate("menus", "&Quit"), "Ctrl+Q", wishes.quit))
    leave.setMenuRole(QAction.MenuRole.QuitRole)
    menu.addAction(reload)
    menu.addSeparator()
    menu.addActions([save, printing])
    menu.addSeparator()
    menu.addActions([close, leave])
    return recent, reload, close, save, printing


def _edit(window: QMainWindow, wishes: Wishes) -> QAction:
    menu = window.menuBar().addMenu(translate("menus", "&Edit"))
    copy = action(
        window, Wish(translate("menus", "&Copy explanation as text"), "Ctrl+Shift+C", wishes.copy)
    )
    menu.addAction(copy)
    return copy


def _view(window: QMainWindow, wishes: Wishes) -> dict[Appearance, QAction]:
    menu = window.menuBar().addMenu(translate("menus", "&View"))
    for wish in (
        Wish(translate("menus", "&Larger print"), ("Ctrl++", "Ctrl+="), wishes.larger),
        Wish(translate("menus", "&Smaller print"), ("Ctrl+-",), wishes.smaller),
        Wish(translate("menus", "&Normal print"), ("Ctrl+0",), wishes.normal),
    ):
        menu.addAction(action(window, wish))
    menu.addSeparator()
    dress = menu.addMenu(translate("menus", "&Appearance"))
    group = QActionGroup(window)
    found: dict[Appearance, QAction] = {}
    for appearance, text in (
        (Appearance.SYSTEM, translate("menus", "As the &system")),
        (Appearance.LIGHT, translate("menus", "&Light")),
        (Appearance.DARK, translate("menus", "&Dark")),
    ):
        choice = action(window, Wish(text, "", lambda a=appearance: wishes.appear(a)))  # type: ignore[misc]
        choice.setCheckable(True)
        group.addAction(choice)
        dress.addAction(choice)
        found[appearance] = choice
    menu.addSeparator()
    menu.addAction(action(window, Wish(translate("menus", "&Full screen"), "F11", wishes.full)))
    return found


def _go(window: QMainWindow, wishes: Wishes) -> tuple[QAction, ...]:
    menu = window.menuBar().addMenu(translate("menus", "&Go"))
    names = (
        translate("menus", "&Timeline"),
        translate("menus", "&Result"),
        translate("menus", "&Periods"),
        translate("menus", "Other &facts"),
        translate("menus", "&Why?"),
        translate("menus", "Pro&blems"),
    )
    found = []
    for number, name in enumerate(names):
        wish = Wish(name, f"Alt+{number + 1}", lambda n=number: wishes.pane(n))  # type: ignore[misc]
        found.append(action(window, wish))
    menu.addActions(found)
    menu.addSeparator()
    found.append(
        action(window, Wish(translate("menus", "&Next pane"), "F6", lambda: wishes.other_pane(1)))
    )
    back = Wish(translate("menus", "Pre&vious pane"), "Shift+F6", lambda: wishes.other_pane(-1))
    found.append(action(window, back))
    menu.addActions(found[-2:])
    return tuple(found)
