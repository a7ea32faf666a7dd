"""Sheets people answer in: drop-downs, ranges of numbers, prompts, cells that keep zeros.

They keep to what Excel 2010 reads: no extensions, lists of other sheets by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.village_sheet import sheet_text
from giamngheo_desktop.exports.xlsx_styles import FONT
from giamngheo_desktop.services.exchange.village_sheets import Shown
from giamngheo_desktop.texts import VILLAGE_SHEET

TEXT = "@"
HEADING = PatternFill("solid", fgColor="DDEBF7")
_INLINE = 255  # letters of a list that stands in the rule itself
_PROMPT_TITLE, _PROMPT = 32, 255  # the longest that Excel takes
_THIN = Side(style="thin", color="BFBFBF")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


class AnswerLists:
    """Answers too many for a rule stand on a hidden sheet, each list under a name."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._sheet: Worksheet | None = None
        self._names: dict[str, str] = {}

    def of(self, field: FieldDef) -> str:
        """The list as a rule names it."""
        labels = [choice.label for choice in field.choices]
        plain = ",".join(labels)
        if len(plain) < _INLINE and not any("," in label or '"' in label for label in labels):
            return f'"{plain}"'
        if field.code not in self._names:
            self._names[field.code] = self._written(field.code, labels)
        return self._names[field.code]

    def _written(self, code: str, labels: Sequence[str]) -> str:
        if self._sheet is None:
            self._sheet = self._book.create_sheet(VILLAGE_SHEET["lists"])
            self._sheet.sheet_state = "hidden"
        column = len(self._names) + 1
        for row, label in enumerate(labels, start=1):
            write_cell(self._sheet, row, column, label)
        letter = get_column_letter(column)
        name = f"dm_{code}"
        place = f"{quote_sheetname(self._sheet.title)}!${letter}$1:${letter}${len(labels)}"
        self._book.defined_names[name] = DefinedName(name, attr_text=place)
        return name


def number_format(field: FieldDef | None) -> str:
    """Codes, numbers of papers and days are texts: Excel would eat their zeros."""
    match field.kind if field else FieldKind.TEXT:
        case FieldKind.INTEGER:
            return "0"
        case FieldKind.MONEY:
            return "#,##0"
        case FieldKind.DECIMAL:
            return f"0.{'0' * (field.scale if field else 0)}"
    return TEXT


def validation(field: FieldDef, lists: AnswerLists) -> DataValidation:
    """A drop-down or a range; other answers are questioned, not refused: a word may be known."""
    rule = DataValidation(allow_blank=True, errorStyle="warning", showErrorMessage=True)
    if field.kind in (FieldKind.CHOICE, FieldKind.YES_NO):
        rule.type, rule.formula1 = "list", lists.of(field)
    else:
        rule.showErrorMessage = False
    rule.errorTitle = VILLAGE_SHEET["doubt"]
    rule.error = VILLAGE_SHEET["doubt_help"]
    rule.showInputMessage = True
    rule.promptTitle = field.excel_label[:_PROMPT_TITLE]
    rule.prompt = how(field)[:_PROMPT]
    return rule


def how(field: FieldDef) -> str:
    """How it is answered in a sheet; the help of the form names its keys."""
    answers = "; ".join(choice.label for choice in field.choices)
    match field.kind:
        case FieldKind.CHOICES:
            return VILLAGE_SHEET["several"].format(answers=answers)
        case FieldKind.CHOICE | FieldKind.YES_NO if len(answers) <= _PROMPT - 10:
            return VILLAGE_SHEET["one"].format(answers=answers)
        case FieldKind.CHOICE:
            return VILLAGE_SHEET["one_of_many"]
        case FieldKind.DATE:
            return VILLAGE_SHEET["whole_day"]
        case FieldKind.PARTIAL_DATE:
            return VILLAGE_SHEET["day"]
    return field.help


def write_cell(
    sheet: Worksheet,
    row: int,
    at: int,
    value: Shown | date,
    *,
    bold: bool = False,
    size: int = 12,
    fill: PatternFill | None = None,
    wrap: bool = False,
) -> Cell:
    if isinstance(value, str):
        value = sheet_text(value)
    cell = sheet.cell(row, at, value)
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.data_type = "s"  # a name that begins with = is no formula
        cell.number_format = TEXT
    cell.font = Font(name=FONT, size=size, bold=bold)
    if fill is not None:
        cell.fill, cell.border = fill, GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    elif wrap:
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
