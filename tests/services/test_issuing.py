"""Phát hành: numbers, cancelling, replacing, gaps; the document is only text here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.issued import IssuedKind, State
from giamngheo_desktop.services import issued_gaps, issuing, undo
from giamngheo_desktop.services.issuing import NewIssue
from giamngheo_desktop.storage import records
from tests.harness.register import TODAY, Register, dump, groups, living

DAY = date(2026, 12, 20)
BOOK = IssuedKind.CONFIRMATION
REPORT = IssuedKind.REPORT


def issue(register: Register, number: str = "", **values: Any) -> UUID:
    new = NewIssue(
        **{
            "kind": BOOK,
            "code": "confirmation",
            "title": "Xác nhận hộ nghèo",
            "year": 2026,
            "issued_on": DAY,
            "asked": "{}",
            "document": f"giấy {number}",
            "number": number,
            **values,
        }
    )
    return issuing.issue(register.database, register.context, new).value


def numbers(register: Register, **wanted: Any) -> list[tuple[str | None, State]]:
    return [(one.number, one.state) for one in issuing.issued(register.database, **wanted)]


def gaps(register: Register, kind: IssuedKind = BOOK, year: int = 2026) -> list[tuple[Any, ...]]:
    found = issued_gaps.gaps(register.database, kind, year)
    return [(g.sign, g.first, g.last, g.cancelled and g.cancelled.cancel_reason) for g in found]


def test_what_is_issued_is_listed_with_who_when_and_the_data_it_knew(register: Register) -> None:
    last = groups(register.database)[-1]
    uid = issue(
        register, " 7/XN ", recipients="Ông An", signer="Hồ A", purpose="vay vốn", subject="hộ An"
    )
    (one,) = issuing.issued(register.database)
    assert one == issuing.get(register.database, uid)
    assert (one.number, one.issued_on, one.state) == ("07/XN", DAY, State.ISSUED)
    assert (one.recipients, one.signer, one.purpose) == ("Ông An", "Hồ A", "vay vốn")
    assert (one.data_seq, one.data_hash) == (last["seq"], last["hash"])
    assert (one.actor, one.at.date()) == (register.context.actor, TODAY)
    assert one.area == register.commune
    assert issuing.content(register.database, uid) == ("{}", "giấy  7/XN ")


def test_the_list_is_filtered(register: Register) -> None:
    home = register.household("An").uid
    old = issue(register, "1", issued_on=date(2025, 5, 5), household=home)
    issue(register, "1", purpose="học bổng")
    issue(register, "15/BC-UBND", kind=REPORT, code="BC1", title="Tổng hợp hộ nghèo")
    assert numbers(register, year=2025) == [("01", State.ISSUED)]
    assert numbers(register, kind=REPORT) == [("15/BC-UBND", State.ISSUED)]
    assert numbers(register, code="confirmation", year=2026) == [("01", State.ISSUED)]
    assert numbers(register, text="hoc BONG") == [("01", State.ISSUED)]
    assert numbers(register, text="bc-ubnd") == [("15/BC-UBND", State.ISSUED)]
    (found,) = issuing.issued(register.database, household=home)
    assert found.uid == old
    assert numbers(register, state=State.CANCELLED) == []


def test_a_number_of_the_own_book_is_given_once_a_year(register: Register) -> None:
    issue(register, "7/XN")
    for again in ("7/XN", "07/xn", "7"):
        with pytest.raises(RefusedError, match="issued_number_taken"):
            issue(register, again)
    with pytest.raises(RefusedError, match="issued_number_missing"):
        issue(register, "  ")
    issue(register, "8")
    issue(register, "7/XN", issued_on=date(2025, 12, 20))
    assert len(issuing.issued(register.database)) == 3


def test_a_cancelled_number_is_not_given_again(register: Register) -> None:
    uid = issue(register, "7/XN")
    issuing.cancel(register.database, register.context, uid, reason="ghi nhầm tên")
    with pytest.raises(RefusedError, match="issued_number_taken"):
        issue(register, "7/XN")


def test_the_van_thu_gives_a_number_of_a_sign_once_a_year(register: Register) -> None:
    first = issue(register, "15/BC-UBND", kind=REPORT, code="BC1", title="Biểu một")
    issue(register, "15/BC-UBND", kind=REPORT, issued_on=date(2025, 5, 5))
    issue(register, "15/TB-UBND", kind=REPORT)
    issue(register, "15/BC-UBND")  # the commune's own book
    before = DAY - timedelta(days=1)
    later = issue(register, "", kind=REPORT, code="BC2", issued_on=before)
    for state in ("đang dùng", "đã hủy"):
        for number in ("15/BC-UBND", "015/bc-ubnd"):
            for kind in (REPORT, IssuedKind.PAPER):
                with pytest.raises(RefusedError, match="issued_number_taken") as refused:
                    issue(register, number, kind=kind, code="BC2", issued_on=before)
                assert refused.value.params["used"] == f"Biểu một ({state})"
            with pytest.raises(RefusedError, match="issued_number_taken"):
                issuing.give_number(register.database, register.context, later, number)
        if state == "đang dùng":
            issuing.cancel(register.database, register.context, first, reason="in sai")
    assert len(issuing.issued(register.database)) == 5


def test_tables_of_one_day_go_out_with_one_report(register: Register) -> None:
    values = {"kind": REPORT, "title": "Biểu"}
    first = issue(register, "15/BC-UBND", code="BC1", document="một", **values)
    issue(register, "15/BC-UBND", code="BC2", document="hai", **values)
    later = issue(register, "", code="BC3", document="ba", **values)
    issuing.give_number(register.database, register.context, later, "15/BC-UBND")
    with pytest.raises(RefusedError, match="issued_number_taken"):
        issue(register, "15/BC-UBND", code="BC1", document="bốn", **values)
    issuing.cancel(register.database, register.context, first, reason="in sai")
    with pytest.raises(RefusedError, match="issued_number_taken"):
        issue(register, "15/BC-UBND", code="BC4", document="năm", **values)


def test_a_table_of_one_day_bears_a_number_once_however_it_is_written(register: Register) -> None:
    values = {"kind": REPORT, "title": "Biểu"}
    first = issue(register, "15/BC-UBND", code="BC2", **values)
    issue(register, "15", code="BC3", **values)
    for code, number in (("BC2", "15"), ("BC3", "015/BC-UBND"), ("BC2", "015"), ("BC3", "15")):
        with pytest.raises(RefusedError, match="issued_number_taken"):
            issue(register, number, code=code, **values)
    with pytest.raises(RefusedError, match="issued_number_taken"):  # of another day
        issue(register, "15", code="BC4", issued_on=DAY - timedelta(days=1), **values)
    found = issuing.beside(register.database, REPORT, "BC4", "15", DAY)
    assert [one.code for one in found.same] == ["BC2", "BC3"]
    second = issue(register, "15", code="BC2", replaces=first, **values)
    issue(register, "015/BC-UBND", code="BC2", replaces=second, **values)
    with pytest.raises(RefusedError, match="issued_number_taken"):
        issue(register, "15/BC-UBND", code="BC2", **values)
    issue(register, "15/BC-UBND", code="BC4", **values)
    issue(register, "15/QĐ-UBND", kind=IssuedKind.PAPER, code="decision")


def test_a_number_is_one(register: Register) -> None:
    later = issue(register, "", kind=REPORT)
    for number in ("abc", "-3", "0", "00/BC-UBND", "/BC-UBND", "3.5", "12ab/BC"):
        for kind in (BOOK, REPORT):
            with pytest.raises(RefusedError, match="issued_number_unreadable"):
                issue(register, number, kind=kind)
        with pytest.raises(RefusedError, match="issued_number_unreadable"):
            issuing.give_number(register.database, register.context, later, number)
    for number in ("7", "07a/BC-UBND", "8 /BC-UBND", "9-BC/ĐU", "10đ"):
        issue(register, number, kind=REPORT)


def test_numbers_given_twice_before_are_still_read(register: Register) -> None:
    """Earlier versions took them."""
    for number in ("15/BC-UBND", "16/BC-UBND", "17/BC-UBND"):
        uid = issue(register, number, kind=REPORT)
    with register.database.writer() as connection:
        stored = records.get(connection, Kind.ISSUED, uid)
        assert stored is not None
        records.update(connection, Kind.ISSUED, uid, {"number": "15/BC-UBND"}, stored)
    assert [number for number, _ in numbers(register)].count("15/BC-UBND") == 2
    assert gaps(register, REPORT) == []
    issuing.cancel(register.database, register.context, uid, reason="trùng số")
    assert gaps(register, REPORT) == [("BC-UBND", 15, 15, "trùng số")]
    assert issuing.content(register.database, uid)[1] == "giấy 17/BC-UBND"


def test_a_number_typed_without_its_nought_before_is_read_with_it(register: Register) -> None:
    uid = issue(register, "8/BC-UBND", kind=REPORT)
    with register.database.writer() as connection:
        stored = records.get(connection, Kind.ISSUED, uid)
        assert stored is not None
        assert stored["number"] == "08/BC-UBND"
        records.update(connection, Kind.ISSUED, uid, {"number": "8/BC-UBND"}, stored)
    assert numbers(register) == [("08/BC-UBND", State.ISSUED)]
    assert numbers(register, text="8/bc") == numbers(register)


def test_only_the_like_in_force_is_replaced(register: Register) -> None:
    old = issue(register, "1/BC-UBND", kind=REPORT, code="BC3")
    for values in ({"kind": REPORT, "code": "BC2"}, {"kind": IssuedKind.PAPER, "code": "BC3"}):
        with pytest.raises(RefusedError, match="issued_other_kind"):
            issue(register, "2/BC-UBND", replaces=old, **values)
    issuing.cancel(register.database, register.context, old, reason="in sai")
    with pytest.raises(RefusedError, match="issued_cancelled"):
        issue(register, "2/BC-UBND", kind=REPORT, code="BC3", replaces=old)


def test_the_van_thu_may_number_it_later(register: Register) -> None:
    uid = issue(register, "", kind=REPORT)
    give = issuing.give_number
    with pytest.raises(RefusedError, match="issued_number_missing"):
        give(register.database, register.context, uid, " ")
    give(register.database, register.context, uid, "15/BC-UBND")
    assert issuing.get(register.database, uid).number == "15/BC-UBND"
    with pytest.raises(RefusedError, match="issued_numbered"):
        give(register.database, register.context, uid, "16/BC-UBND")


def test_cancelling_needs_a_reason_and_a_day_after_issuing(register: Register) -> None:
    uid = issue(register, "7")
    args = (register.database, register.context, uid)
    for error, values in (
        ("issued_reason_missing", {"reason": " "}),
        ("issued_before", {"reason": "sai", "day": DAY - timedelta(days=1)}),
        ("event_in_future", {"reason": "sai", "day": TODAY + timedelta(days=1)}),
    ):
        with pytest.raises(RefusedError, match=error):
            issuing.cancel(*args, **values)  # type: ignore[arg-type]
    assert numbers(register) == [("07", State.ISSUED)]
    issuing.cancel(*args, reason="sai tên", day=DAY)
    (one,) = issuing.issued(register.database, state=State.CANCELLED)
    assert (one.cancelled_on, one.cancel_reason) == (DAY, "sai tên")
    assert groups(register.database)[-1]["reason"] == "sai tên"
    with pytest.raises(RefusedError, match="issued_cancelled"):
        issuing.cancel(*args, reason="nữa")


def test_what_is_issued_cannot_lie_in_the_future(register: Register) -> None:
    with pytest.raises(RefusedError, match="event_in_future"):
        issue(register, "7", issued_on=TODAY + timedelta(days=1))


def test_one_paper_takes_the_place_of_another_once(register: Register) -> None:
    old = issue(register, "7")
    new = issue(register, "8", replaces=old)
    assert numbers(register) == [("07", State.REPLACED), ("08", State.ISSUED)]
    assert issuing.get(register.database, old).replaced_by == new
    with pytest.raises(RefusedError, match="issued_replaced"):
        issue(register, "9", replaces=old)


def test_gaps_and_cancelled_numbers_stay_visible(register: Register) -> None:
    for number in ("3/XN", "4/XN", "9/XN", "11"):
        uid = issue(register, number)
        if number == "4/XN":
            issuing.cancel(register.database, register.context, uid, reason="rách")
    issue(register, "12/XN")
    issue(register, "30/XN", issued_on=date(2025, 1, 5))
    assert gaps(register) == [
        ("XN", 1, 2, None),
        ("XN", 4, 4, "rách"),
        ("XN", 5, 8, None),
        ("XN", 10, 10, None),
    ]
    assert gaps(register, year=2024) == []


def test_numbers_of_the_van_thu_begin_with_the_first_one_known(register: Register) -> None:
    for number in ("1520/BC-UBND", "1523/BC-UBND"):
        issue(register, number, kind=REPORT)
    issue(register, "", kind=REPORT)
    issue(register, "4/TB-UBND", kind=REPORT)
    assert gaps(register, REPORT) == [("BC-UBND", 1521, 1522, None)]
    issue(register, "1522/BC-UBND", kind=IssuedKind.PAPER)  # of the same văn thư
    assert gaps(register, REPORT) == [("BC-UBND", 1521, 1521, None)]
    assert gaps(register, IssuedKind.PAPER) == []


def test_a_table_without_a_sign_fills_the_gap_of_its_value(register: Register) -> None:
    for number in ("05/BC-UBND", "8", "010/BC-UBND", "7a/BC-UBND", "3/TB-UBND", "12"):
        issue(register, number, kind=REPORT)
    assert gaps(register, REPORT) == [
        ("BC-UBND", 6, 6, None),
        ("BC-UBND", 9, 9, None),
        ("", 9, 9, None),
        ("", 11, 11, None),
    ]
    issue(register, "9/QĐ-UBND", kind=IssuedKind.PAPER)  # prints its ký hiệu: of another row
    assert ("BC-UBND", 9, 9, None) in gaps(register, REPORT)


def test_the_word_before_a_number_is_none_of_it(register: Register) -> None:
    issue(register, "Số: 15/BC-UBND", kind=REPORT)
    later = issue(register, "", kind=REPORT, code="BC2")
    issuing.give_number(register.database, register.context, later, "số 16/BC-UBND")
    assert [number for number, _ in numbers(register)] == ["15/BC-UBND", "16/BC-UBND"]


def test_what_is_to_be_said_of_a_number_before_it_is_given(register: Register) -> None:
    def beside(number: str, code: str = "BC3") -> tuple[list[str], str]:
        found = issuing.beside(register.database, REPORT, code, number, DAY)
        return [one.code for one in found.same], found.sign

    assert beside("17") == ([], "")
    issue(register, "15/BC-UBND", kind=REPORT, code="BC1")
    issue(register, "7/QĐ-UBND", kind=IssuedKind.PAPER, code="decision")
    issue(register, "17/XN")
    assert beside("15/bc-ubnd") == (["BC1"], "")
    assert beside("15/BC-UBND", "BC1") == ([], "")  # that is refused
    assert beside("17") == ([], "BC-UBND")
    assert beside("16/BC-UBND") == ([], "")


def test_a_number_with_a_letter_is_another_one_and_that_is_said(register: Register) -> None:
    def near(number: str) -> list[str | None]:
        found = issuing.beside(register.database, REPORT, "BC3", number, DAY)
        return [one.number for one in found.near]

    for number in ("8/BC-UBND", "8/QĐ-UBND", "8a/BC-UBND"):
        issue(register, number, kind=REPORT)
    assert near("08a/BC-UBND") == ["08/BC-UBND"]
    assert near("8/BC-UBND") == ["8a/BC-UBND"]
    assert near("8b/bc-ubnd") == ["08/BC-UBND", "8a/BC-UBND"]
    assert near("8/TB-UBND") == near("9/BC-UBND") == []
    with pytest.raises(RefusedError, match="issued_number_taken"):
        issue(register, "08A/BC-UBND", kind=REPORT, issued_on=DAY - timedelta(days=1))


def test_the_next_number_follows_the_largest_of_the_year(register: Register) -> None:
    def proposed(year: int = 2026) -> str:
        return issuing.next_number(register.database, BOOK, date(year, 12, 31))

    assert proposed() == "01"
    issue(register, "41/XN-UBND", issued_on=date(2025, 6, 1))
    assert (proposed(2025), proposed()) == ("42/XN-UBND", "01/XN-UBND")
    issue(register, "7/XN-UBND")
    issue(register, "3/XN-UBND")
    assert proposed() == "08/XN-UBND"


def test_numbers_belong_to_their_commune(register: Register) -> None:
    other = register.second_commune("Trà Bồng", "T")
    issue(register, "7/XN", place=register.villages["A"])
    issue(register, "7/XN", place=register.villages["T"])
    assert {one.area for one in issuing.issued(register.database)} == {register.commune, other}
    issue(register, "9/XN", place=register.villages["T"])
    for village, number in (("B", "08/XN"), ("T", "10/XN")):
        place = register.villages[village]
        assert issuing.next_number(register.database, BOOK, DAY, place) == number
    assert gaps(register) == [("XN", 1, 6, None), ("XN", 1, 6, None), ("XN", 8, 8, None)]


def test_every_act_is_one_undo_step(register: Register) -> None:
    states = [living(dump(register.database))]
    uid = issue(register, "7")
    states.append(living(dump(register.database)))
    issuing.cancel(register.database, register.context, uid, reason="sai")
    states.append(living(dump(register.database)))
    old = issue(register, "8")
    states.append(living(dump(register.database)))
    issue(register, "9", replaces=old)
    for state in reversed(states):
        step = undo.next_step(register.database)
        assert step is not None
        undo.undo(register.database, register.context, step.group)
        assert living(dump(register.database)) == state
    assert issuing.issued(register.database) == []
    issue(register, "7")  # the number is free again


def test_a_replaced_paper_is_not_undone_below_its_successor(register: Register) -> None:
    old = issue(register, "7")
    group = groups(register.database)[-1]["uid"]
    issue(register, "8", replaces=old)
    with pytest.raises(RefusedError, match="undo_changed_since"):
        undo.undo(register.database, register.context, group)


def test_a_tampered_document_is_refused(register: Register) -> None:
    uid = issue(register, "7")
    with register.database.writer() as connection:
        stored = records.get(connection, Kind.ISSUED, uid)
        assert stored is not None
        records.update(connection, Kind.ISSUED, uid, {"document": "giấy khác"}, stored)
    with pytest.raises(RefusedError, match="issued_tampered"):
        issuing.content(register.database, uid)


def test_who_does_not_exist_is_not_found(register: Register) -> None:
    for ask in (issuing.get, issuing.content):
        with pytest.raises(RefusedError, match="issued_not_found"):
            ask(register.database, UUID(int=1))
