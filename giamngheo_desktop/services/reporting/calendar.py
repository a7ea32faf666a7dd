"""Lịch báo cáo of a year: which reports are due from whom, and how each stands on a day.

Read from the plan in force. Receipts go by the key of a schedule, so that they stand through all
versions of the plan. Who has to report is who is there on the last day in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import successors
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.report_calendar import (
    Direction,
    Occurrence,
    Rule,
    RuleDoubt,
    Senders,
    Standing,
    State,
    doubts,
    occurrences,
    standing,
)
from giamngheo_desktop.services.programme.within import unit_name
from giamngheo_desktop.services.reporting import receipts, schedules
from giamngheo_desktop.services.reporting.receipts import Receipt, Report
from giamngheo_desktop.services.review import review_settings
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import areas, plans, records
from giamngheo_desktop.storage.engine import Connection, Database

REMIND_DAYS = 14
_MANY = (Senders.VILLAGE_HEADS, Senders.COMMITTEE, Senders.BODIES)
_MEMBERS = "steering"  # of the list body_kinds: whose officers are members of the committee
# Those that report are part of the commune; the committee itself is reported to, a bank is asked.
_REPORTING = (None, "office", "health_station", "school", "association", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One line of chế độ báo cáo of a plan in force; `sender`, `via`, `recipient` as printed."""

    uid: UUID
    plan: UUID
    area: UUID
    area_name: str  # of another unit that went into this one, else empty
    key: str
    rule: Rule
    direction: Direction
    senders: Senders | None
    body: UUID | None
    content: str
    sender: str
    via: str
    recipient: str
    is_confirmed: bool
    doubts: tuple[RuleDoubt, ...]
    note: str

    @property
    def has_many(self) -> bool:
        """Whether each of many sends one of his own."""
        return self.direction is Direction.INCOMING and self.senders in _MANY


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The issued paper that was sent."""

    title: str
    number: str
    issued_on: date
    cancelled_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One report of one sender. `sender` is empty for the unit itself; who is not `is_expected`
    handed one in though nobody asked for it. The first receipt decides whether it came in time.
    """

    schedule: Schedule
    occurrence: Occurrence
    report: Report
    sender: str
    standing: Standing
    receipts: tuple[Receipt, ...]
    due_is_working: bool = True
    is_expected: bool = True

    @property
    def submitted_on(self) -> date | None:
        return self.receipts[0].submitted_on if self.receipts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """`outgoing` and `incoming` by last day, then by period; what has no day comes last.

    `unsent` are schedules of which nobody is known who sends; `stray` what was handed in for
    schedules that the plan in force no longer has. `is_draft`: no version of it is issued.
    """

    year: int
    day: date
    unit_name: str
    has_plan: bool
    is_draft: bool
    schedules: tuple[Schedule, ...]
    outgoing: tuple[Line, ...]
    incoming: tuple[Line, ...]
    unsent: tuple[Schedule, ...]
    stray: tuple[Receipt, ...]
    papers: Mapping[UUID, Paper]

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.outgoing + self.incoming

    def of(self, direction: Direction) -> tuple[Line, ...]:
        return self.outgoing if direction is Direction.OUTGOING else self.incoming


