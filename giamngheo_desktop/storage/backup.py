"""Backups of a database file: made online, proven by opening them, few enough to keep, restorable.

A backup has its final name only once it is proven: opened, checked by SQLite and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from giamngheo_desktop import paths
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.storage import audit, files
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.tables import audit_group, household, person

KEPT = 14
REASONS = ("closing", "upgrade", "manual", "restore", "risky", "year")
_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"-(\d{8}-\d{6})-([a-z]+)(?:-(\d+))?\.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What stands in a file: enough to see which backup is meant, and whether anything changed."""

    households: int
    persons: int
    groups: int
    last_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup file; `counts` is None for a file that can no longer be opened."""

    path: Path
    taken_at: datetime
    reason: str
    counts: Counts | None


def counts_of(connection: Connection) -> Counts:
    def live(table: sa.Table) -> int:
        query = sa.select(sa.func.count()).where(table.c.removed.is_(sa.false()))
        return int(connection.execute(query.select_from(table)).scalar_one())

    groups = connection.execute(sa.select(sa.func.count()).select_from(audit_group)).scalar_one()
    return Counts(
        households=live(household),
        persons=live(person),
        groups=int(groups),
        last_hash=audit.last_group(connection)[1],
    )


def make(database: Database, now: datetime, reason: str) -> Backup:
    """A proven backup; then all but the newest `KEPT` are deleted.

    Raises AppErrors `backup_not_proven` (the file itself is damaged), `disk_full`,
    `file_protected` …; then no backup is made and none deleted.
    """
    folder = paths.backup_dir(database.path)
    files.make_folder(folder)
    target = _free_name(folder, database.path.stem, now, reason)
    counts = copy_proven(database, target)
    taken_at = now.replace(microsecond=0, tzinfo=None)
    made = Backup(path=target, taken_at=taken_at, reason=reason, counts=counts)
    _delete_old(database.path, made)
    return made


def copy_proven(database: Database, target: Path) -> Counts:
    """A copy of this moment that gets its name only once it is proven; errors as of `make`."""
    temporary = files.temporary_for(target)
    with _no_rubbish(temporary):
        with files.explained(target.parent):
            temporary.write_bytes(b"")  # SQLite does not say why it cannot make a file
        with files.told_of(target.parent):
            database.copy_to(temporary)
        counts = prove(temporary)
        if counts is None:
            raise AppError("backup_not_proven", path=database.path)
        with files.explained(target):
            temporary.replace(target)
            files.sync_folder(target.parent)
    return counts


def prove(path: Path) -> Counts | None:
    """The counts of a copy that nobody has open, None if it is damaged or not ours."""
    return _checked(Database(path, immutable=True))


def _checked(database: Database) -> Counts | None:
    try:
        if database.damage() is not None:
            return None
        with database.reader() as connection:
            return counts_of(connection)
    except (AppError, sa.exc.DBAPIError):  # no table of that name: no file of this program
        return None
    finally:
        database.close()


def newest_first(path: Path) -> list[Backup]:
    """The backups of a database file with their counts, opened but not checked again."""
    return [
        Backup(path=file, taken_at=taken_at, reason=reason, counts=_counted(file))
        for taken_at, reason, file in _files(path)
    ]


def newest(path: Path) -> Backup | None:
    """The newest backup that can be opened."""
    return next((found for found in newest_first(path) if found.counts is not None), None)


def restore(path: Path, chosen: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the database file, which nobody has open.

    The present file is kept: as a proven backup if it is sound, else byte by byte under a name
    with `damaged`. Returns where, None if there was no file. Raises AppErrors `backup_damaged`,
    `disk_full`, `file_protected` …; then the present file is as it was.
    """
    if not chosen.is_file():
        raise AppError("file_not_found", path=chosen)
    temporary = path.with_name(f"{path.name}.restored")
    with _no_rubbish(temporary):
        with files.told_of(path.parent):
            _copy_with_wal(chosen, temporary)
        if prove(temporary) is None:
            raise AppError("backup_damaged", path=chosen)
        aside = keep_aside(path, now) if path.exists() else None
        with files.explained(path):
            # A -wal of the old file would be played into the new one.
            for extra in beside(path):
                extra.unlink(missing_ok=True)
            temporary.replace(path)
            files.sync_folder(path.parent)
    return aside


