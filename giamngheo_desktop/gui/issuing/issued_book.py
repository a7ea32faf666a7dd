"""A book of issued things: search, year, numbers without a paper, and what is done with one."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.fault import Fault
from giamngheo_desktop.gui.fields_dialog import FieldsDialog
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.filter_edit import FilterEdit
from giamngheo_desktop.gui.forms.hints import Hints
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.issuing import issue_dialogs
from giamngheo_desktop.gui.issuing.book_rows import Book, columns, more_of, read_book
from giamngheo_desktop.gui.issuing.difference_view import DifferenceView
from giamngheo_desktop.gui.issuing.issue_dialogs import CancelDialog, NumberDialog
from giamngheo_desktop.gui.issuing.issue_work import frozen_order
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.gui.preview.paper_work import Order
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.services.issuing import Issued
from giamngheo_desktop.services.papers.about import About

_DELAY = 200  # milliseconds after the last key


class IssuedBook(QWidget):
    """Of the commune's own confirmations, or of everything else that was issued."""

    go_requested = Signal(str, object)

    def __init__(self, desk: Desk, *, confirmations: bool) -> None:
        super().__init__()
        self.desk = desk
        self.confirmations = confirmations
        self._book = Book((), (), {})
        self._year: int | None = None  # of the line chosen in the box
        self._seen: tuple[datetime, UUID] | None = None  # the last entry shown
        self.dialog: FieldsDialog | None = None
        self.preview: PaperPreview | None = None
        name = "confirmation_book" if confirmations else "issued_book"
        said = self.tr("Sổ cấp giấy xác nhận") if confirmations else self.tr("Sổ phát hành")
        self.search = FilterEdit()
        self.search.setObjectName("book_search")
        self.search.setAccessibleName(self.tr("Tìm trong sổ"))
        Hints(self.search, self.tr("Số, tên văn bản, người, mục đích"), self.tr("Tìm"))
        self.years = ElidedBox()
        self.years.setObjectName("book_year")
        self.years.setAccessibleName(self.tr("Năm"))
        self.years.setMinimumContentsLength(10)
        self.table = WrappedRows(columns(confirmations=confirmations), name, said)
        self.fault = Fault(self.table, self._read)
        self.more = label("", "soft", "book_more", wrap=True)
        keep_clear(self.more)
        self.open_button = button(self.tr("&Mở"), "open_issued", icon="open", kind="primary")
        self.compare_button = button(self.tr("&Khác gì với hôm nay"), "compare", icon="history")
        self.number_button = button(self.tr("Ghi &số…"), "give_number", icon="edit")
        self.cancel_button = button(self.tr("&Hủy…"), "cancel_issued", icon="close")
        self.print_button = button(self.tr("&In sổ…"), "print_book", icon="print")
        self.count = label("", "soft", "book_count")
        self.difference = DifferenceView(desk)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._build(label(said, "heading"))
        opening.name_help(self, "issuing")
        self.setFocusProxy(self.search)
        self._timer.timeout.connect(self._read)
        self.search.textChanged.connect(self._timer.start)
        self.search.down_pressed.connect(self.table.setFocus)
        self.years.currentIndexChanged.connect(self._year_chosen)
        self.table.row_opened.connect(self.open)
        self.table.current_changed.connect(self._show_current)
        self.table.empty_action.connect(self._leave)
        self.open_button.clicked.connect(self._open_current)
        self.compare_button.clicked.connect(self.compare)
        self.number_button.clicked.connect(self.give_number)
        self.cancel_button.clicked.connect(self.cancel)
        self.print_button.clicked.connect(self.print_book)
        self.difference.closed.connect(self._show_book)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.difference)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._show_book)

    def show_year(self, year: int) -> None:
        """The book as it is now: of the year of the last entry, of the working year without any."""
        if self._year is None and self.years.count() == 0:
            self._year = year
        self._read()

    @property
    def chosen(self) -> Issued | None:
        """The document under the cursor; None for a gap."""
        uid = self.table.current_uid()
        return None if uid is None else self._book.known.get(uid)

    # -- acts -----------------------------------------------------------------------------------

    @Slot(object)
    def open(self, uid: UUID) -> None:
        """The document as it was issued."""
        row = self._book.known.get(uid)
        if row is not None:
            self._preview(frozen_order(self.desk, row))

    @Slot()
    def compare(self) -> None:
        """What it would say otherwise if it were made today."""
        if self.chosen is not None:
            self.difference.compare(self.chosen)
            self._stack.setCurrentWidget(self.difference)
            self.difference.setFocus()

    @Slot()
    def give_number(self) -> None:
        if self.chosen is not None:
            self._ask(NumberDialog(self.desk, self.chosen, self))

    @Slot()
    def cancel(self) -> None:
        if self.chosen is not None:
            self._ask(CancelDialog(self.desk, self.chosen, self))

    @Slot()
    def print_book(self) -> None:
        """The confirmations of the chosen year as a book, gaps and cancelled ones included."""
        year = self._year or self.desk.context.today().year
        said = self.tr("Sổ cấp giấy xác nhận năm {year}").format(year=year)
        job = paper_work.one(self.desk, "confirmation_book", About(year=year))
        self._preview(Order(title=said, name=("so_cap_giay", year), job=job))

    def print_paper(self) -> None:
        """Ctrl+P: the book of confirmations, else the document under the cursor."""
        if self.confirmations:
            self.print_book()
        else:
            self._open_current()

    # -- internals ------------------------------------------------------------------------------

    def _preview(self, order: Order) -> None:
        self.preview = PaperPreview(self.desk, order, self)
        self.preview.begin()

    def _ask(self, dialog: FieldsDialog) -> None:
        self.dialog = dialog
        issue_dialogs.show(dialog)

    def _read(self) -> None:
        work = partial(
            read_book,
            self.desk.database,
            confirmations=self.confirmations,
            year=self._year,
            text=clean(self.search.text()),
        )
        self.fault.read(self.desk.runner, work, self._show, latest="book")

    def _show(self, book: Book) -> None:
        if self._turns_to(book.last):
            self._read()
            return
        # Some of those shown before, as after Ctrl+Z: the columns must not jump.
        fewer = book.known.items() <= self._book.known.items()
        self._book = book
        self._offer_years(book)
        self.table.set_rows(book.rows, keep_widths=fewer and bool(book.rows))
        self._say_empty()
        said = self.tr("{count} văn bản").format(count=format_integer(len(book.known)))
        self.count.setText(said if book.known else "")
        if book.rows and self.table.current_uid() is None:
            self.table.go_to(book.rows[0].uid)
        self._show_current()

    def _turns_to(self, last: Issued | None) -> bool:
        """Whether the year is now that of what was just entered: it counts by the day of signing,
        not by the year the table is about.
        """
        if last is None:
            return False
        entry = (last.at, last.uid)
        if self._seen is not None and entry <= self._seen:
            return False
        self._seen = entry
        turns = self._year not in (None, last.issued_on.year)
        if turns:
            self._year = last.issued_on.year
        return turns

    def _offer_years(self, book: Book) -> None:
        with QSignalBlocker(self.years):
            self.years.clear()
            self.years.addItem(self.tr("Mọi năm"), None)
            shown = {*book.years, self.desk.context.today().year}
            for year in sorted(shown | ({self._year} if self._year else set()), reverse=True):
                self.years.addItem(self.tr("Năm {year}").format(year=year), year)
            self.years.setCurrentIndex(max(0, self.years.findData(self._year)))

    def _say_empty(self) -> None:
        if self.search.text():
            self.table.say_empty(self.tr("Không có văn bản nào như vậy."))
        elif self.confirmations:
            self.table.say_empty(
                self._none_of_year(self.tr("chưa cấp giấy xác nhận nào")),
                {} if self.desk.read_only else {"xac_nhan": self.tr("Cấp giấy xác nhận")},
            )
        else:
            how = self.tr(
                "Nút Phát hành… ở các biểu và ở bản xem trước của giấy giữ lại đúng bản đã ký."
            )
            none = self._none_of_year(self.tr("chưa phát hành văn bản nào"))
            self.table.say_empty(f"{none} {how}", {"BC1": self.tr("Xem biểu BC1")})

    def _none_of_year(self, none: str) -> str:
        """The years that have some are named: a book goes by the day of signing."""
        if self._year is None:
            return f"{none[:1].upper()}{none[1:]}."
        said = self.tr("Năm {year} {none}.").format(year=self._year, none=none)
        if not self._book.years:
            return said
        years = ", ".join(map(str, self._book.years))
        where = self.tr("Sổ xếp theo năm ký, đang có của năm {years}.").format(years=years)
        return f"{said} {where}"

    @Slot(str)
    def _leave(self, code: str) -> None:
        self.go_requested.emit("reports", code)

    @Slot()
    def _year_chosen(self) -> None:
        self._year = self.years.currentData()
        self._read()

    @Slot()
    def _open_current(self) -> None:
        uid = self.table.current_uid()
        if uid is not None:
            self.open(uid)

    @Slot()
    def _show_current(self) -> None:
        row = self.chosen
        self.more.setText("" if row is None else self._more(row))
        may = row is not None and row.cancelled_on is None and not self.desk.read_only
        self.open_button.setEnabled(row is not None)
        self.compare_button.setEnabled(row is not None)
        self.number_button.setEnabled(may and row is not None and not row.number)
        self.cancel_button.setEnabled(may)

    def _more(self, row: Issued) -> str:
        """What the columns do not say, and those that had to give way."""
        cells, number = self.table.rows, self.table.rows.row_of(row.uid)
        hidden = [
            f"{column.title}: {text}"
            for at, column in enumerate(cells.columns)
            if self.table.isColumnHidden(at) and number is not None
            for text in [cells.text(number, at)]
            if text
        ]
        return ". ".join([*hidden, more_of(row, self._book)])

    @Slot()
    def _show_book(self) -> None:
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def _build(self, heading: QWidget) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.search, 1)
        first.addWidget(self.years)
        acts = QWidget()
        line = Flow(8)
        acts.setLayout(line)
        for part in (self.open_button, self.compare_button, self.number_button, self.cancel_button):
            line.addWidget(part)
        if self.confirmations:
            self.number_button.hide()  # none is issued there without one
            line.addWidget(self.print_button)
        else:
            self.print_button.setParent(self)
            self.print_button.hide()
        line.add_at_end(self.count)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(heading)
        box.addLayout(first)
        box.addWidget(acts)
        box.addWidget(self.table, 1)
        box.addWidget(self.more)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self.difference)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