def calendar(
    database: Database, definitions: Definitions, unit: UUID, year: int, day: date
) -> Calendar:
    """The reports of a unit in a year, as they stand at the end of `day`; what came later is not
    there yet.
    """
    with database.reader() as connection:
        return _Read(connection, definitions, unit, year, day).calendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One report that is due: of how many senders it is `missing`, out of `total`; `senders` are
    the names of those, empty for the unit itself.
    """

    year: int
    schedule: Schedule
    occurrence: Occurrence
    standing: Standing
    missing: int
    total: int
    senders: tuple[str, ...]


def reminders(
    database: Database, definitions: Definitions, unit: UUID, day: date
) -> tuple[Reminder, ...]:
    """What is late, the longest first, then what is due in the next `REMIND_DAYS` days; of the year
    of `day`, and what is still late of the one before.
    """
    found: list[Reminder] = []
    with database.reader() as connection:
        for year in (day.year - 1, day.year):
            if plans.versions(connection, year):
                read = _Read(connection, definitions, unit, year, day).calendar()
                found += _reminders(read)
    found = [one for one in found if one.year == day.year or one.standing.state is State.LATE]
    return tuple(sorted(found, key=lambda one: one.occurrence.due or date.max))


def _reminders(found: Calendar) -> Iterator[Reminder]:
    groups: dict[tuple[UUID, str], list[Line]] = {}
    for line in found.lines:
        if line.is_expected:
            groups.setdefault((line.schedule.uid, line.occurrence.period), []).append(line)
    until = found.day + timedelta(days=REMIND_DAYS)
    for lines in groups.values():
        due = lines[0].occurrence.due
        waiting = [line for line in lines if line.standing.is_open]
        if waiting and due is not None and due <= until:
            yield Reminder(
                year=found.year,
                schedule=lines[0].schedule,
                occurrence=lines[0].occurrence,
                standing=waiting[0].standing,
                missing=len(waiting),
                total=len(lines),
                senders=tuple(line.sender for line in waiting if line.sender),
            )


class _Read:
    """What a calendar is made of, in one snapshot."""

    def __init__(
        self, connection: Connection, definitions: Definitions, unit: UUID, year: int, day: date
    ) -> None:
        self._connection, self._unit, self._year, self._day = connection, unit, year, day
        self._until = max(date(year, 12, 31), areas.first_day(connection, unit) or date.min)
        self._steps = areas.successions(connection)
        self._tree = cache(lambda day: areas.tree_on(connection, day))
        self._names = all_villages(connection, self._until)
        self._working = review_settings.read(connection, day).calendar(definitions)
        self._bodies = records.find(connection, Kind.BODY)
        self._officers = records.find(connection, Kind.OFFICER)
        held = plans.in_force(connection, year)
        self._plans = {area: plan for area, plan in held.items() if self._is_mine(area)}
        found = (
            receipts.read(row)
            for row in records.find(connection, Kind.REPORT_RECEIPT, year=year)
            if self._is_mine(row["area"]) and row["submitted_on"] <= day
        )
        self._receipts = sorted(found, key=lambda one: (one.submitted_on, one.uid))

    def calendar(self) -> Calendar:
        known = [*self._schedules()]
        lines = [line for schedule in known for line in self._lines(schedule)]
        lines.sort(key=lambda line: (line.occurrence.due or date.max, line.occurrence.last))
        keys, sent = {one.key for one in known}, {line.schedule.uid for line in lines}
        heads = [records.get(self._connection, Kind.DOCUMENT, uid) for uid in self._plans.values()]
        return Calendar(
            year=self._year,
            day=self._day,
            unit_name=unit_name(self._connection, self._unit, self._until),
            has_plan=bool(heads),
            is_draft=any(head is not None and head["issued_on"] is None for head in heads),
            schedules=tuple(known),
            outgoing=tuple(one for one in lines if one.schedule.direction is Direction.OUTGOING),
            incoming=tuple(one for one in lines if one.schedule.direction is Direction.INCOMING),
            unsent=tuple(one for one in known if one.uid not in sent),
            stray=tuple(one for one in self._receipts if one.report.key not in keys),
            papers=self._papers(),
        )

    def _is_mine(self, area: UUID) -> bool:
        """Of the unit, or of one that is in it whole by the end of the year."""
        if area == self._unit:
            return True
        return successors(self._steps, [area], date.min, self._until)[area] == {self._unit}

    def _schedules(self) -> Iterator[Schedule]:
        for area in sorted(self._plans, key=lambda uid: uid != self._unit):
            plan = self._plans[area]
            other = "" if area == self._unit else self._names.get(area, "")
            for row in schedules.of_plan(self._connection, plan):
                rule = Rule.of(row)
                yield Schedule(
                    uid=row["uid"],
                    plan=plan,
                    area=area,
                    area_name=other,
                    key=row["key"],
                    rule=rule,
                    direction=Direction(row["direction"]),
                    senders=Senders(row["senders"]) if row["senders"] else None,
                    body=row["body"],
                    content=row["content"],
                    sender=row["sender"] or "",
                    via=row["via"] or "",
                    recipient=row["recipient"] or "",
                    is_confirmed=schedules.is_confirmed(row),
                    doubts=doubts(rule, self._year),
                    note=row["note"] or "",
                )

    def _lines(self, schedule: Schedule) -> Iterator[Line]:
        came: dict[str, list[Receipt]] = {}
        for one in self._receipts:
            if one.report.key == schedule.key:
                came.setdefault(one.report.period, []).append(one)
        for occurrence in occurrences(schedule.rule, self._year):
            waiting = came.get(occurrence.period, [])
            if not waiting and not self._is_asked(schedule.area, occurrence.day):
                continue
            for report, name, is_expected in self._reports(schedule, occurrence, waiting):
                mine = [one for one in waiting if _answers(one.report, report)]
                first = mine[0].submitted_on if mine else None
                yield Line(
                    schedule=schedule,
                    occurrence=occurrence,
                    report=report,
                    sender=name,
                    standing=standing(occurrence.due, first, self._day),
                    receipts=tuple(mine),
                    due_is_working=occurrence.due is None
                    or self._working.is_working(occurrence.due),
                    is_expected=is_expected,
                )

    def _is_asked(self, area: UUID, day: date) -> bool:
        """Whether the unit whose plan it is has to report then. What went into another unit reports
        no more once that has a plan of its own; the register may begin later than the year.
        """
        if self._tree(day).get(area) is not None:
            return True
        begins = areas.first_day(self._connection, area)
        if begins is not None and day < begins:
            return all(step.new != area for step in self._steps)
        return self._unit not in self._plans

    def _reports(
        self, schedule: Schedule, occurrence: Occurrence, came: Iterable[Receipt]
    ) -> Iterator[tuple[Report, str, bool]]:
        """Whose reports of a period are asked for; then those that came all the same."""
        whole = Report(key=schedule.key, period=occurrence.period)
        if not schedule.has_many:
            name = self._body_name(schedule.body) or schedule.sender
            yield whole, name if schedule.direction is Direction.INCOMING else "", True
            return
        asked = dict(self._senders(schedule, whole, occurrence.day))
        for report, name in asked.items():
            yield report, name, True
        for one in came:
            if one.report not in asked:
                asked[one.report] = self._name_of(one.report)
                yield one.report, asked[one.report], False

    def _senders(
        self, schedule: Schedule, whole: Report, day: date
    ) -> Iterator[tuple[Report, str]]:
        """Who of many reports on a day."""
        if schedule.senders is Senders.VILLAGE_HEADS:
            for uid in self._villages(schedule.area, day):
                yield replace(whole, village=uid), self._names.get(uid, "")
        elif schedule.senders is Senders.COMMITTEE:
            members = {row["uid"] for row in self._bodies if row["kind"] == _MEMBERS}
            for row in self._officers:
                if row["body"] in members and _is_there(row, schedule.area, day):
                    yield replace(whole, officer=row["uid"]), row["full_name"]
        else:
            for row in self._bodies:
                if row["kind"] in _REPORTING and _is_there(row, schedule.area, day):
                    yield replace(whole, body=row["uid"]), row["name"]

    def _villages(self, area: UUID, day: date) -> list[UUID]:
        """Of a unit; of one that went into this one, what its villages are by now."""
        tree = self._tree(day)
        if tree.get(area) is not None:
            return [one.uid for one in tree.villages(area)]
        ends = [step.effective_on for step in self._steps if step.old == area]
        if not ends:
            return []
        last = max(ends) - timedelta(days=1)
        before = [one.uid for one in self._tree(last).villages(area)]
        heirs = successors(self._steps, before, last, day)
        now = frozenset[UUID]().union(*heirs.values())
        return [one.uid for one in tree.villages(self._unit) if one.uid in now]

    def _name_of(self, report: Report) -> str:
        if report.village is not None:
            return self._names.get(report.village, "")
        known = {row["uid"]: row["full_name"] for row in self._officers}
        return known.get(report.officer, "") or self._body_name(report.body)

    def _body_name(self, uid: UUID | None) -> str:
        return next((row["name"] for row in self._bodies if row["uid"] == uid), "")

    def _papers(self) -> dict[UUID, Paper]:
        found = {one.issued for one in self._receipts if one.issued is not None}
        rows = records.get_many(self._connection, Kind.ISSUED, sorted(found))
        return {
            uid: Paper(
                title=row["title"],
                number=row["number"] or "",
                issued_on=row["issued_on"],
                cancelled_on=row["cancelled_on"],
            )
            for uid, row in rows.items()
        }


def _is_there(row: Mapping[str, Any], area: UUID, day: date) -> bool:
    ends = row["valid_to"]
    return row["area"] == area and row["valid_from"] <= day and (ends is None or ends >= day)


def _answers(came: Report, asked: Report) -> bool:
    """Where one sender alone is asked for, it is whoever handed it in."""
    is_single = asked.village is None and asked.officer is None and asked.body is None
    return is_single or came == asked
