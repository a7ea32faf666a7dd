"""`giamngheo corrections`: what was corrected in a closed year, and which numbers changed by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.report import ReportDef
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import areas, names
from giamngheo_desktop.services.movement import corrections, editions
from giamngheo_desktop.services.movement.corrections import Corrected
from giamngheo_desktop.services.movement.edition_diff import CellDiff, edition_diff
from giamngheo_desktop.services.names import HouseholdName
from giamngheo_desktop.services.unit_names import villages
from giamngheo_desktop.storage.corrections import Numbered
from giamngheo_desktop.storage.engine import Database


def add_parser(commands: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    said = texts.CLI["help_corrections"]
    command = arguments.added(commands, "corrections", common, tell, said, writes=False)
    arguments.year_of_review(command)
    return command


def tell(ask: Ask) -> Answer:
    year, standard = ask.options.year, ask.standard
    found = year_corrected(ask.database, ask.definitions, year, standard)
    return Answer(corrections_json(found, year, standard), [*corrections_lines(found, year)])


@dataclass(frozen=True, slots=True)
class Changed:
    """A number of a report that another edition has otherwise."""

    report: ReportDef
    first: int
    second: int
    cell: CellDiff


@dataclass(frozen=True, slots=True)
class YearCorrected:
    """All of a year under one standard; the population of a village is of no standard."""

    corrections: Sequence[Corrected]
    changed: Sequence[Changed]
    names: Mapping[UUID, HouseholdName]
    population: Sequence[Numbered] = ()
    villages: Mapping[UUID, str] = field(default_factory=dict)


def year_corrected(
    database: Database, definitions: Definitions, year: int, standard: str
) -> YearCorrected:
    """The corrections of results, and how every table differs from one edition to the next."""
    found = corrections.of_year(database, year, standard)
    changed = list(_changed(database, definitions, year, standard))
    homes = {one.household for one in found}
    homes |= {home for one in changed for home in one.cell.households}
    named = names.of_households(database, sorted(homes), date(year, 12, 31))
    day = date(year, 12, 31)
    return YearCorrected(
        found,
        changed,
        {name.household: name for name in named},
        areas.corrected_population(database, year),
        {village.uid: village.name for village in villages(database, day, None)},
    )


def _changed(
    database: Database, definitions: Definitions, year: int, standard: str
) -> Iterator[Changed]:
    for code in sorted(definitions.reports):
        try:
            request = make.wanted(database, definitions, code, year=year, standard=standard)
        except AppError:  # not in force then
            continue
        numbers = range(1, editions.count(database, request) + 1)
        for first, second in pairwise(numbers):
            for cell in edition_diff(database, request, first, second):
                yield Changed(request.report, first, second, cell)


def corrections_json(found: YearCorrected, year: int, standard: str) -> dict[str, object]:
    return {
        "year": year,
        "standard": standard,
        "corrections": [
            {
                **_household(found, one.household),
                "before": _class(one.class_before, one.average_before),
                "after": _class(one.class_after, one.average_after),
                "reason": one.reason,
                "document": one.document,
                "signed_on": one.signed_on.isoformat() if one.signed_on else None,
                "made_on": one.made_on.isoformat(),
            }
            for one in found.corrections
        ],
        "population": [
            {
                "unit": str(one.village),
                "name": found.villages.get(one.village, ""),
                "reason": one.reason,
            }
            for one in found.population
        ],
        "differences": [
            {
                "report": one.report.code,
                "editions": [one.first, one.second],
                "unit": str(one.cell.unit) if one.cell.unit else None,
                "row": one.cell.row or one.report.total_label,
                "column": one.cell.key,
                "kind": ("khau" if one.cell.persons else "ho") if one.report.pairs else "",
                "before": one.cell.before,
                "after": one.cell.after,
                "households": [_household(found, home) for home in one.cell.households],
            }
            for one in found.changed
        ],
    }


def corrections_lines(found: YearCorrected, year: int) -> Iterator[str]:
    """A line for each correction, then for each number that differs."""
    if not found.corrections and not found.changed and not found.population:
        yield texts.CORRECTIONS["none"].format(year=year)
    for one in found.corrections:
        document = texts.CORRECTIONS["document"].format(document=one.document)
        yield texts.CORRECTIONS["line"].format(
            day=format_date(one.made_on),
            household=texts.household_words(*_said(found, one.household)),
            before=texts.class_words(one.class_before, average_living=one.average_before),
            after=texts.class_words(one.class_after, average_living=one.average_after),
            reason=one.reason,
            document=document if one.document else "",
        )
    for row in found.population:
        village = found.villages.get(row.village, "")
        yield texts.CORRECTIONS["population"].format(village=village, reason=row.reason)
    for changed in found.changed:
        cell, report = changed.cell, changed.report
        kind = texts.PAPER["kind_khau" if cell.persons else "kind_ho"] if report.pairs else ""
        yield texts.CORRECTIONS["edition_diff"].format(
            report=report.code,
            first=changed.first,
            second=changed.second,
            row=cell.row or report.total_label,
            kind=f" ({kind})" if kind else "",
            column=_column(report, cell.key, year),
            before=_number(cell.before),
            after=_number(cell.after),
        )


def _column(report: ReportDef, key: str, year: int) -> str:
    """By its number; without one by all headings, for “TS” and “%” stand under several."""
    paths = (path for column in report.columns for path in column.paths())
    path = next(path for path in paths if path[-1].key == key)
    words = " – ".join(column.label for column in path)
    return path[-1].number or words.format(year=year, last_year=year - 1)


def _number(value: int | None) -> str:
    return "–" if value is None else format_integer(value)


def _household(found: YearCorrected, home: UUID) -> dict[str, object]:
    head, village = _said(found, home)
    return {"household": str(home), "head": head, "village": village}


def _said(found: YearCorrected, home: UUID) -> tuple[str, str]:
    name = found.names.get(home)
    return (name.head, name.village) if name else ("", "")


def _class(code: str | None, average: bool | None) -> dict[str, object] | None:
    return None if code is None else {"class": code, "average_living": bool(average)}
