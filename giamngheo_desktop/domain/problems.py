"""What a check found: a value with a code; its sentence stands in `texts.PROBLEMS`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Severity(StrEnum):
    """Impossible is an error, unlikely a warning; neither ever blocks saving."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding about `field` of `record` (the uid of the household or of a member).

    `params` fill the sentence: names, labels and numbers as they are shown.
    """

    record: UUID
    field: str
    code: str
    severity: Severity
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def key(self) -> str:
        """Names this finding alone, where the same code may stand at several members."""
        return f"{self.code}/{self.record}/{self.field}"


def error(record: UUID, field: str, code: str, **params: str) -> Problem:
    return Problem(record=record, field=field, code=code, severity=Severity.ERROR, params=params)


def warning(record: UUID, field: str, code: str, **params: str) -> Problem:
    return Problem(record=record, field=field, code=code, severity=Severity.WARNING, params=params)


def blocks_closing(problem: Problem, overrides: Mapping[str, str]) -> bool:
    """Whether the review of the household can't be closed because of this finding.

    `overrides` holds the reasons typed for leaving an error as it is ("giấy tờ ghi sai"), by code
    (all of this code) or by key (this one); a blank reason is none.
    """
    if problem.severity is not Severity.ERROR:
        return False
    reasons = (overrides.get(problem.key, ""), overrides.get(problem.code, ""))
    return not any(reason.strip() for reason in reasons)


def blocking(
    problems: Iterable[Problem], overrides: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if blocks_closing(problem, overrides or {}))
