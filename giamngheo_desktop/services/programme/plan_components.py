"""The parts of a year's plan: taken from the tree of a programme, put in order, looked through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import plan_numbers
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.plan_numbers import Doubted
from giamngheo_desktop.domain.plan_order import in_order
from giamngheo_desktop.domain.programme import Programme
from giamngheo_desktop.services.programme import years
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database


def take(
    database: Database, context: Context, programme: Programme, unit: UUID, year: int
) -> Done[int]:
    """Whatever of the tree the plan has not yet, with its official number and name; how many.

    Raises RefusedError `components_taken` where it has all of them.
    """
    with write_unit(database, context, Op.TAKE_COMPONENTS) as work:
        place = {"area": unit, "year": year}
        stored = records.find(work.connection, Kind.PLAN_COMPONENT, **place)
        known = {
            row["component"]: row["uid"] for row in stored if row["programme"] == programme.code
        }
        last = max((row["position"] or 0 for row in stored), default=0)
        rows: list[dict[str, Any]] = []
        for one in programme.walk():
            if one.code in known:
                continue
            uid = known[one.code] = context.new_id()
            rows.append(
                {
                    **place,
                    "uid": uid,
                    "programme": programme.code,
                    "component": one.code,
                    "parent": known.get(one.parent),
                    "position": last + len(rows) + 1,
                    "printed_number": plan_numbers.official(one.code, texts.PLAN_NUMBERS) or None,
                    "printed_name": one.name,
                }
            )
        if not rows:
            raise RefusedError("components_taken", name=programme.label)
        work.insert_many(Kind.PLAN_COMPONENT, rows)
        work.subject = programme.label
    return Done(len(rows), work.changes)


def move(database: Database, context: Context, uid: UUID, step: int) -> Done[UUID]:
    """A part goes before the one above it (`step` -1) or behind the one below it (1), of those
    with the same parent. At the end nothing moves.
    """
    with write_unit(database, context, Op.SAVE_RECORD) as work:
        row = work.living(Kind.PLAN_COMPONENT, uid)
        place = {"area": row["area"], "year": row["year"]}
        stored = records.find(work.connection, Kind.PLAN_COMPONENT, **place)
        work.subject = row["printed_name"]
        ordered = [one for one, _ in in_order(stored)]
        parent = next(one["parent"] for one in ordered if one["uid"] == uid)
        beside = [one for one in ordered if one["parent"] == parent]
        at = next(n for n, one in enumerate(beside) if one["uid"] == uid)
        to = at + step
        if 0 <= to < len(beside):
            beside[at], beside[to] = beside[to], beside[at]
            for position, one in enumerate(beside, start=1):
                work.change(Kind.PLAN_COMPONENT, one["uid"], one, {"position": position})
    return Done(uid, work.changes)


def printed(database: Database, unit: UUID, year: int) -> dict[tuple[str, str], str]:
    """The numbers that the plan prints, by programme and component."""
    with database.reader() as connection:
        return printed_in(connection, unit, year)


def printed_in(connection: Connection, unit: UUID, year: int) -> dict[tuple[str, str], str]:
    """Where the plan of the unit and one of what went into it differ, its own holds."""
    rows = years.rows(connection, Kind.PLAN_COMPONENT, unit, year, year=year)
    rows.sort(key=lambda row: row["area"] == unit)
    return {
        (row["programme"], row["component"]): row["printed_number"]
        for row in rows
        if row["component"] and row["printed_number"]
    }


def doubts(
    rows: Mapping[UUID, Mapping[str, Any]], definitions: Definitions
) -> dict[UUID, tuple[Doubted, ...]]:
    """What is odd about the parts of plans and their printed numbers, each plan by itself, by uid
    of the part.
    """
    programmes = [definitions.programme(code) for code in definitions.programmes]
    plans: dict[UUID, list[Mapping[str, Any]]] = {}
    for uid, row in rows.items():
        plans.setdefault(row["area"], []).append({**row, "uid": uid})
    found: dict[UUID, tuple[Doubted, ...]] = {}
    for plan in plans.values():
        found |= plan_numbers.doubts(plan, texts.PLAN_NUMBERS, programmes)
    return found


def doubt_text(doubted: Doubted) -> str:
    """The doubt as a sentence."""
    return texts.PLAN_DOUBTS[doubted.doubt].format(official=doubted.official, name=doubted.name)
