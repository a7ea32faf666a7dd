"""What a plan gives to villages, as the plan prints it, and as a paper of its own.

At its time only the households of the year before are known, so these are what it divides by; the
form `THON` divides by those of its own year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.allocation import Denominators
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.plan_table import at_opening, with_expected
from giamngheo_desktop.domain.standard import new_standard
from giamngheo_desktop.reports.build import build
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.make import wanted
from giamngheo_desktop.reports.reasons import base_line
from giamngheo_desktop.reports.table_notes import closed_otherwise
from giamngheo_desktop.services import areas, settings
from giamngheo_desktop.services.movement import editions
from giamngheo_desktop.services.report_rows import table_data
from giamngheo_desktop.services.targets import allocation
from giamngheo_desktop.storage import plans
from giamngheo_desktop.storage.engine import Database

CODE = "village_targets"
_SAID = texts.WRITTEN
_OF_VILLAGES, _OF_UNITS = "THON", "TINH"  # as xã Sơn Tây and tỉnh Thừa Thiên Huế print them
_HOMES = "households"  # their column in the table of villages
_STARTS = {"poor_opening", "near_poor_opening", "poor"}  # the lists of the start, in both


def village_targets(
    database: Database,
    definitions: Definitions,
    *,
    unit: UUID,
    year: int,
    plan: UUID | None,
    day: date,
) -> ReportDoc:
    """The printed form by a version of the plan, whose own title stands above it; whose households
    divide is a note. AppErrors of `wanted`.
    """
    doc, homes = _made(database, definitions, unit, year, plan, day)
    return replace(doc, notes=(*doc.notes, *homes))


def _made(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    plan: UUID | None,
    day: date,
) -> tuple[ReportDoc, tuple[str, ...]]:
    """With the note that a new standard begins, while the list of the start is not known under it;
    and whose households divide, which the form says of its own year alone.
    """
    area = areas.tree(database, day).get(unit)
    of_units = area is not None and area.level in (Level.PROVINCE, Level.DISTRICT)
    code = _OF_UNITS if of_units else _OF_VILLAGES
    asked = replace(wanted(database, definitions, code, year=year, unit=unit), plan=plan)
    of_year = False
    if not of_units:
        given = allocation.table(database, definitions, unit, year, plan)
        of_year = given.base_year == year
        report = asked.report if of_year else at_opening(asked.report)
        if given.denominators is Denominators.EXPECTED:
            report = with_expected(report, _SAID["expected_households"])
        asked = replace(asked, report=report)
    request = editions.with_edition(database, asked, None)
    data = table_data(database, request)
    doc = build(request, data, settings.get(database, request.scope().day))
    lines = tuple(one for one in doc.subtitle if one not in base_line(request, data))
    notes = [*doc.notes]
    said: tuple[str, ...] = ()
    change = new_standard(definitions.standards, year)
    starts = [data.total.values[key] for key in data.total.values.keys() & _STARTS]
    if change is not None and None in starts:
        closed = {closed_otherwise(request, one.year) for one in data.open_years if one.closed}
        notes = [one for one in notes if one not in closed]  # the same, without what it is now
        notes.append(texts.changed_text(*change.said))
    if not of_units:
        homes = [row.values[_HOMES] for row in (*data.rows, data.total)]
        key = "households_of_year" if of_year else "households_before"
        key = "no_households_before" if None in homes else key
        said = (_SAID[key].format(year=year, last_year=year - 1),)
    return replace(doc, code=CODE, subtitle=lines, notes=tuple(notes)), said


def of_plan_in_hand(
    database: Database, definitions: Definitions, *, unit: UUID, year: int
) -> ReportDoc:
    """Likewise by the newest version, which the subtitle names below whose households divide;
    without one as it was typed.
    """
    with database.reader() as connection:
        plan = plans.in_hand(connection, year, unit)
    day = date(year, 12, 31)
    known = plan["uid"] if plan else None
    doc, homes = _made(database, definitions, unit, year, known, day)
    said = (one.rstrip(".") for one in homes)
    return replace(doc, subtitle=(*doc.subtitle, *said, *_version(plan)))


def _version(plan: Mapping[str, Any] | None) -> Iterator[str]:
    if plan is None:
        return
    key = "of_draft" if plan["issued_on"] is None else "of_plan"
    said = texts.TRACKING[key].format(year=plan["year"])
    if plan["version"] > 1:
        said = texts.TRACKING["of_version"].format(said=said, version=plan["version"])
    yield said
