"""A line that finds one household of the register by name, ID, village or code."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.search_box import SearchBox
from giamngheo_desktop.services import register
from giamngheo_desktop.services.register import HouseholdFilter, HouseholdRow

_HITS = 20


class HouseholdSearch(SearchBox):
    """`found` is the household chosen in the list; None as soon as the text is another.

    `missed(text)`: no household is found by this text.
    It looks into the register of `day`; None: that of the day on which somebody searches.
    """

    missed = Signal(str)

    def __init__(
        self,
        desk: Desk,
        day: date | None = None,
        without: UUID | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("other_household")
        self.hints.say(
            self.tr("Gõ tên, số giấy tờ, thôn hoặc mã hộ"),
            self.tr("Tên, số giấy tờ, thôn, mã hộ"),
            self.tr("Tên, thôn, mã hộ"),
            self.tr("Tìm hộ"),
        )
        self.found: UUID | None = None
        self._desk = desk
        self._day = day
        self._without = without
        self.search_requested.connect(self._search)
        self.option_picked.connect(self._take)
        self.textEdited.connect(self._forget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # it chose a household; it must not press the button of the dialog

    def search(self, text: str) -> None:
        """Look at once, without waiting for another key."""
        self._timer.stop()
        self._search(text)

    def _search(self, text: str) -> None:
        if text:
            day = self._day or self._desk.context.today()
            wanted = HouseholdFilter(
                day=day,
                standard=self._desk.standard(day.year).code,
                text=text,
                limit=_HITS + 1,
            )
            fn = partial(register.households, self._desk.database, wanted)
            self._desk.runner.read(self, fn, partial(self._show, text), latest="hits")

    def _show(self, text: str, rows: list[HouseholdRow]) -> None:
        said = self.tr("{head}, {village}, {persons} khẩu")
        options = [
            Option(row.uid, said.format(head=row.head, village=row.village, persons=row.persons))
            for row in rows
            if row.uid != self._without
        ]
        self.offer(text, options[:_HITS])
        if not options:
            self.missed.emit(text)

    def _take(self, option: Option) -> None:
        self.found = option.value if isinstance(option.value, UUID) else None

    def _forget(self) -> None:
        self.found = None
