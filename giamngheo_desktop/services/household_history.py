"""The history of one household: every recorded change of it and its members, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.storage import areas, audit, exchange, record_names, trail
from giamngheo_desktop.storage.engine import Connection, Database

_FACTS = (Kind.HOUSEHOLD_FACT, Kind.PERSON_FACT)
# Answers by code: the column that names the question, and that of the answer.
_CODED = {
    Kind.HOUSEHOLD_FACT: ("code", "value"),
    Kind.PERSON_FACT: ("code", "value"),
    Kind.INDICATOR_ANSWER: ("indicator", "deprived"),
    Kind.SUPPORT_VALUE: ("code", "value"),
}
# What a line of a new record says besides that it is new.
_TOLD = {
    Kind.PLACE: ("village",),
    Kind.INDICATOR_ANSWER: ("deprived", "reason"),
    Kind.MEMBERSHIP: ("relation",),
    Kind.ISSUED: ("title", "number", "issued_on"),
    Kind.NEED: ("code", "person"),
    Kind.SUPPORT: ("policy", "supported_on", "person", "item"),
    Kind.SUPPORT_SHARE: ("source", "amount"),
    Kind.ASSIGNMENT: ("officer", "body", "role"),
    Kind.VISIT: ("visited_on", "officer", "situation"),
    Kind.HOUSEHOLD_PLAN: ("year", "measures", "registered"),
    Kind.INCIDENT: ("happened_on", "kind"),
    Kind.PARTICIPANT: ("activity", "joined_on"),
}


class Act(StrEnum):
    """What happened to a record or one of its fields."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One change. `who` names the member it concerns; values are as the record holds them.

    A dated fact has its code as `field` and its first day as `since`; a class record names its
    `standard`, `year` and first day, an answer its `standard`, and its indicator as `field`; an
    answer of a support its code, and its text as value. Whom a record refers to is told by
    name. A NEW record without field has no values to tell.
    """

    kind: Kind
    act: Act
    who: str = ""
    field: str = ""
    old: Any = None
    new: Any = None
    since: date | None = None
    standard: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One action of a user with everything it changed about this household."""

    group: UUID
    at: datetime
    actor: str
    op: Op
    subject: str
    reason: str | None
    lines: tuple[Line, ...]


def of_household(database: Database, household: UUID) -> list[Event]:
    """All actions that touched the household, its stays, members, classes, ticks and papers."""
    with database.reader() as connection:
        rows = trail.of_household(connection, household)
        found: dict[UUID, list[audit.Change]] = {}
        heads: dict[UUID, audit.Group] = {}
        for head, change in audit.history(connection, rows):
            heads[head.uid] = head
            found.setdefault(head.uid, []).append(change)
        first = _first_values(found.values())
        names = {
            uid: str(row["full_name"]) for uid, (kind, row) in rows.items() if kind is Kind.PERSON
        }
        called = record_names.names_of(connection, _named(rows, found.values()))
        called |= _village_names(connection, rows)
    reader = _Reader(rows, first, names, called)
    events = []
    for uid, changes in found.items():
        head = heads[uid]
        events.append(
            Event(
                group=uid,
                at=head.at,
                actor=head.actor,
                op=head.op,
                subject=head.subject,
                reason=head.reason,
                lines=tuple(line for change in changes for line in reader.lines(change)),
            )
        )
    return [event for event in events if event.lines]


def _first_values(
    groups: Iterable[list[audit.Change]],
) -> dict[tuple[UUID, str], str | None]:
    """What each field was before its first recorded change: the value it was made with."""
    first: dict[tuple[UUID, str], str | None] = {}
    for changes in groups:  # newest first, so that the oldest is set last
        for change in reversed(changes):
            if change.field != audit.CREATED:
                first[change.record, change.field] = change.old
    return first


def _named(rows: trail.Rows, groups: Iterable[list[audit.Change]]) -> set[UUID]:
    """Whom these records refer to, or did."""
    found = {
        value
        for kind, row in rows.values()
        for name, value in row.items()
        if isinstance(value, UUID) and name != "uid"
    }
    for change in (change for changes in groups for change in changes):
        if change.field and change.field in exchange.REFERENCES[change.kind]:
            found |= {UUID(hex=text) for text in (change.old, change.new) if text}
    return found


