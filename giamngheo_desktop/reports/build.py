"""Turns a report definition and its numbers into a document; pure, knows no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.allocation import AT_END, growth
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.linked_targets import rounded
from giamngheo_desktop.domain.measures import CAUSES, persons_of
from giamngheo_desktop.domain.measures import measure as measure_named
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.numbers import format_decimal
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
from giamngheo_desktop.domain.standard import HouseholdClass
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
from giamngheo_desktop.reports.reasons import base_note, missing_notes, opening_notes
from giamngheo_desktop.services import settings as setting_codes
from giamngheo_desktop.services.movement.movement_notes import MovementNotes
from giamngheo_desktop.services.report_rows import (
    NO_RESULT,
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
            *_notes(request, data, words),
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
    return texts.report_subtitle(
        standard=request.standard_label or request.standard,
        state=_state(request, data),
        as_of=request.as_of,
        geography=None if request.day == request.scope().day else request.day,
        edition=request.edition_number,
    )


def _state(request: Request, data: TableData) -> str:
    """Where the numbers come from, where one word is true of all of them."""
    if not request.recognised:
        return "preliminary"  # counts the register whether or not the year was closed since
    if request.report.has_day or (request.report.has_status and not data.frozen):
        return "frozen" if data.frozen else "live"
    all_closed = data.frozen and not data.open_years and not request.report.is_plan
    return "frozen" if all_closed else ""


def _growth_note(request: Request, data: TableData) -> list[str]:
    """By how much the households of the whole are expected to grow."""
    keys = {leaf.value: leaf.key for leaf in request.report.leaves()}
    values = data.total.values
    before, expected = (
        values.get(keys.get(value, "")) for value in (Population("households", -1), Target(AT_END))
    )
    found = growth(before, expected)
    if found is None:
        return []
    percent = format_decimal(rounded(found), 2)
    return [texts.PAPER["growth"].format(percent=percent, last_year=request.year - 1)]


def _notes(request: Request, data: TableData, words: Mapping[str, str]) -> tuple[str, ...]:
    notes = [note.format(**words) for note in request.report.notes]
    notes += _ages_note(request.report)
    notes += _growth_note(request, data)
    notes += base_note(request, data)
    notes += texts.population_notes(
        typed=data.typed_villages,
        counted=data.counted_villages,
        empty=data.empty_villages,
        persons=Population("persons") in request.report.values(),
        as_of=request.as_of,
    )
    # Where the table has a status its subtitle says already that the year is not closed.
    for found in data.open_years:
        if found.closed:
            notes.append(
                texts.PAPER["other_standard"].format(
                    year=found.year, standard=request.standard_label
                )
            )
        elif not found.recorded:
            notes.append(texts.PAPER["no_opening"].format(year=found.year + 1, before=found.year))
        elif found.waiting or (found.begun and not request.report.has_day):
            notes.append(texts.open_year_note(found.year, found.waiting))
    notes += (texts.kept_note(year, units) for year, units in data.kept)
    for year, units in data.nameless:
        notes.append(texts.nameless_note(year, units, moving=request.report.is_movement))
    notes += opening_notes(request, data)
    if data.movement and None not in data.total.values.values():
        notes += _movement_notes(request.report, data.movement)
    if request.as_of is not None:
        notes += _undated_notes(request.report)
    notes += _vague_notes(request, data)
    if data.lost:
        notes.append(texts.PAPER["lost"].format(year=request.year))
        return tuple(notes)
    moving = request.report.is_movement
    silent = NO_RESULT in data.total.reasons.values() and len(data.unfinished) == len(data.rows)
    if data.unfinished:
        notes.append(texts.unfinished_note(data.unfinished, moving=moving, alike=silent))
    if data.unlisted:
        notes.append(texts.unlisted_note(data.unlisted))
    if data.average and (moving or not silent):  # that nothing is known is said already
        notes.append(texts.average_note(data.average))
    return tuple(notes)


def _ages_note(report: ReportDef) -> Iterator[str]:
    """Of a table of children: who counts as one, and is asked what."""
    ages: dict[str, tuple[int, int]] = {}
    counted = [
        found
        for value in report.values()
        if isinstance(value, Counted) and (found := measure_named(value.measure)) is not None
    ]
    for one in counted:
        what = one.of.value.removeprefix("children").lstrip("_")
        if one.ages and what:
            ages[what] = (one.ages.first, one.ages.below)
    if any(one.of_children for one in counted):
        yield texts.ages_note(ages)


def _undated_notes(report: ReportDef) -> Iterator[str]:
    """Of a table of a day: what the register keeps only as it is, whatever the day."""
    counted = [
        found
        for value in report.values()
        if isinstance(value, Counted | Proportion)
        and (found := measure_named(value.measure)) is not None
    ]
    if any(one.vague == CAUSES for one in counted):
        yield texts.PAPER["undated_causes"]
    if any(one.of_children for one in counted):
        yield texts.PAPER["undated_children"]


def _vague_notes(request: Request, data: TableData) -> Iterator[str]:
    """Of how many households something is unknown, once for what all columns read."""
    columns: dict[str, dict[str, int]] = {}
    for leaf in request.report.leaves():
        name = leaf.value.measure if isinstance(leaf.value, Counted | Proportion) else ""
        counted = measure_named(name)
        if counted is not None and leaf.key in data.vague and leaf.key not in data.total.reasons:
            what = "children" if counted.of_children else counted.vague
            columns.setdefault(what, {})[leaf.number] = data.vague[leaf.key]
    for what, counts in columns.items():
        yield texts.vague_note(what, counts)


def flow_column(report: ReportDef, table: HouseholdClass, flow: Flow) -> str:
    """What the printed column of a flow is called; empty where none is printed."""
    for leaf in report.leaves():
        found = leaf.value
        if not (leaf.printed and isinstance(found, Movement)):
            continue
        if (found.table, found.flow) == (table.value, flow.value):
            numbered = report.number_row and leaf.number
            return texts.PAPER["column_number" if numbered else "column_label"].format(
                name=leaf.number if numbered else leaf.label
            )
    return ""


def _movement_notes(report: ReportDef, found: MovementNotes) -> Iterator[str]:
    inside = found.inside
    yield from texts.inside_notes(
        households=inside.households,
        more=inside.more,
        fewer=inside.fewer,
        increase=flow_column(report, found.table, Flow.OTHER_INCREASE),
        decrease=flow_column(report, found.table, Flow.OTHER_DECREASE),
    )
    if found.by_hand:
        yield texts.by_hand_note(
            [
                (
                    one.household.head,
                    one.household.village,
                    found.table,
                    one.computed,
                    one.flow,
                    one.reason,
                )
                for one in found.by_hand
            ]
        )
    if found.between:
        yield texts.between_note(
            found.table,
            [(one.household.head, one.household.village, one.passages) for one in found.between],
        )
    if found.bridge.months:
        yield texts.bridge_note(found.bridge)
