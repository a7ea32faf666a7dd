"""An empty workbook to type households into, made from the form definitions.

Sheets: instructions, households, members, lists of answers. Row 1 of the two middle sheets is
hidden and holds the field codes, so that an import finds a column whose heading was reworded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo_desktop.domain.field_checks import number_text
from giamngheo_desktop.domain.form import FieldDef, FieldKind, FormDef
from giamngheo_desktop.exports.fixed_book import book_bytes
from giamngheo_desktop.exports.xlsx_styles import FONT
from giamngheo_desktop.texts import TEMPLATE

CODES_ROW, HEADINGS_ROW, FIRST_ROW, LAST_ROW = 1, 2, 3, 10_002
HOUSEHOLD_KEY = "household_key"  # ties the members' rows to the household's
SINCE = "@from"  # behind the code of a dated fact: the column of its first day

_TEXT, _DAY = "@", "dd/mm/yyyy"
_PROMPT_TITLE, _PROMPT = 32, 255  # the longest that Excel takes
_REQUIRED = PatternFill("solid", fgColor="FFF2CC")
_USUAL = PatternFill("solid", fgColor="DDEBF7")
_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WIDTHS = {FieldKind.TEXT: 24, FieldKind.AREA: 22, FieldKind.CHOICE: 20, FieldKind.CHOICES: 30}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column of the workbook: a field, or the first day of a dated one (`is_since`)."""

    key: str
    heading: str
    field: FieldDef
    is_since: bool = False

    @property
    def number_format(self) -> str:
        """Codes, numbers of papers and partial dates are texts: Excel would eat their zeros."""
        if self.is_since or self.field.kind is FieldKind.DATE:
            return _DAY
        match self.field.kind:
            case FieldKind.INTEGER:
                return "0"
            case FieldKind.MONEY:
                return "#,##0"
            case FieldKind.DECIMAL:
                return f"0.{'0' * self.field.scale}"
        return _TEXT


def template_columns(form: FormDef) -> tuple[TemplateColumn, ...]:
    """The columns of a form's sheet in paper order, behind the household key."""
    columns: list[TemplateColumn] = []
    for field in form:
        columns.append(TemplateColumn(field.code, field.excel_label, field))
        if field.dated:
            heading = TEMPLATE["since"].format(label=field.excel_label)
            columns.append(TemplateColumn(f"{field.code}{SINCE}", heading, field, is_since=True))
    return tuple(columns)


def form_template(household: FormDef, member: FormDef, villages: Sequence[str]) -> bytes:
    """The workbook's bytes; the same definitions and villages give the same bytes."""
    book = Workbook()
    book.remove(book.active)
    normal = book._named_styles["Normal"]
    normal.font.name, normal.font.size = FONT, 12
    guide = book.create_sheet(TEMPLATE["guide"])
    sheets = [(book.create_sheet(TEMPLATE[form.code]), form) for form in (household, member)]
    lists = _Lists(book.create_sheet(TEMPLATE["lists"]), villages)
    for sheet, form in sheets:
        _fill_sheet(sheet, form, lists)
    _fill_guide(guide, sheets)
    book.active = 1
    return book_bytes(book, TEMPLATE["title"])


class _Lists:
    """The sheet of answers: one column for each closed list, its labels below the heading."""

    def __init__(self, sheet: Worksheet, villages: Sequence[str]) -> None:
        self._sheet = sheet
        self._villages = tuple(villages)
        self._ranges: dict[tuple[str, ...], str] = {}
        sheet.freeze_panes = "A2"

    def range_of(self, field: FieldDef) -> str | None:
        """Where the answers of a field stand; None for a field without a list."""
        if field.kind is FieldKind.AREA:
            labels = self._villages
        else:
            labels = tuple(choice.label for choice in field.choices)
        if not labels:
            return None
        if labels not in self._ranges:
            column = len(self._ranges) + 1
            _write(self._sheet, 1, column, field.label, heading=_USUAL)
            for row, label in enumerate(labels, start=2):
                _write(self._sheet, row, column, label)
            letter = get_column_letter(column)
            self._sheet.column_dimensions[letter].width = max(map(len, (field.label, *labels))) + 2
            name = self._sheet.title
            self._ranges[labels] = f"'{name}'!${letter}$2:${letter}${len(labels) + 1}"
        return self._ranges[labels]


