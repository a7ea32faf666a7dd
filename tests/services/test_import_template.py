"""The program's own template: empty it says nothing, filled and unchanged neither; what is typed
into it is new or changed, with every field of the forms.
"""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.list_fields import HOUSEHOLD, KEY, PERSON
from giamngheo_desktop.domain.sheet_table import Sheet
from giamngheo_desktop.exports.import_template import FIRST_ROW
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.importing.plan import ALL, CellState, Purpose, RowState
from giamngheo_desktop.services.importing.planning import Source
from tests.harness import foreign_lists
from tests.harness.examples import examples
from tests.harness.import_templates import (
    Clerk,
    fill,
    read_back,
    template_of,
    villages_of,
    write,
)
from tests.harness.list_imports import Town, cell_of, row_of, town
from tests.harness.register import dump, living
from tests.independent.lists.people import VILLAGES

DAY = date(2025, 6, 1)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as found:
        yield found


@pytest.mark.parametrize("purpose", Purpose)
def test_an_empty_template_is_read_and_says_nothing(here: Town, purpose: Purpose) -> None:
    template = template_of(here, purpose)
    plan = here.plan_of(write(here, "empty", template), purpose=purpose)
    assert plan.is_nothing_to_do
    assert not plan.rows
    (sheet,) = (one for one in plan.sheets if one.holds != "nothing")
    assert list(sheet.fields.values()) == [column.code for column in template.columns]
    asked = {column.code for column in template.columns}
    assert set(PERSON) | set(HOUSEHOLD) <= asked | (
        set() if purpose is Purpose.RESULT else {"score_income", "causes"}
    )


@settings(max_examples=examples(3, 80), deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 6), purpose=st.sampled_from(list(Purpose)))
def test_a_filled_template_that_comes_back_unchanged_is_nothing_to_do(
    seed: int, count: int, purpose: Purpose
) -> None:
    with tempfile.TemporaryDirectory() as folder, town(Path(folder)) as here:
        villages = fill(here, random.Random(seed), count)
        plan = read_back(here, purpose, villages)
        assert plan.rows
        assert plan.is_nothing_to_do, [
            (row.name, row.finding, cell.field, cell.old_text, cell.raw, cell.finding)
            for row in plan.rows
            for cell in row.cells
            if cell.state is not CellState.SAME
        ]


@settings(max_examples=examples(1, 40), deadline=None)
@given(seed=st.integers(0, 10_000))
def test_what_a_template_carries_makes_the_same_households_elsewhere(seed: int) -> None:
    """Every field of both forms arrives, dated ones as facts of the day."""
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as other,
        town(Path(folder)) as here,
        town(Path(other)) as there,
    ):
        template = template_of(here, Purpose.RESULT, fill(here, random.Random(seed), 3))
        keys = [at for at, column in enumerate(template.columns) if column.code == KEY]
        rows = tuple(row[: keys[0]] for row in template.rows)  # it is the last one
        columns = tuple(column for column in template.columns if column.code != KEY)
        sent = write(there, "sent", replace(template, columns=columns, rows=rows))
        plan = there.plan_of(sent, day=DAY)
        assert {row.state for row in plan.rows} == {RowState.NEW}
        there.apply(plan)
        assert _homes(there) == _homes(here)


def _homes(here: Town) -> list[dict[str, Any]]:
    stored = living(dump(here.database))[Kind.HOUSEHOLD]
    homes = [households.get(here.database, uid, DAY) for uid in stored]
    return [_said(home) for home in sorted(homes, key=lambda home: str(home.code))]


def _said(home: Household) -> dict[str, Any]:
    members = [{code: getattr(one, code) for code in PERSON} for one in home.members]
    return {code: getattr(home, code) for code in HOUSEHOLD} | {"members": members}


@pytest.fixture
def clerk(here: Town) -> Clerk:
    """A register of two households, sent out as a template."""
    here.apply(here.plan("members_27"))
    villages = villages_of(here)
    return Clerk(write(here, "village", template_of(here, Purpose.NEW, villages)))


