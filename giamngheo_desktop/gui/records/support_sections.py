"""What households lack, got and plan, and who stands by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.records.arriving import ArrivingSection
from giamngheo_desktop.gui.records.project_sections import AttachedSection
from giamngheo_desktop.gui.records.record_section import Words


class HomeSection(ArrivingSection):
    """Records of a household, which is one press away."""

    def add_tools(self) -> None:
        self.home_button = button(self.tr("Mở &hộ"), "open_household", icon="open")
        self.home_button.setToolTip(self.tr("Mở hộ của dòng đang chọn"))
        self.tools.addWidget(self.home_button)
        self.home_button.clicked.connect(self._open_home)

    def _open_home(self) -> None:
        home = self.stored(self.chosen).get("household")
        if home is not None:
            self.go_requested.emit("households", home)

    def _enable(self) -> None:
        super()._enable()
        home = self._found is not None and self.stored(self.chosen).get("household")
        self.home_button.setEnabled(bool(home))


class SupportSection(HomeSection):
    """Hỗ trợ."""

    KIND: ClassVar[Kind] = Kind.SUPPORT
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "supported_on",
        "household",
        "policy",
        "content",
        "shares",
        "support_event",
        "receipt",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Hỗ trợ"),
            self.tr("Hộ nào, người nào nhận gì, ngày nào, bao nhiêu tiền từ nguồn nào."),
            self.tr("&Thêm lượt hỗ trợ"),
            self.tr("Năm này chưa có lượt hỗ trợ nào: ghi hộ đầu tiên được nhận."),
        )

    def summed(self, shown: Sequence[UUID]) -> str:
        shares = [self.found.records[uid]["shares"] for uid in shown]
        amount = sum(share["amount"] for those in shares for share in those)
        unknown = sum(not those for those in shares)
        said = [self.tr("Cộng {amount} đồng").format(amount=format_integer(amount))]
        if unknown:
            told = self.tr("{count} dòng chưa ghi tiền")
            said.append(told.format(count=format_integer(unknown)))
        return " · ".join(said)


class SupportEventSection(AttachedSection):
    """Đợt hỗ trợ: one hand-out to many."""

    KIND: ClassVar[Kind] = Kind.SUPPORT_EVENT
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "name",
        "policy",
        "supported_on",
        "body",
        "decision_number",
        "posted_on",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Đợt hỗ trợ"),
            self.tr("Một đợt trao cho nhiều hộ: quyết định, ngày, đơn vị, ngày niêm yết."),
            self.tr("&Thêm đợt"),
            self.tr("Năm này chưa có đợt hỗ trợ nào."),
        )


class NeedSection(HomeSection):
    """Nhu cầu."""

    KIND: ClassVar[Kind] = Kind.NEED
    COLUMNS: ClassVar[tuple[str, ...]] = ("household", "person", "code", "valid_from", "valid_to")

    def words(self) -> Words:
        return Words(
            self.tr("Nhu cầu"),
            self.tr("Hộ hoặc người cần hỗ trợ gì, từ ngày nào, đến khi được hỗ trợ."),
            self.tr("&Thêm nhu cầu"),
            self.tr("Năm này chưa ghi nhu cầu nào: chọn hộ rồi chọn nhu cầu."),
        )


class AssignmentSection(HomeSection):
    """Phân công."""

    KIND: ClassVar[Kind] = Kind.ASSIGNMENT
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "role",
        "officer",
        "body",
        "village",
        "household",
        "valid_from",
        "valid_to",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Phân công"),
            self.tr("Ai phụ trách thôn nào, ai giúp hộ nào, từ ngày nào, theo quyết định nào."),
            self.tr("&Thêm phân công"),
            self.tr("Năm này chưa phân công ai: chọn thôn hoặc hộ, rồi chọn người giúp."),
        )


class VisitSection(HomeSection):
    """Đến thăm."""

    KIND: ClassVar[Kind] = Kind.VISIT
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "visited_on",
        "household",
        "officer",
        "situation",
        "next_step",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Đến thăm"),
            self.tr("Mỗi lượt đến thăm hộ: ngày, ai đến, hộ đang thế nào, việc tiếp theo."),
            self.tr("&Thêm lượt thăm"),
            self.tr("Năm này chưa ghi lượt thăm nào."),
        )


class HouseholdPlanSection(HomeSection):
    """Kế hoạch hộ."""

    KIND: ClassVar[Kind] = Kind.HOUSEHOLD_PLAN
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "household",
        "group",
        "needs",
        "officer",
        "deadline",
        "registered",
        "expected",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Kế hoạch hộ"),
            self.tr("Kế hoạch giúp từng hộ thoát nghèo trong năm: nguyên nhân, cách giúp, hạn."),
            self.tr("&Thêm kế hoạch"),
            self.tr("Năm này chưa có kế hoạch của hộ nào: chọn hộ nghèo đầu tiên."),
        )


class IncidentSection(HomeSection):
    """Biến cố."""

    KIND: ClassVar[Kind] = Kind.INCIDENT
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "happened_on",
        "household",
        "kind",
        "description",
        "proposes_review",
        "handled_on",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Biến cố"),
            self.tr("Thiên tai, tai nạn, ốm nặng, mất việc… trong năm, và đã xử lý thế nào."),
            self.tr("&Thêm biến cố"),
            self.tr("Năm này chưa ghi biến cố nào."),
        )
