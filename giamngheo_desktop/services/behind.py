"""The households that a number of a table counts, each with its place on the table's units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.measures import measure
from giamngheo_desktop.domain.report import Movement
from giamngheo_desktop.services.movement import movements
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.row_units import households_within
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Scope


def behind(
    connection: Connection,
    scope: Scope,
    counted: str,
    *,
    unit: UUID | None,
    geography: date | None = None,
    unplaced: bool = False,
) -> Iterator[tuple[UUID, Place]]:
    """`counted` names a measure or a column of the movement; nothing for typed numbers.

    `unit` is that of the row; with `unplaced` that of the table, whose row of households without
    a certain village is meant.
    """
    wanted, column, day = measure(counted), Movement.of(counted), geography or scope.day
    placing = Placing(connection, scope.day, day)
    placed: Iterable[tuple[Place, UUID]] = ()
    if wanted is not None:
        placed = ((place, row.household) for place, row in placing.households(scope, wanted))
    elif column is not None:
        placed = movements.placed(connection, scope, day, column)
    return households_within(placing.tree, placed, unit, unplaced=unplaced)
