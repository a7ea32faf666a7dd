"""Kết quả ghi tay: what was reached where the program cannot count it, with source and day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.actual import PERCENT
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.indicator_catalogue import HUNDRED, IndicatorType
from giamngheo_desktop.domain.result_doubts import ANSWERS, says_nothing
from giamngheo_desktop.gui.records.arriving import ArrivingSection
from giamngheo_desktop.gui.records.record_section import Words
from giamngheo_desktop.gui.table.column import NO_DATA, Column
from giamngheo_desktop.reports.document import Number
from giamngheo_desktop.reports.target_numbers import measured, number_written
from giamngheo_desktop.services.targets.plan_targets import types_of
from giamngheo_desktop.services.targets.result_doubts import ResultDoubts, in_words
from giamngheo_desktop.storage.engine import Database


class Beside(NamedTuple):
    """What kind of number each target has, by its key, and what is odd in the results."""

    types: Mapping[str, IndicatorType]
    doubts: ResultDoubts


class ResultsSection(ArrivingSection):
    """A target has as many as there were days; the newest one counts."""

    KIND: ClassVar[Kind] = Kind.TARGET_RESULT
    WATCHES: ClassVar[frozenset[Kind]] = ArrivingSection.WATCHES | {Kind.DOCUMENT}
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "measured_on",
        "key",
        "value",
        "numerator",
        "denominator",
        "reached",
        "source",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Kết quả ghi tay"),
            self.tr("Kết quả không đếm được từ sổ: ghi nguồn và ngày; ngày sau cùng được tính."),
            self.tr("&Thêm kết quả"),
            self.tr("Năm này chưa ghi kết quả nào."),
        )

    def read_more(self) -> Callable[[], Beside]:
        desk = self.desk
        place = (desk.database, desk.definitions, desk.unit(self.year), self.year)
        return partial(_beside, *place, desk.context.today())

    def warn(self, uid: UUID) -> str:
        return " ".join(self.found.more.doubts.of_result.get(uid, ()))

    def problems(self, values: Mapping[str, Any]) -> dict[str, str]:
        """What says nothing is no result yet; it stays in the form as it was typed."""
        found = super().problems(values)
        if says_nothing(values):
            said = self.tr("Ghi tử số và mẫu số, hoặc kết quả; định tính thì ghi đạt hay chưa.")
            found[ANSWERS[0]] = said
        return found

    def columns(self) -> Sequence[Column]:
        return [
            replace(column, format=_written) if column.key == "value" else column
            for column in super().columns()
        ]

    def rows(self) -> Sequence[tuple[Any, ...]]:
        """A share of which only its fraction was typed is said as one."""
        at = self.COLUMNS.index("value") + 1
        return [(*row[:at], self._value(row[0], row[at]), *row[at + 1 :]) for row in super().rows()]

    def _value(self, uid: UUID, typed: int | None) -> Number | None:
        values = self.found.records[uid]
        kind = self.found.more.types.get(values["key"], IndicatorType.COUNT)
        if typed is not None:
            return measured(Fraction(typed, HUNDRED), kind)
        above, below = values["numerator"], values["denominator"]
        if above is None or not below or kind is IndicatorType.COUNT:
            return None
        return measured(Fraction(PERCENT * above, below), kind)


def _beside(
    database: Database, definitions: Definitions, unit: UUID, year: int, today: date
) -> Beside:
    place = (database, definitions, unit, year)
    return Beside(types_of(*place), in_words(*place, today))


def _written(value: object) -> str:
    return number_written(value) if isinstance(value, int | Decimal) else NO_DATA
