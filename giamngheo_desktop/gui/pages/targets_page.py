"""Chỉ tiêu: what is promised for the year, what each village shall reach, how far it has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from giamngheo_desktop.gui.documents.plan_document_section import PlanDocumentSection
from giamngheo_desktop.gui.documents.reports_section import NarrativeReportsSection
from giamngheo_desktop.gui.pages.sections_page import Line, SectionKind, SectionsPage
from giamngheo_desktop.gui.reporting.calendar_section import CalendarSection
from giamngheo_desktop.gui.reporting.schedule_section import ScheduleSection
from giamngheo_desktop.gui.targets.allocation_section import AllocationSection
from giamngheo_desktop.gui.targets.analysis_section import AnalysisSection
from giamngheo_desktop.gui.targets.results_section import ResultsSection
from giamngheo_desktop.gui.targets.targets_section import TargetsSection
from giamngheo_desktop.gui.targets.tracking_section import TrackingSection

SECTIONS: dict[str, SectionKind] = {
    "targets": TargetsSection,
    "allocation": AllocationSection,
    "tracking": TrackingSection,
    "results": ResultsSection,
    "analysis": AnalysisSection,
    "plan_document": PlanDocumentSection,
    "narrative_reports": NarrativeReportsSection,
    "schedules": ScheduleSection,
    "calendar": CalendarSection,
}


class TargetsPage(SectionsPage):
    """`open(code)`: targets, allocation, tracking, results, analysis, plan_document,
    narrative_reports, schedules, calendar.
    """

    KINDS = SECTIONS
    HELP: ClassVar[Mapping[str, str]] = {
        "results": "tracking",
        "analysis": "tracking",
        "schedules": "report_calendar",
        "calendar": "report_calendar",
    }

    def title(self) -> str:
        return self.tr("Chỉ tiêu")

    def lines(self) -> Sequence[Line]:
        return (
            ("targets", self.tr("Chỉ tiêu năm"), "targets"),
            ("allocation", self.tr("Giao cho thôn"), "village"),
            ("tracking", self.tr("Theo dõi"), "overview"),
            ("results", self.tr("Kết quả ghi tay"), "edit"),
            ("analysis", self.tr("Phân tích hộ nghèo"), "households"),
            ("plan_document", self.tr("Kế hoạch"), "file"),
            ("narrative_reports", self.tr("Báo cáo thuyết minh"), "reports"),
            ("schedules", self.tr("Chế độ báo cáo"), "table"),
            ("calendar", self.tr("Lịch báo cáo"), "sheet"),
        )
