"""What issuing asks: number, day, to whom, signer; a number given later; why it is cancelled."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.issued import is_number
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fields_dialog import FieldsDialog, Values
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.issuing.issue_work import (
    ASKED,
    ISSUE_DRAFT,
    TITLE,
    number_words,
    title_of,
)
from giamngheo_desktop.gui.preview.signer_note import lacks_signer
from giamngheo_desktop.gui.review.drafting import OF_ISSUED, Typed
from giamngheo_desktop.reports import issued as documents
from giamngheo_desktop.reports import known_cells
from giamngheo_desktop.reports.asked import Asked, ReportAsked, Stamp, asked_text
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.issued_numbers import book_number, own_sign
from giamngheo_desktop.services import issuing
from giamngheo_desktop.services.issuing import Beside, Issued

_FIELDS = {
    "issued_number_missing": "number",
    "issued_number_taken": "number",
    "issued_number_unreadable": "number",
    "issued_reason_missing": "reason",
    "issued_before": "day",
    "issued_before_data": "issued_on",
    "issued_in_future": "issued_on",
    "issued_day_not_come": "issued_on",
}


def said_beside(form: FormView, error: BaseException) -> bool:
    """A refusal of an answer stands at its field, with the keyboard back in it; False where it is
    of something else.
    """
    if not isinstance(error, AppError) or (code := _field_of(form, error)) is None:
        return False
    form.set_problems([(code, texts.error_text(error), True)])
    form.focus_field(code)
    return True


def _field_of(form: FormView, error: AppError) -> str | None:
    if error.code != "event_in_future":
        return _FIELDS.get(error.code)
    days = ((code, entry) for code, entry in form.draft().items() if isinstance(entry, date))
    return next((code for code, day in days if format_date(day) == error.params["day"]), None)


class BookDialog(FieldsDialog):
    """What is asked of a document that stands in the book, or will."""

    help_page = "issuing"
    drafts = OF_ISSUED

    def _refused(self, error: BaseException) -> None:
        if said_beside(self.form, error):
            self.accept_button.setEnabled(True)
        else:
            super()._refused(error)

    def beside(self) -> Callable[[], Beside] | None:
        """How to find what is to be said of the number typed; None where none is."""
        return None

    def _field_changed(self, code: str) -> None:
        self.form.set_problems(())
        super()._field_changed(code)
        self.look()

    def begin_anew(self) -> None:
        super().begin_anew()
        self.look()

    def put(self, typed: Typed) -> None:
        super().put(typed)
        self.look()

    def look(self) -> None:
        """Say what is to be known of the answers before they are written."""
        work = self.beside()
        if work is not None:
            self.desk.runner.read(self, work, self._say, latest="beside")

    def _say(self, found: Beside) -> None:
        """How it will be written; that it is another's too, or is counted apart."""
        number = self.form.fields["number"]
        if not number.problem:
            said = number_words(found)
            if is_number(found.number) and found.number != clean(str(number.value() or "")):
                written = self.tr("Sẽ ghi là {number}.").format(number=found.number)
                said = f"{written} {said}".rstrip()
            number.set_problem(said, is_error=False)


