"""Events on the same day, typed late, followed by others: nobody is lost or stands twice."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import (
    areas,
    classes,
    events,
    households,
    settings,
    successions,
    undo,
)
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import FIRST_DAY, TODAY, Register, dump, living

DAY = date(2026, 3, 10)
NEXT = DAY + timedelta(days=1)
BEFORE = DAY - timedelta(days=1)


@pytest.fixture
def args(register: Register) -> tuple[Any, Any]:
    return register.database, register.context


@pytest.fixture
def home(register: Register) -> Household:
    return register.household("Đinh Văn Tự", "Đinh Thị Én", "Đinh Văn Út")


@pytest.fixture
def other(register: Register) -> Household:
    return register.household("Hồ Văn Lộc", "Hồ Thị Na", village="B")


def names(household: Household) -> list[str]:
    return [member.full_name for member in household.members]


def rows(register: Register, kind: Kind, **equals: Any) -> list[dict[str, Any]]:
    """Living rows of a kind, oldest first."""
    found = living(dump(register.database))[kind].values()
    wanted = [row for row in found if all(row[key] == value for key, value in equals.items())]
    return sorted(wanted, key=lambda row: (row["valid_from"], row["uid"]))


def days_held_twice(register: Register) -> list[tuple[Kind, UUID]]:
    """Persons with two stays, households with two places, facts with two values on one day."""
    found = []
    keys = {
        Kind.MEMBERSHIP: ("person",),
        Kind.PLACE: ("household",),
        Kind.HOUSEHOLD_FACT: ("household", "code"),
        Kind.PERSON_FACT: ("person", "code"),
        Kind.AREA_VERSION: ("area",),
        Kind.AREA_FACT: ("area", "code"),
        Kind.SETTING: ("code",),
    }
    table = living(dump(register.database))
    for kind, key in keys.items():
        by_owner: dict[Any, list[Any]] = {}
        for row in table[kind].values():
            last = row["valid_to"] or date.max
            if last >= row["valid_from"]:
                owner = tuple(row[name] for name in key)
                by_owner.setdefault(owner, []).append((row["valid_from"], last))
        for owner, spans in by_owner.items():
            spans.sort()
            if any(later[0] <= earlier[1] for earlier, later in pairwise(spans)):
                found.append((kind, owner))
    return found


# --- (a) two events on one day -------------------------------------------------------------------


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


# --- events typed late ---------------------------------------------------------------------------


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


# --- (b) dated facts -----------------------------------------------------------------------------


def test_a_fact_changed_twice_on_one_day_and_back(
    register: Register, args: Any, home: Household
) -> None:
    for value in ("yes", "no", None, "yes", "no", "no"):
        saved = households.save(
            *args, replace(register.get(home.uid, DAY), minority=value), day=DAY
        )
        assert saved.value.minority == value
    assert days_held_twice(register) == []
    assert register.get(home.uid, BEFORE).minority is None
    assert register.get(home.uid, TODAY).minority == "no"


def test_a_fact_of_an_earlier_day_ends_where_the_later_one_begins(
    register: Register, args: Any, home: Household
) -> None:
    """Otherwise the household would have both, and stand twice in every table."""
    later = register.get(home.uid, TODAY)
    head = replace(later.members[0], phone="0900000001")
    draft = replace(later, social_protection="no", members=(head, *later.members[1:]))
    households.save(*args, draft, day=TODAY)
    earlier = register.get(home.uid, DAY)
    head = replace(earlier.members[0], phone="0900000002")
    draft = replace(earlier, social_protection="yes", members=(head, *earlier.members[1:]))
    households.save(*args, draft, day=DAY)
    assert days_held_twice(register) == []
    on = {day: register.get(home.uid, day) for day in (BEFORE, DAY, TODAY)}
    assert [found.social_protection for found in on.values()] == [None, "yes", "no"]
    assert [found.members[0].phone for found in on.values()] == [None, "0900000002", "0900000001"]


def test_settings_and_units_typed_back_to_front(register: Register, args: Any) -> None:
    settings.save(*args, {"signer_name": "Sau"}, TODAY)
    settings.save(*args, {"signer_name": "Trước"}, DAY)
    assert [settings.get(args[0], day).get("signer_name") for day in (BEFORE, DAY, TODAY)] == [
        None,
        "Trước",
        "Sau",
    ]
    village = register.villages["A"]
    areas.set_area_fact(*args, village, "region", "II", TODAY)
    areas.set_area_fact(*args, village, "region", "III", DAY)
    areas.change_area(*args, village, TODAY, name="Tổ A")
    areas.change_area(*args, village, DAY, name="Thôn A mới")
    assert days_held_twice(register) == []
    assert areas.tree(args[0], TODAY)[village].name == "Tổ A"
    assert areas.tree(args[0], DAY)[village].name == "Thôn A mới"


# --- (c) a member taken out and put back ---------------------------------------------------------


def test_a_member_taken_out_and_put_back_is_the_same_person_with_the_new_data(
    register: Register, args: Any, home: Household
) -> None:
    out = replace(home, members=home.members[:2])
    saved = households.save(*args, out, day=TODAY, base=register.get(home.uid)).value
    assert names(saved) == ["Đinh Văn Tự", "Đinh Thị Én"]
    back = replace(home.members[2], phone="0911111111", weight=505, full_name="Đinh Văn Út Em")
    again = households.save(
        *args, replace(saved, members=(*saved.members, back)), day=TODAY, base=saved
    ).value
    member = again.members[2]
    assert (member.uid, member.membership) == (back.uid, back.membership)
    assert (member.full_name, member.given_name) == ("Đinh Văn Út Em", "Em")
    assert (member.phone, member.weight, member.joined_on) == ("0911111111", 505, FIRST_DAY)
    assert days_held_twice(register) == []


def test_a_person_taken_out_leaves_no_id_number_behind(
    register: Register, args: Any, home: Household
) -> None:
    son = replace(home.members[2], id_kind="cccd", id_number="051200000001")
    saved = households.save(*args, replace(home, members=(*home.members[:2], son)), day=TODAY).value
    households.save(*args, replace(saved, members=saved.members[:2]), day=TODAY, base=saved)
    assert son.uid not in living(dump(register.database))[Kind.PERSON]


def test_a_stay_cut_by_a_change_of_head_is_taken_out_whole(
    register: Register, args: Any, home: Household
) -> None:
    son = home.members[2]
    events.change_head(
        *args,
        household=home.uid,
        head=home.members[1].uid,
        relations={son.uid: "child"},
        day=DAY,
    )
    now = register.get(home.uid)
    assert {member.joined_on for member in now.members} == {FIRST_DAY}
    kept = tuple(member for member in now.members if member.uid != son.uid)
    households.save(*args, replace(now, members=kept), day=TODAY, base=now)
    for day in (FIRST_DAY, BEFORE, DAY, TODAY):
        assert son.uid not in {member.uid for member in register.get(home.uid, day).members}


def test_a_person_cannot_be_a_member_twice(
    register: Register, args: Any, home: Household, other: Household
) -> None:
    guest = replace(other.members[1], membership=register.context.new_id())
    with pytest.raises(RefusedError, match="person_member_elsewhere"):
        households.save(*args, replace(home, members=(*home.members, guest)), day=TODAY)
    with pytest.raises(RefusedError, match="person_member_elsewhere"):
        events.person_moves_in(*args, household=home.uid, member=guest, day=TODAY)


def test_whoever_left_may_come_back_as_the_same_person(
    register: Register, args: Any, home: Household
) -> None:
    son = home.members[2]
    events.person_moves_out(*args, household=home.uid, person=son.uid, day=DAY)
    back = replace(son, education="upper_secondary", sex=None)
    events.person_moves_in(*args, household=home.uid, member=back, day=TODAY)
    now = register.get(home.uid).members[-1]
    assert (now.uid, now.joined_on) == (son.uid, TODAY)
    assert (now.education, now.sex) == ("upper_secondary", "male")  # unknown wipes nothing out
    assert names(register.get(home.uid, TODAY - timedelta(days=1))) == names(home)[:2]
    assert days_held_twice(register) == []


def test_the_first_day_of_a_stay_can_be_corrected(
    register: Register, args: Any, home: Household
) -> None:
    wife = home.members[1]
    events.change_head(*args, household=home.uid, head=wife.uid, day=DAY)

    def correct(day: date) -> None:
        member = next(m for m in register.get(home.uid).members if m.uid == wife.uid)
        with write_unit(*args, Op.SAVE_HOUSEHOLD) as work:
            households.set_joined(work, home.uid, member, day, day=TODAY)

    for joined in (date(2024, 5, 5), date(2026, 1, 1), NEXT, date(2025, 7, 1)):
        correct(joined)
        member = next(m for m in register.get(home.uid).members if m.uid == wife.uid)
        assert member.joined_on == joined
        eve = register.get(home.uid, joined - timedelta(days=1))
        assert wife.uid not in {m.uid for m in eve.members}
        assert days_held_twice(register) == []
    with pytest.raises(RefusedError, match="joined_after_shown"):
        correct(TODAY + timedelta(days=1))


# --- (d) villages as of a day --------------------------------------------------------------------


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


# --- (e) (f) (g) merging, splitting, heads -------------------------------------------------------


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


# --- what is typed -------------------------------------------------------------------------------


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
