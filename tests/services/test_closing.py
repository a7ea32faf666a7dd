"""Looking before closing counts in the reach that closing has: one commune of several."""

from __future__ import annotations

from datetime import date

import pytest

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.closing import Closing, look_before_closing
from tests.harness.register import STANDARD, Register
from tests.harness.tables import TOTAL, column, definitions, paper


def test_one_commune_of_two(register: Register) -> None:
    reg = register
    other = reg.second_commune("Hương Sơn", "H")
    for village in "AAHHH":
        home = reg.household("Một", village=village).uid
        reg.give_class(home, "poor", year=2025)
        if village == "H":
            reg.give_class(home, "near_poor", valid_from=date(2026, 12, 1), source="decision")
            first = home
    reg.give_class(first, "poor", valid_from=date(2026, 12, 1), source="decision")

    def look(unit: object) -> Closing:
        return look_before_closing(
            reg.database,
            definitions(),
            year=2026,
            standard=STANDARD,
            unit=unit,  # type: ignore[arg-type]
        )

    mine, theirs = look(reg.commune), look(other)
    assert (mine.results, mine.poor, len(mine.waiting)) == (0, 0, 2)
    assert (theirs.results, theirs.poor, theirs.near_poor, len(theirs.waiting)) == (3, 1, 2, 0)
    classes.close_year(
        reg.database, reg.context, year=2026, standard=STANDARD, definition="f" * 64, commune=other
    )
    doc = paper(reg.database, unit=other)
    assert column(doc, "poor_households")[TOTAL] == 1
    assert column(doc, "near_poor_households")[TOTAL] == 2
    with pytest.raises(RefusedError):
        look(other)
    assert look(reg.commune) == mine
