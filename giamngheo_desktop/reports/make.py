"""One report from the data to the file: request, numbers, document, writer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.bound_table import Tables
from giamngheo_desktop.domain.children import child_ages, told_by_indicators
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.measures import measure
from giamngheo_desktop.domain.report import Each, Movement, ReportDef
from giamngheo_desktop.domain.report_columns import Material, Named, expanded
from giamngheo_desktop.domain.standard import PovertyStandard, lists_before, standard_for
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.reports.build import build
from giamngheo_desktop.reports.document import UNPLACED, ReportDoc, Source
from giamngheo_desktop.reports.own_table import Finished, finished, own_report
from giamngheo_desktop.services import (
    areas,
    closed_years,
    populations,
    settings,
    table_templates,
)
from giamngheo_desktop.services.behind import behind
from giamngheo_desktop.services.movement import editions, movement_story
from giamngheo_desktop.services.placing import Place
from giamngheo_desktop.services.report_rows import Request, table_data
from giamngheo_desktop.services.table_templates import OwnTable
from giamngheo_desktop.storage import review_rows
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope

FORMATS = ("xlsx", "pdf", "docx", "json")


def make(
    database: Database,
    definitions: Definitions,
    code: str,
    *,
    year: int,
    unit: UUID | None = None,
    recognised: bool = True,
    as_of: date | None = None,
    geography: date | None = None,
    standard: str | None = None,
    edition: int | None = None,
    signed_on: date | None = None,
) -> ReportDoc:
    """The document of report `code`; `edition` is the lần of a closed year's table, None: the
    newest; `signed_on` that of `services.settings.signed`. AppErrors of `wanted` and
    `edition_missing`.
    """
    asked = wanted(
        database,
        definitions,
        code,
        year=year,
        unit=unit,
        recognised=recognised,
        as_of=as_of,
        geography=geography,
        standard=standard,
    )
    request = editions.with_edition(database, asked, edition)
    own = _own(database, definitions, code)
    if own is not None:
        return own_made(database, own, request, signed_on).doc
    data = table_data(database, request)
    return build(request, data, settings.signed(database, request.scope().day, signed_on))


def own_made(
    database: Database, own: OwnTable, request: Request, signed_on: date | None = None
) -> Finished:
    """A table of the unit, and what was found wrong in making it."""
    data = table_data(database, request)
    values = settings.signed(database, request.scope().day, signed_on)
    tree = areas.tree(database, request.day)
    above = () if request.unit is None else (tree[request.unit], *tree.ancestors(request.unit))
    province = next((area.name for area in above if area.level is Level.PROVINCE), "")
    return finished(build(request, data, values), own, request, data, values, province=province)


def editions_of(database: Database, definitions: Definitions, code: str, **asked: Any) -> int:
    """How many editions (lần) the table of `wanted` has; 0 while its year is not closed."""
    return editions.count(database, wanted(database, definitions, code, **asked))


def wanted(
    database: Database,
    definitions: Definitions,
    code: str,
    *,
    year: int,
    unit: UUID | None = None,
    recognised: bool = True,
    as_of: date | None = None,
    geography: date | None = None,
    standard: str | None = None,
) -> Request:
    """The table that is asked for; `unit` None is the only commune (or the top unit).

    A report without a preliminary form counts recognised classes whatever was asked. Raises
    AppError `unknown_report`, `no_standard`, `no_unit`, `unit_not_there_then`; and where
    `as_of` lies in another year (`day_outside_year`) or the report compares the ends of years
    (`report_without_day`).
    """
    own = _own(database, definitions, code)
    return asked_for(
        database,
        definitions,
        definitions.report(code, date(year, 12, 31)) if own is None else own,
        year=year,
        unit=unit,
        recognised=recognised,
        as_of=as_of,
        geography=geography,
        standard=standard,
    )


def _own(database: Database, definitions: Definitions, code: str) -> OwnTable | None:
    """A table of the unit, where the code is none of the program's."""
    return None if code in definitions.reports else table_templates.get(database, code)


def asked_for(
    database: Database,
    definitions: Definitions,
    report: ReportDef | OwnTable,
    *,
    year: int,
    unit: UUID | None = None,
    recognised: bool = True,
    as_of: date | None = None,
    geography: date | None = None,
    standard: str | None = None,
) -> Request:
    """`wanted` for a report that stands in no definition file, or for a table of the unit."""
    chosen = (
        definitions.standards.get(standard)
        if standard
        else standard_for(definitions.standards, year)
    )
    if as_of is not None and as_of.year != year:
        raise AppError("day_outside_year", day=as_of.strftime("%d/%m/%Y"), year=year)
    material = material_of(definitions, chosen, settings.get(database, as_of or date(year, 12, 31)))
    report = (
        own_report(report, official_tables(definitions, material, year))[0]
        if isinstance(report, OwnTable)
        else expanded(report, material)
    )
    if as_of is not None and not report.has_day:
        raise AppError("report_without_day", name=report.code)
    day = geography or as_of or date(year, 12, 31)
    if unit is not None and areas.tree(database, day).get(unit) is None:
        raise AppError("unit_not_there_then")
    return Request(
        report=report,
        year=year,
        standard=chosen.code,
        standard_label=chosen.label,
        unit=unit or areas.top_unit(database, day),
        recognised=recognised or not report.has_status,
        as_of=as_of,
        geography=geography,
        before=lists_before(definitions.standards, chosen.code, year),
        periodic_from=periodic_from(definitions, year),
    )


