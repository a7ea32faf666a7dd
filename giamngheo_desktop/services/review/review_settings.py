"""What a commune sets for its reviews: numbers of days, days off, the step of the level above, and
what no source says for certain about movements.

Stored as settings with validity; what is not set is what the workflow and the rules say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.workflow import Workflow
from giamngheo_desktop.domain.working_days import Calendar
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.dated import lasts
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database

DAYS = ("posting_days", "recheck_days", "opinion_days", "in_year_days")
LONGEST = 90  # a limit of more days is a slip of the finger
MOST_YEARS, MOST_MONTHS = 50, 120
OPINION = "opinion"
CODES = (*DAYS, "opinion_step", "days_off", "working_days", *settings.RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings:
    """`days` by setting where they differ from the workflow; `days_off` are lunar holidays and
    days given in lieu; `working` are weekend days worked; `asks_opinion` switches that step on.

    Of movements: `look_back_years` of tái nghèo (None: any year), `escape_months` of hộ mới thoát
    nghèo (None: as the rule says), `escape_near_poor`: who became near-poor counts as well.
    """

    days: Mapping[str, int] = field(default_factory=dict)
    days_off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    asks_opinion: bool = False
    look_back_years: int | None = None
    escape_months: int | None = None
    escape_near_poor: bool = False

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
        look_back_years=_number(found.get("movement_look_back_years")),
        escape_months=_number(found.get("new_escape_months")),
        escape_near_poor=found.get("new_escape_near_poor") == "yes",
    )


def get(database: Database, day: date) -> ReviewSettings:
    with database.reader() as connection:
        return read(connection, day)


def save(
    database: Database,
    context: Context,
    new: ReviewSettings,
    day: date,
    *,
    shown: ReviewSettings | None = None,
) -> Done[None]:
    """From `day` on reviews go by these. What is as it was `shown` is left alone: on `day` it may
    be otherwise. A day off is dated itself, so that it goes into every later change as well.

    Raises RefusedErrors `review_days_range`, `review_rule_range`.
    """
    for code in DAYS:
        if not 1 <= new.days.get(code, 1) <= LONGEST:
            raise RefusedError("review_days_range", longest=LONGEST)
    for number, most in ((new.look_back_years, MOST_YEARS), (new.escape_months, MOST_MONTHS)):
        if number is not None and not 1 <= number <= most:
            raise RefusedError("review_rule_range", years=MOST_YEARS, months=MOST_MONTHS)
    with write_unit(database, context, Op.SAVE_SETTINGS) as work:
        before = read(work.connection, day) if shown is None else shown
        old, values = _single(before), _single(new)
        changed = {code: text for code, text in values.items() if text != old[code]}
        settings.save_in(work, changed, day)
        _save_list(work, "days_off", before.days_off, new.days_off, day)
        _save_list(work, "working_days", before.working, new.working, day)
    return Done(None, work.changes)


def _single(of: ReviewSettings) -> dict[str, str]:
    """The settings that hold one value, as stored."""
    return {
        **{code: str(of.days.get(code, "")) for code in DAYS},
        "opinion_step": "yes" if of.asks_opinion else "",
        "movement_look_back_years": str(of.look_back_years or ""),
        "new_escape_months": str(of.escape_months or ""),
        "new_escape_near_poor": "yes" if of.escape_near_poor else "",
    }


def _save_list(
    work: WriteUnit, code: str, before: frozenset[date], new: frozenset[date], day: date
) -> None:
    added, gone = new - before, before - new
    if not added and not gone:
        return
    now = _days(settings.read(work.connection, day).get(code, ""))
    settings.save_in(work, {code: _text((now | added) - gone)}, day)
    for row in records.find(work.connection, Kind.SETTING, code=code):
        if row["valid_from"] > day and lasts(row, day):
            text = _text((_days(row["value"]) | added) - gone)
            work.change(Kind.SETTING, row["uid"], row, {"value": text})


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and int(text) else None


def _days(text: str) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, text.split()))


def _text(days: Iterable[date]) -> str:
    return " ".join(day.isoformat() for day in sorted(days))
