"""The grid of members: one line a person as on the paper, with what typing can be spared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from giamngheo_desktop.domain.form import FieldDef, FieldKind, FormDef
from giamngheo_desktop.gui.forms.entry import Entry, Unparsed
from giamngheo_desktop.gui.forms.field_widgets import make_cell
from giamngheo_desktop.gui.forms.grid_row import GridRow
from giamngheo_desktop.gui.forms.rows_field import RowsField
from giamngheo_desktop.gui.household.record import MEMBERS
from giamngheo_desktop.gui.table.clipboard import Block
from giamngheo_desktop.gui.theme import theme

HEAD = "head"
_WIDTHS = {  # average letters, and the share of room to spare
    "full_name": (18, 8),
    "sex": (8, 0),
    "birth": (10, 0),
    "relation": (10.5, 3),
    "job_status": (15, 4),
    "ethnicity": (8, 2),
    "id_number": (13, 1),
}
_NARROW = 56  # pixels: the columns say how wide a cell is, not what stands in it
_IDS = ("uid", "membership")
_CARRIED = (*_IDS, "is_head")  # what a new row carries though nothing was typed about it


class MemberGrid(RowsField):
    """Rows carry uid, membership and the fields that are no column.

    The first member is the head; a new member has the ethnic group of the head; `is_head` follows
    the relation. `row_changed(row)`: a value of this row was changed by hand.
    """

    row_changed = Signal(object)

    def __init__(
        self, form: FormDef, label: str, new_id: Callable[[], UUID], parent: QWidget | None = None
    ) -> None:
        self._new_id = new_id
        self._nothing: dict[str, Entry] = {field.code: None for field in form}
        columns = tuple(field for field in form if field.grid)
        field = FieldDef(code=MEMBERS, kind=FieldKind.ROWS, label=label, fields=columns)
        super().__init__(field, make_cell, parent=parent)
        self._grid.setHorizontalSpacing(2)
        theme.changed.connect(self._fit_columns)
        self._fit_columns()

    @property
    def rows(self) -> list[GridRow]:
        """The rows on screen, the marked and the blank ones too."""
        return list(self._rows)

    def members(self) -> list[Mapping[str, Entry]]:
        """The rows that are members, each with every field of the form."""
        rows = (row for row in self._rows if not row.removed and not row.is_blank)
        return [{**self._nothing, **row.value()} for row in rows]

    def row_of(self, uid: UUID) -> GridRow | None:
        return next((row for row in self._rows if row.carried.get("uid") == uid), None)

    def row_at(self, widget: QWidget | None) -> GridRow | None:
        """The row whose cell has the keyboard."""
        return next((row for row in self._rows if widget in row.inputs()), None)

    def set_cell(self, row: GridRow, code: str, value: Entry) -> None:
        """Put a value into a cell as the program's own suggestion."""
        row.cells[code].set_value(value)

    def _fit_columns(self) -> None:
        """A whole name and a whole answer have room in the smallest window."""
        letter = self.fontMetrics().averageCharWidth()
        for column, field in enumerate(self.field.fields, start=1):
            letters, share = _WIDTHS.get(field.code, (12, 1))
            self._grid.setColumnMinimumWidth(column, round(letters * letter) + 12)
            self._grid.setColumnStretch(column, share)

    def _append(self, mapping: Mapping[str, object]) -> None:
        super()._append(mapping)
        for cell in self._rows[-1].cells.values():
            cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for stop in self._rows[-1].inputs():
            stop.setMinimumWidth(_NARROW)
        self._rows[-1].changed.connect(self._row_changed)

    def fill_block(self, block: Block, row: int, column: int) -> None:
        super().fill_block(block, row, column)
        for filled in self._rows[row : row + len(block)]:
            self._adopt(filled)
            self.row_changed.emit(filled)

    def _row_changed(self) -> None:
        row = self.sender()
        if isinstance(row, GridRow):
            self._adopt(row)
            self.row_changed.emit(row)

    def _adopt(self, row: GridRow) -> None:
        """What is typed makes a member; a new line emptied again is none."""
        cells = [cell.value() for cell in row.cells.values()]
        others = (value for name, value in row.carried.items() if name not in _CARRIED)
        if "uid" in row.carried:
            if not row.was_stored and not any((*cells, *others)):
                row.carried.clear()
        elif any(cell is not None for cell in cells):
            row.carried.update({name: self._new_id() for name in _IDS})
            self._spare_typing(row)
        relation = row.cells["relation"].value()
        if "uid" in row.carried and not isinstance(relation, Unparsed):
            row.carried["is_head"] = relation == HEAD

    def _spare_typing(self, row: GridRow) -> None:
        heads = [
            other
            for other in self._rows
            if other is not row and other.cells["relation"].value() == HEAD and not other.removed
        ]
        if not heads and row is self._rows[0] and row.cells["relation"].value() is None:
            self.set_cell(row, "relation", HEAD)
        elif heads and row.cells["ethnicity"].value() is None:
            self.set_cell(row, "ethnicity", heads[0].cells["ethnicity"].value())