def refuse_future(database: Database, as_of: date | None, today: date) -> None:
    """What will hold on a day to come nobody knows, but of a year that is closed already.

    RefusedError `day_in_future`.
    """
    if as_of is not None and as_of > today and not closed_years.is_recorded(database, as_of.year):
        raise RefusedError("day_in_future", day=format_date(as_of), today=format_date(today))


def shape(database: Database, definitions: Definitions, code: str, year: int) -> ReportDef:
    """A table, to ask whether it exists as sơ bộ and chính thức (`has_status`), and of a day."""
    own = _own(database, definitions, code)
    if own is None:
        return definitions.report(code, date(year, 12, 31))
    material = material_of(definitions, standard_for(definitions.standards, year), {})
    return own_report(own, official_tables(definitions, material, year))[0]


def official_tables(definitions: Definitions, material: Material, year: int) -> Tables:
    """The tables of the program in a year, with the columns that are printed."""
    return {
        code: expanded(definitions.report(code, date(year, 12, 31)), material)
        for code in definitions.reports
    }


def material_of(
    definitions: Definitions, standard: PovertyStandard, values: Mapping[str, str]
) -> Material:
    """What the columns of tables are made of under a standard; `values` are the settings."""
    groups = definitions.choice_list("ethnic_groups")
    return Material(
        each={
            Each.INDICATOR: [Named(item.code, item.short) for item in standard.indicators],
            Each.CAUSE: [
                Named(entry.code, entry.short_label) for entry in definitions.choice_list("causes")
            ],
            Each.ETHNIC_GROUP: [
                Named(code, groups.entry(code).label) for code in settings.local_groups(values)
            ],
        },
        ages=child_ages(standard),
        told=told_by_indicators(standard),
    )


def periodic_from(definitions: Definitions, year: int) -> date | None:
    """The first day of the review at the year's end."""
    try:
        window = definitions.workflow(ReviewKind.PERIODIC.value, date(year, 12, 31)).window
    except AppError:
        return None
    return date(year, *window[0]) if window else None


def explain(database: Database, source: Source) -> tuple[UUID, ...]:
    """The households, or the persons, that a counted cell counts; () for typed numbers.

    For every cell of a measure, and of households in a movement, the number of ids equals the
    cell's value (of a range its smaller one, but for children whom only an indicator tells and who
    may be one or another); persons in a movement lead to the households that
    bring or take them, a sum of indicators to those deprived in one.
    """
    counted = measure(source.measure)
    with database.reader() as connection:
        found = [home for home, _ in _counted(connection, source)]
        if counted is not None and counted.counts_people:
            found = review_rows.members_of(connection, scope_of(source), found, counted)
    return tuple(found)


def population_sources(database: Database, source: Source) -> frozenset[str]:
    """Where a population in a cell comes from (`populations.sources`); empty for other cells."""
    name = source.measure.removeprefix("population_")
    if name == source.measure:
        return frozenset()
    scope = scope_of(source)
    with database.reader() as connection:
        return populations.sources(
            connection, scope, name, source.unit, source.geography or scope.day
        )


def reasons(database: Database, source: Source) -> dict[UUID, str]:
    """Why each household counts in a cell of the movement; of other cells the number says it."""
    column = Movement.of(source.measure)
    return movement_story.reasons(database, scope_of(source), column) if column else {}


def sizes(database: Database, source: Source) -> dict[UUID, int]:
    """The persons each household brings to a cell of the movement; {} for other cells."""
    column = Movement.of(source.measure)
    return movement_story.sizes(database, scope_of(source), column) if column else {}


def villages_behind(database: Database, source: Source) -> dict[UUID, UUID]:
    """The village of the table's geography in which each household behind a cell is counted.

    Absent is who cannot be told a village.
    """
    with database.reader() as connection:
        return {
            home: place for home, place in _counted(connection, source) if isinstance(place, UUID)
        }


def _counted(connection: Connection, source: Source) -> Iterator[tuple[UUID, Place]]:
    return behind(
        connection,
        scope_of(source),
        source.measure,
        unit=source.unit,
        geography=source.geography,
        unplaced=source.group == UNPLACED,
    )


def scope_of(source: Source) -> Scope:
    return Scope(
        year=source.year if source.year is not None else (source.as_of or date.min).year,
        standard=source.standard,
        recognised=source.status == "official",
        as_of=source.as_of,
        edition=source.edition,
    )


def render(doc: ReportDoc, form: str) -> bytes:
    """The file of a document in one of `FORMATS`; same document, same bytes."""
    if form == "json":
        from giamngheo_desktop.reports.as_json import render_json

        return render_json(doc).encode()
    if form == "pdf":
        from giamngheo_desktop.reports.pdf import render_pdf

        return render_pdf(doc).data
    if form == "xlsx":
        if doc.form is not None:
            from giamngheo_desktop.exports.table_fill import filled

            return filled(doc, doc.form)
        from giamngheo_desktop.exports.xlsx_write import render_xlsx

        return render_xlsx(doc)
    if form == "docx":
        from giamngheo_desktop.exports.docx_write import render_docx

        return render_docx(doc)
    raise AppError("unknown_format", name=form, known=", ".join(FORMATS))


def write(doc: ReportDoc, form: str, path: Path) -> Path:
    """Write the file through a temporary name; AppErrors of `exports.safe_file`."""
    from giamngheo_desktop.exports.safe_file import write_bytes

    write_bytes(path, render(doc, form))
    return path
