"""Cài đặt › Mở sổ đầu kỳ: the list a year begins with, household by household or as counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import cast
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop.domain.area import Area
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.pasted_table import PasteColumn
from giamngheo_desktop.domain.standard import new_standard
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.line_edit import repolish
from giamngheo_desktop.gui.forms.text_fields import TextField
from giamngheo_desktop.gui.grid.cells import GridColumn
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.gui.settings.yearly_grid import NAME, YearlyGrid
from giamngheo_desktop.gui.start.village_step import PASTED
from giamngheo_desktop.services.review import opening_counts
from giamngheo_desktop.services.review.opening_counts import CLASSES, Count, Standing
from giamngheo_desktop.services.unit_names import villages
from giamngheo_desktop.storage.engine import Database

POOR, NEAR = CLASSES
_SOURCE = "source"  # in a draft
PERSONS, NAMED = "_persons", "_named"  # behind a class: keys of its columns


@dataclass(frozen=True, slots=True)
class _State:
    villages: list[Area]
    standing: Standing


class OpeningSection(YearlyGrid):
    """Of the year before the working year. A village counts by names as soon as it has them."""

    WATCHES = frozenset(
        {Kind.OPENING_COUNT, Kind.AREA, Kind.AREA_VERSION, Kind.CLASS_RECORD, Kind.ROUND}
    )

    def __init__(self, desk: Desk) -> None:
        columns, pasted = self._columns()
        intro = self.tr(
            "Gõ từng hộ của danh sách; chưa có tên thì tạm ghi, dán số theo thôn. Thôn gõ đủ tên "
            "thì đếm theo tên."
        )
        super().__init__(desk, self.tr("Mở sổ đầu kỳ"), intro, columns, pasted, "opening")
        self._standing = Standing({}, {}, frozenset())
        self._stored_source = ""
        self.by_name = button(self.tr("&Gõ từng hộ"), "type_households", icon="households")
        self.source = TextField(
            FieldDef(code="source", kind=FieldKind.TEXT, label=self.tr("Nguồn số liệu"))
        )
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(self.tr("Nguồn số liệu"), "soft"))
        line.addWidget(self.source, 1)
        self.box.insertLayout(2, line)
        self.foot(self.by_name, save=True)
        for one, following in pairwise([*self.stops()[:-1], self.by_name, self.save_button]):
            QWidget.setTabOrder(one, following)
        self.setFocusProxy(self.source.input())
        self.by_name.clicked.connect(self._type_households)
        self.source.changed.connect(self.draft.touch)

    @property
    def is_dirty(self) -> bool:
        return super().is_dirty or self._source() != self._stored_source

    @property
    def last_year(self) -> int:
        return self.year - 1

    def as_typed(self) -> Typed:
        return {**super().as_typed(), _SOURCE: self.source.value()}

    def put_typed(self, typed: Typed) -> None:
        super().put_typed(typed)
        self.source.set_value(cast("Entry", typed.get(_SOURCE)))

    def stops(self) -> list[QWidget]:
        return [self.source.input(), self.grid, self.save_button]

    def load(self) -> None:
        work = partial(
            _read,
            self.desk.database,
            self.desk.unit(self.last_year),
            self.last_year,
            self.desk.standard(self.year).code,
        )
        self.desk.runner.read(self, work, self._show, latest="opening")

    def save(self) -> bool:
        problem = self.first_problem()
        if problem:
            self.show_problem(problem)
            return False
        rows: dict[UUID, Mapping[str, int | None]] = dict(self.typed())
        if self._source() != self._stored_source:
            cells = self.grid.cells
            for row in range(cells.rowCount()):
                values = {key: cells.value(row, key) for key in self.keys}
                known = {key: v if isinstance(v, int) else None for key, v in values.items()}
                free = cells.tag(row) not in self._standing.closed
                if free and any(value is not None for value in known.values()):
                    rows.setdefault(cells.tag(row), known)
        if rows:
            work = partial(
                opening_counts.save,
                self.desk.database,
                self.desk.context,
                {village: self._counts(values) for village, values in rows.items()},
                year=self.last_year,
                standard=self.desk.standard(self.year).code,
                unit=self.desk.unit(self.last_year),
            )
            self.desk.runner.write(self, work, self._saved)
        return True

    def first_problem(self) -> str:
        found = super().first_problem()
        cells = self.grid.cells
        for row in [] if found else range(cells.rowCount()):
            key, sentence = self._wrong(row)
            if key:
                self.grid.go_to(row, key)
                said = self.tr("{village}: {sentence}")
                return said.format(village=cells.text(row, NAME), sentence=sentence)
        return found

    def warnings(self) -> list[str]:
        cells = self.grid.cells
        found = []
        names = {POOR: self.tr("hộ nghèo"), NEAR: self.tr("hộ cận nghèo")}
        for row in range(cells.rowCount()):
            for code, what in names.items():
                typed, named = cells.value(row, code), cells.value(row, code + NAMED)
                if isinstance(typed, int) and isinstance(named, int) and named > typed:
                    said = self.tr("{village}: đã có tên {named} {what}, nhiều hơn {typed}.")
                    name = cells.text(row, NAME)
                    found.append(said.format(village=name, named=named, what=what, typed=typed))
        return found

    def sum_text(self) -> str:
        said = self.tr(
            "Cộng số đã ghi: {poor} hộ nghèo, {poor_persons}; {near_poor} hộ cận nghèo, "
            "{near_poor_persons}."
        )
        lines = [said.format(**self._sums())] if self._has_counts() else []
        shown = [village.uid for village in self._villages]
        closed = len(self._standing.closed.intersection(shown))
        known = len(shown) - closed - len(self._standing.waits(shown))
        if closed:
            said = self.tr("{count} thôn đã khóa sổ năm {year}: chỉ xem.")
            if closed == len(shown):
                said = self.tr(
                    "Năm {year} đã khóa sổ: chỉ xem, để biểu của năm đứng yên. Sai kết quả của một "
                    "hộ thì đính chính ở trang của hộ; sai cả danh sách thì mở lại năm ở mục Năm "
                    "làm việc, có ghi lý do."
                )
            lines.append(said.format(count=closed, year=self.last_year))
        if known:
            lines.append(self.tr("{count} thôn đã đếm theo tên.").format(count=known))
        return " ".join(lines)

    # -- internals ------------------------------------------------------------------------------

    def _has_counts(self) -> bool:
        cells = self.grid.cells
        return any(cells.text(row, key) for row in range(cells.rowCount()) for key in self.keys)

    def _sums(self) -> dict[str, str]:
        """Of all villages in words; persons not known of one are not known of all."""
        cells = self.grid.cells
        found = {}
        for code in CLASSES:
            homes, persons = [], []
            for row in range(cells.rowCount()):
                count = cells.value(row, code)
                if isinstance(count, int):
                    homes.append(count)
                    people = cells.value(row, code + PERSONS) if count else 0
                    persons.append(people if isinstance(people, int) else None)
            known = [number for number in persons if number is not None]
            said = self.tr("{count} khẩu").format(count=format_integer(sum(known)))
            whole = len(known) == len(persons)
            found[code] = format_integer(sum(homes))
            found[code + PERSONS] = said if whole else self.tr("chưa đủ số khẩu")
        return found

    def _columns(self) -> tuple[tuple[GridColumn, ...], tuple[PasteColumn, ...]]:
        titles = {
            POOR: self.tr("Hộ nghèo"),
            POOR + PERSONS: self.tr("Khẩu nghèo"),
            NEAR: self.tr("Hộ cận nghèo"),
            NEAR + PERSONS: self.tr("Khẩu cận nghèo"),
        }
        also = {
            POOR: self.tr("Số hộ nghèo"),
            POOR + PERSONS: self.tr("Nhân khẩu nghèo"),
            NEAR: self.tr("Số hộ cận nghèo"),
            NEAR + PERSONS: self.tr("Nhân khẩu cận nghèo"),
        }
        named = {
            POOR + NAMED: self.tr("Đã có tên: nghèo"),
            NEAR + NAMED: self.tr("Đã có tên: cận nghèo"),
        }
        columns = [GridColumn(key=NAME, title=self.tr("Thôn"), width=98, locked=True, stretch=True)]
        columns += [
            GridColumn(key=key, title=title, number=True, width=62) for key, title in titles.items()
        ]
        columns += [
            GridColumn(key=key, title=title, number=True, locked=True, width=78)
            for key, title in named.items()
        ]
        pasted = [PASTED[0]]
        pasted += [
            PasteColumn(key, (title, also[key]), number=True) for key, title in titles.items()
        ]
        return tuple(columns), tuple(pasted)

    def _wrong(self, row: int) -> tuple[str, str]:
        """The cell that can't be, and why; as the service would refuse it."""
        cells = self.grid.cells
        values = {key: cells.value(row, key) for key in self.keys}
        if all(value is None for value in values.values()):
            return "", ""
        for code in CLASSES:
            homes, persons = values[code], values[code + PERSONS]
            if not isinstance(homes, int):
                return code, self.tr("Ghi cả số hộ nghèo, số hộ cận nghèo; không có thì ghi 0.")
            if isinstance(persons, int) and (persons < homes or (persons and not homes)):
                return code + PERSONS, self.tr("Số khẩu không ít hơn số hộ, không hộ thì 0 khẩu.")
        return "", ""

    def _counts(self, values: Mapping[str, int | None]) -> dict[str, Count]:
        """None at all takes the counts of a village away."""
        if all(value is None for value in values.values()):
            return {}
        source = self._source() or None
        return {code: Count(values[code] or 0, values[code + PERSONS], source) for code in CLASSES}

    def _source(self) -> str:
        return str(self.source.value() or "")

    def _show(self, state: _State) -> None:
        self._standing = state.standing
        typed, named = state.standing.typed, state.standing.named
        rows: dict[UUID, dict[str, int | None]] = {}
        for village in state.villages:
            values: dict[str, int | None] = {}
            for code in CLASSES:
                count = typed.get(village.uid, {}).get(code)
                if count is not None:
                    values |= {code: count.households, code + PERSONS: count.persons}
                values[code + NAMED] = named.get(village.uid, {}).get(code, 0)
            rows[village.uid] = values
        self.show_rows(state.villages, rows, state.standing.closed)
        sources = {count.source for counts in typed.values() for count in counts.values()}
        self.source.set_value(next(iter(sources)) if len(sources) == 1 else "")
        self._stored_source = self._source()
        title = self.tr("Mở sổ đầu kỳ năm {year}: danh sách cuối năm {last}")
        change = new_standard(self.desk.definitions.standards, self.year)
        if change is not None:
            title = self.tr("Mở sổ đầu kỳ năm {year}: danh sách cuối năm {last} theo {standard}")
        standard = change.now.label if change is not None else ""
        said = title.format(year=self.year, last=self.last_year, standard=standard)
        self.heading.setText(said)
        self.by_name.setText(self.tr("&Gõ từng hộ của năm {year}").format(year=self.last_year))
        still_open = {village.uid for village in state.villages} - state.standing.closed
        self.by_name.setEnabled(bool(still_open) and not self.desk.read_only)
        self._lock(editable=bool(still_open))
        self._tell()
        if still_open:
            self.take_up()

    def _lock(self, *, editable: bool) -> None:
        """Of a closed year nothing can be typed, and there is nothing to save."""
        example = self.tr("ví dụ: Quyết định công nhận cuối năm, báo cáo của thôn")
        self.source.edit.setReadOnly(not editable)
        self.source.edit.setPlaceholderText(example if editable else "")
        repolish(self.source.edit)
        self.save_button.setVisible(editable)

    def _saved(self, done: Done[None]) -> None:
        self.grid.cells.mark_stored()
        self._stored_source = self._source()
        self.draft.forget()
        self.load()

    def _type_households(self) -> None:
        if self.may_leave():
            self.go_requested.emit("households", {"new": True, "year": self.last_year})


def _read(database: Database, commune: UUID, year: int, standard: str) -> _State:
    shown = villages(database, date(year, 12, 31), commune)
    uids = [village.uid for village in shown]
    found = opening_counts.standing(database, uids, year=year, standard=standard)
    return _State(shown, found)
