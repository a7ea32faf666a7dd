"""The pictures of Rà soát: nothing begun, then a review on its way, every step empty and full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.gui.review.prepare_panel import PreparePanel
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.review import (
    case_entry,
    case_lists,
    certificates,
    meetings,
    postings,
    recognition,
    reviews,
)
from giamngheo_desktop.services.review.meetings import Minutes
from giamngheo_desktop.services.review.postings import Posting
from giamngheo_desktop.services.review.recognition import Decision
from giamngheo_desktop.services.review.reviews import NewReview

_VILLAGE_STEPS = ("list", "collect", "classify", "meet", "post", "recheck", "certify")


def review_scenes(page: ReviewPage) -> Iterator[str]:
    """Each is on screen when its name is yielded; the review is written into the file shown."""
    if page.shown is not None and page.shown.closed:
        _reopen(page)
    page.show_begin()
    yield "begin"
    page.show_applications()
    yield "applications"
    page.show_whole()
    desk = page.desk
    today = desk.context.today()
    if not _has_villages(page):
        return
    review = _begin(desk, page.year, today)
    page.open({"review": review, "village": None, "step": "list"})
    yield "villages"
    assert page.shown is not None
    village = page.shown.villages[0].uid
    for step in ("prepare", *_VILLAGE_STEPS, "summarise", "recognise", "report", "close"):
        page.open({"review": review, "village": village, "step": step})
        yield f"{step}-empty"
        if isinstance(page.panel, PreparePanel):
            page.panel.set_button.click()
            yield "prepare-set"
            page.panel.paper.leave()
    _go_through(desk, review, [area.uid for area in page.shown.villages], today)
    for step in (*_VILLAGE_STEPS, "summarise", "recognise", "report", "close"):
        page.open({"review": review, "village": village, "step": step})
        yield f"{step}-full"
    page.open({"review": review, "village": village, "step": "collect"})
    rows = case_lists.of_review(desk.database, review, village)
    if rows:
        page.case.open(review, village, rows[0].uid)
        yield "case"
    page.show_whole()


def _reopen(page: ReviewPage) -> None:
    """The sample is closed to its last year: there is nothing else to review today."""
    desk = page.desk
    done = classes.reopen_year(
        desk.database,
        desk.context,
        year=page.year,
        standard=desk.standard(page.year).code,
        reason="Mẫu để xem",
        commune=desk.unit(page.year),
    )
    desk.bus.data_changed.emit(done.changes)  # the window says which years are closed
    page.mark_stale()


def _has_villages(page: ReviewPage) -> bool:
    return page.shown is not None and page.shown.open and bool(page.shown.villages)


def _begin(desk: Desk, year: int, today: date) -> UUID:
    """A periodic review of the year shown, begun some weeks ago."""
    begun = min(max(date(year, 1, 1), today - timedelta(days=60)), date(year, 12, 31))
    commune = desk.unit(year)
    proposed = reviews.proposed_standards(desk.database, desk.definitions, commune, year)
    new = NewReview(year=year, begun_on=begun, reference_day=begun, standards=proposed)
    act = (desk.database, desk.context, desk.definitions, new)
    return reviews.begin(*act, commune=commune).value


def _go_through(desk: Desk, review: UUID, villages: list[UUID], today: date) -> None:
    """Everything recorded up to the decisions and the certificates of the first villages."""
    act = (desk.database, desk.context)
    for village in villages:
        reviews.mark(*act, review, "list", village=village, day=today)
        for row in case_lists.of_review(desk.database, review, village):
            _enter(desk, row.uid, today)
        minutes = Minutes(held_on=today - timedelta(days=20), attendants=42)
        meetings.save(*act, review, village, minutes, {}, others=38)
        posting = Posting(begun_on=today - timedelta(days=18))
        postings.save_posting(*act, desk.definitions, review, [village], posting)
    reviews.mark(*act, review, "summarise", day=today)
    found = next(one for one in reviews.all_of(desk.database) if one["uid"] == review)
    for number, item in enumerate(found["standards"], start=12):
        decision = Decision(number=f"{number}/QĐ-UBND", signed_on=today, valid_from=today)
        recognition.recognise(*act, review, item["standard"], decision, reason="Mẫu để xem")
    rows = certificates.of_review(desk.database, review, villages[0])
    if rows:
        households = [row.household for row in rows[:-1]] or [rows[0].household]
        certificates.sign(*act, review, households, signed_on=today)


def _enter(desk: Desk, case: UUID, today: date) -> None:
    """As last year, where that is enough; else nobody was at home."""
    act = (desk.database, desk.context, desk.definitions)
    sheet = case_entry.open_case(desk.database, desk.definitions, case, today)
    answers = sheet.answers
    for key in sheet.answers:
        answers = answers.accept(key)
    case_entry.save_case(*act, sheet, sheet.household, answers, day=today)
    try:
        case_entry.settle(*act, case, outcome=case_entry.REVIEWED)
    except RefusedError:
        case_entry.settle(*act, case, outcome="absent", note="Đi làm ăn xa")
