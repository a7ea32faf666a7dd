"""All that was planned, done, paid or promised in a year, one line a record of whatever kind.

A line knows its component, body, village and households, so that one list answers what was done
under a component, by a body, in a village, for a household.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.record_form import OF_COMMUNE
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.programme.components import Components
from giamngheo_desktop.services.programme.entries import Values
from giamngheo_desktop.services.programme.within import Belongs, within
from giamngheo_desktop.services.programme.years import in_year
from giamngheo_desktop.storage import (
    budgets,
    record_names,
    supports,
)
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.stays import Stays
from giamngheo_desktop.storage.supports import Support

# What a list of a year holds, in its order.
LISTED = (
    Kind.ACTIVITY,
    Kind.TASK,
    Kind.BUDGET_LINE,
    Kind.FUND_ENTRY,
    Kind.NEED,
    Kind.SUPPORT_EVENT,
    Kind.SUPPORT,
    Kind.ASSIGNMENT,
    Kind.VISIT,
    Kind.HOUSEHOLD_PLAN,
    Kind.INCIDENT,
)
# What a support takes from its event where it says nothing itself.
_OF_EVENT = ("programme", "component", "plan_component", "body")
# The day that says in which year a record is, and where its household lived then.
_DAYS: Mapping[Kind, str] = {
    Kind.ACTIVITY: "starts_on",
    Kind.TASK: "due_on",
    Kind.BUDGET_LINE: "booked_on",
    Kind.FUND_ENTRY: "booked_on",
    Kind.NEED: "valid_from",
    Kind.SUPPORT_EVENT: "supported_on",
    Kind.SUPPORT: "supported_on",
    Kind.ASSIGNMENT: "valid_from",
    Kind.VISIT: "visited_on",
    Kind.HOUSEHOLD_PLAN: "deadline",
    Kind.INCIDENT: "happened_on",
}
_NAMES = ("name", "content", "item", "measures", "situation", "description", "document", "note")
# The column of a list that says what it is; `what` of a line.
TELLING = ("kind", "policy", "stage", "fund", "section", "role", "group", "code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record. `units` are the units of record it counts in (see `texts.UNITS`), `what` its
    kind of activity, policy, stage …; `within` are the components it stands in, from its own up;
    `programmes` those it is of; `amount` is in đồng, None where the record holds no money, which
    came from a `source`, or went in a `direction` (thu, chi).
    """

    uid: UUID
    kind: Kind
    units: tuple[str, ...]
    what: str
    name: str
    programme: str
    component: str
    within: frozenset[str]
    programmes: frozenset[str]
    plan_component: UUID | None
    body: UUID | None
    villages: tuple[UUID, ...]
    households: tuple[UUID, ...]
    persons: tuple[UUID, ...]
    officers: tuple[UUID, ...]
    day: date | None
    plan_year: int | None  # of an event
    state: str
    source: str
    direction: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class Listing:
    """The lines of a year, and what the records they name are called."""

    lines: tuple[Line, ...]
    names: Mapping[UUID, str]

    def where(
        self,
        *,
        programme: str | None = None,
        component: str | None = None,
        body: UUID | None = None,
        village: UUID | None = None,
        household: UUID | None = None,
    ) -> tuple[Line, ...]:
        """Those of a programme, a component with all within it, a body, a village, a household."""
        return tuple(
            line
            for line in self.lines
            if (programme is None or programme in line.programmes)
            and (component is None or component in line.within)
            and (body is None or line.body == body)
            and (village is None or village in line.villages)
            and (household is None or household in line.households)
        )


def of_year(
    database: Database,
    definitions: Definitions,
    commune: UUID,
    year: int,
    kinds: Container[Kind] = LISTED,
) -> Listing:
    """Every record of a year of a commune, by kind and day; those of some kinds alone."""
    with database.reader() as connection:
        belongs = within(connection, commune, date(year, 12, 31))
        stays = Stays(connection)
        tree = Components(definitions, year, budgets.plan_components(connection), ())
        lines = [
            line
            for kind in LISTED
            if kind in kinds and kind in definitions.records
            for line in sorted(
                _lines(connection, definitions, kind, belongs, stays, tree, year),
                key=lambda line: (line.day or date.max, line.uid),
            )
        ]
        named = {uid for line in lines for uid in _named(line)}
        names = record_names.names_of(connection, named, date(year, 12, 31))
    return Listing(tuple(lines), names)


