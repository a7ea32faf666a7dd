"""What came out for the reviewed households, standard beside standard, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.classify import Classification, classify, deciding
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.domain.standard import AreaType, PovertyStandard
from giamngheo_desktop.services.review import case_lists, reviews
from giamngheo_desktop.storage import areas
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What a household is under one standard. Undecided (`household_class` None) it may be one of
    `possible`; `found` tells why, None where neither income nor điểm B1 is there.
    """

    standard: str
    household_class: str | None
    possible: tuple[str, ...]
    average_living: bool
    score_income: int | None
    income: int | None
    deprived: tuple[str, ...]
    unknown: tuple[str, ...]
    found: Classification | None


class ResultRow(NamedTuple):
    """A reviewed household with its results by standard."""

    uid: UUID
    household: UUID
    position: int | None
    head: str
    class_before: str | None
    results: Mapping[str, CaseResult]


def result_rows(
    database: Database, definitions: Definitions, review: UUID, village: UUID | None = None
) -> list[ResultRow]:
    """The reviewed households of a village (or of all), in the order of their lists."""
    with database.reader() as connection:
        day = reviews.get(connection, review)["reference_day"]
        tree = areas.tree_on(connection, day)
        cases = case_lists.read(connection, review, village)
        results = stored.results(connection, review)
    reviewed = {case.uid: case for case in cases if case.outcome == Outcome.REVIEWED}
    found: dict[UUID, dict[str, CaseResult]] = {}
    for row in results:
        case = reviewed.get(row["review_case"])
        if case is not None:
            standard = definitions.standards.get(row["standard"])
            result = _result(row, standard, _area_type(tree, case.village))
            found.setdefault(case.uid, {})[standard.code] = result
    return [
        ResultRow(
            uid, case.household, case.position, case.head, case.class_before, found.get(uid, {})
        )
        for uid, case in reviewed.items()
    ]


def _area_type(tree: AreaTree, village: UUID) -> AreaType | None:
    area = tree.area_type(village) if tree.get(village) is not None else None
    return AreaType(area) if area else None


def _result(row: Mapping[str, Any], standard: PovertyStandard, area: AreaType | None) -> CaseResult:
    deprived = _codes(standard.codes, row["deprived_bits"])
    unknown = _codes(standard.codes, row["unknown_bits"])
    value = deciding(standard, income=row["income"], score_income=row["score_income"])
    return CaseResult(
        standard=standard.code,
        household_class=row["household_class"],
        possible=tuple(row["possible"] or ()),
        average_living=row["average_living"],
        score_income=row["score_income"],
        income=row["income"],
        deprived=deprived,
        unknown=unknown,
        found=classify(
            standard, area, **value, deprived=frozenset(deprived), unknown=frozenset(unknown)
        )
        if value and area is not None
        else None,
    )


def _codes(codes: Iterable[str], bits: int | None) -> tuple[str, ...]:
    """The indicators of some bits, in official order."""
    return tuple(code for at, code in enumerate(codes) if (bits or 0) >> at & 1)
