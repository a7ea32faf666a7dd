"""All records that belong to the households of some villages, removed ones and past ones too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.exchange import REFERENCES
from giamngheo_desktop.storage.plans import PAPERS
from giamngheo_desktop.storage.records import batches
from giamngheo_desktop.storage.tables import TABLES

Scope = dict[UUID, Kind]

# Small, and every working copy needs them whole.
_WHOLE = (
    Kind.AREA,
    Kind.AREA_VERSION,
    Kind.AREA_FACT,
    Kind.SUCCESSION,
    Kind.SETTING,
    Kind.REVIEW,
    Kind.REVIEW_STANDARD,
    Kind.ROUND,
    Kind.BODY,
    Kind.OFFICER,
    Kind.PLAN_COMPONENT,
    Kind.POLICY_VALUE,
    Kind.DOCUMENT,
    Kind.DOCUMENT_SECTION,
    Kind.TARGET,
    Kind.TARGET_RESULT,
    Kind.REPORT_SCHEDULE,
    Kind.REPORT_RECEIPT,
)
# What belongs to what, from the villages down; each kind is reached after those it hangs on.
_BELOWS: tuple[tuple[Kind, Kind], ...] = (
    (Kind.AREA, Kind.PLACE),
    (Kind.AREA, Kind.CASE),
    (Kind.AREA, Kind.APPLICATION),
    (Kind.AREA, Kind.SURVEYOR),
    (Kind.AREA, Kind.REVIEW_MARK),
    (Kind.AREA, Kind.MEETING),
    (Kind.AREA, Kind.POSTING),
    (Kind.AREA, Kind.COMPLAINT),
    (Kind.AREA, Kind.OPENING_COUNT),
    (Kind.AREA, Kind.POPULATION),
    (Kind.AREA, Kind.VILLAGE_TARGET),
    (Kind.HOUSEHOLD, Kind.PLACE),
    (Kind.HOUSEHOLD, Kind.HOUSEHOLD_FACT),
    (Kind.HOUSEHOLD, Kind.MEMBERSHIP),
    (Kind.PERSON, Kind.MEMBERSHIP),
    (Kind.PERSON, Kind.PERSON_FACT),
    (Kind.HOUSEHOLD, Kind.CLASS_RECORD),
    (Kind.HOUSEHOLD, Kind.INDICATOR_ANSWER),
    (Kind.HOUSEHOLD, Kind.RESULT),
    (Kind.RESULT, Kind.RESULT_PERSON),
    (Kind.HOUSEHOLD, Kind.CASE),
    (Kind.HOUSEHOLD, Kind.APPLICATION),
    (Kind.CASE, Kind.CASE_ANSWERS),
    (Kind.CASE, Kind.CASE_RESULT),
    (Kind.CASE, Kind.INCOME_SOURCE),
    (Kind.APPLICATION, Kind.INCOME_SOURCE),
    (Kind.CASE, Kind.VOTE),
    (Kind.MEETING, Kind.VOTE),
    (Kind.CASE, Kind.COMPLAINT),
    (Kind.HOUSEHOLD, Kind.CERTIFICATE),
    (Kind.CERTIFICATE, Kind.CERTIFICATE_YEAR),
    (Kind.HOUSEHOLD, Kind.CORRECTION),
    (Kind.HOUSEHOLD, Kind.MOVEMENT_CORRECTION),
    (Kind.HOUSEHOLD, Kind.ISSUED),
    (Kind.AREA, Kind.TASK),
    (Kind.AREA, Kind.ACTIVITY),
    (Kind.HOUSEHOLD, Kind.PARTICIPANT),
    (Kind.PARTICIPANT, Kind.ACTIVITY),
    (Kind.ACTIVITY, Kind.ACTIVITY_VALUE),
    (Kind.ACTIVITY, Kind.PARTICIPANT),
    (Kind.ACTIVITY, Kind.ACTIVITY_ITEM),
    (Kind.HOUSEHOLD, Kind.FUND_ENTRY),
    (Kind.HOUSEHOLD, Kind.NEED),
    (Kind.HOUSEHOLD, Kind.SUPPORT),
    (Kind.SUPPORT, Kind.SUPPORT_SHARE),
    (Kind.SUPPORT, Kind.SUPPORT_VALUE),
    (Kind.HOUSEHOLD, Kind.PERIOD_ROW),
    (Kind.AREA, Kind.ASSIGNMENT),
    (Kind.HOUSEHOLD, Kind.ASSIGNMENT),
    (Kind.HOUSEHOLD, Kind.VISIT),
    (Kind.HOUSEHOLD, Kind.HOUSEHOLD_PLAN),
    (Kind.HOUSEHOLD, Kind.INCIDENT),
)
_OF_UNIT_DEFINITIONS = ("point_table/", "paper_template/", "table_template/")


def of_villages(connection: Connection, villages: Iterable[UUID]) -> Scope:
    """Everything a copy needs to go on working in these villages."""
    found: Scope = dict.fromkeys(_signed_plans(connection), Kind.ISSUED)
    for kind in _WHOLE:
        found |= dict.fromkeys(_all(connection, kind), kind)
    found |= dict.fromkeys(_unit_definitions(connection), Kind.DEFINITION)
    marks = TABLES[Kind.REVIEW_MARK]
    common = sa.select(marks.c.uid).where(marks.c.village.is_(None))
    found |= dict.fromkeys(connection.execute(common).scalars(), Kind.REVIEW_MARK)
    own: Scope = dict.fromkeys(villages, Kind.AREA)
    _add(connection, own, _BELOWS[:2], homes=True)
    _add(connection, own, _BELOWS)
    found |= own
    _close(connection, found)
    return found


def _add(
    connection: Connection,
    found: Scope,
    belows: Iterable[tuple[Kind, Kind]],
    *,
    homes: bool = False,
) -> None:
    """What hangs on the records found so far; with `homes` the households and persons of those."""
    for above, below in belows:
        uids = [uid for uid, kind in found.items() if kind is above]
        for name, target in REFERENCES[below].items():
            if target is above:
                found |= dict.fromkeys(_pointing(connection, below, name, uids), below)
        if below is Kind.MEMBERSHIP and above is Kind.HOUSEHOLD:
            found |= _referred(connection, found, {Kind.PERSON}, of={Kind.MEMBERSHIP})
    if homes:
        found |= _referred(connection, found, {Kind.HOUSEHOLD}, of={Kind.PLACE, Kind.CASE})


def _close(connection: Connection, found: Scope) -> None:
    """Add what is referred to, and where the households so added live, until nothing is missing."""
    new: Mapping[UUID, Kind] = dict(found)
    while new:
        more = _referred(connection, new, set(Kind), of=set(Kind))
        homes = [uid for uid, kind in more.items() if kind is Kind.HOUSEHOLD]
        more |= dict.fromkeys(_pointing(connection, Kind.PLACE, "household", homes), Kind.PLACE)
        new = {uid: kind for uid, kind in more.items() if uid not in found}
        found |= new


def _referred(
    connection: Connection, found: Mapping[UUID, Kind], targets: set[Kind], of: set[Kind]
) -> Scope:
    """The records of `targets` to which those found of the kinds `of` refer."""
    referred: Scope = {}
    for kind in of & set(found.values()):
        table = TABLES[kind]
        uids = [uid for uid, one in found.items() if one is kind]
        for name, target in REFERENCES[kind].items():
            if target not in targets:
                continue
            for batch in batches(uids):
                query = sa.select(table.c[name]).where(
                    table.c.uid.in_(batch), table.c[name].is_not(None)
                )
                referred |= dict.fromkeys(connection.execute(query.distinct()).scalars(), target)
    return referred


def _pointing(connection: Connection, kind: Kind, name: str, uids: list[UUID]) -> list[UUID]:
    table = TABLES[kind]
    found: list[UUID] = []
    for batch in batches(uids):
        query = sa.select(table.c.uid).where(table.c[name].in_(batch))
        found += connection.execute(query).scalars()
    return found


def _all(connection: Connection, kind: Kind) -> list[UUID]:
    return list(connection.execute(sa.select(TABLES[kind].c.uid)).scalars())


def _signed_plans(connection: Connection) -> list[UUID]:
    """The papers of issued plans and reports: who has these prints them as they were signed."""
    table = TABLES[Kind.ISSUED]
    query = sa.select(table.c.uid).where(table.c.code.in_(PAPERS.values()))
    return list(connection.execute(query).scalars())


def _unit_definitions(connection: Connection) -> list[UUID]:
    """What the unit itself made; the program records its own in every file."""
    table = TABLES[Kind.DEFINITION]
    query = sa.select(table.c.uid).where(
        sa.or_(*(table.c.code.startswith(code) for code in _OF_UNIT_DEFINITIONS))
    )
    return list(connection.execute(query).scalars())
