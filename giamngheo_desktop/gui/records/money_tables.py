"""Above the lines of money: what they add up to, what looks wrong, and the papers of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.budgeting import BOOKED, ROOT, Stage, Sums, disbursement, total
from giamngheo_desktop.domain.fund_book import Page
from giamngheo_desktop.domain.numbers import format_rate
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu, print_button
from giamngheo_desktop.gui.table.column import NO_DATA, Align, Column, number_column
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.reports.budget import unassigned_note
from giamngheo_desktop.reports.budget_words import BudgetWords
from giamngheo_desktop.reports.fund import form_name, fund_name, fund_warnings
from giamngheo_desktop.reports.programme_papers import (
    BUDGET,
    BUDGET_LINES,
    FUND_BOOK,
    ProgrammeAsked,
)
from giamngheo_desktop.services.programme.budget import Budget, budget
from giamngheo_desktop.services.programme.fund import POOR_FUND, FundYear, fund_years

_LINES = 7  # seen at once, at most
_ALL = ""  # no source apart
Rows = Sequence[tuple[Any, ...]]


class MoneyTable(QWidget):
    """A title with tools at its right, a table, and what looks wrong in words."""

    def __init__(self, name: str, title: str, columns: Sequence[Column]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.table = WrappedRows(columns, f"{name}_table", title)
        self.warnings = label("", "warning", f"{name}_warnings", wrap=True)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        self.tools.addWidget(label(title, "bold"), 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 4)
        box.setSpacing(6)
        box.addLayout(self.tools)
        box.addWidget(self.table)
        box.addWidget(self.warnings)
        self.hide()

    def show_rows(self, rows: Rows, sums: Iterable[UUID], warnings: Iterable[str]) -> None:
        """`sums` stand in bold."""
        self.table.rows.headings = frozenset(sums)
        self.table.set_rows(rows)
        self._fit()
        said = "\n".join(warnings)
        self.warnings.setText(said)
        self.warnings.setVisible(bool(said))
        self.setVisible(bool(rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its lines, up to some."""
        count = min(_LINES, self.table.rows.rowCount())
        lines = sum(self.table.rowHeight(at) for at in range(count))
        sideways = self.table.horizontalScrollBar()
        bar = sideways.sizeHint().height() if sideways.maximum() else 0
        self.table.setFixedHeight(self.table.heading.sizeHint().height() + lines + bar + 6)


class BudgetTotals(MoneyTable):
    """The money of the year by component and stage, of one source or of all."""

    def __init__(self, desk: Desk) -> None:
        stages = desk.definitions.choice_list("budget_stages").labels
        super().__init__(
            "budget_totals",
            _tr("Cộng theo nội dung"),
            (
                Column(key="part", title=_tr("Nội dung"), width=190, stretch=True, tip=str),
                *(number_column(one, stages.get(one, one), 104) for one in BOOKED),
                Column(key="rate", title=_tr("Giải ngân (%)"), width=84, align=Align.RIGHT),
                number_column("supported", texts.BUDGET["supported"], 104),
            ),
        )
        self._desk = desk
        self._found: Budget | None = None
        self.source = ElidedBox()
        self.source.setObjectName("budget_source")
        self.source.setAccessibleName(_tr("Nguồn vốn"))
        self.prints = PrintMenu(desk, self._papers, self)
        self.print_button = print_button(self.prints)
        self.tools.addWidget(self.source)
        self.tools.addWidget(self.print_button)
        self.source.activated.connect(self._fill)

    def reading(self, unit: UUID, year: int) -> Callable[[], Budget]:
        """Runs off the GUI thread."""
        desk = self._desk
        return partial(budget, desk.database, desk.definitions, year=year, unit=unit)

    def show_budget(self, found: Budget) -> None:
        self._found = found
        words = BudgetWords(self._desk.definitions, found)
        chosen = self.source.currentData()
        with QSignalBlocker(self.source):
            self.source.clear()
            self.source.addItem(_tr("Mọi nguồn vốn"), _ALL)
            for code in found.by_source:
                if code:
                    self.source.addItem(words.source(code), code)
            self.source.setCurrentIndex(max(0, self.source.findData(chosen)))
        self._fill()

    @Slot()
    def _fill(self) -> None:
        found = self._found
        if found is None:
            return
        words = BudgetWords(self._desk.definitions, found)
        source = self.source.currentData() or _ALL
        lines = list(_branch_lines(words, source))
        rows = [(UUID(int=at), *cells) for at, (_, cells) in enumerate(lines, 1)]
        bold = [UUID(int=at) for at, (is_bold, _) in enumerate(lines, 1) if is_bold]
        whole = _of_source(found.by_source, source)
        if rows:
            bold.append(UUID(int=len(rows) + 1))
            rows.append((bold[-1], texts.BUDGET["total"], *_cells(whole)))
        said = [
            sentence for one, sentence in words.warnings() if source in (_ALL, one.source or source)
        ]
        said += unassigned_note(found) if source == _ALL else ()
        self.show_rows(rows, bold, said)

    def _papers(self) -> Sequence[PrintItem]:
        found = self._found
        if found is None:
            return ()
        return (
            _item(self._desk, BUDGET, _tr("Bảng kinh phí theo nội dung"), found),
            _item(self._desk, BUDGET_LINES, _tr("Bảng kê kinh phí từng dòng"), found),
            _item(self._desk, FUND_BOOK + POOR_FUND, _tr("Sổ quỹ “Vì người nghèo”"), found),
        )


