"""Cài đặt › Biểu của đơn vị: Excel workbooks with bindings, checked cell by cell and taken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.exports.table_read import read_table
from giamngheo_desktop.gui import files, messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.gui.table.wrapped_table import WrappedTable
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.reports import table_check
from giamngheo_desktop.reports.table_check import Checked, Line
from giamngheo_desktop.services import table_templates
from giamngheo_desktop.services.table_templates import OwnTable
from giamngheo_desktop.storage.engine import Database

_MOST_TABLES, _LEAST_BINDINGS = 4, 5  # rows that are seen without scrolling


@dataclass(frozen=True, slots=True)
class _Read:
    """A workbook that was checked; `code` is that of the table it is, or shall replace, `file` its
    name as it lies in the folder.
    """

    name: str
    code: str
    found: Checked
    file: str = ""
    is_taken: bool = False


class OwnTablesSection(Section):
    """A workbook is shown with all its bindings before it is taken; its name is the file's."""

    WATCHES = frozenset(Kind)  # the values beside the bindings are counted

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Biểu của tỉnh, của xã: trong Excel, ghi tên số liệu vào ô, ví dụ {thôn} hoặc {số}, "
            "rồi thêm tệp ở đây. Biểu nhận rồi đứng ở trang Báo cáo như các biểu khác."
        ).format(thôn="{{thôn}}", số="{{BC1.3}}")
        super().__init__(desk, self.tr("Biểu của đơn vị"), intro)
        self._tables: tuple[OwnTable, ...] = ()
        self._read: _Read | None = None
        self._lines: list[Line] = []
        self._taken = ""  # the code of the table just taken, until the list shows it
        self.list = TableView(
            (
                Column(key="code", title=self.tr("Mã"), width=70),
                Column(key="name", title=self.tr("Tên biểu"), width=300, stretch=True),
            ),
            "own_tables",
            self.tr("Biểu của đơn vị"),
        )
        self.list.say_empty(self.tr("Chưa có biểu nào. “Lấy mẫu” cho một tệp để bắt đầu."))
        self.bindings = WrappedTable(
            (
                Column(key="cell", title=self.tr("Ô"), width=56),
                Column(key="text", title=self.tr("Ghi trong ô"), width=130, tip=_tip),
                Column(key="problem", title=self.tr("Cần sửa"), width=180, tip=_tip),
                Column(key="value", title=self.tr("Cả đơn vị"), width=96, tip=_tip),
                Column(key="meaning", title=self.tr("Nghĩa là"), width=180, tip=_tip),
            ),
            "bindings",
            self.tr("Các ô có ngoặc của mẫu"),
        )
        self.bindings.say_empty(self.tr("Chọn một biểu, hoặc thêm tệp Excel."))
        self.said = label("", "soft", "own_table_said", wrap=True)
        self.advice = label("", "", "binding_said", wrap=True)
        keep_clear(self.advice)
        self.add = button(self.tr("&Thêm tệp…"), "add_own_table", icon="add")
        self.chosen = button(self.tr("&Biểu này"), "chosen_own_table", icon="reports")
        self.example = button(self.tr("Lấy &mẫu"), "example_table", icon="sheet")
        self.take = button(self.tr("&Nhận biểu"), "take_own_table", icon="done", kind="primary")
        this = QMenu(self)
        this.setObjectName("chosen_menu")
        self.show_table = this.addAction(self.tr("&Xem ở Báo cáo"))
        self.replace = this.addAction(self.tr("&Thay tệp…"))
        self.out = this.addAction(self.tr("&Lưu tệp ra…"))
        self.remove = this.addAction(self.tr("B&ỏ biểu"))
        self.chosen.setMenu(this)
        menu = QMenu(self)
        menu.setObjectName("example_menu")
        for code, versions in desk.definitions.reports.items():
            text = self.tr("{code} · {label}").format(code=code, label=versions[-1].label)
            menu.addAction(text).setData(code)
        menu.triggered.connect(lambda action: self.write_example(str(action.data())))
        self.example.setMenu(menu)
        page = QWidget()
        self._inside = inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.list)
        inside.addWidget(self.said)
        inside.addWidget(self.bindings, 1)
        inside.addWidget(self.advice)
        self._scroll = scrolled(page, "own_tables_scroll")
        self.box.addWidget(self._scroll, 1)
        self.written = WrittenBar(elsewhere=False)
        self.box.addWidget(self.written)
        self.foot(self.add, self.chosen, self.example).addWidget(self.take)
        self.setFocusProxy(self.add)
        self._fit()
        theme.changed.connect(self._fit)
        self.add.clicked.connect(lambda: self._ask(""))
        self.replace.triggered.connect(lambda: self._ask(self._chosen.code if self._chosen else ""))
        self.out.triggered.connect(self._ask_out)
        self.remove.triggered.connect(self._remove)
        self.show_table.triggered.connect(self._show_report)
        self.take.clicked.connect(self._take)
        self.list.current_changed.connect(self._choose)
        self.bindings.current_changed.connect(self._say_line)
        self._enable()

    # -- what the page asks ---------------------------------------------------------------------

    def load(self) -> None:
        work = partial(table_templates.tables, self.desk.database)
        self.desk.runner.read(self, work, self._show, latest="own tables")

    def check_file(self, path: Path, code: str = "") -> None:
        """Show what the bindings of a workbook mean; with `code` it shall replace that table."""
        self.written.hide()
        self.said.setText(self.tr("Đang đọc {name}…").format(name=path.name))
        work = partial(
            _check_file, self.desk.database, self.desk.definitions, path, self.year, code
        )
        self.desk.runner.read(self, work, self._show_bindings, self._failed, latest="bindings")

    def write_example(self, code: str) -> None:
        proposed = files.documents() / f"Mau_{code}.xlsx"
        path = files.ask_save(self, self.tr("Lưu mẫu để sửa"), proposed, self.tr("Excel (*.xlsx)"))
        if path is not None:
            work = partial(
                _write_example, self.desk.database, self.desk.definitions, code, self.year, path
            )
            self.desk.runner.read(self, work, self.written.say)

    # -- private --------------------------------------------------------------------------------

    @property
    def _chosen(self) -> OwnTable | None:
        uid = self.list.current_uid()
        return self._tables[uid.int - 1] if uid is not None else None

    def _show(self, tables: tuple[OwnTable, ...]) -> None:
        self._tables = tables
        self.list.set_rows([(UUID(int=at), one.code, one.name) for at, one in enumerate(tables, 1)])
        self._fit()
        taken, self._taken = self._taken, ""
        codes = [one.code for one in tables]
        if taken in codes:
            self.list.go_to(UUID(int=codes.index(taken) + 1))
            self.list.setFocus()
            QTimer.singleShot(0, self, self._show_advice)  # it may have come back just now
        if self._read is None or self._read.is_taken:
            self._choose()
        self._enable()

    def _choose(self, _uid: object = None) -> None:
        own = self._chosen
        if own is None:
            self._read = None
            self.bindings.set_rows([])
            self.said.setText("")
            self.advice.setText("")
        else:
            work = partial(_check_table, self.desk.database, self.desk.definitions, own, self.year)
            self.desk.runner.read(self, work, self._show_bindings, self._failed, latest="bindings")
        self._enable()

    def _show_bindings(self, read: _Read) -> None:
        self._read = read
        # What is wrong stands first.
        self._lines = ordered = sorted(read.found.lines, key=lambda one: not one.problem)
        self.bindings.leave_out("problem", read.found.problems == 0)
        self.bindings.set_rows(
            [
                (UUID(int=at), one.cell, one.text, one.problem, one.value, one.meaning)
                for at, one in enumerate(ordered, 1)
            ]
        )
        self.said.setText(self._summary(read))
        self.advice.setText("")
        if ordered and ordered[0].problem:
            self.bindings.go_to(UUID(int=1))
        self._say_line(self.bindings.current_uid())
        self._fit()
        if read.found.problems:
            QTimer.singleShot(0, self, self._show_advice)  # once it has its lines
        self._enable()

    def _show_advice(self) -> None:
        """What is wrong, with the whole table above it; after Nhận biểu the list of tables."""
        self._fit()
        self._inside.activate()
        if self.list.hasFocus():
            self._scroll.ensureVisible(0, self.list.y(), 0, 0)  # not only its current line
        else:
            self._scroll.ensureWidgetVisible(self.advice)

    def _say_line(self, uid: UUID | None) -> None:
        """The line the cursor stands on, whole."""
        if uid is not None and uid.int <= len(self._lines):  # not while others take their place
            line = self._lines[uid.int - 1]
            parts = (line.cell, line.problem or line.meaning)
            self.advice.setText(": ".join(part for part in parts if part))

    def _summary(self, read: _Read) -> str:
        count = read.found.problems
        if read.is_taken:
            said = self.tr("Biểu {code} · {name}: {rest}")
            rest = self.tr("{count} chỗ cần xem.") if count else self.tr("không có chỗ nào sai.")
        elif not read.found.may_be_taken:
            said = self.tr("Tệp “{name}”: {rest}")
            rest = self.tr("{count} chỗ cần sửa. Sửa trong Excel, lưu, rồi chọn lại tệp.")
        else:
            said = self.tr("Tệp “{name}”: {rest}")
            rest = (
                self.tr("nhận được, có {count} chỗ cần xem. Bấm “Nhận biểu”.")
                if count
                else self.tr("không có chỗ nào sai. Bấm “Nhận biểu”.")
            )
        name = read.name if read.is_taken else read.file
        return said.format(code=read.code, name=name, rest=rest.format(count=count))

    def _enable(self) -> None:
        may_write, chosen = not self.desk.read_only, self._chosen is not None
        self.add.setEnabled(may_write)
        self.chosen.setEnabled(chosen)
        for action in (self.replace, self.remove):
            action.setEnabled(may_write)
        read = self._read
        fit = read is not None and not read.is_taken and read.found.may_be_taken
        self.take.setEnabled(may_write and fit)

    def _ask(self, code: str) -> None:
        title = self.tr("Chọn tệp Excel của biểu")
        path = files.ask_open(self, title, files.documents(), self.tr("Excel (*.xlsx)"))
        if path is not None:
            self.check_file(path, code)

    def _take(self) -> None:
        read = self._read
        if read is None:
            return
        self.take.setEnabled(False)
        desk = self.desk
        work = partial(
            table_templates.save,
            desk.database,
            desk.context,
            name=read.name,
            shape=read.found.shape,
            data=read.found.data,
            code=read.code or None,
        )
        desk.runner.write(self, work, self._saved, self._failed)

    def _saved(self, done: Done[str]) -> None:
        self._read, self._taken = None, done.value
        self.load()

    def _remove(self) -> None:
        own = self._chosen
        if own is not None:
            desk = self.desk
            work = partial(table_templates.remove, desk.database, desk.context, own.code)
            desk.runner.write(self, work, self._removed, self._failed)

    def _removed(self, done: Done[None]) -> None:
        self._read = None
        self.load()

    def _ask_out(self) -> None:
        own = self._chosen
        if own is None:
            return
        proposed = files.documents() / f"{own.name}.xlsx"
        title = self.tr("Lưu tệp của biểu")
        path = files.ask_save(self, title, proposed, self.tr("Excel (*.xlsx)"))
        if path is not None:
            self.desk.runner.read(self, partial(_write, path, own.data), self.written.say)

    def _show_report(self) -> None:
        own = self._chosen
        if own is not None:
            self.go_requested.emit("reports", own.code)

    def _failed(self, error: BaseException) -> None:
        self.said.setText("")
        self._enable()
        messages.report(error, self)

    def _fit(self) -> None:
        # While the first file is looked at, its faults have the room of the list.
        self.list.setVisible(bool(self._tables) or self._read is None)
        rows = max(2, min(_MOST_TABLES, len(self._tables)))
        self.list.setFixedHeight(_height(self.list, rows))
        said = self.advice.heightForWidth(self.advice.width()) + 8
        room = self._scroll.viewport().height() - said
        few, more = (_height(self.bindings, count) for count in (2, _LEAST_BINDINGS))
        self.bindings.setMinimumHeight(max(few, min(more, room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _height(table: TableView, rows: int) -> int:
    """That of the heading, so many rows and a bar at the bottom."""
    frame = 2 * table.frameWidth() + table.horizontalScrollBar().sizeHint().height()
    row = table.verticalHeader().defaultSectionSize()
    return table.heading.sizeHint().height() + rows * row + frame


def _tip(value: object) -> str:
    return str(value or "")


def _check_file(
    database: Database, definitions: Definitions, path: Path, year: int, code: str
) -> _Read:
    shape, data = read_table(path)
    name = clean(path.stem.replace("_", " "))
    found = table_check.checked(database, definitions, shape, data, name=name, year=year)
    return _Read(name, code, found, file=path.name)


def _check_table(database: Database, definitions: Definitions, own: OwnTable, year: int) -> _Read:
    found = table_check.checked(
        database, definitions, own.shape, own.data, name=own.name, year=year
    )
    return _Read(own.name, own.code, found, is_taken=True)


def _write_example(
    database: Database, definitions: Definitions, code: str, year: int, path: Path
) -> Path:
    from giamngheo_desktop.exports.table_example import example_workbook

    tables = table_check.tables_of(database, definitions, year)
    return _write(path, example_workbook(tables[code]))


def _write(path: Path, data: bytes) -> Path:
    write_bytes(path, data)
    return path
