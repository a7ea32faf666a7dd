"""The sheets that go to the village heads: whom they list, and what the register then knew.

What leaves stays hidden in the workbook as its base: ids, values, the edits known. `village_return`
takes back what was filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answer_words import answer_words
from giamngheo_desktop.domain.area import AreaTree, Level
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.package import DataTable, Manifest, PackageKind, Values
from giamngheo_desktop.domain.sheet_return import Headings
from giamngheo_desktop.domain.village_sheet import (
    HEAD,
    HOUSEHOLD,
    KEY,
    MEMBER,
    OF_HOUSEHOLD,
    VillageSheetDef,
    household_key,
    member_key,
    new_key,
    sheet_text,
)
from giamngheo_desktop.services.exchange import book
from giamngheo_desktop.services.exchange.merging import known_heads
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.storage import areas, audit, records
from giamngheo_desktop.storage import households as stored
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.schema import HEAD as SCHEMA
from giamngheo_desktop.texts import VILLAGE_SHEET

ROWS, CELLS, COLUMNS = "row", "cell", "column"  # the hidden tables
FIXED = "="  # before the column of a value that stands for comparison only
NEW_ROWS = 20  # left empty for new households
Shown = str | int | float | None
Filled = tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """A column of a sheet; without `field` one that the form does not ask.

    `fixed`: rows that are there are not to be changed in it.
    """

    code: str
    heading: str
    field: FieldDef | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class AskedSheet:
    """One sheet: what it asks, whom it lists, and keys of rows left for new households."""

    form: str
    columns: tuple[AskedColumn, ...]
    rows: tuple[Filled, ...]
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VillageSheet:
    """The workbook of one village before it is written."""

    manifest: Manifest
    village: str
    sheets: tuple[AskedSheet, ...]
    tables: tuple[DataTable, ...]

    @property
    def households(self) -> int:
        return len(self.sheets[0].rows)


def villages_to_ask(database: Database, day: date, unit: UUID) -> list[UUID]:
    """The village named, or all below the unit."""
    with database.reader() as connection:
        tree = areas.tree_on(connection, day)
    area = tree.get(unit)
    if area is not None and area.level is Level.VILLAGE:
        return [unit]
    return [village.uid for village in tree.villages(unit)]


def record_sent(
    database: Database, context: Context, written: Sequence[tuple[VillageSheet, Manifest, str]]
) -> Done[None] | None:
    """Enter sheets that were written into the book: each with its sealed manifest and file."""
    entries = [
        book.row_of(manifest, file, note=sheet.village, households=sheet.households)
        for sheet, manifest, file in written
    ]
    subject = ", ".join(sheet.village for sheet, _, _ in written)
    return book.record_sent(database, context, Op.SEND_SHEETS, subject, entries)


def collect(
    database: Database,
    context: Context,
    definitions: Definitions,
    village: UUID,
    *,
    year: int,
    program: str,
    review: UUID | None = None,
) -> VillageSheet:
    """The list of the review, or of the year's periodic one; without a list all of the village.

    Nothing is changed here. Raises RefusedError `sheet_no_household` for a village without any.
    """
    today, book = context.today(), context.new_id()
    asked = definitions.village_sheet(today)
    with database.reader() as connection:
        tree = areas.tree_on(connection, today)
        homes = _households(connection, village, year, review, today)
    area = tree.get(village)
    if not homes or area is None:
        raise RefusedError("sheet_no_household", name=area.name if area else "")
    commune = _commune(tree, village)
    columns = {form: asked_columns(definitions, asked, form) for form in (HOUSEHOLD, MEMBER)}
    filled = {
        HOUSEHOLD: tuple(_household_rows(homes, columns[HOUSEHOLD], book)),
        MEMBER: tuple(_member_rows(homes, columns[MEMBER], book)),
    }
    sheets = (
        AskedSheet(
            HOUSEHOLD, columns[HOUSEHOLD], filled[HOUSEHOLD],
            tuple(new_key(number) for number in range(1, NEW_ROWS + 1)),
        ),
        AskedSheet(MEMBER, columns[MEMBER], filled[MEMBER]),
    )  # fmt: skip
    manifest = Manifest(
        kind=PackageKind.VILLAGE,
        schema=SCHEMA,
        program=program,
        unit=commune.hex,
        unit_name=getattr(tree.get(commune), "name", ""),
        level="village",
        year=year,
        made_at=context.now().replace(tzinfo=None).isoformat(timespec="seconds"),
        made_by=context.actor,
        facts={"book": book.hex, "village": village.hex, "village_name": area.name,
               "day": today.isoformat(), "asked": f"{asked.code}/{asked.version}"},
    )  # fmt: skip
    tables = (
        DataTable(ROWS, ("key", "form", "record", "household"), list(_base_rows(homes, book))),
        DataTable(CELLS, ("record", "field", "value", "heads"),
                  list(_base_cells(database, homes, columns, filled))),
        DataTable(COLUMNS, ("form", "heading", "column"),
                  [(form, one.heading, one.code) for form in columns for one in columns[form]]),
    )  # fmt: skip
    return VillageSheet(manifest, area.name, sheets, tables)


def asked_columns(
    definitions: Definitions, asked: VillageSheetDef, form: str
) -> tuple[AskedColumn, ...]:
    """The columns of a sheet in the order of print, keys first."""
    said = VILLAGE_SHEET
    lead = [AskedColumn(KEY, said["key"], fixed=True)]
    if form == MEMBER:
        lead.append(AskedColumn(OF_HOUSEHOLD, said["of_household"], fixed=True))
    lead.append(AskedColumn(HEAD, said["head"], fixed=True))
    fields = definitions.fields(form)
    found = [
        AskedColumn(code, fields[code].excel_label, fields[code], code in asked.of_new[form])
        for code in asked.fields[form]
    ]
    return (*lead, *found)


def headings_of(tables: Sequence[DataTable]) -> Headings:
    """What the columns of each sheet were called. Raises ValueError where they are not known."""
    found: dict[str, dict[str, str]] = {}
    for table in tables:
        if table.name == COLUMNS:
            for form, heading, column in table.rows:
                found.setdefault(str(form), {})[str(heading)] = str(column)
    if {*found} != {HOUSEHOLD, MEMBER}:
        raise ValueError(COLUMNS)
    return found


def shown(field: FieldDef, value: object) -> Shown:
    """A value as it stands in the sheet: numbers as numbers, all else as it is said."""
    if isinstance(value, int) and not isinstance(value, bool) and field.kind in _NUMBERS:
        return value / 10**field.scale if field.scale else value
    return sheet_text(answer_words(field, value, none=VILLAGE_SHEET["none"])) or None


_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)


def _households(
    connection: Connection, village: UUID, year: int, review: UUID | None, day: date
) -> list[Household]:
    reviews = [review] if review else [
        row["uid"]
        for row in records.find(connection, Kind.REVIEW, kind="periodic", review_year=year)
    ]  # fmt: skip
    uids = [
        case["household"]
        for one in reviews
        for case in records.find(connection, Kind.CASE, review=one, village=village)
    ]
    if not uids:
        placing = Placing(connection, day, day)
        known = [area["uid"] for area in records.find(connection, Kind.AREA, level=Level.VILLAGE)]
        olds = [uid for uid in known if placing.village_of(uid) == village]  # it too
        places = records.find_on(connection, Kind.PLACE, day, "village", olds)
        uids = [place["household"] for place in places]
    found = stored.load(connection, uids, day).values()
    return sorted(found, key=lambda home: (home.list_number or 10**9, home.uid))


def _commune(tree: AreaTree, village: UUID) -> UUID:
    area = tree.get(village)
    return area.parent if area is not None and area.parent is not None else village


def _household_rows(
    homes: Sequence[Household], columns: Sequence[AskedColumn], book: UUID
) -> Iterator[Filled]:
    for number, home in enumerate(homes, start=1):
        lead = {KEY: household_key(number, book, home.uid), HEAD: _head(home)}
        yield _filled(home, columns, lead)


def _member_rows(
    homes: Sequence[Household], columns: Sequence[AskedColumn], book: UUID
) -> Iterator[Filled]:
    for number, home in enumerate(homes, start=1):
        of = household_key(number, book, home.uid)
        for at, member in enumerate(home.members, start=1):
            key = member_key(of, at, book, member.uid)
            yield _filled(member, columns, {KEY: key, OF_HOUSEHOLD: of, HEAD: _head(home)})


def _head(home: Household) -> str:
    return sheet_text(home.head.full_name) if home.head else ""


def _filled(
    record: Household | Member, columns: Iterable[AskedColumn], lead: Mapping[str, str]
) -> Filled:
    return tuple(
        shown(column.field, getattr(record, column.code)) if column.field else lead[column.code]
        for column in columns
    )


def _base_rows(homes: Sequence[Household], book: UUID) -> Iterator[Values]:
    for number, home in enumerate(homes, start=1):
        of = household_key(number, book, home.uid)
        yield (of, HOUSEHOLD, home.uid.hex, home.uid.hex)
        for at, member in enumerate(home.members, start=1):
            key = member_key(of, at, book, member.uid)
            yield (key, MEMBER, member.uid.hex, home.uid.hex)


def _base_cells(
    database: Database,
    homes: Sequence[Household],
    columns: Mapping[str, Sequence[AskedColumn]],
    filled: Mapping[str, Sequence[Filled]],
) -> Iterator[Values]:
    """What may be changed as audit text with its edits; what may not as it stands in the sheet."""
    wanted: dict[UUID, Kind] = {home.uid: Kind.HOUSEHOLD for home in homes}
    members = [member for home in homes for member in home.members]
    wanted |= {member.uid: Kind.PERSON for member in members}
    heads = known_heads(database, wanted)
    listed: dict[str, Sequence[Household | Member]] = {HOUSEHOLD: homes, MEMBER: members}
    for form, found in listed.items():
        for record, row in zip(found, filled[form], strict=True):
            for column, said in zip(columns[form], row, strict=True):
                if column.fixed:
                    if column.code != KEY and said is not None:
                        yield record.uid.hex, FIXED + column.code, str(said), None
                    continue
                for code in _CHANGED_TOGETHER.get(column.code, (column.code,)):
                    known = " ".join(uid.hex for uid in heads.get((record.uid, code), ()))
                    value = audit.encode(getattr(record, code))
                    yield record.uid.hex, code, value, known or None


# Neither is asked: the given name is guessed anew of a corrected name, the paper of its number.
_CHANGED_TOGETHER = {
    "full_name": ("full_name", "given_name"),
    "id_number": ("id_number", "id_kind"),
}
