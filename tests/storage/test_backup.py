"""Backups are proven before they count, kept to fourteen, and restored without losing anything."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import paths
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.storage import backup
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import Register, dump

NOW = datetime.fromisoformat("2026-06-01 17:00")


def names(path: Path) -> list[str]:
    folder = paths.backup_dir(path)
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def spoil(path: Path) -> None:
    """Overwrite the middle of a file: SQLite still opens it."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xa5" * 8192)


def test_a_backup_holds_what_was_only_in_the_wal(register: Register) -> None:
    register.household("Nguyễn Văn An", "Lê Thị Bình")
    made = backup.make(register.database, NOW, "closing")
    assert made.path.name == "Sổ hộ-20260601-170000-closing.db"
    assert made.counts is not None
    assert (made.counts.households, made.counts.persons, made.counts.groups) == (1, 2, 2)
    copy = Database(made.path, immutable=True)
    assert dump(copy) == dump(register.database)
    copy.close()
    assert names(register.database.path) == [made.path.name]  # no -wal, no temporary file


def test_fourteen_are_kept_the_oldest_go(register: Register) -> None:
    for minute in range(17):
        backup.make(register.database, NOW + timedelta(minutes=minute), "closing")
    kept = backup.newest_first(register.database.path)
    assert len(kept) == 14
    assert kept[0].taken_at == NOW + timedelta(minutes=16)
    assert kept[-1].taken_at == NOW + timedelta(minutes=3)


def test_many_openings_of_one_day_leave_the_days_before(register: Register) -> None:
    for day in range(10):
        backup.make(register.database, NOW + timedelta(days=day), "closing")
    last = NOW + timedelta(days=9)
    for minute in range(1, 20):
        backup.make(register.database, last + timedelta(minutes=minute), "closing")
    kept = [item.taken_at for item in backup.newest_first(register.database.path)]
    assert len(kept) == 14
    assert kept[0] == last + timedelta(minutes=19)
    assert {taken_at.date() for taken_at in kept} == {
        (NOW + timedelta(days=day)).date() for day in range(10)
    }


@given(
    days=st.lists(st.dates(date(2026, 1, 1), date(2026, 1, 25)), max_size=40),
    kept=st.integers(1, 16),
)
def test_what_goes_is_older_on_its_day_or_of_the_oldest_day(days: list[date], kept: int) -> None:
    days.sort(reverse=True)
    going = backup.surplus(days, kept)
    staying = [day for at, day in enumerate(days) if at not in going]
    assert len(going) == len(set(going)) == max(0, len(days) - kept)
    assert not days or 0 not in going
    assert len(set(staying)) == min(len(set(days)), kept)  # as many days as there is room for
    assert set(staying) == set(sorted(set(days), reverse=True)[:kept])  # the newest of them
    for at in going:  # the newest of a day goes only with its whole day
        first = days.index(days[at])
        assert at > first or days[at] not in staying


def test_two_in_one_second_and_strange_files_beside_them(register: Register) -> None:
    folder = paths.backup_dir(register.database.path)
    first = backup.make(register.database, NOW, "manual")
    second = backup.make(register.database, NOW, "manual")
    strangers = [
        "ghi chú.txt",
        "Sổ hộ-20261399-990000-closing.db",
        "Sổ hộ-20260601-170000-copy.db",
        "khác-20260601-170000-closing.db",
        "Sổ hộ-20260601-170000-damaged.db",
    ]
    for name in strangers:
        (folder / name).write_bytes(b"x")
    assert first.path != second.path
    found = [item.path for item in backup.newest_first(register.database.path)]
    assert found == [second.path, first.path]
    for minute in range(1, 15):
        backup.make(register.database, NOW + timedelta(minutes=minute), "closing")
    assert set(strangers) <= set(names(register.database.path))


def test_a_clock_set_back_does_not_cost_the_new_backup(register: Register) -> None:
    for minute in range(14):
        backup.make(register.database, NOW + timedelta(minutes=minute), "closing")
    late = backup.make(register.database, NOW - timedelta(days=400), "closing")
    kept = backup.newest_first(register.database.path)
    assert late.path in [item.path for item in kept]
    assert len(kept) == 14


def test_a_damaged_file_gives_no_backup_and_costs_none(register: Register) -> None:
    for number in range(40):
        register.household(f"Nguyễn Văn {number}")
    for minute in range(14):
        backup.make(register.database, NOW + timedelta(minutes=minute), "closing")
    before = names(register.database.path)
    register.database.checkpoint()
    register.database.close()
    spoil(register.database.path)
    with pytest.raises(AppError) as failure:
        backup.make(register.database, NOW + timedelta(days=1), "closing")
    assert failure.value.code in {"backup_not_proven", "database_corrupt"}
    assert names(register.database.path) == before


def test_an_unreadable_backup_is_listed_without_counts(register: Register) -> None:
    good = backup.make(register.database, NOW, "closing")
    bad = backup.make(register.database, NOW + timedelta(days=1), "closing")
    bad.path.write_bytes(b"not a database at all" * 50)
    found = backup.newest_first(register.database.path)
    assert [item.counts is None for item in found] == [True, False]
    newest = backup.newest(register.database.path)
    assert newest is not None
    assert newest.path == good.path


