"""A pile of ten forms for the tests: the page on Thu thập, and the shortest ways on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.gui.parts import Elided
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.review import case_lists
from giamngheo_desktop.services.review.case_lists import CaseRow
from tests.gui.cases import fill_home
from tests.gui.commune import YEAR, World, add_class, add_home, context, make_world
from tests.gui.review import AUTUMN, begin, confirm, show

NAMES = ("Hồ Thị Mai", "Hồ Văn Nam", "Y Moan", "Đinh Thị Lan", "Lò Văn Sơn", "Y Nga", "Hồ Thị Ly")


@contextmanager
def ten_forms(folder: Path) -> Iterator[World]:
    """Ten households on the list of Thôn Đông, each with the answers of last year."""
    made = make_world(folder)
    for number, name in enumerate(NAMES):
        made.homes.append(add_home(made, made.villages[0], name, 1 + number % 3))
        add_class(made, made.homes[-1], YEAR - 1, "poor")
    for home in (*made.homes[:3], *made.homes[6:]):
        fill_home(made, home)
    made.context = made.desk.context = context(AUTUMN, seed=9)
    try:
        yield made
    finally:
        made.close()


@dataclass
class Pile:
    """The page with the list of Thôn Đông confirmed, on the step Thu thập."""

    page: ReviewPage
    world: World
    review: UUID

    @property
    def village(self) -> UUID:
        return self.world.villages[0]

    @property
    def pile(self):
        return self.page.piles.pile

    def rows(self) -> list[CaseRow]:
        return case_lists.of_review(self.world.database, self.review, self.village)

    def row(self, number: int) -> CaseRow:
        return self.rows()[number - 1]

    def text(self, name: str) -> str:
        found = next(p for p in self.page.findChildren(QLabel, name) if p.isVisible())
        return found.whole() if isinstance(found, Elided) else found.text()

    def button(self, name: str) -> QPushButton:
        (found,) = [b for b in self.page.findChildren(QPushButton, name) if b.isVisible()]
        assert found.isEnabled(), name
        return found

    def click(self, name: str) -> None:
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def field(self, name: str) -> QWidget:
        (found,) = [w for w in self.page.findChildren(QWidget, name) if w.isVisible()]
        return found

    def go_to(self, name: str) -> None:
        self.field(name).setFocus(Qt.FocusReason.TabFocusReason)

    def undo(self) -> None:
        step = undo.next_step(self.world.database)
        assert step is not None
        done = undo.undo(self.world.database, self.world.context, step.group)
        self.world.desk.bus.data_changed.emit(done.changes)


def open_pile(qtbot, world: World) -> Pile:
    """Two lists are confirmed, that of Thôn Đông is on screen."""
    review = begin(world)
    for village in world.villages[:2]:
        confirm(world, review, village)
    return opened_again(qtbot, world, review)


def opened_again(qtbot, world: World, review: UUID) -> Pile:
    page = show(qtbot, world)
    page.open({"village": world.villages[0], "step": "collect"})
    return Pile(page, world, review)
