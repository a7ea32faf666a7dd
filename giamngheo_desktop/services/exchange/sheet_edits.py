"""The edits of a village's workbook: each cell that differs from its base, each new row.

Their ids, and those of new records, follow from the workbook and what was written, so that the same
file read again, here or on another copy, gives the same edits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answer_text import allowed, read_answer
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.code_words import read_identity
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldDef, FieldKind, Value
from giamngheo_desktop.domain.identity_numbers import fold_identity
from giamngheo_desktop.domain.merging import CREATED, Edit, Root
from giamngheo_desktop.domain.names import split_name
from giamngheo_desktop.domain.package import DataTable, Manifest
from giamngheo_desktop.domain.sheet_return import Headings, SaidCell, SaidRow, text_of
from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.domain.village_sheet import (
    HEAD,
    HOUSEHOLD,
    KEY,
    MEMBER,
    OF_HOUSEHOLD,
    derived_uid,
    is_new_key,
)
from giamngheo_desktop.services.exchange.village_sheets import (
    CELLS,
    FIXED,
    ROWS,
    headings_of,
    shown,
)
from giamngheo_desktop.storage import audit, exchange, records
from giamngheo_desktop.storage.engine import Connection

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WHOLE = re.compile(r"(-?[0-9]+)[.,]00?")
_NUMBER, _MENDED = "id_number", "id_zero_lost"
_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)
_DATES = (FieldKind.DATE, FieldKind.PARTIAL_DATE)
NOTHING = "–"
_KINDS = {HOUSEHOLD: Kind.HOUSEHOLD, MEMBER: Kind.PERSON}


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """A cell or row not taken, or not as it stands; `code` is one of `texts.SHEET_PROBLEMS`."""

    code: str
    sheet: str
    row: int
    letter: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_taken(self) -> bool:
        return self.code == _MENDED


@dataclass(frozen=True, slots=True)
class Base:
    """What the workbook knows of the register as it was on `day`: ids of rows by key, values and
    edits of cells; and what its columns were called."""

    book: UUID
    village: UUID
    name: str  # of the village
    day: date
    made_at: datetime
    rows: Mapping[tuple[str, str], tuple[UUID, UUID]]  # (form, key) → record, household
    values: Mapping[tuple[UUID, str], str | None]
    heads: Mapping[tuple[UUID, str], tuple[UUID, ...]]
    headings: Headings


def base_of(manifest: Manifest, tables: Sequence[DataTable]) -> Base:
    """Raises AppError `package_damaged`."""
    rows: dict[tuple[str, str], tuple[UUID, UUID]] = {}
    values: dict[tuple[UUID, str], str | None] = {}
    heads: dict[tuple[UUID, str], tuple[UUID, ...]] = {}
    try:
        for table in tables:
            for row in table.rows:
                if table.name == ROWS:
                    key, form, record, household = row
                    found = UUID(hex=record), UUID(hex=household)
                    rows[_form(form), str(key).upper()] = found
                elif table.name == CELLS:
                    record, name, value, known = row
                    place = UUID(hex=record), str(name)
                    values[place] = value
                    heads[place] = tuple(UUID(hex=text) for text in (known or "").split())
        facts = manifest.facts
        return Base(
            UUID(hex=facts["book"]),
            UUID(hex=facts["village"]),
            facts["village_name"],
            date.fromisoformat(facts["day"]),
            datetime.fromisoformat(manifest.made_at),
            rows,
            values,
            heads,
            headings_of(tables),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise AppError("package_damaged", name=manifest.unit_name) from error


def _form(said: str | None) -> str:
    if said not in _KINDS:
        raise ValueError(said)
    return said


def new_home(book: UUID, label: str, name: str) -> UUID:
    """The id of a new household of a workbook: two copies may write two households on one line."""
    return derived_uid(book, HOUSEHOLD, label, search_key(name))


class SheetEdits:
    """Made row by row; afterwards `roots` are the new records, `keys` those of the new households
    on lines with one, `problems` what was not taken.
    """

    def __init__(self, definitions: Definitions, base: Base) -> None:
        self.roots: dict[UUID, Root] = {}
        self.edits: dict[UUID, Edit] = {}
        self.keys: dict[UUID, str] = {}
        self.problems: list[SheetProblem] = []
        self._fields = {form: definitions.fields(form) for form in _KINDS}
        self._base = base
        # What this workbook brought before, as far as nobody replaced it.
        self._standing: dict[tuple[UUID, str], list[Edit]] = {}
        self._named: dict[str, UUID] = {}  # new households by their key or the name of the head
        self._heads: dict[UUID, tuple[str, SaidRow]] = {}  # of new households, still to be met
        self._counts: dict[tuple[object, ...], int] = {}

    def read(self, connection: Connection, rows: Iterable[SaidRow]) -> None:
        """Make the edits; what this workbook brought before is read first."""
        self._know(connection)
        twice: set[tuple[str, str]] = set()
        fresh: list[SaidRow] = []
        for row in rows:
            key = row.text(KEY).upper()
            if not key or is_new_key(key):
                fresh.append(row)
            elif (row.form, key) not in self._base.rows:
                self._refuse("key_unknown", row, row.cells[KEY], value=row.text(KEY))
            elif (row.form, key) in twice:
                self._refuse("key_twice", row, row.cells[KEY], value=row.text(KEY))
            else:
                twice.add((row.form, key))
                self._known_row(row, self._base.rows[row.form, key][0])
        for row in fresh:
            if row.form == HOUSEHOLD:
                self._new_household(row)
        for row in fresh:
            if row.form == MEMBER:
                self._new_member(row)
        for home, (name, row) in self._heads.items():
            self._add_person(home, name, row, is_head=True)

    def touched(self) -> set[UUID]:
        """The households that were in the register and get edits, or members."""
        known = dict(self._base.rows.values())
        found = {known[edit.record] for edit in self.edits.values() if edit.record in known}
        stays = [root for root in self.roots.values() if root.kind is Kind.MEMBERSHIP]
        joined = {UUID(hex=str(root.values["household"])) for root in stays}
        return found | (joined & set(known.values()))

    def _know(self, connection: Connection) -> None:
        wanted = {record: _KINDS[form] for (form, _), (record, _) in self._base.rows.items()}
        edits = exchange.read(connection, wanted).edits.values()
        replaced = {uid for edit in edits for uid in edit.replaces}
        for edit in sorted(edits, key=lambda edit: edit.age):
            if edit.action == self._base.book and edit.uid not in replaced:
                self._standing.setdefault((edit.record, edit.field), []).append(edit)

    def _refuse(self, code: str, row: SaidRow, cell: SaidCell | None = None, **params: str) -> None:
        letter = cell.letter if cell else ""
        self.problems.append(SheetProblem(code, row.sheet, row.number, letter, params))

    def _known_row(self, row: SaidRow, record: UUID) -> None:
        for name, cell in row.cells.items():
            stood = self._base.values.get((record, FIXED + name))
            asked = self._fields[row.form].get(name)
            if stood is not None:
                if clean(stood) != cell.text:
                    self._refuse("fixed", row, cell, value=cell.text, known=stood)
            elif asked is not None and (record, name) in self._base.values:
                self._known_cell(row, record, asked, cell)

    def _known_cell(self, row: SaidRow, record: UUID, asked: FieldDef, cell: SaidCell) -> None:
        place = record, asked.code
        before = value = self._base.values[place]
        if self._said(row, asked, before) != cell.text:
            ok, value = self._value(row, asked, cell)
            if not ok or (value is None and not cell.clears):
                return
        heads = self._base.heads[place]
        if value == before:
            # Thought better of, or the file as it left: nothing tells which but the word.
            said = [edit for edit in self._standing.get(place, ()) if edit.value != before]
            if said and not cell.clears:
                held = self._said(row, asked, said[-1].value)
                self._refuse("said_otherwise", row, cell, value=cell.text, known=held or NOTHING)
            if not said or not cell.clears:
                return
            heads = tuple(sorted(edit.uid for edit in said))
        made = self._edit(_KINDS[row.form], record, asked.code, value, heads)
        self._tell_mended(row, asked, cell, value)
        if asked.code == "full_name":
            self._given_name(record, str(before or ""), str(value), made)

    def _said(self, row: SaidRow, asked: FieldDef, value: str | None) -> str | None:
        """A value given as audit text, as it stands in a cell."""
        try:
            words = shown(asked, audit.decode(_KINDS[row.form], asked.code, value))
        except (KeyError, ValueError) as error:
            raise AppError("package_damaged", name=self._base.name) from error
        return None if words is None else text_of(words)

    def _given_name(self, record: UUID, before: str, name: str, of: UUID) -> None:
        """Guessed anew as the form does; a correction of the clerk stays where it still fits."""
        given = self._base.values.get((record, "given_name")) or ""
        guessed = split_name(name)[1]
        stays = given != split_name(before)[1] and f" {given} " in f" {name} "
        if not stays and given != guessed:
            heads = self._base.heads.get((record, "given_name"), ())
            self._edit(Kind.PERSON, record, "given_name", guessed, heads, _beside(of))

    def _value(self, row: SaidRow, asked: FieldDef, cell: SaidCell) -> tuple[bool, str | None]:
        """Whether the cell was understood, and its value as audit text."""
        if cell.clears:
            if asked.code == "full_name":
                self._refuse("name_kept", row, cell)
                return False, None
            return True, None
        try:
            value = allowed(asked, _read(asked, cell))
        except ValueError as error:
            self._refuse("value", row, cell, value=cell.text, reason=str(error.args[0]))
            return False, None
        return True, audit.encode(value)

    def _tell_mended(
        self, row: SaidRow, asked: FieldDef, cell: SaidCell, value: str | None
    ) -> None:
        if asked.code == _NUMBER and value and len(value) > len(fold_identity(cell.text)):
            self._refuse(_MENDED, row, cell, value=cell.text, known=value)

    def _edit(
        self, kind: Kind, record: UUID, name: str, value: str | None, heads: tuple[UUID, ...],
        uid: UUID | None = None,
    ) -> UUID:  # fmt: skip
        """One edit of what the sheet left with: two copies that say otherwise clash."""
        heads_in_uid = (uid.hex for uid in heads)
        uid = uid or derived_uid(self._base.book, record, name, repr(value), *heads_in_uid)
        self.edits[uid] = Edit(
            uid=uid, action=self._base.book, kind=kind, record=record, field=name, value=value,
            replaces=heads,
        )  # fmt: skip
        return uid

    # --- New households and persons ---

    def _new_household(self, row: SaidRow) -> None:
        name, key = row.text(HEAD), row.text(KEY).upper()
        if not name:
            self._refuse("new_without_head", row)
            return
        label = key or search_key(name)
        if label in self._named:
            self._refuse("key_twice", row, row.cells.get(KEY) or row.cells[HEAD], value=key or name)
            return
        home = new_home(self._base.book, label, name)
        place = derived_uid(home, "place")
        since = self._base.day.isoformat()
        self._create(Kind.HOUSEHOLD, home, {})
        self._create(
            Kind.PLACE, place, {"household": home.hex, "village": self._base.village.hex,
                                "reason": "opening", "valid_from": since},
        )  # fmt: skip
        if key:
            self.keys[home] = key
        self._named[label] = home
        self._named.setdefault(search_key(name), home)
        self._heads[home] = (name, row)
        self._new_cells(row, home, Kind.HOUSEHOLD)

    def _new_member(self, row: SaidRow) -> None:
        name, of = row.text("full_name"), row.text(OF_HOUSEHOLD)
        if not name:
            self._refuse("new_without_name", row)
            return
        known = self._base.rows.get((HOUSEHOLD, of.upper()))
        by_head = self._named.get(search_key(row.text(HEAD))) if not of else None
        home = known[0] if known else self._named.get(of.upper()) or by_head
        home = home or self._named.get(search_key(of))
        if home is None:
            cell = row.cells.get(OF_HOUSEHOLD)
            self._refuse("household_unknown", row, cell, value=of or row.text(HEAD), name=name)
            return
        if self._is_listed(home, name, row):
            self._refuse("already_member", row, row.cells["full_name"], name=name)
            return
        head = self._heads.get(home)
        is_head = head is not None and search_key(head[0]) == search_key(name)
        if is_head:
            del self._heads[home]
        self._add_person(home, name, row, is_head=is_head)

    def _is_listed(self, home: UUID, name: str, row: SaidRow) -> bool:
        """Whether the household has a person of that name who may be the same by the birth."""
        cell = row.cells.get("birth")
        birth = self._value(row, self._fields[MEMBER]["birth"], cell)[1] if cell else None
        for (form, _), (record, of) in self._base.rows.items():
            known = self._base.values.get((record, "full_name"))
            if form == MEMBER and of == home and known and search_key(known) == search_key(name):
                stood = self._base.values.get((record, "birth"))
                if birth is None or stood is None or birth == stood:
                    return True
        return False

    def _add_person(self, home: UUID, name: str, row: SaidRow, *, is_head: bool) -> None:
        twin = (home, search_key(name))
        count = self._counts[twin] = self._counts.get(twin, 0) + 1
        person = derived_uid(self._base.book, "person", *twin, count)
        stay = derived_uid(person, "stay")
        self._create(Kind.PERSON, person, {"full_name": "", "given_name": ""})
        self._create(
            Kind.MEMBERSHIP, stay, {"household": home.hex, "person": person.hex, "is_head": "0",
                                    "reason": "opening", "valid_from": self._base.day.isoformat()},
        )  # fmt: skip
        cleaned = clean(name)
        made = self._set_new(Kind.PERSON, person, "full_name", cleaned)
        given = split_name(cleaned)[1]
        self._set_new(Kind.PERSON, person, "given_name", given, _beside(made))
        if is_head:
            self._set_new(Kind.MEMBERSHIP, stay, "is_head", "1")
            self._set_new(Kind.MEMBERSHIP, stay, "relation", "head")
        if row.form == MEMBER:
            if not is_head and (cell := row.cells.get("relation")):
                ok, value = self._value(row, self._fields[MEMBER]["relation"], cell)
                if ok and value != "head":
                    self._set_new(Kind.MEMBERSHIP, stay, "relation", value)
                elif ok:
                    self._refuse("second_head", row, cell, name=name)
            self._new_cells(row, person, Kind.PERSON)

    def _new_cells(self, row: SaidRow, record: UUID, kind: Kind) -> None:
        for name, cell in row.cells.items():
            asked = self._fields[row.form].get(name)
            if asked is None or name in ("full_name", "relation"):
                continue
            ok, value = self._value(row, asked, cell)
            if ok and value is not None:
                self._set_new(kind, record, name, value)
                self._tell_mended(row, asked, cell, value)

    def _create(self, kind: Kind, uid: UUID, values: Mapping[str, str]) -> None:
        """As empty as it can be: what is filled in later, or otherwise, are edits."""
        content: dict[str, str | None] = dict.fromkeys(records.columns(kind))
        self.roots[uid] = Root(uid, kind, {**content, **values, "removed": "0"})
        made = derived_uid(uid, "created")
        self.edits[made] = Edit(
            uid=made, action=self._base.book, kind=kind, record=uid, field=CREATED, value=None
        )

    def _set_new(
        self, kind: Kind, record: UUID, name: str, value: str | None, uid: UUID | None = None
    ) -> UUID:
        return self._edit(kind, record, name, value, (derived_uid(record, "created"),), uid)


def _beside(name: UUID) -> UUID:
    """The edit of a given name is as old as that of its name: both stand, or neither."""
    return UUID(int=name.int ^ 1)


def _read(asked: FieldDef, cell: SaidCell) -> Value:
    """Raises ValueError(code of `texts.PARSE_ERRORS`, or of `IMPORT_FINDINGS` for a number)."""
    if asked.code != _NUMBER:
        return read_answer(asked, _raw(asked, cell))
    read = read_identity(cell.raw)
    if read.is_wrong:
        raise ValueError(read.finding)
    return read.value


def _raw(asked: FieldDef, cell: SaidCell) -> object:
    """A cell as `read_answer` takes it, whatever Excel made of what was typed."""
    raw = cell.raw
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float) and asked.kind in _NUMBERS:
        return Decimal(str(raw))
    if asked.kind in _NUMBERS and (whole := _WHOLE.fullmatch(cell.text)):
        return whole[1]
    if asked.kind in _DATES and (found := _ISO.fullmatch(cell.text)):
        return f"{found[3]}/{found[2]}/{found[1]}"
    return cell.text