def _named(line: Line) -> Iterator[UUID]:
    yield from (*line.villages, *line.households, *line.persons, *line.officers)
    yield from filter(None, (line.body, line.plan_component))


def _lines(
    connection: Connection,
    definitions: Definitions,
    kind: Kind,
    belongs: Belongs,
    stays: Stays,
    tree: Components,
    year: int,
) -> Iterator[Line]:
    form = definitions.records[kind]
    said: dict[UUID, Support] = {}  # with what their event says
    if kind is Kind.SUPPORT:
        said = {row.uid: row for row in supports.find(connection, *supports.within(year=year))}
    for uid, values in entries.read(connection, form).items():
        if not in_year(values, year):
            continue
        row = said.get(uid)
        if row is not None:
            values = {**values, **{name: getattr(row, name) for name in _OF_EVENT}}
        line = _line(definitions, kind, uid, values, stays, tree, year)
        if kind in OF_COMMUNE:
            is_here = belongs(values["area"], values.get("village"))
        else:  # a support of a day on which its household was nowhere is counted all the same
            near = (row.near if row else None,)
            is_here = any(belongs(None, place) for place in line.villages or near)
        if is_here:
            yield line


def _line(
    definitions: Definitions,
    kind: Kind,
    uid: UUID,
    values: Values,
    stays: Stays,
    tree: Components,
    year: int,
) -> Line:
    rows = values.get("participants", ())
    day = values[_DAYS[kind]]
    homes = _unique([values.get("household"), *(row["household"] for row in rows)])
    then = day or date(year, 12, 31)
    villages = [values.get("village"), *(stays.village_on(home, then) for home in homes)]
    keys = _keys(tree, values)
    what = next((values[name] for name in TELLING if values.get(name)), "")
    return Line(
        uid=uid,
        kind=kind,
        units=_units(definitions, kind, values),
        what=what,
        name=next((values[name] for name in _NAMES if values.get(name)), ""),
        programme=values.get("programme") or "",
        component=values.get("component") or "",
        within=frozenset(part for _, _, part in keys if part),
        programmes=frozenset(code for code, _, _ in keys if not code.startswith("plan:")),
        plan_component=values.get("plan_component"),
        body=values.get("body"),
        villages=_unique(villages),
        households=homes,
        persons=_unique([values.get("person"), *(row["person"] for row in rows)]),
        officers=_unique([values.get("officer"), *(row["officer"] for row in rows)]),
        day=day,
        plan_year=values.get("year") if kind is Kind.SUPPORT_EVENT else None,
        state=values.get("state") or "",
        source=values.get("source") or "",
        direction=values.get("direction") or "",
        amount=_amount(kind, values),
    )


def _keys(tree: Components, values: Values) -> list[tuple[str, str, str]]:
    """The nodes it stands in, from its own up, each as programme and component."""
    named = {name: values.get(name) for name in ("programme", "component", "plan_component")}
    return [key.partition("/") for key in tree.above(tree.key(named))]


def _units(definitions: Definitions, kind: Kind, values: Values) -> tuple[str, ...]:
    if kind is Kind.ACTIVITY:
        found = definitions.activities.get(values["kind"])
        return found.units if found else ()
    if kind is Kind.SUPPORT:
        return ("person",) if values["person"] else ("household",)
    return (kind.value,)


def _amount(kind: Kind, values: Values) -> int | None:
    if kind is Kind.SUPPORT:
        shares = [row["amount"] for row in values["shares"]]
        return sum(shares) if shares else None
    amount: int | None = values.get("amount")
    return amount


def _unique(found: Iterable[Any]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(one for one in found if one is not None))
