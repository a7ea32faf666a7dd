"""Communes that become one or are split: their tables before and after, in one step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import areas, classes, events, rollups, successions, undo
from giamngheo_desktop.services.report_rows import Request, table_data
from giamngheo_desktop.services.successions import NewUnit
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.services.years import working_years
from giamngheo_desktop.storage import records
from tests.harness.register import STANDARD, Register, dump, living
from tests.harness.tables import insert_class

MERGER = date(2025, 7, 1)
YEAR_BEFORE = date(2024, 12, 31)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


@dataclass
class TwoCommunes:
    """Xã A with Thôn 1 (2 poor) and Thôn 2 (1), xã B with Thôn 1 (1 poor), in one district."""

    register: Register
    definitions: Definitions
    communes: dict[str, UUID]
    district: UUID
    province: UUID
    villages: list[UUID]

    @property
    def args(self) -> tuple[Any, Any]:
        return self.register.database, self.register.context

    def poor(self, unit: UUID, year: int, geography: date | None = None) -> dict[UUID | None, int]:
        """BC1's poor households by row, the total under None."""
        request = Request(
            report=self.definitions.report("BC1"),
            year=year,
            standard=STANDARD,
            unit=unit,
            geography=geography,
        )
        data = table_data(self.register.database, request)
        found = {row.unit: row.values["poor_households"] or 0 for row in data.rows}
        return {**found, None: data.total.values["poor_households"] or 0}

    def close(self, name: str, year: int = 2024) -> None:
        classes.close_year(
            *self.args,
            year=year,
            standard=STANDARD,
            definition="f" * 64,
            commune=self.communes[name],
        )

    def another_poor(self, village: int) -> None:
        """One more household, poor since 2024, written later as no service would."""
        home = self.register.household("Ghi sau", village=str(village), day=YEAR_BEFORE)
        insert_class(self.register, home.uid, "poor", review_year=2024, valid_from=YEAR_BEFORE)


@pytest.fixture
def two(register: Register, definitions: Definitions) -> TwoCommunes:
    args = (register.database, register.context)
    first = date(2024, 1, 1)
    with write_unit(*args, Op.NEW_COMMUNE) as work:
        for row in records.find(work.connection, Kind.AREA_VERSION):
            work.remove(Kind.AREA_VERSION, row["uid"])  # the register's own commune
        province = areas.add_area(
            work, Level.PROVINCE, name="Tỉnh T", kind="tinh", valid_from=first
        )
        district = areas.add_area(
            work, Level.DISTRICT, name="Huyện H", kind="huyen", parent=province, valid_from=first
        )
        communes = {
            name: areas.add_area(
                work,
                Level.COMMUNE,
                name=f"Xã {name}",
                kind="xa",
                parent=district,
                area_type="rural",
                valid_from=first,
            )
            for name in "AB"
        }
        villages = [
            areas.add_area(
                work,
                Level.VILLAGE,
                name=f"Thôn {number}",
                kind="thon",
                parent=communes[name],
                position=number,
                valid_from=first,
            )
            for name, number in (("A", 1), ("A", 2), ("B", 1))
        ]
    register.villages |= {str(at): uid for at, uid in enumerate(villages)}
    for village, count in enumerate((2, 1, 1)):
        for number in range(count):
            home = register.household(
                f"Chủ {village}{number}", village=str(village), day=YEAR_BEFORE
            )
            register.give_class(home.uid, year=2024, valid_from=YEAR_BEFORE)
            register.give_class(home.uid, year=2025, valid_from=date(2025, 12, 1))
    return TwoCommunes(register, definitions, communes, district, province, villages)


def merge_communes(two: TwoCommunes) -> UUID:
    (new,) = successions.record_succession(
        *two.args,
        olds=list(two.communes.values()),
        news=[NewUnit(name="Xã C")],
        reason="merged",
        effective_on=MERGER,
        decision="NQ 1678/NQ-UBTVQH15",
    ).value
    return new


def test_two_communes_become_one_in_one_step(two: TwoCommunes) -> None:
    before = living(dump(two.register.database))
    new = merge_communes(two)
    day_before = MERGER - timedelta(days=1)
    old_tree, tree = (areas.tree(two.register.database, day) for day in (day_before, MERGER))
    # the new one takes all villages, those of the first commune first; two "Thôn 1" stay two
    assert [village.uid for village in tree.villages(new)] == two.villages
    assert [village.name for village in tree.villages(new)] == ["Thôn 1", "Thôn 2", "Thôn 1"]
    assert [area.uid for area in tree.of_level(Level.DISTRICT)] == []
    assert (tree[new].parent, tree[new].kind, tree[new].area_type) == (two.province, "xa", "rural")
    assert old_tree[two.communes["A"]].parent == two.district
    assert [village.uid for village in old_tree.villages(two.communes["B"])] == two.villages[2:]
    # and one undo takes it back whole
    step = undo.next_step(two.register.database)
    assert step is not None
    assert (step.op, step.subject) == (Op.MERGE_UNITS, "Xã A, Xã B")
    undo.undo(*two.args, step.group)
    assert living(dump(two.register.database)) == before


