"""What an issued document says otherwise than the same one made from the data of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import TypeVar
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.issued import padded
from giamngheo_desktop.reports.as_json import column_paths
from giamngheo_desktop.reports.asked import made
from giamngheo_desktop.reports.document import Paragraph, ReportDoc, Row, Table
from giamngheo_desktop.reports.issued import asked_of, load, stamped
from giamngheo_desktop.reports.layout import cell_text
from giamngheo_desktop.storage.engine import Database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell that reads otherwise; `old` or `new` is None where the row stands in one only.

    `document` and `table` count from nought, what is new last.
    """

    document: int
    table: int
    row: str
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """Another text of letterhead, title, paragraph, note or signer; empty where there is none."""

    document: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangedName:
    """A unit that is called otherwise today; told once, whatever rows it has."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`refused` says why it cannot be made today; then nothing is compared. Rows of a unit that was
    renamed are compared under its `old` name.
    """

    cells: tuple[ChangedCell, ...] = ()
    lines: tuple[ChangedLine, ...] = ()
    names: tuple[ChangedName, ...] = ()
    refused: AppError | None = None

    @property
    def is_none(self) -> bool:
        return not (self.cells or self.lines or self.names or self.refused)


def difference(
    database: Database, definitions: Definitions, uid: UUID, *, today: date
) -> Difference:
    """Held against the data of now, stamped as it was.

    RefusedErrors of `load`.
    """
    old, (asked, stamp) = load(database, uid), asked_of(database, uid)
    try:
        docs = made(database, definitions, asked, today=today, anew=True)
        new = stamped(database, definitions, docs, asked, stamp)
    except AppError as error:
        return Difference(refused=error)
    return compare(old, new)


def compare(old: Sequence[ReportDoc], new: Sequence[ReportDoc]) -> Difference:
    """Two sets of documents, paper by paper; a table or paper that is gone compares as empty."""
    cells: list[ChangedCell] = []
    lines: list[ChangedLine] = []
    names: dict[ChangedName, None] = {}
    for at in range(max(len(old), len(new))):
        before, now = _at(old, at), _at(new, at)
        lines += (ChangedLine(at, *pair) for pair in _texts(_said(before), _said(now)))
        pairs = _pairs(*(doc.tables if doc else () for doc in (before, now)))
        for number, pair in enumerate(pairs):
            was, is_now = map(_Rows.of, pair)
            cells += (ChangedCell(at, number, *found) for found in _cells(was, is_now))
            names |= dict.fromkeys(_names(was, is_now))
    return Difference(tuple(cells), tuple(lines), tuple(names))


def _at(items: Sequence[T], at: int) -> T | None:
    return items[at] if at < len(items) else None


def _pairs(old: Sequence[Table], new: Sequence[Table]) -> list[tuple[Table | None, Table | None]]:
    """Tables of one name where each has a name of its own, as the pages of households; else those
    of one place.
    """
    named = [{table.sheet: table for table in side if table.sheet} for side in (old, new)]
    if len(old) == len(new) == 1 or list(map(len, named)) != [len(old), len(new)]:
        return [(_at(old, at), _at(new, at)) for at in range(max(len(old), len(new)))]
    before, now = named
    return [(before.get(name), now.get(name)) for name in dict.fromkeys((*before, *now))]


def _said(doc: ReportDoc | None) -> list[str]:
    if doc is None:
        return []
    head = doc.letterhead
    lines = [*head.superior, *head.issuer, padded(head.number), head.place_date] if head else []
    lines += [*doc.title, *doc.subtitle]
    lines += [piece.text for piece in doc.body if isinstance(piece, Paragraph)]
    lines += [*doc.notes, *doc.recipients]
    for signer in doc.signatures:
        lines += [*signer.titles, signer.name]
    return [line for line in lines if line]


def _texts(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    for tag, start, end, other, last in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for at in range(max(end - start, last - other)):
            yield (
                old[start + at] if start + at < end else "",
                new[other + at] if other + at < last else "",
            )


Key = tuple[str, str, str, int]
Found = tuple[str, str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The printed cells of each row of a table, by what names it; `names` are those of its units.

    A row is named by its unit where that has one row of a kind, else by its first words too.
    """

    cells: Mapping[Key, Mapping[str, str]]
    called: Mapping[Key, str]
    names: Mapping[UUID, str]
    columns: Mapping[str, str]

    @classmethod
    def of(cls, table: Table | None) -> _Rows:
        if table is None:
            return cls({}, {}, {}, {})
        cells: dict[Key, dict[str, str]] = {}
        called: dict[Key, str] = {}
        seen: Counter[tuple[str, str, str]] = Counter()  # two of one name keep their order
        alike = Counter((row.unit, row.kind) for row in table.rows)
        for row in table.rows:
            name = _name(table, row)
            is_single = row.unit is not None and alike[(row.unit, row.kind)] == 1
            named = (str(row.unit or ""), row.kind, "" if is_single else name)
            key = (*named, seen[named])
            seen[named] += 1
            called[key] = name
            cells[key] = {
                leaf.key: cell_text(cell, leaf)
                for leaf, cell in zip(table.value_leaves, row.cells, strict=True)
            }
        names = {
            row.unit: table.row_name(row)
            for row in reversed(table.rows)
            if row.unit and alike[(row.unit, row.kind)] == 1
        }
        paths = column_paths(table.columns)
        return cls(cells, called, names, {leaf.key: " / ".join(path) for path, leaf in paths})


def _cells(before: _Rows, now: _Rows) -> Iterator[Found]:
    columns = {**before.columns, **now.columns}
    called = {**now.called, **before.called}
    for key in (*before.cells, *(key for key in now.cells if key not in before.cells)):
        was, is_now = before.cells.get(key), now.cells.get(key)
        for code, label in columns.items():
            texts = (was.get(code) if was else None, is_now.get(code) if is_now else None)
            if texts[0] != texts[1] and any(texts):
                yield called[key], label, *texts


def _names(before: _Rows, now: _Rows) -> Iterator[ChangedName]:
    for unit, old in before.names.items():
        new = now.names.get(unit, old)
        if new != old:
            yield ChangedName(old, new)


def _name(table: Table, row: Row) -> str:
    """What a reader calls the row: a table of persons has only numbers in front."""
    if len(table.label_leaves) > 1:
        label = table.row_name(row)
        kind = next((text for text in row.labels if text not in ("", label, row.labels[0])), "")
        return f"{label} – {kind}" if kind and row.kind else label
    texts = (cell.value for cell in row.cells if isinstance(cell.value, str) and cell.value)
    return next(texts, table.row_name(row))
