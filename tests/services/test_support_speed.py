"""Five hundred supports in one action, and their undo: all is as before, and soon."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from giamngheo_desktop.domain.entitlement import Why
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.programme.support_bulk import Receiver
from giamngheo_desktop.storage import household_list
from tests.harness.many_listed import put_in
from tests.harness.register import dump, empty_database, living, make_register
from tests.services.test_supports import DAY, give, whys


def _timed(folder: Path, households: int) -> tuple[float, float]:
    """The CPU time of 500 supports and of their undo, in s."""
    with empty_database(folder / "many.db") as database:
        register = make_register(database)
        put_in(register, households, year=2025, members=1)
        with database.reader() as connection:
            homes = household_list.register(connection, DAY)[:500]
        before = living(dump(database))
        start = time.process_time()
        done = give(
            register,
            *(Receiver(household=home) for home in homes),
            shares={"central": 70, "province": 25, "people": 5},
        )
        took = time.process_time() - start
        assert len(done.supports) == 500
        assert Counter(whys(done.doubts)) == {Why.OTHER_CLASS: 250}
        step = undo.next_step(database)
        assert step is not None
        start = time.process_time()
        undo.undo(database, register.context, step.group)
        undone = time.process_time() - start
        assert living(dump(database)) == before
        return took, undone


def test_five_hundred_in_one_action(tmp_path: Path) -> None:
    took, undone = _timed(tmp_path, 600)
    assert took < 4
    assert undone < 6


@pytest.mark.long
@pytest.mark.timeout(600)
def test_five_hundred_of_ten_thousand(tmp_path: Path) -> None:
    took, undone = _timed(tmp_path, 10_000)
    print(f"500 supports of 10,000 households: {took:.2f} s, undone {undone:.2f} s of this process")
    assert took <= 2
