"""Mergers and splits of units: who goes where on which day, and no household drops out of a sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, load_definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import areas, classes, events, rollups, successions, undo
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.services.report_rows import Request, table_data
from giamngheo_desktop.services.successions import NewUnit
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.services.years import working_years
from giamngheo_desktop.storage import records
from tests.harness.register import FIRST_DAY, STANDARD, Register, dump, living
from tests.harness.tables import insert_class

DAY = date(2026, 7, 1)
BEFORE = DAY - timedelta(days=1)
AFTER = date(2026, 12, 31)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions(paths.resources() / "definitions")


@dataclass
class Commune:
    """Three villages with 2, 1 and 1 poor households of 2 persons each."""

    register: Register
    definitions: Definitions
    homes: dict[str, list[UUID]]

    @property
    def args(self) -> tuple[Any, Any]:
        return self.register.database, self.register.context

    def village(self, name: str) -> UUID:
        new = areas.add_village(*self.args, self.register.commune, NewVillage(name=name), DAY)
        self.register.villages[name] = new.value
        return new.value

    def poor(self, as_of: date, geography: date | None = None) -> tuple[dict[str, int], int]:
        """BC1's poor households by village name (without noughts), and the total."""
        report = self.definitions.report("BC1")
        (column,) = (
            leaf.key
            for leaf in report.leaves()
            if getattr(leaf.value, "measure", "") == "poor_households"
        )
        request = Request(
            report=report,
            year=as_of.year,
            standard=STANDARD,
            unit=self.register.commune,
            as_of=as_of,
            geography=geography,
        )
        data = table_data(self.register.database, request)
        found = {row.name: row.values[column] or 0 for row in data.rows}
        total = data.total.values[column]
        assert total is not None
        return {name: count for name, count in found.items() if count}, total


@pytest.fixture
def commune(register: Register, definitions: Definitions) -> Commune:
    homes: dict[str, list[UUID]] = {}
    for village, count in (("A", 2), ("B", 1), ("C", 1)):
        for number in range(count):
            home = register.household(f"Chủ {village}{number}", "Vợ", village=village)
            register.give_class(home.uid, "poor")
            homes.setdefault(village, []).append(home.uid)
    return Commune(register, definitions, homes)


def merge(commune: Commune, olds: str, new: UUID, day: date = DAY) -> None:
    villages = [commune.register.villages[name] for name in olds]
    successions.record_succession(
        *commune.args, olds=villages, news=[new], reason="merged", effective_on=day
    )


def test_a_merger_on_both_days_and_both_geographies(commune: Commune) -> None:
    assert commune.poor(BEFORE) == ({"Thôn A": 2, "Thôn B": 1, "Thôn C": 1}, 4)
    merge(commune, "AB", commune.village("D"))
    assert commune.poor(BEFORE) == ({"Thôn A": 2, "Thôn B": 1, "Thôn C": 1}, 4)
    assert commune.poor(DAY) == ({"D": 3, "Thôn C": 1}, 4)
    assert commune.poor(BEFORE, geography=DAY) == ({"D": 3, "Thôn C": 1}, 4)
    assert commune.poor(AFTER, geography=AFTER) == ({"D": 3, "Thôn C": 1}, 4)


def test_a_village_may_go_into_one_that_stays(commune: Commune) -> None:
    merge(commune, "B", commune.register.villages["A"])
    assert commune.poor(BEFORE) == ({"Thôn A": 2, "Thôn B": 1, "Thôn C": 1}, 4)
    assert commune.poor(DAY) == ({"Thôn A": 3, "Thôn C": 1}, 4)
    assert commune.poor(BEFORE, geography=DAY) == ({"Thôn A": 3, "Thôn C": 1}, 4)


def test_two_mergers_in_a_row(commune: Commune) -> None:
    merge(commune, "AB", commune.village("D"))
    later = DAY + timedelta(days=60)
    merge(commune, "DC", commune.village("E"), later)
    assert commune.poor(BEFORE, geography=later) == ({"E": 4}, 4)
    assert commune.poor(DAY, geography=later) == ({"E": 4}, 4)
    assert commune.poor(later) == ({"E": 4}, 4)


def test_who_came_after_the_day_of_a_merger_typed_late_is_in_the_new_village(
    commune: Commune,
) -> None:
    """In August it was still typed into Thôn B, which ended in July."""
    register = commune.register
    late = register.household("Đến sau", village="B", day=date(2026, 8, 1))
    register.give_class(late.uid, "poor", valid_from=date(2026, 8, 1))
    a, b = register.villages["A"], register.villages["B"]
    events.move_village(
        *commune.args, household=commune.homes["A"][0], village=b, day=date(2026, 9, 1)
    )
    merge(commune, "B", a)
    assert register.get(late.uid, AFTER).village == a
    assert commune.poor(AFTER) == ({"Thôn A": 4, "Thôn C": 1}, 5)
    assert commune.poor(BEFORE) == ({"Thôn A": 2, "Thôn B": 1, "Thôn C": 1}, 4)


