"""Class records in any order of typing: one holds on a day, one counts in a year, none is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import classes, events, households, rollups, undo
from giamngheo_desktop.services.checks import stored_contradictions
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import FIRST_DAY, STANDARD, TODAY, Register, dump
from tests.harness.tables import insert_class

HASH = "f" * 64


def time_line(register: Register, household: Any) -> list[tuple[Any, ...]]:
    """(class, year, first day, last day) of the recognised records that ever hold, in order."""
    rows = [
        row
        for row in classes.of_household(register.database, household)
        if row["source"] != "computed"
        and (row["valid_to"] is None or row["valid_to"] >= row["valid_from"])
    ]
    return [
        (row["household_class"], row["review_year"], row["valid_from"], row["valid_to"])
        for row in sorted(rows, key=lambda row: row["valid_from"])
    ]


def count(register: Register, year: int, measure: str = "poor_households", **options: Any) -> int:
    found = rollups.rollup(register.database, year=year, standard=STANDARD, **options)
    return found.count(register.commune, measure)


def decide(register: Register, household: Any, name: str, year: int, day: date, paper: str) -> Any:
    return register.give_class(
        household,
        name,
        year=year,
        valid_from=day,
        source="decision",
        decision_number=paper,
        decision_on=day,
    )


@pytest.fixture
def home(register: Register) -> Any:
    return register.household("Đinh Văn Tự", "Đinh Thị Én").uid


JAN_26, JUN_26, JAN_27 = date(2026, 1, 1), date(2026, 6, 15), date(2027, 1, 1)


def test_records_follow_each_other_without_a_gap(register: Register, home: Any) -> None:
    register.give_class(home, "poor", year=2025, valid_from=FIRST_DAY)
    decide(register, home, "near_poor", 2025, JAN_26, "1")
    decide(register, home, "not_poor", 2026, JAN_27, "2")
    assert time_line(register, home) == [
        ("poor", 2025, FIRST_DAY, date(2025, 12, 31)),
        ("near_poor", 2025, JAN_26, date(2026, 12, 31)),
        ("not_poor", 2026, JAN_27, None),
    ]


def test_an_earlier_year_typed_later_does_not_touch_the_newer_record(
    register: Register, home: Any
) -> None:
    """History typed back to front: the record of 2026 must not become that of 2025."""
    newer = decide(register, home, "poor", 2026, JAN_27, "2")
    decide(register, home, "near_poor", 2025, JAN_26, "1")
    assert time_line(register, home) == [
        ("near_poor", 2025, JAN_26, date(2026, 12, 31)),
        ("poor", 2026, JAN_27, None),
    ]
    (first,) = [row for row in classes.of_household(register.database, home) if row["uid"] == newer]
    assert (first["review_year"], first["household_class"]) == (2026, "poor")
    assert count(register, 2026) == 1
    assert count(register, 2025, "near_poor_households") == 1


def test_the_same_paper_corrects_its_record_and_its_first_day(
    register: Register, home: Any
) -> None:
    register.give_class(home, "poor", year=2025, valid_from=FIRST_DAY)
    paper = {"decision_number": "5/QĐ-UBND", "decision_on": date(2026, 12, 20)}
    record = register.give_class(
        home, "near_poor", year=2026, valid_from=date(2026, 12, 20), source="decision", **paper
    )
    for day in (JAN_27, date(2026, 12, 1), date(2026, 12, 20)):
        same = register.give_class(
            home, "not_poor", year=2026, valid_from=day, source="decision", **paper
        )
        assert same == record
        assert [(first, last) for _, _, first, last in time_line(register, home)] == [
            (FIRST_DAY, date.fromordinal(day.toordinal() - 1)),
            (day, None),
        ]


def test_the_opening_of_a_year_is_corrected_not_repeated(register: Register, home: Any) -> None:
    first = register.give_class(home, "poor", year=2025, valid_from=JAN_26)
    again = register.give_class(home, "near_poor", year=2025, valid_from=FIRST_DAY)
    assert first == again
    assert time_line(register, home) == [("near_poor", 2025, FIRST_DAY, None)]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2025, date(2026, 12, 5)),  # a decision of 2025 that begins after that of 2026
        (2025, JUN_26),  # … or on its very day
        (2027, FIRST_DAY),  # one of 2027 that begins before that of 2026
    ],
)
def test_years_and_days_in_opposite_order_are_refused(
    register: Register, home: Any, year: int, day: date
) -> None:
    decide(register, home, "poor", 2026, JUN_26, "3")
    before = dump(register.database)
    with pytest.raises(RefusedError) as refused:
        decide(register, home, "near_poor", year, day, "9")
    assert refused.value.code == "class_already_newer"
    assert refused.value.params == {"year": 2026, "day": JUN_26}
    assert dump(register.database) == before


def test_computed_and_recognised_do_not_touch_each_other(register: Register, home: Any) -> None:
    register.give_class(home, "poor", year=2025, valid_from=FIRST_DAY)
    register.give_class(home, "near_poor", year=2026, valid_from=JUN_26, source="computed")
    register.give_class(
        home, None, year=2026, valid_from=JUN_26, source="computed", possible=("poor", "near_poor")
    )
    assert time_line(register, home) == [("poor", 2025, FIRST_DAY, None)]
    (computed,) = [
        row for row in classes.of_household(register.database, home) if row["source"] == "computed"
    ]
    assert (computed["household_class"], computed["possible"]) == (None, ("poor", "near_poor"))


def test_another_standard_has_a_time_line_of_its_own(register: Register, home: Any) -> None:
    register.give_class(home, "poor", year=2026, valid_from=FIRST_DAY)
    entry = ClassEntry(
        household=home,
        standard="dong_nai_2022",
        review_year=2025,
        household_class="near_poor",
        valid_from=JUN_26,
    )
    classes.record(register.database, register.context, entry, commune=register.commune)
    rows = classes.of_household(register.database, home)
    assert {(row["standard"], row["valid_to"]) for row in rows} == {
        (STANDARD, None),
        ("dong_nai_2022", None),
    }


def test_a_household_that_left_and_came_back(register: Register, home: Any) -> None:
    """The record that would have begun after it left does not shorten the new one."""
    decide(register, home, "poor", 2026, JAN_27, "1")
    left = date(2026, 12, 20)
    home_then = register.get(home, left)
    events.move_out(register.database, register.context, household=home, day=left)
    assert time_line(register, home) == []
    back = date(2026, 12, 28)
    draft = replace(
        home_then,
        members=tuple(
            replace(member, membership=member.membership) for member in home_then.members
        ),
    )
    events.move_in(
        register.database, register.context, draft=draft, day=back, commune=register.commune
    )
    decide(register, home, "near_poor", 2026, back, "4")
    assert time_line(register, home) == [("near_poor", 2026, back, None)]
    now = register.get(home, JAN_27)
    assert [member.full_name for member in now.members] == ["Đinh Văn Tự", "Đinh Thị Én"]


def test_a_class_that_was_to_begin_after_the_household_left(register: Register, home: Any) -> None:
    """It ends with the household and contradicts nothing; taken back, it holds again."""
    args = (register.database, register.context)
    decide(register, home, "near_poor", 2026, FIRST_DAY, "1")
    decide(register, home, "poor", 2026, JUN_26, "2")
    before = time_line(register, home)
    left = date(2026, 6, 1)
    there = register.get(home, date(2026, 5, 31))
    gone = events.move_out(*args, household=home, day=left)
    assert time_line(register, home) == [("near_poor", 2026, FIRST_DAY, date(2026, 5, 31))]
    assert stored_contradictions(register.database, TODAY) == []
    assert count(register, 2026) == 0
    events.move_in(*args, draft=there, day=left, commune=register.commune)
    assert stored_contradictions(register.database, TODAY) == []
    came = decide(register, home, "not_poor", 2026, left, "3")
    with write_unit(*args, Op.RECORD_CLASS) as work:
        classes.remove_in(work, came)
    # what held until the day goes on, not what was to begin later
    assert time_line(register, home)[-1][:3] == ("near_poor", 2026, FIRST_DAY)
    for _ in range(3):
        step = undo.next_step(register.database)
        assert step is not None
        undo.undo(*args, step.group)
    undo.undo(*args, gone.changes.group)
    assert time_line(register, home) == before


# --- any order of typing -------------------------------------------------------------------------

CLASSES = st.sampled_from(["poor", "near_poor", "not_poor"])
RECORDS = st.lists(
    st.tuples(CLASSES, st.sampled_from([2025, 2026, 2027]), st.integers(0, 40)),
    min_size=1,
    max_size=6,
    unique_by=lambda item: (item[1], item[2]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=RECORDS, order=st.randoms(use_true_random=False))
def test_typed_in_any_order_the_time_line_is_the_same(
    register: Register, data: list[tuple[str, int, int]], order: Any
) -> None:
    """Days that fit the order of the years, each decision its own paper, typed in any order."""
    home = register.household("Người").uid
    days = {}
    for name, year, step in data:
        days[date(year, 1, 1).toordinal() + step] = (name, year)
    wanted = []
    ordered = sorted(days.items())
    for number, (day, (name, year)) in enumerate(ordered):
        last = ordered[number + 1][0] - 1 if number + 1 < len(ordered) else None
        wanted.append(
            (name, year, date.fromordinal(day), None if last is None else date.fromordinal(last))
        )
    typed = list(days.items())
    order.shuffle(typed)
    for day, (name, year) in typed:
        decide(register, home, name, year, date.fromordinal(day), f"{day}/QĐ")
    assert time_line(register, home) == wanted


# --- closing a year ------------------------------------------------------------------------------


def test_a_closed_year_does_not_follow_the_register_until_it_is_reopened(
    register: Register, home: Any
) -> None:
    other = register.household("Hồ Văn Lộc", village="B").uid
    for uid in (home, other):
        stored_class = register.give_class(uid, "poor", year=2025, valid_from=FIRST_DAY)
    args = (register.database, register.context)
    assert (count(register, 2025), count(register, 2025, "poor_persons")) == (2, 3)
    classes.close_year(
        *args, year=2025, standard=STANDARD, definition=HASH, commune=register.commune
    )
    # Every fact the table counts changes, on days within the closed year.
    day = date(2025, 3, 1)
    stored = register.get(home, day)
    events.death(*args, household=home, person=stored.members[1].uid, day=day)
    with write_unit(*args, Op.SAVE_UNIT) as work:  # the services refuse it
        work.update(Kind.CLASS_RECORD, stored_class, household_class="near_poor")
    third = register.household("Người thứ ba", village="C").uid
    insert_class(register, third, "poor", review_year=2025, valid_from=FIRST_DAY)
    tick = replace(register.get(home, day), social_protection="yes")
    households.save(*args, tick, day=day)
    closed = rollups.rollup(register.database, year=2025, standard=STANDARD)
    assert closed.frozen
    assert (count(register, 2025), count(register, 2025, "poor_persons")) == (2, 3)
    assert count(register, 2025, "poor_social_protection_households") == 0
    assert closed.count(register.villages["C"], "poor_households") == 0
    # Another day of the same year is asked of the register.
    assert count(register, 2025, as_of=date(2025, 12, 31)) == 2
    with pytest.raises(RefusedError, match="year_closed"):
        classes.close_year(
            *args, year=2025, standard=STANDARD, definition=HASH, commune=register.commune
        )
    classes.reopen_year(*args, year=2025, standard=STANDARD, reason="ghi sót hộ")
    assert (count(register, 2025), count(register, 2025, "poor_persons")) == (2, 2)
    assert count(register, 2025, "near_poor_households") == 1
    assert count(register, 2025, "poor_social_protection_households") == 1
    # Closed again, it freezes what holds now, once.
    classes.close_year(
        *args, year=2025, standard=STANDARD, definition=HASH, commune=register.commune
    )
    assert (count(register, 2025), count(register, 2025, "poor_persons")) == (2, 2)


def test_reopening_wants_a_reason_and_a_closed_year(register: Register) -> None:
    args = (register.database, register.context)
    with pytest.raises(RefusedError, match="reason_missing"):
        classes.reopen_year(*args, year=2025, standard=STANDARD, reason="  ")
    with pytest.raises(RefusedError, match="year_not_closed"):
        classes.reopen_year(*args, year=2025, standard=STANDARD, reason="x")


def test_a_household_that_has_left_takes_no_class(register: Register, home: Any) -> None:
    other = register.household("Hồ Thị Lan", village="B").uid
    args = (register.database, register.context)
    left = date(2026, 9, 1)
    events.merge(*args, source=home, target=other, day=left)
    before = dump(register.database)
    for day in (left, date(2026, 12, 20)):
        with pytest.raises(RefusedError) as refused:
            decide(register, home, "poor", 2026, day, "9")
        assert refused.value.code == "household_not_here_then"
    assert dump(register.database) == before
    # what was decided while it was here may be typed late; it ends with the household
    decide(register, home, "poor", 2026, JUN_26, "3")
    assert time_line(register, home) == [("poor", 2026, JUN_26, date(2026, 8, 31))]
    events.move_out(*args, household=other, day=left)
    with pytest.raises(RefusedError, match="household_not_here_then"):
        decide(register, other, "poor", 2026, date(2026, 12, 20), "9")


def test_two_papers_of_one_day_are_two_records_and_the_later_signed_holds(
    register: Register, home: Any
) -> None:
    for number, signed, name in (("2", JUN_26, "near_poor"), ("1", FIRST_DAY, "poor")):
        register.give_class(
            home,
            name,
            year=2026,
            valid_from=JUN_26,
            source="decision",
            decision_number=number,
            decision_on=signed,
        )
    assert time_line(register, home) == [("near_poor", 2026, JUN_26, None)]
    assert {row["number"] for row in classes.of_household(register.database, home)} == {"1", "2"}
    # without the one that holds, the other does
    (holds,) = [row for row in classes.of_household(register.database, home) if not row["valid_to"]]
    with write_unit(register.database, register.context, Op.RECORD_CLASS) as work:
        classes.remove_in(work, holds["uid"])
    assert time_line(register, home) == [("poor", 2026, JUN_26, None)]
