"""Biến cố: what befell a household, and the way from there into a review within the year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fields_dialog import FieldsDialog
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.records.record_section import Words
from giamngheo_desktop.gui.records.record_work import Values
from giamngheo_desktop.gui.records.support_sections import HomeSection
from giamngheo_desktop.gui.review.drafting import OF_RECORDS
from giamngheo_desktop.services.programme import incidents
from giamngheo_desktop.storage.engine import Database


class ApplyDialog(FieldsDialog):
    """The day on which the household handed in its application; all else is known."""

    help_page = "household_plans"
    drafts = OF_RECORDS

    def __init__(self, desk: Desk, incident: UUID, who: str, parent: QWidget) -> None:
        self._incident, self._who = incident, who
        super().__init__(desk, parent)

    def title(self) -> str:
        return self.tr("Đưa vào rà soát trong năm")

    def hint(self) -> str:
        said = self.tr(
            "{who}: vào sổ một giấy đề nghị xét hộ nghèo, hộ cận nghèo; kỳ rà soát tới xét như "
            "mọi giấy khác. Biến cố được ghi là đã xử lý."
        )
        return said.format(who=self._who)

    def fields(self) -> list[FieldDef]:
        said = self.tr("Ngày nhận giấy đề nghị")
        return [FieldDef(code="received_on", kind=FieldKind.DATE, label=said, required=True)]

    def start(self) -> dict[str, Entry]:
        return {"received_on": self.desk.context.today()}

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        self.received_on: date = values["received_on"]
        act = (self.desk.database, self.desk.context, self._incident)
        return partial(incidents.apply, *act, received_on=self.received_on)

    def draft_key(self) -> str:
        return f"vao-ra-soat-{self._incident.hex[-12:]}"

    def draft_title(self) -> str:
        return f"{self.title()}: {self._who}"


class IncidentSection(HomeSection):
    """Biến cố."""

    KIND: ClassVar[Kind] = Kind.INCIDENT
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "happened_on",
        "household",
        "kind",
        "description",
        "proposes_review",
        "handled_on",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Biến cố"),
            self.tr("Thiên tai, tai nạn, ốm nặng, mất việc… trong năm, và đã xử lý thế nào."),
            self.tr("&Thêm biến cố"),
            self.tr("Năm này chưa ghi biến cố nào."),
        )

    def add_tools(self) -> None:
        super().add_tools()
        self.dialog: ApplyDialog | None = None
        self._applied: dict[UUID, date] = {}  # here, in whatever year
        self.apply_button = button(self.tr("Đưa vào &rà soát trong năm"), "apply_incident")
        self.tools.addWidget(self.apply_button)
        self.apply_button.clicked.connect(self.apply)

    def below(self) -> None:
        super().below()
        self.applied = label("", "soft", "incident_applied", wrap=True)
        self.book_button = button(self.tr("Mở sổ &giấy đề nghị"), "open_applications", icon="open")
        row = QHBoxLayout()
        row.addWidget(self.applied, 1)
        row.addWidget(self.book_button)
        self.box.addLayout(row)
        keep_clear(self.applied)
        self.applied.hide()
        self.book_button.hide()
        self.book_button.clicked.connect(self._open_book)

    def read_more(self) -> Callable[[], Mapping[UUID, date]]:
        desk = self.desk
        place = (desk.database, desk.definitions, desk.unit(self.year), self.year)
        return partial(_applied, *place, desk.day(self.year))

    def fill_more(self) -> None:
        super().fill_more()
        day = self._applied_on()
        self.applied.setVisible(day is not None)
        self.book_button.setVisible(day is not None)
        if day is None:
            return
        said = self.tr("Giấy đề nghị ngày {day}: ở Rà soát, Giấy đề nghị.")
        if day.year != self.year:
            said = self.tr("Giấy đề nghị ngày {day}: ở Rà soát, Giấy đề nghị của năm {year}.")
        self.applied.setText(said.format(day=format_date(day), year=day.year))
        self.book_button.setEnabled(day.year == self.year)

    @Slot()
    def apply(self) -> None:
        """Ask for the day, and enter the application."""
        if self.chosen is None or self._why_not():
            return
        cell = self.COLUMNS.index("household") + 1
        who = next((row[cell] for row in self.rows() if row[0] == self.chosen), "")
        self.dialog = ApplyDialog(self.desk, self.chosen, str(who), self)
        self.dialog.recorded.connect(partial(self._recorded, self.chosen, self.dialog))
        self.dialog.open()
        self.dialog.start_typing()

    def _recorded(self, incident: UUID, dialog: ApplyDialog, _: object) -> None:
        self._applied[incident] = dialog.received_on
        self.load()
        self.show_part(self.applied)

    def _applied_on(self) -> date | None:
        """The day of the application that followed the chosen incident; it may have been taken
        back since.
        """
        if self.chosen is None or self._found is None:
            return None
        here = self._applied.get(self.chosen)
        if here is not None and self.stored(self.chosen).get("handled_on") == here:
            return here
        found: date | None = self.found.more.get(self.chosen)
        return found

    def _why_not(self) -> str:
        """Why the act cannot be done, for its tip."""
        if self.chosen is None or self._found is None or self.chosen not in self.found.records:
            return self.tr("Chọn một biến cố đã lưu.")
        if self.form.is_dirty:
            return self.tr("Lưu hoặc bỏ phần đang ghi trước.")
        refused = incidents.refusal(self.stored(self.chosen))
        return "" if refused is None else texts.error_text(refused)

    def _changed(self, code: str) -> None:
        super()._changed(code)
        self._enable()

    def _enable(self) -> None:
        super()._enable()
        why = self._why_not()
        self.apply_button.setEnabled(self.editable and not self._writing and not why)
        self.apply_button.setToolTip(why or self.tr("Vào sổ giấy đề nghị của hộ sau biến cố này"))

    @Slot()
    def _open_book(self) -> None:
        self.go_requested.emit("review", {"applications": True})


def _applied(
    database: Database, definitions: Definitions, unit: UUID, year: int, day: date
) -> Mapping[UUID, date]:
    """Runs off the GUI thread."""
    found = incidents.incidents(database, definitions, unit=unit, year=year, day=day)
    return {one.uid: one.applied_on for one in found if one.applied_on is not None}
