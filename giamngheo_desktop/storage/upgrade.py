"""Brings a database file to the program's schema, or says why it can't; Alembic loads only then."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from giamngheo_desktop import paths
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.schema import HEAD


def stored_revision(connection: Connection) -> str | None:
    """The schema revision of the file; None for an empty one.

    Raises AppError `foreign_database` for a database of some other program.
    """
    names = set(sa.inspect(connection).get_table_names())
    if "alembic_version" not in names:
        if names:
            raise AppError("foreign_database")
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def needs_upgrade(database: Database) -> bool:
    """Whether the file is older than the program. Raises AppError `database_newer` if newer."""
    with database.reader() as connection:
        revision = stored_revision(connection)
    if revision is not None and revision > HEAD:
        raise AppError("database_newer", path=database.path, revision=revision)
    return revision != HEAD


def upgrade(database: Database, revision: str = "head", scripts: Path | None = None) -> None:
    """Run the missing migrations in one transaction; a failing one leaves the old schema."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts or paths.migrations()).replace("%", "%%"))
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
