"""Connections have the program's settings, and the machine's failures become AppErrors."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services import households
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import Register, dump


def pragma(database: Database, name: str) -> object:
    with database.reader() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_every_connection_has_the_settings(database: Database) -> None:
    assert pragma(database, "journal_mode") == "wal"
    assert pragma(database, "synchronous") == 2  # FULL: a commit survives a power cut
    assert pragma(database, "foreign_keys") == 1


@pytest.mark.parametrize(
    "name", ["Sổ hộ nghèo.db", "100%.db", "a?b#c.db", "a b&mode=ro.db", "'.db"]
)
def test_any_file_name_can_be_opened(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and "?" in name:
        pytest.skip("no such name there")
    database = Database(tmp_path / name)
    with database.writer() as connection:
        connection.exec_driver_sql("CREATE TABLE x (y)")
    database.close()
    assert [file.name for file in tmp_path.iterdir()] == [name]
    looked_at = Database(tmp_path / name, immutable=True)
    with looked_at.reader() as connection:
        assert sa.inspect(connection).get_table_names() == ["x"]
    with pytest.raises(AppError, match="database_read_only"), looked_at.writer():
        pass
    looked_at.close()


def test_a_full_disk_is_a_sentence_and_nothing_is_lost(register: Register) -> None:
    kept = register.household("Một")
    before = dump(register.database)
    register.database.close()
    limit = f"PRAGMA max_page_count={register.database.path.stat().st_size // 4096 + 2}"
    event.listen(register.database.engine, "connect", lambda raw, _: raw.execute(limit))

    def fill() -> None:
        for number in range(1000):
            register.household(f"Người {number}", note="x" * 500)

    with pytest.raises(AppError) as failure:
        fill()
    assert failure.value.code == "disk_full"
    assert failure.value.params == {"path": register.database.path}
    after = dump(register.database)
    for kind, rows in before.items():
        assert {uid: after[kind][uid] for uid in rows} == rows
    assert register.database.damage() is None
    assert register.get(kept.uid, date(2026, 6, 1)) == kept


FULL_DISK = """
import resource, sys
from datetime import datetime
from pathlib import Path
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services import drafts
from giamngheo_desktop.storage import backup
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import make_context
path = Path(sys.argv[1])
database, context = Database(path), make_context()
first = backup.make(database, datetime.fromisoformat("2026-06-01 08:00"), "manual")
drafts.save(path, context, key="a", record={"note": "short"}, base_hash=None, title="")
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
for act in (
    lambda: backup.make(database, datetime.fromisoformat("2026-06-01 09:00"), "manual"),
    lambda: drafts.save(
        path, context, key="a", record={"note": "x" * 50_000}, base_hash=None, title=""
    ),
):
    try:
        act()
    except AppError as failure:
        print(failure.code, failure.params["path"].name.endswith(".tmp"))
print([item.path == first.path for item in backup.newest_first(path)])
print(drafts.load(path, "a").record, len(list(drafts.folder_of(path).iterdir())))
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_no_room_for_a_backup_or_a_draft(register: Register) -> None:
    register.household("Một")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(register.database.path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.splitlines() == [
        "database_io False",
        "disk_full False",
        "[True]",
        "{'note': 'short'} 1",
    ], done.stderr


def test_errors_that_are_bugs_stay_bugs(database: Database) -> None:
    with pytest.raises(sa.exc.OperationalError), database.reader() as connection:
        connection.exec_driver_sql("SELECT * FROM no_such_table")


def test_a_reader_cannot_commit_a_write_by_accident(register: Register) -> None:
    """BEGIN without IMMEDIATE: another writer's commit makes the upgrade of the lock fail."""
    home = register.household("Một")

    def write_in_a_reader() -> None:
        with register.database.reader() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM household").scalar_one()
            register.household("Hai")
            connection.exec_driver_sql("UPDATE household SET note = 'x'")

    with pytest.raises(AppError, match="database_busy"):
        write_in_a_reader()
    assert households.get(register.database, home.uid, date(2026, 6, 1)).note is None
