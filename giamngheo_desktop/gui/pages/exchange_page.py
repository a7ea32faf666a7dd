"""Gửi – nhận: what comes into the register and what leaves it, each as one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from giamngheo_desktop.gui.exchange.work_section import WorkSection
from giamngheo_desktop.gui.pages.sections_page import Line, SectionKind, SectionsPage

SECTIONS: dict[str, SectionKind] = {
    "work_packages": WorkSection,
}


class ExchangePage(SectionsPage):
    """`open(code)`: work_packages."""

    KINDS = SECTIONS
    HELP: ClassVar[Mapping[str, str]] = {"work_packages": "exchange"}

    def title(self) -> str:
        return self.tr("Gửi – nhận")

    def lines(self) -> Sequence[Line]:
        return (("work_packages", self.tr("Gói làm việc"), "exchange"),)
