"""Phân tích hộ nghèo of a year's end: each number is a set of households that the tables count.

Who is poor, how many persons and out of how many households says BC1; what each household is, the
rows that BC4, BC8 and BC10 add up. What nobody recorded is said beside a number, never counted in
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.age_rules import AgeRules
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.standard import PovertyStandard, lists_before, standard_for
from giamngheo_desktop.domain.suggestions import no_labour_capacity
from giamngheo_desktop.services import report_rows, unit_names
from giamngheo_desktop.services.behind import behind
from giamngheo_desktop.services.report_rows import Request, TableData
from giamngheo_desktop.storage import areas, list_rows, names, records, review_rows, supports
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.names import HouseholdName
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.storage.waiting import has_results

COUNTS = "BC1"  # the table that says how many there are
HOUSING = "housing"  # the dimension of the standard
INCOME, INCOME_SOURCE = "income", "income_programme"  # the policy, and its answer of whose it is

POOR, NEAR_POOR = "poor", "near_poor"
PROTECTED, OTHERS = "social_protection", "others"  # BTXH, and "tính theo Nông thôn mới"
LABOUR, DISABLED = "with_labour", "with_labour_disabled"
NO_LABOUR, SUPPORTED = "without_labour", "without_labour_supported"
HOUSED_BADLY = "housing"
CAUSE, SIZE = "cause=", "size="  # before the code of a cause, the number of persons

Rows = Mapping[UUID, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One number of the analysis: its households, their persons, and who may belong (`unknown`).

    `count` may be more than the households that have a name (a first list typed as counts); None
    where the year does not know it yet.
    """

    code: str
    households: frozenset[UUID] = frozenset()
    count: int | None = None
    persons: int | None = None
    unknown: frozenset[UUID] = frozenset()

    @property
    def nameless(self) -> int:
        return max(0, (self.count or 0) - len(self.households))


