"""What is odd about the targets of a plan and what its villages are given, as sentences."""

from __future__ import annotations

from giamngheo_desktop.domain.target_doubts import Doubted

TARGET_DOUBTS: dict[str, str] = {
    # of one target
    "no_number": "{label}: chưa có số, cũng chưa ghi nội dung cần đạt.",
    "negative": "{label}: {value} là số âm.",
    "not_whole": "{label}: {value} {unit} không phải số nguyên.",
    "over_whole": "{label}: {value} % vượt quá 100 %.",
    "turned_higher": "{label}: càng cao càng tốt mà lại ghi “không quá”.",
    "turned_lower": "{label}: càng thấp càng tốt mà lại ghi “ít nhất” hoặc “trên”.",
    "no_document": "{label}: giao {value} {unit} mà chưa ghi văn bản giao.",
    "above_households": "{label}: giảm {value} hộ mà đầu năm chỉ có {there} hộ.",
    "above_points": "{label}: giảm {value} điểm % mà tỷ lệ đầu năm chỉ có {there} %.",
    "assigned_after": "{label}: văn bản giao ngày {day}, sau ngày {plan} của kế hoạch.",
    "assigned_apart": "{label}: văn bản giao ngày {day}, không phải của năm {last} hay {year}.",
    "due_before": "{label}: hạn đạt {day}, trước năm kế hoạch {year}.",
    "due_after": "{label}: hạn đạt {day}, sau năm kế hoạch {year}.",
    "not_comparable": "{label}: số đầu năm theo {baseline}, kết quả năm {year} theo {standard}: "
    "không so sánh được.",
    "baseline_standard": "{label}: năm {year} đổi chuẩn nghèo, chưa ghi số đầu năm theo chuẩn nào.",
    "baseline_apart": "{label}: số đầu năm ghi {value}, sổ có {there}.",
    # of several
    "weaker": "{label}: phấn đấu {pursued} {unit}, kém chỉ tiêu giao {assigned} {unit}.",
    "twice": "{label}: ghi hai lần trong kế hoạch.",
    "linked_apart": "{label}: ghi {value} {unit}, mà {other} thì thành {computed} {unit}.",
    "linked_rounded": "{label}: ghi {value} {unit}, mà {other} thì thành {computed} {unit}: "
    "chênh do làm tròn.",
    "linked_households": "{label}: {value} {unit} và {other} chỉ khớp khi có {least}–{most} hộ, "
    "đầu năm có {households} hộ.",
    "lists_rounded": "{label} khớp với {least}–{most} hộ, {other} với "
    "{other_least}–{other_most} hộ: chênh do làm tròn.",
    "lists_apart": "{label} khớp với {least}–{most} hộ, {other} với "
    "{other_least}–{other_most} hộ: không cùng một tổng số hộ.",
    # of a village
    "households_start": "{village}: đầu năm {value} hộ nghèo, cận nghèo trong tổng số {there} hộ.",
    "households_end": "{village}: cuối năm {value} hộ nghèo, cận nghèo trong tổng số dự kiến "
    "{there} hộ.",
    "persons_few": "{village}: {value} khẩu mà có {there} hộ.",
    "poor_persons_few": "{village}: {value} khẩu nghèo mà có {there} hộ nghèo.",
    "village_lacks_poor": "{village}: chưa giao số hộ nghèo giảm.",
    "village_lacks_near_poor": "{village}: chưa giao số hộ cận nghèo giảm.",
    "village_above_poor": "{village}: giảm {value} hộ nghèo mà đầu năm chỉ có {there}.",
    "village_above_near_poor": "{village}: giảm {value} hộ cận nghèo mà đầu năm chỉ có {there}.",
    "registered_poor": "{village}: {value} hộ nghèo đăng ký thoát, giao giảm {there}.",
    "registered_near_poor": "{village}: {value} hộ cận nghèo đăng ký thoát, giao giảm {there}.",
    "gained_more": "{village}: {value} hộ nghèo lên cận nghèo mà chỉ {there} hộ thoát nghèo.",
    "expected_below": "{village}: dự kiến {value} hộ, ít hơn đầu năm ({there} hộ).",
    "far_opening_poor": "{village}: tỷ lệ hộ nghèo đầu năm {value} %, cả bảng {there} %.",
    "far_closing_poor": "{village}: tỷ lệ hộ nghèo cuối năm {value} %, cả bảng {there} %.",
    "far_opening_near_poor": "{village}: tỷ lệ hộ cận nghèo đầu năm {value} %, cả bảng {there} %.",
    "far_closing_near_poor": "{village}: tỷ lệ hộ cận nghèo cuối năm {value} %, cả bảng {there} %.",
    # of villages beside the commune
    "villages_pursued": "{label}: phấn đấu {value} {unit}, cộng các thôn {sum} {unit} "
    "(giảm {fall} hộ, thêm {back} hộ).",
    "villages_assigned": "{label}: giao {value} {unit}, cộng các thôn {sum} {unit} "
    "(giảm {fall} hộ, thêm {back} hộ).",
}


def target_doubt_text(doubted: Doubted) -> str:
    return TARGET_DOUBTS[doubted.code].format(**doubted.params)
