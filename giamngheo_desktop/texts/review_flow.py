"""Where a review stands, in words: states of a step, what it lacks, how many days are left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.review_flow import Missing, Status

STEP_STATES: dict[Status, str] = {
    Status.WAITING: "Chờ",
    Status.OPEN: "Đang làm",
    Status.DONE: "Xong",
}

STEP_MISSING: dict[str, str] = {
    "no_standard": "chưa chọn bộ chuẩn",
    "no_surveyor": "{count} thôn chưa có rà soát viên",
    "unscreened": "{count} hộ chưa có kết quả Phiếu A",
    "list_not_confirmed": "chưa chốt danh sách",
    "unentered": "{count} hộ chưa nhập phiếu",
    "unsettled": "{count} hộ chưa ra phân loại",
    "no_meeting": "chưa ghi cuộc họp nào",
    "unvoted": "{count} hộ chưa được họp biểu quyết",
    "outvoted": "{count} hộ chưa được một nửa đồng ý, phải thu thập và họp lại",
    "not_posted": "chưa niêm yết",
    "still_posted": "còn {count} ngày niêm yết",
    "complaints": "{count} khiếu nại chưa trả lời",
    "unposted_rechecks": "{count} kết quả phúc tra chưa niêm yết",
    "summarise_not_confirmed": "chưa báo cáo sơ bộ",
    "opinion_not_confirmed": "chưa có ý kiến cấp trên",
    "undecided": "{count} bộ chuẩn chưa có quyết định",
    "uncertified": "{count} hộ chưa ký giấy chứng nhận",
    "report_not_confirmed": "chưa gửi báo cáo",
    "not_closed": "chưa khóa sổ",
}

VILLAGES_DONE = "{done}/{count} thôn xong"

# The same of several villages, where one is not said as a number.
STEP_MISSING_IN_VILLAGES: dict[str, str] = {
    "list_not_confirmed": "{count} thôn chưa chốt danh sách",
    "no_meeting": "{count} thôn chưa họp",
    "not_posted": "{count} thôn chưa niêm yết",
    "still_posted": "{villages} thôn đang niêm yết",
}


def missing_text(missing: Iterable[Missing]) -> str:
    """What a step still lacks, in one line; empty where nothing is."""
    return "; ".join(
        STEP_MISSING[one.code].format(count=format_integer(one.count)) for one in missing
    )


def missing_of_villages(missing: Iterable[Iterable[Missing]]) -> str:
    """The same summed over villages, each with what it lacks."""
    counts: dict[str, int] = {}
    villages: dict[str, int] = {}
    for of_village in missing:
        for one in of_village:
            counts[one.code] = counts.get(one.code, 0) + one.count
            villages[one.code] = villages.get(one.code, 0) + 1
    sentences = STEP_MISSING | STEP_MISSING_IN_VILLAGES
    return "; ".join(
        sentences[code].format(count=format_integer(count), villages=villages[code])
        for code, count in counts.items()
    )


def days_left_text(days: int | None) -> str:
    """ "còn 5 ngày", "hết hạn hôm nay", "quá hạn 2 ngày"; empty where no limit runs."""
    if days is None:
        return ""
    if days == 0:
        return "hết hạn hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


def due_text(due: date | None, days: int | None) -> str:
    """ "hạn 14/12/2026, còn 5 ngày"; empty where no limit runs."""
    if due is None:
        return ""
    left = days_left_text(days)
    return f"hạn {format_date(due)}, {left}" if left else f"hạn {format_date(due)}"
