"""What a household would be under a standard: derived indicators, ticked answers, the class.

Computed, not recognised: nothing here changes a class record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.classify import Classification, classify, deciding
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicator_state import State
from giamngheo_desktop.domain.indicators import Answer, Combined, codes_in, combine, derive
from giamngheo_desktop.domain.scoring import ScoreRange, deprivation_score
from giamngheo_desktop.domain.standard import AreaType, PovertyStandard
from giamngheo_desktop.services.households import label
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, records
from giamngheo_desktop.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Indicators in official order, điểm B2 as a range, and the class where a value is known.

    `classification` is None while neither an income nor điểm B1 (where the standard has the
    form) is there, the one that counts is outside the limits of its field, or the village's
    area type is unknown.
    """

    standard: PovertyStandard
    area_type: AreaType | None
    indicators: Mapping[str, Combined]
    score: ScoreRange | None
    classification: Classification | None

    @property
    def unknown(self) -> frozenset[str]:
        return codes_in(self.indicators, State.UNKNOWN)


def assess(
    database: Database,
    definitions: Definitions,
    household: Household,
    *,
    standard: PovertyStandard,
    reference_day: date,
) -> Assessment:
    """Assess a household, stored or still in its form, with the answers that are stored."""
    with database.reader() as connection:
        tree = areas.tree_on(connection, reference_day)
    answers = answers_of(database, household.uid, standard.code)
    area = tree.area_type(household.village) if household.village else None
    return assess_with(
        definitions,
        household,
        standard=standard,
        area_type=AreaType(area) if area else None,
        answers=answers,
        reference_day=reference_day,
    )


def assess_with(
    definitions: Definitions,
    household: Household,
    *,
    standard: PovertyStandard,
    area_type: AreaType | None,
    answers: Mapping[str, Answer],
    reference_day: date,
) -> Assessment:
    """`assess` with everything given; pure. `deciding` says which of two values counts."""
    derived = derive(standard, household, reference_day, definitions.ages)
    indicators = combine(derived, answers)
    deprived = codes_in(indicators, State.DEPRIVED)
    unknown = codes_in(indicators, State.UNKNOWN)
    value = deciding(standard, income=household.income, score_income=household.score_income)
    field = definitions.household.field("score_income" if "b1" in value else "income")
    known = bool(value) and all(map(field.allows, value.values()))
    return Assessment(
        standard=standard,
        area_type=area_type,
        indicators=indicators,
        score=deprivation_score(standard, len(deprived), len(unknown)),
        classification=classify(standard, area_type, **value, deprived=deprived, unknown=unknown)
        if known and area_type is not None
        else None,
    )


def answers_of(database: Database, household: UUID, standard: str) -> dict[str, Answer]:
    """The ticked answers of a household under a standard by indicator code."""
    with database.reader() as connection:
        return answers_in(connection, household, standard)


def answers_in(connection: Connection, household: UUID, standard: str) -> dict[str, Answer]:
    """`answers_of` by an open connection."""
    rows = records.find(connection, Kind.INDICATOR_ANSWER, household=household, standard=standard)
    return dict(ticked(rows).get(household, {}))


def ticked(rows: Iterable[Mapping[str, Any]]) -> dict[UUID, dict[str, Answer]]:
    """Stored ticks of one standard by household and indicator."""
    found: dict[UUID, dict[str, Answer]] = {}
    for row in rows:
        if row["deprived"] is not None:
            answer = Answer(row["deprived"], row["reason"])
            found.setdefault(row["household"], {})[row["indicator"]] = answer
    return found


def save_answers(
    database: Database,
    context: Context,
    household: Household,
    standard: str,
    answers: Mapping[str, Answer | None],
) -> Done[None]:
    """Tick indicators; None takes an answer back. One transaction, one undo step."""
    with write_unit(database, context, Op.ANSWER_INDICATORS, unit=household.village) as work:
        work.subject = label(household)
        save_answers_in(work, household.uid, standard, answers)
    return Done(None, work.changes)


def save_answers_in(
    work: WriteUnit, household: UUID, standard: str, answers: Mapping[str, Answer | None]
) -> None:
    """`save_answers` inside an open unit of work."""
    rows = records.find(
        work.connection, Kind.INDICATOR_ANSWER, household=household, standard=standard
    )
    stored = {row["indicator"]: row for row in rows}
    for indicator, answer in answers.items():
        values = {
            "deprived": None if answer is None else answer.deprived,
            "reason": None if answer is None else answer.reason,
        }
        if indicator in stored:
            row = stored[indicator]
            work.change(Kind.INDICATOR_ANSWER, row["uid"], row, values)
        elif answer is not None:
            work.insert(
                Kind.INDICATOR_ANSWER,
                household=household,
                standard=standard,
                indicator=indicator,
                **values,
            )
