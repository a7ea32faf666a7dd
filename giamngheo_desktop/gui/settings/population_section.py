"""Cài đặt › Dân số các thôn: households and persons per village and year, with their source."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any, cast
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop.domain.area import Area
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.pasted_table import PasteColumn
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.text_fields import TextField
from giamngheo_desktop.gui.grid.cells import GridColumn
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.review import reason_dialog
from giamngheo_desktop.gui.review.drafting import OF_SETTINGS, Typed
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.gui.settings.section import DayField
from giamngheo_desktop.gui.settings.yearly_grid import NAME, YearlyGrid
from giamngheo_desktop.gui.start.village_step import PASTED
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.closed_years import closed_villages
from giamngheo_desktop.services.unit_names import villages
from giamngheo_desktop.storage.engine import Database

_SOURCE, _AS_OF = "source", "as_of"  # in a draft
_Rows = dict[UUID, dict[str, Any]]


class PopulationSection(YearlyGrid):
    """Eight numbers a village: all, Kinh, DTTS, DTTS tại chỗ, for households and persons."""

    WATCHES = frozenset({Kind.POPULATION, Kind.ROUND, Kind.AREA, Kind.AREA_VERSION})

    def __init__(self, desk: Desk) -> None:
        columns, pasted = self._columns()
        intro = self.tr(
            "Mẫu số của mọi tỷ lệ. Gõ, hoặc chép bảng trong Excel rồi bấm Ctrl+V: thôn được tìm "
            "theo tên. Ô chưa biết để trống."
        )
        title = self.tr("Dân số các thôn")
        super().__init__(desk, title, intro, columns, pasted, "population")
        self.source = TextField(
            FieldDef(code="source", kind=FieldKind.TEXT, label=self.tr("Nguồn số liệu"))
        )
        self.source.edit.setPlaceholderText(self.tr("ví dụ: Công an xã, Chi cục Thống kê"))
        self.as_of = DayField("as_of", self.tr("Tính đến ngày"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(self.tr("Nguồn số liệu"), "soft"))
        line.addWidget(self.source, 1)
        line.addWidget(label(self.tr("Tính đến ngày"), "soft"))
        line.addWidget(self.as_of)
        self.box.insertLayout(2, line)
        self.held = label("", "soft", "population_held", wrap=True)
        self.held.hide()
        self.box.insertWidget(2, self.held)
        self.foot(save=True)
        stops = self.stops()
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)
        self.setFocusProxy(stops[0])
        self._stored: tuple[str, date | None] = ("", None)
        self._closed: frozenset[UUID] = frozenset()
        for field in (self.source, self.as_of):
            field.changed.connect(self.draft.touch)

    @property
    def is_dirty(self) -> bool:
        return super().is_dirty or (self._origin() != self._stored and bool(self._villages))

    def as_typed(self) -> Typed:
        return {**super().as_typed(), _SOURCE: self.source.value(), _AS_OF: self.as_of.value()}

    def put_typed(self, typed: Typed) -> None:
        super().put_typed(typed)
        self.source.set_value(cast("Entry", typed.get(_SOURCE)))
        self.as_of.set_value(cast("Entry", typed.get(_AS_OF)))

    def stops(self) -> list[QWidget]:
        return [self.source.input(), self.as_of.input(), self.grid, self.save_button]

    def load(self) -> None:
        work = partial(
            _read,
            self.desk.database,
            self.desk.unit(self.year),
            self.year,
            self.desk.day(self.year),
        )
        self.desk.runner.read(self, work, self._show, latest="population")

    def save(self) -> bool:
        problem = self.first_problem()
        if problem:
            self.show_problem(problem)
            return False
        rows: _Rows = {uid: dict(values) for uid, values in self.typed().items()}
        source, as_of = self._origin()
        if (source, as_of) != self._stored:
            known = [self.grid.cells.tag(row) for row in self.grid.cells.filled()]
            for uid in known:
                rows.setdefault(uid, {})
        for values in rows.values():
            values |= {"source": source or None, "as_of": as_of}
        if self._closed.isdisjoint(rows):
            self._write(rows, "")
            return True
        self._ask_reason(rows)
        return False

    def _ask_reason(self, rows: _Rows) -> None:
        text = self.tr(
            "Năm {year} đã khóa sổ. Sửa dân số là đính chính: các biểu có dân số thêm một lần, lần "
            "cũ in lại vẫn như đã in. Ghi lý do."
        ).format(year=self.year)
        title, act = self.tr("Đính chính dân số"), self.tr("Đính chính")
        dialog = ReasonDialog(
            self.desk, self._reason_key, title, text, act, self, prefix=OF_SETTINGS
        )
        dialog.given.connect(partial(self._write, rows))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @property
    def _reason_key(self) -> str:
        return f"dan-so-{self.year}"

    def _write(self, rows: _Rows, reason: str) -> None:
        if rows:
            work = partial(
                areas.save_population,
                self.desk.database,
                self.desk.context,
                self.year,
                rows,
                reason=reason,
            )
            self.desk.runner.write(self, work, self._saved)

    def warnings(self) -> list[str]:
        cells = self.grid.cells
        found: list[str] = []
        for row in range(cells.rowCount()):
            name = cells.text(row, NAME)
            values = {key: cells.value(row, key) for key in self.keys}
            for what, whole, kinh, minority, local in (
                (
                    self.tr("số hộ"),
                    values["households"],
                    values["households_kinh"],
                    values["households_minority"],
                    values["households_local_minority"],
                ),
                (
                    self.tr("nhân khẩu"),
                    values["persons"],
                    values["persons_kinh"],
                    values["persons_minority"],
                    values["persons_local_minority"],
                ),
            ):
                if (
                    isinstance(whole, int)
                    and isinstance(kinh, int)
                    and isinstance(minority, int)
                    and kinh + minority != whole
                ):
                    text = self.tr("{village}: {what} chung khác tổng Kinh và DTTS.")
                    found.append(text.format(village=name, what=what))
                if isinstance(minority, int) and isinstance(local, int) and local > minority:
                    text = self.tr("{village}: {what} DTTS tại chỗ lớn hơn DTTS.")
                    found.append(text.format(village=name, what=what))
            homes, people = values["households"], values["persons"]
            if isinstance(homes, int) and isinstance(people, int) and people < homes:
                text = self.tr("{village}: nhân khẩu ít hơn số hộ.")
                found.append(text.format(village=name))
        return found

    def sum_text(self) -> str:
        cells = self.grid.cells
        totals = {}
        for key in ("households", "persons"):
            values = [cells.value(row, key) for row in range(cells.rowCount())]
            known = [value for value in values if isinstance(value, int)]
            totals[key] = format_integer(sum(known))
            totals[f"{key}_missing"] = str(len(values) - len(known))
        text = self.tr("Cộng: {households} hộ, {persons} nhân khẩu.")
        if totals["households_missing"] != "0":
            text = self.tr(
                "Cộng: {households} hộ, {persons} nhân khẩu; {households_missing} thôn chưa có số."
            )
        return text.format(**totals)

    def _columns(self) -> tuple[tuple[GridColumn, ...], tuple[PasteColumn, ...]]:
        groups = (
            ("", self.tr("Số hộ"), self.tr("Nhân khẩu")),
            ("_kinh", self.tr("Hộ Kinh"), self.tr("Khẩu Kinh")),
            ("_minority", self.tr("Hộ DTTS"), self.tr("Khẩu DTTS")),
            ("_local_minority", self.tr("Hộ DTTS tại chỗ"), self.tr("Khẩu DTTS tại chỗ")),
        )
        columns = [GridColumn(key=NAME, title=self.tr("Thôn"), width=98, locked=True, stretch=True)]
        pasted = [PASTED[0]]
        for place, what in ((1, "households"), (2, "persons")):
            for group in groups:
                key = f"{what}{group[0]}"
                columns.append(GridColumn(key=key, title=group[place], number=True, width=60))
                titles = PASTED[place].titles if not group[0] else (group[place],)
                pasted.append(PasteColumn(key, titles, number=True))
        return tuple(columns), tuple(pasted)

    def _origin(self) -> tuple[str, date | None]:
        return str(self.source.value() or ""), self.as_of.day()

    def _show(self, found: tuple[list[Area], _Rows, frozenset[UUID]]) -> None:
        villages, rows, self._closed = found
        closed = not self._closed.isdisjoint(village.uid for village in villages)
        self.held.setVisible(closed)
        text = self.tr("Năm {year} đã khóa sổ: sửa số thì ghi lý do, biểu in lần cũ vẫn như đã in.")
        self.held.setText(text.format(year=self.year))
        self.show_rows(villages, rows)
        sources = {row["source"] for row in rows.values() if row["source"]}
        days = {row["as_of"] for row in rows.values() if row["as_of"]}
        self.source.set_value(next(iter(sources)) if len(sources) == 1 else "")
        self.as_of.set_value(next(iter(days)) if len(days) == 1 else None)
        self._stored = self._origin()
        title = self.tr("Dân số các thôn năm {year}")
        self.heading.setText(title.format(year=self.year))
        self._tell()
        self.take_up()

    def _saved(self, done: Done[None]) -> None:
        reason_dialog.written(self.desk, self._reason_key, prefix=OF_SETTINGS)
        self.grid.cells.mark_stored()
        self.draft.forget()
        self._stored = self._origin()
        self.load()


def _read(
    database: Database, commune: UUID, year: int, day: date
) -> tuple[list[Area], _Rows, frozenset[UUID]]:
    closed = closed_villages(database, year)
    return villages(database, day, commune), areas.population(database, year), closed