def _copy_with_wal(source: Path, target: Path) -> None:
    """A copy that is whole in itself, also of a file put aside together with its -wal."""
    files.copy_whole(source, target)
    wal, *_ = beside(source)
    if wal.exists():
        files.copy_whole(wal, target.with_name(f"{target.name}-wal"))
        copy = Database(target)
        with suppress(AppError):  # `prove` will tell
            copy.checkpoint()
        copy.close()


def keep_aside(path: Path, now: datetime) -> Path:
    """A copy of the present file, sound or damaged, before another one takes its place."""
    if _checked(Database(path, read_only=True)) is not None:
        database = Database(path)
        try:
            return make(database, now, "restore").path
        except AppError as failure:
            if failure.code != "backup_not_proven":
                raise
        finally:
            database.close()
    folder = paths.backup_dir(path)
    files.make_folder(folder)
    target = _free_name(folder, path.stem, now, "damaged")
    for file in (path, *beside(path)):
        if file.exists():
            files.copy_whole(file, target.with_name(target.name + file.name[len(path.name) :]))
    return target


def beside(path: Path) -> tuple[Path, ...]:
    """SQLite's own files beside a database file."""
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def _files(path: Path) -> list[tuple[datetime, str, Path]]:
    """Day, reason and file of each backup, newest first; what bears no such name is not ours."""
    folder = paths.backup_dir(path)
    found = []
    if folder.is_dir():
        with files.explained(folder):
            for file in folder.iterdir():
                parts = _NAME.fullmatch(file.name.removeprefix(path.stem))
                if parts and parts[2] in REASONS and file.name.startswith(path.stem):
                    with suppress(ValueError):  # no such day: not named by us
                        order = int(parts[3] or 1)
                        found.append((datetime.fromisoformat(parts[1]), order, parts[2], file))
    return [(taken_at, reason, file) for taken_at, _, reason, file in sorted(found, reverse=True)]


def _counted(path: Path) -> Counts | None:
    copy = Database(path, immutable=True)
    try:
        with copy.reader() as connection:
            return counts_of(connection)
    except (AppError, sa.exc.DBAPIError):
        return None
    finally:
        copy.close()


def _free_name(folder: Path, stem: str, now: datetime, reason: str) -> Path:
    """`hungloc-20261122-113000-closing.db`, numbered from the second one of a second on."""
    plain = f"{stem}-{now.strftime(_STAMP)}-{reason}"
    names = (f"{plain}.db" if number == 1 else f"{plain}-{number}.db" for number in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def _delete_old(path: Path, made: Backup) -> None:
    """Keep `KEPT` backups, the one just made whatever its date (a clock may have been set back)."""
    others = [(taken_at, file) for taken_at, _, file in _files(path) if file != made.path]
    files_of = [made.path, *(file for _, file in others)]
    days = [made.taken_at.date(), *(taken_at.date() for taken_at, _ in others)]
    for at in surplus(days, KEPT):
        with suppress(OSError):  # held by a virus scanner: the next backup deletes it
            files_of[at].unlink()


def surplus(days: Sequence[date], kept: int) -> list[int]:
    """Which backups go, of days newest first: the oldest that has a newer one of its own day.

    Only where every day has just one left does the oldest day go; the first always stays.
    """
    staying, going = list(range(len(days))), []
    while len(staying) > kept:
        doubled = [at for at in staying if any(days[at] == days[b] for b in staying if b < at)]
        gone = (doubled or staying)[-1]
        staying.remove(gone)
        going.append(gone)
    return going


@contextmanager
def _no_rubbish(temporary: Path) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(OSError):
            for file in (temporary, *beside(temporary)):
                file.unlink(missing_ok=True)
