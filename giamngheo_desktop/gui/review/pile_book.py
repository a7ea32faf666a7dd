"""Sổ giao nhận phiếu: what went out and came back by surveyor, and whether a paper pile adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date, parse_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer, parse_integer
from giamngheo_desktop.domain.review_case import FormState
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review import pile_codes, reason_dialog
from giamngheo_desktop.gui.review.drafting import DraftNote, Typed
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.gui.table.column import Align, Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.review import paper_forms
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.services.review.paper_forms import FormTotals, Pile, Surveyor, Way
from giamngheo_desktop.services.review.piles import NotMet

_ALL, _NOBODY = UUID(int=0), UUID(int=1)  # the lines that are no surveyor's
_CHOSEN, _WHOLE = "chosen", "whole"
_LINE = "line"  # beside the fields, in a draft
_HERE = (FormState.COLLECTED, FormState.ENTERED)
# What each way of a whole pile concerns: the others of it are there already, or not so far.
_FROM: dict[Way, tuple[FormState, ...]] = {
    Way.ISSUE: (FormState.NONE,),
    Way.COLLECT: (FormState.ISSUED, FormState.RETURNED),
    Way.RETURN: _HERE,
}


class BookRow(NamedTuple):
    """The forms of a surveyor: phiếu / hộ / khẩu in each cell."""

    uid: UUID
    name: str
    listed: str
    issued: str
    collected: str
    entered: str
    returned: str


class PileBook(QFrame):
    """`begin` at another place, `show_forms` after each reading; `chosen` gives the lines chosen in
    the list below it. What is typed stays over a restart until it is cleared.
    """

    def __init__(self, desk: Desk, chosen: Callable[[], list[UUID]]) -> None:
        super().__init__()
        self.setObjectName("pile_book")
        self.setProperty("kind", "card")
        self._desk = desk
        self._chosen = chosen
        self._rows: Sequence[CaseRow] = ()
        self._people: Sequence[Surveyor] = ()
        self._editable = False
        self._key = ""  # of the place
        self._line: object = None  # the pile that what is typed was counted of
        self.draft = DraftNote(
            desk,
            self._typed,
            said=self.tr("Số đếm và mã phiếu gõ lúc {time} còn giữ ở đây."),
            notebook=True,
        )
        head = self.tr("Phiếu / hộ / khẩu của từng rà soát viên")
        columns = [Column(key="name", title=self.tr("Rà soát viên"), width=130, stretch=True)]
        columns += [
            Column(key=key, title=title, width=96, align=Align.RIGHT)
            for key, title in (
                ("listed", self.tr("Danh sách")),
                ("issued", self.tr("Đã phát")),
                ("collected", self.tr("Đã thu")),
                ("entered", self.tr("Đã nhập")),
                ("returned", self.tr("Trả lại")),
            )
        ]
        self.table = TableView(columns, "pile_totals", head)
        self.codes = self._edit("pile_codes", self.tr("Mã phiếu, STT: 3 5-9 0015"), 210)
        self.scope = Segments(
            [Option(_CHOSEN, self.tr("Các dòng chọn")), Option(_WHOLE, self.tr("Cả xấp"))]
        )
        self.scope.setObjectName("pile_scope")
        self.scope.setAccessibleName(self.tr("Ghi cho phiếu nào"))
        self.scope.choose(_CHOSEN)
        self.day = self._edit("pile_day", self.tr("Ngày"), 110)
        self.day.setText(format_date(desk.context.today()))
        self.receiver = QComboBox()
        self.receiver.setObjectName("pile_receiver")
        self.receiver.setAccessibleName(self.tr("Phát cho"))
        self.issue = button(self.tr("Phát phiếu"), "issue_forms")
        self.collect = button(self.tr("Thu phiếu"), "collect_forms")
        self.give_back = button(self.tr("Trả lại bổ sung…"), "return_forms")
        self.said = label("", "soft", "pile_book_said", wrap=True)
        self.problem = label("", "error", "pile_book_problem", wrap=True)
        self.forms = self._edit("paper_forms", self.tr("Số phiếu"), 90)
        self.persons = self._edit("paper_persons", self.tr("Số khẩu"), 90)
        self.counted = label("", "soft", "paper_of")
        self.check = label("", "bold", "paper_check", wrap=True)
        self.unmet = label("", "soft", "pile_not_met", wrap=True)
        self._build(head)
        self.table.current_changed.connect(self._pile_changed)
        self.scope.chosen.connect(self.say_targets)
        self.codes.textEdited.connect(self.say_targets)
        self.issue.clicked.connect(partial(self._hand, Way.ISSUE))
        self.collect.clicked.connect(partial(self._hand, Way.COLLECT))
        self.give_back.clicked.connect(self._ask_reason)
        for edit in (self.forms, self.persons):
            edit.textEdited.connect(self._compare)
        for edit in self._edits():
            edit.textEdited.connect(self.draft.touch)
        self.draft.dropped.connect(self._drop)
        theme.changed.connect(self._fit)

    # -- showing --------------------------------------------------------------------------------

    @property
    def surveyor(self) -> UUID | None:
        """Whose pile is under the cursor; None: that of the whole village, or of nobody."""
        uid = self.table.current_uid()
        return None if uid in (None, _ALL, _NOBODY) else uid

    def stops(self) -> list[QWidget]:
        return [
            self.codes, self.scope, self.day, self.receiver, self.issue, self.forms, self.persons,
        ]  # fmt: skip

    def clear(self) -> None:
        """Another village: until it is read nothing is written, and nobody's forms stand here."""
        self._rows = ()
        self.table.set_rows([])
        for act in (self.issue, self.collect, self.give_back):
            act.setEnabled(False)
        for edit in self._edits():
            edit.clear()
        self.problem.hide()
        self.said.setText("")

    def begin(self, key: str, title: str) -> bool:
        """The book of this place, with what was typed there before; whether there was anything."""
        self.clear()
        self._key = key
        typed = self.draft.begin(key, title)
        for edit in self._edits():
            edit.setText(str((typed or {}).get(edit.objectName(), "")))
        self._line = typed and typed.get(_LINE)
        return typed is not None

    def _edits(self) -> tuple[LineEdit, ...]:
        return self.codes, self.forms, self.persons

    def _typed(self) -> Typed | None:
        typed = {edit.objectName(): edit.text() for edit in self._edits()}
        if not any(typed.values()):
            return None
        return {**typed, _LINE: self.table.current_uid() or self._line}

    def _drop(self) -> None:
        for edit in self._edits():
            edit.clear()
        self.say_targets()
        self._compare()

    def show_forms(
        self,
        rows: Sequence[CaseRow],
        people: Sequence[Surveyor],
        not_met: Sequence[NotMet],
        *,
        editable: bool,
    ) -> None:
        """The forms of a village, who surveys there, and who was not met."""
        self._rows, self._people, self._editable = rows, people, editable
        names = {person.uid: person.name for person in people}
        by = {one.surveyor: one for one in paper_forms.totals_of(rows)}
        order = [*(p.uid for p in people if p.uid in by), *([None] if None in by else [])]
        lines = [
            _line(of or _NOBODY, names.get(of, self.tr("Chưa giao")), [by[of]]) for of in order
        ]
        lines.append(_line(_ALL, self.tr("Cả thôn"), list(by.values())))
        self.table.set_rows(lines)
        if self.table.current_uid() is None:
            known = (line.uid for line in lines if line.uid == self._line)
            self.table.go_to(next(known, lines[-1].uid))
        self._fit()
        self._show_people()
        for act in (self.issue, self.collect, self.give_back):
            act.setEnabled(editable and bool(rows))
        self.say_targets()
        self._compare()
        named = [
            texts.not_met_text(number, one.head, one.persons, one.outcome, one.note)
            for number, one in enumerate(not_met, start=1)
        ]
        text = self.tr("Không gặp được, biên bản nêu tên:\n{names}")
        self.unmet.setText(text.format(names="\n".join(named)))
        self.unmet.setVisible(bool(named))

    def _show_people(self) -> None:
        before = self.receiver.currentData()
        self.receiver.clear()
        if len(self._people) != 1:
            self.receiver.addItem(self.tr("Phát cho: như đã giao"), None)
        for person in self._people:
            self.receiver.addItem(self.tr("Phát cho: {name}").format(name=person.name), person.uid)
        at = self.receiver.findData(before)
        self.receiver.setCurrentIndex(max(0, at))

    def _pile_changed(self, uid: object) -> None:
        if uid is not None:
            self.draft.touch()
        self.say_targets()
        self._compare()

    # -- which forms ----------------------------------------------------------------------------

    def _pile(self) -> list[CaseRow]:
        """The forms of the line under the cursor."""
        uid = self.table.current_uid()
        if uid in (None, _ALL):
            return list(self._rows)
        of = None if uid == _NOBODY else uid
        return [row for row in self._rows if row.surveyor == of]

    def _targets(self) -> tuple[list[CaseRow], list[str]]:
        """The forms meant, and what is typed that is none."""
        typed = clean(self.codes.text())
        if typed:
            return pile_codes.forms_of(typed, self._rows)
        if self.scope.value() == _WHOLE:
            return self._pile(), []
        chosen = set(self._chosen())
        return [row for row in self._rows if row.uid in chosen], []

    def say_targets(self) -> None:
        """For which forms an act would be, now that others may be chosen."""
        found, unknown = self._targets()
        self.scope.setEnabled(not clean(self.codes.text()))
        self.problem.hide()
        names = ", ".join(f"{row.head} ({row.form_code or row.position})" for row in found[:3])
        count = format_integer(len(found))
        if len(found) > 3:
            text = self.tr("Ghi cho {count} phiếu: {names}…").format(count=count, names=names)
        elif found:
            text = self.tr("Ghi cho {count} phiếu: {names}.").format(count=count, names=names)
        else:
            text = self.tr("Chọn dòng ở bảng dưới, hoặc gõ mã phiếu.")
        self.said.setText(text)
        if unknown:
            self._refuse(self._unknown_text(unknown))

    def _unknown_text(self, unknown: Iterable[str]) -> str:
        text = self.tr("Thôn này không có phiếu {typed}: xem lại trên phiếu.")
        return text.format(typed=", ".join(f"“{one}”" for one in unknown))

    # -- acts -----------------------------------------------------------------------------------

    def _hand(self, way: Way, reason: str | None = None) -> None:
        found, unknown = self._targets()
        if unknown:
            self._refuse(self._unknown_text(unknown))
            self.codes.setFocus()
            return
        if not clean(self.codes.text()) and self.scope.value() == _WHOLE:
            found = [row for row in found if row.form in _FROM[way]]
        if not found:
            self._refuse(self.tr("Không có phiếu nào ở đây để ghi."))
            return
        try:
            day = parse_date(self.day.text())
        except ValueError as error:
            self._refuse(texts.PARSE_ERRORS[str(error)])
            self.day.setFocus()
            return
        work = partial(
            paper_forms.hand,
            self._desk.database,
            self._desk.context,
            [row.uid for row in found],
            way,
            day,
            reason=reason,
            surveyor=self.receiver.currentData() if way is Way.ISSUE else None,
        )
        self._desk.runner.write(self, work, partial(self._handed, way, len(found)), self._failed)

    def _ask_reason(self) -> None:
        text = self.tr("Ghi rõ phiếu còn thiếu gì: rà soát viên mang phiếu về bổ sung.")
        title, act = self.tr("Trả lại bổ sung"), self.tr("Trả lại")
        dialog = ReasonDialog(self._desk, self._key, title, text, act, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.given.connect(partial(self._hand, Way.RETURN))
        dialog.open()

    def _handed(self, way: Way, count: int, done: Done[None]) -> None:
        said = {
            Way.ISSUE: self.tr("Đã ghi phát {count} phiếu."),
            Way.COLLECT: self.tr("Đã ghi thu {count} phiếu."),
            Way.RETURN: self.tr("Đã ghi trả lại {count} phiếu."),
        }[way]
        if way is Way.RETURN:
            reason_dialog.written(self._desk, self._key)
        self.codes.clear()
        self.draft.keep()
        self.problem.hide()
        self.said.setText(said.format(count=format_integer(count)))

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, AppError):
            self._refuse(texts.error_text(error))
        else:
            messages.report(error, self)

    def _refuse(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    # -- control totals -------------------------------------------------------------------------

    def _compare(self) -> None:
        """The paper pile against what was entered of it."""
        pile = self._pile()
        number = self.table.currentIndex().row()
        text = self.tr("Đếm xấp giấy ({name}), so với đã nhập:")
        name = self.table.rows.text(number, 0) if number >= 0 else ""
        self.counted.setText(text.format(name=name))
        entered = [row for row in pile if row.form is FormState.ENTERED]
        missing = [
            f"{row.head} ({row.form_code})" for row in pile if row.form is FormState.COLLECTED
        ]
        try:
            paper = (_number(self.forms.text()), _number(self.persons.text()))
        except ValueError as error:
            self.check.setText(texts.PARSE_ERRORS[str(error)])
            self.check.show()
            return
        persons = sum(row.persons for row in entered)
        self.check.setText(texts.compare_text(paper, (len(entered), persons), missing))
        self.check.setVisible(bool(self.check.text()))

    # -- layout ---------------------------------------------------------------------------------

    def _edit(self, name: str, text: str, width: int) -> LineEdit:
        edit = LineEdit()
        edit.setObjectName(name)
        edit.setAccessibleName(text)
        edit.setPlaceholderText(text)
        edit.setFixedWidth(width)
        return edit

    def _build(self, head: str) -> None:
        acts, counts = Flow(8), Flow(8)
        for part in (
            self.codes, self.scope, self.day, self.receiver, self.issue, self.collect,
            self.give_back,
        ):  # fmt: skip
            acts.addWidget(part)
        counts.addWidget(self.counted)
        for edit in (self.forms, self.persons):
            counts.addWidget(edit)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(6)
        box.addWidget(self.draft)
        box.addWidget(label(head, "soft"))
        box.addWidget(self.table)
        box.addLayout(acts)
        box.addWidget(self.said)
        box.addWidget(self.problem)
        box.addLayout(counts)
        box.addWidget(self.check)
        box.addWidget(self.unmet)
        self.problem.hide()
        self.check.hide()

    def _fit(self) -> None:
        """As high as its lines."""
        lines = max(1, self.table.rows.rowCount())
        height = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.heading.sizeHint().height() + lines * height + 12)


def _line(uid: UUID, name: str, piles: Sequence[FormTotals]) -> BookRow:
    return BookRow(
        uid,
        name,
        _text(one.listed for one in piles),
        _text(one.issued for one in piles),
        _text(one.collected for one in piles),
        _text(one.entered for one in piles),
        _text(one.returned for one in piles),
    )


def _text(piles: Iterable[Pile]) -> str:
    found = list(piles)
    sums = (sum(column) for column in zip(*found, strict=True)) if found else (0, 0, 0)
    return " / ".join(format_integer(number) for number in sums)


def _number(text: str) -> int | None:
    return parse_integer(text) if clean(text) else None
