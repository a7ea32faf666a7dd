"""Closing a year by its button: the question counts what is frozen and names who has no result."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtWidgets import QPushButton

from giamngheo_desktop.gui.settings.years_section import YearsSection
from giamngheo_desktop.gui.start.open_page import backup_row
from giamngheo_desktop.services import backups
from giamngheo_desktop.services.closing import look_before_closing
from giamngheo_desktop.services.years import working_years
from giamngheo_desktop.storage.engine import Database
from tests.gui.commune import YEAR, add_class, add_home, make_world
from tests.harness.tables import TOTAL, column, paper


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    for name, code in (("Hồ Văn Chờ", "poor"), ("Hồ Thị Đợi", "near_poor")):
        add_class(made, add_home(made, made.villages[2], name, 2), YEAR - 1, code)
    add_class(made, add_home(made, made.villages[2], "Hồ Văn Thoát", 2), YEAR - 1, "not_poor")
    yield made
    made.close()


@pytest.fixture
def section(qtbot, world):
    made = YearsSection(world.desk)
    made.year = YEAR
    qtbot.addWidget(made)
    made.show()
    made.load()
    made.list.go_to(UUID(int=YEAR))
    return made


def printed(world):
    doc = paper(world.database, year=YEAR)
    return tuple(column(doc, key)[TOTAL] for key in ("poor_households", "near_poor_households"))


def test_the_question_counts_what_is_frozen_and_who_has_no_result(world, section, said):
    assert printed(world) == (None, None)
    gone = []
    section.go_requested.connect(lambda key, wanted: gone.append((key, wanted)))
    said.will_answer("see")
    section.findChild(QPushButton, "close_year").click()
    assert "4 hộ nghèo, 3 hộ cận nghèo" in said.shown[0].more
    assert f"Còn 2 hộ trong danh sách đầu năm chưa có kết quả của năm rà soát {YEAR}" in (
        said.shown[0].more
    )
    assert "giữ kết quả cũ, vẫn đếm trong biểu của năm" in said.shown[0].more
    ((key, wanted),) = gone
    assert key == "households"
    assert len(wanted.uids) == 2
    assert printed(world) == (None, None)  # nothing was closed
    for uid in wanted.uids:
        add_class(world, uid, YEAR, "poor")
    said.will_answer("yes")
    section.findChild(QPushButton, "close_year").click()
    assert "5 hộ nghèo, 2 hộ cận nghèo" in said.shown[1].more
    assert "chưa có kết quả" not in said.shown[1].more
    assert printed(world) == (5, 2)


def test_closed_all_the_same_it_holds_what_was_said(world, section, said):
    before = look_before_closing(
        world.database, world.desk.definitions, year=YEAR, standard="2022", unit=world.commune
    )
    said.will_answer("yes")
    section.findChild(QPushButton, "close_year").click()
    assert printed(world) == (before.poor, before.near_poor) == (4, 3)


def test_closing_is_backed_up_before(world, section, said):
    told = []
    world.desk.bus.backup_made.connect(told.append)
    said.will_answer("no")
    section.findChild(QPushButton, "close_year").click()
    assert backups.newest(world.database.path) is None
    said.will_answer("yes")
    section.findChild(QPushButton, "close_year").click()
    (made,) = backups.newest_first(world.database.path)
    assert [made] == told
    assert made.counts.households == 9
    before = Database(made.path, read_only=True)
    (working,) = [
        found
        for found in working_years(before, world.desk.definitions, world.context.today())
        if found.year == YEAR
    ]
    before.close()
    assert working.closed_on is None
    assert backup_row(UUID(int=1), made).reason == "trước khi khóa sổ năm"


def test_the_question_counts_who_has_no_class_at_all(world, section, said):
    add_home(world, world.villages[0], "Hồ Văn Mới", 3)
    said.will_answer("no")
    section.findChild(QPushButton, "close_year").click()
    assert "Trong sổ còn 1 hộ chưa có kết quả công nhận nào" in said.shown[0].more


def test_nothing_is_said_where_everybody_has_a_class(section, said):
    said.will_answer("no")
    section.findChild(QPushButton, "close_year").click()
    assert "Trong sổ còn" not in said.shown[0].more