def _village_names(connection: Connection, rows: trail.Rows) -> dict[UUID, str]:
    """The villages of all stays, as named on the first day of each."""
    found: dict[UUID, str] = {}
    for kind, row in rows.values():
        if kind is Kind.PLACE:
            area = areas.tree_on(connection, row["valid_from"]).get(row["village"])
            found[row["village"]] = area.name if area else ""
    return found


class _Reader:
    def __init__(
        self,
        rows: trail.Rows,
        first: Mapping[tuple[UUID, str], str | None],
        names: Mapping[UUID, str],
        called: Mapping[UUID, str],
    ) -> None:
        self._rows = rows
        self._first = first
        self._names = names
        self._called = called

    def lines(self, change: audit.Change) -> list[Line]:
        kind, row = self._rows[change.record]
        who = self._names.get(row.get("person") or change.record, "")
        standard = row.get("standard") or ""
        base: dict[str, Any] = {"kind": kind, "who": who, "standard": standard}
        if kind is Kind.CLASS_RECORD:
            base["year"] = row["review_year"]
        if change.field == audit.CREATED:
            return self._created(change.record, base)
        if change.field == "removed":
            act = Act.REMOVED if change.new == "1" else Act.RESTORED
            field = row[_CODED[kind][0]] if kind in _CODED else ""
            return [Line(act=act, field=field, **base)]
        old, new = (self._value(kind, change.field, text) for text in (change.old, change.new))
        if kind in _FACTS:
            return self._fact(change, row, base, old, new)
        if kind in _CODED:  # else it is told with the answer
            told = change.field == _CODED[kind][1]
            line = Line(act=Act.CHANGED, field=row[_CODED[kind][0]], old=old, new=new, **base)
            return [line] if told else []
        return [Line(act=Act.CHANGED, field=change.field, old=old, new=new, **base)]

    def _created(self, record: UUID, base: dict[str, Any]) -> list[Line]:
        kind, row = self._rows[record]
        if kind in _FACTS:
            value = self._at_first(kind, record, "value", row)
            since = self._at_first(kind, record, "valid_from", row)
            return [Line(act=Act.NEW, field=row["code"], new=value, since=since, **base)]
        if kind in _CODED:
            named, answer = _CODED[kind]
            given = self._at_first(kind, record, answer, row)
            return [Line(act=Act.NEW, field=row[named], new=given, **base)]
        if kind is Kind.CLASS_RECORD:
            return self._class(record, row, base)
        if kind is Kind.PERSON:
            return []  # told with the stay in the household
        told = [
            Line(act=Act.NEW, field=field, new=value, **base)
            for field in _TOLD.get(kind, ())
            if (value := self._at_first(kind, record, field, row)) is not None
        ]
        return told or [Line(act=Act.NEW, **base)]

    def _class(self, record: UUID, row: Mapping[str, Any], base: dict[str, Any]) -> list[Line]:
        """A new class in one line, and a second one for mức sống trung bình."""
        kind = Kind.CLASS_RECORD
        since = self._at_first(kind, record, "valid_from", row)
        told = [
            (field, value)
            for field in ("household_class", "possible", "average_living")
            if (value := self._at_first(kind, record, field, row))
        ]
        return [Line(act=Act.NEW, field=f, new=v, since=since, **base) for f, v in told]

    def _fact(
        self, change: audit.Change, row: Mapping[str, Any], base: dict[str, Any], old: Any, new: Any
    ) -> list[Line]:
        if change.field == "value":
            return [Line(act=Act.CHANGED, field=row["code"], old=old, new=new, **base)]
        if change.field == "valid_to" and new is not None:
            value = row["value"]
            return [Line(act=Act.REMOVED, field=row["code"], old=value, since=new, **base)]
        return []

    def _at_first(self, kind: Kind, record: UUID, field: str, row: Mapping[str, Any]) -> Any:
        if (record, field) in self._first:
            return self._value(kind, field, self._first[record, field])
        return self._shown(row[field])

    def _value(self, kind: Kind, field: str, text: str | None) -> Any:
        return self._shown(audit.decode(kind, field, text))

    def _shown(self, value: Any) -> Any:
        return self._called.get(value, "") if isinstance(value, UUID) else value
