"""Copies of a register that went apart come together, through real files and real services."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services import household_history, households, undo
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.exchange.merging import MergeReport
from giamngheo_desktop.storage import audit, consistency
from giamngheo_desktop.storage.engine import Database
from tests.harness import review
from tests.harness.copies import Officer, contents, copy_of, everything
from tests.harness.examples import examples
from tests.harness.register import TODAY, Register, dump, empty_database, living, make_register

Pair = tuple[Register, Register]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with empty_database(tmp_path / "so.db") as database:
        yield database


@pytest.fixture
def pair(database: Database, tmp_path: Path) -> Iterator[Pair]:
    ours = make_register(database)
    ours.household("An", "Bình", "Chi", address="Xóm 1")
    ours.household("Dũng", "Em", village="B")
    theirs = copy_of(ours, tmp_path / "may-khac.db", seed=2)
    yield ours, theirs
    theirs.database.close()


def take(into: Register, source: Register) -> MergeReport:
    return merging.merge_edits(into.database, into.context, everything(source.database)).value


def contradictions(database: Database) -> set[tuple[str, object]]:
    with database.reader() as connection:
        return {(one.code, one.household) for one in consistency.contradictions(connection, TODAY)}


def sound(database: Database, *before: tuple[str, object]) -> None:
    assert contradictions(database) <= set(before)
    with database.reader() as connection:
        assert audit.broken_link(connection) is None
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def states(report: MergeReport) -> set[tuple[str, Kind, str]]:
    return {(one.state, one.kind, one.field) for one in report.differences}


def _home(register: Register, name: str) -> households.Household:
    """A household by the name of its head."""
    for uid in dump(register.database)[Kind.HOUSEHOLD]:
        home = register.get(uid)
        if home.head and home.head.full_name == name:
            return home
    raise LookupError(name)


def _save(register: Register, home: households.Household, **values: object) -> None:
    households.save(register.database, register.context, replace(home, **values), day=TODAY)


def test_edits_of_different_fields_both_stand(pair: Pair) -> None:
    ours, theirs = pair
    home = _home(ours, "An")
    _save(ours, home, note="đã gặp")
    _save(theirs, _home(theirs, "An"), toilet="02")
    report = take(ours, theirs)
    assert states(report) == {("changed", Kind.HOUSEHOLD, "toilet")}
    merged = ours.get(home.uid)
    assert (merged.note, merged.toilet) == ("đã gặp", "02")
    sound(ours.database)


def test_a_clash_is_listed_on_both_sides_until_somebody_settles_it(pair: Pair) -> None:
    ours, theirs = pair
    home = _home(ours, "An")
    _save(ours, home, note="của ta")
    _save(theirs, _home(theirs, "An"), note="của họ")
    back = everything(ours.database)
    report = take(ours, theirs)
    ((clash),) = report.differences
    assert (clash.state, clash.field, clash.ours, clash.theirs) == (
        "clash", "note", "của ta", "của họ",
    )  # fmt: skip
    assert clash.about == "An"
    merging.merge_edits(theirs.database, theirs.context, back)
    for one in pair:
        assert [item.field for item in merging.open_clashes(one.database)] == ["note"]
    assert ours.get(home.uid).note == theirs.get(home.uid).note
    merging.settle(ours.database, ours.context, {(home.uid, "note"): "cả hai"})
    assert merging.open_clashes(ours.database) == []
    report = take(theirs, ours)
    assert states(report) == {("changed", Kind.HOUSEHOLD, "note")}
    assert theirs.get(home.uid).note == "cả hai"
    assert merging.open_clashes(theirs.database) == []
    assert contents(ours.database) == contents(theirs.database)


def test_the_same_twice_is_nothing_and_an_undone_merge_comes_again(pair: Pair) -> None:
    ours, theirs = pair
    _save(theirs, _home(theirs, "An"), note="của họ")
    theirs.household("Hộ Mới", "Con", village="C")
    before = dump(ours.database)
    report = take(ours, theirs)
    assert report.taken > 1
    merged = dump(ours.database)
    again = take(ours, theirs)
    assert (again.taken, again.differences) == (0, ())
    step = undo.next_step(ours.database)
    assert step is not None
    undo.undo(ours.database, ours.context, step.group)
    assert living(dump(ours.database)) == living(before)
    step = undo.next_step(ours.database)
    assert step is not None
    assert step.op != "merge_work"
    assert take(ours, theirs).taken == report.taken
    assert living(dump(ours.database)) == living(merged)
    sound(ours.database)


def test_what_was_agreed_by_a_merge_is_not_asked_again_after_a_later_edit(pair: Pair) -> None:
    """Both wrote the same; whoever then goes on editing replaces both."""
    ours, theirs = pair
    home = _home(ours, "An")
    _save(ours, home, note="như nhau")
    _save(theirs, _home(theirs, "An"), note="như nhau")
    report = take(ours, theirs)
    assert states(report) == {("same", Kind.HOUSEHOLD, "note")}
    _save(ours, ours.get(home.uid), note="sửa tiếp")
    report = take(theirs, ours)
    assert states(report) == {("changed", Kind.HOUSEHOLD, "note")}
    assert theirs.get(home.uid).note == "sửa tiếp"


def test_the_history_tells_who_did_it_on_the_other_copy(pair: Pair) -> None:
    ours, theirs = pair
    home = _home(ours, "An")
    _save(theirs, _home(theirs, "An"), note="của họ")
    take(ours, theirs)
    newest, *_ = household_history.of_household(ours.database, home.uid)
    there, *_ = household_history.of_household(theirs.database, home.uid)
    assert newest == there
    assert newest.actor == theirs.context.actor


def test_looking_writes_nothing(pair: Pair) -> None:
    ours, theirs = pair
    theirs.household("Hộ Mới", village="C")
    before = dump(ours.database)
    seen = merging.look(ours.database, ours.context, everything(theirs.database))
    assert dump(ours.database) == before
    assert take(ours, theirs) == seen


def test_random_copies_become_one_whatever_they_did(tmp_path: Path) -> None:
    for seed in range(examples(2, 200)):
        rng = random.Random(seed)
        with empty_database(tmp_path / f"{seed}.db") as database:
            ours = make_register(database, seed=seed)
            for name in ("An", "Bình", "Chi"):
                ours.household(name, f"{name} hai", f"{name} ba", village=rng.choice("ABC"))
            begun = review.begin(ours)
            theirs = copy_of(ours, tmp_path / f"{seed}-2.db", seed=1000 + seed)
            officers = [Officer(one, rng, review=begun.uid) for one in (ours, theirs)]
            for _ in range(3):
                for officer in rng.sample(officers, 2):
                    officer.work(rng.randint(1, 4))
            before = contradictions(ours.database) | contradictions(theirs.database)
            sent = everything(ours.database)
            take(ours, theirs)
            merging.merge_edits(theirs.database, theirs.context, sent)
            assert contents(ours.database) == contents(theirs.database), seed
            for one in (ours, theirs):
                sound(one.database, *before)
            theirs.database.close()
