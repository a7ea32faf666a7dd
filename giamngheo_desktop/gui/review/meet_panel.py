"""Step Họp dân: the minutes of each meeting of a village, with how many agreed to each result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from functools import partial
from typing import Any, NamedTuple, cast
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import FieldDef, FieldKind, Section
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.grid.cells import GridColumn
from giamngheo_desktop.gui.grid.edit_grid import EditGrid
from giamngheo_desktop.gui.household.columns import state_label
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.review.record_panel import RecordPanel, Values
from giamngheo_desktop.gui.table.column import Column, number_column
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.review import case_lists, meetings
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.services.review.meetings import Meeting, Minutes, Vote
from giamngheo_desktop.storage.engine import Database

_VOTES = "votes"
_OTHERS = "others"
_AGREED, _REMARK = "agreed", "remark"


class MeetingRow(NamedTuple):
    """A meeting as a line."""

    uid: UUID
    number: int
    held_on: object
    attendants: int
    failed: int


class _Found(NamedTuple):
    """The meetings of a village, its list, and who is due at the next one (None) or another."""

    meetings: list[Meeting]
    cases: dict[UUID, CaseRow]
    due: dict[UUID | None, list[UUID]]


class MeetPanel(RecordPanel):
    """The meetings of one village."""

    EXCUSED = frozenset({_OTHERS})  # not missing where households have numbers of their own

    def name(self) -> str:
        return "meetings"

    def title(self) -> str:
        return self.tr("Họp dân")

    def new_label(self) -> str:
        return self.tr("&Ghi cuộc họp nữa")

    def columns(self) -> Sequence[Column]:
        return (
            number_column("number", self.tr("Lần"), width=56),
            Column(key="held_on", title=self.tr("Ngày họp"), width=110, stretch=True),
            number_column("attendants", self.tr("Người dự"), width=90),
            number_column("failed", self.tr("Hộ không đạt"), width=110),
        )

    def below(self) -> None:
        self.hint = label("", "soft", "votes_hint", wrap=True)
        columns = (
            GridColumn(key="position", title=self.tr("STT"), number=True, width=50, locked=True),
            GridColumn(key="head", title=self.tr("Chủ hộ"), width=150, locked=True, stretch=True),
            GridColumn(key="result", title=self.tr("Kết quả"), width=130, locked=True),
            GridColumn(key=_AGREED, title=self.tr("Số người đồng ý"), number=True, width=90),
            GridColumn(key=_REMARK, title=self.tr("Ý kiến"), width=150),
        )
        self.votes = EditGrid(columns, _VOTES, self.tr("Biểu quyết từng hộ"))
        self.votes.changed.connect(self._votes_changed)
        self.votes.typing.connect(self.draft.touch)
        self.votes.completed.connect(self._to_save)
        self.box.addWidget(self.hint)
        self.add_table(self.votes)

    def reading(self) -> Callable[[], _Found]:
        place = self.place
        assert place.village is not None
        return partial(_read, self.desk.database, place.review.uid, place.village)

    def about(self) -> About:
        return replace(super().about(), meeting=self.chosen)

    def rows(self) -> Sequence[tuple[Any, ...]]:
        return [
            MeetingRow(
                one.uid,
                one.number,
                one.minutes.held_on,
                one.minutes.attendants,
                sum(one.passed(case) is False for case in one.votes),
            )
            for one in self.found.meetings
        ]

    def wants_new(self) -> bool:
        """A meeting is due where somebody was not agreed to yet."""
        return not self.found.meetings or bool(self.found.due[None])

    def say(self) -> str:
        due = len(self.found.due[None])
        if not due:
            return ""
        text = self.tr("{due} hộ đã có kết quả, chờ họp thống nhất.")
        if self.found.meetings:
            text = self.tr("{due} hộ phải đưa ra cuộc họp nữa.")
        return text.format(due=format_integer(due))

    def sections(self) -> Sequence[Section]:
        text, number = FieldKind.TEXT, FieldKind.INTEGER
        tr = self.tr
        listed = len(self.found.cases)

        def field(code: str, kind: FieldKind, label: str, **more: Any) -> FieldDef:
            return FieldDef(code=code, kind=kind, label=label, **more)

        return (
            Section(
                code="meeting",
                label=tr("Cuộc họp"),
                page="",
                fields=(
                    field("held_on", FieldKind.DATE, tr("Ngày họp"), required=True),
                    field("attendants", number, tr("Tổng số người dự"), required=True,
                          help=tr("Mọi người có mặt: tỷ lệ đồng ý tính trên số này.")),
                    field(_OTHERS, number, tr("Số người đồng ý"),
                          required=any(self.found.due.values()),
                          help=tr("Với mọi hộ không ghi riêng ở bảng dưới. Để trống: hộ nào "
                                  "không ghi riêng thì chưa biểu quyết.")),
                    field("place", text, tr("Nơi họp")),
                    field("households_present", number,
                          tr("Hộ trong danh sách có mặt"),
                          help=tr("Trên {count} hộ của danh sách; ghi vào biên bản.").format(
                              count=format_integer(listed))),
                ),
            ),
            Section(
                code="signers",
                label=tr("Biên bản"),
                page="",
                fields=(
                    field("chair", text, tr("Chủ trì"), capitals="person"),
                    field("chair_title", text, tr("Chức vụ chủ trì")),
                    field("secretary", text, tr("Thư ký"), capitals="person"),
                    field("secretary_title", text, tr("Chức vụ thư ký")),
                    field("household_signer", text, tr("Đại diện các hộ"), capitals="person"),
                    field("committee", number, tr("Ban Chỉ đạo, số người")),
                    field("organisations", number, tr("Chi bộ, đoàn thể, số người")),
                    field("front", number, tr("Mặt trận giám sát, số người")),
                    field("surveyors", number, tr("Rà soát viên, số người")),
                    field("note", text, tr("Ghi chú")),
                ),
            ),
        )  # fmt: skip

    def stored(self, uid: UUID | None) -> Mapping[str, Entry]:
        meeting = self._meeting(uid)
        if meeting is not None:
            return {**asdict(meeting.minutes), _OTHERS: self._common(meeting)}
        last = self.found.meetings[-1].minutes if self.found.meetings else None
        kept = ("place", "chair", "chair_title", "secretary", "secretary_title")
        return {name: getattr(last, name) for name in kept} if last else {}

    def fill_more(self) -> None:
        meeting = self._meeting(self.chosen)
        due = self.found.due[self.chosen]
        common = self._common(meeting) if meeting else None
        rows = []
        for case in due:
            row = self.found.cases[case]
            vote = meeting.votes.get(case) if meeting else None
            rows.append(
                {
                    "position": row.position,
                    "head": row.head,
                    "result": self._result(row),
                    _AGREED: vote.agreed if vote and vote.agreed != common else None,
                    _REMARK: vote.remark if vote else None,
                }
            )
        self.votes.cells.set_rows(rows, due)
        self.votes.setEnabled(self.editable)
        self.votes.setVisible(bool(due))
        self.form.fields[_OTHERS].setEnabled(bool(due))  # a number of nobody would be lost
        self.hint.setText(
            self.tr(
                "Chỉ ghi hộ có số người đồng ý khác. Từ 50 % số người dự thì đạt; không đạt thì hộ "
                "về lại bước Thu thập rồi họp lại."
            )
            if due
            else self.tr("Cuộc họp này không có hộ nào để biểu quyết: không ghi số người đồng ý.")
        )

    def more_typed(self) -> Mapping[str, object] | None:
        cells = self.votes.cells
        if not cells.is_dirty:
            return None
        rows = tuple(
            {"case": cells.tag(row).hex, **{key: cells.text(row, key) for key in _TYPED}}
            for row in range(cells.rowCount())
        )
        return {_VOTES: rows}

    def put_more(self, typed: Mapping[str, object]) -> None:
        found = typed.get(_VOTES)
        known = {row["case"]: row for row in found} if isinstance(found, tuple) else {}
        for row in range(self.votes.cells.rowCount()):
            typed_row = known.get(self.votes.cells.tag(row).hex, {})
            for key in typed_row.keys() & set(_TYPED):
                self.votes.cells.put(row, key, str(typed_row[key] or ""))

    def problems(self, values: Values) -> dict[str, str]:
        cells = self.votes.cells
        rows = range(cells.rowCount())
        for row, key, sentence in cells.problems():
            return self._wrong_vote(row, key, sentence)
        votes = self._votes(None)
        attendants = values["attendants"]
        for row in rows:
            vote = votes.get(cells.tag(row))
            if vote is not None and not 0 <= vote.agreed <= attendants:
                said = texts.ERRORS["more_agreed_than_attended"]
                return self._wrong_vote(
                    row, _AGREED, said.format(agreed=vote.agreed, attendants=attendants)
                )
        remarked = {cells.tag(row) for row in rows if cells.value(row, _REMARK)}
        if rows and values[_OTHERS] is None and (not votes or remarked - votes.keys()):
            said = self.tr("Chưa ghi số người đồng ý: ghi ở đây, hoặc riêng từng hộ ở bảng dưới.")
            return {_OTHERS: said}
        return {}

    def saving(self, values: Values, uid: UUID | None) -> Callable[[], Done[Any]]:
        place = self.place
        assert place.village is not None
        names = [item.name for item in fields(Minutes)]
        return partial(
            meetings.save,
            self.desk.database,
            self.desk.context,
            place.review.uid,
            place.village,
            Minutes(**{name: values[name] for name in names}),
            self._votes(values[_OTHERS]),
            others=values[_OTHERS],
            meeting=uid,
        )

    def removing(self, uid: UUID) -> Callable[[], Done[Any]] | None:
        return partial(meetings.remove, self.desk.database, self.desk.context, uid)

    # -- internals ------------------------------------------------------------------------------

    def _meeting(self, uid: UUID | None) -> Meeting | None:
        return next((one for one in self.found.meetings if one.uid == uid), None)

    def _common(self, meeting: Meeting) -> int | None:
        """The number most households have, where all were voted on: the field of all of them."""
        due = self.found.due[meeting.uid]
        if not due or any(case not in meeting.votes for case in due):
            return None
        agreed = Counter(meeting.votes[case].agreed for case in due)
        return max(agreed, key=lambda number: (agreed[number], number))

    def _votes(self, others: int | None) -> dict[UUID, Vote]:
        """What is typed of single households; one with a remark alone has the number of all."""
        cells = self.votes.cells
        found = {}
        for row in range(cells.rowCount()):
            remark = cast("str | None", cells.value(row, _REMARK))
            agreed = cells.value(row, _AGREED)
            if agreed is None and remark:
                agreed = others
            if isinstance(agreed, int):
                found[cells.tag(row)] = Vote(agreed, remark)
        return found

    def _wrong_vote(self, row: int, key: str, sentence: str) -> dict[str, str]:
        """Said below the table, far from the fields of the form."""
        self.votes.go_to(row, key)
        name = self.votes.cells.text(row, "head")
        self.refusal.setText(f"{name}: {sentence}")
        self.refusal.show()
        return {_VOTES: sentence}

    def _result(self, row: CaseRow) -> str:
        """The class under the standard that counts the movement."""
        code = row.results.get(self.place.review.own_standard)
        return state_label(code) if code else ""

    def _completed(self) -> None:
        if self.votes.isVisible() and self.votes.isEnabled():
            self.votes.start()
        else:
            super()._completed()

    def _to_save(self) -> None:
        self.save_button.setFocus()

    def _votes_changed(self) -> None:
        self.refusal.hide()
        self.draft.touch()


_TYPED = (_AGREED, _REMARK)


def _read(database: Database, review: UUID, village: UUID) -> _Found:
    held = meetings.of_village(database, review, village)
    keys: list[UUID | None] = [None, *(one.uid for one in held)]
    return _Found(
        meetings=held,
        cases={row.uid: row for row in case_lists.of_review(database, review, village)},
        due={key: meetings.due(database, review, village, key) for key in keys},
    )
