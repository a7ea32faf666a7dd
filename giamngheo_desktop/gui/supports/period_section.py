"""Danh sách kỳ: who is entitled in a month, quarter or school year, what is otherwise than in the
list last issued; printed, posted, issued.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, cast
from uuid import UUID

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.form import Section as FormSection
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.period_list import PeriodListDef
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_check import checked
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.jobs import without_collecting
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.preview.paper_work import Order
from giamngheo_desktop.gui.review.drafting import OF_RECORDS, DraftNote, Typed
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.supports import period_tables
from giamngheo_desktop.gui.supports.paper_place import PaperPlace, one_doc
from giamngheo_desktop.gui.supports.period_tables import ISSUED, OPEN, VIEWS, WHOLE
from giamngheo_desktop.gui.supports.step_buttons import StepButtons
from giamngheo_desktop.gui.supports.tick_table import ShortTable
from giamngheo_desktop.reports import programme_papers
from giamngheo_desktop.reports.period_list import compared_text, period_list_doc
from giamngheo_desktop.reports.programme_papers import POSTING, ProgrammeAsked
from giamngheo_desktop.services.programme import period_lists
from giamngheo_desktop.services.programme.period_lines import Issued, PeriodList
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class _Found:
    preview: PeriodList
    issued: Sequence[Issued]
    rows: Mapping[str, period_tables.Rows]


class PeriodSection(Section):
    """The list of a policy and period, or in its place a paper."""

    WATCHES: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, self.tr("Danh sách kỳ"), "")
        self._found: _Found | None = None
        self._writing = False
        self._wanted: UUID | None = None  # the list that was just issued
        self.policy = self._box("period_policy", self.tr("Danh sách"))
        self.period = self._box("period", self.tr("Kỳ"))
        self.said = label("", "bold", "period_said", wrap=True)
        names = {
            period_tables.ADDED: self.tr("Tăng"),
            period_tables.REMOVED: self.tr("Giảm"),
            period_tables.CHANGED: self.tr("Đổi"),
            WHOLE: self.tr("Cả danh sách"),
            OPEN: self.tr("Chưa rõ"),
            ISSUED: self.tr("Đã lập"),
        }
        self._names = [names[view] for view in VIEWS]
        self.views = StepButtons(
            [(name, f"view_{v}") for name, v in zip(self._names, VIEWS, strict=True)]
        )
        self.tables = {
            view: ShortTable(period_tables.columns(view), f"period_{view}", names[view])
            for view in VIEWS
        }
        self.note = label("", "soft", "period_note", wrap=True)
        self.issue_form = FormView(
            [
                FormSection(
                    code="issue",
                    label=self.tr("Lập danh sách"),
                    page="",
                    fields=period_tables.issue_fields(),
                )
            ]
        )
        self.draft = DraftNote(desk, self._typed, prefix=OF_RECORDS)
        self.refusal = Refusal()
        self.print_button = button(self.tr("&In danh sách"), "print_period", icon="print")
        self.post_button = button(self.tr("Bản &công khai"), "post_period", icon="print")
        self.issue_button = button("", "issue_period", icon="done", kind="primary")
        self.paper = PaperPlace(desk)
        self.stack = QStackedWidget()
        self.set_broad(True)
        self._build()
        self._connect()

    def _box(self, name: str, text: str) -> ElidedBox:
        box = ElidedBox()
        box.setObjectName(name)
        box.setAccessibleName(text)
        box.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _build(self) -> None:
        page = QWidget()
        self._room = QStackedWidget()
        for view in VIEWS:
            self._room.addWidget(self.tables[view] if view != ISSUED else self._issuing())
        line = Flow(8)
        for part in (self.policy, self.period, self.print_button, self.post_button):
            line.addWidget(part)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.issue_button)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(line)
        inside.addWidget(self.said)
        inside.addWidget(self.views)
        inside.addWidget(self._room, 1)
        inside.addWidget(self.note)
        inside.addWidget(self.draft)
        inside.addWidget(self.refusal)
        inside.addLayout(foot)
        keep_clear(self.refusal)
        self.stack.addWidget(page)
        self.stack.addWidget(self.paper)
        self.box.addWidget(self.stack, 1)
        self.setFocusProxy(self.policy)

    def _issuing(self) -> QWidget:
        """What was issued, and below it what is said of the next one."""
        part = QWidget()
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.tables[ISSUED], 1)
        box.addWidget(self.issue_form)
        return scrolled(part, "issue_scroll")

    def _connect(self) -> None:
        self.policy.currentIndexChanged.connect(self._take_policy)
        self.period.currentIndexChanged.connect(self._take_period)
        self.views.chosen.connect(self._show_view)
        self.issue_form.changed.connect(self._touched)
        self.issue_form.completed.connect(self.issue_button.setFocus)
        self.print_button.clicked.connect(lambda: self._print(posting=False))
        self.post_button.clicked.connect(lambda: self._print(posting=True))
        self.issue_button.clicked.connect(self.issue)
        self.tables[ISSUED].row_opened.connect(lambda _: self._print(posting=False))
        self.tables[ISSUED].current_changed.connect(self._enable)
        self.draft.dropped.connect(self._fill_form)
        self.paper.closed.connect(self._close_paper)

    # -- which list -----------------------------------------------------------------------------

    def load(self) -> None:
        """The lists that hold in the year; the chosen one stays."""
        chosen, code = self.policy.currentData(), self.period.currentData()
        moved = self.period.property("year") != self.year
        with QSignalBlocker(self.policy):
            self.policy.clear()
            for one in self.desk.definitions.period_lists:
                self.policy.addItem(self.desk.definitions.period_list(one).label, one)
            self.policy.setCurrentIndex(max(0, self.policy.findData(chosen)))
        if moved or self.policy.currentData() != chosen:
            self._offer_periods()
        else:
            self.period.setCurrentIndex(max(0, self.period.findData(code)))
            self.read()

    @property
    def definition(self) -> PeriodListDef:
        return self.desk.definitions.period_list(str(self.policy.currentData()))

    @property
    def view(self) -> str:
        return VIEWS[self.views.value]

    def _take_policy(self) -> None:
        self.draft.keep()
        self._offer_periods()

    def _offer_periods(self) -> None:
        self.draft.keep()
        year = self.year
        codes, now = period_tables.periods_of(self.definition, year, self.desk.day(year))
        with QSignalBlocker(self.period):
            self.period.clear()
            for code in codes:
                self.period.addItem(period_tables.period_words(self.definition, code), code)
            self.period.setCurrentIndex(codes.index(now))
            self.period.setProperty("year", year)
        self._begin()

    def _take_period(self) -> None:
        self.draft.keep()
        self._begin()

    def _begin(self) -> None:
        """The list of another policy or period, and what was typed for it before."""
        self._found = None
        self._fill_form()
        key = f"{Kind.PERIOD_LIST.value}-{self.policy.currentData()}-{self.period.currentData()}"
        title = f"{self.definition.label}, {self.period.currentText()}"
        typed = self.draft.begin(key, title)
        if typed is not None:
            self.issue_form.set_draft(cast("Mapping[str, Entry]", typed))
        self.read()

    # -- reading and showing --------------------------------------------------------------------

    def read(self) -> None:
        place = (self.desk.database, self.desk.definitions)
        asked = (str(self.policy.currentData()), str(self.period.currentData()))
        work = partial(_read, *place, *asked, self.desk.unit(self.year))
        self._enable()
        self.desk.runner.read(self, work, self._show, self._refused_reading, latest="period")

    def _show(self, found: _Found) -> None:
        first = self._found is None
        self._found = found
        self.refusal.hide()
        preview = found.preview
        by_person = period_tables.of_persons(preview.definition)
        for view, table in self.tables.items():
            if view != ISSUED:
                table.leave_out("head", not by_person)
            if view == WHOLE:
                table.leave_out("amount", not preview.definition.amount)
            table.set_rows(found.rows[view])
            table.say_empty(self._empty(view))
        self._count()
        if first:
            moved = preview.added or preview.removed or preview.changed
            is_first = preview.base is None or not moved
            self.views.choose(VIEWS.index(WHOLE) if is_first else 0)
        if self._wanted is not None:
            self.views.choose(VIEWS.index(ISSUED))
            self.tables[ISSUED].go_to(self._wanted)
            self.tables[ISSUED].setFocus()
            self._wanted = None
        self._show_view()

    def _empty(self, view: str) -> str:
        if view == ISSUED:
            return self.tr("Chưa lập danh sách nào của chính sách này.")
        if view == OPEN:
            return self.tr("Không có ai còn chưa rõ.")
        if view == WHOLE:
            return self.tr("Kỳ này không có ai thuộc diện theo sổ.")
        if self._found is not None and self._found.preview.base is None:
            return self.tr("Chưa có danh sách trước để so.")
        return self.tr("Không có ai.")

    def _count(self) -> None:
        assert self._found is not None
        found = self._found.preview
        counts = [format_integer(len(self._found.rows[view])) for view in VIEWS]
        self.views.say([f"{n} ({c})" for n, c in zip(self._names, counts, strict=True)])
        said = self.tr("{count} hộ")
        if period_tables.of_persons(found.definition):
            said = self.tr("{count} người")
        parts = [said.format(count=format_integer(len(found.lines)))]
        if found.amount is not None:
            told = self.tr("{amount} đồng").format(amount=format_integer(found.amount))
            parts.append(told)
        self.said.setText(f"{' · '.join(parts)}. {compared_text(found)}")

    def _show_view(self) -> None:
        self._room.setCurrentIndex(self.views.value)
        found = self._found.preview if self._found is not None else None
        notes = [found.definition.legal_basis, *found.definition.notes] if found else []
        self.note.setVisible(self.view == WHOLE)
        self.note.setText(" ".join(f"{note}." if note[-1:] != "." else note for note in notes))
        self._enable()

    def _refused_reading(self, error: BaseException) -> None:
        self._found = None
        for table in self.tables.values():
            table.set_rows([])
        self.said.setText("")
        self.views.say(self._names)
        self._enable()
        self.refusal.say(error)

    def _enable(self) -> None:
        ready = self._found is not None and not self._writing
        may = ready and not self.desk.read_only
        issued = self.view != ISSUED or self.tables[ISSUED].current_uid() is not None
        self.print_button.setEnabled(ready and issued)
        self.post_button.setEnabled(ready and issued)
        self.issue_form.setEnabled(may)
        self.issue_form.setVisible(not self.desk.read_only)
        self.issue_button.setEnabled(may)
        asks = self.tr("&Lập danh sách…") if self.view != ISSUED else self.tr("&Lập danh sách")
        self.issue_button.setText(asks)

    # -- issuing --------------------------------------------------------------------------------

    def _fill_form(self) -> None:
        self.issue_form.set_record({"issued_on": self.desk.context.today()})

    def _typed(self) -> Typed | None:
        return self.issue_form.draft() if self.issue_form.is_dirty else None

    def _touched(self) -> None:
        self.refusal.hide()
        self.draft.touch()

    def issue(self) -> None:
        """Keep the list as it is now, as one action; before that its day and number are asked."""
        if self.view != ISSUED:
            self.views.choose(VIEWS.index(ISSUED))
            self._show_view()
            self.issue_form.focus_field("issued_on")
            return
        values = checked(self.issue_form)
        if values is None or self._found is None:
            return
        found = self._found.preview
        act = (self.desk.database, self.desk.context, self.desk.definitions)
        work = partial(
            period_lists.issue,
            *act,
            found.definition.code,
            found.period.code,
            unit=found.unit,
            issued_on=values["issued_on"],
            decision_number=clean(values["decision_number"] or "") or None,
            note=clean(values["note"] or "") or None,
        )
        self._writing = True
        self._enable()
        self.desk.runner.write(self, work, self._issued, self._refused)

    def _issued(self, done: Done[UUID]) -> None:
        self._writing = False
        self.draft.forget()
        self._fill_form()
        self._wanted = done.value
        self.read()

    def _refused(self, error: BaseException) -> None:
        self._writing = False
        self._enable()
        self.refusal.say(error)

    # -- papers ---------------------------------------------------------------------------------

    def _print(self, *, posting: bool) -> None:
        """The list of now; where the issued ones are shown the chosen one as it was issued."""
        if self._found is None:
            return
        found = self._found.preview
        name = f"{found.definition.label}, {self.period.currentText()}"
        code = found.period.code
        uid = self.tables[ISSUED].current_uid() if self.view == ISSUED else None
        asked = None
        if uid is not None:
            row = next(one for one in self._found.issued if one.uid == uid)
            code = row.period
            name = f"{found.definition.label}, {period_tables.period_words(found.definition, code)}"
            own = f"{row.policy}{POSTING}" if posting else row.policy
            year = row.first_day.year
            asked = ProgrammeAsked(code=own, year=year, unit=row.area, about=uid)
            place = (self.desk.database, self.desk.definitions)
            make = partial(programme_papers.made, *place, asked)
        elif self.view == ISSUED:
            return
        else:
            today = self.desk.context.today()
            make = partial(period_list_doc, found, today=today, posting=posting)
        title = self.tr("Công khai: {name}").format(name=name) if posting else name
        file = (
            (found.definition.code, code, "cong khai") if posting else (found.definition.code, code)
        )
        self.stack.setCurrentWidget(self.paper)
        self.paper.show_order(Order(title=title, name=file, job=one_doc(make), asked=asked))
        self.paper.setFocus()

    def _close_paper(self) -> None:
        self.stack.setCurrentIndex(0)
        self.tables[self.view].setFocus()

    # -- the keyboard ---------------------------------------------------------------------------

    def stops(self) -> list[QWidget]:
        return [
            self.policy,
            self.period,
            self.tables[self.view],
            self.issue_form,
            self.issue_button,
        ]

    def setFocus(self, *args: Any) -> None:
        shown = self.paper if self.stack.currentWidget() is self.paper else self.policy
        shown.setFocus(*args)


def _read(
    database: Database, definitions: Definitions, policy: str, period: str, unit: UUID
) -> _Found:
    """Runs off the GUI thread."""
    with without_collecting():
        found = period_lists.preview(database, definitions, policy, period, unit=unit)
        issued = period_lists.issued_lists(database, unit, policy)
        compared = (WHOLE, OPEN) if found.base is None else VIEWS[:-1]
        rows = dict.fromkeys(VIEWS, period_tables.NO_ROWS)
        rows |= {view: period_tables.rows(view, found) for view in compared}
        rows[ISSUED] = period_tables.issued_rows(issued, found.definition)
    return _Found(found, issued, rows)
