"""What is said of applications, of the reviews that take them, and of the monthly report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from giamngheo_desktop.domain.applications import Outcome, Purpose, State
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.standard import HouseholdClass

PURPOSES: dict[Purpose, str] = {
    Purpose.ENTER: "Vào hộ nghèo, cận nghèo (Mẫu 01)",
    Purpose.LEAVE: "Thoát nghèo, cận nghèo (Mẫu 04)",
    Purpose.AVERAGE_LIVING: "Hộ có mức sống trung bình (Mẫu 01)",
    Purpose.LOW_INCOME: "Người lao động thu nhập thấp",
}

SHORT_PURPOSES: dict[Purpose, str] = {  # in a list
    Purpose.ENTER: "Vào danh sách",
    Purpose.LEAVE: "Ra danh sách",
    Purpose.AVERAGE_LIVING: "Mức sống trung bình",
    Purpose.LOW_INCOME: "Lao động thu nhập thấp",
}

APPLICATION_STATES: dict[State, str] = {
    State.WAITING: "Chờ",
    State.UNDER_REVIEW: "Trong kỳ",
    State.ANSWERED: "Đã trả lời",
}

OUTCOMES: dict[Outcome, str] = {
    Outcome.ACCEPTED: "Công nhận",
    Outcome.REFUSED: "Không đủ điều kiện",
    Outcome.WITHDRAWN: "Hộ rút giấy",
}


class MonthlyNumbers(Protocol):
    """What the sentences of a monthly report need of it."""

    @property
    def due(self) -> date | None: ...
    @property
    def review(self) -> UUID | None: ...
    @property
    def waiting(self) -> int: ...
    @property
    def applications(self) -> int: ...
    @property
    def answered(self) -> Mapping[Outcome, int]: ...


MONTHLY: dict[str, str] = {
    "title": "Hộ nghèo, hộ cận nghèo tháng {month:02d}/{year}",
    "none": "Trong tháng không có giấy đề nghị nên không mở đợt rà soát.",
    "applications": "Giấy đề nghị: {count}; công nhận {accepted}, không đủ điều kiện {refused}, "
    "rút {withdrawn}, chưa trả lời {waiting}.",
    "not_opened": "Có {count} giấy đề nghị chờ mà chưa mở đợt rà soát của tháng.",
    "due": "Báo cáo chậm nhất ngày {day}.",
    "not_due": "Tháng này không phải báo cáo hằng tháng.",
    "village": "Thôn, tổ dân phố",
    "unplaced": "Chưa rõ thôn",
    "total": "Tổng cộng",
    "opening": "{table} đầu tháng (hộ)",
    "entered": "{table}: vào (hộ)",
    "left": "{table}: ra (hộ)",
    "closing": "{table} cuối tháng (hộ)",
    "closing_persons": "{table} cuối tháng (khẩu)",
    "who_entered": "{table}: tên hộ vào",
    "who_left": "{table}: tên hộ ra",
}
LISTS: dict[HouseholdClass, str] = {
    HouseholdClass.POOR: "Hộ nghèo",
    HouseholdClass.NEAR_POOR: "Hộ cận nghèo",
}


def monthly_notes(report: MonthlyNumbers) -> tuple[str, ...]:
    """What the monthly report says besides its numbers."""
    said = [MONTHLY["not_due"]]
    if report.due is not None:
        said = [MONTHLY["due"].format(day=format_date(report.due))]
    if not report.applications:
        return (MONTHLY["none"], *said)
    if report.review is None:
        return (MONTHLY["not_opened"].format(count=report.waiting), *said)
    counts = {outcome.value: report.answered.get(outcome, 0) for outcome in Outcome}
    text = MONTHLY["applications"]
    counted = text.format(count=report.applications, waiting=report.waiting, **counts)
    return (counted, *said)
