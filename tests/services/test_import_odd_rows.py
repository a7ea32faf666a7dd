"""Rows that are not what they seem: cells with an error, households without a head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.domain.sheet_table import Sheet
from giamngheo_desktop.services.importing.plan import ALL, CellState, Choices, Purpose, RowState
from tests.harness.list_imports import (
    HEADINGS,
    VILLAGES,
    Town,
    book_of,
    cell_of,
    row_of,
    sheet_of,
    town,
)
from tests.independent.lists import legacy

HERE = VILLAGES[0]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as found:
        yield found


def test_the_words_of_an_error_are_no_answers(here: Town) -> None:
    rows = (
        f"{HERE} | #REF! | #N/A | Chủ hộ | 1980 | Nam | #VALUE! | ",
        f"{HERE} | #REF! | Hồ Thị Hai | Vợ | #NUM! | Nữ | | ",
        f"{HERE} | #REF! | Hồ Văn Ba | Chủ hộ | 1970 | #NAME? | | ",
        f"{HERE} | #REF! | Hồ Thị Bốn | Vợ | 1972 | Nữ | | ",
    )
    plan = here.plan(book_of(sheet_of(*rows)), Purpose.NEW)
    nobody, wife, head, _ = plan.rows
    assert (nobody.name, nobody.state) == ("", RowState.PROBLEM)
    for name, field in (
        ("", "full_name"),
        ("", "id_number"),
        (wife.name, "birth"),
        (head.name, "sex"),
    ):
        cell = cell_of(plan, name, field)
        assert (cell.state, cell.finding) == (CellState.PROBLEM, "cell_error")
    assert [row.home for row in plan.rows] == [2, 2, 4, 4]  # a number that is none binds nobody


def test_a_new_household_has_a_head_or_waits_for_one(here: Town) -> None:
    said = (f"{HERE} | 1 | Hồ Thị Hai | Vợ | 1980 | Nữ", f"{HERE} | 1 | Hồ Ba | Con | 2010 | Nam")
    plan = here.plan(book_of(sheet_of(*said)), Purpose.NEW)
    assert [row.finding for row in plan.rows] == ["head_missing"] * 2
    assert [row.state for row in plan.rows] == [RowState.PROBLEM] * 2
    silent = (f"{HERE} | 1 | Hồ Thị Hai | | 1980 | Nữ", said[1])
    plan = here.plan(book_of(sheet_of(*silent)), Purpose.NEW)
    first = row_of(plan, "Hồ Thị Hai")
    assert (first.state, first.finding) == (RowState.PROPOSAL, "head_first")
    assert plan.taken(Choices()) == ()
    here.apply(plan)
    again = here.plan(book_of(sheet_of(*silent)), Purpose.NEW)
    assert again.is_nothing_to_do
    assert here.plan(book_of(sheet_of(*said)), Purpose.NEW).rows[0].finding == ""


def test_of_a_list_of_heads_the_others_are_told_and_what_is_not_written_is_counted(
    here: Town,
) -> None:
    headings = ("Họ và tên chủ hộ", "Ngày sinh", "Giới tính", "Thôn", "Số nhân khẩu")
    rows = (f"Hồ Văn Một | 31/02/1970 | Nam | {HERE} | 5", f"Hồ Thị Hai | 1971 | Nữ | {HERE} | 1")
    plan = here.plan(book_of(sheet_of(*rows, headings=headings)), Purpose.NEW)
    assert [row.state for row in plan.rows] == [RowState.PROPOSAL, RowState.NEW]
    persons = cell_of(plan, "Hồ Văn Một", "persons")
    assert (persons.old_text, persons.new_text, persons.finding) == ("1", "5", "count_unlisted")
    assert row_of(plan, "Hồ Thị Hai").cell("persons") is None
    report = here.apply(plan).value
    assert (report.households, report.open_cells) == (2, 1)  # a day that does not exist


def _sheet(*rows: str, merged: tuple[tuple[int, int, int, int], ...] = ()) -> Sheet:
    cells = {at: tuple(map(str.strip, row.split("|"))) for at, row in enumerate(rows, 1)}
    return Sheet(name="DS", rows=cells, merged=merged)


def test_a_name_in_two_columns_under_one_heading_is_whole(here: Town) -> None:
    sheet = _sheet(
        "STT | Họ và tên chủ hộ | | Năm sinh | Giới tính | Thôn",
        f"1 | Lê Văn | An | 1960 | Nam | {HERE}",
        f"2 | Trần Thị Ba | | 1961 | Nữ | {HERE}",
        merged=((1, 1, 1, 2), (3, 1, 3, 2)),
    )
    plan = here.plan(book_of(sheet), Purpose.NEW)
    assert [row.name for row in plan.rows] == ["Lê Văn An", "Trần Thị Ba"]
    assert cell_of(plan, "Lê Văn An", "full_name").raw == "Lê Văn An"
    assert "C" not in plan.sheets[0].headings  # it is read: nobody is told of a column left out
    rows = {**sheet.rows, 3: ("2", "Trần Thị", "Ba", *sheet.rows[3][3:])}
    lost = here.plan(book_of(replace(sheet, rows=rows, merged=())), Purpose.NEW)  # as an .ods does
    assert [row.state for row in lost.rows] == [RowState.PROPOSAL] * 2
    assert cell_of(lost, "Lê Văn", "full_name").finding == "name_maybe_cut"
    assert lost.taken(ALL) == ()


def test_a_class_ticked_in_a_column_of_its_own_is_that_class(here: Town) -> None:
    sheet = _sheet(
        "STT | Họ và tên chủ hộ | Năm sinh | Giới tính | Thôn | Phân loại | ",
        "| | | | | Hộ nghèo | Hộ cận nghèo",
        f"1 | Lê Văn An | 1960 | Nam | {HERE} | x | ",
        f"2 | Lê Văn Ba | 1961 | Nam | {HERE} | | x",
        f"3 | Lê Văn Tư | 1962 | Nam | {HERE} | x | x",
        f"4 | Lê Văn Năm | 1963 | Nam | {HERE} | | ?",
        merged=((1, 5, 1, 6),),
    )
    plan = here.plan(book_of(sheet), Purpose.RESULT)
    told = [row.cell("household_class") for row in plan.rows]
    assert [cell and (cell.column, cell.new, cell.finding) for cell in told] == [
        ("F", "poor", ""),
        ("G", "near_poor", ""),
        ("G", None, "two_states"),
        ("G", None, "tick_unknown"),
    ]
    assert here.plan(book_of(sheet), Purpose.NEW).sheets[0].idle == ("F", "G")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("BIỂU TỔNG HỢP HỘ CẬN NGHÈO THÔN {here} NĂM 2025", "DS"),
        ("Đơn vị: Thôn {here}", "DS"),
        ("DANH SÁCH HỘ NGHÈO KHU VỰC NÔNG THÔN", "2. {here}"),
    ],
)
def test_the_village_of_a_list_is_named_in_its_title_or_by_its_sheet(
    here: Town, title: str, name: str
) -> None:
    own = HERE.partition(" ")[2]
    cells = _sheet(
        title.format(here=own.upper()),
        "STT | Họ và tên chủ hộ | Năm sinh | Giới tính | Thôn",
        "1 | Lê Văn An | 1960 | Nam | ",
        f"2 | Lê Văn Ba | 1961 | Nam | {VILLAGES[1]}",
        "3 | Lê Văn Tư | 1961 | Nam | TDP 03",  # Tổ dân phố 3
        "4 | Lê Văn Năm | 1961 | Nam | Tổ dân phố 30",
    )
    plan = here.plan(book_of(replace(cells, name=name.format(here=own))), Purpose.NEW)
    assert [(row.state, row.village_name) for row in plan.rows] == [
        (RowState.NEW, HERE),
        (RowState.NEW, VILLAGES[1]),
        (RowState.NEW, "TDP 03"),
        (RowState.PROBLEM, "Tổ dân phố 30"),
    ]


def test_a_title_of_two_villages_names_none_and_then_the_officer_does(here: Town) -> None:
    own, other = (name.partition(" ")[2] for name in VILLAGES[:2])
    cells = _sheet(
        f"DANH SÁCH THÔN {own.upper()}, THÔN {other.upper()}",
        "STT | Họ và tên chủ hộ | Năm sinh | Giới tính | Thôn",
        "1 | Lê Văn An | 1960 | Nam | ",
        "2 | Lê Văn Ba | 1961 | Nam | Thôn Ở Đâu",
    )
    plan = here.plan(book_of(cells), Purpose.NEW)
    assert [row.finding for row in plan.rows] == ["village_unknown"] * 2
    plan = here.plan(book_of(cells), Purpose.NEW, village=HERE)
    assert [row.finding for row in plan.rows] == ["", "village_unknown"]
    assert plan.rows[0].village_name == HERE


_HOME_ROWS = (
    f"Lê Văn An | 1960 | Nam | {HERE}",
    "Trần Thị Ba | 1962 | Nữ | ",
    f"Lê Văn Con | 1990 | Nam | {HERE}",
    f"Hồ Văn Dũng | 1960 | Nam | {HERE}",
)


@pytest.mark.parametrize(
    ("heading", "firsts", "merged"),
    [
        ("STT", "1  4", ((2, 0, 4, 0),)),
        ("Hộ số", "1  2", ((2, 0, 4, 0),)),
        ("Hộ số", "1  2", ()),
        ("Hộ số", "1112", ()),
    ],
)
def test_rows_that_a_number_holds_together_are_one_household(
    here: Town, heading: str, firsts: str, merged: tuple[tuple[int, int, int, int], ...]
) -> None:
    rows = [f"{at} | {row}" for at, row in zip(firsts, _HOME_ROWS, strict=True)]
    sheet = _sheet(f"{heading} | Họ và tên | Năm sinh | Giới tính | Thôn", *rows, merged=merged)
    titled = replace(sheet, name="Danh sách hộ nghèo")
    plan = here.plan(book_of(titled), Purpose.NEW)
    assert [(row.home, row.finding) for row in plan.rows] == [
        (2, "head_first"),
        (2, ""),
        (2, ""),
        (5, ""),
    ]
    assert [row.name for row in plan.taken(Choices())] == ["Hồ Văn Dũng"]


def test_a_column_of_words_called_household_holds_nobody_together(here: Town) -> None:
    rows = [f"Nghèo | {row}" for row in _HOME_ROWS if HERE in row]
    sheet = _sheet("Hộ | Họ và tên | Năm sinh | Giới tính | Thôn", *rows)
    plan = here.plan(book_of(sheet), Purpose.NEW)
    assert [(row.home, row.state) for row in plan.rows] == [(at, RowState.NEW) for at in (2, 3, 4)]


def test_members_go_with_the_head_that_their_row_names(here: Town) -> None:
    sheet = _sheet(
        "Họ và tên chủ hộ | Họ và tên | Năm sinh | Giới tính | Thôn",
        f"Trần Thị Ba | Lê Văn An | 1960 | Nam | {HERE}",
        f"Trần Thị Ba | Trần Thị Ba | 1962 | Nữ | {HERE}",
        f"Hồ Văn Dũng | Hồ Văn Dũng | 1960 | Nam | {HERE}",
    )
    plan = here.plan(book_of(sheet), Purpose.NEW)
    assert [(row.home, row.head, row.state) for row in plan.rows] == [
        (2, 3, RowState.NEW),
        (2, 3, RowState.NEW),
        (4, 4, RowState.NEW),
    ]


@pytest.mark.parametrize(
    ("title", "asks"),
    [("DANH SÁCH CỬ TRI", True), ("DANH SÁCH HỘ NGHÈO", False), ("Danh sách hộ khẩu", True)],
)
def test_a_list_that_names_no_household_is_asked_about(here: Town, title: str, asks: bool) -> None:
    sheet = _sheet(
        title,
        "STT | Họ và tên | Năm sinh | Giới tính | Thôn",
        *(f"{at} | {row}" for at, row in enumerate(_HOME_ROWS[2:], 1)),
    )
    plan = here.plan(book_of(sheet), Purpose.NEW)
    assert [row.is_undecided for row in plan.rows] == [asks] * 2
    assert bool(plan.taken(ALL)) is not asks
    said = here.plan(book_of(sheet), Purpose.NEW, persons={row.place: None for row in plan.rows})
    assert [(row.state, row.finding) for row in said.rows] == [(RowState.NEW, "")] * 2


def test_somebody_said_to_be_dead_or_gone_waits_for_the_officer(here: Town) -> None:
    headings = ("Thôn", "Họ và tên chủ hộ", "Năm sinh", "Giới tính", "Ghi chú")
    said = {
        "Lê Văn Một (đã chết)": "",
        "Lê Văn Hai (chuyển đi Bình Dương)": "",
        "Lê Văn Ba - đã mất 3/2025": "",
        "K-Brêu – chết": "",
        "Lê Văn Tư đã mất": "",
        "Lê Văn Năm": "Hộ DTTS; cắt khẩu 2024",
        "Lê Văn Sáu": "Mất sức lao động, chồng đã mất, chuyển đến 2024",  # not he
        "Lê Văn Bảy (Tèo)": "",
        "Lê Văn Mất": "",
    }
    rows = [f"{HERE} | {name} | 1960 | Nam | {note}" for name, note in said.items()]
    plan = here.plan(book_of(sheet_of(*rows, headings=headings)), Purpose.NEW)
    assert [(row.name, row.is_undecided) for row in plan.rows] == [
        ("Lê Văn Một", True),
        ("Lê Văn Hai", True),
        ("Lê Văn Ba", True),
        ("K-Brêu", True),
        ("Lê Văn Tư", True),
        ("Lê Văn Năm", True),
        ("Lê Văn Sáu", False),
        ("Lê Văn Bảy", False),
        ("Lê Văn Mất", False),
    ]
    assert [row.name for row in plan.taken(ALL)] == ["Lê Văn Sáu", "Lê Văn Bảy", "Lê Văn Mất"]
    here.apply(plan, Choices(rows=frozenset(row.place for row in plan.rows)))  # each by its tick
    again = here.plan(book_of(sheet_of(*rows, headings=headings)), Purpose.UPDATE)
    # who is in the register is not written, and still told where the name says it
    assert [row.state for row in again.rows] == [RowState.PROPOSAL] * 5 + [RowState.SAME] * 4


def test_a_number_of_another_sex_or_year_waits_for_the_officer(here: Town) -> None:
    row = f"{HERE} | 1 | Hồ Thị Hai | Chủ hộ | 1975 | Nữ | 034175001234"
    here.apply(here.plan(book_of(sheet_of(row)), Purpose.NEW))
    other = f"{HERE} | 2 | Hồ Văn Ba | Chủ hộ | 1975 | Nam | 034175009999"
    changed = row.replace("1975", "1957", 1)
    plan = here.plan(book_of(sheet_of(changed, other)), Purpose.NEW)
    assert [(one.is_undecided, one.is_doubted) for one in plan.rows] == [(True, True)] * 2
    assert plan.taken(ALL) == ()
    one = Choices(rows=frozenset({plan.rows[0].place}))
    assert plan.taken(one) == plan.rows[:1]
    phoned = (*HEADINGS[:7], "SĐT")
    here.apply(plan, one)
    plan = here.plan(book_of(sheet_of(f"{changed} | 0912345678", headings=phoned)), Purpose.UPDATE)
    assert [row.state for row in plan.rows] == [RowState.CHANGED]  # nothing more of the number


def test_a_name_like_a_formula_is_nobody(here: Town) -> None:
    names = enumerate(("@SUM(A1)", "=A1&B", "+ Ba"))
    rows = (f"{HERE} | {at} | {name} | Chủ hộ | 197{at} | Nữ" for at, name in names)
    plan = here.plan(book_of(sheet_of(*rows)), Purpose.NEW)
    assert [row.state for row in plan.rows] == [RowState.PROBLEM] * 3
    assert {row.cells[0].finding for row in plan.rows} == {"name_like_formula"}


@pytest.mark.parametrize("write", [legacy.tcvn3, legacy.vni])
def test_a_name_in_an_old_font_is_looked_at_and_known_again(here: Town, write: Any) -> None:
    rows = [
        f"{HERE} | 1 | {{}} | Chủ hộ | 1960 | Nam",
        f"{HERE} | 2 | Lê Đức Thắng | Chủ hộ | 1960 |",
    ]
    written = [rows[0].format(write("Nguyễn Văn Hùng")), rows[1]]
    plan = here.plan(book_of(sheet_of(*written)), Purpose.NEW)
    first, other = plan.rows
    assert (first.name, first.state) == ("Nguyễn Văn Hùng", RowState.PROPOSAL)
    assert first.cells[0].finding == "old_font"
    assert plan.taken(Choices()) == (other,)
    here.apply(plan)
    again = here.plan(book_of(sheet_of(*written)), Purpose.NEW)
    assert again.is_nothing_to_do
