"""A year in progress on screen: Tổng quan, the button to its table, the table itself."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from giamngheo_desktop.gui.pages.overview_page import OverviewPage
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from tests.gui.commune import TODAY, YEAR, add_class, add_home, make_world


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    waiting = add_home(made, made.villages[2], "Hồ Văn Chờ", 2)
    add_class(made, waiting, YEAR - 1, "poor")
    yield made
    made.close()


@pytest.fixture
def overview(qtbot, world):
    page = OverviewPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


@pytest.fixture
def reports(qtbot, world):
    page = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


def total(page, key="poor_households"):
    (table,) = page.paper.doc.tables
    return table.cell(len(table.rows) - 1, key).value


def test_the_button_opens_the_table_with_the_same_day_and_numbers(overview, reports):
    assert overview.figures.poor.figure.text() == "4"
    assert "đang có hiệu lực đến ngày 30/06/2026" in overview._subtitle.text()
    assert total(reports) is None  # of the year: one household waits for its result
    reports.options.unit.setCurrentIndex(2)
    reports.options.status.choose(False)
    overview.go_requested.connect(lambda key, payload: reports.open(payload))
    overview.findChild(QPushButton, "open_bc1").click()
    assert reports.paper.wish.as_of == TODAY.date()
    assert total(reports) == 4
    assert total(reports, "near_poor_households") == 2
    assert "30/06/2026" in reports.paper.doc.subtitle[0]


def test_a_day_does_not_stop_the_tables_that_have_none(reports):
    reports.open({"code": "BC1", "as_of": TODAY.date()})
    reports.open("THON-TH")
    assert reports.paper.doc.code == "THON-TH"
    assert reports.options.as_of.isHidden()
    reports.open("BC1")
    assert not reports.options.as_of.isHidden()
    assert reports.paper.wish.as_of == TODAY.date()


def test_a_day_is_left_behind_with_its_year(reports):
    reports.open({"code": "BC1", "as_of": date(YEAR, 6, 30)})
    reports.show_year(YEAR - 1)
    assert reports.paper.wish.as_of is None
    reports.open({"code": "BC1", "as_of": None})
    assert total(reports) == 5
