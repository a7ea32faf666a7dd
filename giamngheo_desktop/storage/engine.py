"""Opens a database file: pragmas, explicit transactions, and SQLite's errors as AppErrors.

The only module that imports sqlite3. `Connection` is what services pass around unopened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from giamngheo_desktop.domain.errors import AppError

__all__ = ["Connection", "Database", "translated_errors"]

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

    `read_only` opens a file in a folder that may not be written. `module` (a DB-API module) and
    `key` are the one place where encryption would enter.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        module: ModuleType = sqlite3,
        key: str | None = None,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self._module = module
        self._key = key
        self._engine = sa.create_engine(
            "sqlite+pysqlite://", creator=self.connect, poolclass=sa.QueuePool
        )
        event.listen(self._engine, "begin", _begin)
        self._writing = self._engine.execution_options(write=True)

    def connect(self) -> DBAPIConnection:
        """A new raw connection with the pragmas of this program."""
        mode = "mode=ro&immutable=1" if self.read_only else "mode=rwc"
        connection = self._module.connect(
            f"file:{quote(str(self.path))}?{mode}",
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

    def close(self) -> None:
        self._engine.dispose()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
