"""A table too wide for its page, cut between column groups; every part repeats the row's labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from giamngheo_desktop import texts
from giamngheo_desktop.reports.document import Column, Table
from giamngheo_desktop.reports.widths import (
    READABLE,
    SIZES,
    Fit,
    is_squeezed,
    least_widths,
    roomy_widths,
)

_SIZES = tuple(size for size in SIZES if READABLE <= size <= 9)


@dataclass(frozen=True, slots=True)
class Part:
    """Some value columns of a table under its labels; `first` is the first of them, from 0."""

    table: Table
    first: int = 0


def column_parts(table: Table, fitted: Fit) -> tuple[Part, ...]:
    """The table itself where it can be read at its fit, else several parts of that width.

    A table that is cut has letters of 9 points where it can; one whose texts were squeezed has
    room for them then. A cut goes through a group of columns only where the group alone is too
    wide.
    """
    if not table.value_leaves:
        return (Part(table),)
    if fitted.size >= READABLE:
        return _roomy(table, fitted) if is_squeezed(table, fitted) else (Part(table),)
    labels, groups = len(table.label_leaves), _groups(table.columns)
    for size in _SIZES:
        needs = least_widths(table, size)
        room = sum(fitted.widths) - sum(needs[:labels])
        if max(_widths(groups, needs[labels:])) <= room:
            break
    return _cut(table, groups, needs[labels:], room)


def _roomy(table: Table, fitted: Fit) -> tuple[Part, ...]:
    """Parts in which names hardly wrap; the table itself where not even one group had that room."""
    labels, groups = len(table.label_leaves), _groups(table.columns)
    needs = roomy_widths(table, _SIZES[0])
    room = sum(fitted.widths) - sum(needs[:labels])
    if max(_widths(groups, needs[labels:])) > room:
        return (Part(table),)
    return _cut(table, groups, needs[labels:], room)


def _cut(
    table: Table, groups: Sequence[int], needs: Sequence[float], room: float
) -> tuple[Part, ...]:
    cuts = [0, *_cuts(groups, needs, room)]
    ends = [*cuts[1:], len(table.value_leaves)]
    return tuple(
        Part(_part(table, first, last), first) for first, last in zip(cuts, ends, strict=True)
    )


def _groups(columns: Sequence[Column]) -> list[int]:
    """How many leaves each outermost heading has."""
    return [sum(1 for _ in column.leaves()) for column in columns]


def _widths(groups: Sequence[int], needs: Sequence[float]) -> Iterator[float]:
    at = 0
    for count in groups:
        yield sum(needs[at : at + count])
        at += count


def _cuts(groups: Sequence[int], needs: Sequence[float], room: float) -> Iterator[int]:
    """Where new parts begin; `needs` and `room` are widths in points."""
    used, at = 0.0, 0
    for count in groups:
        whole = needs[at : at + count]
        if used and used + sum(whole) > room:
            yield at
            used = 0.0
        for offset, need in enumerate(whole):
            if used and used + need > room:
                yield at + offset
                used = 0.0
            used += need
        at += count


def _part(table: Table, first: int, last: int) -> Table:
    title = table.title
    if first:
        title = texts.PAPER["continued"].format(title=title).strip()
    return replace(
        table,
        columns=tuple(_kept(table.columns, first, last)),
        rows=tuple(replace(row, cells=row.cells[first:last]) for row in table.rows),
        title=title,
    )


def _kept(columns: Sequence[Column], first: int, last: int) -> Iterator[Column]:
    """The headings over the leaves first..last-1."""
    at = 0
    for column in columns:
        count = sum(1 for _ in column.leaves())
        if at < last and first < at + count:
            if column.columns:
                inner = tuple(_kept(column.columns, first - at, last - at))
                yield replace(column, columns=inner)
            else:
                yield column
        at += count
