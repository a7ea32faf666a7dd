"""The tab of the members: the grid for quick entry, and below it the rest about one member."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.domain.form import FormDef, Section
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.grid_row import GridRow
from giamngheo_desktop.gui.household.member_grid import HEAD, MemberGrid
from giamngheo_desktop.gui.parts import Elided, label, scrolled, tool
from giamngheo_desktop.gui.table.clipboard import Block

Problem = tuple[UUID, str, str, bool]  # member, field, sentence, is it an error
_PREVIEWED = 4  # lines of a pasted block shown before it is taken


class DetailForm(FormView):
    """The fields of a member that are no column of the grid; conditions look at both."""

    def know(self, values: Mapping[str, Entry]) -> bool:
        """Take note of what the grid says now; True if other questions are asked than before."""
        before = self._asked()
        self._base.update({code: e for code, e in values.items() if code not in self.fields})
        if self._asked() == before:
            return False
        self._arrange()
        return True


class MembersTab(QWidget):
    """`changed()` after each change by hand; `completed()` past the last field of the last one;
    `block_pasted(block, row, column)`: it came from Excel, the owner says what is done with it.
    """

    changed = Signal()
    completed = Signal()
    block_pasted = Signal(list, int, int)

    def __init__(
        self, form: FormDef, new_id: Callable[[], UUID], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._row: GridRow | None = None
        self.stored: frozenset[UUID] = frozenset()
        self._problems: list[Problem] = []
        page = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled(page, "members_scroll")
        whole.addWidget(self._scroll)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 12, 20, 16)
        column.setSpacing(12)
        card = QFrame(page)
        card.setProperty("kind", "card")
        heading = label(self.tr("Thành viên của hộ"), "heading")
        self.grid = MemberGrid(form, heading.text(), new_id, card)
        self._warning = label(
            self.tr(
                "Chỉ bỏ dòng của người nhập nhầm. Người chết, chuyển đi, tách hộ: dùng Biến động "
                "để giữ lại ngày."
            ),
            "warning",
            "removed_note",
            wrap=True,
        )
        self._warning.hide()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(8, 12, 4, 12)
        inside.setSpacing(8)
        heading.setContentsMargins(8, 0, 0, 0)  # where the titles of other cards stand
        inside.addWidget(heading)
        inside.addWidget(self.grid)
        inside.addWidget(self._warning)

        self._name = Elided("heading", "detail_name")
        self._before = tool("chevron_up", self.tr("Người trước (Alt+PgUp)"), "member_before")
        self._after = tool("chevron_down", self.tr("Người sau (Alt+PgDn)"), "member_after")
        line = QHBoxLayout()
        line.setContentsMargins(0, 4, 0, 0)
        line.addWidget(self._name)
        line.addWidget(self._before)
        line.addWidget(self._after)
        line.addStretch()
        self._detail = QWidget(page)
        self.detail = DetailForm(_rest(form), self._detail)
        box = QVBoxLayout(self._detail)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(line)
        box.addWidget(self.detail)

        column.addWidget(card)
        column.addWidget(self._detail)
        column.addStretch()

        self.grid.row_changed.connect(self._row_changed)
        self.grid.changed.connect(self._grid_changed)
        self.grid.block_pasted.connect(self.block_pasted)
        self.detail.changed.connect(self._detail_changed)
        self.detail.completed.connect(self._go_on)
        self.grid.stops_changed.connect(self._link_tabs)
        self._before.clicked.connect(self._show_before)
        self._after.clicked.connect(self._show_after)
        for keys, slot in (("Alt+PgUp", self._show_before), ("Alt+PgDown", self._show_after)):
            shortcut = QShortcut(QKeySequence(keys), self, slot)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._follow_focus)
        self._show_member(None)

    # -- members in and out ---------------------------------------------------------------------

    def set_members(self, rows: Sequence[Mapping[str, Entry]], stored: Iterable[UUID] = ()) -> None:
        """Show these members; `stored` are those the file has, which no blank may replace."""
        shown = self._row.carried.get("uid") if self._row else None
        self.stored = frozenset(stored)
        self._problems = []
        if rows and list(rows) == self.grid.members() and not self._removed():
            self._warn()
            return  # nothing moved: the cursor stays where it is
        self._row = None
        self.grid.set_value(tuple(rows) or None)  # type: ignore[arg-type]
        row = self.grid.row_of(shown) if isinstance(shown, UUID) else None
        self._show_member(row or self.grid.rows[0])
        self._warn()

    def members(self) -> list[Mapping[str, Entry]]:
        return self.grid.members()

    def set_problems(self, problems: Iterable[Problem]) -> None:
        """Show these in the grid, or beside the fields of the member shown."""
        self._problems = list(problems)
        self.grid.clear_cell_problems()
        places = {row["uid"]: number for number, row in enumerate(self.grid.members())}
        columns = {field.code for field in self.grid.field.fields}
        for uid, field, sentence, is_error in self._problems:
            if field in columns and uid in places:
                self.grid.set_cell_problem(places[uid], field, sentence, is_error=is_error)
        self._show_detail_problems()

    def focus_field(self, uid: UUID | None, code: str) -> None:
        """Put the cursor into a field of a member."""
        row = self.grid.row_of(uid) if uid else self.grid.rows[0]
        if row is None:
            return
        if code in row.cells:
            row.cells[code].take_focus()
        elif code in self.detail.fields:
            self._show_member(row)
            self.detail.focus_field(code)

    def start(self) -> None:
        """Put the cursor where typing begins."""
        self.grid.take_focus()

    def current_name(self) -> str:
        return self._name.whole()

    def take_block(self, block: Block, row: int, column: int) -> None:
        """Say how a block would be read, cell by cell from there on, and type it into the grid."""
        fields = self.grid.field.fields[column:]
        said = self.tr("{field}: {text}")
        lines = [
            "; ".join(
                said.format(field=field.short_label, text=text)
                for field, text in zip(fields, line, strict=False)
                if text.strip()
            )
            for line in block[:_PREVIEWED]
        ]
        if len(block) > _PREVIEWED:
            lines.append("…")
        question = self.tr("Dán {count} dòng vào danh sách thành viên, từ dòng {row}?")
        agreed = messages.ask(
            question.format(count=len(block), row=row + 1),
            yes=self.tr("Dán"),
            more="\n".join(lines),
            parent=self,
        )
        if agreed:
            self.grid.fill_block(block, row, column)

    # -- events ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if enter_walk.is_enter(event) and focus and self.grid.isAncestorOf(focus):
            self._enter_detail()  # out of the grid, through its blank last line
        else:
            super().keyPressEvent(event)

    def _link_tabs(self) -> None:
        """Lines added later still come before what is asked of one member."""
        stops = [*self.grid.tab_stops(), self._before, self._after, *stops_of(self.detail)]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.grid.isAncestorOf(new):
            return
        self._scroll.ensureWidgetVisible(new, 8, 48)
        row = self.grid.row_at(new)
        if row is not None and row is not self._row and not row.is_blank:
            self._show_member(row)  # a blank line asks nothing yet: the one before stays

    def _row_changed(self, row: GridRow) -> None:
        if row is not self._row:
            self._show_member(row)
        is_head = bool(row.carried.get("is_head"))
        if self.detail.fields["is_head"].value() is not is_head:
            self.detail.fields["is_head"].set_value(is_head)
        if self.detail.know(row.value()) or "uid" not in row.carried:
            self._keep_detail()
        self._show_name()

    def _grid_changed(self) -> None:
        self._warn()
        self.changed.emit()

    def _detail_changed(self, code: str) -> None:
        if self._row is None:
            return
        if code == "is_head":
            self._take_head()
        self._keep_detail()
        self.changed.emit()

    def _take_head(self) -> None:
        """ "Là chủ hộ" and the relation say the same thing."""
        assert self._row is not None
        relation = self._row.cells["relation"]
        is_head = self.detail.fields["is_head"].value() is True
        if is_head:
            relation.set_value(HEAD)
        elif relation.value() == HEAD:
            relation.set_value(None)

    def _keep_detail(self) -> None:
        """Let the row carry what the detail says about its member."""
        if self._row is None or "uid" not in self._row.carried:
            return
        record = self.detail.record()
        self._row.carried.update({code: record[code] for code in self.detail.fields})

    def _show_member(self, row: GridRow | None) -> None:
        self._row = row
        known = row is not None and not row.is_blank
        self._detail.setEnabled(known and row is not None and not row.removed)
        self.detail.set_record(row.value() if row is not None and known else {})
        self._show_name()
        self._show_detail_problems()

    def _show_name(self) -> None:
        rows = [row for row in self.grid.rows if not row.is_blank]
        if self._row is None or self._row not in rows:
            self._name.set_whole(self.tr("Thông tin khác của thành viên"))
            self._detail.setEnabled(False)
        else:
            name = self._row.cells["full_name"].value()
            place = rows.index(self._row) + 1
            text = self.tr("{name} ({place}/{count})")
            shown = str(name) if isinstance(name, str) else self.tr("Chưa ghi họ tên")
            self._name.set_whole(text.format(name=shown, place=place, count=len(rows)))
            self._detail.setEnabled(not self._row.removed)
        self._before.setEnabled(self._neighbour(-1) is not None)
        self._after.setEnabled(self._neighbour(1) is not None)

    def _show_detail_problems(self) -> None:
        uid = self._row.carried.get("uid") if self._row else None
        mine = [(field, said, bad) for owner, field, said, bad in self._problems if owner == uid]
        self.detail.set_problems(mine)

    def _neighbour(self, step: int) -> GridRow | None:
        rows = [row for row in self.grid.rows if not row.is_blank and not row.removed]
        if self._row not in rows:
            return None
        place = rows.index(self._row) + step
        return rows[place] if 0 <= place < len(rows) else None

    def _show_before(self) -> None:
        self._step(-1)

    def _show_after(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        row = self._neighbour(step)
        if row is not None:
            code = self.detail.current_field()
            self._show_member(row)
            self.detail.focus_field(code or next(iter(self.detail.visible_codes())))

    def _enter_detail(self) -> None:
        rows = [row for row in self.grid.rows if not row.is_blank and not row.removed]
        if not rows:
            self.completed.emit()
            return
        self._show_member(rows[0])
        self.detail.focus_field(self.detail.visible_codes()[0])

    def _go_on(self) -> None:
        row = self._neighbour(1)
        if row is None:
            self.completed.emit()
        else:
            self._show_member(row)
            self.detail.focus_field(self.detail.visible_codes()[0])

    def _warn(self) -> None:
        uids = [row.carried.get("uid") for row in self._removed()]
        self._warning.setVisible(any(uid in self.stored for uid in uids))

    def _removed(self) -> list[GridRow]:
        return [row for row in self.grid.rows if row.removed]


def stops_of(form: FormView) -> list[QWidget]:
    """What the Tab key visits in a form, in its order."""
    return [stop for field in form.fields.values() for stop in field.tab_stops()]


def _rest(form: FormDef) -> list[Section]:
    """The sections of the form without the columns of the grid."""
    rest = (
        replace(section, fields=tuple(field for field in section.fields if not field.grid))
        for section in form.sections
    )
    return [section for section in rest if section.fields]
