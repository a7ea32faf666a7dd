"""Thử chuẩn khác: who would change class, with names, in a job, and as a workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.gui import preferences
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import JobRunner
from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.gui.review.what_if_panel import _stepper
from giamngheo_desktop.services import assessment, households
from tests.gui import hands
from tests.gui.commune import YEAR, make_world
from tests.gui.review import begin

DAY = date(YEAR, 6, 30)


def answer(world, at, income, deprived):
    """Of a household the income, and so many indicators of the next standard."""
    home = replace(households.get(world.database, world.homes[at], DAY), income=income)
    households.save(world.database, world.context, home, day=DAY)
    codes = world.desk.definitions.standards.get("2027").codes
    ticks = {code: Answer(number < deprived, "x") for number, code in enumerate(codes)}
    assessment.save_answers(world.database, world.context, home, "2027", ticks)


@pytest.fixture
def world(tmp_path):
    """Bình rises above the lines of the next standard, Giang falls below; four have no income."""
    made = make_world(tmp_path)
    answer(made, 1, 9_000_000, 0)
    answer(made, 5, 1_600_000, 6)
    yield made
    made.close()


def shown(qtbot, world):
    page = ReviewPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    hands.turn_to(page)
    page.open({"what_if": True})
    return page


@pytest.fixture
def panel(qtbot, world):
    page = shown(qtbot, world)
    page.what_if.page = page
    return page.what_if


def click(panel, name):
    (button,) = (b for b in panel.findChildren(QPushButton, name) if b.isVisible())
    button.click()


def rows(panel):
    model = panel.table.rows
    return [
        tuple(model.text(row, column) for column in range(5)) for row in range(model.rowCount())
    ]


def figures(panel, row):
    return [panel.findChild(QLabel, f"figure_{row}_{column}").text() for column in range(5)]


def test_who_changes_for_certain_stands_with_name_and_both_classes(panel):
    assert not panel.export_button.isEnabled()
    hands.enter()
    assert rows(panel) == [
        ("Trần Thị Bình", "Thôn Đông", "Hộ cận nghèo", "Hộ không nghèo", ""),
        ("Phạm Thị Giang", "Thôn Thượng", "Hộ không nghèo", "Hộ nghèo", ""),
    ]
    assert "Xem 6 hộ: 2 hộ chắc chắn đổi, 4 hộ có thể đổi." in panel.count.text()
    # today An, Đào, Êban are poor, Bình and Cường near-poor
    assert figures(panel, 1) == ["Chuẩn nghèo 2022–2026", "3", "2", "1", "0"]
    # Giang is poor and Bình not; the four without an income may be anything
    assert figures(panel, 2) == ["Chuẩn nghèo 2027–2030", "1–5", "0–4", "1–5", "4"]


def test_who_may_change_is_shown_on_demand_with_what_is_missing(panel):
    panel.run()
    panel.unsure.click()
    found = rows(panel)
    assert len(found) == 6
    assert found[2][:4] == (
        "Nguyễn Văn An",
        "Thôn Đông",
        "Hộ nghèo",
        "Hộ không nghèo – Hộ nghèo",
    )
    assert found[2][4].startswith("thu nhập")
    panel.unsure.click()
    assert len(rows(panel)) == 2


def test_a_name_opens_the_household(world, panel):
    asked = []
    panel.page.go_requested.connect(lambda page, payload: asked.append((page, payload)))
    panel.run()
    panel.table.setFocus()
    hands.enter()
    assert asked == [("households", world.homes[1])]


def test_it_is_written_as_a_list(panel, tmp_path):
    preferences.update(export_folder=str(tmp_path))
    panel.run()
    click(panel, "export_what_if")
    path = panel._export.bar.path
    assert path.name == "ThuChuan_2027_20260630.xlsx"
    lines = list(openpyxl.load_workbook(path).active.values)
    assert lines[0][0] == "Các hộ đổi phân loại nếu tính theo Chuẩn nghèo 2027–2030"
    assert lines[3][0] == "Chỉ gồm các hộ chắc chắn đổi."
    assert lines[-1][1:5] == ("Phạm Thị Giang", "Thôn Thượng", "Hộ không nghèo", "Hộ nghèo")


def test_a_change_of_the_register_is_told_and_another_year_begins_anew(world, panel):
    panel.run()
    home = households.get(world.database, world.homes[1], DAY)
    done = households.save(
        world.database, world.context, replace(home, income=500_000), day=DAY, base=home
    )
    world.desk.bus.data_changed.emit(done.changes)
    note = panel.findChild(QLabel, "what_if_stale")
    assert "Sổ đã đổi" in note.text()
    assert not note.isHidden()
    panel.run()
    assert note.isHidden()
    assert [name for name, *_ in rows(panel)] == ["Phạm Thị Giang"]  # Bình stays near-poor
    panel.page.show_year(YEAR + 1)
    assert rows(panel) == []
    offered = [panel.standard.itemData(at) for at in range(panel.standard.count())]
    assert "2027" not in offered
    assert "2022" in offered


def test_it_is_reached_from_the_page_without_and_with_a_review(qtbot, world):
    page = ReviewPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    hands.turn_to(page)
    click(page, "what_if")  # beside "Mở kỳ rà soát"
    assert page.what_if.isVisible()
    click(page.what_if, "close_what_if")
    assert not page.what_if.isVisible()
    begin(world)
    page.mark_stale()
    page.bar.what_if.click()
    assert page.what_if.isVisible()
    click(page.what_if, "close_what_if")
    asked = []
    page.go_requested.connect(lambda where, payload: asked.append((where, payload)))
    page.show_village(world.villages[0])
    page.show_step("classify")
    click(page.panel, "open_what_if")
    assert asked == [("review", {"what_if": True})]


def test_it_runs_beside_the_window_and_can_be_stopped(qtbot, tmp_path):
    bus = Bus()
    folder = tmp_path / "jobs"
    folder.mkdir()
    world = make_world(folder, runner=JobRunner(bus))
    world.desk.bus = bus
    answer(world, 5, 1_600_000, 6)
    page = shown(qtbot, world)
    panel = page.what_if
    qtbot.waitUntil(lambda: not world.desk.runner.busy)
    panel.run()
    assert not panel.run_button.isEnabled()
    assert panel.cancel_button.isVisible()
    click(panel, "cancel_what_if")
    qtbot.waitUntil(panel.run_button.isEnabled)
    assert not panel.cancel_button.isVisible()
    panel.run()
    qtbot.waitUntil(lambda: bool(rows(panel)))
    assert [name for name, *_ in rows(panel)] == ["Phạm Thị Giang"]
    world.close()


def test_the_worker_tells_how_far_it_is_until_it_is_stopped():
    from threading import Event

    told, stop = [], Event()
    step = _stepper(stop, told.append)
    step(0, 1_000)
    step(500, 1_000)
    stop.set()
    with pytest.raises(Cancelled):
        step(1_000, 1_000)
    assert told == [(0, 1_000), (500, 1_000)]
