"""The three layouts read back with two libraries: each cell against the paper register."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from giamngheo_desktop.exports.xlsx_read import read_workbook
from giamngheo_desktop.reports.layout import row_texts
from giamngheo_desktop.reports.list_layouts import list_bytes, render_layout
from giamngheo_desktop.reports.name_list import build_list, read_list
from giamngheo_desktop.services import households
from tests.harness.register import STANDARD, empty_database, make_register
from tests.harness.register_2026 import Written
from tests.harness.tables import definitions

Rows = list[list[Any]]
HEADINGS_27 = [
    "STT", "STT hộ", "Họ và tên chủ hộ", "Họ và tên thành viên", "Quan hệ với chủ hộ", "Ngày sinh",
    "Giới tính", "CCCD", "Tỉnh", "Huyện", "Mã huyện", "Xã", "Mã xã", "Thôn", "Dân tộc",
    "Phân loại hộ", "Số QĐ công nhận", "Ngày ban hành QĐ", "Điểm B1", "Điểm B2", "Hộ DTTS",
    "Hộ không có khả năng lao động", "Hộ có thành viên là người có công", "Nguyên nhân nghèo",
    None, "Tuổi", "Số nhân khẩu",
]  # fmt: skip
HEADINGS_EXIT = [
    None, "STT hộ", "Họ và tên", "Quan hệ với chủ hộ", "Giới tính", "Ngày sinh", "CCCD", "Dân tộc",
    "Địa chỉ", "Điểm B1", "Điểm B2", None, "Ghi chú", None, "Tuổi", "Số nhân khẩu",
]  # fmt: skip
SEXES = {"male": "Nam", "female": "Nữ"}
GROUPS = {
    "01": "Kinh", "02": "Tày", "03": "Thái", "05": "Khơ-me", "06": "Mường", "07": "Nùng",
    "08": "Mông", "19": "Hrê", "20": "Mnông", "54": "Rơ-măm",
}  # fmt: skip
CLASSES = {"poor": "Hộ nghèo", "near_poor": "Hộ cận nghèo"}
CAUSES = {
    "land": "Thiếu đất sản xuất",
    "capital": "Thiếu vốn",
    "labour": "Thiếu lao động",
    "tools": "Thiếu công cụ sản xuất",
    "knowledge": "Thiếu kiến thức sản xuất",
    "skills": "Thiếu kỹ năng lao động",
    "illness": "Ốm đau, tai nạn",
    "other": "Khác",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    path: Path = tmp_path_factory.mktemp("register") / "2026.db"
    with empty_database(path) as database:
        yield Written(database).write()


def workbook(written: Written, layout: str) -> bytes:
    return render_layout(written.database, definitions(), layout, year=2026)


def with_openpyxl(data: bytes) -> dict[str, Rows]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def with_calamine(data: bytes, folder: Path) -> dict[str, Rows]:
    path = folder / "read.xlsx"
    path.write_bytes(data)
    found: dict[str, Rows] = {}
    for row in read_workbook(path):
        rows = found.setdefault(row.sheet, [])
        rows += [[]] * (row.number - 1 - len(rows))
        rows.append([None if cell == "" else cell for cell in row.cells])
    return found


def day_of(birth: str) -> str:
    return "/".join(reversed(birth.split("-")))


def age_of(birth: str) -> int:
    return 2026 - int(birth[:4])  # on 31/12 everybody had the birthday


def listed(written: Written, *classes: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The households of the paper that are in one of the classes, by head and head's birth."""
    found = {}
    for row in written.paper["households"]:
        if row["closing_class"] in classes:
            (head,) = [one for one in row["members"] if one["is_head"]]
            found[head["name"], day_of(head["birth"])] = row
    return found


def grouped(rows: Rows, number: int, name: int, birth: int) -> Iterator[tuple[Any, Rows]]:
    """The rows of each household, which begins where it has a number."""
    starts = [at for at, row in enumerate(rows) if row[number] is not None]
    assert [rows[at][number] for at in starts] == list(range(1, len(starts) + 1))
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield (rows[start][name], rows[start][birth]), rows[start:end]


