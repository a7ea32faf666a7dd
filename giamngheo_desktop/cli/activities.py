"""`giamngheo activities`: all that was planned, done or promised in a year, record by record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments, open_items, review
from giamngheo_desktop.cli.issuing import Ask
from giamngheo_desktop.cli.review import Answer
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.vietnamese import search_key
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
    command.add_argument("--component", metavar="MÃ", help=_SAID["help_component"])
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
    lines = found.where(
        component=_component(ask.definitions, options.component),
        body=_named(found, options.body, [line.body for line in found.lines]),
        village=_named(found, options.village, [v for one in found.lines for v in one.villages]),
        household=_named(
            found, options.household, [h for one in found.lines for h in one.households]
        ),
    )
    rows = [_row(ask.definitions, found, line) for line in lines]
    return Answer({"year": options.year, "rows": rows}, [*_lines(ask.definitions, found, lines)])


def _component(definitions: Definitions, code: str | None) -> str | None:
    """AppError `unknown_component`."""
    trees = (definitions.programme(one) for one in definitions.programmes)
    if code is not None and not any(code in tree.by_code for tree in trees):
        raise AppError("unknown_component", name=code)
    return code


def _named(found: Listing, wanted: str | None, offered: list[UUID | None]) -> UUID | None:
    """The one of a name or key among those that lines name. AppError `unknown_record`."""
    if wanted is None:
        return None
    known = {uid for uid in offered if uid is not None}
    key = search_key(wanted)
    for uid in known:
        if wanted in (str(uid), uid.hex):
            return uid
    exact = [uid for uid in known if found.names.get(uid) == wanted]
    fits = exact or [uid for uid in known if search_key(found.names.get(uid, "")) == key]
    if len(fits) != 1:
        keys = ", ".join(sorted(str(uid) for uid in fits)) or "–"
        raise AppError("unknown_record", name=wanted, known=keys)
    return fits[0]


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


def _lines(definitions: Definitions, found: Listing, lines: tuple[Line, ...]) -> Iterator[str]:
    kind: Kind | None = None
    for line in lines:
        if line.kind is not kind:
            kind = line.kind
            count = sum(one.kind is kind for one in lines)
            yield f"{texts.MERGE_KINDS[kind]}: {count}"
        parts = [
            format_date(line.day) if line.day else _SAID["no_day"],
            _what(definitions, line),
            line.name,
            line.component,
            found.names.get(line.body, "") if line.body else "",
            ", ".join(found.names.get(uid, "") for uid in line.households),
            f"{format_integer(line.amount)} đồng" if line.amount is not None else "",
        ]
        yield f"  {'; '.join(part for part in parts if part)}"
        if warning := _warning(line):
            yield _SAID["warning"].format(text=warning)
    if not lines:
        yield _SAID["none"]
