"""Cài đặt: a list of sections at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from giamngheo_desktop.gui.pages.sections_page import Line, SectionKind, SectionsPage
from giamngheo_desktop.gui.settings.backups_section import BackupsSection
from giamngheo_desktop.gui.settings.look_section import LookSection
from giamngheo_desktop.gui.settings.offices_section import OfficesSection
from giamngheo_desktop.gui.settings.opening_section import OpeningSection
from giamngheo_desktop.gui.settings.own_tables_section import OwnTablesSection
from giamngheo_desktop.gui.settings.points_section import PointsSection
from giamngheo_desktop.gui.settings.population_section import PopulationSection
from giamngheo_desktop.gui.settings.printing_section import PrintingSection
from giamngheo_desktop.gui.settings.review_section import ReviewSection
from giamngheo_desktop.gui.settings.tables_section import TablesSection
from giamngheo_desktop.gui.settings.templates_section import TemplatesSection
from giamngheo_desktop.gui.settings.units_section import UnitsSection
from giamngheo_desktop.gui.settings.years_section import YearsSection

SECTIONS: dict[str, SectionKind] = {
    "units": UnitsSection,
    "population": PopulationSection,
    "offices": OfficesSection,
    "tables": TablesSection,
    "templates": TemplatesSection,
    "own_tables": OwnTablesSection,
    "review": ReviewSection,
    "points": PointsSection,
    "opening": OpeningSection,
    "years": YearsSection,
    "look": LookSection,
    "backups": BackupsSection,
    "printing": PrintingSection,
}


class SettingsPage(SectionsPage):
    """`open(code)`: units, population, offices, tables, templates, own_tables, review,
    points, opening, years, look, backups, printing.
    """

    KINDS = SECTIONS
    HELP: ClassVar[Mapping[str, str]] = {
        "look": "settings",
        "review": "review_days",
    }

    def title(self) -> str:
        return self.tr("Cài đặt")

    def lines(self) -> Sequence[Line]:
        return (
            ("units", self.tr("Xã và các thôn"), "village"),
            ("population", self.tr("Dân số các thôn"), "users"),
            ("offices", self.tr("Cơ quan, người ký"), "edit"),
            ("tables", self.tr("Biểu báo cáo"), "reports"),
            ("templates", self.tr("Mẫu giấy"), "file"),
            ("own_tables", self.tr("Biểu của đơn vị"), "sheet"),
            ("review", self.tr("Rà soát: số ngày, ngày nghỉ"), "review"),
            ("points", self.tr("Bảng điểm B1"), "sheet"),
            ("opening", self.tr("Mở sổ đầu kỳ"), "open"),
            ("years", self.tr("Năm làm việc"), "calendar"),
            ("look", self.tr("Giao diện"), "theme"),
            ("backups", self.tr("Sao lưu"), "backup"),
            ("printing", self.tr("In giấy chứng nhận"), "print"),
        )
