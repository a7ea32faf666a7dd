"""Where the program finds what it ships, and where it keeps the data, log and backups of a user.

Nothing here makes a folder; whoever writes first makes it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_APP = "GiamNgheo"  # ASCII: the folder name is typed by technicians and read by old tools


def bundle_root() -> Path:
    """The folder that holds `resources` and `migrations`: frozen program, checkout or wheel."""
    if getattr(sys, "frozen", False):
        return Path(sys._MEIPASS)  # type: ignore[attr-defined]
    checkout = _PACKAGE.parent
    # The project file tells a checkout from a site-packages where others left such folders.
    if all((checkout / name).exists() for name in ("resources", "migrations", "pyproject.toml")):
        return checkout
    return _PACKAGE / "_bundle"


def resources() -> Path:
    """Definitions, fonts, icons and help as shipped; read only."""
    return bundle_root() / "resources"


def migrations() -> Path:
    """The Alembic environment: `env.py` and `versions`."""
    return bundle_root() / "migrations"


def data_dir() -> Path:
    """The user's folder for database files; `GIAMNGHEO_DATA` names another one."""
    chosen = os.environ.get("GIAMNGHEO_DATA")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def log_dir() -> Path:
    """The user's folder for log files; beside the data where `GIAMNGHEO_DATA` is set."""
    if os.environ.get("GIAMNGHEO_DATA"):
        return data_dir() / "log"
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))


def backup_dir(db: Path) -> Path:
    """The folder beside a database file for its backups, one per file."""
    return db.with_name(f"{db.name}.sao-luu")


def templates_dir(db: Path) -> Path:
    """The folder beside a database file for the Word templates of its papers."""
    return db.with_name(f"{db.name}.mau-giay")


def attachments_dir(db: Path) -> Path:
    """The folder beside a database file for the papers attached to its records."""
    return db.with_name(f"{db.name}.giay-to")
