"""Tables across mergers of villages: everything goes along, each number once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from giamngheo_desktop.services import households
from giamngheo_desktop.services.targets import allocation
from tests.harness.register import FIRST_DAY, Register
from tests.harness.report_rows import (
    BEFORE,
    DAY,
    LAST,
    POOR,
    add_village,
    close,
    counts,
    poor_in,
    succeed,
    type_population,
)
from tests.harness.tables import (
    TOTAL,
    column,
    explained,
    paper,
)


def test_a_merger_in_mid_year_takes_households_population_and_targets_along(
    register: Register,
) -> None:
    poor_in(register, "A", 2)
    poor_in(register, "B", 1)
    poor_in(register, "C", 1)
    type_population(register, A=(100, 300), B=(50, 160), C=(20, 70))
    allocation.save(
        register.database,
        register.context,
        2026,
        {register.villages[name]: {"poor_decrease": 1, "near_poor_decrease": 0} for name in "ABC"},
    )
    add_village(register, "D")
    succeed(register, "AB", "D")
    expected = {"Thôn D": 150, "Thôn C": 20, TOTAL: 170}
    assert column(paper(register.database), "households") == expected
    assert column(paper(register.database), "persons")["Thôn D"] == 460
    assert counts(register) == {"Thôn D": 3, "Thôn C": 1, TOTAL: 4}
    doc = paper(register.database, "THON")
    assert column(doc, "poor_decrease") == {"Thôn D": 2, "Thôn C": 1, TOTAL: 3}
    # On the geography of the spring nothing has changed.
    spring = paper(register.database, geography=BEFORE, as_of=BEFORE)
    explained(register.database, spring)
    assert column(spring, "households") == {"Thôn A": 100, "Thôn B": 50, "Thôn C": 20, TOTAL: 170}


def test_a_merger_on_new_years_day(register: Register) -> None:
    type_population(register, A=100, B=50, C=20)
    add_village(register, "D", date(2026, 1, 1))
    succeed(register, "AB", "D", date(2026, 1, 1))
    assert column(paper(register.database), "households")["Thôn D"] == 150


def test_two_mergers_in_one_year(register: Register) -> None:
    type_population(register, A=100, B=50, C=20)
    poor_in(register, "A", 1, year=2025)
    add_village(register, "D", date(2026, 3, 1))
    succeed(register, "AB", "D", date(2026, 3, 1))
    add_village(register, "E")
    succeed(register, "DC", "E")
    assert column(paper(register.database), "households") == {"Thôn E": 170, TOTAL: 170}
    middle = paper(register.database, as_of=date(2026, 4, 1))
    assert column(middle, "households") == {"Thôn D": 150, "Thôn C": 20, TOTAL: 170}
    doc = paper(register.database, "THON")
    explained(register.database, doc)
    assert column(doc, "poor_opening") == {"Thôn E": 1, TOTAL: 1}


def test_mergers_one_after_another_on_the_same_day(register: Register) -> None:
    poor_in(register, "A", 1, year=2025)
    poor_in(register, "B", 1, year=2025)
    succeed(register, "A", "B")
    succeed(register, "B", "C")
    doc = paper(register.database, year=2025, geography=DAY)
    explained(register.database, doc)
    assert column(doc, POOR) == {"Thôn C": 2, TOTAL: 2}


def test_a_village_goes_into_one_that_stays(register: Register) -> None:
    """Typed before the merger A means A alone; typed after it, or of a later day, it means both."""
    type_population(register, A=(100, 300), B=(50, 150), C=(20, 60))
    succeed(register, "B", "A")
    assert column(paper(register.database), "households")["Thôn A"] == 150
    assert column(paper(register.database, as_of=BEFORE), "households")["Thôn A"] == 100
    type_population(register, A=(148, None))  # typed now: of the merged village
    doc = paper(register.database)
    assert column(doc, "households") == {"Thôn A": 148, "Thôn C": 20, TOTAL: 168}
    assert column(doc, "persons")["Thôn A"] is None


def test_only_the_whole_was_typed(register: Register) -> None:
    type_population(register, A=100, C=20)
    succeed(register, "B", "A")
    assert column(paper(register.database), "households")["Thôn A"] == 100


def test_a_later_day_of_the_number_means_the_merged_village(register: Register) -> None:
    type_population(register, A=(140, None, date(2026, 8, 1)), B=50, C=20)
    succeed(register, "B", "A")
    assert column(paper(register.database), "households")["Thôn A"] == 140


def test_targets_edited_after_a_merger_do_not_creep(register: Register) -> None:
    """The grid shows the sum; saving that sum must not add the part once more."""
    a, b = register.villages["A"], register.villages["B"]
    args = (register.database, register.context, 2026)
    allocation.save(*args, {a: {"poor_decrease": 2}, b: {"poor_decrease": 1}})
    succeed(register, "B", "A")
    assert column(paper(register.database, "THON"), "poor_decrease")["Thôn A"] == 3
    for typed in (3, 4):
        allocation.save(*args, {a: {"poor_decrease": typed}})
        assert column(paper(register.database, "THON"), "poor_decrease")["Thôn A"] in {typed, 3}
    assert column(paper(register.database, "THON"), "poor_decrease")["Thôn A"] == 4


def test_the_opening_of_a_new_village_is_the_sum_of_its_parts(register: Register) -> None:
    poor_in(register, "A", 2, year=2025)
    poor_in(register, "B", 1, year=2025)
    for year_closed in (False, True):
        if year_closed:
            close(register, 2025)
        else:
            add_village(register, "D")
            succeed(register, "AB", "D")
        doc = paper(register.database, "THON", 2026)
        explained(register.database, doc)
        assert column(doc, "poor_opening") == {"Thôn D": 3, "Thôn C": 0, TOTAL: 3}
        assert counts(register, year=2025) == {"Thôn A": 2, "Thôn B": 1, TOTAL: 3}


def test_a_merger_typed_after_its_year_was_closed(register: Register) -> None:
    """The frozen rows still name villages that had ended by the last day of the year."""
    poor_in(register, "A", 2)
    poor_in(register, "C", 1)
    close(register)
    add_village(register, "D")
    succeed(register, "AB", "D")
    assert counts(register) == {"Thôn D": 2, "Thôn C": 1, TOTAL: 3}


def test_the_frozen_village_counts_not_where_the_household_was_corrected_to(
    register: Register,
) -> None:
    """A closed year says Thôn A; the register says by now that it was Thôn C all the time."""
    (home,) = poor_in(register, "A")
    close(register)
    stored = register.get(home)
    moved = replace(stored, village=register.villages["C"])
    households.save(register.database, register.context, moved, day=FIRST_DAY, base=None)
    add_village(register, "D")
    succeed(register, "AB", "D")
    assert counts(register) == {"Thôn D": 1, TOTAL: 1}
    assert counts(register, as_of=LAST) == {"Thôn C": 1, TOTAL: 1}
