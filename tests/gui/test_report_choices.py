"""The options Chuẩn and Địa bàn: offered where there is a choice, told on the paper."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import pytest

from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.preview.lists_room import ListsRoom
from giamngheo_desktop.gui.preview.report_work import look_behind
from giamngheo_desktop.services import areas, classes, successions
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.services.classes import ClassEntry
from tests.gui.commune import TODAY, YEAR

MERGED = date(YEAR, 3, 1)


@pytest.fixture
def page(qtbot, world):
    made = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def rows(page):
    (table,) = page.paper.doc.tables
    return [
        (table.row_name(row), table.cell(at, "poor_households").value)
        for at, row in enumerate(table.rows)
    ]


def merge(world):
    new = areas.add_village(
        world.database, world.context, world.commune, NewVillage(name="Thôn Mới"), MERGED
    ).value
    successions.record_succession(
        world.database,
        world.context,
        olds=world.villages[:2],
        news=[new],
        reason="merged",
        effective_on=MERGED,
    )


def test_without_a_choice_nothing_is_offered(page):
    assert page.options.standard.isHidden()
    assert page.options.geography.isHidden()
    assert "đơn vị hành chính" not in page.paper.doc.subtitle[0]


@pytest.mark.parametrize("code", ["BC1", "ho_ngheo"])
def test_a_day_to_come_is_refused_at_its_field(page, code):
    page.open(code)
    room = page if code == "BC1" else page.room(ListsRoom)
    view = page.view if code == "BC1" else room.sheet.view
    field = room.options.as_of
    for typed, problem in (
        ("01/07/2026", "Ngày 01/07/2026 chưa đến"),
        ("30/06/2026", ""),
        ("31/12/2026", "Ngày 31/12/2026 chưa đến"),
        ("", ""),
    ):
        field.edit.setText(typed)
        field.edit.editingFinished.emit()
        assert field.problem.startswith(problem)
        assert bool(field.problem) == bool(problem)
        assert view.isVisible() != bool(problem)


def test_the_villages_of_today_for_the_table_of_last_year(world, page):
    merge(world)
    page.show_year(YEAR - 1)
    assert rows(page) == [
        ("Thôn Đông", 2), ("Thôn Đoài", 1), ("Thôn Thượng", 1), ("Tổng cộng", 4),
    ]  # fmt: skip
    box = page.options.geography
    assert [box.itemText(at) for at in range(box.count())] == [
        "Địa bàn: của ngày số liệu", "Địa bàn: hiện nay",
    ]  # fmt: skip
    box.setCurrentIndex(1)
    assert page.paper.wish.geography == TODAY.date()
    assert sorted(rows(page)) == [("Thôn Mới", 3), ("Thôn Thượng", 1), ("Tổng cộng", 4)]
    assert "theo đơn vị hành chính ngày 30/06/2026" in page.paper.doc.subtitle[0]
    names = [page.options.unit.itemText(at) for at in range(page.options.unit.count())]
    assert "Thôn Mới" in names
    assert "Thôn Đông" not in names
    page.show_year(YEAR)  # the villages of its end are those of today
    assert page.options.geography.isHidden()
    assert page.paper.wish.geography is None


def test_the_names_behind_a_number_stand_in_the_villages_of_the_table(world, page):
    merge(world)
    page.show_year(YEAR - 1)
    expected = {0: {"Thôn Đông", "Thôn Đoài", "Thôn Thượng"}, 1: {"Thôn Mới", "Thôn Thượng"}}
    for choice, villages in expected.items():
        page.options.geography.setCurrentIndex(choice)
        (table,) = page.paper.doc.tables
        for column in ("poor_households", "poor_persons"):
            made = page.paper
            placed = next(
                one
                for one in made.numbers()
                if table.row_name(table.rows[one.row]) == "Tổng cộng"
                and table.leaves[one.column].key == column
            )
            found = look_behind(world.database, world.desk.definitions, made, placed)
            rows = [*found.households, *found.persons]
            assert {row.village for row in rows} == villages
            groups = [village for village, _ in groupby(row.village for row in rows)]
            assert len(groups) == len(villages)  # each village once


def test_another_standard_with_results_of_the_year(world, page):
    entry = ClassEntry(
        household=world.homes[0],
        standard="2027",
        review_year=YEAR,
        household_class="near_poor",
        source="decision",
        valid_from=date(YEAR, 6, 1),
    )
    classes.record(world.database, world.context, entry, commune=world.commune)
    page.mark_stale()
    box = page.options.standard
    assert [box.itemData(at) for at in range(box.count())] == ["2022", "2027"]
    assert not box.isHidden()
    assert rows(page)[-1] == ("Tổng cộng", 3)
    box.setCurrentIndex(1)
    assert page.paper.wish.standard == "2027"
    assert rows(page)[-1] == ("Tổng cộng", 0)
    assert "2027" in page.paper.doc.subtitle[0]
    page.show_year(YEAR - 1)  # no results of it in that year: the national one again
    assert page.options.standard.isHidden()
    assert rows(page)[-1] == ("Tổng cộng", 4)
    page.show_year(YEAR)
    page.open({"code": "BC1", "as_of": None})
    assert page.paper.wish.standard is None