def places_of(register: Register, home: UUID) -> list[tuple[str, date, date | None, str]]:
    """(village, first day, last day, reason) of every stay that ever was."""
    names = {uid: name for name, uid in register.villages.items()}
    rows = [
        row
        for row in living(dump(register.database))[Kind.PLACE].values()
        if row["household"] == home
        and (row["valid_to"] is None or row["valid_to"] >= row["valid_from"])
    ]
    rows.sort(key=lambda row: row["valid_from"])
    return [
        (names[row["village"]], row["valid_from"], row["valid_to"], row["reason"]) for row in rows
    ]


def test_what_happened_before_a_merger_and_was_typed_after_it_follows_the_village(
    commune: Commune,
) -> None:
    """In July it is told who came, moved and parted in June, in villages that ended since."""
    register, june = commune.register, date(2026, 6, 10)
    b, last = register.villages["B"], BEFORE
    d = commune.village("D")
    merge(commune, "A", d)
    merge(commune, "D", b, DAY + timedelta(days=31))
    second = DAY + timedelta(days=30)
    late = register.household("Đến trước", "Vợ", village="A", day=june)
    on = [("D", DAY, second, "succession"), ("B", second + timedelta(days=1), None, "succession")]
    assert places_of(register, late.uid) == [("A", june, last, "opening"), *on]
    wife = late.members[1].uid
    parted = events.split(
        *commune.args, household=late.uid, persons=[wife], head=wife, day=june
    ).value
    assert places_of(register, parted) == [("A", june, last, "split"), *on]
    (from_c,) = commune.homes["C"]
    events.move_village(*commune.args, household=from_c, village=register.villages["A"], day=june)
    assert places_of(register, from_c)[1:] == [("A", june, last, "move_village"), *on]


def test_who_moved_away_before_a_merger_did_not_follow_the_village(commune: Commune) -> None:
    register, june = commune.register, date(2026, 6, 10)
    a, b, c = (register.villages[name] for name in "ABC")
    merge(commune, "A", b)
    moved, gone = commune.homes["A"]
    events.move_village(*commune.args, household=moved, village=c, day=june)
    assert places_of(register, moved)[1:] == [("C", june, None, "move_village")]
    assert commune.poor(AFTER) == ({"Thôn B": 2, "Thôn C": 2}, 4)
    august = date(2026, 8, 1)
    events.move_out(*commune.args, household=gone, day=august)
    events.move_village(*commune.args, household=gone, village=c, day=june)
    assert places_of(register, gone)[1:] == [("C", june, august - timedelta(days=1), "move_out")]
    before = living(dump(register.database))
    back = events.move_village(*commune.args, household=moved, village=a, day=june)
    assert places_of(register, moved)[1:] == [
        ("A", june, BEFORE, "move_village"), ("B", DAY, None, "succession"),
    ]  # fmt: skip
    undo.undo(*commune.args, back.changes.group)
    assert living(dump(register.database)) == before


def test_a_merger_typed_after_a_household_left_leaves_the_reason(commune: Commune) -> None:
    register, august = commune.register, date(2026, 8, 1)
    home, _ = commune.homes["A"]
    events.move_out(*commune.args, household=home, day=august)
    merge(commune, "A", register.villages["B"])
    assert places_of(register, home)[-1] == ("B", DAY, august - timedelta(days=1), "move_out")


def test_a_merger_taken_back_is_no_merger(commune: Commune) -> None:
    d = commune.village("D")
    before = living(dump(commune.register.database))
    merge(commune, "AB", d)
    step = undo.next_step(commune.register.database)
    assert step is not None
    undo.undo(*commune.args, step.group)
    assert living(dump(commune.register.database)) == before
    assert commune.poor(AFTER) == ({"Thôn A": 2, "Thôn B": 1, "Thôn C": 1}, 4)


