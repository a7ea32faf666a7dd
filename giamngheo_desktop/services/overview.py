"""What *Tổng quan* says of a year: counts by village, last year, targets, the years before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import AreaTree, Level
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.domain.rates import Rate, rate
from giamngheo_desktop.domain.standard import NO_RESULT, PovertyStandard, lists_before, standard_for
from giamngheo_desktop.services import register
from giamngheo_desktop.services.open_years import open_year
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.report_rows import Request, TableData, UnitRow, table_data
from giamngheo_desktop.services.review.review_view import VillageProgress, progress
from giamngheo_desktop.services.unit_names import unit_names
from giamngheo_desktop.storage import areas, review_rows
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope

COUNTS, TARGETS = "BC1", "THON"  # the tables whose columns the figures are
YEARS = 6  # of the chart, the working year included

_HISTORY = (MEASURES["poor_households"], MEASURES["near_poor_households"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of one unit. Totals are None where nobody typed them, the others where nobody
    recorded a class of this standard yet: no data is not nought.
    """

    unit: UUID | None
    name: str
    households: int | None
    persons: int | None
    poor_households: int | None
    near_poor_households: int | None
    poor_persons: int | None
    near_poor_persons: int | None
    average_living_households: int | None

    @property
    def poor_rate(self) -> Rate:
        return rate(self.poor_households, self.households)

    @property
    def near_poor_rate(self) -> Rate:
        return rate(self.near_poor_households, self.households)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The plan of the year: recognised at its beginning, typed decrease; None: not (all) known."""

    poor_opening: int | None
    near_poor_opening: int | None
    poor_decrease: int | None
    near_poor_decrease: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """Recognised households of one year under its national standard."""

    year: int
    standard: str
    standard_label: str
    poor: int
    near_poor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything the page shows. The running year is counted as in force on `as_of`; other years
    by their năm rà soát, as in their tables (`as_of` None), `frozen` when closed.

    `last` are the recognised figures of the year before, under `last_standard`; they compare with
    this year's only where `comparable`. `villages` has the rows of the table: `by_commune` those
    of `communes`; `village_count` counts the villages of the day. `register` and
    `register_persons` count what stands in the register, `unclassed` the households that the list
    shows without a class of this standard, `without_result` those with none of this year: of an
    open year who waits for one, of a closed one who had a class and was given none. `households_of`
    is the year before where rates divide by its households, since those of this year are dated
    later than `as_of`: Theo dõi and written reports of that day divide by the same.
    """

    year: int
    standard: PovertyStandard
    frozen: bool
    as_of: date | None
    total: Figures
    communes: int
    by_commune: bool
    village_count: int
    villages: tuple[Figures, ...]
    last: Figures | None
    last_standard: PovertyStandard | None
    comparable: bool
    target: Target
    history: tuple[YearCount, ...]
    register: int
    register_persons: int
    unclassed: int
    without_result: frozenset[UUID]
    households_of: int | None = None
    review: tuple[tuple[str, VillageProgress], ...] = ()  # by name, in paper order


def overview(
    database: Database, definitions: Definitions, *, year: int, commune: UUID, day: date
) -> Overview:
    """Read it all; `day` is the day an open year is shown on. AppError `no_standard`."""
    standard = standard_for(definitions.standards, year)
    with database.reader() as connection:
        whole = areas.tree_on(connection, date(year, 12, 31)).villages(commune)
        frozen = review_rows.is_closed(
            review_rows.is_frozen(connection, Scope(year=year, standard=standard.code)),
            (village.uid for village in whole),
        )
        as_of = None if frozen or day == date(year, 12, 31) else day
        lived_in = review_rows.register_counts(connection, day)
        tree = areas.tree_on(connection, day)
        unit = tree.get(commune)
        villages = {village.uid for village in tree.villages(commune)}
        listed = HouseholdFilter(day=day, standard=standard.code, year=year)
        unclassed = register.unclassed(connection, listed, villages)
        history = _history(connection, definitions, year, as_of)
        waiting = _waiting(connection, definitions, standard, year)
        review = _review(connection, tree, commune, day)
    left_out = register.households(database, replace(listed, classes=(NO_RESULT,)))
    counts = _table(database, definitions, COUNTS, standard, year, commune, as_of)
    last_standard = _standard_of(definitions, year - 1)
    last = None
    if last_standard is not None and any(past.year == year - 1 for past in history):
        before = _table(database, definitions, COUNTS, last_standard, year - 1, commune, None)
        last = _figures(before.total, before.unit_name)
    return Overview(
        year=year,
        standard=standard,
        frozen=frozen,
        as_of=as_of,
        total=_figures(counts.total, counts.unit_name),
        communes=len(tree.communes(commune)),
        by_commune=unit is not None and unit.level is not Level.COMMUNE,
        village_count=len(villages),
        villages=tuple(_figures(row, row.name) for row in counts.rows),
        last=last,
        last_standard=last_standard,
        comparable=last_standard is not None and last_standard.code == standard.code,
        target=_target(database, definitions, standard, year, commune),
        history=history,
        register=sum(homes for uid, (homes, _) in lived_in.items() if uid in villages),
        register_persons=sum(people for uid, (_, people) in lived_in.items() if uid in villages),
        unclassed=unclassed,
        without_result=waiting | {row.uid for row in left_out},
        households_of=_year_before(counts, year),
        review=review,
    )


