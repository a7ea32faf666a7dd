"""A file opens, or one sentence says why not and it stays byte for byte as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.definitions.loader import Source
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services import backups, households, opening, undo
from giamngheo_desktop.services.opening import Opened, close_database, open_database
from giamngheo_desktop.storage import lock, upgrade
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.schema import HEAD
from giamngheo_desktop.texts import error_text
from tests.harness.powerless import run_powerless
from tests.harness.register import TODAY, dump, empty_database, groups, make_register

PC = "MAY-VP-1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Xã Sơn Tây" / "Sổ hộ.db"


@pytest.fixture
def filled(path: Path, context: Context) -> Path:
    """A closed file with households, without backups."""
    path.parent.mkdir()
    with empty_database(path) as database:
        register = make_register(database)
        for number in range(8):
            register.household(f"Nguyễn Văn {number}", "Lê Thị Hai")
    return path


def everything(path: Path) -> dict[str, bytes]:
    """All files of the folder but the empty lock file, which says nothing."""
    folder = path if path.is_dir() else path.parent
    found = {}
    for file in folder.rglob("*"):
        if file.is_file() and not (file.suffix == ".lock" and file.stat().st_size == 0):
            found[str(file.relative_to(folder))] = file.read_bytes()
    return found


def refusal(path: Path, context: Context, **options: bool) -> str:
    """The code of the refusal; the sentence is one line and nothing on the disk is changed."""
    before = everything(path)
    with pytest.raises(AppError) as refused:
        open_database(path, context, computer=PC, **options)
    sentence = error_text(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "{" not in sentence
    assert everything(path) == before
    return refused.value.code


def test_a_new_file_is_made_whole_with_its_folder(path: Path, context: Context) -> None:
    opened = open_database(path, context, computer=PC)
    assert opened.created
    assert not opened.read_only
    assert not upgrade.needs_upgrade(opened.database)
    closed = close_database(opened, context)
    assert closed.failure is None
    assert closed.backup is None  # nothing was written yet
    assert sorted(everything(path)) == ["Sổ hộ.db"]


def test_a_missing_file_is_not_made_where_nobody_wants_one(path: Path, context: Context) -> None:
    path.parent.mkdir()
    assert refusal(path, context, create=False) == "database_missing"
    assert refusal(path, context, read_only=True) == "database_missing"


def test_a_killed_creation_leaves_nothing_in_the_way(path: Path, context: Context) -> None:
    path.parent.mkdir()
    path.with_name(f"{path.name}.new").write_bytes(b"half a database")
    path.with_name(f"{path.name}.new-wal").write_bytes(b"half a wal")
    opened = open_database(path, context, computer=PC)
    assert opened.database.damage() is None
    close_database(opened, context)


def test_what_is_no_database_is_refused(path: Path, context: Context) -> None:
    path.parent.mkdir()
    path.write_text("Kính gửi Ủy ban nhân dân xã, " * 500, encoding="utf-8")
    assert refusal(path, context) == "not_a_database"
    path.write_bytes(b"")
    assert refusal(path, context) == "database_empty"
    path.unlink()
    path.mkdir()
    assert refusal(path, context) == "database_is_folder"


@pytest.mark.parametrize("kept", [1, 15, 16, 17, 50, 99, 100, 4095, 4096, 4097, 0.5, -4096, -1])
def test_a_truncated_file_is_refused_wherever_it_ends(
    filled: Path, context: Context, kept: float
) -> None:
    data = filled.read_bytes()
    end = int(len(data) * kept) if isinstance(kept, float) else kept
    filled.write_bytes(data[:end])
    assert refusal(filled, context) in {"not_a_database", "database_corrupt"}
    assert refusal(filled, context, read_only=True) in {"not_a_database", "database_corrupt"}


def foreign(path: Path, *statements: str) -> None:
    path.parent.mkdir(exist_ok=True)
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


VERSION = "CREATE TABLE alembic_version (version_num TEXT)"


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE nhac (ten TEXT)", "INSERT INTO nhac VALUES ('a')"),
        (VERSION, "INSERT INTO alembic_version VALUES ('ae1027a6acf')", "CREATE TABLE x (y)"),
        (VERSION, "INSERT INTO alembic_version VALUES ('0001')", "CREATE TABLE x (y)"),
        (VERSION,),
    ],
)
def test_a_database_of_another_program_is_refused(
    path: Path, context: Context, statements: tuple[str, ...]
) -> None:
    foreign(path, *statements)
    assert refusal(path, context) == "foreign_database"
    assert refusal(path, context, read_only=True) == "foreign_database"


@pytest.mark.parametrize("revision", [f"{int(HEAD) + 1:04d}", "0417", "9999"])
def test_a_newer_file_is_refused(filled: Path, context: Context, revision: str) -> None:
    foreign(filled, f"UPDATE alembic_version SET version_num = '{revision}'")
    assert revision > HEAD
    assert refusal(filled, context) == "database_newer"
    assert refusal(filled, context, read_only=True) == "database_newer"


def test_a_network_path_is_refused(
    filled: Path, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "is_network_path", lambda path: True)
    assert refusal(filled, context) == "database_on_network"


def test_a_file_in_use_is_refused_and_may_be_read(filled: Path, context: Context) -> None:
    first = open_database(filled, context, computer=PC)
    with pytest.raises(AppError, match="database_in_use"):
        open_database(filled, context, computer="MAY-2")
    reader = open_database(filled, context, computer="MAY-2", read_only=True)
    assert reader.read_only
    assert reader.lock is None
    # What the first program saves meanwhile is seen by the next read.
    register = make_register(first.database, seed=2)
    saved = register.household("Người mới")
    assert households.get(reader.database, saved.uid, TODAY) == saved
    with pytest.raises(AppError, match="database_read_only"):
        households.save(reader.database, context, saved, day=TODAY)
    close_database(reader, context)
    again = households.get(first.database, saved.uid, TODAY)
    assert again == saved
    close_database(first, context)
    assert not lock.text_path(filled).exists()


def test_closing_makes_a_proven_backup_only_of_something_new(
    filled: Path, context: Context
) -> None:
    first = close_database(open_database(filled, context, computer=PC), context)
    assert first.backup is not None
    assert first.backup.counts is not None
    assert (first.backup.counts.households, first.backup.counts.persons) == (8, 16)
    second = close_database(open_database(filled, context, computer=PC), context)
    assert second.backup == replace(first.backup)
    opened = open_database(filled, context, computer=PC)
    make_register(opened.database, seed=2).household("Người mới")
    third = close_database(opened, context)
    assert third.backup is not None
    assert third.backup.path != first.backup.path
    assert len(backups.newest_first(filled)) == 2


def test_a_backup_that_cannot_be_made_does_not_keep_the_file_open(
    filled: Path, context: Context
) -> None:
    opened = open_database(filled, context, computer=PC)
    folder = paths.backup_dir(filled)
    folder.write_text("in the way", encoding="utf-8")
    closed = close_database(opened, context)
    assert closed.backup is None
    assert closed.failure is not None
    assert error_text(closed.failure)
    folder.unlink()
    close_database(open_database(filled, context, computer=PC), context)
    assert len(backups.newest_first(filled)) == 1


def damage(path: Path) -> None:
    """Spoil the last page: the file still opens, only a check sees it."""
    data = path.read_bytes()
    path.write_bytes(data[:-4096] + b"\xa5" * 4096)


def test_after_an_unclean_end_a_damaged_file_is_found_at_the_next_opening(
    filled: Path, context: Context
) -> None:
    opened = open_database(filled, context, computer=PC)
    opened.database.close()
    assert opened.lock is not None
    opened.lock.release(clean=False)  # as a kill leaves it
    damage(filled)
    check = Database(filled, immutable=True)
    assert check.damage(quick=True) is not None
    check.close()
    before = filled.read_bytes()
    for _ in range(2):  # the mark stays until somebody mended or restored the file
        with pytest.raises(AppError, match="database_corrupt"):
            open_database(filled, context, computer=PC)
    assert filled.read_bytes() == before


def test_after_a_kill_the_file_opens_and_says_who_had_it(filled: Path, context: Context) -> None:
    script = (
        "import os, sys\nfrom pathlib import Path\n"
        "from giamngheo_desktop.cli.machine import machine_context\n"
        "from giamngheo_desktop.services.opening import open_database\n"
        "context = machine_context('Văn Hải')\n"
        "opened = open_database(Path(sys.argv[1]), context, computer='MAY-2')\n"
        "os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(filled)], check=False)
    assert done.returncode == 9
    opened = open_database(filled, context, computer=PC)
    assert opened.left_by is not None
    assert (opened.left_by.user, opened.left_by.computer) == ("Văn Hải", "MAY-2")
    close_database(opened, context)
    opened = open_database(filled, context, computer=PC)
    assert opened.left_by is None
    close_database(opened, context)


# --- older files ---------------------------------------------------------------------------------


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of the next release: one more migration; returns its file."""
    scripts = tmp_path / "migrations"
    shutil.copytree(paths.migrations(), scripts)
    migration = scripts / "versions" / "0999_next.py"
    migration.write_text(
        f'from alembic import op\nrevision = "0999"\ndown_revision = "{HEAD}"\n'
        'def upgrade():\n    op.execute("CREATE TABLE further (x TEXT)")\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(paths, "migrations", lambda: scripts)
    for module in (opening, upgrade):
        monkeypatch.setattr(module, "HEAD", "0999")
    return migration


def test_an_older_file_is_backed_up_and_brought_up(
    filled: Path, context: Context, newer_program: Path
) -> None:
    with pytest.raises(AppError, match="database_old_read_only"):
        open_database(filled, context, computer=PC, read_only=True)
    opened = open_database(filled, context, computer=PC)
    assert opened.upgraded_from == HEAD
    assert opened.backup is not None
    assert opened.backup.counts is not None
    assert (opened.backup.reason, opened.backup.counts.households) == ("upgrade", 8)
    old = Database(opened.backup.path, immutable=True)
    assert upgrade.revision_of(old) == HEAD
    old.close()
    assert upgrade.revision_of(opened.database) == "0999"
    close_database(opened, context)
    opened = open_database(filled, context, computer=PC)
    assert (opened.upgraded_from, opened.backup) == (None, None)
    close_database(opened, context)


def test_a_migration_that_fails_leaves_the_older_file_and_its_backup(
    filled: Path, context: Context, newer_program: Path
) -> None:
    text = newer_program.read_text(encoding="utf-8")
    newer_program.write_text(f"{text}    raise RuntimeError\n", encoding="utf-8")
    with pytest.raises(RuntimeError):
        open_database(filled, context, computer=PC)
    newer_program.write_text(text, encoding="utf-8")
    (kept,) = backups.newest_first(filled)
    assert kept.reason == "upgrade"
    opened = open_database(filled, context, computer=PC)  # nobody holds the lock
    assert opened.upgraded_from == HEAD
    close_database(opened, context)


# --- files and folders that may not be written ---------------------------------------------------

LOOK = """
import sys
from datetime import date
from pathlib import Path
import alembic.command, sqlalchemy.dialects.sqlite, sqlalchemy.dialects.sqlite.pysqlite
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services import backups, register
from giamngheo_desktop.services.opening import close_database, open_database
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.texts import error_text
from tests.harness.register import make_context
POWERLESS
context = make_context()
for name in sys.argv[2:]:
    path, target = Path(name), Path(sys.argv[1]) / f"{Path(name).parent.name}.db"
    try:
        opened = open_database(path, context, computer="MAY")
    except AppError as failure:
        print(failure.code, len(error_text(failure).splitlines()))
        continue
    rows = register.households(
        opened.database, HouseholdFilter(day=date(2026, 6, 1), standard="2022")
    )
    backups.copy_to(opened.database, target)
    closed = close_database(opened, context)
    copy = open_database(target, context, computer="MAY")
    print(opened.read_only, len(rows), opened.notice.code, closed.failure, copy.read_only)
    close_database(copy, context)
"""


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that any user can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="giamngheo-test-"))
    folder.chmod(0o755)
    yield folder
    for found in (folder, *folder.rglob("*")):
        found.chmod(0o755)
    shutil.rmtree(folder)


