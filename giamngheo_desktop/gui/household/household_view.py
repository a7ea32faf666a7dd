"""The page of one household: reads it, keeps what is typed, checks it, saves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import cast
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.errors import AppError, StaleRecordError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.gui import messages, shortcuts
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Unparsed
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.household import record, stored, words
from giamngheo_desktop.gui.household.draft_keeper import arrives, identity, since_of, typed_of
from giamngheo_desktop.gui.household.drafting import Drafting
from giamngheo_desktop.gui.household.event_menu import EventMenu
from giamngheo_desktop.gui.household.header import Header
from giamngheo_desktop.gui.household.key_queue import KeyQueue
from giamngheo_desktop.gui.household.paper_menu import PaperMenu
from giamngheo_desktop.gui.household.record import Typed
from giamngheo_desktop.gui.household.sheet import INFO, Sheet
from giamngheo_desktop.gui.household.stored import Save
from giamngheo_desktop.gui.household.watcher import Watcher
from giamngheo_desktop.services.drafts import Draft
from giamngheo_desktop.services.household_view import Dossier, Surroundings

DRAFT_DELAY = 1000  # milliseconds after the last key


class HouseholdView(QWidget):
    """`closed()`: back to the list; `notice(sentence, can be undone)`; `saved(uid)`."""

    closed = Signal()
    notice = Signal(str, bool)
    saved = Signal(object)

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.year = desk, year
        self.dossier: Dossier | None = None
        self.around: Surroundings | None = None
        self.uid: UUID | None = None  # whose page it is; None while nobody's is shown
        self._wanted: UUID | None = None  # who is being read
        self._new_draft: Draft | None = None  # of whom, if it was never saved
        self.last_village: UUID | None = None
        self._clean = Typed(values={}, rows=[], ticks={})
        self._default_since = desk.day(year)
        self._arrives = False  # a new household comes from another commune
        self._sent: Save | None = None  # the save under way
        self._then: Callable[[], object] | None = None  # what follows the save under way
        self._typing = QTimer(self, singleShot=True, interval=DRAFT_DELAY)
        self._keys = KeyQueue(self)

        self.events = EventMenu(desk, self)
        self.header = Header(self.events, PaperMenu(desk, self), self)
        opening.name_help(self, "household")
        self.drafting = Drafting(desk, self)
        self.sheet = Sheet(desk, self)
        self.watcher = Watcher(desk, self.header, self.sheet, self.events, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self.drafting)
        box.addWidget(self.sheet, 1)

        self.header.back_pressed.connect(self.go_back)
        self.header.save_pressed.connect(self.save)
        self.header.save_next_pressed.connect(self.save_and_next)
        self.header.since_changed.connect(self._changed)
        self.drafting.dropped.connect(self._follow_file)
        self.drafting.compare_requested.connect(self._compare)
        self.drafting.failed.connect(self._tell)
        self.sheet.changed.connect(self._changed)
        self.sheet.record_requested.connect(self.events.record_class)
        self.sheet.finished.connect(self.header.save.setFocus)
        self.header.entered.connect(self.sheet.enter)
        self.events.before_event.connect(self.keep_draft)
        self.header.papers.asked.connect(self.events.open_event)
        self._typing.timeout.connect(self._settle)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._follow_focus)
        for code, slot in (("save", self.save), ("save_next", self.save_and_next)):
            shortcuts.make_action(self, code, "", slot, everywhere=False)
        self.header.set_editable(not desk.read_only)
        self.sheet.set_editable(not desk.read_only)

    # -- which household ------------------------------------------------------------------------

    def open(self, uid: UUID, year: int) -> None:
        """Show a stored household as of the working year, with its draft if there is one."""
        if self._sent is not None:
            self._then = partial(self.open, uid, year)
            return
        self._leave()
        self._keys.hold()
        self.year = year
        self._read(uid, self._keys.quietly(self._show))

    def start_new(self, year: int, village: UUID | None = None, *, arrives: bool = False) -> None:
        """Show an empty household; nothing is in the file until it is saved."""
        if self._sent is not None:
            self._then = partial(self.start_new, year, village, arrives=arrives)
            return
        self._leave()
        self._arrives = arrives
        self._read_blank(year, self.desk.context.new_id(), village=village)

    def open_draft(self, draft: Draft) -> None:
        """Go on with what was typed before; a new household may have been saved meanwhile."""
        uid, year, is_new = identity(draft)
        self._new_draft = draft if is_new else None
        self.open(uid, year)

    def refresh(self) -> None:
        """The file changed: show it, with what is being typed over it."""
        if self._sent is None and self.uid is not None and self.dossier is not None:
            self._read(self.uid, self._show_changed)

    def change_year(self, year: int) -> None:
        """Another working year: the same household as of that year."""
        if self.uid is not None and self.dossier is not None:
            self.open(self.uid, year)
        elif self.uid is not None:
            self.go_back()  # a new household belongs to the year it was begun in

    @property
    def last_shown(self) -> UUID | None:
        """The stored household shown last, for the cursor of the list."""
        return self.dossier.household.uid if self.dossier else None

    @property
    def is_new(self) -> bool:
        return self.dossier is None

    @property
    def is_dirty(self) -> bool:
        """Whether something typed is not in the file."""
        return self.uid is not None and self.typed() != self._clean

    # -- actions --------------------------------------------------------------------------------

    def typed(self) -> Typed:
        return self.sheet.typed()

    def household(self) -> Household:
        """The household as it would be saved now."""
        assert self.uid is not None
        base = self.dossier.household if self.dossier else None
        return record.build(self.uid, base, self.typed(), self.desk.definitions.household)

    def save(self) -> None:
        """Write everything that is understood; the rest stays as typed."""
        if self.uid is None or self.around is None or self._sent or self.desk.read_only:
            return
        since = self.header.since.value()
        if isinstance(since, Unparsed):
            self.header.since.take_focus()
            self._then = None
            return
        job = stored.prepare(
            self.desk,
            self.household(),
            self.typed(),
            dossier=self.dossier,
            surroundings=self.around,
            since=since if isinstance(since, date) else self._default_since,
            arrives=self._arrives,
        )
        if job.changes_nothing:
            self._say_nothing_new(job.typed)
            return
        self._sent = job
        if self._then is not None:
            self._keys.hold()  # the next household is as good as there
        self.header.set_state(self.tr("Đang lưu…"))
        self.desk.runner.write(self, job, self._saved, self._save_failed)

    def save_and_next(self) -> None:
        """Save, then an empty household in the same village."""
        if self._sent is None:
            self._then = self._next_household
            self.save()

    def _next_household(self) -> None:
        self.start_new(self.year, self.last_village)

    def go_back(self) -> None:
        """Back to the list; what is not saved stays as a draft."""
        self._leave()
        self._then = None
        self._keys.release()
        self.closed.emit()

    def _leave(self) -> None:
        """From here on what is on screen is nobody's."""
        if self.keep_draft() and self._sent is None:
            self._tell(self.tr("Chưa lưu: phần đã gõ được giữ trong bản nháp."))
        self.uid = None

    def keep_draft(self) -> bool:
        """Write what is typed to its own file at once; True if something is unsaved."""
        self._typing.stop()
        if self.uid is None or self.desk.read_only:
            return False
        typed = self.typed()
        dirty = typed != self._clean
        if dirty:
            self.drafting.keep(
                self.uid,
                self.year,
                typed,
                base=None if self.is_new else self._clean,
                since=self._typed_since(),
                title=words.draft_title(self._title(), self.household(), self.around, self.year),
                arrives=self._arrives,
            )
        else:
            self.drafting.forget(self.uid, self.year)
        self._show_state()
        return dirty

    # -- events ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and self._typing.isActive() and self.isAncestorOf(old):
            self._settle()

    def _tell(self, sentence: str) -> None:
        self.notice.emit(sentence, False)

    def _changed(self) -> None:
        """Every key comes here: what it means is looked at when the typing pauses."""
        self._typing.start()
        if self._sent is None:
            self.header.set_state(self.tr("Chưa lưu"))

    def _start_since(self, *, typed: date | None = None) -> None:
        """The first day of a new household follows its village until it is typed."""
        assert self.around is not None
        self._default_since = stored.first_day(
            self.desk, self.around, self.sheet.typed(), arrives=self._arrives
        )
        self.header.set_since(typed or self._default_since)

    def _settle(self) -> None:
        """The typing paused: keep it, and look at what it means."""
        if self.is_new and self.uid is not None:
            self._start_since(typed=self._typed_since())
        self.keep_draft()
        self._look()

    # -- reading --------------------------------------------------------------------------------

    def _read(self, uid: UUID, done: Callable[[Dossier], object]) -> None:
        self._wanted = uid
        job = stored.reading(self.desk, uid, self.year)
        self.desk.runner.read(self, job, done, self._show_failed, latest="household")

    def _read_blank(
        self, year: int, uid: UUID, draft: Draft | None = None, village: UUID | None = None
    ) -> None:
        def show(around: Surroundings) -> None:
            self._show_new(year, uid, around, draft, village)

        self._keys.hold()
        job, done = stored.around(self.desk, year), self._keys.quietly(show)
        self.desk.runner.read(self, job, done, self._show_failed, latest="household")

    def _show(self, dossier: Dossier) -> None:
        """A household that was opened: as stored, with its draft over it."""
        known = self._fill(dossier)
        self.header.set_since(self._default_since)
        draft = self.drafting.load(dossier.household.uid, self.year)
        self._take_draft(draft, known)
        self._new_draft = None
        self.sheet.show_first()
        self._after_filling()
        self._keys.release()

    def _show_new(
        self, year: int, uid: UUID, around: Surroundings, draft: Draft | None, village: UUID | None
    ) -> None:
        self.year, self.uid, self.around, self.dossier = year, uid, around, None
        self._set_surroundings(around)
        form = self.desk.definitions.household
        self.sheet.fill(uid, stored.blank(uid, around, village or self.last_village, form), None)
        self.sheet.history.show_of(None)
        self._clean = self.sheet.typed()
        self._start_since()
        self._take_draft(draft, None)
        self.sheet.start(INFO)
        self._after_filling()
        self._keys.release()

    def _show_changed(self, dossier: Dossier) -> None:
        """The file has changed below what is being typed."""
        self._carry_over(dossier, self._clean, self.sheet.typed())

    def _show_failed(self, error: BaseException) -> None:
        self._sent = None
        self._keys.release()
        if not (isinstance(error, AppError) and error.code == "record_missing"):
            messages.report(error, self)
            if self._wanted != self.uid:  # else another one would stand in its place
                self.closed.emit()
            return
        self._leave()
        new, self._new_draft = self._new_draft, None
        if new is not None and self._wanted is not None:
            self._arrives = arrives(new)
            self._read_blank(self.year, self._wanted, new)
            return
        draft = self.drafting.load(self._wanted, self.year) if self._wanted else None
        if draft is None or self._wanted is None:
            self._tell(self.tr("Hộ này không còn trong sổ: đã hoàn tác hoặc bỏ."))
            self.closed.emit()
            return
        # What was typed about a household that is no more becomes a new one.
        self.drafting.forget(self._wanted, self.year)
        fresh = record.renamed(typed_of(draft), self.desk.context.new_id)
        again = replace(draft, record={**draft.record, **record.pack(fresh)})
        self._read_blank(self.year, self.desk.context.new_id(), again)

    def _fill(self, dossier: Dossier) -> Typed:
        """Show what is stored; returns it as the sheet holds it."""
        self._arrives = False
        self.dossier, self.around, self.uid = dossier, dossier.around, dossier.household.uid
        self._default_since = min(dossier.day, self.desk.day(self.year))
        self._set_surroundings(dossier.around)
        known = stored.as_typed(dossier, self.desk.definitions.household)
        self.sheet.fill(self.uid, known, dossier)
        self.sheet.history.show_of(self.uid)
        self._clean = self.sheet.typed()
        return self._clean

    def _carry_over(self, dossier: Dossier, before: Typed, now: Typed) -> None:
        """Show what is stored now, with what was typed since `before` over it."""
        place = self.sheet.place()
        known = self._fill(dossier)
        merged = record.carried_over(before, now, known)
        if merged != known:
            self.sheet.put(merged)
        self.sheet.return_to(place)
        self._after_filling()

    def _set_surroundings(self, around: Surroundings) -> None:
        self.sheet.set_surroundings(around, arrives=self._arrives)
        self.header.set_arrival(is_new=self.is_new, arrives=self._arrives)
        self.events.set_dossier(self.dossier)
        self.header.papers.set_dossier(self.dossier)

    def _after_filling(self) -> None:
        assert self.around is not None
        today = self.desk.context.today()
        self.header.set_class(*words.class_state(self.dossier, self.around))
        self.header.set_escape(words.escape(self.dossier))
        self.header.set_note(
            words.note(self.dossier, self.around, today, read_only=self.desk.read_only)
        )
        self.keep_draft()
        self._look()

    # -- drafts ---------------------------------------------------------------------------------

    def _take_draft(self, draft: Draft | None, known: Typed | None) -> None:
        self.drafting.hide()
        if draft is None or not self.drafting.announce(draft, known):
            return
        typed = typed_of(draft)
        self.sheet.put(typed if known is None else record.settled(typed, known))
        self.drafting.setVisible(self.is_dirty)
        since = since_of(draft)
        if since is not None:
            self.header.set_since(since)

    def _compare(self) -> None:
        dialog = self.drafting.open_comparison(self._clean, self.sheet.typed(), self.around)
        dialog.kept.connect(self.drafting.hide)
        dialog.dropped.connect(self._follow_file)

    def _follow_file(self) -> None:
        """What is stored counts; away with what was typed."""
        if self.uid is None:
            return
        self.drafting.forget(self.uid, self.year)
        self._clean = self.sheet.typed()
        if self.is_new:
            self.uid = None
            self.closed.emit()
        else:
            self._read(self.uid, self._show)

    def _typed_since(self) -> date | None:
        value = self.header.since.value()
        return value if isinstance(value, date) and value != self._default_since else None

    # -- saving ---------------------------------------------------------------------------------

    def _saved(self, done: Done[Household]) -> None:
        uid = done.value.uid
        self.last_village = done.value.village
        self.sheet.remember(done.value.surveyor)
        if self.uid == uid:
            self._read(uid, self._show_saved)
            return
        sent, self._sent = self._sent, None  # the page has gone on meanwhile
        if sent is not None and not record.waits(sent.typed):
            self.drafting.forget(uid, sent.year)
        self.saved.emit(uid)
        self._go_on()

    def _show_saved(self, dossier: Dossier) -> None:
        sent, self._sent = self._sent, None
        assert sent is not None
        self.drafting.hide()
        self._carry_over(dossier, record.sent_part(sent.typed), self.sheet.typed())
        waits = record.waits(self.typed())
        if waits and self._then in (None, self._next_household):  # it waits for what is red
            self._then = None
            self.sheet.go_to_unread()
        earlier = sent.stands_before_shown(dossier)
        self.notice.emit(words.saved(self.household(), waits=waits, earlier=earlier), True)
        self.saved.emit(self.uid)
        self._go_on()

    def _save_failed(self, error: BaseException) -> None:
        self._sent, self._then = None, None
        self._keys.release()
        self.keep_draft()
        if isinstance(error, StaleRecordError) and self.uid is not None:
            self._read(self.uid, self._show_stale)
        elif isinstance(error, AppError) and error.code == "village_missing" and self.uid:
            sentence = texts.error_text(error)
            self.sheet.go_to(self.uid, "village")
            self.sheet.info.fields["village"].set_problem(sentence)
        else:
            messages.report(error, self)

    def _show_stale(self, dossier: Dossier) -> None:
        before, typed = self._clean, self.sheet.typed()
        known = stored.as_typed(dossier, self.desk.definitions.household)
        dialog = self.drafting.open_comparison(known, typed, self.around)
        dialog.kept.connect(partial(self._carry_over, dossier, before, typed))
        dialog.dropped.connect(self._follow_file)

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is None:
            self._keys.release()
        else:
            then()

    def _say_nothing_new(self, typed: Typed) -> None:
        if record.waits(typed):
            self._tell(self.tr("Ô chưa hiểu được thì chưa lưu được: sửa ô có viền đỏ."))
            self._then = None
            self.sheet.go_to_unread()
            return
        if self._then is None:
            self._tell(self.tr("Không có gì mới để lưu."))
        self.keep_draft()
        self._go_on()

    # -- looking --------------------------------------------------------------------------------

    def _look(self) -> None:
        """Check and assess what is on screen, off this thread."""
        if self.uid is None or self.around is None:
            return
        household = self.household()
        self.header.set_title(self._title())
        self.header.set_about(words.about(household, self.around, self.year))
        self.watcher.look(household, self.around, self.dossier)

    def _title(self) -> str:
        return words.title(self.household(), is_new=self.is_new, arrives=self._arrives)

    def _show_state(self) -> None:
        if self.desk.read_only or self._sent is not None:
            return
        dirty = self.is_dirty
        saved = "" if self.is_new else self.tr("Đã lưu")
        self.header.set_state(self.tr("Chưa lưu") if dirty else saved)
