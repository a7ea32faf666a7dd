"""The workbooks against what is said of them: the program has no part in this."""

import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.independent.lists import legacy
from tests.independent.lists.make_books import BOOKS, COPIES, EXPECTED, make
from tests.independent.lists.mutate import KINDS, REFUSED, mutate
from tests.independent.lists.pages import as_text


def _expected(name: str) -> dict[str, Any]:
    return json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))


def _plain(value: Any) -> Any:
    return value.isoformat()[:10] if isinstance(value, date | datetime) else value


@pytest.mark.parametrize("name", BOOKS)
def test_every_book_is_made_the_same_each_time_and_as_stored(name: str) -> None:
    book = BOOKS[name]()
    assert book.data() == make(name)
    assert as_text(book.expected) == (EXPECTED / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BOOKS)
def test_every_row_with_something_in_it_is_accounted_for_once(name: str) -> None:
    expected = _expected(name)
    workbook = load_workbook(io.BytesIO(make(name)))
    assert workbook.sheetnames == list(expected["sheets"])
    for title, told in expected["sheets"].items():
        sheet = workbook[title]
        filled = [
            row[0].row for row in sheet.iter_rows() if any(c.value not in (None, "") for c in row)
        ]
        data = [
            member.get("row", home["row"])
            for home in expected["households"]
            for member in home["members"]
            if home["sheet"] == title
        ]
        other = [*told["number_rows"], *map(int, told["not_data"])]
        heading = set(told["heading_rows"])  # its second row may be all merged into the first
        assert sorted([*data, *other]) == [row for row in filled if row not in heading]
        assert told["state"] == sheet.sheet_state
        for row in data:
            names = [x for x, part in told["columns"].items() if part.split(".")[0] == "name"]
            assert any(sheet[f"{letter}{row}"].value for letter in names)
        for letter in told.get("hidden_columns", ()):
            assert sheet.column_dimensions[letter].hidden


@pytest.mark.parametrize("name", BOOKS)
def test_every_doubt_points_to_the_cell_it_speaks_of_and_is_not_decided(name: str) -> None:
    expected = _expected(name)
    workbook = load_workbook(io.BytesIO(make(name)))
    for each in (*expected["ambiguous"], *expected["repairs"], *expected["problems"]):
        assert _plain(workbook[each["sheet"]][each["cell"]].value) == each["value"]
    for each in expected["ambiguous"]:
        row = int("".join(filter(str.isdigit, each["cell"])))
        assert len(each["readings"]) > 1
        for home in expected["households"]:
            for one in (home, *home["members"]):
                if home["sheet"] == each["sheet"] and one.get("row", home["row"]) == row:
                    assert each["field"] not in one["fields"]


@pytest.mark.parametrize("copy", COPIES)
def test_the_stored_copies_hold_the_texts_of_the_workbook(copy: str) -> None:
    def texts(data: bytes) -> list[str]:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = (
            row for title in book.sheet_names for row in book.get_sheet_by_name(title).to_python()
        )
        return [cell for row in rows for cell in row if isinstance(cell, str) and cell.strip()]

    assert texts(make(copy)) == texts(make(COPIES[copy]))


def test_old_letters_are_as_known_files_have_them() -> None:
    assert legacy.tcvn3("Nguyễn Văn Đường, hộ nghèo") == "NguyÔn V¨n §\xadêng, hé nghÌo"
    assert legacy.tcvn3("HỘ NGHÈO") == "hé nghÌo"  # for .VnTimeH
    assert legacy.vni("Nguyễn Văn Đường, hộ nghèo") == "Nguyeãn Vaên Ñöôøng, hoä ngheøo"
    assert legacy.vni("HỘ NGHÈO") == "HOÄ NGHEØO"


@pytest.mark.parametrize("kind", KINDS)
def test_a_mutation_can_be_repeated_and_changes_something(kind: str) -> None:
    data = make("members_27")
    spoilt = mutate(kind, 7, data)
    assert spoilt == mutate(kind, 7, data) != data
    assert len(spoilt) < 1_000_000


def test_what_must_be_refused_is_known() -> None:
    assert len(KINDS) >= 20
    assert set(KINDS) > REFUSED
