"""Fields that are typed: text, prose, whole number, decimal, money, date, partial date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain import dates, numbers
from giamngheo_desktop.domain.answer_text import read_decimal
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.names import CAPITALS
from giamngheo_desktop.domain.numbers import without_unit
from giamngheo_desktop.domain.vietnamese import clean, clean_prose
from giamngheo_desktop.gui.forms.entry import Entry, Unparsed
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.forms.lines_edit import ProseEdit
from giamngheo_desktop.gui.forms.pick_edit import SuggestEdit

NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)


class TextField(FieldWidget):
    """Free text on one line; may suggest what was typed elsewhere, in a list below it."""

    def __init__(
        self, field: FieldDef, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(field, compact=compact, parent=parent)
        self.edit = SuggestEdit()
        if compact:
            self.edit.setProperty("kind", "cell")
        self._name_input(self.edit)
        self._line.addWidget(self.edit)
        self._add_unit()
        self._fresh = False  # typed since the field was last left
        self._overruled = ""  # capitalised once; typed again it stays
        self.edit.textEdited.connect(self._typed)
        self.edit.option_picked.connect(self._picked)
        self.edit.editingFinished.connect(self._tidy)

    def value(self) -> Entry:
        return clean(self.edit.text()) or None

    def set_value(self, value: Entry) -> None:
        self.edit.setText(value.text if isinstance(value, Unparsed) else str(value or ""))

    def set_suggestions(self, suggestions: Sequence[str]) -> None:
        """Texts offered while typing (schools, hamlets …); they are never filled in unasked."""
        self.edit.set_suggestions(suggestions)

    def input(self) -> QWidget:
        return self.edit

    def type_text(self, text: str) -> None:
        self.edit.setText(clean(text))

    def _typed(self) -> None:
        self._fresh = True
        self.changed.emit()

    def _picked(self) -> None:
        self.changed.emit()

    def _tidy(self) -> None:
        text = self.edit.text()
        tidy = clean(text)
        fresh, self._fresh = self._fresh, False
        if fresh and self.field.capitals and tidy != self._overruled:
            proper = CAPITALS[self.field.capitals](tidy)
            if proper != tidy:
                self._overruled, tidy = tidy, proper
        if tidy != text:
            self.edit.setText(tidy)
        if tidy != clean(text):
            self.changed.emit()


class ProseField(FieldWidget):
    """Text that keeps its lines."""

    def __init__(self, field: FieldDef, *, parent: QWidget | None = None) -> None:
        super().__init__(field, parent=parent)
        self.edit = ProseEdit(field.lines)
        self._name_input(self.edit)
        self._line.addWidget(self.edit)
        self._shown = ""
        self.edit.textChanged.connect(self._typed)

    def value(self) -> Entry:
        return self.edit.lines() or None

    def set_value(self, value: Entry) -> None:
        self._shown = str(value or "")
        self.edit.setPlainText(self._shown)

    def input(self) -> QWidget:
        return self.edit

    def type_text(self, text: str) -> None:
        self.set_value(clean_prose(text))

    def _typed(self) -> None:
        """Qt tells of what is set, and of the looks of a text, too."""
        text = self.edit.toPlainText()
        before, self._shown = self._shown, text
        if text != before:
            self.changed.emit()


class ParsedField(FieldWidget):
    """A value with a written form; what cannot be read stays as typed, with a sentence."""

    def __init__(
        self, field: FieldDef, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(field, compact=compact, parent=parent)
        self._parse, self._format = _forms_of(field)
        self._unit = field.unit if field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL) else ""
        self.edit = LineEdit()
        self.edit.typed_anew = field.kind in (FieldKind.DATE, FieldKind.PARTIAL_DATE)
        if compact:
            self.edit.setProperty("kind", "cell")
        if field.kind in NUMBERS:
            self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setPlaceholderText(self._placeholder())
        self._name_input(self.edit)
        self._line.addWidget(self.edit)
        self._add_unit()
        self.edit.textEdited.connect(self._edited)
        self.edit.editingFinished.connect(self._finish)
        if not compact:
            self._line.setStretchFactor(self.edit, 3)
            self._line.addStretch(1)
        self._limit_width()

    def value(self) -> Entry:
        text = clean(self.edit.text())
        if not text:
            return None
        try:
            return self._parse(without_unit(text, self._unit))  # type: ignore[no-any-return]
        except ValueError as error:
            return Unparsed(text, str(error.args[0]))

    def set_value(self, value: Entry) -> None:
        if value is None:
            text = ""
        elif isinstance(value, Unparsed):
            text = value.text
        else:
            text = self._format(value)
        self.edit.setText(text)
        self._judge()

    def set_unit(self, unit: str) -> None:
        """What may be typed behind a number, where another answer says its unit."""
        if unit != self._unit:
            self._unit = unit
            self._judge()

    def input(self) -> QWidget:
        return self.edit

    def take_focus(self) -> None:
        super().take_focus()
        if self.edit.typed_anew:
            self.edit.selectAll()  # a dialog not yet active gets the focus later, without a Tab

    def type_text(self, text: str) -> None:
        self.edit.setText(clean(text))
        self._finish()

    def _edited(self) -> None:
        if self._own_problem and not isinstance(self.value(), Unparsed):
            self._set_own_problem("")
        self.changed.emit()

    def _finish(self) -> None:
        value = self.value()
        if value is not None and not isinstance(value, Unparsed):
            shown = self._format(value)
            if shown != self.edit.text():
                self.edit.setText(shown)
        self._judge()

    def _judge(self) -> None:
        value = self.value()
        problem = texts.PARSE_ERRORS[value.code] if isinstance(value, Unparsed) else ""
        if problem != self._own_problem:
            self._set_own_problem(problem)

    def _placeholder(self) -> str:
        match self.field.kind:
            case FieldKind.DATE:
                return self.tr("ngày/tháng/năm")
            case FieldKind.PARTIAL_DATE:
                whole, short = self.tr("ngày/tháng/năm hoặc năm"), self.tr("ngày, năm")
                return short if self.compact else whole
        return ""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "edit"):
            self._limit_width()

    def _limit_width(self) -> None:
        """A number needs no line as long as the page."""
        if not self.compact:
            letters = 24 if self.field.kind is FieldKind.PARTIAL_DATE else 16
            self.edit.setMaximumWidth(self.fontMetrics().averageCharWidth() * letters + 48)


def _forms_of(field: FieldDef) -> tuple[Callable[[str], Any], Callable[[Any], str]]:
    match field.kind:
        case FieldKind.INTEGER:
            return numbers.parse_integer, numbers.format_integer
        case FieldKind.MONEY:
            return numbers.parse_money, numbers.format_integer
        case FieldKind.DECIMAL:
            parse = partial(read_decimal, scale=field.scale)
            return parse, partial(numbers.format_quantity, scale=field.scale)
        case FieldKind.DATE:
            return dates.parse_date, dates.format_date
        case FieldKind.PARTIAL_DATE:
            return dates.parse_partial_date, dates.format_partial_date
    raise ValueError(field.kind)
