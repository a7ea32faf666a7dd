"""The lists after a review in the layouts that other programs read: letters, first row, types.

Texts stay texts whatever they begin with, days are texts dd/mm/yyyy as those layouts have them
(of a birth often only the year is known), numbers are numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from giamngheo_desktop.domain.name_list import LIST_FIELDS, ListColumn
from giamngheo_desktop.exports.fixed_book import book_bytes, spooled
from giamngheo_desktop.exports.xlsx_styles import FONT
from giamngheo_desktop.reports.fonts import Face, printable, register, wrap
from giamngheo_desktop.reports.list_values import MARK, shown
from giamngheo_desktop.services.listed_facts import Material
from giamngheo_desktop.services.name_lists import ListData

Step = Callable[[], None]  # called now and then; may raise Cancelled
_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_OFTEN = 200  # households between two steps
_HEADING = 62.0  # points
_A3, _A4 = 8, 9  # as a workbook names them
_WIDE = 200.0  # letters: on A4 they would be printed too small to read
_MARGIN = 0.4  # inches, left and right
_SIZE = 11.0  # points
_LINE = 1.3  # against the size
_POINTS = 5.25  # of a letter of a column's width
_PAD = 4.0
_LETTER = 1.1  # width of a column in letters, against the weight of its field


@spooled()
def layout_workbook(found: Sequence[tuple[ListData, Material]], step: Step | None = None) -> bytes:
    """The workbook of lists with a `first_row`, a sheet each; the same data give the same bytes."""
    register()
    book = Workbook(write_only=True)
    for data, material in found:
        _Sheet(book, data).write(material, step)
    return book_bytes(book, " ".join(found[0][0].title))


@dataclass(frozen=True, slots=True)
class _Look:
    size: float = _SIZE
    bold: bool = False
    centred: bool = False
    grid: bool = False
    text: bool = True


class _Sheet:
    """One sheet written from top to bottom; each look is made once."""

    def __init__(self, book: Workbook, data: ListData) -> None:
        self._data, self._definition = data, data.definition
        self._sheet: WriteOnlyWorksheet = book.create_sheet(self._definition.short_label[:31])
        self._looks: dict[_Look, Any] = {}
        leaves = self._definition.leaves()
        self._columns: dict[int, ListColumn] = {
            column_index_from_string(leaf.letter): leaf for leaf in leaves
        }
        self._width = max(self._columns)
        self._widths = {at: _width(leaf) for at, leaf in self._columns.items()}

    def write(self, material: Material, step: Step | None) -> None:
        sheet, first_row = self._sheet, self._definition.first_row
        for at, width in self._widths.items():
            sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.row_dimensions[first_row - 1].height = _HEADING
        sheet.freeze_panes = f"A{first_row}"
        sheet.print_title_rows = f"{first_row - 1}:{first_row - 1}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A3 if sum(self._widths.values()) > _WIDE else _A4
        sheet.page_margins.left = sheet.page_margins.right = _MARGIN
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        for row in self._above(first_row - 1):
            sheet.append(row)
        for row in self._rows(material, step):
            sheet.append(row)

    def _above(self, heading_row: int) -> Iterator[list[Any]]:
        """The issuer, the title, the unit, the headings in the row before the data."""
        data = self._data
        lines = [
            *(
                (line, _Look(bold=True))
                for line in data.settings.get("issuing_body", "").split("\n")[:2]
            ),
            *((line, _Look(14, bold=True)) for line in data.title),
            (data.unit_name, _Look()),
        ][: heading_row - 1]
        for text, look in lines:
            yield [self._cell(text, look)]
        for _ in range(heading_row - 1 - len(lines)):
            yield []
        heading = _Look(bold=True, centred=True, grid=True)
        yield [
            self._cell(self._columns[at].label if at in self._columns else "", heading)
            for at in range(1, self._width + 1)
        ]

    def _rows(self, material: Material, step: Step | None) -> Iterator[list[Any]]:
        columns = [self._columns.get(at) for at in range(1, self._width + 1)]
        lines = 0
        for number, line in enumerate(self._data.lines, 1):
            for at, member in enumerate(line.rows(self._definition.per)):
                lines += 1
                known = [
                    ""
                    if one is None or (one.head_only and at)
                    else shown(one, line, number, member, material)
                    for one in columns
                ]
                high = self._lines_of(known)
                if high > 1:  # LibreOffice makes no row higher by itself
                    row = self._definition.first_row - 1 + lines
                    self._sheet.row_dimensions[row].height = high * _SIZE * _LINE
                yield [
                    self._value(lines if one is not None and one.counts_lines else value)
                    for one, value in zip(columns, known, strict=True)
                ]
            if step and number % _OFTEN == 0:
                step()

    def _lines_of(self, values: Sequence[str | int]) -> int:
        rooms = ((at, self._widths[at] * _POINTS - _PAD) for at in self._columns)
        texts = ((values[at - 1], room) for at, room in rooms)
        return max(
            len(wrap(printable(text), Face.REGULAR, _SIZE, room)) if isinstance(text, str) else 1
            for text, room in texts
        )

    def _value(self, value: str | int) -> Any:
        centred = isinstance(value, int) or value == MARK
        return self._cell(value, _Look(centred=centred, grid=True, text=isinstance(value, str)))

    def _cell(self, value: str | int, look: _Look) -> Any:
        cell = WriteOnlyCell(self._sheet)
        if isinstance(value, int):
            cell.value = value
        elif value:
            cell.value = printable(value)
            cell.data_type = "s"  # "=…" is no formula
        made = self._looks.get(look)
        if made is None:
            cell.font = Font(name=FONT, size=look.size, bold=look.bold)
            cell.number_format = "@" if look.text else "0"
            if look.grid:
                cell.border = _GRID
                cell.alignment = Alignment(
                    horizontal="center" if look.centred else None,
                    vertical="center",
                    wrap_text=look.text,
                )
            self._looks[look] = copy(cell._style)
        else:
            cell._style = made
        return cell


def _width(leaf: ListColumn) -> float:
    """In letters."""
    return max(6.0, _LETTER * (LIST_FIELDS[leaf.field].weight if leaf.field else 4))
