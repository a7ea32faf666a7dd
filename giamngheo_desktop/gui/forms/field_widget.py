"""What all field widgets share: value, problem and help beside the input, names for tests."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.gui.forms.answer_mark import WAITING, AnswerMark, show_answer
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.line_edit import LineEdit, set_state
from giamngheo_desktop.gui.parts import breakable


class FieldWidget(QWidget):
    """One field of a form. The input itself has the field's code as its object name.

    `value()` gives what is in the input now, `Unparsed` where the text is not understood;
    `changed` follows every change by hand; `set_value` is silent. A `compact` field stands in a
    cell of a grid: no unit, and its problem is told by the row.
    """

    changed = Signal()
    problem_changed = Signal()
    mark_pressed = Signal()

    def __init__(
        self, field: FieldDef, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.compact = compact
        self.answer: AnswerState | None = None
        self._mark: AnswerMark | None = None
        self._shown_answer: tuple[AnswerState | None, str] = (None, "")
        self._own_problem = ""  # text that cannot be read
        self._given_problem = ""  # what the checks say
        self._given_is_error = True
        self._shown_problem = ("", "")
        self.setObjectName(f"field_{field.code}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self._problem: QLabel | None = None  # both made when there is something to say
        self._help: QLabel | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._box.addLayout(self._line)

    # -- what every kind of field answers -------------------------------------------------------

    def value(self) -> Entry:
        raise NotImplementedError

    def set_value(self, value: Entry) -> None:
        raise NotImplementedError

    def input(self) -> QWidget:
        """The widget that takes the keyboard first."""
        raise NotImplementedError

    def tab_stops(self) -> list[QWidget]:
        """The widgets the Tab key visits, in order."""
        return [self.input()]

    # -- problem and help -----------------------------------------------------------------------

    def set_problem(self, text: str | None, *, is_error: bool = True) -> None:
        """Show what a check says beside the field; None takes it away."""
        self._given_problem, self._given_is_error = text or "", is_error
        self._show_problem()

    @property
    def problem(self) -> str:
        """The sentence now shown: unreadable text comes before what the checks say."""
        return self._own_problem or self._given_problem

    @property
    def is_error(self) -> bool:
        return bool(self._own_problem) or (bool(self._given_problem) and self._given_is_error)

    def show_help(self, shown: bool) -> None:
        """Show or hide what the definition says about this field."""
        if not shown:
            if self._help is not None:
                self._help.hide()
            return
        text = self.field.help or self.tr("Trường này không có hướng dẫn riêng.")
        if self.field.source:
            source = self.tr("Nguồn: {source}").format(source=self.field.source)
            text = f"{text}\n{source}"
        again = self.tr("Bấm F1 lần nữa: trợ giúp của cả trang.")
        if self._help is None:
            self._help = self._label_below("help")
        self._help.setText(f"{text}\n{again}")
        self._help.show()

    def help_shown(self) -> bool:
        return self._help is not None and not self._help.isHidden()

    def type_text(self, text: str) -> None:
        """Take text as if it were typed and the field left (a cell pasted from Excel)."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the cursor into the field."""
        self.input().setFocus(Qt.FocusReason.TabFocusReason)

    # -- how the answer stands in a review ------------------------------------------------------

    def set_answer(self, state: AnswerState | None, reason: str = "") -> None:
        """Show how the answer stands, and why it must be looked at; None: no review asks it."""
        if self._mark is None:
            if state is None:
                return
            self._mark = AnswerMark(f"mark_{self.field.code}")
            self._mark.pressed.connect(self.mark_pressed)
            self._line.insertWidget(0, self._mark)
        if (state, reason) == self._shown_answer:
            return  # all answers come back after each one, mostly as they were
        self._shown_answer = (state, reason)
        if self.answer is not state:
            self.answer = state
            self._show_answer(state)
        self._mark.show_state(state, reason)
        self.input().setToolTip(self._mark.toolTip() if reason else "")
        said = (self._mark.accessibleName() if state else "", reason, self.field.help)
        self.input().setAccessibleDescription(". ".join(filter(None, said)))

    def _show_answer(self, state: AnswerState | None) -> None:
        edit = self.input()
        show_answer(edit, state)
        if isinstance(edit, LineEdit):
            edit.waits = state in WAITING

    # -- for the kinds of field -----------------------------------------------------------------

    def _name_input(self, widget: QWidget) -> None:
        widget.setObjectName(self.field.code)
        widget.setAccessibleName(self.field.label)
        widget.setAccessibleDescription(self.field.help)

    def _set_own_problem(self, text: str) -> None:
        self._own_problem = text
        self._show_problem()

    def _show_problem(self) -> None:
        state = "" if not self.problem else "error" if self.is_error else "warning"
        if (state, self.problem) == self._shown_problem:
            return  # the checks come back after every field, mostly with the same findings
        self._shown_problem = (state, self.problem)
        set_state(self._framed(), state)
        if self.compact:
            self.setToolTip(self.problem)
        else:
            self._show_problem_below(state)
        self.problem_changed.emit()

    def _show_problem_below(self, state: str) -> None:
        if self._problem is None:
            self._problem = self._label_below("problem")
        self._problem.setProperty("kind", state or "error")
        self._problem.style().polish(self._problem)
        self._problem.setText(breakable(self.problem))
        self._problem.setVisible(bool(self.problem))

    def _label_below(self, kind: str) -> QLabel:
        """The problem stands above the help."""
        label = QLabel(self, wordWrap=True)
        label.setObjectName(f"{kind}_{self.field.code}")
        label.setProperty("kind", kind)
        self._box.insertWidget(1 if kind == "problem" else self._box.count(), label)
        return label

    def _framed(self) -> QWidget:
        """The widget whose frame shows the state."""
        return self.input()

    def _add_unit(self) -> None:
        if self.field.unit and not self.compact:
            unit = QLabel(self.field.unit)
            unit.setProperty("kind", "soft")
            self._line.addWidget(unit)
