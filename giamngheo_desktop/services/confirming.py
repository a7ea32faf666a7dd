"""Giấy xác nhận: what can be said of a household on a day or of a review year.

Only what was recognised is confirmed: a class in force on the day, or the result of a closed year
(of an opening list that names its decision).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.services import closed_years
from giamngheo_desktop.services.dated import holds, lasts
from giamngheo_desktop.services.movement.new_escape import escapes
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import (
    classes,
    confirmed,
    corrections,
    records,
    review_rows,
)
from giamngheo_desktop.storage import households as stored
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import RECOGNISED_SOURCES, Scope

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What is asked: of a household, or of one person (whose household is the one of that time);
    for a `day`, or as the result of a review `year`; without both for today.
    """

    what: What
    household: UUID | None = None
    person: UUID | None = None
    day: date | None = None
    year: int | None = None
    purpose: str = ""
    receiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What can be confirmed and what it rests on. `day` is the day looked at, the last one of a
    `year`; an escape lasts from `since` to `until`; `subject` says whom it is about.
    """

    what: What
    household: UUID
    person: UUID | None
    day: date
    year: int | None
    village: UUID | None
    subject: str
    standard: str
    number: str | None = None
    signed_on: date | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class YearClass:
    """What a household was recognised as in a review year."""

    year: int
    standard: str
    household_class: str | None
    average_living: bool
    number: str | None
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class OfferedYear:
    """The review year a confirmation begins with, None: none has a result; `why` not the one that
    was asked for.
    """

    year: int | None
    why: AppError | None = None


def grounds(
    database: Database,
    definitions: Definitions,
    *,
    household: UUID | None = None,
    person: UUID | None = None,
    day: date | None = None,
    year: int | None = None,
    today: date,
) -> tuple[Ground, ...]:
    """Everything that can be confirmed of a household or person on a day or for a year; () where
    nothing can.
    """
    asked = Confirmation(what=What.POOR, household=household, person=person, day=day, year=year)
    with database.reader() as connection:
        return all_grounds(connection, definitions, asked, today)


def ground(
    database: Database, definitions: Definitions, wanted: Confirmation, *, today: date
) -> Ground:
    """What a confirmation rests on; RefusedErrors of `ground_in`."""
    with database.reader() as connection:
        return ground_in(connection, definitions, wanted, today)


def ground_in(
    connection: Connection, definitions: Definitions, wanted: Confirmation, today: date
) -> Ground:
    """`ground` in an open snapshot.

    Raises RefusedErrors `event_in_future`, `confirm_nobody`, `confirm_not_here`,
    `confirm_not_member`, `confirm_not_so`, `confirm_unrecognised` (computed, not recognised),
    `confirm_year_open`, `confirm_year_ahead` (closed on a day to come), and AppError `no_standard`.
    """
    day = wanted.day or today
    if wanted.year is not None:
        day = date(wanted.year, 12, 31)
        closed_on = closed_years.closed_on(connection, wanted.year)
        if day > today and closed_on is None:
            raise RefusedError("confirm_year_open", year=wanted.year)
        if day > today and closed_on is not None and closed_on > today:
            said = format_date(closed_on)
            raise RefusedError("confirm_year_ahead", year=wanted.year, day=said)
    if day > today and (wanted.year is None or wanted.what is What.NEW_ESCAPE):
        raise RefusedError("event_in_future", day=format_date(day))
    return _Asked(connection, definitions, wanted, day, today).ground()


def offered_year(
    database: Database, definitions: Definitions, wanted: Confirmation, *, today: date
) -> OfferedYear:
    """The year of `wanted` where its closed result names the household, else the newest such."""
    with database.reader() as connection:
        asked = _asked_years(connection, definitions, wanted, today)
        years = [one.scope.year for one in asked if one.has_result()]
        if wanted.year in years:
            return OfferedYear(wanted.year)
        try:
            ground_in(connection, definitions, wanted, today)
        except AppError as error:
            return OfferedYear(next(iter(years), None), error)
    return OfferedYear(next(iter(years), None))


def when_text(wanted: Confirmation, day: date) -> str:
    """`Ngày 27/11/2026`; of a review year what its result says, or an escape on its last day."""
    if wanted.year is not None and wanted.what is not What.NEW_ESCAPE:
        return texts.CONFIRM["in_year"].format(year=wanted.year)
    return texts.CONFIRM["on_day"].format(day=format_date(day))


class _Asked:
    """One confirmation that is asked for."""

    def __init__(
        self,
        connection: Connection,
        definitions: Definitions,
        wanted: Confirmation,
        day: date,
        today: date,
    ) -> None:
        self.connection, self.definitions = connection, definitions
        self.wanted, self.day, self.today = wanted, day, today
        closed_on = closed_years.closed_on(connection, day.year)
        self.is_ahead = closed_on is not None and min(day, closed_on) > today
        self.when = when_text(wanted, day)
        self.scope = Scope(
            year=day.year, standard=standard_for(definitions.standards, day.year).code
        )
        self.household = self._household()

    def ground(self) -> Ground:
        if self.wanted.what is What.NEW_ESCAPE:
            return self._escape()
        return self._of_year() if self.wanted.year is not None else self._of_day()

    def _household(self) -> UUID:
        """The one asked for, or that of the person at that time, who must belong to it."""
        wanted = self.wanted
        if wanted.person is None:
            if wanted.household is None:
                raise RefusedError("confirm_nobody")
            return wanted.household
        homes: Iterable[UUID] = ()
        if wanted.year is not None:
            homes = confirmed.frozen_homes(self.connection, self.scope, wanted.person)
        homes = list(homes) or confirmed.homes_on(self.connection, self.day, wanted.person)
        if wanted.household in homes:
            return wanted.household
        if wanted.household is not None or not homes:
            raise RefusedError("confirm_not_member", when=self.when)
        return homes[0]

    def _of_day(self) -> Ground:
        if not self._places():
            raise RefusedError("confirm_not_here", when=self.when)
        rows = [row for row in self._records() if holds(row, self.day) and self._in_use(row)]
        found = next((row for row in rows if self._says(row)), None)
        if found is None:
            raise self._refusal(rows)
        return self._ground(found)

    def _of_year(self) -> Ground:
        """By the standard of the year, else by another one its review used: that of the years to
        come. The paper names it.
        """
        results = self._results()
        for result in results.values():
            if result is not None and self._matches(result):
                return self._ground(result)
        if results[self.scope.standard] is None and not self._is_closed(self.scope):
            raise RefusedError("confirm_year_open", year=self.scope.year)
        raise self._refusal(())

    def has_result(self) -> bool:
        """Whether the year made anything of the household and is closed, or an opening list."""
        return any(result is not None for result in self._results().values())

    def year_classes(self) -> Iterator[YearClass]:
        """What `_of_year` would confirm by; of an open year the last that was recognised."""
        last = {row["standard"]: row for row in reversed(self._of_the_year())}
        for standard, result in self._results().items():
            if result is None and not self._is_closed(replace(self.scope, standard=standard)):
                result = last.get(standard)
            if result is not None:
                yield YearClass(
                    self.scope.year,
                    standard,
                    result["household_class"],
                    bool(result["average_living"]),
                    result["number"],
                    result["signed_on"],
                )

    def _results(self) -> dict[str, Row | None]:
        """By standard, that of the year first."""
        rows = self._of_the_year()
        codes = dict.fromkeys((self.scope.standard, *_standards(rows)))
        return {code: self._result(code, rows) for code in codes}

    def _of_the_year(self) -> list[Row]:
        return [
            row
            for row in self._records()
            if row["review_year"] == self.scope.year and _was_recognised(row, self.today)
        ]

    def _result(self, standard: str, rows: Iterable[Row]) -> Row | None:
        """What the year made of the household under a standard, with its paper; None while that is
        open, or where it stands in no list.
        """
        own = [row for row in rows if row["standard"] == standard]
        scope = Scope(year=self.scope.year, standard=standard)
        frozen = None
        if not self.is_ahead:
            frozen = corrections.result_of(self.connection, scope, self.household)
        if frozen is None:
            openings = (row for row in own if row["source"] == "opening" and row["number"])
            return None if self._is_closed(scope) else next(openings, None)
        counted = ("household_class", "average_living")
        papers = (row for row in own if all(row[name] == frozen[name] for name in counted))
        paper = next(papers, None)
        named = {name: paper[name] if paper else None for name in ("number", "signed_on")}
        return {**frozen, **named}

    def _escape(self) -> Ground:
        if not self._places():
            raise RefusedError("confirm_not_here", when=self.when)
        found = escapes(self.connection, self.day, self.household).get(self.household)
        if found is None:
            raise self._refusal(())
        left = [
            row
            for row in self._records()
            if row["source"] in RECOGNISED_SOURCES
            and (row["signed_on"] or row["valid_from"]) == found.since
            and row["household_class"] != What.POOR
        ]
        row: Row = left[0] if left else {"standard": self.scope.standard}
        return self._ground(row, since=found.since, until=found.last)

    def _ground(self, row: Row, **values: Any) -> Ground:
        home = self._home()
        return Ground(
            what=self.wanted.what,
            household=self.household,
            person=self.wanted.person,
            day=self.day,
            year=self.wanted.year,
            village=home.village if home else None,
            subject=self._subject(home),
            standard=row["standard"],
            number=row.get("number"),
            signed_on=row.get("signed_on"),
            **values,
        )

    def _records(self) -> list[dict[str, Any]]:
        return classes.of_household(self.connection, self.household)

    def _in_use(self, row: Row) -> bool:
        return self.definitions.standards.get(row["standard"]).covers(self.day.year)

    def _says(self, row: Row) -> bool:
        return row["source"] in RECOGNISED_SOURCES and self._matches(row)

    def _matches(self, row: Row) -> bool:
        if self.wanted.what is What.AVERAGE_LIVING:
            return bool(row["average_living"])
        return bool(row["household_class"] == self.wanted.what.value)

    def _refusal(self, rows: Iterable[Row]) -> RefusedError:
        """A result that waits for its decision is told from one that is another."""
        computed = any(row["source"] == "computed" and self._matches(row) for row in rows)
        what = texts.CONFIRM_WHAT[self.wanted.what]
        if computed:
            return RefusedError("confirm_unrecognised", when=self.when, what=what)
        return RefusedError("confirm_not_so", when=self.when, what=what)

    def _is_closed(self, scope: Scope) -> bool:
        if self.is_ahead:
            return False
        villages = [row["village"] for row in self._places()]
        frozen = review_rows.is_frozen(self.connection, scope)
        return review_rows.is_closed(frozen, villages)

    def _places(self) -> list[dict[str, Any]]:
        rows = records.find(self.connection, Kind.PLACE, household=self.household)
        return [row for row in rows if holds(row, self.day)]

    def _home(self) -> Household | None:
        return stored.load(self.connection, [self.household], self.day).get(self.household)

    def _subject(self, home: Household | None) -> str:
        """`Lò Văn An, hộ Lò Văn Bình, Thôn A`, as of the day."""
        if home is None:
            return ""
        head = home.head.full_name if home.head else ""
        names = all_villages(self.connection, self.day)
        village = names.get(home.village, "") if home.village else ""
        one = next((m.full_name for m in home.members if m.uid == self.wanted.person), "")
        of = texts.CONFIRM["of_household"].format(head=head)
        return ", ".join(part for part in (one, of, village) if part)


def all_grounds(
    connection: Connection, definitions: Definitions, asked: Confirmation, today: date
) -> tuple[Ground, ...]:
    """What can be confirmed, whatever `asked` names."""
    found = []
    for what in What:
        try:
            found.append(ground_in(connection, definitions, replace(asked, what=what), today))
        except RefusedError:
            continue
    return tuple(found)


def _standards(rows: Iterable[Row]) -> list[str]:
    return sorted({row["standard"] for row in rows})


def years_of(
    connection: Connection,
    definitions: Definitions,
    today: date,
    household: UUID | None = None,
    person: UUID | None = None,
) -> tuple[YearClass, ...]:
    """What each year recognised of a household, or of the one a person belonged to then."""
    wanted = Confirmation(what=What.POOR, household=household, person=person)
    asked = _asked_years(connection, definitions, wanted, today)
    return tuple(found for one in asked for found in one.year_classes())


def _asked_years(
    connection: Connection, definitions: Definitions, wanted: Confirmation, today: date
) -> Iterator[_Asked]:
    """Each year that recognised anything by today of whom a confirmation is about, newest first."""
    person, household = wanted.person, wanted.household
    homes = confirmed.homes_of(connection, person) if person else [household] if household else []
    years = {
        row["review_year"]
        for home in homes
        for row in classes.of_household(connection, home)
        if _was_recognised(row, today)
    }
    for year in sorted(years, reverse=True):
        of_year = replace(wanted, year=year)
        try:
            yield _Asked(connection, definitions, of_year, date(year, 12, 31), today)
        except AppError:  # in no household then, or under no standard that is known
            continue


def _was_recognised(row: Row, today: date) -> bool:
    """Known by today: signed, or where no day is known in force."""
    known = (row["signed_on"] or row["valid_from"]) <= today
    return known and row["source"] in RECOGNISED_SOURCES and lasts(row, row["valid_from"])
