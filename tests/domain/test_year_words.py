"""A text taken over from another year speaks of the new one where it spoke of its own."""

from __future__ import annotations

import pytest

from giamngheo_desktop.domain.year_words import turned, years_of


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Thực hiện tốt công tác giảm nghèo năm 2026.",
            "Thực hiện tốt công tác giảm nghèo năm 2027.",
        ),
        ("Năm 2026, giảm 16 hộ so với năm 2025", "Năm 2027, giảm 16 hộ so với năm 2025"),
        ("Xong trong tháng 10 năm 2026.", "Xong trong tháng 10 năm 2026."),
        ("ngày 05 tháng 01 năm 2026", "ngày 05 tháng 01 năm 2026"),
        ("giai đoạn 2026 – 2030", "giai đoạn 2026 – 2030"),
        (
            "Theo Quyết định số 5/QĐ-UBND ngày 02/01/2026 về chỉ tiêu năm 2026; trong năm 2026 làm",
            "Theo Quyết định số 5/QĐ-UBND ngày 02/01/2026 về chỉ tiêu năm 2026; trong năm 2027 làm",
        ),
    ],
)
def test_its_own_year_is_turned(text: str, wanted: str) -> None:
    assert turned(text, 2026, 2027) == wanted


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("xong trước 15/11/2026, như năm 2025", {2025, 2026}),
        ("giai đoạn 2021–2025, 2026-2030", set()),
        ("Kế hoạch số 5/KH-UBND ngày 02/01/2026 của xã", set()),
        ("2.568 hộ, 1.234,5 triệu", set()),
    ],
)
def test_years_are_found(text: str, years: set[int]) -> None:
    assert years_of(text) == years
