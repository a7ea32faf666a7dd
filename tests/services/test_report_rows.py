"""Numbers of a table that could be wrong: bad rows, population, mergers and splits, missing years.

Each table is asked back: every counted cell must name as many households or persons as it says.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import (
    areas,
    classes,
    events,
    households,
    names,
    register,
    successions,
)
from giamngheo_desktop.services.areas import COMPLETE, NewVillage
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.report_rows import Request, table_data
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import FIRST_DAY, STANDARD, TODAY, Register, make_register
from tests.harness.tables import (
    TOTAL,
    UNPLACED,
    cells,
    column,
    definitions,
    explained,
    insert,
    insert_class,
    paper,
)

DAY = date(2026, 7, 1)
BEFORE = DAY - timedelta(days=1)
LAST = date(2026, 12, 31)
POOR = "poor_households"


def counts(reg: Register, key: str = POOR, **options: Any) -> dict[str, Any]:
    """One column without noughts; the whole table is asked back."""
    doc = paper(reg.database, **options)
    explained(reg.database, doc)
    return {label: value for label, value in column(doc, key).items() if value != 0}


def type_population(reg: Register, year: int = 2026, **villages: Any) -> None:
    rows = {}
    for name, values in villages.items():
        homes, people, *day = values if isinstance(values, tuple) else (values, None)
        rows[reg.villages[name]] = {"households": homes, "persons": people}
        if day:
            rows[reg.villages[name]]["as_of"] = day[0]
    areas.save_population(reg.database, reg.context, year, rows)


def add_village(reg: Register, name: str, day: date = DAY, commune: UUID | None = None) -> UUID:
    new = NewVillage(name=f"Thôn {name}")
    uid = areas.add_village(reg.database, reg.context, commune or reg.commune, new, day).value
    reg.villages[name] = uid
    return uid


def succeed(reg: Register, olds: str, news: str, day: date = DAY, reason: str = "merged") -> None:
    successions.record_succession(
        reg.database,
        reg.context,
        olds=[reg.villages[name] for name in olds],
        news=[reg.villages[name] for name in news],
        reason=reason,
        effective_on=day,
    )


def move(reg: Register, home: UUID, village: str, day: date) -> None:
    events.move_village(
        reg.database, reg.context, household=home, village=reg.villages[village], day=day
    )


def poor_in(reg: Register, village: str, count: int = 1, *, year: int = 2026) -> list[UUID]:
    """Recognised poor households of two persons."""
    found = []
    for number in range(count):
        home = reg.household(f"Chủ {village}{number}", "Vợ", village=village)
        reg.give_class(home.uid, "poor", year=year)
        found.append(home.uid)
    return found


def reviewed(reg: Register, *villages: str) -> None:
    """The households listed there had their review of 2026: not poor any more."""
    wanted = tuple(reg.villages[name] for name in villages)
    for row in listed(reg, villages=wanted, classes=("poor",)):
        reg.give_class(row.uid, "not_poor", valid_from=date(2026, 12, 1), source="decision")


def close(reg: Register, year: int = 2026) -> None:
    classes.close_year(
        reg.database,
        reg.context,
        year=year,
        standard=STANDARD,
        definition="f" * 64,
        commune=reg.commune,
    )


# --- bad rows: no household counts twice ---------------------------------------------------------


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


def listed(reg: Register, **options: Any) -> list[Any]:
    wanted = HouseholdFilter(day=LAST, standard=STANDARD, **options)
    return register_rows(reg.database, wanted)


def register_rows(database: Database, wanted: HouseholdFilter) -> list[Any]:
    return register.households(database, wanted)


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


# --- population ----------------------------------------------------------------------------------


def test_a_total_with_a_missing_part_is_not_printed(register: Register) -> None:
    poor_in(register, "A", 2)
    type_population(register, A=(100, 400), B=(50, None))
    doc = paper(register.database)
    rows = cells(doc)
    assert column(doc, "households") == {
        "Thôn A": 100, "Thôn B": 50, "Thôn C": None, TOTAL: None,
    }  # fmt: skip
    assert column(doc, "persons") == {"Thôn A": 400, "Thôn B": None, "Thôn C": None, TOTAL: None}
    assert str(rows["Thôn A"]["poor_household_rate"].value) == "2.00"
    assert rows["Thôn B"]["poor_person_rate"].missing == "no_denominator"
    assert rows[TOTAL]["poor_household_rate"].missing == "no_denominator"
    notes = " ".join(doc.notes)
    assert "Chưa có tổng số hộ, nhân khẩu: Thôn C. Không tính tỷ lệ." in notes
    assert "Thôn C, Tổng cộng" in notes or "Tổng cộng" in notes


def test_nought_and_too_small_populations_print_no_rate(register: Register) -> None:
    poor_in(register, "A", 2)
    type_population(register, A=(1, 3), B=(0, 0), C=(10, 20))
    rows = cells(paper(register.database))
    assert rows["Thôn A"]["households"].value == 1
    assert rows["Thôn A"]["poor_household_rate"].missing == "small_denominator"
    assert rows["Thôn A"]["poor_person_rate"].missing == "small_denominator"
    assert rows["Thôn B"]["poor_household_rate"].missing == "zero_denominator"
    assert str(rows["Thôn C"]["poor_household_rate"].value) == "0.00"


def test_51_and_74_households_without_population_print_no_rate_at_all(
    register: Register,
) -> None:
    for number in range(51 + 74):
        home = register.household(f"Hộ {number}", village="ABC"[number % 3])
        register.give_class(home.uid, "poor" if number < 51 else "near_poor")
    doc = paper(register.database)
    explained(register.database, doc)
    total = cells(doc)[TOTAL]
    assert (total[POOR].value, total["near_poor_households"].value) == (51, 74)
    rates = [cell for row in cells(doc).values() for key, cell in row.items() if "_rate" in key]
    assert {(cell.value, cell.missing) for cell in rates} == {(None, "no_denominator")}
    assert len(rates) == 4 * 6


def declare(reg: Register, *villages: str, day: date = FIRST_DAY) -> None:
    for name in villages:
        areas.set_area_fact(reg.database, reg.context, reg.villages[name], COMPLETE, "yes", day)


def test_a_register_counts_only_where_it_was_declared_complete(register: Register) -> None:
    poor_in(register, "A", 2)
    poor_in(register, "B", 1)
    poor_in(register, "C", 1)
    declare(register, "A", "B")
    type_population(register, B=(100, 300))
    doc = paper(register.database)
    assert column(doc, "households") == {
        "Thôn A": 2, "Thôn B": 100, "Thôn C": None, TOTAL: None,
    }  # fmt: skip
    assert column(doc, "persons")["Thôn A"] == 4
    notes = list(doc.notes)
    assert "Tổng số hộ, nhân khẩu nhập tay: Thôn B." in notes
    assert "Tổng số hộ, nhân khẩu đếm từ sổ hộ: Thôn A." in notes
    assert "Chưa có tổng số hộ, nhân khẩu: Thôn C. Không tính tỷ lệ." in notes


@pytest.mark.parametrize("typed", [(5, None), (None, 20)])
def test_what_is_typed_for_a_village_is_never_mixed_with_counted_numbers(
    register: Register, typed: tuple[int | None, int | None]
) -> None:
    """50 typed households beside 8 counted persons gave a rate of 100 %."""
    poor_in(register, "A", 2)
    declare(register, "A", "B")
    type_population(register, A=typed)
    doc = paper(register.database)
    shown = column(doc, "households")["Thôn A"], column(doc, "persons")["Thôn A"]
    assert shown == typed
    rates = [column(doc, key)["Thôn A"] for key in ("poor_household_rate", "poor_person_rate")]
    assert [rate is None for rate in rates] == [number is None for number in typed]
    assert "Tổng số hộ, nhân khẩu nhập tay: Thôn A." in doc.notes
    assert "Tổng số hộ, nhân khẩu đếm từ sổ hộ: Thôn B." in doc.notes


def test_the_register_is_counted_on_the_day_of_the_data(register: Register) -> None:
    """Today's geography must not bring today's households into last year's total."""
    poor_in(register, "A", 1, year=2025)
    register.household("Đến sau", village="A", day=date(2026, 3, 1))
    declare(register, "A", "B", "C")
    doc = paper(register.database, year=2025, geography=TODAY)
    assert column(doc, "households") == {"Thôn A": 1, "Thôn B": 0, "Thôn C": 0, TOTAL: 1}
    # Declared complete later: nothing is known of the year before.
    other = make_other(register)
    doc = paper(other.database, year=2025, geography=TODAY)
    assert column(doc, "households")["Thôn A"] is None


