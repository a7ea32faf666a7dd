"""A report that was sent, or that one sender handed in: its day, its number, the paper it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind
from giamngheo_desktop.domain.issued import State
from giamngheo_desktop.domain.report_calendar import Direction
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fields_dialog import FieldsDialog, Values
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.review.drafting import OF_RECORDS
from giamngheo_desktop.reports import issued as issued_papers
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked
from giamngheo_desktop.reports.report_calendar import report_name
from giamngheo_desktop.reports.written import REPORT
from giamngheo_desktop.services import issuing
from giamngheo_desktop.services.documents import listing
from giamngheo_desktop.services.issuing import Issued
from giamngheo_desktop.services.reporting import receipts
from giamngheo_desktop.services.reporting.calendar import Line
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Papers:
    """What may have been sent, the oldest first; of reports in words, their period."""

    issued: Sequence[Issued]
    periods: Mapping[UUID, str]

    def of(self, period: str) -> UUID | None:
        """The report in words of a period, the one issued last."""
        found = [one.uid for one in self.issued if self.periods.get(one.uid) == period]
        return found[-1] if found else None


class ReceiptDialog(FieldsDialog):
    """Of the report of `line`; the report in words of its period is offered as what was sent."""

    help_page = "report_calendar"
    drafts = OF_RECORDS

    def __init__(self, desk: Desk, year: int, line: Line, papers: Papers, parent: QWidget) -> None:
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
        if self._is_out and self._papers.issued:
            found.append(
                FieldDef(
                    code="issued",
                    kind=FieldKind.CHOICE,
                    label=self.tr("Văn bản đã phát hành được gửi đi"),
                    choices=tuple(map(_choice, self._papers.issued)),
                )
            )
        return [*found, FieldDef(code="note", kind=FieldKind.TEXT, label=note)]

    def start(self) -> dict[str, Entry]:
        known: dict[str, Entry] = {"submitted_on": self.desk.context.today()}
        paper = self._papers.of(self._line.occurrence.period) if self._is_out else None
        return known if paper is None else {**known, "issued": paper.hex}

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


def papers_of(database: Database, unit: UUID, year: int) -> Papers:
    """What stands issued of the year that a plan is of, or since; runs off the GUI thread."""
    found = issuing.issued(database, state=State.ISSUED)
    papers = [one for one in found if one.year == year or one.issued_on.year == year]
    periods = {one.uid: one.period for one in listing.reports_of(database, unit, year)}
    of_words = {one.uid: _document(database, one) for one in papers if one.code == REPORT}
    return Papers(papers, {uid: periods[of] for uid, of in of_words.items() if of in periods})


def _document(database: Database, paper: Issued) -> UUID | None:
    """The report in words that was issued with it; None where it is not what was signed."""
    try:
        asked, _ = issued_papers.asked_of(database, paper.uid)
    except RefusedError:
        return None
    return asked.about if isinstance(asked, ProgrammeAsked) else None


def _choice(one: Issued) -> Choice:
    said = " – ".join(filter(None, (one.number, one.title, format_date(one.issued_on))))
    return Choice(code=one.uid.hex, label=said)
