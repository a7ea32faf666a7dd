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


def test_many_cells_are_filled_at_once_and_locked_ones_stay(qtbot, grid):
    qtbot.addWidget(grid)
    grid.show()
    hands.turn_to(grid)
    told = []
    grid.cells.set_rows([{"head": "A"}, {"head": "B"}, {"head": "C"}], [1, 2, 3], frozenset({2}))
    grid.changed.connect(lambda: told.append(1))
    grid.selectAll()
    QApplication.clipboard().setText("1.500")
    grid.paste()
    assert grid.cells.values("agreed") == [1500, None, 1500]
    assert grid.cells.values("head") == ["A", "B", "C"]
    assert len(told) == 1  # not once a cell
    grid.go_to(0, "agreed")
    grid.cells.put(0, "agreed", "7")
    hands.control(Qt.Key.Key_D)
    assert grid.cells.values("agreed") == [7, None, 7]
    grid.selectAll()
    hands.press(Qt.Key.Key_Delete)
    assert grid.cells.values("agreed") == [None] * 3


def test_money_and_parts_of_a_unit_are_typed_as_people_write_them(qtbot):
    columns = (
        GridColumn(key="amount", title="Số tiền", number=True, money=True),
        GridColumn(key="quantity", title="Số lượng", number=True, scale=2),
    )
    grid = EditGrid(columns, "amounts", "Số tiền")
    qtbot.addWidget(grid)
    grid.cells.set_rows([{"amount": 5, "quantity": 1250}, {}])
    assert grid.cells.text(0, "quantity") == "12,5"
    grid.cells.put(1, "amount", "1,5tr")
    grid.cells.put(1, "quantity", "0,333")
    assert grid.cells.values("amount") == [5, 1_500_000]
    assert grid.cells.problem(1, "quantity")
    assert grid.cells.values("quantity") == [1250, None]


def test_numbers_and_locked_names_give_what_they_do_not_need_before_anybody_scrolls(qtbot, grid):
    qtbot.addWidget(grid)
    grid.resize(170, 200)
    grid.show()
    assert grid.horizontalScrollBar().maximum() == 0
    metrics = grid.fontMetrics()
    for at, text in enumerate(("Hồ Thị A", "9.999")):
        assert grid.columnWidth(at) > metrics.horizontalAdvance(text)
    grid.resize(60, 200)
    assert grid.horizontalScrollBar().maximum() > 0
