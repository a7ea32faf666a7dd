"""Báo cáo thuyết minh: the reports of the year that are written in words, by their period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain import report_periods
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.report_periods import CODES
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.documents.document_room import DocumentRoom
from giamngheo_desktop.gui.documents.document_words import report_name, state_of
from giamngheo_desktop.gui.documents.layout_pick import LayoutPick
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.documents import listing, sections
from giamngheo_desktop.services.documents.listing import REPORT, Listed, Offered

_NEW = "new"


class NarrativeReportsSection(DocumentRoom):
    """The list; in its place one report, the layouts to begin one with, or a paper."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, self.tr("Báo cáo thuyết minh"))
        self._found: Sequence[Listed] = ()
        self._words: Mapping[str, str] = {}
        self._wanted: UUID | None = None  # to be opened once it is read
        self._wanted_draft = ""
        intro = self.tr("Báo cáo bằng lời của tháng, quý, 6 tháng, 9 tháng, năm; số liệu tự điền.")
        self.intro = label(intro, "soft", wrap=True)
        self.table = TableView(
            (
                Column(key="name", title=self.tr("Báo cáo"), width=220),
                Column(key="state", title=self.tr("Tình trạng"), width=280, tip=str),
                Column(key="summary", title=self.tr("Trích yếu"), width=240, stretch=True, tip=str),
            ),
            "narrative_reports",
            self.tr("Báo cáo thuyết minh"),
        )
        self.new_button = button(self.tr("&Lập báo cáo…"), "new_report", icon="add", kind="primary")
        self.open_button = button(self.tr("&Mở báo cáo"), "open_report", icon="open")
        self.period = ElidedBox()
        self.period.setObjectName("report_period")
        self.period.setAccessibleName(self.tr("Kỳ báo cáo"))
        for code in report_periods.ALL:
            self.period.addItem(texts.report_period_text(code), code)
        self.pick = LayoutPick()
        self.cancel_button = button(self.tr("&Quay lại"), "leave_report", icon="chevron_left")
        self.back = button(self.tr("&Quay lại"), "close_report", icon="chevron_left")
        self.name = label("", "bold", "report_name")
        self.refusal = Refusal("reports_refusal")
        self._build()
        self._connect()

    def _build(self) -> None:
        self._list, self._begin_page, self._open = QWidget(), QWidget(), QWidget()
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.new_button)
        tools.addWidget(self.open_button)
        tools.addStretch()
        inside = _column(self._list)
        inside.addWidget(self.intro)
        inside.addLayout(tools)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.refusal)
        keep_clear(self.refusal)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.cancel_button)
        line.addWidget(label(self.tr("Kỳ"), "soft"))
        line.addWidget(self.period)
        line.addStretch()
        inside = _column(self._begin_page)
        inside.addLayout(line)
        inside.addWidget(self.pick, 1)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.back)
        line.addWidget(self.name)
        line.addStretch()
        inside = _column(self._open)
        inside.addLayout(line)
        inside.addWidget(self.view, 1)
        for page in (self._list, self._begin_page, self._open, self.paper):
            self.stack.addWidget(page)

    def _connect(self) -> None:
        self.table.row_opened.connect(self.open_report)
        self.table.empty_action.connect(lambda _: self.add_one())
        self.table.current_changed.connect(self._enable)
        self.new_button.clicked.connect(self.add_one)
        self.open_button.clicked.connect(lambda: self.open_report(self.table.current_uid()))
        self.period.currentIndexChanged.connect(self._offer)
        self.pick.wanted.connect(self._begin)
        self.cancel_button.clicked.connect(self._to_list)
        self.back.clicked.connect(lambda: self.view.editor.save(self._to_list))
        self.view.removed.connect(self._to_list)

    # -- reading and showing --------------------------------------------------------------------

    def load(self) -> None:
        if self.moved():
            self._wanted = None
            self.stack.setCurrentWidget(self._list)
        work = partial(listing.reports_of, self.desk.database, *self.place)
        self.fault.read(self.desk.runner, work, self._show, latest="narrative_reports")

    def _show(self, found: Sequence[Listed]) -> None:
        self._found = found
        self.table.set_rows([self._row(one) for one in found])
        if not found:
            text = self.tr("Năm này chưa có báo cáo thuyết minh nào: chọn kỳ, khung, rồi viết.")
            more = {} if self.desk.read_only else {_NEW: self.tr("Lập báo cáo đầu tiên")}
            self.table.say_empty(text, more)
        elif self.table.current_uid() is None:
            self.table.go_to(found[-1].uid)
        self._enable()
        wanted, self._wanted = self._wanted, None
        node = ""
        if self._wanted_draft:
            document, _, node = self._wanted_draft.partition("-")
            wanted = next((one.uid for one in found if one.uid.hex[-12:] == document), wanted)
            self._wanted_draft = ""
        if wanted is not None:
            self.open_report(wanted, node)
        elif self.stack.currentWidget() in (self._open, self.paper):
            self._refresh()

    def _refresh(self) -> None:
        """The open report as it is now, or the list where it is gone."""
        if self.view.editor.uid in {one.uid for one in self._found}:
            self.view.editor.load()
        else:
            self.stack.setCurrentWidget(self._list)

    def _row(self, one: Listed) -> tuple[Any, ...]:
        name = report_name(one.period, self.year)
        if one.version > 1:
            said = self.tr("{name}, bản {version}")
            name = said.format(name=name, version=one.version)
        return one.uid, name, state_of(one), one.summary.replace("\n", " ")

    def _enable(self, _: object = None) -> None:
        self.new_button.setVisible(not self.desk.read_only)
        self.open_button.setVisible(bool(self._found))
        self.open_button.setEnabled(self.table.current_uid() is not None and bool(self._found))

    # -- acts -----------------------------------------------------------------------------------

    def open_report(self, uid: object, node: str = "") -> None:
        one = next((one for one in self._found if one.uid == uid), None)
        if one is not None:
            self.name.setText(self._row(one)[1])
            self.stack.setCurrentWidget(self._open)
            self.view.editor.open(one.uid, node)
            self.view.setFocus()

    def add_one(self) -> None:
        """A section of the draft that is open; else the period and layout of a new report."""
        is_open = self.stack.currentWidget() is self._open
        if is_open and self.view.editor.editable:
            self.view.editor.add_section()
        elif not self.desk.read_only:
            self.refusal.hide()
            self.stack.setCurrentWidget(self._begin_page)
            self.period.setCurrentIndex(max(0, self.period.findData(self._next_period())))
            self._offer()
            self.period.setFocus()

    def _next_period(self) -> str:
        """The quarter that ended last, or the year."""
        day = self.desk.day(self.year)
        ended = [code for code in CODES[_QUARTER] if _ends(code, self.year) <= day]
        known = {one.period for one in self._found}
        wanted = ended[-1] if ended else CODES[_QUARTER][0]
        return "Y" if wanted in known and day >= date(self.year, 12, 1) else wanted

    def _offer(self) -> None:
        """The layouts that suit the period."""
        code = str(self.period.currentData())
        desk, year = self.desk, self.year
        place = (desk.database, desk.definitions, desk.unit(year), year, desk.day(year))
        work = partial(listing.layouts_of, *place, REPORT, code)
        desk.runner.read(self, work, self._offer_layouts, latest="layouts")

    def _offer_layouts(self, found: Sequence[Offered]) -> None:
        said = self.tr("Chọn kỳ và khung; mục nào cũng thêm, bỏ, sửa được sau.")
        self.pick.offer(said, self.tr("&Bắt đầu báo cáo theo khung này"), found, self.year)
        self.pick.allow(not self.desk.read_only)

    def _begin(self, layout: str) -> None:
        desk = self.desk
        act = (desk.database, desk.context, desk.definitions, desk.unit(self.year), self.year)
        work = partial(sections.begin_report, *act, layout, str(self.period.currentData()))
        self.pick.allow(False)  # not twice
        desk.runner.write(self, work, self._begun, self._refused)

    def _begun(self, done: Done[UUID]) -> None:
        self._wanted = done.value
        self.load()

    def _refused(self, error: BaseException) -> None:
        self._to_list()
        self.refusal.say(error)

    def _to_list(self) -> None:
        self.stack.setCurrentWidget(self._list)
        (self.table if self._found else self.new_button).setFocus()

    # -- for the page ---------------------------------------------------------------------------

    def open_page(self) -> QWidget:
        return self._open

    def arrive(self, wanted: Mapping[str, object]) -> None:
        """A line that was left half typed: `draft` is the end of its key."""
        if draft := str(wanted.get("draft") or ""):
            self._wanted_draft = draft
            self.load()

    def stops(self) -> list[QWidget]:
        if self.stack.currentWidget() is self._begin_page:
            return [self.period, *self.pick.stops()]
        return [self.table, self.new_button] if self.stack.currentWidget() is self._list else []

    def setFocus(self, *args: Any) -> None:
        """Into what is shown."""
        shown = self.stack.currentWidget()
        if shown is self._list:
            (self.table if self._found else self.new_button).setFocus()
        elif shown is self._begin_page:
            self.period.setFocus()
        else:
            (self.paper if shown is self.paper else self.view).setFocus()


_QUARTER = report_periods.PeriodType.QUARTER


def _ends(code: str, year: int) -> date:
    return report_periods.span(code, year)[1]


def _column(page: QWidget) -> QVBoxLayout:
    made = QVBoxLayout(page)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(8)
    return made
