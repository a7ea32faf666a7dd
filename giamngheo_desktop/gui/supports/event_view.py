"""A hand-out to many, in three steps on one page: what it is, who gets it, how much each.

Everything typed in any step is a draft until the one act that writes it all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.policy import PolicyValue
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.preview.exporting import Exporter
from giamngheo_desktop.gui.records.offering import Answers
from giamngheo_desktop.gui.records.papers_card import PapersCard
from giamngheo_desktop.gui.review.drafting import OF_RECORDS, DraftNote, Typed
from giamngheo_desktop.gui.supports.amount_step import AmountStep
from giamngheo_desktop.gui.supports.event_form import Common, EventForm
from giamngheo_desktop.gui.supports.event_jobs import (
    Known,
    doubts_for,
    event_of_list,
    lines_for,
    lines_of,
    template_of,
)
from giamngheo_desktop.gui.supports.list_step import ListStep
from giamngheo_desktop.gui.supports.receiver_pick import ReceiverPick
from giamngheo_desktop.gui.supports.step_buttons import StepButtons
from giamngheo_desktop.services.programme import support_bulk, support_import
from giamngheo_desktop.services.programme.support_bulk import ForMany
from giamngheo_desktop.services.programme.support_events import Event
from giamngheo_desktop.services.programme.support_import import Imported
from giamngheo_desktop.storage.engine import Database

FORM, WHO, AMOUNTS, LIST = range(4)
_LATER = 1200  # milliseconds after who pays changed, for the warnings


class EventView(QWidget):
    """`closed()`: back to the list; `written(uid)`: the event is in the file, or is gone."""

    closed = Signal()
    written = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.year = desk.context.today().year
        self._stored: Event | None = None
        self._grid_typed: dict[UUID, dict[str, str]] = {}
        self._grid_shown = False  # what is typed stands in the grid, not in `_grid_typed`
        self._common: Common | None = None
        self._writing = False
        self._put_step = FORM
        self._last: tuple[UUID, int, Typed] | None = None  # the new event written last
        self.title = label("", "heading", "event_title", wrap=True)
        self.back = button(self.tr("Về &danh sách"), "back_to_events", icon="chevron_left")
        self.steps = StepButtons(
            [
                (self.tr("&1 Đợt và mức"), "step_event"),
                (self.tr("&2 Chọn hộ, người"), "step_receivers"),
                (self.tr("&3 Số tiền"), "step_amounts"),
                (self.tr("Hoặc từ tệp &Excel"), "step_list"),
            ]
        )
        self.draft = DraftNote(desk, self._typed, prefix=OF_RECORDS)
        self.form = EventForm(desk)
        self.papers = PapersCard(desk, Kind.SUPPORT_EVENT)
        self.pick = ReceiverPick(desk)
        self.amounts = AmountStep(desk)
        self.list = ListStep(desk, self._labels())
        self.exporter = Exporter(desk.runner, self)
        self.refusal = Refusal()
        self.before = button(self.tr("&Quay lại"), "step_before")
        self.next = button(self.tr("&Tiếp tục"), "step_next", kind="primary")
        self.write = button("", "write_event", icon="save", kind="primary")
        keep_clear(self.before)
        self.stack = QStackedWidget()
        self._later = QTimer(self, singleShot=True, interval=_LATER)
        self._build()
        self._connect()

    def _build(self) -> None:
        inside = QWidget()
        page = QVBoxLayout(inside)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.form)
        page.addWidget(self.papers)
        for part in (
            scrolled(inside, "event_scroll"),
            scrolled(self.pick, "pick_scroll"),
            self.amounts,
            scrolled(self.list, "list_scroll"),
        ):
            self.stack.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.back)
        head.addWidget(self.steps, 1, Qt.AlignmentFlag.AlignVCenter)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.before)
        foot.addWidget(self.pick.tools)
        foot.addStretch()
        foot.addWidget(self.next)
        foot.addWidget(self.write)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addLayout(head)
        box.addWidget(self.draft)
        box.addWidget(self.stack, 1)
        box.addWidget(self.refusal)
        box.addLayout(foot)

    def _connect(self) -> None:
        self.back.clicked.connect(self.leave)
        self.steps.chosen.connect(self._pressed)
        for part in (self.form, self.pick, self.amounts, self.list):
            part.changed.connect(self._touched)
            part.completed.connect(self._to_main)
        self.amounts.sources_changed.connect(self._later.start)
        self._later.timeout.connect(self._foresee)
        self.before.clicked.connect(lambda: self.go_to(WHO if self.step == AMOUNTS else FORM))
        self.next.clicked.connect(lambda: self.go_to(self.step + 1))
        self.write.clicked.connect(self.save)
        self.draft.dropped.connect(self._dropped)
        self.list.template_asked.connect(self._write_template)
        self.exporter.written.connect(self.list.written.say)
        self.exporter.written_beside.connect(self.list.written.say_beside)

    # -- for the owner --------------------------------------------------------------------------

    def offer(
        self, answers: Answers, known: Sequence[PolicyValue], closings: Mapping[int, date]
    ) -> None:
        self.form.offer(answers, known, closings)

    @property
    def uid(self) -> UUID | None:
        """The written event that is open."""
        return self._stored.uid if self._stored is not None else None

    def begin(self, year: int, stored: Event | None) -> None:
        """A written event, or a new one with None; what was typed of it and never written."""
        self.keep()
        self.year, self._stored = year, stored
        which = stored.uid.hex[-12:] if stored is not None else "moi"
        name = stored.values["name"] if stored is not None else self.tr("Đợt hỗ trợ mới")
        self.title.setText(name)
        self.title.setVisible(stored is not None)  # of a new one the steps say it
        self._fill()
        self.refusal.hide()
        typed = self.draft.begin(f"{Kind.SUPPORT_EVENT.value}-{year}-{which}", name)
        if typed is not None:
            self._put(typed)
        self._show_step(FORM)
        if self._put_step != FORM:
            self.go_to(self._put_step)

    def refresh(self, stored: Event) -> None:
        """The open event as the file has it now, unless something else is typed."""
        self._stored, step = stored, self.step
        if self._typed() is None and not self._writing:
            self.begin(self.year, stored)
            self.go_to(step)

    def waits(self, year: int) -> bool:
        """Whether a new event is half typed."""
        return self.draft.waits(f"{Kind.SUPPORT_EVENT.value}-{year}-moi")

    def take_up(self, year: int, known: Collection[UUID]) -> bool:
        """Whether the event written last was taken back: what was typed of it is a draft again."""
        uid, of_year, typed = self._last or (None, year, {})
        if uid is None or uid in known or of_year != year or self.waits(year):
            return False
        self.begin(year, None)
        self._put(typed)
        self._show_step(self._put_step, start=False)
        self.draft.keep()
        self._last = None
        return True

    def start(self) -> None:
        in_pick, in_list = self.pick.setFocus, self.list.setFocus
        (self.form.start, in_pick, self.amounts.start, in_list)[self.step]()

    def keep(self) -> None:
        self.draft.keep()

    def leave(self) -> None:
        """What is typed stays as a draft."""
        self.keep()
        self.closed.emit()

    @property
    def step(self) -> int:
        return self.stack.currentIndex()

    # -- what is typed --------------------------------------------------------------------------

    def _fill(self) -> None:
        self._grid_typed, self._grid_shown, self._common = {}, False, None
        self._put_step = FORM
        self.pick.begin()
        self.list.begin()
        self.form.show_event(self._stored.values if self._stored is not None else None)
        self.papers.setVisible(self._stored is not None)
        self.papers.show_of(self.uid)

    def _cells(self) -> Mapping[UUID, Mapping[str, str]]:
        return self.amounts.typed() if self._grid_shown else self._grid_typed

    def _typed(self) -> Typed | None:
        typed: dict[str, object] = dict(self.form.typed() or {})
        if picked := self.pick.typed():
            typed["picked"] = picked
        if cells := self._cells():
            typed["cells"] = tuple({"who": uid.hex, **row} for uid, row in cells.items())
        typed |= self.list.typed()
        return {**typed, "step": self.step} if typed else None

    def _put(self, typed: Typed) -> None:
        self.form.put(typed)
        picked, cells, step = typed.get("picked"), typed.get("cells"), typed.get("step")
        self.pick.put(picked if isinstance(picked, tuple) else ())
        for row in cells if isinstance(cells, tuple) else ():
            own = {str(key): str(text) for key, text in row.items()}
            self._grid_typed[UUID(hex=own.pop("who"))] = own
        self.list.put(typed)
        self._put_step = step if isinstance(step, int) and step in self._open_steps() else FORM

    def _dropped(self) -> None:
        self._fill()
        self._show_step(FORM)

    def _touched(self) -> None:
        self.refusal.hide()
        self.draft.touch()
        self._enable()

    # -- steps ----------------------------------------------------------------------------------

    def _open_steps(self) -> tuple[int, ...]:
        return (FORM, WHO, AMOUNTS, LIST) if self._stored is None else (FORM, AMOUNTS)

    def _pressed(self, step: int) -> None:
        self.go_to(step)
        self._mark()  # a step that is refused is not chosen

    def go_to(self, step: int) -> None:
        """Another step, once what it builds on is said; what is typed in this one stays."""
        if step == self.step:
            return
        self._keep_cells()
        self.refusal.hide()
        if step > FORM and self._stored is None:
            self._common = self.form.said()
            day = self.form.day
            if self._common is None or day is None:
                self._show_step(FORM, start=False)  # where something is said to be wrong
                return
            self.pick.ask(
                self.desk.unit(self.year), day, self.form.policy, per_person=self.form.per_person
            )
            self.list.ask(event_of_list(self._common, day, self.year))
        if step == AMOUNTS and self._stored is None and not self.pick.picked:
            self._show_step(WHO)
            self.refusal.say(RefusedError("support_nobody"))
            return
        self._show_step(step)
        if step == AMOUNTS:
            self._read_lines()

    def _keep_cells(self) -> None:
        self._grid_typed, self._grid_shown = dict(self._cells()), False  # type: ignore[arg-type]
        self._later.stop()

    def _show_step(self, step: int, *, start: bool = True) -> None:
        self.stack.setCurrentIndex(step)
        self._mark()
        self._enable()
        self.draft.touch()
        if start and self.isVisible():
            self.start()

    def _mark(self) -> None:
        self.steps.choose(self.step)
        self.steps.offer(self._open_steps())

    def _enable(self) -> None:
        free = not self.desk.read_only and not self._writing
        ready = {AMOUNTS: self._grid_shown, LIST: self.list.is_ready}.get(self.step, True)
        self.form.setEnabled(free)
        self.amounts.setEnabled(self._grid_shown and not self._writing)
        self.pick.setEnabled(free)
        self.list.setEnabled(free)
        last = self._stored is not None or self.step in (AMOUNTS, LIST)
        self.before.setVisible(self._stored is None and self.step != FORM)
        self.next.setVisible(not last)
        self.pick.tools.setVisible(self.step == WHO)
        self.pick.tools.setEnabled(free)
        self.write.setVisible(last)
        self.write.setEnabled(free and ready)
        self.write.setText(self.tr("&Lưu") if self._stored else self.tr("&Ghi cả đợt"))

    # -- the grid -------------------------------------------------------------------------------

    def _read_lines(self) -> None:
        """Who stands in the grid, and what is to be said of them."""
        if self._stored is not None:
            work: Callable[[], Known] = partial(
                lines_of, *self._place(), self._stored.uid, self._labels()
            )
        else:
            day, common = self.form.day, self._common
            assert day is not None
            assert common is not None
            work = partial(
                lines_for,
                *self._place(),
                self.pick.filter_of(day),
                self.pick.picked,
                common,
                self._labels(),
            )
        self.desk.runner.read(self, work, self._show_lines, self.refusal.say, latest="lines")

    def _show_lines(self, known: Known) -> None:
        if self.step != AMOUNTS:
            return
        sources = [*self._common.shares] if self._common is not None else []
        stored = self._stored is not None
        goods = self.form.has_goods or any(one.quantity is not None for one in known.lines)
        only = self.desk.read_only
        self.amounts.show_lines(
            known.lines, sources, self._cells(), goods=goods, locked=stored, read_only=only
        )
        self._grid_shown = True
        self.amounts.say_doubts(known.doubts)
        if self._cells():
            self._later.start()
        self._enable()
        if known.gone:
            said = self.tr("{count} hộ, người đã chọn không có trong sổ vào ngày hỗ trợ: bỏ ra.")
            self.refusal.tell(said.format(count=known.gone))
        if self.isVisible():
            self.amounts.start()

    def _foresee(self) -> None:
        """The warnings anew: some hang on who pays."""
        if self._grid_shown and self._stored is None and self._common is not None:
            wanted = self._wanted(self._common)
            uids = [one.who.uid for one in self.amounts.lines]
            work = partial(doubts_for, *self._place(), wanted, uids, self._labels())
            self.desk.runner.read(self, work, self._say_doubts, latest="doubts")

    def _say_doubts(self, doubts: Mapping[UUID, str]) -> None:
        if self._grid_shown:
            self.amounts.say_doubts(doubts)

    def _labels(self) -> Mapping[str, str]:
        field = self.desk.definitions.records[Kind.SUPPORT].form.fields["class_then"]
        return {choice.code: choice.label for choice in field.choices}

    def _place(self) -> tuple[Database, Context, Definitions]:
        return self.desk.database, self.desk.context, self.desk.definitions

    def _wanted(self, common: Common) -> ForMany:
        return ForMany(
            event={**common.event, "year": self.year},
            receivers=self.amounts.given(),
            support=common.support,
            answers=common.answers,
        )

    def _write_template(self) -> None:
        """The list to fill in, for those ticked, or for every household of the day."""
        day, common = self.form.day, self._common
        if day is None or common is None:
            return
        wanted, homes = (
            event_of_list(common, day, self.year),
            {o.household for o in self.pick.picked},
        )
        work = partial(
            template_of, *self._place(), wanted, self.pick.filter_of(day), homes, [*common.shares]
        )
        name = file_name(texts.SUPPORT_TEMPLATE["file"], common.event["name"], suffix="xlsx")
        self.exporter.write_files([work], name)

    # -- writing --------------------------------------------------------------------------------

    def save(self) -> None:
        """Write the new event whole; of a written one what this step shows."""
        self.refusal.hide()
        work = self._work() if self.step != LIST or self.list.agreed() else None
        if work is not None:
            self._writing = True
            self._enable()
            self.desk.runner.write(self, work, self._wrote, self._refused)

    def _work(self) -> Callable[[], Done[Any]] | None:
        database, context, definitions = self._place()
        if self.step == AMOUNTS:
            wrong = self.amounts.wrong()
            if wrong:
                self.refusal.tell(wrong)
                return None
            if self._stored is not None:
                event, amounts = self._stored.uid, self.amounts.amounts()
                return partial(support_bulk.change_amounts, database, context, event, amounts)
            assert self._common is not None
            unit = self.desk.unit(self.year)
            wanted = self._wanted(self._common)
            act = (database, context, definitions, wanted)
            return partial(support_bulk.support_many, *act, commune=unit)
        if self.step == LIST and self.list.plan is not None:
            plan, choices = self.list.plan, self.list.choices
            apply = partial(support_import.apply, database, context, definitions, plan, choices)
            return partial(apply, commune=self.desk.unit(self.year))
        common = self.form.said()
        if common is None or self._stored is None:
            return None
        event = self._stored.uid
        return partial(
            support_bulk.change_event, database, context, definitions, event, common.event
        )

    def _wrote(self, done: Done[Any]) -> None:
        self._writing = False
        if self._stored is None:
            value = done.value.supported if isinstance(done.value, Imported) else done.value
            self._last = value.event, self.year, self._typed() or {}
            self._close(value.event)
        elif self.step == AMOUNTS:
            self._grid_typed, self._grid_shown = {}, False
            self._close_or_stay(FORM, self._stored.uid)
        else:
            self.form.own.mark_saved()
            self._close_or_stay(AMOUNTS, self._stored.uid)

    def _close_or_stay(self, other: int, event: UUID) -> None:
        """What is typed in the other step of a written event is not saved with this one."""
        if self._typed() is None:
            self._close(event)
            return
        self.go_to(other)
        self.draft.keep()
        self.refusal.tell(self.tr("Phần vừa sửa đã lưu; ở bước này còn chỗ gõ chưa lưu."))

    def _close(self, event: UUID) -> None:
        self._grid_typed, self._grid_shown = {}, False
        self.form.show_event(None)  # nothing of it is unsaved
        self.pick.begin()
        self.list.begin()
        self.draft.forget()
        self.written.emit(event)

    def _refused(self, error: BaseException) -> None:
        self._writing = False
        self._enable()
        if self.step == LIST:
            self.list.read_again()
        self.refusal.say(error)

    # -- the keyboard ---------------------------------------------------------------------------

    def stops(self) -> list[QWidget]:
        """What Enter visits in this step."""
        return [(self.form, self.pick, self.amounts, self.list)[self.step], self.next, self.write]

    def _to_main(self) -> None:
        enter_walk.start([self.next, self.write])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if enter_walk.is_enter(event) and enter_walk.go_on(self.stops()):
            return
        super().keyPressEvent(event)
