"""The papers attached to the chosen record: added, opened, taken off again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFrame, QVBoxLayout

from giamngheo_desktop import paths
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.programme import attachments
from giamngheo_desktop.services.programme.attachments import Attachment, State

_LINES = 4


class PapersCard(QFrame):
    """Of records of one kind; a record must be saved before a paper can be attached to it."""

    def __init__(self, desk: Desk, kind: Kind) -> None:
        super().__init__()
        self.setObjectName("papers_card")
        self.setProperty("kind", "card")
        self._desk = desk
        self._kind = kind
        self._holder: UUID | None = None
        self._papers: Sequence[Attachment] = ()
        self.table = TableView(
            (
                Column(key="title", title=self.tr("Tên tệp"), width=220, stretch=True),
                Column(key="size", title=self.tr("Cỡ"), width=90, format=_size),
                Column(key="added_on", title=self.tr("Đính kèm ngày"), width=110),
                Column(key="state", title=self.tr("Tệp"), width=190, tip=str),
            ),
            "papers",
            self.tr("Giấy tờ đính kèm"),
        )
        self.add_button = button(self.tr("Đính &kèm tệp…"), "attach", icon="link")
        self.open_button = button(self.tr("&Mở tệp"), "open_attached", icon="open")
        self.drop_button = button(self.tr("Bỏ tệp này"), "detach", icon="delete")
        self.said = label("", "soft", "papers_said", wrap=True)
        self.refusal = Refusal("papers_refusal")
        buttons = Flow(8)
        for part in (self.add_button, self.open_button, self.drop_button):
            buttons.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        box.addWidget(label(self.tr("Giấy tờ đính kèm"), "heading", wrap=True))
        box.addWidget(self.said)
        box.addWidget(self.table)
        box.addWidget(self.refusal)
        box.addLayout(buttons)
        self.add_button.clicked.connect(self._ask)
        self.open_button.clicked.connect(self._open_current)
        self.drop_button.clicked.connect(self._detach)
        self.table.row_opened.connect(self._open)
        self.table.current_changed.connect(self._enable)
        self.show_of(None)

    def show_of(self, holder: UUID | None) -> None:
        """The papers of this record; None for one that is not saved yet."""
        if holder != self._holder:
            self.refusal.hide()
        self._holder = holder
        if holder is None:
            self._show(())
            return
        work = partial(attachments.attached, self._desk.database, self._kind, holder)
        self._desk.runner.read(self, work, partial(self._show_if, holder), latest="papers")

    def attach(self, source: Path) -> None:
        """Copy a file into the folder of the data."""
        if self._holder is not None:
            act = (self._desk.database, self._desk.context, self._kind, self._holder)
            work = partial(attachments.attach, *act, source)
            self._desk.runner.write(self, work, self._written, self.refusal.say)

    def _show_if(self, holder: UUID, papers: Sequence[Attachment]) -> None:
        if holder == self._holder:
            self._show(papers)

    def _show(self, papers: Sequence[Attachment]) -> None:
        self._papers = papers
        states = {
            State.THERE: self.tr("Còn nguyên"),
            State.MISSING: self.tr("Không thấy tệp trong thư mục giấy tờ"),
            State.CHANGED: self.tr("Đã khác lúc đính kèm"),
        }
        self.table.set_rows(
            [(one.uid, one.title, one.size, one.added_on, states[one.state]) for one in papers]
        )
        line = self.table.verticalHeader().defaultSectionSize()
        heading = self.table.heading.sizeHint().height()
        self.table.setFixedHeight(heading + line * max(1, min(_LINES, len(papers))) + 6)
        self.table.setVisible(bool(papers))
        folder = paths.attachments_dir(self._desk.database.path).name
        if self._holder is None:
            said = self.tr("Lưu trước, rồi đính kèm tệp.")
        elif papers:
            said = self.tr("Tệp nằm trong thư mục {folder}, cạnh tệp dữ liệu.").format(
                folder=folder
            )
        else:
            said = self.tr("Chưa có tệp nào: quyết định, ảnh, biên bản, danh sách ký nhận…")
        self.said.setText(said)
        self._enable()

    def _enable(self, _: object = None) -> None:
        current = self.table.current_uid() is not None
        free = not self._desk.read_only and self._holder is not None
        self.add_button.setEnabled(free)
        self.drop_button.setEnabled(free and current)
        self.open_button.setEnabled(current)
        for part in (self.open_button, self.drop_button):
            part.setVisible(bool(self._papers))

    def _ask(self) -> None:
        title, kind = self.tr("Đính kèm tệp"), self.tr("Mọi tệp (*)")
        source = files.ask_open(self, title, files.documents(), kind)
        if source is not None:
            self.attach(source)

    def _written(self, _: Done[UUID] | Done[None]) -> None:
        self.refusal.hide()
        self.show_of(self._holder)

    def _open_current(self) -> None:
        self._open(self.table.current_uid())

    def _open(self, uid: object) -> None:
        paper = next((one for one in self._papers if one.uid == uid), None)
        if paper is None:
            return
        if paper.state is State.MISSING:
            self.refusal.tell(
                self.tr("Không thấy tệp {path}: chép lại thư mục giấy tờ cạnh tệp dữ liệu.").format(
                    path=paper.path
                )
            )
        elif not files.open_outside(paper.path):
            said = self.tr("Máy này không có chương trình mở tệp {name}.").format(name=paper.title)
            self.refusal.tell(said)

    def _detach(self) -> None:
        uid = self.table.current_uid()
        if uid is None:
            return
        act = (self._desk.database, self._desk.context)
        work = partial(attachments.detach, *act, uid)
        self._desk.runner.write(self, work, self._written, self.refusal.say)


def _size(value: object) -> str:
    """Kilobytes, at least one."""
    return f"{format_integer(max(1, round(int(str(value)) / 1024)))} KB"
