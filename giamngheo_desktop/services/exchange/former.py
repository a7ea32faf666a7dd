"""Nhận sổ của xã cũ: what former communes have goes into the register of the one they became.

The file knows the former communes and their villages by name, and what became of them by its
successions; the register of one it never knew brings its own units, and the merger is recorded
with it. Whoever comes in a register keeps the ids, whoever comes in a list is new; all move
with their village on the day of the merger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Succession, successors
from giamngheo_desktop.domain.changes import Done, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services.exchange import figures
from giamngheo_desktop.services.exchange.former_list import ListSource, ListTaking
from giamngheo_desktop.services.exchange.former_register import RegisterSource, RegisterTaking
from giamngheo_desktop.services.exchange.former_taking import Taken
from giamngheo_desktop.services.exchange.former_units import (
    Merger,
    Picks,
    UnitLine,
    UnknownUnitsError,
)
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas
from giamngheo_desktop.storage.engine import Database

Source = RegisterSource | ListSource


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that is opened when its turn comes."""

    name: str
    open: Callable[[], Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the last tables of former communes say, added up, and by how much the count of the unit
    they are in that year grew. `parts` are their files, several where a commune sent several
    lists; one of another year says nothing here.
    """

    unit: UUID
    year: int
    parts: tuple[Taken, ...]
    found: Mapping[str, int]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.name for one in self.parts))

    @property
    def silent(self) -> tuple[str, ...]:
        """The communes that said nothing."""
        told = {one.sender for one in self.parts if one.said}
        return tuple(dict.fromkeys(one.name for one in self.parts if one.sender not in told))

    @property
    def said(self) -> dict[str, int]:
        """By measure, what all of them say."""
        told: dict[tuple[UUID, str], dict[str, int]] = {one.sender: {} for one in self.parts}
        for one in self.parts:
            told[one.sender] |= one.said
        common = set.intersection(*(set(each) for each in told.values()))
        return {name: sum(each[name] for each in told.values()) for name in sorted(common)}

    @property
    def counted(self) -> frozenset[str]:
        """The measures that some file has no table to compare with."""
        return frozenset().union(*(one.counted for one in self.parts))

    @property
    def differences(self) -> dict[str, tuple[int, int | None]]:
        return {
            name: (count, self.found.get(name))
            for name, count in self.said.items()
            if self.found.get(name) != count
        }


@dataclass(frozen=True, slots=True)
class Former:
    """What was taken over, and whether it counts as the former communes said."""

    taken: tuple[Taken, ...]
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What would become of one file: `taken`, or why it is `refused`."""

    file: str
    taken: Taken | None = None
    refused: AppError | None = None

    @property
    def asks_day(self) -> bool:
        """The day of its merger is missing."""
        return self.refused is not None and self.refused.code == "former_day"

    @property
    def asks_units(self) -> bool:
        """Nobody knows yet which unit one of it is."""
        return self.refused is not None and any(one.unit is None for one in self.units)

    @property
    def units(self) -> tuple[UnitLine, ...]:
        if isinstance(self.refused, UnknownUnitsError):
            return self.refused.lines
        return self.taken.units if self.taken else ()


@dataclass(frozen=True, slots=True)
class Looked:
    """A dry run."""

    files: tuple[Look, ...]
    sums: tuple[Sum, ...]

    @property
    def taken(self) -> tuple[Taken, ...]:
        return tuple(one.taken for one in self.files if one.taken is not None)

    @property
    def may_take(self) -> bool:
        return bool(self.files) and len(self.taken) == len(self.files)

    def compared_with(self, said: Mapping[str, Mapping[str, int]]) -> Looked:
        """The same where the last tables of these files say this."""

        def told(one: Taken, year: int | None) -> Taken:
            known = one.file in said and one.year == year
            return replace(one, said=said[one.file], counted=frozenset()) if known else one

        files = (
            replace(one, taken=told(one.taken, one.taken.year)) if one.taken else one
            for one in self.files
        )
        sums = (
            replace(one, parts=tuple(told(part, one.year) for part in one.parts))
            for one in self.sums
        )
        return Looked(tuple(files), tuple(sums))


def take_over(
    database: Database,
    context: Context,
    definitions: Definitions,
    files: Iterable[Pending],
    picks: Picks | None = None,
    merger: Merger | None = None,
) -> Done[Former]:
    """Take in what former communes have; one undo step for all of them. `merger` is that of those
    which the file never knew.

    Raises the AppErrors of both takings, package_damaged, and those of opening a file: nothing is
    written then.
    """
    taken: list[Taken] = []
    with write_unit(database, context, Op.TAKE_FORMER) as work:
        for file in files:
            taken.append(_take(work, definitions, file, picks or {}, merger, taken))
        work.subject = ", ".join(dict.fromkeys(one.name for one in taken))
        parts = _together(areas.successions(work.connection), taken)
        before = _counted(database, parts)  # readers do not see yet what is written here
    return Done(Former(tuple(taken), tuple(_sums(database, parts, before))), work.changes)


def look(
    database: Database,
    copy: Database,
    context: Context,
    definitions: Definitions,
    files: Iterable[Pending],
    picks: Picks | None = None,
    merger: Merger | None = None,
) -> Looked:
    """What `take_over` would do, done in a `copy` of the file that nobody keeps; what is refused
    does not stop the others.
    """
    found: list[Look] = []
    taken: list[Taken] = []
    for file in files:
        try:
            with write_unit(copy, context, Op.TAKE_FORMER) as work:
                one = _take(work, definitions, file, picks or {}, merger, taken)
        except AppError as error:
            found.append(Look(file=file.name, refused=error))
        else:
            found.append(Look(file=file.name, taken=one))
            taken.append(one)
    looked = Looked(tuple(found), ())
    with copy.reader() as connection:
        parts = _together(areas.successions(connection), looked.taken)
    return replace(looked, sums=tuple(_sums(copy, parts, _counted(database, parts))))


def _take(
    work: WriteUnit,
    definitions: Definitions,
    file: Pending,
    picks: Picks,
    merger: Merger | None,
    before: Sequence[Taken],
) -> Taken:
    source = file.open()
    if isinstance(source, ListSource):
        return ListTaking(work, definitions, source, picks, before).run()
    try:
        return RegisterTaking(work, source, picks, merger, before).run()
    except (KeyError, ValueError) as error:
        raise AppError("package_damaged", name=source.name) from error


_Key = tuple[UUID, int, str]  # unit, year, standard
_Parts = Mapping[_Key, Sequence[Taken]]


def _together(steps: Sequence[Succession], taken: Iterable[Taken]) -> _Parts:
    """By the unit that each former commune is at the end of its table's year, with those there
    whose tables are of another one.
    """
    former = [one for one in taken if one.year is not None]

    def units(one: Taken, year: int) -> frozenset[UUID]:
        return successors(steps, [one.unit], date.min, date(year, 12, 31))[one.unit]

    keys: dict[_Key, list[Taken]] = {}
    for one in former:
        year = one.year or 0
        keys |= {(unit, year, one.standard): [] for unit in units(one, year)}
    for (unit, year, standard), parts in keys.items():
        for one in former:
            if unit in units(one, year):
                is_told = (one.year, one.standard) == (year, standard)
                parts.append(one if is_told else replace(one, said={}, counted=frozenset()))
    return keys


def _counted(database: Database, parts: _Parts) -> dict[_Key, dict[str, int]]:
    return {key: figures.figures(database, *key) for key in parts}


def _sums(
    database: Database, parts: _Parts, before: Mapping[_Key, Mapping[str, int]]
) -> Iterator[Sum]:
    for key, counts in _counted(database, parts).items():
        unit, year, _ = key
        found = {name: count - before[key].get(name, 0) for name, count in counts.items()}
        yield Sum(unit=unit, year=year, parts=tuple(parts[key]), found=found)
