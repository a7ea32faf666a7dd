"""Gửi – nhận: what comes into the register and what leaves it, each as one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.gui.exchange import package_jobs
from giamngheo_desktop.gui.exchange.comments_section import CommentsSection
from giamngheo_desktop.gui.exchange.expected_section import ExpectedSection
from giamngheo_desktop.gui.exchange.former_section import FormerSection
from giamngheo_desktop.gui.exchange.import_section import ImportSection
from giamngheo_desktop.gui.exchange.log_section import LogSection
from giamngheo_desktop.gui.exchange.pack_section import PackSection
from giamngheo_desktop.gui.exchange.received_section import ReceivedSection
from giamngheo_desktop.gui.exchange.sheet_section import SheetSection
from giamngheo_desktop.gui.exchange.upward_section import UpwardSection
from giamngheo_desktop.gui.exchange.work_section import WorkSection
from giamngheo_desktop.gui.pages.sections_page import Line, SectionKind, SectionsPage
from giamngheo_desktop.gui.preview.report_work import Behind

SECTIONS: dict[str, SectionKind] = {
    "received": ReceivedSection,
    "expected": ExpectedSection,
    "comments": CommentsSection,
    "import": ImportSection,
    "sheets": SheetSection,
    "work_packages": WorkSection,
    "upward": UpwardSection,
    "packs": PackSection,
    "former": FormerSection,
    "log": LogSection,
}
_HELP = {
    "import": "exchange",
    "received": "received",
    "expected": "received",
    "comments": "comments",
    "packs": "packs",
    "former": "former",
    "log": "exchange_log",
}


class ExchangePage(SectionsPage):
    """`open(code)`: received, expected, comments (of a district or province only), import, sheets,
    work_packages, upward, packs, former, log. `open(Behind)`: a comment on that number is written.
    """

    KINDS = SECTIONS
    HELP: ClassVar[Mapping[str, str]] = dict.fromkeys(SECTIONS, "packages") | _HELP

    def title(self) -> str:
        return self.tr("Gửi – nhận")

    def open(self, payload: object) -> None:
        super().open("comments" if isinstance(payload, Behind) else payload)
        section = self.section
        if isinstance(payload, Behind) and isinstance(section, CommentsSection):
            section.write_about(payload)

    def lines(self) -> Sequence[Line]:
        log = ("log", self.tr("Nhật ký"), "history")
        lists = ("import", self.tr("Nhận danh sách"), "download")
        if package_jobs.file_level(self.desk) is not Level.COMMUNE:
            return (
                ("received", self.tr("Gói nhận về"), "inbox"),
                ("expected", self.tr("Xã phải gửi"), "users"),
                ("comments", self.tr("Góp ý cho xã"), "edit"),
                lists,
                log,
            )
        return (
            lists,
            ("sheets", self.tr("Phiếu cho trưởng thôn"), "village"),
            ("work_packages", self.tr("Gói làm việc"), "exchange"),
            ("upward", self.tr("Gói gửi lên"), "upload"),
            ("packs", self.tr("Bảng cho hệ thống khác"), "sheet"),
            ("former", self.tr("Nhận sổ xã cũ"), "link"),
            log,
        )