def test_tables_of_merged_communes_sum_on_the_old_and_the_new_geography(two: TwoCommunes) -> None:
    new = merge_communes(two)
    one, second, other = two.villages
    assert two.poor(two.communes["A"], 2024) == {one: 2, second: 1, None: 3}
    assert two.poor(two.communes["B"], 2024) == {other: 1, None: 1}
    assert two.poor(new, 2024, MERGER) == {one: 2, second: 1, other: 1, None: 4}
    assert two.poor(new, 2025) == {one: 2, second: 1, other: 1, None: 4}
    assert two.poor(two.province, 2024, MERGER)[new] == 4


def test_the_district_ends_for_communes_that_go_on_too(two: TwoCommunes) -> None:
    successions.rename_unit(
        *two.args, two.communes["A"], name="Xã Mới", effective_on=date(2025, 9, 1)
    )
    tree = areas.tree(two.register.database, MERGER)
    assert not tree.of_level(Level.DISTRICT)
    assert [tree[uid].parent for uid in two.communes.values()] == [two.province] * 2
    assert tree[two.communes["A"]].name == "Xã A"
    assert areas.tree(two.register.database, date(2025, 9, 1))[two.communes["A"]].name == "Xã Mới"


def test_a_commune_is_split_by_its_villages(two: TwoCommunes) -> None:
    one, second, _ = two.villages
    news = [NewUnit(name="Xã Đông"), NewUnit(name="Xã Tây", takes=(second,))]
    east, west = successions.record_succession(
        *two.args, olds=[two.communes["A"]], news=news, reason="split", effective_on=MERGER
    ).value
    assert two.poor(east, 2025) == {one: 2, None: 2}
    assert two.poor(west, 2025) == {second: 1, None: 1}
    assert two.poor(west, 2024, MERGER) == {second: 1, None: 1}


def test_one_commune_may_be_closed_and_another_open(two: TwoCommunes) -> None:
    one, second, other = two.villages
    a, b = two.communes["A"], two.communes["B"]
    two.close("A")
    two.another_poor(0)  # of the closed commune: its table stands
    two.another_poor(2)
    assert two.poor(a, 2024) == {one: 2, second: 1, None: 3}
    assert two.poor(b, 2024) == {other: 2, None: 2}
    assert two.poor(two.province, 2024) == {a: 3, b: 2, None: 5}
    found = rollups.rollup(two.register.database, year=2024, standard=STANDARD)
    assert (found.count(a, "poor_households"), found.count(b, "poor_households")) == (3, 2)
    assert not found.frozen
    with pytest.raises(RefusedError):
        two.close("A")
    two.close("B")
    two.another_poor(2)
    assert two.poor(b, 2024) == {other: 2, None: 2}
    assert rollups.rollup(two.register.database, year=2024, standard=STANDARD).frozen
    classes.reopen_year(*two.args, year=2024, standard=STANDARD, reason="Sót", commune=a)
    assert two.poor(a, 2024) == {one: 3, second: 1, None: 4}
    assert two.poor(b, 2024) == {other: 2, None: 2}


def test_a_household_closed_in_one_commune_is_not_counted_again_in_another(
    two: TwoCommunes,
) -> None:
    """A move typed late, with a day before the year's end."""
    with two.register.database.reader() as connection:
        home = records.find(connection, Kind.PLACE, village=two.villages[1])[0]["household"]
    two.close("A")
    events.move_village(*two.args, household=home, village=two.villages[2], day=date(2024, 12, 31))
    assert two.poor(two.province, 2024)[None] == 4
    two.close("B")
    assert two.poor(two.province, 2024)[None] == 4


def test_a_closed_year_of_merged_communes_stays_closed(two: TwoCommunes) -> None:
    two.close("A", 2025)
    two.close("B", 2025)
    new = merge_communes(two)
    assert two.poor(new, 2025)[None] == 4
    years = working_years(two.register.database, two.definitions, date(2026, 6, 1))
    by_year = {working.year: working for working in years}
    assert by_year[2025].closed_on is not None
    assert by_year[2024].closed_on is None


def test_the_file_is_about_the_commune_of_each_year(two: TwoCommunes) -> None:
    new = merge_communes(two)
    database = two.register.database
    years = working_years(database, two.definitions, date(2026, 6, 1))
    units = {working.year: working.unit for working in years}
    assert units[2026] == units[2025] == new
    assert areas.tree(database, YEAR_BEFORE)[units[2024]].level is Level.PROVINCE  # two communes