def _fill_sheet(sheet: Worksheet, form: FormDef, lists: _Lists) -> None:
    _write(sheet, CODES_ROW, 1, HOUSEHOLD_KEY)
    _write(sheet, HEADINGS_ROW, 1, TEMPLATE["key"], heading=_REQUIRED)
    _column(sheet, 1, 10, _TEXT)
    prompt = DataValidation(showInputMessage=True, prompt=TEMPLATE["key_help"])
    prompt.add(_cells(1))
    sheet.add_data_validation(prompt)
    for number, column in enumerate(template_columns(form), start=2):
        fill = _REQUIRED if column.field.required and not column.is_since else _USUAL
        _write(sheet, CODES_ROW, number, column.key)
        _write(sheet, HEADINGS_ROW, number, column.heading, heading=fill)
        width = 14 if column.is_since else _WIDTHS.get(column.field.kind, 14)
        _column(sheet, number, width, column.number_format)
        validation = _validation(column, lists)
        validation.add(_cells(number))
        sheet.add_data_validation(validation)
    sheet.row_dimensions[CODES_ROW].hidden = True
    sheet.row_dimensions[HEADINGS_ROW].height = 48
    names = {"household": 2, "member": 3}  # key, and the member's name, stay in sight
    sheet.freeze_panes = sheet.cell(FIRST_ROW, names[form.code])


def _validation(column: TemplateColumn, lists: _Lists) -> DataValidation:
    """A drop-down or a range; other values are questioned, not refused: an import may know them."""
    field = column.field
    rule = DataValidation(allow_blank=True, errorStyle="warning", showErrorMessage=True)
    if column.is_since or field.kind is FieldKind.DATE:
        rule.type, rule.operator, rule.formula1 = "date", "greaterThan", "1"
    elif field.kind in (FieldKind.INTEGER, FieldKind.MONEY, FieldKind.DECIMAL):
        rule.type = "decimal" if field.kind is FieldKind.DECIMAL else "whole"
        rule.operator = "between"
        rule.formula1 = _plain(field, field.minimum or 0)
        rule.formula2 = _plain(field, field.maximum or 0)
    elif field.kind is FieldKind.CHOICES:
        lists.range_of(field)  # shown for copying; Excel's own list takes one answer only
        rule.showErrorMessage = False
    elif (answers := lists.range_of(field)) is not None:
        rule.type, rule.formula1 = "list", answers
    else:
        rule.showErrorMessage = False
    rule.errorTitle = TEMPLATE["doubt"]
    rule.error = TEMPLATE["doubt_help"]
    rule.showInputMessage = True
    rule.promptTitle = column.heading[:_PROMPT_TITLE]
    rule.prompt = _help(column)[:_PROMPT]
    return rule


def _help(column: TemplateColumn) -> str:
    if column.is_since:
        return TEMPLATE["since_help"].format(label=column.field.label)
    if column.field.kind is FieldKind.CHOICES:
        return TEMPLATE["several"].format(help=column.field.help)
    return column.field.help


def _plain(field: FieldDef, value: int) -> str:
    """A bound as the file format writes numbers, whatever the language of the PC."""
    if not field.scale:
        return str(value)
    digits = str(value).rjust(field.scale + 1, "0")
    return f"{digits[: -field.scale]}.{digits[-field.scale :]}"


def _fill_guide(guide: Worksheet, sheets: Sequence[tuple[Worksheet, FormDef]]) -> None:
    row = 1
    _write(guide, row, 1, TEMPLATE["title"], bold=True)
    for step in TEMPLATE["steps"].splitlines():
        row += 1
        _write(guide, row, 1, step)
        guide.merge_cells(None, row, 1, row, 4)
    row += 2
    headings = TEMPLATE["guide_columns"].split("|")
    for number, heading in enumerate(headings, start=1):
        _write(guide, row, number, heading, heading=_USUAL)
    for sheet, form in sheets:
        for column in template_columns(form):
            row += 1
            cells = (sheet.title, column.heading, _bounds(column), _help(column))
            for number, text in enumerate(cells, start=1):
                _write(guide, row, number, text, wrap=True)
    for letter, width in zip("ABCD", (14, 34, 36, 90), strict=True):
        guide.column_dimensions[letter].width = width


def _bounds(column: TemplateColumn) -> str:
    """What the column takes: day, numbers from–to, or the answers of a short list."""
    field = column.field
    if column.is_since or field.kind in (FieldKind.DATE, FieldKind.PARTIAL_DATE):
        return TEMPLATE["day"]
    if field.minimum is not None and field.maximum is not None:
        bounds = (number_text(field, field.minimum), number_text(field, field.maximum))
        return TEMPLATE["between"].format(minimum=bounds[0], maximum=bounds[1])
    if field.choices or field.kind is FieldKind.AREA:
        return TEMPLATE["from_list"]
    return TEMPLATE["text"]


def _write(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    *,
    heading: PatternFill | None = None,
    bold: bool = False,
    wrap: bool = False,
) -> None:
    cell = sheet.cell(row, column, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"  # a village called "=…" is no formula
    cell.number_format = _TEXT
    cell.font = Font(name=FONT, size=12, bold=bold or heading is not None)
    if heading is not None:
        cell.fill, cell.border = heading, _GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    elif wrap:
        cell.border = _GRID
        cell.alignment = Alignment(vertical="top", wrap_text=True)


def _column(sheet: Worksheet, number: int, width: float, number_format: str) -> None:
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = width
    dimension.number_format = number_format


def _cells(column: int) -> str:
    letter = get_column_letter(column)
    return f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}"
