"""The steps of a hand-out to many, its papers, and a danh sách kỳ, for the pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from giamngheo_desktop.domain.form import Scalar
from giamngheo_desktop.gui.pages.support_page import SupportPage
from giamngheo_desktop.gui.supports.event_view import AMOUNTS, LIST, WHO
from giamngheo_desktop.gui.supports.events_section import EventsSection
from giamngheo_desktop.gui.supports.period_section import PeriodSection

Scene = tuple[str, Callable[[], object]]


def support_scenes(page: SupportPage) -> Iterator[Scene]:
    """What is typed is wanted by nobody afterwards."""
    page.open("support_events")
    section = page.section
    if isinstance(section, EventsSection) and not page.desk.read_only:
        view = section.view
        yield "event", partial(_type_event, section)
        yield "event-common", lambda: view.form.common.focus_field("content")
        yield "event-who", lambda: view.go_to(WHO)
        view.pick.all_button.click()
        yield "event-amounts", lambda: view.go_to(AMOUNTS)
        yield "event-list", lambda: view.go_to(LIST)
        view.draft.dropped.emit()
        view.draft.forget()
        view.leave()
        if section.table.rows.rowCount():
            section.table.go_to(section.table.rows.row(0)[0])
            yield "event-stored", section.open_button.click
            view.leave()
            yield "event-paper", section.sign_button.click
            section.paper.leave()
    page.open("period_lists")
    section = page.section
    if isinstance(section, PeriodSection):
        yield "period-whole", lambda: section.views.buttons[3].click()
        yield "period-issue", section.issue_button.click
        section.views.buttons[3].click()
        yield "period-paper", section.print_button.click
        section.paper.leave()


def _type_event(section: EventsSection) -> None:
    section.open_event(None)
    form = section.view.form
    day = date(section.year, 2, 1)
    form.own.set_draft({"policy": "housing", "name": "Xóa nhà tạm đợt 1", "supported_on": day})
    form.own.changed.emit("policy")
    shares: tuple[Mapping[str, Scalar], ...] = (
        {"source": "central", "amount": 40_000_000},
        {"source": "province", "amount": None},
    )
    form.common.set_draft({"content": "Xây mới nhà ở", "shares": shares})