def _year_before(counts: TableData, year: int) -> int | None:
    known = counts.population
    return known[0] if known is not None and known[0] < year else None


def _waiting(
    connection: Connection, definitions: Definitions, standard: PovertyStandard, year: int
) -> frozenset[UUID]:
    """Those for whom the official tables of the year say they wait."""
    scope = Scope(year=year, standard=standard.code)
    before = lists_before(definitions.standards, standard.code, year).get(year)
    waits = open_year(Placing(connection, scope.day, scope.day), scope, before)
    return frozenset().union(*waits.waiting.values()) if waits else frozenset()


def register_size(database: Database, commune: UUID, day: date) -> int:
    """How many households stand in the register on `day`."""
    with database.reader() as connection:
        lived_in = review_rows.register_counts(connection, day)
        villages = areas.tree_on(connection, day).villages(commune)
    return sum(lived_in.get(village.uid, (0, 0))[0] for village in villages)


def _standard_of(definitions: Definitions, year: int) -> PovertyStandard | None:
    try:
        return standard_for(definitions.standards, year)
    except AppError:
        return None


def _table(
    database: Database,
    definitions: Definitions,
    code: str,
    standard: PovertyStandard,
    year: int,
    commune: UUID,
    as_of: date | None,
) -> TableData:
    request = Request(
        report=definitions.report(code, date(year, 12, 31)),
        year=year,
        standard=standard.code,
        unit=commune,
        as_of=as_of,
        known_by_day=True,
        before=lists_before(definitions.standards, standard.code, year),
    )
    return table_data(database, request)


def _figures(row: UnitRow, name: str) -> Figures:
    values = row.values
    placed = row.unit is not None  # else the total is of a split village, the counts of its rest
    return Figures(
        unit=row.unit,
        name=name,
        households=values["households"] if placed else None,
        persons=values["persons"] if placed else None,
        poor_households=values["poor_households"],
        near_poor_households=values["near_poor_households"],
        poor_persons=values["poor_persons"],
        near_poor_persons=values["near_poor_persons"],
        average_living_households=values["average_living_households"],
    )


def _target(
    database: Database,
    definitions: Definitions,
    standard: PovertyStandard,
    year: int,
    commune: UUID,
) -> Target:
    values = _table(database, definitions, TARGETS, standard, year, commune, None).total.values
    return Target(
        poor_opening=values["poor_opening"],
        near_poor_opening=values["near_poor_opening"],
        poor_decrease=values["poor_decrease"],
        near_poor_decrease=values["near_poor_decrease"],
    )


def _review(
    connection: Connection, tree: AreaTree, unit: UUID, day: date
) -> tuple[tuple[str, VillageProgress], ...]:
    """How far each village is in the reviews of the year."""
    communes = [area.uid for area in tree.of_level(Level.COMMUNE)]
    found = {one.village: one for one in progress(connection, communes, day.year)}
    villages = tree.villages(unit)
    names = unit_names(connection, villages, day)
    return tuple((names[area.uid], found[area.uid]) for area in villages if area.uid in found)


def _history(
    connection: Connection, definitions: Definitions, year: int, as_of: date | None
) -> tuple[YearCount, ...]:
    """The years up to the working year whose recognised households are known, oldest first."""
    found: list[YearCount] = []
    for past in range(year - YEARS + 1, year + 1):
        standard = _standard_of(definitions, past)
        if standard is None:
            continue
        scope = Scope(year=past, standard=standard.code, as_of=as_of if past == year else None)
        frozen = review_rows.is_frozen(connection, scope)
        leaves = review_rows.counts(connection, scope, _HISTORY, frozen=frozen).values()
        poor, near_poor = (sum(leaf[measure.code] for leaf in leaves) for measure in _HISTORY)
        waits = None
        if leaves and not frozen:
            before = lists_before(definitions.standards, standard.code, past).get(past)
            waits = open_year(Placing(connection, scope.day, scope.day), scope, before)
        # A year nobody recorded anything for is no year of nought, half a year no whole one.
        if (leaves or frozen) and not (waits and waits.counts):
            found.append(
                YearCount(
                    year=past,
                    standard=standard.code,
                    standard_label=standard.label,
                    poor=poor,
                    near_poor=near_poor,
                )
            )
    return tuple(found)
