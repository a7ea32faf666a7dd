"""The pages of the rail, in the order of the year's work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.pages.checks_page import ChecksPage
from giamngheo_desktop.gui.pages.exchange_page import ExchangePage
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.overview_page import OverviewPage
from giamngheo_desktop.gui.pages.page import Page
from giamngheo_desktop.gui.pages.projects_page import ProjectsPage
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.gui.pages.settings_page import SettingsPage
from giamngheo_desktop.gui.pages.support_page import SupportPage
from giamngheo_desktop.gui.pages.targets_page import TargetsPage


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A noun of the rail and what makes its page."""

    key: str
    label: str
    icon: str
    make: Callable[[Desk, int], Page]


def page_entries() -> tuple[PageEntry, ...]:
    return (
        PageEntry("overview", _tr("Tổng quan"), "overview", OverviewPage),
        PageEntry("households", _tr("Hộ gia đình"), "households", HouseholdsPage),
        PageEntry("review", _tr("Rà soát"), "review", ReviewPage),
        PageEntry("targets", _tr("Chỉ tiêu"), "targets", TargetsPage),
        PageEntry("projects", _tr("Dự án & hoạt động"), "projects", ProjectsPage),
        PageEntry("support", _tr("Hỗ trợ & phân công"), "support", SupportPage),
        PageEntry("reports", _tr("Báo cáo"), "reports", ReportsPage),
        PageEntry("exchange", _tr("Gửi – nhận"), "exchange", ExchangePage),
        PageEntry("checks", _tr("Soát số liệu"), "checks", ChecksPage),
        PageEntry("settings", _tr("Cài đặt"), "settings", SettingsPage),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("pages", text)
