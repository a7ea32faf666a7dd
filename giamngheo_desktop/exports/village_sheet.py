"""The workbook of a village head: what is filled in, drop-downs, colours, and the hidden base.

It keeps to what Excel 2010 reads: lists and colours without extensions, list sheets by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo_desktop.domain.form import FieldKind
from giamngheo_desktop.domain.package import DataTable, Manifest, PackageKind
from giamngheo_desktop.domain.village_sheet import HEAD, MEMBER
from giamngheo_desktop.exports.answer_sheet import (
    GRID,
    HEADING,
    AnswerLists,
    how,
    number_format,
    validation,
    write_cell,
)
from giamngheo_desktop.exports.fixed_book import book_bytes
from giamngheo_desktop.exports.package_read import PackageReader, other_kind
from giamngheo_desktop.exports.package_write import write_package
from giamngheo_desktop.exports.safe_file import file_name, write_bytes
from giamngheo_desktop.exports.xlsx_read import SheetRow, read_workbook
from giamngheo_desktop.exports.xlsx_styles import FONT
from giamngheo_desktop.services.exchange.village_sheets import (
    AskedColumn,
    AskedSheet,
    Shown,
    VillageSheet,
)
from giamngheo_desktop.texts import VILLAGE_SHEET

TITLE_ROW, HINT_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3, 4
NEW_MEMBERS = 60  # rows left empty for them
_MORE = 200  # rows below that take what the others take, for those that are inserted
_A4 = 9  # its number in the file format
_LINE = 16  # points
_BASES = {MEMBER: "goc_thanh_vien"}
_FIXED = PatternFill("solid", fgColor="EDEDED")
_LACKING = PatternFill("solid", bgColor="FFF2CC")
_CHANGED = PatternFill("solid", bgColor="C6E0B4")
_WIDTHS = {FieldKind.TEXT: 24, FieldKind.CHOICE: 20, FieldKind.CHOICES: 26, FieldKind.DATE: 13}


@dataclass(frozen=True, slots=True)
class SentBack:
    """A sheet as it was read: its base proven, its rows as they stand."""

    manifest: Manifest
    tables: tuple[DataTable, ...]
    rows: tuple[SheetRow, ...]


def write_village_sheet(folder: Path, sheet: VillageSheet) -> tuple[Path, Manifest]:
    """The file in that folder, written whole or not at all, and its manifest, sealed; AppErrors of
    `write_bytes`.
    """
    day = sheet.manifest.facts["day"].replace("-", "")
    name = sheet.village.replace(" ", "")
    year = sheet.manifest.year or ""
    path = folder / file_name(VILLAGE_SHEET["file"], year, name, day, suffix="xlsx")
    data, sealed = sealed_workbook(sheet)
    write_bytes(path, data)
    return path, sealed


def village_workbook(sheet: VillageSheet) -> bytes:
    """The workbook's bytes."""
    return sealed_workbook(sheet)[0]


def sealed_workbook(sheet: VillageSheet) -> tuple[bytes, Manifest]:
    """The workbook's bytes and its sealed manifest; the same sheet gives the same."""
    book = Workbook()
    book.remove(book.active)
    normal = book._named_styles["Normal"]
    normal.font.name, normal.font.size = FONT, 12
    guide = book.create_sheet(VILLAGE_SHEET["guide"])
    pages = [(book.create_sheet(VILLAGE_SHEET[one.form]), one) for one in sheet.sheets]
    lists = AnswerLists(book)
    title = VILLAGE_SHEET["title"].format(
        village=sheet.village, unit=sheet.manifest.unit_name, year=sheet.manifest.year
    )
    for page, asked in pages:
        _fill_base(book, asked)
        _fill_page(page, asked, title, lists)
    _fill_guide(guide, sheet.sheets, title)
    book.active = 1
    return write_package(book_bytes(book, title), sheet.manifest, sheet.tables)


def read_village_sheet(path: Path) -> SentBack:
    """Raises the AppErrors of `PackageReader.read`, and of `other_kind`."""
    tables: dict[str, DataTable] = {}
    with PackageReader() as reader:
        manifest, batches = reader.read(path)
        if manifest.kind is not PackageKind.VILLAGE:
            raise other_kind(manifest.kind, path.name)
        for batch in batches:
            known = tables.get(batch.table)
            rows = [*(known.rows if known else ()), *batch.rows]
            tables[batch.table] = DataTable(batch.table, batch.columns, rows)
    hidden = {VILLAGE_SHEET["base_household"], VILLAGE_SHEET["base_member"]}
    rows_ = tuple(row for row in read_workbook(path) if row.sheet not in hidden)
    return SentBack(manifest, tuple(tables.values()), rows_)


# --- Sheets ------------------------------------------------------------------------------------


def _fill_base(book: Workbook, asked: AskedSheet) -> None:
    """The rows as they left, which the colour of a changed cell compares with."""
    sheet = book.create_sheet(VILLAGE_SHEET[f"base_{asked.form}"])
    sheet.sheet_state = "hidden"
    for number, row in enumerate(asked.rows, start=1):
        for at, value in enumerate(row, start=1):
            if value is not None:
                write_cell(sheet, number, at, value)
    letter = get_column_letter(len(asked.columns))
    name = _base_name(asked)
    place = f"{quote_sheetname(sheet.title)}!$A$1:${letter}${len(asked.rows)}"
    book.defined_names[name] = DefinedName(name, attr_text=place)


