"""Two events on one day, and events typed late: the register of every day is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import (
    classes,
    events,
    households,
)
from tests.harness.register import FIRST_DAY, TODAY, Register, dump
from tests.services.event_days.days import (
    BEFORE,
    DAY,
    NEXT,
    days_held_twice,
    names,
    rows,
)


def test_a_child_born_and_dead_on_one_day_never_counts(
    register: Register, args: Any, home: Household
) -> None:
    child = register.member("Bé", birth=None, relation="child")
    events.birth(*args, household=home.uid, child=child, day=DAY)
    assert register.get(home.uid, DAY).members[-1].birth == PartialDate(2026, 3, 10)
    events.death(*args, household=home.uid, person=child.uid, day=DAY)
    assert names(register.get(home.uid, DAY)) == names(home)
    (stay,) = rows(register, Kind.MEMBERSHIP, person=child.uid)
    assert (stay["reason"], stay["end_reason"]) == ("birth", "death")


def test_the_last_one_dies_on_the_day_another_moves_in(register: Register, args: Any) -> None:
    """The household lives on: one member came on the very day."""
    single = register.household("Cụ Sinh")
    register.give_class(single.uid)
    newcomer = register.member("Cháu", relation="grandchild")
    events.person_moves_in(*args, household=single.uid, member=newcomer, day=DAY)
    events.death(*args, household=single.uid, person=single.members[0].uid, day=DAY)
    now = register.get(single.uid, DAY)
    assert (names(now), now.village) == (["Cháu"], single.village)
    assert classes.of_household(register.database, single.uid)[0]["valid_to"] is None


def test_the_last_two_go_on_one_day(register: Register, args: Any, other: Household) -> None:
    """No empty household stays behind with a class that tables would count."""
    register.give_class(other.uid)
    head, wife = other.members
    events.person_moves_out(*args, household=other.uid, person=wife.uid, day=DAY)
    events.death(*args, household=other.uid, person=head.uid, day=DAY)
    assert register.get(other.uid, DAY).village is None
    assert register.get(other.uid, BEFORE).village == other.village
    assert classes.of_household(register.database, other.uid)[0]["valid_to"] == BEFORE


def test_whoever_came_with_the_household_today_may_die_today(register: Register, args: Any) -> None:
    draft = households.new_household(register.context, register.villages["A"])
    draft = replace(draft, members=(register.member("Một", is_head=True), register.member("Hai")))
    saved = events.move_in(*args, draft=draft, day=DAY, commune=register.commune).value
    events.death(*args, household=saved.uid, person=saved.members[1].uid, day=DAY)
    events.move_village(*args, household=saved.uid, village=register.villages["B"], day=DAY)
    now = register.get(saved.uid, DAY)
    assert (names(now), now.village) == (["Một"], register.villages["B"])
    (place,) = rows(register, Kind.PLACE, household=saved.uid)
    assert place["reason"] == "move_in"
    assert {row["reason"] for row in rows(register, Kind.MEMBERSHIP, household=saved.uid)} == {
        "move_in"
    }


def test_twice_dead_is_refused(register: Register, args: Any, home: Household) -> None:
    for number in (0, 1):
        events.death(*args, household=home.uid, person=home.members[number].uid, day=DAY)
    before = dump(register.database)
    for day in (BEFORE, DAY, NEXT):
        with pytest.raises(RefusedError) as refused:
            events.death(*args, household=home.uid, person=home.members[0].uid, day=day)
        assert refused.value.code in {"person_not_member_then", "event_later_exists"}
    assert dump(register.database) == before


def test_an_event_before_another_one_of_the_same_person_is_refused(
    register: Register, args: Any, home: Household, other: Household
) -> None:
    """She married in June; a death in March typed later would leave her in two states."""
    son = home.members[2].uid
    events.marriage(
        *args, person=son, leaves=home.uid, joins=other.uid, relation="son_in_law", day=TODAY
    )
    before = dump(register.database)
    for late in (
        lambda: events.death(*args, household=home.uid, person=son, day=DAY),
        lambda: events.person_moves_out(*args, household=home.uid, person=son, day=DAY),
        lambda: events.move_out(*args, household=home.uid, day=DAY),
        lambda: events.merge(*args, source=home.uid, target=other.uid, day=DAY),
        lambda: events.split(*args, household=home.uid, persons=[son], head=son, day=DAY),
    ):
        with pytest.raises(RefusedError) as refused:
            late()
        assert refused.value.code == "event_later_exists"
        assert refused.value.params == {"name": "Đinh Văn Út", "day": TODAY}
        assert dump(register.database) == before


def test_a_death_before_a_change_of_head_does_not_leave_the_dead_as_member(
    register: Register, args: Any, home: Household
) -> None:
    head, wife, _ = home.members
    events.change_head(*args, household=home.uid, head=wife.uid, day=TODAY)
    with pytest.raises(RefusedError, match="event_later_exists"):
        events.death(*args, household=home.uid, person=head.uid, day=DAY)
    assert head.uid in {member.uid for member in register.get(home.uid).members}


def test_a_household_somebody_joined_later_is_not_closed_behind_them(
    register: Register, args: Any
) -> None:
    single = register.household("Cụ Sinh")
    newcomer = register.member("Cháu")
    events.person_moves_in(*args, household=single.uid, member=newcomer, day=TODAY)
    events.death(*args, household=single.uid, person=single.members[0].uid, day=DAY)
    assert names(register.get(single.uid, TODAY)) == ["Cháu"]
    assert register.get(single.uid, TODAY).village == single.village
    with pytest.raises(RefusedError, match="event_later_exists"):
        events.move_out(*args, household=single.uid, day=DAY)


def test_a_birth_in_a_household_that_left_since_ends_with_it(
    register: Register, args: Any, home: Household
) -> None:
    events.move_out(*args, household=home.uid, day=TODAY)
    child = register.member("Bé", relation="child")
    events.birth(*args, household=home.uid, child=child, day=DAY)
    (stay,) = rows(register, Kind.MEMBERSHIP, person=child.uid)
    assert (stay["valid_to"], stay["end_reason"]) == (TODAY - timedelta(days=1), "move_out")


def test_nobody_joins_a_household_that_was_merged_since(
    register: Register, args: Any, home: Household, other: Household
) -> None:
    """The child would live in no household from then on."""
    events.merge(*args, source=home.uid, target=other.uid, day=TODAY)
    with pytest.raises(RefusedError, match="event_later_exists"):
        events.birth(*args, household=home.uid, child=register.member("Bé"), day=DAY)


def test_a_move_typed_late_keeps_the_later_one(
    register: Register, args: Any, home: Household
) -> None:
    a, b, c = (register.villages[name] for name in "ABC")
    events.move_village(*args, household=home.uid, village=b, day=TODAY)
    events.move_village(*args, household=home.uid, village=c, day=DAY)
    moved = [register.get(home.uid, day).village for day in (FIRST_DAY, BEFORE, DAY, TODAY)]
    assert moved == [a, a, c, b]
    assert register.get(home.uid, TODAY - timedelta(days=1)).village == c
    assert days_held_twice(register) == []
