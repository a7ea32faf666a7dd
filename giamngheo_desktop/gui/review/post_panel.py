"""Step Niêm yết: what is posted in a village, from when to when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind, Section
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.text_fields import ParsedField
from giamngheo_desktop.gui.review.record_panel import RecordPanel, Values
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.review import postings
from giamngheo_desktop.services.review.postings import Posting, Subject


class PostingRow(NamedTuple):
    """A posting as a line."""

    uid: UUID
    subject: str
    begun_on: date
    last_day: date | None
    number: str | None


class PostPanel(RecordPanel):
    """The notices of one village; `last_day` left empty is reckoned by working days."""

    subject = Subject.RESULTS

    def name(self) -> str:
        return "postings"

    def title(self) -> str:
        return self.tr("Niêm yết")

    def new_label(self) -> str:
        return self.tr("&Niêm yết lần nữa")

    def columns(self) -> Sequence[Column]:
        return (
            Column(key="subject", title=self.tr("Nội dung"), width=150, stretch=True),
            Column(key="begun_on", title=self.tr("Từ ngày"), width=100),
            Column(key="last_day", title=self.tr("Đến hết ngày"), width=110),
            Column(key="number", title=self.tr("Số thông báo"), width=120),
        )

    def reading(self) -> Callable[[], dict[UUID, Posting]]:
        place = self.place
        assert place.village is not None
        return partial(postings.postings, self.desk.database, place.review.uid, place.village)

    def about(self) -> About:
        return replace(super().about(), posting=self.chosen)

    def rows(self) -> Sequence[tuple[Any, ...]]:
        return [
            PostingRow(
                uid, texts.POSTING_SUBJECTS[one.subject], one.begun_on, one.last_day, one.number
            )
            for uid, one in self.found.items()
        ]

    def wants_new(self) -> bool:
        return all(one.subject is not self.subject for one in self.found.values())

    def sections(self) -> Sequence[Section]:
        subjects = tuple(
            Choice(code=one.value, label=texts.POSTING_SUBJECTS[one]) for one in Subject
        )
        tr = self.tr
        fields = (
            FieldDef(code="subject", kind=FieldKind.CHOICE, label=tr("Nội dung"), required=True,
                     choices=subjects),
            FieldDef(code="begun_on", kind=FieldKind.DATE, label=tr("Niêm yết từ ngày"),
                     required=True),
            FieldDef(code="last_day", kind=FieldKind.DATE, label=tr("Đến hết ngày"),
                     help=tr("Để trống: đủ số ngày làm việc theo quy định, không tính ngày bắt "
                             "đầu, ngày nghỉ.")),
            FieldDef(code="number", kind=FieldKind.TEXT, label=tr("Số thông báo")),
            FieldDef(code="places", kind=FieldKind.TEXT, label=tr("Nơi niêm yết")),
            FieldDef(code="note", kind=FieldKind.TEXT, label=tr("Ghi chú")),
        )  # fmt: skip
        return (Section(code="posting", label=tr("Lần niêm yết"), page="", fields=fields),)

    def stored(self, uid: UUID | None) -> Mapping[str, Entry]:
        one = self.found.get(uid)
        if one is None:
            last = list(self.found.values())[-1:]
            places = last[0].places if last else self.tr("Nhà văn hóa thôn; trụ sở Ủy ban xã")
            return {"subject": self.subject.value, "places": places}
        return {
            "subject": one.subject.value,
            "begun_on": one.begun_on,
            "last_day": one.last_day,
            "number": one.number,
            "places": one.places,
            "note": one.note,
        }

    def saving(self, values: Values, uid: UUID | None) -> Callable[[], Done[Any]]:
        place = self.place
        posting = Posting(
            subject=Subject(values["subject"]),
            begun_on=values["begun_on"],
            last_day=values["last_day"],
            number=values["number"],
            places=values["places"],
            note=values["note"],
        )
        act = (self.desk.database, self.desk.context, self.desk.definitions)
        if uid is None:
            villages = [place.village]
            return partial(postings.save_posting, *act, place.review.uid, villages, posting)  # type: ignore[arg-type]
        return partial(postings.change_posting, *act, uid, posting)

    def removing(self, uid: UUID) -> Callable[[], Done[Any]] | None:
        act = (self.desk.database, self.desk.context, self.desk.definitions)
        return partial(postings.change_posting, *act, uid, None)

    def _changed(self, code: str) -> None:
        """Say until when it stays, as soon as the first day is typed."""
        super()._changed(code)
        begun = self.form.draft().get("begun_on")
        if code == "begun_on" and isinstance(begun, date):
            work = partial(
                postings.last_day,
                self.desk.database,
                self.desk.definitions,
                self.place.review.uid,
                begun,
            )
            self.desk.runner.read(self, work, self._propose, latest="last_day")

    def _propose(self, last: date) -> None:
        field = self.form.fields["last_day"]
        assert isinstance(field, ParsedField)
        field.edit.setPlaceholderText(format_date(last))
