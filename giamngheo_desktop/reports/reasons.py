"""Why a table has gaps, and what its rates divide by, as the notes printed below it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from giamngheo_desktop import texts
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.rates import RateGap
from giamngheo_desktop.domain.report import Counted, Movement, Population, Share
from giamngheo_desktop.reports.document import Column, Table
from giamngheo_desktop.services.report_rows import Request, TableData

_NAMED = 4  # rows a note names; the rest is counted
_NO_DATA = "no_data"


def opening_notes(request: Request, data: TableData) -> Iterator[str]:
    """Of a movement: for which of its rows nothing says what the year began with. Nought is not
    nothing, so that the total is not known either.
    """
    openings = [
        leaf.key
        for leaf in request.report.leaves()
        if isinstance(leaf.value, Movement) and leaf.value.flow == Flow.OPENING
    ]
    told = {name for found in data.open_years for name, _ in found.waiting}
    told |= {name for _, names in data.nameless for name in names}
    names = [
        row.name
        for row in data.rows
        if row.name not in told
        and any(row.values[key] is None and key not in row.reasons for key in openings)
    ]
    if 0 < len(names) < len(data.rows):
        yield texts.unopened_note(request.year, names)


def missing_notes(table: Table, told: Collection[str] = ()) -> tuple[str, ...]:
    """One sentence per reason, naming its rows, and its columns where they are the same in all of
    them; a second one for rows that lack more. Nothing where every cell is printed.

    A rate without its count lacks what the count lacks: that is one reason. `told` are the rows
    of which another note says already that they have nothing to divide by; the total follows them.
    KeyError for a reason that `texts.MISSING` does not know.
    """
    rows: dict[str, dict[int, str]] = {}
    columns: dict[str, dict[int, set[str]]] = {}  # by reason and row
    for at, row in enumerate(table.rows):
        quiet = bool(told) and (row.level == 0 or table.row_name(row) in told)
        for cell, leaf in zip(row.cells, table.value_leaves, strict=True):
            reason = _NO_DATA if cell.missing == RateGap.NO_NUMERATOR else cell.missing
            if reason and not (quiet and reason == RateGap.NO_DENOMINATOR):
                rows.setdefault(reason, {}).setdefault(at, leaf.absent)
                columns.setdefault(reason, {}).setdefault(at, set()).add(leaf.key)
    return tuple(
        _note(table, reason, {at: found[at] for at in part}, keys)
        for reason, found in rows.items()
        for part, keys in _parts(columns[reason])
    )


def _parts(columns: dict[int, set[str]]) -> Iterator[tuple[Collection[int], set[str]]]:
    """All rows with the columns they have in common, then those with more."""
    common = set.intersection(*columns.values())
    yield columns.keys(), common
    more = {at: keys - common for at, keys in columns.items() if keys - common}
    if common and more:
        yield more.keys(), _in_all(more)


def _in_all(columns: dict[int, set[str]]) -> set[str]:
    """The columns of every row alike; empty where rows differ, for a note names both only once."""
    first, *others = columns.values()
    return first if all(one == first for one in others) else set()


def _note(table: Table, reason: str, found: dict[int, str], keys: Collection[str]) -> str:
    """`found` maps rows by number to the sign printed in their place; `keys` are the columns."""
    names = list(dict.fromkeys(table.row_name(table.rows[at]) for at in found))
    sign = next(iter(found.values()))
    more = len(names) - _NAMED
    listed = ", ".join(names[:_NAMED])
    if len(found) == len(table.rows) > 1:
        listed, more = texts.PAPER["every_row"], 0
    columns = _columns(table, keys)
    if columns:
        listed = texts.PAPER["missing_columns"].format(columns=columns, rows=listed)
    pattern = "missing_note_more" if more > 0 else "missing_note"
    return texts.PAPER[pattern].format(
        sign=sign, rows=listed, more=more, reason=texts.MISSING[reason]
    )


def _columns(table: Table, keys: Collection[str]) -> str:
    """The numbers printed over these columns, runs shortly; empty where all are meant, or a number
    is not printed.
    """
    leaves = table.value_leaves
    meant = [leaf for leaf in leaves if leaf.key in keys]
    if (
        len(meant) in (0, len(leaves))
        or not table.number_row
        or not all(one.number for one in meant)
    ):
        return ""
    runs: list[list[Column]] = []
    for at, leaf in enumerate(leaves):
        if leaf.key in keys:
            if at and leaves[at - 1].key in keys:
                runs[-1].append(leaf)
            else:
                runs.append([leaf])
    return ", ".join(
        f"{run[0].number}–{run[-1].number}"
        if len(run) > 2
        else ", ".join(leaf.number for leaf in run)
        for run in runs
    )


def base_line(request: Request, data: TableData) -> tuple[str, ...]:
    """Under the title of a plan: that the rates of the opening, too, divide by the households of
    its own year.
    """
    leaves = {leaf.key: leaf.value for leaf in request.report.leaves()}
    own = next((key for key, value in leaves.items() if value == Population("households")), "")
    divided = {
        leaves.get(one.numerator)
        for one in leaves.values()
        if isinstance(one, Share) and one.denominator == own
    }
    begins = any(isinstance(one, Counted) and one.year_offset < 0 for one in divided)
    if not (request.report.is_plan and begins) or data.total.values.get(own) is None:
        return ()
    return (texts.PAPER["rates_of_year"].format(year=request.year),)
