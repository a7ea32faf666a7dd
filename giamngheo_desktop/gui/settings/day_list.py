"""A list of days of one year that is typed or pasted: days off as from – to, or single days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.day_spans import LONGEST, Span, spans_in, spans_of
from giamngheo_desktop.domain.pasted_table import Pasted
from giamngheo_desktop.gui.grid.cells import GridColumn
from giamngheo_desktop.gui.grid.edit_grid import EditGrid
from giamngheo_desktop.gui.grid.paste_note import PasteNote
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.theme import theme

FIRST, LAST = "first", "last"
_HEIGHT = 180  # pixels at 100 %: the heading and four lines


class DayList(QWidget):
    """`changed()` after every change; `completed()`: Enter in the empty line at the end."""

    changed = Signal()
    completed = Signal()

    def __init__(self, name: str, title: str, *, ranges: bool) -> None:
        super().__init__()
        self.setObjectName(f"{name}_list")
        self._year = 0
        self._elsewhere: frozenset[date] = frozenset()  # of other years
        self._before: list[dict[str, str]] = []
        first = self.tr("Từ ngày") if ranges else self.tr("Ngày")
        columns = [GridColumn(key=FIRST, title=first, day=True, width=110, stretch=True)]
        if ranges:
            last = self.tr("Đến ngày (nếu nhiều ngày)")
            columns.append(GridColumn(key=LAST, title=last, day=True, width=150))
        self._ranges = ranges
        self.grid = EditGrid(columns, name, title, growing=True)
        self.note = PasteNote()
        self.problem = label("", "error", f"{name}_problem", wrap=True)
        self.problem.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(label(title, "bold", wrap=True))
        for part in (self.note, self.grid, self.problem):
            box.addWidget(part)
        self.setFocusProxy(self.grid)
        self.grid.block_pasted.connect(self._paste)
        self.grid.changed.connect(self._tell)
        self.grid.completed.connect(self.completed)
        self.note.taken_back.connect(self._take_back)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def is_dirty(self) -> bool:
        return self.grid.cells.is_dirty

    def show_days(self, days: Iterable[date], year: int) -> None:
        """Show those of the year; the others are kept."""
        self._year = year
        here = [day for day in days if day.year == year]
        self._elsewhere = frozenset(days) - frozenset(here)
        rows = [
            {FIRST: span.first, LAST: span.last if span.last != span.first else None}
            for span in spans_of(here)
        ]
        self.grid.cells.set_rows(rows)
        self.note.hide()

    def texts(self) -> tuple[dict[str, str], ...]:
        """The lines as typed, for a draft."""
        cells = self.grid.cells
        return tuple(cells.texts()[row] for row in cells.filled())

    def put_texts(self, typed: object) -> None:
        """The inverse of `texts`; those of the file count as stored still."""
        self.grid.cells.restore(typed if isinstance(typed, tuple) else ())

    def days(self) -> frozenset[date]:
        """All days, those of other years as well; lines with a fault left out."""
        typed = {day for _, span in self._spans() for day in span.days()}
        return self._elsewhere | typed

    def first_problem(self) -> str:
        """Why it can't be saved; the cursor goes there."""
        for row, key, sentence in self._problems():
            self.grid.go_to(row, key)
            return sentence
        return ""

    def _spans(self) -> Iterator[tuple[int, Span]]:
        cells = self.grid.cells
        for row in cells.filled():
            first = cells.value(row, FIRST)
            last = cells.value(row, LAST) if self._ranges else None
            if isinstance(first, date):
                yield row, Span(first, last if isinstance(last, date) else first)

    def _problems(self) -> Iterator[tuple[int, str, str]]:
        cells = self.grid.cells
        yield from cells.problems()
        for row in cells.filled():
            if not cells.text(row, FIRST):
                yield row, FIRST, self.tr("Ghi ngày đầu.")
        for row, span in self._spans():
            key = LAST if self._ranges else FIRST
            last = format_date(span.last)
            if span.last < span.first:
                yield row, key, self.tr("Ngày cuối {last} trước ngày đầu.").format(last=last)
            elif len(list(span.days())) > LONGEST:
                said = self.tr("Đến {last} là hơn {days} ngày: xem lại.")
                yield row, key, said.format(last=last, days=LONGEST)
            elif {span.first.year, span.last.year} != {self._year}:
                said = self.tr("{last} không thuộc năm {year}: đổi Năm làm việc để ghi năm khác.")
                yield row, key, said.format(last=last, year=self._year)

    def _tell(self) -> None:
        found = next((sentence for _, _, sentence in self._problems()), "")
        self.problem.setText(found)
        self.problem.setVisible(bool(found))
        self.changed.emit()

    def _paste(self, block: list[list[str]]) -> None:
        cells = self.grid.cells
        self._before = cells.texts()
        found, skipped = spans_in(block)
        at = max(cells.filled(), default=-1) + 1
        for row, span in enumerate(found, start=at):
            cells.put(row, FIRST, format_date(span.first))
            if self._ranges and span.last != span.first:
                cells.put(row, LAST, format_date(span.last))
        self.note.say(Pasted((), skipped, {}, ()), len(found))

    def _take_back(self) -> None:
        self.grid.cells.restore(self._before)

    def _fit(self) -> None:
        self.grid.setFixedHeight(_HEIGHT * theme.percent // 100)
