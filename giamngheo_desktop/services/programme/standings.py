"""What households were on a day, and for how many years they have been on the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.entitlement import (
    BEFORE,
    NOBODY,
    POORER,
    ListedYears,
    Standing,
    listed_years,
)
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import StandardLevel, lists_before, standard_for
from giamngheo_desktop.services.movement.new_escape import last_escapes
from giamngheo_desktop.storage import standings as stored
from giamngheo_desktop.storage.engine import Connection, Database


def standings(
    connection: Connection, definitions: Definitions, households: Sequence[UUID], day: date
) -> dict[UUID, Standing]:
    """Of each of the households; the class is that of the national standard of the day's year, in
    its first year that of the one before where it has none yet.
    """
    begun = stored.first_day(connection)
    if begun is None or day < begun:
        return dict.fromkeys(households, BEFORE)
    national, provincial = _standards(definitions, day.year)
    classes = stored.classes_on(connection, day, households)
    here = stored.here_on(connection, day, households)
    members = stored.members_on(connection, day, households)
    escapes = last_escapes(connection, day, households)
    near_poor = stored.once_near_poor(connection, day, households)
    found = {}
    for home in households:
        if home not in here:
            found[home] = NOBODY
            continue
        own = [classes[home, code] for code in national if (home, code) in classes]
        others = [classes[home, code][0] for code in provincial if (home, code) in classes]
        code, average = own[0] if own else (None, False)
        found[home] = Standing(
            household_class=code,
            average_living=average,
            by_province=next((other for other in others if other in POORER), None),
            escape=escapes.get(home),
            once_near_poor=home in near_poor,
            members=members.get(home, frozenset()),
        )
    return found


def _standards(definitions: Definitions, year: int) -> tuple[list[str], list[str]]:
    """The national ones that a class of the year may be of, the first one first, and the others."""
    try:
        code = standard_for(definitions.standards, year).code
    except AppError:
        return [], []
    before = lists_before(definitions.standards, code, year).get(year)
    others = [
        one.code
        for one in definitions.standards
        if one.level is StandardLevel.PROVINCIAL and one.covers(year)
    ]
    return [code, *([before] if before else [])], others


def years_on_list(
    database: Database, households: Sequence[UUID], day: date
) -> dict[UUID, ListedYears]:
    """How long each of the households has been recognised as poor or near-poor, as known that day.

    A closed year counts what it was closed with; one without a result of its own counts the class
    that still held at its end.
    """
    with database.reader() as connection:
        rows = stored.year_classes(connection, day, households)
    last: dict[UUID, dict[tuple[int, str], str]] = {}
    openings: dict[UUID, set[int]] = {}
    for row in rows:  # the later one counts, and what a closed year counts before them all
        last.setdefault(row.household, {})[row.year, row.standard] = row.household_class
        if row.source == "opening":
            openings.setdefault(row.household, set()).add(row.year)
    listed: dict[UUID, dict[int, bool]] = {}
    for home, results in last.items():
        years = listed.setdefault(home, {})
        for (year, _), code in results.items():
            years[year] = years.get(year, False) or code in POORER
    for row in rows:
        if row.valid_from is None or row.household_class not in POORER:
            continue
        for year in range(max(row.year + 1, row.valid_from.year), day.year):
            if row.valid_to is None or row.valid_to >= date(year, 12, 31):
                listed[row.household].setdefault(year, True)
    return {home: listed_years(listed.get(home, {}), openings.get(home, ())) for home in households}
