"""The workbook of points: written, filled by hand, read by the child process, kept in the file."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.point_facts import READS
from giamngheo_desktop.domain.point_table import PointRow
from giamngheo_desktop.exports.points_template import points_template, rows_of
from giamngheo_desktop.exports.xlsx_read import own_program, read_workbook
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.review import point_tables
from giamngheo_desktop.texts import POINT_PROBLEMS, point_problem_text
from tests.harness.register import empty_database, make_context

POINTS_COLUMN, LOW, HIGH, OPTION, LABEL = 9, 7, 8, 5, 6


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


def template(definitions: Definitions, path: Path, *regions: str) -> openpyxl.Workbook:
    fields = {item: definitions.form(form).field(code) for item, (form, code) in READS.items()}
    path.write_bytes(points_template(definitions.point_form("b1"), regions, fields))
    return openpyxl.load_workbook(path)


def read(definitions: Definitions, path: Path) -> tuple[dict[int, PointRow], list[str]]:
    form, regions = definitions.point_form("b1"), definitions.choice_list("regions")
    rows, problems = rows_of(read_workbook(path), form, regions)
    said = [point_problem_text(one.code, one.row, dict(one.params)) for one in problems]
    return rows, said


def fill(book: openpyxl.Workbook) -> None:
    """One made-up point for each option; ranges 0–5, 5–; one option where none is named."""
    sheet = book.active
    seen: dict[str, int] = {}
    for row in sheet.iter_rows(min_row=6):
        item = row[2].value
        count = seen[item] = seen.get(item, 0) + 1
        if item in ("members", "dependants", "pension", "house_area", "electricity_kwh"):
            if count == 1:
                row[HIGH - 1].value, row[POINTS_COLUMN - 1].value = 5, 10
            elif count == 2:
                row[LOW - 1].value, row[POINTS_COLUMN - 1].value = 5, 0
        elif row[OPTION - 1].value or count == 1:
            row[LABEL - 1].value = row[LABEL - 1].value or f"{item} một"
            row[POINTS_COLUMN - 1].value = count


def test_the_empty_template_has_no_points(definitions: Definitions, tmp_path: Path) -> None:
    template(definitions, tmp_path / "điểm.xlsx", "NT1", "TT")
    assert read(definitions, tmp_path / "điểm.xlsx") == ({}, [])


def test_a_filled_template_scores_and_is_kept(definitions: Definitions, tmp_path: Path) -> None:
    path = tmp_path / "điểm.xlsx"
    book = template(definitions, path, "NT3")
    fill(book)
    book.save(path)
    rows, problems = read(definitions, path)
    assert problems == []
    form = definitions.point_form("b1")
    with empty_database(tmp_path / "so.db") as database:
        context = make_context()
        assert point_tables.get(database, form) is None
        done = point_tables.save(database, context, form, rows.values())
        assert done.value == 1
        table = point_tables.get(database, form)
        assert table is not None
        assert table.rows == tuple(rows.values())
        assert table.lacking("NT3") == ()
        assert len(table.lacking("TT")) == len(form.items)
        low = [one for one in table.options("NT3", "members") if one.holds(Fraction(5))]
        assert [one.points for one in low] == [0]
        assert point_tables.save(database, context, form, rows.values()).value == 1
        other = [*rows.values()][1:]
        assert point_tables.save(database, context, form, other).value == 2
        step = undo.next_step(database)
        assert step is not None
        undo.undo(database, context, step.group)
        again = point_tables.get(database, form)
        assert again is not None
        assert again.rows == table.rows


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (1, "NT9", "không có vùng “NT9”"),
        (2, "members?", "không có mục “members?”"),
        (POINTS_COLUMN - 1, "10,5", "điểm phải là số nguyên"),
        (POINTS_COLUMN - 1, "mười", "phải là số"),
        (HIGH - 1, 4, "còn hở"),
        (HIGH - 1, 6, "chồng lên"),
    ],
)
def test_a_fault_is_said_with_its_row(
    definitions: Definitions, tmp_path: Path, column: int, value: object, said: str
) -> None:
    path = tmp_path / "điểm.xlsx"
    book = template(definitions, path, "NT1")
    fill(book)
    first = next(book.active.iter_rows(min_row=6))
    first[column].value = value
    book.save(path)
    _, problems = read(definitions, path)
    assert any(said in problem for problem in problems), problems


def test_each_problem_has_a_sentence_that_can_be_filled() -> None:
    for code in POINT_PROBLEMS:
        assert "{" not in point_problem_text(code, 5, {"value": "x", "other": "4"})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", "chữ".encode()])
def test_what_is_no_workbook_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lạ.xlsx"
    path.write_bytes(content)
    with pytest.raises(AppError, match="workbook_unreadable"):
        read_workbook(path)
    with pytest.raises(AppError, match="file_missing"):
        read_workbook(tmp_path / "không có.xlsx")


def test_a_workbook_with_a_cell_at_the_far_end_kills_only_the_child(tmp_path: Path) -> None:
    path = tmp_path / "xa.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 2
    book.save(path)
    with pytest.raises(AppError, match="workbook_too_big"):
        read_workbook(path)


def test_an_option_without_a_code_is_named_by_its_label_in_one_word(
    definitions: Definitions, tmp_path: Path
) -> None:
    """Picks are kept in the file parted by spaces."""
    path = tmp_path / "điểm.xlsx"
    book = template(definitions, path, "NT1")
    fill(book)
    book.save(path)
    rows, _ = read(definitions, path)
    (asset,) = (row for row in rows.values() if row.item == "assets")
    assert (asset.option, asset.label) == ("assets_một", "assets một")


@pytest.mark.parametrize("name", ["giamngheo.exe", "giamngheo-desktop.exe"])
def test_in_a_build_the_program_of_the_window_opens_files_for_both(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / name))
    assert own_program() == [str(tmp_path / "giamngheo-desktop.exe")]
