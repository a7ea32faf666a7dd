"""A village's sheets, filled in as a village head would: as rows, or in the workbook itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook, load_workbook

from giamngheo_desktop.exports.village_sheet import (
    read_village_sheet,
    write_village_sheet,
)
from giamngheo_desktop.exports.xlsx_read import SheetRow, Value
from giamngheo_desktop.services.exchange import village_return, village_sheets
from giamngheo_desktop.services.exchange.merging import Picks
from giamngheo_desktop.services.exchange.village_return import Returned
from giamngheo_desktop.services.exchange.village_sheets import VillageSheet
from giamngheo_desktop.texts import VILLAGE_SHEET
from tests.harness.register import Register
from tests.harness.review import shipped

HOMES, PEOPLE = "Hộ", "Thành viên"
Cells = dict[tuple[str, str, str], Value]  # (sheet, whose row, heading)


def collected(register: Register, village: str = "A", year: int = 2026) -> VillageSheet:
    return village_sheets.collect(
        register.database, register.context, shipped(), register.villages[village], year=year,
        program="test",
    )  # fmt: skip


@dataclass
class Paper:
    """What a workbook of a village holds, without the file."""

    sheet: VillageSheet
    pages: dict[str, list[list[Value]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for asked in self.sheet.sheets:
            width = len(asked.columns)
            self.pages[VILLAGE_SHEET[asked.form]] = [
                ["Phiếu thôn", *[""] * (width - 1)],
                [column.heading for column in asked.columns],
                *(list(row) for row in asked.rows),
                *([key, *[""] * (width - 1)] for key in asked.left),
            ]

    def fill(self, cells: Cells) -> Paper:
        for (name, who, heading), value in cells.items():
            page = self.pages[name]
            page[self.row_of(name, who)][page[1].index(heading)] = value
        return self

    def append(self, name: str, **values: Value) -> Paper:
        """A row of its own; headings with _ for blanks."""
        page = self.pages[name]
        named = {heading.replace("_", " "): value for heading, value in values.items()}
        assert set(named) <= set(page[1])
        page.append([named.get(str(heading)) for heading in page[1]])
        return self

    def row_of(self, name: str, who: str) -> int:
        """The row of the person, else of the head, else of the key."""
        page = self.pages[name]
        for heading in ("Họ và tên", "Chủ hộ", "Mã dòng"):
            at = page[1].index(heading) if heading in page[1] else None
            for number, row in enumerate(page[2:], start=2):
                if at is not None and row[at] == who:
                    return number
        raise LookupError(who)

    @property
    def rows(self) -> list[SheetRow]:
        return [
            SheetRow(name, number, tuple(row))
            for name, page in self.pages.items()
            for number, row in enumerate(page, start=1)
        ]


def take(register: Register, paper: Paper, picks: Picks | None = None) -> Returned:
    return village_return.take_in(
        register.database, register.context, shipped(), paper.sheet.manifest, paper.sheet.tables,
        paper.rows, picks,
    ).value  # fmt: skip


def look(register: Register, paper: Paper) -> Returned:
    return village_return.look(
        register.database, register.context, shipped(), paper.sheet.manifest, paper.sheet.tables,
        paper.rows,
    )  # fmt: skip


# --- Real workbooks ----------------------------------------------------------------------------


def send(register: Register, folder: Path, village: str = "A") -> Path:
    path, _ = write_village_sheet(folder, collected(register, village))
    return path


def take_file(register: Register, path: Path) -> Returned:
    back = read_village_sheet(path)
    return village_return.take_in(
        register.database, register.context, shipped(), back.manifest, back.tables, back.rows
    ).value


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """The workbook to be changed."""
    book = load_workbook(path)
    yield book
    book.save(path)


FILLED: Cells = {
    (HOMES, "Lò Thị Bưởi", "Địa chỉ"): "Xóm 9",
    (HOMES, "Lò Thị Bưởi", "Diện tích nhà ở (m²)"): 40.5,
    (HOMES, "Lò Thị Bưởi", "Phương tiện dùng chung"): "Điện thoại; Tivi",
    (HOMES, "Hồ Cam", "Địa chỉ"): "xóa",
    (PEOPLE, "Lò Văn An", "Ngày sinh"): "1990-03-04",  # as a day that Excel made comes out
    (PEOPLE, "Lò Văn An", "Số CCCD/CMND"): "038090001234",
    (PEOPLE, "Lò Văn An", "Có BHYT"): "có lẽ",
    (PEOPLE, "Lò Văn An", "Họ và tên"): "Lò Văn Ân",
}