class IssueDialog(BookDialog):
    """Issues the document that is shown."""

    def __init__(
        self,
        desk: Desk,
        docs: Sequence[ReportDoc],
        asked: Asked,
        said: str,
        parent: QWidget | None = None,
    ) -> None:
        self._docs = tuple(docs)
        self._asked = asked
        self._said = said
        super().__init__(desk, parent)

    def title(self) -> str:
        return self.tr("Phát hành")

    def hint(self) -> str:
        said = self.tr(
            "{what}\nBản đang xem được giữ nguyên như khi ký để sau này in lại. Văn thư chưa cho "
            "số thì bỏ trống, ghi sau ở Sổ phát hành."
        )
        waiting = self._docs[0].extra.get("waiting")
        if waiting:
            said += "\n" + self.tr(
                "Còn {count} hộ chưa có kết quả công nhận: số in là “–” nơi chưa biết. Chưa đủ "
                "thì chưa nên phát hành."
            ).format(count=format_integer(int(waiting)))
        elif isinstance(self._asked, ReportAsked) and known_cells.unknown_cells(self._docs):
            said += "\n" + self.tr(
                "Còn {count} ô chưa biết, in “–”: ghi chú dưới biểu nói vì sao. Chưa đủ thì chưa "
                "nên phát hành."
            ).format(count=format_integer(known_cells.unknown_cells(self._docs)))
        return said.format(what=self._said)

    def look(self) -> None:
        super().look()
        if lacks_signer(self._docs[0]) and not self.form.draft()["signer"]:
            said = self.tr("Cài đặt chưa ghi người ký: bản in không có họ tên người ký.")
            self.form.fields["signer"].set_problem(said, is_error=False)

    def verb(self) -> str:
        return self.tr("Phát hành")

    def fields(self) -> list[FieldDef]:
        return [
            FieldDef(
                code="number",
                kind=FieldKind.TEXT,
                label=self.tr("Số văn thư cấp"),
                help=self._number_help(),
            ),
            FieldDef(
                code="issued_on", kind=FieldKind.DATE, label=self.tr("Ngày ký"), required=True
            ),
            FieldDef(
                code="recipients",
                kind=FieldKind.TEXT,
                label=self.tr("Gửi đến"),
                help=self.tr("Bỏ trống: như nơi nhận in trên văn bản."),
            ),
            FieldDef(
                code="signer",
                kind=FieldKind.TEXT,
                label=self.tr("Người ký"),
                capitals="person",
                help=self.tr("Tên in dưới chỗ ký."),
            ),
        ]

    def _number_help(self) -> str:
        sign = own_sign(self._docs, documents.kind_of(self._asked))
        if not sign:
            return self.tr("Ghi số, hoặc cả ký hiệu: 15/BC-UBND. Chưa có thì bỏ trống.")
        said = self.tr("Chỉ ghi số thì thêm ký hiệu {sign}. Chưa có thì bỏ trống.")
        return said.format(sign=sign)

    def start(self) -> dict[str, Entry]:
        desk, today = self.desk, self.desk.context.today()
        first, _ = documents.signed_since(
            desk.database, desk.definitions, self._docs[0], self._asked
        )
        day = max(today, first or today)
        self._signer = self._signer_on(day)
        return {"issued_on": day, "signer": self._signer}

    def _signer_on(self, day: date) -> str | None:
        doc, asked = self._docs[0], self._asked
        return documents.proposed_signer(self.desk.database, doc, asked, day) or None

    def _field_changed(self, code: str) -> None:
        """The signer is that of the day, where no other one was typed."""
        super()._field_changed(code)
        day, signer = self.form.fields["issued_on"].value(), self.form.fields["signer"]
        if code == "issued_on" and isinstance(day, date) and signer.value() == self._signer:
            self._signer = self._signer_on(day)
            signer.set_value(self._signer)

    def draft_key(self) -> str:
        """One for each document that may be asked for."""
        return f"{ISSUE_DRAFT}{hashlib.sha256(repr(self._asked).encode()).hexdigest()[:16]}"

    def draft_title(self) -> str:
        return f"{self.title()}: {self._said}"

    def typed(self) -> Typed | None:
        """With what was asked for: from this the document is made again when it is taken up."""
        typed = super().typed()
        if typed is None:
            return None
        return {**typed, ASKED: asked_text(self._asked), TITLE: self._said}

    def beside(self) -> Callable[[], Beside] | None:
        typed = self.form.draft()
        number, day = clean(str(typed["number"] or "")), typed["issued_on"]
        if not number or not isinstance(day, date):
            return None
        return partial(
            issuing.beside,
            self.desk.database,
            documents.kind_of(self._asked),
            self._docs[0].code,
            book_number(self._docs, documents.kind_of(self._asked), number),
            day,
            documents.place_of(self._asked),
        )

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        stamp = Stamp(
            number=clean(values.get("number") or ""),
            issued_on=values["issued_on"],
            recipients=clean(values.get("recipients") or ""),
            signer=clean(values.get("signer") or ""),
        )
        return partial(
            documents.issue,
            self.desk.database,
            self.desk.definitions,
            self.desk.context,
            self._docs,
            self._asked,
            stamp,
        )


