"""A table of a paper as the XML of a Word table, whole: cell by cell python-docx takes minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from xml.sax.saxutils import escape

from giamngheo_desktop import texts
from giamngheo_desktop.reports import fixed_rows
from giamngheo_desktop.reports.document import Align, Table
from giamngheo_desktop.reports.fonts import Face, printable, wrap
from giamngheo_desktop.reports.layout import (
    first_value,
    header_cells,
    header_depth,
    label_boxes,
    leads,
    number_labels,
    row_groups,
    row_texts,
)
from giamngheo_desktop.reports.widths import NUMBER_ROW, Fit, heading_heights

Step = Callable[[], None]  # called now and then; may raise Cancelled
Line = tuple[str, float, bool, bool]  # text, size, bold, italic
Block = tuple[Align, Sequence[Line]]  # lines below one another
_OFTEN = 200  # rows between two steps
_PAD = 45  # twips beside a text: less than it was fitted with, for Word's lines take room too
_LEAST_SHARE = 0.7  # of an even share, that a block of the closing row can stand on
_ABOVE_NOTE = 40  # twips
_CLOSING_SIDES = ("top", "left", "bottom", "right")
_LEADING = 1.17  # of a line of a heading against its letters
_LINE = 5  # twips that the line below a row takes of its room
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_ALIGN = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}


@dataclass(frozen=True, slots=True)
class _Letters:
    """Of a row: `size` in points, the `room` above and below them in twips."""

    size: float
    room: int


def table_xml(
    table: Table,
    fitted: Fit,
    step: Step | None = None,
    *,
    pad: float,
    kept: int = 0,
    notes: Sequence[Line] = (),
    closing: Sequence[Block] = (),
    above_closing: float = 0,
) -> str:
    """The `w:tbl` element, its namespace that of the document around it; heading rows repeat on
    every page, no row is broken over two.

    No heading stands on a page without a row; the last `kept` groups of rows stand on the page of
    what follows. A `closing` is set side by side in a last row without lines, below its `notes`.
    `pad` is the room above and below a text, `above_closing` that of the last row, in points.
    """
    twips = [int(width * 20 + 0.5) for width in fitted.widths]
    pad = fixed_rows.ROOM if table.fixed else pad
    letters = _Letters(fitted.size, max(0, int(pad * 20 + 0.5) - _LINE))
    parts = ["<w:tbl>", _properties(twips)]
    parts += _header(table, twips, letters)
    groups = list(row_groups(table))
    for number, (first, last) in enumerate(groups):
        stays = number >= len(groups) - kept or leads(table, last)
        parts += _group(table, first, last, twips, letters, kept=stays)
        if step and number % _OFTEN == 0:
            step()
    if not table.rows:
        shown = table.empty or texts.PAPER["no_rows"]
        cell = _cell(
            shown, sum(twips), letters,
            span=len(twips), align=Align.CENTER, kept=kept > 0,
        )  # fmt: skip
        parts.append(f"<w:tr>{cell}</w:tr>")
    if closing:
        rows = [*([(Align.LEFT, [note])] for note in notes), closing]
        rooms = [*(_ABOVE_NOTE for _ in notes), int(above_closing * 20 + 0.5)]
        parts += (
            _closing_row(row, twips, lined=at == 0, kept=at < len(notes), above=room)
            for at, (row, room) in enumerate(zip(rows, rooms, strict=True))
        )
    parts.append("</w:tbl>")
    return "".join(parts)


def _properties(twips: Sequence[int]) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    margins = "".join(f'<w:{side} w:w="{_PAD}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _header(table: Table, twips: Sequence[int], letters: _Letters) -> Iterator[str]:
    by_row: dict[int, list[str]] = {}
    cells = sorted(header_cells(table), key=lambda cell: cell.left)
    for row in range(header_depth(table)):
        for cell in cells:
            if cell.row <= row < cell.row + cell.row_span:
                width = sum(twips[cell.left : cell.left + cell.col_span])
                merge = "" if cell.row_span == 1 else "restart" if cell.row == row else "continue"
                label = cell.column.label if cell.row == row else ""
                by_row.setdefault(row, []).append(
                    _cell(
                        label, width, letters,
                        span=cell.col_span, merge=merge, bold=True, align=Align.CENTER, kept=True,
                    )
                )  # fmt: skip
    for row, height in enumerate(_head_heights(table, twips, letters)):
        yield _row(by_row.get(row, ()), heads=True, height=height)
    numbers = number_labels(table)
    if numbers:
        small = replace(letters, size=letters.size * NUMBER_ROW)
        yield _row(
            [
                _cell(_number(text, width, small), width, small, align=Align.CENTER, kept=True)
                for text, width in zip(numbers, twips, strict=True)
            ],
            heads=True,
        )


def _number(text: str, width: int, letters: _Letters) -> str:
    """A formula broken where it may be: Word would part it anywhere."""
    return "\n".join(wrap(printable(text), Face.REGULAR, letters.size, (width - 2 * _PAD) / 20))


def _head_heights(table: Table, twips: Sequence[int], letters: _Letters) -> list[float]:
    """Points; LibreOffice makes no room for a heading over more rows by itself."""
    counts = []
    for cell in header_cells(table):
        inner = (sum(twips[cell.left : cell.left + cell.col_span]) - 2 * _PAD) / 20
        lines = wrap(printable(cell.column.label), Face.BOLD, letters.size, inner)
        counts.append((cell, len(lines)))
    around = (2 * letters.room + 2 * _LINE) / 20
    return heading_heights(table, counts, letters.size * _LEADING, around)


def _group(
    table: Table, first: int, last: int, twips: Sequence[int], letters: _Letters, *, kept: bool
) -> Iterator[str]:
    """The rows of a unit on one page; the name of a pair stands once over both."""
    labels = label_boxes(table, first, last)
    aligns = [leaf.alignment for leaf in table.leaves]
    begin = first_value(table, labels)
    height = fixed_rows.HEIGHT if table.fixed else 0
    for index in range(first, last):
        row = table.rows[index]
        bold, cells = row.is_bold, []
        stays = kept or index < last - 1
        for box in sorted(labels, key=lambda box: box.left):
            if not box.row <= index < box.row + box.row_span:
                continue
            merge = "" if box.row_span == 1 else "restart" if box.row == index else "continue"
            cells.append(
                _cell(
                    box.text if box.row == index else "",
                    width := sum(twips[box.left : box.left + box.col_span]),
                    _letters_of(table, box.text, width, letters),
                    span=box.col_span, merge=merge, bold=bold,
                    align=box.align(aligns[box.left]), kept=stays,
                )
            )  # fmt: skip
        for at, text in enumerate(row_texts(table, row)[begin:], begin):
            own = _letters_of(table, text, twips[at], letters)
            cells.append(_cell(text, twips[at], own, bold=bold, align=aligns[at], kept=stays))
        yield _row(cells, height=height, exact=True)


def _letters_of(table: Table, text: str, width: int, letters: _Letters) -> _Letters:
    """Those of the table; in a fixed row as large as it allows."""
    if not table.fixed:
        return letters
    size, _ = fixed_rows.fitted(printable(text), Face.REGULAR, (width - 2 * _PAD) / 20)
    return _Letters(size, 0)


def closing_spans(widths: Sequence[float], parts: int) -> tuple[int, ...]:
    """How many columns each of `parts` about equal blocks covers; empty where they cannot."""
    total, cuts = sum(widths), [0]
    for part in range(1, parts):
        ends = {abs(sum(widths[:at]) - total * part / parts): at for at in range(len(widths))}
        cuts.append(ends[min(ends)])
    cuts.append(len(widths))
    least = _LEAST_SHARE * total / parts
    if any(sum(widths[first:last]) < least for first, last in pairwise(cuts)):
        return ()
    return tuple(last - first for first, last in pairwise(cuts))


def _closing_row(
    blocks: Sequence[Block], twips: Sequence[int], *, lined: bool, kept: bool, above: int
) -> str:
    """Signatures, or a note, as a row of the table, `lined` above where the table ends: LibreOffice
    keeps rows with rows, not with what follows. `above` is in twips.
    """
    borders = "".join(
        f'<w:{side} w:val="{"single" if lined and side == "top" else "nil"}" w:sz="4" w:space="0" '
        'w:color="000000"/>'
        for side in _CLOSING_SIDES
    )
    cells, at = [], 0
    for (align, lines), span in zip(blocks, closing_spans(twips, len(blocks)), strict=True):
        shape = f'<w:tcW w:w="{sum(twips[at : at + span])}" w:type="dxa"/>'
        shape += f'<w:gridSpan w:val="{span}"/><w:tcBorders>{borders}</w:tcBorders>'
        first, *others = lines or [("", 1, False, False)]
        said = _closing_line(first, align, above=above, kept=kept)
        said += "".join(_closing_line(line, align, kept=kept) for line in others)
        cells.append(f"<w:tc><w:tcPr>{shape}</w:tcPr>{said}</w:tc>")
        at += span
    return _row(cells)


def _closing_line(line: Line, align: Align, *, above: int = 0, kept: bool = False) -> str:
    text, size, bold, italic = line
    high = f'<w:sz w:val="{int(size * 2 + 0.5)}"/>'
    look = f"<w:rPr>{'<w:b/>' if bold else ''}{'<w:i/>' if italic else ''}{high}</w:rPr>"
    form = "<w:keepNext/>" if kept else ""
    form += f'<w:spacing w:before="{above}" w:after="0"/><w:jc w:val="{_ALIGN[align]}"/>'
    return (
        f"<w:p><w:pPr>{form}<w:rPr>{high}</w:rPr></w:pPr>"
        f'<w:r>{look}<w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r></w:p>'
    )


def _row(
    cells: Sequence[str], *, heads: bool = False, height: float = 0, exact: bool = False
) -> str:
    form = "<w:cantSplit/>"
    if height:
        rule = "exact" if exact else "atLeast"
        form += f'<w:trHeight w:val="{int(height * 20 + 0.5)}" w:hRule="{rule}"/>'
    if heads:
        form += "<w:tblHeader/>"
    return f"<w:tr><w:trPr>{form}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str,
    width: int,
    letters: _Letters,
    *,
    span: int = 1,
    merge: str = "",
    bold: bool = False,
    align: Align = Align.LEFT,
    kept: bool = False,
) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    high = f'<w:sz w:val="{int(letters.size * 2 + 0.5)}"/>'
    look = f"{'<w:b/>' if bold else ''}{high}"
    lines = printable(text).split("\n")
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    shape = f'<w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merged}<w:vAlign w:val="center"/>'
    form = "<w:keepNext/>" if kept else ""
    form += f'<w:spacing w:before="{letters.room}" w:after="{letters.room}"/>'
    form += f'<w:jc w:val="{_ALIGN[align]}"/>'
    if not text:  # without letters the mark of the paragraph is what makes it high
        form += f"<w:rPr>{high}</w:rPr>"
    written = f"<w:p><w:pPr>{form}</w:pPr><w:r><w:rPr>{look}</w:rPr>{runs}</w:r></w:p>"
    return f"<w:tc><w:tcPr>{shape}</w:tcPr>{written}</w:tc>"
