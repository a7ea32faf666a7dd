"""Sổ phát hành: what was signed or sent, exactly as it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.issuing.issued_book import IssuedBook
from giamngheo_desktop.gui.preview.paper_room import Entry, PaperRoom

BOOK = "so_phat_hanh"


class IssuedRoom(PaperRoom):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.book = IssuedBook(desk, confirmations=False)
        self.book.go_requested.connect(self.go_requested)
        self.setFocusProxy(self.book)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.book)

    @classmethod
    def heading(cls) -> str:
        return _tr("Văn bản đã phát hành")

    @classmethod
    def entries(cls, desk: Desk) -> Sequence[Entry]:
        return [Entry(_tr("Sổ phát hành"), BOOK)]

    def show_entry(self, code: str, year: int) -> None:
        self.book.show_year(year)

    def print_paper(self) -> None:
        self.book.print_paper()


def _tr(text: str) -> str:
    return QCoreApplication.translate("IssuedRoom", text)
