"""Dated facts of a unit, a household or a person: from a day on one has another value."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import records


def set_fact(
    work: WriteUnit, kind: Kind, owner: str, uid: UUID, code: str, value: str | None, day: date
) -> None:
    """From `day` on the dated fact has `value`; None ends it."""
    rows = records.find_on(work.connection, kind, day, owner, [uid])
    current = next((row for row in rows if row["code"] == code), None)
    if current is None:
        if value is not None:
            work.insert(kind, **{owner: uid}, code=code, value=value, valid_from=day, valid_to=None)
    elif value is None and current["valid_from"] >= day:
        work.remove(kind, current["uid"])
    elif value is None:
        work.update(kind, current["uid"], valid_to=day - timedelta(days=1))
    else:
        work.succeed(kind, current, day, value=value)
