"""A list that says it is another commune's or another year's waits for the officer's word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from giamngheo_desktop.domain.sheet_table import Row, Sheet
from giamngheo_desktop.services.importing.plan import ALL, Choices, Purpose
from tests.harness.list_imports import HEADINGS, VILLAGES, Town, book_of, town

PERSON = (VILLAGES[0], "1", "Lê Thị Hai", "Chủ hộ", "31/01/1990", "Nữ", "", "Hộ nghèo")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as found:
        yield found


def said(here: Town, titles: Row, *units: str, purpose: Purpose = Purpose.RESULT) -> dict[str, str]:
    """The doubts of a list with these titles and these units (province, commune) in its columns."""
    names = ("Tỉnh", "Xã")[: len(units)]
    cells: list[Row] = [*((title,) for title in titles), (*HEADINGS, *names), (*PERSON, *units)]
    sheet = Sheet(name="DS", rows=dict(enumerate(cells, 1)))
    plan = here.plan(book_of(sheet), purpose)
    assert bool(plan.taken(ALL)) is not bool(plan.doubts)
    assert plan.taken(Choices(confirmed=True))
    return {one.code: one.said for one in plan.doubts}


@pytest.mark.parametrize(
    ("titles", "units", "found"),
    [
        (("UBND XÃ HƯƠNG KHÊ", "DANH SÁCH HỘ NGHÈO"), (), {"commune": "HƯƠNG KHÊ"}),
        (("Danh sách hộ nghèo xã Hương Khê năm 2025",), (), {"commune": "Hương Khê"}),
        (("XÃ SUỐI LÀNH", "Năm 2025"), ("Đông Sơn", "suoi lanh"), {}),
        (
            ("Năm 2025",),
            ("Nghệ An", "Xã Hương Khê"),
            {"province": "Nghệ An", "commune": "Xã Hương Khê"},
        ),
        ((), ("42", "18409"), {}),
        (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Danh sách toàn xã", "CỦA XÃ NĂM 2025"), (), {}),
        (("KẾT QUẢ RÀ SOÁT NĂM 2026",), (), {"year": "2026"}),
        (("Năm 2024 so với năm 2025",), (), {}),
        (("Kèm Quyết định ngày 05 tháng 12 năm 2024, ngày 3 tháng 1 năm 2026",), (), {}),
    ],
)
def test_what_a_list_says_of_itself(
    here: Town, titles: Row, units: tuple[str, ...], found: dict[str, str]
) -> None:
    assert said(here, titles, *units) == found


def test_only_a_result_is_of_a_year(here: Town) -> None:
    assert said(here, ("Năm 2026",), purpose=Purpose.NEW) == {}
