"""Danh sách kỳ in a real register: births, deaths, moves and decisions against what was issued."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.entitlement import OF_GROUND, Given
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.period_reasons import Why
from giamngheo_desktop.reports.period_list import period_list_doc
from giamngheo_desktop.services import areas, classes, events, households, successions, undo
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.programme import period_lists, supports
from giamngheo_desktop.services.programme.entitled_homes import Lacking
from giamngheo_desktop.services.programme.period_lines import Moved, PeriodList
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import FIRST_DAY, Register, dump, living
from tests.harness.tables import definitions


def preview(reg: Register, period: str, code: str = "bhyt") -> PeriodList:
    return period_lists.preview(reg.database, definitions(), code, period, unit=reg.commune)


def issue(reg: Register, period: str, code: str = "bhyt", **values: Any) -> UUID:
    return period_lists.issue(
        reg.database, reg.context, definitions(), code, period, unit=reg.commune, **values
    ).value


def told(moved: tuple[Moved, ...]) -> dict[str, tuple[Why, date | None]]:
    return {one.line.name: (one.reason.why, one.reason.day) for one in moved}


def names(found: PeriodList) -> list[str]:
    return [line.name for line in found.lines]


def poor(reg: Register, *people: str, village: str = "A", name: str = "poor") -> Household:
    home = reg.household(*people, village=village)
    reg.give_class(home.uid, name)
    return home


def person(home: Household, name: str) -> UUID:
    return next(one.uid for one in home.members if one.full_name == name)


def test_a_month_of_births_deaths_moves_and_decisions(register: Register) -> None:
    args = (register.database, register.context)
    one = poor(register, "An", "Bình", "Cúc")
    two = poor(register, "Dũng", "Em", village="B", name="near_poor")
    three = poor(register, "Giang", village="C")
    four = register.household("Hoa", "Inh")
    first = preview(register, "2026-09")
    assert names(first) == ["An", "Bình", "Cúc", "Dũng", "Em", "Giang"]
    assert (first.base, len(first.added)) == (None, 6)
    issue(register, "2026-09")

    child = register.member("Khánh", birth=None, relation="child")
    events.birth(*args, household=one.uid, child=child, day=date(2026, 9, 20))
    events.death(*args, household=one.uid, person=person(one, "Bình"), day=date(2026, 9, 30))
    events.person_moves_out(
        *args, household=one.uid, person=person(one, "Cúc"), day=date(2026, 10, 5)
    )
    register.give_class(
        two.uid, "poor", valid_from=date(2026, 10, 10), source="decision", decision_number="7/QĐ"
    )
    events.move_village(
        *args, household=three.uid, village=register.villages["A"], day=date(2026, 10, 2)
    )
    register.give_class(
        four.uid, "near_poor", valid_from=date(2026, 10, 31), source="decision",
        decision_number="8/QĐ",
    )  # fmt: skip
    found = preview(register, "2026-10")
    assert sorted(names(found)) == ["An", "Cúc", "Dũng", "Em", "Giang", "Hoa", "Inh", "Khánh"]
    assert told(found.added) == {
        "Khánh": (Why.BIRTH, date(2026, 9, 20)),
        "Hoa": (Why.RECOGNISED, date(2026, 10, 31)),
        "Inh": (Why.RECOGNISED, date(2026, 10, 31)),
    }
    assert {one.line.name: one.is_late for one in found.added}["Khánh"]
    assert told(found.removed) == {"Bình": (Why.DEATH, date(2026, 9, 30))}
    assert told(found.changed) == {
        "Dũng": (Why.RECOGNISED, date(2026, 10, 10)),
        "Em": (Why.RECOGNISED, date(2026, 10, 10)),
        "Giang": (Why.VILLAGE, date(2026, 10, 2)),
    }
    assert [one.what for one in found.changed if one.line.name == "Giang"] == [("village",)]
    assert found.changed[-1].then is not None
    assert found.kept == 2  # An, and Cúc, who was there five days of the month
    (gone,) = (line for line in found.lines if line.name == "Cúc")
    assert gone.row.to_day == date(2026, 10, 4)
    issue(register, "2026-10", decision_number="15/TTr")
    found = preview(register, "2026-11")
    assert told(found.removed) == {"Cúc": (Why.MOVED_OUT, date(2026, 10, 5))}
    assert (found.added, found.changed) == ((), ())


def test_what_was_typed_late_shows_now_with_its_true_day(register: Register) -> None:
    args = (register.database, register.context)
    home = poor(register, "An", "Bình")
    other = poor(register, "Dũng")
    issue(register, "2026-09")
    issue(register, "2026-10")
    events.death(*args, household=home.uid, person=person(home, "Bình"), day=date(2026, 8, 3))
    register.give_class(
        other.uid,
        "not_poor",
        valid_from=date(2026, 9, 1),
        source="decision",
        decision_number="9/QĐ",
    )
    found = preview(register, "2026-11")
    assert told(found.removed) == {
        "Bình": (Why.DEATH, date(2026, 8, 3)),
        "Dũng": (Why.CLASS_ENDED, date(2026, 9, 1)),
    }
    assert all(one.is_late for one in found.removed)
    again = preview(register, "2026-10")  # the same period once more
    assert told(again.removed) == told(found.removed)


def test_who_came_back_stays_and_who_came_between_is_told(register: Register) -> None:
    args = (register.database, register.context)
    home = poor(register, "An", "Bình")
    issue(register, "2026-03")
    binh = person(home, "Bình")
    events.person_moves_out(*args, household=home.uid, person=binh, day=date(2026, 4, 2))
    member = register.get(home.uid, date(2026, 3, 31)).members[1]
    events.person_moves_in(*args, household=home.uid, member=member, day=date(2026, 4, 20))
    guest = register.member("Khách")
    events.person_moves_in(*args, household=home.uid, member=guest, day=date(2026, 4, 5))
    events.person_moves_out(*args, household=home.uid, person=guest.uid, day=date(2026, 4, 25))
    found = preview(register, "2026-04")
    back = {line.name: line.row for line in found.lines}["Bình"]
    assert (back.from_day, back.months) == (date(2026, 4, 20), 1)
    assert (found.kept, told(found.added)) == (2, {"Khách": (Why.MOVED_IN, date(2026, 4, 5))})
    may = preview(register, "2026-05")  # April was never issued
    assert (may.added, may.removed, may.kept) == ((), (), 2)
    assert [line.name for line in may.missed] == ["Khách"]


def test_a_marriage_changes_the_household(register: Register) -> None:
    args = (register.database, register.context)
    one, two = poor(register, "An", "Bình"), poor(register, "Dũng", village="B")
    three = register.household("Giàu")
    issue(register, "2026-09")
    events.marriage(
        *args, person=person(one, "Bình"), leaves=one.uid, joins=two.uid, relation="wife",
        day=date(2026, 10, 1),
    )  # fmt: skip
    found = preview(register, "2026-10")
    assert told(found.changed) == {"Bình": (Why.JOINED, date(2026, 10, 1))}
    assert found.changed[0].what == ("household", "village")
    issue(register, "2026-10")
    events.marriage(
        *args, person=person(one, "Bình"), leaves=two.uid, joins=three.uid, relation="wife",
        day=date(2026, 11, 1),
    )  # fmt: skip
    assert told(preview(register, "2026-11").removed) == {"Bình": (Why.LEFT, date(2026, 11, 1))}


def test_a_list_is_issued_once_and_undone_in_one_step(register: Register) -> None:
    poor(register, "An", "Bình")
    before = living(dump(register.database))
    uid = issue(register, "2026-09")
    known = (register.database, definitions())
    (kept,) = period_lists.issued_lists(register.database, register.commune)
    assert (kept.uid, kept.rows, kept.period) == (uid, 2, "2026-09")
    assert kept.last_day == date(2026, 9, 30)
    assert {line.row.months for line in period_lists.reprint(*known, uid).lines} == {1}
    assert not preview(register, "2026-09").added
    with pytest.raises(RefusedError) as refused:
        issue(register, "2026-09")
    assert refused.value.code == "period_list_same"
    step = undo.next_step(register.database)
    assert step is not None
    assert step.op is Op.ISSUE_PERIOD_LIST
    undo.undo(register.database, register.context, step.group)
    assert living(dump(register.database)) == before


def test_a_reprint_says_what_was_issued(register: Register) -> None:
    args = (register.database, register.context)
    home = poor(register, "An", "Bình")
    first = issue(register, "2026-09")
    events.death(*args, household=home.uid, person=person(home, "Bình"), day=date(2026, 9, 30))
    second = issue(register, "2026-10")
    events.move_out(*args, household=home.uid, day=date(2026, 10, 9))
    again = period_lists.reprint(register.database, definitions(), second)
    assert (names(again), again.base and again.base.uid) == (["An"], first)
    assert told(again.removed) == {"Bình": (Why.DEATH, date(2026, 9, 30))}
    assert again.kept == 1


def test_electricity_counts_months_and_says_what_it_does_not_know(register: Register) -> None:
    home = register.household("An")
    register.give_class(home.uid, valid_from=date(2026, 2, 10), source="decision")
    old = register.household("Bà Tư", electricity_kwh=50)
    more = register.household("Ông Năm", electricity_kwh=51)
    unknown = register.household("Cụ Sáu")
    for one in (old, more, unknown):
        head = register.get(one.uid)
        allowed = tuple(
            type(member)(**{**_fields(member), "social_allowance": ("elderly",)})
            for member in head.members
        )
        draft = type(head)(**{**_fields(head), "members": allowed})
        households.save(register.database, register.context, draft, day=date(2025, 1, 1), base=head)
    march = date(2026, 3, 31)
    for one in (home, old):
        assert not wrong(register, "electricity", one.uid, None, march)
    for one in (more, unknown):
        assert wrong(register, "electricity", one.uid, None, march) == {"no_class"}
    found = preview(register, "2026-Q1", "tien_dien")
    assert {line.name: (line.row.ground, line.row.months) for line in found.lines} == {
        "An": ("poor", 2),
        "Bà Tư": ("social_policy", 3),
    }
    assert [(one.line.name, one.lacking) for one in found.doubtful if one.line.name != "An"] == [
        ("Cụ Sáu", Lacking.KWH)
    ]
    assert found.amount is None  # no source gives the price
    issue(register, "2026-Q1", "tien_dien")
    electricity_costs(register, "59.520", register.commune)
    found = preview(register, "2026-Q1", "tien_dien")
    assert (found.amount, found.lines[0].row.amount) == (5 * 59_520, 2 * 59_520)
    changed = next(one for one in period_list_doc(found).tables if one.sheet == "Đổi")
    said = [cell.value for cell in changed.rows[0].cells]
    assert said[-4:-2] == ["Số tiền (đồng): –", "Số tiền (đồng): 119.040"]
    assert preview(register, "2026-Q2", "tien_dien").amount is None


def wrong(reg: Register, policy: str, home: UUID, person: UUID | None, day: date) -> set[str]:
    """What the warnings of a support say against its ground."""
    one = Given(uid=UUID(int=1), household=home, person=person, policy=policy, supported_on=day)
    doubts = supports.typed_doubts(reg.database, definitions(), one, date(2026, 12, 31))
    return {doubt.why.value for doubt in doubts if doubt.why in OF_GROUND}


def electricity_costs(reg: Register, value: str, unit: UUID) -> None:
    with write_unit(reg.database, reg.context, Op.SAVE_RECORD) as work:
        work.insert(
            Kind.POLICY_VALUE, area=unit, key="dien_dong", group="electricity",
            label="Tiền điện", value=value, unit="đồng/hộ/tháng", scope="commune",
            valid_from=date(2026, 1, 1), valid_to=date(2026, 3, 31),
        )  # fmt: skip


def test_each_commune_of_a_file_has_its_own_values(register: Register) -> None:
    poor(register, "An")
    other = register.second_commune("Sơn Mùa", "M")
    poor(register, "Bình", village="M")
    third = register.second_commune("Sơn Bua", "U")
    poor(register, "Cúc", village="U")
    electricity_costs(register, "59.520", register.commune)
    electricity_costs(register, "60.000", other)
    tree = areas.tree(register.database, FIRST_DAY)
    (province,) = (area.uid for area in tree if area.level is Level.PROVINCE)
    amounts = {"An": 3 * 59_520, "Bình": 3 * 60_000, "Cúc": None}
    asked = (register.database, definitions(), "tien_dien", "2026-Q1")
    for unit, names_there in (
        (register.commune, ["An"]),
        (other, ["Bình"]),
        (third, ["Cúc"]),
        (province, ["An", "Bình", "Cúc"]),
    ):
        found = period_lists.preview(*asked, unit=unit)
        assert {line.name: line.row.amount for line in found.lines} == {
            name: amounts[name] for name in names_there
        }
    electricity_costs(register, "50.000", province)  # holds where nobody says otherwise
    (line,) = period_lists.preview(*asked, unit=third).lines
    assert line.row.amount == 3 * 50_000


def test_the_day_of_death_still_entitles(register: Register) -> None:
    """Also of the last one of a household, whose place and class end with him."""
    args = (register.database, register.context)
    alone, home = poor(register, "An"), poor(register, "Bình", "Cúc")
    issue(register, "2026-10")
    issue(register, "2026-Q3", "tien_dien")
    for one, name in ((alone, "An"), (home, "Cúc")):
        events.death(*args, household=one.uid, person=person(one, name), day=date(2026, 11, 1))
    found = preview(register, "2026-11")
    assert {line.name: line.row.to_day for line in found.lines} == {
        "An": date(2026, 11, 1), "Bình": None, "Cúc": date(2026, 11, 1)
    }  # fmt: skip
    assert (found.removed, found.kept) == ((), 3)
    issue(register, "2026-11")
    gone = (Why.DEATH, date(2026, 11, 1))
    assert told(preview(register, "2026-12").removed) == {"An": gone, "Cúc": gone}
    quarter = preview(register, "2026-Q4", "tien_dien")
    assert {line.name: line.row.months for line in quarter.lines} == {"An": 2, "Bình": 3}
    issue(register, "2026-Q4", "tien_dien")
    assert told(preview(register, "2027-Q1", "tien_dien").removed)["An"] == gone


def test_no_list_is_issued_on_a_day_to_come(register: Register) -> None:
    poor(register, "An")
    with pytest.raises(RefusedError) as refused:
        issue(register, "2026-09", issued_on=date(2027, 1, 1))
    assert refused.value.code == "event_in_future"


def test_a_reprint_compares_with_what_there_was(register: Register) -> None:
    poor(register, "An")
    first, second = issue(register, "2026-08"), issue(register, "2026-10")
    issue(register, "2026-09")  # late
    again = period_lists.reprint(register.database, definitions(), second)
    assert again.base is not None
    assert again.base.uid == first


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def test_a_school_year_asks_who_attends(register: Register) -> None:
    home = register.household("An")
    register.give_class(home.uid, valid_from=date(2025, 11, 30))
    for name, values in {
        "Trò": {"attending_school": True, "school_level": "primary"},
        "Sinh viên": {"attending_school": True, "school_level": "university"},
        "Chưa rõ": {"birth": PartialDate(2015)},
        "Người lớn": {},
    }.items():
        child = register.member(name, **values)
        events.person_moves_in(
            register.database, register.context, household=home.uid, member=child,
            day=date(2025, 6, 1),
        )  # fmt: skip
    found = preview(register, "2025-2026", "chi_phi_hoc_tap")
    assert [(line.name, line.row.months) for line in found.lines] == [("Trò", 7)]
    assert (found.period.last, found.amount) == (date(2026, 5, 31), None)
    assert [(one.line.name, one.lacking) for one in found.doubtful] == [
        ("Chưa rõ", Lacking.ATTENDING)
    ]
    with pytest.raises(AppError) as free:  # since then for everybody
        preview(register, "2025-2026", "hoc_phi")
    assert free.value.code == "period_outside"


@pytest.mark.parametrize(
    ("policy", "period"), [("bhyt", "2026-13"), ("bhyt", "2026-Q1"), ("tien_dien", "2026-Q5")]
)
def test_a_period_that_is_none_is_refused(register: Register, policy: str, period: str) -> None:
    with pytest.raises(AppError) as refused:
        preview(register, period, policy)
    assert refused.value.code == "period_unknown"


def test_a_merged_village_changes_the_village_and_no_day(register: Register) -> None:
    home = poor(register, "An", village="B")
    issue(register, "2026-06")
    successions.record_succession(
        register.database, register.context, olds=[register.villages["B"]],
        news=[register.villages["A"]], reason="merged", effective_on=date(2026, 7, 1),
    )  # fmt: skip
    found = preview(register, "2026-07")
    assert told(found.changed) == {"An": (Why.VILLAGE, date(2026, 7, 1))}
    (line,) = found.lines
    assert (line.row.from_day, line.village) == (FIRST_DAY, "Thôn A")
    assert line.row.household == home.uid


def test_a_class_entitles_while_its_standard_is_in_use(register: Register) -> None:
    one, two, three = (poor(register, name) for name in ("An", "Bình", "Cúc"))
    four = register.household("Dũng")
    for home, standard, name, day in (
        (one, "2027", "near_poor", date(2027, 1, 1)),
        (two, "2027", "not_poor", date(2027, 1, 1)),
        (four, "dong_nai_2022", "poor", date(2026, 1, 1)),  # a province's own
    ):
        entry = ClassEntry(
            household=home.uid, standard=standard, review_year=day.year, household_class=name,
            source="decision", valid_from=day, decision_number=f"{standard}/QĐ",
        )  # fmt: skip
        classes.record(register.database, register.context, entry, commune=register.commune)
    issue(register, "2026-12")
    assert {line.row.to_day for line in preview(register, "2026-12").lines} == {date(2026, 12, 31)}
    found = preview(register, "2027-01")
    assert told(found.changed) == {"An": (Why.RECOGNISED, date(2027, 1, 1))}
    assert told(found.removed) == {
        "Bình": (Why.CLASS_ENDED, date(2027, 1, 1)),
        "Cúc": (Why.EXPIRED, date(2027, 1, 1)),
    }
    assert three.uid not in {line.row.household for line in found.lines}


def test_the_average_living_of_a_household(register: Register) -> None:
    home = register.household("An")
    register.give_class(home.uid, "not_poor", average_living=True)
    both = register.household("Bình")
    register.give_class(both.uid, "near_poor", average_living=True)
    grounds = {line.name: line.row.ground for line in preview(register, "2026-11").lines}
    assert grounds == {"An": "average_living", "Bình": "near_poor"}
    other = register.household("Cúc")
    for one, said in ((home, set()), (both, set()), (other, {"no_class"})):
        day, who = date(2026, 11, 28), one.members[0].uid
        assert wrong(register, "health_insurance", one.uid, who, day) == said
    events.death(
        register.database, register.context,
        household=home.uid, person=home.members[0].uid, day=date(2026, 12, 1),
    )  # fmt: skip
    said = {day: wrong(register, "health_insurance", home.uid, home.members[0].uid, day)
            for day in (date(2026, 12, 1), date(2026, 12, 2))}  # fmt: skip
    assert list(said.values()) == [set(), {"not_here"}]


def test_a_row_typed_by_mistake_is_gone_without_a_day(register: Register) -> None:
    home = poor(register, "An")
    issue(register, "2026-09")
    record = classes.of_household(register.database, home.uid)[0]["uid"]
    with write_unit(register.database, register.context, Op.RECORD_CLASS) as work:
        classes.remove_in(work, record)
    assert told(preview(register, "2026-10").removed) == {"An": (Why.NEVER, None)}
    with write_unit(register.database, register.context, Op.SAVE_HOUSEHOLD) as work:
        work.remove(Kind.PERSON, person(home, "An"))
    assert told(preview(register, "2026-10").removed) == {"An": (Why.NEVER, None)}
