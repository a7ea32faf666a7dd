"""The view of every list: keyboard, copy and paste with Excel, column chooser, empty state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTableView, QWidget

from giamngheo_desktop.gui.table import clipboard
from giamngheo_desktop.gui.table.chip_delegate import CellDelegate
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.empty_state import EmptyState
from giamngheo_desktop.gui.table.header import Heading
from giamngheo_desktop.gui.table.row_model import Row, RowTableModel
from giamngheo_desktop.gui.theme import theme

MEASURED = 60  # rows looked at for the widths of the columns
_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TableView(QTableView):
    """A list over a `RowTableModel`; its owner answers the signals.

    `row_opened(uid)`: Enter or double click. `sort_requested(sort, descending)`: a heading was
    pressed; sort in SQL, then `set_rows`. `paste_requested(list[list[str]])`: a block came from
    the clipboard. `current_changed(uid or None)`: the cursor stands on another record.
    """

    row_opened = Signal(object)
    current_changed = Signal(object)
    paste_requested = Signal(list)
    sort_requested = Signal(str, bool)
    layout_changed = Signal()
    empty_action = Signal(str)

    def __init__(
        self, columns: Sequence[Column], name: str, label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.rows = RowTableModel(columns, self)
        self.heading = Heading(self)
        self.empty = EmptyState(self.viewport())
        self._order: tuple[str, bool] = ("", False)
        self._user_widths = False
        self._left_out: frozenset[int] = frozenset()
        self._wanted: dict[int, int] = {}
        self.setHorizontalHeader(self.heading)
        self.setModel(self.rows)
        self._line = CellDelegate(self)  # a cell in one line
        self.setItemDelegate(self._line)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.reset_layout()

        self.doubleClicked.connect(self._open)
        self.heading.sort_pressed.connect(self._sort)
        self.heading.reset_requested.connect(self.reset_layout)
        self.heading.sectionResized.connect(self._resized_by_user)
        self.heading.sectionMoved.connect(self.layout_changed)
        self.empty.action_chosen.connect(self.empty_action)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        theme.changed.connect(self._fit)

    def set_rows(self, rows: Sequence[Row], *, keep_widths: bool = False) -> None:
        """Show these rows; the cursor stays on its record if that is still among them.

        `keep_widths` for some of the rows shown before: columns must not jump under the typing.
        """
        uid, column = self.current_uid(), max(0, self.currentIndex().column())
        scroll = self.verticalScrollBar().value()
        self.rows.set_rows(rows)
        number = None if uid is None else self.rows.row_of(uid)
        if number is not None:
            self.selectionModel().setCurrentIndex(
                self.rows.index(number, column), QItemSelectionModel.SelectionFlag.NoUpdate
            )
            self.verticalScrollBar().setValue(scroll)
        if not keep_widths:
            self._measure()
            self._fit_widths()
        self._show_empty()

    def leave_out(self, key: str, left_out: bool) -> None:
        """Before `set_rows`: whether the others share the width of this column."""
        at = next(at for at, column in enumerate(self.rows.columns) if column.key == key)
        self._left_out = self._left_out | {at} if left_out else self._left_out - {at}
        self.heading.blockSignals(True)  # else the widths are shared anew while it is half hidden
        self.setColumnHidden(at, left_out)
        self.heading.blockSignals(False)

    def say_empty(self, text: str, actions: Mapping[str, str] | None = None) -> None:
        """What an empty list says and offers (`empty_action(code)`)."""
        self.empty.say(text, dict(actions or {}))
        self._show_empty()

    def current_uid(self) -> UUID | None:
        """The record under the cursor."""
        index = self.currentIndex()
        return self.rows.row(index.row())[0] if index.isValid() else None

    def selected_uids(self) -> list[UUID]:
        """The records with a selected cell, from the top; without a selection the current one."""
        numbers = sorted({index.row() for index in self.selectedIndexes()})
        current = self.currentIndex()
        if not numbers and current.isValid():
            numbers = [current.row()]
        return [self.rows.row(number)[0] for number in numbers]

    def go_to(self, uid: UUID) -> bool:
        """Put the cursor on this record and show it; False where it is not in the list."""
        number = self.rows.row_of(uid)
        if number is None:
            return False
        self.setCurrentIndex(self.rows.index(number, self._first_column()))
        return True

    def show_order(self, sort: str, *, descending: bool = False) -> None:
        """Tell by an arrow how the rows are sorted."""
        self._order = (sort, descending)
        sections = (
            at for at, column in enumerate(self.rows.columns) if sort and column.sort == sort
        )
        self.heading.show_order(next(sections, None), descending=descending)

    def copy(self) -> None:
        """Put the selected block on the clipboard; visible columns, in the order on screen."""
        chosen = self.selectedIndexes() or [self.currentIndex()]
        numbers = sorted({index.row() for index in chosen if index.isValid()})
        places = {self.heading.visualIndex(index.column()) for index in chosen if index.isValid()}
        sections = [self.heading.logicalIndex(place) for place in sorted(places)]
        picked = {(index.row(), index.column()) for index in chosen}
        cells = [[self._cell(row, at, picked) for at in sections] for row in numbers]
        if cells:
            QGuiApplication.clipboard().setMimeData(clipboard.to_clipboard(cells))

    def paste(self) -> None:
        """Hand the block on the clipboard to the owner, who previews it."""
        block = clipboard.from_text(QGuiApplication.clipboard().text())
        if block:
            self.paste_requested.emit(block)

    def layout_state(self) -> dict[str, Any]:
        """Hidden columns, widths and order by key, to be kept in the settings."""
        columns = self.rows.columns
        order = [self.heading.logicalIndex(place) for place in range(len(columns))]
        return {
            "hidden": [c.key for at, c in enumerate(columns) if self.isColumnHidden(at)],
            "widths": {
                c.key: self.columnWidth(at)
                for at, c in enumerate(columns)
                if self._user_widths and not self.isColumnHidden(at)
            },
            "order": [columns[at].key for at in order],
        }

    def restore_layout(self, state: Mapping[str, Any]) -> None:
        """Take up a kept layout; columns it does not know stay as they are."""
        self.reset_layout()
        keys = [column.key for column in self.rows.columns]
        for at, key in enumerate(keys):
            if key in state.get("order", keys):
                self.setColumnHidden(at, key in state.get("hidden", ()))
        for key, width in state.get("widths", {}).items():
            if key in keys:
                self._user_widths = True
                self.setColumnWidth(keys.index(key), width)
        known = [key for key in state.get("order", ()) if key in keys]
        for place, key in enumerate(known):
            self.heading.moveSection(self.heading.visualIndex(keys.index(key)), place)

    def reset_layout(self) -> None:
        """The columns as the program comes."""
        for at, column in enumerate(self.rows.columns):
            self.heading.moveSection(self.heading.visualIndex(at), at)
            self.setColumnHidden(at, column.hidden or at in self._left_out)
        self._user_widths = False
        self._fit()
        self.layout_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in _OPEN_KEYS
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Home:
            self._go_to_row(0, event)
        elif event.key() == Qt.Key.Key_End:
            self._go_to_row(self.rows.rowCount() - 1, event)
        elif event.text().isprintable() and event.text() and not event.modifiers():
            event.ignore()  # no jumping by letters: the page's search does that
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty.setGeometry(self.viewport().rect())
        self._fit_widths()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "rows"):
            self._fit()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_opened.emit(self.rows.row(index.row())[0])

    def _sort(self, section: int) -> None:
        sort = self.rows.columns[section].sort
        if sort:
            descending = self._order == (sort, False)
            self.show_order(sort, descending=descending)
            self.sort_requested.emit(sort, descending)

    def _tell_current(self, current: QModelIndex) -> None:
        self.viewport().update()
        self.current_changed.emit(self.rows.row(current.row())[0] if current.isValid() else None)

    def _go_to_row(self, number: int, event: QKeyEvent) -> None:
        column = self.currentIndex().column()
        index = self.rows.index(number, column if column >= 0 else self._first_column())
        if not index.isValid():
            return
        flags = QItemSelectionModel.SelectionFlag
        extend = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self.selectionModel().setCurrentIndex(
            index, flags.SelectCurrent if extend else flags.ClearAndSelect
        )
        self.scrollTo(index)

    def _first_column(self) -> int:
        places = map(self.heading.logicalIndex, range(self.heading.count()))
        return next((at for at in places if not self.isColumnHidden(at)), 0)

    def _cell(self, row: int, at: int, picked: set[tuple[int, int]]) -> clipboard.Cell:
        if (row, at) not in picked:
            return clipboard.Cell("")
        code = self.rows.columns[at].code
        return clipboard.Cell(self.rows.text(row, at), self.rows.raw(row, at), code)

    def _show_empty(self) -> None:
        self.empty.setVisible(self.rows.rowCount() == 0)

    def _fit(self) -> None:
        height = self.fontMetrics().height() + 12
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self._fit_widths()

    def _measure(self) -> None:
        """The widths that the first rows need in full."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        rows = range(min(MEASURED, self.rows.rowCount()))
        self._wanted = {
            at: max(
                (self._line.sizeHint(option, self.rows.index(r, at)).width() for r in rows),
                default=0,
            )
            for at in range(len(self.rows.columns))
            if not self.isColumnHidden(at)
        }

    def _fit_widths(self) -> None:
        """Each column as wide as its contents; room to spare goes to what is cut, then to headings
        of two lines, then to each column's own width, then on.
        """
        if self._user_widths:
            return
        columns = self.rows.columns
        self._let_give_way()
        shown = [at for at in range(len(columns)) if not self.isColumnHidden(at)]
        planned = {at: columns[at].width * theme.percent // 100 for at in shown}
        widths = {at: self._wished(at, planned[at]) for at in shown}
        spare = max(0, self.viewport().width() - sum(widths.values()))
        cut = {at: self._wanted.get(at, 0) for at in shown if self.rows.rowCount()}
        cut = {at: wanted for at, wanted in cut.items() if wanted > widths[at]}
        titles = {at: self.heading.whole_width(at) for at in shown}
        for aims in (cut, titles, planned):
            for at in sorted(aims, key=lambda at: max(0, aims[at] - widths[at])):
                more = min(spare, max(0, aims[at] - widths[at]))
                widths[at], spare = widths[at] + more, spare - more
        if shown:
            widest = max(shown, key=lambda at: (columns[at].stretch, columns[at].width))
            widths[widest] += spare
        self._squeeze(widths)
        self.heading.blockSignals(True)
        for at, width in widths.items():
            self.setColumnWidth(at, width)
        self.heading.blockSignals(False)
        self.updateGeometries()
        self.viewport().update()

    def _squeeze(self, widths: dict[int, int]) -> None:
        """Nobody scrolls for the end of one text: the `stretch` column gives back first."""
        over = sum(widths.values()) - self.viewport().width()
        for at, column in enumerate(self.rows.columns):
            if column.stretch and at in widths and over > 0:
                own = max(column.width * theme.percent // 100, self.heading.least_width(at))
                widths[at] -= min(over, max(0, widths[at] - own))

    def _let_give_way(self) -> None:
        """Leave out what may be left out, from the right, rather than scroll."""
        columns = self.rows.columns
        planned = {at: column.width * theme.percent // 100 for at, column in enumerate(columns)}
        may = set(planned) - self._left_out
        yielding = [at for at, column in enumerate(columns) if column.gives_way and at in may]
        shown = [at for at in planned if at in yielding or not self.isColumnHidden(at)]
        for at in reversed(yielding):
            crowded = sum(self._claimed(n, planned[n]) for n in shown) > self.viewport().width()
            self.setColumnHidden(at, crowded)
            if crowded:
                shown.remove(at)

    def _needed(self, at: int, planned: int) -> int:
        """What heading and contents need, up to twice the planned width; the heading, if empty."""
        if not self.rows.rowCount():
            return min(planned, self.heading.least_width(at))
        contents = max(self._wanted.get(at, planned), self.heading.least_width(at))
        return min(contents, 2 * planned)

    def _claimed(self, at: int, planned: int) -> int:
        """What a column asks for before others give way."""
        return self._needed(at, planned)

    def _wished(self, at: int, planned: int) -> int:
        """What a column begins with."""
        return self._needed(at, planned)

    def _resized_by_user(self) -> None:
        if self.heading.underMouse() and QGuiApplication.mouseButtons():
            self._user_widths = True
            self.layout_changed.emit()
