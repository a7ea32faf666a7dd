"""Phiếu theo dõi hỗ trợ: what one household got since a day, what it needs, who stands by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.helping import Helper
from giamngheo_desktop.reports.document import (
    BLANK,
    Align,
    Cell,
    Column,
    NumberFormat,
    Paragraph,
    Piece,
    ReportDoc,
    Row,
    Run,
    Table,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.help_table import helper_text
from giamngheo_desktop.reports.issuer import of_unit
from giamngheo_desktop.services import names
from giamngheo_desktop.services.names import HouseholdName
from giamngheo_desktop.services.programme import helping, needs, supports
from giamngheo_desktop.services.programme.standings import standings
from giamngheo_desktop.services.programme.supports import Received, Support
from giamngheo_desktop.services.programme.taken_part import (
    Part,
    gift_line,
    gifts,
    part_line,
    taken_part,
)
from giamngheo_desktop.storage import record_names, records
from giamngheo_desktop.storage.engine import Database

_SAID = texts.HOUSEHOLD_SHEET
FIRST = date(2021, 1, 1)  # "Hộ đã nhận những hỗ trợ gì từ năm 2021"
CODE = "phieu_ho"


def household_sheet(
    database: Database,
    definitions: Definitions,
    household: UUID,
    *,
    today: date,
    first: date = FIRST,
    last: date | None = None,
) -> ReportDoc:
    """One page about one household, as known today, with what it got between two days: up to and
    on today where no last one is said. RefusedError `record_missing`.
    """
    last = last or today
    found = _Sheet(database, definitions, household, first, last, today)
    doc = ReportDoc(
        code=CODE,
        title=(_SAID["title"],),
        subtitle=(_SAID["since"].format(first=format_date(first), last=format_date(last)),),
        landscape=False,
        close=True,
        body=tuple(found.pieces()),
        notes=tuple(found.notes()),
        data_date=today,
        extra={"household": str(household)},
    )
    return of_unit(database, doc)


@dataclass(frozen=True)
class _Sheet:
    database: Database
    definitions: Definitions
    household: UUID
    first: date
    last: date
    today: date

    @cached_property
    def _received(self) -> Received:
        asked = (self.household, self.first, self.today)
        return supports.since(self.database, *asked, until=self.last)

    @cached_property
    def _entries(self) -> Sequence[Mapping[str, Any]]:
        with self.database.reader() as connection:
            return gifts(connection, self.household, self.first)

    def pieces(self) -> Iterator[Piece]:
        yield from self._head()
        yield self._needs()
        yield self._helpers()
        yield self._plan()
        yield self._table()
        with self.database.reader() as connection:
            parts = taken_part(connection, self.household, self.today, self.first)
        if parts:
            yield self._parts(parts)
        if self._entries:
            yield self._gifts(self._entries)

    def notes(self) -> Iterator[str]:
        if self._entries:
            yield texts.TAKEN_PART["gifts_apart"]
        if unpriced := self._received.total.unpriced:
            yield _SAID["unpriced"].format(count=unpriced)

    @cached_property
    def _home(self) -> HouseholdName:
        named = names.of_households(self.database, [self.household], self.today)
        if not named:
            raise RefusedError("record_missing")
        return named[0]

    def _head(self) -> Iterator[Paragraph]:
        home = self._home
        with self.database.reader() as connection:
            held = standings(connection, self.definitions, [self.household], self.today)
        standing = held[self.household]
        state = standing.state(self.today)
        grounds = self.definitions.choice_list("support_grounds")
        said = grounds.label_of(state) or _SAID["no_class"]
        if standing.average_living and state != "average_living":
            said = f"{said}, {_SAID['average_living']}"
        village = home.village or texts.PAPER["unknown_village"]
        yield _line(("head", home.head), ("village", village), ("persons", str(home.persons)))
        yield _line(("class", said))
        years = texts.listed_text(self._received.years) or _SAID["no_years"]
        yield _line(("years", years))

    def _table(self) -> Table:
        return Table(
            labels=(
                number_column(2),
                text_column(_SAID["what"], "what", weight=30),
            ),
            columns=(
                Column(_SAID["day"], "day", format=NumberFormat.TEXT, align=Align.CENTER, weight=6),
                Column(_SAID["source"], "source", format=NumberFormat.TEXT, weight=8),
                Column(_SAID["amount"], "amount", format=NumberFormat.MONEY, weight=8),
                Column(_SAID["body"], "body", format=NumberFormat.TEXT, weight=12),
                Column(_SAID["decision"], "decision", format=NumberFormat.TEXT, weight=10),
            ),
            rows=tuple(self._lines()),
            number_row=False,
            sheet=self._home.head,
            empty=_SAID["nothing"],
        )

    def _lines(self) -> Iterator[Row]:
        found = self._received.supports
        number = 0
        for year in sorted({row.year for row in found}):
            rows = [row for row in found if row.year == year]
            said = _SAID["group"].format(year=year, count=len(rows))
            yield _sum(said, supports.total(rows).amount, level=1)
            for number, row in enumerate(rows, number + 1):  # noqa: B020 - it counts through
                yield from self._support(number, row)
        if found:
            said = _SAID["total"].format(count=len(found))
            yield _sum(said, self._received.total.amount, level=0)
            yield from self._by_source()

    def _support(self, number: int, row: Support) -> Iterator[Row]:
        """A row a source; what is true of the whole support stands in the first."""
        signed = format_date(row.decision_on) if row.decision_on else ""
        decision = " ".join(filter(None, (row.decision_number, signed)))
        body = self._bodies.get(row.body, "") if row.body else ""
        labels, day = (str(number), self._what(row)), format_date(row.supported_on)
        for source, amount in row.shares.items() or ((None, None),):
            where = self._source(source) if source else ""
            cells = (Cell(day), Cell(where), Cell.of_count(amount), Cell(body), Cell(decision))
            yield Row(labels, cells, household=self.household)
            labels, day, body, decision = ("", ""), "", "", ""

    def _what(self, row: Support) -> str:
        policy = self.definitions.supports.get(row.policy)
        label = policy.label if policy else row.policy
        content = texts.content_beside(row.content, row.item)
        parts = [
            texts.support_content(label, content, row.period_from, row.period_to),
            texts.goods_text(row.item, row.quantity, row.unit or "") if row.item else "",
            _SAID["for_whom"].format(person=self._persons[row.person]) if row.person else "",
        ]
        return ", ".join(filter(None, parts))

    @cached_property
    def _persons(self) -> Mapping[UUID, str]:
        people = {row.person for row in self._received.supports if row.person is not None}
        found = names.of_persons(self.database, sorted(people), self.today)
        return {one.person: one.full_name for one in found}

    @cached_property
    def _bodies(self) -> Mapping[UUID, str]:
        return self._names_of(row.body for row in self._received.supports)

    def _names_of(self, bodies: Iterable[UUID | None]) -> Mapping[UUID, str]:
        with self.database.reader() as connection:
            return record_names.of_kind(connection, Kind.BODY, bodies)

    def _source(self, code: str) -> str:
        return self.definitions.choice_list("funding_sources").short_label_of(code)

    def _parts(self, parts: Sequence[Part]) -> Table:
        said = texts.TAKEN_PART
        bodies = self._names_of(one.activity["body"] for one in parts)
        rows = []
        for number, one in enumerate(parts, 1):
            day = format_date(one.day) if one.day else said["of_year"].format(year=one.year)
            body = bodies.get(one.activity["body"], "")
            labels = (str(number), part_line(self.definitions, one))
            rows.append(Row(labels, (Cell(day), Cell(body)), household=self.household))
        return Table(
            title=said["parts"],
            labels=(number_column(2), text_column(said["activity"], "activity", weight=54)),
            columns=(_column("day", 8), _column("body", 12)),
            rows=tuple(rows),
            number_row=False,
        )

    def _gifts(self, entries: Sequence[Mapping[str, Any]]) -> Table:
        said = texts.TAKEN_PART
        bodies = self._names_of(row["body"] for row in entries)
        rows = [
            Row(
                (str(number), gift_line(self.definitions, row)),
                (
                    Cell(format_date(row["booked_on"])),
                    Cell.of_count(row["amount"]),
                    Cell(bodies.get(row["body"], "")),
                    Cell(row["document"] or ""),
                ),
                household=self.household,
            )
            for number, row in enumerate(entries, 1)
        ]
        count = _SAID["total_gifts"].format(count=len(entries))
        whole = Cell.of_count(sum(row["amount"] for row in entries))
        rows.append(Row(("", count), (BLANK, whole, BLANK, BLANK), 0, bold=True))
        return Table(
            title=said["gifts"],
            labels=(number_column(2), text_column(said["gift"], "gift", weight=36)),
            columns=(
                _column("day", 8),
                Column(_SAID["amount"], "amount", format=NumberFormat.MONEY, weight=8),
                _column("body", 12),
                _column("document", 10),
            ),
            rows=tuple(rows),
            number_row=False,
        )

    def _by_source(self) -> Iterator[Row]:
        for source, part in self._received.by_source.items():
            where = self._source(str(source)) if source else _SAID["unknown_source"]
            said = _SAID["of_source"].format(count=part.supports)
            cells = (BLANK, Cell(where), Cell.of_count(part.amount), BLANK, BLANK)
            yield Row(("", said), cells)

    def _needs(self) -> Paragraph:
        labels = self.definitions.choice_list("support_needs")
        found = needs.on_day(self.database, self.today, self.household).get(self.household, [])
        people = sorted({one.person for one in found if one.person is not None})
        named = names.of_persons(self.database, people, self.today)
        persons = {one.person: one.full_name for one in named}
        said = [
            _SAID["need_of" if one.person else "need"].format(
                need=labels.label_of(one.code),
                person=persons.get(one.person, "") if one.person else "",
                day=format_date(one.since),
            )
            for one in found
        ]
        return _line(("needs", "; ".join(said) or _SAID["no_needs"]))

    def _helpers(self) -> Paragraph:
        said = []
        for one in helping.of_household(
            self.database, self.definitions, self.household, self.today
        ):
            came = one.came and _SAID["visited"].format(day=format_date(one.came))
            since = format_date(one.assignment.valid_from)
            who = _SAID["helper_of"].format(helper=helper_text(one.helper), day=since)
            said.append(f"{who}, {came or _SAID['not_visited']}")
        return _line(("helper", "; ".join(said) or _SAID["no_helper"]))

    def _plan(self) -> Paragraph:
        with self.database.reader() as connection:
            rows = records.find(
                connection, Kind.HOUSEHOLD_PLAN, household=self.household, year=self.today.year
            )
            helpers = helping.names_of(connection, rows)
        said = [", ".join(filter(None, self._plan_parts(row, helpers))) for row in rows]
        return _line(("plan", "; ".join(said) or _SAID["no_plan"]), year=self.today.year)

    def _plan_parts(
        self, row: Mapping[str, Any], helpers: Mapping[Helper, helping.HelperName]
    ) -> Iterator[str]:
        yield row["measures"] or ""
        helper = helpers.get(Helper.of(row["officer"], row["body"]))
        yield helper_text(helper) if helper else ""
        yield _SAID["deadline"].format(day=format_date(row["deadline"])) if row["deadline"] else ""
        yield _SAID["registered"] if row["registered"] else ""
        yield _SAID["result"].format(result=row["result"]) if row["result"] else ""


def _column(key: str, weight: int) -> Column:
    return Column(_SAID[key], key, format=NumberFormat.TEXT, weight=weight)


def _sum(said: str, amount: int | None, *, level: int) -> Row:
    cells = (BLANK, BLANK, Cell.of_count(amount), BLANK, BLANK)
    return Row(("", said), cells, level, bold=True)


def _line(*parts: tuple[str, str], **params: object) -> Paragraph:
    """Labels with what stands behind them, beside one another."""
    runs: list[Run] = []
    for at, (label, value) in enumerate(parts):
        gap = "\u2003" if at else ""
        runs += [Run(gap + _SAID[label].format(**params), bold=True), Run(value)]
    return Paragraph(runs=tuple(runs), align=Align.LEFT, size=12)
