"""`giamngheo monthly`: the monthly report of the in-year review as lines, JSON or a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.domain.movement import IN, LISTED, OUT, Flow
from giamngheo_desktop.exports.monthly_list import monthly_workbook
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.review import monthly_report
from giamngheo_desktop.services.review.monthly_report import Line, MonthlyReport


def add_parser(commands: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    said = texts.CLI
    command = arguments.added(commands, "monthly", common, tell, said["help_monthly"], writes=False)
    arguments.year_of_review(command, standard=False)
    command.add_argument("--month", type=arguments.month, required=True, metavar="THÁNG")
    command.add_argument("--unit", metavar="TÊN", help=said["help_commune"])
    command.add_argument("-o", "--output", type=Path, metavar="TỆP", help=said["help_workbook"])
    return command


def tell(ask: Ask) -> Answer:
    """AppError `format_only`."""
    year, month, output = ask.options.year, ask.options.month, ask.options.output
    if output is not None:
        arguments.only_form(output, "xlsx")
    commune = ask.unit or areas.top_unit(ask.database, date(year, 12, 31))
    found = monthly_report.report(
        ask.database, ask.definitions, commune=commune, year=year, month=month
    )
    if output is not None:
        write_bytes(output, monthly_workbook(found))
    return Answer(monthly_json(found), [*monthly_lines(found)])


def monthly_json(report: MonthlyReport) -> dict[str, Any]:
    return {
        "year": report.year,
        "month": report.month,
        "due": report.due,
        "applications": report.applications,
        "waiting": report.waiting,
        "rows": [_row(line) for line in report.lines],
        "total": _row(report.total),
        "moved": [
            {
                "household": str(one.household),
                "name": one.name,
                "village": one.village,
                "list": one.table.value,
                "flow": one.flow.value,
                "persons": one.persons,
            }
            for one in report.moved
        ],
        "notes": texts.monthly_notes(report),
    }


def monthly_lines(report: MonthlyReport) -> Iterator[str]:
    said = texts.MONTHLY
    yield said["title"].format(month=report.month, year=report.year)
    yield from texts.monthly_notes(report)
    for table in LISTED:
        name = texts.LISTS[table]
        for key, flows in _COLUMNS.items():
            count = report.total.amount(table, *flows)[0]
            yield f"{said[key].format(table=name)}: {count}"
        for key, enters in (("who_entered", True), ("who_left", False)):
            moved = [one for one in report.moved if one.table is table and one.enters is enters]
            if moved:
                names = ", ".join(f"{one.name} ({one.village})" for one in moved)
                yield f"{said[key].format(table=name)}: {names}"


_COLUMNS = {"opening": (Flow.OPENING,), "entered": IN, "left": OUT, "closing": (Flow.CLOSING,)}


def _row(line: Line) -> dict[str, Any]:
    lists = {
        table.value: {
            key: dict(zip(("households", "persons"), line.amount(table, *flows), strict=True))
            for key, flows in _COLUMNS.items()
        }
        for table in LISTED
    }
    return {"village": line.name, **lists}
