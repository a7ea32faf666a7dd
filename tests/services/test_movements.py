"""BC2 and BC3 of a year in which every row of the movement table happens, typed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.services import classes, events, households
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.storage import pasts
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import STANDARD, Register, make_context, make_register
from tests.harness.tables import TOTAL, cells, paper, sample_copy

DECEMBER = date(2026, 12, 10)
MOVED = date(2025, 7, 1)


def home(reg: Register, persons: int, village: str, *years: tuple[int, str]) -> UUID:
    """A household with its classes of the years before."""
    names = [f"Hộ {persons}", *(f"Người {number}" for number in range(2, persons + 1))]
    uid = reg.household(*names, village=village, day=date(2025, 1, 1)).uid
    for year, name in years:
        reg.give_class(uid, name, year=year, valid_from=date(year, 12, 1), source="decision")
    return uid


def review(reg: Register, uid: UUID, name: str) -> None:
    reg.give_class(uid, name, year=2026, valid_from=DECEMBER, source="decision")


def close(reg: Register, year: int) -> None:
    classes.close_year(
        reg.database,
        reg.context,
        year=year,
        standard=STANDARD,
        definition="0" * 64,
        commune=reg.commune,
    )


def every_row(reg: Register) -> None:
    """One household for each row of the table of the law (part 6), and one of each move."""
    stays = home(reg, 2, "A", (2025, "poor"))
    poor_near = home(reg, 3, "A", (2025, "poor"))
    poor_out = home(reg, 4, "A", (2025, "poor"))
    gone = home(reg, 5, "A", (2025, "poor"))
    near_poor = home(reg, 2, "B", (2025, "near_poor"))
    near_stays = home(reg, 1, "B", (2025, "near_poor"))
    near_out = home(reg, 3, "B", (2025, "near_poor"))
    near_gone = home(reg, 4, "B", (2025, "near_poor"))
    again = home(reg, 6, "A", (2024, "poor"), (2025, "not_poor"))
    new = home(reg, 1, "A")
    near_again = home(reg, 2, "B", (2024, "near_poor"), (2025, "not_poor"))
    near_new = home(reg, 5, "B")
    moves = home(reg, 3, "A", (2025, "poor"))
    grows = home(reg, 2, "C", (2025, "poor"))
    close(reg, 2025)
    day = date(2026, 5, 4)
    args = (reg.database, reg.context)
    for uid in (gone, near_gone):
        events.move_out(*args, household=uid, day=day)
    events.move_village(*args, household=moves, village=reg.villages["C"], day=day)
    events.birth(*args, household=grows, child=reg.member("Bé", relation="child"), day=day)
    for name, persons in (("poor", 2), ("near_poor", 3)):
        draft = households.new_household(reg.context, reg.villages["C"])
        members = tuple(
            reg.member(f"Người {n}", is_head=n == 1, relation="head" if n == 1 else "other")
            for n in range(1, persons + 1)
        )
        draft = Household(uid=draft.uid, village=draft.village, members=members)
        brought = ClassEntry(
            household=draft.uid,
            standard=STANDARD,
            review_year=2026,
            household_class=name,
            source="decision",
            valid_from=day,
        )
        events.move_in(*args, draft=draft, day=day, brought=brought, commune=reg.commune)
        review(reg, draft.uid, name)
    for uid in (stays, near_poor, again, new, moves, grows):
        review(reg, uid, "poor")
    for uid in (poor_near, near_stays, near_again, near_new):
        review(reg, uid, "near_poor")
    for uid in (poor_out, near_out):
        review(reg, uid, "not_poor")


def numbers(doc: ReportDoc) -> dict[tuple[str, str], list[Any]]:
    """The columns 1 to 9 by row and kind."""
    (table,) = doc.tables
    return {
        (table.row_name(row), row.kind): [cell.value for cell in row.cells] for row in table.rows
    }


# Typed by hand:    1   2  3  4  5  6  7  8  9
BC2 = {
    ("Thôn A", "ho"): [5, 1, 1, 2, 0, 1, 1, 0, 3],
    ("Thôn A", "khau"): [17, 3, 4, 8, 0, 6, 1, 0, 9],
    ("Thôn B", "ho"): [0, 0, 0, 0, 1, 0, 0, 0, 1],
    ("Thôn B", "khau"): [0, 0, 0, 0, 2, 0, 0, 0, 2],
    ("Thôn C", "ho"): [1, 0, 0, 0, 0, 0, 0, 2, 3],
    ("Thôn C", "khau"): [2, 0, 0, 0, 0, 0, 0, 6, 8],
    (TOTAL, "ho"): [6, 1, 1, 2, 1, 1, 1, 2, 7],
    (TOTAL, "khau"): [19, 3, 4, 8, 2, 6, 1, 6, 19],
}
BC3 = {
    ("Thôn A", "ho"): [0, 0, 0, 0, 1, 0, 0, 0, 1],
    ("Thôn A", "khau"): [0, 0, 0, 0, 3, 0, 0, 0, 3],
    ("Thôn B", "ho"): [4, 1, 1, 1, 0, 1, 1, 0, 3],
    ("Thôn B", "khau"): [10, 2, 3, 4, 0, 2, 5, 0, 8],
    ("Thôn C", "ho"): [0, 0, 0, 0, 0, 0, 0, 1, 1],
    ("Thôn C", "khau"): [0, 0, 0, 0, 0, 0, 0, 3, 3],
    (TOTAL, "ho"): [4, 1, 1, 1, 1, 1, 1, 1, 5],
    (TOTAL, "khau"): [10, 2, 3, 4, 3, 2, 5, 3, 14],
}


def test_every_row_of_the_table_open_and_closed(register: Register) -> None:
    every_row(register)
    for closed in (False, True):
        if closed:
            close(register, 2026)
        assert numbers(paper(register.database, "BC2")) == BC2
        assert numbers(paper(register.database, "BC3")) == BC3


def test_the_notes_say_what_did_not_leave_the_list(register: Register) -> None:
    every_row(register)
    notes = paper(register.database, "BC2").notes
    assert any("có 1 hộ chuyển thôn" in note for note in notes)
    assert any("1 người thêm" in note and "0 người bớt" in note for note in notes)
    assert not any("chuyển thôn" in note for note in paper(register.database, "BC3").notes)


def test_names_stand_behind_every_number(register: Register) -> None:
    every_row(register)
    for code in ("BC2", "BC3"):
        (table,) = paper(register.database, code).tables
        for row in table.rows:
            for cell in row.cells:
                ids = make.explain(register.database, cell.source)
                if row.kind == "ho":
                    assert len(ids) == len(set(ids)) == cell.value
                else:
                    assert bool(ids) == bool(cell.value)


def test_before_the_list_was_reviewed_only_the_opening_is_known(register: Register) -> None:
    first = home(register, 2, "A", (2025, "poor"))
    second = home(register, 3, "B", (2025, "near_poor"))
    third = home(register, 4, "B", (2025, "poor"))
    close(register, 2025)
    review(register, first, "poor")
    doc = paper(register.database, "BC2")
    found = numbers(doc)
    assert found["Thôn A", "ho"] == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert found["Thôn B", "ho"] == [1, *[None] * 8]
    assert found["Thôn B", "khau"] == [4, *[None] * 8]
    assert found[TOTAL, "ho"] == [2, *[None] * 8]
    assert found[TOTAL, "khau"] == [6, *[None] * 8]
    assert any("(Thôn B: 2 hộ)" in note for note in doc.notes)
    (table,) = doc.tables
    opening = {(table.row_name(row), row.kind): row.cells[0] for row in table.rows}
    assert make.explain(register.database, opening["Thôn B", "ho"].source) == (third,)
    assert numbers(paper(register.database, "BC3"))[TOTAL, "khau"] == [3, *[None] * 8]
    review(register, second, "near_poor")
    review(register, third, "poor")
    assert numbers(paper(register.database, "BC2"))[TOTAL, "ho"] == [2, 0, 0, 0, 0, 0, 0, 0, 2]


def test_an_opening_that_waits_for_a_result_is_not_known(register: Register) -> None:
    """The year before is open and one of its list has no result: nobody knows where it stands."""
    known = home(register, 2, "A", (2025, "poor"))
    home(register, 3, "B", (2024, "poor"))
    review(register, known, "poor")
    found = numbers(paper(register.database, "BC2"))
    assert found["Thôn A", "ho"] == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert found["Thôn B", "ho"] == found[TOTAL, "ho"] == [None] * 9


def test_without_a_year_before_there_is_no_movement(register: Register) -> None:
    uid = home(register, 2, "A")
    review(register, uid, "poor")
    assert numbers(paper(register.database, "BC2"))[TOTAL, "ho"] == [None] * 9


def test_the_sample_balances_and_ends_at_bc1(tmp_path) -> None:
    keys = {"BC2": ("poor_households", "poor_persons"), "BC3": ("near_poor_households",
            "near_poor_persons")}  # fmt: skip
    with sample_copy(tmp_path / "mẫu.db") as database:
        for year in range(2022, 2027):
            closing = cells(paper(database, "BC1", year))
            tables = {code: numbers(paper(database, code, year)) for code in keys}
            for code, (homes, people) in keys.items():
                for (label, kind), row in tables[code].items():
                    assert row[0] - sum(row[1:4]) + sum(row[4:8]) == row[8]
                    key = homes if kind == "ho" else people
                    assert row[8] == closing[label][key].value
            two, five = list(Flow).index(Flow.TO_OTHER), list(Flow).index(Flow.FROM_OTHER)
            for place, kind in tables["BC2"]:
                if kind == "ho":
                    poor, near = tables["BC2"][place, kind], tables["BC3"][place, kind]
                    assert (poor[two], near[two]) == (near[five], poor[five])


def arrive(reg: Register, day: date, brought: str | None = None) -> UUID:
    draft = households.new_household(reg.context, reg.villages["C"])
    members = (reg.member("Mới", is_head=True), reg.member("Em", relation="child"))
    draft = Household(uid=draft.uid, village=draft.village, members=members)
    entry = ClassEntry(
        household=draft.uid, standard=STANDARD, review_year=day.year, household_class=brought,
        source="decision", valid_from=day,
    )  # fmt: skip
    args = (reg.database, reg.context)
    events.move_in(
        *args, draft=draft, day=day, brought=entry if brought else None, commune=reg.commune
    )
    return draft.uid


def leave(reg: Register, uid: UUID, day: date, way: str) -> None:
    args = (reg.database, reg.context)
    people = [member.uid for member in reg.get(uid, day).members]
    if way == "merge":
        target = home(reg, 2, "A")
        events.merge(*args, source=uid, target=target, day=day)
    elif way == "village":
        events.move_village(*args, household=uid, village=reg.villages["A"], day=day)
        events.move_out(*args, household=uid, day=date(day.year, day.month + 1, 1))
    elif way == "move_out":
        events.move_out(*args, household=uid, day=day)
    else:
        event = {"death": events.death, "person_out": events.person_moves_out}[way]
        for person in people:
            event(*args, household=uid, person=person, day=day)


@pytest.mark.parametrize("way", ["move_out", "merge", "death", "person_out", "village"])
def test_who_arrived_stays_arrived_in_a_closed_year_however_it_leaves(
    register: Register, way: str
) -> None:
    home(register, 2, "A", (2025, "near_poor"), (2026, "near_poor"))
    close(register, 2025)
    uid = arrive(register, date(2026, 5, 30), "near_poor")
    review(register, uid, "near_poor")
    close(register, 2026)
    before = numbers(paper(register.database, "BC3"))
    assert before[TOTAL, "ho"] == [1, 0, 0, 0, 0, 0, 0, 1, 2]
    register.context = make_context(start=datetime.fromisoformat("2027-06-01 08:00"), seed=2)
    leave(register, uid, date(2027, 4, 14), way)
    assert numbers(paper(register.database, "BC3")) == before


@pytest.mark.parametrize(
    ("brought", "found", "column"),
    [
        (None, "poor", "BC2.7"),  # không nghèo, never nghèo before
        ("not_poor", "poor", "BC2.7"),
        (None, "near_poor", "BC3.7"),
        ("poor", "poor", "BC2.8"),
        ("near_poor", "near_poor", "BC3.8"),
        ("near_poor", "poor", "BC2.8"),  # no list of this commune knew it: neither 5 nor new
        ("poor", "not_poor", ""),
    ],
)
def test_who_arrives_counts_as_arrived_only_with_a_class_of_a_list(
    register: Register, brought: str | None, found: str, column: str
) -> None:
    stays = home(register, 2, "A", (2025, "poor"))
    close(register, 2025)
    review(register, stays, "poor")
    uid = arrive(register, date(2026, 5, 30), brought)
    review(register, uid, found)
    for closed in (False, True):
        if closed:
            close(register, 2026)
        entered = {
            f"{code}.{number}"
            for code in ("BC2", "BC3")
            for number, value in enumerate(
                numbers(paper(register.database, code))["Thôn C", "ho"], start=1
            )
            if value and number < 9
        }
        assert entered == ({column} if column else set())


def test_who_comes_back_without_a_class_and_once_was_poor_here_is_poor_again(
    register: Register,
) -> None:
    stays = home(register, 2, "A", (2025, "poor"))
    uid = home(register, 2, "C", (2024, "poor"))
    args = (register.database, register.context)
    events.move_out(*args, household=uid, day=date(2025, 6, 1))
    close(register, 2025)
    review(register, stays, "poor")
    gone = register.get(uid, date(2025, 5, 1))
    again = (replace(one, membership=register.context.new_id()) for one in gone.members)
    back = replace(gone, members=tuple(again))
    events.move_in(*args, draft=back, day=date(2026, 3, 1), commune=register.commune)
    review(register, uid, "poor")
    assert numbers(paper(register.database, "BC2"))["Thôn C", "ho"] == [0, 0, 0, 0, 0, 1, 0, 0, 1]


def test_a_leaving_typed_late_does_not_move_what_is_closed(database: Database) -> None:
    """Its classes of after that day never held; that it was recognised stays known."""
    register = make_register(database, first_day=date(2024, 1, 1))
    uid = register.household("Một", "Hai", day=date(2024, 1, 2)).uid
    for year, name in ((2024, "poor"), (2025, "not_poor")):
        register.give_class(uid, name, year=year, valid_from=date(year, 12, 1), source="decision")
        close(register, year)
    review(register, uid, "poor")
    close(register, 2026)
    before = paper(register.database, "BC2"), paper(register.database, "BC1", 2025)
    assert numbers(before[0])[TOTAL, "ho"] == [0, 0, 0, 0, 0, 1, 0, 0, 1]
    args = (register.database, register.context)
    events.move_out(*args, household=uid, day=date(2024, 11, 15))
    assert (paper(register.database, "BC2"), paper(register.database, "BC1", 2025)) == before


@pytest.mark.parametrize("way", ["move_out", "merge", "death", "person_out", "village"])
def test_who_was_always_here_has_not_arrived_by_leaving(register: Register, way: str) -> None:
    opened = register.household("Cũ", "Em", day=date(2025, 3, 1)).uid
    came = arrive(register, date(2025, 2, 1))
    args = (register.database, register.context)
    new = register.member("Dâu", relation="other")
    events.person_moves_in(*args, household=opened, member=new, day=date(2025, 3, 1))
    for uid in (opened, came):
        events.move_village(*args, household=uid, village=register.villages["B"], day=MOVED)
        leave(register, uid, date(2026, 4, 14), way)
    with register.database.reader() as connection:
        found = pasts.arrived(connection, date(2025, 1, 1), date(2026, 12, 31))
        assert found == {came: date(2025, 2, 1)}
        assert pasts.arrived(connection, MOVED, date(2026, 12, 31)) == {}
