"""`giamngheo village-sheets`: a workbook for each village head, and what came back in it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import __version__, texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.exchange_work import difference_json
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.package import Manifest
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.exports.safe_file import make_folder
from giamngheo_desktop.exports.village_sheet import read_village_sheet, write_village_sheet
from giamngheo_desktop.reports.merge_report import keep_merge
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.exchange import village_return, village_sheets
from giamngheo_desktop.services.exchange.differences import ALIKE, Side
from giamngheo_desktop.services.exchange.merge_words import MergeWords
from giamngheo_desktop.services.exchange.merging import MergeReport, Picks
from giamngheo_desktop.services.exchange.village_return import Returned
from giamngheo_desktop.services.exchange.village_sheets import VillageSheet

_SAID = texts.CLI_SHEETS


def add_parsers(commands: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    """Both commands; each sets `act` and whether it `writes`."""
    group = commands.add_parser("village-sheets", help=_SAID["help"])
    steps = group.add_subparsers(required=True, metavar="VIỆC")
    leave = arguments.added(steps, "export", common, export, _SAID["help_export"], writes=True)
    leave.add_argument(
        "--year", dest="of_year", type=arguments.year, required=True, metavar="NĂM",
        help=_SAID["help_year"],
    )  # fmt: skip
    leave.add_argument("--village", dest="unit", metavar="TÊN", help=_SAID["help_village"])
    leave.add_argument(
        "-o", "--output", type=Path, required=True, metavar="THƯ_MỤC", help=_SAID["help_output"]
    )
    come = arguments.added(steps, "merge", common, merge, _SAID["help_merge"], writes=True)
    come.add_argument("files", type=Path, nargs="+", metavar="TỆP", help=_SAID["help_files"])
    come.add_argument("--dry-run", action="store_true", help=_SAID["help_dry_run"])
    come.add_argument("--prefer", choices=("ours", "theirs"), help=_SAID["help_prefer"])
    come.add_argument(
        "--new", dest="said_new", action="append", default=[], metavar="TÊN", help=_SAID["help_new"]
    )
    come.add_argument(
        "--known", dest="said_known", action="append", default=[], metavar="TÊN",
        help=_SAID["help_known"],
    )  # fmt: skip
    return [leave, come]


def export(ask: Ask) -> Answer:
    """One file for each village that has a household."""
    options: argparse.Namespace = ask.options
    today = ask.context.today()
    unit = ask.unit or areas.top_unit(ask.database, today)
    villages = village_sheets.villages_to_ask(ask.database, today, unit)
    make_folder(options.output)
    lines: list[str] = []
    written: list[dict[str, Any]] = []
    sealed: list[tuple[VillageSheet, Manifest, str]] = []
    for village in villages:
        try:
            sheet = village_sheets.collect(
                ask.database, ask.context, ask.definitions, village, year=options.of_year,
                program=__version__,
            )  # fmt: skip
        except RefusedError as error:
            if error.code != "sheet_no_household" or len(villages) == 1:
                raise
            lines.append(_SAID["skipped"].format(village=error.params["name"]))
            continue
        path, manifest = write_village_sheet(options.output, sheet)
        sealed.append((sheet, manifest, path.name))
        said = {"path": str(path), "village": sheet.village, "households": sheet.households}
        written.append(said)
        lines.append(_SAID["exported"].format(**said))
    village_sheets.record_sent(ask.database, ask.context, sealed)
    return Answer({"files": written}, lines)


def merge(ask: Ask) -> Answer:
    """Take sheets in one after the other, or only say what they would change.

    One that is refused among others is told, and stops none of them.
    """
    lines: list[str] = []
    answers: list[dict[str, Any]] = []
    finds = False
    for path in ask.options.files:
        try:
            said, more = _merge(ask, path)
        except AppError as error:
            if len(ask.options.files) == 1:
                raise
            said = {"file": str(path), "error": texts.error_text(error)}
            more = [_SAID["refused"].format(path=path, error=said["error"])]
        answers.append(said)
        lines += more
        finds = finds or "error" in said or bool(
            said["counts"]["clash"] or said["problems"] or said["findings"]
        )  # fmt: skip
    return Answer({"files": answers}, lines, finds=finds)


def _merge(ask: Ask, path: Path) -> tuple[dict[str, Any], list[str]]:
    options: argparse.Namespace = ask.options
    back = read_village_sheet(path)
    args = (ask.database, ask.context, ask.definitions, back.manifest, back.tables, back.rows)
    picks: Picks = {}
    said: dict[str, Side] = dict.fromkeys(map(search_key, options.said_known), "ours")
    said |= dict.fromkeys(map(search_key, options.said_new), "theirs")
    if options.prefer or said:
        picks = _picks(village_return.look(*args).report, options.prefer, said)
    if options.dry_run:
        found = village_return.look(*args, picks)
    else:
        done = village_return.take_in(*args, picks, file=path.name)
        found = done.value
        keep_merge(
            ask.database,
            ask.definitions,
            done.changes,
            found.report,
            path.name,
            ask.context.today(),
            of_sheet=True,
        )
    words = MergeWords(ask.database, ask.definitions, found.report.differences, of_sheet=True)
    return _said(found, path, back.manifest.made_at, words, dry=options.dry_run)


def _picks(report: MergeReport, prefer: Side | None, said: Mapping[str, Side]) -> Picks:
    """Whose value stays of each clash; nobody is new or known by that, but only by name."""
    picks: dict[tuple[UUID, str], Side] = {}
    for item in report.differences:
        if item.field == ALIKE and (side := said.get(search_key(item.about))):
            picks[item.record, item.field] = side
        elif prefer and item.state == "clash" and item.field not in ("", ALIKE):
            picks[item.record, item.field] = prefer
    return picks


def _said(
    found: Returned, path: Path, made_at: str, words: MergeWords, *, dry: bool
) -> tuple[dict[str, Any], list[str]]:
    report = found.report
    counts = {state: report.count(state) for state in texts.MERGE_STATES}
    problems = [
        texts.sheet_problem_text(one.code, one.sheet, one.row, one.letter, one.params)
        for one in found.problems
    ]
    summary = _SAID["summary" if found.has_news or problems or found.lost else "nothing"]
    notes = texts.sheet_lost_texts(found.lost)
    notes += texts.sheet_age_texts(made_at, found.newer_on, found.past_year)
    findings = [texts.MERGE_FINDINGS[item.code].format(**item.params) for item in report.findings]
    lines = [summary.format(village=found.village, problems=found.untaken, **counts)]
    lines += [words.line(item) for item in report.differences]
    lines += [*findings, *problems, *notes]
    said = {
        "file": str(path),
        "village": found.village,
        "dry_run": dry,
        "taken": report.taken,
        "counts": counts,
        "differences": [difference_json(item) for item in report.differences],
        "findings": findings,
        "problems": problems,
        "notes": notes,
    }
    return said, lines
