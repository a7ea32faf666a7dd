"""Who would change class under another standard: over the whole register, with names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.classify import classify
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicator_state import State
from giamngheo_desktop.domain.indicators import Answer, codes_in
from giamngheo_desktop.domain.standard import AreaType, HouseholdClass
from giamngheo_desktop.services.assessment import Assessment, assess_with, ticked
from giamngheo_desktop.services.households import label
from giamngheo_desktop.services.review.case_sheet import (
    decided_class,
    listed_classes,
    possible_classes,
)
from giamngheo_desktop.storage import areas, household_list, households, records, review_rows
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.review_rows import Scope

_BATCH = 500

Step = Callable[[int, int], None]
Ticks = Mapping[UUID, Mapping[str, Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A household that changes class, or may: `now` under the present standard (None: not known),
    `possible` under the other one, the poorest first.
    """

    household: UUID
    village: UUID
    head: str
    now: str | None
    possible: tuple[str, ...]
    unknown: int  # indicators of the other standard
    without_income: bool

    @property
    def certain(self) -> bool:
        return self.now is not None and self.now not in self.possible


@dataclass(frozen=True, slots=True)
class Range:
    """How many households are in a class for certain, and how many may be."""

    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """How many households were looked at, in how many the area is not known, and who changes.

    `before` counts the classes now, where one is known; `after` those under the other standard.
    """

    households: int
    nowhere: int
    shifts: tuple[Shift, ...]
    before: Mapping[str, int]
    after: Mapping[str, Range]


def what_if(
    database: Database,
    definitions: Definitions,
    *,
    day: date,
    standard: str,
    other: str,
    unit: UUID | None = None,
    step: Step | None = None,
) -> WhatIf:
    """Compare the classes on `day` with those by the same data under the standard `other`.

    The class now is the recognised one in force, else the computed one. Where an income or an
    indicator is not known all classes it may lead to are given. Reads once; for a job: `step` is
    told how many households of all are done, and may raise Cancelled.
    """
    present, wanted = definitions.standards.get(standard), definitions.standards.get(other)
    found: list[Shift] = []
    before, least, most = Counter[str](), Counter[str](), Counter[str]()
    count = nowhere = 0
    with database.reader() as connection:
        tree = areas.tree_on(connection, day)
        villages = {area.uid: tree.area_type(area.uid) for area in tree.villages(unit)}
        scope = Scope(year=day.year, standard=standard, as_of=day)
        recognised = {
            row.household: row.household_class for row in review_rows.classed(connection, scope)
        }
        ticks = {
            code: ticked(records.find(connection, Kind.INDICATOR_ANSWER, standard=code))
            for code in (standard, other)
        }
        uids = household_list.register(connection, day)
        for start in range(0, len(uids), _BATCH):
            if step is not None:
                step(start, len(uids))
            batch = households.load(connection, uids[start : start + _BATCH], day)
            for home in batch.values():
                if home.village is None or home.village not in villages:
                    continue
                count += 1
                area = villages[home.village]
                if area is None:
                    nowhere += 1
                    continue
                then, now = (
                    assess_with(
                        definitions,
                        home,
                        standard=item,
                        area_type=AreaType(area),
                        answers=ticks[item.code].get(home.uid, {}),
                        reference_day=day,
                    )
                    for item in (wanted, present)
                )
                own = recognised.get(home.uid) or decided_class(now)
                possible = possible_classes(then) or _at_any_income(then)
                before.update([own] if own else ())
                least.update(possible if len(possible) == 1 else ())
                most.update(possible)
                found += _shift(home, own, then, possible)
    after = {code: Range(least[code], most[code]) for code in most}
    return WhatIf(count, nowhere, tuple(found), before, after)


def _shift(
    home: Household, now: str | None, then: Assessment, possible: tuple[str, ...]
) -> Iterator[Shift]:
    listed = {HouseholdClass.POOR, HouseholdClass.NEAR_POOR}.intersection(possible)
    if possible == (now,) or (now is None and not listed):
        return
    assert home.village is not None  # only those of a village are compared
    yield Shift(
        household=home.uid,
        village=home.village,
        head=label(home),
        now=now,
        possible=possible,
        unknown=len(then.unknown),
        without_income=then.classification is None,
    )


def _at_any_income(then: Assessment) -> tuple[str, ...]:
    """All classes from no income to any: at each line, and above the last one."""
    assert then.area_type is not None  # else nothing is compared
    lines = then.standard.lines[then.area_type]
    facts = (lines.income_line, lines.upper_line)
    values = [fact.value for fact in facts if fact is not None and fact.value is not None]
    deprived = codes_in(then.indicators, State.DEPRIVED)
    possible = {
        found
        for income in (*values, max(values) + 1)
        for found in classify(
            then.standard, then.area_type, income=income, deprived=deprived, unknown=then.unknown
        ).possible
    }
    return listed_classes(possible)
