"""What a look at a household finds: problems, suggestions, the class it would have. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import suggestions
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.problems import Problem, Severity
from giamngheo_desktop.services import checks, household_view
from giamngheo_desktop.services.assessment import Assessment
from giamngheo_desktop.services.household_view import Surroundings
from giamngheo_desktop.storage.engine import Database

MISSING = "required_missing"
# Of a household that was never saved these say nothing new.
_OF_A_START = {MISSING, "no_members", "no_head"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence about one field; `weight` counts it: error, warning, missing or hint."""

    record: UUID
    field: str
    sentence: str
    weight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The findings in the order of the paper, and the assessment under each standard."""

    findings: tuple[Finding, ...]
    assessments: tuple[Assessment, ...]
    names: Mapping[UUID, str]
    has_village: bool


def look(
    database: Database,
    definitions: Definitions,
    household: Household,
    around: Surroundings,
    answers: Mapping[str, Mapping[str, Answer]],
    *,
    reference_day: date,
    today: date,
    is_new: bool,
) -> Look:
    """Check and assess a household as it is in its form."""
    found = checks.check_one(
        database, definitions, household, reference_day=reference_day, today=today
    )
    labels = {
        code: field.label for code, field in definitions.fields("household", "member").items()
    }
    return Look(
        findings=(
            *(
                _finding(problem, labels)
                for problem in found
                if not (is_new and problem.code in _OF_A_START)
            ),
            *_hints(definitions, household, reference_day),
        ),
        assessments=household_view.assessments(
            definitions, household, around, answers, reference_day
        ),
        names={member.uid: member.full_name for member in household.members},
        has_village=household.village is not None,
    )


def _finding(problem: Problem, labels: Mapping[str, str]) -> Finding:
    weight = "error" if problem.severity is Severity.ERROR else "warning"
    return Finding(
        record=problem.record,
        field=problem.field,
        sentence=texts.problem_text(problem, labels),
        weight="missing" if problem.code == MISSING else weight,
    )


def _hints(definitions: Definitions, household: Household, day: date) -> list[Finding]:
    """What the members' data suggest for boxes that only the officer ticks."""
    names = {member.uid: member.full_name for member in household.members}
    found: list[Finding] = []
    if household.social_protection is None:
        hint = suggestions.social_protection(household)
        if hint.holds:
            text = _tr("Gợi ý: Có, vì {names} đang hưởng trợ cấp xã hội hằng tháng.")
            who = ", ".join(names[uid] for uid in hint.members)
            found.append(_hint(household, "social_protection", text.format(names=who)))
    if household.no_labour_capacity is None:
        hint = suggestions.no_labour_capacity(household, day, definitions.ages)
        if hint.holds:
            text = _tr("Gợi ý: Có, vì không còn ai trong độ tuổi lao động có khả năng lao động.")
            found.append(_hint(household, "no_labour_capacity", text))
    return found


def _hint(household: Household, field: str, sentence: str) -> Finding:
    return Finding(record=household.uid, field=field, sentence=sentence, weight="hint")


def _tr(text: str) -> str:
    return QCoreApplication.translate("household", text)
