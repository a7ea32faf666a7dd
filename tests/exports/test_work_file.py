"""Villages go to another computer in a workbook, and come back to the register they left."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.package import Values
from giamngheo_desktop.exports.work_file import read_work, write_work
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import areas, drafts, events, households, undo
from giamngheo_desktop.services.exchange import merging, work_package
from giamngheo_desktop.services.exchange.work_package import Table, Taken, Work
from giamngheo_desktop.storage import audit, consistency
from giamngheo_desktop.storage.engine import Database
from tests.harness import review
from tests.harness.copies import Officer, contents, ends_to_decide
from tests.harness.examples import examples
from tests.harness.register import (
    TODAY,
    Register,
    dump,
    empty_database,
    living,
    make_context,
    make_register,
)

Rows = dict[Kind, dict[UUID, dict[str, Any]]]


def collected(register: Register, villages: str = "ABC") -> Work:
    uids = [register.villages[name] for name in villages]
    return work_package.collect(
        register.database, register.context, uids, unit=register.commune, program="1"
    )


def send(
    source: Register, into: Register, path: Path | None = None, villages: str = "ABC"
) -> Taken:
    """Through a real workbook where a path is given."""
    work = collected(source, villages)
    if path is None:
        args = (into.database, into.context, work.manifest, work.tables)
        return work_package.take_in(*args).value
    write_work(path, work)
    with read_work(path) as (manifest, tables):
        return work_package.take_in(into.database, into.context, manifest, tables).value


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "so.db") as database:
        register = make_register(database)
        register.household("An", "Bình", "Chi", address="Xóm 1")
        register.household("Dũng", "Em", village="B")
        yield register


@pytest.fixture
def other(register: Register, tmp_path: Path) -> Iterator[Register]:
    """An empty file on another computer."""
    with empty_database(tmp_path / "may-khac.db") as database:
        context = make_context("Đinh Văn Ba", seed=2)
        yield Register(database, context, register.commune, register.villages)


def test_into_an_empty_file_the_package_makes_the_same_register(
    register: Register, other: Register, tmp_path: Path
) -> None:
    begun = review.begin(register)
    Officer(register, random.Random(3), review=begun.uid).work(12)
    send(register, other, tmp_path / "goi.xlsx")
    assert contents(other.database) == contents(register.database)
    assert undo.next_step(other.database) is None  # without it the file would have no commune
    # and what it would send in its turn is the same, text by text
    ours, theirs = collected(register), collected(other)
    assert [(one.name, one.columns, list(one.rows)) for one in ours.tables] == [
        (one.name, one.columns, list(one.rows)) for one in theirs.tables
    ]
    with other.database.reader() as connection:
        assert audit.broken_link(connection) is None


def test_only_the_villages_named_go_and_what_they_refer_to(
    register: Register, other: Register
) -> None:
    send(register, other, villages="B")
    rows = dump(other.database)
    assert {row["full_name"] for row in rows[Kind.PERSON].values()} == {"Dũng", "Em"}
    assert len(rows[Kind.AREA]) == len(dump(register.database)[Kind.AREA])


def test_a_household_of_another_village_that_only_one_went_to_is_no_finding(
    register: Register, other: Register
) -> None:
    homes = [register.get(uid) for uid in dump(register.database)[Kind.HOUSEHOLD]]
    home, target = sorted(homes, key=lambda one: one.size, reverse=True)
    args, gone = (register.database, register.context), home.members[2].uid
    events.marriage(
        *args, person=gone, leaves=home.uid, joins=target.uid, relation="child",
        day=date(2026, 3, 1),
    )  # fmt: skip
    events.death(*args, household=target.uid, person=gone, day=date(2026, 4, 1))
    assert send(register, other, villages="A").report.findings == ()


def test_both_sides_go_on_working_and_nothing_is_lost(
    register: Register, other: Register, tmp_path: Path
) -> None:
    send(register, other)
    (uid,) = (
        uid
        for uid in dump(register.database)[Kind.HOUSEHOLD]
        if register.get(uid).address == "Xóm 1"
    )
    for one, values in ((register, {"note": "a"}), (other, {"toilet": "02"})):
        home = replace(one.get(uid), **values)
        households.save(one.database, one.context, home, day=TODAY)
    other.household("Mới", village="B")
    taken = send(other, register, tmp_path / "goi.xlsx")
    home = register.get(uid)
    assert (home.note, home.toilet, home.address) == ("a", "02", "Xóm 1")
    assert taken.report.count("clash") == 0
    again = send(other, register)
    assert (again.report.taken, again.report.differences) == (0, ())
    step = undo.next_step(register.database)
    assert step is not None
    assert step.op is Op.MERGE_WORK
    undo.undo(register.database, register.context, step.group)
    assert register.get(uid).toilet is None


def test_drafts_travel_and_never_replace_one_that_is_there(
    register: Register, other: Register
) -> None:
    uid, second = list(dump(register.database)[Kind.HOUSEHOLD])
    for one, key, note in (
        (register, uid, "đang gõ"), (register, second, "kia"), (other, second, "này"),
    ):  # fmt: skip
        drafts.save(
            one.database.path, one.context, key=f"household-{key}", record={"note": note},
            base_hash=None, title="Hộ",
        )  # fmt: skip
    taken = send(register, other)
    notes = {draft.key: draft.record["note"] for draft in drafts.find(other.database.path).drafts}
    assert notes == {f"household-{uid}": "đang gõ", f"household-{second}": "này"}
    assert (taken.drafts, taken.kept_drafts) == (1, (f"household-{second}",))


def test_a_package_of_another_register_is_refused(register: Register, tmp_path: Path) -> None:
    work = collected(register)
    with empty_database(tmp_path / "khac.db") as database:
        foreign = make_register(database, seed=9)
        before = dump(database)
        with pytest.raises(RefusedError, match="work_other_unit"):
            work_package.take_in(database, foreign.context, work.manifest, work.tables)
        assert dump(database) == before


def test_a_package_of_another_schema_is_refused(register: Register) -> None:
    work = collected(register)
    manifest = replace(work.manifest, schema="0001")
    with pytest.raises(RefusedError, match="work_other_schema"):
        work_package.take_in(register.database, register.context, manifest, work.tables)


def test_rows_that_are_no_records_are_refused_whole(register: Register, other: Register) -> None:
    work = collected(register)
    for number, table in enumerate(work.tables):
        if not table.rows:
            continue
        broken = replace(table, rows=[("x", *table.rows[0][1:]), *table.rows[1:]])
        if table.name == work_package.DRAFTS:
            continue
        tables = [*work.tables[:number], broken, *work.tables[number + 1 :]]
        with pytest.raises((AppError, RefusedError)):
            work_package.take_in(other.database, other.context, work.manifest, tables)
    assert not any(dump(other.database)[Kind.AREA])


def _with_rows(work: Work, name: str, rows: list[Values], columns: Sequence[str] = ()) -> Work:
    found = [
        replace(one, rows=rows, columns=columns or one.columns) if one.name == name else one
        for one in work.tables
    ]
    return replace(work, tables=tuple(found))


def test_what_only_looks_like_a_record_or_an_edit_is_refused_by_looking(register: Register) -> None:
    work = collected(register)
    tables = {table.name: table for table in work.tables}
    (home, *homes), edits = tables["household"].rows, tables[work_package.EDITS].rows
    area = next(row for row in edits if row[2] == "household")
    number = ("ab" * 16, area[1], "household", area[3], "house_area", "9" * 30, area[6])
    born = next(row for row in edits if row[2] == "person")
    nameless = ("ef" * 16, born[1], "person", born[3], "full_name", None, born[0])
    for odd, code in (
        (_with_rows(work, "household", [home[:-1], *(one[:-1] for one in homes)],
                    tables["household"].columns[:-1]), "package_damaged"),
        (_with_rows(work, work_package.EDITS, [*edits, number]), "merge_incomplete"),
        (_with_rows(work, work_package.EDITS, [*edits, nameless]), "merge_incomplete"),
        (_with_rows(work, "area", [*tables["area"].rows, ("cd" * 16, "0", "0")]), "merge_forged"),
        (replace(work, tables=(*work.tables, Table("definition", ("uid", "x"), [("ab" * 16, "")]))),
         "package_damaged"),
    ):  # fmt: skip
        with pytest.raises(AppError, match=code):
            work_package.look(register.database, register.context, odd.manifest, odd.tables)


def test_an_action_listed_twice_is_taken_once(register: Register, other: Register) -> None:
    work = collected(register)
    (actions,) = (one.rows for one in work.tables if one.name == work_package.ACTIONS)
    twice = _with_rows(work, work_package.ACTIONS, [*actions, actions[0]])
    args = (other.database, other.context, twice.manifest, twice.tables)
    assert work_package.take_in(*args).value.report.taken
    assert contents(other.database) == contents(register.database)


@pytest.mark.parametrize(
    ("named", "expected"), [("1-2", "AB"), ("3", "C"), ("thon b, 1", "BA"), ("2–3", "BC")]
)
def test_villages_are_named_by_place_or_name(
    register: Register, named: str, expected: Sequence[str]
) -> None:
    tree = areas.tree(register.database, TODAY)
    found = work_package.villages_named(tree, register.commune, named)
    assert found == [register.villages[name] for name in expected]


@pytest.mark.parametrize("named", ["9", "0", "3-0", "12345", "Thôn X", "", "-", "1, Thôn X"])
def test_a_village_nobody_knows_is_refused(register: Register, named: str) -> None:
    tree = areas.tree(register.database, TODAY)
    with pytest.raises(RefusedError, match="work_no_village"):
        work_package.villages_named(tree, register.commune, named)


@pytest.mark.parametrize("named", ["2–9", "1, 3-4", "9-2", "4-"])
def test_a_span_past_the_last_village_is_refused(register: Register, named: str) -> None:
    tree = areas.tree(register.database, TODAY)
    with pytest.raises(RefusedError, match="work_villages_end"):
        work_package.villages_named(tree, register.commune, named)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("3-1", "“3-1” ghi ngược nên không có thôn nào: số nhỏ ghi trước, như 1-3."),
        ("1, 2-", "“2-” thiếu một đầu: ghi cả hai đầu, như 2-3; nếu chỉ lấy một thôn thì ghi 2."),
        ("–2", "“–2” thiếu một đầu: ghi cả hai đầu, như 1-2; nếu chỉ lấy một thôn thì ghi 2."),
    ],
)
def test_a_span_that_is_none_says_what_is_meant(register: Register, named: str, said: str) -> None:
    tree = areas.tree(register.database, TODAY)
    with pytest.raises(RefusedError) as refused:
        work_package.villages_named(tree, register.commune, named)
    assert texts.error_text(refused.value) == said


@pytest.mark.timeout(3600)
def test_random_work_on_two_computers_through_real_workbooks(tmp_path: Path) -> None:
    for seed in range(examples(1, 200)):
        rng = random.Random(seed)
        folder = tmp_path / str(seed)
        folder.mkdir()
        with (
            empty_database(folder / "a.db") as first,
            empty_database(folder / "b.db") as second,
        ):
            _random_work(first, second, rng, seed, folder / "goi.xlsx")


def _random_work(
    first: Database, second: Database, rng: random.Random, seed: int, path: Path
) -> None:
    ours = make_register(first, seed=seed)
    for name in ("An", "Bình", "Chi", "Dung"):
        ours.household(name, f"{name} hai", f"{name} ba", village=rng.choice("ABC"))
    begun = review.begin(ours)
    theirs = Register(second, make_context("B", seed=seed + 999), ours.commune, ours.villages)
    send(ours, theirs, villages="AB")
    officers = [Officer(one, rng, review=begun.uid) for one in (ours, theirs)]
    for _ in range(3):
        for officer in rng.sample(officers, 2):
            officer.work(rng.randint(1, 4))
    wrong = {kind for one in (first, second) for kind in _contradictions(one)}
    before = dump(first)
    taken = send(theirs, ours, path)
    assert set(_contradictions(first)) <= wrong | ends_to_decide(first), seed
    make.make(first, review.shipped(), "BC1", year=2026, recognised=False)
    merged = dump(first)
    again = send(theirs, ours)
    assert again.report.taken == 0, seed
    assert dump(first) == merged, seed
    open_here = {(item.record, item.field) for item in merging.open_clashes(first)}
    listed = {(i.record, i.field) for i in taken.report.differences if i.state == "clash"}
    assert listed <= open_here, seed
    step = undo.next_step(first)
    assert step is not None
    if step.op is Op.MERGE_WORK:
        undo.undo(first, ours.context, step.group)
        assert _records(dump(first)) == _records(before), seed
        send(theirs, ours)
        assert _records(dump(first)) == _records(merged), seed
    with first.reader() as connection:
        assert audit.broken_link(connection) is None
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def _contradictions(database: Database) -> list[tuple[str, object]]:
    with database.reader() as connection:
        return [(one.code, one.household) for one in consistency.contradictions(connection, TODAY)]


def _records(rows: Rows) -> Rows:
    """What lives but for the book of packages: the same taken in again is another line of it."""
    return {kind: of for kind, of in living(rows).items() if kind is not Kind.PACKAGE}
