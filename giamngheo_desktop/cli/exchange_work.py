"""`giamngheo work`: villages go to another computer, and what was done there comes back."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from giamngheo_desktop import __version__, texts
from giamngheo_desktop.cli import arguments, passphrase
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.exports.work_file import read_work, write_work
from giamngheo_desktop.reports.merge_report import keep_merge
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.exchange import joining, merging, proposing, work_package
from giamngheo_desktop.services.exchange.differences import Difference, Side
from giamngheo_desktop.services.exchange.merge_words import MergeWords
from giamngheo_desktop.services.exchange.work_package import Taken

_SAID = texts.CLI_WORK
_SIDES = ("ours", "theirs")


def add_parsers(commands: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    """The commands; each sets `act` and whether it `writes`."""
    group = commands.add_parser("work", help=_SAID["help"])
    steps = group.add_subparsers(required=True, metavar="VIỆC")
    leave = arguments.added(steps, "export", common, export, _SAID["help_export"], writes=True)
    leave.add_argument("--villages", required=True, metavar="THÔN", help=_SAID["help_villages"])
    leave.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    leave.add_argument(
        "-o", "--output", type=Path, required=True, metavar="TỆP", help=_SAID["help_output"]
    )
    come = arguments.added(steps, "merge", common, merge, _SAID["help_merge"], writes=True)
    come.add_argument("file", type=Path, metavar="TỆP", help=_SAID["help_file"])
    come.add_argument("--dry-run", action="store_true", help=_SAID["help_dry_run"])
    come.add_argument("--prefer", choices=_SIDES, help=_SAID["help_prefer"])
    come.set_defaults(creates=True)  # into a new file it makes a register to work in
    for command in (leave, come):
        passphrase.add_options(command)
    asked = arguments.added(steps, "twins", common, list_twins, _SAID["help_twins"], writes=False)
    one = arguments.added(steps, "join", common, join, _SAID["help_join"], writes=True)
    two = arguments.added(steps, "apart", common, keep_apart, _SAID["help_apart"], writes=True)
    for command in (one, two):
        command.add_argument("keep", type=_uid, metavar="HỘ", help=_SAID["help_keep"])
        command.add_argument("other", type=_uid, metavar="HỘ_KIA", help=_SAID["help_other"])
    return [leave, come, asked, one, two]


def _uid(text: str) -> UUID:
    try:
        return UUID(hex=text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_SAID["bad_uid"].format(value=text)) from error


def export(ask: Ask) -> Answer:
    """Write the package of the villages named. Exit code 1 where the file, made of a package, has
    not all of them.
    """
    options: argparse.Namespace = ask.options
    key = passphrase.to_lock(options)
    day = ask.context.today()
    unit = ask.unit or areas.top_unit(ask.database, day)
    tree = areas.tree(ask.database, day)
    villages = work_package.villages_named(tree, unit, options.villages)
    held = {area.uid for area in work_package.held_villages(ask.database, day, unit)}
    strange = [tree[uid] for uid in villages if held and uid not in held]
    work = work_package.collect(ask.database, ask.context, villages, unit=unit, program=__version__)
    manifest = write_work(options.output, work, passphrase=key)
    homes = len(work.listing)
    work_package.record_sent(ask.database, ask.context, manifest, options.output.name, homes)
    counts = {table.name: table.rows for table in manifest.tables}
    said = {
        "output": str(options.output),
        "villages": manifest.facts["villages"],
        "households": homes,
        "tables": counts,
        "hash": manifest.hash,
        "not_held": ", ".join(area.name for area in strange),
    }
    lines = [_SAID["exported"].format(**said)]
    if strange:
        lines.append(_SAID["not_held"].format(**said))
    return Answer(said, lines, finds=bool(strange))


def merge(ask: Ask) -> Answer:
    """Take a package in, or only say what it would change."""
    options: argparse.Namespace = ask.options
    picks, key = None, passphrase.to_open(options)
    if options.prefer:
        with read_work(options.file, key) as (manifest, tables):
            seen = work_package.look(ask.database, ask.context, manifest, tables)
        picks = merging.picks_of(seen.report.differences, options.prefer)
    with read_work(options.file, key) as (manifest, tables):
        if options.dry_run:
            taken = work_package.look(ask.database, ask.context, manifest, tables, picks)
        else:
            done = work_package.take_in(
                ask.database, ask.context, manifest, tables, picks, file=options.file.name
            )
            taken = done.value
            keep_merge(
                ask.database,
                ask.definitions,
                done.changes,
                taken.report,
                options.file.name,
                ask.context.today(),
            )
    words = MergeWords(ask.database, ask.definitions, taken.report.differences)
    return _answer(taken, words, dry=options.dry_run, prefer=options.prefer)


def list_twins(ask: Ask) -> Answer:
    """New households that two copies may have typed each, side by side."""
    found = proposing.proposals(ask.database, ask.definitions, ask.context.today())
    lines = []
    for one in found:
        lines.append(f"{one.name}: {one.here.hex} {one.there.hex}")
        lines += [f"  {line.label}: {line.here or '–'} | {line.there or '–'}" for line in one.lines]
    said = [
        {
            "name": one.name,
            "here": one.here.hex,
            "there": one.there.hex,
            "lines": [asdict(line) for line in one.lines],
        }
        for one in found
    ]
    return Answer(said, lines or [_SAID["no_twins"]], finds=bool(found))


def join(ask: Ask) -> Answer:
    keep, other = ask.options.keep, ask.options.other
    done = joining.join(ask.database, ask.context, keep=keep, other=other)
    said = texts.OPERATIONS[Op.JOIN_TWINS]
    return Answer({"kept": done.value.hex, "joined": other.hex}, [f"{said}: {done.value.hex}"])


def keep_apart(ask: Ask) -> Answer:
    one, other = ask.options.keep, ask.options.other
    proposing.keep_apart(ask.database, ask.context, one, other)
    said = texts.OPERATIONS[Op.KEEP_APART]
    return Answer({"apart": [one.hex, other.hex]}, [f"{said}: {one.hex} {other.hex}"])


def _answer(taken: Taken, words: MergeWords, *, dry: bool, prefer: Side | None) -> Answer:
    report = taken.report
    counts = {state: report.count(state) for state in texts.MERGE_STATES}
    lines = [texts.MERGE_SUMMARY.format(taken=report.taken, **counts)] if report.taken else []
    if prefer and counts["clash"]:
        lines.append(texts.PREFERRED[prefer].format(count=counts["clash"]))
    lines = lines or [texts.NOTHING_TO_MERGE]
    new = Counter(item.kind for item in report.differences if item.state == "new")
    lines += [texts.new_records_text(new)] if new else []
    lines += [words.line(item) for item in report.differences if item.state != "new"]
    findings = [texts.MERGE_FINDINGS[item.code].format(**item.params) for item in report.findings]
    lines += [*findings, *(_SAID["draft_kept"].format(name=key) for key in taken.kept_drafts)]
    said = {
        "dry_run": dry,
        "taken": report.taken,
        "counts": counts,
        "differences": [difference_json(item) for item in report.differences],
        "findings": findings,
        "drafts": taken.drafts,
        "kept_drafts": list(taken.kept_drafts),
    }
    return Answer(said, lines, finds=bool(counts["clash"] or findings))


def difference_json(item: Difference) -> dict[str, object]:
    return {
        "state": item.state,
        "kind": item.kind.value,
        "record": item.record.hex,
        "field": item.field,
        "about": item.about,
        "base": item.base,
        "ours": item.ours,
        "theirs": item.theirs,
        "stands": item.stands,
        "winner": item.winner.hex if item.winner else None,
    }
