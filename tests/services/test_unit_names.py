"""Two villages of one name: told apart by where they lie or lay, on paper and in every list."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop.cli.rollup import rollup_lines
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.services import areas, household_view, names, register, rollups, successions
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.services.unit_names import villages, with_villages
from tests.harness.register import FIRST_DAY, STANDARD, Register, make_register
from tests.harness.report_rows import type_population
from tests.harness.tables import TOTAL, column, definitions, explained, paper

DAY = date(2026, 7, 1)
LAST = date(2026, 12, 31)


def province_of(reg: Register) -> UUID:
    (top,) = areas.tree(reg.database, FIRST_DAY).of_level(Level.PROVINCE)
    return top.uid


def commune(reg: Register, name: str, day: date = FIRST_DAY) -> UUID:
    with write_unit(reg.database, reg.context, Op.SAVE_UNIT) as work:
        return areas.add_area(
            work,
            Level.COMMUNE,
            name=name,
            kind="xa",
            parent=province_of(reg),
            area_type="rural",
            valid_from=day,
        )


def village(reg: Register, unit: UUID, name: str, day: date = FIRST_DAY) -> UUID:
    return areas.add_village(reg.database, reg.context, unit, NewVillage(name=name), day).value


def succeed(reg: Register, olds: list[UUID], news: list[UUID], day: date = DAY) -> None:
    successions.record_succession(
        reg.database,
        reg.context,
        olds=olds,
        news=news,
        reason="merged" if len(news) == 1 else "split",
        effective_on=day,
    )


@pytest.fixture
def two(database: object) -> Register:
    """Sơn Tây and Hương Sơn, each with a Thôn 1, before the merger of 1/7/2026."""
    reg = make_register(database, "1")  # type: ignore[arg-type]
    reg.villages["other"] = commune(reg, "Hương Sơn")
    reg.villages["h1"] = village(reg, reg.villages["other"], "Thôn 1")
    reg.villages["h2"] = village(reg, reg.villages["other"], "Thôn 2")
    for name, home in (("1", "A"), ("h1", "B"), ("h1", "C")):
        uid = reg.household(home, village=name).uid
        reg.give_class(uid, "poor", year=2026)
    return reg


def shown(reg: Register, unit: UUID | None, day: date = LAST) -> list[str]:
    return sorted(area.name for area in villages(reg.database, day, unit))


def test_before_a_merger_the_present_communes_tell_them_apart(two: Register) -> None:
    assert shown(two, None) == ["Thôn 1 (Hương Sơn)", "Thôn 1 (Sơn Tây)", "Thôn 2"]
    assert shown(two, two.villages["other"]) == ["Thôn 1", "Thôn 2"]


def test_a_table_can_be_about_the_commune_and_its_villages_of_the_day(two: Register) -> None:
    reg, old = two, two.villages["other"]
    named = [name for _, name in with_villages(reg.database, LAST, old)]
    assert named == ["Hương Sơn", "Thôn 1", "Thôn 2"]
    new = commune(reg, "Sơn Tây Mới", DAY)
    succeed(reg, [reg.commune, old], [new])
    assert with_villages(reg.database, LAST, old) == ()
    units = with_villages(reg.database, LAST, new)
    assert units[0] == (new, "Sơn Tây Mới")
    assert [uid for uid, _ in units[1:]] == [area.uid for area in villages(reg.database, LAST, new)]
    assert len(with_villages(reg.database, date(2026, 6, 30), old)) == 3


def test_after_a_merger_the_former_ones_do_wherever_they_are_listed(two: Register) -> None:
    reg = two
    new = commune(reg, "Sơn Tây Mới", DAY)
    succeed(reg, [reg.commune, reg.villages["other"]], [new])
    apart = ["Thôn 1 (Hương Sơn cũ)", "Thôn 1 (Sơn Tây cũ)", "Thôn 2"]
    assert shown(reg, new) == apart
    type_population(reg, h2=(90, 300))  # a note names units only where they differ
    doc = paper(reg.database, unit=new)
    assert explained(reg.database, doc)
    assert column(doc, "poor_households") == {**dict(zip(apart, (2, 1, 0), strict=True)), TOTAL: 3}
    notes = " ".join(doc.notes)
    assert "Thôn 1 (Hương Sơn cũ)" in notes
    lines = list(rollup_lines(rollups.rollup(reg.database, year=2026, standard=STANDARD)))
    assert [line.split("\t")[0] for line in lines if line.startswith("Thôn 1")] == [
        "Thôn 1 (Sơn Tây cũ)", "Thôn 1 (Hương Sơn cũ)",
    ]  # fmt: skip
    around = household_view.surroundings(
        reg.database, definitions(), commune=new, year=2026, day=LAST
    )
    assert sorted(choice.name for choice in around.villages) == apart
    rows = register.households(reg.database, HouseholdFilter(day=LAST, standard=STANDARD))
    assert {row.head: row.village for row in rows} == {
        "A": "Thôn 1 (Sơn Tây cũ)", "B": "Thôn 1 (Hương Sơn cũ)", "C": "Thôn 1 (Hương Sơn cũ)",
    }  # fmt: skip
    found = names.of_households(reg.database, [row.uid for row in rows], LAST)
    assert {name.village for name in found} == set(apart[:2])
    # On the geography before it nothing has changed.
    assert shown(reg, reg.villages["other"], date(2026, 6, 30)) == ["Thôn 1", "Thôn 2"]


def test_a_commune_that_stays_keeps_its_own_names(two: Register) -> None:
    succeed(two, [two.villages["other"]], [two.commune])
    assert shown(two, two.commune) == ["Thôn 1", "Thôn 1 (Hương Sơn cũ)", "Thôn 2"]


def test_two_mergers_in_a_row_and_a_village_that_was_renewed(two: Register) -> None:
    """What both went through tells nothing; a successor has the past of what it followed."""
    reg = two
    new = commune(reg, "Sơn Tây Mới", DAY)
    succeed(reg, [reg.commune, reg.villages["other"]], [new])
    later = date(2026, 9, 1)
    renewed = village(reg, new, "Thôn 1", later)
    succeed(reg, [reg.villages["h1"]], [renewed], later)
    last = commune(reg, "Đại Sơn", date(2026, 10, 1))
    succeed(reg, [new], [last], date(2026, 10, 1))
    assert shown(reg, last)[:2] == ["Thôn 1 (Hương Sơn cũ)", "Thôn 1 (Sơn Tây cũ)"]


def test_what_nothing_tells_apart_stays_as_it_is(two: Register) -> None:
    village(two, two.commune, "Thôn 1")
    assert shown(two, two.commune) == ["Thôn 1", "Thôn 1"]


def test_communes_of_one_name_are_told_apart_too(two: Register) -> None:
    reg = two
    with write_unit(reg.database, reg.context, Op.SAVE_UNIT) as work:
        district = areas.add_area(
            work, Level.DISTRICT, name="Huyện Ba", kind="huyen", parent=province_of(reg),
            valid_from=FIRST_DAY,
        )  # fmt: skip
        twin = areas.add_area(
            work, Level.COMMUNE, name="Hương Sơn", kind="xa", parent=district, valid_from=FIRST_DAY
        )
    village(reg, twin, "Thôn 9")
    (table,) = paper(reg.database).tables
    assert sorted(table.row_name(row) for row in table.rows)[:2] == [
        "Hương Sơn (Huyện Ba)", "Hương Sơn (Quảng Ngãi)",
    ]  # fmt: skip
