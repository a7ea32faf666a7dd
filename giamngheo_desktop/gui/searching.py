"""The search of the window: what it finds while one types, and what Enter opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.main_window import MainWindow
from giamngheo_desktop.gui.search_hits import Hit, find_hits, hit_of_enter
from giamngheo_desktop.services.register import HouseholdFilter


class Searching(QObject):
    """In the working year that `year` tells; `go(page, payload)` opens what was chosen."""

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        year: Callable[[], int],
        go: Callable[[str, object], None],
    ) -> None:
        super().__init__(window)
        self._desk, self._window, self._year, self._go = desk, window, year, go
        window.search_requested.connect(self._search)
        window.search_submitted.connect(self._search_all)
        window.search_chosen.connect(self._open)

    @Slot(str)
    def _search(self, text: str) -> None:
        if text:
            desk, year = self._desk, self._year()
            place = (desk.unit(year), desk.day(year))
            work = partial(find_hits, desk.database, desk.definitions, text, *place)
            desk.runner.read(self, work, partial(self._offer, text), latest="search")

    @Slot(str)
    def _search_all(self, text: str) -> None:
        desk, year = self._desk, self._year()
        standard = desk.standard(year).code
        wanted = HouseholdFilter(day=desk.day(year), standard=standard, text=text)
        place = (text, desk.unit(year), wanted)
        work = partial(hit_of_enter, desk.database, desk.definitions, *place)
        desk.runner.read(self, work, self._open, latest="search")

    @Slot(object)
    def _open(self, hit: object) -> None:
        if isinstance(hit, Hit):
            self._go(hit.page, hit.payload)

    def _offer(self, text: str, hits: Sequence[Hit]) -> None:
        self._window.offer_hits(text, [Option(hit, hit.label) for hit in hits])
