"""The form of one household in a review: opens it, keeps what is typed, saves and settles it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import cast
from uuid import UUID

from PySide6.QtCore import QMetaMethod, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.answers import Answers, Key
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.errors import AppError, StaleRecordError
from giamngheo_desktop.gui import messages, shortcuts
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.household import record
from giamngheo_desktop.gui.household.key_queue import KeyQueue
from giamngheo_desktop.gui.household.record import Typed
from giamngheo_desktop.gui.household.stale_dialog import StaleDialog, differences
from giamngheo_desktop.gui.review import case_reading, case_words
from giamngheo_desktop.gui.review.answer_sheet import AnswerSheet
from giamngheo_desktop.gui.review.answering import Answering
from giamngheo_desktop.gui.review.case_drafts import CaseDrafts
from giamngheo_desktop.gui.review.case_header import CaseHeader
from giamngheo_desktop.gui.review.case_reading import CaseRead, Save
from giamngheo_desktop.gui.review.closing import Closing
from giamngheo_desktop.gui.review.end_line import EndLine
from giamngheo_desktop.gui.review.live_panel import LivePanel
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.review.case_entry import CaseSheet

DRAFT_DELAY = 1000  # milliseconds after the first key that is not kept yet


class CaseView(QWidget):
    """`saved(case)` after each save or settling, `next_requested()` once Ctrl+Enter has saved,
    `closed()` back to the list; `notice(sentence, can be undone)`; `household_requested(uid)`: the
    page where its events are recorded.
    """

    saved = Signal(object)
    next_requested = Signal()
    closed = Signal()
    notice = Signal(str, bool)
    household_requested = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("case_view")
        opening.name_help(self, "review_form")
        self.desk = desk
        self.case: UUID | None = None  # whose form it is; None while nobody's is shown
        self.sheet: CaseSheet | None = None
        self._wanted: UUID | None = None  # the case that is being read, or shown
        self._village = ""
        self._clean = Typed(values={}, rows=[], ticks={})
        self._clean_answers = Answers()
        self._sent: Save | None = None  # the save under way
        self._then: Callable[[], object] | None = None  # what follows it
        self._drafts = CaseDrafts(desk.database.path, desk.context)
        self._keys = KeyQueue(self)
        self._typing = QTimer(self, singleShot=True, interval=DRAFT_DELAY)
        self.header = CaseHeader(self)
        self.form = AnswerSheet(desk.definitions, self)
        self.answering = Answering(self.form)
        self.panel = LivePanel(self)
        self.end = EndLine(self)
        self.closing = Closing(desk, self)
        self._build()
        self._connect()

    # -- which case -----------------------------------------------------------------------------

    def open(self, case: UUID) -> None:
        """Show the form of a case on its first open question, with its draft if there is one."""
        if self._sent is not None:
            self._then = partial(self.open, case)
            return
        self.leave()
        self._wanted = case
        self._keys.hold()
        self._read(case, self._keys.quietly(self._show))

    def leave(self) -> None:
        """Keep what is typed; from here on what is on screen is nobody's."""
        if self.keep_draft() and self._sent is None:
            self._tell(self.tr("Chưa lưu: phần đã gõ được giữ trong bản nháp."))
        self.case = None

    def go_back(self) -> None:
        self.leave()
        self._wanted = None
        self._then = None
        self._keys.release()
        self.closed.emit()

    def resume(self) -> None:
        """Go on after a look at another page."""
        if self._editable:
            self.answering.go_on()

    @property
    def is_settled(self) -> bool:
        return self.sheet is not None and self.sheet.case["outcome"] is not None

    @property
    def is_dirty(self) -> bool:
        """Whether something typed or confirmed is not in the file."""
        changed = case_reading.changed_states(self.answering.answers, self._clean_answers)
        return self.case is not None and bool(changed or self.form.typed() != self._clean)

    # -- actions --------------------------------------------------------------------------------

    def save(self) -> None:
        """Write everything that is understood; the rest stays as typed."""
        self._save(None)

    def save_and_next(self) -> None:
        """Save, then ask for the next form."""
        self._save(self._ask_next)

    def _past_the_end(self) -> None:
        """Enter after the last question: to the main button; of a closed household to the next."""
        (self._ask_next if self.is_settled else self.header.save_next.setFocus)()

    def settle(self) -> None:
        """Close the case as reviewed, or go to what stands against it."""
        if self.sheet is None or not self._editable:
            return
        self.answering.complete()
        self.closing.ask_reviewed(self.sheet)

    def keep_draft(self) -> bool:
        """Write what is typed to its own file at once; True if something is unsaved."""
        self._typing.stop()
        if self.case is None or self.sheet is None or not self._editable:
            return False
        dirty = self.is_dirty
        try:
            if dirty:
                self._drafts.keep(
                    self.case,
                    self.form.typed(),
                    self._clean,
                    self.answering.answers,
                    self._clean_answers,
                    case_words.draft_title(self.sheet, self._village),
                )
            else:
                self._drafts.forget(self.case)
        except AppError as error:  # a full disk is told, not raised
            self._tell(texts.error_text(error))
        self._show_state()
        return dirty

    # -- events ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep_draft()

    def _arrange(self) -> None:
        self.panel.place(self._middle, self.size(), above=self.header.sizeHint().height())

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and self.case is not None and self.form.isAncestorOf(old):
            self.answering.complete()

    def _changed(self) -> None:
        """Every key comes here; the draft follows within a second, however fast they come."""
        if not self._typing.isActive():
            self._typing.start()
        if self._sent is None:
            self.header.state.setText(self.tr("Chưa lưu"))

    def _tell(self, sentence: str) -> None:
        self.notice.emit(sentence, False)

    # -- reading --------------------------------------------------------------------------------

    def _read(self, case: UUID, done: Callable[[CaseRead], object]) -> None:
        job = case_reading.reading(self.desk, case)
        self.desk.runner.read(self, job, done, self._show_failed, latest="case")

    def _show(self, read: CaseRead) -> None:
        if self._wanted != read.sheet.case["uid"]:
            return  # the user has gone back meanwhile
        self._fill(read)
        self._take_draft()
        self.form.propose(read.sheet, self.answering.answers)
        self._after_filling()
        (self.answering.go_on if self._editable else self.end.setFocus)()
        self._keys.release()
        if not self.desk.read_only:
            self.closing.case_shown(read.sheet)

    def _show_failed(self, error: BaseException) -> None:
        self._sent, self.case = None, None
        self._keys.release()
        messages.report(error, self)
        self.closed.emit()

    def _show_changed(self, read: CaseRead) -> None:
        """The file has changed below what is being typed."""
        if self.case != read.sheet.case["uid"]:
            return
        self._carry_over(read, self._clean, self.form.typed(), self.answering.answers)

    def _fill(self, read: CaseRead) -> None:
        self.sheet, self._village = read.sheet, read.village
        self.case = read.sheet.case["uid"]
        self.form.set_questions(read.sheet)
        self.form.fill(read.sheet.base.uid, case_reading.as_typed(read.sheet))
        self._clean, self._clean_answers = self.form.typed(), read.sheet.answers
        self.answering.start(read.sheet.answers, {})
        self._note()

    def _carry_over(self, read: CaseRead, before: Typed, now: Typed, answers: Answers) -> None:
        """Show what is stored now, with what was typed and confirmed since `before` over it."""
        place, seen, clean = self.form.current(), self.form.seen, self._clean_answers
        household = self.sheet.household if self.sheet else read.sheet.household
        self._fill(read)
        if place is not None and not self._editable:  # a form that is only read takes no keys
            self.end.setFocus()
        # who came or left meanwhile makes answers doubtful as if it had been typed here
        self.sheet = replace(read.sheet, household=household)
        merged = record.carried_over(before, now, self._clean)
        if merged != self._clean:
            self.form.put(merged)
        states = case_reading.merged(answers, clean, read.sheet.answers)
        self.answering.start(states, {})
        self.form.seen |= seen
        self.form.propose(read.sheet, states)
        self._after_filling()
        if place is not None and place in self.answering.answers.states:
            self.form.go_to(place)

    def _after_filling(self) -> None:
        self._recompute()
        self.keep_draft()

    def _take_draft(self) -> None:
        """What was typed before a crash is over what is stored again."""
        assert self.case is not None
        assert self.sheet is not None
        if not self._editable:
            return
        try:
            draft = self._drafts.load(self.case)
        except AppError as error:
            self._tell(texts.error_text(error))
            return
        if draft is None:
            return
        self.form.put(record.carried_over(draft.base, draft.typed, self._clean))
        known = {k: s for k, s in draft.states.items() if k in self.sheet.answers.states}
        self.answering.start(Answers({**self.sheet.answers.states, **known}), {})
        if self.is_dirty:
            text = self.tr("Đã lấy lại những gì gõ dở lúc {time}; chưa lưu.")
            time = f"{draft.saved_at:%H:%M %d/%m/%Y}"
            self.header.set_note(text.format(time=time), draft=True)

    def _drop_draft(self) -> None:
        agreed = messages.ask_drop_draft(self.tr("Bỏ những gì chưa lưu của phiếu này?"), self)
        if agreed:
            self._follow_file()

    def _follow_file(self) -> None:
        """What is stored counts; away with what was typed."""
        if self.case is None:
            return
        case, self.case = self.case, None
        self._drafts.forget(case)
        self._read(case, self._keys.quietly(self._show))

    def _data_changed(self) -> None:
        """Another page, or Ctrl+Z, changed the file."""
        if self.case is not None and self._sent is None:
            self._read(self.case, self._show_changed)

    # -- computing ------------------------------------------------------------------------------

    def _recompute(self) -> None:
        """What the answers give now, and what is asked next; some milliseconds."""
        if self.sheet is None or self.case is None:
            return
        sheet = case_reading.recomputed(
            self.desk.definitions, self.sheet, self.form.typed(), self.answering.answers
        )
        self.sheet = sheet
        self.answering.show(sheet.answers, case_words.reasons(sheet, self.desk.definitions))
        self.form.set_problems(case_words.problems(sheet, self.desk.definitions))
        self.form.points.show_scoring(sheet, self.desk.definitions)
        self.panel.show_case(sheet)
        self.header.title.set_whole(case_words.title(sheet))
        self.header.about.set_whole(case_words.about(sheet, self._village))
        self._count()

    def _count(self) -> None:
        """How many answers wait now."""
        assert self.sheet is not None
        self.sheet = replace(self.sheet, answers=self.answering.answers)
        self.header.show_waiting(None if self.is_settled else self.sheet)

    # -- saving ---------------------------------------------------------------------------------

    @property
    def _editable(self) -> bool:
        return not self.desk.read_only and not self.is_settled

    def _save(self, then: Callable[[], object] | None) -> None:
        if self.sheet is None or self.case is None:
            return
        if self._sent is not None:  # what was typed since goes after it
            self._then = partial(self._save, then)
            return
        self.answering.complete()
        if not self._editable or not self.is_dirty:
            self._then = then
            self._go_on(said=then is None)
            return
        self._then = then
        if then is not None:
            self._keys.hold()  # the next form is as good as there
        self._sent = case_reading.saving(
            self.desk, self.sheet, self.form.typed(), self.answering.answers
        )
        self.header.state.setText(self.tr("Đang lưu…"))
        self.desk.runner.write(self, self._sent, self._saved, self._save_failed)

    def _saved(self, done: Done[CaseSheet]) -> None:
        sent, self._sent = self._sent, None
        assert sent is not None
        case = done.value.case["uid"]
        if self.case != case:  # the page has gone on meanwhile
            self._drafts.forget_sent(case, sent.typed, sent.answers)
            self.saved.emit(case)
            self._go_on()
            return
        stored = case_reading.as_typed(done.value)
        self.form.learn(done.value)
        self.form.rebase(sent.typed, stored)
        states = case_reading.merged(self.answering.answers, sent.answers, done.value.answers)
        self.sheet, self._clean, self._clean_answers = done.value, stored, done.value.answers
        self.answering.show(states, {})
        self._note()
        self._after_filling()
        if self.form.typed().unread:  # the next form waits for what is red
            self._then = None
            self._tell(self.tr("Còn ô chưa hiểu được (viền đỏ): sửa rồi lưu lại."))
            self.form.go_to_unread()
        else:
            text = self.tr("Đã lưu phiếu của hộ {name}.")
            self.notice.emit(text.format(name=case_words.title(done.value)), True)
        self.saved.emit(case)
        self._go_on()

    def _save_failed(self, error: BaseException) -> None:
        self._sent, self._then = None, None
        self._keys.release()
        self.keep_draft()
        if isinstance(error, StaleRecordError) and self.case is not None:
            self._read(self.case, self._show_stale)
        else:
            messages.report(error, self)

    def _show_stale(self, read: CaseRead) -> None:
        """Both versions side by side; the officer says which counts."""
        if self.case != read.sheet.case["uid"]:
            return
        before, typed, answers = self._clean, self.form.typed(), self.answering.answers
        stored = case_reading.as_typed(read.sheet)
        asked = self.form.points.questions
        rows = differences(self.desk.definitions, stored, typed, {}, asked)
        dialog = StaleDialog(rows, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.kept.connect(partial(self._carry_over, read, before, typed, answers))
        dialog.dropped.connect(self._follow_file)
        dialog.open()

    def _go_on(self, *, said: bool = False) -> None:
        then, self._then = self._then, None
        if said:
            self._tell(self.tr("Không có gì mới để lưu."))
        if then is None:
            self._keys.release()
        else:
            then()

    def _ask_next(self) -> None:
        """Keys wait for the next form; who listens opens it, or goes back."""
        if self.isSignalConnected(QMetaMethod.fromSignal(self.next_requested)):
            self._keys.hold()
        else:
            self._keys.release()
        self.next_requested.emit()

    # -- settling -------------------------------------------------------------------------------

    def _close(self, outcome: str, note: str | None, overrides: Mapping[str, str]) -> None:
        self._save(partial(self._settle, outcome, note, overrides))

    def _settle(self, outcome: str, note: str | None, overrides: Mapping[str, str]) -> None:
        self._keys.release()
        if self.sheet is not None and self.case is not None:
            self.closing.settle(self.sheet, outcome, note, overrides)

    def _go_to_household(self) -> None:
        if self.sheet is not None:
            self.household_requested.emit(self.sheet.household.uid)

    def _refuse(self, sentence: str, key: Key | None) -> None:
        self._tell(sentence)
        if key is not None:
            self.form.go_to(key)

    def _ask_outcome(self, outcome: str) -> None:
        if self.sheet is not None and self._editable:
            self.closing.ask_outcome(self.sheet, outcome)

    def _ask_reopen(self) -> None:
        if self.sheet is not None:
            self.closing.ask_reopen(self.sheet)

    def _closing_done(self, case: UUID, sentence: str) -> None:
        self.notice.emit(sentence, True)
        self.saved.emit(case)

    # -- showing --------------------------------------------------------------------------------

    def _note(self) -> None:
        assert self.sheet is not None
        settled = case_words.settled_text(self.sheet)
        if self.desk.read_only:
            settled = self.tr("Tệp chỉ mở để xem: không lưu được thay đổi.")
        self.header.set_note(settled, settled=self.is_settled and not self.desk.read_only)
        self.header.set_editable(self._editable)
        self.form.set_editable(self._editable)
        self.end.say(settled=self.is_settled)

    def _show_state(self) -> None:
        if self._sent is None and self._editable:
            self.header.state.setText(self.tr("Chưa lưu") if self.is_dirty else self.tr("Đã lưu"))

    def _build(self) -> None:
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.form, 1)
        self._middle.addWidget(self.panel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addLayout(self._middle, 1)
        box.addWidget(self.end)

    def _connect(self) -> None:
        header = self.header
        header.back_pressed.connect(self.go_back)
        header.save_pressed.connect(self.save)
        header.save_next_pressed.connect(self.save_and_next)
        header.settle_pressed.connect(self.settle)
        header.reopen_pressed.connect(self._ask_reopen)
        header.draft_dropped.connect(self._drop_draft)
        header.events_pressed.connect(self._go_to_household)
        header.outcome_chosen.connect(self._ask_outcome)
        self.answering.answered.connect(self._recompute)
        self.answering.confirmed.connect(self._count)
        self.answering.changed.connect(self._changed)
        self.answering.refused.connect(self._tell)
        self.answering.finished.connect(self.end.setFocus)
        self.closing.agreed.connect(self._close)
        self.closing.refused.connect(self._refuse)
        self.closing.done.connect(self._closing_done)
        self.end.entered.connect(self._past_the_end)
        self._typing.timeout.connect(self.keep_draft)
        self.desk.bus.data_changed.connect(self._data_changed)
        theme.changed.connect(self._arrange)
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._follow_focus)
        acts = (("save", self.save), ("save_next", self.save_and_next), ("settle", self.settle))
        for code, slot in acts:
            shortcuts.make_action(self, code, "", slot, everywhere=False)
