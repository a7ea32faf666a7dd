"""Dự án & hoạt động: what is done, for which part of the plan, by whom, with what money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from giamngheo_desktop.gui.pages.sections_page import Line, SectionKind, SectionsPage
from giamngheo_desktop.gui.records.open_section import OpenItemsSection
from giamngheo_desktop.gui.records.people_sections import BodySection, OfficerSection
from giamngheo_desktop.gui.records.plan_section import PlanSection
from giamngheo_desktop.gui.records.programmes_section import ProgrammesSection
from giamngheo_desktop.gui.records.project_sections import (
    ActivitySection,
    BudgetSection,
    FundSection,
    TaskSection,
)

SECTIONS: dict[str, SectionKind] = {
    "activities": ActivitySection,
    "plan": PlanSection,
    "tasks": TaskSection,
    "open_items": OpenItemsSection,
    "budget": BudgetSection,
    "fund": FundSection,
    "bodies": BodySection,
    "officers": OfficerSection,
    "programmes": ProgrammesSection,
}


class ProjectsPage(SectionsPage):
    """`open(code)`: activities, plan, tasks, open_items, budget, fund, bodies, officers,
    programmes.
    """

    KINDS = SECTIONS
    HELP: ClassVar[Mapping[str, str]] = {
        "activities": "activities",
        "plan": "plan_parts",
        "tasks": "tasks",
        "budget": "budget",
        "fund": "budget",
        "bodies": "bodies",
        "officers": "bodies",
        "programmes": "plan_parts",
    }

    def title(self) -> str:
        return self.tr("Dự án & hoạt động")

    def lines(self) -> Sequence[Line]:
        return (
            ("activities", self.tr("Hoạt động"), "projects"),
            ("plan", self.tr("Dự án trong kế hoạch"), "table"),
            ("tasks", self.tr("Nhiệm vụ"), "check"),
            ("open_items", self.tr("Việc còn treo"), "pending"),
            ("budget", self.tr("Kinh phí"), "sheet"),
            ("fund", self.tr("Quỹ"), "support"),
            ("bodies", self.tr("Cơ quan, đoàn thể"), "households"),
            ("officers", self.tr("Cán bộ, người giúp"), "users"),
            ("programmes", self.tr("Cây chương trình"), "targets"),
        )
