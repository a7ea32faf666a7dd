"""Who works: bodies, organisations, and the people in them."""

from __future__ import annotations

from typing import ClassVar

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.records.arriving import ArrivingSection
from giamngheo_desktop.gui.records.record_section import RecordSection, Words


class BodySection(RecordSection):
    """Cơ quan, đoàn thể."""

    KIND: ClassVar[Kind] = Kind.BODY
    COLUMNS: ClassVar[tuple[str, ...]] = ("name", "kind", "phone", "valid_from", "valid_to")

    def words(self) -> Words:
        return Words(
            self.tr("Cơ quan, đoàn thể"),
            self.tr("Ban, ngành, đoàn thể, trường, trạm… cùng làm giảm nghèo trong năm."),
            self.tr("&Thêm cơ quan"),
            self.tr("Chưa có cơ quan nào: ghi cơ quan đầu tiên, ví dụ UBND xã."),
        )


class OfficerSection(ArrivingSection):
    """Cán bộ, người giúp."""

    KIND: ClassVar[Kind] = Kind.OFFICER
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "full_name",
        "title",
        "body",
        "village",
        "poverty_officer",
        "information_officer",
        "phone",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Cán bộ, người giúp"),
            self.tr("Ai phụ trách thôn, giúp hộ, đi tập huấn: ghi một lần, chọn lại ở mọi nơi."),
            self.tr("&Thêm người"),
            self.tr("Chưa có ai: ghi cán bộ giảm nghèo của xã trước."),
        )
