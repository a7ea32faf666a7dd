"""No way of typing, importing or closing leaves a household closed over an open question."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.domain.applications import Outcome
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.review import answer_import, case_entry, piles
from giamngheo_desktop.services.review.case_entry import CaseSheet
from tests.harness.examples import examples
from tests.harness.register import Register, empty_database, groups, make_register
from tests.harness.tables import definitions
from tests.services.test_applications import apply
from tests.services.test_case_entry import (
    BOTH,
    DAY,
    accept_everything,
    in_state,
    make_case,
    open_case,
    rows,
    save,
    settle,
    typed,
)
from tests.services.test_in_year import answer, open_month

CHILD = PartialDate(2012, 1, 1)
NAMED = {
    "toilet": ("=", "?", "Tự hoại, bán tự hoại", None),
    "address": ("=", "?", "Xóm Cồn", None),
    "score_income": ("=", "?", 95, None),
    "income": ("=", "?", "1,5tr"),
    "surveyed_on": ("=", "5/9/2026"),
    "2.attending_school": ("=", "?", True, False),
    "2.job_status": ("Đang đi học", "?", "=", "Không có việc làm"),
    "1.sex": ("=", "Nam", "Nữ"),
    "2.birth": ("=", "2/2014", "2009"),
    "2027.waste_treatment": ("=", "?", True),
}
IMPORTED = st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in NAMED.items()})
_SAVES = ("accept", "all", "unknown", "import")
_TYPED = (Op.ENTER_ANSWERS, Op.IMPORT_ANSWERS, Op.SETTLE_CASE)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("import"), IMPORTED),
        st.tuples(st.just("accept"), st.sets(st.integers(0, 80), max_size=60)),
        st.tuples(st.just("all"), st.none()),
        st.tuples(st.just("unknown"), st.integers(0, 80)),
        st.tuples(st.just("birth"), st.none()),
        st.tuples(st.just("undo"), st.none()),
        st.tuples(st.just("settle"), st.booleans()),
        st.tuples(st.just("arrive"), st.none()),
        st.tuples(st.just("reopen"), st.none()),
    ),
    min_size=3,
    max_size=12,
)


def act(register: Register, case: UUID, name: str, what: object) -> None:
    database, context = register.database, register.context
    sheet = open_case(register, case)
    keys = list(sheet.answers)
    match name:
        case "import":
            assert isinstance(what, dict)
            answer_import.import_answers(database, context, definitions(), case, what)
        case "accept":
            assert isinstance(what, set)
            answers = sheet.answers
            for at in sorted(what):
                answers = answers.accept(keys[at % len(keys)])
            save(register, replace(sheet, answers=answers))
        case "all":
            save(register, replace(sheet, answers=sheet.answers.accept_all(keys)))
        case "unknown":
            assert isinstance(what, int)
            save(register, replace(sheet, answers=sheet.answers.unknown(keys[what % len(keys)])))
        case "birth":
            new = households.new_member(context, full_name="Bé", birth=PartialDate(2026, 3, 1))
            grown = replace(sheet.base, members=(*sheet.base.members, new))
            households.save(database, context, grown, day=DAY, base=sheet.base)
        case "undo":
            step = undo.next_step(database)
            if step is not None and step.op in _TYPED:
                undo.undo(database, context, step.group)
        case "settle":
            wrong = {p.key: "giấy tờ ghi vậy" for p in sheet.problems} if what else {}
            settle(register, case, overrides=wrong)
        case "arrive":
            piles.arrive(database, context, case)
        case "reopen":
            case_entry.reopen(database, context, case, reason="xem lại")


def check(register: Register, case: UUID, *, saved: bool) -> None:
    sheet = open_case(register, case)
    left = sheet.blockers()
    (row,) = rows(register, Kind.CASE, uid=case)
    if row["outcome"] is not None:
        assert (left.grey, left.yellow, left.unknown, left.empty, left.undecided) == (0,) * 5
        assert left.errors == 0 or any(group["reason"] for group in groups(register.database))
    else:
        assert rows(register, Kind.CLASS_RECORD, source="computed") == []
    if saved:
        assert (row["entered_on"] is None) is bool(left)


@given(acts=ACTS)
@settings(max_examples=examples(8, 25), deadline=None, phases=[Phase.explicit, Phase.generate])
def test_whatever_is_done_in_any_order(acts: list[tuple[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder, empty_database(Path(folder) / "a.db") as database:
        register = make_register(database)
        case = make_case(register, CHILD)
        for name, what in acts:
            try:
                act(register, case, name, what)
            except AppError:
                name = "refused"
            check(register, case, saved=name in _SAVES)


def unknown(sheet: CaseSheet, field: str) -> CaseSheet:
    """What the window does with “?”: the answer goes."""
    key = (sheet.household.uid, field)
    home = replace(sheet.household, **{field: None})
    return case_entry.recompute(definitions(), sheet, home, sheet.answers.unknown(key))


def test_what_nobody_knows_stays_open_where_the_form_asks_only_what_is_known(
    register: Register,
) -> None:
    case = make_case(register)
    sheet = unknown(accept_everything(open_case(register, case)), "address")
    assert in_state(sheet, AnswerState.UNKNOWN) == {"address"}
    sheet = save(register, sheet)
    assert (sheet.blockers().unknown, sheet.case["entered_on"]) == (1, None)
    assert in_state(open_case(register, case), AnswerState.UNKNOWN) == {"address"}
    with pytest.raises(RefusedError, match="case_open"):
        settle(register, case)
    save(register, typed(open_case(register, case), "address", "Xóm Cồn"))
    settle(register, case)


def test_a_contradiction_asks_for_the_answer_that_nobody_asks_at_that_age(
    register: Register,
) -> None:
    case = make_case(register, CHILD, standards=BOTH[:1])
    sheet = open_case(register, case)
    child = sheet.household.members[1].uid
    sheet = typed(sheet, "attending_school", True, child)
    sheet = typed(sheet, "job_status", "student", child)  # as the register has it
    assert (child, "job_status") not in sheet.answers
    sheet = accept_everything(typed(sheet, "school_level", "lower_secondary", child))
    sheet = typed(sheet, "attending_school", False, child)
    assert (child, "job_status") in sheet.answers
    assert sheet.blockers().errors == 1
    sheet = typed(sheet, "job_status", "unemployed", child)
    assert (child, "job_status") not in sheet.answers
    assert sheet.blockers().errors == 0


def test_a_decision_of_the_year_leaves_nothing_of_a_form_half_typed(register: Register) -> None:
    home = register.household("Y Mới", village="A", score_income=100)
    paper = apply(register, "Y Mới", household=home.uid)
    open_month(register)
    (row,) = rows(register, Kind.CASE)
    sheet = case_entry.open_case(register.database, definitions(), row["uid"], DAY)
    save(register, typed(sheet, "toilet", "none"))
    (before,) = rows(register, Kind.CASE_RESULT)
    assert before["deprived_bits"]
    answer(register, paper, Outcome.ACCEPTED, household_class="near_poor")
    (after,) = rows(register, Kind.CASE_RESULT)
    assert (after["household_class"], after["deprived_bits"]) == ("near_poor", None)
