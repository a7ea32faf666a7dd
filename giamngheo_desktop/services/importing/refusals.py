"""What the register would refuse of a plan is a problem of it before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.class_line import ClassEntry, fit
from giamngheo_desktop.services.dated import holds
from giamngheo_desktop.services.households import stay_end
from giamngheo_desktop.services.importing.class_entry import class_entry
from giamngheo_desktop.services.importing.plan import (
    About,
    CellState,
    ImportPlan,
    PlannedCell,
    PlannedRow,
    RowState,
)
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection

_WRITTEN = (CellState.NEW, CellState.CHANGED, CellState.UNCLEAR)


def without_refused(connection: Connection, plan: ImportPlan) -> ImportPlan:
    """The plan in which only what the register takes may be accepted."""
    checked = _Checker(connection, plan)
    return replace(plan, rows=tuple(map(checked.row, plan.rows)))


class _Checker:
    def __init__(self, connection: Connection, plan: ImportPlan) -> None:
        self._connection, self._plan = connection, plan
        self._joining: dict[UUID, str] = {}

    def row(self, row: PlannedRow) -> PlannedRow:
        if row.is_new_household or not row.may_be_taken:
            return row
        if row.is_new_person and (finding := self._of_joining(row)):
            return replace(row, state=RowState.PROBLEM, finding=finding)
        refused = dict(self._refused(row))
        if not refused:
            return row
        cells = tuple(_refused(cell, refused) for cell in row.cells)
        return replace(row, cells=cells, state=RowState.PROPOSAL)

    def _of_joining(self, row: PlannedRow) -> str:
        """Why nobody can join the household on the day of the list."""
        if row.household not in self._joining:
            try:
                stay_end(self._connection, row.household, self._plan.day, row.name)
                finding = ""
            except RefusedError:
                finding = "household_left"
            self._joining[row.household] = finding
        return self._joining[row.household]

    def _refused(self, row: PlannedRow) -> Iterator[tuple[str, str]]:
        """The fields that are not written, each with why."""
        asked = {cell.field: cell for cell in row.cells if cell.state in _WRITTEN}
        of_class = {
            code: cell.new if cell.readings == () else cell.readings[0].value
            for code, cell in asked.items()
            if cell.about is About.CLASS
        }
        entry = class_entry(self._connection, self._plan, row, of_class)
        if entry is not None and (finding := self._of_class(entry)):
            yield from ((code, finding) for code in of_class)
        if "relation" in asked and not row.is_new_person:
            stays = records.find(
                self._connection, Kind.MEMBERSHIP, person=row.person, household=row.household
            )
            if not any(holds(stay, self._plan.day) for stay in stays):
                yield "relation", "person_left"

    def _of_class(self, entry: ClassEntry) -> str:
        try:
            fitted = fit(self._connection, entry)
        except RefusedError as error:
            return _FINDINGS[error.code]
        return "" if fitted.is_counted(entry) else "paper_older"


_FINDINGS = {
    "class_of_closed_year": "year_closed",
    "class_already_newer": "class_newer",
    "household_not_here_then": "household_left",
}


def _refused(cell: PlannedCell, why: dict[str, str]) -> PlannedCell:
    if cell.field not in why or cell.state not in _WRITTEN:
        return cell
    return replace(cell, state=CellState.PROBLEM, finding=why[cell.field], readings=())
