"""The monthly report of the in-year review: who entered and left the lists, by village, by name.

A month is compared at its two ends, like a year in BC2 and BC3. January begins where the year
before was closed; the months end with August, for from 01/9 the periodic review runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.applications import Outcome
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.movement import IN, LISTED, OUT, Flow, Stand, Step, movement
from giamngheo_desktop.domain.standard import HouseholdClass, standard_for
from giamngheo_desktop.domain.workflow import Anchor, ReviewKind
from giamngheo_desktop.domain.working_days import Calendar
from giamngheo_desktop.services.movement import movements
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.review.applications import Slots, of_commune
from giamngheo_desktop.services.unit_names import unit_names
from giamngheo_desktop.storage import areas, pasts, records, review_rows
from giamngheo_desktop.storage import households as stored_households
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import RECOGNISED_SOURCES, Scope, Stood

LAST_MONTH = 8  # its report, of 05/9, is the last of the year
Cell = tuple[HouseholdClass, Flow]
Amount = tuple[int, int]  # households, persons
Stands = dict[UUID, Stood]


@dataclass(frozen=True, slots=True)
class Line:
    """One village; `village` None is of households whose village nobody can tell."""

    village: UUID | None
    name: str
    cells: Mapping[Cell, Amount]

    def amount(self, table: HouseholdClass, *flows: Flow) -> Amount:
        found = [self.cells.get((table, flow), (0, 0)) for flow in flows]
        return sum(one for one, _ in found), sum(two for _, two in found)


@dataclass(frozen=True, slots=True)
class Moved:
    """A household that entered or left a list in the month."""

    household: UUID
    name: str
    village: str
    table: HouseholdClass
    flow: Flow
    persons: int

    @property
    def enters(self) -> bool:
        return self.flow in IN


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyReport:
    """`due` is None for a month nobody has to report; `review` None where none was opened.

    `waiting` are applications of the month not yet answered, `answered` those by outcome.
    """

    year: int
    month: int
    lines: tuple[Line, ...]
    total: Line
    moved: tuple[Moved, ...]
    due: date | None
    review: UUID | None
    waiting: int
    answered: Mapping[Outcome, int]

    @property
    def applications(self) -> int:
        return self.waiting + sum(self.answered.values())


def report(
    database: Database, definitions: Definitions, *, commune: UUID, year: int, month: int
) -> MonthlyReport:
    """The report of a month; AppError `no_standard` for a year without one."""
    standard = standard_for(definitions.standards, year).code
    with database.reader() as connection:
        months = _Months(connection, year, standard)
        end = _end(year, month)
        steps = list(months.steps(month))
        tree = areas.tree_on(connection, end)
        shown = tree.villages(commune)
        own = frozenset(village.uid for village in shown)
        names = unit_names(connection, shown, end)
        inside = [(home, step) for home, step in steps if _within(step.place, own)]
        places: list[UUID | None] = [village.uid for village in shown]
        if any(not isinstance(step.place, UUID) for _, step in inside):
            places.append(None)
        lines = tuple(
            Line(place, names.get(place, "") if place else "", _sum(inside, place))
            for place in places
        )
        moved = tuple(_named(connection, inside, names, end))
        review = _review(connection, commune, year, month)
        papers = _papers(connection, definitions, commune, date(year, month, 1), review)
    return MonthlyReport(
        year=year,
        month=month,
        lines=lines,
        total=Line(None, "", _total(lines)),
        moved=moved,
        due=_due(definitions, year, month),
        review=review,
        waiting=papers.pop(None, 0),
        answered={outcome: count for outcome, count in papers.items() if outcome is not None},
    )


class _Months:
    """The ends of the months of a year: who stood on which list, where, with how many members."""

    def __init__(self, connection: Connection, year: int, standard: str) -> None:
        self.connection, self.year = connection, year
        self.scope = Scope(year=year, standard=standard)
        self._begun_late = self._late()
        self._ends: dict[int, Stands] = {}

    def steps(self, month: int) -> Iterator[tuple[UUID, Step[Place]]]:
        """What moved between the end of the month before and that of `month`."""
        opening, closing = self._placed(month - 1, month), self._placed(month, month)
        past = movements.earlier(self.connection, self.scope)
        first = date(self.year, month, 1)
        came = pasts.arrived_listed(self.connection, self.scope, first, _end(self.year, month))
        for home in dict.fromkeys((*opening, *closing)):
            codes = {*past.get(home, ()), *self._stood_before(home, month)}
            earlier = frozenset(code for code in LISTED if code in codes)
            for step in movement(
                opening.get(home), closing.get(home), earlier=earlier, arrived=home in came
            ):
                yield home, step

    def _stood_before(self, home: UUID, month: int) -> Iterator[str]:
        """Its classes at the ends of the year's earlier months: who comes back is no newcomer."""
        ends = (self.end(number) for number in range(month))
        return (end[home].household_class for end in ends if home in end)

    def _placed(self, month: int, here: int) -> dict[UUID, Stand[Place]]:
        placing = Placing(self.connection, _end(self.year, month), _end(self.year, here))
        rows: Iterator[tuple[Place, Stood]] = placing.placed(self.end(month).values())
        return {
            row.household: Stand(place, HouseholdClass(row.household_class), row.persons)
            for place, row in rows
        }

    def end(self, month: int) -> Stands:
        """Month 0 is the close of the year before, with what was typed to open the register."""
        if month not in self._ends:
            day = _end(self.year, month)
            wanted = replace(self.scope, year=self.year - 1)
            if month:
                wanted = replace(self.scope, as_of=day)
            found = {row.household: row for row in review_rows.classed(self.connection, wanted)}
            if month == 0:
                self._add(found, {h: code for h, _, code in self._begun_late if h not in found})
            else:
                self._add(found, {h: c for h, since, c in self._begun_late if since > day}, day)
            self._ends[month] = found
        return self._ends[month]

    def _late(self) -> list[tuple[UUID, date, str]]:
        """Results of the year before, or of the opening, that begin within the year: the household
        stood so from the year's beginning, no decision of a month made it.
        """
        first = date(self.year, 1, 1)
        return [
            (row["household"], row["valid_from"], row["household_class"])
            for row in records.find(
                self.connection, Kind.CLASS_RECORD, standard=self.scope.standard
            )
            if row["source"] in RECOGNISED_SOURCES
            and row["household_class"]
            and (row["valid_to"] is None or row["valid_to"] >= max(first, row["valid_from"]))
            and first <= row["valid_from"] <= date(self.year, 12, 31)
            and (row["review_year"] < self.year or row["source"] == "opening")
        ]

    def _add(self, found: Stands, codes: Mapping[UUID, str], day: date | None = None) -> None:
        """Those of `codes` that were in the register on the day (at the year's beginning)."""
        on = day or _end(self.year, 0)
        for home in stored_households.load(self.connection, codes, on).values():
            if home.village is not None:
                found[home.uid] = Stood(home.uid, home.village, codes[home.uid], home.size)


