"""Gửi – nhận › Gói làm việc: villages go to another PC and come back; clashes are decided here."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui import files, messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange import work_jobs
from giamngheo_desktop.gui.exchange.difference_table import Kept
from giamngheo_desktop.gui.exchange.merge_view import MergeView
from giamngheo_desktop.gui.exchange.passphrase_dialog import ask_again, lock_with
from giamngheo_desktop.gui.exchange.twins_view import TwinsView
from giamngheo_desktop.gui.exchange.village_section import VillageSection, Words
from giamngheo_desktop.gui.exchange.work_jobs import Here, Looked, Wrote
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.exporting import export_folder
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.services.exchange import deciding, joining, merging, proposing
from giamngheo_desktop.services.exchange import outside as outsides
from giamngheo_desktop.services.exchange.proposing import Proposal
from giamngheo_desktop.services.exchange.work_package import Taken

WORK_DRAFT, CLASH_DRAFT = "goi-lam-viec", "goi-lam-viec-xung-dot"


class WorkSection(VillageSection):
    """Above the villages it says what waits for an answer: clashes, and new households that may be
    one, each with a page of its own.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "work", self._texts())
        self._here: Here | None = None
        self._looked: Looked | None = None
        self.clash_button = button(self.tr("Xem và chọ&n"), "work_show_clashes")
        self.clash_card = _Waiting("work_clashes", self.clash_button)
        self.twins_button = button(self.tr("Xem và &trả lời"), "work_show_twins")
        self.twins_card = _Waiting("work_twins", self.twins_button)
        self.lock = QCheckBox(self.tr("Đặt mật &khẩu"))
        self.lock.setObjectName("work_lock")
        self.part = label("", "warning", "work_part", wrap=True)
        self.part.hide()
        self.written = WrittenBar()
        self.clashes = MergeView(
            desk,
            "clash",
            Kept(
                self.tr("Đang giữ"),
                self.tr("Bản kia"),
                self.tr("Giữ &như đang có"),
                self.tr("&Lấy bản kia"),
            ),
            self.tr("&Ghi lựa chọn"),
            needs_pick=True,
        )
        self.twins = TwinsView()
        self.begin(
            above=(self.part, self.clash_card, self.twins_card),
            beside=self.lock,
            views=(self.clashes, self.twins),
            last=self.written,
        )
        self.clash_button.clicked.connect(self.show_clashes)
        self.twins_button.clicked.connect(self.show_twins)
        self.twins.one_requested.connect(self._join)
        self.twins.two_requested.connect(self._keep_apart)
        self.clashes.take_requested.connect(self._settle)
        self.written.elsewhere_requested.connect(self.export)

    # -- what the page asks ---------------------------------------------------------------------

    def load(self) -> None:
        work = partial(work_jobs.here, self.desk)
        self.desk.runner.read(self, work, self._show_here, latest="work")
        self.take_up(WORK_DRAFT)

    # -- what every such section does -----------------------------------------------------------

    @property
    def has_news(self) -> bool:
        return self._looked is not None and self._looked.taken.report.taken > 0

    def forget(self) -> None:
        self._looked = None

    @Slot()
    def enable(self) -> None:
        super().enable()
        may_write = not self.desk.read_only
        self.clash_button.setEnabled(may_write)
        self.twins.allow(may_write=may_write and not self.busy.isVisibleTo(self))

    @Slot()
    def export(self, _elsewhere: object = None) -> None:
        chosen = self.villages.ticked()
        today = f"{self.desk.context.today():%Y%m%d}"
        whose = self.tr("{count} thôn").format(count=len(chosen))
        area = self._here.tree.get(chosen[0]) if self._here and len(chosen) == 1 else None
        name = file_name("GoiLamViec", area.name if area else whose, today, suffix="xlsx")
        title, kind = self.tr("Ghi gói làm việc vào"), self.tr("Excel (*.xlsx)")
        path = files.ask_save(self, title, export_folder() / name, kind)
        if path is None or not chosen:
            return
        lock_with(self.lock.isChecked(), self, partial(self._export, path, chosen))

    @Slot(object)
    def look_at(self, path: Path, passphrase: Passphrase | None = None) -> None:
        self.written.hide()
        stop = self.busy.begin(self.tr("Đang đọc {name}…").format(name=path.name))
        self.enable()
        work = partial(work_jobs.look, self.desk, path, passphrase, stop)
        self.desk.runner.write(self, work, self._show_looked, partial(self._not_read, path))

    @Slot()
    def take(self) -> None:
        looked = self._looked
        if looked is None:
            return
        stop = self.busy.begin(self.tr("Đang gộp {name}…").format(name=looked.path.name))
        self.enable()
        picks = dict(self.look.table.picks)
        work = partial(work_jobs.take_in, self.desk, looked, picks, stop)
        self.desk.runner.write(self, work, self._taken, self.failed)

    # -- for the owner and tests ----------------------------------------------------------------

    @Slot()
    def show_clashes(self) -> None:
        """What copies wrote otherwise and nobody has decided."""
        if self._here is None:
            return
        self.clashes.take_up(CLASH_DRAFT, self.heading.text())
        said = self.tr("Hai bên ghi khác nhau, chưa chọn bên nào:")
        if any(item.state == "outside" for item in self._here.clashes):
            more = self.tr(
                "Dòng “Để ngoài” là chỗ sửa của văn bản đã ban hành: giữ như đang có là bỏ chỗ "
                "sửa ấy; lấy bản kia là đưa vào bản điều chỉnh (chưa có thì lập bản dự thảo)."
            )
            said = f"{said}\n{more}"
        self.clashes.show_report(
            said,
            (),
            self._here.clashes,
            self._here.words,
            may_take=not self.desk.read_only,
        )
        self.show_page(self.clashes)

    @Slot()
    def show_twins(self) -> None:
        """New households of two copies that may be one."""
        if self._here is not None:
            self.twins.show_pairs(self._here.twins)
            self.show_page(self.twins)
            self.twins.setFocus()

    # -- private --------------------------------------------------------------------------------

    def _texts(self) -> Words:
        return Words(
            title=self.tr("Gói làm việc"),
            intro=self.tr(
                "Mang một số thôn sang máy khác làm tiếp bằng một tệp, rồi gộp trở về. Hai máy "
                "cùng làm được, không phải khóa thôn nào; chỗ hai máy ghi khác nhau đều được liệt "
                "kê."
            ),
            out=self.tr("Mang đi: đánh dấu thôn (phím cách)"),
            villages=self.tr("Các thôn mang đi"),
            export=self.tr("&Xuất gói…"),
            back=self.tr("Gộp gói mang về"),
            drop=self.tr("Gói (.xlsx) máy khác gửi về. Kéo tệp từ Windows vào đây cũng được."),
            choose=self.tr("Chọn gói làm việc"),
            kept=Kept(
                self.tr("Máy này"),
                self.tr("Gói"),
                self.tr("Giữ của má&y này"),
                self.tr("&Lấy của gói"),
            ),
            take=self.tr("&Gộp vào sổ"),
        )

    def _show_here(self, found: Here) -> None:
        self._here = found
        unit = self.desk.unit(self.desk.context.today().year)
        self.villages.fill(found.tree, unit, [area.uid for area in found.held])
        names = texts.villages_text([area.name for area in found.held])
        said = self.tr("Tệp này chỉ có {names}: lập từ gói làm việc, không phải sổ cả xã.")
        self.part.setText(said.format(names=names))
        self.part.setVisible(bool(names))
        outside = sum(item.state == "outside" for item in found.clashes)
        text = self.tr("Còn {count} chỗ hai bên ghi khác nhau chưa chọn; đang giữ bản mới hơn.")
        of_issued = self.tr(
            "{count} chỗ sửa còn để ngoài văn bản đã ban hành: bỏ, hoặc đưa vào bản điều chỉnh."
        )
        self.clash_card.say((text, len(found.clashes) - outside), (of_issued, outside))
        text = self.tr("Có {count} cặp hộ mới có thể là một hộ được nhập ở cả hai máy.")
        self.twins_card.say((text, len(found.twins)))
        self.twins.show_pairs(found.twins)
        if self.twins.isVisibleTo(self) and not found.twins:
            self.go_back()  # the last one was answered
        self.enable()

    def _export(self, path: Path, villages: list[UUID], passphrase: Passphrase | None) -> None:
        self.written.hide()
        stop = self.busy.begin(self.tr("Đang xuất gói…"))
        self.enable()
        work = partial(work_jobs.write, self.desk, path, villages, passphrase, stop)
        self.desk.runner.write(self, work, self._wrote, self.failed)

    def _not_read(self, path: Path, error: BaseException) -> None:
        if ask_again(error, self, partial(self.look_at, path)):
            error = Cancelled()
        self.failed(error)

    def _wrote(self, done: Done[Wrote] | Wrote) -> None:
        wrote = done.value if isinstance(done, Done) else done
        self.busy.end()
        self.enable()
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
            villages=texts.villages_text(looked.villages.split(", ")) or looked.unit,
            by=looked.made_by,
            at=f"{datetime.fromisoformat(looked.made_at):%H:%M %d/%m/%Y}",
        )
        self.look.show_report(
            f"{whose}\n{said}",
            [texts.MERGE_FINDINGS[one.code].format(**one.params) for one in report.findings],
            report.differences,
            looked.words,
            may_take=report.taken > 0 and not self.desk.read_only,
            path=looked.path,
            sha256=looked.sha256,
        )
        self.show_page(self.look)

    @Slot()
    def _settle(self) -> None:
        """Fields in one step; each place is one of its own."""
        picks, act = self.clashes.table.picks, (self.desk.database, self.desk.context)
        chosen = [
            (item, side)
            for item in (self._here.clashes if self._here else ())
            if (side := picks.get((item.record, item.field)))
        ]
        outside = {
            (item.record, item.field): side for item, side in chosen if item.state == "outside"
        }
        values = {
            (item.record, item.field): item.ours if side == "ours" else item.theirs
            for item, side in chosen
            if item.field and item.state == "clash"
        }
        self.clashes.allow(may_take=False)  # once is enough
        if outside:
            put = partial(outsides.decide, *act, outside)
            self.desk.runner.write(self, put, self._settled, self.failed)
        if values:
            work = partial(merging.settle, *act, values)
            self.desk.runner.write(self, work, self._settled, self.failed)
        for item, side in chosen:
            if not item.field and item.winner is not None:
                keep, other = item.kept_and_other(side)
                decide = partial(deciding.decide_place, *act, keep=keep, other=other)
                self.desk.runner.write(self, decide, self._settled, self.failed)

    @Slot(object)
    def _join(self, pair: Proposal) -> None:
        act = (self.desk.database, self.desk.context)
        self.twins.allow(may_write=False)  # once is enough
        work = partial(joining.join, *act, keep=pair.here, other=pair.there)
        self.desk.runner.write(self, work, self._answered, self.failed)

    @Slot(object)
    def _keep_apart(self, pair: Proposal) -> None:
        act = (self.desk.database, self.desk.context)
        self.twins.allow(may_write=False)
        work = partial(proposing.keep_apart, *act, pair.here, pair.there)
        self.desk.runner.write(self, work, self._answered, self.failed)

    def _answered(self, _done: Done[Any]) -> None:
        """The next pair comes with what is read again."""

    def _settled(self, _done: Done[Any]) -> None:
        self.clashes.say_taken()
        self.show_begin()

    def _taken(self, done: Done[Taken]) -> None:
        self.busy.end()
        self.look.say_taken()
        self.show_begin()
        kept = done.value.kept_drafts
        if kept:
            text = self.tr("{count} bản nháp đã có ở máy này được giữ nguyên, không lấy của gói.")
            messages.info(text.format(count=len(kept)), "", self)


class _Waiting(QFrame):
    """A line that says how much waits for an answer, with the way there; hidden while none does."""

    def __init__(self, name: str, way: QPushButton) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "card")
        self._text = label("", "", f"{name}_text", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(way)
        self.hide()

    def say(self, *said: tuple[str, int]) -> None:
        """Sentences with how much each is about: that of nothing is not said."""
        lines = [text.format(count=count) for text, count in said if count]
        self._text.setText("\n".join(lines))
        self.setVisible(bool(lines))
