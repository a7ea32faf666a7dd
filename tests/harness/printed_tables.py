"""Tables of plans as they were printed, and what does not follow from the counts beside it.

Each finding keeps what is printed beside what the counts give; nothing is repaired. K1–K9 and K15
are the rules of the reference.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from giamngheo_desktop.domain.allocation import grown
from giamngheo_desktop.domain.linked_targets import rounded
from giamngheo_desktop.domain.numbers import format_decimal


@dataclass(frozen=True)
class PrintedRow:
    """A unit with its cells as printed, by the keys of the program's table."""

    name: str
    cells: Mapping[str, str]

    def count(self, key: str) -> int:
        return int(self.cells[key].replace(".", ""))

    def rate(self, key: str) -> Decimal:
        return Decimal(self.cells[key].rstrip("%").replace(",", "."))


@dataclass(frozen=True)
class Found:
    """A rule that a printed cell breaks."""

    rule: str
    row: str
    key: str
    said: str
    counted: str


@dataclass(frozen=True)
class Rules:
    """What follows from what in a table; `grows` are households and those expected, `by` the
    growth of its heading in hundredths of a percent.
    """

    counts: Sequence[str]
    ends: Sequence[tuple[str, str, str]] = ()  # end = start − fall
    parts: Sequence[tuple[str, tuple[str, ...]]] = ()  # whole = the sum of its parts
    rates: Sequence[tuple[str, str, str]] = ()  # rate = numerator of denominator
    shares: Sequence[tuple[str, ...]] = ()  # rates that add up to 100
    falls: Sequence[tuple[str, str, str]] = ()  # fall of a rate = start − end
    far: Sequence[str] = ()
    grows: tuple[str, str] | None = None
    by: int = 0
    persons: Sequence[tuple[str, str]] = ()  # at least as many as households


_LISTS = ("poor", "near_poor")
# The villages of plan 004 (xã Sơn Tây) and the annex of plan 003 (Thừa Thiên Huế), both of 2021.
SON_TAY = (
    "households",
    *(
        f"{listed}_{when}{rate}"
        for listed in _LISTS
        for when in ("opening", "decrease", "closing")
        for rate in ("", "_rate")
    ),
)
SON_TAY_RULES = Rules(
    counts=[key for key in SON_TAY if "rate" not in key],
    ends=[(f"{one}_closing", f"{one}_opening", f"{one}_decrease") for one in _LISTS],
    rates=[(key, key.removesuffix("_rate"), "households") for key in SON_TAY if "rate" in key],
    falls=[
        (f"{one}_decrease_rate", f"{one}_opening_rate", f"{one}_closing_rate") for one in _LISTS
    ],
    far=[key for key in SON_TAY if key.endswith(("opening_rate", "closing_rate"))],
)
PROVINCE = (
    "households_before", "poor", "poor_persons", "poor_rate", "protected", "protected_rate",
    "policy", "policy_rate", "households", "poor_decrease", "poor_left", "poor_left_rate",
    "poor_rate_decrease",
)  # fmt: skip
PROVINCE_RULES = Rules(
    counts=[key for key in PROVINCE if "rate" not in key],
    ends=[("poor_left", "poor", "poor_decrease")],
    parts=[("poor", ("protected", "policy"))],
    rates=[
        ("poor_rate", "poor", "households_before"),
        ("protected_rate", "protected", "poor"),
        ("policy_rate", "policy", "poor"),
        ("poor_left_rate", "poor_left", "households"),
    ],
    shares=[("protected_rate", "policy_rate")],
    falls=[("poor_rate_decrease", "poor_rate", "poor_left_rate")],
    far=["poor_rate", "poor_left_rate"],
    grows=("households_before", "households"),
    by=70,
    persons=[("poor_persons", "poor")],
)


def read(path: Path, keys: Sequence[str]) -> list[PrintedRow]:
    """The rows with the total last."""
    with path.open(encoding="utf-8") as file:
        _, *rows = csv.reader(file)
    return [PrintedRow(row[1], dict(zip(keys, row[2:], strict=True))) for row in rows]


def broken(rows: Sequence[PrintedRow], rules: Rules) -> list[Found]:
    """Every rule that the table breaks, in the order of its rows."""
    *units, total = rows
    found = [one for row in rows for one in _of_row(row, rules)]
    found += [one for row in units for one in _far(row, total, rules)]
    found += _sums(units, total, rules)
    return found


def _of_row(row: PrintedRow, rules: Rules) -> Iterator[Found]:
    for end, start, fall in rules.ends:
        yield from _unlike("K1", row, end, row.count(start) - row.count(fall))
    for whole, parts in rules.parts:
        yield from _unlike("K3", row, whole, sum(row.count(part) for part in parts))
    for key, numerator, denominator in rules.rates:
        exact = rounded(Fraction(100 * row.count(numerator), row.count(denominator)))
        apart = abs(exact - int(row.rate(key) * 100))
        if apart:
            rule = "K4" if apart > 1 else "K4 làm tròn"
            yield Found(rule, row.name, key, row.cells[key], format_decimal(exact, 2))
    for keys in rules.shares:
        whole_share = sum(int(row.rate(key) * 100) for key in keys)
        if abs(whole_share - 10_000) > 2:
            yield Found("K5", row.name, keys[0], row.cells[keys[0]], format_decimal(whole_share, 2))
    for key, start, end in rules.falls:
        exact = int((row.rate(start) - row.rate(end)) * 100)
        if exact != int(row.rate(key) * 100):
            yield Found("K6", row.name, key, row.cells[key], format_decimal(exact, 2))
    if rules.grows:
        before, expected = (row.count(key) for key in rules.grows)
        if expected < before:
            yield Found("K8 giảm", row.name, rules.grows[1], row.cells[rules.grows[1]], str(before))
        wanted = grown(before, rules.by)
        if wanted != expected:
            yield Found("K8", row.name, rules.grows[1], row.cells[rules.grows[1]], str(wanted))
    for persons, homes in rules.persons:
        if row.count(persons) < row.count(homes):
            yield Found("K15", row.name, persons, row.cells[persons], row.cells[homes])


def _far(row: PrintedRow, total: PrintedRow, rules: Rules) -> Iterator[Found]:
    for key in rules.far:
        if row.rate(key) > 5 * total.rate(key):
            yield Found("K7", row.name, key, row.cells[key], total.cells[key])


def _sums(units: Sequence[PrintedRow], total: PrintedRow, rules: Rules) -> Iterator[Found]:
    for key in rules.counts:
        yield from _unlike("K2", total, key, sum(row.count(key) for row in units))


def _unlike(rule: str, row: PrintedRow, key: str, counted: int) -> Iterator[Found]:
    if row.count(key) != counted:
        yield Found(rule, row.name, key, row.cells[key], str(counted))
