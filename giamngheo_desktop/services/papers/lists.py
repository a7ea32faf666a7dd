"""The four lists of a review as papers print them: who is poor, near-poor, who left either list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.paper_facts import FactRow
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.services.papers.about import Reading
from giamngheo_desktop.services.papers.office import NAMELESS, VillageName
from giamngheo_desktop.services.review.recognition import FourLists, Listed
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.texts.paper_words import CLASS_WORDS

NAMES = tuple(item.name for item in fields(FourLists))


def list_facts(
    lists: FourLists,
    villages: Mapping[UUID, VillageName],
    addresses: Mapping[UUID, str],
    wanted: Callable[[Listed], bool],
) -> tuple[dict[str, str], dict[str, list[FactRow]]]:
    """Counts of households and persons, and the rows, of the lines that are wanted."""
    values: dict[str, str] = {}
    rows: dict[str, list[FactRow]] = {}
    for name in NAMES:
        lines = [line for line in getattr(lists, name) if wanted(line)]
        values[f"count.{name}"] = format_integer(len(lines))
        values[f"count.{name}_persons"] = format_integer(sum(line.persons for line in lines))
        rows[name] = [
            {
                "village": villages.get(line.village, NAMELESS).name,
                "head": line.head,
                "address": addresses.get(line.household, ""),
                "persons": line.persons,
                "before": CLASS_WORDS.get(line.class_before or "", ""),
                "after": CLASS_WORDS.get(line.class_after, ""),
                "note": line.note or "",
            }
            for line in lines
        ]
    return values, rows


def unsettled(
    reading: Reading, review: UUID, standard: str, village: UUID | None = None
) -> list[Mapping[str, Any]]:
    """The cases without a result: still to be surveyed, or reviewed and no class decided."""
    known = {
        row["review_case"]
        for row in stored.results(reading.connection, review)
        if row["standard"] == standard and row["household_class"]
    }
    return [
        case
        for case in stored.cases(reading.connection, review, village)
        if case["outcome"] is None
        or (case["outcome"] == Outcome.REVIEWED and case["uid"] not in known)
    ]
