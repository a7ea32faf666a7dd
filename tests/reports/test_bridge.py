"""The bridge of cells of tables: the flows of BC2 and BC3, facts, persons, what has none."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.harness.bridges import flows_agree
from tests.harness.register import empty_database, make_register
from tests.harness.years import FIRST, LAST, Years
from tests.services.test_random_years import years


@settings(max_examples=2, suppress_health_check=list(HealthCheck))
@given(script=years)
def test_the_lists_move_as_in_random_years(script: tuple) -> None:  # type: ignore[type-arg]
    with (
        tempfile.TemporaryDirectory() as folder,
        empty_database(Path(folder) / "so.db") as database,
    ):
        world = Years(make_register(database, first_day=date(FIRST, 1, 1)))
        first, *of_years, _ = script
        for a, b in first:
            world.do("new", a, b, date(FIRST, 1, 2))
        for year, (acted, review, _, _) in zip(range(FIRST, LAST + 1), of_years, strict=True):
            for act, a, b, _ in acted:
                world.do(act, a, b, date(year, 5, 3))
            for a, b in review:
                world.do("recognise", a, b, date(year, 12, 1))
            world.close(year)
        for code in ("BC2", "BC3"):
            assert flows_agree(database, LAST, code) == 4
