"""A household's flow in the movement of a year set otherwise than computed, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.movement_edit import may_become
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services.movement import movements
from giamngheo_desktop.services.movement.movements import Moved
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import corrections
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowCorrection:
    """In the table `table` of a year the household is counted in `flow`.

    The flow that would be computed takes an earlier correction back.
    """

    household: UUID
    standard: str
    year: int
    table: HouseholdClass
    flow: Flow
    reason: str
    document: str | None = None

    @property
    def scope(self) -> Scope:
        return Scope(year=self.year, standard=self.standard)


def choices(
    database: Database, *, household: UUID, standard: str, year: int
) -> dict[HouseholdClass, tuple[Flow, frozenset[Flow]]]:
    """By table the flow a household counts in now, and the others it may be set to."""
    with database.reader() as connection:
        found = _steps(connection, Scope(year=year, standard=standard), household)
    return {table: (move.step.flow, may_become(move.step)) for table, move in found.items()}


def correct(
    database: Database, context: Context, wanted: FlowCorrection, *, subject: str = ""
) -> Done[UUID]:
    """Set one flow; in a closed year a new edition of its tables begins.

    Raises RefusedError `reason_missing`, `flow_not_offered` for one that would break the table,
    `correction_same` where the household counts in that flow already.
    """
    if not wanted.reason.strip():
        raise RefusedError("reason_missing")
    with write_unit(database, context, Op.CORRECT_MOVEMENT, reason=wanted.reason) as work:
        work.subject = subject
        move = _steps(work.connection, wanted.scope, wanted.household).get(wanted.table)
        if move is not None and move.step.flow is wanted.flow:
            raise RefusedError("correction_same")
        if move is None or wanted.flow not in may_become(move.step):
            raise RefusedError("flow_not_offered")
        uid = work.insert(
            Kind.MOVEMENT_CORRECTION,
            household=wanted.household,
            standard=wanted.standard,
            review_year=wanted.year,
            list=wanted.table.value,
            flow=wanted.flow.value,
            edition=corrections.last_edition(work.connection) + 1,
            reason=wanted.reason.strip(),
            document=wanted.document,
        )
    return Done(uid, work.changes)


def _steps(connection: Connection, scope: Scope, household: UUID) -> dict[HouseholdClass, Moved]:
    """Of each table the step whose flow can be another."""
    return {
        move.step.table: move
        for move in movements.moves(connection, scope, scope.day).steps
        if move.household == household and may_become(move.step)
    }