def test_a_split_seen_from_the_day_before(commune: Commune) -> None:
    """Households stand where they were moved by name; the others are told apart, never lost."""
    d, e = commune.village("D"), commune.village("E")
    a = commune.register.villages["A"]
    successions.record_succession(
        *commune.args, olds=[a], news=[d, e], reason="split", effective_on=DAY
    )
    first, second = commune.homes["A"]
    assert commune.poor(DAY) == ({"Thôn B": 1, "Thôn C": 1, "": 2}, 4)
    counts, total = commune.poor(BEFORE, geography=DAY)
    assert (counts, total) == ({"Thôn B": 1, "Thôn C": 1, "": 2}, 4)
    events.move_village(*commune.args, household=first, village=d, day=DAY)
    counts, total = commune.poor(BEFORE, geography=DAY)
    assert (counts, total) == ({"D": 1, "Thôn B": 1, "Thôn C": 1, "": 1}, 4)
    events.move_village(*commune.args, household=second, village=e, day=DAY)
    counts, total = commune.poor(BEFORE, geography=DAY)
    assert (counts, total) == ({"D": 1, "E": 1, "Thôn B": 1, "Thôn C": 1}, 4)
    assert commune.poor(BEFORE) == ({"Thôn A": 2, "Thôn B": 1, "Thôn C": 1}, 4)
    assert commune.poor(DAY) == ({"D": 1, "E": 1, "Thôn B": 1, "Thôn C": 1}, 4)


def test_a_village_with_a_later_name_cannot_have_ended_before(commune: Commune) -> None:
    a, c = commune.register.villages["A"], commune.register.villages["C"]
    areas.change_area(*commune.args, a, AFTER, name="Tổ dân phố A")
    before = dump(commune.register.database)
    with pytest.raises(RefusedError) as refused:
        successions.record_succession(
            *commune.args, olds=[a], news=[c], reason="merged", effective_on=DAY
        )
    assert refused.value.code == "unit_changed_later"
    assert refused.value.params == {"name": "Tổ dân phố A", "day": AFTER}
    assert dump(commune.register.database) == before


def test_wrong_shapes_are_refused(commune: Commune) -> None:
    a, b, c = (commune.register.villages[name] for name in "ABC")
    whole = commune.register.commune
    d = commune.village("D")
    for olds, news, day, code in (
        ([], [a], DAY, "succession_shape"),
        ([a], [], DAY, "succession_shape"),
        ([a, b], [c, d], DAY, "succession_shape"),
        ([a, b], [a], DAY, "succession_shape"),
        ([a], [whole], DAY, "succession_shape"),
        ([a], [d], BEFORE, "unit_not_there_then"),
        ([d], [a], BEFORE, "unit_not_there_then"),
        ([UUID(int=1)], [a], DAY, "unit_not_there_then"),
    ):
        with pytest.raises(RefusedError) as refused:
            successions.record_succession(
                *commune.args, olds=olds, news=news, reason="merged", effective_on=day
            )
        assert refused.value.code == code


def test_a_commune_goes_into_another_with_its_villages(commune: Commune) -> None:
    """Also a village that was made in it on a later day, before the merger was typed."""
    register = commune.register
    with write_unit(*commune.args, Op.SAVE_UNIT) as work:
        new = areas.add_area(work, Level.COMMUNE, name="Xã mới", kind="xa", valid_from=FIRST_DAY)
    late = areas.add_village(
        *commune.args, register.commune, NewVillage(name="Thôn muộn"), AFTER
    ).value
    successions.record_succession(
        *commune.args, olds=[register.commune], news=[new], reason="merged", effective_on=DAY
    )
    tree = areas.tree(register.database, AFTER)
    assert {village.uid for village in tree.villages(new)} == {*register.villages.values(), late}
    assert tree.get(register.commune) is None
    assert len(areas.tree(register.database, BEFORE).villages(register.commune)) == 3


def test_typing_population_again_keeps_its_source(register: Register) -> None:
    args = (register.database, register.context)
    a = register.villages["A"]
    areas.save_population(*args, 2026, {a: {"households": 9}}, "Chi cục Thống kê")
    areas.save_population(*args, 2026, {a: {"persons": 30}})
    row = areas.population(register.database, 2026)[a]
    assert (row["households"], row["persons"], row["source"]) == (9, 30, "Chi cục Thống kê")


# --- communes -------------------------------------------------------------------------------------

MERGER = date(2025, 7, 1)
YEAR_BEFORE = date(2024, 12, 31)


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


def test_a_merger_of_villages_makes_the_new_one_in_the_same_step(commune: Commune) -> None:
    before = living(dump(commune.register.database))
    a, b = (commune.register.villages[name] for name in "AB")
    successions.record_succession(
        *commune.args, olds=[a, b], news=[NewUnit(name="D")], reason="merged", effective_on=DAY
    )
    assert commune.poor(DAY) == ({"D": 3, "Thôn C": 1}, 4)
    step = undo.next_step(commune.register.database)
    assert step is not None
    undo.undo(*commune.args, step.group)
    assert living(dump(commune.register.database)) == before


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
