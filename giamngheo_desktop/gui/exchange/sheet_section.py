"""Gửi – nhận › Phiếu cho trưởng thôn: a workbook for each village goes out, and comes back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.gui import files, messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange import sheet_jobs
from giamngheo_desktop.gui.exchange.busy_line import BusyLine
from giamngheo_desktop.gui.exchange.difference_table import Kept
from giamngheo_desktop.gui.exchange.file_drop import FileDrop
from giamngheo_desktop.gui.exchange.merge_view import MergeView
from giamngheo_desktop.gui.exchange.sheet_jobs import Looked, Wrote
from giamngheo_desktop.gui.exchange.village_ticks import VillageTicks
from giamngheo_desktop.gui.parts import button, card, label, scrolled
from giamngheo_desktop.gui.preview.exporting import export_folder
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.services.exchange.village_return import Returned


class SheetSection(Section):
    """Its first page sends and receives; the second shows what a sheet that came back changes."""

    WATCHES: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, self.tr("Phiếu cho trưởng thôn"), "")
        self._looked: Looked | None = None
        self._folder = Path()
        self.villages = VillageTicks("sheet_villages", self.tr("Các thôn gửi phiếu"))
        self.all_button = button(self.tr("Chọn &hết"), "sheet_all")
        self.export_button = button(
            self.tr("&Xuất phiếu"), "sheet_export", icon="upload", kind="primary"
        )
        self.drop = FileDrop(
            "sheet_file",
            self.tr("Phiếu (.xlsx) trưởng thôn điền xong gửi về. Kéo tệp vào đây cũng được."),
            self.tr("Chọn phiếu đã điền"),
            ("xlsx",),
        )
        self.busy = BusyLine("sheet_busy")
        self.said = label("", "", "sheet_said", wrap=True)
        self.folder_button = button(self.tr("&Mở thư mục"), "sheet_folder", icon="folder")
        self.look = MergeView(
            "sheet",
            Kept(
                self.tr("Trong sổ"),
                self.tr("Phiếu"),
                self.tr("Giữ của &sổ"),
                self.tr("&Lấy của phiếu"),
            ),
            self.tr("&Nhận vào sổ"),
        )
        self._begin = self._begin_page()
        self.box.addWidget(self._begin, 1)
        self.box.addWidget(self.look, 1)
        self.box.addWidget(self.busy)
        self._show(self._begin)
        self.villages.itemChanged.connect(self._enable)
        self.all_button.clicked.connect(self.villages.tick_all)
        self.export_button.clicked.connect(self._export)
        self.folder_button.clicked.connect(self._open_folder)
        self.drop.chosen.connect(self.look_at)
        self.look.left.connect(self._go_back)
        self.look.take_requested.connect(self._take)

    # -- what the page asks ---------------------------------------------------------------------

    def load(self) -> None:
        work = partial(sheet_jobs.here, self.desk)
        self.desk.runner.read(self, work, self._show_here, latest="sheets")

    def stops(self) -> list[QWidget]:
        if self._begin.isVisibleTo(self):
            return [self.villages, self.export_button]
        return []

    # -- for the owner and tests ----------------------------------------------------------------

    @Slot(object)
    def look_at(self, path: Path) -> None:
        """Say what a sheet would change."""
        self._say("")
        stop = self.busy.begin(self.tr("Đang đọc {name}…").format(name=path.name))
        self._enable()
        work = partial(sheet_jobs.look, self.desk, path, stop)
        self.desk.runner.write(self, work, self._show_looked, self._failed)

    # -- private --------------------------------------------------------------------------------

    def _begin_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        intro = self.tr(
            "Mỗi thôn một tệp Excel có sẵn tên hộ, tên người để điền. Khi nhận về, chương trình "
            "so với sổ: chỗ nào mới, chỗ nào khác, chỗ nào hai bên cùng sửa; ô trống không xóa gì."
        )
        out = card("sheet_out")
        inside = QVBoxLayout(out)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.setSpacing(8)
        inside.addWidget(label(self.tr("Gửi đi: đánh dấu thôn (phím cách)"), "bold"))
        inside.addWidget(self.villages)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.all_button)
        row.addStretch()
        row.addWidget(self.export_button)
        inside.addLayout(row)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self.said, 1)
        told.addWidget(self.folder_button)
        box.addWidget(label(intro, "soft", "sheet_intro", wrap=True))
        box.addWidget(out)
        box.addLayout(told)
        box.addWidget(label(self.tr("Nhận phiếu về"), "bold"))
        box.addWidget(self.drop)
        box.addStretch()
        self._say("")
        return scrolled(page, "sheet_scroll")

    def _show(self, shown: QWidget) -> None:
        for page in (self._begin, self.look):
            page.setVisible(page is shown)
        self.setFocusProxy(self.villages if shown is self._begin else shown)
        if shown is self.look:
            self.look.turn_here()
        self._enable()

    def _say(self, text: str, folder: Path | None = None) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.folder_button.setVisible(folder is not None)
        self._folder = folder or Path()

    @Slot()
    def _go_back(self) -> None:
        self._looked = None
        self._show(self._begin)
        self.drop.setFocus()

    def _show_here(self, tree: AreaTree) -> None:
        self.villages.fill(tree, self.desk.unit(self.desk.context.today().year))
        self._enable()

    @Slot()
    def _enable(self) -> None:
        idle, may_write = not self.busy.isVisibleTo(self), not self.desk.read_only
        self.export_button.setEnabled(bool(self.villages.ticked()) and idle)
        self.drop.setEnabled(may_write and idle)
        news = self._looked is not None and self._looked.found.report.taken > 0
        self.look.allow(may_take=may_write and idle and news)

    @Slot()
    def _export(self) -> None:
        folder, chosen = export_folder(), self.villages.ticked()
        stop = self.busy.begin(self.tr("Đang xuất phiếu…"))
        self._enable()
        work = partial(sheet_jobs.write, self.desk, folder, chosen, self.year, stop)
        self.desk.runner.write(self, work, partial(self._wrote, folder), self._failed)

    def _wrote(self, folder: Path, done: Done[Wrote] | Wrote) -> None:
        wrote = done.value if isinstance(done, Done) else done
        self.busy.end()
        text = self.tr("Đã ghi {count} phiếu vào {folder}.")
        text = text.format(count=len(wrote.paths), folder=folder)
        if wrote.empty:
            none = self.tr("Không có hộ nào để hỏi: {villages}.")
            text = f"{text} {none.format(villages=', '.join(wrote.empty))}"
        self._say(text, folder)
        self._enable()

    @Slot()
    def _open_folder(self) -> None:
        files.open_outside(self._folder)

    def _show_looked(self, looked: Looked) -> None:
        self.busy.end()
        self._looked = looked
        found, report = looked.found, looked.found.report
        counts = {state: report.count(state) for state in texts.MERGE_STATES}
        pattern = texts.CLI_SHEETS["summary" if report.taken or found.problems else "nothing"]
        said = pattern.format(village=found.village, problems=len(found.problems), **counts)
        self.look.show_report(
            f"{looked.path.name}\n{said}",
            sheet_jobs.remarks(looked),
            report.differences,
            looked.words,
            may_take=report.taken > 0 and not self.desk.read_only,
        )
        self._show(self.look)

    @Slot()
    def _take(self) -> None:
        looked = self._looked
        if looked is None:
            return
        self.busy.begin(self.tr("Đang nhận {name}…").format(name=looked.path.name), whole=True)
        self._enable()
        work = partial(sheet_jobs.take_in, self.desk, looked, dict(self.look.table.picks))
        self.desk.runner.write(self, work, self._taken, self._failed)

    def _taken(self, done: Done[Returned]) -> None:
        self.busy.end()
        self._looked = None
        text = self.tr("Đã nhận phiếu của {village}: {count} thay đổi.")
        self._say(text.format(village=done.value.village, count=done.value.report.taken))
        self._show(self._begin)
        self.drop.setFocus()

    def _failed(self, error: BaseException) -> None:
        self.busy.end()
        self._enable()
        if not isinstance(error, Cancelled):
            messages.report(error, self)
