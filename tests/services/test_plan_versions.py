"""Versions of a plan: which one holds, what the next one begins with, what stands once issued."""

from __future__ import annotations

import random
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.documents import heads, sections, versions
from giamngheo_desktop.services.documents.versions import Change
from giamngheo_desktop.services.programme import entries, years
from giamngheo_desktop.services.reporting import schedules
from giamngheo_desktop.services.targets import allocation
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import areas as stored_areas
from giamngheo_desktop.storage import plans, records
from tests.harness.random_records import Clerk
from tests.harness.register import Register, dump, living
from tests.harness.review import shipped

YEAR = 2026
ISSUED = date(YEAR, 2, 10)


@pytest.fixture
def clerk(register: Register) -> Clerk:
    register.household("Lò Thị A")
    return Clerk(register.database, register.context, register.commune, random.Random(5))


def held(register: Register) -> UUID:
    with register.database.reader() as connection:
        return plans.in_force(connection, YEAR)[register.commune]


def decrease(register: Register) -> int | None:
    with register.database.reader() as connection:
        row = stored_areas.targets_of(connection, YEAR).get(register.villages["A"])
    return row and row["poor_decrease"]


def of_plan(register: Register, kind: Kind, plan: UUID) -> list[dict[str, Any]]:
    with register.database.reader() as connection:
        return records.find(connection, kind, document=plan)


def filled(clerk: Clerk, register: Register) -> UUID:
    """A plan with a target, a schedule, a part within a part, and what a village shall reach."""
    plan = versions.begin(register.database, register.context, register.commune, YEAR).value
    for kind in (Kind.TARGET, Kind.REPORT_SCHEDULE):
        clerk.save(shipped().records[kind])
    said = {"document": plan, "included": True, "annex": False}
    with write_unit(register.database, register.context, Op.SAVE_DOCUMENT) as work:
        above = work.insert(Kind.DOCUMENT_SECTION, position=1, title="MỤC TIÊU", **said)
        work.insert(Kind.DOCUMENT_SECTION, position=1, title="Chung", parent=above, **said)
        work.insert(
            Kind.VILLAGE_TARGET, area=register.villages["A"], year=YEAR, document=plan,
            poor_decrease=2,
        )  # fmt: skip
    return plan


def test_the_first_plan_takes_what_villages_were_given_and_an_undo_gives_it_back(
    register: Register,
) -> None:
    act = (register.database, register.context)
    with write_unit(*act, Op.SAVE_TARGETS) as work:
        work.insert(Kind.VILLAGE_TARGET, area=register.villages["A"], year=YEAR, poor_decrease=4)
    before = living(dump(register.database))
    assert decrease(register) == 4
    done = versions.begin(*act, register.commune, YEAR)
    assert (held(register), decrease(register)) == (done.value, 4)
    assert [row["area"] for row in of_plan(register, Kind.VILLAGE_TARGET, done.value)] == [
        register.villages["A"]
    ]
    with pytest.raises(RefusedError) as caught:
        versions.begin(*act, register.commune, YEAR)
    assert caught.value.code == "plan_begun"
    undo.undo(*act, done.changes.group)
    assert living(dump(register.database)) == before


@pytest.mark.parametrize("change", list(Change))
def test_the_next_version_is_a_copy_that_holds_once_it_is_issued(
    clerk: Clerk, register: Register, change: Change
) -> None:
    act = (register.database, register.context)
    first = filled(clerk, register)
    with pytest.raises(RefusedError) as caught:
        versions.next_version(*act, first, change)
    assert caught.value.code == "plan_is_draft"
    versions.issue(*act, first, ISSUED, number="05/KH-UBND", signed_on=ISSUED)
    second = versions.next_version(*act, first, change).value
    with pytest.raises(RefusedError) as caught:
        versions.next_version(*act, first, change)
    assert caught.value.code == "plan_has_draft"
    assert held(register) == first
    for kind in (Kind.TARGET, Kind.REPORT_SCHEDULE, Kind.DOCUMENT_SECTION, Kind.VILLAGE_TARGET):
        old, new = of_plan(register, kind, first), of_plan(register, kind, second)
        assert len(old) == len(new) > 0
        own = {"uid", "document", "parent"}
        assert [{k: v for k, v in row.items() if k not in own} for row in old] == [
            {k: v for k, v in row.items() if k not in own} for row in new
        ]
    parts = of_plan(register, Kind.DOCUMENT_SECTION, second)
    assert {row["parent"] for row in parts} == {None, parts[0]["uid"]}
    with register.database.reader() as connection:
        row = plans.in_hand(connection, YEAR, register.commune)
    assert row is not None
    said = ("version", "change", "before", "number", "signed_on", "issued_on")
    assert [row[name] for name in said] == [2, change.value, first, None, None, None]
    with write_unit(*act, Op.SAVE_ALLOCATION) as work:
        mine = of_plan(register, Kind.VILLAGE_TARGET, second)[0]
        work.change(Kind.VILLAGE_TARGET, mine["uid"], mine, {"poor_decrease": 9})
    assert decrease(register) == 2  # the issued one still holds
    versions.issue(*act, second, date(YEAR, 6, 1))
    assert (held(register), decrease(register)) == (second, 9)


