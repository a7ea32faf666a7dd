"""What is odd about the results that were typed for the targets of a plan. Nothing is blocked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import result_doubts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.doubted import Doubted
from giamngheo_desktop.domain.indicator_catalogue import Catalogue
from giamngheo_desktop.services.programme import years
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Connection, Database


def read(
    connection: Connection,
    catalogue: Catalogue,
    unit: UUID,
    year: int,
    targets: Iterable[Mapping[str, Any]],
    today: date | None,
) -> dict[UUID, tuple[Doubted, ...]]:
    """By the result; those of none of the `targets` (rows of a version) are left out."""
    known = {row["key"]: row for row in targets if row["indicator"] in catalogue}
    rows = years.rows(connection, Kind.TARGET_RESULT, unit, year, year=year)
    return {
        row["uid"]: result_doubts.doubts(row, target, catalogue[target["indicator"]], year, today)
        for row in sorted(rows, key=lambda row: row["measured_on"])
        if (target := known.get(row["key"])) is not None
    }


@dataclass(frozen=True, slots=True)
class ResultDoubts:
    """In words, by the result and by the key of the target it is of."""

    of_result: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    of_target: Mapping[str, Sequence[str]] = field(default_factory=dict)


def in_words(
    database: Database, definitions: Definitions, unit: UUID, year: int, today: date | None = None
) -> ResultDoubts:
    """Of the results for the targets of the plan in hand; what has no doubt is left out."""
    with database.reader() as connection:
        plan = plans.in_hand(connection, year, unit)
        rows = records.find(connection, Kind.TARGET, document=plan["uid"]) if plan else []
        found = read(connection, definitions.indicators, unit, year, rows, today)
    of_result: dict[UUID, list[str]] = {}
    of_target: dict[str, list[str]] = {}
    for uid, told in found.items():
        for one in told:
            sentence = texts.target_doubt_text(one)
            of_result.setdefault(uid, []).append(sentence)
            of_target.setdefault(one.key, []).append(sentence)
    return ResultDoubts(of_result, of_target)