class FundBalance(MoneyTable):
    """What each fund has of each form: at the beginning, in, out, at the end."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            "fund_balance",
            _tr("Tồn quỹ trong năm"),
            (
                Column(key="fund", title=_tr("Quỹ"), width=170, stretch=True, tip=str),
                Column(key="form", title=_tr("Hình thức"), width=120),
                number_column("opening", texts.FUND["opening"], 110),
                number_column("came", texts.FUND["in"], 110),
                number_column("went", texts.FUND["out"], 110),
                number_column("closing", texts.FUND["left"], 110),
            ),
        )
        self._desk = desk
        self._found: Sequence[FundYear] = ()
        self.prints = PrintMenu(desk, self._papers, self)
        self.print_button = print_button(self.prints)
        self.tools.addWidget(self.print_button)

    def reading(self, unit: UUID, year: int) -> Callable[[], list[FundYear]]:
        """Runs off the GUI thread."""
        desk = self._desk
        return partial(fund_years, desk.database, desk.definitions, unit=unit, year=year)

    def show_funds(self, found: Sequence[FundYear]) -> None:
        self._found = found
        rows = [
            (UUID(int=at), *cells) for at, cells in enumerate(map(self._line, self._pages()), 1)
        ]
        known = self._desk.definitions
        said = [sentence for book in found for sentence in fund_warnings(known, book)]
        self.show_rows(rows, (), said)

    def _pages(self) -> Iterator[tuple[FundYear, Page]]:
        for book in self._found:
            for page in book.pages:
                yield book, page

    def _line(self, of: tuple[FundYear, Page]) -> tuple[Any, ...]:
        book, page = of
        names = fund_name(self._desk.definitions, book.fund)
        form = form_name(self._desk.definitions, page.form)
        return names, form, page.opening, page.came, page.went, page.closing

    def _papers(self) -> Sequence[PrintItem]:
        known = self._desk.definitions
        return [
            _item(
                self._desk,
                FUND_BOOK + book.fund,
                _tr("Sổ quỹ: {fund}").format(fund=fund_name(known, book.fund)),
                book,
            )
            for book in self._found
        ]


def _branch_lines(words: BudgetWords, source: str) -> Iterator[tuple[bool, tuple[Any, ...]]]:
    """Each component of which there is money, those within it moved in; last what names none."""
    root, *branches = words.budget.branches
    divided = {branch.node.parent for branch in branches if _of_source(branch.whole, source)}
    for branch in branches:
        if whole := _of_source(branch.whole, source):
            name = "\u2003" * (branch.depth - 1) + words.part(branch.node.key)
            yield branch.node.key in divided, (name, *_cells(whole))
    if own := _of_source(root.own, source):
        yield False, (words.part(ROOT), *_cells(own))


def _of_source(found: Sums, source: str) -> Sums:
    if source == _ALL:
        return found
    return {source: found[source]} if source in found else {}


def _cells(found: Sums) -> tuple[Any, ...]:
    amounts, rate = total(found), disbursement(found).percent
    shown = NO_DATA if rate is None else format_rate(rate)
    return (*map(amounts.get, BOOKED), shown, amounts.get(Stage.SUPPORTED))


def _item(desk: Desk, code: str, said: str, found: Budget | FundYear) -> PrintItem:
    asked = ProgrammeAsked(code=code, year=found.year, unit=found.unit)
    title = _tr("{name}, năm {year}").format(name=said, year=found.year)
    order = paper_work.programme_order(desk, title, (code, found.year), asked)
    return PrintItem(code, said, order)


def _tr(text: str) -> str:
    return QCoreApplication.translate("money_tables", text)
