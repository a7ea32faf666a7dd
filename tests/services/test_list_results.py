"""A list of results: its class and decision, whoever says them, or nobody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.sheet_table import Cell, Sheet
from giamngheo_desktop.reports.name_list import read_list
from giamngheo_desktop.services.classes import close_year
from giamngheo_desktop.services.importing.plan import (
    ALL,
    CellState,
    Choices,
    ImportPlan,
    Paper,
    RowState,
)
from giamngheo_desktop.storage import records
from tests.harness import foreign_lists
from tests.harness.list_imports import YEAR, Town, book_of, cell_of, town
from tests.harness.register import dump, living

DAY = date(2025, 12, 20)
PAPER = "(Kèm theo Quyết định số 15/QĐ-UBND ngày 20/12/2025 của UBND xã Suối Lành)"
HEAD = ("Họ tên chủ hộ", "Năm sinh", "Thôn", "Điểm B1", "Điểm B2", "Ghi chú")
EXIT = "DANH SÁCH HỘ THOÁT NGHÈO NĂM 2025"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as found:
        yield found


def plan(here: Town, titles: tuple[str, ...], *homes: dict[str, Cell], **asked: Any) -> ImportPlan:
    """Households a row, in the first village; what they say beside their name, by heading."""
    head = (*HEAD, *sorted({each for home in homes for each in home} - set(HEAD)))
    usual = {"Năm sinh": 1970, "Thôn": "Bon Đăk Rung"}
    names = (f"Hồ Văn {letter}n" for letter in "ABCDEG")
    told = [{HEAD[0]: name, **usual, **home} for name, home in zip(names, homes, strict=False)]
    rows = [tuple(home.get(each) for each in head) for home in told]
    lines = [(title,) for title in titles]
    sheet = Sheet(name="DS", rows=dict(enumerate([*lines, head, *rows], 1)))
    return here.plan(book_of(sheet), **asked)


def classes(here: Town) -> set[tuple[str, date, str | None, date | None]]:
    stored = living(dump(here.database))
    papers = stored[Kind.DECISION]
    assert len({row["number"] for row in papers.values()}) == len(papers)
    return {
        (row["household_class"], row["valid_from"], paper.get("number"), paper.get("signed_on"))
        for row in stored[Kind.CLASS_RECORD].values()
        for paper in [papers.get(row["decision"], {})]
    }


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Thoát nghèo, vượt chuẩn cận nghèo", "not_poor"),
        ("Thoát nghèo nhưng vẫn cận nghèo", "near_poor"),
        ("Còn cận nghèo", "near_poor"),
        ("Không nghèo", "not_poor"),
        ("Không còn là hộ cận nghèo", None),
        ("Vay vốn hộ cận nghèo", None),
        ("Vượt chuẩn", None),
        ("1", None),
        ("CN", None),
        (None, None),
    ],
)
def test_a_note_of_an_exit_decides_only_in_the_words_of_the_form(
    here: Town, note: str | None, found: str | None
) -> None:
    made = plan(here, (EXIT,), {"Ghi chú": note})
    cell = cell_of(made, "Hồ Văn An", "household_class")
    assert cell.new == found
    if found is None:
        assert [one.value for one in cell.readings] == ["near_poor", "not_poor"]
        assert not made.taken(ALL)
        answered = replace(ALL, readings={made.rows[0].at(cell): 1})
        here.apply(made, answered)
    else:
        here.apply(made)
    assert classes(here) == {(found or "not_poor", date(2025, 12, 31), None, None)}


def test_an_exit_written_wrongly_is_put_right_by_the_same_words(here: Town) -> None:
    here.apply(plan(here, ("DANH SÁCH HỘ CẬN NGHÈO",), {}))
    made = plan(here, (EXIT,), {"Ghi chú": "Thoát nghèo, vượt chuẩn cận nghèo"})
    assert cell_of(made, "Hồ Văn An", "household_class").state is CellState.CHANGED
    assert cell_of(made, "Hồ Văn An", "household_class").finding == "exit_differs"
    assert not made.taken(Choices())  # somebody looks at it first


def test_the_title_tells_class_and_decision_and_a_row_that_says_more_wins(here: Town) -> None:
    title = "DANH SÁCH HỘ CẬN NGHÈO NĂM 2025"
    made = plan(here, (title, PAPER), {}, {"Số QĐ": "16/QĐ-UBND"}, {"Phân loại hộ": "Hộ nghèo"})
    assert cell_of(made, "Hồ Văn An", "household_class").finding == "from_title"
    assert (made.sheets[0].level, made.sheets[0].paper) == ("near_poor", Paper("15/QĐ-UBND", DAY))
    here.apply(made)
    assert classes(here) == {
        ("near_poor", DAY, "15/QĐ-UBND", DAY),
        ("near_poor", date(2025, 12, 31), "16/QĐ-UBND", None),
        ("poor", DAY, "15/QĐ-UBND", DAY),
    }
    assert plan(here, (title, PAPER), {}).is_nothing_to_do


def test_what_the_officer_says_of_the_decision_stands_before_the_title(here: Town) -> None:
    title = "DANH SÁCH HỘ NGHÈO NĂM 2025"
    here.apply(plan(here, (title, PAPER), {}, paper=Paper("17/QĐ-UBND", date(2025, 12, 22))))
    day = date(2025, 12, 22)
    assert classes(here) == {("poor", day, "17/QĐ-UBND", day)}


def test_a_list_that_tells_no_class_is_no_result_until_somebody_does(here: Town) -> None:
    made = plan(here, ("DANH SÁCH HỘ NĂM 2025", PAPER), {}, {"Phân loại hộ": "lạ"})
    assert [row.state for row in made.rows] == [RowState.NEW, RowState.PROPOSAL]
    asked = [cell_of(made, row.name, "household_class") for row in made.rows]
    assert [cell.finding for cell in asked] == ["class_blank", "level_unknown"]
    assert [row.name for row in made.taken(ALL)] == ["Hồ Văn An"]
    made = plan(here, ("DANH SÁCH HỘ NĂM 2025", PAPER), {}, {})
    asked = [cell_of(made, row.name, "household_class") for row in made.rows]
    assert [cell.finding for cell in asked] == ["class_unsaid"] * 2
    assert not made.taken(replace(ALL, rows=frozenset(row.place for row in made.rows)))
    answered = {row.at(cell): 0 for row, cell in zip(made.rows, asked, strict=True)}
    here.apply(made, replace(ALL, readings=answered))
    assert classes(here) == {("poor", DAY, "15/QĐ-UBND", DAY)}


def test_a_class_that_is_refused_does_not_come_with_the_decision(here: Town) -> None:
    here.apply(plan(here, ("DANH SÁCH HỘ NGHÈO NĂM 2025", PAPER), {}))
    made = plan(here, ("DANH SÁCH HỘ CẬN NGHÈO NĂM 2025",), {"Số QĐ": "16/QĐ-UBND"})
    (row,) = made.rows
    refused = frozenset({row.at(cell_of(made, row.name, "household_class"))})
    here.apply(made, replace(ALL, rows=frozenset({row.place}), refused_cells=refused))
    assert {(level, number) for level, _, number, _ in classes(here)} == {
        ("poor", "15/QĐ-UBND"),
        ("poor", "16/QĐ-UBND"),
    }


def test_a_day_answered_later_is_that_of_the_one_decision(here: Town) -> None:
    title = "DANH SÁCH HỘ NGHÈO NĂM 2025"
    numbered: dict[str, Cell] = {"Số QĐ": "15/QĐ-UBND"}
    here.apply(plan(here, (title,), numbered, numbered))
    assert classes(here) == {("poor", date(2025, 12, 31), "15/QĐ-UBND", None)}
    here.apply(plan(here, (title,), numbered | {"Ngày QĐ": DAY}, numbered | {"Ngày QĐ": DAY}))
    assert classes(here) == {("poor", DAY, "15/QĐ-UBND", DAY)}


def test_points_of_b1_stand_in_the_list_again_and_those_of_b2_are_named_as_not_taken(
    here: Town,
) -> None:
    made = plan(here, ("DANH SÁCH HỘ NGHÈO NĂM 2025", PAPER), {"Điểm B1": 90, "Điểm B2": 30})
    assert [made.sheets[0].fields[at] for at in made.sheets[0].idle] == ["score_deprivation"]
    here.apply(made)
    assert listed_scores(here, YEAR) == [90]
    with here.database.reader() as connection:
        (commune,) = records.find(connection, Kind.AREA, level="commune")
    year = {"year": YEAR, "standard": "2022", "definition": "sha256", "commune": commune["uid"]}
    close_year(here.database, here.context, **year)
    assert listed_scores(here, YEAR) == [90]
    later = ("DANH SÁCH HỘ NGHÈO NĂM 2026",)
    persons = {("DS", 3): made.rows[0].person}
    here.apply(plan(here, later, {"Số QĐ": "9/QĐ-UBND"}, year=2026, persons=persons))
    assert listed_scores(here, 2026) == [None]  # whose year nobody knows


def listed_scores(here: Town, year: int) -> list[Any]:
    found, _ = read_list(here.database, foreign_lists.definitions(), "ho_ngheo", year=year)
    return [line.facts["line"]["score_income"] for line in found.lines]
