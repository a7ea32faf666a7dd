"""What files of former communes would bring, line by line; the officer says which unit is which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.gui.parts import Elided, label
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.gui.waiting_box import WaitingBox
from giamngheo_desktop.reports.former_report import Line
from giamngheo_desktop.services.exchange.former_units import UnitLine

_CHIPS = {
    "ok": "done",
    "agrees": "done",
    "open": "open",
    "note": "average",
    "wrong": "wrong",
    "differs": "wrong",
}


class FormerView(QWidget):
    """`picked(UnitLine, UUID)`: the unit that it is here. `file` is that of the current line."""

    picked = Signal(object, object)
    current_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self.table = WrappedRows(
            (
                Column(key="file", title=self.tr("Tệp"), width=60, tip=str),
                Column(key="about", title=self.tr("Mục"), width=60, format=_about),
                Column(key="said", title=self.tr("Xã cũ ghi"), width=65, tip=str),
                Column(
                    key="here",
                    title=self.tr("Trong sổ này"),
                    width=90,
                    stretch=True,
                    tip=str,
                ),
                Column(
                    key="state",
                    title=self.tr("Kết quả"),
                    width=62,
                    format=lambda state: texts.FORMER_STATES[str(state)],
                    chip=lambda state: _CHIPS.get(str(state), ""),
                ),
            ),
            "former_lines",
            self.tr("Những gì sẽ nhận từ sổ các xã cũ"),
        )
        self.table.say_empty(
            self.tr("Chọn sổ của các xã cũ: gói, tệp dữ liệu hoặc danh sách 27 cột.")
        )
        self.unit = WaitingBox()
        self.unit.setObjectName("former_unit")
        self.unit.setAccessibleName(self.tr("Là đơn vị nào trong sổ này"))
        self.unit.setMinimumContentsLength(16)
        self.unit.setSizeAdjustPolicy(WaitingBox.SizeAdjustPolicy.AdjustToContents)
        self._of = Elided("soft", "former_unit_of")
        self._pick = QWidget()
        row = QHBoxLayout(self._pick)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._of)
        row.addWidget(self.unit)
        row.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.whole = label("", "", "former_whole", wrap=True)
        box.addWidget(self.table, 1)
        box.addWidget(self.whole)
        box.addWidget(self._pick)
        self._pick.hide()
        self.setFocusProxy(self.table)
        self.table.current_changed.connect(self._show_unit)
        self.table.row_opened.connect(self._enter_unit)
        self.unit.settled.connect(self._choose)

    @property
    def lines(self) -> Sequence[Line]:
        return self._lines

    @property
    def file(self) -> str:
        """The file of the line with the cursor; "" where there is none."""
        line = self._line()
        return line.file if line is not None else ""

    def show_lines(self, lines: Iterable[Line], *, stay: bool = False) -> None:
        """The cursor comes to the first line that asks for something, or may `stay` on its own."""
        before = self._line()
        self._lines = list(lines)
        self.table.set_rows([(UUID(int=at), *line[:5]) for at, line in enumerate(self._lines, 1)])
        waits = [at for at, one in enumerate(self._lines, 1) if one.state in ("open", "wrong")]
        same = [at for at, one in enumerate(self._lines, 1) if before and one[:3] == before[:3]]
        if self._lines:
            places = (*same, *waits) if stay else (*waits, *same)
            self.table.go_to(UUID(int=next(iter((*places, 1)))))
        self._show_unit()

    def _line(self) -> Line | None:
        uid = self.table.current_uid()
        known = uid is not None and uid.int <= len(self._lines)
        return self._lines[uid.int - 1] if uid is not None and known else None

    @Slot()
    def _show_unit(self) -> None:
        line = self._line()
        unit = line.unit if line is not None else None
        told = _asked(unit) if unit is not None else ""
        if line is not None and (unit is None or line.about == "file"):
            what = " → ".join(filter(None, (line.said, line.here)))
            told = self.tr("{file}: {what}").format(file=line.file, what=what)
        self.whole.setText(told)
        self.whole.setVisible(bool(told))
        may_pick = unit is not None and bool(unit.offered)
        self._pick.setVisible(may_pick)
        if unit is not None and may_pick:
            said = unit.said or texts.FORMER["no_village"]
            self._of.set_whole(self.tr("“{said}” là").format(said=said))
            offered = ((name, uid.hex) for uid, name in unit.offered)
            chosen = unit.unit.hex if unit.unit else None
            self.unit.offer([(self.tr("Chọn đơn vị…"), None), *offered], chosen)
        self.current_changed.emit()

    @Slot()
    def _enter_unit(self) -> None:
        if self._pick.isVisible():
            self.unit.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _choose(self) -> None:
        line, chosen = self._line(), self.unit.currentData()
        unit = line.unit if line is not None else None
        if unit is not None and chosen is not None and unit.unit != UUID(hex=chosen):
            self.picked.emit(unit, UUID(hex=chosen))
        elif self.unit.hasFocus():
            self.table.setFocus()


def _asked(unit: UnitLine) -> str:
    """What is to be done about a unit of which nobody knows what it is here."""
    if unit.unit is not None:
        return ""
    code = unit.level.value if unit.offered else "none"
    return texts.FORMER_ASKED[code].format(said=unit.said or texts.FORMER["no_village"])


def _about(code: object) -> str:
    return texts.FORMER_ABOUT[str(code)]
