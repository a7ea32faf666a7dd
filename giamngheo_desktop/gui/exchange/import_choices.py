"""What an officer settles of an import before it is written; kept as text in a draft."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from giamngheo_desktop.services.importing.plan import (
    CellState,
    Choices,
    ImportPlan,
    Persons,
    Place,
    PlannedCell,
    PlannedRow,
    RowPlace,
    RowState,
    lacks_class,
)


class ImportChoices:
    """Ticks of rows and cells, and what unclear cells mean.

    New rows are ticked until the officer says otherwise. Of changed ones those of whom `persons`
    says who they are, and all `with_changes`.
    """

    def __init__(
        self, plan: ImportPlan, persons: Persons | None = None, *, with_changes: bool
    ) -> None:
        settled = persons or {}
        self._usual = frozenset(
            row.place
            for row in plan.rows
            if row.state is RowState.NEW
            or (row.state is RowState.CHANGED and (with_changes or row.place in settled))
        )
        self.rows: set[RowPlace] = set(self._usual)
        self._may = frozenset(row.place for row in plan.rows if row.may_be_taken)
        self._asking = {row.place: row for row in plan.rows if row.asks_class}
        self._needs = {row.place: row.needs for row in plan.rows if row.needs is not None}
        self.refused: set[Place] = set()
        self.readings: dict[Place, int] = {}
        self.confirmed = False  # that the file is the right one, whatever it says of itself
        self._is_doubted = bool(plan.doubts)
        self._unclear = {
            row.place: cells for row in plan.rows if row.may_be_taken and (cells := _unclear(row))
        }

    def wants(self, row: PlannedRow) -> bool:
        """Whether the row is ticked; one of a new household waits for its head's tick then."""
        return row.place in self.rows

    def takes(self, row: PlannedRow) -> bool:
        """Whether the row is written."""
        return self._takes(row.place)

    def _takes(self, at: RowPlace) -> bool:
        head = self._needs.get(at, at)
        waits = any(self.waits_for_class(one) for one in (at, head))
        return at in self.rows and head in self.rows and not waits

    def waits_for_class(self, at: RowPlace) -> bool:
        """Whether nobody said yet what the class of the household at its head's row is."""
        row = self._asking.get(at)
        return row is not None and lacks_class(row, self.readings)

    @property
    def waits_for_word(self) -> bool:
        """Whether nothing is written before the officer says that the file is the right one."""
        return self._is_doubted and not self.confirmed

    @property
    def ticked(self) -> int:
        """How many rows are written, once the file is the right one."""
        return sum(map(self._takes, self.rows))

    def takes_cell(self, row: PlannedRow, cell: PlannedCell) -> bool:
        """Whether the cell is written."""
        if not self.takes(row) or cell.state in (CellState.SAME, CellState.PROBLEM):
            return False
        if cell.state is CellState.UNCLEAR:
            return row.at(cell) in self.readings
        return row.at(cell) not in self.refused

    def reading(self, row: PlannedRow, cell: PlannedCell) -> int | None:
        return self.readings.get(row.at(cell))

    def unread(self, row: PlannedRow) -> int:
        """How many cells of the row have several readings and none is chosen: they are left out;
        without a class the whole row is (`waits_for_class`).
        """
        return sum(row.at(cell) not in self.readings for cell in self._unclear.get(row.place, ()))

    @property
    def unread_rows(self) -> int:
        return sum(
            any((*at, cell.place) not in self.readings for cell in cells)
            for at, cells in self._unclear.items()
        )

    def set_rows(self, rows: Iterable[PlannedRow], *, taken: bool) -> None:
        for row in rows:
            if taken and row.may_be_taken:
                self.rows.add(row.place)
            elif not taken:
                self.rows.discard(row.place)

    def leave_to_plan(self, plan: ImportPlan, at: Sequence[RowPlace]) -> None:
        """The households of rows are planned anew: what was ticked of them is said anew too."""
        homes = {row.household for row in plan.rows if row.place in at}
        places = {row.place for row in plan.rows if row.household in homes}
        self.rows = (self.rows - places) | (self._usual & places)

    def toggle_cell(self, row: PlannedRow, cell: PlannedCell) -> None:
        """Take the cell or leave it; of an unclear one the next reading, after the last none."""
        if cell.state in (CellState.SAME, CellState.PROBLEM) or not row.may_be_taken:
            return
        at = row.at(cell)
        if cell.state is CellState.UNCLEAR:
            following = self.readings.pop(at, -1) + 1
            if following < len(cell.readings):
                self.readings[at] = following
                self.rows.add(row.place)
        elif not self.wants(row):
            self.rows.add(row.place)
            self.refused.discard(at)
        else:
            self.refused ^= {at}

    def result(self) -> Choices:
        """For the service."""
        return Choices(
            states=frozenset(),
            rows=frozenset(self.rows),
            refused_cells=frozenset(self.refused),
            readings=dict(self.readings),
            confirmed=self.confirmed,
        )

    def as_text(self) -> str:
        """For a draft: what is otherwise than proposed."""
        return json.dumps(
            {
                "taken": sorted(self.rows - self._usual),
                "left": sorted(self._usual - self.rows),
                "refused": sorted(self.refused),
                "readings": sorted([*at, chosen] for at, chosen in self.readings.items()),
                "confirmed": self.confirmed,
            },
            ensure_ascii=False,
        )

    def put(self, text: str) -> None:
        """The inverse of `as_text`; raises ValueError, KeyError or TypeError for another text."""
        kept: dict[str, Any] = json.loads(text)
        taken, left = (
            {(str(sheet), int(row)) for sheet, row in kept.get(key, ())}
            for key in ("taken", "left")
        )
        refused = {(str(sheet), int(row), str(column)) for sheet, row, column in kept["refused"]}
        readings = {(str(s), int(r), str(c)): int(chosen) for s, r, c, chosen in kept["readings"]}
        self.rows = set(((self._usual | taken) - left) & self._may)
        self.refused, self.readings = refused, readings
        self.confirmed = bool(kept.get("confirmed", False))


def _unclear(row: PlannedRow) -> list[PlannedCell]:
    cells = (cell for cell in row.cells if cell.field != "household_class")
    return [cell for cell in cells if cell.state is CellState.UNCLEAR]
