"""How much each gets: a line a household or person, a column a source; the grid of a hand-out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import Choice
from giamngheo_desktop.domain.named_amounts import Line, NamedAmounts, named_amounts
from giamngheo_desktop.domain.numbers import format_integer, format_quantity
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.grid.cells import GridColumn
from giamngheo_desktop.gui.grid.edit_grid import EditGrid
from giamngheo_desktop.gui.grid.paste_note import PasteNote
from giamngheo_desktop.gui.grid.sum_row import SumRow
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.table.clipboard import Block
from giamngheo_desktop.services.programme.support_bulk import Receiver
from giamngheo_desktop.services.programme.support_events import Candidate

_WAIT = 250  # milliseconds after the last change, for the sums
_NAME, _VILLAGE, _QUANTITY, _DOUBTS = "name", "village", "quantity", "doubts"
_SCALE = 2  # of a quantity


@dataclass(frozen=True, slots=True)
class GridLine:
    """Who gets it (`who.uid` names the line), what they get unless something else is typed."""

    who: Candidate
    shares: Mapping[str, int] = field(default_factory=dict)
    quantity: int | None = None


Typed = Mapping[UUID, Mapping[str, str]]  # the cells that differ, as typed


class AmountStep(QWidget):
    """`changed()` after each change; `sources_changed()`: who pays is otherwise than before;
    `completed()`: Enter past the last cell.
    """

    changed = Signal()
    sources_changed = Signal()
    completed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._sources = desk.definitions.records[Kind.SUPPORT].form.fields["shares"].fields
        self._lines: Sequence[GridLine] = ()
        self._shown: list[str] = []  # the sources with a column
        self._goods: bool | None = None
        self._doubts: Mapping[UUID, str] = {}
        self._paid: Mapping[UUID, tuple[str, ...]] = {}  # the sources of each line
        self._unpriced = 0
        self._read_only = False
        self.said = label("", "bold", "amounts_said", wrap=True)
        self.more = ElidedBox()
        self.more.setObjectName("more_source")
        self.more.setAccessibleName(self.tr("Thêm cột nguồn vốn"))
        self.more.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToContents)
        self.fill_button = button(self.tr("Điền &xuống"), "fill_down")
        self.fill_button.setToolTip(self.tr("Ctrl+D: chép ô đang đứng xuống các ô dưới"))
        self.next_button = button(self.tr("Lưu ý &kế tiếp"), "next_doubt", icon="warning")
        self.about = label("", "warning", "doubt_said", wrap=True)
        self.sums = SumRow()
        self.note = PasteNote()
        self._before: list[dict[str, str]] = []  # what a block was pasted over
        self.grid = self._new_grid()
        line = Flow(8)
        for part in (self.more, self.fill_button, self.next_button):
            line.addWidget(part)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(self.said)
        self._box.addLayout(line)
        self._box.addWidget(self.note)
        inside = QVBoxLayout()
        inside.setSpacing(0)
        self._inside = inside
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.sums)
        self._box.addLayout(inside, 1)
        self._box.addWidget(self.about)
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(lambda: self._count())
        self.more.activated.connect(self._add_source)
        self.fill_button.clicked.connect(self._fill_down)
        self.next_button.clicked.connect(self._next_doubt)
        self.note.taken_back.connect(lambda: self.grid.cells.restore(self._before))

    # -- in and out -----------------------------------------------------------------------------

    def show_lines(
        self,
        lines: Sequence[GridLine],
        sources: Sequence[str],
        typed: Typed,
        *,
        goods: bool,
        locked: bool = False,
        read_only: bool = False,
    ) -> None:
        """These lines; `typed` stands over what they would get. `goods`: with a quantity, that can
        be typed unless it is `locked`.
        """
        self._read_only = read_only
        self._lines, self._doubts = lines, {}
        held = {source for one in lines for source in one.shares}
        held |= {key for cells in typed.values() for key in cells}
        order = [*sources, *(choice.code for choice in self._choices() if choice.code in held)]
        self._shown = list(dict.fromkeys(order))
        self._goods = None if not goods else locked
        self._rebuild(typed)

    def typed(self) -> dict[UUID, dict[str, str]]:
        """The cells that differ from what everybody gets."""
        cells = self.grid.cells
        keys = [column.key for column in cells.columns if not column.locked]
        found: dict[UUID, dict[str, str]] = {}
        for line, now, stored in zip(self._lines, cells.texts(), cells.stored(), strict=True):
            other = {key: now[key] for key in keys if now[key] != stored[key]}
            if other:
                found[line.who.uid] = other
        return found

    def wrong(self) -> str:
        """What is wrong with the first cell that is; the cursor goes there."""
        for row, key, problem in self.grid.cells.problems():
            self.grid.go_to(row, key)
            return problem
        return ""

    def amounts(self) -> dict[UUID, dict[str, int]]:
        """Đồng by source for each line; what cannot be read counts as nothing."""
        found: dict[UUID, dict[str, int]] = {one.who.uid: {} for one in self._lines}
        for source in self._shown:
            values = self.grid.cells.values(source)
            for row, value in zip(found.values(), values, strict=True):
                if isinstance(value, int) and value:
                    row[source] = value
        return found

    def quantities(self) -> dict[UUID, int | None]:
        """Hundredths of the unit for each line; empty without goods."""
        if self._goods is None:
            return {}
        values = self.grid.cells.values(_QUANTITY)
        return {
            one.who.uid: value if isinstance(value, int) else None
            for one, value in zip(self._lines, values, strict=True)
        }

    def given(self) -> list[Receiver]:
        """What is to be written, a line each."""
        amounts, quantities = self.amounts(), self.quantities()
        return [
            Receiver(
                household=one.who.household,
                person=one.who.person,
                shares=amounts[one.who.uid],
                values={"quantity": quantities[one.who.uid]} if quantities else {},
            )
            for one in self._lines
        ]

    @property
    def sources(self) -> list[str]:
        return list(self._shown)

    @property
    def lines(self) -> Sequence[GridLine]:
        return self._lines

    def say_doubts(self, doubts: Mapping[UUID, str]) -> None:
        """What is to be looked at, in words, by line; none of it is in the way."""
        self._doubts = doubts
        self.grid.cells.show_column(_DOUBTS, [doubts.get(one.who.uid, "") for one in self._lines])
        self.next_button.setEnabled(bool(doubts))
        self._say()
        self._tell_current()

    # -- the grid -------------------------------------------------------------------------------

    def _choices(self) -> Sequence[Choice]:
        return next(one for one in self._sources if one.code == "source").choices

    def _new_grid(self) -> EditGrid:
        labels = {choice.code: choice.label for choice in self._choices()}
        columns = [
            GridColumn(key=_NAME, title=self.tr("Họ và tên"), width=170, locked=True),
            GridColumn(key=_VILLAGE, title=self.tr("Thôn"), width=110, locked=True),
        ]
        if self._goods is not None:
            columns.append(
                GridColumn(
                    key=_QUANTITY, title=self.tr("Số lượng"), number=True, scale=_SCALE, width=90,
                    locked=self._goods,
                )
            )  # fmt: skip
        columns += [
            GridColumn(key=code, title=labels.get(code, code), number=True, money=True, width=130)
            for code in self._shown
        ]
        columns.append(
            GridColumn(key=_DOUBTS, title=self.tr("Lưu ý"), width=230, locked=True, stretch=True)
        )
        grid = EditGrid(columns, "amounts", self.tr("Số tiền từng hộ, người"))
        grid.block_pasted.connect(self._paste)
        grid.completed.connect(self.completed)
        grid.typing.connect(self.changed)
        grid.selectionModel().currentRowChanged.connect(self._tell_current)
        return grid

    def _rebuild(self, typed: Typed) -> None:
        """The columns are those of the sources now shown."""
        grid = self._new_grid()
        old, self.grid = self.grid, grid
        self._inside.replaceWidget(old, grid)
        old.hide()
        old.deleteLater()
        self.note.hide()
        self.sums.stand_under(grid)
        rows = [self._row(one) for one in self._lines]
        uids = [one.who.uid for one in self._lines]
        grid.cells.set_rows(rows, uids, frozenset(uids if self._read_only else ()))
        for part in (self.more, self.fill_button):
            part.setEnabled(not self._read_only)
        if typed:
            texts = grid.cells.texts()
            known = {column.key for column in grid.cells.columns}
            for line, row in zip(self._lines, texts, strict=True):
                cells = typed.get(line.who.uid, {})
                row |= {key: text for key, text in cells.items() if key in known}
            grid.cells.restore(texts)
        self.say_doubts(self._doubts)
        grid.changed.connect(self._cells_changed)
        self._offer_sources()
        QWidget.setTabOrder(self.next_button, grid)
        self._count(tell=False)
        grid.show()

    def _row(self, one: GridLine) -> dict[str, Any]:
        of = f" ({one.who.head})" if one.who.person is not None and one.who.head else ""
        said = {_NAME: f"{one.who.name}{of}", _VILLAGE: one.who.village, _QUANTITY: one.quantity}
        return {**said, **one.shares}

    def _offer_sources(self) -> None:
        self.more.clear()
        self.more.addItem(self.tr("Thêm cột nguồn vốn…"), "")
        for choice in self._choices():
            if choice.code not in self._shown:
                self.more.addItem(choice.label, choice.code)

    def _add_source(self) -> None:
        code = self.more.currentData()
        if code:
            typed = self.typed()
            self._shown.append(str(code))
            self._rebuild(typed)
            if self._lines:
                self.grid.go_to(0, str(code))

    def _paste(self, block: Block) -> None:
        """By the names of the block, where it has any; else as it stands, from the cursor on."""
        self._before = self.grid.cells.texts()
        lines = [Line(one.who.name, one.who.village) for one in self._lines]
        found = named_amounts(block, lines)
        if found is None:
            self._paste_in_order(block)
            return
        first = self.grid.currentIndex().column()
        money = [c.key for at, c in enumerate(self.grid.cells.columns) if c.money and at >= first]
        money = money or self._shown
        if not 0 < found.columns <= len(money):
            said = self.tr(
                "Chưa điền gì: khối dán có {count} cột tiền, bảng có {own} từ chỗ đang đứng. Chép "
                "cột họ tên và cột tiền (đồng), mỗi nguồn một cột."
            )
            self.note.tell(said.format(count=found.columns, own=len(money)))
            return
        self.grid.cells.put_all(
            (row, key, text)
            for row, texts in found.amounts.items()
            for key, text in zip(money, texts, strict=False)
            if text
        )
        self.note.tell(self._said_of(found))

    def _said_of(self, found: NamedAmounts) -> str:
        filled = format_integer(len(found.amounts))
        said = [self.tr("Điền theo tên {count} dòng: xem lại trước khi ghi.").format(count=filled)]
        if found.unknown:
            told = self.tr("Không có trong bảng: {names}.")
            said.append(told.format(names=", ".join(found.unknown)))
        if found.unclear:
            told = self.tr("Trùng tên, chưa điền: {names}.")
            said.append(told.format(names=", ".join(found.unclear)))
        left = len(self._lines) - len(found.amounts)
        if left:
            told = self.tr("{count} dòng của bảng không có trong khối dán, giữ nguyên.")
            said.append(told.format(count=format_integer(left)))
        return " ".join(said)

    def _paste_in_order(self, block: Block) -> None:
        top = max(0, self.grid.currentIndex().row())
        self.grid.fill_from_cursor(block)
        filled = self._lines[top : top + len(block)]
        if len(block) < 2 or not filled:
            return
        said = self.tr("Điền {count} dòng theo thứ tự, từ {first} đến {last}.")
        first, last = filled[0].who.name, filled[-1].who.name
        told = [said.format(count=format_integer(len(filled)), first=first, last=last)]
        if len(block) > len(filled):
            over = self.tr("Thừa {count} dòng của khối dán.")
            told.append(over.format(count=format_integer(len(block) - len(filled))))
        self.note.tell(" ".join(told))

    def _fill_down(self) -> None:
        self.grid.fill_down()
        self.grid.setFocus()

    # -- what is said ---------------------------------------------------------------------------

    def _cells_changed(self) -> None:
        self._timer.start()
        self.changed.emit()

    def _count(self, *, tell: bool = True) -> None:
        """Sums of what can be read; and who pays whom, which warnings hang on."""
        self._timer.stop()
        amounts = self.amounts()
        sums = dict.fromkeys(self._shown, 0)
        for row in amounts.values():
            for source, amount in row.items():
                sums[source] += amount
        places = {column.key: at for at, column in enumerate(self.grid.cells.columns)}
        count = format_integer(len(self._lines))
        texts = {places[_NAME]: self.tr("Cộng {count} dòng").format(count=count)}
        texts |= {places[source]: format_integer(amount) for source, amount in sums.items()}
        quantities = [value for value in self.quantities().values() if value is not None]
        if quantities:
            texts[places[_QUANTITY]] = format_quantity(sum(quantities), _SCALE)
        whole = self.tr("Tất cả: {amount} đồng").format(amount=format_integer(sum(sums.values())))
        texts[places[_DOUBTS]] = whole
        self.sums.say(texts)
        self._unpriced = sum(not row for row in amounts.values())
        self._say()
        before, self._paid = self._paid, {uid: tuple(row) for uid, row in amounts.items()}
        if tell and before != self._paid:
            self.sources_changed.emit()

    def _say(self) -> None:
        """How many lines lack money or are to be looked at."""
        said = []
        if not self._shown:
            said.append(self.tr("Chưa có cột tiền: thêm cột nguồn vốn, hoặc chỉ ghi hiện vật."))
        elif self._unpriced:
            told = self.tr("{count} dòng chưa có tiền")
            said.append(told.format(count=format_integer(self._unpriced)))
        if self._doubts:
            told = self.tr("{count} dòng có lưu ý: xem lại, vẫn ghi được")
            said.append(told.format(count=format_integer(len(self._doubts))))
        self.said.setText(" · ".join(said))
        self.said.setVisible(bool(said))

    def _tell_current(self) -> None:
        """The whole of what is said of the line with the cursor."""
        row = self.grid.currentIndex().row()
        said = self._doubts.get(self._lines[row].who.uid, "") if 0 <= row < len(self._lines) else ""
        self.about.setText(said)
        self.about.setVisible(bool(said))

    def _next_doubt(self) -> None:
        """To the next line with a warning, after the last one to the first."""
        rows = [at for at, one in enumerate(self._lines) if one.who.uid in self._doubts]
        if rows:
            now = self.grid.currentIndex().row()
            at = next((row for row in rows if row > now), rows[0])
            key = next((c.key for c in self.grid.cells.columns if not c.locked), _NAME)
            self.grid.go_to(at, key)

    def start(self) -> None:
        if self._lines:
            self.grid.start()
        else:
            self.more.setFocus()
