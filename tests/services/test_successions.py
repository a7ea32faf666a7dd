"""Mergers and splits of units: who goes where on which day, and no household drops out of a sum."""

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
from giamngheo_desktop.services import areas, events, successions, undo
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.services.report_rows import Request, table_data
from giamngheo_desktop.services.successions import NewUnit
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import FIRST_DAY, STANDARD, Register, dump, living

DAY = date(2026, 7, 1)
BEFORE = DAY - timedelta(days=1)
AFTER = date(2026, 12, 31)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


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
