"""Measures: one named predicate over review rows, from which count, names and rates all come.

A review row is one household under one standard: `household, village, household_class,
average_living, persons, minority, local_minority, no_labour_capacity, merit_household,
social_protection, female_head, deprived_bits`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CountOf(StrEnum):
    """What a measure adds up."""

    HOUSEHOLDS = "households"
    PERSONS = "persons"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """`where` holds the columns a row must equal, with their values; none takes every row."""

    code: str
    label: str
    of: CountOf
    where: tuple[tuple[str, str | bool], ...]

    def amount(self, persons: int) -> int:
        """What one household of that many persons adds to the measure."""
        return persons if self.of is CountOf.PERSONS else 1

    def takes(self, row: Mapping[str, object]) -> bool:
        return all(row[column] == value for column, value in self.where)


_GROUPS: tuple[tuple[str, str, Mapping[str, str | bool]], ...] = (
    ("poor", "hộ nghèo", {"household_class": "poor"}),
    ("near_poor", "hộ cận nghèo", {"household_class": "near_poor"}),
    (
        "average_living",
        "hộ làm nông, lâm, ngư, diêm nghiệp có mức sống trung bình",
        {"average_living": True},
    ),
    (
        "poor_social_protection",
        "hộ nghèo thuộc chính sách bảo trợ xã hội",
        {"household_class": "poor", "social_protection": True},
    ),
)

MEASURES: Mapping[str, Measure] = {
    f"{code}_{of.value}": Measure(
        code=f"{code}_{of.value}",
        label=label if of is CountOf.HOUSEHOLDS else f"khẩu {label}",
        of=of,
        where=tuple(where.items()),
    )
    for code, label, where in _GROUPS
    for of in CountOf
}
