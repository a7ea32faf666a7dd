"""Fields answered from a list: one choice, many choices, yes/no, an area."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.forms.check_boxes import CheckBoxes
from giamngheo_desktop.gui.forms.entry import Entry, Unparsed
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.forms.options import PLACES, Option, Options, options_of, resolve
from giamngheo_desktop.gui.forms.pick_edit import PickEdit
from giamngheo_desktop.gui.forms.segments import Segments

SHORT_COUNT, SHORT_LETTERS = 5, 36  # what fits a row of buttons


def fits_segments(options: Sequence[Option]) -> bool:
    """Whether these answers are few and short enough to stand in a row of buttons."""
    letters = sum(len(option.label) + 3 for option in options)
    return 0 < len(options) <= SHORT_COUNT and letters <= SHORT_LETTERS


class SegmentField(FieldWidget):
    """One choice among a few short answers; yes/no with "not known" as its third answer."""

    def __init__(
        self, field: FieldDef, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(field, compact=compact, parent=parent)
        if field.kind is FieldKind.YES_NO:
            options = (Option(True, self.tr("Có")), Option(False, self.tr("Không")))
            unknown = None if field.decided else Option(None, self.tr("Chưa rõ"))
            self.segments = Segments(options, none=unknown)
        else:
            self.segments = Segments(options_of(field))
        self._waiting: Entry = None  # a value that is none of the answers: kept until one is chosen
        self._name_input(self.segments)
        self._line.addWidget(self.segments)
        self._line.addStretch()
        self.segments.chosen.connect(self._chosen)

    def value(self) -> Entry:
        chosen = self.segments.value()
        return self._waiting if chosen is None else chosen  # type: ignore[return-value]

    def set_value(self, value: Entry) -> None:
        self.segments.choose(value)
        self._waiting = value if self.segments.value() is None else None
        self._set_own_problem(_not_understood(self, value))

    def input(self) -> QWidget:
        return self.segments

    def _show_answer(self, state: AnswerState | None) -> None:
        self.segments.set_answer(state)

    def _chosen(self) -> None:
        self._waiting = None
        self._set_own_problem("")
        self.changed.emit()


class PickField(FieldWidget):
    """One of a longer list. Text that is no answer of the list stays, with a sentence beside it."""

    def __init__(
        self, field: FieldDef, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(field, compact=compact, parent=parent)
        self.edit = PickEdit()
        self._picked: Option | None = None
        self._waiting: object = None  # a value whose label is not offered (yet)
        self._resolved: tuple[str, Option | None] | None = None  # the last text, and what it means
        if compact:
            self.edit.setProperty("kind", "cell")
        self._name_input(self.edit)
        self._line.addWidget(self.edit)
        self.edit.textEdited.connect(self._edited)
        self.edit.option_picked.connect(self._take)
        self.edit.editingFinished.connect(self._finish)
        if field.kind is FieldKind.YES_NO:
            self.set_options(
                (
                    Option(True, self.tr("Có"), ("co", "x", "1")),
                    Option(False, self.tr("Không"), ("khong", "0", "2")),
                )
            )
        else:
            self.set_options(options_of(field))

    def set_options(self, options: Sequence[Option]) -> None:
        """The answers offered; a value set before is shown as soon as its label is known."""
        value = self.value()
        self._resolved = None
        self.edit.options = options if isinstance(options, Options) else tuple(options)
        if self.field.kind is FieldKind.CHOICE and len(options) <= PLACES:
            self.edit.numbers = {
                option.value: number
                for number, option in enumerate(options, start=1)
                if self._resolve(str(number)) == option
            }
        self.set_value(value)

    def value(self) -> Entry:
        text = clean(self.edit.text())
        if not text:
            return self._waiting  # type: ignore[return-value]
        if self._picked is not None and self._picked.label == text:
            return self._picked.value  # type: ignore[return-value]
        found = self._resolve(text)
        if found is None:
            return Unparsed(text, "not_in_list")
        return found.value  # type: ignore[return-value]

    def set_value(self, value: Entry) -> None:
        self._waiting, self._picked = None, None
        if isinstance(value, Unparsed):
            self.edit.setText(value.text)
        else:
            options = self.edit.options
            self._picked = _with_value(options, value)
            if self._picked is None and value is not None:
                self._waiting = value
            self.edit.setText("" if self._picked is None else self._picked.label)
        unknown = self._waiting if self.field.kind is FieldKind.CHOICE else None
        old = self.tr("Mã cũ, không còn trong danh sách: {code}")
        if self.field.kind is FieldKind.AREA and self._waiting is not None and self.edit.options:
            self.edit.setPlaceholderText(self.tr("Giữ nơi đã lưu, không có trong danh sách này"))
        elif self.field.kind is FieldKind.RECORD and self._waiting is not None:
            self.edit.setPlaceholderText(self.tr("Giữ mục đã lưu, không có trong danh sách này"))
        else:
            self.edit.setPlaceholderText("" if unknown is None else old.format(code=unknown))
        self._judge()

    def input(self) -> QWidget:
        return self.edit

    @property
    def is_settled(self) -> bool:
        """Whether the whole answer stands there: half a word may mean another one yet."""
        return self._picked is not None and self._picked.label == clean(self.edit.text())

    def type_text(self, text: str) -> None:
        self._waiting = None
        self.edit.setText(clean(text))
        self._finish()

    def _resolve(self, text: str) -> Option | None:
        """Every key pressed anywhere in the form asks this of all its fields."""
        if self._resolved is None or self._resolved[0] != text:
            is_choice = self.field.kind is FieldKind.CHOICE
            found = resolve(self.edit.options, text, self.field if is_choice else None)
            self._resolved = (text, found)
        return self._resolved[1]

    def _edited(self) -> None:
        self._waiting = None
        if self._own_problem and not isinstance(self.value(), Unparsed):
            self._set_own_problem("")
        self.changed.emit()

    def _take(self, option: Option) -> None:
        self._waiting, self._picked = None, option
        self._judge()
        self.changed.emit()

    def _finish(self) -> None:
        text = clean(self.edit.text())
        if self._picked is None or self._picked.label != text:
            self._picked = self._resolve(text)
        if self._picked is not None and self._picked.label != self.edit.text():
            self.edit.setText(self._picked.label)
        self._judge()

    def _judge(self) -> None:
        problem = ""
        if isinstance(self.value(), Unparsed):
            problem = self.tr("Không có trong danh sách: bấm ↓ để chọn một dòng.")
        if problem != self._own_problem:
            self._set_own_problem(problem)


def _with_value(options: Sequence[Option], value: object) -> Option | None:
    if isinstance(options, Options):
        return options.by_value.get(value)
    return next((option for option in options if option.value == value), None)


class AreaField(PickField):
    """A village, a unit or a record; the page says which are offered (`set_options`)."""


class ChoicesField(FieldWidget):
    """Any number of answers, each with a box; "none of them" is an answer, silence is not."""

    def __init__(
        self, field: FieldDef, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(field, compact=compact, parent=parent)
        self._waiting: Unparsed | None = None
        self._strange: tuple[str, ...] = ()  # answers of an older list, carried through
        self.boxes = CheckBoxes(options_of(field), none=self.tr("Không có"), name=field.code)
        self._name_input(self.boxes)
        self._line.addWidget(self.boxes)
        self.boxes.ticked.connect(self._ticked)

    def value(self) -> Entry:
        if self._waiting is not None:
            return self._waiting
        ticked = self.boxes.value()
        return (*ticked, *self._strange) if ticked is not None else self._strange or None

    def set_value(self, value: Entry) -> None:
        self._waiting = value if isinstance(value, Unparsed) else None
        self._set_own_problem(_not_understood(self, value))
        codes = value if isinstance(value, tuple) else None
        known = self.field.codes
        self._strange = tuple(str(code) for code in codes or () if code not in known)
        self.boxes.set_value(codes if codes is None or not self._strange else set(codes) & known)

    def input(self) -> QWidget:
        return self.boxes

    def _show_answer(self, state: AnswerState | None) -> None:
        self.boxes.set_answer(state)

    def _ticked(self) -> None:
        self._waiting = None
        self._set_own_problem("")
        self.changed.emit()


def _not_understood(widget: FieldWidget, value: Entry) -> str:
    """The sentence for typed text that stands where only answers can be pressed."""
    if not isinstance(value, Unparsed):
        return ""
    said = widget.tr("Chưa hiểu “{text}”: chọn một câu trả lời.")
    return said.format(text=value.text)
