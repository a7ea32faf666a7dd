"""A newcomer, from an empty folder to the printed BC1, with at most twelve clicks and shortcuts.

Typing, Enter and Tab are not counted; every press of a mouse button and every shortcut is.
"""

from __future__ import annotations

from datetime import datetime

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.program import Program
from tests.gui import hands
from tests.gui.commune import context

MOST = 12
# village, class as its digit, then name, birth and the key of the relation of each member
HOUSEHOLDS = (
    ("Thôn Đông", "1", (("Nguyễn Văn An", "1", "5/3/1970"), ("Trần Thị Bình", "2", "1972"))),
    ("Thôn Đông", "1", (("Lê Thị Hoà", "2", "1950"),)),
    ("Thôn Đông", "2", (("Phạm Văn Đức", "1", "03/1981"), ("Phạm Thị Ánh", "2", "2012"))),
    ("Thôn Đoài", "2", (("Y Blơ Êban", "1", "1966"),)),
    ("Thôn Đoài", "3", (("Hồ Thị Mỹ Lệ", "2", "7/9/1990"),)),
)


class Newcomer:
    """Counts what is done besides typing."""

    def __init__(self) -> None:
        self.actions: list[str] = []

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible(), widget.objectName()
        assert widget.isEnabled(), widget.objectName()
        self.actions.append(f"click {widget.objectName()}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def shortcut(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self.actions.append(f"shortcut {modifier.name}+{key.name}")
        QTest.keyClick(hands.focus(), key, modifier)


@pytest.fixture
def program(qtbot):
    made = Program(context(datetime(2026, 6, 30, 9, 0)), InlineRunner)  # noqa: DTZ001
    yield made
    if made.window is not None:
        made.window.close()


def enter_to(name: str, most: int = 40) -> None:
    """Press Enter until the cursor stands in a field: what the keyboard alone can reach."""
    for _ in range(most):
        if hands.at() == name:
            return
        hands.enter()
    raise AssertionError(f"{name} is not reached by Enter; now at {hands.at()}")


def set_up_commune(newcomer: Newcomer, program: Program) -> None:
    start = program.start
    newcomer.click(start.home.new)
    hands.fill("Hà Tĩnh")
    enter_to("commune")
    hands.fill("Sơn Tây")
    while start.assistant.step == 0:
        hands.enter()
    for name, households, persons in (("Thôn Đông", "100", "400"), ("Thôn Đoài", "50", "180")):
        hands.fill(name, households, persons)
    hands.enter()
    assert start.assistant.step == 2
    hands.fill("Phan Xuân Đồng", "Nguyễn Thị Hoa")


def type_household(number: int) -> None:
    village, digit, members = HOUSEHOLDS[number]
    enter_to("village")
    hands.write(f"{'' if number else village}")
    if number and village != HOUSEHOLDS[number - 1][0]:
        hands.control(Qt.Key.Key_A)
        hands.write(village)
    enter_to("class")
    hands.write(digit)
    for row, (name, sex, birth) in enumerate(members):
        for column, text in (("full_name", name), ("sex", sex), ("birth", birth)):
            enter_to(f"members.{row}.{column}")
            hands.write(text)


def test_from_an_empty_folder_to_the_printed_table(qtbot, program, said):
    def in_front():
        return QApplication.activeWindow() is program.window

    newcomer = Newcomer()
    program.begin()
    qtbot.waitUntil(in_front)
    set_up_commune(newcomer, program)
    qtbot.waitUntil(in_front)
    session = program.session
    window = session.window
    newcomer.click(session.pages["overview"].empty.findChild(QPushButton, "new"))
    for number in range(len(HOUSEHOLDS)):
        type_household(number)
        newcomer.shortcut(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    newcomer.click(window.rail.buttons["reports"])
    newcomer.click(session.pages["reports"].findChild(QPushButton, "export_pdf"))

    printed = session.pages["reports"].written.path
    page = pypdfium2.PdfDocument(printed)[0].get_textpage().get_text_bounded()
    words = " ".join(page.split())
    assert "TỔNG HỢP KẾT QUẢ CHÍNH THỨC RÀ SOÁT HỘ NGHÈO" in words
    # households, persons, poor (rate), near-poor (rate), MSTB (rate), persons of each
    assert "1 Thôn Đông 100 400 2 2,00 1 1,00 0 0,00 3 0,75 2 0,50 0 0,00" in words
    assert "2 Thôn Đoài 50 180 0 0,00 1 2,00 0 0,00 0 0,00 1 0,56 0 0,00" in words
    assert "Tổng cộng 150 580 2 1,33 2 1,33 0 0,00 3 0,52 3 0,52 0 0,00" in words
    assert "Phan Xuân Đồng" in words
    assert said.shown == []
    assert len(newcomer.actions) <= MOST, newcomer.actions
    assert QApplication.activeModalWidget() is None
