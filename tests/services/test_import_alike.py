"""Nobody is written a second time without a word: who is alike is proposed, and waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.services.importing.plan import (
    ALL,
    Choices,
    ImportPlan,
    PlannedRow,
    Purpose,
    RowState,
)
from giamngheo_desktop.storage import list_rows, review_rows
from tests.harness.list_imports import VILLAGES, Town, book_of, row_of, sheet_of, town

HERE, OTHER = VILLAGES[:2]
HOME = (
    f"{HERE} | 1 | Nguyễn Văn An | Chủ hộ | 21/02/1970 | Nam | 044070000001",
    f"{HERE} | 1 | Trần Thị Bé | Vợ | 23/05/1972 | Nữ | 044172000002",
    f"{HERE} | 1 | Nguyễn Thị Cúc | Con | 27/08/2000 | Nữ | 044300000003",
)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as found:
        found.apply(found.plan(book_of(sheet_of(*HOME)), Purpose.NEW, day=date(2025, 3, 1)))
        yield found


def plan_of(here: Town, *rows: str, purpose: Purpose = Purpose.NEW, **asked: object) -> ImportPlan:
    return here.plan(book_of(sheet_of(*rows)), purpose, **asked)


def names(here: Town) -> list[str]:
    """Of everybody in the register."""
    with here.database.reader() as connection:
        day = here.context.today()
        homes = [place.household for place in review_rows.places(connection, day)]
        found = list_rows.members(connection, homes, day, None)
    return sorted(row["full_name"] for rows in found.values() for row in rows)


def only_household(here: Town) -> UUID:
    with here.database.reader() as connection:
        (place,) = review_rows.places(connection, here.context.today())
    return place.household


def decided(here: Town, row: PlannedRow, uid: UUID | None, *rows: str) -> ImportPlan:
    return plan_of(here, *rows, persons={row.place: uid})


def test_a_daughter_under_another_head_is_not_written_a_second_time(here: Town) -> None:
    home = (
        f"{HERE} | 9 | Lê Văn Dũng | Chủ hộ | 1998 | Nam | ",
        f"{HERE} | 9 | Nguyễn Thị Cúc | Vợ | 2000 | Nữ | ",
    )
    plan = plan_of(here, *home)
    wife = row_of(plan, "Nguyễn Thị Cúc")
    assert (wife.state, wife.finding) == (RowState.PROPOSAL, "person_alike")
    assert [one.text for one in wife.candidates] == [
        f"Nguyễn Thị Cúc · 27/08/2000 · Nguyễn Văn An · {HERE}"
    ]
    before = names(here)
    here.apply(plan, ALL)  # even who takes everything is not taken to have said who she is
    assert names(here) == sorted([*before, "Lê Văn Dũng"])


def test_it_is_her_or_another_of_that_name(here: Town) -> None:
    home = f"{HERE} | 9 | Nguyễn Thị Cúc | Chủ hộ | 2000 | Nữ | "
    row = row_of(plan_of(here, home), "Nguyễn Thị Cúc")
    assert (row.is_new_household, row.is_undecided) == (True, True)
    same = row_of(decided(here, row, row.candidates[0].uid, home), row.name)
    assert (same.state, same.finding, same.asks_who) == (RowState.PROBLEM, "person_elsewhere", True)
    plan = decided(here, row, None, home)
    other = row_of(plan, row.name)
    assert (other.state, other.finding, other.candidates) == (RowState.NEW, "", row.candidates)
    here.apply(plan, Choices())
    assert names(here).count("Nguyễn Thị Cúc") == 2
    assert plan_of(here, home).is_nothing_to_do


def test_a_head_of_another_number_or_village_is_the_household_only_if_said(here: Town) -> None:
    for village, number, finding in (
        (HERE, "044070009999", "other_number"),
        (OTHER, "", "person_alike"),
    ):
        home = (
            f"{village} | 1 | Nguyễn Văn An | Chủ hộ | 21/02/1970 | Nam | {number}",
            f"{village} | 1 | Trần Thị Bé | Vợ | 23/05/1972 | Nữ | ",
        )
        plan = plan_of(here, *home)
        head, wife = plan.rows
        assert (head.finding, head.is_undecided) == (finding, True)
        assert (wife.finding, wife.is_undecided) == ("person_alike", True)
        assert plan.taken(ALL) == ()
        (known,) = (one for one in head.candidates if one.household != head.household)
        plan = decided(here, head, known.uid, *home)
        assert {row.household for row in plan.rows} == {known.household}
        assert not any(row.is_new_person for row in plan.rows)


def test_whose_birth_may_be_the_same_is_asked_of_wherever_the_list_has_him(here: Town) -> None:
    for village, name, birth, finding in (
        (HERE, "Trần Thị Bé", "1972", "person_alike"),
        (HERE, "Trần Thị Bé", "", "person_alike"),
        (OTHER, "Trần Thị Bé", "5/1972", "person_alike"),
        (OTHER, "Trần Thị Bé", "", "name_known"),
        (OTHER, "TRAN THI BE", "23/05/1972", "person_alike"),
        (HERE, "Trần Thị Bê", "23/05/1972", "person_alike"),
        (HERE, "Trần Thị Bé", "1973", ""),
        (OTHER, "Trần Thị Bé", "24/05/1972", ""),
    ):
        plan = plan_of(here, f"{village} | 9 | {name} | Chủ hộ | {birth} | Nữ | ")
        (row,) = plan.rows
        asked = finding == "person_alike"
        assert (row.finding, row.is_undecided) == (finding, asked), (village, name, birth)
        assert bool(plan.taken(ALL)) is not asked


def test_the_same_village_and_the_very_day_are_proposed_first(here: Town) -> None:
    others = (
        f"{OTHER} | 7 | Trần Thị Bé | Chủ hộ | 1972 | Nữ | 044172000017",
        f"{HERE} | 8 | Trần Thị Bé | Chủ hộ | 5/1972 | Nữ | 044172000018",
    )
    for other in others:  # another number tells them apart
        row = plan_of(here, other).rows[0]
        here.apply(decided(here, row, None, other))
    row = plan_of(here, f"{HERE} | 9 | Trần Thị Bé | Chủ hộ | 23/05/1972 | Nữ | ").rows[0]
    places = [one.text.split(" · ", 1)[1].split(" · ")[0] for one in row.candidates]
    assert places == ["23/05/1972", "05/1972", "1972"]


def test_a_name_alone_afar_waits_only_where_two_of_one_household_come_together(
    here: Town,
) -> None:
    head = f"{OTHER} | 9 | Lê Văn Dũng | Chủ hộ | | Nam | "
    wife = f"{OTHER} | 9 | Trần Thị Bé | Vợ | | Nữ | "
    child = f"{OTHER} | 9 | Nguyễn Thị Cúc | Con | | Nữ | "
    alone, both = plan_of(here, head, wife), plan_of(here, head, wife, child)
    assert [row.finding for row in alone.rows] == ["", "name_known"]
    assert [row.finding for row in both.rows] == ["", "person_alike", "person_alike"]
    assert [row.name for row in both.taken(ALL)] == ["Lê Văn Dũng"]


def test_a_head_of_whom_only_the_name_is_known_brings_no_strangers_in(here: Town) -> None:
    family = (
        f"{HERE} | 9 | Nguyễn Văn An | Chủ hộ | | Nam | ",
        f"{HERE} | 9 | Lê Thị Hoa | Vợ | | Nữ | ",
    )
    plan = plan_of(here, *family)
    assert [(row.is_new_household, row.is_undecided) for row in plan.rows] == [
        (True, True), (True, False),
    ]  # fmt: skip
    assert plan.taken(ALL) == ()
    (head,) = plan_of(here, family[0]).rows  # of a list of heads
    assert (head.household, head.is_undecided) == (only_household(here), False)
    alone = f"{HERE} | 5 | Đinh Văn Sáu | Chủ hộ | | Nam | "
    here.apply(plan_of(here, alone))  # first the heads, then the others
    assert len(plan_of(here, alone, alone.replace("Sáu", "Tư").replace("Chủ hộ", "Con")).taken(ALL))


def test_a_namesake_afar_of_whom_no_birth_is_known_is_only_told(here: Town) -> None:
    new = f"{HERE} | 7 | Đinh Văn Sáu | Chủ hộ | | Nam | "
    here.apply(plan_of(here, new))
    for village, finding, state in (
        (OTHER, "name_known", RowState.NEW),
        (HERE, "person_alike", RowState.PROPOSAL),
    ):
        again = f"{village} | 9 | Đinh Văn Sáu | Con | | Nam | "
        head = f"{village} | 9 | Đinh Văn Cha | Chủ hộ | 1950 | Nam | "
        row = row_of(plan_of(here, head, again), "Đinh Văn Sáu")
        assert (row.finding, row.state) == (finding, state)


def test_without_its_marks_a_name_is_that_of_the_household_and_changes_nothing(here: Town) -> None:
    rows = [row.replace("Nguyễn Văn An", "NGUYEN VAN AN").replace("ị Bé", "i Be") for row in HOME]
    bare = [row.rsplit("|", 1)[0].replace("Trần Th", "Tran Th") + "|" for row in rows]
    plan = plan_of(here, *bare)
    assert {row.state for row in plan.rows} == {RowState.SAME}
    other = [row.replace("Nguyễn Văn An", "Nguyễn Văn Ấn").rsplit("|", 1)[0] + "|" for row in HOME]
    plan = plan_of(here, *other)  # marks that are written tell somebody else, until it is said
    assert [row.is_undecided for row in plan.rows] == [True] * 3
    assert plan.taken(ALL) == ()


def test_of_two_numbers_of_one_kind_afar_there_are_two_persons(here: Town) -> None:
    for number, finding in (("044172000099", ""), ("211234567", "person_alike")):
        row = f"{OTHER} | 9 | Trần Thị Bé | Chủ hộ | 1972 | Nữ | {number}"
        assert row_of(plan_of(here, row), "Trần Thị Bé").finding == finding


def test_a_new_member_of_a_known_household_is_looked_for_in_the_others(here: Town) -> None:
    other = f"{HERE} | 2 | Lê Thị Hai | Chủ hộ | 31/01/1950 | Nữ | 044150000009"
    here.apply(plan_of(here, other))
    joined = f"{HERE} | 2 | Nguyễn Thị Cúc | Con dâu | 27/08/2000 | Nữ | "
    row = row_of(plan_of(here, other, joined), "Nguyễn Thị Cúc")
    assert (row.is_new_household, row.finding) == (False, "person_alike")


def test_who_leads_another_household_now_does_not_bring_hers_into_it(here: Town) -> None:
    split = (
        f"{HERE} | 9 | Nguyễn Thị Cúc | Chủ hộ | 27/08/2000 | Nữ | 044300000003 | Hộ nghèo",
        f"{HERE} | 9 | Lê Văn Dũng | Chồng | 1998 | Nam | | ",
    )
    asked = {"purpose": Purpose.RESULT}
    for rows in (split, split[:1]):  # with her husband, or in a list of heads
        plan = plan_of(here, *rows, **asked)
        assert {row.finding for row in plan.rows} == {"head_elsewhere"}
        assert plan.taken(ALL) == ()
    # the same household, only led by the wife
    led = [HOME[1].replace("Vợ", "Chủ hộ"), HOME[2]]
    plan = plan_of(here, *led, **asked)
    assert not any(row.is_new_person or row.finding for row in plan.rows)
    assert plan.rows[0].cell("relation").finding == "head_changes"


def test_without_numbers_a_household_led_by_another_is_proposed(here: Town) -> None:
    led = (
        f"{HERE} | 1 | Trần Thị Bé | Chủ hộ | 23/05/1972 | Nữ | ",
        f"{HERE} | 1 | Nguyễn Thị Cúc | Con | 27/08/2000 | Nữ | ",
    )
    plan = plan_of(here, *led)
    assert not any(row.is_new_household or row.is_new_person for row in plan.rows)
    assert plan.rows[0].state is RowState.PROPOSAL


def test_who_came_after_the_day_of_the_list_is_known_too(here: Town) -> None:
    row = f"{HERE} | 9 | Trần Thị Bé | Chủ hộ | 23/05/1972 | Nữ | "
    early = plan_of(here, row, day=date(2025, 2, 1))
    assert early.rows[0].candidates


def test_a_person_of_two_households_of_a_list_is_told_and_waits(tmp_path: Path) -> None:
    first = f"{HERE} | 1 | Lê Thị Hai | Chủ hộ | 31/01/1990 | Nữ | "
    with town(tmp_path) as here:
        for second, finding in (
            (f"{HERE} | 2 | Lê Thị Hai | Chủ hộ | 1990 | Nữ | ", "person_twice"),
            (f"{OTHER} | 2 | Lê Thị Hai | Chủ hộ | 31/01/1990 | Nữ | ", "person_twice"),
            (f"{OTHER} | 2 | Lê Thị Hai | Chủ hộ | 1990 | Nữ | ", ""),
            (f"{HERE} | 2 | Lê Thị Hai | Chủ hộ | 1991 | Nữ | ", ""),
            (f"{HERE} | 2 | LE THI HAI | Chủ hộ | 1990 | Nữ | ", "person_twice"),
            (f"{OTHER} | 2 | Lê Thị Hài | Chủ hộ | 31/01/1990 | Nữ | ", "person_twice"),
            (f"{HERE} | 2 | Lê Thị Hài | Chủ hộ | 1990 | Nữ | ", ""),
        ):
            one, two = plan_of(here, first, second).rows
            assert (one.finding, two.finding) == ("", finding), second
            assert two.twice == (one.place if finding else None)
            assert two.state is (RowState.PROPOSAL if finding else RowState.NEW)
            assert len(plan_of(here, first, second).taken(ALL)) == (1 if finding else 2)
            assert two.asks_who is bool(finding)
        second = f"{HERE} | 2 | Lê Thị Hai | Chủ hộ | 1990 | Nữ | "
        two = plan_of(here, first, second).rows[1]
        plan = decided(here, two, None, first, second)
        assert (plan.rows[1].finding, len(plan.taken(Choices()))) == ("", 2)


def test_the_number_of_another_brings_nobody_into_his_household(here: Town) -> None:
    family = (
        f"{HERE} | 9 | Vi Văn Lạ | Chủ hộ | 1985 | Nam | 044070000001",
        f"{HERE} | 9 | Vi Thị Mai | Vợ | 1986 | Nữ | ",
    )
    head, wife = plan_of(here, *family).rows
    assert (head.is_new_household, head.cell("id_number").finding) == (True, "id_of_other")
    assert wife.needs == head.place
    known = only_household(here)
    silent = (family[0].replace("1985", ""), family[1])  # is it a new name, or a wrong number?
    head, wife = plan_of(here, *silent).rows
    assert (head.state, head.finding) == (RowState.PROPOSAL, "name_differs")
    assert (wife.state, wife.household) == (RowState.PROPOSAL, known)
    swapped = (
        HOME[0].replace("044070000001", "044172000002"),
        HOME[1].replace("044172000002", "044070000001"),
    )
    for row in plan_of(here, *swapped).rows:
        assert (row.household, row.is_new_person) == (known, False)
        assert row.cell("id_number").finding == "id_of_other"


def test_who_has_the_number_of_another_name_is_renamed_only_if_said(here: Town) -> None:
    """Such a number is of that year too, and is mistyped more often than a name is changed."""
    family = (
        f"{HERE} | 9 | Vi Văn Lạ | Chủ hộ | 1970 | Nam | 044070000001",
        f"{HERE} | 9 | Vi Thị Mai | Vợ | 1986 | Nữ | ",
    )
    plan = plan_of(here, *family)
    head, wife = plan.rows
    assert (head.finding, head.is_undecided, wife.needs) == ("name_differs", True, head.place)
    assert plan.taken(ALL) == ()
    plan = decided(here, head, head.candidates[0].uid, *family)
    assert [(row.state, row.finding) for row in plan.rows] == [
        (RowState.CHANGED, ""), (RowState.NEW, ""),
    ]  # fmt: skip
    assert (plan.taken(ALL), plan.rows[1].needs) == (plan.rows, None)
    plan = decided(here, head, None, *family)
    assert plan.taken(ALL) == plan.rows
    assert {row.is_new_household for row in plan.rows} == {True}
    assert plan.rows[0].cell("id_number").finding == "id_of_other"
    renamed = HOME[1].replace("Trần Thị Bé", "Trần Thị Lụa")
    plan = plan_of(here, HOME[0], renamed, HOME[2])  # a member of a household that is known
    assert [row.is_undecided for row in plan.rows] == [False, True, False]
    assert plan.taken(ALL) == ()
    plan = plan_of(here, HOME[0].replace("Nguyễn Văn An", "Vi Văn Lạ"), *HOME[1:])
    assert [row.is_undecided for row in plan.rows] == [True, False, False]
    here.apply(plan_of(here, HOME[0].replace("An", "Ấn").replace("V", "v"), *HOME[1:]), ALL)
    assert "Nguyễn văn Ấn" in names(here)  # marks may be mended


def test_a_members_number_of_another_name_brings_nobody_into_his_household(here: Town) -> None:
    family = (
        f"{HERE} | 9 | Vi Văn Lạ | Chủ hộ | 1965 | Nam | ",
        f"{HERE} | 9 | Vi Thị Mai | Con | 2000 | Nữ | 044300000003",
    )
    plan = plan_of(here, *family)
    assert [row.is_new_household for row in plan.rows] == [True, True]
    child = plan.rows[1]
    assert (child.finding, child.is_undecided) == ("name_differs", True)
    assert [row.name for row in plan.taken(ALL)] == ["Vi Văn Lạ"]
    plan = decided(here, child, None, *family)
    assert (len(plan.taken(ALL)), plan.rows[1].cell("id_number").finding) == (2, "id_of_other")
    plan = decided(here, child, child.candidates[0].uid, *family)
    assert plan.rows[1].finding == "person_elsewhere"


def test_two_of_one_name_in_one_village_of_a_list_without_births_wait(here: Town) -> None:
    rows = [f"{village} | {at} | Vi Thị Tám | Chủ hộ | | Nữ | " for at, village in
            enumerate((HERE, OTHER, HERE))]  # fmt: skip
    assert [row.finding for row in plan_of(here, *rows).rows] == ["", "", "person_twice"]


def test_a_number_that_stands_twice_is_one_person(tmp_path: Path) -> None:
    rows = [
        f"{village} | {at} | Vi Thị Tám | Chủ hộ | 1985 | Nữ | 044185000077"
        for at, village in enumerate((HERE, OTHER), 1)
    ]
    with town(tmp_path) as here:
        for last in (rows[1], rows[1].replace("Tám", "Tạm"), rows[1].replace("Tám", "TAM")):
            one, two = plan_of(here, rows[0], last).rows
            assert (two.finding, two.twice) == ("person_twice", one.place)


def test_two_sheets_are_one_file(tmp_path: Path) -> None:
    with town(tmp_path) as here:
        again = sheet_of(*HOME[:2], name="Trang 2")
        plan = here.plan(book_of(sheet_of(*HOME), again), Purpose.NEW)
        assert [row.finding for row in plan.rows if row.sheet == "Trang 2"] == ["person_twice"] * 2
        here.apply(plan, Choices())
        assert len(names(here)) == 3
        assert not here.plan(book_of(again, sheet_of(*HOME)), Purpose.NEW).taken(ALL)
