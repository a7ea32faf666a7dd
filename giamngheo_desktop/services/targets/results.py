"""What was reached where the program cannot count it: typed, with a day and who said so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.indicator_catalogue import HUNDRED, IndicatorType
from giamngheo_desktop.domain.result_doubts import ANSWERS, counts_for
from giamngheo_desktop.services.programme import entries, years
from giamngheo_desktop.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedResult:
    """One result as of a day; `value` is hundredths of the unit, `reached` of a target without a
    number. What nobody said is None.
    """

    uid: UUID
    key: str
    measured_on: date
    numerator: int | None = None
    denominator: int | None = None
    value: int | None = None
    reached: bool | None = None
    source: str = ""
    note: str = ""

    @property
    def has_no_need(self) -> bool:
        """There was nobody to reach: the denominator is nought."""
        return self.denominator == 0

    @property
    def says_nothing(self) -> bool:
        """No answer stands there: what was told before still holds."""
        return all(getattr(self, one) is None for one in ANSWERS)

    def amount(self, type: IndicatorType) -> Fraction | None:
        """In the unit of its indicator (per cent, households …), not rounded; the fraction comes
        before a value that may have been rounded.
        """
        if type is IndicatorType.COUNT:
            exact = self.numerator
            if exact is not None:
                return Fraction(exact)
        elif self.numerator is not None and self.denominator:
            return Fraction(self.numerator * HUNDRED, self.denominator)
        return None if self.value is None else Fraction(self.value, HUNDRED)


@dataclass(frozen=True, slots=True)
class Results:
    """Those of a unit in a year, by the key of their target, the oldest first."""

    by_key: Mapping[str, tuple[TypedResult, ...]] = field(default_factory=dict)

    def of(self, key: str) -> tuple[TypedResult, ...]:
        """The history of a target."""
        return self.by_key.get(key, ())

    def newest(self, key: str, day: date) -> TypedResult | None:
        """What was known at the end of a day; of one day what was typed last."""
        return next((one for one in reversed(self.of(key)) if one.measured_on <= day), None)


def results(database: Database, unit: UUID, year: int) -> Results:
    """What is typed for the targets of a unit in a year and can be of that year."""
    with database.reader() as connection:
        return read(connection, unit, year)


def read(connection: Connection, unit: UUID, year: int) -> Results:
    """`results` of a connection, but those that can be none of the year or say nothing."""
    found: dict[str, list[TypedResult]] = {}
    for one in _in_order(years.rows(connection, Kind.TARGET_RESULT, unit, year, year=year)):
        if not counts_for(year, one.measured_on) or one.says_nothing:
            continue
        found.setdefault(one.key, []).append(one)
    return Results({key: tuple(ones) for key, ones in found.items()})


def save(
    database: Database,
    context: Context,
    definitions: Definitions,
    values: Mapping[str, Any],
    uid: UUID | None = None,
    *,
    unit: UUID,
    year: int,
) -> Done[UUID]:
    """Save a new result, or what `uid` is now said to be. RefusedErrors of `entries.save`."""
    form = definitions.records[Kind.TARGET_RESULT]
    given = {} if uid else years.given(form, unit, year)
    return entries.save(database, context, form, values, uid, given=given)


def _in_order(rows: Iterable[Mapping[str, Any]]) -> Iterator[TypedResult]:
    """By day; rows come in the order in which they were typed."""
    for row in sorted(rows, key=lambda row: row["measured_on"]):
        yield TypedResult(
            uid=row["uid"],
            key=row["key"],
            measured_on=row["measured_on"],
            numerator=row["numerator"],
            denominator=row["denominator"],
            value=row["value"],
            reached=row["reached"],
            source=row["source"] or "",
            note=row["note"] or "",
        )
