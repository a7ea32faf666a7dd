"""Gửi – nhận › Gói gửi lên: one workbook for the district or province; what they say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.domain.package_columns import USUAL, Recipient
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui import files, messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.exchange import package_jobs
from giamngheo_desktop.gui.exchange.busy_line import BusyLine
from giamngheo_desktop.gui.exchange.file_drop import FileDrop
from giamngheo_desktop.gui.exchange.package_jobs import Sending, Sent
from giamngheo_desktop.gui.exchange.passphrase_dialog import ask_again, lock_with
from giamngheo_desktop.gui.exchange.personal_columns import PersonalColumns
from giamngheo_desktop.gui.parts import button, card, label, scrolled
from giamngheo_desktop.gui.preview.exporting import export_folder
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.reports.collecting import Outcome
from giamngheo_desktop.services.exchange import comments, upward
from giamngheo_desktop.services.exchange.comments import Comment


class _Comments(WrappedRows):
    """Takes the room that is left; it asks for no more than its least."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


class UpwardSection(Section):
    """The package of the working year, and the comments that came back."""

    WATCHES: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, self.tr("Gói gửi lên"), "")
        self._found: Sending | None = None
        self._saving = 0  # choices that are being remembered
        self._intro = label("", "soft", "upward_intro", wrap=True)
        self.recipient = ElidedBox()
        self.recipient.setObjectName("upward_recipient")
        self.recipient.setAccessibleName(self.tr("Gửi cho"))
        self.recipient.setMinimumContentsLength(16)
        for one in Recipient:
            self.recipient.addItem(texts.RECIPIENTS[one], one.value)
        self.columns = PersonalColumns()
        self._kept = label("", "small", "upward_kept", wrap=True)
        self.lock = QCheckBox(self.tr("Đặt mật &khẩu"))
        self.lock.setObjectName("upward_lock")
        self.make = button(self.tr("&Làm gói…"), "upward_make", icon="upload", kind="primary")
        self.drop = FileDrop(
            "comments_file",
            self.tr("Tệp góp ý (.xlsx) cấp trên gửi về. Kéo tệp vào đây cũng được."),
            self.tr("Chọn tệp góp ý"),
            ("xlsx",),
        )
        self.comments = _Comments(
            (
                Column(key="year", title=self.tr("Năm"), width=54, format=str),
                Column(key="place", title=self.tr("Biểu, dòng, cột"), width=150, tip=str),
                Column(key="text", title=self.tr("Góp ý"), width=150, stretch=True, tip=str),
                Column(key="author", title=self.tr("Người góp ý"), width=80, gives_way=True),
                Column(
                    key="done",
                    title=self.tr("Tình trạng"),
                    width=104,
                    format=self._state_text,
                    chip=lambda done: "done" if done else "open",
                ),
            ),
            "upward_comments",
            self.tr("Góp ý của cấp trên"),
        )
        self.said = label("", "", "comment_said", wrap=True)
        self.settle = button(self.tr("Đã &xử lý"), "comment_settle", icon="done")
        self.to_table = button(self.tr("&Mở biểu"), "comment_open", icon="reports")
        self.comments.say_empty(self.tr("Chưa có góp ý nào của cấp trên."))
        self.busy = BusyLine("upward_busy")
        self.written = WrittenBar()
        self._build()
        self.setFocusProxy(self.make)
        theme.changed.connect(self._fit)
        self._fit()
        self.recipient.activated.connect(self._chosen)
        self.columns.ticked.connect(self._ticked)
        self.make.clicked.connect(self._ask)
        self.drop.chosen.connect(self.receive)
        self.written.elsewhere_requested.connect(self._ask)
        self.comments.current_changed.connect(self._enable)
        self.comments.row_opened.connect(self._open_table)
        self.to_table.clicked.connect(self._open_table)
        self.settle.clicked.connect(self._settle)

    def load(self) -> None:
        self._kept.setText(
            self.tr(
                "Được nhớ cho các gói từ năm {year}. Chỉ đánh dấu thông tin nơi nhận cần."
            ).format(year=self.year)
        )
        work = partial(package_jobs.sending, self.desk, self.year)
        self.desk.runner.read(self, work, self._show, latest="upward")

    def stops(self) -> list[QWidget]:
        return [self.recipient, *self.columns.stops(), self.lock, self.make]

    @Slot(object)
    def receive(self, path: Path, passphrase: Passphrase | None = None) -> None:
        """Comments that came back."""
        stop = self.busy.begin(self.tr("Đang đọc {name}…").format(name=path.name))
        self._enable()
        work = partial(package_jobs.receive_comments, self.desk, path, passphrase, stop)
        failed = partial(self._not_received, path)
        self.desk.runner.write(self, work, self._received, failed)

    def _build(self) -> None:
        what = card("upward_what")
        inside = QVBoxLayout(what)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.setSpacing(8)
        inside.addWidget(self._intro)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(self.tr("Gửi cho")))
        row.addWidget(self.recipient)
        row.addStretch()
        inside.addLayout(row)
        inside.addWidget(self.columns)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self._kept, 1)
        last.addWidget(self.lock)
        last.addWidget(self.make)
        inside.addLayout(last)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for part in (what, label(self.tr("Góp ý về số liệu đã gửi"), "bold"), self.drop):
            box.addWidget(part)
        box.addWidget(self.comments, 1)
        box.addWidget(self.said)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for act in (self.settle, self.to_table):
            acts.addWidget(act)
        acts.addStretch()
        box.addLayout(acts)
        self.box.addWidget(scrolled(page, "upward_scroll"), 1)
        self.box.addWidget(self.busy)
        self.box.addWidget(self.written)

    @Slot()
    def _fit(self) -> None:
        """The heading and two lines of comments, at least: else the page scrolls."""
        self.comments.setMinimumHeight(104 * theme.percent // 100)

    @property
    def _to(self) -> Recipient:
        return Recipient(str(self.recipient.currentData()))

    @Slot()
    def _chosen(self) -> None:
        """To a successor it goes once; who else gets it is remembered."""
        if self._to is not Recipient.SUCCESSOR:
            act = (self.desk.database, self.desk.context, self._to)
            self._remember(partial(upward.remember_recipient, *act, year=self.year))
        self._show_columns()

    @Slot()
    def _ticked(self) -> None:
        groups = self.columns.groups()
        if self._found is not None:
            self._found = replace(self._found, groups=groups)
        act = (self.desk.database, self.desk.context, groups)
        self._remember(partial(upward.remember_columns, *act, year=self.year))

    def _remember(self, work: Callable[[], Done[None]]) -> None:
        self._saving += 1
        self.desk.runner.write(self, work, self._remembered, self._not_remembered)

    def _remembered(self, _done: Done[None]) -> None:
        self._saving -= 1

    def _not_remembered(self, error: BaseException) -> None:
        self._saving -= 1
        self._failed(error)
        self.load()

    def _show_remembered(self) -> None:
        if self._found is not None:
            self.recipient.setCurrentIndex(self.recipient.findData(self._found.recipient.value))
        self._show_columns()

    def _show_columns(self) -> None:
        is_whole = self._to is Recipient.SUCCESSOR
        self.recipient.setEnabled(not self.desk.read_only)
        if self._found is not None:
            self.columns.put(USUAL[self._to] if is_whole else self._found.groups)
        self.columns.setEnabled(not is_whole and not self.desk.read_only)

    def _show(self, found: Sending) -> None:
        is_first, self._found = self._found is None, found
        intro = self.tr(
            "Gói số liệu năm {year}: một tệp Excel có bìa, các biểu, danh sách để đọc và phần "
            "để chương trình ở cấp trên kiểm tra. Gói sau thay gói trước."
        ).format(year=self.year)
        self._intro.setText(texts.error_text(found.refused) if found.refused else intro)
        is_chosen_once = self._to is Recipient.SUCCESSOR and not is_first
        if not (self._saving or is_chosen_once):  # else what is on screen is newer
            self._show_remembered()
        self.comments.set_rows(
            [
                (
                    UUID(int=at),
                    one.year,
                    one.place,
                    one.text,
                    one.author,
                    one.uid in found.settled,
                )
                for at, one in enumerate(found.comments, 1)
            ]
        )
        if found.comments and self.comments.current_uid() is None:
            self.comments.go_to(UUID(int=1))
        self._enable()

    @property
    def _current(self) -> Comment | None:
        uid = self.comments.current_uid()
        return self._found.comments[uid.int - 1] if uid is not None and self._found else None

    def _state_text(self, done: object) -> str:
        return self.tr("Đã xử lý") if done else self.tr("Chưa xử lý")

    @Slot()
    def _settle(self) -> None:
        """The comment of the cursor is dealt with, or not after all."""
        one = self._current
        if one is not None and self._found is not None:
            done = one.uid not in self._found.settled
            act = (self.desk.database, self.desk.context)
            work = partial(comments.settle, *act, [one.uid], done=done)
            self.desk.runner.write(self, work, self._settled, self._failed)

    def _settled(self, _done: Done[int]) -> None:
        self.comments.setFocus()

    @Slot()
    def _open_table(self) -> None:
        one = self._current
        if one is not None and one.report in self.desk.definitions.reports:
            self.go_requested.emit("reports", one.report)

    def _enable(self) -> None:
        one = self._current
        self.said.setText(one.line if one else "")
        is_done = one is not None and self._found is not None and one.uid in self._found.settled
        self.settle.setText(self.tr("Chưa &xử lý") if is_done else self.tr("Đã &xử lý"))
        self.settle.setEnabled(one is not None and not self.desk.read_only)
        known = one is not None and one.report in self.desk.definitions.reports
        self.to_table.setEnabled(known)
        may = not self.desk.read_only and not self.busy.isVisibleTo(self)
        is_refused = self._found is not None and self._found.refused is not None
        self.make.setEnabled(may and not is_refused)
        self.drop.setEnabled(may)

    @Slot()
    def _ask(self, _elsewhere: object = None) -> None:
        to = self._to
        today = f"{self.desk.context.today():%Y%m%d}"
        name = file_name("GoiSoLieu", self.year, texts.RECIPIENTS[to], today, suffix="xlsx")
        title, kind = self.tr("Ghi gói gửi lên vào"), self.tr("Excel (*.xlsx)")
        path = files.ask_save(self, title, export_folder() / name, kind)
        if path is None:
            return
        lock_with(self.lock.isChecked(), self, partial(self._make, path, to))

    def _make(self, path: Path, to: Recipient, passphrase: Passphrase | None) -> None:
        self.written.hide()
        stop = self.busy.begin(self.tr("Đang làm gói…"))
        self._enable()
        unit = self.desk.unit(self.year)
        what = (path, self.year, unit, to, passphrase)
        work = partial(package_jobs.send, self.desk, *what, stop)
        self.desk.runner.write(self, work, self._sent, self._failed)

    def _sent(self, done: Done[Sent]) -> None:
        self.busy.end()
        self._show_remembered()  # after a successor
        self._enable()
        self.written.say(done.value.path)

    def _received(self, done: Done[Outcome]) -> None:
        self.busy.end()
        self._enable()
        if not done.value.comments:
            messages.info(self.tr("Không có góp ý nào mới."), "", self)
        self.comments.setFocus()

    def _not_received(self, path: Path, error: BaseException) -> None:
        if ask_again(error, self, partial(self.receive, path)):
            error = Cancelled()
        self._failed(error)

    def _failed(self, error: BaseException) -> None:
        self.busy.end()
        self._enable()
        if not isinstance(error, Cancelled):
            messages.report(error, self)