def _base_name(asked: AskedSheet) -> str:
    return _BASES.get(asked.form, "goc_ho")


def _fill_page(sheet: Worksheet, asked: AskedSheet, title: str, lists: AnswerLists) -> None:
    write_cell(sheet, TITLE_ROW, 1, title, bold=True, size=14)
    write_cell(sheet, HINT_ROW, 1, VILLAGE_SHEET["hint"])
    left = list(asked.left) or [""] * NEW_MEMBERS
    last = HEADING_ROW + len(asked.rows) + len(left)
    for at, column in enumerate(asked.columns, start=1):
        write_cell(sheet, HEADING_ROW, at, column.heading, bold=True, fill=HEADING, wrap=True)
        sheet.column_dimensions[get_column_letter(at)].width = _width(column)
    for number, row in enumerate(asked.rows, start=FIRST_ROW):
        for at, (column, value) in enumerate(zip(asked.columns, row, strict=True), start=1):
            _cell(sheet, number, at, column, value, locked=column.fixed)
    for number, key in enumerate(left, start=FIRST_ROW + len(asked.rows)):
        for at, column in enumerate(asked.columns, start=1):
            _cell(sheet, number, at, column, key if at == 1 else None, locked=at == 1)
    for at, column in enumerate(asked.columns, start=1):
        letter = get_column_letter(at)
        if column.field is not None:
            rule = validation(column.field, lists)
            rule.add(f"{letter}{FIRST_ROW}:{letter}{last + _MORE}")
            sheet.add_data_validation(rule)
        _colour(sheet, asked, column, at, last)
    sheet.row_dimensions[HEADING_ROW].height = 50
    names = [at for at, one in enumerate(asked.columns, start=1) if one.code == HEAD]
    sheet.freeze_panes = sheet.cell(FIRST_ROW, names[0] + (2 if asked.form == MEMBER else 1))
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(asked.columns))}{last}"
    _protect(sheet)
    _for_print(sheet)


def _cell(
    sheet: Worksheet, row: int, at: int, column: AskedColumn, value: Shown, *, locked: bool
) -> None:
    cell = write_cell(sheet, row, at, value, wrap=True)
    cell.border = GRID
    cell.number_format = number_format(column.field)
    cell.protection = Protection(locked=locked)
    if locked:
        cell.fill = _FIXED


def _width(column: AskedColumn) -> float:
    if column.field is None:
        return 22 if column.code == HEAD else 13
    return 24 if column.code == "full_name" else _WIDTHS.get(column.field.kind, 13)


def _colour(sheet: Worksheet, asked: AskedSheet, column: AskedColumn, at: int, last: int) -> None:
    """Green where it differs from what left, yellow where an answer is wanted and none stands."""
    field = column.field
    if field is None:
        return
    letter = get_column_letter(at)
    cells, first = f"{letter}{FIRST_ROW}:{letter}{last + _MORE}", f"{letter}{FIRST_ROW}"
    known = f"VLOOKUP($A{FIRST_ROW},{_base_name(asked)},{at},FALSE)"
    changed = f'AND({first}<>"",NOT(EXACT({first},{known})))'
    sheet.conditional_formatting.add(cells, FormulaRule(formula=[changed], fill=_CHANGED))
    if field.required or field.review == "always":
        lacking = f'AND({first}="",NOT(ISERROR({known})))'
        sheet.conditional_formatting.add(cells, FormulaRule(formula=[lacking], fill=_LACKING))


def _protect(sheet: Worksheet) -> None:
    """Against slips, without a password; what a reader does is allowed. Sorting is not: as the keys
    are locked, it would move only what stands beside them.
    """
    protection = sheet.protection
    protection.sheet = True
    for allowed in ("autoFilter", "insertRows", "formatColumns", "formatRows"):
        setattr(protection, allowed, False)


def _for_print(sheet: Worksheet) -> None:
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)


def _fill_guide(guide: Worksheet, sheets: Sequence[AskedSheet], title: str) -> None:
    write_cell(guide, 1, 1, title, bold=True, size=14)
    row = 1
    for step in VILLAGE_SHEET["steps"].splitlines():
        row += 1
        write_cell(guide, row, 1, step, wrap=True)
        guide.merge_cells(None, row, 1, row, 3)
        guide.row_dimensions[row].height = _LINE * (1 + len(step) // 125)
    row += 2
    for at, heading in enumerate(VILLAGE_SHEET["guide_columns"].split("|"), start=1):
        write_cell(guide, row, at, heading, bold=True, fill=HEADING)
    for one in sheets:
        for column in one.columns:
            if column.field is None:
                continue
            row += 1
            said = (VILLAGE_SHEET[one.form], column.heading, how(column.field))
            guide.row_dimensions[row].height = _LINE * (1 + len(said[2]) // 80)
            for at, text in enumerate(said, start=1):
                write_cell(guide, row, at, text, wrap=True).border = GRID
    for letter, width in zip("ABC", (14, 34, 80), strict=True):
        guide.column_dimensions[letter].width = width
    guide.protection.sheet = True
    _for_print(guide)
    guide.print_title_rows = None
