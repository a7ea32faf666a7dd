"""What was entered of a form in this review, and what the register held before it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from giamngheo_desktop.domain.answers import Key
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.storage import audit, cases
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.households import HOUSEHOLD_FIELDS, PERSON_FIELDS

Row = Mapping[str, Any]
Texts = Mapping[str, str | None]
Item = Household | Member

_COLUMNS = {Kind.HOUSEHOLD: HOUSEHOLD_FIELDS, Kind.PERSON: PERSON_FIELDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """The confirmed answers of a case; `ticks` are those to indicators, True: deprived.

    `past` are the household and members as the register held them before their answers were
    entered, None for one that it did not hold; of whom nothing was entered it names nothing.
    """

    confirmed: frozenset[Key] = frozenset()
    ticks: Mapping[Key, bool] = field(default_factory=dict)
    past: Mapping[UUID, Item | None] = field(default_factory=dict)

    def has(self, key: Key) -> bool:
        return key in self.confirmed

    def tick(self, key: Key) -> bool | None:
        return self.ticks.get(key) if self.has(key) else None

    def before(self, item: Item, code: str) -> object:
        """Last year's answer; None where there is none."""
        return getattr(self.past.get(item.uid, item), code, None)


def confirmed_keys(marks: Iterable[Row]) -> frozenset[Key]:
    """The answers that records of `case_answers` call confirmed."""
    return frozenset((row["record"], code) for row in marks for code in row["confirmed"] or ())


def past(connection: Connection, home: Household, case: UUID, day: date) -> dict[UUID, Item | None]:
    """`Entered.past` of a household read as of `day`."""
    return _before(connection, home, cases.first_marked(connection, case), day)


def as_closed(connection: Connection, home: Household, review: UUID, day: date) -> Household:
    """A household of a closed review as its register was then, with the members it is given."""
    closed = audit.last_set(connection, review, "closed_on")
    since = dict.fromkeys((home.uid, *(member.uid for member in home.members)), closed + 1)
    found = _before(connection, home, since, day)
    members = tuple(cast("Member", found[one.uid] or one) for one in home.members)
    return replace(cast("Household", found[home.uid] or home), members=members)


def _before(
    connection: Connection, home: Household, since: Mapping[UUID, int], day: date
) -> dict[UUID, Item | None]:
    """Household and members as they were known before a group, each before its own."""
    items: list[tuple[Kind, Kind, Item]] = [(Kind.HOUSEHOLD, Kind.HOUSEHOLD_FACT, home)]
    items += [(Kind.PERSON, Kind.PERSON_FACT, member) for member in home.members]
    items = [entry for entry in items if entry[2].uid in since]
    owners = {fact.uid: item.uid for *_, item in items for fact in home.facts.get(item.uid, ())}
    records = {item.uid: since[item.uid] for *_, item in items}
    records |= {uid: since[owner] for uid, owner in owners.items()}
    old = audit.values_before(connection, records) if records else {}
    found: dict[UUID, Item | None] = {}
    for kind, facts, item in items:
        own = old.get(item.uid, {})
        if audit.CREATED in own:
            found[item.uid] = None
            continue
        values: dict[str, Any] = {
            name: audit.decode(kind, name, own[name]) for name in _COLUMNS[kind] if name in own
        }
        values |= dict.fromkeys(fact.code for fact in home.facts.get(item.uid, ()))
        for fact in home.facts.get(item.uid, ()):
            was = old.get(fact.uid, {})
            last = _then(facts, "valid_to", was, fact.valid_to)
            if audit.CREATED not in was and fact.valid_from <= day and (not last or last >= day):
                values[fact.code] = _then(facts, "value", was, fact.value)
        found[item.uid] = replace(item, **values)
    return found


def _then(kind: Kind, column: str, was: Texts, now: Any) -> Any:
    return audit.decode(kind, column, was[column]) if column in was else now
