"""What differs between two editions of a table, down to the households."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from giamngheo_desktop.reports import make
from giamngheo_desktop.services.movement import editions
from giamngheo_desktop.services.movement.edition_diff import CellDiff, edition_diff
from tests.harness.register import Register
from tests.harness.tables import definitions
from tests.services.test_corrections import NEAR, NONE, POOR, close, correct, give, home


def told(found: list[CellDiff]) -> dict[tuple[str, str, bool], Any]:
    return {
        (one.row, one.key, one.persons): (one.before, one.after, set(one.households))
        for one in found
    }


def homes(reg: Register) -> dict[str, UUID]:
    found = {
        "Một": home(reg, "Một", "A", (2025, POOR)),
        "Hai": home(reg, "Hai", "B", (2025, POOR), persons=3),
    }
    close(reg, 2025)
    return found


def test_the_numbers_that_differ_and_who_is_behind_them(register: Register) -> None:
    two = homes(register)["Hai"]
    correct(register, two, NEAR)
    request = make.wanted(register.database, definitions(), "BC1", year=2025)
    assert editions.count(register.database, request) == 2
    assert told(edition_diff(register.database, request, 1, 2)) == {
        (row, key, False): (*pair, {two})
        for row, shift in (("Thôn B", 0), ("", 1))
        for key, pair in (
            ("poor_households", (1 + shift, shift)),
            ("near_poor_households", (0, 1)),
            ("poor_persons", (3 + 2 * shift, 2 * shift)),
            ("near_poor_persons", (0, 3)),
        )
    }
    assert edition_diff(register.database, request, 2, 2) == []


def test_the_movement_of_a_later_year_tells_its_persons_apart(register: Register) -> None:
    found = homes(register)
    for uid in found.values():
        give(register, uid, POOR, 2026)
    close(register, 2026)
    correct(register, found["Hai"], NONE, 2025)
    request = make.wanted(register.database, definitions(), "BC2", year=2026)
    diff = told(edition_diff(register.database, request, 1, 2))
    assert diff["", "opening", False] == (2, 1, {found["Hai"]})
    assert diff["", "new", True] == (0, 3, {found["Hai"]})
    assert {key for _, key, _ in diff} == {"opening", "new"}
