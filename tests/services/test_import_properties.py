"""Whatever a list looks like: written once it is nothing to do, and empty cells erase nothing."""

import csv
import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.sheet_table import Sheet, text_of
from giamngheo_desktop.services.importing.plan import CellState, RowState
from giamngheo_desktop.services.importing.planning import Source
from tests.harness import foreign_lists
from tests.harness.examples import examples
from tests.harness.list_imports import Town, town
from tests.harness.long_lists import long_list

FIRST = 8


def _source(sheet: Sheet) -> Source:
    return Source(name="ds.xlsx", sha256=str(hash(str(sheet.rows))), sheets=[sheet])


def _with(sheet: Sheet, change: Callable[[int, list], list]) -> Sheet:
    rows = {number: tuple(change(number, list(row))) for number, row in sheet.rows.items()}
    return replace(sheet, rows=rows)


def _blanked(sheet: Sheet, seed: int) -> Sheet:
    """Some cells of facts emptied; names and numbers of papers stay."""
    bits = random.Random(seed)
    kept = {1, 2, 3, 4, 7, 13}

    def blank(number: int, row: list) -> list:
        if number < FIRST:
            return row
        return [cell if at in kept or bits.random() < 0.6 else None for at, cell in enumerate(row)]

    return _with(sheet, blank)


def _shuffled(sheet: Sheet, seed: int) -> Sheet:
    """The columns in another order."""
    order = list(range(27))
    random.Random(seed).shuffle(order)
    return _with(sheet, lambda _n, row: [row[at] for at in order])


@settings(max_examples=examples(4, 60), deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 24))
def test_written_once_it_is_nothing_to_do_in_any_order_of_columns(seed: int, count: int) -> None:
    sheet = _blanked(long_list(count), seed)
    with tempfile.TemporaryDirectory() as folder, town(Path(folder)) as here:
        plan = here.plan(_source(sheet))
        here.apply(plan)
        assert here.plan(_source(sheet)).is_nothing_to_do
        again = here.plan(_source(_shuffled(sheet, seed)))
        assert {row.state for row in again.rows} == {RowState.SAME}


@settings(max_examples=examples(4, 60), deadline=None)
@given(seed=st.integers(0, 10_000))
def test_an_emptied_list_erases_nothing(seed: int) -> None:
    full = long_list(12)
    with tempfile.TemporaryDirectory() as folder, town(Path(folder)) as here:
        here.apply(here.plan(_source(full)))
        plan = here.plan(_source(_blanked(full, seed)))
        assert plan.is_nothing_to_do
        assert all(cell.state is CellState.SAME for row in plan.rows for cell in row.cells)
        assert here.plan(_source(full)).is_nothing_to_do


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", ";")],
)
def test_a_text_file_is_read_as_the_workbook(tmp_path: Path, encoding: str, separator: str) -> None:
    (sheet,) = foreign_lists.sheets("members_27")
    path = tmp_path / "ds.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        for number in range(1, max(sheet.rows) + 1):
            writer.writerow([text_of(cell) for cell in sheet.rows.get(number, ())])
    with town(tmp_path) as here:
        _same(here, path)


def _same(here: Town, path: Path) -> None:
    here.apply(here.plan("members_27"))
    assert here.plan_of(path).is_nothing_to_do
