"""What is found about the targets of a plan, and what they are held against.

Rows are targets as they are stored, numbers in hundredths.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.allocation import NEAR_POOR, POOR
from giamngheo_desktop.domain.linked_targets import Part, Start
from giamngheo_desktop.domain.numbers import format_quantity
from giamngheo_desktop.domain.target_bounds import People

Row = Mapping[str, Any]
ASSIGNED, PURSUED = "assigned", "pursued"
# The three indicators that say one aim, of each list.
PARTS = {
    POOR: {Part.RATE: "HN-TL", Part.POINTS: "HN-GIAM-DIEM", Part.HOUSEHOLDS: "HN-GIAM-HO"},
    NEAR_POOR: {
        Part.RATE: "HCN-TL",
        Part.POINTS: "HCN-GIAM-DIEM",
        Part.HOUSEHOLDS: "HCN-GIAM-HO",
    },
}


class DoubtLevel(StrEnum):
    """Impossible, unlikely, or only to be known; none of them stops anybody."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """One finding about the target `key` (and those of `also`), a village, or the whole; `params`
    fill its sentence.
    """

    code: str
    level: DoubtLevel = DoubtLevel.WARNING
    key: str = ""
    also: frozenset[str] = frozenset()
    village: UUID | None = None
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What the plan stands beside: its year and day (today, while it has none), the standards of
    this year and the one before by code and label, the start of each list as the register knows
    it, and whom else it counts (`domain/target_bounds.py`).
    """

    year: int
    day: date | None = None
    today: date | None = None
    standard: tuple[str, str] = ("", "")
    before: tuple[str, str] = ("", "")
    labels: Mapping[str, str] = field(default_factory=dict)  # of standards
    starts: Mapping[str, Start] = field(default_factory=dict)
    people: People = field(default_factory=People)

    @property
    def is_new_standard(self) -> bool:
        """Whether the year before had another one: the lists of both do not compare."""
        return bool(self.before[0]) and self.before[0] != self.standard[0]

    def lacks_opening(self, listed: str) -> bool:
        """Whether nobody knows a list of the start under a standard that begins with the year."""
        return self.is_new_standard and self.starts.get(listed, Start()).listed is None


def said(value: int) -> str:
    """A number of a target as it is written."""
    sign = "−" if value < 0 else ""
    return sign + format_quantity(abs(value), 2)


def values(row: Row) -> Iterator[int]:
    """The numbers of a target: what was given, what is wanted."""
    return (row[column] for column in (ASSIGNED, PURSUED) if row[column] is not None)


def part_of(row: Row) -> tuple[Part | None, str]:
    """Which of the three indicators of which list a target is; (None, "") for another."""
    for listed, parts in PARTS.items():
        for part, code in parts.items():
            if row["indicator"] == code:
                return part, listed
    return None, ""


def is_of_list(indicator: str) -> bool:
    """Whether it is one of the three that speak of the poor or the near-poor list as a whole."""
    return any(indicator in parts.values() for parts in PARTS.values())


def named(rows: Iterable[Row], listed: str, column: str) -> dict[Part, Row]:
    """The first target of each of the three indicators of a list that has the number."""
    found: dict[Part, Row] = {}
    for row in rows:
        part, own = part_of(row)
        if part is not None and own == listed and row[column] is not None:
            found.setdefault(part, row)
    return found


def start_of(rows: Iterable[Row], listed: str, facts: PlanFacts) -> Start:
    """The start that the plan types, else that of the register."""
    start = facts.starts.get(listed, Start())
    for row in rows:
        part, own = part_of(row)
        if own != listed:
            continue
        counts = row["baseline_numerator"], row["baseline_denominator"]
        if None not in counts:
            return replace(start, listed=counts[0], households=counts[1])
        if row["baseline"] is not None and part is not Part.HOUSEHOLDS:
            start = replace(start, rate=row["baseline"])
    return start
