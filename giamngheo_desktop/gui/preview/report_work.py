"""What the report page does off the GUI thread: make a paper, find the names behind a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.measures import measure
from giamngheo_desktop.domain.movement import OUT, Flow
from giamngheo_desktop.domain.report import Movement
from giamngheo_desktop.gui.preview import paper
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.asked import ReportAsked
from giamngheo_desktop.reports.document import Cell, Column, ReportDoc, Source
from giamngheo_desktop.reports.placed import PlacedCell
from giamngheo_desktop.services import areas, names, unit_names
from giamngheo_desktop.services.names import HouseholdName, PersonName
from giamngheo_desktop.services.report_choices import Choices, choices
from giamngheo_desktop.storage.engine import Database

_AT_OPENING = (Flow.OPENING, *OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which paper: `unit` None is the commune, `as_of` None the table of the year; `standard` None
    is the national one, `geography` None the units of the data's day; `edition` None is the newest
    lần of a closed year.
    """

    code: str
    year: int
    unit: UUID | None = None
    recognised: bool = True
    as_of: date | None = None
    standard: str | None = None
    geography: date | None = None
    edition: int | None = None

    @property
    def asked(self) -> ReportAsked:
        """As it is issued: whatever lần, it is held against the newest one later."""
        names = (field.name for field in fields(ReportAsked))
        return ReportAsked(**{name: getattr(self, name) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A made report: its document, the file, where its cells stand, the sizes of its pages."""

    wish: Wish
    doc: ReportDoc
    data: bytes
    cells: tuple[PlacedCell, ...]
    sizes: tuple[tuple[float, float], ...]

    def cell(self, placed: PlacedCell) -> Cell | None:
        """The number at a place; None for a label."""
        table = self.doc.tables[placed.table]
        at = placed.column - len(table.label_leaves)
        return None if at < 0 else table.rows[placed.row].cells[at]

    def numbers(self) -> tuple[PlacedCell, ...]:
        """The places of all cells that say where their number comes from."""
        found = []
        for placed in self.cells:
            cell = self.cell(placed)
            if cell is not None and cell.source is not None and cell.source.unit is not None:
                found.append(placed)
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What stands behind a number: rows of households or persons, or neither for typed numbers.

    `value` is the number as the paper `code` has it; `heading` its column, `place` its row.
    `reasons` has why each household counts in a column of the movement, `population` where such a
    number comes from.
    """

    code: str
    source: Source
    heading: str
    place: str
    value: object
    missing: str
    households: Sequence[HouseholdName] = ()
    persons: Sequence[PersonName] = ()
    reasons: Mapping[UUID, str] = field(default_factory=dict)
    population: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        return len(self.persons) or len(self.households)


def make_paper(database: Database, definitions: Definitions, wish: Wish) -> Paper:
    """AppErrors of `reports.make`."""
    from giamngheo_desktop.reports.pdf import render_pdf

    doc = make.make(
        database,
        definitions,
        wish.code,
        year=wish.year,
        unit=wish.unit,
        recognised=wish.recognised,
        as_of=wish.as_of,
        standard=wish.standard,
        geography=wish.geography,
        edition=wish.edition,
    )
    result = render_pdf(doc)
    return Paper(
        wish=wish, doc=doc, data=result.data, cells=result.cells, sizes=paper.sizes(result.data)
    )


def look_behind(
    database: Database, definitions: Definitions, made: Paper, placed: PlacedCell
) -> Behind:
    """The names behind one number; a rate leads to the names of its numerator."""
    table = made.doc.tables[placed.table]
    row = table.rows[placed.row]
    key = table.leaves[placed.column].key
    cell = table.cell(placed.row, key)
    if cell.source is not None and cell.source.measure in {leaf.key for leaf in table.value_leaves}:
        key = cell.source.measure  # of a rate: the column it divides
        cell = table.cell(placed.row, key)
    source = cell.source
    assert source is not None, key
    heading = " – ".join(_headings(made, placed.table, key))
    day = source.as_of or date(source.year or made.wish.year, 12, 31)
    stands_on, column = day, Movement.of(source.measure)
    if column is not None and column.flow in _AT_OPENING:
        day = date(day.year - 1, 12, 31)  # who leaves is named as he stood then
    counted = measure(source.measure)
    uids = make.explain(database, source)
    people = counted is not None and counted.counts_people
    stand = names.Villages(source.geography or stands_on, make.villages_behind(database, source))
    return Behind(
        code=made.doc.code,
        source=source,
        heading=heading,
        place=table.row_name(row),
        value=cell.value,
        missing=cell.missing,
        households=() if people else _homes(database, source, uids, day, stand),
        persons=names.of_persons(database, uids, day, stand) if people else (),
        reasons=make.reasons(database, source),
        population=make.population_sources(database, source),
    )


def _homes(
    database: Database, source: Source, uids: Sequence[UUID], day: date, stand: names.Villages
) -> list[HouseholdName]:
    """With the sizes that make up the number of persons beside it."""
    sizes = make.sizes(database, source)
    named = names.of_households(database, uids, day, stand)
    return [one._replace(persons=sizes.get(one.household, one.persons)) for one in named]


def _headings(made: Paper, table: int, key: str) -> list[str]:
    """The headings above a column, the outermost first."""

    def find(columns: Sequence[Column], above: list[str]) -> list[str]:
        for column in columns:
            path = [*above, column.label]
            if column.key == key and not column.columns:
                return path
            if found := find(column.columns, path):
                return found
        return []

    return find(made.doc.tables[table].columns, [])


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A paper with the units it can be asked for: the commune, then its villages; and how many
    editions (lần) it has.
    """

    units: tuple[tuple[UUID, str], ...]
    choices: Choices
    editions: int
    has_status: bool
    has_day: bool
    paper: Paper


def make_view(
    database: Database,
    definitions: Definitions,
    wish: Wish,
    commune: UUID,
    *,
    today: date,
    unit_today: UUID,
) -> View:
    """The paper and what the page offers beside it; what is no longer offered is the usual one.

    `commune` is the whole of the year, `unit_today` that of the units of today.
    """
    table = make.shape(database, definitions, wish.code, wish.year)
    if not table.has_day:
        wish = replace(wish, as_of=None)
    make.refuse_future(database, wish.as_of, today)
    day = wish.as_of or date(wish.year, 12, 31)
    offered = choices(
        database,
        definitions,
        year=wish.year,
        day=day,
        unit=commune,
        today=today,
        unit_today=unit_today,
    )
    if wish.standard not in [code for code, _ in offered.standards]:
        wish = replace(wish, standard=None)
    wish = replace(wish, geography=offered.geography if wish.geography else None)
    if wish.geography:
        day, commune = wish.geography, unit_today
    if areas.tree(database, day).get(wish.unit) is None:
        wish = replace(wish, unit=commune)
    found = make.editions_of(
        database,
        definitions,
        wish.code,
        year=wish.year,
        unit=wish.unit,
        recognised=wish.recognised,
        as_of=wish.as_of,
        standard=wish.standard,
        geography=wish.geography,
    )
    if wish.edition is not None and wish.edition > found:
        wish = replace(wish, edition=None)
    return View(
        units=unit_names.with_villages(database, day, commune),
        choices=offered,
        editions=found,
        has_status=table.has_status,
        has_day=table.has_day,
        paper=make_paper(database, definitions, wish),
    )
