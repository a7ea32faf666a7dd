"""The history of a household tells every change by field, with who did it, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import events, household_entry, household_history, households, undo
from giamngheo_desktop.services.household_history import Act, Line
from tests.gui.commune import YEAR, World, make_world

TODAY = date(YEAR, 6, 30)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.close()


def test_every_kind_of_change_is_told(world: World) -> None:
    base = households.get(world.database, world.homes[0], TODAY)
    head, *others = base.members
    draft = replace(
        base,
        house_area=325,
        social_protection="yes",
        members=(replace(head, birth=PartialDate(1971, 3)), *others),
    )
    household_entry.save(
        world.database,
        world.context,
        draft,
        base=base,
        shown_on=TODAY,
        since=TODAY,
        commune=world.commune,
        answers={"2022": {"water": Answer(True, "giếng cạn")}},
    )
    events.death(
        world.database, world.context, household=base.uid, person=others[-1].uid, day=TODAY
    )
    newest, saved, *older = household_history.of_household(world.database, base.uid)
    assert newest.op is Op.DEATH
    assert newest.actor == "chị Hoa"
    who = others[-1].full_name
    assert [(line.kind, line.who, line.field) for line in newest.lines] == [
        (Kind.MEMBERSHIP, who, "valid_to"),
        (Kind.MEMBERSHIP, who, "end_reason"),
    ]
    assert {(line.who, line.field): (line.act, line.old, line.new) for line in saved.lines} == {
        ("", "house_area"): (Act.CHANGED, None, 325),
        ("", "social_protection"): (Act.NEW, None, "yes"),
        (head.full_name, "birth"): (Act.CHANGED, PartialDate(1970), PartialDate(1971, 3)),
        ("", "water"): (Act.NEW, None, True),
    }
    assert [event.op for event in older] == [Op.RECORD_CLASS, Op.RECORD_CLASS, Op.SAVE_HOUSEHOLD]
    made = {(line.who, line.field, line.new) for line in older[-1].lines}
    assert ("", "village", "Thôn Đông") in made
    assert (head.full_name, "relation", "head") in made
    (line,) = (line for line in older[0].lines if line.act is Act.NEW)
    assert (line.field, line.new, line.year) == ("household_class", "poor", YEAR)
    assert line.since == date(YEAR, 1, 1)


def test_a_new_fact_keeps_the_value_it_was_made_with(world: World) -> None:
    uid = world.homes[0]
    for value in ("yes", "no"):
        base = households.get(world.database, uid, TODAY)
        draft = replace(base, land_recovered=value)
        household_entry.save(
            world.database,
            world.context,
            draft,
            base=base,
            shown_on=TODAY,
            since=TODAY,
            commune=world.commune,
        )
    corrected, made, *_ = household_history.of_household(world.database, uid)
    assert made.lines == (
        Line(kind=Kind.HOUSEHOLD_FACT, act=Act.NEW, field="land_recovered", new="yes", since=TODAY),
    )
    assert corrected.lines == (
        Line(
            kind=Kind.HOUSEHOLD_FACT, act=Act.CHANGED, field="land_recovered", old="yes", new="no"
        ),
    )


def test_undo_is_told_too(world: World) -> None:
    uid = world.homes[0]
    base = households.get(world.database, uid, TODAY)
    households.save(world.database, world.context, replace(base, note="nhầm"), day=TODAY, base=base)
    step = undo.next_step(world.database)
    assert step is not None
    undo.undo(world.database, world.context, step.group)
    undone, saved, *_ = household_history.of_household(world.database, uid)
    assert undone.op is Op.UNDO
    assert [(line.field, line.old, line.new) for line in undone.lines] == [("note", "nhầm", None)]
    assert [(line.field, line.old, line.new) for line in saved.lines] == [("note", None, "nhầm")]
