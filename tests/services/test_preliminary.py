"""Sơ bộ while a review runs: who is not on its list needs no result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.areas import COMPLETE
from giamngheo_desktop.services.rollups import rollup
from tests.harness import review as reviewing
from tests.harness.register import FIRST_DAY, STANDARD, Register, empty_database, make_register
from tests.harness.report_rows import type_population
from tests.harness.tables import TOTAL, cells, column, insert_class, paper


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "so.db") as database:
        yield make_register(database, "ABC")


def left(doc: ReportDoc) -> str:
    return next((note for note in doc.notes if "chưa có kết quả" in note), "")


def preliminary(register: Register) -> ReportDoc:
    return paper(register.database, "BC1", recognised=False)


def test_only_the_list_of_the_review_is_waited_for(register: Register) -> None:
    register.household("Cao", village="A")
    register.household("Duy", village="B")
    register.household("Em", village="B")
    assert "3 hộ" in left(preliminary(register))
    review = reviewing.begin(register, "An Bình")
    assert "2 hộ" in left(preliminary(register))
    insert_class(register, review.homes["An"].uid, "poor", source="computed")
    doc = preliminary(register)
    assert "1 hộ" in left(doc)
    assert column(doc, "poor_households")["Thôn A"] == 1
    insert_class(register, review.homes["Bình"].uid, "not_poor", source="computed")
    assert left(preliminary(register)) == ""


def test_where_all_wait_none_is_named(register: Register) -> None:
    """The notes are one line each then: the table of a commune keeps to one page."""
    for name, village, result in (
        ("Duy", "B", "poor"), ("Giang", "C", "poor"), ("Hà", "C", "not_poor"),
    ):  # fmt: skip
        uid = register.household(name, village=village).uid
        register.give_class(uid, result, year=2025, average_living=result == "not_poor")
    reviewing.begin(register, "An Bình")
    assert "Chưa có tổng số hộ, nhân khẩu. Không tính tỷ lệ." in preliminary(register).notes
    for village in register.villages.values():
        args = (register.database, register.context, village)
        areas.set_area_fact(*args, COMPLETE, "yes", FIRST_DAY)
    assert preliminary(register).notes == (
        "Tổng số hộ, nhân khẩu: đếm từ sổ hộ.",
        "Còn 4 hộ chưa có kết quả phân loại, ở mọi đơn vị: chưa có số liệu sơ bộ.",
        "Dấu “–” ở cột 3–14, mọi dòng: chưa có hộ nào có kết quả rà soát.",
    )


def test_nobody_reviewed_is_no_nought(register: Register) -> None:
    """B waits for all of its list; of A one is known; in C nobody has to be reviewed."""
    later = register.household("Duy", village="B")
    register.give_class(later.uid, "poor", year=2025)
    type_population(register, A=(10, 30), B=(10, 30), C=(10, 30))
    review = reviewing.begin(register, "An Bình")
    silent = preliminary(register)
    assert set(column(silent, "poor_households").values()) == {None}
    assert left(silent).startswith(
        "Còn 3 hộ chưa có kết quả phân loại (Thôn A: 2 hộ; Thôn B: 1 hộ)"
    )
    insert_class(register, review.homes["An"].uid, "not_poor", source="computed")
    doc = preliminary(register)
    assert column(doc, "poor_households") == {"Thôn A": 0, "Thôn B": None, "Thôn C": 0, TOTAL: 0}
    rate = "poor_household_rate"
    assert [cells(doc)[row][rate].value is None for row in ("Thôn A", "Thôn B")] == [False, True]
    assert column(doc, "households")["Thôn B"] == 10
    assert left(doc).startswith("Còn 2 hộ chưa có kết quả phân loại (Thôn A: 1 hộ; Thôn B: 1 hộ)")
    assert any("chưa có hộ nào có kết quả rà soát" in n and "Thôn B" in n for n in doc.notes)
    official = paper(register.database, "BC1")
    assert not any("kết quả rà soát" in note for note in official.notes)


def test_a_result_that_leaves_two_classes_open_is_a_range(register: Register) -> None:
    review = reviewing.begin(register, "An Bình")
    insert_class(
        register,
        review.homes["An"].uid,
        None,
        source="computed",
        possible=("poor", "near_poor"),
    )
    doc = preliminary(register)
    assert column(doc, "poor_households")["Thôn A"] == (0, 1)
    assert "2 hộ" in left(doc)


@pytest.mark.parametrize("code", [f"BC{number}" for number in range(4, 14)])
def test_no_table_of_classes_prints_a_nought_of_nobody(register: Register, code: str) -> None:
    reviewing.begin(register, "An Bình")
    doc = paper(register.database, code, recognised=False)
    (table,) = doc.tables
    for row in table.rows:
        if table.row_name(row) == "Thôn A":
            told = {
                leaf.key
                for leaf, cell in zip(table.value_leaves, row.cells, strict=True)
                if cell.value is not None and "population" not in leaf.key
            }
            assert not told


def test_the_rollup_knows_nothing_of_a_village_of_nobody(register: Register) -> None:
    later = register.household("Duy", village="B")
    register.give_class(later.uid, "poor", year=2025)
    review = reviewing.begin(register, "An Bình")
    insert_class(register, review.homes["An"].uid, "poor", source="computed")
    found = rollup(register.database, year=2026, standard=STANDARD, recognised=False)
    bounds = {name: found.bounds(uid, "poor_households") for name, uid in register.villages.items()}
    assert bounds == {"A": (1, 1), "B": None, "C": (0, 0)}
    assert found.bounds(register.commune, "poor_households") == (1, 1)


AVERAGE_COLUMNS = {
    f"average_living_{what}" for what in ("households", "household_rate", "persons", "person_rate")
}


def with_average(register: Register) -> UUID:
    """Two households of A reviewed, none waits; one of B lives on the average, and nobody asks."""
    home = register.household("Duy", village="B").uid
    register.give_class(home, "not_poor", year=2025, average_living=True)
    type_population(register, A=(10, 30), B=(10, 30), C=(10, 30))
    review = reviewing.begin(register, "An Bình")
    insert_class(register, review.homes["An"].uid, "poor", source="computed")
    insert_class(register, review.homes["Bình"].uid, "near_poor", source="computed")
    return home


def average_left(doc: ReportDoc) -> str:
    return next((note for note in doc.notes if "có mức sống trung bình chưa có" in note), "")


def test_average_living_without_a_result_is_no_nought(register: Register) -> None:
    """The list of it is one of its own: what it counts is not known, all else is."""
    home = with_average(register)
    doc = preliminary(register)
    assert not any("chưa có kết quả phân loại" in note for note in doc.notes)
    assert column(doc, "average_living_households") == {
        "Thôn A": 0, "Thôn B": None, "Thôn C": 0, TOTAL: None,
    }  # fmt: skip
    found = cells(doc)
    for label in ("Thôn B", TOTAL):
        assert {key for key, cell in found[label].items() if cell.missing} == AVERAGE_COLUMNS
    assert column(doc, "poor_households") == {"Thôn A": 1, "Thôn B": 0, "Thôn C": 0, TOTAL: 1}
    assert average_left(doc).startswith("Còn 1 hộ")
    assert "(Thôn B: 1 hộ)" in average_left(doc)
    insert_class(register, home, "not_poor", source="computed", average_living=True)
    doc = preliminary(register)
    assert average_left(doc) == ""
    assert column(doc, "average_living_households")[TOTAL] == 1


def test_average_living_recognised_this_year_is_no_nought_either(register: Register) -> None:
    home = register.household("Duy", village="B").uid
    register.give_class(home, "not_poor", year=2026, average_living=True)
    reviewing.begin(register, "")
    doc = preliminary(register)
    assert column(doc, "average_living_households")["Thôn B"] is None
    assert "(Thôn B: 1 hộ)" in average_left(doc)
    assert average_left(paper(register.database, "BC13", recognised=False)) == ""


def test_a_computed_class_tells_nothing_of_average_living(register: Register) -> None:
    """Who was granted it and turns out not poor is neither none nor one before its decision."""
    home = register.household("Duy", village="B").uid
    register.give_class(home, "not_poor", year=2026, average_living=True, source="decision")
    reviewing.begin(register, "")
    assert column(paper(register.database, "BC1"), "average_living_households")["Thôn B"] == 1
    insert_class(register, home, "not_poor", source="computed")
    doc = preliminary(register)
    assert column(doc, "average_living_households")["Thôn B"] is None
    assert column(doc, "poor_households")["Thôn B"] == 0
    assert "(Thôn B: 1 hộ)" in average_left(doc)


def test_the_rollup_knows_no_average_living_there(register: Register) -> None:
    with_average(register)
    found = rollup(register.database, year=2026, standard=STANDARD, recognised=False)
    b = register.villages["B"]
    assert found.bounds(b, "average_living_persons") is None
    assert found.bounds(register.commune, "average_living_households") is None
    assert found.bounds(b, "poor_households") == (0, 0)
    assert found.bounds(register.villages["A"], "average_living_households") == (0, 0)
