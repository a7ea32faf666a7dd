"""Turns a report definition and its numbers into a document; pure, knows no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.measures import persons_of
from giamngheo_desktop.domain.report import (
    Computed,
    Counted,
    Difference,
    Fixed,
    Movement,
    NotCounted,
    Population,
    Proportion,
    RateChange,
    ReportColumn,
    ReportDef,
    Share,
    Target,
)
from giamngheo_desktop.reports.document import (
    OPENING_COUNT,
    UNPLACED,
    Align,
    Cell,
    Column,
    NumberFormat,
    ReportDoc,
    Row,
    Source,
    Table,
    row_of,
    text_column,
)
from giamngheo_desktop.reports.formulas import formula_notes
from giamngheo_desktop.reports.imprint import program
from giamngheo_desktop.reports.issuer import letterhead, signatures
from giamngheo_desktop.reports.reasons import base_line, missing_notes
from giamngheo_desktop.reports.table_notes import table_notes
from giamngheo_desktop.services import settings as setting_codes
from giamngheo_desktop.services.report_rows import (
    Request,
    TableData,
    UnitRow,
    persons_key,
)

HOUSEHOLDS, PERSONS = "ho", "khau"  # the kinds of paired rows
NOT_COUNTED, UNSURE = "not_counted", "unsure_denominator"  # reasons of `texts.MISSING`
FORMULA = "formula"  # until `reports.own_table` has worked it out
STATUS = {True: "official", False: "preliminary"}


def build(request: Request, data: TableData, settings: Mapping[str, str]) -> ReportDoc:
    """The paper: letterhead, title, table, notes and signatures.

    `settings` are those in force on the data's day (`services.settings.CODES`).
    """
    report = request.report
    table = blank_table(report, data.row_level, request.year)
    columns = table.columns
    rows = [
        line
        for number, row in enumerate(data.rows, start=1)
        for line in _rows(columns, request, row, number)
    ]
    total = _total(columns, request, data)
    ordered = [*total, *rows] if report.total == "first" else [*rows, *total]
    words = texts.report_words(
        year=request.year,
        status=STATUS[request.recognised],
        unit=data.unit_name,
        rows=report.rows[data.row_level].many,
    )
    table = replace(table, rows=tuple(ordered))
    return ReportDoc(
        code=report.code,
        title=tuple(line.format(**words) for line in report.title),
        subtitle=_subtitle(request, data),
        letterhead=letterhead(settings),
        landscape=report.landscape,
        body=(table,),
        form_number=settings.get(setting_codes.form_number(report.code), ""),
        notes=(
            *table_notes(request, data, words),
            *formula_notes(report, table),
            *missing_notes(table, data.empty_villages),
        ),
        recipients=tuple(settings.get("report_recipients", "").splitlines()),
        signatures=signatures(settings),
        data_date=None if report.is_plan else data.data_day,
        standard=request.standard_label,
        program=program(),
        extra={
            "year": str(request.year),
            "standard": request.standard,
            "status": STATUS[request.recognised],
            "frozen": str(data.frozen).lower(),
            **waiting_of(
                [
                    pair
                    for found in data.open_years
                    if found.year == request.year
                    for pair in found.waiting
                ]
            ),
            **({"edition": str(request.edition_number)} if request.edition_number else {}),
            **({"lost": "true"} if data.lost else {}),
        },
    )


def waiting_of(waiting: Sequence[tuple[str, int]]) -> dict[str, str]:
    """What `ReportDoc.extra` has of the households that an open year waits for."""
    count = sum(count for _, count in waiting)
    return {"waiting": str(count)} if count else {}


def blank_table(report: ReportDef, level: Level, year: int | str, last_year: str = "") -> Table:
    """Headings without rows; `level` is that of the units."""
    years = {"year": str(year), "last_year": last_year or str(int(year) - 1)}
    return Table(
        labels=(
            text_column(
                report.number_label,
                "tt",
                number="A" if report.number_row else "",
                weight=3,
                align=Align.CENTER,
            ),
            text_column(
                report.rows[level].label,
                "unit",
                number="B" if report.number_row else "",
                weight=24,
            ),
            *_kind_column(report),
        ),
        columns=tuple(_column(column, years) for column in report.columns if column.printed),
        unit=report.measure_unit,
        number_row=report.number_row,
    )


def _kind_column(report: ReportDef) -> tuple[Column, ...]:
    if not report.pairs:
        return ()
    number = "C" if report.number_row else ""
    return (text_column(texts.PAPER["kind"], "kind", number=number, weight=8),)


def _column(column: ReportColumn, years: Mapping[str, str]) -> Column:
    label = column.label.format(**years)
    if column.columns:
        return Column(label, columns=tuple(_column(child, years) for child in column.columns))
    return Column(label, column.key, column.number, column.formula, format_of(column))


def format_of(column: ReportColumn) -> NumberFormat:
    match column.value:
        case Share() | RateChange() | Proportion() | Computed(is_rate=True):
            return NumberFormat.RATE
        case Fixed():
            return NumberFormat.TEXT
    return NumberFormat.COUNT


def _rows(
    columns: tuple[Column, ...], request: Request, row: UnitRow, number: int
) -> Iterator[Row]:
    name = row.name or texts.PAPER["unknown_village"]
    labels = (str(number) if row.unit else "", name)
    unplaced = row.unit is None
    for kind in _kinds(request):
        cells = cells_of(request, row, kind, unplaced=unplaced)
        yield row_of(columns, (*labels, *_kind_label(kind)), cells, kind=kind, unit=row.unit)


def _total(columns: tuple[Column, ...], request: Request, data: TableData) -> list[Row]:
    labels = ("", request.report.rows[data.row_level].total or request.report.total_label)
    return [
        row_of(
            columns,
            (*labels, *_kind_label(kind)),
            cells_of(request, data.total, kind),
            level=0,
            kind=kind,
            unit=request.unit,
        )
        for kind in _kinds(request)
    ]


def _kinds(request: Request) -> tuple[str, ...]:
    return (HOUSEHOLDS, PERSONS) if request.report.pairs else ("",)


def _kind_label(kind: str) -> tuple[str, ...]:
    return (texts.PAPER[f"kind_{kind}"],) if kind else ()


def cells_of(
    request: Request, row: UnitRow, kind: str = "", *, unplaced: bool = False
) -> dict[str, Cell]:
    """The cells of a row by the key of their column, those that are not printed as well."""
    cells: dict[str, Cell] = {}
    for column in request.report.leaves():
        if kind == PERSONS and not column.printed:
            continue  # what is counted for others has one row
        unit = request.unit if unplaced else row.unit
        source = source_of(request, column, unit, unplaced=unplaced, persons=kind == PERSONS)
        key = persons_key(column.key) if kind == PERSONS else column.key
        if key in row.nameless:
            source = replace(source, measure=OPENING_COUNT)
        if isinstance(column.value, Fixed):
            cells[column.key] = Cell.of_text(column.value.text)
        elif isinstance(column.value, Computed):
            cells[column.key] = Cell.of_missing(FORMULA)
        elif key in row.reasons:
            cells[column.key] = Cell.of_missing(row.reasons[key], source)
        elif isinstance(column.value, NotCounted):
            cells[column.key] = Cell.of_missing(NOT_COUNTED, source)
        elif isinstance(column.value, RateChange):
            rates = (cells[column.value.minuend], cells[column.value.subtrahend])
            cells[column.key] = _rate_change(*rates, source)
        elif isinstance(column.value, Proportion):
            cells[column.key] = _proportion(row, column.key, column.value, source)
        elif isinstance(column.value, Share):
            numerator = row.values[column.value.numerator]
            # The total of a split village stands here whole, its households only until placed.
            denominator = None if unplaced else row.values[column.value.denominator]
            upper = row.uppers.get(column.value.numerator)
            lacks = row.reasons.get(column.value.numerator)
            cells[column.key] = (
                Cell.of_missing(lacks, source)
                if lacks
                else Cell.of_rate(numerator, denominator, source, upper=upper)
            )
        else:
            cells[column.key] = Cell.of_count(row.values[key], source, upper=row.uppers.get(key))
    return cells


def _rate_change(first: Cell, second: Cell, source: Source) -> Cell:
    """Percentage points between two shares of the row."""
    for one in (first, second):
        if not isinstance(one.value, Decimal) or one.upper is not None:
            return Cell.of_missing(one.missing or UNSURE, source)
    assert isinstance(first.value, Decimal)
    assert isinstance(second.value, Decimal)
    return Cell(first.value - second.value, source=source)


def _proportion(row: UnitRow, key: str, value: Proportion, source: Source) -> Cell:
    whole = row.values[value.denominator]
    if row.uppers.get(value.denominator, whole) != whole:
        return Cell.of_missing(UNSURE, source)
    return Cell.of_rate(row.values[key], whole, source, upper=row.uppers.get(key))


def source_of(
    request: Request,
    column: ReportColumn,
    unit: UUID | None,
    *,
    unplaced: bool = False,
    persons: bool = False,
) -> Source:
    """What the number in a column counts; `measure` also names typed and computed columns."""
    measure, denominator, offset = "", "", 0
    match column.value:
        case Counted(name, year_offset):
            measure, offset = persons_of(name) if persons else name, year_offset
        case Proportion(name, whole):
            measure, denominator = name, whole
        case Movement(listed, flow, own):
            measure = Movement(listed, flow, persons or own).measure
        case Population(name, year_offset):
            measure, offset = f"population_{name}", year_offset
        case Target(name):
            measure = f"target_{name}"
        case Difference(first, second) | RateChange(first, second):
            measure = f"{first}-{second}"
        case Share(first, second):
            divided = next(leaf for leaf in request.report.leaves() if leaf.key == first)
            if not divided.printed:  # no cell of the paper leads to what is counted
                counted = source_of(request, divided, unit, unplaced=unplaced, persons=persons)
                return replace(counted, denominator=second)
            measure, denominator = first, second
    scope = request.scope(offset)
    return Source(
        measure=measure,
        unit=unit,
        group=UNPLACED if unplaced else "",
        standard=request.standard,
        status=STATUS[scope.recognised],
        year=None if scope.as_of else scope.year,
        as_of=scope.as_of,
        denominator=denominator,
        geography=None if request.day == scope.day else request.day,
        edition=scope.edition,
    )


def _subtitle(request: Request, data: TableData) -> tuple[str, ...]:
    said = texts.report_subtitle(
        standard=request.standard_label or request.standard,
        state=_state(request, data),
        as_of=request.as_of,
        geography=None if request.day == request.scope().day else request.day,
        edition=request.edition_number,
    )
    return (*said, *base_line(request, data))


def _state(request: Request, data: TableData) -> str:
    """Where the numbers come from, where one word is true of all of them."""
    if not request.recognised:
        return "preliminary"  # counts the register whether or not the year was closed since
    if request.report.has_day or (request.report.has_status and not data.frozen):
        return "frozen" if data.frozen else "live"
    all_closed = data.frozen and not data.open_years and not request.report.is_plan
    return "frozen" if all_closed else ""
