"""A year of a commune at the window, from its opening list to the plan of the year after it.

`tests/gui/year/town.py` tells what happens and works out each number; only the end of the year
before is built by services. At the end the files of the commune and of the province are read by
plain SQL.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.gui import files
from giamngheo_desktop.services.exchange import collecting
from tests.gui.officer import real_boxes
from tests.gui.year import doing, planning, reviewing, telling, town
from tests.gui.year.desk import YearDesk
from tests.harness.register import empty_database
from tests.harness.walk_town import Calendar

Rows = list[tuple[Any, ...]]
CLASSES = """
    select household_class, count(*), sum(persons) from review_result
    where standard = ? and review_year = 2026 and recognised and not removed
    group by household_class order by household_class
"""
BY_2022 = [("near_poor", 2, 3), ("not_poor", 1, 2), ("poor", 3, 4)]
BY_2027 = [("near_poor", 1, 2), ("not_poor", 1, 2), ("poor", 4, 5)]
DONE = [  # what was done, in its order; the acts between them are of the same kinds
    "begin_document", "save_record", "save_allocation", "take_schedules", "save_document",
    "issue_document", "record_receipt", "support_many", "begin_review", "save_application",
    "list_case", "screen_case", "mark_step", "enter_answers", "settle_case", "save_meeting",
    "save_posting", "recognise", "issue_certificates", "close_review", "send_package",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _real_boxes(_no_boxes):
    """Questions come up in their boxes and are answered by a click."""
    real_boxes()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the package is written, and found again."""
    path = tmp_path / "data" / telling.PACKAGE
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    monkeypatch.setattr(files, "ask_open", lambda *_: path)
    return path


@pytest.fixture
def desk(qtbot: Any, package: Path) -> YearDesk:
    return YearDesk(qtbot, Calendar())


def province(path: Path, calendar: Calendar) -> None:
    with empty_database(path) as database:
        act = calendar.context(seed=77)
        name = "Tỉnh Thí Điểm"
        collecting.new_collection(database, act, level=Level.PROVINCE, province=name)
        database.checkpoint()


def read(path: Path, sql: str, *values: object) -> Rows:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


@pytest.mark.timeout(600)  # half a minute where nothing else runs
def test_a_year_from_its_opening_list_to_the_plan_after_it(desk: YearDesk, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "Xã.gndb", tmp_path / "tinh.gndb"
    town.build(ours, desk.calendar)
    desk.calendar.turn_to("2026-01-12")
    desk.sit_down(ours)
    for part in (planning, doing, reviewing, telling):
        for step in part.STEPS:
            step(desk)
    desk.stand_up()
    province(theirs, desk.calendar)
    desk.sit_down(theirs)
    telling.received(desk)
    desk.stand_up()
    of_commune(ours)
    of_both(ours, theirs)


def of_commune(path: Path) -> None:
    """Every step is in the history, and what was signed says what the register counted."""
    done = [op for (op,) in read(path, "select op from audit_group order by seq")]
    done = done[done.index("begin_document") :]
    assert list(dict.fromkeys(done)) == DONE
    numbers = "select number from issued where not removed order by issued_on"
    assert read(path, numbers) == [("05/KH-UBND",), ("12/BC-UBND",), ("60/BC-UBND",)]
    ((signed,),) = read(path, "select document from issued where number = '60/BC-UBND'")
    assert telling.POOR in signed
    sent = "select period, issued is not null from report_receipt where not removed"
    assert read(path, sent) == [("Q1", 1), ("Y", 1)]
    text = "select count(*) from document_section where text = ?"
    assert read(path, text, planning.TEXT) == [(1,)]
    given = "select poor_decrease from village_target where not removed"
    assert read(path, given) == [(1,), (1,)]
    money = "select sum(amount) from support_share"
    assert read(path, money) == [(17_000_000,)]
    left = "select returned from activity_participant where to_return is not null"
    assert read(path, left) == [(100,)]


def of_both(ours: Path, theirs: Path) -> None:
    """The province counts what the commune counts, by both standards."""
    for path in (ours, theirs):
        assert read(path, CLASSES, "2022") == BY_2022
        assert read(path, CLASSES, "2027") == BY_2027
    plans = "select year, number from document where type = 'plan' order by year"
    assert read(ours, plans) == [(2026, "05/KH-UBND"), (2027, None)]
    assert read(theirs, plans) == [(2026, "05/KH-UBND")]  # the package is of the year
