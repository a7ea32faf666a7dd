"""The commune of the year that is walked at the window: its families, and what becomes of them.

Every number the walk asserts follows from here by hand. Of 150 households (Thôn Đông 100, Thôn Tây
50) the year begins with 4 poor ones of 6 persons, 3 in Đông and 1 in Tây, and 1 near-poor of 1:

    An     Đông  2 persons  poor        -> above both lists     BC2.3 1/2
    Bình   Đông  2 persons  poor        -> near-poor            BC2.2 1/2, BC3.5 1/2
    Cúc    Đông  1 person   poor        -> poor
    Giang  Đông  2 persons  not listed  -> poor, found by the review on an application   BC2.7 1/2
    Dân    Tây   1 person   poor        -> poor
    Én     Tây   1 person   near-poor   -> near-poor; by the standard of 2027 poor

The year ends with 4 - 2 + 1 = 3 poor ones of 6 - 4 + 2 = 4 persons, and 1 + 1 = 2 near-poor ones of
1 + 2 = 3. The plan promised 2 poor households fewer: 1 is reached. By the standard of 2027 the next
year begins with 4 poor ones: Cúc, Giang, Dân, Én.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.gui.walk_desk import CLASSES
from tests.harness import walk_town
from tests.harness.walk_town import Calendar, Town
from tests.independent.review_walk import (
    EAST,
    FEMALE,
    MALE,
    NEAR,
    NOT_POOR,
    POOR,
    WEST,
    Household,
    Member,
)

YEAR = 2026
SURVEYED = "2026-10-05"
POPULATION = {EAST: (100, 400), WEST: (50, 200)}
AN, BINH, CUC = "Hồ Văn An", "Đinh Thị Bình", "Phạm Thị Cúc"
GIANG, DAN, EN = "Lò Văn Giang", "Võ Văn Dân", "Ngô Thị Én"

# Three things are lacked, two of them, nothing.
THREE = {
    "house_wall": "not_durable", "house_roof": "not_durable", "water_source": "surface",
    "toilet": "none",
}  # fmt: skip
TWO = {"water_source": "surface", "toilet": "none"}
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Found:
    """What the form of the review says of a family: points, income, what it lacks by the standard
    of today; how many indicators are ticked for the one of 2027; the class of each.
    """

    b1: int
    income: int
    lacks: Mapping[str, Any]
    ticks: int
    now: str
    then: str

    @property
    def shown(self) -> tuple[str, str]:
        """As the step Phân loại says it."""
        return CLASSES[self.now], CLASSES[self.then]


@dataclass(frozen=True)
class Family:
    """A household of the register, with what the review finds."""

    home: Household
    found: Found

    @property
    def head(self) -> str:
        return self.home.head

    @property
    def village(self) -> str:
        return self.home.village


def _family(
    head: str, village: str, persons: int, class_2025: str, found: Found, *, listed: bool = True
) -> Family:
    """One person, or one with a brother: both have work."""
    sex = FEMALE if "Thị" in head else MALE
    members = [Member(head, 1980, sex, "Chủ hộ")]
    if persons == 2:
        first, _, given = head.rpartition(" ")
        members.append(Member(f"{first} Hai {given}", 1986, sex, "Mẹ vợ"))
    return Family(
        Household(
            head, village, head, tuple(members), class_2025,
            {2025: class_2025} if listed else {}, (), persons, persons, village, (None, None),
        ),
        found,
    )  # fmt: skip


FAMILIES = (
    _family(AN, EAST, 2, POOR, Found(160, 3_500_000, NOTHING, 0, NOT_POOR, NOT_POOR)),
    _family(BINH, EAST, 2, POOR, Found(135, 2_000_000, TWO, 2, NEAR, NEAR)),
    _family(CUC, EAST, 1, POOR, Found(110, 1_100_000, THREE, 3, POOR, POOR)),
    _family(GIANG, EAST, 2, NOT_POOR, Found(120, 1_300_000, THREE, 3, POOR, POOR), listed=False),
    _family(DAN, WEST, 1, POOR, Found(105, 1_000_000, THREE, 3, POOR, POOR)),
    _family(EN, WEST, 1, NEAR, Found(130, 1_900_000, TWO, 3, NEAR, POOR)),
)


def build(path: Path, calendar: Calendar) -> Town:
    """The file on the evening of the last day of 2025."""
    return walk_town.build(path, calendar, [one.home for one in FAMILIES], POPULATION)
