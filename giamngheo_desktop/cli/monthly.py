"""`giamngheo monthly`: the monthly report of the in-year review as lines, JSON or a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from giamngheo_desktop import texts
from giamngheo_desktop.domain.movement import IN, LISTED, OUT, Flow
from giamngheo_desktop.services.review.monthly_report import Line, MonthlyReport


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
