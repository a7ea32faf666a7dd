"""Lịch báo cáo: what is due in the year, sent, handed in or late; who handed in, by period.

The whole year is one table; each report that many have to send is a table of its own, senders by
periods, in which one key writes the day above into the chosen cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any, ClassVar, cast
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu, print_button
from giamngheo_desktop.gui.records.record_section import REGISTER
from giamngheo_desktop.gui.reporting import report_cells
from giamngheo_desktop.gui.reporting.receipt_dialog import Papers, ReceiptDialog, papers_of
from giamngheo_desktop.gui.review.drafting import OF_RECORDS, DraftNote, Typed
from giamngheo_desktop.gui.settings.section import DayField, Section
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked
from giamngheo_desktop.reports.report_calendar import (
    CODE,
    calendar_notes,
    groups_of,
    remarks,
    schedule_title,
    status_code,
)
from giamngheo_desktop.services.reporting import receipts
from giamngheo_desktop.services.reporting.calendar import Calendar, Line, calendar
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts import report_period_text

_YEAR = ""  # of the choice: all reports of the year
_DAY = "received_on"


@dataclass(frozen=True, slots=True)
class Found:
    """The calendar of a year, and the papers that may have been sent."""

    calendar: Calendar
    papers: Papers


class MarkTable(TableView):
    """Space marks the chosen cells, Delete takes back what was marked."""

    def __init__(self, owner: CalendarSection, periods: Sequence[str], name: str) -> None:
        super().__init__(report_cells.period_columns(periods), "report_marks", name)
        self.periods = tuple(periods)
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._owner.mark()
        elif event.key() == Qt.Key.Key_Delete:
            self._owner.take_back()
        else:
            super().keyPressEvent(event)

    def chosen_cells(self) -> list[tuple[UUID, str]]:
        """Whose report of which period: the chosen cells, else the one of the cursor."""
        chosen = self.selectedIndexes() or [self.currentIndex()]
        return [
            (self.rows.row(index.row())[0], self.periods[index.column() - 1])
            for index in chosen
            if index.isValid() and index.column() > 0
        ]


class CalendarSection(Section):
    """Lịch báo cáo."""

    WATCHES: ClassVar[frozenset[Kind]] = REGISTER | {
        Kind.DOCUMENT,
        Kind.REPORT_SCHEDULE,
        Kind.REPORT_RECEIPT,
        Kind.ISSUED,
        Kind.BODY,
        Kind.OFFICER,
    }

    def __init__(self, desk: Desk) -> None:
        intro = self.tr("Báo cáo nào đến hạn, đã gửi, đã nộp, còn thiếu của ai.")
        super().__init__(desk, self.tr("Lịch báo cáo"), intro)
        self.found: Found | None = None
        self.dialog: ReceiptDialog | None = None
        self._groups: Mapping[UUID, Sequence[Line]] = {}
        self._lines: Mapping[tuple[UUID, str], Line] = {}
        self._place: tuple[UUID, int] | None = None
        self._wanted: str | None = None  # the report to be shown once it is read
        self._writing = False
        self.choice = ElidedBox()
        self.choice.setObjectName("report_choice")
        self.choice.setAccessibleName(self.tr("Bảng đang xem"))
        self.prints = PrintMenu(desk, self._papers, self)
        self.record_button = button(self.tr("&Ghi đã gửi, nộp"), "record_receipt", icon="done")
        self.back_button = button(self.tr("&Bỏ lần ghi"), "take_back_receipt", icon="undo")
        self.day = DayField(_DAY, self.tr("Ngày nộp"))
        self._kept: Entry = None  # the day that waits for nothing
        self.said = label("", "bold", "calendar_said", wrap=True)
        self.note = label("", "warning", "calendar_note", wrap=True)
        self.hint = label(
            self.tr("Phím cách: các ô đang chọn đã nộp ngày này. Delete: bỏ lần ghi."),
            "soft",
            "mark_hint",
            wrap=True,
        )
        self.refusal = Refusal()
        self.draft = DraftNote(desk, self._typed, prefix=OF_RECORDS)
        self.year_table = WrappedRows(
            report_cells.year_columns(), "report_year", self.heading.text()
        )
        self.marks = MarkTable(self, (), self.heading.text())
        self._tables = QStackedWidget()
        self._build()
        self._connect()
        self.is_broad = True

    def _build(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.choice, 1)
        for part in (self.record_button, self.back_button, print_button(self.prints)):
            tools.addWidget(part)
        self._tables.addWidget(self.year_table)
        self._tables.addWidget(self.marks)
        self.marking = QWidget()
        line = QHBoxLayout(self.marking)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(self.day.field.label))
        line.addWidget(self.day)
        line.addWidget(self.hint, 1)
        self.box.addLayout(tools)
        for under in (self.said, self.note, self.marking, self.draft, self.refusal):
            self.box.addWidget(under)
        self.box.addWidget(self._tables, 1)
        for under in (self.note, self.marking):
            under.hide()
        keep_clear(self.refusal)
        self.setFocusProxy(self.choice)

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(self._show_choice)
        self.record_button.clicked.connect(self.record)
        self.back_button.clicked.connect(self.take_back)
        self.year_table.row_opened.connect(self._open)
        self.year_table.current_changed.connect(self._enable)
        self.day.changed.connect(self._touched)
        self.draft.dropped.connect(self._fill)
        self.prints.go_requested.connect(self.go_requested)

    # -- reading and showing --------------------------------------------------------------------

    def load(self) -> None:
        desk = self.desk
        place = (desk.unit(self.year), self.year)
        if place != self._place:
            self.draft.keep()
            self._place, self.found = place, None
            self._groups, self._lines = {}, {}
            for table in (self.year_table, self.marks):
                table.set_rows([])  # nothing of the place before can be marked
            self._enable()
            self._fill()
            typed = self.draft.begin(f"bao-cao-da-nop-{self.year}", self._title())
            if typed is not None:
                self.day.set_value(cast("Entry", typed.get(_DAY)))
        work = partial(_read, desk.database, desk.definitions, *place, desk.context.today())
        desk.runner.read(self, work, self._show, self._refused, latest="report_calendar")

    def arrive(self, wanted: Mapping[str, object]) -> None:
        self._wanted = str(wanted.get("schedule") or _YEAR)
        if self.found is not None:
            self._take_wanted()
            self._show_choice()

    def _take_wanted(self) -> None:
        if self._wanted is not None:
            with QSignalBlocker(self.choice):
                self.choice.setCurrentIndex(max(0, self.choice.findData(self._wanted)))
        self._wanted = None

    def _show(self, found: Found) -> None:
        self.found = found
        self.refusal.hide()
        groups = groups_of(found.calendar.lines)
        groups.sort(key=lambda group: group[0].occurrence.due or date.max)
        self._groups = {report_cells.uid_of_group(group[0]): group for group in groups}
        self._offer()
        noted = any(any(remarks(found.calendar, group)) for group in groups)
        self.year_table.leave_out("remark", not noted)
        self.year_table.set_rows([report_cells.year_row(found.calendar, group) for group in groups])
        self.year_table.say_empty(self._nothing())
        self._show_choice()

    def _offer(self) -> None:
        """The year, and each report that many have to send."""
        assert self.found is not None
        chosen = self.choice.currentData()
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem(self.tr("Mọi báo cáo của năm"), _YEAR)
            for one in self.found.calendar.schedules:
                if one.has_many and one not in self.found.calendar.unsent:
                    said = self.tr("Từng nơi nộp: {name}").format(name=schedule_title(one))
                    self.choice.addItem(said, one.key)
            self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        self._take_wanted()

    @property
    def shown(self) -> str:
        """The key of the report whose senders are shown; empty for the year."""
        return str(self.choice.currentData() or _YEAR)

    @Slot()
    def _show_choice(self) -> None:
        if self.found is None:
            return
        whole = self.found.calendar
        mine = [line for line in whole.lines if line.schedule.key == self.shown]
        if self.shown:
            self._show_marks(mine)
        self.marking.setVisible(bool(self.shown) and not self.desk.read_only)
        self._tables.setCurrentWidget(self.marks if self.shown else self.year_table)
        day = self.tr("Tính đến ngày {day}").format(day=format_date(whole.day))
        self.said.setText(day)
        notes = [*calendar_notes(whole)]
        if any(not one.is_confirmed for one in whole.schedules):
            notes.append(self.tr("Có hạn lấy từ kế hoạch mẫu chưa xác nhận: xem Chế độ báo cáo."))
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))
        self._enable()

    def _show_marks(self, lines: Sequence[Line]) -> None:
        assert self.found is not None
        periods = report_cells.periods_of(lines)
        if tuple(periods) != self.marks.periods:
            self._new_marks(periods)
        senders: dict[UUID, list[Line]] = {}
        for line in lines:
            senders.setdefault(report_cells.uid_of_sender(line), []).append(line)
        self._lines = {
            (uid, line.occurrence.period): line for uid, of in senders.items() for line in of
        }
        whole = self.found.calendar
        self.marks.set_rows(
            [report_cells.sender_row(whole, of, periods) for of in senders.values()]
        )

    def _new_marks(self, periods: Sequence[str]) -> None:
        """Each kind of report has columns of its own."""
        before = self.marks
        self.marks = MarkTable(self, periods, self.heading.text())
        self.marks.selectionModel().selectionChanged.connect(self._enable)
        self._tables.addWidget(self.marks)
        self._tables.removeWidget(before)
        before.deleteLater()
        stops = (self.choice, self.record_button, self.back_button, self.day.edit, self.marks)
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def _nothing(self) -> str:
        assert self.found is not None
        if not self.found.calendar.has_plan:
            return self.tr("Năm này chưa có kế hoạch, nên chưa có lịch báo cáo.")
        return self.tr("Kế hoạch chưa ghi báo cáo nào: ghi ở Chế độ báo cáo.")

    # -- acts -----------------------------------------------------------------------------------

    def record(self) -> None:
        """The report of the line; where many send it, the chosen cells or their table."""
        if self.shown:
            self.mark()
        elif (uid := self.year_table.current_uid()) is not None:
            self._open(uid)

    def mark(self) -> None:
        """The chosen cells that are open: handed in on the day above."""
        day = self.day.day()
        reports = [line.report for line in self._chosen() if not line.receipts]
        if not reports or self.desk.read_only or self._writing:
            return
        if day is None:
            self.day.set_problem(self.tr("Ghi ngày nộp, ví dụ 18/03/2026."))
            self.day.take_focus()
            return
        act = (self.desk.database, self.desk.context, self.year, reports, day)
        self._write(partial(receipts.record_many, *act))

    @Slot()
    def take_back(self) -> None:
        """What was recorded of the chosen ones."""
        uids = [one.uid for line in self._chosen() for one in line.receipts]
        if uids and not self.desk.read_only and not self._writing:
            act = (self.desk.database, self.desk.context, uids)
            self._write(partial(receipts.take_back, *act))

    def _chosen(self) -> list[Line]:
        if self.shown:
            cells = self.marks.chosen_cells()
            return [self._lines[cell] for cell in cells if cell in self._lines]
        group = self._group()
        return [*group] if group and not group[0].schedule.has_many else []

    def _group(self) -> Sequence[Line]:
        uid = self.year_table.current_uid()
        return self._groups.get(uid, ()) if uid is not None else ()

    @Slot(object)
    def _open(self, uid: object) -> None:
        """What is asked of a report; of one that many send, their table."""
        group = self._groups.get(uid, ()) if isinstance(uid, UUID) else ()
        if not group or self.found is None:
            return
        line = group[0]
        if line.schedule.has_many:
            self.choice.setCurrentIndex(max(0, self.choice.findData(line.schedule.key)))
            self._into_table()
        elif not self.desk.read_only and not line.receipts:
            self.dialog = ReceiptDialog(self.desk, self.year, line, self.found.papers, self)
            self.dialog.open()
            self.dialog.start_typing()

    def _write(self, work: Callable[[], Done[Any]]) -> None:
        self._writing = True
        self._enable()
        self.desk.runner.write(self, work, self._written, self._refused)

    def _written(self, _: Done[Any]) -> None:
        """The page reads again by itself."""
        self._writing = False
        self._kept = self.day.value()
        self.draft.forget()
        self.refusal.hide()
        self._enable()

    def _refused(self, error: BaseException) -> None:
        self._writing = False
        self._enable()
        self.refusal.say(error)

    @Slot()
    def _enable(self, *_: object) -> None:
        chosen = self._chosen()
        free = self.found is not None and not self.desk.read_only and not self._writing
        many = not self.shown and bool(self._group()) and self._group()[0].schedule.has_many
        self.record_button.setEnabled(free and (many or any(not one.receipts for one in chosen)))
        self.back_button.setEnabled(free and any(one.receipts for one in chosen))
        for part in (self.record_button, self.back_button):
            part.setVisible(not self.desk.read_only)

    # -- typing ---------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._kept = self.desk.context.today()
        self.day.set_value(self._kept)

    def _typed(self) -> Typed | None:
        typed = self.day.value()
        return None if typed == self._kept else {_DAY: typed}

    def _touched(self) -> None:
        self.refusal.hide()
        self.draft.touch()

    def _title(self) -> str:
        return self.tr("{name}, năm {year}").format(name=self.heading.text(), year=self.year)

    @Slot()
    def _into_table(self) -> None:
        table = self.marks if self.shown else self.year_table
        if not table.currentIndex().isValid() and table.rows.rowCount():
            table.setCurrentIndex(table.rows.index(0, min(1, table.rows.columnCount() - 1)))
        table.setFocus()

    def stops(self) -> list[QWidget]:
        return [self.choice, self.day, self._tables]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = enter_walk.is_enter(event)
        if is_enter and self.choice.hasFocus() and self.day.isVisible():
            self.day.take_focus()
        elif is_enter and (self.choice.hasFocus() or self.day.edit.hasFocus()):
            self._into_table()
        else:
            super().keyPressEvent(event)

    # -- papers ---------------------------------------------------------------------------------

    def _papers(self) -> Sequence[PrintItem | None]:
        whole = self.tr("Lịch báo cáo năm {year}").format(year=self.year)
        items: list[PrintItem | None] = [self._item(CODE, whole), None]
        lines = self.found.calendar.lines if self.found is not None else ()
        for period in report_cells.periods_of(lines):
            said = self.tr("Tình hình nộp báo cáo {period}")
            items.append(
                self._item(status_code(period), said.format(period=report_period_text(period)))
            )
        return items

    def _item(self, code: str, said: str) -> PrintItem:
        desk = self.desk
        asked = ProgrammeAsked(
            code=code, year=self.year, unit=desk.unit(self.year), as_of=desk.context.today()
        )
        order = paper_work.programme_order(desk, said, (code, self.year), asked)
        return PrintItem(code, said, order)


def _read(
    database: Database, definitions: Definitions, unit: UUID, year: int, today: date
) -> Found:
    """Runs off the GUI thread."""
    found = calendar(database, definitions, unit, year, today)
    return Found(found, papers_of(database, unit, year))
