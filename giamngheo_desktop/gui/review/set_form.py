"""What a running review is about, set otherwise; and a review begun by mistake withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review import reason_dialog
from giamngheo_desktop.gui.review.paper_form import PaperForm, Values
from giamngheo_desktop.gui.review.place import Place
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.gui.review.set_fields import (
    chosen,
    day_problems,
    hide_none,
    outside_window,
    set_fields,
)
from giamngheo_desktop.gui.review.words import review_name
from giamngheo_desktop.services.review import preparing, withdrawing
from giamngheo_desktop.services.review.preparing import Setting
from giamngheo_desktop.services.review.reviews import ReviewStandard
from giamngheo_desktop.services.review.withdrawing import Loss

_KEY = "rut-"  # of the reason to withdraw a review


class SetForm(PaperForm):
    """`open(place)` asks what is set; `days_requested()`: the limits, which are settings."""

    days_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "set_review", parent)
        opening.name_help(self, "review_set")
        self._place: Place | None = None
        self._offered: tuple[ReviewStandard, ...] = ()
        self._given = ""  # the reason to withdraw, on its way to the file
        self.act.setText(self.tr("&Lưu"))
        self.apart.setText(self.tr("&Rút kỳ rà soát…"))
        self.apart.setToolTip(self.tr("Kỳ mở nhầm: bỏ cả kỳ, khi chưa quyết định gì"))
        self.hint.setText(
            self.tr(
                "Đổi ngày bắt đầu thì danh sách theo hộ nghèo, cận nghèo của ngày mới: thêm hộ còn "
                "thiếu, bỏ hộ chưa làm gì mà ngày ấy không trong danh sách."
            )
        )
        self.days = button(self.tr("Số ngày niêm yết, phúc tra… (Cài đặt)"), "open_days",
                           kind="link")  # fmt: skip
        self.outside = label("", "warning", "set_review_outside", wrap=True)
        self.box.insertWidget(2, self.days)
        self.box.insertWidget(3, self.outside)
        self.days.clicked.connect(self.days_requested)
        self.apart.clicked.connect(self._look)

    def open(self, place: Place) -> None:
        self._place = place
        review, proposed = place.review, place.view.proposed
        codes = {item.code for item in review.standards}
        self._offered = (
            *review.standards,
            *(item for item in proposed if item.code not in codes),
        )
        name = review_name(review, place.view)
        self.heading.setText(self.tr("Sửa kỳ rà soát {name}").format(name=name))
        self.hint.show()
        self.apart.setVisible(not self.desk.read_only)
        self.show_fields(
            self.tr("Ngày, bộ chuẩn"), set_fields(self.desk.definitions, self._offered)
        )
        hide_none(self.form)
        stored: dict[str, Entry] = {
            "begun_on": review.begun_on,
            "reference_day": review.reference_day,
            "standards": tuple(item.code for item in review.standards),
            "note": review.note,
        }
        self.begin(f"{review.uid.hex}-sua", stored)
        self._say_outside()
        self.form.focus_field("begun_on")

    def problems(self, values: Values) -> dict[str, str]:
        return day_problems(values, self._known().review.year)

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        wanted = Setting(
            begun_on=values["begun_on"],
            reference_day=values["reference_day"],
            standards=chosen(values, self._offered),
            note=clean(values["note"] or "") or None,
        )
        act = (self.desk.database, self.desk.context, self.desk.definitions)
        return partial(preparing.change, *act, self._known().review.uid, wanted)

    def _changed(self, code: str) -> None:
        super()._changed(code)
        self._say_outside()

    def _begin_anew(self) -> None:
        super()._begin_anew()
        self._say_outside()

    def _say_outside(self) -> None:
        review, begun = self._known().review, self.form.draft()["begun_on"]
        said = outside_window(self.desk.definitions, review.kind, review.year, begun)
        self.outside.setText(said)
        self.outside.setVisible(bool(said))

    # -- withdrawing ----------------------------------------------------------------------------

    def _look(self) -> None:
        self.refusal.hide()
        work = partial(withdrawing.look, self.desk.database, self._known().review.uid)
        self.desk.runner.read(self, work, self._ask, self._refused, latest="withdraw")

    def _ask(self, loss: Loss) -> None:
        """What was recorded goes only with a reason."""
        name = review_name(self._known().review, self._known().view)
        lines = [self._lost(loss)]
        if loss.applications:
            said = self.tr("{count} giấy đề nghị trở lại chờ.")
            lines.append(said.format(count=format_integer(loss.applications)))
        lines.append(self.tr("Rút nhầm thì hoàn tác (Ctrl+Z), mọi thứ trở lại như cũ."))
        if not loss.is_entered:
            agreed = messages.ask(
                self.tr("Rút kỳ rà soát {name}?").format(name=name),
                yes=self.tr("Rút kỳ rà soát"),
                more=" ".join(lines),
                dangerous=True,
                parent=self,
            )
            if agreed:
                self._withdraw("")
            return
        title = self.tr("Rút kỳ rà soát {name}").format(name=name)
        text = self.tr("{lost} Ghi lý do rút.").format(lost=" ".join(lines))
        key, act = self._known().review.uid.hex, self.tr("Rút kỳ rà soát")
        dialog = ReasonDialog(self.desk, f"{_KEY}{key}", title, text, act, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.given.connect(self._withdraw)
        dialog.open()

    def _lost(self, loss: Loss) -> str:
        lost = texts.loss_text(loss.counts)
        if not lost:
            return self.tr("Kỳ này chưa có hộ nào trong danh sách.")
        if not loss.is_entered:
            return self.tr("Sẽ bỏ {lost}; chưa nhập gì.").format(lost=lost)
        said = self.tr("Sẽ bỏ {lost}. Thông tin hộ đã sửa trong sổ hộ vẫn giữ.")
        return said.format(lost=lost)

    def _withdraw(self, reason: str) -> None:
        self.apart.setEnabled(False)
        self._given = reason
        self.run(partial(_withdraw, self.desk, self._known().review.uid, reason))

    def _refused(self, error: BaseException) -> None:
        self.apart.setEnabled(True)
        super()._refused(error)

    def _done(self, done: Done[Any]) -> None:
        if self._given:
            reason_dialog.written(self.desk, f"{_KEY}{self._known().review.uid.hex}")
        self._given = ""
        self.apart.setEnabled(True)
        super()._done(done)

    def _known(self) -> Place:
        assert self._place is not None
        return self._place


def _withdraw(desk: Desk, review: UUID, reason: str) -> Done[Loss]:
    """The act after a proven backup, where anything would go."""
    if reason:
        desk.back_up("risky")
    return withdrawing.withdraw(desk.database, desk.context, review, reason=reason)
