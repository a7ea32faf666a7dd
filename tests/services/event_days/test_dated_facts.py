"""Dated facts, and members taken out and put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.services import (
    areas,
    events,
    households,
    settings,
)
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import FIRST_DAY, TODAY, Register, dump, living
from tests.services.event_days.days import (
    BEFORE,
    DAY,
    NEXT,
    days_held_twice,
    names,
)


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
