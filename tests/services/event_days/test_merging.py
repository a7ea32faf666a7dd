"""Villages as of a day; merging, splitting, heads; what is typed of an event."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.services import (
    classes,
    events,
    households,
    successions,
    undo,
)
from tests.harness.register import TODAY, Register, dump
from tests.services.event_days.days import (
    BEFORE,
    DAY,
    NEXT,
    days_held_twice,
    names,
    rows,
)


def test_a_move_shows_on_its_day_and_not_before(
    register: Register, args: Any, home: Household
) -> None:
    a, b = register.villages["A"], register.villages["B"]
    events.move_village(*args, household=home.uid, village=b, day=DAY)
    assert [register.get(home.uid, day).village for day in (BEFORE, DAY, NEXT)] == [a, b, b]
    events.move_village(*args, household=home.uid, village=a, day=NEXT)
    assert [register.get(home.uid, day).village for day in (BEFORE, DAY, NEXT)] == [a, b, a]
    with pytest.raises(RefusedError, match="same_village"):
        events.move_village(*args, household=home.uid, village=a, day=TODAY)


def test_nobody_moves_to_a_village_that_is_not_there(
    register: Register, args: Any, home: Household
) -> None:
    a, b, c = (register.villages[name] for name in "ABC")
    successions.record_succession(*args, olds=[b], news=[c], reason="merged", effective_on=DAY)
    with pytest.raises(RefusedError, match="unit_not_there_then"):
        events.move_village(*args, household=home.uid, village=b, day=DAY)
    with pytest.raises(RefusedError, match="unit_not_there_then"):
        households.save(*args, replace(home, village=b), day=TODAY)
    events.move_village(*args, household=home.uid, village=b, day=BEFORE)
    assert register.get(home.uid, BEFORE).village == b
    assert a != b


def test_a_village_of_an_earlier_day_ends_where_the_known_one_begins(
    register: Register, args: Any
) -> None:
    """The household was typed in June; then somebody types where it was in March."""
    late = register.household("Đến tháng sáu", village="A", day=TODAY)
    then = register.get(late.uid, DAY)
    assert then.village is None
    households.save(*args, replace(then, village=register.villages["B"]), day=DAY, base=then)
    assert register.get(late.uid, DAY).village == register.villages["B"]
    assert register.get(late.uid, TODAY).village == register.villages["A"]
    assert days_held_twice(register) == []


def test_a_new_household_needs_a_village(register: Register, args: Any) -> None:
    with pytest.raises(RefusedError, match="village_missing"):
        households.save(*args, households.new_household(register.context), day=TODAY)


def test_a_merger_moves_everybody_and_closes_the_source(
    register: Register, args: Any, home: Household, other: Household
) -> None:
    register.give_class(home.uid)
    events.merge(
        *args,
        source=home.uid,
        target=other.uid,
        relations={home.members[0].uid: "father"},
        day=DAY,
    )
    assert names(register.get(other.uid, DAY)) == [*names(other), *names(home)]
    assert [member.relation for member in register.get(other.uid, DAY).members] == [
        "head",
        "other",
        "father",
        None,
        None,
    ]
    assert sum(member.is_head for member in register.get(other.uid, DAY).members) == 1
    assert register.get(home.uid, DAY).village is None
    assert names(register.get(home.uid, BEFORE)) == names(home)
    assert classes.of_household(register.database, home.uid)[0]["valid_to"] == BEFORE
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(*args, step.group)
    assert register.get(home.uid) == home
    assert register.get(other.uid) == other


def test_a_split_then_the_death_of_each_head(
    register: Register, args: Any, home: Household
) -> None:
    head, wife, son = home.members
    new = events.split(
        *args,
        household=home.uid,
        persons=[son.uid, wife.uid, son.uid],
        head=son.uid,
        relations={wife.uid: "mother"},
        day=DAY,
    ).value
    split_off = register.get(new, DAY)
    assert names(split_off) == ["Đinh Văn Út", "Đinh Thị Én"]
    assert [member.relation for member in split_off.members] == ["head", "mother"]
    assert split_off.address == home.address
    events.death(*args, household=new, person=son.uid, day=NEXT)
    assert names(register.get(new, NEXT)) == ["Đinh Thị Én"]
    assert register.get(new, NEXT).head is None
    events.change_head(*args, household=new, head=wife.uid, day=NEXT)
    found = register.get(new, NEXT).head
    assert found is not None
    assert (found.uid, found.relation) == (wife.uid, "head")
    events.death(*args, household=home.uid, person=head.uid, day=NEXT)
    assert register.get(home.uid, NEXT).village is None
    assert register.get(home.uid, DAY).village == home.village


def test_a_split_needs_both_sides(register: Register, args: Any, home: Household) -> None:
    everybody = [member.uid for member in home.members]
    for persons in (everybody, [], everybody[1:]):
        with pytest.raises(RefusedError, match="split_needs_both_sides"):
            events.split(*args, household=home.uid, persons=persons, head=everybody[0], day=DAY)


def test_relations_to_the_old_head_do_not_outlive_it(
    register: Register, args: Any, home: Household
) -> None:
    head, wife, son = home.members
    events.change_head(
        *args, household=home.uid, head=wife.uid, relations={head.uid: "husband"}, day=DAY
    )
    now = {member.uid: member for member in register.get(home.uid, DAY).members}
    assert (now[wife.uid].is_head, now[wife.uid].relation) == (True, "head")
    assert (now[head.uid].is_head, now[head.uid].relation) == (False, "husband")
    assert now[son.uid].relation is None  # "other" was said of the old head
    then = register.get(home.uid, BEFORE)
    assert [member.relation for member in then.members] == ["head", "other", "other"]
    reasons = [
        (row["reason"], row["end_reason"])
        for row in rows(register, Kind.MEMBERSHIP, household=home.uid)
    ]
    assert reasons == [("opening", "head")] * 3 + [("head", None)] * 3  # nobody came or left
    assert days_held_twice(register) == []


def test_the_head_may_change_twice_on_one_day(
    register: Register, args: Any, home: Household
) -> None:
    _, wife, son = home.members
    for head in (wife, son, wife):
        events.change_head(*args, household=home.uid, head=head.uid, day=DAY)
    now = register.get(home.uid, DAY)
    assert [member.uid for member in now.members if member.is_head] == [wife.uid]
    assert len(rows(register, Kind.MEMBERSHIP, household=home.uid)) == 6
    assert days_held_twice(register) == []


def test_a_household_already_here_does_not_arrive(
    register: Register, args: Any, home: Household
) -> None:
    with pytest.raises(RefusedError, match="household_already_here"):
        events.move_in(*args, draft=home, day=DAY, commune=register.commune)
    assert classes.of_household(register.database, home.uid) == []


def test_decomposed_letters_are_stored_composed(register: Register, args: Any) -> None:
    def loose(text: str) -> str:
        return unicodedata.normalize("NFD", text)

    draft = households.new_household(register.context, register.villages["A"])
    member = register.member(
        loose("Đặng Thị Ngọc Ẩn"), is_head=True, id_missing_reason=loose("mất")
    )
    draft = replace(draft, note=loose("Ở nhờ\nnhà bà"), members=(member,))
    saved = households.save(*args, draft, day=TODAY).value
    assert saved.note == "Ở nhờ\nnhà bà"
    assert saved.members[0].full_name == "Đặng Thị Ngọc Ẩn"
    assert saved.members[0].id_missing_reason == "mất"
    assert register.get(saved.uid) == saved


@pytest.mark.parametrize(
    ("before", "given", "after", "expected"),
    [
        ("Nguyễn Văn An", "", "Lê Thị Lan Anh", "Anh"),  # An stands in Lan and Anh, but is no word
        ("Nguyễn Văn An", "", "An Thị Bình", "Bình"),  # An is a word, but was only guessed
        ("Y Bhăm Niê", "Bhăm", "Y Bhăm Niê Kđăm", "Bhăm"),  # the clerk's own correction stays
        ("Y Bhăm Niê", "Bhăm", "Nguyễn Văn An", "An"),
        ("Nguyễn Văn An", "", "Nguyễn Văn Ân", "Ân"),
    ],
)
def test_the_given_name_follows_the_name_until_it_is_corrected(
    register: Register, args: Any, before: str, given: str, after: str, expected: str
) -> None:
    draft = households.new_household(register.context, register.villages["A"])
    draft = replace(draft, members=(register.member(before, given_name=given, is_head=True),))
    saved = households.save(*args, draft, day=TODAY).value
    if given:
        assert saved.members[0].given_name == given
    renamed = replace(saved, members=(replace(saved.members[0], full_name=after),))
    assert households.save(*args, renamed, day=TODAY, base=saved).value.members[0].given_name == (
        expected
    )


def test_the_order_of_members_is_the_order_typed(
    register: Register, args: Any, home: Household
) -> None:
    head, wife, son = home.members
    first = register.member("Chen vào giữa")
    saved = households.save(*args, replace(home, members=(head, first, wife, son)), day=TODAY).value
    assert names(saved) == ["Đinh Văn Tự", "Chen vào giữa", "Đinh Thị Én", "Đinh Văn Út"]
    turned = (saved.members[0], *reversed(saved.members[1:]))
    saved = households.save(*args, replace(saved, members=turned), day=TODAY, base=saved).value
    assert names(saved) == ["Đinh Văn Tự", "Đinh Văn Út", "Đinh Thị Én", "Chen vào giữa"]
    saved = households.save(
        *args, replace(saved, members=(*saved.members[:2], saved.members[3])), day=TODAY, base=saved
    ).value
    assert names(saved) == ["Đinh Văn Tự", "Đinh Văn Út", "Chen vào giữa"]


def test_a_stale_form_is_refused_and_the_same_form_twice_changes_nothing(
    register: Register, args: Any, home: Household
) -> None:
    households.save(*args, replace(home, note="một"), day=TODAY, base=home)
    with pytest.raises(RefusedError.__base__, match="stale_record"):  # type: ignore[arg-type]
        households.save(*args, replace(home, note="hai"), day=TODAY, base=home)
    before = dump(register.database)
    done = households.save(*args, replace(home, note="một"), day=TODAY)
    assert not done.changes.touched
    assert dump(register.database) == before


def test_nothing_happens_in_the_future(register: Register) -> None:
    home = register.household("Lò Văn Sáu", village="A")
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(RefusedError) as refused:
        events.death(
            register.database,
            register.context,
            household=home.uid,
            person=home.members[0].uid,
            day=tomorrow,
        )
    assert refused.value.code == "event_in_future"
