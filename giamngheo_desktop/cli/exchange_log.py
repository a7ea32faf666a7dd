"""`giamngheo exchange log`: what was sent and taken in, and the report kept of one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.papers import uid
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.kept import kept
from giamngheo_desktop.services.exchange import book
from giamngheo_desktop.services.exchange.book import Entry

_SAID = texts.LOG


def add_parsers(commands: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    """The command; with `--report` it writes the report of one action into a file."""
    group = commands.add_parser("exchange", help=_SAID["help"])
    steps = group.add_subparsers(required=True, metavar="VIỆC")
    told = arguments.added(steps, "log", common, log, _SAID["help_log"], writes=False)
    told.add_argument("--report", type=uid, metavar="MÃ", help=_SAID["help_report"])
    told.add_argument("-o", "--output", type=Path, metavar="TỆP", help=_SAID["help_output"])
    return [told]


def log(ask: Ask) -> Answer:
    options = ask.options
    if options.report is not None:
        return _report(ask, options.report, options.output or Path("bao-cao.xlsx"))
    found = book.entries(ask.database)
    return Answer([_entry(one) for one in found], [_line(one) for one in found])


def _report(ask: Ask, group: UUID, output: Path) -> Answer:
    doc = kept(ask.database, group)
    write_bytes(output, make.render(doc, arguments.form_of(output, None, "xlsx")))
    return Answer({"output": str(output)}, [str(output)])


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "action": str(one.step.group),
        "op": one.step.op.value,
        "direction": "sent" if one.is_sent else "received",
        "subject": one.step.subject,
        "at": one.step.at.isoformat(timespec="seconds"),
        "by": one.step.actor,
        "files": [
            {"file": file.name, "sha256": file.sha256, "note": file.note,
             "households": file.households}
            for file in one.files
        ],
        "new": {kind.value: count for kind, count in one.made.items()},
        "changed": one.changed,
        "report": one.has_report,
        "undone": one.is_undone,
        "newest": one.is_newest,
    }  # fmt: skip


def _line(one: Entry) -> str:
    head = f"{one.step.at:%d/%m/%Y %H:%M} {one.step.actor}: {texts.OPERATIONS[one.step.op]}"
    names = ", ".join(file.name for file in one.files if file.name) or one.step.subject
    parts = filter(None, (names, texts.log_counts(one.made, one.changed, one.households)))
    undone = f" ({_SAID['undone']})" if one.is_undone else ""
    return f"{head} – {' – '.join(parts)}{undone}"
