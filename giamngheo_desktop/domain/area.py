"""Administrative units on one day: the tree province → (district) → commune → village."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from giamngheo_desktop.domain.vietnamese import search_key

DISTRICTS_END = date(2025, 6, 30)  # the last day of the district level


class Level(StrEnum):
    """The levels; the district exists until `DISTRICTS_END`."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One unit as it was on the day asked for; `version` is the uid of that dated row.

    `area_type` (rural | urban) and `region` (NT1…NT6, TT) of a village are None where the
    commune's apply.
    """

    uid: UUID
    version: UUID
    level: Level
    name: str
    kind: str
    parent: UUID | None
    code: str | None = None
    position: int | None = None
    area_type: str | None = None
    region: str | None = None
    sort_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """`old` went into `new` on `effective_on` (its first day): merged, split or renamed."""

    old: UUID
    new: UUID
    reason: str
    effective_on: date
    decision: str | None = None
    uid: UUID | None = None  # of the record


class AreaTree:
    """The units of one day, in paper order (position, then name)."""

    def __init__(self, areas: Iterable[Area]) -> None:
        ordered = sorted(
            areas, key=lambda area: (area.position is None, area.position or 0, area.sort_key)
        )
        self._areas = {area.uid: area for area in ordered}

    def __iter__(self) -> Iterator[Area]:
        return iter(self._areas.values())

    def walk(self) -> Iterator[Area]:
        """As in a table: each unit before those below it; units whose parent is gone come last."""
        children: dict[UUID | None, list[Area]] = {}
        for area in self:
            children.setdefault(area.parent if area.parent in self._areas else None, []).append(
                area
            )
        tops = children.get(None, [])
        waiting = sorted(tops, key=lambda area: area.parent is not None)[::-1]
        while waiting:
            area = waiting.pop()
            yield area
            waiting += reversed(children.get(area.uid, []))

    def __getitem__(self, uid: UUID) -> Area:
        return self._areas[uid]

    def get(self, uid: UUID | None) -> Area | None:
        return None if uid is None else self._areas.get(uid)

    def children(self, uid: UUID | None) -> tuple[Area, ...]:
        return tuple(area for area in self if area.parent == uid)

    def ancestors(self, uid: UUID) -> Iterator[Area]:
        """From the unit itself upwards."""
        area = self.get(uid)
        while area is not None:
            yield area
            area = self.get(area.parent)

    def villages(self, uid: UUID | None = None) -> tuple[Area, ...]:
        """The villages below a unit (or all), in paper order; a village is its own."""
        return tuple(
            area
            for area in self
            if area.level is Level.VILLAGE
            and (uid is None or any(above.uid == uid for above in self.ancestors(area.uid)))
        )

    def communes(self, uid: UUID) -> tuple[Area, ...]:
        """The communes below a unit, in paper order; a commune is its own."""
        return tuple(
            area
            for area in self.of_level(Level.COMMUNE)
            if any(above.uid == uid for above in self.ancestors(area.uid))
        )

    def of_level(self, level: Level) -> tuple[Area, ...]:
        return tuple(area for area in self if area.level is level)

    def area_type(self, uid: UUID) -> str | None:
        """The village's own type, else that of the nearest unit above that has one."""
        return next((area.area_type for area in self.ancestors(uid) if area.area_type), None)

    def region(self, uid: UUID) -> str | None:
        return next((area.region for area in self.ancestors(uid) if area.region), None)


_KIND_WORDS = {
    Level.PROVINCE: ("tinh ", "thanh pho ", "tp. ", "tp "),
    Level.DISTRICT: ("huyen ",),
    Level.COMMUNE: ("ubnd ", "xa ", "phuong ", "thi tran ", "dac khu "),
}


def place_key(level: Level, name: str) -> str:
    """ "Tỉnh Quảng Ngãi" and "Quảng Ngãi" are one; a town has a district's name beside it."""
    key = search_key(name)
    for word in _KIND_WORDS.get(level, ()):
        key = key.removeprefix(word)
    return key


def sole_heirs(successions: Iterable[Succession], area: UUID) -> list[Succession]:
    """The steps by which all of a unit went into one other on a day: no split."""
    steps = [step for step in successions if step.old == area]
    days = Counter(step.effective_on for step in steps)
    return [step for step in steps if days[step.effective_on] == 1]


def successors(
    successions: Iterable[Succession], areas: Iterable[UUID], day: date, target: date
) -> Mapping[UUID, frozenset[UUID]]:
    """Where each unit of `day` stands on the geography of the later day `target`.

    One successor after a merger or renaming, several after a split; itself where nothing happened.
    """
    heirs: dict[date, dict[UUID, set[UUID]]] = {}
    for step in successions:
        if day < step.effective_on <= target:
            heirs.setdefault(step.effective_on, {}).setdefault(step.old, set()).add(step.new)
    found: dict[UUID, frozenset[UUID]] = {}
    for start in areas:
        now = {start}
        for effective_on in sorted(heirs):
            now = _heirs_of(now, heirs[effective_on])
        found[start] = frozenset(now)
    return found


def _heirs_of(units: Iterable[UUID], heirs: Mapping[UUID, set[UUID]]) -> set[UUID]:
    """Where units stand after one day, on which a new unit may itself go into another."""
    found: set[UUID] = set()
    seen: set[UUID] = set()
    waiting = list(units)
    while waiting:
        unit = waiting.pop()
        if unit in seen:
            continue
        seen.add(unit)
        if unit in heirs:
            waiting += heirs[unit]
        else:
            found.add(unit)
    return found


def predecessors(
    successions: Iterable[Succession], areas: Iterable[UUID], day: date, target: date
) -> Mapping[UUID, frozenset[UUID]]:
    """What each unit of `day` may have been on the earlier day `target`, the unit itself included.

    Which of them were there on `target` only the tree of that day tells.
    """
    steps = [step for step in successions if target < step.effective_on <= day]
    steps.sort(key=lambda step: step.effective_on, reverse=True)
    found: dict[UUID, frozenset[UUID]] = {}
    for start in areas:
        known = {start}
        for effective_on in sorted({step.effective_on for step in steps}, reverse=True):
            before = 0
            while before < len(known):  # also what came into it on the same day
                before = len(known)
                known |= {s.old for s in steps if s.effective_on == effective_on and s.new in known}
        found[start] = frozenset(known)
    return found
