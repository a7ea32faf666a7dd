"""Gửi – nhận: what comes into the register and what leaves it, each as one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from giamngheo_desktop.gui.exchange.import_section import ImportSection
from giamngheo_desktop.gui.exchange.work_section import WorkSection
from giamngheo_desktop.gui.pages.sections_page import Line, SectionKind, SectionsPage

SECTIONS: dict[str, SectionKind] = {
    "import": ImportSection,
    "work_packages": WorkSection,
}


class ExchangePage(SectionsPage):
    """`open(code)`: import, work_packages."""

    KINDS = SECTIONS
    HELP: ClassVar[Mapping[str, str]] = {"import": "exchange", "work_packages": "exchange"}

    def title(self) -> str:
        return self.tr("Gửi – nhận")

    def lines(self) -> Sequence[Line]:
        return (
            ("import", self.tr("Nhận danh sách"), "download"),
            ("work_packages", self.tr("Gói làm việc"), "exchange"),
        )
