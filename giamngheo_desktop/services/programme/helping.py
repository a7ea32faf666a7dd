"""Who stands by whom on a day of a quarter: helpers, visits, households without a helper, needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import helping as rules
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.helping import Assignment, Helper, Stay, Visit
from giamngheo_desktop.domain.names import person_sort_key, split_name
from giamngheo_desktop.domain.vietnamese import sort_key
from giamngheo_desktop.services.programme.homes import Home, Homes
from giamngheo_desktop.services.unit_names import villages
from giamngheo_desktop.storage import helping as stored
from giamngheo_desktop.storage import record_names, records
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.needs import Need, needs_on

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperName:
    """What a helper is called; `title` and `body` only where they are known of a person."""

    helper: Helper
    name: str
    title: str = ""
    body: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """A household with one of its helpers; `came` is the last visit, `due` the day of the next."""

    home: Home
    helper: HelperName
    assignment: Assignment
    decision_number: str | None
    came: date | None
    due: date
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InCharge:
    """Who is in charge of a village."""

    village: str
    helper: HelperName
    assignment: Assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """An open need of a household, or of one of its persons."""

    need: Need
    home: Home
    person: str
    helpers: tuple[HelperName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Helping:
    """Help in a unit: who helps on `day`, and who came from `first` to `last`, its quarter so far.

    Everything by village, then head. `silent` had a household in the quarter and came to none.
    """

    day: date
    quarter: int
    first: date
    last: date
    listed: tuple[Home, ...]
    without: tuple[Home, ...]
    helped: tuple[Helped, ...]
    in_charge: tuple[InCharge, ...]
    silent: tuple[tuple[HelperName, tuple[Home, ...]], ...]
    needs: tuple[NeedLine, ...]

    @property
    def overdue(self) -> tuple[Helped, ...]:
        return tuple(one for one in self.helped if one.is_overdue)

    @property
    def by_helper(self) -> dict[HelperName, list[Helped]]:
        """The helpers by name, each with the households of the day."""
        found: dict[HelperName, list[Helped]] = {}
        for one in sorted(self.helped, key=lambda one: _order(one.helper)):
            found.setdefault(one.helper, []).append(one)
        return found

    @property
    def by_need(self) -> dict[str, list[NeedLine]]:
        found: dict[str, list[NeedLine]] = {}
        for one in self.needs:
            found.setdefault(one.need.code, []).append(one)
        return found


def day_of(year: int, quarter: int | None, today: date) -> date:
    """The day a view speaks of: today, or the end of what is over. RefusedError `day_in_future`."""
    first, last = rules.quarter_days(year, quarter or 4)
    begins = first if quarter else date(year, 1, 1)
    if begins > today:
        raise RefusedError("day_in_future", day=format_date(begins), today=format_date(today))
    return min(last, today)


def helping(
    database: Database, definitions: Definitions, *, unit: UUID | None, day: date
) -> Helping:
    """The views of a day and its quarter; `unit` None: all that the file holds."""
    quarter = rules.quarter_of(day)
    first, last = rules.quarter_days(day.year, quarter)
    last = min(last, day)
    with database.reader() as connection:
        rows = stored.overlapping(connection, Kind.ASSIGNMENT, first, last)
        of_quarter = [_assignment(row) for row in rows]
        present = [one for one in of_quarter if one.holds_on(day)]
        needs = needs_on(connection, day)
        now = Homes(connection, definitions, day, unit)
        then = Homes(connection, definitions, day, unit, since=first)
        asked = {one.household for one in of_quarter if one.household} & then.uids
        homes = then.named({*asked, *now.listed, *(row.household for row in needs)})
        here = {uid: home for uid, home in homes.items() if uid in now.uids}
        visits = _visits(connection, asked, last)
        ever = [
            _assignment(row)
            for row in records.find_below(connection, Kind.ASSIGNMENT, "household", sorted(asked))
        ]
        helpers = _names(connection, {one.helper for one in of_quarter})
        helping_now = rules.helping_on(present, day)
        numbers = {row["uid"]: row["decision_number"] for row in rows}
        silent = rules.silent(
            [one for one in of_quarter if one.household in asked],
            [visit for ones in visits.values() for visit in ones],
            _stays(connection, asked),
            first,
            last,
        )
        people = record_names.of_kind(connection, Kind.PERSON, (row.person for row in needs))
    came = _Came(ever, visits, day)
    needs_of = _grouped(needs)
    return Helping(
        day=day,
        quarter=quarter,
        first=first,
        last=last,
        listed=tuple(home for home in here.values() if home.is_listed),
        without=tuple(
            home for uid, home in here.items() if home.is_listed and uid not in helping_now
        ),
        helped=tuple(
            _helped(home, one, helpers[one.helper], numbers[one.uid], came(one), day)
            for uid, home in here.items()
            for one in helping_now.get(uid, ())
        ),
        in_charge=_in_charge(database, present, helpers, day, unit),
        silent=tuple(
            sorted(
                ((helpers[helper], _each_once(homes, ones)) for helper, ones in silent.items()),
                key=lambda one: _order(one[0]),
            )
        ),
        needs=tuple(
            NeedLine(
                need=row,
                home=home,
                person=people.get(row.person, "") if row.person else "",
                helpers=tuple(helpers[one.helper] for one in helping_now.get(uid, ())),
            )
            for uid, home in here.items()
            for row in needs_of.get(uid, ())
        ),
    )


def of_household(
    database: Database, definitions: Definitions, household: UUID, day: date
) -> tuple[Helped, ...]:
    """Who helps one household on a day, the first one first."""
    with database.reader() as connection:
        rows = records.find(connection, Kind.ASSIGNMENT, household=household)
        numbers = {row["uid"]: row["decision_number"] for row in rows}
        found = rules.helping_on(map(_assignment, rows), day).get(household, ())
        home = Homes(connection, definitions, day, None).named([household]).get(household)
        helpers = _names(connection, {one.helper for one in found})
        came = _Came(map(_assignment, rows), _visits(connection, [household], day), day)
    if home is None:
        return ()
    return tuple(
        _helped(home, one, helpers[one.helper], numbers[one.uid], came(one), day) for one in found
    )


def names_of(connection: Connection, rows: Iterable[Row]) -> dict[Helper, HelperName]:
    """The helpers that records name by `officer` and `body`."""
    asked = (Helper.of(row["officer"], row["body"]) for row in rows)
    return _names(connection, {one for one in asked if one.officer or one.body})


def _helped(
    home: Home,
    one: Assignment,
    helper: HelperName,
    number: str | None,
    came: date | None,
    day: date,
) -> Helped:
    due = rules.due_on(one, came)
    return Helped(
        home=home,
        helper=helper,
        assignment=one,
        decision_number=number,
        came=came,
        due=due,
        is_overdue=due < day,
    )


class _Came:
    """When the helper of an assignment last came to its household, also before it was renewed."""

    def __init__(
        self, ever: Iterable[Assignment], visits: Mapping[UUID, Sequence[Visit]], day: date
    ) -> None:
        self._visits, self._day = visits, day
        self._ever: dict[tuple[UUID | None, Helper], list[Assignment]] = {}
        for one in ever:
            self._ever.setdefault((one.household, one.helper), []).append(one)

    def __call__(self, one: Assignment) -> date | None:
        mine = self._ever.get((one.household, one.helper), ())
        return rules.last_visit(mine, self._visits, self._day)


def _grouped(needs: Iterable[Need]) -> dict[UUID, list[Need]]:
    found: dict[UUID, list[Need]] = {}
    for one in needs:
        found.setdefault(one.household, []).append(one)
    return found


def _each_once(homes: Mapping[UUID, Home], ones: Iterable[Assignment]) -> tuple[Home, ...]:
    had = {one.household for one in ones}
    return tuple(home for uid, home in homes.items() if uid in had)


def _in_charge(
    database: Database,
    present: Iterable[Assignment],
    helpers: Mapping[Helper, HelperName],
    day: date,
    unit: UUID | None,
) -> tuple[InCharge, ...]:
    """In paper order of the villages."""
    of_village = [one for one in present if one.household is None and one.helper in helpers]
    return tuple(
        InCharge(village=village.name, helper=helpers[one.helper], assignment=one)
        for village in villages(database, day, unit)
        for one in of_village
        if one.village == village.uid
    )


def _assignment(row: Row) -> Assignment:
    asked = ("uid", "household", "village", "officer", "body", "role", "valid_from", "valid_to")
    return Assignment(**{name: row[name] for name in asked})


def _visits(connection: Connection, homes: Iterable[UUID], last: date) -> dict[UUID, list[Visit]]:
    """The visits to these households up to a day."""
    rows = records.find_below(connection, Kind.VISIT, "household", sorted({*homes}))
    officers = records.get_many(
        connection, Kind.OFFICER, sorted({row["officer"] for row in rows if row["officer"]})
    )
    found: dict[UUID, list[Visit]] = {}
    for row in rows:
        visit = Visit(
            household=row["household"],
            officer=row["officer"],
            body=row["body"],
            comes_from=officers[row["officer"]]["body"]
            if row["officer"] and not row["body"]
            else None,
            day=row["visited_on"],
        )
        if visit.day <= last:
            found.setdefault(visit.household, []).append(visit)
    return found


def _stays(connection: Connection, homes: Iterable[UUID]) -> dict[UUID, list[Stay]]:
    found: dict[UUID, list[Stay]] = {}
    for row in records.find_below(connection, Kind.PLACE, "household", sorted({*homes})):
        stay = Stay(row["valid_from"], row["valid_to"])
        found.setdefault(row["household"], []).append(stay)
    return found


def _names(connection: Connection, helpers: Iterable[Helper]) -> dict[Helper, HelperName]:
    asked = [*helpers]
    officers = records.get_many(
        connection, Kind.OFFICER, [one.officer for one in asked if one.officer]
    )
    bodies = {one.body for one in asked} | {row["body"] for row in officers.values()}
    known = records.get_many(connection, Kind.BODY, [uid for uid in bodies if uid])
    found = {}
    for one in asked:
        if one.officer is not None:
            row = officers[one.officer]
            found[one] = HelperName(
                helper=one,
                name=row["full_name"],
                title=row["title"] or "",
                body=known[row["body"]]["name"] if row["body"] else "",
                phone=row["phone"] or "",
            )
        elif one.body is not None:
            row = known[one.body]
            found[one] = HelperName(helper=one, name=row["name"], phone=row["phone"] or "")
    return found


def _order(helper: HelperName) -> tuple[int, str]:
    """Persons as names are sorted, then bodies."""
    if helper.helper.officer is None:
        return 1, sort_key(helper.name)
    return 0, person_sort_key(*split_name(helper.name))
