"""An import from the first look to the undo: what is new, changed, the same, and never erased."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.importing.plan import ALL, CellState, Choices, Purpose, RowState
from giamngheo_desktop.storage import review_rows
from giamngheo_desktop.storage.review_rows import Scope
from tests.harness import foreign_lists
from tests.harness.list_imports import YEAR, Town, cell_of, row_of, town

DAY = date(2025, 12, 31)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as found:
        yield found


def _counts(here: Town) -> tuple[int, int]:
    with here.database.reader() as connection:
        listed = review_rows.listed(connection, Scope(year=YEAR, standard="2022"))
        return len(review_rows.places(connection, DAY)), len(listed)


def test_a_list_of_new_households_makes_them_with_class_and_paper(here: Town) -> None:
    plan = here.plan("members_27")
    assert plan.counts()[RowState.NEW] == len(plan.rows) == 42
    done = here.apply(plan)
    assert (done.value.households, done.value.persons) == (12, 42)
    assert _counts(here) == (12, 12)
    again = here.plan("members_27")
    assert again.is_nothing_to_do
    assert again.applied_before is not None
    head = row_of(again, "Điểu K'Sơn")
    home = households.get(here.database, head.household, DAY)
    assert [one.relation for one in home.members] == ["head", "wife", "child", "child", "child"]
    assert (home.score_income, home.causes) == (85, ("land", "knowledge", "skills"))
    assert home.members[1].birth == PartialDate(1984, 5)


def test_a_new_household_is_not_written_without_its_head(here: Town) -> None:
    plan = here.plan("members_27")
    head = row_of(plan, "Điểu K'Sơn")
    others = [row for row in plan.rows if row.needs == head.place]
    assert len(others) == 4
    with pytest.raises(AppError, match="import_nothing"):
        here.apply(plan, Choices(states=frozenset(), rows=frozenset(row.place for row in others)))
    report = here.apply(plan, Choices(refused_rows=frozenset({head.place}))).value
    assert (report.households, report.persons) == (11, 37)
    assert {report.done(row) for row in others} == {"left"}
    assert all(map(report.waits_for_head, others))
    assert not report.waits_for_head(head)
    # a head without a name is nobody
    again = here.plan("members_27")
    name = ("full_name", "head_name")
    head = row_of(again, "Điểu K'Sơn")
    cells = {(*head.place, cell.column) for cell in head.cells if cell.field in name}
    report = here.apply(again, Choices(refused_cells=frozenset(cells))).value
    assert (report.households, report.persons, report.written) == (0, 0, frozenset())


def test_nothing_is_written_before_and_one_undo_takes_it_back(here: Town) -> None:
    plan = here.plan("members_27")
    assert _counts(here) == (0, 0)
    done = here.apply(plan)
    undo.undo(here.database, here.context, done.changes.group)
    assert _counts(here) == (0, 0)
    again = here.plan("members_27")
    assert again.applied_before is None
    assert again.counts()[RowState.NEW] == len(again.rows)


def test_the_list_of_the_next_year_shows_what_changed_and_erases_nothing(here: Town) -> None:
    here.apply(here.plan("members_27"))
    plan = here.plan("members_27_later")
    told = foreign_lists.expected("members_27_later")["changes"]
    codes = {"b1": "score_income", "cccd": "id_number", "level": "household_class"}
    for one in told:
        if "field" in one:
            name = one.get("person") or one["household"]
            cell = cell_of(plan, name, codes.get(one["field"], one["field"]))
            assert cell.state is CellState.CHANGED
    assert row_of(plan, "Đỗ Văn Bầu").state is RowState.NEW
    assert row_of(plan, "Tô Văn Mận").is_new_household
    changed = {row.name for row in plan.rows if row.state is not RowState.SAME}
    assert changed == {one.get("person") or one["household"] for one in told} - {"Lý Thị Hường"}
    here.apply(plan)
    assert here.plan("members_27_later").is_nothing_to_do
    home = households.get(here.database, row_of(plan, "Vũ Thị Ánh").household, DAY)
    assert (home.score_income, home.causes) == (90, ("illness",))
    assert home.members[0].id_number == "035141900011"
    assert _counts(here) == (13, 13)


@pytest.mark.parametrize(
    "name", ["members_27.xls", "members_27_messy", "members_27_messy.ods", "members_27_mac"]
)
def test_the_same_list_in_another_dress_is_nothing_new(here: Town, name: str) -> None:
    here.apply(here.plan("members_27"))
    plan = here.plan(name)
    new = [row for row in plan.rows if row.is_new_person or row.is_new_household]
    assert not new
    changed = {
        (row.name, cell.field)
        for row in plan.rows
        for cell in row.cells
        if cell.state in (CellState.NEW, CellState.CHANGED)
    }
    # only a workbook of Excel tells that a day is shown as month and year
    assert changed <= ({("Huỳnh Văn Đậu", "birth")} if name.endswith(".ods") else set())


def test_a_row_and_a_cell_can_be_left_out(here: Town) -> None:
    here.apply(here.plan("members_27"))
    plan = here.plan("members_27_later")
    brother = row_of(plan, "Trần Thị Lúa")
    score = row_of(plan, "Nguyễn Văn Khoai")
    letter = cell_of(plan, score.name, "score_income").column
    choices = Choices(
        states=frozenset({RowState.CHANGED}),
        refused_rows=frozenset({brother.place}),
        refused_cells=frozenset({(*score.place, letter)}),
    )
    done = here.apply(plan, choices)
    assert done.value.done(brother) == "left"
    left = {
        (row.name, cell.field)
        for row in here.plan("members_27_later").rows
        for cell in row.cells
        if cell.state is CellState.CHANGED
    }
    assert left == {(brother.name, "id_number"), (score.name, "score_income")}


def test_a_plan_made_before_something_was_written_is_not_applied(here: Town) -> None:
    plan = here.plan("members_27")
    here.apply(plan)
    with pytest.raises(AppError, match="import_stale"):
        here.apply(plan)
    with pytest.raises(AppError, match="import_nothing"):
        here.apply(here.plan("members_27"))


def test_an_unclear_cell_is_written_only_as_the_officer_reads_it(here: Town) -> None:
    plan = here.plan("free_households")
    row = row_of(plan, "Nguyễn Văn Khoai")
    assert row.state is RowState.PROPOSAL
    cell = cell_of(plan, row.name, "birth")
    assert [one.text for one in cell.readings] == ["03/04/1975", "04/03/1975"]
    here.apply(plan, replace(ALL, readings={(*row.place, cell.column): 1}))
    home = households.get(here.database, row.household, DAY)
    assert home.members[0].birth == PartialDate(1975, 3, 4)
    other = households.get(here.database, row_of(plan, "Đỗ Quý Mướp").household, DAY)
    assert other.members[0].birth is None


def test_an_update_makes_no_households_and_no_classes(here: Town) -> None:
    plan = here.plan("members_27", Purpose.UPDATE)
    assert {row.finding for row in plan.rows} == {"household_unknown"}
    here.apply(here.plan("members_27"))
    later = here.plan("members_27_later", Purpose.UPDATE)
    fields = {cell.field for row in later.rows for cell in row.cells}
    assert not fields & {"household_class", "score_income", "decision_number"}
    assert cell_of(later, "Trần Thị Lúa", "id_number").state is CellState.CHANGED


def test_somebody_told_by_name_alone_is_a_proposal(here: Town) -> None:
    here.apply(here.plan("members_27"))
    plan = here.plan("free_households")
    row = row_of(plan, "Vũ Thị Ánh")
    assert not row.is_new_household
    assert row.state is RowState.PROPOSAL
    assert cell_of(plan, row.name, "phone").new == "0987000102"
    assert all(row.state is not RowState.NEW for row in plan.rows)


def test_no_list_is_said_so(here: Town) -> None:
    with pytest.raises(AppError, match="import_no_list"):
        here.plan("no_list")


def test_the_list_of_an_older_year_makes_nobody_twice_and_writes_nothing_over(here: Town) -> None:
    here.apply(here.plan("members_27_later"))
    old = here.plan("members_27", year=2024)
    late = {row.finding for row in old.rows if row.name != "Lý Thị Hường"}
    assert "household_later" in late
    assert not [row for row in old.rows if row.is_new_household and row.name == "Vũ Thị Ánh"]
    newer = here.plan("members_27_later", year=2026)
    here.apply(newer)
    plan = here.plan("members_27", year=2025)
    score = cell_of(plan, "Nguyễn Văn Khoai", "score_income")
    assert (score.state, score.finding) == (CellState.PROBLEM, "later_known")
    assert row_of(plan, "Nguyễn Văn Khoai").state is RowState.PROPOSAL
