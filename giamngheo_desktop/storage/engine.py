"""Opens a database file: pragmas, explicit transactions, and SQLite's errors as AppErrors.

The only module that imports sqlite3. `Connection` is what services pass around unopened.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.util import LRUCache

from giamngheo_desktop.domain.errors import AppError

__all__ = ["Connection", "Database", "has_wal", "is_cut_off", "translated_errors"]

BUSY_SECONDS = 5

# SQLite's primary result codes → sentence codes of `texts.ERRORS`.
_CODES = {
    sqlite3.SQLITE_BUSY: "database_busy",
    sqlite3.SQLITE_LOCKED: "database_busy",
    sqlite3.SQLITE_READONLY: "database_read_only",
    sqlite3.SQLITE_IOERR: "database_io",
    sqlite3.SQLITE_CORRUPT: "database_corrupt",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_CANTOPEN: "database_cannot_open",
    sqlite3.SQLITE_NOTADB: "not_a_database",
    sqlite3.SQLITE_PERM: "database_read_only",
    sqlite3.SQLITE_PROTOCOL: "database_busy",
    sqlite3.SQLITE_AUTH: "database_read_only",
}


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Turn failures of the environment into AppErrors; anything else stays a bug."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as failure:
        original = failure.orig if isinstance(failure, sa.exc.DBAPIError) else failure
        code = _CODES.get(getattr(original, "sqlite_errorcode", 0) & 0xFF)
        if code is None:
            raise
        raise AppError(code, path=path) from failure


class Database:
    """One database file: `reader()` and `writer()` lend a connection inside a transaction.

    `read_only` looks at a file that another program may be writing; `immutable` at one that
    nobody can write, because its folder or disk is protected (SQLite then makes no file beside it
    and reads no `-wal`). `module` (a DB-API module) and `key` are where encryption would enter.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        immutable: bool = False,
        module: ModuleType = sqlite3,
        key: str | None = None,
    ) -> None:
        self.path = path
        self.read_only = read_only or immutable
        self._immutable = immutable
        self._module = module
        self._key = key
        self._engine = _engine_of(self.connect)
        event.listen(self._engine, "begin", _begin)
        self._writing = self._engine.execution_options(write=True)

    def connect(self) -> DBAPIConnection:
        """A new raw connection with the pragmas of this program."""
        mode = "mode=ro" if self.read_only else "mode=rwc"
        if self._immutable:
            mode = "mode=ro&immutable=1"
        connection = self._module.connect(
            f"file:{quote(os.fsencode(self.path))}?{mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        if self._key is not None:
            connection.execute("PRAGMA key = ?", (self._key,))
        if not self.read_only:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection  # type: ignore[no-any-return]

    @property
    def engine(self) -> sa.Engine:
        """For event listeners of tests and benchmarks."""
        return self._engine

    @contextmanager
    def reader(self) -> Iterator[Connection]:
        """A consistent snapshot; nothing may be written."""
        with translated_errors(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writer(self) -> Iterator[Connection]:
        """One transaction that holds the write lock from its first moment (BEGIN IMMEDIATE)."""
        if self.read_only:
            raise AppError("database_read_only", path=self.path)
        with (
            translated_errors(self.path),
            self._writing.connect() as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Foreign keys are off before BEGIN (batch mode would cascade) and checked before COMMIT.

        Raises AppError `migration_breaks_references` and rolls back if a reference is broken.
        """
        with translated_errors(self.path), self._writing.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
                    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                        raise AppError("migration_breaks_references", path=self.path)
            finally:
                raw.execute("PRAGMA foreign_keys=ON")

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of this moment into the new file `target`, whole in itself."""
        with (
            translated_errors(target),
            closing(self.connect()) as source,
            closing(self._module.connect(str(target), isolation_level=None)) as copy,
        ):
            source.backup(copy)
            # The copy needs no -wal file beside it, so that it can be carried away and read alone.
            copy.execute("PRAGMA journal_mode=DELETE")

    def damage(self, *, quick: bool = False) -> str | None:
        """What SQLite finds wrong with the file, None for a sound one; quick leaves out indexes."""
        if is_cut_off(self.path):
            return "database_corrupt"
        check = "PRAGMA quick_check(1)" if quick else "PRAGMA integrity_check(1)"
        try:
            with self.reader() as connection:
                found = str(connection.exec_driver_sql(check).scalar_one())
        except AppError as failure:
            if failure.code not in {"database_corrupt", "not_a_database"}:
                raise
            return failure.code
        return None if found == "ok" else found

    def checkpoint(self) -> None:
        """Bring everything into the main file, so that it is whole without its -wal."""
        if not self.read_only:
            with translated_errors(self.path), closing(self.connect()) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._engine.dispose()


@cache
def _model() -> tuple[sa.Engine, LRUCache[Any, Any]]:
    """The engine of no file whose dialect serves every file, and the statements compiled for it.

    All files have the same tables: to compile for each of them anew takes longer than most
    statements run.
    """
    model = sa.create_engine("sqlite+pysqlite://")
    model.connect().close()  # the dialect asks the driver what it can
    return model, LRUCache(2_000)


def _engine_of(connect: Callable[[], DBAPIConnection]) -> sa.Engine:
    model, compiled = _model()
    pool = sa.QueuePool(connect, dialect=model.dialect)
    return sa.Engine(pool, model.dialect, model.url, execution_options={"compiled_cache": compiled})


def has_wal(path: Path) -> bool:
    """Whether commits wait beside the file for being brought into it."""
    wal = path.with_name(f"{path.name}-wal")
    return wal.exists() and wal.stat().st_size > 0


def is_cut_off(path: Path) -> bool:
    """Whether the file ends within a page, which SQLite reads as zeros without a word."""
    if has_wal(path):
        return False  # a file that was growing when its program was killed; the -wal has the page
    with path.open("rb") as file:
        head = file.read(18)
    size = int.from_bytes(head[16:18], "big")
    return size > 1 and path.stat().st_size % size != 0


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
