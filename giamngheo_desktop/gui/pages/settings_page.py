"""Cài đặt: a list of sections at the left, the chosen one at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop.domain.changes import ChangeSet, Kind
from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.pages.page import Page
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.settings.backups_section import BackupsSection
from giamngheo_desktop.gui.settings.look_section import LookSection
from giamngheo_desktop.gui.settings.offices_section import OfficesSection
from giamngheo_desktop.gui.settings.population_section import PopulationSection
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.settings.targets_section import TargetsSection
from giamngheo_desktop.gui.settings.units_section import UnitsSection
from giamngheo_desktop.gui.settings.years_section import YearsSection

_CODE = int(Qt.ItemDataRole.UserRole)


class SettingsPage(Page):
    """`open(code)`: units, population, targets, offices, years, look, backups."""

    WATCHES = frozenset(Kind)

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, year, parent)
        self._stale_sections: set[str] = set()
        self.sections: dict[str, Section] = {}
        self.list = QListWidget()
        self.list.setObjectName("sections")
        self.list.setAccessibleName(self.tr("Các mục"))
        self.list.setFixedWidth(190)
        self.list.setSpacing(2)
        self._stack = QStackedWidget()
        for code, text, icon, section in (
            ("units", self.tr("Xã và các thôn"), "village", UnitsSection(desk)),
            ("population", self.tr("Dân số các thôn"), "users", PopulationSection(desk)),
            ("targets", self.tr("Chỉ tiêu các thôn"), "targets", TargetsSection(desk)),
            ("offices", self.tr("Cơ quan, người ký"), "edit", OfficesSection(desk)),
            ("years", self.tr("Năm làm việc"), "calendar", YearsSection(desk)),
            ("look", self.tr("Giao diện"), "theme", LookSection(desk)),
            ("backups", self.tr("Sao lưu"), "backup", BackupsSection(desk)),
        ):
            item = QListWidgetItem(icons.icon(icon), text, self.list)
            item.setData(_CODE, code)
            self.sections[code] = section
            self._stack.addWidget(section)
            section.setObjectName(f"section_{code}")
            section.go_requested.connect(self.go_requested)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(12)
        box.addWidget(label(self.tr("Cài đặt"), "title"))
        box.addLayout(row, 1)
        self.setFocusProxy(self.list)
        self._all_stale()
        self.list.setCurrentRow(0)
        self.list.currentItemChanged.connect(self._chosen)

    @property
    def code(self) -> str:
        """The section now shown."""
        return str(self.list.currentItem().data(_CODE))

    @property
    def section(self) -> Section:
        return self.sections[self.code]

    def load(self) -> None:
        """Read the section that is shown, unless it holds changes that are not saved."""
        section = self.section
        if self.code in self._stale_sections and not section.is_dirty:
            self._stale_sections.discard(self.code)
            section.year = self.year
            section.load()

    def open(self, payload: object) -> None:
        for at in range(self.list.count()):
            if self.list.item(at).data(_CODE) == payload:
                self.list.setCurrentRow(at)
                self.section.setFocus()

    def may_leave(self) -> bool:
        return self.section.may_leave()

    @Slot(int)
    def show_year(self, year: int) -> None:
        if year != self.year:
            self._all_stale()
        super().show_year(year)

    def _all_stale(self) -> None:
        self._stale_sections = set(self.sections)

    @Slot(object, object)
    def _chosen(self, now: QListWidgetItem, before: QListWidgetItem | None) -> None:
        if before is not None and not self.sections[str(before.data(_CODE))].may_leave():
            self.list.blockSignals(True)
            self.list.setCurrentItem(before)
            self.list.blockSignals(False)
            return
        self._stack.setCurrentWidget(self.section)
        self._stale_sections.add(self.code)
        if self.isVisible():
            self.load()
        else:
            self._stale = True

    @Slot(object)
    def _data_changed(self, changes: ChangeSet) -> None:
        touched = {
            code for code, section in self.sections.items() if changes.touches(*section.WATCHES)
        }
        self._stale_sections |= touched
        if self.code in touched:
            self.mark_stale()
