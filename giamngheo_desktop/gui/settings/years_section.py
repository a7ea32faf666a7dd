"""Cài đặt › Năm làm việc: close a year, so that its tables stand still; reopen it with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.children import child_ages
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import PovertyStandard
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.messages import Answer
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.review import reason_dialog
from giamngheo_desktop.gui.review.drafting import OF_SETTINGS
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.closing import Closing, look_before_closing
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.years import WorkingYear, working_years


class YearsSection(Section):
    """The years of the file with their standard and state."""

    WATCHES = frozenset({Kind.ROUND, Kind.RESULT, Kind.AREA_VERSION})

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Khóa sổ một năm thì biểu của năm ấy đứng yên, dù sổ hộ còn đổi. Khóa nhầm thì mở lại "
            "được, có ghi lý do."
        )
        super().__init__(desk, self.tr("Năm làm việc"), intro)
        self._years: dict[UUID, WorkingYear] = {}
        self.list = TableView(
            (
                Column(key="year", title=self.tr("Năm"), width=80, format=str),
                Column(key="standard", title=self.tr("Chuẩn nghèo"), width=200, stretch=True),
                Column(
                    key="state",
                    title=self.tr("Tình trạng"),
                    width=200,
                    chip=self._chip,
                ),
            ),
            "years",
            self.tr("Các năm"),
        )
        self.box.addWidget(self.list, 1)
        self.close_button = button(self.tr("&Khóa sổ năm…"), "close_year", icon="lock")
        self.reopen_button = button(self.tr("&Mở lại năm…"), "reopen_year", icon="history")
        self.opening_button = button(self.tr("Mở sổ đầu &kỳ"), "open_opening", kind="link")
        self.foot(self.close_button, self.reopen_button).addWidget(self.opening_button)
        self.setFocusProxy(self.list)
        self.list.current_changed.connect(self._enable)
        self.list.row_opened.connect(self._to_action)
        self.close_button.clicked.connect(self._look_before_closing)
        self.reopen_button.clicked.connect(self._reopen)
        self.opening_button.clicked.connect(self._go_to_opening)

    def load(self) -> None:
        work = partial(
            working_years,
            self.desk.database,
            self.desk.definitions,
            self.desk.context.today(),
        )
        self.desk.runner.read(self, work, self._show, latest="years")

    def current(self) -> WorkingYear | None:
        uid = self.list.current_uid()
        return None if uid is None else self._years.get(uid)

    def _show(self, years: Sequence[WorkingYear]) -> None:
        self._years = {UUID(int=working.year): working for working in years}
        standards = self.desk.definitions.standards
        self.list.set_rows(
            [
                (uid, working.year, standards.get(working.standard).label, self._state(working))
                for uid, working in self._years.items()
            ]
        )
        if self.current() is None:
            self.list.go_to(UUID(int=self.year))
        self._enable()

    def _state(self, working: WorkingYear) -> str:
        if working.closed_on is None:
            return self.tr("Đang mở")
        return self.tr("Khóa ngày {day}").format(day=format_date(working.closed_on))

    def _chip(self, state: object) -> str:
        return "open" if state == self.tr("Đang mở") else "done"

    def _to_action(self, uid: object) -> None:
        enter_walk.start((self.close_button, self.reopen_button))

    def _enable(self) -> None:
        working = self.current()
        free = working is not None and not self.desk.read_only
        self.close_button.setEnabled(free and working is not None and not working.closed_on)
        self.reopen_button.setEnabled(free and working is not None and bool(working.closed_on))

    def _look_before_closing(self) -> None:
        working = self.current()
        if working is not None:
            work = partial(
                look_before_closing,
                self.desk.database,
                self.desk.definitions,
                year=working.year,
                standard=working.standard,
                unit=working.unit,
            )
            self.desk.runner.read(self, work, partial(self._ask_close, working))

    def _ask_close(self, working: WorkingYear, found: Closing) -> None:
        if not found.results:
            messages.warn(
                self.tr("Năm {year} chưa có hộ nào được công nhận.").format(year=working.year),
                self.tr("Ghi kết quả công nhận của các hộ trước, rồi mới khóa sổ."),
                self,
            )
            return
        more = self.tr("Kết quả sẽ đứng yên: {poor} hộ nghèo, {near_poor} hộ cận nghèo.").format(
            poor=format_integer(found.poor), near_poor=format_integer(found.near_poor)
        )
        left_out = len(found.waiting - found.kept)
        if found.kept:
            more = self.tr(
                "{more}\n\nCòn {count} hộ trong danh sách đầu năm chưa có kết quả của năm rà soát "
                "{year}: khóa bây giờ thì các hộ này giữ kết quả cũ, vẫn đếm trong biểu của năm."
            ).format(more=more, count=format_integer(len(found.kept)), year=working.year)
        if left_out:
            more = self.tr(
                "{more}\n\nCòn {count} hộ trong danh sách theo chuẩn cũ chưa có kết quả của năm rà "
                "soát {year}: khóa bây giờ thì biểu của năm không có các hộ này."
            ).format(more=more, count=format_integer(left_out), year=working.year)
        if found.unclassed:
            more = self.tr(
                "{more}\n\nTrong sổ còn {count} hộ chưa có kết quả công nhận nào: biểu của năm "
                "không đếm các hộ này."
            ).format(more=more, count=format_integer(found.unclassed))
        if found.nameless:
            more = self.tr(
                "{more}\n\nDanh sách đầu năm còn {count} hộ mới ghi số theo thôn, chưa có tên và "
                "kết quả: biểu của năm không có các hộ này."
            ).format(more=more, count=format_integer(found.nameless))
        if found.months:
            more = self.tr(
                "{more}\n\nĐợt thường xuyên tháng {months} còn mở, được khóa cùng lúc."
            ).format(more=more, months=", ".join(map(str, found.months)))
        answers = [Answer("yes", self.tr("Khóa sổ"), bool(found.waiting))]
        if found.waiting:
            answers.append(Answer("see", self.tr("Xem các hộ ấy")))
        answers.append(Answer("no", self.tr("Quay lại")))
        answer = messages.choose(
            self.tr("Khóa sổ năm {year}?").format(year=working.year),
            answers,
            default="see" if found.waiting else "yes",
            escape="no",
            more=more,
            parent=self,
        )
        if answer == "see":
            wanted = HouseholdFilter(
                day=self.desk.day(working.year), standard=working.standard, uids=found.waiting
            )
            self.go_requested.emit("households", wanted)
        if answer == "yes":
            standard = self.desk.definitions.standards.get(working.standard)
            work = partial(_close, self.desk, working, standard)
            self.desk.runner.write(self, work, self._done)

    def _reopen(self) -> None:
        working = self.current()
        if working is None:
            return
        dialog = ReasonDialog(
            self.desk,
            _key(working),
            self.tr("Mở lại sổ năm {year}").format(year=working.year),
            self.tr("Lý do (ghi vào lịch sử thay đổi)"),
            self.tr("&Mở lại"),
            self,
            prefix=OF_SETTINGS,
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.given.connect(partial(self._reopen_for, working))
        dialog.open()

    def _reopen_for(self, working: WorkingYear, reason: str) -> None:
        work = partial(
            classes.reopen_year,
            self.desk.database,
            self.desk.context,
            year=working.year,
            standard=working.standard,
            reason=reason,
            commune=working.unit,
        )
        self.desk.runner.write(self, work, partial(self._reopened, working))

    def _reopened(self, working: WorkingYear, done: Done[object]) -> None:
        reason_dialog.written(self.desk, _key(working), prefix=OF_SETTINGS)
        self._done(done)

    def _go_to_opening(self) -> None:
        self.go_requested.emit("settings", "opening")

    def _done(self, done: Done[object]) -> None:
        self.load()


def _key(working: WorkingYear) -> str:
    """What a reason to open a year again is kept under."""
    return f"mo-lai-{working.year}-{working.standard}-{working.unit.hex}"


def _close(desk: Desk, working: WorkingYear, standard: PovertyStandard) -> Done[UUID]:
    """The act after a proven backup: from then on every table of the year reads the copy."""
    desk.back_up("year")
    return classes.close_year(
        desk.database,
        desk.context,
        year=working.year,
        standard=working.standard,
        definition=standard.sha256,
        commune=working.unit,
        ages=child_ages(standard),
    )
