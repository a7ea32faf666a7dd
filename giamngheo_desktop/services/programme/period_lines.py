"""A danh sách kỳ in words of the register: its lines, its changes, in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.period_list import Entitled, Home, Period, PeriodListDef
from giamngheo_desktop.domain.period_reasons import Reason
from giamngheo_desktop.services.programme.entitled_homes import Lacking, Register
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import areas
from giamngheo_desktop.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Issued:
    """A list as it was issued."""

    uid: UUID
    area: UUID
    policy: str
    period: str
    first_day: date
    last_day: date
    issued_on: date
    decision_number: str | None
    note: str | None
    rows: int
    came: int  # the number of the action that brought it into the file


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words of the register: `name` is the person's, of a list by household the head's."""

    row: Entitled
    name: str
    head: str
    village: str
    address: str
    birth: PartialDate | None
    sex: str | None
    id_number: str | None


@dataclass(frozen=True, slots=True)
class Moved:
    """One line of tăng, giảm, đổi. `line` is that of now, of who is gone as he was issued; `then`
    as issued. `is_late`: by what is known now the list last issued should have said so already.
    """

    line: Line
    reason: Reason
    is_late: bool
    then: Line | None = None
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Who may be entitled, and what the register lacks to tell."""

    line: Line
    lacking: Lacking


@dataclass(frozen=True, slots=True)
class PeriodList:
    """The list of a period beside the one last issued (`base`).

    `missed`: by what is known now entitled in the period of `base` or since, on neither of the two.
    `amount` is the sum; None where that of any line is not known, or the list has no money.
    """

    definition: PeriodListDef
    period: Period
    unit: UUID
    unit_name: str
    settings: Mapping[str, str]
    lines: tuple[Line, ...]
    base: Issued | None
    added: tuple[Moved, ...]
    removed: tuple[Moved, ...]
    changed: tuple[Moved, ...]
    kept: int
    missed: tuple[Line, ...]
    doubtful: tuple[Doubtful, ...]
    issued: Issued | None = None

    @property
    def amount(self) -> int | None:
        return total(line.row.amount for line in self.lines)


def total(amounts: Iterable[int | None]) -> int | None:
    """None where one of them is not known."""
    found = list(amounts)
    known_ones = [one for one in found if one is not None]
    return sum(known_ones) if len(known_ones) == len(found) and found else None


class Words:
    """Says rows in the words of the register, in the order of the paper."""

    def __init__(self, connection: Connection, register: Register, day: date) -> None:
        self._day, self._register = day, register
        self._names = all_villages(connection, day)
        villages = areas.tree_on(connection, day).villages()
        self._at = {area.uid: at for at, area in enumerate(villages)}
        self._people = register.people
        self._addresses = register.addresses()

    def lines(self, rows: Iterable[Entitled]) -> tuple[Line, ...]:
        return tuple(self.line(row) for row in sorted(rows, key=self.order))

    def line(self, row: Entitled) -> Line:
        head = self._person(self._head(row))
        one = self._person(row.person) if row.person else head
        return Line(
            row,
            one.get("full_name", ""),
            head.get("full_name", ""),
            self._names.get(row.village, "") if row.village else "",
            self._addresses.get(row.household, ""),
            one.get("birth"),
            one.get("sex"),
            one.get("id_number"),
        )

    def order(self, row: Entitled) -> tuple[object, ...]:
        head = self._head(row)
        one = self._person(row.person)
        birth = one.get("birth")
        return (
            self._at.get(row.village, len(self._at)) if row.village else len(self._at),
            self._person(head).get("sort_key", ""),
            str(row.household),
            row.person != head,
            birth.iso() if birth else "9999",
            one.get("sort_key", ""),
            str(row.person),
        )

    def _person(self, uid: UUID | None) -> Mapping[str, Any]:
        return self._people.get(uid, {}) if uid else {}

    def _head(self, row: Entitled) -> UUID | None:
        """Who was head of the household on the last day the row speaks of, else before that."""
        day = row.to_day or self._day
        home: Home | None = self._register.homes.get(row.household)
        heads = [stay for stay in home.stays if stay.is_head] if home else []
        there = [stay for stay in heads if stay.first <= day <= stay.last] or heads
        return there[-1].person if there else None
