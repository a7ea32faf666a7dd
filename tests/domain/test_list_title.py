"""What the lines above a list say of all its rows, and what they only seem to say."""

from datetime import date

import pytest

from giamngheo_desktop.domain.list_title import NO_PAPER, ListTitle, Paper, read_title

DAY = date(2025, 12, 20)


@pytest.mark.parametrize(
    ("lines", "level"),
    [
        (["UBND XÃ SUỐI LÀNH", "DANH SÁCH HỘ CẬN NGHÈO NĂM 2025"], "near_poor"),
        (["DANH SÁCH", "HỘ NGHÈO SAU KHI RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"], "poor"),
        (["Danh sách chi tiết hộ nghèo - Thôn 3"], "poor"),
        (["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT"], ""),
        (["DANH SÁCH HỘ NGHÈO VÀ CẬN NGHÈO"], ""),
        (["DANH SÁCH HỘ NGHÈO VAY VỐN"], ""),
        (["DANH SÁCH HỘ CÓ KHẢ NĂNG RƠI VÀO HỘ NGHÈO"], ""),
        (["BAN CHỈ ĐẠO RÀ SOÁT HỘ NGHÈO", "DANH SÁCH HỘ NĂM 2025"], ""),
        (["DANH SÁCH HỘ NGHÈO NĂM 2025", "DANH SÁCH HỘ CẬN NGHÈO NĂM 2025"], ""),
    ],
)
def test_only_a_title_of_one_class_tells_it(lines: list[str], level: str) -> None:
    assert read_title(lines, "DS") == ListTitle(level=level)


@pytest.mark.parametrize("line", ["II. HỘ CẬN NGHÈO", "Danh sách hộ thoát nghèo"])
def test_a_second_part_below_takes_its_word_from_the_title(line: str) -> None:
    assert read_title(["DANH SÁCH HỘ NGHÈO"], "DS", ["I. Hộ nghèo"]).level == "poor"
    assert read_title(["DANH SÁCH HỘ NGHÈO"], "DS", ["I. Hộ nghèo", line]).level == ""


@pytest.mark.parametrize(
    ("line", "paper"),
    [
        ("(Kèm theo Quyết định số 15/QĐ-UBND ngày 20/12/2025 của UBND xã X)", ("15/QĐ-UBND", DAY)),
        (
            "Ban hành kèm theo Quyết định số: 15 / QĐ-UBND ngày 20 tháng 12 năm 2025",
            ("15/QĐ-UBND", DAY),
        ),
        ("Kèm theo QĐ số 15/2025/QĐ-UBND, ngày 20-12-2025", ("15/2025/QĐ-UBND", DAY)),
        ("(Kèm theo Quyết định số 15/QĐ-UBND ngày    tháng 12 năm 2025)", ("15/QĐ-UBND", None)),
        ("(Kèm theo Quyết định số 15/QĐ-UBND ngày 31/02/2025)", ("15/QĐ-UBND", None)),
        ("Quyết định số     /QĐ-UBND ngày    /12/2025", None),
        ("(Theo Quyết định số 24/2021/QĐ-TTg ngày 16/7/2021 của Thủ tướng Chính phủ)", None),
        ("Căn cứ Quyết định số 5/QĐ-UBND ngày 20/12/2025", None),
        ("Quyết định số 5/QĐ-UBND ngày 20/12/2025 của UBND huyện X", None),
        ("Quyết định số 5/QĐ-LĐTBXH ngày 20/12/2025", None),
        ("(Kèm theo Biên bản họp thôn ngày 20/12/2025)", None),
        ("(Kèm theo Thông báo số 15/TB-UBND ngày 20/12/2025)", None),
        ("Quyết định số 15/QĐ-UBND và Quyết định số 16/QĐ-UBND ngày 20/12/2025", None),
        ("Quyết định số 15/QĐ-UBND ngày 20/12/2025 và 16/QĐ-UBND ngày 21/12/2025", None),
        ("Quyết định số 15, 16/QĐ-UBND ngày 20/12/2025", None),
        ("Kèm theo QĐ số 15/QĐ-UBND ngày 20/12/2025, QĐ số 16/QĐ-UBND ngày 21/12/2025", None),
        ("Căn cứ Quyết định số 15/QĐ-UBND và Quyết định số 16/QĐ-UBND ngày 21/12/2025", None),
        ("Căn cứ các Quyết định số 15/QĐ-UBND", None),
        (
            "Căn cứ QĐ số 5/QĐ-UBND, ban hành kèm theo Quyết định số 15/QĐ-UBND ngày 20/12/2025",
            ("15/QĐ-UBND", DAY),
        ),
    ],
)
def test_the_decision_of_the_commune_is_read_and_no_other(
    line: str, paper: tuple[str, date | None] | None
) -> None:
    assert read_title([line], "DS").paper == (Paper(*paper) if paper else NO_PAPER)


def test_a_row_is_completed_only_by_its_own_decision() -> None:
    title = Paper("15/QĐ-UBND", DAY)
    assert Paper("15").completed(title) == Paper("15", DAY)
    assert Paper("16/QĐ-UBND").completed(title) == Paper("16/QĐ-UBND")
    other = Paper(signed_on=date(2025, 1, 2))
    assert other.completed(title) == other
