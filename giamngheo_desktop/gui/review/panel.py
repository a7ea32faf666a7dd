"""What the page knows of a panel: it shows a place on the path, and keeps what is typed there."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.parts import scrolled
from giamngheo_desktop.gui.review.place import Place
from giamngheo_desktop.gui.theme import theme

_LEAST = 130  # pixels of a table at 100 %


class Panel(QWidget):
    """A subclass writes `refresh`, and `keep` and `stops` where something is typed. What is in
    `box` scrolls where the window is low; the buttons in `foot` stay.

    `go_requested(page, payload)`; `village_chosen(uid)`; `household_opened(case, household)`;
    `pile_requested(village, surveyor)`: its forms are to be typed one after the other.
    """

    go_requested = Signal(str, object)
    village_chosen = Signal(object)
    household_opened = Signal(object, object)
    pile_requested = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._place: Place | None = None
        self._tables: list[QWidget] = []
        inside = QWidget()
        self.box = QVBoxLayout(inside)
        self.box.setContentsMargins(0, 0, 4, 0)
        self.box.setSpacing(8)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        self._area = scrolled(inside, "panel_scroll")
        whole.addWidget(self._area, 1)
        whole.addLayout(self.foot)
        theme.changed.connect(self._fit)
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._follow_focus)

    @property
    def place(self) -> Place:
        assert self._place is not None
        return self._place

    @property
    def editable(self) -> bool:
        """Whether anything may be written here."""
        return not self.desk.read_only and self.place.view.open

    def show_place(self, place: Place) -> None:
        """Show this place, or the same one after something was written."""
        moved = self._place is None or self._place.key != place.key
        if moved and self._place is not None:
            self.keep()
        self._place = place
        self.refresh(moved=moved)

    def refresh(self, *, moved: bool) -> None:
        """Read and show `self.place`; `moved`: another one was shown before."""
        raise NotImplementedError

    def keep(self) -> None:
        """Put what is typed and not saved onto the disk, at once."""

    def stops(self) -> list[QWidget]:
        """What Enter visits, from the top down; the last one is the main action."""
        return []

    def add_table(self, table: QWidget) -> None:
        """A table takes the room there is, and never less than some lines."""
        self._tables.append(table)
        self.box.addWidget(table, 1)
        self._fit()

    def replace_table(self, old: QWidget, new: QWidget) -> None:
        """Another table in the place of one."""
        self._tables[self._tables.index(old)] = new
        self.box.replaceWidget(old, new)
        self._fit()

    def _fit(self) -> None:
        for table in self._tables:
            table.setMinimumHeight(_LEAST * theme.percent // 100)

    def show_part(self, part: QWidget) -> None:
        """Scroll to something that has just come up."""
        QTimer.singleShot(0, part, partial(self._area.ensureWidgetVisible, part))

    def start(self) -> None:
        """Put the keyboard on the first thing to do here."""
        if not enter_walk.start(self.stops()):
            self.setFocus()

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """A button that goes or waits leaves the keyboard here: Qt would give it to the next one,
        and that is the year in the bar above.
        """
        if old is None or not self.isVisible() or not self.isAncestorOf(old):
            return
        left = not (old.isEnabled() and old.isVisible())
        if left and (new is None or not self.isAncestorOf(new)):
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (enter_walk.is_enter(event) and enter_walk.go_on(self.stops())):
            super().keyPressEvent(event)
