"""What the section of work packages does off the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from giamngheo_desktop import __version__
from giamngheo_desktop.domain.area import Area, AreaTree
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.safe_file import make_folder
from giamngheo_desktop.exports.work_file import read_work, write_work
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.busy_line import Stop
from giamngheo_desktop.reports.merge_report import keep_merge
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.exchange import merging, proposing, work_package
from giamngheo_desktop.services.exchange.differences import Difference
from giamngheo_desktop.services.exchange.merge_words import MergeWords
from giamngheo_desktop.services.exchange.merging import Picks
from giamngheo_desktop.services.exchange.proposing import Proposal
from giamngheo_desktop.services.exchange.work_package import Taken


@dataclass(frozen=True, slots=True)
class Here:
    """What the section begins with."""

    tree: AreaTree
    clashes: Sequence[Difference]
    words: MergeWords
    twins: Sequence[Proposal]  # new households that may be one
    held: Sequence[Area]  # the only villages of a file made of a package


@dataclass(frozen=True, slots=True)
class Looked:
    """A package that was read: what it would change."""

    path: Path
    unit: str
    villages: str
    made_at: str
    made_by: str
    taken: Taken
    sha256: str
    words: MergeWords = field(repr=False)
    passphrase: Passphrase | None = None  # with which it was opened, and is opened again


@dataclass(frozen=True, slots=True)
class Wrote:
    path: Path
    villages: str
    households: int


def here(desk: Desk) -> Here:
    today = desk.context.today()
    tree = areas.tree(desk.database, today)
    found = merging.open_clashes(desk.database)
    words = MergeWords(desk.database, desk.definitions, found, by_author=True)
    twins = proposing.proposals(desk.database, desk.definitions, today)
    held = work_package.held_villages(desk.database, today, desk.unit(today.year))
    return Here(tree, found, words, twins, held)


def write(
    desk: Desk, path: Path, villages: Sequence[UUID], passphrase: Passphrase | None, stop: Stop
) -> Done[Wrote] | Wrote:
    unit = desk.unit(desk.context.today().year)
    work = work_package.collect(
        desk.database, desk.context, villages, unit=unit, program=__version__
    )
    stop.check()
    make_folder(path.parent)
    manifest = write_work(path, work, stop.check, passphrase)
    wrote = Wrote(path, manifest.facts["villages"], len(work.listing))
    act = (desk.database, desk.context, manifest, path.name)
    done = work_package.record_sent(*act, wrote.households)
    return Done(wrote, done.changes) if done else wrote


def look(desk: Desk, path: Path, passphrase: Passphrase | None, stop: Stop) -> Looked:
    with read_work(path, passphrase) as (manifest, tables):
        taken = work_package.look(desk.database, desk.context, manifest, stop.through(tables))
    stop.check()
    return Looked(
        path,
        manifest.unit_name,
        manifest.facts.get("villages", ""),
        manifest.made_at,
        manifest.made_by,
        taken,
        manifest.hash,
        MergeWords(desk.database, desk.definitions, taken.report.differences),
        passphrase,
    )


def take_in(desk: Desk, looked: Looked, picks: Picks, stop: Stop) -> Done[Taken]:
    """After a proven backup: it writes much at once."""
    desk.back_up("risky")
    with read_work(looked.path, looked.passphrase) as (manifest, tables):
        parts = stop.through(tables)
        act = (desk.database, desk.context, manifest, parts, picks)
        done = work_package.take_in(*act, file=looked.path.name)
    keep_merge(
        desk.database,
        desk.definitions,
        done.changes,
        done.value.report,
        looked.path.name,
        desk.context.today(),
    )
    return done
