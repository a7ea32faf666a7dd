"""What changed since the last report of the year: by day between the two days of their data, and
what was typed after the last one was written though it belongs to its time.

A number counted from January then differs from the last report plus what happened since by exactly
what `late` tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.budgeting import Stage
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.movement import LISTED
from giamngheo_desktop.domain.target_state import TargetState
from giamngheo_desktop.services.documents import data_days
from giamngheo_desktop.services.documents.late import Late, Reader
from giamngheo_desktop.services.documents.period_work import (
    DROPPED,
    PLANNED,
    RUNNING,
    Recorded,
    activities,
    components,
)
from giamngheo_desktop.services.movement.movements import within as inside
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.programme.within import within
from giamngheo_desktop.services.targets.plan_targets import PlanTarget
from giamngheo_desktop.services.targets.poverty import Poverty
from giamngheo_desktop.services.targets.tracking import track
from giamngheo_desktop.storage import (
    areas,
    audit,
    budgets,
    pasts,
    plans,
    record_names,
    records,
    review_rows,
    supports,
    typed_after,
)
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope, Stood

_LISTED = frozenset(one.value for one in LISTED)
_COMPUTED = "computed"


class What(StrEnum):
    """What happened."""

    ENTERED = "entered"  # came on the list
    LEFT = "left"  # off it
    CHANGED = "changed"  # from one list to the other
    SUPPORT = "support"
    BEGUN = "begun"  # an activity of several days
    ENDED = "ended"
    HELD = "held"  # one of a single day
    DISBURSED = "disbursed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing: `day` None where nobody knows it. `code` is its policy, kind or source; `was` and
    `now` are the classes of a household. Supports of one day, policy and content are one.
    """

    what: What
    day: date | None
    records: tuple[UUID, ...] = ()
    households: tuple[UUID, ...] = ()
    village: UUID | None = None
    name: str = ""
    code: str = ""
    was: str = ""
    now: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A target whose number is another one now; exact, None where it is not known. Of one without
    a number what is said of it is another `state`.
    """

    target: PlanTarget
    before: Fraction | None
    after: Fraction | None
    state: TargetState


@dataclass(frozen=True, slots=True, kw_only=True)
class LastReport:
    """The report before: `day` is that of its data, `seq` the last group of the audit it knew."""

    document: UUID
    period: str
    is_draft: bool
    day: date
    seq: int
    written_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What happened after `after` up to `until`, and what was typed late. Without a `last` report
    it goes from the day before the period, and nothing is late. `names` are those of records.
    """

    after: date
    until: date
    last: LastReport | None
    happened: tuple[Happened, ...] = ()
    targets: tuple[Moved, ...] = ()
    late: tuple[Late, ...] = ()
    names: Mapping[UUID, str]

    def of(self, *what: What) -> tuple[Happened, ...]:
        return tuple(one for one in self.happened if one.what in what)

    @property
    def is_empty(self) -> bool:
        return not (self.happened or self.targets or self.late)


def since(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    period: str,
    until: date,
    *,
    document: UUID | None = None,
) -> Since:
    """Of a report of a period with the data of `until`; `document` is that report itself, where it
    is written down. AppError `no_standard`.
    """
    with database.reader() as connection:
        last = last_report(connection, unit, year, period, until, document=document)
        first, _ = data_days.span(connection, unit, year, period)
        after = last.day if last else first - timedelta(days=1)
        read = _Reader(connection, definitions, unit, year, after, until)
        happened = sorted(read.happened(), key=_order)
        late = Reader(connection, unit, year, last.day, last.seq).late() if last else ()
        named = [uid for one in happened for uid in (*one.households, one.village)]
        named += [uid for one in late for uid in (one.household, one.village)]
        names = record_names.names_of(connection, filter(None, named), until)
    return Since(
        after=after,
        until=until,
        last=last,
        happened=tuple(happened),
        targets=_targets(database, definitions, unit, year, after, until),
        late=tuple(late),
        names=names,
    )


