"""The units of a register that comes: which of them the file has, and which come with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Level, place_key
from giamngheo_desktop.domain.package import Batch, Values
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services.exchange.former_units import (
    FormerUnits,
    UnitLine,
    UnknownUnitsError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """The sender: `sent` is the uid it has in its own register, `unit` the one it has here.

    `heir` is the one commune it went into on `day`, None after a split. Unless it `is_known`, it
    comes with all its units.
    """

    name: str
    sent: str
    unit: UUID
    is_known: bool
    heir: UUID | None
    day: date


@dataclass(slots=True)
class Match:
    """The sender's units → those of the file, by uid as text.

    `brought` are those that come as they are, `merged` their villages that go into one of here,
    `above` the districts and provinces that are here already.
    """

    found: dict[str, str] = field(default_factory=dict)
    brought: set[str] = field(default_factory=set)
    merged: dict[str, UUID] = field(default_factory=dict)
    above: dict[str, UUID] = field(default_factory=dict)
    lines: list[UnitLine] = field(default_factory=list)

    def bring(self, uid: str) -> None:
        self.found[uid] = uid
        self.brought.add(uid)


def match_units(
    units: FormerUnits, commune: Commune, areas: Batch, versions: Batch, file: str
) -> Match:
    """Raises ValueError of what is no package, UnknownUnitsError `former_villages`."""
    sent = _Sent(areas, versions)
    if commune.sent not in sent.levels:
        raise ValueError("unit")
    match = Match()
    if commune.is_known or commune.heir is None:
        match.found[commune.sent] = commune.unit.hex
        match.lines.append(units.sender(commune.name, commune.unit))
    else:
        match.bring(commune.sent)
        match.lines.append(units.coming(commune.name, commune.heir))
    villages = _Villages(units, commune, match)
    for uid, level in sent.levels.items():
        if uid in match.found:
            continue
        if level == Level.VILLAGE:
            villages.place(sent, uid)
        elif (above := _above(units, Level(level or ""), sent.names_of(uid))) is not None:
            match.found[uid] = above.hex
            match.above[uid] = above
        elif not commune.is_known or uid in sent.mistaken:
            match.bring(uid)
    unknown = sorted(line.said for line in match.lines if line.unit is None)
    if unknown:
        raise UnknownUnitsError(
            "former_villages", match.lines, name=file, villages=", ".join(unknown)
        )
    return match


class _Sent:
    """What a register says of its units."""

    def __init__(self, areas: Batch, versions: Batch) -> None:
        level, gone = areas.columns.index("level"), areas.columns.index("removed")
        self.levels = {row[0] or "": row[level] for row in areas.rows}
        self.mistaken = {row[0] for row in areas.rows if row[gone] == "1"}
        at = {name: versions.columns.index(name) for name in ("area", "name", "valid_to")}
        self._versions: dict[str, list[tuple[str, str]]] = {}
        for row in versions.rows:
            said = (row[at["name"]] or "", row[at["valid_to"]] or "")
            self._versions.setdefault(row[at["area"]] or "", []).append(said)

    def names_of(self, uid: str) -> list[str]:
        return [name for name, _ in self._versions.get(uid, [])] or ["?"]

    def lasts(self, uid: str, day: date) -> bool:
        return any(not end or end >= day.isoformat() for _, end in self._versions.get(uid, []))


class _Villages:
    """By name where the file knows the commune; else each comes along, and only one that is
    called as a village of here is asked for.
    """

    def __init__(self, units: FormerUnits, commune: Commune, match: Match) -> None:
        self._units, self._commune, self._match = units, commune, match
        if commune.is_known or commune.heir is None:
            self._here = units.names(Level.VILLAGE, inside=commune.unit)
        else:
            self._here = units.own_villages(commune.heir)
        self._offered = {uid: units.name(uid) for _, uid in self._here}

    def place(self, sent: _Sent, uid: str) -> None:
        commune, match = self._commune, self._match
        names = sent.names_of(uid)
        said, itself, named = names[-1], UUID(hex=uid), self._named(names)
        offered = dict(self._offered)
        if commune.heir is not None:
            here = texts.PAPER["unit_formerly_in"]
            offered[itself] = here.format(name=said, unit=commune.name)
        picked = self._units.picked(Level.VILLAGE, said, offered)
        unit = picked or named
        if uid in sent.mistaken:
            unit = named if commune.is_known and named else itself
        elif picked is None and not commune.is_known:
            # Two communes may each have a Thôn 1: whether these are one is not told by the name.
            unit = None if named and sent.lasts(uid, commune.day) else itself
        if unit is not None and commune.is_known and unit != itself:
            match.found[uid] = unit.hex
        elif unit is not None:
            match.bring(uid)
            if unit != itself:
                match.merged[uid] = unit
        if uid not in sent.mistaken:
            line = self._units.line(Level.VILLAGE, said, unit, offered)
            match.lines.append(replace(line, own=itself if itself in offered else None))

    def _named(self, names: list[str]) -> UUID | None:
        keys = {search_key(name) for name in names}
        return next((uid for name, uid in self._here if search_key(name) in keys), None)


def _above(units: FormerUnits, level: Level, names: list[str]) -> UUID | None:
    """The district or province of the file that is called so."""
    if level is Level.COMMUNE:
        return None
    keys = {place_key(level, name) for name in names}
    return next((uid for name, uid in units.names(level) if place_key(level, name) in keys), None)


def rows_of(batch: Batch, columns: tuple[str, ...], brought: set[str]) -> list[Values]:
    """The rows that are about units which come along, and about no other."""
    places = [batch.columns.index(name) for name in columns]
    return [row for row in batch.rows if all((row[at] or "") in brought for at in places)]
