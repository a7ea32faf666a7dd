"""What a commune sets for its reviews: numbers of days, days off, the step of the level above.

Stored as settings with validity; what is not set is what the workflow says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.workflow import Workflow
from giamngheo_desktop.domain.working_days import Calendar
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Connection, Database

DAYS = ("posting_days", "recheck_days", "opinion_days", "in_year_days")
LONGEST = 90  # a limit of more days is a slip of the finger
OPINION = "opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings:
    """`days` by setting where they differ from the workflow; `days_off` are lunar holidays and
    days given in lieu; `working` are weekend days worked; `asks_opinion` switches that step on.
    """

    days: Mapping[str, int] = field(default_factory=dict)
    days_off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    asks_opinion: bool = False

    @property
    def switched_on(self) -> frozenset[str]:
        return frozenset({OPINION}) if self.asks_opinion else frozenset()

    def calendar(self, definitions: Definitions) -> Calendar:
        yearly = frozenset(definitions.holidays.yearly)
        return Calendar(yearly=yearly, off=self.days_off, working=self.working)

    def working_days(self, workflow: Workflow, step: str) -> int:
        """How many working days the limit of a step gives; nought where it counts none."""
        limit = workflow.step(step).limit if step in workflow else None
        if limit is None or limit.working_days is None:
            return 0
        return self.days.get(limit.setting, limit.working_days)


def read(connection: Connection, day: date) -> ReviewSettings:
    """Those in force on `day`."""
    found = settings.read(connection, day)
    return ReviewSettings(
        days={code: int(found[code]) for code in DAYS if found.get(code)},
        days_off=_days(found.get("days_off", "")),
        working=_days(found.get("working_days", "")),
        asks_opinion=found.get("opinion_step") == "yes",
    )


def get(database: Database, day: date) -> ReviewSettings:
    with database.reader() as connection:
        return read(connection, day)


def save(database: Database, context: Context, new: ReviewSettings, day: date) -> Done[None]:
    """From `day` on reviews go by these. Raises RefusedError `review_days_range`."""
    for code in DAYS:
        if not 1 <= new.days.get(code, 1) <= LONGEST:
            raise RefusedError("review_days_range", longest=LONGEST)
    values = {code: str(new.days.get(code, "")) for code in DAYS}
    values["days_off"] = _text(new.days_off)
    values["working_days"] = _text(new.working)
    values["opinion_step"] = "yes" if new.asks_opinion else ""
    with write_unit(database, context, Op.SAVE_SETTINGS) as work:
        settings.save_in(work, values, day)
    return Done(None, work.changes)


def _days(text: str) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, text.split()))


def _text(days: frozenset[date]) -> str:
    return " ".join(day.isoformat() for day in sorted(days))
