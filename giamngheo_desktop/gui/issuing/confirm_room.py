"""Giấy xác nhận: the paper, and the book of those that were issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.issuing.confirm_form import ConfirmForm
from giamngheo_desktop.gui.issuing.issued_book import IssuedBook
from giamngheo_desktop.gui.preview.paper_menus import CONFIRM
from giamngheo_desktop.gui.preview.paper_room import Entry, PaperRoom

BOOK = "so_xac_nhan"


class ConfirmRoom(PaperRoom):
    """`receive` chooses a household."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = ConfirmForm(desk)
        self.book = IssuedBook(desk, confirmations=True)
        self.book.go_requested.connect(self.go_requested)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.book)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)

    @classmethod
    def heading(cls) -> str:
        return _tr("Giấy xác nhận")

    @classmethod
    def entries(cls, desk: Desk) -> Sequence[Entry]:
        return [
            Entry(_tr("Cấp giấy xác nhận"), CONFIRM),
            Entry(_tr("Sổ cấp giấy xác nhận"), BOOK),
        ]

    def show_entry(self, code: str, year: int) -> None:
        shown = self.form if code == CONFIRM else self.book
        self._stack.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        if code == CONFIRM:
            self.form.refresh(year)
        else:
            self.book.show_year(year)

    def receive(self, payload: Mapping[str, object]) -> None:
        household = payload.get("household")
        if isinstance(household, UUID):
            self.form.choose_household(household)

    def print_paper(self) -> None:
        if self._stack.currentWidget() is self.book:
            self.book.print_paper()
        else:
            self.form.sheet.print_paper()


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConfirmRoom", text)