def test_a_clerk_changes_adds_and_takes_back(here: Town, clerk: Clerk) -> None:
    before = dump(here.database)
    row = clerk.row_of("Điểu K'Sơn")
    clerk.type(row, Trình_độ_văn_hóa="THCS", Có_BHYT="x", Dạng_khuyết_tật="vận động",
               Loại_nhà_tiêu="tự hoại", Trợ_cấp_xã_hội="Không có")  # fmt: skip
    clerk.type(row + 1, Người_có_công="có", Khả_năng_lao_động="Không có khả năng lao động")
    clerk.sheet.insert_rows(row + 2)
    clerk.type(row + 2, Họ_và_tên="Điểu Thị Bé", Quan_hệ_với_chủ_hộ="Con", Ngày_sinh="03/04/2024")
    last = clerk.sheet.max_row + 1
    clerk.type(last, STT_hộ=99, Thôn="Thôn Đồi Chè", Họ_và_tên="hồ văn mới",
               Quan_hệ_với_chủ_hộ="Chủ hộ", Nguồn_điện="Điện lưới")  # fmt: skip
    clerk.type(last + 1, STT_hộ=99, Họ_và_tên="Hồ Thị Con", Quan_hệ_với_chủ_hộ="Con",
               Đang_đi_học="x")  # fmt: skip
    plan = here.plan_of(clerk.save(), purpose=Purpose.NEW)
    counts = {state: count for state, count in plan.counts().items() if count}
    assert counts == {RowState.SAME: 40, RowState.CHANGED: 2, RowState.NEW: 3}
    assert cell_of(plan, "Điểu Thị Bé", "birth").new_text == "03/04/2024"  # the head says the order
    done = here.apply(plan)
    home = households.get(here.database, row_of(plan, "Điểu K'Sơn").household, plan.day)
    head, wife = home.members[:2]
    assert (head.education, head.health_insurance, head.disability_kind, head.social_allowance) == (
        "lower_secondary", True, "movement", (),
    )  # fmt: skip
    assert (wife.merit, wife.labour_capacity, home.toilet) == ("yes", "unable", "septic")
    (fact,) = (one for one in home.facts[wife.uid] if one.code == "merit")
    assert fact.valid_from == plan.day
    assert home.members[-1].full_name == "Điểu Thị Bé"
    new = households.get(here.database, row_of(plan, "Hồ Văn Mới").household, plan.day)
    assert (new.electricity_source, new.members[1].attending_school) == ("grid", True)
    assert here.plan_of(clerk.path, purpose=Purpose.NEW).is_nothing_to_do
    undo.undo(here.database, here.context, done.changes.group)
    assert living(dump(here.database)) == living(before)


def test_emptied_cells_erase_nothing_and_an_id_tells_who_was_renamed(
    here: Town, clerk: Clerk
) -> None:
    row = clerk.row_of("Điểu K'Sơn")
    kept = {"Họ và tên", "Quan hệ với chủ hộ", "STT hộ", "Mã trong sổ", "Ngày sinh"}
    for heading, at in clerk.columns.items():
        if heading not in kept:
            clerk.sheet.cell(row, at, None)
    clerk.type(row, Họ_và_tên="Điểu K'Sang")
    plan = here.plan_of(clerk.save(), purpose=Purpose.UPDATE)
    changed = [
        (line.row, cell.field)
        for line in plan.rows
        for cell in line.cells
        if cell.state is not CellState.SAME
    ]
    assert changed == [(row, "full_name")]
    assert row_of(plan, "Điểu K'Sang").state is RowState.CHANGED


def test_a_row_that_was_copied_or_typed_over_is_not_taken_for_the_old_one(
    here: Town, clerk: Clerk
) -> None:
    row = clerk.row_of("Điểu K'Sơn")
    wanted = {"Họ và tên": "Lê Lạ", "Ngày sinh": "1950", "Số CCCD/CMND": None}
    for heading, value in wanted.items():
        clerk.sheet.cell(row + 1, clerk.columns[heading]).value = value
    clerk.sheet.insert_rows(row + 3)
    for at in clerk.columns.values():
        clerk.sheet.cell(row + 3, at, clerk.sheet.cell(row + 2, at).value)
    clerk.type(row + 3, Họ_và_tên="Lê Chép")
    clerk.sheet.cell(row + 3, clerk.columns["Số CCCD/CMND"]).value = None
    clerk.sheet.cell(row + 3, clerk.columns["Ngày sinh"]).value = "1999"
    plan = here.plan_of(clerk.save(), purpose=Purpose.NEW)
    over, copied = (one for one in plan.rows if one.row in (row + 1, row + 3))
    assert (over.state, over.finding) == (RowState.PROPOSAL, "name_differs")
    assert (copied.state, cell_of(plan, "Lê Chép", KEY).finding) == (RowState.PROPOSAL, "key_twice")


def test_a_sheet_that_was_sorted_by_name_changes_nothing_by_itself(
    here: Town, clerk: Clerk
) -> None:
    rows = [[cell.value for cell in row] for row in clerk.sheet.iter_rows(min_row=FIRST_ROW)]
    rows.sort(key=lambda row: str(row[clerk.columns["Họ và tên"] - 1]))
    for number, row in enumerate(rows, start=FIRST_ROW):
        for at, value in enumerate(row, start=1):
            clerk.sheet.cell(number, at).value = value
    plan = here.plan_of(clerk.save(), purpose=Purpose.NEW)
    assert len(plan.rows) == 42
    assert {row.state for row in plan.rows} <= {RowState.SAME, RowState.PROPOSAL, RowState.PROBLEM}


