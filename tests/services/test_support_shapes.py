"""The shapes in which lists of supports come: other headings, a total of each row, one name over
several goods.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services.programme.support_plan import SupportState
from tests.harness.register import Register
from tests.harness.support_lists import (
    Desk,
    balances,
    change_person,
    codes,
    desk_of,
    named,
    number,
    row_of,
    states,
)  # fmt: skip

DONORS: dict[str, Any] = {"wanted": {"source": "donors"}}


@pytest.fixture
def desk(register: Register, tmp_path: Path) -> Desk:
    return desk_of(register, tmp_path)


def test_whoever_stands_in_the_only_column_of_names_gets_it(desk: Desk) -> None:
    for heading in (
        "Người nhận", "Họ tên người nhận", "Hộ nhận", "Tên hộ", "Hộ gia đình", "Chủ hộ",
        "Họ và tên chủ hộ", "Đại diện hộ", "Họ và tên người đại diện hộ",
    ):  # fmt: skip
        head = ("TT", heading, "Số CCCD", "Số tiền")
        path = desk.book(head, (1, "Hồ Văn Cả", number(2), 500_000))
        (row,) = desk.plan(path, **DONORS).rows
        assert row.state is SupportState.READY, heading
        assert row.receiver is not None
        assert "recipient" not in row.receiver.values
    head = ("TT", "Hộ gia đình", "Người nhận", "Số CCCD", "Số tiền")
    path = desk.book(head, (1, "Hồ Văn Cả", "Vợ Hồ Văn Cả", number(2), 500_000))
    (row,) = desk.plan(path, **DONORS).rows
    assert row.receiver is not None
    assert row.receiver.values["recipient"] == "Vợ Hồ Văn Cả"


def test_the_total_of_a_row_is_compared_with_its_sources(desk: Desk) -> None:
    """It has a heading of its own, and the unit of what it adds up."""
    path = desk.book(
        ("TT", "Chủ hộ", "Số CCCD", "Số tiền hỗ trợ (nghìn đồng)", "", "Cộng", "Ký nhận"),
        ("", "", "", "NSTW", "NS tỉnh", "", ""),
        (1, "Lò Văn An", number(0), 20_000, 1_200, 21_200, ""),
        (2, "Hồ Văn Cả", number(2), 20_000, 1_200, 99_000, ""),
        (3, "Y Bình", number(3), 5_000, "", "", ""),
        ("", "Tổng cộng", "", 45_000, 2_400, 125_200, ""),
    )
    plan = desk.plan(desk.merged(path, "D1:E1", "F1:F2", "G1:G2"))
    assert states(plan) == ["ready", "waiting", "ready"]
    (found,) = row_of(plan, 4).findings
    assert (found.code, found.column, found.said) == ("amount_differs", "F", "99000000|21200000")
    assert not row_of(plan, 4).may_be_taken
    balances(plan, [21_200_000, 99_000_000, 5_000_000])
    assert [one.agrees for one in plan.totals] == [False]
    assert "F" not in {one.column for one in plan.unread.get("DS", ())}
    lone = desk.book(("TT", "Chủ hộ", "Số CCCD", "Cộng"), (1, "Lò Văn An", number(0), 500_000))
    assert codes(desk.plan(lone, **DONORS).rows[0]) == ["amount_again"], "it may be an amount"


def test_goods_under_one_name_are_supports_of_one_household(desk: Desk) -> None:
    """Amounts and goods count where they stand; a total of the household counts once."""
    path = desk.book(
        ("TT", "Hộ nhận", "Số CCCD", "Tên hàng", "Số lượng", "ĐVT", "Thành tiền"),
        (1, "Hồ Văn Cả", number(2), "Gạo tẻ", 50, "kg", 750_000),
        ("", "", "", "Mì tôm", 2, "thùng", 240_000),
        ("", "", "", "", "", "", ""),
        (2, "Y Bình", number(3), "Gạo tẻ", 25, "kg", 300_000),
        ("", "", "", "Mì tôm", 1, "thùng", ""),
        ("", "", "", "Dầu ăn", 1, "chai", 30_000),
        ("", "Tổng cộng", "", "", "", "", 1_320_000),
    )
    desk.merged(path, "A2:A4", "B2:B4", "C2:C4", "A5:A6", "B5:B6", "C5:C6", "G5:G6")
    plan = desk.plan(path, **DONORS)
    assert [(row.row, row.name, row.state.value) for row in plan.rows] == [
        (2, "Hồ Văn Cả", "ready"),
        (3, "Hồ Văn Cả", "ready"),
        (5, "Y Bình", "ready"),
        (6, "Y Bình", "ready"),
        (7, "Dầu ăn | 1 | chai | 30000", "refused"),
    ]
    assert codes(row_of(plan, 7)) == ["support_no_name"]
    assert [one.agrees for one in plan.totals] == [True]
    assert plan.left_out == (("DS", 8, "total", "Tổng cộng | 1320000"),), "a row is told once"
    balances(plan, [750_000, 240_000, 300_000, 30_000])
    desk.apply(plan)
    assert states(desk.plan(path, **DONORS)) == ["same"] * 4 + ["refused"]


def test_single_proposals_that_agree_are_taken_at_once(desk: Desk) -> None:
    """Name, full day of birth, village and head; one candidate, and no other number."""
    register = desk.register
    born = PartialDate(1985, 3, 17)
    for name, village in (
        ("Sùng A Páo", "A"), ("Vàng Thị Mai", "A"), ("Giàng A Chu", "B"), ("Mùa A Sềnh", "B"),
    ):  # fmt: skip
        home = register.household(name, village=village)
        change_person(register, home.members[0].uid, birth=born)
    named(register, home.members[0].uid, number(7))
    for _ in range(2):
        twin = register.household("Hạng A Tủa", village="A")
        change_person(register, twin.members[0].uid, birth=born)
    path = desk.book(
        ("TT", "Họ và tên", "Ngày sinh", "Thôn", "Chủ hộ", "Số CCCD", "Số tiền"),
        (1, "Sùng A Páo", "17/03/1985", "Thôn A", "Sùng A Páo", "", 100_000),
        (2, "Vàng Thị Mai", "1985", "Thôn A", "", "", 100_001),
        (3, "Giàng A Chu", "17/03/1985", "Thôn A", "", "", 100_002),
        (4, "Mùa A Sềnh", "17/03/1985", "Thôn B", "", number(8), 100_003),
        (5, "Hạng A Tủa", "17/03/1985", "Thôn A", "", "", 100_004),
        (6, "Giàng A Chu", "17/03/1985", "Thôn B", "Hồ Văn Cả", "", 100_005),
        (7, "Vàng Thị Mai", "17/03/1985", "Thôn A", "", "", 100_006),
    )
    plan = desk.plan(path, **DONORS)
    assert states(plan) == ["waiting"] * 7
    assert [place[1] for place in plan.sure] == [2, 8]
    assert len(row_of(plan, 6).candidates) == 2
    settled = desk.plan(path, persons=plan.sure, **DONORS)
    assert [row.row for row in settled.rows if row.state is SupportState.READY] == [2, 8]
    assert [len(row_of(settled, at).candidates) for at in (2, 8)] == [1, 1], "and may be changed"
    desk.apply(settled)
    again = desk.plan(path, **DONORS)
    assert [row.state.value for row in again.rows if row.row in (2, 8)] == ["same", "same"]
    assert again.sure == {}


def test_columns_that_nobody_knows_are_shown_to_be_chosen(desk: Desk) -> None:
    rows = [(at, "Hồ Văn Cả", "Thôn A", 500_000) for at in (1, 2)]
    path = desk.book(("Thứ", "Nhân vật", "Nơi", "Khoản"), *rows)
    guessed = desk.plan(path, guesses=True)
    assert guessed.rows == ()
    assert guessed.sheets[0].headings["B"] == "Nhân vật"
    chosen = {"": {"B": "full_name", "C": "village", "D": "amount.donors"}}
    assert [row.amount for row in desk.plan(path, mappings=chosen).rows] == [500_000] * 2
