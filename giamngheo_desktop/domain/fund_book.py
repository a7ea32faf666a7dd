"""The book of a fund: what was there, came in, went out and is left, each form for itself.

Amounts are whole đồng, of goods and days of work what they are worth; quantities are hundredths.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from uuid import UUID

LABOUR = "labour"
COUNTED = frozenset({"goods", LABOUR})  # forms that have a quantity


class Direction(StrEnum):
    """Thu, chi."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the book; an empty text or None is what nobody said."""

    uid: UUID
    direction: Direction
    booked_on: date
    amount: int
    form: str = ""  # list contribution_forms
    item: str = ""
    quantity: int | None = None
    unit: str = ""
    other_party: str = ""
    household: UUID | None = None
    village: UUID | None = None  # of the household, on that day
    body: UUID | None = None
    document: str = ""
    note: str = ""

    @property
    def change(self) -> int:
        return self.amount if self.direction is Direction.IN else -self.amount

    def gave_in(self, year: int) -> bool:
        return self.direction is Direction.OUT and self.booked_on.year == year


@dataclass(frozen=True, slots=True)
class Goods:
    """What came in and went out of one thing in a year, hundredths of `unit`; None: not counted."""

    item: str
    unit: str
    came: int | None
    went: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """A form's year: `entries` in order, `balances` after each, the days that ended `below` nought.
    `uncounted` entries of goods or work have no quantity.
    """

    form: str
    opening: int
    entries: tuple[Entry, ...]
    balances: tuple[int, ...]
    came: int
    went: int
    closing: int
    goods: tuple[Goods, ...]
    uncounted: int
    below: tuple[tuple[date, int], ...]


def pages(entries: Sequence[Entry], year: int, forms: Iterable[str]) -> tuple[Page, ...]:
    """A page for each form that has any entry up to the year's end, in the order of `forms`.

    `entries` stand in order of their days; later years are not read.
    """
    known = [entry for entry in entries if entry.booked_on.year <= year]
    found = {entry.form for entry in known}
    ordered = [*(form for form in forms if form in found)]
    ordered += sorted(found - set(ordered), key=lambda form: (not form, form))
    return tuple(_page(form, [one for one in known if one.form == form], year) for form in ordered)


def _page(form: str, entries: Sequence[Entry], year: int) -> Page:
    opening = sum(entry.change for entry in entries if entry.booked_on.year < year)
    own = tuple(entry for entry in entries if entry.booked_on.year == year)
    balances: list[int] = []
    for entry in own:
        balances.append((balances[-1] if balances else opening) + entry.change)
    ends = zip((entry.booked_on for entry in own), balances, strict=True)
    days = [(day, [*group][-1][1]) for day, group in groupby(ends, key=lambda end: end[0])]
    came, went = (
        sum(entry.amount for entry in own if entry.direction is direction)
        for direction in Direction
    )
    return Page(
        form=form,
        opening=opening,
        entries=own,
        balances=tuple(balances),
        came=came,
        went=went,
        closing=opening + came - went,
        goods=_goods(own),
        uncounted=sum(one.quantity is None for one in own) if form in COUNTED else 0,
        below=tuple((day, left) for day, left in days if left < 0),
    )


def _goods(entries: Sequence[Entry]) -> tuple[Goods, ...]:
    """By thing and unit, of which at least one quantity is known."""
    found: dict[tuple[str, str], dict[Direction, int]] = {}
    for entry in entries:
        if entry.quantity is not None:
            sums = found.setdefault((entry.item, entry.unit), {})
            sums[entry.direction] = sums.get(entry.direction, 0) + entry.quantity
    return tuple(
        Goods(item, unit, sums.get(Direction.IN), sums.get(Direction.OUT))
        for (item, unit), sums in sorted(found.items())
    )
