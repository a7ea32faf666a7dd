"""Gửi – nhận › Góp ý cho xã: what a district or province says of figures, each commune's a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui import files, messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.exchange import package_jobs
from giamngheo_desktop.gui.exchange.busy_line import BusyLine
from giamngheo_desktop.gui.exchange.comment_dialog import CommentDialog
from giamngheo_desktop.gui.exchange.package_jobs import Given
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.exporting import export_folder
from giamngheo_desktop.gui.preview.report_work import Behind
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.services.exchange.comments import Comment, Figure


class CommentsSection(Section):
    """The comments of one commune or of all, oldest first; they leave as one workbook a commune."""

    WATCHES: ClassVar[frozenset[Kind]] = frozenset({Kind.SETTING, Kind.AREA_VERSION, Kind.PACKAGE})

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Góp ý về số liệu các xã đã gửi: viết ở đây, hoặc bấm con số trong Báo cáo rồi bấm "
            "Góp ý. Xuất thành tệp gửi về xã."
        )
        super().__init__(desk, self.tr("Góp ý cho xã"), intro)
        self._given = Given((), ())
        self._asked: Figure | None = None  # wanted before the communes were read
        self.dialog: CommentDialog | None = None
        self.commune = ElidedBox()
        self.commune.setObjectName("comments_commune")
        self.commune.setAccessibleName(self.tr("Góp ý cho xã nào"))
        self.commune.setMinimumContentsLength(18)
        self.add = button(self.tr("&Viết góp ý…"), "comments_add", icon="add", kind="primary")
        self.export = button(self.tr("&Xuất tệp góp ý…"), "comments_export", icon="upload")
        self.why = label(self.tr("Chọn một xã để xuất: mỗi xã một tệp."), "small", "comments_why")
        self.table = WrappedRows(
            (
                Column(key="unit", title=self.tr("Xã, phường"), width=110, gives_way=True),
                Column(key="year", title=self.tr("Năm"), width=54, format=str),
                Column(key="place", title=self.tr("Biểu, dòng, cột"), width=150, tip=str),
                Column(key="text", title=self.tr("Góp ý"), width=150, stretch=True, tip=str),
                Column(key="author", title=self.tr("Người góp ý"), width=80, gives_way=True),
            ),
            "comments_given",
            self.tr("Góp ý đã viết"),
        )
        self.said = label("", "", "comments_said", wrap=True)
        self._shown: Sequence[Comment] = ()
        self.busy = BusyLine("comments_busy")
        self.written = WrittenBar()
        head = QWidget()
        line = Flow(8)
        for part in (self.commune, self.add, self.export, self.why):
            line.addWidget(part)
        head.setLayout(line)
        self.box.addWidget(head)
        self.box.addWidget(self.table, 1)
        self.box.addWidget(self.said)
        self.box.addWidget(self.busy)
        self.box.addWidget(self.written)
        self.setFocusProxy(self.commune)
        self.table.current_changed.connect(self._say)
        self.commune.activated.connect(self._fill)
        self.add.clicked.connect(self.write)
        self.export.clicked.connect(self._ask_export)
        self.written.elsewhere_requested.connect(self._ask_export)
        self._fill()

    def load(self) -> None:
        work = partial(package_jobs.given, self.desk)
        self.desk.runner.read(self, work, self._show, latest="given")

    def stops(self) -> list[QWidget]:
        return [self.commune, self.add, self.export]

    def write_about(self, behind: Behind) -> None:
        """A comment on a figure that was pressed in a table."""
        work = partial(package_jobs.figure_of, self.desk, behind)
        self.desk.runner.read(self, work, self._pressed)

    @Slot()
    def write(self) -> None:
        self._open(None)

    # -- private --------------------------------------------------------------------------------

    @property
    def _chosen(self) -> UUID | None:
        found = self.commune.currentData()
        return found if isinstance(found, UUID) else None

    def _show(self, found: Given) -> None:
        chosen, self._given = self._chosen, found
        self.commune.clear()
        self.commune.addItem(self.tr("Mọi xã, phường"), None)
        for unit, name in found.communes:
            self.commune.addItem(name, unit)
        self.commune.setCurrentIndex(max(0, self.commune.findData(chosen) if chosen else 0))
        self._fill()
        if self._asked is not None:
            self._pressed(self._asked)

    def _pressed(self, figure: Figure | None) -> None:
        """Once the communes are known it is asked what is said of it."""
        if figure is None:
            said = self.tr("Số này không của riêng xã nào: bấm số ở dòng của một xã.")
            messages.info(said, "", self)
            return
        self._asked = None if self._given.communes else figure
        if self._asked is None:
            self._open(figure)

    @Slot()
    def _fill(self) -> None:
        names = {unit.hex: name for unit, name in self._given.communes}
        chosen = self._chosen
        shown = [one for one in self._given.comments if not chosen or one.unit == chosen.hex]
        self._shown = shown
        self.table.set_rows(
            [
                (UUID(int=at), names.get(one.unit, ""), one.year, one.place, one.text, one.author)
                for at, one in enumerate(shown, 1)
            ]
        )
        self._say()
        idle = not self.busy.isVisibleTo(self)
        has_communes = bool(self._given.communes)
        self.table.say_empty(
            self.tr("Chưa có góp ý nào.")
            if has_communes
            else self.tr("Chưa có xã nào để góp ý: nhận gói của xã trước, ở Gói nhận về.")
        )
        self.add.setEnabled(has_communes and not self.desk.read_only)
        self.export.setEnabled(idle and chosen is not None and bool(shown))
        self.why.setVisible(chosen is None and bool(shown))

    @Slot()
    def _say(self) -> None:
        """The comment of the cursor, whole."""
        uid = self.table.current_uid()
        self.said.setText(self._shown[uid.int - 1].line if uid is not None else "")

    def _open(self, figure: Figure | None) -> None:
        self.dialog = CommentDialog(
            self.desk,
            self._given.communes,
            year=self.year,
            commune=self._chosen,
            figure=figure,
            parent=self,
        )
        self.dialog.open()
        self.dialog.start_typing()

    @Slot()
    def _ask_export(self, _elsewhere: object = None) -> None:
        unit = self._chosen
        if unit is None:
            return
        today = f"{self.desk.context.today():%Y%m%d}"
        name = file_name("GopY", self.commune.currentText(), today, suffix="xlsx")
        title, kind = self.tr("Ghi tệp góp ý vào"), self.tr("Excel (*.xlsx)")
        path = files.ask_save(self, title, export_folder() / name, kind)
        if path is not None:
            self.written.hide()
            self.busy.begin(self.tr("Đang ghi tệp góp ý…"), whole=True)
            self._fill()
            work = partial(package_jobs.write_comments, self.desk, unit, path)
            self.desk.runner.write(self, work, self._wrote, self._failed)

    def _wrote(self, done: Done[Path] | Path) -> None:
        self.busy.end()
        self._fill()
        self.written.say(done.value if isinstance(done, Done) else done)

    def _failed(self, error: BaseException) -> None:
        self.busy.end()
        self._fill()
        if not isinstance(error, Cancelled):
            messages.report(error, self)
