"""A list whose texts are read whole: its columns share the width, and long texts get more lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from giamngheo_desktop.gui.table.chip_delegate import PADDING, CellDelegate, font_of, wrapping
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView

_TALLEST = 10_000  # pixels


class WrappedTable(TableView):
    """The widths of the columns are their shares of the whole."""

    def __init__(self, columns: Sequence[Column], name: str, label: str) -> None:
        super().__init__(columns, name, label)
        self.setItemDelegate(_WrappingDelegate(self))

    def _fit_widths(self) -> None:
        room = self.viewport().width()
        shown = [
            (at, column.width)
            for at, column in enumerate(self.rows.columns)
            if not self.isColumnHidden(at)
        ]
        whole = sum(width for _, width in shown)
        for at, width in shown:
            self.setColumnWidth(at, room * width // whole)
        self.resizeRowsToContents()


class WrappedRows(TableView):
    """The widths are those of any list; what they cut gets more lines."""

    def __init__(self, columns: Sequence[Column], name: str, label: str) -> None:
        super().__init__(columns, name, label)
        self.setItemDelegate(_WrappingDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)  # tall rows

    def _fit_widths(self) -> None:
        super()._fit_widths()
        self.resizeRowsToContents()

    def _wished(self, at: int, planned: int) -> int:
        """A long text takes its part of what is shared."""
        return self._needed(at, planned if self.rows.columns[at].tip is None else 2 * planned)

    def _squeeze(self, widths: dict[int, int]) -> None:
        """What is still too wide is shared by the texts that may wrap: nobody scrolls sideways."""
        over = sum(widths.values()) - self.viewport().width()
        spare = {
            at: max(0, width - self.heading.least_width(at))
            for at, width in widths.items()
            if self.rows.columns[at].tip is not None
        }
        whole = sum(spare.values())
        if over > 0 and whole:
            for at, room in spare.items():
                widths[at] -= min(room, -(-over * room // whole))


class _WrappingDelegate(CellDelegate):
    wraps = True

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        view = option.widget
        assert isinstance(view, TableView)
        width = view.columnWidth(index.column())
        room = QRect(0, 0, width - 2 * PADDING, _TALLEST)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        metrics = QFontMetrics(font_of(option, index))
        flags = wrapping(text, room.width(), metrics)
        height = metrics.boundingRect(room, flags, text or "–").height()
        return QSize(width, height + 12)