def test_a_plan_that_adjusts_one_says_so_in_its_title(register: Register) -> None:
    act = (register.database, register.context)
    summary = "Giảm nghèo bền vững năm 2026"
    first = versions.begin(*act, register.commune, YEAR, summary=summary).value
    versions.issue(*act, first, ISSUED)
    titles = []
    plan = first
    for change in (Change.ADJUSTS, Change.ADJUSTS, Change.REPLACES):
        plan = versions.next_version(*act, plan, change).value
        row = versions.in_hand(register.database, register.commune, YEAR)
        assert row is not None
        titles.append(row["summary"])
        versions.issue(*act, plan, ISSUED)
    adjusting = "Điều chỉnh, bổ sung Kế hoạch giảm nghèo bền vững năm 2026"
    assert titles == [adjusting, adjusting, summary]


def test_what_was_issued_is_changed_by_the_next_version_alone(
    clerk: Clerk, register: Register
) -> None:
    act = (register.database, register.context)
    form = shipped().records[Kind.TARGET]
    first = filled(clerk, register)
    versions.issue(*act, first, ISSUED)
    with pytest.raises(RefusedError) as caught:
        versions.issue(*act, first, ISSUED)
    assert caught.value.code == "plan_issued"
    ((uid, stored),) = years.of_year(register.database, form, register.commune, YEAR).items()
    before = dump(register.database)
    for act_on in (
        lambda: entries.save(*act, form, {**stored, "note": "khác"}, uid),
        lambda: entries.remove(*act, form, uid),
        lambda: clerk.save(form),
    ):
        with pytest.raises(RefusedError) as caught:
            act_on()
        assert caught.value.code == "plan_stands"
    assert dump(register.database) == before
    versions.next_version(*act, first, Change.ADJUSTS)
    ((other, copied),) = years.of_year(register.database, form, register.commune, YEAR).items()
    assert other != uid
    entries.save(*act, form, {**copied, "note": "khác"}, other)
    with register.database.reader() as connection:
        row = records.get(connection, Kind.TARGET, uid)
    assert row is not None
    assert row["note"] != "khác"


def test_nothing_of_an_issued_version_is_put_into_the_next_one(
    clerk: Clerk, register: Register
) -> None:
    plan = filled(clerk, register)
    args = (register.database, register.context)
    versions.issue(*args, plan, ISSUED)
    draft = versions.next_version(*args, plan, Change.ADJUSTS).value
    (stands,) = of_plan(register, Kind.TARGET, plan)
    form = shipped().records[Kind.TARGET]
    given = {"document": draft, "key": stands["key"]}
    with pytest.raises(RefusedError, match="plan_stands"):
        entries.save(*args, form, {"indicator": "HN-TL"}, stands["uid"], given=given)
    assert of_plan(register, Kind.TARGET, plan) == [stands]


def test_a_draft_is_thrown_away_and_what_villages_shall_reach_stays(
    clerk: Clerk, register: Register
) -> None:
    act = (register.database, register.context)
    first = filled(clerk, register)
    before = living(dump(register.database))
    group = heads.remove(*act, first).changes.group
    assert decrease(register) == 2
    with register.database.reader() as connection:
        assert plans.in_force(connection, YEAR) == {}
    (kept,) = living(dump(register.database))[Kind.VILLAGE_TARGET].values()
    assert kept["document"] is None
    undo.undo(*act, group)
    assert living(dump(register.database)) == before
    heads.remove(*act, first)
    again = versions.begin(*act, register.commune, YEAR).value
    assert [row["poor_decrease"] for row in of_plan(register, Kind.VILLAGE_TARGET, again)] == [2]
    versions.issue(*act, again, ISSUED)
    second = versions.next_version(*act, again, Change.ADJUSTS).value
    with pytest.raises(RefusedError, match="plan_stands"):
        heads.remove(*act, again)
    heads.remove(*act, second)
    assert held(register) == again
    assert decrease(register) == 2


def test_every_act_is_one_step_and_all_are_taken_back(clerk: Clerk, register: Register) -> None:
    """The newest first; one that others go on from says so and changes nothing."""
    act = (register.database, register.context)
    states, groups = [living(dump(register.database))], []

    def did(done: Any) -> Any:
        states.append(living(dump(register.database)))
        groups.append(done.changes.group)
        return done.value

    plan = did(sections.begin(*act, shipped(), register.commune, YEAR, "ke_hoach_chuan"))
    did(clerk.save(shipped().records[Kind.TARGET]))
    did(schedules.take(*act, shipped(), plan, "pho_minh_2024"))
    did(allocation.save(*act, YEAR, {register.villages["A"]: {"poor_decrease": 3}}))
    did(versions.issue(*act, plan, ISSUED))
    did(versions.next_version(*act, plan, Change.REPLACES))
    with pytest.raises(RefusedError, match="undo_changed_since"):
        undo.undo(*act, groups[0])  # its plan holds targets
    assert living(dump(register.database)) == states[-1]
    for group, state in zip(reversed(groups), reversed(states[:-1]), strict=True):
        step = undo.next_step(register.database)
        assert step is not None
        assert step.group == group
        undo.undo(*act, group)
        assert living(dump(register.database)) == state


def test_a_year_without_a_plan_has_no_targets(register: Register) -> None:
    form = shipped().records[Kind.TARGET]
    assert years.of_year(register.database, form, register.commune, YEAR) == {}
