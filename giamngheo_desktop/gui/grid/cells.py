"""The model of a table that is typed into: texts as typed, what they mean, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date, parse_date
from giamngheo_desktop.domain.names import CAPITALS
from giamngheo_desktop.domain.numbers import (
    format_integer,
    format_quantity,
    parse_decimal,
    parse_integer,
    parse_money,
)
from giamngheo_desktop.domain.vietnamese import clean, compare_key, lower

Index = QModelIndex | QPersistentModelIndex
PROBLEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
CHANGED_ROLE = PROBLEM_ROLE + 1
_DISPLAY, _EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
_ALIGN, _TIP = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.ToolTipRole)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """A column: numbers, days or text; `locked` cells can't be typed into. A number with a `scale`
    is times 10**scale, one of `money` may be typed as 1,5tr.
    """

    key: str
    title: str
    number: bool = False
    day: bool = False
    width: int = 110
    locked: bool = False
    stretch: bool = False
    capitals: str = ""  # of names: a key of `names.CAPITALS`
    signed: bool = False  # a decrease may be negative: the number rose
    scale: int = 0
    money: bool = False

    @property
    def parsed(self) -> bool:
        return self.number or self.day


class CellModel(QAbstractTableModel):
    """Rows of texts by key; a row may carry a `tag` (the village it is about).

    A `growing` table always ends in an empty row. What can't be read stays as typed. A cell that
    is being typed into counts with its text so far, so that a draft has it.
    """

    def __init__(
        self, columns: Sequence[GridColumn], *, growing: bool, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.growing = growing
        self._rows: list[dict[str, str]] = []
        self._tags: list[Any] = []
        self._stored: list[dict[str, str]] = []
        self._locked: frozenset[Any] = frozenset()  # tags of rows that are only looked at
        self._open: tuple[int, str, str] | None = None  # the cell typed into and its text
        self.set_rows([])

    # -- content --------------------------------------------------------------------------------

    def set_rows(
        self,
        rows: Sequence[Mapping[str, object]],
        tags: Sequence[Any] = (),
        locked: frozenset[Any] = frozenset(),
    ) -> None:
        """Show these values (None is empty); they count as stored. `locked`: tags of rows that
        can't be typed into.
        """
        self.beginResetModel()
        self._open, self._locked = None, locked
        self._rows = [self._texts(row) for row in rows]
        self._tags = [*tags, *[None] * (len(rows) - len(tags))]
        self._stored = [dict(row) for row in self._rows]
        self._grow()
        self.endResetModel()

    def count(self) -> int:
        """Rows with something in them."""
        return len(self.filled())

    def tag(self, row: int) -> Any:
        return self._tags[row]

    def text(self, row: int, key: str) -> str:
        return self._now()[row][key]

    def type_into(self, row: int, key: str, text: str) -> None:
        """So far this stands in the cell that is open."""
        self._open = (row, key, text)

    def stop_typing(self) -> None:
        """The cell is left: what was typed has been put into it, or is not wanted."""
        self._open = None

    def is_locked(self, row: int, column: GridColumn) -> bool:
        """Whether the cell is only looked at."""
        return column.locked or (self._tags[row] is not None and self._tags[row] in self._locked)

    def value(self, row: int, key: str) -> str | int | date | None:
        """What the cell means; None where it is empty or can't be read."""
        column = self._column(key)
        text = clean(self._rows[row][key])
        if not column.parsed:
            return text or None
        return _parsed(text, column)[0]

    def values(self, key: str) -> list[str | int | date | None]:
        """What the cells of a column mean, from the top; the same text is read once."""
        known: dict[str, str | int | date | None] = {}
        for row, cells in enumerate(self._rows):
            if cells[key] not in known:
                known[cells[key]] = self.value(row, key)
        return [known[cells[key]] for cells in self._rows]

    def problem(self, row: int, key: str) -> str:
        """The sentence about a cell, empty where all is well."""
        column = self._column(key)
        text = clean(self._rows[row][key])
        if column.parsed:
            code = _parsed(text, column)[1]
            return texts.PARSE_ERRORS[code] if code else ""
        if column.key != self.columns[0].key or column.locked:
            return ""
        if not text and any(self._rows[row].values()):
            return self.tr("Dòng này có số nhưng chưa có tên: gõ tên hoặc xóa dòng.")
        same = [other for other in self._rows[:row] if _key(other[key]) == _key(text)]
        return self.tr("Tên này đã có ở dòng trên: sửa một trong hai.") if text and same else ""

    def problems(self) -> list[tuple[int, str, str]]:
        """Row, key and sentence of every cell that is wrong, from the top."""
        return [
            (row, column.key, problem)
            for row in range(len(self._rows))
            for column in self.columns
            if (problem := self.problem(row, column.key))
        ]

    def filled(self) -> list[int]:
        """The rows with something in them."""
        return [at for at, row in enumerate(self._now()) if any(row.values())]

    @property
    def is_dirty(self) -> bool:
        return [row for row in self._now() if any(row.values())] != [
            row for row in self._stored if any(row.values())
        ]

    def is_changed(self, row: int, key: str) -> bool:
        """Whether a cell differs from what is stored."""
        stored = self._stored[row][key] if row < len(self._stored) else ""
        return self._rows[row][key] != stored

    def mark_stored(self) -> None:
        """What is shown now is what is stored."""
        self._stored = [dict(row) for row in self._rows]
        if self._rows:
            end = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), end)

    def put(self, row: int, key: str, text: str) -> None:
        """Type into a cell; numbers are written the usual way at once."""
        if self._put(row, key, text):
            at = self._place(key)
            self.dataChanged.emit(self.index(row, at), self.index(row, at))
            self._grow_by_typing()

    def put_all(self, cells: Iterable[tuple[int, str, str]]) -> int:
        """Many cells (row, key, text) at once; returns how many could be typed into."""
        put = [(row, self._place(key)) for row, key, text in cells if self._put(row, key, text)]
        if put:
            rows, places = zip(*put, strict=True)
            first = self.index(min(rows), min(places))
            self.dataChanged.emit(first, self.index(max(rows), max(places)))
            self._grow_by_typing()
        return len(put)

    def _put(self, row: int, key: str, text: str) -> bool:
        while row >= len(self._rows) and self.growing:
            self._insert()
        if row >= len(self._rows) or self.is_locked(row, self._column(key)):
            return False
        self._rows[row][key] = self._tidy(text, self._column(key))
        return True

    def _place(self, key: str) -> int:
        return next(at for at, column in enumerate(self.columns) if column.key == key)

    def _grow_by_typing(self) -> None:
        if self.growing and any(self._rows[-1].values()):
            self._insert()

    def remove(self, row: int) -> None:
        """Take a whole row out of a growing table."""
        if self.growing and row < len(self._rows) - 1:
            self.beginRemoveRows(QModelIndex(), row, row)
            self._open = None
            del self._rows[row], self._tags[row]
            self.endRemoveRows()

    def texts(self) -> list[dict[str, str]]:
        """Everything as typed, for a draft or to take a paste back."""
        return [dict(row) for row in self._now()]

    def stored(self) -> Sequence[Mapping[str, str]]:
        """The rows as they count as stored."""
        return self._stored

    def show_column(self, key: str, said: Sequence[str]) -> None:
        """The texts of a column that is only looked at, from the top."""
        if [row[key] for row in self._rows[: len(said)]] == list(said):
            return
        for row, stored, text in zip(self._rows, self._stored, said, strict=False):
            row[key] = stored[key] = text
        if self._rows:
            at = self._place(key)
            self.dataChanged.emit(self.index(0, at), self.index(len(self._rows) - 1, at))

    def restore(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Take texts of `texts()` back as typed; what is stored stays what it was."""
        self.beginResetModel()
        self._open = None
        blank = {column.key: "" for column in self.columns}
        self._rows = [{key: str(row.get(key, "")) for key in blank} for row in rows]
        self._tags += [None] * (len(self._rows) - len(self._tags))
        self._grow()
        self.endResetModel()

    # -- what Qt asks ---------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and not self.is_locked(index.row(), self.columns[index.column()]):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), self.columns[index.column()]
        if role in (_DISPLAY, _EDIT):
            return self._rows[row][column.key]
        if role == _ALIGN:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role in (PROBLEM_ROLE, _TIP):
            return self.problem(row, column.key) or None
        if role == CHANGED_ROLE:
            return self.is_changed(row, column.key)
        return None

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        if role != _EDIT or not index.isValid():
            return False
        row, column, text = index.row(), self.columns[index.column()], clean(str(value or ""))
        if column.capitals and lower(text) != lower(self._rows[row][column.key]):
            text = CAPITALS[column.capitals](text)  # typed again it stays as typed
        self.put(row, column.key, text)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == _DISPLAY else None
        if not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == _DISPLAY:
            return column.title
        if role == _ALIGN:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    # -- internals ------------------------------------------------------------------------------

    def _now(self) -> Sequence[Mapping[str, str]]:
        """The rows with what stands in the open cell."""
        if self._open is None or self._open[0] >= len(self._rows):
            return self._rows
        at, key, text = self._open
        return [*self._rows[:at], {**self._rows[at], key: text}, *self._rows[at + 1 :]]

    def _column(self, key: str) -> GridColumn:
        return next(column for column in self.columns if column.key == key)

    def _texts(self, row: Mapping[str, object]) -> dict[str, str]:
        found = {}
        for column in self.columns:
            value = row.get(column.key)
            found[column.key] = _written(value, column) if value is not None else ""
        return found

    def _tidy(self, text: str, column: GridColumn) -> str:
        tidy = clean(text)
        if not column.parsed:
            return tidy
        value, problem = _parsed(tidy, column)
        return tidy if problem or value is None else _written(value, column)

    def _grow(self) -> None:
        if self.growing and (not self._rows or any(self._rows[-1].values())):
            self._rows.append({column.key: "" for column in self.columns})
            self._tags.append(None)

    def _insert(self) -> None:
        end = len(self._rows)
        self.beginInsertRows(QModelIndex(), end, end)
        self._rows.append({column.key: "" for column in self.columns})
        self._tags.append(None)
        self.endInsertRows()


def _key(text: str) -> str:
    return compare_key(clean(text))


def _written(value: object, column: GridColumn) -> str:
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return format_quantity(value, column.scale) if column.scale else format_integer(value)
    return str(value or "")


def _parsed(text: str, column: GridColumn) -> tuple[int | date | None, str]:
    """The number or day, and the code of what is wrong with it."""
    if not text or text in "-–":
        return None, ""
    try:
        if column.day:
            return parse_date(text), ""
        value = _number(text, column)
    except ValueError as error:
        return None, str(error.args[0])
    return (None, "not_number") if value < 0 and not column.signed else (value, "")


def _number(text: str, column: GridColumn) -> int:
    if column.scale:
        return parse_decimal(text, column.scale)
    return parse_money(text) if column.money else parse_integer(text)
