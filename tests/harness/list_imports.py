"""A commune whose villages the strangers' books name, and the shortest way to import one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.sheet_table import Sheet
from giamngheo_desktop.exports.list_read import sheets_of
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.areas import NewCommune, NewVillage
from giamngheo_desktop.services.importing.apply import ImportReport, apply_plan
from giamngheo_desktop.services.importing.plan import (
    ALL,
    Choices,
    ImportPlan,
    PlannedCell,
    PlannedRow,
    Purpose,
)
from giamngheo_desktop.services.importing.planning import Source, plan_list
from giamngheo_desktop.storage.engine import Database
from tests.harness import foreign_lists
from tests.harness.register import empty_database, make_context
from tests.independent.lists.people import VILLAGES

YEAR = 2025


HEADINGS = (
    "Thôn", "STT hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD",
    "Phân loại hộ",
)  # fmt: skip


def sheet_of(*rows: str, name: str = "DS", headings: tuple[str, ...] = HEADINGS) -> Sheet:
    """A sheet of persons, one a text with the cells between bars."""
    cells = [headings, *(tuple(cell.strip() for cell in row.split("|")) for row in rows)]
    return Sheet(name=name, rows=dict(enumerate(cells, 1)))


def book_of(*sheets: Sheet) -> Source:
    """The sheets as a file; the same rows are the same file."""
    return Source(name="ds.xlsx", sha256=str([one.rows for one in sheets]), sheets=sheets)


class Town:
    """The commune Xã Suối Lành with its four villages, and nobody in them."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        self.context: Context = make_context()
        new = NewCommune(
            province="Tỉnh Đông Sơn",
            commune="Suối Lành",
            first_day=date(2025, 1, 1),
            year=2025,
            villages=[NewVillage(name=name) for name in VILLAGES],
            settings={},
        )
        areas.new_commune(database, self.context, new)

    def source(self, name: str) -> Source:
        found = foreign_lists.sheets(name)
        return Source(name=name, sha256=f"hash of {name}", sheets=found)

    def plan_of(self, path: Path, **asked: Any) -> ImportPlan:
        code, text = foreign_lists.printed(path)
        assert code == 0
        return self.plan(Source(name=path.name, sha256=path.name, sheets=sheets_of(text)), **asked)

    def plan(
        self, source: str | Source, purpose: Purpose = Purpose.RESULT, **asked: Any
    ) -> ImportPlan:
        return plan_list(
            self.database,
            self.context,
            foreign_lists.definitions(),
            self.source(source) if isinstance(source, str) else source,
            purpose=purpose,
            **{"year": YEAR, **asked},
        )

    def apply(self, plan: ImportPlan, choices: Choices = ALL) -> Done[ImportReport]:
        return apply_plan(self.database, self.context, plan, choices)


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    with empty_database(folder / "town.db") as database:
        yield Town(database, folder)


def row_of(plan: ImportPlan, name: str) -> PlannedRow:
    (found,) = (row for row in plan.rows if row.name == name)
    return found


def cell_of(plan: ImportPlan, name: str, field: str) -> PlannedCell:
    found = row_of(plan, name).cell(field)
    assert found is not None, (name, field)
    return found
