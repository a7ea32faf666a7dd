"""Chỉ tiêu: what is promised for the year, what each village shall reach, how far it has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from giamngheo_desktop.gui.pages.sections_page import Line, SectionKind, SectionsPage
from giamngheo_desktop.gui.reporting.calendar_section import CalendarSection
from giamngheo_desktop.gui.reporting.schedule_section import ScheduleSection
from giamngheo_desktop.gui.targets.allocation_section import AllocationSection
from giamngheo_desktop.gui.targets.targets_section import TargetsSection

SECTIONS: dict[str, SectionKind] = {
    "targets": TargetsSection,
    "allocation": AllocationSection,
    "schedules": ScheduleSection,
    "calendar": CalendarSection,
}


class TargetsPage(SectionsPage):
    """`open(code)`: targets, allocation, schedules, calendar."""

    KINDS = SECTIONS
    HELP: ClassVar[Mapping[str, str]] = {
        "schedules": "report_calendar",
        "calendar": "report_calendar",
    }

    def title(self) -> str:
        return self.tr("Chỉ tiêu")

    def lines(self) -> Sequence[Line]:
        return (
            ("targets", self.tr("Chỉ tiêu năm"), "targets"),
            ("allocation", self.tr("Giao cho thôn"), "village"),
            ("schedules", self.tr("Chế độ báo cáo"), "table"),
            ("calendar", self.tr("Lịch báo cáo"), "sheet"),
        )
