"""Sổ giấy đề nghị: entering, correcting and listing applications with their limits."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.applications import Purpose, State
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.income import IncomeSource
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services import settings, undo
from giamngheo_desktop.services.review import applications
from giamngheo_desktop.services.review.applications import Application, Filed
from tests.harness.register import Register, dump, living, make_context

DEFINITIONS: Definitions = shipped_definitions(paths.resources() / "definitions")
MARCH = date(2026, 3, 10)


def apply(reg: Register, name: str = "Hồ Thị Mới", **values: Any) -> UUID:
    return applications.save(reg.database, reg.context, paper(reg, name, **values)).value


def paper(reg: Register, name: str = "Hồ Thị Mới", **values: Any) -> Application:
    village = reg.villages[values.pop("village", "A")]
    defaults = {"purpose": Purpose.ENTER, "received_on": MARCH}
    return Application(village=village, applicant=name, **{**defaults, **values})


def book(reg: Register, today: date, year: int = 2026) -> list[Filed]:
    return applications.book(reg.database, DEFINITIONS, commune=reg.commune, year=year, today=today)


def test_an_application_is_listed_with_its_review_and_limit(register: Register) -> None:
    apply(register, "  Hồ  Thị Mới ", reasons=("illness",), channel="post", detail="Nằm viện")
    (line,) = book(register, date(2026, 3, 20))
    assert line.paper.applicant == "Hồ Thị Mới"
    assert (line.paper.reasons, line.paper.channel) == (("illness",), "post")
    assert (line.state, line.village_name) == (State.WAITING, "Thôn A")
    assert (line.slot.begins_on, line.slot.due) == (date(2026, 3, 15), date(2026, 3, 30))
    assert (line.days_left, line.overdue) == (10, False)
    (late,) = book(register, date(2026, 3, 31))
    assert (late.days_left, late.overdue) == (-1, True)
    (last,) = book(register, date(2026, 3, 30))
    assert not last.overdue


def test_the_book_of_a_year_holds_what_is_reviewed_in_it(register: Register) -> None:
    apply(register, "Trong năm", received_on=date(2025, 12, 15))
    apply(register, "Sang năm", received_on=date(2025, 12, 16))
    apply(register, "Kỳ định kỳ", received_on=date(2025, 10, 1))
    names = {
        year: [line.paper.applicant for line in book(register, date(2026, 1, 2), year)]
        for year in (2025, 2026)
    }
    assert names == {2025: ["Kỳ định kỳ", "Trong năm"], 2026: ["Sang năm"]}
    assert book(register, MARCH, 2025)[0].slot.kind is ReviewKind.PERIODIC


def test_the_days_to_answer_come_from_the_settings(register: Register) -> None:
    settings.save(register.database, register.context, {"in_year_days": "20"}, date(2026, 1, 1))
    apply(register)
    assert book(register, MARCH)[0].slot.due == date(2026, 4, 4)


def test_income_is_corrected_line_by_line(register: Register) -> None:
    first = (IncomeSource("agriculture", 100, 40), IncomeSource("wage", 50, 0))
    uid = apply(register, purpose=Purpose.AVERAGE_LIVING, income=first)
    assert book(register, MARCH)[0].paper.income == first
    second = (IncomeSource("forestry", None, 40, "keo"),)
    changed = paper(register, purpose=Purpose.AVERAGE_LIVING, income=second)
    applications.save(register.database, register.context, changed, uid=uid)
    assert book(register, MARCH)[0].paper.income == second


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "  "}, "applicant_missing"),
        ({"received_on": date(2027, 1, 1)}, "event_in_future"),
        ({"received_on": date(2024, 12, 31)}, "unit_not_there_then"),
        ({"purpose": Purpose.LEAVE}, "application_needs_household"),
    ],
)
def test_what_cannot_be_an_application(
    register: Register, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(RefusedError, match=code):
        apply(register, **values)
    assert book(register, MARCH) == []


def test_a_household_waits_once_for_the_same(register: Register) -> None:
    home = register.household("Hồ Văn Cũ").uid
    uid = apply(register, household=home)
    with pytest.raises(RefusedError, match="application_pending"):
        apply(register, household=home)
    again = paper(register, household=home, detail="thêm")
    applications.save(register.database, register.context, again, uid=uid)
    apply(register, household=home, purpose=Purpose.AVERAGE_LIVING)
    assert len(book(register, MARCH)) == 2


def test_what_was_typed_by_mistake_is_taken_out(register: Register) -> None:
    uid = apply(register, income=(IncomeSource("wage", 1, 0),))
    applications.remove(register.database, register.context, uid)
    assert book(register, MARCH) == []
    assert not living(dump(register.database))[Kind.INCOME_SOURCE]
    with pytest.raises(RefusedError, match="record_missing"):
        applications.remove(register.database, register.context, uid)


def test_each_act_is_one_step_back(register: Register) -> None:
    before = living(dump(register.database))
    context = make_context(seed=2)
    acts = [applications.save(register.database, context, paper(register))]
    uid = acts[0].value
    more = paper(register, detail="sửa", income=(IncomeSource("wage", 1, 0),))
    acts.append(applications.save(register.database, context, more, uid=uid))
    acts.append(applications.remove(register.database, context, uid))
    for act in reversed(acts):
        undo.undo(register.database, context, act.changes.group)
    assert living(dump(register.database)) == before
