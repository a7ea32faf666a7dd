"""How the cells of the table of villages are filled at once: the numbers that are spread, and the
buttons that do it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop.domain.allocation import NEAR_POOR, POOR
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.text_fields import ParsedField
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.gui.targets.allocation_columns import View

_GROWTH = "homes_growth"  # in a draft, as those of the lists
_WIDTH = 72  # pixels of a field
_SCALE = 2  # decimals of a per cent


class AllocationWays(QWidget):
    """What the commune shall reach is shared out or counted by names; all villages grow alike.

    `changed`: a number was typed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wholes = {
            POOR: _field(FieldKind.INTEGER, _asked(POOR), self.tr("Toàn xã giảm hộ nghèo")),
            NEAR_POOR: _field(FieldKind.INTEGER, _asked(NEAR_POOR), self.tr("hộ cận nghèo")),
        }
        growth = self.tr("Tổng số hộ tăng")
        self.growth = _field(FieldKind.DECIMAL, _GROWTH, growth, scale=_SCALE, unit="%")
        self.share_button = button(self.tr("&Chia theo tỷ lệ"), "share_out", icon="table")
        self.share_button.setToolTip(
            self.tr("Chia số toàn xã cho các thôn theo số hộ nghèo, hộ cận nghèo đầu năm")
        )
        self.named_button = button(self.tr("Theo hộ đăng &ký"), "by_names", icon="users")
        self.named_button.setToolTip(
            self.tr("Đếm hộ đăng ký thoát nghèo của từng thôn, lên cận nghèo hay vượt chuẩn")
        )
        self.grow_button = button(self.tr("&Tính số hộ dự kiến"), "grow_homes", icon="table")
        self.grow_button.setToolTip(
            self.tr("Ghi số hộ dự kiến cuối năm của mọi thôn, cùng một tỷ lệ; rồi sửa từng thôn")
        )
        self._growing = (_labelled(self.growth), self.grow_button)
        self._fields: Mapping[str, ParsedField] = {
            **{_asked(listed): field for listed, field in self.wholes.items()},
            _GROWTH: self.growth,
        }
        line = Flow(8)
        shared = (*map(_labelled, self.wholes.values()), self.share_button, self.named_button)
        for part in (*shared, *self._growing):
            line.addWidget(part)
        self.setLayout(line)
        for field in self._fields.values():
            field.changed.connect(self.changed)

    def show_view(self, view: View) -> None:
        """How many households there will be is asked where they are shown."""
        for part in self._growing:
            part.setVisible(view is View.HOMES)

    def lock(self, *, locked: bool, registered: bool) -> None:
        """Whether nothing may be filled in; whether any household registered to leave."""
        for part in (*self._fields.values(), self.share_button, self.grow_button):
            part.setEnabled(not locked)
        self.named_button.setEnabled(not locked and registered)

    def asked(self) -> dict[str, int | None]:
        """The whole numbers of the lists; what cannot be read is none."""
        return {listed: _number(field) for listed, field in self.wholes.items()}

    def asked_growth(self) -> int | None:
        """Hundredths of a per cent."""
        return _number(self.growth)

    def as_typed(self) -> Typed:
        return {key: field.value() for key, field in self._fields.items()}

    def put_typed(self, typed: Typed) -> None:
        for key in self._fields.keys() & typed.keys():
            self._fields[key].set_value(cast("Entry", typed[key]))

    def stops(self) -> list[QWidget]:
        return [field.input() for field in self._fields.values()]


def _asked(listed: str) -> str:
    """The field of a list, in a draft too."""
    return f"{listed}_whole"


def _number(field: ParsedField) -> int | None:
    value = field.value()
    return value if isinstance(value, int) else None


def _field(kind: FieldKind, code: str, text: str, *, scale: int = 0, unit: str = "") -> ParsedField:
    made = ParsedField(FieldDef(code=code, kind=kind, label=text, scale=scale, unit=unit))
    made.edit.setFixedWidth(_WIDTH)
    return made


def _labelled(field: ParsedField) -> QWidget:
    """Not torn apart where the line breaks."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label(field.field.label, "soft"))
    row.addWidget(field)
    return made
