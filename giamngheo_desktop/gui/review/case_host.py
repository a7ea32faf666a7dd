"""The form of one household in place of the page: the next one of its village by Ctrl+Enter."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.review import case_drafts
from giamngheo_desktop.gui.review.case_view import CaseView
from giamngheo_desktop.services.review import case_lists
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.storage.engine import Database


class CaseHost(QStackedWidget):
    """`closed()`: the page is shown again; `notice(sentence, can be undone)`;
    `household_requested(uid)`: its own page.
    """

    closed = Signal()
    notice = Signal(str, bool)
    household_requested = Signal(object)

    def __init__(self, desk: Desk, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._page = page
        self._view: CaseView | None = None
        self._review: UUID | None = None
        self._village: UUID | None = None
        self.addWidget(page)
        desk.bus.leaving.connect(self.keep)

    @property
    def view(self) -> CaseView:
        """It is built when the first form is opened."""
        if self._view is None:
            self._view = CaseView(self.desk, self)
            opening.name_help(self._view, "review_form")
            self.addWidget(self._view)
            self._view.closed.connect(self.go_back)
            self._view.next_requested.connect(self._find_next)
            self._view.notice.connect(self.notice)
            self._view.household_requested.connect(self.household_requested)
        return self._view

    @property
    def shows_case(self) -> bool:
        return self._view is not None and self.currentWidget() is self._view

    @property
    def is_dirty(self) -> bool:
        return self.shows_case and self.view.is_dirty

    def open(self, review: UUID, village: UUID | None, case: UUID) -> None:
        """Show a form; those of `village` follow it."""
        self._review, self._village = review, village
        self.setCurrentWidget(self.view)
        self.view.open(case)

    def open_draft(self, review: UUID, village: UUID | None, key: str) -> None:
        """Show the form a draft is about, and over it the question whose answer was half typed."""
        case = case_drafts.uid_of(key)
        self.view.closing.ask_again(case, case_drafts.act_of(key))
        self.open(review, village, case)

    def keep(self) -> None:
        """Put what is typed and not saved onto the disk."""
        if self.shows_case:
            self.view.keep_draft()

    def resume(self) -> None:
        """Back from another page: the form goes on where it is open."""
        if self.shows_case:
            self.view.resume()

    def leave(self) -> None:
        """Back to the page, from wherever the user went."""
        if self.shows_case:
            self.view.go_back()

    def go_back(self) -> None:
        self.setCurrentWidget(self._page)
        self.closed.emit()

    def _find_next(self) -> None:
        if self._review is not None:
            work = partial(_next, self.desk.database, self._review, self._village, self.view.case)
            self.desk.runner.read(self, work, self._open_next, latest="next")

    def _open_next(self, case: UUID | None) -> None:
        if case is not None:
            self.view.open(case)
        else:
            self.view.go_back()
            self.notice.emit(self.tr("Không còn phiếu nào chưa nhập ở đây."), False)


def _next(
    database: Database, review: UUID, village: UUID | None, after: UUID | None
) -> UUID | None:
    """The first open case below `after` in its list, else from the top; None where all are done."""
    rows: list[CaseRow] = case_lists.of_review(database, review, village)
    at = next((number for number, row in enumerate(rows) if row.uid == after), -1)
    ordered = [*rows[at + 1 :], *rows[: at + 1]]
    found = (row.uid for row in ordered if row.outcome is None and row.uid != after)
    return next(found, None)