def make_other(reg: Register) -> Register:
    path = reg.database.path.with_name("khác.db")
    reg.database.copy_to(path)
    other = Register(Database(path), reg.context, reg.commune, dict(reg.villages))
    with write_unit(other.database, other.context, Op.SAVE_UNIT) as work:
        for row in records_of(other, Kind.AREA_FACT):
            work.update(Kind.AREA_FACT, row, valid_from=date(2026, 1, 1))
    return other


def records_of(reg: Register, kind: Kind) -> list[UUID]:
    from giamngheo_desktop.storage import records

    with reg.database.reader() as connection:
        return [row["uid"] for row in records.find(connection, kind)]


# --- mergers -------------------------------------------------------------------------------------


def test_a_merger_in_mid_year_takes_households_population_and_targets_along(
    register: Register,
) -> None:
    poor_in(register, "A", 2)
    poor_in(register, "B", 1)
    poor_in(register, "C", 1)
    type_population(register, A=(100, 300), B=(50, 160), C=(20, 70))
    areas.save_targets(
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
    areas.save_targets(*args, {a: {"poor_decrease": 2}, b: {"poor_decrease": 1}})
    succeed(register, "B", "A")
    assert column(paper(register.database, "THON"), "poor_decrease")["Thôn A"] == 3
    for typed in (3, 4):
        areas.save_targets(*args, {a: {"poor_decrease": typed}})
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


# --- splits --------------------------------------------------------------------------------------


def split_a(reg: Register, day: date = DAY) -> None:
    add_village(reg, "D", day)
    add_village(reg, "E", day)
    succeed(reg, "A", "DE", day, "split")


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
    areas.save_targets(
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


# --- the geography of an earlier day -------------------------------------------------------------


def test_later_numbers_on_an_earlier_geography(register: Register) -> None:
    """The villages of June with the table of the running year, whose end lies after a merger."""
    stayed = poor_in(register, "A", 2)
    poor_in(register, "B", 1)
    add_village(register, "D")
    succeed(register, "AB", "D")
    late = register.household("Đến sau", village="D", day=date(2026, 8, 1))
    register.give_class(late.uid, "poor", valid_from=date(2026, 8, 1))
    assert counts(register) == {"Thôn D": 4, TOTAL: 4}
    earlier = counts(register, geography=date(2026, 6, 1))
    assert earlier == {"Thôn A": 2, "Thôn B": 1, UNPLACED: 1, TOTAL: 4}
    move(register, stayed[0], "C", date(2026, 9, 1))
    assert counts(register, geography=date(2026, 6, 1))["Thôn C"] == 1


def test_a_split_seen_from_before_it_is_whole_again(register: Register) -> None:
    first, _, _ = poor_in(register, "A", 3)
    split_a(register)
    move(register, first, "D", DAY)
    late = register.household("Đến sau", village="E", day=date(2026, 8, 1))
    register.give_class(late.uid, "poor", valid_from=date(2026, 8, 1))
    assert counts(register, geography=BEFORE) == {"Thôn A": 4, TOTAL: 4}


# --- several communes ----------------------------------------------------------------------------


class Province:
    """A province of two communes, each with its Thôn 1 and Thôn 2."""

    def __init__(self, reg: Register) -> None:
        self.reg = reg
        tree = areas.tree(reg.database, FIRST_DAY)
        (self.province,) = (area.uid for area in tree.of_level(Level.PROVINCE))
        self.communes: dict[str, UUID] = {}
        for name in "XY":
            with write_unit(reg.database, reg.context, Op.SAVE_UNIT) as work:
                self.communes[name] = areas.add_area(
                    work,
                    Level.COMMUNE,
                    name=f"Xã {name}",
                    kind="xa",
                    parent=self.province,
                    valid_from=FIRST_DAY,
                )
            for number in "12":
                uid = add_village(reg, number, FIRST_DAY, self.communes[name])
                reg.villages[f"{name}{number}"] = uid

    def merge(self, day: date = DAY) -> UUID:
        """X and Y become Z; the two Thôn 1 stay two."""
        with write_unit(self.reg.database, self.reg.context, Op.SAVE_UNIT) as work:
            new = areas.add_area(
                work,
                Level.COMMUNE,
                name="Xã Z",
                kind="xa",
                parent=self.province,
                valid_from=day,
            )
        successions.record_succession(
            self.reg.database,
            self.reg.context,
            olds=list(self.communes.values()),
            news=[new],
            reason="merged",
            effective_on=day,
        )
        return new


@pytest.fixture
def province(register: Register) -> Province:
    found = Province(register)
    for village, count in (("A", 1), ("X1", 2), ("X2", 1), ("Y1", 3)):
        poor_in(register, village, count, year=2025)
    return found


def test_rows_are_communes_for_a_province_and_villages_for_a_commune(province: Province) -> None:
    reg = province.reg
    doc = paper(reg.database, year=2025)
    assert explained(reg.database, doc, noughts=True) == 4 * 6
    assert column(doc, POOR) == {"Sơn Tây": 1, "Xã X": 3, "Xã Y": 3, TOTAL: 7}
    doc = paper(reg.database, year=2025, unit=province.communes["X"])
    explained(reg.database, doc)
    assert column(doc, POOR) == {"Thôn 1": 2, "Thôn 2": 1, TOTAL: 3}


def test_the_headings_follow_the_level_of_the_rows(province: Province) -> None:
    reg = province.reg
    for unit, heading, title in (
        (None, "Xã, phường", "CÁC XÃ, PHƯỜNG"),
        (reg.commune, "Thôn, tổ dân phố", "CÁC THÔN"),
        (reg.villages["A"], "Thôn, tổ dân phố", "CÁC THÔN"),
    ):
        (table,) = paper(reg.database, year=2025, unit=unit).tables
        assert table.labels[1].label == heading
        for code in ("THON", "THON-TH"):
            assert f"{title} NĂM 2025" in paper(reg.database, code, 2025, unit=unit).title[0]


def test_two_villages_of_one_name_stay_two_in_the_merged_commune(province: Province) -> None:
    reg = province.reg
    new = province.merge()
    for options in ({"year": 2025, "geography": LAST}, {"year": 2026, "code": "THON"}):
        doc = paper(reg.database, unit=new, **options)
        (table,) = doc.tables
        key = "poor_opening" if "code" in options else POOR
        rows = [(table.row_name(row), table.cell(at, key)) for at, row in enumerate(table.rows)]
        assert sorted((name, cell.value) for name, cell in rows) == [
            ("Thôn 1 (Xã X cũ)", 2), ("Thôn 1 (Xã Y cũ)", 3),
            ("Thôn 2 (Xã X cũ)", 1), ("Thôn 2 (Xã Y cũ)", 0), (TOTAL, 6),
        ]  # fmt: skip
        for _, cell in rows:
            assert cell.source is not None
            assert len(make.explain(reg.database, cell.source)) == cell.value
    # The province on both geographies.
    for options, expected in (
        ({}, {"Sơn Tây": 1, "Xã X": 3, "Xã Y": 3, TOTAL: 7}),
        ({"geography": LAST}, {"Sơn Tây": 1, "Xã Z": 6, TOTAL: 7}),
    ):
        doc = paper(reg.database, year=2025, unit=province.province, **options)
        explained(reg.database, doc)
        assert column(doc, POOR) == expected


def test_what_one_commune_cannot_place_does_not_stand_in_another(province: Province) -> None:
    reg = province.reg
    add_village(reg, "D", DAY, province.communes["X"])
    add_village(reg, "E", DAY, province.communes["X"])
    reg.villages["1"] = reg.villages["X1"]
    succeed(reg, "1", "DE", reason="split")
    for code, key in (("BC1", POOR), ("THON", "poor_opening")):
        year, geography = (2025, LAST) if code == "BC1" else (2026, None)
        options = {"code": code, "year": year, "geography": geography}
        mine = paper(reg.database, unit=province.communes["X"], **options)
        other = paper(reg.database, unit=province.communes["Y"], **options)
        whole = paper(reg.database, unit=province.province, **options)
        for doc in (mine, whole):
            explained(reg.database, doc)
        found = {label: value for label, value in column(mine, key).items() if value}
        assert found == {"Thôn 2": 1, UNPLACED: 2, TOTAL: 3}
        assert UNPLACED not in cells(other)
        assert column(other, key)[TOTAL] == 3
        assert column(whole, key) == {"Sơn Tây": 1, "Xã X": 3, "Xã Y": 3, TOTAL: 7}


def test_a_village_split_between_two_communes_stands_between_them(province: Province) -> None:
    reg = province.reg
    add_village(reg, "D", DAY, province.communes["X"])
    add_village(reg, "E", DAY, province.communes["Y"])
    reg.villages["1"] = reg.villages["X1"]
    succeed(reg, "1", "DE", reason="split")
    whole = paper(reg.database, unit=province.province, year=2025, geography=LAST)
    explained(reg.database, whole)
    assert column(whole, POOR) == {
        "Sơn Tây": 1, "Xã X": 1, "Xã Y": 3, UNPLACED: 2, TOTAL: 7,
    }  # fmt: skip
    # What another split leaves open within one commune stands in its row, not between them.
    add_village(reg, "F", DAY, province.communes["Y"])
    add_village(reg, "G", DAY, province.communes["Y"])
    reg.villages["2"] = reg.villages["Y1"]
    succeed(reg, "2", "FG", reason="split")
    again = paper(reg.database, unit=province.province, year=2025, geography=LAST)
    explained(reg.database, again)
    assert column(again, POOR) == column(whole, POOR)


def test_a_village_merged_of_a_recorded_and_an_unrecorded_part_is_unknown(
    province: Province,
) -> None:
    """The half that is known is not the whole."""
    reg = province.reg
    reviewed(reg, "A", "X1", "X2")
    for village in ("A", "X1"):
        poor_in(reg, village, 1, year=2026)
    later = date(2027, 1, 1)
    new = province.merge(later)
    add_village(reg, "D", later, new)
    reg.villages |= {"1": reg.villages["X1"], "2": reg.villages["Y1"]}
    succeed(reg, "12", "D", later)
    doc = paper(reg.database, unit=province.province, geography=later)
    explained(reg.database, doc)
    assert column(doc, POOR) == {"Sơn Tây": 1, "Xã Z": None, TOTAL: None}
    (table,) = paper(reg.database, unit=new, geography=later).tables
    rows = [(table.row_name(row), table.cell(at, POOR).value) for at, row in enumerate(table.rows)]
    assert sorted(rows, key=str) == [
        ("Thôn 2 (Xã X cũ)", 0), ("Thôn 2 (Xã Y cũ)", None), ("Thôn D", None), (TOTAL, None),
    ]  # fmt: skip


def test_a_commune_that_recorded_nothing_prints_no_nought(province: Province) -> None:
    """Nor does the province count the others as if they were all."""
    reg = province.reg
    reviewed(reg, "A")
    poor_in(reg, "A", 1, year=2026)
    doc = paper(reg.database, year=2026)
    explained(reg.database, doc)
    assert column(doc, POOR) == {"Sơn Tây": 1, "Xã X": None, "Xã Y": None, TOTAL: None}
    close(reg, 2026)  # closed by the first commune only
    assert column(paper(reg.database), POOR) == {
        "Sơn Tây": 1, "Xã X": None, "Xã Y": None, TOTAL: None,
    }  # fmt: skip


def test_the_district_that_ended_on_30_6_2025(register: Register) -> None:
    """Its table of 2024 stays; afterwards it has nothing to print, and no nought."""
    reg = register
    tree = areas.tree(reg.database, FIRST_DAY)
    (top,) = (area.uid for area in tree.of_level(Level.PROVINCE))
    with write_unit(reg.database, reg.context, Op.SAVE_UNIT) as work:
        district = areas.add_area(
            work, Level.DISTRICT, name="Huyện", kind="huyen", parent=top, valid_from=FIRST_DAY
        )
        areas.change_area_in(work, reg.commune, FIRST_DAY, parent=district)
        areas.change_area_in(work, reg.commune, date(2025, 7, 1), parent=top)
    poor_in(reg, "A", 2, year=2025)
    doc = paper(reg.database, year=2025, unit=district, as_of=date(2025, 6, 30))
    explained(reg.database, doc)
    assert column(doc, POOR) == {"Sơn Tây": 2, TOTAL: 2}
    after = paper(reg.database, year=2025, unit=district)
    assert set(column(after, POOR).values()) == {None}
    assert counts(reg, year=2025, unit=top) == {"Sơn Tây": 2, TOTAL: 2}


def test_a_commune_without_villages_prints_no_nought(province: Province) -> None:
    reg = province.reg
    with write_unit(reg.database, reg.context, Op.SAVE_UNIT) as work:
        areas.add_area(
            work,
            Level.COMMUNE,
            name="Xã trống",
            kind="xa",
            parent=province.province,
            valid_from=FIRST_DAY,
        )
    found = column(paper(reg.database, year=2025), POOR)
    assert (found["Xã trống"], found[TOTAL]) == (None, 7)


# --- years and days ------------------------------------------------------------------------------


def test_a_year_nobody_recorded_prints_no_nought(register: Register) -> None:
    poor_in(register, "A", 1, year=2025)
    doc = paper(register.database, year=2026)
    assert set(column(doc, POOR).values()) == {None}
    assert {cell.missing for cell in (row[POOR] for row in cells(doc).values())} == {"no_data"}
    assert any("chưa có số liệu" in note for note in doc.notes)
    plan = paper(register.database, "THON-TH", 2026)
    assert column(plan, "poor_opening")[TOTAL] == 1
    assert column(plan, "poor_closing")[TOTAL] is None
    assert column(plan, "poor_decrease")[TOTAL] is None
    # Closed, the year says that there is none.
    close(register)
    assert set(column(paper(register.database), POOR).values()) == {0}


def test_closed_reopened_and_asked_for_a_day(register: Register) -> None:
    _, other = poor_in(register, "A", 2, year=2025)
    close(register, 2025)
    events.move_out(register.database, register.context, household=other, day=date(2025, 5, 1))
    assert counts(register, year=2025) == {"Thôn A": 2, TOTAL: 2}
    assert counts(register, year=2025, as_of=date(2025, 4, 30)) == {"Thôn A": 2, TOTAL: 2}
    assert counts(register, year=2025, as_of=date(2025, 5, 1)) == {"Thôn A": 1, TOTAL: 1}
    assert paper(register.database, year=2025).data_date == date(2025, 12, 31)
    classes.reopen_year(
        register.database, register.context, year=2025, standard=STANDARD, reason="sót"
    )
    assert counts(register, year=2025) == {"Thôn A": 1, TOTAL: 1}


# --- preliminary tables --------------------------------------------------------------------------


def computed(reg: Register, home: UUID, name: str | None, *possible: str) -> None:
    insert_class(
        reg,
        home,
        name,
        source="computed",
        possible=tuple(possible) or None,
        valid_from=date(2026, 10, 1),
    )


def test_a_preliminary_table_prints_ranges_and_how_many_are_unfinished(
    register: Register,
) -> None:
    homes = [register.household(f"Hộ {n}", "Vợ", village="AAABB"[n]).uid for n in range(5)]
    register.give_class(homes[4], "poor")  # recognised: not preliminary
    computed(register, homes[0], "poor")
    computed(register, homes[1], None, "poor", "near_poor")
    computed(register, homes[2], "near_poor")
    computed(register, homes[3], "not_poor")
    type_population(register, A=(10, 30), B=(10, 30), C=(10, 30))
    doc = paper(register.database, recognised=False)
    assert column(doc, POOR) == {"Thôn A": (1, 2), "Thôn B": 0, "Thôn C": 0, TOTAL: (1, 2)}
    assert column(doc, "near_poor_persons")["Thôn A"] == (2, 4)
    rate = cells(doc)["Thôn A"]["poor_household_rate"]
    assert (str(rate.value), str(rate.upper)) == ("10.00", "20.00")
    assert any("Còn 2 hộ chưa có kết quả" in note for note in doc.notes)  # 1 undecided, 1 without
    official = paper(register.database)
    assert column(official, POOR) == {"Thôn A": 0, "Thôn B": 1, "Thôn C": 0, TOTAL: 1}
    assert not any("chưa có kết quả" in note for note in official.notes)


def test_ranges_and_unfinished_households_follow_a_split(register: Register) -> None:
    homes = [register.household(f"Hộ {n}", village="A").uid for n in range(4)]
    computed(register, homes[0], None, "poor", "near_poor")
    computed(register, homes[1], "poor")
    computed(register, homes[3], None, "poor", "near_poor")
    split_a(register)
    move(register, homes[0], "D", DAY)
    doc = paper(register.database, recognised=False)
    assert column(doc, POOR) == {
        "Thôn B": 0, "Thôn C": 0, "Thôn D": (0, 1), "Thôn E": 0, UNPLACED: (1, 2), TOTAL: (1, 3),
    }  # fmt: skip
    assert any("Còn 3 hộ" in note for note in doc.notes)
    # Seen on the geography before the split the same households are asked.
    before = paper(register.database, recognised=False, geography=BEFORE)
    assert column(before, POOR)["Thôn A"] == (1, 3)
    assert any("Còn 3 hộ" in note for note in before.notes)


def test_an_unfinished_household_of_another_commune_is_not_told(province: Province) -> None:
    reg = province.reg
    for row in listed(reg, villages=(reg.villages["A"],)):
        computed(reg, row.uid, "poor")
    doc = paper(reg.database, recognised=False, unit=reg.commune)
    assert not any("chưa có kết quả" in note for note in doc.notes)


def test_the_smallest_decrease_comes_from_the_largest_closing(register: Register) -> None:
    poor_in(register, "A", 3, year=2025)
    homes = [register.household(f"Hộ {n}", village="A").uid for n in range(2)]
    computed(register, homes[0], "poor")
    computed(register, homes[1], None, "poor", "near_poor")
    request = Request(
        report=definitions().report("THON-TH"),
        year=2026,
        standard=STANDARD,
        unit=register.commune,
        recognised=False,
    )
    total = table_data(register.database, request).total
    assert (total.values["poor_closing"], total.uppers["poor_closing"]) == (1, 2)
    assert (total.values["poor_decrease"], total.uppers["poor_decrease"]) == (1, 2)


def test_a_village_with_more_poor_at_the_end_has_a_negative_decrease(register: Register) -> None:
    poor_in(register, "A", 1, year=2025)
    reviewed(register, "A")
    poor_in(register, "A", 2)
    poor_in(register, "B", 1)
    type_population(register, A=(100, 300), B=(3, 9), C=(10, 30))
    doc = paper(register.database, "THON-TH")
    rows = cells(doc)
    decrease, rate = rows["Thôn A"]["poor_decrease"], rows["Thôn A"]["poor_decrease_rate"]
    assert (decrease.value, str(rate.value)) == (-1, "-1.00")
    assert str(rows["Thôn B"]["poor_decrease_rate"].value) == "-33.33"
    assert rows[TOTAL]["poor_decrease"].value == -2
    assert rows["Thôn C"]["poor_decrease"].value == 0


# --- random geographies --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_no_geography_loses_or_doubles_a_household(database: Database, seed: int) -> None:
    """Villages merge, split and change names while households move; every table still adds up."""
    dice = random.Random(seed)
    reg = make_register(database, "ABCD", seed=seed + 10)
    homes = [poor_in(reg, dice.choice("ABCD"), year=2025)[0] for _ in range(8)]
    for home in homes:
        insert_class(reg, home, "poor")
    day = date(2025, 6, 1)
    days = [FIRST_DAY, date(2025, 12, 31), LAST]
    fresh = iter("EFGHIJKLMNOPQRST")
    while day < date(2026, 11, 1):
        tree = areas.tree(reg.database, day)
        here = {name: uid for name, uid in reg.villages.items() if tree.get(uid)}
        wanted = dice.choice(["merge", "split", "absorb", "rename", "move", "move"])
        if wanted == "move":
            home = dice.choice(homes)
            stored = households.get(reg.database, home, day).village
            others = [name for name, uid in here.items() if uid != stored]
            if others:
                move(reg, home, dice.choice(others), day)
        elif wanted == "absorb" and len(here) > 2:
            old, new = dice.sample(sorted(here), 2)
            succeed(reg, old, new, day)
        elif wanted == "merge" and len(here) > 2:
            olds = dice.sample(sorted(here), 2)
            new = next(fresh)
            add_village(reg, new, day)
            succeed(reg, "".join(olds), new, day)
        elif wanted in {"split", "rename"}:
            (old,) = dice.sample(sorted(here), 1)
            news = [next(fresh) for _ in range(2 if wanted == "split" else 1)]
            for new in news:
                add_village(reg, new, day)
            succeed(reg, old, "".join(news), day, "split" if len(news) == 2 else "renamed")
        days.append(day)
        day += timedelta(days=dice.randint(0, 90))
    close(reg, 2025)
    for geography in dice.sample(days, 3):
        for options in ({"year": dice.choice([2025, 2026])}, {"as_of": dice.choice(days[:2])}):
            doc = paper(database, geography=geography, **{"year": 2025, **options})
            explained(database, doc)
            assert column(doc, POOR)[TOTAL] == 8, (geography, options)
            assert column(doc, "poor_persons")[TOTAL] == 16
