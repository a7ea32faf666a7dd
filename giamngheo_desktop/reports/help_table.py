"""What the lists of help have in common: a table of households, some under a helper or a need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.helping import quarter_of
from giamngheo_desktop.reports.document import (
    BLANK,
    Cell,
    Column,
    NumberFormat,
    PageBreak,
    Piece,
    Row,
    Table,
    number_column,
    text_column,
)
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.programme.helping import HelperName
from giamngheo_desktop.services.programme.homes import Home
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts.paper_words import unit_heading

SAID = texts.HELPING
T = TypeVar("T")
Value = str | int
Line = tuple[Home | None, str, Sequence[Value]]  # whom it is about, its name, the other cells
Group = tuple[str, Sequence[Line]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which list, and of what: `day` decides the year and the quarter."""

    database: Database
    definitions: Definitions
    unit: UUID | None
    day: date

    def label(self, choices: str, code: str | None) -> str:
        """An answer of a list."""
        return self.definitions.choice_list(choices).label_of(code)

    def class_of(self, home: Home) -> str:
        return self.label("household_classes", home.household_class) or SAID["no_class"]

    def line(self, home: Home, *more: Value) -> Line:
        """A household by its head, with its village and class before what else there is to say."""
        return home, home.head, (home.village, self.class_of(home), *more)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpList:
    """A list as read: headings with their weights, the first one names the row."""

    columns: Sequence[tuple[str, int]]
    groups: Sequence[Group]
    said: str = "of_day"
    empty: str = "empty"
    landscape: bool = True
    has_total: bool = True  # of households, each once


def subtitle(asked: Asked, said: str) -> tuple[str, ...]:
    """The unit, and of which day or quarter the list is."""
    unit = areas.tree(asked.database, asked.day).get(asked.unit)
    day = _dated(said, asked.day)
    return (unit_heading(unit.kind, unit.name), day) if unit else (day,)


def _dated(said: str, day: date) -> str:
    quarter = texts.QUARTERS[quarter_of(day) - 1]
    return SAID[said].format(day=format_date(day), quarter=quarter, year=day.year)


def pieces(found: HelpList, *, apart: bool) -> Iterator[Piece]:
    table = Table(
        labels=(
            number_column(),
            text_column(found.columns[0][0], "c0", weight=found.columns[0][1]),
        ),
        columns=tuple(
            Column(label, f"c{at}", format=_format(found, at - 1), weight=weight)
            for at, (label, weight) in enumerate(found.columns[1:], 1)
        ),
        number_row=False,
        empty=SAID[found.empty],
    )
    if not apart:
        yield replace(table, rows=tuple(_rows(found)))
        return
    for at, (name, lines) in enumerate(found.groups):
        if at:
            yield PageBreak()
        rows = tuple(_numbered(lines, len(found.columns), 1))
        yield replace(table, title=_heading(name, lines), sheet=name, rows=rows)


def _format(found: HelpList, at: int) -> NumberFormat:
    values = [line[2][at] for _, lines in found.groups for line in lines]
    counted = values and all(isinstance(value, int) for value in values)
    return NumberFormat.COUNT if counted else NumberFormat.TEXT


def _rows(found: HelpList) -> Iterator[Row]:
    width, before = len(found.columns), 0
    for name, lines in found.groups:
        if name:
            yield _sum(_heading(name, lines), width, level=1)
        yield from _numbered(lines, width, before + 1)
        before += len(lines)
    if before and found.has_total:
        homes = {home.uid for _, lines in found.groups for home, _, _ in lines if home}
        yield _sum(SAID["total"].format(count=len(homes)), width, level=0)


def _heading(name: str, lines: Sequence[Line]) -> str:
    homes = {home.uid for home, _, _ in lines if home}
    return SAID["group_of"].format(name=name, count=len(homes))


def _sum(said: str, width: int, *, level: int) -> Row:
    return Row(("", said), (BLANK,) * (width - 1), level, bold=True)


def _numbered(lines: Sequence[Line], width: int, first: int) -> Iterator[Row]:
    for number, (home, name, values) in enumerate(lines, first):
        assert len(values) == width - 1, name
        yield Row(
            (str(number), name),
            tuple(Cell(value) for value in values),
            household=home.uid if home else None,
        )


def day_text(day: date | None, otherwise: str = "") -> str:
    return otherwise if day is None else format_date(day)


def helper_text(helper: HelperName) -> str:
    """Name, office and body in one line."""
    return ", ".join(filter(None, (helper.name, helper.title, helper.body)))


def groups_of_needs(
    asked: Asked, by_need: Mapping[str, Sequence[T]], line: Callable[[T], Line]
) -> list[Group]:
    """A group for each need, in the order of their list."""
    known = asked.definitions.choice_list("support_needs").codes
    codes = sorted(by_need, key=lambda code: known.index(code) if code in known else len(known))
    return [
        (asked.label("support_needs", code), [line(one) for one in by_need[code]]) for code in codes
    ]


def columns(said: Iterable[str], weights: Iterable[int]) -> list[tuple[str, int]]:
    return [(SAID[key], weight) for key, weight in zip(said, weights, strict=True)]
