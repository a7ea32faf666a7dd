"""A long list: planned and written within a minute, and then nothing to do."""

import time
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.services.importing.plan import RowState
from giamngheo_desktop.services.importing.planning import Source
from tests.harness.examples import examples
from tests.harness.list_imports import town
from tests.harness.long_lists import long_list

ROWS, MOST_SECONDS = examples(400, 20_000), 60


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_long_list_is_planned_and_written_within_a_minute(tmp_path: Path, capsys: Any) -> None:
    with town(tmp_path) as here:
        source = Source(name="dài.xlsx", sha256="long", sheets=[long_list(ROWS)])
        begun = time.monotonic()
        plan = here.plan(source)
        planned = time.monotonic() - begun
        assert plan.counts()[RowState.NEW] == ROWS
        done = here.apply(plan)
        written = time.monotonic() - begun - planned
        assert done.value.persons == ROWS
        begun = time.monotonic()
        assert here.plan(source).is_nothing_to_do
        again = time.monotonic() - begun
    with capsys.disabled():
        print(
            f"  {ROWS} rows: planned in {planned:.1f} s, written in {written:.1f} s,"
            f" planned again in {again:.1f} s"
        )
    assert planned + written < MOST_SECONDS
