"""A bordered table of a Word template as the rows of a list, or as a table of standing texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from giamngheo_desktop.domain.lengths import whole_length
from giamngheo_desktop.domain.paper import (
    BY_HAND,
    PaperColumn,
    PaperDef,
    PaperGrid,
    PaperRows,
)
from giamngheo_desktop.exports.paper_marks import ListMark, Marked, Marks
from giamngheo_desktop.exports.paper_template import NUMBER_WEIGHT
from giamngheo_desktop.exports.word_text import Line, Stretch, WordCell, WordTable

_COUNTS = ("1", "{{TT}}", "{{STT}}")  # what stands in the row of fields below TT
_NUMBER = re.compile(r"\(?([A-Z]|\d{1,2})\)?")  # of a column
_USUAL_SUM = 100  # of weights where no column counts the rows


class _UnevenError(Exception):
    """Cells that do not stand below one another."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """`edges` are the grid columns where a leaf begins."""

    table: WordTable
    edges: tuple[int, ...]
    heads: int

    def leaves(self, cell: WordCell) -> range:
        first = self.edges.index(cell.left)
        last = sum(1 for edge in self.edges if edge < cell.left + cell.span)
        return range(first, last)

    def width(self, leaf: int) -> int:
        end = self.edges[leaf + 1] if leaf + 1 < len(self.edges) else len(self.table.widths)
        return sum(self.table.widths[self.edges[leaf] : end])


def table_piece(
    table: WordTable,
    title: Line | None,
    marks: Marks,
    base: PaperDef,
    warnings: dict[str, None],
) -> PaperRows | PaperGrid | None:
    """None where it cannot be read; the fault is then among those of `marks`."""
    place = table.rows[0][0].text if table.rows and table.rows[0] else ""
    said = Marked() if title is None else marks.line(title, faces=False)
    layout = _layout(table)
    try:
        columns = tuple(_tree(layout, marks))
        body = [_texts(layout, row) for row in table.rows[layout.heads :]]
    except (_UnevenError, ValueError):
        marks.fault("uneven", place)
        return None
    if not columns or not body:
        marks.fault("uneven", place)
        return None
    fields = _field_row(layout)
    listed = said.each or _cell_mark(fields, marks, place)
    names = [found[0] for text in fields if (found := marks.cell(text))]
    if listed is None:
        listed = _inferred(names, len(body), marks, base, place)
    if listed is None:
        lines = tuple(tuple(marks.plain(_as_line(text)) for text in line) for line in body)
        return PaperGrid(
            columns=_weighed(columns, layout, counted=False),
            lines=lines,
            title=said.text.strip(),
            when=said.when,
        )
    if any("".join(line).strip() for line in body[1:]):
        warnings["below_row"] = None
    return _rows(layout, columns, fields, listed, said, marks, place)


def _rows(
    layout: _Layout,
    columns: tuple[PaperColumn, ...],
    fields: Sequence[str],
    listed: ListMark,
    said: Marked,
    marks: Marks,
    place: str,
) -> PaperRows:
    counted = fields[0].strip() in _COUNTS and not columns[0].columns and len(fields) > 1
    weighed = _weighed(columns, layout, counted=counted)
    known = marks.known.rows.get(listed.name, {})
    told: list[tuple[str, str]] = []
    for at, text in enumerate(fields):
        found = marks.cell(text)
        if at == 0 and counted:
            continue
        if found is None and text.strip():
            marks.fault("cell_of_two", text)
        if found is None:
            told.append((f"{BY_HAND}{at}", "text"))
            continue
        name = marks.field(found[0], known, text)
        if any(name == other for other, _ in told):
            marks.fault("twice_in_row", place, name=known.get(name, name))
        told.append((name, found[1]))
    number = weighed[0].label if counted else ""
    aligns = _aligns(layout)[counted:]
    leaves = iter(zip(told, aligns, strict=True))
    return PaperRows(
        rows=listed.name,
        columns=tuple(_filled(column, leaves) for column in weighed[counted:]),
        lines=listed.lines,
        spare=listed.spare,
        final=listed.final,
        title=said.text.strip(),
        when=said.when,
        number=number,
    )


def _filled(column: PaperColumn, leaves: Iterator[tuple[tuple[str, str], str]]) -> PaperColumn:
    if column.columns:
        return replace(column, columns=tuple(_filled(child, leaves) for child in column.columns))
    (name, shape), align = next(leaves)
    return replace(column, field=name, format=shape, align=align)


def _inferred(
    names: Sequence[str], lines: int, marks: Marks, base: PaperDef, place: str
) -> ListMark | None:
    """The list a row of fields belongs to: the only one that knows most of them. It has as many
    lines as the table.
    """
    known = {
        name: sum(marks.knows(one, fields) for one in names)
        for name, fields in marks.known.rows.items()
    }
    most = max(known.values(), default=0)
    if most == 0 or most < sum(marks.knows(one, marks.known.fields) for one in names):
        return None
    fitting = [name for name, count in known.items() if count == most]
    used = [piece.rows for piece in base.body if isinstance(piece, PaperRows)]
    fitting = [name for name in fitting if name in used] or fitting
    if len(fitting) > 1:
        marks.fault("no_list", place)
    return ListMark(fitting[0], lines)


def _cell_mark(fields: Sequence[str], marks: Marks, place: str) -> ListMark | None:
    """`{{*list}}` in the first cell; the cell keeps what else it says."""
    match = re.match(r"\s*\{\{\s*\*([^{}]*)\}\}\s*", fields[0])
    if match is None:
        return None
    assert isinstance(fields, list)
    fields[0] = fields[0][match.end() :]
    return marks.list_mark(match[1], place)


# -- how the cells stand ---------------------------------------------------------------------------


def _layout(table: WordTable) -> _Layout:
    edges = sorted({cell.left for row in table.rows for cell in row})
    heads = table.heads
    if not heads:
        marked = (at for at, row in enumerate(table.rows) if any("{{" in one.text for one in row))
        heads = next(marked, 1) or 1
    return _Layout(table, tuple(edges), min(heads, len(table.rows)))


def _tree(layout: _Layout, marks: Marks) -> Iterator[PaperColumn]:
    rows = list(layout.table.rows[: layout.heads])
    numbers: tuple[str, ...] = ()
    if len(rows) > 1:
        last = [cell.text for cell in rows[-1]]
        found = [_NUMBER.fullmatch(text) for text in last]
        if len(last) == len(layout.edges) and all(found):
            numbers = tuple(match[1] for match in found if match)
            rows = rows[:-1]
    yield from _level(layout, rows, 0, range(len(layout.edges)), numbers, marks)


def _level(
    layout: _Layout,
    rows: Sequence[Sequence[WordCell]],
    depth: int,
    within: range,
    numbers: tuple[str, ...],
    marks: Marks,
) -> Iterator[PaperColumn]:
    expected = within.start
    for cell in rows[depth]:
        covered = layout.leaves(cell)
        if covered.start not in within:
            continue
        if covered.start != expected or covered.stop > within.stop or cell.joined:
            raise _UnevenError
        expected = covered.stop
        label = marks.plain(_as_line(cell.text))
        if _goes_on(layout, rows, depth + 1, covered):
            children = tuple(_level(layout, rows, depth + 1, covered, numbers, marks))
            yield PaperColumn(label=label, columns=children)
        elif len(covered) > 1:
            raise _UnevenError
        else:
            number = numbers[covered.start] if numbers else ""
            yield PaperColumn(label=label, field=f"c{covered.start}", number=number)
    if expected != within.stop:
        raise _UnevenError


def _goes_on(
    layout: _Layout, rows: Sequence[Sequence[WordCell]], depth: int, covered: range
) -> bool:
    """Whether headings of their own stand below."""
    if depth >= len(rows):
        return False
    return any(layout.leaves(cell).start in covered and not cell.joined for cell in rows[depth])


def _texts(layout: _Layout, row: Sequence[WordCell]) -> tuple[str, ...]:
    """The text of each leaf; a wide cell says it once."""
    found = [""] * len(layout.edges)
    for cell in row:
        if not cell.joined:
            found[layout.leaves(cell).start] = cell.text
    return tuple(found)


def _field_row(layout: _Layout) -> list[str]:
    return list(_texts(layout, layout.table.rows[layout.heads]))


def _aligns(layout: _Layout) -> list[str]:
    found = ["left"] * len(layout.edges)
    for cell in layout.table.rows[layout.heads]:
        line = next(iter(cell.lines), Line())
        found[layout.leaves(cell).start] = "" if line.align == "justify" else line.align
    return found


def _weighed(
    columns: tuple[PaperColumn, ...], layout: _Layout, *, counted: bool
) -> tuple[PaperColumn, ...]:
    """Weights from the widths; the column that counts rows weighs what `fill` gives it."""
    widths = [layout.width(leaf) for leaf in range(len(layout.edges))]
    if not all(widths):
        widths = [1] * len(widths)
    unit = widths[0] / NUMBER_WEIGHT if counted else sum(widths) / _USUAL_SUM
    weights = iter(max(1, whole_length(width / unit)) for width in widths)
    return tuple(_weigh(column, weights) for column in columns)


def _weigh(column: PaperColumn, weights: Iterator[int]) -> PaperColumn:
    if column.columns:
        return replace(column, columns=tuple(_weigh(child, weights) for child in column.columns))
    return replace(column, weight=next(weights))


def _as_line(text: str) -> Line:
    return Line(stretches=(Stretch(text),))
