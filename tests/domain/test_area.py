"""Where units stand on another day: mergers, splits and chains of them, forwards and backwards."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop.domain.area import Succession, predecessors, successors

UNITS = {name: UUID(int=number) for number, name in enumerate("ABCDEFG", start=1)}
FIRST, SECOND = date(2025, 7, 1), date(2026, 7, 1)
OLD, MIDDLE, NEW = date(2025, 1, 1), date(2026, 1, 1), date(2026, 12, 31)


def step(old: str, new: str, day: date = FIRST) -> Succession:
    return Succession(old=UNITS[old], new=UNITS[new], reason="merged", effective_on=day)


def names(found: frozenset[UUID]) -> str:
    return "".join(name for name, uid in UNITS.items() if uid in found)


def forwards(steps: list[Succession], start: str, day: date = OLD, target: date = NEW) -> str:
    return names(successors(steps, [UNITS[start]], day, target)[UNITS[start]])


def backwards(steps: list[Succession], start: str, day: date = NEW, target: date = OLD) -> str:
    return names(predecessors(steps, [UNITS[start]], day, target)[UNITS[start]])


def test_nothing_happened() -> None:
    assert forwards([], "A") == "A"
    assert backwards([], "A") == "A"
    assert successors([], [], OLD, NEW) == {}


def test_a_merger_and_a_split() -> None:
    steps = [step("A", "C"), step("B", "C"), step("C", "D", SECOND), step("C", "E", SECOND)]
    assert [forwards(steps, unit) for unit in "ABC"] == ["DE", "DE", "DE"]
    assert [forwards(steps, unit, target=MIDDLE) for unit in "AB"] == ["C", "C"]
    assert backwards(steps, "D") == "ABCD"
    assert backwards(steps, "D", target=MIDDLE) == "CD"
    assert backwards(steps, "C", day=MIDDLE) == "ABC"


@pytest.mark.parametrize("order", [1, -1])
def test_steps_of_one_day_follow_each_other(order: int) -> None:
    """A goes into B and B, on that very day, into C; whichever stands first in the file."""
    steps = [step("A", "B"), step("B", "C"), step("C", "D"), step("C", "E")][::order]
    assert [forwards(steps, unit) for unit in "ABC"] == ["DE", "DE", "DE"]
    assert backwards(steps, "E") == "ABCE"


def test_the_first_day_belongs_to_the_new_unit() -> None:
    before = date(2025, 6, 30)
    assert forwards([step("A", "B")], "A", day=before, target=FIRST) == "B"
    assert forwards([step("A", "B")], "A", day=FIRST, target=NEW) == "A"
    assert forwards([step("A", "B")], "A", day=OLD, target=before) == "A"
    assert backwards([step("A", "B")], "B", day=FIRST, target=before) == "AB"
    assert backwards([step("A", "B")], "B", day=NEW, target=FIRST) == "B"


def test_a_circle_ends() -> None:
    """Two papers that contradict each other must not hang the program."""
    steps = [step("A", "B"), step("B", "A")]
    assert forwards(steps, "A") == ""
    assert backwards(steps, "A") == "AB"
