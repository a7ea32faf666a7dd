"""The first list of a file as counts per village, for as long as its households are not typed.

A village counts by them until as many households of the list have names. Nobody can say who of them
left, so that no flow of the year's movement is known there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.measures import MEASURES, CountOf, Measure, OneOf
from giamngheo_desktop.domain.movement import LISTED
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records, review_rows
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Frozen, Scope

CLASSES = tuple(code.value for code in LISTED)
_LISTS = tuple(MEASURES[f"{code}_households"] for code in CLASSES)
_EVERYBODY = Measure(code="all", label="", of=CountOf.HOUSEHOLDS, where=())


@dataclass(frozen=True, slots=True)
class Count:
    """Households of a class in a village; `persons` None where only households are known."""

    households: int
    persons: int | None = None
    source: str | None = None

    def of(self, what: CountOf) -> int | None:
        if what is CountOf.HOUSEHOLDS or self.households == 0:
            return self.households
        return self.persons

    def __add__(self, other: Count) -> Count:
        known = self.of(CountOf.PERSONS), other.of(CountOf.PERSONS)
        persons = None if None in known else sum(number or 0 for number in known)
        return Count(self.households + other.households, persons)


Counts = Mapping[UUID, Mapping[str, Count]]  # by village, then class


def save(
    database: Database,
    context: Context,
    counts: Counts,
    *,
    year: int,
    standard: str,
    unit: UUID | None = None,
) -> Done[None]:
    """Type the list that `year` ended with; a village given without a class loses its counts.

    Raises RefusedError `opening_count_both`, `opening_count_persons`, `year_closed`.
    """
    for found in counts.values():
        if found and found.keys() != set(CLASSES):
            raise RefusedError("opening_count_both")
        if not all(map(_is_possible, found.values())):
            raise RefusedError("opening_count_persons")
    with write_unit(database, context, Op.SAVE_OPENING_COUNTS, unit=unit) as work:
        work.subject = str(year)
        frozen = review_rows.is_frozen(work.connection, Scope(year=year, standard=standard))
        if frozen and (frozen is True or not frozen.isdisjoint(counts)):
            raise RefusedError("year_closed", year=year)
        for village, found in counts.items():
            _save_village(work, village, found, year, standard)
    return Done(None, work.changes)


def _is_possible(count: Count) -> bool:
    """Nobody lives in no household, and somebody in each."""
    persons = count.persons
    if count.households < 0 or (count.households == 0 and persons):
        return False
    return persons is None or persons >= count.households


def _save_village(
    work: WriteUnit, village: UUID, found: Mapping[str, Count], year: int, standard: str
) -> None:
    rows = records.find(
        work.connection, Kind.OPENING_COUNT, village=village, review_year=year, standard=standard
    )
    there = {row["household_class"]: row for row in rows}
    for name in CLASSES:
        row, count = there.get(name), found.get(name)
        if row is not None and count is None:
            work.remove(Kind.OPENING_COUNT, row["uid"])
        if count is None:
            continue
        values = {
            "households": count.households,
            "persons": count.persons,
            "source": count.source,
        }
        if row is not None:
            work.change(Kind.OPENING_COUNT, row["uid"], row, values)
        else:
            key = {"village": village, "review_year": year, "standard": standard}
            work.insert(Kind.OPENING_COUNT, **key, household_class=name, **values)


def of_year(database: Database, year: int, standard: str) -> dict[UUID, dict[str, Count]]:
    """What was typed, whether households have names by now or not."""
    with database.reader() as connection:
        return _typed(connection, year, standard)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the list that a year ended with stands: the counts typed, who has a name by now, and
    which of the villages asked about are closed.
    """

    typed: Counts
    named: Mapping[UUID, Mapping[str, int]]  # households by village, then class
    closed: frozenset[UUID]

    def waits(self, villages: Iterable[UUID]) -> frozenset[UUID]:
        """The villages whose list is not known by name: nobody has one, or fewer than counted."""
        return frozenset(village for village in villages if self._waits(village))

    def _waits(self, village: UUID) -> bool:
        if village in self.closed:
            return False
        has, typed = self.named.get(village, {}), self.typed.get(village, {})
        short = any(has.get(name, 0) < count.households for name, count in typed.items())
        return short or not any(has.values())


def standing(database: Database, villages: Iterable[UUID], *, year: int, standard: str) -> Standing:
    """The list of `year` in some villages, as its last day knows them."""
    scope = Scope(year=year, standard=standard)
    with database.reader() as connection:
        frozen = review_rows.is_frozen(connection, scope)
        counted = review_rows.counts(connection, scope, _LISTS, frozen=frozen)
        typed = _typed(connection, year, standard)
    named = {
        village: {name: sums[f"{name}_households"] for name in CLASSES}
        for village, sums in counted.items()
    }
    closed = (village for village in villages if review_rows.is_closed(frozen, {village}))
    return Standing(typed, named, frozenset(closed))


def _typed(connection: Connection, year: int, standard: str) -> dict[UUID, dict[str, Count]]:
    found: dict[UUID, dict[str, Count]] = {}
    for row in records.find(connection, Kind.OPENING_COUNT, review_year=year, standard=standard):
        count = Count(row["households"], row["persons"], row["source"])
        found.setdefault(row["village"], {})[row["household_class"]] = count
    return found


