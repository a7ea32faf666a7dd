"""With a table of points the form of a household scores itself; the points here are made up."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError, RefusedError, StaleRecordError
from giamngheo_desktop.domain.point_table import ItemKind, PointRow
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services import areas, households, undo
from giamngheo_desktop.services.review import answer_import, case_entry, point_tables, reviews
from giamngheo_desktop.services.review.case_entry import CaseSheet
from giamngheo_desktop.services.review.reviews import NewReview
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import (
    FIRST_DAY,
    TODAY,
    Register,
    dump,
    empty_database,
    living,
    make_register,
)
from tests.harness.tables import definitions
from tests.services.test_case_entry import (
    BOTH,
    DAY,
    accept_everything,
    in_state,
    make_case,
    open_case,
    rows,
    settle,
    typed,
)

FORM = definitions().point_form("b1")
OPTIONS: Mapping[str, Mapping[str, int]] = {
    "training": {"school_primary": 2, "college": 9},
    "job": {"other": 3, "enterprise": 11},
    "house_wall": {"durable": 12, "not_durable": 0},
    "house_column": {"durable": 8, "not_durable": 0},
    "house_roof": {"durable": 5, "not_durable": 0},
    "electricity_source": {"grid": 6, "none": 0},
    "water": {"piped": 7, "surface": 0},
    "toilet": {"septic": 9, "none": 0},
    "assets": {"motorbike": 10, "fridge": 7},
    "land": {"rice": 4, "forest": 3},
    "animals": {"buffalo": 6},
    "aquaculture": {"pond": 5, "none": 0},
}
RANGES = {"members": 40, "dependants": 20, "pension": 0, "house_area": 0, "electricity_kwh": 0}
# Of the household of `give_points`; what is not here is answered by its data.
PICKS: Mapping[str, tuple[str, ...]] = {
    "dependants": ("low",),
    "training": ("school_primary",),  # nobody of its age is asked for training
    "assets": ("motorbike", "fridge"),
    "land": (),
    "animals": ("buffalo",),
    "aquaculture": ("none",),
}
DATA = 40 + 5 + 10 + 6 + 10  # members, roof, 30 m² a person, grid, 60 kWh
TOTAL = DATA + 20 + 2 + 17 + 6


def table(region: str = "NT1", more: int = 0, without: str = "") -> list[PointRow]:
    """A whole table; `more` points for a durable roof, `without` an option."""
    found = []
    for item in FORM.items:
        made: dict[str, Any] = {"region": region, "item": item.code}
        if item.kind is ItemKind.NUMBER:
            low, high = RANGES[item.code], 10
            found.append(PointRow(**made, option="low", points=low, high=Fraction(5)))
            found.append(PointRow(**made, option="high", points=high, low=Fraction(5)))
        for option, points in OPTIONS.get(item.code, {}).items():
            extra = more if (item.code, option) == ("house_roof", "durable") else 0
            if option != without:
                found.append(PointRow(**made, option=option, points=points + extra))
    return found


def give_points(register: Register, **values: Any) -> int:
    """Import a table; the commune lies in its region."""
    rows = table(**values)
    return point_tables.save(register.database, register.context, FORM, rows).value


@pytest.fixture
def case(register: Register) -> UUID:
    """A case of a commune whose region is known, without a table yet."""
    made = make_case(register)
    areas.change_area(
        register.database, register.context, register.commune, FIRST_DAY, region="NT1"
    )
    return made


def picked(sheet: CaseSheet, item: str, options: tuple[str, ...] | None) -> CaseSheet:
    """What the window does after a pick."""
    picks = {code: found for code, found in sheet.picks.items() if code != item}
    picks |= {} if options is None else {item: options}
    key = (sheet.household.uid, f"b1:{item}")
    answers = sheet.answers.typed(key, is_empty=options is None)
    return case_entry.recompute(definitions(), sheet, sheet.household, answers, picks=picks)


def pick_all(sheet: CaseSheet, picks: Mapping[str, tuple[str, ...]] = PICKS) -> CaseSheet:
    for item, options in picks.items():
        sheet = picked(sheet, item, options)
    return sheet


def save(register: Register, sheet: CaseSheet) -> CaseSheet:
    return case_entry.save_case(
        register.database,
        register.context,
        definitions(),
        sheet,
        sheet.household,
        sheet.answers,
        day=DAY,
        ticks=sheet.ticks,
        picks=sheet.picks,
    ).value


def total(sheet: CaseSheet) -> int | None:
    assert sheet.scoring is not None
    return sheet.scoring.scored.total


def class_of(sheet: CaseSheet, standard: str = "2022") -> str | None:
    found = {item.standard.code: item for item in sheet.assessments}
    return case_entry.decided_class(found[standard])


def test_without_a_table_the_total_of_the_paper_is_typed(register: Register, case: UUID) -> None:
    sheet = open_case(register, case)
    assert sheet.scoring is None
    assert "score_income" in in_state(sheet, AnswerState.TOUCHED)
    give_points(register, region="TT")  # of another region
    assert open_case(register, case).scoring is None
    give_points(register, without="buffalo")  # animals have no option left
    assert open_case(register, case).scoring is None


def test_a_form_scores_itself_once_every_item_is_answered(register: Register, case: UUID) -> None:
    give_points(register)
    sheet = open_case(register, case)
    assert {code for _, code in sheet.answers if ":" in code} == {f"b1:{item}" for item in PICKS}
    assert "score_income" not in {code for _, code in sheet.answers}
    assert total(sheet) is None
    assert class_of(sheet) is None  # neither last year's score nor an income stands in for it
    assert sheet.blockers().empty == len(PICKS)
    sheet = save(register, accept_everything(pick_all(sheet)))
    assert total(sheet) == TOTAL
    assert sheet.blockers().counts == dict.fromkeys(sheet.blockers().counts, 0)
    assert sheet.base.score_income == TOTAL
    again = open_case(register, case)
    assert again.answers == sheet.answers
    assert again.picks == PICKS
    settle(register, case)
    result = {row["standard"]: row for row in rows(register, Kind.CASE_RESULT)}
    assert (result["2022"]["score_income"], result["2027"]["score_income"]) == (TOTAL, None)
    assert result["2022"]["household_class"] == "poor"


@pytest.mark.parametrize("item", PICKS)
def test_one_missing_item_leaves_no_total_and_does_not_settle(
    register: Register, case: UUID, item: str
) -> None:
    give_points(register)
    sheet = accept_everything(pick_all(open_case(register, case)))
    key = (sheet.household.uid, f"b1:{item}")
    for state in (AnswerState.EMPTY, AnswerState.UNKNOWN):
        if state is AnswerState.EMPTY:
            without = picked(sheet, item, None)
        else:
            answers = sheet.answers.unknown(key)
            without = case_entry.recompute(definitions(), sheet, sheet.household, answers)
        assert without.answers.state(key) is state
        assert total(without) is None
        assert class_of(without) is None
        saved = save(register, without)
        assert saved.answers.state(key) is state
        with pytest.raises(RefusedError, match="case_open"):
            settle(register, case)
        sheet = pick_all(saved)
    assert total(sheet) == TOTAL


@settings(max_examples=25, deadline=None)
@given(order=st.permutations([*PICKS, "house_area", "house_roof", "electricity_source"]))
def test_the_total_does_not_hang_on_the_order_of_typing(order: list[str]) -> None:
    start = opened()
    values = {"house_area": 400, "house_roof": "not_durable", "electricity_source": "none"}
    sheet = start
    for item in order:
        if item in PICKS:
            sheet = picked(sheet, item, PICKS[item])
        else:
            sheet = typed(sheet, item, values[item])
    # no points for roof and source; without electricity none is used: 0 kWh
    assert total(sheet) == TOTAL - 5 - 6 - 10
    assert (
        sheet.answers
        == pick_all(
            typed(
                typed(typed(start, "electricity_source", "none"), "house_roof", "not_durable"),
                "house_area",
                400,
            )
        ).answers
    )


@cache
def opened() -> CaseSheet:
    folder = Path(tempfile.mkdtemp())
    with empty_database(folder / "a.db") as database:
        register = make_register(database)
        case = make_case(register)
        areas.change_area(database, register.context, register.commune, FIRST_DAY, region="NT1")
        give_points(register)
        return open_case(register, case)


def test_what_the_form_would_still_ask_is_waited_for_and_nothing_is_picked_instead(
    register: Register, case: UUID
) -> None:
    give_points(register)
    sheet = pick_all(open_case(register, case))
    sheet = typed(sheet, "house_wall", None)
    assert total(sheet) is None
    assert "b1:house_wall" not in {code for _, code in sheet.answers}
    assert (sheet.household.uid, "house_wall") in sheet.needed
    assert total(typed(sheet, "house_wall", "durable")) == TOTAL + 12


def test_data_that_the_table_does_not_know_are_picked(register: Register, case: UUID) -> None:
    give_points(register, without="surface")
    sheet = pick_all(open_case(register, case))
    assert total(sheet) is None
    assert sheet.answers.state((sheet.household.uid, "b1:water")) is AnswerState.EMPTY
    sheet = picked(sheet, "water", ("piped",))
    assert total(sheet) == TOTAL + 7
    # and once the data answer, they count: the pick is left aside
    assert total(typed(typed(sheet, "water_source", "piped"), "toilet", "septic")) == TOTAL + 16


def test_a_typed_total_that_is_another_is_shown_and_the_score_counts(
    register: Register, case: UUID
) -> None:
    sheet = typed(open_case(register, case), "score_income", TOTAL + 50)
    sheet = save(register, accept_everything(sheet))
    assert class_of(sheet) == "not_poor"
    give_points(register)
    sheet = accept_everything(pick_all(open_case(register, case)))
    assert (total(sheet), sheet.other_total) == (TOTAL, TOTAL + 50)
    assert class_of(sheet) == "poor"
    sheet = save(register, sheet)
    assert (sheet.base.score_income, sheet.other_total) == (TOTAL, TOTAL + 50)
    assert typed(sheet, "house_roof", "not_durable").other_total == TOTAL + 50
    undo_last(register)
    assert open_case(register, case).base.score_income == TOTAL + 50


def test_a_table_scores_open_cases_and_never_settled_ones(register: Register, case: UUID) -> None:
    sheet = typed(open_case(register, case), "score_income", 130)
    save(register, accept_everything(sheet))
    settle(register, case)
    before = living(dump(register.database))
    give_points(register)
    assert open_case(register, case).scoring is None
    assert open_case(register, case).answered.score_income == 130
    after = living(dump(register.database))
    assert all(after[kind] == before[kind] for kind in before if kind is not Kind.DEFINITION)
    case_entry.reopen(register.database, register.context, case, reason="Phúc tra")
    assert open_case(register, case).scoring is not None
    sheet = save(register, accept_everything(pick_all(open_case(register, case))))
    settle(register, case)
    give_points(register, more=30)
    assert total(open_case(register, case)) == TOTAL  # by the table it was settled with
    case_entry.reopen(register.database, register.context, case, reason="Phúc tra")
    assert total(open_case(register, case)) == TOTAL + 30


def test_last_years_picks_are_grey_and_turn_yellow_with_other_members(
    register: Register, case: UUID
) -> None:
    give_points(register)
    sheet = save(register, accept_everything(pick_all(open_case(register, case))))
    settle(register, case)
    with write_unit(register.database, register.context, Op.CLOSE_REVIEW) as work:
        work.update(Kind.REVIEW, sheet.review["uid"], closed_on=TODAY)
        for row in rows(register, Kind.CLASS_RECORD, source="computed", standard="2022"):
            work.update(Kind.CLASS_RECORD, row["uid"], source="decision")
    following = open_case(register, next_year(register))
    assert following.picks == PICKS
    picks = {f"b1:{item}" for item in PICKS}
    assert picks <= in_state(following, AnswerState.CARRIED)
    assert total(following) == TOTAL
    new = households.new_member(register.context, full_name="Hồ Thị Bé", relation="child")
    home = replace(following.household, members=(*following.household.members, new))
    grown = case_entry.recompute(definitions(), following, home, following.answers)
    assert "b1:dependants" in in_state(grown, AnswerState.TOUCHED)
    give_points(register, without="motorbike")  # the table no longer knows it
    again = open_case(register, following.case["uid"])
    assert total(again) is None


def next_year(register: Register) -> UUID:
    day = date(2026, 12, 1)
    new = NewReview(year=2026, month=12, begun_on=day, reference_day=day, standards=BOTH,
                    kind=ReviewKind.IN_YEAR)  # fmt: skip
    args = (register.database, register.context, definitions(), new)
    review = reviews.begin(*args, commune=register.commune).value
    home = rows(register, Kind.CASE)[0]["household"]
    with write_unit(register.database, register.context, Op.LIST_CASE) as work:
        return reviews.add_case_in(work, review, home, register.villages["A"], "other")


def test_picks_typed_elsewhere_meanwhile_are_stale(register: Register, case: UUID) -> None:
    give_points(register)
    sheet = open_case(register, case)
    save(register, picked(sheet, "land", ("rice",)))
    with pytest.raises(StaleRecordError):
        save(register, picked(sheet, "land", ()))


def test_saving_is_undone_whole(register: Register, case: UUID) -> None:
    give_points(register)
    before = living(dump(register.database))
    save(register, pick_all(open_case(register, case)))
    assert rows(register, Kind.CASE, uid=case)[0]["b1_table"] == 1
    undo_last(register)
    assert living(dump(register.database)) == before


def test_answers_come_by_name_too(register: Register, case: UUID) -> None:
    give_points(register)
    answers: dict[str, object] = {f"b1:{item}": list(found) for item, found in PICKS.items()}
    answers |= {"b1:dependants": "low", "b1:training": "1", "b1:aquaculture": "none"}
    args = (register.database, register.context, definitions(), case)
    sheet = answer_import.import_answers(*args, answers).value
    assert total(sheet) == TOTAL
    sheet = answer_import.import_answers(*args, {"b1:land": "?", "score_income": 99}).value
    assert total(sheet) is None
    sheet = answer_import.import_answers(*args, {"b1:land": "rice; forest"}).value
    assert (total(sheet), sheet.other_total) == (TOTAL + 7, 99)
    for wrong in ({"b1:house_wall?": "durable"}, {"b1:land": "sea"}):
        with pytest.raises(AppError, match="import_"):
            answer_import.import_answers(*args, wrong)


def undo_last(register: Register) -> None:
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)


def test_a_table_comes_in_again_after_it_was_taken_back(register: Register) -> None:
    form = definitions().point_form("b1")
    rows = [PointRow(region="NT1", item=form.items[0].code, option="a", points=5)]
    point_tables.save(register.database, register.context, form, rows)
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)
    assert point_tables.get(register.database, form) is None
    assert point_tables.save(register.database, register.context, form, rows).value == 2
