"""The answers that are data, as options of fields: read off the GUI thread, and what is long once
for all forms of the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import ChangeSet
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.names import split_name
from giamngheo_desktop.domain.record_form import KINDS
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.options import Option, Options
from giamngheo_desktop.services.programme import offers
from giamngheo_desktop.services.programme.offers import Asked, Offered
from giamngheo_desktop.storage.engine import Database

Place = tuple[UUID, int, date]  # unit, year, the day it is shown on
_SHORT = 50
_LONG = ("household", "person")  # as many as the register has
VILLAGE = "village"


def offered_as(field: FieldDef) -> str:
    """Whose answers a field offers; empty where its definition names them itself."""
    if field.kind is FieldKind.AREA:
        return VILLAGE
    asks_data = field.kind is FieldKind.RECORD or (
        field.kind is FieldKind.CHOICE and not field.choices
    )
    return field.of if asks_data else ""


@dataclass(frozen=True)
class Pool:
    """The answers of one kind; what is worked out from them is kept with them."""

    offered: Sequence[Offered] = ()

    @cached_property
    def options(self) -> Options:
        return Options(_option(one) for one in self.offered)

    @cached_property
    def known(self) -> Mapping[object, Offered]:
        return {one.value: one for one in self.offered}

    @cached_property
    def belonging(self) -> Mapping[object, Sequence[Offered]]:
        """By whose they are."""
        found: dict[object, list[Offered]] = {}
        for one in self.offered:
            found.setdefault(one.of, []).append(one)
        return found

    def of(self, owner: object) -> tuple[Option, ...]:
        return tuple(map(_option, self.belonging.get(owner, ())))


@dataclass(frozen=True)
class Answers:
    """What fields may be answered with, by what they are `of`."""

    pools: Mapping[str, Pool]

    def of(self, name: str) -> Sequence[Option]:
        """All of a kind; a short list may be answered by numbers, too."""
        found = self._pool(name).options
        return found if len(found) > _SHORT else tuple(found)

    def short(self, of: str, value: object) -> str:
        """What a column calls a record or code; a code that nobody knows as it is."""
        one = self._pool(of).known.get(value)
        if one is None:
            return value if isinstance(value, str) else ""
        return one.short or one.label

    def persons(self, household: object) -> Sequence[Option]:
        """Those of a household; of none where it is not chosen yet."""
        return self._pool("person").of(household)

    def components(self, programme: object) -> Sequence[Option]:
        """Those of a programme; without one those whose code no other live programme uses."""
        pool = self._pool("component")
        if isinstance(programme, str):
            return pool.of(programme)
        codes = Counter(one.value for one in pool.offered)
        return tuple(_option(one) for one in pool.offered if codes[one.value] == 1)

    def programme_of(self, component: object) -> str | None:
        """The one programme that has a component."""
        pool = self._pool("component")
        found = {one.of for one in pool.offered if one.value == component}
        (only,) = found if len(found) == 1 else (None,)
        return only if isinstance(only, str) else None

    def planned(self, uid: object) -> tuple[str | None, str | None]:
        """Programme and component of a part of the plan."""
        one = self._pool("plan_component").known.get(uid)
        return one.of if one is not None and isinstance(one.of, tuple) else (None, None)

    def _pool(self, name: str) -> Pool:
        return self.pools.get(name, _EMPTY)


_EMPTY = Pool()
NOTHING = Answers({})


class Offering:
    """Of one open file: what is long is read once, until the register changes."""

    def __init__(self, desk: Desk) -> None:
        self._kept: dict[tuple[str, Place], Pool] = {}
        desk.bus.data_changed.connect(self._changed)
        desk.bus.day_passed.connect(self._forget)

    def kept(self, asked: Asked) -> dict[str, Pool]:
        """What need not be read again."""
        place = (asked.unit, asked.year, asked.day)
        return {name: self._kept[name, place] for name in _LONG if (name, place) in self._kept}

    def keep(self, asked: Asked, answers: Answers) -> None:
        place = (asked.unit, asked.year, asked.day)
        self._kept |= {(n, place): answers.pools[n] for n in _LONG if n in answers.pools}

    def _changed(self, changes: ChangeSet) -> None:
        if not changes.touches_only(*KINDS):
            self._forget()

    def _forget(self) -> None:
        self._kept.clear()


def offering_of(desk: Desk) -> Offering:
    found = desk.shared.get("offering")
    if found is None:
        found = desk.shared["offering"] = Offering(desk)
    return found


def read(
    database: Database,
    definitions: Definitions,
    asked: Asked,
    wanted: Collection[str],
    kept: Mapping[str, Pool],
) -> Answers:
    """Runs off the GUI thread; what a search looks at is worked out here, too."""
    fresh = offers.offers(database, definitions, asked, set(wanted) - set(kept))
    pools = {name: Pool(those) for name, those in fresh.items()}
    pools |= {name: kept[name] for name in set(wanted) & set(kept)}
    for name in set(wanted) & set(_LONG):
        missing = asked.of(name) - pools[name].known.keys()
        if missing:
            gone = offers.gone(database, missing, asked.day)
            pools[name] = Pool((*pools[name].offered, *gone))
        _ = pools[name].belonging if name == "person" else pools[name].options.keys
    return Answers(pools)


def _option(one: Offered) -> Option:
    given = split_name(one.name)[1]
    return Option(one.value, one.label, one.aliases, one.depth, given)


def chosen_in(
    fields: Sequence[FieldDef], records: Sequence[Mapping[str, Any]]
) -> Mapping[str, frozenset[Any]]:
    """What records hold already, by what it is `of`; rows of records too."""
    found: dict[str, set[Any]] = {}
    for one in fields:
        if one.kind is FieldKind.ROWS:
            rows = [row for record in records for row in record.get(one.code) or ()]
            for name, values in chosen_in(one.fields, rows).items():
                found.setdefault(name, set()).update(values)
        elif name := offered_as(one):
            held = (record.get(one.code) for record in records)
            found.setdefault(name, set()).update(value for value in held if value is not None)
    return {name: frozenset(values) for name, values in found.items()}
