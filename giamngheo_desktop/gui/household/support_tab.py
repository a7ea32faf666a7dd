"""The tab Hỗ trợ: what the household got since 2021, what it needs, who stands by it.

It is read when it is seen: opening a household does not wait for it.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import ChangeSet
from giamngheo_desktop.domain.record_form import KINDS
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fault import Fault
from giamngheo_desktop.gui.household.support_rows import SupportWords, columns
from giamngheo_desktop.gui.household.support_side import SupportSide
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.preview import paper_menus
from giamngheo_desktop.gui.preview.print_menu import PrintMenu
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.household_view import Dossier
from giamngheo_desktop.services.programme.home_help import FIRST, HomeHelp, home_help
from giamngheo_desktop.storage.engine import Database

_BESIDE = 760  # pixels at 100 % from which needs and helpers stand beside the table
_SIDE = 280
_LINES = 6  # of the table, where they stand below it


class SupportTab(QWidget):
    """`go_requested(page, payload)`: a form for this household is wanted, or another household;
    `notice(sentence, can be undone)`.
    """

    go_requested = Signal(str, object)
    notice = Signal(str, bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._household: UUID | None = None
        self._head = ""
        self._year = 0
        self._stale = False
        self.found: HomeHelp | None = None
        self.years = label("", "bold", "listed_years", wrap=True)
        self.sums = label("", "", "support_sums", wrap=True)
        self.by_year = label("", "soft", "support_by_year", wrap=True)
        self.add = button(self.tr("&Ghi hỗ trợ"), "add_support", icon="add")
        self.prints = PrintMenu(desk, tuple, self)  # what it opens is asked by the button
        self.print_button = button(self.tr("In phiếu"), "print_help", icon="print")
        self.print_button.setToolTip(self.tr("In phiếu theo dõi hỗ trợ của hộ"))
        self.table = WrappedRows(columns(), "household_supports", self.tr("Hộ đã nhận những gì"))
        self.side = SupportSide()
        self.fault = Fault(self, self._read_again)
        self._build()
        self.add.clicked.connect(self._add)
        self.print_button.clicked.connect(self._print)
        self.prints.go_requested.connect(self.go_requested)
        self.table.row_opened.connect(self._open_line)
        self.side.asked.connect(self._ask)
        desk.bus.data_changed.connect(self._data_changed)
        theme.changed.connect(self._arrange)

    def show_of(self, dossier: Dossier | None) -> None:
        """Whose help is shown, as of the year of the page; None: of a household not saved yet."""
        household = dossier.household.uid if dossier else None
        head = dossier.household.head if dossier else None
        self._head = head.full_name if head else ""
        year = dossier.around.year if dossier else self._year
        self._stale = household is not None
        if (household, year) != (self._household, self._year):
            self._household, self._year = household, year
            self._show(None)  # another one may begin on another tab
        else:
            self.look()

    def look(self) -> None:
        """Read what is not shown yet, if anybody sees it."""
        if self.isVisible():
            self._load()

    def start(self) -> None:
        """The keyboard goes to what it got, or to the button for the first."""
        free = self.add.isVisible() and self.table.rows.rowCount() == 0
        (self.add if free else self.table).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # -- reading --------------------------------------------------------------------------------

    def _load(self) -> None:
        if self._household is None or not self._stale:
            return
        self._stale = False
        desk = self._desk
        place = (desk.database, desk.definitions, self._household, desk.day(self._year))
        work = partial(_read, *place)
        self.fault.read(desk.runner, work, self._shown, latest="household_help")

    def _read_again(self) -> None:
        self._stale = True
        self._load()

    @Slot(object)
    def _data_changed(self, changes: ChangeSet) -> None:
        if changes.touches(*KINDS):
            self._stale = True
            self.look()

    @Slot(object)
    def _shown(self, read: tuple[UUID, HomeHelp]) -> None:
        household, found = read
        if household == self._household:
            self._show(found)

    def _show(self, found: HomeHelp | None) -> None:
        self.found = found
        self.add.setVisible(found is not None and not self._desk.read_only)
        self.print_button.setVisible(found is not None)
        if found is None:
            self.years.clear()
            self.sums.clear()
            self.by_year.hide()
            self.table.set_rows(())
            saved = self._household is not None
            said = self.tr("Đang đọc…") if saved else self.tr("Lưu hộ trước, rồi ghi hỗ trợ.")
            self.table.say_empty(said)
            self.side.show_nothing()
            return
        words = SupportWords(self._desk.definitions, found)
        self.years.setText(words.years())
        self.years.setProperty("kind", "late" if found.received.years.is_long else "bold")
        self.years.style().polish(self.years)
        self.sums.setText(words.sums())
        self.by_year.setText(words.by_year())
        self.by_year.setVisible(bool(words.by_year()))
        self.table.rows.headings = words.headings()
        self.table.set_rows(words.lines())
        said = self.tr("Từ năm {year} hộ chưa nhận hỗ trợ nào được ghi ở đây.")
        self.table.say_empty(said.format(year=FIRST.year))
        self.side.show_help(words, found, year=self._year, editable=not self._desk.read_only)
        self._arrange()

    # -- acts -----------------------------------------------------------------------------------

    @Slot()
    def _add(self) -> None:
        self._ask("supports", None)

    @Slot()
    def _print(self) -> None:
        if self._household is not None:
            order = paper_menus.of_help(self._desk, self._household, self._head, self._year)
            self.prints.open(order)

    @Slot(str, object)
    def _ask(self, section: str, record: object) -> None:
        """The form of one record, or of a new one of this household."""
        payload = {"section": section, "household": self._household, "record": record}
        self.go_requested.emit("support", payload)

    @Slot(object)
    def _open_line(self, uid: object) -> None:
        """A support, activity or entry of a fund of the year in its form; a support of another
        household opens that.
        """
        found = self.found
        if found is None:
            return
        for row in (*found.received.supports, *found.elsewhere):
            if row.uid == uid and row.household != self._household:
                self.go_requested.emit("households", row.household)
            elif row.uid == uid:
                self._open_record("support", "supports", row.uid, row.year)
        for one in found.parts:
            if one.uid == uid:
                activity = one.activity
                self._open_record("projects", "activities", activity["uid"], activity["year"])
        for entry in found.gifts:
            if entry["uid"] == uid:
                self._open_record("projects", "fund", entry["uid"], entry["booked_on"].year)

    def _open_record(self, page: str, section: str, uid: UUID, year: int) -> None:
        if year == self._year:
            self.go_requested.emit(page, {"section": section, "record": uid})
            return
        said = self.tr("Dòng này của năm {year}: chọn Năm làm việc {year} ở trên rồi mở để sửa.")
        self.notice.emit(said.format(year=year), False)

    # -- laying out -----------------------------------------------------------------------------

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.years)
        said.addWidget(self.sums)
        said.addWidget(self.by_year)
        head.addLayout(said, 1)
        head.addWidget(self.print_button)
        head.addWidget(self.add)
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(20, 12, 20, 16)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(head, 0, 0, 1, 2)
        self._grid.addWidget(self.table, 1, 0)
        self._grid.addWidget(self.side, 1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolled(page, "support_scroll"))
        _in_order(self.print_button, self.add, self.table, *self.side.buttons)

    @Slot()
    def _arrange(self) -> None:
        beside = self.width() * 100 >= _BESIDE * theme.percent
        line = self.table.verticalHeader().defaultSectionSize()
        heading = self.table.heading.sizeHint().height()
        self.table.setMinimumHeight(heading + line * _LINES)
        if beside:
            self.side.setFixedWidth(_SIDE * theme.percent // 100)
        else:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)
        for part in (self.table, self.side):
            self._grid.removeWidget(part)
        self._grid.addWidget(self.table, 1, 0, 1, 1 if beside else 2)
        self._grid.addWidget(self.side, *((1, 1) if beside else (2, 0, 1, 2)))
        self._grid.setRowStretch(1, 1)


def _in_order(*parts: QWidget) -> None:
    for one, following in pairwise(parts):
        QWidget.setTabOrder(one, following)


def _read(
    database: Database, definitions: Definitions, household: UUID, day: date
) -> tuple[UUID, HomeHelp]:
    """Runs off the GUI thread; says whose it is."""
    return household, home_help(database, definitions, household, day)
