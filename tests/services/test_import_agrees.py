"""What a dry run promises is written, what would be refused is its problem, and the same list again
is nothing to do.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services import classes, events, successions
from giamngheo_desktop.services.importing.apply import apply_plan, settled
from giamngheo_desktop.services.importing.plan import (
    ALL,
    CellState,
    ImportPlan,
    Purpose,
    RowState,
)
from giamngheo_desktop.services.importing.planning import plan_list
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database
from tests.harness import foreign_lists
from tests.harness.list_imports import book_of, cell_of, row_of, sheet_of
from tests.harness.register import STANDARD, Register, make_register
from tests.services.test_case_entry import (
    accept_everything,
    make_case,
    open_case,
    save,
    settle,
    typed,
)

HEADINGS = (
    "Thôn", "STT hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Số CCCD",
    "Phân loại hộ", "Số quyết định", "Ngày quyết định", "Điểm B1", "Hộ dân tộc thiểu số",
)  # fmt: skip
NEW = (CellState.NEW, CellState.CHANGED)


def plan_of(
    register: Register, *rows: str, purpose: Purpose = Purpose.RESULT, year: int = 2025, **more: Any
) -> ImportPlan:
    return plan_list(
        register.database,
        register.context,
        foreign_lists.definitions(),
        book_of(sheet_of(*rows, headings=HEADINGS)),
        purpose=purpose,
        year=year,
        **more,
    )


def agree(register: Register, *rows: str, **asked: Any) -> ImportPlan:
    """The plan, after it was applied and found to have been kept."""
    plan = plan_of(register, *rows, **asked)
    taken = plan.taken(ALL)
    if not taken:
        with pytest.raises(AppError, match="import_nothing"):
            apply_plan(register.database, register.context, plan, ALL)
        return plan
    promised = {row.place for row in taken if any(settled(row, ALL))}
    report = apply_plan(register.database, register.context, plan, ALL).value
    assert report.written == promised
    for row in plan_of(register, *rows, **asked).rows:
        if row.place in promised:
            assert not row.is_new_person
            assert not [cell for cell in row.cells if cell.state in NEW]
    return plan


@pytest.fixture
def used(database: Database) -> Register:
    """2024 is closed and 2025 not; one has left, one went into another, one lives elsewhere, one
    has a class of 2026 that begins in 2025; of one a member died.
    """
    register = make_register(database, first_day=date(2023, 1, 1))
    homes = {
        name: register.household(f"Lò {name}", f"Vợ Lò {name}", day=date(2024, 1, 1))
        for name in ("Ở", "Đi", "Nhập", "Chuyển", "Mới")
    }
    decided = {"valid_from": date(2024, 12, 5), "source": "decision"}
    for home in homes.values():
        register.give_class(home.uid, year=2024, **decided)
    close(register, 2024)
    desk, stays, b = (register.database, register.context), homes["Ở"], register.villages["B"]
    events.move_out(*desk, household=homes["Đi"].uid, day=date(2025, 9, 1))
    events.merge(*desk, source=homes["Nhập"].uid, target=stays.uid, day=date(2025, 8, 1))
    events.move_village(*desk, household=homes["Chuyển"].uid, village=b, day=date(2025, 7, 1))
    events.death(*desk, household=stays.uid, person=stays.members[1].uid, day=date(2025, 6, 1))
    later = {"year": 2026, "valid_from": date(2025, 12, 1), "source": "decision"}
    register.give_class(homes["Mới"].uid, "near_poor", **later)
    return register


def close(register: Register, year: int) -> None:
    classes.close_year(
        register.database,
        register.context,
        year=year,
        standard=STANDARD,
        definition="0" * 64,
        commune=register.commune,
    )


def lists(decided: str) -> list[str]:
    """Everybody with a class and somebody new, and a household that nobody knows."""
    rows = []
    for number, name in enumerate(("Ở", "Đi", "Nhập", "Chuyển", "Mới", "Lạ"), 1):
        facts = f"Hộ nghèo | 15/QĐ-UBND | {decided} | 7{number} | x"
        rows += [
            f"Thôn A | {number} | Lò {name} | Chủ hộ | 1980 | Nam | | {facts}",
            f"Thôn A | {number} | Vợ Lò {name} | Mẹ | 1980 | Nữ",
            f"Thôn A | {number} | Con {name} | Con | 2011 | Nữ",
        ]
    return rows


def test_what_is_shown_is_what_is_written(used: Register) -> None:
    for year, decided in product((2024, 2025, 2023, 2026), ("", "20/12/2025", "20/12/2019")):
        agree(used, *lists(decided), year=year)
    agree(used, *lists("20/12/2025"), day=date(2025, 6, 15))
    for purpose, day in product((Purpose.NEW, Purpose.UPDATE), (None, date(2025, 2, 1))):
        agree(used, *lists(""), purpose=purpose, day=day)


def test_a_closed_year_takes_nobody_new(register: Register) -> None:
    home = register.household("Lò An")
    register.give_class(home.uid, year=2025)
    close(register, 2025)
    rows = (
        "Thôn A | 1 | Lò An | Chủ hộ | 1980 | Nam | | Hộ nghèo",
        "Thôn A | 1 | Lò Con | Con | 2011 | Nữ",
        "Thôn A | 2 | Hồ Lạ | Chủ hộ | 1980 | Nam | | Hộ nghèo",
    )
    plan = agree(register, *rows)
    assert [row.finding for row in plan.rows] == ["", "year_closed", "year_closed"]
    assert [row.state for row in plan.rows[1:]] == [RowState.PROBLEM] * 2


def test_a_class_that_cannot_stand_is_told_in_its_cells(used: Register) -> None:
    plan = agree(used, *lists("20/12/2025"), day=date(2025, 6, 15))
    assert cell_of(plan, "Lò Mới", "household_class").finding == "class_newer"
    assert row_of(plan, "Lò Mới").state is RowState.PROPOSAL  # its points are written
    # of who went into another household since nobody knows where a new one would be
    joined = row_of(plan, "Con Nhập")
    assert (joined.state, joined.finding) == (RowState.PROBLEM, "household_left")
    older = agree(used, *lists("20/11/2025"))
    assert cell_of(older, "Lò Ở", "decision_on").finding == "paper_older"


def test_a_new_household_lives_where_a_village_is(register: Register) -> None:
    """Decided before the village was there, and gone with it into another since."""
    a, b = register.villages["A"], register.villages["B"]
    merger = {"olds": [a], "news": [b], "reason": "merged", "effective_on": date(2026, 7, 1)}
    successions.record_succession(register.database, register.context, **merger)
    row = "Thôn A | 1 | Hồ Lạ | Chủ hộ | 1980 | Nam | | Hộ nghèo | 9/QĐ-UBND | 20/12/2024 | 70"
    home = agree(register, row).rows[0].household
    with register.database.reader() as connection:
        stays = records.find(connection, Kind.PLACE, household=home)
    assert [(stay["village"], stay["valid_from"]) for stay in stays] == [
        (a, date(2025, 12, 31)),
        (b, date(2026, 7, 1)),
    ]


def test_the_dead_and_who_left_do_not_come_back_without_a_word(used: Register) -> None:
    rows = (
        "Thôn A | 1 | Lò Ở | Chủ hộ | 1980 | Nam",
        "Thôn A | 1 | Vợ Lò Ở | Vợ | 1980 | Nữ",
    )
    plan = plan_of(used, *rows, purpose=Purpose.UPDATE)
    wife = row_of(plan, "Vợ Lò Ở")
    assert (wife.finding, wife.is_undecided) == ("person_gone", True)
    assert [one.text for one in wife.candidates] == ["Vợ Lò Ở · 05/1980 · đã rời sổ 01/06/2025"]
    for chosen, finding in ((wife.candidates[0].uid, "person_back"), (None, "")):
        more = {"purpose": Purpose.UPDATE, "persons": {wife.place: chosen}}
        assert row_of(plan_of(used, *rows, **more), "Vợ Lò Ở").finding == finding
    for village, name in (("Thôn B", "Vợ Lò Ở"), ("Thôn A", "VO LO O")):
        anew = f"{village} | 9 | {name} | Chủ hộ | 1980 | Nữ"
        (row,) = plan_of(used, anew, purpose=Purpose.NEW).rows
        assert (row.finding, row.is_undecided) == ("person_gone", True)


def test_a_finished_form_keeps_its_points_and_the_list_is_told_of_it(register: Register) -> None:
    case = make_case(register)
    sheet = typed(open_case(register, case), "score_income", 112)
    save(register, accept_everything(sheet))
    settle(register, case)
    row = "Thôn A | 1 | Hồ Văn Ba | Chủ hộ | 1980 | Nam | | Hộ cận nghèo | | | 130"
    plan = agree(register, row, year=2026)
    (head,) = plan.rows
    assert plan.against_forms == plan.rows
    assert (head.state, cell_of(plan, head.name, "household_class").finding) == (
        RowState.PROPOSAL, "form_class",
    )  # fmt: skip
    points = cell_of(plan, head.name, "score_income")
    assert (points.state, points.finding, points.old) == (CellState.SAME, "form_score", 112)
    again = plan_of(register, row, year=2026)
    assert again.is_nothing_to_do
    assert again.against_forms  # its points are told again, and nothing is written
    assert register.get(head.household).score_income == 112
