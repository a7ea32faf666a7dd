"""Sơ bộ while a review runs: who is not on its list needs no result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from giamngheo_desktop.reports.document import ReportDoc
from tests.harness import review as reviewing
from tests.harness.register import Register, empty_database, make_register
from tests.harness.tables import column, insert_class, paper


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "so.db") as database:
        yield make_register(database, "AB")


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
