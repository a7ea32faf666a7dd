"""What goes wrong where workbooks are sent: old files, second sendings, restored registers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.package import Doubt
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.services import events, households, undo
from giamngheo_desktop.services.exchange import collecting, merging, senders, work_package
from giamngheo_desktop.services.exchange.collecting import State
from giamngheo_desktop.services.exchange.differences import ALIKE
from giamngheo_desktop.services.exchange.merging import MergeReport
from giamngheo_desktop.services.successions import record_succession, rename_unit
from giamngheo_desktop.storage import audit, consistency
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts import package_state
from tests.harness.copies import contents, copy_of, everything
from tests.harness.packages import YEAR, collection, receive, send
from tests.harness.register import (
    TODAY,
    Register,
    dump,
    empty_database,
    living,
    make_context,
    make_register,
)
from tests.harness.village_sheets import HOMES, Paper, collected, take

MARCH = date(2026, 3, 1)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "so.db") as database:
        register = make_register(database)
        register.household("An", "Bình", address="Xóm 1")
        register.household("Dũng", "Em", village="B")
        yield register


def home(register: Register, head: str) -> Household:
    found = [register.get(uid) for uid in living(dump(register.database))[Kind.HOUSEHOLD]]
    (one,) = (one for one in found if one.head and one.head.full_name == head)
    return one


def save(register: Register, head: str, **values: object) -> None:
    draft = replace(home(register, head), **values)  # type: ignore[arg-type]
    households.save(register.database, register.context, draft, day=TODAY)


def meet(into: Register, source: Register) -> MergeReport:
    return merging.merge_edits(into.database, into.context, everything(source.database)).value


def take_back(register: Register) -> None:
    undo_last(register.database, register.context)


def undo_last(database: Database, context: Context) -> None:
    step = undo.next_step(database)
    assert step is not None
    undo.undo(database, context, step.group)


def sound(database: Database) -> None:
    with database.reader() as connection:
        assert list(consistency.contradictions(connection, TODAY)) == []
        assert audit.broken_link(connection) is None


# --- Village sheets ------------------------------------------------------------------------------


def test_the_village_of_a_sheet_has_another_name_and_then_is_none(register: Register) -> None:
    """Known by what it is: its sheets come home, whoever is new is asked with its heir."""
    papers = [Paper(collected(register)) for _ in range(2)]
    for number, paper in enumerate(papers):
        paper.fill({(HOMES, "M01", "Chủ hộ"): f"Hộ mới {'AB'[number]}"})
    args = (register.database, register.context)
    rename_unit(*args, register.villages["A"], name="Thôn Mới", effective_on=TODAY)
    assert take(register, papers[0]).problems == ()
    record_succession(
        *args, olds=[register.villages["A"]], news=[register.villages["B"]], reason="merged",
        effective_on=TODAY,
    )  # fmt: skip
    assert take(register, papers[1]).problems == ()
    asked = [row[1] for row in collected(register, "B").sheets[0].rows]
    assert sorted(map(str, asked)) == ["An", "Dũng", "Hộ mới A", "Hộ mới B"]


def test_one_new_household_in_two_sheets_is_proposed_as_one(register: Register) -> None:
    """Before it is written a second time, and after the officer said that it is another."""
    older, newer = (Paper(collected(register)) for _ in range(2))
    for paper in (newer, older):
        paper.fill({(HOMES, "M01", "Chủ hộ"): "Hộ Mới"})
    assert take(register, newer).report.findings == ()
    found = take(register, older)
    assert found.newer_on
    (asked,) = found.waiting
    assert (asked.about, found.report.taken) == ("Hộ Mới", 0)
    said = take(register, older, {(asked.record, ALIKE): "theirs"})
    assert [one.code for one in said.report.findings] == ["same_household"]
    assert take(register, newer).report.taken == take(register, older).report.taken == 0


# --- Work packages -------------------------------------------------------------------------------


def test_a_register_restored_from_a_backup_with_its_clock_behind(
    register: Register, tmp_path: Path
) -> None:
    """What was lost comes back from the other copy; what was typed anew is asked about."""
    register.database.checkpoint()
    backup = tmp_path / "backup.db"
    shutil.copyfile(register.database.path, backup)
    save(register, "An", note="trước khi hỏng")
    register.household("Hộ Mới", village="B")
    other = copy_of(register, tmp_path / "may-khac.db", seed=2)
    save(other, "An", toilet="02")
    yesterday = make_context(start=datetime.fromisoformat("2026-12-30 07:00"), seed=77)
    restored = replace(register, database=Database(backup), context=yesterday)
    save(restored, "An", note="sau khi phục hồi")
    save(restored, "Dũng", note="gõ lại")
    restored.household("Hộ Mới", village="B")
    report = meet(restored, other)
    (clash,) = (one for one in report.differences if one.state == "clash")
    assert (clash.ours, clash.theirs) == ("sau khi phục hồi", "trước khi hỏng")
    assert [one.code for one in report.findings] == ["same_household"]
    assert home(restored, "An").toilet == "02"
    meet(other, restored)
    assert contents(other.database) == contents(restored.database)
    assert home(other, "Dũng").note == "gõ lại"
    for one in (restored, other):
        assert [item.field for item in merging.open_clashes(one.database)] == ["note"]
        sound(one.database)
        one.database.close()


@pytest.mark.parametrize("taken_back_there", [True, False])
def test_households_are_made_one_and_taken_apart_and_made_one_again(
    register: Register, tmp_path: Path, *, taken_back_there: bool
) -> None:
    """The first time it travelled before it was taken back."""
    other = copy_of(register, tmp_path / "may-khac.db", seed=2)
    source, target = home(register, "Dũng").uid, home(register, "An").uid
    args = (register.database, register.context)
    events.merge(*args, source=source, target=target, day=MARCH)
    meet(other, register)
    take_back(register)
    if taken_back_there:
        take_back(other)
    save(other, "An", note="ở máy kia")
    april = MARCH + timedelta(days=31)
    events.merge(*args, source=source, target=target, day=april)
    for into, outof in ((register, other), (other, register), (register, other)):
        meet(into, outof)
    assert contents(register.database) == contents(other.database)
    for one in (register, other):
        assert merging.open_clashes(one.database) == []
        assert one.get(source, april).village is None
        assert one.get(source, MARCH).size == 2
        assert one.get(target, MARCH).size == 2
        assert [m.full_name for m in one.get(target).members] == ["An", "Bình", "Dũng", "Em"]
        assert one.get(target).note == "ở máy kia"
        sound(one.database)
    other.database.close()


# --- Packages upward -----------------------------------------------------------------------------


NAMES = ("1", "2", "3", "anew", "last", "alike", "answer", "joined")


class Sender:
    """A commune that sent three packages and was then set back to what it was after the first; or
    another computer of it went on from there. "alike" differs from "last" in nothing, "answer" is
    made when both are known above, "joined" after the other computer's whole register was merged.
    """

    def __init__(self, folder: Path) -> None:
        backup = folder / "backup.db"
        self.files = {name: folder / f"{name}.xlsx" for name in NAMES}
        with empty_database(folder / "xa.db") as database:
            town = make_register(database)
            town.give_class(town.household("An", "Bình").uid)
            send(database, town.context, self.files["1"])
            database.checkpoint()
            shutil.copyfile(database.path, backup)
            for name in ("2", "3"):
                town.household(f"Hộ {name}")
                send(database, town.context, self.files[name])
        later = make_context(start=datetime.fromisoformat("2027-01-05 08:00"), seed=50)
        restored = replace(town, database=Database(backup), context=later)
        restored.household("Hộ gõ lại")
        send(restored.database, later, self.files["anew"])
        restored.database.checkpoint()
        shutil.copyfile(backup, folder / "again.db")
        again = Database(folder / "again.db")
        send(again, make_context(start=later.now(), seed=52), self.files["alike"])
        again.close()
        send(restored.database, later, self.files["last"])
        asked = make_context(start=datetime.fromisoformat("2027-01-06 08:00"), seed=51)
        send(restored.database, asked, self.files["answer"])
        for villages in (("A",), ("A", "B", "C")):  # a part of it is not the register
            with closing(Database(folder / "xa.db")) as other:
                act = (other, town.context, [town.villages[one] for one in villages])
                work = work_package.collect(*act, unit=town.commune, program="1")
            whole = work.manifest.sealed(())
            work_package.take_in(restored.database, asked, whole, work.tables)
            sent, _ = send(restored.database, asked, self.files["joined"])
            assert len(sent.before) == len(villages)  # its own, with the whole register 2 and 3
        restored.database.close()


@pytest.fixture(scope="module")
def sender(tmp_path_factory: pytest.TempPathFactory) -> Sender:
    return Sender(tmp_path_factory.mktemp("sender"))


@pytest.fixture(scope="module")
def reader() -> Iterator[PackageReader]:
    with PackageReader() as opened:
        yield opened


Steps = Sequence[str]  # names of packages; "" takes the last step back


def after(sender: Sender, reader: PackageReader, path: Path, steps: Steps) -> tuple[set[UUID], str]:
    """The households that the province then knows, and what the last package was to it."""
    with empty_database(path) as database:
        context, said = collection(database), ""
        for step in steps:
            if step:
                said = receive(reader, database, context, sender.files[step]).state
                continue
            last = undo.next_step(database)
            assert last is not None
            assert last.op is Op.RECEIVE_PACKAGE
            undo.undo(database, context, last.group)
        sound(database)
        return {*living(dump(database))[Kind.HOUSEHOLD]}, said


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (("1", "2", "", "2"), State.NEWER),
        (("2", "1", "", "2"), State.SAME),
        (("2", "1", "", "", "1", "2"), State.NEWER),
        (("1", "2", "", "", "2", "1"), State.OLDER),
        (("2", "", "1", "2"), State.NEWER),
        (("1", "", "2", "1", "", "1"), State.OLDER),
    ],
)
def test_packages_in_another_order_with_steps_taken_back_between(
    sender: Sender, reader: PackageReader, tmp_path: Path, steps: Steps, said: State
) -> None:
    wanted, _ = after(sender, reader, tmp_path / "a.db", ("1", "2"))
    assert after(sender, reader, tmp_path / "b.db", steps) == (wanted, said)


Known = tuple[set[UUID], list[tuple[int | None, Doubt | None, int]]]


def test_whichever_comes_first_the_highest_number_stands_and_a_later_lower_one_is_said(
    sender: Sender, reader: PackageReader, tmp_path: Path
) -> None:
    """In every order of every choice of packages, of which "anew" and "last" were made after "3"
    in a register that was restored.
    """
    came = {}
    for name in ("3", "anew", "last"):
        manifest, batches = reader.read(sender.files[name])
        came[name] = (manifest, list(batches))
    known: dict[frozenset[str], Known] = {}
    with empty_database(tmp_path / "a.db") as database:
        context = collection(database)

        def walk(taken: tuple[str, ...]) -> None:
            found = senders.senders(database, YEAR, date(YEAR, 6, 1))
            now = (
                {*living(dump(database))[Kind.HOUSEHOLD]},
                [(one.sequence, one.doubt, one.versions) for one in found],
            )
            assert known.setdefault(frozenset(taken), now) == now, taken
            for name in came.keys() - {*taken}:
                manifest, batches = came[name]
                act = (database, context, manifest, batches)
                done = collecting.receive(*act, name=name).value
                (one,) = senders.senders(database, YEAR, date(YEAR, 6, 1))
                assert (done.stands, done.doubt) == (one.sequence, one.doubt)
                walk((*taken, name))
                last = undo.next_step(database)
                assert last is not None
                undo.undo(database, context, last.group)

        walk(())
        sound(database)
    standing = {taken: rows for taken, (_, rows) in known.items()}
    assert standing[frozenset({"3", "anew"})] == [(3, Doubt(2, is_fork=False), 2)]
    assert standing[frozenset({"3", "anew", "last"})] == [(3, Doubt(3, is_fork=True), 3)]
    assert standing[frozenset({"anew", "last"})] == [(3, None, 2)]
    assert known[frozenset({"3", "anew"})][0] == known[frozenset({"3"})][0]
    assert known[frozenset({"3", "last"})][0] == known[frozenset({"last"})][0]
    assert "số 2 lập sau gói số 3 đang dùng" in package_state(
        State.OLDER, 3, Doubt(2, is_fork=False)
    )


@pytest.mark.parametrize("order", [("1", "2", "anew", "last"), ("last", "anew", "2", "1")])
def test_a_package_the_standing_one_does_not_go_on_from_is_said_until_the_commune_answers(
    sender: Sender, reader: PackageReader, tmp_path: Path, order: Steps
) -> None:
    with empty_database(tmp_path / "a.db") as database:
        context = collection(database)
        for name in order:
            done = receive(reader, database, context, sender.files[name])
        (one,) = senders.senders(database, YEAR, date(YEAR, 6, 1))
        assert (one.sequence, one.doubt) == (3, Doubt(2, is_fork=True)) == (3, done.doubt)
        assert "không nối tiếp một gói số 2 khác" in package_state(done.state, 3, done.doubt)
        fork = Doubt(2, is_fork=True)  # the next package goes on from one computer alone
        assert receive(reader, database, context, sender.files["answer"]).doubt == fork
        assert receive(reader, database, context, sender.files["joined"]).doubt is None
        (one,) = senders.senders(database, YEAR, date(YEAR, 6, 1))
        assert (one.sequence, one.doubt) == (6, None)
        undo_last(database, context)
        (one,) = senders.senders(database, YEAR, date(YEAR, 6, 1))
        assert (one.sequence, one.doubt) == (4, fork)
        assert one.unit is not None
        assert senders.settle(database, context, one.unit).value == 1
        (one,) = senders.senders(database, YEAR, date(YEAR, 6, 1))
        assert one.doubt is None
        with pytest.raises(AppError, match="package_no_fork"):
            senders.settle(database, context, one.unit or UUID(int=0))
        undo_last(database, context)
        (one,) = senders.senders(database, YEAR, date(YEAR, 6, 1))
        assert one.doubt == fork


@pytest.mark.parametrize("order", [*permutations(("anew", "last", "alike"))])
def test_two_packages_of_a_number_that_differ_in_nothing_are_no_fork(
    sender: Sender, reader: PackageReader, tmp_path: Path, order: Steps
) -> None:
    with empty_database(tmp_path / "a.db") as database:
        context = collection(database)
        for name in order:
            assert receive(reader, database, context, sender.files[name]).doubt is None
        (one,) = senders.senders(database, YEAR, date(YEAR, 6, 1))
        assert (one.sequence, one.doubt, one.versions) == (3, None, 3)


def test_a_fork_is_told_where_what_came_between_is_not_known(
    sender: Sender, reader: PackageReader, tmp_path: Path
) -> None:
    with empty_database(tmp_path / "a.db") as database:
        context = collection(database)
        for name in ("2", "anew", "answer"):
            done = receive(reader, database, context, sender.files[name])
        assert done.doubt == Doubt(2, is_fork=True)


def test_a_number_given_twice_is_said_and_the_next_package_stands(
    sender: Sender, reader: PackageReader, tmp_path: Path
) -> None:
    """Else the province would go on counting what the commune no longer has."""
    found, said = after(sender, reader, tmp_path / "b.db", ("1", "2", "3", "last"))
    alone, _ = after(sender, reader, tmp_path / "c.db", ("last",))
    assert (found, said) == (alone, State.NEWER)
