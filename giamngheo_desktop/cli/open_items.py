"""`giamngheo activities --open`: what waits, as rows, lines or a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.taken_options import refuse_both
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.open_items import (
    group_text,
    last_day_text,
    note_text,
    open_list,
    what_text,
)
from giamngheo_desktop.services.programme.helping import day_of
from giamngheo_desktop.services.programme.open_items import (
    OpenItem,
    OpenItems,
    Waits,
    open_items,
)

_SAID = texts.CLI_OPEN_ITEMS
_NARROWER = ("component", "body", "village", "household")


def add_options(command: arguments.Parser) -> None:
    command.add_argument("--open", action="store_true", help=_SAID["help"])
    command.add_argument("-o", "--output", type=Path, metavar="TỆP", help=_SAID["help_output"])


def tell(ask: Ask) -> Answer:
    """What waits today, or waited when the year was over; a list where a file is asked for."""
    options = ask.options
    for name in _NARROWER:
        refuse_both(options, "open", name)
    asked: dict[str, Any] = {"unit": ask.unit, "day": day_of(options.year, None, ask.today)}
    found = open_items(ask.database, ask.definitions, **asked)
    if options.output is not None:
        form = arguments.form_by_name(options.output)
        make.write(open_list(ask.database, ask.definitions, **asked), form, options.output)
    rows = [_row(found, one) for one in found.items]
    data = {"day": found.day, "open": rows, "output": options.output and str(options.output)}
    return Answer(data, [*_lines(found)])


def _row(found: OpenItems, one: OpenItem) -> Mapping[str, Any]:
    named = {name: getattr(one, name) for name in ("activity", "body", "household", "village")}
    return {
        "waits": one.waits.value,
        "record": str(one.uid),
        "kind": one.code or None,
        "what": one.what or None,
        "day": one.day,
        "overdue": one.is_overdue,
        **{key: uid and {"key": str(uid), "name": found.names.get(uid, "")}
           for key, uid in named.items()},
        "outstanding": None if one.outstanding is None else one.outstanding / 100,
        "unit": one.unit or None,
        "next": list(one.next),
        "doubts": [doubt.value for doubt in one.doubts],
        "instalment": one.instalment,
    }  # fmt: skip


def _lines(found: OpenItems) -> Iterator[str]:
    for waits in Waits:
        items = found.of(waits)
        if items:
            yield group_text(found, waits)
        for one in items:
            what = what_text(found, one)
            named = [found.names.get(uid, "") for uid in (one.body, one.household) if uid]
            said = (last_day_text(one), what, *(name for name in named if name != what))
            yield f"  {'; '.join(filter(None, (*said, note_text(one))))}"
    if not found.items:
        yield texts.OPEN_ITEMS["none"]
