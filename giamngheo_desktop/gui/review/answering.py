"""Going through the open questions of a household: what each key does to the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from giamngheo_desktop.domain.answers import Answers, AnswerState, Key
from giamngheo_desktop.gui.forms.entry import Entry, has_unparsed
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.review.answer_sheet import AnswerSheet

_KEPT = (AnswerState.CARRIED, AnswerState.TOUCHED)


class Answering(QObject):
    """`answered()`: an answer is complete, what follows from it can be computed; `confirmed()`:
    answers hold as they are, nothing follows; `changed()` after every key that changed something;
    `finished()`: nothing is open any more; `refused(sentence)`: why a key did nothing.
    """

    answered = Signal()
    confirmed = Signal()
    changed = Signal()
    finished = Signal()
    refused = Signal(str)

    def __init__(self, sheet: AnswerSheet) -> None:
        super().__init__(sheet)
        self.answers = Answers()
        self.reasons: Mapping[Key, str] = {}
        self._sheet = sheet
        self._before: dict[Key, tuple[Entry, AnswerState]] = {}  # of what became "not known"
        self._typing: Key | None = None  # a text that is not complete yet
        sheet.changed.connect(self._typed)
        sheet.accepted.connect(self._accept)
        sheet.unknown.connect(self.set_unknown)
        sheet.entered.connect(self._enter)
        sheet.section_accepted.connect(self._accept_section)
        sheet.all_accepted.connect(self.accept_all)

    def start(self, answers: Answers, reasons: Mapping[Key, str]) -> None:
        """Begin with a household that was just shown."""
        self._before = {}
        self._typing = None
        self.show(answers, reasons)

    def show(self, answers: Answers, reasons: Mapping[Key, str]) -> None:
        """What is asked now, and how it stands."""
        self.answers, self.reasons = answers, reasons
        self._sheet.show_answers(answers, reasons)

    def complete(self) -> None:
        """The text being typed is complete: the field was left, or something is done with it."""
        if self._typing is not None:
            self._typing = None
            self.answered.emit()

    def go_on(self, after: Key | None = None) -> None:
        """To the next open question; `finished` where there is none."""
        self.complete()
        key = self.answers.next_open(after)
        if key is None:
            self.finished.emit()
        else:
            self._sheet.go_to(key)

    def set_unknown(self, key: Key) -> None:
        """Không biết; pressed again, the answer of before stands there once more."""
        if key not in self.answers.states:
            return
        if self.answers.state(key) is AnswerState.UNKNOWN:
            value, state = self._before.pop(key, (None, AnswerState.EMPTY))
            self._sheet.set_value(key, value)
            self.answers = Answers({**self.answers.states, key: state})
            self._sheet.show_state(key, self.answers)
            self._sheet.go_to(key)
        else:
            state = self.answers.states[key]
            self._before[key] = (self._sheet.value(key), state)
            self._sheet.set_value(key, None)
            self.answers = self.answers.unknown(key)
            self._sheet.show_state(key, self.answers)
        self.changed.emit()
        self.answered.emit()

    def accept_all(self) -> None:
        """The grey answers of the household, once all of them have been on screen."""
        unseen = self._sheet.unseen()
        if unseen:
            said = self.tr("Còn {count} câu màu xám chưa hiện trên màn hình: xem hết rồi bấm lại.")
            self._sheet.show_field(unseen[0])
            self.refused.emit(said.format(count=len(unseen)))
            return
        self._accept_keys(self.answers)

    # -- keys -----------------------------------------------------------------------------------

    def _typed(self, key: Key) -> None:
        value = self._sheet.value(key)
        self._before.pop(key, None)
        if key in self.answers.states:
            state = self.answers.state(key)
            is_empty = value is None or has_unparsed(value)
            self.answers = self.answers.typed(key, is_empty=is_empty)
            if self.answers.state(key) is not state:
                self._sheet.show_state(key, self.answers)
        self.changed.emit()
        if isinstance(self._sheet.field(key).input(), LineEdit):
            self._typing = key
        else:
            self.answered.emit()

    def _accept(self, key: Key) -> None:
        if self._sheet.is_proposed(key):
            self.answers = self.answers.typed(key, is_empty=False)
            self._sheet.show_state(key, self.answers)
            self.changed.emit()
            self.answered.emit()
        elif self.answers.state(key) in _KEPT:
            self.answers = self.answers.accept(key)
            self._sheet.show_state(key, self.answers)
            self.changed.emit()
            self.confirmed.emit()
        elif self.answers.state(key) is AnswerState.UNKNOWN:
            return
        self.go_on(key)

    def _accept_section(self, keys: Iterable[Key]) -> None:
        keys = list(keys)
        self._accept_keys(keys, after=next((k for k in reversed(keys) if k in self.answers), None))

    def _accept_keys(self, keys: Iterable[Key], after: Key | None = None) -> None:
        before = self.answers
        self.answers = before.accept_all(keys)
        if self.answers != before:
            self._sheet.show_answers(self.answers, self.reasons)
            self.changed.emit()
            self.confirmed.emit()
        # what is yellow or empty above comes first
        first = next((key for key in keys if key in self.answers.open_keys()), None)
        self.go_on(after) if first is None else self._sheet.go_to(first)

    def _enter(self, key: Key) -> None:
        self.go_on(key)
