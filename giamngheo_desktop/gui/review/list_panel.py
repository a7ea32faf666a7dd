"""Step Lập danh sách: who is reviewed in a village; applicants through Phiếu A; then confirmed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review import case_columns
from giamngheo_desktop.gui.review.add_line import AddLine
from giamngheo_desktop.gui.review.panel import Panel
from giamngheo_desktop.gui.review.screen_line import ScreenLine
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.review import case_lists, reviews
from giamngheo_desktop.services.review.case_lists import CaseRow


class ListRow(NamedTuple):
    """A line of the list; `screening` is None for who is not screened."""

    uid: UUID
    position: int | None
    head: str
    persons: int
    ground: str
    class_before: str | None
    screening: str


class ListPanel(Panel):
    """The list of one village."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: dict[UUID, CaseRow] = {}
        self._count = label("", "soft", "list_count", wrap=True)
        self.table = TableView(
            (
                case_columns.number(),
                case_columns.head(),
                case_columns.persons(),
                case_columns.ground(),
                case_columns.class_before(),
                Column(key="screening", title=self.tr("Phiếu A"), width=130, chip=self._chip),
            ),
            "review_list",
            self.tr("Danh sách hộ cần rà soát"),
        )
        self.screening = ScreenLine(desk.definitions.choice_list("quick_screen"))
        self.add = AddLine(desk)
        self.remove_button = button(self.tr("&Bỏ khỏi danh sách"), "take_off", icon="remove")
        self.unconfirm_button = button(self.tr("Bỏ chốt danh sách"), "unconfirm_list", icon="undo")
        self.confirm_button = button(
            self.tr("&Chốt danh sách"), "confirm_list", icon="check", kind="primary"
        )
        self.foot.addWidget(self.remove_button)
        self.foot.addStretch()
        self.foot.addWidget(self.unconfirm_button)
        self.foot.addWidget(self.confirm_button)
        self.box.addWidget(self._count)
        self.add_table(self.table)
        self.box.addWidget(self.screening)
        self.box.addWidget(self.add)
        self.setFocusProxy(self.table)
        self.table.row_opened.connect(self._open)
        self.table.current_changed.connect(self._current_changed)
        self.screening.screened.connect(self._screen)
        self._new: UUID | None = None  # the case just added
        self.add.added.connect(self._add)
        self.add.applications_wanted.connect(
            lambda: self.go_requested.emit("review", {"applications": True})
        )
        self.remove_button.clicked.connect(self._take_off)
        self.confirm_button.clicked.connect(self._confirm)
        self.unconfirm_button.clicked.connect(self._unconfirm)

    def refresh(self, *, moved: bool) -> None:
        if moved:
            self.add.clear()
            self._rows = {}  # those of the place before are nobody's here
            self.table.set_rows([])
        work = partial(
            case_lists.of_review, self.desk.database, self.place.review.uid, self.place.village
        )
        self.fault.read(self.desk.runner, work, self._show, latest="list")

    def stops(self) -> list[QWidget]:
        return [self.table, *self.add.stops(), self.confirm_button]

    def about(self) -> About:
        row = self._current()
        return replace(super().about(), household=row.household if row else None)

    def chosen_name(self) -> str:
        row = self._current()
        return row.head if row else ""

    # -- showing --------------------------------------------------------------------------------

    def _show(self, rows: list[CaseRow]) -> None:
        self._rows = {row.uid: row for row in rows}
        self.table.set_rows([self._line(row) for row in rows])
        self.table.say_empty(
            self.tr(
                "Thôn không có hộ nghèo, cận nghèo nào khi kỳ rà soát bắt đầu. Có hộ nộp giấy đề "
                "nghị thì thêm ở dưới; không có hộ nào thì chốt danh sách trống."
            )
        )
        applied = sum(row.ground == Ground.APPLIED for row in rows)
        text = self.tr("{count} hộ, {persons} khẩu; {applied} hộ có giấy đề nghị.")
        if self._is_confirmed:
            text = self.tr(
                "Đã chốt: {count} hộ, {persons} khẩu; {applied} hộ có giấy đề nghị. Mỗi hộ đã có "
                "mã phiếu; vẫn thêm được hộ nộp giấy đề nghị sau."
            )
        self._count.setText(
            text.format(
                count=format_integer(len(rows)),
                persons=format_integer(sum(row.persons for row in rows)),
                applied=format_integer(applied),
            )
        )
        new, self._new = self._new, None
        if new is not None and not self.table.go_to(new):
            self._count.setText(self.tr("Hộ đã vào danh sách của thôn nơi hộ ở."))
        if rows and self.table.current_uid() is None:
            self.table.go_to(rows[0].uid)
        self._enable()

    @property
    def _is_confirmed(self) -> bool:
        found = (one for one in self.place.flow.facts.villages if one.village == self.place.village)
        return any("list" in one.marks for one in found)

    def _line(self, row: CaseRow) -> ListRow:
        screening = ""
        if row.ground == Ground.APPLIED:
            screening = self._screening_text(row.screened_in)
        return ListRow(
            row.uid,
            row.position,
            row.head,
            row.persons,
            row.ground,
            row.class_before,
            screening,
        )

    def _screening_text(self, result: bool | None) -> str:
        if result is None:
            return self.tr("Chưa có")
        return self.tr("Khảo sát tiếp") if result else self.tr("Không khảo sát")

    def _chip(self, text: object) -> str:
        chips = {self._screening_text(None): "open", self._screening_text(True): "done"}
        return chips.get(str(text), "unknown")

    def _enable(self) -> None:
        row = self._current()
        free = self.editable
        confirmed = self._is_confirmed
        self.remove_button.setEnabled(free and row is not None)
        self.add.setVisible(free)
        self.confirm_button.setVisible(not confirmed)
        self.confirm_button.setEnabled(free)
        self.unconfirm_button.setVisible(confirmed)
        self.unconfirm_button.setEnabled(free)
        applied = row is not None and row.ground == Ground.APPLIED
        self.screening.setVisible(free and applied)
        if row is not None and applied:
            people = self.place.view.surveyors.get(row.village, ())
            self.screening.show_case(row.head, row.screened_in, row.screened_by, people)

    def _current(self) -> CaseRow | None:
        uid = self.table.current_uid()
        return None if uid is None else self._rows.get(uid)

    def _current_changed(self, uid: object) -> None:
        self._enable()

    # -- acts -----------------------------------------------------------------------------------

    def _open(self, uid: UUID) -> None:
        self.household_opened.emit(uid, self._rows[uid].household)

    def _add(self, household: UUID, ground: Ground) -> None:
        work = partial(
            case_lists.add,
            self.desk.database,
            self.desk.context,
            self.place.review.uid,
            household,
            ground,
        )
        self.desk.runner.write(self, work, self._added, partial(self._not_added, household))

    def _added(self, done: Done[UUID]) -> None:
        """The new line is chosen, so that its Phiếu A can be answered."""
        self.add.clear()
        self._new = done.value
        self.refresh(moved=False)
        self.add.search.setFocus()

    def _not_added(self, household: UUID, error: BaseException) -> None:
        messages.report(error, self)
        self.add.give_back(household)

    def _take_off(self) -> None:
        uid = self.table.current_uid()
        if uid is not None:
            work = partial(case_lists.take_off, self.desk.database, self.desk.context, uid)
            self.desk.runner.write(self, work, self._written)

    def _screen(self, result: bool | None, by: str) -> None:
        uid = self.table.current_uid()
        if uid is not None:
            work = partial(
                case_lists.screen,
                self.desk.database,
                self.desk.context,
                uid,
                screened_in=result,
                by=by or None,
            )
            self.desk.runner.write(self, work, self._written, self._refused)

    def _confirm(self) -> None:
        self._mark(done=True)

    def _unconfirm(self) -> None:
        self._mark(done=False)

    def _mark(self, *, done: bool) -> None:
        work = partial(
            reviews.mark,
            self.desk.database,
            self.desk.context,
            self.place.review.uid,
            "list",
            village=self.place.village,
            day=self.desk.context.today() if done else None,
        )
        self.desk.runner.write(self, work, self._written)

    def _written(self, done: Done[None]) -> None:
        """The page reads again by itself."""

    def _refused(self, error: BaseException) -> None:
        messages.report(error, self)
        self._enable()
