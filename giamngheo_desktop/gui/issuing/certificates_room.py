"""Giấy chứng nhận of a year: who holds one, and what is printed of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.household.columns import chip_of, state_label
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.preview import paper_menus
from giamngheo_desktop.gui.preview.paper_room import Entry, PaperRoom
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu, print_button
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services import certificate_book
from giamngheo_desktop.services.certificate_book import HeldRow

BOOK = "giay_chung_nhan_da_cap"


class CertificatesRoom(PaperRoom):
    """What is to be written first (a new one for a lost one) is asked on the household's page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[UUID, HeldRow] = {}
        self._title = label("", "heading", "certificates_title", wrap=True)
        self.table = TableView(
            (
                Column(key="head", title=self.tr("Chủ hộ"), width=170, stretch=True),
                Column(key="village", title=self.tr("Thôn"), width=120, gives_way=True),
                Column(key="household_class", title=self.tr("Kết quả"), width=120,
                       format=state_label, chip=chip_of),
                Column(key="number", title=self.tr("Số giấy"), width=130),
                Column(key="issued_on", title=self.tr("Cấp ngày"), width=96, gives_way=True),
                Column(key="signed_on", title=self.tr("Ký dòng năm"), width=110, gives_way=True),
            ),
            "held_certificates",
            self.tr("Giấy chứng nhận đã cấp"),
        )  # fmt: skip
        self.prints = PrintMenu(desk, self._papers, self)
        self.prints.go_requested.connect(self.go_requested)
        self.print_button = print_button(self.prints)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.print_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        box.addWidget(self.table, 1)
        opening.name_help(self, "certificates")
        self.setFocusProxy(self.table)
        self.table.row_opened.connect(self._open)

    @classmethod
    def heading(cls) -> str:
        return _tr("Giấy chứng nhận")

    @classmethod
    def entries(cls, desk: Desk) -> Sequence[Entry]:
        return [Entry(_tr("Giấy chứng nhận đã cấp"), BOOK)]

    def show_entry(self, code: str, year: int) -> None:
        """Those with a line of the year; who left the register holds none any more."""
        work = partial(
            certificate_book.of_year,
            self.desk.database,
            year,
            day=self.desk.context.today(),
            standard=standard_for(self.desk.definitions.standards, year).code,
        )
        self.desk.runner.read(self, work, partial(self._show, year), latest="certificate book")

    def print_paper(self) -> None:
        self.print_button.showMenu()

    def _show(self, year: int, rows: list[HeldRow]) -> None:
        self._rows = {row.household: row for row in rows}
        self.table.set_rows(rows)
        said = self.tr("Giấy có dòng của năm {year}: {count} hộ")
        self._title.setText(said.format(year=year, count=format_integer(len(rows))))
        empty = self.tr("Chưa giấy chứng nhận nào có dòng của năm {year}.").format(year=year)
        self.table.say_empty(empty)

    def _papers(self) -> Sequence[PrintItem | None]:
        uid = self.table.current_uid()
        row = self._rows.get(uid) if uid else None
        if row is None:
            return (PrintItem("nothing", self.tr("Chọn một hộ trước"), None),)
        home = PrintItem(
            "home", self.tr("Mở hộ: cấp lại, đổi giấy"), None, leads=("households", row.household)
        )
        papers = paper_menus.of_certificate(self.desk, row.certificate, row.head)
        return (*papers, None, home)

    def _open(self, household: UUID) -> None:
        payload = {"household": household, "back": ("reports", BOOK)}
        self.go_requested.emit("households", payload)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CertificatesRoom", text)
