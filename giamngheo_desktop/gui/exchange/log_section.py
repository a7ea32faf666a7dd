"""Gửi – nhận › Nhật ký: what was sent and taken in, by whom, in which file; its report again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.exporting import Exporter
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.kept import kept
from giamngheo_desktop.services.exchange import book
from giamngheo_desktop.services.exchange.book import Entry, File
from giamngheo_desktop.storage.engine import Database

_LONGEST = 64  # letters of a line under the table; the tip has it whole
_CHIPS = {"done": "done", "undone": "unknown"}


class LogSection(Section):
    """The newest action stands first; only that one can be taken back from here."""

    WATCHES: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, desk: Desk) -> None:
        intro = self.tr("Mọi tệp đã gửi đi, đã nhận vào sổ này; dòng mới nhất ở trên.")
        super().__init__(desk, self.tr("Nhật ký"), intro)
        self._entries: dict[UUID, Entry] = {}
        self.table = TableView(
            (
                Column(key="at", title=self.tr("Lúc"), width=68, format=_moment),
                Column(key="what", title=self.tr("Việc"), width=68, tip=str),
                Column(key="file", title=self.tr("Tệp"), width=62, tip=str),
                Column(key="counts", title=self.tr("Số lượng"), width=58, stretch=True, tip=str),
                Column(
                    key="state",
                    title=self.tr("Tình trạng"),
                    width=60,
                    format=self._state_text,
                    chip=lambda state: _CHIPS[str(state)],
                ),
                Column(key="actor", title=self.tr("Người làm"), width=60, gives_way=True),
            ),
            "log_entries",
            self.tr("Các lần gửi, nhận"),
        )
        self.table.say_empty(self.tr("Chưa gửi, chưa nhận tệp nào."))
        self.detail = label("", "soft", "log_detail", wrap=True)
        self.report_button = button(self.tr("Mở &báo cáo"), "log_report", icon="sheet")
        self.undo_button = button(self.tr("&Hoàn tác"), "log_undo", icon="undo")
        self.written = WrittenBar()
        self.exporter = Exporter(desk.runner, self)
        self.box.addWidget(self.table, 1)
        self.box.addWidget(self.detail)
        self.box.addWidget(self.written)
        self.foot(self.report_button, self.undo_button)
        self.setFocusProxy(self.table)
        self.table.current_changed.connect(self._show_detail)
        self.table.row_opened.connect(self._write_report)
        self.report_button.clicked.connect(self._write_report)
        self.undo_button.clicked.connect(self.undo_requested)
        self.exporter.written.connect(self.written.say)
        self.exporter.written_beside.connect(self.written.say_beside)
        self.written.elsewhere_requested.connect(self._write_elsewhere)
        self._show_detail()

    def load(self) -> None:
        work = partial(book.entries, self.desk.database)
        self.desk.runner.read(self, work, self._show, latest="log")

    def stops(self) -> list[QWidget]:
        return [self.table]

    @property
    def entry(self) -> Entry | None:
        """The action of the current line."""
        uid = self.table.current_uid()
        return None if uid is None else self._entries.get(uid)

    def _show(self, found: list[Entry]) -> None:
        before = self.table.current_uid()
        self._entries = {one.step.group: one for one in found}
        self.table.set_rows(
            [
                (
                    one.step.group,
                    one.step.at,
                    texts.OPERATIONS[one.step.op],
                    ", ".join(file.name for file in one.files if file.name) or one.step.subject,
                    texts.log_counts(one.made, one.changed, one.households),
                    "undone" if one.is_undone else "done",
                    one.step.actor,
                )
                for one in found
            ]
        )
        if found:
            kept_line = before if before in self._entries else found[0].step.group
            self.table.go_to(kept_line)
        self._show_detail()

    @Slot()
    def _show_detail(self) -> None:
        entry = self.entry
        lines = [_told(file) for file in (entry.files if entry else ())]
        shown = [line[:_LONGEST] for line in lines[:2]]
        if entry is not None:
            counts = texts.log_counts(entry.made, entry.changed, entry.households)
            shown.insert(0, " · ".join(filter(None, (entry.step.actor, counts))))
        self.detail.setText("\n".join(shown))
        self.detail.setToolTip("\n".join(lines))
        self.detail.setVisible(bool(shown))
        self.report_button.setEnabled(entry is not None and entry.has_report)
        may_undo = entry is not None and entry.is_newest and not self.desk.read_only
        self.undo_button.setEnabled(may_undo)

    @Slot()
    def _write_report(self) -> None:
        entry = self.entry
        if entry is not None and entry.has_report:
            work = partial(_report, self.desk.database, entry.step.group)
            name = file_name("BaoCaoNhan", f"{entry.step.at:%Y%m%d %H%M}", suffix="xlsx")
            self.exporter.write_files([work], name)

    @Slot(object)
    def _write_elsewhere(self, path: Path) -> None:
        entry = self.entry
        if entry is not None and entry.has_report:
            work = partial(_report, self.desk.database, entry.step.group)
            self.exporter.write_files_elsewhere([work], path)

    def _state_text(self, state: object) -> str:
        return self.tr("Đã hoàn tác") if state == "undone" else self.tr("Đã ghi")


def _moment(at: object) -> str:
    return f"{at:%H:%M %d/%m/%Y}"


def _told(file: File) -> str:
    digest = texts.IMPORT_REPORT["sha256"].format(digest=file.sha256) if file.sha256 else ""
    note = texts.RECIPIENTS.get(file.note, file.note)  # to whom, or of which villages
    return " · ".join(filter(None, (file.name, note, digest)))


def _report(database: Database, group: UUID) -> bytes:
    return make.render(kept(database, group), "xlsx")
