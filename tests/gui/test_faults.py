"""A file of which one part cannot be read: that part says so, everything around it goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from PySide6.QtWidgets import QApplication

from giamngheo_desktop.gui.fault import Fault
from giamngheo_desktop.gui.issuing.issued_room import BOOK
from giamngheo_desktop.gui.messages import Tone
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.overview_page import OverviewPage
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.gui.pages.support_page import SupportPage
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from tests.gui import hands, review
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.test_record_sections import show


@contextmanager
def without(world, table: str) -> Iterator[None]:
    """The file while a table of it is gone."""
    with closing(sqlite3.connect(world.database.path)) as file:
        file.execute("PRAGMA legacy_alter_table=ON")
        file.execute(f"ALTER TABLE {table} RENAME TO {table}_away")
        file.commit()
        yield
        file.execute(f"ALTER TABLE {table}_away RENAME TO {table}")
        file.commit()


def open_page(qtbot, world, kind):
    page = kind(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    hands.turn_to(page)
    return page


def is_told(fault: Fault, said, table: str) -> None:
    """In its place, without a box, and with what the technician needs."""
    assert fault.isVisible()
    assert fault.geometry() == fault.parentWidget().rect()
    assert "các phần khác vẫn dùng được" in fault.text.text()
    assert said.shown == []
    assert said.faults
    assert all(table in one for one in said.faults)
    fault.copy.click()
    assert table in QApplication.clipboard().text()
    said.faults.clear()


def test_a_page_that_is_opened_first_tells_without_a_box(qtbot, world, said):
    with without(world, "class_record"):
        page = open_page(qtbot, world, HouseholdsPage)
        is_told(page.list.fault, said, "class_record")


def test_a_list_that_cannot_be_read_shows_no_older_one(qtbot, world, said):
    page = open_page(qtbot, world, HouseholdsPage)
    page.list.table.setFocus()
    with without(world, "class_record"):
        page.list.set_filter({"text": "Bình"})
        fault = page.list.fault
        is_told(fault, said, "class_record")
        assert hands.at() == "read_again"
        page.resize(900, 600)
        assert fault.geometry() == page.list.table.rect()
        assert page.may_leave()
    hands.press(Key.Key_Space)
    assert fault.isHidden()
    assert page.list.table.hasFocus()
    assert len(page.list.shown_rows()) == 1


@pytest.mark.parametrize(("table", "tab"), [("support", "support"), ("fund_entry", "support")])
def test_a_household_is_shown_where_a_tab_of_it_fails(qtbot, world, said, table, tab):
    page = open_page(qtbot, world, HouseholdsPage)
    with without(world, table):
        page.open({"household": world.homes[0], "tab": tab})
        assert page.shows_household
        assert page.view.household().head.full_name == "Nguyễn Văn An"
        is_told(page.view.sheet.support.fault, said, table)
    page.view.sheet.support.fault.retry.click()
    assert page.view.sheet.support.fault.isHidden()


def test_of_a_household_that_cannot_be_read_no_other_one_is_shown(qtbot, world, said):
    page = open_page(qtbot, world, HouseholdsPage)
    page.open(world.homes[0])
    with without(world, "indicator_answer"):
        page.open(world.homes[1])
        assert not page.shows_household
    assert [one.tone for one in said.shown] == [Tone.ERROR]
    said.shown.clear()
    page.open(world.homes[1])
    assert page.view.household().head.full_name == "Trần Thị Bình"


def test_a_step_that_fails_leaves_the_other_ones_open(qtbot, world, said):
    review.begin(world)
    page = open_page(qtbot, world, ReviewPage)
    page.show_village(world.villages[0])
    page.show_step("list")
    with without(world, "review_case"):
        page.panel.refresh(moved=False)
        is_told(page.panel.fault, said, "review_case")
        page.mark_stale()
        is_told(page.fault, said, "review_case")
        assert page.may_leave()
    page.fault.retry.click()
    assert page.fault.isHidden()
    page.panel.fault.retry.click()
    assert page.panel.fault.isHidden()
    assert page.panel.table.rows.rowCount()


def test_a_report_that_fails_is_none_and_the_rooms_are_open(qtbot, world, said):
    page = open_page(qtbot, world, ReportsPage)
    page.open("BC1")
    assert page.paper is not None
    with without(world, "class_record"):
        page.mark_stale()
        is_told(page.fault, said, "class_record")
        assert page.paper is None
        assert not page.acts.isEnabled()
        page.open(BOOK)
        assert page.may_leave()
        page.open("BC1")
    said.faults.clear()
    page.fault.retry.click()
    assert page.fault.isHidden()
    assert page.paper is not None


def test_the_overview_shows_no_older_numbers(qtbot, world, said):
    page = open_page(qtbot, world, OverviewPage)
    with without(world, "class_record"):
        page.mark_stale()
        said.shown.clear()  # the cards below tell in boxes
        assert page.fault.isVisible()
        said.faults.clear()
    page.fault.retry.click()
    assert page.fault.isHidden()


def test_records_that_cannot_be_read_cover_their_table_alone(qtbot, world, said):
    page = show(qtbot, world, TargetsPage, "results")
    section = page.section
    with without(world, "target_result"):
        section.load()
        is_told(section.fault, said, "target_result")
        page.open("analysis")
        assert page.code == "analysis"
    page.open("results")
    assert section.fault.isHidden()


def test_an_unreadable_value_is_told_by_its_part(qtbot, world, said):
    page = open_page(qtbot, world, HouseholdsPage)
    with closing(sqlite3.connect(world.database.path)) as file:
        file.execute("UPDATE membership SET valid_from = 'hôm qua'")
        file.commit()
    page.open(world.homes[0])
    assert page.shows_household
    page.view.sheet.setCurrentWidget(page.view.sheet.history)
    is_told(page.view.sheet.history.fault, said, "hôm qua")


@pytest.mark.parametrize(
    ("kind", "code", "table"),
    [
        (SupportPage, "support_events", "support_event"),
        (SupportPage, "helpers", "assignment"),
        (TargetsPage, "plan_document", "document"),
        (TargetsPage, "narrative_reports", "document"),
        (TargetsPage, "tracking", "document"),
        (TargetsPage, "analysis", "class_record"),
    ],
)
def test_sections_that_cannot_be_read_say_so(qtbot, world, said, kind, code, table):
    page = show(qtbot, world, kind, code)
    section = page.section
    with without(world, table):
        section.load()
        assert section.fault.isVisible()
        assert said.shown == []
        assert all(table in one for one in said.faults)
        said.faults.clear()
    section.fault.retry.click()
    assert section.fault.isHidden()
