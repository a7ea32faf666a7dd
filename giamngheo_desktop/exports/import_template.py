"""The program's own template of a list as a workbook: the list, then how it is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo_desktop.domain.field_checks import number_text
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.list_fields import KEY
from giamngheo_desktop.domain.vietnamese import upper
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
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.exports.xlsx_styles import FONT
from giamngheo_desktop.services.importing.plan import Purpose
from giamngheo_desktop.services.importing.template import ImportTemplate, TemplateColumn
from giamngheo_desktop.texts import IMPORT_PURPOSES, IMPORT_TEMPLATE

TITLE_ROW, HINT_ROW, GROUP_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3, 4, 5
LAST_ROW = 10_004  # to which rules and formats reach, or behind the last row that is filled in
_LINE = 16  # points
_DAY = "dd/mm/yyyy"
_REQUIRED = PatternFill("solid", fgColor="FFF2CC")
_OF_HOUSEHOLD = PatternFill("solid", fgColor="E2EFDA")
_DAYS = (FieldKind.DATE, FieldKind.PARTIAL_DATE)
_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)
_WIDTHS = {FieldKind.TEXT: 20, FieldKind.CHOICE: 17, FieldKind.CHOICES: 28} | dict.fromkeys(
    _DAYS, 18
)
_OWN_WIDTHS = {"household_number": 7, "full_name": 26, "sex": 9}
_NARROW = 14
_SIZE = 12


def template_name(purpose: Purpose, year: int, unit: str = "") -> str:
    """The name of its file; `unit` is whose households stand in it."""
    kind = IMPORT_PURPOSES[purpose]
    return file_name(IMPORT_TEMPLATE["file"], kind, year, unit, suffix="xlsx")


def template_workbook(template: ImportTemplate) -> bytes:
    """The workbook's bytes; the same template gives the same bytes."""
    book = Workbook()
    book.remove(book.active)
    normal = book._named_styles["Normal"]
    normal.font.name, normal.font.size = FONT, 12
    sheet = book.create_sheet(IMPORT_TEMPLATE["list"])
    guide = book.create_sheet(IMPORT_TEMPLATE["guide"])
    title = _title(template)
    _fill_list(sheet, template, title, AnswerLists(book))
    _fill_guide(guide, template, title)
    return book_bytes(book, title)


def _title(template: ImportTemplate) -> str:
    if template.title:
        return template.title
    purpose = upper(IMPORT_PURPOSES[template.purpose])
    title = IMPORT_TEMPLATE["title"].format(purpose=purpose)
    if template.purpose is Purpose.RESULT:
        return IMPORT_TEMPLATE["title_year"].format(title=title, year=template.year)
    return title


def _fill_list(sheet: Worksheet, template: ImportTemplate, title: str, lists: AnswerLists) -> None:
    columns = template.columns
    hint = IMPORT_TEMPLATE["empty"]
    if template.day is not None:
        hint = IMPORT_TEMPLATE["unit"].format(unit=template.unit, day=template.day)
    write_cell(sheet, TITLE_ROW, 1, title, bold=True, size=14)
    write_cell(sheet, HINT_ROW, 1, hint)
    for group, first, last in _groups(columns):
        for at in range(first, last + 1):
            text = group if at == first else None
            fill = _fill_of(columns[at - 1])
            cell = write_cell(sheet, GROUP_ROW, at, text, bold=True, fill=fill)
            cell.alignment = Alignment(horizontal="left")  # in sight, however wide the group is
        if last > first:
            sheet.merge_cells(None, GROUP_ROW, first, GROUP_ROW, last)
    formats = [_format(column.field) for column in columns]
    for at, column in enumerate(columns, start=1):
        fill = _REQUIRED if column.field.required else _fill_of(column)
        write_cell(sheet, HEADING_ROW, at, _heading(column), bold=True, fill=fill)
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width, dimension.number_format = _width(column), formats[at - 1]
        dimension.font = Font(name=FONT, size=_SIZE)
        dimension.hidden = column.code == KEY
    _fill_rows(sheet, template, formats)
    last_row = max(LAST_ROW, FIRST_ROW + len(template.rows))
    for at, column in enumerate(columns, start=1):
        if column.code != KEY:
            _rule(sheet, column.field, at, last_row, lists)
    sheet.row_dimensions[HEADING_ROW].height = 4 * _LINE
    names = [at for at, column in enumerate(columns, start=1) if column.code == "full_name"]
    sheet.freeze_panes = sheet.cell(FIRST_ROW, names[0] + 1)
    end = f"{get_column_letter(len(columns))}{FIRST_ROW + max(0, len(template.rows) - 1)}"
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{end}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.page_setup.orientation = "landscape"


