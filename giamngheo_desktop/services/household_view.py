"""What the page of one household shows: the household of a day, its stay, classes and ticks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import AreaTree, Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.new_escape import Escape
from giamngheo_desktop.domain.standard import AreaType, PovertyStandard, standard_for
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services.assessment import Assessment, assess_with
from giamngheo_desktop.services.class_line import closed_since
from giamngheo_desktop.services.held_certificates import Certificate, held
from giamngheo_desktop.services.movement.new_escape import escapes
from giamngheo_desktop.services.unit_names import unit_names
from giamngheo_desktop.storage import areas, classes, corrections, records, review_rows
from giamngheo_desktop.storage import households as stored
from giamngheo_desktop.storage.corrections import Corrected
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import RECOGNISED_SOURCES, Scope

_UNIT_WORDS = ("tinh", "thanh pho", "tp", "tp.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRecord:
    """One class record of the time line, with number and day of its decision.

    A computed record of an unfinished household has no class, but the `possible` ones.
    """

    uid: UUID
    standard: str
    review_year: int
    household_class: str | None
    possible: tuple[str, ...] | None
    average_living: bool
    source: str  # opening | computed | decision
    valid_from: date
    valid_to: date | None
    number: str | None
    signed_on: date | None
    note: str | None

    @property
    def recognised(self) -> bool:
        return self.source in RECOGNISED_SOURCES

    @property
    def ever_held(self) -> bool:
        """Not of one day with a result signed later, which then holds instead."""
        return self.valid_to is None or self.valid_to >= self.valid_from

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """A village of the day shown; the area type is its own or the commune's."""

    uid: UUID
    name: str
    area_type: str | None
    first_day: date  # households can stand in it from this day on


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What any household of a year needs: villages, standards, whether the year is closed."""

    year: int
    villages: tuple[Village, ...]
    standards: tuple[PovertyStandard, ...]  # the national one first
    closed: bool
    fixed_by: int | None  # the first closed year that rests on classes of this one
    first_year: int | None  # the first the commune has recognised results of

    def takes_opening(self, standard: str, year: int) -> bool:
        """Whether a class without a decision may open the register: in its first year of use.

        Or under a standard to come, whose opening is counted in the last year of the old one.
        """
        coming = any(item.code == standard and not item.covers(year) for item in self.standards)
        return coming or self.first_year is None or year <= self.first_year

    @property
    def standard(self) -> PovertyStandard:
        return self.standards[0]

    def village(self, uid: UUID | None) -> Village | None:
        return next((village for village in self.villages if village.uid == uid), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One stored household on `day`, which is moved into the days it is in the register.

    `left_on` is the first day it is no longer there (None: still there), `left_by` why.
    """

    household: Household
    day: date
    left_on: date | None
    left_by: str | None
    around: Surroundings
    records: tuple[ClassRecord, ...]  # newest first
    answers: Mapping[str, Mapping[str, Answer]]  # by standard, then indicator
    new_escape: Escape | None = None  # hộ mới thoát nghèo on the day shown
    corrections: tuple[Corrected, ...] = ()  # of closed years, oldest first
    closed_years: tuple[tuple[int, str], ...] = ()  # year and standard, newest first
    certificate: Certificate | None = None  # that it holds

    def of_year(self, standard: str) -> ClassRecord | None:
        """The newest recognised record counted in the year."""
        year = self.around.year
        found = [
            record
            for record in self.records
            if record.recognised and record.review_year == year and record.standard == standard
        ]
        return next((record for record in found if record.ever_held), found[0] if found else None)

    def in_force(self, standard: str) -> ClassRecord | None:
        """The recognised record that holds on the day shown."""
        return next(
            (
                record
                for record in self.records
                if record.recognised and record.standard == standard and record.holds_on(self.day)
            ),
            None,
        )


def surroundings(
    database: Database, definitions: Definitions, *, commune: UUID, year: int, day: date
) -> Surroundings:
    """Villages of `day` in paper order; AppError `no_standard` for a year without one."""
    with database.reader() as connection:
        return _surroundings(connection, definitions, commune, year, day)


def dossier(
    database: Database, definitions: Definitions, uid: UUID, *, commune: UUID, year: int, day: date
) -> Dossier:
    """Everything the page shows, in one snapshot. Raises RefusedError `record_missing`."""
    with database.reader() as connection:
        shown, left_on, left_by = _stay(connection, uid, day)
        found = stored.load(connection, [uid], shown).get(uid)
        if found is None:
            raise RefusedError("record_missing")
        around = _surroundings(connection, definitions, commune, year, shown)
        rows = classes.of_household(connection, uid)
        corrected = corrections.corrected(connection, household=uid)
        rounds = records.find(connection, Kind.ROUND)
        years = {(row["review_year"], row["standard"]) for row in rounds if row["closed_on"]}
        closed = tuple(sorted(years, reverse=True))
        escaped = escapes(connection, shown, uid).get(uid)
        certificate = held(connection, uid)
        ticked = records.find(connection, Kind.INDICATOR_ANSWER, household=uid)
    answers: dict[str, dict[str, Answer]] = {}
    for row in ticked:
        if row["deprived"] is not None:
            answer = Answer(row["deprived"], row["reason"])
            answers.setdefault(row["standard"], {})[row["indicator"]] = answer
    return Dossier(
        household=found,
        day=shown,
        left_on=left_on,
        left_by=left_by,
        around=around,
        records=tuple(
            ClassRecord(**{name: row[name] for name in ClassRecord.__slots__}) for row in rows
        ),
        answers=answers,
        new_escape=escaped,
        corrections=tuple(corrected),
        closed_years=closed,
        certificate=certificate,
    )


