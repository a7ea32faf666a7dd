"""A field of rows (members, land, animals): a grid of inputs that grows while one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QMetaMethod, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.gui.forms.entry import Entry, Unparsed
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.forms.grid_row import CellMaker, GridRow
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.sideways import Sideways
from giamngheo_desktop.gui.forms.text_fields import NUMBERS
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.table.clipboard import Block

_WIDTHS = {  # the least room of a cell, in average letters, and its share of room to spare
    FieldKind.TEXT: (13, 4),
    FieldKind.INTEGER: (6, 1),
    FieldKind.DECIMAL: (7, 1),
    FieldKind.MONEY: (12, 2),
    FieldKind.DATE: (13, 1),  # dd/mm/yyyy, whole
    FieldKind.PARTIAL_DATE: (13, 1),
    FieldKind.YES_NO: (8, 1),
    FieldKind.CHOICE: (11, 3),
    FieldKind.AREA: (14, 3),
    FieldKind.RECORD: (18, 4),
}
Belonging = Callable[[object], Sequence[Option]]  # those that belong to an answer
_GAP = 6  # pixels between the heading of a number and the edge of its cell
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowsField(FieldWidget):
    """Rows are mappings; keys that are no column (a uid) are carried through untouched.

    Enter goes to the next cell and past the last one into a new row; Enter in the first cell of
    an empty row leaves the grid. Ctrl+minus (as in Excel) marks a row as removed: it stays
    visible and can be brought back; `value()` leaves it out, `removed()` names it. A block from
    Excel is told by `block_pasted(block, row, column)`; where nobody listens it is typed in.
    """

    block_pasted = Signal(list, int, int)
    stops_changed = Signal()

    def __init__(
        self,
        field: FieldDef,
        make_cell: CellMaker,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(field, parent=parent)
        self._make_cell = make_cell
        self._rows: list[GridRow] = []
        self._options: dict[str, Sequence[object]] = {}
        self._narrowed: dict[str, tuple[str, Belonging]] = {}
        self._inner = QWidget()
        self._inner.setProperty("kind", "page")
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(4)
        self._area = Sideways(self._inner)
        self._inner.installEventFilter(self)
        self._add = button(self.tr("Thêm dòng"), f"{field.code}.add", icon="add")
        self._line.addWidget(self._area)
        self._box.insertWidget(1, self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._build_heading()
        self._add.clicked.connect(self._add_by_hand)
        self.set_value(None)

    def value(self) -> Entry:
        rows = [row for row in self._living() if not row.is_blank]
        return tuple(row.value() for row in rows) or None  # type: ignore[return-value]

    def removed(self) -> list[Mapping[str, object]]:
        """The rows marked as removed that were there before (those with a uid)."""
        return [row.value() for row in self._rows if row.removed and row.was_stored]

    def set_value(self, value: Entry) -> None:
        for row in self._rows:
            row.discard()
        self._rows = []
        for mapping in value if isinstance(value, tuple) else ():
            self._append(mapping if isinstance(mapping, Mapping) else {})
        if not self._rows:
            self._append({})
        self.stops_changed.emit()

    def set_draft(self, value: Entry, stored: Entry) -> None:
        """Typed rows over stored ones: a stored row that the draft lacks was removed by hand."""
        self.set_value(value)
        kept = [row.carried.get("uid") for row in self._rows]
        for mapping in stored if isinstance(stored, tuple) else ():
            if isinstance(mapping, Mapping) and mapping.get("uid") not in (None, *kept):
                self._append(mapping)
                self._rows[-1].set_removed(True)
        self.stops_changed.emit()

    def set_cell_problem(self, row: int, code: str, text: str, *, is_error: bool = True) -> None:
        """Show what a check says about a cell; `row` counts the rows of `value()`."""
        counted = [row for row in self._living() if not row.is_blank]
        if row < len(counted):
            counted[row].cells[code].set_problem(text, is_error=is_error)

    def clear_cell_problems(self) -> None:
        for row in self._rows:
            for cell in row.cells.values():
                cell.set_problem(None)

    def name_rows(self, new_id: Callable[[], UUID]) -> None:
        """Give those that say something a uid, so that other rows can name them."""
        for row in self._living():
            if not row.is_blank:
                row.carried.setdefault("uid", new_id())

    def rows_named(self) -> list[Mapping[str, Any]]:
        """The rows that have a uid, saved or not."""
        return [row.value() for row in self._living() if "uid" in row.carried]

    def unreadable_cell(self) -> FieldWidget | None:
        """The first whose text is not understood."""
        cells = (cell for row in self._living() for cell in row.cells.values())
        return next((cell for cell in cells if isinstance(cell.value(), Unparsed)), None)

    def empty_cell(self, code: str) -> FieldWidget | None:
        """The first in a column that lacks its answer, in rows that say something."""
        cells = (row.cells[code] for row in self._living() if not row.is_blank)
        return next((cell for cell in cells if cell.value() in (None, ())), None)

    def _living(self) -> list[GridRow]:
        return [row for row in self._rows if not row.removed]

    def cell(self, row: int, code: str) -> FieldWidget:
        """The widget of a cell, rows counted as on screen."""
        return self._rows[row].cells[code]

    def set_options(self, code: str, options: Sequence[object]) -> None:
        """Offer these options in a column (areas); also to rows added later."""
        self._options[code] = options
        for row in self._rows:
            row.cells[code].set_options(options)  # type: ignore[attr-defined]

    def offered(self, code: str) -> Sequence[object]:
        return self._options.get(code, ())

    def narrow(self, code: str, by: str, options: Belonging) -> None:
        """In each row a column offers what belongs to the answer of another one: the persons of
        the household; also in rows added later.
        """
        self._narrowed[code] = (by, options)
        for row in self._rows:
            self._narrow(row)

    def fill_block(self, block: Block, row: int, column: int) -> None:
        """Type a block into the cells from here on, adding rows as needed."""
        codes = [field.code for field in self.field.fields]
        for at, line in enumerate(block, start=row):
            while at >= len(self._rows):
                self._append({})
            for code, text in zip(codes[column:], line, strict=False):
                self._rows[at].cells[code].type_text(text)
        self.stops_changed.emit()
        self.changed.emit()

    def input(self) -> QWidget:
        live = self._living()
        return live[0].inputs()[0] if live else self._add

    def tab_stops(self) -> list[QWidget]:
        return [stop for row in self._rows for stop in row.inputs()] + [self._add]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self._place_of_focus()
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = Qt.KeyboardModifier.ControlModifier
        if self._add.hasFocus() and key in _RETURN and not modifiers:
            self._add_by_hand()
        elif place is None:
            event.ignore()
        elif key == Qt.Key.Key_Minus and modifiers == control:
            self._rows[place[0]].toggle()
        elif modifiers:
            event.ignore()
        elif key in _RETURN:
            self._enter(*place, event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(place[0] + (1 if key == Qt.Key.Key_Down else -1), place[1])
        else:
            event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit_height()
            self._area.hold_soon()
        return False

    def _framed(self) -> QWidget:
        return self

    def _build_heading(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        for column, field in enumerate(self.field.fields, start=1):
            title = QLabel(field.short_label, wordWrap=True)
            title.setProperty("kind", "small")
            sides = Qt.AlignmentFlag
            side = sides.AlignRight if field.kind in NUMBERS else sides.AlignLeft
            title.setAlignment(sides.AlignBottom | side)
            if side == sides.AlignRight:
                title.setContentsMargins(0, 0, _GAP, 0)  # it would run into the next one
            letters, share = _WIDTHS[field.kind]
            self._grid.addWidget(title, 0, column)
            self._grid.setColumnMinimumWidth(column, (field.letters or letters) * letter + 12)
            self._grid.setColumnStretch(column, share)

    def _append(self, mapping: Mapping[str, object]) -> None:
        number = len(self._rows)
        row = GridRow(self.field, number, mapping, self._make_cell, self._inner)
        row.place(self._grid, 1 + 2 * number)
        # height not taken back yet stands below the rows, not between them
        self._grid.setRowStretch(1 + 2 * number, 0)
        self._grid.setRowStretch(3 + 2 * number, 1)
        row.changed.connect(partial(self._cell_typed, row))
        row.toggled.connect(self._toggled)
        for stop in row.inputs():
            if isinstance(stop, LineEdit):
                stop.takes_blocks = True
                stop.block_pasted.connect(self._take_block)
        self._rows.append(row)
        self._offer(row)

    def _offer(self, row: GridRow) -> None:
        for code, options in self._options.items():
            row.cells[code].set_options(options)  # type: ignore[attr-defined]
        self._narrow(row)

    def _narrow(self, row: GridRow) -> None:
        for code, (by, options) in self._narrowed.items():
            row.narrow(code, options(row.cells[by].value()))

    def _add_by_hand(self) -> None:
        self._append({})
        self.stops_changed.emit()
        self._go(len(self._rows) - 1, 0)

    def _cell_typed(self, row: GridRow) -> None:
        self._narrow(row)
        self.changed.emit()

    def _toggled(self) -> None:
        self.stops_changed.emit()
        self.changed.emit()

    def _enter(self, row: int, column: int, event: QKeyEvent) -> None:
        last_row = row == len(self._rows) - 1
        if last_row and self._rows[row].is_blank and column == 0:
            event.ignore()  # done: the form goes on
        elif column + 1 < len(self.field.fields):
            self._go(row, column + 1)
        elif last_row:
            self._add_by_hand()
        else:
            self._go(row + 1, 0)

    def _go(self, row: int, column: int) -> None:
        if 0 <= row < len(self._rows) and not self._rows[row].removed:
            stop = self._rows[row].inputs()[column]
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            if isinstance(stop, LineEdit):
                stop.selectAll()
            self._area.show_whole(stop)

    def _place_of_focus(self) -> tuple[int, int] | None:
        focus = self.focusWidget()
        for at, row in enumerate(self._rows):
            if focus in row.inputs():
                return at, row.inputs().index(focus)
        return None

    def _take_block(self, block: Block) -> None:
        place = self._place_of_focus() or (0, 0)
        if self.isSignalConnected(QMetaMethod.fromSignal(self.block_pasted)):
            self.block_pasted.emit(block, *place)
        else:
            self.fill_block(block, *place)

    def _fit_height(self) -> None:
        wide = self._inner.minimumSizeHint().width() > self._area.viewport().width()
        bar = self._area.horizontalScrollBar().sizeHint().height() if wide else 0
        height = self._grid.totalHeightForWidth(self._inner.width())
        height = max(height, self._inner.minimumSizeHint().height()) + bar
        if height == self._area.height():
            return
        self._area.setFixedHeight(height)
        around: QWidget | None = self
        while around is not None and (layout := around.layout()) is not None:
            layout.activate()  # at once: Qt would let the rows overlap until its next round
            around = around.parentWidget()
