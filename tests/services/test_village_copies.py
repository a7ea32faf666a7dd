"""Copies of one village's sheet, filled in otherwise, sent twice, taken back and sent again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.exchange.merging import open_clashes
from tests.harness.register import Register, dump, empty_database, living, make_register
from tests.harness.village_sheets import HOMES, PEOPLE, Cells, Paper, collected, look, take

ADDRESS, NAME = (HOMES, "Hồ Cam", "Địa chỉ"), (PEOPLE, "Hồ Cam", "Họ và tên")
COPIES: tuple[Cells, ...] = (
    {ADDRESS: "Xóm 7", NAME: "Hồ Văn Cẩm"},
    {ADDRESS: "Xóm 8", NAME: "Hồ Thị Cám"},
    {ADDRESS: "Xóm 9", (HOMES, "Hồ Cam", "Ghi chú"): "vắng"},
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "a.db") as database:
        register = make_register(database)
        register.household("Hồ Cam", address="Xóm 2")
        yield register


def stand(register: Register) -> set[tuple[object, ...]]:
    rows = living(dump(register.database))
    homes = {(row["address"], row["note"]) for row in rows[Kind.HOUSEHOLD].values()}
    return homes | {(row["full_name"], row["given_name"]) for row in rows[Kind.PERSON].values()}


def test_copies_that_say_otherwise_clash_in_whatever_order(tmp_path: Path) -> None:
    seen = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2, 1)):
        with empty_database(tmp_path / f"{order}.db") as database:
            register = make_register(database)
            uid = register.household("Hồ Cam", address="Xóm 2").uid
            sheet = collected(register)
            for number in order:
                take(register, Paper(sheet).fill(COPIES[number]))
            assert take(register, Paper(sheet).fill(COPIES[order[0]])).report.taken == 0
            clashes = {item.field: {item.ours, item.theirs} for item in open_clashes(database)}
            assert {"address", "full_name"} <= set(clashes)
            assert clashes["full_name"] == {"Hồ Văn Cẩm", "Hồ Thị Cám"}
            seen.append(stand(register))
            # what the officer says then stands, however often a copy comes again
            take(register, Paper(sheet).fill(COPIES[0]), {(uid, "address"): "theirs"})
            said = stand(register)
            take(register, Paper(sheet).fill(COPIES[1]))
            assert stand(register) == said
    assert seen[0] == seen[1] == seen[2]
    (name,) = (pair for pair in seen[0] if str(pair[0]).startswith("Hồ"))
    assert name in {("Hồ Văn Cẩm", "Cẩm"), ("Hồ Thị Cám", "Cám")}


def test_the_officer_sees_the_later_copy_against_what_stands(register: Register) -> None:
    sheet = collected(register)
    first = take(register, Paper(sheet).fill(COPIES[0]))
    assert first.report.count("clash") == 0
    later = take(register, Paper(sheet).fill(COPIES[1]))
    (clash,) = (item for item in later.report.differences if item.field == "address")
    assert (clash.state, clash.ours, clash.theirs) == ("clash", "Xóm 7", "Xóm 8")


def undo_last(register: Register) -> None:
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)


def test_after_an_undo_a_sheet_is_told_and_taken_as_the_first_time(register: Register) -> None:
    paper = Paper(collected(register)).fill(COPIES[0])
    paper.fill({(HOMES, "M01", "Chủ hộ"): "Đinh Dừa"})
    of = paper.pages[HOMES][2][0]
    paper.append(PEOPLE, Mã_dòng_của_hộ=of, Họ_và_tên="Hồ Bé", Quan_hệ_với_chủ_hộ="Con")
    told = look(register, paper).report
    assert (told.count("new"), told.count("changed"), told.count("same")) == (6, 3, 0)
    for _ in range(2):
        assert take(register, paper).report == told
        undo_last(register)
        assert look(register, paper).report == told


def test_what_was_undone_comes_back_by_no_other_sheet(register: Register) -> None:
    sheet = collected(register)
    before = living(dump(register.database))
    for name in ("Hồ Bé", "Hồ Em"):
        paper = Paper(sheet)
        of = paper.pages[HOMES][2][0]
        paper.append(PEOPLE, Mã_dòng_của_hộ=of, Họ_và_tên=name, Quan_hệ_với_chủ_hộ="Con")
        take(register, paper)
        after = living(dump(register.database))
        assert len(after[Kind.MEMBERSHIP]) == len(before[Kind.MEMBERSHIP]) + 1
        undo_last(register)
    assert living(dump(register.database)) == before
