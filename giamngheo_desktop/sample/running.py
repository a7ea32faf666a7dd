"""The review that runs in a sample whose last year is open: begun, its lists confirmed, the forms
of the first village and half of those of the second in, answered as last year.
"""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from giamngheo_desktop.sample.book import YEARS
from giamngheo_desktop.sample.writing import Writer
from giamngheo_desktop.services.review import case_entry, case_lists, reviews
from giamngheo_desktop.services.review.case_sheet import recompute
from giamngheo_desktop.services.review.reviews import NewReview

REVIEW_BEGINS = date(YEARS[-1], 11, 16)
# The moment at which the story stands.
TYPED = datetime.combine(date(YEARS[-1], 11, 20), time(16))


def begin_review(sample: Writer) -> None:
    """Begin the review of the last year, after everything else is written."""
    database, definitions, commune = sample.database, sample.definitions, sample.commune
    context = sample.context_at(TYPED)
    names = sample.material.commune.surveyors
    new = NewReview(
        year=YEARS[-1],
        begun_on=REVIEW_BEGINS,
        reference_day=REVIEW_BEGINS,
        standards=reviews.proposed_standards(database, definitions, commune, YEARS[-1]),
        surveyors={
            village: (names[place % len(names)],) for place, village in enumerate(sample.villages)
        },
    )
    review = reviews.begin(database, context, definitions, new, commune=commune).value
    for village in sample.villages:
        reviews.mark(database, context, review, "list", village=village, day=REVIEW_BEGINS)
    first, second = (
        [row.uid for row in case_lists.of_review(database, review, village)]
        for village in sample.villages[:2]
    )
    for case in (*first, *second[: len(second) // 2]):
        _answer(sample, case)


def _answer(sample: Writer, case: UUID) -> None:
    """As last year."""
    context = sample.context_at(TYPED)
    act = (sample.database, context, sample.definitions)
    sheet = case_entry.open_case(sample.database, sample.definitions, case, context.today())
    answers = sheet.answers
    for key in answers:
        answers = answers.accept(key)
    sheet = recompute(sample.definitions, sheet, sheet.household, answers)
    case_entry.save_case(*act, sheet, sheet.household, answers, day=context.today())
    case_entry.settle(*act, case, outcome="reviewed")