def assessments(
    definitions: Definitions,
    household: Household,
    around: Surroundings,
    answers: Mapping[str, Mapping[str, Answer]],
    reference_day: date,
) -> tuple[Assessment, ...]:
    """What a household, stored or still in its form, would be under each standard; pure."""
    village = around.village(household.village)
    area = AreaType(village.area_type) if village and village.area_type else None
    return tuple(
        assess_with(
            definitions,
            household,
            standard=standard,
            area_type=area,
            answers=answers.get(standard.code, {}),
            reference_day=reference_day,
        )
        for standard in around.standards
    )


def _stay(connection: Connection, uid: UUID, day: date) -> tuple[date, date | None, str | None]:
    """The day nearest to `day` on which the household is in the register, and when it left."""
    places = records.find(connection, Kind.PLACE, household=uid)
    if not places:
        return day, None, None
    first = min(place["valid_from"] for place in places)
    last = max(places, key=lambda place: place["valid_to"] or date.max)
    if last["valid_to"] is not None and last["valid_to"] < day:
        return last["valid_to"], last["valid_to"] + timedelta(days=1), last["reason"]
    return max(day, first), None, None


def _surroundings(
    connection: Connection, definitions: Definitions, commune: UUID, year: int, day: date
) -> Surroundings:
    tree = areas.tree_on(connection, day)
    standard = standard_for(definitions.standards, year)
    local = local_standards(definitions, tree, commune, year)
    fixed_by = _fixed_by(connection, standard.code, commune, year)
    return Surroundings(
        year=year,
        villages=_villages(connection, tree, commune, day),
        standards=(standard, *_coming(definitions, standard, year), *local),
        closed=fixed_by == year,
        fixed_by=fixed_by,
        first_year=classes.first_recognised_year(connection, commune),
    )


def _fixed_by(connection: Connection, standard: str, commune: UUID, year: int) -> int | None:
    for closed in closed_since(connection, standard, year):
        scope = Scope(year=closed, standard=standard)
        villages = (area.uid for area in areas.tree_on(connection, scope.day).villages(commune))
        if review_rows.is_closed(review_rows.is_frozen(connection, scope), villages):
            return closed
    return None


def _coming(
    definitions: Definitions, standard: PovertyStandard, year: int
) -> tuple[PovertyStandard, ...]:
    """In the last year of a standard households are reviewed under the next one as well."""
    try:
        following = standard_for(definitions.standards, year + 1)
    except AppError:
        return ()
    return () if following.code == standard.code else (following,)


def _first_days(connection: Connection) -> dict[UUID, date]:
    """The first day of every unit, under whatever name."""
    found: dict[UUID, date] = {}
    for row in records.find(connection, Kind.AREA_VERSION):
        found[row["area"]] = min(row["valid_from"], found.get(row["area"], date.max))
    return found


def _villages(
    connection: Connection,
    tree: AreaTree,
    commune: UUID,
    day: date,
) -> tuple[Village, ...]:
    found, first_days = tree.villages(commune), _first_days(connection)
    names = unit_names(connection, found, day)
    return tuple(
        Village(
            uid=area.uid,
            name=names[area.uid],
            area_type=tree.area_type(area.uid),
            first_day=first_days[area.uid],
        )
        for area in found
    )


def local_standards(
    definitions: Definitions, tree: AreaTree, unit: UUID, year: int
) -> list[PovertyStandard]:
    """The standards of the year that the unit's own province has set."""
    province = next(
        (area.name for area in tree.ancestors(unit) if area.level is Level.PROVINCE), ""
    )
    return [
        item
        for item in definitions.standards.provincial_for(year)
        if _same_province(item.province, province)
    ]


def _same_province(one: str, other: str) -> bool:
    return bool(one) and _bare(one) == _bare(other)


def _bare(name: str) -> str:
    key = search_key(name)
    for word in _UNIT_WORDS:
        key = key.removeprefix(f"{word} ")
    return key


def reference_day(household: Household, year: int, day: date) -> date:
    """The day ages are taken on: the day of the survey where it was in the year, else `day`."""
    surveyed = household.surveyed_on
    return surveyed if surveyed is not None and surveyed.year == year else day