@dataclass(frozen=True, slots=True)
class Split:
    """The households of a list of which something holds, does not hold, is not known."""

    yes: frozenset[UUID]
    no: frozenset[UUID]
    unknown: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Of a unit at the end of `year`, or on `as_of`; `parts` in paper order, by code.

    `total` are all households of the unit, None where nobody typed them. `reason` says why the
    numbers are not known (a code of `texts.MISSING`), `waiting` how many households have no result
    of the year. `of_register` are numbers of the list in force, not of a closed review. `labour`
    splits each list by whether a household has labour. `income_sources` are those of the supports
    behind `without_labour_supported`.
    """

    year: int
    as_of: date | None
    unit: UUID
    unit_name: str
    unit_kind: str
    standard: PovertyStandard
    total: int | None
    total_persons: int | None
    frozen: bool
    data_day: date
    parts: Mapping[str, Part]
    income_sources: tuple[str, ...] = ()
    reason: str = ""
    waiting: int = 0
    of_register: bool = False
    labour: Mapping[str, Split] = field(default_factory=dict)
    homes: Mapping[UUID, HouseholdName] = field(default_factory=dict)

    def __getitem__(self, code: str) -> Part:
        return self.parts[code]

    def of(self, prefix: str) -> tuple[Part, ...]:
        """The parts by cause, or by size."""
        return tuple(part for code, part in self.parts.items() if code.startswith(prefix))

    def named(self, part: Part, *, unknown: bool = False) -> tuple[HouseholdName, ...]:
        """Its households (or those that may be) by village, then head."""
        wanted = part.unknown if unknown else part.households
        return tuple(row for uid, row in self.homes.items() if uid in wanted)


def analysis(
    database: Database,
    definitions: Definitions,
    *,
    unit: UUID,
    year: int,
    as_of: date | None = None,
    standard: str | None = None,
) -> Analysis:
    """The recognised households at the end of a review year, or on a day of it.

    AppErrors `no_standard`, `day_outside_year`.
    """
    if as_of is not None and as_of.year != year:
        raise AppError("day_outside_year", day=as_of.strftime("%d/%m/%Y"), year=year)
    with database.reader() as connection:
        return read(connection, definitions, unit, year, as_of=as_of, standard=standard)


def before_plan(database: Database, definitions: Definitions, *, unit: UUID, year: int) -> Analysis:
    """What the plan of a year begins with: the end of the year before, under the standard of the
    plan's year where that one was recognised already (the opening of 2027), else its own.
    """
    last = year - 1
    with database.reader() as connection:
        own = standard_for(definitions.standards, year).code
        opened = has_results(connection, Scope(year=last, standard=own))
        return read(connection, definitions, unit, last, standard=own if opened else None)


def read(
    connection: Connection,
    definitions: Definitions,
    unit: UUID,
    year: int,
    *,
    as_of: date | None = None,
    standard: str | None = None,
) -> Analysis:
    """`analysis` of a connection."""
    standards = definitions.standards
    chosen = standards.get(standard) if standard else standard_for(standards, year)
    scope = Scope(year=year, standard=chosen.code, as_of=as_of)
    geography = _geography(connection, unit, scope.day)
    table = report_rows.read(
        connection,
        Request(
            report=definitions.report(COUNTS, date(year, 12, 31)),
            year=year,
            standard=chosen.code,
            unit=unit,
            as_of=as_of,
            known_by_day=True,
            geography=geography,
            before=lists_before(standards, chosen.code, year),
        ),
    )
    reader = _Reader(connection, definitions, chosen, scope, unit, geography)
    parts = reader.parts(table)
    named = frozenset[UUID]().union(*(part.households for part in parts))
    area = areas.tree_on(connection, geography or scope.day).get(unit)
    return Analysis(
        year=year,
        as_of=as_of,
        unit=unit,
        unit_name=area.name if area else table.unit_name,
        unit_kind=area.kind or "" if area else "",
        standard=chosen,
        total=table.total.values["households"],
        total_persons=table.total.values["persons"],
        frozen=table.frozen,
        data_day=table.data_day,
        parts={part.code: part for part in parts},
        income_sources=reader.income_sources,
        reason=_reason(table),
        waiting=sum(count for one in table.open_years for _, count in one.waiting),
        of_register=not table.frozen and (as_of is not None or _is_open(table, year)),
        labour=reader.labour,
        homes=_named(connection, named, scope.day),
    )


class _Reader:
    """The poor households of a scope, one by one."""

    def __init__(
        self,
        connection: Connection,
        definitions: Definitions,
        standard: PovertyStandard,
        scope: Scope,
        unit: UUID,
        geography: date | None,
    ) -> None:
        self.connection, self.definitions = connection, definitions
        self.standard, self.scope = standard, scope
        self.unit, self.geography = unit, geography
        self.income_sources: tuple[str, ...] = ()
        every = review_rows.listed(connection, scope)
        self.rows: Rows = {uid: every[uid] for uid in self._behind(POOR) if uid in every}
        self.near: Rows = {uid: every[uid] for uid in self._behind(NEAR_POOR) if uid in every}

    def parts(self, table: TableData) -> tuple[Part, ...]:
        known = table.total.values["poor_households"] is not None
        found = tuple(self._within()) if known else ()
        return (
            self._whole(POOR, self.rows, table),
            *found,
            self._whole(NEAR_POOR, self.near, table),
        )

    def _whole(self, code: str, rows: Rows, table: TableData) -> Part:
        count = table.total.values[f"{code}_households"]
        persons = table.total.values[f"{code}_persons"]
        return Part(code=code, households=frozenset(rows), count=count, persons=persons)

    def _within(self) -> Iterator[Part]:
        """What is said of the poor households, in the order of the plan."""
        rows, labour = self.rows, self.labour[POOR]
        protected = self._where("social_protection", True)
        ticked = frozenset(uid for uid, row in rows.items() if row["social_protection"] is not None)
        unsaid = frozenset(rows) - ticked
        none = frozenset[UUID]()  # as the tables count: who is not ticked is one of the others
        yield self._part(PROTECTED, protected, unsaid, silent=none)
        yield self._part(OTHERS, frozenset(rows) - protected, unsaid, silent=none)
        able, unable, open_ = labour.yes, labour.no, labour.unknown
        disabled, supported = self._with_disabled, self._supported(rows)
        yield self._part(LABOUR, able, open_)
        yield self._part(DISABLED, able & disabled, open_ & disabled, silent=open_)
        yield self._part(NO_LABOUR, unable, open_)
        yield self._part(SUPPORTED, unable & supported, open_ & supported, silent=open_)
        self.income_sources = self._income_sources(unable & supported)
        yield self._housing()
        yield from self._causes()
        for size in sorted({row["persons"] for row in rows.values()}):
            yield self._part(f"{SIZE}{size}", self._where("persons", size))

    def _part(
        self,
        code: str,
        households: frozenset[UUID],
        unknown: frozenset[UUID] = frozenset(),
        *,
        silent: frozenset[UUID] | None = None,
    ) -> Part:
        """Without a number where of every household (all are `silent`) nothing is known."""
        silent = unknown if silent is None else silent
        known = not self.rows or len(silent) < len(self.rows)
        persons = sum(self.rows[uid]["persons"] for uid in households)
        return Part(
            code=code,
            households=households,
            count=len(households) if known else None,
            persons=persons if known else None,
            unknown=unknown,
        )

    def _where(self, column: str, value: object) -> frozenset[UUID]:
        return frozenset(uid for uid, row in self.rows.items() if row[column] == value)

    def _housing(self) -> Part:
        """Deprived in an indicator of housing; unknown who may be, as far as one knows."""
        items = self.standard.indicators
        mask = sum(1 << at for at, item in enumerate(items) if item.dimension == HOUSING)
        lacks, unknown = set[UUID](), set[UUID]()
        for uid, row in self.rows.items():
            bits = row["deprived_bits"]
            if bits is not None and bits & mask:
                lacks.add(uid)
            elif bits is None or (row["unknown_bits"] or 0) & mask:
                unknown.add(uid)
        return self._part(HOUSED_BADLY, frozenset(lacks), frozenset(unknown))

    def _causes(self) -> Iterator[Part]:
        unsaid = frozenset(uid for uid, row in self.rows.items() if row["causes"] is None)
        for code in self.definitions.choice_list("causes").codes:
            having = (uid for uid, row in self.rows.items() if code in (row["causes"] or ()))
            yield self._part(f"{CAUSE}{code}", frozenset(having), unsaid)

    @cached_property
    def labour(self) -> dict[str, Split]:
        return {POOR: self._labour(self.rows), NEAR_POOR: self._labour(self.near)}

    def _labour(self, rows: Rows) -> Split:
        """Who has labour, who has none as it was ticked, and of whom nobody knows.

        Where nobody ticked it, somebody able to work among the members says that there is labour;
        that there is none only the tick says, as in the tables.
        """
        ages = self.definitions.ages
        able, unable, unknown = set[UUID](), set[UUID](), set[UUID]()
        for uid, row in rows.items():
            ticked = row["no_labour_capacity"]
            if ticked is None:
                people = self._people.get(uid, ())
                ticked = False if _works(uid, people, self.scope.day, ages) else None
            (unknown if ticked is None else unable if ticked else able).add(uid)
        return Split(frozenset(able), frozenset(unable), frozenset(unknown))

    @cached_property
    def _with_disabled(self) -> frozenset[UUID]:
        return frozenset(
            uid
            for uid, people in self._people.items()
            if any(member.disability_kind is not None for member in people)
        )

    @cached_property
    def _people(self) -> Mapping[UUID, Sequence[Member]]:
        return _members(self.connection, self.scope, [*self.rows, *self.near])

    def _supported(self, wanted: Iterable[UUID]) -> frozenset[UUID]:
        """Who got hỗ trợ thu nhập in the year, up to the day."""
        first = date(self.scope.year, 1, 1)
        given = supports.supported_between(self.connection, first, self.scope.day, [INCOME])
        return given & frozenset(wanted)

    def _income_sources(self, homes: frozenset[UUID]) -> tuple[str, ...]:
        """By which resolution, from which donor; each once, as typed."""
        asked = supports.within(
            since=date(self.scope.year, 1, 1), until=self.scope.day, policy=INCOME
        )
        given = [
            one.uid for one in supports.find(self.connection, *asked) if one.household in homes
        ]
        values = records.find_below(self.connection, Kind.SUPPORT_VALUE, "support", given)
        named = (row["value"] for row in values if row["code"] == INCOME_SOURCE)
        return tuple(sorted({text.strip() for text in named if text and text.strip()}))

    def _behind(self, table: str) -> list[UUID]:
        found = behind(
            self.connection,
            self.scope,
            f"{table}_households",
            unit=self.unit,
            geography=self.geography,
        )
        return [uid for uid, _ in found]


def _works(uid: UUID, people: Sequence[Member], day: date, ages: AgeRules) -> bool | None:
    """Whether somebody of the household is of working age and able to work."""
    said = no_labour_capacity(Household(uid=uid, members=tuple(people)), day, ages).holds
    return None if said is None else not said


def _members(
    connection: Connection, scope: Scope, homes: Sequence[UUID]
) -> dict[UUID, tuple[Member, ...]]:
    """The members that the year counts, with what says whether they can work."""
    frozen = scope if review_rows.is_frozen(connection, scope) else None
    people = list_rows.members(connection, homes, scope.day, frozen)
    persons = [row["person"] for rows in people.values() for row in rows]
    said = list_rows.person_facts(connection, persons, scope.day)
    return {
        home: tuple(_member(row, said.get(row["person"], {})) for row in rows)
        for home, rows in people.items()
    }


def _member(row: Mapping[str, Any], facts: Mapping[str, str]) -> Member:
    return Member(
        uid=row["person"],
        membership=row["person"],
        full_name=row["full_name"],
        sex=row["sex"],
        birth=row["birth"],
        job_status=row["job_status"],
        labour_capacity=facts.get("labour_capacity"),
        disability_kind=facts.get("disability_kind"),
        disability_level=facts.get("disability_level"),
    )


def _geography(connection: Connection, unit: UUID, day: date) -> date | None:
    """The first day on which a unit that was made later stands: its villages' households count."""
    if areas.tree_on(connection, day).get(unit) is not None:
        return None
    return areas.first_day(connection, unit)


def _named(connection: Connection, wanted: Iterable[UUID], day: date) -> dict[UUID, HouseholdName]:
    villages = unit_names.all_villages(connection, day)
    found = names.households(connection, list(wanted), day, villages)
    return {row.household: row for row in found}


def _is_open(table: TableData, year: int) -> bool:
    """Whether its review goes on; that of a year before the file was closed elsewhere."""
    return any(one.year == year and one.begun and not one.closed for one in table.open_years)


def _reason(table: TableData) -> str:
    if table.total.values["poor_households"] is not None:
        return ""
    return table.total.reasons.get("poor_households", "no_data")
