"""Hoạt động: what each kind asks of who takes part, who stands there twice, their order."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.domain import participants
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.pages.projects_page import ProjectsPage
from giamngheo_desktop.storage import records
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.test_record_sections import DAY, put, save, show, stored


def test_each_kind_of_activity_asks_of_who_takes_part_what_fits_it(qtbot, world):
    kinds = world.desk.definitions.activities
    training = kinds["technical_training"].columns
    assert "attended" in training
    assert not {"to_return", "returned"} & {*training}
    page = show(qtbot, world, ProjectsPage, "activities")
    rooms = {}
    for kind in kinds.values():
        put(page.section, kind=kind.label)
        if kind.columns:
            grid = page.section.added.form.fields["participants"]
            rooms[kind.code] = grid._inner.minimumSizeHint().width()
    assert max(rooms.values()) < 827, rooms  # a window of 1366 has that much beside its lists
    save(world, Kind.ACTIVITY, kind="technical_training", name="Nuôi dê",
         participants=[{"household": world.homes[0], "to_return": 200}])  # fmt: skip
    page = show(qtbot, world, ProjectsPage, "activities")
    rows = page.section.added.form.fields["participants"]
    shown = [column.code for column in rows.field.fields]
    assert shown == [*training, "to_return"]  # what stands there is not hidden
    put(page.section, kind="Mô hình, dự án sinh kế")
    assert "attended" not in {
        column.code for column in page.section.added.form.fields["participants"].field.fields
    }


def test_whose_line_it_is_stays_while_a_wide_grid_scrolls(qtbot, world):
    page = show(qtbot, world, ProjectsPage, "activities")
    page.resize(620, 640)
    put(page.section, kind="Mô hình, dự án sinh kế")
    rows = page.section.added.form.fields["participants"]
    qtbot.waitUntil(lambda: rows.cell(0, "returned_on").width() > 100, timeout=2000)
    letters = rows.fontMetrics().horizontalAdvance("30/12/2026")
    assert rows.cell(0, "returned_on").edit.width() > letters + 24
    first, last = rows.cell(0, "household"), rows.cell(0, "received_from")
    home = first.mapTo(rows, first.rect().topLeft())
    first.input().setFocus()
    hands.press(*[Key.Key_Tab] * (len(rows.field.fields) - 1))
    bar = rows._area.horizontalScrollBar()
    assert bar.value() > 0
    assert first.mapTo(rows, first.rect().topLeft()) == home
    end = last.mapTo(rows, last.rect().topRight()).x()
    assert end <= rows._area.geometry().right() + 1
    assert rows.cell(0, "received").mask().boundingRect().width() < 2  # it went behind
    first.input().setFocus()
    hands.press(Key.Key_Tab)
    received = rows.cell(0, "received")
    assert received.mask().isEmpty()
    assert received.mapTo(rows, received.rect().topLeft()).x() > home.x() + first.width()


def test_who_takes_part_twice_is_told_and_counted_once(qtbot, world):
    home, other = world.homes[:2]
    with world.database.reader() as connection:
        person = records.find(connection, Kind.MEMBERSHIP, household=home)[1]["person"]
    rows = [{"household": home}, {"household": home, "person": person}, {"household": other}]
    uid = save(world, Kind.ACTIVITY, kind="model", name="Nuôi bò", participants=rows)
    page = show(qtbot, world, ProjectsPage, "activities")
    section = page.section
    at = section.COLUMNS.index("participants")
    section._chosen(uid)
    assert section.warning.isHidden()  # a person of it is no double
    assert section.table.rows.text(0, at) == "3"
    section.added.form.fields["participants"].fill_block([["Trần Thị Bình"]], 3, 0)
    section.save()
    assert "Trần Thị Bình" in section.warning.text()
    assert "Nguyễn Văn An" not in section.warning.text()
    assert section.warning.isVisible()
    assert len(stored(world, Kind.ACTIVITY)[0]["participants"]) == 4  # and yet saved
    assert section.table.rows.text(0, at) == "3"


def test_activities_stand_by_their_day_those_without_one_last(qtbot, world):
    for name, day in (("Chưa rõ ngày", None), ("Sau", date(YEAR, 9, 1)), ("Trước", DAY)):
        save(world, Kind.ACTIVITY, kind="directive", name=name, starts_on=day)
    rows = show(qtbot, world, ProjectsPage, "activities").section.table.rows
    assert [rows.text(at, 0) for at in range(3)] == ["Trước", "Sau", "Chưa rõ ngày"]


def test_who_left_and_came_again_is_no_double():
    stays = [
        {"household": 1, "joined_on": date(2023, 1, 1), "left_on": date(2023, 9, 1)},
        {"household": 1, "joined_on": date(2024, 1, 1)},
    ]
    assert participants.twice(stays) == []
    assert participants.twice([*stays, {"household": 1}]) == [("household", 1)]
    assert participants.count([*stays, {"name": "Tổ 1"}, {"name": "Tổ 2"}]) == 3


def test_an_activity_that_began_and_says_no_progress_tells_that_it_is_not_counted(qtbot, world):
    save(world, Kind.ACTIVITY, kind="model", name="Nuôi bò", starts_on=DAY)
    save(world, Kind.ACTIVITY, kind="model", name="Nuôi dê", starts_on=DAY, state="running")
    save(world, Kind.ACTIVITY, kind="model", name="Nuôi ong", starts_on=date(YEAR, 12, 1))
    page = show(qtbot, world, ProjectsPage, "activities")
    section = page.section
    told = {}
    for at in range(section.table.rows.rowCount()):
        section._chosen(section.table.rows.row(at)[0])
        told[section.table.rows.text(at, 0)] = section.warning.text()
    assert told["Nuôi bò"].startswith("Đã tới ngày bắt đầu mà chưa ghi tiến độ")
    assert told["Nuôi dê"] == told["Nuôi ong"] == ""
