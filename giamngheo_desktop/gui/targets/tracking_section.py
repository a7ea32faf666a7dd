"""Theo dõi: each target of the plan beside what is reached today, and what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.actual import Amount
from giamngheo_desktop.domain.area import Area
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.target_state import Tone, tone
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.parts import label, scrolled
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu, print_button
from giamngheo_desktop.gui.records.of_plan import PlanLine
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import NO_DATA, Align, Column, as_text
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.gui.targets.names_view import NamesView
from giamngheo_desktop.gui.targets.tracked_detail import TrackedDetail
from giamngheo_desktop.reports.programme_papers import TARGETS, ProgrammeAsked
from giamngheo_desktop.reports.target_numbers import measured_text, promised_text
from giamngheo_desktop.reports.targets import heading_text, state_text, target_name
from giamngheo_desktop.services.closed_years import shown_day
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.targets import tracking
from giamngheo_desktop.services.targets.plan_targets import PlanTarget
from giamngheo_desktop.services.targets.result_doubts import ResultDoubts, in_words
from giamngheo_desktop.services.targets.tracking import Point, Tracked, Tracking
from giamngheo_desktop.services.unit_names import villages
from giamngheo_desktop.storage.engine import Database

_SAID = texts.TRACKING
_SHARE = 0.5  # of the height, for the table
_LEAST = 3  # targets that are seen in any case
_CHIPS = {Tone.GOOD: "done", Tone.WARN: "open", Tone.BAD: "wrong", Tone.NEUTRAL: "unknown"}


@dataclass(frozen=True)
class _Found:
    """What is reached on the day."""

    tracking: Tracking
    villages: tuple[Area, ...]
    doubts: ResultDoubts  # of what was typed for the whole unit


class TrackingSection(Section):
    """Of the unit, or of one of its villages."""

    WATCHES = frozenset(Kind)

    def __init__(self, desk: Desk) -> None:
        intro = self.tr("Chọn một chỉ tiêu để xem tử số, mẫu số, dự báo, kết quả từng tháng.")
        super().__init__(desk, self.tr("Theo dõi chỉ tiêu"), intro)
        self.found: _Found | None = None
        self._lines: dict[UUID, Tracked] = {}  # by line of the table
        self._reached: dict[date, Mapping[str, Fraction | None] | None] = {}  # None: not read yet
        self._months_of: object = None  # what the months were read of
        self._turn = self._reading = 0  # how many months were asked for, and the one under way
        self._wanted = ""  # the key of a target, until the table is shown
        self.version = PlanLine(desk)
        self.said = label("", "soft", "tracking_said", wrap=True)
        self.village = ElidedBox()
        self.village.setObjectName("tracking_village")
        self.village.setAccessibleName(self.tr("Thôn"))
        self.prints = PrintMenu(desk, self._papers, self)
        self.print_button = print_button(self.prints)
        self.table = WrappedRows(self._columns(), "tracked", self.heading.text())
        self.detail = TrackedDetail(desk)
        self.names = NamesView(desk)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(10)
        column.addWidget(self.table)
        column.addWidget(self.detail)
        column.addStretch()
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(inside, "tracking_scroll"))
        self._stack.addWidget(self.names)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.said, 1)
        tools.addWidget(self.village)
        tools.addWidget(self.print_button)
        self.box.addWidget(self.version)
        self.box.addLayout(tools)
        self.box.addWidget(self._stack, 1)
        self.is_broad = True
        self.setFocusProxy(self.table)
        self.version.hide()
        self.version.refused.connect(self.detail.refusal.say)
        self.village.currentIndexChanged.connect(self.load)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.row_opened.connect(self._enter_detail)
        self.table.heading.geometriesChanged.connect(self._fit)
        self.detail.names_wanted.connect(self._open_names)
        self.detail.go_requested.connect(self.go_requested)
        self.prints.go_requested.connect(self.go_requested)
        self.names.left.connect(self._leave_names)
        self.names.go_requested.connect(self.go_requested)

    def _columns(self) -> tuple[Column, ...]:
        number = partial(Column, width=64, align=Align.RIGHT)
        return (
            Column(
                key="target",
                title=_SAID["target"],
                width=260,
                stretch=True,
                tip=as_text,
            ),
            number(key="baseline", title=_SAID["baseline"], gives_way=True),
            number(key="assigned", title=self.tr("Giao")),
            number(key="pursued", title=self.tr("Phấn đấu")),
            number(key="reached", title=_SAID["reached"]),
            number(key="forecast", title=self.tr("Dự báo"), gives_way=True),
            Column(
                key="state",
                title=_SAID["state"],
                width=240,
                format=self._state,
                chip=self._chip,
                tip=self._state,
            ),
        )

    # -- reading and showing --------------------------------------------------------------------

    @Slot()
    def load(self) -> None:
        desk = self.desk
        place = (desk.unit(self.year), self.year, desk.context.today())
        village = self.village.currentData()
        work = partial(_read, desk.database, desk.definitions, *place, village)
        done = partial(self._show, village)
        self.fault.read(desk.runner, work, done, self._failed, latest="tracking")

    def _show(self, village: UUID | None, found: _Found) -> None:
        before = self.current
        first = self.found is None
        self.found = found
        self._offer(found.villages, village)
        shown = found.tracking
        has_plan = shown.plan is not None
        self.version.show_plan(self.year, None)
        self.version.setVisible(not has_plan)
        self.said.setText(heading_text(shown))
        self._lines = {UUID(int=at): line for at, line in enumerate(shown.lines, 1)}
        self.table.set_rows([(uid, *self._cells(line)) for uid, line in self._lines.items()])
        self.table.say_empty(_SAID["no_targets"].format(year=self.year))
        self.table.setVisible(has_plan)
        self.village.setVisible(has_plan)
        self.print_button.setVisible(has_plan)
        self.setFocusProxy(self.table if has_plan else self.version.begin_button)
        self._fit()
        key = self._wanted or (before.target.key if before is not None else "")
        self._wanted = ""
        again = [uid for uid, line in self._lines.items() if line.target.key == key]
        if again or self._lines:
            self.table.go_to((again or list(self._lines))[0])
        self._begin_months()
        self._chosen()
        if first:
            self._stack.setCurrentIndex(0)

    def _failed(self, error: BaseException) -> None:
        """Of a year without a standard nothing is known."""
        assert isinstance(error, AppError)
        self.said.setText(texts.error_text(error))

    def arrive(self, wanted: Mapping[str, object]) -> None:
        """A target by its `key`."""
        self._wanted = str(wanted.get("key") or "")
        for uid, line in self._lines.items():
            if self._wanted and line.target.key == self._wanted:
                self.table.go_to(uid)

    def _offer(self, found: tuple[Area, ...], chosen: UUID | None) -> None:
        with QSignalBlocker(self.village):
            self.village.clear()
            self.village.addItem(self.tr("Toàn xã"), None)
            for one in found:
                self.village.addItem(one.name, one.uid)
            uids = [None, *(one.uid for one in found)]
            self.village.setCurrentIndex(uids.index(chosen) if chosen in uids else 0)

    def _cells(self, line: Tracked) -> tuple[Any, ...]:
        target, kind = line.target, line.target.indicator.type
        return (
            self._name(target),
            measured_text(line.start, kind),
            promised_text(target.assigned),
            promised_text(target.pursued),
            measured_text(line.value, kind),
            measured_text(line.forecast.value, kind) if line.forecast else NO_DATA,
            line,
        )

    def _name(self, target: PlanTarget) -> str:
        """With its unit, which needs no column then; what has no number has none."""
        name = target_name(target, self.desk.definitions)
        if target.is_worded:
            return name
        more = f"; {target.unit})"
        return f"{name[:-1]}{more}" if name.endswith(")") else f"{name} ({target.unit})"

    def _state(self, line: object) -> str:
        return state_text(line) if isinstance(line, Tracked) else ""

    def _chip(self, line: object) -> str:
        return _CHIPS[tone(line.state)] if isinstance(line, Tracked) else ""

    @property
    def current(self) -> Tracked | None:
        """The target that is chosen."""
        line = self.table.current_uid()
        return self._lines.get(line) if line is not None else None

    def _chosen(self) -> None:
        line, found = self.current, self.found
        if line is None or found is None:
            self.detail.show_target(None, ())
        else:
            kind = found.tracking.unit_kind
            doubts = found.doubts.of_target.get(line.target.key, ())
            self.detail.show_target(line, self._points_of(line), kind, doubts)

    # -- the months -----------------------------------------------------------------------------

    def _begin_months(self) -> None:
        """They are read one after the other while they are looked at: each asks for all that is
        counted as of its end.
        """
        found = self.found
        has_lines = found is not None and bool(found.tracking.lines)
        days = tracking.month_ends(self.year, found.tracking.day) if found and has_lines else ()
        about = found and (found.tracking.known, found.tracking.unit, found.tracking.village, days)
        if about == self._months_of:  # nothing was written since
            self._next_month()
            return
        self._months_of = about
        self._reached = dict.fromkeys(days)
        self._reading = 0  # what is still on its way is of what was shown before
        self._next_month()

    def _next_month(self) -> None:
        left = [day for day, values in self._reached.items() if values is None]
        if not left or self._reading or not self.isVisible() or self.found is None:
            return
        desk, shown = self.desk, self.found.tracking
        self._turn += 1
        self._reading = self._turn
        place = (desk.database, desk.definitions, shown.unit, self.year, left[0])
        work = partial(tracking.reached, *place, village=shown.village)
        done = partial(self._month_read, self._turn, left[0])
        desk.runner.read(self, work, done, latest="tracking_month")

    def _month_read(self, turn: int, day: date, values: Mapping[str, Fraction | None]) -> None:
        if turn != self._reading:
            return
        self._reading = 0
        self._reached[day] = values
        line = self.current
        if line is not None:
            self.detail.show_months(line, self._points_of(line))
        self._next_month()

    def _points_of(self, line: Tracked) -> list[Point]:
        return [
            Point(day, values.get(line.target.key) if values is not None else None)
            for day, values in self._reached.items()
        ]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._next_month()

    @Slot()
    def _fit(self) -> None:
        """As high as its lines, up to a part of the whole."""
        room, lines = int(self._stack.height() * _SHARE), 0
        for at in range(self.table.rows.rowCount()):
            if at >= _LEAST and lines + self.table.rowHeight(at) > room:
                break
            lines += self.table.rowHeight(at)
        lines = lines or 60  # of the sentence where there are none
        sideways = self.table.horizontalScrollBar()
        bar = sideways.sizeHint().height() if sideways.maximum() else 0
        self.table.setFixedHeight(self.table.heading.sizeHint().height() + lines + bar + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _papers(self) -> Sequence[PrintItem]:
        """Of the whole unit, as of the day that is shown."""
        desk = self.desk
        day = self.found.tracking.day if self.found else None
        asked = ProgrammeAsked(code=TARGETS, year=self.year, unit=desk.unit(self.year), as_of=day)
        said = self.tr("Kết quả thực hiện chỉ tiêu")
        title = self.tr("{name}, năm {year}").format(name=said, year=self.year)
        order = paper_work.programme_order(desk, title, (TARGETS, self.year), asked)
        return [PrintItem(TARGETS, said, order)]

    # -- names ----------------------------------------------------------------------------------

    @Slot(str, object)
    def _open_names(self, title: str, amount: Amount) -> None:
        """Households in their list, other records here."""
        line = self.current
        if line is None:
            return
        day = line.actual.day
        if amount.kind is Kind.HOUSEHOLD:
            wanted = HouseholdFilter(
                day=day,
                standard=line.actual.standard or self.desk.standard(self.year).code,
                year=day.year if line.actual.frozen else None,
                uids=amount.ids,
            )
            self.go_requested.emit("households", wanted)
            return
        self.names.show_names(title, amount, day)
        self._stack.setCurrentIndex(1)
        self.names.setFocus()

    @Slot()
    def _leave_names(self) -> None:
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    @Slot()
    def _enter_detail(self) -> None:
        self.detail.start()

    def stops(self) -> list[QWidget]:
        if self.version.isVisibleTo(self):
            return [self.version.begin_button]
        return [self.village, self.table, *self.detail.stops()]


def _read(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    today: date,
    village: UUID | None,
) -> _Found:
    """Runs off the GUI thread."""
    day = shown_day(database, unit, year, today)
    place = (database, definitions, unit, year, day)
    doubts = in_words(database, definitions, unit, year, today)
    return _Found(
        tracking.track(*place, village=village),
        tuple(villages(database, day, unit)),
        ResultDoubts() if village else doubts,
    )