def last_report(
    connection: Connection,
    unit: UUID,
    year: int,
    period: str,
    until: date,
    *,
    document: UUID | None = None,
) -> LastReport | None:
    """The report of another period of the year whose data end last before `until`; an issued one
    before any draft of the same day.
    """
    rows = records.find(connection, Kind.DOCUMENT, type=plans.REPORT, area=unit, year=year)
    known = [
        (
            _data_day(connection, row),
            row["issued_on"] is not None,
            row["version"],
            str(row["uid"]),
            row,
        )
        for row in rows
        if row["uid"] != document and row["period"] not in (None, period)
    ]
    before = [one for one in known if one[0] < until]
    if not before:
        return None
    day, issued, _, _, row = max(before, key=lambda one: one[:4])
    seq = _written_with(connection, row)
    at = typed_after.written_at(connection, seq)
    return LastReport(
        document=row["uid"],
        period=row["period"],
        is_draft=not issued,
        day=day,
        seq=seq,
        written_on=at.date() if at else day,
    )


def _data_day(connection: Connection, row: Mapping[str, Any]) -> date:
    """Where its period was cut, or the day on which it was issued before that."""
    _, end = data_days.span(connection, row["area"], row["year"], row["period"])
    issued: date | None = row["issued_on"] or row["signed_on"]
    return min(end, issued) if issued else end


def _written_with(connection: Connection, row: Mapping[str, Any]) -> int:
    """The last group of the audit that a report knew: as the paper that was issued of it says, else
    when it was said to be issued; of a draft when it was written at last.
    """
    uid = row["uid"]
    papers = [
        one
        for one in records.find(connection, Kind.ISSUED)
        if one["cancelled_on"] is None and str(uid) in one["asked"]
    ]
    if papers and audit.hash_of(connection, papers[-1]["data_seq"]) == papers[-1]["data_hash"]:
        return int(papers[-1]["data_seq"])  # else it was signed by the audit of another copy
    if row["issued_on"] is not None:
        return audit.last_set(connection, uid, "issued_on")
    sections = records.find(connection, Kind.DOCUMENT_SECTION, document=uid)
    return typed_after.last_typed(connection, [uid, *(one["uid"] for one in sections)])


def _order(one: Happened) -> tuple[object, ...]:
    return (list(What).index(one.what), one.day or date.max, one.name, one.records, one.households)


def _targets(
    database: Database, definitions: Definitions, unit: UUID, year: int, after: date, until: date
) -> tuple[Moved, ...]:
    """Those that moved between both days; none of before the year."""
    if after.year != year:
        return ()
    before, now = (track(database, definitions, unit, year, day) for day in (after, until))
    return tuple(
        Moved(target=new.target, before=old.value, after=new.value, state=new.state)
        for old, new in zip(before.lines, now.lines, strict=True)
        if (old.state != new.state if new.target.is_qualitative else old.value != new.value)
    )


