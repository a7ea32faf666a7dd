"""Cài đặt › Sao lưu: the proven backups of the open file, one more now, a copy for a USB stick."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from giamngheo_desktop.gui import files, messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.start.commune_forms import SUFFIX
from giamngheo_desktop.gui.start.open_page import backup_columns, backup_row
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services import backups
from giamngheo_desktop.services.backups import KEPT, Backup


class BackupsSection(Section):
    """Restoring is done before the file is open: Tệp › Mở hoặc phục hồi tệp."""

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Mỗi lần đóng chương trình, sổ được sao lưu và thử mở lại; giữ {count} bản mới nhất. "
            "Lấy lại một bản cũ: trình đơn Tệp › Mở hoặc phục hồi tệp."
        ).format(count=KEPT)
        super().__init__(desk, self.tr("Sao lưu"), intro)
        self.list = TableView(backup_columns(), "backups", self.tr("Các bản sao lưu"))
        self.list.say_empty(self.tr("Chưa có bản sao lưu nào. Bấm “Sao lưu ngay”."))
        self._path = label("", "soft", "file_path", wrap=True)
        self.box.addWidget(self._path)
        self.box.addWidget(self.list, 1)
        self.now = button(self.tr("&Sao lưu ngay"), "backup_now", icon="backup", kind="primary")
        self.copy = button(self.tr("&Chép ra USB…"), "copy_file", icon="download")
        self.folder = button(self.tr("Mở &thư mục"), "open_folder", icon="folder")
        self.foot(self.now, self.copy, self.folder)
        self.now.setEnabled(not desk.read_only)
        self.setFocusProxy(self.now)
        self.desk.bus.backup_made.connect(self.load)
        self.now.clicked.connect(self._make)
        self.copy.clicked.connect(self._copy)
        self.folder.clicked.connect(self._open_folder)

    def load(self) -> None:
        path = self.desk.database.path
        text = self.tr("Sổ đang mở: {path}").format(path=path)
        self._path.setText(text)
        work = partial(backups.newest_first, path)
        self.desk.runner.read(self, work, self._show, latest="backups")

    def _show(self, found: Sequence[Backup]) -> None:
        self.list.set_rows(
            [backup_row(UUID(int=at + 1), backup) for at, backup in enumerate(found)]
        )

    def _make(self) -> None:
        self.now.setEnabled(False)
        self.desk.runner.write(self, self.desk.back_up, self._made, self._failed)

    def _made(self, made: Backup) -> None:
        self.now.setEnabled(True)

    def _failed(self, error: BaseException) -> None:
        self.now.setEnabled(True)
        messages.report(error, self)

    def _copy(self) -> None:
        name = f"{self.desk.database.path.stem}-{self.desk.context.today():%Y%m%d}.{SUFFIX}"
        title = self.tr("Chép sổ ra")
        path = files.ask_save(self, title, files.documents() / name, files.databases())
        if path is not None:
            work = partial(backups.copy_to, self.desk.database, path)
            self.desk.runner.read(self, work, partial(self._copied, path))

    def _copied(self, path: Path, done: None) -> None:
        messages.info(self.tr("Đã chép và thử mở lại được."), str(path), self)

    def _open_folder(self) -> None:
        files.open_outside(self.desk.database.path.parent)
