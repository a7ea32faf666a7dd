"""Sổ giấy đề nghị: every application with its limit, the month's review, the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.applications import Outcome, Purpose, State
from giamngheo_desktop.domain.changes import ChangeSet, Done, Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview import paper_menus
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu, print_button
from giamngheo_desktop.gui.review.application_form import ApplicationForm
from giamngheo_desktop.gui.review.reply_form import ReplyForm
from giamngheo_desktop.gui.table.column import Align, Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.review import applications, in_year
from giamngheo_desktop.services.review.applications import Filed
from giamngheo_desktop.services.review.in_year import NextStep
from giamngheo_desktop.services.unit_names import villages

_WATCHES = (
    Kind.APPLICATION, Kind.INCOME_SOURCE, Kind.REVIEW, Kind.CASE, Kind.CLASS_RECORD,
    Kind.SETTING, Kind.AREA_VERSION,
)  # fmt: skip
_CHIPS = {State.WAITING: "open", State.UNDER_REVIEW: "average", State.ANSWERED: "done"}


class _Row(NamedTuple):
    uid: UUID
    applicant: str
    village: str
    purpose: Purpose
    received_on: date
    state: State
    review: str
    due: date | None
    left: str


@dataclass(frozen=True, slots=True)
class _Read:
    lines: tuple[Filed, ...]
    step: NextStep | None
    villages: tuple[tuple[UUID, str], ...]


class ApplicationsPanel(QWidget):
    """The book of a year; a form takes the place of the list while one paper is open.

    `review_opened(uid)` after a review was begun or was given applications.
    """

    review_opened = Signal(object)

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("applications_panel")
        self.setAccessibleName(self.tr("Sổ giấy đề nghị"))
        self.desk, self.year = desk, year
        self._read = _Read((), None, ())
        self._stale = True
        self.list = TableView(self._columns(), "applications", self.tr("Các giấy đề nghị"))
        self.summary = label("", "soft", "applications_summary", wrap=True)
        self.new_button = button(
            self.tr("&Ghi giấy đề nghị"), "new_application", icon="add", kind="primary"
        )
        self.month_button = button("", "open_month", icon="calendar")
        self.reply_button = button(self.tr("&Trả lời…"), "reply_application", icon="edit")
        self.prints = PrintMenu(desk, self._papers, self)
        head = Flow(8)  # in a narrow window the buttons go below
        head.addWidget(label(self.tr("Giấy đề nghị"), "heading"))
        self.print_button = print_button(self.prints)
        for part in (self.print_button, self.month_button, self.reply_button, self.new_button):
            head.addWidget(part)
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.summary)
        box.addWidget(self.list, 1)
        self.application = ApplicationForm(desk)
        self.reply = ReplyForm(desk)
        self.stack = QStackedWidget()
        for page in (whole, self.application, self.reply):
            self.stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self.setFocusProxy(self.list)
        opening.name_help(self, "applications")

        self.new_button.clicked.connect(self.open_new)
        self.month_button.clicked.connect(self._go_on)
        self.reply_button.clicked.connect(self._reply)
        self.list.row_opened.connect(self._open)
        self.list.current_changed.connect(self._enable)
        self.list.empty_action.connect(self.open_new)
        for form in (self.application, self.reply):
            form.saved.connect(self.show_list)
            form.left.connect(self.show_list)
        desk.bus.data_changed.connect(self._data_changed)
        desk.bus.day_passed.connect(self._mark_stale)
        self._enable()

    # -- what is shown --------------------------------------------------------------------------

    def load(self) -> None:
        """Read the book again."""
        self._stale = False
        work = partial(_look, self.desk, self.year)
        self.desk.runner.read(self, work, self._show, latest="book")

    @Slot(int)
    def show_year(self, year: int) -> None:
        self.year = year
        self._mark_stale()

    def may_leave(self) -> bool:
        """Nothing is asked: what is not saved is kept as a draft."""
        self.application.keep()
        self.reply.keep()
        return True

    @Slot()
    def show_list(self) -> None:
        self.stack.setCurrentIndex(0)
        self.list.setFocus()

    @Slot()
    def open_new(self) -> None:
        self.application.open_new(self.year, list(self._read.villages))
        self.stack.setCurrentWidget(self.application)
        self.application.search.setFocus()

    def current(self) -> Filed | None:
        uid = self.list.current_uid()
        return next((line for line in self._read.lines if line.uid == uid), None)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(key="applicant", title=self.tr("Người đề nghị"), width=150, stretch=True),
            Column(key="village", title=self.tr("Thôn"), width=100, gives_way=True),
            Column(
                key="purpose",
                title=self.tr("Đề nghị"),
                width=160,
                format=lambda value: texts.SHORT_PURPOSES[Purpose(str(value))],
            ),
            Column(key="received_on", title=self.tr("Ngày nhận"), width=90, gives_way=True),
            Column(
                key="state",
                title=self.tr("Tình trạng"),
                width=104,
                format=lambda value: texts.APPLICATION_STATES[State(str(value))],
                chip=lambda value: _CHIPS[State(str(value))],
            ),
            Column(key="review", title=self.tr("Đợt"), width=72),
            Column(key="due", title=self.tr("Hạn trả lời"), width=90),
            Column(
                key="left",
                title=self.tr("Còn lại"),
                width=120,
                align=Align.LEFT,
                chip=self._left_chip,
            ),
        )

    def _show(self, read: _Read) -> None:
        self._read = read
        self.list.set_rows([self._row(line) for line in read.lines])
        self.list.say_empty(
            self.tr("Chưa có giấy đề nghị nào của năm {year}.").format(year=self.year),
            {} if self.desk.read_only else {"new": self.tr("Ghi giấy đề nghị")},
        )
        if self.current() is None and read.lines:
            self.list.go_to(read.lines[0].uid)
        self._say_summary(read.lines)
        self._say_step(read.step)
        self._enable()

    def _row(self, line: Filed) -> _Row:
        return _Row(
            line.uid,
            line.paper.applicant,
            line.village_name,
            line.paper.purpose,
            line.paper.received_on,
            line.state,
            self._review_name(line),
            line.slot.due,
            self._left(line),
        )

    def _review_name(self, line: Filed) -> str:
        if line.slot.kind is ReviewKind.PERIODIC:
            return self.tr("Định kỳ")
        return self.tr("Tháng {month}").format(month=line.slot.begins_on.month)

    def _left(self, line: Filed) -> str:
        if line.outcome is not None:
            return texts.OUTCOMES[line.outcome]
        if line.days_left is None:
            return ""
        if line.overdue:
            return self.tr("Quá hạn {count} ngày").format(count=-line.days_left)
        if line.days_left == 0:
            return self.tr("Hôm nay")
        return self.tr("{count} ngày").format(count=line.days_left)

    def _left_chip(self, value: object) -> str:
        text = str(value)
        if text.startswith(self.tr("Quá hạn")):
            return "wrong"
        return "done" if text == texts.OUTCOMES[Outcome.ACCEPTED] else ""

    def _say_summary(self, lines: Sequence[Filed]) -> None:
        counts = {state: sum(line.state is state for line in lines) for state in State}
        late = [line.paper.applicant for line in lines if line.overdue]
        said = self.tr("{waiting} chờ, {running} trong kỳ, {answered} đã trả lời.").format(
            waiting=counts[State.WAITING],
            running=counts[State.UNDER_REVIEW],
            answered=counts[State.ANSWERED],
        )
        if late:
            text = self.tr("Quá hạn trả lời: {names}.")
            said = f"{said} {text.format(names=', '.join(late))}"
        self.summary.setText(said)

    def _say_step(self, step: NextStep | None) -> None:
        if step is None:
            text = self.tr("Không có giấy chờ")
        elif step.month is None:
            text = self.tr("Đưa {count} giấy vào kỳ định kỳ").format(count=step.count)
        elif step.review is not None:
            text = self.tr("Đưa {count} giấy vào đợt tháng {month}/{year}")
        else:
            text = self.tr("&Mở đợt tháng {month}/{year}")
        if step is not None:
            text = text.format(count=step.count, month=step.month, year=self.year)
        self.month_button.setText(text)
        tip = ""
        if step is not None and step.day > self.desk.context.today():
            tip = self.tr("Đợt này bắt đầu ngày {day}.").format(day=format_date(step.day))
        elif step is not None and step.month is None and step.review is None:
            tip = self.tr("Kỳ rà soát định kỳ chưa mở.")
        self.month_button.setToolTip(tip)
        self.month_button.setEnabled(step is not None and not tip and not self.desk.read_only)

    @Slot()
    def _enable(self) -> None:
        line = self.current()
        free = not self.desk.read_only
        self.new_button.setEnabled(free)
        self.reply_button.setEnabled(free and line is not None and line.outcome is None)

    def _papers(self) -> Sequence[PrintItem | None]:
        return paper_menus.of_application(self.desk, self.current())

    # -- acts -----------------------------------------------------------------------------------

    @Slot(object)
    def _open(self, uid: object) -> None:
        """An open paper can be corrected, an answered one is read."""
        line = self.current()
        if line is None:
            return
        if line.outcome is None:
            self.application.open_stored(line, self.year, list(self._read.villages))
            self.stack.setCurrentWidget(self.application)
        else:
            self._say_answer(line)

    def _say_answer(self, line: Filed) -> None:
        assert line.outcome is not None
        said = self.tr("{name}: {outcome}, ngày {day}, số {number}.").format(
            name=line.paper.applicant,
            outcome=texts.OUTCOMES[line.outcome],
            day=format_date(line.answered_on) if line.answered_on else "–",
            number=line.answer_number or "–",
        )
        self.summary.setText(f"{said} {line.answer or ''}".strip())

    @Slot()
    def _reply(self) -> None:
        line = self.current()
        if line is not None and line.outcome is None:
            self.reply.open(line, self.year)
            self.stack.setCurrentWidget(self.reply)
            self.reply.form.focus_field("outcome")

    @Slot()
    def _go_on(self) -> None:
        step = self._read.step
        if step is None:
            return
        desk = self.desk
        if step.review is not None:
            work = partial(
                in_year.take_in, desk.database, desk.context, desk.definitions, step.review
            )
            self.desk.runner.write(self, work, partial(self._taken, step.review))
        elif step.month is not None:
            begin = partial(
                in_year.open_month,
                desk.database,
                desk.context,
                desk.definitions,
                commune=desk.unit(self.year),
                year=self.year,
                month=step.month,
            )
            self.desk.runner.write(self, begin, self._begun)

    def _taken(self, review: UUID, done: Done[int]) -> None:
        self.review_opened.emit(review)

    def _begun(self, done: Done[UUID]) -> None:
        self.review_opened.emit(done.value)

    # -- staying fresh --------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.load()

    @Slot(object)
    def _data_changed(self, changes: ChangeSet) -> None:
        if changes.touches(*_WATCHES):
            self._mark_stale()

    @Slot()
    def _mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self.load()


def _look(desk: Desk, year: int) -> _Read:
    today, commune = desk.context.today(), desk.unit(year)
    lines = applications.book(
        desk.database, desk.definitions, commune=commune, year=year, today=today
    )
    step = in_year.next_step(desk.database, lines, commune=commune, year=year)
    shown = villages(desk.database, desk.day(year), commune)
    return _Read(tuple(lines), step, tuple((area.uid, area.name) for area in shown))
