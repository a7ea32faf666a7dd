"""Answers that are data: the bodies, households, activities, components … a record may name.

Dated ones are offered while they are in force in the year, or where a record has chosen them
already; the label says what tells one from another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import report_periods
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.plan_order import in_order
from giamngheo_desktop.domain.programme import Programme
from giamngheo_desktop.domain.record_form import Addition
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.vietnamese import sort_key
from giamngheo_desktop.services import register
from giamngheo_desktop.services.programme import years
from giamngheo_desktop.services.programme.plan_components import printed_in
from giamngheo_desktop.services.programme.years import in_year, told
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import areas, offered, plans, record_names, records
from giamngheo_desktop.storage.engine import Connection, Database

Row = Mapping[str, Any]
_OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One answer: a record's uid or a code, how it is called, how else it may be typed, what a
    column of a table shows.

    `depth` in a tree, 0 at the top; `name` is that of whoever has one; `of` is whose it is: the
    household of a person, the programme of a component, programme and component of a part of the
    plan.
    """

    value: UUID | str
    label: str
    aliases: tuple[str, ...] = ()
    short: str = ""  # the label, where empty
    depth: int = 0
    name: str = ""
    of: UUID | str | tuple[str | None, str | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For which unit and working year; `day` is what the year is shown on. `chosen` are the values
    that records hold already, by what they name.
    """

    unit: UUID
    year: int
    day: date
    chosen: Mapping[str, frozenset[Any]] = field(default_factory=dict)

    def of(self, name: str) -> frozenset[Any]:
        return self.chosen.get(name, frozenset())

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)

    def in_force(self, row: Row) -> bool:
        """Whether a dated record holds on a day of the year."""
        begins, ends = row["valid_from"], row["valid_to"]
        return begins <= self.last and (ends is None or ends >= self.first)


Found = Mapping[str, tuple[Offered, ...]]


def offers(
    database: Database, definitions: Definitions, asked: Asked, wanted: Iterable[str]
) -> Found:
    """The answers to each of `wanted`: what a field is `of`, and `village`."""
    found: dict[str, tuple[Offered, ...]] = {}
    names = frozenset(wanted)
    if "household" in names:
        found["household"] = tuple(_households(database, definitions, asked))
    with database.reader() as connection:
        for name in sorted(names - {"household"}):
            read = _READERS[name]
            found[name] = tuple(read(connection, definitions, asked))
    return found


def gone(database: Database, uids: Collection[UUID], day: date) -> tuple[Offered, ...]:
    """The households or persons that a record names and nobody would choose now."""
    with database.reader() as connection:
        names = record_names.names_of(connection, uids, day)
    return tuple(
        Offered(value=uid, label=names.get(uid) or texts.OFFERS["nameless"]) for uid in sorted(uids)
    )


def _households(database: Database, definitions: Definitions, asked: Asked) -> Iterator[Offered]:
    standard = standard_for(definitions.standards, asked.year).code
    wanted = HouseholdFilter(day=asked.day, standard=standard, year=asked.year)
    for row in register.households(database, wanted):
        head = row.head or texts.OFFERS["nameless"]
        state = texts.OFFERS.get(row.state, row.state)
        aliases = tuple(filter(None, (row.code, row.id_number)))
        label = f"{head} – {row.village} – {state}"
        short = f"{head} – {row.village}"
        yield Offered(value=row.uid, label=label, aliases=aliases, short=short, name=head)


def _persons(connection: Connection, _: Definitions, asked: Asked) -> Iterator[Offered]:
    for row in offered.persons(connection, asked.first, asked.last):
        name = row.full_name or texts.OFFERS["nameless"]
        born = texts.OFFERS["born"].format(name=name, year=row.birth_year)
        label = born if row.birth_year else name
        yield Offered(value=row.person, label=label, name=name, of=row.household)


def _bodies(connection: Connection, _: Definitions, asked: Asked) -> Iterator[Offered]:
    for row, whose in _recorded(connection, Kind.BODY, asked):
        if asked.in_force(row) or row["uid"] in asked.of("body"):
            yield Offered(value=row["uid"], label=told(row["name"], whose))


def _officers(connection: Connection, _: Definitions, asked: Asked) -> Iterator[Offered]:
    bodies = {row["uid"]: row["name"] for row in records.find(connection, Kind.BODY)}
    for row, whose in _recorded(connection, Kind.OFFICER, asked):
        if asked.in_force(row) or row["uid"] in asked.of("officer"):
            what = ", ".join(filter(None, (row["title"], bodies.get(row["body"]))))
            name = row["full_name"]
            label = told(f"{name} – {what}" if what else name, whose)
            yield Offered(value=row["uid"], label=label, short=name, name=name)


def _villages(connection: Connection, _: Definitions, asked: Asked) -> Iterator[Offered]:
    names = all_villages(connection, asked.day)
    shown = [area.uid for area in areas.tree_on(connection, asked.day).villages(asked.unit)]
    shown += sorted(asked.of("village") - set(shown))
    for uid in shown:
        yield Offered(value=uid, label=names.get(uid, texts.OFFERS["nameless"]))


def _plan_components(connection: Connection, _: Definitions, asked: Asked) -> Iterator[Offered]:
    rows = _recorded(connection, Kind.PLAN_COMPONENT, asked, year=asked.year)
    whose = {row["uid"]: unit for row, unit in rows}
    for row, depth in in_order(row for row, _ in rows):
        label = " ".join(filter(None, (row["printed_number"], row["printed_name"])))
        label = told(label, whose[row["uid"]])
        aliases = tuple(filter(None, (row["printed_name"], row["component"])))
        of = (row["programme"], row["component"])
        yield Offered(value=row["uid"], label=label, aliases=aliases, depth=depth, of=of)


def _activities(connection: Connection, _: Definitions, asked: Asked) -> Iterator[Offered]:
    for row, whose in _recorded(connection, Kind.ACTIVITY, asked):
        if row["year"] == asked.year or row["uid"] in asked.of("activity"):
            yield Offered(value=row["uid"], label=told(row["name"], whose))


def _support_events(connection: Connection, _: Definitions, asked: Asked) -> Iterator[Offered]:
    for row, whose in _recorded(connection, Kind.SUPPORT_EVENT, asked):
        if in_year(row, asked.year) or row["uid"] in asked.of("support_event"):
            yield Offered(value=row["uid"], label=told(row["name"], whose))


def _participants(connection: Connection, _: Definitions, asked: Asked) -> Iterator[Offered]:
    """Whom something may have come from: the households that took part in an activity."""
    activities = {row["uid"]: row["name"] for row, _ in _recorded(connection, Kind.ACTIVITY, asked)}
    rows = [
        row
        for row in records.find_below(connection, Kind.PARTICIPANT, "activity", [*activities])
        if row["household"] is not None
    ]
    names = record_names.names_of(connection, {row["household"] for row in rows}, asked.day)
    for row in rows:
        name = names.get(row["household"]) or texts.OFFERS["nameless"]
        yield Offered(value=row["uid"], label=f"{name} – {activities[row['activity']]}")


def _programmes(_: Connection, definitions: Definitions, asked: Asked) -> Iterator[Offered]:
    for one in _shown_programmes(definitions, asked):
        yield Offered(value=one.code, label=one.label)


def _components(
    connection: Connection, definitions: Definitions, asked: Asked
) -> Iterator[Offered]:
    """Of each programme its tree; the number that the plan of the year prints stands behind."""
    printed = printed_in(connection, asked.unit, asked.year)
    for programme in _shown_programmes(definitions, asked):
        for one in programme.walk():
            label = f"{one.code} {one.name}"
            number = printed.get((programme.code, one.code))
            if number:
                label = texts.OFFERS["printed"].format(label=label, number=number)
            yield Offered(
                value=one.code,
                label=label,
                aliases=(one.name,),
                short=one.code,
                depth=programme.depth(one.code),
                of=programme.code,
            )


def _shown_programmes(definitions: Definitions, asked: Asked) -> Iterator[Programme]:
    live = definitions.live_programmes(asked.year)
    yield from live
    known = {one.code for one in live}
    for code in sorted(asked.of("programme") - known):
        if code in definitions.programmes:
            yield definitions.programme(code)


def _policies(_: Connection, definitions: Definitions, __: Asked) -> Iterator[Offered]:
    yield from _by_name(definitions.supports)


def _activity_kinds(_: Connection, definitions: Definitions, __: Asked) -> Iterator[Offered]:
    yield from _by_name(definitions.activities)


def _by_name(found: Mapping[str, Addition]) -> Iterator[Offered]:
    """In alphabetical order; what is none of the others stands last."""
    for code in sorted(found, key=lambda code: (code == _OTHER, sort_key(found[code].label))):
        yield Offered(value=code, label=found[code].label)


def _value_keys(
    connection: Connection, definitions: Definitions, asked: Asked
) -> Iterator[Offered]:
    """Each key once, as the newest value calls it; the unit's own keys are among them, those of
    another province are not.
    """
    tree = areas.tree_on(connection, asked.day)
    above = [one.name for one in tree.ancestors(asked.unit) if one.level is Level.PROVINCE]
    own = _recorded(connection, Kind.POLICY_VALUE, asked)
    labels = {row["key"]: row["label"] for row, _ in own}
    labels |= {
        one.key: one.label
        for one in definitions.policy_values
        if one.is_known_in(above) or one.key in asked.of("value_key")
    }
    for key, label in labels.items():
        yield Offered(value=key, label=label)


def _indicators(_: Connection, definitions: Definitions, __: Asked) -> Iterator[Offered]:
    for one in definitions.indicators.indicators.values():
        aliases = (one.code, texts.target_sentence(one, (), None, None))  # in full words
        yield Offered(value=one.code, label=one.label, aliases=aliases)


def _standards(_: Connection, definitions: Definitions, __: Asked) -> Iterator[Offered]:
    for one in definitions.standards:
        yield Offered(value=one.code, label=one.label)


def _target_keys(
    connection: Connection, definitions: Definitions, asked: Asked
) -> Iterator[Offered]:
    """The targets of the newest version of the plan."""
    for row in _of_plan(connection, Kind.TARGET, asked):
        indicator = definitions.indicators[row["indicator"]]
        label = ": ".join(filter(None, (indicator.label, row["content"])))
        aliases = (texts.target_sentence(indicator, row["groups"] or (), None, None),)
        yield Offered(value=row["key"], label=label, aliases=aliases, short=indicator.label)


def _schedule_keys(connection: Connection, _: Definitions, asked: Asked) -> Iterator[Offered]:
    for row in _of_plan(connection, Kind.REPORT_SCHEDULE, asked):
        yield Offered(value=row["key"], label=row["content"])


def _report_periods(_: Connection, __: Definitions, ___: Asked) -> Iterator[Offered]:
    for code in report_periods.ALL:
        yield Offered(value=code, label=texts.report_period_text(code))


def _of_plan(connection: Connection, kind: Kind, asked: Asked) -> list[dict[str, Any]]:
    plan = plans.in_hand(connection, asked.year, asked.unit)
    found = records.find(connection, kind, document=plan["uid"]) if plan else []
    return sorted(found, key=lambda row: (row["position"] is None, row["position"] or 0))


def _recorded(
    connection: Connection, kind: Kind, asked: Asked, **equals: object
) -> list[tuple[Row, str]]:
    """The records of the unit and of what went into it, with what that is called."""
    found = years.rows(connection, kind, asked.unit, asked.year, **equals)
    units = years.others(connection, asked.unit, asked.year, found)
    return [(row, units.get(row["area"], "")) for row in found]


_READERS: Mapping[str, Callable[[Connection, Definitions, Asked], Iterator[Offered]]] = {
    "person": _persons,
    "body": _bodies,
    "officer": _officers,
    "village": _villages,
    "plan_component": _plan_components,
    "activity": _activities,
    "support_event": _support_events,
    "participant": _participants,
    "programme": _programmes,
    "component": _components,
    "policy": _policies,
    "activity_kind": _activity_kinds,
    "value_key": _value_keys,
    "indicator": _indicators,
    "standard": _standards,
    "target_key": _target_keys,
    "schedule_key": _schedule_keys,
    "report_period": _report_periods,
}
