"""Movement of the list over a year (diễn biến): how households came from đầu kỳ to cuối kỳ.

Two end points are compared, both under one standard: what was recognised at the close of the year
before and at the close of this one. Columns as in BC2 (hộ nghèo) and BC3 (hộ cận nghèo): flows of
the two tables meet, closing = opening − 2 − 3 − 4 + 5 + 6 + 7 + 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from giamngheo_desktop.domain.standard import HouseholdClass

Place = TypeVar("Place")

LISTED = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)  # BC2 and BC3


class Flow(StrEnum):
    """The columns 1 to 9 of BC2 and BC3, in their order."""

    OPENING = "opening"
    TO_OTHER = "to_other"  # BC2: trở thành hộ cận nghèo; BC3: trở thành hộ nghèo
    ABOVE = "above"  # vượt chuẩn cận nghèo
    OTHER_DECREASE = "other_decrease"
    FROM_OTHER = "from_other"
    AGAIN = "again"  # tái nghèo, tái cận nghèo
    NEW = "new"  # phát sinh mới
    OTHER_INCREASE = "other_increase"
    CLOSING = "closing"


OUT = (Flow.TO_OTHER, Flow.ABOVE, Flow.OTHER_DECREASE)
IN = (Flow.FROM_OTHER, Flow.AGAIN, Flow.NEW, Flow.OTHER_INCREASE)


class Cause(StrEnum):
    """Why a household counts in a flow, where the column alone does not say it."""

    STAYED = "stayed"
    RECOGNISED = "recognised"  # another class by this year's decision
    LEFT = "left"  # died out, moved away, merged into another household
    ARRIVED = "arrived"  # from another commune, with its class
    VILLAGE = "village"  # moved between two villages of the table
    BY_HAND = "by_hand"  # set with a reason, other than computed
    SIZE = "size"  # the same household with more or fewer members; counts persons only


@dataclass(frozen=True, slots=True)
class Stand(Generic[Place]):
    """A household at one end of the year: where it lived, its class, how many members."""

    place: Place
    household_class: HouseholdClass
    persons: int


@dataclass(frozen=True, slots=True)
class Step(Generic[Place]):
    """What one household adds to one cell: `households` (0 or 1) and `persons`, never negative."""

    table: HouseholdClass
    flow: Flow
    place: Place
    households: int
    persons: int
    cause: Cause


def movement(
    opening: Stand[Place] | None,
    closing: Stand[Place] | None,
    *,
    earlier: frozenset[HouseholdClass] = frozenset(),
    arrived: bool = False,
) -> Iterator[Step[Place]]:
    """The steps of one household in both tables.

    `earlier` are the classes it had been recognised in before the opening, under this standard;
    `arrived` says that it came from another commune in the year with a class of a list. Leaving
    flows count the size at the opening, entering flows that at the closing; a household that stays
    and grew or shrank shows the difference in persons as other increase or decrease. Who changed
    the class and the village as well changes the class first, where it lived.
    """
    for table in LISTED:
        was = opening is not None and opening.household_class is table
        now = closing is not None and closing.household_class is table
        if opening is not None and was:
            yield Step(table, Flow.OPENING, opening.place, 1, opening.persons, Cause.STAYED)
        if opening is not None and was and not now:
            yield _leaving(table, opening, closing)
        elif opening is not None and closing is not None and was:
            yield from _staying(table, opening, closing)
        elif closing is not None and now:
            yield from _entering(table, opening, closing, earlier, arrived=arrived)
        if closing is not None and now:
            yield Step(table, Flow.CLOSING, closing.place, 1, closing.persons, Cause.STAYED)


def _leaving(
    table: HouseholdClass, opening: Stand[Place], closing: Stand[Place] | None
) -> Step[Place]:
    flow, cause = Flow.ABOVE, Cause.RECOGNISED
    if closing is None:
        flow, cause = Flow.OTHER_DECREASE, Cause.LEFT
    elif closing.household_class in LISTED:
        flow = Flow.TO_OTHER
    return Step(table, flow, opening.place, 1, opening.persons, cause)


def _staying(
    table: HouseholdClass, opening: Stand[Place], closing: Stand[Place]
) -> Iterator[Step[Place]]:
    grown = closing.persons - opening.persons
    if opening.place != closing.place:
        yield Step(table, Flow.OTHER_DECREASE, opening.place, 1, opening.persons, Cause.VILLAGE)
        yield Step(table, Flow.OTHER_INCREASE, closing.place, 1, closing.persons, Cause.VILLAGE)
    elif grown:
        flow = Flow.OTHER_INCREASE if grown > 0 else Flow.OTHER_DECREASE
        yield Step(table, flow, closing.place, 0, abs(grown), Cause.SIZE)


def _entering(
    table: HouseholdClass,
    opening: Stand[Place] | None,
    closing: Stand[Place],
    earlier: frozenset[HouseholdClass],
    *,
    arrived: bool,
) -> Iterator[Step[Place]]:
    persons = closing.persons
    if opening is not None and opening.household_class in LISTED:
        yield Step(table, Flow.FROM_OTHER, opening.place, 1, persons, Cause.RECOGNISED)
        if opening.place != closing.place:
            yield Step(table, Flow.OTHER_DECREASE, opening.place, 1, persons, Cause.VILLAGE)
            yield Step(table, Flow.OTHER_INCREASE, closing.place, 1, persons, Cause.VILLAGE)
    elif arrived:
        yield Step(table, Flow.OTHER_INCREASE, closing.place, 1, persons, Cause.ARRIVED)
    else:
        flow = Flow.AGAIN if table in earlier else Flow.NEW
        yield Step(table, flow, closing.place, 1, persons, Cause.RECOGNISED)
