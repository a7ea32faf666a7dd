"""The in-year review: opened with what waits; decisions and refusals, as flows of the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.applications import Outcome, Purpose, State
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.income import IncomeSource
from giamngheo_desktop.services import classes, undo
from giamngheo_desktop.services.report_rows import Request, table_data
from giamngheo_desktop.services.review import answering, applications, in_year, reviews, standing
from giamngheo_desktop.services.review.answering import Answer
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from tests.harness.register import STANDARD, Register, dump, living, make_context
from tests.services.test_applications import DEFINITIONS, MARCH, apply, book

END = date(2026, 12, 31)
RURAL_OK = (IncomeSource("agriculture", 40_000_000, 13_000_000),)  # 2,250,000 for one person


def at(day: str, seed: int = 5) -> Context:
    return make_context(start=datetime.fromisoformat(f"{day} 08:00"), seed=seed)


def open_month(reg: Register, month: int = 3, *, context: Context | None = None) -> UUID:
    return in_year.open_month(
        reg.database,
        context or reg.context,
        DEFINITIONS,
        commune=reg.commune,
        year=2026,
        month=month,
    ).value


def cases(reg: Register, review: UUID) -> list[tuple[Any, ...]]:
    with reg.database.reader() as connection:
        rows = stored.cases(connection, review)
    return [(row["household"], row["ground"], row["application"]) for row in rows]


def answer(reg: Register, application: UUID, outcome: Outcome = Outcome.ACCEPTED, **values: Any):
    given = Answer(
        application=application,
        outcome=outcome,
        **{"day": date(2026, 3, 28), "number": "12/QĐ-UBND", **values},
    )
    return answering.answer(reg.database, reg.context, DEFINITIONS, given, commune=reg.commune)


def now(reg: Register, home: UUID) -> list[tuple[Any, ...]]:
    return [
        (row["household_class"], row["average_living"], row["valid_from"], row["review_year"])
        for row in classes.of_household(reg.database, home)
    ]


def total(reg: Register, report: str) -> Mapping[str, int | None]:
    request = Request(
        report=DEFINITIONS.report(report), year=2026, standard=STANDARD, unit=reg.commune
    )
    return table_data(reg.database, request).total.values


@pytest.fixture
def old(register: Register) -> Household:
    home = register.household("Hồ Văn Cũ", village="B")
    register.give_class(home.uid, "poor", year=2025)
    return home


def test_a_month_takes_what_was_received_up_to_its_fifteenth(
    register: Register, old: Household
) -> None:
    enters = apply(register, household=register.household("Y Mới").uid)
    leaves = apply(
        register,
        "Hồ Văn Cũ",
        household=old.uid,
        purpose=Purpose.LEAVE,
        village="B",
        received_on=date(2026, 3, 15),
    )
    next_month = apply(register, "Tháng sau", received_on=date(2026, 3, 16))
    review = open_month(register)
    assert {(ground, paper) for _, ground, paper in cases(register, review)} == {
        ("applied", enters),
        ("poor", leaves),
    }
    lines = {line.uid: line for line in book(register, MARCH)}
    assert lines[enters].state is lines[leaves].state is State.UNDER_REVIEW
    assert lines[next_month].state is State.WAITING
    (row,) = reviews.all_of(register.database)
    assert (row["begun_on"], row["month"], row["kind"]) == (date(2026, 3, 15), 3, "in_year")
    flow = standing.flow(register.database, DEFINITIONS, review, MARCH)
    assert flow.state("recognise").due == date(2026, 3, 30)


def test_who_is_not_in_the_register_comes_into_it_with_the_review(register: Register) -> None:
    before = living(dump(register.database))
    apply(register, "Y Chưa Có", village="C")
    done = in_year.open_month(
        register.database, register.context, DEFINITIONS, commune=register.commune,
        year=2026, month=3,
    )  # fmt: skip
    ((home, ground, _),) = cases(register, done.value)
    found = register.get(home)
    assert (found.head and found.head.full_name, ground) == ("Y Chưa Có", "applied")
    assert found.village == register.villages["C"]
    assert book(register, MARCH)[0].paper.household == home
    undo.undo(register.database, register.context, done.changes.group)
    after = living(dump(register.database))
    del before[Kind.APPLICATION], after[Kind.APPLICATION]
    assert after == before
    assert book(register, MARCH)[0].paper.household is None


@pytest.mark.parametrize(
    ("today", "month", "code"),
    [
        ("2026-03-14", 3, "in_year_too_early"),
        ("2026-10-20", 10, "in_year_during_periodic"),
        ("2026-03-15", 2, "no_applications"),
    ],
)
def test_when_no_month_is_opened(register: Register, today: str, month: int, code: str) -> None:
    apply(register)
    with pytest.raises(RefusedError, match=code):
        open_month(register, month, context=at(today))
    assert reviews.all_of(register.database) == []


def test_a_month_is_opened_once_and_late_papers_are_taken_in(register: Register) -> None:
    apply(register)
    review = open_month(register, context=at("2026-03-15"))
    late = apply(register, "Nhập muộn", received_on=date(2026, 3, 12))
    with pytest.raises(RefusedError, match="review_running"):
        open_month(register)
    done = in_year.take_in(register.database, register.context, DEFINITIONS, review)
    assert done.value == 1
    assert cases(register, review)[-1][2] == late
    with pytest.raises(RefusedError, match="no_applications"):
        in_year.take_in(register.database, register.context, DEFINITIONS, review)


def test_the_next_step_follows_what_waits(register: Register) -> None:
    def step(today: date) -> in_year.NextStep | None:
        lines = book(register, today)
        return in_year.next_step(register.database, lines, commune=register.commune, year=2026)

    assert step(MARCH) is None
    for day in (date(2026, 10, 1), date(2026, 4, 3), MARCH, date(2026, 3, 11)):
        apply(register, received_on=day)
    march = in_year.NextStep(month=3, review=None, count=2, day=date(2026, 3, 15))
    assert step(MARCH) == march
    review = open_month(register)
    april = step(MARCH)
    assert april is not None
    assert (april.month, april.count) == (4, 1)
    apply(register, received_on=MARCH)
    late = step(MARCH)
    assert late is not None
    assert (late.month, late.review) == (3, review)
    in_year.take_in(register.database, register.context, DEFINITIONS, review)
    open_month(register, 4)
    autumn = step(MARCH)
    assert autumn is not None
    assert (autumn.month, autumn.review, autumn.day) == (None, None, date(2026, 9, 1))


def test_what_waited_in_a_month_that_was_not_opened_is_not_lost(register: Register) -> None:
    waiting = apply(register, received_on=date(2026, 2, 20))
    assert book(register, MARCH)[0].slot.begins_on == date(2026, 3, 15)
    review = open_month(register, 5)
    (line,) = book(register, date(2026, 5, 20))
    assert (line.slot.begins_on, line.slot.due) == (date(2026, 5, 15), date(2026, 3, 30))
    assert line.overdue
    assert [paper for *_, paper in cases(register, review)] == [waiting]


def test_the_periodic_review_takes_applications_and_their_cases(
    register: Register, old: Household
) -> None:
    new = apply(register, received_on=date(2026, 10, 1))
    leaves = apply(
        register, household=old.uid, purpose=Purpose.LEAVE, received_on=date(2026, 10, 1)
    )
    begun = NewReview(
        year=2026,
        begun_on=date(2026, 9, 1),
        reference_day=date(2026, 9, 1),
        standards=(ReviewStandard(code=STANDARD, purpose="movement"),),
    )
    review = reviews.begin(
        register.database, register.context, DEFINITIONS, begun, commune=register.commune
    ).value
    in_year.take_in(register.database, register.context, DEFINITIONS, review)
    found = cases(register, review)
    assert (old.uid, "poor", leaves) in found
    assert len(found) == 2
    assert {paper for *_, paper in found} == {new, leaves}
    answer(register, leaves, Outcome.REFUSED, reasons="Chưa đủ", day=date(2026, 12, 1))
    with register.database.reader() as connection:
        assert {row["outcome"] for row in stored.cases(connection, review)} == {None}


def test_a_decision_is_a_flow_of_the_year(register: Register, old: Household) -> None:
    new = register.household("Y Mới")
    enters = apply(register, household=new.uid)
    leaves = apply(register, household=old.uid, purpose=Purpose.LEAVE, village="B")
    review = open_month(register)
    answer(register, enters, household_class="poor")
    answer(register, leaves, household_class="near_poor", number="13/QĐ-UBND")
    assert now(register, new.uid) == [("poor", False, date(2026, 3, 28), 2026)]
    assert now(register, old.uid)[0][:2] == ("near_poor", False)
    classes.close_year(
        register.database, register.context, year=2026, standard=STANDARD,
        definition="f" * 64, commune=register.commune,
    )  # fmt: skip
    poor = total(register, "BC2")
    assert [poor[key] for key in ("to_other", "new", "closing")] == [1, 1, 1]
    assert total(register, "BC3")["from_other"] == 1
    with register.database.reader() as connection:
        rows = stored.cases(connection, review)
        results = stored.results(connection, review)
    assert {row["outcome"] for row in rows} == {"reviewed"}
    assert {row["household_class"] for row in results} == {"poor", "near_poor"}
    flow = standing.flow(register.database, DEFINITIONS, review, END)
    assert flow.state("recognise").missing == ()


def test_a_refusal_needs_number_and_reason_and_keeps_the_class(
    register: Register, old: Household
) -> None:
    uid = apply(register, household=old.uid, purpose=Purpose.LEAVE, village="B")
    review = open_month(register)
    for values, code in (
        ({"reasons": "  "}, "reason_missing"),
        ({"reasons": "Còn thiếu 4 chỉ số", "number": " "}, "answer_number_missing"),
        ({"reasons": "x", "day": date(2026, 3, 9)}, "answer_before_application"),
        ({"reasons": "x", "day": date(2027, 1, 1)}, "event_in_future"),
    ):
        with pytest.raises(RefusedError, match=code):
            answer(register, uid, Outcome.REFUSED, **values)
    before = now(register, old.uid)
    answer(register, uid, Outcome.REFUSED, reasons="Còn thiếu 4 chỉ số", number="7/UBND")
    assert now(register, old.uid) == before
    (line,) = book(register, MARCH)
    assert (line.outcome, line.answer, line.days_left) == (
        Outcome.REFUSED,
        "Còn thiếu 4 chỉ số",
        None,
    )
    with register.database.reader() as connection:
        assert [row["household_class"] for row in stored.results(connection, review)] == ["poor"]
    flow = standing.flow(register.database, DEFINITIONS, review, END)
    assert flow.state("recognise").missing == ()  # nothing to decide any more
    with pytest.raises(RefusedError, match="application_answered"):
        answer(register, uid, household_class="not_poor")


@pytest.mark.parametrize(
    ("was", "purpose", "wanted"),
    [
        ("poor", Purpose.ENTER, "poor"),
        ("poor", Purpose.ENTER, "near_poor"),
        ("near_poor", Purpose.ENTER, "near_poor"),
        ("near_poor", Purpose.LEAVE, "poor"),
        ("near_poor", Purpose.LEAVE, "near_poor"),
        ("not_poor", Purpose.LEAVE, "not_poor"),
        ("not_poor", Purpose.ENTER, "not_poor"),
        ("not_poor", Purpose.ENTER, None),
        ("poor", Purpose.LEAVE, None),
        ("poor", Purpose.LEAVE, "average"),
    ],
)
def test_a_decision_goes_the_way_that_was_asked(
    register: Register, was: str, purpose: Purpose, wanted: str | None
) -> None:
    home = register.household("Hồ Văn Cũ")
    register.give_class(home.uid, was, year=2025)
    uid = apply(register, household=home.uid, purpose=purpose)
    open_month(register)
    with pytest.raises(RefusedError, match="class_not_of_purpose"):
        answer(register, uid, household_class=wanted)
    assert len(now(register, home.uid)) == 1


def test_in_the_first_year_of_a_standard_the_list_of_the_year_before_holds(
    register: Register,
) -> None:
    home, poorer = (register.household(name).uid for name in ("Hồ Văn Cũ", "Hồ Thị Nặng"))
    for uid, was in ((home, "poor"), (poorer, "near_poor")):
        register.give_class(uid, was, year=2026, source="decision", valid_from=date(2026, 12, 9))
    reg = replace(register, context=at("2027-03-20"))
    received = {"received_on": date(2027, 3, 10)}
    leaves = apply(reg, household=home, purpose=Purpose.LEAVE, **received)
    enters = apply(reg, household=poorer, **received)
    average = apply(reg, household=poorer, purpose=Purpose.AVERAGE_LIVING, **received)
    review = in_year.open_month(
        reg.database, reg.context, DEFINITIONS, commune=reg.commune, year=2027, month=3
    ).value
    assert {(found, ground) for found, ground, _ in cases(reg, review)} == {
        (home, "poor"), (poorer, "applied"),
    }  # fmt: skip
    lines = {line.uid: line.class_now for line in book(reg, date(2027, 3, 20), 2027)}
    assert lines == {leaves: "poor", enters: "near_poor", average: "near_poor"}
    day = {"day": date(2027, 3, 20)}
    with pytest.raises(RefusedError, match="class_not_of_purpose"):
        answer(reg, enters, household_class="near_poor", **day)
    with pytest.raises(RefusedError, match="household_on_the_list"):
        answer(reg, average, **day)
    answer(reg, leaves, household_class="not_poor", **day)
    answer(reg, enters, household_class="poor", **day)
    found = {uid: now(reg, uid)[0] for uid in (home, poorer)}
    assert found == {
        home: ("not_poor", False, date(2027, 3, 20), 2027),
        poorer: ("poor", False, date(2027, 3, 20), 2027),
    }


def test_a_decision_follows_the_result_of_the_case(register: Register) -> None:
    uid = apply(register)
    with pytest.raises(RefusedError, match="application_not_in_review"):
        answer(register, uid, household_class="poor")
    review = open_month(register)
    with register.database.writer() as connection:
        (case,) = stored.cases(connection, review)
        empty = dict.fromkeys(records.columns(Kind.CASE_RESULT))
        row = {**empty, "review_case": case["uid"], "standard": STANDARD, "removed": False,
               "household_class": "near_poor", "average_living": False}  # fmt: skip
        records.insert(connection, Kind.CASE_RESULT, [{"uid": register.context.new_id(), **row}])
    with pytest.raises(RefusedError, match="answer_differs_from_result"):
        answer(register, uid, household_class="poor")
    with pytest.raises(RefusedError, match="answer_before_application"):
        answer(register, uid, household_class="near_poor", day=date(2026, 3, 14))
    answer(register, uid, household_class="near_poor")
    assert book(register, MARCH)[0].outcome is Outcome.ACCEPTED


def test_a_withdrawn_paper_ends_its_case(register: Register) -> None:
    uid = apply(register)
    review = open_month(register)
    with pytest.raises(RefusedError, match="application_in_review"):
        applications.remove(register.database, register.context, uid)
    answer(register, uid, Outcome.WITHDRAWN, number="")
    with register.database.reader() as connection:
        assert [row["outcome"] for row in stored.cases(connection, review)] == ["refused"]


def test_a_closed_year_takes_no_decision(register: Register) -> None:
    uid = apply(register)
    open_month(register)
    closing: dict[str, Any] = {
        "year": 2026, "standard": STANDARD, "definition": "f" * 64, "commune": register.commune,
    }  # fmt: skip
    with pytest.raises(RefusedError, match="months_unanswered"):
        classes.close_year(register.database, register.context, **closing)
    with write_unit(register.database, register.context, Op.CLOSE_YEAR) as work:
        classes.close_year_in(work, **closing)  # as it could be closed in files of before
    with pytest.raises(RefusedError, match="year_closed"):
        answer(register, uid, household_class="poor")
    answer(register, uid, Outcome.REFUSED, reasons="Quá hạn")


def test_each_answer_is_one_step_back(register: Register, old: Household) -> None:
    home = register.household("Hồ Thị Công")
    new = register.household("Y Mới").uid
    leaving = apply(register, household=old.uid, purpose=Purpose.LEAVE)
    papers = [
        (apply(register, household=new), {"household_class": "poor"}),
        (leaving, {"household_class": "near_poor"}),
        (apply(register, household=home.uid, purpose=Purpose.AVERAGE_LIVING, income=RURAL_OK), {}),
        (
            apply(
                register,
                household=home.uid,
                person=home.members[0].uid,
                purpose=Purpose.LOW_INCOME,
                income=(IncomeSource("wage", 27_000_000, 0),),
            ),
            {},
        ),
        (apply(register, "Xin rút"), {"outcome": Outcome.WITHDRAWN}),
        (apply(register, "Không đủ"), {"outcome": Outcome.REFUSED, "reasons": "Không đủ"}),
    ]  # fmt: skip
    open_month(register)
    for uid, values in papers:
        before = living(dump(register.database))
        done = answer(register, uid, **values)
        assert living(dump(register.database)) != before
        undo.undo(register.database, register.context, done.changes.group)
        assert living(dump(register.database)) == before
