"""Tables of a plan from the records of its year: activities, needs, help, contributions.

A plan says what is to be done: nothing of what came of it, nothing recorded for a day behind its
own. Nobody is named: households and persons are counted, what several of them need is one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain import participants
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.reports.document import (
    Align,
    Cell,
    Column,
    NumberFormat,
    Piece,
    Row,
    Table,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.empty_columns import without_empty
from giamngheo_desktop.reports.plan_filling import Filling
from giamngheo_desktop.services.documents.branches import component_title
from giamngheo_desktop.services.documents.period_work import DROPPED, PLANNED
from giamngheo_desktop.services.programme import listing, years
from giamngheo_desktop.services.programme.components import Components
from giamngheo_desktop.services.programme.listing import Line
from giamngheo_desktop.storage import budgets, record_names, records
from giamngheo_desktop.storage.engine import Database

_SAID = texts.WRITTEN
_OUT = "out"  # of money
_RAISED = ("petition", "finding")  # items that came up when it was held
_AHEAD = frozenset({Kind.HOUSEHOLD_PLAN})  # whose day is the one by which it shall be done
Key = tuple[Kind, str, str, str]  # kind, what (policy, need …), name, direction of money


def activities(filling: Filling) -> Iterator[Piece]:
    """Each activity of the year under its component, with who shall take part."""
    with filling.database.reader() as connection:
        form = filling.definitions.records[Kind.ACTIVITY]
        found = years.read(connection, form, filling.unit, filling.year)
        plans = budgets.plan_components(connection)
        printed = years.rows(connection, Kind.PLAN_COMPONENT, filling.unit, filling.year)
        tree = Components(filling.definitions, filling.year, plans, printed)
        rows = [one for one in found.values() if one["state"] != DROPPED]
        named = {one[name] for one in rows for name in ("body", "village")} - {None}
        names = record_names.names_of(connection, named, filling.day)
    by_node: dict[str, list[Mapping[str, Any]]] = {}
    for one in sorted(rows, key=lambda one: one["starts_on"] or date.max):
        by_node.setdefault(tree.key(one), []).append(one)
    parts = {part.node.key: part for part in tree.parts(by_node)}
    order = [*(key for key in parts if key in by_node), *(k for k in by_node if k not in parts)]
    if not rows:
        return
    made: list[Row] = []
    for key in order:
        part = parts.get(key)
        label = component_title(part.number, part.name) if part else _SAID["other_activities"]
        made.append(Row(("", label), (Cell(""),) * 3, bold=True))
        for one in by_node[key]:
            made.append(_activity(filling, one, names, str(len(made) + 1)))
    table = Table(
        labels=(number_column(3), text_column(_SAID["activity"], "name", weight=30)),
        columns=(
            text_column(_SAID["who"], "who", weight=12),
            text_column(_SAID["when"], "when", weight=10),
            text_column(_SAID["how_many"], "count", weight=9),
        ),
        rows=_counted(made),
        number_row=False,
    )
    yield without_empty(table, "who", "when", "count")


def _counted(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows that are no headings, numbered."""
    found: list[Row] = []
    at = 0
    for row in rows:
        at += not row.is_bold
        number = "" if row.is_bold else str(at)
        found.append(Row((number, *row.labels[1:]), row.cells, row.level, bold=row.bold))
    return tuple(found)


def _activity(
    filling: Filling, one: Mapping[str, Any], names: Mapping[UUID, str], number: str
) -> Row:
    kind = filling.definitions.activities.get(one["kind"])
    name = clean(one["name"])
    label = kind.label if kind else ""
    said = f"{label}: {name}" if label and label.lower() not in name.lower() else name
    found = one.get("items", ()) if kind is None or kind.items not in _RAISED else ()
    items = [f"+ {clean(item['content'])}" for item in found]
    cells = (
        "\n".join(filter(None, [names.get(one["body"], ""), clean(one["partners"] or "")])),
        "\n".join(filter(None, [_days(one), names.get(one["village"], "")])),
        _people(one["participants"]) if one["state"] in (None, PLANNED) else "",
    )
    return Row((number, "\n".join([said, *items])), tuple(map(Cell, cells)))


def _days(one: Mapping[str, Any]) -> str:
    days = [format_date(day) for day in (one["starts_on"], one["ends_on"]) if day is not None]
    return " – ".join(dict.fromkeys(days))


def _people(rows: Iterable[Mapping[str, Any]]) -> str:
    """`12 hộ, 3 cán bộ`: each once, who is only written once a line."""
    of_kind: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        who = participants.who(row)
        of_kind.setdefault(who[0] if who else "name", []).append(row)
    return "\n".join(
        said.format(count=participants.count(of_kind[kind]))
        for kind, said in texts.COUNTED_PEOPLE.items()
        if kind in of_kind
    )


