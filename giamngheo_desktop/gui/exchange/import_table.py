"""The dry run of an import: rows by what becomes of them, and the cells of the one chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop import texts
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.exchange.import_choices import ImportChoices
from giamngheo_desktop.gui.flow import flowing
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.table.column import Align, Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.importing.plan import (
    CellState,
    ImportPlan,
    Persons,
    PlannedCell,
    PlannedRow,
    RowState,
)

_TICK = "✓"
_WAITS = "…"  # ticked, but the head of its new household is not, or its class not known
NOT_YET = ""  # nobody was chosen
_ROW_CHIPS = {
    RowState.NEW: "done",
    RowState.CHANGED: "average",
    RowState.PROPOSAL: "open",
    RowState.PROBLEM: "wrong",
    RowState.SAME: "unknown",
}
_CELL_CHIPS = {
    CellState.NEW: "done",
    CellState.CHANGED: "average",
    CellState.UNCLEAR: "open",
    CellState.PROBLEM: "wrong",
    CellState.SAME: "unknown",
}
_ROWS, _CELLS, _GAP = 100, 128, 8  # pixels at 100 %, with the heading
_FIRST = (CellState.PROBLEM, CellState.UNCLEAR, CellState.CHANGED, CellState.NEW, CellState.SAME)


class RowLine(NamedTuple):
    uid: UUID
    taken: str
    state: RowState
    sheet: str
    row: int
    name: str
    what: str


class CellLine(NamedTuple):
    uid: UUID
    taken: str
    column: str
    label: str
    old: str
    new: str
    state: CellState
    note: str


class ImportTable(QWidget):
    """`changed()`: something was ticked or chosen. Space does it, in both tables.

    `why` and `confirm` are laid out by the owner, before the button that takes the rows: they say
    why it takes none, and that the file is the right one.

    `who_chosen(places, uid)`: who of the register a row is, None where it, or all of the selected
    ones that wait, are somebody new, `NOT_YET` where the choice is taken back.
    """

    changed = Signal()
    who_chosen = Signal(tuple, object)

    def __init__(self) -> None:
        super().__init__()
        self._plan: ImportPlan | None = None
        self._persons: Persons = {}
        self.choices: ImportChoices | None = None
        self._cells: list[PlannedCell] = []
        self.filter = ElidedBox()
        self.filter.setObjectName("import_filter")
        self.filter.setAccessibleName(self.tr("Hiện dòng nào"))
        self.filter.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.filter.setMinimumContentsLength(11)
        self.take_shown = button(self.tr("Đánh dấu hế&t"), "import_take_shown")
        self.leave_shown = button(self.tr("&Bỏ dấu hết"), "import_leave_shown")
        self.rows = TableView(
            (
                Column(key="taken", title=self.tr("Nhận"), width=54, align=Align.CENTRE),
                Column(
                    key="state",
                    title=self.tr("Loại"),
                    width=90,
                    format=self.state_name,
                    chip=lambda state: _ROW_CHIPS[state],  # type: ignore[index]
                ),
                Column(key="sheet", title=self.tr("Trang tính"), width=90, gives_way=True),
                Column(key="row", title=self.tr("Dòng"), width=56, align=Align.RIGHT),
                Column(key="name", title=self.tr("Họ tên"), width=100),
                Column(key="what", title=self.tr("Việc sẽ làm"), width=130, stretch=True),
            ),
            "import_rows",
            self.tr("Các dòng của danh sách"),
        )
        self.cells = TableView(
            (
                Column(key="taken", title=self.tr("Nhận"), width=54, align=Align.CENTRE),
                Column(key="column", title=self.tr("Cột"), width=44, align=Align.CENTRE),
                Column(key="label", title=self.tr("Mục"), width=90),
                Column(key="old", title=self.tr("Trong sổ"), width=86),
                Column(key="new", title=self.tr("Sẽ ghi"), width=108),
                Column(
                    key="state",
                    title=self.tr("Loại"),
                    width=90,
                    format=self._cell_state,
                    chip=lambda state: _CELL_CHIPS.get(state, ""),  # type: ignore[call-overload]
                ),
                Column(key="note", title=self.tr("Ghi chú"), width=60, stretch=True, tip=str),
            ),
            "import_cells",
            self.tr("Các ô của dòng"),
        )
        self.who = ElidedBox()
        self.who.setObjectName("import_who")
        self.who.setAccessibleName(self.tr("Dòng này là ai"))
        self.who.setMinimumContentsLength(30)
        self._who_line = flowing(label(self.tr("Dòng này là")), self.who)
        self.note = label("", "", "import_note", wrap=True)
        self.confirm = QCheckBox(self.tr("Đúng là tệp của &xã này, năm này"))
        self.confirm.setObjectName("import_confirm")
        self.why = label("", "small", "import_why")
        for part in (self.confirm, self.why):
            part.hide()
        keys = label(self.tr("Phím cách: nhận, bỏ, chọn"), "small")
        head = flowing(self.filter, self.take_shown, self.leave_shown, keys)
        self._split = split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(_GAP)
        split.setProperty("kind", "gap")
        split.setChildrenCollapsible(False)
        split.addWidget(self.rows)
        split.addWidget(self.cells)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # its least
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(head)
        box.addWidget(split, 1)
        box.addWidget(self._who_line)
        box.addWidget(self.note)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = scrolled(inside, "import_scroll")
        whole.addWidget(self._page)
        self.setFocusProxy(self.rows)
        keep_clear(self.note)
        theme.changed.connect(self._fit)
        self._fit()
        self.confirm.clicked.connect(self._confirm)
        self.filter.activated.connect(self._fill)
        self.who.activated.connect(self._choose_who)
        self.take_shown.clicked.connect(lambda: self._set_shown(taken=True))
        self.leave_shown.clicked.connect(lambda: self._set_shown(taken=False))
        self.rows.current_changed.connect(self._show_cells)
        self.rows.row_opened.connect(self._enter_cells)
        self.cells.row_opened.connect(self._toggle_cell)
        self.cells.current_changed.connect(self._say)

    def show_plan(
        self, plan: ImportPlan, choices: ImportChoices, persons: Persons | None = None
    ) -> None:
        """`persons` is who the officer said a row is; the row looked at stays that."""
        same = self._plan is not None and self._plan.sha256 == plan.sha256
        at = self.rows.current_uid() if same else None
        self._plan, self.choices, self._persons = plan, choices, persons or {}
        self.confirm.setChecked(choices.confirmed)
        asked = self._who_line.sizePolicy()
        asked.setRetainSizeWhenHidden(any(row.asks_who for row in plan.rows))
        self._who_line.setSizePolicy(asked)  # no jumping from row to row
        self.rows.leave_out("sheet", len({row.sheet for row in plan.rows}) < 2)
        counts = plan.counts()
        self.filter.clear()
        self.filter.addItem(self.tr("Mọi dòng ({count})").format(count=len(plan.rows)), None)
        for state in _ROW_CHIPS:
            if counts[state]:
                text = self.tr("{state} ({count})")
                self.filter.addItem(
                    text.format(state=self.state_name(state), count=counts[state]), state
                )
        self._fill()
        first = next((number for number, row in enumerate(plan.rows) if _asks(row)), 0)
        if plan.rows:
            self.rows.go_to(at or UUID(int=first + 1))

    def offer(self, take: QPushButton, *, may: bool) -> None:
        """The button says how many rows it takes, and beside it stands why it takes none."""
        plan, choices = self._plan, self.choices
        count = choices.ticked if choices else 0
        waits = choices is not None and choices.waits_for_word
        take.setText(self.tr("&Nhận {count} dòng").format(count=count))
        take.setEnabled(may and count > 0 and not waits)
        said = ""
        if may and plan is not None:
            if waits:
                said = self.tr("Muốn nhận thì đánh dấu:")
            elif not count and any(row.may_be_taken for row in plan.rows):
                said = self.tr("Chưa dòng nào được đánh dấu nhận.")
            elif not count:
                said = self.tr("Không có dòng nào để nhận.")
        self.why.setText(said)
        self.why.setVisible(bool(said))
        self.confirm.setVisible(plan is not None and bool(plan.doubts))

    def state_name(self, state: object) -> str:
        return texts.ROW_STATES[str(state)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        uid = (self.cells if self.cells.hasFocus() else self.rows).current_uid()
        if event.key() != Qt.Key.Key_Space or uid is None:
            super().keyPressEvent(event)
        elif self.cells.hasFocus():
            self._toggle_cell(uid)
        else:
            self._toggle_rows()

    # -- private --------------------------------------------------------------------------------

    @Slot()
    def _fit(self) -> None:
        """Two rows and three cells, at least: else the page scrolls."""
        parts = ((self.rows, _ROWS), (self.cells, _CELLS), (self._split, _ROWS + _CELLS + _GAP))
        for part, least in parts:
            part.setMinimumHeight(least * theme.percent // 100)

    def _cell_state(self, state: object) -> str:
        if state is CellState.UNCLEAR:
            return self.tr("Cần chọn")
        return texts.ROW_STATES[str(state)]

    @Slot()
    def _confirm(self) -> None:
        if self.choices is not None:
            self.choices.confirmed = self.confirm.isChecked()
            self.changed.emit()

    @property
    def _shown(self) -> list[int]:
        """The numbers of the rows that the filter leaves."""
        state = self.filter.currentData()
        rows = self._plan.rows if self._plan else ()
        return [at for at, row in enumerate(rows) if state is None or row.state == state]

    @Slot()
    def _fill(self) -> None:
        self.rows.set_rows([self._line(at) for at in self._shown])
        if self.rows.current_uid() is None and self.rows.rows.rowCount():
            self.rows.go_to(self.rows.rows.row(0)[0])
        self._show_cells()

    def _row(self, uid: UUID | None) -> PlannedRow | None:
        return self._plan.rows[uid.int - 1] if uid is not None and self._plan else None

    def _line(self, at: int) -> RowLine:
        assert self._plan is not None
        assert self.choices is not None
        row = self._plan.rows[at]
        return RowLine(
            UUID(int=at + 1),
            _TICK if self.choices.takes(row) else _WAITS if self.choices.wants(row) else "",
            row.state,
            row.sheet,
            row.row,
            row.name,
            self._what(row),
        )

    def _what(self, row: PlannedRow) -> str:
        """What is done with a row, in a line."""
        parts = [texts.IMPORT_FINDINGS[row.finding].rstrip(".")] if row.finding else []
        if row.twice:
            parts.append(
                self.tr("dòng {row}, trang {sheet}").format(row=row.twice[1], sheet=row.twice[0])
            )
        if row.candidates:
            who = self.tr(" hay ").join(one.text for one in row.candidates)
            parts.append(self.tr("trong sổ có {who}").format(who=who))
        if row.state is RowState.PROBLEM:
            return "; ".join(parts or _wrong(row))
        if row.asks_class:
            if self.choices is not None and self.choices.waits_for_class(row.place):
                parts.append(self.tr("chờ chọn phân loại hộ"))
        elif self.choices is not None and self.choices.wants(row) and not self.choices.takes(row):
            parts.append(self.tr("chờ dòng chủ hộ, dòng {row}").format(row=row.head))
        if row.is_new_household and row.row == row.home:
            parts.append(self.tr("hộ mới, {village}").format(village=row.village_name))
        elif row.is_new_person:
            parts.append(self.tr("người mới của hộ"))
        known = () if row.is_new_person else ((CellState.NEW, self.tr("{count} ô mới")),)
        for state, text in (
            *known,
            (CellState.CHANGED, self.tr("{count} ô khác")),
            (CellState.UNCLEAR, self.tr("{count} ô chưa chọn cách hiểu, không chọn thì không ghi")),
            (CellState.PROBLEM, self.tr("{count} ô không nhận được")),
        ):
            count = sum(self._state(row, cell) is state for cell in row.cells)
            if count:
                parts.append(text.format(count=count))
        return "; ".join(parts)

    def _state(self, row: PlannedRow, cell: PlannedCell) -> CellState:
        """What becomes of the cell; of an unclear one, as it is read now."""
        chosen = self.choices.reading(row, cell) if self.choices is not None else None
        if cell.state is not CellState.UNCLEAR or chosen is None:
            return cell.state
        if cell.readings[chosen].value == cell.old:
            return CellState.SAME
        return CellState.NEW if cell.old is None else CellState.CHANGED

    @Slot()
    def _show_cells(self) -> None:
        row = self._row(self.rows.current_uid())
        self._cells = []
        if row is not None:
            self._cells = sorted(row.cells, key=lambda cell: _FIRST.index(cell.state))
        self.cells.set_rows([self._cell_line(at) for at in range(len(self._cells))])
        if self._cells and self.cells.current_uid() is None:
            self.cells.go_to(UUID(int=1))
        self._offer(row)
        self._say()

    def _offer(self, row: PlannedRow | None) -> None:
        """Who the row may be; as proposed, until the officer says so."""
        asks = row is not None and (row.asks_who or row.place in self._persons)
        self._who_line.setVisible(asks)
        self.who.clear()
        if row is None or not asks:
            return
        self.who.addItem(self.tr("chưa chọn"), NOT_YET)
        for one in row.candidates:
            self.who.addItem(one.text, one.uid)
        self.who.addItem(self.tr("người mới, hộ mới"), None)
        chosen = self._persons.get(row.place, NOT_YET)
        known = [self.who.itemData(at) for at in range(self.who.count())]
        self.who.setCurrentIndex(known.index(chosen) if chosen in known else 0)

    @Slot(int)
    def _choose_who(self, at: int) -> None:
        row, who = self._row(self.rows.current_uid()), self.who.itemData(at)
        if row is None:
            return
        together = [] if isinstance(who, UUID) else map(self._row, self.rows.selected_uids())
        waiting = [
            one.place
            for one in filter(None, together)
            if (one.awaits_who and not one.is_doubted) or one.place in self._persons
        ]
        self.who_chosen.emit(tuple({row.place, *waiting}), who)

    def _cell_line(self, at: int) -> CellLine:
        row, cell = self._row(self.rows.current_uid()), self._cells[at]
        assert row is not None
        assert self.choices is not None
        uid = UUID(int=at + 1)
        taken = _TICK if self.choices.takes_cell(row, cell) else ""
        new, note = cell.new_text, texts.IMPORT_FINDINGS[cell.finding] if cell.finding else ""
        if cell.state is CellState.UNCLEAR:
            chosen_reading = self.choices.reading(row, cell)
            new = self.tr("chọn: {all}").format(
                all=self.tr(" hay ").join(reading.text for reading in cell.readings)
            )
            if chosen_reading is not None:
                new = cell.readings[chosen_reading].text
                others = [one.text for one in cell.readings if one.text != new]
                note = self.tr("cũng đọc được là {others}: phím cách để đổi").format(
                    others=self.tr(" hay ").join(others)
                )
        elif cell.state is CellState.PROBLEM:
            new = cell.raw
        elif cell.is_mended:
            note = self.tr("trong tệp: {raw}. {note}").format(raw=cell.raw, note=note)
        state = self._state(row, cell)
        return CellLine(uid, taken, cell.column, cell.label, cell.old_text, new, state, note)

    @Slot()
    def _say(self) -> None:
        """The line of the cell, whole."""
        uid = self.cells.current_uid()
        if uid is None or uid.int > len(self._cells):
            self.note.setText("")
            return
        line = self._cell_line(uid.int - 1)
        old = line.old or "–"
        change = f"{line.label}: {old} → {line.new}"
        self.note.setText(f"{change}. {line.note}" if line.note else change)

    @Slot()
    def _enter_cells(self) -> None:
        self.cells.setFocus()
        self._page.ensureWidgetVisible(self.cells, 0, 0)

    def _toggle_rows(self) -> None:
        """All selected rows as the first of them becomes."""
        assert self.choices is not None
        uids = self.rows.selected_uids()
        rows = [row for row in map(self._row, uids) if row is not None]
        taken = bool(rows) and not self.choices.wants(rows[0])
        if len(rows) == 1:
            self.choices.set_rows(rows, taken=taken)  # alone it is the officer's word
            self._refresh(rows)
        elif rows:
            left = self._set_together(rows, taken=taken)
            self._refresh(rows)
            self._say_left(left)

    def _toggle_cell(self, uid: UUID) -> None:
        row, cell = self._row(self.rows.current_uid()), self._cells[uid.int - 1]
        if row is None or self.choices is None:
            return
        self.choices.toggle_cell(row, cell)
        self._refresh([row])

    def _set_shown(self, *, taken: bool) -> None:
        if self._plan is not None and self.choices is not None:
            rows = [self._plan.rows[at] for at in self._shown]
            left = self._set_together(rows, taken=taken)
            self._fill()
            self._say_left(left)
            self.changed.emit()

    def _set_together(self, rows: Sequence[PlannedRow], *, taken: bool) -> int:
        """Tick all of which it is decided who they are; returns how many the others were."""
        assert self.choices is not None
        left = {row.place for row in rows if taken and row.is_undecided}
        self.choices.set_rows((row for row in rows if row.place not in left), taken=taken)
        return len(left)

    def _say_left(self, count: int) -> None:
        if count:
            said = self.tr(
                "Còn {count} dòng để nguyên vì chưa rõ là ai, trái giấy tờ hoặc ghi đã mất, đã đi: "
                "chọn ở ô “Dòng này là”, hoặc đánh dấu từng dòng."
            )
            self.note.setText(said.format(count=count))

    def _refresh(self, rows: Sequence[PlannedRow]) -> None:
        """With those that wait for a head among them."""
        assert self._plan is not None
        homes = {row.household for row in rows}
        for at in self._shown:
            if self._plan.rows[at].household in homes:
                self.rows.rows.replace_row(self._line(at))
        for at in range(len(self._cells)):
            self.cells.rows.replace_row(self._cell_line(at))
        self._say()
        self.changed.emit()


def _wrong(row: PlannedRow) -> Iterator[str]:
    """The cells for which a row is not taken."""
    for cell in row.cells:
        if cell.state is CellState.PROBLEM and cell.finding:
            yield f"{cell.label} “{cell.raw}”: {texts.IMPORT_FINDINGS[cell.finding].rstrip('.')}"


def _asks(row: PlannedRow) -> bool:
    """Whether the officer has to look at it."""
    return row.state in (RowState.PROPOSAL, RowState.PROBLEM)