class NumberDialog(BookDialog):
    """The number that came after the paper was printed."""

    def __init__(self, desk: Desk, row: Issued, parent: QWidget | None = None) -> None:
        self._row = row
        super().__init__(desk, parent)

    def title(self) -> str:
        return self.tr("Ghi số văn thư cấp")

    def hint(self) -> str:
        said = self.tr("{what}\nBản đã phát hành giữ nguyên; ghi số bằng tay lên bản in.")
        return said.format(what=title_of(self._row))

    def verb(self) -> str:
        return self.tr("Ghi số")

    def fields(self) -> list[FieldDef]:
        return [
            FieldDef(
                code="number", kind=FieldKind.TEXT, label=self.tr("Số, ký hiệu"), required=True
            )
        ]

    def draft_key(self) -> str:
        return f"ghi-so-{self._row.uid.hex}"

    def beside(self) -> Callable[[], Beside] | None:
        number, row = clean(str(self.form.draft()["number"] or "")), self._row
        if not number:
            return None
        return partial(documents.beside, self.desk.database, row, number)

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        act = (self.desk.database, self.desk.context, self._row.uid)
        return partial(documents.give_number, *act, str(values["number"]))


class CancelDialog(BookDialog):
    """It does not hold any more; number and document stay."""

    def __init__(self, desk: Desk, row: Issued, parent: QWidget | None = None) -> None:
        self._row = row
        super().__init__(desk, parent)

    def title(self) -> str:
        return self.tr("Hủy văn bản đã phát hành")

    def hint(self) -> str:
        said = self.tr("{what}\nSố và bản lưu vẫn ở trong sổ, có ghi là đã hủy.")
        return said.format(what=title_of(self._row))

    def verb(self) -> str:
        return self.tr("Hủy văn bản")

    def fields(self) -> list[FieldDef]:
        return [
            FieldDef(code="reason", kind=FieldKind.TEXT, label=self.tr("Lý do hủy"), required=True),
            FieldDef(code="day", kind=FieldKind.DATE, label=self.tr("Ngày hủy"), required=True),
        ]

    def start(self) -> dict[str, Entry]:
        return {"day": self.desk.context.today()}

    def draft_key(self) -> str:
        return f"huy-{self._row.uid.hex}"

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        return partial(
            issuing.cancel,
            self.desk.database,
            self.desk.context,
            self._row.uid,
            reason=str(values["reason"]),
            day=values["day"],
        )


class Issuer(QObject):
    """Asks for number and day of a document that is shown; `issued(Issued)` once it is kept,
    `closed()` when nothing is asked any more.
    """

    issued = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.dialog: IssueDialog | None = None

    def ask(self, docs: Sequence[ReportDoc], asked: Asked, said: str) -> None:
        try:
            known_cells.refuse_empty(docs[0])
        except RefusedError as error:
            messages.report(error, self._window)
            return
        dialog = IssueDialog(self._desk, docs, asked, said, self._window)
        self.dialog = dialog
        dialog.recorded.connect(self._recorded)
        dialog.finished.connect(self.closed)
        show(dialog)

    def _recorded(self, uid: UUID) -> None:
        work = partial(issuing.get, self._desk.database, uid)
        self._desk.runner.read(self, work, self.issued.emit)


def show(dialog: FieldsDialog) -> None:
    """Open it; it goes when it is done."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    dialog.start_typing()
