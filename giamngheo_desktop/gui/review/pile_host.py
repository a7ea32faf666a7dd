"""Opens the pile of forms in place of the page, and offers one that was left half done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.review import pile_place
from giamngheo_desktop.gui.review.pile_offer import PileOffer
from giamngheo_desktop.gui.review.pile_page import PilePage
from giamngheo_desktop.gui.review.pile_place import PilePlace
from giamngheo_desktop.services.review import case_lists, piles
from giamngheo_desktop.storage.engine import Database


class PileHost(QObject):
    """`offer` stands on the page; `closed()`: the page is shown again; `notice(sentence, undo)`."""

    closed = Signal()
    notice = Signal(str, bool)

    def __init__(self, desk: Desk, stack: QStackedWidget, page: QWidget) -> None:
        super().__init__(stack)
        self._desk = desk
        self._stack = stack
        self._page = page
        self._year = 0
        self._closed = False
        self._villages: Mapping[UUID, str] = {}
        self.pile = PilePage(desk)
        self.offer = PileOffer()
        stack.addWidget(self.pile)
        self.pile.closed.connect(self._back)
        self.pile.notice.connect(self.notice)
        self.offer.taken.connect(self._show)
        self.offer.dropped.connect(self._drop)
        desk.bus.leaving.connect(self.keep)

    def load(
        self, review: UUID, year: int, villages: Mapping[UUID, str], *, closed: bool = False
    ) -> None:
        """Offer what was begun of this review and is not done; of a closed one nothing."""
        self._year, self._villages, self._closed = year, villages, closed
        if closed or self._desk.read_only:
            self.offer.show_piles([])
        else:
            work = partial(_unfinished, self._desk.database, review)
            self._desk.runner.read(self, work, self.offer.show_piles, latest="piles")

    def begin(self, review: UUID, village: UUID, surveyor: UUID | None) -> None:
        """The pile of a village (of one surveyor), from where it was left."""
        place = PilePlace(review=review, village=village, surveyor=surveyor)
        known = None
        try:
            known = pile_place.load(self._desk.database.path, place)
        except AppError as error:  # a damaged place: the pile begins anew
            self.notice.emit(texts.error_text(error), False)
        self._show(known if known is not None and known.surveyor == surveyor else place)

    def keep(self) -> None:
        """Put what is typed and not saved onto the disk."""
        self.pile.keep()

    @property
    def is_dirty(self) -> bool:
        return self._stack.currentWidget() is self.pile and self.pile.is_dirty

    def leave(self) -> None:
        """Back to the page, from wherever the user went."""
        self.pile.leave()

    def _show(self, place: PilePlace) -> None:
        self._stack.setCurrentWidget(self.pile)
        self.pile.begin(place, self._year, self._villages)

    def _back(self) -> None:
        self._stack.setCurrentWidget(self._page)
        self.closed.emit()

    def _drop(self, place: PilePlace) -> None:
        try:
            pile_place.forget(self._desk.database.path, place)
        except AppError as error:
            self.notice.emit(texts.error_text(error), False)
        self.load(place.review, self._year, self._villages, closed=self._closed)


def _unfinished(database: Database, review: UUID) -> list[tuple[PilePlace, str]]:
    """The piles with something left to type, each with how far it is by now."""
    found = []
    for place, title in pile_place.of_review(database.path, review):
        rows = case_lists.of_review(database, review, place.village)
        pile = [row for row in rows if place.surveyor in (None, row.surveyor)]
        if not all(map(piles.is_done, pile)):
            name = title.partition(": ")[0]
            found.append((place, f"{name}: {texts.progress_text(*piles.progress(pile))}"))
    return found