def supports(filling: Filling) -> Iterator[Piece]:
    """What is needed, by its kind."""
    yield from _table(filling, (Kind.NEED,), money=False)


def helping(filling: Filling) -> Iterator[Piece]:
    """Who helps whom, and household plans, counted."""
    yield from _table(filling, (Kind.ASSIGNMENT, Kind.HOUSEHOLD_PLAN), money=False)


def fund(filling: Filling) -> Iterator[Piece]:
    """What came into the funds by the day of the plan, each entry with what it was."""
    yield from _table(filling, (Kind.FUND_ENTRY,), money=True)


@dataclass(slots=True)
class _Group:
    """Records that say the same."""

    lines: list[Line]

    @property
    def amount(self) -> int | None:
        found = [one.amount for one in self.lines if one.amount is not None]
        return sum(found) if found else None

    def count(self) -> str:
        """Households, persons, villages, each once; else how many records."""
        persons = {uid for one in self.lines for uid in one.persons}
        homes = {uid for one in self.lines for uid in one.households}
        villages = {uid for one in self.lines for uid in one.villages}
        if persons:
            return _SAID["persons"].format(count=len(persons), households=len(homes))
        if homes:
            return texts.COUNTED_PEOPLE["household"].format(count=len(homes))
        if villages:
            return _SAID["villages"].format(count=len(villages))
        return _SAID["times"].format(count=len(self.lines))


# The columns that say on paper what a record is.
_SAYING = ("name", "content", "item", "measures", "situation", "description", "document")
# Of whom no more than the number is anybody's business.
COUNTED_ALONE = frozenset({Kind.VISIT, Kind.INCIDENT, Kind.ASSIGNMENT})


def _table(filling: Filling, kinds: Sequence[Kind], *, money: bool) -> Iterator[Piece]:
    """Records of these kinds, the same ones together, under what they are."""
    known = (filling.database, filling.definitions)
    lines = listing.of_year(*known, filling.unit, filling.year, kinds).lines
    mine = [
        one
        for one in lines
        if one.direction != _OUT and (one.kind in _AHEAD or filling.is_known(one.day))
    ]
    names = names_said(filling.database, mine)
    groups: dict[Key, _Group] = {}
    for line in mine:
        key = (line.kind, line.what, names.get(line.uid, ""), line.direction)
        groups.setdefault(key, _Group([])).lines.append(line)
    if not groups:
        return
    rows: list[Row] = []
    for kind in kinds:
        of_kind = {key: group for key, group in groups.items() if key[0] is kind}
        if of_kind:
            blank = (Cell(""),) * (2 if money else 1)
            rows.append(Row(("", texts.MERGE_KINDS[kind]), blank, bold=True))
        for key, group in of_kind.items():
            cells = [Cell(group.count())]
            cells += [Cell(group.amount) if group.amount is not None else Cell("")] if money else []
            rows.append(Row(("", _said(filling, key)), tuple(cells)))
    columns = [text_column(_SAID["how_many"], "count", weight=10, align=Align.CENTER)]
    if money:
        label = _SAID["amount_column"]
        columns.append(Column(label, "amount", format=NumberFormat.MONEY, weight=9))
    yield Table(
        labels=(number_column(3), text_column(_SAID["content"], "name", weight=36)),
        columns=tuple(columns),
        rows=_counted(rows),
        number_row=False,
    )


def names_said(database: Database, lines: Iterable[Line]) -> dict[UUID, str]:
    """What each record says it is; notes are for the desk alone."""
    of_kind: dict[Kind, list[UUID]] = {}
    for line in lines:
        if line.kind not in COUNTED_ALONE:
            of_kind.setdefault(line.kind, []).append(line.uid)
    found: dict[UUID, str] = {}
    with database.reader() as connection:
        for kind, uids in of_kind.items():
            for uid, row in records.get_many(connection, kind, uids).items():
                said = (row[name] for name in _SAYING if row.get(name))
                found[uid] = clean(next(said, ""))
    return found


def _said(filling: Filling, key: Key) -> str:
    """What it is by its list, the direction of money, then what was written."""
    kind, what, name, direction = key
    fields = filling.definitions.record_fields[kind]
    field = next((fields[one] for one in listing.TELLING if one in fields), None)
    label = filling.definitions.answer(field, what) if field and what else ""
    way = filling.definitions.answer(fields["direction"], direction) if direction else ""
    said = " – ".join(filter(None, [label, way]))
    return ": ".join(filter(None, [said, name])) or texts.MERGE_KINDS[kind]