def test_27_columns_hold_what_the_papers_say(written: Written, tmp_path: Path) -> None:
    data = workbook(written, "27")
    (rows,) = with_openpyxl(data).values()
    assert rows[6] == HEADINGS_27
    papers = listed(written, "poor", "near_poor")
    lines, seen = 0, []
    for key, found in grouped(rows[7:], 1, 3, 5):
        row = papers[key]
        seen.append(key)
        people = {(one["name"], day_of(one["birth"])): one for one in row["members"]}
        assert len(found) == len(people)
        ethnicity = found[0][14]
        for at, cells in enumerate(found):
            one = people.pop((cells[3], cells[5]))
            lines += 1
            assert cells == [
                lines,
                len(seen) if at == 0 else None,
                key[0],
                one["name"],
                relation(row, one),
                day_of(one["birth"]),
                SEXES[one["sex"]],
                None,
                "Tỉnh Thí Điểm",
                None,
                None,
                "Xã Thí Điểm",
                None,
                row["village"],
                GROUPS[one["ethnicity"]],
                CLASSES[row["closing_class"]],
                None,
                None,
                row["b1"],
                10 * len(row["deprived"]),
                "x" if ethnicity != "Kinh" else None,
                "x" if row["no_labour_capacity"] else None,
                "x" if row["merit"] else None,
                "; ".join(CAUSES[code] for code in CAUSES if code in row["causes"]) or None,
                None,
                age_of(one["birth"]),
                len(row["members"]),
            ]
    assert sorted(seen) == sorted(papers)
    (again,) = with_calamine(data, tmp_path).values()
    assert [row[:27] for row in again[6:]] == rows[6:]


def relation(row: dict[str, Any], one: dict[str, Any]) -> str | None:
    """What members of a household that split off are to the new head nobody typed in this file."""
    if (row["event"] or "").startswith("split_from") and not one["is_head"]:
        return None
    return str(one["relation"])


@pytest.mark.parametrize(
    ("at", "homes"), [(0, ("H05", "H06", "H27", "H28")), (1, ("H16", "H36", "H43"))]
)
def test_exits_stand_from_row_10(
    written: Written, tmp_path: Path, at: int, homes: tuple[str, ...]
) -> None:
    data = workbook(written, "exit")
    rows = list(with_openpyxl(data).values())[at]
    assert rows[8] == HEADINGS_EXIT
    papers = {row["id"]: row for row in written.paper["households"]}
    heads = {}
    for home in homes:
        (head,) = [one for one in papers[home]["members"] if one["is_head"]]
        heads[head["name"], day_of(head["birth"])] = papers[home]
    seen = []
    for key, found in grouped(rows[9:], 1, 2, 5):
        row = heads[key]
        seen.append(row["id"])
        people = {(one["name"], day_of(one["birth"])): one for one in row["members"]}
        assert len(found) == len(people)
        for line, cells in enumerate(found):
            one = people.pop((cells[2], cells[5]))
            assert cells == [
                None,
                len(seen) if line == 0 else None,
                one["name"],
                relation(row, one),
                SEXES[one["sex"]],
                day_of(one["birth"]),
                None,
                GROUPS[one["ethnicity"]],
                row["village"],
                row["b1"],
                10 * len(row["deprived"]),
                None,
                None,
                None,
                age_of(one["birth"]),
                len(row["members"]),
            ]
    assert sorted(seen) == sorted(homes)
    again = list(with_calamine(data, tmp_path).values())[at]
    assert [row[:16] for row in again[8:]] == rows[8:]


# Rows typed from the papers: no, member, name, Nam, Nữ, dân tộc, quan hệ, 5–7, 8, 9, 10, 11–16.
_NONE = [None] * 6
DETAIL = [
    [None, None, "Thôn Đồi Sim: 8 hộ", *[None] * 16],
    [1, 1, "A Hiển", "1986", None, "Rơ-măm", "Chủ hộ", None, None, "x", None, "x", None, *_NONE],
    [None, 2, "A Châu", None, "1989", "Rơ-măm", "Vợ", *[None] * 6, *_NONE],
]


