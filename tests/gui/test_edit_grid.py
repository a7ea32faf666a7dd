"""A table that is typed into, by a hand that does not wait."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from giamngheo_desktop.gui.grid.cells import GridColumn
from giamngheo_desktop.gui.grid.edit_grid import EditGrid
from giamngheo_desktop.gui.parts import scrolled
from tests.gui import hands

COLUMNS = (
    GridColumn(key="head", title="Chủ hộ", width=100, locked=True),
    GridColumn(key="agreed", title="Đồng ý", number=True, width=90),
)


@pytest.fixture
def grid() -> EditGrid:
    made = EditGrid(COLUMNS, "votes", "Biểu quyết")
    made.cells.set_rows([{"head": "Hồ Thị A"}, {"head": "Hồ Văn B"}], [1, 2])
    made.resize(400, 200)
    return made


def test_what_is_typed_right_after_a_click_is_kept(qtbot, grid):
    qtbot.addWidget(grid)
    grid.show()
    hands.turn_to(grid)
    grid.start()
    place = grid.visualRect(grid.currentIndex()).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hands.fill("19", "7")
    assert [grid.cells.value(row, "agreed") for row in (0, 1)] == [19, 7]


def test_a_cell_that_gets_the_keyboard_comes_into_view(qtbot, grid):
    page = QWidget()
    box = QVBoxLayout(page)
    above = QWidget()
    above.setFixedHeight(900)
    box.addWidget(above)
    grid.setMinimumHeight(200)
    box.addWidget(grid)
    area = scrolled(page)
    area.resize(500, 300)
    qtbot.addWidget(area)
    area.show()
    hands.turn_to(area)
    QApplication.processEvents()
    area.verticalScrollBar().setValue(0)
    grid.cells.set_rows([{"head": f"Hộ {n}"} for n in range(9)], range(9))
    assert grid.viewport().visibleRegion().isEmpty()
    grid.start()
    assert grid.viewport().visibleRegion().contains(grid.visualRect(grid.currentIndex()))
