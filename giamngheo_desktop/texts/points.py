"""Words of the table of points (bảng điểm B1)."""

from __future__ import annotations

POINTS: dict[str, str] = {
    "title": "Bảng điểm B1",
    "guide": "Ghi điểm của từng lựa chọn theo bảng điểm của tỉnh; dòng không có điểm thì bỏ qua.",
    "guide_ranges": "Mục là một con số (nhân khẩu, diện tích…): ghi cột Từ và cột Đến dưới, "
    "các khoảng liền nhau.",
    "region": "Vùng",
    "item": "Mã mục",
    "item_label": "Mục",
    "option": "Mã lựa chọn",
    "label": "Lựa chọn",
    "low": "Từ",
    "high": "Đến dưới",
    "points": "Điểm",
}

POINT_PROBLEMS: dict[str, str] = {
    "no_heading": "Không thấy dòng tiêu đề có cột “Vùng”: dùng mẫu Excel của chương trình.",
    "no_rows": "Tệp chưa có dòng nào ghi điểm.",
    "region_unknown": "Dòng {row}: không có vùng “{value}”.",
    "item_unknown": "Dòng {row}: không có mục “{value}”.",
    "option_twice": "Dòng {row}: lựa chọn này đã ghi ở dòng {other}.",
    "no_option": "Dòng {row}: thiếu lựa chọn.",
    "points_not_whole": "Dòng {row}: điểm phải là số nguyên.",
    "not_a_number": "Dòng {row}: Từ, Đến dưới, Điểm phải là số.",
    "range_order": "Dòng {row}: Từ phải nhỏ hơn Đến dưới.",
    "range_of_choice": "Dòng {row}: mục này không chia theo khoảng số.",
    "range_overlap": "Dòng {row}: khoảng chồng lên khoảng trước.",
    "range_gap": "Dòng {row}: giữa khoảng này và khoảng trước còn hở.",
    "range_open_above": "Dòng {row}: khoảng cuối phải để trống cột Đến dưới.",
}


def point_problem_text(code: str, row: int, params: dict[str, str]) -> str:
    """What is wrong with a row of an imported table."""
    return POINT_PROBLEMS[code].format(row=row, **params)
