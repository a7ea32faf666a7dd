"""Who gets what by a list from Excel: looked at row by row before it is written as the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.exchange.file_drop import FileDrop
from giamngheo_desktop.gui.exchange.import_jobs import SUFFIXES
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.jobs import without_collecting
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.supports.tick_table import TickTable
from giamngheo_desktop.gui.table.column import Align, Column, number_column
from giamngheo_desktop.services.importing.plan import RowPlace
from giamngheo_desktop.services.importing.planning import Source
from giamngheo_desktop.services.programme import support_import
from giamngheo_desktop.services.programme.support_plan import (
    PlannedSupport,
    SupportChoices,
    SupportPlan,
    SupportState,
    Wanted,
)
from giamngheo_desktop.storage.engine import Database

Persons = Mapping[RowPlace, UUID | None]
_CHIPS = {
    SupportState.READY: "done",
    SupportState.SAME: "not_poor",
    SupportState.EMPTY: "unknown",
    SupportState.WAITING: "average",
    SupportState.REFUSED: "poor",
}
_OPEN, _NOBODY = "open", "nobody"


@dataclass(frozen=True, slots=True)
class _Read:
    source: Source
    plan: SupportPlan


class ListStep(QWidget):
    """`changed()` after each answer; `completed()`: Enter in the list; `template_asked()`: a file
    to fill in is wanted.
    """

    changed = Signal()
    completed = Signal()
    template_asked = Signal()

    def __init__(self, desk: Desk, labels: Mapping[str, str]) -> None:
        super().__init__()
        self.desk = desk
        self._labels = labels  # of what a household may be
        self._wanted: Wanted | None = None
        self._read: _Read | None = None
        self._path: Path | None = None
        self._rows: dict[UUID, PlannedSupport] = {}
        self._taken: set[RowPlace] = set()
        self._persons: dict[RowPlace, UUID | None] = {}
        text = self.tr("Danh sách đã có số tiền từng hộ, người. Chưa ghi gì trước khi bấm Ghi.")
        title = self.tr("Chọn danh sách hỗ trợ")
        self.file = FileDrop("support_list", text, title, SUFFIXES)
        self.template = button(self.tr("Ghi tệp &mẫu để điền"), "support_template", icon="sheet")
        self.written = WrittenBar()
        self.said = label("", "bold", "list_said", wrap=True)
        self.warning = label("", "warning", "list_warning", wrap=True)
        self.confirm = QCheckBox(self.tr("Đúng là danh sách của xã này, đợt này"))
        self.confirm.setObjectName("list_confirmed")
        self.sure = button("", "list_sure", icon="check")
        self.who = ElidedBox()
        self.who.setObjectName("list_who")
        self.who.setAccessibleName(self.tr("Dòng này là ai"))
        self.who.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToContents)
        self.about = label("", "soft", "list_about", wrap=True)
        self.refusal = Refusal("list_refusal")
        self.table = TickTable(
            (
                Column(key="tick", title=self.tr("Nhận"), width=60, align=Align.CENTRE,
                       format=str),
                Column(key="row", title=self.tr("Dòng"), width=70, align=Align.RIGHT),
                Column(key="name", title=self.tr("Họ và tên"), width=180, tip=str),
                Column(key="village", title=self.tr("Thôn"), width=110, tip=str),
                number_column("amount", self.tr("Số tiền (đồng)"), width=120),
                Column(key="state", title=self.tr("Tình trạng"), width=130, chip=_chip,
                       format=lambda state: texts.SUPPORT_STATES[str(state)]),
                Column(key="said", title=self.tr("Lưu ý"), width=260, tip=str, stretch=True),
            ),
            "list_rows",
            self.tr("Các dòng của danh sách"),
        )  # fmt: skip
        self._build()

    def _build(self) -> None:
        line = Flow(8)
        line.addWidget(self.template)
        line.addWidget(self.sure)
        line.addWidget(self.who)
        line.addWidget(self.confirm)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for part in (self.file, self.written, self.refusal, self.said, self.warning):
            box.addWidget(part)
        box.addLayout(line)
        box.addWidget(self.table, 1)
        box.addWidget(self.about)
        self.setFocusProxy(self.file)
        self.file.chosen.connect(self.read_file)
        self.template.clicked.connect(self.template_asked)
        self.sure.clicked.connect(self._take_sure)
        self.table.ticked.connect(self._turn)
        self.table.entered.connect(self.completed)
        self.table.clicked.connect(self._clicked)
        self.table.row_opened.connect(lambda uid: self._turn([uid]))
        self.table.current_changed.connect(self._tell_current)
        self.who.activated.connect(self._answer)
        self.confirm.toggled.connect(self._confirmed)
        self._show_nothing()

    # -- in and out -----------------------------------------------------------------------------

    def begin(self) -> None:
        """No list yet."""
        self._path, self._read = None, None
        self.written.hide()
        self._taken, self._persons = set(), {}
        with QSignalBlocker(self.confirm):
            self.confirm.setChecked(False)
        self._show_nothing()

    def ask(self, wanted: Wanted) -> None:
        """The event the list is of; a list that is there is read anew for it."""
        again = wanted != self._wanted
        self._wanted = wanted
        if self._path is not None and (again or self._read is None):
            self._start(self._path)

    def typed(self) -> Mapping[str, object]:
        """The file and the answers, for the draft."""
        if self._path is None:
            return {}
        rows = tuple({"row": f"{at}!{sheet}"} for sheet, at in sorted(self._taken))
        who = tuple(
            {"row": f"{at}!{sheet}", "who": uid.hex if uid else ""}
            for (sheet, at), uid in self._persons.items()
        )
        return {"list.file": str(self._path), "list.taken": rows, "list.who": who}

    def put(self, typed: Mapping[str, Any]) -> None:
        """The inverse of `typed`; a file that is gone is left out."""
        path = Path(str(typed.get("list.file") or ""))
        if not path.is_file():
            return
        self._path = path
        self._taken = {_place(row["row"]) for row in typed.get("list.taken") or ()}
        self._persons = {
            _place(row["row"]): UUID(hex=row["who"]) if row["who"] else None
            for row in typed.get("list.who") or ()
        }

    def read_again(self) -> None:
        """The register was changed since it was read."""
        if self._path is not None:
            self._start(self._path)

    @property
    def plan(self) -> SupportPlan | None:
        return self._read.plan if self._read is not None else None

    @property
    def choices(self) -> SupportChoices:
        return SupportChoices(rows=frozenset(self._taken), confirmed=self.confirm.isChecked())

    @property
    def is_ready(self) -> bool:
        """Whether anything would be written."""
        return self.plan is not None and bool(self.plan.taken(self.choices))

    def agreed(self) -> bool:
        """Whether what waits may be left out, which somebody is asked who writes the rest."""
        plan = self.plan
        if plan is None:
            return False
        taken = plan.taken(self.choices)
        places = {row.place for row in taken}
        left = [
            row
            for row in plan.rows
            if row.place not in places and row.state not in (SupportState.SAME, SupportState.EMPTY)
        ]
        if not left:
            return True
        said = self.tr("Ghi {count} dòng, {amount} đồng, để lại {left} dòng, {rest} đồng?")
        return messages.ask(
            said.format(
                count=format_integer(len(taken)),
                amount=format_integer(plan.money(taken).written),
                left=format_integer(len(left)),
                rest=format_integer(sum(row.amount or 0 for row in left)),
            ),
            yes=self.tr("Ghi, để lại"),
            more=self.tr(
                "Dòng chờ và dòng không nhận không vào sổ. Sau này nhận lại tệp này thì dòng đã "
                "ghi không ghi lần nữa."
            ),
            parent=self,
        )

    # -- reading --------------------------------------------------------------------------------

    def read_file(self, path: Path) -> None:
        """Another file has other rows."""
        self.begin()
        self._path = path
        self._start(path)

    def _start(self, path: Path) -> None:
        if self._wanted is None:
            return
        self.refusal.hide()
        self.said.setText(self.tr("Đang đọc danh sách…"))
        self.said.show()
        place = (self.desk.database, self.desk.context, self.desk.definitions)
        known = self._read.source if self._read is not None else None
        work = partial(_read, *place, path, known, self._wanted, dict(self._persons))
        self.desk.runner.read(self, work, self._show, self._failed, latest="list")

    def _failed(self, error: BaseException) -> None:
        self._path = None
        self._show_nothing()
        self.refusal.say(error)

    def _show_nothing(self) -> None:
        self._read, self._rows = None, {}
        self.table.set_rows([])
        self.table.say_empty(self.tr("Chọn tệp Excel có họ tên và số tiền của từng hộ, người."))
        for part in (self.said, self.warning, self.confirm, self.sure, self.who, self.about):
            part.hide()

    def _show(self, read: _Read) -> None:
        self._read = read
        plan = read.plan
        self._rows = {UUID(int=at): row for at, row in enumerate(plan.rows, start=1)}
        self.table.set_rows([self._line(uid, row) for uid, row in self._rows.items()])
        self.table.say_empty(self.tr("Không đọc được dòng nào."))
        if self._rows and self.table.current_uid() is None:
            self.table.go_to(next(iter(self._rows)))
        warnings = list(_warnings(plan))
        self.warning.setText(" ".join(warnings))
        self.warning.setVisible(bool(warnings))
        self.confirm.setVisible(bool(plan.doubts))
        self.sure.setVisible(bool(plan.sure))
        sure = self.tr("Nhận {count} dòng &khớp đủ")
        self.sure.setText(sure.format(count=format_integer(len(plan.sure))))
        self.sure.setToolTip(self.tr("Một người trong sổ khớp họ tên, ngày sinh, thôn, chủ hộ"))
        self._count()
        self._tell_current()
        self.changed.emit()

    def _line(self, uid: UUID, row: PlannedSupport) -> tuple[object, ...]:
        tick = "✓" if row.state is SupportState.READY else ""  # is written whatever is ticked
        if row.may_be_taken and not tick:
            tick = "☑" if row.place in self._taken else "☐"
        said = " ".join(self._said(row))
        return uid, tick, row.row, row.name, row.village, row.amount, row.state, said

    def _said(self, row: PlannedSupport) -> Sequence[str]:
        found = (*row.findings, *row.told)
        said = [texts.support_finding(one.code, one.said, self._labels) for one in found]
        return [*said, *(texts.support_doubt(one, self._labels) for one in row.warnings)]

    def _count(self) -> None:
        plan = self.plan
        if plan is None:
            return
        taken = plan.taken(self.choices)
        money = plan.money(taken)
        known = texts.CLI_SUPPORT_IMPORT
        counts = {state.value: count for state, count in plan.counts().items()}
        parts = {
            name: format_integer(getattr(money, name))
            for name in ("file", "written", "same", "waiting", "refused")
        }
        said = [known["counts"].format(file=plan.file_name, **counts)]
        said.append(known["money_dry"].format(**parts))
        self.said.setText(" ".join(said))
        self.said.show()

    # -- answers --------------------------------------------------------------------------------

    def _turn(self, uids: Sequence[UUID]) -> None:
        """Rows that wait and may be taken as they stand."""
        rows = [self._rows[uid] for uid in uids if uid in self._rows]
        places = {
            row.place for row in rows if row.may_be_taken and row.state is SupportState.WAITING
        }
        if places <= self._taken:
            self._taken -= places
        else:
            self._taken |= places
        for uid in uids:
            if uid in self._rows:
                self.table.rows.replace_row(self._line(uid, self._rows[uid]))
        self._count()
        self.changed.emit()

    def _take_sure(self) -> None:
        """All rows of which only one person of the register can be meant, in one go."""
        if self.plan is not None:
            self._persons |= self.plan.sure
            self.read_again()

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._turn([self.table.rows.row(index.row())[0]])

    def _tell_current(self) -> None:
        """Who the row may be, and all that is said of it."""
        uid = self.table.current_uid()
        row = self._rows.get(uid) if uid is not None else None
        candidates = row.candidates if row is not None else ()
        self.who.clear()
        self.who.addItem(self.tr("Dòng này là ai?"), _OPEN)
        for one in candidates:
            self.who.addItem(one.text, one.uid)
        self.who.addItem(self.tr("Không có trong sổ"), _NOBODY)
        if row is not None and row.place in self._persons:
            said = self._persons[row.place]
            self.who.setCurrentIndex(self.who.findData(_NOBODY if said is None else said))
        self.who.setVisible(bool(candidates))
        said_of = self._said(row) if row is not None else ()
        self.about.setText(" ".join(said_of))
        self.about.setVisible(bool(said_of))

    def _answer(self) -> None:
        uid, answer = self.table.current_uid(), self.who.currentData()
        row = self._rows.get(uid) if uid is not None else None
        if row is None or self._path is None:
            return
        self._persons.pop(row.place, None)
        if answer != _OPEN:
            self._persons[row.place] = answer if isinstance(answer, UUID) else None
        self.read_again()

    def _confirmed(self) -> None:
        self._count()
        self.changed.emit()


def _chip(state: object) -> str:
    return _CHIPS[SupportState(str(state))]


def _place(text: str) -> RowPlace:
    at, _, sheet = text.partition("!")
    return sheet, int(at)


def _warnings(plan: SupportPlan) -> Sequence[str]:
    """What is to be known of the whole file."""
    said, known = [], texts.CLI_SUPPORT_IMPORT
    if plan.applied_before is not None:
        said.append(known["before"].format(day=f"{plan.applied_before:%d/%m/%Y %H:%M}"))
    doubts = texts.IMPORT_DOUBTS | texts.SUPPORT_DOUBTS
    said += [
        doubts[one.code].format(said=one.said, year=plan.wanted.on.year) for one in plan.doubts
    ]
    if plan.hidden:
        said.append(known["hidden"].format(names=", ".join(plan.hidden)))
    for total in plan.totals:
        if not total.agrees:
            key = "total_unread" if total.agrees is None else "total_differs"
            amount = format_integer(total.amount or 0)
            line = {"sheet": total.sheet, "row": total.row, "amount": amount}
            said.append(known[key].format(**line, text=total.text))
    if plan.is_nothing_new:
        said.append(known["nothing"])
    return said


def _read(
    database: Database,
    context: Context,
    definitions: Definitions,
    path: Path,
    source: Source | None,
    wanted: Wanted,
    persons: Persons,
) -> _Read:
    """Runs off the GUI thread; the file itself is opened by a child."""
    from giamngheo_desktop.exports.list_read import read_source

    source = read_source(path) if source is None else source
    with without_collecting():
        plan = support_import.plan(database, context, definitions, source, wanted, persons=persons)
    return _Read(source, plan)
