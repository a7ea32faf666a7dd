"""Step Thu thập: how far the forms of a village are; a form is opened by its code, STT or line."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.review_case import FormState, Outcome
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.enter_walk import is_enter
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review import case_columns
from giamngheo_desktop.gui.review.panel import Panel
from giamngheo_desktop.gui.review.pile_book import PileBook
from giamngheo_desktop.gui.review.words import outcome_chip, outcome_name
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.review import case_lists, paper_forms, piles
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.services.review.paper_forms import Surveyor
from giamngheo_desktop.services.review.piles import NotMet
from giamngheo_desktop.storage.engine import Database


class CollectRow(NamedTuple):
    """A form; the open ones come first."""

    uid: UUID
    position: int | None
    head: str
    form_code: str | None
    form: str
    outcome: str


class CollectPanel(Panel):
    """The forms of one village."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: dict[UUID, CaseRow] = {}
        self._progress = label("", "bold", "collect_progress", wrap=True)
        self.code = LineEdit()
        self.code.setObjectName("form_to_open")
        self.code.setAccessibleName(self.tr("Mã phiếu hoặc STT"))
        self.code.setPlaceholderText(self.tr("Mã phiếu hoặc STT"))
        self.code.setMinimumWidth(190)
        self.open_button = button(self.tr("&Mở phiếu"), "open_form", icon="edit", kind="primary")
        self._problem = label("", "error", "form_problem", wrap=True)
        self.table = TableView(
            (
                case_columns.number(),
                case_columns.head(),
                Column(key="form_code", title=self.tr("Mã phiếu"), width=90, code=True),
                Column(key="form", title=self.tr("Phiếu giấy"), width=120),
                Column(key="outcome", title=self.tr("Nhập phiếu"), width=150, chip=outcome_chip),
            ),
            "review_forms",
            self.tr("Phiếu của thôn"),
        )
        self.pile_button = button(self.tr("&Nhập theo xấp"), "begin_pile", icon="paste")
        self.book_button = button(self.tr("Sổ &giao nhận"), "show_book", icon="table")
        self.book_button.setCheckable(True)
        self.book = PileBook(desk, self.table.selected_uids)
        line = Flow(8)
        for part in (self.code, self.open_button, self.pile_button, self.book_button):
            line.addWidget(part)
        self.box.addWidget(self._progress)
        self.box.addLayout(line)
        self.box.addWidget(self._problem)
        self.box.addWidget(self.book)
        self.add_table(self.table)
        self.foot.addStretch()
        self._problem.hide()
        self.book.hide()
        self.setFocusProxy(self.code)
        self.table.row_opened.connect(self._open)
        self.open_button.clicked.connect(self._open_chosen)
        self.code.textEdited.connect(self._problem.hide)
        self.pile_button.clicked.connect(self._begin_pile)
        self.book_button.toggled.connect(self.book.setVisible)
        self.table.selectionModel().selectionChanged.connect(self.book.say_targets)

    def refresh(self, *, moved: bool) -> None:
        if moved:
            self.code.clear()
            self._rows = {}  # those of the place before are nobody's here
            self.table.set_rows([])
            where, title = self.place.village, self.tr("Sổ giao nhận phiếu")
            key = f"xap-{self.place.review.uid.hex}-{where.hex if where else 'xa'}"
            if self.book.begin(key, title):
                self.book_button.setChecked(True)
            self._problem.hide()
        work = partial(_read, self.desk.database, self.place.review.uid, self.place.village)
        self.fault.read(self.desk.runner, work, self._show, latest="forms")

    def keep(self) -> None:
        self.book.draft.keep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter after a code opens its form at once."""
        if is_enter(event) and self.code.hasFocus() and clean(self.code.text()):
            self._open_chosen()
            event.accept()
        else:
            super().keyPressEvent(event)

    def about(self) -> About:
        row = self._current()
        return replace(super().about(), household=row.household if row else None)

    def chosen_name(self) -> str:
        row = self._current()
        return row.head if row else ""

    def _current(self) -> CaseRow | None:
        uid = self.table.current_uid()
        return self._rows.get(uid) if uid else None

    def stops(self) -> list[QWidget]:
        return [self.code, self.open_button]

    def _show(self, read: _Read) -> None:
        rows = read.rows
        self._rows = {row.uid: row for row in rows}
        ordered = sorted(rows, key=lambda row: row.outcome is not None)
        self.table.set_rows([_line(row) for row in ordered])
        self.table.say_empty(self.tr("Danh sách của thôn chưa có hộ nào."))
        issued = sum(row.form is not FormState.NONE for row in rows)
        here = sum(row.form in (FormState.COLLECTED, FormState.ENTERED) for row in rows)
        entered = sum(row.outcome == Outcome.REVIEWED for row in rows)
        otherwise = sum(row.outcome not in (None, Outcome.REVIEWED) for row in rows)
        text = self.tr("Đã phát {issued}/{all} · đã thu {here}/{all} · đã nhập {entered}/{all}")
        if otherwise:
            text = self.tr(
                "Đã phát {issued}/{all} · đã thu {here}/{all} · đã nhập {entered}/{all} · "
                "{otherwise} hộ kết thúc cách khác"
            )
        self._progress.setText(
            text.format(
                all=format_integer(len(rows)),
                issued=format_integer(issued),
                here=format_integer(here),
                entered=format_integer(entered),
                otherwise=format_integer(otherwise),
            )
        )
        self.open_button.setEnabled(bool(rows))
        self.pile_button.setEnabled(self.editable)
        if ordered and self.table.current_uid() is None:
            self.table.go_to(ordered[0].uid)
        self.book.show_forms(rows, read.people, read.not_met, editable=self.editable)

    def _begin_pile(self) -> None:
        """The pile chosen in the book, else that of the whole village."""
        of = self.book.surveyor if self.book.isVisible() else None
        self.pile_requested.emit(self.place.village, of)

    def _open(self, uid: UUID) -> None:
        self.household_opened.emit(uid, self._rows[uid].household)

    def _open_chosen(self) -> None:
        """The form typed; where nothing is typed the line under the cursor, else the first."""
        typed = clean(self.code.text())
        if not typed:
            uid = self.table.current_uid() or next(iter(self._rows), None)
        else:
            uid = self._found(typed)
        if uid is None:
            text = self.tr("Thôn này không có phiếu “{typed}”: gõ mã in trên phiếu, hoặc STT.")
            self._problem.setText(text.format(typed=typed))
            self._problem.show()
            self.code.selectAll()
            self.code.setFocus()
        else:
            self.code.clear()
            self._open(uid)

    def _found(self, typed: str) -> UUID | None:
        wanted = typed.upper().replace(" ", "")
        for row in self._rows.values():
            if row.form_code == wanted or (typed.isdigit() and row.position == int(typed)):
                return row.uid
        return None


class _Read(NamedTuple):
    """The forms of a village, who surveys there, and who was not met."""

    rows: list[CaseRow]
    people: list[Surveyor]
    not_met: list[NotMet]


def _read(database: Database, review: UUID, village: UUID | None) -> _Read:
    return _Read(
        case_lists.of_review(database, review, village),
        paper_forms.surveyors(database, review, village),
        piles.not_met(database, review, village),
    )


def _line(row: CaseRow) -> CollectRow:
    return CollectRow(
        row.uid,
        row.position,
        row.head,
        row.form_code,
        texts.FORM_STATES[row.form],
        outcome_name(row.outcome),
    )
