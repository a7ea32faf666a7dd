"""Takes in what a village head filled in: each cell that differs from the base is an edit.

Edits and new records get ids that follow from the workbook and what was written, so the same file
twice is nothing to do; they replace what the register knew when the sheet left, so what was
changed here meanwhile is a clash that is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answer_text import allowed, read_answer
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.merging import CREATED, Edit, History, Root
from giamngheo_desktop.domain.names import split_name
from giamngheo_desktop.domain.package import DataTable, Manifest
from giamngheo_desktop.domain.sheet_return import Row, Said, SaidCell, SaidRow, read_back
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
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.exchange.differences import about
from giamngheo_desktop.services.exchange.merge_findings import Finding
from giamngheo_desktop.services.exchange.merging import Incoming, MergeReport, Picks
from giamngheo_desktop.services.exchange.village_sheets import (
    CELLS,
    ROWS,
    headings_of,
    shown,
)
from giamngheo_desktop.storage import audit, exchange, records
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.exchange import Action
from giamngheo_desktop.storage.schema import HEAD as SCHEMA

KINDS = {HOUSEHOLD: Kind.HOUSEHOLD, MEMBER: Kind.PERSON}
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)
_DATES = (FieldKind.DATE, FieldKind.PARTIAL_DATE)


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """A cell or row that was not taken; `code` names the sentence in `texts.SHEET_PROBLEMS`."""

    code: str
    sheet: str
    row: int
    letter: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Returned:
    """What a sheet that came back changes.

    `lost` are headings (form, heading) that were not found, an empty one for a whole sheet;
    `newer_on` is the moment of a sheet of this village that was made later and taken in before.
    """

    village: str
    report: MergeReport
    problems: tuple[SheetProblem, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    newer_on: str = ""


def look(
    database: Database,
    context: Context,
    definitions: Definitions,
    manifest: Manifest,
    tables: Iterable[DataTable],
    rows: Iterable[Row],
    picks: Picks | None = None,
) -> Returned:
    """What `take_in` would do; nothing is written."""
    made = _received(database, context, definitions, manifest, tables, rows)
    report = merging.look(database, context, made.incoming(context), picks)
    return made.returned(report)


def take_in(
    database: Database,
    context: Context,
    definitions: Definitions,
    manifest: Manifest,
    tables: Iterable[DataTable],
    rows: Iterable[Row],
    picks: Picks | None = None,
) -> Done[Returned]:
    """Merge a sheet: one undo step.

    Raises RefusedErrors `sheet_other_unit`, `sheet_newer`, `sheet_no_rows`, those of
    `merging.merge_edits`, and AppError `package_damaged`.
    """
    made = _received(database, context, definitions, manifest, tables, rows)
    done = merging.merge_edits(database, context, made.incoming(context), picks, op=Op.TAKE_SHEET)
    return Done(made.returned(done.value), done.changes)


# --- The base ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Base:
    """What the workbook knows of the register: ids of rows by key, values and edits of cells."""

    rows: Mapping[tuple[str, str], tuple[UUID, UUID]]  # (form, key) → record, household
    values: Mapping[tuple[UUID, str], str | None]
    heads: Mapping[tuple[UUID, str], tuple[UUID, ...]]


def _base(tables: Iterable[DataTable]) -> _Base:
    rows: dict[tuple[str, str], tuple[UUID, UUID]] = {}
    values: dict[tuple[UUID, str], str | None] = {}
    heads: dict[tuple[UUID, str], tuple[UUID, ...]] = {}
    for table in tables:
        for row in table.rows:
            if table.name == ROWS:
                key, form, record, household = row
                found = UUID(hex=record or ""), UUID(hex=household or "")
                rows[str(form), str(key).upper()] = found
            elif table.name == CELLS:
                record, name, value, known = row
                place = UUID(hex=record or ""), str(name)
                values[place] = value
                heads[place] = tuple(UUID(hex=text) for text in (known or "").split())
    return _Base(rows, values, heads)


def _received(
    database: Database,
    context: Context,
    definitions: Definitions,
    manifest: Manifest,
    tables: Iterable[DataTable],
    rows: Iterable[Row],
) -> _Return:
    if manifest.schema > SCHEMA:
        raise RefusedError("sheet_newer")
    kept = list(tables)
    try:
        base = _base(kept)
        book, village = UUID(hex=manifest.facts["book"]), UUID(hex=manifest.facts["village"])
        day = date.fromisoformat(manifest.facts["day"])
        datetime.fromisoformat(manifest.made_at)
    except (ValueError, KeyError, TypeError) as error:
        raise AppError("package_damaged", name=manifest.unit_name) from error
    said = read_back(rows, headings_of(kept))
    if not said.rows and said.absent:
        raise RefusedError("sheet_no_rows", name=manifest.facts["village_name"])
    with database.reader() as connection:
        if records.get(connection, Kind.AREA, village) is None:
            raise RefusedError("sheet_other_unit", name=manifest.unit_name)
        made = _Return(definitions, manifest, base, said, book, village, day)
        made.newer_on = _newer(connection, village, manifest.made_at)
        made.read(connection)
    return made


def _settled(connection: Connection, homes: set[UUID]) -> list[Finding]:
    """Whose answers were entered in a running review: the result does not follow by itself."""
    entered = [
        home
        for home in sorted(homes)
        for case in records.find(connection, Kind.CASE, household=home, outcome="reviewed")
        if (review := records.get(connection, Kind.REVIEW, case["review"]))
        and review["closed_on"] is None
    ]
    names = about(connection, entered)
    return [
        Finding("settled_case", home, params={"name": names.get(home, "")})
        for home in dict.fromkeys(entered)
    ]


def _newer(connection: Connection, village: UUID, made_at: str) -> str:
    found = records.find(
        connection, Kind.PACKAGE, area=village, kind="village", direction="received"
    )
    return max((row["made_at"] for row in found if row["made_at"] > made_at), default="")


# --- Edits -------------------------------------------------------------------------------------


class _Return:
    """The edits of one workbook, made row by row."""

    def __init__(
        self,
        definitions: Definitions,
        manifest: Manifest,
        base: _Base,
        said: Said,
        book: UUID,
        village: UUID,
        day: date,
    ) -> None:
        self._fields = {form: definitions.fields(form) for form in KINDS}
        asked = definitions.village_sheet(day)
        self._of_new = asked.of_new
        self._manifest = manifest
        self._base = base
        self._said = said
        self._book, self._village, self._day = book, village, day
        self._roots: dict[UUID, Root] = {}
        self._edits: dict[UUID, Edit] = {}
        self._taken: dict[tuple[UUID, str], list[Edit]] = {}  # of this workbook, known here
        self._problems: list[SheetProblem] = []
        self._named: dict[str, UUID] = {}  # new households by their key or the name of the head
        self._heads: dict[UUID, tuple[str, SaidRow]] = {}  # of new households, still to be met
        self._counts: dict[tuple[object, ...], int] = {}
        self._positions: dict[UUID, int] = {}
        self._settled: list[Finding] = []
        self.newer_on = ""

    def incoming(self, context: Context) -> Incoming:
        manifest = self._manifest
        name = manifest.facts["village_name"]
        action = Action(
            uid=self._book,
            op=Op.TAKE_SHEET.value,
            subject=name,
            actor=name,
            origin=self._book,
            at=datetime.fromisoformat(manifest.made_at),
            reason=None,
        )
        package = {
            "area": self._village,
            "kind": manifest.kind.value,
            "direction": "received",
            "sequence": manifest.sequence,
            "year": manifest.year,
            "sha256": manifest.hash,
            "made_at": manifest.made_at,
            "made_by": manifest.made_by,
            "received_on": context.today(),
            "note": name,
        }
        history = History(self._roots, self._edits)
        return Incoming(history=history, actions=(action,), label=name, package=package)

    def returned(self, report: MergeReport) -> Returned:
        name = self._manifest.facts["village_name"]
        lost = (*((form, "") for form in self._said.absent), *self._said.lost)
        if report.taken:
            report = replace(report, findings=(*report.findings, *self._settled))
        return Returned(name, report, tuple(self._problems), lost, self.newer_on)

    def read(self, connection: Connection) -> None:
        """Make the edits; what this workbook brought before is read first."""
        self._know(connection, {record: KINDS[form] for (form, _), (record, _) in
                                self._base.rows.items()})  # fmt: skip
        twice: set[tuple[str, str]] = set()
        fresh: list[SaidRow] = []
        for row in self._said.rows:
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
                self._new_household(connection, row)
        for row in fresh:
            if row.form == MEMBER:
                self._new_member(connection, row)
        for home, (name, row) in self._heads.items():
            self._add_person(connection, home, name, row, is_head=True)
        self._settled = _settled(connection, self._touched())

    def _touched(self) -> set[UUID]:
        """The households that were in the register and get edits, or members."""
        known = {record: home for record, home in self._base.rows.values()}
        found = {known[edit.record] for edit in self._edits.values() if edit.record in known}
        stays = [root for root in self._roots.values() if root.kind is Kind.MEMBERSHIP]
        joined = {UUID(hex=str(root.values["household"])) for root in stays}
        return found | (joined & set(known.values()))

    def _know(self, connection: Connection, wanted: Mapping[UUID, Kind]) -> None:
        for edit in exchange.read(connection, wanted).edits.values():
            if edit.action == self._book:
                self._taken.setdefault((edit.record, edit.field), []).append(edit)

    def _refuse(self, code: str, row: SaidRow, cell: SaidCell | None = None, **params: str) -> None:
        letter = cell.letter if cell else ""
        self._problems.append(SheetProblem(code, row.sheet, row.number, letter, params))

    def _known_row(self, row: SaidRow, record: UUID) -> None:
        for name, cell in row.cells.items():
            if name in (KEY, HEAD, OF_HOUSEHOLD) or name in self._of_new[row.form]:
                known = self._base.values.get((record, name))
                if known is not None and clean(known) != cell.text:
                    self._refuse("fixed", row, cell, value=cell.text, known=known)
                continue
            asked = self._fields[row.form].get(name)
            if asked is not None and (record, name) in self._base.values:
                self._known_cell(row, record, asked, cell)

    def _known_cell(self, row: SaidRow, record: UUID, asked: FieldDef, cell: SaidCell) -> None:
        before = self._base.values[record, asked.code]
        words = shown(asked, audit.decode(KINDS[row.form], asked.code, before))
        if words is not None and clean(str(words)) == cell.text:
            return
        ok, value = self._value(row, asked, cell)
        if not ok or value == before:
            return
        heads = self._base.heads[record, asked.code]
        self._edit(KINDS[row.form], record, asked.code, value, heads)
        if asked.code == "full_name":
            self._given_name(record, str(before or ""), str(value))

    def _given_name(self, record: UUID, before: str, name: str) -> None:
        """Guessed anew as the form does; a correction of the clerk stays where it still fits."""
        given = self._base.values.get((record, "given_name")) or ""
        guessed = split_name(name)[1]
        stays = given != split_name(before)[1] and f" {given} " in f" {name} "
        if not stays and given != guessed:
            heads = self._base.heads[record, "given_name"]
            self._edit(Kind.PERSON, record, "given_name", guessed, heads)

    def _value(self, row: SaidRow, asked: FieldDef, cell: SaidCell) -> tuple[bool, str | None]:
        """Whether the cell was understood, and its value as audit text."""
        if cell.clears:
            if asked.code == "full_name":
                self._refuse("name_kept", row, cell)
                return False, None
            return True, None
        try:
            value = allowed(asked, read_answer(asked, _raw(asked, cell)))
        except ValueError as error:
            self._refuse("value", row, cell, value=cell.text, reason=str(error.args[0]))
            return False, None
        return True, audit.encode(value)

    def _edit(
        self, kind: Kind, record: UUID, name: str, value: str | None, heads: tuple[UUID, ...]
    ) -> None:
        """One edit; another value of the same cell, sent later, follows the first one."""
        own = self._taken.get((record, name), [])
        if any(edit.value == value for edit in own):
            return
        followed = {uid for edit in own for uid in edit.replaces}
        before = tuple(sorted(edit.uid for edit in own if edit.uid not in followed)) or heads
        uid = derived_uid(self._book, record, name, repr(value), *(uid.hex for uid in before))
        self._edits[uid] = Edit(
            uid=uid, action=self._book, kind=kind, record=record, field=name, value=value,
            replaces=before,
        )  # fmt: skip

    # --- New households and persons ---

    def _new_household(self, connection: Connection, row: SaidRow) -> None:
        name, key = row.text(HEAD), row.text(KEY).upper()
        if not name:
            self._refuse("new_without_head", row)
            return
        label = key or search_key(name)
        if label in self._named:
            self._refuse("key_twice", row, row.cells.get(KEY) or row.cells[HEAD], value=key or name)
            return
        home = derived_uid(self._book, HOUSEHOLD, label)
        place = derived_uid(home, "place")
        since = self._day.isoformat()
        self._know(connection, {home: Kind.HOUSEHOLD, place: Kind.PLACE})
        self._create(Kind.HOUSEHOLD, home, {})
        self._create(
            Kind.PLACE, place, {"household": home.hex, "village": self._village.hex,
                                "reason": "opening", "valid_from": since},
        )  # fmt: skip
        self._named[label] = home
        self._named.setdefault(search_key(name), home)
        self._heads[home] = (name, row)
        self._new_cells(row, home, Kind.HOUSEHOLD)

    def _new_member(self, connection: Connection, row: SaidRow) -> None:
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
        head = self._heads.get(home)
        is_head = head is not None and search_key(head[0]) == search_key(name)
        if is_head:
            del self._heads[home]
        self._add_person(connection, home, name, row, is_head=is_head)

    def _add_person(
        self, connection: Connection, home: UUID, name: str, row: SaidRow, *, is_head: bool
    ) -> None:
        twin = (home, search_key(name))
        count = self._counts[twin] = self._counts.get(twin, 0) + 1
        person = derived_uid(self._book, "person", *twin, count)
        stay = derived_uid(person, "stay")
        self._know(connection, {person: Kind.PERSON, stay: Kind.MEMBERSHIP})
        self._create(Kind.PERSON, person, {"full_name": "", "given_name": ""})
        self._create(
            Kind.MEMBERSHIP, stay, {"household": home.hex, "person": person.hex, "is_head": "0",
                                    "reason": "opening", "valid_from": self._day.isoformat()},
        )  # fmt: skip
        cleaned = clean(name)
        self._set_new(Kind.PERSON, person, "full_name", cleaned)
        self._set_new(Kind.PERSON, person, "given_name", split_name(cleaned)[1])
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

    def _create(self, kind: Kind, uid: UUID, values: Mapping[str, str]) -> None:
        """As empty as it can be: what is filled in later, or otherwise, are edits."""
        content: dict[str, str | None] = dict.fromkeys(records.columns(kind))
        self._roots[uid] = Root(uid, kind, {**content, **values, "removed": "0"})
        made = derived_uid(uid, "created")
        self._edits[made] = Edit(
            uid=made, action=self._book, kind=kind, record=uid, field=CREATED, value=None
        )

    def _set_new(self, kind: Kind, record: UUID, name: str, value: str | None) -> None:
        self._edit(kind, record, name, value, (derived_uid(record, "created"),))


def _raw(asked: FieldDef, cell: SaidCell) -> object:
    """A cell as `read_answer` takes it, whatever Excel made of what was typed."""
    raw = cell.raw
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float) and asked.kind in _NUMBERS:
        return Decimal(str(raw))
    if asked.kind in _DATES and (found := _ISO.fullmatch(cell.text)):
        return f"{found[3]}/{found[2]}/{found[1]}"
    return str(raw)
