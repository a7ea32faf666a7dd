"""One program writes one database file: an OS lock beside it, and a text that says who holds it.

The operating system frees the lock of a killed program; the text that stays behind only tells
the next one that the file was not closed properly. The text has its own file, because Windows
lets nobody read the locked one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.storage import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has the file open: user, computer, since when."""

    user: str
    computer: str
    since: datetime


class DatabaseLock:
    """A lock that is held; `left_by` is who did not close the file properly, None usually."""

    def __init__(self, path: Path, lock: FileLock, left_by: Holder | None, *, unclean: bool):
        self._text = text_path(path)
        self._lock = lock
        self.left_by = left_by
        self.unclean = unclean

    def release(self, *, clean: bool = True) -> None:
        """Free the file; not `clean` lets the next program check it before it opens it."""
        with files.explained(self._text):
            try:
                if clean:
                    self._text.unlink(missing_ok=True)
            finally:
                self._lock.release()


def lock_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


def text_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock.txt")


def take(path: Path, holder: Holder) -> DatabaseLock:
    """Lock the database file `path` for this program.

    Raises AppError `database_in_use` (user, computer, since) or `database_in_use_by_someone`,
    `file_protected` where no lock file can be made, `disk_full`, `drive_cannot_lock`.
    """
    lock = FileLock(
        lock_path(path),
        timeout=0,
        thread_local=False,  # taken by a job, released by another one
        fallback_to_soft=False,  # a soft lock would outlive a killed program
    )
    try:
        with files.explained(path):
            _acquire(lock, path)
    except AppError as failure:
        if failure.code == "file_failed":
            raise AppError("drive_cannot_lock", path=path) from failure
        raise
    try:
        unclean = text_path(path).exists()
        left_by = read_holder(path)
        files.write_whole(text_path(path), _text_of(holder).encode())
    except AppError:
        lock.release()
        raise
    return DatabaseLock(path, lock, left_by, unclean=unclean)


def _acquire(lock: FileLock, path: Path) -> None:
    try:
        lock.acquire()
    except Timeout:
        other = read_holder(path)
        if other is None:
            raise AppError("database_in_use_by_someone", path=path) from None
        raise AppError(
            "database_in_use",
            path=path,
            user=other.user,
            computer=other.computer,
            since=other.since,
        ) from None


def read_holder(path: Path) -> Holder | None:
    """What the text says; None if there is none or it cannot be read, which is no harm."""
    try:
        values = json.loads(text_path(path).read_bytes())
        return Holder(
            user=str(values["user"]),
            computer=str(values["computer"]),
            since=datetime.fromisoformat(values["since"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _text_of(holder: Holder) -> str:
    values = {
        "user": holder.user,
        "computer": holder.computer,
        "since": holder.since.isoformat(timespec="seconds"),
    }
    return json.dumps(values)  # ASCII: any name of a user can be written
