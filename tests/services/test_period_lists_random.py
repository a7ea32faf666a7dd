"""Random lives: the list of a month is what a plain model counts day by day, and what was issued
with what came, less what went, is the list of now.
"""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.entitlement import OF_GROUND, Given
from giamngheo_desktop.domain.period_list import Entitled
from giamngheo_desktop.services.programme import period_lists, supports
from giamngheo_desktop.services.programme.period_lines import PeriodList
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import Register, dump, empty_database, make_register
from tests.harness.tables import definitions
from tests.services.test_random_lives import Model, World, at

DAYS = [date(2026, 2, 1) + timedelta(days=number * 9) for number in range(10)]
MONTHS = (2, 3, 4, 5)
DAY = timedelta(days=1)
Told = tuple[UUID, str, str | None]  # household, ground, village


def deaths(register: Register) -> set[tuple[UUID, date]]:
    """Who died on which day: the register ends his stay on the day before."""
    rows = dump(register.database)[Kind.MEMBERSHIP].values()
    return {
        (row["person"], row["valid_to"] + DAY)
        for row in rows
        if row["end_reason"] == "death" and row["valid_to"] >= row["valid_from"]
    }


def by_day(model: Model, first: date, last: date, died: set[tuple[UUID, date]]) -> dict[UUID, Told]:
    """Whoever is entitled on any day of a month, as on the last such day; who dies is there on
    that day, with the household as it was the day before if it ends with him.
    """
    found: dict[UUID, Told] = {}
    day = first
    while day <= last:
        for person, points in model.ties.items():
            tie = at(points, day if (person, day) not in died else day - DAY)
            if tie is None:
                continue
            home, when = tie[0], day
            if (person, day) in died and at(model.places[home], day) is None:
                when = day - DAY
            village = at(model.places[home], when)
            ground = at(model.classes.get(home, {}), when)
            if village is not None and ground in ("poor", "near_poor"):
                found[person] = (home, ground, village)
        day += DAY
    return found


def of_list(found: PeriodList, names: dict[UUID, str]) -> dict[UUID, Told]:
    return {line.row.key: _told(line.row, names) for line in found.lines}


def _told(row: Entitled, names: dict[UUID, str]) -> Told:
    return row.household, row.ground, names[row.village] if row.village else None


def warned_of(database: Database, model: Model, day: date, listed: dict[UUID, Told]) -> set[UUID]:
    """Who would get a card of a day, in the household he was in by then or else first in, without
    a ground for it.
    """
    asked = {}
    for number, (person, points) in enumerate(model.ties.items(), 1):
        homes = [tie[0] for _, tie in sorted(points.items()) if tie is not None]
        if person not in listed and not homes:
            continue
        home = listed[person][0] if person in listed else homes[0]
        asked[person] = Given(
            uid=UUID(int=number), household=home, person=person, policy="health_insurance",
            supported_on=day,
        )  # fmt: skip
    with database.reader() as connection:
        doubts = supports.doubts_in(connection, definitions(), [*asked.values()], [], None)
    return {
        person
        for person, one in asked.items()
        if any(doubt.why in OF_GROUND for doubt in doubts.get(one.uid, ()))
    }


def live(script: list[tuple[int, int, int, date]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        empty_database(Path(folder) / "so.db") as database,
    ):
        register = make_register(database)
        world = World(register)
        names = {uid: name for name, uid in register.villages.items()}
        asked = (database, definitions(), "bhyt")
        issued: dict[UUID, Told] = {}
        steps = len(script) // len(MONTHS)
        for turn, month in enumerate(MONTHS):
            for step in script[turn * steps : (turn + 1) * steps]:
                world.do(*step)
            period = f"2026-{month:02d}"
            found = period_lists.preview(*asked, period, unit=register.commune)
            assert found == period_lists.preview(*asked, period, unit=register.commune)
            now = of_list(found, names)
            first, last = found.period.first, found.period.last
            assert now == by_day(world.model, first, last, deaths(register))
            on_last = by_day(world.model, last, last, deaths(register))
            lived = {person for person, points in world.model.ties.items() if any(points.values())}
            warned = warned_of(database, world.model, last, on_last)
            assert warned == lived - on_last.keys()
            added = {one.line.row.key for one in found.added}
            removed = {one.line.row.key for one in found.removed}
            changed = {one.line.row.key for one in found.changed}
            assert not added & set(issued)
            assert removed <= set(issued)
            assert (set(issued) | added) - removed == set(now)
            both = set(issued) & set(now)
            assert changed == {key for key in both if issued[key] != now[key]}
            assert found.kept == len(both - changed)
            if turn % 2 == 0:  # every other month is issued
                period_lists.issue(
                    database, register.context, definitions(), "bhyt", period,
                    unit=register.commune,
                )  # fmt: skip
                issued = now


actions = st.lists(
    st.tuples(
        st.integers(0, len(World.ACTIONS) - 1),  # none of them takes back
        st.integers(0, 11),
        st.integers(3, 11),
        st.sampled_from(DAYS),
    ),
    min_size=48,
    max_size=48,
)


@settings(max_examples=5)
@given(script=actions)
def test_lists_are_what_a_plain_model_counts(script: list[tuple[int, int, int, date]]) -> None:
    live(script)


@pytest.mark.long
@pytest.mark.timeout(900)
@settings(max_examples=150)
@given(script=actions)
def test_lists_are_what_a_plain_model_counts_at_length(
    script: list[tuple[int, int, int, date]],
) -> None:
    live(script)
