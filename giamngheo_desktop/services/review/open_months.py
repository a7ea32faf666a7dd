"""The in-year reviews (đợt tháng) that are still open when their year is closed.

An application that a month has taken must be answered, in writing where it is refused (QĐ 24/2021,
Điều 5): until then the year stays open. A month in which nobody waits is closed with the year.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import areas, records
from giamngheo_desktop.storage.engine import Connection


def of_year(connection: Connection, unit: UUID, year: int) -> list[dict[str, Any]]:
    """Those of a commune and of the parts it was merged from, or of all below a unit, in the order
    of their months.
    """
    tree = areas.tree_on(connection, date(year, 12, 31))
    units = {area.uid for area in tree if unit in {up.uid for up in tree.ancestors(area.uid)}}
    units |= {step.old for step in areas.successions(connection) if step.new == unit}
    rows = records.find(
        connection,
        Kind.REVIEW,
        kind=ReviewKind.IN_YEAR.value,
        review_year=year,
        closed_on=None,
    )
    return sorted(
        (row for row in rows if row["area"] in units), key=lambda row: (row["month"], row["uid"])
    )


def unanswered(connection: Connection, review: UUID) -> int:
    """How many applications that the review has taken wait for an answer."""
    return len(records.find(connection, Kind.APPLICATION, review=review, outcome=None))


def close_in(work: WriteUnit, unit: UUID, year: int) -> None:
    """Close them with the year, inside its unit of work. Raises RefusedError
    `months_unanswered`, which names those that wait.
    """
    rows = of_year(work.connection, unit, year)
    waiting: Counter[int] = Counter()
    for row in rows:
        waiting[row["month"]] += unanswered(work.connection, row["uid"])
    if waiting.total():
        raise RefusedError("months_unanswered", months=texts.months_text(+waiting, year))
    for row in rows:
        work.change(Kind.REVIEW, row["uid"], row, {"closed_on": work.context.today()})
