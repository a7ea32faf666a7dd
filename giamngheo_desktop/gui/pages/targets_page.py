"""Chỉ tiêu: what is promised for the year, what each village shall reach, how far it has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from giamngheo_desktop.gui.pages.sections_page import Line, SectionKind, SectionsPage
from giamngheo_desktop.gui.targets.targets_section import TargetsSection

SECTIONS: dict[str, SectionKind] = {
    "targets": TargetsSection,
}


class TargetsPage(SectionsPage):
    """`open(code)`: targets."""

    KINDS = SECTIONS
    HELP: ClassVar[Mapping[str, str]] = {"targets": "targets"}

    def title(self) -> str:
        return self.tr("Chỉ tiêu")

    def lines(self) -> Sequence[Line]:
        return (("targets", self.tr("Chỉ tiêu năm"), "targets"),)
