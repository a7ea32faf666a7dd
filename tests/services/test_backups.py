"""Backups as the first screen offers them: made, listed with counts, gone back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services import backups
from giamngheo_desktop.services.opening import close_database, open_database
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts import error_text
from tests.harness.register import Register, dump

PC = "MAY-1"


def test_going_back_to_a_backup_and_forth_again(register: Register, context: Context) -> None:
    path = register.database.path
    register.household("Một")
    first = backups.make(register.database, register.context)
    before = dump(register.database)
    register.household("Hai")
    after = dump(register.database)
    register.database.close()
    aside = backups.restore(path, first.path, context, computer=PC)
    opened = open_database(path, context, computer=PC)
    assert dump(opened.database) == before
    assert opened.left_by is None
    close_database(opened, context)
    assert aside is not None
    backups.restore(path, aside, context, computer=PC)
    opened = open_database(path, context, computer=PC)
    assert dump(opened.database) == after
    close_database(opened, context)
    listed = backups.newest_first(path)
    assert {item.counts and item.counts.households for item in listed} == {1, 2}
    assert {item.reason for item in listed} <= {"manual", "restore", "closing"}


def test_a_file_in_use_is_not_restored(register: Register, context: Context) -> None:
    path = register.database.path
    made = backups.make(register.database, register.context, "risky")
    opened = open_database(path, context, computer="MAY-2")
    before = path.read_bytes()
    with pytest.raises(AppError) as refused:
        backups.restore(path, made.path, context, computer=PC)
    assert refused.value.code == "database_in_use"
    assert "MAY-2" in error_text(refused.value)
    assert path.read_bytes() == before
    close_database(opened, context)


def test_restoring_where_there_is_no_file_yet(
    register: Register, context: Context, tmp_path: Path
) -> None:
    """The first screen of a new computer, with a backup on a stick."""
    register.household("Một")
    made = backups.make(register.database, register.context)
    target = tmp_path / "máy mới" / "so.db"
    assert backups.restore(target, made.path, context, computer=PC) is None
    opened = open_database(target, context, computer=PC)
    assert dump(opened.database) == dump(register.database)
    close_database(opened, context)


def test_a_copy_is_whole_and_overwrites_nothing(register: Register, tmp_path: Path) -> None:
    register.household("Một")
    target = tmp_path / "bản chép.db"
    backups.copy_to(register.database, target)
    copy = Database(target, immutable=True)
    assert dump(copy) == dump(register.database)
    copy.close()
    before = target.read_bytes()
    with pytest.raises(AppError, match="file_exists"):
        backups.copy_to(register.database, target)
    assert target.read_bytes() == before


def test_the_newest_readable_backup_is_named(register: Register) -> None:
    assert backups.newest(register.database.path) is None
    made = backups.make(register.database, register.context)
    assert backups.newest(register.database.path) == made
