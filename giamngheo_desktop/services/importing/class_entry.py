"""The class record that a row of a list makes of a known household."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.services.class_line import ClassEntry, Paper, is_same_paper
from giamngheo_desktop.services.importing.plan import About, ImportPlan, PlannedRow
from giamngheo_desktop.storage import classes
from giamngheo_desktop.storage.engine import Connection


def class_entry(
    connection: Connection, plan: ImportPlan, row: PlannedRow, values: Mapping[str, Any]
) -> ClassEntry | None:
    """The class with its paper; what the list does not say of them, or was refused, stays as it is
    known. None where `values`, which the row writes of them, make no record.
    """
    told = {cell.field: cell.old for cell in row.cells if cell.about is About.CLASS} | dict(values)
    if not values or told.get("household_class") is None or row.village is None:
        return None
    signed = told.get("decision_on")
    paper = told.get("decision_number"), signed
    is_dated_now = "decision_on" in values  # what began it was not known, then
    first = None if is_dated_now else _first_day(connection, plan, row.household, paper)
    return ClassEntry(
        household=row.household,
        standard=plan.standard,
        review_year=plan.year,
        household_class=told["household_class"],
        source="decision" if any(paper) else "opening",
        valid_from=first or signed or plan.day,
        decision_number=paper[0],
        decision_on=signed,
    )


def _first_day(
    connection: Connection, plan: ImportPlan, household: UUID, paper: Paper
) -> date | None:
    """Since when the record holds that is corrected, if the same paper gave it."""
    for record in classes.of_household(connection, household):
        same_year = record["review_year"] == plan.year
        same = is_same_paper((record["number"], record["signed_on"]), paper)
        if same_year and same and record["standard"] == plan.standard:
            first: date = record["valid_from"]
            return first
    return None
