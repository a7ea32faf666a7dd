"""Saving one unit from its screen: columns and attributes from a day on, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.services.areas import change_area_in
from giamngheo_desktop.services.dated import set_fact
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import areas
from giamngheo_desktop.storage.engine import Database


def save_unit(
    database: Database,
    context: Context,
    area: UUID,
    day: date,
    *,
    values: Mapping[str, Any],
    facts: Mapping[str, str | None],
) -> Done[UUID]:
    """From `day` on the unit has these columns of area_version and these attributes.

    A fact of None ends. Only what is named changes; one undo step. Raises RefusedError
    `unit_not_there_then`.
    """
    with write_unit(database, context, Op.SAVE_UNIT, unit=area) as work:
        known = areas.tree_on(work.connection, day).get(area)
        work.subject = str(values.get("name") or (known.name if known else ""))
        if values:
            change_area_in(work, area, day, **values)
        for code, value in facts.items():
            set_fact(work, Kind.AREA_FACT, "area", area, code, value, day)
    return Done(area, work.changes)
