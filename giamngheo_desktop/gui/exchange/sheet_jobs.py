"""What the section of the village sheets does off the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from giamngheo_desktop import __version__, texts
from giamngheo_desktop.domain.area import Area, AreaTree
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.package import Manifest
from giamngheo_desktop.exports.safe_file import make_folder
from giamngheo_desktop.exports.village_sheet import (
    SentBack,
    read_village_sheet,
    write_village_sheet,
)
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.busy_line import Stop
from giamngheo_desktop.reports.merge_report import keep_merge
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.exchange import village_return, village_sheets, work_package
from giamngheo_desktop.services.exchange.merge_words import MergeWords
from giamngheo_desktop.services.exchange.merging import Picks
from giamngheo_desktop.services.exchange.village_return import Returned
from giamngheo_desktop.services.exchange.village_sheets import VillageSheet


@dataclass(frozen=True, slots=True)
class Wrote:
    """The files, and the villages that have no household to ask about."""

    paths: tuple[Path, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A sheet that came back, and what it would change."""

    path: Path
    back: SentBack
    found: Returned
    words: MergeWords = field(repr=False)


@dataclass(frozen=True, slots=True)
class Here:
    """The units, and the only villages of a file made of a work package."""

    tree: AreaTree
    held: Sequence[Area]


def here(desk: Desk) -> Here:
    today = desk.context.today()
    held = work_package.held_villages(desk.database, today, desk.unit(today.year))
    return Here(areas.tree(desk.database, today), held)


def write(
    desk: Desk, folder: Path, villages: Sequence[UUID], year: int, stop: Stop
) -> Done[Wrote] | Wrote:
    """One workbook for each village, beside older ones of other days."""
    make_folder(folder)
    paths: list[Path] = []
    empty: list[str] = []
    sealed: list[tuple[VillageSheet, Manifest, str]] = []
    for village in villages:
        stop.check()
        try:
            sheet = village_sheets.collect(
                desk.database,
                desk.context,
                desk.definitions,
                village,
                year=year,
                program=__version__,
            )
        except RefusedError as error:
            if error.code != "sheet_no_household":
                raise
            empty.append(str(error.params["name"]))
            continue
        path, manifest = write_village_sheet(folder, sheet)
        paths.append(path)
        sealed.append((sheet, manifest, path.name))
    wrote = Wrote(tuple(paths), tuple(empty))
    done = village_sheets.record_sent(desk.database, desk.context, sealed)
    return Done(wrote, done.changes) if done else wrote


def look(desk: Desk, path: Path, stop: Stop) -> Looked:
    back = read_village_sheet(path)
    stop.check()
    found = village_return.look(
        desk.database, desk.context, desk.definitions, back.manifest, back.tables, back.rows
    )
    differences = found.report.differences
    words = MergeWords(desk.database, desk.definitions, differences, of_sheet=True)
    return Looked(path, back, found, words)


def take_in(desk: Desk, looked: Looked, picks: Picks) -> Done[Returned]:
    """After a proven backup: it writes much at once."""
    desk.back_up("risky")
    back, file = looked.back, looked.path.name
    act = (desk.database, desk.context, desk.definitions, back.manifest, back.tables, back.rows)
    done = village_return.take_in(*act, picks, file=file)
    keep_merge(
        desk.database,
        desk.definitions,
        done.changes,
        done.value.report,
        file,
        desk.context.today(),
        of_sheet=True,
    )
    return done


def remarks(looked: Looked) -> list[str]:
    """What was not taken, and what is to be looked at, in words."""
    found = looked.found
    problems = [
        texts.sheet_problem_text(one.code, one.sheet, one.row, one.letter, one.params)
        for one in found.problems
    ]
    findings = [
        texts.MERGE_FINDINGS[one.code].format(**one.params) for one in found.report.findings
    ]
    made_at = looked.back.manifest.made_at
    older = texts.sheet_age_texts(made_at, found.newer_on, found.past_year)
    return [*older, *problems, *findings, *texts.sheet_lost_texts(found.lost)]
