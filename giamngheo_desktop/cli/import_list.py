"""`giamngheo import`: a list from a workbook, looked at first, written with one undo step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.review import Answer
from giamngheo_desktop.cli.table_templates import Ask
from giamngheo_desktop.exports.list_read import read_source
from giamngheo_desktop.reports.import_report import import_report
from giamngheo_desktop.reports.kept import keep
from giamngheo_desktop.services.importing.apply import ImportReport, apply_plan
from giamngheo_desktop.services.importing.mappings import mapping
from giamngheo_desktop.services.importing.plan import (
    ALL,
    CellState,
    Choices,
    ImportPlan,
    PlannedCell,
    PlannedRow,
    Purpose,
    RowState,
)
from giamngheo_desktop.services.importing.planning import plan_list

_SAID = texts.CLI_IMPORT
_ACCEPT = {
    "all": ALL,
    "new": Choices(states=frozenset({RowState.NEW})),
    "changed": Choices(states=frozenset({RowState.CHANGED})),
}


def add_parsers(commands: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    """The command; it sets `act`, and `writes` what is not looked at only."""
    command = commands.add_parser("import", parents=[common], help=_SAID["help"])
    command.add_argument("file", type=Path, metavar="TỆP", help=_SAID["help_file"])
    command.add_argument(
        "--as",
        dest="purpose",
        type=Purpose,
        choices=list(Purpose),
        default=Purpose.RESULT,
        metavar="LOẠI",
        help=_SAID["help_as"],
    )
    command.add_argument("--year", type=arguments.year, metavar="NĂM", help=_SAID["help_year"])
    command.add_argument("--mapping", metavar="TÊN", help=_SAID["help_mapping"])
    command.add_argument("--sheet", metavar="TRANG", help=_SAID["help_sheet"])
    command.add_argument(
        "--dry-run", dest="writes", action="store_false", help=_SAID["help_dry_run"]
    )
    command.add_argument("--accept", choices=list(_ACCEPT), help=_SAID["help_accept"])
    command.set_defaults(act=import_file)
    return [command]


def import_file(ask: Ask) -> Answer:
    """Exit code 1 where a row waits for somebody or has a fault."""
    options, database = ask.options, ask.file
    plan = plan_list(
        database,
        ask.context,
        ask.definitions,
        read_source(options.file),
        purpose=options.purpose,
        year=ask.year,
        mappings=mapping(database, options.mapping) if options.mapping else None,
        only=options.sheet,
    )
    choices = _ACCEPT.get(options.accept, Choices())
    taken = [row for row in plan.rows if choices.takes(row)]
    report: ImportReport | None = None
    if options.writes and taken:
        done = apply_plan(database, ask.context, plan, choices)
        report = done.value
        keep(database, done.changes, import_report(report))
    waits = any(row.state in (RowState.PROPOSAL, RowState.PROBLEM) for row in plan.rows)
    return Answer(
        _json(plan, report), [*_lines(plan), *_done(plan, report, options.writes)], finds=waits
    )


def _lines(plan: ImportPlan) -> Iterator[str]:
    counts = {state.value: count for state, count in plan.counts().items()}
    yield _SAID["counts"].format(file=plan.file_name, left=len(plan.left_out), **counts)
    if plan.applied_before is not None:
        yield _SAID["before"].format(day=f"{plan.applied_before:%d/%m/%Y %H:%M}")
    for one in plan.suspicions:
        before, after = one.examples[0]
        yield _SAID["font"].format(
            sheet=one.sheet,
            column=one.column,
            count=one.cells,
            encoding=texts.ENCODINGS[one.encoding],
            before=before,
            after=after,
        )
    for row in plan.rows:
        if row.state is not RowState.SAME:
            yield _SAID["row"].format(
                sheet=row.sheet,
                row=row.row,
                name=row.name,
                state=texts.ROW_STATES[row.state],
                finding=_finding(row.finding),
            )
            yield from (_cell(row, cell) for cell in row.cells if cell.state is not CellState.SAME)


def _cell(row: PlannedRow, cell: PlannedCell) -> str:
    said = {
        "place": f"{cell.column}{row.row}",
        "label": cell.label,
        "finding": _finding(cell.finding),
    }
    if cell.state is CellState.UNCLEAR:
        readings = " / ".join(one.text for one in cell.readings)
        return _SAID["readings"].format(raw=cell.raw, readings=readings, **said)
    return _SAID["cell"].format(
        old=cell.old_text or "–", new=cell.new_text or cell.raw or "–", **said
    )


def _finding(code: str) -> str:
    return f" ⚠ {texts.IMPORT_FINDINGS[code]}" if code else ""


def _done(plan: ImportPlan, report: ImportReport | None, writes: bool) -> Iterator[str]:
    if plan.is_nothing_to_do:
        yield _SAID["nothing"]
    elif report is not None:
        yield _SAID["done"].format(
            households=report.households, persons=report.persons, cells=report.cells
        )
    elif not writes:
        yield _SAID["dry"]


def _json(plan: ImportPlan, report: ImportReport | None) -> dict[str, Any]:
    return {
        "file": plan.file_name,
        "sha256": plan.sha256,
        "as": plan.purpose.value,
        "year": plan.year,
        "counts": {state.value: count for state, count in plan.counts().items()},
        "nothing_to_do": plan.is_nothing_to_do,
        "sheets": [
            {
                "name": one.name,
                "holds": one.holds,
                "layout": one.layout,
                "columns": {
                    column: {"heading": heading, "field": one.fields.get(column, "")}
                    for column, heading in one.headings.items()
                },
            }
            for one in plan.sheets
        ],
        "rows": [_row(row, report) for row in plan.rows],
        "left_out": [{"sheet": one.sheet, "row": one.row, "why": one.why} for one in plan.left_out],
        "written": None
        if report is None
        else {
            "households": report.households,
            "persons": report.persons,
            "cells": report.cells,
        },
    }


def _row(row: PlannedRow, report: ImportReport | None) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "name": row.name,
        "state": row.state.value,
        "done": report.done(row) if report else None,
        "finding": row.finding,
        "candidates": [one.text for one in row.candidates],
        "cells": [
            {
                "cell": f"{cell.column}{row.row}",
                "field": cell.field,
                "state": cell.state.value,
                "old": cell.old_text,
                "new": cell.new_text,
                "readings": [one.text for one in cell.readings],
                "finding": cell.finding,
            }
            for cell in row.cells
            if cell.state is not CellState.SAME
        ],
    }
