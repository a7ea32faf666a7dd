"""The lines of a list of names: who is on it, and what is known of each, read in one snapshot.

Who is on a list is said by the measures and the movement that tables count (`behind`), so that a
list has as many households as the cell. What stands in a line comes from the frozen results of a
closed year, else from the register on the list's day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.name_list import NEW_ESCAPE, REVIEW, NameListDef
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.behind import behind
from giamngheo_desktop.services.listed_facts import Known, Line, Material, lines
from giamngheo_desktop.services.listed_words import Words, movement_words
from giamngheo_desktop.services.movement import editions, movements, new_escape
from giamngheo_desktop.services.open_years import open_year, running_day
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.report_rows import Request
from giamngheo_desktop.services.review import case_lists, reviews
from giamngheo_desktop.services.row_units import households_within
from giamngheo_desktop.services.unit_names import unit_names
from giamngheo_desktop.storage import audit, records, review_rows
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.texts.paper_words import unit_heading


@dataclass(frozen=True, slots=True)
class Village:
    """The lines of a village; of no certain one the name is empty."""

    uid: UUID | None
    name: str
    lines: tuple[Line, ...]

    @property
    def persons(self) -> int:
        return sum(line.persons for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListData:
    """A list with what the paper must say about it.

    `unit_name` says its kind, too. `waiting` has by village how many households an open year
    waits for, `without_opening` the villages whose movement nobody knows. `day` is the one the
    lines speak of.
    """

    definition: NameListDef
    request: Request
    villages: tuple[Village, ...]
    unit_name: str
    settings: Mapping[str, str]
    day: date
    data_day: date
    frozen: bool
    waiting: tuple[tuple[str, int], ...] = ()
    without_opening: tuple[str, ...] = ()

    @property
    def title(self) -> tuple[str, ...]:
        return tuple(line.format(**self.words) for line in self.definition.title)

    @property
    def words(self) -> Mapping[str, str | int]:
        """What stands for the placeholders of titles and notes."""
        day = f"{self.day:%d/%m/%Y}"
        return {"year": self.request.year, "unit": self.unit_name, "day": day}

    @property
    def lines(self) -> Iterator[Line]:
        """In the order of the list."""
        return (line for village in self.villages for line in village.lines)

    @property
    def households(self) -> int:
        return sum(len(village.lines) for village in self.villages)

    @property
    def persons(self) -> int:
        return sum(village.persons for village in self.villages)


@dataclass(slots=True)
class _Chosen:
    """Who is on the list with the place, the day of the lines, and what a review says of them."""

    places: dict[UUID, Place]
    day: date
    cases: Mapping[UUID, case_lists.CaseRow] = field(default_factory=dict)


def list_data(
    database: Database,
    request: Request,
    definition: NameListDef,
    *,
    material: Material,
    edition: int | None = None,
) -> ListData:
    """`material` says how codes are read. AppErrors `edition_missing`, `no_review_list`."""
    if not definition.of_review:
        request = editions.with_edition(database, request, edition)
    with database.reader() as connection:
        return _read(connection, request, definition, material)


def _read(
    connection: Connection, request: Request, definition: NameListDef, material: Material
) -> ListData:
    scope = request.scope()
    placing = Placing(connection, scope.day, request.day)
    chosen = _chosen(connection, request, definition, placing)
    whole = frozenset(village.uid for village in placing.tree.villages(request.unit))
    words = _words(connection, request, placing, whole) if definition.moves else Words({}, {})
    escapes = (
        new_escape.escapes(connection, chosen.day) if NEW_ESCAPE in definition.selections else {}
    )
    known = Known(
        places=chosen.places,
        tree=placing.tree,
        words=words,
        escapes=escapes,
        cases=chosen.cases,
        day=chosen.day,
    )
    found = list(lines(connection, scope, known, material))
    names = unit_names(connection, placing.tree.villages(request.unit), request.day)
    unit = placing.tree.get(request.unit)
    frozen = definition.of_year and placing.is_closed(scope, whole)
    written = audit.last_written(connection)
    return ListData(
        definition=definition,
        request=request,
        villages=tuple(_by_village(found, chosen.places, names)),
        unit_name=unit_heading(unit.kind, unit.name) if unit else "",
        settings=settings.read(connection, scope.day),
        day=chosen.day,
        data_day=scope.day if frozen or written is None else min(scope.day, written.date()),
        frozen=frozen,
        waiting=() if definition.of_review else tuple(_waiting(request, placing, names)),
        without_opening=tuple(names[uid] for uid in names if uid in words.unknown),
    )


def _chosen(
    connection: Connection, request: Request, definition: NameListDef, placing: Placing
) -> _Chosen:
    scope, found = request.scope(), dict[UUID, Place]()
    day = scope.day
    for name in definition.selections:
        if name == REVIEW:
            return _of_review(connection, request, placing)
        if name == NEW_ESCAPE:
            day = _day_of_escapes(placing, scope, request.unit)
            escaped = new_escape.escapes(connection, day)
            here = (row for row in review_rows.places(connection, day) if row.household in escaped)
            there = Placing(connection, day, request.day)
            placed = ((place, row.household) for place, row in there.placed(here))
            found |= dict(households_within(placing.tree, placed, request.unit, unplaced=False))
        else:
            counted = behind(
                connection, scope, name, unit=request.unit, geography=request.geography
            )
            found |= {home: place for home, place in counted if home not in found}
    return _Chosen(found, day)


def _day_of_escapes(placing: Placing, scope: Scope, unit: UUID | None) -> date:
    """Of a year that goes on not its end: the last day written on, or that an escape begins on."""
    whole = frozenset(village.uid for village in placing.tree.villages(unit))
    running = running_day(placing, scope, whole)
    if running is None:
        return scope.day
    known = new_escape.escapes(placing.connection, scope.day)
    return max((running, *(one.since for one in known.values())))


def _of_review(connection: Connection, request: Request, placing: Placing) -> _Chosen:
    """The cases of the year's periodic reviews in the unit, each commune holding its own."""
    wanted = {village.uid for village in placing.tree.villages(request.unit)}
    kind = ReviewKind.PERIODIC.value
    found, cases, days = dict[UUID, Place](), dict[UUID, case_lists.CaseRow](), list[date]()
    for row in records.find(connection, Kind.REVIEW, review_year=request.year, kind=kind):
        if wanted.isdisjoint(reviews.villages_of(connection, row)):
            continue
        days.append(row["reference_day"])
        for case in case_lists.read(connection, row["uid"]):
            if case.village in wanted:
                cases[case.household] = case
                found[case.household] = case.village
    if not days:
        raise AppError("no_review_list", year=request.year)
    return _Chosen(found, max(days), cases)


def _words(
    connection: Connection, request: Request, placing: Placing, whole: frozenset[UUID]
) -> Words:
    moved = movements.moves(connection, request.scope(), request.day)
    return movement_words(connection, request.scope(-1), request.day, moved, whole)


def _waiting(
    request: Request, placing: Placing, names: Mapping[UUID, str]
) -> Iterator[tuple[str, int]]:
    scope = request.scope()
    found = open_year(placing, scope, request.before.get(scope.year))
    for uid, name in names.items() if found else ():
        count = found.within(frozenset({uid})) if found else 0
        if count:
            yield name, count


def _by_village(
    found: Sequence[Line], places: Mapping[UUID, Place], names: Mapping[UUID, str]
) -> Iterator[Village]:
    """In the order of the units, heads in Vietnamese order; who has no certain village last."""
    groups: dict[UUID | None, list[Line]] = {uid: [] for uid in names}
    groups[None] = []
    for line in found:
        place = places[line.household]
        groups[place if isinstance(place, UUID) and place in names else None].append(line)
    for uid, group in groups.items():
        if group:
            ordered = tuple(sorted(group, key=lambda line: line.order))
            yield Village(uid, names.get(uid, "") if uid else "", ordered)