def test_facts_are_of_the_day_that_is_asked_or_that_the_list_names(
    here: Town, clerk: Clerk
) -> None:
    assert here.plan_of(clerk.path, purpose=Purpose.UPDATE).day == here.context.today()
    early = date(2025, 12, 10)
    assert here.plan_of(clerk.path, purpose=Purpose.UPDATE, day=early).day == early
    clerk.sheet["A2"] = "Xã Suối Lành. Số liệu đến ngày 09/12/2025."
    path = clerk.save()
    assert here.plan_of(path, purpose=Purpose.UPDATE).day == date(2025, 12, 9)
    assert here.plan_of(path, purpose=Purpose.UPDATE, day=early).day == early
    with pytest.raises(Exception, match="import_day"):
        here.plan_of(path, day=date(2024, 1, 1))


def test_the_officer_says_who_a_row_is(here: Town) -> None:
    """By name alone it is a proposal: that household, or a new one."""
    here.apply(here.plan("members_27"))
    plan = here.plan("free_households")
    row = row_of(plan, "Vũ Thị Ánh")
    (one,) = row.candidates
    assert (row.state, row.asks_who) == (RowState.PROPOSAL, True)
    again = here.plan("free_households", persons={row.place: one.uid})
    assert row_of(again, row.name).state is RowState.CHANGED
    assert row_of(again, row.name).household == row.household
    new = row_of(here.plan("free_households", persons={row.place: None}), row.name)
    assert (new.is_new_household, new.household == row.household) == (True, False)
    assert new.candidates == row.candidates  # the choice can be taken back


def test_of_two_households_of_one_name_the_officer_says_which(here: Town) -> None:
    head = ("STT hộ", "Họ và tên", "Quan hệ với chủ hộ", "Thôn", "Số CCCD/CMND", "Điện thoại")
    both = [(1, "Hồ Thị Na", "Chủ hộ", VILLAGES[0], "123456789", None, "15/04/1980"),
            (2, "Hồ Thị Na", "Chủ hộ", VILLAGES[0], "987654321", None, None)]  # fmt: skip
    born = (*head, "Ngày sinh")
    here.apply(here.plan(_list(born, *both), Purpose.NEW))
    told = _list(head, (1, "Hồ Thị Na", "Chủ hộ", VILLAGES[0], None, "0912345678"))
    (row,) = here.plan(told, Purpose.NEW).rows
    assert (row.state, row.finding) == (RowState.PROBLEM, "several_households")
    assert (len(row.candidates), row.asks_who) == (2, True)
    assert [text for one in row.candidates if "1980" in (text := one.text)] == [
        f"Hồ Thị Na · 15/04/1980 · {VILLAGES[0]}"
    ]
    for one in row.candidates:
        (chosen,) = here.plan(told, Purpose.NEW, persons={row.place: one.uid}).rows
        assert (chosen.state, chosen.household) == (RowState.CHANGED, one.household)
        assert (chosen.person, chosen.candidates) == (one.uid, row.candidates)
    (new,) = here.plan(told, Purpose.NEW, persons={row.place: None}).rows
    assert (new.state, new.is_new_household) == (RowState.NEW, True)
    (gone,) = here.plan(told, Purpose.NEW, persons={row.place: here.context.new_id()}).rows
    assert gone.state is RowState.PROBLEM  # somebody who is no candidate any more


def _list(*rows: tuple[Any, ...]) -> Source:
    sheet = Sheet(name="Tờ", rows=dict(enumerate(rows, start=1)))
    return Source(name="t.xlsx", sha256=str(rows), sheets=[sheet])


def test_of_two_of_one_name_in_a_household_nobody_is_taken_silently(
    here: Town, clerk: Clerk
) -> None:
    row = clerk.row_of("Điểu K'Sơn")
    third, fourth = (clerk.sheet.cell(at, clerk.columns["Họ và tên"]) for at in (row + 2, row + 3))
    fourth.value = third.value
    here.apply(here.plan_of(clerk.save(), purpose=Purpose.UPDATE))
    for at in (row + 2, row + 3):
        for heading in ("Mã trong sổ", "Số CCCD/CMND", "Ngày sinh"):
            clerk.sheet.cell(at, clerk.columns[heading]).value = None
    plan = here.plan_of(clerk.save(), purpose=Purpose.UPDATE)
    one, other = (line for line in plan.rows if line.row in (row + 2, row + 3))
    assert (one.state, one.finding, len(one.candidates)) == (
        RowState.PROBLEM, "several_persons", 2,
    )  # fmt: skip
    persons = {one.place: one.candidates[0].uid, other.place: one.candidates[1].uid}
    again = here.plan_of(clerk.path, purpose=Purpose.UPDATE, persons=persons)
    assert [line.person for line in again.rows if line.place in persons] == list(persons.values())
    assert again.is_nothing_to_do
    assert ALL.takes(one) is False


def test_the_columns_are_those_of_the_definition(here: Town) -> None:
    shipped = foreign_lists.definitions().headings.template
    known = [code for group in shipped for code in group.fields if not group.purposes]
    assert [column.code for column in template_of(here, Purpose.NEW).columns] == known
    assert FIRST_ROW == 5
