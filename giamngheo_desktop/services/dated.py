"""Dated rows: which one holds on a day, how long a new one may, and facts set from a day on.

Two rows of the same thing must never hold on one day: tables would count it twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import records

Row = Mapping[str, Any]
DAY = timedelta(days=1)


def holds(row: Row, day: date) -> bool:
    """Whether the dated row is in force on `day`."""
    return row["valid_from"] <= day and (row["valid_to"] is None or row["valid_to"] >= day)


def lasts(row: Row, day: date) -> bool:
    """Whether the row holds on `day` or on a later day; one that ended as it began never holds."""
    return row["valid_to"] is None or row["valid_to"] >= max(day, row["valid_from"])


def free_until(rows: Iterable[Row], day: date) -> date | None:
    """The last day of a row that begins on `day`: the day before the next one begins."""
    later = [row["valid_from"] for row in rows if row["valid_from"] > day and lasts(row, day)]
    return min(later) - DAY if later else None


def set_fact(
    work: WriteUnit, kind: Kind, owner: str, uid: UUID, code: str, value: str | None, day: date
) -> None:
    """From `day` on the dated fact has `value`, until the next recorded change; None ends it."""
    rows = records.find(work.connection, kind, **{owner: uid}, code=code)
    current = next((row for row in rows if holds(row, day)), None)
    if current is None:
        if value is not None:
            work.insert(
                kind,
                **{owner: uid},
                code=code,
                value=value,
                valid_from=day,
                valid_to=free_until(rows, day),
            )
    elif value == current["value"]:
        return
    elif value is None and current["valid_from"] >= day:
        work.remove(kind, current["uid"])
    elif value is None:
        work.update(kind, current["uid"], valid_to=day - DAY)
    else:
        work.succeed(kind, current, day, value=value)
