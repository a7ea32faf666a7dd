"""What a block of cells pasted from Excel means: its headings, what is skipped, its numbers.

Nothing is guessed silently: every line left out and every cell not understood is in the result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from giamngheo_desktop.domain.numbers import parse_integer
from giamngheo_desktop.domain.vietnamese import clean, compare_key, search_key

_HEADING_LINES = 8  # headings stand in the first lines or nowhere
_NO_DATA = frozenset({"", "-", "–", "—", "…", "..."})
_TOTALS = re.compile(r"(tong|tong cong|tong so|cong|toan xa|toan phuong|tong cong toan xa|tong xa)")
_RUNNING = frozenset({"stt", "tt", "so tt", "so thu tu", "1"})
_COLUMN_NUMBER = re.compile(r"[A-Za-z]|[0-9]{1,2}( ?= ?.*)?")
_ROMAN = re.compile(r"[IVXivx]+")


@dataclass(frozen=True, slots=True)
class PasteColumn:
    """A column that is looked for by its headings; `number` columns hold whole numbers."""

    key: str
    titles: tuple[str, ...]
    number: bool = False


@dataclass(frozen=True, slots=True)
class PastedCell:
    """A cell as it came; `problem` is a code of `texts.PARSE_ERRORS` or `name_twice`."""

    text: str
    value: str | int | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A line of data; `line` counts from 1 in the pasted block."""

    line: int
    cells: Mapping[str, PastedCell]

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(cell.problem for cell in self.cells.values() if cell.problem)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line left out: `reason` is heading, numbers, total, nameless or dayless."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """The reading of a block; `headings` names the heading each key was found under, if any.

    `ignored` are the headings (or first cells) of columns nobody asked for.
    """

    rows: tuple[PastedRow, ...]
    skipped: tuple[Skipped, ...]
    headings: Mapping[str, str]
    ignored: tuple[str, ...]

    @property
    def problem_count(self) -> int:
        return sum(len(row.problems) for row in self.rows)


def read_block(block: Sequence[Sequence[str]], columns: Sequence[PasteColumn]) -> Pasted:
    """Read a block whose first wanted column names the rows (a village).

    Headings may stand in several lines and any order; without them the columns are taken from the
    left, after a column of running numbers. Totals are left out.
    """
    lines = [(number, [clean(cell) for cell in row]) for number, row in enumerate(block, start=1)]
    lines = [(number, row) for number, row in lines if any(row)]
    last_heading = _last_heading([row for _, row in lines], columns)
    headings, data = lines[: last_heading + 1], lines[last_heading + 1 :]
    skipped = [Skipped(number, _joined(row), "heading") for number, row in headings]
    if headings:
        while data and _is_column_numbers(data[0][1]):
            number, row = data.pop(0)
            skipped.append(Skipped(number, _joined(row), "numbers"))
    places = _by_heading([row for _, row in headings], columns)
    if columns[0].key not in places:
        places = _from_the_left([row for _, row in data], columns, places)
    rows: list[PastedRow] = []
    names: set[str] = set()
    for number, row in data:
        reason = _reason_to_skip(row, columns, places)
        if reason:
            skipped.append(Skipped(number, _joined(row), reason))
            continue
        cells = {c.key: _cell(row, places[c.key], c) for c in columns if c.key in places}
        first = cells[columns[0].key]
        key = compare_key(first.text)
        if key in names:
            cells[columns[0].key] = PastedCell(first.text, first.value, "name_twice")
        names.add(key)
        rows.append(PastedRow(number, cells))
    found = {key: _heading_at(headings, place) for key, place in places.items()}
    return Pasted(tuple(rows), tuple(skipped), found, _ignored(lines, headings, places))


def _joined(row: Sequence[str]) -> str:
    return " | ".join(cell for cell in row if cell)


def _words(text: str) -> str:
    """A heading for comparing: no marks, no signs, nothing in brackets."""
    plain = re.sub(r"\(.*?\)", " ", search_key(text))
    return " ".join(re.findall("[a-z0-9]+", plain))


def _last_heading(rows: Sequence[Sequence[str]], columns: Sequence[PasteColumn]) -> int:
    """The last line of headings, −1 where there are none."""
    titles = {_words(title) for column in columns for title in column.titles}
    last = -1
    for at, row in enumerate(rows[:_HEADING_LINES]):
        if any(_words(cell) in titles for cell in row if cell):
            last = at
        elif _has_number(row) and not _is_column_numbers(row):
            break
    return last


def _has_number(row: Sequence[str]) -> bool:
    return any(_number(cell)[0] is not None for cell in row)


def _is_column_numbers(row: Sequence[str]) -> bool:
    """`A B 1 2 3`, `(1) (2) (4=3/1*100)`: the row of column numbers below the headings."""
    cells = [cell.strip("() ") for cell in row if cell]
    if len(cells) < 2 or not all(_COLUMN_NUMBER.fullmatch(cell) for cell in cells):
        return False
    numbers = [int(cell.split("=")[0]) for cell in cells if cell[0].isdigit()]
    return len(numbers) > 0 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _by_heading(rows: Sequence[Sequence[str]], columns: Sequence[PasteColumn]) -> dict[str, int]:
    """Where each key stands; the leftmost of equal headings, as totals stand before parts."""
    places: dict[str, int] = {}
    for column in columns:
        titles = {_words(title) for title in column.titles}
        found = [at for row in rows for at, cell in enumerate(row) if _words(cell) in titles]
        free = [at for at in found if at not in places.values()]
        if free:
            places[column.key] = min(free)
    return places


def _from_the_left(
    rows: Sequence[Sequence[str]], columns: Sequence[PasteColumn], known: Mapping[str, int]
) -> dict[str, int]:
    """Keys without a heading take the free columns from the left, after running numbers."""
    places = dict(known)
    width = max((len(row) for row in rows), default=0)
    free = [at for at in range(width) if at not in places.values()]
    while free and not any(_at(row, free[0]) for row in rows):
        free.pop(0)  # an empty column at the left; one further right means "no data"
    if len(free) > 1 and _is_running(rows, free[0]) and not _is_numeric(rows, free[1]):
        free.pop(0)
    for column in columns:
        if column.key not in places and free:
            places[column.key] = free.pop(0)
    return places


def _is_numeric(rows: Sequence[Sequence[str]], at: int) -> bool:
    return all(_number(_at(row, at))[1] == "" for row in rows)


def _is_running(rows: Sequence[Sequence[str]], at: int) -> bool:
    """A column of 1, 2, 3 … (TT, STT), with gaps where totals or groups stand."""
    cells = [cell for row in rows if (cell := _at(row, at)) and not _is_total(cell)]
    numbers = [int(cell) for cell in cells if cell.isdigit()]
    others = [cell for cell in cells if not cell.isdigit()]
    running = numbers == sorted(set(numbers)) and numbers[:1] in ([0], [1], [])
    return bool(cells) and running and all(_ROMAN.fullmatch(cell) for cell in others)


def _at(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _is_total(cell: str) -> bool:
    return _TOTALS.fullmatch(_words(cell)) is not None


def _reason_to_skip(
    row: Sequence[str], columns: Sequence[PasteColumn], places: Mapping[str, int]
) -> str:
    name = _at(row, places[columns[0].key]) if columns[0].key in places else ""
    if any(_is_total(cell) for cell in row if cell):
        return "total"
    return "" if name else "nameless"


def _number(text: str) -> tuple[int | None, str]:
    if text in _NO_DATA:
        return None, ""
    try:
        value = parse_integer(text)
    except ValueError as error:
        return None, str(error.args[0])
    return (None, "not_number") if value < 0 else (value, "")


def _cell(row: Sequence[str], at: int, column: PasteColumn) -> PastedCell:
    text = _at(row, at)
    if not column.number:
        return PastedCell(text, text or None)
    return PastedCell(text, *_number(text))


def _heading_at(headings: Sequence[tuple[int, Sequence[str]]], at: int) -> str:
    """The lowest heading above a column."""
    return next((_at(row, at) for _, row in reversed(headings) if _at(row, at)), "")


def _ignored(
    lines: Sequence[tuple[int, Sequence[str]]],
    headings: Sequence[tuple[int, Sequence[str]]],
    places: Mapping[str, int],
) -> tuple[str, ...]:
    width = max((len(row) for _, row in lines), default=0)
    unused = [at for at in range(width) if at not in places.values()]
    named = [_heading_at(headings or lines[:1], at) for at in unused]
    return tuple(name for name in named if name and _words(name) not in _RUNNING)
