"""For the pictures: a plan with a few targets, what villages are given, how far all of it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

from giamngheo_desktop.domain.allocation import Way
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.overview.targets_card import TargetsCard
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.gui.targets.allocation_section import AllocationSection
from giamngheo_desktop.gui.targets.targets_section import TargetsSection
from giamngheo_desktop.gui.targets.tracking_section import TrackingSection
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.register import HouseholdFilter, households
from giamngheo_desktop.services.targets import allocation, plan_targets

Scene = tuple[str, Callable[[], object]]
_TARGETS: tuple[dict[str, Any], ...] = (
    {"indicator": "HN-TL", "pursued": 600},
    {"indicator": "HN-GIAM-HO", "assigned": 500, "pursued": 600,
     "assigned_by": "QĐ 81/QĐ-UBND ngày 16/02"},
    {"indicator": "HCN-GIAM-HO", "assigned": 700, "pursued": 600},
    {"indicator": "MH-MOI", "pursued": 100},
    {"indicator": "YT-BHYT", "pursued": 10_000, "groups": ("poor", "near_poor")},
    {"indicator": "VS-NHATIEU", "pursued": 7_000, "comparator": "at_least"},
    {"indicator": "TT-DVVT", "pursued": 8_500},
    {"indicator": "YT-VITA", "pursued": 9_800},
    {"indicator": "MH-NHANRONG", "content": "Nhân rộng mô hình nuôi bò sinh sản có hiệu quả"},
)  # fmt: skip


def targets_scenes(page: TargetsPage) -> Iterator[Scene]:
    """The year begins its plan; in a file that has one it is shown as it is."""
    desk = page.desk
    today = desk.context.today()
    known = HouseholdFilter(day=today, standard=desk.standard(page.year).code)
    if desk.read_only or not households(desk.database, known):
        return
    plan = versions.in_hand(desk.database, desk.unit(page.year), page.year)
    if plan is None:
        _begin(page)
    yield "written", lambda: page.open("targets")
    section = page.section
    if isinstance(section, TargetsSection):
        yield "form", section.start
    page.open("allocation")
    section = page.section
    if isinstance(section, AllocationSection):
        if not section.is_locked:
            yield "shared", partial(section.fill, Way.PROPORTIONAL)
        yield "near-poor", section.views.buttons[1].click
        yield "homes", section.views.buttons[2].click
        section.discard()
    page.open("tracking")
    section = page.section
    if isinstance(section, TrackingSection):
        yield "tracked", section.table.setFocus
        for name, indicator in (("fall", "HCN-GIAM-HO"), ("rate", "HN-TL"), ("typed", "YT-VITA")):
            yield f"tracked-{name}", partial(section.arrive, {"key": _key(page, indicator)})
            yield f"tracked-{name}-months", partial(_to_end, section)
        section.arrive({"key": _key(page, "YT-BHYT")})
        yield "tracked-names", section.detail.above.click
        section.names.left.emit()
    yield "results-typed", lambda: page.open({"section": "results", "key": _key(page, "YT-VITA")})
    yield "analysis-parts", lambda: page.open("analysis")
    yield "overview", lambda: page.go_requested.emit("overview", None)
    yield "overview-targets", partial(_to_targets, page.window())


def _to_end(section: TrackingSection) -> None:
    """What stands below the table."""
    for area in section.findChildren(QScrollArea, "tracking_scroll"):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def _to_targets(window: QWidget) -> None:
    """The card of the targets on Tổng quan."""
    for card in window.findChildren(TargetsCard):
        for area in window.findChildren(QScrollArea):
            inside = area.widget()
            if inside is not None and inside.isAncestorOf(card):
                area.verticalScrollBar().setValue(card.mapTo(inside, QPoint(0, 0)).y())


def _key(page: TargetsPage, indicator: str) -> str:
    """Of the target of an indicator in the plan in force."""
    desk = page.desk
    with desk.database.reader() as connection:
        plan = plan_targets.read(connection, desk.definitions, desk.unit(page.year), page.year)
    return next(one.key for one in plan.targets if one.indicator.code == indicator)


def _begin(page: TargetsPage) -> None:
    desk, year = page.desk, page.year
    act = (desk.database, desk.context)
    begun = versions.begin(*act, desk.unit(year), year)
    form = desk.definitions.records[Kind.TARGET]
    for at, values in enumerate(_TARGETS, start=1):
        given = {"document": begun.value, "key": values["indicator"]}
        entries.save(*act, form, {**values, "position": at}, given=given)
    table = allocation.table(desk.database, desk.definitions, desk.unit(year), year)
    given_first = {row.unit: {"poor_again": 1} for row in table.rows[:1] if row.unit}
    allocation.save(*act, year, given_first)
    form = desk.definitions.records[Kind.TARGET_RESULT]
    result = {"key": "YT-VITA", "measured_on": date(year, 3, 31), "source": "Trạm Y tế"}
    values = {**result, "numerator": 61, "denominator": 63}
    entries.save(*act, form, values, given={"area": desk.unit(year), "year": year})
    page.forget()
    desk.bus.data_changed.emit(begun.changes)
