"""A step of the villages seen from the commune: where each of them stands; Enter goes there."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.review_flow import Status
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.review.panel import Panel
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.review.review_view import StepSummary, summary


class VillageRow(NamedTuple):
    """A village at one step."""

    uid: UUID
    name: str
    state: str
    missing: str
    due: str
    left: str


class VillagesPanel(Panel):
    """Every village with its state at the step."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table = TableView(
            (
                Column(key="name", title=self.tr("Thôn"), width=140),
                Column(key="state", title=self.tr("Tình trạng"), width=110, chip=_chip),
                Column(key="missing", title=self.tr("Còn thiếu"), width=220, stretch=True),
                Column(key="due", title=self.tr("Hạn"), width=96, gives_way=True),
                Column(key="left", title=self.tr("Số ngày"), width=110),
            ),
            "review_villages",
            self.tr("Các thôn ở bước này"),
        )
        self.box.addWidget(
            label(
                self.tr("Enter hoặc bấm đúp vào một thôn để làm bước này cho thôn."),
                "soft",
                "villages_hint",
                wrap=True,
            )
        )
        self.add_table(self.table)
        self.foot.addStretch()
        self.setFocusProxy(self.table)
        self.table.row_opened.connect(self.village_chosen)

    def refresh(self, *, moved: bool) -> None:
        place = self.place
        rows = []
        for area in place.view.villages:
            one = summary(place.flow, place.view.today, place.step, area.uid)
            rows.append(_row(area.uid, area.name, one))
        self.table.set_rows(rows)
        self.table.say_empty(self.tr("Xã chưa có thôn nào vào ngày mở kỳ rà soát."))

    def stops(self) -> list[QWidget]:
        return [self.table]


def _row(uid: UUID, name: str, one: StepSummary) -> VillageRow:
    return VillageRow(
        uid,
        name,
        texts.STEP_STATUSES[one.status],
        texts.missing_line(one.missing[0]) if one.missing else "",
        format_date(one.due) if one.due else "",
        texts.days_left_text(one.days_left),
    )


def _chip(state: object) -> str:
    chips = {Status.DONE: "done", Status.OPEN: "open", Status.WAITING: "unknown"}
    return next((chips[s] for s, text in texts.STEP_STATUSES.items() if text == state), "unknown")
