"""Gửi – nhận › Phiếu cho trưởng thôn: a workbook for each village goes out, and comes back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange import sheet_jobs
from giamngheo_desktop.gui.exchange.difference_table import Kept
from giamngheo_desktop.gui.exchange.sheet_jobs import Here, Looked, Wrote
from giamngheo_desktop.gui.exchange.village_section import VillageSection, Words
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.exporting import export_folder
from giamngheo_desktop.services.exchange.village_return import Returned

SHEET_DRAFT = "phieu-thon"


class SheetSection(VillageSection):
    """Below the villages it says where their sheets were written."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "sheet", self._texts())
        self._looked: Looked | None = None
        self._folder = Path()
        self.said = label("", "", "sheet_said", wrap=True)
        self.folder_button = button(self.tr("&Mở thư mục"), "sheet_folder", icon="folder")
        self._told = QWidget()
        told = QHBoxLayout(self._told)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(8)
        told.addWidget(self.said, 1)
        told.addWidget(self.folder_button)
        self._say("")
        self.begin(below=self._told)
        self.folder_button.clicked.connect(self._open_folder)

    # -- what the page asks ---------------------------------------------------------------------

    def load(self) -> None:
        work = partial(sheet_jobs.here, self.desk)
        self.desk.runner.read(self, work, self._show_here, latest="sheets")
        self.take_up(SHEET_DRAFT)

    # -- what every such section does -----------------------------------------------------------

    @property
    def has_news(self) -> bool:
        return self._looked is not None and self._looked.found.has_news

    def forget(self) -> None:
        self._looked = None

    @Slot()
    def export(self) -> None:
        folder, chosen = export_folder(), self.villages.ticked()
        stop = self.busy.begin(self.tr("Đang xuất phiếu…"))
        self.enable()
        work = partial(sheet_jobs.write, self.desk, folder, chosen, self.year, stop)
        self.desk.runner.write(self, work, partial(self._wrote, folder), self.failed)

    @Slot(object)
    def look_at(self, path: Path) -> None:
        self._say("")
        stop = self.busy.begin(self.tr("Đang đọc {name}…").format(name=path.name))
        self.enable()
        work = partial(sheet_jobs.look, self.desk, path, stop)
        self.desk.runner.write(self, work, self._show_looked, self.failed)

    @Slot()
    def take(self) -> None:
        looked = self._looked
        if looked is None:
            return
        self.busy.begin(self.tr("Đang nhận {name}…").format(name=looked.path.name), whole=True)
        self.enable()
        work = partial(sheet_jobs.take_in, self.desk, looked, dict(self.look.table.picks))
        self.desk.runner.write(self, work, self._taken, self.failed)

    # -- private --------------------------------------------------------------------------------

    def _texts(self) -> Words:
        return Words(
            title=self.tr("Phiếu cho trưởng thôn"),
            intro=self.tr(
                "Mỗi thôn một tệp Excel có sẵn tên hộ, tên người để điền. Khi nhận về, chương "
                "trình so với sổ: chỗ nào mới, chỗ nào khác, chỗ nào hai bên cùng sửa; ô trống "
                "không xóa gì."
            ),
            out=self.tr("Gửi đi: đánh dấu thôn (phím cách)"),
            villages=self.tr("Các thôn gửi phiếu"),
            export=self.tr("&Xuất phiếu"),
            back=self.tr("Nhận phiếu về"),
            drop=self.tr("Phiếu (.xlsx) trưởng thôn điền xong gửi về. Kéo tệp vào đây cũng được."),
            choose=self.tr("Chọn phiếu đã điền"),
            kept=Kept(
                self.tr("Trong sổ"),
                self.tr("Phiếu"),
                self.tr("Giữ của &sổ"),
                self.tr("&Lấy của phiếu"),
            ),
            take=self.tr("&Nhận vào sổ"),
        )

    def _say(self, text: str, folder: Path | None = None) -> None:
        self.said.setText(text)
        self._told.setVisible(bool(text))
        self.folder_button.setVisible(folder is not None)
        self._folder = folder or Path()

    def _show_here(self, found: Here) -> None:
        unit = self.desk.unit(self.desk.context.today().year)
        self.villages.fill(found.tree, unit, [area.uid for area in found.held])
        self.enable()

    def _wrote(self, folder: Path, done: Done[Wrote] | Wrote) -> None:
        wrote = done.value if isinstance(done, Done) else done
        self.busy.end()
        text = self.tr("Đã ghi {count} phiếu vào {folder}.")
        text = text.format(count=len(wrote.paths), folder=folder)
        if wrote.empty:
            none = self.tr("Không có hộ nào để hỏi: {villages}.")
            text = f"{text} {none.format(villages=texts.villages_text(wrote.empty))}"
        self._say(text, folder)
        self.enable()

    @Slot()
    def _open_folder(self) -> None:
        files.open_outside(self._folder)

    def _show_looked(self, looked: Looked) -> None:
        self.busy.end()
        self._looked = looked
        found, report = looked.found, looked.found.report
        counts = {state: report.count(state) for state in texts.MERGE_STATES}
        says = found.has_news or found.problems or found.lost
        pattern = texts.CLI_SHEETS["summary" if says else "nothing"]
        said = pattern.format(village=found.village, problems=found.untaken, **counts)
        self.look.show_report(
            f"{looked.path.name}\n{said}",
            sheet_jobs.remarks(looked),
            report.differences,
            looked.words,
            may_take=found.has_news and not self.desk.read_only,
            path=looked.path,
            sha256=looked.back.manifest.hash,
        )
        self.show_page(self.look)

    def _taken(self, done: Done[Returned]) -> None:
        self.busy.end()
        self.look.say_taken()
        found = done.value
        text = self.tr("Đã nhận phiếu của {village}: {new} hồ sơ mới, {changed} chỗ đổi.")
        counts = {state: found.report.count(state) for state in ("new", "changed")}
        text = text.format(village=found.village, **counts)
        if waiting := found.waiting:
            said = self.tr("Chưa nhận, vì có thể đã có trong sổ: {names}.")
            text = f"{text} {said.format(names=', '.join(item.about for item in waiting))}"
        self._say(text)
        self.go_back()
