"""What is said of the steps of a review: what each lacks, how cases stand, what a paper notes."""

from __future__ import annotations

from collections.abc import Iterable

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.review_case import FormState, Ground, Outcome
from giamngheo_desktop.domain.review_flow import Missing, Status

STEP_STATUSES: dict[Status, str] = {
    Status.WAITING: "Chờ bước trước",
    Status.OPEN: "Đang làm",
    Status.DONE: "Xong",
}

STEP_BEGUN = "Đã ghi, còn chờ bước trước"  # waits, though something of it is recorded

# A sentence for each code of `review_flow.Missing`.
STEP_MISSING: dict[str, str] = {
    "unscreened": "Còn {count} hộ có Giấy đề nghị chưa có kết quả Phiếu A.",
    "list_not_confirmed": "Danh sách của thôn chưa chốt.",
    "unentered": "Còn {count} hộ chưa rà soát xong.",
    "unsettled": "Còn {count} hộ chưa có kết quả phân loại.",
    "no_meeting": "Thôn chưa họp dân.",
    "unvoted": "Còn {count} hộ chưa được họp dân thống nhất.",
    "outvoted": "Còn {count} hộ có dưới 50 % người dự họp đồng ý: thu thập lại, rồi họp lại.",
    "not_posted": "Chưa niêm yết kết quả.",
    "unposted": "Còn {count} hộ có kết quả họp sau khi niêm yết: niêm yết lại.",
    "still_posted": "Còn niêm yết {count} ngày nữa, kể cả hôm nay.",
    "complaints": "Còn {count} khiếu nại chưa trả lời.",
    "unposted_rechecks": "Còn {count} kết quả phúc tra chưa niêm yết.",
    "uncertified": "Còn {count} hộ chưa ký Giấy chứng nhận của năm.",
    "no_standard": "Chưa chọn bộ chuẩn.",
    "no_surveyor": "Còn {count} thôn chưa có rà soát viên.",
    "summarise_not_confirmed": "Chưa báo cáo tổng hợp.",
    "opinion_not_confirmed": "Chưa có ý kiến trả lời của cấp trên.",
    "undecided": "Còn {count} bộ chuẩn chưa có quyết định công nhận.",
    "report_not_confirmed": "Chưa gửi báo cáo.",
    "not_closed": "Chưa khóa sổ.",
}

# The same as a list of what a decision would pass over.
LACKING: dict[str, str] = {
    "unentered": "{count} hộ chưa rà soát xong",
    "unsettled": "{count} hộ chưa có kết quả phân loại",
    "no_meeting": "{count} thôn chưa họp dân",
    "unvoted": "{count} hộ chưa được họp dân thống nhất",
    "outvoted": "{count} hộ có dưới 50 % người dự họp đồng ý",
    "not_posted": "{count} thôn chưa niêm yết",
    "unposted": "{count} hộ có kết quả họp sau khi niêm yết",
    "still_posted": "{count} thôn còn đang niêm yết",
    "complaints": "{count} khiếu nại chưa trả lời",
    "unposted_rechecks": "{count} kết quả phúc tra chưa niêm yết",
}

CASE_GROUNDS: dict[Ground, str] = {
    Ground.POOR: "Hộ nghèo đang quản lý",
    Ground.NEAR_POOR: "Hộ cận nghèo đang quản lý",
    Ground.APPLIED: "Hộ có Giấy đề nghị",
    Ground.SPLIT: "Hộ mới tách",
    Ground.OTHER: "Diện khác",
}

# What Phiếu A said.
SCREENED: dict[bool | None, str] = {True: "Rà soát tiếp", False: "Không rà soát tiếp"}

CASE_OUTCOMES: dict[Outcome | None, str] = {
    None: "Chưa rà soát xong",
    Outcome.REVIEWED: "Đã rà soát",
    Outcome.ABSENT: "Đi vắng, không gặp được",
    Outcome.REFUSED: "Từ chối rà soát",
    Outcome.MOVED: "Cả hộ đã chuyển đi",
    Outcome.SCREENED_OUT: "Phiếu A: không phải rà soát tiếp",
}

# The note of a class that goes on because nobody was met.
CASE_KEPT: dict[Outcome, str] = {
    Outcome.ABSENT: "Hộ đi vắng khi rà soát: giữ kết quả đã công nhận.",
    Outcome.REFUSED: "Hộ từ chối rà soát: giữ kết quả đã công nhận.",
}

FORM_STATES: dict[FormState, str] = {
    FormState.NONE: "Chưa phát",
    FormState.ISSUED: "Đã phát",
    FormState.RETURNED: "Trả lại bổ sung",
    FormState.COLLECTED: "Đã thu",
    FormState.ENTERED: "Đã nhập",
}

RECHECK_RESULTS: dict[str, str] = {
    "kept": "Giữ nguyên kết quả",
    "changed": "Thay đổi kết quả",
    "rejected": "Không xem xét",
}

POSTING_SUBJECTS: dict[str, str] = {
    "results": "Kết quả rà soát",
    "recheck": "Kết quả phúc tra",
}

REVIEW_SETTINGS: dict[str, str] = {
    "posting_days": "Số ngày làm việc niêm yết",
    "recheck_days": "Số ngày làm việc để phúc tra",
    "opinion_days": "Số ngày làm việc chờ ý kiến cấp trên",
    "in_year_days": "Số ngày xong một đợt rà soát thường xuyên",
    "days_off": "Ngày nghỉ thêm (Tết, giỗ Tổ, nghỉ bù)",
    "working_days": "Ngày cuối tuần làm bù",
    "opinion_step": "Xin ý kiến cấp trên trước khi công nhận",
    "movement_look_back_years": "Tái nghèo: xét lùi mấy năm",
    "new_escape_months": "Hộ mới thoát nghèo: trong bao nhiêu tháng",
    "new_escape_near_poor": "Hộ nghèo xuống hộ cận nghèo cũng là hộ mới thoát nghèo",
}

MEMBERS_CHANGED = "{day}: thay đổi thành viên theo {papers}."


def missing_text(missing: Missing) -> str:
    """What a step lacks, as a sentence."""
    return STEP_MISSING[missing.code].format(count=format_integer(missing.count))


def lacking_text(missing: Iterable[Missing]) -> str:
    """What a decision would pass over, in one list."""
    return "; ".join(
        LACKING[item.code].format(count=format_integer(item.count)) for item in missing
    )
