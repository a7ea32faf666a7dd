"""A number by month against the one that was promised: columns from nought, up or down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.gui.charts import Chart, Plan, Shape, Text
from giamngheo_desktop.gui.theme import theme

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_HEIGHT = 110.0  # of the columns, all of them together
_WIDEST = 44.0


@dataclass(frozen=True, slots=True)
class Month:
    """What stood at the end of one: `value` None where it is not known, `text` above its column."""

    label: str
    value: float | None
    text: str = ""
    payload: object = None


@dataclass(frozen=True, slots=True)
class Promised:
    """The number of the target: a line across the columns, in words above them."""

    value: float
    text: str


class MonthColumns(Chart):
    """`clicked(payload)` of the month that is pressed."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self._months: tuple[Month, ...] = ()
        self._promised: Promised | None = None
        self.replan()

    def set_months(self, months: Sequence[Month], promised: Promised | None = None) -> None:
        self._months, self._promised = tuple(months), promised
        self.replan()

    def _is_empty(self) -> bool:
        return all(month.value is None for month in self._months)

    def _least_width(self) -> float:
        texts = [text for month in self._months for text in (month.label, month.text)]
        widest = max((self._size(text, small=True).width() for text in texts), default=0)
        return len(self._months) * (widest + 4)

    def _make(self, width: float) -> Plan:
        plan, tokens = Plan(), theme.tokens
        line = self._size("0", small=True).height()
        top = self._head(plan, width) + line + 4
        known = [month.value for month in self._months if month.value is not None]
        reached = [*known, *([self._promised.value] if self._promised else [])]
        low, high = min(0.0, *reached), max(0.0, *reached)
        unit = _HEIGHT / ((high - low) or 1.0)
        base = top + high * unit
        below = top + _HEIGHT + (line + 4 if low < 0 else 0)
        slot = width / len(self._months)
        for at, month in enumerate(self._months):
            self._column(plan, month, QRectF(at * slot, base, slot, below - base), unit)
        plan.shapes.append(Shape(QRectF(0, base, width, 1), tokens.border_strong))
        if self._promised is not None:
            place = QRectF(0, base - self._promised.value * unit - 1, width, 2)
            plan.shapes.append(Shape(place, tokens.text_soft))
        plan.height = below + line + 6
        return plan

    def _head(self, plan: Plan, width: float) -> float:
        """What the line says; returns the height used."""
        if self._promised is None:
            return 0.0
        tokens = theme.tokens
        size = self._size(self._promised.text, small=True, room=width - 26)
        line = QRectF(0, size.height() / 2 - 1, 18, 2)
        plan.shapes.append(Shape(line, tokens.text_soft))
        place = QRectF(26, 0, size.width(), size.height())
        flags = _LEFT | int(Qt.TextFlag.TextWordWrap)
        plan.texts.append(Text(place, self._promised.text, flags, tokens.text_soft, small=True))
        return size.height() + 4

    def _column(self, plan: Plan, month: Month, slot: QRectF, unit: float) -> None:
        """`slot` begins at the line of nought and ends above the name of the month."""
        tokens = theme.tokens
        name = self._size(month.label, small=True)
        under = QRectF(slot.left(), slot.bottom() + 3, slot.width(), name.height())
        plan.texts.append(Text(under, month.label, _CENTRE, tokens.text, small=True))
        if month.value is None:
            return
        height = abs(month.value) * unit
        thick = min(_WIDEST, slot.width() * 0.62)
        left = slot.left() + (slot.width() - thick) / 2
        upper = slot.top() - height if month.value >= 0 else slot.top()
        piece = QRectF(left, upper, thick, max(height, 1.0))
        plan.shapes.append(Shape(piece, tokens.accent))
        size = self._size(month.text, small=True)
        over = upper - size.height() - 2 if month.value >= 0 else piece.bottom() + 2
        place = QRectF(slot.left(), over, slot.width(), size.height())
        plan.texts.append(Text(place, month.text, _CENTRE, tokens.text, small=True))
        if month.payload is not None:
            whole = piece.united(place).united(under)
            plan.hits.append((whole, month.payload, f"{month.label}: {month.text}"))