def _end(year: int, month: int) -> date:
    """The last day of a month; of month 0 the last day of the year before."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _within(place: Place, villages: frozenset[UUID]) -> bool:
    return place in villages if isinstance(place, UUID) else bool(place) and place <= villages


def _sum(steps: Iterable[tuple[UUID, Step[Place]]], village: UUID | None) -> dict[Cell, Amount]:
    cells: dict[Cell, Amount] = {}
    for _, step in steps:
        if (step.place if isinstance(step.place, UUID) else None) == village:
            homes, persons = cells.get((step.table, step.flow), (0, 0))
            cells[step.table, step.flow] = homes + step.households, persons + step.persons
    return cells


def _total(lines: Iterable[Line]) -> dict[Cell, Amount]:
    found: dict[Cell, Amount] = {}
    for line in lines:
        for cell, (homes, persons) in line.cells.items():
            before = found.get(cell, (0, 0))
            found[cell] = before[0] + homes, before[1] + persons
    return found


def _named(
    connection: Connection,
    steps: Iterable[tuple[UUID, Step[Place]]],
    villages: Mapping[UUID, str],
    day: date,
) -> Iterator[Moved]:
    """Whole households only; who is in the register no more is named by its last head."""
    flows = [(home, step) for home, step in steps if step.flow in (*IN, *OUT) and step.households]
    heads = _heads(connection, [home for home, _ in flows], day)
    for home, step in flows:
        village = villages.get(step.place, "") if isinstance(step.place, UUID) else ""
        yield Moved(home, heads.get(home, ""), village, step.table, step.flow, step.persons)


def _heads(connection: Connection, homes: list[UUID], day: date) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for on in (day, day.replace(day=1) - timedelta(days=1)):
        asked = [home for home in homes if home not in found]
        for home in stored_households.load(connection, asked, on).values():
            if home.head is not None:
                found[home.uid] = home.head.full_name
    return found


def _review(connection: Connection, commune: UUID, year: int, month: int) -> UUID | None:
    found = records.find(
        connection,
        Kind.REVIEW,
        area=commune,
        kind=ReviewKind.IN_YEAR.value,
        review_year=year,
        month=month,
    )
    return found[0]["uid"] if found else None


def _papers(
    connection: Connection,
    definitions: Definitions,
    commune: UUID,
    first: date,
    review: UUID | None,
) -> dict[Outcome | None, int]:
    """The applications of the month's review, or that wait for one; by outcome, None is open."""
    slots = Slots(connection, definitions, first)
    counts: dict[Outcome | None, int] = {}
    for row in of_commune(connection, commune):
        begins = slots.of(row).begins_on
        waits = row["review"] is None and (begins.year, begins.month) == (first.year, first.month)
        if (review is not None and row["review"] == review) or waits:
            outcome = Outcome(row["outcome"]) if row["outcome"] else None
            counts[outcome] = counts.get(outcome, 0) + 1
    return counts


def _due(definitions: Definitions, year: int, month: int) -> date | None:
    if month > LAST_MONTH:
        return None
    workflow = definitions.workflow("in_year", _end(year, month))
    limit = workflow.step("report").limit
    if limit is None:
        return None
    return limit.due(year, {Anchor.BEGUN: date(year, month, 1)}, Calendar(), {})
