"""A list whose texts are read whole: its columns share the width, and long texts get more lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from giamngheo_desktop.gui.table.chip_delegate import (
    PADDING,
    CellDelegate,
    chip_size,
    font_of,
    wrapped_chip,
    wrapping,
)
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.row_model import CHIP_ROLE
from giamngheo_desktop.gui.table.table_view import MEASURED, TableView
from giamngheo_desktop.gui.theme import theme

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
    """The widths are those of any list; what they cut gets more lines. Texts that have a `tip` may
    wrap, between words alone.
    """

    def __init__(self, columns: Sequence[Column], name: str, label: str) -> None:
        self._words: dict[int, int] = {}
        super().__init__(columns, name, label)
        self.setItemDelegate(_WrappingDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)  # tall rows

    def _measure(self) -> None:
        """Also how wide the longest word of each text that wraps is."""
        super()._measure()
        rows = range(min(MEASURED, self.rows.rowCount()))
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        self._words = {
            at: max((_longest_word(option, self.rows.index(r, at)) for r in rows), default=0)
            for at in self._wanted
            if self._may_wrap(at)
        }

    def _fit_widths(self) -> None:
        super()._fit_widths()
        self.resizeRowsToContents()

    def _may_wrap(self, at: int) -> bool:
        return self.rows.columns[at].tip is not None

    def _wished(self, at: int, planned: int) -> int:
        """A long text takes its part of what is shared."""
        return self._needed(at, 2 * planned if self._may_wrap(at) else planned)

    def _claimed(self, at: int, planned: int) -> int:
        """A text that may wrap drives no other column out for more than its planned width."""
        needed = self._needed(at, planned)
        return min(needed, max(planned, self._least(at))) if self._may_wrap(at) else needed

    def _least(self, at: int) -> int:
        """What no text goes below: its longest word, unless that is wider than all was planned."""
        planned = self.rows.columns[at].width * theme.percent // 100
        return max(self.heading.least_width(at), min(self._words.get(at, 0), planned))

    def _squeeze(self, widths: dict[int, int]) -> None:
        """What is still too wide is shared by the texts that may wrap: nobody scrolls sideways."""
        over = sum(widths.values()) - self.viewport().width()
        spare = {
            at: max(0, width - self._least(at))
            for at, width in widths.items()
            if self._may_wrap(at)
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
        room = width - 2 * PADDING
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if text and index.data(CHIP_ROLE):
            return QSize(width, wrapped_chip(text, option.font, room).height() + 12)
        metrics = QFontMetrics(font_of(option, index))
        flags = wrapping(text, room, metrics)
        height = metrics.boundingRect(QRect(0, 0, room, _TALLEST), flags, text or "–").height()
        return QSize(width, height + 12)


def _longest_word(option: QStyleOptionViewItem, index: QModelIndex) -> int:
    """The width of a cell that holds the longest word of its text alone."""
    text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
    if index.data(CHIP_ROLE):
        width = max((chip_size(word, option.font).width() for word in text.split()), default=0)
    else:
        metrics = QFontMetrics(font_of(option, index))
        width = max(map(metrics.horizontalAdvance, text.split()), default=0) + 1
    return width + 2 * PADDING
