"""Mẫu giấy: every paper, empty; what nobody held against the form of the law says so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.paper_room import Entry, PaperRoom
from giamngheo_desktop.gui.preview.paper_sheet import PaperSheet
from giamngheo_desktop.gui.preview.paper_work import Order
from giamngheo_desktop.reports import paper_templates
from giamngheo_desktop.reports.papers import papers_on


def _tr(text: str) -> str:
    return QCoreApplication.translate("FormsRoom", text)


class FormsRoom(PaperRoom):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.sheet = PaperSheet(desk)
        self.sheet.go_requested.connect(self.go_requested)
        self.about = label("", "soft", "forms_about", wrap=True)
        self.setFocusProxy(self.sheet)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.sheet)
        self.sheet.put_below_title(self.about)

    @classmethod
    def heading(cls) -> str:
        return _tr("Mẫu giấy, chưa điền")

    @classmethod
    def entries(cls, desk: Desk) -> Sequence[Entry]:
        found = paper_templates.states(desk.database, desk.definitions, quick=True)
        return [
            Entry(
                _tr("{label} (chưa đối chiếu)").format(label=one.label)
                if found[code].is_unchecked
                else one.label,
                code,
                f"{found[code].said[:1].upper()}{found[code].said[1:]}. {one.legal_basis}",
            )
            for code, one in papers_on(desk.definitions, desk.context.today()).items()
        ]

    def show_entry(self, code: str, year: int) -> None:
        title = next(entry.text for entry in self.entries(self.desk) if entry.code == code)
        found = paper_templates.states(self.desk.database, self.desk.definitions, quick=True)
        filled = self.tr(
            "Mẫu trống, ghi tay. Giấy điền sẵn in ở hộ, ở từng bước Rà soát, ở Cấp giấy xác nhận."
        )
        unchecked = self.tr(
            "Chưa đối chiếu: chưa ai so mẫu này với mẫu của văn bản; so ở Cài đặt › Mẫu giấy."
        )
        self.about.setText(f"{filled} {unchecked}" if found[code].is_unchecked else filled)
        job = paper_work.one(self.desk, code)
        self.sheet.show_order(Order(title=title, name=(code, "trang"), job=job))

    def print_paper(self) -> None:
        self.sheet.print_paper()
