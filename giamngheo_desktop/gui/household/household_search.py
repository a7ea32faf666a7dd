"""A line that finds one household of the register by name, ID, village or code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.search_box import SearchBox
from giamngheo_desktop.services import register
from giamngheo_desktop.services.register import HouseholdFilter, HouseholdRow
from giamngheo_desktop.storage.engine import Database

_HITS = 20


class HouseholdSearch(SearchBox):
    """`found` is the household chosen in the list; None as soon as the text is another."""

    def __init__(
        self, desk: Desk, day: date, without: UUID | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("other_household")
        self.setPlaceholderText(self.tr("Gõ tên, số giấy tờ, thôn hoặc mã hộ"))
        self.found: UUID | None = None
        self._desk = desk
        self._wanted = HouseholdFilter(
            day=day, standard=desk.standard(day.year).code, limit=_HITS + 1
        )
        self._without = without
        self.search_requested.connect(self._search)
        self.option_picked.connect(self._take)
        self.textEdited.connect(self._forget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # it chose a household; it must not press the button of the dialog

    def _search(self, text: str) -> None:
        if text:
            fn = partial(_find, self._desk.database, self._wanted, text)
            self._desk.runner.read(self, fn, partial(self._show, text), latest="hits")

    def _show(self, text: str, rows: list[HouseholdRow]) -> None:
        said = self.tr("{head}, {village}, {persons} khẩu")
        options = [
            Option(row.uid, said.format(head=row.head, village=row.village, persons=row.persons))
            for row in rows
            if row.uid != self._without
        ]
        self.offer(text, options[:_HITS])

    def _take(self, option: Option) -> None:
        self.found = option.value if isinstance(option.value, UUID) else None

    def _forget(self) -> None:
        self.found = None


def _find(database: Database, wanted: HouseholdFilter, text: str) -> list[HouseholdRow]:
    return register.households(database, replace(wanted, text=text))
