"""New persons of a village's sheet who may be in the register already, living or gone: as of a
list nobody of them is written before the officer says that it is somebody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.cell_reading import Read
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_partial_date
from giamngheo_desktop.domain.list_cells import ReadCell
from giamngheo_desktop.domain.list_reading import ReadHome, ReadPerson
from giamngheo_desktop.domain.merging import History
from giamngheo_desktop.services.exchange.differences import ALIKE, Difference
from giamngheo_desktop.services.importing.known import Known, KnownPerson, read_known
from giamngheo_desktop.services.importing.match import match_members
from giamngheo_desktop.storage import audit, records
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.texts import IMPORT_GONE

_ROW = 1
_TELLING = ("full_name", "birth", "id_number")


def ask(
    connection: Connection, history: History, village: str, today: date, said_new: Collection[UUID]
) -> tuple[History, list[Difference]]:
    """What may be written, and what waits: a person, or the household whose head it is.

    `said_new` are those of whom the officer said that they are new.
    """
    new = _new_persons(connection, history)
    if not new:
        return history, []
    known = read_known(connection, today, today, None)
    asked: list[Difference] = []
    for person, stay in new.items():
        values = {name: audit.decode(Kind.PERSON, name, stay[name]) for name in _TELLING}
        home = UUID(hex=stay["household"])
        is_home = stay["is_head"] == "1" and home in history.roots
        record = home if is_home else person
        alike = [] if record in said_new else _alike(values, village, known)
        if alike:
            kind = Kind.HOUSEHOLD if is_home else Kind.PERSON
            ours = "; ".join(_said(one, known) for one in alike)
            asked.append(_waiting(kind, record, values, ours))
    waits = {item.record for item in asked}
    return _without(history, waits), asked


def _waiting(kind: Kind, record: UUID, values: Mapping[str, Any], ours: str) -> Difference:
    return Difference(
        state="clash",
        kind=kind,
        record=record,
        field=ALIKE,
        about=values["full_name"],
        ours=ours,
        theirs=_told(values["full_name"], values["birth"]),
        stands=ours,
    )


def _new_persons(connection: Connection, history: History) -> dict[UUID, dict[str, Any]]:
    """Who is not in the register yet, each with what the sheet says of the person and the stay."""
    said: dict[UUID, dict[str, Any]] = {}
    for edit in history.edits.values():
        said.setdefault(edit.record, {})[edit.field] = edit.value
    found: dict[UUID, dict[str, Any]] = {}
    for uid, root in history.roots.items():
        if root.kind is Kind.MEMBERSHIP:
            person = UUID(hex=str(root.values["person"]))
            blank = dict.fromkeys(_TELLING)
            found[person] = {**blank, **root.values, **said[uid], **said[person]}
    here = records.get_many(connection, Kind.PERSON, list(found))
    return {uid: one for uid, one in found.items() if uid not in here or here[uid]["removed"]}


def _alike(values: Mapping[str, Any], village: str, known: Known) -> list[KnownPerson]:
    cells = {
        name: ReadCell(_ROW, "", str(value), Read(value))
        for name, value in values.items()
        if value is not None
    }
    home = ReadHome(
        sheet="", row=_ROW, number="", village=village, facts={}, members=(ReadPerson(_ROW, cells),)
    )
    found = match_members(home, None, known, {})[_ROW]
    may_be = [*filter(None, [found.elsewhere]), *found.candidates]
    return [] if found.sure else list({one.uid: one for one in may_be}.values())


def _said(person: KnownPerson, known: Known) -> str:
    if (left := person.values.get("left_on")) is not None:
        return _told(person.name, person.birth, IMPORT_GONE.format(day=left))
    home = known.homes.get(person.household)
    return _told(person.name, person.birth, known.villages.name(home.village) if home else "")


def _told(name: str, birth: Any, *more: str) -> str:
    parts = (name, format_partial_date(birth) if birth else "", *more)
    return " · ".join(filter(None, parts))


def _without(history: History, waits: Collection[UUID]) -> History:
    """Neither those who wait, nor what belongs to them."""
    gone = set(waits)
    for _ in range(2):  # the persons of a household are found by their stays
        gone |= set(_belonging(history, gone))
    roots = {uid: root for uid, root in history.roots.items() if uid not in gone}
    edits = {uid: edit for uid, edit in history.edits.items() if edit.record not in gone}
    return History(roots, edits)


def _belonging(history: History, gone: Collection[UUID]) -> Iterator[UUID]:
    for uid, root in history.roots.items():
        if root.kind not in (Kind.MEMBERSHIP, Kind.PLACE):
            continue
        person = root.values.get("person")
        home = UUID(hex=str(root.values["household"]))
        if home in gone or (person and UUID(hex=person) in gone):
            yield uid
            if person and home in gone:
                yield UUID(hex=person)
