"""Hỗ trợ & phân công: what households lack and got, who stands by them, what policies give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from giamngheo_desktop.gui.pages.sections_page import Line, SectionKind, SectionsPage
from giamngheo_desktop.gui.records.help_lists import HelpersSection, MatchingSection
from giamngheo_desktop.gui.records.incident_section import IncidentSection
from giamngheo_desktop.gui.records.support_sections import (
    AssignmentSection,
    HouseholdPlanSection,
    NeedSection,
    SupportSection,
    VisitSection,
)
from giamngheo_desktop.gui.records.values_section import PolicyValueSection
from giamngheo_desktop.gui.supports.events_section import EventsSection
from giamngheo_desktop.gui.supports.period_section import PeriodSection

SECTIONS: dict[str, SectionKind] = {
    "supports": SupportSection,
    "support_events": EventsSection,
    "period_lists": PeriodSection,
    "needs": NeedSection,
    "assignments": AssignmentSection,
    "visits": VisitSection,
    "household_plans": HouseholdPlanSection,
    "incidents": IncidentSection,
    "helpers": HelpersSection,
    "matching": MatchingSection,
    "policy_values": PolicyValueSection,
}


class SupportPage(SectionsPage):
    """`open(code)`: supports, support_events, period_lists, needs, assignments, visits,
    household_plans, incidents, helpers, matching, policy_values.
    """

    KINDS = SECTIONS
    HELP: ClassVar[Mapping[str, str]] = {
        "supports": "supports",
        "support_events": "support_events",
        "period_lists": "period_lists",
        "needs": "needs",
        "assignments": "assignments",
        "visits": "assignments",
        "household_plans": "household_plans",
        "incidents": "household_plans",
        "policy_values": "policy_values",
    }

    def title(self) -> str:
        return self.tr("Hỗ trợ & phân công")

    def lines(self) -> Sequence[Line]:
        return (
            ("supports", self.tr("Hỗ trợ"), "support"),
            ("support_events", self.tr("Đợt hỗ trợ"), "calendar"),
            ("period_lists", self.tr("Danh sách kỳ"), "reports"),
            ("needs", self.tr("Nhu cầu"), "pending"),
            ("assignments", self.tr("Phân công"), "users"),
            ("visits", self.tr("Đến thăm"), "user"),
            ("household_plans", self.tr("Kế hoạch hộ"), "targets"),
            ("incidents", self.tr("Biến cố"), "warning"),
            ("helpers", self.tr("Người giúp"), "households"),
            ("matching", self.tr("Ghép nhu cầu"), "link"),
            ("policy_values", self.tr("Mức chính sách"), "sheet"),
        )
