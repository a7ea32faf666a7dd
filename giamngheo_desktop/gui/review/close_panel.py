"""Step Khóa sổ: what would stand still and what is not done, then the act; opened again with a
reason.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.form import FieldDef, FieldKind, Section
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.parts import button, card, label
from giamngheo_desktop.gui.review.correction_link import correction_link, is_correctable
from giamngheo_desktop.gui.review.drafting import DraftNote, Typed
from giamngheo_desktop.gui.review.panel import Panel
from giamngheo_desktop.gui.review.words import review_name, unclassed_names
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.review import review_closing
from giamngheo_desktop.services.review.review_closing import Look

_REASON = "reason"


class ClosePanel(Panel):
    """The last step of the year."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._look: Look | None = None
        sheet = card("closing")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        self._still = label("", "", "closing_results", wrap=True)
        self._open = label("", "warning", "closing_unfinished", wrap=True)
        self._see = button(self.tr("Xem các hộ công nhận khác kết quả rà soát"), "see_unlike",
                           kind="link")  # fmt: skip
        self._months = label("", "warning", "closing_months", wrap=True)
        self._answer = button(self.tr("Xem Giấy đề nghị"), "see_applications", kind="link")
        self.correct = correction_link(self)
        for part in (self._still, self._months, self._answer, self._open, self._see, self.correct):
            inside.addWidget(part)
        for link in (self._answer, self._see, self.correct):
            inside.setAlignment(link, Qt.AlignmentFlag.AlignLeft)
        self.draft = DraftNote(desk, self._typed)
        field = FieldDef(code=_REASON, kind=FieldKind.TEXT, label=self.tr("Lý do"))
        section = Section(
            code="closing",
            label=self.tr("Lý do, ghi vào lịch sử thay đổi"),
            page="",
            fields=(field,),
        )
        self.form = FormView([section])
        self._refusal = Refusal()
        self.reopen_button = button(self.tr("&Mở lại kỳ rà soát"), "reopen_review", icon="history")
        self.close_button = button(self.tr("&Khóa sổ"), "close_review", icon="lock", kind="primary")
        self.foot.addWidget(self.reopen_button)
        self.foot.addStretch()
        self.foot.addWidget(self.close_button)
        self.box.addWidget(sheet)
        self.box.addWidget(self.draft)
        self.box.addWidget(self.form)
        self.box.addWidget(self._refusal)
        self.box.addStretch()
        self.form.changed.connect(self._changed)
        self.form.completed.connect(self._to_act)
        self._see.clicked.connect(self._go_to_unlike)
        self._answer.clicked.connect(self._go_to_applications)
        self.close_button.clicked.connect(self._ask_close)
        self.reopen_button.clicked.connect(self._reopen)
        self.draft.dropped.connect(self._fill)

    def refresh(self, *, moved: bool) -> None:
        if moved:
            self._fill()
            found = self.draft.begin(self.place.key, self.tr("Khóa sổ"))
            if found is not None:
                self.form.set_draft(found)  # type: ignore[arg-type]
        closed = self.place.review.closed_on
        self._look = None
        self.close_button.setVisible(closed is None)
        self.close_button.setEnabled(False)
        self.reopen_button.setVisible(closed is not None and not self.desk.read_only)
        self.form.setVisible(closed is not None and not self.desk.read_only)
        for part in (self._months, self._answer, self._open, self._see):
            part.hide()
        self.correct.setVisible(is_correctable(self))
        if closed is not None:
            text = self.tr(
                "Đã khóa sổ ngày {day}: số của năm đứng yên. Sai sót về sau ghi bằng đính chính; "
                "chỉ khi sai cả kỳ mới mở lại, có ghi lý do."
            )
            self._still.setText(text.format(day=format_date(closed)))
            return
        self._still.setText(self.tr("Đang xem lại…"))
        work = partial(
            review_closing.look,
            self.desk.database,
            self.desk.definitions,
            self.place.review.uid,
            self.place.view.today,
        )
        self.desk.runner.read(self, work, self._show, self._refused, latest="closing")

    def keep(self) -> None:
        self.draft.keep()

    def stops(self) -> list[QWidget]:
        return [self.form, self.close_button, self.reopen_button]

    # -- showing --------------------------------------------------------------------------------

    def _show(self, found: Look) -> None:
        self._look = found
        lines = []
        for code, one in found.closings.items():
            standard = self.desk.definitions.standards.get(code).label
            text = self.tr("{standard}: {poor} hộ nghèo, {near_poor} hộ cận nghèo sẽ đứng yên.")
            if one.waiting:
                text = self.tr(
                    "{standard}: {poor} hộ nghèo, {near_poor} hộ cận nghèo sẽ đứng yên; {waiting} "
                    "hộ trong danh sách đầu kỳ chưa có kết quả của năm, vẫn đếm theo kết quả cũ."
                )
            lines.append(
                text.format(
                    standard=standard,
                    poor=format_integer(one.poor),
                    near_poor=format_integer(one.near_poor),
                    waiting=format_integer(len(one.waiting)),
                )
            )
            names = unclassed_names(found.unclassed[code], self.place.view)
            lines += filter(None, [texts.unclassed_text(standard, names)])
        lines += found.beside
        nothing = self.tr("Kỳ rà soát được khóa, không ghi thêm gì vào nữa.")
        self._still.setText("\n".join(lines) or nothing)
        waiting = texts.months_text(found.waiting, found.year)
        text = self.tr("Chưa xong: {missing}.")
        if not waiting:
            text = self.tr("Chưa xong: {missing}. Làm nốt, hoặc ghi lý do vì sao vẫn khóa sổ.")
        self._open.setText(text.format(missing=found.missing_text))
        self._open.setVisible(not found.is_whole)
        self._see.setVisible(bool(found.unlike))
        refused = texts.ERRORS["months_unanswered"].format(months=waiting)
        self._months.setText(refused)
        self._months.setVisible(bool(waiting))
        self._answer.setVisible(bool(waiting or found.unanswered))
        self.form.setVisible(not found.is_whole and not waiting)
        self.form.setEnabled(self.editable)
        self.close_button.setEnabled(self.editable and not waiting)

    # -- acts -----------------------------------------------------------------------------------

    def _ask_close(self) -> None:
        reason = self._reason()
        if self._look is None:
            return
        if not self._look.is_whole and not reason:
            self._ask_reason()
            return
        name = review_name(self.place.review, self.place.view)
        agreed = messages.ask(
            self.tr("Khóa sổ kỳ rà soát {name}?").format(name=name),
            yes=self.tr("Khóa sổ"),
            more=self.tr("Sổ được sao lưu trước. Sau đó biểu của năm đứng yên dù sổ hộ còn đổi."),
            dangerous=not self._look.is_whole,
            parent=self,
        )
        if agreed:
            self.close_button.setEnabled(False)
            work = partial(_close, self.desk, self.place.review.uid, reason)
            self.desk.runner.write(self, work, self._written, self._refused)

    def _reopen(self) -> None:
        reason = self._reason()
        if not reason:
            self._ask_reason()
            return
        work = partial(
            review_closing.reopen,
            self.desk.database,
            self.desk.context,
            self.place.review.uid,
            reason=reason,
        )
        self.desk.runner.write(self, work, self._written, self._refused)

    def _reason(self) -> str:
        return str(self.form.draft()[_REASON] or "")

    def _ask_reason(self) -> None:
        self.form.set_problems([(_REASON, texts.ERRORS["reason_missing"], True)])
        self.form.focus_field(_REASON)

    def _written(self, done: Done[object]) -> None:
        self.draft.forget()
        self._fill()

    def _refused(self, error: BaseException) -> None:
        self.close_button.setEnabled(self.editable)
        self._refusal.say(error)

    def _to_act(self) -> None:
        act = self.close_button if self.close_button.isVisible() else self.reopen_button
        act.setFocus()

    def _fill(self) -> None:
        self.form.set_record({})
        self._refusal.hide()

    def _typed(self) -> Typed | None:
        return self.form.draft() if self.form.is_dirty else None

    def _changed(self, code: str) -> None:
        self._refusal.hide()
        self.draft.touch()

    def _go_to_applications(self) -> None:
        self.go_requested.emit("review", {"applications": True})

    def _go_to_unlike(self) -> None:
        if self._look is not None:
            review = self.place.review
            wanted = HouseholdFilter(
                day=self.desk.day(review.year),
                standard=review.own_standard,
                uids=self._look.unlike,
            )
            self.go_requested.emit("households", wanted)


def _close(desk: Desk, review: UUID, reason: str) -> Done[Look]:
    """The act after a proven backup."""
    desk.back_up("year")
    return review_closing.close(
        desk.database, desk.context, desk.definitions, review, reason=reason
    )
