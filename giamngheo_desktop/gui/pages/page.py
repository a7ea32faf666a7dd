"""What the main window knows of a page: it shows a year, refreshes on changes, asks to go on."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import ChangeSet, Kind
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.review.drafting import DraftNote


class Page(QWidget):
    """One entry of the rail.

    A subclass sets `WATCHES` (the kinds whose changes make it stale) and writes `load()`, which
    starts a read job for `self.year`. Loading happens when the page is visible and stale.
    """

    go_requested = Signal(str, object)  # page key, payload (a uid, a filter, None)
    undo_requested = Signal()  # of the newest step, by the way of Ctrl+Z
    notice_requested = Signal(str, bool)  # a sentence for the bar below; whether it can be undone

    noted = Signal(str)  # goes along with the notice of what was just written
    attention_changed = Signal(str, int)  # page key, how much there needs attention
    section_changed = Signal()  # another part of the page is shown: what was said is read

    WATCHES: frozenset[Kind] = frozenset()

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.year = year
        self._stale = True
        desk.bus.data_changed.connect(self._data_changed)
        desk.bus.day_passed.connect(self.mark_stale)

    def load(self) -> None:
        """Start reading what the page shows; called when it is visible and stale."""
        raise NotImplementedError

    def open(self, payload: object) -> None:
        """Show one thing: called by the window when another page asked to go here."""

    def shows(self, payload: object) -> bool:
        """Whether what `open` would show stands before the user."""
        return False

    def show_whole(self) -> None:
        """Leave the one thing that is open: called when the noun is pressed in the rail."""

    def take_focus(self) -> None:
        """The keyboard comes here: called when the page is shown."""
        self.setFocus()

    def may_leave(self) -> bool:
        """Whether the window may show another page or close; False keeps the user here."""
        return True

    @property
    def has_unsaved_form(self) -> bool:
        """Whether a form now shown holds what is not in the file: Ctrl+Z means that then.

        Everything that is typed into keeps a draft, and its note knows; a page with another kind
        of form adds it here.
        """
        return any(note.waits_for_save for note in self.findChildren(DraftNote))

    @Slot(int)
    def show_year(self, year: int) -> None:
        if year != self.year:
            self.year = year
            self.mark_stale()

    @Slot()
    def mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._load_now()

    def forget(self) -> None:
        """Everything shown is of another unit now."""
        self.mark_stale()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._load_now()

    def _load_now(self) -> None:
        self._stale = False
        self.load()

    @Slot(object)
    def _data_changed(self, changes: ChangeSet) -> None:
        if changes.touches(*self.WATCHES):
            self.mark_stale()
