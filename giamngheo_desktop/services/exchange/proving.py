"""Whether a package that is whole could be taken, too."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.package import Batch, Manifest
from giamngheo_desktop.services.exchange import collecting
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.upgrade import upgrade


def prove(context: Context, manifest: Manifest, batches: Iterable[Batch], *, name: str) -> None:
    """Takes it into an empty file that nobody keeps: each row says what tables hold, and whatever
    it refers to is there. AppErrors of `collecting.receive`.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database = Database(Path(folder) / "thu.gndb")
        try:
            upgrade(database)
            collecting.receive(database, context, manifest, batches, name=name)
        finally:
            database.close()
