"""A part of Báo cáo beside the tables: its lines in the list, and what one of them shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.gui.desk import Desk


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in the list of Báo cáo; `code` tells it from every other line there."""

    text: str
    code: str
    tip: str = ""


class PaperRoom(QWidget):
    """Built when one of its lines is first chosen, so `heading` and `entries` need no widget."""

    go_requested = Signal(str, object)  # as of a page
    notice_requested = Signal(str, bool)
    entries_changed = Signal()  # the list is to be filled again

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    @classmethod
    def heading(cls) -> str:
        """What stands above its lines in the list."""
        raise NotImplementedError

    @classmethod
    def entries(cls, desk: Desk) -> Sequence[Entry]:
        """Its lines; known without reading the file."""
        raise NotImplementedError

    def show_entry(self, code: str, year: int) -> None:
        """Show the paper of a line, in the working year; also after the data changed."""
        raise NotImplementedError

    def receive(self, payload: Mapping[str, object]) -> None:
        """What another page sends with the line that it asks for."""

    def take_back(self) -> bool:
        """The keyboard comes back: to what is typed here; False where it stays in the list."""
        if self.focusProxy() is None:
            return False
        self.setFocus()
        return True

    def print_paper(self) -> None:
        """Ctrl+P."""
