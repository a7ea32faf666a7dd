"""The days the tests of events speak of, and what they read."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.household import Household
from tests.harness.register import Register, dump, living

DAY = date(2026, 3, 10)
NEXT = DAY + timedelta(days=1)
BEFORE = DAY - timedelta(days=1)


def names(household: Household) -> list[str]:
    return [member.full_name for member in household.members]


def rows(register: Register, kind: Kind, **equals: Any) -> list[dict[str, Any]]:
    """Living rows of a kind, oldest first."""
    found = living(dump(register.database))[kind].values()
    wanted = [row for row in found if all(row[key] == value for key, value in equals.items())]
    return sorted(wanted, key=lambda row: (row["valid_from"], row["uid"]))


def days_held_twice(register: Register) -> list[tuple[Kind, UUID]]:
    """Persons with two stays, households with two places, facts with two values on one day."""
    found = []
    keys = {
        Kind.MEMBERSHIP: ("person",),
        Kind.PLACE: ("household",),
        Kind.HOUSEHOLD_FACT: ("household", "code"),
        Kind.PERSON_FACT: ("person", "code"),
        Kind.AREA_VERSION: ("area",),
        Kind.AREA_FACT: ("area", "code"),
        Kind.SETTING: ("code",),
    }
    table = living(dump(register.database))
    for kind, key in keys.items():
        by_owner: dict[Any, list[Any]] = {}
        for row in table[kind].values():
            last = row["valid_to"] or date.max
            if last >= row["valid_from"]:
                owner = tuple(row[name] for name in key)
                by_owner.setdefault(owner, []).append((row["valid_from"], last))
        for owner, spans in by_owner.items():
            spans.sort()
            if any(later[0] <= earlier[1] for earlier, later in pairwise(spans)):
                found.append((kind, owner))
    return found
