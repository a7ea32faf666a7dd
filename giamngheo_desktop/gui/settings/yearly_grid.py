"""A table of numbers per village and year: what population and targets have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import Qt

from giamngheo_desktop.domain.pasted_table import PasteColumn, read_block
from giamngheo_desktop.domain.vietnamese import compare_key, search_key
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.grid.cells import GridColumn
from giamngheo_desktop.gui.grid.edit_grid import EditGrid
from giamngheo_desktop.gui.grid.paste_note import PasteNote
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.gui.settings.section import TypedSection

NAME = "name"
_ROWS, _VILLAGE = "rows", "village"  # in a draft
_FIRST = 2  # warnings; the others are asked for


class Line(Protocol):
    """A village, or another unit, as a row."""

    @property
    def uid(self) -> UUID: ...
    @property
    def name(self) -> str: ...


class YearlyGrid(TypedSection):
    """Villages down, numbers across. A pasted block finds its villages by name, else by place."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        intro: str,
        columns: Sequence[GridColumn],
        pasted: Sequence[PasteColumn],
        name: str,
    ) -> None:
        super().__init__(desk, title, intro)
        self._pasted = tuple(pasted)
        self._before: list[dict[str, str]] = []
        self._villages: list[Line] = []
        self.grid = EditGrid(columns, name, title)
        self.note = PasteNote()
        self.problem = label("", "error", f"{name}_problem", wrap=True)
        self.more = button("", f"{name}_more", kind="link")  # the warnings that do not stand there
        self.more.setCheckable(True)
        self.more.hide()
        self.sums = label("", "soft", f"{name}_sums", wrap=True)
        self.box.addWidget(self.note)
        self.box.addWidget(self.grid, 1)
        self.box.addWidget(self.problem)
        self.box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self.sums)
        self.setFocusProxy(self.grid)
        self.grid.block_pasted.connect(self._paste)
        self.grid.changed.connect(self._tell)
        for typed in (self.grid.changed, self.grid.typing):
            typed.connect(self.draft.touch)
        self.grid.completed.connect(self._to_save)
        self.more.toggled.connect(self._tell)
        self.note.taken_back.connect(self._take_back)

    @property
    def keys(self) -> list[str]:
        """The columns that can be typed into."""
        return [column.key for column in self.grid.cells.columns if not column.locked]

    @property
    def is_dirty(self) -> bool:
        return self.grid.cells.is_dirty

    def as_typed(self) -> Typed:
        """The cells as typed; a village that is gone by the time they are taken up is left out."""
        cells = self.grid.cells
        rows = tuple(
            {_VILLAGE: cells.tag(row).hex, **{key: cells.text(row, key) for key in self.keys}}
            for row in range(cells.rowCount())
        )
        return {_ROWS: rows}

    def put_typed(self, typed: Typed) -> None:
        cells, rows = self.grid.cells, typed.get(_ROWS)
        known = {row[_VILLAGE]: row for row in rows} if isinstance(rows, tuple) else {}
        for at in range(cells.rowCount()):
            row = known.get(cells.tag(at).hex, {})
            for key in row.keys() & set(self.keys):
                cells.put(at, key, str(row[key] or ""))

    def show_rows(
        self,
        villages: Sequence[Line],
        rows: Mapping[UUID, Mapping[str, Any]],
        locked: frozenset[UUID] = frozenset(),
    ) -> None:
        """The villages in paper order with what is stored; the `locked` ones are looked at."""
        self._villages = list(villages)
        shown = [{NAME: village.name, **rows.get(village.uid, {})} for village in villages]
        self.grid.cells.set_rows(shown, [village.uid for village in villages], locked)
        self.note.hide()

    def typed(self) -> dict[UUID, dict[str, int | None]]:
        """The rows that differ from what is stored, whole."""
        cells = self.grid.cells
        found: dict[UUID, dict[str, int | None]] = {}
        for row in range(cells.rowCount()):
            if any(cells.is_changed(row, key) for key in self.keys):
                values = {key: cells.value(row, key) for key in self.keys}
                found[cells.tag(row)] = {
                    key: value if isinstance(value, int) else None for key, value in values.items()
                }
        return found

    def first_problem(self) -> str:
        """Why it can't be saved; the cursor goes there."""
        for row, key, sentence in self.grid.cells.problems():
            self.grid.go_to(row, key)
            name = self.grid.cells.text(row, NAME)
            return self.tr("{village}: {sentence}").format(village=name, sentence=sentence)
        return ""

    def warnings(self) -> list[str]:
        """What looks wrong and may still be saved."""
        return []

    def sum_text(self) -> str:
        return ""

    def _to_save(self) -> None:
        self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self) -> None:
        found = self.warnings()
        self.problem.setProperty("kind", "warning")
        self.problem.style().polish(self.problem)
        hidden = len(found) - _FIRST
        said = self.tr("Thu gọn")
        if not self.more.isChecked():
            said = self.tr("Còn {count} chỗ khác").format(count=hidden)
        self.more.setText(said)
        self.more.setVisible(hidden > 0)
        self.problem.setText("\n".join(found if self.more.isChecked() else found[:_FIRST]))
        self.problem.setVisible(bool(found))
        self.sums.setText(self.sum_text())

    def show_problem(self, text: str) -> None:
        self.more.hide()
        self.problem.setProperty("kind", "error")
        self.problem.style().polish(self.problem)
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _paste(self, block: list[list[str]]) -> None:
        self._before = self.grid.cells.texts()
        pasted = read_block(block, self._pasted)
        by_name = {compare_key(v.name): at for at, v in enumerate(self._villages)}
        loose = {search_key(v.name): at for at, v in enumerate(self._villages)}
        found: list[tuple[int, Mapping[str, str]]] = []
        unknown: list[str] = []
        for row in pasted.rows:
            name = row.cells[NAME].text
            at = by_name.get(compare_key(name), loose.get(search_key(name)))
            if at is None:
                unknown.append(name)
            else:
                texts = {key: cell.text for key, cell in row.cells.items() if key != NAME}
                found.append((at, texts))
        if not found:  # numbers without names: into the cells from the cursor on, as in Excel
            self.grid.fill_from_cursor(block)
            return
        for at, texts_by_key in found:
            for key, text in texts_by_key.items():
                self.grid.cells.put(at, key, text)
        self.note.say(pasted, len(found), unknown)

    def _take_back(self) -> None:
        self.grid.cells.restore(self._before)
