"""Step Khiếu nại, phúc tra: complaints of a village, what the recheck came to, the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind, Section
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.review.record_panel import RecordPanel, Values
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.services.review import case_lists, complaints
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.services.review.complaints import Complaint, Result
from giamngheo_desktop.storage.engine import Database

_TEXTS = ("complainant", "content", "answer_number", "answer")
_DAYS = ("received_on", "rechecked_on", "answered_on")


class ComplaintRow(NamedTuple):
    """A complaint as a line."""

    uid: UUID
    received_on: object
    complainant: str
    head: str
    result: str
    answered_on: object


class _Found(NamedTuple):
    complaints: dict[UUID, Complaint]
    cases: list[CaseRow]


class RecheckPanel(RecordPanel):
    """The complaints of one village."""

    def name(self) -> str:
        return "complaints"

    def title(self) -> str:
        return self.tr("Khiếu nại, phúc tra")

    def new_label(self) -> str:
        return self.tr("&Ghi khiếu nại nữa")

    def columns(self) -> Sequence[Column]:
        return (
            Column(key="received_on", title=self.tr("Nhận ngày"), width=100),
            Column(key="complainant", title=self.tr("Người khiếu nại"), width=150, stretch=True),
            Column(key="head", title=self.tr("Về hộ"), width=140),
            Column(key="result", title=self.tr("Kết quả phúc tra"), width=140),
            Column(key="answered_on", title=self.tr("Trả lời ngày"), width=100),
        )

    def reading(self) -> Callable[[], _Found]:
        place = self.place
        assert place.village is not None
        return partial(_read, self.desk.database, place.review.uid, place.village)

    def rows(self) -> Sequence[tuple[Any, ...]]:
        heads = {row.uid: row.head for row in self.found.cases}
        return [
            ComplaintRow(
                uid,
                one.received_on,
                one.complainant,
                heads.get(one.case, ""),
                texts.RECHECK_RESULTS[one.result] if one.result else self.tr("Chưa có"),
                one.answered_on,
            )
            for uid, one in self.found.complaints.items()
        ]

    def say(self) -> str:
        if not self.found.complaints:
            return self.tr("Không có khiếu nại thì không phải ghi gì ở bước này.")
        return ""

    def sections(self) -> Sequence[Section]:
        cases = tuple(
            Choice(code=row.uid.hex, label=f"{row.position or ''} {row.head}".strip())
            for row in self.found.cases
        )
        results = tuple(Choice(code=one.value, label=texts.RECHECK_RESULTS[one]) for one in Result)
        tr, day, text = self.tr, FieldKind.DATE, FieldKind.TEXT
        asked = (
            FieldDef(code="received_on", kind=day, label=tr("Nhận ngày"), required=True),
            FieldDef(code="complainant", kind=text, label=tr("Người khiếu nại"), required=True,
                     capitals="person"),
            FieldDef(code="case", kind=FieldKind.CHOICE, label=tr("Về hộ"), choices=cases),
            FieldDef(code="content", kind=text, label=tr("Nội dung")),
        )  # fmt: skip
        told = (
            FieldDef(code="rechecked_on", kind=day, label=tr("Phúc tra ngày")),
            FieldDef(code="result", kind=FieldKind.CHOICE, label=tr("Kết quả"), choices=results,
                     help=tr("Thay đổi kết quả: hộ về lại bước Thu thập để sửa phiếu, rồi niêm "
                             "yết kết quả phúc tra ở bước Niêm yết.")),
            FieldDef(code="answered_on", kind=day, label=tr("Trả lời ngày")),
            FieldDef(code="answer_number", kind=text, label=tr("Số văn bản")),
            FieldDef(code="answer", kind=text, label=tr("Nội dung trả lời")),
        )  # fmt: skip
        return (
            Section(code="complaint", label=tr("Khiếu nại"), page="", fields=asked),
            Section(code="recheck", label=tr("Phúc tra và trả lời"), page="", fields=told),
        )

    def stored(self, uid: UUID | None) -> Mapping[str, Entry]:
        one = self.found.complaints.get(uid)
        if one is None:
            return {}
        values = asdict(one)
        values["case"] = one.case.hex if one.case else None
        values["result"] = one.result.value if one.result else None
        return values

    def saving(self, values: Values, uid: UUID | None) -> Callable[[], Done[Any]]:
        place = self.place
        assert place.village is not None
        complaint = Complaint(
            village=place.village,
            case=UUID(hex=values["case"]) if values["case"] else None,
            result=Result(values["result"]) if values["result"] else None,
            **{code: values[code] for code in (*_TEXTS, *_DAYS)},
        )
        act = (self.desk.database, self.desk.context)
        return partial(complaints.save_complaint, *act, place.review.uid, complaint, uid)

    def removing(self, uid: UUID) -> Callable[[], Done[Any]] | None:
        return partial(complaints.remove_complaint, self.desk.database, self.desk.context, uid)


def _read(database: Database, review: UUID, village: UUID) -> _Found:
    return _Found(
        complaints.complaints(database, review, village),
        case_lists.of_review(database, review, village),
    )
