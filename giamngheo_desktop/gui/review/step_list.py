"""The steps of a review, one below the other: its sign, its name, what it lacks, how many days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from giamngheo_desktop import texts
from giamngheo_desktop.domain.review_flow import Status
from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.review.review_view import StepSummary

CODE = int(Qt.ItemDataRole.UserRole)
_SUMMARY = CODE + 1
_EDGE, _GAP = 8, 8
WIDTH = 250  # pixels at 100 %

SIGNS = {
    Status.DONE: ("done", "good"),
    Status.OPEN: ("edit", "accent"),
    Status.WAITING: ("pending", "text_faint"),
}


class StepList(QListWidget):
    """`show_steps` keeps the chosen one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("steps")
        self.setAccessibleName(self.tr("Các bước của kỳ rà soát"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_StepDelegate(self))
        theme.changed.connect(self._fit)
        self._fit()

    def show_steps(self, steps: Sequence[StepSummary]) -> None:
        """Take up the states; the list is made anew only where other steps are asked for."""
        codes = [self.item(at).data(CODE) for at in range(self.count())]
        if codes != [one.step.code for one in steps]:
            self.blockSignals(True)
            self.clear()
            for one in steps:
                QListWidgetItem(self).setData(CODE, one.step.code)
            self.blockSignals(False)
        for at, one in enumerate(steps):
            item = self.item(at)
            state = texts.STEP_STATUSES[one.status]
            item.setText(f"{at + 1}. {one.step.label} · {state}")
            item.setIcon(icons.icon(*SIGNS[one.status]))
            item.setData(_SUMMARY, one)
            words = list(filter(None, (item.text(), second_line(one))))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ". ".join(words))
            item.setToolTip("\n".join((*words, one.step.help)))
        self._fit()

    def choose(self, code: str) -> None:
        """Mark a step as the one shown."""
        for at in range(self.count()):
            if self.item(at).data(CODE) == code:
                self.setCurrentRow(at)

    def code_at(self, row: int) -> str:
        return str(self.item(row).data(CODE))

    def _fit(self) -> None:
        self.setFixedWidth(WIDTH * theme.percent // 100)
        self.doItemsLayout()


def second_line(one: StepSummary) -> str:
    """What a step lacks and how long there is; of several villages how many are done."""
    days = texts.days_left_text(one.days_left)
    if one.status is Status.DONE:
        return texts.STEP_STATUSES[Status.DONE]
    if one.count > 1:
        missing = texts.VILLAGES_DONE.format(done=one.done, count=one.count)
    elif one.status is Status.WAITING and one.begun:
        missing = texts.STEP_BEGUN
    elif one.status is Status.WAITING:
        missing = "" if days else texts.STEP_STATUSES[Status.WAITING]  # its sign says it too
    else:
        missing = texts.missing_line(one.missing[0]) if one.missing else ""
    return " · ".join(filter(None, (days, missing)))


class _StepDelegate(QStyledItemDelegate):
    """Paints two lines beside the sign; a limit that has passed is red."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        one: StepSummary = index.data(_SUMMARY)
        if one is None:
            return
        tokens = theme.tokens
        place = option.rect.adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(place, 6, 6)
        side = icons.SIZE * theme.percent // 100
        sign = icons.pixmap(*SIGNS[one.status], side, _ratio(option.widget))
        bold, plain = _fonts(option.font)
        upper, lower = QFontMetrics(bold).height(), QFontMetrics(plain).height()
        left = place.left() + _EDGE + side + _GAP
        top = place.top() + (place.height() - upper - lower) // 2
        painter.drawPixmap(place.left() + _EDGE, top + (upper - side) // 2, sign)
        width = place.right() - _EDGE - left
        painter.setFont(bold)
        waits = one.status is Status.WAITING
        painter.setPen(QColor(tokens.text_soft if waits else tokens.text))
        name = f"{index.row() + 1}. {one.step.label}"
        _draw(painter, QRect(left, top, width, upper), name)
        painter.setFont(plain)
        over = one.days_left is not None and one.days_left < 0
        painter.setPen(QColor(tokens.danger if over else tokens.text_soft))
        _draw(painter, QRect(left, top + upper, width, lower), second_line(one))
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        bold, plain = _fonts(option.font)
        height = QFontMetrics(bold).height() + QFontMetrics(plain).height() + 10
        return QSize(WIDTH * theme.percent // 100 - 24, height)


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    bold, plain = QFont(font), QFont(font)
    bold.setBold(True)
    plain.setPointSizeF(font.pointSizeF() * 0.9)
    return bold, plain


def _draw(painter: QPainter, room: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


def _ratio(widget: QWidget | None) -> float:
    return widget.devicePixelRatioF() if widget is not None else 1.0
