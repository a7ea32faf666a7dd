"""How wide each column of a table must be, and how large its letters can be, on a given width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from giamngheo_desktop.reports.document import Column, NumberFormat, Row, Table
from giamngheo_desktop.reports.fonts import Face, longest_word, printable, text_width, wrap
from giamngheo_desktop.reports.heading_widths import narrowest, widened
from giamngheo_desktop.reports.layout import (
    HeaderCell,
    cell_text,
    header_cells,
    header_depth,
    label_boxes,
    number_labels,
    row_groups,
)

PAD = 3.0  # points between a cell's text and its lines, left and right
NUMBER_ROW = 0.82  # size of the column numbers against the table's letters
SIZES = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
READABLE = 7.0  # points: a table that would need smaller letters is cut between its columns
_SMALL = 9.0  # points: below it
_LINES = 2.5  # in a row on the average are too many
_FOLDED = 3  # lines a label takes at most, where there is room for it
WIDEST_NAME = 16.0  # ems a column of texts may claim before it has to wrap


@dataclass(frozen=True, slots=True)
class Fit:
    """Letter size and column widths in points; the widths sum to the width asked for."""

    size: float
    widths: tuple[float, ...]


@dataclass(slots=True)
class _Need:
    """Widths at letter size 1: `least` breaks no word and no number, `roomy` hardly wraps names.

    `longest` is the longest line of a text with its face.
    """

    least: float = 0.0
    roomy: float = 0.0
    longest: tuple[str, Face] = ("", Face.REGULAR)


def fit(
    table: Table, available: float, largest: float = SIZES[0], *, low_headings: bool = False
) -> Fit:
    """The largest letters with which all words and numbers fit; the rest by the columns' weights.

    Room to spare beside numbers lets no label fold into more than three lines; with `low_headings`
    it then makes the headings lower: they stand on every page.
    A spreadsheet, whose letters may be wider than ours, rather leaves the room to its numbers,
    a table with empty rows to what is written into them by hand.
    Below 9 points names are rather broken into more lines than the letters made smaller still.
    Where even the smallest letters do not fit, the widths shrink in proportion and words break.
    Of a fixed table the headings alone are asked (`reports.fixed_rows`).
    """
    weights = [leaf.weight for leaf in table.leaves]
    needs = _needs(replace(table, rows=()) if table.fixed else table)
    roomy, least = [need.roomy for need in needs], [need.least for need in needs]
    between = [(wide + narrow) / 2 for wide, narrow in zip(roomy, least, strict=True)]
    if table.fixed:
        largest = SIZES[0]
    for wanted, smallest in ((roomy, 9.0), (between, 8.0), (least, SIZES[-1])):
        for size in SIZES:
            floor = [width * size + 2 * PAD for width in wanted]
            if smallest <= size <= largest and sum(floor) <= available:
                if not table.fixed and all(
                    leaf.format is not NumberFormat.TEXT for leaf in table.value_leaves
                ):
                    labels = [need.longest for need in needs[: len(table.label_leaves)]]
                    floor = _unfolded(labels, floor, available, size)
                if low_headings and not table.fixed and not _has_empty_row(table):
                    floor = widened(table, floor, available, size=size, pad=PAD, small=NUMBER_ROW)
                return Fit(size, _spread(floor, weights, available))
    floor = [width * SIZES[-1] + 2 * PAD for width in least]
    return Fit(SIZES[-1], tuple(width * available / sum(floor) for width in floor))


def _unfolded(
    labels: Sequence[tuple[str, Face]], floor: list[float], available: float, size: float
) -> list[float]:
    """The `floor` widths, those of labels widened where the longest is very long and there is
    room for it.
    """
    widths, spare = list(floor), available - sum(floor)
    for at, (text, face) in enumerate(labels):
        wanted = narrowest(text, face, _FOLDED) * size + 2 * PAD
        more = min(max(0.0, wanted - widths[at]), spare)
        widths[at] += more
        spare -= more
    return widths


def _has_empty_row(table: Table) -> bool:
    return any(
        not any(row.labels) and all(cell.value == "" for cell in row.cells) for row in table.rows
    )


def least_widths(table: Table, size: float) -> list[float]:
    """Per leaf, the width in points at which no word and no number breaks."""
    return [need.least * size + 2 * PAD for need in _needs(table)]


def roomy_widths(table: Table, size: float) -> list[float]:
    """Per leaf, the width in points at which names hardly wrap."""
    return [need.roomy * size + 2 * PAD for need in _needs(table)]


def is_squeezed(table: Table, fitted: Fit) -> bool:
    """Whether small letters stand in rows of several lines: nobody reads along these."""
    return fitted.size < _SMALL and lines_of_a_row(table, fitted) > _LINES


def lines_of_a_row(table: Table, fitted: Fit) -> float:
    """Into how many lines the values of a row wrap on the average; 0 without rows."""
    labels, lines = len(table.label_leaves), 0
    for row in table.rows:
        face = row_face(row)
        texts = [cell_text(*found) for found in zip(row.cells, table.value_leaves, strict=True)]
        lines += max(
            len(wrap(printable(text), face, fitted.size, width - 2 * PAD))
            for text, width in zip(texts, fitted.widths[labels:], strict=True)
        )
    return lines / max(1, len(table.rows))


def _spread(floor: Sequence[float], weights: Sequence[int], available: float) -> tuple[float, ...]:
    """Widths in proportion to the weights, none below its floor."""
    widths = list(floor)
    free = set(range(len(floor)))
    while free:
        rest = available - sum(floor[i] for i in range(len(floor)) if i not in free)
        share = rest / max(1, sum(weights[i] for i in free))
        tight = {i for i in free if floor[i] > share * weights[i]}
        if not tight:
            for i in free:
                widths[i] = share * weights[i]
            break
        free -= tight
    if not free:  # every column stands on its floor: the rest goes to all alike
        extra = (available - sum(widths)) / len(widths)
        widths = [width + extra for width in widths]
    return tuple(widths)


def _needs(table: Table) -> list[_Need]:
    leaves = table.leaves
    needs = [_Need() for _ in leaves]
    for need, leaf, number in zip(needs, leaves, _numbers(table), strict=True):
        heading = longest_word(printable(leaf.label), Face.BOLD, 1)
        need.least = max(heading, longest_word(number, Face.REGULAR, NUMBER_ROW))
    for leaf, need, texts in zip(leaves, needs, _columns_of_texts(table), strict=True):
        _add_texts(need, leaf, texts)
    for cell in header_cells(table):
        if cell.col_span > 1:
            word = longest_word(printable(cell.column.label), Face.BOLD, 1)
            _widen(needs[cell.left : cell.left + cell.col_span], word)
    return needs


def _numbers(table: Table) -> tuple[str, ...]:
    return number_labels(table) or ("",) * len(table.leaves)


def _columns_of_texts(table: Table) -> list[Counter[tuple[str, Face]]]:
    """Per leaf column, in how many rows which text stands with which face; labels that span columns
    are left out.
    """
    label_count = len(table.label_leaves)
    columns: list[Counter[tuple[str, Face]]] = [Counter() for _ in table.leaves]
    for first, last in row_groups(table):
        face = row_face(table.rows[first])
        for box in label_boxes(table, first, last):
            if box.col_span == 1:
                columns[box.left][box.text, face] += 1
        for row in table.rows[first:last]:
            face = row_face(row)
            values = zip(columns[label_count:], row.cells, table.value_leaves, strict=True)
            for column, cell, leaf in values:
                column[cell_text(cell, leaf), face] += 1
    return [
        Counter({(printable(text), face): count for (text, face), count in column.items()})
        for column in columns
    ]


def row_face(row: Row) -> Face:
    return Face.BOLD if row.is_bold else Face.REGULAR


def _add_texts(need: _Need, leaf: Column, texts: Counter[tuple[str, Face]]) -> None:
    if leaf.format is not NumberFormat.TEXT:
        widest = max((text_width(text, face, 1) for text, face in texts), default=0.0)
        need.least = need.roomy = max(need.least, widest)
        return
    need.least = max([need.least, *(longest_word(text, face, 1) for text, face in texts)])
    lines = ((line, face) for text, face in texts for line in text.split("\n"))
    need.longest = max(
        lines, key=lambda one: (text_width(one[0], one[1], 1), one), default=need.longest
    )
    need.roomy = max(need.least, min(_usual(_lengths(texts)), WIDEST_NAME))


def _lengths(texts: Counter[tuple[str, Face]]) -> Iterator[tuple[float, int]]:
    """Of each line of a text, and in how many rows it stands."""
    for (text, face), count in texts.items():
        yield from ((text_width(line, face, 1), count) for line in text.split("\n"))


def _usual(lengths: Iterable[tuple[float, int]]) -> float:
    """The length nearly all rows have: one very long village name must not squeeze the numbers, and
    a column of few answers has room for each that is given often.
    """
    # where nothing stands, nothing needs room
    ordered = sorted((length, count) for length, count in lengths if length)
    if not ordered:
        return 0.0
    rows = list(accumulate(count for _, count in ordered))
    at = next(at for at, seen in enumerate(rows) if seen > (rows[-1] - 1) * 9 // 10)
    ninety, longest = ordered[at][0], ordered[-1][0]
    return longest if longest <= 1.3 * ninety else ninety


def _widen(needs: Sequence[_Need], word: float) -> None:
    """Room for a word of a heading over several columns."""
    for kind in ("least", "roomy"):
        lack = (word - sum(getattr(need, kind) for need in needs)) / len(needs)
        if lack > 0:
            for need in needs:
                setattr(need, kind, getattr(need, kind) + lack)


def heading_heights(
    table: Table, lines: Sequence[tuple[HeaderCell, int]], line_height: float, pad: float
) -> list[float]:
    """Heights of the heading rows, from the number of lines of every heading."""
    heights = [0.0] * header_depth(table)
    # Cells of one row first; a cell over more rows then only stretches the last of them.
    for cell, count in sorted(lines, key=lambda found: found[0].row_span):
        rows = slice(cell.row, cell.row + cell.row_span)
        lack = count * line_height + pad - sum(heights[rows])
        heights[cell.row + cell.row_span - 1] += max(0.0, lack)
    return heights
