"""What the rooms of the plan and of the reports have in common: an open document, its paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QWidget

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.documents.document_view import DocumentView
from giamngheo_desktop.gui.new_by_key import NewByKey
from giamngheo_desktop.gui.preview.paper_work import Order
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.supports.paper_place import PaperPlace


class DocumentRoom(NewByKey, Section):
    """A subclass puts what it shows into `stack`, names the page with `view` in it, and writes
    `load` and `add_one`.
    """

    WATCHES: ClassVar[frozenset[Kind]] = frozenset(Kind)  # its doubts read what fills it in
    ADDS: ClassVar[bool] = True

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title, "")
        self._place: tuple[UUID, int] | None = None
        self.view = DocumentView(desk)
        self.paper = PaperPlace(desk)
        self.stack = QStackedWidget()
        self.set_broad(True)
        self.box.addWidget(self.stack, 1)
        self.view.paper_wanted.connect(self._show_paper)
        self.view.go_requested.connect(self.go_requested)
        self.paper.closed.connect(self._close_paper)

    def open_page(self) -> QWidget:
        """The page of `stack` that holds the open document."""
        raise NotImplementedError

    def moved(self) -> bool:
        """Whether another unit or year is asked for than was shown; what is typed is kept there."""
        place = (self.desk.unit(self.year), self.year)
        before, self._place = self._place, place
        if before in (None, place):
            return False
        self.put_away()
        return True

    @property
    def place(self) -> tuple[UUID, int]:
        """The unit and the year that are shown."""
        assert self._place is not None
        return self._place

    def put_away(self) -> None:
        """What is typed is saved on the way; refused it stays as a draft."""
        self.view.editor.leave()
        self.view.editor.keep()

    def shows(self, wanted: Mapping[str, object]) -> bool:
        """The line of the `draft`, the end of its key."""
        is_open = self.stack.currentWidget() is self.open_page()
        return is_open and self.view.editor.shows(str(wanted.get("draft") or ""))

    def may_leave(self) -> bool:
        self.put_away()
        return True

    def _show_paper(self, order: Order) -> None:
        self.stack.setCurrentWidget(self.paper)
        self.paper.show_order(order)
        self.paper.setFocus()

    def _close_paper(self) -> None:
        self.stack.setCurrentWidget(self.open_page())
        self.view.view_button.setFocus()