def put(source: Path, place: Path, *, file_mode: int = 0o666, folder_mode: int = 0o777) -> Path:
    """A file and its -wal in a folder with these rights."""
    place.mkdir()
    path = place / "Sổ hộ.db"
    for end in ("", "-wal"):
        if Path(f"{source}{end}").exists():
            shutil.copyfile(f"{source}{end}", f"{path}{end}")
    path.chmod(file_mode)
    place.chmod(folder_mode)
    return path


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_protected_files_are_opened_to_look_and_copied(filled: Path, public: Path) -> None:
    with empty_database(filled.parent / "killed.db") as database:
        make_register(database).household("Chỉ nằm trong wal")
        unfinished = put(database.path, public / "unfinished", folder_mode=0o555)
    looked_at = [
        put(filled, public / "file", file_mode=0o444),
        put(filled, public / "folder", folder_mode=0o555),
        put(filled, public / "both", file_mode=0o444, folder_mode=0o555),
    ]
    nothing = public / "nothing"
    nothing.mkdir(mode=0o555)
    copies = public / "copies"
    copies.mkdir()
    copies.chmod(0o777)
    paths_ = [*looked_at, unfinished, nothing / "so.db"]
    before = [everything(path) for path in paths_]
    out = run_powerless(LOOK, copies, *paths_).splitlines()
    assert out == [
        *["True 8 database_opened_read_only None False"] * 3,
        "database_unfinished_read_only 1",
        "file_protected 1",
    ]
    assert [everything(path) for path in paths_] == before


