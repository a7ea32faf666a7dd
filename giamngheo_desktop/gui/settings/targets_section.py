"""Cài đặt › Chỉ tiêu các thôn: the typed decreases of a year beside the households at its start."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Area
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.pasted_table import PasteColumn
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.grid.cells import GridColumn
from giamngheo_desktop.gui.settings.yearly_grid import NAME, YearlyGrid
from giamngheo_desktop.gui.start.village_step import PASTED
from giamngheo_desktop.services.targets import allocation
from giamngheo_desktop.services.unit_names import villages
from giamngheo_desktop.storage.engine import Database


class TargetsSection(YearlyGrid):
    """A decrease may be negative: the number may rise."""

    WATCHES = frozenset(
        {Kind.VILLAGE_TARGET, Kind.AREA, Kind.AREA_VERSION, Kind.CLASS_RECORD, Kind.RESULT}
    )

    def __init__(self, desk: Desk) -> None:
        columns = (
            GridColumn(key=NAME, title=self.tr("Thôn"), width=130, locked=True, stretch=True),
            GridColumn(
                key="poor_opening",
                title=self.tr("Hộ nghèo đầu năm"),
                number=True,
                locked=True,
                width=96,
            ),
            GridColumn(
                key="poor_decrease",
                title=self.tr("Giảm hộ nghèo"),
                number=True,
                signed=True,
                width=96,
            ),
            GridColumn(
                key="near_poor_opening",
                title=self.tr("Hộ cận nghèo đầu năm"),
                number=True,
                locked=True,
                width=106,
            ),
            GridColumn(
                key="near_poor_decrease",
                title=self.tr("Giảm hộ cận nghèo"),
                number=True,
                signed=True,
                width=106,
            ),
        )
        pasted = (
            PASTED[0],
            PasteColumn(
                "poor_decrease", ("Giảm hộ nghèo", "Giảm nghèo", "Chỉ tiêu giảm hộ nghèo"), True
            ),
            PasteColumn(
                "near_poor_decrease",
                ("Giảm hộ cận nghèo", "Giảm cận nghèo", "Chỉ tiêu giảm hộ cận nghèo"),
                True,
            ),
        )
        intro = self.tr(
            "Số hộ giao cho từng thôn giảm trong năm; thôn không giao thì ghi 0. Bảng chỉ tiêu các "
            "thôn và Tổng quan lấy số ở đây."
        )
        super().__init__(desk, self.tr("Chỉ tiêu các thôn"), intro, columns, pasted, "targets")
        self.foot(save=True)

    def load(self) -> None:
        work = partial(
            _read,
            self.desk.database,
            self.desk.definitions,
            self.desk.unit(self.year),
            self.year,
            self.desk.day(self.year),
        )
        self.desk.runner.read(self, work, self._show, latest="targets")

    def save(self) -> bool:
        problem = self.first_problem()
        if problem:
            self.show_problem(problem)
            return False
        rows = self.typed()
        if rows:
            work = partial(allocation.save, self.desk.database, self.desk.context, self.year, rows)
            self.desk.runner.write(self, work, self._saved)
        return True

    def warnings(self) -> list[str]:
        cells = self.grid.cells
        found: list[str] = []
        for row in range(cells.rowCount()):
            for decrease, opening, what in (
                ("poor_decrease", "poor_opening", self.tr("hộ nghèo")),
                ("near_poor_decrease", "near_poor_opening", self.tr("hộ cận nghèo")),
            ):
                wanted, there = cells.value(row, decrease), cells.value(row, opening)
                if isinstance(wanted, int) and isinstance(there, int) and wanted > there:
                    text = self.tr("{village}: giảm {wanted} {what} mà đầu năm chỉ có {there}.")
                    name = cells.text(row, NAME)
                    found.append(text.format(village=name, wanted=wanted, what=what, there=there))
        return found

    def sum_text(self) -> str:
        cells = self.grid.cells
        sums = {}
        for key in ("poor_decrease", "near_poor_decrease"):
            values = [cells.value(row, key) for row in range(cells.rowCount())]
            typed = [value for value in values if isinstance(value, int)]
            sums[key] = format_integer(sum(typed)) if typed else "–"
        if set(sums.values()) == {"–"}:
            return ""  # nothing typed is not nought
        text = self.tr("Cộng: giảm {poor_decrease} hộ nghèo, {near_poor_decrease} hộ cận nghèo.")
        return text.format(**sums)

    def _show(self, found: tuple[list[Area], dict[UUID, dict[str, Any]]]) -> None:
        self.show_rows(*found)
        title = self.tr("Chỉ tiêu các thôn năm {year}")
        self.heading.setText(title.format(year=self.year))
        self._tell()
        self.take_up()

    def _saved(self, done: Done[None]) -> None:
        self.grid.cells.mark_stored()
        self.draft.forget()
        self.load()


def _read(
    database: Database, definitions: Definitions, commune: UUID, year: int, day: date
) -> tuple[list[Area], dict[UUID, dict[str, Any]]]:
    found = allocation.table(database, definitions, commune, year, day=day)
    rows = {
        row.unit: {
            **row.typed,
            "poor_opening": row.poor.forecast.start,
            "near_poor_opening": row.near_poor.forecast.start,
        }
        for row in found.rows
        if row.unit is not None
    }
    return villages(database, day, commune), rows
