"""Brings a database file to the program's schema, or says why it can't; Alembic loads only then."""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa

from giamngheo_desktop import paths
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.schema import HEAD

# What only a file of this program has; other programs keep an `alembic_version` too.
_OURS = {"alembic_version", "audit_group", "household"}


def stored_revision(connection: Connection, path: Path) -> str | None:
    """The schema revision of the file; None for an empty one.

    Raises AppError `foreign_database` for a database of some other program.
    """
    names = set(sa.inspect(connection).get_table_names())
    if not names:
        return None
    row = None
    if names >= _OURS:
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    if row is None or not re.fullmatch(r"\d{4}", str(row[0])):
        raise AppError("foreign_database", path=path)
    return str(row[0])


def revision_of(database: Database) -> str | None:
    """The schema revision of a file that this program can open or bring up; None if empty.

    Raises AppErrors `foreign_database` and `database_newer`.
    """
    with database.reader() as connection:
        revision = stored_revision(connection, database.path)
    if revision is not None and revision > HEAD:
        raise AppError("database_newer", path=database.path, revision=revision)
    return revision


def needs_upgrade(database: Database) -> bool:
    """Whether the file is older than the program. Raises AppError `database_newer` if newer."""
    return revision_of(database) != HEAD


def upgrade(database: Database, revision: str = "head", scripts: Path | None = None) -> None:
    """Run the missing migrations in one transaction; a failing one leaves the old schema."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts or paths.migrations()).replace("%", "%%"))
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
