"""`giamngheo activities`: all that was planned, done or promised in a year, record by record."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments, open_items, review
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.named_record import known_component, record_named, told_apart
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.services.programme import listing
from giamngheo_desktop.services.programme.listing import Line, Listing

_SAID = texts.CLI_ACTIVITIES


def add_parsers(commands: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    """One command, narrowed by component, body, village, household."""
    command = arguments.added(
        commands, "activities", common, activities, _SAID["help"], writes=False
    )
    command.add_argument(
        "--year", type=arguments.year, required=True, metavar="NĂM", help=_SAID["help_year"]
    )
    command.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    for name in ("programme", "component"):
        command.add_argument(f"--{name}", metavar="MÃ", help=_SAID[f"help_{name}"])
    for name in ("body", "village", "household"):
        command.add_argument(f"--{name}", metavar="TÊN", help=_SAID[f"help_{name}"])
    open_items.add_options(command)
    return [command]


def activities(ask: Ask) -> Answer:
    """The lines of the year as JSON rows or as text."""
    options = ask.options
    if options.open:
        return open_items.tell(ask)
    if options.output is not None:
        raise AppError("cli_arguments", detail=texts.CLI_OPEN_ITEMS["needs_open"])
    commune = review.commune_of(ask.database, ask.unit, date(options.year, 12, 31))
    found = listing.of_year(ask.database, ask.definitions, commune, options.year)
    offered: dict[str, list[UUID | None]] = {
        "body": [line.body for line in found.lines],
        "village": [uid for line in found.lines for uid in line.villages],
        "household": [uid for line in found.lines for uid in line.households],
    }
    lines = found.where(
        programme=options.programme,
        component=known_component(ask.definitions, options.component, options.programme),
        **{name: _named(found, options, name, uids) for name, uids in offered.items()},
    )
    rows = [_row(ask.definitions, found, line) for line in lines]
    return Answer({"year": options.year, "rows": rows}, [*_lines(ask.definitions, found, lines)])


def _named(
    found: Listing, options: argparse.Namespace, what: str, offered: list[UUID | None]
) -> UUID | None:
    """The one of a name or key among those that lines name. AppErrors of `record_named`."""
    said = getattr(options, what)
    if said is None:
        return None
    called = {uid: found.names.get(uid, "") for uid in offered if uid is not None}
    return record_named(said, called, what, year=options.year)


def _row(definitions: Definitions, found: Listing, line: Line) -> Mapping[str, Any]:
    return {
        "record": str(line.uid),
        "kind": line.kind.value,
        "units": list(line.units),
        "what": line.what or None,
        "what_label": _what(definitions, line) or None,
        "name": line.name,
        "programme": line.programme or None,
        "component": line.component or None,
        "plan_component": found.names.get(line.plan_component) if line.plan_component else None,
        "body": found.names.get(line.body) if line.body else None,
        "villages": [found.names.get(uid, "") for uid in line.villages],
        "households": [_who(found, uid) for uid in line.households],
        "persons": [_who(found, uid) for uid in line.persons],
        "officers": [_who(found, uid) for uid in line.officers],
        "day": line.day,
        "state": line.state or None,
        "direction": line.direction or None,
        "source": line.source or None,
        "amount": line.amount,
        "warning": _warning(line) or None,
    }


def _warning(line: Line) -> str:
    if line.plan_year is None or line.day is None:
        return ""
    return texts.event_year_text(line.plan_year, line.day)


def _who(found: Listing, uid: UUID) -> Mapping[str, str]:
    return {"key": str(uid), "name": found.names.get(uid, "")}


def _what(definitions: Definitions, line: Line) -> str:
    fields = definitions.record_fields[line.kind]
    field = next((fields[name] for name in listing.TELLING if name in fields), None)
    return definitions.answer(field, line.what) if field and line.what else ""


def _answer(definitions: Definitions, line: Line, code: str, value: str) -> str:
    """What a list calls an answer of the record."""
    return definitions.answer(definitions.record_fields[line.kind][code], value) if value else ""


def _places(found: Listing, line: Line) -> str:
    return ", ".join(found.names.get(uid, "") for uid in line.villages)


def _lines(definitions: Definitions, found: Listing, lines: tuple[Line, ...]) -> Iterator[str]:
    kind: Kind | None = None
    shown = {uid for line in lines for uid in line.households}
    heads = told_apart({uid: found.names.get(uid, "") for uid in shown})
    for line in lines:
        if line.kind is not kind:
            kind = line.kind
            count = sum(one.kind is kind for one in lines)
            yield f"{texts.MERGE_KINDS[kind]}: {count}"
        parts = [
            format_date(line.day) if line.day else _SAID["no_day"],
            _what(definitions, line),
            _answer(definitions, line, "direction", line.direction),
            line.name,
            line.component,
            found.names.get(line.plan_component, "") if line.plan_component else "",
            _answer(definitions, line, "source", line.source),
            found.names.get(line.body, "") if line.body else "",
            ", ".join(heads[uid] for uid in line.households) or _places(found, line),
            _SAID["amount"].format(amount=format_integer(line.amount))
            if line.amount is not None
            else "",
        ]
        yield f"  {'; '.join(part for part in parts if part)}"
        if warning := _warning(line):
            yield _SAID["warning"].format(text=warning)
    if not lines:
        yield _SAID["none"]
