"""A worksheet filled from top to bottom: texts over spans of columns, dressed, with row heights."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo_desktop.exports.xlsx_styles import FONT, Look, Styles
from giamngheo_desktop.reports.fonts import Face, balanced, printable, wrap
from giamngheo_desktop.reports.imprint import Footer
from giamngheo_desktop.reports.widths import PAD

Span = tuple[int, int]  # columns from 0: first, past the last

LINE = 1.25  # row height for a line, against its letters
SLACK = 0.93  # Excel rounds letters to pixels and shows #### for a number one pixel too wide
_BORROWED = 48.0
_LONGEST = 32767  # letters that a cell holds
_FORMULA = ("=", "+", "-", "@")  # what a formula may begin with


class Sheet:
    """`row` is the next free row, from 1; widths and heights are points.

    `widths` are the columns' full widths, of which texts use no more than SLACK.
    """

    def __init__(self, sheet: Worksheet, widths: Sequence[float]) -> None:
        self.sheet = sheet
        self.row = 1
        self._styles = Styles()
        self._lines: dict[tuple[str, bool, float, Span], int] = {}
        self._widths: list[float] = []
        for width in widths:
            self._add_column(width)

    @property
    def columns(self) -> int:
        return len(self._widths)

    def spans(self, *shares: float) -> list[Span]:
        """The columns cut into spans whose widths are about in proportion to `shares`."""
        while self.columns < len(shares):  # a very narrow table borrows the columns beside it
            self._add_column(_BORROWED)
        edges = list(accumulate(self._widths, initial=0.0))
        cuts = [0]
        for part in range(1, len(shares)):
            wanted = edges[-1] * sum(shares[:part]) / sum(shares)
            inside = range(cuts[-1] + 1, self.columns - (len(shares) - part) + 1)
            cuts.append(min((abs(edges[at] - wanted), at) for at in inside)[1])
        return list(zip(cuts, [*cuts[1:], self.columns], strict=True))

    def line(self, text: str, look: Look) -> None:
        """A text over the whole width, in a row of its own."""
        self.next(self.put(text, look, (0, self.columns)))

    def put(self, text: str, look: Look, span: Span) -> float:
        """A text over columns of the present row; the height it needs."""
        self.merge(span, self.row, 1, look)
        self.text(self.row, span[0], text, look)
        return self.line_count(text, look, span) * look.size * LINE + 2

    def height(self, first: int, last: int) -> float:
        """The height of rows first to last together."""
        rows = self.sheet.row_dimensions
        return float(sum(rows[row].height or 0 for row in range(first, last + 1)))

    def next(self, height: float) -> None:
        """Ends the present row with its height."""
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    def merge(self, span: Span, row: int, row_span: int, look: Look) -> None:
        """Dresses the cells of a span, and makes them one."""
        left, right = span
        for at in range(row, row + row_span):
            for column in range(left, right):
                self._styles.dress(self.sheet.cell(at, column + 1), look)
        if right - left > 1 or row_span > 1:
            self.sheet.merge_cells(None, row, left + 1, row + row_span - 1, right)

    def text(self, row: int, column: int, text: str, look: Look) -> None:
        """Writes a text that stays one, whatever it begins with."""
        cell = self.sheet.cell(row, column + 1)
        shown = printable(text)
        if shown:  # an empty text would be a cell that promises a string and holds none
            # Past the setter, which makes "=…" a formula and "#N/A" an error.
            cell._value, cell.data_type = shown[:_LONGEST], "s"
        if shown[:1] in _FORMULA:
            look = look._replace(quoted=True)
        self._styles.dress(cell, look)

    def number(self, row: int, column: int, value: object, look: Look) -> None:
        cell = self.sheet.cell(row, column + 1, value)
        self._styles.dress(cell, look)

    def rich_text(self, row: int, column: int, text: CellRichText) -> None:
        self.sheet.cell(row, column + 1).value = text

    def line_count(self, text: str, look: Look, span: Span) -> int:
        if look.shrink:
            return 1
        key = (text, look.bold, look.size, span)
        if key not in self._lines:
            face = Face.BOLD if look.bold else Face.REGULAR
            self._lines[key] = len(wrap(printable(text), face, look.size, self.inner(span)))
        return self._lines[key]

    def wrapped(self, text: str, look: Look, span: Span) -> tuple[str, ...]:
        """The lines of a text in a span; bold letters are wider."""
        face = Face.BOLD if look.bold else Face.REGULAR
        return balanced(printable(text), face, look.size, self.inner(span))

    def inner(self, span: Span) -> float:
        return sum(self._widths[span[0] : span[1]]) * SLACK - 2 * PAD + 0.01

    def _add_column(self, width: float) -> None:
        self._widths.append(width)
        # Excel counts digits of the standard letter: 8 pixels at Times New Roman 12, plus 5.
        pixels = int(width / 0.75)
        letter = get_column_letter(self.columns)
        self.sheet.column_dimensions[letter].width = (pixels - 5) / 8


def put_footer(sheet: Worksheet, said: Footer) -> None:
    """What stands below every page."""
    right = "\n".join(filter(None, (said.right, said.maker)))
    for place in (sheet.oddFooter, sheet.firstFooter):
        for part, text in ((place.left, said.left), (place.right, right)):
            if text:
                part.text = printable(text).replace("&", "&&")
                part.font, part.size = f"{FONT},Italic", 9
