"""The edits of a village's workbook: each cell that differs from its base, each new row.

Their ids, and those of new records, follow from the workbook and what was written, so that the same
file read again, here or on another copy, gives the same edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.identity_numbers import fold_identity, kind_of_number
from giamngheo_desktop.domain.merging import CREATED, Edit, Root
from giamngheo_desktop.domain.names import split_name
from giamngheo_desktop.domain.partial_date import is_coarser
from giamngheo_desktop.domain.sheet_return import SaidCell, SaidRow, text_of
from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.domain.village_sheet import (
    HEAD,
    HOUSEHOLD,
    KEY,
    MEMBER,
    OF_HOUSEHOLD,
    derived_uid,
)
from giamngheo_desktop.services.exchange.sheet_base import KINDS, Base
from giamngheo_desktop.services.exchange.sheet_cells import NUMBER, parsed
from giamngheo_desktop.services.exchange.sheet_keys import tell
from giamngheo_desktop.services.exchange.village_sheets import FIXED, shown
from giamngheo_desktop.storage import audit, exchange, records, twins
from giamngheo_desktop.storage.engine import Connection

_NAME, _PAPER, _MENDED = "full_name", "id_kind", "id_zero_lost"
NOTHING = "–"


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


def new_home(book: UUID, label: str, name: str) -> UUID:
    """The id of a new household of a workbook: two copies may write two households on one line."""
    return derived_uid(book, HOUSEHOLD, label, search_key(name))


class SheetEdits:
    """Made row by row; afterwards `roots` are the new records, `lines` the rows of the new
    households with a key, `problems` what was not taken.
    """

    def __init__(self, definitions: Definitions, base: Base) -> None:
        self.roots: dict[UUID, Root] = {}
        self.edits: dict[UUID, Edit] = {}
        self.lines: dict[UUID, SaidRow] = {}
        self.problems: list[SheetProblem] = []
        self._fields = {form: definitions.fields(form) for form in KINDS}
        self._base = base
        # What this workbook brought before, as far as nobody replaced it.
        self._standing: dict[tuple[UUID, str], list[Edit]] = {}
        self._named: dict[str, UUID] = {}  # new households by their key or the name of the head
        self._heads: dict[UUID, tuple[str, SaidRow]] = {}  # of new households, still to be met
        self._counts: dict[tuple[object, ...], int] = {}
        self._numbers: dict[UUID, tuple[SaidRow, SaidCell]] = {}  # where edits of numbers stand

    def read(self, connection: Connection, rows: Iterable[SaidRow]) -> None:
        """Make the edits; what this workbook brought before is read first."""
        self._know(connection)
        found = tell(rows, self._base, self._fields)
        for code, row, cell, said in found.refused:
            self._refuse(code, row, cell, **said)
        for record, row in found.known:
            self._known_row(row, record)
        for row in found.new:
            if row.form == HOUSEHOLD:
                self._new_household(row)
        for row in found.new:
            if row.form == MEMBER:
                self._new_member(row)
        for home, (name, row) in self._heads.items():
            self._add_person(home, name, row, is_head=True)

    def refuse_line(self, home: UUID, known: str) -> None:
        """A new household whose line is another one's in a copy that was taken before."""
        row = self.lines[home]
        self._refuse("line_of_other", row, row.cells[KEY], value=row.text(KEY), known=known)

    def tell_keyless(self, sheets: Iterable[tuple[SaidRow, int]]) -> None:
        """Sheets of which no row is taken, with their headings and how many rows that is."""
        for row, count in sheets:
            self._refuse("keys_lost", row, count=str(count))

    def tell_marked(self, cells: Iterable[tuple[SaidRow, SaidCell]]) -> None:
        """Cells that should say something and have no value."""
        for row, cell in cells:
            self._refuse("no_value", row, cell, reason=cell.mark)

    def touched(self) -> set[UUID]:
        """The households that were in the register and get edits, or members."""
        known = dict(self._base.rows.values())
        found = {known[edit.record] for edit in self.edits.values() if edit.record in known}
        stays = [root for root in self.roots.values() if root.kind is Kind.MEMBERSHIP]
        joined = {UUID(hex=str(root.values["household"])) for root in stays}
        return found | (joined & set(known.values()))

    def _know(self, connection: Connection) -> None:
        wanted = {record: KINDS[form] for (form, _), (record, _) in self._base.rows.items()}
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
        said_before = self._said(row, asked, before)
        if said_before != cell.text:
            ok, value = self._value(row, asked, cell)
            if not ok or (value is None and not cell.clears):
                return
            if asked.kind is FieldKind.PARTIAL_DATE and is_coarser(value, before):
                self._refuse("coarser", row, cell, value=cell.text, known=str(said_before))
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
        made = self._edit(KINDS[row.form], record, asked.code, value, heads)
        if asked.code == _NAME:
            self._given_name(record, str(before or ""), str(value), made)
        elif asked.code == NUMBER:
            self._number(row, cell, record, value, made)

    def _number(
        self, row: SaidRow, cell: SaidCell, record: UUID, value: str | None, of: UUID
    ) -> None:
        """A number tells of which paper it is, where that is not known."""
        self._numbers[of] = row, cell
        if value and len(value) > len(fold_identity(cell.text)):
            self._refuse(_MENDED, row, cell, value=cell.text, known=value)
        place = record, _PAPER
        heads = self._base.heads.get(place) or self._created(record)
        if value and heads and self._base.values.get(place) in (None, "none"):
            self._edit(Kind.PERSON, record, _PAPER, kind_of_number(value), heads, _beside(of))

    def _created(self, record: UUID) -> tuple[UUID, ...]:
        """What the first edits of a new record replace; none of one that was known."""
        return (derived_uid(record, "created"),) if record in self.roots else ()

    def drop_numbers_of_others(self, connection: Connection) -> None:
        """Of the edits that are left: a number is one person's, as in a list."""
        asked = {uid: str(edit.value) for uid in self._numbers if (edit := self.edits.get(uid))}
        owners = twins.owners(connection, asked.values())
        given: dict[str, UUID] = {}
        for uid, number in asked.items():
            record = self.edits[uid].record
            is_of_other = owners.get(number, set()) - {record}
            if is_of_other or given.setdefault(number, record) != record:
                row, cell = self._numbers[uid]
                reason = "id_of_other" if is_of_other else "id_twice"
                self._refuse("value", row, cell, value=cell.text, reason=reason)
                del self.edits[uid]
                self.edits.pop(_beside(uid), None)

    def _said(self, row: SaidRow, asked: FieldDef, value: str | None) -> str | None:
        """A value given as audit text, as it stands in a cell."""
        try:
            words = shown(asked, audit.decode(KINDS[row.form], asked.code, value))
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
            if asked.code == _NAME:
                self._refuse("name_kept", row, cell)
                return False, None
            return True, None
        try:
            return True, parsed(asked, cell)
        except ValueError as error:
            self._refuse("value", row, cell, value=cell.text, reason=str(error.args[0]))
            return False, None

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
            self.lines[home] = row
        self._named[label] = home
        self._named.setdefault(search_key(name), home)
        self._heads[home] = (name, row)
        self._new_cells(row, home, Kind.HOUSEHOLD)

    def _new_member(self, row: SaidRow) -> None:
        name, of = row.text(_NAME), row.text(OF_HOUSEHOLD)
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
            self._refuse("already_member", row, row.cells[_NAME], name=name)
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
            known = self._base.values.get((record, _NAME))
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
        self._create(Kind.PERSON, person, {_NAME: "", "given_name": ""})
        self._create(
            Kind.MEMBERSHIP, stay, {"household": home.hex, "person": person.hex, "is_head": "0",
                                    "reason": "opening", "valid_from": self._base.day.isoformat()},
        )  # fmt: skip
        cleaned = clean(name)
        made = self._set_new(Kind.PERSON, person, _NAME, cleaned)
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
            if asked is None or name in (_NAME, "relation"):
                continue
            ok, value = self._value(row, asked, cell)
            if ok and value is not None:
                made = self._set_new(kind, record, name, value)
                if name == NUMBER:
                    self._number(row, cell, record, value, made)

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
        return self._edit(kind, record, name, value, self._created(record), uid)


def _beside(name: UUID) -> UUID:
    """What follows from a name or number is as old as its edit: both stand, or neither."""
    return UUID(int=name.int ^ 1)
