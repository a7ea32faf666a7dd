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
