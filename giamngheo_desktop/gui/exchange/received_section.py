"""Gửi – nhận › Gói nhận về: what communes sent to a district or province, and who is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.gui import files, messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.exchange import package_jobs
from giamngheo_desktop.gui.exchange.busy_line import BusyLine, Stop
from giamngheo_desktop.gui.exchange.file_drop import FileDrop
from giamngheo_desktop.gui.exchange.package_jobs import Awaited
from giamngheo_desktop.gui.exchange.passphrase_dialog import ask
from giamngheo_desktop.gui.flow import flowing
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.exporting import export_folder
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import Align, Column, as_number, as_text
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.reports.collecting import Outcome, packages_in
from giamngheo_desktop.services.exchange import senders
from giamngheo_desktop.services.exchange.senders import Sender

_ASK, _LATE, _SENT, _WAITING = "ask", "late", "sent", "waiting"
_OUTCOMES = "outcomes"  # in place of the communes
_TOLD = (Kind.HOUSEHOLD, Kind.PERSON, Kind.CLASS_RECORD)  # others are in the tip
_CHIPS = {_ASK: "wrong", _LATE: "wrong", _SENT: "done", _WAITING: "unknown"}


class ReceivedSection(Section):
    """Each file is a step of its own; what is refused does not stop the others. `filter` says
    which communes are listed, or that it is what became of the files.
    """

    WATCHES: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Gói của các xã: chọn tệp hoặc cả thư mục, theo thứ tự nào cũng được. Gói mang số "
            "lớn nhất của xã được dùng; gói hỏng hoặc lạ bị từ chối, kèm lý do."
        )
        super().__init__(desk, self.tr("Gói nhận về"), intro)
        self._found: Sequence[Sender] = ()
        self._waiting: list[Path] = []  # files that are still to be taken in
        self._asked = self._stopped = 0  # how many they were, and of them were not taken in
        self._stop = Stop()
        self._outcomes: list[Outcome] = []
        self.drop = FileDrop(
            "received_file",
            self.tr("Gói (.xlsx) của xã. Kéo nhiều tệp, hoặc một thư mục, vào đây cũng được."),
            self.tr("Chọn gói của xã"),
            ("xlsx",),
            many=True,
        )
        self.folder = button(self.tr("Chọn &thư mục…"), "received_folder", icon="folder")
        self.senders = TableView(
            (
                Column(key="name", title=self.tr("Đơn vị"), width=150, stretch=True),
                Column(
                    key="state",
                    title=self.tr("Tình trạng"),
                    width=100,
                    format=self._state_text,
                    chip=lambda one: _CHIPS[_state(one)],  # type: ignore[arg-type]
                    tip=_why,  # type: ignore[arg-type]
                ),
                Column(
                    key="number",
                    title=self.tr("Gói số"),
                    width=70,
                    align=Align.RIGHT,
                    format=as_number,
                ),
                Column(key="received", title=self.tr("Nhận ngày"), width=96),
                Column(
                    key="versions",
                    title=self.tr("Lần gửi"),
                    width=80,
                    align=Align.RIGHT,
                    format=as_number,
                ),
            ),
            "received_senders",
            self.tr("Các đơn vị đã gửi, chưa gửi"),
        )
        self.senders.say_empty(self.tr("Chưa nhận gói của xã nào: chọn tệp hoặc thư mục ở trên."))
        self.outcomes = WrappedRows(
            (
                Column(key="file", title=self.tr("Tệp"), width=90, tip=str),
                Column(
                    key="said",
                    title=self.tr("Kết quả"),
                    width=130,
                    stretch=True,
                    format=lambda one: _said(one, _TOLD),  # type: ignore[arg-type]
                    tip=_said,  # type: ignore[arg-type]
                ),
            ),
            "received_outcomes",
            self.tr("Kết quả của từng tệp"),
        )
        self._awaited = label("", "", "received_awaited", wrap=True)
        self._why = label("", "warning", "received_why", wrap=True)
        self._why.hide()
        self.settle = button(self.tr("Đã hỏi xã, &rõ rồi"), "received_settle", icon="done")
        self.settle.hide()
        self.filter = ElidedBox()
        self.filter.setObjectName("received_filter")
        self.filter.setAccessibleName(self.tr("Hiện xã nào"))
        self.filter.setMinimumContentsLength(16)
        said = self.tr("&Xã phải gửi, hạn gửi…")
        self.expected = button(said, "received_expected", icon="edit")
        self.busy = BusyLine("received_busy")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.drop, 1)
        row.addWidget(self.folder)
        self.box.addLayout(row)
        self.box.addWidget(self._awaited)
        self.box.addWidget(flowing(self.filter, end=[self.expected]))
        for table in (self.senders, self.outcomes):
            self.box.addWidget(table, 1)
        for part in (self._why, flowing(self.settle), self.busy):
            self.box.addWidget(part)
        keep_clear(self._why)
        self.setFocusProxy(self.drop)
        self.filter.activated.connect(self._fill)
        self.drop.came.connect(self.receive)
        self.folder.clicked.connect(self._ask_folder)
        self.expected.clicked.connect(self._go_to_expected)
        self.senders.current_changed.connect(self._tell_why)
        self.settle.clicked.connect(self._settle)

    def load(self) -> None:
        work = partial(package_jobs.awaited, self.desk, self.year)
        self.desk.runner.read(self, work, self._show, latest="senders")

    def stops(self) -> list[QWidget]:
        return [self.drop.button, self.folder, self.filter, self.expected]

    @Slot(list)
    def receive(self, paths: list[Path]) -> None:
        """Take in these files, one after the other."""
        if not self._waiting:
            self._outcomes, self._asked, self._stopped = [], 0, 0
            self._stop = self.busy.begin(self.tr("Đang nhận…"))
        self._take(paths, None)

    def _take(self, paths: Sequence[Path], passphrase: Passphrase | None) -> None:
        self._waiting += paths
        self._asked += len(paths)
        self._tell_progress()
        for path in paths:
            work = partial(package_jobs.receive, self.desk, path, passphrase, self._stop)
            self.desk.runner.write(self, work, self._received, self._failed)
        self._enable()

    def _ask_passphrase(self) -> None:
        """Once for all files of the batch that are locked; whom it does not fit is told."""
        names = [one.path.name for one in self._outcomes if _waits(one)]
        if not names:
            return
        ask(names, self, self._open_locked)

    def _open_locked(self, passphrase: Passphrase | None) -> None:
        waiting = [one.path for one in self._outcomes if _waits(one)]
        self._asked = self._stopped = 0
        self._outcomes = [one for one in self._outcomes if not _waits(one)]
        self._stop = self.busy.begin(self.tr("Đang nhận…"))
        self._take(waiting, passphrase)

    @Slot()
    def _ask_folder(self) -> None:
        folder = files.ask_folder(self, self.tr("Thư mục có gói của các xã"), export_folder())
        if folder is None:
            return
        paths = packages_in([folder])
        if paths:
            self.receive(paths)
        else:
            messages.info(self.tr("Thư mục này không có tệp .xlsx nào."), str(folder), self)

    def _received(self, done: Done[Outcome] | Outcome) -> None:
        self._outcomes.append(done.value if isinstance(done, Done) else done)
        self._one_less()

    def _failed(self, error: BaseException) -> None:
        stopped = isinstance(error, Cancelled)
        self._stopped += stopped
        self._one_less(asks=not stopped)
        if not stopped:
            messages.report(error, self)

    def _one_less(self, *, asks: bool = True) -> None:
        self._waiting.pop(0)
        self._tell_progress()
        if not self._waiting:
            self.busy.end()
        self.outcomes.set_rows(
            [(UUID(int=at), one.path.name, one) for at, one in enumerate(self._outcomes, 1)]
        )
        is_first = len(self._outcomes) == 1  # then it is the officer's choice
        self._offer(_OUTCOMES if is_first else self.filter.currentData())
        self._enable()
        if asks and not self._waiting:
            self._ask_passphrase()
        if self._stopped and not self._waiting:
            said = self.tr("Đã dừng: {count} tệp chưa nhận.").format(count=self._stopped)
            more = self.tr("Chọn lại tệp hoặc thư mục ấy để nhận tiếp; tệp đã nhận không đổi gì.")
            messages.info(said, more, self)

    def _tell_progress(self) -> None:
        if self._waiting:
            said = self.tr("Đang nhận tệp {at}/{all}: {name}")
            at = self._asked - len(self._waiting) + 1
            self.busy.say(said.format(at=at, all=self._asked, name=self._waiting[0].name))

    def _enable(self) -> None:
        may = not self.desk.read_only and not self._waiting
        self.drop.setEnabled(may)
        self.folder.setEnabled(may)

    def _show(self, awaited: Awaited) -> None:
        self._found = awaited.senders
        self._awaited.setText(self._awaited_text(awaited))
        self._offer(self.filter.currentData())
        self._enable()

    def _offer(self, chosen: object) -> None:
        """What may be listed, with how many; `chosen` now, where there is any."""
        counts = Counter(map(_state, self._found))
        some = self.tr("{state} ({count})")
        with QSignalBlocker(self.filter):
            self.filter.clear()
            self.filter.addItem(self.tr("Mọi xã ({count})").format(count=len(self._found)), None)
            for state in _CHIPS:
                if counts[state]:
                    text = some.format(state=self._state_name(state), count=counts[state])
                    self.filter.addItem(text, state)
            if self._outcomes:
                text = self.tr("Vừa nhận ({count} tệp)").format(count=len(self._outcomes))
                self.filter.addItem(text, _OUTCOMES)
            known = [self.filter.itemData(at) for at in range(self.filter.count())]
            self.filter.setCurrentIndex(known.index(chosen) if chosen in known else 0)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        chosen = self.filter.currentData()
        is_outcomes = chosen == _OUTCOMES
        self.outcomes.setVisible(is_outcomes)
        self.senders.setVisible(not is_outcomes)
        self.senders.set_rows(
            [
                (UUID(int=at), one.name, one, one.sequence, one.received_on, one.versions)
                for at, one in enumerate(self._found, 1)
                if chosen in (None, _OUTCOMES, _state(one))
            ]
        )
        self._tell_why()

    def _awaited_text(self, awaited: Awaited) -> str:
        """How many sent of whom is known or has to, the last day, how many are to be asked."""
        said = [self.tr("Năm {year}: {sent} trong {all} xã đã gửi")]
        if not awaited.senders:
            said = [self.tr("Năm {year}: chưa ghi xã nào phải gửi, chưa xã nào gửi")]
        if awaited.limit is not None:
            said.append(self.tr("hạn gửi {limit}"))
        doubts = sum(one.doubt is not None for one in awaited.senders)
        if doubts:
            said.append(self.tr("hỏi lại {doubts} xã"))
        return f"{'; '.join(said)}.".format(
            year=self.year,
            sent=sum(one.of_year for one in awaited.senders),
            all=len(awaited.senders),
            limit=as_text(awaited.limit),
            doubts=doubts,
        )

    @Slot()
    def _tell_why(self) -> None:
        """Of the commune under the cursor: why it is to be asked, for whom its package was made."""
        one = self._current if not self.senders.isHidden() else None
        said = _why(one) if one is not None else ""
        self._why.setText(said)
        self._why.setVisible(bool(said))
        is_fork = one is not None and one.doubt is not None and one.doubt.is_fork
        self.settle.setVisible(is_fork and not self.desk.read_only)

    @property
    def _current(self) -> Sender | None:
        uid = self.senders.current_uid()
        return self._found[uid.int - 1] if uid is not None else None

    @Slot()
    def _settle(self) -> None:
        """The commune was asked about the package that the one that stands does not go on from."""
        if (one := self._current) is not None and one.unit is not None:
            work = partial(senders.settle, self.desk.database, self.desk.context, one.unit)
            self.desk.runner.write(self, work, self._settled)

    def _settled(self, _done: Done[int]) -> None:
        self.senders.setFocus()

    @Slot()
    def _go_to_expected(self) -> None:
        self.go_requested.emit("exchange", "expected")

    def _state_text(self, one: object) -> str:
        return self._state_name(_state(one))  # type: ignore[arg-type]

    def _state_name(self, state: str) -> str:
        return {
            _ASK: self.tr("Hỏi lại xã"),
            _LATE: self.tr("Quá hạn"),
            _SENT: self.tr("Đã gửi"),
            _WAITING: self.tr("Chưa gửi"),
        }[state]


def _state(one: Sender) -> str:
    if one.doubt is not None:
        return _ASK
    return _LATE if one.late else _SENT if one.of_year else _WAITING


def _why(one: Sender) -> str:
    doubt = texts.doubt_text(one.sequence, one.doubt) if one.doubt is not None else ""
    return " ".join(filter(None, (texts.FOR_DISTRICT if one.for_district else "", doubt)))


def _waits(one: Outcome) -> bool:
    """Whether it is locked and no passphrase was tried yet."""
    return one.refused is not None and one.refused.code == "package_asks_passphrase"


def _said(one: Outcome, kinds: Collection[Kind] = tuple(Kind)) -> str:
    """What became of a file, in a line that counts records of these `kinds`."""
    if one.refused is not None:
        return texts.error_text(one.refused)
    if one.received is None:
        return f"{len(one.comments)} {texts.CLI_PACKAGE['new_comments']}"
    found = one.received
    state = texts.package_state(
        found.state, found.stands, found.doubt, for_district=found.for_district
    )
    head = f"{found.manifest.unit_name}: {state}"
    changes = (("added", found.added), ("changed", found.changed), ("gone", found.gone))
    parts = []
    for name, counts in changes:
        shown = {kind: count for kind, count in counts.items() if count and kind in kinds}
        if shown:
            parts.append(f"{texts.CLI_PACKAGE[name]} {texts.counted(shown)}")
    return "; ".join([head, *parts])