class _Reader:
    """What happened after one day, up to and on another."""

    def __init__(
        self,
        connection: Connection,
        definitions: Definitions,
        unit: UUID,
        year: int,
        after: date,
        until: date,
    ) -> None:
        self.connection, self.definitions = connection, definitions
        self.unit, self.year = unit, year
        self.first, self.until = after + timedelta(days=1), until
        poverty = Poverty(connection, definitions, unit, year, until)
        # At the end of a year that is open who waits for a result is on no table, but on the list.
        self.now: Scope = poverty.scope if poverty.frozen else replace(poverty.scope, as_of=until)
        self.then = replace(self.now, as_of=after)
        if after.year < year:
            self.then = replace(self.now, year=year - 1, as_of=None)
        self.belongs = within(connection, unit, date(year, 12, 31))

    def happened(self) -> Iterator[Happened]:
        yield from self._list()
        yield from self._supports()
        yield from self._activities()
        yield from self._money()

    def _holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.until

    def _list(self) -> Iterator[Happened]:
        """Whose class is of another list than on the day before, as tables of both days count."""
        then, now = self._classes(self.then), self._classes(self.now)
        moved = [
            uid for uid in {**then, **now} if self._list_of(then, uid) != self._list_of(now, uid)
        ]
        days = self._days(moved)
        for uid in moved:
            was, is_now = self._list_of(then, uid), self._list_of(now, uid)
            what = What.CHANGED if was and is_now else What.ENTERED if is_now else What.LEFT
            place = (now if is_now else then)[uid][0]
            yield Happened(
                what=what,
                day=days.get(uid),
                households=(uid,),
                village=place if isinstance(place, UUID) else None,
                was=was,
                now=is_now,
            )

    @staticmethod
    def _list_of(found: Mapping[UUID, tuple[Place, Stood]], uid: UUID) -> str:
        known = found.get(uid)
        return known[1].household_class if known and known[1].household_class in _LISTED else ""

    def _classes(self, scope: Scope) -> dict[UUID, tuple[Place, Stood]]:
        """By household of the unit, on its villages of the later day."""
        placing = Placing(self.connection, scope.day, self.now.day)
        tree = areas.tree_on(self.connection, self.now.day)
        villages = frozenset(area.uid for area in tree.villages(self.unit))
        rows = placing.placed(review_rows.classed(self.connection, scope))
        return {row.household: (place, row) for place, row in rows if inside(place, villages)}

    def _days(self, homes: Sequence[UUID]) -> dict[UUID, date]:
        """Since when the class of each is what it is; when it came or left."""
        found: dict[UUID, date] = {}
        for row in records.find_below(self.connection, Kind.CLASS_RECORD, "household", homes):
            if row["source"] != _COMPUTED and self._holds(row["valid_from"]):
                found[row["household"]] = row["valid_from"]
        came = pasts.arrived_listed(self.connection, self.now, self.first, self.until)
        gone = pasts.left(self.connection, self.first, self.until)
        return {**{uid: day for uid, (day, _) in gone.items()}, **came, **found}

    def _supports(self) -> Iterator[Happened]:
        asked = supports.within(since=self.first, until=self.until)
        found: dict[tuple[date, str, str], list[supports.Support]] = {}
        for row in supports.find(self.connection, *asked):
            if self.belongs(None, row.near):
                name = row.content or row.item or row.event_name or ""
                found.setdefault((row.supported_on, row.policy, name), []).append(row)
        for (day, policy, name), rows in found.items():
            amounts = [row.amount for row in rows if row.amount is not None]
            yield Happened(
                what=What.SUPPORT,
                day=day,
                records=tuple(row.uid for row in rows),
                households=tuple(dict.fromkeys(row.household for row in rows)),
                name=name,
                code=policy,
                amount=sum(amounts) if amounts else None,
            )

    def _activities(self) -> Iterator[Happened]:
        tree = components(self.connection, self.definitions, self.unit, self.year)
        asked = (self.connection, self.definitions, self.unit, self.year, tree)
        for one in activities(*asked):
            if one.values["state"] in (PLANNED, DROPPED):
                continue
            goes_on = one.values["state"] == RUNNING
            days = [(What.BEGUN, one.first), *([] if goes_on else [(What.ENDED, one.last)])]
            if one.first == one.last and not goes_on:
                days = [(What.HELD, one.first)]
            for what, day in days:
                if self._holds(day):
                    yield self._activity(what, one, day)

    def _activity(self, what: What, one: Recorded, day: date | None) -> Happened:
        return Happened(
            what=what,
            day=day,
            records=(one.uid,),
            village=one.values["village"],
            name=one.values["name"],
            code=one.values["kind"],
        )

    def _money(self) -> Iterator[Happened]:
        for row in budgets.lines(self.connection, self.year):
            paid = row["stage"] == Stage.DISBURSED and self._holds(row["booked_on"])
            if paid and self.belongs(row["area"], row["village"]):
                yield Happened(
                    what=What.DISBURSED,
                    day=row["booked_on"],
                    records=(row["uid"],),
                    village=row["village"],
                    name=row["document"] or "",
                    code=row["source"],
                    amount=row["amount"],
                )
