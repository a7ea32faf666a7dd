"""Forty random actions on random days, some typed late, some taken back: the register equals a
plain model of dictionaries on every day, and every table counted from it does too."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import classes, events, households, rollups, undo
from giamngheo_desktop.storage import audit, consistency
from giamngheo_desktop.storage import households as stored
from tests.harness.register import (
    STANDARD,
    TODAY,
    Register,
    dump,
    empty_database,
    living,
    make_register,
)

FIRST = date(2026, 2, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(8)]
VILLAGES = "ABC"
Tie = tuple[UUID, bool, str | None]  # household, is head, relation
Points = dict[date, Any]  # what began on which day, None: nothing any more


def at(points: Points, day: date) -> Any:
    """The value that holds on `day`."""
    past = [start for start in points if start <= day]
    return points[max(past)] if past else None


def later(points: Points, day: date) -> bool:
    return any(start > day for start in points)


@dataclass
class Model:
    """Who lives where from when, in plain dictionaries."""

    ties: dict[UUID, Points] = field(default_factory=dict)  # person → Tie
    places: dict[UUID, Points] = field(default_factory=dict)  # household → village name
    classes: dict[UUID, Points] = field(default_factory=dict)  # household → class

    def members(self, home: UUID, day: date) -> dict[UUID, tuple[bool, str | None]]:
        found = {}
        for person, points in self.ties.items():
            tie = at(points, day)
            if tie is not None and tie[0] == home:
                found[person] = tie[1:]
        return found

    def here(self, day: date) -> list[UUID]:
        return [home for home, points in self.places.items() if at(points, day) is not None]

    def quiet(self, home: UUID, day: date) -> bool:
        """Nothing is recorded of the household or its members after `day`."""
        people = self.members(home, day)
        return not (
            later(self.places[home], day)
            or any(later(self.ties[person], day) for person in people)
            or any(
                start > day and tie is not None and tie[0] == home
                for points in self.ties.values()
                for start, tie in points.items()
            )
        )

    def leave(self, person: UUID, day: date) -> None:
        self.ties[person][day] = None

    def close_if_empty(self, home: UUID, day: date) -> None:
        inhabited = self.members(home, day) or any(
            start > day and tie is not None and tie[0] == home
            for points in self.ties.values()
            for start, tie in points.items()
        )
        if not inhabited:
            self.places[home][day] = None
            points = self.classes.get(home, {})
            for start in [start for start in points if start > day]:
                del points[start]
            if at(points, day) is not None:
                points[day] = None


class World:
    """The register and the model, told the same things."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.args = (register.database, register.context)
        self.model = Model()
        self.past: list[Model] = []
        self.papers = 0
        self.refused = self.done = 0

    # Each action picks from what is there on its day, tells the model, returns the call.

    def new(self, a: int, b: int, day: date) -> Callable[[], object]:
        village = VILLAGES[a % 3]
        people = [self.register.member(f"Người {number}") for number in range(1 + b % 3)]
        people[0] = replace(people[0], is_head=True, relation="head")
        draft = households.new_household(self.register.context, self.register.villages[village])
        draft = replace(draft, members=tuple(people))
        self.model.places[draft.uid] = {day: village}
        for person in people:
            tie = (draft.uid, person.is_head, person.relation)
            self.model.ties[person.uid] = {day: tie}
        return lambda: households.save(*self.args, draft, day=day)

    def _home(self, number: int, day: date) -> UUID | None:
        here = self.model.here(day)
        return here[number % len(here)] if here else None

    def _person(self, home: UUID, number: int, day: date) -> UUID | None:
        members = list(self.model.members(home, day))
        return members[number % len(members)] if members else None

    def birth(self, a: int, b: int, day: date) -> Callable[[], object] | None:
        home = self._home(a, day)
        if home is None:
            return None
        child = self.register.member("Bé", birth=None, relation="child")
        self.model.ties[child.uid] = {day: (home, False, "child")}
        self._ends_with_home(child.uid, home, day)
        act = events.birth if b % 2 else events.person_moves_in
        name = "child" if b % 2 else "member"
        return lambda: act(*self.args, household=home, day=day, **{name: child})

    def _ends_with_home(self, person: UUID, home: UUID, day: date) -> None:
        ends = [start for start, place in self.model.places[home].items() if place is None]
        for end in ends:
            if end > day:
                self.model.ties[person][end] = None

    def death(self, a: int, b: int, day: date) -> Callable[[], object] | None:
        home = self._home(a, day)
        person = self._person(home, b, day) if home else None
        if home is None or person is None:
            return None
        self.model.leave(person, day)
        self.model.close_if_empty(home, day)
        act = events.death if b % 2 else events.person_moves_out
        return lambda: act(*self.args, household=home, person=person, day=day)

    def move_out(self, a: int, b: int, day: date) -> Callable[[], object] | None:
        home = self._home(a, day)
        if home is None:
            return None
        for person in self.model.members(home, day):
            self.model.leave(person, day)
        self.model.close_if_empty(home, day)
        return lambda: events.move_out(*self.args, household=home, day=day)

    def move_village(self, a: int, b: int, day: date) -> Callable[[], object] | None:
        home = self._home(a, day)
        if home is None:
            return None
        village = VILLAGES[b % 3]
        self.model.places[home][day] = village
        uid = self.register.villages[village]
        return lambda: events.move_village(*self.args, household=home, village=uid, day=day)

    def marriage(self, a: int, b: int, day: date) -> Callable[[], object] | None:
        home, target = self._home(a, day), self._home(b, day)
        person = self._person(home, b, day) if home else None
        if home is None or target is None or person is None:
            return None
        self.model.ties[person][day] = (target, False, "wife")
        self._ends_with_home(person, target, day)
        self.model.close_if_empty(home, day)
        return lambda: events.marriage(
            *self.args, person=person, leaves=home, joins=target, relation="wife", day=day
        )

    def split(self, a: int, b: int, day: date) -> Callable[[], object] | None:
        home = self._home(a, day)
        members = list(self.model.members(home, day)) if home else []
        if home is None or not members:
            return None
        leaving = members[: 1 + b % len(members)]
        head = leaving[b % len(leaving)]

        def act() -> None:
            new = events.split(
                *self.args, household=home, persons=leaving, head=head, day=day
            ).value
            self.model.places[new] = {day: at(self.model.places[home], day)}
            for person in leaving:
                tie = (new, person == head, "head" if person == head else None)
                self.model.ties[person][day] = tie

        return act

    def merge(self, a: int, b: int, day: date) -> Callable[[], object] | None:
        home, target = self._home(a, day), self._home(b, day)
        if home is None or target is None:
            return None
        for person in self.model.members(home, day):
            self.model.ties[person][day] = (target, False, None)
            self._ends_with_home(person, target, day)
        self.model.close_if_empty(home, day)
        return lambda: events.merge(*self.args, source=home, target=target, day=day)

    def change_head(self, a: int, b: int, day: date) -> Callable[[], object] | None:
        home = self._home(a, day)
        head = self._person(home, b, day) if home else None
        if home is None or head is None:
            return None
        for person, tie in self.model.members(home, day).items():
            wanted = (True, "head") if person == head else (False, None)
            if tie != wanted:
                self.model.ties[person][day] = (home, *wanted)
        return lambda: events.change_head(*self.args, household=home, head=head, day=day)

    def give_class(self, a: int, b: int, day: date) -> Callable[[], object] | None:
        home = self._home(a, day)
        if home is None:
            return None
        self.papers += 1
        paper = f"{self.papers}/QĐ"
        name = ("poor", "near_poor", "not_poor")[b % 3]
        self.model.classes.setdefault(home, {})[day] = name
        return lambda: self.register.give_class(
            home, name, valid_from=day, source="decision", decision_number=paper
        )

    def tick(self, a: int, b: int, day: date) -> Callable[[], object] | None:
        home = self._home(a, day)
        if home is None:
            return None

        def act() -> None:
            stored_home = self.register.get(home, day)
            draft = replace(stored_home, minority=("yes", "no", None)[b % 3], note=f"{b}")
            households.save(*self.args, draft, day=day, base=stored_home)

        return act

    def take_back(self) -> None:
        step = undo.next_step(self.args[0])
        if step is None or not self.past:
            return
        undo.undo(*self.args, step.group)
        self.model = self.past.pop()

    ACTIONS = (
        new, birth, death, move_out, move_village, marriage, split, merge, change_head,
        give_class, give_class, tick, new, birth,
    )  # fmt: skip

    def do(self, kind: int, a: int, b: int, day: date) -> None:
        if kind == len(self.ACTIONS):
            self.take_back()
            return
        before, groups = deepcopy(self.model), undo.next_step(self.args[0])
        action = self.ACTIONS[kind](self, a, b, day)
        if action is None:
            return
        rows = dump(self.args[0]) if b < 3 else None  # slow, so not each time
        try:
            action()
        except RefusedError:
            assert rows is None or dump(self.args[0]) == rows
            self.model = before
            self.refused += 1
        else:
            self.done += 1
            if undo.next_step(self.args[0]) != groups:  # something was written
                self.past.append(before)

    # What must hold.

    def check(self, day: date) -> None:
        database = self.register.database
        model = self.model
        with database.reader() as connection:
            found = stored.load(connection, list(model.places), day)
        names = {uid: name for name, uid in self.register.villages.items()}
        for home, points in model.places.items():
            household = found[home]
            village = None if household.village is None else names[household.village]
            assert village == at(points, day)
            members = {m.uid: (m.is_head, m.relation) for m in household.members}
            assert members == model.members(home, day)
        counted = rollups.rollup(database, year=2026, standard=STANDARD, as_of=day)
        for name, uid in self.register.villages.items():
            for household_class in ("poor", "near_poor"):
                homes = [
                    home
                    for home, points in model.classes.items()
                    if at(points, day) == household_class and at(model.places[home], day) == name
                ]
                persons = sum(len(model.members(home, day)) for home in homes)
                assert counted.count(uid, f"{household_class}_households") == len(homes)
                assert counted.count(uid, f"{household_class}_persons") == persons

    def check_everything(self) -> None:
        for day in DAYS:
            self.check(day)
        with self.register.database.reader() as connection:
            assert audit.broken_link(connection) is None
            assert list(consistency.contradictions(connection, TODAY)) == []


