"""The view of a table that is typed into: Enter and Tab go on, Excel pastes in, Delete empties."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.grid.cells import CHANGED_ROLE, PROBLEM_ROLE, CellModel, GridColumn
from giamngheo_desktop.gui.table import clipboard
from giamngheo_desktop.gui.table.clipboard import Cell
from giamngheo_desktop.gui.table.header import Heading
from giamngheo_desktop.gui.theme import theme

Index = QModelIndex | QPersistentModelIndex
_PADDING = 9
_DIGITS = "9.999"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ON = (*_ENTER, Qt.Key.Key_Tab)
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class EditGrid(QTableView):
    """`changed()` after every change, `typing()` after a key in an open cell;
    `block_pasted(list)`: a block came, the owner reads it.

    `completed()`: Enter in the empty row at the end (or past the last cell).
    """

    changed = Signal()
    typing = Signal()
    completed = Signal()
    block_pasted = Signal(list)

    def __init__(
        self,
        columns: Sequence[GridColumn],
        name: str,
        label: str,
        *,
        growing: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._choosing = False
        self.cells = CellModel(columns, growing=growing, parent=self)
        self.setModel(self.cells)
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(True)
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        triggers = QAbstractItemView.EditTrigger
        # No SelectedClicked: it waits for a second click, and keys typed meanwhile are lost.
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self._heading = heading = Heading(self)  # wraps long titles
        heading.setSectionsMovable(False)
        heading.setSectionsClickable(False)
        heading.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setHorizontalHeader(heading)
        self.verticalHeader().setVisible(growing)  # elsewhere the first column names the row
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.cells.dataChanged.connect(self._cells_changed)
        self.cells.rowsRemoved.connect(self._cells_changed)
        self.cells.modelReset.connect(self._cells_changed)
        self.cells.modelReset.connect(self._fit_widths)
        theme.changed.connect(self._fit)
        self._fit()

    # -- for the owner --------------------------------------------------------------------------

    def start(self) -> None:
        """Put the cursor into the first cell that can be typed into."""
        at = next(iter(self._open_places()), 0)
        self.setCurrentIndex(self.cells.index(0, at))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_only(self, keys: Collection[str]) -> None:
        """Other columns are left out, of typing and of what is pasted from the cursor on, too."""
        self._choosing = True  # a column that is being hidden must not get a width again
        for at, column in enumerate(self.cells.columns):
            self.setColumnHidden(at, column.key not in keys)
        self._choosing = False
        self._fit_widths()

    def go_to(self, row: int, key: str) -> None:
        keys = [column.key for column in self.cells.columns]
        self.setCurrentIndex(self.cells.index(row, keys.index(key)))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        chosen = self.selectedIndexes()
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        block = [
            [
                Cell(
                    self.cells.index(row, column).data(),
                    self.cells.value(row, self.cells.columns[column].key),
                )
                for column in columns
            ]
            for row in rows
        ]
        if block:
            QGuiApplication.clipboard().setMimeData(clipboard.to_clipboard(block))

    def paste(self) -> None:
        """One cell goes into every selected one; a block is read by the owner."""
        block = clipboard.from_text(QGuiApplication.clipboard().text())
        if len(block) == 1 and len(block[0]) == 1:
            text = block[0][0]
            if self.has_block:
                self.cells.put_all((row, key, text) for row, key in self._selected())
            elif self.currentIndex().isValid():
                self.cells.setData(self.currentIndex(), text)
        elif block:
            self.block_pasted.emit(block)

    def fill_from_cursor(self, block: Sequence[Sequence[str]]) -> int:
        """Put a block into the cells from the cursor on, as Excel does; returns cells filled."""
        index = self.currentIndex()
        top, left = max(0, index.row()), max(0, index.column())
        shown = (at for at in range(left, len(self.cells.columns)) if not self.isColumnHidden(at))
        keys = [self.cells.columns[at].key for at in shown]
        return self.cells.put_all(
            (top + down, key, text)
            for down, line in enumerate(block)
            for key, text in zip(keys, line, strict=False)
        )

    def fill_down(self) -> int:
        """What stands in the first selected cell of a column goes into those below; of one cell
        into all rows below it. Returns cells filled.
        """
        chosen = self._selected()
        if len(chosen) == 1:
            (top, key), end = chosen[0], self.cells.rowCount()
            chosen = [(row, key) for row in range(top, end)]
        first: dict[str, str] = {}
        for row, key in chosen:
            first.setdefault(key, self.cells.text(row, key))
        return self.cells.put_all((row, key, first[key]) for row, key in chosen)

    def note_typing(self, index: QPersistentModelIndex, text: str) -> None:
        """What stands in the open cell so far."""
        if index.isValid():
            self.cells.type_into(index.row(), self.cells.columns[index.column()].key, text)
            self.typing.emit()

    # -- keys -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers()
        plain = not held & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in _ENTER:
            self._go_on()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._empty_selection()
        elif event.key() == Qt.Key.Key_D and held == Qt.KeyboardModifier.ControlModifier:
            self.fill_down()
        elif held == Qt.KeyboardModifier.ControlModifier and event.key() in (
            Qt.Key.Key_Minus,
            Qt.Key.Key_Delete,
        ):
            self.cells.remove(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        """Enter and Tab in a cell go to the next one, Shift+Tab to the one before."""
        super().closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.cells.stop_typing()
        self.typing.emit()
        hints = QStyledItemDelegate.EndEditHint
        if hint == hints.EditNextItem:
            self._go_on()
        elif hint == hints.EditPreviousItem:
            self._go_back()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through the cells first and leaves the table at its end."""
        if self.state() == QAbstractItemView.State.EditingState:
            return False
        index = self.currentIndex()
        if index.isValid() and self.hasFocus() and not self._at_end(index, forward):
            self._go_on() if forward else self._go_back()
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            self._off_locked()
        if event.reason() != Qt.FocusReason.MouseFocusReason:  # who clicks sees the cell
            self._show_cursor()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus():
            self._show_cursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_widths()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "cells"):
            self._fit()

    # -- internals ------------------------------------------------------------------------------

    def _show_cursor(self) -> None:
        """On a page that scrolls the cell with the keyboard is in view."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        page = area.widget() if isinstance(area, QScrollArea) else None
        cell = self.visualRect(self.currentIndex())
        if isinstance(area, QScrollArea) and page is not None and cell.isValid():
            place = self.viewport().mapTo(page, cell.center())
            area.ensureVisible(place.x(), place.y(), 8, 60)

    def _off_locked(self) -> None:
        """What is typed by who comes with the keyboard goes into a cell, not into a name."""
        index, places = self.currentIndex(), self._open_places()
        if places and index.isValid() and index.column() not in places:
            self.setCurrentIndex(self.cells.index(index.row(), places[0]))

    def _open_places(self) -> list[int]:
        columns = enumerate(self.cells.columns)
        return [at for at, column in columns if not column.locked and not self.isColumnHidden(at)]

    def _at_end(self, index: QModelIndex, forward: bool) -> bool:
        places = self._open_places()
        last_row = self.cells.rowCount() - 1
        if forward:
            empty_end = self.cells.growing and index.row() == last_row
            return empty_end or (index.row() == last_row and index.column() >= places[-1])
        return index.row() == 0 and index.column() <= places[0]

    def _go_on(self) -> None:
        index = self.currentIndex()
        places = self._open_places()
        if not index.isValid():
            self.start()
            return
        row = index.row()
        is_blank = self.cells.growing and row == self.cells.rowCount() - 1
        following = [at for at in places if at > index.column()]
        if is_blank and index.column() <= places[0]:
            self.completed.emit()
        elif following:
            self.setCurrentIndex(self.cells.index(row, following[0]))
        elif row + 1 < self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(row + 1, places[0]))
        else:
            self.completed.emit()

    def _go_back(self) -> None:
        index = self.currentIndex()
        places = self._open_places()
        before = [at for at in places if at < index.column()]
        if before:
            self.setCurrentIndex(self.cells.index(index.row(), before[-1]))
        elif index.row():
            self.setCurrentIndex(self.cells.index(index.row() - 1, places[-1]))

    def _empty_selection(self) -> None:
        self.cells.put_all((row, key, "") for row, key in self._selected())

    def _selected(self) -> list[tuple[int, str]]:
        """Row and key of the selected cells from the top; without any that of the cursor."""
        chosen = self.selectedIndexes() or [self.currentIndex()]
        cells = sorted((index.row(), index.column()) for index in chosen if index.isValid())
        return [(row, self.cells.columns[at].key) for row, at in cells]

    @property
    def has_block(self) -> bool:
        """Whether more than one cell is selected."""
        ranges = self.selectionModel().selection()
        return sum(one.width() * one.height() for one in ranges) > 1  # type: ignore[attr-defined]

    def _cells_changed(self) -> None:
        self.viewport().update()
        self.changed.emit()

    def _fit(self) -> None:
        height = self.fontMetrics().height() + 14
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self._fit_widths()

    def _fit_widths(self) -> None:
        if self._choosing:
            return
        columns = self.cells.columns
        widths = [
            0 if self.isColumnHidden(at) else column.width * theme.percent // 100
            for at, column in enumerate(columns)
        ]
        spare = self.viewport().width() - sum(widths)
        stretch = next((at for at, column in enumerate(columns) if column.stretch), None)
        if spare > 0 and stretch is not None:
            widths[stretch] += spare
        elif spare < 0:
            self._squeeze(widths, -spare)
        for at, width in enumerate(widths):
            if width:
                self.setColumnWidth(at, width)

    def _squeeze(self, widths: list[int], over: int) -> None:
        """Rather than scroll, what is looked at or holds numbers gives what it does not need."""
        can = [max(0, width - self._least(at)) if width else 0 for at, width in enumerate(widths)]
        whole = sum(can)
        for at, room in enumerate(can) if whole else ():
            widths[at] -= min(room, -(-over * room // whole))

    def _least(self, at: int) -> int:
        """What stands there, of numbers four digits at least, below a heading of two lines; all of
        its width where any text may be typed.
        """
        column, metrics = self.cells.columns[at], self.fontMetrics()
        is_number = column.number and not column.money
        if not is_number and not column.locked:
            return column.width * theme.percent // 100
        texts = {self.cells.text(row, column.key) for row in range(self.cells.rowCount())}
        if is_number:
            texts.add(_DIGITS)
        longest = max(map(metrics.horizontalAdvance, texts), default=0) + 2 * _PADDING + 1
        heading = self._heading
        title = heading.folded_width(at) if is_number else heading.least_width(at)
        return max(longest, title)


class _CellDelegate(QStyledItemDelegate):
    """Paints wrong, changed and locked cells; edits with the line edit of all forms."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = LineEdit(parent)
        editor.setProperty("kind", "cell")
        editor.setObjectName("cell_editor")
        editor.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        editor.setFrame(False)
        view = self.parent()
        assert isinstance(view, EditGrid)
        editor.textEdited.connect(partial(view.note_typing, QPersistentModelIndex(index)))
        return editor

    def eventFilter(self, editor: object, event: QEvent) -> bool:
        """Enter ends the cell like Tab does and goes on. The key of a button (Alt+L) takes the
        cell's text along.
        """
        if (
            isinstance(editor, LineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.modifiers() == Qt.KeyboardModifier.AltModifier
        ):
            self.commitData.emit(editor)
        if (
            isinstance(editor, LineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ENTER
        ):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.EditNextItem)
            return True
        return super().eventFilter(editor, event)  # type: ignore[arg-type]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.tokens
        view = self.parent()
        assert isinstance(view, EditGrid)
        column = view.cells.columns[index.column()]
        problem = index.data(PROBLEM_ROLE)
        if problem:
            painter.fillRect(option.rect, QColor(tokens.danger_soft))
        elif index.data(CHANGED_ROLE):
            painter.fillRect(option.rect, QColor(tokens.accent_soft))
        elif view.cells.is_locked(index.row(), column):
            painter.fillRect(option.rect, QColor(tokens.raised))
        if view.has_block and view.selectionModel().isSelected(index):
            painter.fillRect(option.rect, QColor(tokens.selection))
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.danger if problem else tokens.text))
        inside = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        text = option.fontMetrics.elidedText(
            index.data() or "", Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, index.data(Qt.ItemDataRole.TextAlignmentRole), text)
        if index == view.currentIndex():
            painter.setPen(QPen(QColor(tokens.accent), 2 if view.hasFocus() else 1))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
