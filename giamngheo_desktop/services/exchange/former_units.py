"""Which unit of the file a unit of a former commune is: by its name, else as the officer says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from giamngheo_desktop.domain.area import Level, place_key, successors
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.storage import areas, records
from giamngheo_desktop.storage.engine import Connection

UnitKey = tuple[str, Level, str]  # file, level, name as the sender writes it
Picks = Mapping[UnitKey, UUID]
_bare = partial(place_key, Level.COMMUNE)


@dataclass(frozen=True, slots=True)
class Merger:
    """When, and by which resolution, communes that the file never knew went into one of it."""

    day: date
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit of a sender. `unit` is None where nobody knows which of `offered` it is; `name` is
    what it is called here, `now` what became of it. `own` of the offered is the unit itself, which
    would go on beside those of here.
    """

    file: str
    level: Level
    said: str
    unit: UUID | None
    name: str = ""
    now: str = ""
    offered: tuple[tuple[UUID, str], ...] = ()
    own: UUID | None = None

    @property
    def key(self) -> UnitKey:
        return self.file, self.level, self.said


class UnknownUnitsError(AppError):
    """A file waits until it is said which units these are, or said otherwise; `lines` has the
    known ones too.
    """

    def __init__(self, code: str, lines: Sequence[UnitLine], **params: object) -> None:
        super().__init__(code, **params)
        self.lines = tuple(lines)


class FormerUnits:
    """The units that the file knows, for the names of one sender."""

    def __init__(self, connection: Connection, file: str, picks: Picks, today: date) -> None:
        self._file, self._picks, self._today = file, picks, today
        self._sender: tuple[str, Mapping[UUID, str]] = "", {}  # as it was picked
        self.steps = areas.successions(connection)
        self._levels = {
            row["uid"]: Level(row["level"]) for row in records.find(connection, Kind.AREA)
        }
        self._names: dict[UUID, list[str]] = {}
        self._inside: dict[UUID | None, set[UUID]] = {}
        versions = records.find(connection, Kind.AREA_VERSION)
        for row in sorted(versions, key=lambda one: one["valid_from"]):
            self._names.setdefault(row["area"], []).append(row["name"])
            self._inside.setdefault(row["parent"], set()).add(row["area"])

    @property
    def former(self) -> set[UUID]:
        """The units that became part of others."""
        return {step.old for step in self.steps}

    def names(self, level: Level, inside: UUID | None = None) -> list[tuple[str, UUID]]:
        """Every name of every unit of a level; with `inside` of those that ever lay there."""
        return [
            (name, uid)
            for uid, names in self._names.items()
            if self._levels.get(uid) is level
            and (inside is None or uid in self._inside.get(inside, ()))
            for name in names
        ]

    def own_villages(self, commune: UUID) -> list[tuple[str, UUID]]:
        """Those that never lay in another commune."""
        others = (units for above, units in self._inside.items() if above != commune)
        elsewhere = set().union(*others)
        named = self.names(Level.VILLAGE, inside=commune)
        return [(name, uid) for name, uid in named if uid not in elsewhere]

    def commune(self, said: Iterable[str], title: str = "", *, present: bool = False) -> UUID:
        """The former commune that a sender names, or that a title names among other words.

        With `present` it may be picked that its villages are those of a commune of today; no name
        tells that. Raises UnknownUnitsError `former_unknown`.
        """
        names = [text for text in said if text] or [title]
        former = self.former
        known = [one for one in self.names(Level.COMMUNE) if one[1] in former]
        offered = self._communes(present=present)
        picked = self.picked(Level.COMMUNE, names[0], offered)
        if picked:
            self._sender = names[0], offered
        found = {picked} if picked else self._named(names, title, known)
        if len(found) == 1:
            return found.pop()
        line = self.line(Level.COMMUNE, names[0], None, offered)
        raise UnknownUnitsError("former_unknown", [line], name=self._file, said=names[0])

    def _communes(self, *, present: bool) -> dict[UUID, str]:
        """The former ones, with `present` those of today before them."""
        former = self.former
        every = sorted(self.names(Level.COMMUNE), key=lambda one: one[1] in former)
        return {uid: self.name(uid) for _, uid in every if present or uid in former}

    def picked(self, level: Level, said: str, offered: Collection[UUID]) -> UUID | None:
        """What the officer said, where it is one of those that it may be."""
        found = self._picks.get((self._file, level, said))
        return found if found in offered else None

    def line(
        self, level: Level, said: str, unit: UUID | None, offered: Mapping[UUID, str] | None = None
    ) -> UnitLine:
        offered = offered or {}
        return UnitLine(
            file=self._file,
            level=level,
            said=said,
            unit=unit,
            name=(self.name(unit) or offered.get(unit, "")) if unit else "",
            now=self._now(unit) if unit else "",
            offered=tuple(offered.items()),
        )

    def sender(self, said: str, unit: UUID) -> UnitLine:
        """The commune whose file it is; what was picked may be picked otherwise."""
        asked, offered = self._sender
        return self.line(Level.COMMUNE, asked or said, unit, offered)

    def coming(self, said: str, heir: UUID) -> UnitLine:
        """A commune that comes with its units, and what it goes into."""
        line = self.line(Level.COMMUNE, said, heir, self._communes(present=True))
        return replace(line, name=said, now=self.name(heir))

    def name(self, unit: UUID) -> str:
        return self._names[unit][-1] if unit in self._names else ""

    def ended_on(self, unit: UUID) -> date | None:
        """The day from which it is part of another one."""
        return min((step.effective_on for step in self.steps if step.old == unit), default=None)

    def _now(self, unit: UUID) -> str:
        heirs = successors(self.steps, [unit], date.min, self._today)[unit]
        return ", ".join(sorted(map(self.name, heirs)))

    @staticmethod
    def _named(said: Sequence[str], title: str, known: Sequence[tuple[str, UUID]]) -> set[UUID]:
        for key in (search_key, _bare):
            keys = {key(text) for text in said}
            if found := {uid for name, uid in known if key(name) in keys}:
                return found
        words = f" {search_key(title)} "
        return {uid for name, uid in known if f" {_bare(name)} " in words}
