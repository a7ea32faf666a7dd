"""Chỉ tiêu: what is promised for the year, what each village shall reach, how far it has come."""

from __future__ import annotations

from collections.abc import Sequence

from giamngheo_desktop.gui.documents.plan_document_section import PlanDocumentSection
from giamngheo_desktop.gui.documents.reports_section import NarrativeReportsSection
from giamngheo_desktop.gui.pages.sections_page import Line, SectionKind, SectionsPage
from giamngheo_desktop.gui.targets.allocation_section import AllocationSection
from giamngheo_desktop.gui.targets.targets_section import TargetsSection

SECTIONS: dict[str, SectionKind] = {
    "targets": TargetsSection,
    "allocation": AllocationSection,
    "plan_document": PlanDocumentSection,
    "narrative_reports": NarrativeReportsSection,
}


class TargetsPage(SectionsPage):
    """`open(code)`: targets, allocation, plan_document, narrative_reports."""

    KINDS = SECTIONS

    def title(self) -> str:
        return self.tr("Chỉ tiêu")

    def lines(self) -> Sequence[Line]:
        return (
            ("targets", self.tr("Chỉ tiêu năm"), "targets"),
            ("allocation", self.tr("Giao cho thôn"), "village"),
            ("plan_document", self.tr("Kế hoạch"), "file"),
            ("narrative_reports", self.tr("Báo cáo thuyết minh"), "reports"),
        )
