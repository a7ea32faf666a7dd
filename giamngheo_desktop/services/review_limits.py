"""What a commune or its province sets otherwise in the procedure: days of limits, days off, steps.

Kept among the settings, each value from a day on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Connection, Database

_OFF, _WORKED, _STEPS = "review_days_off", "review_days_worked", "review_steps"
_LIMIT = "limit_"  # before the name of a limit's setting
_MOST = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`days` by `Limit.setting`; single days off (Tết, days given in lieu) and weekend days worked
    instead; the optional steps that are switched on.
    """

    days: Mapping[str, int] = field(default_factory=dict)
    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()
    switched_on: frozenset[str] = frozenset()


def read(connection: Connection, day: date) -> Limits:
    """What holds on `day`; whatever is not set is as the workflow says."""
    found = settings.read(connection, day)
    return Limits(
        days={
            code.removeprefix(_LIMIT): int(value)
            for code, value in found.items()
            if code.startswith(_LIMIT) and value
        },
        days_off=_days(found.get(_OFF, "")),
        days_worked=_days(found.get(_WORKED, "")),
        switched_on=frozenset(found.get(_STEPS, "").split()),
    )


def get(database: Database, day: date) -> Limits:
    with database.reader() as connection:
        return read(connection, day)


def save(
    database: Database, context: Context, definitions: Definitions, limits: Limits, day: date
) -> Done[None]:
    """From `day` on these hold. Raises RefusedError `limit_days`, `unknown_setting`."""
    steps = [
        step
        for versions in definitions.workflows.values()
        for workflow in versions
        for step in workflow.steps
    ]
    known = {step.limit.setting for step in steps if step.limit} - {""}
    optional = {step.code for step in steps if step.optional}
    for code in (limits.days.keys() - known) | (limits.switched_on - optional):
        raise RefusedError("unknown_setting", name=code)
    if not all(0 <= days <= _MOST for days in limits.days.values()):
        raise RefusedError("limit_days", most=_MOST)
    values = {
        **{_LIMIT + code: str(limits.days[code]) if code in limits.days else "" for code in known},
        _OFF: _text(limits.days_off),
        _WORKED: _text(limits.days_worked),
        _STEPS: " ".join(sorted(limits.switched_on)),
    }
    with write_unit(database, context, Op.SAVE_SETTINGS) as work:
        settings.save_in(work, values, day)
    return Done(None, work.changes)


def _days(text: str) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, text.split()))


def _text(days: frozenset[date]) -> str:
    return " ".join(day.isoformat() for day in sorted(days))
