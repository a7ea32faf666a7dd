"""Dự án & hoạt động: what is done, for which part of the plan, by whom, with what money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from giamngheo_desktop.gui.pages.sections_page import Line, SectionKind, SectionsPage
from giamngheo_desktop.gui.records.people_sections import BodySection, OfficerSection

SECTIONS: dict[str, SectionKind] = {
    "bodies": BodySection,
    "officers": OfficerSection,
}


class ProjectsPage(SectionsPage):
    """`open(code)`: bodies, officers."""

    KINDS = SECTIONS
    HELP: ClassVar[Mapping[str, str]] = {"bodies": "bodies", "officers": "bodies"}

    def title(self) -> str:
        return self.tr("Dự án & hoạt động")

    def lines(self) -> Sequence[Line]:
        return (
            ("bodies", self.tr("Cơ quan, đoàn thể"), "households"),
            ("officers", self.tr("Cán bộ, người giúp"), "users"),
        )
