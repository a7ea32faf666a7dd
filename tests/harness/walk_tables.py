"""What a file says at the end of the review walk, in the words of the hand-written expectation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.movement import Cause, Flow
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import households
from giamngheo_desktop.services.movement import editions, movements
from giamngheo_desktop.services.movement.movement_notes import MovementNotes
from giamngheo_desktop.services.report_rows import Request, table_data
from giamngheo_desktop.services.review import monthly_report, recognition, reviews
from giamngheo_desktop.storage.engine import Database
from tests.harness.tables import TOTAL, definitions
from tests.harness.walk_town import YEAR
from tests.independent import review_walk as paper

_KINDS = {"ho": "Hộ", "khau": "Khẩu"}
_TABLES = {"BC2": HouseholdClass.POOR, "BC3": HouseholdClass.NEAR_POOR}
_LISTS = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "left_poor": "hộ thoát nghèo",
    "left_near_poor": "hộ thoát cận nghèo",
}
# The cells of the tables that hold a list: whom they count is who stands in it.
_BEHIND = {
    "hộ nghèo": (("BC2", "closing"),),
    "hộ cận nghèo": (("BC3", "closing"),),
    "hộ thoát nghèo": (("BC2", "to_other"), ("BC2", "above")),
    "hộ thoát cận nghèo": (("BC3", "above"),),
}
Names = dict[str, dict[str, tuple[str, ...]]]  # list → village → heads


def table(database: Database, code: str, edition: int) -> dict[str, dict[str, tuple[Any, ...]]]:
    """Columns 1 to 9 of the JSON of a table: {row: {"Hộ": …, "Khẩu": …}}."""
    doc = make.make(database, definitions(), code, year=YEAR, edition=edition)
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for row in json.loads(make.render(doc, "json"))["rows"]:
        label = paper.TOTAL if row["label"] == TOTAL else row["label"]
        found.setdefault(label, {})[_KINDS[row["kind"]]] = tuple(row["values"].values())
    return found


def behind(database: Database, edition: int) -> Names:
    """Who is counted in the cells that hold the four lists."""
    found: Names = {}
    for name, cells in _BEHIND.items():
        found[name] = {}
        for village in (paper.EAST, paper.WEST):
            homes = [
                home
                for code, key in cells
                for home in _homes(database, code, key, village, edition)
            ]
            found[name][village] = tuple(sorted(heads(database, homes)))
    return found


def _homes(database: Database, code: str, key: str, village: str, edition: int) -> tuple[UUID, ...]:
    doc = make.make(database, definitions(), code, year=YEAR, edition=edition)
    (only,) = doc.tables
    at = [leaf.key for leaf in only.value_leaves].index(key)
    row = next(row for row in only.rows if row.kind == "ho" and only.row_name(row) == village)
    source = row.cells[at].source
    return make.explain(database, source) if source else ()


def heads(database: Database, homes: Iterable[UUID]) -> list[str]:
    """The names they stand under at the year's end."""
    found = [households.get(database, home, date(YEAR, 12, 31)).head for home in homes]
    return [member.full_name for member in found if member is not None]


def four_lists(database: Database, villages: dict[str, UUID]) -> Names:
    """The lists of the decision (Mẫu 02) of the periodic review, in their order."""
    review = next(row["uid"] for row in reviews.all_of(database) if row["kind"] == "periodic")
    lists = recognition.lists(database, definitions(), review, "2022")
    return {
        label: {
            name: tuple(line.head for line in getattr(lists, code) if line.village == uid)
            for name, uid in villages.items()
        }
        for code, label in _LISTS.items()
    }


def notes(database: Database, code: str, edition: int) -> MovementNotes:
    data = table_data(database, _request(database, code, edition))
    assert data.movement is not None
    return data.movement


def _request(database: Database, code: str, edition: int) -> Request:
    asked = make.wanted(database, definitions(), code, year=YEAR)
    return editions.with_edition(database, asked, edition)


def note_list(database: Database, edition: int) -> list[tuple[Any, ...]]:
    """Who entered and left between the ends: (village, head, class, in, out, persons)."""
    found = []
    for code, name in _TABLES.items():
        for one in notes(database, code, edition).between:
            entered, left = (passage.ruling for passage in one.passages)
            assert entered is not None
            assert left is not None
            home = one.household
            days = (entered.day.isoformat(), left.day.isoformat())
            found.append((home.village, home.head, name.value, *days, home.persons))
    return found


def moved_inside(database: Database, edition: int) -> dict[str, tuple[int, int, int]]:
    """Between the villages: households, persons that left one, persons that came to one."""
    found = {}
    for code, name in _TABLES.items():
        request = _request(database, code, edition)
        scope = request.scope()
        with database.reader() as connection:
            steps = [move.step for move in movements.moves(connection, scope, scope.day).steps]
        moved = [step for step in steps if (step.table, step.cause) == (name, Cause.VILLAGE)]
        out = [step for step in moved if step.flow is Flow.OTHER_DECREASE]
        come = [step for step in moved if step.flow is Flow.OTHER_INCREASE]
        assert notes(database, code, edition).inside.households == len(out)
        persons = (sum(step.persons for step in side) for side in (out, come))
        found[name.value] = (sum(step.households for step in out), *persons)
    return found


def in_year(database: Database, commune: UUID, months: Iterable[int]) -> set[tuple[Any, ...]]:
    """What the reports of the months say of households with their decisions: (month, head, table,
    column, persons), but for what moved by events.
    """
    found = set()
    for month in months:
        report = monthly_report.report(
            database, definitions(), commune=commune, year=YEAR, month=month
        )
        for one in report.moved:
            code = next(code for code, name in _TABLES.items() if name is one.table)
            found.add((month, one.name, code, list(Flow).index(one.flow) + 1, one.persons))
    return found


def in_order(names: Names) -> Names:
    """Whoever stands in a list, whatever the order."""
    return {
        label: {village: tuple(sorted(found)) for village, found in villages.items()}
        for label, villages in names.items()
    }
