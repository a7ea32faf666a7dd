"""A table cut into blocks: its heading rows, and one block per row or pair of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from giamngheo_desktop import texts
from giamngheo_desktop.reports import fixed_rows
from giamngheo_desktop.reports.blocks import LEADING, Block, Place, Rule, Text, boxed
from giamngheo_desktop.reports.document import Align, Table
from giamngheo_desktop.reports.fonts import Face, balanced, printable, wrap
from giamngheo_desktop.reports.layout import (
    first_value,
    header_cells,
    label_boxes,
    number_labels,
    row_groups,
    row_texts,
)  # fmt: skip
from giamngheo_desktop.reports.widths import NUMBER_ROW, PAD, Fit, heading_heights, row_face


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows first..last-1 as one block; of a row taller than a page, some lines of every cell."""

    first: int
    last: int
    height: float
    line_from: int = 0
    line_to: int | None = None


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell of a group before its height is known; `row` counts inside the group."""

    row: int
    column: int
    row_span: int
    col_span: int
    lines: tuple[str, ...]
    face: Face
    align: Align
    size: float


class TableBlocks:
    """Blocks of one table at a given fit; `pad` is the room above and below a cell's text."""

    def __init__(self, table: Table, fitted: Fit, left: float, pad: float) -> None:
        self._table = table
        self._size = fitted.size
        self._edges = tuple(accumulate(fitted.widths, initial=left))
        self._pad = fixed_rows.ROOM if table.fixed else pad
        self._aligns = [leaf.alignment for leaf in table.leaves]
        self._measured: dict[int, list[_Box]] = {}  # by first row, until it is drawn

    def header(self) -> Block:
        """The heading rows and the row of column numbers; repeated on every page."""
        wrapped = [
            (cell, balanced(printable(cell.column.label), Face.BOLD, self._size, inner))
            for cell in header_cells(self._table)
            for inner in (self._inner(cell.left, cell.col_span),)
        ]
        counts = [(cell, len(lines)) for cell, lines in wrapped]
        heights = heading_heights(self._table, counts, self._size * LEADING, 3 * self._pad)
        tops = list(accumulate(heights, initial=0.0))
        parts: list[Text] = []
        rules: list[Rule] = []
        for cell, lines in wrapped:
            top, bottom = tops[cell.row], tops[cell.row + cell.row_span]
            x, right = self._edges[cell.left], self._edges[cell.left + cell.col_span]
            parts += boxed(
                x, top, right - x, bottom - top,
                lines=lines, face=Face.BOLD, size=self._size, align=Align.CENTER, pad=PAD,
            )  # fmt: skip
            rules += [Rule(x, top, right, top), Rule(right, top, right, bottom)]
        bottom = tops[-1]
        rules += [Rule(self._edges[0], 0.0, self._edges[0], bottom)]
        rules.append(Rule(self._edges[0], bottom, self._edges[-1], bottom))
        numbers = self._numbers(bottom)
        return Block(bottom + numbers.height, (*parts, *numbers.texts), (*rules, *numbers.rules))

    def _numbers(self, top: float) -> Block:
        size = self._size * NUMBER_ROW
        wrapped = [
            wrap(text, Face.REGULAR, size, self._inner(at, 1))
            for at, text in enumerate(number_labels(self._table))
        ]
        if not wrapped:
            return Block(0.0)
        height = self._height(max(map(len, wrapped)), size)
        parts: list[Text] = []
        for at, lines in enumerate(wrapped):
            parts += boxed(
                self._edges[at], top, self._edges[at + 1] - self._edges[at], height,
                lines=lines, face=Face.REGULAR, size=size, align=Align.CENTER, pad=PAD,
            )  # fmt: skip
        rules = [Rule(x, top, x, top + height) for x in self._edges]
        rules.append(Rule(self._edges[0], top + height, self._edges[-1], top + height))
        return Block(height, tuple(parts), tuple(rules))

    def pieces(self, room: float) -> Iterator[Piece]:
        """The body in order; `room` is the height a page has below the heading rows."""
        for first, last in row_groups(self._table):
            boxes = self._measured[first] = self._boxes(first, last)
            height = sum(self._row_heights(boxes, last - first))
            if height <= room:
                yield Piece(first, last, height)
                continue
            for row in range(first, last):
                yield from self._cut(row, room)

    def _cut(self, row: int, room: float) -> Iterator[Piece]:
        count = max(len(box.lines) for box in self._boxes(row, row + 1))
        step = max(1, int((room - 2 * self._pad) / (self._size * LEADING)))
        for start in range(0, count, step):
            lines = min(step, count - start)
            height = self._height(lines, self._size)
            yield Piece(row, row + 1, height, start, start + step)

    def draw(self, piece: Piece) -> Block:
        boxes = None if piece.line_to else self._measured.pop(piece.first, None)
        boxes = boxes or self._boxes(piece.first, piece.last)
        heights = self._row_heights(boxes, piece.last - piece.first)
        if piece.line_to is not None:
            heights = [piece.height]
        tops = list(accumulate(heights, initial=0.0))
        parts: list[Text] = []
        rules: list[Rule] = []
        places: list[Place] = []
        for box in boxes:
            x, right = self._edges[box.column], self._edges[box.column + box.col_span]
            top, bottom = tops[box.row], tops[box.row + box.row_span]
            parts += boxed(
                x, top, right - x, bottom - top,
                lines=box.lines[piece.line_from : piece.line_to], face=box.face, size=box.size,
                align=box.align, pad=PAD,
            )  # fmt: skip
            rules += [Rule(right, top, right, bottom), Rule(x, bottom, right, bottom)]
            at = Place(x, top, right - x, bottom - top, piece.first + box.row, box.column)
            places.append(at)
        rules.append(Rule(self._edges[0], 0.0, self._edges[0], tops[-1]))
        return Block(tops[-1], tuple(parts), tuple(rules), tuple(places))

    def empty(self) -> Block:
        """The one row of a table without rows."""
        text = printable(self._table.empty or texts.PAPER["no_rows"])
        left, right = self._edges[0], self._edges[-1]
        lines = wrap(text, Face.ITALIC, self._size, right - left - 2 * PAD)
        height = self._height(len(lines), self._size) + 2 * self._pad
        parts = boxed(
            left, 0.0, right - left, height,
            lines=lines, face=Face.ITALIC, size=self._size, align=Align.CENTER, pad=PAD,
        )  # fmt: skip
        rules = (
            Rule(left, 0.0, left, height),
            Rule(right, 0.0, right, height),
            Rule(left, height, right, height),
        )
        return Block(height, tuple(parts), rules)

    def _boxes(self, first: int, last: int) -> list[_Box]:
        table = self._table
        labels = label_boxes(table, first, last)
        begin = first_value(table, labels)
        boxes = []
        for label in labels:
            face = row_face(table.rows[label.row])
            size, lines = self._set(label.text, face, label.left, label.col_span)
            align = label.align(self._aligns[label.left])
            boxes.append(
                _Box(label.row - first, label.left, label.row_span, label.col_span,
                     lines, face, align, size)
            )  # fmt: skip
        for index, row in enumerate(table.rows[first:last]):
            face = row_face(row)
            for at, text in enumerate(row_texts(table, row)[begin:], begin):
                size, lines = self._set(text, face, at, 1)
                boxes.append(_Box(index, at, 1, 1, lines, face, self._aligns[at], size))
        return boxes

    def _row_heights(self, boxes: list[_Box], count: int) -> list[float]:
        if self._table.fixed:
            return [fixed_rows.HEIGHT] * count
        heights = [0.0] * count
        for box in boxes:
            # A label over a pair of rows asks half of its height from each.
            need = self._height(len(box.lines), self._size) / box.row_span
            for row in range(box.row, box.row + box.row_span):
                heights[row] = max(heights[row], need)
        return heights

    def _set(self, text: str, face: Face, column: int, span: int) -> tuple[float, tuple[str, ...]]:
        inner = self._inner(column, span)
        if self._table.fixed:
            return fixed_rows.fitted(printable(text), face, inner)
        return self._size, wrap(printable(text), face, self._size, inner)

    def _inner(self, column: int, span: int) -> float:
        # A hundredth of a point forgives the rounding of sums.
        return self._edges[column + span] - self._edges[column] - 2 * PAD + 0.01

    def _height(self, lines: int, size: float) -> float:
        return lines * size * LEADING + 2 * self._pad
