"""What a table says and where its cells merge, the same for every writer; knows no lengths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation

from giamngheo_desktop.domain.numbers import format_signed
from giamngheo_desktop.reports.document import Align, Cell, Column, Number, NumberFormat, Row, Table


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A heading in the grid of heading rows; all four numbers count from 0 or are spans ≥ 1."""

    column: Column
    row: int
    left: int
    row_span: int
    col_span: int


def header_depth(table: Table) -> int:
    """Number of heading rows, without the row of column numbers."""
    return max((column.depth for column in table.labels + table.columns), default=1)


def header_cells(table: Table) -> tuple[HeaderCell, ...]:
    """Every heading with its place; a leaf reaches down to the last heading row."""
    depth = header_depth(table)

    def place(columns: tuple[Column, ...], row: int, left: int) -> Iterator[HeaderCell]:
        for column in columns:
            span = sum(1 for _ in column.leaves())
            rows = 1 if column.columns else depth - row
            yield HeaderCell(column, row, left, rows, span)
            yield from place(column.columns, row + 1, left)
            left += span

    return tuple(place(table.labels + table.columns, 0, 0))


def number_labels(table: Table) -> tuple[str, ...]:
    """The row of column numbers, one text per leaf: `A`, `(1)`, `(4=3/1*100)`.

    Empty where the table has none.
    """
    leaves = table.leaves
    if not table.number_row or not any(leaf.number for leaf in leaves):
        return ()
    return tuple(_number_label(leaf) for leaf in leaves)


def _number_label(column: Column) -> str:
    if not column.number[:1].isdigit():
        return column.number
    return f"({column.number}={column.formula})" if column.formula else f"({column.number})"


def cell_text(cell: Cell, column: Column) -> str:
    """What the cell prints: `1.234`, `2,06`, `2–4`, the column's sign for zero or for no data."""
    if cell.value is None:
        return column.absent
    if isinstance(cell.value, str):
        return cell.value
    if cell.upper is not None:
        return f"{number_text(cell.value, column.format)}–{number_text(cell.upper, column.format)}"
    if column.zero and cell.value == 0:
        return column.zero
    return number_text(cell.value, column.format)


def number_text(value: Number, form: NumberFormat) -> str:
    """Vietnamese writing: dots between thousands, a comma before decimals.

    A rate shows both its places even where it is whole, other Decimals the places they have.
    Raises `decimal.Inexact` for a rate that was not rounded before: writers never round.
    """
    if form is NumberFormat.RATE:
        value = Decimal(value).quantize(_TWO_PLACES, context=_EXACT)
    if isinstance(value, Decimal):
        return f"{value:,f}".translate(_SEPARATORS)
    return format_signed(value)


_SEPARATORS = str.maketrans(",.-", ".,−")
_TWO_PLACES = Decimal("0.01")
_EXACT = Context(traps=[Inexact, InvalidOperation])


def row_texts(table: Table, row: Row) -> tuple[str, ...]:
    """The printed text of every leaf column of a row, labels first."""
    leaves = table.value_leaves
    values = (cell_text(cell, leaf) for cell, leaf in zip(row.cells, leaves, strict=True))
    return row.labels + tuple(values)


def row_groups(table: Table) -> Iterator[tuple[int, int]]:
    """Row ranges (first, past the last) that belong together: the pair Hộ / Nhân khẩu of a unit."""
    rows, start = table.rows, 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or not _paired(rows[index - 1], rows[index]):
            yield start, index
            start = index


def _paired(above: Row, below: Row) -> bool:
    return bool(
        above.kind
        and below.kind
        and above.kind != below.kind
        and above.unit == below.unit
        and above.level == below.level
        and above.labels[:-1] == below.labels[:-1]
    )


def leads(table: Table, last: int) -> bool:
    """Whether the row before `last` is a heading of those below: no page ends with it."""
    rows = table.rows
    return last < len(rows) and rows[last - 1].is_bold and not rows[last].is_bold


@dataclass(frozen=True, slots=True)
class LabelBox:
    """A printed label of a group of rows; `row` counts from the table's first row."""

    text: str
    row: int
    left: int
    row_span: int
    col_span: int
    is_heading: bool = False

    def align(self, own: Align) -> Align:
        """How its text stands; `own` is the alignment of its column."""
        return Align.CENTER if self.col_span > 1 and not self.is_heading else own


def label_boxes(table: Table, first: int, last: int) -> tuple[LabelBox, ...]:
    """The labels of one row group: a pair's name stands once, a total spans TT and Đơn vị, a
    heading of the rows below reaches over the empty cells at its right, of values too.
    """
    top = table.rows[first]
    if (heading := _heading_at(top)) is not None:
        filled = (at for at, text in enumerate(row_texts(table, top)) if text and at > heading)
        end = next(filled, len(table.leaves))
        before = (LabelBox("", first, at, 1, 1) for at in range(heading))
        after = (LabelBox("", first, at, 1, 1) for at in range(end, len(top.labels)))
        text = top.labels[heading]
        return (*before, LabelBox(text, first, heading, 1, end - heading, True), *after)
    paired = bool(top.kind) and len(top.labels) > 1
    names = top.labels[:-1] if paired else top.labels
    written = [label for label in names if label]
    if top.level == 0 and len(written) == 1 < len(names):
        boxes = [LabelBox(written[0], first, 0, last - first, len(names))]
    else:
        boxes = [LabelBox(text, first, at, last - first, 1) for at, text in enumerate(names)]
    if paired:
        rows = enumerate(table.rows[first:last], first)
        boxes += [LabelBox(row.labels[-1], index, len(names), 1, 1) for index, row in rows]
    return tuple(boxes)


def _heading_at(row: Row) -> int | None:
    """Where the only label of a heading of the rows below stands."""
    written = [at for at, label in enumerate(row.labels) if label]
    is_heading = row.is_bold and row.level != 0 and not row.kind and len(written) == 1
    return written[0] if is_heading else None


def first_value(table: Table, boxes: Iterable[LabelBox]) -> int:
    """The column at which the values begin that no label reaches over."""
    return max([len(table.label_leaves), *(box.left + box.col_span for box in boxes)])
