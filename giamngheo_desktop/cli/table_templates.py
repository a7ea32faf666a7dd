"""`giamngheo table-template`: tables of the unit from Excel workbooks, without a window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.exports.table_read import read_table
from giamngheo_desktop.reports import table_check
from giamngheo_desktop.reports.table_check import Checked, Line
from giamngheo_desktop.services import table_templates
from giamngheo_desktop.storage.engine import Database

_SAID = texts.CLI_OWN_TABLES
EXAMPLE = "BC1"
Opened = Callable[[argparse.Namespace], AbstractContextManager[Database]]


@dataclass(frozen=True, slots=True)
class Ask:
    """What every command here works with; `database` None where no file was named."""

    database: Database | None
    context: Context
    definitions: Definitions
    options: argparse.Namespace

    @property
    def year(self) -> int:
        return self.options.year or self.context.today().year

    @property
    def file(self) -> Database:
        if self.database is None:
            raise AppError("cli_db_missing")
        return self.database


def add_parsers(commands: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    """All commands; each sets `act` and whether it `writes`."""
    group = commands.add_parser("table-template", help=_SAID["help"])
    steps = group.add_subparsers(required=True, metavar="VIỆC")
    check = _add(steps, "check", common, check_table)
    add = _add(steps, "add", common, add_table, writes=True)
    add.add_argument("--name", required=True, metavar="TÊN", help=_SAID["help_name"])
    add.add_argument("--replaces", metavar="MÃ", help=_SAID["help_replaces"])
    for command in (check, add):
        command.add_argument("file", type=Path, metavar="TỆP", help=_SAID["help_file"])
    listed = _add(steps, "list", common, list_tables)
    remove = _add(steps, "remove", common, remove_table, writes=True)
    remove.add_argument("code", metavar="MÃ", help=_SAID["help_code"])
    bindings = _add(steps, "bindings", common, list_bindings)
    example = _add(steps, "example", common, write_example)
    example.add_argument("code", nargs="?", default=EXAMPLE, metavar="MÃ", help=_SAID["help_of"])
    example.add_argument(
        "-o", "--output", type=Path, required=True, metavar="TỆP", help=_SAID["help_output"]
    )
    for command in (check, add, bindings, example):
        command.add_argument("--year", type=arguments.year, metavar="NĂM", help=_SAID["help_year"])
    return [check, add, listed, remove, bindings, example]


def _add(
    steps: arguments.Commands,
    name: str,
    common: arguments.Parser,
    act: Callable[[Ask], Answer],
    *,
    writes: bool = False,
) -> arguments.Parser:
    return arguments.added(steps, name, common, act, _SAID[f"help_{act.__name__}"], writes=writes)


def opened(
    options: argparse.Namespace, reading: Opened, writing: Opened
) -> AbstractContextManager[Database | None]:
    """The file where one is named; what only looks at a workbook needs none."""
    if options.writes:
        return writing(options)
    return nullcontext() if options.db is None else reading(options)


def check_table(ask: Ask) -> Answer:
    found = _checked(ask, ask.options.file.stem)
    return Answer(_json(found), _shown(found), finds=bool(found.problems))


def add_table(ask: Ask) -> Answer:
    options = ask.options
    found = _checked(ask, options.name)
    if not found.may_be_taken:
        problems = [line for line in found.lines if line.problem]
        refused = texts.ERRORS["table_not_taken"]
        last = refused.format(name=options.file.name, count=len(problems))
        return Answer({"saved": None, **_json(found)}, [*_lines(problems), last], finds=True)
    done = table_templates.save(
        ask.file,
        ask.context,
        name=options.name,
        shape=found.shape,
        data=found.data,
        code=options.replaces.upper() if options.replaces else None,
    )
    said = texts.OWN_TABLE["saved"].format(code=done.value, name=options.name)
    return Answer({"saved": done.value, **_json(found)}, [said])


def list_tables(ask: Ask) -> Answer:
    found = table_templates.labels(ask.file)
    lines = [f"{code} · {name}" for code, name in found] or [texts.OWN_TABLE["none"]]
    return Answer({"tables": [{"code": code, "name": name} for code, name in found]}, lines)


def remove_table(ask: Ask) -> Answer:
    code = ask.options.code.upper()
    table_templates.remove(ask.file, ask.context, code)
    return Answer({"removed": code}, [texts.OWN_TABLE["removed"].format(code=code)])


def list_bindings(ask: Ask) -> Answer:
    found = list(table_check.known(table_check.tables_of(ask.database, ask.definitions, ask.year)))
    lines = [f"{line.text}  {line.meaning}" for line in found]
    rows = [{"binding": line.text, "meaning": line.meaning} for line in found]
    return Answer({"bindings": rows}, lines)


def write_example(ask: Ask) -> Answer:
    from giamngheo_desktop.exports.table_example import example_workbook

    tables = table_check.tables_of(ask.database, ask.definitions, ask.year)
    code = ask.options.code.upper()
    if code not in tables:
        raise AppError("unknown_report", name=code, known=", ".join(tables))
    arguments.only_form(ask.options.output, "xlsx")
    write_bytes(ask.options.output, example_workbook(tables[code]))
    return Answer({"code": code, "output": str(ask.options.output)}, [str(ask.options.output)])


def _checked(ask: Ask, name: str) -> Checked:
    shape, data = read_table(ask.options.file)
    return table_check.checked(ask.database, ask.definitions, shape, data, name=name, year=ask.year)


def _shown(found: Checked) -> list[str]:
    count = found.problems
    last = texts.OWN_TABLE["found"].format(count=count) if count else texts.OWN_TABLE["fine"]
    return [*_lines(found.lines), last]


def _lines(lines: Iterable[Line]) -> list[str]:
    return [
        " · ".join(part for part in (line.cell, line.text, line.meaning, line.value) if part)
        + (f" ⚠ {line.problem}" if line.problem else "")
        for line in lines
    ]


def _json(found: Checked) -> dict[str, Any]:
    return {
        "may_be_taken": found.may_be_taken,
        "bindings": [
            {
                "cell": line.cell,
                "text": line.text,
                "meaning": line.meaning,
                "value": line.value,
                "problem": line.problem,
            }
            for line in found.lines
        ],
    }
