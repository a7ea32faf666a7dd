"""What the program writes in the layouts of others it reads back as nothing to do."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest

from giamngheo_desktop.exports.list_read import sheets_of
from giamngheo_desktop.reports.list_layouts import LAYOUTS, render_layout
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.importing.plan import ImportPlan, Purpose, RowState
from giamngheo_desktop.services.importing.planning import Source, plan_list
from giamngheo_desktop.storage.engine import Database
from tests.harness import foreign_lists
from tests.harness.register import empty_database, make_context
from tests.harness.register_2026 import Written
from tests.harness.tables import definitions, sample_copy


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    path: Path = tmp_path_factory.mktemp("register") / "2026.db"
    with empty_database(path) as database:
        yield Written(database).write()


def _back(
    database: Database, layout: str, year: int, folder: Path, unit: UUID | None = None
) -> ImportPlan:
    path = folder / "list.xlsx"
    path.write_bytes(render_layout(database, definitions(), layout, year=year, unit=unit))
    code, text = foreign_lists.printed(path)
    assert code == 0
    return plan_list(
        database,
        make_context(),
        definitions(),
        Source(name=path.name, sha256="", sheets=sheets_of(text)),
        purpose=Purpose.RESULT,
        year=year,
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_of_the_program_is_nothing_to_do(
    written: Written, layout: str, tmp_path: Path
) -> None:
    plan = _back(written.database, layout, 2026, tmp_path)
    assert plan.rows
    assert plan.counts()[RowState.SAME] == len(plan.rows)
    assert plan.sheets[0].layout == layout


def test_the_list_of_a_village_names_it_with_its_kind_and_comes_back(tmp_path: Path) -> None:
    with sample_copy(tmp_path / "sample.db") as database:
        (village,) = (
            area for area in areas.tree(database, date(2025, 12, 31)).villages()
            if area.name == "Kim Thành"
        )  # fmt: skip
        for layout in LAYOUTS:
            plan = _back(database, layout, 2025, tmp_path, village.uid)
            assert plan.rows
            assert plan.is_nothing_to_do, layout
            sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
            above = [sheet.cell(row, 1).value for row in range(1, 10)]
            assert "Thôn Kim Thành" in above


@pytest.mark.long
def test_so_is_every_list_of_every_year_of_the_sample(tmp_path: Path) -> None:
    with sample_copy(tmp_path / "sample.db") as database:
        for year in range(2021, 2027):
            for layout in LAYOUTS:
                plan = _back(database, layout, year, tmp_path)
                assert plan.rows
                assert plan.is_nothing_to_do, (year, layout)
