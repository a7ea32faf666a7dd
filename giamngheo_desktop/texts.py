"""Vietnamese sentences for codes of the layers below the GUI: errors, problems, operations, enums.

Each table has named placeholders; a test checks that every code used has its sentence.
"""

from __future__ import annotations

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.errors import AppError

ERRORS: dict[str, str] = {
    # definition files
    "definition_unreadable": "Không đọc được tệp định nghĩa {file}: {detail}.",
    "definition_syntax": "Tệp định nghĩa {file} viết sai cú pháp TOML: {detail}.",
    "definition_missing_key": "Tệp {file}, mục {where}: thiếu giá trị.",
    "definition_unknown_key": "Tệp {file}, mục {where}: chương trình không biết mục này.",
    "definition_value": "Tệp {file}, mục {where}: không nhận “{value}”, chỉ nhận {allowed}.",
    "definition_not_text": "Tệp {file}, mục {where}: cần chữ, không nhận “{value}”.",
    "definition_not_integer": "Tệp {file}, mục {where}: cần số nguyên, không nhận “{value}”.",
    "definition_not_flag": "Tệp {file}, mục {where}: cần true hoặc false, không nhận “{value}”.",
    "definition_not_day": "Tệp {file}, mục {where}: cần ngày (2026-01-31), không nhận “{value}”.",
    "definition_not_table": "Tệp {file}, mục {where}: cần một bảng, không nhận “{value}”.",
    "definition_not_texts": "Tệp {file}, mục {where}: cần danh sách chữ, không nhận “{value}”.",
    "definition_not_integers": "Tệp {file}, mục {where}: cần các số nguyên, không nhận “{value}”.",
    "definition_not_tables": "Tệp {file}, mục {where}: cần danh sách bảng, không nhận “{value}”.",
}

PARSE_ERRORS: dict[str, str] = {
    "empty": "Ô này đang trống: gõ giá trị, hoặc để trống nếu chưa biết.",
    # numbers, money
    "not_number": "Chỉ gõ chữ số, ví dụ 1234 hoặc 1.234.",
    "not_whole": "Ô này nhận số nguyên: gõ lại, không có phần lẻ.",
    "grouping": "Dấu chấm hoặc dấu phẩy đặt sai chỗ: gõ 1234567 hoặc 1.234.567.",
    "too_large": "Số quá lớn: kiểm tra lại các chữ số.",
    "too_many_decimals": "Quá nhiều chữ số sau dấu phẩy: bỏ bớt phần lẻ.",
    "ambiguous": "Số này đọc được hai cách: gõ đủ các chữ số và dùng dấu phẩy cho phần lẻ, "
    "ví dụ 1234 hoặc 1,2.",
    "unknown_unit": "Không rõ đơn vị tiền: gõ nghìn (k), triệu (tr), tỷ, hoặc gõ đủ số đồng.",
    # dates
    "date_format": "Gõ ngày/tháng/năm, ví dụ 5/3/1987; không biết ngày thì gõ 3/1987 hoặc 1987.",
    "date_incomplete": "Gõ đủ ngày, tháng và năm, ví dụ 5/3/2026.",
    "two_digit_year": "Gõ năm đủ bốn chữ số, ví dụ 1987.",
    "year_out_of_range": "Năm phải từ 1850 đến 2150: kiểm tra lại năm.",
    "no_such_month": "Tháng phải từ 1 đến 12: gõ ngày trước, tháng sau, ví dụ 25/12/1987.",
    "no_such_day": "Tháng ấy không có ngày này: kiểm tra lại ngày.",
}

OPERATIONS: dict[Op, str] = {
    Op.NEW_COMMUNE: "Lập xã mới",
    Op.SAVE_UNIT: "Sửa đơn vị",
    Op.SAVE_POPULATION: "Nhập số hộ, nhân khẩu của thôn",
    Op.SAVE_TARGETS: "Nhập chỉ tiêu giảm của thôn",
    Op.SAVE_SETTINGS: "Sửa cài đặt",
    Op.RECORD_SUCCESSION: "Ghi sáp nhập, chia tách, đổi tên",
    Op.SAVE_HOUSEHOLD: "Lưu hộ",
    Op.BIRTH: "Ghi sinh",
    Op.DEATH: "Ghi chết",
    Op.MOVE_IN: "Ghi chuyển đến",
    Op.MOVE_OUT: "Ghi chuyển đi",
    Op.MOVE_VILLAGE: "Ghi chuyển thôn",
    Op.MARRIAGE: "Ghi kết hôn",
    Op.SPLIT_HOUSEHOLD: "Tách hộ",
    Op.MERGE_HOUSEHOLDS: "Nhập hộ",
    Op.CHANGE_HEAD: "Đổi chủ hộ",
    Op.RECORD_CLASS: "Ghi kết quả phân loại",
    Op.ANSWER_INDICATORS: "Trả lời chỉ số thiếu hụt",
    Op.CLOSE_YEAR: "Khóa sổ năm",
    Op.REOPEN_YEAR: "Mở lại sổ năm",
    Op.LOAD_SAMPLE: "Nạp dữ liệu mẫu",
    Op.UNDO: "Hoàn tác",
}


def error_text(error: AppError) -> str:
    """The sentence for an expected error."""
    return ERRORS[error.code].format(**error.params)
