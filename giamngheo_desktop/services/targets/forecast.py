"""What the year is expected to end with, from what is written down and nothing else.

Of the poverty numbers: who is on the list today, without the households registered to leave it,
with what is expected to come. Of models: those planned for later in the year. There is no
forecast of anything else: nothing recorded says how fast it goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.actual import Actual, percent
from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.programme import years
from giamngheo_desktop.services.targets.done import REPLICATES
from giamngheo_desktop.services.targets.judging import number_of
from giamngheo_desktop.storage import areas, records
from giamngheo_desktop.storage.engine import Connection

POOR, NEAR_POOR = "HN-TL", "HCN-TL"  # the actuals that a forecast begins with
_ABOVE = "above"  # where a household is expected: vượt chuẩn cận nghèo
_MODEL = "model"  # a kind of activities
_MODELS = ("MH-MOI", "MH-NHANRONG")  # what counts them


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """`value` in the unit of the indicator, with its fraction.

    Of the list: `leaving` are registered and still on it; `coming` are expected to come and did not
    yet, of which `fallen` are registered to become cận nghèo. `planned` are activities.
    """

    value: Fraction
    numerator: int | None = None
    denominator: int | None = None
    leaving: frozenset[UUID] = frozenset()
    coming: int | None = None  # None: nobody wrote how many
    fallen: frozenset[UUID] = frozenset()
    planned: frozenset[UUID] = frozenset()


@dataclass(slots=True)
class Forecasts:
    """Those of a unit, or of one of its villages, as of the day its actuals are of."""

    connection: Connection
    unit: UUID
    year: int
    day: date
    tree: AreaTree
    _plans: dict[UUID, str | None] | None = field(default=None, init=False)

    def of(
        self, code: str, actual: Actual, poor: Actual | None, near_poor: Actual | None
    ) -> Forecast | None:
        """None where there is no basis; `poor` and `near_poor` are the two rates of the day."""
        if code in _MODELS:
            return self._models(actual, taken_over=code == "MH-NHANRONG")
        if code.startswith("HN-") and poor is not None:
            return _shaped(code, poor, self._closing("poor", poor, frozenset()))
        if code.startswith("HCN-") and poor is not None and near_poor is not None:
            falling = self._registered(poor, above=False)
            return _shaped(code, near_poor, self._closing("near_poor", near_poor, falling))
        return None

    def _closing(self, table: str, rate: Actual, fallen: frozenset[UUID]) -> Forecast | None:
        """How many will be on a list, if anybody wrote anything down."""
        now, opening = rate.numerator, rate.opening.numerator if rate.opening else None
        if now is None or now.number is None:
            return None
        expected = self._expected(table)
        if not self.plans and expected is None:
            return None
        leaving = self._registered(rate, above=True)
        if table == "poor":
            leaving |= self._registered(rate, above=False)
        coming = None
        if expected is not None:
            came = len(now.ids - opening.ids) if opening is not None else 0
            coming = max(0, expected - came)
        number = now.number - len(leaving) + len(fallen) + (coming or 0)
        return Forecast(
            value=Fraction(number),
            numerator=number,
            denominator=self._households() or number_of(rate.denominator),
            leaving=leaving,
            coming=coming,
            fallen=fallen,
        )

    def _registered(self, rate: Actual, *, above: bool) -> frozenset[UUID]:
        """Who is on the list and registered to leave: to above the near-poor line (as whoever said
        nothing is counted), or to cận nghèo.
        """
        ids = rate.numerator.ids if rate.numerator else frozenset()
        return frozenset(
            home for home in ids if home in self.plans and above == self._goes_above(home)
        )

    def _goes_above(self, home: UUID) -> bool:
        return self.plans[home] in (None, _ABOVE)

    @property
    def plans(self) -> Mapping[UUID, str | None]:
        """Where the households are expected that registered in the year."""
        if self._plans is None:
            rows = records.find(
                self.connection, Kind.HOUSEHOLD_PLAN, year=self.year, registered=True
            )
            self._plans = {row["household"]: row["expected"] for row in rows}
        return self._plans

    def _village_rows(self) -> Sequence[Mapping[str, Any]]:
        given = areas.targets_of(self.connection, self.year)
        return [given.get(village.uid, {}) for village in self.tree.villages(self.unit)]

    def _expected(self, table: str) -> int | None:
        """How many are expected to come back or to fall, as typed with the villages' targets."""
        columns = [f"{table}_{flow}" for flow in ("again", "new")]
        said = [row.get(column) for row in self._village_rows() for column in columns]
        counts = [count for count in said if count is not None]
        return sum(counts) if counts else None

    def _households(self) -> int | None:
        """As many as there shall be, where that is typed for each village."""
        counts = [row.get("expected_households") for row in self._village_rows()]
        known = [count for count in counts if count is not None]
        return sum(known) if known and len(known) == len(counts) else None

    def _models(self, actual: Actual, *, taken_over: bool) -> Forecast | None:
        """Those begun, and those planned that are still to begin in the year; of those that shall
        take over an earlier one.
        """
        asked = {"code": REPLICATES, "value": "1"}
        answers = records.find(self.connection, Kind.ACTIVITY_VALUE, **asked) if taken_over else ()
        said = {row["activity"] for row in answers}
        rows = years.rows(
            self.connection, Kind.ACTIVITY, self.unit, self.year, kind=_MODEL, state="planned"
        )
        last = date(self.year, 12, 31)
        planned = frozenset(
            row["uid"]
            for row in rows
            if (
                self.day < row["starts_on"] <= last
                if row["starts_on"]
                else row["year"] == self.year
            )
            and (not taken_over or row["uid"] in said)
        )
        if not planned or actual.value is None:
            return None
        return Forecast(value=actual.value + len(planned), planned=planned)


def _shaped(code: str, rate: Actual, closing: Forecast | None) -> Forecast | None:
    """The number of households as the indicator has it: a rate, a fall, a fall in points."""
    if closing is None or closing.numerator is None:
        return None
    opening, share = rate.opening, _share(closing)
    if code in (POOR, NEAR_POOR):
        return None if share is None else replace(closing, value=share)
    if code.endswith("-GIAM-HO"):
        number = number_of(opening.numerator) if opening else None
        return None if number is None else replace(closing, value=number - closing.value)
    if code.endswith("-GIAM-DIEM"):
        if opening is None or opening.value is None or share is None:
            return None
        return replace(closing, value=opening.value - share)
    return None


def _share(closing: Forecast) -> Fraction | None:
    if closing.numerator is None or not closing.denominator:
        return None
    return percent(closing.numerator, closing.denominator)
