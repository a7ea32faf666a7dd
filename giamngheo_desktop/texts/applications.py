"""What is said of applications, of the reviews that take them, and of the monthly report."""

from __future__ import annotations

from giamngheo_desktop.domain.applications import Outcome, Purpose, State
from giamngheo_desktop.domain.income import Band

PURPOSES: dict[Purpose, str] = {
    Purpose.ENTER: "Vào hộ nghèo, cận nghèo (Mẫu 01)",
    Purpose.LEAVE: "Thoát nghèo, cận nghèo (Mẫu 04)",
    Purpose.AVERAGE_LIVING: "Hộ có mức sống trung bình (Mẫu 01)",
    Purpose.LOW_INCOME: "Người lao động thu nhập thấp",
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

BANDS: dict[Band, str] = {
    Band.UP_TO_LINE: "không quá chuẩn nghèo",
    Band.AVERAGE: "trong khoảng mức sống trung bình",
    Band.ABOVE: "trên mức sống trung bình",
}

MONTHLY: dict[str, str] = {
    "title": "Hộ nghèo, hộ cận nghèo tháng {month:02d}/{year}",
    "none": "Trong tháng không có giấy đề nghị nên không mở đợt rà soát.",
    "applications": "Giấy đề nghị của đợt: {count}; công nhận {accepted}, không đủ điều kiện "
    "{refused}, rút {withdrawn}, chưa trả lời {waiting}.",
    "not_opened": "Có {count} giấy đề nghị của tháng mà chưa mở đợt rà soát.",
    "due": "Báo cáo chậm nhất ngày {day}.",
    "not_due": "Tháng này không phải báo cáo hằng tháng.",
    "unplaced": "Chưa rõ thôn",
    "total": "Tổng cộng",
    "opening": "Đầu tháng",
    "closing": "Cuối tháng",
    "entered": "Vào",
    "left": "Ra",
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
    "persons": "{table} – {what} (khẩu)",
    "households": "{table} – {what} (hộ)",
    "names": "{name} ({village})",
}
