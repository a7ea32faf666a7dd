"""Điểm B1 from a table of points by region: which option of each item a household falls into.

No source has the points, so the program ships the items alone; a commune imports the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise


class ItemKind(StrEnum):
    """How options of an item are met."""

    NUMBER = "number"  # the one range that holds the number
    ONE = "one"  # the one option
    BEST = "best"  # of the options met by any member the one with most points
    MANY = "many"  # every option met counts


@dataclass(frozen=True, slots=True, kw_only=True)
class PointItem:
    """One question of the form."""

    code: str
    label: str
    kind: ItemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PointForm:
    """The items of a form as its definition names them; `missing` says what no source gives."""

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    items: tuple[PointItem, ...]
    missing: str = ""

    def item(self, code: str) -> PointItem | None:
        return next((item for item in self.items if item.code == code), None)

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """Points of one option in one region; `low` ≤ number < `high` of a NUMBER, else both None."""

    region: str
    item: str
    option: str
    points: int
    label: str = ""
    low: Fraction | None = None
    high: Fraction | None = None

    def holds(self, number: Fraction) -> bool:
        return (self.low is None or self.low <= number) and (
            self.high is None or number < self.high
        )


# What a household answers to an item: a number, the options it meets; None where not known.
Fact = Fraction | frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a scored form: the options met, the points; None while not known."""

    item: PointItem
    options: tuple[str, ...]
    points: int | None


@dataclass(frozen=True, slots=True)
class Scored:
    """A form scored item by item; `total` is None while an item is not known."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> int | None:
        if any(line.points is None for line in self.lines):
            return None
        return sum(line.points or 0 for line in self.lines)

    @property
    def unknown(self) -> tuple[PointItem, ...]:
        return tuple(line.item for line in self.lines if line.points is None)


@dataclass(frozen=True)
class PointTable:
    """An imported table; it scores a region only where every item of the form has options."""

    form: PointForm
    rows: tuple[PointRow, ...]
    version: int = 0
    _index: dict[tuple[str, str], list[PointRow]] = field(
        init=False, compare=False, repr=False, default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        for row in self.rows:
            self._index[row.region, row.item].append(row)

    def options(self, region: str, item: str) -> tuple[PointRow, ...]:
        return tuple(self._index.get((region, item), ()))

    def lacking(self, region: str) -> tuple[PointItem, ...]:
        """The items of the form without any option in a region."""
        return tuple(item for item in self.form.items if not self.options(region, item.code))

    def score(self, region: str, facts: Mapping[str, Fact]) -> Scored | None:
        """None where the table is not whole for the region."""
        if self.lacking(region):
            return None
        return Scored(
            tuple(self._line(region, item, facts.get(item.code)) for item in self.form.items)
        )

    def _line(self, region: str, item: PointItem, fact: Fact) -> Line:
        met = list(_met(self.options(region, item.code), item.kind, fact))
        if fact is None or (item.kind in (ItemKind.NUMBER, ItemKind.ONE) and len(met) != 1):
            return Line(item, (), None)
        if item.kind is ItemKind.BEST:
            met = sorted(met, key=lambda row: -row.points)[:1]
        return Line(item, tuple(row.option for row in met), sum(row.points for row in met))


def _met(rows: tuple[PointRow, ...], kind: ItemKind, fact: Fact) -> Iterator[PointRow]:
    for row in rows:
        if isinstance(fact, Fraction):
            if kind is ItemKind.NUMBER and row.holds(fact):
                yield row
        elif fact is not None and row.option in fact:  # a range may be picked by its name too
            yield row


@dataclass(frozen=True, slots=True)
class TableProblem:
    """What is wrong with an imported table; `row` counts from 1 as in the sheet, 0: the table."""

    code: str
    row: int
    params: Mapping[str, str] = field(default_factory=dict)


def problems(
    form: PointForm, rows: Mapping[int, PointRow], regions: frozenset[str]
) -> Iterator[TableProblem]:
    """Everything that would make a score wrong: rows by their number in the sheet."""
    seen: dict[tuple[str, str, str], int] = {}
    ranges: dict[tuple[str, str], list[tuple[int, PointRow]]] = defaultdict(list)
    for number, row in rows.items():
        item = form.item(row.item)
        if row.region not in regions:
            yield TableProblem("region_unknown", number, {"value": row.region})
        if item is None:
            yield TableProblem("item_unknown", number, {"value": row.item})
            continue
        key = (row.region, row.item, row.option)
        if key in seen:
            yield TableProblem("option_twice", number, {"other": str(seen[key])})
        seen.setdefault(key, number)
        if item.kind is ItemKind.NUMBER:
            if row.low is not None and row.high is not None and row.low >= row.high:
                yield TableProblem("range_order", number)
            ranges[row.region, row.item].append((number, row))
        elif row.low is not None or row.high is not None:
            yield TableProblem("range_of_choice", number)
    for found in ranges.values():
        yield from _range_problems(found)


def _range_problems(found: list[tuple[int, PointRow]]) -> Iterator[TableProblem]:
    """Ranges of an item touch: each number falls into exactly one, from the least upwards."""
    in_order = sorted(found, key=lambda one: (one[1].low is not None, one[1].low or Fraction(0)))
    for (_, before), (number, row) in pairwise(in_order):
        if before.high is None or row.low is None or row.low < before.high:
            yield TableProblem("range_overlap", number)
        elif row.low > before.high:
            yield TableProblem("range_gap", number)
    last_number, last = in_order[-1]
    if last.high is not None:
        yield TableProblem("range_open_above", last_number)
