"""What stays outside of an issued version: dropped, or taken into the next one.

Which it is holds for every copy, as what settles a clash does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.merging import CREATED, REMOVED, YES, Merged
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.exchange.differences import Difference, Side, is_draft_gone
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import audit, plans, records
from giamngheo_desktop.storage.engine import Database

Row = dict[str, Any]

# By what a record of a version is known in the next one: of sections the first that tells one.
_KNOWN_BY: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.TARGET: (("key",),),
    Kind.REPORT_SCHEDULE: (("key",),),
    Kind.VILLAGE_TARGET: (("area",),),
    Kind.DOCUMENT_SECTION: (
        ("position", "code", "title", "text", "content", "plan_component", "body"),
        ("code", "title"),
        ("code",),
        ("title",),
    ),
}


def decide(
    database: Database, context: Context, choices: Mapping[tuple[UUID, str], Side]
) -> Done[list[UUID]]:
    """`ours`: what was issued stands, and nothing is open any more; `theirs`: what was said goes
    into the draft of the plan, which is begun where none waits. The drafts that took something.

    Raises RefusedErrors `clash_gone` for what nobody left open, `outside_stays` where it can go
    into no other version.
    """
    with write_unit(database, context, Op.DECIDE_OUTSIDE) as work:
        merged, undecided = merging.undecided(work.connection)
        found = {(one.record, one.field): one for one in undecided if one.state == "outside"}
        if choices.keys() - found.keys():
            raise RefusedError("clash_gone")
        taken = [found[place] for place, side in choices.items() if side == "theirs"]
        if not all(item.may_take for item in taken):
            raise RefusedError("outside_stays")
        drafts = [_take(work, issued, taken) for issued in _documents(taken)]
        chosen = [found[place] for place in choices]
        gone = {(item.document, item.theirs_by) for item in chosen if is_draft_gone(item)}
        chosen += [
            item
            for place, item in found.items()
            if place not in choices and (item.document, item.theirs_by) in gone
        ]
        for item in chosen:
            _put_aside(work, merged[item.record], item)
        rows = records.get_many(work.connection, Kind.DOCUMENT, _documents(chosen))
        work.subject = ", ".join(texts.document_subject(row) for row in rows.values())
    return Done(drafts, work.changes)


def count(database: Database, document: UUID) -> int:
    """How much stays outside of a document."""
    found = merging.open_clashes(database)
    return sum(item.state == "outside" and item.document == document for item in found)


def _documents(found: Iterable[Difference]) -> list[UUID]:
    return sorted({item.document for item in found if item.document})


def _put_aside(work: WriteUnit, record: Merged, item: Difference) -> None:
    """An edit of our own that says what stands replaces what was said of it."""
    name = REMOVED if item.field == CREATED else item.field
    held = record.fields[name]
    said = [head for head in held.others if head.value == held.others[0].value]
    heads = tuple(head.uid for head in (*held.agreed, *said))
    work.note(record.kind, record.uid, name, held.value, held.value, heads[0], also_replaces=heads)


def _take(work: WriteUnit, issued: UUID, taken: Iterable[Difference]) -> UUID:
    """What was said of an issued version into the draft of its plan."""
    row = work.living(Kind.DOCUMENT, issued)
    newest = plans.in_hand(work.connection, row["year"], row["area"]) or row
    if newest["issued_on"] is None:
        draft = newest["uid"]
    else:
        draft = versions.next_in(work, newest["uid"], versions.Change.ADJUSTS)
    _Draft(work, draft, [item for item in taken if item.document == issued]).write()
    return UUID(str(draft))


class _Draft:
    """The version that takes things in; a section goes there behind the one it stands in."""

    def __init__(self, work: WriteUnit, uid: UUID, taken: Iterable[Difference]) -> None:
        self._work, self._uid = work, uid
        self._taken = list(taken)
        self._new = {item.record: item for item in self._taken if item.field == CREATED}
        self._there: dict[UUID, UUID | None] = {}  # what each record is here, by its uid there

    def write(self) -> None:
        for item in self._taken:
            if item.field == CREATED:
                self._add(item)
        for item in self._taken:
            if item.field != CREATED:
                self._change(item)

    def _add(self, item: Difference) -> UUID | None:
        """A new record, or what it says in one that the draft has by now."""
        if item.record not in self._there:
            self._there[item.record] = None  # while sections of two copies stand in each other
            values = {
                name: audit.decode(item.kind, name, text) for name, text in item.values.items()
            }
            self._there[item.record] = self._put(item.kind, values)
        return self._there[item.record]

    def _change(self, item: Difference) -> None:
        value = audit.decode(item.kind, item.field, item.theirs)
        if item.kind is Kind.DOCUMENT:
            self._work.update(Kind.DOCUMENT, self._uid, **{item.field: value})
            return
        if item.field == "parent":
            value = self._section(value)
        there = self._known(item.kind, item.record)
        if there is not None:
            self._work.update(item.kind, there, **{item.field: value})
        elif (item.field, item.theirs) != (REMOVED, YES):
            issued = records.get(self._work.connection, item.kind, item.record) or {}
            there = self._put(item.kind, {**issued, item.field: value})
            self._there[item.record] = there

    def _put(self, kind: Kind, values: Row) -> UUID:
        values = {name: values[name] for name in records.columns(kind)}
        values |= {"document": self._uid, REMOVED: False}
        if values.get("parent"):
            values["parent"] = self._section(values["parent"])
        there = self._like(kind, values) if kind is not Kind.DOCUMENT_SECTION else None
        if there is None:
            return self._work.insert(kind, **values)
        self._work.update(kind, there, **values)
        return there

    def _section(self, uid: UUID | None) -> UUID | None:
        if uid is None:
            return None
        if uid in self._new:
            return self._add(self._new[uid])
        return self._known(Kind.DOCUMENT_SECTION, uid)

    def _known(self, kind: Kind, uid: UUID) -> UUID | None:
        """What an issued record is in the draft."""
        if uid not in self._there:
            row = records.get(self._work.connection, kind, uid)
            self._there[uid] = self._like(kind, row) if row else None
        return self._there[uid]

    def _like(self, kind: Kind, row: Mapping[str, Any]) -> UUID | None:
        """The record of the draft that is known by the same; None for none, or several."""
        here = records.find(self._work.connection, kind, document=self._uid)
        for names in _KNOWN_BY[kind]:
            key = [row[name] for name in names]
            found = [one for one in here if [one[name] for name in names] == key]
            if any(key) and len(found) == 1:
                return UUID(str(found[0]["uid"]))
        return None
