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
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import areas, events, successions, undo
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.services.report_rows import Request, table_data
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import FIRST_DAY, STANDARD, Register, dump, living

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
