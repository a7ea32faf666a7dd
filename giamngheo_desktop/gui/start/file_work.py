"""What opening a file takes, off the GUI thread: open or make it, then read what the window needs.

Loads the storage; whoever stands before an open file imports this module only when asked.
"""

from __future__ import annotations

import contextlib
import platform
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui.start.commune_forms import SUFFIX
from giamngheo_desktop.gui.start.new_collection import WantedCollection
from giamngheo_desktop.gui.start.new_commune import Wanted
from giamngheo_desktop.services import areas, backups, opening
from giamngheo_desktop.services.backups import Backup
from giamngheo_desktop.services.opening import Opened
from giamngheo_desktop.services.years import WorkingYear, working_years
from giamngheo_desktop.storage.engine import Database

SAMPLE = f"XaMau.{SUFFIX}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An open file and what stands around its pages. `warning` is told once, in words.

    `year` is the working year chosen for a new file, `page` what it begins with where that is not
    the first page.
    """

    path: Path
    opened: Opened
    commune: UUID
    unit: str
    years: tuple[WorkingYear, ...]
    newest: Backup | None
    warning: AppError | None = None
    year: int | None = None
    page: str = ""


def open_file(
    path: Path, context: Context, definitions: Definitions, *, read_only: bool = False
) -> Ready:
    """Open a file that is there. AppErrors of `services.opening`, `no_unit` for one without."""
    opened = opening.open_database(
        path, context, computer=computer(), read_only=read_only, create=False
    )
    return _ready(path, opened, context, definitions)


def create_file(wanted: Wanted, context: Context, definitions: Definitions) -> Ready:
    """Make a new file with a commune in it; nothing is left of it where that fails."""

    def fill(opened: Opened) -> None:
        areas.new_commune(opened.database, context, wanted.commune)

    ready = _created(wanted.path, context, definitions, fill)
    return replace(ready, year=wanted.commune.year)


def create_collection(
    wanted: WantedCollection, context: Context, definitions: Definitions
) -> Ready:
    """Make the file of a district or province, which begins where packages are received."""
    from giamngheo_desktop.services.exchange import collecting

    def fill(opened: Opened) -> None:
        collecting.new_collection(
            opened.database,
            context,
            level=wanted.level,
            province=wanted.province,
            district=wanted.district,
        )

    ready = _created(wanted.path, context, definitions, fill)
    return replace(ready, page="exchange")


def create_sample(path: Path, context: Context, definitions: Definitions) -> Ready:
    """Make the sample commune in a new file, with a review that runs: it is there to try things."""
    from giamngheo_desktop.reports.written_issue import issue_numbered
    from giamngheo_desktop.sample import DEFAULT_SEED, make_sample, seeded_contexts

    def fill(opened: Opened) -> None:
        contexts = seeded_contexts(DEFAULT_SEED, context.actor)
        make_sample(opened.database, contexts, definitions, running=True, issue=issue_numbered)

    return _created(path, context, definitions, fill)


def create_from_work(
    package: Path,
    folder: Path,
    context: Context,
    definitions: Definitions,
    passphrase: Passphrase | None = None,
) -> Ready:
    """Make a register to work in, in `folder`, out of a package of another PC.

    Raises the AppErrors of `read_work` and `work_package.take_in`, and RefusedError
    `work_file_there` where a file of that unit is there: the package is merged into that one.
    """
    from giamngheo_desktop.exports.work_file import read_work
    from giamngheo_desktop.services.exchange import work_package

    with read_work(package, passphrase) as (manifest, tables):
        path = folder / file_name(manifest.unit_name, suffix=SUFFIX)
        if path.exists():
            raise RefusedError("work_file_there", name=path.name)

        def fill(opened: Opened) -> None:
            work_package.take_in(opened.database, context, manifest, tables)

        return _created(path, context, definitions, fill)


def close_file(opened: Opened, context: Context) -> opening.Closed:
    """Close with a proven backup; why none could be made comes back, nothing is raised."""
    return opening.close_database(opened, context)


def restore(path: Path, backup: Path, context: Context, definitions: Definitions) -> Ready:
    """Put a backup in the place of a file, and open it."""
    backups.restore(path, backup, context, computer=computer())
    return open_file(path, context, definitions)


def unit_text(database: Database, unit: UUID, day: date) -> str:
    """What the window says the file is about: of a part of a commune, which."""
    from giamngheo_desktop.services.exchange import work_package

    name = areas.tree(database, day)[unit].name
    held = [area.name for area in work_package.held_villages(database, day, unit)]
    return texts.WORK_PART.format(unit=name, villages=", ".join(held)) if held else name


def computer() -> str:
    """The name of this PC, for the sentence that says where a file is open."""
    return platform.node()


def _created(
    path: Path, context: Context, definitions: Definitions, fill: Callable[[Opened], None]
) -> Ready:
    if path.exists():
        raise AppError("file_exists", path=path)
    opened = opening.open_database(path, context, computer=computer())
    done = False
    try:
        fill(opened)
        done = True
    finally:
        if not done:
            opened.database.close()
            if opened.lock is not None:
                opened.lock.release()
            for end in ("", "-wal", "-shm", ".lock", ".lock.txt"):
                with contextlib.suppress(OSError):
                    path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
    return _ready(path, opened, context, definitions)


def _ready(path: Path, opened: Opened, context: Context, definitions: Definitions) -> Ready:
    done = False
    try:
        warning = opened.notice
        if not opened.read_only:
            try:
                opening.record_definitions(opened.database, context, definitions)
            except AppError as error:
                warning = warning or error
        today = context.today()
        commune = areas.top_unit(opened.database, today)
        ready = Ready(
            path=path,
            opened=opened,
            commune=commune,
            unit=unit_text(opened.database, commune, today),
            years=tuple(working_years(opened.database, definitions, today)),
            newest=backups.newest(path),
            warning=warning,
        )
        done = True
    finally:
        if not done:
            close_file(opened, context)
    return ready
