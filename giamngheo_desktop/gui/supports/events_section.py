"""Đợt hỗ trợ: the hand-outs of the year, one of them in its three steps, its papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.policy import PolicyValue
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.filter_edit import FilterEdit
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.new_by_key import NewByKey
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.paper_work import Order
from giamngheo_desktop.gui.records import offering
from giamngheo_desktop.gui.records.offer_fields import wanted_by
from giamngheo_desktop.gui.records.offering import Answers, offering_of
from giamngheo_desktop.gui.records.record_section import RecordSection
from giamngheo_desktop.gui.records.record_work import draft_of
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.supports.event_view import EventView
from giamngheo_desktop.gui.supports.paper_place import PaperPlace, one_doc
from giamngheo_desktop.gui.table.column import Column, number_column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.reports import programme_papers
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked
from giamngheo_desktop.reports.support_list import TO_POST, TO_SIGN
from giamngheo_desktop.services import closed_years
from giamngheo_desktop.services.programme import support_bulk, support_events
from giamngheo_desktop.services.programme.offers import Asked
from giamngheo_desktop.services.programme.support_events import Event
from giamngheo_desktop.services.programme.years import told
from giamngheo_desktop.storage.engine import Database

_NEW = "new"


@dataclass(frozen=True, slots=True)
class _Found:
    events: Mapping[UUID, Event]
    answers: Answers
    values: Sequence[PolicyValue]
    closings: Mapping[int, date]


class EventsSection(NewByKey, Section):
    """The list, or in its place one event, or a paper."""

    ADDS: ClassVar[bool] = True
    WATCHES: ClassVar[frozenset[Kind]] = RecordSection.WATCHES

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Một đợt trao cho nhiều hộ, nhiều người: chọn một lần, ghi một lần, bỏ bằng một Ctrl+Z."
        )
        super().__init__(desk, self.tr("Đợt hỗ trợ"), "")
        self._found: _Found | None = None
        self._place: tuple[UUID, int] | None = None
        self._wanted: UUID | None = None  # the event that was just written
        self._wanted_draft = ""  # until the events are read
        self.intro = label(intro, "soft", wrap=True)
        self.search = FilterEdit()
        self.search.setObjectName("event_search")
        self.search.setAccessibleName(self.tr("Tìm trong bảng"))
        self.search.setPlaceholderText(self.tr("Tìm đợt hỗ trợ"))
        self.table = TableView(self._columns(), "support_events", self.tr("Các đợt hỗ trợ"))
        self.sums = label("", "soft", "event_sums", wrap=True)
        self.refusal = Refusal()
        self.again = label("", "warning", "event_again", wrap=True)
        self.again_button = button(self.tr("&Ghi lại đợt này"), "write_again", icon="edit")
        self.new_button = button(self.tr("&Thêm đợt"), "new_event", icon="add", kind="primary")
        self.open_button = button(self.tr("&Mở đợt"), "open_event", icon="open")
        self.sign_button = button(self.tr("&In bảng kê ký nhận"), "print_event", icon="print")
        self.post_button = button(self.tr("Bản &công khai"), "post_event", icon="print")
        self.remove_button = button(self.tr("&Bỏ đợt"), "remove_event", icon="delete")
        self.view = EventView(desk)
        self.paper = PaperPlace(desk)
        self.stack = QStackedWidget()
        self.set_broad(True)
        self._build()
        self._connect()

    def _columns(self) -> Sequence[Column]:
        return (
            Column(key="name", title=self.tr("Tên đợt"), width=200, stretch=True, tip=str),
            Column(key="policy", title=self.tr("Chính sách"), width=150, tip=str, gives_way=True),
            Column(key="day", title=self.tr("Ngày hỗ trợ"), width=100),
            number_column("households", self.tr("Số hộ"), width=70),
            number_column("persons", self.tr("Số người"), width=70),
            number_column("amount", self.tr("Số tiền (đồng)"), width=120),
            Column(key="sources", title=self.tr("Nguồn"), width=150, tip=str, gives_way=True),
            Column(key="posted", title=self.tr("Niêm yết"), width=110),
        )

    def _build(self) -> None:
        page = QWidget()
        tools = Flow(8)
        for part in (self.new_button, self.open_button, self.sign_button, self.post_button):
            tools.addWidget(part)
        tools.addWidget(self.remove_button)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.intro)
        inside.addLayout(tools)
        again = QHBoxLayout()
        again.setSpacing(8)
        again.addWidget(self.again, 1)
        again.addWidget(self.again_button)
        inside.addLayout(again)
        inside.addWidget(self.search)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.sums)
        inside.addWidget(self.refusal)
        keep_clear(self.sums)
        for shown in (page, self.view, self.paper):
            self.stack.addWidget(shown)
        self.box.addWidget(self.stack, 1)
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.search.down_pressed.connect(self.table.setFocus)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.row_opened.connect(self.open_event)
        self.table.current_changed.connect(self._enable)
        self.table.empty_action.connect(lambda _: self.open_event(None))
        for new in (self.new_button, self.again_button):
            new.clicked.connect(lambda: self.open_event(None))
        self.open_button.clicked.connect(lambda: self.open_event(self.table.current_uid()))
        self.sign_button.clicked.connect(partial(self._print, TO_SIGN))
        self.post_button.clicked.connect(partial(self._print, TO_POST))
        self.remove_button.clicked.connect(self._remove)
        self.view.closed.connect(self._to_list)
        self.view.written.connect(self._written)
        self.paper.closed.connect(self._to_list)

    # -- reading and showing --------------------------------------------------------------------

    def load(self) -> None:
        place = (self.desk.unit(self.year), self.year)
        if self._place not in (None, place):
            self.view.keep()
            self._found = None
            self.search.clear()
            self.stack.setCurrentIndex(0)
        self._place = place
        asked = self._asked()
        work = partial(
            _read, self.desk.database, self.desk.definitions, asked, self.view.form.fields,
            offering_of(self.desk).kept(asked),
        )  # fmt: skip
        self.fault.read(self.desk.runner, work, self._show, latest="events")

    def _asked(self) -> Asked:
        year = self.year
        return Asked(unit=self.desk.unit(year), year=year, day=self.desk.day(year))

    def _show(self, found: _Found) -> None:
        self._found = found
        offering_of(self.desk).keep(self._asked(), found.answers)
        self.view.offer(found.answers, found.values, found.closings)
        if self.stack.currentWidget() is self.view and self.view.uid is not None:
            again = found.events.get(self.view.uid)
            if again is None:
                self.stack.setCurrentIndex(0)  # it was taken back
            else:
                self.view.refresh(again)
        if self.stack.currentWidget() is not self.view:
            self._offer_again(self.view.take_up(self.year, found.events))
        self._filter()
        if self._wanted is not None:
            self.table.go_to(self._wanted)
            self._wanted = None
        self._take_draft()

    def _offer_again(self, taken_back: bool) -> None:
        """What was just undone and lies as a draft; no longer once it is opened or dropped."""
        if taken_back:
            said = self.tr(
                "Đợt vừa ghi đã bỏ hoặc hoàn tác; hộ đã chọn và số tiền còn trong bản nháp."
            )
            self.again.setText(said)
        elif not self.view.waits(self.year):
            self.again.clear()
        for part in (self.again, self.again_button):
            part.setVisible(bool(self.again.text()))

    def _filter(self) -> None:
        if self._found is None:
            return
        words = search_key(self.search.text()).split()
        rows = [self._row(one) for one in self._found.events.values()]
        shown = [row for row in rows if all(word in search_key(str(row[1:])) for word in words)]
        self.table.set_rows(shown, keep_widths=bool(words))
        if self._found.events:
            self.table.say_empty(self.tr("Không có đợt nào khớp."))
        else:
            text = self.tr("Năm này chưa có đợt hỗ trợ nào: chọn chính sách, hộ, rồi số tiền.")
            more = {} if self.desk.read_only else {_NEW: self.tr("Thêm đợt đầu tiên")}
            self.table.say_empty(text, more)
        if shown and self.table.current_uid() is None:
            self.table.go_to(shown[-1][0])  # the newest
        self._sum([self._found.events[row[0]] for row in shown])
        self._enable()

    def _row(self, one: Event) -> tuple[Any, ...]:
        assert self._found is not None
        values, total = one.values, one.total
        labels = {choice.code: choice.label for choice in self._choices()}
        sources = ", ".join(labels.get(code, code) for code in one.amounts)
        posted = values["posted_on"] or self.tr("Chưa niêm yết")
        policy = self._found.answers.short("policy", values["policy"])
        name = told(values["name"], one.whose)
        return (
            one.uid, name, policy, values["supported_on"], total.households,
            total.persons or None, total.amount, sources, posted,
        )  # fmt: skip

    def _choices(self) -> Sequence[Any]:
        shares = self.desk.definitions.records[Kind.SUPPORT].form.fields["shares"]
        return next(field for field in shares.fields if field.code == "source").choices

    def _sum(self, shown: Sequence[Event]) -> None:
        amounts = [one.total.amount for one in shown if one.total.amount is not None]
        unpriced = sum(one.total.unpriced for one in shown)
        said = [self.tr("{count} đợt").format(count=format_integer(len(shown)))]
        if amounts:
            whole = format_integer(sum(amounts))
            said.append(self.tr("Cộng {amount} đồng").format(amount=whole))
        if unpriced:
            told = self.tr("{count} lượt chưa ghi số tiền")
            said.append(told.format(count=format_integer(unpriced)))
        if self._found is not None and self.view.waits(self.year):
            said.append(self.tr("Có một đợt đang ghi dở: Thêm đợt để ghi tiếp"))
        self.sums.setText(" · ".join(said))

    def _enable(self) -> None:
        current = self.table.current_uid() is not None and bool(self.table.rows.rowCount())
        for part in (self.open_button, self.sign_button, self.post_button):
            part.setEnabled(current)
        self.remove_button.setEnabled(current and not self.desk.read_only)
        self.new_button.setEnabled(not self.desk.read_only and self._found is not None)

    # -- acts -----------------------------------------------------------------------------------

    def open_event(self, uid: object) -> None:
        """A written event; with None a new one, or what was typed of it before."""
        if self._found is None:
            return
        stored = self._found.events.get(uid) if isinstance(uid, UUID) else None
        if stored is None and (uid is not None or self.desk.read_only):
            return
        self.refusal.hide()
        self.stack.setCurrentWidget(self.view)
        self.again.clear()
        self._offer_again(False)
        self.view.begin(self.year, stored)

    def add_one(self) -> None:
        """From the list; who types an event stays in it."""
        if self.stack.currentIndex() == 0:
            self.open_event(None)

    def arrive(self, wanted: Mapping[str, object]) -> None:
        """An event that was left half typed, by the end of the key of its `draft`."""
        self._wanted_draft = str(wanted.get("draft") or "")
        self._take_draft()

    def _take_draft(self) -> None:
        if self._found is None or self._place != (self.desk.unit(self.year), self.year):
            return
        wanted, self._wanted_draft = self._wanted_draft, ""
        for uid in (None, *self._found.events):
            if wanted == draft_of(uid):
                self.open_event(uid)

    def _to_list(self) -> None:
        self.stack.setCurrentIndex(0)
        self._filter()
        (self.table if self.table.rows.rowCount() else self.new_button).setFocus()

    def _written(self, uid: UUID) -> None:
        """The bus has said already that the list is another."""
        self._wanted = uid
        self._to_list()
        self.load()

    def _remove(self) -> None:
        """Its supports go with it: that is asked first."""
        uid = self.table.current_uid()
        if uid is None or self._found is None:
            return
        count = self._found.events[uid].total.supports
        said = self.tr("Bỏ đợt này cùng {count} lượt hỗ trợ của nó?")
        if not count or messages.ask(
            said.format(count=format_integer(count)),
            yes=self.tr("Bỏ đợt"),
            more=self.tr("Bỏ nhầm thì hoàn tác (Ctrl+Z)."),
            dangerous=True,
            parent=self,
        ):
            act = (self.desk.database, self.desk.context)
            work: Callable[[], Done[None]] = partial(support_bulk.remove_event, *act, uid)
            self.desk.runner.write(self, work, lambda _: self.load(), self.refusal.say)

    def _print(self, code: str, _checked: bool = False) -> None:
        """Bảng kê to be signed, or what is hung out; the same paper as the command makes."""
        uid = self.table.current_uid()
        if uid is None or self._found is None:
            return
        name = self._found.events[uid].values["name"]
        said = self.tr("Bảng kê: {name}") if code == TO_SIGN else self.tr("Công khai: {name}")
        asked = ProgrammeAsked(code=code, year=self.year, unit=self.desk.unit(self.year), about=uid)
        make = partial(programme_papers.made, self.desk.database, self.desk.definitions, asked)
        title, file = said.format(name=name), (code, self.year, name)
        order = Order(title=title, name=file, job=one_doc(make), asked=asked)
        self.stack.setCurrentWidget(self.paper)
        self.paper.show_order(order)
        self.paper.setFocus()

    # -- the keyboard ---------------------------------------------------------------------------

    def stops(self) -> list[QWidget]:
        return [self.search, self.table, self.new_button]

    def setFocus(self, *args: Any) -> None:
        """Into what is shown."""
        if self.stack.currentWidget() is self.view:
            self.view.start()
        elif not enter_walk.start([self.search]):
            super().setFocus(*args)


def _read(
    database: Database,
    definitions: Definitions,
    asked: Asked,
    fields: Sequence[FieldDef],
    kept: Any,
) -> _Found:
    """Runs off the GUI thread."""
    form = definitions.records[Kind.SUPPORT_EVENT]
    found = support_events.of_year(database, form, asked.unit, asked.year)
    own = list(form.form)
    asked = replace(asked, chosen=offering.chosen_in(own, [one.values for one in found]))
    answers = offering.read(database, definitions, asked, wanted_by(fields), kept)
    values = support_events.own_values(database, definitions, asked.unit, asked.day)
    closings = closed_years.closings_of(database, asked.unit)
    return _Found({one.uid: one for one in found}, answers, values, closings)
