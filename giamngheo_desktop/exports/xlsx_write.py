"""A report as a workbook: the look of the printed paper, and true numbers to calculate with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from giamngheo_desktop import texts
from giamngheo_desktop.exports.fixed_book import document_bytes
from giamngheo_desktop.exports.xlsx_body import write_body, write_header
from giamngheo_desktop.exports.xlsx_sheet import LINE, SLACK, Sheet, put_footer
from giamngheo_desktop.exports.xlsx_styles import FONT, Look
from giamngheo_desktop.reports.column_parts import column_parts
from giamngheo_desktop.reports.document import (
    Align,
    Column,
    Letterhead,
    Paragraph,
    ReportDoc,
    Signature,
    Table,
)
from giamngheo_desktop.reports.fonts import printable
from giamngheo_desktop.reports.imprint import footer
from giamngheo_desktop.reports.layout import row_groups
from giamngheo_desktop.reports.widths import READABLE, SIZES, Fit, fit, lines_of_a_row

Step = Callable[[], None]  # called now and then; may raise Cancelled

# Points between the margins of A4, and margins in inches (NĐ 30/2020: 30, 15, 20, 20 mm).
_WIDTHS = {True: 714.0, False: 467.0}
_MANY_LINES = 5  # in a row on the average: a page has some five rows
_WIDER = 1.5  # pages, of a table with more
_MARGINS = {"left": 1.18, "right": 0.59, "top": 0.79, "bottom": 0.79, "header": 0.4, "footer": 0.4}
_HEIGHTS = {True: 480.0, False: 727.0}
_SHRUNK = 1.2  # how much smaller the print may become to save a page
_FEW_PAGES = 3
_WITH_SIGNATURES = 2  # row groups
_SIGNING_ROOM = 58.0
# The columns of a sheet without a table: text needs some to stand side by side.
_NO_TABLE = Table(labels=(), columns=tuple(Column("", f"c{at}") for at in range(8)))
_Line = tuple[str, Look, float]  # text, look, least height


def render_xlsx(doc: ReportDoc, step: Step | None = None, *others: ReportDoc) -> bytes:
    """The workbook's bytes, one sheet per table with the paragraphs before it; the same document
    gives the same bytes. The sheets of `others` follow, each with its own heading.

    `step` is called every 200 rows; what it raises passes through.
    """
    book = new_book()
    for one in (doc, *others):
        put_sheets(book, one, step)
    return document_bytes(book, doc)


def new_book() -> Workbook:
    """A workbook without sheets, in the letters of our papers."""
    book = Workbook()
    book.remove(book.active)
    normal = book._named_styles["Normal"]
    normal.font.name, normal.font.size = FONT, 12
    return book


def put_sheets(book: Workbook, doc: ReportDoc, step: Step | None = None) -> None:
    """Adds the sheets of a document."""
    parts = list(_sheets(doc))
    names = _sheet_names(doc, parts)
    for index, part in enumerate(parts):
        fitted = _fit(part.table or _NO_TABLE, _WIDTHS[doc.landscape] * SLACK)
        widths = [width / SLACK for width in fitted.widths]
        sheet = Sheet(book.create_sheet(names[index]), widths)
        if index == 0:
            _letterhead(sheet, doc.letterhead)
            _heading(sheet, doc)
        _paragraphs(sheet, part.before)
        header_row = body_row = sheet.row
        if part.table:
            _table_title(sheet, part.table)
            header_row = sheet.row
            write_header(sheet, part.table, fitted.size)
            body_row = sheet.row
            write_body(sheet, part.table, fitted.size, step)
        _paragraphs(sheet, part.after)
        is_last = index == len(parts) - 1
        signing = _tail(sheet, doc) if is_last else sheet.row
        _page(sheet, doc)
        if part.table:
            _repeat(sheet, part.table, header_row, body_row)
            _breaks(sheet, doc, (header_row, body_row, signing), part.table if is_last else None)


def _fit(table: Table, width: float) -> Fit:
    """A table that nobody could read on one page is as wide as its parts; a print makes it
    smaller. One of which a page would have but a few rows is somewhat wider, where its print still
    has letters to read.
    """
    fitted = fit(table, width)
    if fitted.size >= READABLE:
        if lines_of_a_row(table, fitted) <= _MANY_LINES:
            return fitted
        wider = fit(table, width * _WIDER)
        return wider if wider.size / _WIDER >= SIZES[-1] else fitted
    parts = column_parts(table, fitted)
    return fitted if len(parts) == 1 else fit(table, width * len(parts))


@dataclass(slots=True)
class _Part:
    """What stands on one sheet."""

    before: list[Paragraph] = field(default_factory=list)
    table: Table | None = None
    after: list[Paragraph] = field(default_factory=list)


def _sheets(doc: ReportDoc) -> Iterator[_Part]:
    """A sheet ends before the paragraphs of the next table; the last one takes the rest."""
    part, last = _Part(), doc.tables[-1] if doc.tables else None
    for piece in doc.body:
        if isinstance(piece, Table):
            if part.table is not None:
                yield part
                part = _Part()
            part.table = piece
        elif isinstance(piece, Paragraph):
            if part.table is not None and part.table is not last:
                yield part
                part = _Part()
            (part.before if part.table is None else part.after).append(piece)
    yield part


def _paragraphs(sheet: Sheet, paragraphs: Sequence[Paragraph]) -> None:
    for paragraph in paragraphs:
        bold = all(run.bold for run in paragraph.runs)
        italic = all(run.italic for run in paragraph.runs)
        align = Align.LEFT if paragraph.align is Align.JUSTIFY else paragraph.align
        sheet.line(paragraph.text, Look(paragraph.size, bold=bold, italic=italic, align=align))


def _sheet_names(doc: ReportDoc, parts: Sequence[_Part]) -> list[str]:
    """One for each part, of 31 letters at most; numbered where Excel would take two as one."""
    said = [(part.table.sheet if part.table else "") or doc.code for part in parts]
    plain = (re.sub(r"[\[\]:*?/\\']", " ", printable(one)).strip() for one in said)
    names = [name[:31].strip() or "Bieu" for name in plain]
    keys = [name.casefold() for name in names]
    return [
        name if keys.count(key) == 1 else f"{name[:25].strip()} ({at})"
        for at, (name, key) in enumerate(zip(names, keys, strict=True), 1)
    ]


def _letterhead(sheet: Sheet, head: Letterhead | None) -> None:
    if head is None:
        return
    left, right = sheet.spans(0.42, 0.58)
    empty: _Line = ("", Look(12), 0.0)
    issuer: list[_Line] = [(line, Look(12), 0.0) for line in head.superior]
    issuer += [(line, Look(12, bold=True), 0.0) for line in head.issuer]
    state: list[_Line] = [
        (texts.PAPER["nation"], Look(12, bold=True, shrink=True), 0.0),
        (texts.PAPER["motto"], Look(13, bold=True, underline=True, shrink=True), 0.0),
    ]
    rows = list(zip_longest(issuer, state, fillvalue=empty))
    if issuer:
        rows.append((("_________", Look(7, top=True), 14.0), empty))
    if head.number or head.place_date:
        dated = Look(13, italic=True, shrink=True)
        rows.append(((head.number, Look(13), 0.0), (head.place_date, dated, 0.0)))
    for row in rows:
        _side_by_side(sheet, row, (left, right))
    sheet.next(6)


def _heading(sheet: Sheet, doc: ReportDoc) -> None:
    if doc.form_number:
        sheet.line(doc.form_number, Look(12, bold=True, align=Align.RIGHT))
    for line in doc.title:
        look = Look(14, bold=True)
        sheet.line("\n".join(sheet.wrapped(line, look, (0, sheet.columns))), look)
    for line in doc.subtitle:
        sheet.line(line, Look(13))
    sheet.next(6)


def _table_title(sheet: Sheet, table: Table) -> None:
    if table.title:
        sheet.line(table.title, Look(12, bold=True, align=Align.LEFT))
    if table.unit:
        sheet.line(table.unit, Look(12, italic=True, align=Align.RIGHT))


def _tail(sheet: Sheet, doc: ReportDoc) -> int:
    """The notes and signatures; the row of the last note, which goes with the signatures."""
    sheet.next(6)
    signing = sheet.row
    for note in doc.notes:
        signing = sheet.row
        sheet.line(note, Look(11, italic=True, align=Align.LEFT))
    sheet.next(6)
    parts = len(doc.signatures) + bool(doc.recipients)
    if not parts:
        return signing
    # A single signer stands at the right, as on a letter.
    spans = sheet.spans(*[1.0] * max(parts, 2))
    top = sheet.row
    columns = [_signature_lines(doc, signer) for signer in doc.signatures]
    for row in zip(*columns, strict=True):
        _side_by_side(sheet, row, spans[len(spans) - len(row) :])
    if doc.recipients:
        _recipients(sheet, doc.recipients, spans[0], top)
    return signing


def _signature_lines(doc: ReportDoc, signer: Signature) -> list[_Line]:
    """The same number of rows for every signer, so that titles and names stand level."""
    signers = doc.signatures
    lines: list[_Line] = []
    if any(one.place_date for one in signers):
        lines.append((signer.place_date, Look(13, italic=True), 0.0))
    for at in range(max(len(one.titles) for one in signers)):
        title = signer.titles[at] if at < len(signer.titles) else ""
        lines.append((title, Look(13, bold=True), 0.0))
    lines.insert(_after_own_titles(lines, signer), (signer.hint, Look(12, italic=True), 0.0))
    lines.append(("", Look(13), _SIGNING_ROOM))
    lines.append((signer.name, Look(13, bold=True), 0.0))
    return lines


def _after_own_titles(lines: list[_Line], signer: Signature) -> int:
    titles = [at for at, (text, look, _) in enumerate(lines) if text and look.bold]
    return titles[-1] + 1 if titles and signer.titles else len(lines)


def _recipients(sheet: Sheet, lines: tuple[str, ...], span: tuple[int, int], top: int) -> None:
    """ "Nơi nhận" as one cell beside the signers: bold heading, smaller list."""
    bottom = max(sheet.row - 1, top)
    look = Look(11, align=Align.LEFT, top=True)
    sheet.merge(span, top, bottom - top + 1, look)
    heading = InlineFont(rFont=FONT, sz=12, b=True, i=True)
    listed = "".join(f"\n{printable(line)}" for line in lines)
    shown = CellRichText(TextBlock(heading, texts.PAPER["recipients"]))
    shown.append(TextBlock(InlineFont(rFont=FONT, sz=11), listed))
    sheet.rich_text(top, span[0], shown)
    count = 1 + sum(sheet.line_count(line, look, span) for line in lines)
    heights = sheet.sheet.row_dimensions
    lack = count * 12 * LINE - sheet.height(top, bottom)
    if lack > 0:
        heights[bottom].height = (heights[bottom].height or 0) + lack


def _side_by_side(
    sheet: Sheet,
    lines: tuple[_Line, ...],
    spans: list[tuple[int, int]] | tuple[tuple[int, int], ...],
) -> None:
    heights = [
        max(least, sheet.put(text, look, span))
        for (text, look, least), span in zip(lines, spans, strict=True)
    ]
    sheet.next(max(heights))


def _repeat(sheet: Sheet, table: Table, header_row: int, body_row: int) -> None:
    """Headings and labels stay on screen and are printed on every page."""
    page = sheet.sheet
    page.freeze_panes = f"{get_column_letter(len(table.label_leaves) + 1)}{body_row}"
    page.print_title_rows = f"{header_row}:{body_row - 1}"


def _breaks(sheet: Sheet, doc: ReportDoc, rows: tuple[int, int, int], table: Table | None) -> None:
    """A page less where a little smaller print allows it; else signatures go with the last rows,
    and where many notes stand between them, whole with the last note.

    `rows` begin the header, the body and the signatures; `table` is None where none follow on this
    sheet.
    """
    header_row, body_row, signing = rows
    last = sheet.row - 1
    groups = [first for first, _ in row_groups(table)] if table else []
    kept = body_row + groups[-_WITH_SIGNATURES:][0] if groups else last
    flow = partial(_flow, sheet, repeated=sheet.height(header_row, body_row - 1))
    room = _HEIGHTS[doc.landscape]
    begun, fewer = flow(room), flow(room * _SHRUNK)
    if len(fewer) < len(begun) and len(fewer) < _FEW_PAGES:
        sheet.sheet.page_setup.fitToHeight = len(fewer) + 1
        return
    if begun and begun[-1] > kept > body_row:
        sheet.sheet.row_breaks.append(Break(id=kept - 1))
        begun = flow(room, first=kept)
    if table and begun and begun[-1] > signing:
        sheet.sheet.row_breaks.append(Break(id=signing - 1))


def _flow(sheet: Sheet, room: float, *, repeated: float, first: int = 1) -> list[int]:
    """The rows that begin further pages of `room` points, where row `first` begins one."""
    begun, used = list[int](), repeated if first > 1 else 0.0
    for row in range(first, sheet.row):
        height = sheet.height(row, row)
        if used + height > room:
            begun, used = [*begun, row], repeated
        used += height
    return begun


def _page(sheet: Sheet, doc: ReportDoc) -> None:
    """Paper, margins, the page number above and the data's date below."""
    page = sheet.sheet
    page.print_area = f"A1:{get_column_letter(sheet.columns)}{sheet.row - 1}"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape" if doc.landscape else "portrait"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    for side, inches in _MARGINS.items():
        setattr(page.page_margins, side, inches)
    page.print_options.horizontalCentered = True  # seen where the print became smaller
    page.HeaderFooter.differentFirst = True  # no page number on the first page
    number = page.oddHeader.center
    number.text, number.font, number.size = "&P", f"{FONT},Regular", 13
    put_footer(page, footer(doc))
