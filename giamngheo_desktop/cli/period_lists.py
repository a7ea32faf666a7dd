"""`giamngheo period-list`: who is entitled in a period, and what changed since the last list."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.reports import issued_period_list, make
from giamngheo_desktop.reports.period_list import (
    compared_text,
    issued_text,
    open_notes,
    period_list_doc,
)
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.programme import period_lists
from giamngheo_desktop.services.programme.period_lines import Issued, Line, Moved, PeriodList

_SAID = texts.CLI_PERIOD_LIST


def add_parser(commands: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    """Only `--issue` writes."""
    command = commands.add_parser("period-list", parents=[common], help=_SAID["help"])
    command.add_argument("--policy", required=True, metavar="MÃ", help=_SAID["help_policy"])
    command.add_argument("--period", required=True, metavar="KỲ", help=_SAID["help_period"])
    command.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    command.add_argument("--posting", action="store_true", help=_SAID["help_posting"])
    command.add_argument("-o", "--output", type=Path, metavar="TỆP", help=_SAID["help_output"])
    command.add_argument("--issue", dest="writes", action="store_true", help=_SAID["help_issue"])
    command.add_argument("--reprint", action="store_true", help=_SAID["help_reprint"])
    command.add_argument(
        "--issued-on", type=arguments.day, metavar="NGÀY", help=_SAID["help_issued_on"]
    )
    command.add_argument("--decision-number", metavar="SỐ", help=_SAID["help_decision_number"])
    command.set_defaults(act=tell, year=None, as_of=None)
    return command


def tell(ask: Ask) -> Answer:
    """The list of now, or as it is or was issued, beside the one last issued. AppErrors
    `cli_contradiction`, `cli_needs_option`.
    """
    options, asked = ask.options, (ask.options.policy, ask.options.period)
    _refuse(options)
    form = arguments.form_of(options.output, None, "xlsx") if options.output is not None else ""
    unit = ask.unit or areas.top_unit(ask.database, ask.today)
    uid: UUID | None = None
    if options.writes:
        done = issued_period_list.issue(
            ask.database,
            ask.context,
            ask.definitions,
            *asked,
            unit=unit,
            issued_on=options.issued_on,
            decision_number=options.decision_number,
        )
        uid = done.value
    elif options.reprint:
        day = options.issued_on
        uid = period_lists.issued_list(
            ask.database, ask.definitions, *asked, unit=unit, issued_on=day
        ).uid
    if uid is None:
        found = period_lists.preview(ask.database, ask.definitions, *asked, unit=unit)
        doc = period_list_doc(found, today=ask.today, posting=options.posting)
    else:
        found = period_lists.reprint(ask.database, ask.definitions, uid)
        doc = issued_period_list.printed(
            ask.database, ask.definitions, uid, posting=options.posting
        )
    if options.output is not None:
        make.write(doc, form, options.output)
    return Answer(_json(found), list(_lines(found)))


def _refuse(options: argparse.Namespace) -> None:
    if options.writes and options.reprint:
        raise AppError("cli_contradiction", one="--issue", other="--reprint")
    if options.decision_number is not None and not options.writes:
        raise AppError("cli_needs_option", one="--decision-number", needed="--issue")
    either = texts.CLI_PAPERS["or"].join(("--issue", "--reprint"))
    if options.issued_on is not None and not (options.writes or options.reprint):
        raise AppError("cli_needs_option", one="--issued-on", needed=either)


def _lines(found: PeriodList) -> Iterator[str]:
    said = texts.PERIOD_LIST
    period = texts.period_text(found.period, found.definition.length)
    yield f"{found.definition.label} – {found.unit_name} – {period}"
    if found.issued is not None:
        yield issued_text(found.issued)
    yield said["section"].format(name=said["all"], count=len(found.lines))
    if found.amount is not None:
        yield said["amount_total"].format(amount=format_integer(found.amount))
    yield compared_text(found)
    if found.base is not None:
        for key in ("added", "removed", "changed"):
            moved: tuple[Moved, ...] = getattr(found, key)
            if moved:
                yield said["section"].format(name=said[key], count=len(moved))
                yield from (f"    {_line(found, one)}" for one in moved)
    yield from open_notes(found)


def _line(found: PeriodList, one: Moved) -> str:
    why = texts.period_reason(one.reason, late=one.is_late)
    day = format_date(one.reason.day) if one.reason.day else ""
    return _SAID["line"].format(
        name=one.line.name,
        head=one.line.head,
        village=one.line.village,
        ground=found.definition.ground_label(one.line.row.ground),
        why=" ".join(filter(None, [why, day])),
    )


def _json(found: PeriodList) -> dict[str, Any]:
    return {
        "policy": found.definition.code,
        "period": found.period.code,
        "first_day": found.period.first,
        "last_day": found.period.last,
        "unit": str(found.unit),
        "counts": found.definition.counts.value,
        "certainty": found.definition.counts.certainty.value,
        "grounds": [
            {"code": one.code, "label": one.label, "certainty": one.certainty.value}
            for one in found.definition.grounds
        ],
        "base": _issued(found.base) if found.base else None,
        "issued": _issued(found.issued) if found.issued else None,
        "rows": [_row(line) for line in found.lines],
        "added": [_moved(one) for one in found.added],
        "removed": [_moved(one) for one in found.removed],
        "changed": [_moved(one) for one in found.changed],
        "kept": found.kept,
        "missed": [_row(line) for line in found.missed],
        "doubtful": [
            {**_row(one.line), "lacking": one.lacking.value} for one in found.doubtful
        ],
        "amount": found.amount,
    }  # fmt: skip


def _row(line: Line) -> dict[str, Any]:
    row = line.row
    return {
        "household": str(row.household),
        "person": str(row.person) if row.person else None,
        "name": line.name,
        "head": line.head,
        "village": line.village,
        "ground": row.ground,
        "from_day": row.from_day,
        "to_day": row.to_day,
        "months": row.months,
        "amount": row.amount,
    }


def _moved(one: Moved) -> dict[str, Any]:
    return {
        **_row(one.line),
        "why": one.reason.why.value,
        "day": one.reason.day,
        "is_late": one.is_late,
        "text": texts.period_reason(one.reason, late=one.is_late),
        "what": list(one.what),
        "then": _row(one.then) if one.then else None,
    }


def _issued(one: Issued) -> dict[str, Any]:
    return {
        "uid": str(one.uid),
        "period": one.period,
        "issued_on": one.issued_on,
        "decision_number": one.decision_number,
        "rows": one.rows,
    }
