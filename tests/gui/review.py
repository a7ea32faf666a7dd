"""A review for the tests of its page: a small commune in autumn, with the shortest ways on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.services.review import case_lists, reviews
from giamngheo_desktop.services.review.reviews import NewReview
from giamngheo_desktop.services.unit import write_unit
from tests.gui import hands
from tests.gui.commune import YEAR, World, context, make_world

AUTUMN = datetime(YEAR, 11, 20, 9, 0)  # noqa: DTZ001
BEGUN = date(YEAR, 9, 1)


@contextmanager
def autumn(folder: Path) -> Iterator[World]:
    """The commune on 20/11, when a review runs."""
    world = make_world(folder)
    world.context = world.desk.context = context(AUTUMN, seed=9)
    try:
        yield world
    finally:
        world.close()


def begin(world: World, year: int = YEAR) -> UUID:
    """A periodic review with surveyors in every village; in a world of spring it begins today."""
    desk = world.desk
    begun = min(BEGUN.replace(year=year), desk.context.today())
    proposed = reviews.proposed_standards(desk.database, desk.definitions, desk.commune, year)
    new = NewReview(
        year=year,
        begun_on=begun,
        reference_day=begun,
        standards=proposed,
        surveyors=dict.fromkeys(world.villages, ("Hồ Thị Mai",)),
    )
    args = (desk.database, desk.context, desk.definitions, new)
    return reviews.begin(*args, commune=desk.commune).value


def confirm(world: World, review: UUID, village: UUID, step: str = "list") -> None:
    desk = world.desk
    reviews.mark(desk.database, desk.context, review, step, village=village, day=BEGUN)


def settle(
    desk: Desk, review: UUID, village: UUID | None = None, *, undecided: str = "", poor: bool = True
) -> None:
    """Every form of a village is entered; that of `undecided` has no class yet."""
    for row in case_lists.of_review(desk.database, review, village):
        with write_unit(desk.database, desk.context, Op.SETTLE_CASE) as work:
            work.update(Kind.CASE, row.uid, outcome="reviewed")
            for standard in ("2022", "2027"):
                known = row.head != undecided
                work.insert(
                    Kind.CASE_RESULT,
                    review_case=row.uid,
                    standard=standard,
                    household_class=("poor" if poor else "not_poor") if known else None,
                    possible=None if known else ("poor", "near_poor"),
                    average_living=False,
                    score_income=120 if standard == "2022" else None,
                    income=None if standard == "2022" else 1_500_000,
                    deprived_bits=0b111 if known else 0b1,
                    unknown_bits=0 if known else 0b110,
                )


def show(
    qtbot, world: World, size: tuple[int, int] = (1200, 700), *, year: int = YEAR
) -> ReviewPage:
    page = ReviewPage(world.desk, year)
    qtbot.addWidget(page)
    page.setMinimumSize(1, 1)
    page.resize(*size)
    page.show()
    hands.turn_to(page)
    return page
