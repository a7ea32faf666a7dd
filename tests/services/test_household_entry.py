"""One Ctrl+S: record, members, facts, class and ticks in one transaction and one undo step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.errors import RefusedError, StaleRecordError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.services import classes, household_entry, household_view, households, undo
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.household_entry import ClassChange
from tests.gui.commune import YEAR, World, make_world

TODAY = date(YEAR, 6, 30)
OPENING = date(YEAR, 1, 1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.close()


def poor(home: Household, year: int = YEAR, since: date = OPENING, **values: object) -> ClassEntry:
    return ClassEntry(
        household=home.uid,
        standard="2022",
        review_year=year,
        household_class="poor",
        valid_from=since,
        **values,  # type: ignore[arg-type]
    )


def new_home(world: World) -> Household:
    home = households.new_household(world.context, world.villages[0])
    member = households.new_member(world.context, full_name="Đỗ Văn Ẩn", is_head=True)
    return replace(home, members=(replace(member, relation="head", disability_kind="vision"),))


def save(world: World, draft: Household, base: Household | None, **values: object) -> Household:
    options: dict[str, object] = {"shown_on": TODAY, "since": OPENING, "commune": world.commune}
    done = household_entry.save(
        world.database,
        world.context,
        draft,
        base=base,
        **(options | values),  # type: ignore[arg-type]
    )
    return done.value


def dossier(world: World, home: Household, day: date = TODAY) -> household_view.Dossier:
    return household_view.dossier(
        world.database,
        world.desk.definitions,
        home.uid,
        commune=world.commune,
        year=YEAR,
        day=day,
    )


def test_a_new_household_its_class_and_ticks_are_one_commit_and_one_undo(world: World) -> None:
    draft = new_home(world)
    commits: list[int] = []
    sa.event.listen(world.database.engine, "commit", lambda _: commits.append(1))
    saved = save(
        world,
        draft,
        None,
        change=ClassChange(entry=poor(draft)),
        answers={"2022": {"water": Answer(True)}},
    )
    assert len(commits) == 1
    assert saved.members[0].joined_on == OPENING
    found = dossier(world, draft)
    assert found.household == saved
    assert found.of_year("2022") == found.in_force("2022") == found.records[0]
    assert found.answers == {"2022": {"water": Answer(True)}}
    step = undo.next_step(world.database)
    assert step is not None
    assert step.subject == "Đỗ Văn Ẩn"
    undo.undo(world.database, world.context, step.group)
    with pytest.raises(RefusedError):
        dossier(world, draft)


def test_new_facts_begin_on_their_day_and_the_rest_is_compared_on_the_day_shown(
    world: World,
) -> None:
    base = households.get(world.database, world.homes[0], TODAY)
    head, *others = base.members
    baby = households.new_member(world.context, full_name="Nguyễn Văn Út", relation="child")
    draft = replace(
        base,
        social_protection="yes",
        members=(replace(head, disability_kind="vision"), *others, replace(baby, merit="yes")),
    )
    since = date(YEAR, 3, 1)
    saved = save(world, draft, base, since=since)
    assert saved.members[-1].joined_on == since
    assert {fact.valid_from for facts in saved.facts.values() for fact in facts} == {since}
    before = households.get(world.database, base.uid, date(YEAR, 2, 28))
    assert before.social_protection is None
    assert before.size == base.size
    assert households.get(world.database, base.uid, since).members[-1].merit == "yes"


def test_the_day_a_member_came_can_be_corrected(world: World) -> None:
    base = households.get(world.database, world.homes[0], TODAY)
    joined = date(YEAR, 2, 2)
    members = (*base.members[:-1], replace(base.members[-1], joined_on=joined))
    saved = save(world, replace(base, members=members), base)
    assert saved.members[-1].joined_on == joined
    late = (*base.members[:-1], replace(base.members[-1], joined_on=date(YEAR, 7, 1)))
    with pytest.raises(RefusedError) as refused:
        save(world, replace(saved, members=late), saved)
    assert refused.value.code == "joined_after_shown"


def test_refusals_write_nothing(world: World) -> None:
    draft = new_home(world)
    with pytest.raises(RefusedError) as refused:
        save(world, replace(draft, village=None), None)
    assert refused.value.code == "village_missing"
    with pytest.raises(RefusedError) as refused:
        save(world, draft, None, since=date(YEAR, 7, 1))
    assert refused.value.code == "since_after_shown"
    base = households.get(world.database, world.homes[0], TODAY)
    save(world, replace(base, note="trước"), base)
    with pytest.raises(StaleRecordError):
        save(world, replace(base, note="sau"), base, change=ClassChange(entry=poor(base)))
    assert households.get(world.database, base.uid, TODAY).note == "trước"


def test_the_class_of_the_year_is_corrected_in_place_or_taken_away(world: World) -> None:
    home = households.get(world.database, world.homes[5], TODAY)
    before = dossier(world, home)
    record = before.of_year("2022")
    assert record is not None
    assert record.household_class == "not_poor"
    entry = poor(home, since=record.valid_from, source="decision", decision_number="12/QĐ-UBND")
    save(world, home, home, change=ClassChange(entry=entry, stored=record.uid))
    after = dossier(world, home)
    assert len(after.records) == len(before.records)
    assert after.of_year("2022") == replace(record, household_class="poor", number="12/QĐ-UBND")
    save(world, home, home, change=ClassChange(entry=None, stored=record.uid))
    assert dossier(world, home).of_year("2022") is None
    assert classes.of_household(world.database, home.uid)


def test_a_household_that_left_is_shown_on_its_last_day(world: World) -> None:
    from giamngheo_desktop.services import events

    home = world.homes[0]
    gone = date(YEAR, 4, 1)
    events.move_out(world.database, world.context, household=home, day=gone)
    found = dossier(world, Household(uid=home))
    assert (found.day, found.left_on, found.left_by) == (date(YEAR, 3, 31), gone, "move_out")
    assert found.household.size == 4
    early = dossier(world, Household(uid=home), date(YEAR - 5, 1, 1))
    assert early.day == date(YEAR - 2, 12, 31)


def test_provincial_standards_are_shown_in_their_province_only(world: World) -> None:
    found = household_view.surroundings(
        world.database, world.desk.definitions, commune=world.commune, year=2024, day=TODAY
    )
    assert [standard.code for standard in found.standards] == ["2022"]
    assert [village.area_type for village in found.villages] == ["rural"] * 3
    assert not found.closed
    assert household_view._same_province("Đồng Nai", "Tỉnh Đồng Nai")
    assert not household_view._same_province("Đồng Nai", "Tỉnh Hà Tĩnh")


def test_in_the_last_year_of_a_standard_the_next_one_is_shown_too(world: World) -> None:
    for year, codes in ((2026, ["2022", "2027"]), (2021, ["2016", "2022"]), (2030, ["2027"])):
        found = household_view.surroundings(
            world.database, world.desk.definitions, commune=world.commune, year=year, day=TODAY
        )
        assert [standard.code for standard in found.standards] == codes


def test_a_household_that_arrives_came_on_its_day(world: World) -> None:
    draft = new_home(world)
    came = date(YEAR, 5, 5)
    entry = poor(draft, since=came, source="decision", decision_number="7/QĐ-UBND")
    save(world, draft, None, since=came, change=ClassChange(entry=entry), arrives=True)
    found = dossier(world, draft)
    assert found.household.members[0].joined_on == came
    record = found.of_year("2022")
    assert record is not None
    assert (record.valid_from, record.number) == (came, "7/QĐ-UBND")
    step = undo.next_step(world.database)
    assert step is not None
    assert step.op is Op.MOVE_IN
