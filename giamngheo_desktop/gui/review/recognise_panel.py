"""Step Công nhận: for each standard the decision (Mẫu 02), and whom it recognises."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from PySide6.QtCore import Qt

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import FieldDef, FieldKind, Section
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.review_flow import Missing
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.household.columns import chip_of, state_label
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.review.correction_link import correction_link, is_correctable
from giamngheo_desktop.gui.review.record_panel import RecordPanel, Values
from giamngheo_desktop.gui.review.words import standard_name, unclassed_names
from giamngheo_desktop.gui.table.column import Column, number_column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.review import recognition
from giamngheo_desktop.services.review.recognition import Decision, FourLists, Unclassed
from giamngheo_desktop.services.review.review_view import Paper, papers
from giamngheo_desktop.storage.engine import Database

_LISTS = ("poor", "near_poor", "left_poor", "left_near_poor")
_NO_CLASS = "none"


class StandardRow(NamedTuple):
    """A standard as a line, with its decision."""

    uid: UUID
    standard: str
    number: str
    signed_on: date | None


class _Found(NamedTuple):
    """By standard: its decision, what it would pass over today, its lists, whom it leaves out."""

    papers: dict[str, Paper]
    lacking: dict[str, tuple[Missing, ...]]
    lists: dict[str, FourLists]
    unclassed: dict[str, list[Unclassed]]


class RecognisePanel(RecordPanel):
    """One decision per standard; the standards are the records."""

    def name(self) -> str:
        return "decisions"

    def title(self) -> str:
        return self.tr("Quyết định công nhận")

    def new_label(self) -> str:
        return ""

    def columns(self) -> Sequence[Column]:
        return (
            Column(key="standard", title=self.tr("Bộ chuẩn"), width=260, stretch=True),
            Column(key="number", title=self.tr("Quyết định số"), width=140, chip=self._chip),
            Column(key="signed_on", title=self.tr("Ký ngày"), width=100),
        )

    def below(self) -> None:
        names = (self.tr("Nghèo"), self.tr("Cận nghèo"), self.tr("Thoát nghèo"),
                 self.tr("Thoát cận nghèo"))  # fmt: skip
        self.counts = label("", "bold", "decision_counts", wrap=True)
        self.list = Segments(list(map(Option, _LISTS, names)))
        self.list.setObjectName("decision_list")
        self.list.setAccessibleName(self.tr("Danh sách của quyết định"))
        self.list.choose("poor")
        self.people = TableView(
            (
                Column(key="head", title=self.tr("Chủ hộ"), width=170, stretch=True),
                Column(key="village", title=self.tr("Thôn"), width=130),
                number_column("persons", self.tr("Khẩu"), width=60),
                Column(key="before", title=self.tr("Đầu kỳ"), width=130, format=_label,
                       chip=_chip, gives_way=True),
                Column(key="after", title=self.tr("Công nhận"), width=130, format=_label,
                       chip=_chip),
            ),
            "decision_people",
            self.tr("Các hộ của danh sách"),
        )  # fmt: skip
        self.people.row_opened.connect(self._open)
        self.list.chosen.connect(self.fill_more)
        self.unclassed = label("", "warning", "decision_unclassed", wrap=True)
        self.correct = correction_link(self)
        self.box.addWidget(self.correct, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self.counts)
        self.box.addWidget(self.unclassed)
        self.box.addWidget(self.list)
        self.add_table(self.people)

    def reading(self) -> Callable[[], _Found]:
        review = self.place.review
        codes = tuple(item.code for item in review.standards)
        today = self.desk.context.today()
        desk = self.desk
        return partial(_read, desk.database, desk.definitions, review.uid, codes, today)

    def about(self) -> About:
        return replace(super().about(), standard=self._code)

    def rows(self) -> Sequence[tuple[Any, ...]]:
        rows = []
        for item in self.place.review.standards:
            paper = self.found.papers.get(item.code)
            name = standard_name(self.desk.definitions, item.code, item.purpose)
            number = paper.number if paper else self.tr("Chưa có")
            signed = paper.signed_on if paper else None
            rows.append(StandardRow(self._uid(item.code), name, number, signed))
        return rows

    def wants_new(self) -> bool:
        return False

    def say(self) -> str:
        lacking = self.found.lacking[self._code]
        if self._paper is not None or not lacking:
            return ""
        text = self.tr("Chưa xong: {what}. Vẫn ký quyết định thì phải ghi lý do.")
        return text.format(what=texts.lacking_text(lacking))

    def sections(self) -> Sequence[Section]:
        tr, day, text = self.tr, FieldKind.DATE, FieldKind.TEXT
        fields = [
            FieldDef(code="number", kind=text, label=tr("Quyết định số"), required=True),
            FieldDef(code="signed_on", kind=day, label=tr("Ký ngày"), required=True),
        ]
        if self._paper is None:
            fields.append(
                FieldDef(code="valid_from", kind=day, label=tr("Hiệu lực từ ngày"), required=True,
                         help=tr("Ngày đầu tiên hộ được hưởng theo kết quả này.")),
            )  # fmt: skip
        fields.append(FieldDef(code="signer", kind=text, label=tr("Người ký"), capitals="person"))
        if self._paper is not None:
            fields.append(
                FieldDef(code="reason", kind=text, label=tr("Lý do thu hồi"),
                         help=tr("Chỉ ghi khi thu hồi quyết định đã ghi nhầm.")),
            )  # fmt: skip
        elif self.found.lacking[self._code]:
            fields.append(FieldDef(code="reason", kind=text, label=tr("Lý do vẫn công nhận")))
        return (Section(code="decision", label=self.title(), page="", fields=tuple(fields)),)

    def stored(self, uid: UUID | None) -> Mapping[str, Entry]:
        paper = self._paper
        if paper is None:
            return {}
        return {"number": paper.number, "signed_on": paper.signed_on, "signer": paper.signer}

    def fill_more(self) -> None:
        if self.list.value() is None:
            self.list.choose("poor")
        lists = self.found.lists[self._code]
        self.counts.setText(
            self.tr("{poor} hộ nghèo, {near_poor} hộ cận nghèo, {left_poor} hộ thoát nghèo, "
                    "{left_near_poor} hộ thoát cận nghèo.").format(
                **{code: format_integer(len(getattr(lists, code))) for code in _LISTS})
        )  # fmt: skip
        standard = self.desk.definitions.standards.get(self._code).label
        names = unclassed_names(self.found.unclassed[self._code], self.place.view)
        self.unclassed.setText(texts.unclassed_text(standard, names))
        self.unclassed.setVisible(bool(names))
        rows = [
            (one.household, one.head, self.place.view.name(one.village), one.persons,
             one.class_before, one.class_after)
            for one in getattr(lists, str(self.list.value()))
        ]  # fmt: skip
        self.people.set_rows(rows)
        self.people.say_empty(self.tr("Không có hộ nào trong danh sách này."))

    def saving(self, values: Values, uid: UUID | None) -> Callable[[], Done[Any]]:
        act = (self.desk.database, self.desk.context, self.place.review.uid, self._code)
        paper = {code: values[code] for code in ("number", "signed_on", "signer")}
        if self._paper is not None:
            return partial(recognition.correct_paper, *act, **paper)
        decision = Decision(valid_from=values["valid_from"], **paper)
        return partial(recognition.recognise, *act, decision, reason=values.get("reason"))

    def removing(self, uid: UUID) -> Callable[[], Done[Any]] | None:
        if self._paper is None:
            return None
        act = (self.desk.database, self.desk.context, self.place.review.uid, self._code)
        reason = str(self.form.draft().get("reason") or "")
        return partial(recognition.take_back, *act, reason=reason)

    def after(self, written: object) -> None:
        """The next standard without a decision."""

    # -- internals ------------------------------------------------------------------------------

    def _enable(self) -> None:
        super()._enable()
        self.correct.setVisible(is_correctable(self))
        self.new_button.hide()
        self.remove_button.setText(self.tr("&Thu hồi quyết định"))

    def _show(self, found: Any) -> None:
        if self.chosen is None:
            waiting = [
                item.code for item in self.place.review.standards if item.code not in found.papers
            ]
            codes = waiting or [item.code for item in self.place.review.standards]
            self.chosen = self._uid(codes[0])
        super()._show(found)

    def _chosen(self, uid: object) -> None:
        if uid != self.chosen and isinstance(uid, UUID):
            self.draft.keep()
            self.chosen = uid
            self._build()  # a decided standard asks less
            self._fill()
            self._take_up()
            self.said.setText(self.say())
            self.said.setVisible(bool(self.say()))
        self.start()

    @property
    def _code(self) -> str:
        """The standard now chosen."""
        codes = [item.code for item in self.place.review.standards]
        return next((code for code in codes if self._uid(code) == self.chosen), codes[0])

    @property
    def _paper(self) -> Paper | None:
        found: Paper | None = self.found.papers.get(self._code)
        return found

    def _uid(self, code: str) -> UUID:
        """A key for the line of a standard."""
        return uuid5(self.place.review.uid, code)

    def _chip(self, number: object) -> str:
        return "open" if number == self.tr("Chưa có") else "done"

    def _open(self, household: UUID) -> None:
        self.go_requested.emit("households", household)


def _label(code: object) -> str:
    return state_label(code or _NO_CLASS)


def _chip(code: object) -> str:
    return chip_of(code or _NO_CLASS)


def _read(
    database: Database,
    definitions: Definitions,
    review: UUID,
    codes: tuple[str, ...],
    today: date,
) -> _Found:
    return _Found(
        papers=papers(database, review),
        lacking={code: recognition.lacking(database, review, code, today) for code in codes},
        lists={code: recognition.lists(database, definitions, review, code) for code in codes},
        unclassed={code: recognition.unclassed(database, review, code) for code in codes},
    )
