"""Biến cố in a year, and the way from one to a review in the year: by an application, as always."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.programme.homes import Home, Homes
from giamngheo_desktop.services.programme.years import stands_in
from giamngheo_desktop.services.review import applications
from giamngheo_desktop.services.review.applications import Application
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import helping, names, records
from giamngheo_desktop.storage.engine import Database


def refusal(row: Mapping[str, Any]) -> RefusedError | None:
    """Why no application follows from an incident as it is stored; None where one may."""
    if row["handled_on"] is not None:
        return RefusedError("incident_handled", day=format_date(row["handled_on"]))
    return None if row["proposes_review"] else RefusedError("incident_proposes_none")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """`applied_on` is the first application of the household since that day."""

    uid: UUID
    home: Home
    happened_on: date
    kind: str
    description: str
    reporter: str
    proposes_review: bool | None
    proposal: str
    action: str
    handled_on: date | None
    applied_on: date | None

    @property
    def waits(self) -> bool:
        """It proposes a review, and nobody has handled it."""
        return bool(self.proposes_review) and self.handled_on is None


def incidents(
    database: Database, definitions: Definitions, *, unit: UUID | None, year: int, day: date
) -> tuple[IncidentLine, ...]:
    """What happened in the year up to `day`, and what waits since an earlier one, the oldest
    first.
    """
    first = date(year, 1, 1)
    with database.reader() as connection:
        known = helping.between(connection, Kind.INCIDENT, "happened_on", date.min, day)
        rows = [row for row in known if stands_in(row, year)]
        begun = min([first, *(row["happened_on"] for row in rows)])
        papers = helping.between(connection, Kind.APPLICATION, "received_on", begun, day)
        homes = Homes(connection, definitions, day, unit, since=first)
        named = homes.named(row["household"] for row in rows)
    return tuple(
        IncidentLine(
            uid=row["uid"],
            home=named[row["household"]],
            happened_on=row["happened_on"],
            kind=row["kind"],
            description=row["description"] or "",
            reporter=row["reporter"] or "",
            proposes_review=row["proposes_review"],
            proposal=row["proposal"] or "",
            action=row["action"] or "",
            handled_on=row["handled_on"],
            applied_on=next(
                (
                    paper["received_on"]
                    for paper in papers
                    if paper["household"] == row["household"]
                    and paper["received_on"] >= row["happened_on"]
                ),
                None,
            ),
        )
        for row in rows
        if row["household"] in named
    )


def apply(
    database: Database,
    context: Context,
    incident: UUID,
    *,
    received_on: date,
    purpose: Purpose = Purpose.ENTER,
) -> Done[UUID]:
    """Enter the application that the household hands in after an incident; it waits for the review
    of its month as every other, and the incident is handled by it. Returns the application's uid.

    Raises RefusedErrors `incident_handled`, `incident_proposes_none`, `applied_before_incident`,
    `household_not_here_then`, and those of `applications.save`.
    """
    with write_unit(database, context, Op.SAVE_APPLICATION) as work:
        row = work.living(Kind.INCIDENT, incident)
        refused = refusal(row)
        if refused is not None:
            raise refused
        places = records.find_on(
            work.connection, Kind.PLACE, received_on, "household", [row["household"]]
        )
        if not places:
            raise RefusedError("household_not_here_then")
        if received_on < row["happened_on"]:
            raise RefusedError("applied_before_incident", day=format_date(row["happened_on"]))
        (home,) = names.households(work.connection, [row["household"]], received_on, {})
        paper = Application(
            village=places[-1]["village"],
            applicant=home.head,
            purpose=purpose,
            received_on=received_on,
            household=row["household"],
            detail=row["description"],
        )
        uid = applications.save_in(work, paper)
        said = texts.HELPING["applied"].format(day=format_date(received_on))
        work.change(
            Kind.INCIDENT,
            incident,
            row,
            {"handled_on": received_on, "action": row["action"] or said},
        )
    return Done(uid, work.changes)
