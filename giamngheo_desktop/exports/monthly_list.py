"""The monthly report as a workbook: one line a village, numbers beside names, the sum below."""

from __future__ import annotations

from collections.abc import Iterator

from giamngheo_desktop import texts
from giamngheo_desktop.domain.movement import IN, LISTED, OUT, Flow
from giamngheo_desktop.exports.list_write import ListColumn, Value, list_workbook
from giamngheo_desktop.services.review.monthly_report import Line, MonthlyReport

_NUMBERS = ("opening", "entered", "left", "closing", "closing_persons")
_NAMES = ("who_entered", "who_left")


def monthly_workbook(report: MonthlyReport) -> bytes:
    """The same report gives the same bytes."""
    said = texts.MONTHLY
    columns = [ListColumn(said["village"], 24)]
    for table in LISTED:
        for key, width in (*((key, 12) for key in _NUMBERS), *((key, 28) for key in _NAMES)):
            columns.append(ListColumn(said[key].format(table=texts.LISTS[table]), width))
    title = said["title"].format(month=report.month, year=report.year).replace("/", "-")
    return list_workbook(title, texts.monthly_notes(report), columns, list(_rows(report)))


def _rows(report: MonthlyReport) -> Iterator[list[Value]]:
    for line in report.lines:
        yield _row(report, line, line.name or texts.MONTHLY["unplaced"], names=True)
    yield _row(report, report.total, texts.MONTHLY["total"], names=False)


def _row(report: MonthlyReport, line: Line, name: str, *, names: bool) -> list[Value]:
    row: list[Value] = [name]
    for table in LISTED:
        closing, persons = line.amount(table, Flow.CLOSING)
        row.append(line.amount(table, Flow.OPENING)[0])
        row += [line.amount(table, *flows)[0] for flows in (IN, OUT)]
        row += [closing, persons]
        for enters in (True, False):
            found = [
                one.name
                for one in report.moved
                if names
                and one.table is table
                and one.enters is enters
                and one.village == line.name
            ]
            row.append(", ".join(found) or None)
    return row
