"""What the page Rà soát reads of a year, and who surveys each village."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.classify import Measure
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_flow import Status
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.assessment import assess
from giamngheo_desktop.services.review import paper_forms, review_view, surveyors
from giamngheo_desktop.services.review.review_results import result_rows
from giamngheo_desktop.services.review.review_view import ReviewView
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.harness.register import Register, dump, living
from tests.harness.review import SIGNED, Review, begin, shipped


def view(register: Register, year: int = 2026, review: UUID | None = None) -> ReviewView:
    return review_view.view(
        register.database,
        shipped(),
        year=year,
        unit=register.commune,
        today=SIGNED,
        review=review,
    )


def test_a_year_without_a_review_proposes_one(register: Register) -> None:
    found = view(register)
    assert (found.review, found.flow, found.open) == (None, None, True)
    assert [item.code for item in found.proposed] == ["2022", "2027"]
    assert [area.name for area in found.villages] == ["Thôn A", "Thôn B", "Thôn C"]
    review = begin(register)
    found = view(register)
    assert found.review is not None
    assert found.review.uid == review.uid
    assert found.review.own_standard == "2022"
    assert view(register, 2027).review is None


def test_a_step_of_all_villages_counts_them_and_that_of_one_says_what_is_missing(
    register: Register,
) -> None:
    review = begin(register)
    review.confirm()
    flow = review.flow()
    whole = review_view.summary(flow, SIGNED, "list", None)
    assert (whole.status, whole.done, whole.count) == (Status.OPEN, 1, 3)
    own = review_view.summary(flow, SIGNED, "collect", review.village)
    assert [(item.code, item.count) for item in own.missing[0]] == [("unentered", 2)]
    late = review_view.summary(flow, SIGNED, "summarise", review.village)
    assert late.days_left == -16  # 15/11


def test_the_step_of_a_village_comes_before_what_the_commune_still_prepares(
    register: Register,
) -> None:
    review = begin(register)
    flow = review.flow()
    first, own = review_view.current(flow, None), review_view.current(flow, review.village)
    assert first is not None
    assert own is not None
    assert (first.step.code, own.step.code) == ("prepare", "list")
    assert review_view.steps_done(flow, review.village) == 0
    review.confirm()
    assert review_view.steps_done(review.flow(), review.village) == 1


def test_progress_counts_cases_that_ended_in_any_way(register: Register) -> None:
    review = begin(register, "An Bình Chi")
    review.settle("An")
    review.end("Bình", "absent")
    with register.database.reader() as connection:
        found = review_view.progress(connection, [register.commune], 2026)
    assert found == [(review.village, 2, 3)]
    assert review_view.to_review(found) == view(register).to_review == 1


def names(register: Register, review: Review) -> list[tuple[UUID, str]]:
    with register.database.reader() as connection:
        rows = records.find(connection, Kind.SURVEYOR, review=review.uid)
    return [(row["uid"], row["name"]) for row in rows]


def test_a_name_better_written_is_the_same_surveyor(register: Register) -> None:
    review = begin(register)
    village = review.village
    surveyors.set_surveyors(*review.args, review.uid, {village: ("Hồ Thị Mai", "Y Moan")})
    before = names(register, review)
    paper_forms.assign(*review.args, [review.case("An")], before[0][0])
    stand = living(dump(register.database))
    surveyors.set_surveyors(*review.args, review.uid, {village: ("Y Moan", "Hồ Thị Mai B")})
    assert names(register, review) == [(before[0][0], "Hồ Thị Mai B"), before[1]]
    with pytest.raises(RefusedError, match="surveyor_in_use"):
        surveyors.set_surveyors(*review.args, review.uid, {village: ("Y Moan",)})
    surveyors.set_surveyors(*review.args, review.uid, {village: ("Hồ Thị Mai B",)})
    assert names(register, review) == [(before[0][0], "Hồ Thị Mai B")]
    for _ in range(2):
        step = undo.next_step(register.database)
        assert step is not None
        undo.undo(*review.args, step.group)
    assert living(dump(register.database)) == stand


def test_results_tell_the_class_or_what_it_may_be(register: Register) -> None:
    review = begin(register, "An Bình Chi")
    review.settle("An", "near_poor")
    review.settle("Bình", None)
    review.end("Chi", "absent")
    rows = result_rows(register.database, shipped(), review.uid, review.village)
    assert [row.head for row in rows] == ["An", "Bình"]
    assert rows[0].results["2022"].household_class == "near_poor"
    assert rows[1].results["2022"].household_class is None
    assert rows[1].results["2022"].found is None  # neither income nor điểm B1 is there


@pytest.mark.parametrize(
    ("score", "income", "said"),
    [
        (150, 1_000_000, (Measure.SCORE, 150)),
        (100, 9_000_000, (Measure.SCORE, 100)),
        (None, 1_000_000, (Measure.INCOME, 1_000_000)),
        (0, None, (Measure.SCORE, 0)),
    ],
)
def test_the_reason_goes_by_what_the_class_went_by(
    register: Register, score: int | None, income: int | None, said: tuple[Measure, int]
) -> None:
    review = begin(register, "An")
    review.settle("An")
    with write_unit(*review.args, Op.SETTLE_CASE) as work:
        (row,) = records.find(work.connection, Kind.CASE_RESULT)
        work.update(Kind.CASE_RESULT, row["uid"], score_income=score, income=income)
    (shown,) = result_rows(register.database, shipped(), review.uid)
    found = shown.results["2022"].found
    assert found is not None
    assert (found.measure, found.value) == said
    home = replace(register.get(review.homes["An"].uid), score_income=score, income=income)
    same = assess(
        register.database, shipped(), home,
        standard=shipped().standards.get("2022"), reference_day=SIGNED,
    ).classification  # fmt: skip
    assert same is not None
    assert (same.measure, same.value) == said
