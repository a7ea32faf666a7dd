"""Rows of a list that are no person though something stands in every column."""

from __future__ import annotations

import pytest

from giamngheo_desktop.domain.sheet_headings import find_head
from giamngheo_desktop.domain.sheet_rows import RowKind, classified
from giamngheo_desktop.domain.sheet_table import Sheet
from tests.harness import foreign_lists

HEAD = ("TT", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ", "CCCD", "Dân tộc")


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("", "CỘNG THÔN CÂY TẮT", "", "", "", "26 người", ""), RowKind.SUBTOTAL),
        (("", "Cộng", "", "", "7 hộ", "26 người", "3"), RowKind.SUBTOTAL),
        (("II", "cong thon Cay Tat", "", "", "", "26", ""), RowKind.SUBTOTAL),
        (("", "Tổng số", "", "", "", "26 người", "2"), RowKind.TOTAL),
        (("", "TONG CONG", "", "", "", "26", ""), RowKind.TOTAL),
        (("", "Céng: 01 hé", "", "", "", "", ""), RowKind.SUBTOTAL),  # one line of an old font
        (("Toång coäng: 12 hoä", "", "", "", "", "", ""), RowKind.TOTAL),
        (("1", "Cong Van An", "", "", "", "26", ""), RowKind.DATA),  # a name typed without marks
        (("1", "Công Thị Bản", "", "", "", "26", ""), RowKind.DATA),
        (("1", "Lò Văn An", "", "", "", "", "Cộng đồng giúp"), RowKind.DATA),
        (("1", "Tống Thị Số", "", "", "", "", "Kinh"), RowKind.DATA),
        (("1", "Cộng Văn An", "1980", "", "", "26", ""), RowKind.DATA),
        (("1", "Cộng Văn An", "", "", "Con", "26", ""), RowKind.DATA),
        (("1", "Cộng Văn An", "", "", "", "042080001234", ""), RowKind.DATA),
    ],
)
def test_a_row_that_counts_is_no_person(cells: tuple[str, ...], kind: RowKind) -> None:
    sheet = Sheet(name="DS", rows={1: HEAD, 2: cells})
    head = find_head(sheet, foreign_lists.definitions().headings)
    assert head is not None
    assert [row.kind for row in classified(sheet, head)] == [RowKind.HEADING, kind]


@pytest.mark.parametrize(
    ("name", "village", "relation", "number"),
    [
        ("Chủ hộ / thành viên", "Xóm", "QH", "Số chứng minh"),
        ("Tên chủ hộ, thành viên", "Thôn/xóm", "QH với chủ hộ", "CMND"),
        ("Họ tên chủ hộ và thành viên", "Xóm", "QH", "Số chứng minh"),
    ],
)
def test_the_headings_that_villages_write(
    name: str, village: str, relation: str, number: str
) -> None:
    cells = ("TT", name, "Năm sinh", relation, village, number)
    sheet = Sheet(name="DS", rows={1: cells, 2: ("1", "Hồ Văn Mới", "1980", "Chủ hộ", "", "")})
    head = find_head(sheet, foreign_lists.definitions().headings)
    assert head is not None
    assert [*head.fields.values()] == [
        "line", "full_name", "birth", "relation", "village", "id_number",
    ]  # fmt: skip
