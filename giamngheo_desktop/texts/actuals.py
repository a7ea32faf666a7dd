"""What is said of a number reached: its state, and why it has none."""

from __future__ import annotations

ACTUAL_STATES: dict[str, str] = {
    "known": "đã đếm",
    "no_need": "không phát sinh nhu cầu",
    "typed": "nhập tay",
    "missing": "chưa có số liệu",
    "not_comparable": "không so sánh được",
}

ACTUAL_REASONS: dict[str, str] = {
    "typed": "Chương trình không có dữ liệu để đếm: nhập kết quả kèm nguồn và ngày.",
    "no_standard": "Năm này chưa có chuẩn nghèo nào.",
    "no_result": "Chưa có kết quả rà soát được công nhận.",
    "waiting": "Còn hộ trong danh sách chưa có kết quả rà soát của năm.",
    "no_opening": "Chưa có kết quả công nhận cuối năm trước.",
    "no_households": "Chưa có tổng số hộ dân cư của năm.",
    "nobody": "Không có ai để tính tỷ lệ.",
    "small_denominator": "Tổng số nhỏ hơn số được đếm nên không tính tỷ lệ.",
    "standards_differ": "Đầu năm và cuối năm theo hai chuẩn nghèo khác nhau.",
}
