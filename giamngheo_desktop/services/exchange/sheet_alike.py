"""New persons of a village's sheet who may be in the register already, living or gone, or in the
sheet itself: as of a list nobody of them is written before the officer says that it is somebody
else. That it is nobody else is remembered, until the sheet is taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.cell_reading import Read
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_partial_date
from giamngheo_desktop.domain.list_cells import ReadCell
from giamngheo_desktop.domain.list_reading import ReadHome, ReadPerson, each_number_once
from giamngheo_desktop.domain.merging import Edit, History
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.domain.village_sheet import HEAD, KEY
from giamngheo_desktop.services.exchange.differences import ALIKE, Difference, Side
from giamngheo_desktop.services.exchange.sheet_base import Base
from giamngheo_desktop.services.exchange.sheet_edits import SheetEdits, new_home
from giamngheo_desktop.services.importing.known import Known, KnownPerson, read_known
from giamngheo_desktop.services.importing.match import PersonMatch, fits, match_members
from giamngheo_desktop.services.importing.repeats import Repeats
from giamngheo_desktop.storage import audit, exchange, records
from giamngheo_desktop.storage.engine import Connection

_TELLING = ("full_name", "birth", "id_number")
_KNOWN = "not_new/"  # settings: new records that are somebody known, one setting for each


@dataclass(slots=True)
class _New:
    """Somebody new, what the sheet says of him, and who of the others it may be, in words."""

    uid: UUID
    home: UUID
    leads: bool  # a household that is new, too
    values: Mapping[str, Any]
    alike: list[str] = field(default_factory=list)

    @property
    def record(self) -> UUID:
        """That of which is asked: a new household comes with its head."""
        return self.home if self.leads else self.uid

    @property
    def name(self) -> str:
        return str(self.values["full_name"])

    def told(self, *more: str) -> str:
        return _told(self.name, self.values["birth"], *more)


def ask(
    connection: Connection,
    made: SheetEdits,
    base: Base,
    today: date,
    said: Mapping[UUID, Side],
) -> tuple[History, list[Difference], list[str]]:
    """What may be written; what waits or is known: a person, or the household whose head it is;
    and the codes of settings that remember who is said now to be known (`ours`).
    """
    history = _without(
        History(made.roots, made.edits), set(_lines_of_others(connection, made, base))
    )
    new = _new_persons(connection, history)
    if not new:
        return history, [], []
    known = read_known(connection, today, today, None)
    _find(new, base.name, known)
    names = exchange.values_said(connection, base.book, Kind.PERSON, "full_name")
    for one in new:
        if one.leads and (line := made.lines.get(one.home)):
            key = line.text(KEY).upper()
            homes = {new_home(base.book, key, name) for name in names} - {one.home}
            one.alike += _on_line(key, homes, known)
    remembered = _remembered(connection)
    asked = list[Difference]()
    answers = list[str]()
    for one in new:
        if not one.alike or said.get(one.record) == "theirs":
            continue
        is_known = one.record in remembered or said.get(one.record) == "ours"
        if is_known and one.record not in remembered:
            answers.append(f"{_KNOWN}{one.record.hex}")
        asked.append(_waiting(one, new, is_known=is_known))
    gone = {item.record for item in asked if item.state == "same"}
    belong = {one.uid for one in new if one.home in gone}  # with their household
    asked = [item for item in asked if item.record not in belong]
    return _without(history, {item.record for item in asked}), asked, answers


def _remembered(connection: Connection) -> set[UUID]:
    rows = records.find(connection, Kind.SETTING)
    codes = [row["code"] for row in rows if row["code"].startswith(_KNOWN)]
    return {UUID(hex=code.removeprefix(_KNOWN)) for code in codes}


def _waiting(one: _New, new: Collection[_New], *, is_known: bool) -> Difference:
    """With those who come with a household."""
    others = [each.name for each in new if one.leads and each.home == one.home and each is not one]
    more = [texts.ALIKE_MEMBERS.format(names=", ".join(others))] if others else []
    ours = "; ".join(dict.fromkeys(one.alike))
    return Difference(
        state="same" if is_known else "clash",
        kind=Kind.HOUSEHOLD if one.leads else Kind.PERSON,
        record=one.record,
        field=ALIKE,
        about=one.name,
        ours=ours,
        theirs=one.told(*more),
        stands=ours,
    )


def _lines_of_others(connection: Connection, made: SheetEdits, base: Base) -> Iterator[UUID]:
    """New households whose head is, by birth and number, not who has the name on this line by
    another copy: they would become one.
    """
    stays = [root.values for root in made.roots.values() if root.kind is Kind.MEMBERSHIP]
    homes = {UUID(hex=str(stay["person"])): UUID(hex=str(stay["household"])) for stay in stays}
    said = _said_by_record(made.edits.values())
    before = exchange.values_said(connection, base.book, Kind.PERSON, "id_number")
    here = records.get_many(connection, Kind.PERSON, list(homes))
    for uid, row in here.items():
        birth, number = (said.get(uid, {}).get(name) for name in ("birth", "id_number"))
        line = made.lines.get(homes[uid])
        if line is None or row["removed"] or not birth or not number or number in before:
            continue
        is_head = search_key(row["full_name"]) == search_key(line.text(HEAD))
        is_born = fits(row["birth"], audit.decode(Kind.PERSON, "birth", birth))
        if is_head and not is_born and len(row["id_number"] or "") == len(number):
            made.refuse_line(homes[uid], _told(row["full_name"], row["birth"]))
            yield homes[uid]


def _said_by_record(edits: Iterable[Edit]) -> dict[UUID, dict[str, str | None]]:
    said: dict[UUID, dict[str, str | None]] = {}
    for edit in edits:
        said.setdefault(edit.record, {})[edit.field] = edit.value
    return said


def _new_persons(connection: Connection, history: History) -> list[_New]:
    """Who is not in the register yet, each with what the sheet says of the person and the stay."""
    said = _said_by_record(history.edits.values())
    found: dict[UUID, _New] = {}
    for uid, root in history.roots.items():
        if root.kind is Kind.MEMBERSHIP:
            person, home = (UUID(hex=str(root.values[name])) for name in ("person", "household"))
            values = {
                name: audit.decode(Kind.PERSON, name, said[person].get(name)) for name in _TELLING
            }
            leads = said[uid].get("is_head") == "1" and home in history.roots
            found[person] = _New(person, home, leads, values)
    here = records.get_many(connection, Kind.PERSON, list(found))
    return [one for uid, one in found.items() if uid not in here or here[uid]["removed"]]


def _find(new: list[_New], village: str, known: Known) -> None:
    """Who of the register they may be, or of those above them in the sheet; heads come first."""
    new.sort(key=lambda one: not one.leads)
    by_home: dict[UUID, list[int]] = {}
    for row, one in enumerate(new):
        by_home.setdefault(one.home, []).append(row)
    heads = {one.home: one.name for one in new if one.leads}
    repeats = Repeats()
    homes = (_read_home(rows, new, village) for rows in by_home.values())
    for home in each_number_once(homes):
        matches = match_members(home, None, known, {})
        for person in home.members:
            one = new[person.row]
            one.alike += [_said(each, known) for each in _may_be(matches[person.row])]
            above = repeats.above(("", person.row), person, None)
            if above is not None:
                twin = new[above[1]]
                head = heads.get(twin.home, "")
                one.alike.append(twin.told(texts.ALIKE_IN_SHEET.format(head=head)))


def _read_home(rows: Collection[int], new: list[_New], village: str) -> ReadHome:
    """As if a list said it."""
    members = tuple(
        ReadPerson(
            row,
            {
                name: ReadCell(row, "", str(value), Read(value))
                for name, value in new[row].values.items()
                if value is not None
            },
        )
        for row in rows
    )
    return ReadHome(
        sheet="", row=members[0].row, number="", village=village, facts={}, members=members
    )


def _may_be(found: PersonMatch) -> list[KnownPerson]:
    may_be = [*filter(None, [found.elsewhere]), *found.candidates]
    return [] if found.sure else list({one.uid: one for one in may_be}.values())


def _on_line(key: str, homes: Collection[UUID], known: Known) -> Iterator[str]:
    """What another copy of the workbook wrote on that line."""
    for uid in sorted(homes):
        there = known.homes.get(uid)
        if there is not None and there.head is not None:
            yield _said(there.head, known, texts.ALIKE_BY_KEY.format(key=key))


def _said(person: KnownPerson, known: Known, *more: str) -> str:
    if (left := person.values.get("left_on")) is not None:
        return _told(person.name, person.birth, texts.IMPORT_GONE.format(day=left), *more)
    home = known.homes.get(person.household)
    village = known.villages.name(home.village) if home else ""
    return _told(person.name, person.birth, village, *more)


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
