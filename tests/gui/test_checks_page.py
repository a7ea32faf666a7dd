"""Soát số liệu lists what looks wrong and opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from giamngheo_desktop.gui.pages import checks_page
from giamngheo_desktop.gui.pages.checks_page import ChecksPage
from giamngheo_desktop.services import checks
from tests.gui.commune import YEAR


def goes(page):
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload)))
    return gone


def test_findings_are_listed_errors_first_and_open_their_household(qtbot, world):
    page = ChecksPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.show()
    day = world.desk.day(YEAR)
    expected = checks.check_register(world.database, world.desk.definitions, day=day, today=day)
    rows = page.list.rows
    assert rows.rowCount() == len(expected) > 0
    levels = [rows.text(row, 0) for row in range(rows.rowCount())]
    assert levels == sorted(levels, key=["Sai", "Nên xem", "Chưa ghi"].index)
    gone = goes(page)
    page.list.go_to(rows.row(0)[0])
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    page.findChild(QPushButton, "open_household").click()
    assert gone[0] == gone[1]
    assert gone[0][0] == "households"
    assert gone[0][1] in world.homes


def test_a_large_register_is_checked_on_request(qtbot, world, monkeypatch):
    monkeypatch.setattr(checks_page, "CHECK_AT_ONCE", 5)
    page = ChecksPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.show()
    assert page.list.rows.rowCount() == 0
    page.findChild(QPushButton, "check_now").click()
    assert page.list.rows.rowCount() > 0
    assert not page.findChild(QPushButton, "check_now").isVisible()