def test_19_columns_of_the_detailed_list(written: Written, tmp_path: Path) -> None:
    data = workbook(written, "detail")
    poor, near_poor = with_openpyxl(data).values()
    tops: list[int] = []
    for rows, words in (
        (poor, ["Nghèo mới", "Tái nghèo", "Nghèo cũ"]),
        (near_poor, ["Cận nghèo mới", "Tái cận nghèo", "Cận nghèo cũ"]),
    ):
        top = next(at for at, row in enumerate(rows) if row[0] == "STT chủ hộ")
        assert rows[top - 4][0].startswith("DANH SÁCH CHI TIẾT HỘ "), rows[:top]
        tops.append(top)
        assert rows[top][:4] == [
            "STT chủ hộ",
            "STT thành viên hộ",
            "HỌ, TÊN CHỦ HỘ VÀ THÀNH VIÊN TRONG HỘ; THÔN, BON, BUÔN, TỔ DÂN PHỐ",
            "NĂM SINH",
        ]
        assert rows[top][5:8] == [
            "Dân tộc",
            "Quan hệ với chủ hộ",
            "CHIA HỘ NGHÈO THEO" if rows is poor else "CHIA HỘ CẬN NGHÈO THEO",
        ]
        assert rows[top][10:14] == [
            "Hộ chính sách có công",
            "Hộ DTTC",
            "Hộ không có khả năng lao động",
            "Chính sách hỗ trợ tiếp cận với các dịch vụ xã hội cơ bản",
        ]
        assert rows[top + 1][3:10] == ["Nam", "Nữ", None, None, *words]
        assert rows[top + 1][13:] == [
            "Hỗ trợ y tế",
            "Hỗ trợ giáo dục",
            "Hỗ trợ sản xuất",
            "Hỗ trợ vay vốn tín dụng",
            "Hỗ trợ nhà ở",
            "Khác",
        ]
        assert rows[top + 2] == ["A", "B", "C", *(f"({number})" for number in range(1, 17))]
    top = next(at for at, row in enumerate(poor) if row[0] == "STT chủ hộ")
    assert poor[top + 3 : top + 6] == DETAIL
    assert tops == [top, top]  # each list with its own heading
    again = next(iter(with_calamine(data, tmp_path).values()))
    assert [row[:19] for row in again[top : top + 60]] == poor[top : top + 60]


def test_texts_stay_texts_and_numbers_of_papers_keep_their_zeros(tmp_path: Path) -> None:
    with empty_database(tmp_path / "one.db") as database:
        register = make_register(database, "A")
        home = register.household("=1+1", "+SUM(A1)", address="@nhà 5", note="-1")
        draft = replace(
            home, members=tuple(replace(one, id_number="038085000123") for one in home.members[:1])
            + home.members[1:],
        )  # fmt: skip
        households.save(database, register.context, draft, day=date(2025, 1, 1), base=home)
        register.give_class(home.uid, "poor")
        data = render_layout(database, definitions(), "27", year=2026, standard=STANDARD)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    cells = [[sheet[f"{letter}{row}"] for letter in "CDH"] for row in (8, 9)]
    assert [[cell.value for cell in row] for row in cells] == [
        ["=1+1", "=1+1", "038085000123"],
        ["=1+1", "+SUM(A1)", None],
    ]
    assert {cell.data_type for row in cells for cell in row if cell.value} == {"s"}
    assert sheet["F8"].value == "05/1980"
    path = tmp_path / "read.xlsx"
    path.write_bytes(data)
    assert read_workbook(path)[7].cells[2:4] == ("=1+1", "=1+1")


@pytest.mark.parametrize("code", ["bang_27", "bang_thoat_ngheo", "bang_thoat_can_ngheo"])
def test_the_paper_of_a_layout_has_its_rows_and_its_values(written: Written, code: str) -> None:
    found = read_list(written.database, definitions(), code, year=2026)
    (sheet,) = with_openpyxl(list_bytes(found, "xlsx")).values()
    definition = found[0].definition
    letters = {leaf.field: leaf.letter for leaf in definition.leaves() if leaf.field}
    (table,) = build_list(*found).tables
    told = sheet[definition.first_row - 1 :]
    assert len(told) == len(table.rows) > 0
    for written_row, row in zip(told, table.rows, strict=True):
        texts = dict(zip((leaf.key for leaf in table.leaves), row_texts(table, row), strict=True))
        assert row.household
        for field, letter in letters.items():
            value = written_row[column_index_from_string(letter) - 1]
            assert texts[field] == ("" if value is None else str(value)), (field, texts)


def test_a_wide_layout_is_printed_on_a3_and_cuts_no_word(written: Written) -> None:
    for layout, paper in (("27", 8), ("exit", 9)):
        book = openpyxl.load_workbook(io.BytesIO(workbook(written, layout)))
        for sheet in book:
            setup = sheet.page_setup
            assert (setup.paperSize, setup.orientation, setup.fitToWidth) == (paper, "landscape", 1)
            body = sheet.iter_rows(min_row=sheet.max_row)
            texts = [cell for row in body for cell in row if isinstance(cell.value, str)]
            assert texts
            assert all(cell.alignment.wrap_text for cell in texts)
    (sheet,) = openpyxl.load_workbook(io.BytesIO(workbook(written, "27")))
    high = {
        bool(sheet.row_dimensions[row].height)
        for row in range(8, sheet.max_row + 1)
        if len(sheet[f"X{row}"].value or "") > 25
    }
    assert high == {True}  # as high as its causes: no program makes it so by itself


def test_the_same_data_give_the_same_bytes(written: Written) -> None:
    assert workbook(written, "27") == workbook(written, "27")
