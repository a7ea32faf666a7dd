"""The list at the left of Báo cáo: tables by group, those of the unit, the lines of the rooms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Slot

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.preview.paper_room import PaperRoom
from giamngheo_desktop.gui.preview.wrapped_list import WrappedList

_CODE = int(Qt.ItemDataRole.UserRole)
_ROOM = _CODE + 1  # the room a line leads to, None: a table


class PaperList(WrappedList):
    """Always one line is chosen: `code` and `room` are its."""

    def __init__(self, desk: Desk, rooms: Sequence[type[PaperRoom]], label: str) -> None:
        super().__init__("reports", label)
        self._desk, self._rooms = desk, rooms
        self._own: tuple[tuple[str, str], ...] = ()  # tables of the unit: code, name
        self.fill()

    @property
    def code(self) -> str:
        return str(self.currentItem().data(_CODE))

    @property
    def room(self) -> type[PaperRoom] | None:
        return self.room_at(self.currentRow())

    def room_at(self, row: int) -> type[PaperRoom] | None:
        found: type[PaperRoom] | None = self.item(row).data(_ROOM) if row >= 0 else None
        return found

    @Slot()
    def fill(self) -> None:
        """All lines anew, without a word; the one chosen stays chosen, else the first is."""
        chosen = self.code if self.count() else ""
        with QSignalBlocker(self):
            self.clear()
            self._add_tables()
            for kind in self._rooms:
                self._add_room(kind)
            at = self.row_of(chosen)
            self.setCurrentRow(at if at >= 0 else 1)  # below the first heading

    def take_own(self, own: tuple[tuple[str, str], ...]) -> bool:
        """The tables of the unit, as code and name; whether they are others than before."""
        if own == self._own:
            return False
        self._own = own
        self.fill()
        return True

    def _add_tables(self) -> None:
        group, text = "", self.tr("{code} · {label}")
        for code, versions in self._desk.definitions.reports.items():
            if versions[-1].group != group:
                group = versions[-1].group
                self.add_heading(group)
            shown = text.format(code=code, label=versions[-1].label)
            self.add(shown, code, versions[-1].legal_basis)
        if self._own:
            self.add_heading(self.tr("Biểu của đơn vị"))
        for code, name in self._own:
            self.add(text.format(code=code, label=name), code, name)

    def _add_room(self, kind: type[PaperRoom]) -> None:
        entries = kind.entries(self._desk)
        if entries:
            self.add_heading(kind.heading())
        for entry in entries:
            self.add(entry.text, entry.code, entry.tip).setData(_ROOM, kind)
