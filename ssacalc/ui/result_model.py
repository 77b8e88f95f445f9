"""The table of results as Qt sees it."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from ssacalc.ui.figures import Figure, ResultTable
from ssacalc.ui.tables import FIGURES, Index, Roles

FIGURE = Roles.UserRole
COLUMN = Roles.UserRole + 1


class ResultModel(QAbstractTableModel):
    """The table of results; made anew for every change."""

    def __init__(self, table: ResultTable, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = table

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many schemes there are."""
        return 0 if parent.isValid() else len(self.table.columns)

    def figure(self, index: Index) -> Figure:
        """Return the figure at a valid index."""
        return self.table.rows[index.row()].figures[index.column()]

    def data(self, index: Index, role: int = Roles.DisplayRole) -> object:
        """Return a figure for painting, for reading aloud or for copying."""
        if not index.isValid():
            return None
        figure = self.figure(index)
        match role:
            case Roles.DisplayRole:
                return figure.text
            case Roles.AccessibleTextRole | Roles.ToolTipRole:
                return figure.spoken
            case Roles.TextAlignmentRole:
                return FIGURES | Qt.AlignmentFlag.AlignVCenter
            case _:
                return figure if role == FIGURE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Roles.DisplayRole
    ) -> object:
        """Return a row's name, or a column's State, scheme and how often it pays."""
        if orientation is Qt.Orientation.Vertical:
            row = self.table.rows[section]
            return row.label if role in (Roles.DisplayRole, Roles.ToolTipRole) else None
        column = self.table.columns[section]
        if role == COLUMN:
            return column
        if role in (Roles.DisplayRole, Roles.ToolTipRole):
            return ", ".join(part for part in (column.state, column.scheme, column.note) if part)
        return None
