"""One action is one transaction, one commit and one audit group whose hash holds it fast."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.ids import uuid7_factory
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import areas, classes, events, households, settings, undo, unit
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import audit, records
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.schema import HEAD
from giamngheo_desktop.storage.tables import TABLES
from tests.harness.register import (
    STANDARD,
    TODAY,
    Register,
    all_changes,
    dump,
    groups,
    make_context,
)

DAY = date(2026, 3, 10)


class Commits:
    """What the engine was asked to do, in order."""

    def __init__(self, database: Database) -> None:
        self.seen: list[str] = []
        event.listen(database.engine, "commit", lambda _: self.seen.append("commit"))
        event.listen(database.engine, "rollback", lambda _: self.seen.append("rollback"))

    def during(self, action: Callable[[], object]) -> list[str]:
        self.seen.clear()
        action()
        return [name for name in self.seen if name == "commit"]


def test_each_action_is_exactly_one_commit(register: Register) -> None:
    home = register.household("Một", "Hai", "Ba")
    other = register.household("Bốn", village="B")
    args = (register.database, register.context)
    commits = Commits(register.database)
    b = register.villages["B"]
    actions: list[Callable[[], object]] = [
        lambda: households.save(*args, replace(home, note="x"), day=TODAY, base=home),
        lambda: register.household("Năm", "Sáu"),
        lambda: events.move_village(*args, household=home.uid, village=b, day=DAY),
        lambda: events.merge(*args, source=other.uid, target=home.uid, day=DAY),
        lambda: register.give_class(home.uid),
        lambda: settings.save(*args, {"signer_name": "a", "place_name": "b"}, DAY),
        lambda: areas.save_population(*args, 2026, {uid: {} for uid in register.villages.values()}),
        lambda: classes.close_year(
            *args, year=2026, standard=STANDARD, definition="f" * 64, commune=register.commune
        ),
        lambda: undo.undo(*args, undo.next_step(register.database).group),  # type: ignore[union-attr]
    ]
    for action in actions:
        before = len(groups(register.database))
        # Reading what is there ends its transaction too; only the writing one begins IMMEDIATE.
        writes: list[str] = []

        def note(_c: Any, _cu: Any, text: str, *_: Any, kept: list[str] = writes) -> None:
            if text == "BEGIN IMMEDIATE":
                kept.append(text)

        event.listen(register.database.engine, "before_cursor_execute", note)
        made = commits.during(action)
        event.remove(register.database.engine, "before_cursor_execute", note)
        reads = 1 if action is actions[-1] else 0  # next_step reads
        assert len(made) - reads == 1
        assert len(writes) == 1
        assert len(groups(register.database)) == before + 1


def test_an_action_that_changes_nothing_writes_nothing(register: Register) -> None:
    home = register.household("Một")
    before = groups(register.database)
    done = households.save(register.database, register.context, home, day=TODAY, base=home)
    assert not done.changes.touched
    assert groups(register.database) == before


@pytest.mark.parametrize("failing", range(4))
def test_whatever_fails_nothing_is_left(register: Register, failing: int) -> None:
    args = (register.database, register.context)
    home = register.household("Một", "Hai")
    before, heads = dump(register.database), groups(register.database)

    def no_value() -> None:
        with write_unit(*args, Op.SAVE_HOUSEHOLD) as work:
            work.update(Kind.HOUSEHOLD, home.uid, note="x")
            work.insert(Kind.SETTING, code="x", valid_from=DAY)  # no value

    def no_such_parent() -> None:
        with write_unit(*args, Op.SAVE_HOUSEHOLD) as work:
            work.update(Kind.HOUSEHOLD, home.uid, note="x")
            work.insert(
                Kind.PLACE,
                household=home.uid,
                village=UUID(int=5),
                valid_from=DAY,
                valid_to=None,
            )

    def half_a_merger() -> None:
        events.merge(*args, source=home.uid, target=UUID(int=9), day=DAY)

    def missing_record() -> None:
        with write_unit(*args, Op.SAVE_HOUSEHOLD) as work:
            work.update(Kind.HOUSEHOLD, home.uid, note="x")
            work.update(Kind.HOUSEHOLD, UUID(int=5), note="x")

    action = (no_value, no_such_parent, half_a_merger, missing_record)[failing]
    with pytest.raises((sa.exc.IntegrityError, KeyError, RefusedError)):
        action()
    assert dump(register.database) == before
    assert groups(register.database) == heads
    register.household("Ba")  # the file is free for the next action


def test_who_may_not_is_refused_before_anything(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Op, UUID | None]] = []

    def nobody(actor: str, op: Op, place: UUID | None) -> bool:
        asked.append((actor, op, place))
        return False

    monkeypatch.setattr(unit, "allowed", nobody)
    before = dump(register.database)
    with pytest.raises(RefusedError, match="not_allowed"):
        register.household("Một")
    assert asked == [("Lò Thị Hà", Op.SAVE_HOUSEHOLD, register.villages["A"])]
    assert dump(register.database) == before


# --- the audit -----------------------------------------------------------------------------------


def test_the_head_of_a_group_says_everything(register: Register) -> None:
    home = register.household("Một")
    households.save(
        register.database,
        register.context,
        replace(home, note="x"),
        day=TODAY,
        reason="sửa theo biên bản",
    )
    head = groups(register.database)[-1]
    assert (head["op"], head["subject"], head["actor"]) == ("save_household", "Một", "Lò Thị Hà")
    assert (head["reason"], head["schema"]) == ("sửa theo biên bản", HEAD)
    assert head["origin"] == register.context.origin
    assert head["seq"] == len(groups(register.database))
    assert head["prev_hash"] == groups(register.database)[-2]["hash"]


def test_every_value_survives_audit_text_and_back() -> None:
    values = {
        Kind.HOUSEHOLD: {
            "note": "",
            "causes": (),
            "shared_assets": ("tv", "radio"),
            "quick_screen": False,
            "income": 9_999_999_999,
            "house_area": 0,
            "surveyed_on": date(2026, 1, 2),
        },
        Kind.PERSON: {"birth": PartialDate(1987, 3), "full_name": "Đặng\nThị 'Ẩn'"},
        Kind.PLACE: {"household": UUID(int=7)},
    }
    for kind, columns in values.items():
        for name, value in columns.items():
            for given in (value, None):
                text = audit.encode(given)
                assert audit.decode(kind, name, text) == given
    for kind, table in TABLES.items():
        for name in records.columns(kind):
            assert audit.decode(kind, name, None) is None, table
    with pytest.raises(ValueError, match="surrogates"):
        audit.decode(Kind.HOUSEHOLD, "note", "\ud800")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_change SET new = 'x' WHERE field = 'note'",
        "UPDATE audit_change SET old = NULL WHERE field = 'address'",
        "UPDATE audit_change SET field = 'code' WHERE field = 'note'",
        "UPDATE audit_change SET replaces = NULL WHERE field = 'note'",
        "DELETE FROM audit_change WHERE field = 'note'",
        "UPDATE audit_group SET actor = 'ai đó' WHERE seq = 3",
        "UPDATE audit_group SET at = '2020-01-01 00:00:00.000000' WHERE seq = 3",
        "UPDATE audit_group SET subject = '' WHERE seq = 3",
        "UPDATE audit_group SET reason = 'x' WHERE seq = 3",
        "UPDATE audit_group SET op = 'undo' WHERE seq = 3",
        "UPDATE audit_group SET hash = prev_hash WHERE seq = 3",
    ],
)
def test_an_edited_audit_shows(register: Register, statement: str) -> None:
    home = register.household("Một")
    saved = households.save(
        register.database, register.context, replace(home, note="cũ", address="b"), day=TODAY
    )
    register.household("Hai")
    with register.database.reader() as connection:
        assert audit.broken_link(connection) is None
    with register.database.writer() as connection:
        changed = connection.exec_driver_sql(statement).rowcount
    assert changed > 0
    with register.database.reader() as connection:
        assert audit.broken_link(connection) == 3
    assert saved.changes.touched


def test_a_group_cut_out_of_the_chain_shows(register: Register) -> None:
    home = register.household("Một")
    households.save(register.database, register.context, replace(home, note="x"), day=TODAY)
    register.household("Hai")
    group = groups(register.database)[2]["uid"].hex
    with register.database.writer() as connection:
        connection.exec_driver_sql(f"DELETE FROM audit_change WHERE \"group\" = '{group}'")
        connection.exec_driver_sql(f"DELETE FROM audit_group WHERE uid = '{group}'")
    with register.database.reader() as connection:
        assert audit.broken_link(connection) == 4


def test_a_clock_with_a_zone_does_not_break_the_chain(register: Register) -> None:
    zone = timezone(timedelta(hours=7))
    clock = datetime(2026, 6, 1, 8, tzinfo=zone)
    bits = random.Random(3)
    new_id = uuid7_factory(lambda: clock, bits.getrandbits)
    context = Context(now=lambda: clock, new_id=new_id, actor="x", origin=new_id())
    settings.save(register.database, context, {"signer_name": "x"}, DAY)
    with register.database.reader() as connection:
        assert audit.broken_link(connection) is None


# --- several writers -----------------------------------------------------------------------------


def test_four_threads_lose_no_increment(register: Register) -> None:
    """A read-then-write transaction that began as a read would fail or lose updates."""
    village = register.villages["A"]
    areas.save_population(register.database, register.context, 2026, {village: {"persons": 0}})
    (row,) = areas.population(register.database, 2026).values()
    failures: list[BaseException] = []
    start = threading.Barrier(4)

    def add(seed: int) -> None:
        context = make_context(actor=f"người {seed}", seed=seed)
        try:
            start.wait()
            for _ in range(100):
                with write_unit(register.database, context, Op.SAVE_POPULATION) as work:
                    stored = records.get(work.connection, Kind.POPULATION, row["uid"])
                    assert stored is not None
                    work.update(Kind.POPULATION, row["uid"], persons=stored["persons"] + 1)
        except (AppError, AssertionError, sa.exc.DBAPIError) as failure:
            failures.append(failure)

    threads = [threading.Thread(target=add, args=(seed,)) for seed in range(10, 14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert areas.population(register.database, 2026)[village]["persons"] == 400
    with register.database.reader() as connection:
        assert audit.broken_link(connection) is None
    changes = [row for row in all_changes(register.database) if row["field"] == "persons"]
    assert len({row["replaces"] for row in changes}) == 400


def test_a_reader_sees_one_moment_while_others_write(register: Register) -> None:
    home = register.household("Một")
    with register.database.reader() as connection:
        first = records.get(connection, Kind.HOUSEHOLD, home.uid)
        households.save(register.database, register.context, replace(home, note="x"), day=TODAY)
        assert records.get(connection, Kind.HOUSEHOLD, home.uid) == first
    assert register.get(home.uid).note == "x"


def test_a_writer_that_waits_too_long_is_told(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("giamngheo_desktop.storage.engine.BUSY_SECONDS", 0)
    second = Database(register.database.path)
    try:
        with register.database.writer(), pytest.raises(AppError, match="database_busy"):
            settings.save(second, register.context, {"signer_name": "x"}, DAY)
    finally:
        second.close()
    settings.save(register.database, register.context, {"signer_name": "x"}, DAY)
