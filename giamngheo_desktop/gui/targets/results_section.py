"""Kết quả ghi tay: what was reached where the program cannot count it, with source and day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.indicator_catalogue import IndicatorType
from giamngheo_desktop.domain.linked_targets import rounded
from giamngheo_desktop.gui.records.arriving import ArrivingSection
from giamngheo_desktop.gui.records.record_section import Words
from giamngheo_desktop.services.targets.plan_targets import types_of


class ResultsSection(ArrivingSection):
    """A target has as many as there were days; the newest one counts."""

    KIND: ClassVar[Kind] = Kind.TARGET_RESULT
    WATCHES: ClassVar[frozenset[Kind]] = ArrivingSection.WATCHES | {Kind.DOCUMENT}
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "measured_on",
        "key",
        "numerator",
        "denominator",
        "value",
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

    def read_more(self) -> Callable[[], Mapping[str, IndicatorType]]:
        desk = self.desk
        place = (desk.database, desk.definitions, desk.unit(self.year), self.year)
        return partial(types_of, *place)

    def rows(self) -> Sequence[tuple[Any, ...]]:
        """A share of which only its fraction was typed is said as one."""
        at = self.COLUMNS.index("value") + 1
        return [(*row[:at], self._value(row[0], row[at]), *row[at + 1 :]) for row in super().rows()]

    def _value(self, uid: UUID, typed: int | None) -> int | None:
        values = self.found.records[uid]
        is_share = self.found.more.get(values["key"]) not in (None, IndicatorType.COUNT)
        above, below = values["numerator"], values["denominator"]
        if typed is not None or above is None or not below or not is_share:
            return typed
        return rounded(Fraction(100 * above, below))
