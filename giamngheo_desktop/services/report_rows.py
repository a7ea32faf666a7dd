"""The numbers of a table by unit: population, counted measures and targets, on one geography.

Leaf values are taken by village, moved to the villages of the geography day and added up; shares
and differences come last, from the sums. The households behind a number are found the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.measures import MEASURES, CountOf, Measure, measure, persons_of
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.report import (
    Counted,
    Difference,
    Movement,
    Population,
    Proportion,
    ReportDef,
    Target,
)
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services.closed_years import is_closed_otherwise
from giamngheo_desktop.services.gaps import Gaps
from giamngheo_desktop.services.leaves import Leaf, parts_of, sets_of
from giamngheo_desktop.services.movement import movements
from giamngheo_desktop.services.movement.movement_notes import MovementNotes, movement_notes
from giamngheo_desktop.services.open_years import OpenYear, kept_counts, open_year, within
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.review.opening_counts import Nameless, lived_among, nameless
from giamngheo_desktop.services.row_units import row_units, villages_of
from giamngheo_desktop.services.typed_leaves import TypedLeaves
from giamngheo_desktop.services.unfinished import Unfinished, unfinished_in
from giamngheo_desktop.services.unit_names import unit_names
from giamngheo_desktop.services.years import first_year
from giamngheo_desktop.storage import areas, audit, review_rows
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.storage.waiting import has_results

_Leaves = Mapping[str, Leaf]
NO_RESULT, NO_AVERAGE, LOST = "no_result", "no_average", "lost"  # reasons of `texts.MISSING`
NamedCounts = tuple[tuple[str, int], ...]  # by the name of a row, without noughts
_Unknown = dict[Place, int | None]  # places whose number is not known: None of each


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Which table: `geography` is the day whose villages make the rows, the data's day if None.

    `before` names, for a year that is the first one of the standard, the standard before it.
    `plan` is the version whose targets are asked, the one in force if None.
    `edition` is that of its scopes, `edition_number` what the paper calls it (lần): both come from
    `services.editions`. `periodic_from` is the first day of the review at the year's end.
    `known_by_day`: within a year the population of the year before counts until a newer one is
    known, so that a list that does not change keeps its rate.
    """

    report: ReportDef
    year: int
    standard: str
    standard_label: str = ""
    unit: UUID | None = None
    recognised: bool = True
    as_of: date | None = None
    geography: date | None = None
    before: Mapping[int, str] = field(default_factory=dict)
    edition: int | None = None
    edition_number: int | None = None
    periodic_from: date | None = None
    plan: UUID | None = None
    known_by_day: bool = False

    def scope(self, year_offset: int = 0) -> Scope:
        return Scope(
            year=self.year + year_offset,
            standard=self.standard,
            recognised=self.recognised or year_offset < 0,
            as_of=None if year_offset else self.as_of,
            edition=self.edition,
        )

    @property
    def day(self) -> date:
        return self.geography or self.scope().day


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row: values by column key, None where a part of the number is missing.

    `unit` None is the row of households whose village nobody can tell (after a split); the total
    counts them. `uppers` has the largest values a preliminary table may end with, where `values`
    are the smallest; it is empty where none can differ. In the columns `nameless` not everybody
    counted has a name. `reasons` say why a column has no value, where something is known of it.
    """

    unit: UUID | None
    name: str
    values: Mapping[str, int | None]
    uppers: Mapping[str, int | None] = field(default_factory=dict)
    nameless: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableData:
    """All rows with their total, and what the paper must say about them.

    `open_years` are the years counted by their results that are not closed, each with the rows
    that wait for households without a result: their numbers are not known.
    `counted_villages` took their population from the register, `typed_villages` from typed rows,
    `empty_villages` have none. `data_day` is the day the data speak of: in an open year the last
    day anything was written. `unfinished` has by row how many households have no computed class
    yet, `unlisted`, `average` (where a column counts them) and `lost` as in `Unfinished`.
    `movement` is what stands below such a table.
    `nameless` are the years of which rows, by name, hold counts typed without households.
    `vague` has by column how many households it does not know whole.
    `kept` has for each closed year how many households of which row count by the class of before.
    `population` is the year of the households of a table `known_by_day`, and their day if all have
    one.
    """

    rows: tuple[UnitRow, ...]
    total: UnitRow
    frozen: bool
    data_day: date
    unit_name: str
    typed_villages: tuple[str, ...] = ()
    counted_villages: tuple[str, ...] = ()
    empty_villages: tuple[str, ...] = ()
    unfinished: NamedCounts = ()
    unlisted: NamedCounts = ()
    average: NamedCounts = ()
    lost: bool = False
    row_level: Level = Level.VILLAGE
    open_years: tuple[OpenRows, ...] = ()
    movement: MovementNotes | None = None
    nameless: tuple[tuple[int, tuple[str, ...]], ...] = ()
    vague: Mapping[str, int] = field(default_factory=dict)
    kept: tuple[tuple[int, NamedCounts], ...] = ()
    population: tuple[int, date | None] | None = None


@dataclass(frozen=True, slots=True)
class OpenRows:
    """A year that is not closed, with the households it waits for by the name of their row.

    `begun` is False for a year before the file's first one, which nobody can close there; then
    `recorded` says whether it has results, typed as the opening of the first year. `closed` is a
    year that is closed under another standard.
    """

    year: int
    waiting: NamedCounts = ()
    begun: bool = True
    recorded: bool = True
    closed: bool = False


def persons_key(key: str) -> str:
    """Where the persons of a column stand beside its households, in reports with pairs of rows."""
    return f"{key}/persons"


def table_data(database: Database, request: Request) -> TableData:
    """Read everything a table needs in one snapshot."""
    with database.reader() as connection:
        return read(connection, request)


def read(connection: Connection, request: Request) -> TableData:
    """`table_data` of a snapshot."""
    return _Reader(connection, request).read()


class _Reader:
    """Collects the leaf values of one request."""

    def __init__(self, connection: Connection, request: Request) -> None:
        self.connection = connection
        self.request = request
        self.tree = areas.tree_on(connection, request.day)
        self.typed = TypedLeaves(connection, self.tree, request, self._placing)
        self.gaps = Gaps()
        self._placings: dict[date, Placing] = {}
        self._open: dict[int, OpenYear | None] = {}
        self._counts: dict[int, Nameless] = {}
        self.computed: set[str] = set()  # the columns that count preliminary classes
        self.average: set[str] = set()  # those of them that count hộ có mức sống trung bình
        self.counts_average = False  # whether any column does

    def read(self) -> TableData:
        request = self.request
        units = self.typed.units = row_units(self.tree, request.unit, request.report.rows)
        whole = villages_of(self.tree, request.unit)
        parts = [villages_of(self.tree, area.uid) for area in units]
        leaves = self._leaves()
        exact = request.recognised and not self.gaps.measures
        highest = {} if exact else {**leaves, **self._leaves(widest=True)}
        alone = [frozenset({area.uid}) for area in units]  # of a commune without villages
        sets = sets_of((*leaves.values(), *highest.values()))
        names = unit_names(self.connection, units, request.day)
        rows = [
            self._row(area.uid, names[area.uid], leaves, highest, parts_of(part, sets) or [own])
            for area, part, own in zip(units, parts, alone, strict=True)
        ]
        lost = [one for one in sets if one <= whole and not any(one <= part for part in parts)]
        if lost:
            rows.append(self._row(None, "", leaves, highest, lost))
            parts.append(frozenset())
        without = [own for own, part in zip(alone, parts, strict=False) if not part]
        everything = [*parts_of(whole, sets), *without]
        unit = self.tree.get(request.unit)
        scope = self.request.scope()
        frozen = self._placing(scope.day).is_closed(scope, whole)
        return TableData(
            rows=tuple(rows),
            total=self._row(request.unit, "", leaves, highest, everything),
            frozen=frozen,
            data_day=scope.day if frozen else self._last_day(),
            unit_name=unit.name if unit else "",
            typed_villages=self._names(self.typed.typed, whole),
            counted_villages=self._names(self.typed.counted, whole),
            empty_villages=self._names(self.typed.empty, whole),
            unfinished=_by_row(self.unfinished.waiting, rows, parts, whole),
            unlisted=_by_row(self.unfinished.unlisted, rows, parts, whole),
            average=_by_row(self.unfinished.average, rows, parts, whole) if self.average else (),
            lost=self.unfinished.lost,
            row_level=units[0].level if units else Level.VILLAGE,
            open_years=tuple(self._open_rows(rows, parts, whole)),
            movement=self._movement_notes(whole),
            nameless=tuple(self._nameless_rows(rows, parts, whole)),
            vague=self.gaps.vague(everything),
            kept=tuple(self._kept_rows(rows, parts, whole)),
            population=self.typed.told(whole) if request.known_by_day else None,
        )

    def _nameless_rows(
        self, rows: Sequence[UnitRow], parts: Sequence[frozenset[UUID]], whole: frozenset[UUID]
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        for year, found in sorted(self._counts.items()):
            names = [row.name for row, part in zip(rows, parts, strict=True) if found.touches(part)]
            if found.touches(whole):  # maybe in no certain row
                yield year, tuple(names) or ("",)

    def _movement_notes(self, whole: frozenset[UUID]) -> MovementNotes | None:
        tables = {
            column.value.table
            for column in self.request.report.leaves()
            if isinstance(column.value, Movement)
        }
        if len(tables) != 1:
            return None
        table, scope = HouseholdClass(tables.pop()), self.request.scope()
        placing = self._placing(scope.day)
        return movement_notes(placing, scope, self._moves, table, whole, self.request.periodic_from)

    def _open_year(self, scope: Scope) -> OpenYear | None:
        if scope.year not in self._open:
            before = self.request.before.get(scope.year)
            self._open[scope.year] = open_year(self._placing(scope.day), scope, before)
        return self._open[scope.year]

    def _open_rows(
        self, rows: Sequence[UnitRow], parts: Sequence[frozenset[UUID]], whole: frozenset[UUID]
    ) -> Iterator[OpenRows]:
        for year, found in sorted(self._open.items()):
            if found is None:
                continue
            offset = year - self.request.year
            begun = offset >= 0 or year >= (first_year(self.connection) or year)
            scope = self.request.scope(offset)
            counted = bool(self._nameless(scope).counts)
            recorded = begun or counted or has_results(self.connection, scope)
            waits = _by_row(found.counts, rows, parts, whole)
            closed = is_closed_otherwise(
                self.connection, year, self._placing(scope.day).olds(whole)
            )
            yield OpenRows(year, waits, begun, recorded, closed)

    def _kept_rows(
        self, rows: Sequence[UnitRow], parts: Sequence[frozenset[UUID]], whole: frozenset[UUID]
    ) -> Iterator[tuple[int, NamedCounts]]:
        for year in sorted(self._open):
            scope = self.request.scope(year - self.request.year)
            counts = kept_counts(self._placing(scope.day), scope, average=self.counts_average)
            if named := _by_row(counts, rows, parts, whole):
                yield year, named

    def _placing(self, then: date) -> Placing:
        if then not in self._placings:
            self._placings[then] = Placing(self.connection, then, self.request.day)
        return self._placings[then]

    def _last_day(self) -> date:
        day = self.request.scope().day
        written = audit.last_written(self.connection)
        return day if written is None else min(day, written.date())

    def _names(self, uids: Iterable[UUID], wanted: frozenset[UUID]) -> tuple[str, ...]:
        found = [self.tree[uid] for uid in uids if uid in wanted]
        shown = unit_names(self.connection, self.tree.villages(self.request.unit), self.request.day)
        return tuple(shown[village.uid] for village in found)

    def _leaves(self, *, widest: bool = False) -> dict[str, Leaf]:
        leaves: dict[str, Leaf] = {}
        by_offset: dict[int, dict[str, Measure]] = {}
        for column in self.request.report.leaves():
            match column.value:
                case Population(name, offset) if not widest:
                    leaves[column.key] = self._typed(offset).population(name)
                case Target(name) if not widest:
                    leaves[column.key] = self.typed.targets(name)
                case Counted(name, offset):
                    by_offset.setdefault(offset, {}).update(self._measures(column.key, name))
                case Proportion(name):
                    by_offset.setdefault(0, {}).update(self._measures(column.key, name))
                case Movement() if not widest:
                    leaves |= self._moved(column.key, column.value)
        for offset, measures in by_offset.items():
            leaves |= self._counted(offset, measures, widest)
        return leaves

    def _typed(self, offset: int) -> TypedLeaves:
        """The typed numbers of the report year, or of one before on the same geography."""
        if not offset:
            return self.typed
        asked = self.request
        then = replace(asked, year=asked.year + offset, as_of=None, geography=asked.day)
        return TypedLeaves(self.connection, self.tree, then, self._placing)

    def _measures(self, key: str, name: str) -> dict[str, Measure]:
        """The measure of a column by its key, and of the persons beside it in pairs of rows."""
        names = {key: name}
        if self.request.report.pairs:
            names[persons_key(key)] = persons_of(name)
        return {at: found for at, one in names.items() if (found := measure(one)) is not None}

    def _counted(
        self, offset: int, measures: Mapping[str, Measure], widest: bool
    ) -> dict[str, Leaf]:
        scope = self.request.scope(offset)
        frozen = review_rows.is_frozen(self.connection, scope)
        more = () if widest else self.gaps.companions(measures)
        wanted = list({one.code: one for one in (*measures.values(), *more)}.values())
        counts = review_rows.counts(self.connection, scope, wanted, frozen=frozen, widest=widest)
        placing, nameless = self._placing(scope.day), self._nameless(scope)
        counts = nameless.named(counts)
        known = placing.recorded(scope, counts, frozen=frozen) | nameless.known
        spread = placing.spread(scope, wanted, counts, widest=widest)
        if not widest:
            self.gaps.note(spread)
        if not scope.recognised:
            self.computed.update(measures)
            self.average.update(key for key, one in measures.items() if one.of_average_living)
        self.counts_average |= any(one.of_average_living for one in measures.values())
        waits = self._open_year(scope)
        unknown: dict[Place, int | None] = dict.fromkeys(waits.counts if waits else ())
        found: dict[str, Leaf] = {}
        for key, counted in measures.items():
            values: dict[Place, int | None] = {
                village.uid: 0 if village.uid in known else None for village in self.tree.villages()
            }
            for place, sums in spread.items():
                # Where a part of a merged village was never recorded, the rest is not the whole.
                if place not in values or values[place] is not None:
                    values[place] = sums.get(counted.code, 0)
            values = nameless.added(values, counted)
            found[key] = Leaf(values | unknown, counted=True, nameless=nameless.moving)
        return found

    def _known(self, scope: Scope) -> frozenset[UUID]:
        """The villages whose commune recorded anything in a scope."""
        frozen = review_rows.is_frozen(self.connection, scope)
        any_class = (MEASURES["poor_households"],)
        counts = review_rows.counts(self.connection, scope, any_class, frozen=frozen)
        nameless = self._nameless(scope)
        placing, named = self._placing(scope.day), nameless.named(counts)
        return placing.recorded(scope, named, frozen=frozen) | nameless.known

    def _nameless(self, scope: Scope) -> Nameless:
        if scope.year not in self._counts:
            self._counts[scope.year] = nameless(self._placing(scope.day), scope)
        return self._counts[scope.year]

    def _moved(self, key: str, column: Movement) -> dict[str, Leaf]:
        """Households under the column's key, persons beside it; of a column of persons, these."""
        sums, opening, closing = self._movement
        found = {}
        both = ((key, CountOf.HOUSEHOLDS), (persons_key(key), CountOf.PERSONS))
        for name, of in ((key, CountOf.PERSONS),) if column.persons else both:
            values, unnamed = sums[column.table, column.flow, of], frozenset[Place]()
            if column.flow == Flow.OPENING and self._nameless(self.request.scope(-1)).counts:
                listed = MEASURES[f"{column.table}_{of.value}"]
                leaf = self._counted(-1, {name: listed}, widest=False)[name]
                values, unnamed = leaf.values, leaf.nameless
            elif column.flow not in (Flow.OPENING, Flow.CLOSING):
                values = values | dict.fromkeys(self._moved_without_name)
            unknown = opening if column.flow == Flow.OPENING else opening | closing
            found[name] = Leaf(values | unknown, counted=True, nameless=unnamed)
        return found

    @cached_property
    def _moved_without_name(self) -> frozenset[Place]:
        """Where the flows are not known: who stood on the list has no name there, or may have come
        from such a village.
        """
        last = self.request.scope(-1)
        nameless = self._nameless(last)
        if not nameless.moving:
            return nameless.moving
        entered: dict[UUID, Place] = {
            move.household: move.step.place
            for move in self._moves.steps
            if move.step.flow in (Flow.NEW, Flow.AGAIN)
        }
        came = lived_among(self.connection, entered, last.day, nameless.villages)
        around = (place for place in nameless.moving if isinstance(place, frozenset))
        return nameless.moving.union(*around, (entered[home] for home in came))

    @cached_property
    def unfinished(self) -> Unfinished:
        scope = self.request.scope()
        if scope.recognised:
            return Unfinished({}, {})
        villages = villages_of(self.tree, self.request.unit)
        return unfinished_in(
            self._placing(scope.day),
            scope,
            villages,
            movement=self.request.report.is_movement,
            before=self.request.before.get(scope.year),
        )

    @cached_property
    def _moves(self) -> movements.Moves:
        return movements.moves(self.connection, self.request.scope(), self.request.day)

    @cached_property
    def _movement(self) -> tuple[movements.Sums, _Unknown, _Unknown]:
        """All cells, and the places of which the opening, or the closing, is not known."""
        opening, closing = self.request.scope(-1), self.request.scope()
        sums = movements.sums(self._moves.steps, self._known(opening))
        return sums, self._unknown(opening), self._unknown(closing)

    def _unknown(self, end: Scope) -> _Unknown:
        known, waits = self._known(end), self._open_year(end)
        villages = (v.uid for v in self.tree.villages() if v.uid not in known)
        places = (waits.counts if waits else {}) if end.recognised else self.unfinished.places
        return dict.fromkeys((*villages, *places))

    def _row(
        self,
        unit: UUID | None,
        name: str,
        leaves: _Leaves,
        highest: _Leaves,
        parts: Sequence[Place],
    ) -> UnitRow:
        """The values of a row, and the largest ones where the table is preliminary."""
        low = {key: leaf.sum(parts) for key, leaf in leaves.items()}
        high = {key: leaf.sum(parts) for key, leaf in highest.items()}
        reasons = dict(self.gaps.reasons(parts))
        if self.computed and self.unfinished.is_silent(parts):
            reason = LOST if self.unfinished.lost else NO_RESULT
            reasons |= dict.fromkeys(self.computed, reason)
        elif self.average and self.unfinished.lacks_average(parts):
            reasons |= dict.fromkeys(self.average, NO_AVERAGE)
        low |= dict.fromkeys(reasons)
        high |= dict.fromkeys(reasons) if high else {}
        for column in self.request.report.leaves():
            if isinstance(column.value, Difference):
                first, second = column.value.minuend, column.value.subtrahend
                low[column.key] = _less(low[first], (high or low)[second])
                if high:
                    high[column.key] = _less(high[first], low[second])
        nameless = (key for key, leaf in leaves.items() if not leaf.nameless.isdisjoint(parts))
        return UnitRow(unit, name, low, high, frozenset(nameless), reasons)


def _by_row(
    counts: Mapping[Place, int],
    rows: Sequence[UnitRow],
    parts: Sequence[frozenset[UUID]],
    whole: frozenset[UUID],
) -> NamedCounts:
    found = [within(counts, part) for part in parts]
    if rows and rows[-1].unit is None:  # what no village can be told for
        found[-1] = within(counts, whole) - sum(found)
    return tuple((row.name, count) for row, count in zip(rows, found, strict=True) if count)


def _less(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first - second
