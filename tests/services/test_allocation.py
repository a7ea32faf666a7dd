"""The table of what villages shall reach: read, proposed, saved into a version of the plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.allocation import COLUMNS, AllocationTable, Denominators, Way
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.doubted import DoubtLevel
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import areas, undo
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.documents.versions import Change
from giamngheo_desktop.services.targets import allocation, doubts
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.harness.plan_targets import target_row
from tests.harness.register import FIRST_DAY, Register
from tests.harness.report_rows import DAY, close, poor_in, split_a, succeed, type_population
from tests.harness.review import shipped
from tests.harness.tables import TOTAL, column, paper

YEAR = 2026


def asked(register: Register, **options: Any) -> AllocationTable:
    args = (register.database, shipped(), register.commune, YEAR)
    return allocation.table(*args, **options)


def save(register: Register, **by_name: dict[str, int | None]) -> None:
    rows = {register.villages[name]: values for name, values in by_name.items()}
    allocation.save(register.database, register.context, YEAR, rows)


def refused(code: str, work: Any, *args: Any, **options: Any) -> str:
    with pytest.raises(RefusedError) as caught:
        work(*args, **options)
    assert caught.value.code == code
    return texts.error_text(caught.value)


def lists(register: Register, **population: Any) -> dict[str, list[UUID]]:
    """A has 4 poor, B 2 poor and 3 near-poor, C nobody; the year before is closed. What the year
    itself ends with says nothing of its plan.
    """
    poor = {name: poor_in(register, name, count, year=2025) for name, count in (("A", 4), ("B", 2))}
    near = []
    for number in range(3):
        home = register.household(f"Cận {number}", village="B")
        register.give_class(home.uid, "near_poor", year=2025)
        near.append(home.uid)
    before = {"A": (100, 400), "B": (50, 200), "C": (20, 80)}
    type_population(register, 2025, **(before | population))
    close(register, 2025)
    type_population(register, A=(140, 500), B=(60, 200), C=(None, None))
    return {**poor, "near": near}


def plan_home(register: Register, home: UUID, *, registered: bool = True, **values: Any) -> None:
    with write_unit(register.database, register.context, Op.SAVE_RECORD) as work:
        work.insert(Kind.HOUSEHOLD_PLAN, household=home, year=YEAR, registered=registered, **values)


def test_the_table_shows_the_start_and_nothing_typed(register: Register) -> None:
    lists(register)
    found = asked(register)
    assert [row.name for row in found.rows] == ["Thôn A", "Thôn B", "Thôn C"]
    assert [row.poor.forecast.start for row in found.rows] == [4, 2, 0]
    assert [row.near_poor.forecast.start for row in found.rows] == [0, 3, 0]
    assert found.total.poor.forecast.start == 6
    assert (found.plan, found.stands, found.base_year) == (None, False, YEAR - 1)
    assert {value for row in found.rows for value in row.typed.values()} == {None}
    assert {row.poor.forecast.end for row in found.rows} == {None}
    assert str(found.total.poor.opening.percent) == "3.53"  # 6 of 170, no average


def test_poor_that_become_near_poor_go_over(register: Register) -> None:
    homes = lists(register)
    plan_home(register, homes["A"][0], expected="near_poor")
    plan_home(register, homes["A"][1], expected="above")
    plan_home(register, homes["B"][0], expected="near_poor")
    plan_home(register, homes["B"][1], registered=False)
    plan_home(register, homes["near"][0], expected="above")
    found = asked(register)
    _, b, _ = found.rows
    assert [(one.head, one.listed, one.expected) for one in b.registered] == [
        ("Cận 0", "near_poor", "above"), ("Chủ B0", "poor", "near_poor"),
    ]  # fmt: skip
    proposal = allocation.proposed(found, Way.NAMED)
    names = {uid: name for name, uid in register.villages.items()}
    assert {names[uid]: tuple(row.values()) for uid, row in proposal.items()} == {
        "A": (2, 1, 0), "B": (1, 1, 1), "C": (0, 0, 0),
    }  # fmt: skip
    allocation.save(register.database, register.context, YEAR, proposal)
    save(register, C={"poor_again": 1, "near_poor_new": 2})
    found = asked(register)
    assert [row.poor.forecast.end for row in found.rows] == [2, 1, 1]
    assert [row.near_poor.forecast.end for row in found.rows] == [1, 3, 2]
    # what nobody typed is not shown as typed
    assert [row.typed["poor_again"] for row in found.rows] == [None, None, 1]
    assert [row.poor.forecast.again for row in found.rows] == [0, 0, 1]
    total = found.total
    assert (total.poor.forecast.end, total.near_poor.forecast.end) == (4, 6)
    # the printed form shows by how many the list becomes smaller, so that its row adds up
    doc = paper(register.database, "THON")
    assert column(doc, "poor_decrease") == {"Thôn A": 2, "Thôn B": 1, "Thôn C": -1, TOTAL: 2}
    assert column(doc, "near_poor_closing") == {"Thôn A": 1, "Thôn B": 3, "Thôn C": 2, TOTAL: 6}


def test_a_decrease_in_proportion(register: Register) -> None:
    lists(register)
    found = asked(register)
    proposal = allocation.proposed(found, Way.PROPORTIONAL, poor=3, near_poor=2)
    names = {uid: name for name, uid in register.villages.items()}
    assert {names[uid]: tuple(row.values()) for uid, row in proposal.items()} == {
        "A": (2, 0), "B": (1, 2), "C": (0, 0),
    }  # fmt: skip
    for wrong in (7, -1):
        said = refused(
            "allocation_unlike_poor", allocation.proposed, found, Way.PROPORTIONAL, poor=wrong
        )
        assert said == f"Không chia được {wrong} hộ nghèo: đầu năm có 6 hộ nghèo."
    code = "allocation_unlike_near_poor"
    said = refused(code, allocation.proposed, found, Way.PROPORTIONAL, poor=3, near_poor=999)
    assert said.startswith("Không chia được 999 hộ cận nghèo: đầu năm có ")
    assert allocation.proposed(found, Way.TYPED)[register.villages["A"]] == dict.fromkeys(COLUMNS)


def test_where_nobody_knows_the_start_nothing_is_spread(register: Register) -> None:
    found = asked(register)
    said = refused("allocation_start_unknown", allocation.proposed, found, Way.PROPORTIONAL, poor=1)
    assert said == "Chưa biết số hộ đầu năm của Thôn A, Thôn B, Thôn C: chưa chia được."


def test_expected_households_divide_the_end(register: Register) -> None:
    lists(register)
    save(register, A={"poor_decrease": 1}, B={"poor_decrease": 0}, C={"poor_decrease": 0})
    found = asked(register)
    assert found.denominators is Denominators.OPENING
    assert str(found.total.poor.closing.percent) == "2.94"  # 5 of 170
    growing = allocation.grown_by(found, 1000)
    assert [row["expected_households"] for row in growing.values()] == [110, 55, 22]
    a = register.villages["A"]
    allocation.save(register.database, register.context, YEAR, {a: growing[a]})
    found = asked(register)
    assert found.denominators is Denominators.EXPECTED
    assert [row.expected for row in found.rows] == [110, 50, 20]  # B and C as they begin
    assert (found.total.expected, str(found.total.poor.closing.percent)) == (180, "2.78")
    opening = asked(register, denominators=Denominators.OPENING)
    assert str(opening.total.poor.closing.percent) == "2.94"
    doc = paper(register.database, "TINH")
    assert column(doc, "households") == {"Thôn A": 110, "Thôn B": 50, "Thôn C": 20, TOTAL: 180}
    assert "Tổng số hộ dự kiến tăng 5,88 % so với năm 2025." in doc.notes


def test_the_form_of_units_tells_what_its_numbers_rest_on(register: Register) -> None:
    """3,75 − 3,13 is 0,62 on paper, and 1 of 160 is 0,63; of two poor nobody said BTXH or not."""
    homes = lists(register, A=(90, 400))
    save(register, **{name: {"poor_decrease": int(name == "A")} for name in "ABC"})
    doc = paper(register.database, "TINH")
    assert column(doc, "poor_rate_decrease")[TOTAL] == Decimal("0.62")
    (told,) = (note for note in doc.notes if "chưa làm tròn" in note)
    assert told.endswith("dòng tổng là 0,63.")
    assert sum("6 hộ chưa ghi" in note for note in doc.notes) == 1
    assert not any("dự kiến tăng" in note for note in doc.notes)  # as many as there are
    save(register, A={"poor_decrease": 2})
    assert not any("chưa làm tròn" in note for note in paper(register.database, "TINH").notes)
    with write_unit(register.database, register.context, Op.SAVE_RECORD) as work:
        for home in homes["A"]:
            (result,) = records.find(work.connection, Kind.RESULT, household=home)
            work.update(Kind.RESULT, result["uid"], social_protection=False)
    (said,) = (note for note in paper(register.database, "TINH").notes if "chưa ghi" in note)
    assert "có 2 hộ chưa ghi" in said


def test_the_first_year_of_a_file_begins_with_its_own_households(register: Register) -> None:
    type_population(register, A=(100, 400), B=(50, 200), C=(20, 80))
    save(register, A={"expected_households": 120})
    found = asked(register)
    assert (found.base_year, found.total.households, found.total.expected) == (YEAR, 170, 190)
    type_population(register, 2025, A=(90, None), B=(50, None), C=(20, None))
    found = asked(register)
    assert (found.base_year, found.total.households, found.total.expected) == (2025, 160, 190)


def test_a_version_keeps_its_own_numbers(register: Register) -> None:
    lists(register)
    args = (register.database, register.context)
    save(register, A={"poor_decrease": 1})
    plan = versions.begin(*args, register.commune, YEAR).value
    save(register, A={"poor_decrease": 2, "note": "theo tên hộ"}, B={"poor_decrease": 1})
    assert [row.poor.forecast.fall for row in asked(register).rows] == [2, 1, None]
    versions.issue(*args, plan, date(2026, 2, 1))
    found = asked(register)
    assert (found.plan, found.stands) == (plan, True)
    said = refused("plan_stands", save, register, A={"poor_decrease": 3})
    assert said.startswith("Bản kế hoạch thứ 1 đã ban hành")
    second = versions.next_version(*args, plan, Change.ADJUSTS).value
    save(register, A={"poor_decrease": 4})
    found = asked(register)
    assert (found.plan, found.stands) == (second, False)
    assert [row.poor.forecast.fall for row in found.rows] == [4, 1, None]
    assert [row.poor.forecast.fall for row in asked(register, plan=plan).rows] == [2, 1, None]
    # papers show what holds
    assert column(paper(register.database, "THON"), "poor_decrease")["Thôn A"] == 2
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)
    assert asked(register).rows[0].poor.forecast.fall == 2


def test_villages_that_ended_belong_to_the_plan_too(register: Register) -> None:
    lists(register)
    versions.begin(register.database, register.context, register.commune, YEAR)
    save(register, A={"poor_decrease": 1, "poor_new": 1}, B={"poor_decrease": 2})
    succeed(register, "B", "A")
    save(register, B={"near_poor_decrease": 1})
    (a, _) = asked(register).rows
    assert (a.poor.forecast.fall, a.poor.forecast.new, a.poor.forecast.end) == (3, 1, 4)


def test_a_province_gives_its_communes(register: Register) -> None:
    """What it gives a commune stands for all villages of it, in the table of the province alone."""
    lists(register)
    commune = register.second_commune("Xã bên", "X")
    type_population(register, 2025, X=(30, None))
    args = (register.database, register.context)
    (province,) = areas.tree(register.database, DAY).of_level(Level.PROVINCE)
    save(register, A={"poor_decrease": 1}, B={"poor_decrease": 1}, C={"poor_decrease": 0},
         X={"poor_decrease": 0})  # fmt: skip
    asked_of = (register.database, shipped(), province.uid, YEAR)
    found = allocation.table(*asked_of)
    assert {row.name: row.poor.forecast.fall for row in found.rows} == {"Sơn Tây": 2, "Xã bên": 0}
    own = versions.begin(*args, register.commune, YEAR).value
    versions.issue(*args, own, date(2026, 1, 20))  # its own plan is another one
    plan = versions.begin(*args, province.uid, YEAR).value
    given = {"poor_decrease": 3, "poor_new": 1, "expected_households": 200}
    allocation.save(*args, YEAR, {register.commune: given})
    found = allocation.table(*asked_of)
    assert found.plan == plan
    assert {row.name: row.poor.forecast.end for row in found.rows} == {"Sơn Tây": 4, "Xã bên": None}
    assert found.rows[0].expected == 200
    assert [row.poor.forecast.fall for row in asked(register).rows] == [1, 1, 0]
    allocation.save(*args, YEAR, {commune: {"poor_decrease": 0}})
    doc = paper(register.database, "TINH", unit=province.uid)
    assert column(doc, "poor_decrease") == {"Sơn Tây": 2, "Xã bên": 0, TOTAL: 2}
    assert column(doc, "households") == {"Sơn Tây": 200, "Xã bên": 30, TOTAL: 230}


def test_a_commune_without_villages_keeps_what_a_province_gives_it(register: Register) -> None:
    """It is read back, nought as well, and counts in the total; nothing else is known of it."""
    lists(register)
    (province,) = areas.tree(register.database, DAY).of_level(Level.PROVINCE)
    with write_unit(register.database, register.context, Op.SAVE_UNIT) as work:
        given = {"name": "Xã mới", "kind": "xa", "parent": province.uid, "valid_from": FIRST_DAY}
        commune = areas.add_area(work, Level.COMMUNE, **given)
    args = (register.database, register.context)
    versions.begin(*args, province.uid, YEAR)
    rows = {register.commune: {"poor_decrease": 2, "poor_new": 0}}
    numbers = {"poor_decrease": 3, "poor_new": 0, "expected_households": 40}
    allocation.save(*args, YEAR, rows | {commune: numbers})
    found = allocation.table(register.database, shipped(), province.uid, YEAR)
    (new,) = (row for row in found.rows if row.unit == commune)
    assert (new.poor.forecast.fall, new.poor.forecast.new, new.expected) == (3, 0, 40)
    assert new.poor.forecast.start is None
    assert found.total.poor.forecast.fall == 5


def test_what_was_given_to_a_split_village_is_missing_nowhere(register: Register) -> None:
    lists(register)
    save(register, **{name: {"poor_decrease": 1} for name in "ABC"})
    split_a(register)
    found = asked(register)
    assert {row.name: row.poor.forecast.fall for row in found.rows} == {
        "Thôn B": 1, "Thôn C": 1, "Thôn D": None, "Thôn E": None, "": 1,
    }  # fmt: skip
    assert found.total.poor.forecast.end == 3
    assert told(register) == {
        "village_above_poor": "Thôn C: giảm 1 hộ nghèo mà danh sách cuối năm 2025 chỉ có 0."
    }


def target(register: Register, plan: UUID, indicator: str, **values: Any) -> None:
    with write_unit(register.database, register.context, Op.SAVE_RECORD) as work:
        row = target_row(document=plan, key=indicator, indicator=indicator, **values)
        work.insert(Kind.TARGET, **row)


def told(register: Register) -> dict[str, str]:
    args = (register.database, shipped(), register.commune, YEAR)
    found = doubts.doubts(*args)
    assert all(isinstance(one.severity, DoubtLevel) for one in found)
    return {one.code: one.sentence for one in found}


def test_villages_add_up_to_what_the_commune_promises(register: Register) -> None:
    """K12, of what is wanted and of what was given."""
    lists(register)
    args = (register.database, register.context)
    assert told(register) == {}
    plan = versions.begin(*args, register.commune, YEAR).value
    by = {"assigned_by": "QĐ 1/QĐ-UBND"}
    target(register, plan, "HN-GIAM-HO", pursued=300, assigned=200, **by)
    target(register, plan, "HN-TL", pursued=176)  # 3 of 170
    assert told(register) == {}  # nobody gave villages anything yet
    save(register, A={"poor_decrease": 3}, B={"poor_decrease": 1})
    assert told(register) == {
        "village_lacks_poor": "Thôn C: chưa giao số hộ nghèo giảm.",
        "villages_over": "Số hộ nghèo giảm (thuần): các thôn đã giao 4 hộ (giảm 4 hộ, thêm 0 hộ), "
        "hơn 3 hộ của toàn xã, còn 1 thôn chưa giao.",
    }
    save(register, A={"poor_decrease": 2}, B={"poor_decrease": 1}, C={"poor_decrease": 0})
    assert told(register) == {}
    save(register, B={"poor_decrease": 2})
    assert told(register) == {
        "villages_pursued": "Số hộ nghèo giảm (thuần): phấn đấu 3 hộ, cộng các thôn 4 hộ (giảm 4 "
        "hộ, thêm 0 hộ)."
    }
    save(register, B={"poor_decrease": 1}, C={"poor_decrease": 0, "poor_again": 2})
    found = told(register)
    assert set(found) == {"villages_pursued", "villages_assigned"}
    assert "giao 2 hộ, cộng các thôn 1 hộ (giảm 3 hộ, thêm 2 hộ)." in found["villages_assigned"]


def test_rates_of_villages_are_compared_as_printed(register: Register) -> None:
    lists(register)
    plan = versions.begin(register.database, register.context, register.commune, YEAR).value
    save(register, **{name: {"near_poor_decrease": int(name == "B")} for name in "ABC"})
    target(register, plan, "HCN-TL", pursued=117)  # 2 of 170 is 1,18
    assert told(register) == {}
    # of the 150 expected it is 1,33: either may be meant, what is of neither is told
    save(register, A={"expected_households": 80})
    assert set(told(register)) == {"expected_below"}
    save(register, **{name: {"poor_decrease": 0} for name in "ABC"})
    save(register, A={"expected_households": 130})
    target(register, plan, "HN-TL", pursued=300)  # 6 of 200; of 170 they are 3,53
    assert told(register) == {}
    args = (register.database, shipped(), register.commune, YEAR)
    assert allocation.table(*args).denominators is Denominators.EXPECTED
    target(register, plan, "HCN-GIAM-DIEM", pursued=61)  # 1 of 170 is 0,59
    assert told(register) == {
        "linked_apart": "Mức giảm tỷ lệ hộ cận nghèo: ghi 0,61 điểm %, mà tính từ tỷ lệ hộ cận "
        "nghèo 1,17 % thì là 0,59 điểm %.",
        "villages_pursued": "Mức giảm tỷ lệ hộ cận nghèo: phấn đấu 0,61 điểm %, cộng các thôn 0,59 "
        "điểm % (giảm 1 hộ, thêm 0 hộ).",
    }


def test_below_nought_is_told_but_of_a_list_that_may_grow(register: Register) -> None:
    lists(register)
    save(register, **{name: {"poor_decrease": 0} for name in "BC"}, A={"poor_decrease": -1})
    assert "village_negative" not in told(register)
    save(register, A={"poor_again": 0})
    assert "village_negative" not in told(register)
    save(register, A={"poor_again": -2})
    assert told(register)["village_negative"] == "Thôn A: -2 là số âm."


def test_what_cannot_be_of_a_village_is_told_and_stays(register: Register) -> None:
    homes = lists(register, A=(100, 90), B=(4, 200))
    plan_home(register, homes["B"][0])
    save(
        register,
        A={"poor_decrease": 20, "poor_to_near_poor": 1, "expected_households": 60},
        B={"poor_decrease": 0, "poor_to_near_poor": 1},
    )
    found = told(register)
    assert found["households_start"] == (
        "Thôn B: đầu năm 5 hộ nghèo, cận nghèo trong tổng số 4 hộ."
    )
    assert {code for code in found if code.startswith("far_")} == {
        "far_opening_poor", "far_opening_near_poor",
    }  # fmt: skip
    assert {code: said for code, said in found.items() if not code.startswith("far_")} == {
        "households_start": found["households_start"],
        "persons_few": "Thôn A: 90 khẩu mà có 100 hộ.",
        "village_above_poor": "Thôn A: giảm 20 hộ nghèo mà danh sách cuối năm 2025 chỉ có 4.",
        "expected_below": "Thôn A: dự kiến 60 hộ, ít hơn đầu năm (100 hộ).",
        "registered_poor": "Thôn B: 1 hộ nghèo đăng ký thoát, giao giảm 0.",
        "gained_more": "Thôn B: 1 hộ nghèo lên cận nghèo mà chỉ 0 hộ thoát nghèo.",
        "village_lacks_poor": "Thôn C: chưa giao số hộ nghèo giảm.",
    }
    assert asked(register).rows[0].poor.forecast.fall == 20


def test_a_village_far_from_the_whole(register: Register) -> None:
    poor_in(register, "C", 2, year=2025)
    type_population(register, 2025, A=(900, None), B=(90, None), C=(10, None))
    close(register, 2025)
    save(register, **{name: {"poor_decrease": 0} for name in "ABC"})
    found = told(register)
    assert found["far_opening_poor"] == "Thôn C: tỷ lệ hộ nghèo đầu năm 20 %, cả bảng 0,2 %."
    assert set(found) == {"far_opening_poor", "far_closing_poor"}
