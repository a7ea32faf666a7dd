"""What is done and with what money: activities, tasks, budget lines, the fund."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID

from giamngheo_desktop.domain import participants
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.records.arriving import ArrivingSection
from giamngheo_desktop.gui.records.money_tables import BudgetTotals, FundBalance
from giamngheo_desktop.gui.records.papers_card import PapersCard
from giamngheo_desktop.gui.records.record_reading import Found
from giamngheo_desktop.gui.records.record_section import RecordSection, Words
from giamngheo_desktop.gui.records.record_work import Values
from giamngheo_desktop.services.programme.budget import Budget
from giamngheo_desktop.services.programme.fund import FundYear


class AttachedSection(ArrivingSection):
    """Records that papers may be attached to."""

    def __init__(self, desk: Desk) -> None:
        self.papers = PapersCard(desk, self.KIND)
        super().__init__(desk)

    def below(self) -> None:
        super().below()
        self.box.addWidget(self.papers)

    def fill_more(self) -> None:
        super().fill_more()
        self.papers.show_of(self.chosen)

    def _show(self, found: Found) -> None:
        super()._show(found)
        self.papers.show_of(self.chosen)


class ActivitySection(AttachedSection):
    """Hoạt động."""

    KIND: ClassVar[Kind] = Kind.ACTIVITY
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "name",
        "kind",
        "component",
        "village",
        "starts_on",
        "participants",
        "state",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Hoạt động"),
            self.tr("Mô hình, lớp học, truyền thông, đối thoại, giám sát, công trình… của năm."),
            self.tr("&Thêm hoạt động"),
            self.tr("Năm này chưa có hoạt động nào: ghi hoạt động đầu tiên, chọn loại trước."),
        )

    def order(self, found: Mapping[UUID, Values]) -> Sequence[UUID]:
        """By their first day; what has none yet comes last."""
        return sorted(found, key=lambda uid: (found[uid]["starts_on"] or date.max, uid))

    def warn(self, uid: UUID) -> str:
        """That nothing counts it yet, and who stands there twice."""
        return " ".join(filter(None, (self._uncounted(uid), self._twice(uid))))

    def _uncounted(self, uid: UUID) -> str:
        """It began, and nobody says whether it is held."""
        values = self.found.records[uid]
        begins = values["starts_on"]
        if values["state"] or begins is None or begins > self.desk.context.today():
            return ""
        return self.tr(
            "Đã tới ngày bắt đầu mà chưa ghi tiến độ: các chỉ tiêu chưa tính hoạt động này."
        )

    def _twice(self, uid: UUID) -> str:
        """Who stands there twice, unless he left before he came again."""
        rows = self.found.records[uid]["participants"]
        names = [self.found.answers.short(*one) for one in participants.twice(rows)]
        said = self.tr("Ghi nhiều lần trong danh sách: {names}. Mỗi hộ, mỗi người đếm một.")
        return said.format(names="; ".join(names)) if names else ""


class TaskSection(ArrivingSection):
    """Nhiệm vụ."""

    KIND: ClassVar[Kind] = Kind.TASK
    COLUMNS: ClassVar[tuple[str, ...]] = ("content", "body", "role", "due_on", "state", "done_on")

    def words(self) -> Words:
        return Words(
            self.tr("Nhiệm vụ"),
            self.tr("Tổ chức thực hiện của kế hoạch năm: ai chủ trì, phối hợp việc gì, hạn nào."),
            self.tr("&Thêm nhiệm vụ"),
            self.tr("Năm này chưa có nhiệm vụ nào: ghi việc đầu tiên và cơ quan chủ trì."),
        )


class BudgetSection(ArrivingSection):
    """Kinh phí: one line for each step, source and part of the plan."""

    KIND: ClassVar[Kind] = Kind.BUDGET_LINE
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "stage",
        "component",
        "source",
        "capital",
        "amount",
        "booked_on",
        "document",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Kinh phí"),
            self.tr(
                "Mỗi bước (kế hoạch, giao, phân bổ, giải ngân, quyết toán) một dòng, theo nguồn."
            ),
            self.tr("&Thêm dòng kinh phí"),
            self.tr("Năm này chưa có dòng kinh phí nào: ghi vốn được giao trước."),
        )

    def above(self) -> None:
        self.totals = BudgetTotals(self.desk)
        self.box.addWidget(self.totals)

    def read_more(self) -> Callable[[], Budget]:
        return self.totals.reading(self.desk.unit(self.year), self.year)

    def odd(self) -> Sequence[str]:
        return self.totals.warned(self.found.more) if self.found is not None else ()

    def _show(self, found: Found) -> None:
        super()._show(found)
        self.totals.show_budget(found.more)

    def summed(self, shown: Sequence[UUID]) -> str:
        return " · ".join(sums_by(self, "stage", shown))


class FundSection(ArrivingSection):
    """Quỹ vận động."""

    KIND: ClassVar[Kind] = Kind.FUND_ENTRY
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "booked_on",
        "direction",
        "fund",
        "form",
        "amount",
        "other_party",
        "household",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Quỹ"),
            self.tr("Thu, chi quỹ “Vì người nghèo” và các quỹ khác; hiện vật, ngày công quy tiền."),
            self.tr("&Thêm khoản thu, chi"),
            self.tr("Năm này chưa có khoản thu, chi nào."),
        )

    def above(self) -> None:
        self.balance = FundBalance(self.desk)
        self.box.addWidget(self.balance)

    def read_more(self) -> Callable[[], Sequence[FundYear]]:
        return self.balance.reading(self.desk.unit(self.year), self.year)

    def odd(self) -> Sequence[str]:
        return self.balance.warned(self.found.more) if self.found is not None else ()

    def _show(self, found: Found) -> None:
        super()._show(found)
        self.balance.show_funds(found.more)

    def summed(self, shown: Sequence[UUID]) -> str:
        return " · ".join(sums_by(self, "direction", shown))


def sums_by(section: RecordSection, code: str, shown: Sequence[UUID]) -> list[str]:
    """The amounts of these records, apart for each answer of a field: they do not add up."""
    field = section.record_form.form.field(code)
    amounts: dict[str, int] = {}
    for uid in shown:
        record = section.found.records[uid]
        amounts[record[code]] = amounts.get(record[code], 0) + record["amount"]
    said = section.tr("{label}: {amount} đồng")
    return [
        said.format(label=choice.label, amount=format_integer(amounts[choice.code]))
        for choice in field.choices
        if choice.code in amounts
    ]