@dataclass(frozen=True, slots=True)
class Nameless:
    """The counts that still stand for households without a name, on a table's geography.

    `villages` are those of the year's end in which somebody is meant, `known` those of the table
    that hold nothing else.
    """

    villages: frozenset[UUID] = frozenset()
    known: frozenset[UUID] = frozenset()
    counts: Mapping[Place, Mapping[str, Count]] = field(default_factory=dict)

    def named(self, counts: Mapping[UUID, dict[str, int]]) -> dict[UUID, dict[str, int]]:
        """Without what the villages with counts have typed so far: it is a part of their list."""
        return {village: sums for village, sums in counts.items() if village not in self.villages}

    def added(
        self, values: Mapping[Place, int | None], measure: Measure
    ) -> dict[Place, int | None]:
        """The values of a measure with the counts; None where those do not tell it."""
        found = dict(values)
        for place, counts in self.counts.items():
            named, more = found.get(place, 0), _amount(counts, measure)
            found[place] = None if named is None or more is None else named + more
        return found

    @property
    def moving(self) -> frozenset[Place]:
        """Where somebody without a name stood on the list, so that its movement is not known."""
        return frozenset(
            place for place, counts in self.counts.items() if any(map(_holds, counts.values()))
        )

    def touches(self, villages: frozenset[UUID]) -> bool:
        """Whether some of them stand in these villages."""
        return any(
            place in villages if isinstance(place, UUID) else place <= villages
            for place in self.moving
        )


def _amount(counts: Mapping[str, Count], measure: Measure) -> int | None:
    """None where the counts do not tell it: they know classes, households and persons only."""
    where = dict(measure.where)
    listed = where.pop("household_class", "")
    found = [
        counts.get(code)
        for code in (listed.values if isinstance(listed, OneOf) else (str(listed),))
    ]
    known = [count for count in found if count is not None]
    if len(known) < len(found):
        return None
    total = sum(known[1:], known[0])
    if total.households == 0:
        return 0
    told = not where and measure.of in (CountOf.HOUSEHOLDS, CountOf.PERSONS)
    return total.of(measure.of) if told else None


def nameless(placing: Placing, scope: Scope) -> Nameless:
    """The counts of a year that its named list does not reach yet. A closed year has none."""
    typed = _of_scope(placing.connection, scope)
    if not typed:
        return Nameless()
    frozen = review_rows.is_frozen(placing.connection, scope)
    named = review_rows.counts(placing.connection, scope, _LISTS, frozen=frozen)
    still = {
        village: counts
        for village, counts in typed.items()
        if not review_rows.is_closed(frozen, {village}) and _is_short(named, village, counts)
    }
    places: dict[Place, dict[str, Count]] = {}
    for village, counts in still.items():
        sums = places.setdefault(placing.village_of(village) or placing.possible(village), {})
        for name, count in counts.items():
            sums[name] = sums[name] + count if name in sums else count
    known = {new for new, olds in placing.origins.items() if olds and olds <= still.keys()}
    listed = (village for village, counts in still.items() if any(map(_holds, counts.values())))
    return Nameless(frozenset(listed), frozenset(known), places)


def _holds(count: Count) -> bool:
    return count.households > 0


def _of_scope(connection: Connection, scope: Scope) -> dict[UUID, dict[str, Count]]:
    if not scope.recognised or scope.as_of is not None:
        return {}
    return _typed(connection, scope.year, scope.standard)


def _is_short(
    named: Mapping[UUID, Mapping[str, int]], village: UUID, counts: Mapping[str, Count]
) -> bool:
    has = named.get(village, {})
    return not any(has.values()) or any(  # an empty list never gets names
        has.get(f"{name}_households", 0) < count.households for name, count in counts.items()
    )


def without_result(
    placing: Placing, scope: Scope, before: str | None, frozen: Frozen
) -> dict[Place, int]:
    """How many households of last year's counts have no result in the scope's year for certain:
    a village with fewer results than it had households on its list was not reviewed whole.

    `before` is the standard of the year before where it was another one; what is `frozen` waits
    for nobody.
    """
    last = replace(scope, year=scope.year - 1)
    origin = Placing(placing.connection, last.day, placing.then)
    listed = nameless(origin, last).counts
    if not listed and before is not None:
        listed = nameless(origin, replace(last, standard=before)).counts
    if not listed:
        return {}
    results = review_rows.counts(placing.connection, scope, (_EVERYBODY,), frozen=frozen)
    waiting: dict[Place, int] = {}
    for place, counts in listed.items():
        villages = frozenset({place}) if isinstance(place, UUID) else place
        if review_rows.is_closed(frozen, villages):
            continue
        missing = sum(count.households for count in counts.values())
        missing -= sum(results[village]["all"] for village in villages if village in results)
        if missing > 0:
            here = _together(placing, villages)
            waiting[here] = waiting.get(here, 0) + missing
    return waiting


def _together(placing: Placing, villages: frozenset[UUID]) -> Place:
    found = frozenset[UUID]().union(*map(placing.possible, villages))
    return next(iter(found)) if len(found) == 1 else found


def lived_among(
    connection: Connection, households: Iterable[UUID], day: date, villages: frozenset[UUID]
) -> frozenset[UUID]:
    """Those of the households that lived in one of these villages on a day."""
    stays = review_rows.stays(connection, list(households), day, day)
    return frozenset(home for home, lived in stays.items() if not villages.isdisjoint(lived))
