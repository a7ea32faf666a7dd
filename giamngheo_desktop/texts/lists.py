"""What stands on lists of households beside their lines."""

from __future__ import annotations

LIST = {
    "village": "{name}: {households} hộ",
    "total": "Tổng cộng: {households} hộ",
    "whole": "Cả danh sách: {households} hộ, {persons} nhân khẩu.",
    "empty": "Không có hộ nào.",
    "without_opening": "Chưa có danh sách cuối năm {year} theo tên hộ của: {villages}; không xác "
    "định được diễn biến trong năm của các hộ ở đó.",
}
