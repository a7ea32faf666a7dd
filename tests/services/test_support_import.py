"""Supports from lists of others: bank, insurance, school, district; what is not sure waits, each
đồng of the file is told, the same file twice gives nothing new, one undo takes all back.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.support_cells import money_factor, read_money
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.programme import supports
from giamngheo_desktop.services.programme.support_plan import SupportChoices, SupportState
from giamngheo_desktop.storage import records
from tests.harness.examples import examples
from tests.harness.foreign_lists import definitions
from tests.harness.register import Register, dump, empty_database, living, make_register
from tests.harness.support_lists import (
    Desk,
    balances,
    codes,
    desk_of,
    named,
    number,
    row_of,
    states,
)

GIFT = ("STT", "Họ và tên chủ hộ", "Số CCCD", "Thôn", "Quỹ “Vì người nghèo”", "Ngân sách xã",
        "Tên hiện vật", "Số lượng", "ĐVT", "Ghi chú")  # fmt: skip


@pytest.fixture
def desk(register: Register, tmp_path: Path) -> Desk:
    return desk_of(register, tmp_path)


def of_2026(desk: Desk) -> list[supports.Support]:
    asked = supports.Asked(year=2026)
    return supports.of_year(desk.register.database, definitions(), asked)


def test_a_list_of_gifts_is_written_once_and_taken_back_in_one_step(desk: Desk) -> None:
    """Columns by source, goods, a total at the end; the second time there is nothing new."""
    path = desk.book(
        ("DANH SÁCH TẶNG QUÀ TẾT",),
        GIFT,
        (1, "Lò Văn An", number(0), "Thôn A", 500_000, "", "", "", "", "ốm"),
        (2, "Lò Văn An", number(1), "Thôn B", "300.000", 200_000, "gạo", 10.5, "kg", "=1+1"),
        (3, "Hồ Văn Cả", number(2), "Thôn A", "", "", "chăn", 2, "cái", ""),
        (4, "Y Bình", number(3), "Thôn B", "", "", "", "", "", ""),
        ("", "Tổng cộng", "", "", 800_000, 200_000),
    )
    before = living(dump(desk.register.database))
    plan = desk.plan(path)
    assert living(dump(desk.register.database)) == before, "a dry run writes nothing"
    assert states(plan) == ["ready", "ready", "ready", "empty"]
    balances(plan, [500_000, 500_000])
    assert [(one.amount, one.agrees) for one in plan.totals] == [(1_000_000, True)]
    done = desk.apply(plan)
    assert done.changes.op is Op.IMPORT_SUPPORTS
    found = {row.item: row for row in of_2026(desk)}
    assert found[None].shares == {"poor_fund": 500_000}
    assert found["gạo"].shares == {"poor_fund": 300_000, "commune": 200_000}
    assert (found["gạo"].quantity, found["gạo"].unit, found["gạo"].note) == (1050, "kg", "=1+1")
    assert (found["chăn"].amount, found["chăn"].quantity) == (None, 200)
    assert {row.class_then for row in found.values()} == {"poor"}
    assert len({row.event for row in found.values()}) == 1
    again = desk.plan(path)
    assert states(again) == ["same", "same", "same", "empty"]
    assert again.is_nothing_new
    assert again.applied_before is not None
    assert again.money(()).same == again.money(()).file == 1_000_000
    with pytest.raises(AppError, match="import_nothing"):
        desk.apply(again)
    step = undo.next_step(desk.register.database)
    assert step is not None
    assert (step.op, step.subject) == (Op.IMPORT_SUPPORTS, "ds.xlsx")
    undo.undo(desk.register.database, desk.register.context, step.group)
    assert living(dump(desk.register.database)) == before
    assert states(desk.plan(path)) == ["ready", "ready", "ready", "empty"]


def test_a_bank_list_in_thousands_waits_for_names(desk: Desk) -> None:
    """NHCSXH: no numbers of papers, amounts in thousands; two heads of one name are asked."""
    path = desk.book(
        ("NGÂN HÀNG CHÍNH SÁCH XÃ HỘI",),
        ("ĐVT: nghìn đồng",),
        ("STT", "Họ tên khách hàng", "Thôn", "Số tiền vay", "Ngày vay", "Thời hạn", "Mục đích"),
        (1, "Lò Văn An", "", 50_000, date(2026, 3, 15), 60, "nuôi bò"),
        (2, "Hồ Văn Cả", "Thôn A", "30.000", date(2026, 3, 16), 36, ""),
        (3, "Người Lạ", "Thôn B", 20_000, date(2026, 3, 16), 36, ""),
        ("Cộng", "", "", 100_000),
    )
    asked = {"policy": "credit", "wanted": {"source": "policy_credit"}}
    plan = desk.plan(path, **asked)
    assert plan.factors == {"DS": {"D": 1_000}}
    assert states(plan) == ["waiting"] * 3
    assert [len(row.candidates) for row in plan.rows] == [2, 1, 0]
    assert codes(row_of(plan, 6)) == ["support_nobody"]
    assert not row_of(plan, 6).may_be_taken
    balances(plan, [50_000_000, 30_000_000, 20_000_000])
    assert [one.agrees for one in plan.totals] == [True]
    chosen = row_of(plan, 4).candidates[1]
    persons = {("DS", 4): chosen.uid, ("DS", 5): row_of(plan, 5).candidates[0].uid}
    settled = desk.plan(path, persons=persons, **asked)
    assert states(settled) == ["ready", "ready", "waiting"]
    desk.apply(settled)
    loans = {row.supported_on: row for row in of_2026(desk)}
    loan = loans[date(2026, 3, 15)]
    assert (loan.household, loan.shares) == (chosen.household, {"policy_credit": 50_000_000})
    with desk.register.database.reader() as connection:
        kept = {
            row["code"]: row["value"]
            for row in records.find(connection, Kind.SUPPORT_VALUE, support=loan.uid)
        }
    assert kept == {"loan_months": "60", "loan_purpose": "nuôi bò"}
    again = desk.plan(path, **asked)
    assert states(again) == ["same", "same", "waiting"], "known by rows, without asking again"


def test_a_list_of_cards_knows_persons_by_their_number(desk: Desk) -> None:
    """BHXH: per person, a period that ends in the future, days as texts in one order."""
    path = desk.book(
        ("TT", "Họ và tên", "Năm sinh", "Số CCCD", "Mã thẻ", "Từ ngày", "Đến ngày", "Nhóm nợ"),
        (1, "Vợ Lò Văn An", 1980, number(50), "HN267", "01/02/2026", "31/12/2026", "A"),
        (2, "Vợ Hồ Văn Cả", 1980, int(number(52)), "HN268", "01/02/2026", "31/12/2026", ""),
        (3, "Tên Khác Hẳn", 1980, number(53), "HN269", "01/02/2026", "31/12/2026", ""),
    )
    plan = desk.plan(path, "health_insurance", days="day_first")
    assert states(plan) == ["ready", "ready", "waiting"]
    assert codes(row_of(plan, 4)) == ["support_who", "name_differs"]
    assert [(one.code, one.column) for one in plan.unread["DS"]] == [("column_unread", "H")]
    assert "A" in plan.unread["DS"][0].said
    desk.apply(plan)
    found = of_2026(desk)
    assert {(row.period_from, row.period_to) for row in found} == {
        (date(2026, 2, 1), date(2026, 12, 31))
    }
    assert all(row.person is not None for row in found)
    first = row_of(plan, 2).receiver
    assert first is not None
    assert first.answers == {"card_code": "HN267"}
    unclear = desk.plan(path, "health_insurance")
    assert codes(row_of(unclear, 2))[0] == "day_unclear"
    assert not row_of(unclear, 2).may_be_taken
    assert states(unclear)[:1] == ["waiting"], "an unclear day is no reason to say it is there"


def test_a_card_with_another_code_is_no_support_that_is_there(desk: Desk) -> None:
    head = ("TT", "Họ và tên", "Số CCCD", "Mã thẻ")
    rows = ((1, "Lò Văn An", number(0), "HN1"),)
    desk.apply(desk.plan(desk.book(head, *rows), "health_insurance"))
    other = desk.plan(desk.book(head, (1, "Lò Văn An", number(0), "HN2")), "health_insurance")
    assert codes(row_of(other, 2)) == ["support_twice"]
    assert row_of(other, 2).may_be_taken


def test_a_school_list_under_a_merged_head(desk: Desk, tmp_path: Path) -> None:
    """Sources under one merged heading, beside columns of places that sound like sources."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Trường"
    rows: list[tuple[object, ...]] = [
        ("TT", "Họ và tên học sinh", "Số CCCD", "Xã", "Trường", "Lớp", "Kinh phí hỗ trợ", "", ""),
        ("", "", "", "", "", "", "Trung ương", "Tỉnh", "Tổng cộng"),
        (1, "Vợ Lò Văn An", number(51), "Sơn Tây", "TH Số 1", "3A", 700_000, 300_000, 1_000_000),
        (2, "Vợ Y Bình", number(53), "Sơn Tây", "TH Số 1", "3A", 700_000, 300_000, 900_000),
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("G1:I1")
    for letter in "ABCDEF":
        sheet.merge_cells(f"{letter}1:{letter}2")
    hidden = book.create_sheet("Nháp")
    hidden.sheet_state = "hidden"
    hidden.append(("Họ và tên", "Thôn", "Số tiền"))
    hidden.append(("Lò Văn An", "Thôn A", 5_000_000))
    path = tmp_path / "truong.xlsx"
    book.save(path)
    plan = desk.plan(path, "education")
    assert plan.hidden == ("Nháp",)
    assert states(plan) == ["ready", "waiting"]
    first = row_of(plan, 3).receiver
    assert first is not None
    assert first.shares == {"central": 700_000, "province": 300_000}
    assert first.answers == {"school": "TH Số 1", "school_class": "3A"}
    assert codes(row_of(plan, 4)) == ["amount_differs"]
    assert not row_of(plan, 4).may_be_taken
    balances(plan, [1_000_000, 900_000])


def test_what_cannot_be_read_is_told_with_its_place(desk: Desk) -> None:
    """Amounts in words, errors, days, negative ones; a row without a name; a wrong total."""
    head = ("STT", "Họ và tên", "Số CCCD", "Thôn", "Số tiền", "Nguồn vốn")
    path = desk.book(
        head,
        (1, "Lò Văn An", number(0), "Thôn A", "năm trăm nghìn", "NSTW"),
        (2, "Lò Văn An", number(1), "Thôn B", -5_000, "NSTW"),
        (3, "Hồ Văn Cả", number(2), "Thôn A", date(2026, 1, 2), "NSTW"),
        (),
        (4, "Y Bình", number(3), "Thôn B", "500", "NSTW"),
        (5, "Rơ Mah Dũng", number(4), "Thôn C", "1,5 triệu", "túi riêng"),
        ("", "", "", "Thôn C", 250_000, "NSTW"),
        ("", "Tổng số", "", "", 9_000_000, ""),
    )
    plan = desk.plan(path)
    told = [(row.row, codes(row)) for row in plan.rows]
    assert told == [
        (2, ["amount_unreadable"]),
        (3, ["amount_negative"]),
        (4, ["amount_day"]),
        (6, ["amount_odd"]),
        (7, ["source_unknown", "source_unsaid"]),
        (8, ["support_no_name"]),
    ]
    first = row_of(plan, 2).findings[0]
    assert (first.column, first.said) == ("E", "năm trăm nghìn")
    assert states(plan) == ["refused"] * 3 + ["waiting"] * 2 + ["refused"]
    assert row_of(plan, 6).may_be_taken
    assert not row_of(plan, 7).may_be_taken
    balances(plan, [500, 1_500_000, 250_000])
    assert plan.money(()).unread == 3
    assert [one.agrees for one in plan.totals] == [False]
    done = desk.apply(plan, SupportChoices(rows=frozenset({("DS", 6)})))
    assert len(done.value.supported.supports) == 1
    (only,) = of_2026(desk)
    assert only.shares == {"central": 500}


def test_who_stands_twice_waits_and_so_does_what_the_register_has(desk: Desk) -> None:
    head = ("STT", "Họ và tên", "Số CCCD", "Số tiền", "Nội dung")
    path = desk.book(
        head,
        (1, "Lò Văn An", number(0), 100_000, "quà"),
        (2, "Vợ Lò Văn An", number(50), 100_000, "quà"),
        (3, "Lò Văn An", number(0), 100_000, "chăn"),
    )
    asked: dict[str, Any] = {"wanted": {"source": "donors"}}
    plan = desk.plan(path, **asked)
    assert states(plan) == ["ready", "waiting", "ready"]
    twice = row_of(plan, 3)
    assert (codes(twice), twice.clash_row) == (["support_row_twice"], ("DS", 2))
    assert twice.receiver is not None
    assert twice.receiver.values["recipient"] == "Vợ Lò Văn An"
    desk.apply(plan)
    other = desk.book(head, (1, "Lò Văn An", number(0), 70_000, "quà"), name="khac")
    second = desk.plan(other, wanted={"source": "commune", "name": "Khác"})
    (row,) = second.rows
    assert (row.state, codes(row)) == (SupportState.WAITING, ["support_twice"])
    taken = desk.apply(second, SupportChoices(rows=frozenset({row.place})))
    assert len(taken.value.supported.supports) == 1
    assert len(of_2026(desk)) == 3
    later = desk.plan(
        desk.book(head, (1, "Lò Văn An", number(0), 70_000, "quà"), name="sau"),
        wanted={"source": "commune", "support": {"period_from": date(2027, 1, 1)}},
    )
    assert states(later) == ["ready"], "for other days it is no double"


def test_what_is_not_a_list_of_this_commune_or_policy(desk: Desk) -> None:
    with pytest.raises(AppError, match="support_no_list"):
        desk.plan(desk.book(("Kế hoạch", "năm"), ("a", 1)))
    path = desk.book(("STT", "Họ và tên", "Số tiền"), (1, "Lò Văn An", 1_000_000))
    with pytest.raises(AppError, match="import_no_sheet"):
        desk.plan(path, only="Khác")
    with pytest.raises(AppError, match="support_policy"):
        desk.plan(path, "khác")
    with pytest.raises(AppError, match="support_day"):
        desk.plan(path, wanted={"on": date(2027, 1, 1)})
    with pytest.raises(AppError, match="import_column"):
        desk.plan(path, mappings={"": {"C": "tiền"}})
    foreign = desk.book(
        ("DANH SÁCH HỘ NHẬN QUÀ XÃ ĐĂK RVE",),
        ("STT", "Họ và tên", "Số CCCD", "Số tiền"),
        (1, "Lò Văn An", number(0), 1_000_000),
    )
    plan = desk.plan(foreign, wanted={"source": "donors"})
    assert [one.code for one in plan.doubts] == ["commune"]
    assert plan.taken(SupportChoices()) == ()
    assert len(plan.taken(SupportChoices(confirmed=True))) == 1


def test_columns_may_be_said_and_a_second_amount_is_asked(desk: Desk) -> None:
    path = desk.book(
        ("STT", "Họ và tên", "Số CCCD", "Số tiền vay", "Số tiền giải ngân", "Cột lạ"),
        (1, "Lò Văn An", number(0), 9_000_000, 8_000_000, "gạo"),
    )
    asked: dict[str, Any] = {"wanted": {"source": "donors"}}
    assert codes(desk.plan(path, **asked).rows[0]) == ["amount_again"]
    mapped = {"": {"D": "", "E": "amount.central", "F": "item"}}
    (row,) = desk.plan(path, mappings=mapped, **asked).rows
    assert row.state is SupportState.READY
    assert row.receiver is not None
    assert (row.receiver.shares, row.receiver.values) == ({"central": 8_000_000}, {"item": "gạo"})


def test_what_may_be_another_amount_waits(desk: Desk) -> None:
    """A level for one month, a number without a heading; a note of the community is no total."""
    asked: dict[str, Any] = {"wanted": {"source": "donors"}}
    who = (1, "Lò Văn An", number(0))
    head = ("STT", "Họ và tên", "Số CCCD")
    monthly = desk.book((*head, "Mức hỗ trợ", "Số tháng"), (*who, 500_000, 3))
    assert codes(desk.plan(monthly, **asked).rows[0]) == ["amount_monthly"]
    assert states(desk.plan(monthly, mappings={"": {"D": "amount"}}, **asked)) == ["ready"]
    headless = desk.book((*head, ""), (*who, 500_000))
    (row,) = desk.plan(headless, **asked).rows
    assert [(one.code, one.column) for one in row.findings] == [("amount_again", "D")]
    noted = desk.book((*head, "Số tiền", "Ghi chú"), (*who, 500_000, "Cộng đồng hỗ trợ"))
    assert states(desk.plan(noted, **asked)) == ["ready"]
    total = desk.book((*head[:2], "Số tiền", "Ghi chú"), (*who[:2], 500_000, "Tổng hai đợt"))
    (row,) = desk.plan(total, **asked).rows
    assert (codes(row), row.state) == (["support_maybe_total"], SupportState.REFUSED)
    balances(desk.plan(total, **asked), [500_000])


def test_a_row_of_errors_alone_is_told(desk: Desk) -> None:
    """VLOOKUP found neither the name nor the amount."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("Họ và tên", "Số CCCD", "Số tiền"),
        ("=A9", None, "=NA()"),
        ("#N/A", None, "#N/A"),
    ):
        sheet.append(row)
    path = desk.folder / "lỗi.xlsx"
    book.save(path)
    plan = desk.plan(path)
    assert [(row.row, codes(row)) for row in plan.rows] == [
        (2, ["support_no_name", "formula_without_value", "formula_without_value"]),
        (3, ["support_no_name", "cell_error", "cell_error"]),
    ]
    assert states(plan) == ["refused", "refused"]


def test_what_says_nothing_of_a_support_gives_none(desk: Desk) -> None:
    """A note, an answer of the list of households; a period that ends before it begins."""
    head = ("STT", "Họ và tên", "Số CCCD", "Số QĐ công nhận", "Từ ngày", "Đến ngày", "Ghi chú")
    path = desk.book(
        head,
        (1, "Lò Văn An", number(0), "12/QĐ-UBND", "", "", "vắng"),
        (2, "Hồ Văn Cả", number(2), "", date(2026, 3, 1), date(2026, 2, 1), ""),
        (3, "Y Bình", number(3), "13/QĐ-UBND", date(2026, 3, 1), date(2026, 5, 31), ""),
    )
    plan = desk.plan(path)
    assert states(plan) == ["empty", "refused", "ready"]
    assert [one.code for one in row_of(plan, 2).told] == ["support_note_alone"]
    assert codes(row_of(plan, 3)) == ["days_turned"]
    last = row_of(plan, 4).receiver
    assert last is not None
    assert set(last.values) == {"period_from", "period_to"}, "the decision was that of the class"
    assert [one.column for one in plan.unread["DS"]] == ["D"]


def test_warnings_are_told_and_stop_nobody(desk: Desk) -> None:
    other = desk.register.household("Kinh Không Nghèo", village="C")
    named(desk.register, other.members[0].uid, number(9))
    desk.register.give_class(other.uid, "not_poor")
    path = desk.book(
        ("STT", "Họ và tên", "Số CCCD", "Số tiền vay", "Diện"),
        (1, "Kinh Không Nghèo", number(9), 50_000_000, "Hộ nghèo"),
    )
    (row,) = desk.plan(path, "credit", wanted={"source": "policy_credit"}).rows
    assert row.state is SupportState.READY
    assert [each.why.value for each in row.warnings] == ["other_class"]
    assert [one.said for one in row.told] == ["poor|not_poor"]


def test_rows_of_a_list_join_the_event_that_says_the_same(desk: Desk) -> None:
    def give(at: int, name: str, **event: Any) -> None:
        rows = (1, name, number(at), "", 100_000 + at)
        path = desk.book(GIFT[:5], rows, name=f"đợt {at}")
        desk.apply(desk.plan(path, wanted={"name": "Tết", "event": event}))

    give(0, "Lò Văn An")
    give(2, "Hồ Văn Cả")
    give(3, "Y Bình", decision_number="7/QĐ")
    assert len({row.event for row in of_2026(desk)}) == 2
    assert {row.decision_number for row in of_2026(desk)} == {None, "7/QĐ"}


def test_what_changed_meanwhile_is_not_written(desk: Desk) -> None:
    path = desk.book(GIFT, (1, "Lò Văn An", number(0), "Thôn A", 500_000))
    plan = desk.plan(path)
    desk.register.household("Người Mới")
    with pytest.raises(AppError, match="import_stale"):
        desk.apply(plan)
    assert of_2026(desk) == []


CELLS = st.one_of(
    st.integers(0, 10**10),
    st.integers(1, 10**6).map(lambda value: f"{value:,}".replace(",", ".")),
    st.sampled_from(("", "-", "1,5 triệu", "x", "12a", None)),
)
ROWS = st.lists(st.tuples(st.integers(0, 7), CELLS, CELLS), min_size=1, max_size=12)


@given(rows=ROWS)
@settings(
    max_examples=examples(8, 150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_dong_of_the_file_is_somewhere(tmp_path: Path, rows: Any) -> None:
    """Against amounts read here in another way; whoever is meant, known or not, once or often."""
    path = tmp_path / "random.db"
    with empty_database(path) as database:
        register = make_register(database)
        for at in range(4):
            home = register.household(f"Người {'ABCD'[at]}", village="A")
            named(register, home.members[0].uid, number(at))
        desk = Desk(register, tmp_path)
        listed = [
            (line, f"Người {'ABCDEFGH'[who]}", number(who), "Thôn A", one, two)
            for line, (who, one, two) in enumerate(rows, 1)
        ]
        book = desk.book(GIFT[:6], *listed)
        plan = desk.plan(book)
        sums = [[_plain(one), _plain(two)] for _, one, two in rows]
        balances(plan, [value for pair in sums for value in pair if value])
        assert len(plan.rows) == len(rows)
        taken = plan.taken(SupportChoices())
        if taken:
            desk.apply(plan)
            assert sum(row.amount or 0 for row in of_2026(desk)) == plan.money(taken).written
        again = desk.plan(book)
        assert again.money(()).same == plan.money(taken).written
        assert again.taken(SupportChoices()) == ()


def _plain(cell: object) -> int:
    if isinstance(cell, int):
        return cell
    text = str(cell or "").replace(".", "")
    return 1_500_000 if text == "1,5 triệu" else int(text) if text.isdigit() else 0


@pytest.mark.parametrize(
    ("cell", "factor", "value", "finding"),
    [
        ("1.500.000 đ", 1, 1_500_000, ""),
        ("1.500", 1_000, 1_500_000, ""),
        ("1,500", 1_000, None, "amount_ambiguous"),
        ("1.500", 1_000_000, None, "amount_ambiguous"),
        ("1,5", 1_000_000, 1_500_000, ""),
        (1.5, 1_000_000, 1_500_000, ""),
        ("2 triệu", 1_000, None, "amount_unit_twice"),
        (0.5, 1, None, "amount_not_whole"),
        (True, 1, None, "amount_unreadable"),
        ("–", 1, None, ""),
    ],
)
def test_money_of_a_cell(cell: Any, factor: int, value: int | None, finding: str) -> None:
    read = read_money(cell, factor)
    assert (read.value, read.finding) == (value, finding)


@pytest.mark.parametrize(
    ("heading", "titles", "factor"),
    [
        ("Số tiền (nghìn đồng)", (), 1_000),
        ("Số tiền (1.000đ)", (), 1_000),
        ("Số tiền (đồng)", ("ĐVT: triệu đồng",), 1),
        ("Số tiền", ("Đơn vị tính: triệu đồng",), 1_000_000),
        ("Số tiền", ("Hỗ trợ 5 triệu đồng mỗi hộ",), 1),
        ("Mức 2 triệu đồng", (), 1),
    ],
)
def test_the_unit_of_a_column(heading: str, titles: tuple[str, ...], factor: int) -> None:
    assert money_factor(heading, titles) == factor