def _fill_rows(sheet: Worksheet, template: ImportTemplate, formats: Sequence[str]) -> None:
    looks: dict[int, StyleArray] = {}  # one for each column: making them takes most of the time
    for number, row in enumerate(template.rows, start=FIRST_ROW):
        for at, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = sheet.cell(number, at, value)
            if isinstance(value, str):
                cell.data_type = "s"  # a name that begins with = is no formula
            if at not in looks:
                cell.font, cell.number_format = Font(name=FONT, size=_SIZE), formats[at - 1]
                looks[at] = cell._style
            cell._style = looks[at]


def _groups(columns: tuple[TemplateColumn, ...]) -> Iterator[tuple[str, int, int]]:
    """Each group with its first and last column."""
    at = 1
    for group, found in groupby(columns, key=lambda column: column.group):
        count = len(list(found))
        yield group, at, at + count - 1
        at += count


def _fill_of(column: TemplateColumn) -> PatternFill:
    return _OF_HOUSEHOLD if column.of_household else HEADING


def _heading(column: TemplateColumn) -> str:
    """A list that says which is the day and which the month leaves no doubt."""
    if column.field.kind in _DAYS:
        return IMPORT_TEMPLATE["day_first"].format(heading=column.heading)
    return column.heading


def _format(field: FieldDef) -> str:
    return _DAY if field.kind is FieldKind.DATE else number_format(field)


def _width(column: TemplateColumn) -> float:
    return _OWN_WIDTHS.get(column.code) or _WIDTHS.get(column.field.kind, _NARROW)


def _rule(sheet: Worksheet, field: FieldDef, at: int, last: int, lists: AnswerLists) -> None:
    rule = validation(field, lists)
    if field.kind in _NUMBERS and field.minimum is not None and field.maximum is not None:
        rule.type = "decimal" if field.scale else "whole"
        rule.operator, rule.showErrorMessage = "between", True
        rule.formula1, rule.formula2 = (
            _plain(field, bound) for bound in (field.minimum, field.maximum)
        )
        rule.errorTitle = IMPORT_TEMPLATE["doubt"]
        rule.error = IMPORT_TEMPLATE["doubt_help"]
    letter = get_column_letter(at)
    rule.add(f"{letter}{FIRST_ROW}:{letter}{last}")
    sheet.add_data_validation(rule)


def _plain(field: FieldDef, value: int) -> str:
    """A bound as the file format writes numbers, whatever the language of the PC."""
    whole, rest = divmod(value, 10**field.scale)
    return f"{whole}.{rest:0{field.scale}d}" if field.scale else str(value)


def _fill_guide(guide: Worksheet, template: ImportTemplate, title: str) -> None:
    write_cell(guide, 1, 1, title, bold=True, size=14)
    row = 1
    for step in (template.steps or IMPORT_TEMPLATE["steps"]).splitlines():
        row += 1
        write_cell(guide, row, 1, f"{row - 1}. {step}", wrap=True)
        guide.merge_cells(None, row, 1, row, 3)
        guide.row_dimensions[row].height = _LINE * (1 + len(step) // 130)
    row += 2
    for at, heading in enumerate(IMPORT_TEMPLATE["guide_columns"].split("|"), start=1):
        write_cell(guide, row, at, heading, bold=True, fill=HEADING)
    for column in template.columns:
        if column.code == KEY:
            continue
        row += 1
        said = (column.group, column.heading, _how(column.field))
        guide.row_dimensions[row].height = _LINE * (1 + len(said[2]) // 88)
        for at, text in enumerate(said, start=1):
            write_cell(guide, row, at, text, wrap=True).border = GRID
    for letter, width in zip("ABC", (34, 36, 90), strict=True):
        guide.column_dimensions[letter].width = width
    guide.page_setup.orientation = "landscape"
    guide.sheet_properties.pageSetUpPr.fitToPage = True
    guide.page_setup.fitToWidth, guide.page_setup.fitToHeight = 1, 0


def _how(field: FieldDef) -> str:
    if field.kind in _NUMBERS and field.minimum is not None and field.maximum is not None:
        bounds = (number_text(field, field.minimum), number_text(field, field.maximum))
        return IMPORT_TEMPLATE["between"].format(
            minimum=bounds[0], maximum=bounds[1], help=field.help
        )
    return how(field)
