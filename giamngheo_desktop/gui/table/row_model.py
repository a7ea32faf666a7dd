"""The model of every list: whole rows in memory, sorted and filtered before they come here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from giamngheo_desktop.gui.table.column import Align, Column

Row = Sequence[Any]
Index = QModelIndex | QPersistentModelIndex

ID_ROLE = int(Qt.ItemDataRole.UserRole)
RAW_ROLE = ID_ROLE + 1
CHIP_ROLE = ID_ROLE + 2
HEADING_ROLE = ID_ROLE + 3

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_NUMBER = re.compile(r"[-−]?\d[\d.]*(,\d+)?")
_ALIGNMENTS = {
    Align.LEFT: int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
    Align.RIGHT: int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
    Align.CENTRE: int(Qt.AlignmentFlag.AlignCenter),
}


class RowTableModel(QAbstractTableModel):
    """Rows are tuples whose first element is the record's uid.

    A named tuple is read by the keys of the columns; a plain tuple by place: the columns' values
    follow the uid in the order of the columns.
    """

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.headings: frozenset[UUID] = frozenset()  # records that stand above others, in bold
        self._rows: list[Row] = []
        self._places = list(range(1, len(self.columns) + 1))

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows instead of the ones before."""
        self.beginResetModel()
        self._rows = list(rows)
        if self._rows:
            self._places = self._find_places(self._rows[0])
        self.endResetModel()

    def replace_row(self, row: Row) -> bool:
        """Show the new state of one record; False where it is not in the list."""
        number = self.row_of(row[0])
        if number is None:
            return False
        self._rows[number] = row
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))
        return True

    def remove_row(self, uid: UUID) -> bool:
        """Take one record out of the list; False where it is not in it."""
        number = self.row_of(uid)
        if number is None:
            return False
        self.beginRemoveRows(QModelIndex(), number, number)
        del self._rows[number]
        self.endRemoveRows()
        return True

    def row_of(self, uid: UUID) -> int | None:
        """The number of the row with this uid."""
        return next((at for at, row in enumerate(self._rows) if row[0] == uid), None)

    def row(self, number: int) -> Row:
        return self._rows[number]

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        return self.columns[column].format(self._rows[row][self._places[column]])

    def raw(self, row: int, column: int) -> Any:
        """The value behind the cell."""
        return self._rows[row][self._places[column]]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        row, at = index.row(), index.column()
        if role == _DISPLAY:
            return self.text(row, at)
        column = self.columns[at]
        if role == _ALIGN:
            right = column.mixed and _NUMBER.fullmatch(self.text(row, at))
            return _ALIGNMENTS[Align.RIGHT if right else column.align]
        if role == ID_ROLE:
            return self._rows[row][0]
        if role == RAW_ROLE:
            return self.raw(row, at)
        if role == CHIP_ROLE:
            return column.chip(self.raw(row, at)) if column.chip else None
        if role == HEADING_ROLE:
            return self._rows[row][0] in self.headings
        if role == _TIP:
            return column.tip(self.raw(row, at)) if column.tip else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == _DISPLAY:
            return column.title
        if role == _ALIGN:
            return _ALIGNMENTS[column.align]
        return None

    def _find_places(self, row: Row) -> list[int]:
        names = getattr(row, "_fields", None)
        if names is None:
            return list(range(1, len(self.columns) + 1))
        return [names.index(column.key) for column in self.columns]
