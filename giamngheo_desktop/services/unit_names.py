"""What units are called in one list: of two with the same name each says where it lies, or lay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Area
from giamngheo_desktop.storage import areas
from giamngheo_desktop.storage.engine import Connection, Database


def unit_names(connection: Connection, shown: Iterable[Area], day: date) -> dict[UUID, str]:
    """The names for a list of the units of `day`: "Thôn 1 (Hương Sơn cũ)" beside another Thôn 1.

    Units above that differ tell them apart; else the former ones, from versions and successions.
    """
    shown = list(shown)
    same: dict[str, list[Area]] = {}
    for area in shown:
        same.setdefault(area.name, []).append(area)
    groups = [group for group in same.values() if len(group) > 1]
    names = {area.uid: area.name for area in shown}
    if groups:
        above = areas.last_names(connection, day)
        before = _Former(connection, day)
        for group in groups:
            names |= _told_apart(group, above, before)
    return names


def villages(database: Database, day: date, unit: UUID | None) -> list[Area]:
    """The villages of a unit on a day, in paper order, with the names a list of them shows."""
    with database.reader() as connection:
        found = areas.tree_on(connection, day).villages(unit)
        names = unit_names(connection, found, day)
    return [replace(village, name=names[village.uid]) for village in found]


def with_villages(database: Database, day: date, unit: UUID) -> tuple[tuple[UUID, str], ...]:
    """What a table of a day can be about: a unit, if there is one then, and its villages."""
    with database.reader() as connection:
        whole = areas.tree_on(connection, day).get(unit)
    shown = [*([whole] if whole else []), *villages(database, day, unit)]
    return tuple((area.uid, area.name) for area in shown)


def all_villages(connection: Connection, day: date) -> dict[UUID, str]:
    """What the file's villages are called beside a household, those that ended included."""
    shown = unit_names(connection, areas.tree_on(connection, day).villages(), day)
    return areas.last_names(connection, day) | shown


def _told_apart(
    group: Iterable[Area], above: Mapping[UUID, str], before: _Former
) -> dict[UUID, str]:
    group = list(group)
    ways = {area.uid: before.units(area) for area in group}
    parents = [area.parent for area in group]
    found = {}
    for area in group:
        others = {unit for uid, units in ways.items() if uid != area.uid for unit in units}
        own = next((unit for unit in ways[area.uid] if unit not in others), None)
        if area.parent is not None and parents.count(area.parent) == 1:
            found[area.uid] = texts.PAPER["unit_in"].format(
                name=area.name, unit=above.get(area.parent, "")
            )
        elif own is not None:
            found[area.uid] = texts.PAPER["unit_formerly_in"].format(
                name=area.name, unit=above.get(own, "")
            )
    return found


class _Former:
    """The units above a unit before the present one, newest first."""

    def __init__(self, connection: Connection, day: date) -> None:
        self._parents = areas.parents_by(connection, day)
        self._olds: dict[UUID, list[UUID]] = {}
        for step in areas.successions(connection):
            if step.effective_on <= day:
                self._olds.setdefault(step.new, []).append(step.old)

    def units(self, area: Area) -> list[UUID]:
        """Those it lay in itself, then those of what went into it, if that was one unit only."""
        found: dict[UUID, None] = {}
        uid: UUID | None = area.uid
        seen: set[UUID] = set()
        while uid is not None and uid not in seen:
            seen.add(uid)
            found |= dict.fromkeys(self._parents.get(uid, ()))
            olds = self._olds.get(uid, [])
            uid = olds[0] if len(olds) == 1 else None
        return [unit for unit in found if unit != area.parent]
