"""A form of answers in a review: dense, each answer with its state, Enter on to what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.domain.form import FieldDef, FieldKind, Section
from giamngheo_desktop.gui.forms.answer_keys import AnswerKeys
from giamngheo_desktop.gui.forms.entry import Entry, has_unparsed
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.line_edit import LineEdit, repolish
from giamngheo_desktop.gui.theme import theme

_UNIT = 96  # pixels at 100 %: fields take one or more of them
_MARK = 22  # pixels of the sign before an input and of its gap
_LETTERS = {  # the room that an answer is given, in average letters
    FieldKind.TEXT: 26,
    FieldKind.INTEGER: 8,
    FieldKind.DECIMAL: 8,
    FieldKind.MONEY: 14,
    FieldKind.DATE: 14,
    FieldKind.PARTIAL_DATE: 14,
    FieldKind.AREA: 20,
}
_LONGEST = 26  # letters of an answer of a list that are shown whole


class AnswerForm(FormView):
    """Shows what the review asks, nothing before `show_answers`. `keys` tells what was pressed
    where; `entered(code)`: Enter.
    """

    entered = Signal(str)

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        self._questions: frozenset[str] = frozenset()
        super().__init__(sections, parent)
        self.keys = AnswerKeys(self)
        for widget in self.fields.values():
            self.keys.watch(widget)
            label = self._labels[widget.field.code]
            label.setText(widget.field.short_label)
            label.setToolTip(widget.field.label)
            label.setProperty("kind", "small")
            repolish(label)

    def show_answers(
        self, states: Mapping[str, AnswerState], reasons: Mapping[str, str] | None = None
    ) -> None:
        """Ask these questions, each in its state; reasons belong to the yellow ones."""
        questions = frozenset(states)
        if questions != self._questions:
            self._questions = questions
            self._arrange()
        for code, widget in self.fields.items():
            widget.set_answer(states.get(code), (reasons or {}).get(code, ""))

    def rebase(self, sent: Mapping[str, Entry], stored: Mapping[str, Entry]) -> None:
        """`sent` was saved and is `stored` now; what was typed meanwhile stays."""
        now = self.draft()
        self._base = dict(stored)
        for code, widget in self.fields.items():
            taken = now[code] == sent.get(code) and not has_unparsed(now[code])
            if taken and now[code] != stored.get(code):
                widget.set_value(stored.get(code))
        self._first_hidden = self.fields.keys() - self._applicable()
        self.mark_saved()

    def section_of(self, code: str) -> Section:
        return next(s for s in self.sections if any(field.code == code for field in s.fields))

    def heading(self, section: str) -> QWidget:
        return self._cards[section]

    def number(self, prefix: str) -> None:
        """Name the inputs of a form that stands several times on a page."""
        for code, widget in self.fields.items():
            widget.input().setObjectName(f"{prefix}.{code}")

    def focus_field(self, code: str) -> None:
        self.fields[code].take_focus()
        edit = self.fields[code].input()
        if isinstance(edit, LineEdit) and edit.waits:
            edit.selectAll()  # also where the keyboard was there before

    def minimumSizeHint(self) -> QSize:
        """Little: only so it becomes narrow enough for its fields to be placed anew."""
        return QSize(3 * _UNIT * theme.percent // 100, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            event.accept()  # with Ctrl too: no menu or button of the window may take it
            return True
        return super().event(event)

    # -- the form of a review -------------------------------------------------------------------

    def _asked(self) -> frozenset[str]:
        return super()._asked() & self._questions

    def _next_field(self) -> None:
        code = self.current_field()
        if code is not None:
            widget = self.fields[code].input()
            if isinstance(widget, LineEdit):
                widget.deselect()
            self.entered.emit(code)

    def _columns(self) -> int:
        return max(1, (self.width() - 32) * 100 // (_UNIT * theme.percent))

    def _long_choices(self) -> frozenset[str]:
        return frozenset()

    def _fit_labels(self) -> None:
        """Labels stand over their fields and are as wide as these."""

    def _arrange_section(
        self, section: Section, columns: int, asked: frozenset[str], above: frozenset[str]
    ) -> None:
        grid = self._grids[section.code]
        for field in section.fields:
            for widget in (self._labels[field.code], self.fields[field.code]):
                grid.removeWidget(widget)
                widget.setVisible(field.code in asked)
        fields = [field for field in section.fields if field.code in asked]
        self._cards[section.code].setVisible(bool(fields))
        for column in range(max(columns, grid.columnCount())):
            grid.setColumnStretch(column, 1 if column < columns else 0)
        self._flow(grid, fields, columns)

    def _flow(self, grid: QGridLayout, fields: Iterable[FieldDef], columns: int) -> None:
        line = column = 0
        for field in fields:
            span = min(columns, self._span(self.fields[field.code]))
            if column + span > columns:
                line, column = line + 2, 0
            label, widget = self._labels[field.code], self.fields[field.code]
            label.setContentsMargins(_MARK, 0, 0, 0)
            grid.addWidget(label, line, column, 1, span, Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(widget, line + 1, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span

    def _span(self, widget: FieldWidget) -> int:
        """How many columns the answer and its label need."""
        field, letter = widget.field, self.fontMetrics().averageCharWidth()
        if field.kind is FieldKind.CHOICES:
            return 99
        if isinstance(widget.input(), LineEdit):
            longest = max((len(choice.label) for choice in field.choices), default=0)
            letters = min(_LONGEST, longest) or _LETTERS.get(field.kind, 14)
            need = letters * letter + 40
            if field.unit:
                need += self.fontMetrics().horizontalAdvance(field.unit) + 8
        else:
            need = widget.minimumSizeHint().width()
        words = self.fontMetrics().horizontalAdvance(field.short_label)
        need = max(need, min(words, 2 * _UNIT)) + _MARK
        return -(-need * 100 // (_UNIT * theme.percent))
