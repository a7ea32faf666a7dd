"""What the page knows of a panel: it shows a place on the path, and keeps what is typed there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.review.place import Place


class Panel(QWidget):
    """A subclass writes `refresh`, and `keep` and `stops` where something is typed.

    `go_requested(page, payload)`; `village_chosen(uid)`; `household_opened(case, household)`.
    """

    go_requested = Signal(str, object)
    village_chosen = Signal(object)
    household_opened = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._place: Place | None = None
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(8)

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

    def start(self) -> None:
        """Put the keyboard on the first thing to do here."""
        if not enter_walk.start(self.stops()):
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (enter_walk.is_enter(event) and enter_walk.go_on(self.stops())):
            super().keyPressEvent(event)
