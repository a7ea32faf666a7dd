"""The differences of a merge: mới, khác, xung đột; of a clash is chosen whose value stays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.services.exchange.differences import ALIKE, Difference, Side
from giamngheo_desktop.services.exchange.merge_words import MergeWords

Place = tuple[UUID, str]  # record, field
# What asks for something stands first.
_ORDER = ("clash", "outside", "changed", "new", "same", "kept")


class DifferenceRow(NamedTuple):
    """A line of the table; `uid` is its number among them."""

    uid: UUID
    state: str
    about: str
    what: str
    ours: str
    theirs: str
    kept: str


class Kept(NamedTuple):
    """What the two sides are called: as columns, and on the buttons that choose one."""

    ours: str
    theirs: str
    keep_ours: str
    take_theirs: str


class DifferenceTable(QWidget):
    """`picks` is what was chosen; Space or Enter on a clash goes to the next choice, on a change to
    refusing it and back.

    Of two records that want one place one is chosen by the line of the one that lost it. The
    buttons `ours` and `theirs` are laid out by the owner.
    """

    picked = Signal()

    def __init__(self, name: str, sides: Kept) -> None:
        super().__init__()
        self.setObjectName(name)
        self._sides = sides
        self._words: MergeWords | None = None
        self._shown: list[Difference] = []
        self.picks: dict[Place, Side] = {}
        self.table = WrappedRows(
            (
                Column(key="state", title=self.tr("Loại"), width=84, chip=_chip),
                Column(key="about", title=self.tr("Của ai"), width=60, tip=str),
                Column(key="what", title=self.tr("Mục"), width=60, stretch=True, tip=str),
                Column(key="ours", title=sides.ours, width=60, tip=str),
                Column(key="theirs", title=sides.theirs, width=60, tip=str),
                Column(key="kept", title=self.tr("Sẽ giữ"), width=60, tip=str),
            ),
            f"{name}_rows",
            self.tr("Chỗ mới, khác, xung đột"),
        )
        self.said = label("", "", f"{name}_said", wrap=True)
        self.ours = button(sides.keep_ours, f"{name}_ours")
        self.theirs = button(sides.take_theirs, f"{name}_theirs")
        for part in (self.ours, self.theirs):
            part.setToolTip(self.tr("Phím cách: đổi lựa chọn của dòng."))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.table, 1)
        box.addWidget(self.said)
        self.setFocusProxy(self.table)
        keep_clear(self.said)
        self.table.current_changed.connect(self._say)
        self.table.row_opened.connect(self._next)
        self.ours.clicked.connect(lambda: self.pick("ours"))
        self.theirs.clicked.connect(lambda: self.pick("theirs"))

    def show_differences(self, found: Sequence[Difference], words: MergeWords) -> None:
        """Others than before: nothing is chosen yet."""
        self._words, self.picks = words, {}
        self._shown = sorted(found, key=lambda item: _ORDER.index(item.state))
        self.table.set_rows([self._row(at) for at in range(1, len(self._shown) + 1)])
        for part in (self.ours, self.theirs):
            part.setVisible(any(item.may_choose for item in self._shown))
        if self._shown:
            self.table.go_to(UUID(int=1))
        self._say(self.table.current_uid())

    @property
    def open_clashes(self) -> int:
        """How many are still without a choice."""
        return sum(
            item.state == "clash" and item.may_choose and _place(item) not in self.picks
            for item in self._shown
        )

    def settled(self) -> str:
        """The picks with what each was chosen of, as text to be `put` again."""
        found = {_place(item): item for item in self._shown}
        rows = [[*_told(found[place]), side] for place, side in self.picks.items()]
        return json.dumps(rows, ensure_ascii=False)

    def put(self, settled: str) -> None:
        """The picks of `settled`; none of what is said otherwise by now, or not at all."""
        kept = {tuple(row[:-1]): row[-1] for row in json.loads(settled)}
        for number, item in enumerate(self._shown, 1):
            self._pick(UUID(int=number), kept.get(_told(item)))
        self.picked.emit()

    def pick(self, side: Side | None) -> None:
        """Choose for the selected lines."""
        for uid in self.table.selected_uids():
            self._pick(uid, side)
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        uid = self.table.current_uid()
        if event.key() == Qt.Key.Key_Space and uid is not None:
            self._next(uid)
        else:
            super().keyPressEvent(event)

    def _next(self, uid: UUID) -> None:
        item = self._shown[uid.int - 1]
        turns: list[Side | None] = [None, *item.sides]
        at = turns.index(self.picks.get(_place(item)))
        self._pick(uid, turns[(at + 1) % len(turns)])
        self.picked.emit()

    def _pick(self, uid: UUID, side: Side | None) -> None:
        item = self._shown[uid.int - 1]
        if not item.may_choose:
            return
        self.picks.pop(_place(item), None)
        if side in item.sides:
            self.picks[_place(item)] = side
        self.table.rows.replace_row(self._row(uid.int))

    def _row(self, number: int) -> DifferenceRow:
        assert self._words is not None
        item, words = self._shown[number - 1], self._words
        label, kind = words.label(item), texts.MERGE_KINDS[item.kind]
        is_own = bool(item.fact) or item.kind in (Kind.HOUSEHOLD, Kind.PERSON)
        what = label if label and is_own else f"{kind}: {label}" if label else kind
        is_value = bool(item.fact or label) and item.state != "new"
        new = words.new(item)
        ours = (words.value(item, item.ours) or "–") if is_value else ""
        theirs = (words.value(item, item.theirs) or "–") if is_value else new
        if item.state == "outside" and item.loser_is_ours and not item.is_open:
            ours, theirs = theirs, ours
        return DifferenceRow(
            UUID(int=number),
            texts.MERGE_STATES[item.state],
            words.about(item) or "–",
            what,
            ours,
            theirs,
            self._kept(item),
        )

    def _kept(self, item: Difference) -> str:
        sides = self._sides
        side = self.picks.get(_place(item))
        if item.state == "outside" and side != "ours":
            return self.tr("✓ Bản điều chỉnh") if side else self.tr("Bản đã ban hành")
        if side is not None:
            return f"✓ {sides.ours if side == 'ours' else sides.theirs}"
        if item.state != "clash":
            return "" if item.state in ("same", "kept") else sides.theirs
        if not item.may_choose:
            return self.tr("Bản mới hơn")
        if item.field == ALIKE:
            return self.tr("Chưa nhận")
        is_ours = item.stands == item.ours if item.field else not item.loser_is_ours
        newer = sides.ours if is_ours else sides.theirs
        return self.tr("{side} (mới hơn)").format(side=newer)

    def _say(self, uid: UUID | None) -> None:
        """The line of the cursor, whole."""
        if uid is None or uid.int > len(self._shown) or self._words is None:
            self.said.setText("")
            return
        self.said.setText(self._words.line(self._shown[uid.int - 1]))


def _place(item: Difference) -> Place:
    return item.record, item.field


def _told(item: Difference) -> tuple[str | None, ...]:
    winner = item.winner.hex if item.winner else None
    return item.record.hex, item.field, item.ours, item.theirs, winner


def _chip(state: object) -> str:
    chips = {
        "new": "done",
        "changed": "average",
        "clash": "wrong",
        "same": "unknown",
        "kept": "unknown",
        "outside": "average",
    }
    return next((chips[code] for code, text in texts.MERGE_STATES.items() if text == state), "")
