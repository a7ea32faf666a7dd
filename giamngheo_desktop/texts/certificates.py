"""What is refused of Giấy chứng nhận."""

from __future__ import annotations

CERTIFICATE_ERRORS: dict[str, str] = {
    "certificate_without_year": "Giấy chứng nhận này chưa có dòng của năm {year}.",
    "certificate_full": "Giấy hộ đang giữ chỉ có {lines} dòng, không còn dòng trống cho năm "
    "{year}: cấp lại giấy mới.",
    "certificate_number_taken": "Số giấy chứng nhận {number} đã dùng trong năm: chọn số khác.",
    "certificate_replaced": "Giấy chứng nhận này đã được cấp lại: mở giấy mới.",
    "certificate_for_listed": "Chỉ ghi Giấy chứng nhận cho hộ được công nhận nghèo, cận nghèo.",
}
