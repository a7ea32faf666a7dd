"""BC2 and BC3 as sơ bộ: from the list of last year to what the running review computed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports import make
from giamngheo_desktop.services.unit import write_unit
from tests.harness import review as reviewing
from tests.harness.register import Register, empty_database, make_register
from tests.harness.tables import TOTAL, column, insert_class, paper
from tests.services.test_corrections import close
from tests.services.test_movements import numbers

CLASSES = ("poor", "near_poor", "not_poor")
TABLES = {"BC2": "poor", "BC3": "near_poor"}


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "so.db") as database:
        yield make_register(database, "AB")


def computed(register: Register, home: UUID, found: str | None, *possible: str) -> None:
    insert_class(register, home, found, source="computed", possible=possible or None)


def filled(register: Register, seed: int) -> None:
    """Households of both villages with a random class at either end, and some that are new."""
    random, homes = Random(seed), []
    for number in range(14):
        people = [f"Người {n}" for n in range(random.randint(1, 5))]
        home = register.household(*people, village="AB"[number % 2]).uid
        if number < 10:
            register.give_class(home, random.choice(CLASSES[:2]), year=2025)
        homes.append(home)
    reviewing.begin(register, "")
    for home in homes:
        computed(register, home, random.choice(CLASSES))


@pytest.mark.parametrize("seed", range(4))
def test_it_balances_and_ends_where_bc1_does(register: Register, seed: int) -> None:
    filled(register, seed)
    bc1 = paper(register.database, "BC1", recognised=False)
    for code, listed in TABLES.items():
        doc = paper(register.database, code, recognised=False)
        assert "SƠ BỘ" in doc.title[0]
        assert "chưa khóa sổ" not in doc.subtitle[0]
        found = numbers(doc)
        for (label, kind), row in found.items():
            assert row[0] - sum(row[1:4]) + sum(row[4:8]) == row[8]
            key = f"{listed}_households" if kind == "ho" else f"{listed}_persons"
            assert row[8] == column(bc1, key)[label]
        assert (
            found[TOTAL, "ho"][0]
            == column(paper(register.database, "BC1", 2025), f"{listed}_households")[TOTAL]
        )


@pytest.mark.parametrize("possible", [(), ("poor", "near_poor")])
def test_a_village_that_waits_has_its_opening_alone(
    register: Register, possible: tuple[str, ...]
) -> None:
    """Who has no class yet did not leave the list, and may still come onto it."""
    waits = register.household("Duy", village="B").uid
    register.give_class(waits, "poor", year=2025)
    review = reviewing.begin(register, "An Bình")
    computed(register, review.homes["An"].uid, "poor")
    computed(register, review.homes["Bình"].uid, "near_poor")
    if possible:
        computed(register, waits, None, *possible)
    doc = paper(register.database, "BC2", recognised=False)
    found = numbers(doc)
    assert found["Thôn A", "ho"] == [2, 1, 0, 0, 0, 0, 0, 0, 1]
    assert found["Thôn B", "ho"] == [1, *[None] * 8]
    assert found[TOTAL, "ho"] == [3, *[None] * 8]
    assert any("Còn 1 hộ chưa có kết quả phân loại (Thôn B: 1 hộ)" in n for n in doc.notes)
    computed(register, waits, "not_poor")
    assert numbers(paper(register.database, "BC2", recognised=False))[TOTAL, "ho"] == [
        3, 1, 1, 0, 0, 0, 0, 0, 1,
    ]  # fmt: skip


def test_who_is_not_on_the_list_of_the_review_is_waited_for_too(register: Register) -> None:
    """Else a household that nobody reviewed would seem to have left."""
    review = reviewing.begin(register, "An Bình")
    computed(register, review.homes["An"].uid, "poor")
    with write_unit(*review.args, Op.SETTLE_CASE) as work:
        work.update(Kind.CASE, review.case("Bình"), removed=True)
    doc = paper(register.database, "BC2", recognised=False)
    assert numbers(doc)["Thôn A", "ho"] == [2, *[None] * 8]
    (note,) = (note for note in doc.notes if "Thôn A: 1 hộ" in note)
    assert "Ngoài các hộ đang rà soát" in note
    bc1 = paper(register.database, "BC1", recognised=False)
    assert not any("chưa có kết quả" in note for note in bc1.notes)


def test_average_living_that_nobody_reviews_holds_up_no_movement(register: Register) -> None:
    home = register.household("Duy", village="B").uid
    register.give_class(home, "not_poor", year=2025, average_living=True)
    review = reviewing.begin(register, "An Bình")
    computed(register, review.homes["An"].uid, "poor")
    computed(register, review.homes["Bình"].uid, "near_poor")
    bc1 = paper(register.database, "BC1", recognised=False)
    for code, listed in TABLES.items():
        doc = paper(register.database, code, recognised=False)
        assert not any("chưa có kết quả" in note for note in doc.notes)
        closings = {label: row[8] for (label, kind), row in numbers(doc).items() if kind == "ho"}
        assert closings == column(bc1, f"{listed}_households")


def test_it_waits_for_the_same_households_as_bc1_and_says_for_whom_else(register: Register) -> None:
    review = reviewing.begin(register, "An Bình")
    with write_unit(*review.args, Op.SETTLE_CASE) as work:
        work.update(Kind.CASE, review.case("Bình"), removed=True)
    said = []
    for code in ("BC1", "BC2"):
        notes = paper(register.database, code, recognised=False).notes
        said.append([note.split(";")[0] for note in notes if " hộ" in note and "Còn" in note])
        others = [note for note in notes if "Ngoài các hộ đang rà soát còn 1 hộ" in note]
        assert len(others) == (code == "BC2")
    assert said[0] == said[1] == ["Còn 1 hộ chưa có kết quả phân loại (Thôn A: 1 hộ)"]


@pytest.mark.parametrize("code", ["BC1", "BC2", "BC3"])
def test_of_a_closed_year_without_preliminary_results_nobody_is_waited_for(
    register: Register, code: str
) -> None:
    home = register.household("An", village="A").uid
    register.give_class(home, "poor", year=2025)
    close(register, 2025)
    doc = paper(register.database, code, 2025, recognised=False)
    said = " ".join(doc.notes)
    assert "Năm 2025 đã khóa sổ, trong sổ không giữ kết quả sơ bộ của năm" in said
    assert "chưa có kết quả" not in said
    assert "chưa có hộ nào có kết quả" not in said


def test_the_names_behind_it_rest_on_no_decision(register: Register) -> None:
    review = reviewing.begin(register, "An Bình")
    computed(register, review.homes["An"].uid, "poor")
    computed(register, review.homes["Bình"].uid, "near_poor")
    doc = paper(register.database, "BC2", recognised=False)
    (table,) = doc.tables
    at = [leaf.key for leaf in table.value_leaves].index("to_other")
    source = table.rows[0].cells[at].source
    assert source is not None
    assert make.explain(register.database, source) == (review.homes["Bình"].uid,)
    (why,) = make.reasons(register.database, source).values()
    assert "sơ bộ" in why
    assert "công nhận" not in why
    with pytest.raises(AppError, match="report_without_day"):
        paper(register.database, "BC2", recognised=False, as_of=reviewing.SIGNED)
