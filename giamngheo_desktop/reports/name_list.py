"""A list of households or members as a paper: by village, with sums, from one definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.measures import measure
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.name_list import (
    LIST_FIELDS,
    Kind,
    ListColumn,
    NameListDef,
    Per,
    chosen,
    fields_for,
)
from giamngheo_desktop.domain.report import Counted, Movement, ReportColumn, ReportDef, RowWords
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.build import waiting_of
from giamngheo_desktop.reports.document import (
    BLANK,
    Align,
    Cell,
    Column,
    NumberFormat,
    PageBreak,
    Piece,
    ReportDoc,
    Row,
    Table,
)
from giamngheo_desktop.reports.imprint import program
from giamngheo_desktop.reports.issuer import letterhead, signatures
from giamngheo_desktop.reports.list_values import shown
from giamngheo_desktop.services.listed_facts import Line, Material, Values, material
from giamngheo_desktop.services.name_lists import ListData, Village, list_data
from giamngheo_desktop.services.report_rows import Request
from giamngheo_desktop.services.saved_lists import saved_list
from giamngheo_desktop.storage.engine import Database

_NUMBER = ListColumn(label="TT", field="household_number")
_NAMES = {Per.HOUSEHOLD: "head_name", Per.MEMBER: "member_name"}
_CENTRED = (Kind.MARK, Kind.DAY)
_FORMATS = {
    Kind.COUNT: NumberFormat.COUNT,
    Kind.SCORE: NumberFormat.COUNT,
    Kind.MONEY: NumberFormat.MONEY,
}


def make_list(
    database: Database,
    definitions: Definitions,
    code: str,
    *,
    year: int,
    unit: UUID | None = None,
    standard: str | None = None,
    edition: int | None = None,
    columns: Sequence[str] | None = None,
    as_of: date | None = None,
    name: str = "",
) -> ReportDoc:
    """The list `code` of a definition, or of the name under which columns were saved.

    `columns` are codes of `fields_for` in their order, `name` that under which they are kept.
    Raises AppError `unknown_list`, `unknown_column`, `list_without_day`, those of
    `reports.make.wanted` and `services.name_lists.list_data`.
    """
    data, read_with = read_list(
        database,
        definitions,
        code,
        year=year,
        unit=unit,
        standard=standard,
        edition=edition,
        columns=columns,
        as_of=as_of,
        name=name,
    )
    return build_list(data, read_with)


def read_list(
    database: Database,
    definitions: Definitions,
    code: str,
    *,
    year: int,
    unit: UUID | None = None,
    standard: str | None = None,
    edition: int | None = None,
    columns: Sequence[str] | None = None,
    as_of: date | None = None,
    name: str = "",
) -> tuple[ListData, Material]:
    """The lines of `make_list` and what their codes are read with. AppError `list_without_day`."""
    found = _definition(database, definitions, code, date(year, 12, 31))
    if columns is not None:
        found = named(with_columns(found, columns), name)
    if as_of is not None and not found.takes_day:
        raise AppError("list_without_day", name=found.label)
    return read_definition(
        database,
        definitions,
        found,
        year=year,
        unit=unit,
        standard=standard,
        edition=edition,
        as_of=as_of,
    )


def read_definition(
    database: Database,
    definitions: Definitions,
    found: NameListDef,
    *,
    year: int,
    unit: UUID | None = None,
    standard: str | None = None,
    edition: int | None = None,
    as_of: date | None = None,
) -> tuple[ListData, Material]:
    """`read_list` of a list that stands in no file of lists."""
    request = make.asked_for(
        database,
        definitions,
        as_report(found),
        year=year,
        unit=unit,
        standard=standard,
        as_of=as_of,
    )
    read_with = material(definitions, definitions.standards.get(request.standard))
    return list_data(database, request, found, material=read_with, edition=edition), read_with


def wanted_list(
    database: Database, definitions: Definitions, code: str, *, year: int, **asked: Any
) -> Request:
    """What `make_list` reads, as the request of a table: `make.wanted` of a list."""
    found = as_report(_definition(database, definitions, code, date(year, 12, 31)))
    return make.asked_for(database, definitions, found, year=year, **asked)


def _definition(database: Database, definitions: Definitions, code: str, day: date) -> NameListDef:
    if code.lower() in definitions.name_lists:
        return definitions.name_list(code.lower(), day)
    saved = saved_list(database, code)
    if saved is None:
        return definitions.name_list(code, day)  # refuses it
    base = definitions.name_list(saved.base, day)
    return named(with_columns(base, known_columns(saved.columns, base.per)), saved.name)


def known_columns(columns: Sequence[str], per: Per) -> tuple[str, ...]:
    """Those that this version has."""
    known = fields_for(per)
    return tuple(column for column in columns if column in known)


def named(definition: NameListDef, name: str) -> NameListDef:
    """With the name of a saved list below its title."""
    if not name:
        return definition
    title = name.replace("{", "{{").replace("}", "}}")  # a title has placeholders
    return replace(definition, title=(*definition.title, title))


def with_columns(definition: NameListDef, columns: Sequence[str]) -> NameListDef:
    """The same households with columns of a free choice. Raises AppError `unknown_column`."""
    known = fields_for(definition.per)
    for code in columns:
        if code not in known:
            raise AppError("unknown_column", name=code, known=", ".join(known))
    free = chosen(tuple(columns), definition.columns)
    return replace(definition, columns=free, number_row=False, first_row=0)


def as_report(definition: NameListDef) -> ReportDef:
    """What the list reads, as a table of it would: from this follow its editions."""
    found: list[Counted | Movement] = []
    for name in definition.selections:
        column = Movement.of(name)
        if column is not None:
            found.append(column)
        elif measure(name) is not None:
            found.append(Counted(name))
    if definition.moves:
        found.append(Movement(HouseholdClass.POOR.value, Flow.CLOSING.value))
    columns = (
        ReportColumn(label=definition.label, key=f"c{at}", value=value)
        for at, value in enumerate(found)
    )
    return ReportDef(
        code=definition.code,
        version=definition.version,
        label=definition.label,
        group="",
        valid_from=definition.valid_from,
        valid_to=definition.valid_to,
        legal_basis=definition.legal_basis,
        title=definition.title,
        rows=MappingProxyType({level: RowWords("") for level in Level}),
        number_label="",
        measure_unit="",
        has_status=True,
        has_day=True,
        total="last",
        total_label="",
        pairs=False,
        landscape=definition.landscape,
        number_row=False,
        columns=tuple(columns),
        notes=(),
    )


def build_list(data: ListData, read_with: Material, *, apart: bool = False) -> ReportDoc:
    """The paper of a list; pure. With `apart` each village begins a page, a sheet and its count."""
    definition, request = data.definition, data.request
    paper = _Paper(data, read_with)
    apart = apart and len(data.villages) > 1
    whole = texts.LIST["whole"].format(households=data.households, persons=data.persons)
    return ReportDoc(
        code=definition.code,
        title=data.title,
        subtitle=_subtitle(data),
        letterhead=letterhead(data.settings),
        landscape=definition.landscape,
        body=tuple(paper.apart()) if apart else (paper.table(),),
        notes=(
            *((whole,) if apart else ()),
            *(note.format(**data.words) for note in definition.notes),
            *_notes(data),
        ),
        signatures=signatures(data.settings),
        data_date=data.data_day,
        standard=request.standard_label,
        program=program(),
        extra={
            "year": str(request.year),
            "standard": request.standard,
            "frozen": str(data.frozen).lower(),
            **waiting_of(data.waiting),
            **({"edition": str(request.edition_number)} if request.edition_number else {}),
        },
    )


def _subtitle(data: ListData) -> tuple[str, ...]:
    if data.definition.of_review:
        return (data.unit_name,)
    said = texts.report_subtitle(
        standard=data.request.standard_label,
        state=("frozen" if data.frozen else "live") if data.definition.of_year else "",
        as_of=data.request.as_of,
        edition=data.request.edition_number,
    )
    return (data.unit_name, *said)


def _notes(data: ListData) -> Iterator[str]:
    if data.waiting:
        yield texts.open_year_note(data.request.year, data.waiting)
    if data.without_opening:
        yield texts.LIST["without_opening"].format(
            year=data.request.year - 1, villages=", ".join(data.without_opening)
        )


class _Paper:
    """The table of a list: labels up to the name, then the other columns."""

    def __init__(self, data: ListData, read_with: Material) -> None:
        self._data, self._material = data, read_with
        self._per = data.definition.per
        # The rows of a sheet that other programs read, and no others, in every output.
        self._fixed = bool(data.definition.first_row)
        columns = _with_name(data.definition)
        names = [at for at, one in enumerate(columns) if one.field == _NAMES[self._per]]
        cut = names[0] + 1
        self._label_columns, self._value_columns = columns[:cut], columns[cut:]
        self._labels = [leaf for one in self._label_columns for leaf in one.leaves()]
        self._values = [leaf for one in self._value_columns for leaf in one.leaves()]

    def table(self) -> Table:
        """All villages one below the other."""
        return replace(self._table(self._rows()), sheet=self._data.definition.short_label)

    def apart(self) -> Iterator[Piece]:
        """A table for each village."""
        for at, village in enumerate(self._data.villages):
            if at:
                yield PageBreak()
            name = village.name or texts.PAPER["unknown_village"]
            yield replace(self._table(self._alone(village), name), sheet=name)

    def _table(self, rows: Iterator[Row], title: str = "") -> Table:
        return Table(
            labels=tuple(map(_column, self._label_columns)),
            columns=tuple(map(_column, self._value_columns)),
            rows=tuple(rows),
            title=title,
            name_at=len(self._labels) - 1,
            number_row=self._data.definition.number_row,
            empty=texts.LIST["empty"],
        )

    def _rows(self) -> Iterator[Row]:
        data, before = self._data, 0
        if self._fixed:
            for number, line in enumerate(data.lines, 1):
                yield from self._lines(line, number)
            return
        grouped = [village.uid for village in data.villages] != [data.request.unit]
        for village in data.villages:
            if grouped:
                yield self._village(village)
            for number, line in enumerate(village.lines, before + 1):
                yield from self._lines(line, number)
            before += len(village.lines)
        if data.villages:
            yield self._total(data.households, data.persons)

    def _alone(self, village: Village) -> Iterator[Row]:
        for number, line in enumerate(village.lines, 1):
            yield from self._lines(line, number)
        yield self._total(len(village.lines), village.persons)

    def _total(self, households: int, persons: int) -> Row:
        said = texts.LIST["total"].format(households=households)
        return self._sums(said, persons, level=0)

    def _village(self, village: Village) -> Row:
        said = texts.LIST["village"].format(
            name=village.name or texts.PAPER["unknown_village"], households=len(village.lines)
        )
        return self._sums(said, village.persons, level=1)

    def _sums(self, said: str, persons: int, *, level: int) -> Row:
        labels = ("",) * (len(self._labels) - 1) + (said,)
        cells = tuple(
            Cell.of_count(persons) if leaf.field == "persons" else BLANK for leaf in self._values
        )
        return Row(labels, cells, level, bold=True)

    def _lines(self, line: Line, number: int) -> Iterator[Row]:
        for at, member in enumerate(line.rows(self._per)):
            yield self._row(line, number, member, first=at == 0)

    def _row(self, line: Line, number: int, member: Values, *, first: bool) -> Row:
        labels = tuple(
            str(self._text(leaf, line, number, member, first=first)) for leaf in self._labels
        )
        cells = tuple(
            Cell(self._text(leaf, line, number, member, first=first)) for leaf in self._values
        )
        return Row(labels, cells, household=line.household)

    def _text(
        self, leaf: ListColumn, line: Line, number: int, member: Values, *, first: bool
    ) -> str | int:
        """Of the lines of a household only the first says what is true of all; a fixed layout has
        columns of its own for that.
        """
        once = leaf.head_only if self._fixed else not LIST_FIELDS[leaf.field].of_member
        if once and not first:
            return ""
        return shown(leaf, line, number, member, self._material)


def _with_name(definition: NameListDef) -> tuple[ListColumn, ...]:
    """The columns that hold something; number and name in front where nobody chose them."""
    fields = [leaf.field for leaf in definition.leaves()]
    name = _NAMES[definition.per]
    columns = tuple(one for one in definition.columns if one.field or one.columns)
    if name not in fields:
        columns = (ListColumn(label=LIST_FIELDS[name].label, field=name), *columns)
    return columns if _NUMBER.field in fields else (_NUMBER, *columns)


def _column(column: ListColumn) -> Column:
    if column.columns:
        return Column(column.label, columns=tuple(map(_column, column.columns)))
    field = LIST_FIELDS[column.field]
    numbered = column.field in ("household_number", "member_number")
    centred = numbered or field.kind in _CENTRED
    return Column(
        column.label,
        column.field,
        column.number,
        format=_FORMATS.get(field.kind, NumberFormat.TEXT),
        align=Align.CENTER if centred else None,
        weight=field.weight,
    )
