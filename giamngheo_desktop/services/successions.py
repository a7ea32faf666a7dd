"""Mergers, splits and new names of villages and communes: one action, one undo step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.area import DISTRICTS_END, Area, AreaTree, Level
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.areas import add_area, change_area_in
from giamngheo_desktop.services.dated import DAY, holds, lasts
from giamngheo_desktop.services.living import go_on
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, records
from giamngheo_desktop.storage.engine import Database

_OPS = {"merged": Op.MERGE_UNITS, "split": Op.SPLIT_UNIT, "renamed": Op.RENAME_UNIT}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit that begins with the succession; what is not said it has from the first old one.

    `takes` are the villages that a commune split off from another one gets.
    """

    name: str
    kind: str | None = None
    takes: tuple[UUID, ...] = ()


def record_succession(
    database: Database,
    context: Context,
    *,
    olds: Sequence[UUID],
    news: Sequence[UUID | NewUnit],
    reason: str,
    effective_on: date,
    decision: str | None = None,
) -> Done[tuple[UUID, ...]]:
    """Old units end, and each goes into each new one (a merger: many → one; a split: one → many).

    Households of merged villages and villages of merged communes move along; households of a
    split village are moved by name, villages of a split commune are named by `NewUnit.takes`, the
    rest goes into the first one. With a commune of 1/7/2025 or later the district level ends.
    Returns the new units, those that were there on `effective_on` and those made here. Raises
    RefusedErrors `succession_shape`, `unit_not_there_then`, `unit_changed_later`.
    """
    with write_unit(database, context, _OPS.get(reason, Op.RECORD_SUCCESSION)) as work:
        targets = succeed_in(work, olds, news, reason, effective_on, decision)
    return Done(targets, work.changes)


def succeed_in(
    work: WriteUnit,
    olds: Sequence[UUID],
    news: Sequence[UUID | NewUnit],
    reason: str,
    effective_on: date,
    decision: str | None,
) -> tuple[UUID, ...]:
    """`record_succession` inside an open unit of work."""
    olds, news = list(dict.fromkeys(olds)), list(dict.fromkeys(news))
    if not olds or not news or (len(olds) > 1 and len(news) > 1) or set(olds) & set(news):
        raise RefusedError("succession_shape")
    tree = areas.tree_on(work.connection, effective_on)
    known = [uid for uid in (*olds, *news) if isinstance(uid, UUID)]
    units = [area for uid in known if (area := tree.get(uid)) is not None]
    if len(units) < len(known):
        raise RefusedError("unit_not_there_then")
    levels = {unit.level for unit in units}
    if len(levels) > 1 or not levels <= {Level.VILLAGE, Level.COMMUNE}:
        raise RefusedError("succession_shape")
    work.subject = work.subject or ", ".join(tree[uid].name for uid in olds)
    targets = [_target(work, tree, tree[olds[0]], new, effective_on) for new in news]
    # The villages of the second commune stand after those of the first one.
    taken = len(tree.villages(targets[0]))
    for old in olds:
        for new in targets:
            work.insert(
                Kind.SUCCESSION,
                old_area=old,
                new_area=new,
                reason=reason,
                effective_on=effective_on,
                decision=decision,
            )
        _end_area(work, old, effective_on)
        if levels == {Level.VILLAGE} and len(targets) == 1:
            move_households(work, old, targets[0], effective_on)
        elif levels == {Level.COMMUNE}:
            move_villages(work, tree, old, news, targets, effective_on, taken)
            taken += len(tree.villages(old))
    if levels == {Level.COMMUNE} and effective_on > DISTRICTS_END:
        _end_districts(work)
    return tuple(targets)


def rename_unit(
    database: Database,
    context: Context,
    area: UUID,
    *,
    name: str,
    effective_on: date,
    decision: str | None = None,
) -> Done[tuple[UUID, ...]]:
    """From `effective_on` on the same unit has another name; the decision stands in the audit.

    Raises RefusedError `unit_not_there_then`.
    """
    with write_unit(database, context, Op.RENAME_UNIT, reason=decision, unit=area) as work:
        known = areas.tree_on(work.connection, effective_on).get(area)
        work.subject = known.name if known else ""
        change_area_in(work, area, effective_on, name=name)
        if known and known.level is Level.COMMUNE and effective_on > DISTRICTS_END:
            _end_districts(work)
    return Done((area,), work.changes)


def _target(work: WriteUnit, tree: AreaTree, old: Area, new: UUID | NewUnit, day: date) -> UUID:
    """The uid of a new unit, made where it is not there yet: beside the old one."""
    if isinstance(new, UUID):
        return new
    parent, position = old.parent, old.position
    if old.level is Level.COMMUNE and day > DISTRICTS_END:
        above = (area.uid for area in tree.ancestors(old.uid) if area.level is Level.PROVINCE)
        parent = next(above, parent)
    return add_area(
        work,
        old.level,
        valid_from=day,
        name=new.name,
        kind=new.kind or old.kind,
        parent=parent,
        position=position,
        area_type=old.area_type,
        region=old.region,
    )


def _end_area(work: WriteUnit, area: UUID, day: date) -> None:
    for row in records.find(work.connection, Kind.AREA_VERSION, area=area):
        if row["valid_from"] > day and lasts(row, day):
            # A name or parent it got after its end: one of the two days is wrong.
            raise RefusedError("unit_changed_later", name=row["name"], day=row["valid_from"])
        if lasts(row, day):
            work.update(Kind.AREA_VERSION, row["uid"], valid_to=day - DAY)


def move_households(work: WriteUnit, old: UUID, new: UUID, day: date) -> None:
    """Those that came on a later day, before the merger was typed, came to the new one."""
    for place in records.find(work.connection, Kind.PLACE, village=old):
        if holds(place, day):
            go_on(work, place, day, new)
        elif lasts(place, day):
            work.update(Kind.PLACE, place["uid"], village=new)


def move_villages(
    work: WriteUnit,
    tree: AreaTree,
    old: UUID,
    news: Sequence[UUID | NewUnit],
    targets: Sequence[UUID],
    day: date,
    taken: int,
) -> None:
    """The villages of a commune go where they are named, else to the first new one.

    They keep their order and stand after the `taken` ones that came before.
    """
    named = {
        village: target
        for new, target in zip(news, targets, strict=True)
        for village in (new.takes if isinstance(new, NewUnit) else ())
    }
    places = {village.uid: taken + at for at, village in enumerate(tree.villages(old), start=1)}
    for version in records.find(work.connection, Kind.AREA_VERSION, parent=old):
        village = version["area"]
        values = {
            "parent": named.get(village, targets[0]),
            "position": places.get(village, version["position"]),
        }
        if holds(version, day):
            work.succeed(Kind.AREA_VERSION, version, day, **values)
        elif lasts(version, day):
            work.update(Kind.AREA_VERSION, version["uid"], **values)


def _end_districts(work: WriteUnit) -> None:
    """The districts end on 30/6/2025; the communes still below one belong to its province."""
    day = DISTRICTS_END + DAY
    tree = areas.tree_on(work.connection, day)
    for district in tree.of_level(Level.DISTRICT):
        for version in records.find(work.connection, Kind.AREA_VERSION, parent=district.uid):
            if holds(version, day):
                work.succeed(Kind.AREA_VERSION, version, day, parent=district.parent)
            elif lasts(version, day):
                work.update(Kind.AREA_VERSION, version["uid"], parent=district.parent)
        _end_area(work, district.uid, day)
