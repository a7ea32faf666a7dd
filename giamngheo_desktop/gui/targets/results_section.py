"""Kết quả ghi tay: what was reached where the program cannot count it, with source and day."""

from __future__ import annotations

from typing import ClassVar

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.records.arriving import ArrivingSection
from giamngheo_desktop.gui.records.record_section import Words


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
