"""A report that was sent, or that one sender handed in: its day, its number, the paper it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind
from giamngheo_desktop.domain.issued import State
from giamngheo_desktop.domain.report_calendar import Direction
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fields_dialog import FieldsDialog, Values
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.review.drafting import OF_RECORDS
from giamngheo_desktop.reports.report_calendar import report_name
from giamngheo_desktop.services import issuing
from giamngheo_desktop.services.issuing import Issued
from giamngheo_desktop.services.reporting import receipts
from giamngheo_desktop.services.reporting.calendar import Line
from giamngheo_desktop.storage.engine import Database


class ReceiptDialog(FieldsDialog):
    """Of the report of `line`; `papers` are those that may have been sent."""

    help_page = "report_calendar"
    drafts = OF_RECORDS

    def __init__(
        self, desk: Desk, year: int, line: Line, papers: Sequence[Issued], parent: QWidget
    ) -> None:
        self._year, self._line, self._papers = year, line, papers
        super().__init__(desk, parent)

    @property
    def _is_out(self) -> bool:
        return self._line.schedule.direction is Direction.OUTGOING

    def title(self) -> str:
        return self.tr("Ghi báo cáo đã gửi") if self._is_out else self.tr("Ghi báo cáo đã nộp")

    def hint(self) -> str:
        due = self._line.occurrence.due
        name = report_name(self._line)
        said = self.tr("{name}. Ngày cuối còn đúng hạn: {day}.")
        return said.format(name=name, day=format_date(due)) if due else f"{name}."

    def verb(self) -> str:
        return self.tr("&Ghi")

    def fields(self) -> list[FieldDef]:
        day = self.tr("Ngày gửi") if self._is_out else self.tr("Ngày nộp")
        number, note = self.tr("Số văn bản"), self.tr("Ghi chú")
        found = [
            FieldDef(code="submitted_on", kind=FieldKind.DATE, label=day, required=True),
            FieldDef(code="number", kind=FieldKind.TEXT, label=number),
        ]
        if self._is_out and self._papers:
            found.append(
                FieldDef(
                    code="issued",
                    kind=FieldKind.CHOICE,
                    label=self.tr("Văn bản đã phát hành được gửi đi"),
                    choices=tuple(map(_choice, self._papers)),
                )
            )
        return [*found, FieldDef(code="note", kind=FieldKind.TEXT, label=note)]

    def start(self) -> dict[str, Entry]:
        return {"submitted_on": self.desk.context.today()}

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        issued = values.get("issued")
        return partial(
            receipts.record,
            self.desk.database,
            self.desk.context,
            self._year,
            self._line.report,
            values["submitted_on"],
            number=clean(str(values["number"] or "")),
            issued=UUID(hex=str(issued)) if issued else None,
            note=clean(str(values["note"] or "")),
        )

    def draft_key(self) -> str:
        report = self._line.report
        return f"bao-cao-{self._year}-{report.key[-12:]}-{report.period}"

    def draft_title(self) -> str:
        return f"{self.title()}: {report_name(self._line)}"


def papers_of(database: Database, year: int) -> Sequence[Issued]:
    """What stands issued of the year that a plan is of, or since; runs off the GUI thread."""
    found = issuing.issued(database, state=State.ISSUED)
    return [one for one in found if one.year == year or one.issued_on.year == year]


def _choice(one: Issued) -> Choice:
    said = " – ".join(filter(None, (one.number, one.title, format_date(one.issued_on))))
    return Choice(code=one.uid.hex, label=said)
