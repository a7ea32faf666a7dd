"""The list of households: filters, table, what is behind a number, drafts not yet saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fault import Fault
from giamngheo_desktop.gui.household.columns import IMPORTED_AS, household_columns, state_label
from giamngheo_desktop.gui.household.drafts_bar import DraftsBar
from giamngheo_desktop.gui.household.filter_line import FilterLine
from giamngheo_desktop.gui.parts import button, label, title_row
from giamngheo_desktop.gui.table.clipboard import Block
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services import drafts, register
from giamngheo_desktop.services.register import HouseholdFilter, HouseholdRow
from giamngheo_desktop.storage.engine import Database

_FIRST = 60  # more rows than a window shows


class _Answer(NamedTuple):
    """What one question to the file brought back; `found` is None where no text is searched."""

    rows: list[HouseholdRow]
    found: frozenset[UUID] | None
    villages: list[tuple[UUID, str]]
    closed: bool | None  # None: in some of the communes


class HouseholdList(QWidget):
    """Tells which household to open; the page around it shows it.

    `opened(uid)`, `new_requested()`, `draft_opened(key)`, `move_in_requested()`,
    `export_requested()`, `print_requested()`, `block_pasted(block, fields of its columns)`.
    """

    opened = Signal(object)
    new_requested = Signal()
    draft_opened = Signal(str)
    move_in_requested = Signal()
    export_requested = Signal()
    print_requested = Signal()
    block_pasted = Signal(list, list)

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.year = year
        self._uids: frozenset[UUID] | None = None  # names behind a number
        self._number: HouseholdFilter | None = None  # day, closed year, standard it is counted by
        self._sort: tuple[str, bool] = ("head", False)
        self._wanted: HouseholdFilter | None = None  # what was asked last
        self._all: list[HouseholdRow] | None = None  # what a text narrows; None while it is read

        self._title = label(self.tr("Hộ gia đình"), "title", "page_title")
        self.print_button = button(self.tr("In"), "print_list", icon="print")
        self.print_button.setAccessibleName(self.tr("In danh sách"))
        self.print_button.setToolTip(self.tr("In danh sách đang hiện"))
        self.export_button = button(self.tr("Xuất Excel"), "export", icon="sheet")
        self.arrivals = button(self.tr("Hộ chuyển đến"), "move_in", icon="users")
        self.new_button = button(self.tr("Thêm hộ"), "new", icon="add", kind="primary")
        self.new_button.setToolTip(self.tr("Thêm hộ (Ctrl+N)"))
        self.drafts = DraftsBar()
        self.filters = FilterLine()
        self.closed = label("", "soft", "closed_year", wrap=True)
        self._behind = QFrame()
        self._behind.setObjectName("behind")
        self._behind.setProperty("kind", "card")
        self._behind_text = label("", "", "behind_text", wrap=True)
        self._behind_all = button(self.tr("Hiện tất cả hộ"), "show_all", kind="link")
        self.table = TableView(
            household_columns(desk.definitions, self._state_label),
            "households",
            self.tr("Danh sách hộ"),
        )
        self.fault = Fault(self.table, self.load)
        self._build()

        self.new_button.clicked.connect(self.new_requested)
        self.arrivals.clicked.connect(self.move_in_requested)
        self.print_button.clicked.connect(self.print_requested)
        self.export_button.clicked.connect(self.export_requested)
        self.drafts.opened.connect(self.draft_opened)
        self.drafts.discarded.connect(self._discard)
        self.filters.changed.connect(self.load)
        self.filters.text_changed.connect(self.search)
        self.filters.down_pressed.connect(self._enter_table)
        self.filters.entered.connect(self._open_only)
        self._behind_all.clicked.connect(self.clear_filter)
        self.table.row_opened.connect(self.opened)
        self.table.sort_requested.connect(self._sort_by)
        self.table.empty_action.connect(self._take_empty_action)
        self.table.paste_requested.connect(self._take_block)
        self.set_year(year)
        desk.bus.day_passed.connect(self._day_passed)

    # -- what the page asks ---------------------------------------------------------------------

    def set_year(self, year: int) -> None:
        self.year = year
        self._number = None
        self._default_day = self.desk.day(year)
        self.filters.set_day(self._default_day)

    def load(self) -> None:
        """Read the rows for the filters as they are now; only the newest answer is shown."""
        self._all = None
        wanted = HouseholdFilter(
            day=self._day(),
            standard=self._standard(),
            year=self._whole_year(),
            villages=self.filters.villages,
            classes=self.filters.classes,
            uids=self._uids,
            sort=self._sort[0],
            descending=self._sort[1],
        )
        fn = partial(
            _read, self.desk.database, wanted, self.filters.text, self.desk.unit(self.year)
        )
        self._wanted = wanted
        beginning = replace(wanted, limit=_FIRST)
        if not self.table.rows.rowCount() and not self.filters.text and beginning.is_beginning:
            # An empty table says nothing: its first rows come in a third of the time of all.
            first = partial(register.households, self.desk.database, beginning)
            show = partial(self._show_first, wanted)
            self.desk.runner.read(self, first, show, _untold, latest="first")
        self.fault.read(self.desk.runner, fn, self._show, latest="rows")

    def search(self) -> None:
        """Narrow the rows that are here already; while they are being read, read them again."""
        if self._all is None:
            self.load()
        elif not self.filters.text:
            self._show_rows(self._all, keep_widths=True)
        else:
            text = self.filters.text
            fn = partial(
                register.matching,
                self.desk.database,
                text,
                self._day(),
                year=self._whole_year(),
                standard=self._standard(),
            )
            self.fault.read(self.desk.runner, fn, partial(self._found, text), latest="rows")

    def load_drafts(self) -> None:
        """Offer what was typed and never saved."""
        fn = partial(drafts.find, self.desk.database.path)
        self.desk.runner.read(self, fn, self._show_drafts, latest="drafts")

    def set_filter(self, wanted: Mapping[str, object]) -> None:
        """Take a filter from another page: `village`, `classes`, `uids`, `text`, `day`, each
        optional; without a day the one chosen stays, unless a number had brought it.
        """
        self._forget_number()
        villages = wanted.get("village", wanted.get("villages"))
        classes = wanted.get("classes")
        uids = wanted.get("uids")
        text, day = wanted.get("text"), wanted.get("day")
        if isinstance(day, date):
            self.filters.set_day(day)
        self.filters.set_filter(
            text=text if isinstance(text, str) else "",
            village=_only(villages),
            classes=[str(code) for code in classes] if isinstance(classes, Iterable) else (),
        )
        self._uids = frozenset(uids) if isinstance(uids, Iterable) else None
        self.load()

    def show_number(self, wanted: HouseholdFilter) -> None:
        """What stands behind a number of another page, as it was counted: on its day, under its
        standard, in its closed year. Another day typed here shows the register again.
        """
        self._forget_number()
        self._number = wanted
        self.filters.set_day(wanted.day)
        self.filters.set_filter(
            text=wanted.text, village=_only(wanted.villages), classes=wanted.classes
        )
        self._uids = wanted.uids
        self.load()

    def clear_filter(self) -> None:
        self.set_filter({})

    def go_to(self, uid: UUID) -> None:
        """Put the cursor on a household, where the list shows it."""
        self.table.go_to(uid)
        self.table.setFocus()

    def shown_rows(self) -> list[HouseholdRow]:
        """The rows as listed now."""
        rows = self.table.rows
        return [rows.row(number) for number in range(rows.rowCount())]

    # -- events and internals -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters typed over the table go into the search."""
        text = event.text()
        if text and text.isprintable() and not event.modifiers() and self.table.hasFocus():
            self.filters.text_edit.setFocus()
            QApplication.sendEvent(self.filters.text_edit, event)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _day_passed(self) -> None:
        """The list follows the day, unless another one was chosen."""
        if self._day() == self._default_day:
            self.set_year(self.year)
            if self.isVisible():
                self.load()

    def _build(self) -> None:
        line = title_row(self._title)
        line.addStretch()
        for part in (self.print_button, self.export_button, self.arrivals, self.new_button):
            line.addWidget(part)
        behind = QHBoxLayout(self._behind)
        behind.setContentsMargins(16, 4, 12, 4)
        behind.addWidget(self._behind_text, 1)
        behind.addWidget(self._behind_all)
        self._behind.hide()
        self.closed.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(8)
        box.addLayout(line)
        box.addWidget(self.drafts)
        box.addWidget(self.closed)
        box.addWidget(self.filters)
        box.addWidget(self._behind)
        box.addWidget(self.table, 1)
        for one, other in (
            (self.filters.text_edit, self.filters.village),
            (self.table, self.print_button),
            (self.print_button, self.export_button),
        ):
            QWidget.setTabOrder(one, other)
        if self.desk.read_only:
            self.new_button.setEnabled(False)
            self.arrivals.setEnabled(False)

    def _state_label(self, state: object) -> str:
        return state_label(state, self._whole_year() or self.year)

    def _day(self) -> date:
        return self.filters.day or self.desk.day(self.year)

    def _whole_year(self) -> int | None:
        """The year of the number; the working year, where no other day was chosen."""
        number = self._counted()
        if number is not None and number.year is not None:
            return number.year
        return self.year if self._day() == self.desk.day(self.year) else None

    def _standard(self) -> str:
        number = self._counted()
        return number.standard if number else self.desk.standard(self.year).code

    def _counted(self) -> HouseholdFilter | None:
        """What a number is counted by, while the list is still of its day."""
        number = self._number
        return number if number is not None and number.day == self._day() else None

    def _forget_number(self) -> None:
        """The day that came with a number goes with it."""
        if self._counted() is not None:
            self.filters.set_day(self._default_day)
        self._number = None

    def _show(self, answer: _Answer) -> None:
        year = self._whole_year() or self.year
        if self.filters.offer_no_result(None if answer.closed is False else year):
            return  # the rows are read again
        said = self.tr("Năm {year} đã khóa sổ: phân loại, thôn và số khẩu theo kết quả đã khóa.")
        if answer.closed is None:
            said = self.tr(
                "Năm {year} đã khóa sổ ở một số xã: hộ các xã ấy hiện phân loại, thôn và số khẩu "
                "theo kết quả đã khóa."
            )
        self.closed.setText("" if answer.closed is False else said.format(year=year))
        self.closed.setVisible(answer.closed is not False)
        self.filters.set_villages(answer.villages)
        self._all = answer.rows
        if answer.found is None:
            self._show_rows(answer.rows)
        else:
            self._narrow(answer.found)

    def _show_first(self, wanted: HouseholdFilter, rows: list[HouseholdRow]) -> None:
        if self._all is None and wanted == self._wanted and not self.table.rows.rowCount():
            self.table.set_rows(rows)
            self.table.show_order(self._sort[0], descending=self._sort[1])

    def _found(self, text: str, found: frozenset[UUID]) -> None:
        if text == self.filters.text:  # else it was cleared meanwhile
            self._narrow(found)

    def _narrow(self, found: frozenset[UUID]) -> None:
        some = [row for row in self._all or () if row.uid in found]
        self._show_rows(some, keep_widths=True)

    def _show_rows(self, rows: list[HouseholdRow], *, keep_widths: bool = False) -> None:
        self.table.set_rows(rows, keep_widths=keep_widths)
        self.table.show_order(self._sort[0], descending=self._sort[1])
        persons = sum(row.persons for row in rows)
        said = self.tr("{households} hộ, {persons} khẩu").format(
            households=format_integer(len(rows)), persons=format_integer(persons)
        )
        self.filters.count.setText(said)
        self._say_empty()
        self._say_behind(len(rows))

    def _say_empty(self) -> None:
        if self.filters.is_set or self._uids is not None:
            text = self.tr("Không có hộ nào khớp với những gì đang lọc.")
            self.table.say_empty(text, {"show_all": self.tr("Hiện tất cả hộ")})
        elif self.desk.read_only:
            self.table.say_empty(self.tr("Sổ chưa có hộ nào vào ngày này."))
        else:
            text = self.tr(
                "Sổ chưa có hộ nào vào ngày này. Gõ từng hộ vào đây; sau này có thể nhập cả "
                "danh sách từ Excel."
            )
            self.table.say_empty(text, {"new": self.tr("Thêm hộ đầu tiên (Ctrl+N)")})

    def _say_behind(self, found: int) -> None:
        self._behind.setVisible(self._uids is not None)
        if self._uids is None:
            return
        wanted = len(self._uids)
        text = self.tr("Chỉ hiện {count} hộ đứng sau con số đã chọn.").format(
            count=format_integer(found)
        )
        if found < wanted and not self.filters.is_set:
            less = self.tr(
                "Hiện {count} trong {all} hộ đứng sau con số đã chọn; số còn lại không có trong "
                "sổ vào ngày đang xem."
            )
            text = less.format(count=format_integer(found), all=format_integer(wanted))
        self._behind_text.setText(text)

    def _sort_by(self, sort: str, descending: bool) -> None:
        self._sort = (sort, descending)
        self.load()

    def _enter_table(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid() and self.table.rows.rowCount():
            self.table.setCurrentIndex(self.table.rows.index(0, 0))

    def _open_only(self) -> None:
        """Enter in the search opens the household if it is the only one left."""
        if self.table.rows.rowCount() == 1:
            self.opened.emit(self.table.rows.row(0)[0])
        else:
            self._enter_table()

    def _take_block(self, block: Block) -> None:
        """Several cells; the columns shown say what those without headings are."""
        if len(block) > 1 or len(block[0]) > 1:
            columns = self.table.rows.columns
            order = [columns[self.table.heading.logicalIndex(at)] for at in range(len(columns))]
            shown = [one for one in order if not self.table.isColumnHidden(columns.index(one))]
            self.block_pasted.emit(block, [IMPORTED_AS.get(one.key, "") for one in shown])

    def _take_empty_action(self, code: str) -> None:
        if code == "new":
            self.new_requested.emit()
        else:
            self.clear_filter()

    def _show_drafts(self, found: drafts.Found) -> None:
        mine = [draft for draft in found.drafts if draft.key.startswith("ho-")]
        self.drafts.show_drafts(mine)
        if found.problems:
            said = [texts.error_text(problem) for problem in found.problems]
            messages.problems(self.tr("Có bản nháp không đọc được:"), said, self)

    def _discard(self, key: str) -> None:
        agreed = messages.ask_drop_draft(self.tr("Bỏ bản nháp này?"), self)
        if agreed:
            try:
                drafts.discard(self.desk.database.path, key)
            except AppError as error:
                messages.report(error, self)
            self.load_drafts()


def _read(database: Database, wanted: HouseholdFilter, text: str, commune: UUID) -> _Answer:
    rows = register.households(database, wanted)
    year, standard = wanted.year, wanted.standard
    found = None
    if text:
        found = register.matching(database, text, wanted.day, year=year, standard=standard)
    closed = year is not None and register.is_closed(database, year, standard, commune)
    return _Answer(rows, found, register.villages_of_list(database, wanted, commune), closed)


def _untold(_: BaseException) -> None:
    """Of the first rows: reading all of them tells."""


def _only(uids: object) -> UUID | None:
    """The one village of a filter; several are shown as all."""
    if isinstance(uids, UUID):
        return uids
    found = [uid for uid in uids if isinstance(uid, UUID)] if isinstance(uids, Iterable) else []
    return found[0] if len(found) == 1 else None
