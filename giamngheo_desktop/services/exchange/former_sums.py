"""What the last tables of former communes say, beside what their households count here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from giamngheo_desktop.domain.area import Succession, successors
from giamngheo_desktop.services.exchange import figures
from giamngheo_desktop.services.exchange.figures import MEASURES
from giamngheo_desktop.services.exchange.former_taking import Taken
from giamngheo_desktop.storage.engine import Database

_Key = tuple[UUID, int, str]  # unit, year, standard
_Parts = Mapping[_Key, Sequence[Taken]]
_Sender = tuple[UUID, str]


class Figure(NamedTuple):
    """A figure of a last table beside the count here, None where that is not known whole."""

    names: tuple[str, ...]
    measure: str
    said: int
    found: int | None
    is_counted: bool  # some file has no table to compare with

    @property
    def differs(self) -> bool:
        return self.said != self.found


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the last tables of former communes say, added up, and by how much the count of the unit
    they are in that year grew. `parts` are their files, several where a commune sent several
    lists; one of another year or standard says nothing here. `shares` is what the households of
    each commune add to the count.
    """

    unit: UUID
    year: int
    standard: str
    parts: tuple[Taken, ...]
    found: Mapping[str, int]
    shares: Mapping[_Sender, Mapping[str, int]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.name for one in self.parts))

    @property
    def silent(self) -> tuple[str, ...]:
        """The communes that said nothing."""
        told = {one.sender for one in self._telling if one.said}
        return tuple(dict.fromkeys(one.name for one in self.parts if one.sender not in told))

    @property
    def _telling(self) -> list[Taken]:
        mine = (self.year, self.standard)
        return [one for one in self.parts if (one.year, one.standard) == mine]

    def _told(self, name: str) -> dict[_Sender, list[int]]:
        """By commune what its tables say: several numbers where its files contradict each other."""
        told: dict[_Sender, list[int]] = {one.sender: [] for one in self.parts}
        for one in self._telling:
            if name in one.said and one.said[name] not in told[one.sender]:
                told[one.sender].append(one.said[name])
        return told

    def silent_of(self, name: str) -> tuple[str, ...]:
        """The communes that do not say a measure."""
        return tuple(commune for (_, commune), said in self._told(name).items() if not said)

    @property
    def said(self) -> dict[str, int]:
        """By measure, what all of them say, each with one voice."""
        told = {name: list(self._told(name).values()) for name in MEASURES}
        return {
            name: sum(said for (said,) in each)
            for name, each in told.items()
            if all(len(one) == 1 for one in each)
        }

    def figure(self, name: str) -> Figure | None:
        """A measure that all of them say."""
        said = self.said.get(name)
        if said is None:
            return None
        counted = any(name in one.counted for one in self._telling)
        return Figure(self.names, name, said, self.found.get(name), counted)

    def apart(self, name: str) -> Iterator[Figure]:
        """What each of them says, beside what its own households count, of a measure that cannot be
        added up; of one that can who says otherwise: errors that cancel out are none the less.
        """
        is_added = name in self.said
        if is_added and (len(self.shares) < 2 or name not in self.found):
            return
        for sender, numbers in self._told(name).items():
            its = [one for one in self._telling if one.sender == sender]
            share = self.shares.get(sender, {}).get(name, 0) if name in self.found else None
            for said in numbers:
                counted = all(name in one.counted for one in its if one.said.get(name) == said)
                one = Figure((sender[1],), name, said, share, counted)
                if one.differs or not is_added:
                    yield one

    @property
    def differences(self) -> dict[str, tuple[int, int | None]]:
        """By measure, the first figure that says otherwise than the count."""
        figures = ((self.figure(name), *self.apart(name)) for name in MEASURES)
        told = (next((one for one in each if one and one.differs), None) for each in figures)
        return {one.measure: (one.said, one.found) for one in told if one}


def together(steps: Sequence[Succession], taken: Iterable[Taken]) -> _Parts:
    """By the unit that each former commune is at the end of its table's year, with those there
    whose tables are of another one.
    """
    former = list(taken)

    def units(one: Taken, year: int) -> frozenset[UUID]:
        return successors(steps, [one.unit], date.min, date(year, 12, 31))[one.unit]

    keys: dict[_Key, list[Taken]] = {}
    for one in former:
        keys |= {(unit, one.year, one.standard): [] for unit in units(one, one.year)}
    for (unit, year, _), parts in keys.items():
        parts += (one for one in former if unit in units(one, year))
    return keys


def counted(database: Database, parts: _Parts) -> dict[_Key, dict[str, int]]:
    """The counts of these units; those `before` anything was written are for `sums`."""
    return {key: figures.figures(database, *key) for key in parts}


def sums(
    database: Database, parts: _Parts, before: Mapping[_Key, Mapping[str, int]]
) -> Iterator[Sum]:
    for key, counts in counted(database, parts).items():
        unit, year, standard = key
        found = {name: count - before[key].get(name, 0) for name, count in counts.items()}
        yield Sum(
            unit=unit,
            year=year,
            standard=standard,
            parts=tuple(parts[key]),
            found=found,
            shares=_shares(database, key, parts[key], found),
        )


def _shares(
    database: Database, key: _Key, parts: Sequence[Taken], found: Mapping[str, int]
) -> Mapping[_Sender, Mapping[str, int]]:
    """What grew by the households of each commune."""
    homes: dict[_Sender, frozenset[UUID]] = {}
    for one in parts:
        homes[one.sender] = homes.get(one.sender, frozenset()) | one.homes
    if len(homes) == 1:
        return dict.fromkeys(homes, found)
    adds = figures.by_household(database, *key)
    return {
        sender: {name: sum(each[home] for home in each.keys() & its) for name, each in adds.items()}
        for sender, its in homes.items()
    }
