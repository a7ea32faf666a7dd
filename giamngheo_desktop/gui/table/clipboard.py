"""Blocks of cells between our tables and Excel: what goes onto the clipboard and comes off it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

from PySide6.QtCore import QMimeData

Block = list[list[str]]


_NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.?[0-9]{3})*(?:,[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One copied cell: what is shown, the value behind it, and whether it must stay text."""

    text: str
    raw: object = None
    code: bool = False

    @property
    def number(self) -> str:
        """The value as programs write it (1234.5), empty where the cell is not a number."""
        is_number = isinstance(self.raw, int | Decimal) and not isinstance(self.raw, bool)
        if self.code or not is_number or not _NUMBER.fullmatch(self.text):
            return ""
        return self.text.replace(".", "").replace(",", ".")

    @property
    def plain(self) -> str:
        """For the text format: numbers without points, which every Excel here reads alike."""
        return self.number.replace(".", ",") or self.text

    @property
    def html(self) -> str:
        """For the HTML format, where Excel takes true numbers, true dates and forced text."""
        shown = escape(self.text)
        if self.number:
            return f'<td x:num="{self.number}">{shown}</td>'
        if isinstance(self.raw, date):
            return f"<td style=\"mso-number-format:'dd/mm/yyyy'\">{self.raw.isoformat()}</td>"
        return f"<td style=\"mso-number-format:'\\@'\">{shown}</td>"


def to_clipboard(cells: Sequence[Sequence[Cell]]) -> QMimeData:
    """The block as tab-separated text and as an HTML table."""
    data = QMimeData()
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    writer.writerows([cell.plain for cell in row] for row in cells)
    data.setText(stream.getvalue().removesuffix("\n"))
    body = "".join(f"<tr>{''.join(cell.html for cell in row)}</tr>" for row in cells)
    data.setHtml(
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">'
        f"</head><body><table>{body}</table></body></html>"
    )
    return data


def from_text(text: str) -> Block:
    """Rows of cells as Excel puts them on the clipboard (quoted where a cell has line breaks)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not lines:
        return []
    if lines.count('"') % 2:  # not from Excel: a lone inch sign or quotation mark
        return [line.split("\t") for line in lines.split("\n")]
    return list(csv.reader(io.StringIO(lines), delimiter="\t"))
