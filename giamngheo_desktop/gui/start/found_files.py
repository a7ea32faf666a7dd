"""Which database files this PC knows, and their backups; runs off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from giamngheo_desktop import paths
from giamngheo_desktop.gui import preferences
from giamngheo_desktop.gui.start.commune_forms import SUFFIX
from giamngheo_desktop.services import backups
from giamngheo_desktop.services.backups import Backup


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file, and when it was last written."""

    path: Path
    changed: datetime


def files_on_this_pc() -> list[FoundFile]:
    """The recent files and those in the data folder, the last used first; missing ones left out."""
    recent = [Path(name) for name in preferences.load().recent]
    folder = paths.data_dir()
    others = sorted(folder.glob(f"*.{SUFFIX}")) if folder.is_dir() else []
    found: list[FoundFile] = []
    for path in dict.fromkeys((*recent, *others)):
        if path.is_file():
            found.append(FoundFile(path, datetime.fromtimestamp(path.stat().st_mtime)))  # noqa: DTZ006
    return found


def backups_of(path: Path) -> list[Backup]:
    """The backups of a file, newest first."""
    return backups.newest_first(path)
