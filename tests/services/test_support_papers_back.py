"""The program's own lists of supports come back: on the register they were made from each row is
there already, without its supports the same amounts are written from the same sources.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.household_supports import household_sheet
from giamngheo_desktop.reports.support_list import TO_POST, TO_SIGN, support_list
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.programme import support_bulk, support_lists
from giamngheo_desktop.services.programme.support_bulk import ForMany, Receiver
from giamngheo_desktop.services.programme.support_plan import SupportPlan
from giamngheo_desktop.storage.supports import Support
from tests.harness.foreign_lists import definitions
from tests.harness.register import Register
from tests.harness.support_lists import Desk, codes, desk_of, number, row_of, states

AFTER, BEFORE = date(2026, 7, 1), date(2026, 3, 1)


@pytest.fixture
def desk(register: Register, tmp_path: Path) -> Desk:
    return desk_of(register, tmp_path)


def give(desk: Desk, day: date, *receivers: Receiver, **event: Any) -> None:
    support, shares = event.pop("support", {}), event.pop("shares", {"central": 500_000})
    wanted = ForMany(
        event={"policy": "poor_fund_gift", "name": "Quà Tết", "supported_on": day, **event},
        receivers=receivers,
        shares=shares,
        support=support,
    )
    register = desk.register
    support_bulk.support_many(
        register.database, register.context, definitions(), wanted, commune=register.commune
    )


def got(desk: Desk) -> list[Support]:
    return support_lists.between(desk.register.database, date(2026, 1, 1), date(2026, 12, 31))


def paper(desk: Desk, code: str = TO_SIGN) -> Path:
    """All supports of the year on one paper, as the workbook that is sent."""
    doc = support_list(desk.register.database, definitions(), code, got(desk), day=AFTER)
    path = desk.folder / f"{code}.xlsx"
    path.write_bytes(make.render(doc, "xlsx"))
    return path


def emptied(desk: Desk) -> None:
    while (step := undo.next_step(desk.register.database)) and got(desk):
        undo.undo(desk.register.database, desk.register.context, step.group)


def facts(desk: Desk) -> Counter[Any]:
    """What is written of each support, without its id and its event."""
    return Counter(
        (
            row.household, row.person, row.supported_on, row.content, row.item, row.quantity,
            row.unit, row.specification, row.period_from, row.period_to, row.recipient,
            row.receipt, row.note, tuple(sorted(row.shares.items())),
        )
        for row in got(desk)
    )  # fmt: skip


def settled(desk: Desk, path: Path, policy: str = "poor_fund_gift", **asked: Any) -> SupportPlan:
    """As planned when the officer has said yes to the only candidate of each row."""
    plan = desk.plan(path, policy, **asked)
    persons = {row.place: row.candidates[0].uid for row in plan.rows if row.asks_who}
    return desk.plan(path, policy, persons=persons, **asked)


def goods(desk: Desk, day: date) -> None:
    """Rice from two sources: a wife received, one has no worth, the bank paid one out; then two
    blankets more for the first.
    """
    an, other, ca, *_ = desk.homes
    rice = {"item": "Gạo tẻ", "quantity": 1550, "unit": "kg", "specification": "bao 15,5 kg"}
    give(
        desk,
        day,
        Receiver(household=an.uid, values={"recipient": "Vợ Lò Văn An", "note": "chồng ốm"}),
        Receiver(household=other.uid, shares={}),
        Receiver(household=ca.uid, shares={"donors": 70_000}, values={"receipt": "bank"}),
        shares={"central": 500_000, "donors": 30_000},
        support=rice,
    )
    blankets = {"item": "Chăn", "quantity": 200, "unit": "cái", "content": "Tết"}
    give(desk, day, Receiver(household=an.uid), shares={"donors": 7}, support=blankets)


def test_a_list_to_sign_comes_back_as_it_was(desk: Desk) -> None:
    goods(desk, AFTER)
    path, before = paper(desk), facts(desk)
    plan = desk.plan(path)
    assert states(plan) == ["same"] * 4
    assert {why for _, _, why, _ in plan.left_out} >= {"total", "signature", "words"}
    emptied(desk)
    empty = desk.plan(path)
    assert states(empty) == ["ready"] * 4
    assert [one.agrees for one in empty.totals if one.amount] == [True]
    desk.apply(empty)
    assert facts(desk) == before


def test_a_list_of_before_has_no_numbers_so_the_officer_says_who(desk: Desk) -> None:
    """Money of one source, which a note names; of two, with a column each; of many, which the note
    of each row names.
    """
    days = {"period_from": date(2026, 1, 1), "period_to": date(2026, 3, 31)}
    note = {"note": "đã phát", "content": "quý I", **days}
    for sources in (("central",), ("poor_fund", "donors"), ("central", "province", "matching")):
        shares = {**dict.fromkeys(sources, 25_000), sources[0]: 40_001}
        emptied(desk)
        homes = [Receiver(household=home.uid) for home in desk.homes]
        extra = {"commune": 1_000} if len(sources) == 3 else {}
        give(desk, BEFORE, *homes, shares=shares | extra, support=note)
        path, before = paper(desk), facts(desk)
        assert states(desk.plan(path)) == ["same"] * 5
        emptied(desk)
        assert states(desk.plan(path)) == ["waiting"] * 5
        plan = settled(desk, path, wanted={"on": BEFORE})
        assert states(plan) == ["ready"] * 5
        desk.apply(plan)
        assert facts(desk) == before


def test_cards_of_persons_come_back(desk: Desk) -> None:
    an, *_ = desk.homes
    cards = [Receiver(household=an.uid, person=one.uid) for one in an.members]
    give(desk, AFTER, *cards, policy="health_insurance", name="Thẻ BHYT")
    path, before = paper(desk), facts(desk)
    assert states(desk.plan(path, "health_insurance")) == ["same"] * 2
    other = desk.plan(path)  # another policy than the paper says
    assert [codes(row)[0] for row in other.rows] == ["support_other_policy"] * 2
    assert not any(row.may_be_taken for row in other.rows)
    posted = paper(desk, TO_POST)
    assert states(desk.plan(posted, "health_insurance")) == ["same"]
    emptied(desk)
    assert codes(settled(desk, posted, "health_insurance").rows[0]) == [
        "support_posted",
        "source_unsaid",
    ]
    plan = desk.plan(path, "health_insurance")
    assert states(plan) == ["ready"] * 2
    desk.apply(plan)
    assert facts(desk) == before


def test_a_list_that_was_hung_out_adds_up_what_the_register_has(desk: Desk) -> None:
    goods(desk, AFTER)
    goods(desk, AFTER)
    path = paper(desk, TO_POST)
    plan = desk.plan(path)
    assert states(plan) == ["same"] * 4
    assert plan.money(()).same == sum(row.amount or 0 for row in got(desk))
    emptied(desk)
    give(desk, AFTER, Receiver(household=desk.homes[0].uid), shares={"donors": 1})
    assert "same" not in states(desk.plan(path))


def test_the_sheet_of_a_household_is_no_list(desk: Desk) -> None:
    goods(desk, AFTER)
    doc = household_sheet(desk.register.database, definitions(), desk.homes[0].uid, today=AFTER)
    path = desk.folder / "phiếu.xlsx"
    path.write_bytes(make.render(doc, "xlsx"))
    with pytest.raises(AppError, match="support_no_list"):
        desk.plan(path)


def test_somebody_without_a_name_on_a_paper_is_not_the_one_above(desk: Desk) -> None:
    goods(desk, AFTER)
    give(desk, AFTER, Receiver(household=desk.homes[2].uid), support={"item": "Dầu ăn"})
    path = paper(desk)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    (row,) = (one[0].row for one in sheet.iter_rows() if one[1].value == "Hồ Văn Cả")
    sheet.cell(row, 2).value = None
    sheet.cell(14, 2).value = None  # somebody else received for this one
    sheet.cell(15, 6).value = "Quỹ “Vì người nghèo”, tặng quà (từ 31/02/2026)"
    book.save(path)
    plan = desk.plan(path)
    assert [codes(row_of(plan, at)) for at in (14, row, row + 1)] == [["support_no_name"]] * 3
    assert codes(row_of(plan, 15)) == ["date_impossible"]


def test_another_list_of_that_title_is_read_as_any_list(desk: Desk) -> None:
    path = desk.book(
        ("BẢNG KÊ HỖ TRỢ HỘ GIA ĐÌNH",),
        ("TT", "Họ và tên", "Số CCCD", "Số tiền"),
        (1, "Hồ Văn Cả", number(2), 100_000),
        ("", "", "", 200_000),
    )
    plan = desk.plan(path, wanted={"source": "donors"})
    assert (states(plan), dict(plan.papers)) == (["ready", "refused"], {})
