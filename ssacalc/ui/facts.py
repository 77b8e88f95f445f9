"""What a case states beside its periods, group by group: family, certificates, facts, rules."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ssacalc.domain.determination import Determination
from ssacalc.report.stated import Group, Stated, stated
from ssacalc.report.wording import Wording
from ssacalc.ui.cards import Card
from ssacalc.ui.entries import Entry, Note
from ssacalc.ui.entry_tree import EntryTree
from ssacalc.ui.look import Look


def fact_entries(determination: Determination, wording: Wording) -> tuple[Entry, ...]:
    """Return the facts of a case as entries, those of one sort under one heading."""
    return tuple(_group(group) for group in stated(determination, wording))


def _group(group: Group) -> Entry:
    alike: dict[tuple[object, ...], list[Stated]] = {}
    for number, row in enumerate(group.rows):
        key = (row.owner, row.place, row.details, 0 if row.owner else number)
        alike.setdefault(key, []).append(row)
    return Entry(group.title, children=tuple(_entry(rows) for rows in alike.values()))


def _entry(rows: Sequence[Stated]) -> Entry:
    """Return what is stated of one State and scheme at one place as one entry."""
    first = rows[0]
    notes = tuple(Note(detail) for detail in first.details)
    if not first.owner:
        return Entry(first.text, notes=notes, about=first.place)
    told = "\n".join(row.text for row in rows)
    return Entry(first.owner, body=told, notes=notes, about=first.place)


class Facts(Card):
    """Lists the facts of a case that are no periods."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Other facts"), parent)
        self.tree = EntryTree(self.tr("Other facts of the case"), nested=True)
        self.setFocusProxy(self.tree)
        self.body.addWidget(self.tree, 1)

    def show_determination(self, determination: Determination, wording: Wording) -> None:
        """Show the facts of another case, all of them open."""
        entries = fact_entries(determination, wording)
        nothing = Entry(wording.text("nothing-stated"))
        self.tree.show_entries(entries or (nothing,), 1)

    def go_to(self, place: str) -> bool:
        """Make the fact at a place of the case file current; tell whether there is one."""
        model = self.tree.model()
        for number, group in enumerate(self.tree.entries):
            for row, entry in enumerate(group.children):
                if place and entry.about == place:
                    self.tree.setCurrentIndex(model.index(row, 0, model.index(number, 0)))
                    return True
        return False

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on, with room for a group and its first facts."""
        super().set_look(look)
        self.tree.set_look(look)
        self.tree.setMinimumHeight(look.px(150))
