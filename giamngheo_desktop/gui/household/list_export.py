"""Writes the household list as it stands on screen into a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.list_write import ListColumn, Value, list_workbook
from giamngheo_desktop.exports.safe_file import file_name, free_name, make_folder, write_bytes
from giamngheo_desktop.gui import files, messages, preferences
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.household.household_list import HouseholdList
from giamngheo_desktop.gui.jobs import without_collecting
from giamngheo_desktop.gui.preview.exporting import ask_where, export_folder
from giamngheo_desktop.gui.preview.list_work import drawn
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.gui.preview.paper_work import Bundle, Order, Pulse
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.reports.screen_list import screen_list

_PIXELS = 7  # of a letter in a column of Excel
_NAME = "DanhSachHo"


class ListExport(QObject):
    """`bar` says where the file was written and opens it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = parent
        self._bytes: Callable[[], bytes] | None = None
        self.bar = WrittenBar()
        self.bar.elsewhere_requested.connect(self._write_elsewhere)

    def write(self, source: HouseholdList) -> None:
        """Write the rows and columns now shown beside older files, never over them."""
        day, title, lines = self._described(source)
        self.write_table(source.table, title, lines, (_NAME, f"{day:%Y%m%d}"))

    def show_paper(self, source: HouseholdList) -> PaperPreview:
        """The rows and columns now shown, as they will be printed."""
        day, title, lines = self._described(source)
        columns, rows = block_of(source.table)
        model = source.table.rows
        job = partial(
            _drawn,
            title,
            lines,
            [(column.heading, column.width) for column in columns],
            [(model.row(at)[0], values) for at, values in enumerate(rows)],
            day,
        )
        order = Order(title=title, name=(_NAME, f"{day:%Y%m%d}"), job=job)
        shown = PaperPreview(self._desk, order, self._window.window())
        shown.begin()
        return shown

    def _described(self, source: HouseholdList) -> tuple[date, str, list[str]]:
        """The list's day, its title, and what is said of it."""
        day = source.filters.day or self._desk.day(source.year)
        said = self.tr("Tính đến ngày {day}. {count}.")
        lines = [said.format(day=format_date(day), count=source.filters.count.text())]
        if source.closed.text():
            lines.append(source.closed.text())
        if source.filters.is_set:
            lines.append(self.tr("Danh sách đang lọc, không phải toàn bộ sổ."))
        return day, self.tr("Danh sách hộ gia đình"), lines

    def write_table(
        self, table: TableView, title: str, lines: Sequence[str], name: Sequence[str]
    ) -> None:
        """Write a table as it stands below a title and some lines, into a file of this name."""
        columns, rows = block_of(table)
        self._bytes = partial(list_workbook, title, lines, columns, rows)
        path = export_folder() / file_name(*name, suffix="xlsx")
        self._start(partial(_write_beside, self._bytes, path), path)

    def _write_elsewhere(self, proposed: Path) -> None:
        path = files.ask_save(
            self._window, self.tr("Ghi danh sách vào"), proposed, self.tr("Excel (*.xlsx)")
        )
        if path is not None and self._bytes is not None:
            preferences.update(export_folder=str(path.parent))
            self._start(partial(_write_over, self._bytes, path), path)

    def _start(self, work: Callable[[], Path], path: Path) -> None:
        self._desk.runner.read(self._window, work, self.bar.say, partial(self._failed, path))

    def _failed(self, path: Path, error: BaseException) -> None:
        if not isinstance(error, AppError) or self._bytes is None:
            messages.report(error, self._window)
            return
        answer, other = ask_where(error, self._window)
        if answer == "elsewhere":
            self._write_elsewhere(path)
        elif answer != "no":
            target = path.with_name(other) if answer == "other" else path
            self._start(partial(_write_over, self._bytes, target), target)


def block_of(table: TableView) -> tuple[list[ListColumn], list[list[Value]]]:
    """The visible columns in their order on screen, and their cells."""
    model, heading = table.rows, table.heading
    places = (heading.logicalIndex(place) for place in range(len(model.columns)))
    shown = [at for at in places if not table.isColumnHidden(at)]
    columns = [ListColumn(model.columns[at].title, table.columnWidth(at) / _PIXELS) for at in shown]
    rows = [[_value(table, row, at) for at in shown] for row in range(model.rowCount())]
    return columns, rows


def _drawn(
    title: str,
    lines: Sequence[str],
    columns: Sequence[tuple[str, float]],
    rows: Sequence[tuple[UUID, Sequence[Value]]],
    day: date,
    pulse: Pulse,
) -> Bundle:
    with without_collecting():
        doc = screen_list(_NAME, title.upper(), lines, columns, rows, day)
        return replace(drawn((doc,), pulse), docs=(doc,))


def _value(table: TableView, row: int, at: int) -> Value:
    raw, column = table.rows.raw(row, at), table.rows.columns[at]
    is_number = isinstance(raw, int) and not isinstance(raw, bool)
    if not column.code and (is_number or isinstance(raw, date)):
        return raw  # type: ignore[no-any-return]
    return table.rows.text(row, at)


def _write_beside(make: Callable[[], bytes], path: Path) -> Path:
    make_folder(path.parent)
    if path.exists():
        path = path.with_name(free_name(path))
    return _write_over(make, path)


def _write_over(make: Callable[[], bytes], path: Path) -> Path:
    write_bytes(path, make())
    return path
