"""`giamngheo import`: a list from a workbook, looked at first, written with one undo step; and the
program's own template of such a list.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer
from giamngheo_desktop.cli.named_unit import named_unit
from giamngheo_desktop.cli.table_templates import Ask
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import MANIFEST
from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.exports.import_template import template_workbook
from giamngheo_desktop.exports.list_read import read_source
from giamngheo_desktop.exports.package_read import PackageReader, other_kind
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.reports.import_report import import_report
from giamngheo_desktop.reports.kept import keep
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.importing.apply import ImportReport, apply_plan
from giamngheo_desktop.services.importing.mappings import mapping
from giamngheo_desktop.services.importing.plan import (
    ALL,
    Candidate,
    CellState,
    Choices,
    ImportPlan,
    Paper,
    PlannedCell,
    PlannedRow,
    Purpose,
    RowPlace,
    RowState,
)
from giamngheo_desktop.services.importing.planning import plan_list
from giamngheo_desktop.services.importing.template import import_template
from giamngheo_desktop.services.importing.words import above

_SAID = texts.CLI_IMPORT
_ALL_NEW = "*=0"  # every row that waits
_PERSON = re.compile(r"(?:(?P<sheet>.+)!)?(?P<row>[0-9]{1,7})=(?P<number>[0-9]{1,3})")
_ROW = re.compile(r"(?:(?P<sheet>.+)!)?(?P<row>[0-9]{1,7})")
_READING = re.compile(
    r"(?:(?P<sheet>.+)!)?(?P<column>[^\W\d_]{1,8})(?P<row>[0-9]{0,7})=(?P<number>[0-9]{1,3})"
)
_DOUBTFUL, _SHOWN = ("nameless", "row_twice", "words"), 60  # rows that may be somebody all the same
_ACCEPT = {
    "all": ALL,
    "new": Choices(states=frozenset({RowState.NEW})),
    "changed": Choices(states=frozenset({RowState.CHANGED})),
}


def add_parsers(commands: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    """The command; it sets `act`, and `writes` what is not looked at only."""
    command = commands.add_parser("import", parents=[common], help=_SAID["help"])
    command.add_argument("file", type=Path, nargs="?", metavar="TỆP", help=_SAID["help_file"])
    command.add_argument(
        "--template", type=Path, action=_Template, metavar="TỆP_MẪU", help=_SAID["help_template"]
    )
    command.add_argument("--village", dest="unit", metavar="TÊN", help=_SAID["help_village"])
    command.add_argument(
        "--as",
        dest="purpose",
        choices=[purpose.value for purpose in Purpose],
        default=Purpose.RESULT.value,
        metavar="LOẠI",
        help=_SAID["help_as"],
    )
    command.add_argument("--year", type=arguments.year, metavar="NĂM", help=_SAID["help_year"])
    command.add_argument("--day", type=arguments.day, metavar="NGÀY", help=_SAID["help_day"])
    command.add_argument(
        "--person", action="append", default=[], metavar="DÒNG=SỐ", help=_SAID["help_person"]
    )
    command.add_argument(
        "--take", action="append", default=[], metavar="DÒNG", help=_SAID["help_take"]
    )
    command.add_argument(
        "--reading", action="append", default=[], metavar="Ô=SỐ", help=_SAID["help_reading"]
    )
    command.add_argument("--mapping", metavar="TÊN", help=_SAID["help_mapping"])
    command.add_argument("--sheet", metavar="TRANG", help=_SAID["help_sheet"])
    command.add_argument("--decision-number", metavar="SỐ", help=_SAID["help_decision_number"])
    command.add_argument(
        "--decision-date", type=arguments.day, metavar="NGÀY", help=_SAID["help_decision_date"]
    )
    command.add_argument(
        "--dry-run", dest="writes", action="store_false", help=_SAID["help_dry_run"]
    )
    command.add_argument("--confirmed", action="store_true", help=_SAID["help_confirmed"])
    command.add_argument("--accept", choices=list(_ACCEPT), help=_SAID["help_accept"])
    command.set_defaults(act=import_file)
    return [command]


class _Template(argparse.Action):
    """Where a template is to be written; nothing is written into the register then."""

    def __call__(self, _parser: Any, options: Any, value: Any, _name: Any = None) -> None:
        options.template, options.writes = value, False


def import_file(ask: Ask) -> Answer:
    """Exit code 1 where a row waits for somebody or has a fault."""
    options = ask.options
    if options.template is not None:
        return _template(ask)
    if options.file is None:
        detail = texts.CLI_ARGUMENTS["required"].format(what=_SAID["file_or_template"])
        raise AppError("cli_arguments", detail=detail)
    paper = Paper(clean(options.decision_number or ""), options.decision_date)
    if paper and options.purpose != Purpose.RESULT.value:
        raise AppError("cli_contradiction", one="--decision-…", other=f"--as {options.purpose}")
    database, source = ask.file, read_source(options.file)
    if any(sheet.name == MANIFEST for sheet in source.sheets):  # one of our own, no list
        with PackageReader() as reader:
            raise other_kind(reader.manifest(options.file).kind, options.file.name)
    asked: dict[str, Any] = {
        "purpose": Purpose(options.purpose),
        "year": ask.year,
        "day": options.day,
        "mappings": mapping(database, options.mapping) if options.mapping else None,
        "only": options.sheet,
        "paper": paper,
        "village": _village(ask),
    }
    plan = plan_list(database, ask.context, ask.definitions, source, **asked)
    if options.person:
        persons = {at: uid for said in options.person for at, uid in _persons(plan, said)}
        plan = plan_list(database, ask.context, ask.definitions, source, persons=persons, **asked)
    choices = _read_as(plan, _ACCEPT.get(options.accept, Choices()), options.reading)
    taken_alone = frozenset(at for said in options.take for at in _alone(plan, said))
    choices = replace(choices, rows=choices.rows | taken_alone, confirmed=options.confirmed)
    taken = plan.taken(choices)
    report: ImportReport | None = None
    if options.writes and taken:
        done = apply_plan(database, ask.context, plan, choices)
        report = done.value
        keep(database, done.changes, import_report(report))
    waits = any(row.state in (RowState.PROPOSAL, RowState.PROBLEM) for row in plan.rows)
    return Answer(
        _json(plan, report),
        [*_lines(plan), *_done(plan, report, choices, options.writes)],
        finds=waits or bool(plan.doubts),
    )


def _village(ask: Ask) -> str:
    """The village of whoever the list puts in none, as the register calls it."""
    day = ask.context.today()
    unit = named_unit(ask.file, ask.options, day)
    area = areas.tree(ask.file, day).get(unit) if unit else None
    if area is not None and area.level is not Level.VILLAGE:
        raise AppError("cli_arguments", detail=_SAID["no_village"].format(name=area.name))
    return area.name if area else ""


def _template(ask: Ask) -> Answer:
    """An empty one, or one with the households of a village or of the whole commune."""
    options = ask.options
    if options.file is not None:
        raise AppError("cli_contradiction", one=_SAID["file"], other="--template")
    today = ask.context.today()
    unit = named_unit(ask.file, options, today)
    tree = areas.tree(ask.file, today)
    villages = [area.uid for area in tree.villages(unit)] if unit else []
    template = import_template(
        ask.file,
        ask.context,
        ask.definitions,
        purpose=Purpose(options.purpose),
        year=ask.year,
        villages=villages,
    )
    arguments.only_form(options.template, "xlsx")
    write_bytes(options.template, template_workbook(template))
    told = {"output": str(options.template), "rows": len(template.rows)}
    return Answer(told, [_SAID["template"].format(**told)])


def _persons(plan: ImportPlan, said: str) -> Iterator[tuple[RowPlace, UUID | None]]:
    """`12=2`, `Trang!12=2`: who of the candidates the row is; 0 is somebody new."""
    if said == _ALL_NEW:
        yield from ((row.place, None) for row in plan.rows if _is_only_new(row))
        return
    found = _PERSON.fullmatch(said)
    if found is None:
        raise AppError("cli_arguments", detail=_SAID["person_form"].format(value=said))
    sheet, row, number = found["sheet"], int(found["row"]), int(found["number"])
    rows = [one for one in plan.rows if one.row == row and sheet in (None, one.sheet)]
    asked = len(rows) == 1 and rows[0].asks_who
    candidates = rows[0].candidates if asked else ()
    if not asked or number > len(candidates):
        known = "; ".join(_numbered(candidates)) if asked else "–"
        raise AppError("import_who", row=row, number=number, known=known)
    yield rows[0].place, candidates[number - 1].uid if number else None


def _is_only_new(row: PlannedRow) -> bool:
    """Whether nothing but who it is keeps it."""
    return row.awaits_who and not row.is_doubted


def _alone(plan: ImportPlan, said: str) -> list[RowPlace]:
    """`12`, `Trang!12`: a row that waits is taken as it stands."""
    found = _ROW.fullmatch(said)
    if found is None:
        raise AppError("cli_arguments", detail=_SAID["take_form"].format(value=said))
    asked = (int(found["row"]), found["sheet"])
    rows = [row for row in plan.rows if row.row == asked[0] and asked[1] in (None, row.sheet)]
    if len(rows) != 1 or not rows[0].may_be_taken:
        raise AppError("import_take", row=said)
    return [rows[0].place]


def _read_as(plan: ImportPlan, choices: Choices, said: Sequence[str]) -> Choices:
    """`D12=2`, `Trang!D12=2`: what an unclear cell means; `D=1`: all of the column. The row of such
    a cell is taken, as in the window.
    """
    readings, rows = dict(choices.readings), set(choices.rows)
    for each in said:
        found = _READING.fullmatch(each)
        if found is None:
            raise AppError("cli_arguments", detail=_SAID["reading_form"].format(value=each))
        number, asked = int(found["number"]), list(_unclear(plan, found))
        if not asked or any(not 0 < number <= len(cell.readings) for _, cell in asked):
            known = "; ".join(dict.fromkeys(_readings(cell) for _, cell in asked)) or "–"
            raise AppError("import_reading", cell=each, known=known)
        readings |= {row.at(cell): number - 1 for row, cell in asked}
        rows |= {row.place for row, _ in asked if not row.is_undecided}
    return replace(choices, readings=readings, rows=frozenset(rows))


def _unclear(plan: ImportPlan, said: re.Match[str]) -> Iterator[tuple[PlannedRow, PlannedCell]]:
    for row in plan.rows:
        here = said["sheet"] in (None, row.sheet) and said["row"] in ("", str(row.row))
        for cell in row.cells if here else ():
            is_named = search_key(_place(cell)) == search_key(said["column"])
            if cell.state is CellState.UNCLEAR and is_named:
                yield row, cell


def _place(cell: PlannedCell) -> str:
    """As `--reading` names it: of what no column says its word, longer than the name of any."""
    return cell.column or texts.IMPORT_PLACES.get(cell.field, "")


def _readings(cell: PlannedCell) -> str:
    return " / ".join(f"{at}: {one.text}" for at, one in enumerate(cell.readings, 1))


def _numbered(candidates: Sequence[Candidate]) -> list[str]:
    shown = [_SAID["nobody"], *(one.text for one in candidates)]
    return [f"{number}: {text}" for number, text in enumerate(shown)]


def _lines(plan: ImportPlan) -> Iterator[str]:
    counts = {state.value: count for state, count in plan.counts().items()}
    yield _SAID["counts"].format(file=plan.file_name, left=len(plan.left_out), **counts)
    if plan.applied_before is not None:
        yield _SAID["before"].format(day=f"{plan.applied_before:%d/%m/%Y %H:%M}")
    yield from _doubts(plan)
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
    for sheet in plan.sheets:
        if plan.purpose is Purpose.RESULT and (said := above(sheet)):
            yield _SAID["above"].format(sheet=sheet.name, said=said)
        unread = [at for at, text in sheet.headings.items() if text and not sheet.fields.get(at)]
        if unread:
            yield _SAID["unread"].format(sheet=sheet.name, columns=sheet.named(unread))
        if sheet.idle:
            purpose = texts.IMPORT_PURPOSES[plan.purpose]
            columns = sheet.named(sheet.idle)
            yield _SAID["idle"].format(sheet=sheet.name, purpose=purpose, columns=columns)
    for left in plan.left_out:
        if left.why in _DOUBTFUL:
            why = texts.ROW_KINDS[left.why]
            yield _SAID["left_out"].format(
                sheet=left.sheet, row=left.row, why=why, text=left.text[:_SHOWN]
            )
    if against := plan.against_forms:
        names = ", ".join(f"{row.name} ({row.sheet}!{row.row})" for row in against)
        yield _SAID["forms"].format(count=len(against), names=names)
    if asked := sum(row.awaits_who for row in plan.rows):
        yield _SAID["asked"].format(count=asked)
    if open_classes := sum(row.asks_class for row in plan.rows):
        yield _SAID["classes"].format(count=open_classes)
    if doubted := sum(row.is_doubted for row in plan.rows):
        yield _SAID["doubted"].format(count=doubted)
    for row in plan.rows:
        told = any(cell.state is CellState.PROBLEM for cell in row.cells)
        if row.state is not RowState.SAME or told:
            yield _SAID["row"].format(
                sheet=row.sheet,
                row=row.row,
                name=row.name,
                state=texts.ROW_STATES[row.state],
                finding=_finding(row.finding),
            )
            if row.twice:
                yield _SAID["twice"].format(sheet=row.twice[0], row=row.twice[1])
            if row.asks_who:
                yield _SAID["who"].format(known="; ".join(_numbered(row.candidates)))
            yield from (_cell(row, cell) for cell in row.cells if cell.is_told)


def _doubts(plan: ImportPlan) -> Iterator[str]:
    for one in plan.doubts:
        yield texts.IMPORT_DOUBTS[one.code].format(said=one.said, year=plan.year)


def _cell(row: PlannedRow, cell: PlannedCell) -> str:
    said = {
        "place": f"{_place(cell)}{row.row}",
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


def _done(
    plan: ImportPlan, report: ImportReport | None, choices: Choices, writes: bool
) -> Iterator[str]:
    if plan.is_nothing_to_do:
        yield _SAID["nothing"]
    elif writes and plan.awaits_word(choices):
        yield _SAID["unsure"]
    elif report is not None and report.written:
        yield _SAID["done"].format(
            households=report.households, persons=report.persons, cells=report.cells
        )
        if left := sum(report.done(row) in ("left", "problem") for row in plan.rows):
            yield _SAID["waiting"].format(count=left)
        if report.open_cells:
            yield _SAID["open"].format(count=report.open_cells)
    else:
        yield _SAID["left" if writes else "dry"]


def _json(plan: ImportPlan, report: ImportReport | None) -> dict[str, Any]:
    return {
        "file": plan.file_name,
        "sha256": plan.sha256,
        "as": plan.purpose.value,
        "year": plan.year,
        "day": plan.day.isoformat(),
        "counts": {state.value: count for state, count in plan.counts().items()},
        "doubts": [{"about": one.code, "said": one.said} for one in plan.doubts],
        "against_forms": [f"{row.sheet}!{row.row}" for row in plan.against_forms],
        "nothing_to_do": plan.is_nothing_to_do,
        "sheets": [
            {
                "name": one.name,
                "holds": one.holds,
                "layout": one.layout,
                "class": one.level,
                "decision_number": one.paper.number,
                "decision_date": one.paper.signed_on.isoformat() if one.paper.signed_on else None,
                "columns": {
                    column: {
                        "heading": heading,
                        "field": one.fields.get(column, ""),
                        "taken": bool(one.fields.get(column)) and column not in one.idle,
                    }
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
        "asks_who": row.asks_who,
        "undecided": row.is_undecided,
        "twice": "{}!{}".format(*row.twice) if row.twice else None,
        "cells": [
            {
                "cell": f"{_place(cell)}{row.row}",
                "field": cell.field,
                "state": cell.state.value,
                "old": cell.old_text,
                "new": cell.new_text,
                "readings": [one.text for one in cell.readings],
                "finding": cell.finding,
            }
            for cell in row.cells
            if cell.is_told
        ],
    }
