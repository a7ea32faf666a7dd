"""Closing a year meets the months still open: it waits for answers, and closes the others."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.applications import Outcome
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import classes, undo
from giamngheo_desktop.services.closing import look_before_closing
from giamngheo_desktop.services.review import in_year, review_closing, reviews
from giamngheo_desktop.services.review.review_closing import Look
from tests.harness.register import STANDARD, TODAY, Register, dump, living
from tests.harness.tables import definitions
from tests.harness.whole_review import NEXT, ReviewOf2026
from tests.services.test_applications import DEFINITIONS, apply
from tests.services.test_in_year import answer, open_month


@pytest.fixture
def review(register: Register) -> ReviewOf2026:
    """The periodic review of the year with everything done."""
    home = register.household("Nghèo")
    register.give_class(home.uid, "poor", year=2025)
    made = ReviewOf2026(register, {home.uid: {STANDARD: "poor", NEXT: "poor"}})
    made.finish()
    return made


def month(register: Register, number: int) -> tuple[UUID, UUID]:
    """An application and the review of the month that took it."""
    day = date(2026, number, 2)
    paper = apply(
        register, household=register.household(f"Hộ {number}", day=day).uid, received_on=day
    )
    return paper, open_month(register, number)


def look(review: ReviewOf2026) -> Look:
    return review_closing.look(review.register.database, definitions(), review.uid, TODAY)


def close(review: ReviewOf2026, **values: Any) -> None:
    reg = review.register
    review_closing.close(reg.database, reg.context, definitions(), review.uid, **values)


def closed_on(register: Register) -> dict[int | None, date | None]:
    return {row["month"]: row["closed_on"] for row in reviews.all_of(register.database)}


def test_no_reason_closes_a_year_over_an_application_that_a_month_has_taken(
    register: Register, review: ReviewOf2026
) -> None:
    paper, _ = month(register, 3)
    month(register, 5)
    assert look(review).waiting == {3: 1, 5: 1}
    before = dump(register.database)
    for reason in ("", "Hết năm"):
        with pytest.raises(RefusedError) as refused:
            close(review, reason=reason)
        assert refused.value.code == "months_unanswered"
        assert refused.value.params["months"] == (
            "đợt tháng 3/2026 còn 1 giấy đề nghị chưa trả lời; "
            "đợt tháng 5/2026 còn 1 giấy đề nghị chưa trả lời"
        )
    assert dump(register.database) == before
    answer(register, paper, Outcome.REFUSED, reasons="Không đủ điều kiện")
    assert look(review).waiting == {5: 1}


def test_answered_and_empty_months_are_closed_in_the_same_step(
    register: Register, review: ReviewOf2026
) -> None:
    for number in (3, 4):
        paper, _ = month(register, number)
        answer(
            register, paper, Outcome.REFUSED, day=date(2026, 4, 28), reasons="Không đủ điều kiện"
        )
    found = look(review)
    assert [one.month for one in found.months] == [3, 4]
    assert found.waiting == {}
    assert found.is_whole
    assert len(found.beside) == 2
    assert found.beside[0].startswith(
        "Đợt tháng 3/2026 còn mở, được khóa cùng lúc; chưa xong: Chuẩn bị, "
    )
    assert "Báo cáo tháng" in found.beside[0]
    before = living(dump(register.database))
    close(review)
    assert closed_on(register) == {None: TODAY, 3: TODAY, 4: TODAY}
    step = undo.next_step(register.database)
    assert step is not None
    assert step.op is Op.CLOSE_REVIEW
    undo.undo(register.database, register.context, step.group)
    assert living(dump(register.database)) == before


def test_what_no_month_has_taken_is_named(register: Register, review: ReviewOf2026) -> None:
    assert look(review).beside == []
    apply(register, received_on=date(2026, 11, 20))  # the periodic review's own, and late
    apply(register, "Sang năm", received_on=date(2026, 12, 20))  # of January 2027
    found = look(review)
    assert (found.unanswered, found.waiting) == (1, {})
    assert found.beside == ["1 giấy đề nghị khác của năm chưa ghi trả lời."]
    close(review)
    assert closed_on(register) == {None: TODAY}


def test_a_year_closed_without_a_periodic_review_closes_its_months_too(
    register: Register,
) -> None:
    paper, _ = month(register, 3)
    args: dict[str, Any] = {
        "year": 2026, "standard": STANDARD, "definition": "f" * 64, "commune": register.commune,
    }  # fmt: skip
    with pytest.raises(RefusedError, match="months_unanswered"):
        classes.close_year(register.database, register.context, **args)
    answer(register, paper, Outcome.REFUSED, reasons="Không đủ điều kiện")
    asked = look_before_closing(
        register.database, definitions(), year=2026, standard=STANDARD, unit=register.commune
    )
    assert asked.months == (3,)
    classes.close_year(register.database, register.context, **args)
    assert closed_on(register) == {3: TODAY}


def test_months_of_other_years_and_other_communes_stay_as_they_are(
    register: Register, review: ReviewOf2026
) -> None:
    other = register.second_commune("Sơn Đông", "X")
    for commune, village, year in ((other, "X", 2026), (register.commune, "A", 2025)):
        apply(register, village=village, received_on=date(year, 3, 2))
        in_year.open_month(
            register.database, register.context, DEFINITIONS, commune=commune, year=year, month=3
        )
    assert look(review).months == ()
    close(review)
    assert sum(row["closed_on"] is None for row in reviews.all_of(register.database)) == 2
