"""The workbook of a village head: how it leaves, and what a real one brings back."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.village_sheet import (
    FIRST_ROW,
    HEADING_ROW,
    read_village_sheet,
    village_workbook,
)
from giamngheo_desktop.services.exchange import village_sheets
from tests.harness.libreoffice import SOFFICE, saved_again
from tests.harness.register import Register, dump, empty_database, make_context, make_register
from tests.harness.review import shipped
from tests.harness.village_sheets import FILLED, HOMES, PEOPLE, opened, send, take_file


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "a.db") as database:
        register = make_register(database)
        register.household("Lò Thị Bưởi", "Lò Văn An", house_area=325, shared_assets=("tv",))
        register.household("Hồ Cam", address="Xóm 2")
        yield register


def headings(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[HEADING_ROW]]


def fill_file(path: Path) -> None:
    with opened(path) as book:
        for (name, who, heading), value in FILLED.items():
            sheet = book[name]
            titles = headings(sheet)
            of = titles.index("Họ và tên" if name == PEOPLE else "Chủ hộ") + 1
            (row,) = (n for n in range(FIRST_ROW, 30) if sheet.cell(n, of).value == who)
            sheet.cell(row, titles.index(heading) + 1).value = value


def check_filled(register: Register) -> None:
    rows = dump(register.database)
    homes = {row["address"]: row for row in rows[Kind.HOUSEHOLD].values()}
    assert set(homes) == {"Xóm 9", None}
    assert homes["Xóm 9"]["house_area"] == 405
    people = {row["full_name"]: row["id_number"] for row in rows[Kind.PERSON].values()}
    assert people == {"Lò Thị Bưởi": None, "Lò Văn Ân": "038090001234", "Hồ Cam": None}


def test_the_same_sheet_gives_the_same_bytes(register: Register) -> None:
    first, second = (
        village_workbook(
            village_sheets.collect(
                register.database, make_context(seed=5), shipped(), register.villages["A"],
                year=2026, program="x",
            )
        )
        for _ in range(2)
    )  # fmt: skip
    assert first == second


def test_a_workbook_that_excel_2010_reads(register: Register, tmp_path: Path) -> None:
    path = send(register, tmp_path)
    assert path.name == "PhieuThon_2026_ThonA_20261231.xlsx"  # no marks: it travels by Zalo
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name in parts if "vba" in name or "external" in name.lower()]
    for name, data in parts.items():
        assert b"x14" not in data, name
        assert b"extLst" not in data, name
    assert sum(b"<dataValidation " in data for data in parts.values()) == 2
    assert sum(b"<conditionalFormatting " in data for data in parts.values()) == 2
    book = load_workbook(path)
    for name in (HOMES, PEOPLE):
        sheet = book[name]
        protection = sheet.protection
        assert protection.sheet
        assert protection.password is None
        assert {protection.autoFilter, protection.insertRows} == {False}
        assert protection.sort  # forbidden: with keys that are locked only the rest would move
        assert sheet.freeze_panes
        assert sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        for heading, cell in zip(headings(sheet), sheet[FIRST_ROW], strict=True):
            fixed = heading in ("Mã dòng", "Mã dòng của hộ", "Chủ hộ", "Quan hệ với chủ hộ")
            assert cell.protection.locked == fixed, heading
            if heading in ("Số CCCD/CMND", "Ngày sinh"):
                assert cell.number_format == "@"
    lists = [rule.formula1 for rule in book[PEOPLE].data_validations.dataValidation]
    assert '"Nam,Nữ"' in lists
    assert "dm_ethnicity" in lists
    assert book["Danh mục"].sheet_state == "hidden"
    assert "dm_ethnicity" in book.defined_names


def test_a_workbook_turned_upside_down_comes_back(register: Register, tmp_path: Path) -> None:
    path = send(register, tmp_path)
    fill_file(path)
    with opened(path) as book:
        del book["Hướng dẫn"]
        for name, gone in ((HOMES, "Nguồn điện"), (PEOPLE, "Dân tộc")):
            sheet = book[name]
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST_ROW)]
            for number, row in enumerate(reversed(rows), start=FIRST_ROW):
                for at, value in enumerate(row, start=1):
                    sheet.cell(number, at).value = value
            sheet.delete_cols(headings(sheet).index(gone) + 1)
            sheet.insert_rows(FIRST_ROW + 1, 2)
            sheet.insert_rows(1)
            sheet.title = f"Trang {name}"
    found = take_file(register, path)
    check_filled(register)
    assert set(found.lost) == {("household", "Nguồn điện"), ("member", "Dân tộc")}
    assert [one.code for one in found.problems] == ["value"]


def test_a_day_is_read_as_far_as_its_cell_shows_it(register: Register, tmp_path: Path) -> None:
    """As pasted from another workbook: month and year; a year that its cell shows as a day."""
    path = send(register, tmp_path)
    with opened(path) as book:
        sheet = book[PEOPLE]
        at = headings(sheet).index("Ngày sinh") + 1
        for number, (day, shown) in enumerate(
            ((date(2001, 3, 1), "mm/yyyy"), (date(1905, 5, 28), "dd/mm/yyyy")), start=FIRST_ROW
        ):
            sheet.cell(number, at).value = day
            sheet.cell(number, at).number_format = shown
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, 1).value = None
        sheet.cell(HEADING_ROW, len(headings(sheet)) + 1).value = "Mã dòng"
        for row, key in enumerate(("H001.1", "H001.2", "H002.1"), start=FIRST_ROW):
            (whole,) = (one[0] for one in book["data_row"].values if str(one[0]).startswith(key))
            sheet.cell(row, len(headings(sheet))).value = whole
    (told,) = take_file(register, path).problems
    assert (told.code, told.letter) == ("value", get_column_letter(at))
    births = [row["birth"].iso() for row in dump(register.database)[Kind.PERSON].values()]
    assert sorted(births) == ["1980-05", "1980-05", "2001-03"]


def test_a_cell_without_a_value_is_told(register: Register, tmp_path: Path) -> None:
    """A formula that no office program worked out, an error."""
    path = send(register, tmp_path)
    with opened(path) as book:
        titles = headings(book[HOMES])
        for row, (heading, said) in enumerate(
            (("Diện tích nhà ở (m²)", "=1+1"), ("Địa chỉ", "#N/A")), start=FIRST_ROW
        ):
            book[HOMES].cell(row, titles.index(heading) + 1).value = said
    before = dump(register.database)
    found = take_file(register, path)
    assert [(one.code, one.row, one.params["reason"]) for one in found.problems] == [
        ("no_value", FIRST_ROW, "formula_without_value"),
        ("no_value", FIRST_ROW + 1, "cell_error"),
    ]
    assert (found.untaken, found.report.taken, dump(register.database)) == (2, 0, before)


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_saves_it_again(register: Register, tmp_path: Path) -> None:
    path = send(register, tmp_path)
    fill_file(path)
    saved = saved_again(path, tmp_path / "lo")
    assert saved.read_bytes() != path.read_bytes()
    take_file(register, saved)
    check_filled(register)
    assert take_file(register, path).report.taken == 0


def test_a_damaged_base_and_a_foreign_workbook(register: Register, tmp_path: Path) -> None:
    path = send(register, tmp_path)
    with opened(path) as book:
        book["data_cell"].cell(2, 3).value = "khác"
    with pytest.raises(AppError, match="package_row_changed"):
        read_village_sheet(path)
    Workbook().save(path)
    with pytest.raises(AppError, match="package_foreign"):
        read_village_sheet(path)
