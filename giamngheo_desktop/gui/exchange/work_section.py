"""Gửi – nhận › Gói làm việc: villages go to another PC and come back; clashes are decided here."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui import files, messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange import work_jobs
from giamngheo_desktop.gui.exchange.busy_line import BusyLine
from giamngheo_desktop.gui.exchange.difference_table import DifferenceTable, Kept
from giamngheo_desktop.gui.exchange.difference_words import DifferenceWords
from giamngheo_desktop.gui.exchange.file_drop import FileDrop
from giamngheo_desktop.gui.exchange.work_jobs import Here, Looked, Wrote
from giamngheo_desktop.gui.parts import button, card, label, scrolled
from giamngheo_desktop.gui.preview.exporting import export_folder
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.exchange.work_package import Taken

_UID = int(Qt.ItemDataRole.UserRole)


class WorkSection(Section):
    """Its first page sends and receives; the second shows what a package changes, or clashes."""

    WATCHES: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Mang một số thôn sang máy khác làm tiếp bằng một tệp, rồi gộp trở về. Hai máy cùng "
            "làm được, không phải khóa thôn nào; chỗ hai máy ghi khác nhau đều được liệt kê."
        )
        super().__init__(desk, self.tr("Gói làm việc"), "")
        self._intro = label(intro, "soft", "work_intro", wrap=True)
        self._here: Here | None = None
        self._looked: Looked | None = None  # None while the clashes of the file are shown
        self.villages = QListWidget()
        self.villages.setObjectName("work_villages")
        self.villages.setAccessibleName(self.tr("Các thôn mang đi"))
        self.all_button = button(self.tr("Chọn &hết"), "work_all")
        self.export_button = button(
            self.tr("&Xuất gói…"), "work_export", icon="upload", kind="primary"
        )
        self.drop = FileDrop(
            "work_file",
            self.tr("Gói (.xlsx) máy khác gửi về. Kéo tệp từ Windows vào đây cũng được."),
            self.tr("Chọn gói làm việc"),
            ("xlsx",),
        )
        self.clash_card = card("work_clashes")
        self._clash_text = label("", "", "work_clashes_text", wrap=True)
        self.clash_button = button(self.tr("Xem và chọ&n"), "work_show_clashes")
        self.busy = BusyLine("work_busy")
        self.written = WrittenBar()
        self.summary = label("", "bold", "work_summary", wrap=True)
        self.findings = label("", "warning", "work_findings", wrap=True)
        self.table = DifferenceTable(
            "work_differences",
            Kept(
                self.tr("Máy này"),
                self.tr("Gói"),
                self.tr("Giữ của má&y này"),
                self.tr("Lấy của &gói"),
            ),
        )
        self.clashes = DifferenceTable(
            "work_open_clashes",
            Kept(
                self.tr("Đang giữ"),
                self.tr("Bản kia"),
                self.tr("Giữ như đan&g có"),
                self.tr("Lấ&y bản kia"),
            ),
        )
        self.back_button = button(self.tr("&Quay lại"), "work_back")
        self.take_button = button("", "work_take", icon="done", kind="primary")
        self._begin, self._look = self._begin_page(), self._look_page()
        self.box.addWidget(self._begin, 1)
        self.box.addWidget(self._look, 1)
        self.box.addWidget(self.busy)
        self.box.addWidget(self.written)
        self._show_begin()
        self._fit()
        theme.changed.connect(self._fit)
        self.villages.itemChanged.connect(self._enable)
        self.all_button.clicked.connect(self._tick_all)
        self.export_button.clicked.connect(self._ask_export)
        self.drop.chosen.connect(self.look_at)
        self.clash_button.clicked.connect(self.show_clashes)
        self.clashes.picked.connect(self._enable)
        self.back_button.clicked.connect(self._go_back)
        self.take_button.clicked.connect(self._take)
        self.written.elsewhere_requested.connect(self._ask_export)

    # -- what the page asks ---------------------------------------------------------------------

    def load(self) -> None:
        work = partial(work_jobs.here, self.desk)
        self.desk.runner.read(self, work, self._show_here, latest="work")

    def stops(self) -> list[QWidget]:
        if self._begin.isVisibleTo(self):
            return [self.villages, self.export_button]
        return [self._differences.table, self.take_button]

    # -- for the owner and tests ----------------------------------------------------------------

    def ticked(self) -> list[UUID]:
        """The villages that shall go."""
        lines = map(self.villages.item, range(self.villages.count()))
        return [one.data(_UID) for one in lines if one.checkState() == Qt.CheckState.Checked]

    @Slot(object)
    def look_at(self, path: Path) -> None:
        """Say what a package would change."""
        self.written.hide()
        stop = self.busy.begin(self.tr("Đang đọc {name}…").format(name=path.name))
        work = partial(work_jobs.look, self.desk, path, stop)
        self.desk.runner.write(self, work, self._show_looked, self._failed)

    @Slot()
    def show_clashes(self) -> None:
        """What copies wrote otherwise and nobody has decided."""
        if self._here is None:
            return
        self._looked = None
        self.summary.setText(self.tr("Hai máy ghi khác nhau, chưa chọn bên nào:"))
        self.findings.hide()
        words = DifferenceWords(self.desk.definitions, self._here.tree)
        self.clashes.show_differences(self._here.clashes, words)
        self.take_button.setText(self.tr("&Ghi lựa chọn"))
        self._show_look()

    @property
    def _differences(self) -> DifferenceTable:
        return self.clashes if self._looked is None else self.table

    # -- private --------------------------------------------------------------------------------

    def _begin_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        out = card("work_out")
        inside = QVBoxLayout(out)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.setSpacing(8)
        inside.addWidget(label(self.tr("Mang đi: đánh dấu thôn (phím cách)"), "bold"))
        inside.addWidget(self.villages)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.all_button)
        row.addStretch()
        row.addWidget(self.export_button)
        inside.addLayout(row)
        clash = QHBoxLayout(self.clash_card)
        clash.setContentsMargins(12, 8, 12, 8)
        clash.setSpacing(8)
        clash.addWidget(self._clash_text, 1)
        clash.addWidget(self.clash_button)
        self.clash_card.hide()
        box.addWidget(self._intro)
        box.addWidget(self.clash_card)
        box.addWidget(out)
        box.addWidget(label(self.tr("Gộp gói mang về"), "bold"))
        box.addWidget(self.drop)
        box.addStretch()
        self.setFocusProxy(self.villages)
        return scrolled(page, "work_scroll")

    def _look_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.summary)
        box.addWidget(self.findings)
        box.addWidget(self.table, 1)
        box.addWidget(self.clashes, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addStretch()
        row.addWidget(self.take_button)
        box.addLayout(row)
        return page

    def _show_begin(self) -> None:
        self._begin.show()
        self._look.hide()
        self.setFocusProxy(self.villages)
        self._enable()

    def _show_look(self) -> None:
        self._begin.hide()
        self._look.show()
        for one in (self.table, self.clashes):
            one.setVisible(one is self._differences)
        self.setFocusProxy(self._differences)
        self._differences.setFocus()
        self._enable()

    @Slot()
    def _go_back(self) -> None:
        self._looked = None
        self._show_begin()
        self.drop.setFocus()

    def _show_here(self, found: Here) -> None:
        self._here = found
        ticked = set(self.ticked())
        self.villages.clear()
        for area in found.tree.villages(self.desk.unit(self.desk.context.today().year)):
            item = QListWidgetItem(area.name, self.villages)
            item.setData(_UID, area.uid)
            is_ticked = area.uid in ticked
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        if self.villages.count():
            self.villages.setCurrentRow(0)
        count = len(found.clashes)
        text = self.tr("Còn {count} chỗ hai máy ghi khác nhau chưa chọn; đang giữ bản mới hơn.")
        self._clash_text.setText(text.format(count=count))
        self.clash_card.setVisible(count > 0)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        busy, may_write = self.busy.isVisibleTo(self), not self.desk.read_only
        self.export_button.setEnabled(bool(self.ticked()) and not busy)
        self.drop.setEnabled(may_write and not busy)
        self.clash_button.setEnabled(may_write)
        has_choice = self._looked is not None or bool(self.clashes.picks)
        self.take_button.setEnabled(may_write and not busy and has_choice)

    @Slot()
    def _tick_all(self) -> None:
        is_whole = len(self.ticked()) == self.villages.count()
        for at in range(self.villages.count()):
            state = Qt.CheckState.Unchecked if is_whole else Qt.CheckState.Checked
            self.villages.item(at).setCheckState(state)

    @Slot()
    def _ask_export(self, _elsewhere: object = None) -> None:
        chosen = self.ticked()
        today = f"{self.desk.context.today():%Y%m%d}"
        whose = self.tr("{count} thôn").format(count=len(chosen))
        area = self._here.tree.get(chosen[0]) if self._here and len(chosen) == 1 else None
        name = file_name("GoiLamViec", area.name if area else whose, today, suffix="xlsx")
        title, kind = self.tr("Ghi gói làm việc vào"), self.tr("Excel (*.xlsx)")
        path = files.ask_save(self, title, export_folder() / name, kind)
        if path is not None and chosen:
            self.written.hide()
            stop = self.busy.begin(self.tr("Đang xuất gói…"))
            work = partial(work_jobs.write, self.desk, path, chosen, stop)
            self.desk.runner.read(self, work, self._wrote, self._failed)
            self._enable()

    def _wrote(self, wrote: Wrote) -> None:
        self.busy.end()
        self._enable()
        self.written.say(wrote.path)

    def _show_looked(self, looked: Looked) -> None:
        self.busy.end()
        report = looked.taken.report
        self._looked = looked
        counts = {state: report.count(state) for state in texts.MERGE_STATES}
        said = texts.MERGE_SUMMARY.format(taken=report.taken, **counts)
        if not report.taken:
            said = texts.NOTHING_TO_MERGE
        whose = self.tr("{name} ({villages}), {by} xuất lúc {at}").format(
            name=looked.path.name,
            villages=looked.villages or looked.unit,
            by=looked.made_by,
            at=f"{datetime.fromisoformat(looked.made_at):%H:%M %d/%m/%Y}",
        )
        self.summary.setText(f"{whose}\n{said}")
        lines = [texts.MERGE_FINDINGS[one.code].format(**one.params) for one in report.findings]
        self.findings.setText("\n".join(lines))
        self.findings.setVisible(bool(lines))
        self.table.show_differences(
            report.differences, DifferenceWords(self.desk.definitions, looked.tree)
        )
        self.table.table.say_empty(self.tr("Không có gì khác với sổ."))
        self.take_button.setText(self.tr("&Gộp vào sổ"))
        self._show_look()
        if not report.taken:
            self.take_button.setEnabled(False)
            self.back_button.setFocus()

    @Slot()
    def _take(self) -> None:
        looked = self._looked
        if looked is None:
            self._settle()
            return
        stop = self.busy.begin(self.tr("Đang gộp {name}…").format(name=looked.path.name))
        picks = dict(self.table.picks)
        work = partial(work_jobs.take_in, self.desk, looked.path, picks, stop)
        self.desk.runner.write(self, work, self._taken, self._failed)
        self._enable()

    def _settle(self) -> None:
        choices = {
            (item.record, item.field): item.ours if side == "ours" else item.theirs
            for item in (self._here.clashes if self._here else ())
            if (side := self.clashes.picks.get((item.record, item.field)))
        }
        work = partial(merging.settle, self.desk.database, self.desk.context, choices)
        self.desk.runner.write(self, work, self._settled, self._failed)

    def _settled(self, _done: Done[int]) -> None:
        self._show_begin()

    def _taken(self, done: Done[Taken]) -> None:
        self.busy.end()
        self._looked = None
        self._show_begin()
        kept = done.value.kept_drafts
        if kept:
            text = self.tr("{count} bản nháp đã có ở máy này được giữ nguyên, không lấy của gói.")
            messages.info(text.format(count=len(kept)), "", self)

    def _failed(self, error: BaseException) -> None:
        self.busy.end()
        self._enable()
        if not isinstance(error, Cancelled):
            messages.report(error, self)

    def _fit(self) -> None:
        height = self.fontMetrics().height() + 10
        self.villages.setFixedHeight(6 * height)
