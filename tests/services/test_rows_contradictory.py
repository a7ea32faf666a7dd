"""Rows that contradict each other never make a household count twice in a table."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services import classes, events, names
from giamngheo_desktop.services.report_rows import Request, table_data
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import FIRST_DAY, STANDARD, Register
from tests.harness.report_rows import (
    LAST,
    POOR,
    close,
    counts,
    listed,
    poor_in,
    type_population,
)
from tests.harness.tables import (
    TOTAL,
    cells,
    definitions,
    explained,
    insert,
    insert_class,
    paper,
)


def two_heads(reg: Register, home: UUID) -> None:
    second = reg.get(home).members[1]
    with write_unit(reg.database, reg.context, Op.SAVE_UNIT) as work:
        work.update(Kind.MEMBERSHIP, second.membership, is_head=True)


def two_places(reg: Register, home: UUID) -> None:
    insert(
        reg,
        Kind.PLACE,
        household=home,
        village=reg.villages["A"],
        reason=None,
        valid_from=FIRST_DAY,
        valid_to=None,
    )


def two_classes(reg: Register, home: UUID) -> None:
    insert_class(reg, home, "poor", valid_from=date(2026, 2, 1))


def two_facts(reg: Register, home: UUID) -> None:
    for code in ("social_protection", "minority", "merit_household"):
        for value in ("yes", "no", "yes"):
            insert(
                reg,
                Kind.HOUSEHOLD_FACT,
                household=home,
                code=code,
                value=value,
                valid_from=FIRST_DAY,
                valid_to=None,
            )


def two_memberships(reg: Register, home: UUID) -> None:
    first = reg.get(home).members[0]
    insert(
        reg,
        Kind.MEMBERSHIP,
        household=home,
        person=first.uid,
        relation="head",
        is_head=True,
        position=9,
        reason="opening",
        end_reason=None,
        valid_from=FIRST_DAY,
        valid_to=None,
    )


SPOILS = [two_heads, two_places, two_classes, two_facts, two_memberships]


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("spoil", SPOILS)
def test_no_bad_row_counts_a_household_twice(register: Register, spoil: Any, frozen: bool) -> None:
    home, other = poor_in(register, "A", 2)
    spoil(register, home)
    type_population(register, A=(10, 30), B=(10, 30), C=(10, 30))
    if frozen:
        close(register)
    for options in ({}, {"as_of": LAST}):
        doc = paper(register.database, **options)
        assert explained(register.database, doc, noughts=True) == 4 * 6
        total = cells(doc)[TOTAL]
        assert (total[POOR].value, total["poor_persons"].value) == (2, 4)
        assert str(total["poor_household_rate"].value) == "6.67"
    data = table_data(register.database, Request(report=_bc1(), year=2026, standard=STANDARD))
    assert data.total.values[POOR] == 2
    rows = listed(register)
    assert sorted(row.uid for row in rows) == sorted([home, other])
    assert names.of_households(register.database, [home, other], LAST)[0].persons == 2


def _bc1() -> Any:
    return definitions().report("BC1")


def test_all_bad_rows_at_once(register: Register) -> None:
    home, _ = poor_in(register, "A", 2)
    for spoil in SPOILS:
        spoil(register, home)
    assert counts(register, "poor_persons") == {"Thôn A": 4, TOTAL: 4}
    close(register)
    assert counts(register, "poor_persons") == {"Thôn A": 4, TOTAL: 4}
    assert counts(register, "poor_persons", as_of=LAST) == {"Thôn A": 4, TOTAL: 4}


def test_of_two_records_of_a_year_the_last_one_counts(register: Register) -> None:
    """The opening of 2025 ended on 31/12/2025, the review of 2025 holds from the day after."""
    (home,) = poor_in(register, "A", year=2025)
    register.give_class(
        home, "near_poor", year=2025, valid_from=date(2026, 1, 1), source="decision"
    )
    assert counts(register, year=2025) == {}
    assert counts(register, "near_poor_households", year=2025) == {"Thôn A": 1, TOTAL: 1}
    # On the last day itself the opening still held.
    assert counts(register, year=2025, as_of=date(2025, 12, 31)) == {"Thôn A": 1, TOTAL: 1}
    close(register, 2025)
    assert counts(register, year=2025) == {}
    assert counts(register, "near_poor_households", year=2025) == {"Thôn A": 1, TOTAL: 1}


def test_a_class_that_ended_within_the_year_does_not_count(register: Register) -> None:
    (home,) = poor_in(register, "A")
    events.move_out(register.database, register.context, household=home, day=date(2026, 12, 31))
    other = poor_in(register, "B")
    assert counts(register) == {"Thôn B": 1, TOTAL: 1}
    assert counts(register, as_of=date(2026, 12, 30)) == {"Thôn A": 1, "Thôn B": 1, TOTAL: 2}
    assert len(other) == 1


def test_a_class_that_ended_while_the_household_stayed_does_not_count(register: Register) -> None:
    """It is the class that ended, not the stay: the household is in its village all year."""
    (home,) = poor_in(register, "A")
    poor_in(register, "B")
    both = {"Thôn A": 1, "Thôn B": 1, TOTAL: 2}
    (record,) = classes.of_household(register.database, home)
    for last, expected in (
        (date(2026, 12, 31), both),
        (date(2026, 12, 30), {"Thôn B": 1, TOTAL: 1}),
    ):
        with write_unit(register.database, register.context, Op.SAVE_UNIT) as work:
            work.update(Kind.CLASS_RECORD, record["uid"], valid_to=last)
        assert counts(register) == expected, last
    assert counts(register, as_of=date(2026, 12, 30)) == both


def test_households_without_members_or_head(register: Register) -> None:
    empty = register.household(village="A")
    headless = register.household("Một", "Hai", "Ba", village="B")
    with write_unit(register.database, register.context, Op.SAVE_UNIT) as work:
        work.update(Kind.MEMBERSHIP, headless.members[0].membership, is_head=False)
    for home in (empty, headless):
        register.give_class(home.uid, "poor")
    assert counts(register) == {"Thôn A": 1, "Thôn B": 1, TOTAL: 2}
    assert counts(register, "poor_persons") == {"Thôn B": 3, TOTAL: 3}
    close(register)
    assert counts(register, "poor_persons") == {"Thôn B": 3, TOTAL: 3}
