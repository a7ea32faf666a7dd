"""Taking a preset of reports into a plan that is being worked at, and saying that it holds here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid5

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.schedule_preset import PresetSchedule
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Connection, Database

Row = dict[str, Any]
_SAME = ("direction", "period", "content", "senders")  # what a plan asks for once


def of_plan(connection: Connection, plan: UUID) -> list[Row]:
    """The schedules of a version in the order in which they are printed."""
    found = records.find(connection, Kind.REPORT_SCHEDULE, document=plan)
    return sorted(found, key=lambda row: (row["position"] is None, row["position"] or 0))


def is_confirmed(row: Mapping[str, Any]) -> bool:
    """What the officer typed without a word holds; what came from a preset waits for one."""
    return row["confirmed"] is not False


def take(
    database: Database, context: Context, definitions: Definitions, plan: UUID, code: str
) -> Done[tuple[UUID, ...]]:
    """The reports of a preset behind those that the plan has, none of them confirmed. What the plan
    asks for already is left out. Keys are made of the plan and the preset, so that copies of the
    register that took the same one have it once.

    AppError `unknown_definition`; RefusedErrors `record_missing`, `plan_stands` for an issued
    version, `schedules_taken` where all of them stand there.
    """
    preset = definitions.schedule_preset(code)
    with write_unit(database, context, Op.TAKE_SCHEDULES) as work:
        work.subject = preset.label
        head = work.living(Kind.DOCUMENT, plan)
        if head["type"] != plans.PLAN:
            raise RefusedError("record_missing")
        if head["issued_on"] is not None:
            raise RefusedError("plan_stands", version=str(head["version"]))
        known = of_plan(work.connection, plan)
        has = {_same(row) for row in known}
        keys = {row["key"] for row in known}
        at = max((row["position"] or 0 for row in known), default=0)
        new = [
            {"key": str(uuid5(plan, f"{code}/{number}")), **_row(one, head["year"])}
            for number, one in enumerate(preset.schedules)
        ]
        new = [row for row in new if _same(row) not in has and row["key"] not in keys]
        if not new:
            raise RefusedError("schedules_taken", name=preset.label)
        uids = [
            work.insert(
                Kind.REPORT_SCHEDULE,
                document=plan,
                position=position,
                confirmed=False,
                **row,
            )
            for position, row in enumerate(new, at + 1)
        ]
    return Done(tuple(uids), work.changes)


def confirm(database: Database, context: Context, uids: Collection[UUID]) -> Done[tuple[UUID, ...]]:
    """The officer says that these hold here, in an issued version too: it prints the same. Returns
    those that waited for it.

    RefusedErrors `record_missing`, `schedules_confirmed` where nothing is left to say.
    """
    with write_unit(database, context, Op.SAVE_RECORD) as work:
        rows = [work.living(Kind.REPORT_SCHEDULE, uid) for uid in dict.fromkeys(uids)]
        waiting = [row for row in rows if row["confirmed"] is not True]
        if not waiting:
            raise RefusedError("schedules_confirmed")
        for row in waiting:
            work.change(Kind.REPORT_SCHEDULE, row["uid"], row, {"confirmed": True})
        work.subject = texts.schedule_name(waiting[0]) if len(waiting) == 1 else ""
    return Done(tuple(row["uid"] for row in waiting), work.changes)


def _same(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _SAME)


def _row(preset: PresetSchedule, year: int) -> Row:
    """The columns of a schedule; what its plan does not print stays empty and is asked for."""
    rule = preset.rule(year)
    return {
        "direction": preset.direction.value,
        "period": preset.period.value,
        "content": preset.content,
        "due_day": rule.due_day,
        "due_month": rule.due_month,
        "due_on": rule.due_on,
        "before": rule.before,
        "cutoff_day": rule.cutoff_day,
        "senders": preset.senders.value,
        "sender": preset.sender or None,
        "via": preset.via.value if preset.via else None,
        "recipient": preset.recipient.value if preset.recipient else None,
        "note": texts.notes_text(preset.notes) or None,
    }