# --- definitions in use --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


def recorded(database: Database) -> dict[tuple[str, int], str]:
    rows = dump(database)[Kind.DEFINITION].values()
    return {(row["code"], row["version"]): row["sha256"] for row in rows}


def test_definitions_are_copied_once(
    database: Database, context: Context, definitions: Definitions
) -> None:
    done = opening.record_definitions(database, context, definitions)
    stored = recorded(database)
    assert done.value == len(stored) > 10
    assert ("form/household", definitions.household.version) in stored
    for standard in definitions.standards:
        assert stored[f"standard/{standard.code}", standard.version] == standard.sha256
    before = len(groups(database))
    assert opening.record_definitions(database, context, definitions).value == 0
    assert len(groups(database)) == before
    assert undo.next_step(database) is None  # the user did nothing that could be taken back


def test_a_changed_definition_is_refused_and_nothing_is_copied(
    database: Database, context: Context, definitions: Definitions
) -> None:
    opening.record_definitions(database, context, definitions)
    before = dump(database)
    key = next(iter(definitions.sources))
    sources = {
        ("form", "brand_new", 1): Source("forms/new.toml", "new", "0" * 64),
        **definitions.sources,
        key: Source("forms/household.toml", "other text", "f" * 64),
    }
    with pytest.raises(AppError) as refused:
        opening.record_definitions(database, context, replace(definitions, sources=sources))
    assert refused.value.code == "definition_changed"
    assert f"{key[0]}/{key[1]}" in error_text(refused.value)
    assert dump(database) == before


def test_opened_is_a_value(path: Path) -> None:
    database = Database(path)
    assert Opened(database=database, lock=None) == Opened(database=database, lock=None)
    database.close()
