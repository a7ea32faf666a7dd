"""Tables across splits: no household is lost, and what cannot be placed stands between."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from giamngheo_desktop.services import areas, events, names, register
from giamngheo_desktop.services.targets import allocation
from tests.harness.register import Register
from tests.harness.report_rows import (
    BEFORE,
    DAY,
    LAST,
    POOR,
    Province,
    add_village,
    close,
    counts,
    listed,
    move,
    poor_in,
    split_a,
    succeed,
    type_population,
)
from tests.harness.tables import (
    TOTAL,
    UNPLACED,
    cells,
    column,
    explained,
    paper,
)


def test_a_split_village_loses_no_household(register: Register) -> None:
    first, second, third = poor_in(register, "A", 3)
    poor_in(register, "B", 1)
    type_population(register, A=(100, 300), B=(50, 150), C=(20, 60))
    split_a(register)
    lost = {"Thôn B": 1, UNPLACED: 3, TOTAL: 4}
    assert counts(register) == lost
    assert counts(register, as_of=DAY) == lost
    assert counts(register, as_of=BEFORE, geography=DAY) == lost
    assert counts(register, as_of=BEFORE) == {"Thôn A": 3, "Thôn B": 1, TOTAL: 4}
    # What was typed for the whole stays in the total; nothing is guessed for the parts, and no
    # rate printed of those not yet placed.
    rows = cells(paper(register.database))
    row = rows[UNPLACED]
    assert (row["households"].value, row["poor_household_rate"].missing) == (100, "no_denominator")
    assert column(paper(register.database), "households")["Thôn D"] is None
    assert (rows[TOTAL]["households"].value, rows[TOTAL]["persons"].value) == (170, 510)
    assert str(rows[TOTAL]["poor_household_rate"].value) == "2.35"
    move(register, first, "D", DAY)
    move(register, second, "E", DAY + timedelta(days=3))  # typed with a later day
    after = {"Thôn D": 1, "Thôn E": 1, "Thôn B": 1, UNPLACED: 1, TOTAL: 4}
    assert counts(register) == after
    move(register, third, "E", DAY)
    assert counts(register) == {"Thôn D": 1, "Thôn E": 2, "Thôn B": 1, TOTAL: 4}


def test_households_of_a_split_village_can_be_found(register: Register) -> None:
    """They stand in the list and in the search, else nobody could put them anywhere."""
    home = register.household("Đinh Văn Tự", village="A").uid
    register.give_class(home, "poor")
    split_a(register)
    (row,) = listed(register)
    assert (row.uid, row.village, row.household_class) == (home, "Thôn A", "poor")
    for text in ("dinh van tu", "thon a", "d"):
        assert register_matching(register, text) == {home}
    (hit,) = find(register, "tự")
    assert (hit.household, hit.village) == (home, "Thôn A")
    (name,) = names.of_households(register.database, [home], LAST)
    assert (name.head, name.village, name.persons) == ("Đinh Văn Tự", "Thôn A", 1)
    (person,) = names.of_persons(register.database, [hit.person], LAST)
    assert (person.household, person.village) == (home, "Thôn A")
    move(register, home, "D", DAY)
    assert counts(register) == {"Thôn D": 1, TOTAL: 1}


def populated(reg: Register, **options: Any) -> dict[str, Any]:
    """Households by row, with the whole table asked back."""
    doc = paper(reg.database, **options)
    explained(reg.database, doc)
    return column(doc, "households")


def test_numbers_of_the_parts_of_a_split_village_count_instead_of_its_own(
    register: Register,
) -> None:
    type_population(register, A=100, B=50, C=20)
    split_a(register)
    assert populated(register) == {
        "Thôn B": 50, "Thôn C": 20, "Thôn D": None, "Thôn E": None, UNPLACED: 100, TOTAL: 170,
    }  # fmt: skip
    assert set(column(paper(register.database), POOR).values()) == {None}  # nobody recorded any
    assert populated(register, geography=BEFORE)[TOTAL] == 170
    assert populated(register, unit=register.villages["D"])[TOTAL] is None
    type_population(register, D=60)  # E is not known by now: neither 160 nor 60
    assert populated(register) == {
        "Thôn B": 50, "Thôn C": 20, "Thôn D": 60, "Thôn E": None, TOTAL: None,
    }  # fmt: skip
    type_population(register, E=41)
    assert populated(register)[TOTAL] == 171


def test_targets_of_a_split_village_stay_in_the_total(register: Register) -> None:
    poor_in(register, "A", 3, year=2025)
    close(register, 2025)
    allocation.save(
        register.database,
        register.context,
        2026,
        {register.villages[name]: {"poor_decrease": number} for name, number in
         (("A", 2), ("B", 0), ("C", 0))},
    )  # fmt: skip
    split_a(register)
    doc = paper(register.database, "THON")
    explained(register.database, doc)
    assert column(doc, "poor_decrease")[TOTAL] == 2
    assert column(doc, "poor_closing") == {
        "Thôn B": 0, "Thôn C": 0, "Thôn D": None, "Thôn E": None, UNPLACED: 1, TOTAL: 1,
    }  # fmt: skip


def test_a_village_divided_among_its_neighbours(register: Register) -> None:
    """Their own numbers were typed before: alone they are the whole no more."""
    type_population(register, A=100, B=50, C=20)
    succeed(register, "A", "BC", reason="split")
    assert populated(register) == {"Thôn B": None, "Thôn C": None, UNPLACED: 170, TOTAL: 170}
    type_population(register, B=110, C=61)
    assert populated(register) == {"Thôn B": 110, "Thôn C": 61, TOTAL: 171}


def test_a_split_followed_by_a_merger_and_by_another_split(register: Register) -> None:
    type_population(register, A=100, B=50, C=20)
    split_a(register, date(2026, 3, 1))
    add_village(register, "F")
    succeed(register, "DB", "F")
    expected = {"Thôn C": 20, "Thôn E": None, "Thôn F": None, UNPLACED: 150, TOTAL: 170}
    assert populated(register) == expected
    later = date(2026, 9, 1)
    for name in "GH":
        add_village(register, name, later)
    succeed(register, "E", "GH", later, "split")
    assert populated(register) == {
        "Thôn C": 20, "Thôn F": None, "Thôn G": None, "Thôn H": None, UNPLACED: 150, TOTAL: 170,
    }  # fmt: skip
    # One part without a number, and the others are no whole.
    type_population(register, B=None)
    assert populated(register)[TOTAL] is None


def test_a_village_split_between_communes_has_its_number_above_both(province: Province) -> None:
    reg = province.reg
    reg.villages["1"] = reg.villages["X1"]
    names_of = ("A", "B", "C", "X1", "X2", "Y1", "Y2")
    type_population(reg, 2025, **dict.fromkeys(names_of, 10))
    add_village(reg, "D", DAY, province.communes["X"])
    add_village(reg, "E", DAY, province.communes["Y"])
    succeed(reg, "1", "DE", reason="split")
    type_population(reg, 2026, **dict.fromkeys(names_of, 10))
    # The rows of the two do not add up to it: each of them has an unknown part.
    found = column(paper(reg.database, unit=province.province), "households")
    assert found == {"Sơn Tây": 30, "Xã X": None, "Xã Y": None, UNPLACED: 10, TOTAL: 70}


def register_matching(reg: Register, text: str) -> frozenset[UUID]:
    return register.matching(reg.database, text, LAST)


def find(reg: Register, text: str) -> list[Any]:
    return register.find_persons(reg.database, text, LAST)


def test_the_opening_of_split_villages_follows_the_households(register: Register) -> None:
    """A real move after the split does not carry the household into another opening."""
    first, second = poor_in(register, "A", 2, year=2025)
    close(register, 2025)
    split_a(register)
    move(register, first, "D", DAY)
    move(register, second, "E", DAY)
    move(register, second, "D", date(2026, 9, 1))
    events.move_out(register.database, register.context, household=first, day=date(2026, 10, 1))
    doc = paper(register.database, "THON", 2026)
    explained(register.database, doc)
    assert column(doc, "poor_opening") == {
        "Thôn B": 0, "Thôn C": 0, "Thôn D": 1, "Thôn E": 1, TOTAL: 2,
    }  # fmt: skip


def test_who_left_before_a_split_stands_in_no_part_of_it(register: Register) -> None:
    (home,) = poor_in(register, "A", 1, year=2025)
    events.move_out(register.database, register.context, household=home, day=date(2026, 3, 1))
    split_a(register)
    doc = paper(register.database, year=2025, geography=LAST)
    explained(register.database, doc)
    assert column(doc, POOR)[UNPLACED] == 1
    assert column(doc, POOR)[TOTAL] == 1


def test_a_part_of_a_split_village_alone(register: Register) -> None:
    """The table of one village neither takes nor loses what nobody placed."""
    first, _ = poor_in(register, "A", 2)
    split_a(register)
    move(register, first, "D", DAY)
    doc = paper(register.database, unit=register.villages["D"])
    explained(register.database, doc)
    assert column(doc, POOR) == {"Thôn D": 1, TOTAL: 1}
    assert column(paper(register.database, unit=register.villages["B"]), POOR)[TOTAL] == 0


def test_a_village_renamed(register: Register) -> None:
    """A new name is a new version of the unit, or another unit by succession: the same numbers."""
    poor_in(register, "A", 2, year=2025)
    type_population(register, 2026, A=100, B=50, C=20)
    areas.change_area(register.database, register.context, register.villages["A"], DAY, name="Tổ 1")
    add_village(register, "F")
    succeed(register, "B", "F", reason="renamed")
    doc = paper(register.database, "THON")
    explained(register.database, doc)
    assert column(doc, "poor_opening") == {"Tổ 1": 2, "Thôn F": 0, "Thôn C": 0, TOTAL: 2}
    assert column(doc, "households") == {"Tổ 1": 100, "Thôn F": 50, "Thôn C": 20, TOTAL: 170}
    assert counts(register, year=2025) == {"Thôn A": 2, TOTAL: 2}
