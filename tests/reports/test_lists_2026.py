"""The lists of the stranger's register: who is on each, by village, and every movement word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from giamngheo_desktop.domain.name_list import MOVEMENT_LABELS
from giamngheo_desktop.reports.as_json import as_data
from giamngheo_desktop.reports.document import PageBreak
from giamngheo_desktop.reports.name_list import build_list, make_list, read_list
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.services.name_lists import ListData
from tests.harness.register import empty_database
from tests.harness.register_2026 import FOLDER, Written
from tests.harness.tables import column, definitions, paper

CODES = {
    "hộ nghèo": "ho_ngheo",
    "hộ cận nghèo": "ho_can_ngheo",
    "hộ thoát nghèo": "thoat_ngheo",
    "hộ thoát cận nghèo": "thoat_can_ngheo",
    "hộ mới thoát nghèo tính đến 31/12/2026": "moi_thoat_ngheo",
    "hộ MSTB": "mstb",
    "hộ không có khả năng lao động (nghèo + cận nghèo)": "khong_lao_dong",
    "hộ BTXH (nghèo + cận nghèo)": "btxh",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    path: Path = tmp_path_factory.mktemp("register") / "2026.db"
    with empty_database(path) as database:
        yield Written(database).write()


def read(written: Written, code: str, **asked: Any) -> ListData:
    return read_list(written.database, definitions(), code, year=2026, **asked)[0]


def expected() -> Any:
    return json.loads((FOLDER / "expected_lists.json").read_text("utf-8"))


def by_village(written: Written, data: ListData) -> dict[str, set[str]]:
    ids = {home: name for name, home in written.homes.items()}
    return {
        village.name: {ids[line.household] for line in village.lines} for village in data.villages
    }


def test_every_list_of_the_stranger_is_asked() -> None:
    assert set(expected()["lists"]) == set(CODES)


@pytest.mark.parametrize("name", CODES)
def test_each_list_names_the_strangers_households(written: Written, name: str) -> None:
    wanted = {village: set(homes) for village, homes in expected()["lists"][name].items() if homes}
    assert by_village(written, read(written, CODES[name])) == wanted


@pytest.mark.parametrize("name", ["hộ nghèo", "hộ cận nghèo"])
def test_the_ticks_and_the_status_are_the_strangers(written: Written, name: str) -> None:
    prefix = "poor" if name == "hộ nghèo" else "near_poor"
    found = {}
    for home, facts in facts_of(written, CODES[name]).items():
        moved = facts["movement"]
        ticks = [code for code in moved if code != "status"]
        assert len(ticks) == 1
        assert ticks[0].startswith(f"{prefix}_")
        found[home] = (MOVEMENT_LABELS[ticks[0]], moved["status"])
    assert found == {
        home: (words["list_word"], words["status"])
        for home, words in expected()["movement_words"][name].items()
    }


@pytest.mark.parametrize("name", ["hộ thoát nghèo", "hộ thoát cận nghèo"])
def test_the_words_of_who_left_are_the_strangers(written: Written, name: str) -> None:
    found = {
        home: facts["movement"]["status"] for home, facts in facts_of(written, CODES[name]).items()
    }
    assert found == expected()["movement_words"][name]


def facts_of(written: Written, code: str) -> dict[str, Any]:
    ids = {home: name for name, home in written.homes.items()}
    return {
        ids[line.household]: line.facts
        for village in read(written, code).villages
        for line in village.lines
    }


@pytest.mark.parametrize(
    ("code", "report", "key"),
    [("ho_ngheo", "BC1", "poor"), ("ho_can_ngheo", "BC1", "near_poor"), ("mstb", "BC1", "average")],
)
def test_a_list_has_as_many_households_as_the_cell(
    written: Written, code: str, report: str, key: str
) -> None:
    doc = paper(written.database, report)
    keys = [leaf.key for leaf in doc.tables[0].value_leaves if leaf.key.startswith(key)]
    cells = column(doc, keys[0])
    data = read(written, code)
    assert data.households == cells.pop("Tổng cộng")
    assert {v.name: len(v.lines) for v in data.villages} == {
        name: count for name, count in cells.items() if count
    }


def test_a_village_alone_is_its_part_of_the_whole(written: Written) -> None:
    unit = written.villages["Thôn Suối Mơ"]
    whole, part = read(written, "ho_ngheo"), read(written, "ho_ngheo", unit=unit)
    assert [v for v in whole.villages if v.uid == unit] == list(part.villages)
    doc = make_list(written.database, definitions(), "ho_ngheo", year=2026, unit=unit)
    (table,) = doc.tables
    assert doc.subtitle[0] == "Thôn Suối Mơ"
    numbers = ["1", "2", "3", "4", "5", "6", "7", ""]
    assert [row.labels[0] for row in table.rows] == numbers
    assert [row["labels"]["household_number"] for row in as_data(doc)["rows"]] == numbers
    assert [row.household for row in table.rows[:-1]] == [
        line.household for line in part.villages[0].lines
    ]
    assert table.rows[-1].household is None


def test_apart_each_village_is_a_table_of_its_own_and_the_whole_is_told(written: Written) -> None:
    data, read_with = read_list(written.database, definitions(), "ho_ngheo", year=2026)
    doc = build_list(data, read_with, apart=True)
    assert [(table.title, len(table.rows) - 1) for table in doc.tables] == [
        (village.name, len(village.lines)) for village in data.villages
    ]
    for table, village in zip(doc.tables, data.villages, strict=True):
        size = len(village.lines)
        assert [row.labels[0] for row in table.rows[:-1]] == [str(at + 1) for at in range(size)]
        assert table.row_name(table.rows[-1]) == f"Tổng cộng: {size} hộ"
    assert sum(isinstance(piece, PageBreak) for piece in doc.body) == len(data.villages) - 1
    assert "Cả danh sách: 15 hộ, 59 nhân khẩu." in doc.notes
    pages = pypdfium2.PdfDocument(render_pdf(doc).data)
    shown = [page.get_textpage().get_text_bounded() for page in pages]
    first = [
        next(at for at, text in enumerate(shown) if f"\n{v.name}" in text.replace("\r", ""))
        for v in data.villages
    ]
    assert first == sorted(set(first))


def test_heads_stand_in_vietnamese_order_and_sums_below_the_village(written: Written) -> None:
    """By hand: given names first (a ă â b c d đ e ê …); A Hiển and Y Khải are one name each."""
    doc = make_list(written.database, definitions(), "ho_ngheo", year=2026)
    (table,) = doc.tables
    rows = [(row.labels, table.cell(at, "persons").value) for at, row in enumerate(table.rows)]
    first = next(at for at, (labels, _) in enumerate(rows) if labels[1].startswith("Thôn Suối"))
    assert rows[0] == (("", "Thôn Đồi Sim: 8 hộ"), 35)  # as in BC1
    assert [labels[1] for labels, _ in rows[1:first]] == [
        "A Hiển",
        "Doãn Thị Châu",
        "Tạ Văn Đạt",
        "Vương Văn Lâm",
        "Kim Văn Phong",
        "Hoàng Thị Quế",
        "Điểu Tùng",
        "Y Khải",
    ]
    assert rows[first] == (("", "Thôn Suối Mơ: 7 hộ"), 24)
    assert rows[-1] == (("", "Tổng cộng: 15 hộ"), 59)


def test_a_list_that_no_closing_freezes_does_not_say_it_was_closed(written: Written) -> None:
    doc = make_list(written.database, definitions(), "moi_thoat_ngheo", year=2026)
    assert doc.subtitle == ("Xã Thí Điểm", "(Theo Chuẩn nghèo 2022–2026)")
    assert doc.extra["frozen"] == "false"
