"""Ban hành: number and day of a plan or report; then it stands, and lies in the book as signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.issued import IssuedKind
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.documents.document_work import code_of
from giamngheo_desktop.gui.documents.doubt_list import DoubtList
from giamngheo_desktop.gui.fields_dialog import TALLEST, Values
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.issuing.issue_dialogs import BookDialog
from giamngheo_desktop.gui.review.drafting import OF_DOCUMENTS
from giamngheo_desktop.reports.asked import Stamp
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.issued_numbers import book_number, own_sign
from giamngheo_desktop.reports.written_doubts import doubts
from giamngheo_desktop.reports.written_issue import issue
from giamngheo_desktop.services import issuing
from giamngheo_desktop.services.documents.doubts import DoubtedPart
from giamngheo_desktop.services.documents.reading import Document
from giamngheo_desktop.services.issuing import Beside

_KIND = IssuedKind.REPORT


class IssueDocument(BookDialog):
    """Signer and receivers are those that stand in the document. `led(key)`, `led_to_target(key)`,
    `led_to_opening()`: what is to be looked at again is wanted first.
    """

    led = Signal(str)
    led_to_target = Signal(str)
    led_to_opening = Signal()
    drafts = OF_DOCUMENTS

    def __init__(
        self,
        desk: Desk,
        document: Document,
        docs: Sequence[ReportDoc],
        said: str,
        parent: QWidget | None = None,
    ) -> None:
        self._document, self._docs, self._said = document, tuple(docs), said
        super().__init__(desk, parent)

    def title(self) -> str:
        return self.tr("Ban hành")

    def verb(self) -> str:
        return self.tr("Ban hành")

    def hint(self) -> str:
        said = self.tr(
            "{what}\nBan hành rồi thì bản này chỉ xem; bản lưu như khi ký nằm ở Sổ phát hành. Văn "
            "thư chưa cho số thì bỏ trống."
        )
        return said.format(what=self._said)

    def above(self, box: QVBoxLayout) -> None:
        """What is to be looked at again in what will be signed on the day typed."""
        self.doubts = DoubtList()
        box.addWidget(self.doubts)
        self._asked_day: date | None = None  # for which day they are shown
        for chosen, led in (
            (self.doubts.chosen, self.led),
            (self.doubts.target_chosen, self.led_to_target),
            (self.doubts.opening_wanted, self.led_to_opening),
        ):
            chosen.connect(self.reject)
            chosen.connect(led)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        more = 0 if self.doubts.isHidden() else self.doubts.sizeHint().height() + 12
        return QSize(hint.width(), min(TALLEST, hint.height() + more))

    def look(self) -> None:
        super().look()
        day = self.form.draft()["issued_on"]
        if isinstance(day, date) and day != self._asked_day:
            self._asked_day = day
            known = (self.desk.database, self.desk.definitions, self._document.uid)
            work = partial(doubts, *known, self.desk.context.today(), day)
            self.desk.runner.read(self, work, self._say_doubts, latest="doubts")

    def _say_doubts(self, found: Sequence[DoubtedPart]) -> None:
        self.doubts.show_doubts(found)
        self.resize(self.sizeHint().expandedTo(self.size()))

    def fields(self) -> list[FieldDef]:
        said = self.tr("Chỉ ghi số thì thêm ký hiệu {sign}. Chưa có thì bỏ trống.")
        return [
            FieldDef(
                code="number",
                kind=FieldKind.TEXT,
                label=self.tr("Số văn thư cấp"),
                help=said.format(sign=own_sign(self._docs, _KIND)),
            ),
            FieldDef(
                code="issued_on", kind=FieldKind.DATE, label=self.tr("Ngày ký"), required=True
            ),
        ]

    def start(self) -> dict[str, Entry]:
        document = self._document
        day = document.signed_on or self.desk.context.today()
        return {"number": document.head["number"] or None, "issued_on": day}

    def draft_key(self) -> str:
        document = self._document
        return f"{document.type}-{document.year}-{document.uid.hex[-12:]}-{ISSUE}"

    def draft_title(self) -> str:
        return f"{self.title()}: {self._said}"

    def beside(self) -> Callable[[], Beside] | None:
        typed = self.form.draft()
        number, day = self._number(typed["number"]), typed["issued_on"]
        if not number or not isinstance(day, date):
            return None
        place: UUID = self._document.unit
        code = code_of(self._document)
        return partial(issuing.beside, self.desk.database, _KIND, code, number, day, place)

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        stamp = Stamp(number=self._number(values.get("number")), issued_on=values["issued_on"])
        known = (self.desk.database, self.desk.definitions, self.desk.context)
        return partial(issue, *known, self._document.uid, stamp)

    def _number(self, typed: object) -> str:
        """As the book has it."""
        number = clean(str(typed or ""))
        return book_number(self._docs, _KIND, number) if number else ""


ISSUE = "ban-hanh"  # how the key of its draft ends
