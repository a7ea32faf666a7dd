"""Giao cho thôn: what each village shall reach, typed, pasted, spread."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.services import areas
from tests.gui.commune import YEAR
from tests.gui.test_record_sections import show


@pytest.fixture
def page(qtbot, world):
    return show(qtbot, world, TargetsPage, "allocation")


def test_typing_in_the_grid_goes_on_with_enter(world, page):
    part = page.section
    assert part.sums.text() == ""  # nothing typed is not nought
    part.grid.start()
    for text in ("1", "0", "2"):
        QTest.keyClicks(QApplication.focusWidget(), text)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert part.sums.text() == "Cộng: giảm 3 hộ nghèo, 0 hộ cận nghèo."
    part.findChild(QPushButton, "save").click()
    found = areas.targets(world.database, YEAR)
    first, second = (found[village] for village in world.villages[:2])
    assert (first["poor_decrease"], first["near_poor_decrease"]) == (1, 0)
    assert (second["poor_decrease"], second["near_poor_decrease"]) == (2, None)


def test_targets_stand_beside_what_there_is_and_warn(world, page):
    part = page.section
    cells = part.grid.cells
    assert [cells.value(row, "poor_opening") for row in range(3)] == [2, 1, 1]
    cells.put(1, "poor_decrease", "2")
    assert part.problem.text() == "Thôn Đoài: giảm 2 hộ nghèo mà đầu năm chỉ có 1."
    cells.put(2, "poor_decrease", "-1")
    assert cells.value(2, "poor_decrease") == -1
