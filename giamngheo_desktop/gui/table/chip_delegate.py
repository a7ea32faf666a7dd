"""How cells are painted: the row of the cursor, and classes as chips with text."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from giamngheo_desktop.gui.table.row_model import CHIP_ROLE, HEADING_ROLE
from giamngheo_desktop.gui.theme import theme

PADDING = 9  # left and right of a cell's text, as in the heading
CHIP_PADDING = 8
_TALLEST = 10_000  # pixels


def paint_chip(
    painter: QPainter, room: QRectF, text: str, name: str, font: QFont, *, wraps: bool = False
) -> QRectF:
    """Paint a chip at the left of `room`, centred upright; returns the place it took. What does not
    fit in a line is elided, unless it `wraps`.
    """
    chip = theme.tokens.chips[name]
    bold = _bold(font)
    metrics = QFontMetricsF(bold)
    wraps = wraps and chip_size(text, font).width() > room.width()
    width = min(room.width(), metrics.horizontalAdvance(text) + 2 * CHIP_PADDING)
    needed = wrapped_chip(text, font, int(width)).height() if wraps else metrics.height() + 4
    height = min(room.height(), needed)
    place = QRectF(room.left(), room.center().y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(chip.frame), 1))
    painter.setBrush(QColor(chip.fill))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(bold)
    painter.setPen(QColor(chip.text))
    inside = place.adjusted(CHIP_PADDING, 0, -CHIP_PADDING, 0)
    where = int(Qt.AlignmentFlag.AlignVCenter)
    if wraps:
        where |= wrapping(text, int(inside.width()), QFontMetrics(bold))
    else:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width() + 1)
    painter.drawText(inside, where, text)
    painter.restore()
    return place


def chip_size(text: str, font: QFont) -> QSize:
    """The room a chip needs for its whole text in one line."""
    metrics = QFontMetricsF(_bold(font))
    return QSize(
        int(metrics.horizontalAdvance(text) + 2 * CHIP_PADDING + 1), int(metrics.height() + 5)
    )


def wrapped_chip(text: str, font: QFont, width: int) -> QSize:
    """The room it needs where there are but `width` pixels."""
    whole = chip_size(text, font)
    if whole.width() <= width:
        return whole
    metrics = QFontMetrics(_bold(font))
    inside = QRect(0, 0, width - 2 * CHIP_PADDING, _TALLEST)
    height = metrics.boundingRect(inside, wrapping(text, inside.width(), metrics), text).height()
    return QSize(width, height + 5)


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    made.setPointSizeF(font.pointSizeF() * 0.9)
    return made


def wrapping(text: str, width: int, metrics: QFontMetrics) -> int:
    """How a text wraps: between words, or anywhere where one is too long, as names of files are."""
    longest = max(text.split(), key=len, default="")
    fits = metrics.horizontalAdvance(longest) <= width
    return int(Qt.TextFlag.TextWordWrap if fits else Qt.TextFlag.TextWrapAnywhere)


class CellDelegate(QStyledItemDelegate):
    """Paints a cell: ground, text or chip, and a frame around the cell of the cursor."""

    wraps = False  # else what does not fit in a line is elided

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = theme.tokens
        view = option.widget
        current = view.currentIndex() if isinstance(view, QAbstractItemView) else QModelIndex()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, QColor(tokens.selection))
        elif current.isValid() and current.row() == index.row():
            painter.fillRect(option.rect, QColor(tokens.accent_soft))
        elif index.row() % 2:
            painter.fillRect(option.rect, QColor(tokens.raised))
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        inside = QRectF(option.rect).adjusted(PADDING, 0, -PADDING, 0)
        chip = index.data(CHIP_ROLE)
        if chip and text:
            paint_chip(painter, inside, text, chip, option.font, wraps=self.wraps)
        elif text:
            font = font_of(option, index)
            painter.setFont(font)
            painter.setPen(QColor(tokens.text))
            where = int(index.data(Qt.ItemDataRole.TextAlignmentRole))
            if self.wraps:
                where |= wrapping(text, int(inside.width()), QFontMetrics(font))
            else:
                text = QFontMetrics(font).elidedText(
                    text, Qt.TextElideMode.ElideRight, int(inside.width())
                )
            painter.drawText(inside, where, text)
        if _has_cursor(view) and current == index:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The whole text of a cell that could not show it."""
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        if not tip and self.sizeHint(option, index).width() > option.rect.width():
            tip = index.data(Qt.ItemDataRole.DisplayRole)
        QToolTip.showText(event.globalPos(), str(tip or ""), view)
        return True

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if index.data(CHIP_ROLE):
            size = chip_size(text, option.font)
        else:
            metrics = QFontMetrics(font_of(option, index))
            size = QSize(metrics.horizontalAdvance(text) + 1, metrics.height())
        return QSize(size.width() + 2 * PADDING, size.height() + 10)


def font_of(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QFont:
    """That of a cell; records that stand above others are bold."""
    font = QFont(option.font)
    font.setBold(font.bold() or bool(index.data(HEADING_ROLE)))
    return font


def _has_cursor(view: QWidget | None) -> bool:
    return view is not None and view.hasFocus()