actions = st.lists(
    st.tuples(
        st.integers(0, len(World.ACTIONS)),
        st.integers(0, 11),
        st.integers(0, 11),
        st.sampled_from(DAYS),
    ),
    min_size=40,
    max_size=40,
)


def live(script: list[tuple[int, int, int, date]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        empty_database(Path(folder) / "so.db") as database,
    ):
        world = World(make_register(database))
        start = living(dump(database))
        for number, step in enumerate(script):
            world.do(*step)
            world.check(DAYS[number % len(DAYS)])
        world.check_everything()
        while world.past:
            world.take_back()
            if len(world.past) % 4 == 0:
                world.check(DAYS[len(world.past) % len(DAYS)])
        assert living(dump(database)) == start


@settings(max_examples=5)
@given(script=actions)
def test_the_register_equals_a_plain_model(script: list[tuple[int, int, int, date]]) -> None:
    live(script)


@pytest.mark.long
@pytest.mark.timeout(900)
@settings(max_examples=120)
@given(script=actions)
def test_the_register_equals_a_plain_model_at_length(
    script: list[tuple[int, int, int, date]],
) -> None:
    live(script)


def test_what_fits_is_not_refused(register: Register) -> None:
    """Actions in the order of their days: only what cannot be is refused."""
    world = World(register)
    for number, day in enumerate(DAYS * 3):
        if number % len(DAYS) == 0:
            world.new(number, 2, DAYS[0])()
        kind = number % len(World.ACTIONS)
        home = world._home(number, day)
        if home is not None and world.model.quiet(home, day):
            world.do(kind, number, number + 1, day)
    assert world.done > 2 * world.refused
    assert classes.of_household(register.database, world.model.here(DAYS[0])[0]) is not None
