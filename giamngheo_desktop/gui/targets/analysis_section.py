"""Phân tích hộ nghèo: what the poor households are, each number with its households behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer, format_rate
from giamngheo_desktop.domain.rates import rate
from giamngheo_desktop.domain.standard import new_standard
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu, print_button
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import NO_DATA, Align, Column, as_text
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.reports.poverty_analysis import part_name
from giamngheo_desktop.reports.programme_papers import POVERTY_ANALYSIS, ProgrammeAsked
from giamngheo_desktop.services.closed_years import whole_since
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.targets.poverty_analysis import (
    CAUSE,
    DISABLED,
    NEAR_POOR,
    POOR,
    SIZE,
    SUPPORTED,
    Analysis,
    Part,
    analysis,
    before_plan,
)
from giamngheo_desktop.storage.engine import Database

_START, _NOW = "start", "now"
_STEP = "\N{NO-BREAK SPACE}" * 4
_INNER = (DISABLED, SUPPORTED)
_SAID = texts.POVERTY_ANALYSIS
_HEADS = {CAUSE: UUID(int=1_000_001), SIZE: UUID(int=1_000_002)}  # lines above their parts


class AnalysisSection(Section):
    """As the plan begins with them (the end of the year before), or as of today."""

    WATCHES = frozenset(Kind)

    def __init__(self, desk: Desk) -> None:
        intro = self.tr("Hộ nghèo theo lao động, bảo trợ xã hội, nhà ở, nguyên nhân, số khẩu.")
        super().__init__(desk, self.tr("Phân tích hộ nghèo"), intro)
        self.found: Analysis | None = None
        self._parts: dict[UUID, Part] = {}  # by line
        self.choice = ElidedBox()
        self.choice.setObjectName("analysis_day")
        self.choice.setAccessibleName(self.tr("Số liệu của ngày"))
        self._name_choices(desk.day(self.year))
        self.open_button = button(self.tr("Mở &các hộ"), "open_part", icon="households")
        self.unknown_button = button(self.tr("Mở hộ chưa &rõ"), "open_unknown", icon="pending")
        self.prints = PrintMenu(desk, self._papers, self)
        self.said = label("", "soft", "analysis_said", wrap=True)
        self.table = WrappedRows(
            (
                Column(key="part", title=_SAID["content"], width=320, stretch=True, tip=as_text),
                _count("households", 76),
                _count("persons", 76),
                Column(key="of_poor", title=_SAID["of_poor"], width=84, align=Align.RIGHT),
                _count("unknown", 84),
            ),
            "analysis_parts",
            self.heading.text(),
        )
        tools = Flow(8)
        for part in (self.choice, self.open_button, self.unknown_button):
            tools.addWidget(part)
        tools.add_at_end(print_button(self.prints))
        self.box.addLayout(tools)
        self.box.addWidget(self.said)
        self.box.addWidget(self.table, 1)
        self.is_broad = True
        self.setFocusProxy(self.choice)
        self.choice.currentIndexChanged.connect(self.load)
        self.open_button.clicked.connect(partial(self._open_current, False))
        self.unknown_button.clicked.connect(partial(self._open_current, True))
        self.table.row_opened.connect(self._open_row)
        self.prints.go_requested.connect(self.go_requested)
        self.table.selectionModel().currentRowChanged.connect(self._enable)

    def _name_choices(self, now: date | None) -> None:
        """By the working year, which `now` is a day of, None where it is closed; the box is as wide
        as they are.
        """
        start = self.tr("Đầu năm {year} (cuối năm {last})")
        names = [start.format(year=self.year, last=self.year - 1)]
        if now is None:
            names.append(self.tr("Cuối năm {year} (đã khóa sổ)").format(year=self.year))
        elif self.year <= self.desk.context.today().year:  # else nothing of it is known yet
            names.append(self.tr("Đến ngày {day}").format(day=as_text(now)))
        if [self.choice.itemText(at) for at in range(self.choice.count())] == names:
            return
        at = max(0, self.choice.currentIndex())
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for code, name in zip((_START, _NOW), names, strict=False):
                self.choice.addItem(name, code)
            self.choice.setCurrentIndex(min(at, len(names) - 1))
        self.choice.updateGeometry()

    @Slot()
    def load(self) -> None:
        self.fault.read(
            self.desk.runner, self._reading(), self._show, self._failed, latest="analysis"
        )

    def _reading(self) -> Callable[[], _Read]:
        desk, year = self.desk, self.year
        place = (desk.database, desk.definitions, desk.unit(year), year, desk.day(year))
        return partial(_read, *place, at_start=self.choice.currentData() != _NOW)

    def _show(self, read: _Read) -> None:
        before = self._current()
        self._name_choices(read.now)
        found = self.found = read.analysis
        self._parts = {UUID(int=at): part for at, part in enumerate(found.parts.values(), 1)}
        known = any(part.count is not None for part in self._parts.values())
        self.table.rows.headings = frozenset(
            {
                *(line for line, part in self._parts.items() if part.code in (POOR, NEAR_POOR)),
                *_HEADS.values(),
            }
        )
        self.table.set_rows(list(self._rows()) if known else [])
        self.table.say_empty(_SAID["none"].format(year=found.year))
        for line, part in self._parts.items():
            if before is not None and part.code == before.code:
                self.table.go_to(line)
        self.said.setText(self._words(found))
        self._enable()

    def _failed(self, error: BaseException) -> None:
        """Of a year without a standard nothing is known."""
        self._name_choices(self.desk.day(self.year))
        assert isinstance(error, AppError)
        self.said.setText(texts.error_text(error))

    def _rows(self) -> Iterator[tuple[object, ...]]:
        """Causes and sizes each under a line of their own."""
        headed = ""
        for line, part in self._parts.items():
            group = next((one for one in _HEADS if part.code.startswith(one)), "")
            if group and group != headed:
                said = _SAID["causes" if group == CAUSE else "sizes"]
                yield _HEADS[group], said, None, None, "", None
            headed = group
            yield line, *self._cells(part)

    def _cells(self, part: Part) -> tuple[object, ...]:
        assert self.found is not None
        name = part_name(part.code, self.desk.definitions)
        inner = part.code in _INNER or part.code.startswith((CAUSE, SIZE))
        share = rate(part.count, self.found[POOR].count).percent
        whole = part.code in (POOR, NEAR_POOR)
        return (
            f"{_STEP}{name}" if inner else name,
            part.count,
            part.persons,
            "" if whole else NO_DATA if share is None else format_rate(share),
            len(part.unknown) or None,
        )

    def _words(self, found: Analysis) -> str:
        said = [found.standard.label]
        if found.waiting:
            text = _SAID["note_waiting"]
            said.append(text.format(count=format_integer(found.waiting), year=found.year))
        change = new_standard(self.desk.definitions.standards, self.year)
        if change is not None and found.standard.code != change.now.code:
            said.append(texts.changed_offer(*change.said))
        return " · ".join(said)

    def _current(self) -> Part | None:
        line = self.table.current_uid()
        return self._parts.get(line) if line is not None else None

    def _enable(self) -> None:
        part = self._current()
        self.open_button.setEnabled(part is not None and bool(part.households))
        self.unknown_button.setEnabled(part is not None and bool(part.unknown))

    def _open_row(self, line: object) -> None:
        part = self._parts.get(line) if isinstance(line, UUID) else None
        if part is not None:
            self._open(part.households)

    def _open_current(self, unknown: bool, _: bool = False) -> None:
        part = self._current()
        if part is not None:
            self._open(part.unknown if unknown else part.households)

    def _open(self, uids: frozenset[UUID]) -> None:
        found = self.found
        if found is not None and uids:
            wanted = HouseholdFilter(
                day=found.as_of or date(found.year, 12, 31),
                standard=found.standard.code,
                year=found.year if found.frozen else None,
                uids=uids,
            )
            self.go_requested.emit("households", wanted)

    def _papers(self) -> Sequence[PrintItem]:
        """As the plan of the year has it."""
        desk = self.desk
        code, unit = POVERTY_ANALYSIS, desk.unit(self.year)
        asked = ProgrammeAsked(code=code, year=self.year, unit=unit)
        said = self.tr("Phân tích hộ nghèo đầu năm {year}").format(year=self.year)
        order = paper_work.programme_order(desk, said, (code, self.year), asked)
        return [PrintItem(code, said, order)]

    def stops(self) -> list[QWidget]:
        return [self.choice, self.table]


@dataclass(frozen=True, slots=True)
class _Read:
    """What is shown, and the day that the other choice is of; None: the year is closed."""

    analysis: Analysis
    now: date | None


def _read(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    day: date,
    *,
    at_start: bool,
) -> _Read:
    """Runs off the GUI thread."""
    now = day if whole_since(database, unit, year) is None else None
    if at_start:
        return _Read(before_plan(database, definitions, unit=unit, year=year), now)
    return _Read(analysis(database, definitions, unit=unit, year=year, as_of=now), now)


def _count(key: str, width: int) -> Column:
    """Of a line that is no part it is empty."""
    return Column(key=key, title=_SAID[key], width=width, align=Align.RIGHT)
