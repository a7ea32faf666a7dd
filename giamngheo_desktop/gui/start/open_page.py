"""Open a file of this PC, go back to one of its backups, or begin with a package of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui import files, messages
from giamngheo_desktop.gui.jobs import Runner
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.start.found_files import FoundFile, backups_of, files_on_this_pc
from giamngheo_desktop.gui.table.column import Column, number_column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.backups import Backup


class _FileRow(NamedTuple):
    uid: UUID
    name: str
    folder: str
    changed: str


class BackupRow(NamedTuple):
    uid: UUID
    taken: str
    reason: str
    households: int | None
    persons: int | None


def backup_columns() -> tuple[Column, ...]:
    """How a list of backups looks."""
    return (
        Column(key="taken", title=_tr("Sao lưu lúc"), width=130),
        Column(key="reason", title=_tr("Khi"), width=120, stretch=True),
        number_column("households", _tr("Số hộ"), 72),
        number_column("persons", _tr("Số người"), 96),
    )


def backup_row(uid: UUID, backup: Backup) -> BackupRow:
    """One line of the list; a damaged backup says so."""
    reasons = {
        "closing": _tr("đóng chương trình"),
        "upgrade": _tr("trước khi nâng cấp"),
        "manual": _tr("sao lưu tay"),
        "restore": _tr("trước khi phục hồi"),
        "risky": _tr("trước việc lớn"),
        "year": _tr("trước khi khóa sổ năm"),
    }
    counts = backup.counts
    reason = reasons.get(backup.reason, backup.reason) if counts else _tr("không đọc được")
    return BackupRow(
        uid,
        _moment(backup.taken_at),
        reason,
        counts.households if counts else None,
        counts.persons if counts else None,
    )


class OpenPage(QWidget):
    """`open_requested(Path)`, `restore_requested(Path, Path)` (file, backup), `left()`,
    `work_requested(Path)`: a package of another PC becomes a file of this one.
    """

    open_requested = Signal(object)
    work_requested = Signal(object)
    restore_requested = Signal(object, object)
    left = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._found: dict[UUID, FoundFile] = {}
        self._backups: dict[UUID, Backup] = {}
        self.files = TableView(
            (
                Column(key="name", title=self.tr("Tệp"), width=150, stretch=True),
                Column(key="folder", title=self.tr("Thư mục"), width=190),
                Column(key="changed", title=self.tr("Sửa lần cuối"), width=130),
            ),
            "files",
            self.tr("Các tệp trên máy này"),
        )
        self.files.say_empty(self.tr("Chưa thấy tệp nào. Bấm “Chọn tệp khác” để tìm trên máy."))
        self.backups = TableView(
            backup_columns(),
            "backups",
            self.tr("Các bản sao lưu"),
        )
        self.backups.say_empty(self.tr("Tệp này chưa có bản sao lưu nào."))
        self._open = button(self.tr("&Mở tệp"), "open_file", icon="open", kind="primary")
        self._other = button(self.tr("&Chọn tệp khác…"), "choose_file", icon="folder")
        self._work = button(self.tr("Nhận &gói làm việc…"), "take_work", icon="exchange")
        self._work.setToolTip(
            self.tr("Máy này chưa có sổ của xã: lập sổ từ gói làm việc máy khác gửi sang.")
        )
        self._restore = button(self.tr("&Phục hồi bản này…"), "restore", icon="history")
        self._back = button(self.tr("&Quay lại"), "back")
        self._build()
        self._back.clicked.connect(self.left)
        self._open.clicked.connect(self._open_current)
        self._other.clicked.connect(self._choose)
        self._work.clicked.connect(self._choose_work)
        self._restore.clicked.connect(self._ask_restore)
        self.files.row_opened.connect(self._open_current)
        self.files.current_changed.connect(self._load_backups)
        self.backups.current_changed.connect(self._enable)

    def load(self) -> None:
        """Look again what is on this PC."""
        self._runner.read(self, files_on_this_pc, self._show_files, latest="files")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        lists = QHBoxLayout()
        lists.setSpacing(12)
        for heading, table, share in (
            (self.tr("Các tệp trên máy này"), self.files, 5),
            (self.tr("Các bản sao lưu của tệp đang chọn"), self.backups, 4),
        ):
            column = QVBoxLayout()
            column.setSpacing(8)
            column.addWidget(label(heading, "heading"))
            column.addWidget(table, 1)
            lists.addLayout(column, share)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for part in (self._back, self._other, self._work):
            foot.addWidget(part)
        foot.addStretch()
        for part in (self._restore, self._open):
            foot.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(label(self.tr("Mở hoặc phục hồi tệp"), "title"))
        box.addLayout(lists, 1)
        box.addLayout(foot)

    def _show_files(self, found: Sequence[FoundFile]) -> None:
        self._found = {UUID(int=at + 1): file for at, file in enumerate(found)}
        self.files.set_rows(
            [
                _FileRow(uid, file.path.name, str(file.path.parent), _moment(file.changed))
                for uid, file in self._found.items()
            ]
        )
        if self._found:
            self.files.go_to(next(iter(self._found)))
            self.files.setFocus()
        else:
            self._other.setFocus()
        self._enable()

    def _current(self) -> Path | None:
        uid = self.files.current_uid()
        return self._found[uid].path if uid in self._found else None

    def _load_backups(self) -> None:
        path = self._current()
        self.backups.set_rows(())
        self._backups = {}
        if path is not None:
            self._runner.read(self, partial(backups_of, path), self._show_backups, latest="backups")
        self._enable()

    def _show_backups(self, found: Sequence[Backup]) -> None:
        self._backups = {UUID(int=at + 1): backup for at, backup in enumerate(found)}
        rows = [backup_row(uid, backup) for uid, backup in self._backups.items()]
        self.backups.set_rows(rows)
        self._enable()

    def _enable(self) -> None:
        self._open.setEnabled(self._current() is not None)
        chosen = self._backups.get(self.backups.current_uid())  # type: ignore[arg-type]
        self._restore.setEnabled(chosen is not None and chosen.counts is not None)

    def _open_current(self) -> None:
        path = self._current()
        if path is not None:
            self.open_requested.emit(path)

    def _choose(self) -> None:
        path = files.ask_open(self, self.tr("Mở tệp"), files.documents(), files.databases())
        if path is not None:
            self.open_requested.emit(path)

    def _choose_work(self) -> None:
        title, kind = self.tr("Chọn gói làm việc"), self.tr("Excel (*.xlsx)")
        path = files.ask_open(self, title, files.documents(), kind)
        if path is not None:
            self.work_requested.emit(path)

    def _ask_restore(self) -> None:
        path = self._current()
        backup = self._backups.get(self.backups.current_uid())  # type: ignore[arg-type]
        if path is None or backup is None or backup.counts is None:
            return
        text = self.tr("Lấy lại {name} như lúc {moment}?").format(
            name=path.name, moment=_moment(backup.taken_at)
        )
        more = self.tr(
            "Bản này có {households} hộ, {persons} người. Sổ hiện nay được giữ lại thành một bản "
            "sao lưu, không mất."
        ).format(
            households=format_integer(backup.counts.households),
            persons=format_integer(backup.counts.persons),
        )
        if messages.ask(text, yes=self.tr("Phục hồi"), more=more, dangerous=True, parent=self):
            self.restore_requested.emit(path, backup.path)


def _tr(text: str) -> str:
    return QCoreApplication.translate("start", text)


def _moment(at: datetime) -> str:
    return at.strftime("%d/%m/%Y %H:%M")
