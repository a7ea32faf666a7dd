"""Nhận sổ của xã cũ: what former communes have goes into the register of the one they became.

The file knows the former communes and their villages by name, and what became of them by its
successions; the register of one it never knew brings its own units, and the merger is recorded
with it. Whoever comes in a register keeps the ids, whoever comes in a list is new; all move
with their village on the day of the merger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import successors
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
    """What the last tables of former communes say, added up, and what the file counts of the unit
    they are in that year. `parts` are their files, several where a commune sent several lists.
    """

    unit: UUID
    year: int
    parts: tuple[Taken, ...]
    found: Mapping[str, int]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple({one.unit: one.name for one in self.parts}.values())

    @property
    def silent(self) -> tuple[str, ...]:
        """The communes that said nothing."""
        told = {one.unit for one in self.parts if one.said}
        return tuple({one.unit: one.name for one in self.parts if one.unit not in told}.values())

    @property
    def said(self) -> dict[str, int]:
        """By measure, what all of them say."""
        told: dict[UUID, dict[str, int]] = {one.unit: {} for one in self.parts}
        for one in self.parts:
            told[one.unit] |= one.said
        common = set.intersection(*(set(each) for each in told.values()))
        return {name: sum(each[name] for each in told.values()) for name in sorted(common)}

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

        def told(one: Taken) -> Taken:
            return replace(one, said=said[one.file]) if one.file in said else one

        return Looked(
            tuple(replace(one, taken=told(one.taken)) if one.taken else one for one in self.files),
            tuple(replace(one, parts=tuple(map(told, one.parts))) for one in self.sums),
        )


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
    lists: set[UUID] = set()
    with write_unit(database, context, Op.TAKE_FORMER) as work:
        for file in files:
            taken.append(_take(work, definitions, file, picks or {}, merger, lists))
        work.subject = ", ".join(dict.fromkeys(one.name for one in taken))
    return Done(Former(tuple(taken), tuple(_sums(database, taken))), work.changes)


def look(
    copy: Database,
    context: Context,
    definitions: Definitions,
    files: Iterable[Pending],
    picks: Picks | None = None,
    merger: Merger | None = None,
) -> Looked:
    """What `take_over` would do, done in a `copy` that nobody keeps; what is refused does not stop
    the others.
    """
    found: list[Look] = []
    lists: set[UUID] = set()
    for file in files:
        try:
            with write_unit(copy, context, Op.TAKE_FORMER) as work:
                one = _take(work, definitions, file, picks or {}, merger, lists)
        except AppError as error:
            found.append(Look(file=file.name, refused=error))
        else:
            found.append(Look(file=file.name, taken=one))
    looked = Looked(tuple(found), ())
    return replace(looked, sums=tuple(_sums(copy, looked.taken)))


def _take(
    work: WriteUnit,
    definitions: Definitions,
    file: Pending,
    picks: Picks,
    merger: Merger | None,
    lists: set[UUID],
) -> Taken:
    source = file.open()
    if isinstance(source, ListSource):
        return ListTaking(work, definitions, source, picks, lists).run()
    try:
        return RegisterTaking(work, source, picks, merger).run()
    except (KeyError, ValueError) as error:
        raise AppError("package_damaged", name=source.name) from error


def _sums(database: Database, taken: Iterable[Taken]) -> Iterator[Sum]:
    """By the unit that each former commune is at the end of its table's year; one whose villages
    are those of a commune of today has no count of its own.
    """
    with database.reader() as connection:
        steps = areas.successions(connection)
    together: dict[tuple[UUID, int, str], list[Taken]] = {}
    for one in taken:
        if one.year is not None and not one.is_here:
            end = date(one.year, 12, 31)
            for unit in successors(steps, [one.unit], date.min, end)[one.unit]:
                together.setdefault((unit, one.year, one.standard), []).append(one)
    for (unit, year, standard), parts in together.items():
        found = figures.figures(database, unit, year, standard)
        yield Sum(unit=unit, year=year, parts=tuple(parts), found=found)
