"""Copies of one village's sheet, filled in otherwise, sent twice, taken back and sent again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services import events, households, undo
from giamngheo_desktop.services.exchange.differences import ALIKE
from giamngheo_desktop.services.exchange.merging import Picks, merge_edits, open_clashes, settle
from tests.harness.copies import copy_of, everything
from tests.harness.register import TODAY, Register, dump, empty_database, living, make_register
from tests.harness.village_sheets import HOMES, PEOPLE, Cells, Paper, collected, look, take

DAY = date(2026, 6, 1)
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
    assert "given_name" not in {item.field for item in later.report.differences}


@pytest.mark.parametrize("later", [True, False])
def test_the_given_name_follows_the_name_that_is_chosen(register: Register, *, later: bool) -> None:
    sheet = collected(register)
    take(register, Paper(sheet).fill(COPIES[0]))
    (person,) = living(dump(register.database))[Kind.PERSON]
    copy, chosen = Paper(sheet).fill(COPIES[1]), (person, "full_name")
    if later:
        take(register, copy)
        settle(register.database, register.context, {chosen: "Hồ Thị Cám"})
    else:
        take(register, copy, {chosen: "theirs"})
    row = living(dump(register.database))[Kind.PERSON][person]
    assert (row["full_name"], row["given_name"]) == ("Hồ Thị Cám", "Cám")
    assert row["search_key"] == "ho thi cam"
    assert {item.field for item in open_clashes(register.database)} == {"address"}


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
    assert (told.count("new"), told.count("changed"), told.count("same")) == (6, 2, 0)
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


def names(register: Register) -> list[str]:
    people = living(dump(register.database))[Kind.PERSON].values()
    return sorted(row["full_name"] for row in people)


def test_who_may_be_in_the_register_is_new_only_if_the_officer_says_so(register: Register) -> None:
    register.household("Y Lan", "Đinh Dừa", village="A")  # both born in 5/1980
    register.household("A Tý")
    paper = Paper(collected(register))
    for key, name, relation in (
        ("M01", "Đinh Dừa", "Chủ hộ"), ("M01", "Y Bé", "Con"), ("M02", "A Sáu", "Chủ hộ"),
        ("M02", "Y Lan", "Vợ"), (paper.pages[HOMES][2][0], "A Tý", "Con"),
    ):  # fmt: skip
        paper.append(
            PEOPLE, Mã_dòng_của_hộ=key, Họ_và_tên=name, Quan_hệ_với_chủ_hộ=relation,
            Ngày_sinh="05/1980",
        )  # fmt: skip
    paper.fill({(HOMES, "M01", "Chủ hộ"): "Đinh Dừa", (HOMES, "M02", "Chủ hộ"): "A Sáu"})
    before = names(register)
    told = look(register, paper)
    asked = {item.about: item for item in told.waiting}
    assert {name: item.kind for name, item in asked.items()} == {
        "Đinh Dừa": Kind.HOUSEHOLD, "Y Lan": Kind.PERSON, "A Tý": Kind.PERSON,
    }  # fmt: skip
    assert asked["Đinh Dừa"].ours == "Đinh Dừa · 05/1980 · Thôn A"
    assert take(register, paper).report == told.report
    assert names(register) == sorted([*before, "A Sáu"])
    again = look(register, paper)
    assert (again.report.taken, again.has_news, len(again.waiting)) == (0, True, 3)
    picks = {(asked["Đinh Dừa"].record, ALIKE): "theirs", (asked["Y Lan"].record, ALIKE): "ours"}
    found = take(register, paper, picks)  # type: ignore[arg-type]
    assert [item.about for item in found.waiting] == ["A Tý"]
    assert names(register) == sorted([*before, "A Sáu", "Đinh Dừa", "Y Bé"])
    # that she is known is remembered, until it is taken back
    told = look(register, paper)
    assert [(item.about, item.state) for item in told.report.differences] == [
        ("Y Lan", "same"), ("A Tý", "clash"),
    ]  # fmt: skip
    take(register, paper, {(told.waiting[0].record, ALIKE): "ours"})
    settled = look(register, paper)
    assert (settled.has_news, settled.waiting) == (False, [])
    assert names(register) == sorted([*before, "A Sáu", "Đinh Dừa", "Y Bé"])
    undo_last(register)
    assert look(register, paper) == told
    undo_last(register)
    assert look(register, paper) == again


def family(paper: Paper, key: str, head: str, *members: str) -> Paper:
    """A new household, the head born in 1970, nothing known of the others."""
    for name in (head, *members):
        relation, birth = ("Chủ hộ", "1970") if name == head else ("Con", None)
        paper.append(
            PEOPLE, Mã_dòng_của_hộ=key, Họ_và_tên=name, Quan_hệ_với_chủ_hộ=relation,
            Ngày_sinh=birth,
        )  # fmt: skip
    return paper.fill({(HOMES, key, "Chủ hộ"): head})


def test_a_household_on_two_lines_of_a_sheet_is_one_until_the_officer_says_two(
    register: Register,
) -> None:
    paper = Paper(collected(register))
    family(family(paper, "M01", "Đinh Dừa", "Y Bé"), "M02", "Đinh Dừa", "Y Bé", "Y Tư")
    found = take(register, paper)
    assert names(register) == ["Hồ Cam", "Y Bé", "Đinh Dừa"]
    home, child = found.waiting
    assert (home.kind, home.ours, home.theirs) == (
        Kind.HOUSEHOLD, "Đinh Dừa · 1970 · trong phiếu này, hộ Đinh Dừa",
        "Đinh Dừa · 1970 · cùng hộ: Y Bé, Y Tư",
    )  # fmt: skip
    assert (child.kind, child.about) == (Kind.PERSON, "Y Bé")
    both: Picks = {(item.record, ALIKE): "theirs" for item in (home, child)}
    take(register, paper, both)
    assert names(register) == ["Hồ Cam", "Y Bé", "Y Bé", "Y Tư", "Đinh Dừa", "Đinh Dừa"]
    undo_last(register)
    take(register, paper, {(home.record, ALIKE): "ours"})  # and who is in it comes with it
    assert not look(register, paper).has_news
    assert names(register) == ["Hồ Cam", "Y Bé", "Đinh Dừa"]


def test_a_person_twice_in_one_household_of_a_sheet_waits(register: Register) -> None:
    paper = family(Paper(collected(register)), "M01", "Đinh Dừa", "Y Bé", "Y Bé")
    assert [item.about for item in take(register, paper).waiting] == ["Y Bé"]


def test_two_copies_may_write_two_households_on_one_line(tmp_path: Path) -> None:
    seen = []
    for order in ((0, 1), (1, 0)):
        with empty_database(tmp_path / f"{order}.db") as database:
            register = make_register(database)
            register.household("Hồ Cam")
            sheet = collected(register)
            papers = [
                family(Paper(sheet), "M01", "Đinh Dừa", "Y Bé"),
                family(Paper(sheet), "M01", "A Sáu", "Y Nở"),
            ]
            first, later = (papers[at] for at in order)
            assert not take(register, first).waiting
            (asked,) = take(register, later).waiting
            assert asked.ours is not None
            assert asked.ours.endswith("cùng dòng M01")
            take(register, later, {(asked.record, ALIKE): "theirs"})
            assert look(register, first).report.taken == 0
            homes = map(register.get, living(dump(database))[Kind.HOUSEHOLD])
            seen.append({(one.uid, *(each.full_name for each in one.members)) for one in homes})
    people = {tuple(sorted(people)) for _, *people in seen[0]}
    assert people == {("Hồ Cam",), ("Y Bé", "Đinh Dừa"), ("A Sáu", "Y Nở")}
    assert seen[0] == seen[1]


def test_two_heads_of_one_name_on_one_line_are_two_households(register: Register) -> None:
    sheet = collected(register)

    def copy(birth: str, number: str, *, key: str = "M01") -> Paper:
        paper = Paper(sheet).fill({(HOMES, key, "Chủ hộ"): "Đinh Dừa"})
        new = {"Ngày_sinh": birth, "Số_CCCD/CMND": number}
        paper.append(PEOPLE, Mã_dòng_của_hộ=key, Họ_và_tên="Đinh Dừa", **new)
        return paper.append(PEOPLE, Mã_dòng_của_hộ=key, Họ_và_tên=f"Y {birth[-2:]}")

    first = copy("13/05/1985", "042085123456")
    take(register, first)
    found = take(register, copy("20/10/1950", "042050777777"))
    assert [one.code for one in found.problems] == ["line_of_other"]
    assert (found.report.taken, names(register)) == (0, ["Hồ Cam", "Y 85", "Đinh Dừa"])
    assert take(register, first).problems == ()
    again = take(register, copy("20/10/1950", "042050777777", key="M02"))
    assert (again.problems, again.waiting) == ((), [])
    homes = map(register.get, living(dump(register.database))[Kind.HOUSEHOLD])
    assert sorted(len(one.members) for one in homes) == [1, 2, 2]
    same = take(register, copy("1985", "042085123456"))  # only the birth is said less exactly
    assert [one.code for one in same.problems] == []


def test_who_left_does_not_come_back_by_a_sheet_without_a_word(register: Register) -> None:
    number = "038180001234"
    draft = register.household("Y Lan")
    person = replace(draft.members[0], id_number=number)
    households.save(register.database, register.context, replace(draft, members=(person,)), day=DAY)
    events.move_out(register.database, register.context, household=draft.uid, day=DAY)
    paper = Paper(collected(register)).fill({(HOMES, "M01", "Chủ hộ"): "Y Lan"})
    paper.append(
        PEOPLE, Mã_dòng_của_hộ="M01", Họ_và_tên="Y Lan", **{"Số_CCCD/CMND": number}
    )  # fmt: skip
    found = take(register, paper)
    assert [item.ours for item in found.waiting] == ["Y Lan · 05/1980 · đã rời sổ 01/06/2026"]
    assert (found.report.taken, names(register)) == (0, ["Hồ Cam", "Y Lan"])


def test_what_was_undone_travels_to_no_other_copy(register: Register, tmp_path: Path) -> None:
    other = copy_of(register, tmp_path / "b.db", seed=5)
    before = living(dump(other.database))
    paper = Paper(collected(register)).fill({(HOMES, "M01", "Chủ hộ"): "Đinh Dừa"})
    take(register, paper)
    homes = map(register.get, living(dump(register.database))[Kind.HOUSEHOLD])
    (home,) = (one for one in homes if one.head and one.head.full_name == "Đinh Dừa")
    more = replace(home, members=(*home.members, register.member("Y Con", relation="child")))
    households.save(register.database, register.context, more, day=TODAY)
    undo_last(register)
    undo_last(register)
    merge_edits(other.database, other.context, everything(register.database))
    after = living(dump(other.database))
    assert (after[Kind.HOUSEHOLD], after[Kind.PERSON]) == (
        before[Kind.HOUSEHOLD], before[Kind.PERSON],
    )  # fmt: skip
    other.database.close()
