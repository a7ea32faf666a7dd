"""Cài đặt › Bảng điểm B1: which regions of the commune have a table of points, and one imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.point_facts import READS
from giamngheo_desktop.domain.point_table import PointForm, PointRow, PointTable
from giamngheo_desktop.exports.points_template import points_template, rows_of
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.exports.xlsx_read import read_workbook
from giamngheo_desktop.gui import files, messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import Align, Column, number_column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.review import point_tables
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts import point_problem_text

_FORM = "b1"
_SHOWN = 8  # faults of a workbook said at once


@dataclass(frozen=True, slots=True)
class _State:
    """The regions that the file's villages lie in, and the table in use."""

    regions: tuple[str, ...]
    table: PointTable | None


@dataclass(frozen=True, slots=True)
class _Checked:
    """What a workbook holds, and everything wrong with it."""

    rows: tuple[PointRow, ...]
    wrong: tuple[str, ...]


class PointsSection(Section):
    """No source has the points: until a table is imported the total of the paper is typed."""

    WATCHES = frozenset({Kind.DEFINITION, Kind.AREA_VERSION})

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Chưa có bảng điểm thì gõ tổng điểm B1 của phiếu giấy. Có bảng điểm của tỉnh: lấy mẫu "
            "Excel, ghi điểm rồi nhập lại, phiếu sẽ tự tính điểm."
        )
        super().__init__(desk, self.tr("Bảng điểm B1"), intro)
        self._form: PointForm = desk.definitions.point_form(_FORM)
        self._state = _State((), None)
        self.list = TableView(
            (
                Column(key="region", title=self.tr("Vùng"), width=280, stretch=True),
                replace(number_column("options", self.tr("Số lựa chọn"), 110), gives_way=True),
                Column(key="state", title=self.tr("Bảng điểm"), width=260, align=Align.LEFT),
            ),
            "point_regions",
            self.tr("Bảng điểm theo vùng"),
        )
        self.list.say_empty(self.tr("Chưa ghi vùng của xã: ghi ở mục Xã và các thôn."))
        self.problem = label("", "error", "points_problem", wrap=True)
        self.template = button(self.tr("&Mẫu Excel…"), "points_template", icon="download")
        self.load_table = button(
            self.tr("&Nhập bảng điểm…"), "import_points", icon="sheet", kind="primary"
        )
        self.box.addWidget(label(self._form.missing, "small", "points_missing", wrap=True))
        self.box.addWidget(self.list, 1)
        self.box.addWidget(self.problem)
        self.foot(self.template, self.load_table)
        self.load_table.setEnabled(not desk.read_only)
        self.setFocusProxy(self.template)
        self.template.clicked.connect(self._write_template)
        self.load_table.clicked.connect(self._ask)

    def load(self) -> None:
        work = partial(_read, self.desk.database, self._form, self.desk.day(self.year))
        self.desk.runner.read(self, work, self._show, latest="points")

    def _show(self, state: _State) -> None:
        self._state = state
        names = {
            entry.code: f"{entry.code} – {entry.label}"
            for entry in self.desk.definitions.choice_list("regions").entries
        }
        self.list.set_rows(
            [
                (UUID(int=at + 1), names.get(region, region), *self._of_region(region))
                for at, region in enumerate(state.regions)
            ]
        )

    def _of_region(self, region: str) -> tuple[int | None, str]:
        table = self._state.table
        count = sum(row.region == region for row in table.rows) if table else 0
        if table is None or not count:
            return None, self.tr("Chưa có: gõ tổng điểm của phiếu")
        lacking = table.lacking(region)
        if not lacking:
            return count, self.tr("Đủ mọi mục: phiếu tự tính điểm")
        said = self.tr("Còn thiếu: {items}")
        return count, said.format(items=", ".join(item.label for item in lacking))

    def _write_template(self) -> None:
        proposed = files.documents() / "BangDiemB1.xlsx"
        title = self.tr("Lưu mẫu bảng điểm")
        path = files.ask_save(self, title, proposed, self.tr("Excel (*.xlsx)"))
        if path is not None:
            regions = self._state.regions or self.desk.definitions.choice_list("regions").codes
            work = partial(_write, path, self.desk.definitions, self._form, regions)
            self.desk.runner.read(self, work, self._written)

    def _written(self, path: Path) -> None:
        messages.info(self.tr("Đã lưu mẫu bảng điểm."), str(path), self)

    def _ask(self) -> None:
        title = self.tr("Chọn bảng điểm đã ghi")
        kinds = self.tr("Bảng tính (*.xlsx *.xls *.ods)")
        path = files.ask_open(self, title, files.documents(), kinds)
        if path is not None:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Check the workbook and keep its table, or say row by row what is wrong with it."""
        self.problem.setText("")
        self.load_table.setEnabled(False)
        work = partial(_checked, self.desk.definitions, self._form, path)
        self.desk.runner.read(self, work, self._take, self._failed)

    def _take(self, checked: _Checked) -> None:
        if checked.wrong:
            self.load_table.setEnabled(True)
            shown = checked.wrong[:_SHOWN]
            if len(checked.wrong) > len(shown):
                more = self.tr("… và {count} chỗ nữa.")
                shown = (*shown, more.format(count=len(checked.wrong) - len(shown)))
            self.problem.setText("\n".join(shown))
            return
        desk = self.desk
        work = partial(point_tables.save, desk.database, desk.context, self._form, checked.rows)
        desk.runner.write(self, work, self._saved, self._failed)

    def _saved(self, done: Done[int]) -> None:
        self.load_table.setEnabled(True)
        self.load()

    def _failed(self, error: BaseException) -> None:
        self.load_table.setEnabled(True)
        messages.report(error, self)


def _read(database: Database, form: PointForm, day: date) -> _State:
    tree = areas.tree(database, day)
    found = {tree.region(village.uid) for village in tree.villages()}
    regions = tuple(sorted(region for region in found if region))
    return _State(regions, point_tables.get(database, form))


def _write(path: Path, definitions: Definitions, form: PointForm, regions: Sequence[str]) -> Path:
    fields = {item: definitions.form(of).field(code) for item, (of, code) in READS.items()}
    write_bytes(path, points_template(form, regions, fields))
    return path


def _checked(definitions: Definitions, form: PointForm, path: Path) -> _Checked:
    rows, wrong = rows_of(read_workbook(path), form, definitions.choice_list("regions"))
    said = [point_problem_text(one.code, one.row, dict(one.params)) for one in wrong]
    if not rows and not said:
        said = [point_problem_text("no_rows", 0, {})]
    return _Checked(tuple(rows.values()), tuple(said))
