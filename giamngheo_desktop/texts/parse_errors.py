"""Why a typed text is no date, number or name."""

from __future__ import annotations

PARSE_ERRORS: dict[str, str] = {
    "empty": "Ô này đang trống: gõ giá trị, hoặc để trống nếu chưa biết.",
    # numbers, money
    "not_number": "Chỉ gõ chữ số, ví dụ 1234 hoặc 1.234.",
    "not_decimal": "Chỉ gõ số, phần lẻ sau dấu phẩy, ví dụ 32 hoặc 32,5.",
    "not_whole": "Ô này nhận số nguyên: gõ lại, không có phần lẻ.",
    "grouping": "Dấu chấm hoặc dấu phẩy đặt sai chỗ: gõ 1234567 hoặc 1.234.567.",
    "too_large": "Số quá lớn: kiểm tra lại các chữ số.",
    "too_many_decimals": "Quá nhiều chữ số sau dấu phẩy: bỏ bớt phần lẻ.",
    "ambiguous": "Số này đọc được hai cách: gõ đủ các chữ số và dùng dấu phẩy cho phần lẻ, "
    "ví dụ 1234 hoặc 1,2.",
    "no_such_choice": "Không có lựa chọn này trong danh sách.",
    "out_of_range": "Số ngoài khoảng của câu này: kiểm tra lại số và đơn vị.",
    "too_long": "Chữ quá dài: viết gọn lại, không quá 1000 chữ cái.",
    "wrong_kind": "Câu này không nhận kiểu trả lời ấy.",
    "unknown_unit": "Không rõ đơn vị tiền: gõ nghìn (k), triệu (tr), tỷ, hoặc gõ đủ số đồng.",
    "form_code": "Mã phiếu gõ sai: xem lại trên phiếu.",
    # dates
    "date_format": "Gõ ngày/tháng/năm, ví dụ 5/3/1987; không biết ngày thì gõ 3/1987 hoặc 1987.",
    "date_incomplete": "Gõ đủ ngày, tháng và năm, ví dụ 5/3/2026.",
    "two_digit_year": "Gõ năm đủ bốn chữ số, ví dụ 1987.",
    "year_out_of_range": "Năm phải từ 1850 đến 2150: kiểm tra lại năm.",
    "no_such_month": "Tháng phải từ 1 đến 12: gõ ngày trước, tháng sau, ví dụ 25/12/1987.",
    "no_such_day": "Tháng ấy không có ngày này: kiểm tra lại ngày.",
}