def restore(register: Register, chosen: Path, now: datetime = NOW) -> Path | None:
    register.database.close()
    return backup.restore(register.database.path, chosen, now)


def test_restore_brings_back_and_keeps_the_present(register: Register) -> None:
    path = register.database.path
    register.household("Nguyễn Văn An")
    before = dump(register.database)
    made = backup.make(register.database, NOW, "manual")
    register.household("Trần Thị Tư")
    after = dump(register.database)
    aside = restore(register, made.path, NOW + timedelta(hours=1))
    assert aside is not None
    assert aside.name == "Sổ hộ-20260601-180000-restore.db"
    assert dump(register.database) == before
    assert restore(register, aside, NOW + timedelta(hours=2)) is not None
    assert dump(register.database) == after
    register.database.close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["Sổ hộ.db", "Sổ hộ.db.sao-luu"]


@pytest.mark.parametrize("damage", ["spoilt", "text", "empty", "truncated", "missing"])
def test_restore_over_a_damaged_or_missing_file(register: Register, damage: str) -> None:
    path = register.database.path
    for number in range(40):
        register.household(f"Nguyễn Văn {number}")
    before = dump(register.database)
    made = backup.make(register.database, NOW, "closing")
    register.household("Người sau cùng")
    register.database.checkpoint()
    register.database.close()
    match damage:
        case "spoilt":
            spoil(path)
        case "text":
            path.write_text("Kính gửi Ủy ban nhân dân xã", encoding="utf-8")
        case "empty":
            path.write_bytes(b"")
        case "truncated":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
        case "missing":
            path.unlink()
    damaged = path.read_bytes() if path.exists() else None
    aside = restore(register, made.path)
    assert dump(register.database) == before
    assert register.database.damage() is None
    if damaged is None:
        assert aside is None
    else:
        assert aside is not None
        assert aside.name == "Sổ hộ-20260601-170000-damaged.db"
        assert aside.read_bytes() == damaged


def test_a_wal_of_the_old_file_is_not_played_into_the_restored_one(
    register: Register, tmp_path: Path
) -> None:
    path = register.database.path
    register.household("Nguyễn Văn An")
    made = backup.make(register.database, NOW, "manual")
    before = dump(register.database)
    # What a killed program leaves: the last save stands in the -wal only.
    register.database.checkpoint()
    register.household("Trần Thị Tư")
    killed = tmp_path / "killed"
    killed.mkdir()
    for file in (path, path.with_name(f"{path.name}-wal")):
        shutil.copyfile(file, killed / file.name)
    path = killed / path.name
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0
    aside = backup.restore(path, made.path, NOW)
    restored = Database(path)
    assert dump(restored) == before
    restored.close()
    assert aside is not None
    kept = Database(aside, immutable=True)
    assert len(dump(kept)["household"]) == 2  # the save of the -wal is in what was kept
    kept.close()


def test_the_wal_of_a_damaged_file_is_kept_with_it_and_goes(
    register: Register, tmp_path: Path
) -> None:
    """SQLite would play it into any file of that name."""
    made = backup.make(register.database, NOW, "manual")
    before = dump(register.database)
    register.database.checkpoint()
    register.household("Trần Thị Tư")
    path = tmp_path / "killed" / "Sổ hộ.db"
    path.parent.mkdir()
    path.write_bytes(b"x" * 40960)
    wal = path.with_name(f"{path.name}-wal")
    shutil.copyfile(f"{register.database.path}-wal", wal)
    played = wal.read_bytes()
    aside = backup.restore(path, made.path, NOW)
    assert not wal.exists()
    assert aside is not None
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == played
    restored = Database(path)
    assert dump(restored) == before
    restored.close()


def test_a_damaged_backup_is_refused_and_nothing_changes(register: Register) -> None:
    for number in range(40):
        register.household(f"Nguyễn Văn {number}")
    made = backup.make(register.database, NOW, "closing")
    register.database.checkpoint()
    register.database.close()
    spoil(made.path)
    bytes_before = register.database.path.read_bytes()
    for bad in (made.path, made.path.with_name("nowhere.db")):
        with pytest.raises(AppError) as refused:
            backup.restore(register.database.path, bad, NOW)
        assert refused.value.code in {"backup_damaged", "file_not_found"}
    assert register.database.path.read_bytes() == bytes_before
    assert names(register.database.path) == [made.path.name]


def test_the_oldest_of_fourteen_can_be_restored(register: Register) -> None:
    made = [
        backup.make(register.database, NOW + timedelta(minutes=minute), "closing")
        for minute in range(14)
    ]
    register.household("Nguyễn Văn An")
    restore(register, made[0].path, NOW + timedelta(days=1))
    assert dump(register.database)["household"] == {}


@pytest.mark.skipif(os.name == "nt", reason="a file in the way of the folder")
def test_no_room_for_the_backup_folder(register: Register) -> None:
    folder = paths.backup_dir(register.database.path)
    folder.write_text("x", encoding="utf-8")
    with pytest.raises(AppError, match="file_failed"):
        backup.make(register.database, NOW, "closing")
