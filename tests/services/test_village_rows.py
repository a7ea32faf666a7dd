"""Rows of a returned sheet whose key says another than their name, and numbers of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import households
from giamngheo_desktop.services.exchange.differences import ALIKE
from tests.harness.register import FIRST_DAY, Register, dump, empty_database, living, make_register
from tests.harness.village_sheets import HOMES, PEOPLE, Paper, collected, look, take

NUMBER = "038090001234"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "a.db") as database:
        register = make_register(database)
        register.household("Lò Thị Bưởi", "Lò Văn An", address="Xóm 1")
        draft = register.household("Hồ Cam", address="Xóm 2")
        person = replace(draft.members[0], id_number=NUMBER, birth=PartialDate(1990, 3, 4))
        draft = replace(draft, members=(person,))
        households.save(register.database, register.context, draft, day=FIRST_DAY)
        yield register


@pytest.fixture
def paper(register: Register) -> Paper:
    return Paper(collected(register))


def people(register: Register) -> dict[str, tuple[str | None, str | None]]:
    rows = living(dump(register.database))[Kind.PERSON].values()
    return {row["full_name"]: (row["id_number"], row["id_kind"]) for row in rows}


def row(paper: Paper, name: str, who: str) -> list[object]:
    return paper.pages[name][paper.row_of(name, who)]  # type: ignore[return-value]


def copy_key(paper: Paper) -> None:
    row(paper, HOMES, "Lò Thị Bưởi")[0] = row(paper, HOMES, "Hồ Cam")[0]


def copy_key_below(paper: Paper) -> None:
    copy_key(paper)
    paper.pages[HOMES][2:] = paper.pages[HOMES][:1:-1]


def sort_beside_keys(paper: Paper) -> None:
    for name in (HOMES, PEOPLE):
        page = paper.pages[name]
        one, other = (paper.row_of(name, who) for who in ("Lò Thị Bưởi", "Hồ Cam"))
        page[one][1:], page[other][1:] = page[other][1:], page[one][1:]


def test_answers_sorted_beside_keys_and_names_wait(register: Register) -> None:
    for head, area in (("Lù A", 300), ("Lù B", 400), ("Lù C", 500)):
        register.household(head, house_area=area, toilet="septic", house_wall="durable")
    paper = Paper(collected(register))
    page = paper.pages[HOMES]
    one, two, three = (page[paper.row_of(HOMES, f"Lù {letter}")] for letter in "ABC")
    one[2:], two[2:] = two[2:], one[2:]
    three[2:] = two[2:]  # a copy of what was moved
    before = living(dump(register.database))
    found = take(register, paper)
    assert [(told.code, told.params["known"]) for told in found.problems] == [
        ("answers_of_other", "Lù B"), ("answers_of_other", "Lù A"), ("answers_of_other", "Lù A"),
    ]  # fmt: skip
    assert living(dump(register.database)) == before
    one[2:] = two[2:]  # its own again: what the others say like it was filled in alike
    found = take(register, paper)
    assert (found.problems, found.report.count("changed")) == ((), 2)


def another_over_it(paper: Paper) -> None:
    for heading, value in (("Ngày sinh", "1/1/2026"), ("Số CCCD/CMND", "038226000001")):
        paper.fill({(PEOPLE, "Hồ Cam", heading): value})
    paper.fill({(PEOPLE, "Hồ Cam", "Họ và tên"): "Hồ Mới"})


@pytest.mark.parametrize(
    ("spoil", "count"),
    [(copy_key, 1), (copy_key_below, 1), (sort_beside_keys, 4), (another_over_it, 1)],
)
def test_a_row_that_names_another_than_its_key_waits(
    register: Register, paper: Paper, spoil: Callable[[Paper], None], count: int
) -> None:
    before = dump(register.database)
    spoil(paper)
    found = take(register, paper)
    assert [one.code for one in found.problems] == ["key_of_other"] * count
    assert (found.report.taken, dump(register.database)) == (0, before)


def test_whose_name_is_corrected_keeps_the_birth_or_the_number(
    register: Register, paper: Paper
) -> None:
    paper.fill({(PEOPLE, "Hồ Cam", "Ngày sinh"): "5/3/1990"})
    paper.fill({(PEOPLE, "Hồ Cam", "Họ và tên"): "Hồ Quýt"})
    assert take(register, paper).problems == ()
    assert "Hồ Quýt" in people(register)


def test_names_sorted_without_their_rows_wait(register: Register, paper: Paper) -> None:
    names = ["Lò Thị Bưởi", "Lò Văn An"]
    cells = [row(paper, PEOPLE, name) for name in names]
    at = paper.pages[PEOPLE][1].index("Họ và tên")
    cells[0][at], cells[1][at] = names[1], names[0]
    before = dump(register.database)
    found = take(register, paper)
    assert [(one.code, one.params["known"], one.params["count"]) for one in found.problems] == [
        ("name_of_other", name, "2") for name in names
    ]
    assert (found.report.taken, dump(register.database)) == (0, before)
    cells[0][at] = names[0]  # both called so now: one of them is renamed, and nobody moved
    found = take(register, paper)
    assert (found.problems, found.report.count("changed")) == ((), 1)


def test_a_row_that_lost_its_key_is_told_it(register: Register, paper: Paper) -> None:
    lost = row(paper, HOMES, "Hồ Cam")
    key, lost[0] = lost[0], None
    paper.fill({(HOMES, "Hồ Cam", "Địa chỉ"): "Xóm 9"})
    (told,) = take(register, paper).problems
    assert (told.code, told.params["value"]) == ("key_missing", str(key).upper())
    lost[0] = told.params["value"]
    assert take(register, paper).report.count("changed") == 1


def test_a_sheet_without_keys_is_said_not_to_be_read(register: Register, paper: Paper) -> None:
    paper.fill({(HOMES, "Hồ Cam", "Địa chỉ"): "Xóm 9"})
    paper.pages[HOMES] = [row[1:] for row in paper.pages[HOMES]]
    found = take(register, paper)
    (told,) = found.problems
    assert (told.code, told.sheet, told.row, told.params["count"]) == ("keys_lost", HOMES, 2, "2")
    assert (found.report.taken, found.lost, found.untaken) == (0, (), 1)


def test_a_sheet_copied_beside_itself_is_read_too(register: Register, paper: Paper) -> None:
    copied = [list(row) for row in paper.pages[HOMES]]
    paper.pages["Hộ (2)"] = copied
    assert take(register, paper).problems == ()
    copied[paper.row_of(HOMES, "Hồ Cam")][paper.pages[HOMES][1].index("Địa chỉ")] = "Xóm 9"
    (told,) = take(register, paper).problems
    assert (told.code, told.sheet) == ("key_twice", "Hộ (2)")


def test_a_sheet_of_which_nothing_is_left(register: Register, paper: Paper) -> None:
    paper.pages = {name: page[:2] for name, page in paper.pages.items()}
    with pytest.raises(RefusedError, match="sheet_empty"):
        take(register, paper)


def test_a_number_is_one_persons(register: Register, paper: Paper) -> None:
    """That of the register's person, else of who stands first in the sheet."""
    free = "038090005678"
    paper.fill({(PEOPLE, "Lò Văn An", "Số CCCD/CMND"): NUMBER})
    paper.fill({(PEOPLE, "Lò Thị Bưởi", "Số CCCD/CMND"): free})
    paper.fill({(HOMES, "M01", "Chủ hộ"): "Hà Mơ", (HOMES, "M02", "Chủ hộ"): "Hà Mận"})
    for key, name in (("M01", "Hà Mơ"), ("M02", "Hà Mận")):
        new = {"Số_CCCD/CMND": free if name == "Hà Mơ" else "171234567"}
        paper.append(PEOPLE, Mã_dòng_của_hộ=key, Họ_và_tên=name, Ngày_sinh="1970", **new)
    picks = {(one.record, ALIKE): "theirs" for one in look(register, paper).waiting}
    found = take(register, paper, picks)  # type: ignore[arg-type]
    assert [one.params["reason"] for one in found.problems] == ["id_of_other", "id_twice"]
    assert people(register) == {
        "Lò Thị Bưởi": (free, "cccd"), "Lò Văn An": (None, None), "Hồ Cam": (NUMBER, None),
        "Hà Mơ": (None, None), "Hà Mận": ("171234567", "cmnd"),
    }  # fmt: skip
    assert take(register, paper).report.taken == 0


def test_a_year_says_nothing_against_the_day_that_is_known(
    register: Register, paper: Paper
) -> None:
    paper.fill({(PEOPLE, "Hồ Cam", "Ngày sinh"): "1990"})
    (told,) = take(register, paper).problems
    assert (told.code, told.params["known"]) == ("coarser", "04/03/1990")
    paper.fill(
        {(PEOPLE, "Hồ Cam", "Ngày sinh"): "1991", (PEOPLE, "Lò Văn An", "Ngày sinh"): "1/5/1980"}
    )
    assert take(register, paper).report.count("changed") == 2
