"""Giao cho thôn: what each village shall reach in the year, and where that leads as one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import allocation_doubts
from giamngheo_desktop.domain.allocation import (
    COLUMNS,
    EXPECTED,
    NEAR_POOR,
    POOR,
    AllocationRow,
    AllocationTable,
    Denominators,
    Way,
)
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.doubted import ASSIGNED, PURSUED, DoubtLevel, named
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.indicator_catalogue import HUNDRED
from giamngheo_desktop.domain.linked_targets import Part
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.package_jobs import file_level
from giamngheo_desktop.gui.flow import flowing
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.grid.sum_row import SumRow
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu, print_button
from giamngheo_desktop.gui.records.of_plan import Plan, PlanLine
from giamngheo_desktop.gui.records.record_section import REGISTER
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.gui.settings.yearly_grid import NAME, YearlyGrid
from giamngheo_desktop.gui.supports.step_buttons import StepButtons
from giamngheo_desktop.gui.targets import allocation_columns as shown
from giamngheo_desktop.gui.targets import allocation_live
from giamngheo_desktop.gui.targets.allocation_columns import LISTS, VIEWS
from giamngheo_desktop.gui.targets.allocation_ways import AllocationWays
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked
from giamngheo_desktop.reports.village_targets import CODE as VILLAGE_TARGETS
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.programme import years
from giamngheo_desktop.services.targets import allocation
from giamngheo_desktop.storage.engine import Database

_ROWS = 4  # seen at least
_LOW = 470  # pixels of height, below which the rows come first


@dataclass(frozen=True)
class _Line:
    """A row: a village, or what belongs to no certain one."""

    uid: UUID
    name: str


@dataclass(frozen=True)
class _Found:
    """The table, the version it speaks of, and what the commune itself shall reach."""

    table: AllocationTable
    plan: Plan | None
    targets: Sequence[Mapping[str, Any]]
    whole: Mapping[str, int]


class AllocationSection(YearlyGrid):
    """Giao cho thôn: three views of one table; a total that stays in sight."""

    WATCHES = REGISTER | {
        Kind.VILLAGE_TARGET,
        Kind.TARGET,
        Kind.DOCUMENT,
        Kind.AREA,
        Kind.POPULATION,
        Kind.RESULT,
        Kind.ROUND,
        Kind.OPENING_COUNT,
        Kind.HOUSEHOLD_PLAN,
    }

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Số hộ mỗi thôn phải giảm, dự kiến tái, phát sinh trong năm; không giao thì ghi 0."
        )
        title = self.tr("Giao cho thôn")
        columns = shown.columns(file_level(desk))
        super().__init__(desk, title, intro, columns, shown.PASTE, "allocation")
        self._found: _Found | None = None
        self._live: AllocationTable | None = None  # as it stands on screen
        self._whole: dict[str, int | None] = {}
        self.version = PlanLine(desk, needed=False)
        self.refusal = Refusal()
        self.compared = label("", "soft", "allocation_compared", wrap=True)
        self.ways = AllocationWays()
        self.names_button = button(self.tr("Xem hộ đăng ký"), "open_registered", kind="link")
        self.views = StepButtons(
            [
                (self.tr("Hộ nghèo"), "view_poor"),
                (self.tr("Hộ cận nghèo"), "view_near_poor"),
                (self.tr("Tổng số hộ"), "view_homes"),
            ]
        )
        self.ways_button = button(self.tr("&Điền số giao"), "open_ways", icon="edit")
        self.ways_button.setCheckable(True)
        self.opening_button = button(
            self.tr("Ghi số hộ nghèo, cận nghèo đầu năm"), "type_opening", kind="link"
        )
        self.homes_button = button(self.tr("Ghi tổng số hộ các thôn"), "type_homes", kind="link")
        self.prints = PrintMenu(desk, self._papers, self)
        self.print_button = print_button(self.prints)
        self.sum_row = SumRow()
        self.sum_row.stand_under(self.grid)
        self._lay_out()
        self._connect()
        self.is_broad = True
        self._show_view(0)

    def _lay_out(self) -> None:
        """All but the buttons scrolls where there is too little room for some rows; in a low window
        the ways are opened by a button.
        """
        self.gaps = flowing(self.opening_button, self.homes_button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        column.addWidget(self.draft)
        column.addWidget(self.version)
        views = flowing(self.views, end=(self.ways_button,))
        above: tuple[QWidget, ...] = (self.ways, self.compared, self.gaps, views, self.note)
        below: tuple[QWidget, ...] = (self.sum_row, self.problem, self.more, self.refusal)
        for part in (*above, self.grid, *below):
            column.addWidget(part, 1 if part is self.grid else 0)
        self.sums.hide()
        self.box.addWidget(scrolled(inside, "allocation_scroll"), 1)
        self.foot(self.print_button, self.names_button, save=True)
        ways = self.ways
        shared = (*ways.stops()[:2], ways.share_button, ways.named_button)
        growing = (*ways.stops()[2:], ways.grow_button)
        gaps = (self.opening_button, self.homes_button)
        views_and_ways = (*self.views.buttons, self.ways_button)
        last = (self.more, self.print_button, self.names_button, self.save_button)
        order = [*shared, *growing, *gaps, *views_and_ways, self.grid, *last]
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)
        self.gaps.hide()
        self._fold()

    def _connect(self) -> None:
        self.ways.changed.connect(self.draft.touch)
        self.ways.changed.connect(self._tell)
        self.ways.share_button.clicked.connect(partial(self.fill, Way.PROPORTIONAL))
        self.ways.named_button.clicked.connect(partial(self.fill, Way.NAMED))
        self.ways.grow_button.clicked.connect(self._grow)
        self.names_button.clicked.connect(self._show_registered)
        self.ways_button.toggled.connect(self._open_ways)
        self.opening_button.clicked.connect(partial(self._go_to_settings, "opening"))
        self.homes_button.clicked.connect(partial(self._go_to_settings, "population"))
        self.prints.go_requested.connect(self.go_requested)
        self.views.chosen.connect(self._show_view)
        self.grid.horizontalHeader().geometriesChanged.connect(self._fit)
        theme.changed.connect(self._fit)
        theme.changed.connect(self._fold)
        self.version.refused.connect(self.refusal.say)

    # -- what the grid asks ---------------------------------------------------------------------

    def load(self) -> None:
        desk = self.desk
        place = (desk.unit(self.year), self.year, desk.day(self.year))
        work = partial(_read, desk.database, desk.definitions, *place)
        desk.runner.read(self, work, self._show, self.refusal.say, latest="allocation")

    def save(self) -> bool:
        problem = self.first_problem()
        if problem:
            self.show_problem(problem)
            return False
        rows = self.typed()
        if rows:
            work = partial(allocation.save, self.desk.database, self.desk.context, self.year, rows)
            self.desk.runner.write(self, work, self._saved, self.refusal.say)
        return True

    @property
    def is_dirty(self) -> bool:
        return super().is_dirty or (self._found is not None and self._waits)

    @property
    def _waits(self) -> bool:
        """Whether a number stands above the villages that is neither stored nor worked out."""
        ways = self.ways
        return ways.asked() != self._whole or ways.growth.value() is not None

    def as_typed(self) -> Typed:
        return {**super().as_typed(), **self.ways.as_typed()}

    def put_typed(self, typed: Typed) -> None:
        super().put_typed(typed)
        self.ways.put_typed(typed)

    def stops(self) -> list[QWidget]:
        return [*self.ways.stops(), self.grid, self.save_button]

    def warnings(self) -> list[str]:
        """That a new standard begins without a list, then what is odd about the villages as they
        stand on screen, what cannot be first.
        """
        table, found = self._live, self._found
        if table is None or found is None:
            return []
        if not table.rows:
            return [self.tr("Chưa có thôn nào: thêm thôn ở Cài đặt, rồi mới giao được.")]
        catalogue = self.desk.definitions.indicators
        doubts = allocation_doubts.doubts(table, found.targets, catalogue)
        order = list(DoubtLevel)
        worst = sorted(doubts, key=lambda one: order.index(one.level))
        change = allocation.without_start(table, self.desk.definitions.standards)
        changed = [texts.changed_offer(*change.said)] if change is not None else []
        return [*changed, *(texts.target_doubt_text(one) for one in worst)]

    # -- three ways -----------------------------------------------------------------------------

    def fill(self, way: Way, _: bool = False) -> None:
        """Put what is proposed into the cells; it is saved by the button alone. What is only looked
        at is left alone.
        """
        if self._found is None or self.is_locked:
            return
        self.refusal.hide()
        wanted: dict[str, int | None] = {}
        if way is Way.PROPORTIONAL:
            sums = allocation_live.sums(self._numbers())
            for listed, whole in self.ways.asked().items():
                # what is expected to come back must fall besides, else the whole is not reached
                more = allocation_live.back(sums, listed)
                wanted[listed] = None if whole is None else whole + more
            if all(number is None for number in wanted.values()):
                self.refusal.tell(self.tr("Ghi số toàn xã phải giảm trước, rồi chia cho các thôn."))
                self.ways.wholes[POOR].take_focus()
                return
        try:
            proposed = allocation.proposed(self._found.table, way, **wanted)
        except AppError as error:
            self.refusal.say(error)
            return
        self._put(proposed)

    @Slot()
    def _grow(self) -> None:
        """The same growth for every village; one that grows otherwise is typed then."""
        if self._found is None:
            return
        self.refusal.hide()
        growth = self.ways.asked_growth()
        if growth is None:
            self.refusal.tell(self.tr("Ghi tổng số hộ tăng bao nhiêu phần trăm trước, rồi tính."))
            self.ways.growth.take_focus()
            return
        expected = allocation.grown_by(self._found.table, growth)
        if not expected:
            self.refusal.tell(self.tr("Chưa biết tổng số hộ đầu năm của thôn nào."))
            return
        self._put(expected)

    def _put(self, proposed: Mapping[UUID, Mapping[str, int | None]]) -> None:
        cells = self.grid.cells
        self._before = cells.texts()
        put = cells.put_all(
            (row, key, "" if value is None else str(value))
            for row in range(cells.rowCount())
            for key, value in proposed.get(cells.tag(row), {}).items()
        )
        said = self.tr("Đã điền {count} ô, chưa lưu: xem lại rồi bấm Lưu.")
        self.note.tell(said.format(count=format_integer(put)), self.tr("Bỏ phần vừa điền"))

    # -- showing --------------------------------------------------------------------------------

    def _show(self, found: _Found) -> None:
        self._found = found
        self.refusal.hide()  # what was refused was refused by the numbers of before
        table = found.table
        is_locked = self.is_locked
        lines = [_Line(row.unit or UUID(int=at), row.name) for at, row in enumerate(table.rows, 1)]
        rows = {line.uid: shown.read(row) for line, row in zip(lines, table.rows, strict=True)}
        nowhere = {line.uid for line, row in zip(lines, table.rows, strict=True) if not row.unit}
        locked = frozenset(rows) if is_locked else frozenset(nowhere)
        title = self.tr("Giao cho thôn năm {year}")
        self.heading.setText(title.format(year=self.year))
        self.version.show_plan(self.year, found.plan)
        self._set_whole(found)
        self.show_rows(lines, rows, locked)
        self.save_button.setVisible(not is_locked)
        self.ways.lock(locked=is_locked, registered=bool(table.total.registered))
        self.names_button.setVisible(bool(table.total.registered))
        self._tell()
        self.take_up()
        self._offer_counts(table)
        self._fold()

    def _set_whole(self, found: _Found) -> None:
        """What the plan says, else what the villages add up to."""
        self.ways.growth.set_value(None)
        for listed, field in self.ways.wholes.items():
            of_villages = found.table.total.course(listed).forecast.net
            self._whole[listed] = found.whole.get(listed, of_villages)
            field.set_value(self._whole[listed])

    def _numbers(self) -> list[dict[str, int | None]]:
        """What is typed in each row, as it stands on screen."""
        columns = {key: self.grid.cells.values(key) for key in COLUMNS}
        return [
            {
                key: value if isinstance(value := values[row], int) else None
                for key, values in columns.items()
            }
            for row in range(self.grid.cells.rowCount())
        ]

    def _tell(self) -> None:
        if self._found is not None and len(self._found.table.rows) == self.grid.cells.rowCount():
            self._live = allocation_live.retyped(self._found.table, self._numbers())
            self._follow(self._live)
        super()._tell()

    def _follow(self, table: AllocationTable) -> None:
        """What follows from what stands in the cells now."""
        each = [shown.followed(row) for row in table.rows]
        for key in shown.COMPUTED:
            self.grid.cells.show_column(key, [found[key] for found in each])
        said = {key: shown.count(value) for key, value in shown.read(table.total).items()}
        if table.denominators is Denominators.EXPECTED:
            said[EXPECTED] = shown.count(table.total.expected)
        said |= shown.followed(table.total) | {NAME: self.tr("Cộng")}
        places = enumerate(column.key for column in self.grid.cells.columns)
        seen = VIEWS[list(VIEWS)[self.views.value]]
        self.sum_row.say({at: said[key] for at, key in places if key in seen})
        self._compare(table.total)

    def _compare(self, total: AllocationRow) -> None:
        """Whether the villages add up to the whole that is typed here; what the plan says of it is
        looked at among the doubts.
        """
        found = []
        names = {POOR: self.tr("hộ nghèo"), NEAR_POOR: self.tr("hộ cận nghèo")}
        for listed, whole in self.ways.asked().items():
            net = total.course(listed).forecast.net
            if whole is None or net is None or net == whole or whole == self._whole[listed]:
                continue
            text = self.tr("Các thôn cộng lại giảm {net} {what}, còn thiếu {left} so với toàn xã.")
            if net > whole:
                text = self.tr("Các thôn cộng lại giảm {net} {what}, hơn toàn xã {left}.")
            left = format_integer(abs(whole - net))
            found.append(text.format(net=format_integer(net), what=names[listed], left=left))
        self.compared.setText(" ".join(found))
        self.compared.setVisible(bool(found))

    def _show_view(self, at: int) -> None:
        view = list(VIEWS)[at]
        self.views.choose(at)
        self.grid.show_only(VIEWS[view])
        self.ways.show_view(view)
        if self._live is not None:
            self._follow(self._live)

    def _fit(self) -> None:
        """Some rows of the grid are seen in any window."""
        heading = self.grid.horizontalHeader().sizeHint().height()
        line = self.grid.verticalHeader().defaultSectionSize()
        bar = self.grid.horizontalScrollBar().sizeHint().height()
        self.grid.setMinimumHeight(heading + line * _ROWS + bar + 6)

    def _to_save(self) -> None:
        """Past the last cell of a view the next one begins; the last one ends at the button."""
        following = self.views.value + 1
        if following < len(VIEWS):
            self._show_view(following)
            self.grid.start()
        else:
            super()._to_save()

    # -- what gives way -------------------------------------------------------------------------

    @property
    def is_locked(self) -> bool:
        """The version is issued, or the file is only looked at."""
        return self.desk.read_only or (self._found is not None and self._found.table.stands)

    @Slot()
    def _fold(self) -> None:
        """What cannot be used is not shown; in a low window the rows come first, unless a number
        typed above them waits.
        """
        is_low = self.height() * 100 < _LOW * theme.percent
        opened = self.ways_button.isChecked() or self._waits
        self.intro.setHidden(self.is_locked)
        self.ways_button.setHidden(self.is_locked or not is_low)
        self.ways.setHidden(self.is_locked or (is_low and not opened))
        self.setFocusProxy(self.grid if self.ways.isHidden() else self.stops()[0])

    def _open_ways(self, opened: bool) -> None:
        self._fold()
        if opened:
            self.ways.wholes[POOR].take_focus()

    def _offer_counts(self, table: AllocationTable) -> None:
        """Where nobody knows what a village begins with, it can be typed in the settings."""
        free = not self.desk.read_only
        starts = [row.course(listed).forecast.start for row in table.rows for listed in LISTS]
        self.opening_button.setVisible(free and None in starts)
        self.homes_button.setVisible(free and None in [row.households for row in table.rows])
        parts = (self.opening_button, self.homes_button)
        self.gaps.setHidden(all(part.isHidden() for part in parts))

    def _go_to_settings(self, section: str, _: bool = False) -> None:
        self.go_requested.emit("settings", section)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _show_registered(self) -> None:
        self.go_requested.emit("support", {"section": "helpers", "list": "registered"})

    def _papers(self) -> Sequence[PrintItem]:
        """The table as the plan prints it: with its households and its rates."""
        desk = self.desk
        code, unit = VILLAGE_TARGETS, desk.unit(self.year)
        asked = ProgrammeAsked(code=code, year=self.year, unit=unit)
        said = self.tr("Bảng giao cho thôn, như trong kế hoạch")
        title = self.tr("{name}, năm {year}").format(name=self.heading.text(), year=self.year)
        order = paper_work.programme_order(desk, title, (code, self.year), asked)
        return [PrintItem(code, said, order)]

    def _paste(self, block: list[list[str]]) -> None:
        super()._paste(block)
        self.refusal.hide()

    def _saved(self, done: Done[None]) -> None:
        self.grid.cells.mark_stored()
        self.draft.forget()
        self.refusal.hide()
        self.load()


def _read(database: Database, definitions: Definitions, unit: UUID, year: int, day: date) -> _Found:
    """Runs off the GUI thread."""
    form = definitions.records[Kind.TARGET]
    whole: dict[str, int] = {}
    targets = list(years.of_year(database, form, unit, year).values())
    for listed in LISTS:
        for column in (ASSIGNED, PURSUED):  # what it wants itself comes before what it was given
            if row := named(targets, listed, column).get(Part.HOUSEHOLDS):
                whole[listed] = row[column] // HUNDRED
    return _Found(
        allocation.table(database, definitions, unit, year, day=day),
        versions.in_hand(database, unit, year),
        targets,
        whole,
    )
