"""Fields of texts below each other, each with its name above or beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.forms.line_edit import LineEdit, lock
from giamngheo_desktop.gui.forms.lines_edit import LinesEdit
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.settings.section import DayField
from giamngheo_desktop.gui.theme import theme

_BESIDE = 128  # pixels at 100 % of a name
DAY = 0  # in place of a number of lines


@dataclass(frozen=True, slots=True)
class Named:
    """A field: its code, its name, how many lines it has (`DAY`: a day), and what to write."""

    code: str
    name: str
    lines: int = 1
    hint: str = ""


class TextForm(QWidget):
    """`changed()` after each key; `values()` as stored, `as_typed()` as it stands there."""

    changed = Signal()

    def __init__(self, fields: Sequence[Named]) -> None:
        super().__init__()
        self.fields: dict[str, LineEdit | LinesEdit | DayField] = {}
        self._names = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, one in enumerate(fields):
            said = label(one.name, "soft", wrap=True)
            said.setContentsMargins(0, 7, 0, 0)
            said.setAlignment(Qt.AlignmentFlag.AlignTop)
            field = _field(one)
            grid.addWidget(said, at, 0)
            grid.addWidget(field, at, 1)
            self._names.append(said)
            self.fields[one.code] = field
            signal = field.changed if isinstance(field, DayField) else field.textChanged
            signal.connect(self.changed)
        grid.setRowStretch(len(fields), 1)
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        for said in self._names:
            said.setFixedWidth(_BESIDE * theme.percent // 100)

    def as_typed(self) -> dict[str, str]:
        return {code: _text(field) for code, field in self.fields.items()}

    def put(self, typed: Mapping[str, object]) -> None:
        for code, field in self.fields.items():
            if code in typed:
                _put(field, str(typed[code] or ""))

    def values(self) -> dict[str, object]:
        """By code what is stored; a day that cannot be read is what was typed."""
        return {code: _value(field) for code, field in self.fields.items()}

    def show_values(self, values: Mapping[str, object]) -> None:
        for code, field in self.fields.items():
            value = values.get(code)
            _put(field, format_date(value) if hasattr(value, "year") else str(value or ""))  # type: ignore[arg-type]

    def unreadable(self) -> bool:
        """Whether a day is none; the cursor goes there."""
        for field in self.fields.values():
            if isinstance(field, DayField) and field.edit.text().strip() and field.day() is None:
                field.take_focus()
                return True
        return False

    def allow(self, codes: Sequence[str] | None) -> None:
        """Only these can be typed into; None: all."""
        for code, field in self.fields.items():
            free = codes is None or code in codes
            lock(field.edit if isinstance(field, DayField) else field, not free)

    def stops(self) -> list[QWidget]:
        return [
            field.input() if isinstance(field, DayField) else field
            for field in self.fields.values()
        ]


def _field(one: Named) -> LineEdit | LinesEdit | DayField:
    if one.lines == DAY:
        return DayField(one.code, one.name)
    field: LineEdit | LinesEdit = LinesEdit(one.lines) if one.lines > 1 else LineEdit()
    field.setObjectName(one.code)
    field.setAccessibleName(one.name)
    field.setPlaceholderText(one.hint)
    return field


def _text(field: LineEdit | LinesEdit | DayField) -> str:
    if isinstance(field, DayField):
        return field.edit.text()
    return field.toPlainText() if isinstance(field, LinesEdit) else field.text()


def _put(field: LineEdit | LinesEdit | DayField, text: str) -> None:
    if isinstance(field, DayField):
        field.edit.setText(text)
    elif isinstance(field, LinesEdit):
        field.setPlainText(text)
    else:
        field.setText(text)
        field.setCursorPosition(0)


def _value(field: LineEdit | LinesEdit | DayField) -> object:
    if isinstance(field, DayField):
        return field.day() or clean(field.edit.text()) or None
    if isinstance(field, LinesEdit):
        return field.lines() or None
    return clean(field.text()) or None
