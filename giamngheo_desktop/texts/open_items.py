"""What is said of things that wait: unanswered petitions, late tasks, what has to be given back."""

from __future__ import annotations

from giamngheo_desktop.domain.passing_on import Doubt

OPEN_ITEMS: dict[str, str] = {
    "title": "DANH SÁCH VIỆC CÒN TREO",
    "of_day": "Tính đến ngày {day}",
    "what": "Việc, người phải hoàn lại",
    "day": "Hạn",
    "body": "Cơ quan",
    "household": "Hộ",
    "village": "Thôn, tổ dân phố",
    "activity": "Hoạt động",
    "note": "Ghi chú",
    "group": "{name}: {count}, quá hạn {late}",
    "group_counted": "{name}: {count}",
    "none": "Không có việc nào còn treo.",
    "overdue": "quá hạn",
    "outstanding": "còn phải hoàn lại {amount}",
    "next": "giao tiếp cho {names}",
    "no_next": "chưa có hộ nhận tiếp",
    "first_waits": "chưa nghiệm thu để trả đợt 1",
    "first_ready": "nghiệm thu ngày {day}, chưa trả đợt 1",
    "second_waits": "đã trả đợt 1, chưa nghiệm thu để trả đợt 2",
    "second_ready": "nghiệm thu hoàn thành ngày {day}, chưa trả đợt 2",
    "foot": "Đến hết ngày hạn vẫn là đúng hạn; việc không ghi hạn thì không tính quá hạn. Việc của "
    "năm trước chưa xong vẫn còn trong danh sách.",
}

OPEN_WAITS: dict[str, str] = {
    "answer": "Chưa trả lời, chưa xử lý",
    "task": "Nhiệm vụ, báo cáo quá hạn",
    "start": "Dự kiến đã qua ngày, chưa ghi kết quả",
    "acceptance": "Công trình chưa nghiệm thu",
    "return": "Chưa hoàn lại đủ để luân chuyển",
    "check": "Hoàn lại, luân chuyển cần xem lại",
    "instalment": "Hỗ trợ nhà ở chưa trả đủ các đợt",
}

OPEN_CODES: dict[str, str] = {
    "petition": "kiến nghị",
    "finding": "phát hiện khi kiểm tra",
    "upkeep": "duy tu, bảo dưỡng",
}

PASSING_DOUBTS: dict[Doubt, str] = {
    Doubt.CIRCLE: "ghi nhận luân chuyển vòng lại chính hộ này",
    Doubt.NOTHING_RETURNED: "chưa hoàn lại gì mà đã ghi hộ nhận tiếp",
    Doubt.MORE_PASSED: "hộ nhận tiếp được ghi phải hoàn lại nhiều hơn số hộ này đã hoàn lại",
    Doubt.MORE_RETURNED: "hoàn lại nhiều hơn số phải hoàn lại",
}

CLI_OPEN_ITEMS: dict[str, str] = {
    "help": "việc còn treo đến hôm nay, hoặc đến hết năm đã qua: chưa trả lời, quá hạn, chưa "
    "nghiệm thu, chưa hoàn lại, chưa trả đủ đợt",
    "help_output": "cùng với --open: ghi danh sách ra tệp .xlsx, .pdf, .docx hoặc .json",
    "needs_open": "-o chỉ dùng cùng với --open",
}


def instalment_text(instalment: int, accepted: str) -> str:
    """How far a house is; `accepted` is the day, "" where the work is not accepted."""
    which = "first" if instalment == 1 else "second"
    if not accepted:
        return OPEN_ITEMS[f"{which}_waits"]
    return OPEN_ITEMS[f"{which}_ready"].format(day=accepted)
